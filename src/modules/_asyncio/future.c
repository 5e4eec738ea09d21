/* SPDX-License-Identifier: MIT */
/* Future: see aio.h. */
#include "aio.h"

PyObject *aio_method(PyObject *o, const char *name, PyObject *arg)
{
    PyObject *m = PyObject_GetAttrString(o, name), *r = m ? PyObject_CallFunctionObjArgs(m, arg, NULL) : NULL;
    Py_XDECREF(m);
    return r;
}

int aio_alive(Future *f)
{
    if (f->loop == NULL)
        PyErr_SetString(PyExc_RuntimeError, "Future object is not initialized.");
    return f->loop != NULL;
}

/* ------------------------------------------------------------------ callbacks */

int aio_call_soon(PyObject *loop, PyObject *callable, PyObject *arg, PyObject *context)
{
    static PyObject *name, *keywords;
    if (name == NULL && ((name = PyUnicode_InternFromString("call_soon")) == NULL || (keywords = Py_BuildValue("(s)", "context")) == NULL))
        return -1;
    PyObject *method = PyObject_GetAttr(loop, name);
    if (method == NULL)
        return -1;
    PyObject *args[3] = {callable, arg ? arg : context, context};
    size_t n = arg ? 2 : 1;
    PyObject *handle = _PyObject_Vectorcall(method, args, n, context ? keywords : NULL);
    Py_DECREF(method);
    Py_XDECREF(handle);
    return handle ? 0 : -1;
}

/* The state has changed: all callbacks are called soon. 0 / -1. */
static int schedule(Future *f)
{
    PyObject *first = f->callback, *context = f->callback_context, *list = f->callbacks;
    f->callback = f->callback_context = f->callbacks = NULL;
    int status = first ? aio_call_soon(f->loop, first, (PyObject *)f, context) : 0;
    for (Py_ssize_t i = 0; status == 0 && list && i < PyList_GET_SIZE(list); i++) {
        PyObject *pair = PyList_GET_ITEM(list, i);
        status = aio_call_soon(f->loop, PyTuple_GET_ITEM(pair, 0), (PyObject *)f, PyTuple_GET_ITEM(pair, 1));
    }
    Py_XDECREF(first);
    Py_XDECREF(context);
    Py_XDECREF(list);
    return status;
}

int aio_add_callback(Future *f, PyObject *callable, PyObject *context)
{
    if (f->state != PENDING)
        return aio_call_soon(f->loop, callable, (PyObject *)f, context);
    if (f->callbacks == NULL && f->callback == NULL) {
        Py_INCREF(callable);
        f->callback = callable;
        Py_INCREF(context);
        f->callback_context = context;
        return 0;
    }
    if (f->callbacks == NULL && (f->callbacks = PyList_New(0)) == NULL)
        return -1;
    PyObject *pair = PyTuple_Pack(2, callable, context);
    int status = pair ? PyList_Append(f->callbacks, pair) : -1;
    Py_XDECREF(pair);
    return status;
}

static PyObject *add_done_callback(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"", "context", NULL};
    PyObject *callable, *context = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|$O:add_done_callback", names, &callable, &context) || !aio_alive((Future *)op))
        return NULL;
    PyObject *own = context ? NULL : PyContext_CopyCurrent();
    if (context == NULL && own == NULL)
        return NULL;
    int status = aio_add_callback((Future *)op, callable, context ? context : own);
    Py_XDECREF(own);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *remove_done_callback(PyObject *op, PyObject *callable)
{
    Future *f = (Future *)op;
    Py_ssize_t removed = 0;
    if (!aio_alive(f))
        return NULL;
    if (f->callback) {
        int same = PyObject_RichCompareBool(f->callback, callable, Py_EQ);
        if (same < 0)
            return NULL;
        if (same) {
            Py_CLEAR(f->callback);
            Py_CLEAR(f->callback_context);
            removed++;
        }
    }
    if (f->callbacks == NULL)
        return PyLong_FromSsize_t(removed);
    PyObject *kept = PyList_New(0);
    for (Py_ssize_t i = 0; kept && f->callbacks && i < PyList_GET_SIZE(f->callbacks); i++) {
        PyObject *pair = PyList_GET_ITEM(f->callbacks, i);
        Py_INCREF(pair);
        int same = PyObject_RichCompareBool(PyTuple_GET_ITEM(pair, 0), callable, Py_EQ);
        if (same == 0)
            same = PyList_Append(kept, pair);
        else if (same > 0) {
            removed++;
            same = 0;
        }
        Py_DECREF(pair);
        if (same < 0)
            Py_CLEAR(kept);
    }
    if (kept == NULL)
        return NULL;
    if (PyList_GET_SIZE(kept) == 0 || f->callbacks == NULL)
        Py_CLEAR(kept);
    Py_XSETREF(f->callbacks, kept);
    return PyLong_FromSsize_t(removed);
}

