/* SPDX-License-Identifier: MIT */
/* int/arith: + - * // % divmod / pow, gcd, comparison.
 *
 * Two short operands (at most two digits, [INT-2]) are computed in machine words. Longer ones are added and subtracted digit by
 * digit; products, quotients, powers and common divisors of more than a few digits are GMP's.
 * Tests: tests/objects/int/test_int.py.
 */
#include "objects/int/mag.h"

#include "base/decimal.h"
#include "objects/float/float.h"
#include "runtime/state.h"
#include <math.h>

typedef unsigned __int128 u128;
typedef __int128 i128;

/* Products with both sides at least this long go to GMP: below, converting costs more than it saves. */
#define GMP_MUL_DIGITS 10

#define CHECK_INTS(a, b)                                                                                                         \
    if (!PyLong_Check(a) || !PyLong_Check(b))                                                                                    \
    Py_RETURN_NOTIMPLEMENTED

static inline PyObject *zero(void)
{
    return (PyObject *)&tai_int_small[TAI_INT_SMALL_NEG];
}

/* The value as an exact int: itself when it is one. New reference. */
static PyObject *as_exact(PyObject *a)
{
    if (PyLong_CheckExact(a)) {
        Py_INCREF(a);
        return a;
    }
    return _PyLong_Copy((PyLongObject *)a);
}

/* ------------------------------------------------------------------ comparison */

static int mag_cmp(const PyLongObject *a, Py_ssize_t na, const PyLongObject *b, Py_ssize_t nb)
{
    if (na != nb)
        return na < nb ? -1 : 1;
    while (--na >= 0)
        if (a->ob_digit[na] != b->ob_digit[na])
            return a->ob_digit[na] < b->ob_digit[na] ? -1 : 1;
    return 0;
}

int tai_int_cmp_slow(const PyLongObject *a, const PyLongObject *b)
{
    Py_ssize_t na = Py_SIZE(a), nb = Py_SIZE(b);
    if (na != nb)
        return na < nb ? -1 : 1;
    return na < 0 ? mag_cmp(b, -nb, a, -na) : mag_cmp(a, na, b, nb);
}

/* ------------------------------------------------------------------ sums */

/* Two digits lie in one 64-bit word, each with two spare bits on top. Adding ones in the low digit's spare bits lets its carry run
 * through them into the high digit; a borrow does so by itself. So both loops take two digits a step. */
#define PAIR_DIGITS 0x3fffffff3fffffffULL
#define PAIR_SPARE 0x00000000c0000000ULL

static inline uint64_t load_pair(const digit *d)
{
    uint64_t w;
    memcpy(&w, d, sizeof w);
    return w;
}

static inline void store_pair(digit *d, uint64_t w)
{
    w &= PAIR_DIGITS;
    memcpy(d, &w, sizeof w);
}

static PyObject *mag_add(PyObject *a, PyObject *b, int negative)
{
    Py_ssize_t na = mag_size(a), nb = mag_size(b), i;
    if (na < nb) {
        PyObject *t = a;
        a = b, b = t;
        i = na, na = nb, nb = i;
    }
    PyLongObject *z = tai_int_alloc(na + 1);
    if (z == NULL)
        return NULL;
    const digit *x = ((PyLongObject *)a)->ob_digit, *y = ((PyLongObject *)b)->ob_digit;
    digit carry = 0;
    uint64_t pair = 0;
    for (i = 0; i + 2 <= nb; i += 2) {
        pair = load_pair(x + i) + load_pair(y + i) + PAIR_SPARE + (pair >> 62);
        store_pair(z->ob_digit + i, pair);
    }
    carry = (digit)(pair >> 62);
    for (; i < nb; i++) {
        carry += x[i] + y[i];
        z->ob_digit[i] = carry & PyLong_MASK;
        carry >>= PyLong_SHIFT;
    }
    for (; i < na; i++) {
        carry += x[i];
        z->ob_digit[i] = carry & PyLong_MASK;
        carry >>= PyLong_SHIFT;
    }
    z->ob_digit[i] = carry;
    if (negative)
        Py_SIZE(z) = -Py_SIZE(z);
    return tai_int_finish(z);
}

