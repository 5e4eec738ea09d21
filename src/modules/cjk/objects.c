/* SPDX-License-Identifier: MIT */
/* _multibytecodec: MultibyteCodec, which the _codecs_* modules give out, and the base classes of incremental coders and streams.
 *
 * The classes find their codec in a class attribute `codec`.  What an encoder still waits for (the first of a possible pair) is
 * `pending`, a str; a decoder's is up to 8 bytes.
 * Tests: tests/modules/test_cjk.py, the reference's test_multibytecodec and test_codecencodings_*.
 */
#include "codec.h"

#include "structmember.h"
#include <stddef.h>

enum { PENDING_BYTES = 8, PENDING_CHARS = 2 };

typedef struct {
    PyObject_HEAD
    Codec *codec;
} CodecObject;

static PyTypeObject CodecType;

PyObject *tai_cjk_codec_object(Codec *c)
{
    CodecObject *self = PyType_Ready(&CodecType) < 0 ? NULL : PyObject_New(CodecObject, &CodecType);
    if (self)
        self->codec = c;
    return (PyObject *)self;
}

/* ------------------------------------------------------------------ MultibyteCodec */

/* The text of any object. New. */
static PyObject *to_text(PyObject *o)
{
    if (PyUnicode_Check(o)) {
        Py_INCREF(o);
        return o;
    }
    PyObject *text = PyObject_Str(o);
    if (text && !PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "couldn't convert the object to unicode.");
        Py_CLEAR(text);
    }
    return text;
}

/* The parameters (input, errors=None): errors as str or NULL. 0 / -1. */
static int codec_arguments(const char *function, _PyArg_Parser *parser, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, PyObject **input, PyObject **errors)
{
    PyObject *slots[2];
    Py_ssize_t given = nargs + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0);
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, parser, 1, 2, 0, slots);
    if (args == NULL)
        return -1;
    *input = args[0];
    *errors = given > 1 && args[1] && args[1] != Py_None ? args[1] : NULL;
    if (*errors && !PyUnicode_Check(*errors)) {
        _PyArg_BadArgument(function, "argument 'errors'", "str or None", *errors);
        return -1;
    }
    return 0;
}

static const char *const input_errors[] = {"input", "errors", NULL};

static PyObject *codec_encode(PyObject *op, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, input_errors, "encode", 0};
    PyObject *input, *errors;
    const Codec *c = ((CodecObject *)op)->codec;
    State s;
    Py_ssize_t at = 0;
    if (codec_arguments("encode", &parser, args, nargs, kwnames, &input, &errors) < 0 || (input = to_text(input)) == NULL)
        return NULL;
    tai_cjk_init_state(c, &s, 0);
    PyObject *bytes = tai_cjk_encode(c, &s, input, &at, errors, 1, 1);
    Py_ssize_t n = PyUnicode_GET_LENGTH(input);
    Py_DECREF(input);
    return bytes ? Py_BuildValue("(Nn)", bytes, n) : NULL;
}

static PyObject *codec_decode(PyObject *op, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, input_errors, "decode", 0};
    PyObject *input, *errors;
    const Codec *c = ((CodecObject *)op)->codec;
    State s;
    Py_buffer data;
    Py_ssize_t used;
    if (codec_arguments("decode", &parser, args, nargs, kwnames, &input, &errors) < 0 || PyObject_GetBuffer(input, &data, PyBUF_SIMPLE) < 0)
        return NULL;
    tai_cjk_init_state(c, &s, 1);
    PyObject *text = tai_cjk_decode(c, &s, data.buf, data.len, &used, errors, 1);
    PyObject *result = text ? Py_BuildValue("(Nn)", text, data.len) : NULL;
    PyBuffer_Release(&data);
    return result;
}

static void codec_dealloc(PyObject *op)
{
    PyObject_Del(op);
}

