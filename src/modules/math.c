/* SPDX-License-Identifier: MIT */
/* math: real functions, on top of the C library and, for large integers, GMP.
 *
 * A C function of one or two doubles becomes a Python function by one row of a macro; what it does outside its domain is decided by
 * looking at the result: a nan from numbers is "math domain error", an infinity from finite numbers "math range error" where the
 * function grows without bound, else a domain error too.
 * Tests: CPython's test_math.
 */
#include "Python.h"

#include "longintrepr.h"
#include "objects/args.h"
#include <errno.h>
#include <float.h>
#include <gmp.h>
#include <math.h>

static PyObject *domain_error(void)
{
    PyErr_SetString(PyExc_ValueError, "math domain error");
    return NULL;
}

static PyObject *range_error(void)
{
    PyErr_SetString(PyExc_OverflowError, "math range error");
    return NULL;
}

/* Value of o as a double: 0, or -1 with an exception. Runs code. */
static inline int as_double(PyObject *o, double *v)
{
    if (PyFloat_CheckExact(o)) {
        *v = PyFloat_AS_DOUBLE(o);
        return 0;
    }
    *v = PyFloat_AsDouble(o);
    return *v == -1.0 && PyErr_Occurred() ? -1 : 0;
}

/* ------------------------------------------------------------------ functions of one double */

static PyObject *one(PyObject *arg, double (*f)(double), int unbounded)
{
    double x, r;
    if (as_double(arg, &x) < 0)
        return NULL;
    r = f(x);
    if (isnan(r) && !isnan(x))
        return domain_error();
    if (isinf(r) && isfinite(x))
        return unbounded ? range_error() : domain_error();
    return PyFloat_FromDouble(r);
}

#define ONE(name, f, unbounded)                                                                                                  \
    static PyObject *math_##name(PyObject *Py_UNUSED(module), PyObject *arg)                                                     \
    {                                                                                                                            \
        return one(arg, f, unbounded);                                                                                           \
    }
ONE(acos, acos, 0)
ONE(acosh, acosh, 0)
ONE(asin, asin, 0)
ONE(asinh, asinh, 0)
ONE(atan, atan, 0)
ONE(atanh, atanh, 0)
ONE(cos, cos, 0)
ONE(cosh, cosh, 1)
ONE(erf, erf, 0)
ONE(erfc, erfc, 0)
ONE(exp, exp, 1)
ONE(expm1, expm1, 1)
ONE(fabs, fabs, 0)
ONE(log1p, log1p, 0)
ONE(sin, sin, 0)
ONE(sinh, sinh, 1)
ONE(sqrt, sqrt, 0)
ONE(tan, tan, 0)
ONE(tanh, tanh, 0)

/* Poles at 0, -1, -2... are outside the domain, and so is -inf. */
static PyObject *math_gamma(PyObject *Py_UNUSED(module), PyObject *arg)
{
    double x, r;
    if (as_double(arg, &x) < 0)
        return NULL;
    if (x == -INFINITY || (x <= 0 && isfinite(x) && x == floor(x)))
        return domain_error();
    r = tgamma(x);
    return isinf(r) && isfinite(x) ? range_error() : PyFloat_FromDouble(r);
}

static PyObject *math_lgamma(PyObject *Py_UNUSED(module), PyObject *arg)
{
    double x, r;
    int sign;
    if (as_double(arg, &x) < 0)
        return NULL;
    if (x <= 0 && isfinite(x) && x == floor(x))
        return domain_error();
    if (isinf(x))
        return PyFloat_FromDouble(INFINITY);
    r = x == 1.0 || x == 2.0 ? 0.0 : lgamma_r(x, &sign);
    return isinf(r) ? range_error() : PyFloat_FromDouble(r);
}

static PyObject *math_degrees(PyObject *Py_UNUSED(module), PyObject *arg)
{
    double x;
    return as_double(arg, &x) < 0 ? NULL : PyFloat_FromDouble(x * (180.0 / Py_MATH_PI));
}

static PyObject *math_radians(PyObject *Py_UNUSED(module), PyObject *arg)
{
    double x;
    return as_double(arg, &x) < 0 ? NULL : PyFloat_FromDouble(x * (Py_MATH_PI / 180.0));
}

