/* SPDX-License-Identifier: MIT */
/* set and frozenset: operators, methods, the two types and their iterator. The table is in set.c.
 *
 * Operators and non-updating methods give an exact set or frozenset, also for subclasses (base_of).
 * Tests: tests/objects/test_set.py.
 */
#include "objects/set/set.h"
#include "objects/plain_equal.h"
#include "objects/type_call.h"
#include "runtime/immortal.h"

#include <stddef.h>

static PySetObject *empty_frozenset;

#define SET(op) ((PySetObject *)(op))

static PyTypeObject *base_of(PyObject *so)
{
    PyTypeObject *type = Py_TYPE(so);
    if (type == &PySet_Type || type == &PyFrozenSet_Type)
        return type;
    return PyType_IsSubtype(type, &PySet_Type) ? &PySet_Type : &PyFrozenSet_Type;
}

static PyObject *newref(PyObject *op)
{
    Py_INCREF(op);
    return op;
}

/* ---- element by element -------------------------------------------------------------------------------------- */

enum { CONTAINS, DISCARD };

static int do_lookup(PySetObject *so, PyObject *key, int what)
{
    Py_hash_t hash = tai_hash_of(key);
    if (hash == -1)
        return -1;
    return what == CONTAINS ? tai_set_contains(so, key, hash) : tai_set_discard(so, key, hash);
}

/* The same, where a set given as key stands for the frozenset with its elements. */
static int lookup(PyObject *self, PyObject *key, int what)
{
    int found = do_lookup(SET(self), key, what);
    if (found >= 0 || !PySet_Check(key) || !PyErr_ExceptionMatches(PyExc_TypeError))
        return found;
    PyErr_Clear();
    PyObject *frozen = tai_set_new(&PyFrozenSet_Type, key);
    if (frozen == NULL)
        return -1;
    found = do_lookup(SET(self), frozen, what);
    Py_DECREF(frozen);
    return found;
}

static int set_contains(PyObject *self, PyObject *key) { return lookup(self, key, CONTAINS); }

static PyObject *set_contains_method(PyObject *self, PyObject *key)
{
    int found = lookup(self, key, CONTAINS);
    return found < 0 ? NULL : PyBool_FromLong(found);
}