#define FASTKW(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL | METH_KEYWORDS
static PyMethodDef codec_methods[] = {
    {"encode", FASTKW(codec_encode), "encode($self, /, input, errors=None)\n--\n\nThe text as bytes, and its length.\n\nerrors names what is done about characters the encoding lacks: strict, ignore, replace, xmlcharrefreplace\nor a handler of codecs.register_error()."},
    {"decode", FASTKW(codec_decode), "decode($self, /, input, errors=None)\n--\n\nThe bytes as text, and their number.\n\nerrors names what is done about bytes that mean nothing: strict, ignore, replace or a handler of\ncodecs.register_error()."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject CodecType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "MultibyteCodec",
    .tp_basicsize = sizeof(CodecObject),
    .tp_dealloc = codec_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = codec_methods,
};

/* ------------------------------------------------------------------ what the four classes share */

typedef struct {
    PyObject_HEAD
    const Codec *codec;
    State state;
    PyObject *errors;  /* str */
    PyObject *stream;  /* of readers and writers */
    PyObject *pending; /* str an encoder has not encoded yet, or NULL */
    unsigned char bytes[PENDING_BYTES];
    Py_ssize_t n_bytes; /* a decoder's pending bytes */
} Coder;

static PyObject *coder_new(PyTypeObject *type, PyObject *stream, const char *errors, int decoding)
{
    Coder *self = (Coder *)type->tp_alloc(type, 0);
    PyObject *codec = self ? PyObject_GetAttrString((PyObject *)type, "codec") : NULL;
    if (codec == NULL)
        goto error;
    if (Py_TYPE(codec) != &CodecType) {
        PyErr_SetString(PyExc_TypeError, "codec is unexpected type");
        goto error;
    }
    self->codec = ((CodecObject *)codec)->codec;
    self->errors = PyUnicode_FromString(errors ? errors : "strict");
    if (self->errors == NULL)
        goto error;
    Py_XINCREF(stream);
    self->stream = stream;
    tai_cjk_init_state(self->codec, &self->state, decoding);
    Py_DECREF(codec);
    return (PyObject *)self;
error:
    Py_XDECREF(codec);
    Py_XDECREF(self);
    return NULL;
}

static int coder_init(PyObject *Py_UNUSED(op), PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(kwds))
{
    return 0;
}

static int coder_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((Coder *)op)->stream);
    Py_VISIT(((Coder *)op)->errors);
    return 0;
}

static void coder_dealloc(PyObject *op)
{
    Coder *self = (Coder *)op;
    PyObject_GC_UnTrack(op);
    Py_XDECREF(self->errors);
    Py_XDECREF(self->stream);
    Py_XDECREF(self->pending);
    Py_TYPE(op)->tp_free(op);
}

static PyObject *get_errors(PyObject *op, void *Py_UNUSED(unused))
{
    Py_INCREF(((Coder *)op)->errors);
    return ((Coder *)op)->errors;
}

static int set_errors(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    if (v == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
        return -1;
    }
    if (!PyUnicode_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "errors must be a string");
        return -1;
    }
    Py_INCREF(v);
    Py_SETREF(((Coder *)op)->errors, v);
    return 0;
}

