/* SPDX-License-Identifier: MIT */
/* datetime: a date and a time of day, with or without a time zone: making one, its fields and its text.
 * Arithmetic, comparison and conversion are in datetime_ops.c.
 */
#include "dt.h"
#include <time.h>

PyObject *dt_datetime_new(int year, int month, int day, int hour, int minute, int second, int us, PyObject *tzinfo, int fold,
                          PyTypeObject *type)
{
    if (dt_check_date(year, month, day) < 0 || dt_check_time(hour, minute, second, us, fold) < 0 || dt_check_tzinfo(tzinfo) < 0)
        return NULL;
    PyDateTime_DateTime *self = (PyDateTime_DateTime *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->hastzinfo = tzinfo != Py_None;
        self->hashcode = -1;
        self->data[0] = (unsigned char)(year >> 8);
        self->data[1] = (unsigned char)year;
        self->data[2] = (unsigned char)month;
        self->data[3] = (unsigned char)day;
        self->data[4] = (unsigned char)hour;
        self->data[5] = (unsigned char)minute;
        self->data[6] = (unsigned char)second;
        dt_put24(self->data + 7, us);
        self->fold = (unsigned char)fold;
        if (self->hastzinfo) {
            Py_INCREF(tzinfo);
            self->tzinfo = tzinfo;
        }
    }
    return (PyObject *)self;
}

/* The same for a type that may be a subclass: its constructor is called. */
static PyObject *make(PyObject *cls, int year, int month, int day, int hour, int minute, int second, int us, PyObject *tzinfo, int fold)
{
    if ((PyTypeObject *)cls == &DateTime_Type)
        return dt_datetime_new(year, month, day, hour, minute, second, us, tzinfo, fold, &DateTime_Type);
    PyObject *result = PyObject_CallFunction(cls, "iiiiiiiO", year, month, day, hour, minute, second, us, tzinfo);
    if (result != NULL && fold && IS_DATETIME(result))
        DT_FOLD(result) = (unsigned char)fold;
    return result;
}

/* From a pickle: ten bytes, the fold in the month's high bit. */
static PyObject *from_state(PyTypeObject *type, const char *data, PyObject *tzinfo)
{
    if (dt_check_tzinfo(tzinfo) < 0) {
        PyErr_Clear();
        PyErr_SetString(PyExc_TypeError, "bad tzinfo state arg");
        return NULL;
    }
    PyDateTime_DateTime *self = (PyDateTime_DateTime *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    memcpy(self->data, data, _PyDateTime_DATETIME_DATASIZE);
    self->hashcode = -1;
    self->hastzinfo = tzinfo != Py_None;
    if (self->hastzinfo) {
        Py_INCREF(tzinfo);
        self->tzinfo = tzinfo;
    }
    self->fold = self->data[2] >> 7;
    self->data[2] &= 0x7F;
    return (PyObject *)self;
}

static int month_is_sane(unsigned char month) { return (month & 0x7F) >= 1 && (month & 0x7F) <= 12; }

static PyObject *datetime_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold", NULL};
    int year, month, day, hour = 0, minute = 0, second = 0, us = 0, fold = 0;
    PyObject *tzinfo = Py_None;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (n >= 1 && n <= 2) {
        PyObject *state = PyTuple_GET_ITEM(args, 0), *zone = n == 2 ? PyTuple_GET_ITEM(args, 1) : Py_None;
        if (PyBytes_Check(state)) {
            if (PyBytes_GET_SIZE(state) == _PyDateTime_DATETIME_DATASIZE && month_is_sane((unsigned char)PyBytes_AS_STRING(state)[2]))
                return from_state(type, PyBytes_AS_STRING(state), zone);
        } else if (PyUnicode_Check(state)) {
            if (PyUnicode_READY(state) == 0 && PyUnicode_GET_LENGTH(state) == _PyDateTime_DATETIME_DATASIZE &&
                month_is_sane((unsigned char)PyUnicode_READ_CHAR(state, 2))) {
                PyObject *bytes = PyUnicode_AsLatin1String(state);
                if (bytes == NULL)
                    return PyErr_ExceptionMatches(PyExc_UnicodeEncodeError) ? dt_unpickle_error() : NULL;
                PyObject *self = from_state(type, PyBytes_AS_STRING(bytes), zone);
                Py_DECREF(bytes);
                return self;
            }
        }
    }
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "iii|iiiiO$i", names, &year, &month, &day, &hour, &minute, &second, &us, &tzinfo, &fold))
        return NULL;
    return dt_datetime_new(year, month, day, hour, minute, second, us, tzinfo, fold, type);
}

