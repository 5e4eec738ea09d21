/* SPDX-License-Identifier: MIT */
/* _asyncio: futures and tasks in C.
 *
 *   module.c   running loops, the registers of tasks
 *   future.c   Future and its awaiting iterator
 *   task.c     Task: a coroutine driven by the loop
 *
 * [AIO-1] A Future whose __init__ has not run has no loop; methods check alive().
 */
#ifndef TAI_MODULES_ASYNCIO_H
#define TAI_MODULES_ASYNCIO_H

#include "Python.h"

#include "structmember.h"
#include <stddef.h>

enum { PENDING, CANCELLED, FINISHED };

typedef struct {
    PyObject_HEAD
    PyObject *loop;
    PyObject *callback, *callback_context; /* the first; NULL: none */
    PyObject *callbacks;                   /* list of (callback, context) behind it, or NULL */
    PyObject *exception, *result, *source_traceback;
    PyObject *dict, *weakrefs;
    char state, log_traceback, blocking;
} Future;

typedef struct {
    Future future;
    PyObject *waiter, *coro, *name, *context;
    char must_cancel, log_destroy_pending;
} Task;

extern PyTypeObject AioFutureType, AioFutureIterType, AioTaskType, AioStepType, AioWakeupType;
extern PyObject *aio_cancelled, *aio_invalid_state, *aio_extract_stack, *aio_get_loop, *aio_base_futures, *aio_base_tasks;
extern PyObject *aio_iscoroutine, *aio_current_tasks;

#define IS_FUTURE(o) (Py_TYPE(o) == &AioFutureType || Py_TYPE(o) == &AioTaskType)

PyObject *aio_event_loop(void);                  /* new */
int aio_enter_task(PyObject *loop, PyObject *task);
int aio_leave_task(PyObject *loop, PyObject *task);
int aio_register_task(PyObject *task);
int aio_alive(Future *f);
int aio_future_init(Future *f, PyObject *loop);
int aio_call_soon(PyObject *loop, PyObject *callable, PyObject *arg, PyObject *context);
int aio_add_callback(Future *f, PyObject *callable, PyObject *context);
PyObject *aio_set_result(Future *f, PyObject *result);
PyObject *aio_set_exception(Future *f, PyObject *exception);
PyObject *aio_cancel(Future *f);
int aio_outcome(Future *f, PyObject **out);      /* 0: result; 1: exception to raise; -1: error */
void aio_clear_future(Future *f);
int aio_visit_future(Future *f, visitproc visit, void *arg);
void aio_finalize_future(PyObject *op);
PyObject *aio_repr(PyObject *op);
PyObject *aio_method(PyObject *o, const char *name, PyObject *arg); /* call with one argument or none */

#endif
