/* SPDX-License-Identifier: MIT */
/* bytes/format: the % operator (PEP 461) and PyBytes_FromFormat. Output goes through a _PyBytesWriter. */
#include "objects/bytes/bytes.h"

#include <ctype.h>
#include <limits.h>
#include <stdarg.h>

/* ------------------------------------------------------------------ % */

enum { LEFT = 1, PLUS = 2, SPACE = 4, ALTERNATE = 8, ZERO = 16 };

typedef struct {
    _PyBytesWriter writer;
    char *out;            /* where to write next */
    PyObject *args;       /* borrowed */
    Py_ssize_t next, count; /* next of args: -1, -2 when args is the single value itself, not taken, taken */
    PyObject *mapping;    /* args, when it can be looked up by key; borrowed */
    PyObject *value;      /* from the mapping, owned; takes the place of the next argument */
    int keyed;
} Formatter;

typedef struct {
    int flags;
    Py_ssize_t width, precision; /* -1: not given */
    char code;
} Item;

/* Borrowed, or NULL with TypeError. */
static PyObject *next_argument(Formatter *f)
{
    if (f->value)
        return f->value;
    if (f->count < 0) {
        if (f->next == -1) {
            f->next = -2;
            return f->args;
        }
    }
    else if (f->next < f->count)
        return PyTuple_GET_ITEM(f->args, f->next++);
    PyErr_SetString(PyExc_TypeError, "not enough arguments for format string");
    return NULL;
}

/* Leave some room and take n bytes of it. */
static char *take(Formatter *f, Py_ssize_t n)
{
    f->out = _PyBytesWriter_Prepare(&f->writer, f->out, n);
    return f->out;
}

static int put(Formatter *f, const char *data, Py_ssize_t n)
{
    if (take(f, n) == NULL)
        return -1;
    memcpy(f->out, data, (size_t)n);
    f->out += n;
    return 0;
}

static int put_fill(Formatter *f, char c, Py_ssize_t n)
{
    if (n <= 0)
        return 0;
    if (take(f, n) == NULL)
        return -1;
    memset(f->out, c, (size_t)n);
    f->out += n;
    return 0;
}

/* ------------------------------------------------------------------ conversions */

/* Text of a number as bytes, sign first, without padding. New bytes. Runs code. */
static PyObject *number_text(PyObject *v, const Item *item)
{
    PyObject *number = NULL;
    int decimal = item->code == 'd' || item->code == 'i' || item->code == 'u';
    if (PyLong_Check(v)) {
        Py_INCREF(v);
        number = v;
    }
    else if (PyNumber_Check(v)) {
        number = decimal ? PyNumber_Long(v) : PyNumber_Index(v);
        if (number == NULL && !PyErr_ExceptionMatches(PyExc_TypeError))
            return NULL;
    }
    if (number == NULL || !PyLong_Check(number)) {
        Py_XDECREF(number);
        PyErr_Format(PyExc_TypeError, decimal ? "%%%c format: a number is required, not %.200s" : "%%%c format: an integer is required, not %.200s",
                     item->code == 'i' ? 'd' : item->code, Py_TYPE(v)->tp_name);
        return NULL;
    }
    PyObject *text = _PyUnicode_FormatLong(number, item->flags & ALTERNATE, (int)item->precision, decimal ? 'd' : item->code);
    Py_DECREF(number);
    if (text == NULL)
        return NULL;
    PyObject *bytes = PyBytes_FromStringAndSize((const char *)PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text));
    Py_DECREF(text);
    return bytes;
}

static PyObject *float_text(PyObject *v, const Item *item)
{
    double x = PyFloat_AsDouble(v);
    if (x == -1.0 && PyErr_Occurred()) {
        PyErr_Format(PyExc_TypeError, "float argument required, not %.200s", Py_TYPE(v)->tp_name);
        return NULL;
    }
    int precision = item->precision < 0 ? 6 : (int)item->precision;
    char *text = PyOS_double_to_string(x, item->code, precision, item->flags & ALTERNATE ? Py_DTSF_ALT : 0, NULL);
    if (text == NULL)
        return NULL;
    PyObject *bytes = PyBytes_FromString(text);
    PyMem_Free(text);
    return bytes;
}

