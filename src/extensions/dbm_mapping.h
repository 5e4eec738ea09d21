/* SPDX-License-Identifier: MIT */
/* dbm_mapping: the Python object around a database file of bytes to bytes, for _gdbm.c and _dbm.c.
 *
 * Both libraries speak of a `datum` (pointer and int length); what differs is given before this header is included:
 *
 *   DbmHandle                      type of an open database; NULL once closed
 *   DBM_TYPE_NAME, DBM_LABEL       "_gdbm.gdbm"; the word that messages use
 *   DBM_CLOSED                     message for a closed database
 *   DBM_FETCHED_IS_OURS            1 if what fetch() and the keys return has to be freed
 *   static int dbm_exists(DbmHandle, datum)
 *   static datum dbm_read(DbmHandle, datum)           .dptr is NULL if there is none
 *   static int dbm_write(DbmHandle, datum, datum)     0, or -1 with errno or the library's error set
 *   static int dbm_remove(DbmHandle, int writable, datum)   0, 1 if there is no such key, -1 as above
 *   static datum dbm_first(DbmHandle)
 *   static datum dbm_next(DbmHandle, datum)
 *   static void dbm_end(DbmHandle)
 *   static PyObject *dbm_failed(DbmHandle, const char *what)   NULL, with an exception
 *
 * [DBM-1] The handle is read anew after anything that may run code: close() may have been called meanwhile.
 */
#ifndef TAIPAN_DBM_MAPPING_H
#define TAIPAN_DBM_MAPPING_H

#include <limits.h>

typedef struct {
    PyObject ob_base;
    DbmHandle handle;
    Py_ssize_t size; /* -1: not counted since the last change */
    int writable;
} DbmObject;

static PyObject *database_error;
static PyTypeObject dbm_type;

/* 1, or 0 with an exception. */
static int dbm_is_open(DbmObject *self)
{
    if (self->handle == NULL)
        PyErr_SetString(database_error, DBM_CLOSED);
    return self->handle != NULL;
}

/* A str as utf-8, or anything with a buffer; the view is to be released. 0 / -1. */
static int dbm_view(PyObject *o, Py_buffer *view, datum *out, const char *wrong)
{
    if (PyUnicode_Check(o)) {
        Py_ssize_t size;
        const char *text = PyUnicode_AsUTF8AndSize(o, &size);
        if (text == NULL || PyBuffer_FillInfo(view, o, (void *)text, size, 1, PyBUF_SIMPLE) < 0)
            return -1;
    }
    else if (PyObject_GetBuffer(o, view, PyBUF_SIMPLE) < 0) {
        if (PyErr_ExceptionMatches(PyExc_TypeError) || PyErr_ExceptionMatches(PyExc_BufferError))
            PyErr_SetString(PyExc_TypeError, wrong);
        return -1;
    }
    if (view->len > INT_MAX) {
        PyBuffer_Release(view);
        PyErr_SetString(PyExc_OverflowError, "size does not fit in an int");
        return -1;
    }
    out->dptr = view->buf;
    out->dsize = (int)view->len;
    return 0;
}

#define DBM_KEY_WRONG DBM_LABEL " mappings have bytes or string indices only"
#define DBM_VALUE_WRONG DBM_LABEL " mappings have bytes or string elements only"

/* bytes of what the library returned; frees it if that is ours. */
static PyObject *dbm_bytes(datum found)
{
    PyObject *bytes = PyBytes_FromStringAndSize(found.dptr, found.dsize);
    if (DBM_FETCHED_IS_OURS)
        free(found.dptr);
    return bytes;
}

/* The value of a key, new; NULL without an exception if there is none. */
static PyObject *dbm_lookup(DbmObject *self, PyObject *key)
{
    Py_buffer view;
    datum k;
    if (dbm_view(key, &view, &k, DBM_KEY_WRONG) < 0)
        return NULL;
    PyObject *value = NULL;
    if (dbm_is_open(self)) {
        datum found = dbm_read(self->handle, k);
        if (found.dptr)
            value = dbm_bytes(found);
    }
    PyBuffer_Release(&view);
    return value;
}

