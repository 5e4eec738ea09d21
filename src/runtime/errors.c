/* SPDX-License-Identifier: MIT */
/* The error indicator: which exception is on its way up in this thread, and the calls that raise one.
 *
 * The indicator is the triple curexc_type / curexc_value / curexc_traceback of the thread state.
 *
 * [ERR-1] curexc_type == NULL means that nothing is raised; the other two are then NULL as well.
 * [ERR-2] The triple may be unnormalised: value is then what the class is to be called with (NULL: nothing, a tuple: the
 *         arguments, else one argument). Normalising is put off because most C-level exceptions are swallowed again.
 * [ERR-3] An exception raised while another is handled gets that one as its __context__ at raise time (PEP 3134); the
 *         context chain is kept free of cycles that pass through the new exception.
 *
 * Everything that formats, makes an instance or compares classes through metaclasses runs code.
 * Entry points: PyErr_*. Writing unraisable exceptions: unraisable.c. Tests: tests/capi/test_testcapi.py.
 */
#include "runtime/errors.h"

#include "structmember.h"
#include <errno.h>
#include <stdarg.h>
#include <string.h>

/* How often normalisation may fail in a row before we raise RecursionError, and then give up. */
enum { NORMALIZE_LIMIT = 32 };

/* ---- the triple ---- */

void _PyErr_Restore(PyThreadState *ts, PyObject *type, PyObject *value, PyObject *tb)
{
    if (tb != NULL && !PyTraceBack_Check(tb)) {
        Py_DECREF(tb);
        tb = NULL;
    }
    PyObject *old_type = ts->curexc_type, *old_value = ts->curexc_value, *old_tb = ts->curexc_traceback;
    ts->curexc_type = type;
    ts->curexc_value = value;
    ts->curexc_traceback = tb;
    Py_XDECREF(old_type);
    Py_XDECREF(old_value);
    Py_XDECREF(old_tb);
}

void PyErr_Restore(PyObject *type, PyObject *value, PyObject *tb)
{
    _PyErr_Restore(tai_tstate(), type, value, tb);
}

void _PyErr_Fetch(PyThreadState *ts, PyObject **type, PyObject **value, PyObject **tb)
{
    *type = ts->curexc_type;
    *value = ts->curexc_value;
    *tb = ts->curexc_traceback;
    ts->curexc_type = ts->curexc_value = ts->curexc_traceback = NULL;
}

void PyErr_Fetch(PyObject **type, PyObject **value, PyObject **tb)
{
    _PyErr_Fetch(tai_tstate(), type, value, tb);
}

void _PyErr_Clear(PyThreadState *ts)
{
    if (ts->curexc_type != NULL)
        _PyErr_Restore(ts, NULL, NULL, NULL);
}

void PyErr_Clear(void)
{
    _PyErr_Clear(tai_tstate());
}

/* Borrowed. Works without a thread state too, so that very early and very late code may ask. */
PyObject *PyErr_Occurred(void)
{
    PyThreadState *ts = tai_tstate();
    return LIKELY(ts != NULL) ? ts->curexc_type : NULL;
}

/* ---- what is being handled ---- */

_PyErr_StackItem *_PyErr_GetTopmostException(PyThreadState *ts)
{
    _PyErr_StackItem *item = ts->exc_info;
    while ((item->exc_type == NULL || item->exc_type == Py_None) && item->previous_item != NULL)
        item = item->previous_item;
    return item;
}

void PyErr_GetExcInfo(PyObject **type, PyObject **value, PyObject **tb)
{
    _PyErr_StackItem *item = _PyErr_GetTopmostException(tai_tstate());
    *type = item->exc_type;
    *value = item->exc_value;
    *tb = item->exc_traceback;
    Py_XINCREF(*type);
    Py_XINCREF(*value);
    Py_XINCREF(*tb);
}

/* Steals all three. */
void PyErr_SetExcInfo(PyObject *type, PyObject *value, PyObject *tb)
{
    _PyErr_StackItem *item = tai_tstate()->exc_info;
    PyObject *old_type = item->exc_type, *old_value = item->exc_value, *old_tb = item->exc_traceback;
    item->exc_type = type;
    item->exc_value = value;
    item->exc_traceback = tb;
    Py_XDECREF(old_type);
    Py_XDECREF(old_value);
    Py_XDECREF(old_tb);
}

