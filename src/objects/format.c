/* SPDX-License-Identifier: MIT */
/* format: the format specification mini-language of str.format(), format() and f-strings, for str, int, float and complex.
 *
 *   [[fill]align][sign][#][0][width][grouping][.precision][type]
 *
 * parse_spec() reads it once into a Spec; a number is then brought into the shape of Number (sign, prefix, digits to be grouped,
 * rest) and put_number() lays it out. All output goes straight into the caller's _PyUnicodeWriter.
 * Tests: tests/objects/test_format_spec.py.
 */
#include "Python.h"

#include "objects/float/float.h"
#include "objects/int/mag.h"
#include "runtime/state.h"
#include <limits.h>
#include <locale.h>
#include <math.h>

/* ------------------------------------------------------------------ the specification */

typedef struct {
    Py_UCS4 fill, align, sign, type;
    Py_ssize_t width, precision; /* -1: not given */
    char grouping;               /* 0, ',' or '_' */
    char group_size;
    char alternate, align_given, fill_given;
} Spec;

static int is_align(Py_UCS4 c)
{
    return c == '<' || c == '>' || c == '=' || c == '^';
}

static int value_error(const char *text)
{
    PyErr_SetString(PyExc_ValueError, text);
    return -1;
}

/* Decimal digits at *pos: 1 with *out, 0 when there are none, -1 with ValueError. */
static int parse_count(PyObject *s, Py_ssize_t *pos, Py_ssize_t end, Py_ssize_t *out)
{
    Py_ssize_t start = *pos, v = 0;
    for (; *pos < end; ++*pos) {
        int d = Py_UNICODE_TODECIMAL(PyUnicode_READ_CHAR(s, *pos));
        if (d < 0)
            break;
        if (v > (PY_SSIZE_T_MAX - d) / 10)
            return value_error("Too many decimal digits in format string");
        v = v * 10 + d;
    }
    if (*pos == start)
        return 0;
    *out = v;
    return 1;
}

/* Which types take which grouping. */
static int check_grouping(Spec *spec)
{
    if (spec->grouping == 0)
        return 0;
    spec->group_size = 3;
    switch (spec->type) {
    case 'd': case 'e': case 'f': case 'g': case 'E': case 'G': case '%': case 'F': case '\0':
        return 0;
    case 'b': case 'o': case 'x': case 'X':
        if (spec->grouping == '_') {
            spec->group_size = 4;
            return 0;
        }
    }
    if (spec->type > 32 && spec->type < 128)
        PyErr_Format(PyExc_ValueError, "Cannot specify '%c' with '%c'.", spec->grouping, (char)spec->type);
    else
        PyErr_Format(PyExc_ValueError, "Cannot specify '%c' with '\\x%x'.", spec->grouping, (unsigned)spec->type);
    return -1;
}

static int parse_grouping(Spec *spec, PyObject *s, Py_ssize_t *pos, Py_ssize_t end)
{
    if (*pos < end && PyUnicode_READ_CHAR(s, *pos) == ',') {
        spec->grouping = ',';
        ++*pos;
    }
    if (*pos < end && PyUnicode_READ_CHAR(s, *pos) == '_') {
        if (spec->grouping)
            return value_error("Cannot specify both ',' and '_'.");
        spec->grouping = '_';
        ++*pos;
    }
    if (*pos < end && spec->grouping && PyUnicode_READ_CHAR(s, *pos) == ',')
        return value_error("Cannot specify both ',' and '_'.");
    return 0;
}

static int parse_spec(PyObject *s, Py_ssize_t pos, Py_ssize_t end, Spec *spec, Py_UCS4 type, Py_UCS4 align)
{
    *spec = (Spec){.fill = ' ', .align = align, .type = type, .width = -1, .precision = -1};
#define AT(i) PyUnicode_READ_CHAR(s, i)
    if (end - pos >= 2 && is_align(AT(pos + 1))) {
        spec->fill = AT(pos);
        spec->align = AT(pos + 1);
        spec->fill_given = spec->align_given = 1;
        pos += 2;
    }
    else if (pos < end && is_align(AT(pos))) {
        spec->align = AT(pos++);
        spec->align_given = 1;
    }
    if (pos < end && (AT(pos) == ' ' || AT(pos) == '+' || AT(pos) == '-'))
        spec->sign = AT(pos++);
    if (pos < end && AT(pos) == '#') {
        spec->alternate = 1;
        pos++;
    }
    if (pos < end && AT(pos) == '0' && !spec->fill_given) {
        spec->fill = '0';
        if (!spec->align_given)
            spec->align = '=';
        pos++;
    }
    if (parse_count(s, &pos, end, &spec->width) < 0 || parse_grouping(spec, s, &pos, end) < 0)
        return -1;
    if (pos < end && AT(pos) == '.') {
        pos++;
        int some = parse_count(s, &pos, end, &spec->precision);
        if (some <= 0)
            return some < 0 ? -1 : value_error("Format specifier missing precision");
    }
    if (end - pos > 1)
        return value_error("Invalid format specifier");
    if (pos < end)
        spec->type = AT(pos);
#undef AT
    return check_grouping(spec);
}

