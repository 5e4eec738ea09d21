/* SPDX-License-Identifier: MIT */
/* _decimal/convert: numbers from and to Python's int, float, str and tuples. All conversions are exact but
 * those that say otherwise. */
#include "modules/_decimal/objects.h"

#include <math.h>

/* -- int --------------------------------------------------------------------------------------------- */

bool tai_num_from_int(Num *n, PyObject *o)
{
    const PyLongObject *v = (const PyLongObject *)o;
    Py_ssize_t size = Py_SIZE(o), count = size < 0 ? -size : size;
    n->kind = FINITE;
    n->sign = size < 0;
    n->exp = 0;
    if (count <= 1) {
        num_set_limb(n, count ? v->ob_digit[0] : 0);
        return true;
    }
    if (count <= 4) { /* below 2**120 */
        Wide x = 0;
        for (Py_ssize_t i = count - 1; i >= 0; i--)
            x = x << PyLong_SHIFT | v->ob_digit[i];
        num_set_wide(n, x);
        return true;
    }
    size_t bits = _PyLong_NumBits(o);
    int64_t limbs = (int64_t)(bits / 64 + 1);
    Bits b;
    if (!tai_bits_room(&b, limbs))
        return false;
    memset(b.at, 0, (size_t)limbs * sizeof(Limb));
    for (Py_ssize_t i = 0; i < count; i++) {
        size_t from = (size_t)i * PyLong_SHIFT, limb = from / 64, shift = from % 64;
        b.at[limb] |= (Limb)v->ob_digit[i] << shift;
        if (shift + PyLong_SHIFT > 64 && (int64_t)limb + 1 < limbs)
            b.at[limb + 1] |= (Limb)v->ob_digit[i] >> (64 - shift);
    }
    bool fine = tai_coef_from_bits(n, b.at, limbs);
    tai_bits_free(&b);
    return fine;
}

/* The coefficient of n with n's sign. */
static PyObject *coefficient_to_int(const Num *n)
{
    if (n->len == 1) {
        int64_t x = (int64_t)n->at[0];
        return PyLong_FromLongLong(n->sign ? -x : x);
    }
    Bits b;
    if (!tai_bits_from_coef(&b, n))
        return PyErr_NoMemory();
    PyObject *result = _PyLong_FromByteArray((const unsigned char *)b.at, (size_t)b.len * sizeof(Limb), 1, 0);
    tai_bits_free(&b);
    if (result && n->sign)
        Py_SETREF(result, PyNumber_Negative(result));
    return result;
}

static PyObject *no_integer(const Num *n, const char *what)
{
    if (n->kind == INFINITE)
        return PyErr_Format(PyExc_OverflowError, "cannot convert Infinity to %s", what);
    return PyErr_Format(PyExc_ValueError, "cannot convert NaN to %s", what);
}

PyObject *tai_num_to_int(const Num *n)
{
    if (n->kind)
        return no_integer(n, "integer");
    if (n->exp == 0)
        return coefficient_to_int(n);
    Num whole;
    int rest;
    num_init(&whole);
    PyObject *result = NULL;
    bool fine = tai_num_copy(&whole, n);
    if (fine && n->exp < 0)
        tai_coef_cut(&whole, -n->exp, &rest);
    else if (fine)
        fine = tai_coef_raise(&whole, n->exp);
    result = fine ? coefficient_to_int(&whole) : PyErr_NoMemory();
    num_free(&whole);
    return result;
}

