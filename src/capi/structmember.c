/* SPDX-License-Identifier: MIT */
/* PyMember_GetOne / SetOne: fields of C structs as attributes, by the rows of a PyMemberDef table. Tests: CPython's test_structmembers. */
#include "Python.h"
#include "structmember.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

PyObject *PyMember_GetOne(const char *object, PyMemberDef *member)
{
    const void *at = object + member->offset;
    PyObject *value;
    switch (member->type) {
    case T_BOOL: return PyBool_FromLong(*(const char *)at);
    case T_BYTE: return PyLong_FromLong(*(const signed char *)at);
    case T_UBYTE: return PyLong_FromUnsignedLong(*(const unsigned char *)at);
    case T_SHORT: return PyLong_FromLong(*(const short *)at);
    case T_USHORT: return PyLong_FromUnsignedLong(*(const unsigned short *)at);
    case T_INT: return PyLong_FromLong(*(const int *)at);
    case T_UINT: return PyLong_FromUnsignedLong(*(const unsigned int *)at);
    case T_LONG: return PyLong_FromLong(*(const long *)at);
    case T_ULONG: return PyLong_FromUnsignedLong(*(const unsigned long *)at);
    case T_PYSSIZET: return PyLong_FromSsize_t(*(const Py_ssize_t *)at);
    case T_LONGLONG: return PyLong_FromLongLong(*(const long long *)at);
    case T_ULONGLONG: return PyLong_FromUnsignedLongLong(*(const unsigned long long *)at);
    case T_FLOAT: return PyFloat_FromDouble((double)*(const float *)at);
    case T_DOUBLE: return PyFloat_FromDouble(*(const double *)at);
    case T_STRING:
        if (*(char *const *)at == NULL)
            Py_RETURN_NONE;
        return PyUnicode_FromString(*(char *const *)at);
    case T_STRING_INPLACE: return PyUnicode_FromString(at);
    case T_CHAR: return PyUnicode_FromStringAndSize(at, 1);
    case T_OBJECT:
        value = *(PyObject *const *)at;
        if (value == NULL)
            value = Py_None;
        Py_INCREF(value);
        return value;
    case T_OBJECT_EX:
        value = *(PyObject *const *)at;
        if (value == NULL)
            PyErr_SetString(PyExc_AttributeError, member->name);
        Py_XINCREF(value);
        return value;
    case T_NONE: Py_RETURN_NONE;
    default:
        PyErr_SetString(PyExc_SystemError, "bad memberdescr type");
        return NULL;
    }
}

static int warn_truncated(const char *text)
{
    return PyErr_WarnEx(PyExc_RuntimeWarning, text, 1);
}

/* Store a signed field of `size` bytes; what does not fit is cut, with a warning. */
static int set_signed(void *at, size_t size, PyObject *value, const char *warning)
{
    long number = PyLong_AsLong(value);
    if (number == -1 && PyErr_Occurred())
        return -1;
    int fits = 1;
    if (size == sizeof(char)) {
        *(signed char *)at = (signed char)number;
        fits = number >= SCHAR_MIN && number <= SCHAR_MAX;
    }
    else if (size == sizeof(short)) {
        *(short *)at = (short)number;
        fits = number >= SHRT_MIN && number <= SHRT_MAX;
    }
    else if (size == sizeof(int)) {
        *(int *)at = (int)number;
        fits = number >= INT_MIN && number <= INT_MAX;
    }
    else
        *(long *)at = number;
    return fits ? 0 : warn_truncated(warning);
}

/* T_UINT and T_ULONG take negative values too, with a warning, as they always did. */
static int set_unsigned_wide(void *at, int is_long, PyObject *value)
{
    PyObject *index = PyNumber_Index(value);
    if (index == NULL)
        return -1;
    int negative = _PyLong_Sign(index) < 0, result = 0;
    unsigned long number = negative ? (unsigned long)PyLong_AsLong(index) : PyLong_AsUnsignedLong(index);
    Py_DECREF(index);
    if (number == (unsigned long)-1 && PyErr_Occurred())
        return -1;
    if (is_long)
        *(unsigned long *)at = number;
    else
        *(unsigned int *)at = (unsigned int)number;
    if (negative)
        result = warn_truncated("Writing negative value into unsigned field");
    else if (!is_long && number > UINT_MAX)
        result = warn_truncated("Truncation of value to unsigned int");
    return result;
}

