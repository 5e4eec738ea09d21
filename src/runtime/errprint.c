/* SPDX-License-Identifier: MIT */
/* Showing exceptions that nobody handled: PyErr_Print, PyErr_Display, SystemExit.
 *
 * A shown exception is preceded by the chain of its causes and contexts; a set of ids ends cycles.
 * Errors while printing are dropped: there is no one to tell. Tests: tests/runtime/test_sys.py
 */
#include "runtime/runtime.h"
#include "runtime/errors.h"
#include "runtime/errprint.h"
#include "runtime/recursion.h"
#include "runtime/style.h"

#include "traceback.h"
#include <stdlib.h>
#include <string.h>

static const char cause_text[] = "\nThe above exception was the direct cause of the following exception:\n\n";
static const char context_text[] = "\nDuring handling of the above exception, another exception occurred:\n\n";

/* A control sequence. Without one nothing is written: a program may count the calls of its own file's write(). */
static int put_style(PyObject *f, const char *sequence)
{
    return *sequence ? PyFile_WriteString(sequence, f) : 0;
}

/* ---- SyntaxError ---- */

typedef struct {
    PyObject *message, *filename, *text; /* owned */
    Py_ssize_t line, offset;             /* offset -1: none */
} SyntaxParts;

static int read_index(PyObject *o, Py_ssize_t *out, Py_ssize_t none)
{
    if (o == NULL)
        return -1;
    int r = 0;
    if (o == Py_None && none != -2)
        *out = none;
    else if ((*out = PyLong_AsSsize_t(o)) == -1 && PyErr_Occurred())
        r = -1;
    Py_DECREF(o);
    return r;
}

static void drop_parts(SyntaxParts *p)
{
    Py_XDECREF(p->message);
    Py_XDECREF(p->filename);
    Py_XDECREF(p->text);
}

/* 0, or -1 (no exception left) when the object does not look like a SyntaxError. */
static int read_parts(PyObject *e, SyntaxParts *p)
{
    memset(p, 0, sizeof *p);
    p->message = PyObject_GetAttrString(e, "msg");
    if (p->message && (p->filename = PyObject_GetAttrString(e, "filename")) != NULL &&
        read_index(PyObject_GetAttrString(e, "lineno"), &p->line, -2) == 0 &&
        read_index(PyObject_GetAttrString(e, "offset"), &p->offset, -1) == 0 &&
        (p->text = PyObject_GetAttrString(e, "text")) != NULL) {
        if (p->filename == Py_None)
            Py_SETREF(p->filename, PyUnicode_FromString("<string>"));
        if (p->filename)
            return 0;
    }
    PyErr_Clear();
    drop_parts(p);
    return -1;
}

/* The line of source, without indentation, and a caret under the offset. */
static void print_source_line(PyObject *f, Py_ssize_t offset, PyObject *text_object, const TaiStyle *style)
{
    const char *text = PyUnicode_AsUTF8(text_object);
    if (text == NULL)
        return;
    if (offset >= 0) {
        if (offset > 0 && (size_t)offset == strlen(text) && text[offset - 1] == '\n')
            offset--;
        for (;;) {
            const char *nl = strchr(text, '\n');
            if (nl == NULL || nl - text >= offset)
                break;
            offset -= nl + 1 - text;
            text = nl + 1;
        }
        while (*text == ' ' || *text == '\t' || *text == '\f') {
            text++;
            offset--;
        }
    }
    PyFile_WriteString("    ", f);
    PyFile_WriteString(text, f);
    if (*text == 0 || text[strlen(text) - 1] != '\n')
        PyFile_WriteString("\n", f);
    if (offset == -1)
        return;
    PyFile_WriteString("    ", f);
    while (--offset > 0)
        PyFile_WriteString(" ", f);
    put_style(f, style->caret);
    PyFile_WriteString(*style->off ? "^" : "^\n", f);
    if (*style->off) {
        put_style(f, style->off);
        PyFile_WriteString("\n", f);
    }
}

