/* SPDX-License-Identifier: MIT */
/* memoryview: a window on memory that another object owns (PEP 3118), and the managed buffer behind it.
 *
 *   exporter <- managed buffer (master: the Py_buffer as the exporter gave it) <- any number of memoryviews
 *
 * A memoryview has its own Py_buffer, whose shape, strides and suboffsets stand in ob_array (ndim each); slicing and
 * casting make a new memoryview on the same managed buffer.
 * [VIEW-1] view.shape and view.strides are never NULL for ndim > 0; view.format may be NULL ("B").
 * [VIEW-2] mbuf->exports: views that are not released. At 0 the exporter gets its buffer back.
 * [VIEW-3] exports: consumers of this view; a view with consumers cannot be released.
 * [VIEW-4] A released view answers nothing: every method begins with CHECK.
 * Elements are read, written, copied and compared in element.c. Tests: tests/objects/test_memoryview.py.
 */
#include "objects/memoryview/element.h"
#include "runtime/gc.h"

#include <stddef.h>
#include <string.h>

#define VIEW(op) ((PyMemoryViewObject *)(op))

static inline int is_released(PyMemoryViewObject *self)
{
    return (self->flags & _Py_MEMORYVIEW_RELEASED) || (self->mbuf->flags & _Py_MANAGED_BUFFER_RELEASED);
}

static int refuse_released(PyMemoryViewObject *self)
{
    if (!is_released(self))
        return 0;
    PyErr_SetString(PyExc_ValueError, "operation forbidden on released memoryview object");
    return -1;
}

#define CHECK(self, RESULT)                                                                                          \
    if (refuse_released(VIEW(self)) < 0)                                                                             \
    return RESULT

/* ---- managed buffer ------------------------------------------------------------------------------------------ */

static _PyManagedBufferObject *mbuf_alloc(void)
{
    _PyManagedBufferObject *mbuf = PyObject_GC_New(_PyManagedBufferObject, &_PyManagedBuffer_Type);
    if (mbuf == NULL)
        return NULL;
    mbuf->flags = 0;
    mbuf->exports = 0;
    mbuf->master.obj = NULL;
    tai_gc_track(mbuf);
    return mbuf;
}

static void mbuf_release(_PyManagedBufferObject *mbuf)
{
    if (mbuf->flags & _Py_MANAGED_BUFFER_RELEASED)
        return;
    mbuf->flags |= _Py_MANAGED_BUFFER_RELEASED;
    tai_gc_untrack_if(mbuf);
    PyBuffer_Release(&mbuf->master);
}

static void mbuf_dealloc(_PyManagedBufferObject *mbuf)
{
    mbuf_release(mbuf);
    if (mbuf->flags & _Py_MANAGED_BUFFER_FREE_FORMAT)
        PyMem_Free(mbuf->master.format);
    PyObject_GC_Del(mbuf);
}

static int mbuf_traverse(_PyManagedBufferObject *mbuf, visitproc visit, void *arg)
{
    Py_VISIT(mbuf->master.obj);
    return 0;
}

static int mbuf_clear(_PyManagedBufferObject *mbuf)
{
    if (mbuf->exports == 0)
        mbuf_release(mbuf);
    return 0;
}

PyTypeObject _PyManagedBuffer_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "managedbuffer",
    .tp_basicsize = sizeof(_PyManagedBufferObject),
    .tp_dealloc = (destructor)mbuf_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)mbuf_traverse,
    .tp_clear = (inquiry)mbuf_clear,
};

/* ---- making views -------------------------------------------------------------------------------------------- */

static PyMemoryViewObject *view_alloc(int ndim)
{
    PyMemoryViewObject *self = PyObject_GC_NewVar(PyMemoryViewObject, &PyMemoryView_Type, 3 * ndim);
    if (self == NULL)
        return NULL;
    self->mbuf = NULL;
    self->hash = -1;
    self->flags = 0;
    self->exports = 0;
    self->view.ndim = ndim;
    self->view.shape = self->ob_array;
    self->view.strides = self->ob_array + ndim;
    self->view.suboffsets = self->ob_array + 2 * ndim;
    self->weakreflist = NULL;
    return self;
}

static void update_flags(PyMemoryViewObject *self)
{
    const Py_buffer *view = &self->view;
    int flags = 0;
    if (view->ndim == 0)
        flags |= _Py_MEMORYVIEW_SCALAR | _Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN;
    else {
        flags |= PyBuffer_IsContiguous(view, 'C') ? _Py_MEMORYVIEW_C : 0;
        flags |= PyBuffer_IsContiguous(view, 'F') ? _Py_MEMORYVIEW_FORTRAN : 0;
    }
    if (view->suboffsets) {
        flags |= _Py_MEMORYVIEW_PIL;
        flags &= ~(_Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN);
    }
    self->flags = flags;
}

static void update_len(Py_buffer *view)
{
    view->len = view->itemsize;
    for (int i = 0; i < view->ndim; i++)
        view->len *= view->shape[i];
}

/* All of src but the arrays. */
static void copy_scalars(Py_buffer *dest, const Py_buffer *src)
{
    dest->obj = src->obj;
    dest->buf = src->buf;
    dest->len = src->len;
    dest->itemsize = src->itemsize;
    dest->readonly = src->readonly;
    dest->format = src->format ? src->format : (char *)"B";
    dest->internal = src->internal;
}

