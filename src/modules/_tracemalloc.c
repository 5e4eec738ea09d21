/* SPDX-License-Identifier: MIT */
/* _tracemalloc: where memory was allocated.
 *
 * While tracing, hooks stand before the allocators of all three domains. Two tables hold the state, both outside of
 * Python's own memory: tracebacks (interned, counted) and traces, keyed by (domain, address) -> (size, traceback).
 *
 *   traceback: count | total depth | n | (file name object, line) * n        newest frame first
 *
 * [TRM-1] A thread-local flag keeps the hooks from tracing themselves.
 * [TRM-2] Tables change under `lock` (raw memory is used without the GIL). File names are owned by their tracebacks,
 *         which are only freed with the GIL held, so a traceback is kept until tracing stops.
 * Tests: CPython's test_tracemalloc.
 */
#include "Python.h"
#include "runtime/runtime.h"

#include "frameobject.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_DOMAIN 0
#define MAX_FRAMES 65535

struct _PyTraceMalloc_Config _Py_tracemalloc_config = {.initialized = TRACEMALLOC_NOT_INITIALIZED, .tracing = 0, .max_nframe = 1, .use_domain = 0};

typedef struct {
    PyObject *filename; /* owned; NULL: unknown */
    unsigned line;
} Where;

typedef struct Traceback {
    struct Traceback *next; /* in its hash chain */
    size_t hash;
    unsigned n;
    Where at[];
} Traceback;

typedef struct {
    uintptr_t address; /* 0: never used, 1: deleted */
    unsigned domain;
    size_t size;
    Traceback *traceback;
} Trace;

static struct {
    Traceback **chains;
    size_t chain_count, traceback_count;
    Trace *slots;
    size_t mask, used, filled;
    size_t now, peak;
} table;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static __thread int busy;
static PyMemAllocatorEx below[3];
static PyObject *unknown_name;

/* ---- tables ---- */

static size_t hash_address(unsigned domain, uintptr_t address)
{
    return (size_t)((address >> 4) * 0x9E3779B97F4A7C15u + domain * 0x85EBCA6Bu) >> 8;
}

static Trace *find(unsigned domain, uintptr_t address)
{
    if (table.slots == NULL)
        return NULL;
    for (size_t i = hash_address(domain, address) & table.mask;; i = (i + 1) & table.mask) {
        Trace *t = &table.slots[i];
        if (t->address == 0)
            return NULL;
        if (t->address == address && t->domain == domain)
            return t;
    }
}

static int grow(void)
{
    size_t size = table.slots == NULL ? 1024 : table.used * 4 > table.mask ? 2 * (table.mask + 1) : table.mask + 1;
    Trace *old = table.slots, *fresh = calloc(size, sizeof *fresh);
    size_t old_mask = table.mask;
    if (fresh == NULL)
        return -1;
    table.slots = fresh;
    table.mask = size - 1;
    table.filled = table.used;
    for (size_t i = 0; old && i <= old_mask; i++) {
        if (old[i].address <= 1)
            continue;
        size_t k = hash_address(old[i].domain, old[i].address) & table.mask;
        while (fresh[k].address)
            k = (k + 1) & table.mask;
        fresh[k] = old[i];
    }
    free(old);
    return 0;
}

static void drop(unsigned domain, uintptr_t address)
{
    Trace *t = find(domain, address);
    if (t == NULL)
        return;
    table.now -= t->size;
    t->address = 1;
    table.used--;
}

static int put(unsigned domain, uintptr_t address, size_t size, Traceback *tb)
{
    Trace *t = find(domain, address);
    if (t != NULL) {
        table.now -= t->size;
    } else {
        if ((table.slots == NULL || (table.filled + 1) * 3 > table.mask * 2) && grow() < 0)
            return -1;
        size_t k = hash_address(domain, address) & table.mask;
        while (table.slots[k].address > 1)
            k = (k + 1) & table.mask;
        t = &table.slots[k];
        if (t->address == 0)
            table.filled++;
        table.used++;
    }
    *t = (Trace){address, domain, size, tb};
    table.now += size;
    if (table.now > table.peak)
        table.peak = table.now;
    return 0;
}

