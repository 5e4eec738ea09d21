/* SPDX-License-Identifier: MIT */
/* timedelta: a span of time.
 *
 * [DELTA-1] -999999999 <= days <= 999999999, 0 <= seconds < 86400, 0 <= microseconds < 1000000.
 *
 * Arithmetic goes through the span in microseconds, a 128-bit integer; only factors and divisors that are floats need
 * Python's integers.
 */
#include "dt.h"
#include "structmember.h"

#define DAYS(o) (((PyDateTime_Delta *)(o))->days)
#define SECONDS(o) (((PyDateTime_Delta *)(o))->seconds)
#define MICROS(o) (((PyDateTime_Delta *)(o))->microseconds)

static PyObject *too_large(long long days)
{
    if (days > INT_MAX || days < INT_MIN)
        PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C int");
    else
        PyErr_Format(PyExc_OverflowError, "days=%d; must have magnitude <= %d", (int)days, MAX_DELTA_DAYS);
    return NULL;
}

PyObject *dt_delta_new(int days, int seconds, int us, int normalize, PyTypeObject *type)
{
    if (normalize)
        return dt_delta_from_us((Micros)days * US_PER_DAY + (Micros)seconds * US_PER_SECOND + us, type);
    if (days < -MAX_DELTA_DAYS || days > MAX_DELTA_DAYS)
        return too_large(days);
    PyDateTime_Delta *self = (PyDateTime_Delta *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->hashcode = -1;
        self->days = days;
        self->seconds = seconds;
        self->microseconds = us;
    }
    return (PyObject *)self;
}

PyObject *dt_delta_from_us(Micros us, PyTypeObject *type)
{
    Micros days = us / US_PER_DAY, rest = us % US_PER_DAY;
    if (rest < 0) {
        rest += US_PER_DAY;
        days--;
    }
    if (days < -MAX_DELTA_DAYS || days > MAX_DELTA_DAYS)
        return too_large(days > LLONG_MAX ? LLONG_MAX : days < LLONG_MIN ? LLONG_MIN : (long long)days);
    return dt_delta_new((int)days, (int)(rest / US_PER_SECOND), (int)(rest % US_PER_SECOND), 0, type);
}

Micros dt_delta_us(PyObject *delta) { return (Micros)DAYS(delta) * US_PER_DAY + (Micros)SECONDS(delta) * US_PER_SECOND + MICROS(delta); }

/* Micros as an int and back; the latter -1 with OverflowError. */
static PyObject *to_int(Micros us) { return _PyLong_FromByteArray((const unsigned char *)&us, sizeof us, 1, 1); }

static int from_int(PyObject *number, Micros *us)
{
    if (_PyLong_AsByteArray((PyLongObject *)number, (unsigned char *)us, sizeof *us, 1, 1) == 0)
        return 0;
    PyErr_Clear();
    PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C int");
    return -1;
}

static PyObject *from_int_steal(PyObject *number, PyTypeObject *type)
{
    Micros us;
    if (number == NULL)
        return NULL;
    int rc = from_int(number, &us);
    Py_DECREF(number);
    return rc < 0 ? NULL : dt_delta_from_us(us, type);
}

/* --- Construction ---------------------------------------------------------------------------------------------------- */

/* Add number * factor to the total; fractions of a microsecond go to *leftover.  0 or -1. */
static int accumulate(const char *tag, Micros *total, PyObject *number, long long factor, double *leftover)
{
    Micros value;
    if (PyLong_Check(number)) {
        if (from_int(number, &value) < 0)
            return -1;
        if (__builtin_mul_overflow(value, (Micros)factor, &value) || __builtin_add_overflow(*total, value, total)) {
            PyErr_SetString(PyExc_OverflowError, "Python int too large to convert to C int");
            return -1;
        }
        return 0;
    }
    if (PyFloat_Check(number)) {
        double whole, fraction = modf(PyFloat_AS_DOUBLE(number), &whole);
        PyObject *integer = PyLong_FromDouble(whole);
        if (integer == NULL)
            return -1;
        int rc = accumulate(tag, total, integer, factor, leftover);
        Py_DECREF(integer);
        if (rc < 0 || fraction == 0.0)
            return rc;
        fraction = modf(fraction * (double)factor, &whole);
        *leftover += fraction;
        *total += (Micros)whole;
        return 0;
    }
    PyErr_Format(PyExc_TypeError, "unsupported type for timedelta %s component: %s", tag, Py_TYPE(number)->tp_name);
    return -1;
}

