/* SPDX-License-Identifier: MIT */
/* Cursors: execution of statements and the rows that come of it.  One row is fetched ahead, so that a statement is reset as
 * soon as its last row has been read. */
#include "sql.h"

static PyObject *none(void)
{
    Py_INCREF(Py_None);
    return Py_None;
}

static int check_cursor(Cursor *self)
{
    const char *wrong = !self->initialised ? "Base Cursor.__init__ not called."
                        : self->closed     ? "Cannot operate on a closed cursor."
                        : self->locked     ? "Recursive use of cursors not allowed."
                                           : NULL;
    if (wrong) {
        PyErr_SetString(SqlProgrammingError, wrong);
        return 0;
    }
    return sql_check_thread(self->connection) && sql_check_connection(self->connection);
}

static int cursor_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    Cursor *self = (Cursor *)op;
    PyObject *connection;
    if (self->locked) {
        PyErr_SetString(SqlProgrammingError, "Recursive use of cursors not allowed.");
        return -1;
    }
    if (!PyArg_ParseTuple(args, "O!", &SqlConnectionType, &connection))
        return -1;
    Py_INCREF(connection);
    Py_XSETREF(self->connection, (Connection *)connection);
    Py_CLEAR(self->statement);
    Py_CLEAR(self->next_row);
    Py_CLEAR(self->row_cast_map);
    Py_XSETREF(self->description, none());
    Py_XSETREF(self->lastrowid, none());
    Py_XSETREF(self->row_factory, none());
    self->arraysize = 1;
    self->closed = self->reset = 0;
    self->rowcount = -1;
    if (!sql_check_thread(self->connection))
        return -1;
    sql_know_cursor(self->connection, op);
    if (PyErr_Occurred())
        return -1;
    self->initialised = 1;
    return 0;
}

static void cursor_dealloc(PyObject *op)
{
    Cursor *self = (Cursor *)op;
    if (self->weakrefs)
        PyObject_ClearWeakRefs(op);
    if (self->statement) {
        sql_statement_reset(self->statement);
        Py_DECREF(self->statement);
    }
    Py_XDECREF(self->connection);
    Py_XDECREF(self->row_cast_map);
    Py_XDECREF(self->description);
    Py_XDECREF(self->lastrowid);
    Py_XDECREF(self->row_factory);
    Py_XDECREF(self->next_row);
    Py_TYPE(op)->tp_free(op);
}

static void let_statement_go(Cursor *self)
{
    if (self->statement) {
        sql_statement_reset(self->statement);
        Py_CLEAR(self->statement);
    }
}

/* ------------------------------------------------------------------ columns */

/* The converter for a type name, NULL if there is none (or with an exception). Borrowed. */
static PyObject *converter(const char *name, size_t n)
{
    PyObject *key = sql_upper(name, (Py_ssize_t)n);
    PyObject *found = key ? PyDict_GetItemWithError(sql_converters, key) : NULL;
    Py_XDECREF(key);
    return found;
}

/* By the [type] in a column's name, then by the first word of its declared type. Borrowed; NULL, perhaps with an exception. */
static PyObject *converter_of_column(Cursor *self, int i)
{
    PyObject *found = NULL;
    int how = self->connection->detect_types;
    const char *name = how & PARSE_COLNAMES ? sqlite3_column_name(self->statement->st, i) : NULL;
    const char *open = name ? strchr(name, '[') : NULL, *close = open ? strchr(open, ']') : NULL;
    if (close)
        found = converter(open + 1, (size_t)(close - open - 1));
    if (found == NULL && !PyErr_Occurred() && how & PARSE_DECLTYPES) {
        const char *type = sqlite3_column_decltype(self->statement->st, i);
        if (type)
            found = converter(type, strcspn(type, " ("));
    }
    return found;
}

static int build_row_cast_map(Cursor *self)
{
    if (!self->connection->detect_types)
        return 0;
    int n = sqlite3_column_count(self->statement->st);
    PyObject *map = PyList_New(n);
    for (int i = 0; map && i < n; i++) {
        PyObject *c = converter_of_column(self, i);
        if (c == NULL && PyErr_Occurred())
            Py_CLEAR(map);
        else {
            c = c ? c : Py_None;
            Py_INCREF(c);
            PyList_SET_ITEM(map, i, c);
        }
    }
    Py_XSETREF(self->row_cast_map, map);
    return map ? 0 : -1;
}