/* A shape or strides that the exporter left out is filled in. */
static void copy_arrays(Py_buffer *dest, const Py_buffer *src)
{
    if (src->ndim == 0) {
        dest->shape = dest->strides = dest->suboffsets = NULL;
        return;
    }
    for (int i = 0; i < src->ndim; i++)
        dest->shape[i] = src->shape ? src->shape[i] : src->len / (src->itemsize ? src->itemsize : 1);
    if (src->strides)
        memcpy(dest->strides, src->strides, (size_t)src->ndim * sizeof(Py_ssize_t));
    else
        for (int i = src->ndim - 1; i >= 0; i--)
            dest->strides[i] = i == src->ndim - 1 ? src->itemsize : dest->strides[i + 1] * dest->shape[i + 1];
    if (src->suboffsets)
        memcpy(dest->suboffsets, src->suboffsets, (size_t)src->ndim * sizeof(Py_ssize_t));
    else
        dest->suboffsets = NULL;
}

static PyMemoryViewObject *attach(PyMemoryViewObject *self, _PyManagedBufferObject *mbuf)
{
    self->mbuf = mbuf;
    Py_INCREF(mbuf);
    mbuf->exports++;
    return self;
}

/* A new view of the memory that src tells, on mbuf. */
static PyObject *add_view(_PyManagedBufferObject *mbuf, const Py_buffer *src)
{
    if (src == NULL)
        src = &mbuf->master;
    if (src->ndim > PyBUF_MAX_NDIM) {
        PyErr_SetString(PyExc_ValueError, "memoryview: number of dimensions must not exceed 64");
        return NULL;
    }
    PyMemoryViewObject *self = view_alloc(src->ndim);
    if (self == NULL)
        return NULL;
    copy_scalars(&self->view, src);
    copy_arrays(&self->view, src);
    update_flags(self);
    attach(self, mbuf);
    tai_gc_track(self);
    return (PyObject *)self;
}

PyObject *PyMemoryView_FromObject(PyObject *op)
{
    if (PyMemoryView_Check(op)) {
        CHECK(op, NULL);
        return add_view(VIEW(op)->mbuf, &VIEW(op)->view);
    }
    if (!PyObject_CheckBuffer(op))
        return PyErr_Format(PyExc_TypeError, "memoryview: a bytes-like object is required, not '%.200s'",
                            Py_TYPE(op)->tp_name);
    _PyManagedBufferObject *mbuf = mbuf_alloc();
    PyObject *result = NULL;
    if (mbuf == NULL)
        return NULL;
    if (PyObject_GetBuffer(op, &mbuf->master, PyBUF_FULL_RO) < 0)
        mbuf->master.obj = NULL;
    else
        result = add_view(mbuf, NULL);
    Py_DECREF(mbuf);
    return result;
}

PyObject *PyMemoryView_FromMemory(char *memory, Py_ssize_t size, int flags)
{
    _PyManagedBufferObject *mbuf = mbuf_alloc();
    PyObject *result = NULL;
    if (mbuf == NULL)
        return NULL;
    if (PyBuffer_FillInfo(&mbuf->master, NULL, memory, size, flags != PyBUF_WRITE, PyBUF_FULL_RO) < 0)
        mbuf->master.obj = NULL;
    else
        result = add_view(mbuf, NULL);
    Py_DECREF(mbuf);
    return result;
}

PyObject *PyMemoryView_FromBuffer(Py_buffer *info)
{
    if (info->buf == NULL) {
        PyErr_SetString(PyExc_ValueError, "PyMemoryView_FromBuffer(): info->buf must not be NULL");
        return NULL;
    }
    _PyManagedBufferObject *mbuf = mbuf_alloc();
    if (mbuf == NULL)
        return NULL;
    mbuf->master = *info;
    mbuf->master.obj = NULL; /* whose it is stays the caller's business */
    PyObject *result = add_view(mbuf, NULL);
    Py_DECREF(mbuf);
    return result;
}

/* A view of a new bytes object with the elements of src in the given order. */
static PyObject *view_of_copy(const Py_buffer *src, char order)
{
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, src->len), *result;
    if (bytes == NULL)
        return NULL;
    tai_view_to_contiguous(PyBytes_AS_STRING(bytes), src, order == 'F' ? 'F' : 'C');
    _PyManagedBufferObject *mbuf = mbuf_alloc();
    if (mbuf == NULL || PyObject_GetBuffer(bytes, &mbuf->master, PyBUF_FULL_RO) < 0) {
        Py_XDECREF(mbuf);
        Py_DECREF(bytes);
        return NULL;
    }
    Py_DECREF(bytes);
    if (src->format != NULL) {
        if ((mbuf->master.format = PyMem_Malloc(strlen(src->format) + 1)) == NULL) {
            Py_DECREF(mbuf);
            return PyErr_NoMemory();
        }
        strcpy(mbuf->master.format, src->format);
        mbuf->flags |= _Py_MANAGED_BUFFER_FREE_FORMAT;
    }
    Py_ssize_t strides[PyBUF_MAX_NDIM], step = src->itemsize;
    for (int i = 0; i < src->ndim; i++) {
        int d = order == 'F' ? i : src->ndim - 1 - i;
        strides[d] = step;
        step *= src->shape[d];
    }
    Py_buffer view = mbuf->master;
    view.itemsize = src->itemsize;
    view.ndim = src->ndim;
    view.shape = src->shape;
    view.strides = strides;
    view.suboffsets = NULL;
    result = add_view(mbuf, &view);
    Py_DECREF(mbuf);
    return result;
}

