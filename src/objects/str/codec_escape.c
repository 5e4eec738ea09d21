/* SPDX-License-Identifier: MIT */
/* unicode_escape and raw_unicode_escape: latin-1 with backslash escapes. */
#include "objects/str/codec.h"
#include "ucnhash.h"

const void *tai_codec_name_api(void)
{
    static _PyUnicode_Name_CAPI *api;
    if (api == NULL) {
        api = (_PyUnicode_Name_CAPI *)PyCapsule_Import(PyUnicodeData_CAPSULE_NAME, 1);
        if (api == NULL)
            PyErr_SetString(PyExc_UnicodeError, "\\N escapes not supported (can't load unicodedata module)");
    }
    return api;
}

/* Up to count hex digits at *p; the number read. */
static int read_hex(const unsigned char **p, const unsigned char *end, int count, Py_UCS4 *value)
{
    int n = 0;
    *value = 0;
    for (; n < count && *p < end; n++, (*p)++) {
        unsigned figure = _PyLong_DigitValue[**p];
        if (figure >= 16)
            break;
        *value = *value << 4 | figure;
    }
    return n;
}

/* ---- unicode_escape ---- */

/* \N{name} with d->p after the N. 1 and *c, 0 after a handled fault, -1. */
static int read_name(StrDecoder *d, const unsigned char *start, Py_UCS4 *c)
{
    const _PyUnicode_Name_CAPI *api = tai_codec_name_api();
    if (api == NULL)
        return -1;
    const unsigned char *p = d->p;
    const char *reason = "malformed \\N character escape";
    if (p < d->end && *p == '{') {
        const unsigned char *name = ++p;
        while (p < d->end && *p != '}')
            p++;
        if (p > name && p < d->end) {
            Py_ssize_t n = p++ - name;
            reason = "unknown Unicode character name";
            if (n <= INT_MAX && api->getcode(NULL, (const char *)name, (int)n, c, 0)) {
                d->p = p;
                return 1;
            }
        }
    }
    return tai_decoder_error(d, reason, start, p);
}

/* One escape with d->p at its backslash. 0 or -1. invalid: set to the letter of the first unknown escape. */
static int decode_escape(StrDecoder *d, const char **invalid)
{
    static const unsigned char simple[128] = {
        ['\\'] = '\\', ['\''] = '\'', ['"'] = '"', ['b'] = '\b', ['f'] = '\f', ['t'] = '\t', ['n'] = '\n', ['r'] = '\r',
        ['v'] = '\v', ['a'] = '\a',
    };
    const unsigned char *start = d->p, *p = start + 1;
    if (p == d->end)
        return tai_decoder_error(d, "\\ at end of string", start, p);
    unsigned char letter = *p++;
    Py_UCS4 c;
    d->p = p;
    if (letter < 128 && simple[letter])
        return _PyUnicodeWriter_WriteChar(&d->w, simple[letter]);
    switch (letter) {
    case '\n': return 0;
    case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7':
        c = letter - '0';
        for (int i = 0; i < 2 && p < d->end && *p >= '0' && *p <= '7'; i++)
            c = c << 3 | (*p++ - '0');
        d->p = p;
        return _PyUnicodeWriter_WriteChar(&d->w, c);
    case 'x': case 'u': case 'U': {
        int count = letter == 'x' ? 2 : letter == 'u' ? 4 : 8;
        if (read_hex(&p, d->end, count, &c) < count)
            return tai_decoder_error(d, letter == 'x'   ? "truncated \\xXX escape"
                                        : letter == 'u' ? "truncated \\uXXXX escape"
                                                        : "truncated \\UXXXXXXXX escape", start, p);
        if (c > STR_MAXCHAR)
            return tai_decoder_error(d, "illegal Unicode character", start, p);
        d->p = p;
        return _PyUnicodeWriter_WriteChar(&d->w, c);
    }
    case 'N': {
        int r = read_name(d, start, &c);
        return r == 1 ? _PyUnicodeWriter_WriteChar(&d->w, c) : r;
    }
    default:
        if (*invalid == NULL)
            *invalid = (const char *)p - 1;
        if (_PyUnicodeWriter_WriteChar(&d->w, '\\') < 0)
            return -1;
        return _PyUnicodeWriter_WriteChar(&d->w, letter);
    }
}

static int copy_plain(StrDecoder *d)
{
    const unsigned char *stop = memchr(d->p, '\\', (size_t)(d->end - d->p));
    if (stop == NULL)
        stop = d->end;
    if (stop > d->p && _PyUnicodeWriter_WriteLatin1String(&d->w, (const char *)d->p, stop - d->p) < 0)
        return -1;
    d->p = stop;
    return 0;
}

