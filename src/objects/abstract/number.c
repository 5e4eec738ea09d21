/* SPDX-License-Identifier: MIT */
/* number: arithmetic on any two objects, and conversion to int and float.
 *
 * Order of attempts for v op w: the right operand's slot first if its type is a proper subclass and its slot differs; then the left one's;
 * then the right one's. A slot that returns NotImplemented passes. + and * then try the sequence slots.
 * Tests: tests/objects/test_abstract.py.
 */
#include "objects/object.h"
#include "objects/type/type.h"
#include <stddef.h>

_Py_IDENTIFIER(__trunc__);

#define SLOT(name) offsetof(PyNumberMethods, name)

static PyObject *null_error(void)
{
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_SystemError, "null argument to internal routine");
    return NULL;
}

static PyObject *type_error(const char *format, PyObject *o)
{
    PyErr_Format(PyExc_TypeError, format, Py_TYPE(o)->tp_name);
    return NULL;
}

int PyNumber_Check(PyObject *o)
{
    PyNumberMethods *nb = o ? Py_TYPE(o)->tp_as_number : NULL;
    return nb != NULL && (nb->nb_index || nb->nb_int || nb->nb_float || PyComplex_Check(o));
}

/* ---- two operands ------------------------------------------------------------------------------------------------------------ */

static inline void *slot_of(PyObject *o, size_t offset)
{
    PyNumberMethods *nb = Py_TYPE(o)->tp_as_number;
    return nb ? *(void **)((char *)nb + offset) : NULL;
}

PyObject *tai_number_binary1(PyObject *v, PyObject *w, size_t offset)
{
    binaryfunc left = slot_of(v, offset), right = NULL;
    PyObject *res;
    if (Py_TYPE(v) != Py_TYPE(w)) {
        right = slot_of(w, offset);
        if (right == left)
            right = NULL;
    }
    if (left != NULL) {
        if (right != NULL && PyType_IsSubtype(Py_TYPE(w), Py_TYPE(v))) {
            res = right(v, w);
            if (res != Py_NotImplemented)
                return res;
            Py_DECREF(res);
            right = NULL;
        }
        res = left(v, w);
        if (res != Py_NotImplemented)
            return res;
        Py_DECREF(res);
    }
    if (right != NULL)
        return right(v, w);
    Py_RETURN_NOTIMPLEMENTED;
}

/* The same, for the usual case of two objects of one type without a call more. */
static inline PyObject *binary(PyObject *v, PyObject *w, size_t offset)
{
    if (__builtin_expect_with_probability(Py_TYPE(v) == Py_TYPE(w), 1, 0.7)) {
        binaryfunc slot = slot_of(v, offset);
        if (LIKELY(slot != NULL))
            return slot(v, w);
    }
    return tai_number_binary1(v, w, offset);
}

/* Raises "unsupported operand type(s) for <op>: ..."; NULL. */
static PyObject *unsupported(PyObject *v, PyObject *w, const char *op)
{
    PyErr_Format(PyExc_TypeError, "unsupported operand type(s) for %.100s: '%.100s' and '%.100s'", op,
                 Py_TYPE(v)->tp_name, Py_TYPE(w)->tp_name);
    return NULL;
}

/* Nobody had an answer: res is NotImplemented (stolen). Out of line, so that the usual way runs straight through. */
static __attribute__((noinline)) PyObject *no_answer(PyObject *res, PyObject *v, PyObject *w, const char *op)
{
    Py_DECREF(res);
    return unsupported(v, w, op);
}

/* res (stolen) if it is a result; else TypeError. */
static inline PyObject *result_or_error(PyObject *res, PyObject *v, PyObject *w, const char *op)
{
    return LIKELY(res != Py_NotImplemented) ? res : no_answer(res, v, w, op);
}

#define BINARY(function, slot, op) \
    PyObject *function(PyObject *v, PyObject *w) \
    { \
        return result_or_error(binary(v, w, SLOT(slot)), v, w, op); \
    }
BINARY(PyNumber_Or, nb_or, "|")
BINARY(PyNumber_Xor, nb_xor, "^")
BINARY(PyNumber_And, nb_and, "&")
BINARY(PyNumber_Lshift, nb_lshift, "<<")
BINARY(PyNumber_Subtract, nb_subtract, "-")
BINARY(PyNumber_Divmod, nb_divmod, "divmod()")
BINARY(PyNumber_MatrixMultiply, nb_matrix_multiply, "@")
BINARY(PyNumber_FloorDivide, nb_floor_divide, "//")
BINARY(PyNumber_TrueDivide, nb_true_divide, "/")
BINARY(PyNumber_Remainder, nb_remainder, "%")