static PyObject *math_isfinite(PyObject *Py_UNUSED(module), PyObject *arg)
{
    double x;
    return as_double(arg, &x) < 0 ? NULL : PyBool_FromLong(isfinite(x));
}

static PyObject *math_isinf(PyObject *Py_UNUSED(module), PyObject *arg)
{
    double x;
    return as_double(arg, &x) < 0 ? NULL : PyBool_FromLong(isinf(x));
}

static PyObject *math_isnan(PyObject *Py_UNUSED(module), PyObject *arg)
{
    double x;
    return as_double(arg, &x) < 0 ? NULL : PyBool_FromLong(isnan(x));
}

static PyObject *math_frexp(PyObject *Py_UNUSED(module), PyObject *arg)
{
    double x;
    int e = 0;
    if (as_double(arg, &x) < 0)
        return NULL;
    if (isfinite(x))
        x = frexp(x, &e);
    return Py_BuildValue("(di)", x, e);
}

static PyObject *math_modf(PyObject *Py_UNUSED(module), PyObject *arg)
{
    double x, whole;
    if (as_double(arg, &x) < 0)
        return NULL;
    x = modf(x, &whole);
    return Py_BuildValue("(dd)", x, whole);
}

/* ------------------------------------------------------------------ logarithms */

/* f of a number, which may be an int beyond the doubles: f(fraction) + exponent * f(2). */
static PyObject *logarithm(PyObject *arg, double (*f)(double))
{
    double x;
    if (PyLong_Check(arg)) {
        if (Py_SIZE(arg) <= 0)
            return domain_error();
        x = PyLong_AsDouble(arg);
        if (x == -1.0 && PyErr_Occurred()) {
            Py_ssize_t e;
            if (!PyErr_ExceptionMatches(PyExc_OverflowError))
                return NULL;
            PyErr_Clear();
            x = _PyLong_Frexp((PyLongObject *)arg, &e);
            if (x == -1.0 && PyErr_Occurred())
                return NULL;
            return PyFloat_FromDouble(f(x) + f(2.0) * (double)e);
        }
        return PyFloat_FromDouble(f(x));
    }
    if (as_double(arg, &x) < 0)
        return NULL;
    if (isnan(x) || x == INFINITY)
        return PyFloat_FromDouble(x);
    return x > 0.0 ? PyFloat_FromDouble(f(x)) : domain_error();
}

static PyObject *math_log(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    if (nargs < 1 || nargs > 2)
        return PyErr_Format(PyExc_TypeError, "math.log requires 1 to 2 arguments");
    PyObject *num = logarithm(args[0], log);
    if (num == NULL || nargs == 1)
        return num;
    PyObject *den = logarithm(args[1], log), *result = NULL;
    if (den)
        result = PyNumber_TrueDivide(num, den);
    Py_DECREF(num);
    Py_XDECREF(den);
    return result;
}

static PyObject *math_log2(PyObject *Py_UNUSED(module), PyObject *arg)
{
    return logarithm(arg, log2);
}

static PyObject *math_log10(PyObject *Py_UNUSED(module), PyObject *arg)
{
    return logarithm(arg, log10);
}

/* ------------------------------------------------------------------ functions of two doubles */

static int two(const char *name, PyObject *const *args, Py_ssize_t nargs, double *x, double *y)
{
    return !_PyArg_CheckPositional(name, nargs, 2, 2) || as_double(args[0], x) < 0 || as_double(args[1], y) < 0 ? -1 : 0;
}

static PyObject *math_atan2(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    double x, y;
    return two("atan2", args, nargs, &y, &x) < 0 ? NULL : PyFloat_FromDouble(atan2(y, x));
}

static PyObject *math_copysign(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    double x, y;
    return two("copysign", args, nargs, &x, &y) < 0 ? NULL : PyFloat_FromDouble(copysign(x, y));
}

static PyObject *math_fmod(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    double x, y, r;
    if (two("fmod", args, nargs, &x, &y) < 0)
        return NULL;
    r = fmod(x, y);
    return isnan(r) && !isnan(x) && !isnan(y) ? domain_error() : PyFloat_FromDouble(r);
}