/* For %s and %b: the bytes that v is or makes. Runs code. */
static PyObject *bytes_text(PyObject *v)
{
    _Py_IDENTIFIER(__bytes__);
    if (PyBytes_Check(v)) {
        Py_INCREF(v);
        return v;
    }
    if (PyByteArray_Check(v))
        return PyBytes_FromStringAndSize(PyByteArray_AS_STRING(v), PyByteArray_GET_SIZE(v));
    PyObject *method = _PyObject_LookupSpecial(v, &PyId___bytes__);
    if (method) {
        PyObject *o = _PyObject_CallNoArg(method);
        Py_DECREF(method);
        if (o && !PyBytes_Check(o)) {
            PyErr_Format(PyExc_TypeError, "__bytes__ returned non-bytes (type %.200s)", Py_TYPE(o)->tp_name);
            Py_CLEAR(o);
        }
        return o;
    }
    if (PyErr_Occurred())
        return NULL;
    if (PyObject_CheckBuffer(v)) {
        Py_buffer view;
        if (PyObject_GetBuffer(v, &view, PyBUF_FULL_RO) < 0)
            return NULL;
        PyObject *o = PyBytes_FromStringAndSize(NULL, view.len);
        if (o && view.len && PyBuffer_ToContiguous(PyBytes_AS_STRING(o), &view, view.len, 'C') < 0)
            Py_CLEAR(o);
        PyBuffer_Release(&view);
        return o;
    }
    PyErr_Format(PyExc_TypeError, "%%b requires a bytes-like object, or an object that implements __bytes__, not '%.100s'",
                 Py_TYPE(v)->tp_name);
    return NULL;
}

/* One byte, from a number or a bytes-like of length 1. */
static PyObject *char_text(PyObject *v)
{
    if ((PyBytes_Check(v) || PyByteArray_Check(v)) && Py_SIZE(v) == 1)
        return PyBytes_FromStringAndSize(span_of(v).at, 1);
    if (!PyBytes_Check(v) && !PyByteArray_Check(v) && !PyFloat_Check(v)) {
        int overflow;
        long c = PyLong_AsLongAndOverflow(v, &overflow);
        if (c == -1 && PyErr_Occurred()) {
            if (!PyErr_ExceptionMatches(PyExc_TypeError))
                return NULL;
        }
        else if (overflow || c < 0 || c > 255) {
            PyErr_SetString(PyExc_OverflowError, "%c arg not in range(256)");
            return NULL;
        }
        else {
            char byte = (char)c;
            return PyBytes_FromStringAndSize(&byte, 1);
        }
    }
    PyErr_SetString(PyExc_TypeError, "%c requires an integer in range(256) or a single byte");
    return NULL;
}

/* ------------------------------------------------------------------ one item */

/* Number after * or in digits. 0 / -1. */
static int parse_size(Formatter *f, const char **s, const char *end, Py_ssize_t *out, int *flags, Py_ssize_t limit, const char *too_big)
{
    if (*s < end && **s == '*') {
        PyObject *v = next_argument(f);
        if (v == NULL)
            return -1;
        if (!PyLong_Check(v)) {
            PyErr_SetString(PyExc_TypeError, "* wants int");
            return -1;
        }
        *out = limit == INT_MAX ? _PyLong_AsInt(v) : PyLong_AsSsize_t(v);
        if (*out == -1 && PyErr_Occurred())
            return -1;
        if (flags && *out < 0) {
            *flags |= LEFT;
            *out = -*out;
        }
        if (!flags && *out < 0)
            *out = 0;
        ++*s;
        return 0;
    }
    if (*s >= end || !Py_ISDIGIT(**s))
        return 0;
    Py_ssize_t v = 0;
    for (; *s < end && Py_ISDIGIT(**s); ++*s) {
        if (v > (limit - (**s - '0')) / 10) {
            PyErr_SetString(PyExc_ValueError, too_big);
            return -1;
        }
        v = v * 10 + (**s - '0');
    }
    *out = v;
    return 0;
}