/* ---- tracebacks: need the GIL ---- */

extern PyFrameObject *tai_frame_object(TaiFrame *f);
extern PyFrameObject *tai_frameobj_back(PyFrameObject *f);

static void fill_where(Where *w, PyFrameObject *f)
{
    int line = PyFrame_GetLineNumber(f);
    w->line = line < 0 ? 0 : (unsigned)line;
    w->filename = f->f_code ? f->f_code->co_filename : NULL;
    if (w->filename == NULL || !PyUnicode_Check(w->filename))
        w->filename = unknown_name;
}

static Traceback *intern_traceback(const Traceback *tb)
{
    if (table.chains == NULL || table.traceback_count > table.chain_count) {
        size_t n = table.chain_count ? 2 * table.chain_count : 1024;
        Traceback **chains = calloc(n, sizeof *chains);
        if (chains == NULL)
            return NULL;
        for (size_t i = 0; i < table.chain_count; i++) {
            for (Traceback *t = table.chains[i], *next; t; t = next) {
                next = t->next;
                t->next = chains[t->hash & (n - 1)];
                chains[t->hash & (n - 1)] = t;
            }
        }
        free(table.chains);
        table.chains = chains;
        table.chain_count = n;
    }
    Traceback **chain = &table.chains[tb->hash & (table.chain_count - 1)];
    for (Traceback *t = *chain; t; t = t->next)
        if (t->hash == tb->hash && t->n == tb->n && memcmp(t->at, tb->at, tb->n * sizeof(Where)) == 0)
            return t;
    size_t size = sizeof *tb + tb->n * sizeof(Where);
    Traceback *t = malloc(size);
    if (t == NULL)
        return NULL;
    memcpy(t, tb, size);
    for (unsigned i = 0; i < t->n; i++)
        Py_XINCREF(t->at[i].filename);
    t->next = *chain;
    *chain = t;
    table.traceback_count++;
    return t;
}

/* The traceback of the running thread; the caller holds the GIL. NULL: no memory. */
static Traceback *current_traceback(void)
{
    static Traceback *scratch;
    static int scratch_n;
    int max = _Py_tracemalloc_config.max_nframe;
    if (scratch == NULL || scratch_n < max) {
        Traceback *s = realloc(scratch, sizeof *s + (size_t)max * sizeof(Where));
        if (s == NULL)
            return NULL;
        scratch = s;
        scratch_n = max;
    }
    memset(scratch, 0, sizeof *scratch + (size_t)max * sizeof(Where));
    PyThreadState *ts = tai_current;
    PyFrameObject *f = NULL;
    if (ts != NULL)
        f = tai_thread_frame(ts) ? tai_frame_object(tai_thread_frame(ts)) : ts->frame;
    for (; f != NULL && scratch->n < (unsigned)max; f = tai_frameobj_back(f))
        fill_where(&scratch->at[scratch->n++], f);
    if (scratch->n == 0) {
        scratch->n = 1;
        scratch->at[0].filename = unknown_name;
    }
    size_t h = scratch->n;
    for (unsigned i = 0; i < scratch->n; i++)
        h = (h ^ (uintptr_t)scratch->at[i].filename >> 4 ^ scratch->at[i].line) * 0x100000001B3u;
    scratch->hash = h ^ h >> 29;
    return intern_traceback(scratch);
}

static int trace(unsigned domain, uintptr_t address, size_t size)
{
    Traceback *tb = current_traceback();
    if (tb == NULL)
        return -1;
    pthread_mutex_lock(&lock);
    int r = put(domain, address, size, tb);
    pthread_mutex_unlock(&lock);
    return r;
}

static void untrace(unsigned domain, uintptr_t address)
{
    pthread_mutex_lock(&lock);
    drop(domain, address);
    pthread_mutex_unlock(&lock);
}

