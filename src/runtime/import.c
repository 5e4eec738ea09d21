/* SPDX-License-Identifier: MIT */
/* Import as C code sees it: sys.modules, the import statement, importing by name, running code as a module, frozen
 * modules, the import lock, and taking everything down at the end.
 *
 * Finding and loading is Python code (importlib, frozen). What stands here is the path an import takes when the module
 * is in sys.modules already, which is nearly always.
 * Tests: tests/library/test_importlib.py
 */
#include "runtime/import.h"
#include "runtime/runtime.h"
#include "runtime/collector.h"

#include "frameobject.h"
#include "marshal.h"
#include "traceback.h"

#include <string.h>

const struct _frozen *PyImport_FrozenModules = tai_frozen_modules;
int Py_FrozenFlag;

_Py_IDENTIFIER(__name__);
_Py_IDENTIFIER(__package__);
_Py_IDENTIFIER(__path__);
_Py_IDENTIFIER(__spec__);

/* ---- the lock ---- */

static PyThread_type_lock lock;
static unsigned long lock_owner = PYTHREAD_INVALID_THREAD_ID;
static int lock_level;

void _PyImport_AcquireLock(void)
{
    unsigned long me = PyThread_get_thread_ident();
    if (lock == NULL && (lock = PyThread_allocate_lock()) == NULL)
        return;
    if (lock_owner == me) {
        lock_level++;
        return;
    }
    if (lock_owner != PYTHREAD_INVALID_THREAD_ID || !PyThread_acquire_lock(lock, 0)) {
        PyThreadState *ts = PyEval_SaveThread();
        PyThread_acquire_lock(lock, WAIT_LOCK);
        PyEval_RestoreThread(ts);
    }
    lock_owner = me;
    lock_level = 1;
}

int _PyImport_ReleaseLock(void)
{
    if (lock == NULL)
        return 0;
    if (lock_owner != PyThread_get_thread_ident())
        return -1;
    if (--lock_level == 0) {
        lock_owner = PYTHREAD_INVALID_THREAD_ID;
        PyThread_release_lock(lock);
    }
    return 1;
}

int tai_import_lock_held(void)
{
    return lock_owner != PYTHREAD_INVALID_THREAD_ID;
}

/* In a forked child: a lock that another thread held is gone with it. */
void _PyImport_ReInitLock(void)
{
    if (lock != NULL && (lock = PyThread_allocate_lock()) == NULL)
        Py_FatalError("PyImport_ReInitLock failed to create a new lock");
    if (lock_level > 1) {
        PyThread_acquire_lock(lock, NOWAIT_LOCK);
        lock_owner = PyThread_get_thread_ident();
        lock_level--;
    } else {
        lock_owner = PYTHREAD_INVALID_THREAD_ID;
        lock_level = 0;
    }
}

/* ---- sys.modules ---- */

PyObject *PyImport_GetModuleDict(void)
{
    PyInterpreterState *interp = _PyInterpreterState_Get();
    if (interp->modules == NULL)
        Py_FatalError("no import module dictionary");
    return interp->modules;
}

int _PyImport_IsInitialized(PyInterpreterState *interp)
{
    return interp->modules != NULL;
}

/* New; NULL without exception if it is not there. */
PyObject *PyImport_GetModule(PyObject *name)
{
    PyObject *modules = PyImport_GetModuleDict(), *m;
    if (modules == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "unable to get sys.modules");
        return NULL;
    }
    if (PyDict_CheckExact(modules)) {
        m = PyDict_GetItemWithError(modules, name);
        Py_XINCREF(m);
        return m;
    }
    m = PyObject_GetItem(modules, name);
    if (m == NULL && PyErr_ExceptionMatches(PyExc_KeyError))
        PyErr_Clear();
    return m;
}

PyObject *_PyImport_GetModuleId(struct _Py_Identifier *id)
{
    PyObject *name = _PyUnicode_FromId(id);
    return name ? PyImport_GetModule(name) : NULL;
}

int _PyImport_SetModule(PyObject *name, PyObject *m) { return PyObject_SetItem(tai_interp()->modules, name, m); }
int _PyImport_SetModuleString(const char *name, PyObject *m) { return PyMapping_SetItemString(tai_interp()->modules, name, m); }

