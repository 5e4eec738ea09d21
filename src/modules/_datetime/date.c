/* SPDX-License-Identifier: MIT */
/* date: a day of the proleptic Gregorian calendar. */
#include "dt.h"
#include <time.h>

PyObject *dt_date_new(int year, int month, int day, PyTypeObject *type)
{
    if (dt_check_date(year, month, day) < 0)
        return NULL;
    PyDateTime_Date *self = (PyDateTime_Date *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->hashcode = -1;
        self->data[0] = (unsigned char)(year >> 8);
        self->data[1] = (unsigned char)year;
        self->data[2] = (unsigned char)month;
        self->data[3] = (unsigned char)day;
    }
    return (PyObject *)self;
}

/* The same for a type that may be a subclass: its constructor is called. */
static PyObject *make(PyObject *cls, int year, int month, int day)
{
    if ((PyTypeObject *)cls == &Date_Type)
        return dt_date_new(year, month, day, &Date_Type);
    return PyObject_CallFunction(cls, "iii", year, month, day);
}

static PyObject *date_from_bytes(PyTypeObject *type, const char *data)
{
    PyDateTime_Date *self = (PyDateTime_Date *)type->tp_alloc(type, 0);
    if (self != NULL) {
        memcpy(self->data, data, _PyDateTime_DATE_DATASIZE);
        self->hashcode = -1;
    }
    return (PyObject *)self;
}

static int month_is_sane(unsigned char month) { return month >= 1 && month <= 12; }

static PyObject *date_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"year", "month", "day", NULL};
    int year, month, day;
    /* date(bytes of four): from a pickle; as str from one of Python 2. */
    if (PyTuple_GET_SIZE(args) == 1) {
        PyObject *state = PyTuple_GET_ITEM(args, 0);
        if (PyBytes_Check(state)) {
            if (PyBytes_GET_SIZE(state) == _PyDateTime_DATE_DATASIZE && month_is_sane(PyBytes_AS_STRING(state)[2]))
                return date_from_bytes(type, PyBytes_AS_STRING(state));
        } else if (PyUnicode_Check(state)) {
            if (PyUnicode_READY(state) == 0 && PyUnicode_GET_LENGTH(state) == _PyDateTime_DATE_DATASIZE &&
                month_is_sane((unsigned char)PyUnicode_READ_CHAR(state, 2))) {
                PyObject *bytes = PyUnicode_AsLatin1String(state);
                if (bytes == NULL)
                    return PyErr_ExceptionMatches(PyExc_UnicodeEncodeError) ? dt_unpickle_error() : NULL;
                PyObject *self = date_from_bytes(type, PyBytes_AS_STRING(bytes));
                Py_DECREF(bytes);
                return self;
            }
        }
    }
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "iii", names, &year, &month, &day))
        return NULL;
    return dt_date_new(year, month, day, type);
}

/* --- Class methods ------------------------------------------------------------------------------------------------------ */

