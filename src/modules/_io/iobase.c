/* SPDX-License-Identifier: MIT */
/* _IOBase and _RawIOBase: the behaviour every stream inherits.
 *
 * [IOBASE-1] "Closed" of a plain _IOBase is the presence of the attribute __IOBase_closed.
 * [IOBASE-2] A stream that dies unclosed closes itself, from tp_finalize; errors then are dropped (dev mode shows them).
 * Tests: CPython's test_io.
 */
#include "io.h"

typedef struct {
    PyObject_HEAD
    PyObject *dict;
    PyObject *weakreflist;
} IOBase;

PyObject *io_unsupported_operation;
#define IO_NAME_DEFINE(n) PyObject *io_str_##n;
IO_NAMES(IO_NAME_DEFINE)
PyObject *io_empty_bytes, *io_empty_str, *io_zero, *io_nl;

int io_init_names(void)
{
    if (io_zero != NULL)
        return 0;
#define IO_NAME_MAKE(n)                                                                                      \
    if ((io_str_##n = PyUnicode_InternFromString(#n)) == NULL)                                               \
        return -1;
    IO_NAMES(IO_NAME_MAKE)
    if ((io_empty_bytes = PyBytes_FromStringAndSize(NULL, 0)) == NULL ||
        (io_empty_str = PyUnicode_FromStringAndSize(NULL, 0)) == NULL ||
        (io_nl = PyUnicode_InternFromString("\n")) == NULL || (io_zero = PyLong_FromLong(0)) == NULL)
        return -1;
    return 0;
}

PyObject *io_unsupported(const char *message)
{
    PyErr_SetString(io_unsupported_operation, message);
    return NULL;
}

int io_trap_eintr(void)
{
    PyObject *type, *value, *traceback;
    int is_eintr = 0;
    if (!PyErr_ExceptionMatches(PyExc_OSError))
        return 0;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    if (value != NULL && ((PyOSErrorObject *)value)->myerrno != NULL) {
        PyObject *number = ((PyOSErrorObject *)value)->myerrno;
        is_eintr = PyLong_Check(number) && PyLong_AsLong(number) == EINTR;
        PyErr_Clear();
    }
    if (is_eintr) {
        Py_XDECREF(type);
        Py_XDECREF(value);
        Py_XDECREF(traceback);
        return 1;
    }
    PyErr_Restore(type, value, traceback);
    return 0;
}

int io_restore_position(const char *which, PyObject *position, Py_ssize_t *pos)
{
    if (!PyLong_Check(position)) {
        PyErr_Format(PyExc_TypeError, "%s item of state must be an integer, got %.200s", which, Py_TYPE(position)->tp_name);
        return -1;
    }
    Py_ssize_t value = PyLong_AsSsize_t(position);
    if (value == -1 && PyErr_Occurred())
        return -1;
    if (value < 0) {
        PyErr_SetString(PyExc_ValueError, "position value cannot be negative");
        return -1;
    }
    *pos = value;
    return 0;
}

int io_restore_dict(const char *which, PyObject *attributes, PyObject **dict)
{
    if (attributes == Py_None)
        return 0;
    if (!PyDict_Check(attributes)) {
        PyErr_Format(PyExc_TypeError, "%s item of state should be a dict, got a %.200s", which, Py_TYPE(attributes)->tp_name);
        return -1;
    }
    if (*dict != NULL)
        return PyDict_Update(*dict, attributes);
    Py_INCREF(attributes);
    *dict = attributes;
    return 0;
}

off_t io_as_offset(PyObject *number, PyObject *error)
{
    return (off_t)PyNumber_AsSsize_t(number, error);
}

PyObject *io_from_offset(off_t offset) { return PyLong_FromLongLong(offset); }

int io_convert_size(PyObject *arg, void *result)
{
    Py_ssize_t n;
    if (arg == Py_None) {
        n = -1;
    } else if (PyIndex_Check(arg)) {
        n = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
        if (n == -1 && PyErr_Occurred())
            return 0;
    } else {
        PyErr_Format(PyExc_TypeError, "argument should be integer or None, not '%.200s'", Py_TYPE(arg)->tp_name);
        return 0;
    }
    *(Py_ssize_t *)result = n;
    return 1;
}

/* --- Closed or not ----------------------------------------------------------------------------------------- */

/* True, False or -1 with an exception, of self.closed. */
static int is_closed(PyObject *self)
{
    PyObject *value;
    if (_PyObject_LookupAttr(self, io_str_closed, &value) < 0)
        return -1;
    if (value == NULL)
        return 0;
    int truth = PyObject_IsTrue(value);
    Py_DECREF(value);
    return truth;
}

/* [IOBASE-1]; 1, 0 or -1. */
static int has_closed_mark(PyObject *self)
{
    PyObject *value;
    int found = _PyObject_LookupAttr(self, io_str___IOBase_closed, &value);
    Py_XDECREF(value);
    return found;
}

static PyObject *check_closed(PyObject *self, PyObject *unused)
{
    int closed = is_closed(self);
    if (closed > 0)
        PyErr_SetString(PyExc_ValueError, "I/O operation on closed file.");
    return closed == 0 ? Py_True : NULL;
}

static PyObject *check_ability(PyObject *self, PyObject *method, const char *message)
{
    PyObject *answer = io_call0(self, method);
    if (answer == NULL)
        return NULL;
    int yes = answer == Py_True;
    Py_DECREF(answer);
    return yes ? Py_True : io_unsupported(message);
}

PyObject *io_check_seekable(PyObject *self, PyObject *unused)
{
    return check_ability(self, io_str_seekable, "File or stream is not seekable.");
}

PyObject *io_check_readable(PyObject *self, PyObject *unused)
{
    return check_ability(self, io_str_readable, "File or stream is not readable.");
}

PyObject *io_check_writable(PyObject *self, PyObject *unused)
{
    return check_ability(self, io_str_writable, "File or stream is not writable.");
}

#define CHECK_METHOD(name, function)                                                                         \
    static PyObject *name(PyObject *self, PyObject *unused)                                                  \
    {                                                                                                        \
        PyObject *result = function(self, unused);                                                           \
        Py_XINCREF(result);                                                                                  \
        return result;                                                                                       \
    }
CHECK_METHOD(iobase_check_closed, check_closed)
CHECK_METHOD(iobase_check_seekable, io_check_seekable)
CHECK_METHOD(iobase_check_readable, io_check_readable)
CHECK_METHOD(iobase_check_writable, io_check_writable)

static PyObject *iobase_closed_get(PyObject *self, void *closure)
{
    int closed = has_closed_mark(self);
    return closed < 0 ? NULL : PyBool_FromLong(closed);
}

/* --- Methods of _IOBase ------------------------------------------------------------------------------------- */

static PyObject *iobase_seek(PyObject *self, PyObject *args) { return io_unsupported("seek"); }

static PyObject *iobase_tell(PyObject *self, PyObject *unused)
{
    return PyObject_CallMethod(self, "seek", "ii", 0, 1);
}

static PyObject *iobase_truncate(PyObject *self, PyObject *args) { return io_unsupported("truncate"); }
static PyObject *iobase_fileno(PyObject *self, PyObject *unused) { return io_unsupported("fileno"); }

static PyObject *iobase_flush(PyObject *self, PyObject *unused)
{
    int closed = has_closed_mark(self);
    if (closed > 0)
        PyErr_SetString(PyExc_ValueError, "I/O operation on closed file.");
    if (closed != 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *iobase_close(PyObject *self, PyObject *unused)
{
    PyObject *flushed, *type, *value, *traceback;
    int closed = has_closed_mark(self);
    if (closed < 0)
        return NULL;
    if (closed)
        Py_RETURN_NONE;
    flushed = io_call0(self, io_str_flush);
    PyErr_Fetch(&type, &value, &traceback);
    int rc = PyObject_SetAttr(self, io_str___IOBase_closed, Py_True);
    _PyErr_ChainExceptions(type, value, traceback);
    if (rc < 0)
        Py_CLEAR(flushed);
    if (flushed == NULL)
        return NULL;
    Py_DECREF(flushed);
    Py_RETURN_NONE;
}

static PyObject *iobase_false(PyObject *self, PyObject *unused) { Py_RETURN_FALSE; }

static PyObject *iobase_isatty(PyObject *self, PyObject *unused)
{
    if (check_closed(self, NULL) == NULL)
        return NULL;
    Py_RETURN_FALSE;
}

static PyObject *iobase_enter(PyObject *self, PyObject *unused)
{
    if (check_closed(self, NULL) == NULL)
        return NULL;
    Py_INCREF(self);
    return self;
}

static PyObject *iobase_exit(PyObject *self, PyObject *args) { return io_call0(self, io_str_close); }

static PyObject *iobase_iter(PyObject *self)
{
    if (check_closed(self, NULL) == NULL)
        return NULL;
    Py_INCREF(self);
    return self;
}

static PyObject *iobase_next(PyObject *self)
{
    PyObject *line = io_call0(self, io_str_readline);
    if (line == NULL)
        return NULL;
    Py_ssize_t size = PyObject_Size(line);
    if (size <= 0)
        Py_CLEAR(line);
    return line;
}

/* How many bytes readline() may ask for: up to the end of the line if peek() shows it, else one.  -1: error. */
static Py_ssize_t readline_chunk(PyObject *self, PyObject *peek, Py_ssize_t room)
{
    PyObject *ahead = PyObject_CallFunctionObjArgs(peek, _PyLong_One, NULL);
    Py_ssize_t n = 1;
    if (ahead == NULL)
        return io_trap_eintr() ? 0 : -1;
    if (!PyBytes_Check(ahead)) {
        PyErr_Format(PyExc_OSError, "peek() should have returned a bytes object, not '%.200s'",
                     Py_TYPE(ahead)->tp_name);
        Py_DECREF(ahead);
        return -1;
    }
    Py_ssize_t size = PyBytes_GET_SIZE(ahead);
    if (size > 0) {
        const char *start = PyBytes_AS_STRING(ahead);
        size_t look = room >= 0 && room < size ? (size_t)room : (size_t)size;
        const char *end = memchr(start, '\n', look);
        n = end == NULL ? (Py_ssize_t)look : end - start + 1;
    }
    Py_DECREF(ahead);
    return n;
}

static PyObject *iobase_readline(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t limit = -1, old_size = 0, got;
    PyObject *peek = NULL, *buffer = NULL, *piece, *result = NULL;

    if (!_PyArg_CheckPositional("readline", nargs, 0, 1) || (nargs && !io_convert_size(args[0], &limit)))
        return NULL;
    if (_PyObject_LookupAttr(self, io_str_peek, &peek) < 0)
        return NULL;
    buffer = PyByteArray_FromStringAndSize(NULL, 0);
    if (buffer == NULL)
        goto done;
    while (limit < 0 || old_size < limit) {
        Py_ssize_t want = 1;
        if (peek != NULL && (want = readline_chunk(self, peek, limit < 0 ? -1 : limit - old_size)) <= 0) {
            if (want < 0)
                goto done;
            continue;
        }
        piece = PyObject_CallMethod(self, "read", "n", want);
        if (piece == NULL) {
            if (io_trap_eintr())
                continue;
            goto done;
        }
        if (!PyBytes_Check(piece)) {
            PyErr_Format(PyExc_OSError, "read() should have returned a bytes object, not '%.200s'",
                         Py_TYPE(piece)->tp_name);
            Py_DECREF(piece);
            goto done;
        }
        got = PyBytes_GET_SIZE(piece);
        if (got == 0) {
            Py_DECREF(piece);
            break;
        }
        old_size = PyByteArray_GET_SIZE(buffer);
        if (PyByteArray_Resize(buffer, old_size + got) < 0) {
            Py_DECREF(piece);
            goto done;
        }
        memcpy(PyByteArray_AS_STRING(buffer) + old_size, PyBytes_AS_STRING(piece), got);
        old_size += got;
        Py_DECREF(piece);
        if (PyByteArray_AS_STRING(buffer)[old_size - 1] == '\n')
            break;
    }
    result = PyBytes_FromStringAndSize(PyByteArray_AS_STRING(buffer), PyByteArray_GET_SIZE(buffer));
done:
    Py_XDECREF(peek);
    Py_XDECREF(buffer);
    return result;
}

static PyObject *iobase_readlines(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t hint = -1, total = 0;
    PyObject *list, *it, *line;
    if (!_PyArg_CheckPositional("readlines", nargs, 0, 1) || (nargs && !io_convert_size(args[0], &hint)))
        return NULL;
    list = PyList_New(0);
    if (list == NULL)
        return NULL;
    if (hint <= 0) {
        PyObject *rest = io_call1(list, io_str_extend, self);
        if (rest == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        Py_DECREF(rest);
        return list;
    }
    it = PyObject_GetIter(self);
    if (it == NULL)
        goto error;
    while ((line = PyIter_Next(it)) != NULL) {
        if (PyList_Append(list, line) < 0) {
            Py_DECREF(line);
            goto error;
        }
        Py_ssize_t size = PyObject_Size(line);
        Py_DECREF(line);
        if (size < 0)
            goto error;
        if (size > hint - total)
            break;
        total += size;
    }
    if (PyErr_Occurred())
        goto error;
    Py_DECREF(it);
    return list;
error:
    Py_XDECREF(it);
    Py_DECREF(list);
    return NULL;
}

static PyObject *iobase_writelines(PyObject *self, PyObject *lines)
{
    PyObject *it, *line, *written;
    if (check_closed(self, NULL) == NULL)
        return NULL;
    it = PyObject_GetIter(lines);
    if (it == NULL)
        return NULL;
    while ((line = PyIter_Next(it)) != NULL) {
        do {
            written = io_call1(self, io_str_write, line);
        } while (written == NULL && io_trap_eintr());
        Py_DECREF(line);
        if (written == NULL) {
            Py_DECREF(it);
            return NULL;
        }
        Py_DECREF(written);
    }
    Py_DECREF(it);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

/* --- Life ------------------------------------------------------------------------------------------------------ */

/* Was the interpreter started with -X dev? */
static int in_dev_mode(void)
{
    PyObject *flags = PySys_GetObject("flags"), *value;
    if (flags == NULL || (value = PyObject_GetAttrString(flags, "dev_mode")) == NULL) {
        PyErr_Clear();
        return 0;
    }
    int on = value == Py_True;
    Py_DECREF(value);
    return on;
}

/* [IOBASE-2] */
static void iobase_finalize(PyObject *self)
{
    PyObject *type, *value, *traceback, *closed_value, *result;
    int closed = 0;
    PyErr_Fetch(&type, &value, &traceback);
    if (_PyObject_LookupAttr(self, io_str_closed, &closed_value) <= 0) {
        PyErr_Clear();
        closed = -1;
    } else {
        closed = PyObject_IsTrue(closed_value);
        Py_DECREF(closed_value);
        if (closed < 0)
            PyErr_Clear();
    }
    if (closed == 0) {
        /* Tells close() that it is called for a dying object. */
        if (PyObject_SetAttr(self, io_str__finalizing, Py_True) < 0)
            PyErr_Clear();
        result = io_call0(self, io_str_close);
        if (result == NULL) {
            if (in_dev_mode())
                PyErr_WriteUnraisable(self);
            else
                PyErr_Clear();
        }
        Py_XDECREF(result);
    }
    PyErr_Restore(type, value, traceback);
}

int io_finalize(PyObject *self)
{
    /* Heap subclasses keep their weakrefs and dict until here. */
    int is_zombie = PyObject_CallFinalizerFromDealloc(self) < 0;
    if (is_zombie && PyType_HasFeature(Py_TYPE(self), Py_TPFLAGS_HEAPTYPE))
        /* subtype dealloc will drop a reference to the type that the revived object needs. */
        Py_INCREF(Py_TYPE(self));
    return is_zombie ? -1 : 0;
}

static int iobase_traverse(IOBase *self, visitproc visit, void *arg)
{
    Py_VISIT(self->dict);
    return 0;
}

static int iobase_clear(IOBase *self)
{
    Py_CLEAR(self->dict);
    return 0;
}

static void iobase_dealloc(IOBase *self)
{
    if (io_finalize((PyObject *)self) < 0)
        return;
    PyObject_GC_UnTrack(self);
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs((PyObject *)self);
    Py_CLEAR(self->dict);
    Py_TYPE(self)->tp_free(self);
}

static PyMethodDef iobase_methods[] = {
    {"seek", iobase_seek, METH_VARARGS, PyDoc_STR("seek(offset, whence=0)\n\nMove to a position; this class raises UnsupportedOperation.")},
    {"tell", iobase_tell, METH_NOARGS, PyDoc_STR("tell($self, /)\n--\n\nReturn the position in the stream.")},
    {"truncate", iobase_truncate, METH_VARARGS, PyDoc_STR("truncate(size=None)\n\nCut or lengthen the file; this class raises UnsupportedOperation.")},
    {"flush", iobase_flush, METH_NOARGS, PyDoc_STR("flush($self, /)\n--\n\nHand on what is buffered for writing; nothing to do here.")},
    {"close", iobase_close, METH_NOARGS, PyDoc_STR("close($self, /)\n--\n\nFlush and close; a second call does nothing.")},
    {"seekable", iobase_false, METH_NOARGS, PyDoc_STR("seekable($self, /)\n--\n\nReturn whether seek(), tell() and truncate() work.")},
    {"readable", iobase_false, METH_NOARGS, PyDoc_STR("readable($self, /)\n--\n\nReturn whether the stream can be read.")},
    {"writable", iobase_false, METH_NOARGS, PyDoc_STR("writable($self, /)\n--\n\nReturn whether the stream can be written.")},
    {"_checkClosed", iobase_check_closed, METH_NOARGS, NULL},
    {"_checkSeekable", iobase_check_seekable, METH_NOARGS, NULL},
    {"_checkReadable", iobase_check_readable, METH_NOARGS, NULL},
    {"_checkWritable", iobase_check_writable, METH_NOARGS, NULL},
    {"fileno", iobase_fileno, METH_NOARGS, PyDoc_STR("fileno($self, /)\n--\n\nReturn the descriptor; raises UnsupportedOperation if there is none.")},
    {"isatty", iobase_isatty, METH_NOARGS, PyDoc_STR("isatty($self, /)\n--\n\nReturn whether the stream is a terminal.")},
    {"__enter__", iobase_enter, METH_NOARGS, NULL},
    {"__exit__", iobase_exit, METH_VARARGS, NULL},
    {"readline", (PyCFunction)(void (*)(void))iobase_readline, METH_FASTCALL, PyDoc_STR("readline($self, size=-1, /)\n--\n\nReturn the next line, at most size bytes of it; empty at the end.")},
    {"readlines", (PyCFunction)(void (*)(void))iobase_readlines, METH_FASTCALL, PyDoc_STR("readlines($self, hint=-1, /)\n--\n\nReturn the lines that follow as a list, until hint bytes are exceeded.")},
    {"writelines", iobase_writelines, METH_O, PyDoc_STR("writelines($self, lines, /)\n--\n\nWrite each of the lines; no separators are added.")},
    {NULL},
};

static PyGetSetDef iobase_getset[] = {
    {"__dict__", PyObject_GenericGetDict, NULL, NULL},
    {"closed", iobase_closed_get, NULL, NULL},
    {NULL},
};

PyTypeObject IOBase_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_io._IOBase",
    .tp_basicsize = sizeof(IOBase),
    .tp_dealloc = (destructor)iobase_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_FINALIZE,
    .tp_doc = PyDoc_STR("Base of all streams.\n\nMethods that a kind of stream cannot do raise UnsupportedOperation.\n"
                        "Any method on a closed stream raises ValueError.  Streams are iterators over\n"
                        "lines and context managers that close."),
    .tp_traverse = (traverseproc)iobase_traverse,
    .tp_clear = (inquiry)iobase_clear,
    .tp_weaklistoffset = offsetof(IOBase, weakreflist),
    .tp_dictoffset = offsetof(IOBase, dict),
    .tp_iter = iobase_iter,
    .tp_iternext = iobase_next,
    .tp_methods = iobase_methods,
    .tp_getset = iobase_getset,
    .tp_new = PyType_GenericNew,
    .tp_finalize = iobase_finalize,
};

/* --- _RawIOBase -------------------------------------------------------------------------------------------------- */

static PyObject *raw_read(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t n = -1;
    PyObject *buffer, *count, *result = NULL;
    if (!_PyArg_CheckPositional("read", nargs, 0, 1))
        return NULL;
    if (nargs) {
        n = PyNumber_AsSsize_t(args[0], PyExc_OverflowError);
        if (n == -1 && PyErr_Occurred())
            return NULL;
    }
    if (n < 0)
        return io_call0(self, io_str_readall);
    buffer = PyByteArray_FromStringAndSize(NULL, n);
    if (buffer == NULL)
        return NULL;
    count = io_call1(self, io_str_readinto, buffer);
    if (count == NULL || count == Py_None) {
        Py_DECREF(buffer);
        return count;
    }
    n = PyNumber_AsSsize_t(count, PyExc_ValueError);
    Py_DECREF(count);
    if (!(n == -1 && PyErr_Occurred())) {
        if (n < 0 || n > PyByteArray_GET_SIZE(buffer))
            PyErr_Format(PyExc_ValueError, "readinto() returned %zd outside buffer size %zd", n,
                         PyByteArray_GET_SIZE(buffer));
        else
            result = PyBytes_FromStringAndSize(PyByteArray_AsString(buffer), n);
    }
    Py_DECREF(buffer);
    return result;
}

static PyObject *raw_readall(PyObject *self, PyObject *unused)
{
    PyObject *chunks = PyList_New(0), *data, *result;
    if (chunks == NULL)
        return NULL;
    for (;;) {
        data = PyObject_CallMethod(self, "read", "i", IO_DEFAULT_BUFFER_SIZE);
        if (data == NULL) {
            if (io_trap_eintr())
                continue;
            goto error;
        }
        if (data == Py_None) {
            /* Would block: what came before, or None if nothing did. */
            if (PyList_GET_SIZE(chunks) == 0) {
                Py_DECREF(chunks);
                return data;
            }
            Py_DECREF(data);
            break;
        }
        if (!PyBytes_Check(data)) {
            Py_DECREF(data);
            PyErr_SetString(PyExc_TypeError, "read() should return bytes");
            goto error;
        }
        if (PyBytes_GET_SIZE(data) == 0) {
            Py_DECREF(data);
            break;
        }
        int rc = PyList_Append(chunks, data);
        Py_DECREF(data);
        if (rc < 0)
            goto error;
    }
    result = _PyBytes_Join(io_empty_bytes, chunks);
    Py_DECREF(chunks);
    return result;
error:
    Py_DECREF(chunks);
    return NULL;
}

static PyObject *raw_to_override(PyObject *self, PyObject *args)
{
    PyErr_SetNone(PyExc_NotImplementedError);
    return NULL;
}

static PyMethodDef raw_methods[] = {
    {"readinto", raw_to_override, METH_VARARGS, PyDoc_STR("readinto(buffer)\n\nRead into a writable buffer; for subclasses to supply.")},
    {"write", raw_to_override, METH_VARARGS, PyDoc_STR("write(b)\n\nWrite bytes; for subclasses to supply.")},
    {"read", (PyCFunction)(void (*)(void))raw_read, METH_FASTCALL, PyDoc_STR("read($self, size=-1, /)\n--\n\nReturn up to size bytes, all that is left if size is negative.")},
    {"readall", raw_readall, METH_NOARGS, PyDoc_STR("readall($self, /)\n--\n\nReturn all bytes up to the end.")},
    {NULL},
};

PyTypeObject RawIOBase_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_io._RawIOBase",
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_FINALIZE,
    .tp_doc = PyDoc_STR("Base of unbuffered binary streams."),
    .tp_base = &IOBase_Type,
    .tp_methods = raw_methods,
};