/* (key) of a mapping. */
static int parse_key(Formatter *f, const char **s, const char *end)
{
    if (f->mapping == NULL) {
        PyErr_SetString(PyExc_TypeError, "format requires a mapping");
        return -1;
    }
    const char *start = ++*s;
    for (int depth = 1; *s < end; ++*s) {
        depth += **s == '(' ? 1 : **s == ')' ? -1 : 0;
        if (depth == 0)
            break;
    }
    if (*s >= end) {
        PyErr_SetString(PyExc_ValueError, "incomplete format key");
        return -1;
    }
    PyObject *key = PyBytes_FromStringAndSize(start, *s - start);
    ++*s;
    if (key == NULL)
        return -1;
    Py_XSETREF(f->value, PyObject_GetItem(f->mapping, key));
    Py_DECREF(key);
    f->keyed = 1;
    return f->value ? 0 : -1;
}

static int parse_item(Formatter *f, const char **s, const char *end, Item *item)
{
    *item = (Item){0, -1, -1, '\0'};
    if (*s < end && **s == '(' && parse_key(f, s, end) < 0)
        return -1;
    for (; *s < end; ++*s) {
        static const char letters[] = "-+ #0";
        const char *p = **s ? strchr(letters, **s) : NULL;
        if (p == NULL)
            break;
        item->flags |= 1 << (p - letters);
    }
    if (parse_size(f, s, end, &item->width, &item->flags, PY_SSIZE_T_MAX, "width too big") < 0)
        return -1;
    if (*s < end && **s == '.') {
        ++*s;
        item->precision = 0;
        if (parse_size(f, s, end, &item->precision, NULL, INT_MAX, "prec too big") < 0)
            return -1;
    }
    if (*s < end && (**s == 'h' || **s == 'l' || **s == 'L'))
        ++*s;
    if (*s >= end) {
        PyErr_SetString(PyExc_ValueError, "incomplete format");
        return -1;
    }
    item->code = *(*s)++;
    return 0;
}

/* Write text, a number if numeric: sign, prefix and zeros in their places. */
static int put_item(Formatter *f, const Item *item, PyObject *text, int numeric)
{
    const char *p = PyBytes_AS_STRING(text);
    Py_ssize_t n = PyBytes_GET_SIZE(text), prefix = 0;
    char sign = '\0', fill = ' ';
    if (numeric) {
        if (*p == '-' || *p == '+') {
            sign = *p++;
            n--;
        }
        else if (item->flags & PLUS)
            sign = '+';
        else if (item->flags & SPACE)
            sign = ' ';
        fill = item->flags & ZERO ? '0' : ' ';
        if ((item->flags & ALTERNATE) && (item->code == 'x' || item->code == 'X' || item->code == 'o'))
            prefix = 2;
    }
    else if (item->precision >= 0 && n > item->precision && item->code != 'c')
        n = item->precision;
    Py_ssize_t room = item->width - n - (sign != 0);
    if (fill == ' ' && !(item->flags & LEFT) && put_fill(f, ' ', room) < 0)
        return -1;
    if (sign && put(f, &sign, 1) < 0)
        return -1;
    if (prefix && put(f, p, prefix) < 0)
        return -1;
    if (fill == '0' && !(item->flags & LEFT) && put_fill(f, '0', room) < 0)
        return -1;
    if (put(f, p + prefix, n - prefix) < 0)
        return -1;
    return item->flags & LEFT ? put_fill(f, ' ', room) : 0;
}

