/* SPDX-License-Identifier: MIT */
/* cpython/traceback.h: tracebacks, beyond the limited API. */
#ifndef TAIPAN_CPYTHON_TRACEBACK_H
#define TAIPAN_CPYTHON_TRACEBACK_H

#ifdef __cplusplus
extern "C" {
#endif

struct _traceback {
    PyObject ob_base;
    struct _traceback *tb_next;
    struct _frame *tb_frame;
    int tb_lasti;
    int tb_lineno;
};

PyAPI_FUNC(void) _PyTraceback_Add(const char *, const char *, int);
PyAPI_FUNC(int) _Py_DisplaySourceLine(PyObject *, PyObject *, int, int);
#ifdef __cplusplus
}
#endif

#endif
