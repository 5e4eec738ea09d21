/* SPDX-License-Identifier: MIT */
/* itertools: the infinite iterators and those that go through their input once.
 *
 * Each is a struct, a constructor, a step, and its state for pickling; the rest comes from the macros in itertools.h.
 * A step may return NULL with or without StopIteration. Iterators that can end set their source to NULL then.
 * Tests: tests/modules/test_itertools_native.py.
 */
#include "itertools.h"

/* ---- count --------------------------------------------------------------------------------------------------- */

/* Counts by one in `next` while that is enough (number == NULL), else with number objects. */
typedef struct {
    PyObject_HEAD
    Py_ssize_t next;
    PyObject *number;
    PyObject *step; /* never NULL */
} Count;

#define COUNT_FIELDS(ROW) ROW(number) ROW(step)
DEFINE_GC(count, Count, COUNT_FIELDS)

static PyObject *count_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"start", "step", NULL};
    PyObject *start = NULL, *step = NULL;
    Py_ssize_t next = 0;
    int fast = 1, overflow;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|OO:count", keywords, &start, &step))
        return NULL;
    if ((start != NULL && !PyNumber_Check(start)) || (step != NULL && !PyNumber_Check(step)))
        return raise_error(PyExc_TypeError, "a number is required");
    if (start != NULL) {
        fast = PyLong_Check(start);
        if (fast) {
            next = PyLong_AsLongAndOverflow(start, &overflow);
            if (next == -1 && PyErr_Occurred())
                return NULL;
            fast = !overflow && next != PY_SSIZE_T_MAX;
        }
    }
    PyObject *by = step ? newref(step) : PyLong_FromLong(1), *number = NULL;
    if (by == NULL)
        return NULL;
    if (fast && step != NULL)
        fast = PyLong_Check(by) && PyLong_AsLongAndOverflow(by, &overflow) == 1 && !overflow;
    if (!fast)
        number = start ? newref(start) : PyLong_FromLong(0);
    Count *self = (Count *)type->tp_alloc(type, 0);
    if (self == NULL) {
        Py_DECREF(by);
        Py_XDECREF(number);
        return NULL;
    }
    self->next = next;
    self->number = number;
    self->step = by;
    return (PyObject *)self;
}

static PyObject *count_next(Count *self)
{
    if (self->number == NULL) {
        if (self->next != PY_SSIZE_T_MAX)
            return PyLong_FromSsize_t(self->next++);
        if ((self->number = PyLong_FromSsize_t(PY_SSIZE_T_MAX)) == NULL)
            return NULL;
    }
    PyObject *current = self->number, *following = PyNumber_Add(current, self->step);
    if (following == NULL)
        return NULL;
    self->number = following;
    return current;
}

static int step_is_one(Count *self)
{
    int overflow;
    return PyLong_Check(self->step) && PyLong_AsLongAndOverflow(self->step, &overflow) == 1 && !overflow;
}

static PyObject *count_repr(Count *self)
{
    const char *name = _PyType_Name(Py_TYPE(self));
    if (self->number == NULL)
        return PyUnicode_FromFormat("%s(%zd)", name, self->next);
    if (step_is_one(self))
        return PyUnicode_FromFormat("%s(%R)", name, self->number);
    return PyUnicode_FromFormat("%s(%R, %R)", name, self->number, self->step);
}

static PyObject *count_reduce(Count *self, PyObject *unused)
{
    if (self->number == NULL)
        return Py_BuildValue("O(n)", Py_TYPE(self), self->next);
    return Py_BuildValue("O(OO)", Py_TYPE(self), self->number, self->step);
}

static PyMethodDef count_methods[] = {
    {"__reduce__", (PyCFunction)count_reduce, METH_NOARGS, REDUCE_DOC},
    {NULL},
};

PyTypeObject tai_itertools_count = {
    ITER_SLOTS(count, Count),
    .tp_repr = (reprfunc)count_repr,
    .tp_doc = PyDoc_STR("count(start=0, step=1)\n--\n\nThe numbers start, start + step, start + 2*step, ..., without end."),
};

/* ---- cycle --------------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyObject *it;    /* NULL once everything has been seen */
    PyObject *saved; /* list of the items */
    Py_ssize_t index;
    int first_pass;  /* 0: the items of `it` are in saved already (after unpickling) */
} Cycle;

