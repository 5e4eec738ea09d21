/* SPDX-License-Identifier: MIT */
/* _decimal/context: the type Context, the current context of each thread of control (a context variable), and
 * localcontext(). */
#include "modules/_decimal/objects.h"

static const char *const rounding_names[ROUND_COUNT] = {
    [ROUND_UP] = "ROUND_UP",
    [ROUND_DOWN] = "ROUND_DOWN",
    [ROUND_CEILING] = "ROUND_CEILING",
    [ROUND_FLOOR] = "ROUND_FLOOR",
    [ROUND_HALF_UP] = "ROUND_HALF_UP",
    [ROUND_HALF_DOWN] = "ROUND_HALF_DOWN",
    [ROUND_HALF_EVEN] = "ROUND_HALF_EVEN",
    [ROUND_05UP] = "ROUND_05UP",
};
static PyObject *roundings[ROUND_COUNT]; /* the names as interned strings */

static PyObject *current_variable;
static ContextObject *default_context, *basic_context, *extended_context;

enum { DEFAULT_TRAPS = ST_ANY_INVALID | ST_ZERO_DIVISION | ST_OVERFLOW };
static const Limits default_limits = {28, 999999, -999999, ROUND_HALF_EVEN, 0, 1};

/* -- making contexts --------------------------------------------------------------------------------- */

static ContextObject *new_context(PyTypeObject *type, const Limits *limits, Status traps, Status flags)
{
    ContextObject *self = (ContextObject *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->c = *limits;
    self->traps = tai_signals_new(traps);
    self->flags = tai_signals_new(flags);
    if (self->traps && self->flags)
        return self;
    Py_DECREF(self);
    return NULL;
}

static ContextObject *copy_context(const ContextObject *from, Status flags)
{
    return new_context(&TaiDecimalContext_Type, &from->c, from->traps->bits, flags);
}

static PyObject *context_new(PyTypeObject *type, PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(names))
{
    if (default_context)
        return (PyObject *)new_context(type, &default_context->c, default_context->traps->bits, 0);
    return (PyObject *)new_context(type, &default_limits, DEFAULT_TRAPS, 0);
}

static void context_dealloc(PyObject *op)
{
    ContextObject *self = (ContextObject *)op;
    Py_CLEAR(self->traps);
    Py_CLEAR(self->flags);
    Py_TYPE(op)->tp_free(op);
}

/* -- attributes -------------------------------------------------------------------------------------- */

int tai_decimal_rounding(PyObject *name)
{
    for (int i = 0; i < ROUND_COUNT; i++) {
        if (roundings[i] == name)
            return i;
    }
    if (PyUnicode_Check(name)) {
        if (PyUnicode_READY(name) < 0)
            return -1;
        for (int i = 0; i < ROUND_COUNT; i++) {
            if (_PyUnicode_EQ(roundings[i], name))
                return i;
        }
    }
    PyErr_SetString(PyExc_TypeError,
                    "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
                    "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]");
    return -1;
}

/* The integers of a context and their ranges. */
typedef struct {
    int64_t least, most;
    const char *complaint;
} Range;
enum { FIELD_PREC, FIELD_EMIN, FIELD_EMAX, FIELD_CAPITALS, FIELD_CLAMP };
static const Range ranges[] = {
    [FIELD_PREC] = {1, MOST_PREC, "valid range for prec is [1, MAX_PREC]"},
    [FIELD_EMIN] = {LEAST_EMIN, 0, "valid range for Emin is [MIN_EMIN, 0]"},
    [FIELD_EMAX] = {0, MOST_EMAX, "valid range for Emax is [0, MAX_EMAX]"},
    [FIELD_CAPITALS] = {0, 1, "valid values for capitals are 0 or 1"},
    [FIELD_CLAMP] = {0, 1, "valid values for clamp are 0 or 1"},
};

static int no_deletion(PyObject *value)
{
    if (value == NULL)
        PyErr_SetString(PyExc_AttributeError, "context attributes cannot be deleted");
    return value == NULL ? -1 : 0;
}

static int set_integer(PyObject *op, PyObject *value, void *closure)
{
    intptr_t field = (intptr_t)closure;
    Limits *c = &((ContextObject *)op)->c;
    if (no_deletion(value) < 0)
        return -1;
    if (!PyLong_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "an integer is required");
        return -1;
    }
    Py_ssize_t x = PyLong_AsSsize_t(value);
    if (x == -1 && PyErr_Occurred())
        return -1;
    if (x < ranges[field].least || x > ranges[field].most) {
        PyErr_SetString(PyExc_ValueError, ranges[field].complaint);
        return -1;
    }
    switch (field) {
    case FIELD_PREC: c->prec = x; break;
    case FIELD_EMIN: c->emin = x; break;
    case FIELD_EMAX: c->emax = x; break;
    case FIELD_CAPITALS: c->capitals = (uint8_t)x; break;
    default: c->clamp = (uint8_t)x; break;
    }
    return 0;
}

