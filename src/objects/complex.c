/* SPDX-License-Identifier: MIT */
/* complex: pairs of doubles. The _Py_c_* functions work on C values and report by errno: EDOM for a zero divisor, ERANGE for
 * overflow. Tests: tests/objects/test_complex_type.py.
 */
#include "Python.h"

#include "objects/float/float.h"
#include "objects/int/int.h"
#include "runtime/state.h"
#include "structmember.h"
#include <errno.h>
#include <math.h>

/* ------------------------------------------------------------------ on C values */

Py_complex _Py_c_sum(Py_complex a, Py_complex b)
{
    return (Py_complex){a.real + b.real, a.imag + b.imag};
}

Py_complex _Py_c_diff(Py_complex a, Py_complex b)
{
    return (Py_complex){a.real - b.real, a.imag - b.imag};
}

Py_complex _Py_c_neg(Py_complex a)
{
    return (Py_complex){-a.real, -a.imag};
}

Py_complex _Py_c_prod(Py_complex a, Py_complex b)
{
    return (Py_complex){a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}

/* Smith's way: divide by the larger part of b first, so that nothing overflows before it must. */
Py_complex _Py_c_quot(Py_complex a, Py_complex b)
{
    double br = fabs(b.real), bi = fabs(b.imag);
    if (br >= bi) {
        if (br == 0.0) {
            errno = EDOM;
            return (Py_complex){0.0, 0.0};
        }
        double ratio = b.imag / b.real, den = b.real + b.imag * ratio;
        return (Py_complex){(a.real + a.imag * ratio) / den, (a.imag - a.real * ratio) / den};
    }
    if (bi >= br) {
        double ratio = b.real / b.imag, den = b.real * ratio + b.imag;
        return (Py_complex){(a.real * ratio + a.imag) / den, (a.imag * ratio - a.real) / den};
    }
    return (Py_complex){Py_NAN, Py_NAN}; /* a nan in b */
}

Py_complex _Py_c_pow(Py_complex a, Py_complex b)
{
    if (b.real == 0.0 && b.imag == 0.0)
        return (Py_complex){1.0, 0.0};
    if (a.real == 0.0 && a.imag == 0.0) {
        if (b.imag != 0.0 || b.real < 0.0)
            errno = EDOM;
        return (Py_complex){0.0, 0.0};
    }
    double size = hypot(a.real, a.imag), angle = atan2(a.imag, a.real);
    double length = pow(size, b.real), phase = angle * b.real;
    if (b.imag != 0.0) {
        length /= exp(angle * b.imag);
        phase += b.imag * log(size);
    }
    return (Py_complex){length * cos(phase), length * sin(phase)};
}

double _Py_c_abs(Py_complex z)
{
    errno = 0;
    if (!isfinite(z.real) || !isfinite(z.imag)) {
        if (isinf(z.real) || isinf(z.imag))
            return HUGE_VAL;
        return Py_NAN;
    }
    double result = hypot(z.real, z.imag);
    errno = isfinite(result) ? 0 : ERANGE;
    return result;
}

/* a ** n by squaring, n > 0 */
static Py_complex power_whole(Py_complex a, long n)
{
    Py_complex r = {1.0, 0.0}, square = a;
    for (; n > 0; n >>= 1, square = _Py_c_prod(square, square))
        if (n & 1)
            r = _Py_c_prod(r, square);
    return r;
}

/* Whole exponents up to 100 are multiplied out, others go through logarithms. */
static Py_complex power(Py_complex a, Py_complex b)
{
    if (b.imag == 0.0 && b.real == floor(b.real) && fabs(b.real) <= 100.0) {
        long n = (long)b.real;
        if (n > 0)
            return power_whole(a, n);
        return _Py_c_quot((Py_complex){1.0, 0.0}, power_whole(a, -n));
    }
    return _Py_c_pow(a, b);
}

/* ------------------------------------------------------------------ objects */

PyObject *PyComplex_FromCComplex(Py_complex z)
{
    PyComplexObject *o = PyObject_Malloc(sizeof(PyComplexObject));
    if (o == NULL)
        return PyErr_NoMemory();
    (void)PyObject_INIT(o, &PyComplex_Type);
    o->cval = z;
    return (PyObject *)o;
}

PyObject *PyComplex_FromDoubles(double real, double imag)
{
    return PyComplex_FromCComplex((Py_complex){real, imag});
}

static inline Py_complex value_of(PyObject *o)
{
    return ((PyComplexObject *)o)->cval;
}

static void complex_dealloc(PyObject *self)
{
    Py_TYPE(self)->tp_free(self);
}

static PyObject *complex_subtype(PyTypeObject *type, Py_complex z)
{
    if (type == &PyComplex_Type)
        return PyComplex_FromCComplex(z);
    PyObject *o = type->tp_alloc(type, 0);
    if (o)
        ((PyComplexObject *)o)->cval = z;
    return o;
}

double PyComplex_RealAsDouble(PyObject *o)
{
    return PyComplex_Check(o) ? value_of(o).real : PyFloat_AsDouble(o);
}

double PyComplex_ImagAsDouble(PyObject *o)
{
    return PyComplex_Check(o) ? value_of(o).imag : 0.0;
}

/* Result of o.__complex__(), checked; NULL without exception when there is no such method. Runs code. */
static PyObject *call_complex(PyObject *o)
{
    _Py_IDENTIFIER(__complex__);
    PyObject *method = _PyObject_LookupSpecial(o, &PyId___complex__);
    if (method == NULL)
        return NULL;
    PyObject *z = _PyObject_CallNoArg(method);
    Py_DECREF(method);
    if (z == NULL || PyComplex_CheckExact(z))
        return z;
    if (!PyComplex_Check(z)) {
        PyErr_Format(PyExc_TypeError, "__complex__ returned non-complex (type %.200s)", Py_TYPE(z)->tp_name);
        Py_DECREF(z);
        return NULL;
    }
    if (PyErr_WarnFormat(PyExc_DeprecationWarning, 1,
                         "__complex__ returned non-complex (type %.200s).  The ability to return an instance of a strict "
                         "subclass of complex is deprecated, and may be removed in a future version of Python.",
                         Py_TYPE(z)->tp_name))
        Py_CLEAR(z);
    return z;
}

Py_complex PyComplex_AsCComplex(PyObject *o)
{
    Py_complex z = {-1.0, 0.0};
    if (PyComplex_Check(o))
        return value_of(o);
    PyObject *converted = call_complex(o);
    if (converted) {
        z = value_of(converted);
        Py_DECREF(converted);
        return z;
    }
    if (!PyErr_Occurred())
        z.real = PyFloat_AsDouble(o);
    return z;
}

/* ------------------------------------------------------------------ arithmetic */

/* 1: *z is the operand; 0: not implemented; -1: OverflowError. */
static int operand(PyObject *o, Py_complex *z)
{
    if (PyComplex_Check(o)) {
        *z = value_of(o);
        return 1;
    }
    z->imag = 0.0;
    if (PyFloat_Check(o)) {
        z->real = tai_float_value(o);
        return 1;
    }
    if (!PyLong_Check(o))
        return 0;
    z->real = PyLong_AsDouble(o);
    return z->real == -1.0 && PyErr_Occurred() ? -1 : 1;
}

#define OPERANDS(a, b, x, y)                                                                                                     \
    Py_complex x, y;                                                                                                             \
    int ok = operand(a, &x);                                                                                                     \
    if (ok > 0)                                                                                                                  \
        ok = operand(b, &y);                                                                                                     \
    if (ok <= 0) {                                                                                                               \
        if (ok < 0)                                                                                                              \
            return NULL;                                                                                                         \
        Py_RETURN_NOTIMPLEMENTED;                                                                                                \
    }

static PyObject *complex_add(PyObject *a, PyObject *b)
{
    OPERANDS(a, b, x, y)
    return PyComplex_FromCComplex(_Py_c_sum(x, y));
}

static PyObject *complex_sub(PyObject *a, PyObject *b)
{
    OPERANDS(a, b, x, y)
    return PyComplex_FromCComplex(_Py_c_diff(x, y));
}

static PyObject *complex_mul(PyObject *a, PyObject *b)
{
    OPERANDS(a, b, x, y)
    return PyComplex_FromCComplex(_Py_c_prod(x, y));
}

static PyObject *complex_div(PyObject *a, PyObject *b)
{
    OPERANDS(a, b, x, y)
    errno = 0;
    Py_complex q = _Py_c_quot(x, y);
    if (errno == EDOM) {
        PyErr_SetString(PyExc_ZeroDivisionError, "complex division by zero");
        return NULL;
    }
    return PyComplex_FromCComplex(q);
}

static PyObject *complex_pow(PyObject *a, PyObject *b, PyObject *mod)
{
    OPERANDS(a, b, x, y)
    if (mod != Py_None) {
        PyErr_SetString(PyExc_ValueError, "complex modulo");
        return NULL;
    }
    errno = 0;
    Py_complex p = power(x, y);
    if (isinf(p.real) || isinf(p.imag)) {
        if (errno == 0)
            errno = ERANGE;
    }
    else if (errno == ERANGE)
        errno = 0;
    if (errno == EDOM) {
        PyErr_SetString(PyExc_ZeroDivisionError, "0.0 to a negative or complex power");
        return NULL;
    }
    if (errno == ERANGE) {
        PyErr_SetString(PyExc_OverflowError, "complex exponentiation");
        return NULL;
    }
    return PyComplex_FromCComplex(p);
}

static PyObject *refuse(const char *text)
{
    PyErr_SetString(PyExc_TypeError, text);
    return NULL;
}

static PyObject *complex_mod(PyObject *Py_UNUSED(a), PyObject *Py_UNUSED(b))
{
    return refuse("can't mod complex numbers.");
}

static PyObject *complex_floordiv(PyObject *Py_UNUSED(a), PyObject *Py_UNUSED(b))
{
    return refuse("can't take floor of complex number.");
}

static PyObject *complex_divmod(PyObject *Py_UNUSED(a), PyObject *Py_UNUSED(b))
{
    return refuse("can't take floor or mod of complex number.");
}

static PyObject *complex_int(PyObject *Py_UNUSED(a))
{
    return refuse("can't convert complex to int");
}

static PyObject *complex_float(PyObject *Py_UNUSED(a))
{
    return refuse("can't convert complex to float");
}

static PyObject *complex_neg(PyObject *a)
{
    return PyComplex_FromCComplex(_Py_c_neg(value_of(a)));
}

static PyObject *complex_pos(PyObject *a)
{
    if (PyComplex_CheckExact(a)) {
        Py_INCREF(a);
        return a;
    }
    return PyComplex_FromCComplex(value_of(a));
}

static PyObject *complex_abs(PyObject *a)
{
    double v = _Py_c_abs(value_of(a));
    if (errno == ERANGE) {
        PyErr_SetString(PyExc_OverflowError, "absolute value too large");
        return NULL;
    }
    return tai_float_new(v);
}

static int complex_bool(PyObject *a)
{
    return value_of(a).real != 0.0 || value_of(a).imag != 0.0;
}

static PyNumberMethods complex_as_number = {
    .nb_add = complex_add,
    .nb_subtract = complex_sub,
    .nb_multiply = complex_mul,
    .nb_remainder = complex_mod,
    .nb_divmod = complex_divmod,
    .nb_power = complex_pow,
    .nb_negative = complex_neg,
    .nb_positive = complex_pos,
    .nb_absolute = complex_abs,
    .nb_bool = complex_bool,
    .nb_int = complex_int,
    .nb_float = complex_float,
    .nb_floor_divide = complex_floordiv,
    .nb_true_divide = complex_div,
};

/* ------------------------------------------------------------------ comparison, hash, repr */

static PyObject *complex_richcompare(PyObject *a, PyObject *b, int op)
{
    int equal;
    Py_complex x = value_of(a);
    if (op != Py_EQ && op != Py_NE)
        Py_RETURN_NOTIMPLEMENTED;
    if (PyComplex_Check(b))
        equal = x.real == value_of(b).real && x.imag == value_of(b).imag;
    else if (PyFloat_Check(b))
        equal = x.real == tai_float_value(b) && x.imag == 0.0;
    else if (PyLong_Check(b)) {
        equal = x.imag == 0.0 && !isnan(x.real);
        if (equal) {
            int c = tai_float_cmp_int(x.real, b);
            if (c == -2)
                return NULL;
            equal = c == 0;
        }
    }
    else
        Py_RETURN_NOTIMPLEMENTED;
    return PyBool_FromLong(equal == (op == Py_EQ));
}

static Py_hash_t complex_hash(PyObject *o)
{
    Py_uhash_t real = (Py_uhash_t)_Py_HashDouble(value_of(o).real), imag = (Py_uhash_t)_Py_HashDouble(value_of(o).imag);
    Py_uhash_t h = real + _PyHASH_IMAG * imag;
    return h == (Py_uhash_t)-1 ? -2 : (Py_hash_t)h;
}

static PyObject *complex_repr(PyObject *o)
{
    char text[104], *p = text;
    Py_complex z = value_of(o);
    int alone = z.real == 0.0 && !signbit(z.real);
    if (!alone) {
        *p++ = '(';
        p = tai_float_write(p, z.real, 'r', 0, 0, 0, NULL);
    }
    p = tai_float_write(p, z.imag, 'r', 0, alone ? 0 : Py_DTSF_SIGN, 0, NULL);
    *p++ = 'j';
    if (!alone)
        *p++ = ')';
    return PyUnicode_FromStringAndSize(text, p - text);
}

/* ------------------------------------------------------------------ construction */

/* The number at s, ending in no more than the terms of a complex: parts[0] real, parts[1] imaginary. Returns the end, NULL for
 * bad text, with an exception only when memory or a signal is the cause. Forms: x, yj, x+yj; y may be a bare sign. */
static const char *parse_terms(const char *s, double parts[2])
{
    char *end;
    parts[0] = parts[1] = 0.0;
    double v = PyOS_string_to_double(s, &end, NULL);
    int number = 1;
    if (v == -1.0 && PyErr_Occurred()) {
        if (!PyErr_ExceptionMatches(PyExc_ValueError))
            return NULL;
        PyErr_Clear();
        number = 0;
        end = (char *)s;
    }
    if (number && (*end == '+' || *end == '-')) { /* x and the imaginary part */
        parts[0] = v;
        s = end;
        v = PyOS_string_to_double(s, &end, NULL);
        if (v == -1.0 && PyErr_Occurred()) {
            if (!PyErr_ExceptionMatches(PyExc_ValueError))
                return NULL;
            PyErr_Clear();
            v = *s == '-' ? -1.0 : 1.0;
            end = (char *)s + 1;
        }
        if (*end != 'j' && *end != 'J')
            return NULL;
        parts[1] = v;
        return end + 1;
    }
    if (!number) { /* j, +j, -j */
        v = *s == '-' ? -1.0 : 1.0;
        end = (char *)s + (*s == '+' || *s == '-');
        if (*end != 'j' && *end != 'J')
            return NULL;
        parts[1] = v;
        return end + 1;
    }
    if (*end == 'j' || *end == 'J') {
        parts[1] = v;
        return end + 1;
    }
    parts[0] = v;
    return end;
}

static PyObject *parse_text(const char *s, Py_ssize_t len, void *type)
{
    const char *start = s;
    double parts[2];
    int parens = 0;
    while (Py_ISSPACE(*s))
        s++;
    if (*s == '(') {
        parens = 1;
        s++;
        while (Py_ISSPACE(*s))
            s++;
    }
    s = parse_terms(s, parts);
    if (s == NULL)
        goto malformed;
    while (Py_ISSPACE(*s))
        s++;
    if (parens) {
        if (*s++ != ')')
            goto malformed;
        while (Py_ISSPACE(*s))
            s++;
    }
    if (s - start == len)
        return complex_subtype(type, (Py_complex){parts[0], parts[1]});
malformed:
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "complex() arg is a malformed string");
    return NULL;
}