/* |a| - |b|, negated if asked. */
static PyObject *mag_sub(PyObject *a, PyObject *b, int negative)
{
    Py_ssize_t na = mag_size(a), nb = mag_size(b), i;
    int order = mag_cmp((PyLongObject *)a, na, (PyLongObject *)b, nb);
    if (order == 0)
        return zero();
    if (order < 0) {
        PyObject *t = a;
        a = b, b = t;
        i = na, na = nb, nb = i;
        negative = !negative;
    }
    PyLongObject *z = tai_int_alloc(na);
    if (z == NULL)
        return NULL;
    const digit *x = ((PyLongObject *)a)->ob_digit, *y = ((PyLongObject *)b)->ob_digit;
    digit borrow = 0;
    uint64_t pair = 0;
    for (i = 0; i + 2 <= nb; i += 2) {
        pair = load_pair(x + i) - load_pair(y + i) - (pair >> 63);
        store_pair(z->ob_digit + i, pair);
    }
    borrow = (digit)(pair >> 63);
    for (; i < nb; i++) {
        borrow = x[i] - y[i] - borrow;
        z->ob_digit[i] = borrow & PyLong_MASK;
        borrow = (borrow >> PyLong_SHIFT) & 1;
    }
    for (; i < na; i++) {
        borrow = x[i] - borrow;
        z->ob_digit[i] = borrow & PyLong_MASK;
        borrow = (borrow >> PyLong_SHIFT) & 1;
    }
    if (negative)
        Py_SIZE(z) = -na;
    return tai_int_finish(z);
}

PyObject *tai_int_add(PyObject *a, PyObject *b)
{
    if (LIKELY(tai_int_is_short(a) & tai_int_is_short(b)))
        return tai_int_from_i64(tai_int_short_value(a) + tai_int_short_value(b));
    int aneg = Py_SIZE(a) < 0;
    return aneg == (Py_SIZE(b) < 0) ? mag_add(a, b, aneg) : mag_sub(a, b, aneg);
}

PyObject *tai_int_sub(PyObject *a, PyObject *b)
{
    if (LIKELY(tai_int_is_short(a) & tai_int_is_short(b)))
        return tai_int_from_i64(tai_int_short_value(a) - tai_int_short_value(b));
    int aneg = Py_SIZE(a) < 0;
    return aneg == (Py_SIZE(b) < 0) ? mag_sub(a, b, aneg) : mag_add(a, b, aneg);
}

PyObject *tai_int_neg(PyObject *a)
{
    if (LIKELY(tai_int_is_short(a)))
        return tai_int_from_i64(-tai_int_short_value(a));
    PyObject *z = _PyLong_Copy((PyLongObject *)a);
    if (z)
        Py_SIZE(z) = -Py_SIZE(z);
    return z;
}

/* ------------------------------------------------------------------ products */

static PyObject *mul_schoolbook(PyObject *a, PyObject *b, int negative)
{
    Py_ssize_t na = mag_size(a), nb = mag_size(b);
    PyLongObject *z = tai_int_alloc(na + nb);
    if (z == NULL)
        return NULL;
    const digit *x = ((PyLongObject *)a)->ob_digit, *y = ((PyLongObject *)b)->ob_digit;
    memset(z->ob_digit, 0, (size_t)nb * sizeof(digit));
    for (Py_ssize_t i = 0; i < na; i++) {
        digit *out = z->ob_digit + i;
        uint64_t f = x[i], carry = 0;
        for (Py_ssize_t j = 0; j < nb; j++) {
            carry += out[j] + f * y[j];
            out[j] = (digit)carry & PyLong_MASK;
            carry >>= PyLong_SHIFT;
        }
        out[nb] = (digit)carry;
    }
    if (negative)
        Py_SIZE(z) = -Py_SIZE(z);
    return tai_int_finish(z);
}

/* By one digit. */
static PyObject *mul_digit(PyObject *a, digit f, int negative)
{
    Py_ssize_t n = mag_size(a);
    PyLongObject *z = tai_int_alloc(n + 1);
    if (z == NULL)
        return NULL;
    const digit *x = ((PyLongObject *)a)->ob_digit;
    uint64_t carry = 0;
    Py_ssize_t i = 0;
    for (; i + 2 <= n; i += 2) { /* 60 bits by 30 */
        uint64_t w = x[i] | (uint64_t)x[i + 1] << PyLong_SHIFT;
        u128 product = (u128)w * f + carry;
        carry = (uint64_t)(product >> (2 * PyLong_SHIFT));
        z->ob_digit[i] = (digit)product & PyLong_MASK;
        z->ob_digit[i + 1] = (digit)((uint64_t)product >> PyLong_SHIFT) & PyLong_MASK;
    }
    for (; i < n; i++) {
        carry += (uint64_t)x[i] * f;
        z->ob_digit[i] = (digit)carry & PyLong_MASK;
        carry >>= PyLong_SHIFT;
    }
    z->ob_digit[n] = (digit)carry;
    if (negative)
        Py_SIZE(z) = -Py_SIZE(z);
    return tai_int_finish(z);
}

