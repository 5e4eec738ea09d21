/* SPDX-License-Identifier: MIT */
/* The thread's current exception: the operations that take the thread state, for code that has it at hand. */
#ifndef TAI_RUNTIME_ERRORS_H
#define TAI_RUNTIME_ERRORS_H

#include "runtime/state.h"

PyAPI_FUNC(void) _PyErr_Fetch(PyThreadState *ts, PyObject **type, PyObject **value, PyObject **tb);
PyAPI_FUNC(void) _PyErr_Restore(PyThreadState *ts, PyObject *type, PyObject *value, PyObject *tb); /* steals all three */
PyAPI_FUNC(void) _PyErr_Clear(PyThreadState *ts);
PyAPI_FUNC(void) _PyErr_SetNone(PyThreadState *ts, PyObject *type);
PyAPI_FUNC(void) _PyErr_SetObject(PyThreadState *ts, PyObject *type, PyObject *value);
PyAPI_FUNC(void) _PyErr_SetString(PyThreadState *ts, PyObject *type, const char *text);
PyAPI_FUNC(PyObject *) _PyErr_Format(PyThreadState *ts, PyObject *type, const char *format, ...);
PyAPI_FUNC(int) _PyErr_ExceptionMatches(PyThreadState *ts, PyObject *type);
PyAPI_FUNC(void) _PyErr_NormalizeException(PyThreadState *ts, PyObject **type, PyObject **value, PyObject **tb);

/* The exception that is being handled (what sys.exc_info() shows): borrowed, or NULL. */
static inline PyObject *tai_errors_handled(PyThreadState *ts)
{
    PyObject *value = _PyErr_GetTopmostException(ts)->exc_value;
    return value == Py_None ? NULL : value;
}

/* What sys.unraisablehook does unless replaced; takes an UnraisableHookArgs. New None, or NULL. Runs code. */
PyObject *_PyErr_WriteUnraisableDefaultHook(PyObject *args);

/* Make the UnraisableHookArgs type. 0 / -1 with an exception. */
NODISCARD int tai_errors_init(void);

#endif
