/* SPDX-License-Identifier: MIT */
/* bytes/methods: what bytes and bytearray can both do, written once (see bytes.h), and the _Py_bytes_* functions of the API.
 *
 * The table at the end is copied into the type of each. Splitting and joining stand in split.c.
 * Tests: tests/objects/bytes/.
 */
#include "objects/bytes/bytes.h"

#include "objects/args.h"
#include "objects/bytes/methods.h"
#include "pystrhex.h"

/* ------------------------------------------------------------------ results and arguments */

PyObject *tai_bytes_like(PyObject *self, const char *data, Py_ssize_t n)
{
    return PyByteArray_Check(self) ? PyByteArray_FromStringAndSize(data, n) : PyBytes_FromStringAndSize(data, n);
}

PyObject *tai_bytes_same(PyObject *self)
{
    if (PyBytes_CheckExact(self)) {
        Py_INCREF(self);
        return self;
    }
    Span s = span_of(self);
    return tai_bytes_like(self, s.at, s.n);
}

int tai_bytes_buffer(PyObject *o, Py_buffer *view)
{
    if (PyObject_GetBuffer(o, view, PyBUF_SIMPLE) != 0)
        return -1;
    return 0;
}

int tai_bytes_byte(PyObject *o, const char *range_error)
{
    Py_ssize_t v = PyNumber_AsSsize_t(o, NULL);
    if (v == -1 && PyErr_Occurred())
        return -1;
    if (v < 0 || v > 255) {
        PyErr_SetString(PyExc_ValueError, range_error);
        return -1;
    }
    return (int)v;
}

/* What to look for: bytes of a buffer, or one byte given as a number. */
typedef struct {
    const char *at;
    Py_ssize_t n;
    char byte;
    Py_buffer view; /* view.obj NULL: none held */
} Needle;

static int needle_get(PyObject *o, Needle *t)
{
    t->view.obj = NULL;
    if (PyBytes_Check(o)) {
        t->at = PyBytes_AS_STRING(o);
        t->n = PyBytes_GET_SIZE(o);
        return 0;
    }
    if (PyObject_CheckBuffer(o)) {
        if (tai_bytes_buffer(o, &t->view) < 0)
            return -1;
        t->at = t->view.buf;
        t->n = t->view.len;
        return 0;
    }
    if (!PyIndex_Check(o)) {
        PyErr_Format(PyExc_TypeError, "argument should be integer or bytes-like object, not '%.200s'", Py_TYPE(o)->tp_name);
        return -1;
    }
    int v = tai_bytes_byte(o, "byte must be in range(0, 256)");
    if (v < 0)
        return -1;
    t->byte = (char)v;
    t->at = &t->byte;
    t->n = 1;
    return 0;
}

static void needle_free(Needle *t)
{
    if (t->view.obj)
        PyBuffer_Release(&t->view);
}

/* (sub[, start[, end]]) with None for an omitted bound. Runs code. */
static int parse_bounds(const char *name, PyObject *const *args, Py_ssize_t nargs, Py_ssize_t *start, Py_ssize_t *end)
{
    *start = 0;
    *end = PY_SSIZE_T_MAX;
    if (nargs < 1 || nargs > 3) {
        PyErr_Format(PyExc_TypeError, "%s() takes at %s %d argument%s (%zd given)", name, nargs < 1 ? "least" : "most",
                     nargs < 1 ? 1 : 3, nargs < 1 ? "" : "s", nargs);
        return -1;
    }
    if (nargs > 1 && args[1] != Py_None && !_PyEval_SliceIndex(args[1], start))
        return -1;
    if (nargs > 2 && args[2] != Py_None && !_PyEval_SliceIndex(args[2], end))
        return -1;
    return 0;
}

static void clip(Py_ssize_t n, Py_ssize_t *start, Py_ssize_t *end)
{
    if (*end > n)
        *end = n;
    else if (*end < 0 && (*end += n) < 0)
        *end = 0;
    if (*start < 0 && (*start += n) < 0)
        *start = 0;
}

/* ------------------------------------------------------------------ find and its like */

typedef Py_ssize_t (*Finder)(const char *, Py_ssize_t, const char *, Py_ssize_t);

/* Position in self, or -1; -2 with an exception. The Span comes last: bounds and needle may run code. */
static Py_ssize_t find_in(PyObject *self, Span s, const char *name, Finder finder, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t start, end;
    Needle t;
    if (parse_bounds(name, args, nargs, &start, &end) < 0 || needle_get(args[0], &t) < 0)
        return -2;
    if (self)
        s = span_of(self);
    clip(s.n, &start, &end);
    Py_ssize_t at = start > end ? -1 : finder(s.at + start, end - start, t.at, t.n);
    needle_free(&t);
    return at < 0 ? -1 : at + start;
}

