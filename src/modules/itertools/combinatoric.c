/* SPDX-License-Identifier: MIT */
/* itertools: product, combinations, combinations_with_replacement, permutations.
 *
 * All four hold a pool (or one for each place), an array of indices into it, and the last result. A step finds the rightmost
 * index that can go up, changes the indices from there on, and writes the places that changed into the result, which
 * is used again if nobody else holds it.
 * [COMB-1] indices[] are inside their pool whenever code can run.
 * Tests: tests/modules/test_itertools_native.py.
 */
#include "itertools.h"

#include <stddef.h>
#include <string.h>

typedef struct {
    PyObject_HEAD
    PyObject *pool;      /* tuple; product: tuple of tuples */
    Py_ssize_t *indices; /* r of them; permutations: n, a permutation of all */
    PyObject *result;    /* NULL before the first step */
    int stopped;
    Py_ssize_t r;        /* not in product: there it is the size of the pool */
    Py_ssize_t *cycles;  /* permutations only: r countdowns */
} Comb;

/* The types have the struct up to what they need: their sizes are visible. */
enum {
    PRODUCT_SIZE = offsetof(Comb, r), COMBINATIONS_SIZE = offsetof(Comb, cycles), PERMUTATIONS_SIZE = sizeof(Comb),
};

static void comb_dealloc(Comb *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, comb_dealloc)
    Py_XDECREF(self->pool);
    Py_XDECREF(self->result);
    PyMem_Free(self->indices);
    Py_TYPE(self)->tp_free(self);
    Py_TRASHCAN_END
}

static void permutations_dealloc(Comb *self)
{
    PyMem_Free(self->cycles);
    self->cycles = NULL;
    comb_dealloc(self);
}

static int comb_traverse(Comb *self, visitproc visit, void *arg)
{
    Py_VISIT(self->pool);
    Py_VISIT(self->result);
    return 0;
}

/* A new object with room for n indices; steals pool. NULL on error. */
static Comb *make(PyTypeObject *type, PyObject *pool, Py_ssize_t n)
{
    Py_ssize_t *indices = PyMem_New(Py_ssize_t, n);
    Comb *self = NULL;
    if (indices == NULL)
        PyErr_NoMemory();
    else
        self = (Comb *)type->tp_alloc(type, 0);
    if (self == NULL) {
        PyMem_Free(indices);
        Py_DECREF(pool);
        return NULL;
    }
    self->pool = pool;
    self->indices = indices;
    return self;
}

static inline void put(PyObject *result, Py_ssize_t place, PyObject *item)
{
    PyObject *old = PyTuple_GET_ITEM(result, place);
    Py_INCREF(item);
    PyTuple_SET_ITEM(result, place, item);
    Py_XDECREF(old);
}

static PyObject *stop(Comb *self);

/* The result for the present indices, which have changed from place `from` on: in the old tuple if it is ours alone, else in
 * a new one. New reference, or NULL. */
static PyObject *renew(Comb *self, Py_ssize_t from)
{
    PyObject *old = self->result, **pool = ((PyTupleObject *)self->pool)->ob_item;
    Py_ssize_t n = PyTuple_GET_SIZE(old);
    if (Py_REFCNT(old) == 1) {
        track_again(old);
        for (; from < n; from++)
            put(old, from, pool[self->indices[from]]);
        return newref(old);
    }
    PyObject *result = PyTuple_New(n);
    if (result == NULL)
        return stop(self);
    for (Py_ssize_t i = 0; i < n; i++)
        PyTuple_SET_ITEM(result, i, newref(pool[self->indices[i]]));
    self->result = newref(result);
    Py_DECREF(old);
    return result;
}

/* The first result: pool[indices[i]] for each place. New reference, or NULL. */
static PyObject *first_result(Comb *self)
{
    if ((self->result = PyTuple_New(self->r)) == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < self->r; i++)
        PyTuple_SET_ITEM(self->result, i, newref(PyTuple_GET_ITEM(self->pool, self->indices[i])));
    return newref(self->result);
}

static PyObject *stop(Comb *self)
{
    self->stopped = 1;
    return NULL;
}

static PyObject *tuple_of(const Py_ssize_t *values, Py_ssize_t n)
{
    PyObject *tuple = PyTuple_New(n);
    for (Py_ssize_t i = 0; tuple != NULL && i < n; i++) {
        PyObject *item = PyLong_FromSsize_t(values[i]);
        if (item == NULL)
            Py_CLEAR(tuple);
        else
            PyTuple_SET_ITEM(tuple, i, item);
    }
    return tuple;
}

