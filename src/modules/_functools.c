/* SPDX-License-Identifier: MIT */
/* _functools: partial, reduce, cmp_to_key, and the wrapper behind functools.lru_cache.
 *
 * Tests: tests/modules/test_small_natives.py.
 */
#include "Python.h"
#include "structmember.h"

#include "runtime/recursion.h"
#include <stddef.h>
#include <string.h>

static PyObject *newref(PyObject *op)
{
    Py_XINCREF(op);
    return op;
}

static PyObject *keyword_mark; /* stands between positional and keyword arguments in the keys of caches */

/* ---- partial ------------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyObject *fn;
    PyObject *args; /* exact tuple */
    PyObject *kw;   /* exact dict, or a copy that __setstate__ gave */
    PyObject *dict;
    PyObject *weakreflist;
    vectorcallfunc vectorcall;
} Partial;

static PyTypeObject Partial_Type;

enum { SMALL_STACK = 16 };

/* Room for n pointers: the small one, or fresh memory (NULL with MemoryError). */
static PyObject **get_stack(PyObject **small, Py_ssize_t n)
{
    if (n <= SMALL_STACK)
        return small;
    PyObject **stack = PyMem_New(PyObject *, n);
    if (stack == NULL)
        PyErr_NoMemory();
    return stack;
}

/* Names of keyword arguments (own ones first, then those of the call that are new) and their values. The values go to
 * out[]; new tuple, or NULL. The partial's dict has n own items. Borrowed values: held by the dict copy. */
static PyObject *merge_keywords(PyObject *own, PyObject *const *values, PyObject *kwnames, PyObject **merged)
{
    *merged = PyDict_Copy(own);
    if (*merged == NULL)
        return NULL;
    for (Py_ssize_t i = 0, n = kwnames ? PyTuple_GET_SIZE(kwnames) : 0; i < n; i++)
        if (PyDict_SetItem(*merged, PyTuple_GET_ITEM(kwnames, i), values[i]) < 0) {
            Py_CLEAR(*merged);
            return NULL;
        }
    return *merged;
}

static PyObject *partial_vectorcall(PyObject *op, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Partial *self = (Partial *)op;
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf), own = PyTuple_GET_SIZE(self->args);
    Py_ssize_t nkw = kwnames ? PyTuple_GET_SIZE(kwnames) : 0, own_kw = PyDict_GET_SIZE(self->kw);
    PyObject *small[SMALL_STACK], **stack, *result = NULL, *merged = NULL, *names = kwnames, *key, *value;
    PyObject *fn = self->fn, *own_args = self->args;
    if (tai_need_stack(" while calling a Python object") < 0) /* __setstate__ can make it its own function */
        return NULL;
    if (own_kw == 0 && own == 0)
        return _PyObject_Vectorcall(fn, args, nargsf, kwnames);
    Py_INCREF(fn);
    Py_INCREF(own_args);
    if (own_kw != 0) {
        if (merge_keywords(self->kw, args + nargs, kwnames, &merged) == NULL)
            goto done;
        nkw = PyDict_GET_SIZE(merged);
        if ((names = PyTuple_New(nkw)) == NULL)
            goto done;
    }
    if ((stack = get_stack(small, own + nargs + nkw + 1)) == NULL)
        goto done;
    PyObject **call = stack + 1; /* one free place before, for the callee */
    memcpy(call, ((PyTupleObject *)own_args)->ob_item, (size_t)own * sizeof(PyObject *));
    memcpy(call + own, args, (size_t)nargs * sizeof(PyObject *));
    if (merged != NULL) {
        Py_ssize_t pos = 0, i = 0;
        while (PyDict_Next(merged, &pos, &key, &value)) {
            PyTuple_SET_ITEM(names, i, newref(key));
            call[own + nargs + i++] = value;
        }
    }
    else
        memcpy(call + own + nargs, args + nargs, (size_t)nkw * sizeof(PyObject *));
    result = _PyObject_Vectorcall(fn, call, (size_t)(own + nargs) | PY_VECTORCALL_ARGUMENTS_OFFSET, names);
    if (stack != small)
        PyMem_Free(stack);