PyObject *PyMemoryView_GetContiguous(PyObject *op, int buffertype, char order)
{
    PyObject *self = PyMemoryView_FromObject(op), *copy;
    if (self == NULL)
        return NULL;
    Py_buffer *view = &VIEW(self)->view;
    if (buffertype == PyBUF_WRITE && view->readonly) {
        PyErr_SetString(PyExc_BufferError, "underlying buffer is not writable");
        Py_DECREF(self);
        return NULL;
    }
    if (PyBuffer_IsContiguous(view, order))
        return self;
    if (buffertype == PyBUF_WRITE) {
        PyErr_SetString(PyExc_BufferError, "writable contiguous buffer requested for a non-contiguous object.");
        Py_DECREF(self);
        return NULL;
    }
    copy = view_of_copy(view, order);
    Py_DECREF(self);
    return copy;
}

static PyObject *view_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"object", NULL};
    PyObject *op;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:memoryview", keywords, &op))
        return NULL;
    return PyMemoryView_FromObject(op);
}

/* ---- casting ------------------------------------------------------------------------------------------------- */

static int cast_to_1d(PyMemoryViewObject *self, PyObject *format)
{
    Py_buffer *view = &self->view;
    Py_ssize_t itemsize;
    PyObject *ascii = PyUnicode_AsASCIIString(format);
    if (ascii == NULL)
        return -1;
    char to = tai_view_native_format(PyBytes_AS_STRING(ascii), &itemsize);
    char from = tai_view_native_format(view->format, NULL);
    const char *text = tai_view_static_format(PyBytes_AS_STRING(ascii));
    Py_DECREF(ascii);
    if (!to) {
        PyErr_SetString(PyExc_ValueError, "memoryview: destination format must be a native single character format "
                                          "prefixed with an optional '@'");
        return -1;
    }
    if ((!from || !strchr("bBc", from)) && !strchr("bBc", to)) {
        PyErr_SetString(PyExc_TypeError, "memoryview: cannot cast between two non-byte formats");
        return -1;
    }
    if (view->len % itemsize) {
        PyErr_SetString(PyExc_TypeError, "memoryview: length is not a multiple of itemsize");
        return -1;
    }
    view->format = (char *)text;
    view->itemsize = itemsize;
    view->ndim = 1;
    view->shape[0] = view->len / itemsize;
    view->strides[0] = itemsize;
    view->suboffsets = NULL;
    update_flags(self);
    return 0;
}

/* Reads the shape into the view; the number of bytes that it asks for, or -1. */
static Py_ssize_t read_shape(Py_buffer *view, PyObject *shape, int ndim)
{
    Py_ssize_t total = view->itemsize;
    for (int i = 0; i < ndim; i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(shape, i);
        if (!PyLong_Check(item)) {
            PyErr_SetString(PyExc_TypeError, "memoryview.cast(): elements of shape must be integers");
            return -1;
        }
        Py_ssize_t n = PyLong_AsSsize_t(item);
        if (n == -1 && PyErr_Occurred())
            return -1;
        if (n <= 0) {
            PyErr_SetString(PyExc_ValueError, "memoryview.cast(): elements of shape must be integers > 0");
            return -1;
        }
        if (n > PY_SSIZE_T_MAX / total) {
            PyErr_SetString(PyExc_ValueError, "memoryview.cast(): product(shape) > SSIZE_MAX");
            return -1;
        }
        total *= n;
        view->shape[i] = n;
    }
    return total;
}

static int cast_to_nd(PyMemoryViewObject *self, PyObject *shape, int ndim)
{
    Py_buffer *view = &self->view;
    view->ndim = ndim;
    view->shape = self->ob_array;
    view->strides = ndim ? self->ob_array + ndim : NULL;
    view->suboffsets = NULL;
    if (ndim == 0)
        view->shape = NULL;
    Py_ssize_t total = read_shape(view, shape, ndim), step = view->itemsize;
    if (total < 0)
        return -1;
    for (int i = ndim - 1; i >= 0; i--) {
        view->strides[i] = step;
        step *= view->shape[i];
    }
    if (total != view->len) {
        PyErr_SetString(PyExc_TypeError, "memoryview: product(shape) * itemsize != buffer size");
        return -1;
    }
    update_flags(self);
    return 0;
}

static int has_zero(const Py_buffer *view)
{
    for (int i = 0; i < view->ndim; i++)
        if (view->shape[i] == 0 || view->strides[i] == 0)
            return 1;
    return 0;
}