/* A column's name; "name [type]" without its type if types are looked for there. New. */
static PyObject *column_name(Cursor *self, int i)
{
    const char *name = sqlite3_column_name(self->statement->st, i);
    if (name == NULL)
        return none();
    size_t n = strlen(name);
    const char *bracket = self->connection->detect_types & PARSE_COLNAMES ? strchr(name, '[') : NULL;
    if (bracket)
        n = (size_t)(bracket - name) - (bracket > name && bracket[-1] == ' ');
    return PyUnicode_FromStringAndSize(name, (Py_ssize_t)n);
}

static PyObject *describe(Cursor *self, int n)
{
    PyObject *all = PyTuple_New(n);
    for (int i = 0; all && i < n; i++) {
        PyObject *name = column_name(self, i), *column = name ? PyTuple_Pack(7, name, Py_None, Py_None, Py_None, Py_None, Py_None, Py_None) : NULL;
        Py_XDECREF(name);
        if (column == NULL)
            Py_CLEAR(all);
        else
            PyTuple_SET_ITEM(all, i, column);
    }
    return all;
}

static PyObject *undecodable(Cursor *self, int i, const char *text)
{
    const char *name = sqlite3_column_name(self->statement->st, i);
    char buffer[200];
    PyErr_Clear();
    PyOS_snprintf(buffer, sizeof buffer - 1, "Could not decode to UTF-8 column '%s' with text '%s'", name ? name : "<unknown column name>", text);
    PyObject *message = PyUnicode_Decode(buffer, (Py_ssize_t)strlen(buffer), "ascii", "replace");
    if (message == NULL) {
        PyErr_Clear();
        PyErr_SetString(SqlOperationalError, "Could not decode to UTF-8");
    }
    else {
        PyErr_SetObject(SqlOperationalError, message);
        Py_DECREF(message);
    }
    return NULL;
}

static PyObject *text_of_column(Cursor *self, int i)
{
    sqlite3_stmt *st = self->statement->st;
    const char *s = (const char *)sqlite3_column_text(st, i);
    int n = sqlite3_column_bytes(st, i);
    PyObject *factory = self->connection->text_factory;
    if (factory == (PyObject *)&PyUnicode_Type) {
        PyObject *text = PyUnicode_FromStringAndSize(s, n);
        return text == NULL && PyErr_ExceptionMatches(PyExc_UnicodeDecodeError) ? undecodable(self, i, s) : text;
    }
    if (factory == (PyObject *)&PyBytes_Type)
        return PyBytes_FromStringAndSize(s, n);
    if (factory == (PyObject *)&PyByteArray_Type)
        return PyByteArray_FromStringAndSize(s, n);
    if (factory == NULL) /* deleted */
        return PyUnicode_FromStringAndSize(s, n);
    Py_INCREF(factory); /* it may set another one */
    PyObject *made = PyObject_CallFunction(factory, "y#", s, (Py_ssize_t)n);
    Py_DECREF(factory);
    return made;
}

static PyObject *value_of_column(Cursor *self, int i)
{
    sqlite3_stmt *st = self->statement->st;
    PyObject *convert = self->row_cast_map && i < PyList_GET_SIZE(self->row_cast_map) ? PyList_GET_ITEM(self->row_cast_map, i) : Py_None;
    if (convert != Py_None) {
        const void *data = sqlite3_column_blob(st, i);
        return data ? PyObject_CallFunction(convert, "y#", data, (Py_ssize_t)sqlite3_column_bytes(st, i)) : none();
    }
    switch (sqlite3_column_type(st, i)) {
    case SQLITE_NULL:
        return none();
    case SQLITE_INTEGER:
        return PyLong_FromLongLong(sqlite3_column_int64(st, i));
    case SQLITE_FLOAT:
        return PyFloat_FromDouble(sqlite3_column_double(st, i));
    case SQLITE_TEXT:
        return text_of_column(self, i);
    default: {
        const void *data = sqlite3_column_blob(st, i);
        return PyBytes_FromStringAndSize(data, sqlite3_column_bytes(st, i));
    }
    }
}

/* The row the statement stands at, a tuple. New. Runs code. */
static PyObject *fetch_row(Cursor *self)
{
    Statement *s = self->statement;
    sql_statement_hold(s);
    self->locked = 1; /* converters must not execute on us */
    int n = sqlite3_data_count(s->st);
    PyObject *row = PyTuple_New(n);
    for (int i = 0; row && i < n; i++) {
        PyObject *v = value_of_column(self, i);
        if (v == NULL)
            Py_CLEAR(row);
        else
            PyTuple_SET_ITEM(row, i, v);
    }
    self->locked = 0;
    sql_statement_release(s);
    return row;
}

