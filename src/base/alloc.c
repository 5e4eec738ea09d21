/* SPDX-License-Identifier: MIT */
/* Size-class allocator for blocks of up to 512 bytes.
 *
 *   arena (256 KiB, aligned to its size) -> 16 pools (16 KiB) -> blocks of one size class (multiples of 16)
 *
 *   pool:  Pool header | block | block | ... | never touched ...
 *                        ^free list (through the first word of free blocks)   ^fresh
 *
 * [ALLOC-1] A pool with a free or fresh block is on partial[class]; a full pool is on no list; an empty pool goes back
 *           to its arena.
 * [ALLOC-2] Whether an address is ours is answered by a two-level map of arenas, never by reading the block: foreign
 *           blocks are left alone.
 * [ALLOC-3] No lock: callers hold the GIL (raw memory does not come here).
 * Tests: tests/bad_input/test_alloc_failure.py
 */
#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

#define ARENA_BITS 18
#define ARENA_SIZE ((size_t)1 << ARENA_BITS)
#define POOL_SIZE ((size_t)16384)
#define POOLS_PER_ARENA (ARENA_SIZE / POOL_SIZE)
#define CLASSES (TAI_SMALL_LIMIT / 16)
#define LEAF_BITS 14
#define ROOT_BITS 15

typedef struct Arena {
    struct Arena *next, *prev; /* among arenas that have free pools */
    char *base;                /* aligned start */
    void *block;               /* what the source gave */
    size_t block_size;
    uint32_t free_pools;       /* bit set */
    int listed;
} Arena;

typedef struct Pool {
    struct Pool *next, *prev; /* partial list, valid while linked */
    void *free;               /* returned blocks */
    char *fresh, *end;        /* never used blocks: [fresh, end) in whole blocks */
    Arena *arena;
    uint32_t used;            /* blocks out */
    uint16_t size_class;
    uint16_t linked;
} __attribute__((aligned(16))) Pool;

static Pool *partial[CLASSES];
static Arena *open_arenas;        /* with at least one free pool */
static unsigned char no_leaf[1 << LEAF_BITS];
static unsigned char *arena_map[1 << ROOT_BITS]; /* NULL: no arena there */
static size_t arena_count, arena_peak, arenas_made, large_blocks;
static Arena **all_arenas;        /* [0 .. arena_count-1], for statistics */
static size_t all_capacity;

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

/* A bare start fills this many arenas: their pages come at once, as single faults cost it a twentieth of its time. */
#define ARENAS_AT_START 6