static PyObject *math_remainder(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    double x, y, r;
    if (two("remainder", args, nargs, &x, &y) < 0)
        return NULL;
    r = remainder(x, y);
    return isnan(r) && !isnan(x) && !isnan(y) ? domain_error() : PyFloat_FromDouble(r);
}

static PyObject *math_pow(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    double x, y, r;
    if (two("pow", args, nargs, &x, &y) < 0)
        return NULL;
    r = pow(x, y);
    if (x == 0.0 && isinf(r))
        return domain_error();
    if (isfinite(x) && isfinite(y)) {
        if (isnan(r))
            return domain_error();
        if (isinf(r))
            return range_error();
    }
    return PyFloat_FromDouble(r);
}

static PyObject *math_ldexp(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    double x;
    int overflow;
    if (!_PyArg_CheckPositional("ldexp", nargs, 2, 2) || as_double(args[0], &x) < 0)
        return NULL;
    if (!PyLong_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "Expected an int as second argument to ldexp.");
        return NULL;
    }
    long e = PyLong_AsLongAndOverflow(args[1], &overflow);
    if (e == -1 && PyErr_Occurred())
        return NULL;
    if (x == 0.0 || !isfinite(x))
        return PyFloat_FromDouble(x);
    if (overflow > 0 || e > INT_MAX)
        return range_error();
    if (overflow < 0 || e < INT_MIN)
        return PyFloat_FromDouble(copysign(0.0, x));
    double r = ldexp(x, (int)e);
    return isinf(r) ? range_error() : PyFloat_FromDouble(r);
}

static PyObject *math_isclose(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"a", "b", "rel_tol", "abs_tol", NULL};
    static _PyArg_Parser parser = {NULL, names, "isclose", 0};
    PyObject *slots[4];
    double a, b, relative = 1e-9, absolute = 0.0;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 2, 2, 4, slots) || as_double(slots[0], &a) < 0 ||
        as_double(slots[1], &b) < 0 || (slots[2] && as_double(slots[2], &relative) < 0) ||
        (slots[3] && as_double(slots[3], &absolute) < 0))
        return NULL;
    if (relative < 0.0 || absolute < 0.0) {
        PyErr_SetString(PyExc_ValueError, "tolerances must be non-negative");
        return NULL;
    }
    if (a == b)
        Py_RETURN_TRUE;
    if (isinf(a) || isinf(b))
        Py_RETURN_FALSE;
    double gap = fabs(b - a);
    return PyBool_FromLong(gap <= fabs(relative * b) || gap <= fabs(relative * a) || gap <= absolute);
}

/* ------------------------------------------------------------------ to integers */

/* o's own __floor__ or __ceil__; else of its float. Runs code. */
static PyObject *to_whole(PyObject *o, _Py_Identifier *id, double (*f)(double))
{
    double x;
    if (PyFloat_CheckExact(o))
        return PyLong_FromDouble(f(PyFloat_AS_DOUBLE(o)));
    PyObject *method = _PyObject_LookupSpecial(o, id);
    if (method) {
        PyObject *result = _PyObject_CallNoArg(method);
        Py_DECREF(method);
        return result;
    }
    if (PyErr_Occurred() || as_double(o, &x) < 0)
        return NULL;
    return PyLong_FromDouble(f(x));
}

static PyObject *math_floor(PyObject *Py_UNUSED(module), PyObject *arg)
{
    _Py_IDENTIFIER(__floor__);
    return to_whole(arg, &PyId___floor__, floor);
}

static PyObject *math_ceil(PyObject *Py_UNUSED(module), PyObject *arg)
{
    _Py_IDENTIFIER(__ceil__);
    return to_whole(arg, &PyId___ceil__, ceil);
}

static PyObject *math_trunc(PyObject *Py_UNUSED(module), PyObject *arg)
{
    _Py_IDENTIFIER(__trunc__);
    if (PyFloat_CheckExact(arg))
        return PyLong_FromDouble(PyFloat_AS_DOUBLE(arg));
    PyObject *method = _PyObject_LookupSpecial(arg, &PyId___trunc__);
    if (method == NULL) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_TypeError, "type %.100s doesn't define __trunc__ method", Py_TYPE(arg)->tp_name);
        return NULL;
    }
    PyObject *result = _PyObject_CallNoArg(method);
    Py_DECREF(method);
    return result;
}