/* ------------------------------------------------------------------ execution */

static int take_statement(Cursor *self, PyObject *sql)
{
    Statement *s = sql_statement(self->connection, sql);
    if (s && s->in_use) { /* another cursor's */
        Py_DECREF(s);
        s = sql_prepare(self->connection, sql);
    }
    let_statement_go(self);
    self->statement = s;
    return s ? 0 : -1;
}

static int run_held(Cursor *self, Statement *s, PyObject *parameters, int multiple)
{
    s->in_use = 1;
    if (sql_bind(s, parameters) < 0 || !sql_check_connection(self->connection))
        return -1;
    int status = sql_step(s);
    if (status != SQLITE_DONE && status != SQLITE_ROW) {
        if (PyErr_Occurred())
            sql_callback_failed(); /* SQLite's error tells of it */
        sql_statement_reset(s);
        sql_raise(self->connection->db);
        return PyErr_Occurred() ? -1 : 0;
    }
    if (PyErr_Occurred()) /* from an aggregate without step() */
        return -1;
    if (!sql_check_connection(self->connection)) /* closed by what was called back */
        return -1;
    if (build_row_cast_map(self) < 0) {
        PyErr_SetString(SqlOperationalError, "Error while building row_cast_map");
        return -1;
    }
    int columns = sqlite3_column_count(s->st);
    if (self->description == Py_None && columns > 0) {
        PyObject *description = describe(self, columns);
        if (description == NULL)
            return -1;
        Py_SETREF(self->description, description);
    }
    if (s->is_dml)
        self->rowcount += sqlite3_changes(self->connection->db);
    else
        self->rowcount = -1;
    if (!multiple) {
        PyObject *id = PyLong_FromLongLong(sqlite3_last_insert_rowid(self->connection->db));
        if (id == NULL)
            return -1;
        Py_SETREF(self->lastrowid, id);
    }
    return status == SQLITE_ROW;
}

/* Run the statement with one set of parameters. 1: there are rows; 0; -1 with an exception. Runs code. */
static int run_once(Cursor *self, PyObject *parameters, int multiple)
{
    Statement *s = self->statement;
    sql_statement_hold(s);
    int status = run_held(self, s, parameters, multiple);
    sql_statement_release(s);
    return status;
}

static int run_all(Cursor *self, PyObject *iterator, int multiple)
{
    PyObject *parameters;
    while ((parameters = PyIter_Next(iterator))) {
        int status = run_once(self, parameters, multiple);
        Py_DECREF(parameters);
        if (status < 0)
            return -1;
        if (status > 0 && multiple) {
            PyErr_SetString(SqlProgrammingError, "executemany() can only execute DML statements.");
            return -1;
        }
        if (status > 0) {
            PyObject *row = fetch_row(self);
            self->locked = 1;
            if (row == NULL)
                return -1;
            Py_XSETREF(self->next_row, row);
        }
        else {
            sql_statement_reset(self->statement);
            if (!multiple)
                Py_CLEAR(self->statement);
        }
        if (multiple && self->statement)
            sql_statement_reset(self->statement);
        if (!multiple)
            break;
    }
    return PyErr_Occurred() ? -1 : 0;
}

static PyObject *execute(Cursor *self, PyObject *sql, PyObject *iterator, int multiple)
{
    self->locked = 1;
    self->reset = 0;
    Py_CLEAR(self->next_row);
    if (self->statement)
        sql_statement_reset(self->statement);
    Py_XSETREF(self->description, none());
    self->rowcount = 0;
    int status = take_statement(self, sql);
    if (status == 0 && self->connection->begin && self->statement->is_dml && sqlite3_get_autocommit(self->connection->db))
        status = sql_begin(self->connection);
    if (status == 0)
        status = run_all(self, iterator, multiple);
    self->locked = 0;
    if (status < 0) {
        self->rowcount = -1;
        PyObject *type, *value, *tb;
        PyErr_Fetch(&type, &value, &tb);
        let_statement_go(self);
        PyErr_Restore(type, value, tb);
        return NULL;
    }
    Py_INCREF(self);
    return (PyObject *)self;
}

