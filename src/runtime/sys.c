/* SPDX-License-Identifier: MIT */
/* The functions of the sys module, and making the module.
 *
 * Tests: tests/runtime/test_sys.py, CPython's test_sys.
 */
#include "runtime/sys.h"
#include "runtime/runtime.h"
#include "runtime/errors.h"
#include "runtime/immortal.h"
#include "base/memory.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

extern int tai_int_max_str_digits; /* objects/int */

/* ---- hooks ---- */

/* print text to sys.stdout, bytes that its encoding lacks escaped */
static int print_escaped(PyObject *out, PyObject *object)
{
    _Py_IDENTIFIER(encoding);
    _Py_IDENTIFIER(buffer);
    _Py_IDENTIFIER(write);
    PyObject *encoding = NULL, *encoded = NULL, *buffer = NULL, *text = NULL, *r = NULL;
    int result = -1;
    PyObject *repr = PyObject_Repr(object);
    if (repr == NULL)
        return -1;
    encoding = _PyObject_GetAttrId(out, &PyId_encoding);
    const char *name = encoding ? PyUnicode_AsUTF8(encoding) : NULL;
    if (name == NULL || (encoded = PyUnicode_AsEncodedString(repr, name, "backslashreplace")) == NULL)
        goto done;
    if (_PyObject_LookupAttrId(out, &PyId_buffer, &buffer) < 0)
        goto done;
    if (buffer) {
        r = _PyObject_CallMethodIdObjArgs(buffer, &PyId_write, encoded, NULL);
        result = r ? 0 : -1;
    } else {
        text = PyUnicode_FromEncodedObject(encoded, name, "strict");
        result = text ? PyFile_WriteObject(text, out, Py_PRINT_RAW) : -1;
    }
done:
    Py_XDECREF(encoding);
    Py_XDECREF(encoded);
    Py_XDECREF(buffer);
    Py_XDECREF(text);
    Py_XDECREF(r);
    Py_DECREF(repr);
    return result;
}

static PyObject *sys_displayhook(PyObject *m, PyObject *o)
{
    _Py_IDENTIFIER(builtins);
    _Py_IDENTIFIER(_);
    _Py_IDENTIFIER(stdout);
    PyObject *builtins = _PyImport_GetModuleId(&PyId_builtins);
    if (builtins == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_RuntimeError, "lost builtins module");
        return NULL;
    }
    Py_DECREF(builtins);
    if (o == Py_None)
        Py_RETURN_NONE;
    if (_PyObject_SetAttrId(builtins, &PyId__, Py_None) != 0)
        return NULL;
    PyObject *out = _PySys_GetObjectId(&PyId_stdout);
    if (out == NULL || out == Py_None) {
        PyErr_SetString(PyExc_RuntimeError, "lost sys.stdout");
        return NULL;
    }
    if (PyFile_WriteObject(o, out, 0) != 0) {
        if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
            return NULL;
        PyErr_Clear();
        if (print_escaped(out, o) < 0)
            return NULL;
    }
    if (PyFile_WriteString("\n", out) != 0)
        return NULL;
    if (_PyObject_SetAttrId(builtins, &PyId__, o) != 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *sys_excepthook(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("excepthook", n, 3, 3))
        return NULL;
    PyErr_Display(args[0], args[1], args[2]);
    Py_RETURN_NONE;
}

static PyObject *sys_unraisablehook(PyObject *m, PyObject *args)
{
    return _PyErr_WriteUnraisableDefaultHook(args);
}

