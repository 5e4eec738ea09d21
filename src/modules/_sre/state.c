/* SPDX-License-Identifier: MIT */
/* _sre: from a string to a State, and from a State to pieces of the string and match objects. */
#include "modules/_sre/sre.h"

/* The memory of string: 0 with *data, *length, *kind, *is_bytes; -1 with TypeError. view is to be released if its buf
 * is set. */
static int string_memory(PyObject *string, const char **data, Py_ssize_t *length, int *kind, int *is_bytes, Py_buffer *view)
{
    view->buf = NULL;
    if (PyUnicode_Check(string)) {
        if (PyUnicode_READY(string) < 0)
            return -1;
        *data = PyUnicode_DATA(string);
        *length = PyUnicode_GET_LENGTH(string);
        *kind = (int)PyUnicode_KIND(string);
        *is_bytes = 0;
        return 0;
    }
    *kind = 1;
    *is_bytes = 1;
    if (PyBytes_CheckExact(string)) {
        *data = PyBytes_AS_STRING(string);
        *length = PyBytes_GET_SIZE(string);
        return 0;
    }
    if (PyObject_GetBuffer(string, view, PyBUF_SIMPLE) != 0) {
        PyErr_SetString(PyExc_TypeError, "expected string or bytes-like object");
        return -1;
    }
    *data = view->buf;
    *length = view->len;
    if (view->buf == NULL) { /* an empty buffer may have no memory */
        PyBuffer_Release(view);
        view->buf = NULL;
        *data = "";
        *length = 0;
    }
    return 0;
}

static int check_kind(PatternObject *pattern, int is_bytes)
{
    if (is_bytes && pattern->is_bytes == 0) {
        PyErr_SetString(PyExc_TypeError, "cannot use a string pattern on a bytes-like object");
        return -1;
    }
    if (!is_bytes && pattern->is_bytes > 0) {
        PyErr_SetString(PyExc_TypeError, "cannot use a bytes pattern on a string-like object");
        return -1;
    }
    return 0;
}

/* 0, or -1 with an exception and nothing to be released. */
int sre_state_init(State *s, PatternObject *pattern, PyObject *string, Py_ssize_t start, Py_ssize_t end)
{
    const Program *p = pattern->program;
    const char *data;
    if (string_memory(string, &data, &s->length, &s->kind, &s->is_bytes, &s->buffer) < 0)
        return -1;
    s->regs = s->small_regs;
    if (check_kind(pattern, s->is_bytes) < 0)
        goto error;
    if (p->n_regs > Py_ARRAY_LENGTH(s->small_regs)) {
        s->regs = PyMem_Calloc(p->n_regs, sizeof *s->regs);
        if (s->regs == NULL) {
            PyErr_NoMemory();
            goto error;
        }
    }
    Py_ssize_t length = s->length;
    start = start < 0 ? 0 : start > length ? length : start;
    end = end < 0 ? 0 : end > length ? length : end;
    s->beginning = data;
    s->start = s->ptr = data + start * s->kind;
    s->end = data + end * s->kind;
    s->pos = start;
    s->endpos = end;
    s->lastindex = -1;
    s->match_all = s->must_advance = 0;
    s->n_marks = 2 * (unsigned)pattern->groups;
    s->stack = s->small_stack;
    s->stack_end = s->small_stack + Py_ARRAY_LENGTH(s->small_stack);
    s->ticks = 0;
    Py_INCREF(string);
    s->string = string;
    return 0;
error:
    if (s->buffer.buf)
        PyBuffer_Release(&s->buffer);
    return -1;
}

void sre_state_fini(State *s)
{
    if (s->buffer.buf)
        PyBuffer_Release(&s->buffer);
    if (s->regs != s->small_regs)
        PyMem_Free(s->regs);
    if (s->stack != s->small_stack)
        PyMem_Free(s->stack);
    Py_XDECREF(s->string);
}

/* string[start:end], from its memory. New. */
PyObject *sre_slice(int is_bytes, const char *data, PyObject *string, Py_ssize_t start, Py_ssize_t end)
{
    if (!is_bytes)
        return PyUnicode_Substring(string, start, end);
    if (PyBytes_CheckExact(string) && start == 0 && end == PyBytes_GET_SIZE(string)) {
        Py_INCREF(string);
        return string;
    }
    return PyBytes_FromStringAndSize(data + start, end - start);
}

/* A match object for status SRE_MATCH, None for SRE_NO_MATCH, NULL for an error. New. */
PyObject *sre_match_new(PatternObject *pattern, State *s, int status)
{
    if (status == SRE_ERROR)
        return NULL;
    if (status == SRE_NO_MATCH)
        Py_RETURN_NONE;
    MatchObject *m = PyObject_NewVar(MatchObject, &sre_Match_Type, 2 * (pattern->groups + 1));
    if (m == NULL)
        return NULL;
    int shift = s->kind >> 1; /* 1, 2, 4 -> 0, 1, 2 */
    Py_INCREF(pattern);
    m->pattern = pattern;
    Py_INCREF(s->string);
    m->string = s->string;
    m->regs = NULL;
    m->groups = pattern->groups + 1;
    m->mark[0] = (s->start - s->beginning) >> shift;
    m->mark[1] = (s->ptr - s->beginning) >> shift;
    for (Py_ssize_t i = 0; i < pattern->groups; i++) {
        const char *a = s->regs[2 * i], *b = s->regs[2 * i + 1];
        m->mark[2 * i + 2] = a && b ? (a - s->beginning) >> shift : -1;
        m->mark[2 * i + 3] = a && b ? (b - s->beginning) >> shift : -1;
    }
    m->pos = s->pos;
    m->endpos = s->endpos;
    m->lastindex = s->lastindex;
    return (PyObject *)m;
}

/* Text of group i, or otherwise if it did not match. New. */
PyObject *sre_match_group(MatchObject *m, Py_ssize_t i, PyObject *otherwise)
{
    if (i < 0 || i >= m->groups) {
        PyErr_SetString(PyExc_IndexError, "no such group");
        return NULL;
    }
    if (m->mark[2 * i] < 0 || m->string == Py_None) {
        Py_INCREF(otherwise);
        return otherwise;
    }
    Py_ssize_t start = m->mark[2 * i], end = m->mark[2 * i + 1];
    if (PyUnicode_Check(m->string))
        return PyUnicode_Substring(m->string, start, end);
    const char *data;
    Py_ssize_t length;
    int kind, is_bytes;
    Py_buffer view;
    if (string_memory(m->string, &data, &length, &kind, &is_bytes, &view) < 0)
        return NULL;
    start = start < length ? start : length; /* a bytearray may have shrunk */
    end = end < length ? end : length;
    PyObject *text = sre_slice(is_bytes, data, m->string, start, end);
    if (view.buf)
        PyBuffer_Release(&view);
    return text;
}
