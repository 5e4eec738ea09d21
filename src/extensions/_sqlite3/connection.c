/* SPDX-License-Identifier: MIT */
/* Connections: opening and closing, transactions, the cache of statements, settings, backup. */
#include "sql.h"

#include "pythread.h"
#include <limits.h>

int sql_raise(sqlite3 *db)
{
    int code = sqlite3_errcode(db);
    PyObject *type;
    switch (code & 0xff) {
    case SQLITE_OK:
        PyErr_Clear();
        return code;
    case SQLITE_NOMEM:
        PyErr_NoMemory();
        return code;
    case SQLITE_INTERNAL:
    case SQLITE_NOTFOUND:
        type = SqlInternalError;
        break;
    case SQLITE_ERROR:
    case SQLITE_PERM:
    case SQLITE_ABORT:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_READONLY:
    case SQLITE_INTERRUPT:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_EMPTY:
    case SQLITE_SCHEMA:
        type = SqlOperationalError;
        break;
    case SQLITE_TOOBIG:
        type = SqlDataError;
        break;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
        type = SqlIntegrityError;
        break;
    case SQLITE_MISUSE:
        type = SqlProgrammingError;
        break;
    default:
        type = SqlDatabaseError;
    }
    PyErr_SetString(type, sqlite3_errmsg(db));
    return code;
}

int sql_check_thread(Connection *c)
{
    if (c->initialised && c->check_thread && PyThread_get_thread_ident() != c->thread) {
        PyErr_Format(SqlProgrammingError, "SQLite objects created in a thread can only be used in that same thread. The object was created in thread id %lu and this is thread id %lu.",
                     c->thread, PyThread_get_thread_ident());
        return 0;
    }
    return 1;
}

int sql_check_connection(Connection *c)
{
    const char *wrong = !c->initialised ? "Base Connection.__init__ not called." : c->db == NULL ? "Cannot operate on a closed database." : NULL;
    if (wrong)
        PyErr_SetString(SqlProgrammingError, wrong);
    return wrong == NULL;
}

/* ------------------------------------------------------------------ statements and cursors */

/* Append a weak reference, throwing dead ones out now and then. */
static int know(PyObject **list, int *count, PyObject *o)
{
    if (++*count > 200) {
        PyObject *alive = PyList_New(0);
        *count = 0;
        for (Py_ssize_t i = 0; alive && i < PyList_GET_SIZE(*list); i++)
            if (PyWeakref_GetObject(PyList_GET_ITEM(*list, i)) != Py_None && PyList_Append(alive, PyList_GET_ITEM(*list, i)) < 0)
                Py_CLEAR(alive);
        if (alive == NULL)
            return -1;
        Py_SETREF(*list, alive);
    }
    PyObject *ref = PyWeakref_NewRef(o, NULL);
    int status = ref ? PyList_Append(*list, ref) : -1;
    Py_XDECREF(ref);
    return status;
}

void sql_know_cursor(Connection *c, PyObject *cursor)
{
    if (c->cursors == NULL) {
        PyErr_SetString(SqlProgrammingError, "Base Connection.__init__ not called.");
        return;
    }
    know(&c->cursors, &c->new_cursors, cursor);
}

static void forget_oldest(PyObject *cache)
{
    Py_ssize_t at = 0;
    PyObject *key, *value;
    if (PyDict_Next(cache, &at, &key, &value)) {
        Py_INCREF(key);
        PyDict_DelItem(cache, key);
        Py_DECREF(key);
    }
}

