/* SPDX-License-Identifier: MIT */
/* Exceptions that nobody can catch: raised in __del__, in weak reference callbacks, in deallocators.
 *
 * PyErr_WriteUnraisable() packs the current exception into an UnraisableHookArgs and hands it to sys.unraisablehook; the
 * hook that sys starts with writes it to sys.stderr. Whatever goes wrong on the way is itself written by the default hook,
 * and what still goes wrong is dropped. Both entry points leave no exception behind.
 */
#include "runtime/errors.h"

static PyTypeObject args_type; /* sys.UnraisableHookArgs */

static PyStructSequence_Field args_fields[] = {
    {"exc_type", "Class of the exception"},
    {"exc_value", "The exception, or None"},
    {"exc_traceback", "Its traceback, or None"},
    {"err_msg", "Text that says where it happened, or None"},
    {"object", "The object at whose call it happened, or None"},
    {NULL},
};

static PyStructSequence_Desc args_desc = {
    .name = "UnraisableHookArgs",
    .doc = "UnraisableHookArgs\n\nWhat sys.unraisablehook is called with.",
    .fields = args_fields,
    .n_in_sequence = 5,
};

int tai_errors_init(void)
{
    return args_type.tp_name != NULL ? 0 : PyStructSequence_InitType2(&args_type, &args_desc);
}

/* Put NULL or None in the place of item i, which is stolen. */
static void fill(PyObject *args, Py_ssize_t i, PyObject *value)
{
    if (value == NULL) {
        value = Py_None;
        Py_INCREF(value);
    }
    PyStructSequence_SET_ITEM(args, i, value);
}

/* New args; steals the triple. */
static PyObject *make_args(PyThreadState *ts, PyObject *type, PyObject *value, PyObject *tb, const char *text, PyObject *object)
{
    if (value != NULL || type != NULL)
        _PyErr_NormalizeException(ts, &type, &value, &tb);
    if (tb != NULL && PyExceptionInstance_Check(value))
        PyException_SetTraceback(value, tb);
    PyObject *message = NULL;
    if (text != NULL && (message = PyUnicode_FromFormat("Exception ignored %s", text)) == NULL)
        goto error;
    PyObject *args = PyStructSequence_New(&args_type);
    if (args == NULL)
        goto error;
    Py_XINCREF(object);
    fill(args, 0, type);
    fill(args, 1, value);
    fill(args, 2, tb);
    fill(args, 3, message);
    fill(args, 4, object);
    return args;
error:
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(tb);
    Py_XDECREF(message);
    return NULL;
}

/* ---- the default hook ---- */

/* "Exception ignored in: <object>" or "<message>: <object>". 0 / -1. Runs code. */
static int write_heading(PyObject *file, PyObject *message, PyObject *object)
{
    int has_message = message != NULL && message != Py_None;
    if (has_message && PyFile_WriteObject(message, file, Py_PRINT_RAW) < 0)
        return -1;
    if (object != NULL && object != Py_None) {
        if (PyFile_WriteString(has_message ? ": " : "Exception ignored in: ", file) < 0)
            return -1;
        if (PyFile_WriteObject(object, file, 0) < 0) {
            PyErr_Clear();
            if (PyFile_WriteString("<object repr() failed>", file) < 0)
                return -1;
        }
        return PyFile_WriteString("\n", file);
    }
    return has_message ? PyFile_WriteString(":\n", file) : 0;
}

/* "module.Class", without module for builtins and __main__-less names. 0 / -1. Runs code. */
static int write_class(PyObject *file, PyObject *type)
{
    _Py_IDENTIFIER(__module__);
    const char *name = PyExceptionClass_Check(type) ? PyExceptionClass_Name(type) : NULL;
    if (name != NULL) {
        const char *dot = strrchr(name, '.');
        if (dot != NULL)
            name = dot + 1;
    }
    PyObject *module = NULL;
    if (_PyObject_LookupAttrId(type, &PyId___module__, &module) < 0)
        PyErr_Clear();
    int failed = 0;
    if (module == NULL || !PyUnicode_Check(module))
        failed = PyFile_WriteString("<unknown>", file);
    else if (!_PyUnicode_EqualToASCIIString(module, "builtins"))
        failed = PyFile_WriteObject(module, file, Py_PRINT_RAW) < 0 || PyFile_WriteString(".", file) < 0;
    Py_XDECREF(module);
    if (failed)
        return -1;
    return PyFile_WriteString(name != NULL ? name : "<unknown>", file);
}