static PyGetSetDef coder_getset[] = {
    {"errors", get_errors, set_errors, "the name of the error handling", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

/* Encode pending + input. What cannot be encoded without knowing what follows becomes pending. New. */
static PyObject *coder_encode(Coder *self, PyObject *input, int final)
{
    PyObject *text = to_text(input), *bytes = NULL, *rest = NULL;
    Py_ssize_t at = 0;
    if (text && self->pending) {
        PyObject *joined = PyUnicode_Concat(self->pending, text);
        Py_DECREF(text);
        text = joined;
    }
    if (text == NULL)
        return NULL;
    bytes = tai_cjk_encode(self->codec, &self->state, text, &at, self->errors, final, final);
    if (bytes) {
        Py_ssize_t n = PyUnicode_GET_LENGTH(text);
        if (n - at > PENDING_CHARS)
            PyErr_SetString(PyExc_UnicodeError, "pending buffer overflow");
        else if (at < n)
            rest = PyUnicode_Substring(text, at, n);
        if (at < n && rest == NULL)
            Py_CLEAR(bytes);
        else
            Py_XSETREF(self->pending, rest);
    }
    Py_DECREF(text);
    return bytes;
}

/* Decode the pending bytes and these. New. */
static PyObject *coder_decode(Coder *self, const unsigned char *in, Py_ssize_t n, int final)
{
    unsigned char *joined = NULL;
    Py_ssize_t used;
    if (self->n_bytes) {
        if (n > PY_SSIZE_T_MAX - self->n_bytes || (joined = PyMem_Malloc((size_t)(self->n_bytes + n))) == NULL)
            return PyErr_NoMemory();
        memcpy(joined, self->bytes, (size_t)self->n_bytes);
        memcpy(joined + self->n_bytes, in, (size_t)n);
        in = joined;
        n += self->n_bytes;
    }
    PyObject *text = tai_cjk_decode(self->codec, &self->state, in, n, &used, self->errors, final);
    if (text && n - used > PENDING_BYTES) {
        PyErr_SetString(PyExc_UnicodeError, "pending buffer overflow");
        Py_CLEAR(text);
    }
    if (text) {
        self->n_bytes = n - used;
        memcpy(self->bytes, in + used, (size_t)self->n_bytes);
    }
    PyMem_Free(joined);
    return text;
}

/* (input, final=False) */
static int input_final(_PyArg_Parser *parser, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, PyObject **input, int *final)
{
    PyObject *slots[2];
    Py_ssize_t given = nargs + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0);
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, parser, 1, 2, 0, slots);
    if (args == NULL)
        return -1;
    *input = args[0];
    *final = 0;
    if (given > 1) {
        if (PyFloat_Check(args[1])) {
            PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
            return -1;
        }
        *final = _PyLong_AsInt(args[1]);
        if (*final == -1 && PyErr_Occurred())
            return -1;
    }
    return 0;
}

static const char *const input_final_names[] = {"input", "final", NULL};

/* ------------------------------------------------------------------ MultibyteIncrementalEncoder */

static PyObject *encoder_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"errors", NULL};
    const char *errors = NULL;
    return PyArg_ParseTupleAndKeywords(args, kwds, "|s:IncrementalEncoder", names, &errors) ? coder_new(type, NULL, errors, 0) : NULL;
}

static PyObject *encoder_encode(PyObject *op, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, input_final_names, "encode", 0};
    PyObject *input;
    int final;
    return input_final(&parser, args, nargs, kwnames, &input, &final) < 0 ? NULL : coder_encode((Coder *)op, input, final);
}

static PyObject *encoder_reset(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Coder *self = (Coder *)op;
    unsigned char out[LONGEST];
    if (self->codec->reset)
        self->codec->reset(self->codec, &self->state, out); /* what it would write is left out */
    Py_CLEAR(self->pending);
    Py_RETURN_NONE;
}

/* The state as one number: how many bytes of UTF-8 are pending, these, the codec's eight. */
static PyObject *encoder_getstate(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Coder *self = (Coder *)op;
    unsigned char all[1 + PENDING_CHARS * 4 + 8];
    Py_ssize_t n = 0;
    const char *pending = self->pending ? PyUnicode_AsUTF8AndSize(self->pending, &n) : "";
    if (pending == NULL)
        return NULL;
    if (n > PENDING_CHARS * 4) {
        PyErr_SetString(PyExc_UnicodeError, "pending buffer too large");
        return NULL;
    }
    all[0] = (unsigned char)n;
    memcpy(all + 1, pending, (size_t)n);
    memcpy(all + 1 + n, self->state.c, 8);
    return _PyLong_FromByteArray(all, (size_t)n + 9, 1, 0);
}

