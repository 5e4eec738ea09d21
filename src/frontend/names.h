/* SPDX-License-Identifier: MIT */
/* names: small ordered maps from pointers to ints, in an arena.
 *
 * Keys are compared by address: identifiers of a tree are interned strings [NAMES-1], constants are made unique before they come
 * here, and nodes are addresses. Up to eight keys are searched in a row, more through a table of indices.
 */
#ifndef TAI_FRONTEND_NAMES_H
#define TAI_FRONTEND_NAMES_H

#include "Python.h"

typedef struct NameSlot {
    void *key;
    int value;
} NameSlot;

typedef struct NameMap {
    NameSlot *slots; /* in order of insertion */
    int count, room;
    int *index; /* slot number + 1, 0 if free; NULL while the map is small */
    unsigned mask;
} NameMap;

/* The slot of key, valid until the next add; NULL if absent. */
NameSlot *tai_names_find(const NameMap *map, const void *key);
/* Add a key that is absent. The slot, or NULL with MemoryError. */
NameSlot *tai_names_add(NameMap *map, PyArena *arena, void *key, int value);

/* `name` as it is spelled inside class `owner` (or NULL): borrowed from the tree or kept by the arena. NULL with an exception. */
PyObject *tai_mangle(PyArena *arena, PyObject *owner, PyObject *name);

#endif
