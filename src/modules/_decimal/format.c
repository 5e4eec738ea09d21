/* SPDX-License-Identifier: MIT */
/* _decimal/format: __format__: reading a specification, rounding as it asks, setting digits, separators and
 * padding. */
#include "modules/_decimal/objects.h"

#include <limits.h>
#include <locale.h>

int _Py_GetLocaleconvNumeric(struct lconv *lc, PyObject **decimal_point,
                             PyObject **thousands_sep); /* runtime */

enum { MOST_GROUPS = 16 };

/* A separator: up to four characters, maybe none. */
typedef struct {
    int length;
    Py_UCS4 text[4];
} Mark;

typedef struct {
    Py_UCS4 fill;
    Mark point, separator;
    char align, sign, kind;   /* kind: one of eEfFgG%, 0 if none was given */
    bool zero;                /* zeros after the sign */
    int64_t width, precision; /* precision -1: none given */
    int group_count;
    unsigned char groups[MOST_GROUPS]; /* from the right; the last repeats; CHAR_MAX: no more */
} Spec;

/* -- the specification ------------------------------------------------------------------------------- */

static int bad_spec(const char *message)
{
    PyErr_SetString(PyExc_ValueError, message);
    return -1;
}

typedef struct {
    int kind;
    const void *data;
    Py_ssize_t at, end;
} Reader;

static Py_UCS4 peek(const Reader *r, Py_ssize_t ahead)
{
    return r->at + ahead < r->end ? PyUnicode_READ(r->kind, r->data, r->at + ahead) : 0;
}

static bool one_of(Py_UCS4 c, const char *set)
{
    return c && c < 128 && strchr(set, (int)c) != NULL;
}

static bool take(Reader *r, const char *set, char *out)
{
    Py_UCS4 c = peek(r, 0);
    if (!one_of(c, set))
        return false;
    *out = (char)c;
    r->at++;
    return true;
}

/* 1 a number, 0 none there, -1 too large. */
static int take_number(Reader *r, int64_t *out)
{
    int64_t value = 0;
    Py_ssize_t start = r->at;
    for (; one_of(peek(r, 0), "0123456789"); r->at++) {
        if (value > INT64_MAX / 10 - 1)
            return -1;
        value = value * 10 + (int64_t)(peek(r, 0) - '0');
    }
    *out = value;
    return r->at > start;
}

/* Take sizes of groups from text as localeconv() has them. */
static int set_groups(Spec *spec, const char *groups)
{
    spec->group_count = 0;
    for (; *groups && spec->group_count < MOST_GROUPS; groups++) {
        if (*groups < 0)
            return bad_spec("invalid override dict");
        spec->groups[spec->group_count++] = (unsigned char)*groups;
        if (*groups == CHAR_MAX)
            break;
    }
    return 0;
}

static void set_mark(Mark *mark, PyObject *text)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    mark->length = length < 4 ? (int)length : 4;
    for (int i = 0; i < mark->length; i++)
        mark->text[i] = PyUnicode_READ_CHAR(text, i);
}

static int use_locale(Spec *spec)
{
    struct lconv *facts = localeconv();
    PyObject *point = NULL, *separator = NULL;
    if (_Py_GetLocaleconvNumeric(facts, &point, &separator) < 0)
        return -1;
    int result = set_groups(spec, facts->grouping);
    if (result == 0) {
        set_mark(&spec->point, point);
        set_mark(&spec->separator, separator);
    }
    Py_XDECREF(point);
    Py_XDECREF(separator);
    return result;
}

/* A separator of the override, of at most four bytes; missing: left alone. */
static int override_mark(PyObject *facts, const char *name, Mark *mark)
{
    Py_ssize_t size;
    PyObject *value = PyDict_GetItemString(facts, name);
    if (value == NULL)
        return 0;
    if (PyUnicode_AsUTF8AndSize(value, &size) == NULL)
        return -1;
    if (size > 4)
        return bad_spec("invalid override dict");
    set_mark(mark, value);
    return 0;
}

