/* SPDX-License-Identifier: MIT */
/* str: putting together: concatenation, appending in place, repetition, join, and the accumulator. */
#include "objects/str/str.h"
#include "objects/str/accu.h"

static const char too_large[] = "strings are too large to concat";

/* Concatenation of two exact ready strings. New. */
static PyObject *concat(PyObject *a, PyObject *b)
{
    Py_ssize_t na = str_len(a), nb = str_len(b);
    if (na == 0)
        return tai_str_exact(b);
    if (nb == 0)
        return tai_str_exact(a);
    if (UNLIKELY(na > PY_SSIZE_T_MAX - nb)) {
        PyErr_SetString(PyExc_OverflowError, too_large);
        return NULL;
    }
    if (LIKELY(str_is_ascii(a) && str_is_ascii(b))) {
        PyObject *r = tai_str_new_ascii(na + nb);
        if (r != NULL) {
            memcpy(str_data(r), str_data(a), (size_t)na);
            memcpy((char *)str_data(r) + na, str_data(b), (size_t)nb);
        }
        return r;
    }
    Py_UCS4 bound = str_bound(a) > str_bound(b) ? str_bound(a) : str_bound(b);
    PyObject *r = PyUnicode_New(na + nb, bound);
    if (r != NULL) {
        _PyUnicode_FastCopyCharacters(r, 0, a, 0, na);
        _PyUnicode_FastCopyCharacters(r, na, b, 0, nb);
    }
    return r;
}

PyObject *PyUnicode_Concat(PyObject *a, PyObject *b)
{
    if (tai_str_ensure(a) < 0)
        return NULL;
    if (!PyUnicode_Check(b)) {
        PyErr_Format(PyExc_TypeError, "can only concatenate str (not \"%.200s\") to str", Py_TYPE(b)->tp_name);
        return NULL;
    }
    return str_ready(b) < 0 ? NULL : concat(a, b);
}

/* *left = *left + right, both ready, in place where [STR-2] allows. Steals *left; on error *left is NULL. */
static void append(PyObject **left, PyObject *right)
{
    PyObject *a = *left;
    Py_ssize_t na = str_len(a), nb = str_len(right);
    if (nb == 0 && PyUnicode_CheckExact(a))
        return;
    if (na > 0 && str_bound(right) <= str_bound(a) && na <= PY_SSIZE_T_MAX - nb && tai_str_is_private(a)) {
        int same = a == right; /* then its count is 1: nobody else looks */
        if (PyUnicode_Resize(left, na + nb) == 0) {
            tai_str_copy(str_kind(*left), str_data(*left), na, str_kind(*left), str_data(same ? *left : right), 0,
                         same ? na : 0);
            if (!same)
                _PyUnicode_FastCopyCharacters(*left, na, right, 0, nb);
            return;
        }
        Py_CLEAR(*left);
        return;
    }
    *left = concat(a, right);
    Py_DECREF(a);
}

void PyUnicode_Append(PyObject **left, PyObject *right)
{
    if (left == NULL) {
        if (!PyErr_Occurred())
            PyErr_BadInternalCall();
        return;
    }
    PyObject *a = *left;
    if (a == NULL || right == NULL || !PyUnicode_Check(a) || !PyUnicode_Check(right)) {
        if (!PyErr_Occurred())
            PyErr_BadInternalCall();
        Py_CLEAR(*left);
        return;
    }
    if (str_ready(a) < 0 || str_ready(right) < 0) {
        Py_CLEAR(*left);
        return;
    }
    if (str_len(right) == 0)
        return;
    if (str_len(a) == 0) {
        Py_INCREF(right);
        Py_SETREF(*left, right);
        return;
    }
    append(left, right);
}

void PyUnicode_AppendAndDel(PyObject **left, PyObject *right)
{
    PyUnicode_Append(left, right);
    Py_XDECREF(right);
}

PyObject *tai_str_repeat(PyObject *s, Py_ssize_t count)
{
    if (str_ready(s) < 0)
        return NULL;
    Py_ssize_t len = str_len(s);
    if (count < 1 || len == 0)
        return tai_str_empty();
    if (count == 1)
        return tai_str_exact(s);
    if (len > PY_SSIZE_T_MAX / count) {
        PyErr_SetString(PyExc_OverflowError, "repeated string is too long");
        return NULL;
    }
    PyObject *r = PyUnicode_New(len * count, str_bound(s));
    if (r == NULL)
        return NULL;
    int kind = str_kind(s);
    char *out = str_data(r);
    if (len == 1) {
        tai_str_fill(kind, out, 0, count, tai_str_at(s, 0));
        return r;
    }
    size_t done = (size_t)len * kind, total = done * (size_t)count;
    memcpy(out, str_data(s), done);
    while (done < total) { /* doubling */
        size_t step = done <= total - done ? done : total - done;
        memcpy(out + done, out, step);
        done += step;
    }
    return r;
}

/* ---- join ---- */

/* Length and bound of the result. 0, or -1 with TypeError or OverflowError. */
static int join_measure(PyObject *const *items, Py_ssize_t n, PyObject *sep, Py_ssize_t *length, Py_UCS4 *bound)
{
    size_t total = n > 1 && sep ? (size_t)str_len(sep) : 0;
    if (total && __builtin_mul_overflow(total, (size_t)(n - 1), &total))
        total = (size_t)PY_SSIZE_T_MAX + 1;
    Py_UCS4 max = n > 1 && sep && str_len(sep) ? str_bound(sep) : 0x7f;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = items[i];
        if (UNLIKELY(!PyUnicode_Check(item))) {
            PyErr_Format(PyExc_TypeError, "sequence item %zd: expected str instance, %.80s found", i, Py_TYPE(item)->tp_name);
            return -1;
        }
        if (str_ready(item) < 0)
            return -1;
        Py_UCS4 b = str_bound(item);
        max = b > max ? b : max;
        if (total <= PY_SSIZE_T_MAX)
            total += (size_t)str_len(item);
    }
    if (total > PY_SSIZE_T_MAX) {
        PyErr_SetString(PyExc_OverflowError, "join() result is too long for a Python string");
        return -1;
    }
    *length = (Py_ssize_t)total;
    *bound = max;
    return 0;
}

