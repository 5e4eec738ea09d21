/* SPDX-License-Identifier: MIT */
/* int/convert: ints from and to C integers, doubles, pointers and byte strings; __int__ and __index__; the argument converters.
 *
 * All PyLong_As* go through as_i64/as_u64 below; the texts of the errors are the API's and stand beside each function.
 * Tests: tests/objects/int/test_int.py, tests/capi.
 */
#include "objects/int/mag.h"

#include "base/decimal.h"
#include "runtime/state.h"
#include <limits.h>
#include <math.h>

typedef unsigned __int128 u128;

/* ------------------------------------------------------------------ from C */

PyObject *tai_int_from_i64_slow(int64_t v)
{
    return tai_int_from_u128(v < 0 ? -(uint64_t)v : (uint64_t)v, v < 0);
}

PyObject *PyLong_FromLong(long v)
{
    return tai_int_from_i64(v);
}

PyObject *PyLong_FromLongLong(long long v)
{
    return tai_int_from_i64(v);
}

PyObject *PyLong_FromSsize_t(Py_ssize_t v)
{
    return tai_int_from_i64(v);
}

PyObject *PyLong_FromUnsignedLong(unsigned long v)
{
    return tai_int_from_u64(v);
}

PyObject *PyLong_FromUnsignedLongLong(unsigned long long v)
{
    return tai_int_from_u64(v);
}

PyObject *PyLong_FromSize_t(size_t v)
{
    return tai_int_from_u64(v);
}

PyObject *PyLong_FromVoidPtr(void *p)
{
    return tai_int_from_u64((uintptr_t)p);
}

/* Truncates towards zero. */
PyObject *PyLong_FromDouble(double v)
{
    if (isinf(v)) {
        PyErr_SetString(PyExc_OverflowError, "cannot convert float infinity to integer");
        return NULL;
    }
    if (isnan(v)) {
        PyErr_SetString(PyExc_ValueError, "cannot convert float NaN to integer");
        return NULL;
    }
    if (v > -0x1p62 && v < 0x1p62)
        return tai_int_from_i64((int64_t)v);
    int e;
    uint64_t m = (uint64_t)ldexp(frexp(fabs(v), &e), 53);
    PyObject *top = tai_int_from_i64(v < 0 ? -(int64_t)m : (int64_t)m);
    if (top == NULL)
        return NULL;
    PyObject *result = _PyLong_Lshift(top, (size_t)(e - 53));
    Py_DECREF(top);
    return result;
}

/* ------------------------------------------------------------------ __int__ and __index__ */

#define SUBCLASS_DEPRECATED                                                                                                      \
    "The ability to return an instance of a strict subclass of int is deprecated, and may be removed in a future version of "   \
    "Python."

/* What __int__ or __index__ gave must be an int; a strict subclass is warned about. Steals and returns result. */
static PyObject *check_converted(PyObject *result, const char *method)
{
    if (result == NULL || PyLong_CheckExact(result))
        return result;
    if (!PyLong_Check(result)) {
        PyErr_Format(PyExc_TypeError, "%s returned non-int (type %.200s)", method, Py_TYPE(result)->tp_name);
        Py_DECREF(result);
        return NULL;
    }
    if (PyErr_WarnFormat(PyExc_DeprecationWarning, 1, "%s returned non-int (type %.200s).  " SUBCLASS_DEPRECATED, method,
                         Py_TYPE(result)->tp_name)) {
        Py_DECREF(result);
        return NULL;
    }
    return result;
}

static PyObject *integer_required(PyObject *o)
{
    return PyErr_Format(PyExc_TypeError, "an integer is required (got type %.200s)", Py_TYPE(o)->tp_name);
}

PyObject *_PyLong_FromNbInt(PyObject *o)
{
    if (LIKELY(PyLong_CheckExact(o))) {
        Py_INCREF(o);
        return o;
    }
    PyNumberMethods *nb = Py_TYPE(o)->tp_as_number;
    if (nb == NULL || nb->nb_int == NULL)
        return integer_required(o);
    return check_converted(nb->nb_int(o), "__int__");
}