PyObject *tai_num_to_ratio(const Num *n)
{
    if (n->kind)
        return no_integer(n, "integer ratio");
    if (n->exp >= 0 || coef_is_zero(n)) {
        PyObject *whole = coef_is_zero(n) ? PyLong_FromLong(0) : tai_num_to_int(n);
        return whole ? Py_BuildValue("Ni", whole, 1) : NULL;
    }
    Num tens;
    num_init(&tens);
    PyObject *a = NULL, *b = NULL, *shared = NULL, *result = NULL;
    if (!tai_coef_power10(&tens, -n->exp)) {
        PyErr_NoMemory();
        goto done;
    }
    a = coefficient_to_int(n);
    b = coefficient_to_int(&tens);
    shared = a && b ? _PyLong_GCD(a, b) : NULL;
    if (shared == NULL)
        goto done;
    Py_SETREF(a, PyNumber_FloorDivide(a, shared));
    Py_SETREF(b, PyNumber_FloorDivide(b, shared));
    if (a && b)
        result = PyTuple_Pack(2, a, b);
done:
    Py_XDECREF(a);
    Py_XDECREF(b);
    Py_XDECREF(shared);
    num_free(&tens);
    return result;
}

/* -- float ------------------------------------------------------------------------------------------- */

bool tai_num_from_double(Num *n, double x)
{
    int exp;
    int sign = signbit(x) != 0;
    if (isnan(x) || isinf(x)) {
        tai_num_set_special(n, isnan(x) ? QUIET : INFINITE, sign);
        return true;
    }
    uint64_t mantissa = (uint64_t)ldexp(frexp(fabs(x), &exp), 53);
    exp -= 53;
    n->kind = FINITE;
    n->sign = (uint8_t)sign;
    n->exp = 0;
    num_set_wide(n, mantissa);
    if (mantissa == 0)
        return true;
    int zeros = __builtin_ctzll(mantissa);
    mantissa >>= zeros;
    exp += zeros;
    num_set_wide(n, mantissa);
    if (exp == 0)
        return true;
    /* times 2**exp, or 5**-exp / 10**-exp */
    Num factor, product;
    num_init(&factor);
    num_init(&product);
    Limb base = exp > 0 ? 2 : 5;
    int step = exp > 0 ? 32 : 13,
        left = exp > 0 ? exp : -exp; /* 5**13 and 2**32 are powers of some 30 bits */
    bool fine = true;
    while (fine && left > 0) {
        Limb power = 1;
        int count = left < step ? left : step;
        for (int i = 0; i < count; i++)
            power *= base;
        num_set_limb(&factor, power);
        fine = tai_coef_multiply(&product, n, &factor) && num_room(n, product.len);
        if (fine) {
            memcpy(n->at, product.at, (size_t)product.len * sizeof(Limb));
            n->len = product.len;
            n->digits = product.digits;
        }
        left -= count;
    }
    num_free(&product);
    if (exp < 0)
        n->exp = exp;
    return fine;
}

enum { ENOUGH_FOR_DOUBLE = 800 };

/* By way of text; no more digits than that. */
static double read_double(const Num *n)
{
    char text[ENOUGH_FOR_DOUBLE + 64];
    text[tai_num_text(n, text, false, true)] = 0;
    return PyOS_string_to_double(text, NULL, NULL);
}

double tai_num_to_double(const Num *n)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (n->kind == SIGNALING) {
        PyErr_SetString(PyExc_ValueError, "cannot convert signaling NaN to float");
        return -1.0;
    }
    if (n->kind)
        return copysign(n->kind == QUIET ? (double)NAN : (double)INFINITY, n->sign ? -1.0 : 1.0);
    if (n->len == 1 && n->at[0] < (Limb)1 << 53 && n->exp >= -22 &&
        n->exp <= 22) { /* both exact: rounded once */
        double x = (double)n->at[0];
        x = n->exp < 0 ? x / powers[-n->exp] : x * powers[n->exp];
        return n->sign ? -x : x;
    }
    if (n->digits <= ENOUGH_FOR_DOUBLE)
        return read_double(n);
    Num shorter; /* the digits that can matter, and a last one that tells of more */
    int rest;
    num_init(&shorter);
    double x = -1.0;
    if (tai_num_copy(&shorter, n)) {
        int64_t cut = n->digits - ENOUGH_FOR_DOUBLE;
        tai_coef_cut(&shorter, cut, &rest);
        shorter.exp += cut;
        if (rest && shorter.at[0] % 5 == 0)
            shorter.at[0]++;
        x = read_double(&shorter);
    } else {
        PyErr_NoMemory();
    }
    num_free(&shorter);
    return x;
}

