/* SPDX-License-Identifier: MIT */
/* What SQLite calls back: functions, aggregates, collations, authorizer, progress handler and trace callback in Python. */
#include "sql.h"

#include <limits.h>

int sql_tracebacks;

/* An exception was raised where it cannot go on. */
void sql_callback_failed(void)
{
    if (sql_tracebacks)
        PyErr_Print();
    else
        PyErr_Clear();
}

static void fail(sqlite3_context *context, const char *text)
{
    sql_callback_failed();
    sqlite3_result_error(context, text, -1);
}

static void release(void *p)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    Py_DECREF((PyObject *)p);
    PyGILState_Release(gil);
}

/* ------------------------------------------------------------------ values */

static PyObject *from_value(sqlite3_value *v)
{
    switch (sqlite3_value_type(v)) {
    case SQLITE_INTEGER:
        return PyLong_FromLongLong(sqlite3_value_int64(v));
    case SQLITE_FLOAT:
        return PyFloat_FromDouble(sqlite3_value_double(v));
    case SQLITE_TEXT:
        return PyUnicode_FromString((const char *)sqlite3_value_text(v));
    case SQLITE_BLOB:
        return PyBytes_FromStringAndSize(sqlite3_value_blob(v), sqlite3_value_bytes(v));
    default:
        Py_RETURN_NONE;
    }
}

static PyObject *arguments(int n, sqlite3_value **values)
{
    PyObject *args = PyTuple_New(n);
    for (int i = 0; args && i < n; i++) {
        PyObject *v = from_value(values[i]);
        if (v == NULL)
            Py_CLEAR(args);
        else
            PyTuple_SET_ITEM(args, i, v);
    }
    return args;
}

/* Give a value to SQLite. 0 / -1. */
static int set_result(sqlite3_context *context, PyObject *v)
{
    if (v == Py_None)
        sqlite3_result_null(context);
    else if (PyLong_Check(v)) {
        sqlite3_int64 n = sql_int64(v);
        if (n == -1 && PyErr_Occurred())
            return -1;
        sqlite3_result_int64(context, n);
    }
    else if (PyFloat_Check(v))
        sqlite3_result_double(context, PyFloat_AsDouble(v));
    else if (PyUnicode_Check(v)) {
        const char *s = PyUnicode_AsUTF8(v);
        if (s == NULL)
            return -1;
        sqlite3_result_text(context, s, -1, SQLITE_TRANSIENT);
    }
    else if (PyObject_CheckBuffer(v)) {
        Py_buffer view;
        if (PyObject_GetBuffer(v, &view, PyBUF_SIMPLE) < 0) {
            PyErr_SetString(PyExc_ValueError, "could not convert BLOB to buffer");
            return -1;
        }
        if (view.len > INT_MAX) {
            PyErr_SetString(PyExc_OverflowError, "BLOB longer than INT_MAX bytes");
            PyBuffer_Release(&view);
            return -1;
        }
        sqlite3_result_blob(context, view.buf, (int)view.len, SQLITE_TRANSIENT);
        PyBuffer_Release(&view);
    }
    else
        return -1;
    return 0;
}

/* ------------------------------------------------------------------ functions */

static void call_function(sqlite3_context *context, int n, sqlite3_value **values)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *args = arguments(n, values), *result = args ? PyObject_CallObject(sqlite3_user_data(context), args) : NULL;
    Py_XDECREF(args);
    if (result == NULL || set_result(context, result) < 0)
        fail(context, "user-defined function raised exception");
    Py_XDECREF(result);
    PyGILState_Release(gil);
}

static PyObject *create_function(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"name", "narg", "func", "deterministic", NULL};
    Connection *self = (Connection *)op;
    const char *name;
    int n, deterministic = 0;
    PyObject *func;
    if (!sql_check_thread(self) || !sql_check_connection(self) ||
        !PyArg_ParseTupleAndKeywords(args, kwds, "siO|$p", names, &name, &n, &func, &deterministic))
        return NULL;
    Py_INCREF(func);
    if (sqlite3_create_function_v2(self->db, name, n, SQLITE_UTF8 | (deterministic ? SQLITE_DETERMINISTIC : 0), func, call_function, NULL, NULL, release) != SQLITE_OK) {
        PyErr_SetString(SqlOperationalError, "Error creating function");
        return NULL;
    }
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ aggregates: the context holds the instance */

