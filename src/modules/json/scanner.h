/* SPDX-License-Identifier: MIT */
/* _json: the state of one scan, between scanner.c and scan_impl.h. */
#ifndef TAI_MODULES_JSON_SCANNER_H
#define TAI_MODULES_JSON_SCANNER_H

#include "Python.h"

enum { MEMO_SIZE = 256, MEMO_LENGTH = 64 };

typedef struct {
    PyObject_HEAD
    char strict;
    PyObject *object_hook;       /* None: no hook */
    PyObject *object_pairs_hook;
    PyObject *parse_float;       /* the type float itself: parsed here */
    PyObject *parse_int;
    PyObject *parse_constant;
    PyObject *memo[MEMO_SIZE];   /* short keys seen before, by a hash of their text; owned, or NULL. Kept between calls:
                                  * documents that come one after another have the same keys. */
} Scanner;

typedef struct {
    Scanner *scanner; /* NULL for a lone string */
    PyObject *doc;    /* the str that is read */
    Py_ssize_t length;
    int ascii;        /* the document, and so every part of it, is ASCII */
    int strict;

} Scan;

/* Raise JSONDecodeError(message, doc, at). */
void tai_json_raise(const char *message, PyObject *doc, Py_ssize_t at);
/* Raise StopIteration(at): there is no value. */
void tai_json_no_value(Py_ssize_t at);
/* The number text in ASCII as an int or float object. New or NULL. Runs code. */
PyObject *tai_json_number(Scan *scan, const char *text, Py_ssize_t length, int is_float);
/* The result of the scanner's constant function for a name. */
PyObject *tai_json_constant(Scan *scan, const char *name);
/* What stands for a finished object: the dict (stolen) or what the hook makes of it. */
PyObject *tai_json_hook(PyObject *hook, PyObject *value_steal);

#endif
