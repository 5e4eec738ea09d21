/* SPDX-License-Identifier: MIT */
/* hash: what the hash modules share: the buffer of an argument, and letting other threads run while much data is taken in.
 *
 * [HASH-1] The state behind a HashHead is touched with the GIL held, or, during a large update, with `lock` held and the GIL released.
 *          So everything that reads or writes it stands between hash_enter() and hash_leave().
 */
#ifndef TAI_MODULES_HASH_H
#define TAI_MODULES_HASH_H

#include "Python.h"

#include "pystrhex.h"
#include "pythread.h"
#include <stdint.h>

#define HASH_GIL_MIN 2048 /* from this size on the GIL is released */

/* How every hash object begins. */
typedef struct {
    PyObject_HEAD
    PyThread_type_lock lock; /* NULL until the first large update */
} HashHead;

typedef void HashTake(PyObject *self, const uint8_t *data, size_t n);

/* Wait until no other thread works on self. Other threads may run before it returns. */
static inline void hash_enter(PyObject *self)
{
    PyThread_type_lock lock = ((HashHead *)self)->lock;
    if (lock && !PyThread_acquire_lock(lock, NOWAIT_LOCK)) {
        Py_BEGIN_ALLOW_THREADS
        PyThread_acquire_lock(lock, WAIT_LOCK);
        Py_END_ALLOW_THREADS
    }
}

/* The lock is made while nobody is inside, so who entered without one leaves without one unless it made it. */
static inline void hash_leave(PyObject *self)
{
    if (((HashHead *)self)->lock)
        PyThread_release_lock(((HashHead *)self)->lock);
}

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

/* update(data): 0, or -1 with an exception. */
static inline int hash_feed(PyObject *self, PyObject *data, HashTake *take)
{
    Py_buffer view;
    if (hash_buffer(data, &view) < 0)
        return -1;
    HashHead *head = (HashHead *)self;
    int large = view.len >= HASH_GIL_MIN;
    if (large && head->lock == NULL)
        head->lock = PyThread_allocate_lock();
    hash_enter(self);
    if (large && head->lock) {
        Py_BEGIN_ALLOW_THREADS
        take(self, view.buf, (size_t)view.len);
        Py_END_ALLOW_THREADS
    }
    else
        take(self, view.buf, (size_t)view.len);
    hash_leave(self);
    PyBuffer_Release(&view);
    return 0;
}

static inline PyObject *hash_update_by(PyObject *self, PyObject *data, HashTake *take)
{
    if (hash_feed(self, data, take) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static inline void hash_dealloc(PyObject *self)
{
    if (((HashHead *)self)->lock)
        PyThread_free_lock(((HashHead *)self)->lock);
    PyObject_Del(self);
}

/* copy(): an object with the same state and no lock. New. */
static inline PyObject *hash_copy(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    PyObject *copy = PyObject_Init(PyObject_Malloc((size_t)Py_TYPE(self)->tp_basicsize), Py_TYPE(self));
    if (copy == NULL)
        return NULL;
    ((HashHead *)copy)->lock = NULL;
    hash_enter(self);
    memcpy((char *)copy + sizeof(HashHead), (char *)self + sizeof(HashHead), (size_t)Py_TYPE(self)->tp_basicsize - sizeof(HashHead));
    hash_leave(self);
    return copy;
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