static void step_aggregate(sqlite3_context *context, int n, sqlite3_value **values)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject **instance = sqlite3_aggregate_context(context, sizeof *instance), *args = NULL, *method = NULL, *result = NULL;
    if (instance == NULL || PyErr_Occurred()) { /* no memory; a step before this one failed */
        if (instance == NULL)
            sqlite3_result_error_nomem(context);
        goto done;
    }
    if (*instance == NULL && (*instance = _PyObject_CallNoArg(sqlite3_user_data(context))) == NULL) {
        fail(context, "user-defined aggregate's '__init__' method raised error");
        goto done;
    }
    if ((method = PyObject_GetAttrString(*instance, "step")) == NULL)
        goto done; /* the exception goes on to execute() */
    if ((args = arguments(n, values)))
        result = PyObject_CallObject(method, args);
    if (result == NULL)
        fail(context, "user-defined aggregate's 'step' method raised error");
done:
    Py_XDECREF(method);
    Py_XDECREF(args);
    Py_XDECREF(result);
    PyGILState_Release(gil);
}

static void finish_aggregate(sqlite3_context *context)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject **instance = sqlite3_aggregate_context(context, 0), *type, *value, *tb;
    if (instance && *instance) {
        PyErr_Fetch(&type, &value, &tb);
        PyObject *result = PyObject_CallMethod(*instance, "finalize", NULL);
        if (result == NULL || set_result(context, result) < 0)
            fail(context, "user-defined aggregate's 'finalize' method raised error");
        Py_XDECREF(result);
        Py_CLEAR(*instance);
        PyErr_Restore(type, value, tb);
    }
    PyGILState_Release(gil);
}

static PyObject *create_aggregate(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"name", "n_arg", "aggregate_class", NULL};
    Connection *self = (Connection *)op;
    const char *name;
    int n;
    PyObject *class;
    if (!sql_check_thread(self) || !sql_check_connection(self) ||
        !PyArg_ParseTupleAndKeywords(args, kwds, "siO:create_aggregate", names, &name, &n, &class))
        return NULL;
    Py_INCREF(class);
    if (sqlite3_create_function_v2(self->db, name, n, SQLITE_UTF8, class, NULL, step_aggregate, finish_aggregate, release) != SQLITE_OK) {
        PyErr_SetString(SqlOperationalError, "Error creating aggregate");
        return NULL;
    }
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ collations */

static int collate(void *callable, int n1, const void *text1, int n2, const void *text2)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *a = NULL, *b = NULL, *result = NULL;
    int order = 0, overflow;
    if (!PyErr_Occurred() && (a = PyUnicode_FromStringAndSize(text1, n1)) && (b = PyUnicode_FromStringAndSize(text2, n2)) &&
        (result = PyObject_CallFunctionObjArgs(callable, a, b, NULL))) {
        long v = PyLong_AsLongAndOverflow(result, &overflow);
        order = overflow ? overflow : v > 0 ? 1 : v < 0 ? -1 : 0;
        if (v == -1 && PyErr_Occurred()) {
            PyErr_Clear();
            order = 0;
        }
    }
    Py_XDECREF(a);
    Py_XDECREF(b);
    Py_XDECREF(result);
    PyGILState_Release(gil);
    return order;
}

static PyObject *create_collation(PyObject *op, PyObject *args)
{
    Connection *self = (Connection *)op;
    PyObject *name, *callable, *result = NULL;
    PyObject *upper = NULL;
    if (!sql_check_thread(self) || !sql_check_connection(self) || !PyArg_ParseTuple(args, "UO:create_collation(name, callback)", &name, &callable))
        return NULL;
    if (PyUnicode_READY(name) < 0)
        return NULL;
    if (!PyUnicode_IS_ASCII(name))
        goto bad_name;
    upper = sql_upper((const char *)PyUnicode_DATA(name), PyUnicode_GET_LENGTH(name));
    const char *chars = upper ? PyUnicode_AsUTF8(upper) : NULL;
    if (chars == NULL)
        goto done;
    for (const char *p = chars; *p; p++)
        if (!Py_ISALNUM((unsigned char)*p) && *p != '_')
            goto bad_name;
    if (callable != Py_None && !PyCallable_Check(callable)) {
        PyErr_SetString(PyExc_TypeError, "parameter must be callable");
        goto done;
    }
    int status = sqlite3_create_collation(self->db, chars, SQLITE_UTF8, callable != Py_None ? callable : NULL, callable != Py_None ? collate : NULL);
    if (status != SQLITE_OK) { /* a statement is using the one before */
        sql_raise(self->db);
        goto done;
    }
    /* Only now the one before may go: SQLite does not know it any more. */
    if (callable == Py_None) {
        if (PyDict_DelItem(self->collations, upper) < 0)
            PyErr_Clear();
    }
    else if (PyDict_SetItem(self->collations, upper, callable) < 0) {
        sqlite3_create_collation(self->db, chars, SQLITE_UTF8, NULL, NULL);
        goto done;
    }
    Py_INCREF(Py_None);
    result = Py_None;
done:
    Py_XDECREF(upper);
    return result;
bad_name:
    PyErr_SetString(SqlProgrammingError, "invalid character in collation name");
    Py_XDECREF(upper);
    return NULL;
}