static int set_wide(void *at, int type, PyObject *value)
{
    if (type == T_PYSSIZET) {
        Py_ssize_t number = PyLong_AsSsize_t(value);
        *(Py_ssize_t *)at = number;
        return number == -1 && PyErr_Occurred() ? -1 : 0;
    }
    if (type == T_LONGLONG) {
        long long number = PyLong_AsLongLong(value);
        *(long long *)at = number;
        return number == -1 && PyErr_Occurred() ? -1 : 0;
    }
    /* T_ULONGLONG: an int, or something that becomes one by PyLong_AsLong. */
    unsigned long long number = PyLong_Check(value) ? PyLong_AsUnsignedLongLong(value)
                                                    : (unsigned long long)PyLong_AsLong(value);
    *(unsigned long long *)at = number;
    return number == (unsigned long long)-1 && PyErr_Occurred() ? -1 : 0;
}

static int set_short_unsigned(void *at, int is_short, PyObject *value)
{
    long number = PyLong_AsLong(value);
    if (number == -1 && PyErr_Occurred())
        return -1;
    if (is_short) {
        *(unsigned short *)at = (unsigned short)number;
        return number > USHRT_MAX || number < 0 ? warn_truncated("Truncation of value to unsigned short") : 0;
    }
    *(unsigned char *)at = (unsigned char)number;
    return number > UCHAR_MAX || number < 0 ? warn_truncated("Truncation of value to unsigned char") : 0;
}

static int set_character(char *at, PyObject *value)
{
    Py_ssize_t size;
    const char *text = PyUnicode_Check(value) ? PyUnicode_AsUTF8AndSize(value, &size) : NULL;
    if (text == NULL || size != 1) {
        if (!PyErr_Occurred())
            PyErr_BadArgument();
        return -1;
    }
    *at = *text;
    return 0;
}

static int set_real(void *at, int is_float, PyObject *value)
{
    double number = PyFloat_AsDouble(value);
    if (number == -1.0 && PyErr_Occurred())
        return -1;
    if (is_float)
        *(float *)at = (float)number;
    else
        *(double *)at = number;
    return 0;
}

static int set_bool(char *at, PyObject *value)
{
    if (!PyBool_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "attribute value type must be bool");
        return -1;
    }
    *at = value == Py_True;
    return 0;
}

static int set_object(PyObject **at, PyObject *value)
{
    PyObject *old = *at;
    Py_XINCREF(value);
    *at = value;
    Py_XDECREF(old);
    return 0;
}

/* value NULL: delete. 0, or -1 with an exception. Runs code. */
int PyMember_SetOne(char *object, PyMemberDef *member, PyObject *value)
{
    void *at = object + member->offset;
    if (member->flags & READONLY) {
        PyErr_SetString(PyExc_AttributeError, "readonly attribute");
        return -1;
    }
    if (value == NULL) {
        if (member->type == T_OBJECT_EX && *(PyObject **)at == NULL) {
            PyErr_SetString(PyExc_AttributeError, member->name);
            return -1;
        }
        if (member->type != T_OBJECT && member->type != T_OBJECT_EX) {
            PyErr_SetString(PyExc_TypeError, "can't delete numeric/char attribute");
            return -1;
        }
    }
    switch (member->type) {
    case T_BOOL: return set_bool(at, value);
    case T_BYTE: return set_signed(at, sizeof(char), value, "Truncation of value to char");
    case T_SHORT: return set_signed(at, sizeof(short), value, "Truncation of value to short");
    case T_INT: return set_signed(at, sizeof(int), value, "Truncation of value to int");
    case T_LONG: return set_signed(at, sizeof(long), value, NULL);
    case T_UBYTE: return set_short_unsigned(at, 0, value);
    case T_USHORT: return set_short_unsigned(at, 1, value);
    case T_UINT: return set_unsigned_wide(at, 0, value);
    case T_ULONG: return set_unsigned_wide(at, 1, value);
    case T_PYSSIZET: case T_LONGLONG: case T_ULONGLONG:
        return set_wide(at, member->type, value);
    case T_FLOAT: return set_real(at, 1, value);
    case T_DOUBLE: return set_real(at, 0, value);
    case T_OBJECT: case T_OBJECT_EX:
        return set_object(at, value);
    case T_CHAR: return set_character(at, value);
    case T_STRING: case T_STRING_INPLACE:
        PyErr_SetString(PyExc_TypeError, "readonly attribute");
        return -1;
    default:
        PyErr_Format(PyExc_SystemError, "bad memberdescr type for %s", member->name);
        return -1;
    }
}
