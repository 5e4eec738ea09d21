/* SPDX-License-Identifier: MIT */
/* The Pickler object, shared by pickler.c (output, types' savers) and pickler_type.c (the Python type). */
#ifndef TAI_MODULES_PICKLER_H
#define TAI_MODULES_PICKLER_H

#include "modules/pickle/pickle.h"
#include "runtime/state.h"

typedef struct {
    PyObject *key; /* owned; NULL: free */
    Py_ssize_t index;
} MemoEntry;

typedef struct {
    MemoEntry *entries; /* NULL while empty */
    Py_ssize_t used, mask;
} Memo;

typedef struct {
    PyObject_HEAD
    Memo memo;
    PyObject *pers_func;       /* persistent_id, or NULL */
    int pers_bound;            /* pers_func wants the pickler as its first argument */
    int running;               /* a dump is going on: neither another one nor __init__() may start */
    PyObject *dispatch_table;  /* own table, or NULL */
    PyObject *reducer_override; /* during a dump; borrowed self is its first argument if bound */
    PyObject *write;           /* of the file, or NULL for dumps() */
    PyObject *buffer_callback;
    char *out;                 /* what was written and not flushed */
    Py_ssize_t out_size, out_room;
    Py_ssize_t frame_start;    /* of the open frame, or -1 */
    int proto, bin, framing, fix_imports;
    int fast, fast_nesting;
    PyObject *fast_memo;
} Pickler;

/* memo.c part of pickler.c */
Py_ssize_t tai_pickle_memo_find(const Memo *memo, PyObject *key); /* -1: not there */
NODISCARD int tai_pickle_memo_set(Memo *memo, PyObject *key, Py_ssize_t index);
void tai_pickle_memo_clear(Memo *memo);

NODISCARD int tai_pickler_setup(Pickler *self, PyObject *protocol, int fix_imports, PyObject *buffer_callback);
/* Everything of one dump, into the buffer. 0 / -1. Runs code. */
NODISCARD int tai_pickler_dump(Pickler *self, PyObject *object);
/* Write the buffer to the file. 0 / -1. */
NODISCARD int tai_pickler_flush(Pickler *self);
Pickler *tai_pickler_make(void);
/* Call func(object), or func(self, object) if bound. New. */
PyObject *tai_pickle_call(PyObject *func, int bound, PyObject *self, PyObject *object);
/* A method that a subclass may define: *func new or NULL; *bound: it is a method of self, taken without self. 0 / -1. */
NODISCARD int tai_pickle_find_method(PyObject *self, _Py_Identifier *name, PyObject **func, int *bound);

#endif