static PyObject *cursor_execute(PyObject *op, PyObject *args)
{
    Cursor *self = (Cursor *)op;
    PyObject *sql, *parameters = NULL;
    if (!check_cursor(self) || !PyArg_ParseTuple(args, "O|O", &sql, &parameters))
        return NULL;
    if (!PyUnicode_Check(sql)) {
        PyErr_SetString(PyExc_ValueError, "operation parameter must be str");
        return NULL;
    }
    PyObject *list = parameters ? PyTuple_Pack(1, parameters) : Py_BuildValue("(())"), *iterator = list ? PyObject_GetIter(list) : NULL;
    PyObject *result = iterator ? execute(self, sql, iterator, 0) : NULL;
    Py_XDECREF(list);
    Py_XDECREF(iterator);
    return result;
}

static PyObject *cursor_executemany(PyObject *op, PyObject *args)
{
    Cursor *self = (Cursor *)op;
    PyObject *sql, *parameters;
    if (!check_cursor(self) || !PyArg_ParseTuple(args, "OO", &sql, &parameters))
        return NULL;
    if (!PyUnicode_Check(sql)) {
        PyErr_SetString(PyExc_ValueError, "operation parameter must be str");
        return NULL;
    }
    PyObject *iterator = PyIter_Check(parameters) ? (Py_INCREF(parameters), parameters) : PyObject_GetIter(parameters);
    PyObject *result = iterator ? execute(self, sql, iterator, 1) : NULL;
    Py_XDECREF(iterator);
    return result;
}

/* Run statement after statement. 0 / -1. */
static int run_script(Connection *connection, const char *sql)
{
    PyObject *r = sql_commit(connection);
    if (r == NULL)
        return -1;
    Py_DECREF(r);
    while (*sql) {
        sqlite3 *db = connection->db;
        sqlite3_stmt *st;
        int status;
        Py_BEGIN_ALLOW_THREADS
        status = sqlite3_prepare_v2(db, sql, -1, &st, &sql);
        while (status == SQLITE_OK && st && sqlite3_step(st) == SQLITE_ROW) {
        }
        if (status == SQLITE_OK)
            status = sqlite3_finalize(st);
        Py_END_ALLOW_THREADS
        if (connection->db != db) { /* closed, or opened anew, by what was called back */
            sql_callback_failed();
            PyErr_SetString(SqlProgrammingError, "Cannot operate on a closed database.");
            return -1;
        }
        if (status != SQLITE_OK || PyErr_Occurred()) {
            if (PyErr_Occurred())
                sql_callback_failed();
            sql_raise(db);
            if (PyErr_Occurred())
                return -1;
        }
    }
    return 0;
}

static PyObject *cursor_executescript(PyObject *op, PyObject *script)
{
    Cursor *self = (Cursor *)op;
    if (!check_cursor(self))
        return NULL;
    self->reset = 0;
    if (!PyUnicode_Check(script)) {
        PyErr_SetString(PyExc_ValueError, "script argument must be unicode.");
        return NULL;
    }
    Py_ssize_t n;
    const char *sql = PyUnicode_AsUTF8AndSize(script, &n);
    if (sql == NULL)
        return NULL;
    if (strlen(sql) != (size_t)n) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return NULL;
    }
    self->locked = 1;
    int failed = run_script(self->connection, sql) < 0;
    self->locked = 0;
    if (failed)
        return NULL;
    Py_INCREF(self);
    return op;
}

/* ------------------------------------------------------------------ fetching */

static PyObject *cursor_next(PyObject *op)
{
    Cursor *self = (Cursor *)op;
    if (!check_cursor(self))
        return NULL;
    if (self->reset) {
        PyErr_SetString(SqlInterfaceError, "Cursor needed to be reset because of commit/rollback and can no longer be fetched from.");
        return NULL;
    }
    PyObject *row = self->next_row;
    if (row == NULL) {
        let_statement_go(self);
        return NULL;
    }
    self->next_row = NULL;
    if (self->row_factory && self->row_factory != Py_None) {
        PyObject *factory = self->row_factory;
        Py_INCREF(factory); /* it may set another one */
        PyObject *made = PyObject_CallFunctionObjArgs(factory, self, row, NULL);
        Py_DECREF(factory);
        if (made == NULL) {
            Py_XSETREF(self->next_row, row);
            return NULL;
        }
        Py_DECREF(row);
        row = made;
    }
    if (self->statement == NULL)
        return row;
    Statement *s = self->statement;
    self->locked = 1; /* what SQLite calls back must not execute on us */
    sql_statement_hold(s);
    int status = sql_step(s);
    sql_statement_release(s);
    self->locked = 0;
    if (!sql_check_connection(self->connection)) { /* closed by what was called back */
        Py_DECREF(row);
        return NULL;
    }
    if (PyErr_Occurred() || (status != SQLITE_DONE && status != SQLITE_ROW)) {
        if (PyErr_Occurred())
            sql_callback_failed();
        sql_statement_reset(self->statement);
        sql_raise(self->connection->db);
        if (PyErr_Occurred()) {
            Py_DECREF(row);
            return NULL;
        }
        return row;
    }
    if (status == SQLITE_ROW) {
        PyObject *next = fetch_row(self);
        if (next == NULL) {
            sql_statement_reset(self->statement);
            Py_DECREF(row);
            return NULL;
        }
        Py_XSETREF(self->next_row, next);
    }
    else
        let_statement_go(self);
    return row;
}