#define CYCLE_FIELDS(ROW) ROW(it) ROW(saved)
DEFINE_GC(cycle, Cycle, CYCLE_FIELDS)

static PyObject *cycle_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if ((type == &tai_itertools_cycle && !_PyArg_NoKeywords("cycle", kwds)) ||
        !_PyArg_CheckPositional("cycle", PyTuple_GET_SIZE(args), 1, 1))
        return NULL;
    PyObject *it = PyObject_GetIter(PyTuple_GET_ITEM(args, 0)), *saved = it ? PyList_New(0) : NULL;
    Cycle *self = saved ? (Cycle *)type->tp_alloc(type, 0) : NULL;
    if (self == NULL) {
        Py_XDECREF(it);
        Py_XDECREF(saved);
        return NULL;
    }
    self->it = it;
    self->saved = saved;
    self->first_pass = 1;
    return (PyObject *)self;
}

static PyObject *cycle_next(Cycle *self)
{
    PyObject *item;
    if (self->it != NULL) {
        if ((item = next_held(self->it)) != NULL) {
            if (self->first_pass && PyList_Append(self->saved, item) < 0)
                Py_CLEAR(item);
            return item;
        }
        if (end_or_error() < 0)
            return NULL;
        self->index = 0;
        Py_CLEAR(self->it);
    }
    if (PyList_GET_SIZE(self->saved) == 0)
        return NULL;
    if (self->index >= PyList_GET_SIZE(self->saved)) /* the list is __setstate__'s or __reduce__'s too: it may have shrunk */
        self->index = 0;
    item = PyList_GET_ITEM(self->saved, self->index);
    if (++self->index >= PyList_GET_SIZE(self->saved))
        self->index = 0;
    return newref(item);
}

static PyObject *cycle_reduce(Cycle *self, PyObject *unused)
{
    if (self->it != NULL)
        return Py_BuildValue("O(O)(Oi)", Py_TYPE(self), self->it, self->saved, !self->first_pass);
    PyObject *it = PyObject_GetIter(self->saved);
    if (it == NULL)
        return NULL;
    if (self->index != 0) {
        PyObject *none = PyObject_CallMethod(it, "__setstate__", "n", self->index);
        if (none == NULL) {
            Py_DECREF(it);
            return NULL;
        }
        Py_DECREF(none);
    }
    return Py_BuildValue("O(N)(Oi)", Py_TYPE(self), it, self->saved, 1);
}

static PyObject *cycle_setstate(Cycle *self, PyObject *state)
{
    PyObject *saved;
    int seen;
    if (!state_is_tuple(state) || !PyArg_ParseTuple(state, "O!i", &PyList_Type, &saved, &seen))
        return NULL;
    Py_INCREF(saved);
    Py_XSETREF(self->saved, saved);
    self->first_pass = seen == 0;
    self->index = 0;
    Py_RETURN_NONE;
}

static PyMethodDef cycle_methods[] = {
    {"__reduce__", (PyCFunction)cycle_reduce, METH_NOARGS, REDUCE_DOC},
    {"__setstate__", (PyCFunction)cycle_setstate, METH_O, SETSTATE_DOC},
    {NULL},
};

PyTypeObject tai_itertools_cycle = {
    ITER_SLOTS(cycle, Cycle),
    .tp_doc = PyDoc_STR("cycle(iterable, /)\n--\n\nThe items of iterable, and then again and again from the first one."),
};

/* ---- repeat -------------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyObject *element;
    Py_ssize_t left; /* -1: without end */
} Repeat;

#define REPEAT_FIELDS(ROW) ROW(element)
DEFINE_GC(repeat, Repeat, REPEAT_FIELDS)

static PyObject *repeat_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"object", "times", NULL};
    PyObject *element;
    Py_ssize_t times = -1, given = PyTuple_GET_SIZE(args) + (kwds ? PyDict_GET_SIZE(kwds) : 0);
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|n:repeat", keywords, &element, &times))
        return NULL;
    if (given == 2 && times < 0)
        times = 0;
    Repeat *self = (Repeat *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->element = newref(element);
    self->left = times;
    return (PyObject *)self;
}

static PyObject *repeat_next(Repeat *self)
{
    if (self->left == 0)
        return NULL;
    if (self->left > 0)
        self->left--;
    return newref(self->element);
}

