/* SPDX-License-Identifier: MIT */
/* Equality and hash of exact ints and strings without leaving the caller: what containers ask before they ask the
 * objects. */
#ifndef TAI_OBJECTS_PLAIN_EQUAL_H
#define TAI_OBJECTS_PLAIN_EQUAL_H

#include "Python.h"
#include <string.h>

/* Two exact, ready strings. */
static inline int tai_str_equal(PyObject *a, PyObject *b)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(a);
    int kind = (int)PyUnicode_KIND(a);
    return length == PyUnicode_GET_LENGTH(b) && kind == (int)PyUnicode_KIND(b) &&
           memcmp(PyUnicode_DATA(a), PyUnicode_DATA(b), (size_t)length * (size_t)kind) == 0;
}

/* Hash of any object: at once for exact strings that know theirs and for small exact ints. -1 with an exception. */
static inline Py_hash_t tai_hash_of(PyObject *op)
{
    if (PyUnicode_CheckExact(op)) {
        Py_hash_t hash = ((PyASCIIObject *)op)->hash;
        if (hash != -1)
            return hash;
    }
    else if (PyLong_CheckExact(op)) {
        Py_ssize_t size = Py_SIZE(op);
        const digit *d = ((PyLongObject *)op)->ob_digit;
        if (size == 1)
            return (Py_hash_t)d[0];
        if (size == 0)
            return 0;
        if (size == 2)
            return (Py_hash_t)d[0] | (Py_hash_t)d[1] << PyLong_SHIFT;
        if (size == -1)
            return d[0] == 1 ? -2 : -(Py_hash_t)d[0];
    }
    return PyObject_Hash(op);
}

/* 1 or 0 where no code need run to know, else -1: ask them. Also -1 for one and the same object. */
static inline int tai_plain_equal(PyObject *a, PyObject *b)
{
    if (Py_TYPE(a) != Py_TYPE(b))
        return -1;
    if (PyLong_CheckExact(a)) {
        Py_ssize_t size = Py_SIZE(a);
        if (size != Py_SIZE(b))
            return 0;
        const digit *x = ((PyLongObject *)a)->ob_digit, *y = ((PyLongObject *)b)->ob_digit;
        if (size < 0)
            size = -size;
        return size == 1 ? x[0] == y[0] : memcmp(x, y, (size_t)size * sizeof(digit)) == 0;
    }
    if (PyUnicode_CheckExact(a) && PyUnicode_IS_READY(a) && PyUnicode_IS_READY(b))
        return tai_str_equal(a, b);
    return -1;
}

/* a is b or a == b, as containers see it: 1, 0, or -1 with an exception. Keeps a and b alive meanwhile. Runs code. */
static inline int tai_same_or_equal(PyObject *a, PyObject *b)
{
    if (a == b)
        return 1;
    int same = tai_plain_equal(a, b);
    if (same >= 0)
        return same;
    Py_INCREF(a);
    Py_INCREF(b);
    same = PyObject_RichCompareBool(a, b, Py_EQ);
    Py_DECREF(a);
    Py_DECREF(b);
    return same;
}

#endif
