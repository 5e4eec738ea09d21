/* SPDX-License-Identifier: MIT */
/* float/hex: exact text with hexadecimal digits (C99's %a form), both ways. */
#include "objects/float/methods.h"

#include "base/decimal.h"
#include "objects/float/float.h"
#include <math.h>

const char tai_float_hex_doc[] = "hex($self, /)\n--\n\nThe number as hexadecimal text, which float.fromhex() reads back exactly.\n\n"
                                 ">>> 3.14159.hex()\n'0x1.921f9f01b866ep+1'\n>>> (-0.1).hex()\n'-0x1.999999999999ap-4'";
const char tai_float_fromhex_doc[] = "fromhex($type, string, /)\n--\n\nRead hexadecimal text as hex() makes it: sign, 0x, digits, point, p and a power of two\n"
                                     "are each optional.\n\n>>> float.fromhex('0x1.ffffp10')\n2047.984375\n>>> float.fromhex('-0x1p-1074')\n-5e-324";

PyObject *tai_float_hex(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    double v = tai_float_value(self);
    uint64_t bits;
    char fraction[16];
    if (!isfinite(v))
        return PyObject_Repr(self);
    memcpy(&bits, &v, sizeof bits);
    const char *sign = bits >> 63 ? "-" : "";
    int biased = (int)(bits >> 52) & 0x7ff;
    bits &= (1ULL << 52) - 1;
    if (biased == 0 && bits == 0)
        return PyUnicode_FromFormat("%s0x0.0p+0", sign);
    for (int i = 12; i >= 0; i--, bits >>= 4)
        fraction[i] = "0123456789abcdef"[bits & 15];
    fraction[13] = '\0';
    int e = biased ? biased - 1023 : -1022;
    return PyUnicode_FromFormat("%s0x%d.%sp%c%d", sign, biased != 0, fraction, e < 0 ? '-' : '+', e < 0 ? -e : e);
}

/* What was read so far: the value is mantissa * 2**exponent, and a little more when sticky. */
typedef struct {
    unsigned __int128 mantissa;
    int64_t exponent;
    int sticky;
} Hex;

static int hex_value(unsigned char c)
{
    int v = _PyLong_DigitValue[c];
    return v < 16 ? v : -1;
}

/* Digits at s; dropped ones raise the exponent, digits behind the point lower it. How many. */
static Py_ssize_t read_digits(const char **at, Hex *h, int after_point)
{
    const char *s = *at;
    for (int v; (v = hex_value((unsigned char)*s)) >= 0; s++) {
        if (h->mantissa >> 120) {
            h->sticky |= v != 0;
            h->exponent += after_point ? 0 : 4;
        }
        else {
            h->mantissa = h->mantissa << 4 | (unsigned)v;
            h->exponent -= after_point ? 4 : 0;
        }
    }
    Py_ssize_t n = s - *at;
    *at = s;
    return n;
}

/* Exponent text behind p, held within +-2**60. 0 / -1 for no digits. */
static int read_exponent(const char **at, int64_t *exponent)
{
    const char *s = *at;
    int negative = 0;
    int64_t e = 0;
    if (*s == '-' || *s == '+')
        negative = *s++ == '-';
    if (!Py_ISDIGIT(*s))
        return -1;
    for (; Py_ISDIGIT(*s); s++)
        if (e < (int64_t)1 << 56)
            e = e * 10 + (*s - '0');
    *exponent += negative ? -e : e;
    *at = s;
    return 0;
}

/* 0: *out; -1: bad text; -2: too large. s is at the sign; *end behind what was read. */
static int read_hex(const char *s, const char **end, double *out)
{
    char *special;
    double v = _Py_parse_inf_or_nan(s, &special);
    if (special != s) {
        *end = special;
        *out = v;
        return 0;
    }
    int negative = 0;
    if (*s == '-' || *s == '+')
        negative = *s++ == '-';
    if (s[0] == '0' && (s[1] | 32) == 'x')
        s += 2;
    Hex h = {0, 0, 0};
    Py_ssize_t n = read_digits(&s, &h, 0);
    if (*s == '.') {
        s++;
        n += read_digits(&s, &h, 1);
    }
    if (n == 0)
        return -1;
    if ((*s | 32) == 'p') {
        s++;
        if (read_exponent(&s, &h.exponent) < 0)
            return -1;
    }
    *end = s;
    v = 0.0;
    if (h.mantissa) {
        int64_t e = h.exponent < -4000 ? -4000 : h.exponent > 4000 ? 4000 : h.exponent;
        v = tai_double_round((uint64_t)(h.mantissa >> 64), (uint64_t)h.mantissa, (int)e, h.sticky);
        if (isinf(v))
            return -2;
    }
    *out = negative ? -v : v;
    return 0;
}

PyObject *tai_float_fromhex(PyObject *type, PyObject *text)
{
    Py_ssize_t length;
    double v;
    const char *s = PyUnicode_AsUTF8AndSize(text, &length), *stop, *p;
    if (s == NULL)
        return NULL;
    stop = s + length;
    while (Py_ISSPACE(*s))
        s++;
    int status = read_hex(s, &p, &v);
    if (status == 0) {
        while (Py_ISSPACE(*p))
            p++;
        if (p != stop)
            status = -1;
    }
    if (status == -2) {
        PyErr_SetString(PyExc_OverflowError, "hexadecimal value too large to represent as a float");
        return NULL;
    }
    if (status < 0) {
        PyErr_SetString(PyExc_ValueError, "invalid hexadecimal floating-point string");
        return NULL;
    }
    PyObject *result = tai_float_new(v);
    if (result && type != (PyObject *)&PyFloat_Type)
        Py_SETREF(result, PyObject_CallFunctionObjArgs(type, result, NULL));
    return result;
}
