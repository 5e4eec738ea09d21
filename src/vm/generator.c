/* SPDX-License-Identifier: MIT */
/* generator and coroutine: objects that hold an activation and run it piece by piece.
 *
 *   PyGenObject | PyCoroObject | PyAsyncGenObject (the struct is ABI), then a TaiFrame with its slots in the same block
 *
 * [GEN-1] frame->ended: over; nothing is held any more. frame->executing: on a thread's chain, gi_running is 1.
 * [GEN-2] Otherwise it is suspended: frame->pc is the unit that ran last (or in front of the YIELD_FROM that it waits in), and
 *         the stack up to frame->sp is owned; traversal visits it only then.
 * [GEN-3] gi_frame is a new reference of the frame object if one was asked for, which the frame owns too while it lives.
 * Entry points: tai_generator_new, PyGen_*, _PyGen_*. Asynchronous generators' awaitables: async_generator.c.
 * Tests: tests/vm/test_generators.py.
 */
#include "vm/generator.h"
#include "vm/call.h"
#include "vm/generator_private.h"
#include "objects/object.h"
#include "opcode.h"
#include "runtime/errors.h"
#include "runtime/gc.h"
#include "runtime/recursion.h"
#include "structmember.h"

static const char *kind_name(PyGenObject *gen)
{
    return PyCoro_CheckExact(gen) ? "coroutine" : PyAsyncGen_CheckExact(gen) ? "async generator" : "generator";
}

/* ---- making -------------------------------------------------------------------------------------------------- */

/* Where a coroutine was made: up to depth (file, line, function) from the innermost frame outwards. */
static PyObject *origin_of(TaiFrame *f, int depth)
{
    int n = 0;
    for (TaiFrame *walk = f; walk != NULL && n < depth; walk = walk->back)
        n++;
    PyObject *origin = PyTuple_New(n);
    for (int i = 0; origin != NULL && i < n; i++, f = f->back) {
        PyObject *entry = Py_BuildValue("OiO", f->code->co_filename, tai_exec_line(f->exec, f->pc - f->exec->units),
                                        f->code->co_name);
        if (entry == NULL)
            Py_CLEAR(origin);
        else
            PyTuple_SET_ITEM(origin, i, entry);
    }
    return origin;
}

static PyGenObject *allocate(PyTypeObject *type, const TaiExec *exec)
{
    size_t head = ((size_t)type->tp_basicsize + 15) & ~(size_t)15;
    PyGenObject *gen = (PyGenObject *)_PyObject_GC_Malloc(head + tai_frame_bytes(exec));
    if (gen == NULL)
        return NULL;
    memset((char *)gen + sizeof(PyObject), 0, head - sizeof(PyObject));
    return (PyGenObject *)PyObject_INIT((PyObject *)gen, type);
}

int tai_generator_has_ended(PyObject *gen) { return tai_gen_ended((PyGenObject *)gen); }

static void set_names(PyGenObject *gen, PyCodeObject *code, PyObject *name, PyObject *qualname)
{
    name = name ? name : code->co_name;
    qualname = qualname ? qualname : name;
    Py_INCREF(name);
    Py_INCREF(qualname);
    Py_XSETREF(gen->gi_name, name);
    Py_XSETREF(gen->gi_qualname, qualname);
}

void tai_generator_set_names(PyObject *gen, PyObject *name, PyObject *qualname)
{
    set_names((PyGenObject *)gen, (PyCodeObject *)((PyGenObject *)gen)->gi_code, name, qualname);
}

PyObject *tai_generator_new(PyThreadState *ts, TaiFrame *f)
{
    TaiThread *th = tai_thread(ts);
    int flags = f->code->co_flags;
    PyTypeObject *type = (flags & CO_COROUTINE) ? &PyCoro_Type : (flags & CO_ASYNC_GENERATOR) ? &PyAsyncGen_Type : &PyGen_Type;
    PyGenObject *gen = allocate(type, f->exec);
    if (gen == NULL) {
        f->back = th->frame;
        tai_frame_drop(th, f);
        return NULL;
    }
    TaiFrame *own = tai_gen_frame(gen);
    memcpy(own, f, sizeof(TaiFrame) + f->exec->nslots * sizeof(PyObject *));
    own->sp = tai_frame_stack(own);
    own->gen = gen;
    own->back = NULL;
    tai_stack_pop(th, f);
    Py_INCREF(own->code);
    gen->gi_code = (PyObject *)own->code;
    PyFunctionObject *func = (PyFunctionObject *)own->func;
    set_names(gen, own->code, func ? func->func_name : NULL, func ? func->func_qualname : NULL);
    tai_gc_track(gen);
    if (type == &PyCoro_Type && ts->coroutine_origin_tracking_depth > 0) {
        PyObject *origin = origin_of(th->frame, ts->coroutine_origin_tracking_depth);
        if (origin == NULL) {
            Py_DECREF(gen);
            return NULL;
        }
        ((PyCoroObject *)gen)->cr_origin = origin;
    }
    return (PyObject *)gen;
}

