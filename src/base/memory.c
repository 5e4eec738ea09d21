/* SPDX-License-Identifier: MIT */
/* The three memory domains (raw, mem, object), their replaceable allocators, and the debug hooks around them.
 *
 * The mem and object domains start on the size-class allocator (alloc.c), raw on the C library. When nobody has
 * replaced the object allocator the calls skip the table and go straight there.
 *
 * A block made under the debug hooks:
 *
 *   | size, 8 bytes big endian | domain letter | 7 x FD | user's bytes | 8 x FD |
 *
 * Fresh bytes are CD, released ones DD.
 *
 * Under the address sanitizer all domains use the C library's functions, so that every block is watched.
 * tai_memory_fail() puts a layer on top that lets chosen allocations fail.
 * Tests: tests/bad_input/test_alloc_failure.py
 */
#include "base/memory.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum { CLEAN = 0xCD, DEAD = 0xDD, FENCE = 0xFD, WORD = 8 };
#define DOMAINS 3
#define TOO_BIG(n) ((n) > (size_t)PY_SSIZE_T_MAX)

static void *raw_malloc(void *ctx, size_t n) { return malloc(n ? n : 1); }
static void *raw_calloc(void *ctx, size_t k, size_t n) { return k == 0 || n == 0 ? calloc(1, 1) : calloc(k, n); }
static void *raw_realloc(void *ctx, void *p, size_t n) { return realloc(p, n ? n : 1); }
static void raw_free(void *ctx, void *p) { free(p); }

static void *small_malloc(void *ctx, size_t n) { return tai_alloc_get(n); }
static void *small_calloc(void *ctx, size_t k, size_t n) { return tai_alloc_get_zeroed(k * n); }
static void *small_realloc(void *ctx, void *p, size_t n) { return tai_alloc_resize(p, n); }
static void small_free(void *ctx, void *p) { tai_alloc_put(p); }

#define RAW_ALLOCATOR {NULL, raw_malloc, raw_calloc, raw_realloc, raw_free}
#define SMALL_ALLOCATOR {NULL, small_malloc, small_calloc, small_realloc, small_free}

static const PyMemAllocatorEx raw_allocator = RAW_ALLOCATOR, small_allocator = SMALL_ALLOCATOR;
#ifdef __SANITIZE_ADDRESS__
#define DEFAULT_IS_RAW 1
#define DEFAULT_ALLOCATOR RAW_ALLOCATOR
#else
#define DEFAULT_IS_RAW 0
#define DEFAULT_ALLOCATOR SMALL_ALLOCATOR
#endif

static PyMemAllocatorEx domain[DOMAINS] = {RAW_ALLOCATOR, DEFAULT_ALLOCATOR, DEFAULT_ALLOCATOR};
static int object_is_plain = !DEFAULT_IS_RAW; /* the object domain is our allocator, unhooked */
static int mem_is_plain = !DEFAULT_IS_RAW;

/* ---- debug hooks ---- */

typedef struct {
    char letter;
    PyMemAllocatorEx below;
} DebugLayer;

static DebugLayer debug_layer[DOMAINS] = {{'r', RAW_ALLOCATOR}, {'m', DEFAULT_ALLOCATOR}, {'o', DEFAULT_ALLOCATOR}};

static void write_size(unsigned char *p, size_t n)
{
    for (int i = WORD - 1; i >= 0; i--, n >>= 8)
        p[i] = (unsigned char)n;
}

static size_t read_size(const unsigned char *p)
{
    size_t n = 0;
    for (int i = 0; i < WORD; i++)
        n = n << 8 | p[i];
    return n;
}

static int intact(const unsigned char *p, int n)
{
    for (int i = 0; i < n; i++)
        if (p[i] != FENCE)
            return 0;
    return 1;
}

static void describe_fence(const char *which, const unsigned char *fence, int n, const char *where)
{
    fprintf(stderr, "    The %d pad bytes at %s are ", n, where);
    if (intact(fence, n)) {
        fputs("FORBIDDENBYTE, as expected.\n", stderr);
        return;
    }
    fprintf(stderr, "not all FORBIDDENBYTE (0x%02x):\n", FENCE);
    for (int i = 0; i < n; i++) {
        fprintf(stderr, "        at %s%c%d: 0x%02x", which, '+', i, fence[i]);
        fputs(fence[i] != FENCE ? " *** OUCH\n" : "\n", stderr);
    }
}

