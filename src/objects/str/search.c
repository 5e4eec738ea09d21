/* SPDX-License-Identifier: MIT */
/* str: finding, counting and replacing substrings.
 *
 * The kernels stand in search_kernel.h, instantiated for each pair of widths; a needle wider than the haystack cannot
 * occur in it [STR-1]. All of find, rfind, count, replace are linear. Tests: tests/objects/str/test_search.py.
 */
#include "objects/str/str.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define HAY Py_UCS1
#define NEEDLE Py_UCS1
#define NAME(x) x##_1_1
#include "objects/str/search_kernel.h"
#undef HAY
#undef NAME
#define HAY Py_UCS2
#define NAME(x) x##_2_1
#include "objects/str/search_kernel.h"
#undef HAY
#undef NAME
#define HAY Py_UCS4
#define NAME(x) x##_4_1
#include "objects/str/search_kernel.h"
#undef HAY
#undef NEEDLE
#undef NAME
#define NEEDLE Py_UCS2
#define HAY Py_UCS2
#define NAME(x) x##_2_2
#include "objects/str/search_kernel.h"
#undef HAY
#undef NAME
#define HAY Py_UCS4
#define NAME(x) x##_4_2
#include "objects/str/search_kernel.h"
#undef HAY
#undef NEEDLE
#undef NAME
#define NEEDLE Py_UCS4
#define HAY Py_UCS4
#define NAME(x) x##_4_4
#include "objects/str/search_kernel.h"
#undef HAY
#undef NEEDLE
#undef NAME

/* ---- single characters ---- */

#ifdef __SSE2__
#define FIND_WIDE(T) \
    do { \
        typedef T Lanes __attribute__((vector_size(16), aligned(1), may_alias)); \
        const T *p = data; \
        Lanes wanted = (Lanes){0} + (T)c; \
        for (; start + (Py_ssize_t)(16 / sizeof(T)) <= end; start += 16 / sizeof(T)) { \
            Lanes eq = (Lanes)(*(const Lanes *)(p + start) == wanted); \
            unsigned mask = (unsigned)_mm_movemask_epi8((__m128i)eq); \
            if (mask) \
                return start + __builtin_ctz(mask) / (int)sizeof(T); \
        } \
    } while (0)
#else
#define FIND_WIDE(T) (void)0
#endif

Py_ssize_t tai_str_find_char(int kind, const void *data, Py_ssize_t start, Py_ssize_t end, Py_UCS4 c)
{
    if (start >= end)
        return -1;
    if (kind == 1) {
        if (c > 0xff)
            return -1;
        const char *at = memchr((const char *)data + start, (int)c, (size_t)(end - start));
        return at ? at - (const char *)data : -1;
    }
    if (kind == 2) {
        if (c > 0xffff)
            return -1;
        FIND_WIDE(Py_UCS2);
    } else {
        FIND_WIDE(Py_UCS4);
    }
    for (; start < end; start++)
        if (str_get(kind, data, start) == c)
            return start;
    return -1;
}

static Py_ssize_t rfind_char(int kind, const void *data, Py_ssize_t start, Py_ssize_t end, Py_UCS4 c)
{
    if (start >= end)
        return -1;
    if (kind == 1) {
        if (c > 0xff)
            return -1;
        const char *at = memrchr((const char *)data + start, (int)c, (size_t)(end - start));
        return at ? at - (const char *)data : -1;
    }
    while (--end >= start)
        if (str_get(kind, data, end) == c)
            return end;
    return -1;
}

/* ---- dispatch on widths ---- */

#define DISPATCH(verb) \
    switch (hay.kind * 8 + needle.kind) { \
    case 1 * 8 + 1: return verb##_1_1(hay.data, hay.len, needle.data, needle.len); \
    case 2 * 8 + 1: return verb##_2_1(hay.data, hay.len, needle.data, needle.len); \
    case 4 * 8 + 1: return verb##_4_1(hay.data, hay.len, needle.data, needle.len); \
    case 2 * 8 + 2: return verb##_2_2(hay.data, hay.len, needle.data, needle.len); \
    case 4 * 8 + 2: return verb##_4_2(hay.data, hay.len, needle.data, needle.len); \
    case 4 * 8 + 4: return verb##_4_4(hay.data, hay.len, needle.data, needle.len); \
    default: return -1; \
    }

