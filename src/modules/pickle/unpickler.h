/* SPDX-License-Identifier: MIT */
/* The Unpickler object, shared by unpickler_input.c (bytes), unpickler.c (opcodes to objects) and unpickler_type.c (the Python type). */
#ifndef TAI_MODULES_UNPICKLER_H
#define TAI_MODULES_UNPICKLER_H

#include "modules/pickle/pickler.h"

typedef struct {
    PyObject_HEAD
    PyObject **memo;
    Py_ssize_t memo_room, memo_count;
    PyObject *sparse;        /* dict for far-away memo indices of odd pickles, or NULL */
    const char *data;        /* current piece of input */
    Py_ssize_t at, size;
    int peeked;              /* the file has not been moved over the piece */
    int running;             /* loads that are going on: __init__() may not run then */
    PyObject *piece;         /* what owns data, or NULL */
    Py_buffer view;          /* for loads() */
    PyObject *read, *readline, *peek;
    PyObject *buffers;       /* iterator, or NULL */
    PyObject *pers_func;     /* persistent_load, or NULL */
    int pers_bound;
    char *encoding, *errors; /* NULL before __init__ */
    int fix_imports, proto;
} Unpickler;

#define SELF(op) ((Unpickler *)(op))

/* ---- unpickler_input.c: what is taken is valid until the next call. All but take() of what is there may run code. ---- */

/* Move the file over what was used of a peeked piece, and forget the piece. */
NODISCARD int tai_unpickler_settle(Unpickler *u);
/* Have `size` bytes ready. */
NODISCARD int tai_unpickler_fill(Unpickler *u, Py_ssize_t size);
/* Take a line with its end; *size without the end, but at least `least` bytes. NULL with an exception. */
const char *tai_unpickler_take_line(Unpickler *u, Py_ssize_t least, Py_ssize_t *size);

/* Take `size` bytes. Valid until the next call. NULL with an exception. */
static inline const char *take(Unpickler *u, Py_ssize_t size)
{
    if (UNLIKELY(size > u->size - u->at) && tai_unpickler_fill(u, size) < 0)
        return NULL;
    const char *start = u->data + u->at;
    u->at += size;
    return start;
}

/* ---- unpickler.c ---- */

/* Remember value (borrowed). */
NODISCARD int tai_unpickler_memo_set(Unpickler *u, uint64_t index, PyObject *value);
void tai_unpickler_memo_clear(Unpickler *u);
PyObject *tai_unpickler_find_class(Unpickler *u, PyObject *module_name, PyObject *name);
/* One load: new, or NULL with an exception. */
PyObject *tai_unpickler_run(Unpickler *u);

static inline PyObject *new_reference(PyObject *object)
{
    Py_INCREF(object);
    return object;
}

#endif
