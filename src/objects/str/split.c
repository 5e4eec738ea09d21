/* SPDX-License-Identifier: MIT */
/* str: taking apart: split, rsplit, splitlines, partition, strip.
 *
 * Pieces are gathered in a small buffer, so that the usual short result is one list of the right size.
 * Tests: tests/objects/str/test_methods.py.
 */
#include "objects/str/str.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* ---- gathering ---- */

enum { PIECES_INLINE = 32 };

typedef struct {
    PyObject *first[PIECES_INLINE]; /* owned */
    int n;
    PyObject *list; /* once first is full: it and all that follow */
} Pieces;

static inline void pieces_init(Pieces *p)
{
    p->n = 0;
    p->list = NULL;
}

static int pieces_spill(Pieces *p)
{
    p->list = PyList_New(p->n);
    if (p->list == NULL)
        return -1;
    for (int i = 0; i < p->n; i++)
        PyList_SET_ITEM(p->list, i, p->first[i]);
    p->n = 0;
    return 0;
}

/* Steals piece, which may be NULL after an error. */
static int pieces_add_steal(Pieces *p, PyObject *piece)
{
    if (UNLIKELY(piece == NULL))
        return -1;
    if (LIKELY(p->list == NULL && p->n < PIECES_INLINE)) {
        p->first[p->n++] = piece;
        return 0;
    }
    int r = p->list == NULL ? pieces_spill(p) : 0;
    if (r == 0)
        r = PyList_Append(p->list, piece);
    Py_DECREF(piece);
    return r;
}

static PyObject *pieces_fail(Pieces *p)
{
    for (int i = 0; i < p->n; i++)
        Py_DECREF(p->first[i]);
    Py_XDECREF(p->list);
    return NULL;
}

static PyObject *pieces_list(Pieces *p)
{
    if (p->list == NULL && pieces_spill(p) < 0)
        return pieces_fail(p);
    return p->list;
}

static PyObject *pieces_reversed(Pieces *p)
{
    PyObject *list = pieces_list(p);
    if (list != NULL && PyList_Reverse(list) < 0)
        Py_CLEAR(list);
    return list;
}

/* ---- white space ---- */

static inline int is_space(int kind, const void *data, Py_ssize_t i) { return Py_UNICODE_ISSPACE(str_get(kind, data, i)); }

#define SKIP_FORWARD(i, wanted) \
    if (kind == 1 && str_is_ascii(s)) \
        while (i < len && _Py_ascii_whitespace[((const Py_UCS1 *)data)[i]] == (wanted)) \
            i++; \
    else \
        while (i < len && !!is_space(kind, data, i) == (wanted)) \
            i++

static PyObject *split_space(PyObject *s, Py_ssize_t limit)
{
    Pieces out;
    pieces_init(&out);
    int kind = str_kind(s);
    const void *data = str_data(s);
    Py_ssize_t len = str_len(s), i = 0;
    for (;;) {
        SKIP_FORWARD(i, 1);
        if (i == len)
            break;
        Py_ssize_t start = i;
        if (limit-- <= 0) {
            if (pieces_add_steal(&out, tai_str_slice(s, start, len)) < 0)
                return pieces_fail(&out);
            break;
        }
        SKIP_FORWARD(i, 0);
        if (pieces_add_steal(&out, tai_str_slice(s, start, i)) < 0)
            return pieces_fail(&out);
    }
    return pieces_list(&out);
}

static PyObject *rsplit_space(PyObject *s, Py_ssize_t limit)
{
    Pieces out;
    pieces_init(&out);
    int kind = str_kind(s);
    const void *data = str_data(s);
    Py_ssize_t i = str_len(s);
    for (;;) {
        while (i > 0 && is_space(kind, data, i - 1))
            i--;
        if (i == 0)
            break;
        Py_ssize_t end = i;
        if (limit-- <= 0) {
            if (pieces_add_steal(&out, tai_str_slice(s, 0, end)) < 0)
                return pieces_fail(&out);
            break;
        }
        while (i > 0 && !is_space(kind, data, i - 1))
            i--;
        if (pieces_add_steal(&out, tai_str_slice(s, i, end)) < 0)
            return pieces_fail(&out);
    }
    return pieces_reversed(&out);
}