done:
    if (merged != NULL && names != kwnames)
        Py_XDECREF(names);
    Py_XDECREF(merged);
    Py_DECREF(own_args);
    Py_DECREF(fn);
    return result;
}

/* For subclasses, which have no vectorcall, and for callers with a tuple and a dict. */
static PyObject *partial_call(PyObject *op, PyObject *args, PyObject *kwds)
{
    Partial *self = (Partial *)op;
    PyObject *all_kw = NULL, *result = NULL;
    PyObject *all_args = tai_need_stack(" while calling a Python object") < 0 ? NULL : PySequence_Concat(self->args, args);
    if (all_args == NULL)
        return NULL;
    PyObject *fn = newref(self->fn);
    if (PyDict_GET_SIZE(self->kw) == 0)
        all_kw = newref(kwds);
    else {
        if ((all_kw = PyDict_Copy(self->kw)) == NULL || (kwds != NULL && PyDict_Merge(all_kw, kwds, 1) < 0))
            goto done;
    }
    result = PyObject_Call(fn, all_args, all_kw);
done:
    Py_DECREF(fn);
    Py_DECREF(all_args);
    Py_XDECREF(all_kw);
    return result;
}

static PyObject *partial_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (PyTuple_GET_SIZE(args) < 1) {
        PyErr_SetString(PyExc_TypeError, "type 'partial' takes at least one argument");
        return NULL;
    }
    PyObject *fn = PyTuple_GET_ITEM(args, 0), *inner_args = NULL, *inner_kw = NULL;
    if (Py_TYPE(fn)->tp_call == partial_call && ((Partial *)fn)->dict == NULL) {
        /* A partial of a partial, without attributes of its own: taken apart. */
        Partial *inner = (Partial *)fn;
        inner_args = inner->args;
        inner_kw = inner->kw;
        fn = inner->fn;
    }
    if (!PyCallable_Check(fn)) {
        PyErr_SetString(PyExc_TypeError, "the first argument must be callable");
        return NULL;
    }
    Partial *self = (Partial *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->vectorcall = partial_vectorcall;
    self->fn = newref(fn);
    PyObject *rest = PyTuple_GetSlice(args, 1, PyTuple_GET_SIZE(args));
    if (rest != NULL && inner_args != NULL)
        Py_SETREF(rest, PySequence_Concat(inner_args, rest));
    self->args = rest;
    self->kw = inner_kw && PyDict_GET_SIZE(inner_kw) ? PyDict_Copy(inner_kw) : PyDict_New();
    if (self->args == NULL || self->kw == NULL || (kwds != NULL && PyDict_Merge(self->kw, kwds, 1) < 0)) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static int partial_traverse(Partial *self, visitproc visit, void *arg)
{
    Py_VISIT(self->fn);
    Py_VISIT(self->args);
    Py_VISIT(self->kw);
    Py_VISIT(self->dict);
    return 0;
}

static void partial_dealloc(Partial *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, partial_dealloc)
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs((PyObject *)self);
    Py_XDECREF(self->fn);
    Py_XDECREF(self->args);
    Py_XDECREF(self->kw);
    Py_XDECREF(self->dict);
    Py_TYPE(self)->tp_free(self);
    Py_TRASHCAN_END
}

static PyObject *partial_repr(Partial *self)
{
    int status = Py_ReprEnter((PyObject *)self);
    if (status != 0)
        return status > 0 ? PyUnicode_FromString("...") : NULL;
    PyObject *text = PyUnicode_FromString(""), *key, *value, *result = NULL;
    PyObject *args = newref(self->args), *kw = newref(self->kw), *fn = newref(self->fn);
    Py_ssize_t pos = 0;
    for (Py_ssize_t i = 0; text != NULL && i < PyTuple_GET_SIZE(args); i++)
        Py_SETREF(text, PyUnicode_FromFormat("%U, %R", text, PyTuple_GET_ITEM(args, i)));
    while (text != NULL && PyDict_Next(kw, &pos, &key, &value)) {
        Py_INCREF(value); /* making text of the key may drop it */
        Py_SETREF(text, PyUnicode_FromFormat("%U, %S=%R", text, key, value));
        Py_DECREF(value);
    }
    if (text != NULL)
        result = PyUnicode_FromFormat("%s(%R%U)", Py_TYPE(self)->tp_name, fn, text);
    Py_XDECREF(text);
    Py_DECREF(args);
    Py_DECREF(kw);
    Py_DECREF(fn);
    Py_ReprLeave((PyObject *)self);
    return result;
}

