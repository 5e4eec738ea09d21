/* SPDX-License-Identifier: MIT */
/* The few things that the floors of objects and runtime ask of those above: declared here, defined there. So they need not
 * know a header of them (tools/check_layers). Signals have a header of their own, signals.h. */
#ifndef TAI_RUNTIME_UPWARD_H
#define TAI_RUNTIME_UPWARD_H

#include "Python.h"

/* modules/builtins.c: the module, new; sets interp->builtins. */
PyObject *tai_builtins_create(PyInterpreterState *interp);

/* vm/frame.c: code of the innermost Python activation of this thread, and its slots (locals, cells, free variables); all
 * borrowed. NULL without an exception if no Python code runs. Makes no frame object. */
PyCodeObject *tai_running_code(PyObject ***slots);

#endif
