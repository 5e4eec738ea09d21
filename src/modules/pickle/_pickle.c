/* SPDX-License-Identifier: MIT */
/* _pickle: the native part of pickle. The module's functions, its exceptions, and what it looks up in copyreg and _compat_pickle.
 * Tests: the library's test_pickle.
 */
#include "modules/pickle/pickle.h"

PickleState tai_pickle;

/* An attribute of a module, of which only some types will do. New. */
static PyObject *look_up(PyObject *module, const char *name, int (*fits)(PyObject *), const char *message)
{
    PyObject *value = PyObject_GetAttrString(module, name);
    if (value != NULL && !fits(value)) {
        PyErr_Format(PyExc_RuntimeError, message, Py_TYPE(value)->tp_name);
        Py_CLEAR(value);
    }
    return value;
}

static int is_exact_dict(PyObject *value)
{
    return PyDict_CheckExact(value);
}

typedef struct {
    PyObject **field;
    const char *name, *message;
} Row;

static int look_up_dicts(const char *module_name, const Row *rows)
{
    PyObject *module = PyImport_ImportModule(module_name);
    if (module == NULL)
        return -1;
    for (; rows->name != NULL; rows++) {
        PyObject *value = look_up(module, rows->name, is_exact_dict, rows->message);
        if (value == NULL) {
            Py_DECREF(module);
            return -1;
        }
        Py_XSETREF(*rows->field, value);
    }
    Py_DECREF(module);
    return 0;
}

static PyObject *imported(const char *module_name, const char *name)
{
    PyObject *module = PyImport_ImportModule(module_name), *value = module ? PyObject_GetAttrString(module, name) : NULL;
    Py_XDECREF(module);
    return value;
}

static int fill_state(void)
{
    PickleState *st = &tai_pickle;
    const Row copyreg[] = {
        {&st->dispatch_table, "dispatch_table", "copyreg.dispatch_table should be a dict, not %.200s"},
        {&st->extension_registry, "_extension_registry", "copyreg._extension_registry should be a dict, not %.200s"},
        {&st->inverted_registry, "_inverted_registry", "copyreg._inverted_registry should be a dict, not %.200s"},
        {&st->extension_cache, "_extension_cache", "copyreg._extension_cache should be a dict, not %.200s"},
        {NULL},
    };
    const Row compat[] = {
        {&st->name_2to3, "NAME_MAPPING", "_compat_pickle.NAME_MAPPING should be a dict, not %.200s"},
        {&st->import_2to3, "IMPORT_MAPPING", "_compat_pickle.IMPORT_MAPPING should be a dict, not %.200s"},
        {&st->name_3to2, "REVERSE_NAME_MAPPING", "_compat_pickle.REVERSE_NAME_MAPPING should be a dict, not %.200s"},
        {&st->import_3to2, "REVERSE_IMPORT_MAPPING", "_compat_pickle.REVERSE_IMPORT_MAPPING should be a dict, not %.200s"},
        {NULL},
    };
    if (look_up_dicts("copyreg", copyreg) < 0 || look_up_dicts("_compat_pickle", compat) < 0)
        return -1;
    PyObject *value = imported("codecs", "encode");
    if (value == NULL)
        return -1;
    Py_XSETREF(st->codecs_encode, value);
    if (!PyCallable_Check(value)) {
        PyErr_Format(PyExc_RuntimeError, "codecs.encode should be a callable, not %.200s", Py_TYPE(value)->tp_name);
        return -1;
    }
    if ((value = imported("functools", "partial")) == NULL)
        return -1;
    Py_XSETREF(st->partial, value);
    if ((value = imported("builtins", "getattr")) == NULL)
        return -1;
    Py_XSETREF(st->getattr, value);
    return 0;
}

/* ---- functions ---- */

PyDoc_STRVAR(dump_doc, "dump($module, /, obj, file, protocol=None, *, fix_imports=True,\n     buffer_callback=None)\n--\n\n"
"Write the pickle of obj to a file opened for binary writing.");

int tai_pickle_takes_one(const char *function, PyObject *args)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (n < 2 || n > 5)
        return 1;
    PyErr_Format(PyExc_TypeError, "%s() takes exactly 1 positional argument (%zd given)", function, n);
    return 0;
}

static PyObject *py_dump(PyObject *module, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"obj", "file", "protocol", "fix_imports", "buffer_callback", NULL};
    PyObject *object, *file, *protocol = NULL, *buffer_callback = NULL;
    int fix_imports = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OO|O$pO:dump", names, &object, &file, &protocol, &fix_imports,
                                     &buffer_callback))
        return NULL;
    return tai_pickle_dump(object, file, protocol, fix_imports, buffer_callback);
}

