/* SPDX-License-Identifier: MIT */
/* The module _sqlite3: connect(), exceptions, adapters (Python to SQLite) and converters (SQLite to Python), constants.
 * Tests: tests/extensions/test_sqlite_native.py, the reference's sqlite3.test. */
#include "sql.h"

PyObject *SqlError, *SqlWarning, *SqlInterfaceError, *SqlDatabaseError, *SqlInternalError, *SqlOperationalError, *SqlProgrammingError,
    *SqlIntegrityError, *SqlDataError, *SqlNotSupportedError;
PyObject *sql_converters, *sql_adapters;
int sql_base_types_adapted;

static PyObject *module_connect(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"database", "timeout", "detect_types", "isolation_level", "check_same_thread", "factory", "cached_statements", "uri", NULL};
    PyObject *database, *level, *factory = (PyObject *)&SqlConnectionType;
    int types, same_thread, cached, uri;
    double timeout;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|diOiOip", names, &database, &timeout, &types, &level, &same_thread, &factory, &cached, &uri))
        return NULL;
    return PyObject_Call(factory, args, kwds);
}

static PyObject *complete_statement(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"statement", NULL};
    const char *s;
    return PyArg_ParseTupleAndKeywords(args, kwds, "s", names, &s) ? PyBool_FromLong(sqlite3_complete(s)) : NULL;
}