/* -- hashing ----------------------------------------------------------------------------------------- */

static inline uint64_t modulo_hash(Wide x) /* modulo 2**61 - 1 */
{
    uint64_t sum = ((uint64_t)x & _PyHASH_MODULUS) + (uint64_t)(x >> _PyHASH_BITS & _PyHASH_MODULUS) +
                   (uint64_t)(x >> (2 * _PyHASH_BITS));
    sum = (sum & _PyHASH_MODULUS) + (sum >> _PyHASH_BITS);
    return sum == _PyHASH_MODULUS ? 0 : sum;
}

static uint64_t modular_power(uint64_t base, uint64_t exponent)
{
    uint64_t result = 1;
    for (; exponent; exponent >>= 1) {
        if (exponent & 1)
            result = modulo_hash((Wide)result * base);
        base = modulo_hash((Wide)base * base);
    }
    return result;
}

Py_hash_t tai_num_hash(const Num *n)
{
    const uint64_t tenth = 2075258708292324556u; /* 10 * tenth == 1 modulo 2**61 - 1 */
    if (n->kind) {
        if (n->kind == SIGNALING) {
            PyErr_SetString(PyExc_TypeError, "Cannot hash a signaling NaN value");
            return -1;
        }
        return n->kind == QUIET ? _PyHASH_NAN : n->sign ? -_PyHASH_INF : _PyHASH_INF;
    }
    uint64_t value = 0;
    for (int64_t i = n->len - 1; i >= 0; i--)
        value = modulo_hash((Wide)value * LIMB_BASE + n->at[i]);
    if (n->exp)
        value = modulo_hash(
            (Wide)value * modular_power(n->exp > 0 ? 10 : tenth, (uint64_t)(n->exp > 0 ? n->exp : -n->exp)));
    Py_hash_t hash = n->sign ? -(Py_hash_t)value : (Py_hash_t)value;
    return hash == -1 ? -2 : hash;
}

/* -- text -------------------------------------------------------------------------------------------- */

/* text as ASCII in out: digits of other scripts and blanks translated, blanks at the ends and underscores
 * gone. -1: cannot be a number. */
static Py_ssize_t plain_text(PyObject *text, char *out, bool strict)
{
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t from = 0, to = PyUnicode_GET_LENGTH(text), n = 0;
    if (!strict) {
        while (from < to && Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, from)))
            from++;
        while (to > from && Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, to - 1)))
            to--;
    }
    for (; from < to; from++) {
        Py_UCS4 c = PyUnicode_READ(kind, data, from);
        if (c == '_' && !strict)
            continue;
        int figure = c < 128 ? -1 : Py_UNICODE_TODECIMAL(c);
        if (c >= 128 && figure < 0)
            return -1;
        out[n++] = figure < 0 ? (char)c : (char)('0' + figure);
    }
    return n;
}

