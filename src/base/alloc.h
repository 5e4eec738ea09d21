/* SPDX-License-Identifier: MIT */
/* The small-block allocator behind the object and mem domains; see alloc.c. The caller holds the GIL. */
#ifndef TAI_BASE_ALLOC_H
#define TAI_BASE_ALLOC_H

#include <stddef.h>
#include <stdio.h>

#define TAI_SMALL_LIMIT 512 /* bytes; larger requests go to the C library */

/* How many dead objects a free list keeps: none under the address sanitizer, which is to see each of them go. */
#ifdef __SANITIZE_ADDRESS__
#define TAI_FREE_LIST(n) 0
#else
#define TAI_FREE_LIST(n) (n)
#endif

void *tai_alloc_get(size_t n);
void *tai_alloc_get_zeroed(size_t n);
void *tai_alloc_resize(void *p, size_t n);
void tai_alloc_put(void *p);

/* Where arenas come from; sizes in bytes. */
typedef struct {
    void *ctx;
    void *(*alloc)(void *ctx, size_t size);
    void (*free)(void *ctx, void *ptr, size_t size);
} TaiArenaSource;
void tai_alloc_get_arena_source(TaiArenaSource *out);
void tai_alloc_set_arena_source(const TaiArenaSource *in);

size_t tai_alloc_blocks(void);      /* blocks handed out and not returned */
void tai_alloc_print_stats(FILE *out);

#endif
