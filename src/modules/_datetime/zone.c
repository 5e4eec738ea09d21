/* SPDX-License-Identifier: MIT */
/* tzinfo, the base of time zones; timezone, a fixed offset; and how tzinfo methods are called and their results checked. */
#include "dt.h"

PyObject *dt_utc, *dt_epoch;

int dt_check_tzinfo(PyObject *tzinfo)
{
    if (tzinfo == Py_None || IS_TZINFO(tzinfo))
        return 0;
    PyErr_Format(PyExc_TypeError, "tzinfo argument must be None or of a tzinfo subclass, not type '%s'", Py_TYPE(tzinfo)->tp_name);
    return -1;
}

/* --- Calling methods ------------------------------------------------------------------------------------------------- */

/* tzinfo.name(arg): None, or a timedelta within a day. */
static PyObject *call_offset(PyObject *tzinfo, const char *name, PyObject *arg)
{
    if (tzinfo == Py_None)
        Py_RETURN_NONE;
    PyObject *offset = PyObject_CallMethod(tzinfo, name, "O", arg);
    if (offset == NULL || offset == Py_None)
        return offset;
    if (IS_DELTA(offset)) {
        Micros us = dt_delta_us(offset);
        if (us <= -(Micros)US_PER_DAY || us >= (Micros)US_PER_DAY) {
            Py_DECREF(offset);
            PyErr_Format(PyExc_ValueError, "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).");
            return NULL;
        }
        return offset;
    }
    PyErr_Format(PyExc_TypeError, "tzinfo.%s() must return None or timedelta, not '%.200s'", name, Py_TYPE(offset)->tp_name);
    Py_DECREF(offset);
    return NULL;
}

PyObject *dt_call_utcoffset(PyObject *tzinfo, PyObject *arg) { return call_offset(tzinfo, "utcoffset", arg); }
PyObject *dt_call_dst(PyObject *tzinfo, PyObject *arg) { return call_offset(tzinfo, "dst", arg); }

PyObject *dt_call_tzname(PyObject *tzinfo, PyObject *arg)
{
    if (tzinfo == Py_None)
        Py_RETURN_NONE;
    PyObject *name = PyObject_CallMethod(tzinfo, "tzname", "O", arg);
    if (name == NULL || name == Py_None || PyUnicode_Check(name))
        return name;
    PyErr_Format(PyExc_TypeError, "tzinfo.tzname() must return None or a string, not '%s'", Py_TYPE(name)->tp_name);
    Py_DECREF(name);
    return NULL;
}

/* Write an offset in microseconds; buffer of 24. */
static void write_offset(char *buffer, size_t room, const char *separator, Micros us)
{
    char sign = us < 0 ? '-' : '+';
    if (us < 0)
        us = -us;
    long seconds = (long)(us / US_PER_SECOND), fraction = (long)(us % US_PER_SECOND);
    int n = PyOS_snprintf(buffer, room, "%c%02d%s%02d", sign, (int)(seconds / 3600), separator, (int)(seconds / 60 % 60));
    if (seconds % 60 || fraction)
        n += PyOS_snprintf(buffer + n, room - n, "%s%02d", separator, (int)(seconds % 60));
    if (fraction)
        PyOS_snprintf(buffer + n, room - n, ".%06ld", fraction);
}

int dt_format_offset(char *buffer, const char *separator, PyObject *tzinfo, PyObject *arg)
{
    PyObject *offset = dt_call_utcoffset(tzinfo, arg);
    buffer[0] = '\0';
    if (offset == NULL)
        return -1;
    if (offset != Py_None)
        write_offset(buffer, 24, separator, dt_delta_us(offset));
    Py_DECREF(offset);
    return 0;
}

PyObject *dt_add_tzinfo_repr(PyObject *repr, PyObject *tzinfo, int fold)
{
    if (repr != NULL && fold) {
        PyObject *open = PyUnicode_Substring(repr, 0, PyUnicode_GET_LENGTH(repr) - 1);
        Py_SETREF(repr, open ? PyUnicode_FromFormat("%U, fold=%d)", open, fold) : NULL);
        Py_XDECREF(open);
    }
    if (repr != NULL && tzinfo != Py_None) {
        PyObject *open = PyUnicode_Substring(repr, 0, PyUnicode_GET_LENGTH(repr) - 1);
        Py_SETREF(repr, open ? PyUnicode_FromFormat("%U, tzinfo=%R)", open, tzinfo) : NULL);
        Py_XDECREF(open);
    }
    return repr;
}

/* --- tzinfo ---------------------------------------------------------------------------------------------------------------- */

static PyObject *must_implement(const char *name)
{
    PyErr_Format(PyExc_NotImplementedError, "a tzinfo subclass must implement %s()", name);
    return NULL;
}

static PyObject *tzinfo_tzname(PyObject *self, PyObject *arg) { return must_implement("tzname"); }
static PyObject *tzinfo_utcoffset(PyObject *self, PyObject *arg) { return must_implement("utcoffset"); }
static PyObject *tzinfo_dst(PyObject *self, PyObject *arg) { return must_implement("dst"); }

