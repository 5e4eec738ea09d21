/* SPDX-License-Identifier: MIT */
/* _decimal: the Python objects and what their files share.
 *
 *   number.c bridge.c arith.c digits.c functions.c power.c text.c    numbers as C structures (number.h), no
 * Python objects signals.c      exceptions, signal dictionaries context.c      Context, the current context,
 * localcontext convert.c      from and to int, float, str, tuples decimal.c      the type Decimal: slots and
 * protocols methods.c      methods of Decimal and Context made from operations.def format.c       __format__
 *   module.c       the module
 */
#ifndef TAI_DECIMAL_OBJECTS_H
#define TAI_DECIMAL_OBJECTS_H

#include "Python.h"
#include "modules/_decimal/number.h"

typedef struct {
    PyObject_HEAD Py_hash_t hash; /* -1: not computed */
    Num n;
} DecimalObject;

/* A mapping of the nine signals to truth values; its bits are ST_ values. */
typedef struct {
    PyObject_HEAD Status bits;
} SignalsObject;

typedef struct {
    PyObject_HEAD Limits c;
    SignalsObject *traps, *flags; /* owned, never NULL */
} ContextObject;

extern PyTypeObject TaiDecimal_Type, TaiDecimalContext_Type, TaiDecimalSignals_Type, TaiDecimalManager_Type;

#define IS_DECIMAL(o) PyObject_TypeCheck(o, &TaiDecimal_Type)
#define IS_CONTEXT(o) PyObject_TypeCheck(o, &TaiDecimalContext_Type)
#define NUM(o)        (&((DecimalObject *)(o))->n)

/* -- signals.c --------------------------------------------------------------------------------------- */

int tai_signals_prepare(PyObject *module); /* make the exceptions and the type of signal dictionaries */
SignalsObject *tai_signals_new(Status bits);
int tai_signals_from_list(PyObject *list, Status *bits); /* runs code? no: only identity. 0 / -1 */
int tai_signals_from_mapping(PyObject *mapping, Status *bits);
PyObject *tai_signals_list(Status bits);                   /* new list of exception types */
int tai_signals_text(Status bits, char *out, size_t room); /* names, as in a context's repr */

/* Note conditions in the flags and raise what is trapped: 0 / -1. */
int tai_decimal_signal_slow(ContextObject *ctx, Status st);
static inline int tai_decimal_signal(ContextObject *ctx, Status st)
{
    if (st == 0)
        return 0;
    ctx->flags->bits |= st;
    return st & (ctx->traps->bits | ST_MEMORY) ? tai_decimal_signal_slow(ctx, st) : 0;
}

/* -- context.c --------------------------------------------------------------------------------------- */

int tai_decimal_contexts_prepare(PyObject *module);
ContextObject *tai_decimal_current(void); /* borrowed; NULL with an exception */
ContextObject *
tai_decimal_context_of(PyObject *o); /* the same if o is NULL or None; else o, which has to be a context */
int tai_decimal_rounding(PyObject *name); /* of a rounding's name; -1 with an exception */
PyObject *tai_decimal_get_context(PyObject *module, PyObject *unused);
PyObject *tai_decimal_set_context(PyObject *module, PyObject *value);
PyObject *tai_decimal_local_context(PyObject *module, PyObject *const *args, Py_ssize_t count,
                                    PyObject *names);

/* -- convert.c --------------------------------------------------------------------------------------- */

DecimalObject *tai_decimal_new(void); /* a Decimal, zero */
PyObject *tai_decimal_alloc(PyTypeObject *type);
/* Finish an operation: signals, then the result (stolen), or NULL. */
static inline PyObject *tai_decimal_done(DecimalObject *r, ContextObject *ctx, Status st)
{
    if (__builtin_expect(st != 0, 0) && tai_decimal_signal(ctx, st) < 0) {
        Py_DECREF(r);
        return NULL;
    }
    return (PyObject *)r;
}

bool tai_num_from_int(Num *n, PyObject *o); /* exact; false: no memory (no exception set) */
PyObject *tai_num_to_int(const Num *n);     /* truncated; infinities and NaNs raise */
bool tai_num_from_double(Num *n, double x);
PyObject *tai_num_to_text(const Num *n, bool engineering, bool capitals); /* str */
PyObject *tai_num_to_ratio(const Num *n);
double tai_num_to_double(const Num *n); /* -1.0 and an exception perhaps */
Py_hash_t tai_num_hash(const Num *n);   /* -1: a signaling NaN, exception set */
PyObject *tai_num_to_parts(const Num *n);

/* Any value as a new object of the type, exactly (rounded: fitted to ctx). */
PyObject *tai_decimal_from_value(PyTypeObject *type, PyObject *value, ContextObject *ctx, bool rounded);

/* An operand: a Decimal itself or the value of an int. */
typedef struct {
    const Num *n;
    Num made;
} Operand;
/* 1 fine, 0 neither (no exception), -1 exception. */
static inline int operand_get(Operand *x, PyObject *o)
{
    if (IS_DECIMAL(o)) {
        x->n = NUM(o);
        return 1;
    }
    if (!PyLong_Check(o))
        return 0;
    num_init(&x->made);
    x->n = &x->made;
    if (tai_num_from_int(&x->made, o))
        return 1;
    PyErr_NoMemory();
    return -1;
}
static inline void operand_drop(Operand *x)
{
    if (x->n == &x->made)
        num_free(&x->made);
}
int tai_operand_want(Operand *x, PyObject *o); /* 0, or -1 with TypeError */

/* -- decimal.c, methods.c, format.c, module.c -------------------------------------------------------- */

extern PyMethodDef tai_decimal_methods[], tai_context_methods[];
extern PyObject *tai_decimal_tuple, *tai_decimal_rational; /* DecimalTuple, numbers.Rational */
PyObject *tai_decimal_format(PyObject *self, PyObject *const *args, Py_ssize_t count);
PyObject *tai_decimal_copy(const Num *n, int sign); /* new Decimal of the value with this sign */

/* Arguments by position or name: out[i] borrowed or NULL. 0, or -1 with TypeError. */
int tai_decimal_arguments(PyObject *const *args, Py_ssize_t count, PyObject *names, const char *const *wanted,
                          int required, int total, PyObject **out);

/* Methods of Context that other files define (context.c, decimal.c). */
PyObject *tai_context_copy(PyObject *self, PyObject *unused);
PyObject *tai_context_reduce(PyObject *self, PyObject *unused);
PyObject *tai_context_clear_flags(PyObject *self, PyObject *unused);
PyObject *tai_context_clear_traps(PyObject *self, PyObject *unused);
PyObject *tai_context_etiny(PyObject *self, PyObject *unused);
PyObject *tai_context_etop(PyObject *self, PyObject *unused);
PyObject *tai_decimal_divmod(const Num *a, const Num *b, ContextObject *ctx);

#endif
