/* SPDX-License-Identifier: MIT */
/* datetime: arithmetic, comparison, conversion between zones and to other forms. */
#include "dt.h"
#include <time.h>

static PyObject *make_like(PyObject *self, int ordinal, Micros in_day, PyObject *tzinfo, int fold)
{
    int year, month, day;
    dt_from_ordinal(ordinal, &year, &month, &day);
    int hour = (int)(in_day / (3600 * US_PER_SECOND)), minute = (int)(in_day / (60 * US_PER_SECOND) % 60);
    int second = (int)(in_day / US_PER_SECOND % 60), us = (int)(in_day % US_PER_SECOND);
    PyObject *cls = (PyObject *)Py_TYPE(self);
    if (cls == (PyObject *)&DateTime_Type)
        return dt_datetime_new(year, month, day, hour, minute, second, us, tzinfo, fold, &DateTime_Type);
    return PyObject_CallFunction(cls, "iiiiiiiO", year, month, day, hour, minute, second, us, tzinfo);
}

static int ordinal_of(PyObject *self) { return dt_ordinal(GET_YEAR(self), GET_MONTH(self), GET_DAY(self)); }

/* Microseconds since midnight, and since 0-12-31. */
static Micros in_day(PyObject *self)
{
    return (Micros)(DT_HOUR(self) * 3600 + DT_MINUTE(self) * 60 + DT_SECOND(self)) * US_PER_SECOND + DT_MICRO(self);
}
static Micros total(PyObject *self) { return (Micros)ordinal_of(self) * US_PER_DAY + in_day(self); }

PyObject *dt_datetime_add_delta(PyObject *self, PyObject *delta, int factor)
{
    Micros sum = total(self) + factor * dt_delta_us(delta);
    if (sum < (Micros)US_PER_DAY || sum >= (Micros)(MAX_ORDINAL + 1) * US_PER_DAY) {
        PyErr_SetString(PyExc_OverflowError, "date value out of range");
        return NULL;
    }
    return make_like(self, (int)(sum / US_PER_DAY), sum % US_PER_DAY, DT_TZINFO(self), 0);
}