/* From a frame object that C code made: its values move into the generator. Steals the frame. */
static PyObject *new_from_object(PyTypeObject *type, PyFrameObject *obj, PyObject *name, PyObject *qualname)
{
    PyThreadState *ts = tai_tstate();
    TaiExec *exec = tai_exec_get(obj->f_code);
    PyGenObject *gen = exec ? allocate(type, exec) : NULL;
    if (gen == NULL || tai_frameobj_live(obj) != NULL || !(exec->flags & EXEC_GENERATOR)) {
        if (gen != NULL)
            PyObject_GC_Del(gen);
        if (!PyErr_Occurred())
            PyErr_BadInternalCall();
        Py_DECREF(obj);
        return NULL;
    }
    TaiFrame *own = tai_gen_frame(gen);
    Py_INCREF(obj->f_globals);
    Py_INCREF(obj->f_builtins);
    tai_frame_init(own, exec, NULL, obj->f_globals, obj->f_builtins);
    Py_XINCREF(obj->f_locals);
    own->locals = obj->f_locals;
    memcpy(own->slots, obj->f_localsplus, exec->nslots * sizeof(PyObject *));
    memset(obj->f_localsplus, 0, exec->nslots * sizeof(PyObject *));
    memset(obj->f_blockstack, 0, sizeof obj->f_blockstack);
    obj->f_stacktop = NULL;
    own->object = obj;
    own->gen = gen;
    own->back = NULL;
    obj->f_gen = (PyObject *)gen;
    Py_CLEAR(obj->f_back);
    tai_frameobj_extra(obj)->live = own;
    Py_INCREF(obj);
    gen->gi_frame = obj;
    Py_INCREF(own->code);
    gen->gi_code = (PyObject *)own->code;
    set_names(gen, own->code, name, qualname);
    tai_gc_track(gen);
    (void)ts;
    return (PyObject *)gen;
}

PyObject *PyGen_NewWithQualName(PyFrameObject *f, PyObject *name, PyObject *qualname)
{
    return new_from_object(&PyGen_Type, f, name, qualname);
}
PyObject *PyGen_New(PyFrameObject *f) { return new_from_object(&PyGen_Type, f, NULL, NULL); }
PyObject *PyAsyncGen_New(PyFrameObject *f, PyObject *name, PyObject *qualname)
{
    return new_from_object(&PyAsyncGen_Type, f, name, qualname);
}

PyObject *PyCoro_New(PyFrameObject *f, PyObject *name, PyObject *qualname)
{
    PyThreadState *ts = tai_tstate();
    PyObject *coro = new_from_object(&PyCoro_Type, f, name, qualname);
    if (coro != NULL && ts->coroutine_origin_tracking_depth > 0) {
        PyObject *origin = origin_of(tai_thread_frame(ts), ts->coroutine_origin_tracking_depth);
        if (origin == NULL)
            Py_CLEAR(coro);
        else
            ((PyCoroObject *)coro)->cr_origin = origin;
    }
    return coro;
}

/* ---- running ------------------------------------------------------------------------------------------------- */

static void clear_exc_state(PyGenObject *gen)
{
    Py_CLEAR(gen->gi_exc_state.exc_type);
    Py_CLEAR(gen->gi_exc_state.exc_value);
    Py_CLEAR(gen->gi_exc_state.exc_traceback);
}

void tai_gen_finished(PyGenObject *gen)
{
    TaiFrame *f = tai_gen_frame(gen);
    gen->gi_running = 0;
    if (!f->ended)
        tai_frame_clear(f);
    clear_exc_state(gen);
    Py_CLEAR(gen->gi_frame);
}

void tai_gen_fix_stop_iteration(PyGenObject *gen)
{
    if (PyErr_ExceptionMatches(PyExc_StopIteration))
        _PyErr_FormatFromCause(PyExc_RuntimeError, "%s raised StopIteration", kind_name(gen));
    else if (PyAsyncGen_CheckExact(gen) && PyErr_ExceptionMatches(PyExc_StopAsyncIteration))
        _PyErr_FormatFromCause(PyExc_RuntimeError, "async generator raised StopAsyncIteration");
}