static PyObject *partial_reduce(Partial *self, PyObject *unused)
{
    return Py_BuildValue("O(O)(OOOO)", Py_TYPE(self), self->fn, self->fn, self->args, self->kw,
                         self->dict ? self->dict : Py_None);
}

static PyObject *partial_setstate(Partial *self, PyObject *state)
{
    PyObject *fn, *args, *kw, *dict;
    if (!PyTuple_Check(state) || PyTuple_GET_SIZE(state) != 4 || !PyArg_ParseTuple(state, "OOOO", &fn, &args, &kw, &dict) ||
        !PyCallable_Check(fn) || !PyTuple_Check(args) || (kw != Py_None && !PyDict_Check(kw))) {
        PyErr_SetString(PyExc_TypeError, "invalid partial state");
        return NULL;
    }
    args = PyTuple_CheckExact(args) ? newref(args) : PySequence_Tuple(args);
    if (args == NULL)
        return NULL;
    kw = kw == Py_None ? PyDict_New() : PyDict_CheckExact(kw) ? newref(kw) : PyDict_Copy(kw);
    if (kw == NULL) {
        Py_DECREF(args);
        return NULL;
    }
    Py_INCREF(fn);
    Py_SETREF(self->fn, fn);
    Py_SETREF(self->args, args);
    Py_SETREF(self->kw, kw);
    Py_XSETREF(self->dict, dict == Py_None ? NULL : newref(dict));
    Py_RETURN_NONE;
}

static PyMethodDef partial_methods[] = {
    {"__reduce__", (PyCFunction)partial_reduce, METH_NOARGS, NULL},
    {"__setstate__", (PyCFunction)partial_setstate, METH_O, NULL},
    {NULL},
};

static PyMemberDef partial_members[] = {
    {"func", T_OBJECT, offsetof(Partial, fn), READONLY, PyDoc_STR("the callable")},
    {"args", T_OBJECT, offsetof(Partial, args), READONLY, PyDoc_STR("positional arguments put before those of a call")},
    {"keywords", T_OBJECT, offsetof(Partial, kw), READONLY, PyDoc_STR("keyword arguments added to those of a call")},
    {NULL},
};

static PyGetSetDef dict_getset[] = {
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict},
    {NULL},
};

PyDoc_STRVAR(partial_doc, "partial(func, *args, **keywords) - a callable that calls func with these arguments and its own.");

static PyTypeObject Partial_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "functools.partial",
    .tp_basicsize = sizeof(Partial),
    .tp_dealloc = (destructor)partial_dealloc,
    .tp_vectorcall_offset = offsetof(Partial, vectorcall),
    .tp_repr = (reprfunc)partial_repr,
    .tp_call = partial_call,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_doc = partial_doc,
    .tp_traverse = (traverseproc)partial_traverse,
    .tp_weaklistoffset = offsetof(Partial, weakreflist),
    .tp_methods = partial_methods,
    .tp_members = partial_members,
    .tp_getset = dict_getset,
    .tp_dictoffset = offsetof(Partial, dict),
    .tp_new = partial_new,
    .tp_free = PyObject_GC_Del,
};

/* ---- cmp_to_key ---------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyObject *cmp;
    PyObject *object; /* NULL in the K that cmp_to_key returns */
} Key;

static PyTypeObject Key_Type;

static PyObject *make_key(PyObject *cmp, PyObject *object)
{
    Key *self = PyObject_GC_New(Key, &Key_Type);
    if (self == NULL)
        return NULL;
    self->cmp = newref(cmp);
    self->object = newref(object);
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

static void key_dealloc(Key *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, key_dealloc)
    Py_XDECREF(self->cmp);
    Py_XDECREF(self->object);
    PyObject_GC_Del(self);
    Py_TRASHCAN_END
}

