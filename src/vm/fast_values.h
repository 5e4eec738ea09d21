/* SPDX-License-Identifier: MIT */
/* Numbers for the evaluator: values out of operands, results into an operand that nobody else holds. */
#ifndef TAI_VM_FAST_VALUES_H
#define TAI_VM_FAST_VALUES_H

#include "objects/float/float.h"
#include "objects/int/int.h"
#include "runtime/state.h"
#include "vm/helpers.h"

/* Values of two exact ints of at most two digits; 0 if one is longer. */
static inline int int_values(PyObject *a, PyObject *b, int64_t *x, int64_t *y)
{
    if (LIKELY(tai_int_both_compact(a, b))) {
        *x = tai_int_value(a);
        *y = tai_int_value(b);
        return 1;
    }
    if (UNLIKELY(!tai_int_is_short(a) || !tai_int_is_short(b)))
        return 0;
    *x = tai_int_short_value(a);
    *y = tai_int_short_value(b);
    return 1;
}

/* Can an int block of two digits take v? Not if v has to be one of the shared small ones. */
static inline int int_may_hold(int64_t v)
{
    uint64_t m = v < 0 ? -(uint64_t)v : (uint64_t)v;
    return !tai_int_is_small(v) && m >> (2 * PyLong_SHIFT) == 0;
}

/* Overwrite an int that nobody else holds; int_may_hold(v). [INT-2] gives the room. */
static inline void int_set(PyObject *o, int64_t v)
{
    PyLongObject *l = (PyLongObject *)o;
    uint64_t m = v < 0 ? -(uint64_t)v : (uint64_t)v;
    Py_ssize_t n = 1 + (m >> PyLong_SHIFT != 0);
    l->ob_digit[0] = (digit)(m & PyLong_MASK);
    ((digit *)l->ob_digit)[1] = (digit)(m >> PyLong_SHIFT);
    Py_SIZE(l) = v < 0 ? -n : n;
}

/* An int of value v in exchange for a (and b), which are stolen. NULL with MemoryError. */
static inline PyObject *int_put1(PyObject *a, int64_t v)
{
    if (Py_REFCNT(a) == 1 && int_may_hold(v)) {
        int_set(a, v);
        return a;
    }
    PyObject *r = tai_int_from_i64(v);
    tai_int_decref(a);
    return r;
}

static inline PyObject *int_put2(PyObject *a, PyObject *b, int64_t v)
{
    if (int_may_hold(v)) {
        if (Py_REFCNT(a) == 1) {
            int_set(a, v);
            tai_int_decref(b);
            return a;
        }
        if (Py_REFCNT(b) == 1) {
            int_set(b, v);
            tai_int_decref(a);
            return b;
        }
    }
    PyObject *r = tai_int_from_i64(v);
    tai_int_decref(a);
    tai_int_decref(b);
    return r;
}

/* Python's % and //: the remainder has the sign of the divisor. y != 0. */
static inline int64_t int_mod(int64_t x, int64_t y)
{
    if (LIKELY((uint64_t)(x | y) >> 32 == 0))
        return (int64_t)((uint32_t)x % (uint32_t)y);
    int64_t r = x % y;
    return r != 0 && (r ^ y) < 0 ? r + y : r;
}

static inline int64_t int_floordiv(int64_t x, int64_t y)
{
    if (LIKELY((uint64_t)(x | y) >> 32 == 0))
        return (int64_t)((uint32_t)x / (uint32_t)y);
    int64_t q = x / y;
    return (x ^ y) < 0 && q * y != x ? q - 1 : q;
}

