/* SPDX-License-Identifier: MIT */
/* _imp: what importlib needs from C. Tests: CPython's test_imp.
 */
#include "Python.h"
#include "runtime/carried.h"
#include "runtime/import.h"

#include "marshal.h"
#include <string.h>

PyAPI_FUNC(uint64_t) _Py_KeyedHash(uint64_t key, const char *src, Py_ssize_t n);

static PyObject *imp_lock_held(PyObject *m, PyObject *unused) { return PyBool_FromLong(tai_import_lock_held()); }

static PyObject *imp_acquire_lock(PyObject *m, PyObject *unused)
{
    _PyImport_AcquireLock();
    Py_RETURN_NONE;
}

static PyObject *imp_release_lock(PyObject *m, PyObject *unused)
{
    if (_PyImport_ReleaseLock() < 0) {
        PyErr_SetString(PyExc_RuntimeError, "not holding the import lock");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *imp_extension_suffixes(PyObject *m, PyObject *unused)
{
    return Py_BuildValue("[sss]", ".cpython-38-x86_64-linux-gnu.so", ".abi3.so", ".so");
}

static int need_str(PyObject *o, const char *function)
{
    if (PyUnicode_Check(o))
        return 0;
    _PyArg_BadArgument(function, "argument", "str", o);
    return -1;
}

static PyObject *imp_is_builtin(PyObject *m, PyObject *name)
{
    return need_str(name, "is_builtin") < 0 ? NULL : PyLong_FromLong(tai_extension_is_builtin(name));
}

static PyObject *imp_create_builtin(PyObject *m, PyObject *spec) { return tai_extension_create_builtin(spec); }

static PyObject *imp_create_dynamic(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("create_dynamic", n, 1, 2))
        return NULL;
    return tai_extension_create_dynamic(args[0]);
}

static PyObject *imp_exec(PyObject *m, PyObject *module)
{
    int r = tai_extension_exec(module);
    return r == -1 && PyErr_Occurred() ? NULL : PyLong_FromLong(r);
}

/* ---- frozen ---- */

static const struct _frozen *need_frozen(PyObject *name)
{
    const struct _frozen *f = tai_import_find_frozen(name);
    const char *message = f == NULL ? "No such frozen object named %R" : f->code == NULL ? "Excluded frozen object named %R" : NULL;
    if (message == NULL)
        return f;
    PyObject *text = PyUnicode_FromFormat(message, name);
    if (text) {
        PyErr_SetImportError(text, name, NULL);
        Py_DECREF(text);
    }
    return NULL;
}

static PyObject *imp_is_frozen(PyObject *m, PyObject *name)
{
    if (need_str(name, "is_frozen") < 0)
        return NULL;
    const struct _frozen *f = tai_import_find_frozen(name);
    return PyBool_FromLong(f != NULL && f->size != 0);
}

static PyObject *imp_is_frozen_package(PyObject *m, PyObject *name)
{
    const struct _frozen *f = need_str(name, "is_frozen_package") < 0 ? NULL : need_frozen(name);
    return f ? PyBool_FromLong(f->size < 0) : NULL;
}

static PyObject *imp_get_frozen_object(PyObject *m, PyObject *name)
{
    const struct _frozen *f = need_str(name, "get_frozen_object") < 0 ? NULL : need_frozen(name);
    return f ? PyMarshal_ReadObjectFromString((const char *)f->code, f->size < 0 ? -f->size : f->size) : NULL;
}

static PyObject *imp_init_frozen(PyObject *m, PyObject *name)
{
    if (need_str(name, "init_frozen") < 0)
        return NULL;
    int r = PyImport_ImportFrozenModuleObject(name);
    if (r < 0)
        return NULL;
    if (r == 0)
        Py_RETURN_NONE;
    m = PyImport_AddModuleObject(name);
    Py_XINCREF(m);
    return m;
}

/* ---- code ---- */

static PyObject *imp_fix_co_filename(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("_fix_co_filename", n, 2, 2))
        return NULL;
    if (!PyCode_Check(args[0])) {
        _PyArg_BadArgument("_fix_co_filename", "argument 1", PyCode_Type.tp_name, args[0]);
        return NULL;
    }
    if (!PyUnicode_Check(args[1])) {
        _PyArg_BadArgument("_fix_co_filename", "argument 2", "str", args[1]);
        return NULL;
    }
    tai_import_rename_code((PyCodeObject *)args[0], args[1]);
    Py_RETURN_NONE;
}

/* ---- the carried library ---- */

static PyObject *imp_find_carried(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    return _PyArg_CheckPositional("_find_carried", n, 2, 2) ? tai_carried_find(args[0], args[1]) : NULL;
}

static PyObject *imp_carried_code(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    return _PyArg_CheckPositional("_carried_code", n, 2, 2) ? tai_carried_code(args[0], args[1]) : NULL;
}

