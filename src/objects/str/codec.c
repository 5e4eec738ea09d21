/* SPDX-License-Identifier: MIT */
/* Codecs, shared side: error handling (see codec.h) and the entries that choose a codec by name. */
#include "objects/str/codec.h"
#include "runtime/state.h"

/* ---- decoding ---- */

void tai_decoder_init(StrDecoder *d, const char *encoding, const char *errors, const char *s, Py_ssize_t size)
{
    memset(d, 0, sizeof *d);
    d->encoding = encoding;
    d->errors = errors;
    d->start = d->p = (const unsigned char *)s;
    d->end = d->start + size;
    _PyUnicodeWriter_Init(&d->w);
}

static int decode_exception(StrDecoder *d, const char *reason, Py_ssize_t from, Py_ssize_t to)
{
    if (d->exception == NULL) {
        d->exception = PyUnicodeDecodeError_Create(d->encoding, (const char *)d->start, d->end - d->start, from, to, reason);
        return d->exception == NULL ? -1 : 0;
    }
    return PyUnicodeDecodeError_SetStart(d->exception, from) || PyUnicodeDecodeError_SetEnd(d->exception, to) ||
                   PyUnicodeDecodeError_SetReason(d->exception, reason)
               ? -1
               : 0;
}

/* Handlers may put another bytes object into the exception: decoding then goes on in that. */
static int adopt_input(StrDecoder *d)
{
    PyObject *input = PyUnicodeDecodeError_GetObject(d->exception);
    if (input == NULL)
        return -1;
    Py_XSETREF(d->replaced_input, input);
    d->start = (const unsigned char *)PyBytes_AS_STRING(input);
    d->end = d->start + PyBytes_GET_SIZE(input);
    return 0;
}

static int decode_by_handler(StrDecoder *d, const char *reason, Py_ssize_t from, Py_ssize_t to)
{
    PyObject *text = NULL;
    Py_ssize_t position;
    if (d->handler == NULL && (d->handler = PyCodec_LookupError(d->errors)) == NULL)
        return -1;
    if (decode_exception(d, reason, from, to) < 0)
        return -1;
    PyObject *result = PyObject_CallFunctionObjArgs(d->handler, d->exception, NULL);
    if (result == NULL)
        return -1;
    if (!PyTuple_Check(result)) {
        PyErr_SetString(PyExc_TypeError, "decoding error handler must return (str, int) tuple");
        goto error;
    }
    if (!PyArg_ParseTuple(result, "O!n;decoding error handler must return (str, int) tuple", &PyUnicode_Type, &text, &position))
        goto error;
    if (adopt_input(d) < 0)
        goto error;
    Py_ssize_t size = d->end - d->start;
    if (position < 0)
        position += size;
    if (position < 0 || position > size) {
        PyErr_Format(PyExc_IndexError, "position %zd from error handler out of bounds", position);
        goto error;
    }
    d->w.overallocate = 1;
    if (_PyUnicodeWriter_WriteStr(&d->w, text) < 0)
        goto error;
    d->p = d->start + position;
    Py_DECREF(result);
    return 0;
error:
    Py_DECREF(result);
    return -1;
}

int tai_decoder_error(StrDecoder *d, const char *reason, const unsigned char *from, const unsigned char *to)
{
    if (d->kind == _Py_ERROR_UNKNOWN)
        d->kind = _Py_GetErrorHandler(d->errors);
    switch (d->kind) {
    case _Py_ERROR_STRICT:
        if (decode_exception(d, reason, from - d->start, to - d->start) == 0)
            PyCodec_StrictErrors(d->exception);
        return -1;
    case _Py_ERROR_IGNORE: break;
    case _Py_ERROR_REPLACE:
        if (_PyUnicodeWriter_WriteChar(&d->w, 0xfffd) < 0)
            return -1;
        break;
    case _Py_ERROR_SURROGATEESCAPE: {
        const unsigned char *q = from;
        while (q < to && *q >= 0x80)
            q++;
        if (q == from) /* an ascii byte cannot be smuggled */
            return decode_by_handler(d, reason, from - d->start, to - d->start);
        for (const unsigned char *r = from; r < q; r++)
            if (_PyUnicodeWriter_WriteChar(&d->w, 0xdc00u + *r) < 0)
                return -1;
        to = q;
        break;
    }
    default: return decode_by_handler(d, reason, from - d->start, to - d->start);
    }
    d->p = to;
    return 0;
}

