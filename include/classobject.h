/* SPDX-License-Identifier: MIT */
/* classobject.h: bound methods. */
#ifndef TAIPAN_CLASSOBJECT_H
#define TAIPAN_CLASSOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
typedef struct {
    PyObject ob_base;
    PyObject *im_func;
    PyObject *im_self;
    PyObject *im_weakreflist;
    vectorcallfunc vectorcall;
} PyMethodObject;

typedef struct {
    PyObject ob_base;
    PyObject *func;
} PyInstanceMethodObject;

#endif
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) PyInstanceMethod_Function(PyObject *);
PyAPI_FUNC(PyObject *) PyInstanceMethod_New(PyObject *);
PyAPI_DATA(PyTypeObject) PyInstanceMethod_Type;
PyAPI_FUNC(int) PyMethod_ClearFreeList(void);
PyAPI_FUNC(PyObject *) PyMethod_Function(PyObject *);
PyAPI_FUNC(PyObject *) PyMethod_New(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyMethod_Self(PyObject *);
PyAPI_DATA(PyTypeObject) PyMethod_Type;
#endif

#define PyMethod_Check(op) (Py_TYPE(op) == &PyMethod_Type)
#define PyMethod_GET_FUNCTION(meth) (((PyMethodObject *)(meth))->im_func)
#define PyMethod_GET_SELF(meth) (((PyMethodObject *)(meth))->im_self)
#define PyInstanceMethod_Check(op) (Py_TYPE(op) == &PyInstanceMethod_Type)
#define PyInstanceMethod_GET_FUNCTION(meth) (((PyInstanceMethodObject *)(meth))->func)

#ifdef __cplusplus
}
#endif

#endif
