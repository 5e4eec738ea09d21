/* SPDX-License-Identifier: MIT */
/* _decimal/decimal: the type Decimal: memory, operators, comparison with other numbers, conversion protocols.
 */
#include "modules/_decimal/objects.h"

/* -- memory ------------------------------------------------------------------------------------------ */

enum { FREE_LIST = 64 };
static DecimalObject *free_list[FREE_LIST];
static int free_count;

DecimalObject *tai_decimal_new(void)
{
    DecimalObject *self;
    if (free_count > 0) {
        self = free_list[--free_count];
        _Py_NewReference((PyObject *)self);
    } else {
        self = PyObject_New(DecimalObject, &TaiDecimal_Type);
        if (self == NULL)
            return NULL;
    }
    self->hash = -1;
    num_init(&self->n);
    return self;
}

PyObject *tai_decimal_alloc(PyTypeObject *type)
{
    DecimalObject *self = (DecimalObject *)type->tp_alloc(type, 0);
    if (self) {
        self->hash = -1;
        num_init(&self->n);
    }
    return (PyObject *)self;
}

static void dealloc(PyObject *op)
{
    num_free(NUM(op));
    if (Py_TYPE(op) == &TaiDecimal_Type && free_count < FREE_LIST)
        free_list[free_count++] = (DecimalObject *)op;
    else
        Py_TYPE(op)->tp_free(op);
}

static PyObject *result_or_none(DecimalObject *r, bool fine)
{
    if (fine)
        return (PyObject *)r;
    Py_DECREF(r);
    return PyErr_NoMemory();
}

PyObject *tai_decimal_copy(const Num *n, int sign)
{
    DecimalObject *r = tai_decimal_new();
    if (r == NULL)
        return NULL;
    bool fine = tai_num_copy(&r->n, n);
    r->n.sign = (uint8_t)sign;
    return result_or_none(r, fine);
}

/* -- construction ------------------------------------------------------------------------------------ */

static PyObject *construct(PyTypeObject *type, PyObject *value, PyObject *context)
{
    ContextObject *ctx = NULL;
    if (value != NULL || (context != NULL && context != Py_None)) {
        ctx = tai_decimal_context_of(context);
        if (ctx == NULL)
            return NULL;
    }
    if (value == NULL)
        return type == &TaiDecimal_Type ? (PyObject *)tai_decimal_new() : tai_decimal_alloc(type);
    return tai_decimal_from_value(type, value, ctx, false);
}

static PyObject *new_decimal(PyTypeObject *type, PyObject *args, PyObject *names)
{
    static char *keywords[] = {"value", "context", NULL};
    PyObject *value = NULL, *context = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, names, "|OO", keywords, &value, &context))
        return NULL;
    return construct(type, value, context);
}

static PyObject *vectorcall(PyObject *type, PyObject *const *args, size_t flagged, PyObject *names)
{
    static const char *const wanted[] = {"value", "context"};
    PyObject *given[2] = {NULL, NULL};
    Py_ssize_t count = PyVectorcall_NARGS(flagged);
    if (count == 1 && names == NULL)
        given[0] = args[0];
    else if (tai_decimal_arguments(args, count, names, wanted, 0, 2, given) < 0)
        return NULL;
    return construct((PyTypeObject *)type, given[0], given[1]);
}

/* -- operators --------------------------------------------------------------------------------------- */

static PyObject *unary(PyObject *self, Unary operation)
{
    ContextObject *ctx = tai_decimal_current();
    DecimalObject *r = ctx ? tai_decimal_new() : NULL;
    return r ? tai_decimal_done(r, ctx, operation(&r->n, NUM(self), &ctx->c)) : NULL;
}

static inline PyObject *binary(PyObject *v, PyObject *w, Binary operation)
{
    Operand a, b;
    int fine = operand_get(&a, v);
    if (fine <= 0) {
        if (fine < 0)
            return NULL;
        Py_RETURN_NOTIMPLEMENTED;
    }
    fine = operand_get(&b, w);
    PyObject *result = NULL;
    if (fine > 0) {
        ContextObject *ctx = tai_decimal_current();
        DecimalObject *r = ctx ? tai_decimal_new() : NULL;
        if (r)
            result = tai_decimal_done(r, ctx, operation(&r->n, a.n, b.n, &ctx->c));
        operand_drop(&b);
    } else if (fine == 0) {
        Py_INCREF(Py_NotImplemented);
        result = Py_NotImplemented;
    }
    operand_drop(&a);
    return result;
}

static PyObject *op_add(PyObject *v, PyObject *w)
{
    return binary(v, w, tai_num_add);
}
static PyObject *op_sub(PyObject *v, PyObject *w)
{
    return binary(v, w, tai_num_sub);
}
static PyObject *op_mul(PyObject *v, PyObject *w)
{
    return binary(v, w, tai_num_mul);
}
static PyObject *op_div(PyObject *v, PyObject *w)
{
    return binary(v, w, tai_num_div);
}
static PyObject *op_floordiv(PyObject *v, PyObject *w)
{
    return binary(v, w, tai_num_divint);
}
static PyObject *op_rem(PyObject *v, PyObject *w)
{
    return binary(v, w, tai_num_rem);
}
static PyObject *op_neg(PyObject *v)
{
    return unary(v, tai_num_minus);
}
static PyObject *op_pos(PyObject *v)
{
    return unary(v, tai_num_plus);
}
static PyObject *op_abs(PyObject *v)
{
    return unary(v, tai_num_abs);
}

