/* SPDX-License-Identifier: MIT */
/* _testbuffer.ndarray: an exporter of every layout that PEP 3118 allows, made from items, or a consumer of another exporter,
 * which it exports again with what it was given. See testbuffer.h for the representation.
 */
#include "testbuffer.h"

#define GIVES(flags, request) (((flags) & (request)) == (request))

/* ---- layers ---- */

static void free_layer(Layer *layer)
{
    if (layer->data == NULL)
        PyBuffer_Release(&layer->view);
    PyMem_Free(layer->data);
    PyMem_Free(layer->table);
    PyMem_Free(layer->format);
    PyMem_Free(layer);
}

static Layer *new_layer(void)
{
    Layer *layer = PyMem_Calloc(1, sizeof(Layer));
    if (layer == NULL)
        PyErr_NoMemory();
    return layer;
}

/* The flags that follow from the view. */
static int flags_of(const Py_buffer *view)
{
    int flags = view->readonly ? 0 : ND_WRITABLE;
    if (view->ndim == 0)
        flags |= ND_SCALAR;
    if (view->suboffsets != NULL)
        return flags | ND_PIL;
    return flags | (PyBuffer_IsContiguous(view, 'C') ? ND_C : 0) | (PyBuffer_IsContiguous(view, 'F') ? ND_FORTRAN : 0);
}

/* Read a list or tuple of numbers, at most ND_MAX_NDIM. How many, or -1 with an exception. */
static int read_numbers(PyObject *sequence, Py_ssize_t *numbers, const char *what)
{
    if (!PyList_Check(sequence) && !PyTuple_Check(sequence)) {
        PyErr_Format(PyExc_TypeError, "%s must be a list or a tuple", what);
        return -1;
    }
    Py_ssize_t count = PySequence_Fast_GET_SIZE(sequence);
    if (count > ND_MAX_NDIM) {
        PyErr_Format(PyExc_ValueError, "%s has more than %d dimensions", what, ND_MAX_NDIM);
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *number = PySequence_Fast_GET_ITEM(sequence, i);
        if (!PyLong_Check(number)) {
            PyErr_Format(PyExc_ValueError, "%s must consist of integers", what);
            return -1;
        }
        numbers[i] = PyLong_AsSsize_t(number);
        if (numbers[i] == -1 && PyErr_Occurred())
            return -1;
    }
    return (int)count;
}

/* The arguments that describe a layout. */
typedef struct {
    PyObject *items, *shape, *strides;
    Py_ssize_t offset;
    const char *format;
    int flags;
} Description;

/* Allocate the memory and write the items there. The number of bytes, or -1 with an exception. runs code. */
static Py_ssize_t pack_items(Layer *layer, PyObject *items, int ndim, const char *format, Py_ssize_t itemsize)
{
    PyObject *all = ndim == 0 && !PyList_Check(items) ? PyTuple_Pack(1, items) : PySequence_Fast(items, "items of a sequence");
    if (all == NULL)
        return -1;
    Py_ssize_t count = PySequence_Fast_GET_SIZE(all), done = 0;
    layer->data = PyMem_Calloc((size_t)count + 1, (size_t)itemsize);
    if (layer->data == NULL)
        PyErr_NoMemory();
    while (layer->data != NULL && done < count && done < PySequence_Fast_GET_SIZE(all)) {
        if (pack_item(layer->data + done * itemsize, PySequence_Fast_GET_ITEM(all, done), format, itemsize) < 0)
            break;
        done++;
    }
    Py_DECREF(all);
    return done == count && layer->data != NULL ? count * itemsize : -1;
}