/* ---- hooks ---- */

/* Trace a fresh block if this thread may: with the GIL, or after taking it (raw memory). */
static void trace_block(void *p, size_t n, int raw)
{
    if (busy || !_Py_tracemalloc_config.tracing)
        return;
    busy = 1;
    PyGILState_STATE gil = PyGILState_UNLOCKED;
    int take = raw && !(tai_current != NULL && PyGILState_Check());
    if (take)
        gil = PyGILState_Ensure();
    (void)trace(DEFAULT_DOMAIN, (uintptr_t)p, n);
    if (take)
        PyGILState_Release(gil);
    busy = 0;
}

static void *hook_alloc(PyMemAllocatorEx *a, int zeroed, size_t k, size_t n)
{
    void *p = zeroed ? a->calloc(a->ctx, k, n) : a->malloc(a->ctx, n);
    if (p != NULL)
        trace_block(p, zeroed ? k * n : n, a == &below[0]);
    return p;
}

static void *hook_malloc(void *a, size_t n) { return hook_alloc(a, 0, 1, n); }
static void *hook_calloc(void *a, size_t k, size_t n) { return hook_alloc(a, 1, k, n); }

static void hook_free(void *ctx, void *p)
{
    PyMemAllocatorEx *a = ctx;
    if (p == NULL)
        return;
    untrace(DEFAULT_DOMAIN, (uintptr_t)p);
    a->free(a->ctx, p);
}

static void *hook_realloc(void *ctx, void *p, size_t n)
{
    PyMemAllocatorEx *a = ctx;
    uintptr_t old = (uintptr_t)p;
    void *q = a->realloc(a->ctx, p, n);
    if (q == NULL)
        return NULL;
    if (old)
        untrace(DEFAULT_DOMAIN, old);
    trace_block(q, n, a == &below[0]);
    return q;
}

static int start(int frames)
{
    if (frames < 1 || frames > MAX_FRAMES) {
        PyErr_Format(PyExc_ValueError, "the number of frames must be in range [1; %i]", MAX_FRAMES);
        return -1;
    }
    if (_Py_tracemalloc_config.tracing)
        return 0;
    if (unknown_name == NULL && (unknown_name = PyUnicode_InternFromString("<unknown>")) == NULL)
        return -1;
    _Py_tracemalloc_config.initialized = TRACEMALLOC_INITIALIZED;
    _Py_tracemalloc_config.max_nframe = frames;
    static const PyMemAllocatorDomain domains[] = {PYMEM_DOMAIN_RAW, PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ};
    for (int i = 0; i < 3; i++) {
        PyMem_GetAllocator(domains[i], &below[i]);
        PyMemAllocatorEx hook = {&below[i], hook_malloc, hook_calloc, hook_realloc, hook_free};
        PyMem_SetAllocator(domains[i], &hook);
    }
    _Py_tracemalloc_config.tracing = 1;
    return 0;
}

static void clear_traces(void)
{
    busy = 1;
    pthread_mutex_lock(&lock);
    free(table.slots);
    table.slots = NULL;
    table.mask = table.used = table.filled = table.now = table.peak = 0;
    Traceback **chains = table.chains;
    size_t n = table.chain_count;
    table.chains = NULL;
    table.chain_count = table.traceback_count = 0;
    pthread_mutex_unlock(&lock);
    for (size_t i = 0; i < n; i++) {
        for (Traceback *t = chains[i], *next; t; t = next) {
            next = t->next;
            for (unsigned k = 0; k < t->n; k++)
                Py_XDECREF(t->at[k].filename);
            free(t);
        }
    }
    free(chains);
    busy = 0;
}

static void stop(void)
{
    if (!_Py_tracemalloc_config.tracing)
        return;
    _Py_tracemalloc_config.tracing = 0;
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &below[0]);
    PyMem_SetAllocator(PYMEM_DOMAIN_MEM, &below[1]);
    PyMem_SetAllocator(PYMEM_DOMAIN_OBJ, &below[2]);
    clear_traces();
}