static PyObject *from_text(PyTypeObject *type, PyObject *text)
{
    PyObject *ascii = _PyUnicode_TransformDecimalAndSpaceToASCII(text);
    if (ascii == NULL)
        return NULL;
    PyObject *result = _Py_string_to_number_with_underscores((const char *)PyUnicode_DATA(ascii), PyUnicode_GET_LENGTH(ascii),
                                                             "complex", text, type, parse_text);
    Py_DECREF(ascii);
    return result;
}

static int is_number(PyObject *o)
{
    PyNumberMethods *nb = Py_TYPE(o)->tp_as_number;
    return PyComplex_Check(o) || (nb && (nb->nb_float || nb->nb_index));
}

/* One argument of complex(): its value, and whether it was complex itself. 0 / -1. Runs code. */
static int part_value(PyObject *o, Py_complex *z, int *is_complex)
{
    *is_complex = PyComplex_Check(o);
    if (*is_complex) {
        *z = value_of(o);
        return 0;
    }
    PyObject *f = PyNumber_Float(o);
    if (f == NULL)
        return -1;
    *z = (Py_complex){PyFloat_AsDouble(f), 0.0};
    Py_DECREF(f);
    return 0;
}

/* complex(r, i) for what is no text: r + i*j, keeping zero signs where an argument has no imaginary part. */
static PyObject *from_numbers(PyTypeObject *type, PyObject *r, PyObject *i)
{
    Py_complex z = {0.0, 0.0}, w = {0.0, 0.0};
    int z_complex = 0, w_complex = 0;
    PyObject *converted = NULL;
    if (!PyComplex_CheckExact(r)) {
        converted = call_complex(r);
        if (converted == NULL && PyErr_Occurred())
            return NULL;
        if (converted)
            r = converted;
    }
    if (!is_number(r)) {
        PyErr_Format(PyExc_TypeError, "complex() first argument must be a string or a number, not '%.200s'", Py_TYPE(r)->tp_name);
        goto error;
    }
    if (i && !is_number(i)) {
        PyErr_Format(PyExc_TypeError, "complex() second argument must be a number, not '%.200s'", Py_TYPE(i)->tp_name);
        goto error;
    }
    if (part_value(r, &z, &z_complex) < 0 || (i && part_value(i, &w, &w_complex) < 0))
        goto error;
    if (w_complex)
        z.real -= w.imag;
    if (!z_complex)
        z.imag = i ? w.real : 0.0;
    else if (i)
        z.imag += w.real;
    Py_XDECREF(converted);
    return complex_subtype(type, z);
error:
    Py_XDECREF(converted);
    return NULL;
}