/* ------------------------------------------------------------------ hooks */

enum { AUTHORIZER, PROGRESS, TRACE };

static int authorize(void *callable, int action, const char *a, const char *b, const char *db, const char *source)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    Py_INCREF(callable); /* it may set another one */
    PyObject *result = PyObject_CallFunction(callable, "issss", action, a, b, db, source);
    Py_DECREF(callable);
    int verdict = SQLITE_DENY;
    if (result == NULL)
        sql_callback_failed();
    else if (PyLong_Check(result)) {
        verdict = _PyLong_AsInt(result);
        if (verdict == -1 && PyErr_Occurred()) {
            sql_callback_failed();
            verdict = SQLITE_DENY;
        }
    }
    Py_XDECREF(result);
    PyGILState_Release(gil);
    return verdict;
}

static int progress(void *callable)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    Py_INCREF(callable);
    PyObject *result = _PyObject_CallNoArg(callable);
    Py_DECREF(callable);
    int stop = result ? PyObject_IsTrue(result) : 1;
    if (result == NULL || stop < 0) {
        sql_callback_failed();
        stop = 1;
    }
    Py_XDECREF(result);
    PyGILState_Release(gil);
    return stop;
}

static void trace(void *callable, const char *sql)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *text = PyUnicode_DecodeUTF8(sql, (Py_ssize_t)strlen(sql), "replace");
    Py_INCREF(callable);
    PyObject *result = text ? PyObject_CallFunctionObjArgs(callable, text, NULL) : NULL;
    Py_DECREF(callable);
    if (result == NULL)
        sql_callback_failed();
    Py_XDECREF(text);
    Py_XDECREF(result);
    PyGILState_Release(gil);
}

/* Keep a hook alive as long as SQLite has it. */
static void keep(Connection *self, int which, PyObject *callable)
{
    if (callable == Py_None)
        callable = NULL;
    Py_XINCREF(callable);
    Py_XSETREF(self->hooks[which], callable);
}

static PyObject *set_authorizer(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"authorizer_callback", NULL};
    Connection *self = (Connection *)op;
    PyObject *callable;
    if (!sql_check_thread(self) || !sql_check_connection(self) || !PyArg_ParseTupleAndKeywords(args, kwds, "O:set_authorizer", names, &callable))
        return NULL;
    if (sqlite3_set_authorizer(self->db, authorize, callable) != SQLITE_OK) {
        PyErr_SetString(SqlOperationalError, "Error setting authorizer callback");
        keep(self, AUTHORIZER, Py_None);
        return NULL;
    }
    Py_INCREF(callable);
    Py_XSETREF(self->hooks[AUTHORIZER], callable);
    Py_RETURN_NONE;
}

static PyObject *set_progress_handler(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"progress_handler", "n", NULL};
    Connection *self = (Connection *)op;
    PyObject *callable;
    int n;
    if (!sql_check_thread(self) || !sql_check_connection(self) ||
        !PyArg_ParseTupleAndKeywords(args, kwds, "Oi:set_progress_handler", names, &callable, &n))
        return NULL;
    sqlite3_progress_handler(self->db, callable == Py_None ? 0 : n, callable == Py_None ? NULL : progress, callable);
    keep(self, PROGRESS, callable);
    Py_RETURN_NONE;
}

static PyObject *set_trace_callback(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"trace_callback", NULL};
    Connection *self = (Connection *)op;
    PyObject *callable;
    if (!sql_check_thread(self) || !sql_check_connection(self) || !PyArg_ParseTupleAndKeywords(args, kwds, "O:set_trace_callback", names, &callable))
        return NULL;
    sqlite3_trace(self->db, callable == Py_None ? NULL : trace, callable);
    keep(self, TRACE, callable);
    Py_RETURN_NONE;
}

#define KW(f) (PyCFunction)(void (*)(void))(f), METH_VARARGS | METH_KEYWORDS
PyMethodDef sql_callback_methods[] = {
    {"create_function", KW(create_function), "Make a Python function known to SQL: create_function(name, narg, func, *, deterministic=False)."},
    {"create_aggregate", KW(create_aggregate), "Make a class with step() and finalize() an aggregate function: create_aggregate(name, n_arg, aggregate_class)."},
    {"create_collation", create_collation, METH_VARARGS, "Make a function that compares two str a collation; None takes it away."},
    {"set_authorizer", KW(set_authorizer), "Set the function that is asked about every access."},
    {"set_progress_handler", KW(set_progress_handler), "Set a function that is called every n instructions and may stop the statement."},
    {"set_trace_callback", KW(set_trace_callback), "Set a function that gets every statement that is run."},
    {NULL, NULL, 0, NULL},
};
