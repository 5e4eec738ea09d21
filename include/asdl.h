/* SPDX-License-Identifier: MIT */
/* asdl.h: sequences in a syntax tree. */
#ifndef TAIPAN_ASDL_H
#define TAIPAN_ASDL_H

#include "pyarena.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef PyObject *identifier;
typedef PyObject *string;
typedef PyObject *bytes;
typedef PyObject *object;
typedef PyObject *singleton;
typedef PyObject *constant;
#ifndef Py_LIMITED_API
typedef struct {
    Py_ssize_t size;
    void *elements[1];
} asdl_seq;

typedef struct {
    Py_ssize_t size;
    int elements[1];
} asdl_int_seq;

#endif
#ifndef Py_LIMITED_API
PyAPI_FUNC(asdl_int_seq *) _Py_asdl_int_seq_new(Py_ssize_t, PyArena *);
PyAPI_FUNC(asdl_seq *) _Py_asdl_seq_new(Py_ssize_t, PyArena *);
#endif

#define asdl_seq_GET(S, I) ((S)->elements[(I)])
#define asdl_seq_LEN(S) ((S) == NULL ? 0 : (S)->size)
#define asdl_seq_SET(S, I, V) ((S)->elements[I] = (V))

#ifdef __cplusplus
}
#endif

#endif
