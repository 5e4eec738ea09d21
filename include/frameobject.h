/* SPDX-License-Identifier: MIT */
/* frameobject.h: frames. */
#ifndef TAIPAN_FRAMEOBJECT_H
#define TAIPAN_FRAMEOBJECT_H

#include "Python.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
typedef struct {
    int b_type;
    int b_handler;
    int b_level;
} PyTryBlock;

struct _frame {
    PyVarObject ob_base;
    struct _frame *f_back;
    PyCodeObject *f_code;
    PyObject *f_builtins;
    PyObject *f_globals;
    PyObject *f_locals;
    PyObject **f_valuestack;
    PyObject **f_stacktop;
    PyObject *f_trace;
    char f_trace_lines;
    char f_trace_opcodes;
    PyObject *f_gen;
    int f_lasti;
    int f_lineno;
    int f_iblock;
    char f_executing;
    PyTryBlock f_blockstack[20];
    PyObject *f_localsplus[1];
};

#endif
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyTryBlock *) PyFrame_BlockPop(PyFrameObject *);
PyAPI_FUNC(void) PyFrame_BlockSetup(PyFrameObject *, int, int, int);
PyAPI_FUNC(int) PyFrame_ClearFreeList(void);
PyAPI_FUNC(void) PyFrame_FastToLocals(PyFrameObject *);
PyAPI_FUNC(int) PyFrame_FastToLocalsWithError(PyFrameObject *);
PyAPI_FUNC(int) PyFrame_GetLineNumber(PyFrameObject *);
PyAPI_FUNC(void) PyFrame_LocalsToFast(PyFrameObject *, int);
PyAPI_FUNC(PyFrameObject *) PyFrame_New(PyThreadState *, PyCodeObject *, PyObject *, PyObject *);
PyAPI_DATA(PyTypeObject) PyFrame_Type;
PyAPI_FUNC(void) _PyFrame_DebugMallocStats(FILE *);
PyAPI_FUNC(PyFrameObject *) _PyFrame_New_NoTrack(PyThreadState *, PyCodeObject *, PyObject *, PyObject *);
#endif

#define PyFrame_Check(op) (Py_TYPE(op) == &PyFrame_Type)

#ifdef __cplusplus
}
#endif

#endif
