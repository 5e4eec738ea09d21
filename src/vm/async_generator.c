/* SPDX-License-Identifier: MIT */
/* Asynchronous generators: what __anext__(), asend(), athrow() and aclose() give, and GET_AITER, GET_ANEXT.
 *
 * The frame of an asynchronous generator yields two kinds of things to whoever resumes it: what it awaits, as is, and
 * values of its own `yield`, wrapped (_PyAsyncGenWrappedValue_Type). The awaitables here pass the first kind on to the event
 * loop and end with the second kind as their result.
 *
 * [AGEN-1] An awaitable goes from NEW to ACTIVE at its first resumption and to CLOSED for good.
 * [AGEN-2] ag_running_async is set while an awaitable is ACTIVE: two at a time are refused.
 * Tests: tests/vm/test_generators.py.
 */
#include "vm/generator_private.h"
#include "base/alloc.h"
#include "objects/object.h"
#include "runtime/errors.h"
#include "runtime/gc.h"

enum { STATE_NEW, STATE_ACTIVE, STATE_CLOSED };

typedef struct {
    PyObject_HEAD
    PyAsyncGenObject *gen;
    PyObject *payload;  /* asend: the value or NULL; athrow: the argument tuple; aclose: NULL */
    int state;
} Awaitable;

typedef struct {
    PyObject_HEAD
    PyObject *value;
} Wrapped;

#define IS_WRAPPED(o) (Py_TYPE(o) == &_PyAsyncGenWrappedValue_Type)

/* ---- wrapped values ------------------------------------------------------------------------------------------ */

enum { FREE_MAX = TAI_FREE_LIST(80) };
static Wrapped *wrapped_free[FREE_MAX];
static int wrapped_free_count;
static Awaitable *asend_free[FREE_MAX];
static int asend_free_count;

PyObject *_PyAsyncGenValueWrapperNew(PyObject *value)
{
    Wrapped *w;
    if (wrapped_free_count > 0) {
        w = wrapped_free[--wrapped_free_count];
        _Py_NewReference((PyObject *)w);
    }
    else {
        w = PyObject_GC_New(Wrapped, &_PyAsyncGenWrappedValue_Type);
        if (w == NULL)
            return NULL;
    }
    Py_INCREF(value);
    w->value = value;
    tai_gc_track(w);
    return (PyObject *)w;
}

static void wrapped_dealloc(Wrapped *w)
{
    tai_gc_untrack_if(w);
    Py_TRASHCAN_BEGIN(w, wrapped_dealloc)
    Py_CLEAR(w->value);
    if (wrapped_free_count < FREE_MAX)
        wrapped_free[wrapped_free_count++] = w;
    else
        PyObject_GC_Del(w);
    Py_TRASHCAN_END
}

static int wrapped_traverse(Wrapped *w, visitproc visit, void *arg)
{
    Py_VISIT(w->value);
    return 0;
}

PyTypeObject _PyAsyncGenWrappedValue_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "async_generator_wrapped_value",
    .tp_basicsize = sizeof(Wrapped),
    .tp_dealloc = (destructor)wrapped_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)wrapped_traverse,
};

int PyAsyncGen_ClearFreeLists(void)
{
    int n = wrapped_free_count + asend_free_count;
    while (wrapped_free_count > 0)
        PyObject_GC_Del(wrapped_free[--wrapped_free_count]);
    while (asend_free_count > 0)
        PyObject_GC_Del(asend_free[--asend_free_count]);
    return n;
}

/* ---- common -------------------------------------------------------------------------------------------------- */

static int is_end(void)
{
    return PyErr_ExceptionMatches(PyExc_StopAsyncIteration) || PyErr_ExceptionMatches(PyExc_GeneratorExit);
}

/* What a resumption of the frame gave, for whoever awaits: a yielded value ends the awaiting. Steals result. */
static PyObject *unwrap(PyAsyncGenObject *gen, PyObject *result)
{
    if (result == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetNone(PyExc_StopAsyncIteration);
        if (is_end())
            gen->ag_closed = 1;
        gen->ag_running_async = 0;
        return NULL;
    }
    if (!IS_WRAPPED(result))
        return result;
    _PyGen_SetStopIterationValue(((Wrapped *)result)->value);
    Py_DECREF(result);
    gen->ag_running_async = 0;
    return NULL;
}

