/* SPDX-License-Identifier: MIT */
/* str: hashing, equality and order. Order is by code point; unequal widths compare element by element. */
#include "objects/str/str.h"

Py_hash_t tai_str_hash_slow(PyObject *s)
{
    if (str_ready(s) < 0)
        return -1;
    Py_hash_t h = _Py_HashBytes(str_data(s), str_len(s) * str_kind(s));
    STR_ASCII(s)->hash = h;
    return h;
}

/* -1, 0, 1 */
static int compare(PyObject *a, PyObject *b)
{
    if (a == b)
        return 0;
    Py_ssize_t na = str_len(a), nb = str_len(b), n = na < nb ? na : nb;
    int ka = str_kind(a), kb = str_kind(b);
    const void *da = str_data(a), *db = str_data(b);
    if (ka == 1 && kb == 1) {
        if (n > 0 && *(const Py_UCS1 *)da != *(const Py_UCS1 *)db) /* the usual case, without a call */
            return *(const Py_UCS1 *)da < *(const Py_UCS1 *)db ? -1 : 1;
        int c = memcmp(da, db, (size_t)n);
        if (c != 0)
            return c < 0 ? -1 : 1;
    } else {
        for (Py_ssize_t i = 0; i < n; i++) {
            Py_UCS4 x = str_get(ka, da, i), y = str_get(kb, db, i);
            if (x != y)
                return x < y ? -1 : 1;
        }
    }
    return na == nb ? 0 : na < nb ? -1 : 1;
}

PyObject *PyUnicode_RichCompare(PyObject *a, PyObject *b, int op)
{
    int r;
    if (!PyUnicode_Check(a) || !PyUnicode_Check(b))
        Py_RETURN_NOTIMPLEMENTED;
    if (str_ready(a) < 0 || str_ready(b) < 0)
        return NULL;
    switch (op) {
    case Py_EQ: r = tai_str_equal(a, b); break;
    case Py_NE: r = !tai_str_equal(a, b); break;
    case Py_LT: r = compare(a, b) < 0; break;
    case Py_LE: r = compare(a, b) <= 0; break;
    case Py_GT: r = compare(a, b) > 0; break;
    case Py_GE: r = compare(a, b) >= 0; break;
    default: PyErr_BadArgument(); return NULL;
    }
    PyObject *answer = r ? Py_True : Py_False;
    Py_INCREF(answer);
    return answer;
}

int PyUnicode_Compare(PyObject *a, PyObject *b)
{
    if (PyUnicode_Check(a) && PyUnicode_Check(b)) {
        if (str_ready(a) < 0 || str_ready(b) < 0)
            return -1;
        return compare(a, b);
    }
    PyErr_Format(PyExc_TypeError, "Can't compare %.100s and %.100s", Py_TYPE(a)->tp_name, Py_TYPE(b)->tp_name);
    return -1;
}

int _PyUnicode_EQ(PyObject *a, PyObject *b) { return tai_str_equal(a, b); }

/* Never fails: an unready string that cannot be made ready compares by its wide form. */
int PyUnicode_CompareWithASCIIString(PyObject *s, const char *ascii)
{
    Py_ssize_t n = (Py_ssize_t)strlen(ascii);
    int kind = STR_ASCII(s)->state.ready ? str_kind(s) : 4;
    const void *data = STR_ASCII(s)->state.ready ? str_data(s) : (void *)STR_ASCII(s)->wstr;
    Py_ssize_t len = STR_ASCII(s)->state.ready ? str_len(s) : STR_COMPACT(s)->wstr_length;
    for (Py_ssize_t i = 0; i < len && i < n; i++) {
        Py_UCS4 c = str_get(kind, data, i), d = (unsigned char)ascii[i];
        if (c != d)
            return c < d ? -1 : 1;
    }
    return len == n ? 0 : len < n ? -1 : 1;
}

int _PyUnicode_EqualToASCIIString(PyObject *s, const char *ascii)
{
    if (!STR_ASCII(s)->state.ready && _PyUnicode_Ready(s) < 0) {
        PyErr_Clear();
        return 0;
    }
    if (!str_is_ascii(s))
        return 0;
    size_t n = strlen(ascii);
    return (size_t)str_len(s) == n && memcmp(str_data(s), ascii, n) == 0;
}

int _PyUnicode_EqualToASCIIId(PyObject *s, _Py_Identifier *id)
{
    PyObject *name = id->object ? id->object : _PyUnicode_FromId(id);
    if (name == s)
        return 1;
    if (name == NULL) {
        PyErr_Clear();
        return _PyUnicode_EqualToASCIIString(s, id->string);
    }
    return STR_ASCII(s)->state.ready ? tai_str_equal(s, name) : _PyUnicode_EqualToASCIIString(s, id->string);
}