static PyObject *complex_make(PyTypeObject *type, PyObject *r, PyObject *i)
{
    if (r == NULL)
        r = _PyLong_Zero;
    if (i == NULL && PyComplex_CheckExact(r) && type == &PyComplex_Type) {
        Py_INCREF(r);
        return r;
    }
    if (PyUnicode_Check(r)) {
        if (i)
            return refuse("complex() can't take second arg if first is a string");
        return from_text(type, r);
    }
    if (i && PyUnicode_Check(i))
        return refuse("complex() second arg can't be a string");
    return from_numbers(type, r, i);
}

static PyObject *complex_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"real", "imag", NULL};
    PyObject *r = NULL, *i = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|OO:complex", names, &r, &i))
        return NULL;
    return complex_make(type, r, i);
}

/* ------------------------------------------------------------------ methods */

static PyObject *complex_conjugate(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return PyComplex_FromDoubles(value_of(self).real, -value_of(self).imag);
}

static PyObject *complex_getnewargs(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return Py_BuildValue("(dd)", value_of(self).real, value_of(self).imag);
}

static PyObject *complex_format(PyObject *self, PyObject *args)
{
    PyObject *spec;
    if (!PyArg_ParseTuple(args, "U:__format__", &spec))
        return NULL;
    _PyUnicodeWriter writer;
    _PyUnicodeWriter_Init(&writer);
    if (_PyComplex_FormatAdvancedWriter(&writer, self, spec, 0, PyUnicode_GET_LENGTH(spec)) < 0) {
        _PyUnicodeWriter_Dealloc(&writer);
        return NULL;
    }
    return _PyUnicodeWriter_Finish(&writer);
}

