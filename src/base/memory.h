/* SPDX-License-Identifier: MIT */
/* Choice of allocators for the three memory domains; see memory.c. */
#ifndef TAI_BASE_MEMORY_H
#define TAI_BASE_MEMORY_H

#include "Python.h"

/* 0, or -1 when the name is unknown. Names as in PYTHONMALLOC. */
int tai_memory_parse_name(const char *text, PyMemAllocatorName *name);
int tai_memory_use(PyMemAllocatorName name);
/* The default for one domain, hooks removed; the old one is returned in *old. */
int tai_memory_set_default(PyMemAllocatorDomain domain, PyMemAllocatorEx *old);
/* From now on, of all allocations in the three domains, let the count ones from the first-th on (1: the next one) fail;
 * first == 0 ends it. Returns how many were made since the last call. */
size_t tai_memory_fail(size_t first, size_t count);
void tai_memory_print_stats(FILE *out, int detailed);

#endif
