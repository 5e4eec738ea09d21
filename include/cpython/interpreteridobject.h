/* SPDX-License-Identifier: MIT */
/* cpython/interpreteridobject.h: identities of interpreters, beyond the limited API. */
#ifndef TAIPAN_CPYTHON_INTERPRETERIDOBJECT_H
#define TAIPAN_CPYTHON_INTERPRETERIDOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

PyAPI_FUNC(PyInterpreterState *) _PyInterpreterID_LookUp(PyObject *);
PyAPI_FUNC(PyObject *) _PyInterpreterID_New(int64_t);
PyAPI_DATA(PyTypeObject) _PyInterpreterID_Type;
PyAPI_FUNC(PyObject *) _PyInterpreterState_GetIDObject(PyInterpreterState *);
#ifdef __cplusplus
}
#endif

#endif