Py_ssize_t tai_str_find(StrView hay, StrView needle)
{
    if (needle.len <= 1)
        return needle.len == 0 ? 0 : tai_str_find_char(hay.kind, hay.data, 0, hay.len, str_get(needle.kind, needle.data, 0));
    if (needle.len > hay.len)
        return -1;
    DISPATCH(find)
}

Py_ssize_t tai_str_rfind(StrView hay, StrView needle)
{
    if (needle.len <= 1)
        return needle.len == 0 ? hay.len
                               : rfind_char(hay.kind, hay.data, 0, hay.len, str_get(needle.kind, needle.data, 0));
    if (needle.len > hay.len)
        return -1;
    DISPATCH(rfind)
}

static StrView view_from(StrView v, Py_ssize_t start)
{
    v.data = (const char *)v.data + start * v.kind;
    v.len -= start;
    return v;
}

static Py_ssize_t count_byte(const unsigned char *p, Py_ssize_t n, unsigned char c)
{
    Py_ssize_t total = 0;
    while (n > 0) {
        Py_ssize_t step = n < 255 * 16 ? n : 255 * 16, block = 0;
        for (Py_ssize_t i = 0; i < step; i++)
            block += p[i] == c;
        total += block;
        p += step;
        n -= step;
    }
    return total;
}

/* Non-overlapping occurrences, at most limit (< 0: all). */
static Py_ssize_t count_of(StrView hay, StrView needle, Py_ssize_t limit)
{
    if (limit < 0)
        limit = PY_SSIZE_T_MAX;
    if (needle.len == 0)
        return hay.len < limit ? hay.len + 1 : limit;
    if (needle.len == 1 && hay.kind == 1) {
        Py_UCS4 c = str_get(needle.kind, needle.data, 0);
        if (c > 0xff)
            return 0;
        Py_ssize_t n = count_byte(hay.data, hay.len, (unsigned char)c);
        return n < limit ? n : limit;
    }
    Py_ssize_t total = 0;
    while (total < limit) {
        Py_ssize_t at = tai_str_find(hay, needle);
        if (at < 0)
            break;
        total++;
        hay = view_from(hay, at + needle.len);
    }
    return total;
}

/* ---- methods: find and its kin ---- */

/* The message of PyArg_ParseTuple for a wrong number of arguments. */
static int check_find_args(const char *name, Py_ssize_t nargs)
{
    if (nargs >= 1 && nargs <= 3)
        return 0;
    PyErr_Format(PyExc_TypeError, "%s() takes at %s %d argument%s (%zd given)", name, nargs < 1 ? "least" : "most",
                 nargs < 1 ? 1 : 3, nargs < 1 ? "" : "s", nargs);
    return -1;
}

/* Optional start and end, clipped as slices are. Runs code. */
static int find_range(PyObject *const *args, Py_ssize_t nargs, Py_ssize_t len, Py_ssize_t *start, Py_ssize_t *end)
{
    *start = 0;
    *end = PY_SSIZE_T_MAX;
    if (nargs > 1 && args[1] != Py_None && !_PyEval_SliceIndex(args[1], start))
        return -1;
    if (nargs > 2 && args[2] != Py_None && !_PyEval_SliceIndex(args[2], end))
        return -1;
    if (*end > len)
        *end = len;
    else if (*end < 0 && (*end += len) < 0)
        *end = 0;
    if (*start < 0 && (*start += len) < 0)
        *start = 0;
    return 0;
}

static StrView view_range(PyObject *s, Py_ssize_t start, Py_ssize_t end)
{
    StrView v = str_view(s);
    v.data = (const char *)v.data + start * v.kind;
    v.len = end - start;
    return v;
}

static Py_ssize_t find_in_range(PyObject *s, PyObject *sub, Py_ssize_t start, Py_ssize_t end, int backward)
{
    if (end - start < str_len(sub))
        return -1;
    StrView hay = view_range(s, start, end);
    Py_ssize_t at = backward ? tai_str_rfind(hay, str_view(sub)) : tai_str_find(hay, str_view(sub));
    return at < 0 ? -1 : at + start;
}