PyObject *_PyLong_FromNbIndexOrNbInt(PyObject *o)
{
    if (LIKELY(PyLong_CheckExact(o))) {
        Py_INCREF(o);
        return o;
    }
    PyNumberMethods *nb = Py_TYPE(o)->tp_as_number;
    if (nb == NULL || (nb->nb_index == NULL && nb->nb_int == NULL))
        return integer_required(o);
    if (nb->nb_index)
        return check_converted(nb->nb_index(o), "__index__");
    PyObject *result = _PyLong_FromNbInt(o);
    if (result && PyErr_WarnFormat(PyExc_DeprecationWarning, 1,
                                   "an integer is required (got type %.200s).  Implicit conversion to integers using __int__ is "
                                   "deprecated, and may be removed in a future version of Python.",
                                   Py_TYPE(o)->tp_name))
        Py_CLEAR(result);
    return result;
}

/* ------------------------------------------------------------------ to C */

/* 1: *out is the value. 0: out of range, *sign tells on which side. */
static int as_i64(PyObject *o, int64_t *out, int *sign)
{
    if (LIKELY(tai_int_as_i64(o, out)))
        return 1;
    *sign = Py_SIZE(o) < 0 ? -1 : 1;
    return 0;
}

/* 1: *out is the value of a non-negative o. 0: too large. -1: negative. */
static int as_u64(PyObject *o, uint64_t *out)
{
    Py_ssize_t n = Py_SIZE(o);
    const digit *d = ((PyLongObject *)o)->ob_digit;
    if (n < 0)
        return -1;
    if (n <= 2) {
        *out = (uint64_t)tai_int_short_value(o);
        return 1;
    }
    if (n > 3 || d[2] >> 4)
        return 0;
    *out = (uint64_t)d[2] << 60 | (uint64_t)d[1] << 30 | d[0];
    return 1;
}

/* The low 64 bits, two's complement. */
static uint64_t mask_u64(PyObject *o)
{
    Py_ssize_t n = mag_size(o);
    const digit *d = ((PyLongObject *)o)->ob_digit;
    uint64_t m = 0;
    for (Py_ssize_t i = n < 3 ? n : 3; --i >= 0;)
        m = m << PyLong_SHIFT | d[i];
    return Py_SIZE(o) < 0 ? -m : m;
}