static PyObject *find_result(Py_ssize_t at, int must)
{
    if (at == -2)
        return NULL;
    if (at < 0 && must) {
        PyErr_SetString(PyExc_ValueError, "subsection not found");
        return NULL;
    }
    return PyLong_FromSsize_t(at);
}

static PyObject *count_in(PyObject *self, Span s, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t start, end;
    Needle t;
    if (parse_bounds("count", args, nargs, &start, &end) < 0 || needle_get(args[0], &t) < 0)
        return NULL;
    if (self)
        s = span_of(self);
    clip(s.n, &start, &end);
    Py_ssize_t count = start > end ? 0 : tai_bytes_count(s.at + start, end - start, t.at, t.n, PY_SSIZE_T_MAX);
    needle_free(&t);
    return PyLong_FromSsize_t(count);
}

/* 1, 0, or -1 with an exception: one prefix or suffix. */
static int tail_match(PyObject *self, Span s, PyObject *part, Py_ssize_t start, Py_ssize_t end, int at_end)
{
    Py_buffer view;
    view.obj = NULL;
    Span p;
    if (PyBytes_Check(part))
        p = span_of(part);
    else {
        if (tai_bytes_buffer(part, &view) < 0)
            return -1;
        p = (Span){view.buf, view.len};
    }
    if (self)
        s = span_of(self);
    clip(s.n, &start, &end);
    int result = 0;
    if (start <= s.n && p.n <= end - start)
        result = memcmp(s.at + (at_end ? end - p.n : start), p.at, (size_t)p.n) == 0;
    if (view.obj)
        PyBuffer_Release(&view);
    return result;
}

static PyObject *match_in(PyObject *self, Span s, const char *name, int at_end, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t start, end;
    int result = 0;
    if (parse_bounds(name, args, nargs, &start, &end) < 0)
        return NULL;
    if (PyTuple_Check(args[0])) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args[0]) && result == 0; i++)
            result = tail_match(self, s, PyTuple_GET_ITEM(args[0], i), start, end, at_end);
        return result < 0 ? NULL : PyBool_FromLong(result);
    }
    result = tail_match(self, s, args[0], start, end, at_end);
    if (result >= 0)
        return PyBool_FromLong(result);
    if (PyErr_ExceptionMatches(PyExc_TypeError))
        PyErr_Format(PyExc_TypeError, "%s first arg must be bytes or a tuple of bytes, not %s", name, Py_TYPE(args[0])->tp_name);
    return NULL;
}

/* Each as a method, and under the API's name with a tuple of arguments. */
#define FAMILY(name, method_body, api_body)                                                                                     \
    static PyObject *bytes_##name(PyObject *self, PyObject *const *args, Py_ssize_t nargs)                                      \
    {                                                                                                                            \
        Span s = {NULL, 0};                                                                                                      \
        (void)s;                                                                                                                 \
        return method_body;                                                                                                      \
    }                                                                                                                            \
    PyObject *_Py_bytes_##name(const char *str, Py_ssize_t len, PyObject *tuple)                                                 \
    {                                                                                                                            \
        PyObject *self = NULL, *const *args = ((PyTupleObject *)tuple)->ob_item;                                                 \
        Py_ssize_t nargs = PyTuple_GET_SIZE(tuple);                                                                              \
        Span s = {str, len};                                                                                                     \
        return api_body;                                                                                                         \
    }
#define SAME(name, body) FAMILY(name, body, body)
SAME(find, find_result(find_in(self, s, "find", tai_bytes_find, args, nargs), 0))
SAME(rfind, find_result(find_in(self, s, "rfind", tai_bytes_rfind, args, nargs), 0))
SAME(index, find_result(find_in(self, s, "index", tai_bytes_find, args, nargs), 1))
SAME(rindex, find_result(find_in(self, s, "rindex", tai_bytes_rfind, args, nargs), 1))
SAME(count, count_in(self, s, args, nargs))
SAME(startswith, match_in(self, s, "startswith", 0, args, nargs))
SAME(endswith, match_in(self, s, "endswith", 1, args, nargs))

static int holds_byte(const char *s, Py_ssize_t n, Py_ssize_t v)
{
    if (v < 0 || v > 255) {
        PyErr_SetString(PyExc_ValueError, "byte must be in range(0, 256)");
        return -1;
    }
    return n > 0 && memchr(s, (int)v, (size_t)n) != NULL;
}

int _Py_bytes_contains(const char *str, Py_ssize_t len, PyObject *arg)
{
    Py_ssize_t v = PyNumber_AsSsize_t(arg, NULL);
    if (v == -1 && PyErr_Occurred()) {
        Py_buffer view;
        PyErr_Clear();
        if (tai_bytes_buffer(arg, &view) < 0)
            return -1;
        int found = tai_bytes_find(str, len, view.buf, view.len) >= 0;
        PyBuffer_Release(&view);
        return found;
    }
    return holds_byte(str, len, v);
}