static PyObject *delta_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks", NULL};
    static const long long factors[] = {US_PER_DAY, US_PER_SECOND, 1, 1000, 60 * US_PER_SECOND, 3600 * US_PER_SECOND, 7 * US_PER_DAY};
    static const int order[] = {2, 3, 1, 4, 5, 0, 6};
    PyObject *parts[7] = {NULL};
    Micros total = 0;
    double leftover = 0.0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|OOOOOOO:__new__", names, &parts[0], &parts[1], &parts[2], &parts[3],
                                     &parts[4], &parts[5], &parts[6]))
        return NULL;
    for (int i = 0; i < 7; i++)
        if (parts[order[i]] != NULL && accumulate(names[order[i]], &total, parts[order[i]], factors[order[i]], &leftover) < 0)
            return NULL;
    if (leftover != 0.0) {
        /* Round to the nearest whole, ties to an even total. */
        double whole = round(leftover);
        if (fabs(whole - leftover) == 0.5) {
            int odd = (int)(total & 1);
            whole = 2.0 * round((leftover + odd) * 0.5) - odd;
        }
        total += (Micros)whole;
    }
    return dt_delta_from_us(total, type);
}

/* --- Arithmetic ---------------------------------------------------------------------------------------------------------- */

static PyObject *delta_add(PyObject *left, PyObject *right)
{
    if (!IS_DELTA(left) || !IS_DELTA(right))
        Py_RETURN_NOTIMPLEMENTED;
    return dt_delta_from_us(dt_delta_us(left) + dt_delta_us(right), &Delta_Type);
}

static PyObject *delta_subtract(PyObject *left, PyObject *right)
{
    if (!IS_DELTA(left) || !IS_DELTA(right))
        Py_RETURN_NOTIMPLEMENTED;
    return dt_delta_from_us(dt_delta_us(left) - dt_delta_us(right), &Delta_Type);
}

static PyObject *delta_negative(PyObject *self) { return dt_delta_from_us(-dt_delta_us(self), &Delta_Type); }
static PyObject *delta_positive(PyObject *self) { return dt_delta_new(DAYS(self), SECONDS(self), MICROS(self), 0, &Delta_Type); }
static PyObject *delta_absolute(PyObject *self) { return DAYS(self) < 0 ? delta_negative(self) : delta_positive(self); }
static int delta_bool(PyObject *self) { return DAYS(self) || SECONDS(self) || MICROS(self); }

/* a divided by b rounded to the nearest int, ties to even. */
static PyObject *divide_nearest(PyObject *a, PyObject *b)
{
    PyObject *pair = _PyLong_DivmodNear(a, b), *quotient;
    if (pair == NULL)
        return NULL;
    quotient = PyTuple_GET_ITEM(pair, 0);
    Py_INCREF(quotient);
    Py_DECREF(pair);
    return quotient;
}

/* delta times (invert 0) or divided by (1) a float, exactly rounded. */
static PyObject *scale_by_float(PyObject *delta, PyObject *number, int invert)
{
    PyObject *us = NULL, *product = NULL, *result = NULL;
    PyObject *ratio = PyObject_CallMethod(number, "as_integer_ratio", NULL);
    if (ratio == NULL)
        return NULL;
    if (PyTuple_Check(ratio) && PyTuple_GET_SIZE(ratio) != 2) {
        PyErr_SetString(PyExc_ValueError, "as_integer_ratio() must return a 2-tuple");
        goto done;
    }
    if (!PyTuple_Check(ratio)) {
        PyErr_Format(PyExc_TypeError, "unexpected return type from as_integer_ratio(): expected tuple, got '%.200s'", Py_TYPE(ratio)->tp_name);
        goto done;
    }
    us = to_int(dt_delta_us(delta));
    if (us != NULL && (product = PyNumber_Multiply(us, PyTuple_GET_ITEM(ratio, invert))) != NULL)
        result = from_int_steal(divide_nearest(product, PyTuple_GET_ITEM(ratio, !invert)), &Delta_Type);
done:
    Py_XDECREF(us);
    Py_XDECREF(product);
    Py_DECREF(ratio);
    return result;
}