/* Fill shape and strides. 0, or -1 with an exception. */
static int describe_dimensions(Layer *layer, const Description *how, Py_ssize_t itemsize)
{
    Py_buffer *view = &layer->view;
    view->shape = layer->dimensions;
    view->strides = layer->dimensions + ND_MAX_NDIM;
    view->itemsize = itemsize;
    view->ndim = read_numbers(how->shape, view->shape, "shape");
    if (view->ndim < 0)
        return -1;
    for (int i = 0; i < view->ndim; i++)
        if (view->shape[i] < 0) {
            PyErr_SetString(PyExc_ValueError, "shape must not be negative");
            return -1;
        }
    int strides = how->strides != NULL ? read_numbers(how->strides, view->strides, "strides") : 0;
    if (strides < 0)
        return -1;
    if (strides > 0 && how->flags & ND_FORTRAN) {
        PyErr_SetString(PyExc_TypeError, "ND_FORTRAN is for arrays without strides of their own");
        return -1;
    }
    if (view->ndim == 0 && how->flags & ND_PIL) {
        PyErr_SetString(PyExc_TypeError, "ND_PIL needs a dimension");
        return -1;
    }
    if (strides > 0 && strides != view->ndim) {
        PyErr_SetString(PyExc_ValueError, "shape and strides have different lengths");
        return -1;
    }
    if (strides == 0)
        fill_strides(view->strides, view->shape, view->ndim, itemsize, how->flags & ND_FORTRAN);
    return 0;
}

/* A layer with items of its own, or NULL with an exception. runs code */
static Layer *layer_of_items(const Description *how)
{
    Py_ssize_t itemsize = format_size(how->format);
    Layer *layer = itemsize > 0 ? new_layer() : NULL;
    if (layer == NULL)
        return NULL;
    layer->data = NULL;
    if (describe_dimensions(layer, how, itemsize) < 0)
        goto error;
    Py_buffer *view = &layer->view;
    Py_ssize_t memory = pack_items(layer, how->items, view->ndim, how->format, itemsize);
    if (memory < 0 || check_bounds(memory, itemsize, view->ndim, view->shape, view->strides, how->offset) < 0)
        goto error;
    layer->format = PyMem_Malloc(strlen(how->format) + 1);
    if (layer->format == NULL) {
        PyErr_NoMemory();
        goto error;
    }
    view->format = strcpy(layer->format, how->format);
    view->buf = layer->data + how->offset;
    view->readonly = !(how->flags & ND_WRITABLE);
    view->len = bytes_of(view);
    layer->offset = how->offset;
    if (how->flags & ND_PIL && make_indirect(layer) < 0)
        goto error;
    layer->flags = flags_of(view);
    return layer;
error:
    free_layer(layer);
    return NULL;
}

/* A layer over another exporter's memory, or NULL with an exception. runs code */
static Layer *layer_of_exporter(PyObject *exporter, int request)
{
    Layer *layer = new_layer();
    if (layer == NULL)
        return NULL;
    if (PyObject_GetBuffer(exporter, &layer->view, request) < 0) {
        layer->view.obj = NULL;
        free_layer(layer);
        return NULL;
    }
    layer->flags = flags_of(&layer->view);
    return layer;
}

/* An ndarray over the whole of another one, whose view may be changed: its arrays are its own. runs code */
static NDArray *new_part(NDArray *whole)
{
    NDArray *part = PyObject_New(NDArray, &NDArray_Type);
    if (part == NULL)
        return NULL;
    part->flags = 0;
    part->head = layer_of_exporter((PyObject *)whole, PyBUF_FULL_RO);
    if (part->head == NULL) {
        Py_DECREF(part);
        return NULL;
    }
    Py_buffer *view = &part->head->view;
    Py_ssize_t **arrays[] = {&view->shape, &view->strides, &view->suboffsets};
    for (int i = 0; i < 3; i++)
        if (*arrays[i] != NULL)
            *arrays[i] = memcpy(part->head->dimensions + i * ND_MAX_NDIM, *arrays[i], (size_t)view->ndim * sizeof(Py_ssize_t));
    return part;
}

/* After the view was changed. Steals and returns the part. */
static PyObject *finish_part(NDArray *part)
{
    Py_buffer *view = &part->head->view;
    view->len = bytes_of(view);
    if (view->ndim == 0)
        view->suboffsets = NULL;
    part->head->flags = flags_of(view);
    return (PyObject *)part;
}

