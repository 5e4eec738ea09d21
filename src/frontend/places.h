/* SPDX-License-Identifier: MIT */
/* places: which expression of the source an instruction belongs to.
 *
 * Code objects of 3.8 know lines, not columns. Who shows an error has its source compiled once more, and this finds the instruction in the
 * code object that comes out the same.
 */
#ifndef TAI_FRONTEND_PLACES_H
#define TAI_FRONTEND_PLACES_H

#include "Python.h"

/* A question, and its answer. Lines count from 1, columns are bytes of UTF-8 from 0. */
typedef struct TaiPlace {
    PyCodeObject *code;          /* borrowed */
    int lasti;                   /* byte offset of the instruction */
    int answers;                 /* expressions found; only a single one is to be believed */
    int line, column, end_line, end_column;
    int core_line, core_column, core_end_line, core_end_column; /* operator, subscript or arguments; core_line 0: none */
    PyObject *text;              /* owned: the interactive input that holds it, else NULL */
} TaiPlace;

/* Answer those of the questions whose code stems from a file with this text. No exception is left. */
void tai_places_in_text(TaiPlace *places, int count, PyObject *filename, const char *text, size_t size);

/* The same from the inputs of the interactive interpreter that were remembered, the latest first. */
void tai_places_in_inputs(TaiPlace *places, int count, PyObject *filename);

/* Keep the text of an interactive input; the last hundred are. No exception is left. */
void tai_places_remember(PyObject *filename, const char *text, size_t size);

#endif