static PyObject *imp_source_hash(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"key", "source", NULL};
    long key;
    Py_buffer source;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "ly*:source_hash", names, &key, &source))
        return NULL;
    uint64_t h = _Py_KeyedHash((uint64_t)key, source.buf, source.len);
    PyBuffer_Release(&source);
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(h >> (8 * i));
    return PyBytes_FromStringAndSize((char *)bytes, 8);
}

static PyObject *imp_carried_root(PyObject *m, PyObject *unused) { return tai_carried_root(); }
static PyObject *imp_carried_relative(PyObject *m, PyObject *name) { return tai_carried_relative(name); }
static PyObject *imp_carried_data(PyObject *m, PyObject *path) { return tai_carried_data(path); }
static PyObject *imp_carried_names(PyObject *m, PyObject *unused) { return tai_carried_names(); }

#define FAST(f) ((PyCFunction)(void (*)(void))(f))

static PyMethodDef methods[] = {
    {"extension_suffixes", imp_extension_suffixes, METH_NOARGS, "extension_suffixes($module, /)\n--\n\nFile name endings of extension modules."},
    {"lock_held", imp_lock_held, METH_NOARGS, "lock_held($module, /)\n--\n\nTell whether some thread has the import lock."},
    {"acquire_lock", imp_acquire_lock, METH_NOARGS, "acquire_lock($module, /)\n--\n\nTake the import lock; it may be taken again by the same thread."},
    {"release_lock", imp_release_lock, METH_NOARGS, "release_lock($module, /)\n--\n\nGive the import lock back."},
    {"get_frozen_object", imp_get_frozen_object, METH_O, "get_frozen_object($module, name, /)\n--\n\nThe code object of a frozen module."},
    {"is_frozen_package", imp_is_frozen_package, METH_O, "is_frozen_package($module, name, /)\n--\n\nTell whether the frozen module is a package."},
    {"create_builtin", imp_create_builtin, METH_O, "create_builtin($module, spec, /)\n--\n\nMake a module that is compiled in."},
    {"init_frozen", imp_init_frozen, METH_O, "init_frozen($module, name, /)\n--\n\nRun a frozen module and return it."},
    {"is_builtin", imp_is_builtin, METH_O, "is_builtin($module, name, /)\n--\n\n1 for a compiled in module, -1 if it exists only once, 0 for others."},
    {"is_frozen", imp_is_frozen, METH_O, "is_frozen($module, name, /)\n--\n\nTell whether there is such a frozen module."},
    {"create_dynamic", FAST(imp_create_dynamic), METH_FASTCALL, "create_dynamic($module, spec, file=<unrepresentable>, /)\n--\n\nLoad a module from a shared object."},
    {"exec_dynamic", imp_exec, METH_O, "exec_dynamic($module, mod, /)\n--\n\nRun the second phase of loading."},
    {"exec_builtin", imp_exec, METH_O, "exec_builtin($module, mod, /)\n--\n\nRun the second phase of making."},
    {"_fix_co_filename", FAST(imp_fix_co_filename), METH_FASTCALL,
     "_fix_co_filename($module, code, path, /)\n--\n\nSet the file name of a code object and of those inside it."},
    {"_find_carried", FAST(imp_find_carried), METH_FASTCALL,
     "_find_carried($module, name, folder, /)\n--\n\nPath of a module of the carried library in the folder, if the file there is the one compiled; else None."},
    {"_carried_code", FAST(imp_carried_code), METH_FASTCALL,
     "_carried_code($module, name, path, /)\n--\n\nCode object of a carried module, None if the file is not the one compiled."},
    {"_carried_root", imp_carried_root, METH_NOARGS, "_carried_root($module, /)\n--\n\nThe path that stands for the carried library, if there is no other; else None."},
    {"_carried_relative", imp_carried_relative, METH_O,
     "_carried_relative($module, name, /)\n--\n\nPath of a carried module's source below the root of the library; None if it is not carried."},
    {"_carried_data", imp_carried_data, METH_O,
     "_carried_data($module, path, /)\n--\n\nContent of a carried file, whose path begins with the root, as bytes; None if it is not carried."},
    {"_carried_names", imp_carried_names, METH_NOARGS,
     "_carried_names($module, /)\n--\n\nList of the paths, below the root, of all that is carried: sources of modules and other files."},
    {"source_hash", FAST(imp_source_hash), METH_VARARGS | METH_KEYWORDS, "source_hash($module, /, key, source)\n--\n\nThe keyed hash of a source text, as bytes."},
    {NULL, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_imp", "What importlib needs from C.", 0, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__imp(void)
{
    PyObject *m = PyModule_Create(&definition);
    if (m == NULL)
        return NULL;
    const wchar_t *mode = tai_interp()->config.check_hash_pycs_mode;
    PyObject *text = PyUnicode_FromWideChar(mode ? mode : L"default", -1);
    if (text == NULL || PyDict_SetItemString(PyModule_GetDict(m), "check_hash_based_pycs", text) < 0)
        Py_CLEAR(m);
    Py_XDECREF(text);
    return m;
}