static PyObject *tzinfo_fromutc(PyObject *self, PyObject *dt)
{
    PyObject *offset = NULL, *dst = NULL, *delta = NULL, *result = NULL;
    if (!IS_DATETIME(dt)) {
        PyErr_SetString(PyExc_TypeError, "fromutc: argument must be a datetime");
        return NULL;
    }
    if (DT_TZINFO(dt) != self) {
        PyErr_SetString(PyExc_ValueError, "fromutc: dt.tzinfo is not self");
        return NULL;
    }
    offset = PyObject_CallMethod(dt, "utcoffset", NULL);
    if (offset == NULL)
        return NULL;
    if (offset == Py_None) {
        PyErr_SetString(PyExc_ValueError, "fromutc: non-None utcoffset() result required");
        goto done;
    }
    dst = PyObject_CallMethod(dt, "dst", NULL);
    if (dst == NULL)
        goto done;
    if (dst == Py_None) {
        PyErr_SetString(PyExc_ValueError, "fromutc: non-None dst() result required");
        goto done;
    }
    /* Standard time first, then the saving that holds there. */
    delta = PyNumber_Subtract(offset, dst);
    if (delta == NULL || (result = dt_datetime_add_delta(dt, delta, 1)) == NULL)
        goto done;
    Py_SETREF(dst, PyObject_CallMethod(result, "dst", NULL));
    if (dst == NULL) {
        Py_CLEAR(result);
    } else if (dst == Py_None) {
        PyErr_SetString(PyExc_ValueError, "fromutc: tz.dst() gave inconsistent results; cannot convert");
        Py_CLEAR(result);
    } else if (dt_delta_us(dst) != 0) {
        Py_SETREF(result, dt_datetime_add_delta(result, dst, 1));
    }
done:
    Py_XDECREF(offset);
    Py_XDECREF(dst);
    Py_XDECREF(delta);
    return result;
}

static PyObject *tzinfo_reduce(PyObject *self, PyObject *unused)
{
    PyObject *method, *args, *state;
    if (_PyObject_LookupAttr(self, PyUnicode_InternFromString("__getinitargs__"), &method) < 0)
        return NULL;
    if (method != NULL) {
        args = PyObject_CallObject(method, NULL);
        Py_DECREF(method);
    } else {
        args = PyTuple_New(0);
    }
    if (args == NULL)
        return NULL;
    PyObject *getstate;
    if (_PyObject_LookupAttr(self, PyUnicode_InternFromString("__getstate__"), &getstate) < 0) {
        Py_DECREF(args);
        return NULL;
    }
    if (getstate != NULL) {
        state = PyObject_CallObject(getstate, NULL);
        Py_DECREF(getstate);
        if (state == NULL) {
            Py_DECREF(args);
            return NULL;
        }
    } else {
        PyObject **dict = _PyObject_GetDictPtr(self);
        state = dict && *dict && PyDict_GET_SIZE(*dict) ? *dict : Py_None;
        Py_INCREF(state);
    }
    if (state == Py_None) {
        Py_DECREF(state);
        return Py_BuildValue("(ON)", Py_TYPE(self), args);
    }
    return Py_BuildValue("(ONN)", Py_TYPE(self), args, state);
}

static PyMethodDef tzinfo_methods[] = {
    {"tzname", tzinfo_tzname, METH_O, PyDoc_STR("datetime -> string name of time zone.")},
    {"utcoffset", tzinfo_utcoffset, METH_O, PyDoc_STR("datetime -> timedelta, positive east of UTC.")},
    {"dst", tzinfo_dst, METH_O, PyDoc_STR("datetime -> how much summer time adds, a timedelta.")},
    {"fromutc", tzinfo_fromutc, METH_O, PyDoc_STR("datetime in UTC -> datetime in local time.")},
    {"__reduce__", tzinfo_reduce, METH_NOARGS, PyDoc_STR("-> (cls, state)")},
    {NULL},
};

PyTypeObject TZInfo_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "datetime.tzinfo",
    .tp_basicsize = sizeof(PyDateTime_TZInfo),
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = PyDoc_STR("Abstract base class for time zones."),
    .tp_methods = tzinfo_methods,
    .tp_new = PyType_GenericNew,
};

/* --- timezone ---------------------------------------------------------------------------------------------------------------- */

static PyObject *make(PyObject *offset, PyObject *name, PyTypeObject *type)
{
    Timezone *self = (Timezone *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    Py_INCREF(offset);
    self->offset = offset;
    Py_XINCREF(name);
    self->name = name;
    return (PyObject *)self;
}

PyObject *dt_timezone_new(PyObject *offset, PyObject *name)
{
    Micros us = dt_delta_us(offset);
    if (name == NULL && us == 0 && dt_utc != NULL) {
        Py_INCREF(dt_utc);
        return dt_utc;
    }
    if (us <= -(Micros)US_PER_DAY || us >= (Micros)US_PER_DAY) {
        PyErr_Format(PyExc_ValueError, "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not %R.", offset);
        return NULL;
    }
    return make(offset, name, &Timezone_Type);
}

PyObject *dt_timezone_from_seconds(int seconds, int us)
{
    PyObject *delta = dt_delta(0, seconds, us);
    if (delta == NULL)
        return NULL;
    PyObject *zone = dt_timezone_new(delta, NULL);
    Py_DECREF(delta);
    return zone;
}

static PyObject *timezone_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"offset", "name", NULL};
    PyObject *offset, *name = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O!|U:timezone", names, &Delta_Type, &offset, &name))
        return NULL;
    return dt_timezone_new(offset, name);
}