int tai_bytes_contains(PyObject *self, PyObject *arg)
{
    if (PyByteArray_Check(self)) { /* __index__ may change it: convert first, look then */
        Needle t;
        Py_ssize_t v = PyNumber_AsSsize_t(arg, NULL);
        if (v != -1 || !PyErr_Occurred()) {
            Span s = span_of(self);
            return holds_byte(s.at, s.n, v);
        }
        PyErr_Clear();
        if (tai_bytes_buffer(arg, &t.view) < 0)
            return -1;
        Span s = span_of(self);
        int found = tai_bytes_find(s.at, s.n, t.view.buf, t.view.len) >= 0;
        PyBuffer_Release(&t.view);
        return found;
    }
    Span s = span_of(self);
    return _Py_bytes_contains(s.at, s.n, arg);
}

/* ------------------------------------------------------------------ character classes */

static int all_of(Span s, unsigned mask)
{
    for (Py_ssize_t i = 0; i < s.n; i++)
        if (!(_Py_ctype_table[(unsigned char)s.at[i]] & mask))
            return 0;
    return s.n > 0;
}

/* Some letters, and none of the other case. */
static int cased(Span s, unsigned want, unsigned refuse)
{
    unsigned seen = 0;
    for (Py_ssize_t i = 0; i < s.n; i++) {
        seen |= _Py_ctype_table[(unsigned char)s.at[i]];
        if (seen & refuse)
            return 0;
    }
    return (seen & want) != 0;
}

static int ascii_only(Span s)
{
    Py_ssize_t i = 0;
    for (; i + 8 <= s.n; i += 8) {
        uint64_t word;
        memcpy(&word, s.at + i, 8);
        if (word & 0x8080808080808080ULL)
            return 0;
    }
    for (; i < s.n; i++)
        if ((unsigned char)s.at[i] >= 128)
            return 0;
    return 1;
}

static int title_cased(Span s)
{
    int some = 0, inside = 0;
    for (Py_ssize_t i = 0; i < s.n; i++) {
        unsigned c = _Py_ctype_table[(unsigned char)s.at[i]];
        if (c & PY_CTF_UPPER ? inside : (c & PY_CTF_LOWER) && !inside)
            return 0;
        inside = (c & PY_CTF_ALPHA) != 0;
        some |= inside;
    }
    return some;
}

#define CLASSIFIER(name, expression)                                                                                             \
    PyObject *_Py_bytes_##name(const char *str, Py_ssize_t len)                                                                  \
    {                                                                                                                            \
        Span s = {str, len};                                                                                                     \
        return PyBool_FromLong(expression);                                                                                      \
    }                                                                                                                            \
    static PyObject *bytes_##name(PyObject *self, PyObject *Py_UNUSED(ignored))                                                  \
    {                                                                                                                            \
        Span s = span_of(self);                                                                                                  \
        return PyBool_FromLong(expression);                                                                                      \
    }
CLASSIFIER(isspace, all_of(s, PY_CTF_SPACE))
CLASSIFIER(isalpha, all_of(s, PY_CTF_ALPHA))
CLASSIFIER(isalnum, all_of(s, PY_CTF_ALNUM))
CLASSIFIER(isdigit, all_of(s, PY_CTF_DIGIT))
CLASSIFIER(islower, cased(s, PY_CTF_LOWER, PY_CTF_UPPER))
CLASSIFIER(isupper, cased(s, PY_CTF_UPPER, PY_CTF_LOWER))
CLASSIFIER(isascii, ascii_only(s))
CLASSIFIER(istitle, title_cased(s))

/* ------------------------------------------------------------------ case */

void _Py_bytes_lower(char *result, const char *s, Py_ssize_t n)
{
    for (Py_ssize_t i = 0; i < n; i++) /* written so that it is vectorised */
        result[i] = (char)(s[i] + ((unsigned char)(s[i] - 'A') < 26 ? 32 : 0));
}

void _Py_bytes_upper(char *result, const char *s, Py_ssize_t n)
{
    for (Py_ssize_t i = 0; i < n; i++)
        result[i] = (char)(s[i] - ((unsigned char)(s[i] - 'a') < 26 ? 32 : 0));
}

void _Py_bytes_swapcase(char *result, const char *s, Py_ssize_t n)
{
    for (Py_ssize_t i = 0; i < n; i++)
        result[i] = (char)(s[i] ^ ((unsigned char)((s[i] | 32) - 'a') < 26 ? 32 : 0));
}

void _Py_bytes_title(char *result, const char *s, Py_ssize_t n)
{
    int inside = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        result[i] = (char)(inside ? Py_TOLOWER(s[i]) : Py_TOUPPER(s[i]));
        inside = Py_ISALPHA(s[i]) != 0;
    }
}