static void describe_data(const unsigned char *data, size_t n)
{
    if (n == 0)
        return;
    fputs("    Data at p:", stderr);
    size_t shown = n > 16 ? 8 : n;
    for (size_t i = 0; i < shown; i++)
        fprintf(stderr, " %02x", data[i]);
    if (n > 16) {
        fputs(" ...", stderr);
        for (size_t i = n - 8; i < n; i++)
            fprintf(stderr, " %02x", data[i]);
    }
    fputc('\n', stderr);
}

/* Print what is known of the block at data. */
static void describe_block(const unsigned char *data)
{
    fprintf(stderr, "Debug memory block at address p=%p:", (const void *)data);
    if (data == NULL) {
        fputc('\n', stderr);
        return;
    }
    size_t n = read_size(data - 2 * WORD);
    fprintf(stderr, " API '%c'\n    %zu bytes originally requested\n", (char)data[-WORD], n);
    fprintf(stderr, "    The %d pad bytes at p-%d are ", WORD - 1, WORD - 1);
    if (intact(data - WORD + 1, WORD - 1)) {
        fputs("FORBIDDENBYTE, as expected.\n", stderr);
    } else {
        fprintf(stderr, "not all FORBIDDENBYTE (0x%02x):\n", FENCE);
        for (int i = WORD - 1; i >= 1; i--)
            fprintf(stderr, "        at p-%d: 0x%02x%s\n", i, data[-i], data[-i] != FENCE ? " *** OUCH" : "");
        fputs("    Because memory is corrupted at the start, the count of bytes requested\n"
              "       may be bogus, and checking the trailing pad bytes may segfault.\n", stderr);
    }
    char where[40];
    snprintf(where, sizeof where, "tail=%p", (const void *)(data + n));
    describe_fence("tail", data + n, WORD, where);
    describe_data(data, n);
}

static void NORETURN_block_error(const void *p, const char *message);
static void NORETURN_block_error(const void *p, const char *message)
{
    describe_block(p);
    fprintf(stderr, "\nEnable tracemalloc to get the memory block allocation traceback\n\n");
    Py_FatalError(message);
}

static void debug_check(char letter, const void *p)
{
    const unsigned char *data = p;
    if ((char)data[-WORD] != letter) {
        static char text[100];
        snprintf(text, sizeof text, "bad ID: Allocated using API '%c', verified using API '%c'", (char)data[-WORD], letter);
        NORETURN_block_error(p, text);
    }
    if (!intact(data - WORD + 1, WORD - 1))
        NORETURN_block_error(p, "bad leading pad byte");
    if (!intact(data + read_size(data - 2 * WORD), WORD))
        NORETURN_block_error(p, "bad trailing pad byte");
}

static void require_gil(const DebugLayer *layer)
{
    if (layer->letter != 'r' && !PyGILState_Check())
        Py_FatalError("Python memory allocator called without holding the GIL");
}

static void *debug_dress(const DebugLayer *layer, unsigned char *block, size_t n)
{
    if (block == NULL)
        return NULL;
    write_size(block, n);
    block[WORD] = (unsigned char)layer->letter;
    memset(block + WORD + 1, FENCE, WORD - 1);
    memset(block + 2 * WORD + n, FENCE, WORD);
    return block + 2 * WORD;
}

static void *debug_malloc_inner(DebugLayer *layer, size_t n)
{
    if (n > (size_t)PY_SSIZE_T_MAX - 3 * WORD)
        return NULL;
    unsigned char *data = debug_dress(layer, layer->below.malloc(layer->below.ctx, n + 3 * WORD), n);
    if (data)
        memset(data, CLEAN, n);
    return data;
}

static void *debug_malloc(void *ctx, size_t n)
{
    require_gil(ctx);
    return debug_malloc_inner(ctx, n);
}

