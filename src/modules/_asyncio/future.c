/* SPDX-License-Identifier: MIT */
/* asyncio.Future in C. The object is described in asyncio.h; asyncio/futures.py is the same in Python.
 * Tests: tests/modules/test_asyncio_native.py, CPython's test_asyncio.
 */
#include "modules/_asyncio/asyncio.h"

#include "structmember.h"
#include <stddef.h>

/* ---- state ---- */

int tai_future_is_initialised(FutureObject *self)
{
    if (self->loop != NULL)
        return 1;
    PyErr_SetString(PyExc_RuntimeError, "Future object is not initialized.");
    return 0;
}

static PyObject *invalid_state(const char *message)
{
    PyObject *type = tai_asyncio_need(NEED_INVALID_STATE);
    if (type != NULL)
        PyErr_SetString(type, message);
    return NULL;
}

static void clear_outcome(FutureObject *self);

int tai_future_init(FutureObject *self, PyObject *loop)
{
    _Py_IDENTIFIER(get_debug);
    clear_outcome(self);
    self->state = FUTURE_PENDING;
    self->log_traceback = self->blocking = 0;
    if (loop == NULL || loop == Py_None) {
        loop = tai_asyncio_get_event_loop();
        if (loop == NULL)
            return -1;
    } else {
        Py_INCREF(loop);
    }
    self->loop = loop;
    PyObject *debug = _PyObject_CallMethodIdObjArgs(loop, &PyId_get_debug, NULL);
    int on = debug ? PyObject_IsTrue(debug) : -1;
    Py_XDECREF(debug);
    /* at the end of the process the stack's source lines can no longer be had */
    if (on <= 0 || _Py_IsFinalizing())
        return on < 0 ? -1 : 0;
    PyObject *extract = tai_asyncio_need(NEED_EXTRACT_STACK);
    PyObject *stack = extract ? PyObject_CallObject(extract, NULL) : NULL;
    if (stack == NULL)
        return -1;
    Py_XSETREF(self->source_traceback, stack);
    return 0;
}

/* Hand all callbacks to the loop. The future has its outcome already. */
static int run_callbacks(FutureObject *self)
{
    PyObject *callback = self->callback, *context = self->context, *more = self->more;
    self->callback = self->context = self->more = NULL;
    int r = 0;
    if (callback != NULL)
        r = tai_asyncio_call_soon(self->loop, callback, (PyObject *)self, context);
    for (Py_ssize_t i = 0; r == 0 && more != NULL && i < PyList_GET_SIZE(more); i++) {
        PyObject *pair = PyList_GET_ITEM(more, i);
        Py_INCREF(pair);
        r = tai_asyncio_call_soon(self->loop, PyTuple_GET_ITEM(pair, 0), (PyObject *)self, PyTuple_GET_ITEM(pair, 1));
        Py_DECREF(pair);
    }
    Py_XDECREF(callback);
    Py_XDECREF(context);
    Py_XDECREF(more);
    return r;
}

int tai_future_set_result(FutureObject *self, PyObject *value)
{
    if (!tai_future_is_initialised(self))
        return -1;
    if (self->state != FUTURE_PENDING) {
        invalid_state("invalid state");
        return -1;
    }
    Py_INCREF(value);
    Py_XSETREF(self->result, value);
    self->state = FUTURE_FINISHED;
    return run_callbacks(self);
}

int tai_future_set_exception(FutureObject *self, PyObject *exception)
{
    if (!tai_future_is_initialised(self))
        return -1;
    if (self->state != FUTURE_PENDING) {
        invalid_state("invalid state");
        return -1;
    }
    PyObject *instance = exception;
    if (PyExceptionClass_Check(exception)) {
        instance = PyObject_CallObject(exception, NULL);
        if (instance == NULL)
            return -1;
        if (self->state != FUTURE_PENDING) {
            Py_DECREF(instance);
            invalid_state("invalid state");
            return -1;
        }
    } else {
        Py_INCREF(instance);
    }
    const char *message = !PyExceptionInstance_Check(instance) ? "invalid exception object"
                          : Py_TYPE(instance) == (PyTypeObject *)PyExc_StopIteration
                              ? "StopIteration interacts badly with generators and cannot be raised into a Future"
                              : NULL;
    if (message != NULL) {
        PyErr_SetString(PyExc_TypeError, message);
        Py_DECREF(instance);
        return -1;
    }
    Py_XSETREF(self->exception, instance);
    self->state = FUTURE_FINISHED;
    if (run_callbacks(self) < 0)
        return -1;
    self->log_traceback = 1;
    return 0;
}