void _Py_bytes_capitalize(char *result, const char *s, Py_ssize_t n)
{
    _Py_bytes_lower(result, s, n);
    if (n > 0)
        result[0] = (char)Py_TOUPPER(s[0]);
}

#define CASE_METHOD(name)                                                                                                        \
    static PyObject *bytes_##name(PyObject *self, PyObject *Py_UNUSED(ignored))                                                  \
    {                                                                                                                            \
        Span s = span_of(self);                                                                                                  \
        PyObject *result = tai_bytes_like(self, NULL, s.n);                                                                      \
        if (result && s.n)                                                                                                       \
            _Py_bytes_##name(tai_bytes_data(result), s.at, s.n);                                                                 \
        return result;                                                                                                           \
    }
CASE_METHOD(lower)
CASE_METHOD(upper)
CASE_METHOD(title)
CASE_METHOD(capitalize)
CASE_METHOD(swapcase)

/* ------------------------------------------------------------------ translate and maketrans */

PyObject *_Py_bytes_maketrans(Py_buffer *from, Py_buffer *to)
{
    char table[256];
    if (from->len != to->len) {
        PyErr_SetString(PyExc_ValueError, "maketrans arguments must have same length");
        return NULL;
    }
    for (int i = 0; i < 256; i++)
        table[i] = (char)i;
    for (Py_ssize_t i = 0; i < from->len; i++)
        table[((unsigned char *)from->buf)[i]] = ((char *)to->buf)[i];
    return PyBytes_FromStringAndSize(table, 256);
}

static PyObject *bytes_maketrans(PyObject *Py_UNUSED(null), PyObject *const *args, Py_ssize_t nargs)
{
    Py_buffer from, to;
    if (!_PyArg_CheckPositional("maketrans", nargs, 2, 2) || tai_bytes_buffer(args[0], &from) < 0)
        return NULL;
    PyObject *result = NULL;
    if (tai_bytes_buffer(args[1], &to) == 0) {
        result = _Py_bytes_maketrans(&from, &to);
        PyBuffer_Release(&to);
    }
    PyBuffer_Release(&from);
    return result;
}

/* Copy s through table, leaving out the bytes marked in drop (NULL: none). */
static PyObject *translate_span(PyObject *self, const unsigned char *table, const char *drop)
{
    Span s = span_of(self);
    PyObject *result = tai_bytes_like(self, NULL, s.n);
    if (result == NULL || s.n == 0)
        return result;
    char *out = tai_bytes_data(result), *start = out;
    if (drop == NULL)
        for (Py_ssize_t i = 0; i < s.n; i++)
            out[i] = (char)table[(unsigned char)s.at[i]];
    else {
        for (Py_ssize_t i = 0; i < s.n; i++) {
            unsigned char c = (unsigned char)s.at[i];
            *out = table ? (char)table[c] : (char)c;
            out += !drop[c];
        }
        if (PyByteArray_Check(result)) {
            if (PyByteArray_Resize(result, out - start) < 0)
                Py_CLEAR(result);
        }
        else
            _PyBytes_Resize(&result, out - start);
    }
    if (result && PyBytes_CheckExact(self) && PyBytes_CheckExact(result) && Py_SIZE(result) == Py_SIZE(self) &&
        memcmp(PyBytes_AS_STRING(result), PyBytes_AS_STRING(self), (size_t)Py_SIZE(self)) == 0)
        Py_SETREF(result, tai_bytes_same(self)); /* nothing changed: the object itself */
    return result;
}

static PyObject *bytes_translate(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"", "delete", NULL};
    static _PyArg_Parser parser = {NULL, names, "translate", 0};
    PyObject *slots[2], *result = NULL;
    Py_buffer table, drop;
    char dropped[256] = {0};
    int some = 0;
    args = tai_args_unpack(args, nargs, kwnames, &parser, 1, 2, 2, slots);
    if (args == NULL)
        return NULL;
    table.obj = NULL;
    table.buf = NULL;
    if (args[0] != Py_None) {
        if (tai_bytes_buffer(args[0], &table) < 0)
            return NULL;
        if (table.len != 256) {
            PyErr_SetString(PyExc_ValueError, "translation table must be 256 characters long");
            goto done;
        }
    }
    if (args[1]) {
        if (tai_bytes_buffer(args[1], &drop) < 0)
            goto done;
        for (Py_ssize_t i = 0; i < drop.len; i++)
            dropped[((unsigned char *)drop.buf)[i]] = 1;
        some = drop.len > 0;
        PyBuffer_Release(&drop);
    }
    result = table.buf == NULL && !some ? tai_bytes_same(self) : translate_span(self, table.buf, some ? dropped : NULL);