static PyObject *warn_breakpoint(const char *name)
{
    if (PyErr_WarnFormat(PyExc_RuntimeWarning, 0, "Ignoring unimportable $PYTHONBREAKPOINT: \"%s\"", name) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *sys_breakpointhook(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    const char *env = Py_IgnoreEnvironmentFlag ? NULL : getenv("PYTHONBREAKPOINT");
    if (env == NULL || env[0] == 0)
        env = "pdb.set_trace";
    else if (strcmp(env, "0") == 0)
        Py_RETURN_NONE;
    char *name = _PyMem_RawStrdup(env); /* importing may change the environment */
    if (name == NULL)
        return PyErr_NoMemory();
    const char *dot = strrchr(name, '.'), *attribute = dot ? dot + 1 : name;
    PyObject *path = dot == NULL ? PyUnicode_FromString("builtins")
                     : dot == name ? NULL : PyUnicode_FromStringAndSize(name, dot - name);
    PyObject *result = NULL;
    if (path == NULL) {
        if (!PyErr_Occurred())
            result = warn_breakpoint(name);
        goto done;
    }
    PyObject *module = PyImport_Import(path);
    Py_DECREF(path);
    if (module == NULL) {
        if (PyErr_ExceptionMatches(PyExc_ImportError)) {
            PyErr_Clear();
            result = warn_breakpoint(name);
        }
        goto done;
    }
    PyObject *hook = PyObject_GetAttrString(module, attribute);
    Py_DECREF(module);
    if (hook == NULL) {
        if (PyErr_ExceptionMatches(PyExc_AttributeError)) {
            PyErr_Clear();
            result = warn_breakpoint(name);
        }
        goto done;
    }
    result = _PyObject_Vectorcall(hook, args, (size_t)n, names);
    Py_DECREF(hook);
done:
    PyMem_RawFree(name);
    return result;
}

static PyObject *sys_exc_info(PyObject *m, PyObject *unused)
{
    _PyErr_StackItem *e = _PyErr_GetTopmostException(tai_tstate());
    PyObject *items[3] = {e->exc_type, e->exc_value, e->exc_traceback};
    for (int i = 0; i < 3; i++)
        if (items[i] == NULL)
            items[i] = Py_None;
    return PyTuple_Pack(3, items[0], items[1], items[2]);
}

static PyObject *sys_exit(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("exit", n, 0, 1))
        return NULL;
    PyErr_SetObject(PyExc_SystemExit, n ? args[0] : Py_None);
    return NULL;
}

/* ---- tracing ---- */

static const char *const event_names[] = {"call", "exception", "line", "return", "c_call", "c_exception", "c_return", "opcode"};

static PyObject *call_tracer(PyObject *callback, PyFrameObject *frame, int what, PyObject *arg)
{
    static PyObject *names[8];
    if (names[what] == NULL && (names[what] = PyUnicode_InternFromString(event_names[what])) == NULL)
        return NULL;
    if (PyFrame_FastToLocalsWithError(frame) < 0)
        return NULL;
    PyObject *stack[3] = {(PyObject *)frame, names[what], arg ? arg : Py_None};
    PyObject *result = _PyObject_FastCall(callback, stack, 3);
    PyFrame_LocalsToFast(frame, 1);
    if (result == NULL)
        PyTraceBack_Here(frame);
    return result;
}

static int profile_event(PyObject *self, PyFrameObject *frame, int what, PyObject *arg)
{
    PyObject *result = call_tracer(self, frame, what, arg);
    if (result == NULL) {
        tai_set_profile(NULL, NULL);
        return -1;
    }
    Py_DECREF(result);
    return 0;
}

static int trace_event(PyObject *self, PyFrameObject *frame, int what, PyObject *arg)
{
    PyObject *callback = what == PyTrace_CALL ? self : frame->f_trace;
    if (callback == NULL)
        return 0;
    PyObject *result = call_tracer(callback, frame, what, arg);
    if (result == NULL) {
        tai_set_trace(NULL, NULL);
        Py_CLEAR(frame->f_trace);
        return -1;
    }
    if (result != Py_None)
        Py_XSETREF(frame->f_trace, result);
    else
        Py_DECREF(result);
    return 0;
}

static PyObject *sys_settrace(PyObject *m, PyObject *callback)
{
    if (callback == Py_None)
        tai_set_trace(NULL, NULL);
    else
        tai_set_trace(trace_event, callback);
    Py_RETURN_NONE;
}

static PyObject *sys_gettrace(PyObject *m, PyObject *unused)
{
    PyObject *o = tai_tstate()->c_traceobj;
    o = o ? o : Py_None;
    Py_INCREF(o);
    return o;
}

static PyObject *sys_setprofile(PyObject *m, PyObject *callback)
{
    if (callback == Py_None)
        tai_set_profile(NULL, NULL);
    else
        tai_set_profile(profile_event, callback);
    Py_RETURN_NONE;
}

static PyObject *sys_getprofile(PyObject *m, PyObject *unused)
{
    PyObject *o = tai_tstate()->c_profileobj;
    o = o ? o : Py_None;
    Py_INCREF(o);
    return o;
}

static PyObject *sys_call_tracing(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("call_tracing", n, 2, 2))
        return NULL;
    if (!PyTuple_Check(args[1])) {
        _PyArg_BadArgument("call_tracing", "argument 2", "tuple", args[1]);
        return NULL;
    }
    return _PyEval_CallTracing(args[0], args[1]);
}