PyObject *_PyImport_AddModuleObject(PyObject *name, PyObject *modules)
{
    PyObject *m;
    if (PyDict_CheckExact(modules)) {
        m = PyDict_GetItemWithError(modules, name);
    } else {
        m = PyObject_GetItem(modules, name);
        Py_XDECREF(m); /* modules keeps it */
        if (m == NULL && PyErr_ExceptionMatches(PyExc_KeyError))
            PyErr_Clear();
    }
    if (PyErr_Occurred())
        return NULL;
    if (m != NULL && PyModule_Check(m))
        return m;
    m = PyModule_NewObject(name);
    if (m == NULL)
        return NULL;
    int r = PyObject_SetItem(modules, name, m);
    Py_DECREF(m);
    return r < 0 ? NULL : m;
}

PyObject *PyImport_AddModuleObject(PyObject *name)
{
    return _PyImport_AddModuleObject(name, PyImport_GetModuleDict());
}

PyObject *PyImport_AddModule(const char *name)
{
    PyObject *o = PyUnicode_FromString(name);
    PyObject *m = o ? PyImport_AddModuleObject(o) : NULL;
    Py_XDECREF(o);
    return m;
}

static void remove_module(PyObject *name)
{
    PyObject *t, *v, *tb, *modules = PyImport_GetModuleDict();
    PyErr_Fetch(&t, &v, &tb);
    if (PyObject_DelItem(modules, name) < 0 && PyErr_ExceptionMatches(PyExc_KeyError))
        PyErr_Clear();
    if (PyErr_Occurred())
        PyErr_WriteUnraisable(NULL);
    PyErr_Restore(t, v, tb);
}

/* ---- code as module ---- */

PyObject *PyImport_ExecCodeModule(const char *name, PyObject *co)
{
    return PyImport_ExecCodeModuleWithPathnames(name, co, NULL, NULL);
}

PyObject *PyImport_ExecCodeModuleEx(const char *name, PyObject *co, const char *pathname)
{
    return PyImport_ExecCodeModuleWithPathnames(name, co, pathname, NULL);
}

PyObject *PyImport_ExecCodeModuleWithPathnames(const char *name, PyObject *co, const char *pathname, const char *cpathname)
{
    PyObject *m = NULL, *path = NULL, *cached = NULL, *o = PyUnicode_FromString(name);
    if (o == NULL)
        return NULL;
    if (cpathname != NULL && (cached = PyUnicode_DecodeFSDefault(cpathname)) == NULL)
        goto done;
    if (pathname != NULL) {
        path = PyUnicode_DecodeFSDefault(pathname);
        if (path == NULL)
            goto done;
    } else if (cached != NULL) {
        PyObject *external = PyObject_GetAttrString(tai_interp()->importlib, "_bootstrap_external");
        path = external ? PyObject_CallMethod(external, "_get_sourcefile", "O", cached) : NULL;
        Py_XDECREF(external);
        if (path == NULL)
            PyErr_Clear();
    }
    m = PyImport_ExecCodeModuleObject(o, co, path, cached);
done:
    Py_DECREF(o);
    Py_XDECREF(path);
    Py_XDECREF(cached);
    return m;
}

/* The dict of the (perhaps new) module with __builtins__ in it; borrowed. */
static PyObject *module_dict_for_exec(PyObject *name)
{
    _Py_IDENTIFIER(__builtins__);
    PyObject *m = PyImport_AddModuleObject(name);
    if (m == NULL)
        return NULL;
    PyObject *d = PyModule_GetDict(m);
    if (_PyDict_GetItemIdWithError(d, &PyId___builtins__) == NULL &&
        (PyErr_Occurred() || _PyDict_SetItemId(d, &PyId___builtins__, PyEval_GetBuiltins()) != 0)) {
        remove_module(name);
        return NULL;
    }
    return d;
}

static PyObject *exec_in_module(PyObject *name, PyObject *dict, PyObject *code)
{
    PyObject *v = PyEval_EvalCode(code, dict, dict);
    if (v == NULL) {
        remove_module(name);
        return NULL;
    }
    Py_DECREF(v);
    PyObject *m = PyImport_GetModule(name);
    if (m == NULL && !PyErr_Occurred())
        PyErr_Format(PyExc_ImportError, "Loaded module %R not found in sys.modules", name);
    return m;
}

PyObject *PyImport_ExecCodeModuleObject(PyObject *name, PyObject *co, PyObject *pathname, PyObject *cpathname)
{
    _Py_IDENTIFIER(_fix_up_module);
    PyObject *d = module_dict_for_exec(name);
    if (d == NULL)
        return NULL;
    if (pathname == NULL)
        pathname = ((PyCodeObject *)co)->co_filename;
    PyObject *external = PyObject_GetAttrString(tai_interp()->importlib, "_bootstrap_external");
    PyObject *r = external ? _PyObject_CallMethodIdObjArgs(external, &PyId__fix_up_module, d, name, pathname, cpathname, NULL) : NULL;
    Py_XDECREF(external);
    if (r == NULL)
        return NULL;
    Py_DECREF(r);
    Py_INCREF(d);
    PyObject *m = exec_in_module(name, d, co);
    Py_DECREF(d);
    return m;
}