/* ---- making, changing the layout ---- */

static PyObject *ndarray_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"obj", "shape", "strides", "offset", "format", "flags", "getbuf", NULL};
    Description how = {.flags = 0};
    int request = -1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|OOnsii:ndarray", names, &how.items, &how.shape, &how.strides,
                                     &how.offset, &how.format, &how.flags, &request))
        return NULL;
    Layer *layer;
    if (how.shape != NULL) {
        if (request != -1) {
            PyErr_SetString(PyExc_TypeError, "getbuf is for exporters, not for items");
            return NULL;
        }
        how.format = how.format != NULL ? how.format : "B";
        layer = layer_of_items(&how);
    } else {
        if (how.strides != NULL || how.offset != 0 || how.format != NULL) {
            PyErr_SetString(PyExc_TypeError, "only flags and getbuf can be chosen for an exporter");
            return NULL;
        }
        layer = layer_of_exporter(how.items, request == -1 ? PyBUF_FULL_RO : request);
    }
    NDArray *self = layer != NULL ? (NDArray *)type->tp_alloc(type, 0) : NULL;
    if (self == NULL) {
        if (layer != NULL)
            free_layer(layer);
        return NULL;
    }
    self->flags = how.flags & (ND_VAREXPORT | ND_REDIRECT | ND_GETBUF_FAIL | ND_GETBUF_UNDEFINED);
    self->head = layer;
    return (PyObject *)self;
}

static void ndarray_dealloc(NDArray *self)
{
    while (self->head != NULL) {
        Layer *layer = self->head;
        self->head = layer->below;
        free_layer(layer);
    }
    Py_TYPE(self)->tp_free(self);
}

/* Whether push() and pop() are allowed; else BufferError. 0 or -1. */
static int check_mutable(NDArray *self)
{
    if (self->head->data == NULL)
        PyErr_SetString(PyExc_BufferError, "the layout belongs to another exporter");
    else if (!(self->flags & ND_VAREXPORT) && self->head->exports > 0)
        PyErr_SetString(PyExc_BufferError, "the layout cannot change while buffers are exported");
    else
        return 0;
    return -1;
}

static PyObject *ndarray_push(NDArray *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"items", "shape", "strides", "offset", "format", "flags", NULL};
    Description how = {.format = "B"};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OO|Onsi:push", names, &how.items, &how.shape, &how.strides, &how.offset,
                                     &how.format, &how.flags))
        return NULL;
    if (how.flags & ND_VAREXPORT) {
        PyErr_SetString(PyExc_ValueError, "ND_VAREXPORT can only be set when the array is made");
        return NULL;
    }
    Layer *layer = check_mutable(self) == 0 ? layer_of_items(&how) : NULL;
    if (layer == NULL)
        return NULL;
    layer->below = self->head;
    self->head = layer;
    Py_RETURN_NONE;
}

static PyObject *ndarray_pop(NDArray *self, PyObject *unused)
{
    if (check_mutable(self) < 0)
        return NULL;
    Layer *layer = self->head;
    if (layer->exports > 0 || layer->below == NULL) {
        PyErr_SetString(PyExc_BufferError, layer->exports > 0 ? "the layer is exported" : "it is the only layer");
        return NULL;
    }
    self->head = layer->below;
    free_layer(layer);
    Py_RETURN_NONE;
}

/* ---- the buffer protocol ---- */