/* What asking a generator that is over gives: nothing, StopIteration, or an error for coroutines. */
static PyObject *resume_ended(PyGenObject *gen, PyObject *arg, int throwing, int closing)
{
    if (PyCoro_CheckExact(gen) && !closing)
        PyErr_SetString(PyExc_RuntimeError, "cannot reuse already awaited coroutine");
    else if (arg != NULL && !throwing)
        PyErr_SetNone(PyAsyncGen_CheckExact(gen) ? PyExc_StopAsyncIteration : PyExc_StopIteration);
    return NULL;
}

PyObject *tai_gen_resume(PyGenObject *gen, PyObject *arg, int throwing, int closing)
{
    PyThreadState *ts = tai_tstate();
    TaiFrame *f = tai_gen_frame(gen);
    if (gen->gi_running || f->executing) {
        PyErr_Format(PyExc_ValueError, "%s already executing", kind_name(gen));
        return NULL;
    }
    if (f->ended)
        return resume_ended(gen, arg, throwing, closing);
    if (f->pc < f->exec->units) {
        if (arg != NULL && arg != Py_None) {
            PyErr_Format(PyExc_TypeError, "can't send non-None value to a just-started %s", kind_name(gen));
            return NULL;
        }
    }
    else {
        PyObject *value = arg ? arg : Py_None;
        Py_INCREF(value);
        *f->sp++ = value;
    }
    Py_INCREF(gen); /* whatever runs may let go of it */
    gen->gi_running = 1;
    tai_gen_link_exc(ts, gen);
    PyObject *result = LIKELY(ts->interp->eval_frame == _PyEval_EvalFrameDefault) ? tai_eval(ts, f, throwing)
                                                                                : tai_run_hooked(ts, f, throwing);
    tai_gen_unlink_exc(ts, gen);
    gen->gi_running = 0;
    if (!f->ended && result == NULL) {
        /* refused to start: the recursion limit. The value sent is not for the next time. */
        tai_frame_clear(f);
    }
    if (f->ended) {
        if (result == NULL)
            tai_gen_fix_stop_iteration(gen);
        else {
            if (result != Py_None && !PyAsyncGen_CheckExact(gen))
                _PyGen_SetStopIterationValue(result);
            else if (PyAsyncGen_CheckExact(gen))
                PyErr_SetNone(PyExc_StopAsyncIteration);
            else if (arg != NULL || ts->use_tracing) /* next() gives no exception, unless a tracer waits for it */
                PyErr_SetNone(PyExc_StopIteration);
            Py_CLEAR(result);
        }
        tai_gen_finished(gen);
    }
    Py_DECREF(gen);
    return result;
}

PyObject *_PyGen_Send(PyGenObject *gen, PyObject *arg) { return tai_gen_resume(gen, arg, 0, 0); }

PyObject *_PyGen_yf(PyGenObject *gen)
{
    TaiFrame *f = tai_gen_frame(gen);
    if (f->ended || f->executing || f->pc < f->exec->units)
        return NULL;
    Py_ssize_t next = f->pc - f->exec->units + 1;
    if (next >= (Py_ssize_t)f->exec->nunits || tai_exec_base(f->exec, next) != YIELD_FROM || f->sp <= tai_frame_stack(f))
        return NULL;
    PyObject *receiver = f->sp[-1];
    Py_INCREF(receiver);
    return receiver;
}

static PyObject *close_generator(PyGenObject *gen);

/* Close what a generator delegates to. 0 or -1. */
static int close_receiver(PyObject *receiver)
{
    _Py_IDENTIFIER(close);
    PyObject *result, *method;
    if (PyGen_CheckExact(receiver) || PyCoro_CheckExact(receiver)) {
        result = close_generator((PyGenObject *)receiver);
        Py_XDECREF(result);
        return result ? 0 : -1;
    }
    if (_PyObject_LookupAttrId(receiver, &PyId_close, &method) < 0)
        PyErr_WriteUnraisable(receiver);
    if (method == NULL)
        return 0;
    result = _PyObject_CallNoArg(method);
    Py_DECREF(method);
    Py_XDECREF(result);
    return result ? 0 : -1;
}

static PyObject *close_generator(PyGenObject *gen)
{
    if (tai_need_stack(" while closing a generator") < 0)
        return NULL;
    PyObject *receiver = _PyGen_yf(gen), *result;
    int failed = 0;
    if (receiver != NULL) {
        gen->gi_running = 1;
        failed = close_receiver(receiver);
        gen->gi_running = 0;
        Py_DECREF(receiver);
    }
    if (failed == 0)
        PyErr_SetNone(PyExc_GeneratorExit);
    result = tai_gen_resume(gen, Py_None, 1, 1);
    if (result != NULL) {
        Py_DECREF(result);
        PyErr_Format(PyExc_RuntimeError, "%s ignored GeneratorExit", kind_name(gen));
        return NULL;
    }
    if (PyErr_ExceptionMatches(PyExc_StopIteration) || PyErr_ExceptionMatches(PyExc_GeneratorExit)) {
        PyErr_Clear();
        Py_RETURN_NONE;
    }
    return NULL;
}