/* *first_invalid: the letter after the first unknown backslash, for a warning; NULL if there is none. */
PyObject *_PyUnicode_DecodeUnicodeEscape(const char *s, Py_ssize_t size, const char *errors, const char **first_invalid)
{
    StrDecoder d;
    int failed = 0;
    *first_invalid = NULL;
    if (size <= 0)
        return PyUnicode_New(size, 0x7f); /* "", or SystemError */
    tai_decoder_init(&d, "unicodeescape", errors, s, size);
    d.w.min_length = size;
    while (!failed && d.p < d.end)
        failed = copy_plain(&d) < 0 || (d.p < d.end && decode_escape(&d, first_invalid) < 0);
    if (*first_invalid != NULL && d.replaced_input != NULL) { /* it may lie in bytes of the error handler's, which go now */
        static char letter;
        letter = **first_invalid;
        *first_invalid = &letter;
    }
    return tai_decoder_finish(&d, failed, NULL);
}

PyObject *PyUnicode_DecodeUnicodeEscape(const char *s, Py_ssize_t size, const char *errors)
{
    const char *invalid;
    PyObject *r = _PyUnicode_DecodeUnicodeEscape(s, size, errors, &invalid);
    if (r != NULL && invalid != NULL &&
        PyErr_WarnFormat(PyExc_DeprecationWarning, 1, "invalid escape sequence '\\%c'", (unsigned char)*invalid) < 0)
        Py_CLEAR(r);
    return r;
}

static int put_escaped(StrEncoder *e, Py_UCS4 c)
{
    char text[12];
    int n = tai_codec_backslash(c, text);
    if (tai_encoder_room(e, n) < 0)
        return -1;
    memcpy(e->out, text, (size_t)n);
    e->out += n;
    return 0;
}

PyObject *PyUnicode_AsUnicodeEscapeString(PyObject *s)
{
    if (s == NULL || !PyUnicode_Check(s)) {
        PyErr_BadArgument();
        return NULL;
    }
    if (str_ready(s) < 0)
        return NULL;
    StrView v = str_view(s);
    StrEncoder e;
    int failed = 0;
    if (tai_encoder_init(&e, "unicodeescape", NULL, s, v.len) < 0)
        return NULL;
    for (Py_ssize_t i = 0; i < v.len && !failed; i++) {
        Py_UCS4 c = str_get(v.kind, v.data, i);
        const char *at = c == '\t' ? "\\t" : c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\\' ? "\\\\" : NULL;
        if (at == NULL && (c < ' ' || c >= 0x7f)) {
            failed = put_escaped(&e, c) < 0;
        } else if (tai_encoder_room(&e, 2) < 0) {
            failed = 1;
        } else {
            *e.out++ = at ? at[0] : (char)c;
            if (at)
                *e.out++ = at[1];
        }
    }
    return tai_encoder_finish(&e, failed);
}

/* ---- raw_unicode_escape: only \u and \U, after an odd number of backslashes ---- */

static int decode_raw_escape(StrDecoder *d)
{
    const unsigned char *start = d->p, *p = start + 1;
    if (p == d->end || (*p != 'u' && *p != 'U')) {
        Py_ssize_t n = p < d->end && *p == '\\' ? 2 : 1;
        d->p += n;
        return _PyUnicodeWriter_WriteASCIIString(&d->w, "\\\\", n);
    }
    int count = *p++ == 'u' ? 4 : 8;
    Py_UCS4 c;
    if (read_hex(&p, d->end, count, &c) < count)
        return tai_decoder_error(d, count == 4 ? "truncated \\uXXXX escape" : "truncated \\UXXXXXXXX escape", start, p);
    if (c > STR_MAXCHAR)
        return tai_decoder_error(d, "\\Uxxxxxxxx out of range", start, p);
    d->p = p;
    return _PyUnicodeWriter_WriteChar(&d->w, c);
}

PyObject *PyUnicode_DecodeRawUnicodeEscape(const char *s, Py_ssize_t size, const char *errors)
{
    StrDecoder d;
    int failed = 0;
    if (size <= 0)
        return PyUnicode_New(size, 0x7f); /* "", or SystemError */
    tai_decoder_init(&d, "rawunicodeescape", errors, s, size);
    d.w.min_length = size;
    while (!failed && d.p < d.end)
        failed = copy_plain(&d) < 0 || (d.p < d.end && decode_raw_escape(&d) < 0);
    return tai_decoder_finish(&d, failed, NULL);
}

PyObject *PyUnicode_AsRawUnicodeEscapeString(PyObject *s)
{
    if (!PyUnicode_Check(s)) {
        PyErr_BadArgument();
        return NULL;
    }
    if (str_ready(s) < 0)
        return NULL;
    StrView v = str_view(s);
    if (v.kind == 1)
        return PyBytes_FromStringAndSize(v.data, v.len);
    StrEncoder e;
    int failed = 0;
    if (tai_encoder_init(&e, "rawunicodeescape", NULL, s, v.len) < 0)
        return NULL;
    for (Py_ssize_t i = 0; i < v.len && !failed; i++) {
        Py_UCS4 c = str_get(v.kind, v.data, i);
        if (c >= 0x100)
            failed = put_escaped(&e, c) < 0;
        else if (!(failed = tai_encoder_room(&e, 1) < 0))
            *e.out++ = (char)c;
    }
    return tai_encoder_finish(&e, failed);
}