/* ------------------------------------------------------------------ sums, products, norms */

/* Partial sums that do not overlap (Shewchuk): their exact sum is the sum of all items so far. */
typedef struct {
    double *p, local[32];
    Py_ssize_t n, room;
    double special, infinities; /* sums of the items that are not finite */
} Partials;

static int partials_push(Partials *s, double v)
{
    if (s->n == s->room) {
        double *more = PyMem_New(double, (size_t)s->room * 2);
        if (more == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        memcpy(more, s->p, (size_t)s->n * sizeof(double));
        if (s->p != s->local)
            PyMem_Free(s->p);
        s->p = more;
        s->room *= 2;
    }
    s->p[s->n++] = v;
    return 0;
}

static int partials_add(Partials *s, double x)
{
    double original = x;
    Py_ssize_t kept = 0;
    for (Py_ssize_t i = 0; i < s->n; i++) {
        double y = s->p[i];
        if (fabs(x) < fabs(y)) {
            double t = x;
            x = y, y = t;
        }
        double high = x + y, back = high - x, low = y - back;
        if (low != 0.0)
            s->p[kept++] = low;
        x = high;
    }
    s->n = kept;
    if (x == 0.0)
        return 0;
    if (!isfinite(x)) {
        if (isfinite(original)) {
            PyErr_SetString(PyExc_OverflowError, "intermediate overflow in fsum");
            return -1;
        }
        if (isinf(original))
            s->infinities += original;
        s->special += original;
        s->n = 0;
        return 0;
    }
    return partials_push(s, x);
}

/* Round the exact sum once. */
static PyObject *partials_total(Partials *s)
{
    if (s->special != 0.0) {
        if (isnan(s->infinities)) {
            PyErr_SetString(PyExc_ValueError, "-inf + inf in fsum");
            return NULL;
        }
        return PyFloat_FromDouble(s->special);
    }
    Py_ssize_t n = s->n;
    if (n == 0)
        return PyFloat_FromDouble(0.0);
    double high = s->p[--n], low = 0.0;
    while (n > 0) {
        double x = high, y = s->p[--n];
        high = x + y;
        double back = high - x;
        low = y - back;
        if (low != 0.0)
            break;
    }
    if (n > 0 && ((low < 0.0 && s->p[n - 1] < 0.0) || (low > 0.0 && s->p[n - 1] > 0.0))) { /* a tie that is none: look below it */
        double y = low * 2.0, x = high + y, back = x - high;
        if (y == back)
            high = x;
    }
    return PyFloat_FromDouble(high);
}

static PyObject *math_fsum(PyObject *Py_UNUSED(module), PyObject *iterable)
{
    Partials s = {.n = 0, .room = 32};
    PyObject *item, *result = NULL, *it = PyObject_GetIter(iterable);
    s.p = s.local;
    if (it == NULL)
        return NULL;
    while ((item = PyIter_Next(it)) != NULL) {
        double x;
        int failed = as_double(item, &x) < 0;
        Py_DECREF(item);
        if (failed || partials_add(&s, x) < 0)
            goto done;
    }
    if (!PyErr_Occurred())
        result = partials_total(&s);
done:
    if (s.p != s.local)
        PyMem_Free(s.p);
    Py_DECREF(it);
    return result;
}

/* result *= each item. Ints that fit a word and floats are multiplied without objects, as long as they last. */
static PyObject *math_prod(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"", "start", NULL};
    static _PyArg_Parser parser = {NULL, names, "prod", 0};
    PyObject *slots[2], *item = NULL;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 1, 1, 2, slots))
        return NULL;
    PyObject *it = PyObject_GetIter(slots[0]);
    if (it == NULL)
        return NULL;
    PyObject *result = slots[1] ? slots[1] : PyLong_FromLong(1);
    if (slots[1])
        Py_INCREF(result);
    int overflow;
    if (result && PyLong_CheckExact(result)) {
        long product = PyLong_AsLongAndOverflow(result, &overflow);
        while (!overflow && (item = PyIter_Next(it)) != NULL) {
            long v, next;
            if (!PyLong_CheckExact(item) || ((v = PyLong_AsLongAndOverflow(item, &overflow)), overflow) ||
                __builtin_mul_overflow(product, v, &next))
                break;
            product = next;
            Py_CLEAR(item);
        }
        if (!(overflow && item == NULL))
            Py_SETREF(result, PyLong_FromLong(product));
    }
    else if (result && PyFloat_CheckExact(result)) {
        double product = PyFloat_AS_DOUBLE(result);
        while ((item = PyIter_Next(it)) != NULL) {
            if (PyFloat_CheckExact(item))
                product *= PyFloat_AS_DOUBLE(item);
            else if (PyLong_CheckExact(item)) {
                long v = PyLong_AsLongAndOverflow(item, &overflow);
                if (overflow)
                    break;
                product *= (double)v;
            }
            else
                break;
            Py_CLEAR(item);
        }
        Py_SETREF(result, PyFloat_FromDouble(product));
    }
    while (result && !PyErr_Occurred()) {
        if (item == NULL && (item = PyIter_Next(it)) == NULL)
            break;
        Py_SETREF(result, PyNumber_Multiply(result, item));
        Py_CLEAR(item);
    }
    Py_XDECREF(item);
    Py_DECREF(it);
    if (PyErr_Occurred())
        Py_CLEAR(result);
    return result;
}

