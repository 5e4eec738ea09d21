/* SPDX-License-Identifier: MIT */
/* _TextIOBase and TextIOWrapper: text over a buffered binary stream.
 *
 *   write():  str -> newlines -> encoder -> pending -> buffer.write()
 *   read():   buffer.read1() -> decoder (IncrementalNewlineDecoder for universal newlines) -> decoded_chars
 *
 * Invariants: textio.h.  Positions: textseek.c.
 */
#include "textio.h"

/* --- _TextIOBase -------------------------------------------------------------------------------------------------- */

static PyObject *base_detach(PyObject *self, PyObject *unused) { return io_unsupported("detach"); }
static PyObject *base_read(PyObject *self, PyObject *args) { return io_unsupported("read"); }
static PyObject *base_readline(PyObject *self, PyObject *args) { return io_unsupported("readline"); }
static PyObject *base_write(PyObject *self, PyObject *args) { return io_unsupported("write"); }
static PyObject *base_none(PyObject *self, void *closure) { Py_RETURN_NONE; }

static PyMethodDef base_methods[] = {
    {"detach", base_detach, METH_NOARGS, PyDoc_STR("detach($self, /)\n--\n\nSeparate the buffer and return it.")},
    {"read", base_read, METH_VARARGS, PyDoc_STR("read(size=-1)\n\nReturn up to size characters, all up to the end if size is negative or None.")},
    {"readline", base_readline, METH_VARARGS, PyDoc_STR("readline()\n\nReturn the next line, '' at the end.")},
    {"write", base_write, METH_VARARGS, PyDoc_STR("write(s)\n\nWrite text; return how many characters.")},
    {NULL},
};

static PyGetSetDef base_getset[] = {
    {"encoding", base_none, NULL, PyDoc_STR("name of the encoding")},
    {"newlines", base_none, NULL, PyDoc_STR("kinds of line ends seen so far")},
    {"errors", base_none, NULL, PyDoc_STR("error handler of decoder or encoder")},
    {NULL},
};

PyTypeObject TextIOBase_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_io._TextIOBase",
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_FINALIZE,
    .tp_doc = PyDoc_STR("Base of text streams."),
    .tp_base = &IOBase_Type,
    .tp_methods = base_methods,
    .tp_getset = base_getset,
};

/* --- State ------------------------------------------------------------------------------------------------------------ */

int textio_check_ready(TextIO *self)
{
    if (self->ok)
        return 0;
    PyErr_SetString(PyExc_ValueError, self->detached ? "underlying buffer has been detached" : "I/O operation on uninitialized object");
    return -1;
}

int textio_check_open(TextIO *self)
{
    PyObject *closed = io_get(self->buffer, io_str_closed);
    if (closed == NULL)
        return -1;
    int truth = PyObject_IsTrue(closed);
    Py_DECREF(closed);
    if (truth > 0)
        PyErr_SetString(PyExc_ValueError, "I/O operation on closed file.");
    return truth ? -1 : textio_check_ready(self); /* the question ran code */
}

void textio_set_decoded(TextIO *self, PyObject *chars)
{
    Py_XSETREF(self->decoded_chars, chars);
    self->decoded_used = 0;
}

int textio_reset_encoder(TextIO *self, int start_of_stream)
{
    PyObject *result;
    self->start_of_stream = start_of_stream;
    if (start_of_stream)
        result = io_call0(self->encoder, io_str_reset);
    else
        result = io_call1(self->encoder, io_str_setstate, io_zero);
    if (result == NULL)
        return -1;
    Py_DECREF(result);
    return 0;
}

PyObject *textio_decode(TextIO *self, PyObject *bytes, int final)
{
    PyObject *text, *decoder = self->decoder;
    if (decoder && Py_TYPE(decoder) == &NewlineDecoder_Type) {
        Py_INCREF(decoder);
        text = io_newline_decode(decoder, bytes, final);
        Py_DECREF(decoder);
    } else {
        text = io_call(decoder, io_str_decode, bytes, final ? Py_True : Py_False);
    }
    if (text == NULL)
        return NULL;
    if (!PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "decoder should return a string result, not '%.200s'", Py_TYPE(text)->tp_name);
        Py_DECREF(text);
        return NULL;
    }
    if (PyUnicode_READY(text) < 0)
        Py_CLEAR(text);
    return text;
}

/* --- Set-up ------------------------------------------------------------------------------------------------------------- */

static int check_newline(const char *newline)
{
    if (newline && newline[0] != '\0' && strcmp(newline, "\n") != 0 && strcmp(newline, "\r") != 0 && strcmp(newline, "\r\n") != 0) {
        PyErr_Format(PyExc_ValueError, "illegal newline value: %s", newline);
        return -1;
    }
    return 0;
}

/* newline: NULL for None.  0 or -1. */
static int set_newline(TextIO *self, const char *newline)
{
    PyObject *readnl = Py_None;
    if (newline == NULL)
        Py_INCREF(readnl);
    else if ((readnl = PyUnicode_FromString(newline)) == NULL)
        return -1;
    Py_XSETREF(self->readnl, readnl);
    self->readuniversal = newline == NULL || newline[0] == '\0';
    self->readtranslate = newline == NULL;
    self->writetranslate = newline == NULL || newline[0] != '\0';
    self->writenl = NULL;
    if (newline != NULL && strcmp(newline, "\r") == 0)
        self->writenl = "\r";
    else if (newline != NULL && strcmp(newline, "\r\n") == 0)
        self->writenl = "\r\n";
    return 0;
}

static int truth_of_call(PyObject *object, const char *method)
{
    PyObject *answer = PyObject_CallMethod(object, method, NULL);
    if (answer == NULL)
        return -1;
    int truth = PyObject_IsTrue(answer);
    Py_DECREF(answer);
    return truth;
}