/* Quotient and remainder as a pair. */
PyObject *tai_decimal_divmod(const Num *a, const Num *b, ContextObject *ctx)
{
    DecimalObject *q = tai_decimal_new(), *r = tai_decimal_new();
    PyObject *result = NULL;
    if (q && r && tai_decimal_signal(ctx, tai_num_divmod(&q->n, &r->n, a, b, &ctx->c)) == 0)
        result = PyTuple_Pack(2, q, r);
    Py_XDECREF(q);
    Py_XDECREF(r);
    return result;
}

static PyObject *op_divmod(PyObject *v, PyObject *w)
{
    Operand a, b;
    int fine = operand_get(&a, v);
    PyObject *result = NULL;
    if (fine > 0) {
        fine = operand_get(&b, w);
        if (fine > 0) {
            ContextObject *ctx = tai_decimal_current();
            if (ctx)
                result = tai_decimal_divmod(a.n, b.n, ctx);
            operand_drop(&b);
        }
        operand_drop(&a);
    }
    if (fine)
        return result;
    Py_RETURN_NOTIMPLEMENTED;
}

static Status power(Num *r, const Num *a, const Num *b, const Num *modulo, const Limits *c)
{
    return modulo ? tai_num_power_modulo(r, a, b, modulo, c) : tai_num_power(r, a, b, c);
}

static PyObject *decimal_power(PyObject *base, PyObject *exponent, PyObject *modulo)
{
    PyObject *given[3] = {base, exponent, modulo}, *result = NULL;
    Operand operands[3];
    int count = 0, wanted = modulo == Py_None ? 2 : 3, fine = 1;
    while (count < wanted && (fine = operand_get(&operands[count], given[count])) > 0)
        count++;
    if (count == wanted) {
        ContextObject *ctx = tai_decimal_current();
        DecimalObject *r = ctx ? tai_decimal_new() : NULL;
        if (r)
            result = tai_decimal_done(
                r, ctx,
                power(&r->n, operands[0].n, operands[1].n, wanted == 3 ? operands[2].n : NULL, &ctx->c));
    } else if (fine == 0) {
        Py_INCREF(Py_NotImplemented);
        result = Py_NotImplemented;
    }
    while (count > 0)
        operand_drop(&operands[--count]);
    return result;
}

static int op_bool(PyObject *self)
{
    return !num_is_zero(NUM(self));
}
static PyObject *op_int(PyObject *self)
{
    return tai_num_to_int(NUM(self));
}

static PyObject *op_float(PyObject *self)
{
    double x = tai_num_to_double(NUM(self));
    return x == -1.0 && PyErr_Occurred() ? NULL : PyFloat_FromDouble(x);
}

/* -- comparison -------------------------------------------------------------------------------------- */

/* A float as an operand of a comparison: an equality only notes that it happened. */
static int compare_double(Operand *x, double value, ContextObject *ctx, bool equality)
{
    if (equality)
        ctx->flags->bits |= ST_FLOAT;
    else if (tai_decimal_signal(ctx, ST_FLOAT) < 0)
        return -1;
    num_init(&x->made);
    x->n = &x->made;
    if (tai_num_from_double(&x->made, value))
        return 1;
    PyErr_NoMemory();
    return -1;
}

/* The numerator in b, in a the number times the denominator. */
static int compare_rational(Operand *a, Operand *b, PyObject *ratio)
{
    PyObject *numerator = PyObject_GetAttrString(ratio, "numerator"),
             *denominator = PyObject_GetAttrString(ratio, "denominator");
    int fine = -1;
    Operand factor;
    if (numerator == NULL || denominator == NULL)
        goto done;
    if (!PyLong_Check(numerator) || !PyLong_Check(denominator)) {
        PyErr_SetString(PyExc_TypeError, "numerator and denominator must be integers");
        goto done;
    }
    if (operand_get(b, numerator) < 0)
        goto done;
    fine = 1;
    if (a->n->kind == FINITE) {
        fine = operand_get(&factor, denominator);
        if (fine > 0) {
            const Num *n = a->n;
            num_init(&a->made);
            a->made.sign = n->sign;
            a->made.exp = n->exp;
            a->n = &a->made;
            if (!tai_coef_multiply(&a->made, n, factor.n)) {
                PyErr_NoMemory();
                fine = -1;
            }
            operand_drop(&factor);
        }
    }
    if (fine < 0)
        operand_drop(b);
done:
    Py_XDECREF(numerator);
    Py_XDECREF(denominator);
    return fine;
}