static PyObject *from_local_time(PyObject *cls, PyObject *timestamp)
{
    time_t when;
    struct tm tm;
    if (_PyTime_ObjectToTime_t(timestamp, &when, _PyTime_ROUND_FLOOR) == -1 || _PyTime_localtime(when, &tm) != 0)
        return NULL;
    return make(cls, tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

PyObject *dt_date_fromtimestamp(PyObject *cls, PyObject *args)
{
    PyObject *timestamp;
    return PyArg_UnpackTuple(args, "fromtimestamp", 1, 1, &timestamp) ? from_local_time(cls, timestamp) : NULL;
}

static PyObject *date_fromtimestamp(PyObject *cls, PyObject *timestamp) { return from_local_time(cls, timestamp); }

static PyObject *date_today(PyObject *cls, PyObject *unused)
{
    PyObject *module = PyImport_ImportModuleNoBlock("time"), *now, *result;
    if (module == NULL)
        return NULL;
    now = PyObject_CallMethod(module, "time", NULL);
    Py_DECREF(module);
    if (now == NULL)
        return NULL;
    /* Through the class, so that a subclass' fromtimestamp() counts. */
    result = PyObject_CallMethod(cls, "fromtimestamp", "O", now);
    Py_DECREF(now);
    return result;
}

static PyObject *date_fromordinal(PyObject *cls, PyObject *args)
{
    int ordinal, year, month, day;
    if (!PyArg_ParseTuple(args, "i:fromordinal", &ordinal))
        return NULL;
    if (ordinal < 1) {
        PyErr_SetString(PyExc_ValueError, "ordinal must be >= 1");
        return NULL;
    }
    dt_from_ordinal(ordinal, &year, &month, &day);
    return make(cls, year, month, day);
}

static PyObject *date_fromisoformat(PyObject *cls, PyObject *text)
{
    int year, month, day;
    Py_ssize_t n;
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "fromisoformat: argument must be str");
        return NULL;
    }
    const char *p = PyUnicode_AsUTF8AndSize(text, &n);
    if (p == NULL)
        PyErr_Clear();
    if (p == NULL || n != 10 || dt_parse_iso_date(p, &year, &month, &day) < 0) {
        PyErr_Format(PyExc_ValueError, "Invalid isoformat string: %R", text);
        return NULL;
    }
    return make(cls, year, month, day);
}

static PyObject *date_fromisocalendar(PyObject *cls, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"year", "week", "day", NULL};
    int year, week, day, month;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "iii:fromisocalendar", names, &year, &week, &day)) {
        if (PyErr_ExceptionMatches(PyExc_OverflowError))
            PyErr_Format(PyExc_ValueError, "ISO calendar component out of range");
        return NULL;
    }
    if (year < MIN_YEAR || year > MAX_YEAR) {
        PyErr_Format(PyExc_ValueError, "Year is out of range: %d", year);
        return NULL;
    }
    int out_of_range = week <= 0 || week >= 53;
    if (week == 53) {
        /* Years that start on a Thursday, and leap years on a Wednesday, have 53 weeks. */
        int first = dt_weekday(year, 1, 1);
        if (first == 3 || (first == 2 && dt_is_leap(year)))
            out_of_range = 0;
    }
    if (out_of_range) {
        PyErr_Format(PyExc_ValueError, "Invalid week: %d", week);
        return NULL;
    }
    if (day <= 0 || day >= 8) {
        PyErr_Format(PyExc_ValueError, "Invalid day: %d (range is [1, 7])", day);
        return NULL;
    }
    int ordinal = dt_week1_monday(year) + (week - 1) * 7 + day - 1;
    dt_from_ordinal(ordinal, &year, &month, &day);
    return make(cls, year, month, day);
}

/* --- Arithmetic and comparison --------------------------------------------------------------------------------------------- */

static PyObject *add_days(PyObject *date, PyObject *delta, int factor)
{
    long ordinal = (long)dt_ordinal(GET_YEAR(date), GET_MONTH(date), GET_DAY(date)) + (long)factor * ((PyDateTime_Delta *)delta)->days;
    int year, month, day;
    if (ordinal < 1 || ordinal > MAX_ORDINAL) {
        PyErr_SetString(PyExc_OverflowError, "date value out of range");
        return NULL;
    }
    dt_from_ordinal((int)ordinal, &year, &month, &day);
    return make((PyObject *)Py_TYPE(date), year, month, day);
}

static PyObject *date_add(PyObject *left, PyObject *right)
{
    if (IS_DATETIME(left) || IS_DATETIME(right))
        Py_RETURN_NOTIMPLEMENTED;
    if (IS_DATE(left))
        return IS_DELTA(right) ? add_days(left, right, 1) : (Py_INCREF(Py_NotImplemented), Py_NotImplemented);
    return IS_DELTA(left) ? add_days(right, left, 1) : (Py_INCREF(Py_NotImplemented), Py_NotImplemented);
}

