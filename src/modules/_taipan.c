/* SPDX-License-Identifier: MIT */
/* _taipan: looking inside: tokens of our lexer, executable forms, counters, stress. For _showcode, tests and the curious; the
 * interface may change at any time.
 * Tests: tests/vm/test_diagnostics.py
 */
#include "Python.h"
#include "frontend/lexer.h"
#include "runtime/collector.h"
#include "vm/stats.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- executable forms ---- */

PyDoc_STRVAR(form_doc, "form($module, code, /)\n--\n\n"
"A listing of the executable form of a code object, with what its instructions have become and their caches.\n\n"
"code: a code object or a function.  The form is made by the first call; None before.");

static PyObject *form(PyObject *m, PyObject *code)
{
    if (PyFunction_Check(code))
        code = PyFunction_GET_CODE(code);
    if (!PyCode_Check(code)) {
        _PyArg_BadArgument("form", "argument", "code object or function", code);
        return NULL;
    }
    if (tai_exec_peek((PyCodeObject *)code) == NULL)
        Py_RETURN_NONE;
    char *text = NULL;
    size_t n = 0;
    FILE *file = open_memstream(&text, &n);
    if (file == NULL)
        return PyErr_SetFromErrno(PyExc_OSError);
    tai_exec_dump((PyCodeObject *)code, file);
    PyObject *result = fclose(file) == 0 ? PyUnicode_DecodeUTF8(text, (Py_ssize_t)n, "replace") : PyErr_NoMemory();
    free(text);
    return result;
}

PyDoc_STRVAR(record_forms_doc, "record_forms($module, on, /)\n--\n\n"
"Begin, or end, to keep the code objects that get an executable form from now on.\n\n"
"Return the list of those kept since recording began, None if it had not begun.");

static PyObject *record_forms(PyObject *m, PyObject *on)
{
    int truth = PyObject_IsTrue(on);
    PyObject *list = truth > 0 ? PyList_New(0) : NULL, *before = tai_stats_forms;
    if (truth < 0 || (truth && list == NULL))
        return NULL;
    tai_stats_forms = list;
    if (before == NULL)
        Py_RETURN_NONE;
    return before;
}

/* ---- counters ---- */

static int put(PyObject *dict, const char *name, uint64_t count)
{
    PyObject *number = PyLong_FromUnsignedLongLong(count);
    int r = number ? PyDict_SetItemString(dict, name, number) : -1;
    Py_XDECREF(number);
    return r;
}

static int put_by_instruction(PyObject *dict, const char *name, const uint64_t *counts, int n)
{
    PyObject *inner = PyDict_New();
    int r = inner ? 0 : -1;
    for (int i = 0; i < n && r == 0; i++)
        if (counts[i] > 0)
            r = put(inner, tai_exec_op_name(i), counts[i]);
    if (r == 0)
        r = PyDict_SetItemString(dict, name, inner);
    Py_XDECREF(inner);
    return r;
}

PyDoc_STRVAR(counters_doc, "counters($module, /)\n--\n\n"
"What has been counted since the start, as a dict: numbers by name, and dicts of numbers by instruction.\n\n"
"'executed' is filled by debug builds only.");

static PyObject *counters(PyObject *m, PyObject *unused)
{
    TaiStats now = tai_stats; /* making the dict counts on */
    PyObject *dict = PyDict_New();
    if (dict == NULL)
        return NULL;
    int r = 0;
#define COUNTER(name, text) r = r < 0 ? r : put(dict, #name, now.name);
#include "defs/counter.def"
    if (r < 0 || put_by_instruction(dict, "specialised", now.specialised, TAI_OP_COUNT) < 0 ||
        put_by_instruction(dict, "missed", now.missed, TAI_OP_COUNT) < 0 || put_by_instruction(dict, "failed", now.failed, 256) < 0 ||
        put_by_instruction(dict, "executed", now.executed, TAI_OP_COUNT) < 0)
        Py_CLEAR(dict);
    return dict;
}

