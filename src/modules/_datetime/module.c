/* SPDX-License-Identifier: MIT */
/* The _datetime module, and the C interface that datetime.h describes, in a capsule. */
#include "dt.h"

static PyObject *capi_datetime(int y, int mo, int d, int h, int m, int s, int us, PyObject *tzinfo, PyTypeObject *type)
{
    return dt_datetime_new(y, mo, d, h, m, s, us, tzinfo, 0, type);
}

static PyObject *capi_time(int h, int m, int s, int us, PyObject *tzinfo, PyTypeObject *type)
{
    return dt_time_new(h, m, s, us, tzinfo, 0, type);
}

static PyDateTime_CAPI c_interface = {
    .DateType = &Date_Type,
    .DateTimeType = &DateTime_Type,
    .TimeType = &Time_Type,
    .DeltaType = &Delta_Type,
    .TZInfoType = &TZInfo_Type,
    .Date_FromDate = dt_date_new,
    .DateTime_FromDateAndTime = capi_datetime,
    .Time_FromTime = capi_time,
    .Delta_FromDelta = dt_delta_new,
    .TimeZone_FromTimeZone = dt_timezone_new,
    .DateTime_FromTimestamp = dt_datetime_fromtimestamp,
    .Date_FromTimestamp = dt_date_fromtimestamp,
    .DateTime_FromDateAndTimeAndFold = dt_datetime_new,
    .Time_FromTimeAndFold = dt_time_new,
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_datetime",
    .m_doc = PyDoc_STR("Dates, times and time zones, behind the datetime module."),
    .m_size = -1,
};

/* Set a class attribute of a native type; the value is stolen. */
static int put(PyTypeObject *type, const char *name, PyObject *value)
{
    int rc = value == NULL ? -1 : PyDict_SetItemString(type->tp_dict, name, value);
    Py_XDECREF(value);
    return rc;
}

/* datetime's methods stand in two tables; types are made ready with the second added. */
static int add_methods(PyTypeObject *type, PyMethodDef *methods)
{
    for (; methods->ml_name != NULL; methods++)
        if (put(type, methods->ml_name, PyDescr_NewMethod(type, methods)) < 0)
            return -1;
    PyType_Modified(type);
    return 0;
}

static int add_limits(void)
{
    PyObject *utc, *delta;
    if (put(&Delta_Type, "resolution", dt_delta(0, 0, 1)) < 0 || put(&Delta_Type, "min", dt_delta(-MAX_DELTA_DAYS, 0, 0)) < 0 ||
        put(&Delta_Type, "max", dt_delta(MAX_DELTA_DAYS, 86399, 999999)) < 0)
        return -1;
    if (put(&Date_Type, "min", dt_date_new(1, 1, 1, &Date_Type)) < 0 || put(&Date_Type, "max", dt_date_new(MAX_YEAR, 12, 31, &Date_Type)) < 0 ||
        put(&Date_Type, "resolution", dt_delta(1, 0, 0)) < 0)
        return -1;
    if (put(&Time_Type, "min", dt_time_new(0, 0, 0, 0, Py_None, 0, &Time_Type)) < 0 ||
        put(&Time_Type, "max", dt_time_new(23, 59, 59, 999999, Py_None, 0, &Time_Type)) < 0 ||
        put(&Time_Type, "resolution", dt_delta(0, 0, 1)) < 0)
        return -1;
    if (put(&DateTime_Type, "min", dt_datetime_new(1, 1, 1, 0, 0, 0, 0, Py_None, 0, &DateTime_Type)) < 0 ||
        put(&DateTime_Type, "max", dt_datetime_new(MAX_YEAR, 12, 31, 23, 59, 59, 999999, Py_None, 0, &DateTime_Type)) < 0 ||
        put(&DateTime_Type, "resolution", dt_delta(0, 0, 1)) < 0)
        return -1;
    delta = dt_delta(0, 0, 0);
    utc = delta == NULL ? NULL : dt_timezone_new(delta, NULL);
    Py_XDECREF(delta);
    if (utc == NULL)
        return -1;
    Py_INCREF(utc);
    dt_utc = utc;
    c_interface.TimeZone_UTC = utc;
    if (put(&Timezone_Type, "utc", utc) < 0 || put(&Timezone_Type, "min", dt_timezone_from_seconds(-86340, 0)) < 0 ||
        put(&Timezone_Type, "max", dt_timezone_from_seconds(86340, 0)) < 0)
        return -1;
    dt_epoch = dt_datetime_new(1970, 1, 1, 0, 0, 0, 0, dt_utc, 0, &DateTime_Type);
    return dt_epoch == NULL ? -1 : 0;
}

PyMODINIT_FUNC PyInit__datetime(void)
{
    PyTypeObject *types[] = {&Date_Type, &DateTime_Type, &Time_Type, &Delta_Type, &TZInfo_Type, &Timezone_Type};
    PyObject *module = PyModule_Create(&module_def), *capsule;
    if (module == NULL)
        return NULL;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(types); i++) {
        if (PyType_Ready(types[i]) < 0)
            goto error;
        Py_INCREF(types[i]);
        if (PyModule_AddObject(module, strrchr(types[i]->tp_name, '.') + 1, (PyObject *)types[i]) < 0)
            goto error;
    }
    if (dt_epoch == NULL && (add_methods(&DateTime_Type, datetime_op_methods) < 0 || add_limits() < 0))
        goto error;
    if (PyModule_AddIntConstant(module, "MINYEAR", MIN_YEAR) < 0 || PyModule_AddIntConstant(module, "MAXYEAR", MAX_YEAR) < 0)
        goto error;
    capsule = PyCapsule_New(&c_interface, PyDateTime_CAPSULE_NAME, NULL);
    if (capsule == NULL || PyModule_AddObject(module, "datetime_CAPI", capsule) < 0)
        goto error;
    return module;
error:
    Py_DECREF(module);
    return NULL;
}
