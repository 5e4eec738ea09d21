/* SPDX-License-Identifier: MIT */
/* _testcapi: the C interface of datetime, by macros and by the structure in the capsule: functions that make something take
 * `macro`, which chooses between the two. test_datetime_capi() has to be called first: it imports the capsule.
 */
#include "testcapi.h"
#include "datetime.h"

static PyObject *test_datetime_capi(PyObject *self, PyObject *unused)
{
    PyDateTime_IMPORT;
    CHECK(PyDateTimeAPI != NULL);
    CHECK(PyDateTimeAPI == PyCapsule_Import(PyDateTime_CAPSULE_NAME, 0));
    Py_RETURN_NONE;
}

/* 0 if the capsule has been imported, else -1 with an exception. */
static int need_api(void)
{
    if (PyDateTimeAPI != NULL)
        return 0;
    PyErr_SetString(testcapi_error, "test_datetime_capi() has not been called");
    return -1;
}

/* ---- what something is: (object, exact=False) ---- */

#define DEFINE_CHECK(name, loose, strict)                                    \
    static PyObject *name(PyObject *self, PyObject *args)                      \
    {                                                                        \
        PyObject *object;                                                    \
        int exact = 0;                                                       \
        if (!PyArg_ParseTuple(args, "O|p:" #name, &object, &exact) || need_api() < 0) \
            return NULL;                                                     \
        return PyBool_FromLong(exact ? strict(object) : loose(object));      \
    }
DEFINE_CHECK(datetime_check_date, PyDate_Check, PyDate_CheckExact)
DEFINE_CHECK(datetime_check_time, PyTime_Check, PyTime_CheckExact)
DEFINE_CHECK(datetime_check_datetime, PyDateTime_Check, PyDateTime_CheckExact)
DEFINE_CHECK(datetime_check_delta, PyDelta_Check, PyDelta_CheckExact)
DEFINE_CHECK(datetime_check_tzinfo, PyTZInfo_Check, PyTZInfo_CheckExact)

/* ---- time zones ---- */

/* get_timezone_utc_capi(macro=False) */
static PyObject *get_timezone_utc_capi(PyObject *self, PyObject *args)
{
    int macro = 0;
    if (!PyArg_ParseTuple(args, "|p:get_timezone_utc_capi", &macro) || need_api() < 0)
        return NULL;
    PyObject *utc = macro ? PyDateTime_TimeZone_UTC : PyDateTimeAPI->TimeZone_UTC;
    Py_INCREF(utc);
    return utc;
}

/* The offset of so many hours from UTC and a zone's name; `make` builds a tuple of time zones from them. */
static PyObject *make_zones(int hours, const char *name, PyObject *(*make)(PyObject *offset, PyObject *name))
{
    if (need_api() < 0)
        return NULL;
    PyObject *offset = PyDelta_FromDSU(0, hours * 3600, 0);
    PyObject *text = PyUnicode_FromString(name);
    PyObject *zones = offset != NULL && text != NULL ? make(offset, text) : NULL;
    Py_XDECREF(offset);
    Py_XDECREF(text);
    return zones;
}

static PyObject *capsule_macro_nameless(PyObject *offset, PyObject *name)
{
    return Py_BuildValue("(NNN)", PyDateTimeAPI->TimeZone_FromTimeZone(offset, name),
                         PyTimeZone_FromOffsetAndName(offset, name), PyTimeZone_FromOffset(offset));
}

static PyObject *capsule_nameless_macro(PyObject *offset, PyObject *name)
{
    return Py_BuildValue("(NNN)", PyDateTimeAPI->TimeZone_FromTimeZone(offset, NULL), PyTimeZone_FromOffset(offset),
                         PyTimeZone_FromOffsetAndName(offset, name));
}

/* UTC-5 as (EST by the capsule, EST by the macro, nameless by the macro). */
static PyObject *make_timezones_capi(PyObject *self, PyObject *unused)
{
    return make_zones(-5, "EST", capsule_macro_nameless);
}

/* No offset: (by the capsule, by the macro, with an empty name). The first two are timezone.utc. */
static PyObject *get_timezones_offset_zero(PyObject *self, PyObject *unused)
{
    return make_zones(0, "", capsule_nameless_macro);
}

/* ---- making them: (macro, fields...) ---- */

static PyObject *get_date_fromdate(PyObject *self, PyObject *args)
{
    int macro, y, m, d;
    if (!PyArg_ParseTuple(args, "piii:get_date_fromdate", &macro, &y, &m, &d) || need_api() < 0)
        return NULL;
    return macro ? PyDate_FromDate(y, m, d) : PyDateTimeAPI->Date_FromDate(y, m, d, PyDateTimeAPI->DateType);
}

static PyObject *get_datetime_fromdateandtime(PyObject *self, PyObject *args)
{
    int macro, y, m, d, hour, minute, second, micro;
    if (!PyArg_ParseTuple(args, "piiiiiii:get_datetime_fromdateandtime", &macro, &y, &m, &d, &hour, &minute, &second,
                          &micro) || need_api() < 0)
        return NULL;
    if (macro)
        return PyDateTime_FromDateAndTime(y, m, d, hour, minute, second, micro);
    return PyDateTimeAPI->DateTime_FromDateAndTime(y, m, d, hour, minute, second, micro, Py_None,
                                                   PyDateTimeAPI->DateTimeType);
}

static PyObject *get_datetime_fromdateandtimeandfold(PyObject *self, PyObject *args)
{
    int macro, y, m, d, hour, minute, second, micro, fold;
    if (!PyArg_ParseTuple(args, "piiiiiiii:get_datetime_fromdateandtimeandfold", &macro, &y, &m, &d, &hour, &minute, &second,
                          &micro, &fold) || need_api() < 0)
        return NULL;
    if (macro)
        return PyDateTime_FromDateAndTimeAndFold(y, m, d, hour, minute, second, micro, fold);
    return PyDateTimeAPI->DateTime_FromDateAndTimeAndFold(y, m, d, hour, minute, second, micro, Py_None, fold,
                                                          PyDateTimeAPI->DateTimeType);
}

static PyObject *get_time_fromtime(PyObject *self, PyObject *args)
{
    int macro, hour, minute, second, micro;
    if (!PyArg_ParseTuple(args, "piiii:get_time_fromtime", &macro, &hour, &minute, &second, &micro) || need_api() < 0)
        return NULL;
    if (macro)
        return PyTime_FromTime(hour, minute, second, micro);
    return PyDateTimeAPI->Time_FromTime(hour, minute, second, micro, Py_None, PyDateTimeAPI->TimeType);
}

static PyObject *get_time_fromtimeandfold(PyObject *self, PyObject *args)
{
    int macro, hour, minute, second, micro, fold;
    if (!PyArg_ParseTuple(args, "piiiii:get_time_fromtimeandfold", &macro, &hour, &minute, &second, &micro, &fold) ||
        need_api() < 0)
        return NULL;
    if (macro)
        return PyTime_FromTimeAndFold(hour, minute, second, micro, fold);
    return PyDateTimeAPI->Time_FromTimeAndFold(hour, minute, second, micro, Py_None, fold, PyDateTimeAPI->TimeType);
}

static PyObject *get_delta_fromdsu(PyObject *self, PyObject *args)
{
    int macro, days, seconds, micro;
    if (!PyArg_ParseTuple(args, "piii:get_delta_fromdsu", &macro, &days, &seconds, &micro) || need_api() < 0)
        return NULL;
    if (macro)
        return PyDelta_FromDSU(days, seconds, micro);
    return PyDateTimeAPI->Delta_FromDelta(days, seconds, micro, 1, PyDateTimeAPI->DeltaType);
}

/* get_date_fromtimestamp(timestamp, macro=False) */
static PyObject *get_date_fromtimestamp(PyObject *self, PyObject *args)
{
    PyObject *timestamp;
    int macro = 0;
    if (!PyArg_ParseTuple(args, "O|p:get_date_fromtimestamp", &timestamp, &macro) || need_api() < 0)
        return NULL;
    PyObject *fields = PyTuple_Pack(1, timestamp);
    if (fields == NULL)
        return NULL;
    PyObject *result = macro ? PyDate_FromTimestamp(fields)
                             : PyDateTimeAPI->Date_FromTimestamp((PyObject *)PyDateTimeAPI->DateType, fields);
    Py_DECREF(fields);
    return result;
}

/* get_datetime_fromtimestamp(timestamp, tzinfo, with_tzinfo, macro=False) */
static PyObject *get_datetime_fromtimestamp(PyObject *self, PyObject *args)
{
    PyObject *timestamp, *zone;
    int with_zone, macro = 0;
    if (!PyArg_ParseTuple(args, "OOp|p:get_datetime_fromtimestamp", &timestamp, &zone, &with_zone, &macro) || need_api() < 0)
        return NULL;
    PyObject *fields = with_zone ? PyTuple_Pack(2, timestamp, zone) : PyTuple_Pack(1, timestamp);
    if (fields == NULL)
        return NULL;
    PyObject *result =
        macro ? PyDateTime_FromTimestamp(fields)
              : PyDateTimeAPI->DateTime_FromTimestamp((PyObject *)PyDateTimeAPI->DateTimeType, fields, NULL);
    Py_DECREF(fields);
    return result;
}

#define PLAIN(name) {#name, name, METH_NOARGS}
#define PARSED(name) {#name, name, METH_VARARGS}
static PyMethodDef functions[] = {
    PLAIN(test_datetime_capi),
    PARSED(datetime_check_date),
    PARSED(datetime_check_time),
    PARSED(datetime_check_datetime),
    PARSED(datetime_check_delta),
    PARSED(datetime_check_tzinfo),
    PARSED(get_timezone_utc_capi),
    PLAIN(make_timezones_capi),
    PLAIN(get_timezones_offset_zero),
    PARSED(get_date_fromdate),
    PARSED(get_datetime_fromdateandtime),
    PARSED(get_datetime_fromdateandtimeandfold),
    PARSED(get_time_fromtime),
    PARSED(get_time_fromtimeandfold),
    PARSED(get_delta_fromdsu),
    PARSED(get_date_fromtimestamp),
    PARSED(get_datetime_fromtimestamp),
    {NULL},
};

int testcapi_add_datetime_functions(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