PyObject *tai_decoder_finish(StrDecoder *d, int failed, Py_ssize_t *consumed)
{
    PyObject *s = NULL;
    if (!failed) {
        if (consumed)
            *consumed = d->p - d->start;
        s = _PyUnicodeWriter_Finish(&d->w);
    } else {
        _PyUnicodeWriter_Dealloc(&d->w);
    }
    Py_XDECREF(d->handler);
    Py_XDECREF(d->exception);
    Py_XDECREF(d->replaced_input);
    return s;
}

/* ---- encoding ---- */

int tai_encoder_init(StrEncoder *e, const char *encoding, const char *errors, PyObject *string, Py_ssize_t room)
{
    memset(e, 0, sizeof *e);
    e->encoding = encoding;
    e->errors = errors;
    e->string = string;
    e->bytes = PyBytes_FromStringAndSize(NULL, room);
    if (e->bytes == NULL)
        return -1;
    e->out = PyBytes_AS_STRING(e->bytes);
    e->out_end = e->out + room;
    return 0;
}

int tai_encoder_grow(StrEncoder *e, Py_ssize_t n)
{
    Py_ssize_t used = e->out - PyBytes_AS_STRING(e->bytes), size = PyBytes_GET_SIZE(e->bytes);
    if (n > PY_SSIZE_T_MAX - size - size / 4 - 64) {
        PyErr_NoMemory();
        return -1;
    }
    size += n + size / 4 + 32;
    if (e->bytes != NULL && PyBytes_GET_SIZE(e->bytes) == 0) { /* the empty bytes object is shared */
        Py_SETREF(e->bytes, PyBytes_FromStringAndSize(NULL, size));
        if (e->bytes == NULL)
            return -1;
    } else if (_PyBytes_Resize(&e->bytes, size) < 0) {
        return -1;
    }
    e->out = PyBytes_AS_STRING(e->bytes) + used;
    e->out_end = PyBytes_AS_STRING(e->bytes) + size;
    return 0;
}

static int encode_exception(StrEncoder *e, const char *reason, Py_ssize_t from, Py_ssize_t to)
{
    if (e->exception == NULL) {
        e->exception = PyObject_CallFunction(PyExc_UnicodeEncodeError, "sOnns", e->encoding, e->string, from, to, reason);
        return e->exception == NULL ? -1 : 0;
    }
    return PyUnicodeEncodeError_SetStart(e->exception, from) || PyUnicodeEncodeError_SetEnd(e->exception, to) ||
                   PyUnicodeEncodeError_SetReason(e->exception, reason)
               ? -1
               : 0;
}

void tai_encoder_raise(StrEncoder *e, const char *reason, Py_ssize_t from, Py_ssize_t to)
{
    if (encode_exception(e, reason, from, to) == 0)
        PyCodec_StrictErrors(e->exception);
}

Py_ssize_t tai_encoder_ask(StrEncoder *e, const char *reason, Py_ssize_t from, Py_ssize_t to, PyObject **replacement)
{
    *replacement = NULL;
    if (e->handler == NULL && (e->handler = PyCodec_LookupError(e->errors)) == NULL)
        return -1;
    if (encode_exception(e, reason, from, to) < 0)
        return -1;
    PyObject *result = PyObject_CallFunctionObjArgs(e->handler, e->exception, NULL), *text;
    Py_ssize_t position, n = str_len(e->string);
    if (result == NULL)
        return -1;
    if (!PyTuple_Check(result)) {
        PyErr_SetString(PyExc_TypeError, "encoding error handler must return (str/bytes, int) tuple");
        goto error;
    }
    if (!PyArg_ParseTuple(result, "On;encoding error handler must return (str/bytes, int) tuple", &text, &position))
        goto error;
    if (!PyUnicode_Check(text) && !PyBytes_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "encoding error handler must return (str/bytes, int) tuple");
        goto error;
    }
    if (PyUnicode_Check(text) && str_ready(text) < 0)
        goto error;
    if (position < 0)
        position += n;
    if (position < 0 || position > n) {
        PyErr_Format(PyExc_IndexError, "position %zd from error handler out of bounds", position);
        goto error;
    }
    Py_INCREF(text);
    Py_DECREF(result);
    *replacement = text;
    return position;
error:
    Py_DECREF(result);
    return -1;
}