int tai_future_outcome(FutureObject *self, PyObject **value)
{
    *value = NULL;
    if (self->state == FUTURE_CANCELLED) {
        PyObject *type = tai_asyncio_need(NEED_CANCELLED);
        if (type != NULL)
            PyErr_SetNone(type);
        return -1;
    }
    if (self->state == FUTURE_PENDING) {
        invalid_state("Result is not set.");
        return -1;
    }
    self->log_traceback = 0;
    *value = self->exception ? self->exception : self->result;
    Py_INCREF(*value);
    return self->exception != NULL;
}

PyObject *tai_future_cancel(FutureObject *self)
{
    self->log_traceback = 0;
    if (self->state != FUTURE_PENDING)
        Py_RETURN_FALSE;
    self->state = FUTURE_CANCELLED;
    if (run_callbacks(self) < 0)
        return NULL;
    Py_RETURN_TRUE;
}

/* ---- callbacks ---- */

int tai_future_add_callback(FutureObject *self, PyObject *callback, PyObject *context)
{
    if (!tai_future_is_initialised(self))
        return -1;
    if (self->state != FUTURE_PENDING)
        return tai_asyncio_call_soon(self->loop, callback, (PyObject *)self, context);
    if (self->callback == NULL && self->more == NULL) {
        Py_INCREF(callback);
        Py_INCREF(context);
        self->callback = callback;
        self->context = context;
        return 0;
    }
    if (self->more == NULL && (self->more = PyList_New(0)) == NULL)
        return -1;
    PyObject *pair = PyTuple_Pack(2, callback, context);
    int r = pair ? PyList_Append(self->more, pair) : -1;
    Py_XDECREF(pair);
    return r;
}

