/* SPDX-License-Identifier: MIT */
/* list: what the evaluator and other units may use beside the API. Representation and invariants: list.c. */
#ifndef TAI_OBJECTS_LIST_H
#define TAI_OBJECTS_LIST_H

#include "Python.h"
#include "runtime/gc.h"
#include "runtime/state.h"

/* The iterator: seq is NULL once exhausted. Specialised loops step it in place. */
typedef struct {
    PyObject_HEAD
    Py_ssize_t index;
    PyListObject *seq;
} TaiListIter;

/* Make room for newsize items and set the size to it. 0, or -1 with MemoryError (or while sorting: see LIST-2). */
NODISCARD int tai_list_resize(PyListObject *self, Py_ssize_t newsize);

/* Append v (stolen, also on failure). 0, or -1 with an exception. */
NODISCARD static inline int tai_list_append_steal(PyListObject *self, PyObject *v)
{
    Py_ssize_t n = Py_SIZE(self);
    if (LIKELY(n < self->allocated))
        Py_SIZE(self) = n + 1;
    else if (tai_list_resize(self, n + 1) < 0) {
        Py_DECREF(v);
        return -1;
    }
    self->ob_item[n] = v;
    return 0;
}

NODISCARD static inline int tai_list_append(PyListObject *self, PyObject *v)
{
    Py_INCREF(v);
    return tai_list_append_steal(self, v);
}

/* In place sort, stable; key NULL or None: none. 0 or -1. Runs code. */
NODISCARD int tai_list_sort(PyListObject *self, PyObject *key, int reverse);

#endif