int tai_tracemalloc_init(int frames);
void tai_tracemalloc_fini(void);
int tai_tracemalloc_init(int frames) { return frames == 0 ? 0 : start(frames); }
void tai_tracemalloc_fini(void) { stop(); }

/* ---- C API ---- */

int PyTraceMalloc_Track(unsigned int domain, uintptr_t ptr, size_t size)
{
    if (!_Py_tracemalloc_config.tracing)
        return -2;
    PyGILState_STATE gil = PyGILState_Ensure();
    int was = busy;
    busy = 1;
    int r = trace(domain, ptr, size);
    busy = was;
    PyGILState_Release(gil);
    return r;
}

int PyTraceMalloc_Untrack(unsigned int domain, uintptr_t ptr)
{
    if (!_Py_tracemalloc_config.tracing)
        return -2;
    untrace(domain, ptr);
    return 0;
}

/* An object made from a free list is as good as new: give its block the traceback of now. */
int _PyTraceMalloc_NewReference(PyObject *op)
{
    if (!_Py_tracemalloc_config.tracing || busy)
        return -1;
    uintptr_t p = (uintptr_t)op - (PyObject_IS_GC(op) ? sizeof(PyGC_Head) : 0);
    busy = 1;
    pthread_mutex_lock(&lock);
    int known = find(DEFAULT_DOMAIN, p) != NULL;
    pthread_mutex_unlock(&lock);
    Traceback *tb = known ? current_traceback() : NULL;
    if (tb != NULL) {
        pthread_mutex_lock(&lock);
        Trace *t = find(DEFAULT_DOMAIN, p);
        if (t)
            t->traceback = tb;
        pthread_mutex_unlock(&lock);
    }
    busy = 0;
    return tb ? 0 : -1;
}

static PyObject *traceback_object(const Traceback *tb)
{
    PyObject *frames = PyTuple_New(tb->n);
    for (unsigned i = 0; frames && i < tb->n; i++) {
        PyObject *name = tb->at[i].filename ? tb->at[i].filename : unknown_name;
        PyObject *pair = Py_BuildValue("(OI)", name, tb->at[i].line);
        if (pair == NULL)
            Py_CLEAR(frames);
        else
            PyTuple_SET_ITEM(frames, i, pair);
    }
    return frames;
}

PyObject *_PyTraceMalloc_GetTraceback(unsigned int domain, uintptr_t ptr)
{
    if (!_Py_tracemalloc_config.tracing)
        Py_RETURN_NONE;
    pthread_mutex_lock(&lock);
    Trace *t = find(domain, ptr);
    Traceback *tb = t ? t->traceback : NULL;
    pthread_mutex_unlock(&lock);
    if (tb == NULL)
        Py_RETURN_NONE;
    return traceback_object(tb);
}

/* ---- the module ---- */

static PyObject *tm_is_tracing(PyObject *m, PyObject *unused) { return PyBool_FromLong(_Py_tracemalloc_config.tracing); }

static PyObject *tm_clear_traces(PyObject *m, PyObject *unused)
{
    if (_Py_tracemalloc_config.tracing)
        clear_traces();
    Py_RETURN_NONE;
}

static PyObject *tm_get_traces(PyObject *m, PyObject *unused)
{
    PyObject *list = PyList_New(0);
    if (list == NULL || !_Py_tracemalloc_config.tracing)
        return list;
    pthread_mutex_lock(&lock);
    size_t n = 0, room = table.used;
    Trace *copy = malloc((room + 1) * sizeof *copy);
    for (size_t i = 0; copy && table.slots && i <= table.mask; i++)
        if (table.slots[i].address > 1 && n < room)
            copy[n++] = table.slots[i];
    pthread_mutex_unlock(&lock);
    if (copy == NULL) {
        Py_DECREF(list);
        return PyErr_NoMemory();
    }
    int was = busy;
    busy = 1;
    for (size_t i = 0; i < n; i++) {
        PyObject *tb = traceback_object(copy[i].traceback);
        PyObject *row = tb ? Py_BuildValue("(InN)", copy[i].domain, (Py_ssize_t)copy[i].size, tb) : NULL;
        if (row == NULL || PyList_Append(list, row) < 0) {
            Py_XDECREF(row);
            Py_CLEAR(list);
            break;
        }
        Py_DECREF(row);
    }
    busy = was;
    free(copy);
    return list;
}