static PyObject *future_add_done_callback(FutureObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    static const char *const keywords[] = {"", "context", NULL};
    static _PyArg_Parser parser = {"O|$O:add_done_callback", keywords, 0};
    PyObject *callback, *context = NULL;
    if (!_PyArg_ParseStackAndKeywords(args, n, names, &parser, &callback, &context))
        return NULL;
    if (context != NULL) {
        Py_INCREF(context);
    } else {
        context = PyContext_CopyCurrent();
        if (context == NULL)
            return NULL;
    }
    int r = tai_future_add_callback(self, callback, context);
    Py_DECREF(context);
    if (r < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* The number of callbacks equal to fn that were taken away. Comparing runs code, so that the list may change meanwhile. */
static PyObject *future_remove_done_callback(FutureObject *self, PyObject *fn)
{
    if (!tai_future_is_initialised(self))
        return NULL;
    Py_ssize_t removed = 0;
    if (self->callback != NULL) {
        int same = PyObject_RichCompareBool(self->callback, fn, Py_EQ);
        if (same < 0)
            return NULL;
        if (same && self->callback != NULL) {
            Py_CLEAR(self->callback);
            Py_CLEAR(self->context);
            removed++;
        }
    }
    PyObject *kept = self->more ? PyList_New(0) : NULL, *before = self->more;
    if (before == NULL)
        return PyLong_FromSsize_t(removed);
    if (kept == NULL)
        return NULL;
    Py_INCREF(before);
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(before); i++) {
        PyObject *pair = PyList_GET_ITEM(before, i);
        Py_INCREF(pair);
        int same = PyObject_RichCompareBool(PyTuple_GET_ITEM(pair, 0), fn, Py_EQ);
        if (same < 0 || (same == 0 && PyList_Append(kept, pair) < 0)) {
            Py_DECREF(pair);
            Py_DECREF(before);
            Py_DECREF(kept);
            return NULL;
        }
        removed += same;
        Py_DECREF(pair);
    }
    if (self->more != before)
        Py_DECREF(kept); /* the outcome came in between: the callbacks have been handed over */
    else if (PyList_GET_SIZE(kept) == 0) {
        Py_DECREF(kept);
        Py_CLEAR(self->more);
    } else {
        Py_SETREF(self->more, kept);
    }
    Py_DECREF(before);
    return PyLong_FromSsize_t(removed);
}

/* ---- methods ---- */

static PyObject *future_result(FutureObject *self, PyObject *unused)
{
    PyObject *value;
    if (self->loop == NULL)
        return invalid_state("Future object is not initialized.");
    int r = tai_future_outcome(self, &value);
    if (r == 1) {
        PyErr_SetObject(PyExceptionInstance_Class(value), value);
        Py_CLEAR(value);
    }
    return value;
}

static PyObject *future_exception(FutureObject *self, PyObject *unused)
{
    if (self->loop == NULL)
        return invalid_state("Future object is not initialized.");
    if (self->state == FUTURE_CANCELLED) {
        PyObject *type = tai_asyncio_need(NEED_CANCELLED);
        if (type != NULL)
            PyErr_SetNone(type);
        return NULL;
    }
    if (self->state == FUTURE_PENDING)
        return invalid_state("Exception is not set.");
    self->log_traceback = 0;
    PyObject *found = self->exception ? self->exception : Py_None;
    Py_INCREF(found);
    return found;
}

static PyObject *future_set_result(FutureObject *self, PyObject *value)
{
    if (tai_future_set_result(self, value) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *future_set_exception(FutureObject *self, PyObject *exception)
{
    if (tai_future_set_exception(self, exception) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *future_cancel(FutureObject *self, PyObject *unused)
{
    return tai_future_is_initialised(self) ? tai_future_cancel(self) : NULL;
}

static PyObject *future_cancelled(FutureObject *self, PyObject *unused)
{
    return PyBool_FromLong(self->loop != NULL && self->state == FUTURE_CANCELLED);
}

static PyObject *future_done(FutureObject *self, PyObject *unused)
{
    return PyBool_FromLong(self->loop != NULL && self->state != FUTURE_PENDING);
}

static PyObject *future_get_loop(FutureObject *self, PyObject *unused)
{
    if (!tai_future_is_initialised(self))
        return NULL;
    Py_INCREF(self->loop);
    return self->loop;
}

static PyObject *future_repr_info(PyObject *self, PyObject *unused)
{
    PyObject *function = tai_asyncio_need(Task_Check(self) ? NEED_TASK_INFO : NEED_FUTURE_INFO);
    return function ? PyObject_CallFunctionObjArgs(function, self, NULL) : NULL;
}

/* <Name info info ...> */
static PyObject *future_repr(FutureObject *self)
{
    _Py_IDENTIFIER(_repr_info);
    if (!tai_future_is_initialised(self))
        return NULL;
    PyObject *info = _PyObject_CallMethodIdObjArgs((PyObject *)self, &PyId__repr_info, NULL);
    PyObject *space = info ? PyUnicode_FromString(" ") : NULL, *joined = space ? PyUnicode_Join(space, info) : NULL;
    PyObject *text = joined ? PyUnicode_FromFormat("<%s %U>", _PyType_Name(Py_TYPE(self)), joined) : NULL;
    Py_XDECREF(info);
    Py_XDECREF(space);
    Py_XDECREF(joined);
    return text;
}

static int future_init(FutureObject *self, PyObject *args, PyObject *kwargs)
{
    static const char *const keywords[] = {"loop", NULL};
    static _PyArg_Parser parser = {"|$O:Future", keywords, 0};
    PyObject *loop = NULL;
    if (PyTuple_GET_SIZE(args) > 0) {
        PyErr_Format(PyExc_TypeError, "Future() takes no positional arguments");
        return -1;
    }
    if (!_PyArg_ParseTupleAndKeywordsFast(args, kwargs, &parser, &loop))
        return -1;
    return tai_future_init(self, loop);
}

/* ---- attributes ---- */

static PyObject *or_none(PyObject *o)
{
    if (o == NULL)
        o = Py_None;
    Py_INCREF(o);
    return o;
}

static PyObject *get_state(FutureObject *self, void *unused)
{
    static const char *const names[] = {"PENDING", "CANCELLED", "FINISHED"};
    return tai_future_is_initialised(self) ? PyUnicode_InternFromString(names[self->state]) : NULL;
}

static PyObject *get_blocking(FutureObject *self, void *unused)
{
    return PyBool_FromLong(self->loop != NULL && self->blocking);
}

static int refuse_delete(PyObject *value)
{
    if (value == NULL)
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
    return value == NULL;
}

static int set_blocking(FutureObject *self, PyObject *value, void *unused)
{
    if (!tai_future_is_initialised(self) || refuse_delete(value))
        return -1;
    int on = PyObject_IsTrue(value);
    if (on < 0)
        return -1;
    self->blocking = (char)on;
    return 0;
}

static PyObject *get_log_traceback(FutureObject *self, void *unused)
{
    return tai_future_is_initialised(self) ? PyBool_FromLong(self->log_traceback) : NULL;
}

static int set_log_traceback(FutureObject *self, PyObject *value, void *unused)
{
    if (refuse_delete(value))
        return -1;
    int on = PyObject_IsTrue(value);
    if (on < 0)
        return -1;
    if (on) {
        PyErr_SetString(PyExc_ValueError, "_log_traceback can only be set to False");
        return -1;
    }
    self->log_traceback = 0;
    return 0;
}

static PyObject *get_loop(FutureObject *self, void *unused)
{
    return tai_future_is_initialised(self) ? or_none(self->loop) : NULL;
}

static PyObject *get_callbacks(FutureObject *self, void *unused)
{
    if (!tai_future_is_initialised(self))
        return NULL;
    if (self->callback == NULL)
        return or_none(self->more);
    PyObject *list = PyList_New(0), *first = list ? PyTuple_Pack(2, self->callback, self->context) : NULL;
    if (first == NULL || PyList_Append(list, first) < 0 ||
        (self->more != NULL && PyList_SetSlice(list, 1, 1, self->more) < 0))
        Py_CLEAR(list);
    Py_XDECREF(first);
    return list;
}

static PyObject *get_result(FutureObject *self, void *unused)
{
    return tai_future_is_initialised(self) ? or_none(self->result) : NULL;
}

static PyObject *get_exception(FutureObject *self, void *unused)
{
    return tai_future_is_initialised(self) ? or_none(self->exception) : NULL;
}

static PyObject *get_source_traceback(FutureObject *self, void *unused)
{
    return tai_future_is_initialised(self) ? or_none(self->source_traceback) : NULL;
}

PyGetSetDef tai_future_getset[] = {
    {"_state", (getter)get_state, NULL, NULL, NULL},
    {"_asyncio_future_blocking", (getter)get_blocking, (setter)set_blocking, NULL, NULL},
    {"_loop", (getter)get_loop, NULL, NULL, NULL},
    {"_callbacks", (getter)get_callbacks, NULL, NULL, NULL},
    {"_result", (getter)get_result, NULL, NULL, NULL},
    {"_exception", (getter)get_exception, NULL, NULL, NULL},
    {"_log_traceback", (getter)get_log_traceback, (setter)set_log_traceback, NULL, NULL},
    {"_source_traceback", (getter)get_source_traceback, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

#define METHOD(name, function, flags, doc) {name, (PyCFunction)(void (*)(void))(function), flags, doc}
PyMethodDef tai_future_methods[] = {
    METHOD("result", future_result, METH_NOARGS,
           "result($self, /)\n--\n\nReturn the result, or raise the exception that was set.\n\n"
           "CancelledError if the future was cancelled, InvalidStateError if there is no outcome yet."),
    METHOD("exception", future_exception, METH_NOARGS,
           "exception($self, /)\n--\n\nReturn the exception that was set, None if there is a result.\n\n"
           "CancelledError if the future was cancelled, InvalidStateError if there is no outcome yet."),
    METHOD("set_result", future_set_result, METH_O,
           "set_result($self, result, /)\n--\n\nGive the future its result; InvalidStateError if it has an outcome."),
    METHOD("set_exception", future_set_exception, METH_O,
           "set_exception($self, exception, /)\n--\n\nGive the future an exception (class or instance) as outcome."),
    METHOD("add_done_callback", future_add_done_callback, METH_FASTCALL | METH_KEYWORDS,
           "add_done_callback($self, fn, /, *, context=<unrepresentable>)\n--\n\n"
           "Have the loop call fn(self) in the context once there is an outcome; soon, if there is one now."),
    METHOD("remove_done_callback", future_remove_done_callback, METH_O,
           "remove_done_callback($self, fn, /)\n--\n\nTake away all callbacks equal to fn; return how many."),
    METHOD("cancel", future_cancel, METH_NOARGS,
           "cancel($self, /)\n--\n\nCancel the future and schedule its callbacks; False if it has an outcome already."),
    METHOD("cancelled", future_cancelled, METH_NOARGS, "cancelled($self, /)\n--\n\nTell whether the future was cancelled."),
    METHOD("done", future_done, METH_NOARGS, "done($self, /)\n--\n\nTell whether there is a result, an exception or a cancellation."),
    METHOD("get_loop", future_get_loop, METH_NOARGS, "get_loop($self, /)\n--\n\nReturn the event loop of the future."),
    METHOD("_repr_info", future_repr_info, METH_NOARGS, "_repr_info($self, /)\n--\n\nReturn the words that repr() shows."),
    {NULL, NULL, 0, NULL},
};

/* ---- life ---- */

int tai_future_traverse(FutureObject *self, visitproc visit, void *arg)
{
    Py_VISIT(self->loop);
    Py_VISIT(self->callback);
    Py_VISIT(self->context);
    Py_VISIT(self->more);
    Py_VISIT(self->result);
    Py_VISIT(self->exception);
    Py_VISIT(self->source_traceback);
    Py_VISIT(self->dict);
    return 0;
}

static void clear_outcome(FutureObject *self)
{
    Py_CLEAR(self->loop);
    Py_CLEAR(self->callback);
    Py_CLEAR(self->context);
    Py_CLEAR(self->more);
    Py_CLEAR(self->result);
    Py_CLEAR(self->exception);
    Py_CLEAR(self->source_traceback);
}

int tai_future_clear(FutureObject *self)
{
    clear_outcome(self);
    Py_CLEAR(self->dict);
    return 0;
}

void tai_future_report(FutureObject *self, PyObject *message, const char *key, PyObject *exception)
{
    _Py_IDENTIFIER(call_exception_handler);
    PyObject *handler = _PyObject_GetAttrId(self->loop, &PyId_call_exception_handler);
    if (handler == NULL) {
        PyErr_Clear(); /* a loop of another make: nobody to tell */
        return;
    }
    PyObject *facts = PyDict_New(), *done = NULL;
    if (facts != NULL && message != NULL && PyDict_SetItemString(facts, "message", message) == 0 &&
        (exception == NULL || PyDict_SetItemString(facts, "exception", exception) == 0) &&
        PyDict_SetItemString(facts, key, (PyObject *)self) == 0 &&
        (self->source_traceback == NULL || PyDict_SetItemString(facts, "source_traceback", self->source_traceback) == 0))
        done = PyObject_CallFunctionObjArgs(handler, facts, NULL);
    if (done == NULL)
        PyErr_WriteUnraisable(handler);
    Py_DECREF(handler);
    Py_XDECREF(done);
    Py_XDECREF(facts);
}

void tai_future_finalize(FutureObject *self)
{
    if (!self->log_traceback || self->exception == NULL)
        return;
    self->log_traceback = 0;
    PyObject *type, *value, *tb;
    PyErr_Fetch(&type, &value, &tb);
    PyObject *message = PyUnicode_FromFormat("%s exception was never retrieved", _PyType_Name(Py_TYPE(self)));
    PyObject *exception = self->exception;
    Py_INCREF(exception);
    tai_future_report(self, message, "future", exception);
    Py_DECREF(exception);
    Py_XDECREF(message);
    PyErr_Restore(type, value, tb);
}

void tai_future_dealloc(PyObject *op)
{
    FutureObject *self = (FutureObject *)op;
    if (PyObject_CallFinalizerFromDealloc(op) < 0)
        return; /* brought back to life */
    PyObject_GC_UnTrack(op);
    if (self->weakrefs != NULL)
        PyObject_ClearWeakRefs(op);
    (void)Py_TYPE(op)->tp_clear(op);
    Py_TYPE(op)->tp_free(op);
}

/* ---- awaiting ---- */

/* What __await__ returns: yields the future once if it is pending, and ends with its result. */
typedef struct {
    PyObject_HEAD
    FutureObject *future; /* NULL once it has ended */
} FutureIter;

enum { ITER_KEPT_MAX = 64 };
static FutureIter *kept[ITER_KEPT_MAX];
static int kept_count;

PyObject *tai_future_await(PyObject *op)
{
    if (!tai_future_is_initialised((FutureObject *)op))
        return NULL;
    FutureIter *it;
    if (kept_count > 0) {
        it = kept[--kept_count];
        _Py_NewReference((PyObject *)it);
    } else if ((it = PyObject_GC_New(FutureIter, &tai_FutureIter_Type)) == NULL) {
        return NULL;
    }
    Py_INCREF(op);
    it->future = (FutureObject *)op;
    PyObject_GC_Track(it);
    return (PyObject *)it;
}

static void iter_dealloc(FutureIter *it)
{
    PyObject_GC_UnTrack(it);
    Py_CLEAR(it->future);
    if (kept_count < ITER_KEPT_MAX && Py_TYPE(it) == &tai_FutureIter_Type)
        kept[kept_count++] = it;
    else
        PyObject_GC_Del(it);
}

static PyObject *iter_next(FutureIter *it)
{
    FutureObject *future = it->future;
    if (future == NULL)
        return NULL;
    if (future->state == FUTURE_PENDING) {
        if (future->blocking) {
            PyErr_SetString(PyExc_RuntimeError, "await wasn't used with future");
            return NULL;
        }
        future->blocking = 1;
        Py_INCREF(future);
        return (PyObject *)future;
    }
    it->future = NULL;
    PyObject *value = future_result(future, NULL);
    Py_DECREF(future);
    if (value != NULL) {
        (void)_PyGen_SetStopIterationValue(value);
        Py_DECREF(value);
    }
    return NULL;
}

/* next() for callers that want StopIteration itself. */
static PyObject *iter_send(FutureIter *it, PyObject *unused)
{
    PyObject *value = iter_next(it);
    if (value == NULL && !PyErr_Occurred())
        PyErr_SetNone(PyExc_StopIteration);
    return value;
}

static PyObject *iter_throw(FutureIter *it, PyObject *args)
{
    PyObject *type, *value = NULL, *tb = NULL;
    if (!PyArg_UnpackTuple(args, "throw", 1, 3, &type, &value, &tb))
        return NULL;
    if (value == Py_None)
        value = NULL;
    if (tb == Py_None)
        tb = NULL;
    if (tb != NULL && !PyTraceBack_Check(tb)) {
        PyErr_SetString(PyExc_TypeError, "throw() third argument must be a traceback");
        return NULL;
    }
    if (PyExceptionInstance_Check(type)) {
        if (value != NULL) {
            PyErr_SetString(PyExc_TypeError, "instance exception may not have a separate value");
            return NULL;
        }
        value = type;
        type = PyExceptionInstance_Class(value);
        if (tb == NULL)
            tb = ((PyBaseExceptionObject *)value)->traceback;
    } else if (!PyExceptionClass_Check(type)) {
        PyErr_SetString(PyExc_TypeError, "exceptions must be classes deriving BaseException or instances of such a class");
        return NULL;
    }
    Py_INCREF(type);
    Py_XINCREF(value);
    Py_XINCREF(tb);
    Py_CLEAR(it->future);
    PyErr_Restore(type, value, tb);
    return NULL;
}

static PyObject *iter_close(FutureIter *it, PyObject *unused)
{
    Py_CLEAR(it->future);
    Py_RETURN_NONE;
}

static int iter_traverse(FutureIter *it, visitproc visit, void *arg)
{
    Py_VISIT(it->future);
    return 0;
}

static int iter_clear(FutureIter *it)
{
    Py_CLEAR(it->future);
    return 0;
}

static PyMethodDef iter_methods[] = {
    METHOD("send", iter_send, METH_O, "send($self, value, /)\n--\n\nThe same as next(): the value is not used."),
    METHOD("throw", iter_throw, METH_VARARGS, "throw(type[, value[, traceback]]): end the wait with that exception."),
    METHOD("close", iter_close, METH_NOARGS, "close($self, /)\n--\n\nEnd the wait."),
    {NULL, NULL, 0, NULL},
};

PyTypeObject tai_FutureIter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_asyncio.FutureIter",
    .tp_basicsize = sizeof(FutureIter),
    .tp_dealloc = (destructor)iter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)iter_traverse,
    .tp_clear = (inquiry)iter_clear,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)iter_next,
    .tp_methods = iter_methods,
};

static PyAsyncMethods as_async = {.am_await = tai_future_await};

PyDoc_STRVAR(doc,
"Future(*, loop=None)\n--\n\n"
"An outcome that will be there later: a result, an exception or a cancellation.\n\n"
"loop: the event loop that calls its callbacks, get_event_loop() by default. Await it in a coroutine of that loop.\n"
"It is not safe to use from other threads.");

PyTypeObject tai_Future_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_asyncio.Future",
    .tp_basicsize = sizeof(FutureObject),
    .tp_dealloc = tai_future_dealloc,
    .tp_as_async = &as_async,
    .tp_repr = (reprfunc)future_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_FINALIZE,
    .tp_doc = doc,
    .tp_traverse = (traverseproc)tai_future_traverse,
    .tp_clear = (inquiry)tai_future_clear,
    .tp_weaklistoffset = offsetof(FutureObject, weakrefs),
    .tp_iter = tai_future_await,
    .tp_methods = tai_future_methods,
    .tp_getset = tai_future_getset,
    .tp_dictoffset = offsetof(FutureObject, dict),
    .tp_init = (initproc)future_init,
    .tp_new = PyType_GenericNew,
    .tp_finalize = (destructor)tai_future_finalize,
};