static int set_decoder(TextIO *self, PyObject *codec_info, const char *errors)
{
    int readable = truth_of_call(self->buffer, "readable");
    if (readable <= 0)
        return readable;
    Py_CLEAR(self->decoder);
    self->decoder = _PyCodecInfo_GetIncrementalDecoder(codec_info, errors);
    if (self->decoder == NULL)
        return -1;
    if (self->readuniversal) {
        PyObject *wrapped = PyObject_CallFunction((PyObject *)&NewlineDecoder_Type, "Oi", self->decoder, (int)self->readtranslate);
        if (wrapped == NULL)
            return -1;
        Py_SETREF(self->decoder, wrapped);
    }
    return 0;
}

static int set_encoder(TextIO *self, PyObject *codec_info, const char *errors)
{
    int writable = truth_of_call(self->buffer, "writable");
    if (writable <= 0)
        return writable;
    Py_CLEAR(self->encoder);
    self->way = ENCODE_GENERIC;
    self->encoder = _PyCodecInfo_GetIncrementalEncoder(codec_info, errors);
    if (self->encoder == NULL)
        return -1;
    PyObject *name;
    if (_PyObject_LookupAttr(codec_info, io_str_name, &name) < 0)
        return -1;
    if (name != NULL && PyUnicode_Check(name)) {
        if (_PyUnicode_EqualToASCIIString(name, "utf-8"))
            self->way = ENCODE_UTF8;
        else if (_PyUnicode_EqualToASCIIString(name, "ascii"))
            self->way = ENCODE_ASCII;
        else if (_PyUnicode_EqualToASCIIString(name, "iso8859-1"))
            self->way = ENCODE_LATIN1;
    }
    Py_XDECREF(name);
    return 0;
}

/* A stream that is appended to must not get a second byte order mark. */
static int fix_encoder_state(TextIO *self)
{
    if (!self->seekable || !self->encoder)
        return 0;
    self->start_of_stream = 1;
    PyObject *position = io_call0(self->buffer, io_str_tell);
    if (position == NULL)
        return -1;
    int at_start = PyObject_RichCompareBool(position, io_zero, Py_EQ);
    Py_DECREF(position);
    if (at_start < 0)
        return -1;
    return at_start ? 0 : textio_reset_encoder(self, 0);
}

/* The encoding if none is given: the terminal's, else the locale's.  New reference. */
static PyObject *default_encoding(PyObject *buffer)
{
    PyObject *fileno = io_call0(buffer, io_str_fileno), *encoding = NULL;
    if (fileno == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError) && !PyErr_ExceptionMatches(io_unsupported_operation))
            return NULL;
        PyErr_Clear();
    } else {
        int fd = _PyLong_AsInt(fileno);
        Py_DECREF(fileno);
        if (fd == -1 && PyErr_Occurred())
            return NULL;
        encoding = _Py_device_encoding(fd);
        if (encoding == NULL)
            return NULL;
        if (encoding != Py_None)
            return encoding;
        Py_DECREF(encoding);
    }
    PyObject *locale = PyImport_ImportModule("_bootlocale");
    if (locale == NULL) {
        /* Early in the start, or a library without it. */
        if (!PyErr_ExceptionMatches(PyExc_ImportError))
            return NULL;
        PyErr_Clear();
        if (_Py_IsFinalizing()) {
            PyErr_SetString(PyExc_RuntimeError, "could not find io module state");
            return NULL;
        }
        return PyUnicode_FromString("ascii");
    }
    encoding = PyObject_CallMethod(locale, "getpreferredencoding", "O", Py_False);
    Py_DECREF(locale);
    if (encoding != NULL && !PyUnicode_Check(encoding)) {
        PyErr_SetString(PyExc_OSError, "could not determine default encoding");
        Py_CLEAR(encoding);
    }
    return encoding;
}

static int textio_init(TextIO *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"buffer", "encoding", "errors", "newline", "line_buffering", "write_through", NULL};
    PyObject *buffer, *encoding_object = NULL, *errors = Py_None, *newline_object = NULL, *codec_info = NULL, *answer;
    const char *encoding = NULL, *newline = NULL;
    int line_buffering = 0, write_through = 0;

    self->ok = 0;
    self->detached = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|OOOii:TextIOWrapper", names, &buffer, &encoding_object, &errors, &newline_object,
                                     &line_buffering, &write_through) ||
        io_text_argument("TextIOWrapper", "argument 'encoding'", encoding_object, 1, &encoding) < 0 ||
        io_text_argument("TextIOWrapper", "argument 'newline'", newline_object, 1, &newline) < 0)
        return -1;
    if (errors == Py_None) {
        errors = io_str_strict;
    } else if (!PyUnicode_Check(errors)) {
        PyErr_Format(PyExc_TypeError, "TextIOWrapper() argument 'errors' must be str or None, not %.50s", Py_TYPE(errors)->tp_name);
        return -1;
    }
    const char *errors_text = PyUnicode_AsUTF8(errors);
    if (errors_text == NULL || check_newline(newline) < 0)
        return -1;

    Py_CLEAR(self->buffer);
    Py_CLEAR(self->encoding);
    Py_CLEAR(self->encoder);
    Py_CLEAR(self->decoder);
    Py_CLEAR(self->readnl);
    Py_CLEAR(self->decoded_chars);
    Py_CLEAR(self->pending);
    Py_CLEAR(self->snapshot_input);
    Py_CLEAR(self->errors);
    self->decoded_used = 0;
    self->pending_size = 0;
    self->way = ENCODE_GENERIC;
    self->b2cratio = 0.0;

    self->encoding = encoding == NULL ? default_encoding(buffer) : PyUnicode_FromString(encoding);
    if (self->encoding == NULL || (encoding = PyUnicode_AsUTF8(self->encoding)) == NULL)
        goto error;
    codec_info = _PyCodec_LookupTextEncoding(encoding, "codecs.open()");
    if (codec_info == NULL)
        goto error;
    Py_INCREF(errors);
    self->errors = errors;
    self->chunk_size = 8192;
    self->line_buffering = line_buffering != 0;
    self->write_through = write_through != 0;
    if (set_newline(self, newline) < 0)
        goto error;
    Py_INCREF(buffer);
    self->buffer = buffer;
    if (set_decoder(self, codec_info, errors_text) < 0 || set_encoder(self, codec_info, errors_text) < 0)
        goto error;
    int seekable = truth_of_call(buffer, "seekable");
    if (seekable < 0)
        goto error;
    self->seekable = self->telling = (char)seekable;
    int found = _PyObject_LookupAttr(buffer, io_str_read1, &answer);
    if (found < 0)
        goto error;
    Py_XDECREF(answer);
    self->has_read1 = (char)found;
    self->start_of_stream = 0;
    if (fix_encoder_state(self) < 0)
        goto error;
    self->ok = 1;
    Py_DECREF(codec_info);
    return 0;
