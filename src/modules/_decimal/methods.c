/* SPDX-License-Identifier: MIT */
/* _decimal/methods: the methods of Decimal and Context. Most are made from operations.def; the others stand
 * here one by one. */
#include "modules/_decimal/objects.h"

/* -- arguments --------------------------------------------------------------------------------------- */

static int too_many(const char *how, int total, Py_ssize_t given)
{
    PyErr_Format(PyExc_TypeError, "function takes %s %d argument%s (%zd given)", how, total,
                 total == 1 ? "" : "s", given);
    return -1;
}

/* 1, 0 no such name, -1 with TypeError. */
static int place_named(PyObject *name, PyObject *value, const char *const *wanted, int total,
                       Py_ssize_t count, PyObject **out)
{
    for (int k = 0; k < total; k++) {
        if (!_PyUnicode_EqualToASCIIString(name, wanted[k]))
            continue;
        if (k < count) {
            PyErr_Format(PyExc_TypeError, "argument for function given by name ('%s') and position (%d)",
                         wanted[k], k + 1);
            return -1;
        }
        out[k] = value;
        return 1;
    }
    return 0;
}

int tai_decimal_arguments(PyObject *const *args, Py_ssize_t count, PyObject *names, const char *const *wanted,
                          int required, int total, PyObject **out)
{
    Py_ssize_t named = names ? PyTuple_GET_SIZE(names) : 0;
    if (count + named > total)
        return too_many(required == total ? "exactly" : "at most", total, count + named);
    for (int k = 0; k < total; k++)
        out[k] = k < count ? args[k] : NULL;
    Py_ssize_t unknown = -1;
    for (Py_ssize_t i = 0; i < named; i++) {
        int placed = place_named(PyTuple_GET_ITEM(names, i), args[count + i], wanted, total, count, out);
        if (placed < 0)
            return -1;
        if (placed == 0)
            unknown = i;
    }
    for (int k = 0; k < required; k++) {
        if (out[k] == NULL) {
            PyErr_Format(PyExc_TypeError, "function missing required argument '%s' (pos %d)", wanted[k],
                         k + 1);
            return -1;
        }
    }
    if (unknown >= 0) {
        PyErr_Format(PyExc_TypeError, "'%U' is an invalid keyword argument for this function",
                     PyTuple_GET_ITEM(names, unknown));
        return -1;
    }
    return 0;
}

/* So many by position: 0, or -1 with TypeError. */
static int positional(Py_ssize_t count, Py_ssize_t wanted)
{
    return count == wanted ? 0 : too_many("exactly", (int)wanted, count);
}

/* -- the shapes of operations ------------------------------------------------------------------------ */

static PyObject *apply_unary(const Num *a, ContextObject *ctx, Unary operation)
{
    DecimalObject *r = tai_decimal_new();
    return r ? tai_decimal_done(r, ctx, operation(&r->n, a, &ctx->c)) : NULL;
}

static PyObject *apply_binary(const Num *a, const Num *b, ContextObject *ctx, Binary operation)
{
    DecimalObject *r = tai_decimal_new();
    return r ? tai_decimal_done(r, ctx, operation(&r->n, a, b, &ctx->c)) : NULL;
}

/* The context given to a method without other arguments. */
static ContextObject *only_context(PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    static const char *const wanted[] = {"context"};
    PyObject *given = NULL;
    if (count + (names != NULL) && tai_decimal_arguments(args, count, names, wanted, 0, 1, &given) < 0)
        return NULL;
    return tai_decimal_context_of(given);
}

static PyObject *method_unary(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *names,
                              Unary operation)
{
    ContextObject *ctx = only_context(args, count, names);
    return ctx ? apply_unary(NUM(self), ctx, operation) : NULL;
}

/* The operand and the context given to a method; NULL with an exception. */
static ContextObject *operand_and_context(PyObject *const *args, Py_ssize_t count, PyObject *names,
                                          Operand *b)
{
    static const char *const wanted[] = {"other", "context"};
    PyObject *given[2] = {NULL, NULL};
    if (count == 1 && names == NULL)
        given[0] = args[0];
    else if (tai_decimal_arguments(args, count, names, wanted, 1, 2, given) < 0)
        return NULL;
    ContextObject *ctx = tai_decimal_context_of(given[1]);
    return ctx && tai_operand_want(b, given[0]) == 0 ? ctx : NULL;
}