static PyObject *dbm_subscript(PyObject *self, PyObject *key)
{
    PyObject *value = dbm_lookup((DbmObject *)self, key);
    if (value == NULL && !PyErr_Occurred())
        PyErr_SetObject(PyExc_KeyError, key);
    return value;
}

static int dbm_store_item(DbmObject *self, datum key, PyObject *value)
{
    Py_buffer view;
    datum v;
    if (dbm_view(value, &view, &v, DBM_VALUE_WRONG) < 0)
        return -1;
    int status = dbm_is_open(self) ? 0 : -1;
    errno = 0;
    if (status == 0 && dbm_write(self->handle, key, v) < 0) {
        dbm_failed(self->handle, "cannot add item to database");
        status = -1;
    }
    PyBuffer_Release(&view);
    return status;
}

static int dbm_delete_item(DbmObject *self, datum key, PyObject *name)
{
    if (!dbm_is_open(self))
        return -1;
    errno = 0;
    int status = dbm_remove(self->handle, self->writable, key);
    if (status > 0)
        PyErr_SetObject(PyExc_KeyError, name);
    else if (status < 0)
        dbm_failed(self->handle, "cannot delete item from database");
    return status ? -1 : 0;
}

static int dbm_ass_subscript(PyObject *o, PyObject *key, PyObject *value)
{
    DbmObject *self = (DbmObject *)o;
    Py_buffer view;
    datum k;
    if (dbm_view(key, &view, &k, DBM_KEY_WRONG) < 0)
        return -1;
    self->size = -1;
    int status = value ? dbm_store_item(self, k, value) : dbm_delete_item(self, k, key);
    PyBuffer_Release(&view);
    return status;
}

static int dbm_contains(PyObject *o, PyObject *key)
{
    DbmObject *self = (DbmObject *)o;
    if (!dbm_is_open(self))
        return -1;
    if (!PyUnicode_Check(key) && !PyBytes_Check(key)) {
        PyErr_Format(PyExc_TypeError, DBM_LABEL " key must be bytes or string, not %.100s", Py_TYPE(key)->tp_name);
        return -1;
    }
    Py_buffer view;
    datum k;
    if (dbm_view(key, &view, &k, DBM_KEY_WRONG) < 0)
        return -1;
    int found = dbm_exists(self->handle, k);
    PyBuffer_Release(&view);
    return found;
}

/* Walk over the keys, and put them into list (may be NULL). Their number, or -1 with an exception. */
static Py_ssize_t dbm_walk(DbmObject *self, PyObject *list)
{
    Py_ssize_t count = 0;
    datum key = dbm_first(self->handle);
    while (key.dptr) {
        PyObject *bytes = list ? PyBytes_FromStringAndSize(key.dptr, key.dsize) : NULL;
        int status = list ? (bytes ? PyList_Append(list, bytes) : -1) : 0;
        Py_XDECREF(bytes);
        datum next = {NULL, 0};
        if (status == 0)
            next = dbm_next(self->handle, key);
        if (DBM_FETCHED_IS_OURS)
            free(key.dptr);
        if (status < 0)
            return -1;
        key = next;
        count++;
    }
    return count;
}

static Py_ssize_t dbm_length(PyObject *o)
{
    DbmObject *self = (DbmObject *)o;
    if (!dbm_is_open(self))
        return -1;
    if (self->size < 0)
        self->size = dbm_walk(self, NULL);
    return self->size;
}

static PyObject *dbm_keys(PyObject *o, PyObject *Py_UNUSED(unused))
{
    DbmObject *self = (DbmObject *)o;
    PyObject *list = dbm_is_open(self) ? PyList_New(0) : NULL;
    if (list && (self->size = dbm_walk(self, list)) < 0)
        Py_CLEAR(list);
    return list;
}

