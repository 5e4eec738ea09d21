/* SPDX-License-Identifier: MIT */
/* zlib: compression by the zlib library.
 *
 * Input longer than zlib's counters goes in in pieces, output grows by doubling (Output). A stream object has a lock, because the GIL is
 * released while zlib works; the objects' attributes are only touched with both held.
 * Tests: CPython's test_zlib.
 */
#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include "objects/args.h"
#include "pythread.h"
#include "structmember.h"
#include <limits.h>
#include <zlib.h>

#define DEF_BUF_SIZE (16 * 1024)
#define DEF_MEM_LEVEL 8
#define DEFLATED Z_DEFLATED

static PyObject *ZlibError;
static PyTypeObject CompressType, DecompressType;

/* ------------------------------------------------------------------ shared */

/* Raise zlib.error "Error <code> <what>: <zlib's words>". */
static PyObject *zlib_error(z_stream *z, int code, const char *what)
{
    const char *text = code == Z_VERSION_ERROR ? "library version mismatch" : z->msg;
    if (text == NULL)
        text = code == Z_BUF_ERROR      ? "incomplete or truncated stream"
               : code == Z_STREAM_ERROR ? "inconsistent stream state"
               : code == Z_DATA_ERROR   ? "invalid input data"
                                        : NULL;
    if (text)
        PyErr_Format(ZlibError, "Error %d %s: %.200s", code, what, text);
    else
        PyErr_Format(ZlibError, "Error %d %s", code, what);
    return NULL;
}

static PyObject *memory_error(const char *text)
{
    PyErr_SetString(PyExc_MemoryError, text);
    return NULL;
}

static void *z_alloc(void *Py_UNUSED(context), unsigned items, unsigned size)
{
    if (size && items > (size_t)PY_SSIZE_T_MAX / size)
        return NULL;
    return PyMem_RawMalloc((size_t)items * (size_t)size); /* without the GIL */
}

static void z_release(void *Py_UNUSED(context), void *p)
{
    PyMem_RawFree(p);
}

static void stream_init(z_stream *z)
{
    memset(z, 0, sizeof *z);
    z->zalloc = z_alloc;
    z->zfree = z_release;
}

/* Growing output: bytes object whose first `used` bytes are filled. */
typedef struct {
    PyObject *bytes;
    Py_ssize_t max; /* never longer than this */
} Output;

/* Room for more in z->next_out. 0; 1 when max is reached; -1 with an exception. */
static int output_room(Output *o, z_stream *z, Py_ssize_t first)
{
    Py_ssize_t size, used;
    if (o->bytes == NULL) {
        size = first < o->max ? first : o->max;
        if (size < 1)
            size = 1;
        used = 0;
        o->bytes = PyBytes_FromStringAndSize(NULL, size);
        if (o->bytes == NULL)
            return -1;
    }
    else {
        used = z->next_out - (Byte *)PyBytes_AS_STRING(o->bytes);
        size = PyBytes_GET_SIZE(o->bytes);
        if (used == size) {
            if (size >= o->max)
                return 1;
            size = size <= o->max / 2 ? size * 2 : o->max;
            if (_PyBytes_Resize(&o->bytes, size) < 0)
                return -1;
        }
    }
    z->next_out = (Byte *)PyBytes_AS_STRING(o->bytes) + used;
    z->avail_out = (uInt)(size - used < (Py_ssize_t)UINT_MAX ? size - used : (Py_ssize_t)UINT_MAX);
    return 0;
}

static PyObject *output_finish(Output *o, z_stream *z)
{
    if (_PyBytes_Resize(&o->bytes, z->next_out - (Byte *)PyBytes_AS_STRING(o->bytes)) < 0)
        return NULL;
    return o->bytes;
}

/* Give z the next piece of the left bytes at its next_in. */
static void input_piece(z_stream *z, Py_ssize_t *left)
{
    z->avail_in = (uInt)(*left < (Py_ssize_t)UINT_MAX ? *left : (Py_ssize_t)UINT_MAX);
    *left -= z->avail_in;
}