static PyObject *enable_shared_cache(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"do_enable", NULL};
    int on;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "i", names, &on))
        return NULL;
    if (sqlite3_enable_shared_cache(on) != SQLITE_OK) {
        PyErr_SetString(SqlOperationalError, "Changing the shared_cache flag failed");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *enable_tracebacks(PyObject *Py_UNUSED(module), PyObject *args)
{
    if (!PyArg_ParseTuple(args, "i", &sql_tracebacks))
        return NULL;
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ adapters and converters */

PyObject *sql_upper(const char *s, Py_ssize_t n)
{
    PyObject *text = PyUnicode_FromStringAndSize(s, n), *upper = text ? PyObject_CallMethod(text, "upper", NULL) : NULL;
    Py_XDECREF(text);
    return upper;
}

static PyObject *register_adapter(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyTypeObject *type;
    PyObject *callable;
    if (!PyArg_ParseTuple(args, "OO", &type, &callable))
        return NULL;
    if (type == &PyLong_Type || type == &PyFloat_Type || type == &PyUnicode_Type || type == &PyByteArray_Type)
        sql_base_types_adapted = 1;
    PyObject *key = PyTuple_Pack(2, type, &SqlProtocolType);
    int status = key ? PyDict_SetItem(sql_adapters, key, callable) : -1;
    Py_XDECREF(key);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *register_converter(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *name, *callable;
    if (!PyArg_ParseTuple(args, "UO", &name, &callable))
        return NULL;
    PyObject *upper = PyObject_CallMethod(name, "upper", NULL);
    int status = upper ? PyDict_SetItem(sql_converters, upper, callable) : -1;
    Py_XDECREF(upper);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* method(argument) if o has the method. 1: *out is the answer (perhaps NULL with an exception); 0: none, go on. */
static int ask(PyObject *o, const char *name, PyObject *argument, PyObject **out)
{
    PyObject *method = PyObject_GetAttrString(o, name);
    if (method == NULL) {
        *out = NULL;
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return 1;
        PyErr_Clear();
        return 0;
    }
    *out = PyObject_CallFunctionObjArgs(method, argument, NULL);
    Py_DECREF(method);
    if (*out == Py_None) {
        Py_CLEAR(*out);
        return 0;
    }
    if (*out == NULL && PyErr_ExceptionMatches(PyExc_TypeError)) {
        PyErr_Clear();
        return 0;
    }
    return 1;
}

PyObject *sql_adapt(PyObject *obj, PyObject *protocol, PyObject *alternate)
{
    PyObject *key = PyTuple_Pack(2, Py_TYPE(obj), protocol), *adapter, *out;
    if (key == NULL)
        return NULL;
    adapter = PyDict_GetItemWithError(sql_adapters, key);
    Py_DECREF(key);
    if (adapter || PyErr_Occurred())
        return adapter ? PyObject_CallFunctionObjArgs(adapter, obj, NULL) : NULL;
    if (ask(protocol, "__adapt__", obj, &out) || ask(obj, "__conform__", protocol, &out))
        return out;
    if (alternate) {
        Py_INCREF(alternate);
        return alternate;
    }
    PyErr_SetString(SqlProgrammingError, "can't adapt");
    return NULL;
}

static PyObject *module_adapt(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *obj, *protocol = (PyObject *)&SqlProtocolType, *alternate = NULL;
    return PyArg_ParseTuple(args, "O|OO", &obj, &protocol, &alternate) ? sql_adapt(obj, protocol, alternate) : NULL;
}

static int protocol_init(PyObject *Py_UNUSED(op), PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(kwds))
{
    return 0;
}

PyTypeObject SqlProtocolType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "sqlite3.PrepareProtocol",
    .tp_doc = PyDoc_STR("The protocol of adapters of values for statements."),
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = protocol_init,
    .tp_new = PyType_GenericNew,
};

/* ------------------------------------------------------------------ module */

#define KW(f) (PyCFunction)(void (*)(void))(f), METH_VARARGS | METH_KEYWORDS
static PyMethodDef methods[] = {
    {"connect", KW(module_connect), "connect(database[, timeout, detect_types, isolation_level,\n        check_same_thread, factory, cached_statements, uri])\n\nOpen the database in a file, or in memory if it is \":memory:\"."},
    {"complete_statement", KW(complete_statement), "Does the text end a SQL statement?"},
    {"enable_shared_cache", KW(enable_shared_cache), "Let the connections of this thread share their cache, or not."},
    {"register_adapter", register_adapter, METH_VARARGS, "register_adapter(type, callable)\n\nSay how objects of a type are turned into what SQLite has."},
    {"register_converter", register_converter, METH_VARARGS, "register_converter(typename, callable)\n\nSay how the bytes of a column of that declared type are turned into objects."},
    {"adapt", module_adapt, METH_VARARGS, "adapt(obj, protocol, alternate) -> what obj becomes for a protocol"},
    {"enable_callback_tracebacks", enable_tracebacks, METH_VARARGS, "Print the exceptions of callbacks, or not."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_sqlite3",
    .m_size = -1,
    .m_methods = methods,
};

static int add_exceptions(PyObject *m)
{
    const struct {
        PyObject **slot;
        const char *name;
        PyObject **base;
    } all[] = {
        {&SqlError, "sqlite3.Error", &PyExc_Exception}, {&SqlWarning, "sqlite3.Warning", &PyExc_Exception},
        {&SqlInterfaceError, "sqlite3.InterfaceError", &SqlError}, {&SqlDatabaseError, "sqlite3.DatabaseError", &SqlError},
        {&SqlInternalError, "sqlite3.InternalError", &SqlDatabaseError}, {&SqlOperationalError, "sqlite3.OperationalError", &SqlDatabaseError},
        {&SqlProgrammingError, "sqlite3.ProgrammingError", &SqlDatabaseError}, {&SqlIntegrityError, "sqlite3.IntegrityError", &SqlDatabaseError},
        {&SqlDataError, "sqlite3.DataError", &SqlDatabaseError}, {&SqlNotSupportedError, "sqlite3.NotSupportedError", &SqlDatabaseError},
    };
    for (size_t i = 0; i < Py_ARRAY_LENGTH(all); i++) {
        if (*all[i].slot == NULL && (*all[i].slot = PyErr_NewException(all[i].name, *all[i].base, NULL)) == NULL)
            return -1;
        const char *name = strchr(all[i].name, '.') + 1;
        if (PyDict_SetItemString(PyModule_GetDict(m), name, *all[i].slot) < 0)
            return -1;
    }
    return 0;
}

static int add_objects(PyObject *m)
{
    if ((sql_converters == NULL && (sql_converters = PyDict_New()) == NULL) || (sql_adapters == NULL && (sql_adapters = PyDict_New()) == NULL))
        return -1;
    const struct {
        const char *name;
        PyObject *value;
    } all[] = {
        {"Connection", (PyObject *)&SqlConnectionType}, {"Cursor", (PyObject *)&SqlCursorType}, {"Row", (PyObject *)&SqlRowType},
        {"PrepareProtocol", (PyObject *)&SqlProtocolType}, {"OptimizedUnicode", (PyObject *)&PyUnicode_Type},
        {"converters", sql_converters}, {"adapters", sql_adapters},
    };
    for (size_t i = 0; i < Py_ARRAY_LENGTH(all); i++)
        if (PyDict_SetItemString(PyModule_GetDict(m), all[i].name, all[i].value) < 0)
            return -1;
    return 0;
}

#define C(name) {#name, name}
static const struct {
    const char *name;
    int value;
} constants[] = {
    C(PARSE_DECLTYPES), C(PARSE_COLNAMES), C(SQLITE_OK), C(SQLITE_DENY), C(SQLITE_IGNORE), C(SQLITE_CREATE_INDEX), C(SQLITE_CREATE_TABLE),
    C(SQLITE_CREATE_TEMP_INDEX), C(SQLITE_CREATE_TEMP_TABLE), C(SQLITE_CREATE_TEMP_TRIGGER), C(SQLITE_CREATE_TEMP_VIEW),
    C(SQLITE_CREATE_TRIGGER), C(SQLITE_CREATE_VIEW), C(SQLITE_DELETE), C(SQLITE_DROP_INDEX), C(SQLITE_DROP_TABLE), C(SQLITE_DROP_TEMP_INDEX),
    C(SQLITE_DROP_TEMP_TABLE), C(SQLITE_DROP_TEMP_TRIGGER), C(SQLITE_DROP_TEMP_VIEW), C(SQLITE_DROP_TRIGGER), C(SQLITE_DROP_VIEW),
    C(SQLITE_INSERT), C(SQLITE_PRAGMA), C(SQLITE_READ), C(SQLITE_SELECT), C(SQLITE_TRANSACTION), C(SQLITE_UPDATE), C(SQLITE_ATTACH),
    C(SQLITE_DETACH), C(SQLITE_ALTER_TABLE), C(SQLITE_REINDEX), C(SQLITE_ANALYZE), C(SQLITE_CREATE_VTABLE), C(SQLITE_DROP_VTABLE),
    C(SQLITE_FUNCTION), C(SQLITE_SAVEPOINT), C(SQLITE_RECURSIVE), C(SQLITE_DONE),
};

PyMODINIT_FUNC PyInit__sqlite3(void)
{
    if (PyType_Ready(&SqlRowType) < 0 || PyType_Ready(&SqlCursorType) < 0 || PyType_Ready(&SqlStatementType) < 0 ||
        PyType_Ready(&SqlProtocolType) < 0 || sql_connection_ready() < 0)
        return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    int failed = add_exceptions(m) < 0 || add_objects(m) < 0;
    for (size_t i = 0; !failed && i < Py_ARRAY_LENGTH(constants); i++)
        failed = PyModule_AddIntConstant(m, constants[i].name, constants[i].value) < 0;
    if (failed || PyModule_AddStringConstant(m, "version", "2.6.0") < 0 || PyModule_AddStringConstant(m, "sqlite_version", sqlite3_libversion()) < 0)
        Py_CLEAR(m);
    return m;
}