/* ------------------------------------------------------------------ state */

static PyObject *raise_state(const char *text)
{
    PyErr_SetString(aio_invalid_state, text);
    return NULL;
}

PyObject *aio_set_result(Future *f, PyObject *result)
{
    if (!aio_alive(f))
        return NULL;
    if (f->state != PENDING)
        return raise_state("invalid state");
    Py_INCREF(result);
    Py_XSETREF(f->result, result);
    f->state = FINISHED;
    if (schedule(f) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyObject *aio_set_exception(Future *f, PyObject *exception)
{
    if (!aio_alive(f))
        return NULL;
    if (f->state != PENDING)
        return raise_state("invalid state");
    PyObject *instance = exception;
    if (PyExceptionClass_Check(exception)) {
        if ((instance = _PyObject_CallNoArg(exception)) == NULL)
            return NULL;
    }
    else
        Py_INCREF(instance);
    const char *wrong = !PyExceptionInstance_Check(instance) ? "invalid exception object"
                        : (PyObject *)Py_TYPE(instance) == PyExc_StopIteration
                            ? "StopIteration interacts badly with generators and cannot be raised into a Future"
                            : NULL;
    if (wrong) {
        Py_DECREF(instance);
        PyErr_SetString(PyExc_TypeError, wrong);
        return NULL;
    }
    Py_XSETREF(f->exception, instance);
    f->state = FINISHED;
    f->log_traceback = 1;
    if (schedule(f) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyObject *aio_cancel(Future *f)
{
    f->log_traceback = 0;
    if (f->state != PENDING)
        Py_RETURN_FALSE;
    f->state = CANCELLED;
    if (schedule(f) < 0)
        return NULL;
    Py_RETURN_TRUE;
}

int aio_outcome(Future *f, PyObject **out)
{
    if (f->state == CANCELLED) {
        PyErr_SetNone(aio_cancelled);
        return -1;
    }
    if (f->state != FINISHED) {
        raise_state("Result is not set.");
        return -1;
    }
    f->log_traceback = 0;
    *out = f->exception ? f->exception : f->result;
    Py_INCREF(*out);
    return f->exception != NULL;
}

static PyObject *future_result(PyObject *op, PyObject *Py_UNUSED(unused))
{
    PyObject *v;
    int status = aio_outcome((Future *)op, &v);
    if (status == 0)
        return v;
    if (status > 0) {
        PyErr_SetObject((PyObject *)Py_TYPE(v), v);
        Py_DECREF(v);
    }
    return NULL;
}

static PyObject *future_exception(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Future *f = (Future *)op;
    if (f->state == CANCELLED) {
        PyErr_SetNone(aio_cancelled);
        return NULL;
    }
    if (f->state != FINISHED)
        return raise_state("Exception is not set.");
    f->log_traceback = 0;
    PyObject *v = f->exception ? f->exception : Py_None;
    Py_INCREF(v);
    return v;
}

static PyObject *future_set_result(PyObject *op, PyObject *v)
{
    return aio_set_result((Future *)op, v);
}

static PyObject *future_set_exception(PyObject *op, PyObject *v)
{
    return aio_set_exception((Future *)op, v);
}

static PyObject *future_cancel(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return aio_alive((Future *)op) ? aio_cancel((Future *)op) : NULL;
}

static PyObject *future_cancelled(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(((Future *)op)->loop && ((Future *)op)->state == CANCELLED);
}

static PyObject *future_done(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(((Future *)op)->loop && ((Future *)op)->state != PENDING);
}

static PyObject *future_get_loop(PyObject *op, PyObject *Py_UNUSED(unused))
{
    if (!aio_alive((Future *)op))
        return NULL;
    Py_INCREF(((Future *)op)->loop);
    return ((Future *)op)->loop;
}

static PyObject *future_repr_info(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return aio_alive((Future *)op) ? aio_method(aio_base_futures, "_future_repr_info", op) : NULL;
}

PyObject *aio_repr(PyObject *op)
{
    if (!aio_alive((Future *)op))
        return NULL;
    PyObject *info = aio_method(op, "_repr_info", NULL), *space = info ? PyUnicode_FromString(" ") : NULL, *joined = space ? PyUnicode_Join(space, info) : NULL;
    PyObject *text = joined ? PyUnicode_FromFormat("<%s %U>", _PyType_Name(Py_TYPE(op)), joined) : NULL;
    Py_XDECREF(info);
    Py_XDECREF(space);
    Py_XDECREF(joined);
    return text;
}

/* ------------------------------------------------------------------ attributes */

static PyObject *or_none(PyObject *o)
{
    o = o ? o : Py_None;
    Py_INCREF(o);
    return o;
}

static int cannot_delete(PyObject *v)
{
    if (v == NULL)
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
    return v == NULL;
}

static PyObject *get_slot(PyObject *op, void *offset)
{
    return or_none(*(PyObject **)((char *)op + (intptr_t)offset));
}

static PyObject *get_state(PyObject *op, void *Py_UNUSED(unused))
{
    static const char *const names[] = {"PENDING", "CANCELLED", "FINISHED"};
    return aio_alive((Future *)op) ? PyUnicode_InternFromString(names[(int)((Future *)op)->state]) : NULL;
}

static PyObject *get_blocking(PyObject *op, void *Py_UNUSED(unused))
{
    return PyBool_FromLong(((Future *)op)->loop && ((Future *)op)->blocking);
}

static int set_blocking(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    int b = !aio_alive((Future *)op) || cannot_delete(v) ? -1 : PyObject_IsTrue(v);
    if (b < 0)
        return -1;
    ((Future *)op)->blocking = (char)b;
    return 0;
}

static PyObject *get_log_traceback(PyObject *op, void *Py_UNUSED(unused))
{
    return aio_alive((Future *)op) ? PyBool_FromLong(((Future *)op)->log_traceback) : NULL;
}

static int set_log_traceback(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    int b = cannot_delete(v) ? -1 : PyObject_IsTrue(v);
    if (b < 0)
        return -1;
    if (b) {
        PyErr_SetString(PyExc_ValueError, "_log_traceback can only be set to False");
        return -1;
    }
    ((Future *)op)->log_traceback = 0;
    return 0;
}

static PyObject *get_callbacks(PyObject *op, void *Py_UNUSED(unused))
{
    Future *f = (Future *)op;
    if (!aio_alive(f))
        return NULL;
    if (f->callback == NULL)
        return or_none(f->callbacks);
    PyObject *list = Py_BuildValue("[(OO)]", f->callback, f->callback_context);
    if (list && f->callbacks && PyList_SetSlice(list, 1, 1, f->callbacks) < 0)
        Py_CLEAR(list);
    return list;
}

#define SLOT(name, field) {name, get_slot, NULL, NULL, (void *)offsetof(Future, field)}
static PyGetSetDef future_getset[] = {
    {"_state", get_state, NULL, NULL, NULL},
    {"_asyncio_future_blocking", get_blocking, set_blocking, NULL, NULL},
    {"_log_traceback", get_log_traceback, set_log_traceback, NULL, NULL},
    {"_callbacks", get_callbacks, NULL, NULL, NULL},
    SLOT("_loop", loop), SLOT("_result", result), SLOT("_exception", exception), SLOT("_source_traceback", source_traceback),
    {NULL, NULL, NULL, NULL, NULL},
};

/* ------------------------------------------------------------------ life */

int aio_future_init(Future *f, PyObject *loop)
{
    aio_clear_future(f);
    f->state = PENDING;
    f->log_traceback = f->blocking = 0;
    if (loop && loop != Py_None)
        Py_INCREF(loop);
    else if ((loop = aio_event_loop()) == NULL)
        return -1;
    f->loop = loop;
    PyObject *debug = aio_method(loop, "get_debug", NULL);
    int on = debug ? PyObject_IsTrue(debug) : -1;
    Py_XDECREF(debug);
    if (on > 0 && (f->source_traceback = _PyObject_CallNoArg(aio_extract_stack)) == NULL)
        return -1;
    return on < 0 ? -1 : 0;
}

static int future_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"loop", NULL};
    PyObject *loop = Py_None;
    return PyArg_ParseTupleAndKeywords(args, kwds, "|$O:Future", names, &loop) ? aio_future_init((Future *)op, loop) : -1;
}

void aio_clear_future(Future *f)
{
    Py_CLEAR(f->loop);
    Py_CLEAR(f->callback);
    Py_CLEAR(f->callback_context);
    Py_CLEAR(f->callbacks);
    Py_CLEAR(f->result);
    Py_CLEAR(f->exception);
    Py_CLEAR(f->source_traceback);
}

int aio_visit_future(Future *f, visitproc visit, void *arg)
{
    Py_VISIT(f->loop);
    Py_VISIT(f->callback);
    Py_VISIT(f->callback_context);
    Py_VISIT(f->callbacks);
    Py_VISIT(f->result);
    Py_VISIT(f->exception);
    Py_VISIT(f->source_traceback);
    Py_VISIT(f->dict);
    return 0;
}

static int future_traverse(PyObject *op, visitproc visit, void *arg)
{
    return aio_visit_future((Future *)op, visit, arg);
}

static int future_clear(PyObject *op)
{
    aio_clear_future((Future *)op);
    Py_CLEAR(((Future *)op)->dict);
    return 0;
}

/* An exception nobody has asked for is told to the loop. */
void aio_finalize_future(PyObject *op)
{
    Future *f = (Future *)op;
    PyObject *type, *value, *tb;
    if (!f->log_traceback || f->exception == NULL)
        return;
    f->log_traceback = 0;
    PyErr_Fetch(&type, &value, &tb);
    PyObject *message = PyUnicode_FromFormat("%s exception was never retrieved", _PyType_Name(Py_TYPE(op)));
    PyObject *context = message ? Py_BuildValue("{sNsOsO}", "message", message, "exception", f->exception, "future", op) : NULL, *r = NULL;
    if (context && (f->source_traceback == NULL || PyDict_SetItemString(context, "source_traceback", f->source_traceback) == 0))
        r = aio_method(f->loop, "call_exception_handler", context);
    if (r == NULL)
        PyErr_WriteUnraisable(f->loop);
    Py_XDECREF(r);
    Py_XDECREF(context);
    PyErr_Restore(type, value, tb);
}

static void future_dealloc(PyObject *op)
{
    if (PyObject_CallFinalizerFromDealloc(op) < 0)
        return;
    PyObject_GC_UnTrack(op);
    if (((Future *)op)->weakrefs)
        PyObject_ClearWeakRefs(op);
    future_clear(op);
    Py_TYPE(op)->tp_free(op);
}

/* ------------------------------------------------------------------ awaiting */

typedef struct {
    PyObject_HEAD
    Future *future; /* NULL when over */
} Iter;

static PyObject *future_iter(PyObject *op)
{
    if (!aio_alive((Future *)op))
        return NULL;
    Iter *it = PyObject_GC_New(Iter, &AioFutureIterType);
    if (it) {
        Py_INCREF(op);
        it->future = (Future *)op;
        PyObject_GC_Track(it);
    }
    return (PyObject *)it;
}

static PyObject *iter_next(PyObject *op)
{
    Iter *it = (Iter *)op;
    Future *f = it->future;
    PyObject *v;
    if (f == NULL)
        return NULL;
    if (f->state == PENDING) {
        if (f->blocking) {
            PyErr_SetString(PyExc_RuntimeError, "await wasn't used with future");
            return NULL;
        }
        f->blocking = 1;
        Py_INCREF(f);
        return (PyObject *)f;
    }
    it->future = NULL;
    int status = aio_outcome(f, &v);
    Py_DECREF(f);
    if (status < 0)
        return NULL;
    if (status)
        PyErr_SetObject((PyObject *)Py_TYPE(v), v);
    else
        (void)_PyGen_SetStopIterationValue(v);
    Py_DECREF(v);
    return NULL;
}

static PyObject *iter_send(PyObject *op, PyObject *Py_UNUSED(v))
{
    PyObject *r = iter_next(op);
    if (r == NULL && !PyErr_Occurred())
        PyErr_SetNone(PyExc_StopIteration);
    return r;
}

static PyObject *iter_throw(PyObject *op, PyObject *args)
{
    PyObject *type, *value = NULL, *tb = NULL;
    if (!PyArg_ParseTuple(args, "O|OO", &type, &value, &tb))
        return NULL;
    if (value == Py_None)
        value = NULL;
    if (tb == Py_None)
        tb = NULL;
    else if (tb && !PyTraceBack_Check(tb)) {
        PyErr_SetString(PyExc_TypeError, "throw() third argument must be a traceback");
        return NULL;
    }
    Py_INCREF(type);
    Py_XINCREF(value);
    Py_XINCREF(tb);
    if (PyExceptionClass_Check(type))
        PyErr_NormalizeException(&type, &value, &tb);
    else if (PyExceptionInstance_Check(type)) {
        if (value) {
            PyErr_SetString(PyExc_TypeError, "instance exception may not have a separate value");
            goto error;
        }
        value = type;
        type = PyExceptionInstance_Class(value);
        Py_INCREF(type);
        if (tb == NULL)
            tb = PyException_GetTraceback(value);
    }
    else {
        PyErr_SetString(PyExc_TypeError, "exceptions must be classes deriving BaseException or instances of such a class");
        goto error;
    }
    Py_CLEAR(((Iter *)op)->future);
    PyErr_Restore(type, value, tb);
    return NULL;
error:
    Py_DECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(tb);
    return NULL;
}

static PyObject *iter_close(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Py_CLEAR(((Iter *)op)->future);
    Py_RETURN_NONE;
}

static void iter_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    Py_XDECREF(((Iter *)op)->future);
    PyObject_GC_Del(op);
}

static int iter_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT((PyObject *)((Iter *)op)->future);
    return 0;
}

