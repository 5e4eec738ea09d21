/* SPDX-License-Identifier: MIT */
/* arena: what the compiler's own files use beside PyArena_*. */
#ifndef TAI_FRONTEND_ARENA_H
#define TAI_FRONTEND_ARENA_H

#include "Python.h"
#include "asdl.h"

/* A copy of size bytes that lives with the arena, or NULL with MemoryError. */
void *tai_arena_copy(PyArena *arena, const void *from, size_t size);

#endif
