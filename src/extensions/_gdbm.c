/* SPDX-License-Identifier: MIT */
/* _gdbm: databases of GNU dbm. The object itself stands in dbm_mapping.h; here is what only this library has. */
#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include <errno.h>
#include <gdbm.h>

typedef GDBM_FILE DbmHandle;
#define DBM_LABEL "gdbm"
#define DBM_CLOSED "GDBM object has already been closed"
#define DBM_FETCHED_IS_OURS 1

static PyObject *dbm_failed(DbmHandle handle, const char *what);

static int dbm_exists(DbmHandle handle, datum key)
{
    return gdbm_exists(handle, key) != 0;
}

static datum dbm_read(DbmHandle handle, datum key)
{
    return gdbm_fetch(handle, key);
}

static int dbm_write(DbmHandle handle, datum key, datum value)
{
    return gdbm_store(handle, key, value, GDBM_REPLACE) == 0 ? 0 : -1;
}

static int dbm_remove(DbmHandle handle, int Py_UNUSED(writable), datum key)
{
    if (gdbm_delete(handle, key) == 0)
        return 0;
    return gdbm_errno == GDBM_ITEM_NOT_FOUND ? 1 : -1;
}

static datum dbm_first(DbmHandle handle)
{
    return gdbm_firstkey(handle);
}

static datum dbm_next(DbmHandle handle, datum key)
{
    return gdbm_nextkey(handle, key);
}

static void dbm_end(DbmHandle handle)
{
    gdbm_close(handle);
}

#include "dbm_mapping.h"

/* The system's error if there was one, else what the library says. */
static PyObject *dbm_failed(DbmHandle Py_UNUSED(handle), const char *Py_UNUSED(what))
{
    if (errno != 0)
        return PyErr_SetFromErrno(database_error);
    PyErr_SetString(database_error, gdbm_strerror(gdbm_errno));
    return NULL;
}

/* ------------------------------------------------------------------ methods */

static PyObject *key_or_none(datum key)
{
    if (key.dptr)
        return dbm_bytes(key);
    Py_RETURN_NONE;
}

static PyObject *dbm_firstkey(PyObject *o, PyObject *Py_UNUSED(unused))
{
    DbmObject *self = (DbmObject *)o;
    return dbm_is_open(self) ? key_or_none(gdbm_firstkey(self->handle)) : NULL;
}

static PyObject *dbm_nextkey(PyObject *o, PyObject *key)
{
    DbmObject *self = (DbmObject *)o;
    Py_buffer view;
    datum k;
    if (dbm_view(key, &view, &k, DBM_KEY_WRONG) < 0)
        return NULL;
    PyObject *next = dbm_is_open(self) ? key_or_none(gdbm_nextkey(self->handle, k)) : NULL;
    PyBuffer_Release(&view);
    return next;
}

static PyObject *dbm_reorganize(PyObject *o, PyObject *Py_UNUSED(unused))
{
    DbmObject *self = (DbmObject *)o;
    if (!dbm_is_open(self))
        return NULL;
    errno = 0;
    if (gdbm_reorganize(self->handle) < 0)
        return dbm_failed(self->handle, "");
    Py_RETURN_NONE;
}

static PyObject *dbm_sync(PyObject *o, PyObject *Py_UNUSED(unused))
{
    DbmObject *self = (DbmObject *)o;
    if (!dbm_is_open(self))
        return NULL;
    gdbm_sync(self->handle);
    Py_RETURN_NONE;
}

static PyMethodDef dbm_methods[] = {
    DBM_COMMON_METHODS,
    {"firstkey", dbm_firstkey, METH_NOARGS,
     "firstkey($self, /)\n--\n\nReturn the first key in the order of the file, or None if there is none.  See nextkey()."},
    {"nextkey", dbm_nextkey, METH_O, "nextkey($self, key, /)\n--\n\nReturn the key that follows key, or None after the last."},
    {"reorganize", dbm_reorganize, METH_NOARGS,
     "reorganize($self, /)\n--\n\nWrite the file anew, so that it gives back the room of what was deleted."},
    {"sync", dbm_sync, METH_NOARGS, "sync($self, /)\n--\n\nSee that all changes are in the file; for databases opened with 'f'."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject dbm_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_gdbm.gdbm",
    .tp_basicsize = sizeof(DbmObject),
    .tp_dealloc = dbm_dealloc,
    .tp_as_sequence = &dbm_as_sequence,
    .tp_as_mapping = &dbm_as_mapping,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "An open database: keys and values are bytes, and str is taken as utf-8.  open() makes them.",
    .tp_methods = dbm_methods,
};

/* ------------------------------------------------------------------- module */

#define OPEN_FLAGS "rwcnfsu"

/* What letters such as "cf" ask of gdbm_open(). -1 with an exception. */
static int open_flags(const char *letters, int *writable)
{
    int flags;
    *writable = letters[0] != 'r';
    switch (letters[0]) {
    case 'r':
        flags = GDBM_READER;
        break;
    case 'w':
        flags = GDBM_WRITER;
        break;
    case 'c':
        flags = GDBM_WRCREAT;
        break;
    case 'n':
        flags = GDBM_NEWDB;
        break;
    default:
        PyErr_SetString(database_error, "First flag must be one of 'r', 'w', 'c' or 'n'");
        return -1;
    }
    for (const char *c = letters + 1; *c; c++) {
        switch (*c) {
        case 'f':
            flags |= GDBM_FAST;
            break;
        case 's':
            flags |= GDBM_SYNC;
            break;
        case 'u':
            flags |= GDBM_NOLOCK;
            break;
        default:
            PyErr_Format(database_error, "Flag '%c' is not supported.", (unsigned char)*c);
            return -1;
        }
    }
    return flags;
}

static PyObject *module_open(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *name, *path;
    const char *letters = "r";
    int mode = 0666, writable;
    if (!PyArg_ParseTuple(args, "U|si:open", &name, &letters, &mode))
        return NULL;
    int flags = open_flags(letters, &writable);
    if (flags < 0 || !PyUnicode_FSConverter(name, &path))
        return NULL;
    errno = 0;
    GDBM_FILE handle = gdbm_open(PyBytes_AS_STRING(path), 0, flags, mode, NULL);
    Py_DECREF(path);
    if (handle)
        return dbm_wrap(handle, writable);
    if (errno != 0)
        return PyErr_SetFromErrnoWithFilenameObject(database_error, name);
    return dbm_failed(NULL, "");
}

static PyMethodDef functions[] = {
    {"open", module_open, METH_VARARGS,
     "open($module, filename, flags=\'r\', mode=0o666, /)\n--\n\n"
     "Open a database and return it.\n\n"
     "  flags\n    'r' to read, 'w' to write, 'c' to write and create if there is none, 'n' to begin\n"
     "    with an empty one; then 'f' not to wait for the disk, 's' to wait for it, 'u' not\n    to lock.\n"
     "  mode\n    Permissions of a new file."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_gdbm",
    .m_doc = "Databases of GNU dbm: files with a mapping of bytes to bytes.",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit__gdbm(void)
{
    PyObject *m = dbm_make_module(&module_def, "_gdbm.error");
    PyObject *version = m ? Py_BuildValue("(iii)", GDBM_VERSION_MAJOR, GDBM_VERSION_MINOR, GDBM_VERSION_PATCH) : NULL;
    if (version && PyModule_AddObject(m, "_GDBM_VERSION", version) == 0 && PyModule_AddStringConstant(m, "open_flags", OPEN_FLAGS) == 0)
        return m;
    Py_XDECREF(m);
    return NULL;
}