/* Raise (type, value, traceback) of a throw() and go on with it. */
static PyObject *throw_here(PyGenObject *gen, PyObject *type, PyObject *value, PyObject *traceback)
{
    if (traceback == Py_None)
        traceback = NULL;
    else if (traceback != NULL && !PyTraceBack_Check(traceback)) {
        PyErr_SetString(PyExc_TypeError, "throw() third argument must be a traceback object");
        return NULL;
    }
    Py_INCREF(type);
    Py_XINCREF(value);
    Py_XINCREF(traceback);
    if (PyExceptionClass_Check(type))
        PyErr_NormalizeException(&type, &value, &traceback);
    else if (PyExceptionInstance_Check(type)) {
        if (value != NULL && value != Py_None) {
            PyErr_SetString(PyExc_TypeError, "instance exception may not have a separate value");
            goto failed;
        }
        Py_XDECREF(value);
        value = type;
        type = PyExceptionInstance_Class(value);
        Py_INCREF(type);
        if (traceback == NULL)
            traceback = PyException_GetTraceback(value);
    }
    else {
        PyErr_Format(PyExc_TypeError, "exceptions must be classes or instances deriving from BaseException, not %s",
                     Py_TYPE(type)->tp_name);
        goto failed;
    }
    PyErr_Restore(type, value, traceback);
    return tai_gen_resume(gen, Py_None, 1, 0);
failed:
    Py_DECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return NULL;
}

/* The receiver of a YIELD_FROM has ended by a throw(): go on behind the instruction with its value or exception. */
static PyObject *receiver_ended(PyGenObject *gen)
{
    TaiFrame *f = tai_gen_frame(gen);
    PyObject *value, *result;
    if (f->ended || f->executing)
        return NULL;
    result = *--f->sp;
    Py_DECREF(result);
    f->pc++;
    if (_PyGen_FetchStopIterationValue(&value) < 0)
        return tai_gen_resume(gen, Py_None, 1, 0);
    result = tai_gen_resume(gen, value, 0, 0);
    Py_DECREF(value);
    return result;
}

PyObject *tai_gen_throw(PyGenObject *gen, int close_on_exit, PyObject *type, PyObject *value, PyObject *traceback)
{
    _Py_IDENTIFIER(throw);
    if (tai_need_stack(" while throwing into a generator") < 0)
        return NULL;
    PyObject *receiver = _PyGen_yf(gen), *result, *method;
    if (receiver == NULL)
        return throw_here(gen, type, value, traceback);
    if (close_on_exit && PyErr_GivenExceptionMatches(type, PyExc_GeneratorExit)) {
        gen->gi_running = 1;
        int failed = close_receiver(receiver);
        gen->gi_running = 0;
        Py_DECREF(receiver);
        return failed < 0 ? tai_gen_resume(gen, Py_None, 1, 0) : throw_here(gen, type, value, traceback);
    }
    if (PyGen_CheckExact(receiver) || PyCoro_CheckExact(receiver)) {
        gen->gi_running = 1;
        result = tai_gen_throw((PyGenObject *)receiver, close_on_exit, type, value, traceback);
        gen->gi_running = 0;
    }
    else {
        if (_PyObject_LookupAttrId(receiver, &PyId_throw, &method) < 0) {
            Py_DECREF(receiver);
            return NULL;
        }
        if (method == NULL) {
            Py_DECREF(receiver);
            return throw_here(gen, type, value, traceback);
        }
        gen->gi_running = 1;
        result = PyObject_CallFunctionObjArgs(method, type, value, traceback, NULL);
        gen->gi_running = 0;
        Py_DECREF(method);
    }
    Py_DECREF(receiver);
    return result ? result : receiver_ended(gen);
}

/* ---- StopIteration values ------------------------------------------------------------------------------------ */

int _PyGen_SetStopIterationValue(PyObject *value)
{
    if (value == NULL || (!PyTuple_Check(value) && !PyExceptionInstance_Check(value))) {
        PyErr_SetObject(PyExc_StopIteration, value);
        return 0;
    }
    /* A tuple or exception would be taken for the arguments: make the instance here. */
    PyObject *exception = PyObject_CallFunctionObjArgs(PyExc_StopIteration, value, NULL);
    if (exception == NULL)
        return -1;
    PyErr_SetObject(PyExc_StopIteration, exception);
    Py_DECREF(exception);
    return 0;
}