static int int_argument(PyObject *o, int *out)
{
    if (o == NULL)
        return 0;
    if (PyFloat_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *out = _PyLong_AsInt(o);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

/* A size, by __index__. 0 / -1. */
static int size_argument(PyObject *o, Py_ssize_t *out)
{
    if (o == NULL)
        return 0;
    PyObject *i = PyNumber_Index(o);
    if (i == NULL)
        return -1;
    *out = PyLong_AsSsize_t(i);
    Py_DECREF(i);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

/* ------------------------------------------------------------------ one-shot functions */

static PyObject *compress_all(Py_buffer *data, int level)
{
    z_stream z;
    Output out = {NULL, PY_SSIZE_T_MAX};
    int status, flush;
    Py_ssize_t left = data->len;
    stream_init(&z);
    status = deflateInit(&z, level);
    if (status == Z_MEM_ERROR)
        return memory_error("Out of memory while compressing data");
    if (status == Z_STREAM_ERROR) {
        PyErr_SetString(ZlibError, "Bad compression level");
        return NULL;
    }
    if (status != Z_OK) {
        deflateEnd(&z);
        return zlib_error(&z, status, "while compressing data");
    }
    z.next_in = data->buf;
    Py_ssize_t first = data->len < 1 << 24 ? (Py_ssize_t)deflateBound(&z, (uLong)data->len) : DEF_BUF_SIZE;
    do {
        input_piece(&z, &left);
        flush = left == 0 ? Z_FINISH : Z_NO_FLUSH;
        do {
            if (output_room(&out, &z, first) < 0)
                goto error;
            Py_BEGIN_ALLOW_THREADS
            status = deflate(&z, flush);
            Py_END_ALLOW_THREADS
            if (status == Z_STREAM_ERROR) {
                zlib_error(&z, status, "while compressing data");
                goto error;
            }
        } while (z.avail_out == 0);
    } while (flush != Z_FINISH);
    status = deflateEnd(&z);
    if (status == Z_OK)
        return output_finish(&out, &z);
    zlib_error(&z, status, "while finishing compression");
    Py_XDECREF(out.bytes);
    return NULL;
error:
    deflateEnd(&z);
    Py_XDECREF(out.bytes);
    return NULL;
}

static PyObject *zlib_compress(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"", "level", NULL};
    static _PyArg_Parser parser = {NULL, names, "compress", 0};
    PyObject *slots[2];
    Py_buffer data;
    int level = Z_DEFAULT_COMPRESSION;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 1, 2, 2, slots) || PyObject_GetBuffer(slots[0], &data, PyBUF_SIMPLE) < 0)
        return NULL;
    PyObject *result = int_argument(slots[1], &level) < 0 ? NULL : compress_all(&data, level);
    PyBuffer_Release(&data);
    return result;
}

static PyObject *decompress_all(Py_buffer *data, int wbits, Py_ssize_t first)
{
    z_stream z;
    Output out = {NULL, PY_SSIZE_T_MAX};
    int status;
    Py_ssize_t left = data->len;
    stream_init(&z);
    status = inflateInit2(&z, wbits);
    if (status == Z_MEM_ERROR)
        return memory_error("Out of memory while decompressing data");
    if (status != Z_OK) {
        inflateEnd(&z);
        return zlib_error(&z, status, "while preparing to decompress data");
    }
    z.next_in = data->buf;
    do {
        input_piece(&z, &left);
        int flush = left == 0 ? Z_FINISH : Z_NO_FLUSH;
        do {
            if (output_room(&out, &z, first) < 0)
                goto error;
            Py_BEGIN_ALLOW_THREADS
            status = inflate(&z, flush);
            Py_END_ALLOW_THREADS
            if (status == Z_MEM_ERROR) {
                memory_error("Out of memory while decompressing data");
                goto error;
            }
            if (status != Z_OK && status != Z_BUF_ERROR && status != Z_STREAM_END) {
                zlib_error(&z, status, "while decompressing data");
                goto error;
            }
        } while (z.avail_out == 0);
    } while (status != Z_STREAM_END && left != 0);
    if (status != Z_STREAM_END) {
        zlib_error(&z, status, "while decompressing data");
        goto error;
    }
    status = inflateEnd(&z);
    if (status == Z_OK)
        return output_finish(&out, &z);
    zlib_error(&z, status, "while finishing decompression");
    Py_XDECREF(out.bytes);
    return NULL;
error:
    inflateEnd(&z);
    Py_XDECREF(out.bytes);
    return NULL;
}

