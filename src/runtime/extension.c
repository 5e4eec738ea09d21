/* SPDX-License-Identifier: MIT */
/* Native modules: those compiled in (PyImport_Inittab) and those in shared objects.
 *
 * A module initialised in one phase is remembered by (file name, name), so that importing it again, in this interpreter
 * or another, does not run its init function twice: its definition is kept, and a copy of its dict if it has no state.
 * Multi-phase modules (PEP 489) are not remembered.
 * Tests: tests/capi/test_bad_extensions.py
 */
#include "runtime/import.h"
#include "runtime/quiet_exit.h"
#include "runtime/runtime.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MODULE(name) PyMODINIT_FUNC PyInit_##name(void);
#include "builtin_modules.def"
#undef MODULE

static struct _inittab builtin_table[] = {
    {"builtins", NULL},
    {"sys", NULL},
#define MODULE(name) {#name, PyInit_##name},
#include "builtin_modules.def"
#undef MODULE
    {NULL, NULL},
};

struct _inittab *PyImport_Inittab = builtin_table;
static struct _inittab *grown_table;

int PyImport_ExtendInittab(struct _inittab *more)
{
    size_t n = 0, extra = 0;
    while (more[extra].name)
        extra++;
    if (extra == 0)
        return 0;
    while (PyImport_Inittab[n].name)
        n++;
    struct _inittab *table = realloc(grown_table, (n + extra + 1) * sizeof *table);
    if (table == NULL)
        return -1;
    if (grown_table != PyImport_Inittab && table != PyImport_Inittab && grown_table == NULL)
        memcpy(table, PyImport_Inittab, n * sizeof *table);
    memcpy(table + n, more, (extra + 1) * sizeof *table);
    PyImport_Inittab = grown_table = table;
    return 0;
}

int PyImport_AppendInittab(const char *name, PyObject *(*init)(void))
{
    struct _inittab one[2] = {{name, init}, {NULL, NULL}};
    return PyImport_ExtendInittab(one);
}

/* ---- modules that were initialised in one phase ---- */

static PyObject *known; /* dict: (filename, name) -> PyModuleDef */

