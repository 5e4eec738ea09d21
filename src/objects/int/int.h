/* SPDX-License-Identifier: MIT */
/* int: what other units and the evaluator may use inline.
 *
 *   PyLongObject { refcnt, type, ob_size, ob_digit[] }: |ob_size| digits of 30 bits, least first, sign of ob_size the sign.
 *
 * [INT-1] Normal form: the top digit is not zero; zero has ob_size 0. Everything that leaves the unit is normal.
 * [INT-2] Every block holds at least two digits (32 bytes), so ob_digit[0] and [1] may be read whatever ob_size says.
 *         (Instances of subclasses too: their blocks are made by long_subtype_new and PyType_GenericAlloc, 32 bytes or more.)
 * [INT-3] -5..256 are the immortal tai_int_small[]; nothing counts them. Exact ints of that range are always those objects.
 * [INT-4] Dead exact ints of at most two digits wait on tai_int_free (linked through ob_type).
 */
#ifndef TAI_OBJECTS_INT_H
#define TAI_OBJECTS_INT_H

#include "Python.h"
#include "base/alloc.h"
#include "longintrepr.h"
#include <stdint.h>

#define TAI_INT_SMALL_NEG 5
#define TAI_INT_SMALL_POS 257
#define TAI_INT_FREE_MAX TAI_FREE_LIST(256)
#define TAI_INT_BLOCK 32 /* bytes of a block on the free list */

extern PyLongObject tai_int_small[TAI_INT_SMALL_NEG + TAI_INT_SMALL_POS];
extern PyLongObject *tai_int_free;
extern int tai_int_free_count;
/* sys.set_int_max_str_digits: 0 is no limit. */
extern int tai_int_max_str_digits;
#define TAI_INT_STR_DIGITS_THRESHOLD 640
#define TAI_INT_STR_DIGITS_DEFAULT 4300

int tai_int_init(void); /* before any type is ready: small ints */
int tai_int_types_init(void); /* after types: sys.int_info's */
void tai_int_fini(void);

PyLongObject *tai_int_block_slow(void); /* 32 fresh bytes, type and count set; NULL with MemoryError */
PyObject *tai_int_from_i64_slow(int64_t v);
void tai_int_dealloc(PyObject *o);

/* One digit at most. */
static inline int tai_int_is_compact(const PyObject *o)
{
    return (size_t)(Py_SIZE(o) + 1) <= 2;
}

/* Value of a compact int. */
static inline int64_t tai_int_value(const PyObject *o)
{
    return (int64_t)Py_SIZE(o) * ((const PyLongObject *)o)->ob_digit[0];
}

static inline int tai_int_both_compact(const PyObject *a, const PyObject *b)
{
    return ((size_t)(Py_SIZE(a) + 1) <= 2) & ((size_t)(Py_SIZE(b) + 1) <= 2);
}

/* Two digits at most: |value| < 2**60. */
static inline int tai_int_is_short(const PyObject *o)
{
    return (size_t)(Py_SIZE(o) + 2) <= 4;
}

static inline int64_t tai_int_short_value(const PyObject *o)
{
    const PyLongObject *v = (const PyLongObject *)o;
    Py_ssize_t n = Py_SIZE(o);
    if ((size_t)(n + 1) <= 2)
        return (int64_t)n * v->ob_digit[0];
    int64_t m = (int64_t)v->ob_digit[0] | (int64_t)v->ob_digit[1] << PyLong_SHIFT;
    return n < 0 ? -m : m;
}

static inline int tai_int_is_small(int64_t v)
{
    return (uint64_t)(v + TAI_INT_SMALL_NEG) < TAI_INT_SMALL_NEG + TAI_INT_SMALL_POS;
}