static PyObject *encoder_setstate(PyObject *op, PyObject *arg)
{
    Coder *self = (Coder *)op;
    unsigned char all[1 + PENDING_CHARS * 4 + 8];
    if (!PyLong_Check(arg)) {
        _PyArg_BadArgument("setstate", "argument", "int", arg);
        return NULL;
    }
    if (_PyLong_AsByteArray((PyLongObject *)arg, all, sizeof all, 1, 0) < 0)
        return NULL;
    if (all[0] > PENDING_CHARS * 4) {
        PyErr_SetString(PyExc_UnicodeError, "pending buffer too large");
        return NULL;
    }
    PyObject *pending = PyUnicode_DecodeUTF8((char *)all + 1, all[0], "strict");
    if (pending == NULL)
        return NULL;
    if (PyUnicode_GET_LENGTH(pending) == 0)
        Py_CLEAR(pending);
    Py_XSETREF(self->pending, pending);
    memcpy(self->state.c, all + 1 + all[0], 8);
    Py_RETURN_NONE;
}

static PyMethodDef encoder_methods[] = {
    {"encode", FASTKW(encoder_encode), "encode($self, /, input, final=False)\n--\n\n"},
    {"getstate", encoder_getstate, METH_NOARGS, "getstate($self, /)\n--\n\n"},
    {"setstate", encoder_setstate, METH_O, "setstate($self, state, /)\n--\n\n"},
    {"reset", encoder_reset, METH_NOARGS, "reset($self, /)\n--\n\n"},
    {NULL, NULL, 0, NULL},
};

/* ------------------------------------------------------------------ MultibyteIncrementalDecoder */

static PyObject *decoder_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"errors", NULL};
    const char *errors = NULL;
    return PyArg_ParseTupleAndKeywords(args, kwds, "|s:IncrementalDecoder", names, &errors) ? coder_new(type, NULL, errors, 1) : NULL;
}

static PyObject *decoder_decode(PyObject *op, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, input_final_names, "decode", 0};
    PyObject *input;
    Py_buffer data;
    int final;
    if (input_final(&parser, args, nargs, kwnames, &input, &final) < 0 || PyObject_GetBuffer(input, &data, PyBUF_SIMPLE) < 0)
        return NULL;
    PyObject *text = coder_decode((Coder *)op, data.buf, data.len, final);
    PyBuffer_Release(&data);
    return text;
}

static PyObject *decoder_reset(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Coder *self = (Coder *)op;
    tai_cjk_init_state(self->codec, &self->state, 1);
    self->n_bytes = 0;
    Py_RETURN_NONE;
}

static PyObject *decoder_getstate(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Coder *self = (Coder *)op;
    PyObject *number = _PyLong_FromByteArray(self->state.c, 8, 1, 0);
    return number ? Py_BuildValue("(y#N)", (char *)self->bytes, self->n_bytes, number) : NULL;
}

static PyObject *decoder_setstate(PyObject *op, PyObject *arg)
{
    Coder *self = (Coder *)op;
    PyObject *bytes, *number;
    unsigned char state[8];
    if (!PyTuple_Check(arg)) {
        _PyArg_BadArgument("setstate", "argument", "tuple", arg);
        return NULL;
    }
    if (!PyArg_ParseTuple(arg, "SO!;setstate(): illegal state argument", &bytes, &PyLong_Type, &number) ||
        _PyLong_AsByteArray((PyLongObject *)number, state, 8, 1, 0) < 0)
        return NULL;
    if (PyBytes_GET_SIZE(bytes) > PENDING_BYTES) {
        PyErr_SetString(PyExc_UnicodeError, "pending buffer too large");
        return NULL;
    }
    self->n_bytes = PyBytes_GET_SIZE(bytes);
    memcpy(self->bytes, PyBytes_AS_STRING(bytes), (size_t)self->n_bytes);
    memcpy(self->state.c, state, 8);
    Py_RETURN_NONE;
}