/* `print >>f, x` is what people write who come from Python 2. */
static PyObject *shift_error(PyObject *v, PyObject *w, const char *op)
{
    if (op[2] != '\0' || !PyCFunction_Check(v) || strcmp(((PyCFunctionObject *)v)->m_ml->ml_name, "print") != 0)
        return unsupported(v, w, op);
    PyErr_Format(PyExc_TypeError,
                 "unsupported operand type(s) for %.100s: '%.100s' and '%.100s'. Did you mean \"print(<message>, "
                 "file=<output_stream>)\"?",
                 op, Py_TYPE(v)->tp_name, Py_TYPE(w)->tp_name);
    return NULL;
}

PyObject *PyNumber_Rshift(PyObject *v, PyObject *w)
{
    PyObject *res = tai_number_binary1(v, w, SLOT(nb_rshift));
    if (LIKELY(res != Py_NotImplemented))
        return res;
    Py_DECREF(res);
    return shift_error(v, w, ">>");
}

/* v + w where no number had an answer: res is NotImplemented (stolen). */
static __attribute__((noinline)) PyObject *concatenate(PyObject *res, PyObject *v, PyObject *w)
{
    PySequenceMethods *sq = Py_TYPE(v)->tp_as_sequence;
    Py_DECREF(res);
    if (sq && sq->sq_concat)
        return sq->sq_concat(v, w);
    return unsupported(v, w, "+");
}

PyObject *PyNumber_Add(PyObject *v, PyObject *w)
{
    PyObject *res = binary(v, w, SLOT(nb_add));
    return LIKELY(res != Py_NotImplemented) ? res : concatenate(res, v, w);
}

/* seq repeated n times by function. */
static PyObject *repeat(ssizeargfunc function, PyObject *seq, PyObject *n)
{
    Py_ssize_t count;
    if (!(PyIndex_Check(n)))
        return type_error("can't multiply sequence by non-int of type '%.200s'", n);
    count = PyNumber_AsSsize_t(n, PyExc_OverflowError);
    if (count == -1 && PyErr_Occurred())
        return NULL;
    return function(seq, count);
}

/* v * w where no number had an answer: res is NotImplemented (stolen). */
static __attribute__((noinline)) PyObject *repeat_either(PyObject *res, PyObject *v, PyObject *w)
{
    PySequenceMethods *left = Py_TYPE(v)->tp_as_sequence, *right = Py_TYPE(w)->tp_as_sequence;
    Py_DECREF(res);
    if (left && left->sq_repeat)
        return repeat(left->sq_repeat, v, w);
    if (right && right->sq_repeat)
        return repeat(right->sq_repeat, w, v);
    return unsupported(v, w, "*");
}

PyObject *PyNumber_Multiply(PyObject *v, PyObject *w)
{
    PyObject *res = binary(v, w, SLOT(nb_multiply));
    return LIKELY(res != Py_NotImplemented) ? res : repeat_either(res, v, w);
}

/* ---- in place ---------------------------------------------------------------------------------------------------------------- */

/* The in-place slot of v, then the plain operation; NotImplemented if neither knows. */
static PyObject *inplace1(PyObject *v, PyObject *w, size_t inplace, size_t plain)
{
    binaryfunc function = slot_of(v, inplace);
    if (function != NULL) {
        PyObject *res = function(v, w);
        if (res != Py_NotImplemented)
            return res;
        Py_DECREF(res);
    }
    return tai_number_binary1(v, w, plain);
}

#define INPLACE(function, inplace, plain, op) \
    PyObject *function(PyObject *v, PyObject *w) \
    { \
        return result_or_error(inplace1(v, w, SLOT(inplace), SLOT(plain)), v, w, op); \
    }