static void *debug_calloc(void *ctx, size_t k, size_t n)
{
    DebugLayer *layer = ctx;
    require_gil(layer);
    if (k * n > (size_t)PY_SSIZE_T_MAX - 3 * WORD)
        return NULL;
    return debug_dress(layer, layer->below.calloc(layer->below.ctx, 1, k * n + 3 * WORD), k * n);
}

static void debug_free_inner(DebugLayer *layer, void *p)
{
    if (p == NULL)
        return;
    debug_check(layer->letter, p);
    unsigned char *data = p;
    memset(data - 2 * WORD, DEAD, read_size(data - 2 * WORD) + 3 * WORD);
    layer->below.free(layer->below.ctx, data - 2 * WORD);
}

static void debug_free(void *ctx, void *p)
{
    require_gil(ctx);
    debug_free_inner(ctx, p);
}

/* Always moves, so that stale pointers show. */
static void *debug_realloc(void *ctx, void *p, size_t n)
{
    DebugLayer *layer = ctx;
    require_gil(layer);
    if (p == NULL)
        return debug_malloc_inner(layer, n);
    debug_check(layer->letter, p);
    size_t old = read_size((unsigned char *)p - 2 * WORD);
    void *fresh = debug_malloc_inner(layer, n);
    if (fresh == NULL)
        return NULL;
    memcpy(fresh, p, old < n ? old : n);
    debug_free_inner(layer, p);
    return fresh;
}

/* ---- choosing ---- */

static void note_plain(void)
{
    mem_is_plain = domain[PYMEM_DOMAIN_MEM].malloc == small_malloc;
    object_is_plain = domain[PYMEM_DOMAIN_OBJ].malloc == small_malloc;
}

void PyMem_GetAllocator(PyMemAllocatorDomain which, PyMemAllocatorEx *out)
{
    if ((unsigned)which < DOMAINS)
        *out = domain[which];
    else
        memset(out, 0, sizeof *out);
}

void PyMem_SetAllocator(PyMemAllocatorDomain which, PyMemAllocatorEx *in)
{
    if ((unsigned)which < DOMAINS)
        domain[which] = *in;
    note_plain();
}

static void debug_wrap(int which)
{
    if (domain[which].malloc == debug_malloc)
        return;
    debug_layer[which].below = domain[which];
    domain[which] = (PyMemAllocatorEx){&debug_layer[which], debug_malloc, debug_calloc, debug_realloc, debug_free};
}

void PyMem_SetupDebugHooks(void)
{
    for (int i = 0; i < DOMAINS; i++)
        debug_wrap(i);
    note_plain();
}

static const struct {
    const char *text;
    PyMemAllocatorName name;
} names[] = {
    {"", PYMEM_ALLOCATOR_DEFAULT},
    {"default", PYMEM_ALLOCATOR_DEFAULT},
    {"debug", PYMEM_ALLOCATOR_DEBUG},
    {"pymalloc", PYMEM_ALLOCATOR_PYMALLOC},
    {"pymalloc_debug", PYMEM_ALLOCATOR_PYMALLOC_DEBUG},
    {"malloc", PYMEM_ALLOCATOR_MALLOC},
    {"malloc_debug", PYMEM_ALLOCATOR_MALLOC_DEBUG},
};

int tai_memory_parse_name(const char *text, PyMemAllocatorName *name)
{
    for (size_t i = 0; i < Py_ARRAY_LENGTH(names); i++) {
        if (strcmp(names[i].text, text) == 0) {
            *name = names[i].name;
            return 0;
        }
    }
    return -1;
}

#ifdef Py_DEBUG
#define DEFAULT_IS_DEBUG 1
#else
#define DEFAULT_IS_DEBUG 0
#endif