/* Shared by the four: index, -1 not found, -2 with an exception. */
static Py_ssize_t method_find(const char *name, PyObject *self, PyObject *const *args, Py_ssize_t nargs, int backward)
{
    Py_ssize_t start = 0, end;
    if (check_find_args(name, nargs) < 0 || str_ready(self) < 0)
        return -2;
    end = str_len(self);
    if ((nargs > 1 && find_range(args, nargs, str_len(self), &start, &end) < 0) || tai_str_ensure(args[0]) < 0)
        return -2;
    return find_in_range(self, args[0], start, end, backward);
}

PyObject *tai_str_m_find(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t at = method_find("find", self, args, nargs, 0);
    return at == -2 ? NULL : PyLong_FromSsize_t(at);
}

PyObject *tai_str_m_rfind(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t at = method_find("rfind", self, args, nargs, 1);
    return at == -2 ? NULL : PyLong_FromSsize_t(at);
}

static PyObject *index_result(Py_ssize_t at)
{
    if (at == -1)
        PyErr_SetString(PyExc_ValueError, "substring not found");
    return at < 0 ? NULL : PyLong_FromSsize_t(at);
}

PyObject *tai_str_m_index(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    return index_result(method_find("index", self, args, nargs, 0));
}

PyObject *tai_str_m_rindex(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    return index_result(method_find("rindex", self, args, nargs, 1));
}

PyObject *tai_str_m_count(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t start, end;
    if (check_find_args("count", nargs) < 0 || str_ready(self) < 0 || find_range(args, nargs, str_len(self), &start, &end) < 0 ||
        tai_str_ensure(args[0]) < 0)
        return NULL;
    if (end - start < str_len(args[0]))
        return PyLong_FromLong(0);
    return PyLong_FromSsize_t(count_of(view_range(self, start, end), str_view(args[0]), -1));
}

/* ---- startswith, endswith ---- */

static int tail_match(PyObject *s, PyObject *sub, Py_ssize_t start, Py_ssize_t end, int at_end)
{
    Py_ssize_t len = str_len(s), m = str_len(sub);
    if (end > len)
        end = len;
    else if (end < 0 && (end += len) < 0)
        end = 0;
    if (start < 0 && (start += len) < 0)
        start = 0;
    if (end - start < m)
        return 0;
    if (m == 0)
        return 1;
    Py_ssize_t offset = at_end ? end - m : start;
    int kind = str_kind(s), sub_kind = str_kind(sub);
    if (kind == sub_kind)
        return memcmp((const char *)str_data(s) + offset * kind, str_data(sub), (size_t)m * kind) == 0;
    if (kind < sub_kind)
        return 0;
    for (Py_ssize_t i = 0; i < m; i++)
        if (str_get(kind, str_data(s), offset + i) != str_get(sub_kind, str_data(sub), i))
            return 0;
    return 1;
}

static PyObject *method_tail_match(const char *name, PyObject *self, PyObject *const *args, Py_ssize_t nargs, int at_end)
{
    Py_ssize_t start, end;
    if (check_find_args(name, nargs) < 0 || str_ready(self) < 0 || find_range(args, nargs, str_len(self), &start, &end) < 0)
        return NULL;
    PyObject *what = args[0];
    if (PyUnicode_Check(what)) {
        if (str_ready(what) < 0)
            return NULL;
        return PyBool_FromLong(tail_match(self, what, start, end, at_end));
    }
    if (!PyTuple_Check(what)) {
        PyErr_Format(PyExc_TypeError, "%s first arg must be str or a tuple of str, not %.100s", name, Py_TYPE(what)->tp_name);
        return NULL;
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(what); i++) {
        PyObject *one = PyTuple_GET_ITEM(what, i);
        if (!PyUnicode_Check(one)) {
            PyErr_Format(PyExc_TypeError, "tuple for %s must only contain str, not %.100s", name, Py_TYPE(one)->tp_name);
            return NULL;
        }
        if (str_ready(one) < 0)
            return NULL;
        if (tail_match(self, one, start, end, at_end))
            Py_RETURN_TRUE;
    }
    Py_RETURN_FALSE;
}

PyObject *tai_str_m_startswith(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    return method_tail_match("startswith", self, args, nargs, 0);
}

PyObject *tai_str_m_endswith(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    return method_tail_match("endswith", self, args, nargs, 1);
}

/* ---- replace ---- */

