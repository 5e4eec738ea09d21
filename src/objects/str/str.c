/* SPDX-License-Identifier: MIT */
/* str: representation, allocation and conversion between its forms (see str.h for the drawing and invariants).
 *
 * Everything that knows where the characters lie and who frees them is in this file. Order: bulk helpers, making,
 * readying of legacy forms, changing in place, releasing, then the public API that reads and writes raw characters.
 * Tests: tests/objects/str/.
 */
#include "objects/str/str.h"
#include "objects/str/str_init.h"
#include "runtime/immortal.h"
#include <wchar.h>

_Static_assert(sizeof(PyASCIIObject) == 48 && sizeof(PyCompactUnicodeObject) == 72 && sizeof(PyUnicodeObject) == 80, "ABI");
_Static_assert(sizeof(wchar_t) == 4, "wchar_t holds every character");

PyObject *tai_str_empty_object;
PyObject *tai_str_chars[256];

/* ---- bulk helpers ---- */

const unsigned char *tai_ascii_end(const unsigned char *p, const unsigned char *end)
{
    while (end - p >= 32) {
        uint64_t w[4];
        memcpy(w, p, 32);
        if ((w[0] | w[1] | w[2] | w[3]) & 0x8080808080808080u)
            break;
        p += 32;
    }
    while (end - p >= 8) {
        uint64_t w;
        memcpy(&w, p, 8);
        w &= 0x8080808080808080u;
        if (w)
            return p + (__builtin_ctzll(w) >> 3);
        p += 8;
    }
    while (p < end && *p < 0x80)
        p++;
    return p;
}

static Py_UCS4 scan_bound2(const Py_UCS2 *p, Py_ssize_t n)
{
    Py_UCS4 seen = 0;
    while (n > 0) {
        Py_ssize_t step = n < 256 ? n : 256;
        unsigned block = 0;
        for (Py_ssize_t i = 0; i < step; i++)
            block |= p[i];
        seen |= block;
        if (seen > 0xff)
            return 0xffff;
        p += step;
        n -= step;
    }
    return seen < 0x80 ? 0x7f : 0xff;
}

static Py_UCS4 scan_bound4(const Py_UCS4 *p, Py_ssize_t n)
{
    Py_UCS4 seen = 0;
    while (n > 0) {
        Py_ssize_t step = n < 256 ? n : 256;
        Py_UCS4 block = 0;
        for (Py_ssize_t i = 0; i < step; i++)
            block |= p[i];
        seen |= block;
        if (seen > 0xffff)
            return STR_MAXCHAR;
        p += step;
        n -= step;
    }
    return seen < 0x80 ? 0x7f : seen < 0x100 ? 0xff : 0xffff;
}

Py_UCS4 tai_str_scan_bound(int kind, const void *data, Py_ssize_t n)
{
    if (kind == 1) {
        const unsigned char *p = data;
        return tai_ascii_end(p, p + n) == p + n ? 0x7f : 0xff;
    }
    return kind == 2 ? scan_bound2(data, n) : scan_bound4(data, n);
}

#define COPY_LOOP(To, From) \
    do { \
        To *restrict t_ = (To *)to + to_pos; \
        const From *restrict f_ = (const From *)from + pos; \
        for (Py_ssize_t i = 0; i < n; i++) \
            t_[i] = (To)f_[i]; \
    } while (0)

void tai_str_copy(int to_kind, void *to, Py_ssize_t to_pos, int kind, const void *from, Py_ssize_t pos, Py_ssize_t n)
{
    if (to_kind == kind) {
        memcpy((char *)to + to_pos * kind, (const char *)from + pos * kind, (size_t)n * kind);
        return;
    }
    switch (to_kind * 8 + kind) {
    case 1 * 8 + 2: COPY_LOOP(Py_UCS1, Py_UCS2); break;
    case 1 * 8 + 4: COPY_LOOP(Py_UCS1, Py_UCS4); break;
    case 2 * 8 + 1: COPY_LOOP(Py_UCS2, Py_UCS1); break;
    case 2 * 8 + 4: COPY_LOOP(Py_UCS2, Py_UCS4); break;
    case 4 * 8 + 1: COPY_LOOP(Py_UCS4, Py_UCS1); break;
    case 4 * 8 + 2: COPY_LOOP(Py_UCS4, Py_UCS2); break;
    }
}

void tai_str_fill(int kind, void *to, Py_ssize_t pos, Py_ssize_t n, Py_UCS4 c)
{
    if (kind == 1) {
        memset((char *)to + pos, (int)c, (size_t)n);
    } else if (kind == 2) {
        Py_UCS2 *p = (Py_UCS2 *)to + pos;
        for (Py_ssize_t i = 0; i < n; i++)
            p[i] = (Py_UCS2)c;
    } else {
        Py_UCS4 *p = (Py_UCS4 *)to + pos;
        for (Py_ssize_t i = 0; i < n; i++)
            p[i] = c;
    }
}

