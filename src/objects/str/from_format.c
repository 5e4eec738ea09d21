/* SPDX-License-Identifier: MIT */
/* str: PyUnicode_FromFormat, printf for objects.
 *
 *   %[0][width][.precision][l|ll|z](d|i|u|x)   %c   %s (utf-8)   %p   %U (str)   %V (str or utf-8)   %S %R %A   %%
 *
 * An unknown conversion copies the rest of the format as it stands.
 */
#include "objects/str/str.h"

typedef struct {
    int zero;
    Py_ssize_t width, precision; /* -1: not given */
    char length;                 /* 0, 'l', 'L' (ll) or 'z' */
    char conversion;
} Spec;

static const char *parse_number(const char *f, Py_ssize_t *value, const char *message)
{
    *value = 0;
    while (Py_ISDIGIT(Py_CHARMASK(*f))) {
        if (*value > (PY_SSIZE_T_MAX - (*f - '0')) / 10) {
            PyErr_SetString(PyExc_ValueError, message);
            return NULL;
        }
        *value = *value * 10 + (*f++ - '0');
    }
    return f;
}

/* f stands after the '%'; the result after the conversion. */
static const char *parse_spec(const char *f, Spec *spec)
{
    *spec = (Spec){.width = -1, .precision = -1};
    if (*f == '0') {
        spec->zero = 1;
        f++;
    }
    if (Py_ISDIGIT(Py_CHARMASK(*f)) && (f = parse_number(f, &spec->width, "width too big")) == NULL)
        return NULL;
    if (*f == '.') {
        f++;
        if (Py_ISDIGIT(Py_CHARMASK(*f))) {
            if ((f = parse_number(f, &spec->precision, "precision too big")) == NULL)
                return NULL;
        }
        if (*f == '%') { /* "%.3%": unknown */
            spec->conversion = '.';
            return f;
        }
    }
    int longs = *f == 'l' ? (f[1] == 'l') + 1 : *f == 'z';
    if (longs && f[longs] && strchr("diu", f[longs])) { /* "%lx" is not known */
        spec->length = longs == 2 ? 'L' : *f;
        f += longs;
    }
    spec->conversion = *f;
    return *f ? f + 1 : f;
}

/* Write s cut to the precision and padded on the left to the width. */
static int write_padded(_PyUnicodeWriter *w, PyObject *s, const Spec *spec)
{
    if (str_ready(s) < 0)
        return -1;
    Py_ssize_t n = str_len(s);
    if (spec->precision >= 0 && n > spec->precision)
        n = spec->precision;
    if (spec->width > n) {
        Py_ssize_t fill = spec->width - n;
        if (_PyUnicodeWriter_Prepare(w, fill, 127) < 0)
            return -1;
        tai_str_fill((int)w->kind, w->data, w->pos, fill, ' ');
        w->pos += fill;
    }
    return _PyUnicodeWriter_WriteSubstring(w, s, 0, n);
}

static int write_object_steal(_PyUnicodeWriter *w, PyObject *s, const Spec *spec)
{
    if (s == NULL)
        return -1;
    int r = write_padded(w, s, spec);
    Py_DECREF(s);
    return r;
}

static int write_utf8(_PyUnicodeWriter *w, const char *text, const Spec *spec)
{
    size_t n = spec->precision < 0 ? strlen(text) : strnlen(text, (size_t)spec->precision);
    Spec plain = *spec;
    plain.precision = -1; /* it counted bytes */
    return write_object_steal(w, PyUnicode_DecodeUTF8Stateful(text, (Py_ssize_t)n, "replace", NULL), &plain);
}

static int write_fill(_PyUnicodeWriter *w, Py_ssize_t n, Py_UCS4 c)
{
    if (n <= 0)
        return 0;
    if (_PyUnicodeWriter_Prepare(w, n, 127) < 0)
        return -1;
    tai_str_fill((int)w->kind, w->data, w->pos, n, c);
    w->pos += n;
    return 0;
}

static int write_integer(_PyUnicodeWriter *w, const Spec *spec, int negative, unsigned long long magnitude)
{
    char text[32];
    Py_ssize_t n = sprintf(text, spec->conversion == 'x' ? "%s%llx" : "%s%llu", negative ? "-" : "", magnitude);
    Py_ssize_t zeros = spec->precision > n ? spec->precision - n : 0, digits = n + zeros;
    Py_ssize_t fill = spec->width > digits ? spec->width - digits : 0;
    if (spec->zero) {
        zeros += fill;
        fill = 0;
    }
    if (write_fill(w, fill, ' ') < 0 || write_fill(w, zeros, '0') < 0)
        return -1;
    return _PyUnicodeWriter_WriteASCIIString(w, text, n);
}

