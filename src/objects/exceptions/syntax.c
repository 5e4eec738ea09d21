/* SPDX-License-Identifier: MIT */
/* SyntaxError(msg[, (filename, lineno, offset, text)]).
 *
 * A SyntaxError (not a subclass) whose line reads like a Python 2 print or exec statement gets a message that says so.
 * Tests: tests/objects/test_exceptions.py.
 */
#include "objects/exceptions/kinds.h"

#include <string.h>

#define SELF(op) ((PySyntaxErrorObject *)(op))

/* ---- old statements ---- */

static int is_blank(Py_UCS4 c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Does text[at:] begin with the ASCII string? */
static int begins(PyObject *text, Py_ssize_t at, const char *word)
{
    Py_ssize_t size = strlen(word);
    if (PyUnicode_GET_LENGTH(text) - at < size)
        return 0;
    for (Py_ssize_t i = 0; i < size; i++)
        if (PyUnicode_READ_CHAR(text, at + i) != (Py_UCS4)word[i])
            return 0;
    return 1;
}

/* The message for `print arguments` whose arguments begin at `from`. */
static PyObject *print_message(PyObject *text, Py_ssize_t from)
{
    Py_ssize_t to = PyUnicode_GET_LENGTH(text);
    Py_ssize_t semicolon = PyUnicode_FindChar(text, ';', from, to, -1);
    if (semicolon >= 0)
        to = semicolon;
    while (from < to && is_blank(PyUnicode_READ_CHAR(text, from)))
        from++;
    while (to > from && is_blank(PyUnicode_READ_CHAR(text, to - 1)))
        to--;
    int open_ended = to > from && PyUnicode_READ_CHAR(text, to - 1) == ',';
    PyObject *arguments = PyUnicode_Substring(text, from, to);
    if (arguments == NULL)
        return NULL;
    PyObject *message = PyUnicode_FromFormat("Missing parentheses in call to 'print'. Did you mean print(%U%s)?", arguments,
                                             open_ended ? " end=\" \"" : "");
    Py_DECREF(arguments);
    return message;
}

/* 1: the statement that begins at `at` is an old one and msg is set; 0: it is not; -1. */
static int check_statement(PySyntaxErrorObject *self, Py_ssize_t at)
{
    PyObject *text = self->text, *message;
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    while (at < size && Py_UNICODE_ISSPACE(PyUnicode_READ_CHAR(text, at)))
        at++;
    if (begins(text, at, "print "))
        message = print_message(text, at + 6);
    else if (begins(text, at, "exec "))
        message = PyUnicode_FromString("Missing parentheses in call to 'exec'");
    else
        return 0;
    if (message == NULL)
        return -1;
    Py_XSETREF(self->msg, message);
    return 1;
}

/* The statement stands at the start of the line or behind the first colon; a line with a parenthesis is left alone. */
static int check_line(PySyntaxErrorObject *self)
{
    PyObject *text = self->text;
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    if (PyUnicode_FindChar(text, '(', 0, size, 1) != -1)
        return 0;
    int found = check_statement(self, 0);
    if (found != 0)
        return found < 0 ? -1 : 0;
    Py_ssize_t colon = PyUnicode_FindChar(text, ':', 0, size, 1);
    if (colon >= 0 && check_statement(self, colon + 1) < 0)
        return -1;
    return 0;
}

/* ---- the object ---- */

static int read_location(PySyntaxErrorObject *self, PyObject *given)
{
    PyObject *where = PySequence_Tuple(given);
    if (where == NULL)
        return -1;
    if (PyTuple_GET_SIZE(where) != 4) {
        Py_DECREF(where);
        PyErr_SetString(PyExc_IndexError, "tuple index out of range");
        return -1;
    }
    EXC_SET(self->filename, PyTuple_GET_ITEM(where, 0));
    EXC_SET(self->lineno, PyTuple_GET_ITEM(where, 1));
    EXC_SET(self->offset, PyTuple_GET_ITEM(where, 2));
    EXC_SET(self->text, PyTuple_GET_ITEM(where, 3));
    Py_DECREF(where);
    if (Py_TYPE(self) == (PyTypeObject *)PyExc_SyntaxError && PyUnicode_Check(self->text))
        return PyUnicode_READY(self->text) < 0 ? -1 : check_line(self);
    return 0;
}

static int syntax_init(PyObject *op, PyObject *args, PyObject *kwargs)
{
    PySyntaxErrorObject *self = SELF(op);
    if (tai_exception_init_base(op, args, kwargs) < 0)
        return -1;
    Py_ssize_t count = PyTuple_GET_SIZE(args);
    if (count >= 1)
        EXC_SET(self->msg, PyTuple_GET_ITEM(args, 0));
    return count == 2 ? read_location(self, PyTuple_GET_ITEM(args, 1)) : 0;
}

static int syntax_clear(PyObject *op)
{
    PySyntaxErrorObject *self = SELF(op);
    Py_CLEAR(self->msg);
    Py_CLEAR(self->filename);
    Py_CLEAR(self->lineno);
    Py_CLEAR(self->offset);
    Py_CLEAR(self->text);
    Py_CLEAR(self->print_file_and_line);
    return tai_exception_clear(op);
}

static int syntax_traverse(PyObject *op, visitproc visit, void *arg)
{
    PySyntaxErrorObject *self = SELF(op);
    Py_VISIT(self->msg);
    Py_VISIT(self->filename);
    Py_VISIT(self->lineno);
    Py_VISIT(self->offset);
    Py_VISIT(self->text);
    Py_VISIT(self->print_file_and_line);
    return tai_exception_traverse(op, visit, arg);
}

/* The part of a path behind its last slash. New. */
static PyObject *base_name(PyObject *path)
{
    if (PyUnicode_READY(path) < 0)
        return NULL;
    Py_ssize_t size = PyUnicode_GET_LENGTH(path);
    Py_ssize_t slash = PyUnicode_FindChar(path, '/', 0, size, -1);
    return slash < -1 ? NULL : PyUnicode_Substring(path, slash + 1, size);
}

static PyObject *syntax_str(PyObject *op)
{
    PySyntaxErrorObject *self = SELF(op);
    PyObject *msg = self->msg ? self->msg : Py_None, *file = NULL, *result;
    int has_line = self->lineno != NULL && PyLong_CheckExact(self->lineno), overflow;
    if (self->filename != NULL && PyUnicode_Check(self->filename) && (file = base_name(self->filename)) == NULL)
        return NULL;
    long line = has_line ? PyLong_AsLongAndOverflow(self->lineno, &overflow) : 0;
    if (file != NULL && has_line)
        result = PyUnicode_FromFormat("%S (%U, line %ld)", msg, file, line);
    else if (file != NULL)
        result = PyUnicode_FromFormat("%S (%U)", msg, file);
    else if (has_line)
        result = PyUnicode_FromFormat("%S (line %ld)", msg, line);
    else
        result = PyObject_Str(msg);
    Py_XDECREF(file);
    return result;
}

static PyMemberDef syntax_members[] = {
    {"msg", T_OBJECT, offsetof(PySyntaxErrorObject, msg), 0, "message"},
    {"filename", T_OBJECT, offsetof(PySyntaxErrorObject, filename), 0, "file"},
    {"lineno", T_OBJECT, offsetof(PySyntaxErrorObject, lineno), 0, "line, counted from 1"},
    {"offset", T_OBJECT, offsetof(PySyntaxErrorObject, offset), 0, "column, counted from 1"},
    {"text", T_OBJECT, offsetof(PySyntaxErrorObject, text), 0, "the line itself"},
    {"print_file_and_line", T_OBJECT, offsetof(PySyntaxErrorObject, print_file_and_line), 0,
     "present on what is to be printed like a SyntaxError"},
    {NULL},
};

const TaiExceptionKind tai_exception_syntax_error = {
    .size = sizeof(PySyntaxErrorObject),
    .init = syntax_init,
    .str = syntax_str,
    .dealloc = tai_exception_dealloc,
    .traverse = syntax_traverse,
    .clear = syntax_clear,
    .members = syntax_members,
};