int _PyGen_FetchStopIterationValue(PyObject **result)
{
    PyObject *type, *value, *traceback, *out = NULL;
    if (PyErr_ExceptionMatches(PyExc_StopIteration)) {
        PyErr_Fetch(&type, &value, &traceback);
        if (value != NULL) {
            if (!PyObject_TypeCheck(value, (PyTypeObject *)type) && (type != PyExc_StopIteration || PyTuple_Check(value))) {
                PyErr_NormalizeException(&type, &value, &traceback);
                if (!PyObject_TypeCheck(value, (PyTypeObject *)PyExc_StopIteration)) {
                    PyErr_Restore(type, value, traceback);
                    return -1;
                }
            }
            if (PyObject_TypeCheck(value, (PyTypeObject *)PyExc_StopIteration)) {
                out = ((PyStopIterationObject *)value)->value;
                Py_XINCREF(out);
                Py_DECREF(value);
            }
            else
                out = value;
        }
        Py_XDECREF(type);
        Py_XDECREF(traceback);
    }
    else if (PyErr_Occurred())
        return -1;
    if (out == NULL) {
        out = Py_None;
        Py_INCREF(out);
    }
    *result = out;
    return 0;
}

/* ---- end of life --------------------------------------------------------------------------------------------- */

int PyGen_NeedsFinalizing(PyGenObject *gen)
{
    TaiFrame *f = tai_gen_frame(gen);
    if (f->ended)
        return 0;
    uint16_t block = f->pc < f->exec->units ? EXEC_NO_BLOCK : f->exec->block[f->pc - f->exec->units];
    return block != EXEC_NO_BLOCK;
}

/* The hook of an event loop takes over an asynchronous generator that is let go of. */
static void finalize_by_hook(PyAsyncGenObject *gen)
{
    PyObject *result = PyObject_CallFunctionObjArgs(gen->ag_finalizer, gen, NULL);
    if (result == NULL)
        PyErr_WriteUnraisable((PyObject *)gen);
    else
        Py_DECREF(result);
}

void _PyGen_Finalize(PyObject *self)
{
    PyGenObject *gen = (PyGenObject *)self;
    PyObject *type, *value, *traceback, *result;
    TaiFrame *f = tai_gen_frame(gen);
    if (f->ended || f->executing)
        return;
    PyErr_Fetch(&type, &value, &traceback);
    if (PyAsyncGen_CheckExact(self) && ((PyAsyncGenObject *)self)->ag_finalizer && !((PyAsyncGenObject *)self)->ag_closed)
        finalize_by_hook((PyAsyncGenObject *)self);
    else if ((f->code->co_flags & CO_COROUTINE) && f->pc < f->exec->units)
        _PyErr_WarnUnawaitedCoroutine(self);
    else {
        result = close_generator(gen);
        if (result != NULL)
            Py_DECREF(result);
        else if (PyErr_Occurred())
            PyErr_WriteUnraisable(self);
    }
    PyErr_Restore(type, value, traceback);
}

static void gen_dealloc(PyGenObject *gen)
{
    PyObject *self = (PyObject *)gen;
    TaiFrame *f = tai_gen_frame(gen);
    if (!f->ended || gen->gi_weakreflist != NULL) {
        tai_gc_untrack_if(gen);
        if (gen->gi_weakreflist != NULL)
            PyObject_ClearWeakRefs(self);
        tai_gc_track(gen);
        if (PyObject_CallFinalizerFromDealloc(self))
            return;
    }
    tai_gc_untrack_if(gen);
    Py_TRASHCAN_BEGIN(gen, gen_dealloc)
    if (PyAsyncGen_CheckExact(gen))
        Py_CLEAR(((PyAsyncGenObject *)gen)->ag_finalizer);
    if (!f->ended) {
        f->gen = gen;
        tai_frame_clear(f);
    }
    if (PyCoro_CheckExact(gen))
        Py_CLEAR(((PyCoroObject *)gen)->cr_origin);
    Py_CLEAR(gen->gi_frame);
    Py_CLEAR(gen->gi_code);
    Py_CLEAR(gen->gi_name);
    Py_CLEAR(gen->gi_qualname);
    clear_exc_state(gen);
    PyObject_GC_Del(gen);
    Py_TRASHCAN_END
}

