/* SPDX-License-Identifier: MIT */
/* Ending the process without taking the interpreter down, where nobody can tell; quiet_exit.c. */
#ifndef TAI_RUNTIME_QUIET_EXIT_H
#define TAI_RUNTIME_QUIET_EXIT_H

#include "Python.h"

extern int tai_exit_may_be_quiet; /* the process belongs to us (program/main.c) */
extern int tai_exit_foreign_code; /* a shared object was loaded */

extern Py_ssize_t tai_exit_untracked; /* live objects with a native finalizer that the collector does not know */

/* True if no finalizer is left to run. ts: the current thread, exit functions called and streams flushed. */
int tai_exit_is_quiet(PyThreadState *ts);

#endif
