/* SPDX-License-Identifier: MIT */
/* Task: see aio.h.  A step sends into the coroutine; what it yields is waited for by a callback (Wakeup) that makes the next step. */
#include "aio.h"

static PyObject *step(Task *t, PyObject *exception);

/* ------------------------------------------------------------------ callables given to the loop */

typedef struct {
    PyObject_HEAD
    Task *task;
    PyObject *exception; /* of Step: thrown in, or NULL */
} Callable;

static PyObject *new_callable(PyTypeObject *type, Task *t, PyObject *exception)
{
    Callable *c = PyObject_GC_New(Callable, type);
    if (c) {
        Py_INCREF(t);
        c->task = t;
        Py_XINCREF(exception);
        c->exception = exception;
        PyObject_GC_Track(c);
    }
    return (PyObject *)c;
}

static int callable_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT((PyObject *)((Callable *)op)->task);
    Py_VISIT(((Callable *)op)->exception);
    return 0;
}

static int callable_clear(PyObject *op)
{
    Py_CLEAR(((Callable *)op)->task);
    Py_CLEAR(((Callable *)op)->exception);
    return 0;
}

static void callable_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    callable_clear(op);
    PyObject_GC_Del(op);
}

static PyObject *get_self(PyObject *op, void *Py_UNUSED(unused))
{
    PyObject *t = (PyObject *)((Callable *)op)->task;
    t = t ? t : Py_None;
    Py_INCREF(t);
    return t;
}

