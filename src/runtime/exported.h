/* SPDX-License-Identifier: MIT */
/* exported: functions that 3.8 exports though no public header declares them. Native modules and debuggers declare them by themselves. */
#ifndef TAI_RUNTIME_EXPORTED_H
#define TAI_RUNTIME_EXPORTED_H

#include "Python.h"
#include "frameobject.h"

/* runtime/config/config.c: the words of the command line as they were given. */
PyAPI_FUNC(void) Py_GetArgcArgv(int *argc, wchar_t ***argv);

/* vm/traceback.c: for signal handlers; they allocate nothing, take no lock and run no code. */
PyAPI_FUNC(void) _Py_DumpDecimal(int fd, unsigned long value);
PyAPI_FUNC(void) _Py_DumpHexadecimal(int fd, unsigned long value, Py_ssize_t width);
PyAPI_FUNC(void) _Py_DumpASCII(int fd, PyObject *text);
PyAPI_FUNC(void) _Py_DumpTraceback(int fd, PyThreadState *ts);
PyAPI_FUNC(const char *) _Py_DumpTracebackThreads(int fd, PyInterpreterState *interp, PyThreadState *current);

PyAPI_FUNC(PyObject *) _PyTraceBack_FromFrame(PyObject *next, PyFrameObject *frame); /* new */
PyAPI_FUNC(PyObject *) _PyTuple_FromArray(PyObject *const *items, Py_ssize_t n);      /* new */
PyAPI_FUNC(int) _PyEval_AddPendingCall(PyThreadState *ts, void *ceval, int (*func)(void *), void *arg);
PyAPI_FUNC(void) PySlice_Fini(void);

#endif