error:
    Py_XDECREF(codec_info);
    return -1;
}

/* reconfigure(): another codec over the same buffer.  0 or -1. */
static int change_encoding(TextIO *self, PyObject *encoding, PyObject *errors, int newline_changed)
{
    if (encoding == Py_None && errors == Py_None && !newline_changed)
        return 0;
    if (encoding == Py_None) {
        encoding = self->encoding;
        if (errors == Py_None)
            errors = self->errors;
    } else if (errors == Py_None) {
        errors = io_str_strict;
    }
    const char *encoding_text = PyUnicode_AsUTF8(encoding), *errors_text = PyUnicode_AsUTF8(errors);
    if (encoding_text == NULL || errors_text == NULL)
        return -1;
    PyObject *codec_info = _PyCodec_LookupTextEncoding(encoding_text, "codecs.open()");
    if (codec_info == NULL)
        return -1;
    int rc = set_decoder(self, codec_info, errors_text);
    if (rc == 0)
        rc = set_encoder(self, codec_info, errors_text);
    Py_DECREF(codec_info);
    if (rc < 0)
        return -1;
    Py_INCREF(encoding);
    Py_SETREF(self->encoding, encoding);
    Py_INCREF(errors);
    Py_SETREF(self->errors, errors);
    return fix_encoder_state(self);
}

static PyObject *textio_reconfigure(TextIO *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"encoding", "errors", "newline", "line_buffering", "write_through", NULL};
    PyObject *encoding = Py_None, *errors = Py_None, *newline = NULL, *line_obj = Py_None, *through_obj = Py_None;
    const char *newline_text = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|$OOOOO:reconfigure", names, &encoding, &errors, &newline, &line_obj, &through_obj))
        return NULL;
    if (textio_check_ready(self) < 0)
        return NULL;
    struct {PyObject *value; const char *name;} texts[] = {{encoding, "encoding"}, {errors, "errors"}};
    for (int i = 0; i < 2; i++)
        if (texts[i].value != Py_None && !PyUnicode_Check(texts[i].value)) {
            PyErr_Format(PyExc_TypeError, "reconfigure() argument '%s' must be str or None, not %.50s", texts[i].name,
                         Py_TYPE(texts[i].value)->tp_name);
            return NULL;
        }
    if (self->decoded_chars != NULL && (encoding != Py_None || errors != Py_None || newline != NULL))
        return io_unsupported("It is not possible to set the encoding or newline of stream after the first read");
    if (newline != NULL && newline != Py_None) {
        if (!PyUnicode_Check(newline)) {
            PyErr_Format(PyExc_TypeError, "reconfigure() argument 'newline' must be str or None, not %.50s", Py_TYPE(newline)->tp_name);
            return NULL;
        }
        newline_text = PyUnicode_AsUTF8(newline);
        if (newline_text == NULL || check_newline(newline_text) < 0)
            return NULL;
    }
    int line_buffering = line_obj == Py_None ? self->line_buffering : PyObject_IsTrue(line_obj);
    int write_through = through_obj == Py_None ? self->write_through : PyObject_IsTrue(through_obj);
    if (line_buffering < 0 || write_through < 0)
        return NULL;
    PyObject *flushed = io_call0((PyObject *)self, io_str_flush);
    if (flushed == NULL)
        return NULL;
    Py_DECREF(flushed);
    self->b2cratio = 0;
    if (newline != NULL && set_newline(self, newline_text) < 0)
        return NULL;
    if (change_encoding(self, encoding, errors, newline != NULL) < 0)
        return NULL;
    self->line_buffering = (char)line_buffering;
    self->write_through = (char)write_through;
    Py_RETURN_NONE;
}

/* --- Writing ---------------------------------------------------------------------------------------------------------- */

int textio_flush_pending(TextIO *self)
{
    PyObject *bytes, *result;
    if (self->pending == NULL)
        return 0;
    PyObject *pieces = self->pending;
    self->pending = NULL;
    self->pending_size = 0;
    if (PyList_GET_SIZE(pieces) == 1) {
        bytes = PyList_GET_ITEM(pieces, 0);
        Py_INCREF(bytes);
    } else if ((bytes = _PyBytes_Join(io_empty_bytes, pieces)) == NULL) {
        self->pending = pieces; /* nothing is lost: the next flush may find the memory */
        for (Py_ssize_t i = 0; i < PyList_GET_SIZE(pieces); i++)
            self->pending_size += PyBytes_GET_SIZE(PyList_GET_ITEM(pieces, i));
        return -1;
    }
    Py_DECREF(pieces);
    do {
        result = io_call1(self->buffer, io_str_write, bytes);
    } while (result == NULL && io_trap_eintr());
    Py_DECREF(bytes);
    if (result == NULL)
        return -1;
    Py_DECREF(result);
    return 0;
}

