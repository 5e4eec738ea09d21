/* SPDX-License-Identifier: MIT */
/* Statements, and how Python values are bound to their parameters. */
#include "sql.h"

#include <limits.h>

/* ------------------------------------------------------------------ life */

/* Where SQL goes on after white space and comments. */
static const char *skip_blank(const char *s)
{
    for (;;) {
        if (*s && strchr(" \t\n\r;", *s))
            s++;
        else if (s[0] == '-' && s[1] == '-') {
            while (*s && *s != '\n')
                s++;
        }
        else if (s[0] == '/' && s[1] == '*') {
            const char *end = strstr(s + 2, "*/");
            s = end ? end + 2 : s + strlen(s);
        }
        else
            return s;
    }
}

static int changes_data(const char *s)
{
    static const char *const words[] = {"insert", "update", "delete", "replace"};
    s += strspn(s, " \r\n\t");
    for (int i = 0; i < 4; i++)
        if (PyOS_strnicmp(s, words[i], strlen(words[i])) == 0)
            return 1;
    return 0;
}

Statement *sql_prepare(Connection *c, PyObject *sql)
{
    Py_ssize_t n;
    if (!PyUnicode_Check(sql)) {
        PyErr_SetString(SqlWarning, "SQL is of wrong type. Must be string.");
        return NULL;
    }
    const char *text = PyUnicode_AsUTF8AndSize(sql, &n), *tail;
    if (text == NULL)
        return NULL;
    if (strlen(text) != (size_t)n) {
        PyErr_SetString(PyExc_ValueError, "the query contains a null character");
        return NULL;
    }
    Statement *s = PyObject_New(Statement, &SqlStatementType);
    if (s == NULL)
        return NULL;
    s->db = c->db;
    s->st = NULL;
    s->weakrefs = NULL;
    s->in_use = s->busy = 0;
    s->stepping = s->doomed = 0;
    Py_INCREF(sql);
    s->sql = sql;
    s->is_dml = changes_data(text);
    int status;
    Py_BEGIN_ALLOW_THREADS
    status = sqlite3_prepare_v2(c->db, text, n < INT_MAX ? (int)n + 1 : -1, &s->st, &tail);
    Py_END_ALLOW_THREADS
    if (status != SQLITE_OK)
        sql_raise(c->db);
    else if (*skip_blank(tail))
        PyErr_SetString(SqlWarning, "You can only execute one statement at a time.");
    else
        return s;
    Py_DECREF(s);
    return NULL;
}

int sql_step(Statement *s)
{
    int status;
    if (s->st == NULL)
        return SQLITE_OK;
    s->stepping = 1;
    Py_BEGIN_ALLOW_THREADS
    status = sqlite3_step(s->st);
    Py_END_ALLOW_THREADS
    s->stepping = 0;
    return status;
}

int sql_statement_reset(Statement *s)
{
    int status = SQLITE_OK;
    if (s->in_use && s->st && !s->stepping) {
        Py_BEGIN_ALLOW_THREADS
        status = sqlite3_reset(s->st);
        Py_END_ALLOW_THREADS
        if (status == SQLITE_OK)
            s->in_use = 0;
    }
    return status;
}

int sql_statement_finalize(Statement *s)
{
    int status = SQLITE_OK;
    sqlite3_stmt *st = s->st;
    if (s->busy) {
        s->doomed = 1;
        return SQLITE_OK;
    }
    s->st = NULL;
    s->in_use = 0;
    if (st) {
        Py_BEGIN_ALLOW_THREADS
        status = sqlite3_finalize(st);
        Py_END_ALLOW_THREADS
    }
    return status;
}

/* Between these two the statement is there. */
void sql_statement_hold(Statement *s)
{
    Py_INCREF(s);
    s->busy++;
}

void sql_statement_release(Statement *s)
{
    if (--s->busy == 0 && s->doomed)
        sql_statement_finalize(s);
    Py_DECREF(s);
}

static void statement_dealloc(PyObject *op)
{
    Statement *s = (Statement *)op;
    if (s->weakrefs)
        PyObject_ClearWeakRefs(op);
    sql_statement_finalize(s);
    Py_XDECREF(s->sql);
    PyObject_Del(op);
}

PyTypeObject SqlStatementType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "sqlite3.Statement",
    .tp_basicsize = sizeof(Statement),
    .tp_dealloc = statement_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_weaklistoffset = offsetof(Statement, weakrefs),
};

/* ------------------------------------------------------------------ parameters */

sqlite3_int64 sql_int64(PyObject *number)
{
    int overflow;
    long long v = PyLong_AsLongLongAndOverflow(number, &overflow);
    if (overflow) {
        PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to SQLite INTEGER");
        return -1;
    }
    return v;
}

static int bind_bytes(sqlite3_stmt *st, int at, PyObject *v)
{
    Py_buffer view;
    if (PyObject_GetBuffer(v, &view, PyBUF_SIMPLE) < 0) {
        PyErr_SetString(PyExc_ValueError, "could not convert BLOB to buffer");
        return -1;
    }
    int status = -1;
    if (view.len > INT_MAX)
        PyErr_SetString(PyExc_OverflowError, "BLOB longer than INT_MAX bytes");
    else
        status = sqlite3_bind_blob(st, at, view.buf, (int)view.len, SQLITE_TRANSIENT);
    PyBuffer_Release(&view);
    return status;
}