static PyObject *mul_gmp(PyObject *a, PyObject *b, int negative)
{
    Limbs la, lb, lz;
    mp_size_t na, nb;
    PyObject *z = NULL;
    la.at = la.local, lb.at = lb.local, lz.at = lz.local;
    if (tai_int_limbs(a, &la, &na) < 0 || (a != b && tai_int_limbs(b, &lb, &nb) < 0))
        goto done;
    if (a == b)
        nb = na;
    if (tai_limbs_get(&lz, na + nb) < 0)
        goto done;
    if (a == b)
        mpn_sqr(lz.at, la.at, na);
    else if (na >= nb)
        mpn_mul(lz.at, la.at, na, lb.at, nb);
    else
        mpn_mul(lz.at, lb.at, nb, la.at, na);
    z = tai_int_from_limbs(lz.at, na + nb, negative);
done:
    tai_limbs_free(&la);
    tai_limbs_free(&lb);
    tai_limbs_free(&lz);
    return z;
}

static PyObject *int_mul(PyObject *a, PyObject *b)
{
    if (LIKELY(tai_int_both_compact(a, b)))
        return tai_int_from_i64(tai_int_value(a) * tai_int_value(b));
    if (tai_int_is_short(a) & tai_int_is_short(b)) {
        i128 v = (i128)tai_int_short_value(a) * tai_int_short_value(b);
        return tai_int_from_u128((u128)(v < 0 ? -v : v), v < 0);
    }
    Py_ssize_t na = mag_size(a), nb = mag_size(b);
    if (na == 0 || nb == 0)
        return zero();
    int negative = (Py_SIZE(a) < 0) != (Py_SIZE(b) < 0);
    if (na >= GMP_MUL_DIGITS && nb >= GMP_MUL_DIGITS)
        return mul_gmp(a, b, negative);
    if (na == 1)
        return mul_digit(b, ((PyLongObject *)a)->ob_digit[0], negative);
    if (nb == 1)
        return mul_digit(a, ((PyLongObject *)b)->ob_digit[0], negative);
    return na <= nb ? mul_schoolbook(a, b, negative) : mul_schoolbook(b, a, negative);
}

/* ------------------------------------------------------------------ floor division */

static int check_divisor(PyObject *b)
{
    if (LIKELY(Py_SIZE(b) != 0))
        return 0;
    PyErr_SetString(PyExc_ZeroDivisionError, "integer division or modulo by zero");
    return -1;
}

static inline int64_t floor_div(int64_t a, int64_t b)
{
    if (((uint64_t)a | (uint64_t)b) >> 32 == 0)
        return (uint32_t)a / (uint32_t)b;
    int64_t q = a / b;
    return q - ((q * b != a) & ((a ^ b) < 0));
}

static inline int64_t floor_mod(int64_t a, int64_t b)
{
    if (((uint64_t)a | (uint64_t)b) >> 32 == 0)
        return (uint32_t)a % (uint32_t)b;
    int64_t r = a % b;
    return r + (r != 0 && (r ^ b) < 0 ? b : 0);
}

/* Two long numbers of almost the same size: their quotient, from the leading digits alone. a = A * 2**k + rest, b = B * 2**k + rest with
 * B of 61 to 90 bits: floor(a / b) lies between floor(A / (B+1)) and floor((A+1) / B), which mostly are the same.
 * 1: *q is floor(|a| / |b|), less than 2**60; 0: it takes a real division. */