done:
    if (table.obj)
        PyBuffer_Release(&table);
    return result;
}

/* ------------------------------------------------------------------ padding and stripping */

static PyObject *padded(PyObject *self, Py_ssize_t left, Py_ssize_t right, char fill)
{
    if (left < 0)
        left = 0;
    if (right < 0)
        right = 0;
    if (left == 0 && right == 0)
        return tai_bytes_same(self);
    Span s = span_of(self);
    if (left > PY_SSIZE_T_MAX - s.n || right > PY_SSIZE_T_MAX - s.n - left)
        return PyErr_NoMemory();
    PyObject *result = tai_bytes_like(self, NULL, left + s.n + right);
    if (result) {
        char *p = tai_bytes_data(result);
        memset(p, fill, (size_t)left);
        memcpy(p + left, s.at, (size_t)s.n);
        memset(p + left + s.n, fill, (size_t)right);
    }
    return result;
}

/* (width[, fillchar]): 0 / -1. Runs code. */
static int parse_pad(const char *name, PyObject *const *args, Py_ssize_t nargs, Py_ssize_t *width, char *fill)
{
    *fill = ' ';
    if (!_PyArg_CheckPositional(name, nargs, 1, 2))
        return -1;
    if (PyFloat_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    PyObject *index = PyNumber_Index(args[0]);
    if (index == NULL)
        return -1;
    *width = PyLong_AsSsize_t(index);
    Py_DECREF(index);
    if (*width == -1 && PyErr_Occurred())
        return -1;
    if (nargs < 2)
        return 0;
    if ((PyBytes_Check(args[1]) || PyByteArray_Check(args[1])) && Py_SIZE(args[1]) == 1) {
        *fill = *span_of(args[1]).at;
        return 0;
    }
    _PyArg_BadArgument(name, "argument 2", "a byte string of length 1", args[1]);
    return -1;
}

static PyObject *bytes_ljust(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t width;
    char fill;
    if (parse_pad("ljust", args, nargs, &width, &fill) < 0)
        return NULL;
    return padded(self, 0, width - Py_SIZE(self), fill);
}

static PyObject *bytes_rjust(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t width;
    char fill;
    if (parse_pad("rjust", args, nargs, &width, &fill) < 0)
        return NULL;
    return padded(self, width - Py_SIZE(self), 0, fill);
}

static PyObject *bytes_center(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t width;
    char fill;
    if (parse_pad("center", args, nargs, &width, &fill) < 0)
        return NULL;
    Py_ssize_t room = width - Py_SIZE(self);
    if (room <= 0)
        return tai_bytes_same(self);
    Py_ssize_t left = room / 2 + (room & width & 1); /* the odd blank goes left when the width is odd */
    return padded(self, left, room - left, fill);
}

static PyObject *bytes_zfill(PyObject *self, PyObject *arg)
{
    Py_ssize_t width;
    char fill;
    if (parse_pad("zfill", &arg, 1, &width, &fill) < 0)
        return NULL;
    Py_ssize_t room = width - Py_SIZE(self);
    if (room <= 0)
        return tai_bytes_same(self);
    PyObject *result = padded(self, room, 0, '0');
    if (result) {
        char *p = tai_bytes_data(result);
        if (Py_SIZE(result) > room && (p[room] == '+' || p[room] == '-')) {
            p[0] = p[room];
            p[room] = '0';
        }
    }
    return result;
}

enum { STRIP_LEFT = 1, STRIP_RIGHT = 2 };

static PyObject *strip_span(PyObject *self, int sides, const char *set)
{
    Span s = span_of(self);
    Py_ssize_t i = 0, j = s.n;
    if (sides & STRIP_LEFT)
        while (i < j && set[(unsigned char)s.at[i]])
            i++;
    if (sides & STRIP_RIGHT)
        while (j > i && set[(unsigned char)s.at[j - 1]])
            j--;
    if (j - i == s.n)
        return tai_bytes_same(self);
    return tai_bytes_like(self, s.at + i, j - i);
}

static PyObject *strip(PyObject *self, const char *name, int sides, PyObject *const *args, Py_ssize_t nargs)
{
    static const char blanks[256] = {['\t'] = 1, ['\n'] = 1, ['\v'] = 1, ['\f'] = 1, ['\r'] = 1, [' '] = 1};
    char set[256] = {0};
    Py_buffer chars;
    if (!_PyArg_CheckPositional(name, nargs, 0, 1))
        return NULL;
    if (nargs == 0 || args[0] == Py_None)
        return strip_span(self, sides, blanks);
    if (tai_bytes_buffer(args[0], &chars) < 0)
        return NULL;
    for (Py_ssize_t i = 0; i < chars.len; i++)
        set[((unsigned char *)chars.buf)[i]] = 1;
    PyBuffer_Release(&chars);
    return strip_span(self, sides, set);
}

static PyObject *bytes_strip(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    return strip(self, "strip", STRIP_LEFT | STRIP_RIGHT, args, nargs);
}

static PyObject *bytes_lstrip(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    return strip(self, "lstrip", STRIP_LEFT, args, nargs);
}

static PyObject *bytes_rstrip(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    return strip(self, "rstrip", STRIP_RIGHT, args, nargs);
}

static PyObject *bytes_expandtabs(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"tabsize", NULL};
    static _PyArg_Parser parser = {NULL, names, "expandtabs", 0};
    PyObject *slots[1], *result = NULL;
    int tab = 8;
    args = tai_args_unpack(args, nargs, kwnames, &parser, 0, 1, 1, slots);
    if (args == NULL)
        return NULL;
    if (args[0]) {
        if (PyFloat_Check(args[0])) {
            PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
            return NULL;
        }
        tab = _PyLong_AsInt(args[0]);
        if (tab == -1 && PyErr_Occurred())
            return NULL;
    }
    Span s = span_of(self);
    Py_ssize_t total = 0, column = 0;
    for (int pass = 0;; pass++) { /* measure, then write */
        char *out = NULL;
        if (pass) {
            result = tai_bytes_like(self, NULL, total);
            if (result == NULL || total == 0)
                return result;
            out = tai_bytes_data(result);
        }
        column = 0;
        for (Py_ssize_t i = 0; i < s.n; i++) {
            Py_ssize_t n = s.at[i] == '\t' ? tab > 0 ? tab - column % tab : 0 : 1;
            if (pass) {
                memset(out, s.at[i] == '\t' ? ' ' : s.at[i], (size_t)n);
                out += n;
            }
            else if (n > PY_SSIZE_T_MAX - total) {
                PyErr_SetString(PyExc_OverflowError, "result too long");
                return NULL;
            }
            else
                total += n;
            column = s.at[i] == '\n' || s.at[i] == '\r' ? 0 : column + n;
        }
        if (pass)
            return result;
    }
}

