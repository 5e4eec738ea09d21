/* SPDX-License-Identifier: MIT */
/* Buffered binary streams over a raw stream: BufferedReader, BufferedWriter, BufferedRandom, and BufferedRWPair.
 *
 * One object holds one buffer that is used for one direction at a time:
 *
 *   reading:  buffer[pos .. fill) was read ahead; the raw stream stands behind buffer[fill-1]
 *   writing:  buffer[0 .. fill) waits to be written; the raw stream stands where buffer[0] belongs; pos == fill
 *
 * [BUFFERED-1] writing is 0 or 1 and tells which; a change of direction flushes, or seeks the raw stream back.
 * [BUFFERED-2] abs_pos is the raw stream's position, -1 if unknown (pipes, or nobody asked yet).
 * [BUFFERED-3] All of this is touched only between lock_enter() and lock_leave(); the lock tells a second thread (which
 *              waits) from the same thread coming back through a signal handler or the raw stream (RuntimeError).
 * [BUFFERED-4] ok is 0 before __init__ succeeded, detached is 1 after detach(); buffer is NULL before that, and after close().
 */
#include "io.h"
#include "pythread.h"

typedef struct {
    PyObject_HEAD
    PyObject *raw;
    char *buffer;
    Py_ssize_t buffer_size;
    Py_ssize_t pos, fill;
    off_t abs_pos;
    char ok, detached, readable, writable, writing, finalizing;
    PyThread_type_lock lock;
    volatile unsigned long owner;
    PyObject *dict;
    PyObject *weakreflist;
} Buffered;

/* --- _BufferedIOBase --------------------------------------------------------------------------------------------- */

static PyObject *base_unsupported_detach(PyObject *self, PyObject *unused) { return io_unsupported("detach"); }
static PyObject *base_unsupported_read(PyObject *self, PyObject *args) { return io_unsupported("read"); }
static PyObject *base_unsupported_read1(PyObject *self, PyObject *args) { return io_unsupported("read1"); }
static PyObject *base_unsupported_write(PyObject *self, PyObject *args) { return io_unsupported("write"); }

static PyObject *base_readinto_by(PyObject *self, PyObject *target, PyObject *method)
{
    Py_buffer view;
    if (!PyArg_Parse(target, "w*:readinto", &view))
        return NULL;
    PyObject *size = PyLong_FromSsize_t(view.len), *data = NULL, *result = NULL;
    if (size != NULL)
        data = io_call1(self, method, size);
    Py_XDECREF(size);
    if (data != NULL) {
        if (!PyBytes_Check(data)) {
            PyErr_SetString(PyExc_TypeError, "read() should return bytes");
        } else if (PyBytes_GET_SIZE(data) > view.len) {
            PyErr_Format(PyExc_ValueError, "read() returned too much data: %zd bytes requested, %zd returned", view.len,
                         PyBytes_GET_SIZE(data));
        } else {
            memcpy(view.buf, PyBytes_AS_STRING(data), PyBytes_GET_SIZE(data));
            result = PyLong_FromSsize_t(PyBytes_GET_SIZE(data));
        }
        Py_DECREF(data);
    }
    PyBuffer_Release(&view);
    return result;
}

static PyObject *base_readinto(PyObject *self, PyObject *target) { return base_readinto_by(self, target, io_str_read); }
static PyObject *base_readinto1(PyObject *self, PyObject *target) { return base_readinto_by(self, target, io_str_read1); }

static PyMethodDef base_methods[] = {
    {"detach", base_unsupported_detach, METH_NOARGS, PyDoc_STR("detach($self, /)\n--\n\nSeparate the raw stream and return it.")},
    {"read", base_unsupported_read, METH_VARARGS, PyDoc_STR("read(size=-1)\n\nReturn up to size bytes, all up to the end if size is negative or None.")},
    {"read1", base_unsupported_read1, METH_VARARGS, PyDoc_STR("read1(size=-1)\n\nReturn up to size bytes with at most one read of the raw stream.")},
    {"write", base_unsupported_write, METH_VARARGS, PyDoc_STR("write(b)\n\nWrite b; return how many bytes.")},
    {"readinto", base_readinto, METH_O, PyDoc_STR("readinto($self, buffer, /)\n--\n\nRead into a writable buffer; return how many bytes came.")},
    {"readinto1", base_readinto1, METH_O, PyDoc_STR("readinto1($self, buffer, /)\n--\n\nThe same with at most one read of the raw stream.")},
    {NULL},
};

PyTypeObject BufferedIOBase_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_io._BufferedIOBase",
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_FINALIZE,
    .tp_doc = PyDoc_STR("Base of buffered binary streams.\n\nread() and write() here finish what they are asked, as far as the raw stream lets them."),
    .tp_base = &IOBase_Type,
    .tp_methods = base_methods,
};

/* --- State and lock --------------------------------------------------------------------------------------------------- */

static int check_ready(Buffered *self)
{
    if (self->ok)
        return 0;
    PyErr_SetString(PyExc_ValueError, self->detached ? "raw stream has been detached" : "I/O operation on uninitialized object");
    return -1;
}

static int raw_is_closed(Buffered *self)
{
    if (check_ready(self) < 0)
        return -1;
    PyObject *value = io_get(self->raw, io_str_closed);
    if (value == NULL)
        return -1;
    int truth = PyObject_IsTrue(value);
    Py_DECREF(value);
    return truth;
}

/* 0, or -1 with ValueError(message). */
static int check_open(Buffered *self, const char *message)
{
    int closed = raw_is_closed(self);
    if (closed > 0)
        PyErr_SetString(PyExc_ValueError, message);
    return closed ? -1 : 0;
}

/* [BUFFERED-3] 0 or -1 with RuntimeError. */
static int lock_enter(Buffered *self)
{
    unsigned long me = PyThread_get_thread_ident();
    if (PyThread_acquire_lock(self->lock, NOWAIT_LOCK)) {
        self->owner = me;
        return 0;
    }
    if (self->owner == me) {
        PyErr_Format(PyExc_RuntimeError, "reentrant call inside %R", self);
        return -1;
    }
    PyLockStatus status;
    int finalizing = _Py_IsFinalizing();
    Py_BEGIN_ALLOW_THREADS
    if (!finalizing)
        status = PyThread_acquire_lock(self->lock, WAIT_LOCK) ? PY_LOCK_ACQUIRED : PY_LOCK_FAILURE;
    else
        /* A daemon thread may have died with the lock: give it a second, no more. */
        status = PyThread_acquire_lock_timed(self->lock, (long long)1e6, 0);
    Py_END_ALLOW_THREADS
    if (finalizing && status != PY_LOCK_ACQUIRED) {
        PyObject *repr = PyObject_ASCII((PyObject *)self);
        char message[256];
        PyOS_snprintf(message, sizeof message, "could not acquire lock for %s at interpreter shutdown, possibly due to daemon threads",
                      repr ? PyUnicode_AsUTF8(repr) : "?");
        Py_FatalError(message);
    }
    self->owner = me;
    return 0;
}

