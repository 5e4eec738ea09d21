/* SPDX-License-Identifier: MIT */
/* StringIO: text in memory.
 *
 *   buf: array of Py_UCS4, [0, string_size) is the content, translated to what newline= asks for
 *
 * [STRINGIO-1] Until somebody reads or moves, writes only append: the pieces are gathered in `writer` (a
 *              _PyUnicodeWriter) and the buffer stays unused; realize() moves them over.
 */
#include "io.h"

typedef struct {
    PyObject_HEAD
    Py_UCS4 *buf;
    Py_ssize_t pos, string_size;
    size_t buf_size;
    _PyUnicodeWriter writer;
    char accumulating;
    char ok, closed, readuniversal, readtranslate;
    PyObject *decoder;
    PyObject *readnl, *writenl;
    PyObject *dict, *weakreflist;
} StringIO;

static int check_state(StringIO *self)
{
    if (!self->ok) {
        PyErr_SetString(PyExc_ValueError, "I/O operation on uninitialized object");
        return -1;
    }
    if (self->closed) {
        PyErr_SetString(PyExc_ValueError, "I/O operation on closed file");
        return -1;
    }
    return 0;
}

static int resize(StringIO *self, size_t size)
{
    size_t room = self->buf_size;
    if (size > PY_SSIZE_T_MAX)
        goto overflow;
    size++;
    if (size < room / 2)
        room = size + 1;
    else if (size < room)
        return 0;
    else if (size < room * 1.125)
        room = size + (size >> 3) + (size < 9 ? 3 : 6);
    else
        room = size + 1;
    if (room > PY_SIZE_MAX / sizeof(Py_UCS4))
        goto overflow;
    Py_UCS4 *moved = PyMem_Realloc(self->buf, room * sizeof(Py_UCS4));
    if (moved == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->buf_size = room;
    self->buf = moved;
    return 0;
overflow:
    PyErr_SetString(PyExc_OverflowError, "new buffer size too large");
    return -1;
}

static void start_accumulating(StringIO *self)
{
    _PyUnicodeWriter_Init(&self->writer);
    self->writer.overallocate = 1;
    self->accumulating = 1;
}

/* [STRINGIO-1] 0 or -1. */
static int realize(StringIO *self)
{
    if (!self->accumulating)
        return 0;
    self->accumulating = 0;
    PyObject *text = _PyUnicodeWriter_Finish(&self->writer);
    if (text == NULL)
        return -1;
    Py_ssize_t n = PyUnicode_GET_LENGTH(text);
    int rc = -1;
    if (resize(self, n) == 0 && PyUnicode_AsUCS4(text, self->buf, n, 0) != NULL)
        rc = 0;
    Py_DECREF(text);
    return rc;
}

/* The content of an accumulating object; it goes on accumulating. */
static PyObject *accumulated(StringIO *self)
{
    PyObject *text = _PyUnicodeWriter_Finish(&self->writer);
    if (text == NULL) {
        self->accumulating = 0;
        return NULL;
    }
    start_accumulating(self);
    if (_PyUnicodeWriter_WriteStr(&self->writer, text) < 0) {
        Py_DECREF(text);
        return NULL;
    }
    return text;
}

/* 0 or -1. */
static int write_str(StringIO *self, PyObject *text)
{
    PyObject *decoded;
    if (PyUnicode_READY(text) < 0)
        return -1;
    if (self->decoder != NULL) {
        decoded = io_newline_decode(self->decoder, text, 1);
    } else {
        decoded = text;
        Py_INCREF(decoded);
    }
    if (decoded == NULL)
        return -1;
    if (self->writenl) {
        PyObject *translated = PyUnicode_Replace(decoded, io_nl, self->writenl, -1);
        Py_DECREF(decoded);
        if ((decoded = translated) == NULL)
            return -1;
    }
    Py_ssize_t n = PyUnicode_GET_LENGTH(decoded);
    int rc = -1;
    if (self->accumulating) {
        if (self->pos == self->string_size) {
            if (_PyUnicodeWriter_WriteStr(&self->writer, decoded) < 0)
                goto done;
            self->pos = self->string_size += n;
            rc = 0;
            goto done;
        }
        if (realize(self) < 0)
            goto done;
    }
    if (self->pos > PY_SSIZE_T_MAX - n) {
        PyErr_SetString(PyExc_OverflowError, "new position too large");
        goto done;
    }
    if (self->pos + n > self->string_size && resize(self, self->pos + n) < 0)
        goto done;
    if (self->pos > self->string_size)
        memset(self->buf + self->string_size, 0, (self->pos - self->string_size) * sizeof(Py_UCS4));
    if (PyUnicode_AsUCS4(decoded, self->buf + self->pos, n, 0) == NULL)
        goto done;
    self->pos += n;
    if (self->string_size < self->pos)
        self->string_size = self->pos;
    rc = 0;
done:
    Py_DECREF(decoded);
    return rc;
}

static PyObject *stringio_getvalue(StringIO *self, PyObject *unused)
{
    if (check_state(self) < 0)
        return NULL;
    if (self->accumulating)
        return accumulated(self);
    return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, self->buf, self->string_size);
}

