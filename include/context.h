/* SPDX-License-Identifier: MIT */
/* context.h: context variables (PEP 567). */
#ifndef TAIPAN_CONTEXT_H
#define TAIPAN_CONTEXT_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
#endif
#ifndef Py_LIMITED_API
PyAPI_DATA(PyTypeObject) PyContextToken_Type;
PyAPI_FUNC(int) PyContextVar_Get(PyObject *, PyObject *, PyObject **);
PyAPI_FUNC(PyObject *) PyContextVar_New(const char *, PyObject *);
PyAPI_FUNC(int) PyContextVar_Reset(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyContextVar_Set(PyObject *, PyObject *);
PyAPI_DATA(PyTypeObject) PyContextVar_Type;
PyAPI_FUNC(int) PyContext_ClearFreeList(void);
PyAPI_FUNC(PyObject *) PyContext_Copy(PyObject *);
PyAPI_FUNC(PyObject *) PyContext_CopyCurrent(void);
PyAPI_FUNC(int) PyContext_Enter(PyObject *);
PyAPI_FUNC(int) PyContext_Exit(PyObject *);
PyAPI_FUNC(PyObject *) PyContext_New(void);
PyAPI_DATA(PyTypeObject) PyContext_Type;
PyAPI_FUNC(PyObject *) _PyContext_NewHamtForTests(void);
#endif

#ifndef Py_LIMITED_API
#define PyContext_CheckExact(o) (Py_TYPE(o) == &PyContext_Type)
#define PyContextVar_CheckExact(o) (Py_TYPE(o) == &PyContextVar_Type)
#define PyContextToken_CheckExact(o) (Py_TYPE(o) == &PyContextToken_Type)
#endif

#ifdef __cplusplus
}
#endif

#endif