/* ---- file names of code ---- */

static void rename_code(PyCodeObject *co, PyObject *old, PyObject *new)
{
    if (PyUnicode_Compare(co->co_filename, old))
        return;
    Py_INCREF(new);
    Py_SETREF(co->co_filename, new);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(co->co_consts); i++) {
        PyObject *c = PyTuple_GET_ITEM(co->co_consts, i);
        if (PyCode_Check(c))
            rename_code((PyCodeObject *)c, old, new);
    }
}

void tai_import_rename_code(PyCodeObject *code, PyObject *path)
{
    if (PyUnicode_Compare(code->co_filename, path) == 0)
        return;
    PyObject *old = code->co_filename;
    Py_INCREF(old);
    rename_code(code, old, path);
    Py_DECREF(old);
}

/* ---- frozen modules ---- */

const struct _frozen *tai_import_find_frozen(PyObject *name)
{
    if (name == NULL)
        return NULL;
    for (const struct _frozen *f = PyImport_FrozenModules; f && f->name; f++)
        if (_PyUnicode_EqualToASCIIString(name, f->name))
            return f;
    return NULL;
}

int PyImport_ImportFrozenModuleObject(PyObject *name)
{
    const struct _frozen *f = tai_import_find_frozen(name);
    if (f == NULL)
        return 0;
    if (f->code == NULL) {
        PyErr_Format(PyExc_ImportError, "Excluded frozen object named %R", name);
        return -1;
    }
    int is_package = f->size < 0;
    PyObject *co = PyMarshal_ReadObjectFromString((const char *)f->code, is_package ? -f->size : f->size);
    if (co == NULL)
        return -1;
    if (!PyCode_Check(co)) {
        PyErr_Format(PyExc_TypeError, "frozen object %R is not a code object", name);
        Py_DECREF(co);
        return -1;
    }
    int r = -1;
    PyObject *m = NULL, *d;
    if (is_package) {
        m = PyImport_AddModuleObject(name);
        PyObject *path = m ? PyList_New(0) : NULL;
        if (path == NULL || PyDict_SetItemString(PyModule_GetDict(m), "__path__", path) < 0) {
            Py_XDECREF(path);
            goto done;
        }
        Py_DECREF(path);
    }
    d = module_dict_for_exec(name);
    if (d == NULL)
        goto done;
    Py_INCREF(d);
    m = exec_in_module(name, d, co);
    Py_DECREF(d);
    if (m != NULL) {
        r = 1;
        Py_DECREF(m);
    }
done:
    Py_DECREF(co);
    return r;
}

int PyImport_ImportFrozenModule(const char *name)
{
    PyObject *o = PyUnicode_InternFromString(name);
    int r = o ? PyImport_ImportFrozenModuleObject(o) : -1;
    Py_XDECREF(o);
    return r;
}

/* ---- the import statement ---- */

/* Wait until another thread has finished importing the module that we found. */
static int ensure_initialized(PyObject *m, PyObject *name)
{
    _Py_IDENTIFIER(_initializing);
    _Py_IDENTIFIER(_lock_unlock_module);
    PyObject *spec, *value;
    if (_PyObject_LookupAttrId(m, &PyId___spec__, &spec) < 0)
        return -1;
    if (spec == NULL)
        return 0;
    int r = _PyObject_LookupAttrId(spec, &PyId__initializing, &value);
    Py_DECREF(spec);
    if (r <= 0) {
        PyErr_Clear();
        return 0;
    }
    int busy = value == Py_True ? 1 : value == Py_False ? 0 : PyObject_IsTrue(value);
    Py_DECREF(value);
    if (busy < 0)
        PyErr_Clear();
    if (busy <= 0)
        return 0;
    PyObject *done = _PyObject_CallMethodIdObjArgs(tai_interp()->importlib, &PyId__lock_unlock_module, name, NULL);
    Py_XDECREF(done);
    return done ? 0 : -1;
}