PyObject *datetime_add(PyObject *left, PyObject *right)
{
    if (IS_DATETIME(left) && IS_DELTA(right))
        return dt_datetime_add_delta(left, right, 1);
    if (IS_DELTA(left) && IS_DATETIME(right))
        return dt_datetime_add_delta(right, left, 1);
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *offset_of(PyObject *self) { return dt_call_utcoffset(DT_TZINFO(self), self); }

PyObject *datetime_subtract(PyObject *left, PyObject *right)
{
    if (!IS_DATETIME(left))
        Py_RETURN_NOTIMPLEMENTED;
    if (IS_DELTA(right))
        return dt_datetime_add_delta(left, right, -1);
    if (!IS_DATETIME(right))
        Py_RETURN_NOTIMPLEMENTED;
    Micros difference = total(left) - total(right);
    if (DT_TZINFO(left) != DT_TZINFO(right)) {
        PyObject *a = offset_of(left), *b = a == NULL ? NULL : offset_of(right);
        if (b == NULL || (a == Py_None) != (b == Py_None)) {
            if (b != NULL)
                PyErr_SetString(PyExc_TypeError, "can't subtract offset-naive and offset-aware datetimes");
            Py_XDECREF(a);
            Py_XDECREF(b);
            return NULL;
        }
        if (a != Py_None)
            difference -= dt_delta_us(a) - dt_delta_us(b);
        Py_DECREF(a);
        Py_DECREF(b);
    }
    return dt_delta_from_us(difference, &Delta_Type);
}

static PyObject *with_fold(PyObject *self, int fold)
{
    return dt_datetime_new(GET_YEAR(self), GET_MONTH(self), GET_DAY(self), DT_HOUR(self), DT_MINUTE(self), DT_SECOND(self),
                           DT_MICRO(self), DT_TZINFO(self), fold, &DateTime_Type);
}

/* Does the offset depend on the fold?  Such times equal no time of another zone (PEP 495).  1, 0 or -1. */
static int in_fold_or_gap(PyObject *self, PyObject *offset)
{
    PyObject *flipped, *other;
    if (DT_TZINFO(self) == Py_None || (flipped = with_fold(self, !DT_FOLD(self))) == NULL)
        return DT_TZINFO(self) == Py_None ? 0 : -1;
    other = offset_of(flipped);
    Py_DECREF(flipped);
    if (other == NULL)
        return -1;
    int same = other == offset || (other != Py_None && offset != Py_None && dt_delta_us(other) == dt_delta_us(offset));
    Py_DECREF(other);
    return !same;
}

PyObject *datetime_richcompare(PyObject *self, PyObject *other, int op)
{
    PyObject *a = NULL, *b = NULL, *result = NULL;
    if (!IS_DATETIME(other)) {
        /* A plain date is no datetime, though a base of it: never equal, not comparable. */
        if (IS_DATE(other)) {
            if (op == Py_EQ)
                Py_RETURN_FALSE;
            if (op == Py_NE)
                Py_RETURN_TRUE;
            return dt_cant_compare(self, other);
        }
        Py_RETURN_NOTIMPLEMENTED;
    }
    int difference = memcmp(((PyDateTime_DateTime *)self)->data, ((PyDateTime_DateTime *)other)->data, _PyDateTime_DATETIME_DATASIZE);
    if (DT_TZINFO(self) == DT_TZINFO(other))
        return dt_compare_result(difference, op);
    if ((a = offset_of(self)) == NULL || (b = offset_of(other)) == NULL)
        goto done;
    int both_none = a == Py_None && b == Py_None, one_none = (a == Py_None) != (b == Py_None);
    if (!one_none) {
        if (!both_none && dt_delta_us(a) != dt_delta_us(b)) {
            Micros x = total(self) - dt_delta_us(a), y = total(other) - dt_delta_us(b);
            difference = (x > y) - (x < y);
        }
        if ((op == Py_EQ || op == Py_NE) && difference == 0) {
            int odd = in_fold_or_gap(self, a);
            if (odd == 0)
                odd = in_fold_or_gap(other, b);
            if (odd < 0)
                goto done;
            if (odd)
                difference = 1;
        }
        result = dt_compare_result(difference, op);
    } else if (op == Py_EQ || op == Py_NE) {
        result = PyBool_FromLong(op == Py_NE);
    } else {
        PyErr_SetString(PyExc_TypeError, "can't compare offset-naive and offset-aware datetimes");
    }
done:
    Py_XDECREF(a);
    Py_XDECREF(b);
    return result;
}

Py_hash_t datetime_hash(PyObject *op)
{
    PyDateTime_DateTime *self = (PyDateTime_DateTime *)op;
    if (self->hashcode != -1)
        return self->hashcode;
    PyObject *plain = op, *offset;
    if (self->fold) {
        if ((plain = with_fold(op, 0)) == NULL)
            return -1;
    } else {
        Py_INCREF(plain);
    }
    offset = offset_of(plain);
    Py_DECREF(plain);
    if (offset == NULL)
        return -1;
    if (offset == Py_None) {
        self->hashcode = _Py_HashBytes(self->data, _PyDateTime_DATETIME_DATASIZE);
    } else {
        PyObject *moment = dt_delta_from_us(total(op) - dt_delta_us(offset), &Delta_Type);
        if (moment != NULL) {
            self->hashcode = PyObject_Hash(moment);
            Py_DECREF(moment);
        }
    }
    Py_DECREF(offset);
    return self->hashcode;
}

/* --- Zones -------------------------------------------------------------------------------------------------------------- */

static PyObject *datetime_utcoffset(PyObject *self, PyObject *unused) { return offset_of(self); }
static PyObject *datetime_dst(PyObject *self, PyObject *unused) { return dt_call_dst(DT_TZINFO(self), self); }
static PyObject *datetime_tzname(PyObject *self, PyObject *unused) { return dt_call_tzname(DT_TZINFO(self), self); }

enum { EPOCH_ORDINAL = 719163 };

/* Seconds since the epoch of local time fields taken as UTC. */
static long long as_utc_seconds(PyObject *self)
{
    return (long long)(ordinal_of(self) - EPOCH_ORDINAL) * SECONDS_PER_DAY + DT_HOUR(self) * 3600 + DT_MINUTE(self) * 60 + DT_SECOND(self);
}

/* Offset of local time at a moment, in seconds; -1 with an exception set in *failed. */
static long local_offset(time_t when, int *failed)
{
    struct tm tm;
    if (_PyTime_localtime(when, &tm) != 0) {
        *failed = 1;
        return -1;
    }
    return tm.tm_gmtoff;
}

/* The moment that local time fields name; of two, the one that fold asks for; in a gap as PEP 495 says. */
static int local_to_seconds(PyObject *self, int fold, long long *result)
{
    int failed = 0;
    long long t = as_utc_seconds(self);
    long long a = local_offset((time_t)t, &failed);
    if (failed)
        return -1;
    long long u1 = t - a;
    long long t1 = u1 + local_offset((time_t)u1, &failed);
    if (failed)
        return -1;
    long long b;
    if (t1 == t) {
        /* One answer; the other, if there is one, is a day away at most. */
        long long u2 = fold ? u1 + SECONDS_PER_DAY : u1 - SECONDS_PER_DAY;
        b = local_offset((time_t)u2, &failed);
        if (failed)
            return -1;
        if (a == b) {
            *result = u1;
            return 0;
        }
    } else {
        b = t1 - u1;
    }
    long long u2 = t - b;
    long long t2 = u2 + local_offset((time_t)u2, &failed);
    if (failed)
        return -1;
    if (t2 == t)
        *result = u2;
    else if (t1 == t)
        *result = u1;
    else
        *result = fold ? (u1 < u2 ? u1 : u2) : (u1 > u2 ? u1 : u2);
    return 0;
}

static PyObject *local_zone_at(time_t when)
{
    struct tm tm;
    if (_PyTime_localtime(when, &tm) != 0)
        return NULL;
    PyObject *delta = dt_delta(0, (int)tm.tm_gmtoff, 0), *name, *zone = NULL;
    if (delta == NULL)
        return NULL;
    name = PyUnicode_DecodeLocale(tm.tm_zone, "surrogateescape");
    if (name != NULL) {
        zone = dt_timezone_new(delta, name);
        Py_DECREF(name);
    }
    Py_DECREF(delta);
    return zone;
}

/* The local time zone at an aware datetime in UTC. */
static PyObject *local_zone_of_utc(PyObject *utc) { return local_zone_at((time_t)as_utc_seconds(utc)); }

/* The local time zone that a naive datetime's fields are in. */
static PyObject *local_zone_of_local(PyObject *self)
{
    long long seconds;
    return local_to_seconds(self, DT_FOLD(self), &seconds) < 0 ? NULL : local_zone_at((time_t)seconds);
}

static PyObject *datetime_astimezone(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"tz", NULL};
    PyObject *tzinfo = Py_None, *own, *offset, *utc, *target = NULL, *result = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|O:astimezone", names, &tzinfo) || dt_check_tzinfo(tzinfo) < 0)
        return NULL;
    own = DT_TZINFO(self);
    if (own == Py_None) {
    naive:
        own = local_zone_of_local(self);
        if (own == NULL)
            return NULL;
    } else {
        Py_INCREF(own);
    }
    if (own == tzinfo) {
        Py_DECREF(own);
        Py_INCREF(self);
        return self;
    }
    offset = dt_call_utcoffset(own, self);
    Py_DECREF(own);
    if (offset == NULL)
        return NULL;
    if (offset == Py_None) {
        Py_DECREF(offset);
        goto naive;
    }
    utc = dt_datetime_add_delta(self, offset, -1);
    Py_DECREF(offset);
    if (utc == NULL)
        return NULL;
    /* The fields are UTC now; fromutc() wants the target zone on them. */
    target = tzinfo;
    Py_INCREF(target);
    if (tzinfo == Py_None)
        Py_SETREF(target, local_zone_of_utc(utc));
    if (target != NULL) {
        PyObject *marked = make_like(self, ordinal_of(utc), in_day(utc), target, 0);
        if (marked != NULL) {
            result = PyObject_CallMethod(target, "fromutc", "O", marked);
            Py_DECREF(marked);
        }
        Py_DECREF(target);
    }
    Py_DECREF(utc);
    return result;
}

