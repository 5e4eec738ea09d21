/* SPDX-License-Identifier: MIT */
/* BytesIO: a file in memory.
 *
 *   buf: a bytes object, larger than the content while it grows; [0, string_size) is the content
 *
 * [BYTESIO-1] buf may be shared with others (the initial value, what getvalue() returned): it is copied before the
 *             first change if its count is not 1.
 * [BYTESIO-2] While exports > 0 (getbuffer() views alive) the content may change but not its size.
 * [BYTESIO-3] buf == NULL means closed.
 */
#include "io.h"

typedef struct {
    PyObject_HEAD
    PyObject *buf;
    Py_ssize_t pos;
    Py_ssize_t string_size;
    PyObject *dict;
    PyObject *weakreflist;
    Py_ssize_t exports;
} BytesIO;

typedef struct {
    PyObject_HEAD
    BytesIO *source;
} BytesIOBuffer;

static int check_open(BytesIO *self)
{
    if (self->buf != NULL)
        return 0;
    PyErr_SetString(PyExc_ValueError, "I/O operation on closed file.");
    return -1;
}

static int check_exports(BytesIO *self)
{
    if (self->exports == 0)
        return 0;
    PyErr_SetString(PyExc_BufferError, "Existing exports of data: object cannot be re-sized");
    return -1;
}

static int is_shared(BytesIO *self) { return Py_REFCNT(self->buf) > 1; }

/* Make buf ours alone, with room for `size` bytes.  0 or -1. */
static int make_own(BytesIO *self, Py_ssize_t size)
{
    PyObject *copy = PyBytes_FromStringAndSize(NULL, size);
    if (copy == NULL)
        return -1;
    memcpy(PyBytes_AS_STRING(copy), PyBytes_AS_STRING(self->buf), self->string_size);
    Py_SETREF(self->buf, copy);
    return 0;
}

/* Give buf room for `size` bytes (less, when it shrinks much), unshared.  0 or -1 with an exception. */
static int resize(BytesIO *self, size_t size)
{
    size_t room = PyBytes_GET_SIZE(self->buf);
    if (size > PY_SSIZE_T_MAX)
        goto overflow;
    if (size < room / 2)
        room = size + 1;
    else if (size < room)
        return 0;
    else if (size < room * 1.125)
        room = size + (size >> 3) + (size < 9 ? 3 : 6);
    else
        room = size + 1;
    if (room > PY_SSIZE_T_MAX - sizeof(PyBytesObject))
        goto overflow;
    if (is_shared(self))
        return make_own(self, room);
    return _PyBytes_Resize(&self->buf, room);
overflow:
    PyErr_SetString(PyExc_OverflowError, "new buffer size too large");
    return -1;
}

/* Write n bytes at the position.  0 or -1. */
static int write_bytes(BytesIO *self, const char *bytes, Py_ssize_t n)
{
    size_t end = (size_t)self->pos + n;
    if (end > (size_t)PyBytes_GET_SIZE(self->buf)) {
        if (resize(self, end) < 0)
            return -1;
    } else if (is_shared(self)) {
        Py_ssize_t room = (Py_ssize_t)end > self->string_size ? (Py_ssize_t)end : self->string_size;
        if (make_own(self, room) < 0)
            return -1;
    }
    if (self->pos > self->string_size)
        memset(PyBytes_AS_STRING(self->buf) + self->string_size, 0, self->pos - self->string_size);
    memcpy(PyBytes_AS_STRING(self->buf) + self->pos, bytes, n);
    self->pos += n;
    if (self->string_size < self->pos)
        self->string_size = self->pos;
    return 0;
}

/* Bytes from the position to the end of the line, at most `limit` if it is not negative. */
static Py_ssize_t scan_line(BytesIO *self, Py_ssize_t limit)
{
    Py_ssize_t left = self->string_size - self->pos;
    if (left <= 0)
        return 0;
    const char *start = PyBytes_AS_STRING(self->buf) + self->pos;
    if (limit >= 0 && limit < left)
        left = limit;
    const char *newline = left ? memchr(start, '\n', left) : NULL;
    return newline ? newline - start + 1 : left;
}

static PyObject *take(BytesIO *self, Py_ssize_t size)
{
    /* The whole content is handed out without a copy. */
    if (size > 1 && self->pos == 0 && size == PyBytes_GET_SIZE(self->buf) && self->exports == 0) {
        self->pos += size;
        Py_INCREF(self->buf);
        return self->buf;
    }
    PyObject *result = PyBytes_FromStringAndSize(PyBytes_AS_STRING(self->buf) + self->pos, size);
    if (result != NULL)
        self->pos += size;
    return result;
}