/* ---- matching ---- */

/* Does the class or instance `given` match `wanted`, a class or a (nested) tuple of them? */
int PyErr_GivenExceptionMatches(PyObject *given, PyObject *wanted)
{
    if (given == NULL || wanted == NULL)
        return 0;
    if (PyTuple_Check(wanted)) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(wanted); i++)
            if (PyErr_GivenExceptionMatches(given, PyTuple_GET_ITEM(wanted, i)))
                return 1;
        return 0;
    }
    if (PyExceptionInstance_Check(given))
        given = PyExceptionInstance_Class(given);
    if (given == wanted)
        return 1;
    if (PyExceptionClass_Check(given) && PyExceptionClass_Check(wanted))
        return PyType_IsSubtype((PyTypeObject *)given, (PyTypeObject *)wanted);
    return 0;
}

int _PyErr_ExceptionMatches(PyThreadState *ts, PyObject *wanted)
{
    return PyErr_GivenExceptionMatches(ts->curexc_type, wanted);
}

int PyErr_ExceptionMatches(PyObject *wanted)
{
    return PyErr_GivenExceptionMatches(PyErr_Occurred(), wanted);
}

const char *(PyExceptionClass_Name)(PyObject *type)
{
    return ((PyTypeObject *)type)->tp_name;
}

/* ---- making instances ---- */

/* Call the class the way an unnormalised value asks for [ERR-2]; a __new__ that makes something else is a TypeError. New, or
 * NULL. Runs code. */
static PyObject *make_instance(PyObject *type, PyObject *value)
{
    PyObject *instance;
    if (value == NULL || value == Py_None)
        instance = _PyObject_CallNoArg(type);
    else if (PyTuple_Check(value))
        instance = PyObject_Call(type, value, NULL);
    else
        instance = _PyObject_FastCall(type, &value, 1);
    if (UNLIKELY(instance != NULL && !PyExceptionInstance_Check(instance))) {
        PyErr_Format(PyExc_TypeError, "calling %R should have returned an instance of BaseException, not %R", type,
                     Py_TYPE(instance));
        Py_CLEAR(instance);
    }
    return instance;
}

/* Make `handled` the __context__ of `value` [ERR-3]. Borrows both. A link of the chain of `handled` that leads back to
 * `value` is cut; a chain that already runs in circles without `value` is left alone (found by a second, slower walker). */
static void chain_context(PyObject *value, PyObject *handled)
{
    if (value == handled)
        return;
    PyObject *walk = handled, *slow = handled;
    int step = 0;
    for (;;) {
        PyObject *context = ((PyBaseExceptionObject *)walk)->context;
        if (context == NULL)
            break;
        if (context == value) {
            PyException_SetContext(walk, NULL);
            break;
        }
        walk = context;
        if (walk == slow)
            break;
        if (step++ & 1)
            slow = ((PyBaseExceptionObject *)slow)->context;
    }
    Py_INCREF(handled);
    PyException_SetContext(value, handled);
}

void _PyErr_SetObject(PyThreadState *ts, PyObject *type, PyObject *value)
{
    if (UNLIKELY(type != NULL && !PyExceptionClass_Check(type))) {
        _PyErr_Format(ts, PyExc_SystemError, "exception %R not a BaseException subclass", type);
        return;
    }
    PyObject *handled = tai_errors_handled(ts);
    Py_XINCREF(value);
    if (handled != NULL) {
        Py_INCREF(handled);
        if (value == NULL || !PyExceptionInstance_Check(value)) {
            _PyErr_Clear(ts); /* calling the class must not see an older error */
            PyObject *instance = make_instance(type, value);
            Py_XDECREF(value);
            if (instance == NULL) {
                Py_DECREF(handled);
                return;
            }
            value = instance;
        }
        if (PyExceptionInstance_Check(value) && PyExceptionInstance_Check(handled))
            chain_context(value, handled);
        Py_DECREF(handled);
    }
    PyObject *tb = NULL;
    if (value != NULL && PyExceptionInstance_Check(value)) {
        tb = ((PyBaseExceptionObject *)value)->traceback;
        Py_XINCREF(tb);
    }
    Py_XINCREF(type);
    _PyErr_Restore(ts, type, value, tb);
}