static void timezone_dealloc(Timezone *self)
{
    Py_CLEAR(self->offset);
    Py_CLEAR(self->name);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *timezone_richcompare(Timezone *self, PyObject *other, int op)
{
    if ((op != Py_EQ && op != Py_NE) || Py_TYPE(other) != &Timezone_Type)
        Py_RETURN_NOTIMPLEMENTED;
    return PyObject_RichCompare(self->offset, ((Timezone *)other)->offset, op);
}

static Py_hash_t timezone_hash(Timezone *self) { return PyObject_Hash(self->offset); }

/* The argument of the methods: a datetime or None. */
static int check_argument(PyObject *dt, const char *name)
{
    if (dt == Py_None || IS_DATETIME(dt))
        return 0;
    PyErr_Format(PyExc_TypeError, "%s(dt) argument must be a datetime instance or None, not %.200s", name, Py_TYPE(dt)->tp_name);
    return -1;
}

static PyObject *timezone_repr(Timezone *self)
{
    if ((PyObject *)self == dt_utc)
        return PyUnicode_FromFormat("%s.utc", Py_TYPE(self)->tp_name);
    if (self->name == NULL)
        return PyUnicode_FromFormat("%s(%R)", Py_TYPE(self)->tp_name, self->offset);
    return PyUnicode_FromFormat("%s(%R, %R)", Py_TYPE(self)->tp_name, self->offset, self->name);
}

static PyObject *timezone_str(Timezone *self)
{
    char text[24];
    if (self->name != NULL) {
        Py_INCREF(self->name);
        return self->name;
    }
    if ((PyObject *)self == dt_utc || dt_delta_us(self->offset) == 0)
        return PyUnicode_FromString("UTC");
    write_offset(text, sizeof text, ":", dt_delta_us(self->offset));
    return PyUnicode_FromFormat("UTC%s", text);
}

static PyObject *timezone_tzname(Timezone *self, PyObject *dt)
{
    return check_argument(dt, "tzname") < 0 ? NULL : timezone_str(self);
}

static PyObject *timezone_utcoffset(Timezone *self, PyObject *dt)
{
    if (check_argument(dt, "utcoffset") < 0)
        return NULL;
    Py_INCREF(self->offset);
    return self->offset;
}

static PyObject *timezone_dst(Timezone *self, PyObject *dt)
{
    if (check_argument(dt, "dst") < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *timezone_fromutc(Timezone *self, PyObject *dt)
{
    if (!IS_DATETIME(dt)) {
        PyErr_SetString(PyExc_TypeError, "fromutc: argument must be a datetime");
        return NULL;
    }
    if (DT_TZINFO(dt) != (PyObject *)self) {
        PyErr_SetString(PyExc_ValueError, "fromutc: dt.tzinfo is not self");
        return NULL;
    }
    return dt_datetime_add_delta(dt, self->offset, 1);
}

static PyObject *timezone_getinitargs(Timezone *self, PyObject *unused)
{
    return self->name == NULL ? Py_BuildValue("(O)", self->offset) : Py_BuildValue("(OO)", self->offset, self->name);
}

static PyMethodDef timezone_methods[] = {
    {"tzname", (PyCFunction)timezone_tzname, METH_O, PyDoc_STR("The name given, or 'UTC' with the offset, such as 'UTC+05:30'.")},
    {"utcoffset", (PyCFunction)timezone_utcoffset, METH_O, PyDoc_STR("The fixed offset.")},
    {"dst", (PyCFunction)timezone_dst, METH_O, PyDoc_STR("None: there is no summer time.")},
    {"fromutc", (PyCFunction)timezone_fromutc, METH_O, PyDoc_STR("datetime in UTC -> datetime in local time.")},
    {"__getinitargs__", (PyCFunction)timezone_getinitargs, METH_NOARGS, PyDoc_STR("pickle support")},
    {NULL},
};

PyTypeObject Timezone_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "datetime.timezone",
    .tp_basicsize = sizeof(Timezone),
    .tp_dealloc = (destructor)timezone_dealloc,
    .tp_repr = (reprfunc)timezone_repr,
    .tp_hash = (hashfunc)timezone_hash,
    .tp_str = (reprfunc)timezone_str,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = PyDoc_STR("A time zone with a fixed offset from UTC.\n\ntimezone(offset, name=None): offset is a timedelta of less than a day."),
    .tp_richcompare = (richcmpfunc)timezone_richcompare,
    .tp_methods = timezone_methods,
    .tp_base = &TZInfo_Type,
    .tp_new = timezone_new,
};
