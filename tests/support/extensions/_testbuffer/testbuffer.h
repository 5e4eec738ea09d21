/* SPDX-License-Identifier: MIT */
/* _testbuffer: the array type of test_buffer, and what its files share.
 *
 *   ndarray -> head (Layer, the current layout) -> below -> ...
 *   Layer   -> view: the memory as others see it; owns shape, strides, suboffsets, format
 *              data: memory of its own (packed items), or NULL if the view came from another exporter (view.obj)
 *              table: for "PIL" layers the pointers of the first dimension, into data
 *
 * [NDARRAY-1] A consumer (data == NULL) has exactly one layer.
 * [NDARRAY-2] A layer below the head exists only while something exports it, or until pop() when nothing ever did.
 */
#ifndef TAIPAN_TESTBUFFER_H
#define TAIPAN_TESTBUFFER_H

#define PY_SSIZE_T_CLEAN
#include "Python.h"

enum {
    ND_MAX_NDIM = 2 * PyBUF_MAX_NDIM,
    ND_VAREXPORT = 0x001,         /* the layout may change while buffers are exported */
    ND_WRITABLE = 0x002,
    ND_FORTRAN = 0x004,           /* the first index runs fastest */
    ND_SCALAR = 0x008,            /* no dimensions */
    ND_PIL = 0x010,               /* the first dimension goes through pointers */
    ND_REDIRECT = 0x020,          /* requests are handed on to the exporter below */
    ND_GETBUF_FAIL = 0x040,
    ND_GETBUF_UNDEFINED = 0x080,  /* a failing request leaves garbage in view->obj */
    ND_C = 0x100,                 /* the last index runs fastest */
};

typedef struct Layer {
    struct Layer *below;
    Py_buffer view;
    Py_ssize_t dimensions[3 * ND_MAX_NDIM]; /* room for shape, strides, suboffsets */
    char *format;                           /* owned */
    char *data;                             /* owned */
    char **table;                           /* owned */
    Py_ssize_t offset;
    int flags;
    Py_ssize_t exports;
} Layer;

typedef struct {
    PyObject_HEAD
    int flags;
    Layer *head;
} NDArray;

extern PyTypeObject NDArray_Type;

/* ---- layout.c: shapes, strides, pointers; nothing of this runs code ---- */

/* Fill strides for contiguous memory. */
void fill_strides(Py_ssize_t *strides, const Py_ssize_t *shape, int ndim, Py_ssize_t itemsize, int fortran);

/* Whether all items lie within memory bytes; else a ValueError. 0 or -1. */
int check_bounds(Py_ssize_t memory, Py_ssize_t itemsize, int ndim, const Py_ssize_t *shape, const Py_ssize_t *strides,
                 Py_ssize_t offset);

/* A copy of the view that has shape and strides for certain; room holds 2 * ND_MAX_NDIM numbers. */
void complete_view(Py_buffer *full, const Py_buffer *view, Py_ssize_t *room);

/* The element (or the part with the dimensions behind) that the index of the first dimension selects. */
char *step_into(char *start, Py_ssize_t index, Py_ssize_t stride, const Py_ssize_t *suboffset);

/* Turn the layer's view of its data into one through pointers. 0, or -1 with an exception. */
int make_indirect(Layer *layer);

/* Restrict one dimension of the view to a slice. The arrays of the view must be its own. 0, or -1 with an exception. */
int apply_slice(Py_buffer *view, int dimension, PyObject *slice);

/* The product of the shape times the size of an item. */
Py_ssize_t bytes_of(const Py_buffer *view);

/* Copy the items in C order to packed memory. The view must be complete. */
void gather(const Py_buffer *full, char *packed);

/* Copy between views of the same structure as nested lists do: row after row, each through a room for one, since they may
 * overlap. */
void copy_rows(const Py_buffer *target, const Py_buffer *source, char *row);

/* Whether one can be assigned to the other: same format and shape, up to a dimension of zero. */
int same_structure(const Py_buffer *left, const Py_buffer *right);
int same_format(const char *left, const char *right);

/* ---- items.c: items as Python objects, by the struct module; all of this runs code ---- */

/* The size of a format (> 0), or -1 with an exception. */
Py_ssize_t format_size(const char *format);

/* The item at the address: an object, a tuple if the format has several members. New. */
PyObject *unpack_item(const char *address, const char *format, Py_ssize_t itemsize);

/* Write an item (an object, or a sequence of as many as the format has members). 0 or -1. */
int pack_item(char *address, PyObject *item, const char *format, Py_ssize_t itemsize);

/* Nested lists of the items; a single item if there are no dimensions. New. */
PyObject *view_to_list(const Py_buffer *full);

/* module.c */
extern PyTypeObject StaticArray_Type;

#endif