static int gen_traverse(PyGenObject *gen, visitproc visit, void *arg)
{
    TaiFrame *f = tai_gen_frame(gen);
    Py_VISIT(gen->gi_frame);
    Py_VISIT(gen->gi_code);
    if (PyAsyncGen_CheckExact(gen))
        Py_VISIT(((PyAsyncGenObject *)gen)->ag_finalizer);
    if (!f->ended) {
        PyObject **end = f->executing ? tai_frame_stack(f) : f->sp;
        for (PyObject **slot = f->slots; slot < end; slot++)
            Py_VISIT(*slot);
        Py_VISIT(f->object);
        Py_VISIT(f->locals);
        Py_VISIT(f->builtins);
        if (f->func != NULL)
            Py_VISIT(f->func);
        else
            Py_VISIT(f->globals);
    }
    Py_VISIT(gen->gi_exc_state.exc_type);
    Py_VISIT(gen->gi_exc_state.exc_value);
    Py_VISIT(gen->gi_exc_state.exc_traceback);
    return 0;
}

/* ---- attributes ---------------------------------------------------------------------------------------------- */

static PyObject *gen_repr(PyGenObject *gen)
{
    const char *kind = PyAsyncGen_CheckExact(gen) ? "async_generator" : kind_name(gen);
    return PyUnicode_FromFormat("<%s object %S at %p>", kind, gen->gi_qualname, gen);
}

static PyObject *get_frame(PyGenObject *gen, void *name)
{
    if (PySys_Audit("object.__getattr__", "Os", gen, (const char *)name) < 0)
        return NULL;
    TaiFrame *f = tai_gen_frame(gen);
    if (f->ended)
        Py_RETURN_NONE;
    PyFrameObject *obj = tai_frame_object(f);
    if (obj == NULL)
        return NULL;
    if (gen->gi_frame == NULL) {
        Py_INCREF(obj);
        gen->gi_frame = obj;
    }
    Py_INCREF(obj);
    return (PyObject *)obj;
}

static PyObject *get_name(PyGenObject *gen, void *closure)
{
    Py_INCREF(gen->gi_name);
    return gen->gi_name;
}

static int set_name(PyGenObject *gen, PyObject *value, void *closure)
{
    if (value == NULL || !PyUnicode_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "__name__ must be set to a string object");
        return -1;
    }
    Py_INCREF(value);
    Py_XSETREF(gen->gi_name, value);
    return 0;
}

static PyObject *get_qualname(PyGenObject *gen, void *closure)
{
    Py_INCREF(gen->gi_qualname);
    return gen->gi_qualname;
}

static int set_qualname(PyGenObject *gen, PyObject *value, void *closure)
{
    if (value == NULL || !PyUnicode_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "__qualname__ must be set to a string object");
        return -1;
    }
    Py_INCREF(value);
    Py_XSETREF(gen->gi_qualname, value);
    return 0;
}

static PyObject *get_receiver(PyGenObject *gen, void *closure)
{
    PyObject *receiver = _PyGen_yf(gen);
    if (receiver == NULL)
        Py_RETURN_NONE;
    return receiver;
}

/* ---- methods ------------------------------------------------------------------------------------------------- */

static PyObject *gen_iternext(PyGenObject *gen) { return tai_gen_resume(gen, NULL, 0, 0); }
static PyObject *gen_send(PyGenObject *gen, PyObject *arg) { return tai_gen_resume(gen, arg, 0, 0); }
static PyObject *gen_close(PyGenObject *gen, PyObject *unused) { return close_generator(gen); }

PyObject *tai_gen_throw_args(PyGenObject *gen, PyObject *args)
{
    PyObject *type, *value = NULL, *traceback = NULL;
    if (!PyArg_UnpackTuple(args, "throw", 1, 3, &type, &value, &traceback))
        return NULL;
    return tai_gen_throw(gen, 1, type, value, traceback);
}

static PyObject *gen_throw(PyGenObject *gen, PyObject *args) { return tai_gen_throw_args(gen, args); }

PyDoc_STRVAR(send_doc, "send(arg) -> go on with arg as the value of the yield; the next value, or StopIteration.");
PyDoc_STRVAR(close_doc, "close() -> raise GeneratorExit inside coroutine, where it waits.");
PyDoc_STRVAR(throw_doc, "throw(typ[,val[,tb]]) -> raise an exception where it waits;\nthe next value, or StopIteration.");

static PyMethodDef gen_methods[] = {
    {"send", (PyCFunction)gen_send, METH_O, send_doc},
    {"throw", (PyCFunction)gen_throw, METH_VARARGS, throw_doc},
    {"close", (PyCFunction)gen_close, METH_NOARGS, close_doc},
    {NULL},
};

static PyMemberDef gen_members[] = {
    {"gi_running", T_BOOL, offsetof(PyGenObject, gi_running), READONLY, PyDoc_STR("whether the generator is running now")},
    {"gi_code", T_OBJECT, offsetof(PyGenObject, gi_code), READONLY | READ_RESTRICTED, PyDoc_STR("its code")},
    {NULL},
};