/* Refuse a float where an int is wanted (the "i" conversions of 3.8), else the value; -1 with an exception. */
static int int_argument(PyObject *arg)
{
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    return _PyLong_AsInt(arg);
}

extern PyFrameObject *tai_frame_object(TaiFrame *f);

static PyObject *sys_getframe(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    int depth = 0;
    if (!_PyArg_CheckPositional("_getframe", n, 0, 1))
        return NULL;
    if (n && (depth = int_argument(args[0])) == -1 && PyErr_Occurred())
        return NULL;
    TaiFrame *f = tai_thread_frame(tai_tstate());
    for (; depth > 0 && f != NULL; depth--)
        f = *(TaiFrame **)f; /* TaiFrame.back is the first field */
    if (f == NULL) {
        PyErr_SetString(PyExc_ValueError, "call stack is not deep enough");
        return NULL;
    }
    PyObject *frame = (PyObject *)tai_frame_object(f);
    if (frame == NULL || PySys_Audit("sys._getframe", "O", frame) < 0)
        return NULL;
    Py_INCREF(frame);
    return frame;
}

static PyObject *sys_current_frames(PyObject *m, PyObject *unused)
{
    return _PyThread_CurrentFrames();
}

/* ---- coroutines ---- */

static PyTypeObject hooks_type;
static PyStructSequence_Field hooks_fields[] = {
    {"firstiter", "called when an asynchronous generator is iterated for the first time"},
    {"finalizer", "called when one is about to be collected"},
    {NULL, NULL},
};
static PyStructSequence_Desc hooks_desc = {"asyncgen_hooks", "asyncgen_hooks\n\nThe hooks of asynchronous generators.", hooks_fields, 2};

static int check_hook(PyObject *hook, const char *name)
{
    if (hook && hook != Py_None && !PyCallable_Check(hook)) {
        PyErr_Format(PyExc_TypeError, "callable %s expected, got %.50s", name, Py_TYPE(hook)->tp_name);
        return -1;
    }
    return 0;
}

static PyObject *sys_set_asyncgen_hooks(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"firstiter", "finalizer", NULL};
    PyObject *firstiter = NULL, *finalizer = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|OO", names, &firstiter, &finalizer))
        return NULL;
    if (check_hook(finalizer, "finalizer") < 0)
        return NULL;
    if (finalizer) {
        if (PySys_Audit("sys.set_asyncgen_hook_finalizer", NULL) < 0)
            return NULL;
        PyThreadState *ts = tai_tstate();
        PyObject *value = finalizer == Py_None ? NULL : finalizer;
        Py_XINCREF(value);
        Py_XSETREF(ts->async_gen_finalizer, value);
    }
    if (check_hook(firstiter, "firstiter") < 0)
        return NULL;
    if (firstiter) {
        if (PySys_Audit("sys.set_asyncgen_hook_firstiter", NULL) < 0)
            return NULL;
        PyThreadState *ts = tai_tstate();
        PyObject *value = firstiter == Py_None ? NULL : firstiter;
        Py_XINCREF(value);
        Py_XSETREF(ts->async_gen_firstiter, value);
    }
    Py_RETURN_NONE;
}