static PyObject *repeat_repr(Repeat *self)
{
    if (self->left < 0)
        return PyUnicode_FromFormat("%s(%R)", _PyType_Name(Py_TYPE(self)), self->element);
    return PyUnicode_FromFormat("%s(%R, %zd)", _PyType_Name(Py_TYPE(self)), self->element, self->left);
}

static PyObject *repeat_length_hint(Repeat *self, PyObject *unused)
{
    return self->left < 0 ? raise_error(PyExc_TypeError, "len() of unsized object") : PyLong_FromSsize_t(self->left);
}

static PyObject *repeat_reduce(Repeat *self, PyObject *unused)
{
    if (self->left >= 0)
        return Py_BuildValue("O(On)", Py_TYPE(self), self->element, self->left);
    return Py_BuildValue("O(O)", Py_TYPE(self), self->element);
}

static PyMethodDef repeat_methods[] = {
    {"__length_hint__", (PyCFunction)repeat_length_hint, METH_NOARGS, PyDoc_STR("Number of items left.")},
    {"__reduce__", (PyCFunction)repeat_reduce, METH_NOARGS, REDUCE_DOC},
    {NULL},
};

PyTypeObject tai_itertools_repeat = {
    ITER_SLOTS(repeat, Repeat),
    .tp_repr = (reprfunc)repeat_repr,
    .tp_doc = PyDoc_STR("repeat(object [,times]) -> the same object that many times, or without end"),
};

/* ---- accumulate ---------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyObject *total;   /* NULL before the first item */
    PyObject *it;
    PyObject *fn;      /* NULL: addition */
    PyObject *initial; /* NULL: none, or given already */
} Accumulate;

#define ACCUMULATE_FIELDS(ROW) ROW(total) ROW(it) ROW(fn) ROW(initial)
DEFINE_GC(accumulate, Accumulate, ACCUMULATE_FIELDS)

static PyObject *accumulate_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"iterable", "func", "initial", NULL};
    PyObject *iterable, *fn = Py_None, *initial = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|O$O:accumulate", keywords, &iterable, &fn, &initial))
        return NULL;
    PyObject *it = PyObject_GetIter(iterable);
    Accumulate *self = it ? (Accumulate *)type->tp_alloc(type, 0) : NULL;
    if (self == NULL) {
        Py_XDECREF(it);
        return NULL;
    }
    self->it = it;
    self->fn = fn == Py_None ? NULL : newref(fn);
    self->initial = initial == Py_None ? NULL : newref(initial);
    return (PyObject *)self;
}

static PyObject *accumulate_next(Accumulate *self)
{
    if (self->initial != NULL) {
        Py_XSETREF(self->total, self->initial);
        self->initial = NULL;
        return newref(self->total);
    }
    PyObject *item = next_of(self->it), *total;
    if (item == NULL)
        return NULL;
    if (self->total == NULL) {
        self->total = item;
        return newref(item);
    }
    PyObject *before = newref(self->total); /* __setstate__() and a step inside may let go of it */
    total = self->fn ? call2(self->fn, before, item) : PyNumber_Add(before, item);
    Py_DECREF(before);
    Py_DECREF(item);
    if (total == NULL)
        return NULL;
    Py_INCREF(total);
    Py_XSETREF(self->total, total);
    return total;
}

static PyObject *accumulate_reduce(Accumulate *self, PyObject *unused)
{
    PyObject *fn = self->fn ? self->fn : Py_None, *it;
    if (self->initial != NULL) {
        it = PyObject_CallFunction((PyObject *)&tai_itertools_chain, "(O)O", self->initial, self->it);
        return it ? Py_BuildValue("O(NO)O", Py_TYPE(self), it, fn, Py_None) : NULL;
    }
    if (self->total == Py_None) {
        /* None as state means "no total yet": let it come out of the input, and drop the first result. */
        it = PyObject_CallFunction((PyObject *)&tai_itertools_chain, "(O)O", self->total, self->it);
        if (it == NULL)
            return NULL;
        it = PyObject_CallFunction((PyObject *)Py_TYPE(self), "NO", it, fn);
        return it ? Py_BuildValue("O(NiO)", &tai_itertools_islice, it, 1, Py_None) : NULL;
    }
    return Py_BuildValue("O(OO)O", Py_TYPE(self), self->it, fn, self->total ? self->total : Py_None);
}

