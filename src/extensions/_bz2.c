/* SPDX-License-Identifier: MIT */
/* _bz2: compression by libbzip2, piece by piece; bz2.py makes files of it.  See stream.h for the common part. */
#include "stream.h"

#include <bzlib.h>
#include <limits.h>

static int bz_fail(int status)
{
    switch (status) {
    case BZ_PARAM_ERROR:
        PyErr_SetString(PyExc_ValueError, "Internal error - invalid parameters passed to libbzip2");
        break;
    case BZ_MEM_ERROR:
        PyErr_NoMemory();
        break;
    case BZ_DATA_ERROR:
    case BZ_DATA_ERROR_MAGIC:
        PyErr_SetString(PyExc_OSError, "Invalid data stream");
        break;
    case BZ_IO_ERROR:
        PyErr_SetString(PyExc_OSError, "Unknown I/O error");
        break;
    case BZ_UNEXPECTED_EOF:
        PyErr_SetString(PyExc_EOFError, "Compressed file ended before the logical end-of-stream was detected");
        break;
    case BZ_SEQUENCE_ERROR:
        PyErr_SetString(PyExc_RuntimeError, "Internal error - Invalid sequence of commands sent to libbzip2");
        break;
    case BZ_CONFIG_ERROR:
        PyErr_SetString(PyExc_SystemError, "libbzip2 was not compiled correctly");
        break;
    default:
        PyErr_Format(PyExc_OSError, "Unrecognized error from libbzip2: %d", status);
    }
    return STEP_ERROR;
}

static void *bz_alloc(void *Py_UNUSED(context), int items, int size)
{
    return items < 0 || size < 0 ? NULL : PyMem_RawCalloc((size_t)items, (size_t)size);
}

static void bz_release(void *Py_UNUSED(context), void *p)
{
    PyMem_RawFree(p);
}

/* Let the library see as much of io as its counters can tell. */
static void io_to_bz(const Io *io, bz_stream *z)
{
    z->next_in = (char *)io->in;
    z->avail_in = io->in_left < UINT_MAX ? (unsigned)io->in_left : UINT_MAX;
    z->next_out = (char *)io->out;
    z->avail_out = io->out_left < UINT_MAX ? (unsigned)io->out_left : UINT_MAX;
}

static void bz_to_io(const bz_stream *z, Io *io)
{
    io->in_left -= (size_t)((const unsigned char *)z->next_in - io->in);
    io->in = (const unsigned char *)z->next_in;
    io->out_left -= (size_t)((unsigned char *)z->next_out - io->out);
    io->out = (unsigned char *)z->next_out;
}

/* ------------------------------------------------------------------ compressor */

typedef struct {
    PyObject_HEAD
    bz_stream z;
    int open; /* z is initialised */
    Packer packer;
} Compressor;

static int compress_step(void *op, Io *io, int flush)
{
    Compressor *self = op;
    int status;
    if (io->in_left == 0 && !flush)
        return STEP_MORE;
    io_to_bz(io, &self->z);
    Py_BEGIN_ALLOW_THREADS
    status = BZ2_bzCompress(&self->z, flush ? BZ_FINISH : BZ_RUN);
    Py_END_ALLOW_THREADS
    bz_to_io(&self->z, io);
    return status == BZ_STREAM_END ? STEP_END : status < 0 ? bz_fail(status) : STEP_MORE;
}

static PyObject *compressor_compress(PyObject *op, PyObject *arg)
{
    return packer_compress(&((Compressor *)op)->packer, compress_step, op, arg);
}

static PyObject *compressor_flush(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return packer_flush(&((Compressor *)op)->packer, compress_step, op);
}

static int compressor_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    Compressor *self = (Compressor *)op;
    int level = 9;
    if (!_PyArg_NoKeywords("BZ2Compressor", kwds) || !PyArg_ParseTuple(args, "|i:BZ2Compressor", &level))
        return -1;
    if (level < 1 || level > 9) {
        PyErr_SetString(PyExc_ValueError, "compresslevel must be between 1 and 9");
        return -1;
    }
    if (stream_first_lock(self, &self->packer.lock) < 0)
        return -1;
    if (self->open)
        BZ2_bzCompressEnd(&self->z);
    self->z = (bz_stream){.bzalloc = bz_alloc, .bzfree = bz_release};
    self->packer.flushed = 0;
    int status = BZ2_bzCompressInit(&self->z, level, 0, 0);
    self->open = status == BZ_OK;
    PyThread_release_lock(self->packer.lock);
    return self->open ? 0 : bz_fail(status);
}