static PyMethodDef decoder_methods[] = {
    {"decode", FASTKW(decoder_decode), "decode($self, /, input, final=False)\n--\n\n"},
    {"getstate", decoder_getstate, METH_NOARGS, "getstate($self, /)\n--\n\n"},
    {"setstate", decoder_setstate, METH_O, "setstate($self, state, /)\n--\n\n"},
    {"reset", decoder_reset, METH_NOARGS, "reset($self, /)\n--\n\n"},
    {NULL, NULL, 0, NULL},
};

/* ------------------------------------------------------------------ MultibyteStreamReader */

static PyObject *reader_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"stream", "errors", NULL};
    PyObject *stream;
    const char *errors = NULL;
    return PyArg_ParseTupleAndKeywords(args, kwds, "O|s:StreamReader", names, &stream, &errors) ? coder_new(type, stream, errors, 1) : NULL;
}

/* Read by a method of the stream until there is text or an end. New. Runs code. */
static PyObject *read_from(Coder *self, const char *method, Py_ssize_t size)
{
    if (size == 0)
        return PyUnicode_New(0, 0);
    for (;;) {
        PyObject *data = size < 0 ? PyObject_CallMethod(self->stream, method, NULL) : PyObject_CallMethod(self->stream, method, "n", size);
        if (data == NULL)
            return NULL;
        if (!PyBytes_Check(data)) {
            PyErr_Format(PyExc_TypeError, "stream function returned a non-bytes object (%.100s)", Py_TYPE(data)->tp_name);
            Py_DECREF(data);
            return NULL;
        }
        int end = size < 0 || PyBytes_GET_SIZE(data) == 0;
        PyObject *text = coder_decode(self, (unsigned char *)PyBytes_AS_STRING(data), PyBytes_GET_SIZE(data), end);
        Py_DECREF(data);
        if (text == NULL || end || PyUnicode_GET_LENGTH(text) > 0)
            return text;
        Py_DECREF(text);
        size = 1; /* byte by byte until there is one character */
    }
}

static int size_argument(const char *function, PyObject *const *args, Py_ssize_t nargs, Py_ssize_t *size)
{
    *size = -1;
    if (!_PyArg_CheckPositional(function, nargs, 0, 1))
        return -1;
    if (nargs == 0 || args[0] == Py_None)
        return 0;
    if (!PyLong_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "arg 1 must be an integer");
        return -1;
    }
    *size = PyLong_AsSsize_t(args[0]);
    return *size == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *reader_read(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t size;
    return size_argument("read", args, nargs, &size) < 0 ? NULL : read_from((Coder *)op, "read", size);
}

static PyObject *reader_readline(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t size;
    return size_argument("readline", args, nargs, &size) < 0 ? NULL : read_from((Coder *)op, "readline", size);
}

static PyObject *reader_readlines(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t size;
    if (size_argument("readlines", args, nargs, &size) < 0)
        return NULL;
    PyObject *text = read_from((Coder *)op, "read", size), *lines = text ? PyUnicode_Splitlines(text, 1) : NULL;
    Py_XDECREF(text);
    return lines;
}