static PyObject *accumulate_setstate(Accumulate *self, PyObject *state)
{
    Py_XSETREF(self->total, state == Py_None ? NULL : newref(state));
    Py_RETURN_NONE;
}

static PyMethodDef accumulate_methods[] = {
    {"__reduce__", (PyCFunction)accumulate_reduce, METH_NOARGS, REDUCE_DOC},
    {"__setstate__", (PyCFunction)accumulate_setstate, METH_O, SETSTATE_DOC},
    {NULL},
};

PyTypeObject tai_itertools_accumulate = {
    ITER_SLOTS(accumulate, Accumulate),
    .tp_doc = PyDoc_STR("accumulate(iterable, func=None, *, initial=None)\n--\n\n"
                        "Running totals: each result is func(previous result, item), by default the sum."),
};

/* ---- chain --------------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyObject *source; /* iterator over iterables; NULL once exhausted */
    PyObject *active; /* iterator that gives items now, or NULL */
} Chain;

#define CHAIN_FIELDS(ROW) ROW(source) ROW(active)
DEFINE_GC(chain, Chain, CHAIN_FIELDS)

static PyObject *chain_over(PyTypeObject *type, PyObject *iterables)
{
    PyObject *source = PyObject_GetIter(iterables);
    Chain *self = source ? (Chain *)type->tp_alloc(type, 0) : NULL;
    if (self == NULL) {
        Py_XDECREF(source);
        return NULL;
    }
    self->source = source;
    return (PyObject *)self;
}

static PyObject *chain_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (type == &tai_itertools_chain && !_PyArg_NoKeywords("chain", kwds))
        return NULL;
    return chain_over(type, args);
}

static PyObject *chain_from_iterable(PyObject *type, PyObject *iterable)
{
    return chain_over((PyTypeObject *)type, iterable);
}

static PyObject *chain_next(Chain *self)
{
    while (self->source != NULL) {
        if (self->active == NULL) {
            PyObject *iterable = next_held(self->source), *active;
            if (iterable == NULL) {
                Py_CLEAR(self->source);
                return NULL; /* the end, or an error */
            }
            active = PyObject_GetIter(iterable);
            Py_DECREF(iterable);
            if (active == NULL) {
                Py_CLEAR(self->source);
                return NULL;
            }
            Py_XSETREF(self->active, active);
        }
        PyObject *item = next_held(self->active);
        if (item != NULL)
            return item;
        if (end_or_error() < 0)
            return NULL;
        Py_CLEAR(self->active);
    }
    return NULL;
}

static PyObject *chain_reduce(Chain *self, PyObject *unused)
{
    if (self->source == NULL)
        return Py_BuildValue("O()", Py_TYPE(self));
    if (self->active != NULL)
        return Py_BuildValue("O()(OO)", Py_TYPE(self), self->source, self->active);
    return Py_BuildValue("O()(O)", Py_TYPE(self), self->source);
}

static PyObject *chain_setstate(Chain *self, PyObject *state)
{
    PyObject *source, *active = NULL;
    if (!state_is_tuple(state) || !PyArg_ParseTuple(state, "O|O", &source, &active))
        return NULL;
    if (!PyIter_Check(source) || (active != NULL && !PyIter_Check(active)))
        return raise_error(PyExc_TypeError, "Arguments must be iterators.");
    Py_INCREF(source);
    Py_XSETREF(self->source, source);
    Py_XINCREF(active);
    Py_XSETREF(self->active, active);
    Py_RETURN_NONE;
}

static PyMethodDef chain_methods[] = {
    {"from_iterable", chain_from_iterable, METH_O | METH_CLASS,
     PyDoc_STR("from_iterable($type, iterable, /)\n--\n\nLike chain(*iterable), but asking for one iterable at a time.")},
    {"__reduce__", (PyCFunction)chain_reduce, METH_NOARGS, REDUCE_DOC},
    {"__setstate__", (PyCFunction)chain_setstate, METH_O, SETSTATE_DOC},
    {NULL},
};

PyTypeObject tai_itertools_chain = {
    ITER_SLOTS(chain, Chain),
    .tp_doc = PyDoc_STR("chain(*iterables) --> chain object\n\nThe items of the first iterable, then those of the second, and so on."),
};