static PyObject *cursor_fetchone(PyObject *op, PyObject *Py_UNUSED(unused))
{
    PyObject *row = cursor_next(op);
    if (row == NULL && !PyErr_Occurred())
        return none();
    return row;
}

/* Up to n rows, all if n < 0. New. */
static PyObject *fetch_list(PyObject *op, long n)
{
    PyObject *list = PyList_New(0);
    while (list && n-- != 0) {
        PyObject *row = cursor_next(op);
        if (row == NULL)
            break;
        if (PyList_Append(list, row) < 0)
            Py_CLEAR(list);
        Py_DECREF(row);
    }
    if (PyErr_Occurred())
        Py_CLEAR(list);
    return list;
}

static PyObject *cursor_fetchmany(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"size", NULL};
    int n = ((Cursor *)op)->arraysize;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|i:fetchmany", names, &n))
        return NULL;
    return fetch_list(op, n == 0 ? -1 : n);
}

static PyObject *cursor_fetchall(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return fetch_list(op, -1);
}

static PyObject *cursor_nothing(PyObject *Py_UNUSED(op), PyObject *Py_UNUSED(args))
{
    return none();
}

static PyObject *cursor_close(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Cursor *self = (Cursor *)op;
    if (self->connection == NULL) {
        PyErr_SetString(SqlProgrammingError, "Base Cursor.__init__ not called.");
        return NULL;
    }
    if (!sql_check_thread(self->connection) || !sql_check_connection(self->connection))
        return NULL;
    if (self->locked) {
        PyErr_SetString(SqlProgrammingError, "Recursive use of cursors not allowed.");
        return NULL;
    }
    let_statement_go(self);
    self->closed = 1;
    return none();
}

static PyMethodDef cursor_methods[] = {
    {"execute", cursor_execute, METH_VARARGS, "Execute one SQL statement: execute(sql, parameters=())."},
    {"executemany", cursor_executemany, METH_VARARGS, "Execute one SQL statement with each of several sets of parameters."},
    {"executescript", cursor_executescript, METH_O, "Execute several SQL statements after a commit. Not in the DB-API."},
    {"fetchone", cursor_fetchone, METH_NOARGS, "The next row, or None."},
    {"fetchmany", (PyCFunction)(void (*)(void))cursor_fetchmany, METH_VARARGS | METH_KEYWORDS, "A list of the next rows, at most size (arraysize) of them."},
    {"fetchall", cursor_fetchall, METH_NOARGS, "A list of all rows that are left."},
    {"close", cursor_close, METH_NOARGS, "Close the cursor."},
    {"setinputsizes", cursor_nothing, METH_VARARGS, "Does nothing; the DB-API wants it."},
    {"setoutputsize", cursor_nothing, METH_VARARGS, "Does nothing; the DB-API wants it."},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef cursor_members[] = {
    {"connection", T_OBJECT, offsetof(Cursor, connection), READONLY, NULL},
    {"description", T_OBJECT, offsetof(Cursor, description), READONLY, NULL},
    {"arraysize", T_INT, offsetof(Cursor, arraysize), 0, NULL},
    {"lastrowid", T_OBJECT, offsetof(Cursor, lastrowid), READONLY, NULL},
    {"rowcount", T_LONG, offsetof(Cursor, rowcount), READONLY, NULL},
    {"row_factory", T_OBJECT, offsetof(Cursor, row_factory), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};

PyTypeObject SqlCursorType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "sqlite3.Cursor",
    .tp_basicsize = sizeof(Cursor),
    .tp_dealloc = cursor_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Executes SQL and iterates over the rows.",
    .tp_weaklistoffset = offsetof(Cursor, weakrefs),
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = cursor_next,
    .tp_methods = cursor_methods,
    .tp_members = cursor_members,
    .tp_init = cursor_init,
    .tp_new = PyType_GenericNew,
};