static PyObject *sys_get_asyncgen_hooks(PyObject *m, PyObject *unused)
{
    PyThreadState *ts = tai_tstate();
    PyObject *r = PyStructSequence_New(&hooks_type);
    if (r == NULL)
        return NULL;
    PyObject *values[2] = {ts->async_gen_firstiter, ts->async_gen_finalizer};
    for (int i = 0; i < 2; i++) {
        PyObject *v = values[i] ? values[i] : Py_None;
        Py_INCREF(v);
        PyStructSequence_SET_ITEM(r, i, v);
    }
    return r;
}

static PyObject *sys_set_origin_depth(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"depth", NULL};
    int depth;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "i:set_coroutine_origin_tracking_depth", names, &depth))
        return NULL;
    if (depth < 0) {
        PyErr_SetString(PyExc_ValueError, "depth must be >= 0");
        return NULL;
    }
    tai_tstate()->coroutine_origin_tracking_depth = depth;
    Py_RETURN_NONE;
}

static PyObject *sys_get_origin_depth(PyObject *m, PyObject *unused)
{
    return PyLong_FromLong(tai_tstate()->coroutine_origin_tracking_depth);
}

/* ---- settings ---- */

static PyObject *sys_getrecursionlimit(PyObject *m, PyObject *unused)
{
    return PyLong_FromLong(Py_GetRecursionLimit());
}

static PyObject *sys_setrecursionlimit(PyObject *m, PyObject *arg)
{
    int limit = int_argument(arg);
    if (limit == -1 && PyErr_Occurred())
        return NULL;
    if (limit < 1) {
        PyErr_SetString(PyExc_ValueError, "recursion limit must be greater or equal than 1");
        return NULL;
    }
    PyThreadState *ts = tai_tstate();
    int low_water = limit > 200 ? limit - 50 : 3 * (limit >> 2);
    if (ts->recursion_depth >= low_water) {
        PyErr_Format(PyExc_RecursionError,
                     "cannot set the recursion limit to %i at the recursion depth %i: the limit is too low", limit,
                     ts->recursion_depth);
        return NULL;
    }
    Py_SetRecursionLimit(limit);
    Py_RETURN_NONE;
}

static int check_interval = 100;

static PyObject *sys_setcheckinterval(PyObject *m, PyObject *arg)
{
    if (PyErr_WarnEx(PyExc_DeprecationWarning,
                     "sys.getcheckinterval() and sys.setcheckinterval() are deprecated.  Use sys.setswitchinterval() instead.", 1) < 0)
        return NULL;
    int n = int_argument(arg);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    check_interval = n;
    Py_RETURN_NONE;
}

static PyObject *sys_getcheckinterval(PyObject *m, PyObject *unused)
{
    if (PyErr_WarnEx(PyExc_DeprecationWarning,
                     "sys.getcheckinterval() and sys.setcheckinterval() are deprecated.  Use sys.getswitchinterval() instead.", 1) < 0)
        return NULL;
    return PyLong_FromLong(check_interval);
}

static PyObject *sys_setswitchinterval(PyObject *m, PyObject *arg)
{
    double seconds = PyFloat_AsDouble(arg);
    if (seconds == -1.0 && PyErr_Occurred())
        return NULL;
    if (seconds <= 0.0) {
        PyErr_SetString(PyExc_ValueError, "switch interval must be strictly positive");
        return NULL;
    }
    _PyEval_SetSwitchInterval((unsigned long)(1e6 * seconds));
    Py_RETURN_NONE;
}