/* ---- compress ------------------------------------------------------------------------------------------------ */

typedef struct {
    PyObject_HEAD
    PyObject *data, *selectors;
} Compress;

#define COMPRESS_FIELDS(ROW) ROW(data) ROW(selectors)
DEFINE_GC(compress, Compress, COMPRESS_FIELDS)

static PyObject *compress_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"data", "selectors", NULL};
    PyObject *data, *selectors;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OO:compress", keywords, &data, &selectors))
        return NULL;
    data = PyObject_GetIter(data);
    selectors = data ? PyObject_GetIter(selectors) : NULL;
    Compress *self = selectors ? (Compress *)type->tp_alloc(type, 0) : NULL;
    if (self == NULL) {
        Py_XDECREF(data);
        Py_XDECREF(selectors);
        return NULL;
    }
    self->data = data;
    self->selectors = selectors;
    return (PyObject *)self;
}

static PyObject *compress_next(Compress *self)
{
    for (;;) {
        PyObject *item = next_of(self->data), *selector;
        if (item == NULL)
            return NULL;
        if ((selector = next_of(self->selectors)) == NULL) {
            Py_DECREF(item);
            return NULL;
        }
        int truth = truth_steal(selector);
        if (truth > 0)
            return item;
        Py_DECREF(item);
        if (truth < 0)
            return NULL;
    }
}

static PyObject *compress_reduce(Compress *self, PyObject *unused)
{
    return Py_BuildValue("O(OO)", Py_TYPE(self), self->data, self->selectors);
}

static PyMethodDef compress_methods[] = {
    {"__reduce__", (PyCFunction)compress_reduce, METH_NOARGS, REDUCE_DOC},
    {NULL},
};

PyTypeObject tai_itertools_compress = {
    ITER_SLOTS(compress, Compress),
    .tp_doc = PyDoc_STR("compress(data, selectors)\n--\n\nThe items of data whose counterpart in selectors is true."),
};

/* ---- dropwhile, takewhile, filterfalse, starmap -------------------------------------------------------------- */

/* A function and an iterator. */
typedef struct {
    PyObject_HEAD
    PyObject *fn, *it;
    long done; /* dropwhile: the rest passes; takewhile: there is nothing more */
} Applied;

#define APPLIED_FIELDS(ROW) ROW(fn) ROW(it)

static PyObject *applied_new(PyTypeObject *type, PyTypeObject *exact, const char *name, PyObject *args, PyObject *kwds)
{
    PyObject *fn, *iterable;
    if ((type == exact && !_PyArg_NoKeywords(name, kwds)) || !PyArg_UnpackTuple(args, name, 2, 2, &fn, &iterable))
        return NULL;
    PyObject *it = PyObject_GetIter(iterable);
    Applied *self = it ? (Applied *)type->tp_alloc(type, 0) : NULL;
    if (self == NULL) {
        Py_XDECREF(it);
        return NULL;
    }
    self->fn = newref(fn);
    self->it = it;
    return (PyObject *)self;
}

static PyObject *applied_reduce(Applied *self, PyObject *unused)
{
    return Py_BuildValue("O(OO)", Py_TYPE(self), self->fn, self->it);
}

static PyObject *applied_reduce_done(Applied *self, PyObject *unused)
{
    return Py_BuildValue("O(OO)l", Py_TYPE(self), self->fn, self->it, self->done);
}

static PyObject *applied_setstate(Applied *self, PyObject *state)
{
    int truth = PyObject_IsTrue(state);
    if (truth < 0)
        return NULL;
    self->done = truth;
    Py_RETURN_NONE;
}

