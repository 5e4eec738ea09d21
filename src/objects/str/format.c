/* SPDX-License-Identifier: MIT */
/* str: "..." % args.
 *
 *   %[(key)][flags][width][.precision][h|l|L]type      flags: - + space # 0;  width and precision may be *
 *
 * args is a tuple of values, one value, or (with keys) a mapping. Invariant: [FORMAT-1] next is the index of the value
 * to take, or SINGLE / TAKEN for one value that was not yet / already taken.
 */
#include "objects/str/str.h"
#include "objects/str/plain_text.h"

enum { SINGLE = -2, TAKEN = -1 };
enum { LEFT = 1, SIGN = 2, BLANK = 4, ALTERNATE = 8, ZERO = 16 };

typedef struct {
    StrView f;
    PyObject *format;
    Py_ssize_t at; /* in f */
    _PyUnicodeWriter w;
    PyObject *args; /* tuple, value, or the value for the last key */
    Py_ssize_t next, count;
    PyObject *mapping; /* borrowed, or NULL */
    int owns_args;
} Format;

typedef struct {
    int flags;
    Py_ssize_t width;
    int precision;
    Py_UCS4 type;
    char sign; /* whether a number may have one */
} Spec;

/* Borrowed. */
static PyObject *next_value(Format *x)
{
    if (x->next < x->count) {
        if (x->next == SINGLE) {
            x->next = TAKEN;
            return x->args;
        }
        if (x->next >= 0)
            return PyTuple_GetItem(x->args, x->next++);
    }
    PyErr_SetString(PyExc_TypeError, "not enough arguments for format string");
    return NULL;
}

/* ---- parsing ---- */

static inline int more(Format *x) { return x->at < x->f.len; }
static inline Py_UCS4 peek(Format *x) { return str_get(x->f.kind, x->f.data, x->at); }

/* (key): the value becomes the only argument. Runs code. */
static int parse_key(Format *x)
{
    int depth = 1;
    Py_ssize_t start = x->at;
    if (x->mapping == NULL) {
        PyErr_SetString(PyExc_TypeError, "format requires a mapping");
        return -1;
    }
    for (; more(x); x->at++) {
        Py_UCS4 c = peek(x);
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth == 0)
            break;
    }
    if (!more(x)) {
        PyErr_SetString(PyExc_ValueError, "incomplete format key");
        return -1;
    }
    PyObject *key = tai_str_slice(x->format, start, x->at++);
    if (key == NULL)
        return -1;
    PyObject *value = PyObject_GetItem(x->mapping, key);
    Py_DECREF(key);
    if (value == NULL)
        return -1;
    if (x->owns_args)
        Py_DECREF(x->args);
    x->args = value;
    x->owns_args = 1;
    x->count = TAKEN;
    x->next = SINGLE;
    return 0;
}

static PyObject *star_value(Format *x)
{
    PyObject *v = next_value(x);
    if (v != NULL && !PyLong_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "* wants int");
        return NULL;
    }
    return v;
}

/* Decimal digits at x->at. */
static int parse_digits(Format *x, Py_ssize_t limit, const char *message, Py_ssize_t *out)
{
    Py_ssize_t n = 0;
    for (; more(x) && peek(x) >= '0' && peek(x) <= '9'; x->at++) {
        int figure = (int)(peek(x) - '0');
        if (n > (limit - figure) / 10) {
            PyErr_SetString(PyExc_ValueError, message);
            return -1;
        }
        n = n * 10 + figure;
    }
    *out = n;
    return 0;
}

static int parse_width(Format *x, Spec *spec)
{
    if (more(x) && peek(x) == '*') {
        x->at++;
        PyObject *v = star_value(x);
        if (v == NULL)
            return -1;
        spec->width = PyLong_AsSsize_t(v);
        if (spec->width == -1 && PyErr_Occurred())
            return -1;
        if (spec->width < 0) {
            spec->flags |= LEFT;
            spec->width = spec->width == PY_SSIZE_T_MIN ? PY_SSIZE_T_MAX : -spec->width;
        }
    } else if (more(x) && peek(x) >= '0' && peek(x) <= '9') {
        return parse_digits(x, PY_SSIZE_T_MAX, "width too big", &spec->width);
    }
    return 0;
}

