/* SPDX-License-Identifier: MIT */
/* _sqlite3: the DB-API module for SQLite.
 *
 *   module.c      functions of the module, exceptions, adapters and converters
 *   connection.c  Connection: opening, transactions, settings, backup
 *   callbacks.c   functions, aggregates, collations and hooks written in Python
 *   statement.c   a prepared statement and the binding of parameters
 *   cursor.c      Cursor: execution and fetching
 *   row.c         Row
 *
 * [SQL-1] SQLite is called without the GIL; what it calls back takes it (PyGILState_Ensure).
 * [SQL-2] A connection knows its statements and cursors by weak references: close() finalises the ones, rollback() tells the
 *         others that their rows are gone.
 * [SQL-3] What SQLite calls back, and other threads, may close the connection or roll it back while a statement runs. Then it is not
 *         reset while SQLite steps through it, and finalised (doomed) only when nobody is busy with it any more.
 */
#ifndef TAI_EXTENSIONS_SQLITE3_H
#define TAI_EXTENSIONS_SQLITE3_H

#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include "structmember.h"
#include <sqlite3.h>
#include <stddef.h>

enum { PARSE_DECLTYPES = 1, PARSE_COLNAMES = 2 };

extern PyObject *SqlError, *SqlWarning, *SqlInterfaceError, *SqlDatabaseError, *SqlInternalError, *SqlOperationalError, *SqlProgrammingError,
    *SqlIntegrityError, *SqlDataError, *SqlNotSupportedError;
extern PyTypeObject SqlConnectionType, SqlCursorType, SqlStatementType, SqlRowType, SqlProtocolType;
extern PyObject *sql_converters, *sql_adapters;
extern int sql_base_types_adapted; /* somebody registered an adapter for int, str, ... */
extern int sql_tracebacks;         /* print what callbacks raise */

typedef struct {
    PyObject_HEAD
    sqlite3 *db; /* NULL once closed */
    int detect_types, initialised, check_thread;
    unsigned long thread;
    PyObject *isolation_level; /* str or None */
    const char *begin;         /* the statement that opens a transaction, or NULL */
    PyObject *cache;           /* dict SQL -> Statement, the least recently used first */
    Py_ssize_t cache_size;
    PyObject *statements, *cursors; /* lists of weak references */
    int new_statements, new_cursors; /* made since dead references were last thrown out */
    PyObject *row_factory, *text_factory;
    PyObject *hooks[3];        /* authorizer, progress handler, trace callback: owned or NULL */
    PyObject *collations;      /* dict name -> callable */
} Connection;

typedef struct {
    PyObject_HEAD
    sqlite3 *db;
    sqlite3_stmt *st;   /* NULL for nothing but comments */
    PyObject *sql;
    int in_use, is_dml;
    int busy;           /* [SQL-3] */
    char stepping, doomed;
    PyObject *weakrefs;
} Statement;

typedef struct {
    PyObject_HEAD
    Connection *connection;
    PyObject *description, *row_cast_map, *lastrowid, *row_factory;
    int arraysize, closed, reset, locked, initialised;
    long rowcount;
    Statement *statement;
    PyObject *next_row; /* fetched ahead, or NULL */
    PyObject *weakrefs;
} Cursor;

/* Raise what the database's last error is. Returns its code; SQLITE_OK clears the exception. */
int sql_raise(sqlite3 *db);
void sql_callback_failed(void);

int sql_check_thread(Connection *c);
int sql_check_connection(Connection *c);
int sql_begin(Connection *c);
PyObject *sql_commit(Connection *c);
/* The prepared statement for a text, from the cache or new. New. */
Statement *sql_statement(Connection *c, PyObject *sql);
void sql_know_cursor(Connection *c, PyObject *cursor);

Statement *sql_prepare(Connection *c, PyObject *sql);
int sql_step(Statement *s);
int sql_statement_reset(Statement *s);
int sql_statement_finalize(Statement *s);
int sql_bind(Statement *s, PyObject *parameters);
void sql_statement_hold(Statement *s); /* [SQL-3] */
void sql_statement_release(Statement *s);

/* What obj becomes for SQLite; alternate (or NULL) if nothing is known. New. Runs code. */
PyObject *sql_adapt(PyObject *obj, PyObject *protocol, PyObject *alternate);
/* A number for SQLite. -1 with OverflowError. */
sqlite3_int64 sql_int64(PyObject *number);
extern PyMethodDef sql_callback_methods[]; /* of Connection */
int sql_connection_ready(void);
PyObject *sql_upper(const char *s, Py_ssize_t n);

#endif
