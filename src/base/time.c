/* SPDX-License-Identifier: MIT */
/* _PyTime_t: signed 64-bit nanoseconds, its conversions with a rounding mode, and the clocks.
 *
 * All roundings pass through two helpers: div_round for integers and round_double for reals.
 * Tests: CPython's test_time, through _testcapi.
 */
#include "Python.h"

#include <errno.h>
#include <math.h>
#include <sys/time.h>
#include <time.h>

#define NS_PER_US 1000LL
#define NS_PER_MS 1000000LL
#define NS_PER_S 1000000000LL

static void overflow_time(void)
{
    PyErr_SetString(PyExc_OverflowError, "timestamp too large to convert to C _PyTime_t");
}

static void overflow_time_t(void)
{
    PyErr_SetString(PyExc_OverflowError, "timestamp out of range for platform time_t");
}

static void refuse_nan(void)
{
    PyErr_SetString(PyExc_ValueError, "Invalid value NaN (not a number)");
}

static double round_double(double x, _PyTime_round_t mode)
{
    volatile double r = x;
    switch (mode) {
    case _PyTime_ROUND_HALF_EVEN: {
        r = round(x);
        if (fabs(x - r) == 0.5)
            r = 2.0 * round(x / 2.0);
        return r;
    }
    case _PyTime_ROUND_CEILING:
        return ceil(x);
    case _PyTime_ROUND_FLOOR:
        return floor(x);
    default:
        return x >= 0.0 ? ceil(x) : floor(x);
    }
}

/* t / k (k > 1), rounded. */
static _PyTime_t div_round(_PyTime_t t, _PyTime_t k, _PyTime_round_t mode)
{
    _PyTime_t q = t / k, r = t % k;
    switch (mode) {
    case _PyTime_ROUND_HALF_EVEN: {
        _PyTime_t size = r < 0 ? -r : r;
        if (size > k - size || (size == k - size && (q & 1)))
            q += t >= 0 ? 1 : -1;
        return q;
    }
    case _PyTime_ROUND_CEILING:
        return r > 0 ? q + 1 : q;
    case _PyTime_ROUND_FLOOR:
        return r < 0 ? q - 1 : q;
    default:
        return r == 0 ? q : q + (r > 0 ? 1 : -1);
    }
}

/* ---- time_t and integers ---- */

time_t _PyLong_AsTime_t(PyObject *obj)
{
    long long value = PyLong_AsLongLong(obj);
    if (value == -1 && PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_OverflowError))
        overflow_time_t();
    return (time_t)value;
}

PyObject *_PyLong_FromTime_t(time_t t)
{
    return PyLong_FromLongLong((long long)t);
}

_PyTime_t _PyTime_MulDiv(_PyTime_t ticks, _PyTime_t mul, _PyTime_t div)
{
    return ticks / div * mul + ticks % div * mul / div;
}

/* ---- real numbers to (seconds, fraction) ---- */

static int fits_time_t(double seconds)
{
    return -9223372036854775808.0 <= seconds && seconds < 9223372036854775808.0;
}

/* Split into whole seconds and numerator / denominator, 0 <= numerator < denominator. */
static int double_to_fraction(double d, time_t *sec, long *numerator, long idenominator, _PyTime_round_t mode)
{
    double denominator = (double)idenominator, whole;
    volatile double part = modf(d, &whole);
    part = round_double(part * denominator, mode);
    if (part >= denominator) {
        part -= denominator;
        whole += 1.0;
    } else if (part < 0) {
        part += denominator;
        whole -= 1.0;
    }
    if (!fits_time_t(whole)) {
        overflow_time_t();
        return -1;
    }
    *sec = (time_t)whole;
    *numerator = (long)part;
    return 0;
}

static int object_to_fraction(PyObject *obj, time_t *sec, long *numerator, long denominator, _PyTime_round_t mode)
{
    if (PyFloat_Check(obj)) {
        double d = PyFloat_AsDouble(obj);
        if (Py_IS_NAN(d)) {
            *numerator = 0;
            refuse_nan();
            return -1;
        }
        return double_to_fraction(d, sec, numerator, denominator, mode);
    }
    *sec = _PyLong_AsTime_t(obj);
    *numerator = 0;
    return *sec == (time_t)-1 && PyErr_Occurred() ? -1 : 0;
}