INPLACE(PyNumber_InPlaceOr, nb_inplace_or, nb_or, "|=")
INPLACE(PyNumber_InPlaceXor, nb_inplace_xor, nb_xor, "^=")
INPLACE(PyNumber_InPlaceAnd, nb_inplace_and, nb_and, "&=")
INPLACE(PyNumber_InPlaceLshift, nb_inplace_lshift, nb_lshift, "<<=")
INPLACE(PyNumber_InPlaceRshift, nb_inplace_rshift, nb_rshift, ">>=")
INPLACE(PyNumber_InPlaceSubtract, nb_inplace_subtract, nb_subtract, "-=")
INPLACE(PyNumber_InPlaceMatrixMultiply, nb_inplace_matrix_multiply, nb_matrix_multiply, "@=")
INPLACE(PyNumber_InPlaceFloorDivide, nb_inplace_floor_divide, nb_floor_divide, "//=")
INPLACE(PyNumber_InPlaceTrueDivide, nb_inplace_true_divide, nb_true_divide, "/=")
INPLACE(PyNumber_InPlaceRemainder, nb_inplace_remainder, nb_remainder, "%=")

PyObject *PyNumber_InPlaceAdd(PyObject *v, PyObject *w)
{
    PyObject *res = inplace1(v, w, SLOT(nb_inplace_add), SLOT(nb_add));
    PySequenceMethods *sq;
    if (LIKELY(res != Py_NotImplemented))
        return res;
    Py_DECREF(res);
    sq = Py_TYPE(v)->tp_as_sequence;
    if (sq && (sq->sq_inplace_concat || sq->sq_concat))
        return (sq->sq_inplace_concat ? sq->sq_inplace_concat : sq->sq_concat)(v, w);
    return unsupported(v, w, "+=");
}

PyObject *PyNumber_InPlaceMultiply(PyObject *v, PyObject *w)
{
    PyObject *res = inplace1(v, w, SLOT(nb_inplace_multiply), SLOT(nb_multiply));
    PySequenceMethods *left, *right;
    if (LIKELY(res != Py_NotImplemented))
        return res;
    Py_DECREF(res);
    left = Py_TYPE(v)->tp_as_sequence;
    right = Py_TYPE(w)->tp_as_sequence;
    if (left != NULL) {
        ssizeargfunc function = left->sq_inplace_repeat ? left->sq_inplace_repeat : left->sq_repeat;
        if (function)
            return repeat(function, v, w);
    }
    else if (right != NULL && right->sq_repeat) /* the right operand must not change: no in-place slot */
        return repeat(right->sq_repeat, w, v);
    return unsupported(v, w, "*=");
}

/* ---- power ------------------------------------------------------------------------------------------------------------------- */

static PyObject *ternary(PyObject *v, PyObject *w, PyObject *z, size_t offset)
{
    ternaryfunc left = slot_of(v, offset), right = NULL, third;
    PyObject *res;
    if (Py_TYPE(v) != Py_TYPE(w)) {
        right = slot_of(w, offset);
        if (right == left)
            right = NULL;
    }
    if (left != NULL) {
        if (right != NULL && PyType_IsSubtype(Py_TYPE(w), Py_TYPE(v))) {
            res = right(v, w, z);
            if (res != Py_NotImplemented)
                return res;
            Py_DECREF(res);
            right = NULL;
        }
        res = left(v, w, z);
        if (res != Py_NotImplemented)
            return res;
        Py_DECREF(res);
    }
    if (right != NULL) {
        res = right(v, w, z);
        if (res != Py_NotImplemented)
            return res;
        Py_DECREF(res);
    }
    third = slot_of(z, offset);
    if (third != NULL && third != left && third != right) {
        res = third(v, w, z);
        if (res != Py_NotImplemented)
            return res;
        Py_DECREF(res);
    }
    if (z == Py_None)
        return unsupported(v, w, "** or pow()");
    PyErr_Format(PyExc_TypeError, "unsupported operand type(s) for pow(): '%.100s', '%.100s', '%.100s'",
                 Py_TYPE(v)->tp_name, Py_TYPE(w)->tp_name, Py_TYPE(z)->tp_name);
    return NULL;
}

PyObject *PyNumber_Power(PyObject *v, PyObject *w, PyObject *z)
{
    return ternary(v, w, z, SLOT(nb_power));
}

PyObject *PyNumber_InPlacePower(PyObject *v, PyObject *w, PyObject *z)
{
    return ternary(v, w, z, slot_of(v, SLOT(nb_inplace_power)) ? SLOT(nb_inplace_power) : SLOT(nb_power));
}

/* ---- one operand ------------------------------------------------------------------------------------------------------------- */