static PyObject *dbm_get(PyObject *self, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("get", n, 1, 2))
        return NULL;
    PyObject *value = dbm_lookup((DbmObject *)self, args[0]);
    if (value == NULL && !PyErr_Occurred()) {
        value = n > 1 ? args[1] : Py_None;
        Py_INCREF(value);
    }
    return value;
}

static PyObject *dbm_setdefault(PyObject *self, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("setdefault", n, 1, 2))
        return NULL;
    PyObject *value = dbm_lookup((DbmObject *)self, args[0]);
    if (value || PyErr_Occurred())
        return value;
    value = n > 1 ? args[1] : PyBytes_FromStringAndSize(NULL, 0);
    if (n > 1)
        Py_INCREF(value);
    if (value && dbm_ass_subscript(self, args[0], value) < 0)
        Py_CLEAR(value);
    return value;
}

static void dbm_shut(DbmObject *self)
{
    DbmHandle handle = self->handle;
    self->handle = NULL;
    if (handle)
        dbm_end(handle);
}

static PyObject *dbm_do_close(PyObject *self, PyObject *Py_UNUSED(unused))
{
    dbm_shut((DbmObject *)self);
    Py_RETURN_NONE;
}

static PyObject *dbm_enter(PyObject *self, PyObject *Py_UNUSED(unused))
{
    Py_INCREF(self);
    return self;
}

static PyObject *dbm_exit(PyObject *self, PyObject *const *Py_UNUSED(args), Py_ssize_t Py_UNUSED(n))
{
    return dbm_do_close(self, NULL);
}

static void dbm_dealloc(PyObject *self)
{
    dbm_shut((DbmObject *)self);
    PyObject_Del(self);
}

#define DBM_COMMON_METHODS \
    {"close", dbm_do_close, METH_NOARGS, "close($self, /)\n--\n\nClose the database."}, \
        {"get", (PyCFunction)(void (*)(void))dbm_get, METH_FASTCALL, \
         "get($self, key, default=None, /)\n--\n\nReturn the value of a key as bytes, or default if there is none."}, \
        {"keys", dbm_keys, METH_NOARGS, "keys($self, /)\n--\n\nReturn a list of all keys, as bytes."}, \
        {"setdefault", (PyCFunction)(void (*)(void))dbm_setdefault, METH_FASTCALL, \
         "setdefault($self, key, default=None, /)\n--\n\n" \
         "Return the value of a key; if there is none, make it default (b'' if not given) and return that."}, \
        {"__enter__", dbm_enter, METH_NOARGS, NULL}, {"__exit__", (PyCFunction)(void (*)(void))dbm_exit, METH_FASTCALL, NULL}

static PyMappingMethods dbm_as_mapping = {dbm_length, dbm_subscript, dbm_ass_subscript};
static PySequenceMethods dbm_as_sequence = {.sq_contains = dbm_contains};

/* Steals the handle. */
static PyObject *dbm_wrap(DbmHandle handle, int writable)
{
    DbmObject *self = PyObject_New(DbmObject, &dbm_type);
    if (self == NULL) {
        dbm_end(handle);
        return NULL;
    }
    self->handle = handle;
    self->size = -1;
    self->writable = writable;
    return (PyObject *)self;
}

/* The module, with its error and what else both have; NULL with an exception. */
static PyObject *dbm_make_module(struct PyModuleDef *def, const char *error_name)
{
    if (PyType_Ready(&dbm_type) < 0)
        return NULL;
    PyObject *m = PyModule_Create(def);
    database_error = m ? PyErr_NewException(error_name, PyExc_OSError, NULL) : NULL;
    Py_XINCREF(database_error);
    if (m && (database_error == NULL || PyModule_AddObject(m, "error", database_error) < 0))
        Py_CLEAR(m);
    return m;
}

#endif
