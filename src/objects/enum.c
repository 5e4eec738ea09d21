/* SPDX-License-Identifier: MIT */
/* enumerate and reversed.
 *
 * enumerate keeps the last tuple it gave out: if nobody else holds it any more, which is so in `for i, x in enumerate(...)`, it is
 * filled again instead of being made anew.
 * Tests: tests/objects/test_small_types.py.
 */
#include "Python.h"
#include "runtime/gc.h"
#include "runtime/state.h"
#include "runtime/recursion.h"

/* ---- enumerate ---- */

typedef struct {
    PyObject_HEAD
    Py_ssize_t index;     /* PY_SSIZE_T_MAX: long_index counts */
    PyObject *iterator;
    PyObject *result;     /* tuple of two */
    PyObject *long_index; /* NULL, or the next index, at least PY_SSIZE_T_MAX */
} Enumerate;

#define ENUM(op) ((Enumerate *)(op))

/* Read the start into the new object. 0 / -1. Runs code. */
static int set_start(Enumerate *self, PyObject *start)
{
    self->index = 0;
    self->long_index = NULL;
    if (start == NULL)
        return 0;
    start = PyNumber_Index(start);
    if (start == NULL)
        return -1;
    self->index = PyLong_AsSsize_t(start);
    if (self->index == -1 && PyErr_Occurred()) {
        PyErr_Clear();
        self->index = PY_SSIZE_T_MAX;
        self->long_index = start;
        return 0;
    }
    Py_DECREF(start);
    return 0;
}

static PyObject *make_enumerate(PyTypeObject *type, PyObject *iterable, PyObject *start)
{
    Enumerate *self = ENUM(type->tp_alloc(type, 0));
    if (self == NULL)
        return NULL;
    if (set_start(self, start) < 0 || (self->iterator = PyObject_GetIter(iterable)) == NULL ||
        (self->result = PyTuple_Pack(2, Py_None, Py_None)) == NULL)
        Py_CLEAR(self);
    return (PyObject *)self;
}

static PyObject *enumerate_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"iterable", "start", NULL};
    PyObject *iterable, *start = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|O:enumerate", names, &iterable, &start))
        return NULL;
    return make_enumerate(type, iterable, start);
}

static PyObject *enumerate_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    static const char *const names[] = {"iterable", "start", NULL};
    static struct _PyArg_Parser parser = {.keywords = names, .fname = "enumerate"};
    PyObject *slots[2];
    Py_ssize_t count = PyVectorcall_NARGS(nargsf);
    if (kwnames != NULL || count < 1 || count > 2) {
        PyObject *const *laid = (_PyArg_UnpackKeywords)(args, count, NULL, kwnames, &parser, 1, 2, 0, slots);
        if (laid == NULL)
            return NULL;
        return make_enumerate((PyTypeObject *)type, laid[0], laid[1]);
    }
    return make_enumerate((PyTypeObject *)type, args[0], count > 1 ? args[1] : NULL);
}

static void enumerate_dealloc(PyObject *op)
{
    tai_gc_untrack_if(op);
    Py_TRASHCAN_BEGIN(op, enumerate_dealloc)
    Py_XDECREF(ENUM(op)->iterator);
    Py_XDECREF(ENUM(op)->result);
    Py_XDECREF(ENUM(op)->long_index);
    Py_TYPE(op)->tp_free(op);
    Py_TRASHCAN_END
}

static int enumerate_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(ENUM(op)->iterator);
    Py_VISIT(ENUM(op)->result);
    Py_VISIT(ENUM(op)->long_index);
    return 0;
}

/* The next index as an int. New. */
static PyObject *next_index(Enumerate *self)
{
    if (LIKELY(self->index != PY_SSIZE_T_MAX))
        return PyLong_FromSsize_t(self->index++);
    if (self->long_index == NULL && (self->long_index = PyLong_FromSsize_t(PY_SSIZE_T_MAX)) == NULL)
        return NULL;
    PyObject *one = PyLong_FromLong(1), *after = one ? PyNumber_Add(self->long_index, one) : NULL, *now = self->long_index;
    Py_XDECREF(one);
    if (after == NULL)
        return NULL;
    self->long_index = after;
    return now;
}

static PyObject *enumerate_next(PyObject *op)
{
    Enumerate *self = ENUM(op);
    PyObject *iterator = self->iterator, *item = tai_next_item(iterator);
    if (item == NULL)
        return NULL;
    PyObject *index = next_index(self), *result = self->result;
    if (UNLIKELY(index == NULL)) {
        Py_DECREF(item);
        return NULL;
    }
    if (LIKELY(Py_REFCNT(result) == 1)) {
        PyObject *old_index = PyTuple_GET_ITEM(result, 0), *old_item = PyTuple_GET_ITEM(result, 1);
        Py_INCREF(result);
        PyTuple_SET_ITEM(result, 0, index);
        PyTuple_SET_ITEM(result, 1, item);
        Py_DECREF(old_index);
        Py_DECREF(old_item);
        if (!tai_gc_is_tracked(result)) /* the collector may have dropped a tuple of plain values */
            tai_gc_track(result);
        return result;
    }
    result = PyTuple_New(2);
    if (result == NULL) {
        Py_DECREF(index);
        Py_DECREF(item);
        return NULL;
    }
    PyTuple_SET_ITEM(result, 0, index);
    PyTuple_SET_ITEM(result, 1, item);
    return result;
}

static PyObject *enumerate_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    Enumerate *self = ENUM(op);
    if (self->long_index != NULL)
        return Py_BuildValue("O(OO)", Py_TYPE(self), self->iterator, self->long_index);
    return Py_BuildValue("O(On)", Py_TYPE(self), self->iterator, self->index);
}