static PyMethodDef iter_methods[] = {
    {"send", iter_send, METH_O, NULL},
    {"throw", iter_throw, METH_VARARGS, NULL},
    {"close", iter_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

PyTypeObject AioFutureIterType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_asyncio.FutureIter",
    .tp_basicsize = sizeof(Iter),
    .tp_dealloc = iter_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = iter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = iter_next,
    .tp_methods = iter_methods,
};

static PyMethodDef future_methods[] = {
    {"result", future_result, METH_NOARGS, "result($self, /)\n--\n\nThe result; raises the exception there is instead, CancelledError or InvalidStateError."},
    {"exception", future_exception, METH_NOARGS, "exception($self, /)\n--\n\nThe exception that was set, or None."},
    {"set_result", future_set_result, METH_O, "set_result($self, result, /)\n--\n\nEnd with a result."},
    {"set_exception", future_set_exception, METH_O, "set_exception($self, exception, /)\n--\n\nEnd with an exception."},
    {"add_done_callback", (PyCFunction)(void (*)(void))add_done_callback, METH_VARARGS | METH_KEYWORDS, "add_done_callback($self, fn, /, *, context=<unrepresentable>)\n--\n\nHave fn(future) called when it is done."},
    {"remove_done_callback", remove_done_callback, METH_O, "remove_done_callback($self, fn, /)\n--\n\nForget a callback; how often it was there."},
    {"cancel", future_cancel, METH_NOARGS, "cancel($self, /)\n--\n\nCancel it; False if it was done."},
    {"cancelled", future_cancelled, METH_NOARGS, "cancelled($self, /)\n--\n\nWas it cancelled?"},
    {"done", future_done, METH_NOARGS, "done($self, /)\n--\n\nHas it a result, an exception, or was it cancelled?"},
    {"get_loop", future_get_loop, METH_NOARGS, "get_loop($self, /)\n--\n\nIts event loop."},
    {"_repr_info", future_repr_info, METH_NOARGS, "_repr_info($self, /)\n--\n\n"},
    {NULL, NULL, 0, NULL},
};

static PyAsyncMethods future_async = {.am_await = future_iter};

PyTypeObject AioFutureType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_asyncio.Future",
    .tp_basicsize = sizeof(Future),
    .tp_dealloc = future_dealloc,
    .tp_as_async = &future_async,
    .tp_repr = aio_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_FINALIZE,
    .tp_doc = "Future(*, loop=None)\n--\n\nSomething that will have a result.",
    .tp_traverse = future_traverse,
    .tp_clear = future_clear,
    .tp_weaklistoffset = offsetof(Future, weakrefs),
    .tp_iter = future_iter,
    .tp_methods = future_methods,
    .tp_getset = future_getset,
    .tp_dictoffset = offsetof(Future, dict),
    .tp_init = future_init,
    .tp_new = PyType_GenericNew,
    .tp_finalize = aio_finalize_future,
};