static PyObject *encode(TextIO *self, PyObject *text)
{
    const char *errors = self->errors ? PyUnicode_AsUTF8(self->errors) : NULL;
    switch (self->way) {
    case ENCODE_UTF8: return _PyUnicode_AsUTF8String(text, errors);
    case ENCODE_ASCII: return _PyUnicode_AsASCIIString(text, errors);
    case ENCODE_LATIN1: return _PyUnicode_AsLatin1String(text, errors);
    default: break;
    }
    self->start_of_stream = 0;
    return io_call1(self->encoder, io_str_encode, text);
}

static PyObject *textio_write(TextIO *self, PyObject *text)
{
    PyObject *bytes, *result;
    if (textio_check_ready(self) < 0)
        return NULL;
    if (!PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "write() argument must be str, not %.200s", Py_TYPE(text)->tp_name);
        return NULL;
    }
    if (PyUnicode_READY(text) < 0 || textio_check_open(self) < 0)
        return NULL;
    if (self->encoder == NULL)
        return io_unsupported("not writable");

    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    int has_newline = 0, flush_buffer = 0, flush_text = self->write_through;
    if ((self->writetranslate && self->writenl != NULL) || self->line_buffering)
        has_newline = PyUnicode_FindChar(text, '\n', 0, length, 1) >= 0;
    if (self->line_buffering && (has_newline || PyUnicode_FindChar(text, '\r', 0, length, 1) >= 0))
        flush_buffer = 1;
    if (has_newline && self->writetranslate && self->writenl != NULL) {
        PyObject *nl = PyUnicode_FromString(self->writenl);
        if (nl == NULL)
            return NULL;
        text = PyUnicode_Replace(text, io_nl, nl, -1);
        Py_DECREF(nl);
        if (text == NULL)
            return NULL;
    } else {
        Py_INCREF(text);
    }
    bytes = encode(self, text);
    Py_DECREF(text);
    if (bytes == NULL)
        return NULL;
    if (!PyBytes_Check(bytes)) {
        PyErr_Format(PyExc_TypeError, "encoder should return a bytes object, not '%.200s'", Py_TYPE(bytes)->tp_name);
        Py_DECREF(bytes);
        return NULL;
    }
    Py_ssize_t size = PyBytes_GET_SIZE(bytes);
    if (self->pending != NULL && self->pending_size + size > self->chunk_size && textio_flush_pending(self) < 0) {
        Py_DECREF(bytes);
        return NULL;
    }
    if (self->pending == NULL && (self->pending = PyList_New(0)) == NULL) {
        Py_DECREF(bytes);
        return NULL;
    }
    int rc = PyList_Append(self->pending, bytes);
    Py_DECREF(bytes);
    if (rc < 0)
        return NULL;
    self->pending_size += size;
    if ((self->pending_size >= self->chunk_size || flush_buffer || flush_text) && textio_flush_pending(self) < 0)
        return NULL;
    if (flush_buffer) {
        result = io_call0(self->buffer, io_str_flush);
        if (result == NULL)
            return NULL;
        Py_DECREF(result);
    }
    textio_set_decoded(self, NULL);
    Py_CLEAR(self->snapshot_input);
    if (self->decoder) {
        result = io_call0(self->decoder, io_str_reset);
        if (result == NULL)
            return NULL;
        Py_DECREF(result);
    }
    return PyLong_FromSsize_t(length);
}

static PyObject *textio_flush(TextIO *self, PyObject *unused)
{
    if (textio_check_ready(self) < 0 || textio_check_open(self) < 0)
        return NULL;
    self->telling = self->seekable;
    if (textio_flush_pending(self) < 0)
        return NULL;
    return io_call0(self->buffer, io_str_flush);
}

/* --- Reading ------------------------------------------------------------------------------------------------------------ */

/* Up to n characters of what is decoded (all if n < 0); new reference. */
static PyObject *take_decoded(TextIO *self, Py_ssize_t n)
{
    if (self->decoded_chars == NULL)
        return PyUnicode_New(0, 0);
    Py_ssize_t left = PyUnicode_GET_LENGTH(self->decoded_chars) - self->decoded_used;
    if (n < 0 || n > left)
        n = left;
    PyObject *chars = PyUnicode_Substring(self->decoded_chars, self->decoded_used, self->decoded_used + n);
    if (chars != NULL)
        self->decoded_used += n;
    return chars;
}

/* Remember where the chunk that is about to be decoded starts.  Takes the decoder's state before. 0 or -1. */
static int note_state(TextIO *self, PyObject **held, int *flags)
{
    PyObject *state = io_call0(self->decoder, io_str_getstate);
    if (state == NULL)
        return -1;
    if (!PyTuple_Check(state)) {
        PyErr_SetString(PyExc_TypeError, "illegal decoder state");
        Py_DECREF(state);
        return -1;
    }
    if (!PyArg_ParseTuple(state, "Oi;illegal decoder state", held, flags)) {
        Py_DECREF(state);
        return -1;
    }
    if (!PyBytes_Check(*held)) {
        PyErr_Format(PyExc_TypeError, "illegal decoder state: the first item should be a bytes object, not '%.200s'",
                     Py_TYPE(*held)->tp_name);
        Py_DECREF(state);
        return -1;
    }
    Py_INCREF(*held);
    Py_DECREF(state);
    return 0;
}

