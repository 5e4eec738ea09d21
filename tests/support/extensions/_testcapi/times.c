/* SPDX-License-Identifier: MIT */
/* _testcapi: the private functions for points in time, which round when they change the unit. */
#include "testcapi.h"

#include <sys/time.h>

/* An "O&" converter: a rounding mode by its number. */
static int to_rounding(PyObject *object, void *target)
{
    long number = PyLong_AsLong(object);
    if (number == -1 && PyErr_Occurred())
        return 0;
    if (number < _PyTime_ROUND_FLOOR || number > _PyTime_ROUND_UP) {
        PyErr_SetString(PyExc_ValueError, "invalid rounding");
        return 0;
    }
    *(_PyTime_round_t *)target = (_PyTime_round_t)number;
    return 1;
}

/* (seconds, fraction) */
static PyObject *pair(time_t seconds, long fraction)
{
    return Py_BuildValue("(Nl)", _PyLong_FromTime_t(seconds), fraction);
}

static PyObject *PyTime_FromSeconds(PyObject *self, PyObject *args)
{
    int seconds;
    if (!PyArg_ParseTuple(args, "i:PyTime_FromSeconds", &seconds))
        return NULL;
    return _PyTime_AsNanosecondsObject(_PyTime_FromSeconds(seconds));
}

static PyObject *PyTime_FromSecondsObject(PyObject *self, PyObject *args)
{
    PyObject *object;
    _PyTime_round_t rounding;
    _PyTime_t time;
    if (!PyArg_ParseTuple(args, "OO&:PyTime_FromSecondsObject", &object, to_rounding, &rounding) ||
        _PyTime_FromSecondsObject(&time, object, rounding) < 0)
        return NULL;
    return _PyTime_AsNanosecondsObject(time);
}

static PyObject *PyTime_AsSecondsDouble(PyObject *self, PyObject *args)
{
    long long nanoseconds;
    if (!PyArg_ParseTuple(args, "L:PyTime_AsSecondsDouble", &nanoseconds))
        return NULL;
    return PyFloat_FromDouble(_PyTime_AsSecondsDouble(_PyTime_FromNanoseconds(nanoseconds)));
}

/* Parse (nanoseconds, rounding). 1 or 0. */
static int parse_time(PyObject *args, _PyTime_t *time, _PyTime_round_t *rounding)
{
    long long nanoseconds;
    if (!PyArg_ParseTuple(args, "LO&", &nanoseconds, to_rounding, rounding))
        return 0;
    *time = _PyTime_FromNanoseconds(nanoseconds);
    return 1;
}

static PyObject *PyTime_AsTimeval(PyObject *self, PyObject *args)
{
    _PyTime_t time;
    _PyTime_round_t rounding;
    struct timeval result;
    if (!parse_time(args, &time, &rounding) || _PyTime_AsTimeval(time, &result, rounding) < 0)
        return NULL;
    return pair(result.tv_sec, result.tv_usec);
}

static PyObject *PyTime_AsTimespec(PyObject *self, PyObject *args)
{
    long long nanoseconds;
    struct timespec result;
    if (!PyArg_ParseTuple(args, "L:PyTime_AsTimespec", &nanoseconds) ||
        _PyTime_AsTimespec(_PyTime_FromNanoseconds(nanoseconds), &result) < 0)
        return NULL;
    return pair(result.tv_sec, result.tv_nsec);
}

static PyObject *PyTime_AsMilliseconds(PyObject *self, PyObject *args)
{
    _PyTime_t time;
    _PyTime_round_t rounding;
    return parse_time(args, &time, &rounding) ? PyLong_FromLongLong(_PyTime_AsMilliseconds(time, rounding)) : NULL;
}

static PyObject *PyTime_AsMicroseconds(PyObject *self, PyObject *args)
{
    _PyTime_t time;
    _PyTime_round_t rounding;
    return parse_time(args, &time, &rounding) ? PyLong_FromLongLong(_PyTime_AsMicroseconds(time, rounding)) : NULL;
}

/* ---- (object, rounding) to the C library's types ---- */

static PyObject *pytime_object_to_time_t(PyObject *self, PyObject *args)
{
    PyObject *object;
    _PyTime_round_t rounding;
    time_t seconds;
    if (!PyArg_ParseTuple(args, "OO&:pytime_object_to_time_t", &object, to_rounding, &rounding) ||
        _PyTime_ObjectToTime_t(object, &seconds, rounding) < 0)
        return NULL;
    return _PyLong_FromTime_t(seconds);
}

/* With seconds and a fraction; `convert` knows of which unit. */
static PyObject *object_to_pair(PyObject *args, int (*convert)(PyObject *, time_t *, long *, _PyTime_round_t))
{
    PyObject *object;
    _PyTime_round_t rounding;
    time_t seconds;
    long fraction;
    if (!PyArg_ParseTuple(args, "OO&", &object, to_rounding, &rounding) ||
        convert(object, &seconds, &fraction, rounding) < 0)
        return NULL;
    return pair(seconds, fraction);
}

static PyObject *pytime_object_to_timeval(PyObject *self, PyObject *args)
{
    return object_to_pair(args, _PyTime_ObjectToTimeval);
}

static PyObject *pytime_object_to_timespec(PyObject *self, PyObject *args)
{
    return object_to_pair(args, _PyTime_ObjectToTimespec);
}

#define PARSED(name) {#name, name, METH_VARARGS}
static PyMethodDef functions[] = {
    PARSED(PyTime_FromSeconds),      PARSED(PyTime_FromSecondsObject), PARSED(PyTime_AsSecondsDouble),
    PARSED(PyTime_AsTimeval),        PARSED(PyTime_AsTimespec),        PARSED(PyTime_AsMilliseconds),
    PARSED(PyTime_AsMicroseconds),   PARSED(pytime_object_to_time_t),  PARSED(pytime_object_to_timeval),
    PARSED(pytime_object_to_timespec), {NULL},
};

int testcapi_add_time_functions(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