static PyObject *method_binary(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *names,
                               Binary operation)
{
    Operand b;
    ContextObject *ctx = operand_and_context(args, count, names, &b);
    if (ctx == NULL)
        return NULL;
    PyObject *result = apply_binary(NUM(self), b.n, ctx, operation);
    operand_drop(&b);
    return result;
}

static PyObject *context_unary(PyObject *ctx, PyObject *x, Unary operation)
{
    Operand a;
    if (tai_operand_want(&a, x) < 0)
        return NULL;
    PyObject *result = apply_unary(a.n, (ContextObject *)ctx, operation);
    operand_drop(&a);
    return result;
}

/* Two operands by position: 0 / -1. */
static int operand_pair(PyObject *const *args, Py_ssize_t count, Operand *a, Operand *b)
{
    if (positional(count, 2) < 0 || tai_operand_want(a, args[0]) < 0)
        return -1;
    if (tai_operand_want(b, args[1]) == 0)
        return 0;
    operand_drop(a);
    return -1;
}

static PyObject *context_binary(PyObject *ctx, PyObject *const *args, Py_ssize_t count, Binary operation)
{
    Operand a, b;
    if (operand_pair(args, count, &a, &b) < 0)
        return NULL;
    PyObject *result = apply_binary(a.n, b.n, (ContextObject *)ctx, operation);
    operand_drop(&a);
    operand_drop(&b);
    return result;
}

/* -- methods from the table -------------------------------------------------------------------------- */

static Status tai_num_apply(Num *r, const Num *a, const Limits *c)
{
    return tai_num_copy(r, a) ? tai_num_fit_any(r, c) : tai_num_invalid(r, ST_MEMORY);
}

#define UNARY(name, function, doc)                                                                           \
    static PyObject *decimal_##name(PyObject *self, PyObject *const *args, Py_ssize_t count,                 \
                                    PyObject *names)                                                         \
    {                                                                                                        \
        return method_unary(self, args, count, names, function);                                             \
    }                                                                                                        \
    static PyObject *context_##name(PyObject *self, PyObject *x)                                             \
    {                                                                                                        \
        return context_unary(self, x, function);                                                             \
    }
#define BINARY(name, function, doc)                                                                          \
    static PyObject *decimal_##name(PyObject *self, PyObject *const *args, Py_ssize_t count,                 \
                                    PyObject *names)                                                         \
    {                                                                                                        \
        return method_binary(self, args, count, names, function);                                            \
    }                                                                                                        \
    static PyObject *context_##name(PyObject *self, PyObject *const *args, Py_ssize_t count)                 \
    {                                                                                                        \
        return context_binary(self, args, count, function);                                                  \
    }
#define CONTEXT_UNARY(name, function, doc)                                                                   \
    static PyObject *context_##name(PyObject *self, PyObject *x)                                             \
    {                                                                                                        \
        return context_unary(self, x, function);                                                             \
    }
#define CONTEXT_BINARY(name, function, doc)                                                                  \
    static PyObject *context_##name(PyObject *self, PyObject *const *args, Py_ssize_t count)                 \
    {                                                                                                        \
        return context_binary(self, args, count, function);                                                  \
    }
