/* SPDX-License-Identifier: MIT */
/* float: the type, its arithmetic and methods.
 *
 * A float is its C double; dead exact ones wait on tai_float_free (float.h). Operands that are ints become doubles (raising
 * OverflowError when too large), except in comparisons, which are exact. Text in both directions is float/text.c; packing into
 * 2, 4 and 8 bytes float/pack.c; hex() and fromhex() float/hex.c.
 * Tests: tests/objects/float/.
 */
#include "objects/float/float.h"

#include "base/decimal.h"
#include "objects/float/methods.h"
#include "objects/int/int.h"
#include "runtime/state.h"
#include <errno.h>
#include <float.h>
#include <math.h>

/* ------------------------------------------------------------------ allocation */

PyFloatObject *tai_float_free;
int tai_float_free_count;

PyObject *tai_float_new_slow(double v)
{
    PyFloatObject *f = PyObject_Malloc(sizeof(PyFloatObject));
    if (f == NULL)
        return PyErr_NoMemory();
    (void)PyObject_INIT(f, &PyFloat_Type);
    f->ob_fval = v;
    return (PyObject *)f;
}

static void float_dealloc(PyObject *self)
{
    if (LIKELY(PyFloat_CheckExact(self))) {
        if (tai_float_free_count < TAI_FLOAT_FREE_MAX) {
            Py_TYPE(self) = (PyTypeObject *)tai_float_free;
            tai_float_free = (PyFloatObject *)self;
            tai_float_free_count++;
            return;
        }
        PyObject_Free(self);
        return;
    }
    Py_TYPE(self)->tp_free(self);
}

int PyFloat_ClearFreeList(void)
{
    int freed = 0;
    for (; tai_float_free; freed++) {
        PyFloatObject *f = tai_float_free;
        tai_float_free = (PyFloatObject *)Py_TYPE(f);
        PyObject_Free(f);
    }
    tai_float_free_count = 0;
    return freed;
}

void _PyFloat_DebugMallocStats(FILE *out)
{
    _PyDebugAllocatorStats(out, "free PyFloatObject", tai_float_free_count, sizeof(PyFloatObject));
}

int tai_float_init(void)
{
    return 0;
}

void tai_float_fini(void)
{
    (void)PyFloat_ClearFreeList();
}

PyObject *PyFloat_FromDouble(double v)
{
    return tai_float_new(v);
}

double PyFloat_GetMax(void)
{
    return DBL_MAX;
}

double PyFloat_GetMin(void)
{
    return DBL_MIN;
}

/* ------------------------------------------------------------------ conversions */

/* What __float__ of o gave; checks it. Steals result. */
static double check_float_result(PyObject *o, PyObject *result)
{
    if (result == NULL)
        return -1.0;
    if (!PyFloat_CheckExact(result)) {
        if (!PyFloat_Check(result)) {
            PyErr_Format(PyExc_TypeError, "%.50s.__float__ returned non-float (type %.50s)", Py_TYPE(o)->tp_name,
                         Py_TYPE(result)->tp_name);
            Py_DECREF(result);
            return -1.0;
        }
        if (PyErr_WarnFormat(PyExc_DeprecationWarning, 1,
                             "%.50s.__float__ returned non-float (type %.50s).  The ability to return an instance of a strict "
                             "subclass of float is deprecated, and may be removed in a future version of Python.",
                             Py_TYPE(o)->tp_name, Py_TYPE(result)->tp_name)) {
            Py_DECREF(result);
            return -1.0;
        }
    }
    double v = tai_float_value(result);
    Py_DECREF(result);
    return v;
}

double PyFloat_AsDouble(PyObject *o)
{
    if (o == NULL) {
        PyErr_BadArgument();
        return -1.0;
    }
    if (LIKELY(PyFloat_Check(o)))
        return tai_float_value(o);
    PyNumberMethods *nb = Py_TYPE(o)->tp_as_number;
    if (nb && nb->nb_float)
        return PyLong_CheckExact(o) ? PyLong_AsDouble(o) : check_float_result(o, nb->nb_float(o));
    if (nb && nb->nb_index) {
        PyObject *index = PyNumber_Index(o);
        if (index == NULL)
            return -1.0;
        double v = PyLong_AsDouble(index);
        Py_DECREF(index);
        return v;
    }
    PyErr_Format(PyExc_TypeError, "must be real number, not %.50s", Py_TYPE(o)->tp_name);
    return -1.0;
}