static void datetime_dealloc(PyDateTime_DateTime *self)
{
    if (self->hastzinfo)
        Py_XDECREF(self->tzinfo);
    Py_TYPE(self)->tp_free(self);
}

/* --- From timestamps ----------------------------------------------------------------------------------------------------- */

/* Seconds of 1-1-1 since which local time is counted, for the fold; -1 with an exception. */
static long long local_seconds(time_t when)
{
    struct tm tm;
    if (_PyTime_localtime(when, &tm) != 0)
        return -1;
    return ((long long)dt_ordinal(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday) * 24 + tm.tm_hour) * 3600 + tm.tm_min * 60 + tm.tm_sec;
}

static PyObject *from_time(PyObject *cls, int (*convert)(time_t, struct tm *), time_t when, int us, PyObject *tzinfo)
{
    struct tm tm;
    int fold = 0;
    if (convert(when, &tm) != 0)
        return NULL;
    int year = tm.tm_year + 1900, second = tm.tm_sec > 59 ? 59 : tm.tm_sec;
    if (year < MIN_YEAR || year > MAX_YEAR) {
        PyErr_Format(PyExc_ValueError, "year %i is out of range", year);
        return NULL;
    }
    if (tzinfo == Py_None && convert == _PyTime_localtime) {
        /* The second of two equal local times: clocks went back less than a day before. */
        static const long long max_fold = 24 * 3600;
        long long result = ((long long)dt_ordinal(year, tm.tm_mon + 1, tm.tm_mday) * 24 + tm.tm_hour) * 3600 + tm.tm_min * 60 + second;
        long long probe = local_seconds(when - max_fold);
        if (probe == -1)
            return NULL;
        long long transition = result - probe - max_fold;
        if (transition < 0) {
            probe = local_seconds(when + transition);
            if (probe == -1)
                return NULL;
            fold = probe == result;
        }
    }
    return make(cls, year, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, second, us, tzinfo, fold);
}

static PyObject *from_timestamp(PyObject *cls, int (*convert)(time_t, struct tm *), PyObject *timestamp, PyObject *tzinfo)
{
    time_t when;
    long us;
    if (_PyTime_ObjectToTimeval(timestamp, &when, &us, _PyTime_ROUND_HALF_EVEN) == -1)
        return NULL;
    return from_time(cls, convert, when, (int)us, tzinfo);
}

/* self in its zone, for a self made of UTC fields. */
static PyObject *through_fromutc(PyObject *self, PyObject *tzinfo)
{
    if (self == NULL || tzinfo == Py_None)
        return self;
    PyObject *result = PyObject_CallMethod(tzinfo, "fromutc", "O", self);
    Py_DECREF(self);
    return result;
}

PyObject *dt_datetime_fromtimestamp(PyObject *cls, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"timestamp", "tz", NULL};
    PyObject *timestamp, *tzinfo = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|O:fromtimestamp", names, &timestamp, &tzinfo) || dt_check_tzinfo(tzinfo) < 0)
        return NULL;
    return through_fromutc(from_timestamp(cls, tzinfo == Py_None ? _PyTime_localtime : _PyTime_gmtime, timestamp, tzinfo), tzinfo);
}

