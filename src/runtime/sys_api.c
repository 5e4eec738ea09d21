/* SPDX-License-Identifier: MIT */
/* PySys_*: sys from C. Most of it must work, or do nothing, however early or late it is called.
 * Tests: tests/capi, CPython's _testcapi.
 */
#include "runtime/runtime.h"
#include "runtime/sys.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

PyObject *PySys_GetObject(const char *name)
{
    PyThreadState *ts = tai_current;
    PyObject *dict = ts ? ts->interp->sysdict : NULL;
    return dict ? PyDict_GetItemString(dict, name) : NULL;
}

PyObject *_PySys_GetObjectId(_Py_Identifier *name)
{
    PyThreadState *ts = tai_current;
    PyObject *dict = ts ? ts->interp->sysdict : NULL;
    return dict ? _PyDict_GetItemId(dict, name) : NULL;
}

int PySys_SetObject(const char *name, PyObject *value)
{
    PyObject *dict = tai_interp()->sysdict;
    if (value != NULL)
        return PyDict_SetItemString(dict, name, value);
    if (PyDict_GetItemString(dict, name) == NULL)
        return 0;
    return PyDict_DelItemString(dict, name);
}

int _PySys_SetObjectId(_Py_Identifier *name, PyObject *value)
{
    PyObject *dict = tai_interp()->sysdict;
    if (value != NULL)
        return _PyDict_SetItemId(dict, name, value);
    if (_PyDict_GetItemId(dict, name) == NULL)
        return 0;
    return _PyDict_DelItemId(dict, name);
}

size_t _PySys_GetSizeOf(PyObject *o)
{
    _Py_IDENTIFIER(__sizeof__);
    if (PyType_Ready(Py_TYPE(o)) < 0)
        return (size_t)-1;
    PyObject *method = _PyObject_LookupSpecial(o, &PyId___sizeof__);
    if (method == NULL) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_TypeError, "Type %.100s doesn't define __sizeof__", Py_TYPE(o)->tp_name);
        return (size_t)-1;
    }
    PyObject *result = _PyObject_CallNoArg(method);
    Py_DECREF(method);
    if (result == NULL)
        return (size_t)-1;
    Py_ssize_t size = PyLong_AsSsize_t(result);
    Py_DECREF(result);
    if (size == -1 && PyErr_Occurred())
        return (size_t)-1;
    if (size < 0) {
        PyErr_SetString(PyExc_ValueError, "__sizeof__() should return >= 0");
        return (size_t)-1;
    }
    return (size_t)size + (PyObject_IS_GC(o) ? sizeof(PyGC_Head) : 0);
}

/* ---- options given before Py_Initialize ---- */

typedef struct Early {
    struct Early *next;
    wchar_t *text;
} Early;

static Early *early_warn, *early_x;

static int early_add(Early **list, const wchar_t *text)
{
    Early *e = malloc(sizeof *e);
    wchar_t *copy = e ? wcsdup(text) : NULL;
    if (copy == NULL) {
        free(e);
        return -1;
    }
    *e = (Early){NULL, copy};
    while (*list)
        list = &(*list)->next;
    *list = e;
    return 0;
}

static void early_clear(Early **list)
{
    while (*list) {
        Early *e = *list;
        *list = e->next;
        free(e->text);
        free(e);
    }
}

static int early_read(Early **list, PyWideStringList *out)
{
    for (Early *e = *list; e; e = e->next)
        if (PyStatus_Exception(PyWideStringList_Append(out, e->text)))
            return -1;
    early_clear(list);
    return 0;
}

int tai_sys_read_early_options(PyWideStringList *warn, PyWideStringList *x);
int tai_sys_read_early_options(PyWideStringList *warn, PyWideStringList *x)
{
    return early_read(&early_warn, warn) < 0 || early_read(&early_x, x) < 0 ? -1 : 0;
}

static PyObject *options(const char *name, PyObject *(*make)(void))
{
    PyObject *o = PySys_GetObject(name);
    if (o != NULL)
        return o;
    o = make();
    if (o == NULL)
        return NULL;
    int r = PySys_SetObject(name, o);
    Py_DECREF(o);
    return r < 0 ? NULL : o;
}

static PyObject *new_list(void) { return PyList_New(0); }

void PySys_ResetWarnOptions(void)
{
    if (tai_current == NULL) {
        early_clear(&early_warn);
        return;
    }
    PyObject *list = PySys_GetObject("warnoptions");
    if (list != NULL && PyList_Check(list))
        PyList_SetSlice(list, 0, PyList_GET_SIZE(list), NULL);
}

void PySys_AddWarnOptionUnicode(PyObject *option)
{
    PyObject *list = options("warnoptions", new_list);
    if (list == NULL || PyList_Append(list, option) < 0)
        PyErr_Clear();
}

void PySys_AddWarnOption(const wchar_t *text)
{
    if (tai_current == NULL) {
        early_add(&early_warn, text);
        return;
    }
    PyObject *option = PyUnicode_FromWideChar(text, -1);
    if (option == NULL)
        return;
    PySys_AddWarnOptionUnicode(option);
    Py_DECREF(option);
}

int PySys_HasWarnOptions(void)
{
    PyObject *list = PySys_GetObject("warnoptions");
    return list != NULL && PyList_Check(list) && PyList_GET_SIZE(list) > 0;
}

PyObject *PySys_GetXOptions(void)
{
    return options("_xoptions", PyDict_New);
}