static PyObject *parse_number(const char *s, Py_ssize_t len, void *shown)
{
    char *end;
    double v = PyOS_string_to_double(s, &end, NULL);
    if (v == -1.0 && PyErr_Occurred()) {
        if (!PyErr_ExceptionMatches(PyExc_ValueError) || len == 0) /* of nothing but blanks nothing is shown */
            return NULL;
        PyErr_Clear();
        end = (char *)s - 1;
    }
    if (end != s + len) {
        PyErr_Format(PyExc_ValueError, "could not convert string to float: %R", (PyObject *)shown);
        return NULL;
    }
    return tai_float_new(v);
}

/* Blanks off both ends, then underscores and number. s ends with NUL. */
static PyObject *parse_text(const char *s, Py_ssize_t len, PyObject *shown)
{
    const char *end = s + len;
    while (s < end && Py_ISSPACE(*s))
        s++;
    while (end > s && Py_ISSPACE(end[-1]))
        end--;
    return _Py_string_to_number_with_underscores(s, end - s, "float", shown, shown, parse_number);
}

PyObject *PyFloat_FromString(PyObject *v)
{
    PyObject *held = NULL, *result;
    Py_buffer view = {NULL, NULL};
    const char *s;
    Py_ssize_t len;
    if (PyUnicode_Check(v)) {
        held = _PyUnicode_TransformDecimalAndSpaceToASCII(v);
        if (held == NULL)
            return NULL;
        s = (const char *)PyUnicode_DATA(held);
        len = PyUnicode_GET_LENGTH(held);
    }
    else if (PyBytes_Check(v)) {
        s = PyBytes_AS_STRING(v);
        len = PyBytes_GET_SIZE(v);
    }
    else if (PyByteArray_Check(v)) {
        s = PyByteArray_AS_STRING(v);
        len = PyByteArray_GET_SIZE(v);
    }
    else if (PyObject_GetBuffer(v, &view, PyBUF_SIMPLE) == 0) {
        held = PyBytes_FromStringAndSize((const char *)view.buf, view.len); /* for the NUL behind it */
        if (held == NULL) {
            PyBuffer_Release(&view);
            return NULL;
        }
        s = PyBytes_AS_STRING(held);
        len = PyBytes_GET_SIZE(held);
    }
    else {
        PyErr_Format(PyExc_TypeError, "float() argument must be a string or a number, not '%.200s'", Py_TYPE(v)->tp_name);
        return NULL;
    }
    result = parse_text(s, len, v);
    PyBuffer_Release(&view);
    Py_XDECREF(held);
    return result;
}

static PyObject *float_subtype(PyTypeObject *type, PyObject *value)
{
    if (value == NULL)
        return NULL;
    PyObject *o = type->tp_alloc(type, 0);
    if (o)
        ((PyFloatObject *)o)->ob_fval = tai_float_value(value);
    Py_DECREF(value);
    return o;
}

static PyObject *to_float(PyObject *x)
{
    if (x == NULL)
        return tai_float_new(0.0);
    if (PyUnicode_CheckExact(x))
        return PyFloat_FromString(x);
    return PyNumber_Float(x);
}

static PyObject *float_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *x = NULL;
    if ((type == &PyFloat_Type && !_PyArg_NoKeywords("float", kwargs)) || !PyArg_UnpackTuple(args, "float", 0, 1, &x))
        return NULL;
    PyObject *v = to_float(x);
    return type == &PyFloat_Type ? v : float_subtype(type, v);
}

static PyObject *float_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t n = PyVectorcall_NARGS(nargsf);
    if (kwnames && PyTuple_GET_SIZE(kwnames)) {
        PyErr_SetString(PyExc_TypeError, "float() takes no keyword arguments");
        return NULL;
    }
    if (!_PyArg_CheckPositional("float", n, 0, 1))
        return NULL;
    return to_float(n ? args[0] : NULL);
}

/* ------------------------------------------------------------------ arithmetic */

/* The other operand as a double: 1; 0 for "not implemented"; -1 with OverflowError. */
static inline int operand(PyObject *o, double *v)
{
    if (LIKELY(PyFloat_Check(o))) {
        *v = tai_float_value(o);
        return 1;
    }
    if (!PyLong_Check(o))
        return 0;
    *v = PyLong_AsDouble(o);
    return *v == -1.0 && PyErr_Occurred() ? -1 : 1;
}