static PyObject *datetime_utcfromtimestamp(PyObject *cls, PyObject *args)
{
    PyObject *timestamp;
    if (!PyArg_ParseTuple(args, "O:utcfromtimestamp", &timestamp))
        return NULL;
    return from_timestamp(cls, _PyTime_gmtime, timestamp, Py_None);
}

static PyObject *at_now(PyObject *cls, int (*convert)(time_t, struct tm *), PyObject *tzinfo)
{
    time_t seconds;
    int us;
    if (_PyTime_AsTimevalTime_t(_PyTime_GetSystemClock(), &seconds, &us, _PyTime_ROUND_FLOOR) < 0)
        return NULL;
    return from_time(cls, convert, seconds, us, tzinfo);
}

/* Programs that turn the clock (time-machine) put a function of this convention in its place. */
static PyObject *datetime_now(PyObject *cls, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"tz", NULL};
    static _PyArg_Parser parser = {.keywords = names, .fname = "now"};
    PyObject *slot[1], *tzinfo = Py_None;
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &parser, 0, 1, 0, slot);
    if (args == NULL)
        return NULL;
    if (nargs > 0 || kwnames != NULL) /* else args may be empty */
        tzinfo = args[0] != NULL ? args[0] : Py_None;
    if (dt_check_tzinfo(tzinfo) < 0)
        return NULL;
    return through_fromutc(at_now(cls, tzinfo == Py_None ? _PyTime_localtime : _PyTime_gmtime, tzinfo), tzinfo);
}

static PyObject *datetime_utcnow(PyObject *cls, PyObject *unused) { return at_now(cls, _PyTime_gmtime, Py_None); }

/* --- From other things ----------------------------------------------------------------------------------------------------- */

static PyObject *datetime_strptime(PyObject *cls, PyObject *args)
{
    PyObject *string, *format, *module, *result;
    if (!PyArg_ParseTuple(args, "UU:strptime", &string, &format))
        return NULL;
    module = PyImport_ImportModuleNoBlock("_strptime");
    if (module == NULL)
        return NULL;
    result = PyObject_CallMethod(module, "_strptime_datetime", "OOO", cls, string, format);
    Py_DECREF(module);
    return result;
}

static PyObject *datetime_combine(PyObject *cls, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"date", "time", "tzinfo", NULL};
    PyObject *date, *time, *tzinfo = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O!O!|O:combine", names, &Date_Type, &date, &Time_Type, &time, &tzinfo))
        return NULL;
    if (tzinfo == NULL)
        tzinfo = T_TZINFO(time);
    return make(cls, GET_YEAR(date), GET_MONTH(date), GET_DAY(date), T_HOUR(time), T_MINUTE(time), T_SECOND(time), T_MICRO(time),
                tzinfo, T_FOLD(time));
}

static PyObject *datetime_fromisoformat(PyObject *cls, PyObject *text)
{
    int year, month, day, hour = 0, minute = 0, second = 0, us = 0, offset = 0, offset_us = 0, status = 0;
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "fromisoformat: argument must be str");
        return NULL;
    }
    /* The separator may be any character, a lone surrogate too, which has no utf-8: it is looked past. */
    PyObject *head = NULL, *tail = NULL, *zone = Py_None, *result = NULL;
    Py_ssize_t n = PyUnicode_GetLength(text), head_size, tail_size = 0;
    if (n < 10)
        goto invalid;
    head = PyUnicode_Substring(text, 0, 10);
    tail = n > 10 ? PyUnicode_Substring(text, 11, n) : PyUnicode_FromString("");
    if (head == NULL || tail == NULL)
        goto done;
    const char *h = PyUnicode_AsUTF8AndSize(head, &head_size), *t = PyUnicode_AsUTF8AndSize(tail, &tail_size);
    if (h == NULL || t == NULL) {
        PyErr_Clear();
        goto invalid;
    }
    if (head_size != 10 || dt_parse_iso_date(h, &year, &month, &day) < 0)
        goto invalid;
    if (n > 10 && (status = dt_parse_iso_time(t, t + tail_size, &hour, &minute, &second, &us, &offset, &offset_us)) < 0)
        goto invalid;
    if (status == 0)
        Py_INCREF(zone);
    else if ((zone = dt_timezone_from_seconds(offset, offset_us)) == NULL)
        goto done;
    result = make(cls, year, month, day, hour, minute, second, us, zone, 0);
    Py_DECREF(zone);
    goto done;