static int use_override(Spec *spec, PyObject *facts)
{
    if (override_mark(facts, "decimal_point", &spec->point) < 0 ||
        override_mark(facts, "thousands_sep", &spec->separator) < 0)
        return -1;
    PyObject *groups = PyDict_GetItemString(facts, "grouping");
    if (groups == NULL)
        return 0;
    const char *text = PyUnicode_AsUTF8(groups);
    return text ? set_groups(spec, text) : -1;
}

static int read_spec(Spec *spec, PyObject *text, PyObject *override)
{
    static const char message[] = "invalid format string";
    if (PyUnicode_READY(text) < 0)
        return -1;
    Reader r = {PyUnicode_KIND(text), PyUnicode_DATA(text), 0, PyUnicode_GET_LENGTH(text)};
    *spec = (Spec){.fill = ' ', .point = {1, {'.'}}, .align = '>', .sign = '-', .precision = -1};
    bool aligned = true;
    if (r.end >= 2 && one_of(peek(&r, 1), "<>=^")) {
        spec->fill = peek(&r, 0);
        spec->align = (char)peek(&r, 1);
        r.at = 2;
    } else {
        aligned = take(&r, "<>=^", &spec->align);
    }
    take(&r, "+- ", &spec->sign);
    char mark;
    if (peek(&r, 0) == '0') {
        if (aligned)
            return bad_spec(message);
        spec->zero = true;
        r.at++;
        if (peek(&r, 0) == '0')
            return bad_spec(message);
    }
    if (take_number(&r, &spec->width) < 0)
        return bad_spec(message);
    bool comma = take(&r, ",", &mark);
    if (comma) {
        spec->separator = (Mark){1, {','}};
        spec->groups[0] = 3;
        spec->group_count = 1;
    }
    if (take(&r, ".", &mark)) {
        if (take_number(&r, &spec->precision) <= 0)
            return bad_spec(message);
        if (spec->precision > MOST_PREC)
            return bad_spec("format specification exceeds internal limits of _decimal");
    }
    take(&r, "eEfFgGnN%", &spec->kind);
    if (r.at < r.end || spec->width > PY_SSIZE_T_MAX / 16)
        return bad_spec(message);
    if (spec->kind == 'n' || spec->kind == 'N') {
        if (comma)
            return bad_spec(message);
        spec->kind = spec->kind == 'n' ? 'g' : 'G';
        if (override == NULL && use_locale(spec) < 0)
            return -1;
    }
    return override ? use_override(spec, override) : 0;
}

/* -- rounding ---------------------------------------------------------------------------------------- */

/* To at most so many digits; to exactly so many if padded. false: no memory. */
static bool round_digits(Num *n, int64_t digits, bool padded, Rounding rounding)
{
    if (coef_is_zero(n))
        return true;
    int64_t more = digits - n->digits;
    if (more >= 0) {
        if (!padded)
            return true;
        n->exp -= more;
        return tai_coef_raise(n, more);
    }
    if (tai_num_round_off(n, -more, rounding) & ST_MEMORY)
        return false;
    if (n->digits > digits) {
        int rest;
        tai_coef_cut(n, 1, &rest);
        n->exp++;
    }
    return true;
}

static bool round_to_exponent(Num *n, int64_t exp, Rounding rounding)
{
    if (exp > n->exp)
        return !(tai_num_round_off(n, exp - n->exp, rounding) & ST_MEMORY);
    int64_t more = n->exp - exp;
    n->exp = exp;
    return tai_coef_raise(n, more);
}

static bool prepare(Num *n, const Spec *spec, Rounding rounding)
{
    bool fixed = one_of((Py_UCS4)spec->kind, "fF%"), scientific = one_of((Py_UCS4)spec->kind, "eE");
    if (spec->kind == '%')
        n->exp += 2;
    if (spec->precision >= 0) {
        if (scientific && !round_digits(n, spec->precision + 1, true, rounding))
            return false;
        if (fixed && !round_to_exponent(n, -spec->precision, rounding))
            return false;
        if (!fixed && !scientific && !round_digits(n, spec->precision ? spec->precision : 1, false, rounding))
            return false;
    }
    return !fixed || n->exp <= 0 || round_to_exponent(n, 0, rounding);
}