static int unknown_code(const Spec *spec, PyObject *o)
{
    const char *name = Py_TYPE(o)->tp_name;
    if (spec->type > 32 && spec->type < 128)
        PyErr_Format(PyExc_ValueError, "Unknown format code '%c' for object of type '%.200s'", (char)spec->type, name);
    else
        PyErr_Format(PyExc_ValueError, "Unknown format code '\\x%x' for object of type '%.200s'", (unsigned)spec->type, name);
    return -1;
}

/* An empty specification means str(o). Runs code. */
static int write_str(_PyUnicodeWriter *writer, PyObject *o)
{
    PyObject *s = PyObject_Str(o);
    if (s == NULL)
        return -1;
    int result = _PyUnicodeWriter_WriteStr(writer, s);
    Py_DECREF(s);
    return result;
}

/* Padding left of what is n characters wide; *right gets the other side's. */
static Py_ssize_t pad(const Spec *spec, Py_ssize_t n, Py_ssize_t *right)
{
    Py_ssize_t room = spec->width > n ? spec->width - n : 0;
    Py_ssize_t left = spec->align == '>' ? room : spec->align == '^' ? room / 2 : 0;
    *right = room - left;
    return left;
}

static void put_fill(_PyUnicodeWriter *writer, Py_UCS4 c, Py_ssize_t n)
{
    if (n > 0) {
        _PyUnicode_FastFill(writer->buffer, writer->pos, n, c);
        writer->pos += n;
    }
}

static Py_UCS4 max_char(Py_UCS4 a, Py_UCS4 b)
{
    return a > b ? a : b;
}

/* ------------------------------------------------------------------ str */

int _PyUnicode_FormatAdvancedWriter(_PyUnicodeWriter *writer, PyObject *o, PyObject *text, Py_ssize_t start, Py_ssize_t end)
{
    Spec spec;
    if (PyUnicode_READY(o) < 0)
        return -1;
    if (start == end)
        return PyUnicode_CheckExact(o) ? _PyUnicodeWriter_WriteStr(writer, o) : write_str(writer, o);
    if (parse_spec(text, start, end, &spec, 's', '<') < 0)
        return -1;
    if (spec.type != 's')
        return unknown_code(&spec, o);
    if (spec.sign)
        return value_error("Sign not allowed in string format specifier");
    if (spec.alternate)
        return value_error("Alternate form (#) not allowed in string format specifier");
    if (spec.align == '=')
        return value_error("'=' alignment not allowed in string format specifier");
    Py_ssize_t n = PyUnicode_GET_LENGTH(o), right;
    if (spec.precision >= 0 && spec.precision < n)
        n = spec.precision;
    if (spec.width <= n) {
        if (n == PyUnicode_GET_LENGTH(o) && PyUnicode_CheckExact(o))
            return _PyUnicodeWriter_WriteStr(writer, o);
        return _PyUnicodeWriter_WriteSubstring(writer, o, 0, n);
    }
    Py_UCS4 max = n == PyUnicode_GET_LENGTH(o) ? PyUnicode_MAX_CHAR_VALUE(o) : _PyUnicode_FindMaxChar(o, 0, n);
    Py_ssize_t left = pad(&spec, n, &right);
    if (_PyUnicodeWriter_Prepare(writer, left + n + right, max_char(max, spec.fill)) < 0)
        return -1;
    put_fill(writer, spec.fill, left);
    if (n) {
        _PyUnicode_FastCopyCharacters(writer->buffer, writer->pos, o, 0, n);
        writer->pos += n;
    }
    put_fill(writer, spec.fill, right);
    return 0;
}