invalid:
    PyErr_Format(PyExc_ValueError, "Invalid isoformat string: %R", text);
done:
    Py_XDECREF(head);
    Py_XDECREF(tail);
    return result;
}

/* --- Text -------------------------------------------------------------------------------------------------------------------- */

static PyObject *datetime_repr(PyObject *self)
{
    const char *name = Py_TYPE(self)->tp_name;
    int y = GET_YEAR(self), mo = GET_MONTH(self), d = GET_DAY(self), h = DT_HOUR(self), m = DT_MINUTE(self), s = DT_SECOND(self), us = DT_MICRO(self);
    PyObject *text = us  ? PyUnicode_FromFormat("%s(%d, %d, %d, %d, %d, %d, %d)", name, y, mo, d, h, m, s, us)
                     : s ? PyUnicode_FromFormat("%s(%d, %d, %d, %d, %d, %d)", name, y, mo, d, h, m, s)
                         : PyUnicode_FromFormat("%s(%d, %d, %d, %d, %d)", name, y, mo, d, h, m);
    return dt_add_tzinfo_repr(text, DT_TZINFO(self), DT_FOLD(self));
}

static PyObject *datetime_str(PyObject *self) { return PyObject_CallMethod(self, "isoformat", "s", " "); }

static PyObject *datetime_isoformat(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"sep", "timespec", NULL};
    static const char *const specs[] = {"hours", "minutes", "seconds", "milliseconds", "microseconds"};
    int separator = 'T', us = DT_MICRO(self);
    const char *timespec = NULL;
    char text[64], offset[24];
    size_t which;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|Cs:isoformat", names, &separator, &timespec))
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
    int n = PyOS_snprintf(text, sizeof text, "%02d", DT_HOUR(self));
    if (which >= 1)
        n += PyOS_snprintf(text + n, sizeof text - n, ":%02d", DT_MINUTE(self));
    if (which >= 2)
        n += PyOS_snprintf(text + n, sizeof text - n, ":%02d", DT_SECOND(self));
    if (which == 3)
        PyOS_snprintf(text + n, sizeof text - n, ".%03d", us / 1000);
    if (which == 4)
        PyOS_snprintf(text + n, sizeof text - n, ".%06d", us);
    if (dt_format_offset(offset, ":", DT_TZINFO(self), self) < 0)
        return NULL;
    return PyUnicode_FromFormat("%04d-%02d-%02d%c%s%s", GET_YEAR(self), GET_MONTH(self), GET_DAY(self), separator, text, offset);
}

static PyObject *datetime_ctime(PyObject *self, PyObject *unused)
{
    int year = GET_YEAR(self), month = GET_MONTH(self), day = GET_DAY(self);
    return PyUnicode_FromFormat("%s %s %2d %02d:%02d:%02d %04d", dt_day_names[dt_weekday(year, month, day)], dt_month_names[month - 1],
                                day, DT_HOUR(self), DT_MINUTE(self), DT_SECOND(self), year);
}

