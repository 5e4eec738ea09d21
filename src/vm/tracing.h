/* SPDX-License-Identifier: MIT */
/* sys.settrace and sys.setprofile: the events, as 3.8 gives them. All of these run code. */
#ifndef TAI_VM_TRACING_H
#define TAI_VM_TRACING_H

#include "vm/frame.h"

/* The frame starts or goes on: `call` events. 0 or -1. */
int tai_trace_call(PyThreadState *ts, TaiFrame *f);
/* The frame is left: `return` events; result may be NULL (with an exception, which is kept). Gives back result, or NULL
 * with the tracer's exception (result released). yielding: it will be resumed. */
PyObject *tai_trace_return(PyThreadState *ts, TaiFrame *f, PyObject *result, int yielding);
/* Before the unit at f->pc: `line` and `opcode` events. The tracer may set f_lineno: f->pc and f->sp change. 0 or -1. */
int tai_trace_unit(PyThreadState *ts, TaiFrame *f);
/* An exception is passing: `exception` event; it may be replaced by the tracer's. */
void tai_trace_exception(PyThreadState *ts, TaiFrame *f);
/* c_call, c_return, c_exception of the profiler. 0 or -1. */
int tai_trace_c_call(PyThreadState *ts, int what, PyObject *func);

#endif