Statement *sql_statement(Connection *c, PyObject *sql)
{
    PyObject *found = PyDict_GetItemWithError(c->cache, sql);
    if (found) {
        Py_INCREF(found);
        if (PyDict_GET_SIZE(c->cache) > c->cache_size / 2) { /* it becomes the newest */
            if (PyDict_DelItem(c->cache, sql) < 0 || PyDict_SetItem(c->cache, sql, found) < 0)
                Py_CLEAR(found);
        }
        return (Statement *)found;
    }
    Statement *s = PyErr_Occurred() ? NULL : sql_prepare(c, sql);
    if (s == NULL || know(&c->statements, &c->new_statements, (PyObject *)s) < 0) {
        Py_XDECREF(s);
        return NULL;
    }
    if (PyDict_GET_SIZE(c->cache) >= c->cache_size)
        forget_oldest(c->cache);
    if (PyDict_SetItem(c->cache, sql, (PyObject *)s) < 0)
        Py_CLEAR(s);
    return s;
}

static void all_statements(Connection *c, int (*act)(Statement *))
{
    for (Py_ssize_t i = 0; c->statements && i < PyList_GET_SIZE(c->statements); i++) {
        PyObject *s = PyWeakref_GetObject(PyList_GET_ITEM(c->statements, i));
        if (s != Py_None) {
            Py_INCREF(s);
            act((Statement *)s);
            Py_DECREF(s);
        }
    }
}

/* Their rows are gone. */
static void all_cursors_reset(Connection *c)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(c->cursors); i++) {
        PyObject *cursor = PyWeakref_GetObject(PyList_GET_ITEM(c->cursors, i));
        if (cursor != Py_None)
            ((Cursor *)cursor)->reset = 1;
    }
}

/* ------------------------------------------------------------------ transactions */

/* Run a statement without rows. 0 / -1. */
static int run(Connection *c, const char *sql)
{
    sqlite3_stmt *st;
    int status;
    Py_BEGIN_ALLOW_THREADS
    status = sqlite3_prepare_v2(c->db, sql, -1, &st, NULL);
    if (status == SQLITE_OK) {
        sqlite3_step(st);
        status = sqlite3_finalize(st);
    }
    Py_END_ALLOW_THREADS
    if (status != SQLITE_OK && !PyErr_Occurred())
        sql_raise(c->db);
    return PyErr_Occurred() ? -1 : 0;
}

int sql_begin(Connection *c)
{
    return run(c, c->begin);
}

