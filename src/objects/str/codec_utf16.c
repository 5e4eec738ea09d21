/* SPDX-License-Identifier: MIT */
/* utf-16 and utf-32, in either byte order, with or without a mark. */
#include "objects/str/codec.h"

static inline Py_UCS4 unit16(const unsigned char *p, int big) { return big ? p[0] << 8 | p[1] : p[0] | p[1] << 8; }

static inline Py_UCS4 unit32(const unsigned char *p, int big)
{
    Py_UCS4 v;
    memcpy(&v, p, 4);
    return (big != PY_BIG_ENDIAN) ? __builtin_bswap32(v) : v;
}

static inline int is_high(Py_UCS4 c) { return (c & 0xfffffc00u) == 0xd800; }
static inline int is_low(Py_UCS4 c) { return (c & 0xfffffc00u) == 0xdc00; }
static inline int is_surrogate(Py_UCS4 c) { return (c & 0xfffff800u) == 0xd800; }

/* ---- decoding utf-16 ---- */

/* Append the units up to the next surrogate, which need no joining. */
static int decode_plain16(StrDecoder *d, int big)
{
    _PyUnicodeWriter *w = &d->w;
    const unsigned char *p = d->p;
    Py_UCS4 seen = 0, c;
    uint64_t word;
    const uint64_t not_ascii = big ? 0x80ff80ff80ff80ffu : 0xff80ff80ff80ff80u; /* in memory order */
    while (d->end - p >= 8 && (memcpy(&word, p, 8), !(word & not_ascii)))
        p += 8;
    for (; d->end - p >= 2 && !is_surrogate(c = unit16(p, big)); p += 2)
        seen |= c;
    Py_ssize_t n = (p - d->p) / 2;
    if (n == 0)
        return 0;
    if (_PyUnicodeWriter_Prepare(w, n, seen < 0x80 ? 0x7f : seen < 0x100 ? 0xff : 0xffff) < 0)
        return -1;
    if (w->kind == PyUnicode_1BYTE_KIND) {
        Py_UCS1 *o = (Py_UCS1 *)w->data + w->pos;
        for (Py_ssize_t i = 0; i < n; i++)
            o[i] = d->p[2 * i + big];
    } else if (w->kind == PyUnicode_2BYTE_KIND) {
        Py_UCS2 *o = (Py_UCS2 *)w->data + w->pos;
        for (Py_ssize_t i = 0; i < n; i++)
            o[i] = (Py_UCS2)unit16(d->p + 2 * i, big);
    } else {
        Py_UCS4 *o = (Py_UCS4 *)w->data + w->pos;
        for (Py_ssize_t i = 0; i < n; i++)
            o[i] = unit16(d->p + 2 * i, big);
    }
    w->pos += n;
    d->p = p;
    return 0;
}

/* Append characters until the end or a fault. */
static int decode_run16(StrDecoder *d, int big)
{
    if (decode_plain16(d, big) < 0)
        return -1;
    _PyUnicodeWriter *w = &d->w;
    const unsigned char *p = d->p;
    while (d->end - p >= 2) {
        Py_UCS4 c = unit16(p, big);
        if (is_surrogate(c)) {
            if (!is_high(c) || d->end - p < 4 || !is_low(unit16(p + 2, big)))
                break;
            c = 0x10000 + ((c & 0x3ff) << 10 | (unit16(p + 2, big) & 0x3ff));
            p += 2;
        }
        if (_PyUnicodeWriter_Prepare(w, 1, c) < 0)
            return -1;
        str_put((int)w->kind, w->data, w->pos++, c);
        p += 2;
    }
    d->p = p;
    return 0;
}

PyObject *PyUnicode_DecodeUTF16Stateful(const char *s, Py_ssize_t size, const char *errors, int *byteorder,
                                        Py_ssize_t *consumed)
{
    StrDecoder d;
    int order = byteorder ? *byteorder : 0, failed = 0;
    if (size < -2) /* a little less than nothing is taken for nothing */
        return PyUnicode_New(size, 0x7f);
    tai_decoder_init(&d, "utf-16-le", errors, s, size);
    if (order == 0 && size >= 2) {
        Py_UCS4 mark = unit16(d.p, 0);
        order = mark == 0xfeff ? -1 : mark == 0xfffe ? 1 : 0;
        if (order)
            d.p += 2;
        if (byteorder) /* told even if the rest is faulty */
            *byteorder = order;
    }
    int big = order == 0 ? PY_BIG_ENDIAN : order > 0;
    d.encoding = big ? "utf-16-be" : "utf-16-le";
    if (d.p == d.end) {
        if (consumed)
            *consumed = size;
        if (byteorder)
            *byteorder = order;
        return tai_str_empty();
    }
    d.w.min_length = (d.end - d.p + 1) / 2;
    while (!failed) {
        if ((failed = decode_run16(&d, big) < 0) || d.p == d.end)
            break;
        const unsigned char *p = d.p;
        if (d.end - p < 2) {
            if (consumed)
                break;
            failed = tai_decoder_error(&d, "truncated data", p, d.end) < 0;
        } else if (!is_high(unit16(p, big))) {
            failed = tai_decoder_error(&d, "illegal encoding", p, p + 2) < 0;
        } else if (d.end - p < 4) {
            if (consumed)
                break;
            failed = tai_decoder_error(&d, "unexpected end of data", p, d.end) < 0;
        } else {
            failed = tai_decoder_error(&d, "illegal UTF-16 surrogate", p, p + 2) < 0;
        }
    }
    if (!failed && byteorder)
        *byteorder = order;
    return tai_decoder_finish(&d, failed, consumed);
}