static int parse_precision(Format *x, Spec *spec)
{
    Py_ssize_t n;
    if (!more(x) || peek(x) != '.')
        return 0;
    x->at++;
    spec->precision = 0;
    if (more(x) && peek(x) == '*') {
        x->at++;
        PyObject *v = star_value(x);
        if (v == NULL)
            return -1;
        spec->precision = _PyLong_AsInt(v);
        if (spec->precision == -1 && PyErr_Occurred())
            return -1;
        if (spec->precision < 0)
            spec->precision = 0;
        return 0;
    }
    if (parse_digits(x, INT_MAX, "precision too big", &n) < 0)
        return -1;
    spec->precision = (int)n;
    return 0;
}

static int parse_spec(Format *x, Spec *spec)
{
    *spec = (Spec){.width = -1, .precision = -1};
    if (LIKELY(more(x)) && peek(x) >= 'a' && peek(x) != 'h' && peek(x) != 'l') { /* nothing but the type */
        spec->type = peek(x);
        x->at++;
        return 0;
    }
    if (more(x) && peek(x) == '(') {
        x->at++;
        if (parse_key(x) < 0)
            return -1;
    }
    for (; more(x); x->at++) {
        Py_UCS4 c = peek(x);
        int flag = c == '-' ? LEFT : c == '+' ? SIGN : c == ' ' ? BLANK : c == '#' ? ALTERNATE : c == '0' ? ZERO : 0;
        if (flag == 0)
            break;
        spec->flags |= flag;
    }
    if (parse_width(x, spec) < 0 || parse_precision(x, spec) < 0)
        return -1;
    if (more(x) && (peek(x) == 'h' || peek(x) == 'l' || peek(x) == 'L'))
        x->at++;
    if (!more(x)) {
        PyErr_SetString(PyExc_ValueError, "incomplete format");
        return -1;
    }
    spec->type = peek(x);
    x->at++;
    return 0;
}

/* ---- numbers ---- */

/* Text of an int with sign, prefix and at least precision digits, as %d %o %x %X want it. New. */
PyObject *_PyUnicode_FormatLong(PyObject *value, int alternate, int precision, int type)
{
    int base = type == 'o' ? 8 : type == 'x' || type == 'X' ? 16 : 10;
    if (precision > INT_MAX - 3) {
        PyErr_SetString(PyExc_OverflowError, "precision too large");
        return NULL;
    }
    PyObject *text = PyNumber_ToBase(value, base);
    if (text == NULL)
        return NULL;
    Py_ssize_t len = str_len(text);
    const char *s = str_data(text);
    int negative = s[0] == '-', prefix = base == 10 ? 0 : 2;
    Py_ssize_t digits = len - negative - prefix, shown_prefix = alternate ? prefix : 0;
    Py_ssize_t zeros = precision > digits ? precision - digits : 0;
    if (zeros == 0 && shown_prefix == prefix && type != 'X')
        return text;
    PyObject *r = tai_str_new_ascii(negative + shown_prefix + zeros + digits);
    if (r != NULL) {
        char *o = str_data(r), *end = o + str_len(r);
        if (negative)
            *o++ = '-';
        memcpy(o, s + negative, (size_t)shown_prefix);
        o += shown_prefix;
        memset(o, '0', (size_t)zeros);
        o += zeros;
        memcpy(o, s + negative + prefix, (size_t)digits);
        for (o = str_data(r); type == 'X' && o < end; o++)
            *o = (char)Py_TOUPPER(Py_CHARMASK(*o));
    }
    Py_DECREF(text);
    return r;
}