static PyObject *set_add(PyObject *self, PyObject *key)
{
    Py_hash_t hash = tai_hash_of(key);
    if (hash == -1 || tai_set_add(SET(self), key, hash) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *set_discard(PyObject *self, PyObject *key)
{
    if (lookup(self, key, DISCARD) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *set_remove(PyObject *self, PyObject *key)
{
    int found = lookup(self, key, DISCARD);
    if (found < 0)
        return NULL;
    if (!found) {
        _PyErr_SetKeyError(key);
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *set_pop(PyObject *self, PyObject *unused) { return tai_set_pop(SET(self)); }

static PyObject *set_clear(PyObject *self, PyObject *unused)
{
    tai_set_clear(SET(self));
    Py_RETURN_NONE;
}

static PyObject *set_copy(PyObject *self, PyObject *unused) { return tai_set_new(base_of(self), self); }

static PyObject *frozenset_copy(PyObject *self, PyObject *unused)
{
    return PyFrozenSet_CheckExact(self) ? newref(self) : set_copy(self, NULL);
}

/* ---- union --------------------------------------------------------------------------------------------------- */

static PyObject *set_update(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    for (Py_ssize_t i = 0; i < nargs; i++)
        if (tai_set_update(SET(self), args[i]) < 0)
            return NULL;
    Py_RETURN_NONE;
}

static PyObject *set_union(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *result = set_copy(self, NULL);
    for (Py_ssize_t i = 0; result != NULL && i < nargs; i++)
        if (args[i] != self && tai_set_update(SET(result), args[i]) < 0)
            Py_CLEAR(result);
    return result;
}

/* ---- intersection -------------------------------------------------------------------------------------------- */

static PyObject *intersect(PyObject *self, PyObject *other)
{
    PyObject *key, *result;
    Py_hash_t hash;
    if (self == other)
        return set_copy(self, NULL);
    if ((result = tai_set_new(base_of(self), NULL)) == NULL)
        return NULL;
    if (PyAnySet_Check(other)) {
        Py_ssize_t pos = 0;
        if (SET(other)->used > SET(self)->used) { /* walk the smaller one */
            PyObject *swap = self;
            self = other;
            other = swap;
        }
        Py_ssize_t size = SET(other)->used;
        while (tai_set_next(SET(other), &pos, &key, &hash)) {
            Py_INCREF(key);
            int found = tai_set_contains(SET(self), key, hash);
            if (found > 0) /* other may have changed while code ran: then it could give a key again */
                found = size == SET(other)->used ? tai_set_add_unique(SET(result), key, hash)
                                                 : tai_set_add(SET(result), key, hash);
            Py_DECREF(key);
            if (found < 0)
                goto error;
        }
        return result;
    }
    PyObject *it = PyObject_GetIter(other);
    if (it == NULL)
        goto error;
    while ((key = PyIter_Next(it)) != NULL) {
        int found = (hash = tai_hash_of(key)) == -1 ? -1 : tai_set_contains(SET(self), key, hash);
        if (found > 0)
            found = tai_set_add(SET(result), key, hash);
        Py_DECREF(key);
        if (found < 0) {
            Py_DECREF(it);
            goto error;
        }
    }
    Py_DECREF(it);
    if (!PyErr_Occurred())
        return result;
error:
    Py_DECREF(result);
    return NULL;
}

static PyObject *set_intersection(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    if (nargs == 0)
        return set_copy(self, NULL);
    PyObject *result = newref(self);
    for (Py_ssize_t i = 0; result != NULL && i < nargs; i++)
        Py_SETREF(result, intersect(result, args[i]));
    return result;
}

static PyObject *set_intersection_update(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *result = set_intersection(self, args, nargs);
    if (result == NULL)
        return NULL;
    tai_set_swap(SET(self), SET(result));
    Py_DECREF(result);
    Py_RETURN_NONE;
}

static PyObject *set_isdisjoint(PyObject *self, PyObject *other)
{
    PyObject *key;
    Py_hash_t hash;
    if (self == other)
        return PyBool_FromLong(SET(self)->used == 0);
    if (PyAnySet_CheckExact(other)) {
        Py_ssize_t pos = 0;
        if (SET(other)->used > SET(self)->used) {
            PyObject *swap = self;
            self = other;
            other = swap;
        }
        while (tai_set_next(SET(other), &pos, &key, &hash)) {
            Py_INCREF(key);
            int found = tai_set_contains(SET(self), key, hash);
            Py_DECREF(key);
            if (found)
                return found < 0 ? NULL : newref(Py_False);
        }
        Py_RETURN_TRUE;
    }
    PyObject *it = PyObject_GetIter(other);
    if (it == NULL)
        return NULL;
    while ((key = PyIter_Next(it)) != NULL) {
        int found = tai_set_contains_key(SET(self), key);
        Py_DECREF(key);
        if (found) {
            Py_DECREF(it);
            return found < 0 ? NULL : newref(Py_False);
        }
    }
    Py_DECREF(it);
    return PyErr_Occurred() ? NULL : newref(Py_True);
}

/* ---- difference ---------------------------------------------------------------------------------------------- */

static int difference_update(PyObject *self, PyObject *other)
{
    PySetObject *so = SET(self);
    PyObject *key;
    Py_hash_t hash;
    if (self == other)
        return tai_set_clear(so);
    if (PyAnySet_Check(other)) {
        Py_ssize_t pos = 0;
        while (tai_set_next(SET(other), &pos, &key, &hash)) {
            Py_INCREF(key);
            int found = tai_set_discard(so, key, hash);
            Py_DECREF(key);
            if (found < 0)
                return -1;
        }
    }
    else {
        PyObject *it = PyObject_GetIter(other);
        if (it == NULL)
            return -1;
        while ((key = PyIter_Next(it)) != NULL) {
            int found = do_lookup(so, key, DISCARD);
            Py_DECREF(key);
            if (found < 0) {
                Py_DECREF(it);
                return -1;
            }
        }
        Py_DECREF(it);
        if (PyErr_Occurred())
            return -1;
    }
    if ((size_t)(so->fill - so->used) <= (size_t)so->mask / 4)
        return 0;
    return tai_set_resize(so, so->used > 50000 ? so->used * 2 : so->used * 4);
}

static PyObject *copy_and_remove(PyObject *self, PyObject *other)
{
    PyObject *result = set_copy(self, NULL);
    if (result != NULL && difference_update(result, other) < 0)
        Py_CLEAR(result);
    return result;
}

static PyObject *difference(PyObject *self, PyObject *other)
{
    Py_ssize_t other_size, pos = 0, size = SET(self)->used;
    PyObject *key, *result;
    Py_hash_t hash;
    if (PyAnySet_Check(other))
        other_size = SET(other)->used;
    else if (PyDict_CheckExact(other))
        other_size = PyDict_GET_SIZE(other);
    else
        return copy_and_remove(self, other);
    if (SET(self)->used >> 2 > other_size) /* few to remove */
        return copy_and_remove(self, other);
    if ((result = tai_set_new(base_of(self), NULL)) == NULL)
        return NULL;
    while (tai_set_next(SET(self), &pos, &key, &hash)) {
        Py_INCREF(key);
        int found = PyDict_CheckExact(other) ? _PyDict_Contains(other, key, hash) : tai_set_contains(SET(other), key, hash);
        if (found == 0) /* as in intersect() */
            found = size == SET(self)->used ? tai_set_add_unique(SET(result), key, hash)
                                            : tai_set_add(SET(result), key, hash);
        Py_DECREF(key);
        if (found < 0) {
            Py_DECREF(result);
            return NULL;
        }
    }
    return result;
}

static PyObject *set_difference(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    if (nargs == 0)
        return set_copy(self, NULL);
    PyObject *result = difference(self, args[0]);
    for (Py_ssize_t i = 1; result != NULL && i < nargs; i++)
        if (difference_update(result, args[i]) < 0)
            Py_CLEAR(result);
    return result;
}

static PyObject *set_difference_update(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    for (Py_ssize_t i = 0; i < nargs; i++)
        if (difference_update(self, args[i]) < 0)
            return NULL;
    Py_RETURN_NONE;
}

/* In self if it is in one of the two. */
static int toggle(PySetObject *so, PyObject *key, Py_hash_t hash)
{
    Py_INCREF(key);
    int found = tai_set_discard(so, key, hash);
    if (found == 0)
        found = tai_set_add(so, key, hash);
    Py_DECREF(key);
    return found < 0 ? -1 : 0;
}

static PyObject *set_symmetric_difference_update(PyObject *self, PyObject *other)
{
    PySetObject *so = SET(self);
    PyObject *key, *value;
    Py_ssize_t pos = 0;
    Py_hash_t hash;
    if (self == other)
        return set_clear(self, NULL);
    if (PyDict_CheckExact(other)) {
        while (_PyDict_Next(other, &pos, &key, &value, &hash))
            if (toggle(so, key, hash) < 0)
                return NULL;
        Py_RETURN_NONE;
    }
    PyObject *others = PyAnySet_Check(other) ? newref(other) : tai_set_new(base_of(self), other);
    if (others == NULL)
        return NULL;
    while (tai_set_next(SET(others), &pos, &key, &hash))
        if (toggle(so, key, hash) < 0) {
            Py_DECREF(others);
            return NULL;
        }
    Py_DECREF(others);
    Py_RETURN_NONE;
}

static PyObject *set_symmetric_difference(PyObject *self, PyObject *other)
{
    PyObject *result = tai_set_new(base_of(self), other), *none;
    if (result == NULL)
        return NULL;
    if ((none = set_symmetric_difference_update(result, self)) == NULL)
        Py_CLEAR(result);
    Py_XDECREF(none);
    return result;
}

/* ---- comparison ---------------------------------------------------------------------------------------------- */

/* a <= b for sets: 1, 0, -1. */
static int subset(PyObject *a, PyObject *b)
{
    PyObject *key;
    Py_hash_t hash;
    Py_ssize_t pos = 0;
    if (SET(a)->used > SET(b)->used)
        return 0;
    while (tai_set_next(SET(a), &pos, &key, &hash)) {
        Py_INCREF(key);
        int found = tai_set_contains(SET(b), key, hash);
        Py_DECREF(key);
        if (found <= 0)
            return found;
    }
    return 1;
}

static PyObject *set_issubset(PyObject *self, PyObject *other)
{
    PyObject *others = PyAnySet_Check(other) ? newref(other) : tai_set_new(&PySet_Type, other);
    if (others == NULL)
        return NULL;
    int result = subset(self, others);
    Py_DECREF(others);
    return result < 0 ? NULL : PyBool_FromLong(result);
}

static PyObject *set_issuperset(PyObject *self, PyObject *other)
{
    PyObject *others = PyAnySet_Check(other) ? newref(other) : tai_set_new(&PySet_Type, other);
    if (others == NULL)
        return NULL;
    int result = subset(others, self);
    Py_DECREF(others);
    return result < 0 ? NULL : PyBool_FromLong(result);
}

static PyObject *set_richcompare(PyObject *a, PyObject *b, int op)
{
    if (!PyAnySet_Check(b))
        Py_RETURN_NOTIMPLEMENTED;
    int result = 0;
    switch (op) {
    case Py_EQ:
    case Py_NE:
        if (SET(a)->used == SET(b)->used &&
            !(SET(a)->hash != -1 && SET(b)->hash != -1 && SET(a)->hash != SET(b)->hash))
            result = subset(a, b);
        if (op == Py_NE && result >= 0)
            result = !result;
        break;
    case Py_LE: result = subset(a, b); break;
    case Py_GE: result = subset(b, a); break;
    case Py_LT: result = SET(a)->used < SET(b)->used ? subset(a, b) : 0; break;
    case Py_GT: result = SET(a)->used > SET(b)->used ? subset(b, a) : 0; break;
    }
    return result < 0 ? NULL : PyBool_FromLong(result);
}

static Py_uhash_t scatter(Py_uhash_t h) { return ((h ^ 89869747UL) ^ (h << 16)) * 3644798167UL; }

/* Independent of the order: the scattered hashes are combined with xor, then mixed. */
static Py_hash_t frozenset_hash(PyObject *self)
{
    PyObject *key;
    Py_ssize_t pos = 0;
    Py_hash_t hash;
    Py_uhash_t sum = 0;
    if (SET(self)->hash != -1)
        return SET(self)->hash;
    while (tai_set_next(SET(self), &pos, &key, &hash))
        sum ^= scatter((Py_uhash_t)hash);
    sum ^= ((Py_uhash_t)SET(self)->used + 1) * 1927868237UL;
    sum ^= (sum >> 11) ^ (sum >> 25);
    sum = sum * 69069U + 907133923UL;
    if (sum == (Py_uhash_t)-1)
        sum = 590923713UL;
    return SET(self)->hash = (Py_hash_t)sum;
}

/* ---- operators ----------------------------------------------------------------------------------------------- */

#define DEFINE_OPERATOR(NAME, CALL)                                                                                  \
    static PyObject *NAME(PyObject *a, PyObject *b)                                                                  \
    {                                                                                                                \
        if (!PyAnySet_Check(a) || !PyAnySet_Check(b))                                                                \
            Py_RETURN_NOTIMPLEMENTED;                                                                                \
        return CALL;                                                                                                 \
    }

DEFINE_OPERATOR(set_or, set_union(a, &b, 1))
DEFINE_OPERATOR(set_and, intersect(a, b))
DEFINE_OPERATOR(set_sub, difference(a, b))
DEFINE_OPERATOR(set_xor, set_symmetric_difference(a, b))

#define DEFINE_INPLACE(NAME, CALL)                                                                                   \
    static PyObject *NAME(PyObject *a, PyObject *b)                                                                  \
    {                                                                                                                \
        if (!PyAnySet_Check(b))                                                                                      \
            Py_RETURN_NOTIMPLEMENTED;                                                                                \
        PyObject *none = CALL;                                                                                       \
        if (none == NULL)                                                                                            \
            return NULL;                                                                                             \
        Py_DECREF(none);                                                                                             \
        return newref(a);                                                                                            \
    }

DEFINE_INPLACE(set_ior, set_update(a, &b, 1))
DEFINE_INPLACE(set_iand, set_intersection_update(a, &b, 1))
DEFINE_INPLACE(set_isub, set_difference_update(a, &b, 1))
DEFINE_INPLACE(set_ixor, set_symmetric_difference_update(a, b))

/* ---- the rest of the slots ----------------------------------------------------------------------------------- */

static Py_ssize_t set_length(PyObject *self) { return SET(self)->used; }

static PyObject *set_repr(PyObject *self)
{
    const char *name = Py_TYPE(self)->tp_name;
    int status = Py_ReprEnter(self);
    PyObject *result = NULL, *keys, *text;
    if (status != 0)
        return status > 0 ? PyUnicode_FromFormat("%s(...)", name) : NULL;
    if (SET(self)->used == 0) {
        Py_ReprLeave(self);
        return PyUnicode_FromFormat("%s()", name);
    }
    if ((keys = PySequence_List(self)) == NULL)
        goto done;
    text = PyObject_Repr(keys); /* [...]: the brackets are exchanged */
    Py_DECREF(keys);
    if (text == NULL)
        goto done;
    PyObject *inner = PyUnicode_Substring(text, 1, PyUnicode_GET_LENGTH(text) - 1);
    Py_DECREF(text);
    if (inner == NULL)
        goto done;
    if (Py_TYPE(self) == &PySet_Type)
        result = PyUnicode_FromFormat("{%U}", inner);
    else
        result = PyUnicode_FromFormat("%s({%U})", name, inner);
    Py_DECREF(inner);
done:
    Py_ReprLeave(self);
    return result;
}

static PyObject *set_reduce(PyObject *self, PyObject *unused)
{
    _Py_IDENTIFIER(__dict__);
    PyObject *keys, *dict;
    if (_PyObject_LookupAttrId(self, &PyId___dict__, &dict) < 0)
        return NULL;
    if (dict == NULL)
        dict = newref(Py_None);
    if ((keys = PySequence_List(self)) == NULL) {
        Py_DECREF(dict);
        return NULL;
    }
    return Py_BuildValue("O(N)N", Py_TYPE(self), keys, dict);
}

static PyObject *set_sizeof(PyObject *self, PyObject *unused)
{
    Py_ssize_t size = _PyObject_SIZE(Py_TYPE(self));
    if (SET(self)->table != SET(self)->smalltable)
        size += (SET(self)->mask + 1) * (Py_ssize_t)sizeof(setentry);
    return PyLong_FromSsize_t(size);
}

static PyObject *set_new(PyTypeObject *type, PyObject *args, PyObject *kwds) { return tai_set_new(type, NULL); }

static int set_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    PyObject *iterable = NULL;
    if (!_PyArg_NoKeywords("set", kwds) || !PyArg_UnpackTuple(args, Py_TYPE(self)->tp_name, 0, 1, &iterable))
        return -1;
    if (SET(self)->fill)
        tai_set_clear(SET(self));
    SET(self)->hash = -1;
    return iterable ? tai_set_update(SET(self), iterable) : 0;
}

static PyObject *set_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    if (!tai_no_kwnames("set", kwnames) || !_PyArg_CheckPositional("set", nargs, 0, 1))
        return NULL;
    return tai_set_new((PyTypeObject *)type, nargs ? args[0] : NULL);
}

/* frozenset(iterable), with one object for all empty ones. */
static PyObject *new_frozenset(PyObject *iterable)
{
    if (iterable != NULL) {
        if (PyFrozenSet_CheckExact(iterable))
            return newref(iterable);
        PyObject *result = tai_set_new(&PyFrozenSet_Type, iterable);
        if (result == NULL || SET(result)->used != 0)
            return result;
        Py_DECREF(result);
    }
    if (empty_frozenset == NULL) {
        if ((empty_frozenset = SET(tai_set_new(&PyFrozenSet_Type, NULL))) == NULL)
            return NULL;
        tai_immortalize(empty_frozenset);
    }
    return newref((PyObject *)empty_frozenset);
}

static PyObject *frozenset_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *iterable = NULL;
    if ((type == &PyFrozenSet_Type && !_PyArg_NoKeywords("frozenset", kwds)) ||
        !PyArg_UnpackTuple(args, type->tp_name, 0, 1, &iterable))
        return NULL;
    return type == &PyFrozenSet_Type ? new_frozenset(iterable) : tai_set_new(type, iterable);
}

static PyObject *frozenset_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    if (!tai_no_kwnames("frozenset", kwnames) || !_PyArg_CheckPositional("frozenset", nargs, 0, 1))
        return NULL;
    PyObject *iterable = nargs ? args[0] : NULL;
    return type == (PyObject *)&PyFrozenSet_Type ? new_frozenset(iterable) : tai_set_new((PyTypeObject *)type, iterable);
}

/* ---- types --------------------------------------------------------------------------------------------------- */

#define FAST(FUNCTION) ((PyCFunction)(void (*)(void))FUNCTION)

#define COMMON_METHODS                                                                                               \
    {"__contains__", set_contains_method, METH_O | METH_COEXIST, PyDoc_STR("x.__contains__(y) is y in x.")},          \
    {"difference", FAST(set_difference), METH_FASTCALL,                                                              \
     PyDoc_STR("A new set of the elements that none of the others has.")},                                           \
    {"intersection", FAST(set_intersection), METH_FASTCALL,                                                          \
     PyDoc_STR("A new set of the elements that all of the others have, too.")},                                      \
    {"isdisjoint", set_isdisjoint, METH_O, PyDoc_STR("Whether there is no element in common with the other.")},       \
    {"issubset", set_issubset, METH_O, PyDoc_STR("Whether the other has every element of this set.")},                \
    {"issuperset", set_issuperset, METH_O, PyDoc_STR("Whether this set has every element of the other.")},            \
    {"__reduce__", set_reduce, METH_NOARGS, PyDoc_STR("State for pickling.")},                                        \
    {"__sizeof__", set_sizeof, METH_NOARGS, PyDoc_STR("S.__sizeof__() -> bytes of memory taken by S")},               \
    {"symmetric_difference", set_symmetric_difference, METH_O,                                                       \
     PyDoc_STR("A new set of the elements that exactly one of the two has.")},                                       \
    {"union", FAST(set_union), METH_FASTCALL, PyDoc_STR("A new set of the elements of this set and all others.")}

static PyMethodDef set_methods[] = {
    COMMON_METHODS,
    {"add", set_add, METH_O, PyDoc_STR("Put an element in; nothing changes if it is there.")},
    {"clear", set_clear, METH_NOARGS, PyDoc_STR("Take all elements out.")},
    {"copy", set_copy, METH_NOARGS, PyDoc_STR("A new set with the same elements.")},
    {"discard", set_discard, METH_O, PyDoc_STR("Take an element out; nothing changes if it is not there.")},
    {"difference_update", FAST(set_difference_update), METH_FASTCALL,
     PyDoc_STR("Take out all elements that one of the others has.")},
    {"intersection_update", FAST(set_intersection_update), METH_FASTCALL,
     PyDoc_STR("Keep only the elements that all of the others have.")},
    {"pop", set_pop, METH_NOARGS, PyDoc_STR("Take out and return some element; KeyError if there is none.")},
    {"remove", set_remove, METH_O, PyDoc_STR("Take an element out; KeyError if it is not there.")},
    {"symmetric_difference_update", set_symmetric_difference_update, METH_O,
     PyDoc_STR("Take out the elements that the other has, too, and put its remaining ones in.")},
    {"update", FAST(set_update), METH_FASTCALL, PyDoc_STR("Put in all elements of the others.")},
    {NULL},
};

static PyMethodDef frozenset_methods[] = {
    COMMON_METHODS,
    {"copy", frozenset_copy, METH_NOARGS, PyDoc_STR("A set with the same elements; an exact frozenset is its own copy.")},
    {NULL},
};

static PyNumberMethods set_as_number = {
    .nb_subtract = set_sub,
    .nb_and = set_and,
    .nb_xor = set_xor,
    .nb_or = set_or,
    .nb_inplace_subtract = set_isub,
    .nb_inplace_and = set_iand,
    .nb_inplace_xor = set_ixor,
    .nb_inplace_or = set_ior,
};
static PyNumberMethods frozenset_as_number = {
    .nb_subtract = set_sub, .nb_and = set_and, .nb_xor = set_xor, .nb_or = set_or,
};
static PySequenceMethods set_as_sequence = {.sq_length = set_length, .sq_contains = set_contains};

static PyObject *set_iter(PyObject *self);

PyDoc_STRVAR(set_doc, "set() -> an empty set\nset(iterable) -> a set of what iterable gives\n\n"
                      "A mutable collection of different hashable objects, in no order.");
PyDoc_STRVAR(frozenset_doc, "frozenset() -> an empty frozenset\nfrozenset(iterable) -> a frozenset of what iterable gives\n\n"
                            "An immutable, hashable collection of different hashable objects, in no order.");

PyTypeObject PySet_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "set",
    .tp_basicsize = sizeof(PySetObject),
    .tp_dealloc = (destructor)tai_set_dealloc,
    .tp_repr = set_repr,
    .tp_as_number = &set_as_number,
    .tp_as_sequence = &set_as_sequence,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = set_doc,
    .tp_traverse = (traverseproc)tai_set_traverse,
    .tp_clear = (inquiry)tai_set_clear,
    .tp_richcompare = set_richcompare,
    .tp_weaklistoffset = offsetof(PySetObject, weakreflist),
    .tp_iter = set_iter,
    .tp_methods = set_methods,
    .tp_init = set_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = set_new,
    .tp_free = PyObject_GC_Del,
    .tp_vectorcall = set_vectorcall,
};

PyTypeObject PyFrozenSet_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "frozenset",
    .tp_basicsize = sizeof(PySetObject),
    .tp_dealloc = (destructor)tai_set_dealloc,
    .tp_repr = set_repr,
    .tp_as_number = &frozenset_as_number,
    .tp_as_sequence = &set_as_sequence,
    .tp_hash = frozenset_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = frozenset_doc,
    .tp_traverse = (traverseproc)tai_set_traverse,
    .tp_clear = (inquiry)tai_set_clear,
    .tp_richcompare = set_richcompare,
    .tp_weaklistoffset = offsetof(PySetObject, weakreflist),
    .tp_iter = set_iter,
    .tp_methods = frozenset_methods,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = frozenset_new,
    .tp_free = PyObject_GC_Del,
    .tp_vectorcall = frozenset_vectorcall,
};

