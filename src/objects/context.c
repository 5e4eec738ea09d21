/* SPDX-License-Identifier: MIT */
/* Context, ContextVar and Token (PEP 567).
 *
 * A context maps variables to values in a persistent mapping, so copying one is O(1). The thread state holds the current context;
 * contexts that were entered form a chain (previous).
 * [CTX-1] ContextVar.get() is cached: the value found last is right while the thread and its context_ver are the same. context_ver
 *         goes up whenever the current context changes or a value is set.
 * [CTX-2] The cache borrows: the current context holds the value, and any change of it raises context_ver.
 * [CTX-3] A context can be entered once at a time.
 * Tests: tests/objects/test_context_native.py. The module: modules/_contextvars.c.
 */
#include "objects/context.h"
#include "base/alloc.h"

#include "objects/hamt.h"
#include "runtime/gc.h"
#include "structmember.h"

struct _pycontextobject {
    PyObject_HEAD
    PyContext *previous; /* the context that was current when this one was entered */
    TaiHamt *vars;
    PyObject *weakrefs;
    int entered;
};

struct _pycontextvarobject {
    PyObject_HEAD
    PyObject *name;
    PyObject *fallback;     /* default, or NULL */
    PyObject *cached;       /* [CTX-2] borrowed, or NULL */
    uint64_t cached_thread; /* id of the thread state */
    uint64_t cached_version;
    Py_hash_t hash;
};

struct _pycontexttokenobject {
    PyObject_HEAD
    PyContext *context;
    PyContextVar *var;
    PyObject *old_value; /* NULL: had none */
    int used;
};

static PyObject *missing; /* Token.MISSING */

enum { FREE_MAX = TAI_FREE_LIST(255) };
static PyContext *free_contexts; /* chained through weakrefs */
static int free_count;

/* ---- contexts ---- */

/* Steals vars. New. */
static PyContext *make_context(TaiHamt *vars)
{
    if (vars == NULL)
        return NULL;
    PyContext *self = free_contexts;
    if (self != NULL) {
        free_contexts = (PyContext *)self->weakrefs;
        free_count--;
        _Py_NewReference((PyObject *)self);
    }
    else if ((self = PyObject_GC_New(PyContext, &PyContext_Type)) == NULL) {
        Py_DECREF(vars);
        return NULL;
    }
    self->previous = NULL;
    self->vars = vars;
    self->weakrefs = NULL;
    self->entered = 0;
    tai_gc_track(self);
    return self;
}

/* The current context, made if there is none. Borrowed. */
static PyContext *current_context(PyThreadState *ts)
{
    if (ts->context == NULL)
        ts->context = (PyObject *)make_context(tai_hamt_new());
    return (PyContext *)ts->context;
}

static int check_context(PyObject *op)
{
    if (PyContext_CheckExact(op))
        return 0;
    PyErr_SetString(PyExc_TypeError, "an instance of Context was expected");
    return -1;
}

PyObject *PyContext_New(void)
{
    return (PyObject *)make_context(tai_hamt_new());
}

static PyObject *copy_context(PyContext *self)
{
    Py_INCREF(self->vars);
    return (PyObject *)make_context(self->vars);
}

PyObject *PyContext_Copy(PyObject *op)
{
    return check_context(op) < 0 ? NULL : copy_context((PyContext *)op);
}

PyObject *PyContext_CopyCurrent(void)
{
    PyContext *current = current_context(tai_tstate());
    return current ? copy_context(current) : NULL;
}

int PyContext_Enter(PyObject *op)
{
    if (check_context(op) < 0)
        return -1;
    PyContext *self = (PyContext *)op;
    if (self->entered) {
        PyErr_Format(PyExc_RuntimeError, "cannot enter context: %R is already entered", op);
        return -1;
    }
    PyThreadState *ts = tai_tstate();
    self->previous = (PyContext *)ts->context; /* takes over the reference */
    self->entered = 1;
    Py_INCREF(op);
    ts->context = op;
    ts->context_ver++;
    return 0;
}