#define QUESTION(name, expression, doc)                                                                      \
    static bool question_##name(const Num *n)                                                                \
    {                                                                                                        \
        return (expression) != 0;                                                                            \
    }                                                                                                        \
    static PyObject *decimal_##name(PyObject *self, PyObject *Py_UNUSED(unused))                             \
    {                                                                                                        \
        return PyBool_FromLong(question_##name(NUM(self)));                                                  \
    }                                                                                                        \
    static PyObject *context_##name(PyObject *Py_UNUSED(self), PyObject *x)                                  \
    {                                                                                                        \
        Operand a;                                                                                           \
        if (tai_operand_want(&a, x) < 0)                                                                     \
            return NULL;                                                                                     \
        bool answer = question_##name(a.n);                                                                  \
        operand_drop(&a);                                                                                    \
        return PyBool_FromLong(answer);                                                                      \
    }
#include "modules/_decimal/operations.def"

/* -- methods of Decimal ------------------------------------------------------------------------------ */

static PyObject *itself(PyObject *self, PyObject *Py_UNUSED(unused))
{
    Py_INCREF(self);
    return self;
}

static PyObject *ten(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(unused))
{
    DecimalObject *r = tai_decimal_new();
    if (r)
        num_set_limb(&r->n, 10);
    return (PyObject *)r;
}

static PyObject *yes(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(unused))
{
    Py_RETURN_TRUE;
}
static PyObject *decimal_adjusted(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyLong_FromSsize_t(NUM(self)->kind ? 0 : num_adjusted(NUM(self)));
}
static PyObject *decimal_as_tuple(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return tai_num_to_parts(NUM(self));
}
static PyObject *decimal_as_integer_ratio(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return tai_num_to_ratio(NUM(self));
}
static PyObject *decimal_copy_abs(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return tai_decimal_copy(NUM(self), 0);
}
static PyObject *decimal_copy_negate(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return tai_decimal_copy(NUM(self), !NUM(self)->sign);
}

static PyObject *decimal_is_normal(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    ContextObject *ctx = only_context(args, count, names);
    return ctx ? PyBool_FromLong(tai_num_is_normal(NUM(self), &ctx->c)) : NULL;
}

static PyObject *decimal_is_subnormal(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                      PyObject *names)
{
    ContextObject *ctx = only_context(args, count, names);
    return ctx ? PyBool_FromLong(tai_num_is_subnormal(NUM(self), &ctx->c)) : NULL;
}

static PyObject *decimal_number_class(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                      PyObject *names)
{
    ContextObject *ctx = only_context(args, count, names);
    return ctx ? PyUnicode_FromString(tai_num_class(NUM(self), &ctx->c)) : NULL;
}

static PyObject *decimal_to_eng_string(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                       PyObject *names)
{
    ContextObject *ctx = only_context(args, count, names);
    return ctx ? tai_num_to_text(NUM(self), true, ctx->c.capitals) : NULL;
}

static bool same_quantum(const Num *a, const Num *b)
{
    if (a->kind | b->kind)
        return (a->kind == INFINITE && b->kind == INFINITE) || (a->kind & ANY_NAN && b->kind & ANY_NAN);
    return a->exp == b->exp;
}

static PyObject *decimal_same_quantum(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                      PyObject *names)
{
    Operand b;
    if (operand_and_context(args, count, names, &b) == NULL)
        return NULL;
    bool same = same_quantum(NUM(self), b.n);
    operand_drop(&b);
    return PyBool_FromLong(same);
}

static PyObject *decimal_fma(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    static const char *const wanted[] = {"other", "third", "context"};
    PyObject *given[3], *result = NULL;
    Operand b, c;
    if (tai_decimal_arguments(args, count, names, wanted, 2, 3, given) < 0)
        return NULL;
    ContextObject *ctx = tai_decimal_context_of(given[2]);
    if (ctx == NULL || tai_operand_want(&b, given[0]) < 0)
        return NULL;
    if (tai_operand_want(&c, given[1]) == 0) {
        DecimalObject *r = tai_decimal_new();
        if (r)
            result = tai_decimal_done(r, ctx, tai_num_fma(&r->n, NUM(self), b.n, c.n, &ctx->c));
        operand_drop(&c);
    }
    operand_drop(&b);
    return result;
}

/* The limits of a context with the rounding that was asked for. 0 / -1 */
static int with_rounding(Limits *limits, const ContextObject *ctx, PyObject *rounding)
{
    *limits = ctx->c;
    if (rounding == NULL || rounding == Py_None)
        return 0;
    int r = tai_decimal_rounding(rounding);
    if (r < 0)
        return -1;
    limits->rounding = (uint8_t)r;
    return 0;
}

static PyObject *decimal_quantize(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    static const char *const wanted[] = {"exp", "rounding", "context"};
    PyObject *given[3] = {NULL, NULL, NULL}, *result = NULL;
    Operand b;
    Limits limits;
    if (count == 1 && names == NULL)
        given[0] = args[0];
    else if (tai_decimal_arguments(args, count, names, wanted, 1, 3, given) < 0)
        return NULL;
    ContextObject *ctx = tai_decimal_context_of(given[2]);
    if (ctx == NULL || with_rounding(&limits, ctx, given[1]) < 0 || tai_operand_want(&b, given[0]) < 0)
        return NULL;
    DecimalObject *r = tai_decimal_new();
    if (r)
        result = tai_decimal_done(r, ctx, tai_num_quantize(&r->n, NUM(self), b.n, &limits));
    operand_drop(&b);
    return result;
}

static PyObject *method_integral(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *names,
                                 Unary operation)
{
    static const char *const wanted[] = {"rounding", "context"};
    PyObject *given[2];
    Limits limits;
    if (tai_decimal_arguments(args, count, names, wanted, 0, 2, given) < 0)
        return NULL;
    ContextObject *ctx = tai_decimal_context_of(given[1]);
    if (ctx == NULL || with_rounding(&limits, ctx, given[0]) < 0)
        return NULL;
    DecimalObject *r = tai_decimal_new();
    return r ? tai_decimal_done(r, ctx, operation(&r->n, NUM(self), &limits)) : NULL;
}

static PyObject *decimal_to_integral(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    return method_integral(self, args, count, names, tai_num_to_integral);
}

static PyObject *decimal_to_integral_exact(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                           PyObject *names)
{
    return method_integral(self, args, count, names, tai_num_to_integral_exact);
}

static PyObject *decimal_from_float(PyObject *type, PyObject *f)
{
    if (!PyLong_Check(f) && !PyFloat_Check(f)) {
        PyErr_SetString(PyExc_TypeError, "argument must be int or float");
        return NULL;
    }
    DecimalObject *r = tai_decimal_new();
    if (r == NULL)
        return NULL;
    if (!(PyLong_Check(f) ? tai_num_from_int(&r->n, f) : tai_num_from_double(&r->n, PyFloat_AS_DOUBLE(f)))) {
        Py_DECREF(r);
        return PyErr_NoMemory();
    }
    if (type == (PyObject *)&TaiDecimal_Type)
        return (PyObject *)r;
    PyObject *result = PyObject_CallFunctionObjArgs(type, r, NULL);
    Py_DECREF(r);
    return result;
}

/* -- protocols of Decimal ---------------------------------------------------------------------------- */

static PyObject *rounded_integer(PyObject *self, Rounding rounding)
{
    Limits limits = tai_exact_limits;
    limits.rounding = (uint8_t)rounding;
    const Num *n = NUM(self);
    if (n->kind || n->exp >= 0)
        return tai_num_to_int(n);
    Num whole;
    num_init(&whole);
    PyObject *result =
        tai_num_to_integral(&whole, n, &limits) & ST_MEMORY ? PyErr_NoMemory() : tai_num_to_int(&whole);
    num_free(&whole);
    return result;
}

static PyObject *decimal_floor(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return rounded_integer(self, ROUND_FLOOR);
}
static PyObject *decimal_ceil(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return rounded_integer(self, ROUND_CEILING);
}
static PyObject *decimal_trunc(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return tai_num_to_int(NUM(self));
}

static PyObject *decimal_round(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    if (count > 1) {
        too_many("at most", 1, count);
        return NULL;
    }
    if (count == 0)
        return rounded_integer(self, ROUND_HALF_EVEN);
    if (!PyLong_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "optional arg must be an integer");
        return NULL;
    }
    Py_ssize_t places = PyLong_AsSsize_t(args[0]);
    if (places == -1 && PyErr_Occurred())
        return NULL;
    Num unit;
    num_init(&unit);
    num_set_limb(&unit, 1);
    unit.exp = places == PY_SSIZE_T_MIN ? PY_SSIZE_T_MAX : -places;
    ContextObject *ctx = tai_decimal_current();
    return ctx ? apply_binary(NUM(self), &unit, ctx, tai_num_quantize) : NULL;
}