static PyMethodDef enumerate_methods[] = {
    {"__reduce__", enumerate_reduce, METH_NOARGS, "How pickle gets this iterator again."},
    {NULL},
};

PyDoc_STRVAR(enumerate_doc, "enumerate(iterable, start=0)\n--\n\n"
"Count the items of an iterable: gives pairs of a number and an item.\n\n"
"  iterable\n    what to run over\n\n"
"The numbers begin with start:\n    (start, item0), (start + 1, item1), ...");

PyTypeObject PyEnum_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "enumerate",
    .tp_basicsize = sizeof(Enumerate),
    .tp_dealloc = enumerate_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = enumerate_doc,
    .tp_traverse = enumerate_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = enumerate_next,
    .tp_methods = enumerate_methods,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = enumerate_new,
    .tp_free = PyObject_GC_Del,
    .tp_vectorcall = enumerate_vectorcall,
};

/* ---- reversed ---- */

typedef struct {
    PyObject_HEAD
    Py_ssize_t index;   /* of the next item; below 0 at the end */
    PyObject *sequence; /* NULL at the end */
} Reversed;

#define REVERSED(op) ((Reversed *)(op))

static PyObject *make_reversed(PyTypeObject *type, PyObject *sequence)
{
    _Py_IDENTIFIER(__reversed__);
    PyObject *method = _PyObject_LookupSpecial(sequence, &PyId___reversed__);
    if (method == Py_None || (method == NULL && !PyErr_Occurred() && !PySequence_Check(sequence))) {
        Py_XDECREF(method);
        PyErr_Format(PyExc_TypeError, "'%.200s' object is not reversible", Py_TYPE(sequence)->tp_name);
        return NULL;
    }
    if (method != NULL) {
        PyObject *result = _PyObject_CallNoArg(method);
        Py_DECREF(method);
        return result;
    }
    if (PyErr_Occurred())
        return NULL;
    Py_ssize_t size = PySequence_Size(sequence);
    if (size < 0)
        return NULL;
    Reversed *self = REVERSED(type->tp_alloc(type, 0));
    if (self == NULL)
        return NULL;
    Py_INCREF(sequence);
    self->index = size - 1;
    self->sequence = sequence;
    return (PyObject *)self;
}

static PyObject *reversed_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *sequence;
    if ((type == &PyReversed_Type && !_PyArg_NoKeywords("reversed", kwargs)) ||
        !PyArg_UnpackTuple(args, "reversed", 1, 1, &sequence))
        return NULL;
    return make_reversed(type, sequence);
}

static PyObject *reversed_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t count = PyVectorcall_NARGS(nargsf);
    if (kwnames != NULL && PyTuple_GET_SIZE(kwnames) != 0) {
        PyErr_SetString(PyExc_TypeError, "reversed() takes no keyword arguments");
        return NULL;
    }
    if (!_PyArg_CheckPositional("reversed", count, 1, 1))
        return NULL;
    return make_reversed((PyTypeObject *)type, args[0]);
}

static void reversed_dealloc(PyObject *op)
{
    tai_gc_untrack_if(op);
    Py_XDECREF(REVERSED(op)->sequence);
    Py_TYPE(op)->tp_free(op);
}

static int reversed_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(REVERSED(op)->sequence);
    return 0;
}

static PyObject *reversed_next(PyObject *op)
{
    Reversed *self = REVERSED(op);
    if (self->index >= 0 && self->sequence != NULL) {
        PyObject *item = PySequence_GetItem(self->sequence, self->index);
        if (item != NULL) {
            self->index--;
            return item;
        }
        if (PyErr_ExceptionMatches(PyExc_IndexError) || PyErr_ExceptionMatches(PyExc_StopIteration))
            PyErr_Clear();
    }
    self->index = -1;
    Py_CLEAR(self->sequence);
    return NULL;
}

static PyObject *reversed_length_hint(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    Reversed *self = REVERSED(op);
    if (self->sequence == NULL)
        return PyLong_FromLong(0);
    Py_ssize_t size = PySequence_Size(self->sequence);
    if (size < 0)
        return NULL;
    Py_ssize_t position = self->index + 1;
    return PyLong_FromSsize_t(size < position ? 0 : position);
}

static PyObject *reversed_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    Reversed *self = REVERSED(op);
    if (self->sequence != NULL)
        return Py_BuildValue("O(O)n", Py_TYPE(self), self->sequence, self->index);
    return Py_BuildValue("O(())", Py_TYPE(self));
}

static PyObject *reversed_setstate(PyObject *op, PyObject *state)
{
    Reversed *self = REVERSED(op);
    Py_ssize_t index = PyLong_AsSsize_t(state);
    if (index == -1 && PyErr_Occurred())
        return NULL;
    if (self->sequence != NULL) {
        Py_ssize_t size = PySequence_Size(self->sequence);
        if (size < 0)
            return NULL;
        self->index = index < -1 ? -1 : index > size - 1 ? size - 1 : index;
    }
    Py_RETURN_NONE;
}

static PyMethodDef reversed_methods[] = {
    {"__length_hint__", reversed_length_hint, METH_NOARGS, "How many items are probably left."},
    {"__reduce__", reversed_reduce, METH_NOARGS, "How pickle gets this iterator again."},
    {"__setstate__", reversed_setstate, METH_O, "Set the position."},
    {NULL},
};

PyTypeObject PyReversed_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "reversed",
    .tp_basicsize = sizeof(Reversed),
    .tp_dealloc = reversed_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "reversed(sequence, /)\n--\n\nRun over a sequence from its end to its beginning.",
    .tp_traverse = reversed_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = reversed_next,
    .tp_methods = reversed_methods,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = reversed_new,
    .tp_free = PyObject_GC_Del,
    .tp_vectorcall = reversed_vectorcall,
};