/* Where a relative import starts: the name of the package that globals belong to. New. */
static PyObject *package_of(PyObject *globals)
{
    _Py_IDENTIFIER(parent);
    if (globals == NULL) {
        PyErr_SetString(PyExc_KeyError, "'__name__' not in globals");
        return NULL;
    }
    if (!PyDict_Check(globals)) {
        PyErr_SetString(PyExc_TypeError, "globals must be a dict");
        return NULL;
    }
    PyObject *package = _PyDict_GetItemIdWithError(globals, &PyId___package__);
    if (package == NULL && PyErr_Occurred())
        return NULL;
    PyObject *spec = _PyDict_GetItemIdWithError(globals, &PyId___spec__), *parent;
    if (spec == NULL && PyErr_Occurred())
        return NULL;
    if (package != NULL && package != Py_None) {
        Py_INCREF(package);
        if (!PyUnicode_Check(package)) {
            PyErr_SetString(PyExc_TypeError, "package must be a string");
            goto error;
        }
        if (spec != NULL && spec != Py_None) {
            parent = _PyObject_GetAttrId(spec, &PyId_parent);
            if (parent == NULL)
                goto error;
            int same = PyObject_RichCompareBool(package, parent, Py_EQ);
            Py_DECREF(parent);
            if (same < 0)
                goto error;
            if (same == 0 && PyErr_WarnEx(PyExc_ImportWarning, "__package__ != __spec__.parent", 1) < 0)
                goto error;
        }
        return package;
    }
    if (spec != NULL && spec != Py_None) {
        package = _PyObject_GetAttrId(spec, &PyId_parent);
        if (package == NULL)
            return NULL;
        if (!PyUnicode_Check(package)) {
            PyErr_SetString(PyExc_TypeError, "__spec__.parent must be a string");
            goto error;
        }
        return package;
    }
    if (PyErr_WarnEx(PyExc_ImportWarning,
                     "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__", 1) < 0)
        return NULL;
    package = _PyDict_GetItemIdWithError(globals, &PyId___name__);
    if (package == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_KeyError, "'__name__' not in globals");
        return NULL;
    }
    Py_INCREF(package);
    if (!PyUnicode_Check(package)) {
        PyErr_SetString(PyExc_TypeError, "__name__ must be a string");
        goto error;
    }
    if (_PyDict_GetItemIdWithError(globals, &PyId___path__) == NULL) {
        if (PyErr_Occurred())
            goto error;
        Py_ssize_t n = PyUnicode_GET_LENGTH(package), dot = PyUnicode_FindChar(package, '.', 0, n, -1);
        if (dot == -2)
            goto error;
        if (dot == -1) {
            PyErr_SetString(PyExc_ImportError, "attempted relative import with no known parent package");
            goto error;
        }
        Py_SETREF(package, PyUnicode_Substring(package, 0, dot));
    }
    return package;
error:
    Py_DECREF(package);
    return NULL;
}

static PyObject *resolve_name(PyObject *name, PyObject *globals, int level)
{
    PyObject *package = package_of(globals);
    if (package == NULL)
        return NULL;
    Py_ssize_t end = PyUnicode_GET_LENGTH(package);
    if (end == 0) {
        PyErr_SetString(PyExc_ImportError, "attempted relative import with no known parent package");
        Py_DECREF(package);
        return NULL;
    }
    for (int up = 1; up < level; up++) {
        end = PyUnicode_FindChar(package, '.', 0, end, -1);
        if (end < 0) {
            if (end == -1)
                PyErr_SetString(PyExc_ValueError, "attempted relative import beyond top-level package");
            Py_DECREF(package);
            return NULL;
        }
    }
    PyObject *base = PyUnicode_Substring(package, 0, end);
    Py_DECREF(package);
    if (base == NULL || PyUnicode_GET_LENGTH(name) == 0)
        return base;
    PyObject *full = PyUnicode_FromFormat("%U.%U", base, name);
    Py_DECREF(base);
    return full;
}

/* -X importtime */
static int time_level;
static _PyTime_t time_accumulated;

static void report_time(PyObject *name, _PyTime_t started, _PyTime_t accumulated_before)
{
    _PyTime_t cumulative = _PyTime_GetPerfCounter() - started;
    time_level--;
    fprintf(stderr, "import time: %9ld | %10ld | %*s%s\n",
            (long)_PyTime_AsMicroseconds(cumulative - time_accumulated, _PyTime_ROUND_CEILING),
            (long)_PyTime_AsMicroseconds(cumulative, _PyTime_ROUND_CEILING), time_level * 2, "", PyUnicode_AsUTF8(name));
    time_accumulated = accumulated_before + cumulative;
}