static int leading_quotient(PyObject *a, PyObject *b, uint64_t *q)
{
    Py_ssize_t na = mag_size(a), nb = mag_size(b);
    if (nb < 4 || na < nb || na > nb + 1)
        return 0;
    const digit *x = ((PyLongObject *)a)->ob_digit + (nb - 3), *y = ((PyLongObject *)b)->ob_digit + (nb - 3);
    u128 top = 0, den = (u128)y[2] << 60 | (uint64_t)y[1] << 30 | y[0];
    for (Py_ssize_t i = na - (nb - 3); --i >= 0;)
        top = top << PyLong_SHIFT | x[i];
    u128 low, high;
    if (den >> 64 == 0) { /* word divisions are cheaper */
        uint64_t d = (uint64_t)den;
        low = d == UINT64_MAX ? top >> 64 : top / (d + 1);
        high = (top + 1) / d;
    }
    else {
        int drop = 64 - __builtin_clzll((uint64_t)(den >> 64)); /* keep 64 bits of B, and as many less of A */
        uint64_t d = (uint64_t)(den >> drop);
        u128 t = top >> drop;
        low = d == UINT64_MAX ? t >> 64 : t / (d + 1);
        high = (t + 1) / d;
    }
    *q = (uint64_t)low;
    return low == high && low >> 60 == 0;
}

/* |a| - q * |b| >= 0, with a's sign. */
static PyObject *sub_multiple(PyObject *a, PyObject *b, uint64_t q)
{
    Py_ssize_t na = mag_size(a), nb = mag_size(b);
    PyLongObject *z = tai_int_alloc(na);
    if (z == NULL)
        return NULL;
    const digit *x = ((PyLongObject *)a)->ob_digit, *y = ((PyLongObject *)b)->ob_digit;
    if (q >> 32 == 0) { /* 62 bits and a borrow */
        int64_t carry = 0;
        for (Py_ssize_t i = 0; i < na; i++) {
            carry += (int64_t)x[i] - (i < nb ? (int64_t)(q * y[i]) : 0);
            z->ob_digit[i] = (digit)carry & PyLong_MASK;
            carry >>= PyLong_SHIFT;
        }
    }
    else {
        i128 carry = 0;
        for (Py_ssize_t i = 0; i < na; i++) {
            carry += (i128)x[i] - (i < nb ? (i128)q * y[i] : 0);
            z->ob_digit[i] = (digit)carry & PyLong_MASK;
            carry >>= PyLong_SHIFT;
        }
    }
    if (Py_SIZE(a) < 0)
        Py_SIZE(z) = -na;
    return tai_int_finish(z);
}

static inline int same_sign(PyObject *a, PyObject *b)
{
    return (Py_SIZE(a) < 0) == (Py_SIZE(b) < 0);
}

static PyObject *int_floordiv(PyObject *a, PyObject *b)
{
    if (check_divisor(b) < 0)
        return NULL;
    if (LIKELY(tai_int_is_short(a) & tai_int_is_short(b)))
        return tai_int_from_i64(floor_div(tai_int_short_value(a), tai_int_short_value(b)));
    PyObject *q;
    int inexact;
    uint64_t word;
    if (same_sign(a, b) && leading_quotient(a, b, &word))
        return tai_int_from_i64((int64_t)word);
    if (tai_int_divrem(a, b, &q, NULL, &inexact) < 0)
        return NULL;
    if (inexact && (Py_SIZE(a) < 0) != (Py_SIZE(b) < 0))
        Py_SETREF(q, tai_int_sub(q, (PyObject *)&tai_int_small[TAI_INT_SMALL_NEG + 1]));
    return q;
}

static PyObject *int_mod(PyObject *a, PyObject *b)
{
    if (check_divisor(b) < 0)
        return NULL;
    if (LIKELY(tai_int_is_short(a) & tai_int_is_short(b)))
        return tai_int_from_i64(floor_mod(tai_int_short_value(a), tai_int_short_value(b)));
    PyObject *r;
    uint64_t word;
    if (same_sign(a, b) && leading_quotient(a, b, &word))
        return sub_multiple(a, b, word);
    if (tai_int_divrem(a, b, NULL, &r, NULL) < 0)
        return NULL;
    if (Py_SIZE(r) != 0 && (Py_SIZE(r) < 0) != (Py_SIZE(b) < 0))
        Py_SETREF(r, tai_int_add(r, b));
    return r;
}

static int floor_divmod(PyObject *a, PyObject *b, PyObject **q, PyObject **r)
{
    uint64_t word;
    *q = *r = NULL;
    if (check_divisor(b) < 0)
        return -1;
    if (LIKELY(tai_int_is_short(a) & tai_int_is_short(b))) {
        int64_t x = tai_int_short_value(a), y = tai_int_short_value(b);
        *q = tai_int_from_i64(floor_div(x, y));
        *r = tai_int_from_i64(floor_mod(x, y));
    }
    else if (same_sign(a, b) && leading_quotient(a, b, &word)) {
        *q = tai_int_from_i64((int64_t)word);
        *r = sub_multiple(a, b, word);
    }
    else {
        if (tai_int_divrem(a, b, q, r, NULL) < 0)
            return -1;
        if (Py_SIZE(*r) != 0 && (Py_SIZE(*r) < 0) != (Py_SIZE(b) < 0)) {
            Py_SETREF(*r, tai_int_add(*r, b));
            Py_SETREF(*q, tai_int_sub(*q, (PyObject *)&tai_int_small[TAI_INT_SMALL_NEG + 1]));
        }
    }
    if (*q && *r)
        return 0;
    Py_CLEAR(*q);
    Py_CLEAR(*r);
    return -1;
}

