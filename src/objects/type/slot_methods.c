/* SPDX-License-Identifier: MIT */
/* From slot to method: what stands in the type slots of a Python class. Each function finds its special method on the class (method
 * cache) and calls it by vectorcall, self in front, without a tuple and without a bound method.
 *
 * The other direction, from method to slot, and the choice of what stands in a slot are in slots.c.
 */
#include "objects/type/slot_methods.h"
#include "objects/object.h"
#include "runtime/recursion.h"

/* ---- finding and calling --------------------------------------------------------------------------------------------- */

enum { ABSENT_RAISES, ABSENT_IS_NOT_IMPLEMENTED };

/* A special method with what its call needs. */
typedef struct {
    PyObject *callable; /* owned */
    int unbound;        /* takes self */
} Method;

/* 1: found, 0: absent, -1: error. */
static int find(PyObject *self, _Py_Identifier *id, Method *m)
{
    PyObject *name = LIKELY(id->object != NULL) ? id->object : _PyUnicode_FromId(id);
    int kind;
    m->callable = NULL;
    if (name == NULL)
        return -1;
    kind = tai_lookup_special(self, name, &m->callable);
    m->unbound = kind == 1;
    return kind >= 0 ? 1 : kind == -1 ? 0 : -1;
}

static void raise_absent(_Py_Identifier *id)
{
    PyErr_SetObject(PyExc_AttributeError, id->object);
}