int _PyTime_ObjectToTime_t(PyObject *obj, time_t *sec, _PyTime_round_t mode)
{
    if (PyFloat_Check(obj)) {
        double d = PyFloat_AsDouble(obj);
        if (Py_IS_NAN(d)) {
            refuse_nan();
            return -1;
        }
        d = round_double(d, mode);
        if (!fits_time_t(d)) {
            overflow_time_t();
            return -1;
        }
        *sec = (time_t)d;
        return 0;
    }
    *sec = _PyLong_AsTime_t(obj);
    return *sec == (time_t)-1 && PyErr_Occurred() ? -1 : 0;
}

int _PyTime_ObjectToTimespec(PyObject *obj, time_t *sec, long *nsec, _PyTime_round_t mode)
{
    return object_to_fraction(obj, sec, nsec, 1000000000, mode);
}

int _PyTime_ObjectToTimeval(PyObject *obj, time_t *sec, long *usec, _PyTime_round_t mode)
{
    return object_to_fraction(obj, sec, usec, 1000000, mode);
}

/* ---- making _PyTime_t ---- */

_PyTime_t _PyTime_FromSeconds(int seconds)
{
    return (_PyTime_t)seconds * NS_PER_S;
}

_PyTime_t _PyTime_FromNanoseconds(_PyTime_t ns)
{
    return ns;
}

int _PyTime_FromNanosecondsObject(_PyTime_t *tp, PyObject *obj)
{
    if (!PyLong_Check(obj)) {
        PyErr_Format(PyExc_TypeError, "expect int, got %s", Py_TYPE(obj)->tp_name);
        return -1;
    }
    long long ns = PyLong_AsLongLong(obj);
    if (ns == -1 && PyErr_Occurred()) {
        if (PyErr_ExceptionMatches(PyExc_OverflowError))
            overflow_time();
        return -1;
    }
    *tp = ns;
    return 0;
}

static int from_object(_PyTime_t *t, PyObject *obj, _PyTime_round_t mode, long unit)
{
    if (PyFloat_Check(obj)) {
        double d = PyFloat_AsDouble(obj);
        if (Py_IS_NAN(d)) {
            refuse_nan();
            return -1;
        }
        volatile double ns = d;
        ns *= (double)unit;
        ns = round_double(ns, mode);
        if (!fits_time_t(ns)) {
            overflow_time();
            return -1;
        }
        *t = (_PyTime_t)ns;
        return 0;
    }
    long long units = PyLong_AsLongLong(obj);
    if (units == -1 && PyErr_Occurred()) {
        if (PyErr_ExceptionMatches(PyExc_OverflowError))
            overflow_time();
        return -1;
    }
    if (__builtin_mul_overflow(units, (long long)unit, t)) {
        overflow_time();
        return -1;
    }
    return 0;
}

int _PyTime_FromSecondsObject(_PyTime_t *t, PyObject *obj, _PyTime_round_t mode)
{
    return from_object(t, obj, mode, NS_PER_S);
}

int _PyTime_FromMillisecondsObject(_PyTime_t *t, PyObject *obj, _PyTime_round_t mode)
{
    return from_object(t, obj, mode, NS_PER_MS);
}

static int combine(_PyTime_t *tp, long long sec, long long ns, int raise)
{
    _PyTime_t t;
    int bad = __builtin_mul_overflow((_PyTime_t)sec, (_PyTime_t)NS_PER_S, &t);
    if (bad)
        t = sec > 0 ? _PyTime_MAX : _PyTime_MIN;
    else if (__builtin_add_overflow(t, (_PyTime_t)ns, &t)) {
        bad = 1;
        t = _PyTime_MAX;
    }
    *tp = t;
    if (bad && raise)
        overflow_time();
    return bad ? -1 : 0;
}

int _PyTime_FromTimespec(_PyTime_t *tp, struct timespec *ts)
{
    return combine(tp, ts->tv_sec, ts->tv_nsec, 1);
}

int _PyTime_FromTimeval(_PyTime_t *tp, struct timeval *tv)
{
    return combine(tp, tv->tv_sec, tv->tv_usec * NS_PER_US, 1);
}

/* ---- reading _PyTime_t ---- */

double _PyTime_AsSecondsDouble(_PyTime_t t)
{
    volatile double d;
    if (t % NS_PER_S == 0)
        d = (double)(t / NS_PER_S);
    else
        d = (double)t / 1e9;
    return d;
}

PyObject *_PyTime_AsNanosecondsObject(_PyTime_t t)
{
    return PyLong_FromLongLong((long long)t);
}

_PyTime_t _PyTime_AsMilliseconds(_PyTime_t t, _PyTime_round_t mode)
{
    return div_round(t, NS_PER_MS, mode);
}