static PyObject *find_and_load(PyObject *name)
{
    _Py_IDENTIFIER(_find_and_load);
    PyInterpreterState *interp = tai_interp();
    int timing = interp->config.import_time;
    _PyTime_t started = 0, before = time_accumulated;
    if (tai_audit_active()) {
        PyObject *path = PySys_GetObject("path"), *meta_path = PySys_GetObject("meta_path"), *hooks = PySys_GetObject("path_hooks");
        if (PySys_Audit("import", "OOOOO", name, Py_None, path ? path : Py_None, meta_path ? meta_path : Py_None,
                        hooks ? hooks : Py_None) < 0)
            return NULL;
    }
    if (interp->importlib == NULL) {
        PyErr_Format(PyExc_ModuleNotFoundError, "No module named %R (importlib is not set up)", name);
        return NULL;
    }
    if (timing) {
        static int header = 1;
        if (header) {
            fputs("import time: self [us] | cumulative | imported package\n", stderr);
            header = 0;
        }
        time_level++;
        started = _PyTime_GetPerfCounter();
        time_accumulated = 0;
    }
    PyObject *m = _PyObject_CallMethodIdObjArgs(interp->importlib, &PyId__find_and_load, name, interp->import_func, NULL);
    if (timing)
        report_time(name, started, before);
    return m;
}

/* Cut importlib's own frames out of the traceback: all of them for ImportError, else those up to the call that ran the
 * module. -v keeps them. */
static void cut_importlib_frames(void)
{
    PyObject *type, *value, *base;
    PyErr_Fetch(&type, &value, &base);
    if (type == NULL || Py_VerboseFlag) {
        PyErr_Restore(type, value, base);
        return;
    }
    int always = PyType_Check(type) && PyType_IsSubtype((PyTypeObject *)type, (PyTypeObject *)PyExc_ImportError);
    PyObject **prev = &base, **outer = NULL, *tb = base;
    int inside = 0;
    while (tb != NULL) {
        PyTracebackObject *t = (PyTracebackObject *)tb;
        PyCodeObject *code = t->tb_frame->f_code;
        PyObject *next = (PyObject *)t->tb_next;
        int ours = _PyUnicode_EqualToASCIIString(code->co_filename, "<frozen importlib._bootstrap>") ||
                   _PyUnicode_EqualToASCIIString(code->co_filename, "<frozen importlib._bootstrap_external>");
        if (ours && !inside)
            outer = prev;
        inside = ours;
        if (ours && (always || _PyUnicode_EqualToASCIIString(code->co_name, "_call_with_frames_removed"))) {
            Py_XINCREF(next);
            Py_XSETREF(*outer, next);
            prev = outer;
        } else {
            prev = (PyObject **)&t->tb_next;
        }
        tb = next;
    }
    PyErr_Restore(type, value, base);
}

/* What `import a.b.c` binds: the module a. front is the length of the first part of name. */
static PyObject *top_package(PyObject *name, PyObject *full_name, PyObject *m, int level)
{
    Py_ssize_t n = PyUnicode_GET_LENGTH(name), dot = PyUnicode_FindChar(name, '.', 0, n, 1);
    if (dot == -2)
        return NULL;
    if (dot == -1) {
        Py_INCREF(m);
        return m;
    }
    if (level == 0) {
        PyObject *front = PyUnicode_Substring(name, 0, dot);
        PyObject *r = front ? PyImport_ImportModuleLevelObject(front, NULL, NULL, NULL, 0) : NULL;
        Py_XDECREF(front);
        return r;
    }
    PyObject *wanted = PyUnicode_Substring(full_name, 0, PyUnicode_GET_LENGTH(full_name) - (n - dot));
    PyObject *r = wanted ? PyImport_GetModule(wanted) : NULL;
    if (wanted && r == NULL && !PyErr_Occurred())
        PyErr_Format(PyExc_KeyError, "%R not in sys.modules as expected", wanted);
    Py_XDECREF(wanted);
    return r;
}