static void awaitable_dealloc(Awaitable *o)
{
    tai_gc_untrack_if(o);
    Py_TRASHCAN_BEGIN(o, awaitable_dealloc)
    Py_CLEAR(o->gen);
    Py_CLEAR(o->payload);
    if (Py_TYPE(o) == &_PyAsyncGenASend_Type && asend_free_count < FREE_MAX)
        asend_free[asend_free_count++] = o;
    else
        PyObject_GC_Del(o);
    Py_TRASHCAN_END
}

static int awaitable_traverse(Awaitable *o, visitproc visit, void *arg)
{
    Py_VISIT(o->gen);
    Py_VISIT(o->payload);
    return 0;
}

static PyObject *new_awaitable(PyTypeObject *type, PyAsyncGenObject *gen, PyObject *payload)
{
    Awaitable *o;
    if (type == &_PyAsyncGenASend_Type && asend_free_count > 0) {
        o = asend_free[--asend_free_count];
        _Py_NewReference((PyObject *)o);
    }
    else {
        o = PyObject_GC_New(Awaitable, type);
        if (o == NULL)
            return NULL;
    }
    Py_INCREF(gen);
    o->gen = gen;
    Py_XINCREF(payload);
    o->payload = payload;
    o->state = STATE_NEW;
    tai_gc_track(o);
    return (PyObject *)o;
}

static PyObject *awaitable_close(Awaitable *o, PyObject *unused)
{
    o->state = STATE_CLOSED;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(send_doc, "send(arg) -> pass arg to what is awaited.");
PyDoc_STRVAR(throw_doc, "throw(typ[,val[,tb]]) -> raise an exception in what is awaited.");
PyDoc_STRVAR(close_doc, "close() -> give up awaiting.");

/* ---- asend and __anext__ ------------------------------------------------------------------------------------- */

static PyObject *asend_send(Awaitable *o, PyObject *arg)
{
    if (o->state == STATE_CLOSED) {
        PyErr_SetString(PyExc_RuntimeError, "cannot reuse already awaited __anext__()/asend()");
        return NULL;
    }
    if (o->state == STATE_NEW) {
        if (o->gen->ag_running_async) {
            PyErr_SetString(PyExc_RuntimeError, "anext(): asynchronous generator is already running");
            return NULL;
        }
        if (arg == NULL || arg == Py_None)
            arg = o->payload;
        o->state = STATE_ACTIVE;
    }
    o->gen->ag_running_async = 1;
    PyObject *result = unwrap(o->gen, tai_gen_resume((PyGenObject *)o->gen, arg, 0, 0));
    if (result == NULL)
        o->state = STATE_CLOSED;
    return result;
}

static PyObject *asend_iternext(Awaitable *o) { return asend_send(o, NULL); }

static PyObject *asend_throw(Awaitable *o, PyObject *args)
{
    if (o->state == STATE_CLOSED) {
        PyErr_SetString(PyExc_RuntimeError, "cannot reuse already awaited __anext__()/asend()");
        return NULL;
    }
    PyObject *result = unwrap(o->gen, tai_gen_throw_args((PyGenObject *)o->gen, args));
    if (result == NULL)
        o->state = STATE_CLOSED;
    return result;
}

static PyMethodDef asend_methods[] = {
    {"send", (PyCFunction)asend_send, METH_O, send_doc},
    {"throw", (PyCFunction)asend_throw, METH_VARARGS, throw_doc},
    {"close", (PyCFunction)awaitable_close, METH_NOARGS, close_doc},
    {NULL},
};

static PyAsyncMethods awaitable_as_async = {.am_await = PyObject_SelfIter};

PyTypeObject _PyAsyncGenASend_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "async_generator_asend",
    .tp_basicsize = sizeof(Awaitable),
    .tp_dealloc = (destructor)awaitable_dealloc,
    .tp_as_async = &awaitable_as_async,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)awaitable_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)asend_iternext,
    .tp_methods = asend_methods,
};

/* ---- athrow and aclose --------------------------------------------------------------------------------------- */

static PyObject *refuse_yield_in_close(Awaitable *o, PyObject *result_steal)
{
    Py_DECREF(result_steal);
    o->gen->ag_running_async = 0;
    PyErr_SetString(PyExc_RuntimeError, "async generator ignored GeneratorExit");
    return NULL;
}