static PyObject *zlib_decompress(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"", "wbits", "bufsize", NULL};
    static _PyArg_Parser parser = {NULL, names, "decompress", 0};
    PyObject *slots[3], *result = NULL;
    Py_buffer data;
    int wbits = MAX_WBITS;
    Py_ssize_t first = DEF_BUF_SIZE;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 1, 3, 3, slots) || PyObject_GetBuffer(slots[0], &data, PyBUF_SIMPLE) < 0)
        return NULL;
    if (int_argument(slots[1], &wbits) == 0 && size_argument(slots[2], &first) == 0) {
        if (first < 0)
            PyErr_SetString(PyExc_ValueError, "bufsize must be non-negative");
        else
            result = decompress_all(&data, wbits, first);
    }
    PyBuffer_Release(&data);
    return result;
}

/* ------------------------------------------------------------------ stream objects */

typedef struct {
    PyObject_HEAD
    z_stream z;
    PyObject *unused_data, *unconsumed_tail;
    PyObject *zdict; /* NULL or an object with the buffer protocol */
    char eof, open;
    PyThread_type_lock lock;
} Stream;

#define STREAM_LOCK(s)                                                                                                           \
    do {                                                                                                                         \
        if (!PyThread_acquire_lock((s)->lock, 0)) {                                                                              \
            Py_BEGIN_ALLOW_THREADS                                                                                               \
            PyThread_acquire_lock((s)->lock, 1);                                                                                 \
            Py_END_ALLOW_THREADS                                                                                                 \
        }                                                                                                                        \
    } while (0)
#define STREAM_UNLOCK(s) PyThread_release_lock((s)->lock)

static Stream *stream_new(PyTypeObject *type)
{
    Stream *s = PyObject_New(Stream, type);
    if (s == NULL)
        return NULL;
    s->eof = s->open = 0;
    s->zdict = NULL;
    s->unused_data = PyBytes_FromStringAndSize("", 0);
    s->unconsumed_tail = PyBytes_FromStringAndSize("", 0);
    s->lock = PyThread_allocate_lock();
    stream_init(&s->z);
    if (s->lock == NULL)
        PyErr_SetString(PyExc_MemoryError, "Unable to allocate lock");
    if (s->unused_data == NULL || s->unconsumed_tail == NULL || s->lock == NULL)
        Py_CLEAR(s);
    return s;
}

static void stream_dealloc(Stream *s)
{
    if (s->lock)
        PyThread_free_lock(s->lock);
    Py_XDECREF(s->unused_data);
    Py_XDECREF(s->unconsumed_tail);
    Py_XDECREF(s->zdict);
    PyObject_Del(s);
}

static void compress_dealloc(PyObject *self)
{
    if (((Stream *)self)->open)
        deflateEnd(&((Stream *)self)->z);
    stream_dealloc((Stream *)self);
}

static void decompress_dealloc(PyObject *self)
{
    if (((Stream *)self)->open)
        inflateEnd(&((Stream *)self)->z);
    stream_dealloc((Stream *)self);
}

static PyObject *zlib_compressobj(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"level", "method", "wbits", "memLevel", "strategy", "zdict", NULL};
    static _PyArg_Parser parser = {NULL, names, "compressobj", 0};
    PyObject *slots[6];
    int options[5] = {Z_DEFAULT_COMPRESSION, DEFLATED, MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY};
    Py_buffer dict;
    dict.obj = NULL;
    dict.buf = NULL;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 0, 6, 6, slots))
        return NULL;
    for (int i = 0; i < 5; i++)
        if (int_argument(slots[i], &options[i]) < 0)
            return NULL;
    if (slots[5] && PyObject_GetBuffer(slots[5], &dict, PyBUF_SIMPLE) < 0)
        return NULL;
    Stream *s = NULL;
    if (dict.buf && (size_t)dict.len > UINT_MAX) {
        PyErr_SetString(PyExc_OverflowError, "zdict length does not fit in an unsigned int");
        goto done;
    }
    s = stream_new(&CompressType);
    if (s == NULL)
        goto done;
    int status = deflateInit2(&s->z, options[0], options[1], options[2], options[3], options[4]);
    if (status == Z_OK) {
        s->open = 1;
        if (dict.buf && (status = deflateSetDictionary(&s->z, dict.buf, (uInt)dict.len)) != Z_OK) {
            if (status == Z_STREAM_ERROR)
                PyErr_SetString(PyExc_ValueError, "Invalid dictionary");
            else
                PyErr_SetString(PyExc_ValueError, "deflateSetDictionary()");
        }
    }
    else if (status == Z_MEM_ERROR)
        memory_error("Can't allocate memory for compression object");
    else if (status == Z_STREAM_ERROR)
        PyErr_SetString(PyExc_ValueError, "Invalid initialization option");
    else
        zlib_error(&s->z, status, "while creating compression object");
    if (status != Z_OK)
        Py_CLEAR(s);
