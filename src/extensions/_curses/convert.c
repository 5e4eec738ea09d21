/* SPDX-License-Identifier: MIT */
/* convert: from Python's objects to what the curses library takes, and from its results to exceptions. */
#include "screen.h"

#include <limits.h>

PyObject *tai_curses_outcome(int code, const char *function)
{
    if (code != ERR)
        Py_RETURN_NONE;
    PyErr_Format(tai_curses_error, "%s() returned ERR", function);
    return NULL;
}

PyObject *tai_curses_null(void)
{
    PyErr_SetString(tai_curses_error, catchall_NULL);
    return NULL;
}

/* ------------------------------------------------------------------ numbers */

/* The value as a C long; a float is refused although it could be cut. */
static int whole_number(PyObject *o, long *out)
{
    if (PyFloat_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *out = PyLong_AsLong(o);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

int tai_curses_attr(PyObject *o, long *out)
{
    return whole_number(o, out);
}

int tai_curses_int(PyObject *o, int *out)
{
    long v;
    if (whole_number(o, &v) < 0)
        return -1;
    if (v < INT_MIN || v > INT_MAX) {
        PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C int");
        return -1;
    }
    *out = (int)v;
    return 0;
}

int tai_curses_ints(PyObject *const *args, Py_ssize_t n, int *out)
{
    for (Py_ssize_t i = 0; i < n; i++) {
        long v;
        if (whole_number(args[i], &v) < 0)
            return -1;
        if (v < INT_MIN || v > INT_MAX) {
            PyErr_Format(PyExc_OverflowError, "signed integer is %s", v < 0 ? "less than minimum" : "greater than maximum");
            return -1;
        }
        out[i] = (int)v;
    }
    return 0;
}

int tai_curses_short(PyObject *o, short *out)
{
    long v;
    if (whole_number(o, &v) < 0)
        return -1;
    if (v < SHRT_MIN || v > SHRT_MAX) {
        PyErr_Format(PyExc_OverflowError, "signed short integer is %s", v < 0 ? "less than minimum" : "greater than maximum");
        return -1;
    }
    *out = (short)v;
    return 0;
}

/* --------------------------------------------------------------- characters */

static int wrong_character(PyObject *o)
{
    if (PyUnicode_Check(o))
        PyErr_Format(PyExc_TypeError, "expect bytes or str of length 1, or int, got a str of length %zi", PyUnicode_GET_LENGTH(o));
    else
        PyErr_Format(PyExc_TypeError, "expect bytes or str of length 1, or int, got %s", Py_TYPE(o)->tp_name);
    return -1;
}

/* The one byte that a character becomes in the window's encoding, or its code if it takes more. -1 with an exception. */
static int narrow(PyCursesWindowObject *win, PyObject *character, unsigned long *out)
{
    Py_UCS4 code = PyUnicode_READ_CHAR(character, 0);
    *out = code;
    if (code < 128)
        return 0;
    const char *encoding = win ? win->encoding : NULL;
    PyObject *bytes = PyUnicode_AsEncodedString(character, encoding, NULL);
    if (bytes == NULL)
        return -1;
    int fits = PyBytes_GET_SIZE(bytes) == 1;
    if (fits)
        *out = (unsigned char)PyBytes_AS_STRING(bytes)[0];
    else
        PyErr_SetString(PyExc_OverflowError, "byte doesn't fit in chtype");
    Py_DECREF(bytes);
    return fits ? 0 : -1;
}

static int from_int(PyObject *o, chtype *out)
{
    int overflow;
    long v = PyLong_AsLongAndOverflow(o, &overflow);
    if (v == -1 && PyErr_Occurred())
        return -1;
    if (overflow) {
        PyErr_SetString(PyExc_OverflowError, "int doesn't fit in long");
        return -1;
    }
    *out = (chtype)v;
    if ((long)*out == v)
        return 0;
    PyErr_SetString(PyExc_OverflowError, "byte doesn't fit in chtype");
    return -1;
}

int tai_curses_chtype(PyCursesWindowObject *win, PyObject *o, chtype *out)
{
    if (PyBytes_Check(o) && PyBytes_GET_SIZE(o) == 1) {
        *out = (unsigned char)PyBytes_AS_STRING(o)[0];
        return 0;
    }
    if (PyUnicode_Check(o) && PyUnicode_READY(o) == 0 && PyUnicode_GET_LENGTH(o) == 1) {
        unsigned long value;
        if (narrow(win, o, &value) < 0)
            return -1;
        *out = (chtype)value;
        return 0;
    }
    return PyLong_CheckExact(o) || PyBool_Check(o) ? from_int(o, out) : wrong_character(o);
}

int tai_curses_character(PyCursesWindowObject *win, PyObject *o, chtype *byte, wchar_t *character, int *wide)
{
    *wide = PyUnicode_Check(o);
    if (!*wide)
        return tai_curses_chtype(win, o, byte);
    if (PyUnicode_READY(o) < 0)
        return -1;
    if (PyUnicode_GET_LENGTH(o) != 1)
        return wrong_character(o);
    *character = (wchar_t)PyUnicode_READ_CHAR(o, 0);
    return 0;
}

/* --------------------------------------------------------------------- text */

int tai_curses_text(PyObject *o, CursesText *out)
{
    *out = (CursesText){NULL, NULL};
    if (PyUnicode_Check(o)) {
        Py_ssize_t size;
        wchar_t *text = PyUnicode_AsWideCharString(o, &size);
        if (text == NULL)
            return -1;
        if (wcslen(text) != (size_t)size) {
            PyMem_Free(text);
            PyErr_SetString(PyExc_ValueError, "embedded null character");
            return -1;
        }
        out->wide = text;
        return 0;
    }
    if (!PyBytes_Check(o)) {
        PyErr_Format(PyExc_TypeError, "expect bytes or str, got %s", Py_TYPE(o)->tp_name);
        return -1;
    }
    if (strlen(PyBytes_AS_STRING(o)) != (size_t)PyBytes_GET_SIZE(o)) {
        PyErr_SetString(PyExc_ValueError, "embedded null byte");
        return -1;
    }
    Py_INCREF(o);
    out->bytes = o;
    return 0;
}

void tai_curses_text_free(CursesText *text)
{
    Py_CLEAR(text->bytes);
    PyMem_Free(text->wide);
    text->wide = NULL;
}

/* --------------------------------------------------- arguments with a place */

PyObject *tai_curses_count_error(const char *name, int least, int most)
{
    PyErr_Format(PyExc_TypeError, "_curses.%s requires %d to %d arguments", name, least, most);
    return NULL;
}

int tai_curses_place(const char *name, PyObject *const *args, Py_ssize_t n, int needed, int optional, CursesPlace *out)
{
    int moved = n >= needed + 2;
    Py_ssize_t rest = n - (moved ? 2 : 0);
    if (rest < needed || rest > needed + optional) {
        tai_curses_count_error(name, needed, needed + optional + 2);
        return -1;
    }
    int yx[2] = {0, 0};
    if (moved && tai_curses_ints(args, 2, yx) < 0)
        return -1;
    *out = (CursesPlace){.moved = moved, .y = yx[0], .x = yx[1], .rest = args + (moved ? 2 : 0), .n = rest};
    return 0;
}
