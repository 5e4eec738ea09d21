/* SPDX-License-Identifier: MIT */
/* _decimal/signals: the exceptions, what raises them, and the dictionaries of signals that contexts show as
 * `flags` and `traps`. */
#include "modules/_decimal/objects.h"

typedef struct {
    const char *name;
    Status bits;    /* conditions of this signal */
    PyObject *type; /* the exception */
} Signal;

/* In the order in which one of several is chosen to be raised. */
enum {
    INVALID,
    FLOAT_OPERATION,
    DIVISION_BY_ZERO,
    OVERFLOW,
    UNDERFLOW,
    SUBNORMAL,
    INEXACT,
    ROUNDED,
    CLAMPED,
    SIGNAL_COUNT
};
static Signal signals[SIGNAL_COUNT] = {
    [INVALID] = {"InvalidOperation", ST_ANY_INVALID, NULL},
    [FLOAT_OPERATION] = {"FloatOperation", ST_FLOAT, NULL},
    [DIVISION_BY_ZERO] = {"DivisionByZero", ST_ZERO_DIVISION, NULL},
    [OVERFLOW] = {"Overflow", ST_OVERFLOW, NULL},
    [UNDERFLOW] = {"Underflow", ST_UNDERFLOW, NULL},
    [SUBNORMAL] = {"Subnormal", ST_SUBNORMAL, NULL},
    [INEXACT] = {"Inexact", ST_INEXACT, NULL},
    [ROUNDED] = {"Rounded", ST_ROUNDED, NULL},
    [CLAMPED] = {"Clamped", ST_CLAMPED, NULL},
};

/* What an invalid operation was. */
static Signal reasons[] = {
    {"InvalidOperation", ST_INVALID, NULL},      {"ConversionSyntax", ST_SYNTAX, NULL},
    {"DivisionImpossible", ST_IMPOSSIBLE, NULL}, {"DivisionUndefined", ST_UNDEFINED, NULL},
    {"InvalidContext", ST_CONTEXT, NULL},
};
enum { REASON_COUNT = sizeof reasons / sizeof reasons[0] };

static PyObject *signals_type; /* SignalDict: the mixin below with MutableMapping */
#define IS_SIGNALS(o) PyObject_TypeCheck(o, &TaiDecimalSignals_Type)

static const char bad_signal[] =
    "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n"
    "   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]";

/* -- raising ----------------------------------------------------------------------------------------- */

static int append_types(PyObject *list, const Signal *rows, int count, Status bits)
{
    for (int i = 0; i < count; i++) {
        if (rows[i].bits & bits && PyList_Append(list, rows[i].type) < 0)
            return -1;
    }
    return 0;
}

PyObject *tai_signals_list(Status bits)
{
    PyObject *list = PyList_New(0);
    if (list && append_types(list, signals, SIGNAL_COUNT, bits) < 0)
        Py_CLEAR(list);
    return list;
}

/* Always -1, with the exception. */
static int raise_signals(Status hit)
{
    PyObject *list = PyList_New(0);
    if (list && append_types(list, reasons, REASON_COUNT, hit) == 0 &&
        append_types(list, signals + 1, SIGNAL_COUNT - 1, hit) == 0) {
        int i = 0;
        while (i < SIGNAL_COUNT - 1 && !(signals[i].bits & hit))
            i++;
        PyErr_SetObject(signals[i].type, list);
    }
    Py_XDECREF(list);
    return -1;
}

int tai_decimal_signal_slow(ContextObject *ctx, Status st)
{
    if (st & ST_MEMORY) {
        PyErr_NoMemory();
        return -1;
    }
    return raise_signals(st & ctx->traps->bits);
}

int tai_signals_text(Status bits, char *out, size_t room)
{
    static const uint8_t order[SIGNAL_COUNT] = {CLAMPED, INVALID,         DIVISION_BY_ZERO,
                                                INEXACT, FLOAT_OPERATION, OVERFLOW,
                                                ROUNDED, SUBNORMAL,       UNDERFLOW};
    size_t n = 0;
    out[0] = 0;
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        if (bits & signals[order[i]].bits)
            n += (size_t)PyOS_snprintf(out + n, room - n, "%s%s", n ? ", " : "", signals[order[i]].name);
    }
    return (int)n;
}

/* -- from Python ------------------------------------------------------------------------------------- */

static const Signal *find(PyObject *key)
{
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        if (signals[i].type == key)
            return &signals[i];
    }
    PyErr_SetString(PyExc_KeyError, bad_signal);
    return NULL;
}

