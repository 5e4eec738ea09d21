/* SPDX-License-Identifier: MIT */
/* What the exception files share: a kind is the behaviour that a class in defs/exception.def is given. */
#ifndef TAI_OBJECTS_EXCEPTIONS_KINDS_H
#define TAI_OBJECTS_EXCEPTIONS_KINDS_H

#include "Python.h"
#include "runtime/state.h"
#include "structmember.h"
#include <stddef.h>

/* NULL slots are inherited. Everything else that is a class's own comes from its row. */
typedef struct {
    Py_ssize_t size;
    newfunc new;
    initproc init;
    reprfunc str;
    destructor dealloc;
    traverseproc traverse;
    inquiry clear;
    PyMethodDef *methods;
    PyMemberDef *members;
    PyGetSetDef *getset;
    vectorcallfunc vectorcall; /* of the class; never inherited */
} TaiExceptionKind;

extern const TaiExceptionKind tai_exception_base, tai_exception_stop_iteration, tai_exception_system_exit,
    tai_exception_import_error, tai_exception_os_error, tai_exception_syntax_error, tai_exception_key_error,
    tai_exception_unicode_encode_error, tai_exception_unicode_decode_error, tai_exception_unicode_translate_error,
    tai_exception_memory_error;

/* base.c: what the other kinds build on. */
PyObject *tai_exception_new(PyTypeObject *type, PyObject *args, PyObject *kwargs);
int tai_exception_init_base(PyObject *self, PyObject *args, PyObject *kwargs);
PyObject *tai_exception_str(PyObject *self);
int tai_exception_traverse(PyObject *self, visitproc visit, void *arg);
int tai_exception_clear(PyObject *self);
void tai_exception_dealloc(PyObject *self); /* calls tp_clear of the type: right for every kind */

/* Fill the errno table of OSError, the spare MemoryErrors. 0 / -1. */
NODISCARD int tai_oserror_init(void);
NODISCARD int tai_memory_error_init(void);

/* Clear and visit a list of object fields. */
#define EXC_SET(field, value) \
    do { \
        PyObject *exc_new_ = (value); \
        Py_XINCREF(exc_new_); \
        Py_XSETREF(field, exc_new_); \
    } while (0)

#endif