done:
    if (dict.obj)
        PyBuffer_Release(&dict);
    return (PyObject *)s;
}

/* Hand the dictionary to the decompressor. 0 / -1. */
static int set_dictionary(Stream *s)
{
    Py_buffer dict;
    if (PyObject_GetBuffer(s->zdict, &dict, PyBUF_SIMPLE) == -1)
        return -1;
    int result = -1;
    if ((size_t)dict.len > UINT_MAX)
        PyErr_SetString(PyExc_OverflowError, "zdict length does not fit in an unsigned int");
    else {
        int status = inflateSetDictionary(&s->z, dict.buf, (uInt)dict.len);
        if (status == Z_OK)
            result = 0;
        else
            zlib_error(&s->z, status, "while setting zdict");
    }
    PyBuffer_Release(&dict);
    return result;
}

static PyObject *zlib_decompressobj(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"wbits", "zdict", NULL};
    static _PyArg_Parser parser = {NULL, names, "decompressobj", 0};
    PyObject *slots[2];
    int wbits = MAX_WBITS;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 0, 2, 2, slots) || int_argument(slots[0], &wbits) < 0)
        return NULL;
    if (slots[1] && !PyObject_CheckBuffer(slots[1])) {
        PyErr_SetString(PyExc_TypeError, "zdict argument must support the buffer protocol");
        return NULL;
    }
    Stream *s = stream_new(&DecompressType);
    if (s == NULL)
        return NULL;
    if (slots[1]) {
        Py_INCREF(slots[1]);
        s->zdict = slots[1];
    }
    int status = inflateInit2(&s->z, wbits);
    if (status == Z_OK) {
        s->open = 1;
        if (s->zdict && wbits < 0 && set_dictionary(s) < 0) /* a raw stream does not ask for it */
            Py_CLEAR(s);
        return (PyObject *)s;
    }
    if (status == Z_STREAM_ERROR)
        PyErr_SetString(PyExc_ValueError, "Invalid initialization option");
    else if (status == Z_MEM_ERROR)
        memory_error("Can't allocate memory for decompression object");
    else
        zlib_error(&s->z, status, "while creating decompression object");
    Py_DECREF(s);
    return NULL;
}

static PyObject *Compress_compress(PyObject *self, PyObject *arg)
{
    Stream *s = (Stream *)self;
    Py_buffer data;
    Output out = {NULL, PY_SSIZE_T_MAX};
    PyObject *result = NULL;
    if (PyObject_GetBuffer(arg, &data, PyBUF_SIMPLE) < 0)
        return NULL;
    STREAM_LOCK(s);
    Py_ssize_t left = data.len;
    s->z.next_in = data.buf;
    do {
        input_piece(&s->z, &left);
        do {
            int status;
            if (output_room(&out, &s->z, DEF_BUF_SIZE) < 0)
                goto done;
            Py_BEGIN_ALLOW_THREADS
            status = deflate(&s->z, Z_NO_FLUSH);
            Py_END_ALLOW_THREADS
            if (status == Z_STREAM_ERROR) {
                zlib_error(&s->z, status, "while compressing data");
                goto done;
            }
        } while (s->z.avail_out == 0);
    } while (left != 0);
    result = output_finish(&out, &s->z);
    out.bytes = NULL;
done:
    STREAM_UNLOCK(s);
    Py_XDECREF(out.bytes);
    PyBuffer_Release(&data);
    return result;
}

