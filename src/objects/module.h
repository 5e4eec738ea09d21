/* SPDX-License-Identifier: MIT */
/* module: layout, for the evaluator's attribute caches. */
#ifndef TAI_OBJECTS_MODULE_H
#define TAI_OBJECTS_MODULE_H

#include "Python.h"

typedef struct {
    PyObject_HEAD
    PyObject *md_dict;          /* NULL before __init__ has run */
    struct PyModuleDef *md_def; /* NULL for modules written in Python */
    void *md_state;             /* m_size bytes, or NULL */
    PyObject *md_weaklist;
    PyObject *md_name;          /* as given when it was made; NULL if that was no str */
} PyModuleObject;

/* A module's attribute as getattr() finds it, but NULL without an exception if neither it nor the module's __getattr__ is
 * there. New reference. Runs code. */
PyObject *tai_module_lookup(PyObject *op, PyObject *name);

#endif