static PyObject *date_subtract(PyObject *left, PyObject *right)
{
    if (IS_DATETIME(left) || IS_DATETIME(right) || !IS_DATE(left))
        Py_RETURN_NOTIMPLEMENTED;
    if (IS_DATE(right))
        return dt_delta(dt_ordinal(GET_YEAR(left), GET_MONTH(left), GET_DAY(left)) -
                            dt_ordinal(GET_YEAR(right), GET_MONTH(right), GET_DAY(right)), 0, 0);
    if (IS_DELTA(right))
        return add_days(left, right, -1);
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *date_richcompare(PyObject *self, PyObject *other, int op)
{
    if (!IS_DATE(other))
        Py_RETURN_NOTIMPLEMENTED;
    return dt_compare_result(memcmp(((PyDateTime_Date *)self)->data, ((PyDateTime_Date *)other)->data, _PyDateTime_DATE_DATASIZE), op);
}

static Py_hash_t date_hash(PyDateTime_Date *self)
{
    if (self->hashcode == -1)
        self->hashcode = _Py_HashBytes(self->data, _PyDateTime_DATE_DATASIZE);
    return self->hashcode;
}

/* --- Text and methods -------------------------------------------------------------------------------------------------------- */

static PyObject *date_repr(PyObject *self)
{
    return PyUnicode_FromFormat("%s(%d, %d, %d)", Py_TYPE(self)->tp_name, GET_YEAR(self), GET_MONTH(self), GET_DAY(self));
}

static PyObject *date_isoformat(PyObject *self, PyObject *unused)
{
    return PyUnicode_FromFormat("%04d-%02d-%02d", GET_YEAR(self), GET_MONTH(self), GET_DAY(self));
}

static PyObject *date_str(PyObject *self) { return PyObject_CallMethod(self, "isoformat", NULL); }

static PyObject *date_ctime(PyObject *self, PyObject *unused)
{
    int year = GET_YEAR(self), month = GET_MONTH(self), day = GET_DAY(self);
    return PyUnicode_FromFormat("%s %s %2d 00:00:00 %04d", dt_day_names[dt_weekday(year, month, day)], dt_month_names[month - 1], day, year);
}

static PyObject *date_strftime(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"format", NULL};
    PyObject *format, *tuple, *result;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "U:strftime", names, &format))
        return NULL;
    tuple = PyObject_CallMethod(self, "timetuple", NULL);
    if (tuple == NULL)
        return NULL;
    result = dt_strftime(self, format, tuple, self);
    Py_DECREF(tuple);
    return result;
}

static PyObject *date_timetuple(PyObject *self, PyObject *unused)
{
    return dt_timetuple(GET_YEAR(self), GET_MONTH(self), GET_DAY(self), 0, 0, 0, -1);
}

static PyObject *date_toordinal(PyObject *self, PyObject *unused)
{
    return PyLong_FromLong(dt_ordinal(GET_YEAR(self), GET_MONTH(self), GET_DAY(self)));
}

static PyObject *date_weekday(PyObject *self, PyObject *unused)
{
    return PyLong_FromLong(dt_weekday(GET_YEAR(self), GET_MONTH(self), GET_DAY(self)));
}

static PyObject *date_isoweekday(PyObject *self, PyObject *unused)
{
    return PyLong_FromLong(dt_weekday(GET_YEAR(self), GET_MONTH(self), GET_DAY(self)) + 1);
}

static PyObject *date_isocalendar(PyObject *self, PyObject *unused)
{
    int year = GET_YEAR(self), today = dt_ordinal(year, GET_MONTH(self), GET_DAY(self));
    int start = dt_week1_monday(year);
    if (today < start) {
        start = dt_week1_monday(--year);
    } else if (today - start >= 52 * 7 && today >= dt_week1_monday(year + 1)) {
        start = dt_week1_monday(++year);
    }
    return Py_BuildValue("iii", year, (today - start) / 7 + 1, (today - start) % 7 + 1);
}

static PyObject *date_replace(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"year", "month", "day", NULL};
    int year = GET_YEAR(self), month = GET_MONTH(self), day = GET_DAY(self);
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|iii:replace", names, &year, &month, &day))
        return NULL;
    return make((PyObject *)Py_TYPE(self), year, month, day);
}

