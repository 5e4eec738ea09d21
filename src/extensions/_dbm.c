/* SPDX-License-Identifier: MIT */
/* _dbm: databases of the Unix library ndbm, here as GNU dbm offers it: two files, NAME.dir and NAME.pag. The object stands in
 * dbm_mapping.h. What the library returns is its own memory, good until the next call.
 */
#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include <errno.h>
#include <fcntl.h>
#include <ndbm.h>

typedef DBM *DbmHandle;
#define DBM_LABEL "dbm"
#define DBM_CLOSED "DBM object has already been closed"
#define DBM_FETCHED_IS_OURS 0

static PyObject *dbm_failed(DbmHandle handle, const char *what);

static datum dbm_read(DbmHandle handle, datum key)
{
    return dbm_fetch(handle, key);
}

static int dbm_exists(DbmHandle handle, datum key)
{
    return dbm_read(handle, key).dptr != NULL;
}

static int dbm_write(DbmHandle handle, datum key, datum value)
{
    return dbm_store(handle, key, value, DBM_REPLACE) < 0 ? -1 : 0;
}

/* The library does not say why it failed: in a database that can be written, there was no such key. */
static int dbm_remove(DbmHandle handle, int writable, datum key)
{
    if (dbm_delete(handle, key) >= 0)
        return 0;
    if (!writable)
        return -1;
    dbm_clearerr(handle);
    return 1;
}

static datum dbm_first(DbmHandle handle)
{
    return dbm_firstkey(handle);
}

static datum dbm_next(DbmHandle handle, datum Py_UNUSED(key))
{
    return dbm_nextkey(handle);
}

static void dbm_end(DbmHandle handle)
{
    dbm_close(handle);
}

#include "dbm_mapping.h"

static PyObject *dbm_failed(DbmHandle handle, const char *what)
{
    dbm_clearerr(handle);
    PyErr_SetString(database_error, what);
    return NULL;
}

static PyMethodDef dbm_methods[] = {
    DBM_COMMON_METHODS,
    {NULL, NULL, 0, NULL},
};

static PyTypeObject dbm_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_dbm.dbm",
    .tp_basicsize = sizeof(DbmObject),
    .tp_dealloc = dbm_dealloc,
    .tp_as_sequence = &dbm_as_sequence,
    .tp_as_mapping = &dbm_as_mapping,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "An open database: keys and values are bytes, and str is taken as utf-8.  open() makes them.",
    .tp_methods = dbm_methods,
};

/* The flags of open(2) for "r", "rw", "w", "c" and "n". -1 with an exception. */
static int open_flags(const char *letters)
{
    static const struct {
        const char *letters;
        int flags;
    } kinds[] = {{"r", O_RDONLY}, {"w", O_RDWR}, {"rw", O_RDWR}, {"c", O_RDWR | O_CREAT}, {"n", O_RDWR | O_CREAT | O_TRUNC}};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(kinds); i++)
        if (strcmp(letters, kinds[i].letters) == 0)
            return kinds[i].flags;
    PyErr_SetString(database_error, "arg 2 to open should be 'r', 'w', 'c', or 'n'");
    return -1;
}

static PyObject *module_open(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *name, *path;
    const char *letters = "r";
    int mode = 0666;
    if (!PyArg_ParseTuple(args, "U|si:open", &name, &letters, &mode))
        return NULL;
    int flags = open_flags(letters);
    if (flags < 0 || !PyUnicode_FSConverter(name, &path))
        return NULL;
    DBM *handle = dbm_open(PyBytes_AS_STRING(path), flags, mode);
    Py_DECREF(path);
    return handle ? dbm_wrap(handle, flags != O_RDONLY) : PyErr_SetFromErrnoWithFilenameObject(database_error, name);
}

static PyMethodDef functions[] = {
    {"open", module_open, METH_VARARGS,
     "open($module, filename, flags=\'r\', mode=0o666, /)\n--\n\n"
     "Open a database and return it.\n\n"
     "  filename\n    Its name without the ending of its files.\n"
     "  flags\n    'r' to read, 'w' to write, 'c' to write and create if there is none, 'n' to begin\n    with an empty one.\n"
     "  mode\n    Permissions of new files."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_dbm",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit__dbm(void)
{
    PyObject *m = dbm_make_module(&module_def, "_dbm.error");
    if (m && PyModule_AddStringConstant(m, "library", "GNU gdbm") < 0)
        Py_CLEAR(m);
    return m;
}