/* Read and decode the next chunk: 1, 0 at the end, -1 with an exception. */
static int read_chunk(TextIO *self, Py_ssize_t size_hint)
{
    PyObject *held = NULL, *input = NULL, *size;
    Py_buffer view;
    int flags = 0, result = -1;
    if (self->decoder == NULL) {
        io_unsupported("not readable");
        return -1;
    }
    if (self->telling && note_state(self, &held, &flags) < 0)
        return -1;
    if (size_hint > 0)
        size_hint = (Py_ssize_t)(Py_MAX(self->b2cratio, 1.0) * size_hint);
    size = PyLong_FromSsize_t(Py_MAX(self->chunk_size, size_hint));
    if (size == NULL)
        goto done;
    input = io_call1(self->buffer, self->has_read1 ? io_str_read1 : io_str_read, size);
    Py_DECREF(size);
    if (input == NULL)
        goto done;
    if (PyObject_GetBuffer(input, &view, PyBUF_SIMPLE) != 0) {
        PyErr_Format(PyExc_TypeError, "underlying %s() should have returned a bytes-like object, not '%.200s'",
                     self->has_read1 ? "read1" : "read", Py_TYPE(input)->tp_name);
        goto done;
    }
    Py_ssize_t n = view.len;
    int end = n == 0;
    PyObject *text = textio_decode(self, input, end);
    if (text != NULL) {
        Py_ssize_t chars = PyUnicode_GET_LENGTH(text);
        self->b2cratio = chars > 0 ? (double)n / chars : 0.0;
        textio_set_decoded(self, text);
        if (chars > 0)
            end = 0;
        result = !end;
        if (held != NULL) { /* what came before this chunk was noted */
            PyObject *all = PyBytes_FromStringAndSize(NULL, PyBytes_GET_SIZE(held) + n);
            if (all == NULL) {
                result = -1;
            } else {
                memcpy(PyBytes_AS_STRING(all), PyBytes_AS_STRING(held), PyBytes_GET_SIZE(held));
                memcpy(PyBytes_AS_STRING(all) + PyBytes_GET_SIZE(held), view.buf, n);
                Py_XSETREF(self->snapshot_input, all);
                self->snapshot_flags = flags;
            }
        }
    }
    PyBuffer_Release(&view);
done:
    Py_XDECREF(held);
    Py_XDECREF(input);
    return result;
}

static PyObject *read_to_end(TextIO *self)
{
    PyObject *bytes = io_call0(self->buffer, io_str_read), *decoded, *result;
    if (bytes == NULL)
        return NULL;
    decoded = textio_decode(self, bytes, 1);
    Py_DECREF(bytes);
    if (decoded == NULL)
        return NULL;
    result = take_decoded(self, -1);
    if (result != NULL)
        PyUnicode_Append(&result, decoded);
    Py_DECREF(decoded);
    if (result == NULL)
        return NULL;
    textio_set_decoded(self, NULL);
    Py_CLEAR(self->snapshot_input);
    return result;
}

static PyObject *textio_read(TextIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t n = -1;
    PyObject *result, *chunks = NULL;
    if (!_PyArg_CheckPositional("read", nargs, 0, 1) || (nargs && !io_convert_size(args[0], &n)))
        return NULL;
    if (textio_check_ready(self) < 0 || textio_check_open(self) < 0)
        return NULL;
    if (self->decoder == NULL)
        return io_unsupported("not readable");
    if (textio_flush_pending(self) < 0)
        return NULL;
    if (n < 0)
        return read_to_end(self);

    result = take_decoded(self, n);
    if (result == NULL)
        return NULL;
    Py_ssize_t left = n - PyUnicode_GET_LENGTH(result);
    while (left > 0) {
        int more = read_chunk(self, left);
        if (more < 0) {
            if (io_trap_eintr())
                continue;
            goto error;
        }
        if (more == 0)
            break;
        if (chunks == NULL && (chunks = PyList_New(0)) == NULL)
            goto error;
        if (PyUnicode_GET_LENGTH(result) > 0 && PyList_Append(chunks, result) < 0)
            goto error;
        Py_SETREF(result, take_decoded(self, left));
        if (result == NULL)
            goto error;
        left -= PyUnicode_GET_LENGTH(result);
    }
    if (chunks != NULL) {
        if (PyList_Append(chunks, result) < 0)
            goto error;
        Py_SETREF(result, PyUnicode_Join(io_empty_str, chunks));
        Py_CLEAR(chunks);
    }
    return result;
error:
    Py_XDECREF(result);
    Py_XDECREF(chunks);
    return NULL;
}

/* Offset of c in [start, end), or -1. */
static Py_ssize_t find_char(int kind, const char *start, const char *end, Py_UCS4 c)
{
    if (kind == PyUnicode_1BYTE_KIND) {
        const char *at = end > start ? memchr(start, (int)c, end - start) : NULL;
        return at == NULL ? -1 : at - start;
    }
    Py_ssize_t n = (end - start) / kind;
    for (Py_ssize_t i = 0; i < n; i++)
        if (PyUnicode_READ(kind, start, i) == c)
            return i;
    return -1;
}

Py_ssize_t io_find_line_end(int translated, int universal, PyObject *newline, int kind, const char *start,
                            const char *end, Py_ssize_t *consumed)
{
    Py_ssize_t n = (end - start) / kind, at;
    *consumed = n;
    if (translated) {
        at = find_char(kind, start, end, '\n');
        return at < 0 ? -1 : at + 1;
    }
    if (universal) {
        Py_ssize_t lf = find_char(kind, start, end, '\n');
        Py_ssize_t cr = find_char(kind, start, lf < 0 ? end : start + lf * kind, '\r');
        if (cr < 0)
            return lf < 0 ? -1 : lf + 1;
        return lf == cr + 1 ? lf + 1 : cr + 1;
    }
    /* A fixed line end, of one or two characters. */
    Py_ssize_t size = newline == NULL || newline == Py_None ? 1 : PyUnicode_GET_LENGTH(newline);
    Py_UCS4 first = size && newline != NULL && newline != Py_None ? PyUnicode_READ_CHAR(newline, 0) : '\n';
    for (Py_ssize_t from = 0;;) {
        at = find_char(kind, start + from * kind, end, first);
        if (at < 0)
            return -1;
        at += from;
        if (size == 1)
            return at + 1;
        if (at + 1 >= n) {
            *consumed = at;
            return -1;
        }
        if (PyUnicode_READ(kind, start, at + 1) == PyUnicode_READ_CHAR(newline, 1))
            return at + 2;
        from = at + 1;
    }
}