#define OPERANDS(a, b, x, y)                                                                                                     \
    double x, y;                                                                                                                 \
    int ok = operand(a, &x);                                                                                                     \
    if (ok > 0)                                                                                                                  \
        ok = operand(b, &y);                                                                                                     \
    if (UNLIKELY(ok <= 0)) {                                                                                                     \
        if (ok < 0)                                                                                                              \
            return NULL;                                                                                                         \
        Py_RETURN_NOTIMPLEMENTED;                                                                                                \
    }

static PyObject *float_add(PyObject *a, PyObject *b)
{
    OPERANDS(a, b, x, y)
    return tai_float_new(x + y);
}

static PyObject *float_sub(PyObject *a, PyObject *b)
{
    OPERANDS(a, b, x, y)
    return tai_float_new(x - y);
}

static PyObject *float_mul(PyObject *a, PyObject *b)
{
    OPERANDS(a, b, x, y)
    return tai_float_new(x * y);
}

static PyObject *zero_division(const char *text)
{
    PyErr_SetString(PyExc_ZeroDivisionError, text);
    return NULL;
}

static PyObject *float_div(PyObject *a, PyObject *b)
{
    OPERANDS(a, b, x, y)
    if (UNLIKELY(y == 0.0))
        return zero_division("float division by zero");
    return tai_float_new(x / y);
}

/* The remainder has the sign of y, zero included. */
static double remainder_of(double x, double y)
{
    double r = fmod(x, y);
    if (r == 0.0)
        return copysign(0.0, y);
    return (y < 0) != (r < 0) ? r + y : r;
}

static double floor_quotient(double x, double y)
{
    double r = fmod(x, y), q = (x - r) / y;
    if (r != 0.0 && (y < 0) != (r < 0))
        q -= 1.0;
    if (q == 0.0)
        return copysign(0.0, x / y);
    double whole = floor(q);
    return q - whole > 0.5 ? whole + 1.0 : whole;
}

static PyObject *float_mod(PyObject *a, PyObject *b)
{
    OPERANDS(a, b, x, y)
    return y == 0.0 ? zero_division("float modulo") : tai_float_new(remainder_of(x, y));
}

static PyObject *float_floordiv(PyObject *a, PyObject *b)
{
    OPERANDS(a, b, x, y)
    return y == 0.0 ? zero_division("float divmod()") : tai_float_new(floor_quotient(x, y));
}

static PyObject *float_divmod(PyObject *a, PyObject *b)
{
    OPERANDS(a, b, x, y)
    if (y == 0.0)
        return zero_division("float divmod()");
    return Py_BuildValue("(dd)", floor_quotient(x, y), remainder_of(x, y));
}

PyObject *tai_float_pow(double x, double y)
{
    if (y == 0.0 || x == 1.0)
        return tai_float_new(1.0);
    if (isnan(x) || isnan(y))
        return tai_float_new(isnan(x) ? x : y);
    if (x == 0.0 && y < 0.0 && !isinf(y))
        return zero_division("0.0 cannot be raised to a negative power");
    if (x == 0.0 && y < 0.0)
        return tai_float_new(HUGE_VAL);
    if (x < 0.0 && isfinite(x) && isfinite(y) && y != floor(y)) { /* leaves the real line */
        Py_complex z = {x, 0.0}, w = {y, 0.0};
        z = _Py_c_pow(z, w);
        if (isinf(z.real) || isinf(z.imag)) {
            PyErr_SetString(PyExc_OverflowError, "complex exponentiation");
            return NULL;
        }
        return PyComplex_FromCComplex(z);
    }
    double r = pow(x, y); /* C99 annex F covers the infinities */
    if (isinf(r) && isfinite(x) && isfinite(y)) {
        errno = ERANGE;
        return PyErr_SetFromErrno(PyExc_OverflowError);
    }
    return tai_float_new(r);
}

static PyObject *float_pow(PyObject *a, PyObject *b, PyObject *mod)
{
    if (mod != Py_None) {
        PyErr_SetString(PyExc_TypeError, "pow() 3rd argument not allowed unless all arguments are integers");
        return NULL;
    }
    OPERANDS(a, b, x, y)
    return tai_float_pow(x, y);
}

static PyObject *float_neg(PyObject *self)
{
    return tai_float_new(-tai_float_value(self));
}

static PyObject *float_abs(PyObject *self)
{
    return tai_float_new(fabs(tai_float_value(self)));
}

static PyObject *float_itself(PyObject *self)
{
    if (PyFloat_CheckExact(self)) {
        Py_INCREF(self);
        return self;
    }
    return tai_float_new(tai_float_value(self));
}