/* max * sqrt(sum of (v / max)**2): nothing overflows on the way. What additions round away is summed apart. The sum
 * begins at 1, so that each term is smaller than it: the same order of steps as 3.8, hence the same last digit. */
static double norm(const double *v, Py_ssize_t n, double max, int nan)
{
    if (isinf(max))
        return max;
    if (nan)
        return Py_NAN;
    if (max == 0.0 || n <= 1)
        return max;
    double sum = 1.0, lost = 0.0;
    for (Py_ssize_t i = 0; i < n; i++) {
        double x = v[i] / max, square = x * x, longer = sum + square;
        lost += (sum - longer) + square;
        sum = longer;
    }
    return max * sqrt(sum - 1.0 + lost);
}

#define NORM_LOCAL 16

/* Doubles of items (minus those of others): their norm. Runs code. */
static PyObject *norm_of(PyObject *const *items, PyObject *const *others, Py_ssize_t n)
{
    double local[NORM_LOCAL], *v = local, max = 0.0, y;
    int nan = 0;
    PyObject *result = NULL;
    if (n > NORM_LOCAL && (v = PyMem_New(double, (size_t)n)) == NULL)
        return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < n; i++) {
        if (as_double(items[i], &v[i]) < 0)
            goto done;
        if (others) {
            if (as_double(others[i], &y) < 0)
                goto done;
            v[i] -= y;
        }
        v[i] = fabs(v[i]);
        nan |= isnan(v[i]);
        if (v[i] > max)
            max = v[i];
    }
    result = PyFloat_FromDouble(norm(v, n, max, nan));
done:
    if (v != local)
        PyMem_Free(v);
    return result;
}

static PyObject *math_hypot(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    return norm_of(args, NULL, nargs);
}

static PyObject *math_dist(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("dist", nargs, 2, 2))
        return NULL;
    PyObject *p = NULL, *q = NULL, *result = NULL;
    if ((p = PySequence_Tuple(args[0])) == NULL || (q = PySequence_Tuple(args[1])) == NULL)
        goto done;
    if (PyTuple_GET_SIZE(p) != PyTuple_GET_SIZE(q))
        PyErr_SetString(PyExc_ValueError, "both points must have the same number of dimensions");
    else
        result = norm_of(((PyTupleObject *)p)->ob_item, ((PyTupleObject *)q)->ob_item, PyTuple_GET_SIZE(p));
done:
    Py_XDECREF(p);
    Py_XDECREF(q);
    return result;
}

/* ------------------------------------------------------------------ integers */

static PyObject *from_mpz(mpz_srcptr z)
{
    size_t n = mpz_size(z) * sizeof(mp_limb_t);
    return _PyLong_FromByteArray((const unsigned char *)mpz_limbs_read(z), n, PY_LITTLE_ENDIAN, 0);
}