static void lock_leave(Buffered *self)
{
    self->owner = 0;
    PyThread_release_lock(self->lock);
}

/* Begin an operation on an open stream, under the lock. 0, or -1 with an exception: `closed`, if it is closed, also if another thread
 * closed it while we waited. */
static int begin(Buffered *self, const char *closed)
{
    if (check_open(self, closed) < 0 || lock_enter(self) < 0)
        return -1;
    if (self->ok && self->buffer)
        return 0;
    if (check_ready(self) == 0)
        PyErr_SetString(PyExc_ValueError, closed);
    lock_leave(self);
    return -1;
}

/* --- The raw stream ------------------------------------------------------------------------------------------------------ */

static off_t raw_tell(Buffered *self)
{
    PyObject *result = io_call0(self->raw, io_str_tell);
    if (result == NULL)
        return -1;
    off_t n = io_as_offset(result, PyExc_ValueError);
    Py_DECREF(result);
    if (n < 0) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_OSError, "Raw stream returned invalid position %lld", (long long)n);
        return -1;
    }
    return self->abs_pos = n;
}

static off_t raw_seek(Buffered *self, off_t target, int whence)
{
    PyObject *offset = io_from_offset(target), *how = PyLong_FromLong(whence), *result = NULL;
    if (offset != NULL && how != NULL)
        result = io_call(self->raw, io_str_seek, offset, how);
    Py_XDECREF(offset);
    Py_XDECREF(how);
    if (result == NULL)
        return -1;
    off_t n = io_as_offset(result, PyExc_ValueError);
    Py_DECREF(result);
    if (n < 0) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_OSError, "Raw stream returned invalid position %lld", (long long)n);
        return -1;
    }
    return self->abs_pos = n;
}

/* Read up to `size` bytes to `to`: how many, 0 at the end, -2 if it would block, -1 with an exception. */
static Py_ssize_t raw_read(Buffered *self, char *to, Py_ssize_t size)
{
    Py_buffer view;
    PyObject *memory, *result;
    if (PyBuffer_FillInfo(&view, NULL, to, size, 0, PyBUF_CONTIG) < 0)
        return -1;
    memory = PyMemoryView_FromBuffer(&view);
    if (memory == NULL)
        return -1;
    do {
        result = io_call1(self->raw, io_str_readinto, memory);
    } while (result == NULL && io_trap_eintr());
    io_end_loan(memory);
    if (result == NULL)
        return -1;
    if (result == Py_None) {
        Py_DECREF(result);
        return -2;
    }
    Py_ssize_t n = PyNumber_AsSsize_t(result, PyExc_ValueError);
    Py_DECREF(result);
    if (n == -1 && PyErr_Occurred()) {
        _PyErr_FormatFromCause(PyExc_OSError, "raw readinto() failed");
        return -1;
    }
    if (n < 0 || n > size) {
        PyErr_Format(PyExc_OSError, "raw readinto() returned invalid length %zd (should have been between 0 and %zd)", n, size);
        return -1;
    }
    if (n > 0 && self->abs_pos != -1)
        self->abs_pos += n;
    return n;
}

/* Write up to `size` bytes: how many, -2 if it would block, -1 with an exception. */
static Py_ssize_t raw_write(Buffered *self, const char *from, Py_ssize_t size)
{
    Py_buffer view;
    PyObject *memory, *result;
    if (PyBuffer_FillInfo(&view, NULL, (char *)from, size, 1, PyBUF_CONTIG_RO) < 0)
        return -1;
    memory = PyMemoryView_FromBuffer(&view);
    if (memory == NULL)
        return -1;
    int error;
    do {
        errno = 0;
        result = io_call1(self->raw, io_str_write, memory);
        error = errno;
    } while (result == NULL && io_trap_eintr());
    io_end_loan(memory);
    if (result == NULL)
        return -1;
    if (result == Py_None) {
        Py_DECREF(result);
        errno = error;
        return -2;
    }
    Py_ssize_t n = PyNumber_AsSsize_t(result, PyExc_ValueError);
    Py_DECREF(result);
    if (n < 0 || n > size) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_OSError, "raw write() returned invalid length %zd (should have been between 0 and %zd)", n, size);
        return -1;
    }
    if (n > 0 && self->abs_pos != -1)
        self->abs_pos += n;
    return n;
}

/* BlockingIOError with the number of bytes that were taken. */
static void set_blocking_error(const char *message, Py_ssize_t written)
{
    PyObject *error;
    PyErr_Clear();
    error = PyObject_CallFunction(PyExc_BlockingIOError, "isn", errno, message, written);
    if (error != NULL) {
        PyErr_SetObject(PyExc_BlockingIOError, error);
        Py_DECREF(error);
    }
}

/* --- Buffer ---------------------------------------------------------------------------------------------------------------- */

static Py_ssize_t ahead(Buffered *self) { return self->writing ? 0 : self->fill - self->pos; }

/* Write out what waits.  0 or -1; what could not be written stays. */
static int flush_pending(Buffered *self)
{
    Py_ssize_t done = 0;
    if (!self->writing)
        return 0;
    while (done < self->fill) {
        Py_ssize_t n = raw_write(self, self->buffer + done, self->fill - done);
        if (n >= 0) {
            done += n;
            if (n == 0 || PyErr_CheckSignals() == 0)
                continue;
            n = -1;
        }
        if (n == -2)
            set_blocking_error("write could not complete without blocking", 0);
        memmove(self->buffer, self->buffer + done, self->fill - done);
        self->fill -= done;
        self->pos = self->fill;
        return -1;
    }
    self->pos = self->fill = 0;
    self->writing = 0;
    return 0;
}

/* Forget what was read ahead and move the raw stream back to the logical position.  0 or -1. */
static int rewind_ahead(Buffered *self)
{
    Py_ssize_t n = ahead(self);
    if (self->writing)
        return 0;
    if (n > 0 && raw_seek(self, -n, 1) < 0)
        return -1;
    self->pos = self->fill = 0;
    return 0;
}

/* Before a read: nothing may wait to be written. */
static int turn_to_reading(Buffered *self) { return self->writing ? flush_pending(self) : 0; }

/* Fill the empty read buffer with one raw read; as raw_read(). */
static Py_ssize_t fill_buffer(Buffered *self)
{
    self->pos = self->fill = 0;
    Py_ssize_t n = raw_read(self, self->buffer, self->buffer_size);
    if (n > 0)
        self->fill = n;
    return n;
}

/* --- Reading ------------------------------------------------------------------------------------------------------------------ */

static PyObject *take_ahead(Buffered *self, Py_ssize_t n)
{
    PyObject *bytes = PyBytes_FromStringAndSize(self->buffer + self->pos, n);
    if (bytes != NULL)
        self->pos += n;
    return bytes;
}

