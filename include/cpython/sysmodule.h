/* SPDX-License-Identifier: MIT */
/* cpython/sysmodule.h: the sys module, beyond the limited API. */
#ifndef TAIPAN_CPYTHON_SYSMODULE_H
#define TAIPAN_CPYTHON_SYSMODULE_H

#ifdef __cplusplus
extern "C" {
#endif

typedef int (*Py_AuditHookFunction)(const char *, PyObject *, void *);
PyAPI_FUNC(int) PySys_AddAuditHook(Py_AuditHookFunction, void *);
PyAPI_FUNC(int) PySys_Audit(const char *, const char *, ...);
PyAPI_FUNC(PyObject *) _PySys_GetObjectId(_Py_Identifier *);
PyAPI_FUNC(size_t) _PySys_GetSizeOf(PyObject *);
PyAPI_FUNC(int) _PySys_SetObjectId(_Py_Identifier *, PyObject *);
#ifdef __cplusplus
}
#endif

#endif