static void compressor_dealloc(PyObject *op)
{
    Compressor *self = (Compressor *)op;
    if (self->open)
        BZ2_bzCompressEnd(&self->z);
    if (self->packer.lock)
        PyThread_free_lock(self->packer.lock);
    Py_TYPE(op)->tp_free(op);
}

static PyMethodDef compressor_methods[] = {
    {"compress", compressor_compress, METH_O, "compress($self, data, /)\n--\n\nTake data in and return the compressed bytes that are ready."},
    {"flush", compressor_flush, METH_NOARGS, "flush($self, /)\n--\n\nEnd the stream and return the rest of it. Nothing can be compressed afterwards."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject CompressorType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_bz2.BZ2Compressor",
    .tp_basicsize = sizeof(Compressor),
    .tp_dealloc = compressor_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "BZ2Compressor(compresslevel=9, /)\n--\n\nCompresses a stream piece by piece.\n\n  compresslevel\n    1 (little memory) to 9.",
    .tp_methods = compressor_methods,
    .tp_init = compressor_init,
    .tp_new = PyType_GenericNew,
};

/* ------------------------------------------------------------------ decompressor */

typedef struct {
    PyObject_HEAD
    bz_stream z;
    int open;
    Unpacker u;
} Decompressor;

static int decompress_step(void *op, Io *io, int Py_UNUSED(flush))
{
    Decompressor *self = op;
    int status;
    io_to_bz(io, &self->z);
    Py_BEGIN_ALLOW_THREADS
    status = BZ2_bzDecompress(&self->z);
    Py_END_ALLOW_THREADS
    bz_to_io(&self->z, io);
    return status == BZ_STREAM_END ? STEP_END : status < 0 ? bz_fail(status) : STEP_MORE;
}

static PyObject *decompressor_decompress(PyObject *op, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    return unpacker_method(&((Decompressor *)op)->u, decompress_step, op, "End of stream already reached", args, nargs, kwnames);
}

static int decompressor_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    Decompressor *self = (Decompressor *)op;
    int status = -1;
    if (!_PyArg_NoPositional("BZ2Decompressor", args) || !_PyArg_NoKeywords("BZ2Decompressor", kwds) ||
        stream_first_lock(self, &self->u.lock) < 0)
        return -1;
    if (unpacker_init(&self->u) == 0) {
        if (self->open)
            BZ2_bzDecompressEnd(&self->z);
        self->z = (bz_stream){.bzalloc = bz_alloc, .bzfree = bz_release};
        int code = BZ2_bzDecompressInit(&self->z, 0, 0);
        self->open = code == BZ_OK;
        status = self->open ? 0 : bz_fail(code);
    }
    PyThread_release_lock(self->u.lock);
    return status;
}

static void decompressor_dealloc(PyObject *op)
{
    Decompressor *self = (Decompressor *)op;
    if (self->open)
        BZ2_bzDecompressEnd(&self->z);
    unpacker_fini(&self->u);
    Py_TYPE(op)->tp_free(op);
}

static PyMethodDef decompressor_methods[] = {
    {"decompress", (PyCFunction)(void (*)(void))decompressor_decompress, METH_FASTCALL | METH_KEYWORDS,
     "decompress($self, /, data, max_length=-1)\n--\n\nTake compressed data in and return the bytes that come of it, at most max_length unless that is negative.\n\nIf the limit was reached and there is more, needs_input is False, and the next call may pass b''.\nEOFError after the end of the stream; bytes beyond it are in unused_data."},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef decompressor_members[] = {UNPACKER_MEMBERS(Decompressor, u), {NULL, 0, 0, 0, NULL}};

static PyTypeObject DecompressorType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_bz2.BZ2Decompressor",
    .tp_basicsize = sizeof(Decompressor),
    .tp_dealloc = decompressor_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "BZ2Decompressor()\n--\n\nDecompresses a stream piece by piece.",
    .tp_methods = decompressor_methods,
    .tp_members = decompressor_members,
    .tp_init = decompressor_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_bz2",
    .m_size = -1,
};

PyMODINIT_FUNC PyInit__bz2(void)
{
    if (PyType_Ready(&CompressorType) < 0 || PyType_Ready(&DecompressorType) < 0)
        return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m && (PyDict_SetItemString(PyModule_GetDict(m), "BZ2Compressor", (PyObject *)&CompressorType) < 0 ||
              PyDict_SetItemString(PyModule_GetDict(m), "BZ2Decompressor", (PyObject *)&DecompressorType) < 0))
        Py_CLEAR(m);
    return m;
}