static PyObject *view_cast(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"format", "shape", NULL};
    PyMemoryViewObject *self = VIEW(op), *result;
    PyObject *format, *shape = NULL;
    Py_ssize_t ndim = 1;
    CHECK(self, NULL);
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|O", keywords, &format, &shape))
        return NULL;
    if (!PyUnicode_Check(format)) {
        PyErr_SetString(PyExc_TypeError, "memoryview: format argument must be a string");
        return NULL;
    }
    if (!(self->flags & _Py_MEMORYVIEW_C)) {
        PyErr_SetString(PyExc_TypeError, "memoryview: casts are restricted to C-contiguous views");
        return NULL;
    }
    if ((shape || self->view.ndim != 1) && has_zero(&self->view)) {
        PyErr_SetString(PyExc_TypeError, "memoryview: cannot cast view with zeros in shape or strides");
        return NULL;
    }
    if (shape) {
        if (!PyList_Check(shape) && !PyTuple_Check(shape)) {
            PyErr_SetString(PyExc_TypeError, "shape must be a list or a tuple");
            return NULL;
        }
        if ((ndim = PySequence_Fast_GET_SIZE(shape)) > PyBUF_MAX_NDIM) {
            PyErr_SetString(PyExc_ValueError, "memoryview: number of dimensions must not exceed 64");
            return NULL;
        }
        if (self->view.ndim != 1 && ndim != 1) {
            PyErr_SetString(PyExc_TypeError, "memoryview: cast must be 1D -> ND or ND -> 1D");
            return NULL;
        }
    }
    if ((result = view_alloc(ndim == 0 ? 1 : (int)ndim)) == NULL)
        return NULL;
    copy_scalars(&result->view, &self->view);
    attach(result, self->mbuf);
    tai_gc_track(result);
    if (cast_to_1d(result, format) < 0 || (shape && cast_to_nd(result, shape, (int)ndim) < 0)) {
        Py_DECREF(result);
        return NULL;
    }
    return (PyObject *)result;
}

static PyObject *view_toreadonly(PyObject *self, PyObject *unused)
{
    CHECK(self, NULL);
    PyObject *result = add_view(VIEW(self)->mbuf, &VIEW(self)->view);
    if (result != NULL)
        VIEW(result)->view.readonly = 1;
    return result;
}

/* ---- release and the buffer protocol ------------------------------------------------------------------------- */

static int release(PyMemoryViewObject *self)
{
    if (self->flags & _Py_MEMORYVIEW_RELEASED)
        return 0;
    if (self->exports > 0) {
        PyErr_Format(PyExc_BufferError, "memoryview has %zd exported buffer%s", self->exports,
                     self->exports == 1 ? "" : "s");
        return -1;
    }
    self->flags |= _Py_MEMORYVIEW_RELEASED;
    if (--self->mbuf->exports == 0)
        mbuf_release(self->mbuf);
    return 0;
}