/* ---- separators ---- */

#ifdef __SSE2__
/* One-byte text at a byte: 16 at a time, a bit for each hit. */
static PyObject *split_at_byte(PyObject *s, unsigned char c, Py_ssize_t limit)
{
    Pieces out;
    pieces_init(&out);
    const unsigned char *data = str_data(s);
    Py_ssize_t len = str_len(s), start = 0, i = 0;
    __m128i wanted = _mm_set1_epi8((char)c);
    while (i < len && limit > 0) {
        if (i + 16 > len) {
            if (data[i++] == c) {
                if (pieces_add_steal(&out, tai_str_slice(s, start, i - 1)) < 0)
                    return pieces_fail(&out);
                start = i;
                limit--;
            }
            continue;
        }
        unsigned mask = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(data + i)), wanted));
        for (; mask && limit > 0; mask &= mask - 1, limit--) {
            Py_ssize_t at = i + __builtin_ctz(mask);
            if (pieces_add_steal(&out, tai_str_slice(s, start, at)) < 0)
                return pieces_fail(&out);
            start = at + 1;
        }
        i += 16;
    }
    if (pieces_add_steal(&out, tai_str_slice(s, start, len)) < 0)
        return pieces_fail(&out);
    return pieces_list(&out);
}
#endif

static PyObject *split_at(PyObject *s, PyObject *sep, Py_ssize_t limit)
{
#ifdef __SSE2__
    if (str_len(sep) == 1 && str_kind(s) == 1 && str_kind(sep) == 1)
        return split_at_byte(s, *(unsigned char *)str_data(sep), limit);
#endif
    Pieces out;
    pieces_init(&out);
    StrView hay = str_view(s), needle = str_view(sep);
    Py_ssize_t pos = 0;
    while (limit-- > 0) {
        StrView rest = {(const char *)hay.data + pos * hay.kind, hay.len - pos, hay.kind};
        Py_ssize_t at = tai_str_find(rest, needle);
        if (at < 0)
            break;
        if (pieces_add_steal(&out, tai_str_slice(s, pos, pos + at)) < 0)
            return pieces_fail(&out);
        pos += at + needle.len;
    }
    if (pieces_add_steal(&out, tai_str_slice(s, pos, hay.len)) < 0)
        return pieces_fail(&out);
    return pieces_list(&out);
}

static PyObject *rsplit_at(PyObject *s, PyObject *sep, Py_ssize_t limit)
{
    Pieces out;
    pieces_init(&out);
    StrView hay = str_view(s), needle = str_view(sep);
    Py_ssize_t end = hay.len;
    while (limit-- > 0) {
        StrView rest = {hay.data, end, hay.kind};
        Py_ssize_t at = tai_str_rfind(rest, needle);
        if (at < 0)
            break;
        if (pieces_add_steal(&out, tai_str_slice(s, at + needle.len, end)) < 0)
            return pieces_fail(&out);
        end = at;
    }
    if (pieces_add_steal(&out, tai_str_slice(s, 0, end)) < 0)
        return pieces_fail(&out);
    return pieces_reversed(&out);
}

/* A str subclass's whole value has to come out exact: tai_str_slice sees to it. */
static PyObject *split(PyObject *s, PyObject *sep, Py_ssize_t limit, int backward)
{
    if (limit < 0)
        limit = PY_SSIZE_T_MAX;
    if (str_ready(s) < 0)
        return NULL;
    if (sep == NULL)
        return backward ? rsplit_space(s, limit) : split_space(s, limit);
    if (str_ready(sep) < 0)
        return NULL;
    if (str_len(sep) == 0) {
        PyErr_SetString(PyExc_ValueError, "empty separator");
        return NULL;
    }
    return backward ? rsplit_at(s, sep, limit) : split_at(s, sep, limit);
}