static int write_report(PyObject *file, PyObject *args)
{
    PyObject *type = PyStructSequence_GET_ITEM(args, 0), *value = PyStructSequence_GET_ITEM(args, 1);
    PyObject *tb = PyStructSequence_GET_ITEM(args, 2);
    if (write_heading(file, PyStructSequence_GET_ITEM(args, 3), PyStructSequence_GET_ITEM(args, 4)) < 0)
        return -1;
    if (tb != NULL && tb != Py_None && PyTraceBack_Print(tb, file) < 0)
        PyErr_Clear();
    if (type == NULL || type == Py_None)
        return -1;
    if (write_class(file, type) < 0)
        return -1;
    if (value != NULL && value != Py_None) {
        if (PyFile_WriteString(": ", file) < 0)
            return -1;
        if (PyFile_WriteObject(value, file, Py_PRINT_RAW) < 0) {
            PyErr_Clear();
            if (PyFile_WriteString("<exception str() failed>", file) < 0)
                return -1;
        }
    }
    if (PyFile_WriteString("\n", file) < 0)
        return -1;
    _Py_IDENTIFIER(flush);
    PyObject *done = _PyObject_CallMethodIdObjArgs(file, &PyId_flush, NULL);
    if (done == NULL)
        PyErr_Clear();
    Py_XDECREF(done);
    return 0;
}

PyObject *_PyErr_WriteUnraisableDefaultHook(PyObject *args)
{
    if (Py_TYPE(args) != &args_type) {
        PyErr_SetString(PyExc_TypeError, "sys.unraisablehook argument type must be UnraisableHookArgs");
        return NULL;
    }
    _Py_IDENTIFIER(stderr);
    PyObject *file = _PySys_GetObjectId(&PyId_stderr);
    if (file != NULL && file != Py_None) {
        Py_INCREF(file); /* the calls below may replace sys.stderr */
        int failed = write_report(file, args);
        Py_DECREF(file);
        if (failed && PyErr_Occurred())
            return NULL;
    }
    Py_RETURN_NONE;
}

/* ---- entry points ---- */

/* Hand the current exception to sys.unraisablehook. `text` continues "Exception ignored ..." or is NULL. Runs code. */
void _PyErr_WriteUnraisableMsg(const char *text, PyObject *object)
{
    PyThreadState *ts = tai_tstate();
    PyObject *type, *value, *tb, *args = NULL;
    _PyErr_Fetch(ts, &type, &value, &tb);
    if (type == NULL)
        return;
    if (tb == NULL) {
        struct _frame *frame = PyEval_GetFrame();
        if (frame != NULL) { /* show at least where we are */
            if (PyTraceBack_Here(frame) == 0) {
                PyObject *no_type, *no_value;
                _PyErr_Fetch(ts, &no_type, &no_value, &tb);
                Py_XDECREF(no_type);
                Py_XDECREF(no_value);
            }
            else
                _PyErr_Clear(ts);
        }
    }
    args = make_args(ts, type, value, tb, text, object);
    if (args == NULL) { /* report the failure to report */
        text = "while building the arguments of sys.unraisablehook";
        object = NULL;
        _PyErr_Fetch(ts, &type, &value, &tb);
        if (type == NULL || (args = make_args(ts, type, value, tb, text, NULL)) == NULL) {
            _PyErr_Clear(ts);
            return;
        }
    }
    _Py_IDENTIFIER(unraisablehook);
    PyObject *hook = _PySys_GetObjectId(&PyId_unraisablehook), *done;
    if (hook == NULL || hook == Py_None)
        done = _PyErr_WriteUnraisableDefaultHook(args);
    else if (PySys_Audit("sys.unraisablehook", "OO", hook, args) < 0)
        done = NULL;
    else {
        Py_INCREF(hook);
        done = _PyObject_FastCall(hook, &args, 1);
        if (done == NULL) {
            PyObject *failed;
            _PyErr_Fetch(ts, &type, &value, &tb);
            failed = type ? make_args(ts, type, value, tb, "in sys.unraisablehook", hook) : NULL;
            if (failed != NULL) {
                done = _PyErr_WriteUnraisableDefaultHook(failed);
                Py_DECREF(failed);
            }
        }
        Py_DECREF(hook);
    }
    Py_XDECREF(done);
    Py_XDECREF(args);
    _PyErr_Clear(ts);
}

void PyErr_WriteUnraisable(PyObject *object)
{
    _PyErr_WriteUnraisableMsg(NULL, object);
}
