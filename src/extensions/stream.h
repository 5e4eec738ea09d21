/* SPDX-License-Identifier: MIT */
/* stream: what compressors and decompressors of libraries of the bzlib kind have in common.
 *
 * A library works on an Io: it takes from `in` and puts to `out`.  codec_run() feeds it and lets the output grow; unpack() is
 * the method decompress(data, max_length) with everything it has to remember:
 *
 *   Unpacker -> pending[start .. start + left - 1]   input that was not used because max_length was reached
 *               needs_input, eof, unused_data        the attributes
 *
 * [STREAM-1] The lock is held while the library works, because the GIL is not; only its holder touches the state.
 */
#ifndef TAI_EXTENSIONS_STREAM_H
#define TAI_EXTENSIONS_STREAM_H

#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include "pythread.h"
#include "structmember.h"

typedef struct {
    const unsigned char *in;
    size_t in_left;
    unsigned char *out;
    size_t out_left;
} Io;

enum { STEP_ERROR = -1, STEP_MORE = 0, STEP_END = 1 };

/* One call of the library: updates the Io, releases the GIL meanwhile. STEP_ERROR with an exception. */
typedef int Step(void *self, Io *io, int flush);

/* 0 with the lock, or -1 with an exception if self never was initialised. */
static inline int stream_lock(void *self, PyThread_type_lock lock)
{
    if (lock == NULL) {
        PyErr_Format(PyExc_RuntimeError, "%.200s object is not initialized", _PyType_Name(Py_TYPE((PyObject *)self)));
        return -1;
    }
    if (PyThread_acquire_lock(lock, NOWAIT_LOCK))
        return 0;
    Py_BEGIN_ALLOW_THREADS
    PyThread_acquire_lock(lock, WAIT_LOCK);
    Py_END_ALLOW_THREADS
    return 0;
}

/* For __init__, which another thread may call while this one is at work: make the lock at the first time, and take it. 0 / -1. */
static inline int stream_first_lock(void *self, PyThread_type_lock *lock)
{
    if (*lock == NULL && (*lock = PyThread_allocate_lock()) == NULL) {
        PyErr_SetString(PyExc_MemoryError, "Unable to allocate lock");
        return -1;
    }
    return stream_lock(self, *lock);
}

/* Call step until it ends, or, without flush, all input is used, or max bytes are out (max < 0: no limit).
 * The output, new; *end says whether the library came to its end. */
static inline PyObject *codec_run(Step *step, void *self, Io *io, int flush, Py_ssize_t max, int *end)
{
    Py_ssize_t size = max >= 0 && max < 8192 ? max : 8192, used = 0;
    PyObject *out = PyBytes_FromStringAndSize(NULL, size);
    *end = 0;
    while (out) {
        io->out = (unsigned char *)PyBytes_AS_STRING(out) + used;
        io->out_left = (size_t)(size - used);
        int status = step(self, io, flush);
        used = size - (Py_ssize_t)io->out_left;
        if (status == STEP_ERROR) {
            Py_DECREF(out);
            return NULL;
        }
        *end = status == STEP_END;
        if (*end || (io->out_left > 0 && io->in_left == 0 && !flush) || (max >= 0 && used >= max))
            break;
        if (io->out_left > 0)
            continue;
        if (size > PY_SSIZE_T_MAX / 2) {
            PyErr_SetString(PyExc_MemoryError, "Unable to allocate buffer - output too large");
            Py_DECREF(out);
            return NULL;
        }
        Py_ssize_t more = size < 1 << 16 ? size * 4 : size * 2;
        size = max >= 0 && max < more ? max : more;
        _PyBytes_Resize(&out, size);
    }
    if (out && used < PyBytes_GET_SIZE(out))
        _PyBytes_Resize(&out, used);
    return out;
}

/* The half of a compressor that is not the library's: its lock, and whether flush() has ended the stream. */
typedef struct {
    PyThread_type_lock lock;
    int flushed;
} Packer;

/* The method compress(data). */
static inline PyObject *packer_compress(Packer *p, Step *step, PyObject *self, PyObject *arg)
{
    Py_buffer data;
    PyObject *result = NULL;
    int end;
    if (PyObject_GetBuffer(arg, &data, PyBUF_SIMPLE) < 0)
        return NULL;
    if (stream_lock(self, p->lock) < 0) {
        PyBuffer_Release(&data);
        return NULL;
    }
    if (p->flushed)
        PyErr_SetString(PyExc_ValueError, "Compressor has been flushed");
    else {
        Io io = {data.buf, (size_t)data.len, NULL, 0};
        result = codec_run(step, self, &io, 0, -1, &end);
    }
    PyThread_release_lock(p->lock);
    PyBuffer_Release(&data);
    return result;
}

