/* SPDX-License-Identifier: MIT */
/* float: methods whose code stands beside float.c; private to objects/float. */
#ifndef TAI_OBJECTS_FLOAT_METHODS_H
#define TAI_OBJECTS_FLOAT_METHODS_H

#include "Python.h"

extern const char tai_float_hex_doc[], tai_float_fromhex_doc[];
PyObject *tai_float_hex(PyObject *self, PyObject *ignored);
PyObject *tai_float_fromhex(PyObject *type, PyObject *text);
PyObject *tai_float_getformat(PyObject *type, PyObject *name);
PyObject *tai_float_set_format(PyObject *type, PyObject *const *args, Py_ssize_t nargs);

#endif