/* Block for at most two digits, size not set. NULL with MemoryError. */
static inline PyLongObject *tai_int_block(void)
{
    PyLongObject *o = tai_int_free;
    if (__builtin_expect(o == NULL, 0))
        return tai_int_block_slow();
    tai_int_free = (PyLongObject *)Py_TYPE(o);
    tai_int_free_count--;
    Py_TYPE(o) = &PyLong_Type;
    _Py_INC_REFTOTAL;
    Py_REFCNT(o) = 1;
    return o;
}

/* New int, or NULL with MemoryError. */
static inline PyObject *tai_int_from_i64(int64_t v)
{
    if (tai_int_is_small(v))
        return (PyObject *)&tai_int_small[v + TAI_INT_SMALL_NEG];
    uint64_t m = v < 0 ? -(uint64_t)v : (uint64_t)v;
    if (__builtin_expect(m >> (2 * PyLong_SHIFT) != 0, 0))
        return tai_int_from_i64_slow(v);
    PyLongObject *o = tai_int_block();
    if (__builtin_expect(o == NULL, 0))
        return NULL;
    int n = 1 + (m >> PyLong_SHIFT != 0);
    o->ob_digit[0] = (digit)(m & PyLong_MASK);
    ((digit *)o->ob_digit)[1] = (digit)(m >> PyLong_SHIFT);
    Py_SIZE(o) = v < 0 ? -n : n;
    return (PyObject *)o;
}

/* The operations on any two ints (exact or not); new references. */
PyObject *tai_int_add(PyObject *a, PyObject *b);
PyObject *tai_int_sub(PyObject *a, PyObject *b);
PyObject *tai_int_pow(PyObject *a, PyObject *b, PyObject *mod_or_none);
PyObject *tai_int_lshift(PyObject *a, PyObject *b);
PyObject *tai_int_rshift(PyObject *a, PyObject *b);
PyObject *tai_int_and(PyObject *a, PyObject *b);
PyObject *tai_int_or(PyObject *a, PyObject *b);
PyObject *tai_int_xor(PyObject *a, PyObject *b);
PyObject *tai_int_neg(PyObject *a);
PyObject *tai_int_invert(PyObject *a);
/* -1, 0, 1 */
int tai_int_cmp_slow(const PyLongObject *a, const PyLongObject *b);

static inline int tai_int_cmp(const PyObject *a, const PyObject *b)
{
    if (__builtin_expect(tai_int_is_short(a) & tai_int_is_short(b), 1)) {
        int64_t x = tai_int_short_value(a), y = tai_int_short_value(b);
        return (x > y) - (x < y);
    }
    return tai_int_cmp_slow((const PyLongObject *)a, (const PyLongObject *)b);
}

static inline int tai_int_compare_op(const PyObject *a, const PyObject *b, int op)
{
    int c = tai_int_cmp(a, b);
    switch (op) {
    case Py_LT: return c < 0;
    case Py_LE: return c <= 0;
    case Py_EQ: return c == 0;
    case Py_NE: return c != 0;
    case Py_GT: return c > 0;
    default: return c >= 0;
    }
}

/* Value in *out and 1, or 0 when it does not fit (no exception). */
static inline int tai_int_as_i64(const PyObject *o, int64_t *out)
{
    if (__builtin_expect(tai_int_is_short(o), 1)) {
        *out = tai_int_short_value(o);
        return 1;
    }
    const PyLongObject *v = (const PyLongObject *)o;
    Py_ssize_t n = Py_SIZE(o);
    if (n > 3 || n < -3 || v->ob_digit[2] >> 4)
        return 0;
    uint64_t m = (uint64_t)v->ob_digit[2] << 60 | (uint64_t)v->ob_digit[1] << 30 | v->ob_digit[0];
    if (n > 0 ? m > INT64_MAX : m > (uint64_t)INT64_MAX + 1)
        return 0;
    *out = n > 0 ? (int64_t)m : (int64_t)-m;
    return 1;
}

/* Free one that nobody holds: the dealloc of exact ints, for callers that know the type. */
static inline void tai_int_decref(PyObject *o)
{
    if (--Py_REFCNT(o) == 0)
        tai_int_dealloc(o);
}

#endif
