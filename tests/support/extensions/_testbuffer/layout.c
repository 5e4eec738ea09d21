/* SPDX-License-Identifier: MIT */
/* _testbuffer: arithmetic on shapes, strides and suboffsets, and copies between layouts. */
#include "testbuffer.h"

void fill_strides(Py_ssize_t *strides, const Py_ssize_t *shape, int ndim, Py_ssize_t itemsize, int fortran)
{
    Py_ssize_t stride = itemsize;
    for (int i = 0; i < ndim; i++) {
        int dimension = fortran ? i : ndim - 1 - i;
        strides[dimension] = stride;
        stride *= shape[dimension];
    }
}

int check_bounds(Py_ssize_t memory, Py_ssize_t itemsize, int ndim, const Py_ssize_t *shape, const Py_ssize_t *strides,
                 Py_ssize_t offset)
{
    Py_ssize_t low = offset, high = offset;
    int empty = 0, aligned = offset % itemsize == 0;
    for (int i = 0; i < ndim; i++) {
        Py_ssize_t extent;
        if (shape[i] == 0)
            empty = 1;
        else if (__builtin_mul_overflow(strides[i], shape[i] - 1, &extent) ||
                 __builtin_add_overflow(extent < 0 ? low : high, extent, extent < 0 ? &low : &high))
            goto outside;
        aligned &= strides[i] % itemsize == 0;
    }
    if (!aligned) {
        PyErr_SetString(PyExc_ValueError, "offset and strides have to be multiples of the item's size");
        return -1;
    }
    if (empty)
        low = high = offset;
    if (low >= 0 && high <= memory - itemsize)
        return 0;
outside:
    PyErr_SetString(PyExc_ValueError, "the structure leaves the memory of the items");
    return -1;
}

void complete_view(Py_buffer *full, const Py_buffer *view, Py_ssize_t *room)
{
    *full = *view;
    if (full->ndim > 0 && full->shape == NULL) {
        full->ndim = 1;
        full->shape = room;
        full->shape[0] = full->itemsize > 0 ? full->len / full->itemsize : full->len;
    }
    if (full->ndim > 0 && full->strides == NULL) {
        full->strides = room + ND_MAX_NDIM;
        fill_strides(full->strides, full->shape, full->ndim, full->itemsize, 0);
    }
}

char *step_into(char *start, Py_ssize_t index, Py_ssize_t stride, const Py_ssize_t *suboffset)
{
    char *place = start + index * stride;
    return suboffset != NULL && *suboffset >= 0 ? *(char **)place + *suboffset : place;
}

Py_ssize_t bytes_of(const Py_buffer *view)
{
    Py_ssize_t bytes = view->itemsize;
    for (int i = 0; i < view->ndim; i++)
        bytes *= view->shape[i];
    return bytes;
}

/* Pointer i leads to the lowest address of part i, so what negative strides need is added behind the pointer. */
int make_indirect(Layer *layer)
{
    Py_buffer *view = &layer->view;
    Py_ssize_t count = view->shape[0], step = view->strides[0], below = 0;
    for (int i = 1; i < view->ndim && view->shape[i] > 0; i++)
        if (view->strides[i] < 0)
            below -= view->strides[i] * (view->shape[i] - 1);
    layer->table = PyMem_Calloc((size_t)count + 1, sizeof(char *));
    if (layer->table == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    int backwards = step < 0;
    for (Py_ssize_t i = 0; i < count; i++)
        layer->table[backwards ? count - 1 - i : i] = (char *)view->buf + i * step - below;
    view->buf = layer->table + (backwards && count > 0 ? count - 1 : 0);
    view->strides[0] = backwards ? -(Py_ssize_t)sizeof(char *) : (Py_ssize_t)sizeof(char *);
    view->suboffsets = layer->dimensions + 2 * ND_MAX_NDIM;
    view->suboffsets[0] = below;
    for (int i = 1; i < view->ndim; i++)
        view->suboffsets[i] = -1;
    return 0;
}

int apply_slice(Py_buffer *view, int dimension, PyObject *slice)
{
    Py_ssize_t start, stop, step;
    if (PySlice_Unpack(slice, &start, &stop, &step) < 0)
        return -1;
    Py_ssize_t count = PySlice_AdjustIndices(view->shape[dimension], &start, &stop, step);
    Py_ssize_t shift = view->strides[dimension] * start;
    /* Behind a pointer it is the memory there that the slice begins later in. */
    int through = dimension - 1;
    while (through >= 0 && (view->suboffsets == NULL || view->suboffsets[through] < 0))
        through--;
    if (count > 0 && through >= 0)
        view->suboffsets[through] += shift;
    else if (count > 0)
        view->buf = (char *)view->buf + shift;
    view->shape[dimension] = count;
    view->strides[dimension] *= step;
    return 0;
}

/* ---- copies ---- */

/* Whether there is nothing to copy: then pointers must not be followed either. */
static int is_empty(const Py_buffer *full)
{
    for (int i = 0; i < full->ndim; i++)
        if (full->shape[i] == 0)
            return 1;
    return 0;
}

/* The part of `start` that an index of the dimension selects. */
static char *part_at(const Py_buffer *full, int dimension, char *start, Py_ssize_t index)
{
    return step_into(start, index, full->strides[dimension], full->suboffsets != NULL ? full->suboffsets + dimension : NULL);
}

/* Copy dimension and those behind it to the packed place. Where the packed side continues. */
static char *gather_part(const Py_buffer *full, int dimension, char *start, char *packed)
{
    if (dimension == full->ndim) {
        memcpy(packed, start, (size_t)full->itemsize);
        return packed + full->itemsize;
    }
    for (Py_ssize_t i = 0; i < full->shape[dimension]; i++)
        packed = gather_part(full, dimension + 1, part_at(full, dimension, start, i), packed);
    return packed;
}

void gather(const Py_buffer *full, char *packed)
{
    if (!is_empty(full))
        gather_part(full, 0, full->buf, packed);
}

static void copy_part(const Py_buffer *target, const Py_buffer *source, int dimension, char *to, char *from, char *row)
{
    if (dimension >= target->ndim - 1) {
        gather_part(source, dimension, from, row);
        Py_ssize_t count = target->ndim > 0 ? target->shape[dimension] : 1;
        for (Py_ssize_t i = 0; i < count; i++)
            memcpy(target->ndim > 0 ? part_at(target, dimension, to, i) : to, row + i * target->itemsize,
                   (size_t)target->itemsize);
        return;
    }
    for (Py_ssize_t i = 0; i < target->shape[dimension]; i++)
        copy_part(target, source, dimension + 1, part_at(target, dimension, to, i), part_at(source, dimension, from, i), row);
}

void copy_rows(const Py_buffer *target, const Py_buffer *source, char *row)
{
    if (!is_empty(target))
        copy_part(target, source, 0, target->buf, source->buf, row);
}

/* ---- comparisons ---- */

int same_format(const char *left, const char *right)
{
    left = left != NULL ? left : "B";
    right = right != NULL ? right : "B";
    return strcmp(left + (*left == '@'), right + (*right == '@')) == 0;
}

int same_structure(const Py_buffer *left, const Py_buffer *right)
{
    if (!same_format(left->format, right->format) || left->itemsize != right->itemsize || left->ndim != right->ndim)
        return 0;
    for (int i = 0; i < left->ndim; i++) {
        if (left->shape[i] != right->shape[i])
            return 0;
        if (left->shape[i] == 0)
            break;
    }
    return 1;
}
