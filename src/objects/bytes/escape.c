/* SPDX-License-Identifier: MIT */
/* bytes/escape: repr, backslash escapes, hexadecimal text: between bytes and what stands in a source file. */
#include "objects/bytes/bytes.h"

#include "pyctype.h"

/* ------------------------------------------------------------------ repr */

/* head 'quoted s' tail. With smart, double quotes are taken when that saves escapes (2: and single quotes are escaped all the
 * same, as bytearray has it). New str. */
PyObject *tai_bytes_repr_of(const char *s, Py_ssize_t n, const char *head, const char *tail, int smart)
{
    Py_ssize_t extra = 0, singles = 0, doubles = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        singles += c == '\'';
        doubles += c == '"';
        Py_ssize_t more = c == '\\' || c == '\t' || c == '\n' || c == '\r' ? 1 : c < ' ' || c >= 0x7f ? 3 : 0;
        if (extra > PY_SSIZE_T_MAX - n - more - 100) {
            PyErr_SetString(PyExc_OverflowError, "bytes object is too large to make repr");
            return NULL;
        }
        extra += more;
    }
    char quote = smart && singles && !doubles ? '"' : '\'';
    if (quote == '\'' || smart == 2)
        extra += singles;
    size_t headed = strlen(head), tailed = strlen(tail);
    PyObject *result = PyUnicode_New(n + extra + 2 + (Py_ssize_t)(headed + tailed), 127);
    if (result == NULL)
        return NULL;
    char *p = (char *)PyUnicode_1BYTE_DATA(result);
    memcpy(p, head, headed);
    p += headed;
    *p++ = quote;
    for (Py_ssize_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c >= ' ' && c < 0x7f && c != '\\' && c != (unsigned char)quote && !(c == '\'' && smart == 2)) {
            *p++ = (char)c;
            continue;
        }
        *p++ = '\\';
        switch (c) {
        case '\t': *p++ = 't'; break;
        case '\n': *p++ = 'n'; break;
        case '\r': *p++ = 'r'; break;
        case '\\': case '\'': case '"': *p++ = (char)c; break;
        default:
            *p++ = 'x';
            *p++ = "0123456789abcdef"[c >> 4];
            *p++ = "0123456789abcdef"[c & 15];
        }
    }
    *p++ = quote;
    memcpy(p, tail, tailed);
    return result;
}

PyObject *PyBytes_Repr(PyObject *o, int smartquotes)
{
    return tai_bytes_repr_of(PyBytes_AS_STRING(o), PyBytes_GET_SIZE(o), "b", "", smartquotes);
}

/* ------------------------------------------------------------------ escapes */

static inline int hex_value(unsigned char c)
{
    int v = _PyLong_DigitValue[c];
    return v < 16 ? v : -1;
}

/* Bytes beyond ASCII from utf-8 source text to the source's encoding; writes them. Position or NULL. */
static char *recode(const char **s, const char *end, const char *errors, const char *encoding, _PyBytesWriter *w, char *p)
{
    const char *t = *s;
    while (t < end && (*t & 0x80))
        t++;
    PyObject *text = PyUnicode_DecodeUTF8(*s, t - *s, errors);
    if (text == NULL)
        return NULL;
    PyObject *bytes = PyUnicode_AsEncodedString(text, encoding, errors);
    Py_DECREF(text);
    if (bytes == NULL)
        return NULL;
    p = _PyBytesWriter_WriteBytes(w, p, PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes));
    Py_DECREF(bytes);
    *s = t;
    return p;
}

/* \x without two digits: 1 when something was written or nothing is wanted, -1 with ValueError. */
static int bad_hex(const char *errors, Py_ssize_t position, char **p)
{
    if (errors == NULL || strcmp(errors, "strict") == 0) {
        PyErr_Format(PyExc_ValueError, "invalid \\x escape at position %zd", position);
        return -1;
    }
    if (strcmp(errors, "replace") == 0)
        *(*p)++ = '?';
    else if (strcmp(errors, "ignore") != 0) {
        PyErr_Format(PyExc_ValueError, "decoding error; unknown error handling code: %.400s", errors);
        return -1;
    }
    return 1;
}

