/* SPDX-License-Identifier: MIT */
/* Tracing and profiling events. While a thread traces, its frames dispatch through a table whose every entry leads to
 * tai_trace_unit and then to the plain instruction (interpreter.c): untraced code pays nothing.
 *
 * [TRACE-1] ts->use_tracing says whether the evaluator has to look; it is 0 while a tracer runs.
 * Tests: tests/vm/test_tracing.py; the exact order of events is 3.8's.
 */
#include "vm/tracing.h"
#include "opcode.h"
#include "runtime/errors.h"

static PyFrameObject *shown(PyThreadState *ts, TaiFrame *f)
{
    return tai_frame_shown(f, tai_thread(ts)->foreign_tracer ? SHOW_INNER : SHOW_LINKS);
}

/* Call one tracer, if it is still set: a collection may have run code since the caller looked. 0, or what it returned.
 * It may replace itself, so its object is held. */
static int call_tracer(PyThreadState *ts, Py_tracefunc func, PyObject *obj, PyFrameObject *frame, int what, PyObject *arg)
{
    if (ts->tracing || func == NULL)
        return 0;
    Py_XINCREF(obj);
    ts->tracing++;
    ts->use_tracing = 0;
    int result = func(obj, frame, what, arg);
    ts->use_tracing = ts->c_tracefunc != NULL || ts->c_profilefunc != NULL;
    ts->tracing--;
    Py_XDECREF(obj);
    return result;
}

/* The same with a pending exception set aside; a failing tracer replaces it. */
static int call_tracer_apart(PyThreadState *ts, Py_tracefunc func, PyObject *obj, PyFrameObject *frame, int what, PyObject *arg)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    if (call_tracer(ts, func, obj, frame, what, arg) == 0) {
        if (type != NULL)
            PyErr_Restore(type, value, traceback);
        return 0;
    }
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return -1;
}

int tai_trace_call(PyThreadState *ts, TaiFrame *f)
{
    PyFrameObject *frame = shown(ts, f);
    if (frame == NULL)
        return -1;
    TaiFrameExtra *extra = tai_frameobj_extra(frame);
    extra->instr_lb = 0;
    extra->instr_ub = -1;
    extra->instr_prev = -1;
    if (ts->c_tracefunc != NULL &&
        call_tracer_apart(ts, ts->c_tracefunc, ts->c_traceobj, frame, PyTrace_CALL, Py_None) < 0)
        return -1;
    if (ts->c_profilefunc != NULL &&
        call_tracer_apart(ts, ts->c_profilefunc, ts->c_profileobj, frame, PyTrace_CALL, Py_None) < 0)
        return -1;
    return 0;
}

PyObject *tai_trace_return(PyThreadState *ts, TaiFrame *f, PyObject *result, int yielding)
{
    PyFrameObject *frame = shown(ts, f);
    if (frame == NULL) {
        Py_XDECREF(result);
        return NULL;
    }
    frame->f_stacktop = yielding ? frame->f_valuestack : NULL;
    if (ts->c_tracefunc != NULL &&
        call_tracer_apart(ts, ts->c_tracefunc, ts->c_traceobj, frame, PyTrace_RETURN, result) < 0)
        Py_CLEAR(result);
    if (ts->c_profilefunc != NULL &&
        call_tracer_apart(ts, ts->c_profilefunc, ts->c_profileobj, frame, PyTrace_RETURN, result) < 0)
        Py_CLEAR(result);
    frame->f_stacktop = NULL;
    return result;
}

/* First and last+1 offset of the run of units around lasti that have its line, into extra; the line. */
static int find_line(TaiExec *exec, int lasti, TaiFrameExtra *extra)
{
    int line = tai_exec_line(exec, lasti / 2);
    const int32_t *lines = exec->lines;
    if (lines == NULL) { /* short of memory */
        PyAddrPair bounds;
        line = _PyCode_CheckLineNumber(exec->code, lasti, &bounds);
        extra->instr_lb = bounds.ap_lower;
        extra->instr_ub = bounds.ap_upper;
        return line;
    }
    uint32_t from = (uint32_t)lasti / 2, to = from + 1;
    while (from > 0 && lines[from - 1] == line)
        from--;
    while (to < exec->nunits && lines[to] == line)
        to++;
    extra->instr_lb = 2 * (int)from;
    extra->instr_ub = to < exec->nunits ? 2 * (int)to : INT_MAX;
    return line;
}

int tai_trace_unit(PyThreadState *ts, TaiFrame *f)
{
    if (ts->c_tracefunc == NULL || ts->tracing)
        return 0;
    PyFrameObject *frame = shown(ts, f);
    if (frame == NULL)
        return -1;
    TaiFrameExtra *extra = tai_frameobj_extra(frame);
    int lasti = tai_frame_lasti(f), result = 0, line = frame->f_lineno;
    if (lasti > extra->instr_lb && lasti < extra->instr_ub && lasti >= extra->instr_prev && !frame->f_trace_opcodes) {
        extra->instr_prev = lasti;
        return 0;
    }
    if (lasti > 0 && tai_exec_base(f->exec, lasti / 2 - 1) == EXTENDED_ARG)
        return 0; /* the prefix was the event */
    extra->jumped = 0;
    if (lasti < extra->instr_lb || lasti >= extra->instr_ub)
        line = find_line(f->exec, lasti, extra);
    if (lasti == extra->instr_lb || lasti < extra->instr_prev) {
        frame->f_lineno = line;
        if (frame->f_trace_lines) {
            frame->f_stacktop = frame->f_valuestack;
            result = call_tracer(ts, ts->c_tracefunc, ts->c_traceobj, frame, PyTrace_LINE, Py_None);
        }
    }
    if (result == 0 && frame->f_trace_opcodes && ts->c_tracefunc != NULL) {
        frame->f_stacktop = frame->f_valuestack;
        result = call_tracer(ts, ts->c_tracefunc, ts->c_traceobj, frame, PyTrace_OPCODE, Py_None);
    }
    frame->f_stacktop = NULL;
    extra->instr_prev = tai_frame_lasti(f);
    return result < 0 ? -1 : 0;
}