static PyObject *pair_steal(PyObject *q, PyObject *r)
{
    PyObject *t = PyTuple_New(2);
    if (t == NULL) {
        Py_DECREF(q);
        Py_DECREF(r);
        return NULL;
    }
    PyTuple_SET_ITEM(t, 0, q);
    PyTuple_SET_ITEM(t, 1, r);
    return t;
}

static PyObject *int_divmod(PyObject *a, PyObject *b)
{
    PyObject *q, *r;
    CHECK_INTS(a, b);
    if (floor_divmod(a, b, &q, &r) < 0)
        return NULL;
    return pair_steal(q, r);
}

/* 2|r| against |b|. */
static int twice_cmp(PyObject *r, PyObject *b)
{
    PyObject *twice = tai_int_add(r, r);
    if (twice == NULL)
        return -2;
    int c = mag_cmp((PyLongObject *)twice, mag_size(twice), (PyLongObject *)b, mag_size(b));
    Py_DECREF(twice);
    return c;
}

PyObject *_PyLong_DivmodNear(PyObject *a, PyObject *b)
{
    PyObject *q, *r;
    if (!PyLong_Check(a) || !PyLong_Check(b)) {
        PyErr_SetString(PyExc_TypeError, "non-integer arguments in division");
        return NULL;
    }
    if (floor_divmod(a, b, &q, &r) < 0) /* r has b's sign, or is zero */
        return NULL;
    int c = twice_cmp(r, b);
    if (c == -2)
        goto error;
    if (c > 0 || (c == 0 && Py_SIZE(q) != 0 && (((PyLongObject *)q)->ob_digit[0] & 1))) {
        Py_SETREF(q, tai_int_add(q, (PyObject *)&tai_int_small[TAI_INT_SMALL_NEG + 1]));
        Py_SETREF(r, tai_int_sub(r, b));
        if (q == NULL || r == NULL)
            goto error;
    }
    return pair_steal(q, r);
error:
    Py_XDECREF(q);
    Py_XDECREF(r);
    return NULL;
}

/* ------------------------------------------------------------------ true division */

static PyObject *truediv_overflow(void)
{
    PyErr_SetString(PyExc_OverflowError, "integer division result too large for a float");
    return NULL;
}

/* |a| / |b|, negated if asked; both not zero. A quotient of 66 or 67 bits and what is left decide the rounding. */
static PyObject *truediv_big(PyObject *a, PyObject *b, int negative)
{
    Py_ssize_t abits = (Py_ssize_t)_PyLong_NumBits(a), bbits = (Py_ssize_t)_PyLong_NumBits(b);
    if (abits < 0 || bbits < 0)
        return NULL;
    if (abits - bbits > 1024)
        return truediv_overflow();
    if (abits - bbits < -1080)
        return tai_float_new(negative ? -0.0 : 0.0);
    Limbs la, lb;
    mp_size_t na, nb;
    PyObject *result = NULL;
    la.at = la.local, lb.at = lb.local;
    if (tai_int_limbs(a, &la, &na) < 0 || tai_int_limbs(b, &lb, &nb) < 0)
        goto done;
    mpz_t x, y, num, den;
    mpz_roinit_n(x, la.at, na);
    mpz_roinit_n(y, lb.at, nb);
    mpz_inits(num, den, NULL);
    Py_ssize_t shift = 66 - (abits - bbits);
    if (shift >= 0) {
        mpz_mul_2exp(num, x, (mp_bitcnt_t)shift);
        mpz_tdiv_qr(num, den, num, y);
    }
    else {
        mpz_mul_2exp(den, y, (mp_bitcnt_t)-shift);
        mpz_tdiv_qr(num, den, x, den);
    }
    double v = tai_double_round(mpz_getlimbn(num, 1), mpz_getlimbn(num, 0), (int)-shift, mpz_sgn(den) != 0);
    mpz_clears(num, den, NULL);
    result = isinf(v) ? truediv_overflow() : tai_float_new(negative ? -v : v);
done:
    tai_limbs_free(&la);
    tai_limbs_free(&lb);
    return result;
}

