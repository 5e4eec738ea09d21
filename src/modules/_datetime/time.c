/* SPDX-License-Identifier: MIT */
/* time: a time of day, with or without a time zone. */
#include "dt.h"

PyObject *dt_time_new(int hour, int minute, int second, int us, PyObject *tzinfo, int fold, PyTypeObject *type)
{
    if (dt_check_time(hour, minute, second, us, fold) < 0 || dt_check_tzinfo(tzinfo) < 0)
        return NULL;
    PyDateTime_Time *self = (PyDateTime_Time *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->hastzinfo = tzinfo != Py_None;
        self->hashcode = -1;
        self->data[0] = (unsigned char)hour;
        self->data[1] = (unsigned char)minute;
        self->data[2] = (unsigned char)second;
        dt_put24(self->data + 3, us);
        self->fold = (unsigned char)fold;
        if (self->hastzinfo) {
            Py_INCREF(tzinfo);
            self->tzinfo = tzinfo;
        }
    }
    return (PyObject *)self;
}

/* From a pickle: six bytes, the fold in the first one's high bit. */
static PyObject *from_state(PyTypeObject *type, const char *data, PyObject *tzinfo)
{
    if (dt_check_tzinfo(tzinfo) < 0) {
        PyErr_Clear();
        PyErr_SetString(PyExc_TypeError, "bad tzinfo state arg");
        return NULL;
    }
    PyDateTime_Time *self = (PyDateTime_Time *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    memcpy(self->data, data, _PyDateTime_TIME_DATASIZE);
    self->hashcode = -1;
    self->hastzinfo = tzinfo != Py_None;
    if (self->hastzinfo) {
        Py_INCREF(tzinfo);
        self->tzinfo = tzinfo;
    }
    self->fold = self->data[0] >> 7;
    self->data[0] &= 0x7F;
    return (PyObject *)self;
}

static PyObject *time_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"hour", "minute", "second", "microsecond", "tzinfo", "fold", NULL};
    int hour = 0, minute = 0, second = 0, us = 0, fold = 0;
    PyObject *tzinfo = Py_None;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (n >= 1 && n <= 2) {
        PyObject *state = PyTuple_GET_ITEM(args, 0), *zone = n == 2 ? PyTuple_GET_ITEM(args, 1) : Py_None;
        if (PyBytes_Check(state)) {
            if (PyBytes_GET_SIZE(state) == _PyDateTime_TIME_DATASIZE && (0x7F & (unsigned char)PyBytes_AS_STRING(state)[0]) < 24)
                return from_state(type, PyBytes_AS_STRING(state), zone);
        } else if (PyUnicode_Check(state)) {
            if (PyUnicode_READY(state) == 0 && PyUnicode_GET_LENGTH(state) == _PyDateTime_TIME_DATASIZE &&
                (0x7F & PyUnicode_READ_CHAR(state, 0)) < 24) {
                PyObject *bytes = PyUnicode_AsLatin1String(state);
                if (bytes == NULL)
                    return PyErr_ExceptionMatches(PyExc_UnicodeEncodeError) ? dt_unpickle_error() : NULL;
                PyObject *self = from_state(type, PyBytes_AS_STRING(bytes), zone);
                Py_DECREF(bytes);
                return self;
            }
        }
    }
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|iiiiO$i", names, &hour, &minute, &second, &us, &tzinfo, &fold))
        return NULL;
    return dt_time_new(hour, minute, second, us, tzinfo, fold, type);
}

static void time_dealloc(PyDateTime_Time *self)
{
    if (self->hastzinfo)
        Py_XDECREF(self->tzinfo);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *time_fromisoformat(PyObject *cls, PyObject *text)
{
    int hour, minute, second, us, offset, offset_us;
    Py_ssize_t n;
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "fromisoformat: argument must be str");
        return NULL;
    }
    const char *p = PyUnicode_AsUTF8AndSize(text, &n);
    if (p == NULL)
        PyErr_Clear();
    int status = p == NULL ? -1 : dt_parse_iso_time(p, p + n, &hour, &minute, &second, &us, &offset, &offset_us);
    if (status < 0) {
        PyErr_Format(PyExc_ValueError, "Invalid isoformat string: %R", text);
        return NULL;
    }
    PyObject *zone = Py_None, *result;
    if (status == 0)
        Py_INCREF(zone);
    else if ((zone = dt_timezone_from_seconds(offset, offset_us)) == NULL)
        return NULL;
    if ((PyTypeObject *)cls == &Time_Type)
        result = dt_time_new(hour, minute, second, us, zone, 0, &Time_Type);
    else
        result = PyObject_CallFunction(cls, "iiiiO", hour, minute, second, us, zone);
    Py_DECREF(zone);
    return result;
}