PyObject *PyImport_ImportModuleLevelObject(PyObject *name, PyObject *globals, PyObject *locals, PyObject *fromlist, int level)
{
    _Py_IDENTIFIER(_handle_fromlist);
    PyObject *full_name = NULL, *m = NULL, *result = NULL;
    PyInterpreterState *interp = tai_interp();
    if (name == NULL) {
        PyErr_SetString(PyExc_ValueError, "Empty module name");
        goto done;
    }
    if (!PyUnicode_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "module name must be a string");
        goto done;
    }
    if (PyUnicode_READY(name) < 0)
        goto done;
    if (level < 0) {
        PyErr_SetString(PyExc_ValueError, "level must be >= 0");
        goto done;
    }
    if (level > 0) {
        full_name = resolve_name(name, globals, level);
        if (full_name == NULL)
            goto done;
    } else {
        if (PyUnicode_GET_LENGTH(name) == 0) {
            PyErr_SetString(PyExc_ValueError, "Empty module name");
            goto done;
        }
        full_name = name;
        Py_INCREF(name);
    }
    m = PyImport_GetModule(full_name);
    if (m == NULL && PyErr_Occurred())
        goto done;
    if (m != NULL && m != Py_None) {
        if (ensure_initialized(m, full_name) < 0)
            goto done;
    } else {
        Py_XDECREF(m);
        m = find_and_load(full_name);
        if (m == NULL)
            goto done;
    }
    int has_from = 0;
    if (fromlist != NULL && fromlist != Py_None) {
        has_from = PyObject_IsTrue(fromlist);
        if (has_from < 0)
            goto done;
    }
    if (!has_from) {
        if (level == 0 || PyUnicode_GET_LENGTH(name) > 0) {
            result = top_package(name, full_name, m, level);
        } else {
            result = m;
            Py_INCREF(m);
        }
        goto done;
    }
    PyObject *path;
    if (_PyObject_LookupAttrId(m, &PyId___path__, &path) < 0)
        goto done;
    if (path != NULL) {
        Py_DECREF(path);
        result = _PyObject_CallMethodIdObjArgs(interp->importlib, &PyId__handle_fromlist, m, fromlist, interp->import_func, NULL);
    } else {
        result = m;
        Py_INCREF(m);
    }
done:
    Py_XDECREF(full_name);
    Py_XDECREF(m);
    if (result == NULL)
        cut_importlib_frames();
    return result;
}

PyObject *PyImport_ImportModuleLevel(const char *name, PyObject *globals, PyObject *locals, PyObject *fromlist, int level)
{
    PyObject *o = PyUnicode_FromString(name);
    PyObject *m = o ? PyImport_ImportModuleLevelObject(o, globals, locals, fromlist, level) : NULL;
    Py_XDECREF(o);
    return m;
}

PyObject *PyImport_ImportModule(const char *name)
{
    PyObject *o = PyUnicode_FromString(name);
    PyObject *m = o ? PyImport_Import(o) : NULL;
    Py_XDECREF(o);
    return m;
}

PyObject *PyImport_ImportModuleNoBlock(const char *name)
{
    return PyImport_ImportModule(name);
}

PyObject *PyImport_ReloadModule(PyObject *m)
{
    _Py_IDENTIFIER(importlib);
    _Py_IDENTIFIER(reload);
    PyObject *importlib = _PyImport_GetModuleId(&PyId_importlib);
    if (importlib == NULL) {
        if (PyErr_Occurred() || (importlib = PyImport_ImportModule("importlib")) == NULL)
            return NULL;
    }
    PyObject *r = _PyObject_CallMethodIdObjArgs(importlib, &PyId_reload, m, NULL);
    Py_DECREF(importlib);
    return r;
}

/* Import by the __import__ that is in force, and return the module itself, however deep its name. */
PyObject *PyImport_Import(PyObject *name)
{
    _Py_IDENTIFIER(__builtins__);
    _Py_IDENTIFIER(__import__);
    PyObject *import = NULL, *builtins = NULL, *from = NULL, *zero = NULL, *m = NULL;
    PyObject *globals = PyEval_GetGlobals(), *id = _PyUnicode_FromId(&PyId___import__);
    PyObject *key = _PyUnicode_FromId(&PyId___builtins__);
    Py_XINCREF(globals);
    if (id == NULL || key == NULL)
        goto done;
    if (globals != NULL) {
        builtins = PyObject_GetItem(globals, key);
        if (builtins == NULL)
            goto done;
    } else {
        builtins = PyImport_ImportModuleLevel("builtins", NULL, NULL, NULL, 0);
        if (builtins == NULL)
            goto done;
        globals = Py_BuildValue("{OO}", key, builtins);
        if (globals == NULL)
            goto done;
    }
    if (PyDict_Check(builtins)) {
        import = PyObject_GetItem(builtins, id);
    } else {
        import = PyObject_GetAttr(builtins, id);
    }
    from = import ? PyList_New(0) : NULL;
    zero = from ? PyLong_FromLong(0) : NULL;
    if (zero == NULL)
        goto done;
    PyObject *r = PyObject_CallFunctionObjArgs(import, name, globals, globals, from, zero, NULL);
    if (r == NULL)
        goto done;
    Py_DECREF(r);
    m = PyImport_GetModule(name);
    if (m == NULL && !PyErr_Occurred())
        PyErr_SetObject(PyExc_KeyError, name);
done:
    Py_XDECREF(globals);
    Py_XDECREF(builtins);
    Py_XDECREF(import);
    Py_XDECREF(from);
    Py_XDECREF(zero);
    return m;
}