#define UNARY(function, slot, message) \
    PyObject *function(PyObject *o) \
    { \
        unaryfunc f; \
        if (o == NULL) \
            return null_error(); \
        f = slot_of(o, SLOT(slot)); \
        return f ? f(o) : type_error("bad operand type for " message ": '%.200s'", o); \
    }
UNARY(PyNumber_Negative, nb_negative, "unary -")
UNARY(PyNumber_Positive, nb_positive, "unary +")
UNARY(PyNumber_Invert, nb_invert, "unary ~")
UNARY(PyNumber_Absolute, nb_absolute, "abs()")

/* ---- to int ------------------------------------------------------------------------------------------------------------------ */

#undef PyIndex_Check
int PyIndex_Check(PyObject *o)
{
    return Py_TYPE(o)->tp_as_number != NULL && Py_TYPE(o)->tp_as_number->nb_index != NULL;
}

PyObject *PyNumber_Index(PyObject *item)
{
    PyObject *res;
    if (item == NULL)
        return null_error();
    if (PyLong_Check(item)) {
        Py_INCREF(item);
        return item;
    }
    if (!PyIndex_Check(item))
        return type_error("'%.200s' object cannot be interpreted as an integer", item);
    res = Py_TYPE(item)->tp_as_number->nb_index(item);
    if (res == NULL || PyLong_CheckExact(res))
        return res;
    if (!PyLong_Check(res)) {
        type_error("__index__ returned non-int (type %.200s)", res);
        Py_DECREF(res);
        return NULL;
    }
    if (PyErr_WarnFormat(PyExc_DeprecationWarning, 1,
                         "__index__ returned non-int (type %.200s).  The ability to return an instance of a strict "
                         "subclass of int is deprecated, and may not be supported in a future version of Python.",
                         Py_TYPE(res)->tp_name)) {
        Py_DECREF(res);
        return NULL;
    }
    return res;
}

/* err: exception for values out of range, NULL to clip them. */
Py_ssize_t PyNumber_AsSsize_t(PyObject *item, PyObject *err)
{
    PyObject *value = PyNumber_Index(item);
    Py_ssize_t res;
    if (value == NULL)
        return -1;
    res = PyLong_AsSsize_t(value);
    if (UNLIKELY(res == -1) && PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_OverflowError)) {
        PyErr_Clear();
        if (err == NULL)
            res = _PyLong_Sign(value) < 0 ? PY_SSIZE_T_MIN : PY_SSIZE_T_MAX;
        else
            PyErr_Format(err, "cannot fit '%.200s' into an index-sized integer", Py_TYPE(item)->tp_name);
    }
    Py_DECREF(value);
    return res;
}

/* An exact int from an int of any class (stolen, NULL passes). */
static PyObject *exact_int(PyObject *o)
{
    if (o != NULL && !PyLong_CheckExact(o))
        Py_SETREF(o, _PyLong_Copy((PyLongObject *)o));
    return o;
}

/* By __trunc__. NULL without exception: there is none. */
static PyObject *int_by_trunc(PyObject *o)
{
    PyObject *method = _PyObject_LookupSpecial(o, &PyId___trunc__), *res;
    PyNumberMethods *nb;
    if (method == NULL)
        return NULL;
    res = _PyObject_CallNoArg(method);
    Py_DECREF(method);
    if (res == NULL || PyLong_CheckExact(res))
        return res;
    if (PyLong_Check(res))
        return exact_int(res);
    nb = Py_TYPE(res)->tp_as_number;
    if (nb == NULL || (nb->nb_index == NULL && nb->nb_int == NULL)) {
        type_error("__trunc__ returned non-Integral (type %.200s)", res);
        Py_DECREF(res);
        return NULL;
    }
    Py_SETREF(res, _PyLong_FromNbIndexOrNbInt(res));
    return exact_int(res);
}

static PyObject *int_by_buffer(PyObject *o)
{
    Py_buffer view;
    PyObject *bytes, *res = NULL;
    if (PyObject_GetBuffer(o, &view, PyBUF_SIMPLE) < 0)
        return type_error("int() argument must be a string, a bytes-like object or a number, not '%.200s'", o);
    bytes = PyBytes_FromStringAndSize(view.buf, view.len); /* NUL-terminated */
    if (bytes != NULL) {
        res = _PyLong_FromBytes(PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes), 10);
        Py_DECREF(bytes);
    }
    PyBuffer_Release(&view);
    return res;
}