static PyObject *time_utcoffset(PyObject *self, PyObject *unused) { return dt_call_utcoffset(T_TZINFO(self), Py_None); }
static PyObject *time_dst(PyObject *self, PyObject *unused) { return dt_call_dst(T_TZINFO(self), Py_None); }
static PyObject *time_tzname(PyObject *self, PyObject *unused) { return dt_call_tzname(T_TZINFO(self), Py_None); }

static PyObject *time_repr(PyObject *self)
{
    const char *name = Py_TYPE(self)->tp_name;
    int h = T_HOUR(self), m = T_MINUTE(self), s = T_SECOND(self), us = T_MICRO(self);
    PyObject *text = us  ? PyUnicode_FromFormat("%s(%d, %d, %d, %d)", name, h, m, s, us)
                     : s ? PyUnicode_FromFormat("%s(%d, %d, %d)", name, h, m, s)
                         : PyUnicode_FromFormat("%s(%d, %d)", name, h, m);
    return dt_add_tzinfo_repr(text, T_TZINFO(self), T_FOLD(self));
}

static PyObject *time_str(PyObject *self) { return PyObject_CallMethod(self, "isoformat", NULL); }

static PyObject *time_isoformat(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"timespec", NULL};
    static const char *const specs[] = {"hours", "minutes", "seconds", "milliseconds", "microseconds"};
    const char *timespec = NULL;
    char text[64], offset[24];
    int us = T_MICRO(self);
    size_t which;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|s:isoformat", names, &timespec))
        return NULL;
    if (timespec == NULL || strcmp(timespec, "auto") == 0) {
        which = us == 0 ? 2 : 4;
    } else {
        for (which = 0; which < Py_ARRAY_LENGTH(specs); which++)
            if (strcmp(timespec, specs[which]) == 0)
                break;
        if (which == Py_ARRAY_LENGTH(specs)) {
            PyErr_Format(PyExc_ValueError, "Unknown timespec value");
            return NULL;
        }
    }
    int n = PyOS_snprintf(text, sizeof text, "%02d", T_HOUR(self));
    if (which >= 1)
        n += PyOS_snprintf(text + n, sizeof text - n, ":%02d", T_MINUTE(self));
    if (which >= 2)
        n += PyOS_snprintf(text + n, sizeof text - n, ":%02d", T_SECOND(self));
    if (which == 3)
        n += PyOS_snprintf(text + n, sizeof text - n, ".%03d", us / 1000);
    if (which == 4)
        PyOS_snprintf(text + n, sizeof text - n, ".%06d", us);
    if (dt_format_offset(offset, ":", T_TZINFO(self), Py_None) < 0)
        return NULL;
    return PyUnicode_FromFormat("%s%s", text, offset);
}

static PyObject *time_strftime(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"format", NULL};
    PyObject *format;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "U:strftime", names, &format))
        return NULL;
    /* The year is one that strftime() knows everywhere. */
    PyObject *tuple = Py_BuildValue("iiiiiiiii", 1900, 1, 1, T_HOUR(self), T_MINUTE(self), T_SECOND(self), 0, 1, -1);
    if (tuple == NULL)
        return NULL;
    PyObject *result = dt_strftime(self, format, tuple, Py_None);
    Py_DECREF(tuple);
    return result;
}

/* Seconds and microseconds since midnight UTC as microseconds, given the offset (a timedelta). */
static Micros in_utc(PyObject *self, PyObject *offset)
{
    return (Micros)(T_HOUR(self) * 3600 + T_MINUTE(self) * 60 + T_SECOND(self)) * US_PER_SECOND + T_MICRO(self) - dt_delta_us(offset);
}

