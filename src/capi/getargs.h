/* SPDX-License-Identifier: MIT */
/* What the parts of argument parsing share: one conversion in progress. */
#ifndef TAI_CAPI_GETARGS_H
#define TAI_CAPI_GETARGS_H

#include "Python.h"
#include "runtime/state.h"
#include <stdarg.h>

enum { ARGS_MAX_NESTING = 30 };

/* Something a conversion made that has to be taken back when a later one fails. */
typedef struct {
    void *item;                            /* char ** for memory, Py_buffer * for a buffer, else the converter's target */
    int (*converter)(PyObject *, void *);  /* NULL for memory and buffers */
    int is_memory;
} ArgUndo;

typedef struct {
    va_list *va;          /* where the targets come from */
    const char *format;   /* next format character */
    int clean;            /* '#' means Py_ssize_t */
    const char *text;     /* why the conversion failed; NULL: see the exception that is set */
    int level[ARGS_MAX_NESTING + 2]; /* 1-based index in each nested sequence of the failing item, ended by 0 */
    int undo_count, undo_room;
    ArgUndo *undo, undo_fixed[8];
    char buffer[512];     /* room for text */
} ArgParse;

static inline void tai_args_begin(ArgParse *p, const char *format, va_list *va, int clean)
{
    p->va = va;
    p->format = format;
    p->clean = clean;
    p->text = NULL;
    p->level[0] = 0;
    p->undo_count = 0;
    p->undo_room = Py_ARRAY_LENGTH(p->undo_fixed);
    p->undo = p->undo_fixed;
}

/* Convert arg by the next format item and advance. 0, or -1 with p->text or an exception. May run code. */
NODISCARD int tai_args_convert(ArgParse *p, PyObject *arg, int depth);
/* Step over the next format item and its targets. 0, or -1 with p->text. */
NODISCARD int tai_args_skip(ArgParse *p);
/* Turn p->text into an exception. number: 1-based argument, 0 for the only one. function, message: from the format, or NULL. */
void tai_args_raise(ArgParse *p, int number, const char *function, const char *message);
/* Finish: release memory, undo the conversions unless ok. Returns ok. */
int tai_args_end(ArgParse *p, int ok);

static inline int tai_args_at_end(const char *format)
{
    return *format == '\0' || *format == ';' || *format == ':';
}

#endif