/* Value of o, converted by __index__ or __int__ where it is no int. *overflow gets the side, -1 comes back then. Runs code. */
static int64_t convert_i64(PyObject *o, int *overflow)
{
    int64_t v = -1;
    *overflow = 0;
    if (o == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (LIKELY(PyLong_Check(o))) {
        if (!as_i64(o, &v, overflow))
            return -1;
        return v;
    }
    PyObject *i = _PyLong_FromNbIndexOrNbInt(o);
    if (i == NULL)
        return -1;
    if (!as_i64(i, &v, overflow))
        v = -1;
    Py_DECREF(i);
    return v;
}

long PyLong_AsLongAndOverflow(PyObject *o, int *overflow)
{
    return convert_i64(o, overflow);
}

long long PyLong_AsLongLongAndOverflow(PyObject *o, int *overflow)
{
    return convert_i64(o, overflow);
}

long PyLong_AsLong(PyObject *o)
{
    int overflow;
    long v = convert_i64(o, &overflow);
    if (UNLIKELY(overflow))
        PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C long");
    return v;
}

int _PyLong_AsInt(PyObject *o)
{
    int overflow;
    long v = convert_i64(o, &overflow);
    if (UNLIKELY(overflow || v > INT_MAX || v < INT_MIN)) {
        PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C int");
        return -1;
    }
    return (int)v;
}

long long PyLong_AsLongLong(PyObject *o)
{
    int overflow;
    long long v = convert_i64(o, &overflow);
    if (UNLIKELY(overflow))
        PyErr_SetString(PyExc_OverflowError, "int too big to convert");
    return v;
}

/* The functions that take ints only. */
static int require_int(PyObject *o)
{
    if (o == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (LIKELY(PyLong_Check(o)))
        return 0;
    PyErr_SetString(PyExc_TypeError, "an integer is required");
    return -1;
}

Py_ssize_t PyLong_AsSsize_t(PyObject *o)
{
    int64_t v;
    int sign;
    if (require_int(o) < 0)
        return -1;
    if (LIKELY(as_i64(o, &v, &sign)))
        return v;
    PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C ssize_t");
    return -1;
}

static uint64_t unsigned_or_error(PyObject *o, const char *negative, const char *large)
{
    uint64_t v;
    if (require_int(o) < 0)
        return (uint64_t)-1;
    int ok = as_u64(o, &v);
    if (LIKELY(ok > 0))
        return v;
    PyErr_SetString(PyExc_OverflowError, ok < 0 ? negative : large);
    return (uint64_t)-1;
}

unsigned long PyLong_AsUnsignedLong(PyObject *o)
{
    return unsigned_or_error(o, "can't convert negative value to unsigned int", "Python int too large to convert to C unsigned long");
}

size_t PyLong_AsSize_t(PyObject *o)
{
    return unsigned_or_error(o, "can't convert negative value to size_t", "Python int too large to convert to C size_t");
}

unsigned long long PyLong_AsUnsignedLongLong(PyObject *o)
{
    return unsigned_or_error(o, "can't convert negative int to unsigned", "int too big to convert");
}

static uint64_t convert_mask(PyObject *o)
{
    if (o == NULL) {
        PyErr_BadInternalCall();
        return (uint64_t)-1;
    }
    if (PyLong_Check(o))
        return mask_u64(o);
    PyObject *i = _PyLong_FromNbIndexOrNbInt(o);
    if (i == NULL)
        return (uint64_t)-1;
    uint64_t v = mask_u64(i);
    Py_DECREF(i);
    return v;
}

unsigned long PyLong_AsUnsignedLongMask(PyObject *o)
{
    return convert_mask(o);
}

unsigned long long PyLong_AsUnsignedLongLongMask(PyObject *o)
{
    return convert_mask(o);
}

void *PyLong_AsVoidPtr(PyObject *o)
{
    if (o && PyLong_Check(o) && Py_SIZE(o) < 0) {
        long v = PyLong_AsLong(o);
        return v == -1 && PyErr_Occurred() ? NULL : (void *)v;
    }
    unsigned long v = PyLong_AsUnsignedLong(o);
    return v == (unsigned long)-1 && PyErr_Occurred() ? NULL : (void *)v;
}

double PyLong_AsDouble(PyObject *o)
{
    if (o == NULL) {
        PyErr_BadInternalCall();
        return -1.0;
    }
    if (!PyLong_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "an integer is required");
        return -1.0;
    }
    if (LIKELY(tai_int_is_short(o)))
        return (double)tai_int_short_value(o); /* the processor rounds half to even */
    Py_ssize_t e;
    double fraction = _PyLong_Frexp((PyLongObject *)o, &e);
    if (e > 1024) {
        PyErr_SetString(PyExc_OverflowError, "int too large to convert to float");
        return -1.0;
    }
    return ldexp(fraction, (int)e);
}

/* ------------------------------------------------------------------ argument converters ("O&") */

static int converter_sign(PyObject *o)
{
    if (PyLong_Check(o) && _PyLong_Sign(o) < 0) {
        PyErr_SetString(PyExc_ValueError, "value must be positive");
        return -1;
    }
    return 0;
}

static int convert_limited(PyObject *o, unsigned long limit, const char *name, unsigned long *out)
{
    if (converter_sign(o) < 0)
        return 0;
    unsigned long v = PyLong_AsUnsignedLong(o);
    if (v == (unsigned long)-1 && PyErr_Occurred())
        return 0;
    if (v > limit) {
        PyErr_Format(PyExc_OverflowError, "Python int too large for C %s", name);
        return 0;
    }
    *out = v;
    return 1;
}

int _PyLong_UnsignedShort_Converter(PyObject *o, void *p)
{
    unsigned long v;
    if (!convert_limited(o, USHRT_MAX, "unsigned short", &v))
        return 0;
    *(unsigned short *)p = (unsigned short)v;
    return 1;
}

int _PyLong_UnsignedInt_Converter(PyObject *o, void *p)
{
    unsigned long v;
    if (!convert_limited(o, UINT_MAX, "unsigned int", &v))
        return 0;
    *(unsigned int *)p = (unsigned int)v;
    return 1;
}

int _PyLong_UnsignedLong_Converter(PyObject *o, void *p)
{
    return convert_limited(o, ULONG_MAX, "unsigned long", (unsigned long *)p);
}

int _PyLong_UnsignedLongLong_Converter(PyObject *o, void *p)
{
    if (converter_sign(o) < 0)
        return 0;
    unsigned long long v = PyLong_AsUnsignedLongLong(o);
    if (v == (unsigned long long)-1 && PyErr_Occurred())
        return 0;
    *(unsigned long long *)p = v;
    return 1;
}

int _PyLong_Size_t_Converter(PyObject *o, void *p)
{
    if (converter_sign(o) < 0)
        return 0;
    size_t v = PyLong_AsSize_t(o);
    if (v == (size_t)-1 && PyErr_Occurred())
        return 0;
    *(size_t *)p = v;
    return 1;
}

/* ------------------------------------------------------------------ byte strings */

PyObject *_PyLong_FromByteArray(const unsigned char *bytes, size_t n, int little_endian, int is_signed)
{
    if (n == 0)
        return tai_int_from_i64(0);
    Py_ssize_t step = little_endian ? 1 : -1;
    const unsigned char *least = little_endian ? bytes : bytes + n - 1, *most = little_endian ? bytes + n - 1 : bytes;
    int negative = is_signed && *most >= 0x80;
    unsigned char fill = negative ? 0xff : 0;
    for (; n > 0 && *most == fill; n--)
        most -= step;
    if (n > (size_t)PY_SSIZE_T_MAX / 8) {
        PyErr_SetString(PyExc_OverflowError, "byte array too long to convert to int");
        return NULL;
    }
    /* With the fill gone a negative one may need one digit more: -2**30 from 00 00 00 c0. */
    PyLongObject *z = tai_int_alloc((Py_ssize_t)((n * 8 + PyLong_SHIFT - 1) / PyLong_SHIFT + (size_t)negative));
    if (z == NULL)
        return NULL;
    uint64_t bits = 0;
    int have = 0;
    digit carry = 1;
    Py_ssize_t total = Py_SIZE(z);
    for (Py_ssize_t k = 0; k < total; k++) {
        for (; have < PyLong_SHIFT; have += 8) {
            unsigned char byte = fill;
            if (n > 0) {
                byte = *least;
                least += step;
                n--;
            }
            bits |= (uint64_t)byte << have;
        }
        digit d = (digit)bits & PyLong_MASK;
        bits >>= PyLong_SHIFT;
        have -= PyLong_SHIFT;
        if (negative) {
            carry += d ^ PyLong_MASK;
            d = carry & PyLong_MASK;
            carry >>= PyLong_SHIFT;
        }
        z->ob_digit[k] = d;
    }
    if (negative)
        Py_SIZE(z) = -total;
    return tai_int_finish(z);
}

/* Bytes that v needs, sign bit included when is_signed. */
static size_t bytes_needed(PyLongObject *v, int is_signed)
{
    size_t bits = _PyLong_NumBits((PyObject *)v);
    if (is_signed && bits > 0) {
        int power = 0; /* -2**k needs no more bits than k, and the sign */
        if (Py_SIZE(v) < 0) {
            Py_ssize_t i = mag_size((PyObject *)v) - 1;
            power = (v->ob_digit[i] & (v->ob_digit[i] - 1)) == 0;
            while (power && --i >= 0)
                power = v->ob_digit[i] == 0;
        }
        bits += !power;
    }
    return (bits + 7) / 8;
}

int _PyLong_AsByteArray(PyLongObject *v, unsigned char *bytes, size_t n, int little_endian, int is_signed)
{
    Py_ssize_t size = mag_size((PyObject *)v), i = 0;
    int negative = Py_SIZE(v) < 0;
    if (negative && !is_signed) {
        PyErr_SetString(PyExc_OverflowError, "can't convert negative int to unsigned");
        return -1;
    }
    if (bytes_needed(v, is_signed) > n && !(n == 0 && size == 1 && negative && v->ob_digit[0] == 1)) { /* -1 needs none: 3.8's way */
        PyErr_SetString(PyExc_OverflowError, "int too big to convert");
        return -1;
    }
    Py_ssize_t step = little_endian ? 1 : -1;
    unsigned char *p = little_endian ? bytes : bytes + n - 1;
    uint64_t bits = 0;
    int have = 0;
    digit carry = 1;
    for (; n > 0; n--, p += step, bits >>= 8, have -= 8) {
        if (have < 8) {
            digit d = i < size ? v->ob_digit[i] : 0;
            i++;
            if (negative) {
                carry += d ^ PyLong_MASK;
                d = carry & PyLong_MASK;
                carry >>= PyLong_SHIFT;
            }
            bits |= (uint64_t)d << have;
            have += PyLong_SHIFT;
        }
        *p = (unsigned char)bits;
    }
    return 0;
}
