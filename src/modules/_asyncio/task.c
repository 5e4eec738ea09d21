/* SPDX-License-Identifier: MIT */
/* asyncio.Task in C: a future that drives a coroutine.
 *
 * A step resumes the coroutine (task_step) and looks at what it yields (wait_for): a future, whose end wakes the task up
 * again, or None for "go on soon". TaskStep and TaskWakeup are the callables that the loop and the futures are given.
 * Tests: tests/modules/test_asyncio_native.py, CPython's test_asyncio.
 */
#include "modules/_asyncio/asyncio.h"

#include "structmember.h"
#include <stddef.h>

static PyObject *task_step(TaskObject *task, PyObject *exception);

/* ---- callables ---- */

typedef struct {
    PyObject_HEAD
    vectorcallfunc vectorcall;
    TaskObject *task;
    PyObject *exception; /* to be thrown in; or NULL. Unused by wake-ups */
} TaskCall;

static PyObject *call_step(PyObject *op, PyObject *const *args, size_t nargsf, PyObject *names)
{
    TaskCall *call = (TaskCall *)op;
    if (PyVectorcall_NARGS(nargsf) != 0 || (names != NULL && PyTuple_GET_SIZE(names) > 0)) {
        PyErr_SetString(PyExc_TypeError, PyVectorcall_NARGS(nargsf) ? "function takes no positional arguments"
                                                                      : "function takes no keyword arguments");
        return NULL;
    }
    return task_step(call->task, call->exception);
}

/* The future that the task waited for is done. */
static PyObject *wake_up(TaskObject *task, PyObject *future)
{
    PyObject *value = NULL, *result;
    int outcome;
    if (Future_CheckExact(future)) {
        outcome = tai_future_outcome((FutureObject *)future, &value);
    } else {
        _Py_IDENTIFIER(result);
        value = _PyObject_CallMethodIdObjArgs(future, &PyId_result, NULL);
        outcome = value ? 0 : -1;
    }
    if (outcome < 0) {
        PyObject *type, *tb;
        PyErr_Fetch(&type, &value, &tb);
        PyErr_NormalizeException(&type, &value, &tb);
        if (tb != NULL && PyExceptionInstance_Check(value))
            (void)PyException_SetTraceback(value, tb);
        Py_XDECREF(type);
        Py_XDECREF(tb);
    }
    result = task_step(task, outcome == 0 ? NULL : value);
    Py_XDECREF(value);
    return result;
}

static PyObject *call_wakeup(PyObject *op, PyObject *const *args, size_t nargsf, PyObject *names)
{
    if (PyVectorcall_NARGS(nargsf) != 1 || (names != NULL && PyTuple_GET_SIZE(names) > 0)) {
        PyErr_SetString(PyExc_TypeError, "function takes exactly one positional argument");
        return NULL;
    }
    TaskObject *task = ((TaskCall *)op)->task;
    Py_INCREF(task);
    PyObject *result = wake_up(task, args[0]);
    Py_DECREF(task);
    return result;
}

static PyObject *new_call(PyTypeObject *type, vectorcallfunc function, TaskObject *task, PyObject *exception)
{
    TaskCall *call = PyObject_GC_New(TaskCall, type);
    if (call == NULL)
        return NULL;
    Py_INCREF(task);
    Py_XINCREF(exception);
    call->vectorcall = function;
    call->task = task;
    call->exception = exception;
    PyObject_GC_Track(call);
    return (PyObject *)call;
}

static int call_traverse(TaskCall *call, visitproc visit, void *arg)
{
    Py_VISIT(call->task);
    Py_VISIT(call->exception);
    return 0;
}

static int call_clear(TaskCall *call)
{
    Py_CLEAR(call->exception);
    return 0;
}

static void call_dealloc(TaskCall *call)
{
    PyObject_GC_UnTrack(call);
    Py_CLEAR(call->task);
    Py_CLEAR(call->exception);
    Py_TYPE(call)->tp_free(call);
}

