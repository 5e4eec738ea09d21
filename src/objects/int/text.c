/* SPDX-License-Identifier: MIT */
/* int/text: literals to ints and ints to text, in bases 2 to 36, with the limit on decimal length (CVE-2020-10735).
 *
 * Short numbers are handled a word at a time; longer ones go through GMP's radix conversion, which is subquadratic.
 * Tests: tests/objects/int/test_int.py.
 */
#include "objects/int/mag.h"

#include "pyctype.h"
#include "runtime/state.h"

int tai_int_max_str_digits = TAI_INT_STR_DIGITS_DEFAULT;

#define LIMIT_ADVICE "use sys.set_int_max_str_digits() to increase the limit"

/* ------------------------------------------------------------------ int -> text */

static const char two_digits[201] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748"
                                    "49505152535455565758596061626364656667686970717273747576777879808182838485868788899091929394959697"
                                    "9899";

/* Decimal digits of v, ending before end; returns the first. */
static char *put_decimal(char *end, uint64_t v)
{
    while (v >= 100) {
        end -= 2;
        memcpy(end, two_digits + v % 100 * 2, 2);
        v /= 100;
    }
    if (v >= 10) {
        end -= 2;
        memcpy(end, two_digits + v * 2, 2);
    }
    else
        *--end = (char)('0' + v);
    return end;
}

static int decimal_limit(Py_ssize_t length)
{
    int max = tai_int_max_str_digits;
    if (max > 0 && length > TAI_INT_STR_DIGITS_THRESHOLD && length > max) {
        PyErr_Format(PyExc_ValueError, "Exceeds the limit (%d) for integer string conversion; " LIMIT_ADVICE, max);
        return -1;
    }
    return 0;
}