/* --- Other forms ----------------------------------------------------------------------------------------------------------- */

static PyObject *datetime_timestamp(PyObject *self, PyObject *unused)
{
    if (DT_TZINFO(self) != Py_None) {
        PyObject *delta = datetime_subtract(self, dt_epoch), *result;
        if (delta == NULL)
            return NULL;
        result = PyObject_CallMethod(delta, "total_seconds", NULL);
        Py_DECREF(delta);
        return result;
    }
    long long seconds;
    if (local_to_seconds(self, DT_FOLD(self), &seconds) < 0)
        return NULL;
    return PyFloat_FromDouble((double)seconds + DT_MICRO(self) / 1e6);
}

static PyObject *datetime_date(PyObject *self, PyObject *unused)
{
    return dt_date_new(GET_YEAR(self), GET_MONTH(self), GET_DAY(self), &Date_Type);
}

static PyObject *datetime_time(PyObject *self, PyObject *unused)
{
    return dt_time_new(DT_HOUR(self), DT_MINUTE(self), DT_SECOND(self), DT_MICRO(self), Py_None, DT_FOLD(self), &Time_Type);
}

static PyObject *datetime_timetz(PyObject *self, PyObject *unused)
{
    return dt_time_new(DT_HOUR(self), DT_MINUTE(self), DT_SECOND(self), DT_MICRO(self), DT_TZINFO(self), DT_FOLD(self), &Time_Type);
}

static PyObject *datetime_timetuple(PyObject *self, PyObject *unused)
{
    int flag = -1;
    if (DT_TZINFO(self) != Py_None) {
        PyObject *dst = datetime_dst(self, NULL);
        if (dst == NULL)
            return NULL;
        if (dst != Py_None)
            flag = dt_delta_us(dst) != 0;
        Py_DECREF(dst);
    }
    return dt_timetuple(GET_YEAR(self), GET_MONTH(self), GET_DAY(self), DT_HOUR(self), DT_MINUTE(self), DT_SECOND(self), flag);
}