/* Call and let go of m. stack[0] is scratch, stack[1] self, then nargs arguments. New. */
static PyObject *call_method(Method *m, PyObject **stack, Py_ssize_t nargs)
{
    PyObject *res;
    if (LIKELY(m->unbound))
        res = _PyObject_Vectorcall(m->callable, stack + 1, (size_t)(nargs + 1) | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
    else
        res = _PyObject_Vectorcall(m->callable, stack + 2, (size_t)nargs | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
    Py_DECREF(m->callable);
    return res;
}

static PyObject *call(PyObject *self, _Py_Identifier *id, PyObject *a, PyObject *b, Py_ssize_t nargs, int absent)
{
    PyObject *stack[4] = {NULL, self, a, b};
    Method m;
    int found = find(self, id, &m);
    if (LIKELY(found > 0))
        return call_method(&m, stack, nargs);
    if (found < 0)
        return NULL;
    if (absent == ABSENT_IS_NOT_IMPLEMENTED)
        Py_RETURN_NOTIMPLEMENTED;
    raise_absent(id);
    return NULL;
}

static PyObject *call0(PyObject *self, _Py_Identifier *id)
{
    return call(self, id, NULL, NULL, 0, ABSENT_RAISES);
}

static PyObject *call1(PyObject *self, _Py_Identifier *id, PyObject *a)
{
    return call(self, id, a, NULL, 1, ABSENT_RAISES);
}

/* For int slots: drops the result. */
static int status(PyObject *res)
{
    if (res == NULL)
        return -1;
    Py_DECREF(res);
    return 0;
}

/* ---- numbers ----------------------------------------------------------------------------------------------------------- */

/* Whether the class of right has another method of this name than the class of left. -1 with an exception. */
static int overrides(PyObject *left, PyObject *right, _Py_Identifier *id)
{
    PyObject *a, *b;
    int res;
    if (_PyObject_LookupAttrId((PyObject *)Py_TYPE(right), id, &b) < 0)
        return -1;
    if (b == NULL)
        return 0;
    if (_PyObject_LookupAttrId((PyObject *)Py_TYPE(left), id, &a) < 0) {
        Py_DECREF(b);
        return -1;
    }
    if (a == NULL) {
        Py_DECREF(b);
        return 1;
    }
    res = PyObject_RichCompareBool(a, b, Py_NE);
    Py_DECREF(a);
    Py_DECREF(b);
    return res;
}

/* self op other, where at least one has our function in its slot. */
static PyObject *binary(PyObject *self, PyObject *other, int self_ours, int other_ours, _Py_Identifier *id,
                        _Py_Identifier *reflected)
{
    PyTypeObject *st = Py_TYPE(self), *ot = Py_TYPE(other);
    int try_other = st != ot && other_ours;
    PyObject *res;
    if (self_ours) {
        if (try_other && PyType_IsSubtype(ot, st)) {
            int differs = overrides(self, other, reflected);
            if (differs < 0)
                return NULL;
            if (differs) {
                res = call(other, reflected, self, NULL, 1, ABSENT_IS_NOT_IMPLEMENTED);
                if (res != Py_NotImplemented)
                    return res;
                Py_DECREF(res);
                try_other = 0;
            }
        }
        res = call(self, id, other, NULL, 1, ABSENT_IS_NOT_IMPLEMENTED);
        if (res != Py_NotImplemented || Py_TYPE(other) == Py_TYPE(self))
            return res;
        Py_DECREF(res);
    }
    if (try_other)
        return call(other, reflected, self, NULL, 1, ABSENT_IS_NOT_IMPLEMENTED);
    Py_RETURN_NOTIMPLEMENTED;
}

#define HAS_OURS(o, member) (Py_TYPE(o)->tp_as_number != NULL && Py_TYPE(o)->tp_as_number->member == tai_slot_##member)

#define DEFINE_BINARY(member, id, reflected) \
    _Py_IDENTIFIER(id); \
    _Py_IDENTIFIER(reflected); \
    PyObject *tai_slot_##member(PyObject *self, PyObject *other) \
    { \
        return binary(self, other, HAS_OURS(self, member), HAS_OURS(other, member), &PyId_##id, &PyId_##reflected); \
    }
NUMBER_BINARY(DEFINE_BINARY)

#define DEFINE_INPLACE(member, id) \
    _Py_IDENTIFIER(id); \
    PyObject *tai_slot_##member(PyObject *self, PyObject *other) { return call1(self, &PyId_##id, other); }
NUMBER_INPLACE(DEFINE_INPLACE)

#define DEFINE_UNARY(member, id) \
    _Py_IDENTIFIER(id); \
    PyObject *tai_slot_##member(PyObject *self) { return call0(self, &PyId_##id); }
NUMBER_UNARY(DEFINE_UNARY)

_Py_IDENTIFIER(__pow__);
_Py_IDENTIFIER(__rpow__);
_Py_IDENTIFIER(__ipow__);

PyObject *tai_slot_nb_power(PyObject *self, PyObject *other, PyObject *modulus)
{
    if (modulus == Py_None)
        return binary(self, other, HAS_OURS(self, nb_power), HAS_OURS(other, nb_power), &PyId___pow__, &PyId___rpow__);
    if (HAS_OURS(self, nb_power)) /* with three operands there is no reflected form */
        return call(self, &PyId___pow__, other, modulus, 2, ABSENT_RAISES);
    Py_RETURN_NOTIMPLEMENTED;
}

PyObject *tai_slot_nb_inplace_power(PyObject *self, PyObject *other, PyObject *modulus)
{
    return call1(self, &PyId___ipow__, other);
}

_Py_IDENTIFIER(__bool__);
_Py_IDENTIFIER(__len__);

int tai_slot_nb_bool(PyObject *self)
{
    PyObject *stack[2] = {NULL, self}, *value;
    Method m;
    int by_len = 0, res, found = find(self, &PyId___bool__, &m);
    if (found == 0) {
        by_len = 1;
        found = find(self, &PyId___len__, &m);
        if (found == 0)
            return 1;
    }
    if (found < 0)
        return -1;
    value = call_method(&m, stack, 0);
    if (value == NULL)
        return -1;
    if (by_len || PyBool_Check(value))
        res = PyObject_IsTrue(value);
    else {
        PyErr_Format(PyExc_TypeError, "__bool__ should return bool, returned %s", Py_TYPE(value)->tp_name);
        res = -1;
    }
    Py_DECREF(value);
    return res;
}

/* ---- containers ---------------------------------------------------------------------------------------------------------- */

_Py_IDENTIFIER(__contains__);
_Py_IDENTIFIER(__getitem__);
_Py_IDENTIFIER(__setitem__);
_Py_IDENTIFIER(__delitem__);
_Py_IDENTIFIER(__iter__);
_Py_IDENTIFIER(__next__);

Py_ssize_t tai_slot_length(PyObject *self)
{
    PyObject *value = call0(self, &PyId___len__), *index;
    Py_ssize_t n;
    if (value == NULL)
        return -1;
    index = PyNumber_Index(value);
    Py_DECREF(value);
    if (index == NULL)
        return -1;
    if (Py_SIZE(index) < 0) {
        PyErr_SetString(PyExc_ValueError, "__len__() should return >= 0");
        n = -1;
    }
    else {
        n = PyNumber_AsSsize_t(index, PyExc_OverflowError);
        assert(n >= 0 || PyErr_ExceptionMatches(PyExc_OverflowError));
    }
    Py_DECREF(index);
    return n;
}

PyObject *tai_slot_getitem(PyObject *self, PyObject *key)
{
    return call1(self, &PyId___getitem__, key);
}

PyObject *tai_slot_sq_item(PyObject *self, Py_ssize_t i)
{
    PyObject *key = PyLong_FromSsize_t(i), *res;
    if (key == NULL)
        return NULL;
    res = call1(self, &PyId___getitem__, key);
    Py_DECREF(key);
    return res;
}

int tai_slot_ass_subscript(PyObject *self, PyObject *key, PyObject *value)
{
    if (value == NULL)
        return status(call1(self, &PyId___delitem__, key));
    return status(call(self, &PyId___setitem__, key, value, 2, ABSENT_RAISES));
}

int tai_slot_sq_ass_item(PyObject *self, Py_ssize_t i, PyObject *value)
{
    PyObject *key = PyLong_FromSsize_t(i);
    int res;
    if (key == NULL)
        return -1;
    res = tai_slot_ass_subscript(self, key, value);
    Py_DECREF(key);
    return res;
}

int tai_slot_sq_contains(PyObject *self, PyObject *value)
{
    PyObject *stack[3] = {NULL, self, value}, *res;
    Method m;
    int found = find(self, &PyId___contains__, &m), truth;
    if (found < 0)
        return -1;
    if (found == 0)
        return (int)_PySequence_IterSearch(self, value, PY_ITERSEARCH_CONTAINS);
    if (m.callable == Py_None) {
        Py_DECREF(m.callable);
        PyErr_Format(PyExc_TypeError, "'%.200s' object is not a container", Py_TYPE(self)->tp_name);
        return -1;
    }
    res = call_method(&m, stack, 1);
    if (res == NULL)
        return -1;
    truth = PyObject_IsTrue(res);
    Py_DECREF(res);
    return truth;
}

PyObject *tai_slot_iter(PyObject *self)
{
    PyObject *stack[2] = {NULL, self};
    Method m;
    int found = find(self, &PyId___iter__, &m);
    if (found < 0) {
        PyErr_Clear();
        found = 0;
    }
    if (found && m.callable != Py_None)
        return call_method(&m, stack, 0);
    Py_XDECREF(m.callable);
    if (!found) {
        found = find(self, &PyId___getitem__, &m);
        if (found < 0)
            return NULL;
        Py_XDECREF(m.callable);
        if (found)
            return PySeqIter_New(self);
    }
    PyErr_Format(PyExc_TypeError, "'%.200s' object is not iterable", Py_TYPE(self)->tp_name);
    return NULL;
}

PyObject *tai_slot_iternext(PyObject *self)
{
    return call0(self, &PyId___next__);
}

/* ---- text, hash, comparison ------------------------------------------------------------------------------------------------ */

_Py_IDENTIFIER(__repr__);
_Py_IDENTIFIER(__str__);
_Py_IDENTIFIER(__hash__);
_Py_IDENTIFIER(__lt__);
_Py_IDENTIFIER(__le__);
_Py_IDENTIFIER(__eq__);
_Py_IDENTIFIER(__ne__);
_Py_IDENTIFIER(__gt__);
_Py_IDENTIFIER(__ge__);

PyObject *tai_slot_repr(PyObject *self)
{
    PyObject *stack[2] = {NULL, self};
    Method m;
    int found = find(self, &PyId___repr__, &m);
    if (found > 0)
        return call_method(&m, stack, 0);
    PyErr_Clear();
    return PyUnicode_FromFormat("<%s object at %p>", Py_TYPE(self)->tp_name, self);
}

PyObject *tai_slot_str(PyObject *self)
{
    return call0(self, &PyId___str__);
}

Py_hash_t tai_slot_hash(PyObject *self)
{
    PyObject *stack[2] = {NULL, self}, *value;
    Method m;
    Py_hash_t hash;
    int found = find(self, &PyId___hash__, &m);
    if (found <= 0 || m.callable == Py_None) {
        Py_XDECREF(m.callable);
        return PyObject_HashNotImplemented(self);
    }
    value = call_method(&m, stack, 0);
    if (value == NULL)
        return -1;
    if (!PyLong_Check(value)) {
        Py_DECREF(value);
        PyErr_SetString(PyExc_TypeError, "__hash__ method should return an integer");
        return -1;
    }
    hash = PyLong_AsSsize_t(value); /* an int in range is its own hash, apart from -1 */
    if (hash == -1 && PyErr_Occurred()) {
        PyErr_Clear();
        hash = PyLong_Type.tp_hash(value);
    }
    Py_DECREF(value);
    return hash == -1 ? -2 : hash;
}

PyObject *tai_slot_richcompare(PyObject *self, PyObject *other, int op)
{
    static _Py_Identifier *const names[] = {&PyId___lt__, &PyId___le__, &PyId___eq__,
                                            &PyId___ne__, &PyId___gt__, &PyId___ge__};
    PyObject *stack[4] = {NULL, self, other, NULL};
    Method m;
    if (LIKELY(find(self, names[op], &m) > 0))
        return call_method(&m, stack, 1);
    PyErr_Clear(); /* a method that cannot be fetched counts as absent here */
    Py_RETURN_NOTIMPLEMENTED;
}

/* ---- attributes and descriptors -------------------------------------------------------------------------------------------- */

_Py_IDENTIFIER(__getattribute__);
_Py_IDENTIFIER(__getattr__);
_Py_IDENTIFIER(__setattr__);
_Py_IDENTIFIER(__delattr__);
_Py_IDENTIFIER(__get__);
_Py_IDENTIFIER(__set__);
_Py_IDENTIFIER(__delete__);

static PyObject *slot_getattro(PyObject *self, PyObject *name)
{
    return call1(self, &PyId___getattribute__, name);
}

/* In the slot of classes that may have __getattr__. The first use finds out, and takes the plain function if not. */
PyObject *tai_slot_getattr_hook(PyObject *self, PyObject *name)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject *fallback = _PyType_LookupId(type, &PyId___getattr__), *getattribute, *res;
    if (fallback == NULL) {
        type->tp_getattro = slot_getattro;
        return slot_getattro(self, name);
    }
    getattribute = _PyType_LookupId(type, &PyId___getattribute__);
    if (getattribute == NULL ||
        (Py_TYPE(getattribute) == &PyWrapperDescr_Type &&
         ((PyWrapperDescrObject *)getattribute)->d_wrapped == (void *)PyObject_GenericGetAttr)) {
        res = tai_object_generic_getattr(self, name, 1);
        if (res != NULL || PyErr_Occurred())
            return res;
    }
    else {
        res = call1(self, &PyId___getattribute__, name);
        if (res != NULL || !PyErr_ExceptionMatches(PyExc_AttributeError))
            return res;
        PyErr_Clear();
    }
    return call1(self, &PyId___getattr__, name);
}

int tai_slot_setattro(PyObject *self, PyObject *name, PyObject *value)
{
    if (value == NULL)
        return status(call1(self, &PyId___delattr__, name));
    return status(call(self, &PyId___setattr__, name, value, 2, ABSENT_RAISES));
}

PyObject *tai_slot_descr_get(PyObject *self, PyObject *obj, PyObject *type)
{
    PyObject *get = _PyType_LookupId(Py_TYPE(self), &PyId___get__), *stack[4], *res;
    if (get == NULL) {
        Py_TYPE(self)->tp_descr_get = NULL;
        Py_INCREF(self);
        return self;
    }
    stack[0] = NULL;
    stack[1] = self;
    stack[2] = obj ? obj : Py_None;
    stack[3] = type ? type : Py_None;
    Py_INCREF(get); /* called as it stands in the class: self is always given */
    res = _PyObject_Vectorcall(get, stack + 1, 3 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
    Py_DECREF(get);
    return res;
}

int tai_slot_descr_set(PyObject *self, PyObject *target, PyObject *value)
{
    if (value == NULL)
        return status(call1(self, &PyId___delete__, target));
    return status(call(self, &PyId___set__, target, value, 2, ABSENT_RAISES));
}

/* ---- calling, making, ending ------------------------------------------------------------------------------------------------ */

_Py_IDENTIFIER(__call__);
_Py_IDENTIFIER(__init__);
_Py_IDENTIFIER(__new__);
_Py_IDENTIFIER(__del__);
_Py_IDENTIFIER(__await__);
_Py_IDENTIFIER(__aiter__);
_Py_IDENTIFIER(__anext__);

static PyObject *call_with_tuple(PyObject *self, _Py_Identifier *id, PyObject *args, PyObject *kwds)
{
    Method m;
    PyObject *res;
    int found = find(self, id, &m);
    if (found <= 0) {
        if (found == 0)
            raise_absent(id);
        return NULL;
    }
    res = m.unbound ? _PyObject_Call_Prepend(m.callable, self, args, kwds) : PyObject_Call(m.callable, args, kwds);
    Py_DECREF(m.callable);
    return res;
}

PyObject *tai_slot_call(PyObject *self, PyObject *args, PyObject *kwds)
{
    return call_with_tuple(self, &PyId___call__, args, kwds);
}

/* The same with an argument array, for callers that have one. */
PyObject *tai_slot_call_stack(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    Method m;
    PyObject *res;
    int found = find(self, &PyId___call__, &m);
    if (found <= 0) {
        if (found == 0)
            raise_absent(&PyId___call__);
        return NULL;
    }
    if (tai_enter_c(" while calling a Python object"))
        res = NULL;
    else {
        res = m.unbound ? tai_call_prepend(m.callable, self, args, nargs, kwnames)
                        : _PyObject_Vectorcall(m.callable, args, (size_t)nargs, kwnames);
        tai_leave_c();
    }
    Py_DECREF(m.callable);
    return res;
}

int tai_init_result(PyObject *result)
{
    int ok;
    if (result == NULL)
        return -1;
    ok = result == Py_None;
    if (!ok)
        PyErr_Format(PyExc_TypeError, "__init__() should return None, not '%.200s'", Py_TYPE(result)->tp_name);
    Py_DECREF(result);
    return ok ? 0 : -1;
}

int tai_slot_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    return tai_init_result(call_with_tuple(self, &PyId___init__, args, kwds));
}

PyObject *tai_slot_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *func = _PyObject_GetAttrId((PyObject *)type, &PyId___new__), *res;
    if (func == NULL)
        return NULL;
    res = _PyObject_Call_Prepend(func, (PyObject *)type, args, kwds);
    Py_DECREF(func);
    return res;
}

void tai_slot_finalize(PyObject *self)
{
    PyObject *type, *value, *trace, *stack[2] = {NULL, self}, *res, *method;
    Method m;
    PyErr_Fetch(&type, &value, &trace);
    if (find(self, &PyId___del__, &m) > 0) {
        method = m.callable;
        Py_INCREF(method);
        res = call_method(&m, stack, 0);
        if (res == NULL)
            PyErr_WriteUnraisable(method);
        else
            Py_DECREF(res);
        Py_DECREF(method);
    }
    PyErr_Restore(type, value, trace);
}

static PyObject *call_async(PyObject *self, _Py_Identifier *id)
{
    PyObject *stack[2] = {NULL, self};
    Method m;
    int found = find(self, id, &m);
    if (found > 0)
        return call_method(&m, stack, 0);
    if (found == 0)
        PyErr_Format(PyExc_AttributeError, "object %.50s does not have %s method", Py_TYPE(self)->tp_name, id->string);
    return NULL;
}

PyObject *tai_slot_am_await(PyObject *self)
{
    return call_async(self, &PyId___await__);
}

PyObject *tai_slot_am_aiter(PyObject *self)
{
    return call_async(self, &PyId___aiter__);
}

PyObject *tai_slot_am_anext(PyObject *self)
{
    return call_async(self, &PyId___anext__);
}