static PyMethodDef complex_methods[] = {
    {"conjugate", complex_conjugate, METH_NOARGS, "complex.conjugate() -> complex\n\nThe number with the sign of its imaginary part turned: (3-4j).conjugate() == 3+4j."},
    {"__getnewargs__", complex_getnewargs, METH_NOARGS, NULL},
    {"__format__", complex_format, METH_VARARGS, "complex.__format__() -> str\n\nText of the number as a format specifier says."},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef complex_members[] = {
    {"real", T_DOUBLE, offsetof(PyComplexObject, cval.real), READONLY, "the real part of a complex number"},
    {"imag", T_DOUBLE, offsetof(PyComplexObject, cval.imag), READONLY, "the imaginary part of a complex number"},
    {NULL, 0, 0, 0, NULL},
};

PyDoc_STRVAR(complex_doc, "complex(real=0, imag=0)\n--\n\nMake a complex number from one or two numbers, or from its text.\n\nEqual to real + imag*1j; without arguments 0j.");

PyTypeObject PyComplex_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "complex",
    .tp_basicsize = sizeof(PyComplexObject),
    .tp_dealloc = complex_dealloc,
    .tp_repr = complex_repr,
    .tp_as_number = &complex_as_number,
    .tp_hash = complex_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = complex_doc,
    .tp_richcompare = complex_richcompare,
    .tp_methods = complex_methods,
    .tp_members = complex_members,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = complex_new,
    .tp_free = PyObject_Free,
};
