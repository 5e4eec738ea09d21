/* SPDX-License-Identifier: MIT */
/* bytes and bytearray: what their files share.
 *
 * All methods that both types have are written once, on a Span; the result is made by tai_bytes_like() in the type of self. A Span
 * of a bytearray is only good until code runs: methods convert their arguments first and take the Span last.
 */
#ifndef TAI_OBJECTS_BYTES_H
#define TAI_OBJECTS_BYTES_H

#include "Python.h"
#include "bytes_methods.h"
#include "runtime/state.h"

typedef struct {
    const char *at;
    Py_ssize_t n;
} Span;

static inline Span span_of(PyObject *self)
{
    if (PyByteArray_Check(self))
        return (Span){PyByteArray_AS_STRING(self), Py_SIZE(self)};
    return (Span){PyBytes_AS_STRING(self), Py_SIZE(self)};
}

PyObject *tai_bytes_iter(PyObject *self); /* new */
PyObject *tai_bytearray_iter(PyObject *self);

int tai_bytes_init(void); /* before types: the empty and one-byte objects */

extern PyBytesObject tai_bytes_empty, tai_bytes_chars[256]; /* immortal */

/* New bytes or bytearray (as self is) with a copy of the data; data may be NULL: contents open. */
PyObject *tai_bytes_like(PyObject *self, const char *data, Py_ssize_t n);
/* self where it is an exact bytes, else a copy of it in its kind. */
PyObject *tai_bytes_same(PyObject *self);
static inline char *tai_bytes_data(PyObject *o)
{
    return PyByteArray_Check(o) ? PyByteArray_AS_STRING(o) : PyBytes_AS_STRING(o);
}

/* search.c: position of needle in hay, or -1. An empty needle is at the near end. */
Py_ssize_t tai_bytes_find(const char *hay, Py_ssize_t n, const char *needle, Py_ssize_t m);
Py_ssize_t tai_bytes_rfind(const char *hay, Py_ssize_t n, const char *needle, Py_ssize_t m);
/* Occurrences that do not overlap, at most max. */
Py_ssize_t tai_bytes_count(const char *hay, Py_ssize_t n, const char *needle, Py_ssize_t m, Py_ssize_t max);

/* An int in range(256) from o, or -1 with an exception (text for the range error). Runs code. */
int tai_bytes_byte(PyObject *o, const char *range_error);

/* A buffer with one contiguous run of bytes. "a bytes-like object is required, not '%.100s'". 0 / -1. */
int tai_bytes_buffer(PyObject *o, Py_buffer *view);

/* Method tables (methods.c, methods.def). */
extern PyMethodDef tai_bytes_methods[], tai_bytearray_methods[];

PyObject *tai_bytes_join(PyObject *self, PyObject *iterable);
PyObject *tai_bytes_repr_of(const char *s, Py_ssize_t n, const char *head, const char *tail, int smart);

#endif
