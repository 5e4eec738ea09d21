/* SPDX-License-Identifier: MIT */
/* mmap: files and anonymous memory mapped into the process.
 *
 *   Map -> data .. data + size   the mapping, NULL once closed
 *          pos                   where read() and write() are; 0 <= pos, may stand past the end after a shrinking resize()
 *
 * [MMAP-1] While exports > 0 the mapping is neither moved nor given back: buffers point into it.
 * [MMAP-2] Anything that may run code may close the map; alive() is asked again after arguments are converted.
 * Tests: tests/modules/test_small_system.py, the reference's test_mmap.
 */
#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include "structmember.h"
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ACCESS_DEFAULT, ACCESS_READ, ACCESS_WRITE, ACCESS_COPY };

typedef struct {
    PyObject_HEAD
    char *data;
    Py_ssize_t size;
    Py_ssize_t pos;
    off_t offset; /* of data in the file */
    Py_ssize_t exports;
    int fd; /* our own duplicate, or -1 */
    int access;
    PyObject *weakreflist;
} Map;

static PyTypeObject MapType;

/* ------------------------------------------------------------------ checks */

static int alive(Map *self)
{
    if (self->data == NULL)
        PyErr_SetString(PyExc_ValueError, "mmap closed or invalid");
    return self->data != NULL;
}

static int writable(Map *self)
{
    if (self->access == ACCESS_READ) {
        PyErr_SetString(PyExc_TypeError, "mmap can't modify a readonly memory map.");
        return 0;
    }
    return 1;
}

static int resizable(Map *self)
{
    if (self->exports > 0) {
        PyErr_SetString(PyExc_BufferError, "mmap can't resize with extant buffers exported.");
        return 0;
    }
    if (self->access != ACCESS_WRITE && self->access != ACCESS_DEFAULT) {
        PyErr_SetString(PyExc_TypeError, "mmap can't resize a readonly or copy-on-write memory map.");
        return 0;
    }
    return 1;
}

static PyObject *value_error(const char *text)
{
    PyErr_SetString(PyExc_ValueError, text);
    return NULL;
}

static Py_ssize_t rest(Map *self)
{
    return self->pos < self->size ? self->size - self->pos : 0;
}

/* ------------------------------------------------------------------ life */

/* The length to map, from the file's size; 0 and offset checks as documented. -1 with an exception. */
static Py_ssize_t length_from_file(int fd, Py_ssize_t length, off_t offset)
{
    struct stat st;
    int failed;
    Py_BEGIN_ALLOW_THREADS
    failed = fstat(fd, &st);
    Py_END_ALLOW_THREADS
    if (failed || !S_ISREG(st.st_mode))
        return length;
    const char *wrong = NULL;
    if (length == 0) {
        if (st.st_size == 0)
            wrong = "cannot mmap an empty file";
        else if (offset >= st.st_size)
            wrong = "mmap offset is greater than file size";
        length = (Py_ssize_t)(st.st_size - offset);
    }
    else if (offset > st.st_size || st.st_size - offset < length)
        wrong = "mmap length is greater than file size";
    if (wrong) {
        value_error(wrong);
        return -1;
    }
    return length;
}

/* Settle flags, prot and the access kind. 0 / -1. */
static int settle_access(int *access, int *flags, int *prot)
{
    if (*access != ACCESS_DEFAULT && (*flags != MAP_SHARED || *prot != (PROT_READ | PROT_WRITE))) {
        value_error("mmap can't specify both access and flags, prot.");
        return -1;
    }
    switch (*access) {
    case ACCESS_READ:
        *prot = PROT_READ;
        return 0;
    case ACCESS_WRITE:
        return 0;
    case ACCESS_COPY:
        *flags = MAP_PRIVATE;
        return 0;
    case ACCESS_DEFAULT:
        if ((*prot & (PROT_READ | PROT_WRITE)) != (PROT_READ | PROT_WRITE))
            *access = *prot & PROT_WRITE ? ACCESS_WRITE : ACCESS_READ;
        return 0;
    default:
        value_error("mmap invalid access parameter.");
        return -1;
    }
}