int tai_str_ensure(PyObject *s)
{
    if (!PyUnicode_Check(s)) {
        PyErr_Format(PyExc_TypeError, "must be str, not %.100s", Py_TYPE(s)->tp_name);
        return -1;
    }
    return str_ready(s);
}

int tai_str_size_argument(PyObject *arg, Py_ssize_t *out)
{
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    PyObject *index = PyNumber_Index(arg);
    if (index == NULL)
        return -1;
    *out = PyLong_AsSsize_t(index);
    Py_DECREF(index);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

/* ---- making ---- */

static PyObject *new_compact(Py_ssize_t len, int kind)
{
    if (len > (PY_SSIZE_T_MAX - (Py_ssize_t)sizeof(PyCompactUnicodeObject)) / kind - 1)
        return PyErr_NoMemory();
    PyCompactUnicodeObject *s = PyObject_Malloc(sizeof *s + (size_t)(len + 1) * kind);
    if (s == NULL)
        return PyErr_NoMemory();
    (void)PyObject_INIT((PyObject *)s, &PyUnicode_Type);
    PyASCIIObject *base = &s->_base;
    base->length = len;
    base->hash = -1;
    memset(&base->state, 0, sizeof base->state);
    base->state.kind = (unsigned)kind;
    base->state.compact = 1;
    base->state.ready = 1;
    s->utf8 = NULL;
    s->utf8_length = 0;
    if (kind == 4) { /* the characters serve as wchar_t too */
        base->wstr = (wchar_t *)(s + 1);
        s->wstr_length = len;
    } else {
        base->wstr = NULL;
        s->wstr_length = 0;
    }
    str_put(kind, s + 1, len, 0);
    return (PyObject *)s;
}

PyObject *PyUnicode_New(Py_ssize_t size, Py_UCS4 maxchar)
{
    if (size == 0 && tai_str_empty_object != NULL)
        return tai_str_empty();
    if (maxchar > STR_MAXCHAR) {
        PyErr_SetString(PyExc_SystemError, "invalid maximum character passed to PyUnicode_New");
        return NULL;
    }
    if (size < 0) {
        PyErr_SetString(PyExc_SystemError, "Negative size passed to PyUnicode_New");
        return NULL;
    }
    if (maxchar < 0x80) {
        if (size > PY_SSIZE_T_MAX - (Py_ssize_t)sizeof(PyASCIIObject) - 1)
            return PyErr_NoMemory();
        return tai_str_new_ascii(size);
    }
    return new_compact(size, kind_for(maxchar));
}

/* A legacy string that is not ready: only wstr, of len characters, undefined but for the final 0. */
static PyObject *new_wide(Py_ssize_t len)
{
    if (len == 0)
        return tai_str_empty();
    if (len < 0) {
        PyErr_SetString(PyExc_SystemError, "Negative size passed to _PyUnicode_New");
        return NULL;
    }
    if (len > PY_SSIZE_T_MAX / (Py_ssize_t)sizeof(wchar_t) - 1)
        return PyErr_NoMemory();
    PyUnicodeObject *s = PyObject_Malloc(sizeof *s);
    if (s == NULL)
        return PyErr_NoMemory();
    memset(s, 0, sizeof *s);
    (void)PyObject_INIT((PyObject *)s, &PyUnicode_Type);
    wchar_t *wide = PyObject_Malloc(sizeof(wchar_t) * (size_t)(len + 1));
    STR_ASCII(s)->hash = -1;
    STR_ASCII(s)->wstr = wide;
    if (wide == NULL) {
        Py_DECREF(s);
        return PyErr_NoMemory();
    }
    wide[0] = 0;
    wide[len] = 0;
    STR_COMPACT(s)->wstr_length = len;
    return (PyObject *)s;
}

PyObject *tai_str_from_wide_char(Py_UCS4 c)
{
    PyObject *s = PyUnicode_New(1, c);
    if (s != NULL)
        str_put(str_kind(s), str_data(s), 0, c);
    return s;
}

PyObject *tai_str_from_bound(int kind, const void *data, Py_ssize_t n, Py_UCS4 bound)
{
    if (n == 0)
        return tai_str_empty();
    if (n == 1 && bound < 0x100)
        return tai_str_from_char(str_get(kind, data, 0));
    PyObject *s = PyUnicode_New(n, bound);
    if (s != NULL)
        tai_str_copy(str_kind(s), str_data(s), 0, kind, data, 0, n);
    return s;
}

static int check_range4(const Py_UCS4 *p, Py_ssize_t n)
{
    for (Py_ssize_t i = 0; i < n; i++)
        if (p[i] > STR_MAXCHAR) {
            PyErr_Format(PyExc_ValueError, "character U+%x is not in range [U+0000; U+10ffff]", p[i]);
            return -1;
        }
    return 0;
}

PyObject *PyUnicode_FromKindAndData(int kind, const void *buffer, Py_ssize_t size)
{
    if (size < 0) {
        PyErr_SetString(PyExc_ValueError, "size must be positive");
        return NULL;
    }
    if (kind != 1 && kind != 2 && kind != 4) {
        PyErr_SetString(PyExc_SystemError, "invalid kind");
        return NULL;
    }
    return tai_str_from_bound(kind, buffer, size, tai_str_scan_bound(kind, buffer, size));
}

PyObject *_PyUnicode_FromASCII(const char *buffer, Py_ssize_t size)
{
    if (size <= 1)
        return size <= 0 ? PyUnicode_New(size, 0x7f) : tai_str_from_char((unsigned char)buffer[0]); /* below 0: SystemError */
    PyObject *s = tai_str_new_ascii(size);
    if (s != NULL)
        memcpy(str_data(s), buffer, (size_t)size);
    return s;
}

PyObject *PyUnicode_FromUnicode(const Py_UNICODE *u, Py_ssize_t size)
{
    if (u == NULL)
        return new_wide(size);
    if (size < 0) { /* unlike there, -1 is no request to count */
        PyErr_BadInternalCall();
        return NULL;
    }
    return PyUnicode_FromWideChar(u, size);
}

PyObject *PyUnicode_FromWideChar(const wchar_t *u, Py_ssize_t size)
{
    if (u == NULL && size != 0) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (size == -1)
        size = (Py_ssize_t)wcslen(u);
    if (size == 0)
        return tai_str_empty();
    const Py_UCS4 *chars = (const Py_UCS4 *)u;
    Py_UCS4 bound = tai_str_scan_bound(4, chars, size);
    if (bound > 0xffff && check_range4(chars, size) < 0)
        return NULL;
    return tai_str_from_bound(4, chars, size, bound);
}

PyObject *PyUnicode_FromStringAndSize(const char *u, Py_ssize_t size)
{
    if (size < 0) {
        PyErr_SetString(PyExc_SystemError, "Negative size passed to PyUnicode_FromStringAndSize");
        return NULL;
    }
    return u != NULL ? PyUnicode_DecodeUTF8Stateful(u, size, NULL, NULL) : new_wide(size);
}

PyObject *PyUnicode_FromString(const char *u)
{
    size_t n = strlen(u);
    if (n > PY_SSIZE_T_MAX) {
        PyErr_SetString(PyExc_OverflowError, "input too long");
        return NULL;
    }
    return PyUnicode_DecodeUTF8Stateful(u, (Py_ssize_t)n, NULL, NULL);
}

PyObject *PyUnicode_FromOrdinal(int ordinal)
{
    if (ordinal < 0 || ordinal > (int)STR_MAXCHAR) {
        PyErr_SetString(PyExc_ValueError, "chr() arg not in range(0x110000)");
        return NULL;
    }
    return tai_str_from_char((Py_UCS4)ordinal);
}

PyObject *_PyUnicode_Copy(PyObject *s)
{
    if (!PyUnicode_Check(s)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (str_ready(s) < 0)
        return NULL;
    PyObject *copy = PyUnicode_New(str_len(s), str_bound(s));
    if (copy != NULL && str_len(s) > 0)
        memcpy(str_data(copy), str_data(s), (size_t)str_len(s) * str_kind(s));
    return copy;
}

PyObject *tai_str_exact(PyObject *s)
{
    if (PyUnicode_CheckExact(s)) {
        Py_INCREF(s);
        return s;
    }
    return _PyUnicode_Copy(s);
}

PyObject *PyUnicode_FromObject(PyObject *obj)
{
    if (!PyUnicode_Check(obj)) {
        PyErr_Format(PyExc_TypeError, "Can't convert '%.100s' object to str implicitly", Py_TYPE(obj)->tp_name);
        return NULL;
    }
    return str_ready(obj) < 0 ? NULL : tai_str_exact(obj);
}

PyObject *tai_str_slice(PyObject *s, Py_ssize_t start, Py_ssize_t end)
{
    Py_ssize_t n = end - start;
    if (n <= 0)
        return tai_str_empty();
    if (n == str_len(s) && PyUnicode_CheckExact(s)) {
        Py_INCREF(s);
        return s;
    }
    int kind = str_kind(s);
    const char *data = (const char *)str_data(s) + start * kind;
    if (n == 1)
        return tai_str_from_char(str_get(kind, data, 0));
    if (str_is_ascii(s)) {
        PyObject *r = tai_str_new_ascii(n);
        if (r != NULL)
            memcpy(str_data(r), data, (size_t)n);
        return r;
    }
    return tai_str_from_bound(kind, data, n, tai_str_scan_bound(kind, data, n));
}

PyObject *PyUnicode_Substring(PyObject *self, Py_ssize_t start, Py_ssize_t end)
{
    if (str_ready(self) < 0)
        return NULL;
    Py_ssize_t len = str_len(self);
    if (end > len)
        end = len;
    if (start < 0 || end < 0) {
        PyErr_SetString(PyExc_IndexError, "string index out of range");
        return NULL;
    }
    if (start >= len || end < start)
        return tai_str_empty();
    return tai_str_slice(self, start, end);
}

/* Instance of a subclass with the characters of s; it is of the legacy form, with its own block. New. */
PyObject *tai_str_new_subtype(PyTypeObject *type, PyObject *s)
{
    if (str_ready(s) < 0)
        return NULL;
    PyUnicodeObject *self = (PyUnicodeObject *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    int kind = str_kind(s);
    Py_ssize_t len = str_len(s);
    PyASCIIObject *base = STR_ASCII(self);
    memset(&base->state, 0, sizeof base->state);
    base->wstr = NULL;
    STR_COMPACT(self)->utf8 = NULL;
    STR_COMPACT(self)->utf8_length = 0;
    STR_COMPACT(self)->wstr_length = 0;
    self->data.any = NULL;
    base->length = len;
    base->hash = STR_ASCII(s)->hash;
    base->state.kind = (unsigned)kind;
    base->state.ascii = (unsigned)str_is_ascii(s);
    base->state.ready = 1;
    void *data = len > PY_SSIZE_T_MAX / kind - 1 ? NULL : PyObject_Malloc((size_t)(len + 1) * kind);
    if (data == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    memcpy(data, str_data(s), (size_t)(len + 1) * kind);
    self->data.any = data;
    if (base->state.ascii) {
        STR_COMPACT(self)->utf8 = data;
        STR_COMPACT(self)->utf8_length = len;
    } else if (kind == 4) {
        base->wstr = data;
        STR_COMPACT(self)->wstr_length = len;
    }
    return (PyObject *)self;
}

/* ---- legacy forms ---- */

static int has_own_wstr(PyObject *s)
{
    return STR_ASCII(s)->wstr && (!STR_ASCII(s)->state.ready || (void *)STR_ASCII(s)->wstr != str_data(s));
}

static int has_own_utf8(PyObject *s)
{
    return !PyUnicode_IS_COMPACT_ASCII(s) && STR_COMPACT(s)->utf8 && (void *)STR_COMPACT(s)->utf8 != str_data(s);
}

/* Give a wide-only string its smallest form. 0, or -1 with an exception. */
int _PyUnicode_Ready(PyObject *s)
{
    PyASCIIObject *base = STR_ASCII(s);
    if (base->state.ready)
        return 0;
    const Py_UCS4 *wide = (const Py_UCS4 *)base->wstr;
    Py_ssize_t len = STR_COMPACT(s)->wstr_length;
    Py_UCS4 bound = tai_str_scan_bound(4, wide, len);
    if (bound > 0xffff && check_range4(wide, len) < 0)
        return -1;
    int kind = kind_for(bound);
    if (kind == 4) {
        STR_LEGACY(s)->data.any = base->wstr;
    } else {
        void *data = PyObject_Malloc((size_t)(len + 1) * kind);
        if (data == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        tai_str_copy(kind, data, 0, 4, wide, 0, len);
        str_put(kind, data, len, 0);
        STR_LEGACY(s)->data.any = data;
        PyObject_Free(base->wstr);
        base->wstr = NULL;
        STR_COMPACT(s)->wstr_length = 0;
    }
    STR_COMPACT(s)->utf8 = bound == 0x7f ? STR_LEGACY(s)->data.any : NULL;
    STR_COMPACT(s)->utf8_length = bound == 0x7f ? len : 0;
    base->length = len;
    base->state.kind = (unsigned)kind;
    base->state.ascii = bound == 0x7f;
    base->state.ready = 1;
    return 0;
}

/* ---- changing in place ---- */

static void drop_caches(PyObject *s)
{
    if (has_own_utf8(s)) {
        PyObject_Free(STR_COMPACT(s)->utf8);
        STR_COMPACT(s)->utf8 = NULL;
        STR_COMPACT(s)->utf8_length = 0;
    }
    if (STR_ASCII(s)->state.ready && has_own_wstr(s)) {
        PyObject_Free(STR_ASCII(s)->wstr);
        STR_ASCII(s)->wstr = NULL;
        if (!PyUnicode_IS_COMPACT_ASCII(s))
            STR_COMPACT(s)->wstr_length = 0;
    }
}

static PyObject *resize_compact(PyObject *s, Py_ssize_t len)
{
    drop_caches(s);
    int kind = str_kind(s);
    size_t head = str_is_ascii(s) ? sizeof(PyASCIIObject) : sizeof(PyCompactUnicodeObject);
    int shares_wide = !str_is_ascii(s) && STR_ASCII(s)->wstr != NULL;
    if (len > (PY_SSIZE_T_MAX - (Py_ssize_t)head) / kind - 1) {
        PyErr_NoMemory();
        return NULL;
    }
    PyObject *moved = PyObject_Realloc(s, head + (size_t)(len + 1) * kind);
    if (moved == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    STR_ASCII(moved)->length = len;
    if (shares_wide) {
        STR_ASCII(moved)->wstr = str_data(moved);
        STR_COMPACT(moved)->wstr_length = len;
    }
    str_put(kind, str_data(moved), len, 0);
    return moved;
}

static int resize_legacy(PyObject *s, Py_ssize_t len)
{
    if (!STR_ASCII(s)->state.ready) {
        if (len > PY_SSIZE_T_MAX / 4 - 1) {
            PyErr_NoMemory();
            return -1;
        }
        wchar_t *wide = PyObject_Realloc(STR_ASCII(s)->wstr, sizeof(wchar_t) * (size_t)(len + 1));
        if (wide == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        wide[len] = 0;
        STR_ASCII(s)->wstr = wide;
        STR_COMPACT(s)->wstr_length = len;
        return 0;
    }
    drop_caches(s);
    int kind = str_kind(s), shares_wide = STR_ASCII(s)->wstr != NULL, shares_utf8 = STR_COMPACT(s)->utf8 != NULL;
    void *data = len > PY_SSIZE_T_MAX / kind - 1 ? NULL
                                                 : PyObject_Realloc(STR_LEGACY(s)->data.any, (size_t)(len + 1) * kind);
    if (data == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    STR_LEGACY(s)->data.any = data;
    str_put(kind, data, len, 0);
    STR_ASCII(s)->length = len;
    if (shares_wide) {
        STR_ASCII(s)->wstr = data;
        STR_COMPACT(s)->wstr_length = len;
    }
    if (shares_utf8) {
        STR_COMPACT(s)->utf8 = data;
        STR_COMPACT(s)->utf8_length = len;
    }
    return 0;
}

/* A copy of another length; added characters are undefined. */
static PyObject *resize_copy(PyObject *s, Py_ssize_t len)
{
    if (!STR_ASCII(s)->state.ready) {
        PyObject *copy = new_wide(len);
        Py_ssize_t n = STR_COMPACT(s)->wstr_length;
        if (copy != NULL && len > 0)
            memcpy(STR_ASCII(copy)->wstr, STR_ASCII(s)->wstr, sizeof(wchar_t) * (size_t)(n < len ? n : len));
        return copy;
    }
    PyObject *copy = PyUnicode_New(len, str_bound(s));
    Py_ssize_t n = str_len(s) < len ? str_len(s) : len;
    if (copy != NULL && n > 0)
        memcpy(str_data(copy), str_data(s), (size_t)n * str_kind(s));
    return copy;
}

int PyUnicode_Resize(PyObject **p, Py_ssize_t len)
{
    PyObject *s = p == NULL ? NULL : *p;
    if (s == NULL || !PyUnicode_Check(s) || len < 0) {
        PyErr_BadInternalCall();
        return -1;
    }
    Py_ssize_t old = STR_ASCII(s)->state.ready ? str_len(s) : STR_COMPACT(s)->wstr_length;
    if (old == len)
        return 0;
    if (len == 0) {
        *p = tai_str_empty();
        Py_DECREF(s);
        return 0;
    }
    if (!tai_str_is_private(s)) {
        PyObject *copy = resize_copy(s, len);
        if (copy == NULL)
            return -1;
        Py_SETREF(*p, copy);
        return 0;
    }
    if (STR_ASCII(s)->state.compact) {
        PyObject *moved = resize_compact(s, len);
        if (moved == NULL)
            return -1;
        *p = moved;
        return 0;
    }
    return resize_legacy(s, len);
}

static int check_writable(PyObject *s)
{
    if (tai_str_is_private(s))
        return 0;
    PyErr_SetString(PyExc_SystemError, "Cannot modify a string currently used");
    return -1;
}

int PyUnicode_WriteChar(PyObject *s, Py_ssize_t index, Py_UCS4 c)
{
    if (!PyUnicode_Check(s) || !PyUnicode_IS_COMPACT(s)) {
        PyErr_BadArgument();
        return -1;
    }
    if (index < 0 || index >= str_len(s)) {
        PyErr_SetString(PyExc_IndexError, "string index out of range");
        return -1;
    }
    if (check_writable(s) < 0)
        return -1;
    if (c > str_bound(s)) {
        PyErr_SetString(PyExc_ValueError, "character out of range");
        return -1;
    }
    str_put(str_kind(s), str_data(s), index, c);
    return 0;
}

void _PyUnicode_FastFill(PyObject *s, Py_ssize_t start, Py_ssize_t length, Py_UCS4 c)
{
    tai_str_fill(str_kind(s), str_data(s), start, length, c);
}

Py_ssize_t PyUnicode_Fill(PyObject *s, Py_ssize_t start, Py_ssize_t length, Py_UCS4 c)
{
    if (!PyUnicode_Check(s)) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (str_ready(s) < 0 || check_writable(s) < 0)
        return -1;
    if (start < 0) {
        PyErr_SetString(PyExc_IndexError, "string index out of range");
        return -1;
    }
    if (c > str_bound(s)) {
        PyErr_SetString(PyExc_ValueError, "fill character is bigger than the string maximum character");
        return -1;
    }
    Py_ssize_t room = str_len(s) - start;
    if (length > room)
        length = room;
    if (length <= 0)
        return 0;
    _PyUnicode_FastFill(s, start, length, c);
    return length;
}

void _PyUnicode_FastCopyCharacters(PyObject *to, Py_ssize_t to_start, PyObject *from, Py_ssize_t from_start, Py_ssize_t n)
{
    tai_str_copy(str_kind(to), str_data(to), to_start, str_kind(from), str_data(from), from_start, n);
}

Py_ssize_t PyUnicode_CopyCharacters(PyObject *to, Py_ssize_t to_start, PyObject *from, Py_ssize_t from_start, Py_ssize_t n)
{
    if (!PyUnicode_Check(from) || !PyUnicode_Check(to)) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (str_ready(from) < 0 || str_ready(to) < 0)
        return -1;
    if ((size_t)from_start > (size_t)str_len(from) || (size_t)to_start > (size_t)str_len(to)) {
        PyErr_SetString(PyExc_IndexError, "string index out of range");
        return -1;
    }
    if (n < 0) {
        PyErr_SetString(PyExc_SystemError, "how_many cannot be negative");
        return -1;
    }
    if (n > str_len(from) - from_start)
        n = str_len(from) - from_start;
    if (to_start + n > str_len(to)) {
        PyErr_Format(PyExc_SystemError, "Cannot write %zi characters at %zi in a string of %zi characters", n, to_start,
                     str_len(to));
        return -1;
    }
    if (n == 0)
        return 0;
    if (check_writable(to) < 0)
        return -1;
    int kind = str_kind(from);
    Py_UCS4 bound = tai_str_scan_bound(kind, (const char *)str_data(from) + from_start * kind, n);
    if (bound > str_bound(to)) {
        PyErr_Format(PyExc_SystemError, "Cannot copy %s characters into a string of %s characters",
                     kind == 1 ? (str_is_ascii(from) ? "ASCII" : "Latin-1") : kind == 2 ? "UCS2" : "UCS4",
                     str_kind(to) == 1 ? (str_is_ascii(to) ? "ASCII" : "Latin-1") : str_kind(to) == 2 ? "UCS2" : "UCS4");
        return -1;
    }
    _PyUnicode_FastCopyCharacters(to, to_start, from, from_start, n);
    return n;
}

/* ---- releasing ---- */

void tai_str_dealloc(PyObject *s)
{
    if (UNLIKELY(STR_ASCII(s)->state.interned))
        tai_intern_forget(s);
    if (LIKELY(PyUnicode_IS_COMPACT_ASCII(s))) {
        if (UNLIKELY(STR_ASCII(s)->wstr != NULL))
            PyObject_Free(STR_ASCII(s)->wstr);
    } else {
        if (has_own_wstr(s))
            PyObject_Free(STR_ASCII(s)->wstr);
        if (has_own_utf8(s))
            PyObject_Free(STR_COMPACT(s)->utf8);
        if (!STR_ASCII(s)->state.compact && STR_LEGACY(s)->data.any)
            PyObject_Free(STR_LEGACY(s)->data.any);
    }
    Py_TYPE(s)->tp_free(s);
}

Py_ssize_t tai_str_sizeof(PyObject *s)
{
    Py_ssize_t size;
    if (PyUnicode_IS_COMPACT_ASCII(s))
        size = (Py_ssize_t)sizeof(PyASCIIObject) + str_len(s) + 1;
    else if (PyUnicode_IS_COMPACT(s))
        size = (Py_ssize_t)sizeof(PyCompactUnicodeObject) + (str_len(s) + 1) * str_kind(s);
    else {
        size = (Py_ssize_t)sizeof(PyUnicodeObject);
        if (STR_LEGACY(s)->data.any)
            size += (str_len(s) + 1) * str_kind(s);
    }
    if (has_own_wstr(s))
        size += (PyUnicode_WSTR_LENGTH(s) + 1) * (Py_ssize_t)sizeof(wchar_t);
    if (has_own_utf8(s))
        size += STR_COMPACT(s)->utf8_length + 1;
    return size;
}

/* ---- reading characters out ---- */

Py_ssize_t PyUnicode_GetLength(PyObject *s)
{
    if (!PyUnicode_Check(s)) {
        PyErr_BadArgument();
        return -1;
    }
    return str_ready(s) < 0 ? -1 : str_len(s);
}

Py_ssize_t PyUnicode_GetSize(PyObject *s)
{
    Py_ssize_t n;
    return PyUnicode_AsUnicodeAndSize(s, &n) == NULL ? -1 : n;
}

Py_UCS4 PyUnicode_ReadChar(PyObject *s, Py_ssize_t index)
{
    if (!PyUnicode_Check(s)) {
        PyErr_BadArgument();
        return (Py_UCS4)-1;
    }
    if (str_ready(s) < 0)
        return (Py_UCS4)-1;
    if (index < 0 || index >= str_len(s)) {
        PyErr_SetString(PyExc_IndexError, "string index out of range");
        return (Py_UCS4)-1;
    }
    return tai_str_at(s, index);
}

Py_UCS4 _PyUnicode_FindMaxChar(PyObject *s, Py_ssize_t start, Py_ssize_t end)
{
    if (end <= start)
        return 127;
    if (str_is_ascii(s) || (start == 0 && end == str_len(s)))
        return str_bound(s);
    int kind = str_kind(s);
    return tai_str_scan_bound(kind, (const char *)str_data(s) + start * kind, end - start);
}

/* The characters in another, wider kind. A PyMem block for the caller, or NULL with an exception. */
void *_PyUnicode_AsKind(PyObject *s, unsigned int kind)
{
    if (str_ready(s) < 0)
        return NULL;
    if ((unsigned int)str_kind(s) >= kind) {
        PyErr_SetString(PyExc_SystemError, "invalid widening attempt");
        return NULL;
    }
    if (kind != PyUnicode_2BYTE_KIND && kind != PyUnicode_4BYTE_KIND) {
        PyErr_SetString(PyExc_SystemError, "invalid kind");
        return NULL;
    }
    void *wide = PyMem_Malloc((size_t)(str_len(s) ? str_len(s) : 1) * kind);
    if (wide == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    tai_str_copy((int)kind, wide, 0, str_kind(s), str_data(s), 0, str_len(s));
    return wide;
}

Py_UCS4 *PyUnicode_AsUCS4(PyObject *s, Py_UCS4 *target, Py_ssize_t size, int copy_null)
{
    if (target == NULL || size < 0) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (str_ready(s) < 0)
        return NULL;
    Py_ssize_t len = str_len(s);
    if (size < len + (copy_null ? 1 : 0)) {
        PyErr_SetString(PyExc_SystemError, "string is longer than the buffer");
        if (copy_null && size > 0)
            target[0] = 0;
        return NULL;
    }
    tai_str_copy(4, target, 0, str_kind(s), str_data(s), 0, len);
    if (copy_null)
        target[len] = 0;
    return target;
}

Py_UCS4 *PyUnicode_AsUCS4Copy(PyObject *s)
{
    if (str_ready(s) < 0)
        return NULL;
    Py_UCS4 *p = PyMem_New(Py_UCS4, str_len(s) + 1);
    if (p == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    return PyUnicode_AsUCS4(s, p, str_len(s) + 1, 1);
}

Py_UNICODE *PyUnicode_AsUnicodeAndSize(PyObject *s, Py_ssize_t *size)
{
    if (!PyUnicode_Check(s)) {
        PyErr_BadArgument();
        return NULL;
    }
    if (STR_ASCII(s)->wstr == NULL) {
        Py_ssize_t len = str_len(s);
        wchar_t *wide = len > PY_SSIZE_T_MAX / 4 - 1 ? NULL : PyObject_Malloc(sizeof(wchar_t) * (size_t)(len + 1));
        if (wide == NULL) {
            PyErr_NoMemory();
            return NULL;
        }
        tai_str_copy(4, wide, 0, str_kind(s), str_data(s), 0, len);
        wide[len] = 0;
        STR_ASCII(s)->wstr = wide;
        if (!PyUnicode_IS_COMPACT_ASCII(s))
            STR_COMPACT(s)->wstr_length = len;
    }
    if (size != NULL)
        *size = PyUnicode_WSTR_LENGTH(s);
    return STR_ASCII(s)->wstr;
}

Py_UNICODE *PyUnicode_AsUnicode(PyObject *s) { return PyUnicode_AsUnicodeAndSize(s, NULL); }

const Py_UNICODE *_PyUnicode_AsUnicode(PyObject *s)
{
    Py_ssize_t n;
    const Py_UNICODE *wide = PyUnicode_AsUnicodeAndSize(s, &n);
    if (wide != NULL && wcslen(wide) != (size_t)n) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return NULL;
    }
    return wide;
}

Py_UNICODE *PyUnicode_AsUnicodeCopy(PyObject *s)
{
    Py_ssize_t n;
    const Py_UNICODE *wide = PyUnicode_AsUnicodeAndSize(s, &n);
    if (wide == NULL)
        return NULL;
    Py_UNICODE *copy = PyObject_Malloc(((size_t)n + 1) * sizeof(Py_UNICODE));
    if (copy == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memcpy(copy, wide, ((size_t)n + 1) * sizeof(Py_UNICODE));
    return copy;
}

Py_UNICODE PyUnicode_GetMax(void) { return (Py_UNICODE)STR_MAXCHAR; }

/* Without w: the room that s and its end need. */
Py_ssize_t PyUnicode_AsWideChar(PyObject *s, wchar_t *w, Py_ssize_t size)
{
    if (s == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (!PyUnicode_Check(s)) {
        PyErr_BadArgument();
        return -1;
    }
    if (str_ready(s) < 0)
        return -1;
    Py_ssize_t len = str_len(s), n = len < size ? len : size;
    if (w == NULL)
        return len + 1;
    if (n > 0)
        tai_str_copy(4, w, 0, str_kind(s), str_data(s), 0, n);
    if (size > len) {
        w[len] = 0;
        return len;
    }
    return size;
}

wchar_t *PyUnicode_AsWideCharString(PyObject *s, Py_ssize_t *size)
{
    if (s == NULL) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (!PyUnicode_Check(s)) {
        PyErr_BadArgument();
        return NULL;
    }
    if (str_ready(s) < 0)
        return NULL;
    Py_ssize_t len = str_len(s);
    wchar_t *w = PyMem_New(wchar_t, len + 1);
    if (w == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    tai_str_copy(4, w, 0, str_kind(s), str_data(s), 0, len);
    w[len] = 0;
    if (size != NULL) {
        *size = len;
    } else if (wcslen(w) != (size_t)len) {
        PyMem_Free(w);
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return NULL;
    }
    return w;
}

/* utf-8 form, cached in the string. Borrowed from it. */
const char *PyUnicode_AsUTF8AndSize(PyObject *s, Py_ssize_t *size)
{
    if (!PyUnicode_Check(s)) {
        PyErr_BadArgument();
        return NULL;
    }
    if (str_ready(s) < 0)
        return NULL;
    if (PyUnicode_IS_COMPACT_ASCII(s)) {
        if (size)
            *size = str_len(s);
        return str_data(s);
    }
    if (STR_COMPACT(s)->utf8 == NULL) {
        PyObject *bytes = _PyUnicode_AsUTF8String(s, NULL);
        if (bytes == NULL)
            return NULL;
        Py_ssize_t n = PyBytes_GET_SIZE(bytes);
        char *copy = PyObject_Malloc((size_t)n + 1);
        if (copy == NULL) {
            Py_DECREF(bytes);
            PyErr_NoMemory();
            return NULL;
        }
        memcpy(copy, PyBytes_AS_STRING(bytes), (size_t)n + 1);
        Py_DECREF(bytes);
        STR_COMPACT(s)->utf8 = copy;
        STR_COMPACT(s)->utf8_length = n;
    }
    if (size)
        *size = STR_COMPACT(s)->utf8_length;
    return STR_COMPACT(s)->utf8;
}

const char *PyUnicode_AsUTF8(PyObject *s) { return PyUnicode_AsUTF8AndSize(s, NULL); }

/* ---- consistency, for debug builds ---- */

int _PyUnicode_CheckConsistency(PyObject *s, int check_content)
{
    (void)s;
    assert(PyUnicode_Check(s));
    assert(!STR_ASCII(s)->state.ready || str_data(s) != NULL);
    assert(!STR_ASCII(s)->state.ascii || str_kind(s) == 1);
    if (check_content && STR_ASCII(s)->state.ready) {
        assert(tai_str_scan_bound(str_kind(s), str_data(s), str_len(s)) == str_bound(s));
        assert(str_get(str_kind(s), str_data(s), str_len(s)) == 0);
    }
    return 1;
}

/* ---- Py_UNICODE string functions, kept for extensions ---- */

size_t Py_UNICODE_strlen(const Py_UNICODE *u) { return wcslen(u); }
Py_UNICODE *Py_UNICODE_strcpy(Py_UNICODE *to, const Py_UNICODE *from) { return wcscpy(to, from); }
Py_UNICODE *Py_UNICODE_strncpy(Py_UNICODE *to, const Py_UNICODE *from, size_t n) { return wcsncpy(to, from, n); }
Py_UNICODE *Py_UNICODE_strcat(Py_UNICODE *to, const Py_UNICODE *from) { return wcscat(to, from); }

int Py_UNICODE_strcmp(const Py_UNICODE *a, const Py_UNICODE *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b ? 0 : (Py_UCS4)*a < (Py_UCS4)*b ? -1 : 1;
}

int Py_UNICODE_strncmp(const Py_UNICODE *a, const Py_UNICODE *b, size_t n)
{
    for (; n > 0; a++, b++, n--) {
        if (*a != *b)
            return (Py_UCS4)*a < (Py_UCS4)*b ? -1 : 1;
        if (*a == 0)
            break;
    }
    return 0;
}

Py_UNICODE *Py_UNICODE_strchr(const Py_UNICODE *s, Py_UNICODE c)
{
    for (; *s; s++)
        if (*s == c)
            return (Py_UNICODE *)s;
    return NULL;
}

Py_UNICODE *Py_UNICODE_strrchr(const Py_UNICODE *s, Py_UNICODE c)
{
    const Py_UNICODE *p = s + wcslen(s);
    while (p > s)
        if (*--p == c)
            return (Py_UNICODE *)p;
    return NULL;
}

/* ---- start and stop ---- */

int tai_str_init(void)
{
    if (tai_str_empty_object != NULL)
        return 0;
    PyObject *empty = tai_str_new_ascii(0);
    if (empty == NULL)
        return -1;
    STR_ASCII(empty)->hash = 0;
    tai_immortalize(empty);
    tai_str_empty_object = empty;
    for (int c = 0; c < 256; c++) {
        PyObject *s = c < 128 ? tai_str_new_ascii(1) : new_compact(1, 1);
        if (s == NULL)
            return -1;
        ((unsigned char *)str_data(s))[0] = (unsigned char)c;
        tai_immortalize(s);
        tai_str_chars[c] = s;
    }
    return 0;
}

int PyUnicode_ClearFreeList(void) { return 0; }