/* ------------------------------------------------------------------ replace */

/* b"ab".replace(b"", b"-"): the new text before each byte and at the end. */
static PyObject *interleave(PyObject *self, Span s, Span to, Py_ssize_t max)
{
    Py_ssize_t count = max > s.n ? s.n + 1 : max;
    if (to.n && count > (PY_SSIZE_T_MAX - s.n) / to.n) {
        PyErr_SetString(PyExc_OverflowError, "replace bytes is too long");
        return NULL;
    }
    PyObject *result = tai_bytes_like(self, NULL, s.n + count * to.n);
    if (result == NULL || Py_SIZE(result) == 0)
        return result;
    char *out = tai_bytes_data(result);
    for (Py_ssize_t i = 0; i < count; i++) {
        memcpy(out, to.at, (size_t)to.n);
        out += to.n;
        if (i < s.n)
            *out++ = s.at[i];
    }
    if (count < s.n)
        memcpy(out, s.at + count, (size_t)(s.n - count));
    return result;
}

#define REPLACE_KNOWN 64

static PyObject *replace_span(PyObject *self, Span s, Span from, Span to, Py_ssize_t max)
{
    if (max == 0 || s.n < from.n || (from.n == 0 && to.n == 0))
        return tai_bytes_same(self);
    if (from.n == 0)
        return interleave(self, s, to, max);
    if (from.n == to.n) { /* in a copy */
        Py_ssize_t at = tai_bytes_find(s.at, s.n, from.at, from.n);
        if (at < 0)
            return tai_bytes_same(self);
        PyObject *result = tai_bytes_like(self, s.at, s.n);
        if (result == NULL)
            return NULL;
        if (s.n == 1) /* one byte may be shared */
            Py_SETREF(result, tai_bytes_like(self, to.at, 1));
        else
            for (char *p = tai_bytes_data(result), *end = p + s.n; at >= 0 && max-- > 0;) {
                memcpy(p + at, to.at, (size_t)to.n);
                p += at + to.n;
                at = tai_bytes_find(p, end - p, from.at, from.n);
            }
        return result;
    }
    Py_ssize_t known[REPLACE_KNOWN], count = 0; /* where the first of them start */
    const char *p = s.at;
    for (Py_ssize_t n = s.n, at; count < max && (at = tai_bytes_find(p, n, from.at, from.n)) >= 0; count++) {
        if (count < REPLACE_KNOWN)
            known[count] = p + at - s.at;
        p += at + from.n;
        n -= at + from.n;
    }
    if (count == 0)
        return tai_bytes_same(self);
    if (to.n > from.n && count > (PY_SSIZE_T_MAX - s.n) / (to.n - from.n)) {
        PyErr_SetString(PyExc_OverflowError, "replace bytes is too long");
        return NULL;
    }
    PyObject *result = tai_bytes_like(self, NULL, s.n + count * (to.n - from.n));
    if (result == NULL || Py_SIZE(result) == 0)
        return result;
    char *out = tai_bytes_data(result);
    Py_ssize_t done = 0; /* of s */
    for (Py_ssize_t i = 0; i < count; i++) {
        Py_ssize_t at = i < REPLACE_KNOWN ? known[i] : done + tai_bytes_find(s.at + done, s.n - done, from.at, from.n);
        memcpy(out, s.at + done, (size_t)(at - done));
        out += at - done;
        memcpy(out, to.at, (size_t)to.n);
        out += to.n;
        done = at + from.n;
    }
    memcpy(out, s.at + done, (size_t)(s.n - done));
    return result;
}