/* read() to the end.  The lock is held. */
static PyObject *read_all(Buffered *self)
{
    PyObject *readall, *chunks = NULL, *data = NULL, *piece = NULL, *result = NULL;
    if (turn_to_reading(self) < 0)
        return NULL;
    Py_ssize_t have = ahead(self);
    if (have > 0 && (data = take_ahead(self, have)) == NULL)
        return NULL;
    self->pos = self->fill = 0;
    if (self->raw == NULL || _PyObject_LookupAttr(self->raw, io_str_readall, &readall) < 0) {
        if (self->raw == NULL)
            check_ready(self);
        goto done;
    }
    if (readall != NULL) {
        piece = _PyObject_CallNoArg(readall);
        Py_DECREF(readall);
        if (piece == NULL)
            goto done;
        if (piece != Py_None && !PyBytes_Check(piece)) {
            PyErr_SetString(PyExc_TypeError, "readall() should return bytes");
            goto done;
        }
        if (self->abs_pos != -1 && piece != Py_None)
            self->abs_pos += PyBytes_GET_SIZE(piece);
        if (data == NULL) {
            result = piece;
            piece = NULL;
        } else if (piece == Py_None) {
            result = data;
            data = NULL;
        } else {
            PyBytes_Concat(&data, piece);
            result = data;
            data = NULL;
        }
        goto done;
    }
    chunks = PyList_New(0);
    if (chunks == NULL)
        goto done;
    for (;;) {
        if (data != NULL) {
            int rc = PyList_Append(chunks, data);
            Py_CLEAR(data);
            if (rc < 0)
                goto done;
        }
        data = io_call0(self->raw, io_str_read);
        if (data == NULL)
            goto done;
        if (data != Py_None && !PyBytes_Check(data)) {
            PyErr_SetString(PyExc_TypeError, "read() should return bytes");
            goto done;
        }
        if (data == Py_None || PyBytes_GET_SIZE(data) == 0) {
            if (PyList_GET_SIZE(chunks) == 0) {
                result = data;
                data = NULL;
            } else {
                result = _PyBytes_Join(io_empty_bytes, chunks);
            }
            goto done;
        }
        if (self->abs_pos != -1)
            self->abs_pos += PyBytes_GET_SIZE(data);
    }
done:
    Py_XDECREF(data);
    Py_XDECREF(piece);
    Py_XDECREF(chunks);
    return result;
}

/* read(n) when the buffer alone does not suffice.  The lock is held. */
static PyObject *read_n(Buffered *self, Py_ssize_t n)
{
    if (turn_to_reading(self) < 0)
        return NULL;
    Py_ssize_t have = ahead(self), done = 0;
    if (n <= have)
        return take_ahead(self, n);
    PyObject *result = PyBytes_FromStringAndSize(NULL, n);
    if (result == NULL)
        return NULL;
    char *to = PyBytes_AS_STRING(result);
    memcpy(to, self->buffer + self->pos, have);
    done = have;
    self->pos = self->fill = 0;
    while (done < n) {
        Py_ssize_t left = n - done, got;
        /* Whole buffers go straight to the result. */
        Py_ssize_t direct = left - left % self->buffer_size;
        if (direct > 0) {
            got = raw_read(self, to + done, direct);
            if (got > 0)
                done += got;
        } else {
            got = fill_buffer(self);
            if (got > 0) {
                Py_ssize_t use = got < left ? got : left;
                memcpy(to + done, self->buffer, use);
                self->pos = use;
                done += use;
            }
        }
        if (got == -1)
            goto error;
        if (got == -2 && done == 0) {
            Py_DECREF(result);
            Py_RETURN_NONE;
        }
        if (got <= 0)
            break;
    }
    if (done < n && _PyBytes_Resize(&result, done) < 0)
        return NULL;
    return result;
error:
    Py_DECREF(result);
    return NULL;
}

static PyObject *buffered_read(Buffered *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t n = -1;
    PyObject *result;
    if (!_PyArg_CheckPositional("read", nargs, 0, 1) || (nargs && !io_convert_size(args[0], &n)))
        return NULL;
    if (check_ready(self) < 0)
        return NULL;
    if (n < -1) {
        PyErr_SetString(PyExc_ValueError, "read length must be non-negative or -1");
        return NULL;
    }
    if (begin(self, "read of closed file") < 0)
        return NULL;
    result = n == -1 ? read_all(self) : read_n(self, n);
    lock_leave(self);
    return result;
}

static PyObject *buffered_read1(Buffered *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t n = -1;
    PyObject *result = NULL;
    if (!_PyArg_CheckPositional("read1", nargs, 0, 1))
        return NULL;
    if (nargs) {
        n = PyNumber_AsSsize_t(args[0], PyExc_OverflowError);
        if (n == -1 && PyErr_Occurred())
            return NULL;
    }
    if (check_ready(self) < 0)
        return NULL;
    if (n < 0)
        n = self->buffer_size;
    if (begin(self, "read of closed file") < 0)
        return NULL;
    if (n == 0) {
        lock_leave(self);
        return PyBytes_FromStringAndSize(NULL, 0);
    }
    if (turn_to_reading(self) == 0) {
        Py_ssize_t have = ahead(self);
        if (have > 0) {
            result = take_ahead(self, n < have ? n : have);
        } else {
            result = PyBytes_FromStringAndSize(NULL, n);
            self->pos = self->fill = 0;
            if (result != NULL) {
                Py_ssize_t got = raw_read(self, PyBytes_AS_STRING(result), n);
                if (got == -1)
                    Py_CLEAR(result);
                else if (got != n)
                    _PyBytes_Resize(&result, got < 0 ? 0 : got);
            }
        }
    }
    lock_leave(self);
    return result;
}

static PyObject *readinto_common(Buffered *self, PyObject *target, int once, const char *spec)
{
    Py_buffer view;
    PyObject *result = NULL;
    Py_ssize_t done = 0;
    if (check_ready(self) < 0)
        return NULL;
    if (!PyArg_Parse(target, spec, &view))
        return NULL;
    if (begin(self, "readinto of closed file") < 0)
        goto release;
    if (turn_to_reading(self) < 0)
        goto leave;
    Py_ssize_t n = ahead(self);
    if (n > 0) {
        done = n < view.len ? n : view.len;
        memcpy(view.buf, self->buffer + self->pos, done);
        self->pos += done;
    }
    for (int tries = 0; done < view.len; tries++) {
        Py_ssize_t left = view.len - done;
        /* readinto1(): one raw read, and through the buffer only if there was nothing in it. */
        if (once && (tries > 0 || (done > 0 && left <= self->buffer_size)))
            break;
        if (left > self->buffer_size) {
            self->pos = self->fill = 0;
            n = raw_read(self, (char *)view.buf + done, left);
        } else {
            n = fill_buffer(self);
            if (n > 0) {
                n = n < left ? n : left;
                memcpy((char *)view.buf + done, self->buffer, n);
                self->pos = n;
            }
        }
        if (n == -1)
            goto leave;
        if (n == -2 && done == 0) {
            Py_INCREF(Py_None);
            result = Py_None;
            goto leave;
        }
        if (n <= 0)
            break;
        done += n;
    }
    result = PyLong_FromSsize_t(done);
leave:
    lock_leave(self);
release:
    PyBuffer_Release(&view);
    return result;
}

