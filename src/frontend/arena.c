/* SPDX-License-Identifier: MIT */
/* arena: memory and objects that live as long as one compilation.
 *
 * Blocks form a list, the newest first; a request takes the next bytes of the newest block. A request larger than a
 * quarter of a block gets a block of its own behind the newest one. Objects that the tree names (identifiers, constants) are
 * owned by a growing array and released with the arena.
 * [ARENA-1] Addresses are 16-byte aligned and stay valid until PyArena_Free.
 */
#include "Python.h"
#include "frontend/arena.h"

#define BLOCK_BYTES (32 * 1024 - 64)
#define ALIGNMENT 16

typedef struct Block {
    struct Block *older;
    size_t size;
} Block;

struct _arena {
    char *next, *end; /* free bytes of the newest block */
    Block *newest;
    PyObject **objects; /* owned */
    size_t object_count, object_room;
};

static Block *block_new(size_t payload)
{
    Block *block = PyMem_Malloc(sizeof(Block) + payload);
    if (block)
        block->size = payload;
    return block;
}

PyArena *PyArena_New(void)
{
    PyArena *arena = PyMem_Malloc(sizeof(PyArena));
    Block *block = arena ? block_new(BLOCK_BYTES) : NULL;
    if (!block) {
        PyMem_Free(arena);
        return (PyArena *)PyErr_NoMemory();
    }
    block->older = NULL;
    *arena = (PyArena){.newest = block, .next = (char *)(block + 1), .end = (char *)(block + 1) + BLOCK_BYTES};
    return arena;
}

void PyArena_Free(PyArena *arena)
{
    for (size_t i = arena->object_count; i-- > 0;)
        Py_DECREF(arena->objects[i]);
    PyMem_Free(arena->objects);
    for (Block *block = arena->newest, *older; block; block = older) {
        older = block->older;
        PyMem_Free(block);
    }
    PyMem_Free(arena);
}

static void *alloc_slow(PyArena *arena, size_t size)
{
    Block *block;
    if (size > BLOCK_BYTES / 4) {
        if (size > PY_SSIZE_T_MAX - 1024 || !(block = block_new(size)))
            return PyErr_NoMemory();
        block->older = arena->newest->older;
        arena->newest->older = block;
        return block + 1;
    }
    if (!(block = block_new(BLOCK_BYTES)))
        return PyErr_NoMemory();
    block->older = arena->newest;
    arena->newest = block;
    arena->next = (char *)(block + 1) + size;
    arena->end = (char *)(block + 1) + BLOCK_BYTES;
    return block + 1;
}

void *PyArena_Malloc(PyArena *arena, size_t size)
{
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if ((size_t)(arena->end - arena->next) < size)
        return alloc_slow(arena, size);
    void *memory = arena->next;
    arena->next += size;
    return memory;
}

/* Steals obj, on success only. 0, or -1 with MemoryError. */
int PyArena_AddPyObject(PyArena *arena, PyObject *obj)
{
    if (arena->object_count == arena->object_room) {
        size_t room = arena->object_room ? 2 * arena->object_room : 256;
        PyObject **objects = PyMem_Realloc(arena->objects, room * sizeof(PyObject *));
        if (!objects) {
            PyErr_NoMemory();
            return -1;
        }
        arena->objects = objects;
        arena->object_room = room;
    }
    arena->objects[arena->object_count++] = obj;
    return 0;
}

void *tai_arena_copy(PyArena *arena, const void *from, size_t size)
{
    void *to = PyArena_Malloc(arena, size);
    if (to)
        memcpy(to, from, size);
    return to;
}

asdl_seq *_Py_asdl_seq_new(Py_ssize_t size, PyArena *arena)
{
    if (size < 0 || (size_t)size > PY_SSIZE_T_MAX / sizeof(void *) - 2)
        return (asdl_seq *)PyErr_NoMemory();
    size_t data = sizeof(asdl_seq) + (size ? size - 1 : 0) * sizeof(void *);
    asdl_seq *seq = PyArena_Malloc(arena, data);
    if (seq) {
        memset(seq, 0, data);
        seq->size = size;
    }
    return seq;
}

asdl_int_seq *_Py_asdl_int_seq_new(Py_ssize_t size, PyArena *arena)
{
    if (size < 0 || (size_t)size > PY_SSIZE_T_MAX / sizeof(int) - 4)
        return (asdl_int_seq *)PyErr_NoMemory();
    size_t data = sizeof(asdl_int_seq) + (size ? size - 1 : 0) * sizeof(int);
    asdl_int_seq *seq = PyArena_Malloc(arena, data);
    if (seq) {
        memset(seq, 0, data);
        seq->size = size;
    }
    return seq;
}