/* -- laying out -------------------------------------------------------------------------------------- */

/* A result in the making: characters from the end of a buffer backwards. */
typedef struct {
    Py_UCS4 *buffer, *start, *end;
} Text;

static void put(Text *t, Py_UCS4 c)
{
    *--t->start = c;
}

static void put_mark(Text *t, const Mark *mark)
{
    for (int i = mark->length; i > 0; i--)
        put(t, mark->text[i - 1]);
}

static void put_ascii(Text *t, const char *text, int64_t length)
{
    while (length > 0)
        put(t, (unsigned char)text[--length]);
}

static void put_many(Text *t, Py_UCS4 c, int64_t count)
{
    while (count-- > 0)
        put(t, c);
}

/* The digits before the point with separators, and zeros in front until they are `least` characters. */
static void put_whole(Text *t, const Spec *spec, const char *digits, int64_t count, int64_t least)
{
    int group = 0;
    if (spec->separator.length && spec->group_count) {
        while (spec->groups[group] != CHAR_MAX) {
            int64_t wanted = count > least ? count : least, size = spec->groups[group];
            wanted = wanted < 1 ? 1 : wanted > size ? size : wanted;
            int64_t have = count < wanted ? count : wanted;
            put_ascii(t, digits + count - have, have);
            put_many(t, '0', wanted - have);
            count -= have;
            least -= wanted;
            if (count == 0 && least <= 0)
                return;
            put_mark(t, &spec->separator);
            least -= spec->separator.length;
            if (group + 1 < spec->group_count)
                group++;
        }
        if (count == 0 && least < 1)
            least = 1;
    }
    put_ascii(t, digits, count);
    put_many(t, '0', least - count);
}

/* Sign and padding around a body that stands in t. */
static PyObject *finish(Text *t, const Spec *spec, bool negative, char align)
{
    Py_UCS4 sign = negative ? '-' : spec->sign == '-' ? 0 : (Py_UCS4)spec->sign;
    int64_t room = spec->width - (t->end - t->start) - (sign != 0);
    if (room < 0)
        room = 0;
    int64_t left = align == '<' ? 0 : align == '^' ? room / 2 : room;
    if (align == '=')
        put_many(t, spec->fill, left);
    if (sign)
        put(t, sign);
    if (align != '=')
        put_many(t, spec->fill, left);
    Py_ssize_t body = t->end - t->start;
    if (left == room)
        return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, t->start, body);
    memmove(t->buffer, t->start, (size_t)body * sizeof(Py_UCS4)); /* the right side is filled as well */
    for (int64_t i = 0; i < room - left; i++)
        t->buffer[body + i] = spec->fill;
    return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, t->buffer, body + room - left);
}

/* Where the point goes among the digits, and the exponent that is written (*shown, if the result says so). */
static bool place_point(const Num *n, const Spec *spec, int64_t *point, int64_t *shown)
{
    int64_t left = n->exp + n->digits;
    bool fixed = one_of((Py_UCS4)spec->kind, "fF%"), scientific = one_of((Py_UCS4)spec->kind, "eE");
    if (scientific)
        *point = coef_is_zero(n) && spec->precision >= 0 ? 1 - spec->precision : 1;
    else
        *point = fixed || (n->exp <= 0 && left > -6) ? left : 1;
    *shown = left - *point;
    return scientific || (!fixed && *shown);
}

/* The characters behind the whole digits: fraction, exponent, percent sign. */
static void put_tail(Text *t, const Num *n, const Spec *spec, const char *digits, int64_t point,
                     bool exponent, int64_t shown)
{
    if (spec->kind == '%')
        put(t, '%');
    if (exponent) {
        char text[32];
        int length = PyOS_snprintf(text, sizeof text, "%c%+lld",
                                   one_of((Py_UCS4)spec->kind, "EG") ? 'E' : 'e', (long long)shown);
        put_ascii(t, text, length);
    }
    if (point < n->digits) {
        int64_t from = point > 0 ? point : 0;
        put_ascii(t, digits + from, n->digits - from);
        put_many(t, '0', -point);
        put_mark(t, &spec->point);
    }
}

