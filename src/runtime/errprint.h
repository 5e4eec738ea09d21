/* SPDX-License-Identifier: MIT */
/* Printing of unhandled exceptions; errprint.c. */
#ifndef TAI_RUNTIME_ERRPRINT_H
#define TAI_RUNTIME_ERRPRINT_H

#include "Python.h"

/* If the exception is SystemExit and -i was not given: clear it, set *status, 1. Else 0. */
int _Py_HandleSystemExit(int *status);
/* PyErr_Display() to a given file. */
void tai_err_display(PyObject *file, PyObject *type, PyObject *value, PyObject *tb);
void tai_flush_std(void); /* sys.stderr and sys.stdout; keeps the exception */
void _PyErr_Print(PyThreadState *ts);
extern int tai_unhandled_keyboard_interrupt; /* the last code that ran at top level ended by KeyboardInterrupt */

#endif