/* Pages at an address that is a multiple of ARENA_SIZE. NULL: no memory. */
static char *map_aligned(size_t size)
{
    char *p = mmap(NULL, size + ARENA_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        return NULL;
    size_t skip = (ARENA_SIZE - ((uintptr_t)p & (ARENA_SIZE - 1))) & (ARENA_SIZE - 1);
    if (skip)
        munmap(p, skip);
    if (skip != ARENA_SIZE)
        munmap(p + skip + size, ARENA_SIZE - skip);
    return p + skip;
}

static void *source_mmap(void *ctx, size_t size)
{
    static char *first;  /* the arenas of the start, mapped at once; each is given back on its own */
    static int left = ARENAS_AT_START;
    if (left == 0 || size != ARENA_SIZE)
        return map_aligned(size);
    if (first == NULL) {
        if ((first = map_aligned(ARENAS_AT_START * ARENA_SIZE)) == NULL)
            return NULL;
        (void)madvise(first, ARENAS_AT_START * ARENA_SIZE, MADV_POPULATE_WRITE);
    }
    return first + --left * ARENA_SIZE;
}

static void source_munmap(void *ctx, void *p, size_t size)
{
    munmap(p, size);
}

static TaiArenaSource source = {NULL, source_mmap, source_munmap};

void tai_alloc_get_arena_source(TaiArenaSource *out) { *out = source; }
void tai_alloc_set_arena_source(const TaiArenaSource *in) { source = *in; }

static inline int is_ours(const void *p)
{
    uintptr_t key = (uintptr_t)p >> ARENA_BITS;
    const unsigned char *leaf = arena_map[(key >> LEAF_BITS) & ((1 << ROOT_BITS) - 1)];
    return leaf != NULL && leaf[key & ((1 << LEAF_BITS) - 1)];
}

static int map_arena(const char *base, unsigned char value)
{
    uintptr_t key = (uintptr_t)base >> ARENA_BITS;
    unsigned char **leaf = &arena_map[(key >> LEAF_BITS) & ((1 << ROOT_BITS) - 1)];
    if (*leaf == NULL) {
        *leaf = calloc(1, sizeof no_leaf);
        if (*leaf == NULL)
            return -1;
    }
    (*leaf)[key & ((1 << LEAF_BITS) - 1)] = value;
    return 0;
}

static void arena_list(Arena *a)
{
    a->prev = NULL;
    a->next = open_arenas;
    if (open_arenas)
        open_arenas->prev = a;
    open_arenas = a;
    a->listed = 1;
}

static void arena_unlist(Arena *a)
{
    if (a->prev)
        a->prev->next = a->next;
    else
        open_arenas = a->next;
    if (a->next)
        a->next->prev = a->prev;
    a->listed = 0;
}

static int remember_arena(Arena *a)
{
    if (arena_count == all_capacity) {
        size_t capacity = all_capacity ? 2 * all_capacity : 64;
        Arena **grown = realloc(all_arenas, capacity * sizeof *grown);
        if (grown == NULL)
            return -1;
        all_arenas = grown;
        all_capacity = capacity;
    }
    all_arenas[arena_count++] = a;
    if (arena_count > arena_peak)
        arena_peak = arena_count;
    return 0;
}

/* A new arena on the open list, or NULL. A foreign source need not align: then twice the size is asked for. */
static Arena *arena_make(void)
{
    Arena *a = calloc(1, sizeof *a);
    if (a == NULL)
        return NULL;
    a->block_size = source.alloc == source_mmap ? ARENA_SIZE : 2 * ARENA_SIZE;
    a->block = source.alloc(source.ctx, a->block_size);
    if (a->block == NULL)
        goto fail;
    a->base = (char *)(((uintptr_t)a->block + ARENA_SIZE - 1) & ~(uintptr_t)(ARENA_SIZE - 1));
    if (remember_arena(a) < 0)
        goto fail_block;
    if (map_arena(a->base, 1) < 0) {
        arena_count--;
        goto fail_block;
    }
    a->free_pools = (1u << POOLS_PER_ARENA) - 1;
    arenas_made++;
    arena_list(a);
    return a;
fail_block:
    source.free(source.ctx, a->block, a->block_size);
fail:
    free(a);
    return NULL;
}

static void arena_drop(Arena *a)
{
    for (size_t i = 0; i < arena_count; i++) {
        if (all_arenas[i] == a) {
            all_arenas[i] = all_arenas[--arena_count];
            break;
        }
    }
    arena_unlist(a);
    (void)map_arena(a->base, 0);
    source.free(source.ctx, a->block, a->block_size);
    free(a);
}

static void pool_link(Pool *p)
{
    p->prev = NULL;
    p->next = partial[p->size_class];
    if (p->next)
        p->next->prev = p;
    partial[p->size_class] = p;
    p->linked = 1;
}

static void pool_unlink(Pool *p)
{
    if (p->prev)
        p->prev->next = p->next;
    else
        partial[p->size_class] = p->next;
    if (p->next)
        p->next->prev = p->prev;
    p->linked = 0;
}

static Pool *pool_make(unsigned size_class)
{
    Arena *a = open_arenas ? open_arenas : arena_make();
    if (a == NULL)
        return NULL;
    int i = __builtin_ctz(a->free_pools);
    a->free_pools &= a->free_pools - 1;
    if (a->free_pools == 0)
        arena_unlist(a);
    Pool *p = (Pool *)(a->base + (size_t)i * POOL_SIZE);
    size_t size = ((size_t)size_class + 1) * 16;
    p->free = NULL;
    p->fresh = (char *)p + sizeof(Pool);
    p->end = p->fresh + (POOL_SIZE - sizeof(Pool)) / size * size;
    p->arena = a;
    p->used = 0;
    p->size_class = (uint16_t)size_class;
    pool_link(p);
    return p;
}

/* An empty pool goes home; an empty arena is kept if it is the only open one. */
static void pool_release(Pool *p)
{
    Arena *a = p->arena;
    pool_unlink(p);
    a->free_pools |= 1u << (((char *)p - a->base) / POOL_SIZE);
    if (!a->listed)
        arena_list(a);
    if (a->free_pools == (1u << POOLS_PER_ARENA) - 1 && (open_arenas != a || a->next != NULL))
        arena_drop(a);
}

/* A block of the class when the first partial pool has no returned block. */
static __attribute__((noinline)) void *get_slow(unsigned size_class)
{
    Pool *p = partial[size_class];
    if (p == NULL && (p = pool_make(size_class)) == NULL)
        return NULL;
    size_t size = ((size_t)size_class + 1) * 16;
    char *block = p->fresh;
    p->fresh += size;
    p->used++;
    if (p->fresh == p->end)
        pool_unlink(p); /* free list is empty here */
    return block;
}

static void *get_large(size_t n)
{
    void *p = malloc(n ? n : 1);
    if (p)
        large_blocks++;
    return p;
}

void *tai_alloc_get(size_t n)
{
    if (UNLIKELY(n > TAI_SMALL_LIMIT))
        return get_large(n);
    unsigned size_class = n ? (unsigned)((n - 1) >> 4) : 0;
    Pool *p = partial[size_class];
    if (LIKELY(p != NULL) && LIKELY(p->free != NULL)) {
        void *block = p->free;
        p->free = *(void **)block;
        p->used++;
        if (UNLIKELY(p->free == NULL) && p->fresh == p->end)
            pool_unlink(p);
        return block;
    }
    void *block = get_slow(size_class);
    return LIKELY(block != NULL) ? block : get_large(((size_t)size_class + 1) * 16); /* whole sixteens: see tai_alloc_resize */
}

void *tai_alloc_get_zeroed(size_t n)
{
    if (n > TAI_SMALL_LIMIT) {
        void *p = calloc(1, n);
        if (p)
            large_blocks++;
        return p;
    }
    void *p = tai_alloc_get(n);
    if (p)
        memset(p, 0, n);
    return p;
}

static inline Pool *pool_of(void *block)
{
    return (Pool *)((uintptr_t)block & ~(uintptr_t)(POOL_SIZE - 1));
}

static inline void put_small(Pool *p, void *block)
{
    *(void **)block = p->free;
    p->free = block;
    p->used--;
    if (UNLIKELY(!p->linked))
        pool_link(p);
    if (UNLIKELY(p->used == 0) && (p->next != NULL || p->prev != NULL))
        pool_release(p);
}

void tai_alloc_put(void *block)
{
    if (UNLIKELY(block == NULL))
        return;
    if (UNLIKELY(!is_ours(block))) {
        large_blocks--;
        free(block);
        return;
    }
    put_small(pool_of(block), block);
}

/* A small block is copied in sixteens, as many as both have: few, and without a call. */
void *tai_alloc_resize(void *block, size_t n)
{
    if (block == NULL)
        return tai_alloc_get(n);
    if (!is_ours(block))
        return realloc(block, n ? n : 1);
    Pool *p = pool_of(block);
    size_t have = ((size_t)p->size_class + 1) * 16;
    if (n <= have && (4 * n > 3 * have || n == have))
        return block;
    char *fresh = tai_alloc_get(n);
    if (fresh == NULL)
        return n <= have ? block : NULL;
    for (size_t i = 0, end = n < have ? n : have; i < end; i += 16)
        memcpy(fresh + i, (char *)block + i, 16);
    put_small(p, block);
    return fresh;
}

static Pool *pool_at(const Arena *a, size_t i)
{
    return a->free_pools >> i & 1 ? NULL : (Pool *)(a->base + i * POOL_SIZE);
}

size_t tai_alloc_blocks(void)
{
    size_t n = large_blocks;
    for (size_t i = 0; i < arena_count; i++) {
        for (size_t k = 0; k < POOLS_PER_ARENA; k++) {
            Pool *p = pool_at(all_arenas[i], k);
            n += p ? p->used : 0;
        }
    }
    return n;
}

void tai_alloc_print_stats(FILE *out)
{
    size_t pools[CLASSES] = {0}, used[CLASSES] = {0}, room[CLASSES] = {0}, free_pools = 0;
    for (size_t i = 0; i < arena_count; i++) {
        for (size_t k = 0; k < POOLS_PER_ARENA; k++) {
            Pool *p = pool_at(all_arenas[i], k);
            if (p == NULL) {
                free_pools++;
                continue;
            }
            size_t size = ((size_t)p->size_class + 1) * 16;
            pools[p->size_class]++;
            used[p->size_class] += p->used;
            room[p->size_class] += (POOL_SIZE - sizeof(Pool)) / size;
        }
    }
    fprintf(out, "Small block threshold = %d, in %d size classes.\n\n", TAI_SMALL_LIMIT, CLASSES);
    fputs("class   size   num pools   blocks in use  avail blocks\n"
          "-----   ----   ---------   -------------  ------------\n", out);
    for (int c = 0; c < CLASSES; c++) {
        if (pools[c])
            fprintf(out, "%5d %6d %11zu %15zu %13zu\n", c, (c + 1) * 16, pools[c], used[c], room[c] - used[c]);
    }
    fprintf(out, "\n# arenas allocated total           = %20zu\n", arenas_made);
    fprintf(out, "# arenas highwater mark            = %20zu\n", arena_peak);
    fprintf(out, "# arenas allocated current         = %20zu\n", arena_count);
    fprintf(out, "%zu arenas * %zu bytes/arena      = %20zu\n", arena_count, ARENA_SIZE, arena_count * ARENA_SIZE);
    fprintf(out, "%zu unused pools * %zu bytes      = %20zu\n", free_pools, POOL_SIZE, free_pools * POOL_SIZE);
    fprintf(out, "# blocks from the C library        = %20zu\n", large_blocks);
}
