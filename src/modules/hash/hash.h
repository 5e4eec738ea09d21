/* SPDX-License-Identifier: MIT */
/* hash: what the hash modules share: the buffer of an argument, and when to let other threads run. */
#ifndef TAI_MODULES_HASH_H
#define TAI_MODULES_HASH_H

#include "Python.h"

#include "pystrhex.h"
#include <stdint.h>

#define HASH_GIL_MIN 2048 /* from this size on the GIL is released; whoever does that guards the state with a lock */

/* The bytes of o. 0, or -1 with an exception. */
static inline int hash_buffer(PyObject *o, Py_buffer *view)
{
    if (PyUnicode_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "Unicode-objects must be encoded before hashing");
        return -1;
    }
    if (!PyObject_CheckBuffer(o)) {
        PyErr_SetString(PyExc_TypeError, "object supporting the buffer API required");
        return -1;
    }
    if (PyObject_GetBuffer(o, view, PyBUF_SIMPLE) == -1)
        return -1;
    if (view->ndim > 1) {
        PyErr_SetString(PyExc_BufferError, "Buffer must be single dimension");
        PyBuffer_Release(view);
        return -1;
    }
    return 0;
}

static inline uint32_t load32le(const uint8_t *p)
{
    uint32_t v;
    memcpy(&v, p, 4);
    return v;
}

static inline uint64_t load64le(const uint8_t *p)
{
    uint64_t v;
    memcpy(&v, p, 8);
    return v;
}

static inline uint32_t load32be(const uint8_t *p)
{
    return __builtin_bswap32(load32le(p));
}

static inline uint64_t load64be(const uint8_t *p)
{
    return __builtin_bswap64(load64le(p));
}

static inline uint32_t rotl32(uint32_t v, int n)
{
    return v << n | v >> (32 - n);
}

static inline uint32_t rotr32(uint32_t v, int n)
{
    return v >> n | v << (32 - n);
}

static inline uint64_t rotl64(uint64_t v, int n)
{
    return n ? v << n | v >> (64 - n) : v;
}

static inline uint64_t rotr64(uint64_t v, int n)
{
    return v >> n | v << (64 - n);
}

#endif
