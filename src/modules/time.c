/* SPDX-License-Identifier: MIT */
/* time: clocks, sleeping, calendar time in local and universal time.
 *
 * Clocks count nanoseconds in _PyTime_t; floats are made from that.  Calendar time goes through the C library's
 * localtime, gmtime, mktime and strftime.
 */
#include "Python.h"
#include "structseq.h"
#include "runtime/state.h"
#include <pthread.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <time.h>

static PyTypeObject StructTime_Type;

static PyStructSequence_Field struct_time_fields[] = {
    {"tm_year", "year, for example, 1993"},
    {"tm_mon", "month of year, range [1, 12]"},
    {"tm_mday", "day of month, range [1, 31]"},
    {"tm_hour", "hours, range [0, 23]"},
    {"tm_min", "minutes, range [0, 59]"},
    {"tm_sec", "seconds, range [0, 61])"},
    {"tm_wday", "day of week, range [0, 6], Monday is 0"},
    {"tm_yday", "day of year, range [1, 366]"},
    {"tm_isdst", "1 if summer time is in effect, 0 if not, and -1 if unknown"},
    {"tm_zone", "abbreviation of timezone name"},
    {"tm_gmtoff", "offset from UTC in seconds"},
    {0},
};
static PyStructSequence_Desc struct_time_desc = {"time.struct_time", "A calendar time, as gmtime(), localtime() and strptime() return it.",
                                                 struct_time_fields, 9};

static PyObject *as_float(_PyTime_t t) { return PyFloat_FromDouble(_PyTime_AsSecondsDouble(t)); }
static PyObject *as_int(_PyTime_t t) { return _PyTime_AsNanosecondsObject(t); }

/* --- Clocks ---------------------------------------------------------------------------------------------------- */

static int process_clock(_PyTime_t *result, _Py_clock_info_t *info)
{
    struct timespec ts, res;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts) < 0) {
        PyErr_SetFromErrno(PyExc_OSError);
        return -1;
    }
    if (info) {
        info->implementation = "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)";
        info->monotonic = 1;
        info->adjustable = 0;
        info->resolution = clock_getres(CLOCK_PROCESS_CPUTIME_ID, &res) == 0 ? res.tv_sec + res.tv_nsec * 1e-9 : 1e-9;
    }
    return _PyTime_FromTimespec(result, &ts);
}

static int thread_clock(_PyTime_t *result, _Py_clock_info_t *info)
{
    struct timespec ts, res;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts) < 0) {
        PyErr_SetFromErrno(PyExc_OSError);
        return -1;
    }
    if (info) {
        info->implementation = "clock_gettime(CLOCK_THREAD_CPUTIME_ID)";
        info->monotonic = 1;
        info->adjustable = 0;
        info->resolution = clock_getres(CLOCK_THREAD_CPUTIME_ID, &res) == 0 ? res.tv_sec + res.tv_nsec * 1e-9 : 1e-9;
    }
    return _PyTime_FromTimespec(result, &ts);
}

#define CLOCK(name, get, make)                                                                               \
    static PyObject *time_##name(PyObject *module, PyObject *unused)                                         \
    {                                                                                                        \
        _PyTime_t t;                                                                                         \
        get;                                                                                                 \
        return make(t);                                                                                      \
    }
CLOCK(time, t = _PyTime_GetSystemClock(), as_float)
CLOCK(time_ns, t = _PyTime_GetSystemClock(), as_int)
CLOCK(monotonic, t = _PyTime_GetMonotonicClock(), as_float)
CLOCK(monotonic_ns, t = _PyTime_GetMonotonicClock(), as_int)
CLOCK(perf_counter, t = _PyTime_GetPerfCounter(), as_float)
CLOCK(perf_counter_ns, t = _PyTime_GetPerfCounter(), as_int)
CLOCK(process_time, if (process_clock(&t, NULL) < 0) return NULL, as_float)
CLOCK(process_time_ns, if (process_clock(&t, NULL) < 0) return NULL, as_int)
CLOCK(thread_time, if (thread_clock(&t, NULL) < 0) return NULL, as_float)
CLOCK(thread_time_ns, if (thread_clock(&t, NULL) < 0) return NULL, as_int)

static int parse_clock(PyObject *args, const char *format, clockid_t *id)
{
    int number;
    if (!PyArg_ParseTuple(args, format, &number))
        return -1;
    *id = number;
    return 0;
}