PyObject *PyUnicode_DecodeUTF16(const char *s, Py_ssize_t size, const char *errors, int *byteorder)
{
    return PyUnicode_DecodeUTF16Stateful(s, size, errors, byteorder, NULL);
}

/* ---- decoding utf-32 ---- */

static int decode_run32(StrDecoder *d, int big)
{
    _PyUnicodeWriter *w = &d->w;
    const unsigned char *p = d->p;
    Py_UCS4 seen = 0, c;
    for (; d->end - p >= 4 && (c = unit32(p, big)) <= STR_MAXCHAR && !is_surrogate(c); p += 4)
        seen |= c;
    Py_ssize_t n = (p - d->p) / 4;
    if (n == 0)
        return 0;
    if (_PyUnicodeWriter_Prepare(w, n, seen < 0x80 ? 0x7f : seen < 0x100 ? 0xff : seen < 0x10000 ? 0xffff : STR_MAXCHAR) < 0)
        return -1;
    int kind = (int)w->kind;
    const unsigned char *from = d->p;
    if (kind == 1) {
        Py_UCS1 *o = (Py_UCS1 *)w->data + w->pos;
        for (Py_ssize_t i = 0; i < n; i++)
            o[i] = from[4 * i + (big ? 3 : 0)];
    } else {
        for (Py_ssize_t i = 0; i < n; i++)
            str_put(kind, w->data, w->pos + i, unit32(from + 4 * i, big));
    }
    w->pos += n;
    d->p = p;
    return 0;
}

PyObject *PyUnicode_DecodeUTF32Stateful(const char *s, Py_ssize_t size, const char *errors, int *byteorder,
                                        Py_ssize_t *consumed)
{
    StrDecoder d;
    int order = byteorder ? *byteorder : 0, failed = 0;
    tai_decoder_init(&d, "utf-32-le", errors, s, size);
    if (order == 0 && size >= 4) {
        Py_UCS4 mark = unit32(d.p, 0);
        order = mark == 0xfeff ? -1 : mark == 0xfffe0000u ? 1 : 0;
        if (order)
            d.p += 4;
    }
    int big = order == 0 ? PY_BIG_ENDIAN : order > 0;
    d.encoding = big ? "utf-32-be" : "utf-32-le";
    if (d.p == d.end) {
        if (consumed)
            *consumed = size;
        if (byteorder)
            *byteorder = order;
        return tai_str_empty();
    }
    d.w.min_length = (d.end - d.p + 3) / 4;
    while (!failed) {
        if ((failed = decode_run32(&d, big) < 0) || d.p == d.end)
            break;
        const unsigned char *p = d.p;
        if (d.end - p < 4) {
            if (consumed)
                break;
            failed = tai_decoder_error(&d, "truncated data", p, d.end) < 0;
        } else if (unit32(p, big) > STR_MAXCHAR) {
            failed = tai_decoder_error(&d, "code point not in range(0x110000)", p, p + 4) < 0;
        } else {
            failed = tai_decoder_error(&d, "code point in surrogate code point range(0xd800, 0xe000)", p, p + 4) < 0;
        }
    }
    if (!failed && byteorder)
        *byteorder = order;
    return tai_decoder_finish(&d, failed, consumed);
}

PyObject *PyUnicode_DecodeUTF32(const char *s, Py_ssize_t size, const char *errors, int *byteorder)
{
    return PyUnicode_DecodeUTF32Stateful(s, size, errors, byteorder, NULL);
}

/* ---- encoding both ---- */