static PyGetSetDef callable_getset[] = {
    {"__self__", get_self, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyObject *step_call(PyObject *op, PyObject *args, PyObject *kwds)
{
    const char *wrong = kwds && PyDict_GET_SIZE(kwds) ? "function takes no keyword arguments" : PyTuple_GET_SIZE(args) ? "function takes no positional arguments" : NULL;
    if (wrong) {
        PyErr_SetString(PyExc_TypeError, wrong);
        return NULL;
    }
    return step(((Callable *)op)->task, ((Callable *)op)->exception);
}

/* What the task waited for is done. */
static PyObject *wakeup_call(PyObject *op, PyObject *args, PyObject *kwds)
{
    Task *t = ((Callable *)op)->task;
    PyObject *future, *v = NULL;
    if (kwds && PyDict_GET_SIZE(kwds)) {
        PyErr_SetString(PyExc_TypeError, "function takes no keyword arguments");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "O", &future))
        return NULL;
    int status;
    if (IS_FUTURE(future))
        status = aio_outcome((Future *)future, &v);
    else
        status = (v = aio_method(future, "result", NULL)) ? 0 : -1;
    PyObject *result;
    if (status < 0) {
        PyObject *type, *tb;
        PyErr_Fetch(&type, &v, &tb);
        PyErr_NormalizeException(&type, &v, &tb);
        if (tb)
            PyException_SetTraceback(v, tb);
        Py_XDECREF(type);
        Py_XDECREF(tb);
        status = 1;
    }
    result = step(t, status ? v : NULL);
    Py_XDECREF(v);
    return result;
}

#define CALLABLE(variable, name, call)                                       \
    PyTypeObject variable = {                                                \
        PyVarObject_HEAD_INIT(NULL, 0)                                       \
        .tp_name = name,                                                     \
        .tp_basicsize = sizeof(Callable),                                    \
        .tp_dealloc = callable_dealloc,                                      \
        .tp_call = call,                                                     \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,                 \
        .tp_traverse = callable_traverse,                                    \
        .tp_clear = callable_clear,                                          \
        .tp_getset = callable_getset,                                        \
    };
CALLABLE(AioStepType, "TaskStepMethWrapper", step_call)
CALLABLE(AioWakeupType, "TaskWakeupMethWrapper", wakeup_call)

static int step_soon(Task *t, PyObject *exception)
{
    PyObject *c = new_callable(&AioStepType, t, exception);
    int status = c ? aio_call_soon(t->future.loop, c, NULL, t->context) : -1;
    Py_XDECREF(c);
    return status;
}

/* ------------------------------------------------------------------ a step */

/* The next step throws an exception of that text. New (None). */
static PyObject *throw_soon(Task *t, PyObject *message_steal)
{
    PyObject *e = message_steal ? PyObject_CallFunctionObjArgs(PyExc_RuntimeError, message_steal, NULL) : NULL;
    Py_XDECREF(message_steal);
    int status = e ? step_soon(t, e) : -1;
    Py_XDECREF(e);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* If the task was cancelled meanwhile, so is what it waits for. 0 / -1. */
static int pass_cancel_on(Task *t, PyObject *waiter)
{
    if (!t->must_cancel)
        return 0;
    PyObject *r = aio_method(waiter, "cancel", NULL);
    int yes = r ? PyObject_IsTrue(r) : -1;
    Py_XDECREF(r);
    if (yes > 0)
        t->must_cancel = 0;
    return yes < 0 ? -1 : 0;
}

/* Wait for one of our futures. New (None). */
static PyObject *wait_for_future(Task *t, PyObject *yielded)
{
    Future *f = (Future *)yielded;
    if (!f->blocking)
        return throw_soon(t, PyUnicode_FromFormat("yield was used instead of yield from in task %R with %R", t, yielded));
    if (f->loop != t->future.loop)
        return throw_soon(t, PyUnicode_FromFormat("Task %R got Future %R attached to a different loop", t, yielded));
    f->blocking = 0;
    PyObject *wakeup = new_callable(&AioWakeupType, t, NULL);
    int status = wakeup ? aio_add_callback(f, wakeup, t->context) : -1;
    Py_XDECREF(wakeup);
    if (status < 0)
        return NULL;
    Py_INCREF(yielded);
    Py_XSETREF(t->waiter, yielded);
    if (pass_cancel_on(t, yielded) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* Wait for something that behaves like a future. New (None). */
static PyObject *wait_for_like(Task *t, PyObject *yielded, int blocking)
{
    PyObject *loop = PyObject_CallFunctionObjArgs(aio_get_loop, yielded, NULL);
    if (loop == NULL)
        return NULL;
    int other = loop != t->future.loop;
    Py_DECREF(loop);
    if (other)
        return throw_soon(t, PyUnicode_FromFormat("Task %R got Future %R attached to a different loop", t, yielded));
    if (!blocking)
        return throw_soon(t, PyUnicode_FromFormat("yield was used instead of yield from in task %R with %R", t, yielded));
    if (PyObject_SetAttrString(yielded, "_asyncio_future_blocking", Py_False) < 0)
        return NULL;
    PyObject *wakeup = new_callable(&AioWakeupType, t, NULL), *add = wakeup ? PyObject_GetAttrString(yielded, "add_done_callback") : NULL;
    PyObject *args = add ? PyTuple_Pack(1, wakeup) : NULL, *kwds = args ? Py_BuildValue("{sO}", "context", t->context) : NULL;
    PyObject *r = kwds ? PyObject_Call(add, args, kwds) : NULL;
    Py_XDECREF(wakeup);
    Py_XDECREF(add);
    Py_XDECREF(args);
    Py_XDECREF(kwds);
    if (r == NULL)
        return NULL;
    Py_DECREF(r);
    Py_INCREF(yielded);
    Py_XSETREF(t->waiter, yielded);
    if (pass_cancel_on(t, yielded) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* Deal with what the coroutine yielded. New (None). */
static PyObject *handle_yielded(Task *t, PyObject *yielded)
{
    if (yielded == (PyObject *)t)
        return throw_soon(t, PyUnicode_FromFormat("Task cannot await on itself: %R", t));
    if (IS_FUTURE(yielded))
        return wait_for_future(t, yielded);
    if (yielded == Py_None) {
        if (step_soon(t, NULL) < 0)
            return NULL;
        Py_RETURN_NONE;
    }
    PyObject *mark = PyObject_GetAttrString(yielded, "_asyncio_future_blocking");
    if (mark == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return NULL;
        PyErr_Clear();
    }
    if (mark && mark != Py_None) {
        int blocking = PyObject_IsTrue(mark);
        Py_DECREF(mark);
        return blocking < 0 ? NULL : wait_for_like(t, yielded, blocking);
    }
    Py_XDECREF(mark);
    if (PyGen_CheckExact(yielded))
        return throw_soon(t, PyUnicode_FromFormat("yield was used instead of yield from for generator in task %R with %R", t, yielded));
    return throw_soon(t, PyUnicode_FromFormat("Task got bad yield: %R", yielded));
}

/* The coroutine ended, by the exception that is set. New (None). */
static PyObject *handle_end(Task *t)
{
    PyObject *v = NULL, *type, *value, *tb, *r;
    if (_PyGen_FetchStopIterationValue(&v) == 0) {
        if (t->must_cancel) {
            t->must_cancel = 0;
            r = aio_cancel(&t->future);
        }
        else
            r = aio_set_result(&t->future, v);
        Py_DECREF(v);
        if (r == NULL)
            return NULL;
        Py_DECREF(r);
        Py_RETURN_NONE;
    }
    if (PyErr_ExceptionMatches(aio_cancelled)) {
        PyErr_Clear();
        return aio_cancel(&t->future);
    }
    PyErr_Fetch(&type, &value, &tb);
    PyErr_NormalizeException(&type, &value, &tb);
    if (tb)
        PyException_SetTraceback(value, tb);
    r = aio_set_exception(&t->future, value);
    if (r && (PyErr_GivenExceptionMatches(type, PyExc_KeyboardInterrupt) || PyErr_GivenExceptionMatches(type, PyExc_SystemExit))) {
        Py_DECREF(r);
        PyErr_Restore(type, value, tb);
        return NULL;
    }
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(tb);
    return r;
}

static PyObject *run_coroutine(Task *t, PyObject *exception)
{
    PyObject *coro = t->coro;
    if (coro == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "uninitialized Task object");
        return NULL;
    }
    if (exception)
        return aio_method(coro, "throw", exception);
    if (PyGen_CheckExact(coro) || PyCoro_CheckExact(coro))
        return _PyGen_Send((PyGenObject *)coro, Py_None);
    return aio_method(coro, "send", Py_None);
}

static PyObject *step_inside(Task *t, PyObject *exception)
{
    PyObject *cancel = NULL, *result;
    if (t->future.state != PENDING) {
        PyErr_Format(aio_invalid_state, "_step(): already done: %R %R", t, exception ? exception : Py_None);
        return NULL;
    }
    if (t->must_cancel) {
        int is = exception ? PyObject_IsInstance(exception, aio_cancelled) : 0;
        if (is < 0 || (!is && (exception = cancel = _PyObject_CallNoArg(aio_cancelled)) == NULL))
            return NULL;
        t->must_cancel = 0;
    }
    Py_CLEAR(t->waiter);
    PyObject *yielded = run_coroutine(t, exception);
    Py_XDECREF(cancel);
    if (yielded == NULL)
        return t->coro ? handle_end(t) : NULL;
    result = handle_yielded(t, yielded);
    if (result == NULL && t->future.state == PENDING && !PyErr_ExceptionMatches(PyExc_KeyboardInterrupt)) {
        /* what went wrong is thrown into the coroutine */
        PyObject *type, *value, *tb;
        PyErr_Fetch(&type, &value, &tb);
        PyErr_NormalizeException(&type, &value, &tb);
        if (tb)
            PyException_SetTraceback(value, tb);
        if (step_soon(t, value) == 0) {
            Py_INCREF(Py_None);
            result = Py_None;
        }
        Py_XDECREF(type);
        Py_XDECREF(value);
        Py_XDECREF(tb);
    }
    Py_DECREF(yielded);
    return result;
}

static PyObject *step(Task *t, PyObject *exception)
{
    Py_INCREF(t);
    PyObject *loop = t->future.loop, *result = NULL;
    if (!aio_alive(&t->future) || aio_enter_task(loop, (PyObject *)t) < 0)
        goto done;
    Py_INCREF(loop);
    result = step_inside(t, exception);
    if (result == NULL) {
        PyObject *type, *value, *tb;
        PyErr_Fetch(&type, &value, &tb);
        aio_leave_task(loop, (PyObject *)t);
        _PyErr_ChainExceptions(type, value, tb);
    }
    else if (aio_leave_task(loop, (PyObject *)t) < 0)
        Py_CLEAR(result);
    Py_DECREF(loop);
done:
    Py_DECREF(t);
    return result;
}

/* ------------------------------------------------------------------ the class */

static int task_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"coro", "loop", "name", NULL};
    static unsigned long counter;
    Task *t = (Task *)op;
    PyObject *coro, *loop = Py_None, *name = Py_None, *v;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|$OO:Task", names, &coro, &loop, &name) || aio_future_init(&t->future, loop) < 0)
        return -1;
    if (!PyCoro_CheckExact(coro)) {
        v = PyObject_CallFunctionObjArgs(aio_iscoroutine, coro, NULL);
        int is = v ? PyObject_IsTrue(v) : -1;
        Py_XDECREF(v);
        if (is <= 0) {
            t->log_destroy_pending = 0;
            if (is == 0)
                PyErr_Format(PyExc_TypeError, "a coroutine was expected, got %R", coro);
            return -1;
        }
    }
    if ((v = PyContext_CopyCurrent()) == NULL)
        return -1;
    Py_XSETREF(t->context, v);
    Py_CLEAR(t->waiter);
    t->must_cancel = 0;
    t->log_destroy_pending = 1;
    Py_INCREF(coro);
    Py_XSETREF(t->coro, coro);
    v = name == Py_None ? PyUnicode_FromFormat("Task-%lu", ++counter) : PyUnicode_CheckExact(name) ? (Py_INCREF(name), name) : PyObject_Str(name);
    if (v == NULL)
        return -1;
    Py_XSETREF(t->name, v);
    return step_soon(t, NULL) < 0 ? -1 : aio_register_task(op);
}

static int task_traverse(PyObject *op, visitproc visit, void *arg)
{
    Task *t = (Task *)op;
    Py_VISIT(t->context);
    Py_VISIT(t->coro);
    Py_VISIT(t->name);
    Py_VISIT(t->waiter);
    return aio_visit_future(&t->future, visit, arg);
}

static int task_clear(PyObject *op)
{
    Task *t = (Task *)op;
    aio_clear_future(&t->future);
    Py_CLEAR(t->future.dict);
    Py_CLEAR(t->context);
    Py_CLEAR(t->coro);
    Py_CLEAR(t->name);
    Py_CLEAR(t->waiter);
    return 0;
}

static void task_finalize(PyObject *op)
{
    Task *t = (Task *)op;
    if (t->future.loop && t->future.state == PENDING && t->log_destroy_pending) {
        PyObject *type, *value, *tb, *r = NULL;
        PyErr_Fetch(&type, &value, &tb);
        PyObject *context = Py_BuildValue("{sOss}", "task", op, "message", "Task was destroyed but it is pending!");
        if (context && (t->future.source_traceback == NULL || PyDict_SetItemString(context, "source_traceback", t->future.source_traceback) == 0))
            r = aio_method(t->future.loop, "call_exception_handler", context);
        if (r == NULL)
            PyErr_WriteUnraisable(t->future.loop);
        Py_XDECREF(r);
        Py_XDECREF(context);
        PyErr_Restore(type, value, tb);
    }
    aio_finalize_future(op);
}

static void task_dealloc(PyObject *op)
{
    if (PyObject_CallFinalizerFromDealloc(op) < 0)
        return;
    PyObject_GC_UnTrack(op);
    if (((Task *)op)->future.weakrefs)
        PyObject_ClearWeakRefs(op);
    task_clear(op);
    Py_TYPE(op)->tp_free(op);
}

static PyObject *task_cancel(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Task *t = (Task *)op;
    if (!aio_alive(&t->future))
        return NULL;
    t->future.log_traceback = 0;
    if (t->future.state != PENDING)
        Py_RETURN_FALSE;
    if (t->waiter) {
        PyObject *r = aio_method(t->waiter, "cancel", NULL);
        int yes = r ? PyObject_IsTrue(r) : -1;
        Py_XDECREF(r);
        if (yes < 0)
            return NULL;
        if (yes)
            Py_RETURN_TRUE;
    }
    t->must_cancel = 1;
    Py_RETURN_TRUE;
}

static PyObject *task_no_result(PyObject *Py_UNUSED(op), PyObject *Py_UNUSED(v))
{
    PyErr_SetString(PyExc_RuntimeError, "Task does not support set_result operation");
    return NULL;
}

static PyObject *task_no_exception(PyObject *Py_UNUSED(op), PyObject *Py_UNUSED(v))
{
    PyErr_SetString(PyExc_RuntimeError, "Task does not support set_exception operation");
    return NULL;
}

static PyObject *task_get_coro(PyObject *op, PyObject *Py_UNUSED(unused))
{
    PyObject *v = ((Task *)op)->coro;
    v = v ? v : Py_None;
    Py_INCREF(v);
    return v;
}

static PyObject *task_get_name(PyObject *op, PyObject *Py_UNUSED(unused))
{
    PyObject *v = ((Task *)op)->name;
    v = v ? v : Py_None;
    Py_INCREF(v);
    return v;
}

static PyObject *task_set_name(PyObject *op, PyObject *v)
{
    PyObject *name = PyUnicode_CheckExact(v) ? (Py_INCREF(v), v) : PyObject_Str(v);
    if (name == NULL)
        return NULL;
    Py_XSETREF(((Task *)op)->name, name);
    Py_RETURN_NONE;
}

static PyObject *task_repr_info(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return aio_method(aio_base_tasks, "_task_repr_info", op);
}

static PyObject *task_get_stack(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"limit", NULL};
    PyObject *limit = Py_None;
    return PyArg_ParseTupleAndKeywords(args, kwds, "|$O:get_stack", names, &limit) ? PyObject_CallMethod(aio_base_tasks, "_task_get_stack", "OO", op, limit) : NULL;
}

static PyObject *task_print_stack(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"limit", "file", NULL};
    PyObject *limit = Py_None, *file = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|$OO:print_stack", names, &limit, &file))
        return NULL;
    return PyObject_CallMethod(aio_base_tasks, "_task_print_stack", "OOO", op, limit, file);
}

static PyObject *task_current(PyObject *Py_UNUSED(type), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"loop", NULL};
    PyObject *loop = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|O:current_task", names, &loop) ||
        PyErr_WarnEx(PyExc_DeprecationWarning, "Task.current_task() is deprecated, use asyncio.current_task() instead", 1) < 0)
        return NULL;
    if (loop == Py_None) {
        if ((loop = aio_event_loop()) == NULL)
            return NULL;
    }
    else
        Py_INCREF(loop);
    PyObject *t = PyDict_GetItemWithError(aio_current_tasks, loop);
    Py_DECREF(loop);
    if (t == NULL && PyErr_Occurred())
        return NULL;
    t = t ? t : Py_None;
    Py_INCREF(t);
    return t;
}