static PyObject *map_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"fileno", "length", "flags", "prot", "access", "offset", NULL};
    int fd, flags = MAP_SHARED, prot = PROT_READ | PROT_WRITE, access = ACCESS_DEFAULT;
    Py_ssize_t length;
    long offset = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "in|iiil", names, &fd, &length, &flags, &prot, &access, &offset) ||
        PySys_Audit("mmap.__new__", "inil", fd, length, access, offset) < 0)
        return NULL;
    if (length < 0 || offset < 0) {
        PyErr_SetString(PyExc_OverflowError, length < 0 ? "memory mapped length must be positive" : "memory mapped offset must be positive");
        return NULL;
    }
    if (settle_access(&access, &flags, &prot) < 0)
        return NULL;
    if (fd != -1 && (length = length_from_file(fd, length, offset)) < 0)
        return NULL;
    Map *self = (Map *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->fd = -1;
    self->size = length;
    self->offset = offset;
    self->access = access;
    if (fd == -1)
        flags |= MAP_ANONYMOUS;
    else if ((self->fd = _Py_dup(fd)) == -1) {
        Py_DECREF(self);
        return NULL;
    }
    void *data;
    Py_BEGIN_ALLOW_THREADS
    data = mmap(NULL, (size_t)length, prot, flags, fd, offset);
    Py_END_ALLOW_THREADS
    if (data == MAP_FAILED) {
        PyErr_SetFromErrno(PyExc_OSError);
        Py_DECREF(self);
        return NULL;
    }
    self->data = data;
    return (PyObject *)self;
}

/* Give mapping and descriptor back; the object is closed before the GIL goes. */
static void let_go(Map *self)
{
    char *data = self->data;
    Py_ssize_t size = self->size;
    int fd = self->fd;
    self->data = NULL;
    self->fd = -1;
    Py_BEGIN_ALLOW_THREADS
    if (fd >= 0)
        close(fd);
    if (data)
        munmap(data, (size_t)size);
    Py_END_ALLOW_THREADS
}

static void map_dealloc(PyObject *op)
{
    Map *self = (Map *)op;
    if (self->weakreflist)
        PyObject_ClearWeakRefs(op);
    let_go(self);
    Py_TYPE(op)->tp_free(op);
}

static PyObject *map_close(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Map *self = (Map *)op;
    if (self->exports > 0) {
        PyErr_SetString(PyExc_BufferError, "cannot close exported pointers exist");
        return NULL;
    }
    let_go(self);
    Py_RETURN_NONE;
}

static PyObject *map_enter(PyObject *op, PyObject *Py_UNUSED(unused))
{
    if (!alive((Map *)op))
        return NULL;
    Py_INCREF(op);
    return op;
}

static PyObject *map_exit(PyObject *op, PyObject *Py_UNUSED(args))
{
    return map_close(op, NULL);
}

static PyObject *map_closed(PyObject *op, void *Py_UNUSED(unused))
{
    return PyBool_FromLong(((Map *)op)->data == NULL);
}

/* ------------------------------------------------------------------ reading and writing */

static PyObject *map_read_byte(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Map *self = (Map *)op;
    if (!alive(self))
        return NULL;
    if (rest(self) == 0)
        return value_error("read byte out of range");
    return PyLong_FromLong((unsigned char)self->data[self->pos++]);
}

/* Bytes from pos on; pos moves on. */
static PyObject *take(Map *self, Py_ssize_t n)
{
    PyObject *result = PyBytes_FromStringAndSize(self->data + self->pos, n);
    if (result)
        self->pos += n;
    return result;
}