static PyObject *time_richcompare(PyObject *self, PyObject *other, int op)
{
    PyObject *a = NULL, *b = NULL, *result = NULL;
    if (!IS_TIME(other))
        Py_RETURN_NOTIMPLEMENTED;
    if (T_TZINFO(self) != T_TZINFO(other)) {
        if ((a = time_utcoffset(self, NULL)) == NULL || (b = time_utcoffset(other, NULL)) == NULL)
            goto done;
    }
    if (a == b || (a == Py_None && b == Py_None) || (a != Py_None && b != Py_None && dt_delta_us(a) == dt_delta_us(b))) {
        result = dt_compare_result(memcmp(((PyDateTime_Time *)self)->data, ((PyDateTime_Time *)other)->data, _PyDateTime_TIME_DATASIZE), op);
    } else if (a != Py_None && b != Py_None) {
        Micros x = in_utc(self, a), y = in_utc(other, b);
        result = dt_compare_result((x > y) - (x < y), op);
    } else if (op == Py_EQ || op == Py_NE) {
        result = PyBool_FromLong(op == Py_NE);
    } else {
        PyErr_SetString(PyExc_TypeError, "can't compare offset-naive and offset-aware times");
    }
done:
    Py_XDECREF(a);
    Py_XDECREF(b);
    return result;
}

static PyObject *without_fold(PyObject *self)
{
    return dt_time_new(T_HOUR(self), T_MINUTE(self), T_SECOND(self), T_MICRO(self), T_TZINFO(self), 0, &Time_Type);
}

static Py_hash_t time_hash(PyDateTime_Time *self)
{
    if (self->hashcode != -1)
        return self->hashcode;
    PyObject *plain = (PyObject *)self, *offset;
    /* Times that differ in fold only are equal. */
    if (self->fold) {
        plain = without_fold((PyObject *)self);
        if (plain == NULL)
            return -1;
    } else {
        Py_INCREF(plain);
    }
    offset = time_utcoffset(plain, NULL);
    Py_DECREF(plain);
    if (offset == NULL)
        return -1;
    if (offset == Py_None) {
        self->hashcode = _Py_HashBytes(self->data, _PyDateTime_TIME_DATASIZE);
    } else {
        Micros us = in_utc((PyObject *)self, offset);
        int in_day = us >= 0 && us < US_PER_DAY;
        PyObject *key = in_day ? dt_time_new((int)(us / (3600 * US_PER_SECOND)), (int)(us / (60 * US_PER_SECOND) % 60),
                                             (int)(us / US_PER_SECOND % 60), (int)(us % US_PER_SECOND), Py_None, 0, &Time_Type)
                               : dt_delta_from_us(us, &Delta_Type);
        if (key != NULL) {
            self->hashcode = PyObject_Hash(key);
            Py_DECREF(key);
        }
    }
    Py_DECREF(offset);
    return self->hashcode;
}

static PyObject *time_replace(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"hour", "minute", "second", "microsecond", "tzinfo", "fold", NULL};
    int h = T_HOUR(self), m = T_MINUTE(self), s = T_SECOND(self), us = T_MICRO(self), fold = T_FOLD(self);
    PyObject *tzinfo = T_TZINFO(self), *tuple, *clone;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|iiiiO$i:replace", names, &h, &m, &s, &us, &tzinfo, &fold))
        return NULL;
    if (fold != 0 && fold != 1) {
        PyErr_SetString(PyExc_ValueError, "fold must be either 0 or 1");
        return NULL;
    }
    tuple = Py_BuildValue("iiiiO", h, m, s, us, tzinfo);
    if (tuple == NULL)
        return NULL;
    clone = PyObject_Call((PyObject *)Py_TYPE(self), tuple, NULL);
    Py_DECREF(tuple);
    if (clone != NULL && IS_TIME(clone))
        T_FOLD(clone) = (unsigned char)fold;
    return clone;
}

static PyObject *reduce(PyDateTime_Time *self, int protocol)
{
    PyObject *state = PyBytes_FromStringAndSize((char *)self->data, _PyDateTime_TIME_DATASIZE);
    if (state == NULL)
        return NULL;
    if (protocol > 3 && self->fold)
        PyBytes_AS_STRING(state)[0] |= (char)(1 << 7);
    if (!self->hastzinfo)
        return Py_BuildValue("O(N)", Py_TYPE(self), state);
    return Py_BuildValue("O(NO)", Py_TYPE(self), state, self->tzinfo);
}