PyDoc_STRVAR(gc_stress_doc, "gc_stress($module, n, /)\n--\n\n"
"Collect at every nth allocation of an object that takes part in collections, 0: as usual.  Return the n before.");

static PyObject *gc_stress(PyObject *m, PyObject *number)
{
    int before = tai_gc.stress, n = _PyLong_AsInt(number);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (n < 0) {
        PyErr_SetString(PyExc_ValueError, "n must not be negative");
        return NULL;
    }
    tai_gc_stress(n);
    return PyLong_FromLong(before);
}

/* ---- tokens ---- */

PyAPI_DATA(const char *const) _PyParser_TokenNames[];

/* A row for the list; new, NULL with an exception. */
static PyObject *token_row(const Token *token)
{
    const char *name = token->type < T_FIRST_KEYWORD ? _PyParser_TokenNames[token->type] : "KEYWORD";
    int has_text = token->start != NULL && token->end > token->start;
    PyObject *text = PyUnicode_DecodeUTF8(has_text ? token->start : "", has_text ? token->end - token->start : 0, "replace");
    return text ? Py_BuildValue("(sNiiii)", name, text, token->line, token->column, token->end_line, token->end_column) : NULL;
}

/* Appends the tokens; after the last comes the end of the text, or ERRORTOKEN. 0, or -1 with an exception. */
static int append_tokens(PyObject *list, Lexer *lexer)
{
    for (Token token = {.type = -1}; token.type != T_ENDMARKER && token.type != T_ERRORTOKEN;) {
        tai_lexer_next(lexer, &token);
        PyObject *row = lexer->state == LEX_RAISED ? NULL : token_row(&token);
        int r = row ? PyList_Append(list, row) : -1;
        Py_XDECREF(row);
        if (r < 0)
            return -1;
    }
    return 0;
}

PyDoc_STRVAR(tokens_doc, "tokens($module, source, /)\n--\n\n"
"The tokens of a str as the parser gets them: a list of (name, text, line, column, end line, end column).\n\n"
"Columns count bytes of UTF-8; they are -1 where a token has no text.  What is no token ends the list as ERRORTOKEN.");

static PyObject *tokens(PyObject *m, PyObject *source)
{
    const char *text = PyUnicode_Check(source) ? PyUnicode_AsUTF8(source) : NULL;
    if (text == NULL) {
        if (!PyErr_Occurred())
            _PyArg_BadArgument("tokens", "argument", "str", source);
        return NULL;
    }
    PyArena *arena = PyArena_New();
    PyObject *filename = PyUnicode_FromString("<tokens>"), *list = PyList_New(0);
    Lexer *lexer = PyMem_Malloc(sizeof(Lexer));
    char *end, *decoded = NULL;
    if (arena != NULL && filename != NULL && list != NULL && lexer != NULL)
        decoded = tai_source_decode(text, strlen(text), 1, 1, filename, arena, &end);
    else
        PyErr_NoMemory();
    if (decoded != NULL)
        tai_lexer_init(lexer, decoded, end, filename);
    if (decoded == NULL || append_tokens(list, lexer) < 0)
        Py_CLEAR(list);
    PyMem_Free(lexer);
    Py_XDECREF(filename);
    if (arena != NULL)
        PyArena_Free(arena);
    return list;
}

/* ---- the module ---- */

static PyMethodDef methods[] = {
    {"form", form, METH_O, form_doc},
    {"record_forms", record_forms, METH_O, record_forms_doc},
    {"counters", counters, METH_NOARGS, counters_doc},
    {"gc_stress", gc_stress, METH_O, gc_stress_doc},
    {"tokens", tokens, METH_O, tokens_doc},
    {NULL},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_taipan",
    .m_doc = "Looking inside taipan: tokens, executable forms, counters, stress.",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__taipan(void)
{
    return PyModule_Create(&definition);
}