static PyObject *task_all(PyObject *Py_UNUSED(type), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"loop", NULL};
    PyObject *loop = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|O:all_tasks", names, &loop) ||
        PyErr_WarnEx(PyExc_DeprecationWarning, "Task.all_tasks() is deprecated, use asyncio.all_tasks() instead", 1) < 0)
        return NULL;
    PyObject *tasks = PyImport_ImportModule("asyncio.tasks"), *result = tasks ? aio_method(tasks, "_all_tasks_compat", loop) : NULL;
    Py_XDECREF(tasks);
    return result;
}

static PyObject *get_flag(PyObject *op, void *offset)
{
    return PyBool_FromLong(*((char *)op + (intptr_t)offset));
}

static int set_flag(PyObject *op, PyObject *v, void *offset)
{
    if (v == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
        return -1;
    }
    int b = PyObject_IsTrue(v);
    if (b < 0)
        return -1;
    *((char *)op + (intptr_t)offset) = (char)b;
    return 0;
}

static PyObject *get_slot(PyObject *op, void *offset)
{
    PyObject *v = *(PyObject **)((char *)op + (intptr_t)offset);
    v = v ? v : Py_None;
    Py_INCREF(v);
    return v;
}

static PyGetSetDef task_getset[] = {
    {"_log_destroy_pending", get_flag, set_flag, NULL, (void *)offsetof(Task, log_destroy_pending)},
    {"_must_cancel", get_flag, NULL, NULL, (void *)offsetof(Task, must_cancel)},
    {"_coro", get_slot, NULL, NULL, (void *)offsetof(Task, coro)},
    {"_fut_waiter", get_slot, NULL, NULL, (void *)offsetof(Task, waiter)},
    {NULL, NULL, NULL, NULL, NULL},
};

