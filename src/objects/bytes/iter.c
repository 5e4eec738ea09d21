/* SPDX-License-Identifier: MIT */
/* The iterators of bytes and bytearray. They differ in where the next byte is read, and in nothing else.
 * Tests: tests/objects/bytes/.
 */
#include "objects/bytes/bytes.h"

#include "objects/int/int.h"

typedef struct {
    PyObject_HEAD
    Py_ssize_t index; /* a bytearray may have become shorter than that */
    PyObject *seq;    /* NULL when exhausted */
} Iter;

static PyObject *make(PyTypeObject *type, PyObject *seq)
{
    Iter *it = PyObject_GC_New(Iter, type);
    if (it == NULL)
        return NULL;
    it->index = 0;
    Py_INCREF(seq);
    it->seq = seq;
    PyObject_GC_Track(it);
    return (PyObject *)it;
}

PyObject *tai_bytes_iter(PyObject *self) { return make(&PyBytesIter_Type, self); }
PyObject *tai_bytearray_iter(PyObject *self) { return make(&PyByteArrayIter_Type, self); }

static void iter_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(((Iter *)self)->seq);
    PyObject_GC_Del(self);
}

static int iter_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((Iter *)self)->seq);
    return 0;
}

static PyObject *bytes_next(PyObject *self)
{
    Iter *it = (Iter *)self;
    if (it->seq == NULL)
        return NULL;
    if (it->index < Py_SIZE(it->seq))
        return tai_int_from_i64((unsigned char)PyBytes_AS_STRING(it->seq)[it->index++]);
    Py_CLEAR(it->seq);
    return NULL;
}

static PyObject *bytearray_next(PyObject *self)
{
    Iter *it = (Iter *)self;
    if (it->seq == NULL)
        return NULL;
    if (it->index < Py_SIZE(it->seq))
        return tai_int_from_i64((unsigned char)((PyByteArrayObject *)it->seq)->ob_start[it->index++]);
    Py_CLEAR(it->seq);
    return NULL;
}

static PyObject *iter_length_hint(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    Iter *it = (Iter *)self;
    Py_ssize_t left = it->seq ? Py_SIZE(it->seq) - it->index : 0;
    return PyLong_FromSsize_t(left < 0 ? 0 : left);
}

static PyObject *iter_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    _Py_IDENTIFIER(iter);
    Iter *it = (Iter *)self;
    if (it->seq)
        return Py_BuildValue("N(O)n", _PyEval_GetBuiltinId(&PyId_iter), it->seq, it->index);
    return Py_BuildValue("N(N)", _PyEval_GetBuiltinId(&PyId_iter), PyUnicode_New(0, 0));
}

static PyObject *iter_setstate(PyObject *self, PyObject *state)
{
    Iter *it = (Iter *)self;
    Py_ssize_t index = PyLong_AsSsize_t(state);
    if (index == -1 && PyErr_Occurred())
        return NULL;
    if (it->seq)
        it->index = index < 0 ? 0 : index > Py_SIZE(it->seq) ? Py_SIZE(it->seq) : index;
    Py_RETURN_NONE;
}

/* __reduce__ of a bytearray's iterator has a signature, as in 3.8. */
#define ITER_METHODS(reduce_doc)                                                                              \
    {                                                                                                         \
        {"__length_hint__", iter_length_hint, METH_NOARGS, "An estimate of len(list(it))."},                  \
        {"__reduce__", iter_reduce, METH_NOARGS, reduce_doc},                                                 \
        {"__setstate__", iter_setstate, METH_O, "Take the state of an unpickled iterator."},                  \
        {NULL, NULL, 0, NULL},                                                                                \
    }
static PyMethodDef bytes_iter_methods[] = ITER_METHODS("State for pickling.");
static PyMethodDef bytearray_iter_methods[] = ITER_METHODS("__reduce__($self, /)\n--\n\nState for pickling.");

#define ITERATOR(type_name, next, methods)                  \
    {                                                       \
        PyVarObject_HEAD_INIT(&PyType_Type, 0)              \
        .tp_name = type_name,                               \
        .tp_basicsize = sizeof(Iter),                       \
        .tp_dealloc = iter_dealloc,                         \
        .tp_getattro = PyObject_GenericGetAttr,             \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, \
        .tp_traverse = iter_traverse,                       \
        .tp_iter = PyObject_SelfIter,                       \
        .tp_iternext = next,                                \
        .tp_methods = methods,                              \
    }

PyTypeObject PyBytesIter_Type = ITERATOR("bytes_iterator", bytes_next, bytes_iter_methods);
PyTypeObject PyByteArrayIter_Type = ITERATOR("bytearray_iterator", bytearray_next, bytearray_iter_methods);