/* A non-negative int into z (initialised). 0 / -1. */
static int to_mpz(PyObject *o, mpz_ptr z)
{
    mpz_import(z, (size_t)Py_SIZE(o), -1, sizeof(digit), 0, 8 * sizeof(digit) - PyLong_SHIFT, ((PyLongObject *)o)->ob_digit);
    return 0;
}

static PyObject *math_gcd(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("gcd", nargs, 2, 2))
        return NULL;
    PyObject *a = PyNumber_Index(args[0]), *b = NULL, *result = NULL;
    if (a)
        b = PyNumber_Index(args[1]);
    if (b)
        result = _PyLong_GCD(a, b);
    Py_XDECREF(a);
    Py_XDECREF(b);
    return result;
}

static PyObject *factorial_of(unsigned long n)
{
    unsigned long long small = 1;
    if (n <= 20) {
        for (unsigned long i = 2; i <= n; i++)
            small *= i;
        return PyLong_FromUnsignedLongLong(small);
    }
    mpz_t z;
    mpz_init(z);
    mpz_fac_ui(z, n);
    PyObject *result = from_mpz(z);
    mpz_clear(z);
    return result;
}

static PyObject *math_factorial(PyObject *Py_UNUSED(module), PyObject *arg)
{
    int overflow;
    PyObject *whole;
    if (PyFloat_Check(arg)) {
        double x = PyFloat_AS_DOUBLE(arg);
        if (!isfinite(x) || x != floor(x)) {
            PyErr_SetString(PyExc_ValueError, "factorial() only accepts integral values");
            return NULL;
        }
        whole = PyLong_FromDouble(x);
    }
    else
        whole = PyNumber_Index(arg);
    if (whole == NULL)
        return NULL;
    long n = PyLong_AsLongAndOverflow(whole, &overflow);
    Py_DECREF(whole);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (overflow > 0) {
        PyErr_Format(PyExc_OverflowError, "factorial() argument should not exceed %ld", LONG_MAX);
        return NULL;
    }
    if (overflow < 0 || n < 0) {
        PyErr_SetString(PyExc_ValueError, "factorial() not defined for negative values");
        return NULL;
    }
    return factorial_of((unsigned long)n);
}

static PyObject *math_isqrt(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyObject *n = PyNumber_Index(arg), *result;
    if (n == NULL)
        return NULL;
    if (Py_SIZE(n) < 0) {
        PyErr_SetString(PyExc_ValueError, "isqrt() argument must be nonnegative");
        Py_DECREF(n);
        return NULL;
    }
    if (Py_SIZE(n) <= 2) {
        unsigned long long v = PyLong_AsUnsignedLongLong(n), r = (unsigned long long)sqrt((double)v);
        while (r * r > v)
            r--;
        while ((r + 1) * (r + 1) <= v)
            r++;
        result = PyLong_FromUnsignedLongLong(r);
    }
    else {
        mpz_t z;
        mpz_init(z);
        to_mpz(n, z);
        mpz_sqrt(z, z);
        result = from_mpz(z);
        mpz_clear(z);
    }
    Py_DECREF(n);
    return result;
}

/* lo * (lo+1) * ... * hi into z; large ranges by halves, so that the factors stay alike in size. */
static void product_range(mpz_ptr z, mpz_srcptr top, unsigned long from, unsigned long to)
{
    if (to - from < 16) {
        mpz_sub_ui(z, top, from);
        mpz_t f;
        mpz_init(f);
        for (unsigned long i = from + 1; i < to; i++) {
            mpz_sub_ui(f, top, i);
            mpz_mul(z, z, f);
        }
        mpz_clear(f);
        return;
    }
    unsigned long middle = from + (to - from) / 2;
    mpz_t right;
    mpz_init(right);
    product_range(z, top, from, middle);
    product_range(right, top, middle, to);
    mpz_mul(z, z, right);
    mpz_clear(right);
}