static PyObject *lay_out(const Num *n, const Spec *spec, Text *t, char *digits)
{
    if (n->kind) {
        char body[16];
        if (spec->kind == '%')
            put(t, '%');
        if (!coef_is_zero(n))
            put_ascii(t, digits, n->digits);
        strcpy(body, n->kind == INFINITE ? "Infinity" : n->kind == QUIET ? "NaN" : "sNaN");
        put_ascii(t, body, (int64_t)strlen(body));
        return finish(t, spec, n->sign, spec->align);
    }
    int64_t point, shown;
    bool exponent = place_point(n, spec, &point, &shown), signed_text = n->sign || spec->sign != '-';
    put_tail(t, n, spec, digits, point, exponent, shown);
    int64_t least = spec->zero ? spec->width - (t->end - t->start) - signed_text : 0;
    if (point <= 0)
        put_whole(t, spec, "0", 1, least);
    else
        put_whole(t, spec, digits, point < n->digits ? point : n->digits,
                  least); /* point > digits only for g: never */
    return finish(t, spec, n->sign, spec->align);
}

/* Format n, which is rounded already. */
static PyObject *format_number(const Num *n, const Spec *spec)
{
    int64_t zeros = spec->precision > 0 ? spec->precision : 0, room;
    if (n->kind == FINITE && n->exp + n->digits < 0 && -(n->exp + n->digits) > zeros &&
        one_of((Py_UCS4)spec->kind, "fF%"))
        zeros = -(n->exp + n->digits);
    if (__builtin_add_overflow(5 * n->digits + zeros + 64, 5 * spec->width, &room) ||
        room > PY_SSIZE_T_MAX / 8)
        return PyErr_NoMemory();
    Py_UCS4 local[512];
    char short_digits[128], *digits = short_digits;
    Text t = {local, NULL, NULL};
    PyObject *result = NULL;
    if (room > 512)
        t.buffer = PyMem_Malloc((size_t)room * sizeof(Py_UCS4));
    if (n->digits > (int64_t)sizeof short_digits)
        digits = PyMem_Malloc((size_t)n->digits);
    if (t.buffer && digits) {
        t.end = t.start = t.buffer + (room > 512 ? room : 512);
        tai_coef_text(n, digits);
        result = lay_out(n, spec, &t, digits);
    } else {
        PyErr_NoMemory();
    }
    if (t.buffer != local)
        PyMem_Free(t.buffer);
    if (digits != short_digits)
        PyMem_Free(digits);
    return result;
}

/* __format__(spec, override=None); the override is such a dict as localeconv() gives, with grouping as str.
 */
PyObject *tai_decimal_format(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    if (count < 1 || count > 2) {
        PyErr_Format(PyExc_TypeError,
                     count ? "function takes at most 2 arguments (%zd given)"
                           : "function takes at least 1 argument (%zd given)",
                     count);
        return NULL;
    }
    if (!PyUnicode_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "format arg must be str");
        return NULL;
    }
    PyObject *override = count > 1 ? args[1] : NULL;
    if (override && !PyDict_Check(override)) {
        PyErr_SetString(PyExc_TypeError, "optional argument must be a dict");
        return NULL;
    }
    ContextObject *ctx = tai_decimal_current();
    Spec spec;
    if (ctx == NULL)
        return NULL;
    if (PyUnicode_GetLength(args[0]) == 0 && override == NULL)
        return tai_num_to_text(NUM(self), false, ctx->c.capitals);
    if (read_spec(&spec, args[0], override) < 0)
        return NULL;
    Num n;
    num_init(&n);
    bool fine = tai_num_copy(&n, NUM(self));
    if (fine && n.kind == FINITE) {
        if (spec.kind == 0)
            spec.kind = ctx->c.capitals ? 'G' : 'g';
        fine = prepare(&n, &spec, ctx->c.rounding);
    }
    PyObject *result = fine ? format_number(&n, &spec) : PyErr_NoMemory();
    num_free(&n);
    return result;
}