/* What is wrong with the request, or NULL. */
static const char *refuse(const Py_buffer *view, int request)
{
    int strided = GIVES(request, PyBUF_STRIDES);
    if (GIVES(request, PyBUF_WRITABLE) && view->readonly)
        return "the memory is read-only";
    if (GIVES(request, PyBUF_FORMAT) && !GIVES(request, PyBUF_ND))
        return "a format without a shape cannot be told";
    if ((GIVES(request, PyBUF_ND) && view->ndim > 0 && view->shape == NULL) ||
        (strided && view->ndim > 0 && view->strides == NULL) || (GIVES(request, PyBUF_FORMAT) && view->format == NULL))
        return "what is asked for was not given to the array either";
    if (!GIVES(request, PyBUF_INDIRECT) && view->suboffsets != NULL)
        return "the array has suboffsets";
    if ((GIVES(request, PyBUF_C_CONTIGUOUS) || !strided) && !PyBuffer_IsContiguous(view, 'C'))
        return "the array is not C-contiguous";
    if (GIVES(request, PyBUF_F_CONTIGUOUS) && !PyBuffer_IsContiguous(view, 'F'))
        return "the array is not Fortran-contiguous";
    if (GIVES(request, PyBUF_ANY_CONTIGUOUS) && !PyBuffer_IsContiguous(view, 'A'))
        return "the array is not contiguous";
    return NULL;
}

static int ndarray_getbuffer(NDArray *self, Py_buffer *view, int request)
{
    Layer *layer = self->head;
    if (self->flags & ND_REDIRECT && layer->data == NULL && layer->view.obj != NULL)
        return PyObject_GetBuffer(layer->view.obj, view, request);
    const char *wrong = self->flags & ND_GETBUF_FAIL ? "asked to fail" : refuse(&layer->view, request);
    if (wrong != NULL) {
        PyErr_SetString(PyExc_BufferError, wrong);
        view->obj = self->flags & ND_GETBUF_UNDEFINED ? (PyObject *)(uintptr_t)8 : NULL;
        return -1;
    }
    *view = layer->view;
    if (!GIVES(request, PyBUF_FORMAT))
        view->format = NULL;
    if (!GIVES(request, PyBUF_ND)) {
        view->ndim = 1;
        view->shape = NULL;
    }
    if (!GIVES(request, PyBUF_STRIDES))
        view->strides = NULL;
    if (!GIVES(request, PyBUF_INDIRECT))
        view->suboffsets = NULL;
    Py_INCREF(self);
    view->obj = (PyObject *)self;
    view->internal = layer;
    layer->exports++;
    return 0;
}

/* A layer that was covered meanwhile goes with its last export [NDARRAY-2]. */
static void ndarray_releasebuffer(NDArray *self, Py_buffer *view)
{
    Layer *layer = view->internal;
    if (--layer->exports > 0 || layer == self->head)
        return;
    Layer *above = self->head;
    while (above->below != layer)
        above = above->below;
    above->below = layer->below;
    free_layer(layer);
}

static PyBufferProcs buffer_slots = {
    .bf_getbuffer = (getbufferproc)ndarray_getbuffer,
    .bf_releasebuffer = (releasebufferproc)ndarray_releasebuffer,
};

/* ---- reading and writing ---- */

/* The place of an item (or part) by its index in the first dimension; NULL with IndexError. */
static char *place_of(const Py_buffer *full, Py_ssize_t index)
{
    if (full->ndim == 0) {
        PyErr_SetString(PyExc_TypeError, "the array has no dimension to index");
        return NULL;
    }
    if (index < 0)
        index += full->shape[0];
    if (index < 0 || index >= full->shape[0]) {
        PyErr_SetString(PyExc_IndexError, "index out of bounds");
        return NULL;
    }
    return step_into(full->buf, index, full->strides[0], full->suboffsets);
}

static PyObject *ndarray_item(NDArray *self, Py_ssize_t index)
{
    Py_ssize_t room[2 * ND_MAX_NDIM];
    Py_buffer full;
    complete_view(&full, &self->head->view, room);
    char *place = place_of(&full, index);
    if (place == NULL)
        return NULL;
    if (full.ndim == 1)
        return unpack_item(place, full.format, full.itemsize);
    NDArray *part = new_part(self);
    if (part == NULL)
        return NULL;
    Py_buffer *view = &part->head->view;
    view->buf = place;
    view->ndim--;
    view->shape++;
    view->strides++;
    if (view->suboffsets != NULL)
        view->suboffsets++;
    return finish_part(part);
}