PyObject *sql_commit(Connection *c)
{
    if (!sql_check_thread(c) || !sql_check_connection(c) || (!sqlite3_get_autocommit(c->db) && run(c, "COMMIT") < 0))
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *connection_commit(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return sql_commit((Connection *)op);
}

static PyObject *connection_rollback(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Connection *self = (Connection *)op;
    if (!sql_check_thread(self) || !sql_check_connection(self))
        return NULL;
    if (!sqlite3_get_autocommit(self->db)) {
        all_statements(self, sql_statement_reset);
        all_cursors_reset(self);
        if (run(self, "ROLLBACK") < 0)
            return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *connection_enter(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Py_INCREF(op);
    return op;
}

static PyObject *connection_exit(PyObject *op, PyObject *args)
{
    PyObject *type, *value, *tb;
    if (!PyArg_ParseTuple(args, "OOO", &type, &value, &tb))
        return NULL;
    PyObject *r = PyObject_CallMethod(op, type == Py_None && value == Py_None && tb == Py_None ? "commit" : "rollback", NULL);
    if (r == NULL)
        return NULL;
    Py_DECREF(r);
    Py_RETURN_FALSE;
}

static PyObject *get_isolation_level(PyObject *op, void *Py_UNUSED(unused))
{
    Connection *self = (Connection *)op;
    if (!sql_check_connection(self))
        return NULL;
    Py_INCREF(self->isolation_level);
    return self->isolation_level;
}

static int set_isolation_level(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    static const char *const begins[] = {"BEGIN ", "BEGIN DEFERRED", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"};
    Connection *self = (Connection *)op;
    if (v == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
        return -1;
    }
    if (v == Py_None) {
        PyObject *r = sql_commit(self);
        if (r == NULL)
            return -1;
        Py_DECREF(r);
        self->begin = NULL;
    }
    else {
        if (!PyUnicode_Check(v)) {
            PyErr_Format(PyExc_TypeError, "isolation_level must be a string or None, not %.100s", Py_TYPE(v)->tp_name);
            return -1;
        }
        Py_ssize_t n;
        const char *level = PyUnicode_AsUTF8AndSize(v, &n);
        int i = 0;
        if (level == NULL)
            return -1;
        if (strlen(level) != (size_t)n)
            level = "?";
        while (i < 4 && PyOS_stricmp(level, begins[i] + 6) != 0)
            i++;
        if (i == 4) {
            PyErr_SetString(PyExc_ValueError, "invalid value for isolation_level");
            return -1;
        }
        self->begin = begins[i];
    }
    Py_INCREF(v);
    Py_XSETREF(self->isolation_level, v);
    return 0;
}

static PyObject *get_total_changes(PyObject *op, void *Py_UNUSED(unused))
{
    Connection *self = (Connection *)op;
    return sql_check_connection(self) ? PyLong_FromLong(sqlite3_total_changes(self->db)) : NULL;
}

static PyObject *get_in_transaction(PyObject *op, void *Py_UNUSED(unused))
{
    Connection *self = (Connection *)op;
    return sql_check_connection(self) ? PyBool_FromLong(!sqlite3_get_autocommit(self->db)) : NULL;
}

/* ------------------------------------------------------------------ opening and closing */

static int shut(Connection *self)
{
    sqlite3 *db = self->db;
    int status = SQLITE_OK;
    self->db = NULL;
    if (db) {
        Py_BEGIN_ALLOW_THREADS
        status = sqlite3_close_v2(db);
        Py_END_ALLOW_THREADS
    }
    return status;
}

static int connection_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"database", "timeout", "detect_types", "isolation_level", "check_same_thread", "factory", "cached_statements", "uri", NULL};
    Connection *self = (Connection *)op;
    PyObject *database, *level = NULL, *factory = NULL;
    int types = 0, same_thread = 1, cached = 100, uri = 0, status;
    double timeout = 5.0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O&|diOiOip", names, PyUnicode_FSConverter, &database, &timeout, &types, &level, &same_thread, &factory, &cached, &uri))
        return -1;
    if (PySys_Audit("sqlite3.connect", "O", database) < 0) {
        Py_DECREF(database);
        return -1;
    }
    self->initialised = 0;
    all_statements(self, sql_statement_finalize);
    shut(self);
    Py_BEGIN_ALLOW_THREADS
    status = sqlite3_open_v2(PyBytes_AS_STRING(database), &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | (uri ? SQLITE_OPEN_URI : 0), NULL);
    Py_END_ALLOW_THREADS
    Py_DECREF(database);
    if (status != SQLITE_OK) {
        sql_raise(self->db);
        return -1;
    }
    Py_INCREF(Py_None);
    Py_XSETREF(self->row_factory, Py_None);
    Py_INCREF(&PyUnicode_Type);
    Py_XSETREF(self->text_factory, (PyObject *)&PyUnicode_Type);
    Py_XSETREF(self->cache, PyDict_New());
    Py_XSETREF(self->statements, PyList_New(0));
    Py_XSETREF(self->cursors, PyList_New(0));
    Py_XSETREF(self->collations, PyDict_New());
    PyObject *preset = PyUnicode_FromString("");
    if (!self->cache || !self->statements || !self->cursors || !self->collations || !preset) {
        Py_XDECREF(preset);
        return -1;
    }
    self->cache_size = cached > 5 ? cached : 5;
    self->detect_types = types;
    self->check_thread = same_thread;
    self->thread = PyThread_get_thread_ident();
    sqlite3_busy_timeout(self->db, (int)(timeout * 1000));
    self->initialised = 1;
    status = set_isolation_level(op, level ? level : preset, NULL);
    Py_DECREF(preset);
    if (status < 0)
        self->initialised = 0;
    return status;
}

static void connection_dealloc(PyObject *op)
{
    Connection *self = (Connection *)op;
    PyObject_GC_UnTrack(op);
    Py_XDECREF(self->cache);
    all_statements(self, sql_statement_finalize);
    shut(self);
    Py_XDECREF(self->isolation_level);
    Py_XDECREF(self->statements);
    Py_XDECREF(self->cursors);
    Py_XDECREF(self->collations);
    Py_XDECREF(self->row_factory);
    Py_XDECREF(self->text_factory);
    for (int i = 0; i < 3; i++)
        Py_XDECREF(self->hooks[i]);
    Py_TYPE(op)->tp_free(op);
}

static int connection_traverse(PyObject *op, visitproc visit, void *arg)
{
    Connection *self = (Connection *)op;
    for (int i = 0; i < 3; i++)
        Py_VISIT(self->hooks[i]);
    Py_VISIT(self->collations);
    Py_VISIT(self->row_factory);
    Py_VISIT(self->text_factory);
    return 0;
}

static PyObject *connection_close(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Connection *self = (Connection *)op;
    if (!sql_check_thread(self))
        return NULL;
    if (!self->initialised) {
        PyErr_SetString(SqlProgrammingError, "Base Connection.__init__ not called.");
        return NULL;
    }
    all_statements(self, sql_statement_finalize);
    if (self->db && shut(self) != SQLITE_OK) {
        PyErr_SetString(SqlOperationalError, "unable to close due to unfinalized statements or unfinished backups");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *connection_interrupt(PyObject *op, PyObject *Py_UNUSED(unused))
{
    if (!sql_check_connection((Connection *)op))
        return NULL;
    sqlite3_interrupt(((Connection *)op)->db);
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ cursors and shortcuts */

static PyObject *connection_call(PyObject *op, PyObject *args, PyObject *kwds)
{
    Connection *self = (Connection *)op;
    PyObject *sql;
    if (!sql_check_thread(self) || !sql_check_connection(self) || !_PyArg_NoKeywords("sqlite3.Connection", kwds) || !PyArg_ParseTuple(args, "O", &sql))
        return NULL;
    return (PyObject *)sql_statement(self, sql);
}

static PyObject *connection_cursor(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"factory", NULL};
    Connection *self = (Connection *)op;
    PyObject *factory = (PyObject *)&SqlCursorType;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|O", names, &factory) || !sql_check_thread(self) || !sql_check_connection(self))
        return NULL;
    PyObject *cursor = PyObject_CallFunctionObjArgs(factory, op, NULL);
    if (cursor == NULL)
        return NULL;
    if (!PyObject_TypeCheck(cursor, &SqlCursorType)) {
        PyErr_Format(PyExc_TypeError, "factory must return a cursor, not %.100s", Py_TYPE(cursor)->tp_name);
        Py_DECREF(cursor);
        return NULL;
    }
    if (self->row_factory && self->row_factory != Py_None) {
        Py_INCREF(self->row_factory);
        Py_XSETREF(((Cursor *)cursor)->row_factory, self->row_factory);
    }
    return cursor;
}

/* self.cursor().method(*args) */
static PyObject *by_cursor(PyObject *op, const char *name, PyObject *args)
{
    PyObject *cursor = PyObject_CallMethod(op, "cursor", NULL), *method = cursor ? PyObject_GetAttrString(cursor, name) : NULL;
    PyObject *result = method ? PyObject_CallObject(method, args) : NULL;
    Py_XDECREF(cursor);
    Py_XDECREF(method);
    return result;
}

static PyObject *connection_execute(PyObject *op, PyObject *args)
{
    return by_cursor(op, "execute", args);
}

static PyObject *connection_executemany(PyObject *op, PyObject *args)
{
    return by_cursor(op, "executemany", args);
}

static PyObject *connection_executescript(PyObject *op, PyObject *args)
{
    return by_cursor(op, "executescript", args);
}

static PyObject *connection_iterdump(PyObject *op, PyObject *Py_UNUSED(unused))
{
    if (!sql_check_connection((Connection *)op))
        return NULL;
    PyObject *module = PyImport_ImportModule("sqlite3.dump"), *result = NULL;
    PyObject *dump = module ? PyObject_GetAttrString(module, "_iterdump") : NULL;
    if (dump)
        result = PyObject_CallFunctionObjArgs(dump, op, NULL);
    else if (module)
        PyErr_SetString(SqlOperationalError, "Failed to obtain _iterdump() reference");
    Py_XDECREF(module);
    Py_XDECREF(dump);
    return result;
}

/* ------------------------------------------------------------------ backup */

static int report(PyObject *progress, int status, sqlite3_backup *backup)
{
    if (progress == Py_None)
        return 0;
    PyObject *r = PyObject_CallFunction(progress, "iii", status, sqlite3_backup_remaining(backup), sqlite3_backup_pagecount(backup));
    Py_XDECREF(r);
    return r ? 0 : -1;
}

/* Copy all pages. SQLite's last status; -1 with an exception of the progress function. */
static int copy_pages(sqlite3_backup *backup, int pages, PyObject *progress, int sleep_ms)
{
    int status;
    do {
        Py_BEGIN_ALLOW_THREADS
        status = sqlite3_backup_step(backup, pages);
        Py_END_ALLOW_THREADS
        if (report(progress, status, backup) < 0)
            return -1;
        if (status == SQLITE_BUSY || status == SQLITE_LOCKED) {
            Py_BEGIN_ALLOW_THREADS
            sqlite3_sleep(sleep_ms);
            Py_END_ALLOW_THREADS
        }
    } while (status == SQLITE_OK || status == SQLITE_BUSY || status == SQLITE_LOCKED);
    return status;
}

static PyObject *connection_backup(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"target", "pages", "progress", "name", "sleep", NULL};
    Connection *self = (Connection *)op, *target;
    int pages = -1, sleep_ms = 250, status, failed;
    PyObject *progress = Py_None, *sleep = NULL;
    const char *name = "main";
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O!|$iOsO:backup", names, &SqlConnectionType, &target, &pages, &progress, &name, &sleep))
        return NULL;
    if (sleep) {
        _PyTime_t t;
        if (_PyTime_FromSecondsObject(&t, sleep, _PyTime_ROUND_TIMEOUT) < 0)
            return NULL;
        _PyTime_t ms = _PyTime_AsMilliseconds(t, _PyTime_ROUND_TIMEOUT);
        if (ms < INT_MIN || ms > INT_MAX) {
            PyErr_SetString(PyExc_OverflowError, "sleep is too large");
            return NULL;
        }
        sleep_ms = (int)ms;
    }
    if (!sql_check_thread(self) || !sql_check_connection(self) || !sql_check_connection(target))
        return NULL;
    if (target == self) {
        PyErr_SetString(PyExc_ValueError, "target cannot be the same connection instance");
        return NULL;
    }
    if (progress != Py_None && !PyCallable_Check(progress)) {
        PyErr_SetString(PyExc_TypeError, "progress argument must be a callable");
        return NULL;
    }
    sqlite3_backup *backup;
    Py_BEGIN_ALLOW_THREADS
    backup = sqlite3_backup_init(target->db, "main", self->db, name);
    Py_END_ALLOW_THREADS
    if (backup == NULL) {
        PyErr_SetString(SqlOperationalError, sqlite3_errstr(sqlite3_errcode(target->db)));
        return NULL;
    }
    status = copy_pages(backup, pages ? pages : -1, progress, sleep_ms);
    Py_BEGIN_ALLOW_THREADS
    failed = sqlite3_backup_finish(backup);
    Py_END_ALLOW_THREADS
    if (status == -1)
        return NULL;
    if (status == SQLITE_NOMEM)
        return PyErr_NoMemory();
    if (status != SQLITE_DONE || failed != SQLITE_OK) {
        PyErr_SetString(SqlOperationalError, sqlite3_errstr(status != SQLITE_DONE ? status : failed));
        return NULL;
    }
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ the type */

static PyMethodDef connection_methods[] = {
    {"cursor", (PyCFunction)(void (*)(void))connection_cursor, METH_VARARGS | METH_KEYWORDS, "A new cursor, or what factory makes."},
    {"close", connection_close, METH_NOARGS, "Close the connection; what was not committed is lost."},
    {"commit", connection_commit, METH_NOARGS, "Commit the transaction."},
    {"rollback", connection_rollback, METH_NOARGS, "Undo the transaction."},
    {"execute", connection_execute, METH_VARARGS, "Execute one SQL statement by a new cursor, which is returned."},
    {"executemany", connection_executemany, METH_VARARGS, "Execute one SQL statement many times by a new cursor."},
    {"executescript", connection_executescript, METH_VARARGS, "Execute several SQL statements by a new cursor."},
    {"interrupt", connection_interrupt, METH_NOARGS, "Make the statements that run in other threads fail."},
    {"iterdump", connection_iterdump, METH_NOARGS, "An iterator over the SQL that makes such a database."},
    {"backup", (PyCFunction)(void (*)(void))connection_backup, METH_VARARGS | METH_KEYWORDS, "Copy the database to another connection: backup(target, *, pages=-1, progress=None, name='main', sleep=0.250)."},
    {"__enter__", connection_enter, METH_NOARGS, "For the with statement."},
    {"__exit__", connection_exit, METH_VARARGS, "For the with statement: commit, or roll back after an exception."},
    {NULL, NULL, 0, NULL}, {NULL, NULL, 0, NULL}, {NULL, NULL, 0, NULL}, {NULL, NULL, 0, NULL},
    {NULL, NULL, 0, NULL}, {NULL, NULL, 0, NULL}, {NULL, NULL, 0, NULL}, /* room for those of callbacks.c */
};

/* The exceptions of the module, which the DB-API proposes to have on connections, too. */
static PyObject *get_exception(PyObject *self, void *slot)
{
    PyObject *exception = *(PyObject **)slot;
    Py_INCREF(exception);
    return exception;
}

#define EXCEPTION(name) {#name, get_exception, NULL, PyDoc_STR("the exception of that name"), &Sql##name}

static PyGetSetDef connection_getset[] = {
    {"isolation_level", get_isolation_level, set_isolation_level, PyDoc_STR("how transactions begin, None for not at all"), NULL},
    {"total_changes", get_total_changes, NULL, PyDoc_STR("number of rows that were changed"), NULL},
    {"in_transaction", get_in_transaction, NULL, PyDoc_STR("whether a transaction is going on"), NULL},
    EXCEPTION(Error), EXCEPTION(Warning), EXCEPTION(InterfaceError), EXCEPTION(DatabaseError), EXCEPTION(InternalError),
    EXCEPTION(OperationalError), EXCEPTION(ProgrammingError), EXCEPTION(IntegrityError), EXCEPTION(DataError),
    EXCEPTION(NotSupportedError),
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMemberDef connection_members[] = {
    {"row_factory", T_OBJECT, offsetof(Connection, row_factory), 0, NULL},
    {"text_factory", T_OBJECT, offsetof(Connection, text_factory), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};

PyTypeObject SqlConnectionType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "sqlite3.Connection",
    .tp_basicsize = sizeof(Connection),
    .tp_dealloc = connection_dealloc,
    .tp_call = connection_call,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "A connection to a SQLite database.",
    .tp_traverse = connection_traverse,
    .tp_methods = connection_methods,
    .tp_members = connection_members,
    .tp_getset = connection_getset,
    .tp_init = connection_init,
    .tp_new = PyType_GenericNew,
};


int sql_connection_ready(void)
{
    PyMethodDef *to = connection_methods;
    while (to->ml_name)
        to++;
    for (PyMethodDef *from = sql_callback_methods; from->ml_name && to < &connection_methods[Py_ARRAY_LENGTH(connection_methods) - 1]; from++)
        *to++ = *from;
    return PyType_Ready(&SqlConnectionType);
}
