/* SPDX-License-Identifier: MIT */
/* PyFile_*: Python files from C, the hook of open_code(), and StdPrinter, the stderr of the time before io.
 * Tests: tests/capi/test_testcapi.py
 */
#include "Python.h"
#include "runtime/runtime.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

_Py_IDENTIFIER(open);

PyObject *PyFile_FromFd(int fd, const char *name, const char *mode, int buffering, const char *encoding, const char *errors,
                        const char *newline, int closefd)
{
    PyObject *io = PyImport_ImportModule("_io");
    if (io == NULL)
        return NULL;
    PyObject *f = _PyObject_CallMethodId(io, &PyId_open, "isisssi", fd, mode, buffering, encoding, errors, newline, closefd);
    Py_DECREF(io);
    return f;
}

static PyObject *line_type_error(void)
{
    PyErr_SetString(PyExc_TypeError, "object.readline() returned non-string");
    return NULL;
}

static PyObject *eof_error(PyObject *line)
{
    Py_DECREF(line);
    PyErr_SetString(PyExc_EOFError, "EOF when reading a line");
    return NULL;
}

/* n > 0: at most n characters; n == 0: the line; n < 0: the line without its end, EOFError for an empty one. */
PyObject *PyFile_GetLine(PyObject *f, int n)
{
    _Py_IDENTIFIER(readline);
    if (f == NULL) {
        PyErr_BadInternalCall();
        return NULL;
    }
    PyObject *line = n <= 0 ? _PyObject_CallMethodIdObjArgs(f, &PyId_readline, NULL)
                            : _PyObject_CallMethodId(f, &PyId_readline, "i", n);
    if (line == NULL)
        return NULL;
    if (!PyBytes_Check(line) && !PyUnicode_Check(line)) {
        Py_DECREF(line);
        return line_type_error();
    }
    if (n >= 0)
        return line;
    if (PyBytes_Check(line)) {
        Py_ssize_t len = PyBytes_GET_SIZE(line);
        const char *s = PyBytes_AS_STRING(line);
        if (len == 0)
            return eof_error(line);
        if (s[len - 1] == '\n')
            Py_SETREF(line, PyBytes_FromStringAndSize(s, len - 1));
        return line;
    }
    if (PyUnicode_READY(line) < 0) {
        Py_DECREF(line);
        return NULL;
    }
    Py_ssize_t len = PyUnicode_GET_LENGTH(line);
    if (len == 0)
        return eof_error(line);
    if (PyUnicode_READ_CHAR(line, len - 1) == '\n')
        Py_SETREF(line, PyUnicode_Substring(line, 0, len - 1));
    return line;
}