int PyContext_Exit(PyObject *op)
{
    if (check_context(op) < 0)
        return -1;
    PyContext *self = (PyContext *)op;
    if (!self->entered) {
        PyErr_Format(PyExc_RuntimeError, "cannot exit context: %R has not been entered", op);
        return -1;
    }
    PyThreadState *ts = tai_tstate();
    if (ts->context != op) {
        PyErr_SetString(PyExc_RuntimeError, "cannot exit context: thread state references a different context object");
        return -1;
    }
    ts->context = (PyObject *)self->previous;
    ts->context_ver++;
    self->previous = NULL;
    self->entered = 0;
    Py_DECREF(op);
    return 0;
}

int PyContext_ClearFreeList(void)
{
    int count = free_count;
    while (free_contexts != NULL) {
        PyContext *self = free_contexts;
        free_contexts = (PyContext *)self->weakrefs;
        PyObject_GC_Del(self);
    }
    free_count = 0;
    return count;
}

static int context_clear(PyObject *op)
{
    Py_CLEAR(((PyContext *)op)->previous);
    Py_CLEAR(((PyContext *)op)->vars);
    return 0;
}

static void context_dealloc(PyObject *op)
{
    PyContext *self = (PyContext *)op;
    tai_gc_untrack_if(op);
    Py_TRASHCAN_BEGIN(op, context_dealloc)
    if (self->weakrefs != NULL)
        PyObject_ClearWeakRefs(op);
    context_clear(op);
    if (free_count < FREE_MAX) {
        self->weakrefs = (PyObject *)free_contexts;
        free_contexts = self;
        free_count++;
    }
    else
        PyObject_GC_Del(op);
    Py_TRASHCAN_END
}

static int context_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((PyContext *)op)->previous);
    Py_VISIT(((PyContext *)op)->vars);
    return 0;
}

static PyObject *context_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    if (PyTuple_GET_SIZE(args) != 0 || (kwargs != NULL && PyDict_GET_SIZE(kwargs) != 0)) {
        PyErr_SetString(PyExc_TypeError, "Context() does not accept any arguments");
        return NULL;
    }
    return PyContext_New();
}

