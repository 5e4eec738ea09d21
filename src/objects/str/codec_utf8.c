/* SPDX-License-Identifier: MIT */
/* utf-8. Valid input is measured first (characters and widest kind), then decoded without checks into a string of
 * the right size; the first fault switches to a writer that asks the error handler. */
#include "objects/str/codec.h"

/* Length of the sequence at p, or what is wrong with it. */
enum { UTF8_BAD_START = 0, UTF8_BAD_1 = -1, UTF8_BAD_2 = -2, UTF8_BAD_3 = -3, UTF8_SHORT = -4 };

static inline int is_tail(unsigned char c) { return (c & 0xc0) == 0x80; }

/* Bounds of the byte after a lead: no overlong forms, no surrogates, nothing above U+10FFFF. */
static inline int second_ok(unsigned char lead, unsigned char c)
{
    switch (lead) {
    case 0xe0: return c >= 0xa0 && c <= 0xbf;
    case 0xed: return c >= 0x80 && c <= 0x9f;
    case 0xf0: return c >= 0x90 && c <= 0xbf;
    case 0xf4: return c >= 0x80 && c <= 0x8f;
    default: return is_tail(c);
    }
}

/* UTF8_BAD_n: n bytes are a valid prefix, the next is not a continuation of it. */
static int sequence(const unsigned char *p, const unsigned char *end)
{
    unsigned char c = *p;
    int need = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
    if (need <= 1)
        return need;
    if (end - p < 2)
        return UTF8_SHORT;
    if (!second_ok(c, p[1]))
        return UTF8_BAD_1;
    for (int i = 2; i < need; i++) {
        if (end - p <= i)
            return UTF8_SHORT;
        if (!is_tail(p[i]))
            return -i;
    }
    return need;
}

/* Count characters up to the first fault; bound gets the class of the widest. Result: where it stopped. */
static const unsigned char *measure(const unsigned char *p, const unsigned char *end, Py_ssize_t *count, Py_UCS4 *bound)
{
    Py_ssize_t n = 0;
    Py_UCS4 max = 0x7f;
    while (p < end) {
        const unsigned char *q = tai_ascii_end(p, end);
        n += q - p;
        p = q;
        while (p < end && *p >= 0x80) {
            unsigned char c = *p;
            if (c >= 0xc2 && c < 0xe0 && end - p >= 2 && is_tail(p[1])) {
                Py_UCS4 class = c < 0xc4 ? 0xff : 0xffff;
                max = class > max ? class : max;
                n++;
                p += 2;
            } else if (c > 0xe0 && c < 0xed && end - p >= 3 && is_tail(p[1]) && is_tail(p[2])) {
                max = 0xffff > max ? 0xffff : max;
                n++;
                p += 3;
            } else {
                int len = sequence(p, end);
                if (len <= 0)
                    goto out;
                Py_UCS4 class = len == 2 ? (c < 0xc4 ? 0xff : 0xffff) : len == 3 ? 0xffff : STR_MAXCHAR;
                max = class > max ? class : max;
                n++;
                p += len;
            }
        }
    }
out:
    *count = n;
    *bound = max;
    return p;
}

#define DECODE_LOOP(T) \
    do { \
        T *o = (T *)data + at; \
        while (p < end) { \
            unsigned char c = *p; \
            if (c < 0x80) { \
                uint64_t word; \
                while (end - p >= 8 && (memcpy(&word, p, 8), !(word & 0x8080808080808080u))) { \
                    for (int k = 0; k < 8; k++) \
                        o[k] = p[k]; \
                    o += 8; \
                    p += 8; \
                } \
                while (p < end && *p < 0x80) \
                    *o++ = *p++; \
            } else if (c < 0xe0) { \
                *o++ = (T)((c & 0x1f) << 6 | (p[1] & 0x3f)); \
                p += 2; \
            } else if (c < 0xf0) { \
                *o++ = (T)((c & 0xf) << 12 | (p[1] & 0x3f) << 6 | (p[2] & 0x3f)); \
                p += 3; \
            } else { \
                *o++ = (T)((c & 7) << 18 | (p[1] & 0x3f) << 12 | (p[2] & 0x3f) << 6 | (p[3] & 0x3f)); \
                p += 4; \
            } \
        } \
    } while (0)

/* Decode valid [p, end) into data from character at. */
static void decode_valid(int kind, void *data, Py_ssize_t at, const unsigned char *p, const unsigned char *end)
{
    if (kind == 1)
        DECODE_LOOP(Py_UCS1);
    else if (kind == 2)
        DECODE_LOOP(Py_UCS2);
    else
        DECODE_LOOP(Py_UCS4);
}

/* Append the valid run at d->p. */
static int decode_run(StrDecoder *d)
{
    Py_ssize_t n;
    Py_UCS4 bound;
    const unsigned char *stop = measure(d->p, d->end, &n, &bound);
    if (n > 0) {
        if (_PyUnicodeWriter_Prepare(&d->w, n, bound) < 0)
            return -1;
        decode_valid((int)d->w.kind, d->w.data, d->w.pos, d->p, stop);
        d->w.pos += n;
    }
    d->p = stop;
    return 0;
}