static PyObject *int_truediv(PyObject *a, PyObject *b)
{
    const int64_t exact = 1LL << 53;
    if (Py_SIZE(b) == 0) {
        PyErr_SetString(PyExc_ZeroDivisionError, "division by zero");
        return NULL;
    }
    if (Py_SIZE(a) == 0)
        return tai_float_new(Py_SIZE(b) < 0 ? -0.0 : 0.0);
    if (tai_int_is_short(a) & tai_int_is_short(b)) {
        int64_t x = tai_int_short_value(a), y = tai_int_short_value(b);
        if (x <= exact && x >= -exact && y <= exact && y >= -exact)
            return tai_float_new((double)x / (double)y);
    }
    return truediv_big(a, b, (Py_SIZE(a) < 0) != (Py_SIZE(b) < 0));
}

/* ------------------------------------------------------------------ powers */

#define POW_MAX_BITS ((uint64_t)1 << 42) /* larger results cannot be had: MemoryError at once instead of after hours */

/* |a| ** e for e >= 2 by squaring in two buffers large enough for the result. */
static PyObject *pow_big(PyObject *a, uint64_t e, int negative)
{
    size_t bits = _PyLong_NumBits(a);
    if (bits == (size_t)-1)
        return NULL;
    if (e > POW_MAX_BITS || (u128)(bits - 1) * e > POW_MAX_BITS)
        return PyErr_NoMemory();
    Py_ssize_t room = (Py_ssize_t)((u128)bits * e / 64) + 4;
    Limbs base, one, two;
    mp_size_t nbase, n;
    PyObject *result = NULL;
    base.at = base.local, one.at = one.local, two.at = two.local;
    if (tai_int_limbs(a, &base, &nbase) < 0 || tai_limbs_get(&one, room) < 0 || tai_limbs_get(&two, room) < 0)
        goto done;
    mp_limb_t *cur = one.at, *next = two.at;
    memcpy(cur, base.at, (size_t)nbase * sizeof(mp_limb_t));
    n = nbase;
    for (int bit = 62 - __builtin_clzll(e); bit >= 0; bit--) {
        mpn_sqr(next, cur, n);
        n = 2 * n - (next[2 * n - 1] == 0);
        mp_limb_t *t = cur;
        cur = next, next = t;
        if (e >> bit & 1) {
            if (nbase == 1) {
                mp_limb_t carry = mpn_mul_1(cur, cur, n, base.at[0]);
                if (carry)
                    cur[n++] = carry;
                continue;
            }
            mpn_mul(next, cur, n, base.at, nbase);
            n = n + nbase - (next[n + nbase - 1] == 0);
            t = cur;
            cur = next, next = t;
        }
    }
    result = tai_int_from_limbs(cur, n, negative);
done:
    tai_limbs_free(&base);
    tai_limbs_free(&one);
    tai_limbs_free(&two);
    return result;
}

/* a ** b, b >= 0 */
static PyObject *pow_plain(PyObject *a, PyObject *b)
{
    if (Py_SIZE(b) == 0)
        return (PyObject *)&tai_int_small[TAI_INT_SMALL_NEG + 1];
    int64_t e, base = tai_int_is_short(a) ? tai_int_short_value(a) : 2;
    int odd = ((PyLongObject *)b)->ob_digit[0] & 1;
    if (base == 0 || base == 1)
        return as_exact(a);
    if (base == -1)
        return tai_int_from_i64(odd ? -1 : 1);
    if (!tai_int_as_i64(b, &e))
        return PyErr_NoMemory();
    if (e == 1)
        return as_exact(a);
    if (e == 2)
        return int_mul(a, a);
    if (tai_int_is_short(a)) {
        int64_t result = 1, square = base, left = e;
        int over = 0;
        for (;;) {
            if ((left & 1) && (over |= __builtin_mul_overflow(result, square, &result)))
                break;
            left >>= 1;
            if (left == 0)
                break;
            if ((over |= __builtin_mul_overflow(square, square, &square)))
                break;
        }
        if (!over)
            return tai_int_from_i64(result);
        uint64_t m = base < 0 ? -(uint64_t)base : (uint64_t)base;
        if ((m & (m - 1)) == 0) {
            int k = __builtin_ctzll(m);
            if ((uint64_t)e > POW_MAX_BITS)
                return PyErr_NoMemory();
            return _PyLong_Lshift((PyObject *)&tai_int_small[TAI_INT_SMALL_NEG + (base < 0 && odd ? -1 : 1)], (size_t)e * (size_t)k);
        }
    }
    return pow_big(a, (uint64_t)e, Py_SIZE(a) < 0 && odd);
}