static PyObject *context_richcompare(PyObject *a, PyObject *b, int op)
{
    if (!PyContext_CheckExact(a) || !PyContext_CheckExact(b) || (op != Py_EQ && op != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    int equal = tai_hamt_equal(((PyContext *)a)->vars, ((PyContext *)b)->vars);
    return equal < 0 ? NULL : PyBool_FromLong(op == Py_EQ ? equal : !equal);
}

/* Find a variable. 1 and *value (borrowed), 0, -1. */
static int context_find(PyObject *op, PyObject *key, PyObject **value)
{
    *value = NULL;
    if (!PyContextVar_CheckExact(key)) {
        PyErr_Format(PyExc_TypeError, "a ContextVar key was expected, got %R", key);
        return -1;
    }
    return tai_hamt_find(((PyContext *)op)->vars, key, value);
}

static PyObject *context_subscript(PyObject *op, PyObject *key)
{
    PyObject *value;
    if (context_find(op, key, &value) == 0)
        PyErr_SetObject(PyExc_KeyError, key);
    Py_XINCREF(value);
    return value;
}

static int context_contains(PyObject *op, PyObject *key)
{
    PyObject *value;
    return context_find(op, key, &value);
}

static Py_ssize_t context_length(PyObject *op)
{
    return ((PyContext *)op)->vars->count;
}

static PyObject *context_iter(PyObject *op)
{
    return tai_hamt_keys(((PyContext *)op)->vars);
}

static PyObject *context_get(PyObject *op, PyObject *const *args, Py_ssize_t count)
{
    PyObject *value;
    if (!_PyArg_CheckPositional("get", count, 1, 2))
        return NULL;
    int found = context_find(op, args[0], &value);
    if (found < 0)
        return NULL;
    if (found == 0)
        value = count > 1 ? args[1] : Py_None;
    Py_INCREF(value);
    return value;
}

static PyObject *context_keys(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    return tai_hamt_keys(((PyContext *)op)->vars);
}

static PyObject *context_values(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    return tai_hamt_values(((PyContext *)op)->vars);
}

static PyObject *context_items(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    return tai_hamt_items(((PyContext *)op)->vars);
}

static PyObject *context_copy(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    return copy_context((PyContext *)op);
}

static PyObject *context_run(PyObject *op, PyObject *const *args, Py_ssize_t count, PyObject *kwnames)
{
    if (count < 1) {
        PyErr_SetString(PyExc_TypeError, "run() missing 1 required positional argument");
        return NULL;
    }
    if (PyContext_Enter(op) < 0)
        return NULL;
    PyObject *result = _PyObject_Vectorcall(args[0], args + 1, count - 1, kwnames);
    if (PyContext_Exit(op) < 0)
        Py_CLEAR(result);
    return result;
}

PyDoc_STRVAR(context_get_doc, "get($self, key, default=None, /)\n--\n\nThe value of the variable key, or default where it has none.");
PyDoc_STRVAR(context_items_doc, "items($self, /)\n--\n\nThe variables with their values.");
PyDoc_STRVAR(context_keys_doc, "keys($self, /)\n--\n\nThe variables that have a value.");
PyDoc_STRVAR(context_values_doc, "values($self, /)\n--\n\nThe values of the variables.");
PyDoc_STRVAR(context_copy_doc, "copy($self, /)\n--\n\nA context with the same values.");

static PyMethodDef context_methods[] = {
    {"get", (PyCFunction)(void (*)(void))context_get, METH_FASTCALL, context_get_doc},
    {"items", context_items, METH_NOARGS, context_items_doc},
    {"keys", context_keys, METH_NOARGS, context_keys_doc},
    {"values", context_values, METH_NOARGS, context_values_doc},
    {"copy", context_copy, METH_NOARGS, context_copy_doc},
    {"run", (PyCFunction)(void (*)(void))context_run, METH_FASTCALL | METH_KEYWORDS,
     PyDoc_STR("run(callable, *args, **kwargs)\n\nCall callable in this context; return its result.  Raises RuntimeError if the context is entered already.")},
    {NULL},
};

static PySequenceMethods context_as_sequence = {.sq_contains = context_contains};
static PyMappingMethods context_as_mapping = {.mp_length = context_length, .mp_subscript = context_subscript};

PyTypeObject PyContext_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "Context",
    .tp_doc = PyDoc_STR("A mapping of context variables to their values; functions run in it with run()."),
    .tp_basicsize = sizeof(PyContext),
    .tp_dealloc = context_dealloc,
    .tp_as_sequence = &context_as_sequence,
    .tp_as_mapping = &context_as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = context_traverse,
    .tp_clear = context_clear,
    .tp_richcompare = context_richcompare,
    .tp_weaklistoffset = offsetof(PyContext, weakrefs),
    .tp_iter = context_iter,
    .tp_methods = context_methods,
    .tp_new = context_new,
};

/* ---- variables ---- */

static PyObject *make_var(PyObject *name, PyObject *fallback)
{
    if (!PyUnicode_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "context variable name must be a str");
        return NULL;
    }
    Py_hash_t hash = PyObject_Hash(name);
    if (hash == -1)
        return NULL;
    PyContextVar *self = PyObject_GC_New(PyContextVar, &PyContextVar_Type);
    if (self == NULL)
        return NULL;
    hash ^= _Py_HashPointer(self);
    self->hash = hash == -1 ? -2 : hash;
    Py_INCREF(name);
    self->name = name;
    Py_XINCREF(fallback);
    self->fallback = fallback;
    self->cached = NULL;
    self->cached_thread = 0;
    self->cached_version = 0;
    if (_PyObject_GC_MAY_BE_TRACKED(name) || (fallback && _PyObject_GC_MAY_BE_TRACKED(fallback)))
        tai_gc_track(self);
    return (PyObject *)self;
}