void PyErr_SetObject(PyObject *type, PyObject *value)
{
    _PyErr_SetObject(tai_tstate(), type, value);
}

void _PyErr_SetNone(PyThreadState *ts, PyObject *type)
{
    _PyErr_SetObject(ts, type, NULL);
}

void PyErr_SetNone(PyObject *type)
{
    _PyErr_SetObject(tai_tstate(), type, NULL);
}

void _PyErr_SetString(PyThreadState *ts, PyObject *type, const char *text)
{
    PyObject *value = PyUnicode_FromString(text); /* if there can be none, the exception goes without */
    _PyErr_SetObject(ts, type, value);
    Py_XDECREF(value);
}

void PyErr_SetString(PyObject *type, const char *text)
{
    _PyErr_SetString(tai_tstate(), type, text);
}

/* Raise KeyError(key) with exactly one argument, also when the key is a tuple. */
void _PyErr_SetKeyError(PyObject *key)
{
    PyObject *args = PyTuple_Pack(1, key);
    if (args == NULL)
        return;
    PyErr_SetObject(PyExc_KeyError, args);
    Py_DECREF(args);
}

/* Turn the triple into (class, instance of exactly that class, traceback). A failure on the way takes the place of the
 * exception and is normalised in turn. Runs code. */
void _PyErr_NormalizeException(PyThreadState *ts, PyObject **type, PyObject **value, PyObject **tb)
{
    for (int failures = 0; *type != NULL;) {
        if (*value == NULL) {
            Py_INCREF(Py_None);
            *value = Py_None;
        }
        if (!PyExceptionClass_Check(*type))
            return;
        PyObject *actual = PyExceptionInstance_Check(*value) ? PyExceptionInstance_Class(*value) : NULL;
        if (actual == *type)
            return;
        int derived = 0;
        if (actual != NULL && (derived = PyObject_IsSubclass(actual, *type)) > 0) {
            Py_INCREF(actual);
            Py_SETREF(*type, actual);
            return;
        }
        if (derived == 0) {
            PyObject *instance = make_instance(*type, *value);
            if (instance != NULL) {
                Py_SETREF(*value, instance);
                return;
            }
        }
        if (++failures == NORMALIZE_LIMIT)
            _PyErr_SetString(ts, PyExc_RecursionError,
                             "maximum recursion depth exceeded while normalizing an exception");
        Py_DECREF(*type);
        Py_DECREF(*value);
        PyObject *first_tb = *tb;
        _PyErr_Fetch(ts, type, value, tb);
        if (*tb == NULL)
            *tb = first_tb;
        else
            Py_XDECREF(first_tb);
        if (failures >= NORMALIZE_LIMIT + 2) {
            if (PyErr_GivenExceptionMatches(*type, PyExc_MemoryError))
                Py_FatalError("Cannot recover from MemoryErrors while normalizing exceptions.");
            Py_FatalError("Cannot recover from the recursive normalization of an exception.");
        }
    }
}

void PyErr_NormalizeException(PyObject **type, PyObject **value, PyObject **tb)
{
    _PyErr_NormalizeException(tai_tstate(), type, value, tb);
}

/* ---- chaining by hand ---- */

/* Bring back the saved triple (stolen); if another exception has come meanwhile, that one stays and gets the saved one as
 * its context. */
void _PyErr_ChainExceptions(PyObject *type, PyObject *value, PyObject *tb)
{
    PyThreadState *ts = tai_tstate();
    if (type == NULL)
        return;
    if (ts->curexc_type == NULL) {
        _PyErr_Restore(ts, type, value, tb);
        return;
    }
    PyObject *new_type, *new_value, *new_tb;
    _PyErr_Fetch(ts, &new_type, &new_value, &new_tb);
    _PyErr_NormalizeException(ts, &type, &value, &tb);
    if (tb != NULL) {
        PyException_SetTraceback(value, tb);
        Py_DECREF(tb);
    }
    Py_DECREF(type);
    _PyErr_NormalizeException(ts, &new_type, &new_value, &new_tb);
    PyException_SetContext(new_value, value);
    _PyErr_Restore(ts, new_type, new_value, new_tb);
}

