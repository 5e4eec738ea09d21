/* SPDX-License-Identifier: MIT */
/* str, private side: inline helpers for the evaluator, dict and the files of this folder.
 *
 *   compact ascii:  PyASCIIObject        | bytes, 0
 *   compact:        PyCompactUnicodeObject | characters of 1, 2 or 4 bytes, 0
 *   legacy:         PyUnicodeObject, data.any -> characters (its own block), or only wstr while not ready
 *
 * [STR-1] Ready strings have the smallest kind that holds their largest character; so unequal kinds or
 *         ascii flags mean unequal strings.
 * [STR-2] A string may change only while its count is 1, it is exact, not interned and its hash is unset.
 * [STR-3] hash is -1 or final. The empty string's hash is 0.
 * [STR-4] Strings of length 0, and of length 1 below U+0100, are immortal singletons when made by this folder.
 */
#ifndef TAI_OBJECTS_STR_H
#define TAI_OBJECTS_STR_H

#include "Python.h"
#include <string.h>

#ifndef NODISCARD /* as in runtime/state.h, which this header does not need otherwise */
#define NODISCARD __attribute__((warn_unused_result))
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#endif

#define STR_ASCII(op) ((PyASCIIObject *)(op))
#define STR_COMPACT(op) ((PyCompactUnicodeObject *)(op))
#define STR_LEGACY(op) ((PyUnicodeObject *)(op))
#define STR_MAXCHAR 0x10ffffu

typedef struct {
    const void *data;
    Py_ssize_t len;
    int kind; /* 1, 2 or 4: bytes a character */
} StrView;

extern PyObject *tai_str_empty_object;
extern PyObject *tai_str_chars[256];

/* ---- access; all take ready strings ---- */

static inline Py_ssize_t str_len(PyObject *s) { return STR_ASCII(s)->length; }
static inline int str_kind(PyObject *s) { return STR_ASCII(s)->state.kind; }
static inline int str_is_ascii(PyObject *s) { return STR_ASCII(s)->state.ascii; }

static inline void *str_data(PyObject *s)
{
    if (STR_ASCII(s)->state.compact)
        return STR_ASCII(s)->state.ascii ? (void *)(STR_ASCII(s) + 1) : (void *)(STR_COMPACT(s) + 1);
    return STR_LEGACY(s)->data.any;
}

static inline StrView str_view(PyObject *s)
{
    StrView v = {str_data(s), str_len(s), str_kind(s)};
    return v;
}

static inline Py_UCS4 str_get(int kind, const void *data, Py_ssize_t i)
{
    return kind == 1 ? ((const Py_UCS1 *)data)[i] : kind == 2 ? ((const Py_UCS2 *)data)[i] : ((const Py_UCS4 *)data)[i];
}

static inline void str_put(int kind, void *data, Py_ssize_t i, Py_UCS4 c)
{
    if (kind == 1)
        ((Py_UCS1 *)data)[i] = (Py_UCS1)c;
    else if (kind == 2)
        ((Py_UCS2 *)data)[i] = (Py_UCS2)c;
    else
        ((Py_UCS4 *)data)[i] = c;
}

static inline Py_UCS4 tai_str_at(PyObject *s, Py_ssize_t i) { return str_get(str_kind(s), str_data(s), i); }

/* The bound that the representation promises: 0x7f, 0xff, 0xffff or 0x10ffff. */
static inline Py_UCS4 str_bound(PyObject *s)
{
    return str_is_ascii(s) ? 0x7f : str_kind(s) == 1 ? 0xff : str_kind(s) == 2 ? 0xffff : STR_MAXCHAR;
}

static inline int kind_for(Py_UCS4 bound) { return bound < 0x100 ? 1 : bound < 0x10000 ? 2 : 4; }

NODISCARD static inline int str_ready(PyObject *s) { return LIKELY(STR_ASCII(s)->state.ready) ? 0 : _PyUnicode_Ready(s); }

/* ---- what other units want inline ---- */

Py_hash_t tai_str_hash_slow(PyObject *s); /* -1 with MemoryError possible for legacy strings */

static inline Py_hash_t tai_str_hash(PyObject *s)
{
    return LIKELY(STR_ASCII(s)->hash != -1) ? STR_ASCII(s)->hash : tai_str_hash_slow(s);
}

/* Equality of two ready strings. */
static inline int tai_str_equal(PyObject *a, PyObject *b)
{
    if (a == b)
        return 1;
    if (str_len(a) != str_len(b) || str_kind(a) != str_kind(b))
        return 0;
    Py_hash_t ha = STR_ASCII(a)->hash, hb = STR_ASCII(b)->hash;
    if (ha != hb && ha != -1 && hb != -1)
        return 0;
    return memcmp(str_data(a), str_data(b), (size_t)str_len(a) * str_kind(a)) == 0;
}

/* An argument that is a number of characters. 0 / -1. Runs code. */
NODISCARD int tai_str_size_argument(PyObject *arg, Py_ssize_t *out);

/* New reference to the string of one character, c <= 0x10ffff. */
PyObject *tai_str_from_wide_char(Py_UCS4 c);

NODISCARD static inline PyObject *tai_str_from_char(Py_UCS4 c)
{
    if (LIKELY(c < 256)) {
        PyObject *s = tai_str_chars[c];
        Py_INCREF(s);
        return s;
    }
    return tai_str_from_wide_char(c);
}

static inline PyObject *tai_str_empty(void)
{
    Py_INCREF(tai_str_empty_object);
    return tai_str_empty_object;
}