PyObject *PyContextVar_New(const char *name, PyObject *fallback)
{
    PyObject *text = PyUnicode_FromString(name);
    if (text == NULL)
        return NULL;
    PyObject *self = make_var(text, fallback);
    Py_DECREF(text);
    return self;
}

static PyObject *var_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"", "default", NULL};
    PyObject *name, *fallback = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|$O:ContextVar", names, &name, &fallback))
        return NULL;
    return make_var(name, fallback);
}

static int check_var(PyObject *op)
{
    if (PyContextVar_CheckExact(op))
        return 0;
    PyErr_SetString(PyExc_TypeError, "an instance of ContextVar was expected");
    return -1;
}

/* 0 and *value new: the value, else fallback, else the variable's default, else NULL. -1 with an exception. */
int PyContextVar_Get(PyObject *op, PyObject *fallback, PyObject **value)
{
    if (check_var(op) < 0)
        return -1;
    PyContextVar *self = (PyContextVar *)op;
    PyThreadState *ts = tai_tstate();
    PyObject *found = NULL;
    if (ts->context != NULL) {
        if (self->cached != NULL && self->cached_thread == ts->id && self->cached_version == ts->context_ver)
            found = self->cached;
        else {
            int result = tai_hamt_find(((PyContext *)ts->context)->vars, op, &found);
            if (result < 0)
                return -1;
            if (result > 0) {
                self->cached = found;
                self->cached_thread = ts->id;
                self->cached_version = ts->context_ver;
            }
        }
    }
    if (found == NULL)
        found = fallback ? fallback : self->fallback;
    Py_XINCREF(found);
    *value = found;
    return 0;
}

/* Change the current context. value NULL: remove the variable. 0 / -1. */
static int set_value(PyThreadState *ts, PyContextVar *self, PyObject *value)
{
    self->cached = NULL;
    PyContext *context = current_context(ts);
    if (context == NULL)
        return -1;
    TaiHamt *vars;
    if (value != NULL)
        vars = tai_hamt_assoc(context->vars, (PyObject *)self, value);
    else {
        PyObject *present;
        int found = tai_hamt_find(context->vars, (PyObject *)self, &present);
        if (found == 0)
            PyErr_SetObject(PyExc_LookupError, (PyObject *)self);
        vars = found > 0 ? tai_hamt_without(context->vars, (PyObject *)self) : NULL;
    }
    if (vars == NULL)
        return -1;
    ts->context_ver++;
    self->cached = value;
    self->cached_thread = ts->id;
    self->cached_version = ts->context_ver;
    TaiHamt *old = context->vars;
    context->vars = vars;
    Py_DECREF(old);
    return 0;
}

static PyObject *make_token(PyContext *context, PyContextVar *var, PyObject *old_value)
{
    PyContextToken *self = PyObject_GC_New(PyContextToken, &PyContextToken_Type);
    if (self == NULL)
        return NULL;
    Py_INCREF(context);
    Py_INCREF(var);
    Py_XINCREF(old_value);
    self->context = context;
    self->var = var;
    self->old_value = old_value;
    self->used = 0;
    tai_gc_track(self);
    return (PyObject *)self;
}

/* New token. */
PyObject *PyContextVar_Set(PyObject *op, PyObject *value)
{
    if (check_var(op) < 0)
        return NULL;
    PyThreadState *ts = tai_tstate();
    PyContext *context = current_context(ts);
    PyObject *old;
    if (context == NULL || tai_hamt_find(context->vars, op, &old) < 0)
        return NULL;
    PyObject *token = make_token(context, (PyContextVar *)op, old);
    if (token != NULL && set_value(ts, (PyContextVar *)op, value) < 0)
        Py_CLEAR(token);
    return token;
}