/* For "O&": None leaves the size alone. */
static int size_or_none(PyObject *value, void *out)
{
    Py_ssize_t n;
    if (value == Py_None)
        return 1;
    if (!PyIndex_Check(value)) {
        PyErr_Format(PyExc_TypeError, "argument should be integer or None, not '%.200s'", Py_TYPE(value)->tp_name);
        return 0;
    }
    n = PyNumber_AsSsize_t(value, PyExc_OverflowError);
    if (n == -1 && PyErr_Occurred())
        return 0;
    *(Py_ssize_t *)out = n;
    return 1;
}

static PyObject *map_read(PyObject *op, PyObject *args)
{
    Map *self = (Map *)op;
    Py_ssize_t n = PY_SSIZE_T_MAX;
    if (!alive(self) || !PyArg_ParseTuple(args, "|O&:read", size_or_none, &n) || !alive(self))
        return NULL;
    if (n < 0 || n > rest(self))
        n = rest(self);
    return n ? take(self, n) : PyBytes_FromStringAndSize(NULL, 0);
}

static PyObject *map_readline(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Map *self = (Map *)op;
    if (!alive(self))
        return NULL;
    Py_ssize_t left = rest(self);
    if (left == 0)
        return PyBytes_FromStringAndSize(NULL, 0);
    const char *start = self->data + self->pos, *end = memchr(start, '\n', (size_t)left);
    return take(self, end ? end + 1 - start : left);
}

static PyObject *map_write(PyObject *op, PyObject *args)
{
    Map *self = (Map *)op;
    Py_buffer data;
    PyObject *result = NULL;
    if (!alive(self) || !PyArg_ParseTuple(args, "y*:write", &data))
        return NULL;
    if (!alive(self) || !writable(self))
        goto done;
    if (data.len > rest(self)) {
        value_error("data out of range");
        goto done;
    }
    memmove(self->data + self->pos, data.buf, (size_t)data.len);
    self->pos += data.len;
    result = PyLong_FromSsize_t(data.len);
done:
    PyBuffer_Release(&data);
    return result;
}

static PyObject *map_write_byte(PyObject *op, PyObject *args)
{
    Map *self = (Map *)op;
    unsigned char byte;
    if (!alive(self) || !PyArg_ParseTuple(args, "b:write_byte", &byte) || !alive(self) || !writable(self))
        return NULL;
    if (rest(self) == 0)
        return value_error("write byte out of range");
    self->data[self->pos++] = (char)byte;
    Py_RETURN_NONE;
}

static PyObject *map_tell(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return alive((Map *)op) ? PyLong_FromSsize_t(((Map *)op)->pos) : NULL;
}