static PyObject *bytes_replace(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_buffer from, to;
    Py_ssize_t max = -1;
    PyObject *result = NULL;
    if (!_PyArg_CheckPositional("replace", nargs, 2, 3) || tai_bytes_buffer(args[0], &from) < 0)
        return NULL;
    if (tai_bytes_buffer(args[1], &to) < 0)
        goto done;
    if (nargs > 2) {
        if (PyFloat_Check(args[2])) {
            PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
            goto both;
        }
        PyObject *index = PyNumber_Index(args[2]);
        if (index) {
            max = PyLong_AsSsize_t(index);
            Py_DECREF(index);
        }
        if (max == -1 && PyErr_Occurred())
            goto both;
    }
    if (max >= 0 && Py_SIZE(self) == 0) /* 3.8: with a count, an empty self stays as it is */
        max = 0;
    result = replace_span(self, span_of(self), (Span){from.buf, from.len}, (Span){to.buf, to.len}, max < 0 ? PY_SSIZE_T_MAX : max);
both:
    PyBuffer_Release(&to);
done:
    PyBuffer_Release(&from);
    return result;
}

/* ------------------------------------------------------------------ text: decode, hex */

static PyObject *bytes_decode(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"encoding", "errors", NULL};
    static _PyArg_Parser parser = {NULL, names, "decode", 0};
    PyObject *slots[2];
    const char *text[2] = {NULL, NULL};
    args = tai_args_unpack(args, nargs, kwnames, &parser, 0, 2, 2, slots);
    if (args == NULL)
        return NULL;
    for (int i = 0; i < 2; i++) {
        if (args[i] == NULL)
            continue;
        Py_ssize_t n;
        if (!PyUnicode_Check(args[i])) {
            _PyArg_BadArgument("decode", i ? "argument 'errors'" : "argument 'encoding'", "str", args[i]);
            return NULL;
        }
        text[i] = PyUnicode_AsUTF8AndSize(args[i], &n);
        if (text[i] == NULL)
            return NULL;
        if (strlen(text[i]) != (size_t)n) {
            PyErr_SetString(PyExc_ValueError, "embedded null character");
            return NULL;
        }
    }
    if (text[0] == NULL && text[1] == NULL) {
        Span s = span_of(self);
        return PyUnicode_DecodeUTF8(s.at, s.n, NULL);
    }
    return PyUnicode_FromEncodedObject(self, text[0], text[1]);
}

static PyObject *bytes_hex(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"sep", "bytes_per_sep", NULL};
    static _PyArg_Parser parser = {NULL, names, "hex", 0};
    PyObject *slots[2];
    int group = 1;
    args = tai_args_unpack(args, nargs, kwnames, &parser, 0, 2, 2, slots);
    if (args == NULL)
        return NULL;
    if (args[1]) {
        if (PyFloat_Check(args[1])) {
            PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
            return NULL;
        }
        group = _PyLong_AsInt(args[1]);
        if (group == -1 && PyErr_Occurred())
            return NULL;
    }
    Span s = span_of(self);
    return _Py_strhex_with_sep(s.at, s.n, args[0], group);
}

static PyObject *bytes_fromhex(PyObject *type, PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        _PyArg_BadArgument("fromhex", "argument", "str", text);
        return NULL;
    }
    int array = PyType_IsSubtype((PyTypeObject *)type, &PyByteArray_Type);
    PyObject *result = _PyBytes_FromHex(text, array);
    if (result && type != (PyObject *)&PyBytes_Type && type != (PyObject *)&PyByteArray_Type)
        Py_SETREF(result, PyObject_CallFunctionObjArgs(type, result, NULL));
    return result;
}

/* ------------------------------------------------------------------ table */