static int key_traverse(Key *self, visitproc visit, void *arg)
{
    Py_VISIT(self->cmp);
    Py_VISIT(self->object);
    return 0;
}

static int key_clear(Key *self)
{
    Py_CLEAR(self->cmp);
    Py_CLEAR(self->object);
    return 0;
}

static PyObject *key_call(Key *self, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"obj", NULL};
    PyObject *object;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:K", keywords, &object))
        return NULL;
    return make_key(self->cmp, object);
}

static PyObject *key_richcompare(PyObject *a, PyObject *b, int op)
{
    if (Py_TYPE(b) != &Key_Type) {
        PyErr_SetString(PyExc_TypeError, "other argument must be K instance");
        return NULL;
    }
    PyObject *x = ((Key *)a)->object, *y = ((Key *)b)->object, *zero, *order, *result = NULL;
    if (x == NULL || y == NULL) {
        PyErr_SetString(PyExc_AttributeError, "object");
        return NULL;
    }
    PyObject *args[] = {NULL, x, y};
    order = _PyObject_Vectorcall(((Key *)a)->cmp, args + 1, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
    if (order == NULL)
        return NULL;
    if ((zero = PyLong_FromLong(0)) != NULL)
        result = PyObject_RichCompare(order, zero, op);
    Py_XDECREF(zero);
    Py_DECREF(order);
    return result;
}

static PyMemberDef key_members[] = {
    {"obj", T_OBJECT, offsetof(Key, object), 0, PyDoc_STR("the wrapped value")},
    {NULL},
};

static PyTypeObject Key_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "functools.KeyWrapper",
    .tp_basicsize = sizeof(Key),
    .tp_dealloc = (destructor)key_dealloc,
    .tp_call = (ternaryfunc)key_call,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)key_traverse,
    .tp_clear = (inquiry)key_clear,
    .tp_richcompare = key_richcompare,
    .tp_members = key_members,
};

static PyObject *cmp_to_key(PyObject *module, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"mycmp", NULL};
    PyObject *cmp;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:cmp_to_key", keywords, &cmp))
        return NULL;
    return make_key(cmp, NULL);
}

/* ---- reduce -------------------------------------------------------------------------------------------------- */

static PyObject *reduce(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *seq, *fn, *result = NULL, *iter, *item;
    if (!_PyArg_UnpackStack(args, nargs, "reduce", 2, 3, &fn, &seq, &result))
        return NULL;
    if ((iter = PyObject_GetIter(seq)) == NULL) {
        if (PyErr_ExceptionMatches(PyExc_TypeError))
            PyErr_SetString(PyExc_TypeError, "reduce() arg 2 must support iteration");
        return NULL;
    }
    Py_XINCREF(result);
    iternextfunc next = Py_TYPE(iter)->tp_iternext;
    while ((item = next(iter)) != NULL) {
        if (result == NULL) {
            result = item;
            continue;
        }
        PyObject *pair[] = {NULL, result, item};
        PyObject *value = _PyObject_Vectorcall(fn, pair + 1, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
        Py_DECREF(item);
        Py_SETREF(result, value);
        if (result == NULL)
            goto done;
    }
    if (PyErr_Occurred()) {
        if (PyErr_ExceptionMatches(PyExc_StopIteration))
            PyErr_Clear();
        else
            Py_CLEAR(result);
    }
    if (result == NULL && !PyErr_Occurred())
        PyErr_SetString(PyExc_TypeError, "reduce() of empty sequence with no initial value");
done:
    Py_DECREF(iter);
    return result;
}

/* ---- lru_cache ----------------------------------------------------------------------------------------------- */

/* One remembered result. In a bounded cache the links form a ring through the wrapper, the oldest one after it. */
typedef struct Link {
    PyObject_HEAD
    struct Link *prev, *next; /* borrowed */
    Py_hash_t hash;
    PyObject *key;
    PyObject *result;
} Link;

/* [LRU-1] Unbounded: cache maps keys to results. Bounded: to Links. Every Link in the ring is owned by the ring, and by
 *         the cache if that has it. Code that runs in between (the function, hashes, comparisons) may change both: they
 *         are looked at again after each such call, and losing an entry is always allowed. */
typedef struct Cache {
    PyObject_HEAD
    Link *oldest, *newest; /* ends of the ring, NULL if empty; owned through the ring */
    Py_ssize_t maxsize;    /* -1: unbounded, 0: remember nothing */
    PyObject *fn;
    int typed;
    PyObject *cache;       /* exact dict */
    Py_ssize_t hits, misses;
    PyObject *info_type;
    PyObject *dict;
    PyObject *weakreflist;
    vectorcallfunc vectorcall;
} Cache;

static PyTypeObject Link_Type, Cache_Type;

static void link_dealloc(Link *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->key);
    Py_XDECREF(self->result);
    PyObject_GC_Del(self);
}