static PyGetSetDef gen_getset[] = {
    {"__name__", (getter)get_name, (setter)set_name, PyDoc_STR("name of the generator")},
    {"__qualname__", (getter)get_qualname, (setter)set_qualname, PyDoc_STR("qualified name of the generator")},
    {"gi_frame", (getter)get_frame, NULL, PyDoc_STR("its frame, None if it has ended"), "gi_frame"},
    {"gi_yieldfrom", (getter)get_receiver, NULL, PyDoc_STR("what it delegates to by yield from, or None")},
    {NULL},
};

PyTypeObject PyGen_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "generator",
    .tp_doc = PyDoc_STR("What a function with yield returns."),
    .tp_basicsize = sizeof(PyGenObject),
    .tp_dealloc = (destructor)gen_dealloc,
    .tp_repr = (reprfunc)gen_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)gen_traverse,
    .tp_weaklistoffset = offsetof(PyGenObject, gi_weakreflist),
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)gen_iternext,
    .tp_methods = gen_methods,
    .tp_members = gen_members,
    .tp_getset = gen_getset,
    .tp_finalize = _PyGen_Finalize,
};

/* ---- coroutines ---------------------------------------------------------------------------------------------- */

/* What `await coro` iterates when somebody asks by __await__. */
typedef struct {
    PyObject_HEAD
    PyCoroObject *cw_coroutine;
} CoroWrapper;

static int is_coroutine_like(PyObject *o)
{
    return PyCoro_CheckExact(o) ||
           (PyGen_CheckExact(o) && (((PyCodeObject *)((PyGenObject *)o)->gi_code)->co_flags & CO_ITERABLE_COROUTINE));
}

PyObject *_PyCoro_GetAwaitableIter(PyObject *o)
{
    PyTypeObject *type = Py_TYPE(o);
    if (is_coroutine_like(o)) {
        Py_INCREF(o);
        return o;
    }
    if (type->tp_as_async == NULL || type->tp_as_async->am_await == NULL) {
        PyErr_Format(PyExc_TypeError, "object %.100s can't be used in 'await' expression", type->tp_name);
        return NULL;
    }
    PyObject *it = type->tp_as_async->am_await(o);
    if (it == NULL)
        return NULL;
    if (is_coroutine_like(it))
        PyErr_SetString(PyExc_TypeError, "__await__() returned a coroutine");
    else if (!PyIter_Check(it))
        PyErr_Format(PyExc_TypeError, "__await__() returned non-iterator of type '%.100s'", Py_TYPE(it)->tp_name);
    else
        return it;
    Py_DECREF(it);
    return NULL;
}

static PyObject *coro_await(PyCoroObject *coro)
{
    CoroWrapper *wrapper = PyObject_GC_New(CoroWrapper, &_PyCoroWrapper_Type);
    if (wrapper == NULL)
        return NULL;
    Py_INCREF(coro);
    wrapper->cw_coroutine = coro;
    tai_gc_track(wrapper);
    return (PyObject *)wrapper;
}

static PyMethodDef coro_methods[] = {
    {"send", (PyCFunction)gen_send, METH_O,
     PyDoc_STR("send(arg) -> send arg into coroutine as the value of its await; what it awaits next, or StopIteration.")},
    {"throw", (PyCFunction)gen_throw, METH_VARARGS,
     PyDoc_STR("throw(typ[,val[,tb]]) -> raise an exception in coroutine, where it waits;\nwhat it awaits next, or StopIteration.")},
    {"close", (PyCFunction)gen_close, METH_NOARGS, PyDoc_STR("close() -> raise GeneratorExit inside coroutine, where it waits.")},
    {NULL},
};

static PyMemberDef coro_members[] = {
    {"cr_running", T_BOOL, offsetof(PyCoroObject, cr_running), READONLY, PyDoc_STR("whether the coroutine is running now")},
    {"cr_code", T_OBJECT, offsetof(PyCoroObject, cr_code), READONLY | READ_RESTRICTED, PyDoc_STR("its code")},
    {"cr_origin", T_OBJECT, offsetof(PyCoroObject, cr_origin), READONLY, PyDoc_STR("where it was made: a tuple of (file, line, function), or None; see sys.set_coroutine_origin_tracking_depth()")},
    {NULL},
};

