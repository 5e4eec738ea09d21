/* SPDX-License-Identifier: MIT */
/* int/mag: allocation of raw ints, digits <-> limbs, division. See mag.h.
 *
 * 32 digits are 15 limbs exactly, so both directions are plain shifting loops; their cost is small beside any operation that is
 * handed to GMP. Everything below the sizes measured in arith.c stays in digits.
 */
#include "objects/int/mag.h"

#define MAX_DIGITS ((PY_SSIZE_T_MAX - (Py_ssize_t)offsetof(PyLongObject, ob_digit)) / (Py_ssize_t)sizeof(digit))

typedef unsigned __int128 u128;

PyLongObject *tai_int_alloc(Py_ssize_t n)
{
    if (n <= 2) {
        PyLongObject *o = tai_int_block();
        if (o)
            Py_SIZE(o) = n;
        return o;
    }
    if (n > MAX_DIGITS) {
        PyErr_SetString(PyExc_OverflowError, "too many digits in integer");
        return NULL;
    }
    PyLongObject *o = PyObject_Malloc(offsetof(PyLongObject, ob_digit) + (size_t)n * sizeof(digit));
    if (o == NULL)
        return (PyLongObject *)PyErr_NoMemory();
    return (PyLongObject *)PyObject_INIT_VAR((PyVarObject *)o, &PyLong_Type, n);
}

PyObject *tai_int_finish(PyLongObject *o)
{
    if (o == NULL)
        return NULL;
    Py_ssize_t size = Py_SIZE(o), n = size < 0 ? -size : size;
    while (n > 0 && o->ob_digit[n - 1] == 0)
        n--;
    Py_SIZE(o) = size < 0 ? -n : n;
    if (n <= 1) {
        int64_t v = n ? tai_int_value((PyObject *)o) : 0;
        if (tai_int_is_small(v)) {
            Py_DECREF(o);
            return (PyObject *)&tai_int_small[v + TAI_INT_SMALL_NEG];
        }
    }
    return (PyObject *)o;
}

PyObject *tai_int_from_u128(u128 m, int negative)
{
    if (m >> 60 == 0)
        return tai_int_from_i64(negative ? -(int64_t)m : (int64_t)m);
    Py_ssize_t n = m >> 90 == 0 ? 3 : m >> 120 == 0 ? 4 : 5;
    PyLongObject *o = tai_int_alloc(n);
    if (o == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++, m >>= PyLong_SHIFT)
        o->ob_digit[i] = (digit)m & PyLong_MASK;
    if (negative)
        Py_SIZE(o) = -n;
    return (PyObject *)o;
}

PyObject *tai_int_from_u64(uint64_t m)
{
    return m >> 63 ? tai_int_from_u128(m, 0) : tai_int_from_i64((int64_t)m);
}

int tai_limbs_get(Limbs *l, Py_ssize_t n)
{
    l->at = l->local;
    if (n <= (Py_ssize_t)(sizeof l->local / sizeof l->local[0]))
        return 0;
    l->at = PyMem_Malloc((size_t)n * sizeof(mp_limb_t));
    if (l->at)
        return 0;
    l->at = l->local;
    PyErr_NoMemory();
    return -1;
}

/* Digits to limbs; the count without leading zeros. out has room for mag_limb_count(n). */
static mp_size_t to_limbs(const digit *d, Py_ssize_t n, mp_limb_t *out)
{
    u128 bits = 0;
    int have = 0;
    mp_size_t k = 0;
    Py_ssize_t i = 0;
    for (; i + 2 <= n; i += 2) {
        bits |= (u128)((uint64_t)d[i] | (uint64_t)d[i + 1] << PyLong_SHIFT) << have;
        have += 2 * PyLong_SHIFT;
        if (have >= 64) {
            out[k++] = (mp_limb_t)bits;
            bits >>= 64;
            have -= 64;
        }
    }
    if (i < n) {
        bits |= (u128)d[i] << have;
        have += PyLong_SHIFT;
    }
    for (; have > 0; have -= 64, bits >>= 64)
        out[k++] = (mp_limb_t)bits;
    while (k > 0 && out[k - 1] == 0)
        k--;
    return k;
}

int tai_int_limbs(const PyObject *o, Limbs *l, mp_size_t *count)
{
    Py_ssize_t n = mag_size(o);
    if (tai_limbs_get(l, mag_limb_count(n) + 1) < 0)
        return -1;
    *count = to_limbs(((const PyLongObject *)o)->ob_digit, n, l->at);
    return 0;
}

PyObject *tai_int_from_limbs(const mp_limb_t *limbs, mp_size_t n, int negative)
{
    while (n > 0 && limbs[n - 1] == 0)
        n--;
    if (n <= 1) {
        uint64_t m = n ? limbs[0] : 0;
        return tai_int_from_u128(m, negative);
    }
    int top = 64 - __builtin_clzll(limbs[n - 1]);
    Py_ssize_t total = (n - 1) / 15 * 32 + ((n - 1) % 15 * 64 + top + PyLong_SHIFT - 1) / PyLong_SHIFT;
    PyLongObject *o = tai_int_alloc(total);
    if (o == NULL)
        return NULL;
    digit *d = o->ob_digit;
    u128 bits = 0;
    int have = 0;
    Py_ssize_t k = 0;
    for (mp_size_t i = 0; i < n; i++) {
        bits |= (u128)limbs[i] << have;
        have += 64;
        while (have >= PyLong_SHIFT && k < total) {
            d[k++] = (digit)bits & PyLong_MASK;
            bits >>= PyLong_SHIFT;
            have -= PyLong_SHIFT;
        }
    }
    if (k < total)
        d[k++] = (digit)bits & PyLong_MASK;
    if (negative)
        Py_SIZE(o) = -total;
    return tai_int_finish(o);
}