static PyObject *stringio_tell(StringIO *self, PyObject *unused)
{
    return check_state(self) < 0 ? NULL : PyLong_FromSsize_t(self->pos);
}

static PyObject *stringio_read(StringIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t size = -1;
    if (!_PyArg_CheckPositional("read", nargs, 0, 1) || (nargs && !io_convert_size(args[0], &size)))
        return NULL;
    if (check_state(self) < 0)
        return NULL;
    Py_ssize_t left = self->string_size - self->pos;
    if (size < 0 || size > left)
        size = left < 0 ? 0 : left;
    if (self->accumulating && self->pos == 0 && size == self->string_size) {
        PyObject *all = accumulated(self);
        if (all != NULL)
            self->pos = self->string_size;
        return all;
    }
    if (realize(self) < 0)
        return NULL;
    if (size == 0) /* the position may be far behind the end */
        return PyUnicode_New(0, 0);
    const Py_UCS4 *start = self->buf + self->pos;
    self->pos += size;
    return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, start, size);
}

/* The next line; self is checked and realized. */
static PyObject *read_line(StringIO *self, Py_ssize_t limit)
{
    if (self->pos >= self->string_size)
        return PyUnicode_New(0, 0);
    Py_ssize_t left = self->string_size - self->pos, consumed;
    if (limit >= 0 && limit < left)
        left = limit;
    const Py_UCS4 *start = self->buf + self->pos;
    Py_ssize_t n = io_find_line_end(self->readtranslate, self->readuniversal, self->readnl, PyUnicode_4BYTE_KIND,
                                    (const char *)start, (const char *)(start + left), &consumed);
    if (n < 0)
        n = left;
    self->pos += n;
    return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, start, n);
}

static PyObject *stringio_readline(StringIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t size = -1;
    if (!_PyArg_CheckPositional("readline", nargs, 0, 1) || (nargs && !io_convert_size(args[0], &size)))
        return NULL;
    if (check_state(self) < 0 || realize(self) < 0)
        return NULL;
    return read_line(self, size);
}

static PyObject *stringio_next(StringIO *self)
{
    PyObject *line;
    if (check_state(self) < 0 || realize(self) < 0)
        return NULL;
    if (Py_TYPE(self) == &StringIO_Type) {
        line = read_line(self, -1);
    } else {
        line = io_call0((PyObject *)self, io_str_readline);
        if (line && !PyUnicode_Check(line)) {
            PyErr_Format(PyExc_OSError, "readline() should have returned an str object, not '%.200s'", Py_TYPE(line)->tp_name);
            Py_DECREF(line);
            return NULL;
        }
    }
    if (line != NULL && PyUnicode_GET_LENGTH(line) == 0)
        Py_CLEAR(line);
    return line;
}

static PyObject *stringio_truncate(StringIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t size = self->pos;
    if (!_PyArg_CheckPositional("truncate", nargs, 0, 1))
        return NULL;
    if (nargs && args[0] != Py_None && !io_convert_size(args[0], &size))
        return NULL;
    if (check_state(self) < 0)
        return NULL;
    if (size < 0) {
        PyErr_Format(PyExc_ValueError, "Negative size value %zd", size);
        return NULL;
    }
    if (size < self->string_size) {
        if (realize(self) < 0 || resize(self, size) < 0)
            return NULL;
        self->string_size = size;
    }
    return PyLong_FromSsize_t(size);
}