static PyObject *get_integer(PyObject *op, void *closure)
{
    const Limits *c = &((ContextObject *)op)->c;
    switch ((intptr_t)closure) {
    case FIELD_PREC: return PyLong_FromSsize_t(c->prec);
    case FIELD_EMIN: return PyLong_FromSsize_t(c->emin);
    case FIELD_EMAX: return PyLong_FromSsize_t(c->emax);
    case FIELD_CAPITALS: return PyLong_FromLong(c->capitals);
    default: return PyLong_FromLong(c->clamp);
    }
}

static PyObject *get_rounding(PyObject *op, void *Py_UNUSED(closure))
{
    PyObject *name = roundings[((ContextObject *)op)->c.rounding];
    Py_INCREF(name);
    return name;
}

static int set_rounding(PyObject *op, PyObject *value, void *Py_UNUSED(closure))
{
    int rounding = no_deletion(value) < 0 ? -1 : tai_decimal_rounding(value);
    if (rounding < 0)
        return -1;
    ((ContextObject *)op)->c.rounding = (uint8_t)rounding;
    return 0;
}

static PyObject *get_signals(PyObject *op, void *closure)
{
    ContextObject *self = (ContextObject *)op;
    SignalsObject *which = closure ? self->traps : self->flags;
    Py_INCREF(which);
    return (PyObject *)which;
}

static int set_signals(PyObject *op, PyObject *value, void *closure)
{
    ContextObject *self = (ContextObject *)op;
    Status bits;
    if (no_deletion(value) < 0 || tai_signals_from_mapping(value, &bits) < 0)
        return -1;
    (closure ? self->traps : self->flags)->bits = bits;
    return 0;
}

static PyGetSetDef attributes[] = {
    {"prec", get_integer, set_integer, "number of digits that results are rounded to", (void *)FIELD_PREC},
    {"Emax", get_integer, set_integer, "largest exponent of a result in scientific notation",
     (void *)FIELD_EMAX},
    {"Emin", get_integer, set_integer, "smallest exponent of a normal result", (void *)FIELD_EMIN},
    {"rounding", get_rounding, set_rounding, "how results are rounded: one of the ROUND_ names", NULL},
    {"capitals", get_integer, set_integer, "1 if exponents are written with E, 0 if with e",
     (void *)FIELD_CAPITALS},
    {"clamp", get_integer, set_integer, "1 if exponents are held below Etop by appending zeros",
     (void *)FIELD_CLAMP},
    {"flags", get_signals, set_signals, "signals met so far: a mapping to booleans", NULL},
    {"traps", get_signals, set_signals, "signals that raise an exception: a mapping to booleans", (void *)1},
    {NULL},
};

static int init_signals(PyObject *self, PyObject *value, bool traps)
{
    ContextObject *ctx = (ContextObject *)self;
    Status bits;
    if (value == Py_None)
        return 0;
    if (!PyList_Check(value))
        return set_signals(self, value, traps ? self : NULL);
    if (tai_signals_from_list(value, &bits) < 0)
        return -1;
    (traps ? ctx->traps : ctx->flags)->bits = bits;
    return 0;
}

static int context_init(PyObject *self, PyObject *args, PyObject *names)
{
    static char *keywords[] = {"prec",  "rounding", "Emin",  "Emax", "capitals",
                               "clamp", "flags",    "traps", NULL};
    PyObject *prec = Py_None, *rounding = Py_None, *emin = Py_None, *emax = Py_None, *capitals = Py_None,
             *clamp = Py_None, *flags = Py_None, *traps = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, names, "|OOOOOOOO", keywords, &prec, &rounding, &emin, &emax,
                                     &capitals, &clamp, &flags, &traps))
        return -1;
    if ((prec != Py_None && set_integer(self, prec, (void *)FIELD_PREC) < 0) ||
        (rounding != Py_None && set_rounding(self, rounding, NULL) < 0) ||
        (emin != Py_None && set_integer(self, emin, (void *)FIELD_EMIN) < 0) ||
        (emax != Py_None && set_integer(self, emax, (void *)FIELD_EMAX) < 0) ||
        (capitals != Py_None && set_integer(self, capitals, (void *)FIELD_CAPITALS) < 0) ||
        (clamp != Py_None && set_integer(self, clamp, (void *)FIELD_CLAMP) < 0))
        return -1;
    return init_signals(self, traps, true) < 0 ? -1 : init_signals(self, flags, false);
}