int PyFile_WriteObject(PyObject *v, PyObject *f, int flags)
{
    _Py_IDENTIFIER(write);
    if (f == NULL) {
        PyErr_SetString(PyExc_TypeError, "writeobject with NULL file");
        return -1;
    }
    PyObject *writer = _PyObject_GetAttrId(f, &PyId_write);
    if (writer == NULL)
        return -1;
    PyObject *text;
    if (flags & Py_PRINT_RAW) {
        text = v && PyUnicode_CheckExact(v) ? (Py_INCREF(v), v) : PyObject_Str(v);
    } else {
        text = PyObject_Repr(v);
    }
    PyObject *r = NULL;
    if (text != NULL) {
        PyObject *stack[2] = {NULL, text};
        r = _PyObject_Vectorcall(writer, stack + 1, 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
        Py_DECREF(text);
    }
    Py_DECREF(writer);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

int PyFile_WriteString(const char *s, PyObject *f)
{
    if (f == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_SystemError, "null file for PyFile_WriteString");
        return -1;
    }
    if (PyErr_Occurred())
        return -1;
    PyObject *v = PyUnicode_FromString(s);
    if (v == NULL)
        return -1;
    int r = PyFile_WriteObject(v, f, Py_PRINT_RAW);
    Py_DECREF(v);
    return r;
}

int PyObject_AsFileDescriptor(PyObject *o)
{
    _Py_IDENTIFIER(fileno);
    PyObject *method;
    int fd;
    if (PyLong_Check(o)) {
        fd = _PyLong_AsInt(o);
    } else if (_PyObject_LookupAttrId(o, &PyId_fileno, &method) < 0) {
        return -1;
    } else if (method != NULL) {
        PyObject *number = _PyObject_CallNoArg(method);
        Py_DECREF(method);
        if (number == NULL)
            return -1;
        if (!PyLong_Check(number)) {
            PyErr_SetString(PyExc_TypeError, "fileno() returned a non-integer");
            Py_DECREF(number);
            return -1;
        }
        fd = _PyLong_AsInt(number);
        Py_DECREF(number);
    } else {
        PyErr_SetString(PyExc_TypeError, "argument must be an int, or have a fileno() method.");
        return -1;
    }
    if (fd == -1 && PyErr_Occurred())
        return -1;
    if (fd < 0) {
        PyErr_Format(PyExc_ValueError, "file descriptor cannot be a negative integer (%i)", fd);
        return -1;
    }
    return fd;
}

/* fgets() that turns \r and \r\n into \n. fobj must be NULL. */
char *Py_UniversalNewlineFgets(char *buf, int n, FILE *stream, PyObject *fobj)
{
    char *p = buf;
    int c = 'x', after_cr = 0;
    if (fobj != NULL) {
        errno = ENXIO;
        return NULL;
    }
    flockfile(stream);
    while (--n > 0 && (c = getc_unlocked(stream)) != EOF) {
        if (after_cr) {
            after_cr = 0;
            if (c == '\n') {
                c = getc_unlocked(stream);
                if (c == EOF)
                    break;
            }
        }
        if (c == '\r') {
            after_cr = 1;
            c = '\n';
        }
        *p++ = (char)c;
        if (c == '\n')
            break;
    }
    funlockfile(stream);
    *p = 0;
    if (after_cr) {
        c = getc(stream);
        if (c != '\n')
            ungetc(c, stream);
    }
    return p == buf ? NULL : buf;
}

/* ---- opening code ---- */

int PyFile_SetOpenCodeHook(Py_OpenCodeHookFunction hook, void *data)
{
    if (Py_IsInitialized() && PySys_Audit("setopencodehook", NULL) < 0)
        return -1;
    if (tai_runtime.open_code != NULL) {
        if (Py_IsInitialized())
            PyErr_SetString(PyExc_SystemError, "failed to change existing open_code hook");
        return -1;
    }
    tai_runtime.open_code = hook;
    tai_runtime.open_code_data = data;
    return 0;
}

PyObject *PyFile_OpenCodeObject(PyObject *path)
{
    if (!PyUnicode_Check(path)) {
        PyErr_Format(PyExc_TypeError, "'path' must be 'str', not '%.200s'", Py_TYPE(path)->tp_name);
        return NULL;
    }
    if (tai_runtime.open_code)
        return tai_runtime.open_code(path, tai_runtime.open_code_data);
    PyObject *io = PyImport_ImportModule("_io");
    if (io == NULL)
        return NULL;
    PyObject *f = _PyObject_CallMethodId(io, &PyId_open, "Os", path, "rb");
    Py_DECREF(io);
    return f;
}

PyObject *PyFile_OpenCode(const char *utf8)
{
    PyObject *path = PyUnicode_FromString(utf8);
    PyObject *f = path ? PyFile_OpenCodeObject(path) : NULL;
    Py_XDECREF(path);
    return f;
}

/* ---- StdPrinter ---- */

typedef struct {
    PyObject_HEAD
    int fd;
} Printer;

PyObject *PyFile_NewStdPrinter(int fd)
{
    if (fd != fileno(stdout) && fd != fileno(stderr))
        return NULL; /* without an exception: it may be too early for one */
    Printer *p = PyObject_New(Printer, &PyStdPrinter_Type);
    if (p)
        p->fd = fd;
    return (PyObject *)p;
}

static PyObject *printer_write(Printer *self, PyObject *text)
{
    PyObject *bytes = NULL;
    Py_ssize_t n;
    if (self->fd < 0)
        Py_RETURN_NONE;
    if (!PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "write() argument must be str, not %.50s", Py_TYPE(text)->tp_name);
        return NULL;
    }
    const char *s = PyUnicode_AsUTF8AndSize(text, &n);
    if (s == NULL) { /* surrogates */
        PyErr_Clear();
        bytes = _PyUnicode_AsUTF8String(text, "backslashreplace");
        if (bytes == NULL)
            return NULL;
        s = PyBytes_AS_STRING(bytes);
        n = PyBytes_GET_SIZE(bytes);
    }
    n = _Py_write(self->fd, s, (size_t)n);
    int error = errno;
    Py_XDECREF(bytes);
    if (n == -1) {
        if (error != EAGAIN)
            return NULL;
        PyErr_Clear();
        Py_RETURN_NONE;
    }
    return PyLong_FromSsize_t(n);
}

