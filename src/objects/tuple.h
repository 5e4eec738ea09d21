/* SPDX-License-Identifier: MIT */
/* tuple: what the evaluator and other units may use beside the API. */
#ifndef TAI_OBJECTS_TUPLE_H
#define TAI_OBJECTS_TUPLE_H

#include "Python.h"
#include "runtime/gc.h"
#include "runtime/state.h"

typedef struct {
    PyObject_HEAD
    Py_ssize_t index;
    PyTupleObject *seq; /* NULL once exhausted */
} TaiTupleIter;

/* A tuple with new references to items[0..n-1]; new or NULL. */
PyObject *tai_tuple_from_array(PyObject *const *items, Py_ssize_t n);

int tai_tuple_init(void);
void tai_tuple_fini(void);

#endif
