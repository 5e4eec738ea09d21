/* SPDX-License-Identifier: MIT */
/* strhex: bytes as hexadecimal text, with an optional separator every few bytes. Serves bytes.hex(), binascii and others. */
#include "Python.h"
#include "pystrhex.h"

static const char hex_digits[16] = "0123456789abcdef";

/* The separator's character, or -1 with an exception. */
static int separator_char(PyObject *sep)
{
    Py_ssize_t length = PyObject_Length(sep);
    if (length < 0)
        return -1;
    if (length != 1) {
        PyErr_SetString(PyExc_ValueError, "sep must be length 1.");
        return -1;
    }
    Py_UCS4 c;
    if (PyUnicode_Check(sep)) {
        if (PyUnicode_READY(sep))
            return -1;
        if (PyUnicode_KIND(sep) != PyUnicode_1BYTE_KIND) {
            PyErr_SetString(PyExc_ValueError, "sep must be ASCII.");
            return -1;
        }
        c = PyUnicode_READ_CHAR(sep, 0);
    }
    else if (PyBytes_Check(sep))
        c = (unsigned char)PyBytes_AS_STRING(sep)[0];
    else {
        PyErr_SetString(PyExc_TypeError, "sep must be str or bytes.");
        return -1;
    }
    if (c > 127) {
        PyErr_SetString(PyExc_ValueError, "sep must be ASCII.");
        return -1;
    }
    return (int)c;
}

static void put_plain(char *out, const unsigned char *in, Py_ssize_t n)
{
    for (Py_ssize_t i = 0; i < n; i++) {
        out[2 * i] = hex_digits[in[i] >> 4];
        out[2 * i + 1] = hex_digits[in[i] & 15];
    }
}

/* A separator after every group bytes, counted from the right when from_right. */
static void put_grouped(char *out, const unsigned char *in, Py_ssize_t n, char sep, Py_ssize_t group, int from_right)
{
    Py_ssize_t left = from_right ? n % group : group; /* bytes in the group under way */
    if (left == 0)
        left = group;
    for (Py_ssize_t i = 0; i < n; i++) {
        if (left-- == 0) {
            *out++ = sep;
            left = group - 1;
        }
        *out++ = hex_digits[in[i] >> 4];
        *out++ = hex_digits[in[i] & 15];
    }
}

static PyObject *make_hex(const char *data, Py_ssize_t n, PyObject *sep, int per_group, int as_bytes)
{
    int c = 0;
    if (sep) {
        c = separator_char(sep);
        if (c < 0)
            return NULL;
    }
    Py_ssize_t group = per_group < 0 ? -(Py_ssize_t)per_group : per_group, extra = 0;
    if (sep && group && n > 0)
        extra = (n - 1) / group;
    if ((n < 0 && as_bytes) || n > (PY_SSIZE_T_MAX - extra) / 2)
        return PyErr_NoMemory();
    Py_ssize_t size = 2 * n + extra;
    PyObject *result = as_bytes ? PyBytes_FromStringAndSize(NULL, size) : PyUnicode_New(size, 127);
    if (result == NULL || size == 0)
        return result;
    char *out = as_bytes ? PyBytes_AS_STRING(result) : (char *)PyUnicode_1BYTE_DATA(result);
    if (extra == 0)
        put_plain(out, (const unsigned char *)data, n);
    else
        put_grouped(out, (const unsigned char *)data, n, (char)c, group, per_group > 0);
    return result;
}

PyObject *_Py_strhex(const char *argbuf, const Py_ssize_t arglen)
{
    return make_hex(argbuf, arglen, NULL, 0, 0);
}

PyObject *_Py_strhex_bytes(const char *argbuf, const Py_ssize_t arglen)
{
    return make_hex(argbuf, arglen, NULL, 0, 1);
}

PyObject *_Py_strhex_with_sep(const char *argbuf, const Py_ssize_t arglen, const PyObject *sep, const int bytes_per_group)
{
    return make_hex(argbuf, arglen, (PyObject *)sep, bytes_per_group, 0);
}

PyObject *_Py_strhex_bytes_with_sep(const char *argbuf, const Py_ssize_t arglen, const PyObject *sep, const int bytes_per_group)
{
    return make_hex(argbuf, arglen, (PyObject *)sep, bytes_per_group, 1);
}