static void join_fill(PyObject *r, PyObject *const *items, Py_ssize_t n, PyObject *sep)
{
    int kind = str_kind(r);
    char *out = str_data(r);
    Py_ssize_t at = 0, sep_len = sep ? str_len(sep) : 0;
    if (str_is_ascii(r)) {
        const char *sep_data = sep_len ? str_data(sep) : NULL;
        for (Py_ssize_t i = 0; i < n; i++) {
            if (i && sep_len == 1) {
                out[at++] = sep_data[0];
            } else if (i && sep_len) {
                memcpy(out + at, sep_data, (size_t)sep_len);
                at += sep_len;
            }
            memcpy(out + at, str_data(items[i]), (size_t)str_len(items[i]));
            at += str_len(items[i]);
        }
        return;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        if (i && sep_len) {
            tai_str_copy(kind, out, at, str_kind(sep), str_data(sep), 0, sep_len);
            at += sep_len;
        }
        tai_str_copy(kind, out, at, str_kind(items[i]), str_data(items[i]), 0, str_len(items[i]));
        at += str_len(items[i]);
    }
}

PyObject *_PyUnicode_JoinArray(PyObject *separator, PyObject *const *items, Py_ssize_t n)
{
    Py_ssize_t length;
    Py_UCS4 bound;
    PyObject *sep = separator ? separator : tai_str_chars[' '];
    if (n == 0)
        return tai_str_empty();
    if (n == 1 && PyUnicode_CheckExact(items[0])) {
        Py_INCREF(items[0]);
        return items[0];
    }
    if (n == 1)
        sep = tai_str_chars[' ']; /* whatever it is, nothing is separated */
    if (!PyUnicode_Check(sep)) {
        PyErr_Format(PyExc_TypeError, "separator: expected str instance, %.80s found", Py_TYPE(sep)->tp_name);
        return NULL;
    }
    if (str_ready(sep) < 0 || join_measure(items, n, sep, &length, &bound) < 0)
        return NULL;
    PyObject *r = PyUnicode_New(length, bound);
    if (r != NULL && length > 0)
        join_fill(r, items, n, sep);
    return r;
}

/* Runs code: seq may be any iterable. */
PyObject *PyUnicode_Join(PyObject *separator, PyObject *seq)
{
    PyObject *fast = PySequence_Fast(seq, "can only join an iterable");
    if (fast == NULL)
        return NULL;
    PyObject *r = _PyUnicode_JoinArray(separator, PySequence_Fast_ITEMS(fast), PySequence_Fast_GET_SIZE(fast));
    Py_DECREF(fast);
    return r;
}

PyObject *tai_str_m_join(PyObject *self, PyObject *seq) { return PyUnicode_Join(self, seq); }

/* ---- the accumulator: many small strings, joined in groups ---- */

enum { ACCU_GROUP = 100000 };

int _PyAccu_Init(_PyAccu *accu)
{
    accu->large = NULL;
    accu->small = PyList_New(0);
    return accu->small == NULL ? -1 : 0;
}

/* Join what is small and move it to large. */
static int accu_flush(_PyAccu *accu)
{
    Py_ssize_t n = PyList_GET_SIZE(accu->small);
    if (n == 0)
        return 0;
    if (accu->large == NULL && (accu->large = PyList_New(0)) == NULL)
        return -1;
    PyObject *joined = _PyUnicode_JoinArray(tai_str_empty_object, PySequence_Fast_ITEMS(accu->small), n);
    if (joined == NULL)
        return -1;
    int r = PyList_SetSlice(accu->small, 0, n, NULL);
    if (r == 0)
        r = PyList_Append(accu->large, joined);
    Py_DECREF(joined);
    return r;
}

int _PyAccu_Accumulate(_PyAccu *accu, PyObject *s)
{
    if (PyList_Append(accu->small, s) < 0)
        return -1;
    return PyList_GET_SIZE(accu->small) < ACCU_GROUP ? 0 : accu_flush(accu);
}

PyObject *_PyAccu_FinishAsList(_PyAccu *accu)
{
    int r = accu_flush(accu);
    PyObject *list = accu->large;
    accu->large = NULL;
    Py_CLEAR(accu->small);
    if (r < 0) {
        Py_XDECREF(list);
        return NULL;
    }
    return list ? list : PyList_New(0);
}

PyObject *_PyAccu_Finish(_PyAccu *accu)
{
    PyObject *list = accu->large == NULL ? accu->small : _PyAccu_FinishAsList(accu);
    if (list == NULL)
        return NULL;
    PyObject *r = _PyUnicode_JoinArray(tai_str_empty_object, PySequence_Fast_ITEMS(list), PyList_GET_SIZE(list));
    if (list == accu->small)
        accu->small = NULL;
    Py_DECREF(list);
    return r;
}

void _PyAccu_Destroy(_PyAccu *accu)
{
    Py_CLEAR(accu->small);
    Py_CLEAR(accu->large);
}