/* readline(limit), limit -1 for none. */
static PyObject *read_line(TextIO *self, Py_ssize_t limit)
{
    PyObject *chunks = NULL, *carry = NULL, *line = NULL, *piece;
    Py_ssize_t gathered = 0;

    if (textio_check_open(self) < 0 || textio_flush_pending(self) < 0)
        return NULL;
    for (;;) {
        int more = 1;
        while (self->decoded_chars == NULL || self->decoded_used >= PyUnicode_GET_LENGTH(self->decoded_chars)) {
            more = read_chunk(self, 0);
            if (more < 0) {
                if (io_trap_eintr())
                    continue;
                goto error;
            }
            if (more == 0)
                break;
        }
        if (more == 0) {
            textio_set_decoded(self, NULL);
            Py_CLEAR(self->snapshot_input);
            break;
        }
        /* The text to search: what the last chunk ended in and may start a line end, and the new chunk. */
        Py_ssize_t start = self->decoded_used, carried = 0, consumed;
        if (carry == NULL) {
            line = self->decoded_chars;
            Py_INCREF(line);
        } else {
            carried = PyUnicode_GET_LENGTH(carry);
            line = PyUnicode_Concat(carry, self->decoded_chars);
            Py_CLEAR(carry);
            if (line == NULL)
                goto error;
        }
        Py_ssize_t length = PyUnicode_GET_LENGTH(line);
        int kind = PyUnicode_KIND(line);
        const char *data = PyUnicode_DATA(line);
        Py_ssize_t found = io_find_line_end(self->readtranslate, self->readuniversal, self->readnl, kind, data + start * kind,
                                            data + length * kind, &consumed);
        Py_ssize_t end = found >= 0 ? start + found : start + consumed;
        int limited = limit >= 0 && end - start >= limit - gathered;
        if (limited)
            end = start + limit - gathered;
        if (found >= 0 || limited) {
            self->decoded_used = end - carried;
            piece = start == 0 && end == length ? (Py_INCREF(line), line) : PyUnicode_Substring(line, start, end);
            Py_CLEAR(line);
            if (piece == NULL)
                goto error;
            line = piece;
            goto complete;
        }
        if (end > start) {
            piece = PyUnicode_Substring(line, start, end);
            if (piece == NULL)
                goto error;
            if (chunks == NULL && (chunks = PyList_New(0)) == NULL) {
                Py_DECREF(piece);
                goto error;
            }
            int rc = PyList_Append(chunks, piece);
            Py_DECREF(piece);
            if (rc < 0)
                goto error;
            gathered += end - start;
        }
        if (end < length && (carry = PyUnicode_Substring(line, end, length)) == NULL)
            goto error;
        Py_CLEAR(line);
        textio_set_decoded(self, NULL);
    }
    line = carry;
    carry = NULL;
complete:
    if (chunks != NULL) {
        if (line != NULL && PyList_Append(chunks, line) < 0)
            goto error;
        Py_XSETREF(line, PyUnicode_Join(io_empty_str, chunks));
        Py_DECREF(chunks);
    }
    return line != NULL || PyErr_Occurred() ? line : PyUnicode_New(0, 0);
error:
    Py_XDECREF(chunks);
    Py_XDECREF(carry);
    Py_XDECREF(line);
    return NULL;
}

static PyObject *textio_readline(TextIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t size = -1;
    if (!_PyArg_CheckPositional("readline", nargs, 0, 1))
        return NULL;
    if (nargs) {
        size = PyNumber_AsSsize_t(args[0], PyExc_OverflowError);
        if (size == -1 && PyErr_Occurred())
            return NULL;
    }
    return textio_check_ready(self) < 0 ? NULL : read_line(self, size);
}

static PyObject *textio_next(TextIO *self)
{
    PyObject *line;
    if (textio_check_ready(self) < 0)
        return NULL;
    self->telling = 0;
    if (Py_TYPE(self) == &TextIOWrapper_Type) {
        line = read_line(self, -1);
    } else {
        line = io_call0((PyObject *)self, io_str_readline);
        if (line && !PyUnicode_Check(line)) {
            PyErr_Format(PyExc_OSError, "readline() should have returned an str object, not '%.200s'", Py_TYPE(line)->tp_name);
            Py_DECREF(line);
            return NULL;
        }
    }
    if (line == NULL || PyUnicode_READY(line) < 0)
        return NULL;
    if (PyUnicode_GET_LENGTH(line) == 0) {
        Py_DECREF(line);
        Py_CLEAR(self->snapshot_input);
        self->telling = self->seekable;
        return NULL;
    }
    return line;
}

/* --- Life and attributes ------------------------------------------------------------------------------------------------ */

static PyObject *textio_detach(TextIO *self, PyObject *unused)
{
    if (textio_check_ready(self) < 0)
        return NULL;
    PyObject *flushed = io_call0((PyObject *)self, io_str_flush);
    if (flushed == NULL)
        return NULL;
    Py_DECREF(flushed);
    if (textio_check_ready(self) < 0)
        return NULL;
    PyObject *buffer = self->buffer;
    self->buffer = NULL;
    self->detached = 1;
    self->ok = 0;
    return buffer;
}

static PyObject *textio_truncate(TextIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("truncate", nargs, 0, 1) || textio_check_ready(self) < 0)
        return NULL;
    PyObject *flushed = io_call0((PyObject *)self, io_str_flush);
    if (flushed == NULL)
        return NULL;
    Py_DECREF(flushed);
    return io_call1(self->buffer, io_str_truncate, nargs ? args[0] : Py_None);
}