static PyObject *stringio_seek(StringIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    int whence = 0;
    if (!_PyArg_CheckPositional("seek", nargs, 1, 2))
        return NULL;
    if (PyFloat_Check(args[0]) || (nargs == 2 && PyFloat_Check(args[1]))) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return NULL;
    }
    Py_ssize_t pos = PyNumber_AsSsize_t(args[0], PyExc_OverflowError);
    if (pos == -1 && PyErr_Occurred())
        return NULL;
    if (nargs == 2 && (whence = _PyLong_AsInt(args[1])) == -1 && PyErr_Occurred())
        return NULL;
    if (check_state(self) < 0)
        return NULL;
    if (whence < 0 || whence > 2) {
        PyErr_Format(PyExc_ValueError, "Invalid whence (%i, should be 0, 1 or 2)", whence);
        return NULL;
    }
    if (pos < 0 && whence == 0) {
        PyErr_Format(PyExc_ValueError, "Negative seek position %zd", pos);
        return NULL;
    }
    if (whence != 0 && pos != 0) {
        PyErr_SetString(PyExc_OSError, "Can't do nonzero cur-relative seeks");
        return NULL;
    }
    if (whence == 1)
        pos = self->pos;
    else if (whence == 2)
        pos = self->string_size;
    self->pos = pos;
    return PyLong_FromSsize_t(pos);
}

static PyObject *stringio_write(StringIO *self, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "string argument expected, got '%s'", Py_TYPE(text)->tp_name);
        return NULL;
    }
    if (PyUnicode_READY(text) < 0 || check_state(self) < 0)
        return NULL;
    Py_ssize_t n = PyUnicode_GET_LENGTH(text);
    if (n > 0 && write_str(self, text) < 0)
        return NULL;
    return PyLong_FromSsize_t(n);
}

static PyObject *stringio_close(StringIO *self, PyObject *unused)
{
    self->closed = 1;
    if (self->accumulating) {
        _PyUnicodeWriter_Dealloc(&self->writer);
        self->accumulating = 0;
    }
    resize(self, 0);
    Py_RETURN_NONE;
}

/* Start anew with newline= set; the content is lost.  0 or -1. */
static int set_newline(StringIO *self, PyObject *newline)
{
    const char *nl = "\n";
    if (newline != NULL && newline != Py_None && !PyUnicode_Check(newline)) {
        PyErr_Format(PyExc_TypeError, "newline must be str or None, not %.200s", Py_TYPE(newline)->tp_name);
        return -1;
    }
    if (newline == Py_None)
        nl = NULL;
    else if (newline != NULL && (nl = PyUnicode_AsUTF8(newline)) == NULL)
        return -1;
    if (nl && nl[0] != '\0' && strcmp(nl, "\n") != 0 && strcmp(nl, "\r") != 0 && strcmp(nl, "\r\n") != 0) {
        PyErr_Format(PyExc_ValueError, "illegal newline value: %R", newline);
        return -1;
    }
    self->ok = 0;
    if (self->accumulating)
        _PyUnicodeWriter_Dealloc(&self->writer);
    self->accumulating = 0;
    Py_CLEAR(self->readnl);
    Py_CLEAR(self->writenl);
    Py_CLEAR(self->decoder);
    if (nl != NULL && (self->readnl = PyUnicode_FromString(nl)) == NULL)
        return -1;
    self->readuniversal = nl == NULL || nl[0] == '\0';
    self->readtranslate = nl == NULL;
    if (nl != NULL && nl[0] == '\r') {
        Py_INCREF(self->readnl);
        self->writenl = self->readnl;
    }
    if (self->readuniversal) {
        self->decoder = PyObject_CallFunction((PyObject *)&NewlineDecoder_Type, "Oi", Py_None, (int)self->readtranslate);
        if (self->decoder == NULL)
            return -1;
    }
    return 0;
}