PyDoc_STRVAR(dumps_doc, "dumps($module, /, obj, protocol=None, *, fix_imports=True,\n      buffer_callback=None)\n--\n\n"
"The pickle of obj as bytes.");

static PyObject *py_dumps(PyObject *module, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"obj", "protocol", "fix_imports", "buffer_callback", NULL};
    PyObject *object, *protocol = NULL, *buffer_callback = NULL;
    int fix_imports = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|O$pO:dumps", names, &object, &protocol, &fix_imports, &buffer_callback))
        return NULL;
    return tai_pickle_dumps(object, protocol, fix_imports, buffer_callback);
}

PyDoc_STRVAR(load_doc, "load($module, /, file, *, fix_imports=True, encoding='ASCII',\n     errors='strict', buffers=())\n--\n\n"
"Read a pickle from a file opened for binary reading, and return the object it describes.");

static PyObject *py_load(PyObject *module, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"file", "fix_imports", "encoding", "errors", "buffers", NULL};
    PyObject *file, *buffers = NULL;
    const char *encoding = NULL, *errors = NULL;
    int fix_imports = 1;
    if (!tai_pickle_takes_one("load", args) ||
        !PyArg_ParseTupleAndKeywords(args, kwargs, "O|$pssO:load", names, &file, &fix_imports, &encoding, &errors, &buffers))
        return NULL;
    return tai_pickle_load(file, fix_imports, encoding, errors, buffers);
}

PyDoc_STRVAR(loads_doc, "loads($module, /, data, *, fix_imports=True, encoding='ASCII',\n      errors='strict', buffers=())\n--\n\n"
"The object that a pickle in bytes describes. What stands behind the pickle is ignored.");

static PyObject *py_loads(PyObject *module, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"data", "fix_imports", "encoding", "errors", "buffers", NULL};
    PyObject *data, *buffers = NULL;
    const char *encoding = NULL, *errors = NULL;
    int fix_imports = 1;
    if (!tai_pickle_takes_one("loads", args) ||
        !PyArg_ParseTupleAndKeywords(args, kwargs, "O|$pssO:loads", names, &data, &fix_imports, &encoding, &errors, &buffers))
        return NULL;
    return tai_pickle_loads(data, fix_imports, encoding, errors, buffers);
}

static PyMethodDef methods[] = {
    {"dump", (PyCFunction)(void (*)(void))py_dump, METH_VARARGS | METH_KEYWORDS, dump_doc},
    {"dumps", (PyCFunction)(void (*)(void))py_dumps, METH_VARARGS | METH_KEYWORDS, dumps_doc},
    {"load", (PyCFunction)(void (*)(void))py_load, METH_VARARGS | METH_KEYWORDS, load_doc},
    {"loads", (PyCFunction)(void (*)(void))py_loads, METH_VARARGS | METH_KEYWORDS, loads_doc},
    {NULL},
};

/* ---- the module ---- */

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_pickle",
    .m_doc = "The native part of pickle.",
    .m_size = -1,
    .m_methods = methods,
};

static int add(PyObject *module, const char *name, PyObject *value)
{
    if (value == NULL)
        return -1;
    Py_INCREF(value);
    return PyModule_AddObject(module, name, value);
}

static int execute(PyObject *module)
{
    PickleState *st = &tai_pickle;
    if (PyType_Ready(&tai_pickler_type) < 0 || PyType_Ready(&tai_unpickler_type) < 0 ||
        PyType_Ready(&tai_pickler_memo_type) < 0 || PyType_Ready(&tai_unpickler_memo_type) < 0 || fill_state() < 0)
        return -1;
    Py_XSETREF(st->PickleError, PyErr_NewException("_pickle.PickleError", NULL, NULL));
    if (st->PickleError == NULL)
        return -1;
    Py_XSETREF(st->PicklingError, PyErr_NewException("_pickle.PicklingError", st->PickleError, NULL));
    Py_XSETREF(st->UnpicklingError, PyErr_NewException("_pickle.UnpicklingError", st->PickleError, NULL));
    return add(module, "Pickler", (PyObject *)&tai_pickler_type) < 0 ||
           add(module, "Unpickler", (PyObject *)&tai_unpickler_type) < 0 ||
           add(module, "PickleBuffer", (PyObject *)&PyPickleBuffer_Type) < 0 ||
           add(module, "PickleError", st->PickleError) < 0 || add(module, "PicklingError", st->PicklingError) < 0 ||
           add(module, "UnpicklingError", st->UnpicklingError) < 0 ? -1 : 0;
}

PyMODINIT_FUNC PyInit__pickle(void)
{
    PyObject *module = PyState_FindModule(&definition);
    if (module != NULL) {
        Py_INCREF(module);
        return module;
    }
    module = PyModule_Create(&definition);
    if (module != NULL && execute(module) < 0)
        Py_CLEAR(module);
    return module;
}