static PyObject *buffered_readinto(Buffered *self, PyObject *target)
{
    return readinto_common(self, target, 0, "w*:readinto");
}

static PyObject *buffered_readinto1(Buffered *self, PyObject *target)
{
    return readinto_common(self, target, 1, "w*:readinto1");
}

static PyObject *buffered_peek(Buffered *self, PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *result = NULL;
    if (!_PyArg_CheckPositional("peek", nargs, 0, 1))
        return NULL;
    if (nargs && PyNumber_AsSsize_t(args[0], PyExc_OverflowError) == -1 && PyErr_Occurred())
        return NULL;
    if (begin(self, "peek of closed file") < 0)
        return NULL;
    if (turn_to_reading(self) == 0) {
        Py_ssize_t n = ahead(self);
        if (n == 0)
            n = fill_buffer(self);
        if (n != -1)
            result = PyBytes_FromStringAndSize(self->buffer + self->pos, n < 0 ? 0 : n);
    }
    lock_leave(self);
    return result;
}

/* readline(limit), limit -1 for none. */
static PyObject *read_line(Buffered *self, Py_ssize_t limit)
{
    PyObject *chunks = NULL, *piece, *result = NULL;
    if (begin(self, "readline of closed file") < 0)
        return NULL;
    if (turn_to_reading(self) < 0)
        goto done;
    for (;;) {
        Py_ssize_t n = ahead(self);
        if (limit >= 0 && n > limit)
            n = limit;
        const char *start = self->buffer + self->pos, *end = n ? memchr(start, '\n', n) : NULL;
        int complete = end != NULL || (limit >= 0 && n == limit);
        if (end != NULL)
            n = end - start + 1;
        if (complete && chunks == NULL) {
            result = take_ahead(self, n);
            goto done;
        }
        if (n > 0) {
            if (chunks == NULL && (chunks = PyList_New(0)) == NULL)
                goto done;
            piece = take_ahead(self, n);
            if (piece == NULL)
                goto done;
            int rc = PyList_Append(chunks, piece);
            Py_DECREF(piece);
            if (rc < 0)
                goto done;
            if (limit >= 0)
                limit -= n;
        }
        if (complete)
            break;
        n = fill_buffer(self);
        if (n == -1)
            goto done;
        if (n <= 0)
            break;
    }
    result = chunks == NULL ? PyBytes_FromStringAndSize(NULL, 0) : _PyBytes_Join(io_empty_bytes, chunks);
done:
    lock_leave(self);
    Py_XDECREF(chunks);
    return result;
}

static PyObject *buffered_readline(Buffered *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t size = -1;
    if (!_PyArg_CheckPositional("readline", nargs, 0, 1) || (nargs && !io_convert_size(args[0], &size)))
        return NULL;
    return check_ready(self) < 0 ? NULL : read_line(self, size);
}

static PyObject *buffered_next(Buffered *self)
{
    if (check_ready(self) < 0)
        return NULL;
    PyTypeObject *tp = Py_TYPE(self);
    PyObject *line;
    if (tp == &BufferedReader_Type || tp == &BufferedRandom_Type) {
        line = read_line(self, -1);
    } else {
        line = io_call0((PyObject *)self, io_str_readline);
        if (line && !PyBytes_Check(line)) {
            PyErr_Format(PyExc_OSError, "readline() should have returned a bytes object, not '%.200s'", Py_TYPE(line)->tp_name);
            Py_DECREF(line);
            return NULL;
        }
    }
    if (line != NULL && PyBytes_GET_SIZE(line) == 0)
        Py_CLEAR(line);
    return line;
}

/* --- Writing ------------------------------------------------------------------------------------------------------------------- */

static PyObject *buffered_write(Buffered *self, PyObject *arg)
{
    Py_buffer view;
    PyObject *result = NULL;
    Py_ssize_t taken = 0, n;
    if (check_ready(self) < 0)
        return NULL;
    if (!PyArg_Parse(arg, "y*:write", &view))
        return NULL;
    if (lock_enter(self) < 0)
        goto release;
    /* Asked under the lock: another thread may close the file meanwhile. */
    if (check_open(self, "write to closed file") < 0)
        goto leave;
    if (self->buffer == NULL) { /* closed, though the raw stream says that it is not */
        PyErr_SetString(PyExc_ValueError, "write to closed file");
        goto leave;
    }
    if (!self->writing) {
        if (rewind_ahead(self) < 0)
            goto leave;
        self->writing = 1;
    }
    const char *data = view.buf;
    if (view.len > self->buffer_size - self->fill) {
        if (flush_pending(self) < 0) {
            if (!PyErr_ExceptionMatches(PyExc_BlockingIOError))
                goto leave;
            /* Take what there is room for, and tell. */
            PyErr_Clear();
            int saved = errno;
            n = self->buffer_size - self->fill;
            if (n > view.len)
                n = view.len;
            memcpy(self->buffer + self->fill, data, n);
            self->pos = self->fill += n;
            errno = saved ? saved : EAGAIN;
            if (n == view.len)
                goto all_taken;
            set_blocking_error("write could not complete without blocking", n);
            goto leave;
        }
        self->writing = 1;
        while (view.len - taken > self->buffer_size) {
            n = raw_write(self, data + taken, view.len - taken);
            if (n == -1)
                goto leave;
            if (n == -2) {
                if (view.len - taken > self->buffer_size) {
                    memcpy(self->buffer, data + taken, self->buffer_size);
                    self->pos = self->fill = self->buffer_size;
                    taken += self->buffer_size;
                    set_blocking_error("write could not complete without blocking", taken);
                    goto leave;
                }
                break;
            }
            taken += n;
            if (PyErr_CheckSignals() < 0)
                goto leave;
        }
    }
    memcpy(self->buffer + self->fill, data + taken, view.len - taken);
    self->pos = self->fill += view.len - taken;
all_taken:
    result = PyLong_FromSsize_t(view.len);
leave:
    lock_leave(self);
release:
    PyBuffer_Release(&view);
    return result;
}

static PyObject *buffered_flush(Buffered *self, PyObject *unused)
{
    if (begin(self, "flush of closed file") < 0)
        return NULL;
    int rc = self->writing ? flush_pending(self) : 0;
    if (rc == 0 && self->readable && self->writable)
        rc = rewind_ahead(self);
    lock_leave(self);
    if (rc < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* --- Positions -------------------------------------------------------------------------------------------------------------------- */

/* Where the user stands; -1 with an exception. */
static off_t logical_pos(Buffered *self)
{
    off_t raw = raw_tell(self);
    if (raw < 0)
        return -1;
    return self->writing ? raw + self->fill : raw - ahead(self);
}

static PyObject *buffered_tell(Buffered *self, PyObject *unused)
{
    if (check_ready(self) < 0)
        return NULL;
    off_t pos = logical_pos(self);
    if (pos < 0) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_OSError, "Raw stream returned invalid position %lld", (long long)pos);
        return NULL;
    }
    return io_from_offset(pos);
}