/* Make operands of a Decimal (already in a) and anything: 1, 0 not comparable, -1. Runs code for other
 * numbers. */
static int comparable(Operand *a, Operand *b, PyObject *other, int op, ContextObject *ctx)
{
    bool equality = op == Py_EQ || op == Py_NE;
    int fine = operand_get(b, other);
    if (fine)
        return fine;
    if (PyFloat_Check(other))
        return compare_double(b, PyFloat_AS_DOUBLE(other), ctx, equality);
    if (PyComplex_Check(other) && equality) {
        Py_complex z = PyComplex_AsCComplex(other);
        if (z.real == -1.0 && PyErr_Occurred())
            return -1;
        return z.imag == 0.0 ? compare_double(b, z.real, ctx, true) : 0;
    }
    fine = PyObject_IsInstance(other, tai_decimal_rational);
    return fine > 0 ? compare_rational(a, b, other) : fine;
}

static bool order_holds(int order, int op)
{
    switch (op) {
    case Py_EQ: return order == 0;
    case Py_NE: return order != 0;
    case Py_LT: return order < 0;
    case Py_LE: return order <= 0;
    case Py_GT: return order > 0;
    default: return order >= 0;
    }
}

static PyObject *compare(PyObject *self, PyObject *other, int op)
{
    ContextObject *ctx = NULL;
    Operand a, b;
    a.n = NUM(self);
    if (IS_DECIMAL(other)) {
        b.n = NUM(other);
    } else {
        ctx = tai_decimal_current();
        int fine = ctx ? comparable(&a, &b, other, op, ctx) : -1;
        if (fine < 0)
            return NULL;
        if (fine == 0)
            Py_RETURN_NOTIMPLEMENTED;
    }
    PyObject *result;
    int kinds = a.n->kind | b.n->kind;
    if (kinds & ANY_NAN) {
        bool bad = kinds & SIGNALING || (op != Py_EQ && op != Py_NE);
        ctx = tai_decimal_current();
        result = op == Py_NE ? Py_True : Py_False;
        if (ctx == NULL || (bad && tai_decimal_signal(ctx, ST_INVALID) < 0))
            result = NULL;
    } else {
        result = order_holds(tai_num_order(a.n, b.n), op) ? Py_True : Py_False;
    }
    Py_XINCREF(result);
    operand_drop(&a);
    operand_drop(&b);
    return result;
}

static Py_hash_t hash(PyObject *op)
{
    DecimalObject *self = (DecimalObject *)op;
    if (self->hash == -1)
        self->hash = tai_num_hash(&self->n);
    return self->hash;
}

/* -- text -------------------------------------------------------------------------------------------- */

static PyObject *str(PyObject *self)
{
    ContextObject *ctx = tai_decimal_current();
    return ctx ? tai_num_to_text(NUM(self), false, ctx->c.capitals) : NULL;
}

static PyObject *decimal_repr(PyObject *self)
{
    PyObject *text = str(self), *result = text ? PyUnicode_FromFormat("Decimal('%U')", text) : NULL;
    Py_XDECREF(text);
    return result;
}

/* -- the type ---------------------------------------------------------------------------------------- */

static PyObject *get_real(PyObject *self, void *Py_UNUSED(closure))
{
    Py_INCREF(self);
    return self;
}

static PyObject *get_imag(PyObject *Py_UNUSED(self), void *Py_UNUSED(closure))
{
    return (PyObject *)tai_decimal_new();
}

static PyGetSetDef attributes[] = {
    {"real", get_real, NULL, "the number itself", NULL},
    {"imag", get_imag, NULL, "zero: a decimal number has no imaginary part", NULL},
    {NULL},
};

static PyNumberMethods as_number = {
    .nb_add = op_add,
    .nb_subtract = op_sub,
    .nb_multiply = op_mul,
    .nb_remainder = op_rem,
    .nb_divmod = op_divmod,
    .nb_power = decimal_power,
    .nb_negative = op_neg,
    .nb_positive = op_pos,
    .nb_absolute = op_abs,
    .nb_bool = op_bool,
    .nb_int = op_int,
    .nb_float = op_float,
    .nb_floor_divide = op_floordiv,
    .nb_true_divide = op_div,
};

PyDoc_STRVAR(doc, "Decimal(value='0', context=None)\n--\n\n"
                  "A decimal floating-point number, exact as written.\n\nvalue may be an int, a str, a "
                  "float, another Decimal, or a (sign, digits, exponent) "
                  "tuple. The context does not round the\nvalue; it only says whether text that is no number "
                  "raises InvalidOperation or gives NaN.");

PyTypeObject TaiDecimal_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "decimal.Decimal",
    .tp_basicsize = sizeof(DecimalObject),
    .tp_dealloc = dealloc,
    .tp_repr = decimal_repr,
    .tp_as_number = &as_number,
    .tp_hash = hash,
    .tp_str = str,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = doc,
    .tp_richcompare = compare,
    .tp_methods = tai_decimal_methods,
    .tp_getset = attributes,
    .tp_new = new_decimal,
    .tp_vectorcall = vectorcall,
};