#define DEFINE_APPLIED(NAME)                                                                                         \
    DEFINE_GC(NAME, Applied, APPLIED_FIELDS)                                                                         \
    static PyObject *NAME##_new(PyTypeObject *type, PyObject *args, PyObject *kwds)                                  \
    {                                                                                                                \
        return applied_new(type, &tai_itertools_##NAME, #NAME, args, kwds);                                          \
    }

static PyMethodDef while_methods[] = {
    {"__reduce__", (PyCFunction)applied_reduce_done, METH_NOARGS, REDUCE_DOC},
    {"__setstate__", (PyCFunction)applied_setstate, METH_O, SETSTATE_DOC},
    {NULL},
};
static PyMethodDef applied_methods[] = {
    {"__reduce__", (PyCFunction)applied_reduce, METH_NOARGS, REDUCE_DOC},
    {NULL},
};
#define dropwhile_methods while_methods
#define takewhile_methods while_methods
#define filterfalse_methods applied_methods
#define starmap_methods applied_methods

DEFINE_APPLIED(dropwhile)

static PyObject *dropwhile_next(Applied *self)
{
    PyObject *item;
    while ((item = next_of(self->it)) != NULL) {
        if (self->done)
            return item;
        int truth = truth_steal(call1(self->fn, item));
        if (truth == 0) {
            self->done = 1;
            return item;
        }
        Py_DECREF(item);
        if (truth < 0)
            return NULL;
    }
    return NULL;
}

PyTypeObject tai_itertools_dropwhile = {
    ITER_SLOTS(dropwhile, Applied),
    .tp_doc = PyDoc_STR("dropwhile(predicate, iterable, /)\n--\n\n"
                        "The items of iterable from the first one on for which predicate is false."),
};

DEFINE_APPLIED(takewhile)

static PyObject *takewhile_next(Applied *self)
{
    PyObject *item;
    if (self->done || (item = next_of(self->it)) == NULL)
        return NULL;
    int truth = truth_steal(call1(self->fn, item));
    if (truth > 0)
        return item;
    Py_DECREF(item);
    if (truth == 0)
        self->done = 1;
    return NULL;
}

PyTypeObject tai_itertools_takewhile = {
    ITER_SLOTS(takewhile, Applied),
    .tp_doc = PyDoc_STR("takewhile(predicate, iterable, /)\n--\n\n"
                        "The items of iterable before the first one for which predicate is false."),
};

DEFINE_APPLIED(filterfalse)

static PyObject *filterfalse_next(Applied *self)
{
    PyObject *item;
    int plain = self->fn == Py_None || self->fn == (PyObject *)&PyBool_Type;
    while ((item = next_of(self->it)) != NULL) {
        int truth = plain ? PyObject_IsTrue(item) : truth_steal(call1(self->fn, item));
        if (truth == 0)
            return item;
        Py_DECREF(item);
        if (truth < 0)
            return NULL;
    }
    return NULL;
}

PyTypeObject tai_itertools_filterfalse = {
    ITER_SLOTS(filterfalse, Applied),
    .tp_doc = PyDoc_STR("filterfalse(function, iterable, /)\n--\n\n"
                        "The items of iterable for which function is false; with None, those that are false."),
};

DEFINE_APPLIED(starmap)

static PyObject *starmap_next(Applied *self)
{
    PyObject *args = next_of(self->it), *result;
    if (args == NULL)
        return NULL;
    if (!PyTuple_CheckExact(args)) {
        Py_SETREF(args, PySequence_Tuple(args));
        if (args == NULL)
            return NULL;
    }
    result = _PyObject_Vectorcall(self->fn, ((PyTupleObject *)args)->ob_item, (size_t)PyTuple_GET_SIZE(args), NULL);
    Py_DECREF(args);
    return result;
}

PyTypeObject tai_itertools_starmap = {
    ITER_SLOTS(starmap, Applied),
    .tp_doc = PyDoc_STR("starmap(function, iterable, /)\n--\n\nfunction(*item) for each item of iterable."),
};

/* ---- islice -------------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyObject *it;     /* NULL once exhausted */
    Py_ssize_t next;  /* position of the next item to give */
    Py_ssize_t stop;  /* -1: none */
    Py_ssize_t step;
    Py_ssize_t taken; /* items taken from it */
} Islice;

#define ISLICE_FIELDS(ROW) ROW(it)
DEFINE_GC(islice, Islice, ISLICE_FIELDS)

enum Bound { BOUND_FINE, BOUND_NEGATIVE, BOUND_NO_INDEX };

/* A bound: None leaves *result; else an index. No exception. */
static enum Bound islice_bound(PyObject *arg, Py_ssize_t *result)
{
    if (arg == Py_None)
        return BOUND_FINE;
    *result = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
    if (*result == -1 && PyErr_Occurred()) {
        PyErr_Clear();
        return BOUND_NO_INDEX;
    }
    return *result < 0 ? BOUND_NEGATIVE : BOUND_FINE;
}