/* The part that a slice or a tuple of slices selects (new). runs code */
static PyObject *ndarray_part(NDArray *self, PyObject *slices)
{
    NDArray *part = new_part(self);
    if (part == NULL)
        return NULL;
    Py_buffer *view = &part->head->view;
    int several = PyTuple_Check(slices);
    Py_ssize_t count = several ? PyTuple_GET_SIZE(slices) : 1;
    if (count > view->ndim) {
        PyErr_SetString(PyExc_TypeError, "more slices than dimensions");
        goto error;
    }
    for (int i = 0; i < count; i++) {
        PyObject *slice = several ? PyTuple_GET_ITEM(slices, i) : slices;
        if (!PySlice_Check(slice)) {
            PyErr_Format(PyExc_TypeError, "an index or slices are expected, not %.200s", Py_TYPE(slice)->tp_name);
            goto error;
        }
        if (apply_slice(view, i, slice) < 0)
            goto error;
    }
    return finish_part(part);
error:
    Py_DECREF(part);
    return NULL;
}

/* Whether the key is () or ..., which mean all of an array without dimensions. */
static int means_all(PyObject *key)
{
    return key == Py_Ellipsis || (PyTuple_Check(key) && PyTuple_GET_SIZE(key) == 0);
}

static PyObject *ndarray_subscript(NDArray *self, PyObject *key)
{
    const Py_buffer *view = &self->head->view;
    if (view->ndim == 0 && means_all(key)) {
        if (key != Py_Ellipsis)
            return unpack_item(view->buf, view->format, view->itemsize);
        Py_INCREF(self);
        return (PyObject *)self;
    }
    if (PyIndex_Check(key)) {
        Py_ssize_t index = PyNumber_AsSsize_t(key, PyExc_OverflowError);
        return index == -1 && PyErr_Occurred() ? NULL : ndarray_item(self, index);
    }
    return ndarray_part(self, key);
}

/* Copy what the value exports to the part. 0, or -1 with an exception. runs code */
static int assign_part(NDArray *part, PyObject *value)
{
    const Py_buffer *target = &part->head->view;
    Py_buffer source;
    if (PyObject_GetBuffer(value, &source, PyBUF_FULL_RO) < 0)
        return -1;
    int result = -1;
    char *row = NULL;
    if (!same_structure(target, &source))
        PyErr_SetString(PyExc_ValueError, "the two sides of the assignment have different structures");
    else if ((row = PyMem_Malloc((size_t)(source.len + source.itemsize))) == NULL)
        PyErr_NoMemory();
    else {
        copy_rows(target, &source, row);
        result = 0;
    }
    PyMem_Free(row);
    PyBuffer_Release(&source);
    return result;
}

static int ndarray_ass_subscript(NDArray *self, PyObject *key, PyObject *value)
{
    const Py_buffer *view = &self->head->view;
    if (value == NULL || view->readonly) {
        PyErr_SetString(PyExc_TypeError, value == NULL ? "items cannot be deleted" : "the array is not writable");
        return -1;
    }
    if (view->ndim == 0 && means_all(key))
        return pack_item(view->buf, value, view->format, view->itemsize);
    if (PyIndex_Check(key) && view->ndim <= 1) {
        Py_ssize_t index = PyNumber_AsSsize_t(key, PyExc_OverflowError);
        if (index == -1 && PyErr_Occurred())
            return -1;
        Py_ssize_t room[2 * ND_MAX_NDIM];
        Py_buffer full;
        complete_view(&full, &self->head->view, room);
        char *place = place_of(&full, index);
        return place != NULL ? pack_item(place, value, full.format, full.itemsize) : -1;
    }
    PyObject *part = ndarray_subscript(self, key);
    if (part == NULL)
        return -1;
    int result = assign_part((NDArray *)part, value);
    Py_DECREF(part);
    return result;
}