/* ---- one exception ---- */

/* Names are identifiers here: looking them up must work when there is no memory. */
_Py_IDENTIFIER(stdout);
_Py_IDENTIFIER(stderr);
_Py_IDENTIFIER(excepthook);
_Py_IDENTIFIER(flush);

static void flush_name(_Py_Identifier *name)
{
    PyObject *f = _PySys_GetObjectId(name);
    if (f == NULL)
        return;
    PyObject *r = _PyObject_CallMethodIdObjArgs(f, &PyId_flush, NULL);
    if (r == NULL)
        PyErr_Clear();
    Py_XDECREF(r);
}

void tai_flush_std(void)
{
    PyObject *t, *v, *tb;
    PyErr_Fetch(&t, &v, &tb);
    flush_name(&PyId_stderr);
    flush_name(&PyId_stdout);
    PyErr_Restore(t, v, tb);
}

/* "module.Class" of an exception type */
static int print_type_name(PyObject *f, PyObject *type)
{
    _Py_IDENTIFIER(__module__);
    const char *name = PyExceptionClass_Name(type);
    const char *dot = name ? strrchr(name, '.') : NULL;
    if (dot)
        name = dot + 1;
    int r = 0;
    PyObject *module = _PyObject_GetAttrId(type, &PyId___module__);
    if (module == NULL || !PyUnicode_Check(module)) {
        PyErr_Clear();
        r = PyFile_WriteString("<unknown>", f);
    } else if (!_PyUnicode_EqualToASCIIString(module, "builtins")) {
        r = PyFile_WriteObject(module, f, Py_PRINT_RAW);
        if (r == 0)
            r = PyFile_WriteString(".", f);
    }
    Py_XDECREF(module);
    return r ? r : PyFile_WriteString(name ? name : "<unknown>", f);
}

/* Writing failed. If memory ran out, nothing that allocates can tell what happened: its name, without Python's files. */
static void print_without_memory(PyObject *type)
{
    if (PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_MemoryError))
        fprintf(stderr, "%s (no memory to show it)\n", PyExceptionClass_Name(type));
}

static void print_exception(PyObject *f, PyObject *value, const TaiStyle *style)
{
    _Py_IDENTIFIER(print_file_and_line);
    if (!PyExceptionInstance_Check(value)) {
        PyFile_WriteString("TypeError: print_exception(): Exception expected for value, ", f);
        PyFile_WriteString(Py_TYPE(value)->tp_name, f);
        PyFile_WriteString(" found\n", f);
        return;
    }
    PyObject *type = (PyObject *)Py_TYPE(value), *tb = PyException_GetTraceback(value), *marker;
    Py_INCREF(value);
    int r = tb && tb != Py_None ? tai_traceback_print(tb, f, style) : 0;
    if (r == 0 && _PyObject_LookupAttrId(value, &PyId_print_file_and_line, &marker) > 0) {
        SyntaxParts parts;
        Py_DECREF(marker);
        if (read_parts(value, &parts) == 0) {
            PyObject *line = PyUnicode_FromFormat("  File %s\"%S\"%s, line %s%zd%s\n", style->path, parts.filename, style->off,
                                                  style->line, parts.line, style->off);
            if (line != NULL) {
                PyFile_WriteObject(line, f, Py_PRINT_RAW);
                Py_DECREF(line);
            }
            if (parts.text != Py_None)
                print_source_line(f, parts.offset, parts.text, style);
            Py_INCREF(parts.message);
            Py_SETREF(value, parts.message);
            drop_parts(&parts);
            if (PyErr_Occurred())
                r = -1;
        }
    }
    if (r == 0)
        r = put_style(f, style->error);
    if (r == 0)
        r = print_type_name(f, type);
    if (r == 0)
        r = put_style(f, style->off);
    if (r == 0 && value != Py_None) {
        PyObject *text = PyObject_Str(value);
        if (text == NULL) {
            PyErr_Clear();
            r = PyFile_WriteString(": <exception str() failed>", f);
        } else if (!PyUnicode_Check(text) || PyUnicode_GetLength(text) != 0) {
            r = PyFile_WriteString(": ", f);
            if (r == 0)
                r = put_style(f, style->message);
            if (r == 0)
                r = PyFile_WriteObject(text, f, Py_PRINT_RAW);
            if (r == 0)
                r = put_style(f, style->off);
        }
        Py_XDECREF(text);
    }
    if (r == 0)
        r = PyFile_WriteString("\n", f);
    if (r != 0)
        print_without_memory(type);
    Py_XDECREF(tb);
    Py_DECREF(value);
    PyErr_Clear();
}