static int link_traverse(Link *self, visitproc visit, void *arg)
{
    Py_VISIT(self->key);
    Py_VISIT(self->result);
    return 0;
}

static PyTypeObject Link_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "functools._lru_list_elem",
    .tp_basicsize = sizeof(Link),
    .tp_dealloc = (destructor)link_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)link_traverse,
};

static void unlink_link(Cache *self, Link *link)
{
    if (link->prev)
        link->prev->next = link->next;
    else
        self->oldest = link->next;
    if (link->next)
        link->next->prev = link->prev;
    else
        self->newest = link->prev;
    link->prev = link->next = NULL;
}

static void append_link(Cache *self, Link *link)
{
    link->next = NULL;
    link->prev = self->newest;
    if (self->newest)
        self->newest->next = link;
    else
        self->oldest = link;
    self->newest = link;
}

static int in_ring(Cache *self, Link *link) { return link->prev != NULL || link->next != NULL || self->oldest == link; }

/* The key under which the result of a call is remembered; new or NULL. */
static PyObject *make_cache_key(PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, int typed)
{
    Py_ssize_t nkw = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
    if (!typed && nkw == 0 && nargs == 1 && (PyUnicode_CheckExact(args[0]) || PyLong_CheckExact(args[0])))
        return newref(args[0]); /* its own key: it cannot equal a tuple */
    Py_ssize_t size = nargs + (nkw ? 1 + 2 * nkw : 0) + (typed ? nargs + nkw : 0), at = 0;
    PyObject *key = PyTuple_New(size);
    if (key == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < nargs; i++)
        PyTuple_SET_ITEM(key, at++, newref(args[i]));
    if (nkw) {
        PyTuple_SET_ITEM(key, at++, newref(keyword_mark));
        for (Py_ssize_t i = 0; i < nkw; i++) {
            PyTuple_SET_ITEM(key, at++, newref(PyTuple_GET_ITEM(kwnames, i)));
            PyTuple_SET_ITEM(key, at++, newref(args[nargs + i]));
        }
    }
    for (Py_ssize_t i = 0; typed && i < nargs + nkw; i++)
        PyTuple_SET_ITEM(key, at++, newref((PyObject *)Py_TYPE(args[i])));
    return key;
}

/* Remember result under key in a cache that is not full. Steals nothing. 0 or -1. Runs code. */
static int add_link(Cache *self, PyObject *key, Py_hash_t hash, PyObject *result)
{
    Link *link = PyObject_GC_New(Link, &Link_Type);
    if (link == NULL)
        return -1;
    link->prev = link->next = NULL;
    link->hash = hash;
    link->key = newref(key);
    link->result = newref(result);
    PyObject_GC_Track(link);
    if (_PyDict_SetItem_KnownHash(self->cache, key, (PyObject *)link, hash) < 0) {
        Py_DECREF(link);
        return -1;
    }
    append_link(self, link); /* the ring takes our reference */
    return 0;
}