static int stringio_init(StringIO *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"initial_value", "newline", NULL};
    PyObject *value = NULL, *newline = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|OO:StringIO", names, &value, &newline))
        return -1;
    if (set_newline(self, newline) < 0)
        return -1;
    if (value && value != Py_None && !PyUnicode_Check(value)) {
        PyErr_Format(PyExc_TypeError, "initial_value must be str or None, not %.200s", Py_TYPE(value)->tp_name);
        return -1;
    }
    self->string_size = 0;
    self->pos = 0;
    start_accumulating(self);
    self->ok = 1;
    self->closed = 0;
    if (value && value != Py_None) {
        /* Reading comes next: no accumulation. */
        if (realize(self) < 0 || resize(self, PyUnicode_GetLength(value)) < 0 || write_str(self, value) < 0)
            return -1;
        self->pos = 0;
    }
    return 0;
}

static PyObject *stringio_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    StringIO *self = (StringIO *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->buf = PyMem_Malloc(0);
    if (self->buf == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    return (PyObject *)self;
}

static int stringio_traverse(StringIO *self, visitproc visit, void *arg)
{
    Py_VISIT(self->dict);
    return 0;
}

static int stringio_clear(StringIO *self)
{
    Py_CLEAR(self->dict);
    return 0;
}

static void stringio_dealloc(StringIO *self)
{
    PyObject_GC_UnTrack(self);
    self->ok = 0;
    PyMem_Free(self->buf);
    self->buf = NULL;
    if (self->accumulating)
        _PyUnicodeWriter_Dealloc(&self->writer);
    Py_CLEAR(self->readnl);
    Py_CLEAR(self->writenl);
    Py_CLEAR(self->decoder);
    Py_CLEAR(self->dict);
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs((PyObject *)self);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *stringio_true(StringIO *self, PyObject *unused)
{
    if (check_state(self) < 0)
        return NULL;
    Py_RETURN_TRUE;
}

/* Pickling: (content, newline, position, __dict__ or None). */
static PyObject *stringio_getstate(StringIO *self, PyObject *unused)
{
    PyObject *dict, *value = stringio_getvalue(self, NULL);
    if (value == NULL)
        return NULL;
    if (self->dict == NULL) {
        Py_INCREF(Py_None);
        dict = Py_None;
    } else if ((dict = PyDict_Copy(self->dict)) == NULL) {
        Py_DECREF(value);
        return NULL;
    }
    return Py_BuildValue("(NOnN)", value, self->readnl ? self->readnl : Py_None, self->pos, dict);
}

static PyObject *stringio_setstate(StringIO *self, PyObject *state)
{
    if (!PyTuple_Check(state) || PyTuple_GET_SIZE(state) < 4) {
        PyErr_Format(PyExc_TypeError, "%.200s.__setstate__ argument should be 4-tuple, got %.200s",
                     Py_TYPE(self)->tp_name, Py_TYPE(state)->tp_name);
        return NULL;
    }
    if (self->closed) {
        check_state(self);
        return NULL;
    }
    PyObject *initial = PyTuple_GetSlice(state, 0, 2), *none;
    if (initial == NULL)
        return NULL;
    none = PyTuple_GET_ITEM(state, 0);
    if (none != Py_None && !PyUnicode_Check(none)) {
        PyErr_Format(PyExc_TypeError, "initial_value must be str or None, not %.200s", Py_TYPE(none)->tp_name);
        Py_DECREF(initial);
        return NULL;
    }
    /* The value is stored as it is: its line ends were translated before. */
    int rc = set_newline(self, PyTuple_GET_ITEM(state, 1));
    Py_DECREF(initial);
    if (rc < 0)
        return NULL;
    self->ok = 1;
    self->closed = 0;
    self->pos = 0;
    self->string_size = 0;
    if (none != Py_None) {
        Py_ssize_t n = PyUnicode_GetLength(none);
        if (n < 0 || resize(self, n) < 0 || PyUnicode_AsUCS4(none, self->buf, n, 0) == NULL)
            return NULL;
        self->string_size = n;
    }
    if (io_restore_position("third", PyTuple_GET_ITEM(state, 2), &self->pos) < 0 ||
        io_restore_dict("fourth", PyTuple_GET_ITEM(state, 3), &self->dict) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *get_closed(StringIO *self, void *closure)
{
    if (!self->ok) {
        PyErr_SetString(PyExc_ValueError, "I/O operation on uninitialized object");
        return NULL;
    }
    return PyBool_FromLong(self->closed);
}

static PyObject *get_line_buffering(StringIO *self, void *closure)
{
    if (check_state(self) < 0)
        return NULL;
    Py_RETURN_FALSE;
}

static PyObject *get_newlines(StringIO *self, void *closure)
{
    if (check_state(self) < 0)
        return NULL;
    if (self->decoder == NULL)
        Py_RETURN_NONE;
    return PyObject_GetAttr(self->decoder, io_str_newlines);
}

#define M(function) (PyCFunction)(void (*)(void))function
static PyMethodDef stringio_methods[] = {
    {"close", M(stringio_close), METH_NOARGS, PyDoc_STR("close($self, /)\n--\n\nFree the content; any further operation raises ValueError.")},
    {"getvalue", M(stringio_getvalue), METH_NOARGS, PyDoc_STR("getvalue($self, /)\n--\n\nReturn the whole content.")},
    {"read", M(stringio_read), METH_FASTCALL, PyDoc_STR("read($self, size=-1, /)\n--\n\nReturn up to size characters, all that is left if size is negative.")},
    {"readline", M(stringio_readline), METH_FASTCALL, PyDoc_STR("readline($self, size=-1, /)\n--\n\nReturn the next line, at most size characters of it; '' at the end.")},
    {"tell", M(stringio_tell), METH_NOARGS, PyDoc_STR("tell($self, /)\n--\n\nReturn the position.")},
    {"truncate", M(stringio_truncate), METH_FASTCALL, PyDoc_STR("truncate($self, pos=None, /)\n--\n\nCut the content to pos characters, the position by default.")},
    {"seek", M(stringio_seek), METH_FASTCALL, PyDoc_STR("seek($self, pos, whence=0, /)\n--\n\nMove to pos characters from the start (0), or with pos 0 stay (1) or go to the end (2).")},
    {"write", M(stringio_write), METH_O, PyDoc_STR("write($self, s, /)\n--\n\nWrite text at the position; return how many characters.")},
    {"seekable", M(stringio_true), METH_NOARGS, PyDoc_STR("seekable($self, /)\n--\n\nReturn True.")},
    {"readable", M(stringio_true), METH_NOARGS, PyDoc_STR("readable($self, /)\n--\n\nReturn True.")},
    {"writable", M(stringio_true), METH_NOARGS, PyDoc_STR("writable($self, /)\n--\n\nReturn True.")},
    {"__getstate__", M(stringio_getstate), METH_NOARGS, NULL},
    {"__setstate__", M(stringio_setstate), METH_O, NULL},
    {NULL},
};

static PyGetSetDef stringio_getset[] = {
    {"closed", (getter)get_closed, NULL, PyDoc_STR("whether the stream is closed")},
    {"newlines", (getter)get_newlines, NULL, PyDoc_STR("kinds of line ends seen so far")},
    {"line_buffering", (getter)get_line_buffering, NULL, PyDoc_STR("False")},
    {NULL},
};

PyTypeObject StringIO_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_io.StringIO",
    .tp_basicsize = sizeof(StringIO),
    .tp_dealloc = (destructor)stringio_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = PyDoc_STR("StringIO(initial_value='', newline='\\n')\n--\n\nA text file in memory.\n\n"
                        "initial_value: its content.  newline: as for TextIOWrapper, but line ends are\ntranslated when written."),
    .tp_traverse = (traverseproc)stringio_traverse,
    .tp_clear = (inquiry)stringio_clear,
    .tp_weaklistoffset = offsetof(StringIO, weakreflist),
    .tp_iternext = (iternextfunc)stringio_next,
    .tp_methods = stringio_methods,
    .tp_getset = stringio_getset,
    .tp_base = &TextIOBase_Type,
    .tp_dictoffset = offsetof(StringIO, dict),
    .tp_init = (initproc)stringio_init,
    .tp_new = stringio_new,
};