/* ---- the chain ---- */

static int seen_before(PyObject *seen, PyObject *e)
{
    PyObject *id = PyLong_FromVoidPtr(e);
    int r = id ? PySet_Contains(seen, id) : -1;
    Py_XDECREF(id);
    if (r < 0) {
        PyErr_Clear();
        r = 1;
    }
    return r;
}

static void print_chain(PyObject *f, PyObject *value, PyObject *seen, const TaiStyle *style)
{
    if (seen != NULL) {
        PyObject *id = PyLong_FromVoidPtr(value), *earlier = NULL;
        if (id == NULL || PySet_Add(seen, id) < 0)
            PyErr_Clear();
        Py_XDECREF(id);
        if (PyExceptionInstance_Check(value)) {
            const char *text = cause_text;
            earlier = PyException_GetCause(value);
            if (earlier == NULL && !((PyBaseExceptionObject *)value)->suppress_context) {
                earlier = PyException_GetContext(value);
                text = context_text;
            }
            if (earlier != NULL && !seen_before(seen, earlier) && tai_enter_c(" in print_exception") == 0) {
                print_chain(f, earlier, seen, style);
                tai_leave_c();
                PyFile_WriteString(text, f);
            }
            Py_XDECREF(earlier);
            PyErr_Clear();
        }
    }
    print_exception(f, value, style);
}

void tai_err_display(PyObject *f, PyObject *type, PyObject *value, PyObject *tb)
{
    if (value != NULL && PyExceptionInstance_Check(value) && tb && PyTraceBack_Check(tb)) {
        PyObject *own = PyException_GetTraceback(value);
        if (own == NULL)
            PyException_SetTraceback(value, tb);
        else
            Py_DECREF(own);
    }
    flush_name(&PyId_stdout);
    PyObject *seen = PySet_New(NULL);
    if (seen == NULL)
        PyErr_Clear();
    Py_INCREF(f);
    print_chain(f, value, seen, tai_style_for(f));
    Py_XDECREF(seen);
    PyObject *r = _PyObject_CallMethodIdObjArgs(f, &PyId_flush, NULL);
    if (r == NULL) {
        if (value != NULL)
            print_without_memory((PyObject *)Py_TYPE(value));
        PyErr_Clear();
    }
    Py_XDECREF(r);
    Py_DECREF(f);
}

void PyErr_Display(PyObject *type, PyObject *value, PyObject *tb)
{
    PyObject *f = _PySys_GetObjectId(&PyId_stderr);
    if (f == NULL) {
        _PyObject_Dump(value);
        fprintf(stderr, "lost sys.stderr\n");
    } else if (f != Py_None) {
        tai_err_display(f, type, value, tb);
    }
}

/* ---- SystemExit ---- */