static int float_bool(PyObject *self)
{
    return tai_float_value(self) != 0.0;
}

static PyObject *float_int(PyObject *self)
{
    return PyLong_FromDouble(tai_float_value(self));
}

static PyNumberMethods float_as_number = {
    .nb_add = float_add,
    .nb_subtract = float_sub,
    .nb_multiply = float_mul,
    .nb_remainder = float_mod,
    .nb_divmod = float_divmod,
    .nb_power = float_pow,
    .nb_negative = float_neg,
    .nb_positive = float_itself,
    .nb_absolute = float_abs,
    .nb_bool = float_bool,
    .nb_int = float_int,
    .nb_float = float_itself,
    .nb_floor_divide = float_floordiv,
    .nb_true_divide = float_div,
};

/* ------------------------------------------------------------------ comparison, hash, repr */

/* No rounding: sizes first, then the int against the whole part of the float. */
int tai_float_cmp_int(double a, PyObject *b)
{
    if (LIKELY(tai_int_is_short(b))) {
        int64_t i = tai_int_short_value(b);
        if (i <= 1LL << 53 && i >= -(1LL << 53))
            return (a > (double)i) - (a < (double)i);
    }
    int sign = _PyLong_Sign(b);
    if (isinf(a))
        return a > 0 ? 1 : -1;
    if ((a > 0) - (a < 0) != sign)
        return (a > 0) - (a < 0) > sign ? 1 : -1;
    int e;
    frexp(a, &e);
    size_t bits = _PyLong_NumBits(b);
    if ((size_t)(e < 0 ? 0 : e) != bits)
        return ((size_t)(e < 0 ? 0 : e) > bits) == (sign > 0) ? 1 : -1;
    double whole;
    double rest = modf(a, &whole);
    PyObject *i = PyLong_FromDouble(whole);
    if (i == NULL)
        return -2;
    int c = tai_int_cmp(i, b);
    Py_DECREF(i);
    return c ? c : (rest > 0) - (rest < 0);
}

static PyObject *float_richcompare(PyObject *v, PyObject *w, int op)
{
    double a = tai_float_value(v), b;
    int result;
    if (LIKELY(PyFloat_Check(w))) {
        b = tai_float_value(w);
    }
    else if (PyLong_Check(w)) {
        if (isnan(a)) {
            b = 0.0;
        }
        else {
            int c = tai_float_cmp_int(a, w);
            if (c == -2)
                return NULL;
            a = c;
            b = 0.0;
        }
    }
    else
        Py_RETURN_NOTIMPLEMENTED;
    switch (op) {
    case Py_LT: result = a < b; break;
    case Py_LE: result = a <= b; break;
    case Py_EQ: result = a == b; break;
    case Py_NE: result = a != b; break;
    case Py_GT: result = a > b; break;
    default: result = a >= b; break;
    }
    return PyBool_FromLong(result);
}

static Py_hash_t float_hash(PyObject *self)
{
    return _Py_HashDouble(tai_float_value(self));
}

static PyObject *float_repr(PyObject *self)
{
    char text[48];
    Py_ssize_t n = tai_float_write(text, tai_float_value(self), 'r', 0, Py_DTSF_ADD_DOT_0, 0, NULL) - text;
    PyObject *s = PyUnicode_New(n, 127);
    if (s)
        memcpy(PyUnicode_1BYTE_DATA(s), text, (size_t)n);
    return s;
}

/* ------------------------------------------------------------------ methods */

static PyObject *method_itself(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return float_itself(self);
}

PyDoc_STRVAR(conjugate_doc, "conjugate($self, /)\n--\n\nThe number itself: a float is its own complex conjugate.");
PyDoc_STRVAR(trunc_doc, "__trunc__($self, /)\n--\n\nThe whole part, as an int.");

static PyObject *float_trunc(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return float_int(self);
}

PyDoc_STRVAR(is_integer_doc, "is_integer($self, /)\n--\n\nWhether there is nothing behind the point.");

static PyObject *float_is_integer(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    double v = tai_float_value(self);
    return PyBool_FromLong(isfinite(v) && floor(v) == v);
}

PyDoc_STRVAR(as_integer_ratio_doc, "as_integer_ratio($self, /)\n--\n\n"
"The pair of ints, in lowest terms and with a positive denominator, whose quotient is exactly this number.\n"
"OverflowError for infinities, ValueError for nan.\n\n>>> (1.5).as_integer_ratio()\n(3, 2)\n>>> (0.0).as_integer_ratio()\n(0, 1)\n>>> (-.25).as_integer_ratio()\n(-1, 4)");