static PyObject *time_clock_gettime(PyObject *module, PyObject *args)
{
    clockid_t id;
    struct timespec ts;
    if (parse_clock(args, "i:clock_gettime", &id) < 0)
        return NULL;
    if (clock_gettime(id, &ts) != 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    return PyFloat_FromDouble(ts.tv_sec + ts.tv_nsec * 1e-9);
}

static PyObject *time_clock_gettime_ns(PyObject *module, PyObject *args)
{
    clockid_t id;
    struct timespec ts;
    _PyTime_t t;
    if (parse_clock(args, "i:clock_gettime", &id) < 0)
        return NULL;
    if (clock_gettime(id, &ts) != 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    return _PyTime_FromTimespec(&t, &ts) < 0 ? NULL : as_int(t);
}

static PyObject *time_clock_getres(PyObject *module, PyObject *args)
{
    clockid_t id;
    struct timespec ts;
    if (parse_clock(args, "i:clock_getres", &id) < 0)
        return NULL;
    if (clock_getres(id, &ts) != 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    return PyFloat_FromDouble(ts.tv_sec + ts.tv_nsec * 1e-9);
}

static PyObject *set_clock(int id, _PyTime_t t)
{
    struct timespec ts;
    if (_PyTime_AsTimespec(t, &ts) < 0)
        return NULL;
    if (clock_settime((clockid_t)id, &ts) != 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    Py_RETURN_NONE;
}

static PyObject *time_clock_settime(PyObject *module, PyObject *args)
{
    int id;
    PyObject *value;
    _PyTime_t t;
    if (!PyArg_ParseTuple(args, "iO:clock_settime", &id, &value) || _PyTime_FromSecondsObject(&t, value, _PyTime_ROUND_FLOOR) < 0)
        return NULL;
    return set_clock(id, t);
}

static PyObject *time_clock_settime_ns(PyObject *module, PyObject *args)
{
    int id;
    PyObject *value;
    _PyTime_t t;
    if (!PyArg_ParseTuple(args, "iO:clock_settime", &id, &value) || _PyTime_FromNanosecondsObject(&t, value) < 0)
        return NULL;
    return set_clock(id, t);
}

static PyObject *time_pthread_getcpuclockid(PyObject *module, PyObject *args)
{
    unsigned long thread;
    clockid_t id;
    if (!PyArg_ParseTuple(args, "k:pthread_getcpuclockid", &thread))
        return NULL;
    /* An id that belongs to no thread would make the system look into nowhere. */
    int error = tai_is_thread(thread) ? pthread_getcpuclockid((pthread_t)thread, &id) : ESRCH;
    if (error) {
        errno = error;
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    return PyLong_FromLong(id);
}

static PyObject *time_get_clock_info(PyObject *module, PyObject *args)
{
    const char *name;
    _Py_clock_info_t info = {NULL, 0, 0, -1.0};
    _PyTime_t t;
    int rc;
    if (!PyArg_ParseTuple(args, "s:get_clock_info", &name))
        return NULL;
    if (strcmp(name, "time") == 0)
        rc = _PyTime_GetSystemClockWithInfo(&t, &info);
    else if (strcmp(name, "monotonic") == 0)
        rc = _PyTime_GetMonotonicClockWithInfo(&t, &info);
    else if (strcmp(name, "perf_counter") == 0)
        rc = _PyTime_GetPerfCounterWithInfo(&t, &info);
    else if (strcmp(name, "process_time") == 0)
        rc = process_clock(&t, &info);
    else if (strcmp(name, "thread_time") == 0)
        rc = thread_clock(&t, &info);
    else {
        PyErr_SetString(PyExc_ValueError, "unknown clock");
        return NULL;
    }
    if (rc < 0)
        return NULL;
    PyObject *fields = Py_BuildValue("{ss sN sN sd}", "implementation", info.implementation, "monotonic",
                                     PyBool_FromLong(info.monotonic), "adjustable", PyBool_FromLong(info.adjustable),
                                     "resolution", info.resolution);
    if (fields == NULL)
        return NULL;
    PyObject *result = _PyNamespace_New(fields);
    Py_DECREF(fields);
    return result;
}

static PyObject *time_sleep(PyObject *module, PyObject *duration)
{
    _PyTime_t span, deadline;
    if (_PyTime_FromSecondsObject(&span, duration, _PyTime_ROUND_TIMEOUT) < 0)
        return NULL;
    if (span < 0) {
        PyErr_SetString(PyExc_ValueError, "sleep length must be non-negative");
        return NULL;
    }
    deadline = _PyTime_GetMonotonicClock() + span;
    for (;;) {
        struct timeval tv;
        int rc;
        if (_PyTime_AsTimeval(span, &tv, _PyTime_ROUND_CEILING) < 0)
            return NULL;
        Py_BEGIN_ALLOW_THREADS
        rc = select(0, NULL, NULL, NULL, &tv);
        Py_END_ALLOW_THREADS
        if (rc == 0) {
            if (PyErr_CheckSignals()) /* one that came in just before */
                return NULL;
            Py_RETURN_NONE;
        }
        if (errno != EINTR)
            return PyErr_SetFromErrno(PyExc_OSError);
        /* A signal: its handler runs, then the rest of the time is slept. */
        if (PyErr_CheckSignals())
            return NULL;
        span = deadline - _PyTime_GetMonotonicClock();
        if (span < 0)
            Py_RETURN_NONE;
    }
}

/* --- Calendar time ------------------------------------------------------------------------------------------------- */

static PyObject *from_tm(const struct tm *p)
{
    PyObject *v = PyStructSequence_New(&StructTime_Type);
    if (v == NULL)
        return NULL;
    int values[] = {p->tm_year + 1900, p->tm_mon + 1, p->tm_mday, p->tm_hour, p->tm_min, p->tm_sec, (p->tm_wday + 6) % 7,
                    p->tm_yday + 1, p->tm_isdst};
    for (int i = 0; i < 9; i++)
        PyStructSequence_SET_ITEM(v, i, PyLong_FromLong(values[i]));
    PyStructSequence_SET_ITEM(v, 9, PyUnicode_DecodeLocale(p->tm_zone, "surrogateescape"));
    PyStructSequence_SET_ITEM(v, 10, PyLong_FromLong(p->tm_gmtoff));
    if (PyErr_Occurred())
        Py_CLEAR(v);
    return v;
}

/* The optional seconds argument, now by default.  0 or -1. */
static int parse_seconds(PyObject *args, const char *format, time_t *when)
{
    PyObject *value = NULL;
    if (!PyArg_ParseTuple(args, format, &value))
        return -1;
    if (value == NULL || value == Py_None) {
        *when = time(NULL);
        return 0;
    }
    return _PyTime_ObjectToTime_t(value, when, _PyTime_ROUND_FLOOR);
}

static PyObject *time_gmtime(PyObject *module, PyObject *args)
{
    time_t when;
    struct tm tm;
    if (parse_seconds(args, "|O:gmtime", &when) < 0 || _PyTime_gmtime(when, &tm) < 0)
        return NULL;
    return from_tm(&tm);
}

static PyObject *time_localtime(PyObject *module, PyObject *args)
{
    time_t when;
    struct tm tm;
    if (parse_seconds(args, "|O:localtime", &when) < 0 || _PyTime_localtime(when, &tm) < 0)
        return NULL;
    return from_tm(&tm);
}

/* A struct_time or tuple of nine as struct tm; `what` names the function in the message.  1 or 0. */
static int to_tm(PyObject *arg, struct tm *p, const char *format)
{
    int year;
    PyObject *tuple = NULL;
    memset(p, 0, sizeof *p);
    if (!PyTuple_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "Tuple or struct_time argument required");
        return 0;
    }
    if (Py_TYPE(arg) == &StructTime_Type && (tuple = PyTuple_GetSlice(arg, 0, 9)) == NULL)
        return 0;
    int ok = PyArg_ParseTuple(tuple ? tuple : arg, format, &year, &p->tm_mon, &p->tm_mday, &p->tm_hour, &p->tm_min, &p->tm_sec,
                              &p->tm_wday, &p->tm_yday, &p->tm_isdst);
    Py_XDECREF(tuple);
    if (!ok)
        return 0;
    if (year < INT_MIN + 1900) {
        PyErr_SetString(PyExc_OverflowError, "year out of range");
        return 0;
    }
    p->tm_year = year - 1900;
    p->tm_mon--;
    p->tm_wday = (p->tm_wday + 1) % 7;
    p->tm_yday--;
    if (Py_TYPE(arg) == &StructTime_Type) {
        PyObject *zone = PyStructSequence_GET_ITEM(arg, 9), *offset = PyStructSequence_GET_ITEM(arg, 10);
        if (zone != Py_None && (p->tm_zone = (char *)PyUnicode_AsUTF8(zone)) == NULL)
            return 0;
        if (offset != Py_None) {
            p->tm_gmtoff = PyLong_AsLong(offset);
            if (PyErr_Occurred())
                return 0;
        }
    }
    return 1;
}

/* Check the fields that asctime() and strftime() index tables with; 0 for month and days means the first.  1 or 0. */
static int check_tm(struct tm *p)
{
    const char *message = NULL;
    if (p->tm_mon == -1)
        p->tm_mon = 0;
    else if (p->tm_mon < 0 || p->tm_mon > 11)
        message = "month out of range";
    if (p->tm_mday == 0)
        p->tm_mday = 1;
    else if (!message && (p->tm_mday < 0 || p->tm_mday > 31))
        message = "day of month out of range";
    if (!message && (p->tm_hour < 0 || p->tm_hour > 23))
        message = "hour out of range";
    if (!message && (p->tm_min < 0 || p->tm_min > 59))
        message = "minute out of range";
    if (!message && (p->tm_sec < 0 || p->tm_sec > 61))
        message = "seconds out of range";
    if (!message && p->tm_wday < 0)
        message = "day of week out of range";
    if (p->tm_yday == -1)
        p->tm_yday = 0;
    else if (!message && (p->tm_yday < 0 || p->tm_yday > 365))
        message = "day of year out of range";
    if (message == NULL)
        return 1;
    PyErr_SetString(PyExc_ValueError, message);
    return 0;
}

static PyObject *format_asctime(struct tm *p)
{
    static const char weekdays[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return PyUnicode_FromFormat("%s %s%3d %.2d:%.2d:%.2d %d", weekdays[p->tm_wday], months[p->tm_mon], p->tm_mday, p->tm_hour,
                                p->tm_min, p->tm_sec, 1900 + p->tm_year);
}

static PyObject *time_asctime(PyObject *module, PyObject *args)
{
    PyObject *tuple = NULL;
    struct tm tm;
    if (!PyArg_UnpackTuple(args, "asctime", 0, 1, &tuple))
        return NULL;
    if (tuple == NULL) {
        if (_PyTime_localtime(time(NULL), &tm) < 0)
            return NULL;
    } else if (!to_tm(tuple, &tm, "iiiiiiiii;asctime(): illegal time tuple argument") || !check_tm(&tm)) {
        return NULL;
    }
    return format_asctime(&tm);
}

static PyObject *time_ctime(PyObject *module, PyObject *args)
{
    time_t when;
    struct tm tm;
    if (parse_seconds(args, "|O:ctime", &when) < 0 || _PyTime_localtime(when, &tm) < 0)
        return NULL;
    return format_asctime(&tm);
}

static PyObject *time_strftime(PyObject *module, PyObject *args)
{
    PyObject *tuple = NULL, *format;
    struct tm tm;
    if (!PyArg_ParseTuple(args, "U|O:strftime", &format, &tuple))
        return NULL;
    if (tuple == NULL) {
        if (_PyTime_localtime(time(NULL), &tm) < 0)
            return NULL;
    } else if (!to_tm(tuple, &tm, "iiiiiiiii;strftime(): illegal time tuple argument") || !check_tm(&tm)) {
        return NULL;
    }
    if (tm.tm_isdst < -1)
        tm.tm_isdst = -1;
    else if (tm.tm_isdst > 1)
        tm.tm_isdst = 1;
    wchar_t *wide = PyUnicode_AsWideCharString(format, NULL);
    if (wide == NULL)
        return NULL;
    size_t length = wcslen(wide);
    PyObject *result = NULL;
    /* The result has no bound known before; a format that gives nothing looks like one that did not fit. */
    for (size_t room = 1024;; room *= 2) {
        wchar_t *out = PyMem_Malloc(room * sizeof(wchar_t));
        if (out == NULL) {
            PyErr_NoMemory();
            break;
        }
        errno = 0;
        size_t n = wcsftime(out, room, wide, &tm);
        if (n > 0 || room >= 256 * length || length == 0) {
            result = PyUnicode_FromWideChar(out, n);
            PyMem_Free(out);
            break;
        }
        PyMem_Free(out);
    }
    PyMem_Free(wide);
    return result;
}

static PyObject *time_strptime(PyObject *module, PyObject *args)
{
    PyObject *strptime = PyImport_ImportModuleNoBlock("_strptime");
    if (strptime == NULL)
        return NULL;
    PyObject *function = PyObject_GetAttrString(strptime, "_strptime_time");
    Py_DECREF(strptime);
    if (function == NULL)
        return NULL;
    PyObject *result = PyObject_Call(function, args, NULL);
    Py_DECREF(function);
    return result;
}

static PyObject *time_mktime(PyObject *module, PyObject *tuple)
{
    struct tm tm;
    if (!to_tm(tuple, &tm, "iiiiiiiii;mktime(): illegal time tuple argument"))
        return NULL;
    /* -1 is a valid result; the weekday tells whether the fields were filled. */
    tm.tm_wday = -1;
    time_t when = mktime(&tm);
    if (when == (time_t)-1 && tm.tm_wday == -1) {
        PyErr_SetString(PyExc_OverflowError, "mktime argument out of range");
        return NULL;
    }
    return PyFloat_FromDouble((double)when);
}

/* --- Time zone ------------------------------------------------------------------------------------------------------- */

/* The zone's name and offset from UTC at a moment. */
static int zone_at(time_t when, PyObject **name, long *offset)
{
    struct tm tm;
    if (_PyTime_localtime(when, &tm) < 0)
        return -1;
    *name = PyUnicode_DecodeLocale(tm.tm_zone, "surrogateescape");
    *offset = -tm.tm_gmtoff;
    return *name == NULL ? -1 : 0;
}

static int init_timezone(PyObject *module)
{
    static const time_t year = (365 * 24 + 6) * 3600;
    time_t start = (time(NULL) / year) * year;
    PyObject *january_name, *july_name;
    long january, july;
    if (zone_at(start, &january_name, &january) < 0)
        return -1;
    if (zone_at(start + year / 2, &july_name, &july) < 0) {
        Py_DECREF(january_name);
        return -1;
    }
    /* South of the equator July has standard time. */
    int north = january >= july;
    PyModule_AddIntConstant(module, "timezone", north ? january : july);
    PyModule_AddIntConstant(module, "altzone", north ? july : january);
    PyModule_AddIntConstant(module, "daylight", january != july);
    PyObject *names = north ? Py_BuildValue("(NN)", january_name, july_name) : Py_BuildValue("(NN)", july_name, january_name);
    if (names == NULL || PyModule_AddObject(module, "tzname", names) < 0)
        return -1;
    return PyErr_Occurred() ? -1 : 0;
}

static PyObject *time_tzset(PyObject *module, PyObject *unused)
{
    PyObject *self = PyImport_ImportModuleNoBlock("time");
    if (self == NULL)
        return NULL;
    tzset();
    int rc = init_timezone(self);
    Py_DECREF(self);
    if (rc < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef time_methods[] = {
    {"time", time_time, METH_NOARGS, PyDoc_STR("time() -> floating point number\n\nReturn seconds since the epoch.")},
    {"time_ns", time_time_ns, METH_NOARGS, PyDoc_STR("time_ns() -> int\n\nReturn nanoseconds since the epoch.")},
    {"clock_gettime", time_clock_gettime, METH_VARARGS, PyDoc_STR("clock_gettime(clk_id) -> float\n\nReturn the time of a clock, in seconds.")},
    {"clock_gettime_ns", time_clock_gettime_ns, METH_VARARGS, PyDoc_STR("clock_gettime_ns(clk_id) -> int\n\nReturn the time of a clock, in nanoseconds.")},
    {"clock_settime", time_clock_settime, METH_VARARGS, PyDoc_STR("clock_settime(clk_id, time)\n\nSet a clock, in seconds.")},
    {"clock_settime_ns", time_clock_settime_ns, METH_VARARGS, PyDoc_STR("clock_settime_ns(clk_id, time)\n\nSet a clock, in nanoseconds.")},
    {"clock_getres", time_clock_getres, METH_VARARGS, PyDoc_STR("clock_getres(clk_id) -> floating point number\n\nReturn the resolution of a clock, in seconds.")},
    {"pthread_getcpuclockid", time_pthread_getcpuclockid, METH_VARARGS, PyDoc_STR("pthread_getcpuclockid(thread_id) -> int\n\nReturn the clock of a thread's processor time.")},
    {"sleep", time_sleep, METH_O, PyDoc_STR("sleep(seconds)\n\nWait; seconds may have a fraction.")},
    {"gmtime", time_gmtime, METH_VARARGS, PyDoc_STR("gmtime([seconds]) -> struct_time\n\nReturn the universal time at seconds since the epoch, now by default.")},
    {"localtime", time_localtime, METH_VARARGS, PyDoc_STR("localtime([seconds]) -> struct_time\n\nReturn the local time at seconds since the epoch, now by default.")},
    {"asctime", time_asctime, METH_VARARGS, PyDoc_STR("asctime([tuple]) -> string\n\nReturn a calendar time as text like 'Sat Jun 06 16:26:11 1998'.")},
    {"ctime", time_ctime, METH_VARARGS, PyDoc_STR("ctime(seconds) -> string\n\nReturn the local time at seconds since the epoch as text.")},
    {"mktime", time_mktime, METH_O, PyDoc_STR("mktime(tuple) -> floating point number\n\nReturn seconds since the epoch for a local time.")},
    {"strftime", time_strftime, METH_VARARGS, PyDoc_STR("strftime(format[, tuple]) -> string\n\nReturn a calendar time as text after a format.")},
    {"strptime", time_strptime, METH_VARARGS, PyDoc_STR("strptime(string, format) -> struct_time\n\nParse text after a format.")},
    {"tzset", time_tzset, METH_NOARGS, PyDoc_STR("tzset()\n\nTake the time zone from the environment variable TZ anew.")},
    {"monotonic", time_monotonic, METH_NOARGS, PyDoc_STR("monotonic() -> float\n\nReturn the time of a clock that never goes back, in seconds.")},
    {"monotonic_ns", time_monotonic_ns, METH_NOARGS, PyDoc_STR("monotonic_ns() -> int\n\nReturn the time of a clock that never goes back, in nanoseconds.")},
    {"process_time", time_process_time, METH_NOARGS, PyDoc_STR("process_time() -> float\n\nReturn the processor time of the process, in seconds.")},
    {"process_time_ns", time_process_time_ns, METH_NOARGS, PyDoc_STR("process_time() -> int\n\nReturn the processor time of the process, in nanoseconds.")},
    {"thread_time", time_thread_time, METH_NOARGS, PyDoc_STR("thread_time() -> float\n\nReturn the processor time of the thread, in seconds.")},
    {"thread_time_ns", time_thread_time_ns, METH_NOARGS, PyDoc_STR("thread_time() -> int\n\nReturn the processor time of the thread, in nanoseconds.")},
    {"perf_counter", time_perf_counter, METH_NOARGS, PyDoc_STR("perf_counter() -> float\n\nReturn the time of the finest clock, for measuring, in seconds.")},
    {"perf_counter_ns", time_perf_counter_ns, METH_NOARGS, PyDoc_STR("perf_counter_ns() -> int\n\nReturn the time of the finest clock, for measuring, in nanoseconds.")},
    {"get_clock_info", time_get_clock_info, METH_VARARGS, PyDoc_STR("get_clock_info(name: str) -> dict\n\nReturn what is known of a clock.")},
    {NULL},
};

static struct PyModuleDef time_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "time",
    .m_doc = PyDoc_STR("Clocks and calendar time.\n\nTimes are seconds since the epoch (1970, UTC) or struct_time: year, month, day, hour,\nminute, second, weekday, day of the year, and whether it is summer time."),
    .m_size = -1,
    .m_methods = time_methods,
};

PyMODINIT_FUNC PyInit_time(void)
{
    PyObject *module = PyModule_Create(&time_module);
    if (module == NULL)
        return NULL;
    if (StructTime_Type.tp_name == NULL && PyStructSequence_InitType2(&StructTime_Type, &struct_time_desc) < 0)
        goto error;
    static const struct {const char *name; int value;} clocks[] = {
        {"CLOCK_REALTIME", CLOCK_REALTIME}, {"CLOCK_MONOTONIC", CLOCK_MONOTONIC}, {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW},
        {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID}, {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
        {"CLOCK_BOOTTIME", CLOCK_BOOTTIME}, {"CLOCK_TAI", CLOCK_TAI}, {"_STRUCT_TM_ITEMS", 11}};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(clocks); i++)
        if (PyModule_AddIntConstant(module, clocks[i].name, clocks[i].value) < 0)
            goto error;
    if (init_timezone(module) < 0)
        goto error;
    Py_INCREF(&StructTime_Type);
    if (PyModule_AddObject(module, "struct_time", (PyObject *)&StructTime_Type) < 0)
        goto error;
    return module;
error:
    Py_DECREF(module);
    return NULL;
}