/* ---- odds and ends ---- */

long PyImport_GetMagicNumber(void)
{
    PyInterpreterState *interp = tai_interp();
    PyObject *external = PyObject_GetAttrString(interp->importlib, "_bootstrap_external");
    PyObject *raw = external ? PyObject_GetAttrString(external, "_RAW_MAGIC_NUMBER") : NULL;
    long n = raw ? PyLong_AsLong(raw) : -1;
    Py_XDECREF(external);
    Py_XDECREF(raw);
    return n;
}

const char *PyImport_GetMagicTag(void)
{
    return "cpython-38";
}

PyObject *PyImport_GetImporter(PyObject *path)
{
    PyObject *cache = PySys_GetObject("path_importer_cache"), *hooks = PySys_GetObject("path_hooks");
    if (cache == NULL || hooks == NULL)
        return NULL;
    if (!PyDict_Check(cache))
        return NULL;
    PyObject *importer = PyDict_GetItemWithError(cache, path);
    if (importer != NULL || PyErr_Occurred()) {
        Py_XINCREF(importer);
        return importer;
    }
    if (PyDict_SetItem(cache, path, Py_None) != 0) /* breaks recursion */
        return NULL;
    Py_ssize_t n = PyList_Size(hooks);
    if (n < 0)
        return NULL;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(hooks); i++) {
        importer = PyObject_CallFunctionObjArgs(PyList_GET_ITEM(hooks, i), path, NULL);
        if (importer != NULL) {
            if (PyDict_SetItem(cache, path, importer) < 0)
                Py_CLEAR(importer);
            return importer;
        }
        if (!PyErr_ExceptionMatches(PyExc_ImportError))
            return NULL;
        PyErr_Clear();
    }
    Py_RETURN_NONE;
}

/* ---- start ---- */

PyMODINIT_FUNC PyInit__imp(void);

/* sys.meta_path, path_hooks and path_importer_cache, which importlib fills. 0 / -1. */
static int make_hook_lists(void)
{
    static const char *const names[] = {"meta_path", "path_hooks", "path_importer_cache"};
    for (int i = 0; i < 3; i++) {
        PyObject *o = i < 2 ? PyList_New(0) : PyDict_New();
        int failed = o == NULL || PySys_SetObject(names[i], o) < 0;
        Py_XDECREF(o);
        if (failed)
            return -1;
    }
    return 0;
}

int tai_import_init(PyInterpreterState *interp, PyObject *sys_module)
{
    if (make_hook_lists() < 0)
        return -1;
    if (PyImport_ImportFrozenModule("_frozen_importlib") <= 0) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_SystemError, "can't import _frozen_importlib: there is no such frozen module");
        return -1;
    }
    PyObject *importlib = PyImport_AddModule("_frozen_importlib");
    if (importlib == NULL)
        return -1;
    Py_INCREF(importlib);
    interp->importlib = importlib;
    PyObject *import = PyDict_GetItemString(interp->builtins, "__import__");
    if (import == NULL)
        return -1;
    Py_INCREF(import);
    Py_XSETREF(interp->import_func, import);
    PyObject *imp = PyInit__imp();
    if (imp == NULL || PyDict_SetItemString(interp->modules, "_imp", imp) < 0)
        return -1;
    PyObject *r = PyObject_CallMethod(importlib, "_install", "OO", sys_module, imp);
    Py_DECREF(imp);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

static int init_zipimport(void)
{
    _Py_IDENTIFIER(zipimporter);
    PyObject *hooks = PySys_GetObject("path_hooks");
    if (hooks == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "unable to get sys.path_hooks");
        return -1;
    }
    PyObject *zipimport = PyImport_ImportModule("zipimport"), *importer = NULL;
    if (zipimport == NULL) {
        PyErr_Clear(); /* may be missing */
        return 0;
    }
    int r = _PyObject_LookupAttrId(zipimport, &PyId_zipimporter, &importer);
    Py_DECREF(zipimport);
    if (r < 0 || importer == NULL) {
        PyErr_Clear();
        return 0;
    }
    r = PyList_Insert(hooks, 0, importer);
    Py_DECREF(importer);
    return r;
}

int tai_import_init_external(PyInterpreterState *interp)
{
    PyObject *r = PyObject_CallMethod(interp->importlib, "_install_external_importers", "");
    if (r == NULL)
        return -1;
    Py_DECREF(r);
    return init_zipimport();
}

/* ---- end ---- */

static const char *const sys_doomed[] = {"path", "argv", "ps1", "ps2", "last_type", "last_value", "last_traceback",
                                         "path_hooks", "path_importer_cache", "meta_path", "__interactivehook__"};