PyObject *PyNumber_Long(PyObject *o)
{
    PyNumberMethods *nb;
    PyObject *res;
    if (o == NULL)
        return null_error();
    if (PyLong_CheckExact(o)) {
        Py_INCREF(o);
        return o;
    }
    nb = Py_TYPE(o)->tp_as_number;
    if (nb && nb->nb_int)
        return exact_int(_PyLong_FromNbInt(o));
    if (nb && nb->nb_index)
        return exact_int(_PyLong_FromNbIndexOrNbInt(o));
    res = int_by_trunc(o);
    if (res != NULL || PyErr_Occurred())
        return res;
    if (PyUnicode_Check(o))
        return PyLong_FromUnicodeObject(o, 10);
    if (PyBytes_Check(o))
        return _PyLong_FromBytes(PyBytes_AS_STRING(o), PyBytes_GET_SIZE(o), 10);
    if (PyByteArray_Check(o))
        return _PyLong_FromBytes(PyByteArray_AS_STRING(o), PyByteArray_GET_SIZE(o), 10);
    return int_by_buffer(o);
}

PyObject *PyNumber_ToBase(PyObject *n, int base)
{
    PyObject *index, *res;
    if (base != 2 && base != 8 && base != 10 && base != 16) {
        PyErr_SetString(PyExc_SystemError, "PyNumber_ToBase: base must be 2, 8, 10 or 16");
        return NULL;
    }
    index = PyNumber_Index(n);
    if (index == NULL)
        return NULL;
    res = _PyLong_Format(index, base);
    Py_DECREF(index);
    return res;
}

/* "n" with None for "leave it": converter for PyArg_Parse. */
int _Py_convert_optional_to_ssize_t(PyObject *obj, void *result)
{
    Py_ssize_t limit;
    if (obj == Py_None)
        return 1;
    if (!PyIndex_Check(obj)) {
        PyErr_Format(PyExc_TypeError, "argument should be integer or None, not '%.200s'", Py_TYPE(obj)->tp_name);
        return 0;
    }
    limit = PyNumber_AsSsize_t(obj, PyExc_OverflowError);
    if (limit == -1 && PyErr_Occurred())
        return 0;
    *(Py_ssize_t *)result = limit;
    return 1;
}

/* ---- to float ------------------------------------------------------------------------------------------------------------------ */

static PyObject *float_by_slot(PyObject *o, unaryfunc function)
{
    PyObject *res = function(o);
    double value;
    if (res == NULL || PyFloat_CheckExact(res))
        return res;
    if (!PyFloat_Check(res)) {
        PyErr_Format(PyExc_TypeError, "%.50s.__float__ returned non-float (type %.50s)", Py_TYPE(o)->tp_name,
                     Py_TYPE(res)->tp_name);
        Py_DECREF(res);
        return NULL;
    }
    if (PyErr_WarnFormat(PyExc_DeprecationWarning, 1,
                         "%.50s.__float__ returned non-float (type %.50s).  The ability to return an instance of a "
                         "strict subclass of float is deprecated, and may not be supported in a future version of "
                         "Python.",
                         Py_TYPE(o)->tp_name, Py_TYPE(res)->tp_name)) {
        Py_DECREF(res);
        return NULL;
    }
    value = PyFloat_AS_DOUBLE(res);
    Py_DECREF(res);
    return PyFloat_FromDouble(value);
}

PyObject *PyNumber_Float(PyObject *o)
{
    PyNumberMethods *nb;
    if (o == NULL)
        return null_error();
    if (PyFloat_CheckExact(o)) {
        Py_INCREF(o);
        return o;
    }
    nb = Py_TYPE(o)->tp_as_number;
    if (nb && nb->nb_float)
        return float_by_slot(o, nb->nb_float);
    if (nb && nb->nb_index) {
        PyObject *index = PyNumber_Index(o);
        double value;
        if (index == NULL)
            return NULL;
        value = PyLong_AsDouble(index);
        Py_DECREF(index);
        return value == -1.0 && PyErr_Occurred() ? NULL : PyFloat_FromDouble(value);
    }
    if (PyFloat_Check(o))
        return PyFloat_FromDouble(PyFloat_AS_DOUBLE(o));
    return PyFloat_FromString(o);
}