static PyObject *sys_getswitchinterval(PyObject *m, PyObject *unused)
{
    return PyFloat_FromDouble(1e-6 * (double)_PyEval_GetSwitchInterval());
}

static int dlopen_flags = RTLD_NOW;
int tai_sys_dlopen_flags(void);
int tai_sys_dlopen_flags(void) { return dlopen_flags; }

static PyObject *sys_getdlopenflags(PyObject *m, PyObject *unused)
{
    return PyLong_FromLong(dlopen_flags);
}

static PyObject *sys_setdlopenflags(PyObject *m, PyObject *arg)
{
    int flags = int_argument(arg);
    if (flags == -1 && PyErr_Occurred())
        return NULL;
    dlopen_flags = flags;
    Py_RETURN_NONE;
}

static PyObject *sys_get_int_max_str_digits(PyObject *m, PyObject *unused)
{
    return PyLong_FromLong(tai_int_max_str_digits);
}

static PyObject *sys_set_int_max_str_digits(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"maxdigits", NULL};
    int n;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "i:set_int_max_str_digits", names, &n))
        return NULL;
    if (n != 0 && n < 640) {
        PyErr_Format(PyExc_ValueError, "maxdigits must be 0 or larger than %d", 640);
        return NULL;
    }
    tai_int_max_str_digits = n;
    Py_RETURN_NONE;
}

/* ---- questions ---- */

static PyObject *sys_getdefaultencoding(PyObject *m, PyObject *unused)
{
    return PyUnicode_InternFromString("utf-8");
}

static PyObject *sys_getfilesystemencoding(PyObject *m, PyObject *unused)
{
    const PyConfig *c = &tai_interp()->config;
    return PyUnicode_FromWideChar(c->filesystem_encoding ? c->filesystem_encoding : L"utf-8", -1);
}

static PyObject *sys_getfilesystemencodeerrors(PyObject *m, PyObject *unused)
{
    const PyConfig *c = &tai_interp()->config;
    return PyUnicode_FromWideChar(c->filesystem_errors ? c->filesystem_errors : L"surrogateescape", -1);
}

static PyObject *sys_intern(PyObject *m, PyObject *s)
{
    if (!PyUnicode_Check(s)) {
        _PyArg_BadArgument("intern", "argument", "str", s);
        return NULL;
    }
    if (!PyUnicode_CheckExact(s)) {
        PyErr_Format(PyExc_TypeError, "can't intern %.400s", Py_TYPE(s)->tp_name);
        return NULL;
    }
    Py_INCREF(s);
    PyUnicode_InternInPlace(&s);
    return s;
}

static PyObject *sys_getrefcount(PyObject *m, PyObject *o)
{
    if (PyLong_CheckExact(o) && tai_is_immortal(o)) /* nobody counts small ints: what stands there drifts */
        return PyLong_FromSsize_t(TAI_IMMORTAL_COUNT);
    return PyLong_FromSsize_t(Py_REFCNT(o));
}

#ifdef Py_REF_DEBUG
static PyObject *sys_gettotalrefcount(PyObject *m, PyObject *unused)
{
    return PyLong_FromSsize_t(_Py_GetRefTotal());
}
#endif

static PyObject *sys_getsizeof(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"object", "default", NULL};
    PyObject *o, *fallback = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|O:getsizeof", names, &o, &fallback))
        return NULL;
    size_t size = _PySys_GetSizeOf(o);
    if (size == (size_t)-1 && PyErr_Occurred()) {
        if (fallback == NULL || !PyErr_ExceptionMatches(PyExc_TypeError))
            return NULL;
        PyErr_Clear();
        Py_INCREF(fallback);
        return fallback;
    }
    return PyLong_FromSize_t(size);
}

static PyObject *sys_getallocatedblocks(PyObject *m, PyObject *unused)
{
    return PyLong_FromSsize_t(_Py_GetAllocatedBlocks());
}