static PyObject *context_repr(PyObject *op)
{
    ContextObject *self = (ContextObject *)op;
    char flags[160], traps[160];
    tai_signals_text(self->flags->bits, flags, sizeof flags);
    tai_signals_text(self->traps->bits, traps, sizeof traps);
    return PyUnicode_FromFormat(
        "Context(prec=%zd, rounding=%s, Emin=%zd, Emax=%zd, capitals=%d, clamp=%d, flags=[%s], traps=[%s])",
        (Py_ssize_t)self->c.prec, rounding_names[self->c.rounding], (Py_ssize_t)self->c.emin,
        (Py_ssize_t)self->c.emax, self->c.capitals, self->c.clamp, flags, traps);
}

/* -- methods that are about the context itself; methods.c has the table ------------------------------ */

PyObject *tai_context_copy(PyObject *op, PyObject *Py_UNUSED(unused))
{
    ContextObject *self = (ContextObject *)op;
    return (PyObject *)copy_context(self, self->flags->bits);
}

PyObject *tai_context_reduce(PyObject *op, PyObject *Py_UNUSED(unused))
{
    ContextObject *self = (ContextObject *)op;
    PyObject *flags = tai_signals_list(self->flags->bits), *traps = tai_signals_list(self->traps->bits);
    if (flags == NULL || traps == NULL) {
        Py_XDECREF(flags);
        Py_XDECREF(traps);
        return NULL;
    }
    return Py_BuildValue("O(nsnniiNN)", Py_TYPE(op), (Py_ssize_t)self->c.prec,
                         rounding_names[self->c.rounding], (Py_ssize_t)self->c.emin, (Py_ssize_t)self->c.emax,
                         self->c.capitals, self->c.clamp, flags, traps);
}

PyObject *tai_context_clear_flags(PyObject *op, PyObject *Py_UNUSED(unused))
{
    ((ContextObject *)op)->flags->bits = 0;
    Py_RETURN_NONE;
}

PyObject *tai_context_clear_traps(PyObject *op, PyObject *Py_UNUSED(unused))
{
    ((ContextObject *)op)->traps->bits = 0;
    Py_RETURN_NONE;
}

PyObject *tai_context_etiny(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return PyLong_FromSsize_t(limits_etiny(&((ContextObject *)op)->c));
}
PyObject *tai_context_etop(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return PyLong_FromSsize_t(limits_etop(&((ContextObject *)op)->c));
}

PyDoc_STRVAR(context_doc, "Context(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, "
                          "clamp=None, flags=None, traps=None)\n--\n\n"
                          "Rules for arithmetic.\n\nprec is the number of digits results are rounded to, "
                          "rounding how; Emin and Emax limit exponents. capitals tells "
                          "whether\ntext has 'E' or 'e', clamp whether exponents are kept so low that all "
                          "digits of the precision fit. flags and traps are\n"
                          "lists or mappings of signals: those met so far, and those that raise. What is not "
                          "given comes from DefaultContext.");

PyTypeObject TaiDecimalContext_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "decimal.Context",
    .tp_basicsize = sizeof(ContextObject),
    .tp_dealloc = context_dealloc,
    .tp_repr = context_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = context_doc,
    .tp_methods = tai_context_methods,
    .tp_getset = attributes,
    .tp_init = context_init,
    .tp_new = context_new,
};

/* -- the current context ----------------------------------------------------------------------------- */

static ContextObject *first_context(void)
{
    ContextObject *ctx = copy_context(default_context, 0);
    PyObject *token = ctx ? PyContextVar_Set(current_variable, (PyObject *)ctx) : NULL;
    Py_XDECREF(token);
    Py_XDECREF(ctx); /* the variable keeps it */
    return token ? ctx : NULL;
}

ContextObject *tai_decimal_current(void)
{
    PyObject *found;
    if (PyContextVar_Get(current_variable, NULL, &found) < 0)
        return NULL;
    if (found == NULL)
        return first_context();
    Py_DECREF(found); /* the variable keeps it */
    return (ContextObject *)found;
}

ContextObject *tai_decimal_context_of(PyObject *o)
{
    if (o == NULL || o == Py_None)
        return tai_decimal_current();
    if (IS_CONTEXT(o))
        return (ContextObject *)o;
    PyErr_SetString(PyExc_TypeError, "optional argument must be a context");
    return NULL;
}

PyObject *tai_decimal_get_context(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    PyObject *ctx = (PyObject *)tai_decimal_current();
    Py_XINCREF(ctx);
    return ctx;
}