static PyObject *view_release(PyObject *self, PyObject *unused)
{
    if (release(VIEW(self)) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *view_enter(PyObject *self, PyObject *unused)
{
    CHECK(self, NULL);
    Py_INCREF(self);
    return self;
}

static PyObject *view_exit(PyObject *self, PyObject *args) { return view_release(self, NULL); }

static void view_dealloc(PyMemoryViewObject *self)
{
    tai_gc_untrack_if(self);
    if (self->mbuf != NULL) {
        if (release(self) < 0)
            PyErr_WriteUnraisable(NULL);
        Py_CLEAR(self->mbuf);
    }
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs((PyObject *)self);
    PyObject_GC_Del(self);
}

static int view_traverse(PyMemoryViewObject *self, visitproc visit, void *arg)
{
    Py_VISIT(self->mbuf);
    return 0;
}

static int view_clear(PyMemoryViewObject *self)
{
    if (self->mbuf == NULL || self->exports > 0)
        return 0;
    if (release(self) < 0)
        PyErr_Clear();
    Py_CLEAR(self->mbuf);
    return 0;
}

static int buffer_error(const char *text)
{
    PyErr_Format(PyExc_BufferError, "memoryview: %s", text);
    return -1;
}

static int view_getbuffer(PyMemoryViewObject *self, Py_buffer *out, int request)
{
#define ASKS(FLAG) ((request & (FLAG)) == (FLAG))
    int flags = self->flags;
    CHECK(self, -1);
    *out = self->view;
    out->obj = NULL;
    if (out->ndim == 0)
        out->shape = out->strides = NULL;
    if (ASKS(PyBUF_WRITABLE) && out->readonly)
        return buffer_error("underlying buffer is not writable");
    if (!ASKS(PyBUF_FORMAT))
        out->format = NULL;
    if (ASKS(PyBUF_C_CONTIGUOUS) && !(flags & _Py_MEMORYVIEW_C))
        return buffer_error("underlying buffer is not C-contiguous");
    if (ASKS(PyBUF_F_CONTIGUOUS) && !(flags & _Py_MEMORYVIEW_FORTRAN))
        return buffer_error("underlying buffer is not Fortran contiguous");
    if (ASKS(PyBUF_ANY_CONTIGUOUS) && !(flags & (_Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN)))
        return buffer_error("underlying buffer is not contiguous");
    if (!ASKS(PyBUF_INDIRECT) && (flags & _Py_MEMORYVIEW_PIL))
        return buffer_error("underlying buffer requires suboffsets");
    if (!ASKS(PyBUF_STRIDES)) {
        if (!(flags & _Py_MEMORYVIEW_C))
            return buffer_error("underlying buffer is not C-contiguous");
        out->strides = NULL;
    }
    if (!ASKS(PyBUF_ND)) {
        if (out->format != NULL)
            return buffer_error("cannot cast to unsigned bytes if the format flag is present");
        out->ndim = 1; /* a plain run of bytes */
        out->shape = NULL;
    }
    out->obj = (PyObject *)self;
    Py_INCREF(self);
    self->exports++;
    return 0;
#undef ASKS
}

static void view_releasebuffer(PyMemoryViewObject *self, Py_buffer *view) { self->exports--; }

/* ---- indexing ------------------------------------------------------------------------------------------------ */

static PyObject *raise(PyObject *type, const char *text)
{
    PyErr_SetString(type, text);
    return NULL;
}

/* The native format of the elements, or 0 with NotImplementedError. */
static char element_format(const Py_buffer *view)
{
    char format = tai_view_native_format(view->format, NULL);
    if (!format)
        PyErr_Format(PyExc_NotImplementedError, "memoryview: unsupported format %s", view->format);
    return format;
}

/* One step: element i of dimension dim of what begins at p; NULL with IndexError. */
static char *step_into(char *p, const Py_buffer *view, Py_ssize_t i, int dim)
{
    Py_ssize_t n = view->shape[dim];
    if (i < 0)
        i += n;
    if (i < 0 || i >= n) {
        PyErr_Format(PyExc_IndexError, "index out of bounds on dimension %d", dim + 1);
        return NULL;
    }
    return tai_view_follow(p + view->strides[dim] * i, view->suboffsets, dim);
}

/* Element at a tuple of ints; NULL with an exception. */
static char *find_multi(const Py_buffer *view, PyObject *key)
{
    Py_ssize_t n = PyTuple_GET_SIZE(key);
    char *p = view->buf;
    if (n < view->ndim)
        return (char *)raise(PyExc_NotImplementedError, "sub-views are not implemented");
    if (n > view->ndim) {
        PyErr_Format(PyExc_TypeError, "cannot index %zd-dimension view with %zd-element tuple", (Py_ssize_t)view->ndim, n);
        return NULL;
    }
    for (Py_ssize_t dim = 0; p != NULL && dim < n; dim++) {
        Py_ssize_t i = PyNumber_AsSsize_t(PyTuple_GET_ITEM(key, dim), PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        p = step_into(p, view, i, (int)dim);
    }
    return p;
}

static PyObject *view_item(PyObject *self, Py_ssize_t i)
{
    const Py_buffer *view = &VIEW(self)->view;
    CHECK(self, NULL);
    char format = element_format(view), *p;
    if (!format)
        return NULL;
    if (view->ndim == 0)
        return raise(PyExc_TypeError, "invalid indexing of 0-dim memory");
    if (view->ndim > 1)
        return raise(PyExc_NotImplementedError, "multi-dimensional sub-views are not implemented");
    p = step_into(view->buf, view, i, 0);
    return p ? tai_view_unpack(p, format) : NULL;
}

static int all_of(PyObject *key, int slices)
{
    if (!PyTuple_Check(key) || (slices && PyTuple_GET_SIZE(key) == 0))
        return 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(key); i++) {
        PyObject *item = PyTuple_GET_ITEM(key, i);
        if (slices ? !PySlice_Check(item) : !PyIndex_Check(item))
            return 0;
    }
    return 1;
}

/* Narrow the first dimension of a view. 0 or -1. Runs code. */
static int narrow(Py_buffer *view, PyObject *slice)
{
    Py_ssize_t start, stop, step;
    if (PySlice_Unpack(slice, &start, &stop, &step) < 0)
        return -1;
    Py_ssize_t n = PySlice_AdjustIndices(view->shape[0], &start, &stop, step);
    view->buf = (char *)view->buf + view->strides[0] * start;
    view->shape[0] = n;
    view->strides[0] *= step;
    return 0;
}

static PyObject *view_subscript(PyObject *self, PyObject *key)
{
    const Py_buffer *view = &VIEW(self)->view;
    CHECK(self, NULL);
    if (view->ndim == 0) {
        if (PyTuple_Check(key) && PyTuple_GET_SIZE(key) == 0) {
            char format = element_format(view);
            return format ? tai_view_unpack(view->buf, format) : NULL;
        }
        if (key != Py_Ellipsis)
            return raise(PyExc_TypeError, "invalid indexing of 0-dim memory");
        Py_INCREF(self);
        return self;
    }
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        return i == -1 && PyErr_Occurred() ? NULL : view_item(self, i);
    }
    if (PySlice_Check(key)) {
        PyObject *result = add_view(VIEW(self)->mbuf, view);
        if (result == NULL)
            return NULL;
        if (narrow(&VIEW(result)->view, key) < 0) {
            Py_DECREF(result);
            return NULL;
        }
        update_len(&VIEW(result)->view);
        update_flags(VIEW(result));
        return result;
    }
    if (all_of(key, 0)) {
        char format = element_format(view), *p = format ? find_multi(view, key) : NULL;
        CHECK(self, NULL);
        return p ? tai_view_unpack(p, format) : NULL;
    }
    if (all_of(key, 1))
        return raise(PyExc_NotImplementedError, "multi-dimensional slicing is not implemented");
    return raise(PyExc_TypeError, "memoryview: invalid slice key");
}

static int same_shape(const Py_buffer *a, const Py_buffer *b)
{
    if (a->ndim != b->ndim)
        return 0;
    for (int i = 0; i < a->ndim; i++) {
        Py_ssize_t n = b->shape ? b->shape[i] : b->len / (b->itemsize ? b->itemsize : 1);
        if (a->shape[i] != n)
            return 0;
        if (n == 0)
            break;
    }
    return 1;
}

/* self[slice] = value for one dimension. Runs code. */
static int assign_slice(PyMemoryViewObject *self, PyObject *slice, PyObject *value)
{
    Py_buffer dest = self->view, src;
    Py_ssize_t arrays[2] = {dest.shape[0], dest.strides[0]};
    int result = -1;
    dest.shape = arrays;
    dest.strides = arrays + 1;
    if (PyObject_GetBuffer(value, &src, PyBUF_FULL_RO) < 0)
        return -1;
    if (narrow(&dest, slice) < 0 || refuse_released(self) < 0)
        goto done;
    dest.len = dest.shape[0] * dest.itemsize;
    if (dest.itemsize != src.itemsize || !tai_view_same_format(dest.format, src.format) || !same_shape(&dest, &src))
        PyErr_SetString(PyExc_ValueError, "memoryview assignment: lvalue and rvalue have different structures");
    else
        result = tai_view_copy(&dest, &src);
done:
    PyBuffer_Release(&src);
    return result;
}

/* Store through a copy: converting value runs code, which may release the view. */
static int pack_at(PyMemoryViewObject *self, char *p, PyObject *value, char format)
{
    char element[16];
    if (tai_view_pack(element, value, format) < 0)
        return -1;
    CHECK(self, -1);
    memcpy(p, element, (size_t)self->view.itemsize);
    return 0;
}

static int view_ass_subscript(PyObject *op, PyObject *key, PyObject *value)
{
    PyMemoryViewObject *self = VIEW(op);
    const Py_buffer *view = &self->view;
    CHECK(self, -1);
    char format = element_format(view), *p = NULL;
    if (!format)
        return -1;
    if (view->readonly || value == NULL) {
        PyErr_SetString(PyExc_TypeError, view->readonly ? "cannot modify read-only memory" : "cannot delete memory");
        return -1;
    }
    if (view->ndim == 0) {
        if (key == Py_Ellipsis || (PyTuple_Check(key) && PyTuple_GET_SIZE(key) == 0))
            return pack_at(self, view->buf, value, format);
        PyErr_SetString(PyExc_TypeError, "invalid indexing of 0-dim memory");
        return -1;
    }
    if (PyIndex_Check(key)) {
        if (view->ndim > 1) {
            PyErr_SetString(PyExc_NotImplementedError, "sub-views are not implemented");
            return -1;
        }
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if ((i == -1 && PyErr_Occurred()) || refuse_released(self) < 0 || !(p = step_into(view->buf, view, i, 0)))
            return -1;
        return pack_at(self, p, value, format);
    }
    if (PySlice_Check(key) && view->ndim == 1)
        return assign_slice(self, key, value);
    if (all_of(key, 0)) {
        p = find_multi(view, key);
        return p ? pack_at(self, p, value, format) : -1;
    }
    if (PySlice_Check(key) || all_of(key, 1))
        PyErr_SetString(PyExc_NotImplementedError, "memoryview slice assignments are currently restricted to ndim = 1");
    else
        PyErr_SetString(PyExc_TypeError, "memoryview: invalid slice key");
    return -1;
}

static Py_ssize_t view_length(PyObject *self)
{
    CHECK(self, -1);
    return VIEW(self)->view.ndim == 0 ? 1 : VIEW(self)->view.shape[0];
}

/* ---- comparison, hash, repr ---------------------------------------------------------------------------------- */

static PyObject *view_richcompare(PyObject *a, PyObject *b, int op)
{
    Py_buffer other, *left, *right;
    Py_ssize_t strides[1], shape[1];
    int same;
    if (op != Py_EQ && op != Py_NE)
        Py_RETURN_NOTIMPLEMENTED;
    if (is_released(VIEW(a)))
        return PyBool_FromLong((a == b) == (op == Py_EQ));
    left = &VIEW(a)->view;
    other.obj = NULL;
    if (PyMemoryView_Check(b)) {
        if (is_released(VIEW(b)))
            return PyBool_FromLong((a == b) == (op == Py_EQ));
        right = &VIEW(b)->view;
    }
    else {
        if (PyObject_GetBuffer(b, &other, PyBUF_FULL_RO) < 0) {
            PyErr_Clear();
            Py_RETURN_NOTIMPLEMENTED;
        }
        right = &other;
        if (right->ndim == 1 && right->strides == NULL) {
            strides[0] = right->itemsize;
            shape[0] = right->len / (right->itemsize ? right->itemsize : 1);
            right->strides = strides;
            right->shape = shape;
        }
    }
    same = same_shape(left, right) ? tai_view_equal(left, right) : 0;
    if (right == &other)
        PyBuffer_Release(&other);
    return same < 0 ? NULL : PyBool_FromLong(same == (op == Py_EQ));
}

static Py_hash_t view_hash(PyObject *op)
{
    PyMemoryViewObject *self = VIEW(op);
    Py_buffer *view = &self->view;
    if (self->hash != -1)
        return self->hash;
    CHECK(self, -1);
    if (!view->readonly) {
        PyErr_SetString(PyExc_ValueError, "cannot hash writable memoryview object");
        return -1;
    }
    char format = tai_view_native_format(view->format, NULL);
    if (!format || !strchr("Bbc", format)) {
        PyErr_SetString(PyExc_ValueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
        return -1;
    }
    if (view->obj != NULL && PyObject_Hash(view->obj) == -1) /* an exporter that changes is not hashable */
        return -1;
    if (self->flags & _Py_MEMORYVIEW_C)
        return self->hash = _Py_HashBytes(view->buf, view->len);
    char *copy = PyMem_Malloc((size_t)view->len);
    if (copy == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    tai_view_to_contiguous(copy, view, 'C');
    self->hash = _Py_HashBytes(copy, view->len);
    PyMem_Free(copy);
    return self->hash;
}

static PyObject *view_repr(PyObject *self)
{
    return PyUnicode_FromFormat(VIEW(self)->flags & _Py_MEMORYVIEW_RELEASED ? "<released memory at %p>" : "<memory at %p>",
                                self);
}

/* ---- methods ------------------------------------------------------------------------------------------------- */

static PyObject *view_tolist(PyObject *self, PyObject *unused)
{
    CHECK(self, NULL);
    char format = element_format(&VIEW(self)->view);
    return format ? tai_view_to_list(&VIEW(self)->view, format) : NULL;
}

static PyObject *to_bytes(PyMemoryViewObject *self, char order)
{
    const Py_buffer *view = &self->view;
    int wanted = order == 'C' ? _Py_MEMORYVIEW_C : order == 'F' ? _Py_MEMORYVIEW_FORTRAN
                                                                : _Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN;
    if (self->flags & wanted)
        return PyBytes_FromStringAndSize(view->buf, view->len);
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, view->len);
    if (bytes != NULL)
        tai_view_to_contiguous(PyBytes_AS_STRING(bytes), view, order == 'F' ? 'F' : 'C');
    return bytes;
}

static PyObject *view_tobytes(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"order", NULL};
    const char *order = NULL;
    CHECK(self, NULL);
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|z", keywords, &order))
        return NULL;
    if (order != NULL && (strlen(order) != 1 || !strchr("CFA", *order)))
        return raise(PyExc_ValueError, "order must be 'C', 'F' or 'A'");
    return to_bytes(VIEW(self), order ? *order : 'C');
}

static PyObject *view_hex(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"sep", "bytes_per_sep", NULL};
    static _PyArg_Parser parser = {"|OO:hex", keywords, 0};
    PyObject *sep = NULL, *size = NULL;
    int group = 1;
    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, &sep, &size))
        return NULL;
    if (size != NULL && PyFloat_Check(size)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return NULL;
    }
    if (size != NULL && (group = _PyLong_AsInt(size)) == -1 && PyErr_Occurred())
        return NULL;
    CHECK(self, NULL);
    if (VIEW(self)->flags & _Py_MEMORYVIEW_C)
        return _Py_strhex_with_sep(VIEW(self)->view.buf, VIEW(self)->view.len, sep, group);
    PyObject *bytes = to_bytes(VIEW(self), 'C'), *result;
    if (bytes == NULL)
        return NULL;
    result = _Py_strhex_with_sep(PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes), sep, group);
    Py_DECREF(bytes);
    return result;
}

