/* SPDX-License-Identifier: MIT */
/* bytes: methods whose code stands in split.c; private to objects/bytes. */
#ifndef TAI_OBJECTS_BYTES_METHODS_H
#define TAI_OBJECTS_BYTES_METHODS_H

#include "Python.h"

PyObject *tai_bytes_partition(PyObject *self, PyObject *sep);
PyObject *tai_bytes_rpartition(PyObject *self, PyObject *sep);
PyObject *tai_bytes_split(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames);
PyObject *tai_bytes_rsplit(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames);
PyObject *tai_bytes_splitlines(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames);
PyObject *tai_bytes_getnewargs(PyObject *self, PyObject *ignored);
PyObject *tai_bytearray_alloc(PyObject *self, PyObject *ignored);
PyObject *tai_bytearray_reduce(PyObject *self, PyObject *ignored);
PyObject *tai_bytearray_reduce_ex(PyObject *self, PyObject *const *args, Py_ssize_t nargs);
PyObject *tai_bytearray_sizeof(PyObject *self, PyObject *ignored);
PyObject *tai_bytearray_append(PyObject *self, PyObject *item);
PyObject *tai_bytearray_clear(PyObject *self, PyObject *ignored);
PyObject *tai_bytearray_copy(PyObject *self, PyObject *ignored);
PyObject *tai_bytearray_extend(PyObject *self, PyObject *iterable);
PyObject *tai_bytearray_insert(PyObject *self, PyObject *const *args, Py_ssize_t nargs);
PyObject *tai_bytearray_pop(PyObject *self, PyObject *const *args, Py_ssize_t nargs);
PyObject *tai_bytearray_remove(PyObject *self, PyObject *value);
PyObject *tai_bytearray_reverse(PyObject *self, PyObject *ignored);
int tai_bytes_contains(PyObject *self, PyObject *arg);

#endif