static PyObject *time_reduce_ex(PyDateTime_Time *self, PyObject *args)
{
    int protocol;
    return PyArg_ParseTuple(args, "i:__reduce_ex__", &protocol) ? reduce(self, protocol) : NULL;
}

static PyObject *time_reduce(PyDateTime_Time *self, PyObject *unused) { return reduce(self, 2); }

static PyObject *get_hour(PyObject *self, void *c) { return PyLong_FromLong(T_HOUR(self)); }
static PyObject *get_minute(PyObject *self, void *c) { return PyLong_FromLong(T_MINUTE(self)); }
static PyObject *get_second(PyObject *self, void *c) { return PyLong_FromLong(T_SECOND(self)); }
static PyObject *get_us(PyObject *self, void *c) { return PyLong_FromLong(T_MICRO(self)); }
static PyObject *get_fold(PyObject *self, void *c) { return PyLong_FromLong(T_FOLD(self)); }
static PyObject *get_tzinfo(PyObject *self, void *c)
{
    PyObject *tzinfo = T_TZINFO(self);
    Py_INCREF(tzinfo);
    return tzinfo;
}
static PyGetSetDef time_getset[] = {
    {"hour", get_hour, NULL, PyDoc_STR("hour, 0 to 23")},
    {"minute", get_minute, NULL, PyDoc_STR("minute, 0 to 59")},
    {"second", get_second, NULL, PyDoc_STR("second, 0 to 59")},
    {"microsecond", get_us, NULL, PyDoc_STR("microsecond, 0 to 999999")},
    {"tzinfo", get_tzinfo, NULL, PyDoc_STR("time zone, or None")},
    {"fold", get_fold, NULL, PyDoc_STR("1 for the later of two equal times when clocks are set back")},
    {NULL},
};

#define M(function) (PyCFunction)(void (*)(void))function
static PyMethodDef time_methods[] = {
    {"isoformat", M(time_isoformat), METH_VARARGS | METH_KEYWORDS, PyDoc_STR("Text of the form HH:MM:SS[.ffffff][+HH:MM].\n\ntimespec: 'auto', 'hours', 'minutes', 'seconds', 'milliseconds' or 'microseconds'.\n")},
    {"strftime", M(time_strftime), METH_VARARGS | METH_KEYWORDS, PyDoc_STR("format -> strftime() style string.")},
    {"__format__", M(dt_format_method), METH_VARARGS, PyDoc_STR("Formats self with strftime.")},
    {"utcoffset", M(time_utcoffset), METH_NOARGS, PyDoc_STR("self.tzinfo.utcoffset(None).")},
    {"tzname", M(time_tzname), METH_NOARGS, PyDoc_STR("self.tzinfo.tzname(None).")},
    {"dst", M(time_dst), METH_NOARGS, PyDoc_STR("self.tzinfo.dst(None).")},
    {"replace", M(time_replace), METH_VARARGS | METH_KEYWORDS, PyDoc_STR("A time with new values for the fields given.")},
    {"fromisoformat", M(time_fromisoformat), METH_O | METH_CLASS, PyDoc_STR("string -> time from time.isoformat() output")},
    {"__reduce_ex__", M(time_reduce_ex), METH_VARARGS, PyDoc_STR("__reduce_ex__(proto) -> (cls, state)")},
    {"__reduce__", M(time_reduce), METH_NOARGS, PyDoc_STR("__reduce__() -> (cls, state)")},
    {NULL},
};

PyTypeObject Time_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "datetime.time",
    .tp_basicsize = sizeof(PyDateTime_Time),
    .tp_dealloc = (destructor)time_dealloc,
    .tp_repr = time_repr,
    .tp_hash = (hashfunc)time_hash,
    .tp_str = time_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = PyDoc_STR("time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object\n\nAll arguments are optional.  tzinfo is None or an instance of a tzinfo subclass."),
    .tp_richcompare = time_richcompare,
    .tp_methods = time_methods,
    .tp_getset = time_getset,
    .tp_new = time_new,
};