/* An ascii string of len > 0 characters, its bytes to be filled in at PyUnicode_1BYTE_DATA. */
NODISCARD static inline PyObject *tai_str_new_ascii(Py_ssize_t len)
{
    PyASCIIObject *s = (PyASCIIObject *)PyObject_Malloc(sizeof(PyASCIIObject) + (size_t)len + 1);
    if (UNLIKELY(s == NULL))
        return PyErr_NoMemory();
    (void)PyObject_INIT((PyObject *)s, &PyUnicode_Type);
    s->length = len;
    s->hash = -1;
    memset(&s->state, 0, sizeof s->state);
    s->state.kind = 1;
    s->state.compact = 1;
    s->state.ascii = 1;
    s->state.ready = 1;
    s->wstr = NULL;
    ((char *)(s + 1))[len] = 0;
    return (PyObject *)s;
}

/* s[start:end] of a ready exact or derived string, 0 <= start <= end <= len; always an exact str. New. */
NODISCARD PyObject *tai_str_slice(PyObject *s, Py_ssize_t start, Py_ssize_t end);
/* Repetition as sq_repeat. New. */
NODISCARD PyObject *tai_str_repeat(PyObject *s, Py_ssize_t count);

/* ---- characters in bulk ---- */

/* 0x7f, 0xff, 0xffff or 0x10ffff: the class of the largest of n characters. */
Py_UCS4 tai_str_scan_bound(int kind, const void *data, Py_ssize_t n);
/* Copy n characters between kinds; narrowing needs characters that fit. */
void tai_str_copy(int to_kind, void *to, Py_ssize_t to_pos, int kind, const void *from, Py_ssize_t pos, Py_ssize_t n);
void tai_str_fill(int kind, void *to, Py_ssize_t pos, Py_ssize_t n, Py_UCS4 c);
/* The interned string of n ASCII characters; new reference or NULL with MemoryError. */
PyObject *tai_intern_ascii(const char *text, Py_ssize_t n);
/* First byte >= 0x80, or end. */
const unsigned char *tai_ascii_end(const unsigned char *p, const unsigned char *end);

/* Are these n bytes ASCII? Names are short: two words that may overlap see all of them. */
static inline int str_bytes_are_ascii(const char *text, size_t n)
{
    const unsigned char *p = (const unsigned char *)text;
    if (n >= 8 && n <= 16) {
        uint64_t first, last;
        memcpy(&first, p, 8);
        memcpy(&last, p + n - 8, 8);
        return ((first | last) & 0x8080808080808080u) == 0;
    }
    if (n >= 4 && n < 8) {
        uint32_t first, last;
        memcpy(&first, p, 4);
        memcpy(&last, p + n - 4, 4);
        return ((first | last) & 0x80808080u) == 0;
    }
    return tai_ascii_end(p, p + n) == p + n;
}
/* New exact string from characters below or at bound, where bound is the true class. */
NODISCARD PyObject *tai_str_from_bound(int kind, const void *data, Py_ssize_t n, Py_UCS4 bound);
/* Same characters as an exact str: s itself if it is one. New. */
NODISCARD PyObject *tai_str_exact(PyObject *s);
/* 1 if [STR-2] holds. */
static inline int tai_str_is_private(PyObject *s)
{
    return Py_REFCNT(s) == 1 && STR_ASCII(s)->hash == -1 && !STR_ASCII(s)->state.interned && PyUnicode_CheckExact(s);
}

/* TypeError "must be str, not X" unless a str; readies it. 0 or -1. */
NODISCARD int tai_str_ensure(PyObject *s);

/* ---- searching (search.c) ---- */

/* Lowest (highest) index >= 0 of needle in hay, or -1. Linear in hay.len + needle.len. Kinds may differ. */
Py_ssize_t tai_str_find(StrView hay, StrView needle);
Py_ssize_t tai_str_rfind(StrView hay, StrView needle);
Py_ssize_t tai_str_find_char(int kind, const void *data, Py_ssize_t start, Py_ssize_t end, Py_UCS4 c);

/* ---- methods that stand in files of their own; slots and table rows refer to them (methods.c) ---- */

#define STR_NOARGS(name) PyObject *tai_str_m_##name(PyObject *self, PyObject *ignored);
#define STR_ONEARG(name) PyObject *tai_str_m_##name(PyObject *self, PyObject *arg);
#define STR_FAST(name) PyObject *tai_str_m_##name(PyObject *self, PyObject *const *args, Py_ssize_t nargs);
#define STR_FASTKW(name) \
    PyObject *tai_str_m_##name(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames);
STR_NOARGS(capitalize) STR_NOARGS(casefold) STR_NOARGS(title) STR_NOARGS(swapcase) STR_NOARGS(lower) STR_NOARGS(upper)
STR_NOARGS(isascii) STR_NOARGS(islower) STR_NOARGS(isupper) STR_NOARGS(istitle) STR_NOARGS(isspace) STR_NOARGS(isalpha)
STR_NOARGS(isalnum) STR_NOARGS(isdecimal) STR_NOARGS(isdigit) STR_NOARGS(isnumeric) STR_NOARGS(isidentifier)
STR_NOARGS(isprintable)
STR_FAST(find) STR_FAST(rfind) STR_FAST(index) STR_FAST(rindex) STR_FAST(count) STR_FAST(startswith) STR_FAST(endswith)
STR_FAST(replace) STR_FAST(strip) STR_FAST(lstrip) STR_FAST(rstrip)
STR_FASTKW(split) STR_FASTKW(rsplit) STR_FASTKW(splitlines)
STR_ONEARG(partition) STR_ONEARG(rpartition) STR_ONEARG(join)
STR_ONEARG(translate) STR_FAST(maketrans)
STR_ONEARG(format_map)
STR_FASTKW(format)

#endif