static PyObject *buffered_seek(Buffered *self, PyObject *const *args, Py_ssize_t nargs)
{
    int whence = 0;
    PyObject *result = NULL;
    if (!_PyArg_CheckPositional("seek", nargs, 1, 2))
        return NULL;
    if (nargs == 2 && (whence = _PyLong_AsInt(args[1])) == -1 && PyErr_Occurred())
        return NULL;
    if (check_ready(self) < 0)
        return NULL;
    if (whence < 0 || (whence > 2 && whence != SEEK_HOLE && whence != SEEK_DATA)) {
        PyErr_Format(PyExc_ValueError, "whence value %d unsupported", whence);
        return NULL;
    }
    if (check_open(self, "seek of closed file") < 0 || io_check_seekable(self->raw, NULL) == NULL)
        return NULL;
    off_t target = io_as_offset(args[0], PyExc_ValueError);
    if (target == -1 && PyErr_Occurred())
        return NULL;

    if (whence < 2 && !self->writing && self->readable && ahead(self) > 0) {
        /* A target inside what was read ahead needs no system call. With nothing there, other processes may have moved. */
        off_t current = self->abs_pos >= 0 ? self->abs_pos : raw_tell(self);
        if (current == -1)
            return NULL;
        off_t offset = whence == 0 ? target - (current - ahead(self)) : target;
        if (offset >= -(off_t)self->pos && offset <= ahead(self)) {
            self->pos += (Py_ssize_t)offset;
            return io_from_offset(current - ahead(self));
        }
    }
    if (begin(self, "seek of closed file") < 0)
        return NULL;
    if (self->writing && flush_pending(self) < 0)
        goto done;
    if (whence == 1)
        target -= ahead(self);
    off_t n = raw_seek(self, target, whence);
    if (n == -1)
        goto done;
    self->pos = self->fill = 0;
    result = io_from_offset(n);
done:
    lock_leave(self);
    return result;
}

static PyObject *buffered_truncate(Buffered *self, PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *pos = nargs ? args[0] : Py_None, *result = NULL;
    if (!_PyArg_CheckPositional("truncate", nargs, 0, 1) || check_ready(self) < 0)
        return NULL;
    if (begin(self, "truncate of closed file") < 0)
        return NULL;
    /* One that only reads leaves it to the raw file to refuse. */
    if (!self->writable || (flush_pending(self) == 0 && rewind_ahead(self) == 0)) {
        if (pos == Py_None)
            pos = io_call0(self->raw, io_str_tell);
        else
            Py_INCREF(pos);
        if (pos != NULL) {
            result = io_call1(self->raw, io_str_truncate, pos);
            Py_DECREF(pos);
        }
        if (result != NULL && raw_tell(self) == -1)
            PyErr_Clear();
    }
    lock_leave(self);
    return result;
}

/* --- Life and attributes ------------------------------------------------------------------------------------------------------------ */

static PyObject *buffered_detach(Buffered *self, PyObject *unused)
{
    if (check_ready(self) < 0)
        return NULL;
    PyObject *flushed = io_call0((PyObject *)self, io_str_flush);
    if (flushed == NULL)
        return NULL;
    Py_DECREF(flushed);
    if (check_ready(self) < 0 || lock_enter(self) < 0)
        return NULL;
    PyObject *raw = self->raw;
    self->raw = NULL;
    self->detached = 1;
    self->ok = 0;
    lock_leave(self);
    return raw;
}

static PyObject *buffered_dealloc_warn(Buffered *self, PyObject *source)
{
    if (self->ok && self->raw) {
        PyObject *result = io_call1(self->raw, io_str__dealloc_warn, source);
        if (result != NULL)
            Py_DECREF(result);
        else
            PyErr_Clear();
    }
    Py_RETURN_NONE;
}

static PyObject *buffered_close(Buffered *self, PyObject *unused)
{
    PyObject *type = NULL, *value = NULL, *traceback = NULL, *result = NULL;
    if (check_ready(self) < 0 || lock_enter(self) < 0)
        return NULL;
    int closed = raw_is_closed(self);
    if (closed < 0)
        goto leave;
    if (closed > 0) {
        Py_INCREF(Py_None);
        result = Py_None;
        goto leave;
    }
    if (self->finalizing)
        Py_XDECREF(buffered_dealloc_warn(self, (PyObject *)self));
    lock_leave(self);
    result = io_call0((PyObject *)self, io_str_flush);
    if (result == NULL)
        PyErr_Fetch(&type, &value, &traceback);
    else
        Py_DECREF(result);
    if (lock_enter(self) < 0) {
        _PyErr_ChainExceptions(type, value, traceback);
        return NULL;
    }
    result = io_call0(self->raw, io_str_close);
    PyMem_Free(self->buffer);
    self->buffer = NULL;
    self->buffer_size = 0;
    self->pos = self->fill = 0;
    self->writing = 0;
    if (type != NULL) {
        _PyErr_ChainExceptions(type, value, traceback);
        Py_CLEAR(result);
    }
leave:
    lock_leave(self);
    return result;
}

#define FORWARD(function, name)                                                                              \
    static PyObject *function(Buffered *self, PyObject *unused)                                              \
    {                                                                                                        \
        return check_ready(self) < 0 ? NULL : io_call0(self->raw, name);                                     \
    }
FORWARD(buffered_seekable, io_str_seekable)
FORWARD(buffered_readable, io_str_readable)
FORWARD(buffered_writable, io_str_writable)
FORWARD(buffered_fileno, io_str_fileno)
FORWARD(buffered_isatty, io_str_isatty)

static PyObject *buffered_simple_flush(Buffered *self, PyObject *unused)
{
    return check_ready(self) < 0 ? NULL : io_call0(self->raw, io_str_flush);
}

#define FORWARD_ATTRIBUTE(function, name)                                                                    \
    static PyObject *function(Buffered *self, void *closure)                                                 \
    {                                                                                                        \
        return check_ready(self) < 0 ? NULL : io_get(self->raw, name);                                       \
    }
FORWARD_ATTRIBUTE(buffered_get_closed, io_str_closed)
FORWARD_ATTRIBUTE(buffered_get_name, io_str_name)
FORWARD_ATTRIBUTE(buffered_get_mode, io_str_mode)