#define FAST(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL
static PyMethodDef reader_methods[] = {
    {"read", FAST(reader_read), "read($self, sizeobj=None, /)\n--\n\n"},
    {"readline", FAST(reader_readline), "readline($self, sizeobj=None, /)\n--\n\n"},
    {"readlines", FAST(reader_readlines), "readlines($self, sizehintobj=None, /)\n--\n\n"},
    {"reset", decoder_reset, METH_NOARGS, "reset($self, /)\n--\n\n"},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef stream_members[] = {
    {"stream", T_OBJECT, offsetof(Coder, stream), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

/* ------------------------------------------------------------------ MultibyteStreamWriter */

static PyObject *writer_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"stream", "errors", NULL};
    PyObject *stream;
    const char *errors = NULL;
    return PyArg_ParseTupleAndKeywords(args, kwds, "O|s:StreamWriter", names, &stream, &errors) ? coder_new(type, stream, errors, 0) : NULL;
}

static int write_to(Coder *self, PyObject *bytes)
{
    PyObject *result = bytes ? PyObject_CallMethod(self->stream, "write", "O", bytes) : NULL;
    Py_XDECREF(bytes);
    Py_XDECREF(result);
    return result ? 0 : -1;
}

static PyObject *writer_write(PyObject *op, PyObject *text)
{
    Coder *self = (Coder *)op;
    if (write_to(self, coder_encode(self, text, 0)) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *writer_writelines(PyObject *op, PyObject *lines)
{
    Coder *self = (Coder *)op;
    if (!PySequence_Check(lines)) {
        PyErr_SetString(PyExc_TypeError, "arg must be a sequence object");
        return NULL;
    }
    for (Py_ssize_t i = 0; i < PySequence_Length(lines); i++) {
        PyObject *line = PySequence_GetItem(lines, i);
        int status = line ? write_to(self, coder_encode(self, line, 0)) : -1;
        Py_XDECREF(line);
        if (status < 0)
            return NULL;
    }
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *writer_reset(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Coder *self = (Coder *)op;
    PyObject *pending = self->pending;
    if (pending == NULL)
        Py_RETURN_NONE;
    Py_ssize_t at = 0;
    PyObject *bytes = tai_cjk_encode(self->codec, &self->state, pending, &at, self->errors, 1, 1);
    Py_CLEAR(self->pending);
    if (bytes && PyBytes_GET_SIZE(bytes) == 0)
        Py_DECREF(bytes);
    else if (write_to(self, bytes) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef writer_methods[] = {
    {"write", writer_write, METH_O, "write($self, strobj, /)\n--\n\n"},
    {"writelines", writer_writelines, METH_O, "writelines($self, lines, /)\n--\n\n"},
    {"reset", writer_reset, METH_NOARGS, "reset($self, /)\n--\n\n"},
    {NULL, NULL, 0, NULL},
};

/* ------------------------------------------------------------------ module */

#define CODER(variable, name, new, methods, members)                                             \
    static PyTypeObject variable = {                                                             \
        PyVarObject_HEAD_INIT(NULL, 0)                                                           \
        .tp_name = name,                                                                         \
        .tp_basicsize = sizeof(Coder),                                                           \
        .tp_dealloc = coder_dealloc,                                                             \
        .tp_getattro = PyObject_GenericGetAttr,                                                  \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,               \
        .tp_traverse = coder_traverse,                                                           \
        .tp_methods = methods,                                                                   \
        .tp_members = members,                                                                   \
        .tp_getset = coder_getset,                                                               \
        .tp_init = coder_init,                                                                   \
        .tp_new = new,                                                                           \
    };
CODER(EncoderType, "MultibyteIncrementalEncoder", encoder_new, encoder_methods, NULL)
CODER(DecoderType, "MultibyteIncrementalDecoder", decoder_new, decoder_methods, NULL)
CODER(ReaderType, "MultibyteStreamReader", reader_new, reader_methods, stream_members)
CODER(WriterType, "MultibyteStreamWriter", writer_new, writer_methods, stream_members)

static PyObject *create_codec(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(arg))
{
    PyErr_SetString(PyExc_ValueError, "argument type invalid"); /* codecs are made by getcodec() only */
    return NULL;
}

static PyMethodDef methods[] = {
    {"__create_codec", create_codec, METH_O, "__create_codec($module, arg, /)\n--\n\n"},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_multibytecodec",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__multibytecodec(void)
{
    PyTypeObject *types[] = {&EncoderType, &DecoderType, &ReaderType, &WriterType};
    PyObject *m = PyType_Ready(&CodecType) < 0 ? NULL : PyModule_Create(&module_def);
    for (int i = 0; m && i < 4; i++)
        if (PyType_Ready(types[i]) < 0 || PyDict_SetItemString(PyModule_GetDict(m), types[i]->tp_name, (PyObject *)types[i]) < 0)
            Py_CLEAR(m);
    return m;
}