/* New, or NULL with TypeError. Runs code. */
static PyObject *as_int(PyObject *v, Py_UCS4 type)
{
    int exact = type == 'o' || type == 'x' || type == 'X';
    if (PyLong_Check(v)) {
        Py_INCREF(v);
        return v;
    }
    PyObject *i = NULL;
    if (PyNumber_Check(v)) {
        i = exact ? PyNumber_Index(v) : PyNumber_Long(v);
        if (i != NULL || !PyErr_ExceptionMatches(PyExc_TypeError))
            return i;
    }
    PyErr_Format(PyExc_TypeError, exact ? "%%%c format: an integer is required, not %.200s"
                                        : "%%%c format: a number is required, not %.200s",
                 (int)type, Py_TYPE(v)->tp_name);
    return NULL;
}

/* 1 if written to the end, 0 with *out to be padded, -1. */
static int format_int(Format *x, Spec *spec, PyObject *v, PyObject **out)
{
    PyObject *i = as_int(v, spec->type);
    int r = 0;
    if (i == NULL)
        return -1;
    if (PyLong_CheckExact(i) && spec->width == -1 && spec->precision == -1 && !(spec->flags & (SIGN | BLANK)) &&
        spec->type != 'X') {
        int base = spec->type == 'o' ? 8 : spec->type == 'x' ? 16 : 10;
        r = _PyLong_FormatWriter(&x->w, i, base, spec->flags & ALTERNATE) < 0 ? -1 : 1;
    } else {
        *out = _PyUnicode_FormatLong(i, spec->flags & ALTERNATE, spec->precision, (int)spec->type);
        r = *out == NULL ? -1 : 0;
    }
    Py_DECREF(i);
    return r;
}

static int format_float(Format *x, Spec *spec, PyObject *v, PyObject **out)
{
    double d = PyFloat_AsDouble(v);
    if (d == -1.0 && PyErr_Occurred())
        return -1;
    char *text = PyOS_double_to_string(d, (char)spec->type, spec->precision < 0 ? 6 : spec->precision,
                                       spec->flags & ALTERNATE ? Py_DTSF_ALT : 0, NULL);
    if (text == NULL)
        return -1;
    Py_ssize_t n = (Py_ssize_t)strlen(text);
    int r;
    if (spec->width == -1 && !(spec->flags & (SIGN | BLANK))) {
        r = _PyUnicodeWriter_WriteASCIIString(&x->w, text, n) < 0 ? -1 : 1;
    } else {
        *out = _PyUnicode_FromASCII(text, n);
        r = *out == NULL ? -1 : 0;
    }
    PyMem_Free(text);
    return r;
}

static int char_of(PyObject *v, Py_UCS4 *c)
{
    if (PyUnicode_Check(v)) {
        if (str_ready(v) < 0)
            return -1;
        if (str_len(v) == 1) {
            *c = tai_str_at(v, 0);
            return 0;
        }
    } else {
        PyObject *i = PyLong_Check(v) ? (Py_INCREF(v), v) : PyIndex_Check(v) ? PyNumber_Index(v) : NULL;
        long n = i == NULL ? -1 : PyLong_AsLong(i);
        int known = i != NULL && !(n == -1 && PyErr_Occurred());
        Py_XDECREF(i);
        if (known) {
            if (n < 0 || n > (long)STR_MAXCHAR) {
                PyErr_SetString(PyExc_OverflowError, "%c arg not in range(0x110000)");
                return -1;
            }
            *c = (Py_UCS4)n;
            return 0;
        }
    }
    PyErr_SetString(PyExc_TypeError, "%c requires int or char");
    return -1;
}

/* ---- one field ---- */