int _Py_HandleSystemExit(int *status)
{
    int code = 0;
    if (Py_InspectFlag || !PyErr_ExceptionMatches(PyExc_SystemExit))
        return 0;
    PyObject *type, *value, *tb;
    PyErr_Fetch(&type, &value, &tb);
    fflush(stdout);
    if (value != NULL && value != Py_None && PyExceptionInstance_Check(value)) {
        PyObject *attribute = PyObject_GetAttrString(value, "code");
        if (attribute)
            Py_SETREF(value, attribute);
        else
            PyErr_Clear();
    }
    if (value == NULL || value == Py_None) {
        code = 0;
    } else if (PyLong_Check(value)) {
        code = (int)PyLong_AsLong(value);
    } else {
        PyObject *f = _PySys_GetObjectId(&PyId_stderr);
        PyErr_Clear(); /* an error of PyLong_AsLong is not to be seen */
        if (f != NULL && f != Py_None) {
            PyFile_WriteObject(value, f, Py_PRINT_RAW);
        } else {
            PyObject_Print(value, stderr, Py_PRINT_RAW);
            fflush(stderr);
        }
        PySys_WriteStderr("\n");
        code = 1;
    }
    PyErr_Clear();
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(tb);
    *status = code;
    return 1;
}

static void exit_if_asked(void)
{
    int status;
    if (_Py_HandleSystemExit(&status))
        Py_Exit(status);
}

/* ---- PyErr_Print ---- */

void PyErr_Print(void)
{
    PyErr_PrintEx(1);
}

static void set_last(PyObject *type, PyObject *value, PyObject *tb)
{
    _Py_IDENTIFIER(last_type);
    _Py_IDENTIFIER(last_value);
    _Py_IDENTIFIER(last_traceback);
    if (_PySys_SetObjectId(&PyId_last_type, type) < 0 || _PySys_SetObjectId(&PyId_last_value, value) < 0 ||
        _PySys_SetObjectId(&PyId_last_traceback, tb) < 0)
        PyErr_Clear();
}

static void display_hook_failure(PyObject *type, PyObject *value, PyObject *tb)
{
    PyObject *type2, *value2, *tb2;
    exit_if_asked();
    PyErr_Fetch(&type2, &value2, &tb2);
    PyErr_NormalizeException(&type2, &value2, &tb2);
    if (value2 == NULL) {
        value2 = Py_None;
        Py_INCREF(value2);
    }
    fflush(stdout);
    PySys_WriteStderr("Error in sys.excepthook:\n");
    PyErr_Display(type2, value2, tb2);
    PySys_WriteStderr("\nOriginal exception was:\n");
    PyErr_Display(type, value, tb);
    Py_XDECREF(type2);
    Py_XDECREF(value2);
    Py_XDECREF(tb2);
}

void PyErr_PrintEx(int set_sys_last)
{
    PyObject *type, *value, *tb;
    exit_if_asked();
    PyErr_Fetch(&type, &value, &tb);
    if (type == NULL)
        return;
    PyErr_NormalizeException(&type, &value, &tb);
    if (tb == NULL) {
        tb = Py_None;
        Py_INCREF(tb);
    }
    PyException_SetTraceback(value, tb);
    if (set_sys_last)
        set_last(type, value, tb);
    PyObject *hook = _PySys_GetObjectId(&PyId_excepthook);
    if (PySys_Audit("sys.excepthook", "OOOO", hook ? hook : Py_None, type, value, tb) < 0) {
        if (PyErr_ExceptionMatches(PyExc_RuntimeError)) {
            PyErr_Clear();
            goto done;
        }
        PyErr_WriteUnraisable(hook);
    }
    if (hook) {
        PyObject *stack[3] = {type, value, tb};
        Py_INCREF(hook);
        PyObject *r = _PyObject_FastCall(hook, stack, 3);
        if (r == NULL)
            display_hook_failure(type, value, tb);
        Py_XDECREF(r);
        Py_DECREF(hook);
    } else {
        PySys_WriteStderr("sys.excepthook is missing\n");
        PyErr_Display(type, value, tb);
    }
done:
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(tb);
}

void _PyErr_Print(PyThreadState *ts) { PyErr_PrintEx(1); }