static PyObject *buffered_repr(Buffered *self)
{
    PyObject *name, *result = NULL;
    if (_PyObject_LookupAttr((PyObject *)self, io_str_name, &name) < 0) {
        if (!PyErr_ExceptionMatches(PyExc_ValueError))
            return NULL;
        PyErr_Clear();
        name = NULL;
    }
    if (name == NULL)
        return PyUnicode_FromFormat("<%s>", Py_TYPE(self)->tp_name);
    int status = Py_ReprEnter((PyObject *)self);
    if (status == 0) {
        result = PyUnicode_FromFormat("<%s name=%R>", Py_TYPE(self)->tp_name, name);
        Py_ReprLeave((PyObject *)self);
    } else if (status > 0) {
        PyErr_Format(PyExc_RuntimeError, "reentrant call inside %s.__repr__", Py_TYPE(self)->tp_name);
    }
    Py_DECREF(name);
    return result;
}

static PyObject *buffered_sizeof(Buffered *self, PyObject *unused)
{
    return PyLong_FromSsize_t(_PyObject_SIZE(Py_TYPE(self)) + (self->buffer ? self->buffer_size : 0));
}

/* What all three __init__ share, after the raw stream's abilities were checked.  0 or -1. */
static int init_over(Buffered *self, PyObject *raw, Py_ssize_t buffer_size, int readable, int writable)
{
    if (buffer_size <= 0) {
        PyErr_SetString(PyExc_ValueError, "buffer size must be strictly positive");
        return -1;
    }
    if (self->lock == NULL && (self->lock = PyThread_allocate_lock()) == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "can't allocate read lock");
        return -1;
    }
    if (lock_enter(self) < 0) /* called again, in the middle of an operation */
        return -1;
    char *buffer = PyMem_Malloc(buffer_size);
    if (buffer == NULL) {
        lock_leave(self);
        PyErr_NoMemory();
        return -1;
    }
    self->ok = 0;
    self->detached = 0;
    PyMem_Free(self->buffer);
    self->buffer = buffer;
    self->buffer_size = buffer_size;
    self->pos = self->fill = 0;
    self->writing = 0;
    self->readable = readable;
    self->writable = writable;
    PyObject *old = self->raw;
    Py_INCREF(raw);
    self->raw = raw;
    self->abs_pos = -1;
    if (raw_tell(self) == -1) {
        PyErr_Clear();
        self->abs_pos = -1;
    }
    self->ok = 1;
    lock_leave(self);
    Py_XDECREF(old);
    return 0;
}

static int parse_init(Buffered *self, PyObject *args, PyObject *kwds, const char *format, PyObject **raw, Py_ssize_t *size)
{
    static char *names[] = {"raw", "buffer_size", NULL};
    *size = IO_DEFAULT_BUFFER_SIZE;
    if (self->owner != PyThread_get_thread_ident()) { /* else init_over() refuses */
        self->ok = 0;
        self->detached = 0;
    }
    return PyArg_ParseTupleAndKeywords(args, kwds, format, names, raw, size) ? 0 : -1;
}

static int reader_init(Buffered *self, PyObject *args, PyObject *kwds)
{
    PyObject *raw;
    Py_ssize_t size;
    if (parse_init(self, args, kwds, "O|n:BufferedReader", &raw, &size) < 0 || io_check_readable(raw, NULL) == NULL)
        return -1;
    return init_over(self, raw, size, 1, 0);
}

static int writer_init(Buffered *self, PyObject *args, PyObject *kwds)
{
    PyObject *raw;
    Py_ssize_t size;
    if (parse_init(self, args, kwds, "O|n:BufferedWriter", &raw, &size) < 0 || io_check_writable(raw, NULL) == NULL)
        return -1;
    return init_over(self, raw, size, 0, 1);
}

static int random_init(Buffered *self, PyObject *args, PyObject *kwds)
{
    PyObject *raw;
    Py_ssize_t size;
    if (parse_init(self, args, kwds, "O|n:BufferedRandom", &raw, &size) < 0 || io_check_seekable(raw, NULL) == NULL ||
        io_check_readable(raw, NULL) == NULL || io_check_writable(raw, NULL) == NULL)
        return -1;
    return init_over(self, raw, size, 1, 1);
}

static int buffered_traverse(Buffered *self, visitproc visit, void *arg)
{
    Py_VISIT(self->raw);
    Py_VISIT(self->dict);
    return 0;
}

static int buffered_clear(Buffered *self)
{
    self->ok = 0;
    Py_CLEAR(self->raw);
    Py_CLEAR(self->dict);
    return 0;
}

static void buffered_dealloc(Buffered *self)
{
    self->finalizing = 1;
    if (io_finalize((PyObject *)self) < 0)
        return;
    PyObject_GC_UnTrack(self);
    self->ok = 0;
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs((PyObject *)self);
    Py_CLEAR(self->raw);
    PyMem_Free(self->buffer);
    self->buffer = NULL;
    if (self->lock) {
        PyThread_free_lock(self->lock);
        self->lock = NULL;
    }
    Py_CLEAR(self->dict);
    Py_TYPE(self)->tp_free(self);
}

#define M(function) (PyCFunction)(void (*)(void))function
#define COMMON_METHODS                                                                                       \
    {"detach", M(buffered_detach), METH_NOARGS, PyDoc_STR("detach($self, /)\n--\n\nFlush, separate the raw stream and return it.")}, \
    {"flush", M(buffered_simple_flush), METH_NOARGS, NULL},                                                  \
    {"close", M(buffered_close), METH_NOARGS, PyDoc_STR("close($self, /)\n--\n\nFlush and close the raw stream.")}, \
    {"seekable", M(buffered_seekable), METH_NOARGS, PyDoc_STR("seekable($self, /)\n--\n\nReturn whether seek() and tell() work.")},                                                   \
    {"fileno", M(buffered_fileno), METH_NOARGS, PyDoc_STR("fileno($self, /)\n--\n\nReturn the descriptor of the raw stream.")},                                                       \
    {"isatty", M(buffered_isatty), METH_NOARGS, PyDoc_STR("isatty($self, /)\n--\n\nReturn whether the raw stream is a terminal.")},                                                       \
    {"_dealloc_warn", M(buffered_dealloc_warn), METH_O, NULL},                                               \
    {"tell", M(buffered_tell), METH_NOARGS, PyDoc_STR("tell($self, /)\n--\n\nReturn the position.")},        \
    {"truncate", M(buffered_truncate), METH_FASTCALL, PyDoc_STR("truncate($self, pos=None, /)\n--\n\nMake the file pos bytes long, the position by default.")}, \
    {"__sizeof__", M(buffered_sizeof), METH_NOARGS, NULL}