_PyTime_t _PyTime_AsMicroseconds(_PyTime_t t, _PyTime_round_t mode)
{
    return div_round(t, NS_PER_US, mode);
}

/* Seconds and microseconds with 0 <= us < 1000000. */
static void split_us(_PyTime_t t, _PyTime_t *sec, int *us, _PyTime_round_t mode)
{
    _PyTime_t s = t / NS_PER_S, part = div_round(t % NS_PER_S, NS_PER_US, mode);
    if (part < 0) {
        part += 1000000;
        s--;
    } else if (part >= 1000000) {
        part -= 1000000;
        s++;
    }
    *sec = s;
    *us = (int)part;
}

int _PyTime_AsTimeval(_PyTime_t t, struct timeval *tv, _PyTime_round_t mode)
{
    return _PyTime_AsTimeval_noraise(t, tv, mode);
}

int _PyTime_AsTimeval_noraise(_PyTime_t t, struct timeval *tv, _PyTime_round_t mode)
{
    _PyTime_t sec;
    int us;
    split_us(t, &sec, &us, mode);
    tv->tv_sec = sec;
    tv->tv_usec = us;
    return 0;
}

int _PyTime_AsTimevalTime_t(_PyTime_t t, time_t *sec, int *us, _PyTime_round_t mode)
{
    _PyTime_t s;
    split_us(t, &s, us, mode);
    *sec = s;
    return 0;
}

int _PyTime_AsTimespec(_PyTime_t t, struct timespec *ts)
{
    _PyTime_t sec = t / NS_PER_S, ns = t % NS_PER_S;
    if (ns < 0) {
        ns += NS_PER_S;
        sec--;
    }
    ts->tv_sec = sec;
    ts->tv_nsec = ns;
    return 0;
}

/* ---- clocks ---- */

static int read_clock(clockid_t id, const char *name, int monotonic, _PyTime_t *tp, _Py_clock_info_t *info, int raise)
{
    struct timespec ts;
    if (clock_gettime(id, &ts) != 0) {
        if (raise)
            PyErr_SetFromErrno(PyExc_OSError);
        return -1;
    }
    if (combine(tp, ts.tv_sec, ts.tv_nsec, raise) < 0)
        return -1;
    if (info) {
        struct timespec res;
        info->implementation = name;
        info->monotonic = monotonic;
        info->adjustable = !monotonic;
        info->resolution = clock_getres(id, &res) == 0 ? (double)res.tv_sec + (double)res.tv_nsec * 1e-9 : 1e-9;
    }
    return 0;
}

_PyTime_t _PyTime_GetSystemClock(void)
{
    _PyTime_t t = 0;
    (void)read_clock(CLOCK_REALTIME, NULL, 0, &t, NULL, 0);
    return t;
}

int _PyTime_GetSystemClockWithInfo(_PyTime_t *t, _Py_clock_info_t *info)
{
    return read_clock(CLOCK_REALTIME, "clock_gettime(CLOCK_REALTIME)", 0, t, info, 1);
}

_PyTime_t _PyTime_GetMonotonicClock(void)
{
    _PyTime_t t = 0;
    (void)read_clock(CLOCK_MONOTONIC, NULL, 1, &t, NULL, 0);
    return t;
}

int _PyTime_GetMonotonicClockWithInfo(_PyTime_t *t, _Py_clock_info_t *info)
{
    return read_clock(CLOCK_MONOTONIC, "clock_gettime(CLOCK_MONOTONIC)", 1, t, info, 1);
}

_PyTime_t _PyTime_GetPerfCounter(void)
{
    return _PyTime_GetMonotonicClock();
}

int _PyTime_GetPerfCounterWithInfo(_PyTime_t *t, _Py_clock_info_t *info)
{
    return _PyTime_GetMonotonicClockWithInfo(t, info);
}

int _PyTime_Init(void)
{
    _PyTime_t t;
    return _PyTime_GetSystemClockWithInfo(&t, NULL) < 0 || _PyTime_GetMonotonicClockWithInfo(&t, NULL) < 0 ? -1 : 0;
}

static int broken_down(struct tm *(*convert)(const time_t *, struct tm *), time_t t, struct tm *tm)
{
    errno = 0;
    if (convert(&t, tm) != NULL)
        return 0;
    if (errno == 0)
        errno = EINVAL;
    PyErr_SetFromErrno(PyExc_OSError);
    return -1;
}

int _PyTime_localtime(time_t t, struct tm *tm)
{
    return broken_down(localtime_r, t, tm);
}

int _PyTime_gmtime(time_t t, struct tm *tm)
{
    return broken_down(gmtime_r, t, tm);
}
