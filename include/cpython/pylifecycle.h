/* SPDX-License-Identifier: MIT */
/* cpython/pylifecycle.h: start and stop, beyond the limited API. */
#ifndef TAIPAN_CPYTHON_PYLIFECYCLE_H
#define TAIPAN_CPYTHON_PYLIFECYCLE_H

#ifdef __cplusplus
extern "C" {
#endif

PyAPI_FUNC(_Py_NO_RETURN void) Py_ExitStatusException(PyStatus);
PyAPI_FUNC(int) Py_FdIsInteractive(FILE *, const char *);
PyAPI_FUNC(PyStatus) Py_InitializeFromConfig(const PyConfig *);
PyAPI_FUNC(PyStatus) Py_PreInitialize(const PyPreConfig *);
PyAPI_FUNC(PyStatus) Py_PreInitializeFromArgs(const PyPreConfig *, Py_ssize_t, wchar_t **);
PyAPI_FUNC(PyStatus) Py_PreInitializeFromBytesArgs(const PyPreConfig *, Py_ssize_t, char **);
PyAPI_FUNC(int) Py_RunMain(void);
PyAPI_FUNC(int) Py_SetStandardStreamEncoding(const char *, const char *);
PyAPI_FUNC(int) _PyOS_URandom(void *, Py_ssize_t);
PyAPI_FUNC(int) _PyOS_URandomNonblock(void *, Py_ssize_t);
PyAPI_FUNC(int) _Py_CoerceLegacyLocale(int);
PyAPI_FUNC(PyStatus) _Py_InitializeMain(void);
PyAPI_FUNC(int) _Py_IsCoreInitialized(void);
PyAPI_FUNC(int) _Py_IsFinalizing(void);
PyAPI_FUNC(int) _Py_LegacyLocaleDetected(int);
PyAPI_FUNC(void) _Py_PyAtExit(void (*)(PyObject *), PyObject *);
PyAPI_FUNC(void) _Py_RestoreSignals(void);
PyAPI_FUNC(char *) _Py_SetLocaleFromEnv(int);
PyAPI_FUNC(void) _Py_SetProgramFullPath(const wchar_t *);
PyAPI_FUNC(const char *) _Py_gitidentifier(void);
PyAPI_FUNC(const char *) _Py_gitversion(void);
#ifdef __cplusplus
}
#endif

#endif
