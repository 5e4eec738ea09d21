/* SPDX-License-Identifier: MIT */
/* str: its format specification, [[fill]align][0][width][.precision][s]. */
#include "objects/str/str.h"

typedef struct {
    Py_UCS4 fill, align, sign, type, separator;
    int alternate, fill_given, align_given;
    Py_ssize_t width, precision;
} Spec;

/* Digits at *at: their count and value, or -1 with ValueError. */
static Py_ssize_t read_digits(StrView v, Py_ssize_t *at, Py_ssize_t end, Py_ssize_t *value)
{
    Py_ssize_t n = 0, start = *at;
    for (; *at < end; (*at)++) {
        int digit = _PyUnicode_ToDecimalDigit(str_get(v.kind, v.data, *at));
        if (digit < 0)
            break;
        if (n > (PY_SSIZE_T_MAX - digit) / 10) {
            PyErr_SetString(PyExc_ValueError, "Too many decimal digits in format string");
            return -1;
        }
        n = n * 10 + digit;
    }
    if (*at > start)
        *value = n;
    return *at - start;
}

static inline int is_align(Py_UCS4 c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

static int parse(PyObject *text, Py_ssize_t at, Py_ssize_t end, Spec *spec)
{
    StrView v = str_view(text);
#define AT(i) str_get(v.kind, v.data, i)
    *spec = (Spec){.fill = ' ', .align = '<', .type = 's', .width = -1, .precision = -1};
    if (end - at >= 2 && is_align(AT(at + 1))) {
        spec->fill = AT(at);
        spec->align = AT(at + 1);
        spec->fill_given = spec->align_given = 1;
        at += 2;
    } else if (end - at >= 1 && is_align(AT(at))) {
        spec->align = AT(at++);
        spec->align_given = 1;
    }
    if (at < end && (AT(at) == ' ' || AT(at) == '+' || AT(at) == '-'))
        spec->sign = AT(at++);
    if (at < end && AT(at) == '#') {
        spec->alternate = 1;
        at++;
    }
    if (!spec->fill_given && at < end && AT(at) == '0') {
        spec->fill = '0';
        if (!spec->align_given)
            spec->align = '=';
        at++;
    }
    if (read_digits(v, &at, end, &spec->width) < 0)
        return -1;
    while (at < end && (AT(at) == ',' || AT(at) == '_')) {
        if (spec->separator && (spec->separator != '_' || AT(at) != '_')) {
            PyErr_SetString(PyExc_ValueError, "Cannot specify both ',' and '_'.");
            return -1;
        }
        if (spec->separator)
            break;
        spec->separator = AT(at++);
    }
    if (at < end && AT(at) == '.') {
        at++;
        Py_ssize_t n = read_digits(v, &at, end, &spec->precision);
        if (n == 0)
            PyErr_SetString(PyExc_ValueError, "Format specifier missing precision");
        if (n <= 0)
            return -1;
    }
    if (end - at > 1) {
        PyErr_SetString(PyExc_ValueError, "Invalid format specifier");
        return -1;
    }
    if (end - at == 1)
        spec->type = AT(at);
#undef AT
    if (spec->separator && (spec->type > 127 || !strchr(spec->separator == ',' ? "defgEG%F" : "defgEG%FboxX", (int)spec->type))) {
        if (spec->type > 32 && spec->type < 128)
            PyErr_Format(PyExc_ValueError, "Cannot specify '%c' with '%c'.", (int)spec->separator, (int)spec->type);
        else
            PyErr_Format(PyExc_ValueError, "Cannot specify '%c' with '\\x%x'.", (int)spec->separator, (unsigned)spec->type);
        return -1;
    }
    return 0;
}

static int check(const Spec *spec, PyObject *s)
{
    const char *message = NULL;
    if (spec->type != 's') {
        if (spec->type > 32 && spec->type < 128)
            PyErr_Format(PyExc_ValueError, "Unknown format code '%c' for object of type '%.200s'", (int)spec->type,
                         Py_TYPE(s)->tp_name);
        else
            PyErr_Format(PyExc_ValueError, "Unknown format code '\\x%x' for object of type '%.200s'", (unsigned)spec->type,
                         Py_TYPE(s)->tp_name);
        return -1;
    }
    if (spec->sign)
        message = "Sign not allowed in string format specifier";
    else if (spec->alternate)
        message = "Alternate form (#) not allowed in string format specifier";
    else if (spec->align == '=')
        message = "'=' alignment not allowed in string format specifier";
    if (message)
        PyErr_SetString(PyExc_ValueError, message);
    return message ? -1 : 0;
}

/* Write s as spec[start:end] says. 0, or -1 with an exception. */
int _PyUnicode_FormatAdvancedWriter(_PyUnicodeWriter *w, PyObject *s, PyObject *format_spec, Py_ssize_t start, Py_ssize_t end)
{
    Spec spec;
    if (start == end) {
        if (PyUnicode_CheckExact(s))
            return _PyUnicodeWriter_WriteStr(w, s);
        PyObject *text = PyObject_Str(s);
        int r = text == NULL ? -1 : _PyUnicodeWriter_WriteStr(w, text);
        Py_XDECREF(text);
        return r;
    }
    if (parse(format_spec, start, end, &spec) < 0 || check(&spec, s) < 0 || str_ready(s) < 0)
        return -1;
    Py_ssize_t len = str_len(s);
    if (spec.precision >= 0 && spec.precision < len)
        len = spec.precision;
    if (spec.width <= len)
        return len == str_len(s) ? _PyUnicodeWriter_WriteStr(w, s) : _PyUnicodeWriter_WriteSubstring(w, s, 0, len);
    Py_ssize_t room = spec.width - len;
    Py_ssize_t left = spec.align == '>' ? room : spec.align == '^' ? room / 2 : 0;
    Py_UCS4 bound = _PyUnicode_FindMaxChar(s, 0, len);
    if (_PyUnicodeWriter_Prepare(w, spec.width, bound > spec.fill ? bound : spec.fill) < 0)
        return -1;
    tai_str_fill((int)w->kind, w->data, w->pos, left, spec.fill);
    tai_str_copy((int)w->kind, w->data, w->pos + left, str_kind(s), str_data(s), 0, len);
    tai_str_fill((int)w->kind, w->data, w->pos + left + len, room - left, spec.fill);
    w->pos += spec.width;
    return 0;
}
