/* SPDX-License-Identifier: MIT */
/* utf-7 (RFC 2152): ascii, with utf-16 in modified base64 between '+' and '-' (or any character outside base64). */
#include "objects/str/codec.h"

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* 0..63, or -1 */
static int base64_value(unsigned char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* ---- decoding ---- */

typedef struct {
    int active;
    unsigned bits;         /* number of bits in buffer */
    unsigned long buffer;
    Py_UCS4 high;          /* a high surrogate that waits for its low one, or 0 */
    const unsigned char *start; /* of the sequence: its '+' */
    Py_ssize_t out_start;  /* writer position at start */
} Shift;

static int take_base64(StrDecoder *d, Shift *shift, int value)
{
    shift->buffer = shift->buffer << 6 | (unsigned long)value;
    shift->bits += 6;
    if (shift->bits < 16)
        return 0;
    Py_UCS4 unit = (Py_UCS4)(shift->buffer >> (shift->bits - 16));
    shift->bits -= 16;
    shift->buffer &= (1ul << shift->bits) - 1;
    Py_UCS4 high = shift->high;
    shift->high = 0;
    if (high) {
        if (Py_UNICODE_IS_LOW_SURROGATE(unit))
            return _PyUnicodeWriter_WriteChar(&d->w, Py_UNICODE_JOIN_SURROGATES(high, unit));
        if (_PyUnicodeWriter_WriteChar(&d->w, high) < 0)
            return -1;
    }
    if (Py_UNICODE_IS_HIGH_SURROGATE(unit)) {
        shift->high = unit;
        return 0;
    }
    return _PyUnicodeWriter_WriteChar(&d->w, unit);
}

/* c is not base64: the sequence ends before it. 0 (d->p may have passed a '-'), or -1. */
static int end_shift(StrDecoder *d, Shift *shift, unsigned char c)
{
    const unsigned char *p = d->p;
    shift->active = 0;
    if (shift->bits >= 6)
        return tai_decoder_error(d, "partial character in shift sequence", shift->start, p + 1);
    if (shift->bits > 0 && shift->buffer != 0)
        return tai_decoder_error(d, "non-zero padding bits in shift sequence", shift->start, p + 1);
    if (shift->high && c < 0x80 && c != '+' && _PyUnicodeWriter_WriteChar(&d->w, shift->high) < 0)
        return -1;
    shift->high = 0;
    if (c == '-')
        d->p++;
    return 0;
}

static int decode_one(StrDecoder *d, Shift *shift)
{
    const unsigned char *p = d->p;
    if (shift->active) {
        int value = base64_value(*p);
        if (value < 0)
            return end_shift(d, shift, *p);
        d->p++;
        return take_base64(d, shift, value);
    }
    if (*p == '+') {
        shift->start = p;
        d->p++;
        if (d->p < d->end && *d->p == '-') {
            d->p++;
            return _PyUnicodeWriter_WriteChar(&d->w, '+');
        }
        if (d->p < d->end && base64_value(*d->p) < 0)
            return tai_decoder_error(d, "ill-formed sequence", p, p + 2);
        *shift = (Shift){.active = 1, .start = p, .out_start = d->w.pos};
        return 0;
    }
    if (*p < 0x80) {
        d->p++;
        return _PyUnicodeWriter_WriteChar(&d->w, *p);
    }
    return tai_decoder_error(d, "unexpected special character", p, p + 1);
}

PyObject *PyUnicode_DecodeUTF7Stateful(const char *s, Py_ssize_t size, const char *errors, Py_ssize_t *consumed)
{
    StrDecoder d;
    Shift shift = {0};
    int failed = 0;
    if (size == 0) {
        if (consumed)
            *consumed = 0;
        return tai_str_empty();
    }
    tai_decoder_init(&d, "utf7", errors, s, size);
    d.w.min_length = size;
    d.w.overallocate = 1;
    for (;;) {
        while (!failed && d.p < d.end)
            failed = decode_one(&d, &shift) < 0;
        if (failed || !shift.active || consumed)
            break;
        if (!shift.high && shift.bits < 6 && (shift.bits == 0 || shift.buffer == 0))
            break;
        shift.active = 0;
        failed = tai_decoder_error(&d, "unterminated shift sequence", shift.start, d.end) < 0;
    }
    int taken_back = !failed && consumed && shift.active;
    if (taken_back) { /* the open sequence is for the next call */
        d.p = shift.start;
        d.w.pos = shift.out_start;
    }
    PyObject *r = tai_decoder_finish(&d, failed, consumed);
    if (taken_back && r != NULL && !str_is_ascii(r)) /* its characters may have made the string wide */
        Py_SETREF(r, PyUnicode_FromKindAndData(str_kind(r), str_data(r), str_len(r)));
    return r;
}

PyObject *PyUnicode_DecodeUTF7(const char *s, Py_ssize_t size, const char *errors)
{
    return PyUnicode_DecodeUTF7Stateful(s, size, errors, NULL);
}

/* ---- encoding ---- */

static int is_direct(Py_UCS4 c, int optional_too, int space_too)
{
    if (c == 0 || c >= 0x80)
        return 0;
    if (Py_ISALNUM(c) || strchr("'(),-./:?", (int)c))
        return 1;
    if (strchr("!\"#$%&*;<=>@[]^_`{|}", (int)c))
        return optional_too;
    return (c == ' ' || c == '\t' || c == '\n' || c == '\r') && space_too;
}

PyObject *_PyUnicode_EncodeUTF7(PyObject *s, int base64_set_o, int base64_space, const char *errors)
{
    if (str_ready(s) < 0)
        return NULL;
    StrView v = str_view(s);
    if (v.len > PY_SSIZE_T_MAX / 8 - 8)
        return PyErr_NoMemory();
    StrEncoder e;
    if (tai_encoder_init(&e, "utf-7", errors, s, v.len * 8 + 8) < 0)
        return NULL;
    int in_shift = 0;
    unsigned bits = 0;
    unsigned long buffer = 0;
    char *o = e.out;
    for (Py_ssize_t i = 0; i < v.len; i++) {
        Py_UCS4 c = str_get(v.kind, v.data, i);
        int direct = is_direct(c, !base64_set_o, !base64_space);
        if (direct || (c == '+' && !in_shift)) {
            if (in_shift) {
                if (bits)
                    *o++ = base64[buffer << (6 - bits) & 63];
                bits = 0;
                buffer = 0;
                in_shift = 0;
                if (base64_value((unsigned char)c) >= 0 || c == '-')
                    *o++ = '-';
            }
            *o++ = (char)c;
            if (c == '+')
                *o++ = '-';
            continue;
        }
        if (!in_shift)
            *o++ = '+';
        in_shift = 1;
        Py_UCS4 units[2] = {c, 0};
        int n = 1;
        if (c >= 0x10000) {
            units[0] = Py_UNICODE_HIGH_SURROGATE(c);
            units[1] = Py_UNICODE_LOW_SURROGATE(c);
            n = 2;
        }
        for (int k = 0; k < n; k++) {
            buffer = buffer << 16 | units[k];
            for (bits += 16; bits >= 6; bits -= 6)
                *o++ = base64[buffer >> (bits - 6) & 63];
            buffer &= (1ul << bits) - 1;
        }
    }
    if (bits)
        *o++ = base64[buffer << (6 - bits) & 63];
    if (in_shift)
        *o++ = '-';
    e.out = o;
    return tai_encoder_finish(&e, 0);
}
