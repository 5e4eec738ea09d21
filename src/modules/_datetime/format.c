/* SPDX-License-Identifier: MIT */
/* strftime(): %z, %Z and %f are filled in here, the rest is time.strftime()'s. */
#include "dt.h"

PyObject *dt_timetuple(int y, int m, int d, int hh, int mm, int ss, int dst)
{
    static PyObject *struct_time; /* the type lives as long as its module, that is always */
    if (struct_time == NULL) {
        PyObject *module = PyImport_ImportModuleNoBlock("time");
        if (module == NULL)
            return NULL;
        struct_time = PyObject_GetAttrString(module, "struct_time");
        Py_DECREF(module);
        if (struct_time == NULL)
            return NULL;
    }
    return PyObject_CallFunction(struct_time, "((iiiiiiiii))", y, m, d, hh, mm, ss, dt_weekday(y, m, d),
                                 dt_days_before_month(y, m) + d, dst);
}

/* What %Z becomes: the name with its percent signs doubled; empty without one. */
static PyObject *zone_text(PyObject *tzinfo, PyObject *tzarg)
{
    PyObject *name = dt_call_tzname(tzinfo, tzarg), *result;
    if (name == NULL || name == Py_None) {
        Py_XDECREF(name);
        return name == NULL ? NULL : PyUnicode_FromString("");
    }
    result = PyObject_CallMethod(name, "replace", "ss", "%", "%%"); /* a subclass of str may have its own */
    Py_DECREF(name);
    if (result != NULL && !PyUnicode_Check(result)) {
        PyErr_SetString(PyExc_TypeError, "tzname.replace() did not return a string");
        Py_CLEAR(result);
    }
    if (result != NULL && PyUnicode_AsUTF8(result) == NULL) /* lone surrogates are an error */
        Py_CLEAR(result);
    return result;
}

static PyObject *fraction_text(PyObject *object)
{
    char text[16];
    int us = IS_DATETIME(object) ? DT_MICRO(object) : IS_TIME(object) ? T_MICRO(object) : 0;
    PyOS_snprintf(text, sizeof text, "%06d", us);
    return PyUnicode_FromString(text);
}

static PyObject *tzinfo_of(PyObject *object)
{
    return IS_DATETIME(object) ? DT_TZINFO(object) : IS_TIME(object) ? T_TZINFO(object) : Py_None;
}

PyObject *dt_strftime(PyObject *self, PyObject *format, PyObject *timetuple, PyObject *tzarg)
{
    _PyUnicodeWriter writer;
    PyObject *tzinfo = tzinfo_of(self), *piece, *filled, *time, *result;
    Py_ssize_t n = PyUnicode_GetLength(format);
    if (n < 0 || PyUnicode_READY(format) < 0 || PyUnicode_AsUTF8(format) == NULL)
        return NULL;
    _PyUnicodeWriter_Init(&writer);
    writer.overallocate = 1;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UCS4 c = PyUnicode_READ_CHAR(format, i);
        Py_UCS4 next = c == '%' && i + 1 < n ? PyUnicode_READ_CHAR(format, i + 1) : 0;
        char offset[24];
        if (next == 'z')
            piece = dt_format_offset(offset, "", tzinfo, tzarg) < 0 ? NULL : PyUnicode_FromString(offset);
        else if (next == 'Z')
            piece = zone_text(tzinfo, tzarg);
        else if (next == 'f')
            piece = fraction_text(self);
        else {
            if (_PyUnicodeWriter_WriteChar(&writer, c) < 0)
                goto error;
            if (next) {
                if (_PyUnicodeWriter_WriteChar(&writer, next) < 0)
                    goto error;
                i++;
            }
            continue;
        }
        i++;
        if (piece == NULL || _PyUnicodeWriter_WriteStr(&writer, piece) < 0) {
            Py_XDECREF(piece);
            goto error;
        }
        Py_DECREF(piece);
    }
    filled = _PyUnicodeWriter_Finish(&writer);
    if (filled == NULL)
        return NULL;
    time = PyImport_ImportModuleNoBlock("time");
    result = time == NULL ? NULL : PyObject_CallMethod(time, "strftime", "OO", filled, timetuple);
    Py_XDECREF(time);
    Py_DECREF(filled);
    return result;
error:
    _PyUnicodeWriter_Dealloc(&writer);
    return NULL;
}

PyObject *dt_format_method(PyObject *self, PyObject *args)
{
    PyObject *format;
    if (!PyArg_ParseTuple(args, "U:__format__", &format))
        return NULL;
    if (PyUnicode_GetLength(format) == 0)
        return PyObject_Str(self);
    return PyObject_CallMethod(self, "strftime", "O", format);
}

PyObject *dt_unpickle_error(void)
{
    PyErr_SetString(PyExc_ValueError, "Failed to encode latin1 string when unpickling a date, time or datetime object. pickle.load(data, encoding='latin1') is assumed.");
    return NULL;
}

PyObject *dt_cant_compare(PyObject *a, PyObject *b)
{
    PyErr_Format(PyExc_TypeError, "can't compare %s to %s", Py_TYPE(a)->tp_name, Py_TYPE(b)->tp_name);
    return NULL;
}