/* Take the current exception away as an instance that carries its traceback. New. Runs code. */
static PyObject *take_current(PyThreadState *ts)
{
    PyObject *type, *value, *tb;
    _PyErr_Fetch(ts, &type, &value, &tb);
    _PyErr_NormalizeException(ts, &type, &value, &tb);
    if (tb != NULL) {
        PyException_SetTraceback(value, tb);
        Py_DECREF(tb);
    }
    Py_DECREF(type);
    return value;
}

/* Put `cause` (stolen) under the current exception as both __cause__ and __context__. */
static void attach_cause(PyThreadState *ts, PyObject *cause)
{
    PyObject *type, *value, *tb;
    _PyErr_Fetch(ts, &type, &value, &tb);
    _PyErr_NormalizeException(ts, &type, &value, &tb);
    Py_INCREF(cause);
    PyException_SetCause(value, cause);
    PyException_SetContext(value, cause);
    _PyErr_Restore(ts, type, value, tb);
}

/* ---- formatted text ---- */

static PyObject *format_v(PyThreadState *ts, PyObject *type, const char *format, va_list args)
{
    _PyErr_Clear(ts); /* %S and %R run code, which must start without an error */
    PyObject *text = PyUnicode_FromFormatV(format, args);
    _PyErr_SetObject(ts, type, text); /* what made the text fail is forgotten */
    Py_XDECREF(text);
    return NULL;
}

PyObject *PyErr_FormatV(PyObject *type, const char *format, va_list args)
{
    return format_v(tai_tstate(), type, format, args);
}

PyObject *_PyErr_Format(PyThreadState *ts, PyObject *type, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    format_v(ts, type, format, args);
    va_end(args);
    return NULL;
}

PyObject *PyErr_Format(PyObject *type, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    format_v(tai_tstate(), type, format, args);
    va_end(args);
    return NULL;
}

/* Like PyErr_Format; the exception that is current now becomes cause and context of the new one. */
PyObject *_PyErr_FormatFromCause(PyObject *type, const char *format, ...)
{
    PyThreadState *ts = tai_tstate();
    PyObject *cause = take_current(ts);
    va_list args;
    va_start(args, format);
    format_v(ts, type, format, args);
    va_end(args);
    attach_cause(ts, cause);
    return NULL;
}

/* May an instance of this class be made again from one changed message without losing anything? */
static int is_plain_exception(PyObject *value)
{
    PyTypeObject *type = Py_TYPE(value), *base = (PyTypeObject *)PyExc_BaseException;
    Py_ssize_t extra = type->tp_basicsize - base->tp_basicsize;
    if (type->tp_init != base->tp_init || type->tp_new != base->tp_new || type->tp_itemsize != base->tp_itemsize)
        return 0;
    if (extra != 0 && !(extra == sizeof(PyObject *) && PyType_SUPPORTS_WEAKREFS(type)))
        return 0;
    PyObject *args = ((PyBaseExceptionObject *)value)->args;
    Py_ssize_t count = args == NULL ? 0 : PyTuple_GET_SIZE(args);
    if (count > 1 || (count == 1 && !PyUnicode_CheckExact(PyTuple_GET_ITEM(args, 0))))
        return 0;
    PyObject **dict = _PyObject_GetDictPtr(value);
    return dict == NULL || *dict == NULL || PyDict_GET_SIZE(*dict) == 0;
}

/* Replace the current exception by one of its class with "prefix (Class: text)", caused by it; where that would lose
 * information leave it alone. The new instance, borrowed, or NULL. Runs code. */