PyObject *tai_encoder_finish(StrEncoder *e, int failed)
{
    Py_XDECREF(e->handler);
    Py_XDECREF(e->exception);
    if (failed) {
        Py_XDECREF(e->bytes);
        return NULL;
    }
    Py_ssize_t used = e->out - PyBytes_AS_STRING(e->bytes);
    if (used != PyBytes_GET_SIZE(e->bytes))
        _PyBytes_Resize(&e->bytes, used); /* NULL on failure */
    return e->bytes;
}

int tai_codec_backslash(Py_UCS4 c, char text[12])
{
    return sprintf(text, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
}

int tai_codec_xml_reference(Py_UCS4 c, char text[12]) { return sprintf(text, "&#%u;", c); }

/* ---- by name ---- */

enum Known { KNOWN_NONE, KNOWN_UTF8, KNOWN_UTF16, KNOWN_UTF32, KNOWN_ASCII, KNOWN_LATIN1 };

/* Lower case, each run of other than letters, digits and dots one '_'; 0 if it does not fit. */
static int normalize_encoding(const char *name, char *out, size_t room)
{
    char *o = out, *end = out + room - 1;
    int gap = 0;
    for (; *name; name++) {
        unsigned char c = (unsigned char)*name;
        if (!Py_ISALNUM(c) && c != '.') {
            gap = 1;
            continue;
        }
        if (gap && o != out) {
            if (o == end)
                return 0;
            *o++ = '_';
        }
        gap = 0;
        if (o == end)
            return 0;
        *o++ = (char)Py_TOLOWER(c);
    }
    *o = 0;
    return 1;
}

static enum Known known_encoding(const char *encoding)
{
    static const struct {
        const char *name;
        enum Known known;
    } names[] = {
        {"utf_8", KNOWN_UTF8}, {"utf8", KNOWN_UTF8}, {"utf_16", KNOWN_UTF16}, {"utf16", KNOWN_UTF16},
        {"utf_32", KNOWN_UTF32}, {"utf32", KNOWN_UTF32}, {"ascii", KNOWN_ASCII}, {"us_ascii", KNOWN_ASCII},
        {"latin1", KNOWN_LATIN1}, {"latin_1", KNOWN_LATIN1}, {"iso_8859_1", KNOWN_LATIN1}, {"iso8859_1", KNOWN_LATIN1},
    };
    char name[11];
    if (encoding == NULL)
        return KNOWN_UTF8;
    if (normalize_encoding(encoding, name, sizeof name))
        for (size_t i = 0; i < Py_ARRAY_LENGTH(names); i++)
            if (strcmp(name, names[i].name) == 0)
                return names[i].known;
    return KNOWN_NONE;
}

/* In development mode (-X dev) unknown names are errors even where they would not be needed. 0 or -1. */
static int check_names(const char *encoding, const char *errors)
{
    PyInterpreterState *interp = tai_interp();
    if (LIKELY(!interp->config.dev_mode) || !interp->codecs_initialized || (encoding == NULL && errors == NULL))
        return 0;
    PyObject *found = encoding ? _PyCodec_Lookup(encoding) : NULL;
    if (encoding && found == NULL)
        return -1;
    Py_XDECREF(found);
    found = errors ? PyCodec_LookupError(errors) : NULL;
    if (errors && found == NULL)
        return -1;
    Py_XDECREF(found);
    return 0;
}

PyObject *PyUnicode_Decode(const char *s, Py_ssize_t size, const char *encoding, const char *errors)
{
    if (check_names(encoding, errors) < 0)
        return NULL;
    switch (known_encoding(encoding)) {
    case KNOWN_UTF8: return PyUnicode_DecodeUTF8Stateful(s, size, errors, NULL);
    case KNOWN_UTF16: return PyUnicode_DecodeUTF16(s, size, errors, NULL);
    case KNOWN_UTF32: return PyUnicode_DecodeUTF32(s, size, errors, NULL);
    case KNOWN_ASCII: return PyUnicode_DecodeASCII(s, size, errors);
    case KNOWN_LATIN1: return PyUnicode_DecodeLatin1(s, size, errors);
    case KNOWN_NONE: break;
    }
    Py_buffer info;
    if (PyBuffer_FillInfo(&info, NULL, (void *)s, size, 1, PyBUF_FULL_RO) < 0)
        return NULL;
    PyObject *view = PyMemoryView_FromBuffer(&info);
    if (view == NULL)
        return NULL;
    PyObject *text = _PyCodec_DecodeText(view, encoding, errors);
    Py_DECREF(view);
    if (text == NULL)
        return NULL;
    if (!PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError,
                     "'%.400s' decoder returned '%.400s' instead of 'str'; "
                     "use codecs.decode() to decode to arbitrary types",
                     encoding, Py_TYPE(text)->tp_name);
        Py_DECREF(text);
        return NULL;
    }
    if (str_ready(text) < 0)
        Py_CLEAR(text);
    return text;
}