static PyObject *float_as_integer_ratio(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    double v = tai_float_value(self);
    if (isinf(v)) {
        PyErr_SetString(PyExc_OverflowError, "cannot convert Infinity to integer ratio");
        return NULL;
    }
    if (isnan(v)) {
        PyErr_SetString(PyExc_ValueError, "cannot convert NaN to integer ratio");
        return NULL;
    }
    int e;
    int64_t m = (int64_t)ldexp(frexp(v, &e), 53); /* v == m * 2**(e-53) */
    if (m == 0)
        return Py_BuildValue("(ii)", 0, 1);
    int twos = __builtin_ctzll((uint64_t)m);
    m >>= twos; /* exact */
    e += twos - 53;
    PyObject *num = tai_int_from_i64(m), *den = tai_int_from_i64(1), *ratio = NULL;
    if (num && den) {
        if (e >= 0)
            Py_SETREF(num, _PyLong_Lshift(num, (size_t)e));
        else
            Py_SETREF(den, _PyLong_Lshift(den, (size_t)-e));
    }
    if (num && den)
        ratio = PyTuple_Pack(2, num, den);
    Py_XDECREF(num);
    Py_XDECREF(den);
    return ratio;
}

/* Beyond these places rounding changes nothing, or leaves nothing. */
#define ROUND_MAX_PLACES 323
#define ROUND_MIN_PLACES (-308)

static PyObject *round_places(double v, Py_ssize_t places)
{
    double result;
    if (!isfinite(v) || places > ROUND_MAX_PLACES)
        return tai_float_new(v);
    if (places < ROUND_MIN_PLACES)
        return tai_float_new(0.0 * v);
    if (tai_decimal_round(v, (int)places, &result))
        return tai_float_new(result);
    TaiDecimal d;
    tai_decimal_from_double(v, TAI_DECIMAL_FRACTION, (int)places, &d);
    if (d.length == 0)
        return tai_float_new(copysign(0.0, v));
    char text[TAI_DECIMAL_MAX + 24];
    memcpy(text, d.digits, (size_t)d.length);
    sprintf(text + d.length, "e%d", d.point - d.length);
    result = copysign(tai_decimal_to_double(text, NULL), v);
    if (isinf(result)) {
        PyErr_SetString(PyExc_OverflowError, "rounded value too large to represent");
        return NULL;
    }
    return tai_float_new(result);
}

PyDoc_STRVAR(round_doc, "__round__($self, ndigits=None, /)\n--\n\n"
"The nearest int, or with ndigits the nearest float with so many decimal places; halves go to the even side.");

static PyObject *float_round(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    double v = tai_float_value(self);
    if (!_PyArg_CheckPositional("__round__", nargs, 0, 1))
        return NULL;
    if (nargs == 0 || args[0] == Py_None)
        return PyLong_FromDouble(nearbyint(v)); /* to even: the C environment's rounding is the default one */
    Py_ssize_t places = PyNumber_AsSsize_t(args[0], NULL);
    if (places == -1 && PyErr_Occurred())
        return NULL;
    return round_places(v, places);
}

static PyObject *float_getnewargs(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return Py_BuildValue("(d)", tai_float_value(self));
}

static PyObject *float_format(PyObject *self, PyObject *spec)
{
    if (!PyUnicode_Check(spec)) {
        _PyArg_BadArgument("__format__", "argument", "str", spec);
        return NULL;
    }
    _PyUnicodeWriter writer;
    _PyUnicodeWriter_Init(&writer);
    if (_PyFloat_FormatAdvancedWriter(&writer, self, spec, 0, PyUnicode_GET_LENGTH(spec)) < 0) {
        _PyUnicodeWriter_Dealloc(&writer);
        return NULL;
    }
    return _PyUnicodeWriter_Finish(&writer);
}

static PyObject *float_get_real(PyObject *self, void *Py_UNUSED(closure))
{
    return float_itself(self);
}

static PyObject *float_get_imag(PyObject *Py_UNUSED(self), void *Py_UNUSED(closure))
{
    return tai_float_new(0.0);
}

PyDoc_STRVAR(getformat_doc, "__getformat__($type, typestr, /)\n--\n\n"
"For Python's own tests: how the machine stores C's 'double' or 'float' (typestr).");
PyDoc_STRVAR(setformat_doc, "__set_format__($type, typestr, fmt, /)\n--\n\n"
"For Python's own tests: pretend that C's 'double' or 'float' is stored as fmt, 'unknown' or the true format.");

