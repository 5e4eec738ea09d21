/* SPDX-License-Identifier: MIT */
/* str: start and stop, and the few functions that only its own files share. */
#ifndef TAI_OBJECTS_STR_INIT_H
#define TAI_OBJECTS_STR_INIT_H

#include "Python.h"
#include "objects/str/str.h"

/* Makes the singletons; before types are ready. 0 or -1. */
NODISCARD int tai_str_init(void);
/* Readies the private types (formatter iterators, encoding map); after types are. 0 or -1. */
NODISCARD int tai_str_types_init(void);

void tai_intern_forget(PyObject *s);
void tai_str_dealloc(PyObject *s);
Py_ssize_t tai_str_sizeof(PyObject *s);
PyObject *tai_str_new_subtype(PyTypeObject *type, PyObject *s);

extern PyTypeObject tai_FormatterIter_Type, tai_FieldNameIter_Type, tai_EncodingMap_Type;

#endif