/* The templates are never current themselves. */
static PyObject *make_current(PyObject *value)
{
    if (value == (PyObject *)default_context || value == (PyObject *)basic_context ||
        value == (PyObject *)extended_context) {
        value = (PyObject *)copy_context((ContextObject *)value, 0);
        if (value == NULL)
            return NULL;
    } else {
        Py_INCREF(value);
    }
    PyObject *token = PyContextVar_Set(current_variable, value);
    Py_DECREF(value);
    if (token == NULL)
        return NULL;
    Py_DECREF(token);
    Py_RETURN_NONE;
}

PyObject *tai_decimal_set_context(PyObject *Py_UNUSED(module), PyObject *value)
{
    if (!IS_CONTEXT(value)) {
        PyErr_SetString(PyExc_TypeError, "argument must be a context");
        return NULL;
    }
    return make_current(value);
}

/* -- localcontext ------------------------------------------------------------------------------------ */

typedef struct {
    PyObject_HEAD PyObject *inner, *outer; /* contexts */
} ManagerObject;

PyObject *tai_decimal_local_context(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count,
                                    PyObject *names)
{
    static const char *const wanted[] = {"ctx"};
    PyObject *given = NULL;
    if (tai_decimal_arguments(args, count, names, wanted, 0, 1, &given) < 0)
        return NULL;
    ContextObject *outer = tai_decimal_current(), *ctx = outer ? tai_decimal_context_of(given) : NULL;
    if (ctx == NULL)
        return NULL;
    ManagerObject *self = PyObject_New(ManagerObject, &TaiDecimalManager_Type);
    if (self == NULL)
        return NULL;
    Py_INCREF(outer);
    self->outer = (PyObject *)outer;
    self->inner = (PyObject *)copy_context(ctx, ctx->flags->bits);
    if (self->inner == NULL)
        Py_CLEAR(self);
    return (PyObject *)self;
}

static void manager_dealloc(PyObject *op)
{
    ManagerObject *self = (ManagerObject *)op;
    Py_XDECREF(self->inner);
    Py_XDECREF(self->outer);
    PyObject_Del(op);
}

static PyObject *manager_enter(PyObject *op, PyObject *Py_UNUSED(unused))
{
    PyObject *inner = ((ManagerObject *)op)->inner, *done = make_current(inner);
    if (done == NULL)
        return NULL;
    Py_DECREF(done);
    Py_INCREF(inner);
    return inner;
}

static PyObject *manager_exit(PyObject *op, PyObject *Py_UNUSED(args))
{
    PyObject *done = make_current(((ManagerObject *)op)->outer);
    if (done == NULL)
        return NULL;
    Py_DECREF(done);
    Py_RETURN_FALSE;
}

static PyMethodDef manager_methods[] = {
    {"__enter__", manager_enter, METH_NOARGS, NULL},
    {"__exit__", manager_exit, METH_VARARGS, NULL},
    {NULL},
};

PyTypeObject TaiDecimalManager_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "decimal.ContextManager",
    .tp_basicsize = sizeof(ManagerObject),
    .tp_dealloc = manager_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_methods = manager_methods,
};

/* -- start ------------------------------------------------------------------------------------------- */

static ContextObject *add_template(PyObject *module, const char *name, int64_t prec, Rounding rounding,
                                   Status traps)
{
    Limits limits = default_limits;
    limits.prec = prec;
    limits.rounding = rounding;
    ContextObject *ctx = new_context(&TaiDecimalContext_Type, &limits, traps, 0);
    Py_XINCREF(ctx);
    if (ctx && PyModule_AddObject(module, name, (PyObject *)ctx) < 0)
        Py_CLEAR(ctx);
    return ctx;
}

int tai_decimal_contexts_prepare(PyObject *module)
{
    for (int i = 0; i < ROUND_COUNT; i++) {
        roundings[i] = PyUnicode_InternFromString(rounding_names[i]);
        if (roundings[i] == NULL)
            return -1;
        Py_INCREF(roundings[i]);
        if (PyModule_AddObject(module, rounding_names[i], roundings[i]) < 0)
            return -1;
    }
    if (PyType_Ready(&TaiDecimalContext_Type) < 0 || PyType_Ready(&TaiDecimalManager_Type) < 0)
        return -1;
    current_variable = PyContextVar_New("decimal_context", NULL);
    default_context = add_template(module, "DefaultContext", 28, ROUND_HALF_EVEN, DEFAULT_TRAPS);
    basic_context =
        add_template(module, "BasicContext", 9, ROUND_HALF_UP, DEFAULT_TRAPS | ST_UNDERFLOW | ST_CLAMPED);
    extended_context = add_template(module, "ExtendedContext", 9, ROUND_HALF_EVEN, 0);
    return current_variable && default_context && basic_context && extended_context ? 0 : -1;
}