static int format_item(Formatter *f, const Item *item, Py_ssize_t position)
{
    PyObject *text = NULL, *repr;
    int numeric = 0;
    PyObject *v = next_argument(f);
    if (v == NULL)
        return -1;
    switch (item->code) {
    case 'r': case 'a':
        repr = PyObject_ASCII(v);
        if (repr) {
            text = PyBytes_FromStringAndSize((const char *)PyUnicode_DATA(repr), PyUnicode_GET_LENGTH(repr));
            Py_DECREF(repr);
        }
        break;
    case 's': case 'b':
        text = bytes_text(v);
        break;
    case 'i': case 'd': case 'u': case 'o': case 'x': case 'X':
        text = number_text(v, item);
        numeric = 1;
        break;
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G':
        text = float_text(v, item);
        numeric = 1;
        break;
    case 'c':
        text = char_text(v);
        break;
    default:
        PyErr_Format(PyExc_ValueError, "unsupported format character '%c' (0x%x) at index %zd", (unsigned char)item->code, (unsigned char)item->code,
                     position);
    }
    if (text == NULL)
        return -1;
    int result = put_item(f, item, text, numeric);
    Py_DECREF(text);
    return result;
}

PyObject *_PyBytes_FormatEx(const char *format, Py_ssize_t len, PyObject *args, int use_bytearray)
{
    if (format == NULL || args == NULL) {
        PyErr_BadInternalCall();
        return NULL;
    }
    Formatter f = {.args = args, .next = 0, .count = 0};
    _PyBytesWriter_Init(&f.writer);
    f.writer.use_bytearray = use_bytearray;
    f.writer.overallocate = 1;
    f.out = _PyBytesWriter_Alloc(&f.writer, 0);
    if (PyTuple_Check(args))
        f.count = PyTuple_GET_SIZE(args);
    else {
        f.count = -1;
        f.next = -1;
    }
    if (PyMapping_Check(args) && !PyTuple_Check(args) && !PyBytes_Check(args) && !PyUnicode_Check(args) && !PyByteArray_Check(args))
        f.mapping = args;
    const char *s = format, *end = format + len;
    while (s < end) {
        const char *mark = memchr(s, '%', (size_t)(end - s));
        if (mark == NULL)
            mark = end;
        if (mark > s && put(&f, s, mark - s) < 0)
            goto error;
        s = mark;
        if (s == end)
            break;
        s++;
        if (s < end && *s == '%') {
            if (put(&f, "%", 1) < 0)
                goto error;
            s++;
            continue;
        }
        Item item;
        if (parse_item(&f, &s, end, &item) < 0)
            goto error;
        if (format_item(&f, &item, s - 1 - format) < 0)
            goto error;
        if (f.mapping && f.next >= 0 && f.next < f.count) {
            PyErr_SetString(PyExc_TypeError, "not all arguments converted during bytes formatting");
            goto error;
        }
        Py_CLEAR(f.value);
    }
    if (f.mapping == NULL && (f.count < 0 ? f.next == -1 : f.next < f.count)) {
        PyErr_SetString(PyExc_TypeError, "not all arguments converted during bytes formatting");
        goto error;
    }
    return _PyBytesWriter_Finish(&f.writer, f.out);
error:
    Py_XDECREF(f.value);
    _PyBytesWriter_Dealloc(&f.writer);
    return NULL;
}

/* ------------------------------------------------------------------ PyBytes_FromFormat */

typedef struct {
    _PyBytesWriter writer;
    char *out;
} Printer;

static int print_bytes(Printer *p, const char *s, Py_ssize_t n)
{
    p->out = _PyBytesWriter_WriteBytes(&p->writer, p->out, s, n);
    return p->out ? 0 : -1;
}

/* Digits in front of s, or -1 for none. */
static Py_ssize_t read_count(const char **s)
{
    Py_ssize_t v = 0;
    if (!Py_ISDIGIT(**s))
        return -1;
    for (; Py_ISDIGIT(**s); ++*s)
        v = v < PY_SSIZE_T_MAX / 16 ? v * 10 + (**s - '0') : v;
    return v;
}