static PyObject *bytes_from_array(PyObject *array, const char *encoding)
{
    if (PyErr_WarnFormat(PyExc_RuntimeWarning, 1,
                         "encoder %s returned bytearray instead of bytes; "
                         "use codecs.encode() to encode to arbitrary types",
                         encoding) < 0) {
        Py_DECREF(array);
        return NULL;
    }
    PyObject *bytes = PyBytes_FromStringAndSize(PyByteArray_AS_STRING(array), Py_SIZE(array));
    Py_DECREF(array);
    return bytes;
}

PyObject *PyUnicode_AsEncodedString(PyObject *s, const char *encoding, const char *errors)
{
    if (!PyUnicode_Check(s)) {
        PyErr_BadArgument();
        return NULL;
    }
    if (check_names(encoding, errors) < 0)
        return NULL;
    switch (known_encoding(encoding)) {
    case KNOWN_UTF8: return _PyUnicode_AsUTF8String(s, errors);
    case KNOWN_UTF16: return _PyUnicode_EncodeUTF16(s, errors, 0);
    case KNOWN_UTF32: return _PyUnicode_EncodeUTF32(s, errors, 0);
    case KNOWN_ASCII: return _PyUnicode_AsASCIIString(s, errors);
    case KNOWN_LATIN1: return _PyUnicode_AsLatin1String(s, errors);
    case KNOWN_NONE: break;
    }
    PyObject *v = _PyCodec_EncodeText(s, encoding, errors);
    if (v == NULL || PyBytes_Check(v))
        return v;
    if (PyByteArray_Check(v))
        return bytes_from_array(v, encoding);
    PyErr_Format(PyExc_TypeError,
                 "'%.400s' encoder returned '%.400s' instead of 'bytes'; "
                 "use codecs.encode() to encode to arbitrary types",
                 encoding, Py_TYPE(v)->tp_name);
    Py_DECREF(v);
    return NULL;
}

/* PyUnicode_Decode(), but nothing is "" in every encoding, known or not. */
static PyObject *decode_object(const char *s, Py_ssize_t size, const char *encoding, const char *errors)
{
    if (size == 0)
        return check_names(encoding, errors) < 0 ? NULL : tai_str_empty();
    return PyUnicode_Decode(s, size, encoding, errors);
}

PyObject *PyUnicode_FromEncodedObject(PyObject *obj, const char *encoding, const char *errors)
{
    Py_buffer buffer;
    if (obj == NULL) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (PyBytes_Check(obj))
        return decode_object(PyBytes_AS_STRING(obj), PyBytes_GET_SIZE(obj), encoding, errors);
    if (PyUnicode_Check(obj)) {
        PyErr_SetString(PyExc_TypeError, "decoding str is not supported");
        return NULL;
    }
    if (PyObject_GetBuffer(obj, &buffer, PyBUF_SIMPLE) < 0) {
        PyErr_Format(PyExc_TypeError, "decoding to str: need a bytes-like object, %.80s found", Py_TYPE(obj)->tp_name);
        return NULL;
    }
    PyObject *s = decode_object(buffer.buf, buffer.len, encoding, errors);
    PyBuffer_Release(&buffer);
    return s;
}

/* ---- deprecated entries to codecs between other types ---- */

static int deprecated(const char *message) { return PyErr_WarnEx(PyExc_DeprecationWarning, message, 1); }

static PyObject *want_str(PyObject *v, const char *kind, const char *encoding)
{
    if (v == NULL || PyUnicode_Check(v))
        return v;
    PyErr_Format(PyExc_TypeError,
                 "'%.400s' %s returned '%.400s' instead of 'str'; use codecs.%.6s() to %.6s to arbitrary types", encoding,
                 kind, Py_TYPE(v)->tp_name, kind, kind);
    Py_DECREF(v);
    return NULL;
}