static PyObject *islice_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *seq, *a, *b = NULL, *c = Py_None;
    Py_ssize_t start = 0, stop = -1, step = 1;
    if ((type == &tai_itertools_islice && !_PyArg_NoKeywords("islice", kwds)) ||
        !PyArg_UnpackTuple(args, "islice", 2, 4, &seq, &a, &b, &c))
        return NULL;
    enum Bound first = b ? islice_bound(a, &start) : BOUND_FINE, last = islice_bound(b ? b : a, &stop);
    if (last == BOUND_NO_INDEX || (last == BOUND_NEGATIVE && stop == -1))
        return raise_error(PyExc_ValueError, "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    if (first != BOUND_FINE || last != BOUND_FINE)
        return raise_error(PyExc_ValueError, "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    if (islice_bound(c, &step) != BOUND_FINE || step < 1)
        return raise_error(PyExc_ValueError, "Step for islice() must be a positive integer or None.");
    PyObject *it = PyObject_GetIter(seq);
    Islice *self = it ? (Islice *)type->tp_alloc(type, 0) : NULL;
    if (self == NULL) {
        Py_XDECREF(it);
        return NULL;
    }
    self->it = it;
    self->next = start;
    self->stop = stop;
    self->step = step;
    return (PyObject *)self;
}

static PyObject *islice_next(Islice *self)
{
    PyObject *item, *it = self->it;
    if (it == NULL)
        return NULL;
    Py_INCREF(it); /* its own code may come here again and find the end */
    while (self->taken < self->next) {
        if ((item = next_of(it)) == NULL)
            goto end;
        Py_DECREF(item);
        self->taken++;
    }
    if (self->stop != -1 && self->taken >= self->stop)
        goto end;
    if ((item = next_of(it)) == NULL)
        goto end;
    self->taken++;
    Py_ssize_t old = self->next, stop = self->stop;
    self->next = (Py_ssize_t)((size_t)old + (size_t)self->step);
    if (self->next < old || (stop != -1 && self->next > stop))
        self->next = stop == -1 ? PY_SSIZE_T_MAX : stop;
    Py_DECREF(it);
    return item;
end:
    Py_CLEAR(self->it);
    Py_DECREF(it);
    return NULL;
}

static PyObject *islice_reduce(Islice *self, PyObject *unused)
{
    if (self->it == NULL) {
        PyObject *list = PyList_New(0), *it = list ? PyObject_GetIter(list) : NULL;
        Py_XDECREF(list);
        return it ? Py_BuildValue("O(Nn)n", Py_TYPE(self), it, (Py_ssize_t)0, (Py_ssize_t)0) : NULL;
    }
    PyObject *stop = self->stop == -1 ? newref(Py_None) : PyLong_FromSsize_t(self->stop);
    return stop ? Py_BuildValue("O(OnNn)n", Py_TYPE(self), self->it, self->next, stop, self->step, self->taken) : NULL;
}

static PyObject *islice_setstate(Islice *self, PyObject *state)
{
    Py_ssize_t taken = PyLong_AsSsize_t(state);
    if (taken == -1 && PyErr_Occurred())
        return NULL;
    self->taken = taken;
    Py_RETURN_NONE;
}

static PyMethodDef islice_methods[] = {
    {"__reduce__", (PyCFunction)islice_reduce, METH_NOARGS, REDUCE_DOC},
    {"__setstate__", (PyCFunction)islice_setstate, METH_O, SETSTATE_DOC},
    {NULL},
};

PyTypeObject tai_itertools_islice = {
    ITER_SLOTS(islice, Islice),
    .tp_doc = PyDoc_STR("islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\n"
                        "The items at the positions that range() of the other arguments gives (None as stop: no end)."),
};

/* ---- zip_longest --------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    Py_ssize_t active; /* iterators that are not exhausted */
    PyObject *its;     /* tuple of iterators; NULL in the place of exhausted ones */
    PyObject *result;  /* used again if nobody else has it */
    PyObject *fill;
} ZipLongest;

#define ZIP_FIELDS(ROW) ROW(its) ROW(result) ROW(fill)
DEFINE_GC(zip_longest, ZipLongest, ZIP_FIELDS)