static PySequenceMethods sequence_slots = {.sq_item = (ssizeargfunc)ndarray_item};

static PyMappingMethods mapping_slots = {
    .mp_subscript = (binaryfunc)ndarray_subscript,
    .mp_ass_subscript = (objobjargproc)ndarray_ass_subscript,
};

/* ---- methods ---- */

static PyObject *ndarray_tolist(NDArray *self, PyObject *unused)
{
    Py_ssize_t room[2 * ND_MAX_NDIM];
    Py_buffer full;
    complete_view(&full, &self->head->view, room);
    return view_to_list(&full);
}

static PyObject *ndarray_tobytes(NDArray *self, PyObject *unused)
{
    Py_ssize_t room[2 * ND_MAX_NDIM];
    Py_buffer full;
    complete_view(&full, &self->head->view, room);
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, full.len);
    if (bytes != NULL && full.shape == self->head->view.shape)
        gather(&full, PyBytes_AS_STRING(bytes));
    else if (bytes != NULL)
        memcpy(PyBytes_AS_STRING(bytes), full.buf, (size_t)full.len); /* no shape: it is contiguous */
    return bytes;
}

static Py_hash_t ndarray_hash(NDArray *self)
{
    if (!self->head->view.readonly) {
        PyErr_SetString(PyExc_ValueError, "a writable array cannot be hashed");
        return -1;
    }
    PyObject *bytes = ndarray_tobytes(self, NULL);
    if (bytes == NULL)
        return -1;
    Py_hash_t hash = PyObject_Hash(bytes);
    Py_DECREF(bytes);
    return hash;
}

/* Suboffsets that change nothing: -1 for each dimension. */
static PyObject *ndarray_add_suboffsets(NDArray *self, PyObject *unused)
{
    Layer *layer = self->head;
    if (layer->view.suboffsets != NULL || layer->view.shape == NULL || layer->view.ndim == 0) {
        PyErr_SetString(PyExc_TypeError, "suboffsets need a shape, and are added once");
        return NULL;
    }
    layer->view.suboffsets = layer->dimensions + 2 * ND_MAX_NDIM;
    for (int i = 0; i < layer->view.ndim; i++)
        layer->view.suboffsets[i] = -1;
    Py_RETURN_NONE;
}

/* A memoryview over the bare buffer: nothing keeps the memory, and the format stands in a static place. */
static PyObject *ndarray_memoryview_from_buffer(NDArray *self, PyObject *unused)
{
    static char format[64];
    Py_buffer view = self->head->view;
    PyObject *exporter = self->head->data == NULL ? view.obj : NULL;
    if (exporter != NULL && (Py_TYPE(exporter) != &NDArray_Type || ((NDArray *)exporter)->head->data == NULL)) {
        PyErr_SetString(PyExc_TypeError, "the memory belongs neither to the array nor to the one below");
        return NULL;
    }
    if (view.format != NULL && strlen(view.format) >= sizeof format) {
        PyErr_SetString(PyExc_TypeError, "the format is too long");
        return NULL;
    }
    if (view.format != NULL)
        view.format = strcpy(format, view.format);
    view.obj = NULL;
    return PyMemoryView_FromBuffer(&view);
}

static PyMethodDef methods[] = {
    {"tolist", (PyCFunction)ndarray_tolist, METH_NOARGS, NULL},
    {"tobytes", (PyCFunction)ndarray_tobytes, METH_NOARGS, NULL},
    {"push", (PyCFunction)(void (*)(void))ndarray_push, METH_VARARGS | METH_KEYWORDS, NULL},
    {"pop", (PyCFunction)ndarray_pop, METH_NOARGS, NULL},
    {"add_suboffsets", (PyCFunction)ndarray_add_suboffsets, METH_NOARGS, NULL},
    {"memoryview_from_buffer", (PyCFunction)ndarray_memoryview_from_buffer, METH_NOARGS, NULL},
    {NULL},
};