/* n and k of perm() and comb(): non-negative ints. 0 / -1. */
static int two_counts(const char *name, PyObject *const *args, Py_ssize_t nargs, PyObject **n, PyObject **k)
{
    *n = *k = NULL;
    if (!_PyArg_CheckPositional(name, nargs, 2, 2) || (*n = PyNumber_Index(args[0])) == NULL ||
        (*k = PyNumber_Index(args[1])) == NULL)
        goto error;
    if (Py_SIZE(*n) < 0) {
        PyErr_SetString(PyExc_ValueError, "n must be a non-negative integer");
        goto error;
    }
    if (Py_SIZE(*k) < 0) {
        PyErr_SetString(PyExc_ValueError, "k must be a non-negative integer");
        goto error;
    }
    return 0;
error:
    Py_CLEAR(*n);
    Py_CLEAR(*k);
    return -1;
}

/* n! / (n-k)!, divided by k! for comb. Steals n and k. */
static PyObject *falling(const char *name, PyObject *n, PyObject *k, int combinations)
{
    PyObject *result = NULL, *rest = NULL;
    int overflow = 0;
    mpz_t top, z;
    rest = PyNumber_Subtract(n, k);
    if (rest == NULL)
        goto done;
    if (Py_SIZE(rest) < 0) {
        result = PyLong_FromLong(0);
        goto done;
    }
    if (combinations && PyObject_RichCompareBool(rest, k, Py_LT) > 0) {
        Py_SETREF(k, rest);
        rest = NULL;
    }
    long long factors = PyLong_AsLongLongAndOverflow(k, &overflow);
    if (overflow) {
        PyErr_Format(PyExc_OverflowError, combinations ? "min(n - k, k) must not exceed %lld" : "k must not exceed %lld", LLONG_MAX);
        goto done;
    }
    if (factors == 0) {
        result = PyLong_FromLong(1);
        goto done;
    }
    mpz_inits(top, z, NULL);
    to_mpz(n, top);
    if (combinations)
        mpz_bin_ui(z, top, (unsigned long)factors);
    else
        product_range(z, top, 0, (unsigned long)factors);
    result = from_mpz(z);
    mpz_clears(top, z, NULL);
done:
    Py_XDECREF(rest);
    Py_DECREF(n);
    Py_DECREF(k);
    return result;
}

static PyObject *math_perm(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *n, *k;
    if (!_PyArg_CheckPositional("perm", nargs, 1, 2))
        return NULL;
    if (nargs == 1 || args[1] == Py_None)
        return math_factorial(module, args[0]);
    return two_counts("perm", args, nargs, &n, &k) < 0 ? NULL : falling("perm", n, k, 0);
}

static PyObject *math_comb(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *n, *k;
    return two_counts("comb", args, nargs, &n, &k) < 0 ? NULL : falling("comb", n, k, 1);
}

/* ------------------------------------------------------------------ module */

#define FAST(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL
#define FASTKW(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL | METH_KEYWORDS
#define ROW1(name, doc) {#name, math_##name, METH_O, #name "($module, x, /)\n--\n\n" doc}
#define ROW2(name, params, doc) {#name, FAST(math_##name), #name "($module, " params ", /)\n--\n\n" doc}