#define READ_METHODS                                                                                         \
    {"read", M(buffered_read), METH_FASTCALL, PyDoc_STR("read($self, size=-1, /)\n--\n\nReturn up to size bytes, all up to the end if size is -1 or None.")}, \
    {"peek", M(buffered_peek), METH_FASTCALL, PyDoc_STR("peek($self, size=0, /)\n--\n\nReturn bytes that come next without moving; at most one raw read is made.")}, \
    {"read1", M(buffered_read1), METH_FASTCALL, PyDoc_STR("read1($self, size=-1, /)\n--\n\nReturn up to size bytes with at most one raw read.")}, \
    {"readinto", M(buffered_readinto), METH_O, PyDoc_STR("readinto($self, buffer, /)\n--\n\nRead into a writable buffer; return how many bytes came.")}, \
    {"readinto1", M(buffered_readinto1), METH_O, PyDoc_STR("readinto1($self, buffer, /)\n--\n\nThe same with at most one raw read.")}, \
    {"readline", M(buffered_readline), METH_FASTCALL, PyDoc_STR("readline($self, size=-1, /)\n--\n\nReturn the next line, at most size bytes of it.")}, \
    {"readable", M(buffered_readable), METH_NOARGS, PyDoc_STR("readable($self, /)\n--\n\nReturn whether the raw stream can be read.")}
#define SEEK_METHOD                                                                                          \
    {"seek", M(buffered_seek), METH_FASTCALL, PyDoc_STR("seek($self, target, whence=0, /)\n--\n\nMove to target bytes from the start (0), the current place (1) or the end (2); return the new position.")}
#define WRITE_METHODS                                                                                        \
    {"write", M(buffered_write), METH_O, PyDoc_STR("write($self, buffer, /)\n--\n\nWrite the bytes of buffer; return how many bytes were taken.\n\nRaises BlockingIOError if the buffer is full and the raw stream would block.")}, \
    {"writable", M(buffered_writable), METH_NOARGS, PyDoc_STR("writable($self, /)\n--\n\nReturn whether the raw stream can be written.")},                                                   \
    {"flush", M(buffered_flush), METH_NOARGS, PyDoc_STR("flush($self, /)\n--\n\nWrite out what is buffered.")}

static PyMethodDef reader_methods[] = {COMMON_METHODS, READ_METHODS, SEEK_METHOD, {NULL}};
static PyMethodDef writer_methods[] = {
    {"detach", M(buffered_detach), METH_NOARGS, NULL},
    {"close", M(buffered_close), METH_NOARGS, NULL},
    {"seekable", M(buffered_seekable), METH_NOARGS, PyDoc_STR("seekable($self, /)\n--\n\nReturn whether seek() and tell() work.")},
    {"fileno", M(buffered_fileno), METH_NOARGS, PyDoc_STR("fileno($self, /)\n--\n\nReturn the descriptor of the raw stream.")},
    {"isatty", M(buffered_isatty), METH_NOARGS, PyDoc_STR("isatty($self, /)\n--\n\nReturn whether the raw stream is a terminal.")},
    {"_dealloc_warn", M(buffered_dealloc_warn), METH_O, NULL},
    {"tell", M(buffered_tell), METH_NOARGS, NULL},
    {"truncate", M(buffered_truncate), METH_FASTCALL, PyDoc_STR("truncate($self, pos=None, /)\n--\n\nMake the file pos bytes long, the position by default.")},
    {"__sizeof__", M(buffered_sizeof), METH_NOARGS, NULL},
    WRITE_METHODS, SEEK_METHOD, {NULL}};
static PyMethodDef random_methods[] = {
    {"detach", M(buffered_detach), METH_NOARGS, NULL},
    {"close", M(buffered_close), METH_NOARGS, NULL},
    {"seekable", M(buffered_seekable), METH_NOARGS, PyDoc_STR("seekable($self, /)\n--\n\nReturn whether seek() and tell() work.")},
    {"fileno", M(buffered_fileno), METH_NOARGS, PyDoc_STR("fileno($self, /)\n--\n\nReturn the descriptor of the raw stream.")},
    {"isatty", M(buffered_isatty), METH_NOARGS, PyDoc_STR("isatty($self, /)\n--\n\nReturn whether the raw stream is a terminal.")},
    {"_dealloc_warn", M(buffered_dealloc_warn), METH_O, NULL},
    {"tell", M(buffered_tell), METH_NOARGS, NULL},
    {"truncate", M(buffered_truncate), METH_FASTCALL, PyDoc_STR("truncate($self, pos=None, /)\n--\n\nMake the file pos bytes long, the position by default.")},
    {"__sizeof__", M(buffered_sizeof), METH_NOARGS, NULL},
    WRITE_METHODS, READ_METHODS, SEEK_METHOD, {NULL}};

static PyMemberDef buffered_members[] = {
    {"raw", T_OBJECT, offsetof(Buffered, raw), READONLY, PyDoc_STR("the stream below")},
    {"_finalizing", T_BOOL, offsetof(Buffered, finalizing), 0, NULL},
    {NULL},
};

static PyGetSetDef buffered_getset[] = {
    {"closed", (getter)buffered_get_closed, NULL, PyDoc_STR("whether the stream is closed")},
    {"name", (getter)buffered_get_name, NULL, PyDoc_STR("name of the raw stream")},
    {"mode", (getter)buffered_get_mode, NULL, PyDoc_STR("mode of the raw stream")},
    {NULL},
};

#define BUFFERED_TYPE(variable, type_name, doc, methods, next, init)                                         \
    PyTypeObject variable = {                                                                                \
        PyVarObject_HEAD_INIT(NULL, 0)                                                                       \
        .tp_name = "_io." type_name,                                                                         \
        .tp_basicsize = sizeof(Buffered),                                                                    \
        .tp_dealloc = (destructor)buffered_dealloc,                                                          \
        .tp_repr = (reprfunc)buffered_repr,                                                                  \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_FINALIZE, \
        .tp_doc = PyDoc_STR(type_name doc),                                                                  \
        .tp_traverse = (traverseproc)buffered_traverse,                                                      \
        .tp_clear = (inquiry)buffered_clear,                                                                 \
        .tp_weaklistoffset = offsetof(Buffered, weakreflist),                                                \
        .tp_iternext = next,                                                                                 \
        .tp_methods = methods,                                                                               \
        .tp_members = buffered_members,                                                                      \
        .tp_getset = buffered_getset,                                                                        \
        .tp_base = &BufferedIOBase_Type,                                                                     \
        .tp_dictoffset = offsetof(Buffered, dict),                                                           \
        .tp_init = (initproc)init,                                                                           \
        .tp_new = PyType_GenericNew,                                                                         \
    }

BUFFERED_TYPE(BufferedReader_Type, "BufferedReader",
              "(raw, buffer_size=8192)\n--\n\nA buffer for reading from a raw stream.", reader_methods,
              (iternextfunc)buffered_next, reader_init);
BUFFERED_TYPE(BufferedWriter_Type, "BufferedWriter",
              "(raw, buffer_size=8192)\n--\n\nA buffer for writing to a raw stream.", writer_methods, NULL, writer_init);
BUFFERED_TYPE(BufferedRandom_Type, "BufferedRandom",
              "(raw, buffer_size=8192)\n--\n\nA buffer for reading from and writing to a raw stream that can seek.",
              random_methods, (iternextfunc)buffered_next, random_init);

