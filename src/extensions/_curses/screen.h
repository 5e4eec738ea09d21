/* SPDX-License-Identifier: MIT */
/* screen: what the files of _curses share.
 *
 * [CURSES-1] The library keeps its state in globals, one terminal a process: so does this module.
 * [CURSES-2] Nothing of the library that needs a screen is called before initscr(): callers go through tai_curses_ready().
 */
#ifndef TAIPAN_CURSES_SCREEN_H
#define TAIPAN_CURSES_SCREEN_H

#define PY_SSIZE_T_CLEAN 1
#define NCURSES_NOMACROS 1
#define NCURSES_WIDECHAR 1
#define CURSES_MODULE 1
#include "Python.h"
#include "py_curses.h"

#define NODISCARD __attribute__((warn_unused_result))
#define PyCursesWindow_Type tai_curses_window_type

/* How far the library has been started; each step stays reached. */
typedef enum { READY_TERMINFO, READY_SCREEN, READY_COLOR } CursesStage;

extern PyObject *tai_curses_error; /* _curses.error */
extern PyTypeObject tai_curses_window_type;

/* 1 if the stage has been reached, else 0 with _curses.error. */
NODISCARD int tai_curses_ready(CursesStage stage);

/* What a function of the library answered: None, or NULL with "FUNCTION() returned ERR". */
PyObject *tai_curses_outcome(int code, const char *function);
PyObject *tai_curses_null(void);

/* A window object around win, which it will delete; encoding NULL stands for that of the locale. */
PyObject *tai_curses_wrap(WINDOW *win, const char *encoding);

/* Numbers: 0, or -1 with an exception. */
NODISCARD int tai_curses_int(PyObject *o, int *out);
NODISCARD int tai_curses_short(PyObject *o, short *out);
NODISCARD int tai_curses_ints(PyObject *const *args, Py_ssize_t n, int *out);
NODISCARD int tai_curses_attr(PyObject *o, long *out);

/* A character given as bytes, str or int, as one byte with attributes. win (may be NULL) gives the encoding. 0 / -1. */
NODISCARD int tai_curses_chtype(PyCursesWindowObject *win, PyObject *o, chtype *out);
/* The same, where any character will do: *wide is 0 if *narrow was set, 1 if *character was. */
NODISCARD int tai_curses_character(PyCursesWindowObject *win, PyObject *o, chtype *narrow, wchar_t *character, int *wide);

/* A text given as bytes or str: exactly one of bytes (new) and wide (PyMem_Free) is set. 0 / -1. */
typedef struct {
    PyObject *bytes;
    wchar_t *wide;
} CursesText;
NODISCARD int tai_curses_text(PyObject *o, CursesText *out);
void tai_curses_text_free(CursesText *text);

/* Arguments of the form "[y, x,] needed..., [one optional]". */
typedef struct {
    int moved; /* were y and x there? */
    int y, x;
    PyObject *const *rest;
    Py_ssize_t n; /* of rest */
} CursesPlace;
NODISCARD int tai_curses_place(const char *name, PyObject *const *args, Py_ssize_t n, int needed, int optional, CursesPlace *out);
PyObject *tai_curses_count_error(const char *name, int least, int most);

extern PyMethodDef tai_curses_drawing[]; /* methods that write into a window */
extern PyMethodDef tai_curses_reading[]; /* methods that read the keyboard or a window */
NODISCARD int tai_curses_window_ready(void);

extern PyMethodDef tai_curses_terminal[]; /* functions about the terminal as such: terminfo, colours, mouse, modes */

int tai_curses_add_constants(PyObject *module);
/* ACS_*: known when the screen is. 0 / -1. */
int tai_curses_add_line_drawing(PyObject *dict);

#endif