/* Values of two operands of which at least one is a float (or none, if ints is set) and the others are one-digit ints. */
static inline int float_values(PyObject *a, PyObject *b, int ints, double *x, double *y)
{
    int floats = 0;
    if (a == NULL || b == NULL)
        return 0;
    if (Py_TYPE(a) == &PyFloat_Type) {
        *x = ((PyFloatObject *)a)->ob_fval;
        floats++;
    }
    else if (Py_TYPE(a) == &PyLong_Type && tai_int_is_compact(a))
        *x = (double)tai_int_value(a);
    else
        return 0;
    if (Py_TYPE(b) == &PyFloat_Type) {
        *y = ((PyFloatObject *)b)->ob_fval;
        floats++;
    }
    else if (Py_TYPE(b) == &PyLong_Type && tai_int_is_compact(b))
        *y = (double)tai_int_value(b);
    else
        return 0;
    return floats || ints;
}

static inline PyObject *float_put1(PyObject *a, double v)
{
    if (Py_REFCNT(a) == 1 && Py_TYPE(a) == &PyFloat_Type) {
        ((PyFloatObject *)a)->ob_fval = v;
        return a;
    }
    PyObject *r = tai_float_new(v);
    Py_DECREF(a);
    return r;
}

static inline PyObject *float_put2(PyObject *a, PyObject *b, double v)
{
    if (Py_REFCNT(a) == 1 && Py_TYPE(a) == &PyFloat_Type) {
        ((PyFloatObject *)a)->ob_fval = v;
        Py_DECREF(b);
        return a;
    }
    if (Py_REFCNT(b) == 1 && Py_TYPE(b) == &PyFloat_Type) {
        ((PyFloatObject *)b)->ob_fval = v;
        Py_DECREF(a);
        return b;
    }
    PyObject *r = tai_float_new(v);
    Py_DECREF(a);
    Py_DECREF(b);
    return r;
}

/* Equality of two different exact str: hashes and lengths tell most of them apart. */
static inline int str_equal(PyObject *a, PyObject *b)
{
    Py_hash_t x = ((PyASCIIObject *)a)->hash, y = ((PyASCIIObject *)b)->hash;
    if (x != y && x != -1 && y != -1)
        return 0;
    return PyUnicode_GET_LENGTH(a) == PyUnicode_GET_LENGTH(b) && _PyUnicode_EQ(a, b);
}

/* Length of an exact list, tuple or str; -1 for anything else. */
static inline Py_ssize_t slice_length(PyObject *o)
{
    if (Py_TYPE(o) == &PyList_Type || Py_TYPE(o) == &PyTuple_Type)
        return Py_SIZE(o);
    return Py_TYPE(o) == &PyUnicode_Type ? PyUnicode_GET_LENGTH(o) : -1;
}

/* One bound of a slice, clipped to 0..n; 0 if it is neither None nor a one-digit int. */
static inline int slice_bound(PyObject *o, Py_ssize_t none, Py_ssize_t n, Py_ssize_t *out)
{
    if (o == Py_None) {
        *out = none;
        return 1;
    }
    if (Py_TYPE(o) != &PyLong_Type || !tai_int_is_compact(o))
        return 0;
    Py_ssize_t i = (Py_ssize_t)tai_int_value(o);
    if (i < 0)
        i = i + n < 0 ? 0 : i + n;
    *out = i > n ? n : i;
    return 1;
}

/* Bounds of [start:stop], from <= to. */
static inline int slice_bounds(PyObject *start, PyObject *stop, Py_ssize_t n, Py_ssize_t *from, Py_ssize_t *to)
{
    if (!slice_bound(start, 0, n, from) || !slice_bound(stop, n, n, to))
        return 0;
    if (*to < *from)
        *to = *from;
    return 1;
}

/* Truth of a comparison in the sense of COMPARE_OP: 1, 0, or -1 with an exception. Runs code. */
static inline int compare_truth(int op, PyObject *a, PyObject *b)
{
    PyObject *v = tai_vm_compare(op, a, b);
    if (v == Py_True || v == Py_False) {
        Py_DECREF(v);
        return v == Py_True;
    }
    if (UNLIKELY(v == NULL))
        return -1;
    int truth = PyObject_IsTrue(v);
    Py_DECREF(v);
    return truth;
}

#endif