static PyObject *Compress_flush(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Stream *s = (Stream *)self;
    Output out = {NULL, PY_SSIZE_T_MAX};
    PyObject *result = NULL;
    int mode = Z_FINISH, status;
    if (!_PyArg_CheckPositional("flush", nargs, 0, 1) || (nargs && int_argument(args[0], &mode) < 0))
        return NULL;
    if (mode == Z_NO_FLUSH)
        return PyBytes_FromStringAndSize(NULL, 0);
    STREAM_LOCK(s);
    s->z.avail_in = 0;
    do {
        if (output_room(&out, &s->z, DEF_BUF_SIZE) < 0)
            goto done;
        Py_BEGIN_ALLOW_THREADS
        status = deflate(&s->z, mode);
        Py_END_ALLOW_THREADS
        if (status == Z_STREAM_ERROR) {
            zlib_error(&s->z, status, "while flushing");
            goto done;
        }
    } while (s->z.avail_out == 0);
    if (status == Z_STREAM_END && mode == Z_FINISH) {
        status = deflateEnd(&s->z);
        if (status != Z_OK) {
            zlib_error(&s->z, status, "while finishing compression");
            goto done;
        }
        s->open = 0;
    }
    else if (status != Z_OK && status != Z_BUF_ERROR) {
        zlib_error(&s->z, status, "while flushing");
        goto done;
    }
    result = output_finish(&out, &s->z);
    out.bytes = NULL;
done:
    STREAM_UNLOCK(s);
    Py_XDECREF(out.bytes);
    return result;
}

/* A copy of a stream's Python side. */
static Stream *copy_begin(Stream *s, PyTypeObject *type)
{
    Stream *copy = stream_new(type);
    if (copy == NULL)
        return NULL;
    Py_INCREF(s->unused_data);
    Py_SETREF(copy->unused_data, s->unused_data);
    Py_INCREF(s->unconsumed_tail);
    Py_SETREF(copy->unconsumed_tail, s->unconsumed_tail);
    Py_XINCREF(s->zdict);
    copy->zdict = s->zdict;
    copy->eof = s->eof;
    return copy;
}

static PyObject *copy_error(Stream *s, int status, const char *what, const char *memory)
{
    if (status == Z_STREAM_ERROR)
        PyErr_SetString(PyExc_ValueError, "Inconsistent stream state");
    else if (status == Z_MEM_ERROR)
        memory_error(memory);
    else
        zlib_error(&s->z, status, what);
    return NULL;
}

static PyObject *Compress_copy(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    Stream *s = (Stream *)self, *copy = copy_begin(s, &CompressType);
    if (copy == NULL)
        return NULL;
    STREAM_LOCK(s);
    int status = deflateCopy(&copy->z, &s->z);
    if (status == Z_OK)
        copy->open = 1;
    else
        copy_error(s, status, "while copying compression object", "Can't allocate memory for compression object");
    STREAM_UNLOCK(s);
    if (!copy->open)
        Py_CLEAR(copy);
    return (PyObject *)copy;
}

static PyObject *Compress_deepcopy(PyObject *self, PyObject *Py_UNUSED(memo))
{
    return Compress_copy(self, NULL);
}

static PyObject *Decompress_copy(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    Stream *s = (Stream *)self, *copy = copy_begin(s, &DecompressType);
    if (copy == NULL)
        return NULL;
    STREAM_LOCK(s);
    int status = inflateCopy(&copy->z, &s->z);
    if (status == Z_OK)
        copy->open = 1;
    else
        copy_error(s, status, "while copying decompression object", "Can't allocate memory for decompression object");
    STREAM_UNLOCK(s);
    if (!copy->open)
        Py_CLEAR(copy);
    return (PyObject *)copy;
}

static PyObject *Decompress_deepcopy(PyObject *self, PyObject *Py_UNUSED(memo))
{
    return Decompress_copy(self, NULL);
}

/* What of the data behind next_in was not used goes into unused_data (at the end of the stream) or unconsumed_tail. */
static int save_rest(Stream *s, Py_buffer *data, int status)
{
    Py_ssize_t left = (Byte *)data->buf + data->len - s->z.next_in;
    if (status == Z_STREAM_END) {
        if (left > 0) {
            Py_ssize_t old = PyBytes_GET_SIZE(s->unused_data);
            PyObject *all = PyBytes_FromStringAndSize(NULL, old + left);
            if (all == NULL)
                return -1;
            memcpy(PyBytes_AS_STRING(all), PyBytes_AS_STRING(s->unused_data), (size_t)old);
            memcpy(PyBytes_AS_STRING(all) + old, s->z.next_in, (size_t)left);
            Py_SETREF(s->unused_data, all);
            s->z.avail_in = 0;
            left = 0;
        }
    }
    if (left > 0 || PyBytes_GET_SIZE(s->unconsumed_tail)) {
        PyObject *tail = PyBytes_FromStringAndSize((char *)s->z.next_in, left);
        if (tail == NULL)
            return -1;
        Py_SETREF(s->unconsumed_tail, tail);
    }
    return 0;
}