static PyObject *replace_chars(PyObject *s, Py_UCS4 from, Py_UCS4 to, Py_ssize_t first, Py_ssize_t limit)
{
    Py_UCS4 bound = str_bound(s);
    int kind = str_kind(s);
    const void *data = str_data(s);
    Py_ssize_t len = str_len(s);
    PyObject *r = PyUnicode_New(len, bound > to ? bound : to);
    if (r == NULL)
        return NULL;
    int r_kind = str_kind(r);
    void *out = str_data(r);
    tai_str_copy(r_kind, out, 0, kind, data, 0, len);
    if (kind == 1 && r_kind == 1 && limit >= len) {
        unsigned char *p = out;
        for (Py_ssize_t i = first; i < len; i++)
            p[i] = p[i] == from ? (unsigned char)to : p[i];
    } else {
        for (Py_ssize_t i = first; i >= 0 && limit-- > 0; i = tai_str_find_char(kind, data, i + 1, len, from))
            str_put(r_kind, out, i, to);
    }
    if (tai_str_scan_bound(r_kind, out, len) < str_bound(r)) {
        PyObject *smaller = PyUnicode_FromKindAndData(r_kind, out, len);
        Py_DECREF(r);
        return smaller;
    }
    return r;
}

/* Where the matches stand: few in place, many in a block. */
typedef struct {
    Py_ssize_t few[32], *at, n, room;
} Places;

/* All matches from first on, at most limit. 0, or -1 with MemoryError. */
static int find_places(StrView hay, StrView needle, Py_ssize_t first, Py_ssize_t limit, Places *p)
{
    p->at = p->few;
    p->n = 0;
    p->room = (Py_ssize_t)Py_ARRAY_LENGTH(p->few);
    for (Py_ssize_t pos = first; p->n < limit;) {
        if (p->n == p->room) {
            Py_ssize_t *more = p->room > PY_SSIZE_T_MAX / 16 ? NULL
                : PyMem_Realloc(p->at == p->few ? NULL : p->at, sizeof(Py_ssize_t) * 2 * (size_t)p->room);
            if (more == NULL) {
                PyErr_NoMemory();
                return -1;
            }
            if (p->at == p->few)
                memcpy(more, p->few, sizeof p->few);
            p->at = more;
            p->room *= 2;
        }
        p->at[p->n++] = pos;
        if (needle.len == 0) { /* before each character and at the end */
            if (pos++ == hay.len)
                break;
            continue;
        }
        Py_ssize_t next = tai_str_find(view_from(hay, pos + needle.len), needle);
        if (next < 0)
            break;
        pos += needle.len + next;
    }
    return 0;
}

static PyObject *replace_places(PyObject *s, StrView hay, StrView from, PyObject *new, const Places *p)
{
    StrView to = str_view(new);
    Py_UCS4 bound = str_bound(s) > str_bound(new) ? str_bound(s) : str_bound(new);
    Py_ssize_t len;
    if (__builtin_mul_overflow(to.len - from.len, p->n, &len) || __builtin_add_overflow(len, hay.len, &len)) {
        PyErr_SetString(PyExc_OverflowError, "replace string is too long");
        return NULL;
    }
    if (len == 0)
        return tai_str_empty();
    PyObject *r = PyUnicode_New(len, bound);
    if (r == NULL)
        return NULL;
    int kind = str_kind(r);
    char *out = str_data(r);
    Py_ssize_t pos = 0, to_pos = 0;
    for (Py_ssize_t i = 0; i < p->n; i++) {
        Py_ssize_t gap = p->at[i] - pos;
        tai_str_copy(kind, out, to_pos, hay.kind, hay.data, pos, gap);
        tai_str_copy(kind, out, to_pos + gap, to.kind, to.data, 0, to.len);
        to_pos += gap + to.len;
        pos += gap + from.len;
    }
    tai_str_copy(kind, out, to_pos, hay.kind, hay.data, pos, hay.len - pos);
    if (bound > 0x7f && tai_str_scan_bound(kind, out, len) < bound) /* the widest may be gone */
        Py_SETREF(r, PyUnicode_FromKindAndData(kind, out, len));
    return r;
}

static PyObject *replace_general(PyObject *s, PyObject *old, PyObject *new, Py_ssize_t first, Py_ssize_t limit)
{
    Places places;
    PyObject *r = NULL;
    if (find_places(str_view(s), str_view(old), first, limit, &places) == 0)
        r = replace_places(s, str_view(s), str_view(old), new, &places);
    if (places.at != places.few)
        PyMem_Free(places.at);
    return r;
}