/* Reads state[i] into *value, brought into low..high. 0 or -1. */
static int read_index(PyObject *state, Py_ssize_t i, Py_ssize_t low, Py_ssize_t high, Py_ssize_t *value)
{
    Py_ssize_t index = PyLong_AsSsize_t(PyTuple_GET_ITEM(state, i));
    if (index == -1 && PyErr_Occurred())
        return -1;
    *value = index > high ? high : index < low ? low : index;
    return 0;
}

/* (iterable, r) for both combinations; the pool, or NULL. */
static PyObject *parse_pool_r(PyObject *args, PyObject *kwds, const char *format, Py_ssize_t *r)
{
    static char *keywords[] = {"iterable", "r", NULL};
    PyObject *iterable, *pool;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, format, keywords, &iterable, r) ||
        (pool = PySequence_Tuple(iterable)) == NULL)
        return NULL;
    if (*r < 0) {
        Py_DECREF(pool);
        return raise_error(PyExc_ValueError, "r must be non-negative");
    }
    return pool;
}

/* (pool, r), or ((), r) at the end, or (pool, r) and the indices. */
static PyObject *comb_reduce(Comb *self, PyObject *unused)
{
    if (self->result == NULL)
        return Py_BuildValue("O(On)", Py_TYPE(self), self->pool, self->r);
    if (self->stopped)
        return Py_BuildValue("O(()n)", Py_TYPE(self), self->r);
    PyObject *indices = tuple_of(self->indices, self->r);
    return indices ? Py_BuildValue("O(On)N", Py_TYPE(self), self->pool, self->r, indices) : NULL;
}

static PyObject *comb_sizeof(Comb *self, PyObject *unused)
{
    return PyLong_FromSsize_t(_PyObject_SIZE(Py_TYPE(self)) + self->r * (Py_ssize_t)sizeof(Py_ssize_t));
}

/* ---- combinations -------------------------------------------------------------------------------------------- */

static PyObject *combinations_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Py_ssize_t r;
    PyObject *pool = parse_pool_r(args, kwds, "On:combinations", &r);
    Comb *self = pool ? make(type, pool, r) : NULL;
    if (self == NULL)
        return NULL;
    self->r = r;
    for (Py_ssize_t i = 0; i < r; i++)
        self->indices[i] = i;
    self->stopped = r > PyTuple_GET_SIZE(pool);
    return (PyObject *)self;
}

static PyObject *combinations_next(Comb *self)
{
    Py_ssize_t n = PyTuple_GET_SIZE(self->pool), r = self->r, i = r - 1;
    if (self->stopped)
        return NULL;
    if (self->result == NULL)
        return first_result(self);
    while (i >= 0 && self->indices[i] == i + n - r)
        i--;
    if (i < 0)
        return stop(self);
    self->indices[i]++;
    for (Py_ssize_t j = i + 1; j < r; j++)
        self->indices[j] = self->indices[j - 1] + 1;
    return renew(self, i);
}

static PyObject *combinations_setstate(Comb *self, PyObject *state)
{
    Py_ssize_t n = PyTuple_GET_SIZE(self->pool);
    if (!PyTuple_Check(state) || PyTuple_GET_SIZE(state) != self->r || self->r > n)
        return raise_error(PyExc_ValueError, "invalid arguments");
    for (Py_ssize_t i = 0; i < self->r; i++)
        if (read_index(state, i, 0, i + n - self->r, &self->indices[i]) < 0)
            return NULL;
    Py_CLEAR(self->result);
    PyObject *first = first_result(self);
    if (first == NULL)
        return NULL;
    Py_DECREF(first);
    Py_RETURN_NONE;
}

