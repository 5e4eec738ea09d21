/* SPDX-License-Identifier: MIT */
/* cellobject.h: cells of closures. */
#ifndef TAIPAN_CELLOBJECT_H
#define TAIPAN_CELLOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
typedef struct {
    PyObject ob_base;
    PyObject *ob_ref;
} PyCellObject;

#endif
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) PyCell_Get(PyObject *);
PyAPI_FUNC(PyObject *) PyCell_New(PyObject *);
PyAPI_FUNC(int) PyCell_Set(PyObject *, PyObject *);
PyAPI_DATA(PyTypeObject) PyCell_Type;
#endif

#define PyCell_Check(op) (Py_TYPE(op) == &PyCell_Type)
#define PyCell_GET(op) (((PyCellObject *)(op))->ob_ref)
#define PyCell_SET(op, v) (((PyCellObject *)(op))->ob_ref = v)

#ifdef __cplusplus
}
#endif

#endif