/* SQLite's status, or -1: with an exception, or without, if the type is not supported. */
static int bind_one(sqlite3_stmt *st, int at, PyObject *v)
{
    if (v == Py_None)
        return sqlite3_bind_null(st, at);
    if (PyLong_Check(v)) {
        sqlite3_int64 n = sql_int64(v);
        return n == -1 && PyErr_Occurred() ? -1 : sqlite3_bind_int64(st, at, n);
    }
    if (PyFloat_Check(v))
        return sqlite3_bind_double(st, at, PyFloat_AS_DOUBLE(v));
    if (PyUnicode_Check(v)) {
        Py_ssize_t n;
        const char *s = PyUnicode_AsUTF8AndSize(v, &n);
        if (s == NULL)
            return -1;
        if (n > INT_MAX) {
            PyErr_SetString(PyExc_OverflowError, "string longer than INT_MAX bytes");
            return -1;
        }
        return sqlite3_bind_text(st, at, s, (int)n, SQLITE_TRANSIENT);
    }
    return PyObject_CheckBuffer(v) ? bind_bytes(st, at, v) : -1;
}

static int needs_adapting(PyObject *v)
{
    return sql_base_types_adapted || !(PyLong_CheckExact(v) || PyFloat_CheckExact(v) || PyUnicode_CheckExact(v) || PyByteArray_CheckExact(v));
}

/* Adapt v (stolen) and bind it. 0; 1 if SQLite or the type is against it, without an exception; -1 with one. The statement is held. */
static int adapt_and_bind(sqlite3_stmt *st, int at, PyObject *v)
{
    if (needs_adapting(v)) {
        PyObject *adapted = sql_adapt(v, (PyObject *)&SqlProtocolType, v);
        Py_DECREF(v);
        if (adapted == NULL)
            return -1;
        v = adapted;
    }
    int status = bind_one(st, at, v);
    Py_DECREF(v);
    return PyErr_Occurred() ? -1 : status != SQLITE_OK;
}

static int bind_sequence(Statement *s, PyObject *parameters, int wanted)
{
    Py_ssize_t n = PySequence_Size(parameters);
    if (n < 0)
        return -1;
    if (n != wanted) {
        PyErr_Format(SqlProgrammingError, "Incorrect number of bindings supplied. The current statement uses %d, and there are %zd supplied.", wanted, n);
        return -1;
    }
    for (int i = 0; i < wanted; i++) {
        PyObject *v = PySequence_GetItem(parameters, i);
        int status = v ? adapt_and_bind(s->st, i + 1, v) : -1;
        if (status == 0)
            continue;
        if (status > 0)
            PyErr_Format(SqlInterfaceError, "Error binding parameter %d - probably unsupported type.", i);
        return -1;
    }
    return 0;
}

static PyObject *value_of_name(PyObject *parameters, const char *name)
{
    PyObject *key = PyUnicode_FromString(name), *v;
    if (key == NULL)
        return NULL;
    if (PyDict_CheckExact(parameters)) {
        v = PyDict_GetItemWithError(parameters, key);
        Py_XINCREF(v);
    }
    else
        v = PyObject_GetItem(parameters, key);
    Py_DECREF(key);
    return v;
}

static int bind_mapping(Statement *s, PyObject *parameters, int wanted)
{
    for (int i = 1; i <= wanted; i++) {
        const char *name = sqlite3_bind_parameter_name(s->st, i);
        if (name == NULL) {
            PyErr_Format(SqlProgrammingError, "Binding %d has no name, but you supplied a dictionary (which has only names).", i);
            return -1;
        }
        name++; /* the colon */
        PyObject *v = value_of_name(parameters, name);
        if (v == NULL) {
            if (!PyErr_Occurred() || PyErr_ExceptionMatches(PyExc_LookupError))
                PyErr_Format(SqlProgrammingError, "You did not supply a value for binding %d.", i);
            return -1;
        }
        int status = adapt_and_bind(s->st, i, v);
        if (status > 0)
            PyErr_Format(SqlInterfaceError, "Error binding parameter :%s - probably unsupported type.", name);
        if (status)
            return -1;
    }
    return 0;
}

int sql_bind(Statement *s, PyObject *parameters)
{
    int wanted;
    Py_BEGIN_ALLOW_THREADS
    wanted = sqlite3_bind_parameter_count(s->st);
    Py_END_ALLOW_THREADS
    if (PyTuple_CheckExact(parameters) || PyList_CheckExact(parameters) || (!PyDict_Check(parameters) && PySequence_Check(parameters)))
        return bind_sequence(s, parameters, wanted);
    if (PyDict_Check(parameters))
        return bind_mapping(s, parameters, wanted);
    PyErr_SetString(PyExc_ValueError, "parameters are of unsupported type");
    return -1;
}
