/* SPDX-License-Identifier: MIT */
/* str: case methods, and the predicates on all characters.
 *
 * Ascii strings are mapped byte by byte by arithmetic that the compiler vectorises; others go through a buffer of
 * three times their length (the longest full mapping) into the smallest kind. Final sigma is the one mapping that
 * depends on its neighbours.
 */
#include "objects/str/str.h"

static inline unsigned char ascii_lower(unsigned char c) { return c + ((unsigned char)(c - 'A') < 26 ? 32 : 0); }
static inline unsigned char ascii_upper(unsigned char c) { return c - ((unsigned char)(c - 'a') < 26 ? 32 : 0); }
static inline int ascii_alpha(unsigned char c) { return (unsigned char)((c | 32) - 'a') < 26; }

/* ---- mapping ---- */

/* sigma (U+03A3) at i of n characters: final form after a cased and before no cased character. */
static Py_UCS4 lower_sigma(int kind, const void *data, Py_ssize_t n, Py_ssize_t i)
{
    Py_ssize_t j = i - 1;
    while (j >= 0 && _PyUnicode_IsCaseIgnorable(str_get(kind, data, j)))
        j--;
    if (j < 0 || !_PyUnicode_IsCased(str_get(kind, data, j)))
        return 0x3c3;
    for (j = i + 1; j < n && _PyUnicode_IsCaseIgnorable(str_get(kind, data, j)); j++) {}
    return j < n && _PyUnicode_IsCased(str_get(kind, data, j)) ? 0x3c3 : 0x3c2;
}

static int lower_one(int kind, const void *data, Py_ssize_t n, Py_ssize_t i, Py_UCS4 c, Py_UCS4 *out)
{
    if (c == 0x3a3) {
        out[0] = lower_sigma(kind, data, n, i);
        return 1;
    }
    return _PyUnicode_ToLowerFull(c, out);
}

enum Mapping { TO_LOWER, TO_UPPER, TO_FOLDED, TO_SWAPPED, TO_CAPITALIZED, TO_TITLE };

static Py_ssize_t map_all(enum Mapping mapping, int kind, const void *data, Py_ssize_t n, Py_UCS4 *out)
{
    Py_ssize_t k = 0;
    int after_cased = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UCS4 c = str_get(kind, data, i);
        switch (mapping) {
        case TO_LOWER:
            if (c < 128)
                out[k++] = ascii_lower((unsigned char)c);
            else
                k += lower_one(kind, data, n, i, c, out + k);
            break;
        case TO_UPPER:
            if (c < 128)
                out[k++] = ascii_upper((unsigned char)c);
            else
                k += _PyUnicode_ToUpperFull(c, out + k);
            break;
        case TO_FOLDED: k += _PyUnicode_ToFoldedFull(c, out + k); break;
        case TO_SWAPPED:
            if (_PyUnicode_IsUppercase(c))
                k += lower_one(kind, data, n, i, c, out + k);
            else if (_PyUnicode_IsLowercase(c))
                k += _PyUnicode_ToUpperFull(c, out + k);
            else
                out[k++] = c;
            break;
        case TO_CAPITALIZED:
            k += i == 0 ? _PyUnicode_ToTitleFull(c, out + k) : lower_one(kind, data, n, i, c, out + k);
            break;
        case TO_TITLE:
            k += after_cased ? lower_one(kind, data, n, i, c, out + k) : _PyUnicode_ToTitleFull(c, out + k);
            after_cased = _PyUnicode_IsCased(c);
            break;
        }
    }
    return k;
}

static PyObject *map_wide(PyObject *s, enum Mapping mapping)
{
    Py_ssize_t n = str_len(s);
    if ((size_t)n > SIZE_MAX / (3 * sizeof(Py_UCS4))) {
        PyErr_SetString(PyExc_OverflowError, "string is too long");
        return NULL;
    }
    Py_UCS4 small[192], *out = n <= 64 ? small : PyMem_Malloc((size_t)n * 3 * sizeof(Py_UCS4));
    if (out == NULL)
        return PyErr_NoMemory();
    Py_ssize_t k = map_all(mapping, str_kind(s), str_data(s), n, out);
    PyObject *r = tai_str_from_bound(4, out, k, tai_str_scan_bound(4, out, k));
    if (out != small)
        PyMem_Free(out);
    return r;
}

#define ASCII_MAP(expression) \
    do { \
        for (Py_ssize_t i = 0; i < n; i++) { \
            unsigned char c = in[i]; \
            out[i] = (expression); \
        } \
    } while (0)

static void map_ascii(enum Mapping mapping, const unsigned char *restrict in, unsigned char *restrict out, Py_ssize_t n)
{
    int after = 0;
    switch (mapping) {
    case TO_LOWER: case TO_FOLDED: ASCII_MAP(ascii_lower(c)); break;
    case TO_UPPER: ASCII_MAP(ascii_upper(c)); break;
    case TO_SWAPPED: ASCII_MAP(ascii_alpha(c) ? c ^ 32 : c); break;
    case TO_CAPITALIZED:
        ASCII_MAP(ascii_lower(c));
        out[0] = ascii_upper(out[0]);
        break;
    case TO_TITLE:
        for (Py_ssize_t i = 0; i < n; i++) {
            out[i] = after ? ascii_lower(in[i]) : ascii_upper(in[i]);
            after = ascii_alpha(in[i]);
        }
        break;
    }
}