PyObject *_PyErr_TrySetFromCause(const char *prefix_format, ...)
{
    PyThreadState *ts = tai_tstate();
    PyObject *type, *value, *tb;
    _PyErr_Fetch(ts, &type, &value, &tb);
    _PyErr_NormalizeException(ts, &type, &value, &tb);
    if (!PyExceptionInstance_Check(value) || !is_plain_exception(value)) {
        _PyErr_Restore(ts, type, value, tb);
        return NULL;
    }
    if (tb != NULL) {
        PyException_SetTraceback(value, tb);
        Py_DECREF(tb);
    }
    va_list args;
    va_start(args, prefix_format);
    PyObject *prefix = PyUnicode_FromFormatV(prefix_format, args);
    va_end(args);
    if (prefix == NULL) {
        Py_DECREF(type);
        Py_DECREF(value);
        return NULL;
    }
    _PyErr_Format(ts, type, "%U (%s: %S)", prefix, Py_TYPE(value)->tp_name, value);
    Py_DECREF(type);
    Py_DECREF(prefix);
    _PyErr_Fetch(ts, &type, &prefix, &tb); /* prefix now names the new value */
    _PyErr_NormalizeException(ts, &type, &prefix, &tb);
    PyException_SetCause(prefix, value);
    _PyErr_Restore(ts, type, prefix, tb);
    return prefix;
}

/* ---- fixed texts ---- */

int PyErr_BadArgument(void)
{
    PyErr_SetString(PyExc_TypeError, "bad argument type for built-in operation");
    return 0;
}

void _PyErr_BadInternalCall(const char *file, int line)
{
    PyErr_Format(PyExc_SystemError, "%s:%d: bad argument to internal function", file, line);
}

void (PyErr_BadInternalCall)(void)
{
    PyErr_SetString(PyExc_SystemError, "bad argument to internal function");
}

PyObject *PyErr_NoMemory(void)
{
    PyThreadState *ts = tai_tstate();
    if (!(((PyTypeObject *)PyExc_MemoryError)->tp_flags & Py_TPFLAGS_READY)) /* before the exceptions exist */
        Py_ExitStatusException(PyStatus_Error("Out of memory and PyExc_MemoryError is not initialized yet"));
    _PyErr_SetNone(ts, PyExc_MemoryError);
    return NULL;
}

/* ---- errno ---- */

/* Raise type(errno, strerror[, file[, 0, file2]]). After EINTR pending signal handlers run first, and their exception
 * wins. Runs code. */
PyObject *PyErr_SetFromErrnoWithFilenameObjects(PyObject *type, PyObject *file, PyObject *file2)
{
    PyThreadState *ts = tai_tstate();
    int code = errno;
    if (code == EINTR && PyErr_CheckSignals())
        return NULL;
    PyObject *text = code == 0 ? PyUnicode_FromString("Error") : PyUnicode_DecodeLocale(strerror(code), "surrogateescape");
    if (text == NULL)
        return NULL;
    PyObject *args;
    if (file == NULL)
        args = Py_BuildValue("(iO)", code, text);
    else if (file2 == NULL)
        args = Py_BuildValue("(iOO)", code, text, file);
    else
        args = Py_BuildValue("(iOOiO)", code, text, file, 0, file2);
    Py_DECREF(text);
    if (args == NULL)
        return NULL;
    PyObject *value = PyObject_Call(type, args, NULL);
    Py_DECREF(args);
    if (value != NULL) {
        _PyErr_SetObject(ts, (PyObject *)Py_TYPE(value), value);
        Py_DECREF(value);
    }
    return NULL;
}

PyObject *PyErr_SetFromErrnoWithFilenameObject(PyObject *type, PyObject *file)
{
    return PyErr_SetFromErrnoWithFilenameObjects(type, file, NULL);
}

PyObject *PyErr_SetFromErrnoWithFilename(PyObject *type, const char *file)
{
    PyObject *name = NULL;
    if (file != NULL) {
        int code = errno; /* decoding may change it */
        name = PyUnicode_DecodeFSDefault(file);
        errno = code;
    }
    PyErr_SetFromErrnoWithFilenameObjects(type, name, NULL);
    Py_XDECREF(name);
    return NULL;
}

PyObject *PyErr_SetFromErrno(PyObject *type)
{
    return PyErr_SetFromErrnoWithFilenameObjects(type, NULL, NULL);
}

/* ---- ImportError ---- */