static PyObject *textio_close(TextIO *self, PyObject *unused)
{
    PyObject *type = NULL, *value = NULL, *traceback = NULL, *result;
    if (textio_check_ready(self) < 0)
        return NULL;
    result = PyObject_GetAttr((PyObject *)self, io_str_closed);
    if (result == NULL)
        return NULL;
    int closed = PyObject_IsTrue(result);
    Py_DECREF(result);
    if (closed < 0)
        return NULL;
    if (closed)
        Py_RETURN_NONE;
    if (self->finalizing) {
        result = io_call1(self->buffer, io_str__dealloc_warn, (PyObject *)self);
        if (result != NULL)
            Py_DECREF(result);
        else
            PyErr_Clear();
    }
    result = io_call0((PyObject *)self, io_str_flush);
    if (result == NULL)
        PyErr_Fetch(&type, &value, &traceback);
    else
        Py_DECREF(result);
    result = io_call0(self->buffer, io_str_close);
    if (type != NULL) {
        _PyErr_ChainExceptions(type, value, traceback);
        Py_CLEAR(result);
    }
    return result;
}

#define FORWARD(function, name)                                                                              \
    static PyObject *function(TextIO *self, PyObject *unused)                                                \
    {                                                                                                        \
        return textio_check_ready(self) < 0 ? NULL : io_call0(self->buffer, name);                           \
    }
FORWARD(textio_fileno, io_str_fileno)
FORWARD(textio_seekable, io_str_seekable)
FORWARD(textio_readable, io_str_readable)
FORWARD(textio_writable, io_str_writable)
FORWARD(textio_isatty, io_str_isatty)

static PyObject *textio_repr(TextIO *self)
{
    PyObject *result = NULL, *name = NULL, *mode = NULL, *text, *part;
    if (!self->detached && textio_check_ready(self) < 0)
        return NULL;
    int status = Py_ReprEnter((PyObject *)self);
    if (status != 0) {
        if (status > 0)
            PyErr_Format(PyExc_RuntimeError, "reentrant call inside %s.__repr__", Py_TYPE(self)->tp_name);
        return NULL;
    }
    text = PyUnicode_FromString("<_io.TextIOWrapper");
    if (text == NULL)
        goto done;
    if (_PyObject_LookupAttr((PyObject *)self, io_str_name, &name) < 0) {
        if (!PyErr_ExceptionMatches(PyExc_ValueError))
            goto done;
        PyErr_Clear();
    }
    if (name != NULL) {
        part = PyUnicode_FromFormat(" name=%R", name);
        PyUnicode_AppendAndDel(&text, part);
        if (text == NULL || part == NULL)
            goto done;
    }
    if (_PyObject_LookupAttr((PyObject *)self, io_str_mode, &mode) < 0)
        goto done;
    if (mode != NULL) {
        part = PyUnicode_FromFormat(" mode=%R", mode);
        PyUnicode_AppendAndDel(&text, part);
        if (text == NULL || part == NULL)
            goto done;
    }
    result = PyUnicode_FromFormat("%U encoding=%R>", text, self->encoding);
done:
    Py_XDECREF(text);
    Py_XDECREF(name);
    Py_XDECREF(mode);
    Py_ReprLeave((PyObject *)self);
    return result;
}

static PyObject *get_name(TextIO *self, void *closure)
{
    return textio_check_ready(self) < 0 ? NULL : io_get(self->buffer, io_str_name);
}

static PyObject *get_closed(TextIO *self, void *closure)
{
    return textio_check_ready(self) < 0 ? NULL : io_get(self->buffer, io_str_closed);
}

static PyObject *get_newlines(TextIO *self, void *closure)
{
    PyObject *result;
    if (textio_check_ready(self) < 0)
        return NULL;
    if (self->decoder == NULL || _PyObject_LookupAttr(self->decoder, io_str_newlines, &result) == 0)
        Py_RETURN_NONE;
    return result;
}

static PyObject *get_errors(TextIO *self, void *closure)
{
    if (!self->detached && textio_check_ready(self) < 0)
        return NULL;
    Py_INCREF(self->errors);
    return self->errors;
}

static PyObject *get_chunk_size(TextIO *self, void *closure)
{
    return textio_check_ready(self) < 0 ? NULL : PyLong_FromSsize_t(self->chunk_size);
}

static int set_chunk_size(TextIO *self, PyObject *value, void *closure)
{
    if (textio_check_ready(self) < 0)
        return -1;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
        return -1;
    }
    Py_ssize_t n = PyNumber_AsSsize_t(value, PyExc_ValueError);
    if (n == -1 && PyErr_Occurred())
        return -1;
    if (n <= 0) {
        PyErr_SetString(PyExc_ValueError, "a strictly positive integer is required");
        return -1;
    }
    self->chunk_size = n;
    return 0;
}

static int textio_traverse(TextIO *self, visitproc visit, void *arg)
{
    Py_VISIT(self->buffer);
    Py_VISIT(self->encoding);
    Py_VISIT(self->encoder);
    Py_VISIT(self->decoder);
    Py_VISIT(self->readnl);
    Py_VISIT(self->decoded_chars);
    Py_VISIT(self->pending);
    Py_VISIT(self->snapshot_input);
    Py_VISIT(self->errors);
    Py_VISIT(self->dict);
    return 0;
}

static int textio_clear(TextIO *self)
{
    self->ok = 0;
    Py_CLEAR(self->buffer);
    Py_CLEAR(self->encoding);
    Py_CLEAR(self->encoder);
    Py_CLEAR(self->decoder);
    Py_CLEAR(self->readnl);
    Py_CLEAR(self->decoded_chars);
    Py_CLEAR(self->pending);
    Py_CLEAR(self->snapshot_input);
    Py_CLEAR(self->errors);
    Py_CLEAR(self->dict);
    return 0;
}

static void textio_dealloc(TextIO *self)
{
    self->finalizing = 1;
    if (io_finalize((PyObject *)self) < 0)
        return;
    self->ok = 0;
    PyObject_GC_UnTrack(self);
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs((PyObject *)self);
    textio_clear(self);
    Py_TYPE(self)->tp_free(self);
}