/* A binary operation of Python integers on the delta's microseconds, then a delta again. */
static PyObject *by_int(PyObject *delta, PyObject *number, PyObject *(*operation)(PyObject *, PyObject *))
{
    PyObject *us = to_int(dt_delta_us(delta)), *result;
    if (us == NULL)
        return NULL;
    result = operation(us, number);
    Py_DECREF(us);
    if (result != NULL && !PyLong_Check(result)) {
        PyErr_Format(PyExc_TypeError, "unexpected type: %.200s", Py_TYPE(result)->tp_name);
        Py_CLEAR(result);
    }
    return from_int_steal(result, &Delta_Type);
}

static PyObject *delta_multiply(PyObject *left, PyObject *right)
{
    PyObject *delta = IS_DELTA(left) ? left : right, *number = delta == left ? right : left;
    if (PyLong_Check(number))
        return by_int(delta, number, PyNumber_Multiply);
    if (PyFloat_Check(number))
        return scale_by_float(delta, number, 0);
    Py_RETURN_NOTIMPLEMENTED;
}

/* An operation of two deltas on their microseconds as integers. */
static PyObject *both_as_ints(PyObject *left, PyObject *right, PyObject *(*operation)(PyObject *, PyObject *))
{
    PyObject *a = to_int(dt_delta_us(left)), *b = to_int(dt_delta_us(right)), *result = NULL;
    if (a != NULL && b != NULL)
        result = operation(a, b);
    Py_XDECREF(a);
    Py_XDECREF(b);
    return result;
}