static const char *const sys_streams[][2] = {{"stdin", "__stdin__"}, {"stdout", "__stdout__"}, {"stderr", "__stderr__"}};

static void forget_sys(PyInterpreterState *interp)
{
    if (PyDict_SetItemString(interp->builtins, "_", Py_None) < 0)
        PyErr_WriteUnraisable(NULL);
    for (size_t i = 0; i < Py_ARRAY_LENGTH(sys_doomed); i++)
        if (PyDict_SetItemString(interp->sysdict, sys_doomed[i], Py_None) < 0)
            PyErr_WriteUnraisable(NULL);
    for (size_t i = 0; i < Py_ARRAY_LENGTH(sys_streams); i++) {
        PyObject *original = PyDict_GetItemString(interp->sysdict, sys_streams[i][1]);
        if (PyDict_SetItemString(interp->sysdict, sys_streams[i][0], original ? original : Py_None) < 0)
            PyErr_WriteUnraisable(NULL);
    }
}

/* Replace all of sys.modules by None, keeping weak references. New list of (name, weakref), or NULL. */
static PyObject *empty_modules(PyObject *modules)
{
    PyObject *weak = PyList_New(0), *key, *value;
    Py_ssize_t pos = 0;
    if (!PyDict_CheckExact(modules)) {
        PyErr_Clear();
        return weak;
    }
    while (PyDict_Next(modules, &pos, &key, &value)) {
        if (PyModule_Check(value)) {
            if (Py_VerboseFlag && PyUnicode_Check(key))
                PySys_FormatStderr("# cleanup[2] removing %U\n", key);
            PyObject *ref = weak ? PyWeakref_NewRef(value, NULL) : NULL;
            PyObject *pair = ref ? PyTuple_Pack(2, key, ref) : NULL;
            if (pair == NULL || PyList_Append(weak, pair) < 0)
                PyErr_Clear();
            Py_XDECREF(ref);
            Py_XDECREF(pair);
        }
        if (PyDict_SetItem(modules, key, Py_None) < 0)
            PyErr_WriteUnraisable(NULL);
    }
    return weak;
}

/* What was imported last goes first: it may need the others in its finalizers. */
static void clear_survivors(PyInterpreterState *interp, PyObject *weak)
{
    for (Py_ssize_t i = weak ? PyList_GET_SIZE(weak) - 1 : -1; i >= 0; i--) {
        PyObject *pair = PyList_GET_ITEM(weak, i);
        PyObject *m = PyWeakref_GET_OBJECT(PyTuple_GET_ITEM(pair, 1));
        if (m == Py_None || !PyModule_Check(m))
            continue;
        PyObject *dict = PyModule_GetDict(m);
        if (dict == interp->builtins || dict == interp->sysdict)
            continue;
        Py_INCREF(m);
        if (Py_VerboseFlag && PyUnicode_Check(PyTuple_GET_ITEM(pair, 0)))
            PySys_FormatStderr("# cleanup[3] wiping %U\n", PyTuple_GET_ITEM(pair, 0));
        _PyModule_Clear(m);
        Py_DECREF(m);
    }
}

void PyImport_Cleanup(void)
{
    PyInterpreterState *interp = tai_interp();
    PyObject *modules = interp->modules;
    if (modules == NULL)
        return;
    forget_sys(interp);
    PyObject *weak = empty_modules(modules);
    if (PyDict_CheckExact(modules))
        PyDict_Clear(modules);
    PyObject *builtins = interp->builtins;
    PyObject *builtins_dict = PyDict_Copy(builtins);
    if (builtins_dict == NULL)
        PyErr_Clear();
    PyDict_Clear(builtins);
    if (interp->builtins_copy && PyDict_Update(builtins, interp->builtins_copy) < 0)
        PyErr_Clear();
    Py_XDECREF(builtins_dict);
    _PyState_ClearModules();
    _PyGC_CollectNoFail();
    tai_gc_dump_shutdown_stats();
    clear_survivors(interp, weak);
    Py_XDECREF(weak);
    if (Py_VerboseFlag)
        PySys_FormatStderr("# cleanup[3] wiping sys\n");
    _PyModule_ClearDict(interp->sysdict);
    if (Py_VerboseFlag)
        PySys_FormatStderr("# cleanup[3] wiping builtins\n");
    _PyModule_ClearDict(interp->builtins);
    Py_CLEAR(interp->modules);
    _PyGC_CollectNoFail();
}

void tai_import_fini(void)
{
    tai_extension_fini();
}