/* --- Methods --------------------------------------------------------------------------------------------------------- */

static PyObject *bytesio_get_closed(BytesIO *self, void *closure) { return PyBool_FromLong(self->buf == NULL); }

static PyObject *bytesio_true(BytesIO *self, PyObject *unused)
{
    if (check_open(self) < 0)
        return NULL;
    Py_RETURN_TRUE;
}

static PyObject *bytesio_isatty(BytesIO *self, PyObject *unused)
{
    if (check_open(self) < 0)
        return NULL;
    Py_RETURN_FALSE;
}

static PyObject *bytesio_flush(BytesIO *self, PyObject *unused)
{
    if (check_open(self) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *bytesio_getbuffer(BytesIO *self, PyObject *unused)
{
    if (check_open(self) < 0)
        return NULL;
    BytesIOBuffer *buffer = (BytesIOBuffer *)BytesIOBuffer_Type.tp_alloc(&BytesIOBuffer_Type, 0);
    if (buffer == NULL)
        return NULL;
    Py_INCREF(self);
    buffer->source = self;
    PyObject *view = PyMemoryView_FromObject((PyObject *)buffer);
    Py_DECREF(buffer);
    return view;
}

static PyObject *bytesio_getvalue(BytesIO *self, PyObject *unused)
{
    if (check_open(self) < 0)
        return NULL;
    if (self->string_size <= 1 || self->exports > 0)
        return PyBytes_FromStringAndSize(PyBytes_AS_STRING(self->buf), self->string_size);
    if (self->string_size != PyBytes_GET_SIZE(self->buf)) {
        if (is_shared(self)) {
            if (make_own(self, self->string_size) < 0)
                return NULL;
        } else if (_PyBytes_Resize(&self->buf, self->string_size) < 0) {
            return NULL;
        }
    }
    Py_INCREF(self->buf);
    return self->buf;
}

static PyObject *bytesio_tell(BytesIO *self, PyObject *unused)
{
    return check_open(self) < 0 ? NULL : PyLong_FromSsize_t(self->pos);
}

static PyObject *read_upto(BytesIO *self, Py_ssize_t size)
{
    Py_ssize_t left = self->string_size - self->pos;
    if (check_open(self) < 0)
        return NULL;
    if (size < 0 || size > left)
        size = left < 0 ? 0 : left;
    return take(self, size);
}

static PyObject *bytesio_read(BytesIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t size = -1;
    if (!_PyArg_CheckPositional("read", nargs, 0, 1) || (nargs && !io_convert_size(args[0], &size)))
        return NULL;
    return read_upto(self, size);
}

static PyObject *bytesio_read1(BytesIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t size = -1;
    if (!_PyArg_CheckPositional("read1", nargs, 0, 1) || (nargs && !io_convert_size(args[0], &size)))
        return NULL;
    return read_upto(self, size);
}

static PyObject *bytesio_readline(BytesIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t size = -1;
    if (!_PyArg_CheckPositional("readline", nargs, 0, 1) || (nargs && !io_convert_size(args[0], &size)))
        return NULL;
    if (check_open(self) < 0)
        return NULL;
    return take(self, scan_line(self, size));
}

static PyObject *bytesio_readlines(BytesIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t hint = 0, total = 0, n;
    if (!_PyArg_CheckPositional("readlines", nargs, 0, 1))
        return NULL;
    if (check_open(self) < 0)
        return NULL;
    if (nargs && args[0] != Py_None) {
        if (!PyLong_Check(args[0])) {
            PyErr_Format(PyExc_TypeError, "integer argument expected, got '%s'", Py_TYPE(args[0])->tp_name);
            return NULL;
        }
        hint = PyLong_AsSsize_t(args[0]);
        if (hint == -1 && PyErr_Occurred())
            return NULL;
    }
    PyObject *list = PyList_New(0);
    if (list == NULL)
        return NULL;
    while ((n = scan_line(self, -1)) != 0) {
        PyObject *line = take(self, n);
        if (line == NULL || PyList_Append(list, line) < 0) {
            Py_XDECREF(line);
            Py_DECREF(list);
            return NULL;
        }
        Py_DECREF(line);
        total += n;
        if (hint > 0 && total >= hint)
            break;
    }
    return list;
}

static PyObject *bytesio_readinto(BytesIO *self, PyObject *arg)
{
    Py_buffer buffer;
    if (check_open(self) < 0)
        return NULL;
    if (!PyArg_Parse(arg, "w*:readinto", &buffer))
        return NULL;
    Py_ssize_t n = self->string_size - self->pos;
    n = n < 0 ? 0 : n > buffer.len ? buffer.len : n;
    memcpy(buffer.buf, PyBytes_AS_STRING(self->buf) + self->pos, n);
    self->pos += n;
    PyBuffer_Release(&buffer);
    return PyLong_FromSsize_t(n);
}

static PyObject *bytesio_truncate(BytesIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t size = self->pos;
    if (!_PyArg_CheckPositional("truncate", nargs, 0, 1))
        return NULL;
    if (nargs && args[0] != Py_None && !io_convert_size(args[0], &size))
        return NULL;
    if (check_open(self) < 0 || check_exports(self) < 0)
        return NULL;
    if (size < 0) {
        PyErr_Format(PyExc_ValueError, "negative size value %zd", size);
        return NULL;
    }
    if (size < self->string_size) {
        self->string_size = size;
        if (resize(self, size) < 0)
            return NULL;
    }
    return PyLong_FromSsize_t(size);
}

static PyObject *bytesio_next(BytesIO *self)
{
    if (check_open(self) < 0)
        return NULL;
    Py_ssize_t n = scan_line(self, -1);
    return n == 0 ? NULL : take(self, n);
}

static PyObject *bytesio_seek(BytesIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    int whence = 0;
    if (!_PyArg_CheckPositional("seek", nargs, 1, 2))
        return NULL;
    if (PyFloat_Check(args[0]) || (nargs == 2 && PyFloat_Check(args[1]))) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return NULL;
    }
    PyObject *index = PyNumber_Index(args[0]);
    if (index == NULL)
        return NULL;
    Py_ssize_t pos = PyLong_AsSsize_t(index);
    Py_DECREF(index);
    if (pos == -1 && PyErr_Occurred())
        return NULL;
    if (nargs == 2 && (whence = _PyLong_AsInt(args[1])) == -1 && PyErr_Occurred())
        return NULL;
    if (check_open(self) < 0)
        return NULL;
    if (pos < 0 && whence == 0) {
        PyErr_Format(PyExc_ValueError, "negative seek value %zd", pos);
        return NULL;
    }
    Py_ssize_t base = 0;
    if (whence == 1)
        base = self->pos;
    else if (whence == 2)
        base = self->string_size;
    else if (whence != 0) {
        PyErr_Format(PyExc_ValueError, "invalid whence (%i, should be 0, 1 or 2)", whence);
        return NULL;
    }
    if (pos > PY_SSIZE_T_MAX - base) {
        PyErr_SetString(PyExc_OverflowError, "new position too large");
        return NULL;
    }
    pos += base;
    self->pos = pos < 0 ? 0 : pos;
    return PyLong_FromSsize_t(self->pos);
}

static PyObject *bytesio_write(BytesIO *self, PyObject *arg)
{
    Py_buffer buffer;
    if (check_open(self) < 0 || check_exports(self) < 0)
        return NULL;
    if (PyObject_GetBuffer(arg, &buffer, PyBUF_CONTIG_RO) < 0)
        return NULL;
    Py_ssize_t n = buffer.len;
    /* Getting the buffer may have run code. */
    int rc = check_open(self) < 0 || check_exports(self) < 0 ? -1 : n ? write_bytes(self, buffer.buf, n) : 0;
    PyBuffer_Release(&buffer);
    return rc < 0 ? NULL : PyLong_FromSsize_t(n);
}

static PyObject *bytesio_writelines(BytesIO *self, PyObject *lines)
{
    PyObject *it, *item;
    if (check_open(self) < 0)
        return NULL;
    it = PyObject_GetIter(lines);
    if (it == NULL)
        return NULL;
    while ((item = PyIter_Next(it)) != NULL) {
        PyObject *n = bytesio_write(self, item);
        Py_DECREF(item);
        if (n == NULL) {
            Py_DECREF(it);
            return NULL;
        }
        Py_DECREF(n);
    }
    Py_DECREF(it);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *bytesio_close(BytesIO *self, PyObject *unused)
{
    if (check_exports(self) < 0)
        return NULL;
    Py_CLEAR(self->buf);
    Py_RETURN_NONE;
}

/* Pickling: (content, position, __dict__ or None). */
static PyObject *bytesio_getstate(BytesIO *self, PyObject *unused)
{
    PyObject *dict, *value = bytesio_getvalue(self, NULL);
    if (value == NULL)
        return NULL;
    if (self->dict == NULL) {
        Py_INCREF(Py_None);
        dict = Py_None;
    } else if ((dict = PyDict_Copy(self->dict)) == NULL) {
        Py_DECREF(value);
        return NULL;
    }
    return Py_BuildValue("(NnN)", value, self->pos, dict);
}

static PyObject *bytesio_setstate(BytesIO *self, PyObject *state)
{
    if (!PyTuple_Check(state) || PyTuple_GET_SIZE(state) < 3) {
        PyErr_Format(PyExc_TypeError, "%.200s.__setstate__ argument should be 3-tuple, got %.200s",
                     Py_TYPE(self)->tp_name, Py_TYPE(state)->tp_name);
        return NULL;
    }
    if (check_open(self) < 0 || check_exports(self) < 0)
        return NULL;
    self->string_size = 0;
    self->pos = 0;
    PyObject *written = bytesio_write(self, PyTuple_GET_ITEM(state, 0));
    if (written == NULL)
        return NULL;
    Py_DECREF(written);
    if (io_restore_position("second", PyTuple_GET_ITEM(state, 1), &self->pos) < 0 ||
        io_restore_dict("third", PyTuple_GET_ITEM(state, 2), &self->dict) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *bytesio_sizeof(BytesIO *self, PyObject *unused)
{
    Py_ssize_t size = _PyObject_SIZE(Py_TYPE(self));
    if (self->buf && !is_shared(self)) {
        Py_ssize_t more = _PySys_GetSizeOf(self->buf);
        if (more == -1)
            return NULL;
        size += more;
    }
    return PyLong_FromSsize_t(size);
}

static PyObject *bytesio_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    BytesIO *self = (BytesIO *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->buf = PyBytes_FromStringAndSize(NULL, 0);
    if (self->buf == NULL)
        Py_CLEAR(self);
    return (PyObject *)self;
}

static int bytesio_init(BytesIO *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"initial_bytes", NULL};
    PyObject *initial = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|O:BytesIO", names, &initial))
        return -1;
    self->string_size = 0;
    self->pos = 0;
    if (self->exports > 0) {
        PyErr_SetString(PyExc_BufferError, "Existing exports of data: object cannot be re-sized");
        return -1;
    }
    if (self->buf == NULL && (self->buf = PyBytes_FromStringAndSize(NULL, 0)) == NULL)
        return -1;
    if (initial != NULL && initial != Py_None) {
        if (PyBytes_CheckExact(initial)) {
            Py_INCREF(initial);
            Py_XSETREF(self->buf, initial);
            self->string_size = PyBytes_GET_SIZE(initial);
        } else {
            PyObject *n = bytesio_write(self, initial);
            if (n == NULL)
                return -1;
            Py_DECREF(n);
            self->pos = 0;
        }
    }
    return 0;
}

static int bytesio_traverse(BytesIO *self, visitproc visit, void *arg)
{
    Py_VISIT(self->dict);
    return 0;
}

static int bytesio_clear(BytesIO *self)
{
    Py_CLEAR(self->dict);
    return 0;
}

static void bytesio_dealloc(BytesIO *self)
{
    PyObject_GC_UnTrack(self);
    if (self->exports > 0) {
        PyErr_SetString(PyExc_SystemError, "deallocated BytesIO object has exported buffers");
        PyErr_Print();
    }
    Py_CLEAR(self->buf);
    Py_CLEAR(self->dict);
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs((PyObject *)self);
    Py_TYPE(self)->tp_free(self);
}

#define M(function) (PyCFunction)(void (*)(void))function
static PyMethodDef bytesio_methods[] = {
    {"readable", M(bytesio_true), METH_NOARGS, PyDoc_STR("readable($self, /)\n--\n\nReturn True.")},
    {"seekable", M(bytesio_true), METH_NOARGS, PyDoc_STR("seekable($self, /)\n--\n\nReturn True.")},
    {"writable", M(bytesio_true), METH_NOARGS, PyDoc_STR("writable($self, /)\n--\n\nReturn True.")},
    {"close", M(bytesio_close), METH_NOARGS, PyDoc_STR("close($self, /)\n--\n\nFree the content; BufferError while a view of it exists.")},
    {"flush", M(bytesio_flush), METH_NOARGS, PyDoc_STR("flush($self, /)\n--\n\nDo nothing.")},
    {"isatty", M(bytesio_isatty), METH_NOARGS, PyDoc_STR("isatty($self, /)\n--\n\nReturn False.")},
    {"tell", M(bytesio_tell), METH_NOARGS, PyDoc_STR("tell($self, /)\n--\n\nReturn the position.")},
    {"write", M(bytesio_write), METH_O, PyDoc_STR("write($self, b, /)\n--\n\nWrite the bytes of b at the position; return how many.")},
    {"writelines", M(bytesio_writelines), METH_O, PyDoc_STR("writelines($self, lines, /)\n--\n\nWrite each of the lines; no separators are added.")},
    {"read1", M(bytesio_read1), METH_FASTCALL, PyDoc_STR("read1($self, size=-1, /)\n--\n\nThe same as read().")},
    {"readinto", M(bytesio_readinto), METH_O, PyDoc_STR("readinto($self, buffer, /)\n--\n\nRead into a writable buffer; return how many bytes came.")},
    {"readline", M(bytesio_readline), METH_FASTCALL, PyDoc_STR("readline($self, size=-1, /)\n--\n\nReturn the next line, at most size bytes of it; b'' at the end.")},
    {"readlines", M(bytesio_readlines), METH_FASTCALL, PyDoc_STR("readlines($self, size=None, /)\n--\n\nReturn the lines that follow as a list, until size bytes are reached.")},
    {"read", M(bytesio_read), METH_FASTCALL, PyDoc_STR("read($self, size=-1, /)\n--\n\nReturn up to size bytes, all that is left if size is negative.")},
    {"getbuffer", M(bytesio_getbuffer), METH_NOARGS, PyDoc_STR("getbuffer($self, /)\n--\n\nReturn a writable view of the content.")},
    {"getvalue", M(bytesio_getvalue), METH_NOARGS, PyDoc_STR("getvalue($self, /)\n--\n\nReturn the whole content as bytes.")},
    {"seek", M(bytesio_seek), METH_FASTCALL, PyDoc_STR("seek($self, pos, whence=0, /)\n--\n\nMove to pos bytes from the start (0), the current place (1) or the end (2); return the new position.")},
    {"truncate", M(bytesio_truncate), METH_FASTCALL, PyDoc_STR("truncate($self, size=None, /)\n--\n\nCut the content to size bytes, the position by default.")},
    {"__getstate__", M(bytesio_getstate), METH_NOARGS, NULL},
    {"__setstate__", M(bytesio_setstate), METH_O, NULL},
    {"__sizeof__", M(bytesio_sizeof), METH_NOARGS, NULL},
    {NULL},
};

static PyGetSetDef bytesio_getset[] = {
    {"closed", (getter)bytesio_get_closed, NULL, PyDoc_STR("True if the file is closed.")},
    {NULL},
};

PyTypeObject BytesIO_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_io.BytesIO",
    .tp_basicsize = sizeof(BytesIO),
    .tp_dealloc = (destructor)bytesio_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = PyDoc_STR("BytesIO(initial_bytes=b'')\n--\n\nA binary file in memory."),
    .tp_traverse = (traverseproc)bytesio_traverse,
    .tp_clear = (inquiry)bytesio_clear,
    .tp_weaklistoffset = offsetof(BytesIO, weakreflist),
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)bytesio_next,
    .tp_methods = bytesio_methods,
    .tp_getset = bytesio_getset,
    .tp_dictoffset = offsetof(BytesIO, dict),
    .tp_init = (initproc)bytesio_init,
    .tp_new = bytesio_new,
};

/* --- The exporter behind getbuffer() ----------------------------------------------------------------------------------- */

static int exporter_getbuffer(BytesIOBuffer *self, Py_buffer *view, int flags)
{
    BytesIO *b = self->source;
    if (view == NULL) {
        PyErr_SetString(PyExc_BufferError, "bytesiobuf_getbuffer: view==NULL argument is obsolete");
        return -1;
    }
    if (b->exports == 0 && is_shared(b) && make_own(b, b->string_size) < 0)
        return -1;
    if (PyBuffer_FillInfo(view, (PyObject *)self, PyBytes_AS_STRING(b->buf), b->string_size, 0, flags) < 0)
        return -1;
    b->exports++;
    return 0;
}

static void exporter_releasebuffer(BytesIOBuffer *self, Py_buffer *view) { self->source->exports--; }

static int exporter_traverse(BytesIOBuffer *self, visitproc visit, void *arg)
{
    Py_VISIT(self->source);
    return 0;
}

static void exporter_dealloc(BytesIOBuffer *self)
{
    PyObject_GC_UnTrack(self);
    Py_CLEAR(self->source);
    Py_TYPE(self)->tp_free(self);
}

static PyBufferProcs exporter_as_buffer = {(getbufferproc)exporter_getbuffer, (releasebufferproc)exporter_releasebuffer};

PyTypeObject BytesIOBuffer_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_io._BytesIOBuffer",
    .tp_basicsize = sizeof(BytesIOBuffer),
    .tp_dealloc = (destructor)exporter_dealloc,
    .tp_as_buffer = &exporter_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)exporter_traverse,
};
