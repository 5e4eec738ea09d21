/* SPDX-License-Identifier: MIT */
/* float/text: the API's functions between doubles and text, on top of base/decimal.c.
 *
 * tai_float_write() lays a finite or special double out in a caller's buffer; PyOS_double_to_string, repr, % and format() all
 * go through it. Also the _Py_dg_* names that old callers know.
 * Tests: tests/objects/float/.
 */
#include "objects/float/float.h"

#include "base/decimal.h"
#include "dtoa.h"
#include "pyctype.h"
#include <errno.h>
#include <math.h>

/* ------------------------------------------------------------------ double -> text */

static char *put_sign(char *p, int negative, int flags)
{
    if (negative)
        *p++ = '-';
    else if (flags & Py_DTSF_SIGN)
        *p++ = '+';
    return p;
}

static char *put_exponent(char *p, int exponent, char letter)
{
    *p++ = letter;
    *p++ = exponent < 0 ? '-' : '+';
    unsigned e = (unsigned)abs(exponent);
    if (e >= 100) {
        *p++ = (char)('0' + e / 100);
        e %= 100;
    }
    *p++ = (char)('0' + e / 10);
    *p++ = (char)('0' + e % 10);
    return p;
}

/* Digits [from, to) of d, zeros where it has none. */
static char *put_digits(char *p, const TaiDecimal *d, int from, int to)
{
    for (; from < 0 && from < to; from++)
        *p++ = '0';
    int have = d->length < to ? d->length : to;
    if (from < have) {
        memcpy(p, d->digits + from, (size_t)(have - from));
        p += have - from;
        from = have;
    }
    if (from < to) {
        memset(p, '0', (size_t)(to - from));
        p += to - from;
    }
    return p;
}

Py_ssize_t tai_float_write_size(double v, char code, int precision)
{
    Py_ssize_t size = 40 + (precision > 0 ? precision : 0);
    if (code == 'f')
        size += 310;
    else if (code == 'g' && size < 60)
        size = 60;
    return size;
}

/* The layout that code, precision and flags ask for: exponent form or not, digits up to which place (counted from the first). */
typedef struct {
    int exponential;
    int upto;
} Layout;

static Layout decide(const TaiDecimal *d, char code, int precision, int flags)
{
    Layout l = {0, d->length};
    switch (code) {
    case 'e':
        l.exponential = 1;
        l.upto = precision + 1;
        break;
    case 'f':
        l.upto = d->point + precision;
        break;
    case 'g':
        l.exponential = d->point <= -4 || d->point > precision - (flags & Py_DTSF_ADD_DOT_0 ? 1 : 0);
        if (flags & Py_DTSF_ALT)
            l.upto = precision;
        break;
    default:
        l.exponential = d->point <= -4 || d->point > 16;
        break;
    }
    return l;
}

static char *put_special(char *p, double v, int flags, int upper, int *kind)
{
    int nan = isnan(v);
    p = put_sign(p, !nan && signbit(v), flags);
    memcpy(p, nan ? (upper ? "NAN" : "nan") : (upper ? "INF" : "inf"), 3);
    if (kind)
        *kind = nan ? Py_DTST_NAN : Py_DTST_INFINITE;
    return p + 3;
}

/* Write v at p (room: tai_float_write_size); returns the end. code is one of e f g r in lower case. */
char *tai_float_write(char *p, double v, char code, int precision, int flags, int upper, int *kind)
{
    if (!isfinite(v))
        return put_special(p, v, flags, upper, kind);
    if (kind)
        *kind = Py_DTST_FINITE;
    TaiDecimal d;
    int mode = code == 'r' ? TAI_DECIMAL_SHORTEST : code == 'f' ? TAI_DECIMAL_FRACTION : TAI_DECIMAL_SIGNIFICANT;
    if (code == 'g' && precision == 0)
        precision = 1;
    tai_decimal_from_double(v, mode, code == 'e' ? precision + 1 : precision, &d);
    Layout l = decide(&d, code, precision, flags);
    p = put_sign(p, d.negative, flags);
    int whole = l.exponential ? 1 : d.point; /* digits before the point */
    int upto = l.upto > whole ? l.upto : whole;
    if (upto < d.length)
        upto = d.length;
    if (whole <= 0) {
        *p++ = '0';
    }
    else
        p = put_digits(p, &d, 0, whole);
    if (upto > whole) {
        *p++ = '.';
        p = put_digits(p, &d, whole, upto);
    }
    else if ((flags & Py_DTSF_ADD_DOT_0) && !l.exponential) {
        *p++ = '.';
        *p++ = '0';
    }
    else if (flags & Py_DTSF_ALT)
        *p++ = '.';
    if (l.exponential)
        p = put_exponent(p, d.point - 1, upper ? 'E' : 'e');
    return p;
}