static PyMethodDef view_methods[] = {
    {"release", view_release, METH_NOARGS,
     PyDoc_STR("release($self, /)\n--\n\nGive the memory back to its owner; the view is of no use afterwards.")},
    {"tobytes", (PyCFunction)(void (*)(void))view_tobytes, METH_VARARGS | METH_KEYWORDS,
     PyDoc_STR("tobytes($self, /, order=None)\n--\n\nA bytes object with a copy of the elements.\n\n"
               "order is 'C' (also None: last index fastest), 'F' (first index fastest) or 'A' (as they lie in\n"
               "memory, if that is one of the two, else 'C').")},
    {"hex", (PyCFunction)(void (*)(void))view_hex, METH_FASTCALL | METH_KEYWORDS,
     PyDoc_STR("hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\nThe bytes as a str of hexadecimal digits.\n\n"
               "sep, one character, is put between groups of bytes_per_sep bytes, which are counted from the right,\n"
               "or from the left if the number is negative.\n\n"
               ">>> view = memoryview(b'\\x01\\xfe\\xa0')\n>>> view.hex()\n'01fea0'\n>>> view.hex('-')\n'01-fe-a0'\n"
               ">>> view.hex('-', 2)\n'01-fea0'\n>>> view.hex('-', -2)\n'01fe-a0'")},
    {"tolist", view_tolist, METH_NOARGS, PyDoc_STR("tolist($self, /)\n--\n\nThe elements as a list (of lists).")},
    {"cast", (PyCFunction)(void (*)(void))view_cast, METH_VARARGS | METH_KEYWORDS,
     PyDoc_STR("cast($self, /, format, *, shape)\n--\n\nA view of the same memory with another format or shape.")},
    {"toreadonly", view_toreadonly, METH_NOARGS,
     PyDoc_STR("toreadonly($self, /)\n--\n\nA view of the same memory that cannot be written through.")},
    {"__enter__", view_enter, METH_NOARGS, NULL},
    {"__exit__", view_exit, METH_VARARGS, NULL},
    {NULL},
};

