/* SPDX-License-Identifier: MIT */
/* buffer: the PEP 3118 protocol from the consumer's side, and help for exporters. Tests: tests/objects/test_memoryview.py. */
#include "Python.h"
#include <assert.h>
#include <stddef.h>

static void null_error(void)
{
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_SystemError, "null argument to internal routine");
}

int PyObject_GetBuffer(PyObject *obj, Py_buffer *view, int flags)
{
    PyBufferProcs *procs = Py_TYPE(obj)->tp_as_buffer;
    if (procs == NULL || procs->bf_getbuffer == NULL) {
        PyErr_Format(PyExc_TypeError, "a bytes-like object is required, not '%.100s'", Py_TYPE(obj)->tp_name);
        return -1;
    }
    return procs->bf_getbuffer(obj, view, flags);
}

void PyBuffer_Release(Py_buffer *view)
{
    PyObject *obj = view->obj;
    PyBufferProcs *procs;
    if (obj == NULL)
        return;
    procs = Py_TYPE(obj)->tp_as_buffer;
    if (procs && procs->bf_releasebuffer)
        procs->bf_releasebuffer(obj, view);
    view->obj = NULL;
    Py_DECREF(obj);
}

int PyBuffer_FillInfo(Py_buffer *view, PyObject *obj, void *buf, Py_ssize_t len, int readonly, int flags)
{
    if (view == NULL) {
        PyErr_SetString(PyExc_BufferError, "PyBuffer_FillInfo: view==NULL argument is obsolete");
        return -1;
    }
    if ((flags & PyBUF_WRITABLE) == PyBUF_WRITABLE && readonly == 1) {
        PyErr_SetString(PyExc_BufferError, "Object is not writable.");
        return -1;
    }
    Py_XINCREF(obj);
    view->obj = obj;
    view->buf = buf;
    view->len = len;
    view->readonly = readonly;
    view->itemsize = 1;
    view->format = (flags & PyBUF_FORMAT) == PyBUF_FORMAT ? "B" : NULL;
    view->ndim = 1;
    view->shape = (flags & PyBUF_ND) == PyBUF_ND ? &view->len : NULL;
    view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? &view->itemsize : NULL;
    view->suboffsets = NULL;
    view->internal = NULL;
    return 0;
}

/* ---- the old buffer functions -------------------------------------------------------------------------------------------------- */

int PyObject_CheckReadBuffer(PyObject *obj)
{
    Py_buffer view;
    if (Py_TYPE(obj)->tp_as_buffer == NULL || Py_TYPE(obj)->tp_as_buffer->bf_getbuffer == NULL)
        return 0;
    if (Py_TYPE(obj)->tp_as_buffer->bf_getbuffer(obj, &view, PyBUF_SIMPLE) == -1) {
        PyErr_Clear();
        return 0;
    }
    PyBuffer_Release(&view);
    return 1;
}

/* The memory outlives the release only by the object's grace: that is why these functions are old. */
static int as_old_buffer(PyObject *obj, const void **buffer, Py_ssize_t *len, int flags)
{
    Py_buffer view;
    if (obj == NULL || buffer == NULL || len == NULL) {
        null_error();
        return -1;
    }
    if (PyObject_GetBuffer(obj, &view, flags) != 0)
        return -1;
    *buffer = view.buf;
    *len = view.len;
    PyBuffer_Release(&view);
    return 0;
}

int PyObject_AsCharBuffer(PyObject *obj, const char **buffer, Py_ssize_t *len)
{
    return as_old_buffer(obj, (const void **)buffer, len, PyBUF_SIMPLE);
}

int PyObject_AsReadBuffer(PyObject *obj, const void **buffer, Py_ssize_t *len)
{
    return as_old_buffer(obj, buffer, len, PyBUF_SIMPLE);
}

int PyObject_AsWriteBuffer(PyObject *obj, void **buffer, Py_ssize_t *len)
{
    PyBufferProcs *procs;
    Py_buffer view;
    if (obj == NULL || buffer == NULL || len == NULL) {
        null_error();
        return -1;
    }
    procs = Py_TYPE(obj)->tp_as_buffer;
    if (procs == NULL || procs->bf_getbuffer == NULL || procs->bf_getbuffer(obj, &view, PyBUF_WRITABLE) != 0) {
        PyErr_SetString(PyExc_TypeError, "expected a writable bytes-like object");
        return -1;
    }
    *buffer = view.buf;
    *len = view.len;
    PyBuffer_Release(&view);
    return 0;
}

/* ---- shapes and strides ------------------------------------------------------------------------------------------------------------ */

/* step: from the first (Fortran) or the last (C) dimension. */
static int contiguous(const Py_buffer *view, int fortran)
{
    Py_ssize_t expected = view->itemsize;
    if (view->len == 0)
        return 1;
    if (view->strides == NULL) { /* C order by definition; Fortran's too if at most one dimension is longer than 1 */
        int longer = 0;
        if (!fortran || view->ndim <= 1)
            return 1;
        for (int i = 0; i < view->ndim; i++)
            longer += view->shape[i] > 1;
        return longer <= 1;
    }
    for (int k = 0; k < view->ndim; k++) {
        int i = fortran ? k : view->ndim - 1 - k;
        if (view->shape[i] > 1 && view->strides[i] != expected)
            return 0;
        expected *= view->shape[i];
    }
    return 1;
}

int PyBuffer_IsContiguous(const Py_buffer *view, char order)
{
    if (view->suboffsets != NULL)
        return 0;
    if (order == 'C')
        return contiguous(view, 0);
    if (order == 'F')
        return contiguous(view, 1);
    if (order == 'A')
        return contiguous(view, 0) || contiguous(view, 1);
    return 0;
}

