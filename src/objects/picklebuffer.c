/* SPDX-License-Identifier: MIT */
/* pickle.PickleBuffer (PEP 574): a view of an object's memory that a pickler may hand over out of band.
 * A released one has view.obj == NULL. Tests: tests/objects/test_small_types.py.
 */
#include "Python.h"

typedef struct {
    PyObject_HEAD
    Py_buffer view; /* with full information */
    PyObject *weakrefs;
} PickleBuffer;

#define SELF(op) ((PickleBuffer *)(op))

PyObject *PyPickleBuffer_FromObject(PyObject *object)
{
    PyTypeObject *type = &PyPickleBuffer_Type;
    PickleBuffer *self = SELF(type->tp_alloc(type, 0));
    if (self == NULL)
        return NULL;
    self->view.obj = NULL;
    self->weakrefs = NULL;
    if (PyObject_GetBuffer(object, &self->view, PyBUF_FULL_RO) < 0)
        Py_CLEAR(self);
    return (PyObject *)self;
}

static int check(PyObject *op)
{
    if (!PyPickleBuffer_Check(op)) {
        PyErr_Format(PyExc_TypeError, "expected PickleBuffer, %.200s found", Py_TYPE(op)->tp_name);
        return -1;
    }
    return 0;
}

static int check_open(PyObject *op)
{
    if (SELF(op)->view.obj == NULL) {
        PyErr_SetString(PyExc_ValueError, "operation forbidden on released PickleBuffer object");
        return -1;
    }
    return 0;
}

const Py_buffer *PyPickleBuffer_GetBuffer(PyObject *op)
{
    return check(op) < 0 || check_open(op) < 0 ? NULL : &SELF(op)->view;
}

int PyPickleBuffer_Release(PyObject *op)
{
    if (check(op) < 0)
        return -1;
    PyBuffer_Release(&SELF(op)->view);
    return 0;
}

static PyObject *buffer_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"", NULL};
    PyObject *object;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O:PickleBuffer", names, &object))
        return NULL;
    PickleBuffer *self = SELF(type->tp_alloc(type, 0));
    if (self == NULL)
        return NULL;
    self->view.obj = NULL;
    self->weakrefs = NULL;
    if (PyObject_GetBuffer(object, &self->view, PyBUF_FULL_RO) < 0)
        Py_CLEAR(self);
    return (PyObject *)self;
}

static int buffer_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(SELF(op)->view.obj);
    return 0;
}

static int buffer_clear(PyObject *op)
{
    PyBuffer_Release(&SELF(op)->view);
    return 0;
}

static void buffer_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    Py_TRASHCAN_BEGIN(op, buffer_dealloc)
    if (SELF(op)->weakrefs != NULL)
        PyObject_ClearWeakRefs(op);
    PyBuffer_Release(&SELF(op)->view);
    Py_TYPE(op)->tp_free(op);
    Py_TRASHCAN_END
}

static int buffer_getbuffer(PyObject *op, Py_buffer *view, int flags)
{
    return check_open(op) < 0 ? -1 : PyObject_GetBuffer(SELF(op)->view.obj, view, flags);
}

static void buffer_releasebuffer(PyObject *op, Py_buffer *view)
{
    /* The view went to the underlying object: PyBuffer_Release() calls that one. */
}

/* A memoryview of the plain bytes, for contiguous memory of any shape and format. New. */
static PyObject *buffer_raw(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    if (check_open(op) < 0)
        return NULL;
    const Py_buffer *view = &SELF(op)->view;
    if (view->suboffsets != NULL || !PyBuffer_IsContiguous(view, 'A')) {
        PyErr_SetString(PyExc_BufferError, "cannot extract raw buffer from non-contiguous buffer");
        return NULL;
    }
    PyObject *result = PyMemoryView_FromObject(op);
    if (result == NULL)
        return NULL;
    /* The memoryview is ours alone: flatten it to one dimension of unsigned bytes. */
    Py_buffer *flat = PyMemoryView_GET_BUFFER(result);
    flat->format = "B";
    flat->ndim = 1;
    flat->itemsize = 1;
    flat->strides = &flat->itemsize;
    flat->shape = &flat->len;
    ((PyMemoryViewObject *)result)->flags |= _Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN;
    return result;
}

static PyObject *buffer_release(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    PyBuffer_Release(&SELF(op)->view);
    Py_RETURN_NONE;
}

static PyBufferProcs buffer_as_buffer = {
    .bf_getbuffer = buffer_getbuffer,
    .bf_releasebuffer = buffer_releasebuffer,
};

PyDoc_STRVAR(raw_doc, "raw($self, /)\n--\n\n"
"A memoryview of the memory as plain bytes, whatever its shape and format.\n\n"
"BufferError is raised for memory that is not contiguous.");

PyDoc_STRVAR(release_doc, "release($self, /)\n--\n\nLet go of the memory.");

static PyMethodDef buffer_methods[] = {
    {"raw", buffer_raw, METH_NOARGS, raw_doc},
    {"release", buffer_release, METH_NOARGS, release_doc},
    {NULL},
};

PyTypeObject PyPickleBuffer_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "pickle.PickleBuffer",
    .tp_basicsize = sizeof(PickleBuffer),
    .tp_dealloc = buffer_dealloc,
    .tp_as_buffer = &buffer_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "A buffer that a pickler may leave out of the stream.",
    .tp_traverse = buffer_traverse,
    .tp_clear = buffer_clear,
    .tp_weaklistoffset = offsetof(PickleBuffer, weakrefs),
    .tp_methods = buffer_methods,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = buffer_new,
    .tp_free = PyObject_GC_Del,
};