char *PyOS_double_to_string(double val, char format_code, int precision, int flags, int *type)
{
    int upper = 0;
    switch (format_code) {
    case 'E':
    case 'F':
    case 'G':
        upper = 1;
        format_code = (char)(format_code + 32);
        break;
    case 'e':
    case 'f':
    case 'g':
        break;
    case 'r':
        if (precision != 0) {
            PyErr_BadInternalCall();
            return NULL;
        }
        break;
    default:
        PyErr_BadInternalCall();
        return NULL;
    }
    char *text = PyMem_Malloc((size_t)tai_float_write_size(val, format_code, precision));
    if (text == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    *tai_float_write(text, val, format_code, precision, flags, upper, type) = '\0';
    return text;
}

/* ------------------------------------------------------------------ text -> double */

static int starts_with_nocase(const char *s, const char *word)
{
    for (; *word; s++, word++)
        if (Py_TOLOWER(*s) != (unsigned char)*word)
            return 0;
    return 1;
}

double _Py_parse_inf_or_nan(const char *p, char **endptr)
{
    const char *s = p;
    int negative = 0;
    double result;
    if (*s == '-' || *s == '+')
        negative = *s++ == '-';
    if (starts_with_nocase(s, "inf")) {
        s += 3;
        if (starts_with_nocase(s, "inity"))
            s += 5;
        result = HUGE_VAL;
    }
    else if (starts_with_nocase(s, "nan")) {
        s += 3;
        result = _Py_dg_stdnan(0);
    }
    else {
        *endptr = (char *)p;
        return -1.0;
    }
    *endptr = (char *)s;
    return negative ? -result : result;
}

double PyOS_string_to_double(const char *s, char **endptr, PyObject *overflow_exception)
{
    char *end;
    errno = 0;
    double x = tai_decimal_to_double(s, &end);
    if (end == s)
        x = _Py_parse_inf_or_nan(s, &end);
    int overflow = errno == ERANGE && fabs(x) >= 1.0;
    if (end == s || (endptr == NULL && *end != '\0')) {
        PyErr_Format(PyExc_ValueError, "could not convert string to float: '%.200s'", s);
        if (endptr)
            *endptr = end;
        return -1.0;
    }
    if (overflow && overflow_exception) {
        PyErr_Format(overflow_exception, "value too large to convert to float: '%.200s'", s);
        if (endptr)
            *endptr = end;
        return -1.0;
    }
    if (endptr)
        *endptr = end;
    return x;
}

/* Copy the len bytes at s without underscores, each of which must stand between two digits. New memory, or NULL (no exception). */
static char *without_underscores(const char *s, Py_ssize_t len, Py_ssize_t *kept, int *memory)
{
    char *copy = PyMem_Malloc((size_t)len + 1), *p = copy, prev = '\0';
    *memory = copy == NULL;
    if (copy == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < len; i++) {
        if (s[i] == '_' ? !Py_ISDIGIT(prev) : prev == '_' && !Py_ISDIGIT(s[i]))
            goto bad;
        if (s[i] != '_')
            *p++ = s[i];
        prev = s[i];
    }
    if (prev == '_')
        goto bad;
    *p = '\0';
    *kept = p - copy;
    return copy;
bad:
    PyMem_Free(copy);
    return NULL;
}

PyObject *_Py_string_to_number_with_underscores(const char *s, Py_ssize_t orig_len, const char *what, PyObject *obj, void *arg,
                                                PyObject *(*innerfunc)(const char *, Py_ssize_t, void *))
{
    if (memchr(s, '_', (size_t)orig_len) == NULL)
        return innerfunc(s, orig_len, arg);
    Py_ssize_t kept;
    int memory;
    char *copy = without_underscores(s, orig_len, &kept, &memory);
    if (copy == NULL) {
        if (memory)
            return PyErr_NoMemory();
        return PyErr_Format(PyExc_ValueError, "could not convert string to %s: %R", what, obj);
    }
    PyObject *result = innerfunc(copy, kept, arg);
    PyMem_Free(copy);
    return result;
}

/* ------------------------------------------------------------------ _Py_dg_* */

double _Py_dg_stdnan(int sign)
{
    return copysign(__builtin_nan(""), sign ? -1.0 : 1.0);
}

double _Py_dg_infinity(int sign)
{
    return sign ? -HUGE_VAL : HUGE_VAL;
}

double _Py_dg_strtod(const char *s, char **end)
{
    return tai_decimal_to_double(s, end);
}

char *_Py_dg_dtoa(double v, int mode, int ndigits, int *decpt, int *sign, char **rve)
{
    TaiDecimal d;
    char *text;
    if (!isfinite(v)) {
        *sign = signbit(v) != 0;
        *decpt = 9999;
        text = PyMem_RawMalloc(12);
        if (text)
            strcpy(text, isnan(v) ? "NaN" : "Infinity");
        if (text && rve)
            *rve = text + strlen(text);
        return text;
    }
    int kind = mode == 2 || mode == 4 ? TAI_DECIMAL_SIGNIFICANT : mode == 3 || mode == 5 ? TAI_DECIMAL_FRACTION : TAI_DECIMAL_SHORTEST;
    tai_decimal_from_double(v, kind, ndigits, &d);
    if (mode == 4 || mode == 5) { /* the shortest form will do where it is no longer than that */
        TaiDecimal brief;
        tai_decimal_from_double(v, TAI_DECIMAL_SHORTEST, 0, &brief);
        if (brief.length < d.length)
            d = brief;
    }
    *decpt = d.point;
    *sign = d.negative;
    text = PyMem_RawMalloc((size_t)d.length + 1);
    if (text == NULL)
        return NULL;
    memcpy(text, d.digits, (size_t)d.length);
    text[d.length] = '\0';
    if (rve)
        *rve = text + d.length;
    return text;
}

void _Py_dg_freedtoa(char *s)
{
    PyMem_RawFree(s);
}

unsigned short _Py_get_387controlword(void)
{
    unsigned short cw;
    __asm__ __volatile__("fnstcw %0" : "=m"(cw));
    return cw;
}

void _Py_set_387controlword(unsigned short cw)
{
    __asm__ __volatile__("fldcw %0" : : "m"(cw));
}
