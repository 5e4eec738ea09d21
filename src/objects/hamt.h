/* SPDX-License-Identifier: MIT */
/* hamt: a persistent mapping. Changing it makes a new one that shares almost everything with the old. */
#ifndef TAI_OBJECTS_HAMT_H
#define TAI_OBJECTS_HAMT_H

#include "runtime/state.h"

typedef struct TaiHamtNode TaiHamtNode;

typedef struct {
    PyObject_HEAD
    TaiHamtNode *root; /* owned; NULL: empty */
    PyObject *weakrefs;
    Py_ssize_t count;
} TaiHamt;

extern PyTypeObject tai_hamt_type;

/* The empty mapping. New. */
TaiHamt *tai_hamt_new(void);
/* With key set. New. Runs code of keys. */
TaiHamt *tai_hamt_assoc(TaiHamt *self, PyObject *key, PyObject *value);
/* Without key, which may be absent. New. Runs code of keys. */
TaiHamt *tai_hamt_without(TaiHamt *self, PyObject *key);
/* 1 and *value (borrowed), 0, or -1 with an exception. Runs code of keys. */
int tai_hamt_find(TaiHamt *self, PyObject *key, PyObject **value);
/* 1, 0, or -1. Runs code. */
int tai_hamt_equal(TaiHamt *a, TaiHamt *b);
/* Iterators. New. */
PyObject *tai_hamt_keys(TaiHamt *self);
PyObject *tai_hamt_values(TaiHamt *self);
PyObject *tai_hamt_items(TaiHamt *self);

NODISCARD int tai_hamt_init(void);

#endif