int tai_signals_from_list(PyObject *list, Status *bits)
{
    *bits = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        const Signal *s = find(PyList_GET_ITEM(list, i));
        if (s == NULL)
            return -1;
        *bits |= s->bits;
    }
    return 0;
}

int tai_signals_from_mapping(PyObject *mapping, Status *bits)
{
    *bits = 0;
    if (IS_SIGNALS(mapping)) {
        *bits = ((SignalsObject *)mapping)->bits;
        return 0;
    }
    if (!PyDict_Check(mapping)) {
        PyErr_SetString(PyExc_TypeError, "argument must be a signal dict");
        return -1;
    }
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        PyObject *value =
            PyDict_Size(mapping) == SIGNAL_COUNT ? PyDict_GetItemWithError(mapping, signals[i].type) : NULL;
        if (value == NULL) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_KeyError, "invalid signal dict");
            return -1;
        }
        Py_INCREF(value);
        int truth = PyObject_IsTrue(value);
        Py_DECREF(value);
        if (truth < 0)
            return -1;
        if (truth)
            *bits |= signals[i].bits;
    }
    return 0;
}

/* -- the dictionaries -------------------------------------------------------------------------------- */

SignalsObject *tai_signals_new(Status bits)
{
    PyTypeObject *type = (PyTypeObject *)signals_type;
    SignalsObject *self = (SignalsObject *)type->tp_alloc(type, 0);
    if (self)
        self->bits = bits;
    return self;
}

static PyObject *get_item(PyObject *self, PyObject *key)
{
    const Signal *s = find(key);
    return s ? PyBool_FromLong((((SignalsObject *)self)->bits & s->bits) != 0) : NULL;
}

static int set_item(PyObject *self, PyObject *key, PyObject *value)
{
    if (value == NULL) {
        PyErr_SetString(PyExc_ValueError, "signal keys cannot be deleted");
        return -1;
    }
    const Signal *s = find(key);
    int truth = s ? PyObject_IsTrue(value) : -1;
    if (truth < 0)
        return -1;
    Status *bits = &((SignalsObject *)self)->bits;
    *bits = truth ? *bits | s->bits : *bits & ~s->bits;
    return 0;
}

static Py_ssize_t length(PyObject *Py_UNUSED(self))
{
    return SIGNAL_COUNT;
}

static PyObject *iterate(PyObject *Py_UNUSED(self))
{
    PyObject *keys = PyTuple_New(SIGNAL_COUNT), *iterator = NULL;
    if (keys == NULL)
        return NULL;
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        Py_INCREF(signals[i].type);
        PyTuple_SET_ITEM(keys, i, signals[i].type);
    }
    iterator = PyObject_GetIter(keys);
    Py_DECREF(keys);
    return iterator;
}

static PyObject *copy(PyObject *self, PyObject *Py_UNUSED(unused))
{
    PyObject *result = PyDict_New();
    for (int i = 0; result && i < SIGNAL_COUNT; i++) {
        PyObject *value = ((SignalsObject *)self)->bits & signals[i].bits ? Py_True : Py_False;
        if (PyDict_SetItem(result, signals[i].type, value) < 0)
            Py_CLEAR(result);
    }
    return result;
}

static PyObject *repr(PyObject *self)
{
    _PyUnicodeWriter writer;
    _PyUnicodeWriter_Init(&writer);
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        bool on = ((SignalsObject *)self)->bits & signals[i].bits;
        PyObject *part = PyUnicode_FromFormat("%s<class 'decimal.%s'>:%s", i ? ", " : "{", signals[i].name,
                                              on ? "True" : "False");
        int failed = part == NULL || _PyUnicodeWriter_WriteStr(&writer, part) < 0;
        Py_XDECREF(part);
        if (failed)
            goto error;
    }
    if (_PyUnicodeWriter_WriteASCIIString(&writer, "}", 1) == 0)
        return _PyUnicodeWriter_Finish(&writer);
error:
    _PyUnicodeWriter_Dealloc(&writer);
    return NULL;
}

