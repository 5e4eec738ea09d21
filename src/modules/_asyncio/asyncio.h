/* SPDX-License-Identifier: MIT */
/* _asyncio: the native Future and Task, and what they share.
 *
 *   Future    one outcome, awaited or watched by callbacks. The first callback has a place of its own in the object;
 *             the usual future has one, the wake-up of the task that awaits it.
 *   Task      a Future that drives a coroutine: every step runs it to its next suspension.
 *   loops.c   which loop runs in this thread, which task runs in that loop.
 *
 * [FUT-1] An initialised future has a loop; only PENDING ones have callbacks.
 * [FUT-2] `result` is set if FINISHED without exception, `exception` (an instance) if FINISHED with one.
 */
#ifndef TAI_MODULES_ASYNCIO_H
#define TAI_MODULES_ASYNCIO_H

#include "Python.h"

typedef enum { FUTURE_PENDING, FUTURE_CANCELLED, FUTURE_FINISHED } FutureState;

#define FUTURE_FIELDS                                                                                                  \
    PyObject_HEAD PyObject *loop;                                                                                      \
    PyObject *callback, *context; /* the first callback, or both NULL */                                               \
    PyObject *more;               /* list of pairs (callback, context) after the first, or NULL */                     \
    PyObject *result, *exception;                                                                                      \
    PyObject *source_traceback; /* where it was made, in debug mode; or NULL */                                        \
    PyObject *dict, *weakrefs;                                                                                         \
    FutureState state;                                                                                                 \
    char log_traceback; /* report at the end that nobody asked for the exception */                                    \
    char blocking       /* __await__ has yielded this object: the task may wait for it */

typedef struct {
    FUTURE_FIELDS;
} FutureObject;

typedef struct {
    FUTURE_FIELDS;
    char must_cancel; /* throw CancelledError at the next step */
    char log_destroy_pending;
    PyObject *waits_for; /* the future that this task awaits, or NULL */
    PyObject *coroutine, *name, *run_context;
} TaskObject;

extern PyTypeObject tai_Future_Type, tai_Task_Type, tai_FutureIter_Type, tai_TaskStep_Type, tai_TaskWakeup_Type;

#define Future_CheckExact(op) (Py_TYPE(op) == &tai_Future_Type || Py_TYPE(op) == &tai_Task_Type)

/* Names of the Python side, imported when first needed. */
typedef enum {
    NEED_INVALID_STATE, NEED_CANCELLED, NEED_FUTURE_INFO, NEED_TASK_INFO, NEED_TASK_STACK, NEED_TASK_PRINT_STACK,
    NEED_ALL_TASKS, NEED_EXTRACT_STACK, NEED_IS_COROUTINE, NEED_POLICY, NEED_COUNT
} Need;
PyObject *tai_asyncio_need(Need which); /* borrowed; NULL with exception */

/* loop.call_soon(callback[, argument], context=context); argument and context may be NULL. 0 / -1. Runs code. */
int tai_asyncio_call_soon(PyObject *loop, PyObject *callback, PyObject *argument, PyObject *context);
PyObject *tai_asyncio_get_event_loop(void); /* new */
int tai_asyncio_register(PyObject *task);
int tai_asyncio_enter(PyObject *loop, PyObject *task);
int tai_asyncio_leave(PyObject *loop, PyObject *task);
PyObject *tai_asyncio_current(PyObject *loop); /* new; None without one */

/* future.c, for Task */
int tai_future_init(FutureObject *self, PyObject *loop);
int tai_future_is_initialised(FutureObject *self); /* else 0 with RuntimeError */
PyObject *tai_future_cancel(FutureObject *self);   /* new bool */
int tai_future_set_result(FutureObject *self, PyObject *value);
int tai_future_set_exception(FutureObject *self, PyObject *exception);
/* The outcome: 0 *value new; 1 *value is the exception, new; -1 with an exception set. */
int tai_future_outcome(FutureObject *self, PyObject **value);
int tai_future_add_callback(FutureObject *self, PyObject *callback, PyObject *context);
int tai_future_traverse(FutureObject *self, visitproc visit, void *arg);
int tai_future_clear(FutureObject *self);
void tai_future_finalize(FutureObject *self);
void tai_future_dealloc(PyObject *self);
PyObject *tai_future_await(PyObject *self);
/* For finalizers: loop.call_exception_handler({"message": ..., key: self, ...}); errors are unraisable. Runs code. */
void tai_future_report(FutureObject *self, PyObject *message, const char *key, PyObject *exception);
extern PyMethodDef tai_future_methods[];
extern PyGetSetDef tai_future_getset[];

#endif