void tai_trace_exception(PyThreadState *ts, TaiFrame *f)
{
    PyObject *type, *value, *traceback, *original, *arg;
    PyFrameObject *frame = shown(ts, f);
    if (frame == NULL || ts->c_tracefunc == NULL || ts->tracing)
        return;
    PyErr_Fetch(&type, &value, &original);
    if (value == NULL) {
        value = Py_None;
        Py_INCREF(value);
    }
    PyErr_NormalizeException(&type, &value, &original);
    traceback = original ? original : Py_None;
    arg = PyTuple_Pack(3, type, value, traceback);
    if (arg == NULL) {
        PyErr_Restore(type, value, original);
        return;
    }
    int failed = call_tracer(ts, ts->c_tracefunc, ts->c_traceobj, frame, PyTrace_EXCEPTION, arg);
    Py_DECREF(arg);
    if (failed == 0)
        PyErr_Restore(type, value, original);
    else {
        Py_XDECREF(type);
        Py_XDECREF(value);
        Py_XDECREF(original);
    }
}

int tai_trace_c_call(PyThreadState *ts, int what, PyObject *func)
{
    if (ts->c_profilefunc == NULL || !ts->use_tracing || tai_thread_frame(ts) == NULL)
        return 0;
    PyFrameObject *frame = shown(ts, tai_thread_frame(ts));
    if (frame == NULL)
        return -1;
    if (what == PyTrace_C_CALL)
        return call_tracer(ts, ts->c_profilefunc, ts->c_profileobj, frame, what, func) ? -1 : 0;
    return call_tracer_apart(ts, ts->c_profilefunc, ts->c_profileobj, frame, what, func);
}

/* ---- public C API -------------------------------------------------------------------------------------------- */

/* Set one (function, object) pair; the old object is released last, since that runs code. */
static void set_hook(PyThreadState *ts, Py_tracefunc *func_slot, PyObject **obj_slot, Py_tracefunc func, PyObject *arg)
{
    PyObject *old = *obj_slot;
    Py_XINCREF(arg);
    *func_slot = NULL;
    *obj_slot = NULL;
    ts->use_tracing = ts->c_tracefunc != NULL || ts->c_profilefunc != NULL;
    Py_XDECREF(old);
    *func_slot = func;
    *obj_slot = arg;
    ts->use_tracing = ts->c_tracefunc != NULL || ts->c_profilefunc != NULL;
}

void tai_set_profile(Py_tracefunc func, PyObject *arg)
{
    PyThreadState *ts = tai_tstate();
    if (PySys_Audit("sys.setprofile", NULL) < 0) {
        _PyErr_WriteUnraisableMsg("in PyEval_SetProfile", NULL);
        return;
    }
    set_hook(ts, &ts->c_profilefunc, &ts->c_profileobj, func, arg);
}

void tai_set_trace(Py_tracefunc func, PyObject *arg)
{
    PyThreadState *ts = tai_tstate();
    if (PySys_Audit("sys.settrace", NULL) < 0) {
        _PyErr_WriteUnraisableMsg("in PyEval_SetTrace", NULL);
        return;
    }
    set_hook(ts, &ts->c_tracefunc, &ts->c_traceobj, func, arg);
}

/* From now on frames are shown with their values: those that are running now, once. */
static void begin_showing(void)
{
    TaiThread *th = tai_thread(tai_tstate());
    th->foreign_tracer = th->ts.use_tracing;
    if (th->foreign_tracer && th->frame && tai_frame_shown(th->frame, SHOW_ALL) == NULL)
        PyErr_Clear();
}

void PyEval_SetProfile(Py_tracefunc func, PyObject *arg)
{
    tai_set_profile(func, arg);
    begin_showing();
}

void PyEval_SetTrace(Py_tracefunc func, PyObject *arg)
{
    tai_set_trace(func, arg);
    begin_showing();
}

/* Call func with tracing allowed inside: sys.call_tracing. */
PyObject *_PyEval_CallTracing(PyObject *func, PyObject *args)
{
    PyThreadState *ts = tai_tstate();
    int tracing = ts->tracing, use_tracing = ts->use_tracing;
    ts->tracing = 0;
    ts->use_tracing = ts->c_tracefunc != NULL || ts->c_profilefunc != NULL;
    PyObject *result = PyObject_Call(func, args, NULL);
    ts->tracing = tracing;
    ts->use_tracing = use_tracing;
    return result;
}