static PyObject *compare(PyObject *self, PyObject *other, int op)
{
    Status mine = ((SignalsObject *)self)->bits, theirs;
    if (op != Py_EQ && op != Py_NE)
        Py_RETURN_NOTIMPLEMENTED;
    if (!IS_SIGNALS(other) && !PyDict_Check(other))
        Py_RETURN_NOTIMPLEMENTED;
    if (tai_signals_from_mapping(other, &theirs) < 0) {
        if (!PyErr_ExceptionMatches(PyExc_KeyError))
            return NULL;
        PyErr_Clear();
        Py_RETURN_NOTIMPLEMENTED;
    }
    bool equal = true; /* of what the mapping shows: which invalid operation it was does not count */
    for (int i = 0; i < SIGNAL_COUNT; i++)
        equal = equal && !(mine & signals[i].bits) == !(theirs & signals[i].bits);
    return PyBool_FromLong(equal == (op == Py_EQ));
}

static int init(PyObject *self, PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(names))
{
    ((SignalsObject *)self)->bits = 0;
    return 0;
}

static PyMappingMethods as_mapping = {
    .mp_length = length, .mp_subscript = get_item, .mp_ass_subscript = set_item};

static PyMethodDef methods[] = {
    {"copy", copy, METH_NOARGS, "The signals and their truth values as a plain dict."},
    {NULL},
};

PyTypeObject TaiDecimalSignals_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "decimal.SignalDictMixin",
    .tp_basicsize = sizeof(SignalsObject),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_repr = repr,
    .tp_as_mapping = &as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_richcompare = compare,
    .tp_iter = iterate,
    .tp_methods = methods,
    .tp_init = init,
    .tp_new = PyType_GenericNew,
};

/* -- making them ------------------------------------------------------------------------------------- */

static PyObject *new_exception(PyObject *module, const char *name, PyObject *a, PyObject *b, PyObject *c)
{
    char full[40];
    PyOS_snprintf(full, sizeof full, "decimal.%s", name);
    PyObject *bases = c ? PyTuple_Pack(3, a, b, c) : b ? PyTuple_Pack(2, a, b) : PyTuple_Pack(1, a);
    PyObject *type = bases ? PyErr_NewException(full, bases, NULL) : NULL;
    Py_XDECREF(bases);
    if (type == NULL)
        return NULL;
    Py_INCREF(type);
    if (PyModule_AddObject(module, name, type) < 0)
        Py_CLEAR(type);
    return type;
}

static int make(PyObject *module, int which, PyObject *a, PyObject *b, PyObject *c)
{
    signals[which].type = new_exception(module, signals[which].name, a, b, c);
    return signals[which].type ? 0 : -1;
}

static int make_exceptions(PyObject *module)
{
    PyObject *base = new_exception(module, "DecimalException", PyExc_ArithmeticError, NULL, NULL);
    if (base == NULL)
        return -1;
    Py_DECREF(base); /* the module keeps it */
    if (make(module, INVALID, base, NULL, NULL) < 0 ||
        make(module, FLOAT_OPERATION, base, PyExc_TypeError, NULL) < 0 ||
        make(module, DIVISION_BY_ZERO, base, PyExc_ZeroDivisionError, NULL) < 0 ||
        make(module, SUBNORMAL, base, NULL, NULL) < 0 || make(module, INEXACT, base, NULL, NULL) < 0 ||
        make(module, ROUNDED, base, NULL, NULL) < 0 || make(module, CLAMPED, base, NULL, NULL) < 0 ||
        make(module, OVERFLOW, signals[INEXACT].type, signals[ROUNDED].type, NULL) < 0 ||
        make(module, UNDERFLOW, signals[INEXACT].type, signals[ROUNDED].type, signals[SUBNORMAL].type) < 0)
        return -1;
    reasons[0].type = signals[INVALID].type;
    for (int i = 1; i < REASON_COUNT; i++) {
        PyObject *second = reasons[i].bits == ST_UNDEFINED ? PyExc_ZeroDivisionError : NULL;
        reasons[i].type = new_exception(module, reasons[i].name, signals[INVALID].type, second, NULL);
        if (reasons[i].type == NULL)
            return -1;
    }
    return 0;
}

static int make_signals_type(void)
{
    PyObject *abc = PyImport_ImportModule("collections.abc");
    PyObject *mapping = abc ? PyObject_GetAttrString(abc, "MutableMapping") : NULL;
    if (mapping)
        signals_type = PyObject_CallFunction((PyObject *)Py_TYPE(mapping), "s(OO){}", "SignalDict",
                                             &TaiDecimalSignals_Type, mapping);
    Py_XDECREF(mapping);
    Py_XDECREF(abc);
    return signals_type ? 0 : -1;
}

int tai_signals_prepare(PyObject *module)
{
    return PyType_Ready(&TaiDecimalSignals_Type) < 0 || make_exceptions(module) < 0 || make_signals_type() < 0
               ? -1
               : 0;
}