static PyObject *sys_is_finalizing(PyObject *m, PyObject *unused)
{
    return PyBool_FromLong(tai_runtime.finalizing != NULL);
}

static PyObject *sys_debugmallocstats(PyObject *m, PyObject *unused)
{
    fflush(stdout);
    if (_PyObject_DebugMallocStats(stderr))
        fputc('\n', stderr);
    _PyObject_DebugTypeStats(stderr);
    Py_RETURN_NONE;
}

static PyObject *sys_clear_type_cache(PyObject *m, PyObject *unused)
{
    PyType_ClearCache();
    Py_RETURN_NONE;
}

static PyObject *sys_callstats(PyObject *m, PyObject *unused)
{
    if (PyErr_WarnEx(PyExc_DeprecationWarning,
                     "sys.callstats() has been deprecated in Python 3.7 and will be removed in the future", 1) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *sys_addaudithook(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"hook", NULL};
    PyObject *hook;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O:addaudithook", names, &hook) || tai_audit_add_python_hook(hook) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *sys_audit(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (n == 0) {
        PyErr_SetString(PyExc_TypeError, "audit() missing 1 required positional argument: 'event'");
        return NULL;
    }
    if (!tai_audit_active())
        Py_RETURN_NONE;
    if (args[0] == NULL || !PyUnicode_Check(args[0])) {
        PyErr_Format(PyExc_TypeError, "expected str for argument 'event', not %.200s", Py_TYPE(args[0])->tp_name);
        return NULL;
    }
    const char *event = PyUnicode_AsUTF8(args[0]);
    PyObject *rest = event ? PyTuple_New(n - 1) : NULL;
    for (Py_ssize_t i = 1; rest && i < n; i++) {
        Py_INCREF(args[i]);
        PyTuple_SET_ITEM(rest, i - 1, args[i]);
    }
    int r = rest ? PySys_Audit(event, "O", rest) : -1;
    Py_XDECREF(rest);
    if (r < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* ---- table ---- */

#define KW(f) ((PyCFunction)(void (*)(void))(f))
#define FAST(name, f, doc) {name, KW(f), METH_FASTCALL, doc}

PyMethodDef tai_sys_methods[] = {
    {"addaudithook", KW(sys_addaudithook), METH_VARARGS | METH_KEYWORDS,
     "addaudithook($module, /, hook)\n--\n\nHave hook called with every audit event of this interpreter."},
    FAST("audit", sys_audit, "audit(event, *args)\n\nRaise an audit event: all hooks get its name and arguments."),
    {"breakpointhook", KW(sys_breakpointhook), METH_FASTCALL | METH_KEYWORDS,
     "breakpointhook(*args, **kws)\n\nWhat breakpoint() calls: the function that PYTHONBREAKPOINT names, or pdb.set_trace."},
    {"callstats", sys_callstats, METH_NOARGS, "callstats($module, /)\n--\n\nAlways None (deprecated)."},
    {"_clear_type_cache", sys_clear_type_cache, METH_NOARGS, "_clear_type_cache($module, /)\n--\n\nEmpty the attribute cache of types."},
    {"_current_frames", sys_current_frames, METH_NOARGS,
     "_current_frames($module, /)\n--\n\nA dict from thread ids to the frame each thread is in."},
    {"displayhook", sys_displayhook, METH_O,
     "displayhook($module, object, /)\n--\n\nPrint an object to sys.stdout and also save it in builtins._"},
    {"exc_info", sys_exc_info, METH_NOARGS,
     "exc_info($module, /)\n--\n\nThe (type, value, traceback) of the exception that is being handled, or three times None."},
    FAST("excepthook", sys_excepthook,
         "excepthook($module, exctype, value, traceback, /)\n--\n\nShow an exception that nobody handled on sys.stderr."),
    FAST("exit", sys_exit,
         "exit($module, status=None, /)\n--\n\nLeave the program by raising SystemExit(status).\n\n"
         "An int is the exit status, None means 0, anything else is printed and means 1."),
    {"getdefaultencoding", sys_getdefaultencoding, METH_NOARGS,
     "getdefaultencoding($module, /)\n--\n\nThe encoding that str methods use by default."},
    {"getdlopenflags", sys_getdlopenflags, METH_NOARGS,
     "getdlopenflags($module, /)\n--\n\nThe flags for dlopen() when extension modules are loaded."},
    {"getallocatedblocks", sys_getallocatedblocks, METH_NOARGS,
     "getallocatedblocks($module, /)\n--\n\nThe number of memory blocks in use."},
    {"getfilesystemencoding", sys_getfilesystemencoding, METH_NOARGS,
     "getfilesystemencoding($module, /)\n--\n\nThe encoding of file names."},
    {"getfilesystemencodeerrors", sys_getfilesystemencodeerrors, METH_NOARGS,
     "getfilesystemencodeerrors($module, /)\n--\n\nThe error handler of file names."},
#ifdef Py_REF_DEBUG
    {"gettotalrefcount", sys_gettotalrefcount, METH_NOARGS,
     "gettotalrefcount($module, /)\n--\n\nThe number of references to all objects that can die."},
#endif
    {"getrefcount", sys_getrefcount, METH_O,
     "getrefcount($module, object, /)\n--\n\nThe reference count of object, this call's own reference included."},
    {"getrecursionlimit", sys_getrecursionlimit, METH_NOARGS,
     "getrecursionlimit($module, /)\n--\n\nHow deep calls may nest."},
    {"getsizeof", KW(sys_getsizeof), METH_VARARGS | METH_KEYWORDS,
     "getsizeof(object [, default]) -> int\n\nThe size of object in bytes, by its __sizeof__()."},
    FAST("_getframe", sys_getframe,
         "_getframe($module, depth=0, /)\n--\n\nThe frame of the caller, or of the one depth calls further out."),
    {"intern", sys_intern, METH_O,
     "intern($module, string, /)\n--\n\nThe one shared string with this content."},
    {"is_finalizing", sys_is_finalizing, METH_NOARGS, "is_finalizing($module, /)\n--\n\nTell whether the interpreter is ending."},
    {"setcheckinterval", sys_setcheckinterval, METH_O, "setcheckinterval($module, n, /)\n--\n\nHas no effect (deprecated)."},
    {"getcheckinterval", sys_getcheckinterval, METH_NOARGS,
     "getcheckinterval($module, /)\n--\n\nWhat setcheckinterval() was called with (deprecated)."},
    {"setswitchinterval", sys_setswitchinterval, METH_O,
     "setswitchinterval($module, interval, /)\n--\n\nSet for how many seconds a thread may run when others wait."},
    {"getswitchinterval", sys_getswitchinterval, METH_NOARGS,
     "getswitchinterval($module, /)\n--\n\nFor how many seconds a thread may run when others wait."},
    {"setdlopenflags", sys_setdlopenflags, METH_O,
     "setdlopenflags($module, flags, /)\n--\n\nSet the flags for dlopen() when extension modules are loaded."},
    {"setprofile", sys_setprofile, METH_O, "setprofile(function)\n\nSet the profiling function of this thread, or None."},
    {"getprofile", sys_getprofile, METH_NOARGS, "getprofile($module, /)\n--\n\nThe profiling function of this thread."},
    {"setrecursionlimit", sys_setrecursionlimit, METH_O,
     "setrecursionlimit($module, limit, /)\n--\n\nSet how deep calls may nest."},
    {"settrace", sys_settrace, METH_O, "settrace(function)\n\nSet the tracing function of this thread, or None."},
    {"gettrace", sys_gettrace, METH_NOARGS, "gettrace($module, /)\n--\n\nThe tracing function of this thread."},
    FAST("call_tracing", sys_call_tracing,
         "call_tracing($module, func, args, /)\n--\n\nCall func(*args) with tracing on, from within a tracing function."),
    {"_debugmallocstats", sys_debugmallocstats, METH_NOARGS,
     "_debugmallocstats($module, /)\n--\n\nPrint the state of the memory allocator on stderr."},
    {"set_coroutine_origin_tracking_depth", KW(sys_set_origin_depth), METH_VARARGS | METH_KEYWORDS,
     "set_coroutine_origin_tracking_depth($module, /, depth)\n--\n\nHave new coroutines record where they were made."},
    {"get_coroutine_origin_tracking_depth", sys_get_origin_depth, METH_NOARGS,
     "get_coroutine_origin_tracking_depth($module, /)\n--\n\nHow many frames new coroutines record."},
    {"set_asyncgen_hooks", KW(sys_set_asyncgen_hooks), METH_VARARGS | METH_KEYWORDS,
     "set_asyncgen_hooks(* [, firstiter] [, finalizer])\n\nSet the hooks of asynchronous generators for this thread."},
    {"get_asyncgen_hooks", sys_get_asyncgen_hooks, METH_NOARGS,
     "get_asyncgen_hooks($module, /)\n--\n\nThe hooks of asynchronous generators of this thread."},
    {"unraisablehook", sys_unraisablehook, METH_O,
     "unraisablehook($module, unraisable, /)\n--\n\nReport an exception that could not be raised."},
    {"get_int_max_str_digits", sys_get_int_max_str_digits, METH_NOARGS,
     "get_int_max_str_digits($module, /)\n--\n\nThe limit of digits when ints and decimal texts are converted."},
    {"set_int_max_str_digits", KW(sys_set_int_max_str_digits), METH_VARARGS | METH_KEYWORDS,
     "set_int_max_str_digits($module, /, maxdigits)\n--\n\nSet the limit of digits when ints and decimal texts are converted."},
    {NULL, NULL},
};

PyDoc_STRVAR(sys_doc, "What the interpreter knows about itself: its arguments, paths, modules, streams, limits and hooks.");

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "sys", sys_doc, -1, tai_sys_methods, NULL, NULL, NULL, NULL};

static int keep_originals(PyObject *d)
{
    static const char *const names[] = {"displayhook", "excepthook", "breakpointhook", "unraisablehook"};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(names); i++) {
        char name[40];
        PyOS_snprintf(name, sizeof name, "__%s__", names[i]);
        PyObject *f = PyDict_GetItemString(d, names[i]);
        if (f == NULL || PyDict_SetItemString(d, name, f) < 0)
            return -1;
    }
    return 0;
}