static PyMethodDef float_methods[] = {
    {"conjugate", method_itself, METH_NOARGS, conjugate_doc},
    {"__trunc__", float_trunc, METH_NOARGS, trunc_doc},
    {"__round__", (PyCFunction)(void (*)(void))float_round, METH_FASTCALL, round_doc},
    {"as_integer_ratio", float_as_integer_ratio, METH_NOARGS, as_integer_ratio_doc},
    {"fromhex", tai_float_fromhex, METH_O | METH_CLASS, tai_float_fromhex_doc},
    {"hex", tai_float_hex, METH_NOARGS, tai_float_hex_doc},
    {"is_integer", float_is_integer, METH_NOARGS, is_integer_doc},
    {"__getnewargs__", float_getnewargs, METH_NOARGS, "__getnewargs__($self, /)\n--\n\n"},
    {"__getformat__", tai_float_getformat, METH_O | METH_CLASS, getformat_doc},
    {"__set_format__", (PyCFunction)(void (*)(void))tai_float_set_format, METH_FASTCALL | METH_CLASS, setformat_doc},
    {"__format__", float_format, METH_O, "__format__($self, format_spec, /)\n--\n\nText of the number as format_spec says."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef float_getset[] = {
    {"real", float_get_real, NULL, "the real part: the number", NULL},
    {"imag", float_get_imag, NULL, "the imaginary part: 0.0", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyDoc_STRVAR(float_doc, "float(x=0, /)\n--\n\nMake a floating-point number from a number or from its text.");

PyTypeObject PyFloat_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "float",
    .tp_basicsize = sizeof(PyFloatObject),
    .tp_dealloc = float_dealloc,
    .tp_repr = float_repr,
    .tp_as_number = &float_as_number,
    .tp_hash = float_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = float_doc,
    .tp_richcompare = float_richcompare,
    .tp_methods = float_methods,
    .tp_getset = float_getset,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = float_new,
    .tp_free = PyObject_Free,
    .tp_vectorcall = float_vectorcall,
};

/* ------------------------------------------------------------------ sys.float_info */

static PyTypeObject float_info_type;
static PyStructSequence_Field float_info_fields[] = {
    {"max", "the largest finite float"},
    {"max_exp", "largest e such that radix**(e-1) is finite"},
    {"max_10_exp", "largest e such that 10**e is finite"},
    {"min", "the smallest positive float of full precision"},
    {"min_exp", "smallest e such that radix**(e-1) has full precision"},
    {"min_10_exp", "smallest e such that 10**e has full precision"},
    {"dig", "decimal digits that survive text -> float -> text"},
    {"mant_dig", "digits of the mantissa in the radix"},
    {"epsilon", "distance from 1.0 to the next float above"},
    {"radix", "base of the exponent"},
    {"rounds", "rounding mode of arithmetic: 1 is to nearest"},
    {NULL, NULL},
};
static PyStructSequence_Desc float_info_desc = {
    "sys.float_info", "Precision and range of floats, under the names that C's float.h has for them.", float_info_fields, 11,
};

int tai_float_types_init(void)
{
    if (float_info_type.tp_name)
        return 0;
    return PyStructSequence_InitType2(&float_info_type, &float_info_desc);
}

PyObject *PyFloat_GetInfo(void)
{
    if (tai_float_types_init() < 0)
        return NULL;
    PyObject *info = PyStructSequence_New(&float_info_type);
    if (info == NULL)
        return NULL;
    int at = 0;
#define REAL(v) PyStructSequence_SET_ITEM(info, at++, tai_float_new(v))
#define WHOLE(v) PyStructSequence_SET_ITEM(info, at++, tai_int_from_i64(v))
    REAL(DBL_MAX);
    WHOLE(DBL_MAX_EXP);
    WHOLE(DBL_MAX_10_EXP);
    REAL(DBL_MIN);
    WHOLE(DBL_MIN_EXP);
    WHOLE(DBL_MIN_10_EXP);
    WHOLE(DBL_DIG);
    WHOLE(DBL_MANT_DIG);
    REAL(DBL_EPSILON);
    WHOLE(FLT_RADIX);
    WHOLE(FLT_ROUNDS);
#undef REAL
#undef WHOLE
    if (PyErr_Occurred())
        Py_CLEAR(info);
    return info;
}