/* Text as a number, any Unicode digits; strict: no blanks or underscores. 1 fine, 0 no number, -1 exception. */
static int num_from_text(Num *n, PyObject *text, bool strict)
{
    bool memory = false;
    if (PyUnicode_READY(text) < 0)
        return -1;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (PyUnicode_IS_ASCII(text) &&
        tai_num_parse(n, (const char *)PyUnicode_1BYTE_DATA(text), length, &memory))
        return 1;
    if (!memory) {
        char local[64], *plain = length < (Py_ssize_t)sizeof local ? local : PyMem_Malloc((size_t)length);
        if (plain == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        length = plain_text(text, plain, strict);
        bool fine = length >= 0 && tai_num_parse(n, plain, length, &memory);
        if (plain != local)
            PyMem_Free(plain);
        if (fine)
            return 1;
    }
    if (!memory)
        return 0;
    PyErr_NoMemory();
    return -1;
}

PyObject *tai_num_to_text(const Num *n, bool engineering, bool capitals)
{
    char local[128];
    int64_t room = tai_num_text_size(n);
    if (room <= (int64_t)sizeof local) {
        int64_t length = tai_num_text(n, local, engineering, capitals);
        PyObject *result = PyUnicode_New(length, 127);
        if (result)
            memcpy(PyUnicode_1BYTE_DATA(result), local, (size_t)length);
        return result;
    }
    char *text = PyMem_Malloc((size_t)room);
    if (text == NULL)
        return PyErr_NoMemory();
    PyObject *result = PyUnicode_DecodeASCII(text, tai_num_text(n, text, engineering, capitals), NULL);
    PyMem_Free(text);
    return result;
}

/* -- tuples ------------------------------------------------------------------------------------------ */

static int complain(const char *message)
{
    PyErr_SetString(PyExc_ValueError, message);
    return -1;
}

static int digits_of(Num *n, PyObject *digits)
{
    if (!PyTuple_Check(digits) && !PyList_Check(digits))
        return complain("coefficient must be a tuple of digits");
    PyObject *items = PySequence_Tuple(digits);
    if (items == NULL)
        return -1;
    Py_ssize_t count = PyTuple_GET_SIZE(items);
    int result = -1;
    char *text = PyMem_Malloc((size_t)count + 1);
    if (text == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PyTuple_GET_ITEM(items, i);
        int overflow;
        long figure = PyLong_Check(item) ? PyLong_AsLongAndOverflow(item, &overflow) : -1;
        if (figure < 0 || figure > 9) {
            complain("coefficient must be a tuple of digits");
            goto done;
        }
        text[i] = (char)('0' + figure);
    }
    if (tai_coef_parse(n, text, count))
        result = 0;
    else
        PyErr_NoMemory();
done:
    PyMem_Free(text);
    Py_DECREF(items);
    return result;
}

/* (sign, digits, exponent); 0 / -1 */
static int num_from_parts(Num *n, PyObject *parts)
{
    if (PySequence_Size(parts) != 3)
        return complain("argument must be a sequence of length 3");
    PyObject *items = PySequence_Tuple(parts);
    if (items == NULL)
        return -1;
    int result = -1, overflow = 0;
    PyObject *first = PyTuple_GET_ITEM(items, 0), *exp = PyTuple_GET_ITEM(items, 2);
    long sign = PyLong_Check(first) ? PyLong_AsLongAndOverflow(first, &overflow) : -1;
    Kind kind = FINITE;
    Py_ssize_t exponent = 0;
    if (sign != 0 && sign != 1) {
        complain("sign must be an integer with the value 0 or 1");
        goto done;
    }
    if (PyUnicode_Check(exp)) {
        kind = _PyUnicode_EqualToASCIIString(exp, "F")   ? INFINITE
               : _PyUnicode_EqualToASCIIString(exp, "n") ? QUIET
                                                         : SIGNALING;
        if (kind == SIGNALING && !_PyUnicode_EqualToASCIIString(exp, "N")) {
            complain("string argument in the third position must be 'F', 'n' or 'N'");
            goto done;
        }
    } else if (!PyLong_Check(exp)) {
        complain("exponent must be an integer");
        goto done;
    } else {
        exponent = PyLong_AsSsize_t(exp);
        if (exponent == -1 && PyErr_Occurred())
            goto done;
    }
    if (digits_of(n, PyTuple_GET_ITEM(items, 1)) < 0)
        goto done;
    if (kind == INFINITE)
        num_set_limb(n, 0);
    n->kind = (uint8_t)kind;
    n->sign = (uint8_t)sign;
    n->exp = exponent > 4 * MOST_EMAX ? 4 * MOST_EMAX : exponent < -4 * MOST_EMAX ? -4 * MOST_EMAX : exponent;
    result = 0;
done:
    Py_DECREF(items);
    return result;
}

PyObject *tai_num_to_parts(const Num *n)
{
    bool none = n->kind & ANY_NAN && coef_is_zero(n);
    PyObject *digits = PyTuple_New(none ? 0 : n->digits);
    if (digits == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(digits); i++)
        PyTuple_SET_ITEM(digits, i, PyLong_FromLong(coef_digit(n, n->digits - 1 - i)));
    const char *kind = n->kind == INFINITE ? "F" : n->kind == QUIET ? "n" : n->kind == SIGNALING ? "N" : NULL;
    if (kind)
        return PyObject_CallFunction(tai_decimal_tuple, "iNs", (int)n->sign, digits, kind);
    return PyObject_CallFunction(tai_decimal_tuple, "iNn", (int)n->sign, digits, (Py_ssize_t)n->exp);
}

/* -- any value --------------------------------------------------------------------------------------- */

/* A value that is no Decimal; conditions so far in *st. 0 / -1. */
static int read_value(Num *n, PyObject *value, ContextObject *ctx, bool rounded, Status *st)
{
    *st = 0;
    if (PyUnicode_Check(value)) {
        int result = num_from_text(n, value, rounded);
        if (result == 0)
            *st = tai_num_invalid(n, ST_SYNTAX);
        return result < 0 ? -1 : 0;
    }
    bool fine;
    if (PyLong_Check(value)) {
        fine = tai_num_from_int(n, value);
    } else if (PyTuple_Check(value) || PyList_Check(value)) {
        return num_from_parts(n, value);
    } else if (PyFloat_Check(value)) {
        if (tai_decimal_signal(ctx, ST_FLOAT) < 0)
            return -1;
        fine = tai_num_from_double(n, PyFloat_AS_DOUBLE(value));
    } else {
        PyErr_Format(PyExc_TypeError, "conversion from %s to Decimal is not supported",
                     Py_TYPE(value)->tp_name);
        return -1;
    }
    if (!fine)
        PyErr_NoMemory();
    return fine ? 0 : -1;
}

/* What does not fit exactly is invalid. */
static Status fit_exactly(Num *n)
{
    if (n->kind)
        return 0;
    Status st = num_fit(n, &tai_exact_limits);
    return st & (ST_OVERFLOW | ST_INEXACT | ST_ROUNDED | ST_CLAMPED | ST_MEMORY)
               ? tai_num_invalid(n, st & ST_MEMORY ? st : ST_INVALID)
               : 0;
}

PyObject *tai_decimal_from_value(PyTypeObject *type, PyObject *value, ContextObject *ctx, bool rounded)
{
    Status st = 0;
    if (IS_DECIMAL(value) && !rounded && type == &TaiDecimal_Type && Py_TYPE(value) == type) {
        Py_INCREF(value);
        return value;
    }
    DecimalObject *self =
        (DecimalObject *)(type == &TaiDecimal_Type ? (PyObject *)tai_decimal_new() : tai_decimal_alloc(type));
    if (self == NULL)
        return NULL;
    Num *n = &self->n;
    if (IS_DECIMAL(value)) {
        if (!tai_num_copy(n, NUM(value)))
            st = ST_MEMORY;
    } else if (read_value(n, value, ctx, rounded, &st) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    if (!rounded)
        st |= fit_exactly(n);
    else if (n->kind & ANY_NAN && !coef_is_zero(n) && n->digits > ctx->c.prec - ctx->c.clamp)
        st |= tai_num_invalid(n, ST_SYNTAX);
    else
        st |= tai_num_fit_any(n, &ctx->c);
    return tai_decimal_done(self, ctx, st);
}

int tai_operand_want(Operand *x, PyObject *o)
{
    int result = operand_get(x, o);
    if (result == 0)
        PyErr_Format(PyExc_TypeError, "conversion from %s to Decimal is not supported", Py_TYPE(o)->tp_name);
    return result > 0 ? 0 : -1;
}