/* a ** b mod m in one word: m < 2**60, 0 <= a < m, b >= 0 */
static uint64_t powmod_word(uint64_t a, PyObject *b, uint64_t m)
{
    uint64_t r = 1 % m;
    const digit *d = ((PyLongObject *)b)->ob_digit;
    int narrow = m >> 32 == 0;
    for (Py_ssize_t i = Py_SIZE(b); --i >= 0;)
        for (int bit = PyLong_SHIFT - 1; bit >= 0; bit--) {
            if (narrow) {
                r = r * r % m;
                if (d[i] >> bit & 1)
                    r = r * a % m;
            }
            else {
                r = (uint64_t)((u128)r * r % m);
                if (d[i] >> bit & 1)
                    r = (uint64_t)((u128)r * a % m);
            }
        }
    return r;
}

/* Fill z with o's value; temporaries live in l. */
static int mpz_view(PyObject *o, Limbs *l, mpz_ptr z)
{
    mp_size_t n;
    if (tai_int_limbs(o, l, &n) < 0)
        return -1;
    mpz_roinit_n(z, l->at, Py_SIZE(o) < 0 ? -n : n);
    return 0;
}

static PyObject *from_mpz(mpz_srcptr z)
{
    return tai_int_from_limbs(mpz_limbs_read(z), (mp_size_t)mpz_size(z), mpz_sgn(z) < 0);
}

/* a ** b modulo m, m not zero; the result has m's sign. */
static PyObject *pow_modular(PyObject *a, PyObject *b, PyObject *m)
{
    if (mag_size(m) == 1 && ((PyLongObject *)m)->ob_digit[0] == 1)
        return zero();
    if (tai_int_is_short(a) && tai_int_is_short(m) && Py_SIZE(m) > 0 && Py_SIZE(b) >= 0) {
        int64_t mod = tai_int_short_value(m);
        return tai_int_from_i64((int64_t)powmod_word((uint64_t)floor_mod(tai_int_short_value(a), mod), b, (uint64_t)mod));
    }
    Limbs la, lb, lm;
    mpz_t x, e, mod, r;
    PyObject *result = NULL;
    la.at = la.local, lb.at = lb.local, lm.at = lm.local;
    if (mpz_view(a, &la, x) < 0 || mpz_view(b, &lb, e) < 0 || mpz_view(m, &lm, mod) < 0)
        goto done;
    mpz_init(r);
    if (mpz_sgn(e) < 0 && !mpz_invert(r, x, mod)) {
        PyErr_SetString(PyExc_ValueError, "base is not invertible for the given modulus");
    }
    else {
        mpz_powm(r, x, e, mod); /* in [0, |m|) */
        if (mpz_sgn(mod) < 0 && mpz_sgn(r) != 0)
            mpz_add(r, r, mod);
        result = from_mpz(r);
    }
    mpz_clear(r);
done:
    tai_limbs_free(&la);
    tai_limbs_free(&lb);
    tai_limbs_free(&lm);
    return result;
}

PyObject *tai_int_pow(PyObject *a, PyObject *b, PyObject *mod)
{
    if (mod == Py_None || mod == NULL) {
        if (Py_SIZE(b) < 0) {
            double x = PyLong_AsDouble(a);
            if (x == -1.0 && PyErr_Occurred())
                return NULL;
            double y = PyLong_AsDouble(b);
            if (y == -1.0 && PyErr_Occurred())
                return NULL;
            return tai_float_pow(x, y);
        }
        return pow_plain(a, b);
    }
    if (Py_SIZE(mod) == 0) {
        PyErr_SetString(PyExc_ValueError, "pow() 3rd argument cannot be 0");
        return NULL;
    }
    return pow_modular(a, b, mod);
}

/* ------------------------------------------------------------------ common divisor */