/* *first_invalid is set to the character behind the first backslash that begins no escape, or to NULL. */
PyObject *_PyBytes_DecodeEscape(const char *s, Py_ssize_t len, const char *errors, Py_ssize_t Py_UNUSED(unicode),
                                const char *recode_encoding, const char **first_invalid)
{
    static const char simple[256] = {['\\'] = '\\', ['\''] = '\'', ['"'] = '"', ['b'] = '\b', ['f'] = '\f', ['t'] = '\t',
                                     ['n'] = '\n', ['r'] = '\r', ['v'] = '\v', ['a'] = '\a'};
    const char *start = s, *end = s + len;
    _PyBytesWriter w;
    _PyBytesWriter_Init(&w);
    char *p = _PyBytesWriter_Alloc(&w, len);
    if (p == NULL)
        return NULL;
    w.overallocate = 1;
    *first_invalid = NULL;
    while (s < end) {
        if (*s != '\\') {
            if (recode_encoding && (*s & 0x80)) {
                p = recode(&s, end, errors, recode_encoding, &w, p);
                if (p == NULL)
                    goto failed;
            }
            else
                *p++ = *s++;
            continue;
        }
        s++;
        if (s == end) {
            PyErr_SetString(PyExc_ValueError, "Trailing \\ in string");
            goto failed;
        }
        unsigned char c = (unsigned char)*s++;
        if (simple[c])
            *p++ = simple[c];
        else if (c == '\n')
            ; /* joins two lines */
        else if (c >= '0' && c <= '7') {
            int v = c - '0';
            for (int i = 0; i < 2 && s < end && *s >= '0' && *s <= '7'; i++)
                v = v * 8 + (*s++ - '0');
            *p++ = (char)v;
        }
        else if (c == 'x') {
            int high = s < end ? hex_value((unsigned char)s[0]) : -1, low = s + 1 < end ? hex_value((unsigned char)s[1]) : -1;
            if (high >= 0 && low >= 0) {
                *p++ = (char)(high << 4 | low);
                s += 2;
            }
            else {
                if (bad_hex(errors, s - 2 - start, &p) < 0)
                    goto failed;
                s += high >= 0;
            }
        }
        else {
            if (*first_invalid == NULL)
                *first_invalid = s - 1;
            *p++ = '\\';
            s--; /* the character goes the way of all others, it may need recoding */
        }
    }
    return _PyBytesWriter_Finish(&w, p);
failed:
    _PyBytesWriter_Dealloc(&w);
    return NULL;
}

PyObject *PyBytes_DecodeEscape(const char *s, Py_ssize_t len, const char *errors, Py_ssize_t unicode, const char *recode_encoding)
{
    const char *invalid;
    PyObject *result = _PyBytes_DecodeEscape(s, len, errors, unicode, recode_encoding, &invalid);
    if (result && invalid &&
        PyErr_WarnFormat(PyExc_DeprecationWarning, 1, "invalid escape sequence '\\%c'", (unsigned char)*invalid) < 0)
        Py_CLEAR(result);
    return result;
}

/* ------------------------------------------------------------------ fromhex */

PyObject *_PyBytes_FromHex(PyObject *string, int use_bytearray)
{
    if (PyUnicode_READY(string))
        return NULL;
    Py_ssize_t n = PyUnicode_GET_LENGTH(string), bad = -1;
    if (!PyUnicode_IS_ASCII(string)) {
        for (bad = 0; PyUnicode_READ_CHAR(string, bad) < 128;)
            bad++;
    }
    const unsigned char *s = PyUnicode_IS_ASCII(string) ? PyUnicode_1BYTE_DATA(string) : NULL;
    _PyBytesWriter w;
    _PyBytesWriter_Init(&w);
    w.use_bytearray = use_bytearray;
    char *p = _PyBytesWriter_Alloc(&w, n / 2);
    if (p == NULL)
        return NULL;
    for (Py_ssize_t i = 0; s && i < n;) {
        if (Py_ISSPACE(s[i])) {
            i++;
            continue;
        }
        int high = hex_value(s[i]), low = high >= 0 ? hex_value(s[i + 1]) : -1; /* s ends with NUL */
        if (low < 0) {
            bad = high < 0 ? i : i + 1;
            break;
        }
        *p++ = (char)(high << 4 | low);
        i += 2;
    }
    if (bad < 0)
        return _PyBytesWriter_Finish(&w, p);
    PyErr_Format(PyExc_ValueError, "non-hexadecimal number found in fromhex() arg at position %zd", bad);
    _PyBytesWriter_Dealloc(&w);
    return NULL;
}