#define DEPRECATED_CODEC(name, hint, call) \
    PyObject *PyUnicode_##name(PyObject *s, const char *encoding, const char *errors) \
    { \
        if (!PyUnicode_Check(s)) { \
            PyErr_BadArgument(); \
            return NULL; \
        } \
        if (deprecated("PyUnicode_" #name "() is deprecated; " hint) < 0) \
            return NULL; \
        if (encoding == NULL) \
            encoding = PyUnicode_GetDefaultEncoding(); \
        return call; \
    }
DEPRECATED_CODEC(AsDecodedObject, "use PyCodec_Decode() to decode from str", PyCodec_Decode(s, encoding, errors))
DEPRECATED_CODEC(AsDecodedUnicode, "use PyCodec_Decode() to decode from str to str",
                 want_str(PyCodec_Decode(s, encoding, errors), "decoder", encoding))
DEPRECATED_CODEC(AsEncodedObject,
                 "use PyUnicode_AsEncodedString() to encode from str to bytes or PyCodec_Encode() for generic encoding",
                 PyCodec_Encode(s, encoding, errors))
DEPRECATED_CODEC(AsEncodedUnicode, "use PyCodec_Encode() to encode from str to str",
                 want_str(PyCodec_Encode(s, encoding, errors), "encoder", encoding))

const char *PyUnicode_GetDefaultEncoding(void) { return "utf-8"; }

#define FROM_WIDE(name, call) \
    { \
        PyObject *t = PyUnicode_FromWideChar(s, size); \
        if (t == NULL) \
            return NULL; \
        PyObject *v = call; \
        Py_DECREF(t); \
        return v; \
    }
PyObject *PyUnicode_Encode(const Py_UNICODE *s, Py_ssize_t size, const char *encoding, const char *errors)
    FROM_WIDE(Encode, PyUnicode_AsEncodedString(t, encoding, errors))
PyObject *PyUnicode_EncodeUTF8(const Py_UNICODE *s, Py_ssize_t size, const char *errors)
    FROM_WIDE(EncodeUTF8, _PyUnicode_AsUTF8String(t, errors))
PyObject *PyUnicode_EncodeUTF7(const Py_UNICODE *s, Py_ssize_t size, int set_o, int space, const char *errors)
    FROM_WIDE(EncodeUTF7, _PyUnicode_EncodeUTF7(t, set_o, space, errors))
PyObject *PyUnicode_EncodeUTF16(const Py_UNICODE *s, Py_ssize_t size, const char *errors, int byteorder)
    FROM_WIDE(EncodeUTF16, _PyUnicode_EncodeUTF16(t, errors, byteorder))
PyObject *PyUnicode_EncodeUTF32(const Py_UNICODE *s, Py_ssize_t size, const char *errors, int byteorder)
    FROM_WIDE(EncodeUTF32, _PyUnicode_EncodeUTF32(t, errors, byteorder))
PyObject *PyUnicode_EncodeLatin1(const Py_UNICODE *s, Py_ssize_t size, const char *errors)
    FROM_WIDE(EncodeLatin1, _PyUnicode_AsLatin1String(t, errors))
PyObject *PyUnicode_EncodeASCII(const Py_UNICODE *s, Py_ssize_t size, const char *errors)
    FROM_WIDE(EncodeASCII, _PyUnicode_AsASCIIString(t, errors))
PyObject *PyUnicode_EncodeCharmap(const Py_UNICODE *s, Py_ssize_t size, PyObject *mapping, const char *errors)
    FROM_WIDE(EncodeCharmap, _PyUnicode_EncodeCharmap(t, mapping, errors))
PyObject *PyUnicode_EncodeUnicodeEscape(const Py_UNICODE *s, Py_ssize_t size)
    FROM_WIDE(EncodeUnicodeEscape, PyUnicode_AsUnicodeEscapeString(t))
PyObject *PyUnicode_EncodeRawUnicodeEscape(const Py_UNICODE *s, Py_ssize_t size)
    FROM_WIDE(EncodeRawUnicodeEscape, PyUnicode_AsRawUnicodeEscapeString(t))
PyObject *PyUnicode_TranslateCharmap(const Py_UNICODE *s, Py_ssize_t size, PyObject *mapping, const char *errors)
    FROM_WIDE(TranslateCharmap, PyUnicode_Translate(t, mapping, errors))