/* ---- iterator ------------------------------------------------------------------------------------------------ */

typedef struct {
    PyObject_HEAD
    PySetObject *set; /* owned; NULL once exhausted */
    Py_ssize_t used;  /* of the set at the start; -1: will always be "changed" */
    Py_ssize_t pos;
    Py_ssize_t left;
} SetIter;

static PyObject *set_iter(PyObject *self)
{
    SetIter *it = PyObject_GC_New(SetIter, &PySetIter_Type);
    if (it == NULL)
        return NULL;
    it->set = SET(newref(self));
    it->used = it->left = SET(self)->used;
    it->pos = 0;
    tai_gc_track(it);
    return (PyObject *)it;
}

static void iter_dealloc(SetIter *it)
{
    tai_gc_untrack_if(it);
    Py_XDECREF(it->set);
    PyObject_GC_Del(it);
}

static int iter_traverse(SetIter *it, visitproc visit, void *arg)
{
    Py_VISIT(it->set);
    return 0;
}

/* Nothing is left, or the set has another size than at the start: NULL, in the second case with the exception. */
static __attribute__((noinline)) PyObject *iter_end(SetIter *it)
{
    PySetObject *so = it->set;
    if (so != NULL && it->used == so->used) {
        it->set = NULL;
        Py_DECREF(so);
    } else if (so != NULL) {
        PyErr_SetString(PyExc_RuntimeError, "Set changed size during iteration");
        it->used = -1;
    }
    return NULL;
}