/* Text for v: 1 if already written, 0 with *out (new) to be padded, -1. Runs code. */
static int format_value(Format *x, Spec *spec, PyObject *v, PyObject **out)
{
    Py_UCS4 c;
    int plain = spec->width == -1 && spec->precision == -1;
    *out = NULL;
    switch (spec->type) {
    case 's': case 'r': case 'a':
        if (plain && spec->type == 's' && PyUnicode_CheckExact(v))
            return _PyUnicodeWriter_WriteStr(&x->w, v) < 0 ? -1 : 1;
        if (plain && spec->type == 's' && PyLong_CheckExact(v))
            return _PyLong_FormatWriter(&x->w, v, 10, 0) < 0 ? -1 : 1;
        *out = spec->type == 's' ? PyObject_Str(v) : spec->type == 'r' ? PyObject_Repr(v) : PyObject_ASCII(v);
        return *out == NULL || str_ready(*out) < 0 ? -1 : 0;
    case 'd': case 'i': case 'u': case 'o': case 'x': case 'X':
        spec->sign = 1;
        return format_int(x, spec, v, out);
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G':
        spec->sign = 1;
        return format_float(x, spec, v, out);
    case 'c':
        if (char_of(v, &c) < 0)
            return -1;
        *out = tai_str_from_char(c);
        return *out == NULL ? -1 : 0;
    default:
        PyErr_Format(PyExc_ValueError, "unsupported format character '%c' (0x%x) at index %zd",
                     spec->type > 31 && spec->type <= 126 ? (int)spec->type : '?', (int)spec->type, x->at - 1);
        return -1;
    }
}

static int put_fill(_PyUnicodeWriter *w, Py_ssize_t n, Py_UCS4 c)
{
    if (n > 0) {
        tai_str_fill((int)w->kind, w->data, w->pos, n, c);
        w->pos += n;
    }
    return 0;
}

/* Write text with sign, prefix and padding. */
static int put_padded(Format *x, Spec *spec, PyObject *text)
{
    Py_ssize_t start = 0, len = str_len(text), prefix = 0, total;
    Py_UCS4 sign = 0, bound = str_bound(text);
    _PyUnicodeWriter *w = &x->w;
    if (!spec->sign && spec->precision >= 0 && spec->type != 'c' && len > spec->precision)
        len = spec->precision;
    if (spec->sign) {
        Py_UCS4 first = len ? tai_str_at(text, 0) : 0;
        if (first == '-' || first == '+') {
            sign = first;
            start = 1;
        } else if (spec->flags & SIGN) {
            sign = '+';
        } else if (spec->flags & BLANK) {
            sign = ' ';
        }
    }
    if ((spec->flags & ALTERNATE) && (spec->type == 'x' || spec->type == 'X' || spec->type == 'o'))
        prefix = 2;
    Py_ssize_t body = len - start;
    total = body + (sign != 0);
    Py_ssize_t padding = spec->width > total ? spec->width - total : 0;
    int zeros = spec->sign && (spec->flags & ZERO) && !(spec->flags & LEFT), left = spec->flags & LEFT;
    if (padding == 0 && total == str_len(text) && !sign)
        return _PyUnicodeWriter_WriteStr(w, text);
    if (len < str_len(text))
        bound = _PyUnicode_FindMaxChar(text, 0, len);
    if (_PyUnicodeWriter_Prepare(w, total + padding, bound) < 0)
        return -1;
    if (!left && !zeros)
        put_fill(w, padding, ' ');
    if (sign)
        put_fill(w, 1, sign);
    if (zeros) {
        tai_str_copy((int)w->kind, w->data, w->pos, str_kind(text), str_data(text), start, prefix);
        w->pos += prefix;
        start += prefix;
        body -= prefix;
        put_fill(w, padding, '0');
    }
    if (body > 0)
        tai_str_copy((int)w->kind, w->data, w->pos, str_kind(text), str_data(text), start, body);
    w->pos += body;
    if (left)
        put_fill(w, padding, ' ');
    return 0;
}