static PyObject *Decompress_decompress(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"", "max_length", NULL};
    static _PyArg_Parser parser = {NULL, names, "decompress", 0};
    Stream *s = (Stream *)self;
    PyObject *slots[2], *result = NULL;
    Py_ssize_t max = 0;
    Py_buffer data;
    Output out = {NULL, PY_SSIZE_T_MAX};
    int status = Z_OK, full = 0, again = 0;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 1, 2, 2, slots) || PyObject_GetBuffer(slots[0], &data, PyBUF_SIMPLE) < 0)
        return NULL;
    if (size_argument(slots[1], &max) < 0)
        goto released;
    if (max < 0) {
        PyErr_SetString(PyExc_ValueError, "max_length must be non-negative");
        goto released;
    }
    if (max)
        out.max = max;
    STREAM_LOCK(s);
    Py_ssize_t left = data.len;
    s->z.next_in = data.buf;
    do {
        input_piece(&s->z, &left);
        do {
            full = output_room(&out, &s->z, DEF_BUF_SIZE);
            if (full < 0)
                goto done;
            if (full)
                break;
            Py_BEGIN_ALLOW_THREADS
            status = inflate(&s->z, Z_SYNC_FLUSH);
            Py_END_ALLOW_THREADS
            again = status == Z_NEED_DICT && s->zdict;
            if (again) {
                if (set_dictionary(s) < 0)
                    goto done;
                status = Z_OK;
            }
            if (status != Z_OK && status != Z_BUF_ERROR && status != Z_STREAM_END)
                break;
        } while (s->z.avail_out == 0 || again);
    } while (!full && (status == Z_OK || status == Z_BUF_ERROR) && left != 0);
    if (!full && status == Z_NEED_DICT) {
        zlib_error(&s->z, status, "while decompressing data");
        goto done;
    }
    if (save_rest(s, &data, status) < 0)
        goto done;
    if (status == Z_STREAM_END)
        s->eof = 1;
    else if (status != Z_OK && status != Z_BUF_ERROR) {
        zlib_error(&s->z, status, "while decompressing data");
        goto done;
    }
    result = output_finish(&out, &s->z);
    out.bytes = NULL;
done:
    STREAM_UNLOCK(s);
    Py_XDECREF(out.bytes);
released:
    PyBuffer_Release(&data);
    return result;
}

static PyObject *Decompress_flush(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Stream *s = (Stream *)self;
    Py_ssize_t first = DEF_BUF_SIZE;
    Py_buffer data;
    Output out = {NULL, PY_SSIZE_T_MAX};
    PyObject *result = NULL;
    int status = Z_OK, again = 0;
    if (!_PyArg_CheckPositional("flush", nargs, 0, 1) || (nargs && size_argument(args[0], &first) < 0))
        return NULL;
    if (first <= 0) {
        PyErr_SetString(PyExc_ValueError, "length must be greater than zero");
        return NULL;
    }
    STREAM_LOCK(s);
    if (PyObject_GetBuffer(s->unconsumed_tail, &data, PyBUF_SIMPLE) == -1) {
        STREAM_UNLOCK(s);
        return NULL;
    }
    Py_ssize_t left = data.len;
    s->z.next_in = data.buf;
    do {
        input_piece(&s->z, &left);
        int flush = left == 0 ? Z_FINISH : Z_NO_FLUSH;
        do {
            if (output_room(&out, &s->z, first) < 0)
                goto done;
            Py_BEGIN_ALLOW_THREADS
            status = inflate(&s->z, flush);
            Py_END_ALLOW_THREADS
            again = status == Z_NEED_DICT && s->zdict;
            if (again) {
                if (set_dictionary(s) < 0)
                    goto done;
                status = Z_OK;
            }
            if (status != Z_OK && status != Z_BUF_ERROR && status != Z_STREAM_END)
                break;
        } while (s->z.avail_out == 0 || again);
    } while ((status == Z_OK || status == Z_BUF_ERROR) && left != 0);
    if (save_rest(s, &data, status) < 0)
        goto done;
    if (status == Z_STREAM_END) {
        s->eof = 1;
        s->open = 0;
        status = inflateEnd(&s->z);
        if (status != Z_OK) {
            zlib_error(&s->z, status, "while finishing decompression");
            goto done;
        }
    }
    result = output_finish(&out, &s->z);
    out.bytes = NULL;
done:
    STREAM_UNLOCK(s);
    Py_XDECREF(out.bytes);
    PyBuffer_Release(&data);
    return result;
}