static int write_next_integer(_PyUnicodeWriter *w, const Spec *spec, va_list *args)
{
    long long v;
    if (spec->conversion == 'u' || spec->conversion == 'x') {
        unsigned long long u = spec->length == 'l'   ? va_arg(*args, unsigned long)
                               : spec->length == 'L' ? va_arg(*args, unsigned long long)
                               : spec->length == 'z' ? va_arg(*args, size_t)
                                                     : va_arg(*args, unsigned int);
        return write_integer(w, spec, 0, u);
    }
    v = spec->length == 'l'   ? va_arg(*args, long)
        : spec->length == 'L' ? va_arg(*args, long long)
        : spec->length == 'z' ? va_arg(*args, Py_ssize_t)
                              : va_arg(*args, int);
    return write_integer(w, spec, v < 0, v < 0 ? 0ull - (unsigned long long)v : (unsigned long long)v);
}

static int write_pointer(_PyUnicodeWriter *w, const void *p)
{
    char text[32];
    int n = sprintf(text, "0x%llx", (unsigned long long)(uintptr_t)p);
    return _PyUnicodeWriter_WriteASCIIString(w, text, n);
}

static int write_char(_PyUnicodeWriter *w, int ordinal)
{
    if (ordinal < 0 || ordinal > (int)STR_MAXCHAR) {
        PyErr_SetString(PyExc_OverflowError, "character argument not in range(0x110000)");
        return -1;
    }
    return _PyUnicodeWriter_WriteChar(w, (Py_UCS4)ordinal);
}

/* One conversion: 0, -1 with an exception, 1 if unknown. */
static int write_conversion(_PyUnicodeWriter *w, const Spec *spec, va_list *args)
{
    switch (spec->conversion) {
    case 'd': case 'i': case 'u': case 'x': return write_next_integer(w, spec, args);
    case 'c': return write_char(w, va_arg(*args, int));
    case 'p': return write_pointer(w, va_arg(*args, void *));
    case 's': return write_utf8(w, va_arg(*args, const char *), spec);
    case 'U': return write_padded(w, va_arg(*args, PyObject *), spec);
    case 'V': {
        PyObject *s = va_arg(*args, PyObject *);
        const char *text = va_arg(*args, const char *);
        return s ? write_padded(w, s, spec) : write_utf8(w, text, spec);
    }
    case 'S': return write_object_steal(w, PyObject_Str(va_arg(*args, PyObject *)), spec);
    case 'R': return write_object_steal(w, PyObject_Repr(va_arg(*args, PyObject *)), spec);
    case 'A': return write_object_steal(w, PyObject_ASCII(va_arg(*args, PyObject *)), spec);
    case '%': return _PyUnicodeWriter_WriteChar(w, '%');
    default: return 1;
    }
}

/* Runs code (%S, %R, %A). */
PyObject *PyUnicode_FromFormatV(const char *format, va_list caller_args)
{
    va_list args;
    _PyUnicodeWriter w;
    const char *f = format;
    va_copy(args, caller_args);
    _PyUnicodeWriter_Init(&w);
    w.min_length = (Py_ssize_t)strlen(format) + 100;
    w.overallocate = 1;
    while (*f) {
        if (*f == '%') {
            Spec spec;
            const char *start = f;
            if ((f = parse_spec(f + 1, &spec)) == NULL)
                goto error;
            int r = write_conversion(&w, &spec, &args);
            if (r < 0)
                goto error;
            if (r == 0)
                continue;
            if (_PyUnicodeWriter_WriteASCIIString(&w, start, (Py_ssize_t)strlen(start)) < 0)
                goto error;
            break;
        }
        const char *stop = f;
        while (*stop && *stop != '%' && (unsigned char)*stop < 0x80)
            stop++;
        if ((unsigned char)*stop >= 0x80) {
            PyErr_Format(PyExc_ValueError,
                         "PyUnicode_FromFormatV() expects an ASCII-encoded format string, got a non-ASCII byte: 0x%02x",
                         (unsigned char)*stop);
            goto error;
        }
        if (*stop == 0)
            w.overallocate = 0;
        if (_PyUnicodeWriter_WriteASCIIString(&w, f, stop - f) < 0)
            goto error;
        f = stop;
    }
    va_end(args);
    return _PyUnicodeWriter_Finish(&w);
error:
    va_end(args);
    _PyUnicodeWriter_Dealloc(&w);
    return NULL;
}

PyObject *PyUnicode_FromFormat(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    PyObject *s = PyUnicode_FromFormatV(format, args);
    va_end(args);
    return s;
}
