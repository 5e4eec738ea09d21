/* SPDX-License-Identifier: MIT */
/* int/bits: & | ^ ~ << >> on two's complement with endless sign, bit counts, and the split into fraction and exponent.
 * Tests: tests/objects/int/test_int.py.
 */
#include "objects/int/mag.h"

#include "base/decimal.h"
#include "runtime/state.h"

/* ------------------------------------------------------------------ logic */

enum Logic { AND, OR, XOR };

static inline int64_t logic_word(int64_t x, int64_t y, enum Logic op)
{
    return op == AND ? x & y : op == OR ? x | y : x ^ y;
}

/* One pass: negative operands are complemented as they are read, a negative result as it is written. */
static PyObject *logic_long(PyObject *a, PyObject *b, enum Logic op)
{
    Py_ssize_t na = mag_size(a), nb = mag_size(b), n = na > nb ? na : nb;
    digit aflip = Py_SIZE(a) < 0 ? PyLong_MASK : 0, bflip = Py_SIZE(b) < 0 ? PyLong_MASK : 0;
    digit zflip = (digit)logic_word(aflip, bflip, op) & PyLong_MASK;
    if (op == AND && aflip == 0 && (bflip != 0 || na < nb))
        n = na; /* bits beyond a non-negative operand are zero */
    if (op == AND && bflip == 0 && (aflip != 0 || nb < na))
        n = nb;
    PyLongObject *z = tai_int_alloc(n + 1);
    if (z == NULL)
        return NULL;
    const digit *x = ((PyLongObject *)a)->ob_digit, *y = ((PyLongObject *)b)->ob_digit;
    digit acarry = aflip != 0, bcarry = bflip != 0, zcarry = zflip != 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        acarry += (i < na ? x[i] : 0) ^ aflip;
        bcarry += (i < nb ? y[i] : 0) ^ bflip;
        digit p = acarry & PyLong_MASK, q = bcarry & PyLong_MASK;
        acarry >>= PyLong_SHIFT;
        bcarry >>= PyLong_SHIFT;
        zcarry += (digit)(op == AND ? p & q : op == OR ? p | q : p ^ q) ^ zflip;
        z->ob_digit[i] = zcarry & PyLong_MASK;
        zcarry >>= PyLong_SHIFT;
    }
    z->ob_digit[n] = zflip ? zcarry : 0;
    if (zflip)
        Py_SIZE(z) = -(n + 1);
    return tai_int_finish(z);
}

/* The low 60 bits of a in two's complement. */
static inline uint64_t low_bits(PyObject *a)
{
    const digit *d = ((PyLongObject *)a)->ob_digit;
    uint64_t low = d[0] | (uint64_t)d[1] << PyLong_SHIFT;
    return Py_SIZE(a) < 0 ? -low : low;
}

PyObject *tai_int_and(PyObject *a, PyObject *b)
{
    if (LIKELY(tai_int_is_short(a) & tai_int_is_short(b)))
        return tai_int_from_i64(tai_int_short_value(a) & tai_int_short_value(b));
    /* A long number under a short mask: what stands above the mask does not matter. */
    if (tai_int_is_short(b) && Py_SIZE(b) >= 0)
        return tai_int_from_i64((int64_t)(low_bits(a) & (uint64_t)tai_int_short_value(b)));
    if (tai_int_is_short(a) && Py_SIZE(a) >= 0)
        return tai_int_from_i64((int64_t)(low_bits(b) & (uint64_t)tai_int_short_value(a)));
    return logic_long(a, b, AND);
}

PyObject *tai_int_or(PyObject *a, PyObject *b)
{
    if (LIKELY(tai_int_is_short(a) & tai_int_is_short(b)))
        return tai_int_from_i64(tai_int_short_value(a) | tai_int_short_value(b));
    return logic_long(a, b, OR);
}

PyObject *tai_int_xor(PyObject *a, PyObject *b)
{
    if (LIKELY(tai_int_is_short(a) & tai_int_is_short(b)))
        return tai_int_from_i64(tai_int_short_value(a) ^ tai_int_short_value(b));
    return logic_long(a, b, XOR);
}

PyObject *tai_int_invert(PyObject *a)
{
    if (LIKELY(tai_int_is_short(a)))
        return tai_int_from_i64(~tai_int_short_value(a));
    PyObject *one = (PyObject *)&tai_int_small[TAI_INT_SMALL_NEG + 1], *z = tai_int_add(a, one);
    if (z) /* not zero, and as large as it was: a short result is fresh too, unless it is small, which it cannot be */
        Py_SIZE(z) = -Py_SIZE(z);
    return z;
}

/* ------------------------------------------------------------------ shifts */

static PyObject *lshift_by(PyObject *a, size_t words, unsigned bits)
{
    Py_ssize_t n = mag_size(a);
    if (words > (size_t)(PY_SSIZE_T_MAX / 8 - n)) {
        PyErr_SetString(PyExc_OverflowError, "too many digits in integer");
        return NULL;
    }
    PyLongObject *z = tai_int_alloc(n + (Py_ssize_t)words + 1);
    if (z == NULL)
        return NULL;
    const digit *x = ((PyLongObject *)a)->ob_digit;
    memset(z->ob_digit, 0, words * sizeof(digit));
    digit *out = z->ob_digit + words;
    uint64_t carry = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        carry |= (uint64_t)x[i] << bits;
        out[i] = (digit)carry & PyLong_MASK;
        carry >>= PyLong_SHIFT;
    }
    out[n] = (digit)carry;
    if (Py_SIZE(a) < 0)
        Py_SIZE(z) = -Py_SIZE(z);
    return tai_int_finish(z);
}