static PyObject *tuple_of(const Py_ssize_t *values, int n)
{
    if (values == NULL)
        return PyTuple_New(0);
    PyObject *tuple = PyTuple_New(n);
    for (int i = 0; tuple != NULL && i < n; i++) {
        PyObject *item = PyLong_FromSsize_t(values[i]);
        if (item == NULL)
            Py_CLEAR(tuple);
        else
            PyTuple_SET_ITEM(tuple, i, item);
    }
    return tuple;
}

enum { NBYTES, READONLY_, ITEMSIZE, FORMAT, NDIM, SHAPE, STRIDES, SUBOFFSETS, C_CONTIGUOUS, F_CONTIGUOUS, CONTIGUOUS, OBJ };

static PyObject *get_attribute(PyObject *self, void *which)
{
    const Py_buffer *view = &VIEW(self)->view;
    int flags = VIEW(self)->flags;
    CHECK(self, NULL);
    switch ((int)(intptr_t)which) {
    case NBYTES: return PyLong_FromSsize_t(view->len);
    case READONLY_: return PyBool_FromLong(view->readonly);
    case ITEMSIZE: return PyLong_FromSsize_t(view->itemsize);
    case FORMAT: return PyUnicode_FromString(view->format);
    case NDIM: return PyLong_FromLong(view->ndim);
    case SHAPE: return tuple_of(view->shape, view->ndim);
    case STRIDES: return tuple_of(view->strides, view->ndim);
    case SUBOFFSETS: return tuple_of(view->suboffsets, view->ndim);
    case C_CONTIGUOUS: return PyBool_FromLong(flags & _Py_MEMORYVIEW_C);
    case F_CONTIGUOUS: return PyBool_FromLong(flags & _Py_MEMORYVIEW_FORTRAN);
    case CONTIGUOUS: return PyBool_FromLong(flags & (_Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN));
    default: {
        PyObject *obj = view->obj ? view->obj : Py_None;
        Py_INCREF(obj);
        return obj;
    }
    }
}