int PyContextVar_Reset(PyObject *op, PyObject *token_object)
{
    if (check_var(op) < 0)
        return -1;
    if (!PyContextToken_CheckExact(token_object)) {
        PyErr_SetString(PyExc_TypeError, "an instance of Token was expected");
        return -1;
    }
    PyContextToken *token = (PyContextToken *)token_object;
    PyThreadState *ts = tai_tstate();
    if (token->used) {
        PyErr_Format(PyExc_RuntimeError, "%R has already been used once", token_object);
        return -1;
    }
    if (token->var != (PyContextVar *)op) {
        PyErr_Format(PyExc_ValueError, "%R was created by a different ContextVar", token_object);
        return -1;
    }
    if (current_context(ts) != token->context) {
        PyErr_Format(PyExc_ValueError, "%R was created in a different Context", token_object);
        return -1;
    }
    token->used = 1;
    return set_value(ts, (PyContextVar *)op, token->old_value);
}

static int var_clear(PyObject *op)
{
    PyContextVar *self = (PyContextVar *)op;
    Py_CLEAR(self->name);
    Py_CLEAR(self->fallback);
    self->cached = NULL;
    return 0;
}

static void var_dealloc(PyObject *op)
{
    tai_gc_untrack_if(op);
    Py_TRASHCAN_BEGIN(op, var_dealloc)
    var_clear(op);
    PyObject_GC_Del(op);
    Py_TRASHCAN_END
}

static int var_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((PyContextVar *)op)->name);
    Py_VISIT(((PyContextVar *)op)->fallback);
    return 0;
}

static Py_hash_t var_hash(PyObject *op)
{
    return ((PyContextVar *)op)->hash;
}

static PyObject *var_repr(PyObject *op)
{
    PyContextVar *self = (PyContextVar *)op;
    if (self->fallback == NULL)
        return PyUnicode_FromFormat("<ContextVar name=%R at %p>", self->name, self);
    return PyUnicode_FromFormat("<ContextVar name=%R default=%R at %p>", self->name, self->fallback, self);
}

static PyObject *var_get(PyObject *op, PyObject *const *args, Py_ssize_t count)
{
    PyObject *value;
    if (!_PyArg_CheckPositional("get", count, 0, 1) || PyContextVar_Get(op, count ? args[0] : NULL, &value) < 0)
        return NULL;
    if (value == NULL)
        PyErr_SetObject(PyExc_LookupError, op);
    return value;
}

static PyObject *var_set(PyObject *op, PyObject *value)
{
    return PyContextVar_Set(op, value);
}

static PyObject *var_reset(PyObject *op, PyObject *token)
{
    if (!PyContextToken_CheckExact(token)) {
        PyErr_Format(PyExc_TypeError, "expected an instance of Token, got %R", token);
        return NULL;
    }
    if (PyContextVar_Reset(op, token) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *var_class_getitem(PyObject *type, PyObject *item)
{
    Py_INCREF(type);
    return type;
}

PyDoc_STRVAR(var_get_doc, "get($self, default=<unrepresentable>, /)\n--\n\n"
"The value in the current context.\n\n"
"Where there is none: default, if given; else the default that the variable\n"
"was made with; else LookupError is raised.");
PyDoc_STRVAR(var_set_doc, "set($self, value, /)\n--\n\n"
"Give the variable a value in the current context.\n\n"
"The result is a Token: reset() takes it to bring the value of before back.");
PyDoc_STRVAR(var_reset_doc, "reset($self, token, /)\n--\n\nGive the variable the value it had before the set() that made the token.");

static PyMemberDef var_members[] = {
    {"name", T_OBJECT, offsetof(PyContextVar, name), READONLY, PyDoc_STR("name, for people")},
    {NULL},
};

static PyMethodDef var_methods[] = {
    {"get", (PyCFunction)(void (*)(void))var_get, METH_FASTCALL, var_get_doc},
    {"set", var_set, METH_O, var_set_doc},
    {"reset", var_reset, METH_O, var_reset_doc},
    {"__class_getitem__", var_class_getitem, METH_O | METH_CLASS},
    {NULL},
};

PyTypeObject PyContextVar_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "ContextVar",
    .tp_doc = PyDoc_STR("ContextVar(name, *, default): a variable with a value of its own in each context."),
    .tp_basicsize = sizeof(PyContextVar),
    .tp_dealloc = var_dealloc,
    .tp_repr = var_repr,
    .tp_hash = var_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = var_traverse,
    .tp_clear = var_clear,
    .tp_methods = var_methods,
    .tp_members = var_members,
    .tp_new = var_new,
};

/* ---- tokens ---- */

static PyObject *token_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyErr_SetString(PyExc_RuntimeError, "Tokens can only be created by ContextVars");
    return NULL;
}