/* ------------------------------------------------------------------ numbers: layout */

/* The marks between digits: those of the specification, or the locale's for type n. */
typedef struct {
    PyObject *point, *separator; /* owned; NULL: "." and none */
    const char *sizes;           /* group sizes as localeconv() has them */
    char local[2];
    char *held;
} Marks;

static void marks_free(Marks *m)
{
    Py_CLEAR(m->point);
    Py_CLEAR(m->separator);
    PyMem_Free(m->held);
    m->held = NULL;
}

static int marks_of_locale(Marks *m)
{
    struct lconv *lc = localeconv();
    m->held = PyMem_Malloc(strlen(lc->grouping) + 1);
    if (m->held == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    m->sizes = strcpy(m->held, lc->grouping);
    m->point = PyUnicode_DecodeLocale(lc->decimal_point, NULL);
    if (m->point)
        m->separator = PyUnicode_DecodeLocale(lc->thousands_sep, NULL);
    if (m->separator)
        return 0;
    marks_free(m);
    return -1;
}

static int marks_get(const Spec *spec, Marks *m)
{
    *m = (Marks){NULL, NULL, NULL, {0, 0}, NULL};
    if (spec->type == 'n')
        return marks_of_locale(m);
    if (spec->grouping) {
        m->local[0] = spec->group_size;
        m->sizes = m->local;
        m->separator = PyUnicode_FromOrdinal(spec->grouping);
        if (m->separator == NULL)
            return -1;
    }
    return 0;
}

/* A number ready for layout: all ASCII. */
typedef struct {
    char sign;                /* 0 for none */
    const char *prefix;       /* "", "0x"... */
    const char *digits;       /* the whole part, which may be grouped */
    Py_ssize_t ndigits;
    int point;                /* a decimal point follows */
    const char *rest;         /* what stands behind the point, or in place of digits */
    Py_ssize_t nrest;
} Number;

/* Walks the groups of a number from its right end. */
typedef struct {
    const char *sizes;
    Py_ssize_t left; /* digits left in this group */
    int size;
} Groups;

static void groups_start(Groups *g, const char *sizes)
{
    g->sizes = sizes;
    g->size = sizes && *sizes ? *sizes : CHAR_MAX;
    g->left = g->size == CHAR_MAX ? PY_SSIZE_T_MAX : g->size;
}

/* The group is full: move to the next, which may go on for ever. */
static void groups_next(Groups *g)
{
    if (g->sizes[1]) {
        g->sizes++;
        g->size = *g->sizes;
    }
    g->left = g->size == CHAR_MAX ? PY_SSIZE_T_MAX : g->size;
}

/* Length of ndigits digits with separators, zeros in front up to width; *separators counts the former. */
static Py_ssize_t grouped_length(const Marks *m, Py_ssize_t ndigits, Py_ssize_t width)
{
    Py_ssize_t sep = m->separator ? PyUnicode_GET_LENGTH(m->separator) : 0, length = 0, done = 0;
    Groups g;
    groups_start(&g, m->sizes);
    if (g.left == PY_SSIZE_T_MAX)
        return ndigits > width ? ndigits : width;
    while (done < ndigits || length < width || done == 0) {
        if (g.left == 0) {
            length += sep;
            groups_next(&g);
        }
        if (g.left == PY_SSIZE_T_MAX) {
            Py_ssize_t more = ndigits - done > width - length ? ndigits - done : width - length;
            return length + (more > 1 ? more : 1);
        }
        g.left--;
        length++;
        done++;
    }
    return length;
}

/* The same, written; the writer has room. */
static void put_grouped(_PyUnicodeWriter *writer, const Marks *m, const Number *n, Py_ssize_t length, int upper)
{
    Py_ssize_t sep = m->separator ? PyUnicode_GET_LENGTH(m->separator) : 0, digits = n->ndigits;
    Py_ssize_t start = writer->pos, at = start + length;
    Groups g;
    groups_start(&g, m->sizes);
    while (at > start) {
        if (g.left == 0) {
            for (Py_ssize_t i = sep; --i >= 0;)
                PyUnicode_WRITE(writer->kind, writer->data, --at, PyUnicode_READ_CHAR(m->separator, i));
            groups_next(&g);
        }
        char c = digits > 0 ? n->digits[--digits] : '0';
        PyUnicode_WRITE(writer->kind, writer->data, --at, upper ? Py_TOUPPER(c) : (unsigned char)c);
        g.left--;
    }
    writer->pos += length;
}

static void put_ascii(_PyUnicodeWriter *writer, const char *s, Py_ssize_t n, int upper)
{
    for (Py_ssize_t i = 0; i < n; i++)
        PyUnicode_WRITE(writer->kind, writer->data, writer->pos + i, upper ? Py_TOUPPER(s[i]) : (unsigned char)s[i]);
    writer->pos += n;
}

static char sign_char(const Spec *spec, int negative)
{
    if (negative)
        return '-';
    return spec->sign == '+' || spec->sign == ' ' ? (char)spec->sign : '\0';
}

static int put_number(_PyUnicodeWriter *writer, const Spec *spec, const Marks *m, const Number *n, int upper)
{
    Py_ssize_t head = (n->sign != 0) + (Py_ssize_t)strlen(n->prefix);
    Py_ssize_t point = n->point ? m->point ? PyUnicode_GET_LENGTH(m->point) : 1 : 0;
    Py_ssize_t tail = point + n->nrest, digits = 0, right;
    if (n->ndigits) {
        Py_ssize_t width = spec->fill == '0' && spec->align == '=' ? spec->width - head - tail : 0;
        digits = m->separator || width > 0 ? grouped_length(m, n->ndigits, width) : n->ndigits;
    }
    Py_ssize_t total = head + digits + tail, left = pad(spec, total, &right), inner = 0;
    if (spec->align == '=') {
        inner = right;
        right = 0;
    }
    Py_UCS4 max = 127;
    if (left + inner + right)
        max = max_char(max, spec->fill);
    if (digits && m->separator)
        max = max_char(max, PyUnicode_MAX_CHAR_VALUE(m->separator));
    if (point && m->point)
        max = max_char(max, PyUnicode_MAX_CHAR_VALUE(m->point));
    if (_PyUnicodeWriter_Prepare(writer, left + inner + right + total, max) < 0)
        return -1;
    put_fill(writer, spec->fill, left);
    if (n->sign)
        put_ascii(writer, &n->sign, 1, 0);
    put_ascii(writer, n->prefix, (Py_ssize_t)strlen(n->prefix), upper);
    put_fill(writer, spec->fill, inner);
    if (digits)
        put_grouped(writer, m, n, digits, upper);
    if (point && m->point) {
        _PyUnicode_FastCopyCharacters(writer->buffer, writer->pos, m->point, 0, point);
        writer->pos += point;
    }
    else if (point)
        put_ascii(writer, ".", 1, 0);
    put_ascii(writer, n->rest, n->nrest, 0);
    put_fill(writer, spec->fill, right);
    return 0;
}

/* ------------------------------------------------------------------ int */

static int format_char(_PyUnicodeWriter *writer, PyObject *o, Spec *spec)
{
    if (spec->sign)
        return value_error("Sign not allowed with integer format specifier 'c'");
    if (spec->alternate)
        return value_error("Alternate form (#) not allowed with integer format specifier 'c'");
    long c = PyLong_AsLong(o);
    if (c == -1 && PyErr_Occurred())
        return -1;
    if (c < 0 || c > 0x10ffff) {
        PyErr_SetString(PyExc_OverflowError, "%c arg not in range(0x110000)");
        return -1;
    }
    Py_ssize_t right, left = pad(spec, 1, &right);
    if (spec->align == '=') {
        left = right;
        right = 0;
    }
    if (_PyUnicodeWriter_Prepare(writer, left + 1 + right, max_char((Py_UCS4)c, left + right ? spec->fill : 0)) < 0)
        return -1;
    put_fill(writer, spec->fill, left);
    PyUnicode_WRITE(writer->kind, writer->data, writer->pos, (Py_UCS4)c);
    writer->pos++;
    put_fill(writer, spec->fill, right);
    return 0;
}

static int format_int(_PyUnicodeWriter *writer, PyObject *o, Spec *spec)
{
    IntText text;
    Marks marks;
    if (spec->precision != -1)
        return value_error("Precision not allowed in integer format specifier");
    if (spec->type == 'c')
        return format_char(writer, o, spec);
    int base = spec->type == 'b' ? 2 : spec->type == 'o' ? 8 : (spec->type | 32) == 'x' ? 16 : 10;
    if (marks_get(spec, &marks) < 0)
        return -1;
    if (tai_int_text(o, base, &text) < 0) {
        marks_free(&marks);
        return -1;
    }
    Number n = {sign_char(spec, Py_SIZE(o) < 0), "", text.text, text.length, 0, "", 0};
    if (spec->alternate)
        n.prefix = base == 2 ? "0b" : base == 8 ? "0o" : base == 16 ? "0x" : "";
    int result = put_number(writer, spec, &marks, &n, spec->type == 'X');
    tai_int_text_free(&text);
    marks_free(&marks);
    return result;
}

/* ------------------------------------------------------------------ float */

/* Text of a double, on the stack when short. */
typedef struct {
    char *start, *end;
    char local[400];
} FloatText;

/* Without a sign in front when *negative is not NULL: that gets it. */
static int float_text(double v, char code, int precision, int flags, int upper, FloatText *t, int *negative)
{
    Py_ssize_t room = tai_float_write_size(v, code, precision);
    t->start = t->local;
    if (room > (Py_ssize_t)sizeof t->local && (t->start = PyMem_Malloc((size_t)room)) == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    t->end = tai_float_write(t->start, v, code, precision, flags, upper, NULL);
    *negative = *t->start == '-';
    return 0;
}

static void float_text_free(FloatText *t)
{
    if (t->start != t->local)
        PyMem_Free(t->start);
}

/* Split the text at s (unsigned) into whole digits, point and rest. */
static void split_float(const char *s, const char *end, Number *n)
{
    n->digits = s;
    while (s < end && Py_ISDIGIT(*s))
        s++;
    n->ndigits = s - n->digits;
    n->point = s < end && *s == '.';
    n->rest = s + n->point;
    n->nrest = end - n->rest;
}

/* What the type asks of the text: code, precision, flags. 0 / -1. */
static int float_options(const Spec *spec, char *code, int *precision, int *flags, int *upper)
{
    Py_UCS4 type = spec->type;
    int otherwise = 6;
    *flags = spec->alternate ? Py_DTSF_ALT : 0;
    *upper = type == 'E' || type == 'F' || type == 'G';
    if (spec->precision > INT_MAX)
        return value_error("precision too big");
    if (type == '\0') {
        *flags |= Py_DTSF_ADD_DOT_0;
        type = spec->precision < 0 ? 'r' : 'g';
        otherwise = 0;
    }
    *code = type == 'n' ? 'g' : type == '%' ? 'f' : (char)(*upper ? type + 32 : type);
    *precision = spec->precision < 0 ? otherwise : (int)spec->precision;
    return 0;
}

static int format_float(_PyUnicodeWriter *writer, double v, const Spec *spec)
{
    char code;
    int precision, flags, upper, negative;
    FloatText t;
    Marks marks;
    if (float_options(spec, &code, &precision, &flags, &upper) < 0)
        return -1;
    if (spec->type == '%')
        v *= 100;
    if (precision > INT_MAX - 400 || float_text(v, code, precision, flags, upper, &t, &negative) < 0) {
        if (!PyErr_Occurred())
            PyErr_NoMemory();
        return -1;
    }
    if (spec->type == '%')
        *t.end++ = '%';
    if (spec->width <= t.end - t.start && !spec->grouping && spec->type != 'n' && (negative || sign_char(spec, 0) == 0)) {
        int result = _PyUnicodeWriter_WriteASCIIString(writer, t.start, t.end - t.start); /* nothing to lay out */
        float_text_free(&t);
        return result;
    }
    Number n = {sign_char(spec, negative), "", NULL, 0, 0, NULL, 0};
    split_float(t.start + negative, t.end, &n);
    int result = marks_get(spec, &marks);
    if (result == 0) {
        result = put_number(writer, spec, &marks, &n, 0);
        marks_free(&marks);
    }
    float_text_free(&t);
    return result;
}

int _PyLong_FormatAdvancedWriter(_PyUnicodeWriter *writer, PyObject *o, PyObject *text, Py_ssize_t start, Py_ssize_t end)
{
    Spec spec;
    if (start == end)
        return PyLong_CheckExact(o) ? _PyLong_FormatWriter(writer, o, 10, 0) : write_str(writer, o);
    if (parse_spec(text, start, end, &spec, 'd', '>') < 0)
        return -1;
    switch (spec.type) {
    case 'b': case 'c': case 'd': case 'o': case 'x': case 'X': case 'n':
        return format_int(writer, o, &spec);
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case '%': {
        double v = PyLong_AsDouble(o);
        if (v == -1.0 && PyErr_Occurred())
            return -1;
        return format_float(writer, v, &spec);
    }
    }
    return unknown_code(&spec, o);
}

int _PyFloat_FormatAdvancedWriter(_PyUnicodeWriter *writer, PyObject *o, PyObject *text, Py_ssize_t start, Py_ssize_t end)
{
    Spec spec;
    if (start == end)
        return write_str(writer, o);
    if (parse_spec(text, start, end, &spec, '\0', '>') < 0)
        return -1;
    switch (spec.type) {
    case '\0': case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'n': case '%':
        return format_float(writer, PyFloat_AS_DOUBLE(o), &spec);
    }
    return unknown_code(&spec, o);
}

/* ------------------------------------------------------------------ complex */

/* Both parts laid out one after the other by a writer of their own, then padded as one. */
static int format_complex(_PyUnicodeWriter *writer, Py_complex z, const Spec *spec)
{
    char code;
    int precision, flags, upper, negative, result = -1;
    FloatText re, im;
    Marks marks;
    if (spec->fill == '0')
        return value_error("Zero padding is not allowed in complex format specifier");
    if (spec->align == '=')
        return value_error("'=' alignment flag is not allowed in complex format specifier");
    if (float_options(spec, &code, &precision, &flags, &upper) < 0)
        return -1;
    flags &= ~Py_DTSF_ADD_DOT_0;
    if (precision > INT_MAX - 400) {
        PyErr_NoMemory();
        return -1;
    }
    int bare = spec->type == '\0', skip = bare && z.real == 0.0 && !signbit(z.real), parens = bare && !skip;
    if (marks_get(spec, &marks) < 0)
        return -1;
    _PyUnicodeWriter inner;
    _PyUnicodeWriter_Init(&inner);
    Spec part = *spec;
    part.width = -1;
    part.align = '>';
    if (parens && _PyUnicodeWriter_WriteChar(&inner, '(') < 0)
        goto done;
    if (!skip) {
        if (float_text(z.real, code, precision, flags, upper, &re, &negative) < 0)
            goto done;
        Number n = {sign_char(spec, negative), "", NULL, 0, 0, NULL, 0};
        split_float(re.start + negative, re.end, &n);
        int status = put_number(&inner, &part, &marks, &n, 0);
        float_text_free(&re);
        if (status < 0)
            goto done;
    }
    if (float_text(z.imag, code, precision, flags, upper, &im, &negative) < 0)
        goto done;
    Number n = {negative ? '-' : skip ? sign_char(spec, 0) : '+', "", NULL, 0, 0, NULL, 0};
    split_float(im.start + negative, im.end, &n);
    int status = put_number(&inner, &part, &marks, &n, 0);
    float_text_free(&im);
    if (status < 0 || _PyUnicodeWriter_WriteChar(&inner, 'j') < 0 || (parens && _PyUnicodeWriter_WriteChar(&inner, ')') < 0))
        goto done;
    PyObject *whole = _PyUnicodeWriter_Finish(&inner);
    marks_free(&marks);
    if (whole == NULL)
        return -1;
    Py_ssize_t length = PyUnicode_GET_LENGTH(whole), right, left = pad(spec, length, &right);
    Py_UCS4 max = PyUnicode_MAX_CHAR_VALUE(whole);
    if (_PyUnicodeWriter_Prepare(writer, left + length + right, left + right ? max_char(max, spec->fill) : max) == 0) {
        put_fill(writer, spec->fill, left);
        _PyUnicode_FastCopyCharacters(writer->buffer, writer->pos, whole, 0, length);
        writer->pos += length;
        put_fill(writer, spec->fill, right);
        result = 0;
    }
    Py_DECREF(whole);
    return result;
done:
    _PyUnicodeWriter_Dealloc(&inner);
    marks_free(&marks);
    return -1;
}

int _PyComplex_FormatAdvancedWriter(_PyUnicodeWriter *writer, PyObject *o, PyObject *text, Py_ssize_t start, Py_ssize_t end)
{
    Spec spec;
    if (start == end)
        return write_str(writer, o);
    if (parse_spec(text, start, end, &spec, '\0', '>') < 0)
        return -1;
    switch (spec.type) {
    case '\0': case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'n':
        return format_complex(writer, ((PyComplexObject *)o)->cval, &spec);
    }
    return unknown_code(&spec, o);
}