/* The same in a full one: the oldest link gets the new contents. 0 or -1. Runs code. */
static int reuse_link(Cache *self, PyObject *key, Py_hash_t hash, PyObject *result)
{
    Link *link = self->oldest;
    unlink_link(self, link); /* its reference is ours now */
    PyObject *gone = _PyDict_Pop_KnownHash(self->cache, link->key, link->hash, Py_None);
    if (gone == NULL) {
        Py_DECREF(link); /* still in the dict, it does no harm there */
        return -1;
    }
    int lost = gone != (PyObject *)link; /* the key went while code ran */
    Py_DECREF(gone);
    if (lost) {
        Py_DECREF(link);
        return 0;
    }
    PyObject *old_key = link->key, *old_result = link->result;
    link->key = newref(key);
    link->hash = hash;
    link->result = newref(result);
    int failed = _PyDict_SetItem_KnownHash(self->cache, key, (PyObject *)link, hash);
    if (failed || in_ring(self, link))
        Py_DECREF(link);
    else
        append_link(self, link);
    Py_DECREF(old_key);
    Py_DECREF(old_result);
    return failed ? -1 : 0;
}

static PyObject *bounded_call(Cache *self, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    PyObject *key = make_cache_key(args, PyVectorcall_NARGS(nargsf), kwnames, self->typed), *result;
    if (key == NULL)
        return NULL;
    Py_hash_t hash = PyObject_Hash(key);
    if (hash == -1) {
        Py_DECREF(key);
        return NULL;
    }
    Link *link = (Link *)_PyDict_GetItem_KnownHash(self->cache, key, hash);
    if (link != NULL) {
        if (link != self->newest && in_ring(self, link)) {
            unlink_link(self, link);
            append_link(self, link);
        }
        self->hits++;
        result = newref(link->result);
        Py_DECREF(key);
        return result;
    }
    if (PyErr_Occurred()) {
        Py_DECREF(key);
        return NULL;
    }
    self->misses++;
    result = _PyObject_Vectorcall(self->fn, args, nargsf, kwnames);
    if (result == NULL) {
        Py_DECREF(key);
        return NULL;
    }
    /* The function may have called this again, with the same arguments. */
    int failed = 0;
    if (_PyDict_GetItem_KnownHash(self->cache, key, hash) == NULL) {
        if (PyErr_Occurred())
            failed = -1;
        else if (PyDict_GET_SIZE(self->cache) < self->maxsize || self->oldest == NULL)
            failed = add_link(self, key, hash, result);
        else
            failed = reuse_link(self, key, hash, result);
    }
    Py_DECREF(key);
    if (failed)
        Py_CLEAR(result);
    return result;
}

static PyObject *unbounded_call(Cache *self, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    PyObject *key = make_cache_key(args, PyVectorcall_NARGS(nargsf), kwnames, self->typed), *result;
    if (key == NULL)
        return NULL;
    Py_hash_t hash = PyObject_Hash(key);
    if (hash == -1) {
        Py_DECREF(key);
        return NULL;
    }
    result = _PyDict_GetItem_KnownHash(self->cache, key, hash);
    if (result != NULL) {
        self->hits++;
        Py_INCREF(result);
    }
    else if (!PyErr_Occurred()) {
        self->misses++;
        result = _PyObject_Vectorcall(self->fn, args, nargsf, kwnames);
        if (result != NULL && _PyDict_SetItem_KnownHash(self->cache, key, result, hash) < 0)
            Py_CLEAR(result);
    }
    Py_DECREF(key);
    return result;
}

static PyObject *cache_vectorcall(PyObject *op, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Cache *self = (Cache *)op;
    if (self->maxsize > 0)
        return bounded_call(self, args, nargsf, kwnames);
    if (self->maxsize < 0)
        return unbounded_call(self, args, nargsf, kwnames);
    self->misses++;
    return _PyObject_Vectorcall(self->fn, args, nargsf, kwnames);
}