#define COMB_METHODS(NAME)                                                                                           \
    static PyMethodDef NAME##_methods[] = {                                                                          \
        {"__reduce__", (PyCFunction)NAME##_reduce, METH_NOARGS, REDUCE_DOC},                                         \
        {"__setstate__", (PyCFunction)NAME##_setstate, METH_O, SETSTATE_DOC},                                        \
        {"__sizeof__", (PyCFunction)NAME##_sizeof, METH_NOARGS, PyDoc_STR("Bytes of memory taken.")},                \
        {NULL},                                                                                                      \
    };

#define combinations_reduce comb_reduce
#define combinations_sizeof comb_sizeof
#define combinations_dealloc comb_dealloc
#define combinations_traverse comb_traverse
COMB_METHODS(combinations)

PyTypeObject tai_itertools_combinations = {
    ITER_SLOTS_SIZED(combinations, COMBINATIONS_SIZE),
    .tp_doc = PyDoc_STR("combinations(iterable, r)\n--\n\nAll choices of r items at different positions, in the order of iterable."),
};

/* ---- combinations_with_replacement --------------------------------------------------------------------------- */

static PyObject *combinations_with_replacement_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Py_ssize_t r;
    PyObject *pool = parse_pool_r(args, kwds, "On:combinations_with_replacement", &r);
    Comb *self = pool ? make(type, pool, r) : NULL;
    if (self == NULL)
        return NULL;
    self->r = r;
    memset(self->indices, 0, (size_t)r * sizeof(Py_ssize_t));
    self->stopped = PyTuple_GET_SIZE(pool) == 0 && r > 0;
    return (PyObject *)self;
}

static PyObject *combinations_with_replacement_next(Comb *self)
{
    Py_ssize_t n = PyTuple_GET_SIZE(self->pool), r = self->r, i = r - 1;
    if (self->stopped)
        return NULL;
    if (self->result == NULL)
        return first_result(self);
    while (i >= 0 && self->indices[i] == n - 1)
        i--;
    if (i < 0)
        return stop(self);
    Py_ssize_t index = self->indices[i] + 1;
    for (Py_ssize_t j = i; j < r; j++)
        self->indices[j] = index;
    return renew(self, i);
}

static PyObject *combinations_with_replacement_setstate(Comb *self, PyObject *state)
{
    Py_ssize_t n = PyTuple_GET_SIZE(self->pool);
    if (!PyTuple_Check(state) || PyTuple_GET_SIZE(state) != self->r || (n == 0 && self->r > 0))
        return raise_error(PyExc_ValueError, "invalid arguments");
    for (Py_ssize_t i = 0; i < self->r; i++)
        if (read_index(state, i, 0, n - 1, &self->indices[i]) < 0)
            return NULL;
    Py_CLEAR(self->result);
    PyObject *first = first_result(self);
    if (first == NULL)
        return NULL;
    Py_DECREF(first);
    Py_RETURN_NONE;
}

#define combinations_with_replacement_reduce comb_reduce
#define combinations_with_replacement_sizeof comb_sizeof
#define combinations_with_replacement_dealloc comb_dealloc
#define combinations_with_replacement_traverse comb_traverse
COMB_METHODS(combinations_with_replacement)

PyTypeObject tai_itertools_combinations_with_replacement = {
    ITER_SLOTS_SIZED(combinations_with_replacement, COMBINATIONS_SIZE),
    .tp_doc = PyDoc_STR("combinations_with_replacement(iterable, r)\n--\n\n"
                        "All choices of r items, in the order of iterable, where an item may be chosen again."),
};

/* ---- permutations -------------------------------------------------------------------------------------------- */

static PyObject *permutations_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"iterable", "r", NULL};
    PyObject *iterable, *size = Py_None, *pool;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|O:permutations", keywords, &iterable, &size) ||
        (pool = PySequence_Tuple(iterable)) == NULL)
        return NULL;
    Py_ssize_t n = PyTuple_GET_SIZE(pool), r = n;
    if (size != Py_None) {
        if (!PyLong_Check(size)) {
            Py_DECREF(pool);
            return raise_error(PyExc_TypeError, "Expected int as r");
        }
        r = PyLong_AsSsize_t(size);
        if (r < 0) {
            Py_DECREF(pool);
            return r == -1 && PyErr_Occurred() ? NULL : raise_error(PyExc_ValueError, "r must be non-negative");
        }
    }
    Comb *self = make(type, pool, n);
    if (self == NULL)
        return NULL;
    self->r = r;
    if ((self->cycles = PyMem_New(Py_ssize_t, r)) == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    for (Py_ssize_t i = 0; i < n; i++)
        self->indices[i] = i;
    for (Py_ssize_t i = 0; i < r; i++)
        self->cycles[i] = n - i;
    self->stopped = r > n;
    return (PyObject *)self;
}