static PyObject *date_reduce(PyDateTime_Date *self, PyObject *unused)
{
    return Py_BuildValue("O(y#)", Py_TYPE(self), (char *)self->data, (Py_ssize_t)_PyDateTime_DATE_DATASIZE);
}

static PyObject *get_year(PyObject *self, void *c) { return PyLong_FromLong(GET_YEAR(self)); }
static PyObject *get_month(PyObject *self, void *c) { return PyLong_FromLong(GET_MONTH(self)); }
static PyObject *get_day(PyObject *self, void *c) { return PyLong_FromLong(GET_DAY(self)); }
static PyGetSetDef date_getset[] = {
    {"year", get_year, NULL, PyDoc_STR("year, 1 to 9999")},
    {"month", get_month, NULL, PyDoc_STR("month, 1 to 12")},
    {"day", get_day, NULL, PyDoc_STR("day, from 1")},
    {NULL},
};

#define M(function) (PyCFunction)(void (*)(void))function
static PyMethodDef date_methods[] = {
    {"fromtimestamp", M(date_fromtimestamp), METH_O | METH_CLASS, PyDoc_STR("fromtimestamp($type, timestamp, /)\n--\n\nReturn the local date at a POSIX timestamp.")},
    {"fromordinal", M(date_fromordinal), METH_VARARGS | METH_CLASS, PyDoc_STR("int -> date of the proleptic Gregorian ordinal; day 1 is 1 January 1.")},
    {"fromisoformat", M(date_fromisoformat), METH_O | METH_CLASS, PyDoc_STR("str -> date, of the form YYYY-MM-DD")},
    {"fromisocalendar", M(date_fromisocalendar), METH_VARARGS | METH_KEYWORDS | METH_CLASS, PyDoc_STR("int, int, int -> date of an ISO year, week and weekday; reverse of isocalendar()")},
    {"today", M(date_today), METH_NOARGS | METH_CLASS, PyDoc_STR("The current local date.")},
    {"ctime", M(date_ctime), METH_NOARGS, PyDoc_STR("Text like that of the C function ctime().")},
    {"strftime", M(date_strftime), METH_VARARGS | METH_KEYWORDS, PyDoc_STR("format -> strftime() style string.")},
    {"__format__", M(dt_format_method), METH_VARARGS, PyDoc_STR("Formats self with strftime.")},
    {"timetuple", M(date_timetuple), METH_NOARGS, PyDoc_STR("A struct_time, for time.localtime()'s kin.")},
    {"isocalendar", M(date_isocalendar), METH_NOARGS, PyDoc_STR("(ISO year, week number, weekday)")},
    {"isoformat", M(date_isoformat), METH_NOARGS, PyDoc_STR("Text of the form YYYY-MM-DD.")},
    {"isoweekday", M(date_isoweekday), METH_NOARGS, PyDoc_STR("The weekday; Monday is 1, Sunday 7.")},
    {"toordinal", M(date_toordinal), METH_NOARGS, PyDoc_STR("The proleptic Gregorian ordinal; 1 January 1 is day 1.")},
    {"weekday", M(date_weekday), METH_NOARGS, PyDoc_STR("The weekday; Monday is 0, Sunday 6.")},
    {"replace", M(date_replace), METH_VARARGS | METH_KEYWORDS, PyDoc_STR("A date with new values for the fields given.")},
    {"__reduce__", M(date_reduce), METH_NOARGS, PyDoc_STR("__reduce__() -> (cls, state)")},
    {NULL},
};

static PyNumberMethods date_as_number = {.nb_add = date_add, .nb_subtract = date_subtract};

PyTypeObject Date_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "datetime.date",
    .tp_basicsize = sizeof(PyDateTime_Date),
    .tp_repr = date_repr,
    .tp_as_number = &date_as_number,
    .tp_hash = (hashfunc)date_hash,
    .tp_str = date_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = PyDoc_STR("date(year, month, day) --> date object"),
    .tp_richcompare = date_richcompare,
    .tp_methods = date_methods,
    .tp_getset = date_getset,
    .tp_new = date_new,
};
