/* SPDX-License-Identifier: MIT */
/* set and frozenset: what other units may use beside the API. Representation and invariants: set.c. */
#ifndef TAI_OBJECTS_SET_H
#define TAI_OBJECTS_SET_H

#include "Python.h"
#include "runtime/gc.h"
#include "runtime/state.h"

/* A set (type: exact set or frozenset, or a subclass) with the elements of iterable (NULL: none). New or NULL. */
PyObject *tai_set_new(PyTypeObject *type, PyObject *iterable);
/* Add key (borrowed) with its hash. 0 or -1. Runs code. */
NODISCARD int tai_set_add(PySetObject *so, PyObject *key, Py_hash_t hash);
/* The same for a set nobody else has seen, without removed places, and a key that is known to be absent. Runs no code. */
NODISCARD int tai_set_add_unique(PySetObject *so, PyObject *key, Py_hash_t hash);
/* 1, 0 or -1. Runs code. */
int tai_set_contains(PySetObject *so, PyObject *key, Py_hash_t hash);

/* Between the files of the set. */
int tai_set_discard(PySetObject *so, PyObject *key, Py_hash_t hash); /* 1 was there, 0, -1 */
int tai_set_clear(PySetObject *so);
int tai_set_resize(PySetObject *so, Py_ssize_t least);
int tai_set_contains_key(PySetObject *so, PyObject *key); /* hashes the key; -1 */
void tai_set_dealloc(PySetObject *so);
int tai_set_traverse(PySetObject *so, visitproc visit, void *arg);
int tai_set_update(PySetObject *so, PyObject *other);
PyObject *tai_set_pop(PySetObject *so);
/* Exchange the contents of two sets. */
void tai_set_swap(PySetObject *a, PySetObject *b);

extern PyObject tai_set_dummy; /* the key of a place whose element was removed; _PySet_Dummy points at it */

/* Elements in table order; *pos starts at 0. 1 with the borrowed entry's fields, 0 at the end. */
static inline int tai_set_next(PySetObject *so, Py_ssize_t *pos, PyObject **key, Py_hash_t *hash)
{
    const setentry *end = so->table + so->mask + 1;
    for (const setentry *entry = so->table + *pos; entry < end; entry++) {
        if (entry->key != NULL && entry->key != &tai_set_dummy) {
            *key = entry->key;
            *hash = entry->hash;
            *pos = entry - so->table + 1;
            return 1;
        }
    }
    *pos = so->mask + 2;
    return 0;
}

#endif