#define M(function) (PyCFunction)(void (*)(void))function
static PyMethodDef textio_methods[] = {
    {"detach", M(textio_detach), METH_NOARGS, PyDoc_STR("detach($self, /)\n--\n\nFlush, separate the buffer and return it.")},
    {"reconfigure", M(textio_reconfigure), METH_VARARGS | METH_KEYWORDS, PyDoc_STR("reconfigure($self, /, *, encoding=None, errors=None, newline=None,\n            line_buffering=None, write_through=None)\n--\n\nChange parameters of the stream; encoding and newline only before the first read.")},
    {"write", M(textio_write), METH_O, PyDoc_STR("write($self, text, /)\n--\n\nWrite text; return how many characters.")},
    {"read", M(textio_read), METH_FASTCALL, PyDoc_STR("read($self, size=-1, /)\n--\n\nReturn up to size characters, all up to the end if size is negative or None.")},
    {"readline", M(textio_readline), METH_FASTCALL, PyDoc_STR("readline($self, size=-1, /)\n--\n\nReturn the next line, at most size characters of it; '' at the end.")},
    {"flush", M(textio_flush), METH_NOARGS, PyDoc_STR("flush($self, /)\n--\n\nWrite out what is buffered, here and below.")},
    {"close", M(textio_close), METH_NOARGS, PyDoc_STR("close($self, /)\n--\n\nFlush and close the buffer.")},
    {"fileno", M(textio_fileno), METH_NOARGS, PyDoc_STR("fileno($self, /)\n--\n\nReturn the descriptor of the stream below.")},
    {"seekable", M(textio_seekable), METH_NOARGS, PyDoc_STR("seekable($self, /)\n--\n\nReturn whether seek() and tell() work.")},
    {"readable", M(textio_readable), METH_NOARGS, PyDoc_STR("readable($self, /)\n--\n\nReturn whether the stream below can be read.")},
    {"writable", M(textio_writable), METH_NOARGS, PyDoc_STR("writable($self, /)\n--\n\nReturn whether the stream below can be written.")},
    {"isatty", M(textio_isatty), METH_NOARGS, PyDoc_STR("isatty($self, /)\n--\n\nReturn whether the stream below is a terminal.")},
    {"seek", M(textio_seek), METH_FASTCALL, PyDoc_STR("seek($self, cookie, whence=0, /)\n--\n\nMove to a place that tell() returned, to the start (0) or, with whence 2, to the end.")},
    {"tell", M(textio_tell), METH_NOARGS, PyDoc_STR("tell($self, /)\n--\n\nReturn the place as a number that only seek() understands.")},
    {"truncate", M(textio_truncate), METH_FASTCALL, PyDoc_STR("truncate($self, pos=None, /)\n--\n\nFlush, and make the file pos bytes long, the position by default.")},
    {NULL},
};

static PyMemberDef textio_members[] = {
    {"encoding", T_OBJECT_EX, offsetof(TextIO, encoding), READONLY, PyDoc_STR("name of the encoding")},
    {"buffer", T_OBJECT_EX, offsetof(TextIO, buffer), READONLY, PyDoc_STR("the stream below")},
    {"line_buffering", T_BOOL, offsetof(TextIO, line_buffering), READONLY, PyDoc_STR("whether a newline flushes")},
    {"write_through", T_BOOL, offsetof(TextIO, write_through), READONLY, PyDoc_STR("whether writes go to the buffer at once")},
    {"_finalizing", T_BOOL, offsetof(TextIO, finalizing), 0, NULL},
    {NULL},
};

static PyGetSetDef textio_getset[] = {
    {"name", (getter)get_name, NULL, PyDoc_STR("name of the stream below")},
    {"closed", (getter)get_closed, NULL, PyDoc_STR("whether the stream is closed")},
    {"newlines", (getter)get_newlines, NULL, PyDoc_STR("kinds of line ends seen so far")},
    {"errors", (getter)get_errors, NULL, PyDoc_STR("how errors of encoding are handled")},
    {"_CHUNK_SIZE", (getter)get_chunk_size, (setter)set_chunk_size, NULL},
    {NULL},
};

PyTypeObject TextIOWrapper_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_io.TextIOWrapper",
    .tp_basicsize = sizeof(TextIO),
    .tp_dealloc = (destructor)textio_dealloc,
    .tp_repr = (reprfunc)textio_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_FINALIZE,
    .tp_doc = PyDoc_STR("TextIOWrapper(buffer, encoding=None, errors=None, newline=None,\n              line_buffering=False, write_through=False)\n--\n\n"
                        "Text over a buffered binary stream.\n\n"
                        "encoding: None takes the locale's.  errors: error handler, None for 'strict'.\n"
                        "newline: None, '', '\\n', '\\r' or '\\r\\n', as for open().\n"
                        "line_buffering: whether a line end flushes.  write_through: whether nothing is\nheld back here."),
    .tp_traverse = (traverseproc)textio_traverse,
    .tp_clear = (inquiry)textio_clear,
    .tp_weaklistoffset = offsetof(TextIO, weakreflist),
    .tp_iternext = (iternextfunc)textio_next,
    .tp_methods = textio_methods,
    .tp_members = textio_members,
    .tp_getset = textio_getset,
    .tp_base = &TextIOBase_Type,
    .tp_dictoffset = offsetof(TextIO, dict),
    .tp_init = (initproc)textio_init,
    .tp_new = PyType_GenericNew,
};

/* --- At exit ----------------------------------------------------------------------------------------------------- */

int tai_io_layers(PyObject *stream, PyObject *layers[3])
{
    TextIO *self = (TextIO *)stream;
    if (Py_TYPE(stream) != &TextIOWrapper_Type || !self->ok || self->detached || self->pending_size > 0 || self->buffer == NULL)
        return 0;
    layers[0] = stream;
    layers[1] = self->buffer;
    layers[2] = io_idle_raw(self->buffer);
    return layers[2] != NULL;
}

int tai_io_is_memory(PyTypeObject *type) { return type == &BytesIO_Type || type == &StringIO_Type; }
