/* SPDX-License-Identifier: MIT */
/* genobject.h: generators, coroutines, asynchronous generators. */
#ifndef TAIPAN_GENOBJECT_H
#define TAIPAN_GENOBJECT_H

#include "pystate.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
typedef struct {
    PyObject ob_base;
    struct _frame *gi_frame;
    char gi_running;
    PyObject *gi_code;
    PyObject *gi_weakreflist;
    PyObject *gi_name;
    PyObject *gi_qualname;
    _PyErr_StackItem gi_exc_state;
} PyGenObject;

typedef struct {
    PyObject ob_base;
    struct _frame *cr_frame;
    char cr_running;
    PyObject *cr_code;
    PyObject *cr_weakreflist;
    PyObject *cr_name;
    PyObject *cr_qualname;
    _PyErr_StackItem cr_exc_state;
    PyObject *cr_origin;
} PyCoroObject;

typedef struct {
    PyObject ob_base;
    struct _frame *ag_frame;
    char ag_running;
    PyObject *ag_code;
    PyObject *ag_weakreflist;
    PyObject *ag_name;
    PyObject *ag_qualname;
    _PyErr_StackItem ag_exc_state;
    PyObject *ag_finalizer;
    int ag_hooks_inited;
    int ag_closed;
    int ag_running_async;
} PyAsyncGenObject;

#endif
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyAsyncGen_ClearFreeLists(void);
PyAPI_FUNC(PyObject *) PyAsyncGen_New(struct _frame *, PyObject *, PyObject *);
PyAPI_DATA(PyTypeObject) PyAsyncGen_Type;
PyAPI_FUNC(PyObject *) PyCoro_New(struct _frame *, PyObject *, PyObject *);
PyAPI_DATA(PyTypeObject) PyCoro_Type;
PyAPI_FUNC(int) PyGen_NeedsFinalizing(PyGenObject *);
PyAPI_FUNC(PyObject *) PyGen_New(struct _frame *);
PyAPI_FUNC(PyObject *) PyGen_NewWithQualName(struct _frame *, PyObject *, PyObject *);
PyAPI_DATA(PyTypeObject) PyGen_Type;
PyAPI_DATA(PyTypeObject) _PyAsyncGenASend_Type;
PyAPI_DATA(PyTypeObject) _PyAsyncGenAThrow_Type;
PyAPI_FUNC(PyObject *) _PyAsyncGenValueWrapperNew(PyObject *);
PyAPI_DATA(PyTypeObject) _PyAsyncGenWrappedValue_Type;
PyAPI_DATA(PyTypeObject) _PyCoroWrapper_Type;
PyAPI_FUNC(PyObject *) _PyCoro_GetAwaitableIter(PyObject *);
PyAPI_FUNC(int) _PyGen_FetchStopIterationValue(PyObject **);
PyAPI_FUNC(void) _PyGen_Finalize(PyObject *);
PyAPI_FUNC(PyObject *) _PyGen_Send(PyGenObject *, PyObject *);
PyAPI_FUNC(int) _PyGen_SetStopIterationValue(PyObject *);
PyAPI_FUNC(PyObject *) _PyGen_yf(PyGenObject *);
#endif

#define PyGen_Check(op) PyObject_TypeCheck(op, &PyGen_Type)
#define PyGen_CheckExact(op) (Py_TYPE(op) == &PyGen_Type)
#define PyCoro_CheckExact(op) (Py_TYPE(op) == &PyCoro_Type)
#define PyAsyncGen_CheckExact(op) (Py_TYPE(op) == &PyAsyncGen_Type)

#ifdef __cplusplus
}
#endif

#endif
