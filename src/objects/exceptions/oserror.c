/* SPDX-License-Identifier: MIT */
/* OSError and its subclasses: OSError(errno, strerror[, filename[, winerror[, filename2]]]).
 *
 * Calling OSError itself with a known errno gives an instance of the subclass that stands for it: __new__ decides, so the
 * arguments are read there. A subclass that overrides __init__ but not __new__ expects that its own __init__ can rewrite
 * the arguments first: then __new__ leaves everything to __init__ (see reads_in_init).
 * [OSE-1] written is -1 unless BlockingIOError was given a number as third argument.
 * Tests: tests/objects/test_exceptions.py.
 */
#include "objects/exceptions/kinds.h"

#include <errno.h>

#define SELF(op) ((PyOSErrorObject *)(op))

static PyObject *errno_classes; /* dict: errno -> subclass */

static int os_init(PyObject *op, PyObject *args, PyObject *kwargs);
static PyObject *os_new(PyTypeObject *type, PyObject *args, PyObject *kwargs);

typedef struct {
    PyObject *errno_, *strerror, *filename, *filename2; /* borrowed from the arguments, or NULL */
    int set;                                            /* the argument count was one that is taken apart */
} Parts;

static int reads_in_init(PyTypeObject *type)
{
    return type->tp_init != os_init && type->tp_new == os_new;
}

static int read_parts(PyObject *args, Parts *parts)
{
    PyObject *winerror = NULL;
    Py_ssize_t count = PyTuple_GET_SIZE(args);
    *parts = (Parts){.set = count >= 2 && count <= 5};
    if (!parts->set)
        return 0;
    return PyArg_UnpackTuple(args, "OSError", 2, 5, &parts->errno_, &parts->strerror, &parts->filename, &winerror,
                             &parts->filename2) ? 0 : -1;
}

/* Fill the instance. args keeps errno and strerror only, once there is a file name: that is what unpacking code expects. */
static int fill(PyOSErrorObject *self, PyObject *args, const Parts *parts)
{
    PyObject *kept = args;
    Py_INCREF(kept);
    if (parts->filename != NULL && parts->filename != Py_None) {
        if (Py_TYPE(self) == (PyTypeObject *)PyExc_BlockingIOError && PyNumber_Check(parts->filename)) {
            self->written = PyNumber_AsSsize_t(parts->filename, PyExc_ValueError);
            if (self->written == -1 && PyErr_Occurred())
                goto error;
        }
        else {
            EXC_SET(self->filename, parts->filename);
            if (parts->filename2 != NULL && parts->filename2 != Py_None)
                EXC_SET(self->filename2, parts->filename2);
            if (parts->set) {
                PyObject *two = PyTuple_GetSlice(args, 0, 2);
                if (two == NULL)
                    goto error;
                Py_SETREF(kept, two);
            }
        }
    }
    EXC_SET(self->myerrno, parts->errno_);
    EXC_SET(self->strerror, parts->strerror);
    Py_XSETREF(self->args, kept);
    return 0;
error:
    Py_DECREF(kept);
    return -1;
}

static PyObject *os_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    Parts parts = {0};
    int now = !reads_in_init(type);
    if (now) {
        if (!_PyArg_NoKeywords(type->tp_name, kwargs) || read_parts(args, &parts) < 0)
            return NULL;
        if (type == (PyTypeObject *)PyExc_OSError && parts.errno_ != NULL && PyLong_Check(parts.errno_) &&
            errno_classes != NULL) {
            PyObject *mapped = PyDict_GetItemWithError(errno_classes, parts.errno_);
            if (mapped != NULL)
                type = (PyTypeObject *)mapped;
            else if (PyErr_Occurred())
                return NULL;
        }
    }
    PyOSErrorObject *self = SELF(type->tp_alloc(type, 0));
    if (self == NULL)
        return NULL;
    self->written = -1;
    if (now ? fill(self, args, &parts) < 0 : (self->args = PyTuple_New(0)) == NULL)
        Py_CLEAR(self);
    return (PyObject *)self;
}

static int os_init(PyObject *op, PyObject *args, PyObject *kwargs)
{
    PyTypeObject *type = Py_TYPE(op);
    Parts parts;
    if (!reads_in_init(type))
        return 0; /* __new__ did everything */
    if (!_PyArg_NoKeywords(type->tp_name, kwargs) || read_parts(args, &parts) < 0)
        return -1;
    return fill(SELF(op), args, &parts);
}

static int os_clear(PyObject *op)
{
    PyOSErrorObject *self = SELF(op);
    Py_CLEAR(self->myerrno);
    Py_CLEAR(self->strerror);
    Py_CLEAR(self->filename);
    Py_CLEAR(self->filename2);
    return tai_exception_clear(op);
}

static int os_traverse(PyObject *op, visitproc visit, void *arg)
{
    PyOSErrorObject *self = SELF(op);
    Py_VISIT(self->myerrno);
    Py_VISIT(self->strerror);
    Py_VISIT(self->filename);
    Py_VISIT(self->filename2);
    return tai_exception_traverse(op, visit, arg);
}

static PyObject *or_none(PyObject *op)
{
    return op ? op : Py_None;
}