int tai_memory_use(PyMemAllocatorName name)
{
    int plain_c = name == PYMEM_ALLOCATOR_MALLOC || name == PYMEM_ALLOCATOR_MALLOC_DEBUG;
    if (DEFAULT_IS_RAW && (name == PYMEM_ALLOCATOR_DEFAULT || name == PYMEM_ALLOCATOR_DEBUG))
        plain_c = 1;
    int debug = name == PYMEM_ALLOCATOR_DEBUG || name == PYMEM_ALLOCATOR_MALLOC_DEBUG ||
                name == PYMEM_ALLOCATOR_PYMALLOC_DEBUG || (name == PYMEM_ALLOCATOR_DEFAULT && DEFAULT_IS_DEBUG);
    if (name == PYMEM_ALLOCATOR_NOT_SET)
        return 0;
    if ((unsigned)name > PYMEM_ALLOCATOR_PYMALLOC_DEBUG)
        return -1;
    domain[PYMEM_DOMAIN_RAW] = raw_allocator;
    domain[PYMEM_DOMAIN_MEM] = domain[PYMEM_DOMAIN_OBJ] = plain_c ? raw_allocator : small_allocator;
    if (debug)
        PyMem_SetupDebugHooks();
    note_plain();
    return 0;
}

int tai_memory_set_default(PyMemAllocatorDomain which, PyMemAllocatorEx *old)
{
    if ((unsigned)which >= DOMAINS)
        return -1;
    if (old)
        *old = domain[which];
    domain[which] = which == PYMEM_DOMAIN_RAW || DEFAULT_IS_RAW ? raw_allocator : small_allocator;
    if (DEFAULT_IS_DEBUG)
        debug_wrap(which);
    note_plain();
    return 0;
}

static const char *current_name(void)
{
    int hooked = domain[0].malloc == debug_malloc && domain[1].malloc == debug_malloc && domain[2].malloc == debug_malloc;
    const PyMemAllocatorEx *a[DOMAINS];
    for (int i = 0; i < DOMAINS; i++)
        a[i] = hooked ? &debug_layer[i].below : &domain[i];
    if (a[0]->malloc != raw_malloc)
        return NULL;
    if (a[1]->malloc == small_malloc && a[2]->malloc == small_malloc)
        return hooked ? "pymalloc_debug" : "pymalloc";
    if (a[1]->malloc == raw_malloc && a[2]->malloc == raw_malloc)
        return hooked ? "malloc_debug" : "malloc";
    return NULL;
}

PyAPI_FUNC(const char *) _PyMem_GetCurrentAllocatorName(void);
const char *_PyMem_GetCurrentAllocatorName(void)
{
    return current_name();
}

void PyObject_GetArenaAllocator(PyObjectArenaAllocator *out)
{
    tai_alloc_get_arena_source((TaiArenaSource *)out);
}

void PyObject_SetArenaAllocator(PyObjectArenaAllocator *in)
{
    tai_alloc_set_arena_source((const TaiArenaSource *)in);
}

_Static_assert(sizeof(PyObjectArenaAllocator) == sizeof(TaiArenaSource), "same fields");

Py_ssize_t _Py_GetAllocatedBlocks(void)
{
    return (Py_ssize_t)tai_alloc_blocks();
}

void tai_memory_print_stats(FILE *out, int detailed)
{
    tai_alloc_print_stats(out);
}

int _PyObject_DebugMallocStats(FILE *out)
{
    tai_alloc_print_stats(out);
    fputc('\n', out);
    return 1;
}

/* ---- failure on purpose ---- */

static struct {
    size_t first, count; /* of the allocations made since then, [first .. first+count-1] fail; first 0: none */
    size_t made;
    PyMemAllocatorEx below[DOMAINS];
    char placed[DOMAINS];
} failing;

static int fails_now(void)
{
    size_t n = __atomic_add_fetch(&failing.made, 1, __ATOMIC_RELAXED); /* raw memory is asked for without the GIL, too */
    return failing.first != 0 && n >= failing.first && n - failing.first < failing.count;
}

static void *failing_malloc(void *ctx, size_t n)
{
    const PyMemAllocatorEx *below = ctx;
    return fails_now() ? NULL : below->malloc(below->ctx, n);
}

static void *failing_calloc(void *ctx, size_t k, size_t n)
{
    const PyMemAllocatorEx *below = ctx;
    return fails_now() ? NULL : below->calloc(below->ctx, k, n);
}

static void *failing_realloc(void *ctx, void *p, size_t n)
{
    const PyMemAllocatorEx *below = ctx;
    return fails_now() ? NULL : below->realloc(below->ctx, p, n);
}

static void failing_free(void *ctx, void *p)
{
    const PyMemAllocatorEx *below = ctx;
    below->free(below->ctx, p);
}

