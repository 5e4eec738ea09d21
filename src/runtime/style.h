/* SPDX-License-Identifier: MIT */
/* style: how errors look on a terminal; style.c. */
#ifndef TAI_RUNTIME_STYLE_H
#define TAI_RUNTIME_STYLE_H

#include "Python.h"

/* Control sequences around the parts of a report; all "" where the text has to be 3.8's. */
typedef struct TaiStyle {
    const char *path, *line, *function; /* of an entry */
    const char *mark, *caret;           /* the failing part of a source line, and what points at it */
    const char *error, *message;        /* the exception's type and text */
    const char *off;                    /* ends any of them */
    int marks;                          /* look for the failing expression */
} TaiStyle;

extern const TaiStyle tai_style_plain;

/* The style for what is written to file. Coloured only if file is the interpreter's own standard error, that is a terminal, and the
 * environment does not object: NO_COLOR set, PYTHON_COLORS=0, TERM=dumb or no TERM. */
const TaiStyle *tai_style_for(PyObject *file);

/* PyTraceBack_Print() in a style; vm/traceback_print.c. */
int tai_traceback_print(PyObject *tb, PyObject *file, const TaiStyle *style);

#endif