void *PyBuffer_GetPointer(Py_buffer *view, Py_ssize_t *indices)
{
    char *p = view->buf;
    for (int i = 0; i < view->ndim; i++) {
        p += view->strides[i] * indices[i];
        if (view->suboffsets != NULL && view->suboffsets[i] >= 0)
            p = *(char **)p + view->suboffsets[i];
    }
    return p;
}

void PyBuffer_FillContiguousStrides(int nd, Py_ssize_t *shape, Py_ssize_t *strides, int itemsize, char order)
{
    Py_ssize_t size = itemsize;
    for (int k = 0; k < nd; k++) {
        int i = order == 'F' ? k : nd - 1 - k;
        strides[i] = size;
        size *= shape[i];
    }
}

void _Py_add_one_to_index_F(int nd, Py_ssize_t *index, const Py_ssize_t *shape)
{
    for (int k = 0; k < nd; k++) {
        if (index[k] < shape[k] - 1) {
            index[k]++;
            return;
        }
        index[k] = 0;
    }
}

void _Py_add_one_to_index_C(int nd, Py_ssize_t *index, const Py_ssize_t *shape)
{
    for (int k = nd - 1; k >= 0; k--) {
        if (index[k] < shape[k] - 1) {
            index[k]++;
            return;
        }
        index[k] = 0;
    }
}

/* ---- copying ------------------------------------------------------------------------------------------------------------------------ */

typedef void (*StepFunction)(int, Py_ssize_t *, const Py_ssize_t *);

int PyBuffer_FromContiguous(Py_buffer *view, void *buf, Py_ssize_t len, char order)
{
    Py_ssize_t index[PyBUF_MAX_NDIM] = {0}, elements;
    StepFunction step = order == 'F' ? _Py_add_one_to_index_F : _Py_add_one_to_index_C;
    const char *source = buf;
    if (len > view->len)
        len = view->len;
    if (PyBuffer_IsContiguous(view, order)) {
        memcpy(view->buf, buf, (size_t)len);
        return 0;
    }
    if (view->ndim > PyBUF_MAX_NDIM || view->itemsize <= 0) {
        PyErr_BadInternalCall();
        return -1;
    }
    elements = len / view->itemsize;
    while (elements-- > 0) {
        memcpy(PyBuffer_GetPointer(view, index), source, (size_t)view->itemsize);
        source += view->itemsize;
        step(view->ndim, index, view->shape);
    }
    return 0;
}

/* Element order follows order; 'A' means C unless the view is contiguous either way. */
int PyBuffer_ToContiguous(void *buf, Py_buffer *view, Py_ssize_t len, char order)
{
    Py_ssize_t index[PyBUF_MAX_NDIM] = {0}, shape[PyBUF_MAX_NDIM], strides[PyBUF_MAX_NDIM];
    Py_buffer full = *view;
    StepFunction step = order == 'F' ? _Py_add_one_to_index_F : _Py_add_one_to_index_C;
    char *to = buf;
    assert(order == 'C' || order == 'F' || order == 'A');
    if (len != view->len) {
        PyErr_SetString(PyExc_ValueError, "PyBuffer_ToContiguous: len != view->len");
        return -1;
    }
    if (PyBuffer_IsContiguous(view, order)) {
        memcpy(buf, view->buf, (size_t)len);
        return 0;
    }
    if (view->ndim > PyBUF_MAX_NDIM || view->itemsize <= 0) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (full.shape == NULL) {
        shape[0] = len / view->itemsize;
        full.shape = shape;
        full.ndim = 1;
    }
    if (full.strides == NULL) {
        PyBuffer_FillContiguousStrides(full.ndim, full.shape, strides, (int)view->itemsize, 'C');
        full.strides = strides;
    }
    for (Py_ssize_t n = len / view->itemsize; n > 0; n--, to += view->itemsize) {
        memcpy(to, PyBuffer_GetPointer(&full, index), (size_t)view->itemsize);
        step(full.ndim, index, full.shape);
    }
    return 0;
}

static int copy_views(Py_buffer *to, Py_buffer *from)
{
    Py_ssize_t index[PyBUF_MAX_NDIM] = {0}, elements = 1;
    if (to->len < from->len) {
        PyErr_SetString(PyExc_BufferError, "destination is too small to receive data from source");
        return -1;
    }
    if ((PyBuffer_IsContiguous(to, 'C') && PyBuffer_IsContiguous(from, 'C')) ||
        (PyBuffer_IsContiguous(to, 'F') && PyBuffer_IsContiguous(from, 'F'))) {
        memcpy(to->buf, from->buf, (size_t)from->len);
        return 0;
    }
    if (from->ndim > PyBUF_MAX_NDIM) {
        PyErr_BadInternalCall();
        return -1;
    }
    for (int i = 0; i < from->ndim; i++)
        elements *= from->shape[i];
    while (elements-- > 0) {
        memcpy(PyBuffer_GetPointer(to, index), PyBuffer_GetPointer(from, index), (size_t)from->itemsize);
        _Py_add_one_to_index_C(from->ndim, index, from->shape);
    }
    return 0;
}

int PyObject_CopyData(PyObject *dest, PyObject *src)
{
    Py_buffer to, from;
    int res;
    if (!PyObject_CheckBuffer(dest) || !PyObject_CheckBuffer(src)) {
        PyErr_SetString(PyExc_TypeError, "both destination and source must be bytes-like objects");
        return -1;
    }
    if (PyObject_GetBuffer(dest, &to, PyBUF_FULL) != 0)
        return -1;
    if (PyObject_GetBuffer(src, &from, PyBUF_FULL_RO) != 0) {
        PyBuffer_Release(&to);
        return -1;
    }
    res = copy_views(&to, &from);
    PyBuffer_Release(&to);
    PyBuffer_Release(&from);
    return res;
}