static PyObject *os_str(PyObject *op)
{
    PyOSErrorObject *self = SELF(op);
    if (self->filename && self->filename2)
        return PyUnicode_FromFormat("[Errno %S] %S: %R -> %R", or_none(self->myerrno), or_none(self->strerror),
                                    self->filename, self->filename2);
    if (self->filename)
        return PyUnicode_FromFormat("[Errno %S] %S: %R", or_none(self->myerrno), or_none(self->strerror), self->filename);
    if (self->myerrno && self->strerror)
        return PyUnicode_FromFormat("[Errno %S] %S", self->myerrno, self->strerror);
    return tai_exception_str(op);
}

/* Put the file names back behind errno and strerror, where the constructor takes them. */
static PyObject *os_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    PyOSErrorObject *self = SELF(op);
    PyObject *args = self->args, *result;
    if (PyTuple_GET_SIZE(args) != 2 || self->filename == NULL)
        Py_INCREF(args);
    else if (self->filename2 == NULL)
        args = PyTuple_Pack(3, PyTuple_GET_ITEM(args, 0), PyTuple_GET_ITEM(args, 1), self->filename);
    else
        args = PyTuple_Pack(5, PyTuple_GET_ITEM(args, 0), PyTuple_GET_ITEM(args, 1), self->filename, Py_None,
                            self->filename2);
    if (args == NULL)
        return NULL;
    result = self->dict ? PyTuple_Pack(3, Py_TYPE(op), args, self->dict) : PyTuple_Pack(2, Py_TYPE(op), args);
    Py_DECREF(args);
    return result;
}

static PyObject *get_written(PyObject *op, void *closure)
{
    if (SELF(op)->written == -1) {
        PyErr_SetString(PyExc_AttributeError, "characters_written");
        return NULL;
    }
    return PyLong_FromSsize_t(SELF(op)->written);
}

static int set_written(PyObject *op, PyObject *value, void *closure)
{
    if (value == NULL) {
        if (SELF(op)->written == -1) {
            PyErr_SetString(PyExc_AttributeError, "characters_written");
            return -1;
        }
        SELF(op)->written = -1;
        return 0;
    }
    Py_ssize_t count = PyNumber_AsSsize_t(value, PyExc_ValueError);
    if (count == -1 && PyErr_Occurred())
        return -1;
    SELF(op)->written = count;
    return 0;
}

static PyMemberDef os_members[] = {
    {"errno", T_OBJECT, offsetof(PyOSErrorObject, myerrno), 0, "number of the error"},
    {"strerror", T_OBJECT, offsetof(PyOSErrorObject, strerror), 0, "text of the error"},
    {"filename", T_OBJECT, offsetof(PyOSErrorObject, filename), 0, "file concerned"},
    {"filename2", T_OBJECT, offsetof(PyOSErrorObject, filename2), 0, "second file concerned"},
    {NULL},
};

static PyMethodDef os_methods[] = {
    {"__reduce__", os_reduce, METH_NOARGS},
    {NULL},
};

static PyGetSetDef os_getset[] = {
    {"characters_written", get_written, set_written, PyDoc_STR("how much was written before the operation would have blocked")},
    {NULL},
};

const TaiExceptionKind tai_exception_os_error = {
    .size = sizeof(PyOSErrorObject),
    .new = os_new,
    .init = os_init,
    .str = os_str,
    .dealloc = tai_exception_dealloc,
    .traverse = os_traverse,
    .clear = os_clear,
    .methods = os_methods,
    .members = os_members,
    .getset = os_getset,
};

int tai_oserror_init(void)
{
    const struct { int code; PyObject *type; } rows[] = {
        {EAGAIN, PyExc_BlockingIOError},
        {EALREADY, PyExc_BlockingIOError},
        {EINPROGRESS, PyExc_BlockingIOError},
        {EWOULDBLOCK, PyExc_BlockingIOError},
        {EPIPE, PyExc_BrokenPipeError},
        {ESHUTDOWN, PyExc_BrokenPipeError},
        {ECHILD, PyExc_ChildProcessError},
        {ECONNABORTED, PyExc_ConnectionAbortedError},
        {ECONNREFUSED, PyExc_ConnectionRefusedError},
        {ECONNRESET, PyExc_ConnectionResetError},
        {EEXIST, PyExc_FileExistsError},
        {ENOENT, PyExc_FileNotFoundError},
        {EISDIR, PyExc_IsADirectoryError},
        {ENOTDIR, PyExc_NotADirectoryError},
        {EINTR, PyExc_InterruptedError},
        {EACCES, PyExc_PermissionError},
        {EPERM, PyExc_PermissionError},
        {ESRCH, PyExc_ProcessLookupError},
        {ETIMEDOUT, PyExc_TimeoutError},
    };
    if (errno_classes == NULL && (errno_classes = PyDict_New()) == NULL)
        return -1;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(rows); i++) {
        PyObject *code = PyLong_FromLong(rows[i].code);
        if (code == NULL || PyDict_SetItem(errno_classes, code, rows[i].type) < 0) {
            Py_XDECREF(code);
            return -1;
        }
        Py_DECREF(code);
    }
    return 0;
}