/* The frame raised: the end of the generator is the end of aclose(), not an error. */
static PyObject *athrow_failed(Awaitable *o)
{
    o->gen->ag_running_async = 0;
    if (is_end()) {
        o->state = STATE_CLOSED;
        if (o->payload == NULL) {
            PyErr_Clear();
            PyErr_SetNone(PyExc_StopIteration);
        }
    }
    return NULL;
}

static PyObject *athrow_start(Awaitable *o)
{
    PyGenObject *gen = (PyGenObject *)o->gen;
    PyObject *type, *value = NULL, *traceback = NULL, *result;
    if (o->payload == NULL) {
        o->gen->ag_closed = 1;
        result = tai_gen_throw(gen, 0, PyExc_GeneratorExit, NULL, NULL);
        if (result != NULL && IS_WRAPPED(result))
            return refuse_yield_in_close(o, result);
    }
    else {
        if (!PyArg_UnpackTuple(o->payload, "athrow", 1, 3, &type, &value, &traceback))
            return NULL;
        result = unwrap(o->gen, tai_gen_throw(gen, 0, type, value, traceback));
    }
    return result ? result : athrow_failed(o);
}

static PyObject *athrow_send(Awaitable *o, PyObject *arg)
{
    PyGenObject *gen = (PyGenObject *)o->gen;
    if (o->state == STATE_CLOSED) {
        PyErr_SetString(PyExc_RuntimeError, "cannot reuse already awaited aclose()/athrow()");
        return NULL;
    }
    if (tai_gen_ended(gen)) {
        o->state = STATE_CLOSED;
        PyErr_SetNone(PyExc_StopIteration);
        return NULL;
    }
    if (o->state == STATE_NEW) {
        if (o->gen->ag_running_async) {
            o->state = STATE_CLOSED;
            PyErr_Format(PyExc_RuntimeError, "%s(): asynchronous generator is already running",
                         o->payload ? "athrow" : "aclose");
            return NULL;
        }
        if (o->gen->ag_closed) {
            o->state = STATE_CLOSED;
            PyErr_SetNone(PyExc_StopAsyncIteration);
            return NULL;
        }
        if (arg != Py_None) {
            PyErr_SetString(PyExc_RuntimeError, "can't send non-None value to a just-started coroutine");
            return NULL;
        }
        o->state = STATE_ACTIVE;
        o->gen->ag_running_async = 1;
        return athrow_start(o);
    }
    PyObject *result = tai_gen_resume(gen, arg, 0, 0);
    if (o->payload != NULL)
        return unwrap(o->gen, result);
    if (result == NULL)
        return athrow_failed(o);
    return IS_WRAPPED(result) ? refuse_yield_in_close(o, result) : result;
}

static PyObject *athrow_iternext(Awaitable *o) { return athrow_send(o, Py_None); }

static PyObject *athrow_throw(Awaitable *o, PyObject *args)
{
    if (o->state == STATE_CLOSED) {
        PyErr_SetString(PyExc_RuntimeError, "cannot reuse already awaited aclose()/athrow()");
        return NULL;
    }
    PyObject *result = tai_gen_throw_args((PyGenObject *)o->gen, args);
    if (o->payload != NULL)
        return unwrap(o->gen, result);
    if (result != NULL)
        return IS_WRAPPED(result) ? refuse_yield_in_close(o, result) : result;
    if (is_end()) {
        PyErr_Clear();
        PyErr_SetNone(PyExc_StopIteration);
    }
    return NULL;
}

static PyMethodDef athrow_methods[] = {
    {"send", (PyCFunction)athrow_send, METH_O, send_doc},
    {"throw", (PyCFunction)athrow_throw, METH_VARARGS, throw_doc},
    {"close", (PyCFunction)awaitable_close, METH_NOARGS, close_doc},
    {NULL},
};

PyTypeObject _PyAsyncGenAThrow_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "async_generator_athrow",
    .tp_basicsize = sizeof(Awaitable),
    .tp_dealloc = (destructor)awaitable_dealloc,
    .tp_as_async = &awaitable_as_async,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)awaitable_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)athrow_iternext,
    .tp_methods = athrow_methods,
};

/* ---- methods of the generator -------------------------------------------------------------------------------- */