static PyObject *cache_call(PyObject *op, PyObject *args, PyObject *kwds)
{
    Py_ssize_t nargs = PyTuple_GET_SIZE(args), nkw = kwds ? PyDict_GET_SIZE(kwds) : 0, i = 0, pos = 0;
    PyObject **items = ((PyTupleObject *)args)->ob_item, *key, *value;
    if (nkw == 0)
        return cache_vectorcall(op, items, (size_t)nargs, NULL);
    PyObject *small[SMALL_STACK], **stack = get_stack(small, nargs + nkw);
    PyObject *names = stack ? PyTuple_New(nkw) : NULL, *result = NULL;
    if (names != NULL) {
        memcpy(stack, items, (size_t)nargs * sizeof(PyObject *));
        while (PyDict_Next(kwds, &pos, &key, &value)) {
            PyTuple_SET_ITEM(names, i, newref(key));
            stack[nargs + i++] = newref(value);
        }
        result = cache_vectorcall(op, stack, (size_t)nargs, names);
        while (--i >= 0)
            Py_DECREF(stack[nargs + i]);
        Py_DECREF(names);
    }
    if (stack != small)
        PyMem_Free(stack);
    return result;
}

static PyObject *cache_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"user_function", "maxsize", "typed", "cache_info_type", NULL};
    PyObject *fn, *maxsize, *info_type;
    int typed;
    Py_ssize_t limit = -1;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OOpO:lru_cache", keywords, &fn, &maxsize, &typed, &info_type))
        return NULL;
    if (!PyCallable_Check(fn)) {
        PyErr_SetString(PyExc_TypeError, "the first argument must be callable");
        return NULL;
    }
    if (maxsize != Py_None) {
        if (!PyIndex_Check(maxsize)) {
            PyErr_SetString(PyExc_TypeError, "maxsize should be integer or None");
            return NULL;
        }
        limit = PyNumber_AsSsize_t(maxsize, PyExc_OverflowError);
        if (limit == -1 && PyErr_Occurred())
            return NULL;
        if (limit < 0)
            limit = 0;
    }
    PyObject *cache = PyDict_New();
    Cache *self = cache ? (Cache *)type->tp_alloc(type, 0) : NULL;
    if (self == NULL) {
        Py_XDECREF(cache);
        return NULL;
    }
    self->maxsize = limit;
    self->fn = newref(fn);
    self->typed = typed;
    self->cache = cache;
    self->info_type = newref(info_type);
    self->vectorcall = cache_vectorcall;
    return (PyObject *)self;
}

/* Take the whole ring off; free_links() releases it. */
static Link *take_links(Cache *self)
{
    Link *first = self->oldest;
    self->oldest = self->newest = NULL;
    for (Link *link = first; link != NULL; link = link->next)
        link->prev = NULL;
    return first;
}

static void free_links(Link *link)
{
    while (link != NULL) {
        Link *next = link->next;
        link->next = NULL;
        Py_DECREF(link);
        link = next;
    }
}

static int cache_tp_clear(Cache *self)
{
    Link *links = take_links(self);
    Py_CLEAR(self->fn);
    Py_CLEAR(self->cache);
    Py_CLEAR(self->info_type);
    Py_CLEAR(self->dict);
    free_links(links);
    return 0;
}

static void cache_dealloc(Cache *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, cache_dealloc)
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs((PyObject *)self);
    cache_tp_clear(self);
    Py_TYPE(self)->tp_free(self);
    Py_TRASHCAN_END
}

static int cache_traverse(Cache *self, visitproc visit, void *arg)
{
    for (Link *link = self->oldest; link != NULL; link = link->next)
        Py_VISIT(link);
    Py_VISIT(self->fn);
    Py_VISIT(self->cache);
    Py_VISIT(self->info_type);
    Py_VISIT(self->dict);
    return 0;
}

static PyObject *cache_get(PyObject *self, PyObject *obj, PyObject *type)
{
    return obj == Py_None || obj == NULL ? newref(self) : PyMethod_New(self, obj);
}

static PyObject *cache_info(Cache *self, PyObject *unused)
{
    PyObject *maxsize = self->maxsize < 0 ? newref(Py_None) : PyLong_FromSsize_t(self->maxsize), *result;
    if (maxsize == NULL)
        return NULL;
    result = PyObject_CallFunction(self->info_type, "nnOn", self->hits, self->misses, maxsize,
                                   PyDict_GET_SIZE(self->cache));
    Py_DECREF(maxsize);
    return result;
}