static PyObject *method_split(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, int backward)
{
    static const char *const keywords[] = {"sep", "maxsplit", NULL};
    static _PyArg_Parser parsers[2] = {{NULL, keywords, "split", 0}, {NULL, keywords, "rsplit", 0}};
    PyObject *buffer[2] = {NULL}, *sep = Py_None;
    Py_ssize_t limit = -1;
    if (kwnames != NULL && PyTuple_GET_SIZE(kwnames) == 0)
        kwnames = NULL;
    if (kwnames != NULL || nargs > 2) {
        Py_ssize_t total = nargs + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0);
        args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &parsers[backward], 0, 2, 0, buffer);
        if (args == NULL)
            return NULL;
        if (total > 0 && args[0])
            sep = args[0];
        nargs = args[1] ? 2 : 1;
    } else if (nargs > 0) {
        sep = args[0];
    }
    if (nargs == 2) {
        if (tai_str_size_argument(args[1], &limit) < 0)
            return NULL;
    }
    if (sep == Py_None)
        return split(self, NULL, limit, backward);
    if (!PyUnicode_Check(sep)) {
        PyErr_Format(PyExc_TypeError, "must be str or None, not %.100s", Py_TYPE(sep)->tp_name);
        return NULL;
    }
    return split(self, sep, limit, backward);
}

PyObject *tai_str_m_split(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    return method_split(self, args, nargs, kwnames, 0);
}

PyObject *tai_str_m_rsplit(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    return method_split(self, args, nargs, kwnames, 1);
}

PyObject *PyUnicode_Split(PyObject *s, PyObject *sep, Py_ssize_t limit)
{
    if (tai_str_ensure(s) < 0 || (sep != NULL && tai_str_ensure(sep) < 0))
        return NULL;
    return split(s, sep, limit, 0);
}

PyObject *PyUnicode_RSplit(PyObject *s, PyObject *sep, Py_ssize_t limit)
{
    if (tai_str_ensure(s) < 0 || (sep != NULL && tai_str_ensure(sep) < 0))
        return NULL;
    return split(s, sep, limit, 1);
}

/* ---- lines ---- */

/* Ascii line ends: \n \v \f \r and 1c 1d 1e. */
static inline int is_line_end(Py_UCS4 c)
{
    return c < 0x80 ? (c >= 0x0a && c <= 0x0d) || (c >= 0x1c && c <= 0x1e) : c == 0x85 || c == 0x2028 || c == 0x2029;
}

PyObject *PyUnicode_Splitlines(PyObject *s, int keepends)
{
    if (tai_str_ensure(s) < 0)
        return NULL;
    Pieces out;
    pieces_init(&out);
    int kind = str_kind(s);
    const void *data = str_data(s);
    Py_ssize_t len = str_len(s);
    for (Py_ssize_t i = 0; i < len;) {
        Py_ssize_t start = i;
        if (kind == 1) {
            const Py_UCS1 *p = data;
            while (i < len && (p[i] > 0x1e || !is_line_end(p[i])) && p[i] != 0x85)
                i++;
        } else {
            while (i < len && !is_line_end(str_get(kind, data, i)))
                i++;
        }
        Py_ssize_t end = i;
        if (i < len) {
            i += str_get(kind, data, i) == '\r' && i + 1 < len && str_get(kind, data, i + 1) == '\n' ? 2 : 1;
            if (keepends)
                end = i;
        }
        if (pieces_add_steal(&out, tai_str_slice(s, start, end)) < 0)
            return pieces_fail(&out);
    }
    return pieces_list(&out);
}

PyObject *tai_str_m_splitlines(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"keepends", NULL};
    static _PyArg_Parser parser = {NULL, keywords, "splitlines", 0};
    PyObject *buffer[1] = {NULL};
    int keepends = 0;
    if (nargs || kwnames) {
        args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &parser, 0, 1, 0, buffer);
        if (args == NULL)
            return NULL;
        if (args[0]) {
            if (PyFloat_Check(args[0])) {
                PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
                return NULL;
            }
            keepends = _PyLong_AsInt(args[0]);
            if (keepends == -1 && PyErr_Occurred())
                return NULL;
        }
    }
    return PyUnicode_Splitlines(self, keepends);
}

/* ---- partition ---- */