/* Towards minus infinity. */
static PyObject *rshift_by(PyObject *a, size_t words, unsigned bits)
{
    Py_ssize_t n = mag_size(a);
    int negative = Py_SIZE(a) < 0, lost = 0;
    if (words >= (size_t)n)
        return tai_int_from_i64(negative ? -1 : 0);
    const digit *x = ((PyLongObject *)a)->ob_digit;
    Py_ssize_t left = n - (Py_ssize_t)words;
    PyLongObject *z = tai_int_alloc(left + 1);
    if (z == NULL)
        return NULL;
    if (negative) {
        for (size_t i = 0; i < words && !lost; i++)
            lost = x[i] != 0;
        lost |= (x[words] & (((digit)1 << bits) - 1)) != 0;
    }
    x += words;
    for (Py_ssize_t i = 0; i < left; i++) {
        uint64_t two = x[i] | (i + 1 < left ? (uint64_t)x[i + 1] << PyLong_SHIFT : 0);
        z->ob_digit[i] = (digit)(two >> bits) & PyLong_MASK;
    }
    z->ob_digit[left] = 0;
    for (Py_ssize_t i = 0; lost; i++) { /* rounding down makes a negative one larger */
        z->ob_digit[i] = (z->ob_digit[i] + 1) & PyLong_MASK;
        lost = z->ob_digit[i] == 0;
    }
    if (negative)
        Py_SIZE(z) = -Py_SIZE(z);
    return tai_int_finish(z);
}

/* The shift count. 1: in *count; 0: larger than anything; -1 with ValueError. */
static int shift_count(PyObject *b, size_t *count)
{
    int64_t n;
    if (Py_SIZE(b) < 0) {
        PyErr_SetString(PyExc_ValueError, "negative shift count");
        return -1;
    }
    if (!tai_int_as_i64(b, &n))
        return 0;
    *count = (size_t)n;
    return 1;
}

PyObject *_PyLong_Lshift(PyObject *a, size_t n)
{
    if (Py_SIZE(a) == 0)
        return tai_int_from_i64(0);
    return lshift_by(a, n / PyLong_SHIFT, (unsigned)(n % PyLong_SHIFT));
}

PyObject *_PyLong_Rshift(PyObject *a, size_t n)
{
    return rshift_by(a, n / PyLong_SHIFT, (unsigned)(n % PyLong_SHIFT));
}

PyObject *tai_int_lshift(PyObject *a, PyObject *b)
{
    if (LIKELY(tai_int_both_compact(a, b))) {
        int64_t n = tai_int_value(b);
        if ((uint64_t)n <= 30)
            return tai_int_from_i64(tai_int_value(a) << n);
    }
    size_t n;
    int known = shift_count(b, &n);
    if (known < 0)
        return NULL;
    if (known == 0 && Py_SIZE(a) != 0) {
        PyErr_SetString(PyExc_OverflowError, "too many digits in integer");
        return NULL;
    }
    return _PyLong_Lshift(a, known ? n : 0);
}

PyObject *tai_int_rshift(PyObject *a, PyObject *b)
{
    size_t n = SIZE_MAX;
    if (shift_count(b, &n) < 0)
        return NULL;
    if (LIKELY(tai_int_is_short(a)))
        return tai_int_from_i64(tai_int_short_value(a) >> (n > 63 ? 63 : n));
    return _PyLong_Rshift(a, n);
}

/* ------------------------------------------------------------------ counts */

int _PyLong_Sign(PyObject *o)
{
    Py_ssize_t n = Py_SIZE(o);
    return (n > 0) - (n < 0);
}

size_t _PyLong_NumBits(PyObject *o)
{
    Py_ssize_t n = mag_size(o);
    if (n == 0)
        return 0;
    return (size_t)(n - 1) * PyLong_SHIFT + (size_t)(32 - __builtin_clz(((PyLongObject *)o)->ob_digit[n - 1]));
}

/* |a| as fraction in [0.5, 1) times 2**bits, rounded half to even (so the fraction may come out as 1: then 0.5, bits + 1). */
double _PyLong_Frexp(PyLongObject *a, Py_ssize_t *e)
{
    Py_ssize_t n = mag_size((PyObject *)a);
    if (n == 0) {
        *e = 0;
        return 0.0;
    }
    Py_ssize_t bits = (Py_ssize_t)_PyLong_NumBits((PyObject *)a), used = n < 4 ? n : 4;
    unsigned __int128 top = 0;
    int sticky = 0;
    for (Py_ssize_t i = n - 1; i >= n - used; i--)
        top = top << PyLong_SHIFT | a->ob_digit[i];
    for (Py_ssize_t i = n - used; --i >= 0 && !sticky;)
        sticky = a->ob_digit[i] != 0;
    int width = (int)(bits - (n - used) * PyLong_SHIFT);
    double v = tai_double_round((uint64_t)(top >> 64), (uint64_t)top, -width, sticky);
    if (v == 1.0) {
        v = 0.5;
        bits++;
    }
    *e = bits;
    return Py_SIZE(a) < 0 ? -v : v;
}