static uint64_t gcd_word(uint64_t a, uint64_t b)
{
    if (a == 0 || b == 0)
        return a | b;
    int twos = __builtin_ctzll(a | b);
    a >>= __builtin_ctzll(a);
    while (b) {
        b >>= __builtin_ctzll(b);
        if (a > b) {
            uint64_t t = a;
            a = b, b = t;
        }
        b -= a;
    }
    return a << twos;
}

PyObject *_PyLong_GCD(PyObject *a, PyObject *b)
{
    if (tai_int_is_short(a) & tai_int_is_short(b)) {
        int64_t x = tai_int_short_value(a), y = tai_int_short_value(b);
        return tai_int_from_i64((int64_t)gcd_word((uint64_t)(x < 0 ? -x : x), (uint64_t)(y < 0 ? -y : y)));
    }
    Limbs la, lb;
    mpz_t x, y, r;
    PyObject *result = NULL;
    la.at = la.local, lb.at = lb.local;
    if (mpz_view(a, &la, x) == 0 && mpz_view(b, &lb, y) == 0) {
        mpz_init(r);
        mpz_gcd(r, x, y);
        result = from_mpz(r);
        mpz_clear(r);
    }
    tai_limbs_free(&la);
    tai_limbs_free(&lb);
    return result;
}

/* ------------------------------------------------------------------ slots */

static PyObject *slot_add(PyObject *a, PyObject *b)
{
    CHECK_INTS(a, b);
    return tai_int_add(a, b);
}

static PyObject *slot_sub(PyObject *a, PyObject *b)
{
    CHECK_INTS(a, b);
    return tai_int_sub(a, b);
}

static PyObject *slot_mul(PyObject *a, PyObject *b)
{
    CHECK_INTS(a, b);
    return int_mul(a, b);
}

static PyObject *slot_floordiv(PyObject *a, PyObject *b)
{
    CHECK_INTS(a, b);
    return int_floordiv(a, b);
}

static PyObject *slot_mod(PyObject *a, PyObject *b)
{
    CHECK_INTS(a, b);
    return int_mod(a, b);
}

static PyObject *slot_truediv(PyObject *a, PyObject *b)
{
    CHECK_INTS(a, b);
    return int_truediv(a, b);
}

static PyObject *slot_pow(PyObject *a, PyObject *b, PyObject *mod)
{
    CHECK_INTS(a, b);
    if (mod != Py_None && !PyLong_Check(mod))
        Py_RETURN_NOTIMPLEMENTED;
    return tai_int_pow(a, b, mod);
}

static PyObject *slot_and(PyObject *a, PyObject *b)
{
    CHECK_INTS(a, b);
    return tai_int_and(a, b);
}

static PyObject *slot_or(PyObject *a, PyObject *b)
{
    CHECK_INTS(a, b);
    return tai_int_or(a, b);
}

static PyObject *slot_xor(PyObject *a, PyObject *b)
{
    CHECK_INTS(a, b);
    return tai_int_xor(a, b);
}

static PyObject *slot_lshift(PyObject *a, PyObject *b)
{
    CHECK_INTS(a, b);
    return tai_int_lshift(a, b);
}

static PyObject *slot_rshift(PyObject *a, PyObject *b)
{
    CHECK_INTS(a, b);
    return tai_int_rshift(a, b);
}

static PyObject *slot_abs(PyObject *a)
{
    return Py_SIZE(a) < 0 ? tai_int_neg(a) : as_exact(a);
}

static int slot_bool(PyObject *a)
{
    return Py_SIZE(a) != 0;
}

static PyObject *slot_float(PyObject *a)
{
    double v = PyLong_AsDouble(a);
    if (v == -1.0 && PyErr_Occurred())
        return NULL;
    return tai_float_new(v);
}

PyNumberMethods tai_int_as_number = {
    .nb_add = slot_add,
    .nb_subtract = slot_sub,
    .nb_multiply = slot_mul,
    .nb_remainder = slot_mod,
    .nb_divmod = int_divmod,
    .nb_power = slot_pow,
    .nb_negative = tai_int_neg,
    .nb_positive = as_exact,
    .nb_absolute = slot_abs,
    .nb_bool = slot_bool,
    .nb_invert = tai_int_invert,
    .nb_lshift = slot_lshift,
    .nb_rshift = slot_rshift,
    .nb_and = slot_and,
    .nb_xor = slot_xor,
    .nb_or = slot_or,
    .nb_int = as_exact,
    .nb_float = slot_float,
    .nb_floor_divide = slot_floordiv,
    .nb_true_divide = slot_truediv,
    .nb_index = as_exact,
};