/* One code unit (or a pair) of width 2 or 4 at e->out. */
static inline void put_unit(StrEncoder *e, int width, int big, Py_UCS4 c)
{
    unsigned char *o = (unsigned char *)e->out;
    if (width == 4) {
        Py_UCS4 v = (big != PY_BIG_ENDIAN) ? __builtin_bswap32(c) : c;
        memcpy(o, &v, 4);
        e->out += 4;
        return;
    }
    Py_UCS4 units[2] = {c, 0};
    int n = 1;
    if (c >= 0x10000) {
        units[0] = 0xd800 | (c - 0x10000) >> 10;
        units[1] = 0xdc00 | (c & 0x3ff);
        n = 2;
    }
    for (int i = 0; i < n; i++, o += 2) {
        o[big ? 0 : 1] = (unsigned char)(units[i] >> 8);
        o[big ? 1 : 0] = (unsigned char)units[i];
    }
    e->out += 2 * n;
}

/* A surrogate at i: the index to go on at, or -1. */
static Py_ssize_t encode_surrogate(StrEncoder *e, StrView v, Py_ssize_t i, int width, int big)
{
    static const char reason[] = "surrogates not allowed";
    PyObject *text;
    if (_Py_GetErrorHandler(e->errors) == _Py_ERROR_STRICT) {
        tai_encoder_raise(e, reason, i, i + 1);
        return -1;
    }
    Py_ssize_t next = tai_encoder_ask(e, reason, i, i + 1, &text);
    if (next < 0)
        return -1;
    if (PyBytes_Check(text)) {
        Py_ssize_t n = PyBytes_GET_SIZE(text);
        if (n % width) {
            tai_encoder_raise(e, reason, i, i + 1);
            next = -1;
        } else if (tai_encoder_room(e, n) < 0) {
            next = -1;
        } else {
            memcpy(e->out, PyBytes_AS_STRING(text), (size_t)n);
            e->out += n;
        }
    } else if (!str_is_ascii(text)) {
        tai_encoder_raise(e, reason, i, i + 1);
        next = -1;
    } else if (tai_encoder_room(e, str_len(text) * width) < 0) {
        next = -1;
    } else {
        for (Py_ssize_t k = 0; k < str_len(text); k++)
            put_unit(e, width, big, tai_str_at(text, k));
    }
    Py_DECREF(text);
    return next;
}

static PyObject *encode_units(PyObject *s, const char *errors, int byteorder, int width)
{
    static const char *const names[2][3] = {{"utf-16-le", "utf-16", "utf-16-be"}, {"utf-32-le", "utf-32", "utf-32-be"}};
    if (!PyUnicode_Check(s)) {
        PyErr_BadArgument();
        return NULL;
    }
    if (str_ready(s) < 0)
        return NULL;
    StrView v = str_view(s);
    StrEncoder e;
    int failed = 0, big = byteorder == 0 ? PY_BIG_ENDIAN : byteorder > 0;
    if (v.len > PY_SSIZE_T_MAX / 4 - 1)
        return PyErr_NoMemory();
    const char *name = names[width == 4][width == 4 && (byteorder < -1 || byteorder > 1) ? 1 : byteorder < 0 ? 0 : byteorder > 0 ? 2 : 1];
    if (tai_encoder_init(&e, name, errors, s, (v.len + (byteorder == 0)) * width) < 0)
        return NULL;
    if (byteorder == 0)
        put_unit(&e, width, big, 0xfeff);
    if (v.kind == 1) { /* room for all, nothing to refuse */
        const Py_UCS1 *p = v.data;
        char *o = e.out;
        if (width == 4) {
            int shift = big ? 24 : 0;
            for (Py_ssize_t i = 0; i < v.len; i++)
                ((Py_UCS4 *)o)[i] = (Py_UCS4)p[i] << shift;
        } else {
            int shift = big ? 8 : 0;
            for (Py_ssize_t i = 0; i < v.len; i++)
                ((Py_UCS2 *)o)[i] = (Py_UCS2)(p[i] << shift);
        }
        e.out += v.len * width;
        return tai_encoder_finish(&e, 0);
    }
    for (Py_ssize_t i = 0; i < v.len;) {
        Py_UCS4 c = str_get(v.kind, v.data, i);
        if (is_surrogate(c)) {
            i = encode_surrogate(&e, v, i, width, big);
            if (i < 0) {
                failed = 1;
                break;
            }
            continue;
        }
        if (tai_encoder_room(&e, c < 0x10000 ? width : 4) < 0) {
            failed = 1;
            break;
        }
        put_unit(&e, width, big, c);
        i++;
    }
    return tai_encoder_finish(&e, failed);
}

PyObject *_PyUnicode_EncodeUTF16(PyObject *s, const char *errors, int byteorder)
{
    return encode_units(s, errors, byteorder, 2);
}

PyObject *_PyUnicode_EncodeUTF32(PyObject *s, const char *errors, int byteorder)
{
    return encode_units(s, errors, byteorder, 4);
}

PyObject *PyUnicode_AsUTF16String(PyObject *s) { return encode_units(s, NULL, 0, 2); }
PyObject *PyUnicode_AsUTF32String(PyObject *s) { return encode_units(s, NULL, 0, 4); }