#define KW(f) (PyCFunction)(void (*)(void))(f), METH_VARARGS | METH_KEYWORDS
static PyMethodDef task_methods[] = {
    {"cancel", task_cancel, METH_NOARGS, "cancel($self, /)\n--\n\nHave CancelledError thrown into the coroutine; False if it is done."},
    {"set_result", task_no_result, METH_O, "set_result($self, result, /)\n--\n\n"},
    {"set_exception", task_no_exception, METH_O, "set_exception($self, exception, /)\n--\n\n"},
    {"get_coro", task_get_coro, METH_NOARGS, "get_coro($self, /)\n--\n\nReturn the coroutine."},
    {"get_name", task_get_name, METH_NOARGS, "get_name($self, /)\n--\n\nReturn the name."},
    {"set_name", task_set_name, METH_O, "set_name($self, value, /)\n--\n\nSet the name."},
    {"get_stack", KW(task_get_stack), "get_stack($self, /, *, limit=None)\n--\n\nThe frames of the suspended coroutine, or of the exception that ended it."},
    {"print_stack", KW(task_print_stack), "print_stack($self, /, *, limit=None, file=None)\n--\n\nPrint what get_stack() gives."},
    {"_repr_info", task_repr_info, METH_NOARGS, "_repr_info($self, /)\n--\n\n"},
    {"current_task", (PyCFunction)(void (*)(void))task_current, METH_VARARGS | METH_KEYWORDS | METH_CLASS, "current_task($type, /, loop=None)\n--\n\nThe task that runs in a loop, or None."},
    {"all_tasks", (PyCFunction)(void (*)(void))task_all, METH_VARARGS | METH_KEYWORDS | METH_CLASS, "all_tasks($type, /, loop=None)\n--\n\nThe tasks of a loop."},
    {NULL, NULL, 0, NULL},
};

PyTypeObject AioTaskType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_asyncio.Task",
    .tp_basicsize = sizeof(Task),
    .tp_base = &AioFutureType,
    .tp_dealloc = task_dealloc,
    .tp_repr = aio_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_FINALIZE,
    .tp_doc = "Task(coro, *, loop=None, name=None)\n--\n\nA coroutine that runs in an event loop.",
    .tp_traverse = task_traverse,
    .tp_clear = task_clear,
    .tp_weaklistoffset = offsetof(Future, weakrefs),
    .tp_methods = task_methods,
    .tp_getset = task_getset,
    .tp_dictoffset = offsetof(Future, dict),
    .tp_init = task_init,
    .tp_new = PyType_GenericNew,
    .tp_finalize = task_finalize,
};
