/* SPDX-License-Identifier: MIT */
/* future: which features the future statements at the head of a module switch on.
 *
 * They may follow the docstring and each other; the line of the last one is kept, so that the compiler can refuse later ones.
 * Tests: tests/frontend/test_cases.py.
 */
#include "frontend/future.h"

/* Name and flag; 0 for what every 3.8 program has anyway. */
static const struct {
    const char *name;
    int flag;
} features[] = {
    {FUTURE_NESTED_SCOPES, 0},    {FUTURE_GENERATORS, 0},      {FUTURE_DIVISION, 0},
    {FUTURE_ABSOLUTE_IMPORT, 0},  {FUTURE_WITH_STATEMENT, 0},  {FUTURE_PRINT_FUNCTION, 0},
    {FUTURE_UNICODE_LITERALS, 0}, {FUTURE_GENERATOR_STOP, 0},  {FUTURE_BARRY_AS_BDFL, CO_FUTURE_BARRY_AS_BDFL},
    {FUTURE_ANNOTATIONS, CO_FUTURE_ANNOTATIONS},
};

static int switch_on(PyFutureFeatures *future, stmt_ty s, PyObject *filename)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.ImportFrom.names); i < n; i++) {
        const char *name = PyUnicode_AsUTF8(((alias_ty)asdl_seq_GET(s->v.ImportFrom.names, i))->name);
        size_t at = 0;
        if (!name)
            return -1;
        while (at < Py_ARRAY_LENGTH(features) && strcmp(name, features[at].name))
            at++;
        if (at < Py_ARRAY_LENGTH(features)) {
            future->ff_features |= features[at].flag;
            continue;
        }
        if (!strcmp(name, "braces"))
            PyErr_SetString(PyExc_SyntaxError, "not a chance");
        else
            PyErr_Format(PyExc_SyntaxError, "future feature %.100s is not defined", name);
        PyErr_SyntaxLocationObject(filename, s->lineno, s->col_offset + 1);
        return -1;
    }
    return 0;
}

static int scan(PyFutureFeatures *future, mod_ty mod, PyObject *filename)
{
    if (mod->kind != Module_kind && mod->kind != Interactive_kind)
        return 0;
    asdl_seq *body = mod->v.Module.body; /* stands first in Interactive too */
    Py_ssize_t i = _PyAST_GetDocString(body) != NULL;
    int done = 0, line = 0;
    for (Py_ssize_t n = asdl_seq_LEN(body); i < n; i++) {
        stmt_ty s = asdl_seq_GET(body, i);
        if (done && s->lineno > line) /* the compiler sees later ones */
            return 0;
        line = s->lineno;
        if (s->kind != ImportFrom_kind || !s->v.ImportFrom.module ||
            !_PyUnicode_EqualToASCIIString(s->v.ImportFrom.module, "__future__")) {
            done = 1;
            continue;
        }
        if (done) {
            PyErr_SetString(PyExc_SyntaxError, "from __future__ imports must occur at the beginning of the file");
            PyErr_SyntaxLocationObject(filename, s->lineno, s->col_offset);
            return -1;
        }
        if (switch_on(future, s, filename) < 0)
            return -1;
        future->ff_lineno = s->lineno;
    }
    return 0;
}

/* New, to be freed with PyObject_Free; NULL with an exception. */
PyFutureFeatures *PyFuture_FromASTObject(struct _mod *mod, PyObject *filename)
{
    PyFutureFeatures *future = PyObject_Malloc(sizeof(PyFutureFeatures));
    if (!future)
        return (PyFutureFeatures *)PyErr_NoMemory();
    future->ff_features = 0;
    future->ff_lineno = -1;
    if (scan(future, mod, filename) == 0)
        return future;
    PyObject_Free(future);
    return NULL;
}

PyFutureFeatures *PyFuture_FromAST(struct _mod *mod, const char *filename)
{
    PyObject *name = PyUnicode_DecodeFSDefault(filename);
    PyFutureFeatures *future = name ? PyFuture_FromASTObject(mod, name) : NULL;
    Py_XDECREF(name);
    return future;
}