static PyObject *datetime_utctimetuple(PyObject *self, PyObject *unused)
{
    PyObject *offset = offset_of(self), *utc = self, *result;
    if (offset == NULL)
        return NULL;
    if (offset != Py_None && dt_delta_us(offset) != 0)
        utc = dt_datetime_add_delta(self, offset, -1);
    else
        Py_INCREF(utc);
    Py_DECREF(offset);
    if (utc == NULL)
        return NULL;
    result = dt_timetuple(GET_YEAR(utc), GET_MONTH(utc), GET_DAY(utc), DT_HOUR(utc), DT_MINUTE(utc), DT_SECOND(utc), 0);
    Py_DECREF(utc);
    return result;
}

static PyObject *datetime_replace(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold", NULL};
    int y = GET_YEAR(self), mo = GET_MONTH(self), d = GET_DAY(self), h = DT_HOUR(self), m = DT_MINUTE(self), s = DT_SECOND(self);
    int us = DT_MICRO(self), fold = DT_FOLD(self);
    PyObject *tzinfo = DT_TZINFO(self), *tuple, *clone;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|iiiiiiiO$i:replace", names, &y, &mo, &d, &h, &m, &s, &us, &tzinfo, &fold))
        return NULL;
    if (fold != 0 && fold != 1) {
        PyErr_SetString(PyExc_ValueError, "fold must be either 0 or 1");
        return NULL;
    }
    tuple = Py_BuildValue("iiiiiiiO", y, mo, d, h, m, s, us, tzinfo);
    if (tuple == NULL)
        return NULL;
    clone = PyObject_Call((PyObject *)Py_TYPE(self), tuple, NULL);
    Py_DECREF(tuple);
    if (clone != NULL && IS_DATETIME(clone))
        DT_FOLD(clone) = (unsigned char)fold;
    return clone;
}

static PyObject *reduce(PyDateTime_DateTime *self, int protocol)
{
    PyObject *state = PyBytes_FromStringAndSize((char *)self->data, _PyDateTime_DATETIME_DATASIZE);
    if (state == NULL)
        return NULL;
    if (protocol > 3 && self->fold)
        PyBytes_AS_STRING(state)[2] |= (char)(1 << 7);
    if (!self->hastzinfo)
        return Py_BuildValue("O(N)", Py_TYPE(self), state);
    return Py_BuildValue("O(NO)", Py_TYPE(self), state, self->tzinfo);
}

static PyObject *datetime_reduce_ex(PyDateTime_DateTime *self, PyObject *args)
{
    int protocol;
    return PyArg_ParseTuple(args, "i:__reduce_ex__", &protocol) ? reduce(self, protocol) : NULL;
}

static PyObject *datetime_reduce(PyDateTime_DateTime *self, PyObject *unused) { return reduce(self, 2); }

#define M(function) (PyCFunction)(void (*)(void))function
PyMethodDef datetime_op_methods[] = {
    {"utcoffset", M(datetime_utcoffset), METH_NOARGS, PyDoc_STR("self.tzinfo.utcoffset(self).")},
    {"tzname", M(datetime_tzname), METH_NOARGS, PyDoc_STR("self.tzinfo.tzname(self).")},
    {"dst", M(datetime_dst), METH_NOARGS, PyDoc_STR("self.tzinfo.dst(self).")},
    {"date", M(datetime_date), METH_NOARGS, PyDoc_STR("The date part.")},
    {"time", M(datetime_time), METH_NOARGS, PyDoc_STR("The time part, without the time zone.")},
    {"timetz", M(datetime_timetz), METH_NOARGS, PyDoc_STR("The time part, with the time zone.")},
    {"timetuple", M(datetime_timetuple), METH_NOARGS, PyDoc_STR("A struct_time of the local fields.")},
    {"utctimetuple", M(datetime_utctimetuple), METH_NOARGS, PyDoc_STR("A struct_time in UTC.")},
    {"timestamp", M(datetime_timestamp), METH_NOARGS, PyDoc_STR("Seconds since the epoch as a float.")},
    {"astimezone", M(datetime_astimezone), METH_VARARGS | METH_KEYWORDS, PyDoc_STR("tz -> the same moment in the time zone tz, the local one by default\n")},
    {"replace", M(datetime_replace), METH_VARARGS | METH_KEYWORDS, PyDoc_STR("A datetime with new values for the fields given.")},
    {"__reduce_ex__", M(datetime_reduce_ex), METH_VARARGS, PyDoc_STR("__reduce_ex__(proto) -> (cls, state)")},
    {"__reduce__", M(datetime_reduce), METH_NOARGS, PyDoc_STR("__reduce__() -> (cls, state)")},
    {NULL},
};