PyObject *PyErr_SetImportErrorSubclass(PyObject *type, PyObject *text, PyObject *name, PyObject *path)
{
    PyThreadState *ts = tai_tstate();
    int derived = PyObject_IsSubclass(type, PyExc_ImportError);
    if (derived < 0)
        return NULL;
    if (!derived) {
        _PyErr_SetString(ts, PyExc_TypeError, "expected a subclass of ImportError");
        return NULL;
    }
    if (text == NULL) {
        _PyErr_SetString(ts, PyExc_TypeError, "expected a message argument");
        return NULL;
    }
    PyObject *args = PyTuple_Pack(1, text);
    PyObject *kwargs = Py_BuildValue("{sOsO}", "name", name ? name : Py_None, "path", path ? path : Py_None);
    PyObject *value = args && kwargs ? PyObject_Call(type, args, kwargs) : NULL;
    Py_XDECREF(args);
    Py_XDECREF(kwargs);
    if (value != NULL) {
        _PyErr_SetObject(ts, (PyObject *)Py_TYPE(value), value);
        Py_DECREF(value);
    }
    return NULL;
}

PyObject *PyErr_SetImportError(PyObject *text, PyObject *name, PyObject *path)
{
    return PyErr_SetImportErrorSubclass(PyExc_ImportError, text, name, path);
}

/* ---- new classes ---- */

/* Make the exception class called "module.Name". `base`: class, tuple of classes or NULL (Exception); `dict`: further
 * attributes or NULL. New. Runs code. */
PyObject *PyErr_NewException(const char *name, PyObject *base, PyObject *dict)
{
    const char *dot = strrchr(name, '.');
    if (dot == NULL) {
        PyErr_SetString(PyExc_SystemError, "PyErr_NewException: name must be module.class");
        return NULL;
    }
    PyObject *own_dict = NULL, *bases = NULL, *type = NULL, *module = NULL;
    _Py_IDENTIFIER(__module__);
    if (base == NULL)
        base = PyExc_Exception;
    if (dict == NULL && (dict = own_dict = PyDict_New()) == NULL)
        goto done;
    PyObject *present = _PyDict_GetItemIdWithError(dict, &PyId___module__);
    if (present == NULL) {
        if (PyErr_Occurred() || (module = PyUnicode_FromStringAndSize(name, dot - name)) == NULL ||
            _PyDict_SetItemId(dict, &PyId___module__, module) < 0)
            goto done;
    }
    if (PyTuple_Check(base)) {
        bases = base;
        Py_INCREF(bases);
    }
    else if ((bases = PyTuple_Pack(1, base)) == NULL)
        goto done;
    type = PyObject_CallFunction((PyObject *)&PyType_Type, "sOO", dot + 1, bases, dict);
done:
    Py_XDECREF(own_dict);
    Py_XDECREF(bases);
    Py_XDECREF(module);
    return type;
}

PyObject *PyErr_NewExceptionWithDoc(const char *name, const char *doc, PyObject *base, PyObject *dict)
{
    PyObject *own_dict = NULL, *type = NULL;
    if (dict == NULL && (dict = own_dict = PyDict_New()) == NULL)
        return NULL;
    if (doc != NULL) {
        PyObject *text = PyUnicode_FromString(doc);
        if (text == NULL || PyDict_SetItemString(dict, "__doc__", text) < 0) {
            Py_XDECREF(text);
            goto done;
        }
        Py_DECREF(text);
    }
    type = PyErr_NewException(name, base, dict);
done:
    Py_XDECREF(own_dict);
    return type;
}

/* ---- where a syntax error stands ---- */

/* Set an attribute and swallow what goes wrong: the syntax error matters more than its decoration. */
static void set_attribute_quietly(PyObject *value, _Py_Identifier *name, PyObject *what)
{
    if (_PyObject_SetAttrId(value, name, what) < 0)
        PyErr_Clear();
}

static void set_attribute_default(PyObject *value, _Py_Identifier *name, PyObject *what)
{
    PyObject *present;
    if (_PyObject_LookupAttrId(value, name, &present) < 0)
        PyErr_Clear();
    else if (present != NULL)
        Py_DECREF(present);
    else
        set_attribute_quietly(value, name, what);
}

