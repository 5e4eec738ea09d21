/* SPDX-License-Identifier: MIT */
/* generator: between generator.c and async_generator.c. */
#ifndef TAI_VM_GENERATOR_PRIVATE_H
#define TAI_VM_GENERATOR_PRIVATE_H

#include "vm/generator.h"

/* Go on with arg (NULL: next(), no StopIteration is raised at a plain end) or, throwing, with the current exception.
 * Next value new; NULL at the end or with an exception. closing: a coroutine that is over is no error. Runs code. */
PyObject *tai_gen_resume(PyGenObject *gen, PyObject *arg, int throwing, int closing);
/* throw(): close_on_exit says whether GeneratorExit closes what it delegates to. Runs code. */
PyObject *tai_gen_throw(PyGenObject *gen, int close_on_exit, PyObject *type, PyObject *value, PyObject *traceback);
PyObject *tai_gen_throw_args(PyGenObject *gen, PyObject *args);

extern PyAsyncMethods tai_async_gen_as_async;
extern PyMethodDef tai_async_gen_methods[];

#endif
