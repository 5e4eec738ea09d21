/* SPDX-License-Identifier: MIT */
/* Between the files of the dict: operations that the type's slots and methods are made of (dict.c). */
#ifndef TAI_OBJECTS_DICT_OPS_H
#define TAI_OBJECTS_DICT_OPS_H

#include "objects/dict/dict.h"

void tai_dict_dealloc(PyDictObject *mp);
PyObject *tai_dict_type_new(PyTypeObject *type, PyObject *args, PyObject *kwds);
int tai_dict_traverse(PyObject *self, visitproc visit, void *arg);
int tai_dict_clear_slot(PyObject *op);
/* Remove and return the last item as a new tuple. */
PyObject *tai_dict_popitem(PyDictObject *mp);
/* 1, 0, or -1. Runs code. */
int tai_dict_equal(PyDictObject *a, PyDictObject *b);

#endif