#define DOC(name, text) const char _Py_##name##__doc__[] = text
DOC(isspace, "B.isspace() -> bool\n\nWhether there is at least one byte and every one is ASCII white space.");
DOC(isalpha, "B.isalpha() -> bool\n\nWhether there is at least one byte and every one is an ASCII letter.");
DOC(isalnum, "B.isalnum() -> bool\n\nWhether there is at least one byte and every one is an ASCII letter or digit.");
DOC(isascii, "B.isascii() -> bool\n\nWhether every byte is below 128; so is an empty B.");
DOC(isdigit, "B.isdigit() -> bool\n\nWhether there is at least one byte and every one is an ASCII digit.");
DOC(islower, "B.islower() -> bool\n\nWhether there are ASCII letters and none of them is a capital.");
DOC(isupper, "B.isupper() -> bool\n\nWhether there are ASCII letters and all of them are capitals.");
DOC(istitle, "B.istitle() -> bool\n\nWhether words start with a capital and go on in small letters, and there is a word.");
DOC(lower, "B.lower() -> copy of B\n\nAll ASCII letters made small.");
DOC(upper, "B.upper() -> copy of B\n\nAll ASCII letters made capital.");
DOC(title, "B.title() -> copy of B\n\nEach run of ASCII letters with a capital first and small letters after.");
DOC(capitalize, "B.capitalize() -> copy of B\n\nThe first byte made a capital and the others small letters.");
DOC(swapcase, "B.swapcase() -> copy of B\n\nCapitals made small and small letters made capital.");
DOC(count, "B.count(sub[, start[, end]]) -> int\n\nHow often sub (bytes, or one byte as a number) occurs in B[start:end] without overlap.");
DOC(find, "B.find(sub[, start[, end]]) -> int\n\nThe lowest position of sub in B[start:end], -1 when it is not there.");
DOC(index, "B.index(sub[, start[, end]]) -> int\n\nThe lowest position of sub in B[start:end]; ValueError when it is not there.");
DOC(rfind, "B.rfind(sub[, start[, end]]) -> int\n\nThe highest position of sub in B[start:end], -1 when it is not there.");
DOC(rindex, "B.rindex(sub[, start[, end]]) -> int\n\nThe highest position of sub in B[start:end]; ValueError when it is not there.");
DOC(startswith, "B.startswith(prefix[, start[, end]]) -> bool\n\nWhether B[start:end] begins with prefix, or with one of a tuple of them.");
DOC(endswith, "B.endswith(suffix[, start[, end]]) -> bool\n\nWhether B[start:end] ends with suffix, or with one of a tuple of them.");
DOC(maketrans, "maketrans(frm, to, /)\n--\n\n256 bytes for translate(): each byte of frm stands for the byte at its place in to, the others for themselves.");

#define FAST(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL
#define FASTKW(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL | METH_KEYWORDS
#define NONE(f) f, METH_NOARGS

PyMethodDef tai_bytes_methods[] = {
#include "objects/bytes/methods.def"
    {"__getnewargs__", tai_bytes_getnewargs, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

PyMethodDef tai_bytearray_methods[] = {
#include "objects/bytes/methods.def"
    {"__alloc__", tai_bytearray_alloc, METH_NOARGS, "B.__alloc__() -> int\n\nBytes of memory that B holds for its contents."},
    {"__reduce__", tai_bytearray_reduce, METH_NOARGS, "__reduce__($self, /)\n--\n\nState for pickling."},
    {"__reduce_ex__", FAST(tai_bytearray_reduce_ex), "__reduce_ex__($self, proto=0, /)\n--\n\nState for pickling."},
    {"__sizeof__", tai_bytearray_sizeof, METH_NOARGS, "__sizeof__($self, /)\n--\n\nMemory taken by the object and its contents, in bytes."},
    {"append", tai_bytearray_append, METH_O, "append($self, item, /)\n--\n\nPut one byte, given as a number, at the end."},
    {"clear", tai_bytearray_clear, METH_NOARGS, "clear($self, /)\n--\n\nTake all bytes out."},
    {"copy", tai_bytearray_copy, METH_NOARGS, "copy($self, /)\n--\n\nA new bytearray with the same bytes."},
    {"extend", tai_bytearray_extend, METH_O, "extend($self, iterable_of_ints, /)\n--\n\nPut all bytes of a buffer, or of an iterable of numbers, at the end."},
    {"insert", FAST(tai_bytearray_insert), "insert($self, index, item, /)\n--\n\nPut one byte in front of the one at index."},
    {"pop", FAST(tai_bytearray_pop), "pop($self, index=-1, /)\n--\n\nTake one byte out, the last by default, and return it.\n\nIndexError when there is none."},
    {"remove", tai_bytearray_remove, METH_O, "remove($self, value, /)\n--\n\nTake the first byte of this value out; ValueError when there is none."},
    {"reverse", tai_bytearray_reverse, METH_NOARGS, "reverse($self, /)\n--\n\nTurn the order of the bytes round, in place."},
    {NULL, NULL, 0, NULL},
};