static PyObject *decode_faulty(const char *s, Py_ssize_t size, const char *errors, Py_ssize_t *consumed)
{
    StrDecoder d;
    int failed = 0;
    tai_decoder_init(&d, "utf-8", errors, s, size);
    d.w.min_length = size;
    d.w.overallocate = 1;
    while (!failed) {
        if ((failed = decode_run(&d) < 0) || d.p == d.end)
            break;
        int fault = sequence(d.p, d.end);
        if (fault == UTF8_SHORT) {
            if (consumed)
                break;
            failed = tai_decoder_error(&d, "unexpected end of data", d.p, d.end) < 0;
        } else if (fault == UTF8_BAD_START) {
            failed = tai_decoder_error(&d, "invalid start byte", d.p, d.p + 1) < 0;
        } else {
            if (consumed && d.end - d.p == 2 && d.p[0] == 0xed && is_tail(d.p[1]))
                break; /* may become a surrogate, for surrogatepass */
            failed = tai_decoder_error(&d, "invalid continuation byte", d.p, d.p - fault) < 0;
        }
    }
    return tai_decoder_finish(&d, failed, consumed);
}

/* text; all bytes were consumed unless it is NULL. */
static inline PyObject *told(PyObject *text, Py_ssize_t size, Py_ssize_t *consumed)
{
    if (consumed && text)
        *consumed = size;
    return text;
}

PyObject *PyUnicode_DecodeUTF8Stateful(const char *s, Py_ssize_t size, const char *errors, Py_ssize_t *consumed)
{
    const unsigned char *p = (const unsigned char *)s, *end = p + size;
    if (size <= 1 && (size <= 0 || *p < 0x80))
        return told(size <= 0 ? PyUnicode_New(size, 0x7f) : tai_str_from_char(*p), size, consumed); /* below 0: SystemError */
    const unsigned char *ascii = tai_ascii_end(p, end);
    if (LIKELY(ascii == end)) {
        PyObject *r = tai_str_new_ascii(size);
        if (r != NULL)
            memcpy(str_data(r), s, (size_t)size);
        return told(r, size, consumed);
    }
    Py_ssize_t n;
    Py_UCS4 bound;
    if (measure(ascii, end, &n, &bound) != end)
        return decode_faulty(s, size, errors, consumed);
    n += ascii - p;
    PyObject *r = PyUnicode_New(n, bound);
    if (r == NULL)
        return NULL;
    tai_str_copy(str_kind(r), str_data(r), 0, 1, p, 0, ascii - p);
    decode_valid(str_kind(r), str_data(r), ascii - p, ascii, end);
    if (n == 1 && bound == 0xff) {
        Py_UCS4 c = tai_str_at(r, 0);
        Py_DECREF(r);
        r = tai_str_from_char(c);
    }
    return told(r, size, consumed);
}

PyObject *PyUnicode_DecodeUTF8(const char *s, Py_ssize_t size, const char *errors)
{
    return PyUnicode_DecodeUTF8Stateful(s, size, errors, NULL);
}

/* ---- encoding ---- */

static inline int is_surrogate(Py_UCS4 c) { return (c & 0xfffff800u) == 0xd800; }