/* Give the current exception file name, line, column (-1: none) and the text of the line. Runs code. */
void PyErr_SyntaxLocationObject(PyObject *filename, int lineno, int col_offset)
{
    _Py_IDENTIFIER(filename);
    _Py_IDENTIFIER(lineno);
    _Py_IDENTIFIER(offset);
    _Py_IDENTIFIER(text);
    _Py_IDENTIFIER(msg);
    _Py_IDENTIFIER(print_file_and_line);
    PyThreadState *ts = tai_tstate();
    PyObject *type, *value, *tb, *number;
    _PyErr_Fetch(ts, &type, &value, &tb);
    _PyErr_NormalizeException(ts, &type, &value, &tb);

    number = PyLong_FromLong(lineno);
    if (number == NULL)
        _PyErr_Clear(ts);
    else {
        set_attribute_quietly(value, &PyId_lineno, number);
        Py_DECREF(number);
    }
    number = col_offset >= 0 ? PyLong_FromLong(col_offset) : NULL;
    if (number == NULL)
        _PyErr_Clear(ts);
    set_attribute_quietly(value, &PyId_offset, number ? number : Py_None);
    Py_XDECREF(number);
    if (filename != NULL) {
        set_attribute_quietly(value, &PyId_filename, filename);
        PyObject *text = PyErr_ProgramTextObject(filename, lineno);
        if (text != NULL) {
            set_attribute_quietly(value, &PyId_text, text);
            Py_DECREF(text);
        }
        else
            _PyErr_Clear(ts);
    }
    if (type != PyExc_SyntaxError) {
        PyObject *text = PyObject_Str(value);
        if (text != NULL) {
            set_attribute_default(value, &PyId_msg, text);
            Py_DECREF(text);
        }
        else
            _PyErr_Clear(ts);
        set_attribute_default(value, &PyId_print_file_and_line, Py_None);
    }
    _PyErr_Restore(ts, type, value, tb);
}

void PyErr_SyntaxLocationEx(const char *filename, int lineno, int col_offset)
{
    PyObject *name = NULL;
    if (filename != NULL && (name = PyUnicode_DecodeFSDefault(filename)) == NULL)
        PyErr_Clear();
    PyErr_SyntaxLocationObject(name, lineno, col_offset);
    Py_XDECREF(name);
}

void PyErr_SyntaxLocation(const char *filename, int lineno)
{
    PyErr_SyntaxLocationEx(filename, lineno, -1);
}

/* The given line of an open file (which is closed), counting \n, \r and \r\n as ends. New, or NULL, without exception. */
static PyObject *read_program_line(FILE *file, int lineno)
{
    enum { LONGEST = 1 << 20 };
    char *buffer = NULL;
    size_t used = 0, room = 0;
    int at = 1, c;
    while (at <= lineno && (c = getc(file)) != EOF) {
        int ends = c == '\n' || c == '\r';
        if (c == '\r' && (c = getc(file)) != '\n') {
            ungetc(c, file);
            c = '\n';
        }
        if (at == lineno && used < LONGEST) {
            if (used == room) {
                char *more = PyMem_RawRealloc(buffer, room = room ? room * 2 : 256);
                if (more == NULL)
                    break;
                buffer = more;
            }
            buffer[used++] = (char)c;
        }
        at += ends;
    }
    fclose(file);
    PyObject *line = NULL;
    if (at >= lineno && used > 0 && (line = PyUnicode_FromStringAndSize(buffer, used)) == NULL)
        PyErr_Clear();
    PyMem_RawFree(buffer);
    return line;
}

/* Line `lineno` of a source file as a str. New, or NULL, without exception, where there is none. */
PyObject *PyErr_ProgramTextObject(PyObject *filename, int lineno)
{
    if (filename == NULL || lineno <= 0)
        return NULL;
    FILE *file = _Py_fopen_obj(filename, "r");
    if (file == NULL) {
        PyErr_Clear();
        return NULL;
    }
    return read_program_line(file, lineno);
}

PyObject *PyErr_ProgramText(const char *filename, int lineno)
{
    if (filename == NULL || *filename == '\0' || lineno <= 0)
        return NULL;
    FILE *file = fopen(filename, "re");
    return file == NULL ? NULL : read_program_line(file, lineno);
}
