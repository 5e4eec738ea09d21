/* SPDX-License-Identifier: MIT */
/* The two iterators that iter() makes itself: over anything with __getitem__, and over calls until a sentinel comes.
 * An iterator that is at its end has let go of what it ran over (NULL). Tests: tests/objects/test_small_types.py.
 */
#include "Python.h"
#include "runtime/gc.h"
#include "runtime/state.h"

static PyObject *exhausted_reduce(void)
{
    _Py_IDENTIFIER(iter);
    return Py_BuildValue("N(())", _PyEval_GetBuiltinId(&PyId_iter));
}

/* ---- over a sequence ---- */

typedef struct {
    PyObject_HEAD
    Py_ssize_t index;
    PyObject *sequence;
} SeqIter;

#define SEQ(op) ((SeqIter *)(op))

PyObject *PySeqIter_New(PyObject *sequence)
{
    if (!PySequence_Check(sequence)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    SeqIter *self = PyObject_GC_New(SeqIter, &PySeqIter_Type);
    if (self == NULL)
        return NULL;
    Py_INCREF(sequence);
    self->index = 0;
    self->sequence = sequence;
    tai_gc_track(self);
    return (PyObject *)self;
}

static void seq_dealloc(PyObject *op)
{
    tai_gc_untrack_if(op);
    Py_TRASHCAN_BEGIN(op, seq_dealloc)
    Py_XDECREF(SEQ(op)->sequence);
    PyObject_GC_Del(op);
    Py_TRASHCAN_END
}

static int seq_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(SEQ(op)->sequence);
    return 0;
}

static PyObject *seq_next(PyObject *op)
{
    PyObject *sequence = SEQ(op)->sequence;
    if (sequence == NULL)
        return NULL;
    if (SEQ(op)->index == PY_SSIZE_T_MAX) {
        PyErr_SetString(PyExc_OverflowError, "iter index too large");
        return NULL;
    }
    PyObject *item = PySequence_GetItem(sequence, SEQ(op)->index);
    if (LIKELY(item != NULL)) {
        SEQ(op)->index++;
        return item;
    }
    if (PyErr_ExceptionMatches(PyExc_IndexError) || PyErr_ExceptionMatches(PyExc_StopIteration)) {
        PyErr_Clear();
        Py_CLEAR(SEQ(op)->sequence);
    }
    return NULL;
}

static PyObject *seq_length_hint(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    PyObject *sequence = SEQ(op)->sequence;
    if (sequence == NULL)
        return PyLong_FromLong(0);
    if (!_PyObject_HasLen(sequence))
        Py_RETURN_NOTIMPLEMENTED;
    Py_ssize_t size = PySequence_Size(sequence);
    if (size < 0)
        return NULL;
    return PyLong_FromSsize_t(size > SEQ(op)->index ? size - SEQ(op)->index : 0);
}

static PyObject *seq_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    _Py_IDENTIFIER(iter);
    if (SEQ(op)->sequence == NULL)
        return exhausted_reduce();
    return Py_BuildValue("N(O)n", _PyEval_GetBuiltinId(&PyId_iter), SEQ(op)->sequence, SEQ(op)->index);
}

static PyObject *seq_setstate(PyObject *op, PyObject *state)
{
    Py_ssize_t index = PyLong_AsSsize_t(state);
    if (index == -1 && PyErr_Occurred())
        return NULL;
    if (SEQ(op)->sequence != NULL)
        SEQ(op)->index = index < 0 ? 0 : index;
    Py_RETURN_NONE;
}

static PyMethodDef seq_methods[] = {
    {"__length_hint__", seq_length_hint, METH_NOARGS, "How many items are probably left."},
    {"__reduce__", seq_reduce, METH_NOARGS, "How pickle gets this iterator again."},
    {"__setstate__", seq_setstate, METH_O, "Set the position."},
    {NULL},
};

PyTypeObject PySeqIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "iterator",
    .tp_basicsize = sizeof(SeqIter),
    .tp_dealloc = seq_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = seq_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = seq_next,
    .tp_methods = seq_methods,
};

/* ---- over calls ---- */

typedef struct {
    PyObject_HEAD
    PyObject *callable;
    PyObject *sentinel;
} CallIter;

#define CALL(op) ((CallIter *)(op))

PyObject *PyCallIter_New(PyObject *callable, PyObject *sentinel)
{
    CallIter *self = PyObject_GC_New(CallIter, &PyCallIter_Type);
    if (self == NULL)
        return NULL;
    Py_INCREF(callable);
    Py_INCREF(sentinel);
    self->callable = callable;
    self->sentinel = sentinel;
    tai_gc_track(self);
    return (PyObject *)self;
}

static void call_dealloc(PyObject *op)
{
    tai_gc_untrack_if(op);
    Py_TRASHCAN_BEGIN(op, call_dealloc)
    Py_XDECREF(CALL(op)->callable);
    Py_XDECREF(CALL(op)->sentinel);
    PyObject_GC_Del(op);
    Py_TRASHCAN_END
}

static int call_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(CALL(op)->callable);
    Py_VISIT(CALL(op)->sentinel);
    return 0;
}

static void call_finish(PyObject *op)
{
    Py_CLEAR(CALL(op)->callable);
    Py_CLEAR(CALL(op)->sentinel);
}

static PyObject *call_next(PyObject *op)
{
    PyObject *callable = CALL(op)->callable, *sentinel;
    if (callable == NULL)
        return NULL;
    Py_INCREF(callable); /* the call may exhaust this very iterator */
    PyObject *result = _PyObject_CallNoArg(callable);
    Py_DECREF(callable);
    if (result == NULL) {
        if (PyErr_ExceptionMatches(PyExc_StopIteration)) {
            PyErr_Clear();
            call_finish(op);
        }
        return NULL;
    }
    sentinel = CALL(op)->sentinel;
    if (sentinel == NULL) {
        Py_DECREF(result);
        return NULL;
    }
    Py_INCREF(sentinel);
    int last = PyObject_RichCompareBool(sentinel, result, Py_EQ);
    Py_DECREF(sentinel);
    if (last == 0)
        return result;
    Py_DECREF(result);
    if (last > 0)
        call_finish(op);
    return NULL;
}

static PyObject *call_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    _Py_IDENTIFIER(iter);
    if (CALL(op)->callable == NULL)
        return exhausted_reduce();
    return Py_BuildValue("N(OO)", _PyEval_GetBuiltinId(&PyId_iter), CALL(op)->callable, CALL(op)->sentinel);
}

static PyMethodDef call_methods[] = {
    {"__reduce__", call_reduce, METH_NOARGS, "How pickle gets this iterator again."},
    {NULL},
};

PyTypeObject PyCallIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "callable_iterator",
    .tp_basicsize = sizeof(CallIter),
    .tp_dealloc = call_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = call_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = call_next,
    .tp_methods = call_methods,
};