static int token_clear(PyObject *op)
{
    PyContextToken *self = (PyContextToken *)op;
    Py_CLEAR(self->context);
    Py_CLEAR(self->var);
    Py_CLEAR(self->old_value);
    return 0;
}

static void token_dealloc(PyObject *op)
{
    tai_gc_untrack_if(op);
    Py_TRASHCAN_BEGIN(op, token_dealloc)
    token_clear(op);
    PyObject_GC_Del(op);
    Py_TRASHCAN_END
}

static int token_traverse(PyObject *op, visitproc visit, void *arg)
{
    PyContextToken *self = (PyContextToken *)op;
    Py_VISIT(self->context);
    Py_VISIT(self->var);
    Py_VISIT(self->old_value);
    return 0;
}

static PyObject *token_repr(PyObject *op)
{
    PyContextToken *self = (PyContextToken *)op;
    return PyUnicode_FromFormat("<Token%s var=%R at %p>", self->used ? " used" : "", (PyObject *)self->var, self);
}

static PyObject *token_get_var(PyObject *op, void *closure)
{
    Py_INCREF(((PyContextToken *)op)->var);
    return (PyObject *)((PyContextToken *)op)->var;
}

static PyObject *token_get_old(PyObject *op, void *closure)
{
    PyObject *old = ((PyContextToken *)op)->old_value;
    if (old == NULL)
        old = missing;
    Py_INCREF(old);
    return old;
}

static PyGetSetDef token_getset[] = {
    {"var", token_get_var, NULL, PyDoc_STR("the variable that was set")},
    {"old_value", token_get_old, NULL, PyDoc_STR("its value before, or Token.MISSING")},
    {NULL},
};

PyTypeObject PyContextToken_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "Token",
    .tp_doc = PyDoc_STR("What ContextVar.set() returns, for reset()."),
    .tp_basicsize = sizeof(PyContextToken),
    .tp_dealloc = token_dealloc,
    .tp_repr = token_repr,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = token_traverse,
    .tp_clear = token_clear,
    .tp_getset = token_getset,
    .tp_new = token_new,
};

static PyObject *missing_repr(PyObject *op)
{
    return PyUnicode_FromString("<Token.MISSING>");
}

PyAPI_DATA(PyTypeObject) PyContextTokenMissing_Type;
PyTypeObject PyContextTokenMissing_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "Token.MISSING",
    .tp_basicsize = sizeof(PyObject),
    .tp_repr = missing_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

/* ---- start and stop ---- */

PyObject *_PyContext_NewHamtForTests(void)
{
    return (PyObject *)tai_hamt_new();
}

int tai_context_init(void)
{
    if (tai_hamt_init() < 0 || PyType_Ready(&PyContext_Type) < 0 || PyType_Ready(&PyContextVar_Type) < 0 ||
        PyType_Ready(&PyContextToken_Type) < 0 || PyType_Ready(&PyContextTokenMissing_Type) < 0)
        return -1;
    if (missing == NULL && (missing = (PyObject *)PyObject_New(PyObject, &PyContextTokenMissing_Type)) == NULL)
        return -1;
    if (PyDict_SetItemString(PyContextToken_Type.tp_dict, "MISSING", missing) < 0)
        return -1;
    PyType_Modified(&PyContextToken_Type);
    return 0;
}