static PyObject *get_hour(PyObject *self, void *c) { return PyLong_FromLong(DT_HOUR(self)); }
static PyObject *get_minute(PyObject *self, void *c) { return PyLong_FromLong(DT_MINUTE(self)); }
static PyObject *get_second(PyObject *self, void *c) { return PyLong_FromLong(DT_SECOND(self)); }
static PyObject *get_us(PyObject *self, void *c) { return PyLong_FromLong(DT_MICRO(self)); }
static PyObject *get_fold(PyObject *self, void *c) { return PyLong_FromLong(DT_FOLD(self)); }
static PyObject *get_tzinfo(PyObject *self, void *c)
{
    PyObject *tzinfo = DT_TZINFO(self);
    Py_INCREF(tzinfo);
    return tzinfo;
}
static PyGetSetDef datetime_getset[] = {
    {"hour", get_hour, NULL, PyDoc_STR("hour, 0 to 23")},
    {"minute", get_minute, NULL, PyDoc_STR("minute, 0 to 59")},
    {"second", get_second, NULL, PyDoc_STR("second, 0 to 59")},
    {"microsecond", get_us, NULL, PyDoc_STR("microsecond, 0 to 999999")},
    {"tzinfo", get_tzinfo, NULL, PyDoc_STR("time zone, or None")},
    {"fold", get_fold, NULL, PyDoc_STR("1 for the later of two equal times when clocks are set back")},
    {NULL},
};

#define M(function) (PyCFunction)(void (*)(void))function
static PyMethodDef datetime_methods[] = {
    {"now", M(datetime_now), METH_FASTCALL | METH_KEYWORDS | METH_CLASS, PyDoc_STR("now($type, /, tz=None)\n--\n\nReturn the current local time, or that in the time zone tz.")},
    {"utcnow", M(datetime_utcnow), METH_NOARGS | METH_CLASS, PyDoc_STR("The current UTC date and time, without a time zone.")},
    {"fromtimestamp", M(dt_datetime_fromtimestamp), METH_VARARGS | METH_KEYWORDS | METH_CLASS, PyDoc_STR("timestamp[, tz] -> tz's local time from POSIX timestamp.")},
    {"utcfromtimestamp", M(datetime_utcfromtimestamp), METH_VARARGS | METH_CLASS, PyDoc_STR("A naive UTC datetime from a POSIX timestamp.")},
    {"strptime", M(datetime_strptime), METH_VARARGS | METH_CLASS, PyDoc_STR("string, format -> datetime parsed from a string (as time.strptime()).")},
    {"combine", M(datetime_combine), METH_VARARGS | METH_KEYWORDS | METH_CLASS, PyDoc_STR("date, time -> datetime with the fields of both")},
    {"fromisoformat", M(datetime_fromisoformat), METH_O | METH_CLASS, PyDoc_STR("string -> datetime from datetime.isoformat() output")},
    {"ctime", M(datetime_ctime), METH_NOARGS, PyDoc_STR("Text like that of the C function ctime().")},
    {"isoformat", M(datetime_isoformat), METH_VARARGS | METH_KEYWORDS, PyDoc_STR("Text of the form YYYY-MM-DDTHH:MM:SS[.ffffff][+HH:MM].\n\nsep: the character between date and time.\ntimespec: 'auto', 'hours', 'minutes', 'seconds', 'milliseconds' or 'microseconds'.\n")},
    {NULL},
};

static PyNumberMethods datetime_as_number = {.nb_add = datetime_add, .nb_subtract = datetime_subtract};

PyTypeObject DateTime_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "datetime.datetime",
    .tp_basicsize = sizeof(PyDateTime_DateTime),
    .tp_dealloc = (destructor)datetime_dealloc,
    .tp_repr = datetime_repr,
    .tp_as_number = &datetime_as_number,
    .tp_hash = datetime_hash,
    .tp_str = datetime_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = PyDoc_STR("datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\nyear, month and day are needed.  tzinfo is None or an instance of a tzinfo subclass."),
    .tp_richcompare = datetime_richcompare,
    .tp_methods = datetime_methods,
    .tp_getset = datetime_getset,
    .tp_base = &Date_Type,
    .tp_new = datetime_new,
};