/* ---- attributes ---- */

static PyObject *get_flags(NDArray *self, void *unused)
{
    return PyLong_FromLong(self->flags | self->head->flags);
}

static PyObject *get_offset(NDArray *self, void *unused)
{
    return PyLong_FromSsize_t(self->head->offset);
}

static PyObject *get_obj(NDArray *self, void *unused)
{
    PyObject *obj = self->head->view.obj != NULL ? self->head->view.obj : Py_None;
    Py_INCREF(obj);
    return obj;
}

static PyObject *get_nbytes(NDArray *self, void *unused)
{
    return PyLong_FromSsize_t(self->head->view.len);
}

static PyObject *get_readonly(NDArray *self, void *unused)
{
    return PyBool_FromLong(self->head->view.readonly);
}

static PyObject *get_itemsize(NDArray *self, void *unused)
{
    return PyLong_FromSsize_t(self->head->view.itemsize);
}

static PyObject *get_format(NDArray *self, void *unused)
{
    const char *format = self->head->view.format;
    return PyUnicode_FromString(format != NULL ? format : "");
}

static PyObject *get_ndim(NDArray *self, void *unused)
{
    return PyLong_FromLong(self->head->view.ndim);
}

/* shape, strides or suboffsets, by the offset of the field in Py_buffer; () where there are none. */
static PyObject *get_numbers(NDArray *self, void *field)
{
    const Py_buffer *view = &self->head->view;
    const Py_ssize_t *numbers = *(Py_ssize_t *const *)((const char *)view + (size_t)field);
    PyObject *tuple = PyTuple_New(numbers != NULL ? view->ndim : 0);
    for (Py_ssize_t i = 0; tuple != NULL && i < PyTuple_GET_SIZE(tuple); i++) {
        PyObject *number = PyLong_FromSsize_t(numbers[i]);
        if (number == NULL)
            Py_CLEAR(tuple);
        else
            PyTuple_SET_ITEM(tuple, i, number);
    }
    return tuple;
}

/* Whether it is contiguous in the order "C", "F" or "A". */
static PyObject *get_contiguous(NDArray *self, void *order)
{
    return PyBool_FromLong(PyBuffer_IsContiguous(&self->head->view, *(const char *)order));
}

#define FIELD(name) (void *)offsetof(Py_buffer, name)
static PyGetSetDef attributes[] = {
    {"flags", (getter)get_flags, NULL, NULL, NULL},
    {"offset", (getter)get_offset, NULL, NULL, NULL},
    {"obj", (getter)get_obj, NULL, NULL, NULL},
    {"nbytes", (getter)get_nbytes, NULL, NULL, NULL},
    {"readonly", (getter)get_readonly, NULL, NULL, NULL},
    {"itemsize", (getter)get_itemsize, NULL, NULL, NULL},
    {"format", (getter)get_format, NULL, NULL, NULL},
    {"ndim", (getter)get_ndim, NULL, NULL, NULL},
    {"shape", (getter)get_numbers, NULL, NULL, FIELD(shape)},
    {"strides", (getter)get_numbers, NULL, NULL, FIELD(strides)},
    {"suboffsets", (getter)get_numbers, NULL, NULL, FIELD(suboffsets)},
    {"c_contiguous", (getter)get_contiguous, NULL, NULL, "C"},
    {"f_contiguous", (getter)get_contiguous, NULL, NULL, "F"},
    {"contiguous", (getter)get_contiguous, NULL, NULL, "A"},
    {NULL},
};

PyTypeObject NDArray_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "ndarray",
    .tp_basicsize = sizeof(NDArray),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)ndarray_dealloc,
    .tp_as_sequence = &sequence_slots,
    .tp_as_mapping = &mapping_slots,
    .tp_as_buffer = &buffer_slots,
    .tp_hash = (hashfunc)ndarray_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_methods = methods,
    .tp_getset = attributes,
    .tp_new = ndarray_new,
};
