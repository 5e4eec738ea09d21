/* SPDX-License-Identifier: MIT */
/* Functions that CPython 3.8 exports although no header of 3.8 declares them, that belong to no unit and that modules outside
 * may have found all the same.
 * Tests: tests/capi/test_symbols.py
 */
#include "Python.h"
#include <sys/types.h>

PyAPI_FUNC(off_t) PyNumber_AsOff_t(PyObject *number, PyObject *error);
PyAPI_FUNC(PyThreadState *) _PyThreadState_Swap(void *gilstate, PyThreadState *ts);
#undef PyCompileString
PyAPI_FUNC(PyObject *) PyCompileString(const char *text, const char *filename, int start);

off_t PyNumber_AsOff_t(PyObject *number, PyObject *error) { return PyNumber_AsSsize_t(number, error); }
PyThreadState *_PyThreadState_Swap(void *gilstate, PyThreadState *ts) { return PyThreadState_Swap(ts); }
PyObject *PyCompileString(const char *text, const char *filename, int start)
{
    return Py_CompileStringExFlags(text, filename, start, NULL, -1);
}