static PyObject *printer_fileno(Printer *self, PyObject *unused) { return PyLong_FromLong(self->fd); }
static PyObject *printer_nothing(Printer *self, PyObject *unused) { Py_RETURN_NONE; }

static PyObject *printer_isatty(Printer *self, PyObject *unused)
{
    int r;
    if (self->fd < 0)
        Py_RETURN_FALSE;
    Py_BEGIN_ALLOW_THREADS
    r = isatty(self->fd);
    Py_END_ALLOW_THREADS
    return PyBool_FromLong(r);
}

static PyObject *printer_repr(Printer *self)
{
    return PyUnicode_FromFormat("<stdprinter(fd=%d) object at 0x%x>", self->fd, self);
}

static PyObject *printer_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyErr_SetString(PyExc_TypeError, "cannot create 'stderrprinter' instances");
    return NULL;
}

static PyMethodDef printer_methods[] = {
    {"close", (PyCFunction)printer_nothing, METH_NOARGS, "Does nothing."},
    {"flush", (PyCFunction)printer_nothing, METH_NOARGS, "Does nothing."},
    {"fileno", (PyCFunction)printer_fileno, METH_NOARGS, "The file descriptor."},
    {"isatty", (PyCFunction)printer_isatty, METH_NOARGS, "Tell whether it is a terminal."},
    {"write", (PyCFunction)printer_write, METH_O, "Write text as UTF-8."},
    {NULL, NULL},
};

static PyObject *printer_closed(PyObject *self, void *unused) { Py_RETURN_FALSE; }
static PyObject *printer_encoding(PyObject *self, void *unused) { Py_RETURN_NONE; }

static PyGetSetDef printer_getset[] = {
    {"closed", printer_closed, NULL, "Never."},
    {"encoding", printer_encoding, NULL, "None."},
    {"mode", (getter)(void (*)(void))printer_encoding, NULL, "None."},
    {NULL, NULL},
};

PyTypeObject PyStdPrinter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "stderrprinter",
    .tp_basicsize = sizeof(Printer),
    .tp_repr = (reprfunc)printer_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = printer_methods,
    .tp_getset = printer_getset,
    .tp_new = printer_new,
    .tp_alloc = PyType_GenericAlloc,
    .tp_free = PyObject_Del,
};

/* ---- paths ---- */

/* str or bytes for a path: itself, or what its __fspath__() returns. New. */
PyObject *PyOS_FSPath(PyObject *path)
{
    _Py_IDENTIFIER(__fspath__);
    if (PyUnicode_Check(path) || PyBytes_Check(path)) {
        Py_INCREF(path);
        return path;
    }
    PyObject *method = _PyObject_LookupSpecial(path, &PyId___fspath__);
    if (method == NULL) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_TypeError, "expected str, bytes or os.PathLike object, not %.200s", Py_TYPE(path)->tp_name);
        return NULL;
    }
    PyObject *result = _PyObject_CallNoArg(method);
    Py_DECREF(method);
    if (result != NULL && !PyUnicode_Check(result) && !PyBytes_Check(result)) {
        PyErr_Format(PyExc_TypeError, "expected %.200s.__fspath__() to return str or bytes, not %.200s",
                     Py_TYPE(path)->tp_name, Py_TYPE(result)->tp_name);
        Py_CLEAR(result);
    }
    return result;
}
