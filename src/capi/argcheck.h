/* SPDX-License-Identifier: MIT */
/* Argument parsing without conversion: what argcheck.c offers to getargs.c. */
#ifndef TAI_CAPI_ARGCHECK_H
#define TAI_CAPI_ARGCHECK_H

#include "runtime/state.h"

/* Fill a static parser at its first use: names as interned strings, counts, function name. 0 / -1. */
NODISCARD int tai_args_prepare(struct _PyArg_Parser *parser);
/* The value that belongs to `name` (interned str) in a vectorcall's keywords. Borrowed, or NULL (never an exception). */
PyObject *tai_args_find_keyword(PyObject *kwnames, PyObject *const *values, PyObject *name);

#endif