static PyObject *permutations_next(Comb *self)
{
    Py_ssize_t n = PyTuple_GET_SIZE(self->pool), r = self->r, *indices = self->indices, i;
    if (self->stopped)
        return NULL;
    if (self->result == NULL)
        return first_result(self);
    if (n == 0)
        return stop(self);
    for (i = r - 1; i >= 0; i--) {
        if (--self->cycles[i] == 0) { /* all have stood here: turn the rest back, go one place to the left */
            Py_ssize_t index = indices[i];
            memmove(indices + i, indices + i + 1, (size_t)(n - 1 - i) * sizeof(Py_ssize_t));
            indices[n - 1] = index;
            self->cycles[i] = n - i;
            continue;
        }
        Py_ssize_t j = n - self->cycles[i], keep = indices[i];
        indices[i] = indices[j];
        indices[j] = keep;
        return renew(self, i);
    }
    return stop(self);
}

static PyObject *permutations_reduce(Comb *self, PyObject *unused)
{
    if (self->result == NULL || self->stopped)
        return comb_reduce(self, NULL);
    PyObject *indices = tuple_of(self->indices, PyTuple_GET_SIZE(self->pool));
    PyObject *cycles = indices ? tuple_of(self->cycles, self->r) : NULL;
    if (cycles == NULL) {
        Py_XDECREF(indices);
        return NULL;
    }
    return Py_BuildValue("O(On)(NN)", Py_TYPE(self), self->pool, self->r, indices, cycles);
}

static PyObject *permutations_setstate(Comb *self, PyObject *state)
{
    PyObject *indices, *cycles;
    Py_ssize_t n = PyTuple_GET_SIZE(self->pool);
    if (!state_is_tuple(state) || !PyArg_ParseTuple(state, "O!O!", &PyTuple_Type, &indices, &PyTuple_Type, &cycles))
        return NULL;
    if (PyTuple_GET_SIZE(indices) != n || PyTuple_GET_SIZE(cycles) != self->r || self->r > n)
        return raise_error(PyExc_ValueError, "invalid arguments");
    for (Py_ssize_t i = 0; i < n; i++)
        if (read_index(indices, i, 0, n - 1, &self->indices[i]) < 0)
            return NULL;
    for (Py_ssize_t i = 0; i < self->r; i++)
        if (read_index(cycles, i, 1, n - i, &self->cycles[i]) < 0)
            return NULL;
    Py_CLEAR(self->result);
    PyObject *first = first_result(self);
    if (first == NULL)
        return NULL;
    Py_DECREF(first);
    Py_RETURN_NONE;
}

static PyObject *permutations_sizeof(Comb *self, PyObject *unused)
{
    Py_ssize_t n = PyTuple_GET_SIZE(self->pool) + self->r;
    return PyLong_FromSsize_t(_PyObject_SIZE(Py_TYPE(self)) + n * (Py_ssize_t)sizeof(Py_ssize_t));
}

#define permutations_traverse comb_traverse
COMB_METHODS(permutations)

PyTypeObject tai_itertools_permutations = {
    ITER_SLOTS_SIZED(permutations, PERMUTATIONS_SIZE),
    .tp_doc = PyDoc_STR("permutations(iterable, r=None)\n--\n\nAll arrangements of r items at different positions (of all items, by default)."),
};

/* ---- product ------------------------------------------------------------------------------------------------- */

static Py_ssize_t get_repeat(PyObject *kwds)
{
    static char *keywords[] = {"repeat", NULL};
    Py_ssize_t repeat = 1;
    if (kwds == NULL)
        return 1;
    PyObject *none = PyTuple_New(0);
    if (none == NULL)
        return -1;
    int ok = PyArg_ParseTupleAndKeywords(none, kwds, "|n:product", keywords, &repeat);
    Py_DECREF(none);
    if (!ok)
        return -1;
    if (repeat < 0)
        PyErr_SetString(PyExc_ValueError, "repeat argument cannot be negative");
    return repeat;
}

static PyObject *product_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Py_ssize_t repeat = get_repeat(kwds), n = PyTuple_GET_SIZE(args);
    if (repeat < 0)
        return NULL;
    if (repeat == 0)
        n = 0;
    if (repeat > 0 && n > PY_SSIZE_T_MAX / (Py_ssize_t)sizeof(Py_ssize_t) / repeat)
        return raise_error(PyExc_OverflowError, "repeat argument too large");
    PyObject *pools = PyTuple_New(n * repeat);
    for (Py_ssize_t i = 0; pools != NULL && i < n; i++) {
        PyObject *pool = PySequence_Tuple(PyTuple_GET_ITEM(args, i));
        if (pool == NULL)
            Py_CLEAR(pools);
        else
            PyTuple_SET_ITEM(pools, i, pool);
    }
    if (pools == NULL)
        return NULL;
    for (Py_ssize_t i = n; i < n * repeat; i++)
        PyTuple_SET_ITEM(pools, i, newref(PyTuple_GET_ITEM(pools, i - n)));
    Comb *self = make(type, pools, n * repeat);
    if (self != NULL)
        memset(self->indices, 0, (size_t)(n * repeat) * sizeof(Py_ssize_t));
    return (PyObject *)self;
}