static PyObject *delta_floor_divide(PyObject *left, PyObject *right)
{
    if (IS_DELTA(left) && IS_DELTA(right))
        return both_as_ints(left, right, PyNumber_FloorDivide);
    if (IS_DELTA(left) && PyLong_Check(right))
        return by_int(left, right, PyNumber_FloorDivide);
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *delta_true_divide(PyObject *left, PyObject *right)
{
    if (IS_DELTA(left) && IS_DELTA(right))
        return both_as_ints(left, right, PyNumber_TrueDivide);
    if (IS_DELTA(left) && PyFloat_Check(right))
        return scale_by_float(left, right, 1);
    if (IS_DELTA(left) && PyLong_Check(right))
        return by_int(left, right, divide_nearest);
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *delta_remainder(PyObject *left, PyObject *right)
{
    if (!IS_DELTA(left) || !IS_DELTA(right))
        Py_RETURN_NOTIMPLEMENTED;
    return from_int_steal(both_as_ints(left, right, PyNumber_Remainder), &Delta_Type);
}

static PyObject *delta_divmod(PyObject *left, PyObject *right)
{
    if (!IS_DELTA(left) || !IS_DELTA(right))
        Py_RETURN_NOTIMPLEMENTED;
    PyObject *pair = both_as_ints(left, right, PyNumber_Divmod), *rest;
    if (pair == NULL)
        return NULL;
    Micros us;
    if (from_int(PyTuple_GET_ITEM(pair, 1), &us) < 0 || (rest = dt_delta_from_us(us, &Delta_Type)) == NULL) {
        Py_DECREF(pair);
        return NULL;
    }
    PyObject *result = PyTuple_Pack(2, PyTuple_GET_ITEM(pair, 0), rest);
    Py_DECREF(pair);
    Py_DECREF(rest);
    return result;
}

PyObject *dt_compare_result(int difference, int op)
{
    int truth;
    switch (op) {
    case Py_LT: truth = difference < 0; break;
    case Py_LE: truth = difference <= 0; break;
    case Py_EQ: truth = difference == 0; break;
    case Py_NE: truth = difference != 0; break;
    case Py_GT: truth = difference > 0; break;
    default: truth = difference >= 0;
    }
    return PyBool_FromLong(truth);
}

static PyObject *delta_richcompare(PyObject *self, PyObject *other, int op)
{
    if (!IS_DELTA(other))
        Py_RETURN_NOTIMPLEMENTED;
    Micros a = dt_delta_us(self), b = dt_delta_us(other);
    return dt_compare_result((a > b) - (a < b), op);
}

static PyObject *delta_state(PyObject *self) { return Py_BuildValue("iii", DAYS(self), SECONDS(self), MICROS(self)); }

static Py_hash_t delta_hash(PyDateTime_Delta *self)
{
    if (self->hashcode == -1) {
        PyObject *state = delta_state((PyObject *)self);
        if (state != NULL) {
            self->hashcode = PyObject_Hash(state);
            Py_DECREF(state);
        }
    }
    return self->hashcode;
}

/* --- Text and methods ------------------------------------------------------------------------------------------------------ */

static PyObject *delta_repr(PyObject *self)
{
    static const char *const names[] = {"days", "seconds", "microseconds"};
    int values[] = {DAYS(self), SECONDS(self), MICROS(self)};
    PyObject *inside = PyUnicode_FromString("");
    const char *separator = "";
    for (int i = 0; inside != NULL && i < 3; i++) {
        if (values[i] == 0)
            continue;
        Py_SETREF(inside, PyUnicode_FromFormat("%U%s%s=%d", inside, separator, names[i], values[i]));
        separator = ", ";
    }
    if (inside == NULL)
        return NULL;
    PyObject *result = PyUnicode_FromFormat("%s(%S)", Py_TYPE(self)->tp_name, PyUnicode_GET_LENGTH(inside) ? inside : _PyLong_Zero);
    Py_DECREF(inside);
    return result;
}

static PyObject *delta_str(PyObject *self)
{
    int days = DAYS(self), us = MICROS(self), minutes = SECONDS(self) / 60, seconds = SECONDS(self) % 60;
    int hours = minutes / 60;
    char clock[40], fraction[16] = "";
    minutes %= 60;
    if (us)
        PyOS_snprintf(fraction, sizeof fraction, ".%06d", us);
    PyOS_snprintf(clock, sizeof clock, "%d:%02d:%02d%s", hours, minutes, seconds, fraction);
    if (days)
        return PyUnicode_FromFormat("%d day%s, %s", days, days == 1 || days == -1 ? "" : "s", clock);
    return PyUnicode_FromString(clock);
}

static PyObject *delta_total_seconds(PyObject *self, PyObject *unused)
{
    PyObject *us = to_int(dt_delta_us(self)), *million = PyLong_FromLong(1000000), *result = NULL;
    if (us != NULL && million != NULL)
        result = PyNumber_TrueDivide(us, million);
    Py_XDECREF(us);
    Py_XDECREF(million);
    return result;
}

static PyObject *delta_reduce(PyObject *self, PyObject *unused) { return Py_BuildValue("ON", Py_TYPE(self), delta_state(self)); }

static PyMethodDef delta_methods[] = {
    {"total_seconds", delta_total_seconds, METH_NOARGS, PyDoc_STR("Total seconds in the duration.")},
    {"__reduce__", delta_reduce, METH_NOARGS, PyDoc_STR("__reduce__() -> (cls, state)")},
    {NULL},
};

static PyMemberDef delta_members[] = {
    {"days", T_INT, offsetof(PyDateTime_Delta, days), READONLY, PyDoc_STR("Number of days.")},
    {"seconds", T_INT, offsetof(PyDateTime_Delta, seconds), READONLY, PyDoc_STR("Number of seconds (>= 0 and less than 1 day).")},
    {"microseconds", T_INT, offsetof(PyDateTime_Delta, microseconds), READONLY, PyDoc_STR("Number of microseconds (>= 0 and less than 1 second).")},
    {NULL},
};

static PyNumberMethods delta_as_number = {
    .nb_add = delta_add,
    .nb_subtract = delta_subtract,
    .nb_multiply = delta_multiply,
    .nb_remainder = delta_remainder,
    .nb_divmod = delta_divmod,
    .nb_negative = delta_negative,
    .nb_positive = delta_positive,
    .nb_absolute = delta_absolute,
    .nb_bool = delta_bool,
    .nb_floor_divide = delta_floor_divide,
    .nb_true_divide = delta_true_divide,
};

PyTypeObject Delta_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "datetime.timedelta",
    .tp_basicsize = sizeof(PyDateTime_Delta),
    .tp_repr = delta_repr,
    .tp_as_number = &delta_as_number,
    .tp_hash = (hashfunc)delta_hash,
    .tp_str = delta_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = PyDoc_STR("A span of time.\n\ntimedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)\n\nThe arguments add up; each may be an int or a float of either sign."),
    .tp_richcompare = delta_richcompare,
    .tp_methods = delta_methods,
    .tp_members = delta_members,
    .tp_new = delta_new,
};