static PyObject *tuple_steal(PyObject *a, PyObject *b, PyObject *c)
{
    PyObject *t = a && b && c ? PyTuple_New(3) : NULL;
    if (t == NULL) {
        Py_XDECREF(a);
        Py_XDECREF(b);
        Py_XDECREF(c);
        return NULL;
    }
    PyTuple_SET_ITEM(t, 0, a);
    PyTuple_SET_ITEM(t, 1, b);
    PyTuple_SET_ITEM(t, 2, c);
    return t;
}

static PyObject *partition(PyObject *s, PyObject *sep, int backward)
{
    if (tai_str_ensure(s) < 0 || tai_str_ensure(sep) < 0)
        return NULL;
    if (str_len(sep) == 0) {
        PyErr_SetString(PyExc_ValueError, "empty separator");
        return NULL;
    }
    Py_ssize_t at = backward ? tai_str_rfind(str_view(s), str_view(sep)) : tai_str_find(str_view(s), str_view(sep));
    if (at < 0) {
        PyObject *whole = s; /* itself, even if of a subclass */
        Py_INCREF(whole);
        return backward ? tuple_steal(tai_str_empty(), tai_str_empty(), whole)
                        : tuple_steal(whole, tai_str_empty(), tai_str_empty());
    }
    Py_INCREF(sep);
    return tuple_steal(tai_str_slice(s, 0, at), sep, tai_str_slice(s, at + str_len(sep), str_len(s)));
}

PyObject *PyUnicode_Partition(PyObject *s, PyObject *sep) { return partition(s, sep, 0); }
PyObject *PyUnicode_RPartition(PyObject *s, PyObject *sep) { return partition(s, sep, 1); }
PyObject *tai_str_m_partition(PyObject *self, PyObject *sep) { return partition(self, sep, 0); }
PyObject *tai_str_m_rpartition(PyObject *self, PyObject *sep) { return partition(self, sep, 1); }

/* ---- strip ---- */

enum { STRIP_LEFT, STRIP_RIGHT, STRIP_BOTH };

static PyObject *strip_space(PyObject *s, int side)
{
    if (str_ready(s) < 0)
        return NULL;
    int kind = str_kind(s);
    const void *data = str_data(s);
    Py_ssize_t start = 0, end = str_len(s);
    if (side != STRIP_RIGHT)
        while (start < end && is_space(kind, data, start))
            start++;
    if (side != STRIP_LEFT)
        while (end > start && is_space(kind, data, end - 1))
            end--;
    return tai_str_slice(s, start, end);
}

/* side as STRIP_*; the numbering is that of the private API. */
PyObject *_PyUnicode_XStrip(PyObject *s, int side, PyObject *chars)
{
    if (str_ready(s) < 0 || str_ready(chars) < 0)
        return NULL;
    int kind = str_kind(s), set_kind = str_kind(chars);
    const void *data = str_data(s), *set = str_data(chars);
    Py_ssize_t start = 0, end = str_len(s), n = str_len(chars);
    if (side != STRIP_RIGHT)
        while (start < end && tai_str_find_char(set_kind, set, 0, n, str_get(kind, data, start)) >= 0)
            start++;
    if (side != STRIP_LEFT)
        while (end > start && tai_str_find_char(set_kind, set, 0, n, str_get(kind, data, end - 1)) >= 0)
            end--;
    return tai_str_slice(s, start, end);
}

static PyObject *method_strip(const char *name, PyObject *self, PyObject *const *args, Py_ssize_t nargs, int side)
{
    if (nargs > 1 && !_PyArg_CheckPositional(name, nargs, 0, 1))
        return NULL;
    if (nargs == 0 || args[0] == Py_None)
        return strip_space(self, side);
    if (PyUnicode_Check(args[0]))
        return _PyUnicode_XStrip(self, side, args[0]);
    PyErr_Format(PyExc_TypeError, "%s arg must be None or str", name);
    return NULL;
}

PyObject *tai_str_m_strip(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    return method_strip("strip", self, args, nargs, STRIP_BOTH);
}

PyObject *tai_str_m_lstrip(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    return method_strip("lstrip", self, args, nargs, STRIP_LEFT);
}

PyObject *tai_str_m_rstrip(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    return method_strip("rstrip", self, args, nargs, STRIP_RIGHT);
}