static PyObject *decimal_complex(PyObject *self, PyObject *Py_UNUSED(unused))
{
    double x = tai_num_to_double(NUM(self));
    return x == -1.0 && PyErr_Occurred() ? NULL : PyComplex_FromDoubles(x, 0.0);
}

static PyObject *decimal_reduce(PyObject *self, PyObject *Py_UNUSED(unused))
{
    PyObject *text = PyObject_Str(self);
    return text ? Py_BuildValue("O(N)", Py_TYPE(self), text) : NULL;
}

static PyObject *decimal_sizeof(PyObject *self, PyObject *Py_UNUSED(unused))
{
    const Num *n = NUM(self);
    Py_ssize_t size = Py_TYPE(self)->tp_basicsize;
    return PyLong_FromSsize_t(n->at == n->local ? size : size + n->room * (Py_ssize_t)sizeof(Limb));
}

#define FAST_NAMES   (METH_FASTCALL | METH_KEYWORDS)
#define WITH_CONTEXT "($self, /, context=None)\n--\n\n"
#define WITH_OTHER   "($self, /, other, context=None)\n--\n\n"
#define ALONE        "($self, /)\n--\n\n"

PyMethodDef tai_decimal_methods[] = {
#define UNARY(name, function, doc)                                                                           \
    {#name, (PyCFunction)(void (*)(void))decimal_##name, FAST_NAMES, #name WITH_CONTEXT doc},
#define BINARY(name, function, doc)                                                                          \
    {#name, (PyCFunction)(void (*)(void))decimal_##name, FAST_NAMES, #name WITH_OTHER doc},
#define QUESTION(name, expression, doc) {#name, decimal_##name, METH_NOARGS, #name ALONE doc},
#include "modules/_decimal/operations.def"
    {"adjusted", decimal_adjusted, METH_NOARGS,
     "adjusted" ALONE "The exponent of the first digit; 0 for infinities and NaNs."},
    {"as_tuple", decimal_as_tuple, METH_NOARGS,
     "as_tuple" ALONE "The number as DecimalTuple(sign, digits, exponent)."},
    {"as_integer_ratio", decimal_as_integer_ratio, METH_NOARGS,
     "as_integer_ratio" ALONE
     "The number as a pair of integers in lowest terms, the denominator positive.\n\n"
     "OverflowError for infinities, ValueError for NaNs."},
    {"canonical", itself, METH_NOARGS,
     "canonical" ALONE "The number itself: every encoding here is canonical."},
    {"conjugate", itself, METH_NOARGS, "conjugate" ALONE "The number itself."},
    {"radix", ten, METH_NOARGS, "radix" ALONE "Decimal(10), the base of decimal arithmetic."},
    {"is_canonical", yes, METH_NOARGS, "is_canonical" ALONE "True."},
    {"copy_abs", decimal_copy_abs, METH_NOARGS,
     "copy_abs" ALONE "The number without its sign, neither rounded nor signaled."},
    {"copy_negate", decimal_copy_negate, METH_NOARGS,
     "copy_negate" ALONE "The number with the other sign, neither rounded nor signaled."},
    {"is_normal", (PyCFunction)(void (*)(void))decimal_is_normal, FAST_NAMES,
     "is_normal" WITH_CONTEXT "Whether it is finite, not zero and not subnormal."},
    {"is_subnormal", (PyCFunction)(void (*)(void))decimal_is_subnormal, FAST_NAMES,
     "is_subnormal" WITH_CONTEXT "Whether it is not zero and below the least normal number of the context."},
    {"number_class", (PyCFunction)(void (*)(void))decimal_number_class, FAST_NAMES,
     "number_class" WITH_CONTEXT "What kind of number it is: text such as '+Normal', '-Subnormal', '+Zero', "
     "'-Infinity', 'NaN' or 'sNaN'."},
    {"to_eng_string", (PyCFunction)(void (*)(void))decimal_to_eng_string, FAST_NAMES,
     "to_eng_string" WITH_CONTEXT "Text with an exponent that is a multiple of three."},
    {"same_quantum", (PyCFunction)(void (*)(void))decimal_same_quantum, FAST_NAMES,
     "same_quantum" WITH_OTHER
     "Whether both have the same exponent, or both are infinite, or both are NaNs."},
    {"fma", (PyCFunction)(void (*)(void))decimal_fma, FAST_NAMES,
     "fma($self, /, other, third, context=None)\n--\n\nself * other + third, rounded once."},
    {"quantize", (PyCFunction)(void (*)(void))decimal_quantize, FAST_NAMES,
     "quantize($self, /, exp, rounding=None, context=None)\n--\n\nThe number rounded to the exponent of exp, "
     "by a rounding's name or the context's.\n\n"
     "InvalidOperation is signaled if that takes more digits than the precision."},
    {"to_integral", (PyCFunction)(void (*)(void))decimal_to_integral, FAST_NAMES,
     "to_integral($self, /, rounding=None, context=None)\n--\n\nThe number rounded to an integer, without "
     "signals."},
    {"to_integral_value", (PyCFunction)(void (*)(void))decimal_to_integral, FAST_NAMES,
     "to_integral_value($self, /, rounding=None, context=None)\n--\n\nThe number rounded to an integer, "
     "without signals."},
    {"to_integral_exact", (PyCFunction)(void (*)(void))decimal_to_integral_exact, FAST_NAMES,
     "to_integral_exact($self, /, rounding=None, context=None)\n--\n\nThe number rounded to an integer; "
     "Inexact and Rounded are signaled."},
    {"from_float", decimal_from_float, METH_O | METH_CLASS,
     "from_float($type, f, /)\n--\n\nThe exact value of a float (or int).\n\n"
     ">>> Decimal.from_float(0.625)\nDecimal('0.625')\n"
     ">>> Decimal.from_float(0.7)\nDecimal('0.6999999999999999555910790149937383830547332763671875')\n"
     ">>> Decimal.from_float(-12)\nDecimal('-12')\n"
     ">>> Decimal.from_float(float('-inf'))\nDecimal('-Infinity')\n"},
    {"__copy__", itself, METH_NOARGS, NULL},
    {"__deepcopy__", itself, METH_O, NULL},
    {"__format__", (PyCFunction)(void (*)(void))tai_decimal_format, METH_FASTCALL, NULL},
    {"__reduce__", decimal_reduce, METH_NOARGS, NULL},
    {"__round__", (PyCFunction)(void (*)(void))decimal_round, METH_FASTCALL, NULL},
    {"__ceil__", decimal_ceil, METH_NOARGS, NULL},
    {"__floor__", decimal_floor, METH_NOARGS, NULL},
    {"__trunc__", decimal_trunc, METH_NOARGS, NULL},
    {"__complex__", decimal_complex, METH_NOARGS, NULL},
    {"__sizeof__", decimal_sizeof, METH_NOARGS, NULL},
    {NULL},
};

/* -- methods of Context ------------------------------------------------------------------------------ */

static PyObject *context_divmod(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    Operand a, b;
    if (operand_pair(args, count, &a, &b) < 0)
        return NULL;
    PyObject *result = tai_decimal_divmod(a.n, b.n, (ContextObject *)self);
    operand_drop(&a);
    operand_drop(&b);
    return result;
}

static PyObject *context_same_quantum(PyObject *Py_UNUSED(self), PyObject *const *args, Py_ssize_t count)
{
    Operand a, b;
    if (operand_pair(args, count, &a, &b) < 0)
        return NULL;
    bool same = same_quantum(a.n, b.n);
    operand_drop(&a);
    operand_drop(&b);
    return PyBool_FromLong(same);
}

static PyObject *context_fma(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    Operand a, b, c;
    if (positional(count, 3) < 0 || operand_pair(args, 2, &a, &b) < 0)
        return NULL;
    PyObject *result = NULL;
    if (tai_operand_want(&c, args[2]) == 0) {
        ContextObject *ctx = (ContextObject *)self;
        DecimalObject *r = tai_decimal_new();
        if (r)
            result = tai_decimal_done(r, ctx, tai_num_fma(&r->n, a.n, b.n, c.n, &ctx->c));
        operand_drop(&c);
    }
    operand_drop(&a);
    operand_drop(&b);
    return result;
}

static PyObject *context_power(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    static const char *const wanted[] = {"a", "b", "modulo"};
    PyObject *given[3], *result = NULL;
    Operand a, b, m;
    if (tai_decimal_arguments(args, count, names, wanted, 2, 3, given) < 0 ||
        operand_pair(given, 2, &a, &b) < 0)
        return NULL;
    bool modular = given[2] && given[2] != Py_None;
    if (!modular || tai_operand_want(&m, given[2]) == 0) {
        ContextObject *ctx = (ContextObject *)self;
        DecimalObject *r = tai_decimal_new();
        if (r && modular)
            result = tai_decimal_done(r, ctx, tai_num_power_modulo(&r->n, a.n, b.n, m.n, &ctx->c));
        else if (r)
            result = tai_decimal_done(r, ctx, tai_num_power(&r->n, a.n, b.n, &ctx->c));
        if (modular)
            operand_drop(&m);
    }
    operand_drop(&a);
    operand_drop(&b);
    return result;
}

/* A Decimal argument, not an int. */
static int decimal_only(PyObject *x)
{
    if (IS_DECIMAL(x))
        return 0;
    PyErr_SetString(PyExc_TypeError, "argument must be a Decimal");
    return -1;
}

static PyObject *context_canonical(PyObject *Py_UNUSED(self), PyObject *x)
{
    if (decimal_only(x) < 0)
        return NULL;
    Py_INCREF(x);
    return x;
}

static PyObject *context_is_canonical(PyObject *Py_UNUSED(self), PyObject *x)
{
    return decimal_only(x) < 0 ? NULL : PyBool_FromLong(1);
}

/* An operand as a new Decimal with another sign: 0 as it is, 1 none, 2 the other. */
static PyObject *context_copied(PyObject *x, int how)
{
    Operand a;
    if (tai_operand_want(&a, x) < 0)
        return NULL;
    PyObject *result = tai_decimal_copy(a.n, how == 0 ? a.n->sign : how == 1 ? 0 : !a.n->sign);
    operand_drop(&a);
    return result;
}

static PyObject *context_copy_decimal(PyObject *Py_UNUSED(self), PyObject *x)
{
    if (!IS_DECIMAL(x))
        return context_copied(x, 0);
    Py_INCREF(x);
    return x;
}

static PyObject *context_copy_abs(PyObject *Py_UNUSED(self), PyObject *x)
{
    return context_copied(x, 1);
}
static PyObject *context_copy_negate(PyObject *Py_UNUSED(self), PyObject *x)
{
    return context_copied(x, 2);
}

/* What functions of a number and limits have in common. */
static PyObject *context_asked(PyObject *self, PyObject *x, bool (*question)(const Num *, const Limits *))
{
    Operand a;
    if (tai_operand_want(&a, x) < 0)
        return NULL;
    bool answer = question(a.n, &((ContextObject *)self)->c);
    operand_drop(&a);
    return PyBool_FromLong(answer);
}

static PyObject *context_is_normal(PyObject *self, PyObject *x)
{
    return context_asked(self, x, tai_num_is_normal);
}
static PyObject *context_is_subnormal(PyObject *self, PyObject *x)
{
    return context_asked(self, x, tai_num_is_subnormal);
}

static PyObject *context_number_class(PyObject *self, PyObject *x)
{
    Operand a;
    if (tai_operand_want(&a, x) < 0)
        return NULL;
    const char *name = tai_num_class(a.n, &((ContextObject *)self)->c);
    operand_drop(&a);
    return PyUnicode_FromString(name);
}

static PyObject *context_text(PyObject *self, PyObject *x, bool engineering)
{
    Operand a;
    if (tai_operand_want(&a, x) < 0)
        return NULL;
    PyObject *result = tai_num_to_text(a.n, engineering, ((ContextObject *)self)->c.capitals);
    operand_drop(&a);
    return result;
}

static PyObject *context_to_sci_string(PyObject *self, PyObject *x)
{
    return context_text(self, x, false);
}
static PyObject *context_to_eng_string(PyObject *self, PyObject *x)
{
    return context_text(self, x, true);
}

static PyObject *context_create_decimal(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    if (count > 1) {
        too_many("at most", 1, count);
        return NULL;
    }
    if (count == 1)
        return tai_decimal_from_value(&TaiDecimal_Type, args[0], (ContextObject *)self, true);
    PyObject *zero = PyLong_FromLong(0),
             *result =
                 zero ? tai_decimal_from_value(&TaiDecimal_Type, zero, (ContextObject *)self, true) : NULL;
    Py_XDECREF(zero);
    return result;
}

static PyObject *context_create_decimal_from_float(PyObject *self, PyObject *f)
{
    PyObject *exact = decimal_from_float((PyObject *)&TaiDecimal_Type, f);
    if (exact == NULL)
        return NULL;
    PyObject *result = context_unary(self, exact, tai_num_apply);
    Py_DECREF(exact);
    return result;
}

#define WITH_X   "($self, x, /)\n--\n\n"
#define WITH_X_Y "($self, x, y, /)\n--\n\n"

PyMethodDef tai_context_methods[] = {
#define UNARY(name, function, doc)         {#name, context_##name, METH_O, #name WITH_X doc},
#define CONTEXT_UNARY(name, function, doc) {#name, context_##name, METH_O, #name WITH_X doc},
#define BINARY(name, function, doc)                                                                          \
    {#name, (PyCFunction)(void (*)(void))context_##name, METH_FASTCALL, #name WITH_X_Y doc},
#define CONTEXT_BINARY(name, function, doc)                                                                  \
    {#name, (PyCFunction)(void (*)(void))context_##name, METH_FASTCALL, #name WITH_X_Y doc},
#define QUESTION(name, expression, doc) {#name, context_##name, METH_O, #name WITH_X doc},
#include "modules/_decimal/operations.def"
    {"divmod", (PyCFunction)(void (*)(void))context_divmod, METH_FASTCALL,
     "divmod" WITH_X_Y "Quotient without its fraction, and the remainder."},
    {"same_quantum", (PyCFunction)(void (*)(void))context_same_quantum, METH_FASTCALL,
     "same_quantum" WITH_X_Y "Whether both have the same exponent."},
    {"fma", (PyCFunction)(void (*)(void))context_fma, METH_FASTCALL,
     "fma($self, x, y, z, /)\n--\n\nx * y + z, rounded once."},
    {"power", (PyCFunction)(void (*)(void))context_power, FAST_NAMES,
     "power($self, /, a, b, modulo=None)\n--\n\na to the power b; with modulo, of integers, the remainder of "
     "that."},
    {"canonical", context_canonical, METH_O, "canonical" WITH_X "The Decimal itself."},
    {"is_canonical", context_is_canonical, METH_O, "is_canonical" WITH_X "True for any Decimal."},
    {"copy_decimal", context_copy_decimal, METH_O,
     "copy_decimal" WITH_X "The number as a Decimal, not rounded."},
    {"copy_abs", context_copy_abs, METH_O,
     "copy_abs" WITH_X "The number without its sign, neither rounded nor signaled."},
    {"copy_negate", context_copy_negate, METH_O,
     "copy_negate" WITH_X "The number with the other sign, neither rounded nor signaled."},
    {"is_normal", context_is_normal, METH_O,
     "is_normal" WITH_X "Whether it is finite, not zero and not subnormal."},
    {"is_subnormal", context_is_subnormal, METH_O,
     "is_subnormal" WITH_X "Whether it is not zero and below the least normal number."},
    {"number_class", context_number_class, METH_O,
     "number_class" WITH_X "What kind of number it is, as text."},
    {"to_sci_string", context_to_sci_string, METH_O,
     "to_sci_string" WITH_X "Text in scientific notation, not rounded."},
    {"to_eng_string", context_to_eng_string, METH_O,
     "to_eng_string" WITH_X "Text with an exponent that is a multiple of three, not rounded."},
    {"create_decimal", (PyCFunction)(void (*)(void))context_create_decimal, METH_FASTCALL,
     "create_decimal($self, num=\"0\", /)\n--\n\nA number of any value that Decimal() takes, rounded to the "
     "context. Text may have no blanks or underscores."},
    {"create_decimal_from_float", context_create_decimal_from_float, METH_O,
     "create_decimal_from_float($self, f, /)\n--\n\nThe value of a float, rounded to the context."},
    {"radix", ten, METH_NOARGS, "radix" ALONE "Decimal(10)."},
    {"Etiny", tai_context_etiny, METH_NOARGS,
     "Etiny" ALONE "The least exponent of a subnormal number: Emin - prec + 1."},
    {"Etop", tai_context_etop, METH_NOARGS,
     "Etop" ALONE "The largest exponent of a number with all digits: Emax - prec + 1."},
    {"clear_flags", tai_context_clear_flags, METH_NOARGS, "clear_flags" ALONE "Set all flags to False."},
    {"clear_traps", tai_context_clear_traps, METH_NOARGS, "clear_traps" ALONE "Set all traps to False."},
    {"copy", tai_context_copy, METH_NOARGS, "copy" ALONE "A copy of the context, flags included."},
    {"__copy__", tai_context_copy, METH_NOARGS, NULL},
    {"__reduce__", tai_context_reduce, METH_NOARGS, NULL},
    {NULL},
};