static PyObject *product_first(Comb *self)
{
    Py_ssize_t n = PyTuple_GET_SIZE(self->pool);
    for (Py_ssize_t i = 0; i < n; i++)
        if (PyTuple_GET_SIZE(PyTuple_GET_ITEM(self->pool, i)) == 0)
            return stop(self);
    if ((self->result = PyTuple_New(n)) == NULL)
        return stop(self);
    for (Py_ssize_t i = 0; i < n; i++)
        PyTuple_SET_ITEM(self->result, i, newref(PyTuple_GET_ITEM(PyTuple_GET_ITEM(self->pool, i), self->indices[i])));
    return newref(self->result);
}

static PyObject *product_next(Comb *self)
{
    if (self->stopped)
        return NULL;
    if (self->result == NULL)
        return product_first(self);
    PyObject *result = self->result, **pools = ((PyTupleObject *)self->pool)->ob_item;
    Py_ssize_t n = PyTuple_GET_SIZE(result), i = n - 1;
    for (; i >= 0 && ++self->indices[i] == PyTuple_GET_SIZE(pools[i]); i--)
        self->indices[i] = 0;
    if (i < 0)
        return stop(self);
    if (Py_REFCNT(result) == 1) {
        track_again(result);
        for (; i < n; i++)
            put(result, i, PyTuple_GET_ITEM(pools[i], self->indices[i]));
        return newref(result);
    }
    if ((result = PyTuple_New(n)) == NULL)
        return stop(self);
    for (i = 0; i < n; i++)
        PyTuple_SET_ITEM(result, i, newref(PyTuple_GET_ITEM(pools[i], self->indices[i])));
    Py_INCREF(result);
    Py_SETREF(self->result, result);
    return result;
}

static PyObject *product_reduce(Comb *self, PyObject *unused)
{
    if (self->stopped)
        return Py_BuildValue("O(())", Py_TYPE(self));
    if (self->result == NULL)
        return Py_BuildValue("OO", Py_TYPE(self), self->pool);
    PyObject *indices = tuple_of(self->indices, PyTuple_GET_SIZE(self->pool));
    return indices ? Py_BuildValue("OON", Py_TYPE(self), self->pool, indices) : NULL;
}

static PyObject *product_setstate(Comb *self, PyObject *state)
{
    Py_ssize_t n = PyTuple_GET_SIZE(self->pool);
    if (!PyTuple_Check(state) || PyTuple_GET_SIZE(state) != n)
        return raise_error(PyExc_ValueError, "invalid arguments");
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_ssize_t size = PyTuple_GET_SIZE(PyTuple_GET_ITEM(self->pool, i));
        if (size == 0) { /* nothing to give */
            self->stopped = 1;
            Py_RETURN_NONE;
        }
        if (read_index(state, i, 0, size - 1, &self->indices[i]) < 0)
            return NULL;
    }
    Py_CLEAR(self->result);
    PyObject *first = product_first(self);
    if (first == NULL)
        return NULL;
    Py_DECREF(first);
    Py_RETURN_NONE;
}

static PyObject *product_sizeof(Comb *self, PyObject *unused)
{
    Py_ssize_t n = PyTuple_GET_SIZE(self->pool);
    return PyLong_FromSsize_t(_PyObject_SIZE(Py_TYPE(self)) + n * (Py_ssize_t)sizeof(Py_ssize_t));
}

#define product_dealloc comb_dealloc
#define product_traverse comb_traverse
COMB_METHODS(product)

PyTypeObject tai_itertools_product = {
    ITER_SLOTS_SIZED(product, PRODUCT_SIZE),
    .tp_doc = PyDoc_STR("product(*iterables, repeat=1) --> product object\n\n"
                        "All tuples with one item from each iterable; the last place changes fastest.\n"
                        "repeat=n stands for writing the iterables n times."),
};
