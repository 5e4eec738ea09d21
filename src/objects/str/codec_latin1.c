/* SPDX-License-Identifier: MIT */
/* ascii and latin-1: one byte a character, limited to 128 or 256. */
#include "objects/str/codec.h"

PyObject *PyUnicode_DecodeLatin1(const char *s, Py_ssize_t size, const char *errors)
{
    return tai_str_from_bound(1, s, size, tai_str_scan_bound(1, s, size));
}

PyObject *PyUnicode_DecodeASCII(const char *s, Py_ssize_t size, const char *errors)
{
    if (UNLIKELY(size < 0))
        return PyUnicode_New(size, 0x7f); /* SystemError */
    const unsigned char *p = (const unsigned char *)s, *stop = tai_ascii_end(p, p + size);
    if (stop == p + size)
        return _PyUnicode_FromASCII(s, size);
    StrDecoder d;
    int failed = 0;
    tai_decoder_init(&d, "ascii", errors, s, size);
    d.w.min_length = size;
    while (!failed) {
        stop = tai_ascii_end(d.p, d.end);
        if (stop > d.p && _PyUnicodeWriter_WriteASCIIString(&d.w, (const char *)d.p, stop - d.p) < 0) {
            failed = 1;
            break;
        }
        d.p = stop;
        if (stop == d.end)
            break;
        failed = tai_decoder_error(&d, "ordinal not in range(128)", stop, stop + 1) < 0;
    }
    return tai_decoder_finish(&d, failed, NULL);
}

/* ---- encoding ---- */

/* Characters [i, stop) are >= limit. The index to go on at, or -1. */
static Py_ssize_t encode_unfit(StrEncoder *e, StrView v, Py_ssize_t i, Py_ssize_t stop, Py_UCS4 limit)
{
    const char *reason = limit == 128 ? "ordinal not in range(128)" : "ordinal not in range(256)";
    if (e->kind == _Py_ERROR_UNKNOWN)
        e->kind = _Py_GetErrorHandler(e->errors);
    switch (e->kind) {
    case _Py_ERROR_STRICT: tai_encoder_raise(e, reason, i, stop); return -1;
    case _Py_ERROR_IGNORE: return stop;
    case _Py_ERROR_REPLACE:
        if (tai_encoder_room(e, stop - i) < 0)
            return -1;
        memset(e->out, '?', (size_t)(stop - i));
        e->out += stop - i;
        return stop;
    case _Py_ERROR_BACKSLASHREPLACE:
    case _Py_ERROR_XMLCHARREFREPLACE:
        for (; i < stop; i++) {
            char text[12];
            Py_UCS4 c = str_get(v.kind, v.data, i);
            int n = e->kind == _Py_ERROR_BACKSLASHREPLACE ? tai_codec_backslash(c, text) : tai_codec_xml_reference(c, text);
            if (tai_encoder_room(e, n) < 0)
                return -1;
            memcpy(e->out, text, (size_t)n);
            e->out += n;
        }
        return stop;
    case _Py_ERROR_SURROGATEESCAPE: {
        Py_ssize_t k = i;
        if (tai_encoder_room(e, stop - i) < 0)
            return -1;
        for (Py_UCS4 c; k < stop && (c = str_get(v.kind, v.data, k)) >= 0xdc80 && c <= 0xdcff; k++)
            *e->out++ = (char)(c & 0xff);
        if (k > i)
            return k;
        break;
    }
    default: break;
    }
    PyObject *text;
    Py_ssize_t next = tai_encoder_ask(e, reason, i, stop, &text);
    if (next < 0)
        return -1;
    if (PyBytes_Check(text)) {
        if (tai_encoder_room(e, PyBytes_GET_SIZE(text)) < 0)
            next = -1;
        else {
            memcpy(e->out, PyBytes_AS_STRING(text), (size_t)PyBytes_GET_SIZE(text));
            e->out += PyBytes_GET_SIZE(text);
        }
    } else if (str_bound(text) >= limit) {
        tai_encoder_raise(e, reason, i, stop);
        next = -1;
    } else if (tai_encoder_room(e, str_len(text)) < 0) {
        next = -1;
    } else {
        memcpy(e->out, str_data(text), (size_t)str_len(text));
        e->out += str_len(text);
    }
    Py_DECREF(text);
    return next;
}

static PyObject *encode(PyObject *s, const char *encoding, const char *errors, Py_UCS4 limit)
{
    StrEncoder e;
    StrView v = str_view(s);
    int failed = 0;
    if (tai_encoder_init(&e, encoding, errors, s, v.len) < 0)
        return NULL;
    for (Py_ssize_t i = 0; i < v.len && !failed;) {
        Py_UCS4 c = 0;
        if (tai_encoder_room(&e, v.len - i) < 0) {
            failed = 1;
            break;
        }
        for (; i < v.len && (c = str_get(v.kind, v.data, i)) < limit; i++)
            *e.out++ = (char)c;
        if (i == v.len)
            break;
        Py_ssize_t stop = i + 1;
        while (stop < v.len && str_get(v.kind, v.data, stop) >= limit)
            stop++;
        i = encode_unfit(&e, v, i, stop, limit);
        failed = i < 0;
    }
    return tai_encoder_finish(&e, failed);
}

PyObject *_PyUnicode_AsLatin1String(PyObject *s, const char *errors)
{
    if (!PyUnicode_Check(s)) {
        PyErr_BadArgument();
        return NULL;
    }
    if (str_ready(s) < 0)
        return NULL;
    if (str_kind(s) == 1)
        return PyBytes_FromStringAndSize(str_data(s), str_len(s));
    return encode(s, "latin-1", errors, 256);
}

PyObject *_PyUnicode_AsASCIIString(PyObject *s, const char *errors)
{
    if (!PyUnicode_Check(s)) {
        PyErr_BadArgument();
        return NULL;
    }
    if (str_ready(s) < 0)
        return NULL;
    if (str_is_ascii(s))
        return PyBytes_FromStringAndSize(str_data(s), str_len(s));
    return encode(s, "ascii", errors, 128);
}

PyObject *PyUnicode_AsLatin1String(PyObject *s) { return _PyUnicode_AsLatin1String(s, NULL); }
PyObject *PyUnicode_AsASCIIString(PyObject *s) { return _PyUnicode_AsASCIIString(s, NULL); }