/* --- BufferedRWPair ------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyObject *reader;
    PyObject *writer;
    PyObject *dict;
    PyObject *weakreflist;
} RWPair;

static int pair_init(RWPair *self, PyObject *args, PyObject *kwds)
{
    PyObject *reader, *writer;
    Py_ssize_t size = IO_DEFAULT_BUFFER_SIZE;
    if (!_PyArg_NoKeywords("BufferedRWPair", Py_TYPE(self) == &BufferedRWPair_Type ? kwds : NULL) ||
        !_PyArg_CheckPositional("BufferedRWPair", PyTuple_GET_SIZE(args), 2, 3) ||
        !PyArg_ParseTuple(args, "OO|n:BufferedRWPair", &reader, &writer, &size))
        return -1;
    if (io_check_readable(reader, NULL) == NULL || io_check_writable(writer, NULL) == NULL)
        return -1;
    Py_XSETREF(self->reader, PyObject_CallFunction((PyObject *)&BufferedReader_Type, "On", reader, size));
    if (self->reader == NULL)
        return -1;
    Py_XSETREF(self->writer, PyObject_CallFunction((PyObject *)&BufferedWriter_Type, "On", writer, size));
    if (self->writer == NULL) {
        Py_CLEAR(self->reader);
        return -1;
    }
    return 0;
}

static PyObject *forward_call(PyObject *half, PyObject *name, PyObject *args)
{
    if (half == NULL) {
        PyErr_SetString(PyExc_ValueError, "I/O operation on uninitialized object");
        return NULL;
    }
    PyObject *method = PyObject_GetAttr(half, name);
    if (method == NULL)
        return NULL;
    PyObject *result = PyObject_CallObject(method, args);
    Py_DECREF(method);
    return result;
}

#define PAIR(function, half, name)                                                                           \
    static PyObject *function(RWPair *self, PyObject *args) { return forward_call(self->half, name, args); }
PAIR(pair_read, reader, io_str_read)
PAIR(pair_peek, reader, io_str_peek)
PAIR(pair_read1, reader, io_str_read1)
PAIR(pair_readinto, reader, io_str_readinto)
PAIR(pair_readinto1, reader, io_str_readinto1)
PAIR(pair_write, writer, io_str_write)
PAIR(pair_flush, writer, io_str_flush)
PAIR(pair_readable, reader, io_str_readable)
PAIR(pair_writable, writer, io_str_writable)

static PyObject *pair_close(RWPair *self, PyObject *unused)
{
    PyObject *type = NULL, *value = NULL, *traceback = NULL;
    PyObject *result = forward_call(self->writer, io_str_close, NULL);
    if (result == NULL)
        PyErr_Fetch(&type, &value, &traceback);
    else
        Py_DECREF(result);
    result = forward_call(self->reader, io_str_close, NULL);
    if (type != NULL) {
        _PyErr_ChainExceptions(type, value, traceback);
        Py_CLEAR(result);
    }
    return result;
}

static PyObject *pair_isatty(RWPair *self, PyObject *unused)
{
    PyObject *result = forward_call(self->writer, io_str_isatty, NULL);
    if (result != Py_False)
        return result;
    Py_DECREF(result);
    return forward_call(self->reader, io_str_isatty, NULL);
}

static PyObject *pair_get_closed(RWPair *self, void *closure)
{
    if (self->writer == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "the BufferedRWPair object is being garbage-collected");
        return NULL;
    }
    return PyObject_GetAttr(self->writer, io_str_closed);
}

static int pair_traverse(RWPair *self, visitproc visit, void *arg)
{
    Py_VISIT(self->dict);
    Py_VISIT(self->reader);
    Py_VISIT(self->writer);
    return 0;
}

static int pair_clear(RWPair *self)
{
    Py_CLEAR(self->reader);
    Py_CLEAR(self->writer);
    Py_CLEAR(self->dict);
    return 0;
}

static void pair_dealloc(RWPair *self)
{
    PyObject_GC_UnTrack(self);
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs((PyObject *)self);
    pair_clear(self);
    Py_TYPE(self)->tp_free(self);
}

static PyMethodDef pair_methods[] = {
    {"read", M(pair_read), METH_VARARGS, PyDoc_STR("Return up to size bytes of the reader, all up to the end if size is -1 or None.")},
    {"peek", M(pair_peek), METH_VARARGS, PyDoc_STR("Return bytes that come next without moving.")},
    {"read1", M(pair_read1), METH_VARARGS, PyDoc_STR("Return up to size bytes with at most one raw read.")},
    {"readinto", M(pair_readinto), METH_VARARGS, PyDoc_STR("Read into a writable buffer; return how many bytes came.")},
    {"readinto1", M(pair_readinto1), METH_VARARGS, PyDoc_STR("The same with at most one raw read.")},
    {"write", M(pair_write), METH_VARARGS, PyDoc_STR("Write the bytes of b; return how many were taken.")},
    {"flush", M(pair_flush), METH_NOARGS, PyDoc_STR("Write out what is buffered.")},
    {"readable", M(pair_readable), METH_NOARGS, PyDoc_STR("Return whether the reader can be read.")},
    {"writable", M(pair_writable), METH_NOARGS, PyDoc_STR("Return whether the writer can be written.")},
    {"close", M(pair_close), METH_NOARGS, PyDoc_STR("Close both.")},
    {"isatty", M(pair_isatty), METH_NOARGS, PyDoc_STR("Return whether one of the two is a terminal.")},
    {NULL},
};

static PyGetSetDef pair_getset[] = {{"closed", (getter)pair_get_closed, NULL, PyDoc_STR("whether the writer is closed")}, {NULL}};

PyTypeObject BufferedRWPair_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_io.BufferedRWPair",
    .tp_basicsize = sizeof(RWPair),
    .tp_dealloc = (destructor)pair_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_FINALIZE,
    .tp_doc = PyDoc_STR("BufferedRWPair(reader, writer, buffer_size=8192, /)\n--\n\n"
                        "A readable and a writable raw stream as one (a socket, two pipes); it cannot seek."),
    .tp_traverse = (traverseproc)pair_traverse,
    .tp_clear = (inquiry)pair_clear,
    .tp_weaklistoffset = offsetof(RWPair, weakreflist),
    .tp_methods = pair_methods,
    .tp_getset = pair_getset,
    .tp_base = &BufferedIOBase_Type,
    .tp_dictoffset = offsetof(RWPair, dict),
    .tp_init = (initproc)pair_init,
    .tp_new = PyType_GenericNew,
};

/* --- At exit ----------------------------------------------------------------------------------------------------- */

PyObject *io_idle_raw(PyObject *op)
{
    Buffered *self = (Buffered *)op;
    if (Py_TYPE(op) == &FileIO_Type)
        return op;
    if ((Py_TYPE(op) != &BufferedReader_Type && Py_TYPE(op) != &BufferedWriter_Type) || !self->ok ||
        (self->writing ? self->fill > 0 : self->fill > self->pos))
        return NULL;
    return Py_TYPE(self->raw) == &FileIO_Type ? self->raw : NULL;
}