static int decimal_long(const PyObject *o, IntText *out)
{
    Py_ssize_t n = mag_size(o);
    Limbs l;
    mp_size_t count;
    int result = -1;
    if (n >= 80 && decimal_limit(n * 9) < 0) /* 30 bits are more than 9 digits: hopeless before any work */
        return -1;
    l.at = l.local;
    if (tai_int_limbs(o, &l, &count) < 0)
        goto done;
    size_t room = (size_t)n * 10 + 4; /* 30 bits are less than 9.04 digits */
    char *text = room <= sizeof out->local ? out->local : PyMem_Malloc(room);
    if (text == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    size_t length = mpn_get_str((unsigned char *)text, 10, l.at, count);
    out->text = text;
    while (length > 1 && out->text[0] == 0) {
        memmove(text, text + 1, --length);
    }
    for (size_t i = 0; i < length; i++)
        text[i] = (char)(text[i] + '0');
    out->length = (Py_ssize_t)length;
    if (decimal_limit(out->length) < 0)
        tai_int_text_free(out);
    else
        result = 0;
done:
    tai_limbs_free(&l);
    return result;
}

static int power_of_two_text(const PyObject *o, int shift, IntText *out)
{
    const digit *d = ((PyLongObject *)o)->ob_digit;
    Py_ssize_t n = mag_size(o);
    size_t bits = _PyLong_NumBits((PyObject *)o), length = (bits + (size_t)shift - 1) / (size_t)shift;
    if (n > PY_SSIZE_T_MAX / 32) {
        PyErr_SetString(PyExc_OverflowError, "int too large to format");
        return -1;
    }
    if (length == 0)
        length = 1;
    out->text = out->local;
    if (length > sizeof out->local && (out->text = PyMem_Malloc(length)) == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    out->length = (Py_ssize_t)length;
    char *p = out->text + length;
    uint64_t acc = 0;
    int have = 0;
    Py_ssize_t i = 0;
    while (p > out->text) {
        if (have < shift && i < n) {
            acc |= (uint64_t)d[i++] << have;
            have += PyLong_SHIFT;
        }
        *--p = "0123456789abcdef"[acc & (((unsigned)1 << shift) - 1)];
        acc >>= shift;
        have -= shift;
    }
    return 0;
}

int tai_int_text(const PyObject *o, int base, IntText *out)
{
    if (base == 10) {
        if (!tai_int_is_short(o))
            return decimal_long(o, out);
        int64_t v = tai_int_short_value(o);
        char *end = out->local + sizeof out->local;
        out->text = put_decimal(end, (uint64_t)(v < 0 ? -v : v));
        out->length = end - out->text;
        return 0;
    }
    return power_of_two_text(o, base == 16 ? 4 : base == 8 ? 3 : 1, out);
}

PyObject *tai_int_to_decimal(PyObject *o)
{
    if (LIKELY(tai_int_is_short(o))) {
        int64_t v = tai_int_short_value(o);
        if (v >= 0 && v < 10)
            return PyUnicode_FromOrdinal((int)('0' + v));
        char local[24], *end = local + sizeof local, *p = put_decimal(end, (uint64_t)(v < 0 ? -v : v));
        if (v < 0)
            *--p = '-';
        PyObject *s = PyUnicode_New(end - p, 127);
        if (s)
            memcpy(PyUnicode_1BYTE_DATA(s), p, (size_t)(end - p));
        return s;
    }
    return _PyLong_Format(o, 10);
}

/* Sign and prefix as asked for; the length. */
static Py_ssize_t put_prefix(char *p, PyObject *o, int base, int alternate)
{
    Py_ssize_t n = 0;
    if (Py_SIZE(o) < 0)
        p[n++] = '-';
    if (alternate && base != 10) {
        p[n++] = '0';
        p[n++] = base == 16 ? 'x' : base == 8 ? 'o' : 'b';
    }
    return n;
}

static int check_format_args(PyObject *o, int base)
{
    if (o == NULL || !PyLong_Check(o) || (base != 2 && base != 8 && base != 10 && base != 16)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return 0;
}

PyObject *_PyLong_Format(PyObject *o, int base)
{
    IntText t;
    char prefix[4];
    if (check_format_args(o, base) < 0 || tai_int_text(o, base, &t) < 0)
        return NULL;
    Py_ssize_t head = put_prefix(prefix, o, base, 1);
    PyObject *s = PyUnicode_New(head + t.length, 127);
    if (s) {
        memcpy(PyUnicode_1BYTE_DATA(s), prefix, (size_t)head);
        memcpy(PyUnicode_1BYTE_DATA(s) + head, t.text, (size_t)t.length);
    }
    tai_int_text_free(&t);
    return s;
}

int _PyLong_FormatWriter(_PyUnicodeWriter *writer, PyObject *o, int base, int alternate)
{
    IntText t;
    char prefix[4];
    if (check_format_args(o, base) < 0 || tai_int_text(o, base, &t) < 0)
        return -1;
    Py_ssize_t head = put_prefix(prefix, o, base, alternate);
    int result = head ? _PyUnicodeWriter_WriteASCIIString(writer, prefix, head) : 0;
    if (result == 0)
        result = _PyUnicodeWriter_WriteASCIIString(writer, t.text, t.length);
    tai_int_text_free(&t);
    return result;
}

char *_PyLong_FormatBytesWriter(_PyBytesWriter *writer, char *at, PyObject *o, int base, int alternate)
{
    IntText t;
    char prefix[4];
    if (check_format_args(o, base) < 0 || tai_int_text(o, base, &t) < 0)
        return NULL;
    Py_ssize_t head = put_prefix(prefix, o, base, alternate);
    at = _PyBytesWriter_Prepare(writer, at, head + t.length);
    if (at) {
        memcpy(at, prefix, (size_t)head);
        memcpy(at + head, t.text, (size_t)t.length);
        at += head + t.length;
    }
    tai_int_text_free(&t);
    return at;
}

/* ------------------------------------------------------------------ text -> int */

#define NO_DIGIT 37
#define VALUE(c) (unsigned char)((c) >= '0' && (c) <= '9' ? (c) - '0' : ((c) | 32) >= 'a' && ((c) | 32) <= 'z' ? ((c) | 32) - 'a' + 10 : NO_DIGIT)
#define ROW4(c) VALUE(c), VALUE((c) + 1), VALUE((c) + 2), VALUE((c) + 3)
#define ROW16(c) ROW4(c), ROW4((c) + 4), ROW4((c) + 8), ROW4((c) + 12)
#define ROW64(c) ROW16(c), ROW16((c) + 16), ROW16((c) + 32), ROW16((c) + 48)
unsigned char _PyLong_DigitValue[256] = {ROW64(0), ROW64(64), ROW64(128), ROW64(192)};

/* The digits of a literal, once scanned: [start, stop) with underscores among them, count digits. */
typedef struct {
    const char *start, *stop;
    Py_ssize_t count;
    int base;
    int negative;
} Literal;

/* Digits that surely fit one word, by base. */
static int word_digits(int base)
{
    return base <= 10 ? (base == 2 ? 62 : 19) : base <= 16 ? 15 : 12;
}

static PyObject *literal_long(const Literal *lit)
{
    unsigned char *raw = PyMem_Malloc((size_t)lit->count);
    if (raw == NULL)
        return PyErr_NoMemory();
    size_t n = 0;
    for (const char *s = lit->start; s < lit->stop; s++)
        if (*s != '_')
            raw[n++] = _PyLong_DigitValue[(unsigned char)*s];
    Limbs l;
    PyObject *result = NULL;
    double width = (double)lit->count * (32 - __builtin_clz((unsigned)lit->base)); /* bits, rounded up */
    if (tai_limbs_get(&l, (Py_ssize_t)(width / 64) + 3) == 0) {
        mp_size_t count = mpn_set_str(l.at, raw, n, lit->base);
        result = tai_int_from_limbs(l.at, count, lit->negative);
    }
    tai_limbs_free(&l);
    PyMem_Free(raw);
    return result;
}

static PyObject *literal_value(const Literal *lit)
{
    if (lit->count <= word_digits(lit->base)) {
        uint64_t v = 0;
        for (const char *s = lit->start; s < lit->stop; s++)
            if (*s != '_')
                v = v * (uint64_t)lit->base + _PyLong_DigitValue[(unsigned char)*s];
        return tai_int_from_u128(v, lit->negative);
    }
    int max = tai_int_max_str_digits;
    if (lit->count > TAI_INT_STR_DIGITS_THRESHOLD && max > 0 && lit->count > max && (lit->base & (lit->base - 1)) != 0) {
        PyErr_Format(PyExc_ValueError,
                     "Exceeds the limit (%d) for integer string conversion: value has %zd digits; " LIMIT_ADVICE, max, lit->count);
        return NULL;
    }
    return literal_long(lit);
}

/* Sign, prefix and digits at s. 0 with *lit filled and s at the first character behind; -1: no literal, *at where it broke. */
static int scan_literal(const char *s, int base, Literal *lit, const char **at)
{
    lit->negative = 0;
    lit->base = base;
    if (*s == '+' || *s == '-')
        lit->negative = *s++ == '-';
    int letter = s[0] == '0' ? s[1] | 32 : 0, zero_only = 0;
    int named = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    if (base == 0) {
        lit->base = base = named ? named : 10;
        zero_only = !named && s[0] == '0'; /* "010" reads as octal to some: only zeros may follow */
    }
    if (named && base == named) {
        s += 2;
        if (*s == '_')
            s++; /* one underscore after the prefix */
    }
    *at = s;
    if (*s == '_')
        return -1;
    lit->start = s;
    lit->count = 0;
    int nonzero = 0;
    char prev = '\0';
    for (; _PyLong_DigitValue[(unsigned char)*s] < base || *s == '_'; s++) {
        if (*s == '_') {
            if (prev == '_') {
                *at = s;
                return -1;
            }
        }
        else {
            lit->count++;
            nonzero |= *s != '0';
        }
        prev = *s;
    }
    *at = s;
    lit->stop = s;
    return prev == '_' || lit->count == 0 || (zero_only && nonzero) ? -1 : 0;
}

PyObject *PyLong_FromString(const char *text, char **pend, int base)
{
    Literal lit;
    const char *s = text;
    if ((base != 0 && base < 2) || base > 36) {
        PyErr_SetString(PyExc_ValueError, "int() arg 2 must be >= 2 and <= 36");
        return NULL;
    }
    while (Py_ISSPACE(*s))
        s++;
    if (scan_literal(s, base, &lit, &s) == 0) {
        PyObject *result = literal_value(&lit);
        if (result == NULL)
            return NULL;
        while (Py_ISSPACE(*s))
            s++;
        if (*s == '\0') {
            if (pend)
                *pend = (char *)s;
            return result;
        }
        Py_DECREF(result);
    }
    if (pend)
        *pend = (char *)s;
    size_t length = strnlen(text, 200);
    PyObject *copy = PyUnicode_FromStringAndSize(text, (Py_ssize_t)length);
    if (copy == NULL)
        return NULL;
    PyErr_Format(PyExc_ValueError, "invalid literal for int() with base %d: %.200R", lit.base, copy);
    Py_DECREF(copy);
    return NULL;
}

PyObject *_PyLong_FromBytes(const char *s, Py_ssize_t len, int base)
{
    char *end = NULL;
    PyObject *result = PyLong_FromString(s, &end, base);
    if (end == NULL || (result != NULL && end == s + len))
        return result;
    Py_XDECREF(result);
    PyObject *shown = PyBytes_FromStringAndSize(s, len < 200 ? len : 200);
    if (shown) {
        PyErr_Format(PyExc_ValueError, "invalid literal for int() with base %d: %.200R", base, shown);
        Py_DECREF(shown);
    }
    return NULL;
}

PyObject *PyLong_FromUnicodeObject(PyObject *u, int base)
{
    if (base == 10 && PyUnicode_IS_READY(u) && PyUnicode_IS_COMPACT_ASCII(u)) { /* the usual: plain digits */
        const unsigned char *s = PyUnicode_1BYTE_DATA(u);
        Py_ssize_t n = PyUnicode_GET_LENGTH(u), i = n > 0 && s[0] == '-';
        int64_t v = 0;
        if (n > i && n <= 18) {
            Py_ssize_t k = i;
            for (; k < n && (unsigned)(s[k] - '0') < 10; k++)
                v = v * 10 + (s[k] - '0');
            if (k == n)
                return tai_int_from_i64(i ? -v : v);
        }
    }
    PyObject *ascii = _PyUnicode_TransformDecimalAndSpaceToASCII(u);
    if (ascii == NULL)
        return NULL;
    char *end = NULL;
    const char *s = (const char *)PyUnicode_DATA(ascii); /* ASCII, ends with NUL */
    PyObject *result = PyLong_FromString(s, &end, base);
    if (end == NULL || (result != NULL && end == s + PyUnicode_GET_LENGTH(ascii))) {
        Py_DECREF(ascii);
        return result;
    }
    Py_DECREF(ascii);
    Py_XDECREF(result);
    PyErr_Format(PyExc_ValueError, "invalid literal for int() with base %d: %.200R", base, u);
    return NULL;
}

PyObject *PyLong_FromUnicode(Py_UNICODE *u, Py_ssize_t length, int base)
{
    PyObject *s = PyUnicode_FromWideChar(u, length);
    if (s == NULL)
        return NULL;
    PyObject *result = PyLong_FromUnicodeObject(s, base);
    Py_DECREF(s);
    return result;
}

/* ------------------------------------------------------------------ strtol for ASCII, whatever the locale */

#include <errno.h>

unsigned long PyOS_strtoul(const char *str, char **end, int base)
{
    const char *s = str;
    while (Py_ISSPACE(*s))
        s++;
    int letter = s[0] == '0' ? s[1] | 32 : 0;
    int named = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    if (base < 0 || base == 1 || base > 36 || (base == 0 && s[0] == '0' && Py_ISDIGIT(s[1]) && strspn(s, "0") != strspn(s, "0123456789"))) {
        if (end)
            *end = (char *)(base == 0 ? s : str);
        return 0;
    }
    if (named && (base == 0 || base == named)) {
        if (_PyLong_DigitValue[(unsigned char)s[2]] >= named) {
            if (end)
                *end = (char *)s + 2;
            return 0;
        }
        s += 2;
        base = named;
    }
    if (base == 0)
        base = 10;
    unsigned long v = 0;
    int over = 0;
    for (; _PyLong_DigitValue[(unsigned char)*s] < base; s++) {
        over |= __builtin_mul_overflow(v, (unsigned long)base, &v);
        over |= __builtin_add_overflow(v, (unsigned long)_PyLong_DigitValue[(unsigned char)*s], &v);
    }
    if (end)
        *end = (char *)s;
    if (over) {
        errno = ERANGE;
        return (unsigned long)-1;
    }
    return v;
}

long PyOS_strtol(const char *str, char **end, int base)
{
    const char *s = str;
    while (Py_ISSPACE(*s))
        s++;
    int negative = *s == '-';
    if (*s == '+' || *s == '-')
        s++;
    unsigned long v = PyOS_strtoul(s, end, base);
    if (v <= LONG_MAX)
        return negative ? -(long)v : (long)v;
    if (negative && v == (unsigned long)LONG_MAX + 1)
        return LONG_MIN;
    errno = ERANGE;
    return LONG_MAX;
}