static PyMemberDef call_members[] = {
    {"__self__", T_OBJECT, offsetof(TaskCall, task), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

#define CALL_TYPE(variable, name)                                                                                      \
    PyTypeObject variable = {                                                                                          \
        PyVarObject_HEAD_INIT(NULL, 0)                                                                                 \
        .tp_name = name,                                                                                               \
        .tp_basicsize = sizeof(TaskCall),                                                                              \
        .tp_dealloc = (destructor)call_dealloc,                                                                        \
        .tp_vectorcall_offset = offsetof(TaskCall, vectorcall),                                                        \
        .tp_call = PyVectorcall_Call,                                                                                  \
        .tp_getattro = PyObject_GenericGetAttr,                                                                        \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | _Py_TPFLAGS_HAVE_VECTORCALL,                             \
        .tp_traverse = (traverseproc)call_traverse,                                                                    \
        .tp_clear = (inquiry)call_clear,                                                                               \
        .tp_members = call_members,                                                                                    \
        .tp_free = PyObject_GC_Del,                                                                                    \
    }

CALL_TYPE(tai_TaskStep_Type, "TaskStepMethWrapper");
CALL_TYPE(tai_TaskWakeup_Type, "TaskWakeupMethWrapper");

/* Have the loop do the next step, with an exception (borrowed) or without (NULL). */
static int step_soon(TaskObject *task, PyObject *exception)
{
    PyObject *step = new_call(&tai_TaskStep_Type, call_step, task, exception);
    if (step == NULL)
        return -1;
    int r = tai_asyncio_call_soon(task->loop, step, NULL, task->run_context);
    Py_DECREF(step);
    return r;
}

/* ---- waiting ---- */

/* The next step gets a RuntimeError with that message (consumed). */
static int complain(TaskObject *task, PyObject *message)
{
    PyObject *error = message ? PyObject_CallFunctionObjArgs(PyExc_RuntimeError, message, NULL) : NULL;
    Py_XDECREF(message);
    int r = error ? step_soon(task, error) : -1;
    Py_XDECREF(error);
    return r;
}

/* The task waits for `future` now; a cancellation that came meanwhile is passed on. */
static int now_waits_for(TaskObject *task, PyObject *future)
{
    _Py_IDENTIFIER(cancel);
    Py_INCREF(future);
    Py_XSETREF(task->waits_for, future);
    if (!task->must_cancel)
        return 0;
    PyObject *r = _PyObject_CallMethodIdObjArgs(future, &PyId_cancel, NULL);
    int cancelled = r ? PyObject_IsTrue(r) : -1;
    Py_XDECREF(r);
    if (cancelled > 0)
        task->must_cancel = 0;
    return cancelled < 0 ? -1 : 0;
}

#define OTHER_LOOP "Task %R got Future %R attached to a different loop"
#define ITSELF "Task cannot await on itself: %R"
#define NOT_AWAITED "yield was used instead of yield from in task %R with %R"

static int wait_for_own(TaskObject *task, FutureObject *future)
{
    if (future->loop != task->loop)
        return complain(task, PyUnicode_FromFormat(OTHER_LOOP, task, future));
    if (!future->blocking)
        return complain(task, PyUnicode_FromFormat(NOT_AWAITED, task, future));
    if ((PyObject *)future == (PyObject *)task)
        return complain(task, PyUnicode_FromFormat(ITSELF, task));
    future->blocking = 0;
    PyObject *wakeup = new_call(&tai_TaskWakeup_Type, call_wakeup, task, NULL);
    if (wakeup == NULL)
        return -1;
    int r = tai_future_add_callback(future, wakeup, task->run_context);
    Py_DECREF(wakeup);
    return r < 0 ? -1 : now_waits_for(task, (PyObject *)future);
}

static PyObject *loop_of(PyObject *future)
{
    _Py_IDENTIFIER(get_loop);
    _Py_IDENTIFIER(_loop);
    PyObject *method;
    if (_PyObject_LookupAttrId(future, &PyId_get_loop, &method) < 0)
        return NULL;
    if (method == NULL)
        return _PyObject_GetAttrId(future, &PyId__loop);
    PyObject *loop = PyObject_CallObject(method, NULL);
    Py_DECREF(method);
    return loop;
}

/* The same for whatever looks like a future (subclasses too: they may override anything). */
static int wait_for_foreign(TaskObject *task, PyObject *future, int blocking)
{
    _Py_IDENTIFIER(_asyncio_future_blocking);
    _Py_IDENTIFIER(add_done_callback);
    PyObject *loop = loop_of(future);
    if (loop == NULL)
        return -1;
    int other = loop != task->loop;
    Py_DECREF(loop);
    if (other)
        return complain(task, PyUnicode_FromFormat(OTHER_LOOP, task, future));
    if (!blocking)
        return complain(task, PyUnicode_FromFormat(NOT_AWAITED, task, future));
    if (future == (PyObject *)task)
        return complain(task, PyUnicode_FromFormat(ITSELF, task));
    if (_PyObject_SetAttrId(future, &PyId__asyncio_future_blocking, Py_False) < 0)
        return -1;
    PyObject *wakeup = new_call(&tai_TaskWakeup_Type, call_wakeup, task, NULL);
    PyObject *add = wakeup ? _PyObject_GetAttrId(future, &PyId_add_done_callback) : NULL;
    PyObject *names = add ? Py_BuildValue("(s)", "context") : NULL, *done = NULL;
    if (names != NULL) {
        PyObject *args[] = {wakeup, task->run_context};
        done = _PyObject_Vectorcall(add, args, 1, names);
    }
    Py_XDECREF(names);
    Py_XDECREF(add);
    Py_XDECREF(wakeup);
    Py_XDECREF(done);
    return done == NULL ? -1 : now_waits_for(task, future);
}

/* What the coroutine yielded. 0 / -1 with an exception that the step ends with. */
static int wait_for(TaskObject *task, PyObject *yielded)
{
    _Py_IDENTIFIER(_asyncio_future_blocking);
    if (Future_CheckExact(yielded))
        return wait_for_own(task, (FutureObject *)yielded);
    if (yielded == Py_None)
        return step_soon(task, NULL);
    PyObject *flag;
    if (_PyObject_LookupAttrId(yielded, &PyId__asyncio_future_blocking, &flag) < 0)
        return -1;
    if (flag != NULL && flag != Py_None) {
        int blocking = PyObject_IsTrue(flag);
        Py_DECREF(flag);
        return blocking < 0 ? -1 : wait_for_foreign(task, yielded, blocking);
    }
    Py_XDECREF(flag);
    if (PyGen_CheckExact(yielded))
        return complain(task, PyUnicode_FromFormat("yield was used instead of yield from for generator in task %R with %R",
                                                   task, yielded));
    return complain(task, PyUnicode_FromFormat("Task got bad yield: %R", yielded));
}

/* ---- steps ---- */

/* Resume the coroutine. New, or NULL. */
static PyObject *resume(TaskObject *task, PyObject *exception)
{
    _Py_IDENTIFIER(send);
    _Py_IDENTIFIER(throw);
    PyObject *coroutine = task->coroutine, *yielded;
    if (coroutine == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "uninitialized Task object");
        return NULL;
    }
    Py_INCREF(coroutine);
    if (exception != NULL)
        yielded = _PyObject_CallMethodIdObjArgs(coroutine, &PyId_throw, exception, NULL);
    else if (PyGen_CheckExact(coroutine) || PyCoro_CheckExact(coroutine))
        yielded = _PyGen_Send((PyGenObject *)coroutine, Py_None);
    else
        yielded = _PyObject_CallMethodIdObjArgs(coroutine, &PyId_send, Py_None, NULL);
    Py_DECREF(coroutine);
    return yielded;
}

/* The coroutine ended by an exception (set). 0, or -1 with one that is to go on. */
static int ended_by_exception(TaskObject *task)
{
    PyObject *cancelled = NULL, *type, *value, *tb;
    PyErr_Fetch(&type, &value, &tb);
    cancelled = tai_asyncio_need(NEED_CANCELLED);
    if (cancelled == NULL) {
        _PyErr_ChainExceptions(type, value, tb);
        return -1;
    }
    if (PyErr_GivenExceptionMatches(type, cancelled)) {
        Py_XDECREF(type);
        Py_XDECREF(value);
        Py_XDECREF(tb);
        PyObject *r = tai_future_cancel((FutureObject *)task);
        Py_XDECREF(r);
        return r ? 0 : -1;
    }
    PyErr_NormalizeException(&type, &value, &tb);
    if (tb != NULL)
        (void)PyException_SetTraceback(value, tb);
    int r = tai_future_set_exception((FutureObject *)task, value);
    if (r == 0 && (PyErr_GivenExceptionMatches(type, PyExc_KeyboardInterrupt) ||
                   PyErr_GivenExceptionMatches(type, PyExc_SystemExit))) {
        PyErr_Restore(type, value, tb);
        return -1;
    }
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(tb);
    return r;
}

static int step_body(TaskObject *task, PyObject *exception)
{
    PyObject *yielded = resume(task, exception), *value = NULL;
    if (yielded != NULL) {
        int r = wait_for(task, yielded);
        Py_DECREF(yielded);
        return r;
    }
    if (_PyGen_FetchStopIterationValue(&value) < 0)
        return ended_by_exception(task);
    int r;
    if (task->must_cancel) {
        task->must_cancel = 0;
        PyObject *done = tai_future_cancel((FutureObject *)task);
        r = done ? 0 : -1;
        Py_XDECREF(done);
    } else {
        r = tai_future_set_result((FutureObject *)task, value);
    }
    Py_DECREF(value);
    return r;
}

/* One step. `exception` (borrowed, or NULL) is thrown into the coroutine. None, or NULL. Runs code. */
static PyObject *task_step(TaskObject *task, PyObject *exception)
{
    if (task->state != FUTURE_PENDING) {
        PyObject *type = tai_asyncio_need(NEED_INVALID_STATE);
        if (type != NULL)
            PyErr_Format(type, "_step(): already done: %R %R", task, exception ? exception : Py_None);
        return NULL;
    }
    if (!tai_future_is_initialised((FutureObject *)task))
        return NULL;
    PyObject *thrown = exception;
    Py_XINCREF(thrown);
    if (task->must_cancel) {
        PyObject *cancelled = tai_asyncio_need(NEED_CANCELLED);
        int already = cancelled == NULL ? -1 : thrown ? PyObject_IsInstance(thrown, cancelled) : 0;
        if (already == 0)
            Py_XSETREF(thrown, PyObject_CallObject(cancelled, NULL));
        if (already < 0 || thrown == NULL) {
            Py_XDECREF(thrown);
            return NULL;
        }
        task->must_cancel = 0;
    }
    Py_CLEAR(task->waits_for);
    Py_INCREF(task);
    int r = tai_asyncio_enter(task->loop, (PyObject *)task);
    if (r == 0) {
        r = step_body(task, thrown);
        PyObject *type, *value, *tb;
        PyErr_Fetch(&type, &value, &tb);
        if (tai_asyncio_leave(task->loop, (PyObject *)task) < 0) {
            _PyErr_ChainExceptions(type, value, tb);
            r = -1;
        } else {
            PyErr_Restore(type, value, tb);
        }
    }
    Py_XDECREF(thrown);
    Py_DECREF(task);
    if (r < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* ---- making ---- */

/* 1 if asyncio takes the object for a coroutine, 0, -1. */
static int is_coroutine(PyObject *o)
{
    if (PyCoro_CheckExact(o))
        return 1;
    PyObject *function = tai_asyncio_need(NEED_IS_COROUTINE);
    PyObject *r = function ? PyObject_CallFunctionObjArgs(function, o, NULL) : NULL;
    int yes = r ? PyObject_IsTrue(r) : -1;
    Py_XDECREF(r);
    return yes;
}

static int task_init(TaskObject *self, PyObject *args, PyObject *kwargs)
{
    static const char *const keywords[] = {"coro", "loop", "name", NULL};
    static _PyArg_Parser parser = {"O|$OO:Task", keywords, 0};
    static uint64_t counter;
    PyObject *coroutine, *loop = NULL, *name = NULL;
    if (!_PyArg_ParseTupleAndKeywordsFast(args, kwargs, &parser, &coroutine, &loop, &name))
        return -1;
    if (tai_future_init((FutureObject *)self, loop) < 0)
        return -1;
    int is = is_coroutine(coroutine);
    if (is <= 0) {
        self->log_destroy_pending = 0;
        if (is == 0)
            PyErr_Format(PyExc_TypeError, "a coroutine was expected, got %R", coroutine);
        return -1;
    }
    Py_XSETREF(self->run_context, PyContext_CopyCurrent());
    if (self->run_context == NULL)
        return -1;
    Py_CLEAR(self->waits_for);
    self->must_cancel = 0;
    self->log_destroy_pending = 1;
    Py_INCREF(coroutine);
    Py_XSETREF(self->coroutine, coroutine);
    if (name == NULL || name == Py_None) {
        name = PyUnicode_FromFormat("Task-%llu", (unsigned long long)++counter);
    } else if (PyUnicode_CheckExact(name)) {
        Py_INCREF(name);
    } else {
        name = PyObject_Str(name);
    }
    Py_XSETREF(self->name, name);
    if (name == NULL || step_soon(self, NULL) < 0)
        return -1;
    return tai_asyncio_register((PyObject *)self);
}

/* ---- methods ---- */

static PyObject *task_cancel(TaskObject *self, PyObject *unused)
{
    _Py_IDENTIFIER(cancel);
    if (!tai_future_is_initialised((FutureObject *)self))
        return NULL;
    self->log_traceback = 0;
    if (self->state != FUTURE_PENDING)
        Py_RETURN_FALSE;
    if (self->waits_for != NULL) {
        PyObject *waits_for = self->waits_for;
        Py_INCREF(waits_for);
        PyObject *r = _PyObject_CallMethodIdObjArgs(waits_for, &PyId_cancel, NULL);
        Py_DECREF(waits_for);
        int cancelled = r ? PyObject_IsTrue(r) : -1;
        Py_XDECREF(r);
        if (cancelled < 0)
            return NULL;
        if (cancelled)
            Py_RETURN_TRUE;
    }
    self->must_cancel = 1;
    Py_RETURN_TRUE;
}

static PyObject *task_get_stack(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    static const char *const keywords[] = {"limit", NULL};
    static _PyArg_Parser parser = {"|$O:get_stack", keywords, 0};
    PyObject *limit = Py_None;
    if (!_PyArg_ParseStackAndKeywords(args, n, names, &parser, &limit))
        return NULL;
    PyObject *function = tai_asyncio_need(NEED_TASK_STACK);
    return function ? PyObject_CallFunctionObjArgs(function, self, limit, NULL) : NULL;
}

static PyObject *task_print_stack(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    static const char *const keywords[] = {"limit", "file", NULL};
    static _PyArg_Parser parser = {"|$OO:print_stack", keywords, 0};
    PyObject *limit = Py_None, *file = Py_None;
    if (!_PyArg_ParseStackAndKeywords(args, n, names, &parser, &limit, &file))
        return NULL;
    PyObject *function = tai_asyncio_need(NEED_TASK_PRINT_STACK);
    return function ? PyObject_CallFunctionObjArgs(function, self, limit, file, NULL) : NULL;
}

static PyObject *task_set_result(PyObject *self, PyObject *unused)
{
    PyErr_SetString(PyExc_RuntimeError, "Task does not support set_result operation");
    return NULL;
}

static PyObject *task_set_exception(PyObject *self, PyObject *unused)
{
    PyErr_SetString(PyExc_RuntimeError, "Task does not support set_exception operation");
    return NULL;
}

static PyObject *or_none(PyObject *o)
{
    if (o == NULL)
        o = Py_None;
    Py_INCREF(o);
    return o;
}

static PyObject *task_get_coro(TaskObject *self, PyObject *unused) { return or_none(self->coroutine); }
static PyObject *task_get_name(TaskObject *self, PyObject *unused) { return or_none(self->name); }

static PyObject *task_set_name(TaskObject *self, PyObject *value)
{
    PyObject *name = PyObject_Str(value);
    if (name == NULL)
        return NULL;
    Py_XSETREF(self->name, name);
    Py_RETURN_NONE;
}

static PyObject *task_current_task(PyObject *type, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    static const char *const keywords[] = {"loop", NULL};
    static _PyArg_Parser parser = {"|O:current_task", keywords, 0};
    PyObject *loop = Py_None;
    if (!_PyArg_ParseStackAndKeywords(args, n, names, &parser, &loop) ||
        PyErr_WarnEx(PyExc_DeprecationWarning, "Task.current_task() is deprecated, use asyncio.current_task() instead", 1) < 0)
        return NULL;
    if (loop != Py_None)
        return tai_asyncio_current(loop);
    loop = tai_asyncio_get_event_loop();
    PyObject *task = loop ? tai_asyncio_current(loop) : NULL;
    Py_XDECREF(loop);
    return task;
}

static PyObject *task_all_tasks(PyObject *type, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    static const char *const keywords[] = {"loop", NULL};
    static _PyArg_Parser parser = {"|O:all_tasks", keywords, 0};
    PyObject *loop = Py_None;
    if (!_PyArg_ParseStackAndKeywords(args, n, names, &parser, &loop) ||
        PyErr_WarnEx(PyExc_DeprecationWarning, "Task.all_tasks() is deprecated, use asyncio.all_tasks() instead", 1) < 0)
        return NULL;
    PyObject *function = tai_asyncio_need(NEED_ALL_TASKS);
    return function ? PyObject_CallFunctionObjArgs(function, loop, NULL) : NULL;
}

static PyObject *get_log_destroy_pending(TaskObject *self, void *unused) { return PyBool_FromLong(self->log_destroy_pending); }
static PyObject *get_must_cancel(TaskObject *self, void *unused) { return PyBool_FromLong(self->must_cancel); }
static PyObject *get_coro(TaskObject *self, void *unused) { return or_none(self->coroutine); }
static PyObject *get_waits_for(TaskObject *self, void *unused) { return or_none(self->waits_for); }

static int set_log_destroy_pending(TaskObject *self, PyObject *value, void *unused)
{
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
        return -1;
    }
    int on = PyObject_IsTrue(value);
    if (on < 0)
        return -1;
    self->log_destroy_pending = (char)on;
    return 0;
}

static PyGetSetDef getset[] = {
    {"_log_destroy_pending", (getter)get_log_destroy_pending, (setter)set_log_destroy_pending, NULL, NULL},
    {"_must_cancel", (getter)get_must_cancel, NULL, NULL, NULL},
    {"_coro", (getter)get_coro, NULL, NULL, NULL},
    {"_fut_waiter", (getter)get_waits_for, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

#define METHOD(name, function, flags, doc) {name, (PyCFunction)(void (*)(void))(function), flags, doc}
static PyMethodDef methods[] = {
    METHOD("cancel", task_cancel, METH_NOARGS,
           "cancel($self, /)\n--\n\nAsk the task to end: CancelledError is raised in the coroutine, which may refuse.\n\n"
           "Return False if the task is done, else True."),
    METHOD("get_stack", task_get_stack, METH_FASTCALL | METH_KEYWORDS,
           "get_stack($self, /, *, limit=None)\n--\n\nReturn the list of frames of the coroutine, at most limit of them."),
    METHOD("print_stack", task_print_stack, METH_FASTCALL | METH_KEYWORDS,
           "print_stack($self, /, *, limit=None, file=None)\n--\n\nPrint the stack or traceback of the coroutine to file (sys.stderr)."),
    METHOD("set_result", task_set_result, METH_O, "set_result($self, result, /)\n--\n\nRaise RuntimeError: the coroutine decides."),
    METHOD("set_exception", task_set_exception, METH_O, "set_exception($self, exception, /)\n--\n\nRaise RuntimeError: the coroutine decides."),
    METHOD("get_coro", task_get_coro, METH_NOARGS, "get_coro($self, /)\n--\n\nReturn the coroutine."),
    METHOD("get_name", task_get_name, METH_NOARGS, "get_name($self, /)\n--\n\nReturn the name."),
    METHOD("set_name", task_set_name, METH_O, "set_name($self, value, /)\n--\n\nSet the name to str(value)."),
    METHOD("current_task", task_current_task, METH_FASTCALL | METH_KEYWORDS | METH_CLASS,
           "current_task($type, /, loop=None)\n--\n\nReturn the task that runs in the loop, or None (deprecated)."),
    METHOD("all_tasks", task_all_tasks, METH_FASTCALL | METH_KEYWORDS | METH_CLASS,
           "all_tasks($type, /, loop=None)\n--\n\nReturn the set of all tasks of the loop (deprecated)."),
    {NULL, NULL, 0, NULL},
};

/* ---- life ---- */

static int task_traverse(TaskObject *self, visitproc visit, void *arg)
{
    Py_VISIT(self->waits_for);
    Py_VISIT(self->coroutine);
    Py_VISIT(self->name);
    Py_VISIT(self->run_context);
    return tai_future_traverse((FutureObject *)self, visit, arg);
}

static int task_clear(TaskObject *self)
{
    Py_CLEAR(self->waits_for);
    Py_CLEAR(self->coroutine);
    Py_CLEAR(self->name);
    Py_CLEAR(self->run_context);
    return tai_future_clear((FutureObject *)self);
}

static void task_finalize(TaskObject *self)
{
    if (self->state == FUTURE_PENDING && self->log_destroy_pending && self->loop != NULL) {
        PyObject *type, *value, *tb;
        PyErr_Fetch(&type, &value, &tb);
        PyObject *message = PyUnicode_FromString("Task was destroyed but it is pending!");
        tai_future_report((FutureObject *)self, message, "task", NULL);
        Py_XDECREF(message);
        PyErr_Restore(type, value, tb);
    }
    tai_future_finalize((FutureObject *)self);
}

static PyAsyncMethods as_async = {.am_await = tai_future_await};

PyDoc_STRVAR(doc,
"Task(coro, *, loop=None, name=None)\n--\n\n"
"A future that runs a coroutine: its outcome is what the coroutine returns or raises.\n\n"
"coro: the coroutine; its first step is scheduled at once. loop: the event loop, get_event_loop() by default.\n"
"name: what get_name() returns, \"Task-N\" by default. TypeError if coro is no coroutine.");

PyTypeObject tai_Task_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_asyncio.Task",
    .tp_base = &tai_Future_Type,
    .tp_basicsize = sizeof(TaskObject),
    .tp_dealloc = tai_future_dealloc,
    .tp_as_async = &as_async,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_FINALIZE,
    .tp_doc = doc,
    .tp_traverse = (traverseproc)task_traverse,
    .tp_clear = (inquiry)task_clear,
    .tp_iter = tai_future_await,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_init = (initproc)task_init,
    .tp_new = PyType_GenericNew,
    .tp_finalize = (destructor)task_finalize,
};