static PyGetSetDef coro_getset[] = {
    {"__name__", (getter)get_name, (setter)set_name, PyDoc_STR("name of the coroutine")},
    {"__qualname__", (getter)get_qualname, (setter)set_qualname, PyDoc_STR("qualified name of the coroutine")},
    {"cr_frame", (getter)get_frame, NULL, PyDoc_STR("its frame, None if it has ended"), "cr_frame"},
    {"cr_await", (getter)get_receiver, NULL, PyDoc_STR("what it awaits, or None")},
    {NULL},
};

static PyAsyncMethods coro_async = {.am_await = (unaryfunc)coro_await};

PyTypeObject PyCoro_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "coroutine",
    .tp_doc = PyDoc_STR("What a function made with async def returns."),
    .tp_basicsize = sizeof(PyCoroObject),
    .tp_dealloc = (destructor)gen_dealloc,
    .tp_as_async = &coro_async,
    .tp_repr = (reprfunc)gen_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)gen_traverse,
    .tp_weaklistoffset = offsetof(PyCoroObject, cr_weakreflist),
    .tp_methods = coro_methods,
    .tp_members = coro_members,
    .tp_getset = coro_getset,
    .tp_finalize = _PyGen_Finalize,
};

static void wrapper_dealloc(CoroWrapper *w)
{
    tai_gc_untrack_if(w);
    Py_TRASHCAN_BEGIN(w, wrapper_dealloc)
    Py_CLEAR(w->cw_coroutine);
    PyObject_GC_Del(w);
    Py_TRASHCAN_END
}

static int wrapper_traverse(CoroWrapper *w, visitproc visit, void *arg)
{
    Py_VISIT(w->cw_coroutine);
    return 0;
}

static PyObject *wrapper_iternext(CoroWrapper *w)
{
    return tai_gen_resume((PyGenObject *)w->cw_coroutine, NULL, 0, 0);
}
static PyObject *wrapper_send(CoroWrapper *w, PyObject *arg)
{
    return tai_gen_resume((PyGenObject *)w->cw_coroutine, arg, 0, 0);
}
static PyObject *wrapper_throw(CoroWrapper *w, PyObject *args)
{
    return tai_gen_throw_args((PyGenObject *)w->cw_coroutine, args);
}
static PyObject *wrapper_close(CoroWrapper *w, PyObject *unused) { return close_generator((PyGenObject *)w->cw_coroutine); }

static PyMethodDef wrapper_methods[] = {
    {"send", (PyCFunction)wrapper_send, METH_O, send_doc},
    {"throw", (PyCFunction)wrapper_throw, METH_VARARGS, throw_doc},
    {"close", (PyCFunction)wrapper_close, METH_NOARGS, close_doc},
    {NULL},
};

PyTypeObject _PyCoroWrapper_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "coroutine_wrapper",
    .tp_basicsize = sizeof(CoroWrapper),
    .tp_dealloc = (destructor)wrapper_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = PyDoc_STR("What __await__() of a coroutine gives: an iterator over it."),
    .tp_traverse = (traverseproc)wrapper_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)wrapper_iternext,
    .tp_methods = wrapper_methods,
};

/* ---- asynchronous generators: the object itself -------------------------------------------------------------- */

static PyMemberDef async_gen_members[] = {
    {"ag_running", T_BOOL, offsetof(PyAsyncGenObject, ag_running_async), READONLY, PyDoc_STR("whether the generator is running now")},
    {"ag_code", T_OBJECT, offsetof(PyAsyncGenObject, ag_code), READONLY | READ_RESTRICTED, PyDoc_STR("its code")},
    {NULL},
};

static PyGetSetDef async_gen_getset[] = {
    {"__name__", (getter)get_name, (setter)set_name, PyDoc_STR("name of the async generator")},
    {"__qualname__", (getter)get_qualname, (setter)set_qualname, PyDoc_STR("qualified name of the async generator")},
    {"ag_frame", (getter)get_frame, NULL, PyDoc_STR("its frame, None if it has ended"), "ag_frame"},
    {"ag_await", (getter)get_receiver, NULL, PyDoc_STR("what it awaits, or None")},
    {NULL},
};

PyTypeObject PyAsyncGen_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "async_generator",
    .tp_doc = PyDoc_STR("What a function made with async def and with yield returns."),
    .tp_basicsize = sizeof(PyAsyncGenObject),
    .tp_dealloc = (destructor)gen_dealloc,
    .tp_as_async = &tai_async_gen_as_async,
    .tp_repr = (reprfunc)gen_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)gen_traverse,
    .tp_weaklistoffset = offsetof(PyAsyncGenObject, ag_weakreflist),
    .tp_methods = tai_async_gen_methods,
    .tp_members = async_gen_members,
    .tp_getset = async_gen_getset,
    .tp_finalize = _PyGen_Finalize,
};

int tai_generator_init(void) { return 0; }