static PyMethodDef methods[] = {
    ROW1(acos, "The angle, in radians, whose cosine is x."),
    ROW1(acosh, "The inverse of cosh."),
    ROW1(asin, "The angle, in radians, whose sine is x."),
    ROW1(asinh, "The inverse of sinh."),
    ROW1(atan, "The angle, in radians, whose tangent is x."),
    ROW2(atan2, "y, x", "The angle, in radians, of the point (x, y) seen from the origin; the signs of both tell the quadrant."),
    ROW1(atanh, "The inverse of tanh."),
    ROW1(ceil, "The smallest int that is not below x."),
    ROW2(comb, "n, k", "The number of ways to choose k of n things without order: n! / (k! * (n - k)!), 0 when k > n.\n\nTypeError if an argument is no integer, ValueError if one is negative."),
    ROW2(copysign, "x, y", "The absolute value of x with the sign of y, that of zeros and nans included."),
    ROW1(cos, "Cosine of x radians."),
    ROW1(cosh, "Hyperbolic cosine of x."),
    ROW1(degrees, "Radians x in degrees."),
    ROW2(dist, "p, q", "Euclidean distance of two points, given as tuples of coordinates of the same length."),
    ROW1(erf, "The error function at x."),
    ROW1(erfc, "1 - erf(x), exact also where that is tiny."),
    ROW1(exp, "e to the power of x."),
    ROW1(expm1, "exp(x) - 1, exact also for small x."),
    ROW1(fabs, "Absolute value of x, as a float."),
    ROW1(factorial, "x!, the product of the integers up to x.\n\nValueError if x is negative or no whole number."),
    ROW1(floor, "The largest int that is not above x."),
    ROW2(fmod, "x, y", "The remainder of x / y with the sign of x, as C computes it."),
    ROW1(frexp, "The pair (m, e) with x == m * 2**e and 0.5 <= abs(m) < 1; (0.0, 0) for zero."),
    {"fsum", math_fsum, METH_O, "fsum($module, seq, /)\n--\n\nSum of the numbers of an iterable, rounded only once."},
    ROW1(gamma, "The gamma function at x."),
    ROW2(gcd, "x, y", "Greatest common divisor of two integers."),
    {"hypot", FAST(math_hypot), "hypot(*coordinates) -> value\n\nDistance of a point from the origin: the root of the sum of the squares.\n\n>>> hypot(3.0, 4.0)\n5.0"},
    {"isclose", FASTKW(math_isclose), "isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)\n--\n\nWhether two numbers are nearly equal.\n\n  rel_tol\n    Difference allowed, relative to the larger of them.\n  abs_tol\n    Difference allowed in any case, for numbers near zero.\n\nNan is close to nothing; an infinity to itself only."},
    ROW1(isfinite, "Whether x is neither infinite nor nan."),
    ROW1(isinf, "Whether x is an infinity of either sign."),
    ROW1(isnan, "Whether x is not a number."),
    {"isqrt", math_isqrt, METH_O, "isqrt($module, n, /)\n--\n\nThe whole part of the square root of an integer."},
    ROW2(ldexp, "x, i", "x * 2**i, the inverse of frexp()."),
    ROW1(lgamma, "Natural logarithm of the absolute value of the gamma function at x."),
    {"log", FAST(math_log), "log(x, [base=math.e])\nThe logarithm of x to the given base; the natural logarithm without one."},
    ROW1(log10, "Logarithm of x to base 10."),
    ROW1(log1p, "Natural logarithm of 1 + x, exact also for small x."),
    ROW1(log2, "Logarithm of x to base 2."),
    ROW1(modf, "The pair of what stands behind the point and the whole part of x, both floats with the sign of x."),
    {"perm", FAST(math_perm), "perm($module, n, k=None, /)\n--\n\nThe number of ways to choose k of n things in order: n! / (n - k)!, 0 when k > n; n! without k.\n\nTypeError if an argument is no integer, ValueError if one is negative."},
    ROW2(pow, "x, y", "x to the power of y, as floats."),
    {"prod", FASTKW(math_prod), "prod($module, iterable, /, *, start=1)\n--\n\nProduct of start and the numbers of an iterable."},
    ROW1(radians, "Degrees x in radians."),
    ROW2(remainder, "x, y", "x - n*y, where n is the integer nearest to x / y (the even one of two)."),
    ROW1(sin, "Sine of x radians."),
    ROW1(sinh, "Hyperbolic sine of x."),
    ROW1(sqrt, "Square root of x."),
    ROW1(tan, "Tangent of x radians."),
    ROW1(tanh, "Hyperbolic tangent of x."),
    ROW1(trunc, "x cut off towards zero: what its __trunc__ says."),
    {NULL, NULL, 0, NULL},
};

static int math_exec(PyObject *module)
{
    static const struct {
        const char *name;
        double value;
    } constants[] = {{"pi", Py_MATH_PI}, {"e", Py_MATH_E}, {"tau", Py_MATH_TAU}, {"inf", INFINITY}, {"nan", NAN}};
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++)
        if (PyModule_AddObject(module, constants[i].name, PyFloat_FromDouble(constants[i].value)) < 0)
            return -1;
    return 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, math_exec}, {0, NULL}};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "math",
    .m_doc = "Real functions of the C standard library and their like.",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_math(void)
{
    return PyModuleDef_Init(&module_def);
}