int tai_sys_set_preliminary_stderr(PyObject *d)
{
    PyObject *f = PyFile_NewStdPrinter(fileno(stderr));
    if (f == NULL)
        return -1;
    int r = PyDict_SetItemString(d, "stderr", f) < 0 || PyDict_SetItemString(d, "__stderr__", f) < 0 ? -1 : 0;
    Py_DECREF(f);
    return r;
}

PyObject *tai_sys_create(PyInterpreterState *interp)
{
    PyObject *modules = PyDict_New();
    if (modules == NULL)
        return NULL;
    interp->modules = modules;
    PyObject *m = _PyModule_CreateInitialized(&definition, PYTHON_API_VERSION);
    if (m == NULL)
        return NULL;
    PyObject *d = PyModule_GetDict(m);
    Py_INCREF(d);
    interp->sysdict = d;
    if (PyDict_SetItemString(d, "modules", modules) < 0 || keep_originals(d) < 0 || tai_sys_add_info(d) < 0)
        goto error;
    if (hooks_type.tp_name == NULL && PyStructSequence_InitType2(&hooks_type, &hooks_desc) < 0)
        goto error;
    if (tai_sys_set_preliminary_stderr(d) < 0)
        goto error;
    if (_PyImport_FixupBuiltin(m, "sys", modules) < 0)
        goto error;
    return m;
error:
    Py_DECREF(m);
    return NULL;
}