void PySys_AddXOption(const wchar_t *text)
{
    if (tai_current == NULL) {
        early_add(&early_x, text);
        return;
    }
    PyObject *dict = PySys_GetXOptions(), *name = NULL, *value = NULL;
    const wchar_t *equals = wcschr(text, L'=');
    if (dict == NULL)
        goto done;
    if (equals == NULL) {
        name = PyUnicode_FromWideChar(text, -1);
        value = Py_True;
        Py_INCREF(value);
    } else {
        name = PyUnicode_FromWideChar(text, equals - text);
        value = PyUnicode_FromWideChar(equals + 1, -1);
    }
    if (name && value)
        (void)PyDict_SetItem(dict, name, value);
done:
    PyErr_Clear();
    Py_XDECREF(name);
    Py_XDECREF(value);
}

/* ---- path and argv ---- */

void PySys_SetPath(const wchar_t *path)
{
    PyObject *list = PyList_New(0);
    for (const wchar_t *p = path; list != NULL;) {
        const wchar_t *end = wcschr(p, L':');
        PyObject *item = PyUnicode_FromWideChar(p, end ? end - p : (Py_ssize_t)wcslen(p));
        if (item == NULL || PyList_Append(list, item) < 0) {
            Py_XDECREF(item);
            Py_CLEAR(list);
            break;
        }
        Py_DECREF(item);
        if (end == NULL)
            break;
        p = end + 1;
    }
    if (list == NULL)
        Py_FatalError("can't create sys.path");
    if (PySys_SetObject("path", list) != 0)
        Py_FatalError("can't assign sys.path");
    Py_DECREF(list);
}

int tai_path_compute_sys_path0(const PyWideStringList *argv, PyObject **path0);

void PySys_SetArgvEx(int argc, wchar_t **argv, int update_path)
{
    wchar_t *empty[1] = {L""};
    if (argc < 1 || argv == NULL) {
        argc = 1;
        argv = empty;
    }
    PyObject *list = PyList_New(argc);
    for (int i = 0; list && i < argc; i++) {
        PyObject *item = PyUnicode_FromWideChar(argv[i], -1);
        if (item == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, item);
    }
    if (list == NULL)
        Py_FatalError("no mem for sys.argv");
    if (PySys_SetObject("argv", list) != 0)
        Py_FatalError("can't assign sys.argv");
    Py_DECREF(list);
    if (!update_path)
        return;
    const PyWideStringList words = {argc, argv};
    PyObject *path0 = NULL;
    int r = tai_path_compute_sys_path0(&words, &path0);
    if (r < 0)
        Py_FatalError("can't compute path0 from argv");
    if (r == 0)
        return;
    PyObject *path = PySys_GetObject("path");
    if (path != NULL && PyList_Insert(path, 0, path0) < 0)
        Py_FatalError("can't prepend path0 to sys.path");
    Py_DECREF(path0);
}

void PySys_SetArgv(int argc, wchar_t **argv)
{
    PySys_SetArgvEx(argc, argv, Py_IsolatedFlag == 0);
}

/* ---- writing ---- */

static int write_text(PyObject *text, PyObject *file)
{
    _Py_IDENTIFIER(write);
    if (file == NULL || file == Py_None)
        return -1;
    PyObject *r = _PyObject_CallMethodIdObjArgs(file, &PyId_write, text, NULL);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

static int write_chars(const char *text, PyObject *file)
{
    if (file == NULL)
        return -1;
    PyObject *u = PyUnicode_FromString(text);
    if (u == NULL)
        return -1;
    int r = write_text(u, file);
    Py_DECREF(u);
    return r;
}

static void write_va(const char *name, FILE *fallback, const char *format, va_list va)
{
    char buffer[1001];
    PyObject *t, *v, *tb;
    PyErr_Fetch(&t, &v, &tb);
    PyObject *file = PySys_GetObject(name);
    int n = PyOS_vsnprintf(buffer, sizeof buffer, format, va);
    if (write_chars(buffer, file) != 0) {
        PyErr_Clear();
        fputs(buffer, fallback);
    }
    if (n < 0 || (size_t)n >= sizeof buffer) {
        const char *truncated = "... truncated";
        if (write_chars(truncated, file) != 0)
            fputs(truncated, fallback);
    }
    PyErr_Restore(t, v, tb);
}

void PySys_WriteStdout(const char *format, ...)
{
    va_list va;
    va_start(va, format);
    write_va("stdout", stdout, format, va);
    va_end(va);
}

void PySys_WriteStderr(const char *format, ...)
{
    va_list va;
    va_start(va, format);
    write_va("stderr", stderr, format, va);
    va_end(va);
}

static void format_va(const char *name, FILE *fallback, const char *format, va_list va)
{
    PyObject *t, *v, *tb;
    PyErr_Fetch(&t, &v, &tb);
    PyObject *file = PySys_GetObject(name), *text = PyUnicode_FromFormatV(format, va);
    if (text != NULL) {
        if (write_text(text, file) != 0) {
            PyErr_Clear();
            const char *utf8 = PyUnicode_AsUTF8(text);
            if (utf8 == NULL)
                PyErr_Clear();
            else
                fputs(utf8, fallback);
        }
        Py_DECREF(text);
    }
    PyErr_Restore(t, v, tb);
}

void PySys_FormatStdout(const char *format, ...)
{
    va_list va;
    va_start(va, format);
    format_va("stdout", stdout, format, va);
    va_end(va);
}

void PySys_FormatStderr(const char *format, ...)
{
    va_list va;
    va_start(va, format);
    format_va("stderr", stderr, format, va);
    va_end(va);
}