static PyObject *zip_longest_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    _Py_IDENTIFIER(fillvalue);
    PyObject *fill = Py_None;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (kwds != NULL && PyDict_CheckExact(kwds) && PyDict_GET_SIZE(kwds) > 0) {
        fill = PyDict_GET_SIZE(kwds) == 1 ? _PyDict_GetItemIdWithError(kwds, &PyId_fillvalue) : NULL;
        if (fill == NULL)
            return PyErr_Occurred() ? NULL
                                    : raise_error(PyExc_TypeError, "zip_longest() got an unexpected keyword argument");
    }
    PyObject *its = PyTuple_New(n), *result = NULL;
    for (Py_ssize_t i = 0; its != NULL && i < n; i++) {
        PyObject *it = PyObject_GetIter(PyTuple_GET_ITEM(args, i));
        if (it == NULL)
            Py_CLEAR(its);
        else
            PyTuple_SET_ITEM(its, i, it);
    }
    if (its != NULL && (result = PyTuple_New(n)) != NULL)
        for (Py_ssize_t i = 0; i < n; i++)
            PyTuple_SET_ITEM(result, i, newref(Py_None));
    ZipLongest *self = result ? (ZipLongest *)type->tp_alloc(type, 0) : NULL;
    if (self == NULL) {
        Py_XDECREF(its);
        Py_XDECREF(result);
        return NULL;
    }
    self->its = its;
    self->active = n;
    self->result = result;
    self->fill = newref(fill);
    return (PyObject *)self;
}

/* The next item of iterator i, or the fill value; NULL when all are exhausted, or on error. */
static PyObject *zip_longest_item(ZipLongest *self, Py_ssize_t i)
{
    PyObject *it = PyTuple_GET_ITEM(self->its, i), *item;
    if (it != NULL) {
        if ((item = next_held(it)) != NULL)
            return item;
        if (end_or_error() < 0 || self->active <= 1) {
            self->active = 0;
            return NULL;
        }
        if (PyTuple_GET_ITEM(self->its, i) == it) { /* else its own code came here and has done it */
            self->active--;
            PyTuple_SET_ITEM(self->its, i, NULL);
            Py_DECREF(it);
        }
    }
    return newref(self->fill);
}

static PyObject *zip_longest_next(ZipLongest *self)
{
    Py_ssize_t n = PyTuple_GET_SIZE(self->its);
    PyObject *result = self->result;
    if (n == 0 || self->active == 0)
        return NULL;
    int again = Py_REFCNT(result) == 1;
    if (again)
        Py_INCREF(result);
    else if ((result = PyTuple_New(n)) == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = zip_longest_item(self, i), *old = PyTuple_GET_ITEM(result, i);
        if (item == NULL) {
            Py_DECREF(result);
            return NULL;
        }
        PyTuple_SET_ITEM(result, i, item);
        Py_XDECREF(old);
    }
    if (again)
        track_again(result);
    return result;
}

static PyObject *zip_longest_reduce(ZipLongest *self, PyObject *unused)
{
    PyObject *args = PyTuple_New(PyTuple_GET_SIZE(self->its));
    for (Py_ssize_t i = 0; args != NULL && i < PyTuple_GET_SIZE(self->its); i++) {
        PyObject *it = PyTuple_GET_ITEM(self->its, i);
        it = it ? newref(it) : PyTuple_New(0);
        if (it == NULL)
            Py_CLEAR(args);
        else
            PyTuple_SET_ITEM(args, i, it);
    }
    return args ? Py_BuildValue("ONO", Py_TYPE(self), args, self->fill) : NULL;
}

static PyObject *zip_longest_setstate(ZipLongest *self, PyObject *state)
{
    Py_INCREF(state);
    Py_XSETREF(self->fill, state);
    Py_RETURN_NONE;
}

static PyMethodDef zip_longest_methods[] = {
    {"__reduce__", (PyCFunction)zip_longest_reduce, METH_NOARGS, REDUCE_DOC},
    {"__setstate__", (PyCFunction)zip_longest_setstate, METH_O, SETSTATE_DOC},
    {NULL},
};

PyTypeObject tai_itertools_zip_longest = {
    ITER_SLOTS(zip_longest, ZipLongest),
    .tp_doc = PyDoc_STR("zip_longest(iter1 [,iter2 [...]], [fillvalue=None]) --> zip_longest object\n\n"
                        "Tuples of one item from each iterable, until the longest is exhausted; fillvalue stands for what the\n"
                        "shorter ones do not have."),
};
