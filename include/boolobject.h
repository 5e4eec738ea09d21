/* SPDX-License-Identifier: MIT */
/* boolobject.h: bool. */
#ifndef TAIPAN_BOOLOBJECT_H
#define TAIPAN_BOOLOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

PyAPI_FUNC(PyObject *) PyBool_FromLong(long);
PyAPI_DATA(PyTypeObject) PyBool_Type;
PyAPI_DATA(struct _longobject) _Py_FalseStruct;
PyAPI_DATA(struct _longobject) _Py_TrueStruct;

#define PyBool_Check(x) (Py_TYPE(x) == &PyBool_Type)
#define Py_False ((PyObject *)&_Py_FalseStruct)
#define Py_True ((PyObject *)&_Py_TrueStruct)
#define Py_RETURN_TRUE return Py_INCREF(Py_True), Py_True
#define Py_RETURN_FALSE return Py_INCREF(Py_False), Py_False

#ifdef __cplusplus
}
#endif

#endif