/* At the first use: tell the event loop's hooks. 0 or -1. Runs code. */
static int init_hooks(PyAsyncGenObject *gen)
{
    PyThreadState *ts = tai_tstate();
    if (gen->ag_hooks_inited)
        return 0;
    gen->ag_hooks_inited = 1;
    if (ts->async_gen_finalizer != NULL) {
        Py_INCREF(ts->async_gen_finalizer);
        gen->ag_finalizer = ts->async_gen_finalizer;
    }
    PyObject *firstiter = ts->async_gen_firstiter;
    if (firstiter == NULL)
        return 0;
    Py_INCREF(firstiter);
    PyObject *result = PyObject_CallFunctionObjArgs(firstiter, gen, NULL);
    Py_DECREF(firstiter);
    Py_XDECREF(result);
    return result ? 0 : -1;
}

static PyObject *async_gen_anext(PyAsyncGenObject *gen)
{
    return init_hooks(gen) < 0 ? NULL : new_awaitable(&_PyAsyncGenASend_Type, gen, NULL);
}
static PyObject *async_gen_asend(PyAsyncGenObject *gen, PyObject *arg)
{
    return init_hooks(gen) < 0 ? NULL : new_awaitable(&_PyAsyncGenASend_Type, gen, arg);
}
static PyObject *async_gen_athrow(PyAsyncGenObject *gen, PyObject *args)
{
    return init_hooks(gen) < 0 ? NULL : new_awaitable(&_PyAsyncGenAThrow_Type, gen, args);
}
static PyObject *async_gen_aclose(PyAsyncGenObject *gen, PyObject *unused)
{
    return init_hooks(gen) < 0 ? NULL : new_awaitable(&_PyAsyncGenAThrow_Type, gen, NULL);
}

PyAsyncMethods tai_async_gen_as_async = {
    .am_aiter = PyObject_SelfIter,
    .am_anext = (unaryfunc)async_gen_anext,
};

PyMethodDef tai_async_gen_methods[] = {
    {"asend", (PyCFunction)async_gen_asend, METH_O, PyDoc_STR("asend(v) -> awaitable that sends 'v' in.")},
    {"athrow", (PyCFunction)async_gen_athrow, METH_VARARGS,
     PyDoc_STR("athrow(typ[,val[,tb]]) -> awaitable that raises an exception in it.")},
    {"aclose", (PyCFunction)async_gen_aclose, METH_NOARGS, PyDoc_STR("aclose() -> awaitable that raises GeneratorExit in it.")},
    {NULL},
};

/* ---- what `async for` does ----------------------------------------------------------------------------------- */

PyObject *tai_get_aiter(PyObject *obj)
{
    PyTypeObject *type = Py_TYPE(obj);
    if (type->tp_as_async == NULL || type->tp_as_async->am_aiter == NULL) {
        PyErr_Format(PyExc_TypeError, "'async for' requires an object with __aiter__ method, got %.100s", type->tp_name);
        return NULL;
    }
    PyObject *it = type->tp_as_async->am_aiter(obj);
    if (it == NULL)
        return NULL;
    if (Py_TYPE(it)->tp_as_async == NULL || Py_TYPE(it)->tp_as_async->am_anext == NULL) {
        PyErr_Format(PyExc_TypeError,
                     "'async for' received an object from __aiter__ that does not implement __anext__: %.100s",
                     Py_TYPE(it)->tp_name);
        Py_CLEAR(it);
    }
    return it;
}

PyObject *tai_get_anext(PyObject *it)
{
    PyTypeObject *type = Py_TYPE(it);
    if (type == &PyAsyncGen_Type)
        return async_gen_anext((PyAsyncGenObject *)it);
    if (type->tp_as_async == NULL || type->tp_as_async->am_anext == NULL) {
        PyErr_Format(PyExc_TypeError, "'async for' requires an iterator with __anext__ method, got %.100s", type->tp_name);
        return NULL;
    }
    PyObject *next = type->tp_as_async->am_anext(it);
    if (next == NULL)
        return NULL;
    PyObject *awaitable = _PyCoro_GetAwaitableIter(next);
    if (awaitable == NULL)
        _PyErr_FormatFromCause(PyExc_TypeError, "'async for' received an invalid object from __anext__: %.100s",
                               Py_TYPE(next)->tp_name);
    Py_DECREF(next);
    return awaitable;
}
