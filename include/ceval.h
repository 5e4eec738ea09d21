/* SPDX-License-Identifier: MIT */
/* ceval.h: evaluator, threads and recursion. */
#ifndef TAIPAN_CEVAL_H
#define TAIPAN_CEVAL_H

#define FVC_MASK 3
#define FVC_NONE 0
#define FVC_STR 1
#define FVC_REPR 2
#define FVC_ASCII 3
#define FVS_MASK 4
#define FVS_HAVE_SPEC 4

#ifdef __cplusplus
extern "C" {
#endif

PyAPI_FUNC(void) PyEval_AcquireLock(void) Py_DEPRECATED(3);
PyAPI_FUNC(void) PyEval_AcquireThread(PyThreadState *);
PyAPI_FUNC(PyObject *) PyEval_CallFunction(PyObject *, const char *, ...);
PyAPI_FUNC(PyObject *) PyEval_CallMethod(PyObject *, const char *, const char *, ...);
PyAPI_FUNC(PyObject *) PyEval_CallObjectWithKeywords(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyEval_EvalFrame(struct _frame *);
PyAPI_FUNC(PyObject *) PyEval_EvalFrameEx(struct _frame *, int);
PyAPI_FUNC(PyObject *) PyEval_GetBuiltins(void);
PyAPI_FUNC(struct _frame *) PyEval_GetFrame(void);
PyAPI_FUNC(const char *) PyEval_GetFuncDesc(PyObject *);
PyAPI_FUNC(const char *) PyEval_GetFuncName(PyObject *);
PyAPI_FUNC(PyObject *) PyEval_GetGlobals(void);
PyAPI_FUNC(PyObject *) PyEval_GetLocals(void);
PyAPI_FUNC(void) PyEval_InitThreads(void);
PyAPI_FUNC(void) PyEval_ReleaseLock(void);
PyAPI_FUNC(void) PyEval_ReleaseThread(PyThreadState *);
PyAPI_FUNC(void) PyEval_RestoreThread(PyThreadState *);
PyAPI_FUNC(PyThreadState *) PyEval_SaveThread(void);
PyAPI_FUNC(int) PyEval_ThreadsInitialized(void);
PyAPI_FUNC(int) Py_AddPendingCall(int (*)(void *), void *);
PyAPI_FUNC(int) Py_GetRecursionLimit(void);
PyAPI_FUNC(int) Py_MakePendingCalls(void);
PyAPI_FUNC(void) Py_SetRecursionLimit(int);
PyAPI_DATA(int) _Py_CheckRecursionLimit;
PyAPI_FUNC(int) _Py_CheckRecursiveCall(const char *);
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyEval_MergeCompilerFlags(PyCompilerFlags *);
PyAPI_FUNC(void) PyEval_SetProfile(Py_tracefunc, PyObject *);
PyAPI_FUNC(void) PyEval_SetTrace(Py_tracefunc, PyObject *);
PyAPI_FUNC(PyObject *) _PyEval_EvalFrameDefault(struct _frame *, int);
PyAPI_FUNC(PyObject *) _PyEval_GetAsyncGenFinalizer(void);
PyAPI_FUNC(PyObject *) _PyEval_GetAsyncGenFirstiter(void);
PyAPI_FUNC(PyObject *) _PyEval_GetBuiltinId(_Py_Identifier *);
PyAPI_FUNC(int) _PyEval_GetCoroutineOriginTrackingDepth(void);
PyAPI_FUNC(unsigned long) _PyEval_GetSwitchInterval(void);
PyAPI_FUNC(Py_ssize_t) _PyEval_RequestCodeExtraIndex(freefunc);
PyAPI_FUNC(void) _PyEval_SetAsyncGenFinalizer(PyObject *);
PyAPI_FUNC(void) _PyEval_SetAsyncGenFirstiter(PyObject *);
PyAPI_FUNC(void) _PyEval_SetCoroutineOriginTrackingDepth(int);
PyAPI_FUNC(void) _PyEval_SetSwitchInterval(unsigned long);
PyAPI_FUNC(int) _PyEval_SliceIndex(PyObject *, Py_ssize_t *);
PyAPI_FUNC(int) _PyEval_SliceIndexNotNone(PyObject *, Py_ssize_t *);
#endif

#define PyEval_CallObject(callable, arg) PyEval_CallObjectWithKeywords((callable), (arg), NULL)

#define Py_BEGIN_ALLOW_THREADS                                                                               \
    {                                                                                                        \
        PyThreadState *_save;                                                                                \
        _save = PyEval_SaveThread();
#define Py_BLOCK_THREADS PyEval_RestoreThread(_save);
#define Py_UNBLOCK_THREADS _save = PyEval_SaveThread();
#define Py_END_ALLOW_THREADS                                                                                 \
    PyEval_RestoreThread(_save);                                                                             \
    }

/* Recursion is counted in the thread state, inline in foreign modules too. */
#define _Py_MakeRecCheck(x) (++(x) > _Py_CheckRecursionLimit)
#define _Py_RecursionLimitLowerWaterMark(limit) ((limit) > 200 ? (limit)-50 : 3 * ((limit) >> 2))
#define _Py_MakeEndRecCheck(x) (--(x) < _Py_RecursionLimitLowerWaterMark(_Py_CheckRecursionLimit))
#ifdef Py_LIMITED_API
#define Py_EnterRecursiveCall(where)                                                                         \
    (_Py_MakeRecCheck(PyThreadState_GET()->recursion_depth) && _Py_CheckRecursiveCall(where))
#define Py_LeaveRecursiveCall()                                                                              \
    do {                                                                                                     \
        if (_Py_MakeEndRecCheck(PyThreadState_GET()->recursion_depth))                                       \
            PyThreadState_GET()->overflowed = 0;                                                             \
    } while (0)
#else
#define Py_EnterRecursiveCall(where)                                                                         \
    (_Py_MakeRecCheck(PyThreadState_GET()->recursion_depth) && _Py_CheckRecursiveCall(where))
#define Py_LeaveRecursiveCall()                                                                              \
    do {                                                                                                     \
        if (_Py_MakeEndRecCheck(PyThreadState_GET()->recursion_depth))                                       \
            PyThreadState_GET()->overflowed = 0;                                                             \
    } while (0)
#endif
#define Py_ALLOW_RECURSION                                                                                   \
    do {                                                                                                     \
        unsigned char _old = PyThreadState_GET()->recursion_critical;                                        \
        PyThreadState_GET()->recursion_critical = 1;
#define Py_END_ALLOW_RECURSION                                                                               \
    PyThreadState_GET()->recursion_critical = _old;                                                          \
    }                                                                                                        \
    while (0)                                                                                                \
        ;

#ifdef __cplusplus
}
#endif

#endif