int _PyImport_FixupExtensionObject(PyObject *module, PyObject *name, PyObject *filename, PyObject *modules)
{
    if (module == NULL || !PyModule_Check(module)) {
        PyErr_BadInternalCall();
        return -1;
    }
    PyModuleDef *def = PyModule_GetDef(module);
    if (def == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (PyObject_SetItem(modules, name, module) < 0)
        return -1;
    if (_PyState_AddModule(module, def) < 0) {
        PyObject_DelItem(modules, name);
        return -1;
    }
    if (tai_interp() != tai_runtime.main)
        return 0;
    if (def->m_size == -1) {
        if (def->m_base.m_copy)
            Py_CLEAR(def->m_base.m_copy);
        PyObject *dict = PyModule_GetDict(module);
        if (dict == NULL || (def->m_base.m_copy = PyDict_Copy(dict)) == NULL)
            return -1;
    }
    if (known == NULL && (known = PyDict_New()) == NULL)
        return -1;
    PyObject *key = PyTuple_Pack(2, filename, name);
    int r = key ? PyDict_SetItem(known, key, (PyObject *)def) : -1;
    Py_XDECREF(key);
    return r;
}

int _PyImport_FixupBuiltin(PyObject *module, const char *name, PyObject *modules)
{
    PyObject *o = PyUnicode_InternFromString(name);
    if (o == NULL)
        return -1;
    int r = _PyImport_FixupExtensionObject(module, o, o, modules);
    Py_DECREF(o);
    return r;
}

PyObject *_PyImport_FindExtensionObjectEx(PyObject *name, PyObject *filename, PyObject *modules)
{
    if (known == NULL)
        return NULL;
    PyObject *key = PyTuple_Pack(2, filename, name);
    PyModuleDef *def = key ? (PyModuleDef *)PyDict_GetItemWithError(known, key) : NULL;
    Py_XDECREF(key);
    if (def == NULL)
        return NULL;
    PyObject *module;
    if (def->m_size == -1) { /* cannot be initialised again: refill from the copy */
        if (def->m_base.m_copy == NULL)
            return NULL;
        module = _PyImport_AddModuleObject(name, modules);
        if (module == NULL)
            return NULL;
        PyObject *dict = PyModule_GetDict(module);
        if (dict == NULL || PyDict_Update(dict, def->m_base.m_copy) < 0)
            return NULL;
    } else {
        if (def->m_base.m_init == NULL)
            return NULL;
        module = def->m_base.m_init();
        if (module == NULL)
            return NULL;
        if (PyObject_SetItem(modules, name, module) < 0) {
            Py_DECREF(module);
            return NULL;
        }
        Py_DECREF(module);
    }
    if (_PyState_AddModule(module, def) < 0) {
        PyMapping_DelItem(modules, name);
        return NULL;
    }
    if (Py_VerboseFlag)
        PySys_FormatStderr("import %U # previously loaded (%R)\n", name, filename);
    return module; /* borrowed from modules */
}

PyObject *_PyImport_FindExtensionObject(PyObject *name, PyObject *filename)
{
    return _PyImport_FindExtensionObjectEx(name, filename, PyImport_GetModuleDict());
}

PyObject *_PyImport_FindBuiltin(const char *name, PyObject *modules)
{
    PyObject *o = PyUnicode_InternFromString(name);
    if (o == NULL)
        return NULL;
    PyObject *m = _PyImport_FindExtensionObjectEx(o, o, modules);
    Py_DECREF(o);
    return m;
}

void tai_extension_fini(void)
{
    Py_CLEAR(known);
}

/* ---- compiled in ---- */

int tai_extension_is_builtin(PyObject *name)
{
    for (struct _inittab *t = PyImport_Inittab; t->name; t++)
        if (_PyUnicode_EqualToASCIIString(name, t->name))
            return t->initfunc == NULL ? -1 : 1;
    return 0;
}

PyObject *tai_extension_create_builtin(PyObject *spec)
{
    PyObject *name = PyObject_GetAttrString(spec, "name"), *modules = PyImport_GetModuleDict(), *result = NULL;
    if (name == NULL)
        return NULL;
    PyObject *module = _PyImport_FindExtensionObjectEx(name, name, modules);
    if (module != NULL) {
        Py_INCREF(module);
        result = module;
        goto done;
    }
    if (PyErr_Occurred())
        goto done;
    for (struct _inittab *t = PyImport_Inittab; t->name; t++) {
        if (!_PyUnicode_EqualToASCIIString(name, t->name))
            continue;
        if (t->initfunc == NULL) { /* sys and builtins cannot be made again */
            result = PyImport_AddModule(t->name);
            Py_XINCREF(result);
            goto done;
        }
        result = t->initfunc();
        if (result == NULL) {
            if (!PyErr_Occurred())
                PyErr_Format(PyExc_SystemError, "initialization of %U failed without raising an exception", name);
            goto done;
        }
        if (PyObject_TypeCheck(result, &PyModuleDef_Type)) {
            result = PyModule_FromDefAndSpec((PyModuleDef *)result, spec);
            goto done;
        }
        PyModuleDef *def = PyModule_GetDef(result);
        if (def == NULL) {
            Py_CLEAR(result);
            goto done;
        }
        def->m_base.m_init = t->initfunc;
        if (_PyImport_FixupExtensionObject(result, name, name, modules) < 0)
            Py_CLEAR(result);
        goto done;
    }
    result = Py_None;
    Py_INCREF(result);
done:
    Py_DECREF(name);
    return result;
}

int tai_extension_exec(PyObject *module)
{
    if (!PyModule_Check(module))
        return 0;
    PyModuleDef *def = PyModule_GetDef(module);
    if (def == NULL || PyModule_GetState(module) != NULL)
        return 0; /* not ours, or done already */
    return PyModule_ExecDef(module, def);
}

/* ---- shared objects ---- */

typedef PyObject *(*InitFunction)(void);

#define LOADED_MAX 128

static struct {
    dev_t dev;
    ino_t ino;
    void *handle;
} loaded[LOADED_MAX];
static int loaded_count;

int tai_sys_dlopen_flags(void);

/* The asm statement is there so that the call is not optimised away. */
__attribute__((noinline, noclone)) void tai_tell_debugger(void) { __asm__ volatile(""); }

/* Open the file (each one once) and find its init function. NULL with an exception if the file cannot be loaded; NULL
 * without one if it has no such function. */
static InitFunction find_init(const char *prefix, const char *short_name, const char *pathname)
{
    char symbol[258], with_slash[4096];
    struct stat st;
    int have_stat = stat(pathname, &st) == 0;
    PyOS_snprintf(symbol, sizeof symbol, "%.20s_%.200s", prefix, short_name);
    if (strchr(pathname, '/') == NULL) {
        PyOS_snprintf(with_slash, sizeof with_slash, "./%.4000s", pathname);
        pathname = with_slash;
    }
    for (int i = 0; have_stat && i < loaded_count; i++)
        if (loaded[i].dev == st.st_dev && loaded[i].ino == st.st_ino)
            return (InitFunction)dlsym(loaded[i].handle, symbol);
    if (Py_VerboseFlag)
        PySys_WriteStderr("dlopen(\"%s\", %x);\n", pathname, (unsigned)tai_sys_dlopen_flags());
    tai_exit_foreign_code = 1;
    void *handle = dlopen(pathname, tai_sys_dlopen_flags());
    tai_tell_debugger();
    if (handle == NULL) {
        const char *error = dlerror();
        PyObject *text = PyUnicode_DecodeLocale(error ? error : "unknown dlopen() error", "surrogateescape");
        PyObject *name = PyUnicode_FromString(short_name), *path = PyUnicode_DecodeFSDefault(pathname);
        if (text && name && path)
            PyErr_SetImportError(text, name, path);
        Py_XDECREF(text);
        Py_XDECREF(name);
        Py_XDECREF(path);
        return NULL;
    }
    if (have_stat && loaded_count < LOADED_MAX) {
        loaded[loaded_count].dev = st.st_dev;
        loaded[loaded_count].ino = st.st_ino;
        loaded[loaded_count++].handle = handle;
    }
    return (InitFunction)dlsym(handle, symbol);
}

/* The last part of a dotted name as C identifier text: bytes (new), and the prefix to use with it. */
static PyObject *init_name(PyObject *name, const char **prefix)
{
    _Py_IDENTIFIER(replace);
    Py_ssize_t n = PyUnicode_GetLength(name);
    Py_ssize_t dot = n < 0 ? -2 : PyUnicode_FindChar(name, '.', 0, n, -1);
    if (dot < -1)
        return NULL;
    PyObject *last = PyUnicode_Substring(name, dot + 1, n);
    if (last == NULL)
        return NULL;
    PyObject *encoded = PyUnicode_AsEncodedString(last, "ascii", NULL), *result = NULL;
    *prefix = "PyInit";
    if (encoded == NULL && PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
        PyErr_Clear();
        encoded = PyUnicode_AsEncodedString(last, "punycode", NULL);
        *prefix = "PyInitU";
    }
    if (encoded != NULL) {
        PyObject *dash = PyBytes_FromString("-"), *under = PyBytes_FromString("_");
        if (dash && under)
            result = _PyObject_CallMethodIdObjArgs(encoded, &PyId_replace, dash, under, NULL);
        Py_XDECREF(dash);
        Py_XDECREF(under);
        Py_DECREF(encoded);
    }
    Py_DECREF(last);
    return result;
}

static PyObject *check_init_result(PyObject *m, const char *name)
{
    if (m == NULL) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_SystemError, "initialization of %s failed without raising an exception", name);
        return NULL;
    }
    if (PyErr_Occurred()) {
        PyErr_Clear();
        PyErr_Format(PyExc_SystemError, "initialization of %s raised unreported exception", name);
        return NULL;
    }
    if (Py_TYPE(m) == NULL) { /* a definition that did not go through PyModuleDef_Init */
        PyErr_Format(PyExc_SystemError, "init function of %s returned uninitialized object", name);
        return NULL;
    }
    return m;
}