static PyObject *map_case(PyObject *s, enum Mapping mapping)
{
    if (str_ready(s) < 0)
        return NULL;
    Py_ssize_t n = str_len(s);
    if (n == 0)
        return tai_str_exact(s);
    if (!str_is_ascii(s))
        return map_wide(s, mapping);
    if (n == 1) {
        unsigned char c = *(unsigned char *)str_data(s);
        unsigned char mapped;
        map_ascii(mapping, &c, &mapped, 1);
        return tai_str_from_char(mapped);
    }
    PyObject *r = tai_str_new_ascii(n);
    if (r != NULL)
        map_ascii(mapping, str_data(s), str_data(r), n);
    return r;
}

#define CASE_METHOD(name, mapping) \
    PyObject *tai_str_m_##name(PyObject *self, PyObject *ignored) { return map_case(self, mapping); }
CASE_METHOD(lower, TO_LOWER)
CASE_METHOD(upper, TO_UPPER)
CASE_METHOD(casefold, TO_FOLDED)
CASE_METHOD(swapcase, TO_SWAPPED)
CASE_METHOD(capitalize, TO_CAPITALIZED)
CASE_METHOD(title, TO_TITLE)

/* ---- predicates ---- */

PyObject *tai_str_m_isascii(PyObject *self, PyObject *ignored)
{
    return str_ready(self) < 0 ? NULL : PyBool_FromLong(str_is_ascii(self));
}

static inline int is_alnum(Py_UCS4 c) { return Py_UNICODE_ISALNUM(c); }
static inline int is_space(Py_UCS4 c) { return Py_UNICODE_ISSPACE(c); }

/* True if there are characters and all satisfy the test. */
#define ALL_METHOD(name, test, when_empty) \
    PyObject *tai_str_m_##name(PyObject *self, PyObject *ignored) \
    { \
        if (str_ready(self) < 0) \
            return NULL; \
        StrView v = str_view(self); \
        if (v.len == 0) \
            return PyBool_FromLong(when_empty); \
        for (Py_ssize_t i = 0; i < v.len; i++) \
            if (!test(str_get(v.kind, v.data, i))) \
                Py_RETURN_FALSE; \
        Py_RETURN_TRUE; \
    }
ALL_METHOD(isspace, is_space, 0)
ALL_METHOD(isalpha, _PyUnicode_IsAlpha, 0)
ALL_METHOD(isalnum, is_alnum, 0)
ALL_METHOD(isdecimal, _PyUnicode_IsDecimalDigit, 0)
ALL_METHOD(isdigit, _PyUnicode_IsDigit, 0)
ALL_METHOD(isnumeric, _PyUnicode_IsNumeric, 0)
ALL_METHOD(isprintable, _PyUnicode_IsPrintable, 1)

/* No character of the other case, and one of this. */
static PyObject *one_case(PyObject *self, int (*wanted)(Py_UCS4), int (*refused)(Py_UCS4))
{
    if (str_ready(self) < 0)
        return NULL;
    StrView v = str_view(self);
    int seen = 0;
    for (Py_ssize_t i = 0; i < v.len; i++) {
        Py_UCS4 c = str_get(v.kind, v.data, i);
        if (refused(c) || _PyUnicode_IsTitlecase(c))
            Py_RETURN_FALSE;
        seen |= wanted(c);
    }
    return PyBool_FromLong(seen);
}

PyObject *tai_str_m_islower(PyObject *self, PyObject *ignored)
{
    return one_case(self, _PyUnicode_IsLowercase, _PyUnicode_IsUppercase);
}

PyObject *tai_str_m_isupper(PyObject *self, PyObject *ignored)
{
    return one_case(self, _PyUnicode_IsUppercase, _PyUnicode_IsLowercase);
}

PyObject *tai_str_m_istitle(PyObject *self, PyObject *ignored)
{
    if (str_ready(self) < 0)
        return NULL;
    StrView v = str_view(self);
    int after_cased = 0, seen = 0;
    for (Py_ssize_t i = 0; i < v.len; i++) {
        Py_UCS4 c = str_get(v.kind, v.data, i);
        int up = _PyUnicode_IsUppercase(c) || _PyUnicode_IsTitlecase(c), low = _PyUnicode_IsLowercase(c);
        if ((up && after_cased) || (low && !after_cased))
            Py_RETURN_FALSE;
        after_cased = up || low;
        seen |= after_cased;
    }
    return PyBool_FromLong(seen);
}

/* ---- identifiers ---- */

int PyUnicode_IsIdentifier(PyObject *s)
{
    if (str_ready(s) < 0)
        Py_FatalError("identifier not ready");
    StrView v = str_view(s);
    if (v.len == 0)
        return 0;
    Py_UCS4 c = str_get(v.kind, v.data, 0);
    if (c != '_' && !_PyUnicode_IsXidStart(c))
        return 0;
    for (Py_ssize_t i = 1; i < v.len; i++)
        if (!_PyUnicode_IsXidContinue(str_get(v.kind, v.data, i)))
            return 0;
    return 1;
}

PyObject *tai_str_m_isidentifier(PyObject *self, PyObject *ignored)
{
    return PyBool_FromLong(PyUnicode_IsIdentifier(self));
}