#define FAST(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL
#define FASTKW(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL | METH_KEYWORDS

static PyMethodDef compress_methods[] = {
    {"compress", Compress_compress, METH_O, "compress($self, data, /)\n--\n\nTake in data; returns what compressed bytes are ready."},
    {"flush", FAST(Compress_flush), "flush($self, mode=zlib.Z_FINISH, /)\n--\n\nReturn all that is still held back; with the default mode the stream ends there."},
    {"copy", Compress_copy, METH_NOARGS, "copy($self, /)\n--\n\nA second object in the same state."},
    {"__copy__", Compress_copy, METH_NOARGS, "__copy__($self, /)\n--\n\n"},
    {"__deepcopy__", Compress_deepcopy, METH_O, "__deepcopy__($self, memo, /)\n--\n\n"},
    {NULL, NULL, 0, NULL},
};

static PyMethodDef decompress_methods[] = {
    {"decompress", FASTKW(Decompress_decompress), "decompress($self, data, /, max_length=0)\n--\n\nTake in compressed data; returns what bytes come of it, at most max_length of them unless that is 0. What was not\nused then is in unconsumed_tail."},
    {"flush", FAST(Decompress_flush), "flush($self, length=zlib.DEF_BUF_SIZE, /)\n--\n\nReturn all that is still held back; length is the first size of the buffer."},
    {"copy", Decompress_copy, METH_NOARGS, "copy($self, /)\n--\n\nA second object in the same state."},
    {"__copy__", Decompress_copy, METH_NOARGS, "__copy__($self, /)\n--\n\n"},
    {"__deepcopy__", Decompress_deepcopy, METH_O, "__deepcopy__($self, memo, /)\n--\n\n"},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef decompress_members[] = {
    {"unused_data", T_OBJECT, offsetof(Stream, unused_data), READONLY, NULL},
    {"unconsumed_tail", T_OBJECT, offsetof(Stream, unconsumed_tail), READONLY, NULL},
    {"eof", T_BOOL, offsetof(Stream, eof), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyTypeObject CompressType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "zlib.Compress",
    .tp_basicsize = sizeof(Stream),
    .tp_dealloc = compress_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = compress_methods,
};

static PyTypeObject DecompressType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "zlib.Decompress",
    .tp_basicsize = sizeof(Stream),
    .tp_dealloc = decompress_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = decompress_methods,
    .tp_members = decompress_members,
};

/* ------------------------------------------------------------------ checksums */

static PyObject *checksum(const char *name, PyObject *const *args, Py_ssize_t nargs, uLong (*f)(uLong, const Bytef *, uInt), uLong value)
{
    Py_buffer data;
    if (!_PyArg_CheckPositional(name, nargs, 1, 2) || PyObject_GetBuffer(args[0], &data, PyBUF_SIMPLE) < 0)
        return NULL;
    if (nargs > 1) {
        if (PyFloat_Check(args[1])) {
            PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
            PyBuffer_Release(&data);
            return NULL;
        }
        value = (unsigned)PyLong_AsUnsignedLongMask(args[1]);
        if (value == (unsigned)-1 && PyErr_Occurred()) {
            PyBuffer_Release(&data);
            return NULL;
        }
    }
    const Byte *p = data.buf;
    Py_ssize_t n = data.len;
    PyThreadState *saved = n > 5 * 1024 ? PyEval_SaveThread() : NULL;
    for (; n > (Py_ssize_t)UINT_MAX; p += UINT_MAX, n -= (Py_ssize_t)UINT_MAX)
        value = f(value, p, UINT_MAX);
    value = f(value, p, (uInt)n);
    if (saved)
        PyEval_RestoreThread(saved);
    PyBuffer_Release(&data);
    return PyLong_FromUnsignedLong(value & 0xffffffffu);
}

static PyObject *zlib_adler32(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    return checksum("adler32", args, nargs, adler32, 1);
}

static PyObject *zlib_crc32(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    return checksum("crc32", args, nargs, crc32, 0);
}

/* ------------------------------------------------------------------ module */

static PyMethodDef methods[] = {
    {"adler32", FAST(zlib_adler32), "adler32($module, data, value=1, /)\n--\n\nAdler-32 checksum of data, going on from value."},
    {"compress", FASTKW(zlib_compress), "compress($module, data, /, level=Z_DEFAULT_COMPRESSION)\n--\n\nData compressed; level goes from 0 (not at all) to 9 (slowest, smallest)."},
    {"compressobj", FASTKW(zlib_compressobj), "compressobj($module, /, level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n            wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL,\n            strategy=Z_DEFAULT_STRATEGY, zdict=None)\n--\n\nAn object that compresses a stream piece by piece.\n\n  level\n    0 to 9, or -1 for the default.\n  wbits\n    Size of the window and kind of header: 9 to 15 zlib, negative none, 25 to 31 gzip.\n  memLevel\n    1 (little memory) to 9 (fast).\n  zdict\n    Bytes that are expected to occur in the data."},
    {"crc32", FAST(zlib_crc32), "crc32($module, data, value=0, /)\n--\n\nCRC-32 checksum of data, going on from value."},
    {"decompress", FASTKW(zlib_decompress), "decompress($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)\n--\n\nThe data that was compressed.\n\n  wbits\n    Size of the window and kind of header.\n  bufsize\n    First size of the output buffer."},
    {"decompressobj", FASTKW(zlib_decompressobj), "decompressobj($module, /, wbits=MAX_WBITS, zdict=b\'\')\n--\n\nAn object that decompresses a stream piece by piece.\n\n  wbits\n    Size of the window and kind of header.\n  zdict\n    The dictionary the stream was compressed with."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "zlib",
    .m_doc = "Compression and decompression, compatible with gzip, and two checksums.",
    .m_size = -1,
    .m_methods = methods,
};

static int add_constants(PyObject *m)
{
    static const struct {
        const char *name;
        int value;
    } all[] = {
        {"MAX_WBITS", MAX_WBITS}, {"DEFLATED", DEFLATED}, {"DEF_MEM_LEVEL", DEF_MEM_LEVEL}, {"DEF_BUF_SIZE", DEF_BUF_SIZE},
        {"Z_NO_COMPRESSION", Z_NO_COMPRESSION}, {"Z_BEST_SPEED", Z_BEST_SPEED}, {"Z_BEST_COMPRESSION", Z_BEST_COMPRESSION},
        {"Z_DEFAULT_COMPRESSION", Z_DEFAULT_COMPRESSION}, {"Z_FILTERED", Z_FILTERED}, {"Z_HUFFMAN_ONLY", Z_HUFFMAN_ONLY},
        {"Z_RLE", Z_RLE}, {"Z_FIXED", Z_FIXED}, {"Z_DEFAULT_STRATEGY", Z_DEFAULT_STRATEGY}, {"Z_NO_FLUSH", Z_NO_FLUSH},
        {"Z_PARTIAL_FLUSH", Z_PARTIAL_FLUSH}, {"Z_SYNC_FLUSH", Z_SYNC_FLUSH}, {"Z_FULL_FLUSH", Z_FULL_FLUSH}, {"Z_FINISH", Z_FINISH},
        {"Z_BLOCK", Z_BLOCK}, {"Z_TREES", Z_TREES},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (PyModule_AddIntConstant(m, all[i].name, all[i].value) < 0)
            return -1;
    return 0;
}

PyMODINIT_FUNC PyInit_zlib(void)
{
    if (PyType_Ready(&CompressType) < 0 || PyType_Ready(&DecompressType) < 0)
        return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    if (ZlibError == NULL && (ZlibError = PyErr_NewException("zlib.error", NULL, NULL)) == NULL)
        return NULL;
    Py_INCREF(ZlibError);
    PyModule_AddObject(m, "error", ZlibError);
    if (add_constants(m) < 0 || PyModule_AddStringConstant(m, "ZLIB_VERSION", ZLIB_VERSION) < 0 ||
        PyModule_AddStringConstant(m, "ZLIB_RUNTIME_VERSION", zlibVersion()) < 0 || PyModule_AddStringConstant(m, "__version__", "1.0") < 0)
        return NULL;
    return m;
}
