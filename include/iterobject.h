/* SPDX-License-Identifier: MIT */
/* iterobject.h: iterators over sequences and calls. */
#ifndef TAIPAN_ITEROBJECT_H
#define TAIPAN_ITEROBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

PyAPI_FUNC(PyObject *) PyCallIter_New(PyObject *, PyObject *);
PyAPI_DATA(PyTypeObject) PyCallIter_Type;
PyAPI_FUNC(PyObject *) PySeqIter_New(PyObject *);
PyAPI_DATA(PyTypeObject) PySeqIter_Type;

#define PySeqIter_Check(op) (Py_TYPE(op) == &PySeqIter_Type)
#define PyCallIter_Check(op) (Py_TYPE(op) == &PyCallIter_Type)

#ifdef __cplusplus
}
#endif

#endif