/* ------------------------------------------------------------------ division */

/* By one digit. */
static int divrem_digit(PyObject *a, digit b, int qneg, PyObject **q, digit *r)
{
    const digit *d = ((PyLongObject *)a)->ob_digit;
    Py_ssize_t n = mag_size(a);
    PyLongObject *quot = NULL;
    if (q) {
        quot = tai_int_alloc(n);
        if (quot == NULL)
            return -1;
    }
    uint64_t rest = 0;
    for (Py_ssize_t i = n; --i >= 0;) {
        rest = rest << PyLong_SHIFT | d[i];
        digit t = (digit)(rest / b);
        if (quot)
            quot->ob_digit[i] = t;
        rest -= (uint64_t)t * b;
    }
    *r = (digit)rest;
    if (q) {
        if (qneg)
            Py_SIZE(quot) = -n;
        *q = tai_int_finish(quot);
    }
    return 0;
}

/* At most four digits by at most two, without limbs: 120 bits by 60. */
static int divrem_wide(PyObject *a, PyObject *b, PyObject **q, PyObject **r, int *inexact)
{
    const digit *x = ((PyLongObject *)a)->ob_digit, *y = ((PyLongObject *)b)->ob_digit;
    Py_ssize_t na = mag_size(a);
    uint64_t low = x[0] | (uint64_t)x[1] << PyLong_SHIFT, high = x[2] | (na > 3 ? (uint64_t)x[3] << PyLong_SHIFT : 0);
    uint64_t divisor = y[0] | (mag_size(b) > 1 ? (uint64_t)y[1] << PyLong_SHIFT : 0), rest;
    u128 wide = (u128)high << (2 * PyLong_SHIFT) | low, quotient;
    if (wide >> 64 == 0) { /* a word's division is much cheaper */
        quotient = (uint64_t)wide / divisor;
        rest = (uint64_t)wide % divisor;
    } else {
        quotient = wide / divisor;
        rest = (uint64_t)(wide - quotient * divisor);
    }
    int negative = Py_SIZE(a) < 0;
    if (inexact)
        *inexact = rest != 0;
    if (q && (*q = tai_int_from_u128(quotient, negative != (Py_SIZE(b) < 0))) == NULL)
        return -1;
    if (r && (*r = tai_int_from_i64(negative ? -(int64_t)rest : (int64_t)rest)) == NULL) {
        if (q)
            Py_CLEAR(*q);
        return -1;
    }
    return 0;
}

static int divrem_limbs(PyObject *a, PyObject *b, PyObject **q, PyObject **r, int *inexact)
{
    int aneg = Py_SIZE(a) < 0, qneg = aneg != (Py_SIZE(b) < 0), result = -1;
    mp_size_t na, nb, nr;
    Limbs la, lb, lq, lr;
    la.at = la.local, lb.at = lb.local, lq.at = lq.local, lr.at = lr.local;
    if (tai_int_limbs(a, &la, &na) < 0 || tai_int_limbs(b, &lb, &nb) < 0 || tai_limbs_get(&lq, na + 1) < 0 ||
        tai_limbs_get(&lr, nb + 1) < 0)
        goto done;
    if (na < nb) {
        lq.at[0] = 0;
        memcpy(lr.at, la.at, (size_t)na * sizeof(mp_limb_t));
        nr = na;
        na = nb; /* quotient of one limb */
    }
    else if (nb == 1) {
        lr.at[0] = mpn_divrem_1(lq.at, 0, la.at, na, lb.at[0]);
        nr = 1;
    }
    else {
        mpn_tdiv_qr(lq.at, lr.at, 0, la.at, na, lb.at, nb);
        nr = nb;
    }
    while (nr > 0 && lr.at[nr - 1] == 0)
        nr--;
    if (inexact)
        *inexact = nr > 0;
    if (q && (*q = tai_int_from_limbs(lq.at, na - nb + 1, qneg)) == NULL)
        goto done;
    if (r && (*r = tai_int_from_limbs(lr.at, nr, aneg)) == NULL) {
        if (q)
            Py_CLEAR(*q);
        goto done;
    }
    result = 0;
done:
    tai_limbs_free(&la);
    tai_limbs_free(&lb);
    tai_limbs_free(&lq);
    tai_limbs_free(&lr);
    return result;
}

int tai_int_divrem(PyObject *a, PyObject *b, PyObject **q, PyObject **r, int *inexact)
{
    Py_ssize_t na = mag_size(a), nb = mag_size(b);
    if (na < nb) {
        if (q)
            *q = (PyObject *)&tai_int_small[TAI_INT_SMALL_NEG];
        if (inexact)
            *inexact = na > 0;
        if (r) {
            *r = PyLong_CheckExact(a) ? (Py_INCREF(a), a) : _PyLong_Copy((PyLongObject *)a);
            return *r ? 0 : -1;
        }
        return 0;
    }
    if (nb <= 2 && na >= 3 && na <= 4)
        return divrem_wide(a, b, q, r, inexact);
    if (nb == 1 && na < 16) {
        digit rest;
        if (divrem_digit(a, ((PyLongObject *)b)->ob_digit[0], (Py_SIZE(a) < 0) != (Py_SIZE(b) < 0), q, &rest) < 0)
            return -1;
        if (q && *q == NULL)
            return -1;
        if (inexact)
            *inexact = rest != 0;
        if (r) {
            *r = tai_int_from_i64(Py_SIZE(a) < 0 ? -(int64_t)rest : (int64_t)rest);
            if (*r == NULL) {
                if (q)
                    Py_CLEAR(*q);
                return -1;
            }
        }
        return 0;
    }
    return divrem_limbs(a, b, q, r, inexact);
}
