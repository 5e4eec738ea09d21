/* SPDX-License-Identifier: MIT */
/* str: digits and spaces of all scripts as ascii, for int() and float(). */
#include "objects/str/str.h"

/* Ascii string in which decimal digits are '0'-'9', spaces ' ', and the rest '?' from the first other character on.
 * An ascii string comes back itself. New. */
PyObject *_PyUnicode_TransformDecimalAndSpaceToASCII(PyObject *s)
{
    if (!PyUnicode_Check(s)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (str_ready(s) < 0)
        return NULL;
    if (str_is_ascii(s)) {
        Py_INCREF(s);
        return s;
    }
    StrView v = str_view(s);
    PyObject *r = tai_str_new_ascii(v.len);
    if (r == NULL)
        return NULL;
    char *o = str_data(r);
    for (Py_ssize_t i = 0; i < v.len; i++) {
        Py_UCS4 c = str_get(v.kind, v.data, i);
        int figure = -1;
        if (c < 127) {
            o[i] = (char)c;
        } else if (Py_UNICODE_ISSPACE(c)) {
            o[i] = ' ';
        } else if ((figure = _PyUnicode_ToDecimalDigit(c)) >= 0) {
            o[i] = (char)('0' + figure);
        } else {
            o[i] = '?';
            o[i + 1] = 0;
            STR_ASCII(r)->length = i + 1;
            break;
        }
    }
    return r;
}

/* Only digits are mapped; other characters stay. New. */
PyObject *PyUnicode_TransformDecimalToASCII(Py_UNICODE *s, Py_ssize_t length)
{
    Py_UCS4 bound = 127;
    for (Py_ssize_t i = 0; i < length; i++) {
        Py_UCS4 c = (Py_UCS4)s[i];
        if (c > 127 && _PyUnicode_ToDecimalDigit(c) < 0 && c > bound)
            bound = c;
    }
    PyObject *r = PyUnicode_New(length, bound);
    if (r == NULL || length == 0)
        return r;
    for (Py_ssize_t i = 0; i < length; i++) {
        Py_UCS4 c = (Py_UCS4)s[i];
        int figure = c > 127 ? _PyUnicode_ToDecimalDigit(c) : -1;
        str_put(str_kind(r), str_data(r), i, figure >= 0 ? (Py_UCS4)('0' + figure) : c);
    }
    return r;
}

/* Into output, with a final 0; latin-1 characters stay, others fail as the "decimal" codec. */
int PyUnicode_EncodeDecimal(Py_UNICODE *s, Py_ssize_t length, char *output, const char *errors)
{
    if (output == NULL) {
        PyErr_BadArgument();
        return -1;
    }
    for (Py_ssize_t i = 0; i < length; i++) {
        Py_UCS4 c = (Py_UCS4)s[i];
        int figure;
        if (Py_UNICODE_ISSPACE(c)) {
            *output++ = ' ';
        } else if ((figure = _PyUnicode_ToDecimalDigit(c)) >= 0) {
            *output++ = (char)('0' + figure);
        } else if (c > 0 && c < 256) {
            *output++ = (char)c;
        } else {
            PyObject *text = PyUnicode_FromWideChar(s, length);
            PyObject *e = text ? PyObject_CallFunction(PyExc_UnicodeEncodeError, "sOnns", "decimal", text, i, i + 1,
                                                       "invalid decimal Unicode string") : NULL;
            if (e != NULL)
                PyCodec_StrictErrors(e);
            Py_XDECREF(e);
            Py_XDECREF(text);
            return -1;
        }
    }
    *output = 0;
    return 0;
}