static inline char *put_utf8(char *o, Py_UCS4 c)
{
    if (c < 0x80) {
        *o++ = (char)c;
    } else if (c < 0x800) {
        *o++ = (char)(0xc0 | c >> 6);
        *o++ = (char)(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        *o++ = (char)(0xe0 | c >> 12);
        *o++ = (char)(0x80 | (c >> 6 & 0x3f));
        *o++ = (char)(0x80 | (c & 0x3f));
    } else {
        *o++ = (char)(0xf0 | c >> 18);
        *o++ = (char)(0x80 | (c >> 12 & 0x3f));
        *o++ = (char)(0x80 | (c >> 6 & 0x3f));
        *o++ = (char)(0x80 | (c & 0x3f));
    }
    return o;
}

/* Bytes that s takes, surrogates counted as 3. */
static Py_ssize_t encoded_size(StrView v)
{
    Py_ssize_t n = v.len;
    if (v.kind == 1) {
        const Py_UCS1 *p = v.data;
        for (Py_ssize_t i = 0; i < v.len; i++)
            n += p[i] >> 7;
    } else if (v.kind == 2) {
        const Py_UCS2 *p = v.data;
        for (Py_ssize_t i = 0; i < v.len; i++)
            n += (p[i] >= 0x80) + (p[i] >= 0x800);
    } else {
        const Py_UCS4 *p = v.data;
        for (Py_ssize_t i = 0; i < v.len; i++)
            n += (p[i] >= 0x80) + (p[i] >= 0x800) + (p[i] >= 0x10000);
    }
    return n;
}

/* Surrogates [i, stop): put a replacement; the index to go on at, or -1.
 */
static Py_ssize_t encode_surrogates(StrEncoder *e, StrView v, Py_ssize_t i, Py_ssize_t stop)
{
    static const char reason[] = "surrogates not allowed";
    if (e->kind == _Py_ERROR_UNKNOWN)
        e->kind = _Py_GetErrorHandler(e->errors);
    char text[12];
    switch (e->kind) {
    case _Py_ERROR_STRICT: tai_encoder_raise(e, reason, i, stop); return -1;
    case _Py_ERROR_IGNORE: return stop;
    case _Py_ERROR_REPLACE:
        memset(e->out, '?', (size_t)(stop - i)); /* 3 bytes each were counted */
        e->out += stop - i;
        return stop;
    case _Py_ERROR_SURROGATEPASS:
        for (; i < stop; i++)
            e->out = put_utf8(e->out, str_get(v.kind, v.data, i));
        return stop;
    case _Py_ERROR_SURROGATEESCAPE: {
        Py_ssize_t k = i;
        for (; k < stop; k++) {
            Py_UCS4 c = str_get(v.kind, v.data, k);
            if (c < 0xdc80 || c > 0xdcff)
                break;
            *e->out++ = (char)(c & 0xff);
        }
        if (k > i)
            return k;
        break;
    }
    case _Py_ERROR_BACKSLASHREPLACE:
    case _Py_ERROR_XMLCHARREFREPLACE:
        for (; i < stop; i++) {
            Py_UCS4 c = str_get(v.kind, v.data, i);
            int n = e->kind == _Py_ERROR_BACKSLASHREPLACE ? tai_codec_backslash(c, text) : tai_codec_xml_reference(c, text);
            if (tai_encoder_room(e, n + encoded_size((StrView){(const char *)v.data + i * v.kind, v.len - i, v.kind})) < 0)
                return -1;
            memcpy(e->out, text, (size_t)n);
            e->out += n;
        }
        return stop;
    default: break;
    }
    PyObject *text_obj;
    Py_ssize_t next = tai_encoder_ask(e, reason, i, stop, &text_obj);
    if (next < 0)
        return -1;
    const char *data = PyBytes_Check(text_obj) ? PyBytes_AS_STRING(text_obj) : str_data(text_obj);
    Py_ssize_t n = PyBytes_Check(text_obj) ? PyBytes_GET_SIZE(text_obj) : str_len(text_obj);
    if (PyUnicode_Check(text_obj) && !str_is_ascii(text_obj)) {
        tai_encoder_raise(e, reason, i, stop);
        next = -1;
    } else if (tai_encoder_room(e, n + encoded_size((StrView){(const char *)v.data + next * v.kind, v.len - next, v.kind})) < 0) {
        next = -1;
    } else {
        memcpy(e->out, data, (size_t)n);
        e->out += n;
    }
    Py_DECREF(text_obj);
    return next;
}

PyObject *_PyUnicode_AsUTF8String(PyObject *s, const char *errors)
{
    if (!PyUnicode_Check(s)) {
        PyErr_BadArgument();
        return NULL;
    }
    if (str_ready(s) < 0)
        return NULL;
    if (str_is_ascii(s))
        return PyBytes_FromStringAndSize(str_data(s), str_len(s));
    if (STR_COMPACT(s)->utf8 != NULL)
        return PyBytes_FromStringAndSize(STR_COMPACT(s)->utf8, STR_COMPACT(s)->utf8_length);
    StrView v = str_view(s);
    if (v.len > PY_SSIZE_T_MAX / 4)
        return PyErr_NoMemory();
    StrEncoder e;
    int failed = 0;
    if (tai_encoder_init(&e, "utf-8", errors, s, encoded_size(v)) < 0)
        return NULL;
    if (v.kind == 1) {
        const unsigned char *p = v.data, *end = p + v.len;
        char *o = e.out;
        while (p < end) {
            const unsigned char *q = tai_ascii_end(p, end);
            memcpy(o, p, (size_t)(q - p));
            o += q - p;
            for (p = q; p < end && *p >= 0x80; p++)
                o = put_utf8(o, *p);
        }
        e.out = o;
        return tai_encoder_finish(&e, 0);
    }
    for (Py_ssize_t i = 0; i < v.len && !failed;) {
        char *o = e.out;
        Py_UCS4 c = 0;
        if (v.kind == 2) {
            const Py_UCS2 *p = v.data;
            for (; i < v.len && !is_surrogate(c = p[i]); i++)
                o = put_utf8(o, c);
        } else {
            const Py_UCS4 *p = v.data;
            for (; i < v.len && !is_surrogate(c = p[i]); i++)
                o = put_utf8(o, c);
        }
        e.out = o;
        if (i == v.len)
            break;
        Py_ssize_t stop = i + 1;
        while (stop < v.len && is_surrogate(str_get(v.kind, v.data, stop)))
            stop++;
        i = encode_surrogates(&e, v, i, stop);
        failed = i < 0;
    }
    return tai_encoder_finish(&e, failed);
}

PyObject *PyUnicode_AsUTF8String(PyObject *s) { return _PyUnicode_AsUTF8String(s, NULL); }
