/* SPDX-License-Identifier: MIT */
/* Argument checks for the vectorcall constructors of built-in types. */
#ifndef TAI_OBJECTS_TYPE_CALL_H
#define TAI_OBJECTS_TYPE_CALL_H

#include "Python.h"

/* 1, or 0 with TypeError if keyword arguments were given. */
static inline int tai_no_kwnames(const char *function, PyObject *kwnames)
{
    if (kwnames == NULL || PyTuple_GET_SIZE(kwnames) == 0)
        return 1;
    PyErr_Format(PyExc_TypeError, "%.200s() takes no keyword arguments", function);
    return 0;
}

#endif
