/* SPDX-License-Identifier: MIT */
/* parse: source text -> tree. */
#ifndef TAI_FRONTEND_PARSE_H
#define TAI_FRONTEND_PARSE_H

#include "Python.h"
#include "compile.h"
#include "frontend/tree.h"

#define TAI_CF_QUIET 0x20000000 /* in cf_flags, for us alone: parser and compiler give no warnings */

/* Parse text (NUL-terminated). start is Py_file_input, Py_eval_input, Py_single_input or Py_func_type_input; flags may be NULL.
 * The tree is the arena's; NULL with an exception. Runs code (codecs, warning filters). */
mod_ty tai_parse_string(const char *text, PyObject *filename, int start, PyCompilerFlags *flags, PyArena *arena);

/* The same for the bytes of a file; coding, if not NULL, goes before what the file says. */
mod_ty tai_parse_file_text(const char *text, size_t size, const char *coding, PyObject *filename, int start, PyCompilerFlags *flags,
                           PyArena *arena);

/* One interactive statement. more(context, first) gives the next line, first being 1 for the first one: allocated by PyMem_Malloc, ""
 * at the end of the input, NULL with an exception. NULL with *at_end set if the input ended (the exception says so too). */
mod_ty tai_parse_interactive(char *(*more)(void *context, int first), void *context, PyObject *filename, PyCompilerFlags *flags,
                             PyArena *arena, int *at_end);

#endif