/* The first entry in use from entry on; end if there is none. Tables are at most three fifths full and often much emptier: empty
 * entries are passed over four at a time. */
static inline const setentry *next_used(const setentry *entry, const setentry *end)
{
    for (; entry < end; entry++) {
        if (entry->key == NULL) {
            while (end - entry > 4 && ((uintptr_t)entry[1].key | (uintptr_t)entry[2].key | (uintptr_t)entry[3].key |
                                       (uintptr_t)entry[4].key) == 0)
                entry += 4;
        } else if (LIKELY(entry->key != &tai_set_dummy))
            return entry;
    }
    return end;
}

static PyObject *iter_next(SetIter *it)
{
    PySetObject *so = it->set;
    if (UNLIKELY(so == NULL || it->used != so->used))
        return iter_end(it);
    const setentry *end = so->table + so->mask + 1, *entry = next_used(so->table + it->pos, end);
    if (UNLIKELY(entry == end))
        return iter_end(it);
    it->pos = entry - so->table + 1;
    it->left--;
    return newref(entry->key);
}

static PyObject *iter_length_hint(SetIter *it, PyObject *unused)
{
    return PyLong_FromSsize_t(it->set != NULL && it->used == it->set->used ? it->left : 0);
}

/* (iter, (list of what is left,)); the iterator itself does not advance. */
static PyObject *iter_reduce(SetIter *it, PyObject *unused)
{
    _Py_IDENTIFIER(iter);
    PyObject *list = PyList_New(0), *key;
    Py_ssize_t pos = it->pos;
    Py_hash_t hash;
    if (list == NULL)
        return NULL;
    if (it->set != NULL && it->used != it->set->used) {
        PyErr_SetString(PyExc_RuntimeError, "Set changed size during iteration");
        it->used = -1;
        Py_DECREF(list);
        return NULL;
    }
    while (it->set != NULL && tai_set_next(it->set, &pos, &key, &hash))
        if (PyList_Append(list, key) < 0) {
            Py_DECREF(list);
            return NULL;
        }
    return Py_BuildValue("N(N)", _PyEval_GetBuiltinId(&PyId_iter), list);
}

static PyMethodDef iter_methods[] = {
    {"__length_hint__", (PyCFunction)iter_length_hint, METH_NOARGS, PyDoc_STR("Estimate of the number of items left.")},
    {"__reduce__", (PyCFunction)iter_reduce, METH_NOARGS, PyDoc_STR("State for pickling.")},
    {NULL},
};

PyTypeObject PySetIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "set_iterator",
    .tp_basicsize = sizeof(SetIter),
    .tp_dealloc = (destructor)iter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)iter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)iter_next,
    .tp_methods = iter_methods,
};