static PyObject *replace(PyObject *s, PyObject *old, PyObject *new, Py_ssize_t limit)
{
    if (limit < 0)
        limit = PY_SSIZE_T_MAX;
    else if (limit == 0 || str_len(s) == 0)
        return tai_str_exact(s);
    if (old == new || str_len(s) < str_len(old))
        return tai_str_exact(s);
    Py_ssize_t first = tai_str_find(str_view(s), str_view(old));
    if (first < 0 || tai_str_equal(old, new))
        return tai_str_exact(s);
    if (str_len(old) == 1 && str_len(new) == 1)
        return replace_chars(s, tai_str_at(old, 0), tai_str_at(new, 0), first, limit);
    return replace_general(s, old, new, str_len(old) ? first : 0, limit);
}

PyObject *tai_str_m_replace(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t limit = -1;
    if (!_PyArg_CheckPositional("replace", nargs, 2, 3))
        return NULL;
    for (int i = 0; i < 2; i++)
        if (!PyUnicode_Check(args[i])) {
            _PyArg_BadArgument("replace", i ? "argument 2" : "argument 1", "str", args[i]);
            return NULL;
        }
    if (nargs == 3) {
        if (tai_str_size_argument(args[2], &limit) < 0)
            return NULL;
    }
    if (str_ready(self) < 0 || str_ready(args[0]) < 0 || str_ready(args[1]) < 0)
        return NULL;
    return replace(self, args[0], args[1], limit);
}

/* ---- API ---- */

static void clip(Py_ssize_t *start, Py_ssize_t *end, Py_ssize_t len)
{
    if (*end > len)
        *end = len;
    else if (*end < 0 && (*end += len) < 0)
        *end = 0;
    if (*start < 0 && (*start += len) < 0)
        *start = 0;
}

Py_ssize_t PyUnicode_Find(PyObject *s, PyObject *sub, Py_ssize_t start, Py_ssize_t end, int direction)
{
    if (tai_str_ensure(s) < 0 || tai_str_ensure(sub) < 0)
        return -2;
    clip(&start, &end, str_len(s));
    return find_in_range(s, sub, start, end, direction <= 0);
}

Py_ssize_t PyUnicode_FindChar(PyObject *s, Py_UCS4 c, Py_ssize_t start, Py_ssize_t end, int direction)
{
    if (str_ready(s) < 0)
        return -2;
    clip(&start, &end, str_len(s));
    return direction > 0 ? tai_str_find_char(str_kind(s), str_data(s), start, end, c)
                         : rfind_char(str_kind(s), str_data(s), start, end, c);
}

Py_ssize_t PyUnicode_Count(PyObject *s, PyObject *sub, Py_ssize_t start, Py_ssize_t end)
{
    if (tai_str_ensure(s) < 0 || tai_str_ensure(sub) < 0)
        return -1;
    clip(&start, &end, str_len(s));
    return end - start < str_len(sub) ? 0 : count_of(view_range(s, start, end), str_view(sub), -1);
}

Py_ssize_t PyUnicode_Tailmatch(PyObject *s, PyObject *sub, Py_ssize_t start, Py_ssize_t end, int direction)
{
    if (tai_str_ensure(s) < 0 || tai_str_ensure(sub) < 0)
        return -1;
    return tail_match(s, sub, start, end, direction > 0);
}

PyObject *PyUnicode_Replace(PyObject *s, PyObject *old, PyObject *new, Py_ssize_t limit)
{
    if (tai_str_ensure(s) < 0 || tai_str_ensure(old) < 0 || tai_str_ensure(new) < 0)
        return NULL;
    return replace(s, old, new, limit);
}

int PyUnicode_Contains(PyObject *s, PyObject *sub)
{
    if (!PyUnicode_Check(sub)) {
        PyErr_Format(PyExc_TypeError, "'in <string>' requires string as left operand, not %.100s", Py_TYPE(sub)->tp_name);
        return -1;
    }
    if (str_ready(sub) < 0 || tai_str_ensure(s) < 0)
        return -1;
    return tai_str_find(str_view(s), str_view(sub)) >= 0;
}
