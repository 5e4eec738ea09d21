/* SPDX-License-Identifier: MIT */
/* float/pack: doubles in 2, 4 and 8 bytes of IEEE 754, either byte order; and the class methods that tell or fake the format. */
#include "objects/float/methods.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

static void put_bytes(uint64_t bits, unsigned char *p, int n, int le)
{
    for (int i = 0; i < n; i++, bits >>= 8)
        p[le ? i : n - 1 - i] = (unsigned char)bits;
}

static uint64_t get_bytes(const unsigned char *p, int n, int le)
{
    uint64_t bits = 0;
    for (int i = n; --i >= 0;)
        bits = bits << 8 | p[le ? i : n - 1 - i];
    return bits;
}

static int pack_overflow(char code)
{
    PyErr_Format(PyExc_OverflowError, "float too large to pack with %c format", code);
    return -1;
}

/* Half precision: 1 + 5 + 10 bits, rounded half to even. */
int _PyFloat_Pack2(double x, unsigned char *p, int le)
{
    uint16_t sign = signbit(x) ? 0x8000 : 0, bits;
    if (isnan(x))
        bits = 0x7e00;
    else if (isinf(x))
        bits = 0x7c00;
    else if (x == 0.0)
        bits = 0;
    else {
        int e;
        double f = frexp(fabs(x), &e); /* [0.5, 1) */
        e--;                           /* f*2 in [1, 2) times 2**e */
        if (e >= 16)
            return pack_overflow('e');
        /* units of 2**-10 of the binade, or of the smallest binade for subnormals */
        double units = e < -14 ? ldexp(f, e + 1 + 24) : ldexp(f, 11);
        uint32_t m = (uint32_t)nearbyint(units); /* exact scaling, so this rounds once */
        uint32_t all = e < -14 ? m : ((uint32_t)(e + 14) << 10) + m; /* the hidden bit and carries run into the exponent */
        if (all >= 0x7c00)
            return pack_overflow('e');
        bits = (uint16_t)all;
    }
    put_bytes(bits | sign, p, 2, le);
    return 0;
}

int _PyFloat_Pack4(double x, unsigned char *p, int le)
{
    float f = (float)x;
    uint32_t bits;
    if (isinf(f) && !isinf(x))
        return pack_overflow('f');
    memcpy(&bits, &f, 4);
    put_bytes(bits, p, 4, le);
    return 0;
}

int _PyFloat_Pack8(double x, unsigned char *p, int le)
{
    uint64_t bits;
    memcpy(&bits, &x, 8);
    put_bytes(bits, p, 8, le);
    return 0;
}

double _PyFloat_Unpack2(const unsigned char *p, int le)
{
    unsigned bits = (unsigned)get_bytes(p, 2, le), m = bits & 0x3ff;
    int e = (int)(bits >> 10) & 31;
    double x;
    if (e == 31)
        x = m ? __builtin_nan("") : HUGE_VAL;
    else
        x = e ? ldexp(m | 0x400, e - 25) : ldexp(m, -24);
    return bits >> 15 ? -x : x;
}

double _PyFloat_Unpack4(const unsigned char *p, int le)
{
    uint32_t bits = (uint32_t)get_bytes(p, 4, le);
    float f;
    memcpy(&f, &bits, 4);
    return f;
}

double _PyFloat_Unpack8(const unsigned char *p, int le)
{
    uint64_t bits = get_bytes(p, 8, le);
    double x;
    memcpy(&x, &bits, 8);
    return x;
}

/* ------------------------------------------------------------------ __getformat__ and __set_format__ */

static const char true_format[] = "IEEE, little-endian";
static const char *shown_format[2] = {true_format, true_format}; /* double, float */

/* 0: double, 1: float, -1 with an exception. */
static int which(PyObject *name, const char *function, const char *argument, const char *text)
{
    if (!PyUnicode_Check(name)) {
        _PyArg_BadArgument(function, argument, "str", name);
        return -1;
    }
    if (_PyUnicode_EqualToASCIIString(name, "double"))
        return 0;
    if (_PyUnicode_EqualToASCIIString(name, "float"))
        return 1;
    PyErr_Format(PyExc_ValueError, "%s argument 1 must be 'double' or 'float'", text);
    return -1;
}

PyObject *tai_float_getformat(PyObject *Py_UNUSED(type), PyObject *name)
{
    int i = which(name, "__getformat__", "argument", "__getformat__()");
    return i < 0 ? NULL : PyUnicode_FromString(shown_format[i]);
}

PyObject *tai_float_set_format(PyObject *Py_UNUSED(type), PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("__set_format__", nargs, 2, 2))
        return NULL;
    if (PyUnicode_Check(args[0]) && !PyUnicode_Check(args[1])) {
        _PyArg_BadArgument("__set_format__", "argument 2", "str", args[1]);
        return NULL;
    }
    int i = which(args[0], "__set_format__", "argument 1", "__setformat__()");
    if (i < 0)
        return NULL;
    if (_PyUnicode_EqualToASCIIString(args[1], "unknown"))
        shown_format[i] = "unknown";
    else if (_PyUnicode_EqualToASCIIString(args[1], true_format))
        shown_format[i] = true_format;
    else if (_PyUnicode_EqualToASCIIString(args[1], "IEEE, big-endian")) {
        PyErr_Format(PyExc_ValueError, "can only set %U format to 'unknown' or the detected platform value", args[0]);
        return NULL;
    }
    else {
        PyErr_SetString(PyExc_ValueError,
                        "__setformat__() argument 2 must be 'unknown', 'IEEE, little-endian' or 'IEEE, big-endian'");
        return NULL;
    }
    Py_RETURN_NONE;
}