/* Wherever another hook lies on top of ours, the layer stays and passes everything on. */
size_t tai_memory_fail(size_t first, size_t count)
{
    size_t made = failing.made;
    failing.first = first;
    failing.count = count;
    failing.made = 0;
    for (int i = 0; i < DOMAINS; i++) {
        PyMemAllocatorEx *below = &failing.below[i];
        if (first == 0 && domain[i].malloc == failing_malloc) {
            domain[i] = *below;
            failing.placed[i] = 0;
        } else if (first != 0 && !failing.placed[i]) {
            *below = domain[i];
            failing.placed[i] = 1;
            domain[i] = (PyMemAllocatorEx){below, failing_malloc, failing_calloc, failing_realloc, failing_free};
        }
    }
    note_plain();
    return made;
}

/* ---- the calls ---- */

void *PyMem_RawMalloc(size_t n)
{
    return TOO_BIG(n) ? NULL : domain[0].malloc(domain[0].ctx, n);
}

void *PyMem_RawCalloc(size_t k, size_t n)
{
    return n != 0 && k > (size_t)PY_SSIZE_T_MAX / n ? NULL : domain[0].calloc(domain[0].ctx, k, n);
}

void *PyMem_RawRealloc(void *p, size_t n)
{
    return TOO_BIG(n) ? NULL : domain[0].realloc(domain[0].ctx, p, n);
}

void PyMem_RawFree(void *p)
{
    domain[0].free(domain[0].ctx, p);
}

void *PyMem_Malloc(size_t n)
{
    if (TOO_BIG(n))
        return NULL;
    return mem_is_plain ? tai_alloc_get(n) : domain[1].malloc(domain[1].ctx, n);
}

void *PyMem_Calloc(size_t k, size_t n)
{
    return n != 0 && k > (size_t)PY_SSIZE_T_MAX / n ? NULL : domain[1].calloc(domain[1].ctx, k, n);
}

void *PyMem_Realloc(void *p, size_t n)
{
    if (TOO_BIG(n))
        return NULL;
    return mem_is_plain ? tai_alloc_resize(p, n) : domain[1].realloc(domain[1].ctx, p, n);
}

void PyMem_Free(void *p)
{
    if (mem_is_plain)
        tai_alloc_put(p);
    else
        domain[1].free(domain[1].ctx, p);
}

void *PyObject_Malloc(size_t n)
{
    if (__builtin_expect(TOO_BIG(n), 0))
        return NULL;
    return __builtin_expect(object_is_plain, 1) ? tai_alloc_get(n) : domain[2].malloc(domain[2].ctx, n);
}

void *PyObject_Calloc(size_t k, size_t n)
{
    return n != 0 && k > (size_t)PY_SSIZE_T_MAX / n ? NULL : domain[2].calloc(domain[2].ctx, k, n);
}

void *PyObject_Realloc(void *p, size_t n)
{
    if (TOO_BIG(n))
        return NULL;
    return object_is_plain ? tai_alloc_resize(p, n) : domain[2].realloc(domain[2].ctx, p, n);
}

void PyObject_Free(void *p)
{
    if (__builtin_expect(object_is_plain, 1))
        tai_alloc_put(p);
    else
        domain[2].free(domain[2].ctx, p);
}

wchar_t *_PyMem_RawWcsdup(const wchar_t *text)
{
    size_t n = wcslen(text);
    if (n > (size_t)PY_SSIZE_T_MAX / sizeof(wchar_t) - 1)
        return NULL;
    wchar_t *copy = PyMem_RawMalloc((n + 1) * sizeof(wchar_t));
    return copy ? memcpy(copy, text, (n + 1) * sizeof(wchar_t)) : NULL;
}

char *_PyMem_RawStrdup(const char *text)
{
    size_t n = strlen(text) + 1;
    char *copy = PyMem_RawMalloc(n);
    return copy ? memcpy(copy, text, n) : NULL;
}

char *_PyMem_Strdup(const char *text)
{
    size_t n = strlen(text) + 1;
    char *copy = PyMem_Malloc(n);
    return copy ? memcpy(copy, text, n) : NULL;
}