static PyObject *cache_clear(Cache *self, PyObject *unused)
{
    Link *links = take_links(self);
    self->hits = self->misses = 0;
    PyDict_Clear(self->cache);
    free_links(links);
    Py_RETURN_NONE;
}

static PyObject *cache_reduce(PyObject *self, PyObject *unused) { return PyObject_GetAttrString(self, "__qualname__"); }
static PyObject *cache_copy(PyObject *self, PyObject *unused) { return newref(self); }

static PyMethodDef cache_methods[] = {
    {"cache_info", (PyCFunction)cache_info, METH_NOARGS, PyDoc_STR("Counts of hits and misses, limit and size.")},
    {"cache_clear", (PyCFunction)cache_clear, METH_NOARGS, PyDoc_STR("Forget all results and set the counts to 0.")},
    {"__reduce__", cache_reduce, METH_NOARGS, NULL},
    {"__copy__", cache_copy, METH_VARARGS, NULL},
    {"__deepcopy__", cache_copy, METH_VARARGS, NULL},
    {NULL},
};

PyDoc_STRVAR(cache_doc, "A callable that remembers what another one returned.\n\n"
                        "user_function: the callable, whose arguments must be hashable\n"
                        "maxsize: how many results are kept (None: all, 0: none)\n"
                        "typed: whether arguments of different types are different, though equal\n"
                        "cache_info_type: makes the result of cache_info() of hits, misses, maxsize, currsize");

static PyTypeObject Cache_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "functools._lru_cache_wrapper",
    .tp_basicsize = sizeof(Cache),
    .tp_dealloc = (destructor)cache_dealloc,
    .tp_vectorcall_offset = offsetof(Cache, vectorcall),
    .tp_call = cache_call,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_METHOD_DESCRIPTOR |
                _Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_doc = cache_doc,
    .tp_traverse = (traverseproc)cache_traverse,
    .tp_clear = (inquiry)cache_tp_clear,
    .tp_weaklistoffset = offsetof(Cache, weakreflist),
    .tp_methods = cache_methods,
    .tp_getset = dict_getset,
    .tp_descr_get = cache_get,
    .tp_dictoffset = offsetof(Cache, dict),
    .tp_new = cache_new,
};

/* ---- module -------------------------------------------------------------------------------------------------- */

static PyMethodDef methods[] = {
    {"reduce", (PyCFunction)(void (*)(void))reduce, METH_FASTCALL,
     PyDoc_STR("reduce(function, sequence[, initial]) -> value\n\n"
               "Combine the items into one, from left to right: function is called with what there is so far and\n"
               "the next item. initial comes before the first item, and is the result where there are no items.")},
    {"cmp_to_key", (PyCFunction)(void (*)(void))cmp_to_key, METH_VARARGS | METH_KEYWORDS,
     PyDoc_STR("Make a key function of a comparison function that returns a negative, zero or positive number.")},
    {NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_functools", PyDoc_STR("Tools for functions, in C."), -1, methods,
};

PyMODINIT_FUNC PyInit__functools(void)
{
    if (PyType_Ready(&Partial_Type) < 0 || PyType_Ready(&Key_Type) < 0 || PyType_Ready(&Link_Type) < 0 ||
        PyType_Ready(&Cache_Type) < 0)
        return NULL;
    if (keyword_mark == NULL && (keyword_mark = _PyObject_CallNoArg((PyObject *)&PyBaseObject_Type)) == NULL)
        return NULL;
    PyObject *module = PyModule_Create(&definition);
    if (module == NULL)
        return NULL;
    Py_INCREF(&Partial_Type);
    Py_INCREF(&Cache_Type);
    if (PyModule_AddObject(module, "partial", (PyObject *)&Partial_Type) < 0 ||
        PyModule_AddObject(module, "_lru_cache_wrapper", (PyObject *)&Cache_Type) < 0) {
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