/* One conversion at s, behind the %. 1 done, 0 unknown, -1 error. */
static int print_item(Printer *p, const char **at, va_list *vargs)
{
    const char *s = *at;
    char text[40];
    int longs = 0, sizes = 0, n;
    (void)read_count(&s); /* a width means nothing here */
    Py_ssize_t precision = -1;
    if (*s == '.') {
        s++;
        precision = read_count(&s);
        if (precision == 0)
            precision = -1; /* of text, all */
    }
    while (*s && *s != '%' && !Py_ISALPHA(*s))
        s++;
    if (*s == 'l' && (s[1] == 'd' || s[1] == 'u')) {
        longs = 1;
        s++;
    }
    else if (*s == 'z' && (s[1] == 'd' || s[1] == 'u')) {
        sizes = 1;
        s++;
    }
    *at = s + 1;
    switch (*s) {
    case 'c': {
        int c = va_arg(*vargs, int);
        if (c < 0 || c > 255) {
            PyErr_SetString(PyExc_OverflowError, "PyBytes_FromFormatV(): %c format expects an integer in range [0; 255]");
            return -1;
        }
        text[0] = (char)c;
        return print_bytes(p, text, 1) < 0 ? -1 : 1;
    }
    case 'd':
        n = longs ? sprintf(text, "%ld", va_arg(*vargs, long))
            : sizes ? sprintf(text, "%zd", va_arg(*vargs, Py_ssize_t)) : sprintf(text, "%d", va_arg(*vargs, int));
        return print_bytes(p, text, n) < 0 ? -1 : 1;
    case 'u':
        n = longs ? sprintf(text, "%lu", va_arg(*vargs, unsigned long))
            : sizes ? sprintf(text, "%zu", va_arg(*vargs, size_t)) : sprintf(text, "%u", va_arg(*vargs, unsigned));
        return print_bytes(p, text, n) < 0 ? -1 : 1;
    case 'i':
        n = sprintf(text, "%i", va_arg(*vargs, int));
        return print_bytes(p, text, n) < 0 ? -1 : 1;
    case 'x':
        n = sprintf(text, "%x", va_arg(*vargs, unsigned));
        return print_bytes(p, text, n) < 0 ? -1 : 1;
    case 'p':
        n = sprintf(text, "%p", va_arg(*vargs, void *));
        return print_bytes(p, text, n) < 0 ? -1 : 1;
    case 's': {
        const char *str = va_arg(*vargs, const char *);
        size_t length = precision < 0 ? strlen(str) : strnlen(str, (size_t)precision);
        return print_bytes(p, str, (Py_ssize_t)length) < 0 ? -1 : 1;
    }
    case '%':
        return print_bytes(p, "%", 1) < 0 ? -1 : 1;
    }
    return 0;
}

PyObject *PyBytes_FromFormatV(const char *format, va_list vargs)
{
    Printer p;
    va_list copy;
    _PyBytesWriter_Init(&p.writer);
    p.writer.overallocate = 1;
    p.out = _PyBytesWriter_Alloc(&p.writer, (Py_ssize_t)strlen(format));
    if (p.out == NULL)
        return NULL;
    p.writer.min_size = 0; /* literal text is prepared for as it comes */
    va_copy(copy, vargs);
    for (const char *s = format; *s;) {
        size_t plain = strcspn(s, "%");
        if (plain && print_bytes(&p, s, (Py_ssize_t)plain) < 0)
            goto error;
        s += plain;
        if (*s == '\0')
            break;
        const char *start = s++;
        int done = print_item(&p, &s, &copy);
        if (done < 0)
            goto error;
        if (done == 0) { /* what we do not know stands for itself, with all that follows */
            if (print_bytes(&p, start, (Py_ssize_t)strlen(start)) < 0)
                goto error;
            break;
        }
    }
    va_end(copy);
    return _PyBytesWriter_Finish(&p.writer, p.out);
error:
    va_end(copy);
    _PyBytesWriter_Dealloc(&p.writer);
    return NULL;
}

PyObject *PyBytes_FromFormat(const char *format, ...)
{
    va_list vargs;
    va_start(vargs, format);
    PyObject *result = PyBytes_FromFormatV(format, vargs);
    va_end(vargs);
    return result;
}