static PyObject *map_seek(PyObject *op, PyObject *args)
{
    Map *self = (Map *)op;
    Py_ssize_t distance;
    int whence = SEEK_SET;
    if (!alive(self) || !PyArg_ParseTuple(args, "n|i:seek", &distance, &whence) || !alive(self))
        return NULL;
    Py_ssize_t base;
    switch (whence) {
    case SEEK_SET:
        base = 0;
        break;
    case SEEK_CUR:
        base = self->pos;
        break;
    case SEEK_END:
        base = self->size;
        break;
    default:
        return value_error("unknown seek type");
    }
    if (distance < -base || distance > self->size - base)
        return value_error("seek out of range");
    self->pos = base + distance;
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ searching and moving */

/* Bring an index that may count from the end into 0..size. */
static Py_ssize_t clamp(Py_ssize_t i, Py_ssize_t size)
{
    if (i < 0)
        i = i < -size ? 0 : i + size;
    return i < size ? i : size;
}

static const char *search(const char *from, const char *end, const Py_buffer *what, int backwards)
{
    if (end - from < what->len)
        return NULL;
    if (!backwards)
        return what->len ? memmem(from, (size_t)(end - from), what->buf, (size_t)what->len) : from;
    for (const char *p = end - what->len; p >= from; p--)
        if (memcmp(p, what->buf, (size_t)what->len) == 0)
            return p;
    return NULL;
}

static PyObject *find(Map *self, PyObject *args, int backwards)
{
    Py_ssize_t start = self->pos, end = self->size;
    Py_buffer what;
    PyObject *result = NULL;
    if (!alive(self) || !PyArg_ParseTuple(args, backwards ? "y*|nn:rfind" : "y*|nn:find", &what, &start, &end))
        return NULL;
    if (alive(self)) {
        start = clamp(start, self->size);
        end = clamp(end, self->size);
        const char *hit = search(self->data + start, self->data + end, &what, backwards);
        result = PyLong_FromSsize_t(hit ? hit - self->data : -1);
    }
    PyBuffer_Release(&what);
    return result;
}

static PyObject *map_find(PyObject *op, PyObject *args)
{
    return find((Map *)op, args, 0);
}

static PyObject *map_rfind(PyObject *op, PyObject *args)
{
    return find((Map *)op, args, 1);
}

static PyObject *map_move(PyObject *op, PyObject *args)
{
    Map *self = (Map *)op;
    Py_ssize_t to, from, n;
    if (!alive(self) || !PyArg_ParseTuple(args, "nnn:move", &to, &from, &n) || !alive(self) || !writable(self))
        return NULL;
    Py_ssize_t size = self->size;
    if (to < 0 || from < 0 || n < 0 || to > size || from > size || n > size - to || n > size - from)
        return value_error("source, destination, or count out of range");
    memmove(self->data + to, self->data + from, (size_t)n);
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ the mapping itself */

static PyObject *map_size(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Map *self = (Map *)op;
    struct stat st;
    int failed;
    if (!alive(self))
        return NULL;
    int fd = self->fd;
    Py_BEGIN_ALLOW_THREADS
    failed = fstat(fd, &st);
    Py_END_ALLOW_THREADS
    return failed ? PyErr_SetFromErrno(PyExc_OSError) : PyLong_FromLongLong(st.st_size);
}

static PyObject *map_resize(PyObject *op, PyObject *args)
{
    Map *self = (Map *)op;
    Py_ssize_t size;
    if (!alive(self) || !PyArg_ParseTuple(args, "n:resize", &size) || !alive(self) || !resizable(self))
        return NULL;
    if (size < 0 || PY_SSIZE_T_MAX - size < self->offset)
        return value_error("new size out of range");
    if (self->fd != -1 && ftruncate(self->fd, self->offset + size) < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    /* With the GIL: nobody may look while the mapping moves. */
    void *data = mremap(self->data, (size_t)self->size, (size_t)size, MREMAP_MAYMOVE);
    if (data == MAP_FAILED)
        return PyErr_SetFromErrno(PyExc_OSError);
    self->data = data;
    self->size = size;
    Py_RETURN_NONE;
}

static PyObject *map_flush(PyObject *op, PyObject *args)
{
    Map *self = (Map *)op;
    Py_ssize_t start = 0, n = self->size;
    if (!alive(self) || !PyArg_ParseTuple(args, "|nn:flush", &start, &n) || !alive(self))
        return NULL;
    if (start < 0 || n < 0 || self->size - start < n)
        return value_error("flush values out of range");
    if (self->access == ACCESS_READ || self->access == ACCESS_COPY)
        Py_RETURN_NONE;
    int failed;
    char *p = self->data + start;
    self->exports++; /* [MMAP-1] */
    Py_BEGIN_ALLOW_THREADS
    failed = msync(p, (size_t)n, MS_SYNC);
    Py_END_ALLOW_THREADS
    self->exports--;
    if (failed)
        return PyErr_SetFromErrno(PyExc_OSError);
    Py_RETURN_NONE;
}

static PyObject *map_madvise(PyObject *op, PyObject *args)
{
    Map *self = (Map *)op;
    int option;
    Py_ssize_t start = 0, n;
    if (!alive(self))
        return NULL;
    n = self->size;
    if (!PyArg_ParseTuple(args, "i|nn:madvise", &option, &start, &n) || !alive(self))
        return NULL;
    if (start < 0 || start >= self->size)
        return value_error("madvise start out of bounds");
    if (n < 0)
        return value_error("madvise length invalid");
    if (PY_SSIZE_T_MAX - start < n) {
        PyErr_SetString(PyExc_OverflowError, "madvise length too large");
        return NULL;
    }
    if (n > self->size - start)
        n = self->size - start;
    if (madvise(self->data + start, (size_t)n, option) != 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ buffer, sequence, mapping */

static int map_getbuffer(PyObject *op, Py_buffer *view, int flags)
{
    Map *self = (Map *)op;
    if (!alive(self) || PyBuffer_FillInfo(view, op, self->data, self->size, self->access == ACCESS_READ, flags) < 0)
        return -1;
    self->exports++;
    return 0;
}

static void map_releasebuffer(PyObject *op, Py_buffer *Py_UNUSED(view))
{
    ((Map *)op)->exports--;
}

static Py_ssize_t map_length(PyObject *op)
{
    return alive((Map *)op) ? ((Map *)op)->size : -1;
}

static PyObject *map_item(PyObject *op, Py_ssize_t i)
{
    Map *self = (Map *)op;
    if (!alive(self))
        return NULL;
    if (i < 0 || i >= self->size) {
        PyErr_SetString(PyExc_IndexError, "mmap index out of range");
        return NULL;
    }
    return PyBytes_FromStringAndSize(self->data + i, 1);
}

/* An index object as an offset into the map. -1 with an exception. */
static Py_ssize_t index_of(Map *self, PyObject *item)
{
    Py_ssize_t i = PyNumber_AsSsize_t(item, PyExc_IndexError);
    if (i == -1 && PyErr_Occurred())
        return -1;
    if (!alive(self))
        return -1;
    if (i < 0)
        i += self->size;
    if (i >= 0 && i < self->size)
        return i;
    PyErr_SetString(PyExc_IndexError, "mmap index out of range");
    return -1;
}

static PyObject *map_subscript(PyObject *op, PyObject *item)
{
    Map *self = (Map *)op;
    if (!alive(self))
        return NULL;
    if (PyIndex_Check(item)) {
        Py_ssize_t i = index_of(self, item);
        return i < 0 ? NULL : PyLong_FromLong((unsigned char)self->data[i]);
    }
    if (!PySlice_Check(item)) {
        PyErr_SetString(PyExc_TypeError, "mmap indices must be integers");
        return NULL;
    }
    Py_ssize_t start, stop, step;
    if (PySlice_Unpack(item, &start, &stop, &step) < 0 || !alive(self))
        return NULL;
    Py_ssize_t n = PySlice_AdjustIndices(self->size, &start, &stop, step);
    if (n <= 0 || step == 1)
        return PyBytes_FromStringAndSize(n <= 0 ? "" : self->data + start, n < 0 ? 0 : n);
    PyObject *result = PyBytes_FromStringAndSize(NULL, n);
    if (result)
        for (Py_ssize_t i = 0; i < n; i++)
            PyBytes_AS_STRING(result)[i] = self->data[start + i * step];
    return result;
}

static int assign_slice(Map *self, PyObject *slice, PyObject *value)
{
    Py_ssize_t start, stop, step;
    Py_buffer data;
    if (PySlice_Unpack(slice, &start, &stop, &step) < 0)
        return -1;
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "mmap object doesn't support slice deletion");
        return -1;
    }
    if (PyObject_GetBuffer(value, &data, PyBUF_SIMPLE) < 0)
        return -1;
    int status = -1;
    if (!alive(self))
        goto done;
    Py_ssize_t n = PySlice_AdjustIndices(self->size, &start, &stop, step);
    if (data.len != n) {
        PyErr_SetString(PyExc_IndexError, "mmap slice assignment is wrong size");
        goto done;
    }
    if (step == 1)
        memmove(self->data + start, data.buf, (size_t)n);
    else
        for (Py_ssize_t i = 0; i < n; i++)
            self->data[start + i * step] = ((char *)data.buf)[i];
    status = 0;
done:
    PyBuffer_Release(&data);
    return status;
}

static int map_ass_subscript(PyObject *op, PyObject *item, PyObject *value)
{
    Map *self = (Map *)op;
    if (!alive(self) || !writable(self))
        return -1;
    if (PySlice_Check(item))
        return assign_slice(self, item, value);
    if (!PyIndex_Check(item)) {
        PyErr_SetString(PyExc_TypeError, "mmap indices must be integer");
        return -1;
    }
    Py_ssize_t i = index_of(self, item);
    if (i < 0)
        return -1;
    if (value == NULL || !PyIndex_Check(value)) {
        PyErr_SetString(PyExc_TypeError, value ? "mmap item value must be an int" : "mmap doesn't support item deletion");
        return -1;
    }
    Py_ssize_t byte = PyNumber_AsSsize_t(value, PyExc_TypeError);
    if (byte == -1 && PyErr_Occurred())
        return -1;
    if (byte < 0 || byte > 255) {
        value_error("mmap item value must be in range(0, 256)");
        return -1;
    }
    if (!alive(self) || i >= self->size)
        return PyErr_Occurred() ? -1 : index_of(self, item) < 0 ? -1 : 0;
    self->data[i] = (char)byte;
    return 0;
}

static int map_ass_item(PyObject *op, Py_ssize_t i, PyObject *value)
{
    Map *self = (Map *)op;
    if (!alive(self))
        return -1;
    if (i < 0 || i >= self->size) {
        PyErr_SetString(PyExc_IndexError, "mmap index out of range");
        return -1;
    }
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "mmap object doesn't support item deletion");
        return -1;
    }
    if (!PyBytes_Check(value) || PyBytes_GET_SIZE(value) != 1) {
        PyErr_SetString(PyExc_IndexError, "mmap assignment must be length-1 bytes()");
        return -1;
    }
    if (!writable(self))
        return -1;
    self->data[i] = PyBytes_AS_STRING(value)[0];
    return 0;
}

/* ------------------------------------------------------------------ types and module */

static PyMethodDef map_methods[] = {
    {"close", map_close, METH_NOARGS, PyDoc_STR("close()\n\nEnd the mapping.")},
    {"find", map_find, METH_VARARGS, PyDoc_STR("find(sub[, start[, end]])\n\nReturn the first place of bytes behind the position, -1 if they are not there.")},
    {"rfind", map_rfind, METH_VARARGS, PyDoc_STR("rfind(sub[, start[, end]])\n\nReturn the last place of bytes, -1 if they are not there.")},
    {"flush", map_flush, METH_VARARGS, PyDoc_STR("flush([offset, size])\n\nWrite changes to the file.")},
    {"madvise", map_madvise, METH_VARARGS, PyDoc_STR("madvise(option[, start[, length]])\n\nTell the kernel how the memory will be used.")},
    {"move", map_move, METH_VARARGS, PyDoc_STR("move(dest, src, count)\n\nCopy bytes inside the mapping.")},
    {"read", map_read, METH_VARARGS, PyDoc_STR("read([n])\n\nReturn up to n bytes from the position on.")},
    {"read_byte", map_read_byte, METH_NOARGS, PyDoc_STR("read_byte()\n\nReturn the byte at the position, as an integer.")},
    {"readline", map_readline, METH_NOARGS, PyDoc_STR("readline()\n\nReturn the rest of the line at the position.")},
    {"resize", map_resize, METH_VARARGS, PyDoc_STR("resize(newsize)\n\nChange the size of the mapping and of the file.")},
    {"seek", map_seek, METH_VARARGS, PyDoc_STR("seek(pos[, whence])\n\nMove to pos from the start (0), the position (1) or the end (2).")},
    {"size", map_size, METH_NOARGS, PyDoc_STR("size()\n\nReturn the size of the file.")},
    {"tell", map_tell, METH_NOARGS, PyDoc_STR("tell()\n\nReturn the position.")},
    {"write", map_write, METH_VARARGS, PyDoc_STR("write(bytes)\n\nWrite at the position; return how many bytes.")},
    {"write_byte", map_write_byte, METH_VARARGS, PyDoc_STR("write_byte(byte)\n\nWrite an integer as a byte at the position.")},
    {"__enter__", map_enter, METH_NOARGS, NULL},
    {"__exit__", map_exit, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef map_getset[] = {
    {"closed", map_closed, NULL, PyDoc_STR("whether the mapping has ended"), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PySequenceMethods map_sequence = {.sq_length = map_length, .sq_item = map_item, .sq_ass_item = map_ass_item};
static PyMappingMethods map_mapping = {.mp_length = map_length, .mp_subscript = map_subscript, .mp_ass_subscript = map_ass_subscript};
static PyBufferProcs map_buffer = {.bf_getbuffer = map_getbuffer, .bf_releasebuffer = map_releasebuffer};

static PyTypeObject MapType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "mmap.mmap",
    .tp_basicsize = sizeof(Map),
    .tp_dealloc = map_dealloc,
    .tp_as_sequence = &map_sequence,
    .tp_as_mapping = &map_mapping,
    .tp_as_buffer = &map_buffer,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "mmap(fileno, length[, flags[, prot[, access[, offset]]]])\n\nMap length bytes of the file with the descriptor fileno, from "
              "offset on; -1 maps anonymous memory.\n\nA length of 0 maps as much as the file holds now. With MAP_SHARED, the default, changes "
              "reach the file\nand other processes; with MAP_PRIVATE they stay here. access may be given instead of flags and prot.",
    .tp_weaklistoffset = offsetof(Map, weakreflist),
    .tp_methods = map_methods,
    .tp_getset = map_getset,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = map_new,
    .tp_free = PyObject_Del,
};

#define C(name) {#name, name}
static const struct {
    const char *name;
    long value;
} constants[] = {
    C(PROT_EXEC), C(PROT_READ), C(PROT_WRITE), C(MAP_SHARED), C(MAP_PRIVATE), C(MAP_DENYWRITE), C(MAP_EXECUTABLE), C(MAP_ANON),
    C(MAP_ANONYMOUS), C(ACCESS_DEFAULT), C(ACCESS_READ), C(ACCESS_WRITE), C(ACCESS_COPY), C(MADV_NORMAL), C(MADV_RANDOM),
    C(MADV_SEQUENTIAL), C(MADV_WILLNEED), C(MADV_DONTNEED), C(MADV_REMOVE), C(MADV_DONTFORK), C(MADV_DOFORK), C(MADV_HWPOISON),
    C(MADV_MERGEABLE), C(MADV_UNMERGEABLE), C(MADV_HUGEPAGE), C(MADV_NOHUGEPAGE), C(MADV_DONTDUMP), C(MADV_DODUMP), C(MADV_FREE),
};
#undef C

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mmap",
    .m_doc = PyDoc_STR("Files as memory."),
    .m_size = -1,
};

PyMODINIT_FUNC PyInit_mmap(void)
{
    if (PyType_Ready(&MapType) < 0)
        return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    PyObject *d = PyModule_GetDict(m);
    if (PyDict_SetItemString(d, "error", PyExc_OSError) < 0 || PyDict_SetItemString(d, "mmap", (PyObject *)&MapType) < 0 ||
        PyModule_AddIntConstant(m, "PAGESIZE", sysconf(_SC_PAGESIZE)) < 0 ||
        PyModule_AddIntConstant(m, "ALLOCATIONGRANULARITY", sysconf(_SC_PAGESIZE)) < 0)
        goto error;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(constants); i++)
        if (PyModule_AddIntConstant(m, constants[i].name, constants[i].value) < 0)
            goto error;
    return m;
error:
    Py_DECREF(m);
    return NULL;
}