static PyObject *load_dynamic(PyObject *spec, PyObject *name, PyObject *path)
{
    const char *prefix;
    PyObject *short_name = init_name(name, &prefix), *path_bytes = NULL, *m = NULL;
    if (short_name == NULL)
        return NULL;
    if (PySys_Audit("import", "OOOOO", name, path, Py_None, Py_None, Py_None) < 0)
        goto done;
    path_bytes = PyUnicode_EncodeFSDefault(path);
    if (path_bytes == NULL)
        goto done;
    const char *text = PyBytes_AS_STRING(short_name);
    InitFunction init = find_init(prefix, text, PyBytes_AS_STRING(path_bytes));
    if (init == NULL) {
        if (!PyErr_Occurred()) {
            PyObject *message = PyUnicode_FromFormat("dynamic module does not define module export function (%s_%s)", prefix, text);
            if (message) {
                PyErr_SetImportError(message, name, path);
                Py_DECREF(message);
            }
        }
        goto done;
    }
    const char *old = _Py_PackageContext;
    _Py_PackageContext = PyUnicode_AsUTF8(name);
    m = _Py_PackageContext ? init() : NULL;
    _Py_PackageContext = old;
    m = check_init_result(m, text);
    if (m == NULL)
        goto done;
    if (PyObject_TypeCheck(m, &PyModuleDef_Type)) {
        m = PyModule_FromDefAndSpec((PyModuleDef *)m, spec);
        goto done;
    }
    if (strcmp(prefix, "PyInitU") == 0) {
        PyErr_Format(PyExc_SystemError, "initialization of * did not return PyModuleDef");
        goto error;
    }
    PyModuleDef *def = PyModule_GetDef(m);
    if (def == NULL) {
        PyErr_Format(PyExc_SystemError, "initialization of %s did not return an extension module", text);
        goto error;
    }
    def->m_base.m_init = init;
    if (PyModule_AddObject(m, "__file__", path) < 0)
        PyErr_Clear();
    else
        Py_INCREF(path);
    if (_PyImport_FixupExtensionObject(m, name, path, PyImport_GetModuleDict()) < 0)
        goto error;
    goto done;
error:
    Py_CLEAR(m);
done:
    Py_XDECREF(path_bytes);
    Py_DECREF(short_name);
    return m;
}

PyObject *tai_extension_create_dynamic(PyObject *spec)
{
    PyObject *name = PyObject_GetAttrString(spec, "name"), *path = NULL, *m = NULL;
    if (name == NULL || (path = PyObject_GetAttrString(spec, "origin")) == NULL)
        goto done;
    m = _PyImport_FindExtensionObject(name, path);
    if (m != NULL)
        Py_INCREF(m);
    else if (!PyErr_Occurred())
        m = load_dynamic(spec, name, path);
done:
    Py_XDECREF(name);
    Py_XDECREF(path);
    return m;
}