static PyObject *tm_get_object_traceback(PyObject *m, PyObject *o)
{
    return _PyTraceMalloc_GetTraceback(DEFAULT_DOMAIN, (uintptr_t)o - (PyObject_IS_GC(o) ? sizeof(PyGC_Head) : 0));
}

static PyObject *tm_start(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    int frames = 1;
    if (!_PyArg_CheckPositional("start", n, 0, 1))
        return NULL;
    if (n && (frames = _PyLong_AsInt(args[0])) == -1 && PyErr_Occurred())
        return NULL;
    if (start(frames) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *tm_stop(PyObject *m, PyObject *unused)
{
    stop();
    Py_RETURN_NONE;
}

static PyObject *tm_get_limit(PyObject *m, PyObject *unused) { return PyLong_FromLong(_Py_tracemalloc_config.max_nframe); }

static PyObject *tm_get_memory(PyObject *m, PyObject *unused)
{
    pthread_mutex_lock(&lock);
    size_t n = (table.mask + 1) * sizeof(Trace) + table.traceback_count * (sizeof(Traceback) + sizeof(Where)) +
               table.chain_count * sizeof(void *);
    pthread_mutex_unlock(&lock);
    return PyLong_FromSize_t(n);
}

static PyObject *tm_get_traced(PyObject *m, PyObject *unused)
{
    if (!_Py_tracemalloc_config.tracing)
        return Py_BuildValue("ii", 0, 0);
    pthread_mutex_lock(&lock);
    size_t now = table.now, peak = table.peak;
    pthread_mutex_unlock(&lock);
    return Py_BuildValue("nn", (Py_ssize_t)now, (Py_ssize_t)peak);
}

static PyMethodDef methods[] = {
    {"is_tracing", tm_is_tracing, METH_NOARGS, "is_tracing($module, /)\n--\n\nTell whether allocations are traced."},
    {"clear_traces", tm_clear_traces, METH_NOARGS, "clear_traces($module, /)\n--\n\nForget the traces so far."},
    {"_get_traces", tm_get_traces, METH_NOARGS, "_get_traces($module, /)\n--\n\nA list of (domain, size, traceback) tuples."},
    {"_get_object_traceback", tm_get_object_traceback, METH_O, "_get_object_traceback($module, obj, /)\n--\n\nWhere obj was allocated, or None."},
    {"start", (PyCFunction)(void (*)(void))tm_start, METH_FASTCALL, "start($module, nframe=1, /)\n--\n\nTrace allocations, keeping nframe frames of each."},
    {"stop", tm_stop, METH_NOARGS, "stop($module, /)\n--\n\nStop tracing and forget all traces."},
    {"get_traceback_limit", tm_get_limit, METH_NOARGS, "get_traceback_limit($module, /)\n--\n\nHow many frames are kept."},
    {"get_tracemalloc_memory", tm_get_memory, METH_NOARGS, "get_tracemalloc_memory($module, /)\n--\n\nBytes that tracing itself takes."},
    {"get_traced_memory", tm_get_traced, METH_NOARGS, "get_traced_memory($module, /)\n--\n\nTraced bytes: (now, at most)."},
    {NULL, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_tracemalloc", "Tracing of memory allocations, for tracemalloc.", -1, methods,
                                        NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__tracemalloc(void)
{
    return PyModule_Create(&definition);
}