#define ATTRIBUTE(NAME, WHICH, DOC) {NAME, get_attribute, NULL, PyDoc_STR(DOC), (void *)(intptr_t)WHICH}

static PyGetSetDef view_getset[] = {
    ATTRIBUTE("obj", OBJ, "The object whose memory it is."),
    ATTRIBUTE("nbytes", NBYTES, "Bytes that the elements take, one after another."),
    ATTRIBUTE("readonly", READONLY_, "Whether the memory cannot be written."),
    ATTRIBUTE("itemsize", ITEMSIZE, "Bytes of one element."),
    ATTRIBUTE("format", FORMAT, "Format of an element, in the language of struct."),
    ATTRIBUTE("ndim", NDIM, "Number of dimensions."),
    ATTRIBUTE("shape", SHAPE, "Number of elements in each dimension."),
    ATTRIBUTE("strides", STRIDES, "Bytes from one element to the next, for each dimension."),
    ATTRIBUTE("suboffsets", SUBOFFSETS, "For arrays of pointers: bytes to add after following the pointer."),
    ATTRIBUTE("c_contiguous", C_CONTIGUOUS, "Whether there are no gaps, the last index moving fastest."),
    ATTRIBUTE("f_contiguous", F_CONTIGUOUS, "Whether there are no gaps, the first index moving fastest."),
    ATTRIBUTE("contiguous", CONTIGUOUS, "Whether there are no gaps."),
    {NULL},
};

static PyBufferProcs view_as_buffer = {
    .bf_getbuffer = (getbufferproc)view_getbuffer, .bf_releasebuffer = (releasebufferproc)view_releasebuffer,
};
static PySequenceMethods view_as_sequence = {.sq_length = view_length, .sq_item = view_item};
static PyMappingMethods view_as_mapping = {
    .mp_length = view_length, .mp_subscript = view_subscript, .mp_ass_subscript = view_ass_subscript,
};

PyDoc_STRVAR(view_doc, "memoryview(object)\n--\n\nA view of the memory of an object that supports the buffer protocol.");

PyTypeObject PyMemoryView_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "memoryview",
    .tp_basicsize = offsetof(PyMemoryViewObject, ob_array),
    .tp_itemsize = sizeof(Py_ssize_t),
    .tp_dealloc = (destructor)view_dealloc,
    .tp_repr = view_repr,
    .tp_as_sequence = &view_as_sequence,
    .tp_as_mapping = &view_as_mapping,
    .tp_hash = view_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_as_buffer = &view_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = view_doc,
    .tp_traverse = (traverseproc)view_traverse,
    .tp_clear = (inquiry)view_clear,
    .tp_richcompare = view_richcompare,
    .tp_weaklistoffset = offsetof(PyMemoryViewObject, weakreflist),
    .tp_methods = view_methods,
    .tp_getset = view_getset,
    .tp_new = view_new,
};
