/* SPDX-License-Identifier: MIT */
/* memoryview: single elements of a buffer and arrays of them (element.c). */
#ifndef TAI_OBJECTS_MEMORYVIEW_ELEMENT_H
#define TAI_OBJECTS_MEMORYVIEW_ELEMENT_H

#include "Python.h"
#include "pystrhex.h"

/* A native format: one character of struct, maybe after '@'. Its character and *itemsize, or 0 if it is none.
 * NULL stands for "B". */
char tai_view_native_format(const char *format, Py_ssize_t *itemsize);
/* The same as a string that lives forever; NULL if it is none. */
const char *tai_view_static_format(const char *format);
/* Are the formats the same element for element (up to '@')? */
int tai_view_same_format(const char *a, const char *b);

/* Value of the element at p in a native format; new or NULL. */
PyObject *tai_view_unpack(const char *p, char format);
/* Store value at p. 0, or -1 with an exception. Runs code. */
int tai_view_pack(char *p, PyObject *value, char format);

/* Copies the elements of src to contiguous memory in C order ('C') or Fortran order ('F'). */
void tai_view_to_contiguous(char *out, const Py_buffer *src, char order);
/* Copies the elements of src over those of dest; the shapes are the same, memory may overlap. 0 or -1. */
int tai_view_copy(const Py_buffer *dest, const Py_buffer *src);
/* List (of lists) of the elements; for ndim 0 the element. New or NULL. */
PyObject *tai_view_to_list(const Py_buffer *view, char format);
/* Are all elements equal? The shapes are the same. 1, 0, -1. Runs code. */
int tai_view_equal(const Py_buffer *a, const Py_buffer *b);

static inline char *tai_view_follow(char *p, const Py_ssize_t *suboffsets, int dim)
{
    return suboffsets != NULL && suboffsets[dim] >= 0 ? *(char **)p + suboffsets[dim] : p;
}

#endif