static int format_field(Format *x)
{
    Spec spec;
    PyObject *v, *text;
    if (more(x) && peek(x) == '%') {
        x->at++;
        return _PyUnicodeWriter_WriteChar(&x->w, '%');
    }
    if (parse_spec(x, &spec) < 0 || (v = next_value(x)) == NULL)
        return -1;
    if (!more(x))
        x->w.overallocate = 0;
    int r = format_value(x, &spec, v, &text);
    if (r == 0) {
        if (spec.width == -1 && spec.precision == -1 && !(spec.sign && (spec.flags & (SIGN | BLANK))))
            r = _PyUnicodeWriter_WriteStr(&x->w, text);
        else
            r = put_padded(x, &spec, text);
    }
    Py_XDECREF(text);
    if (r < 0)
        return -1;
    if (x->mapping && x->next < x->count) {
        PyErr_SetString(PyExc_TypeError, "not all arguments converted during string formatting");
        return -1;
    }
    return 0;
}

/* Only %s, %d and %% in an ascii format, with a tuple of plain values. NULL without exception: not so. */
static PyObject *format_plain(PyObject *format, PyObject *args)
{
    PlainText out;
    const char *f = str_data(format), *end = f + str_len(format);
    Py_ssize_t next = 0, n = PyTuple_GET_SIZE(args);
    out.n = 0;
    while (f < end) {
        const char *stop = f;
        while (stop < end && *stop != '%')
            stop++;
        if (!plain_put(&out, f, stop - f))
            return NULL;
        if (stop == end)
            break;
        if (end - stop < 2)
            return NULL;
        char type = stop[1];
        f = stop + 2;
        if (type == '%') {
            if (!plain_put(&out, "%", 1))
                return NULL;
            continue;
        }
        if (next == n || (type != 's' && type != 'd'))
            return NULL;
        PyObject *v = PyTuple_GET_ITEM(args, next++);
        if (type == 'd' ? !PyLong_CheckExact(v) || !plain_put_int(&out, v) : !plain_put_value(&out, v))
            return NULL;
    }
    return next == n && out.n > 1 ? _PyUnicode_FromASCII(out.text, out.n) : NULL;
}

PyObject *PyUnicode_Format(PyObject *format, PyObject *args)
{
    if (format == NULL || args == NULL) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (tai_str_ensure(format) < 0)
        return NULL;
    if (str_is_ascii(format) && PyTuple_CheckExact(args) && PyTuple_GET_SIZE(args) > 1) {
        PyObject *r = format_plain(format, args);
        if (r != NULL || PyErr_Occurred())
            return r;
    }
    Format x = {.f = str_view(format), .format = format, .args = args, .count = TAKEN, .next = SINGLE};
    _PyUnicodeWriter_Init(&x.w);
    x.w.min_length = x.f.len + 100;
    x.w.overallocate = 1;
    if (PyTuple_Check(args)) {
        x.count = PyTuple_GET_SIZE(args);
        x.next = 0;
    } else if (PyMapping_Check(args) && !PyUnicode_Check(args)) {
        x.mapping = args;
    }
    while (more(&x)) {
        Py_ssize_t stop = tai_str_find_char(x.f.kind, x.f.data, x.at, x.f.len, '%');
        if (stop < 0) {
            stop = x.f.len;
            x.w.overallocate = 0;
        }
        if (stop > x.at && _PyUnicodeWriter_WriteSubstring(&x.w, format, x.at, stop) < 0)
            goto error;
        x.at = stop + 1;
        if (stop < x.f.len && format_field(&x) < 0)
            goto error;
    }
    if (x.next < x.count && !x.mapping) {
        PyErr_SetString(PyExc_TypeError, "not all arguments converted during string formatting");
        goto error;
    }
    if (x.owns_args)
        Py_DECREF(x.args);
    return _PyUnicodeWriter_Finish(&x.w);
error:
    if (x.owns_args)
        Py_DECREF(x.args);
    _PyUnicodeWriter_Dealloc(&x.w);
    return NULL;
}