/* The method flush(). */
static inline PyObject *packer_flush(Packer *p, Step *step, PyObject *self)
{
    PyObject *result = NULL;
    int end;
    if (stream_lock(self, p->lock) < 0)
        return NULL;
    if (p->flushed)
        PyErr_SetString(PyExc_ValueError, "Repeated call to flush()");
    else {
        Io io = {(const unsigned char *)"", 0, NULL, 0};
        p->flushed = 1;
        result = codec_run(step, self, &io, 1, -1, &end);
    }
    PyThread_release_lock(p->lock);
    return result;
}

typedef struct {
    PyThread_type_lock lock;
    unsigned char *pending;
    size_t start, left, size;
    char eof, needs_input;
    char holds_output; /* the library may have output left when it took all input and the room for output is full */
    PyObject *unused_data;
} Unpacker;

/* With the lock. 0 / -1. */
static inline int unpacker_init(Unpacker *u)
{
    PyMem_Free(u->pending);
    u->pending = NULL;
    u->start = u->left = u->size = 0;
    u->eof = 0;
    u->needs_input = 1;
    PyObject *empty = PyBytes_FromStringAndSize(NULL, 0);
    if (empty == NULL)
        return -1;
    Py_XSETREF(u->unused_data, empty);
    return 0;
}

static inline void unpacker_fini(Unpacker *u)
{
    PyMem_Free(u->pending);
    Py_CLEAR(u->unused_data);
    if (u->lock)
        PyThread_free_lock(u->lock);
}

/* Append data to what is pending. 0 / -1. */
static inline int unpacker_append(Unpacker *u, const void *data, size_t n)
{
    if (u->size - u->start - u->left < n) {
        unsigned char *room = PyMem_Malloc(u->left + n);
        if (room == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        if (u->left)
            memcpy(room, u->pending + u->start, u->left);
        PyMem_Free(u->pending);
        u->pending = room;
        u->start = 0;
        u->size = u->left + n;
    }
    memcpy(u->pending + u->start + u->left, data, n);
    u->left += n;
    return 0;
}

/* Keep what io has left: as unused_data after the end, as pending input else. 0 / -1. */
static inline int unpacker_keep(Unpacker *u, const Io *io, int from_pending)
{
    if (u->eof) {
        u->needs_input = 0;
        u->left = 0;
        if (io->in_left == 0)
            return 0;
        PyObject *rest = PyBytes_FromStringAndSize((const char *)io->in, (Py_ssize_t)io->in_left);
        if (rest == NULL)
            return -1;
        Py_SETREF(u->unused_data, rest);
        return 0;
    }
    u->needs_input = io->in_left == 0 && !(u->holds_output && io->out_left == 0);
    if (from_pending) {
        u->start = (size_t)(io->in - u->pending);
        u->left = io->in_left;
        return 0;
    }
    u->start = u->left = 0;
    return io->in_left ? unpacker_append(u, io->in, io->in_left) : 0;
}

/* decompress(data, max_length=-1) of an object that begins with an Unpacker at u. */
static inline PyObject *unpacker_method(Unpacker *u, Step *step, void *self, const char *at_end, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"data", "max_length", NULL};
    static _PyArg_Parser parser = {NULL, names, "decompress", 0};
    PyObject *slots[2];
    Py_ssize_t max = -1;
    Py_buffer data;
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &parser, 1, 2, 0, slots);
    if (args == NULL)
        return NULL;
    if (nargs + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0) > 1) {
        if (PyFloat_Check(args[1])) {
            PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
            return NULL;
        }
        PyObject *i = PyNumber_Index(args[1]);
        max = i ? PyLong_AsSsize_t(i) : -1;
        Py_XDECREF(i);
        if (max == -1 && PyErr_Occurred())
            return NULL;
    }
    if (PyObject_GetBuffer(args[0], &data, PyBUF_SIMPLE) < 0)
        return NULL;
    PyObject *result = NULL;
    int end;
    if (stream_lock(self, u->lock) < 0) {
        PyBuffer_Release(&data);
        return NULL;
    }
    if (u->eof) {
        PyErr_SetString(PyExc_EOFError, at_end);
        goto done;
    }
    Io io = {data.buf, (size_t)data.len, NULL, 0};
    int from_pending = u->left > 0;
    if (from_pending) {
        if (unpacker_append(u, data.buf, (size_t)data.len) < 0)
            goto done;
        io.in = u->pending + u->start;
        io.in_left = u->left;
    }
    result = codec_run(step, self, &io, 0, max, &end);
    if (result == NULL) {
        u->left = 0;
        goto done;
    }
    u->eof = (char)end;
    if (unpacker_keep(u, &io, from_pending) < 0)
        Py_CLEAR(result);
done:
    PyThread_release_lock(u->lock);
    PyBuffer_Release(&data);
    return result;
}

#define UNPACKER_MEMBERS(type, field)                                                                                              \
    {"eof", T_BOOL, offsetof(type, field.eof), READONLY, "whether the end of the stream was reached"},                              \
    {"unused_data", T_OBJECT_EX, offsetof(type, field.unused_data), READONLY, "bytes that came after the end of the stream"},       \
    {"needs_input", T_BOOL, offsetof(type, field.needs_input), READONLY, "whether more input is needed for more output"}

#endif
