/* SPDX-License-Identifier: MIT */
/* _lzma: compression by liblzma (.xz, .lzma and raw streams); lzma.py makes files of it.  See stream.h for the common part.
 *
 * Filters are dicts on the Python side ({"id": FILTER_..., option: value, ...}) and lzma_filter with allocated options here:
 * filter_from_dict() and filter_to_dict() go between the two, by the tables of options.
 */
#include "stream.h"

#include <lzma.h>

enum { FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW };
enum { CHECK_UNKNOWN = LZMA_CHECK_ID_MAX + 1 };

static PyObject *LzmaError;

/* Raise what a status means. 0 if it is none of failure. */
static int lzma_fail(lzma_ret status)
{
    const char *text = NULL;
    switch (status) {
    case LZMA_OK:
    case LZMA_GET_CHECK:
    case LZMA_NO_CHECK:
    case LZMA_STREAM_END:
        return 0;
    case LZMA_UNSUPPORTED_CHECK:
        text = "Unsupported integrity check";
        break;
    case LZMA_MEM_ERROR:
        PyErr_NoMemory();
        return -1;
    case LZMA_MEMLIMIT_ERROR:
        text = "Memory usage limit exceeded";
        break;
    case LZMA_FORMAT_ERROR:
        text = "Input format not supported by decoder";
        break;
    case LZMA_OPTIONS_ERROR:
        text = "Invalid or unsupported options";
        break;
    case LZMA_DATA_ERROR:
        text = "Corrupt input data";
        break;
    case LZMA_BUF_ERROR:
        text = "Insufficient buffer space";
        break;
    case LZMA_PROG_ERROR:
        text = "Internal error";
        break;
    default:
        PyErr_Format(LzmaError, "Unrecognized error from liblzma: %d", (int)status);
        return -1;
    }
    PyErr_SetString(LzmaError, text);
    return -1;
}

static void *py_alloc(void *Py_UNUSED(context), size_t items, size_t size)
{
    return size && items > (size_t)PY_SSIZE_T_MAX / size ? NULL : PyMem_RawMalloc(items * size);
}

static void py_release(void *Py_UNUSED(context), void *p)
{
    PyMem_RawFree(p);
}

static const lzma_allocator allocator = {py_alloc, py_release, NULL};

/* ------------------------------------------------------------------ filters */

static int to_uint32(PyObject *o, void *out)
{
    unsigned long long v = PyLong_AsUnsignedLongLong(o);
    if (PyErr_Occurred())
        return 0;
    if (v > UINT32_MAX) {
        PyErr_SetString(PyExc_OverflowError, "Value too large for uint32_t type");
        return 0;
    }
    *(uint32_t *)out = (uint32_t)v;
    return 1;
}

static int to_mode(PyObject *o, void *out)
{
    unsigned long long v = PyLong_AsUnsignedLongLong(o);
    if (PyErr_Occurred())
        return 0;
    *(lzma_mode *)out = (lzma_mode)v;
    if ((unsigned long long)*(lzma_mode *)out == v)
        return 1;
    PyErr_SetString(PyExc_OverflowError, "Value too large for lzma_mode type");
    return 0;
}

static int to_match_finder(PyObject *o, void *out)
{
    unsigned long long v = PyLong_AsUnsignedLongLong(o);
    if (PyErr_Occurred())
        return 0;
    *(lzma_match_finder *)out = (lzma_match_finder)v;
    if ((unsigned long long)*(lzma_match_finder *)out == v)
        return 1;
    PyErr_SetString(PyExc_OverflowError, "Value too large for lzma_match_finder type");
    return 0;
}

/* All of the same length: {"a": offset} by name, with the way to read a value. */
typedef struct {
    const char *name;
    size_t offset;
    int (*read)(PyObject *, void *);
} Option;

#define O(name, field, read) {name, offsetof(lzma_options_lzma, field), read}
static const Option lzma_options[] = {
    O("dict_size", dict_size, to_uint32), O("lc", lc, to_uint32), O("lp", lp, to_uint32), O("pb", pb, to_uint32), O("mode", mode, to_mode),
    O("nice_len", nice_len, to_uint32), O("mf", mf, to_match_finder), O("depth", depth, to_uint32), {NULL, 0, NULL},
};
#undef O
static const Option delta_options[] = {{"dist", offsetof(lzma_options_delta, dist), to_uint32}, {NULL, 0, NULL}};
static const Option bcj_options[] = {{"start_offset", offsetof(lzma_options_bcj, start_offset), to_uint32}, {NULL, 0, NULL}};

typedef struct {
    const Option *options;
    size_t size;
    const char *wrong;
} Kind;

static const Kind kind_lzma = {lzma_options, sizeof(lzma_options_lzma), "Invalid filter specifier for LZMA filter"};
static const Kind kind_delta = {delta_options, sizeof(lzma_options_delta), "Invalid filter specifier for delta filter"};
static const Kind kind_bcj = {bcj_options, sizeof(lzma_options_bcj), "Invalid filter specifier for BCJ filter"};

static const Kind *kind_of(lzma_vli id)
{
    switch (id) {
    case LZMA_FILTER_LZMA1:
    case LZMA_FILTER_LZMA2:
        return &kind_lzma;
    case LZMA_FILTER_DELTA:
        return &kind_delta;
    case LZMA_FILTER_X86:
    case LZMA_FILTER_POWERPC:
    case LZMA_FILTER_IA64:
    case LZMA_FILTER_ARM:
    case LZMA_FILTER_ARMTHUMB:
    case LZMA_FILTER_SPARC:
        return &kind_bcj;
    default:
        PyErr_Format(PyExc_ValueError, "Invalid filter ID: %llu", (unsigned long long)id);
        return NULL;
    }
}

/* Every key of the dict must be known. 0 / -1. */
static int check_names(const Kind *kind, PyObject *spec)
{
    PyObject *keys = PyMapping_Keys(spec);
    int status = keys ? 0 : -1;
    for (Py_ssize_t i = 0; keys && status == 0 && i < PyList_GET_SIZE(keys); i++) {
        PyObject *key = PyList_GET_ITEM(keys, i);
        int known = PyUnicode_Check(key) && (PyUnicode_CompareWithASCIIString(key, "id") == 0 ||
                                             (kind == &kind_lzma && PyUnicode_CompareWithASCIIString(key, "preset") == 0));
        for (const Option *o = kind->options; !known && o->name && PyUnicode_Check(key); o++)
            known = PyUnicode_CompareWithASCIIString(key, o->name) == 0;
        if (!known) {
            PyErr_SetString(PyExc_ValueError, kind->wrong);
            status = -1;
        }
    }
    Py_XDECREF(keys);
    return status;
}

static int set_defaults(const Kind *kind, PyObject *spec, void *options)
{
    if (kind == &kind_delta) {
        *(lzma_options_delta *)options = (lzma_options_delta){.type = LZMA_DELTA_TYPE_BYTE, .dist = 1};
        return 0;
    }
    if (kind == &kind_bcj)
        return 0;
    uint32_t preset = LZMA_PRESET_DEFAULT;
    PyObject *o = PyMapping_GetItemString(spec, "preset");
    if (o == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_KeyError))
            return -1;
        PyErr_Clear();
    }
    else {
        int ok = to_uint32(o, &preset);
        Py_DECREF(o);
        if (!ok)
            return -1;
    }
    if (lzma_lzma_preset(options, preset)) {
        PyErr_Format(LzmaError, "Invalid compression preset: %u", preset);
        return -1;
    }
    return 0;
}

/* f->options is allocated; release with PyMem_Free. 0 / -1. */
static int filter_from_dict(PyObject *spec, lzma_filter *f)
{
    if (!PyMapping_Check(spec)) {
        PyErr_SetString(PyExc_TypeError, "Filter specifier must be a dict or dict-like object");
        return -1;
    }
    PyObject *id = PyMapping_GetItemString(spec, "id");
    if (id == NULL) {
        if (PyErr_ExceptionMatches(PyExc_KeyError))
            PyErr_SetString(PyExc_ValueError, "Filter specifier must have an \"id\" entry");
        return -1;
    }
    f->id = PyLong_AsUnsignedLongLong(id);
    Py_DECREF(id);
    if (PyErr_Occurred())
        return -1;
    const Kind *kind = kind_of(f->id);
    char *options = kind ? PyMem_Calloc(1, kind->size) : NULL;
    if (options == NULL) {
        if (kind)
            PyErr_NoMemory();
        return -1;
    }
    if (check_names(kind, spec) < 0 || set_defaults(kind, spec, options) < 0)
        goto error;
    for (const Option *o = kind->options; o->name; o++) {
        PyObject *v = PyMapping_GetItemString(spec, o->name);
        if (v == NULL) {
            if (!PyErr_ExceptionMatches(PyExc_KeyError))
                goto error;
            PyErr_Clear();
            continue;
        }
        int ok = o->read(v, options + o->offset);
        Py_DECREF(v);
        if (!ok) {
            if (PyErr_ExceptionMatches(PyExc_TypeError))
                PyErr_SetString(PyExc_ValueError, kind->wrong);
            goto error;
        }
    }
    f->options = options;
    return 0;
error:
    PyMem_Free(options);
    return -1;
}

typedef lzma_filter Chain[LZMA_FILTERS_MAX + 1];

static void chain_free(Chain chain)
{
    for (int i = 0; chain[i].id != LZMA_VLI_UNKNOWN; i++)
        PyMem_Free(chain[i].options);
}

static int chain_from_list(PyObject *list, Chain chain)
{
    Py_ssize_t n = PySequence_Length(list);
    chain[0].id = LZMA_VLI_UNKNOWN;
    if (n < 0)
        return -1;
    if (n > LZMA_FILTERS_MAX) {
        PyErr_Format(PyExc_ValueError, "Too many filters - liblzma supports a maximum of %d", LZMA_FILTERS_MAX);
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        lzma_filter f;
        PyObject *spec = PySequence_GetItem(list, i);
        int status = spec ? filter_from_dict(spec, &f) : -1;
        Py_XDECREF(spec);
        if (status < 0) {
            chain_free(chain);
            return -1;
        }
        chain[i] = f;
        chain[i + 1].id = LZMA_VLI_UNKNOWN;
    }
    return 0;
}

static int add_number(PyObject *d, const char *name, unsigned long long value)
{
    PyObject *v = PyLong_FromUnsignedLongLong(value);
    int status = v ? PyDict_SetItemString(d, name, v) : -1;
    Py_XDECREF(v);
    return status;
}

static PyObject *filter_to_dict(const lzma_filter *f)
{
    PyObject *d = PyDict_New();
    int status = d ? add_number(d, "id", f->id) : -1;
    const Kind *kind = status < 0 ? NULL : kind_of(f->id);
    const char *options = f->options;
    if (kind == NULL)
        goto error;
    /* What the properties hold: all of LZMA1 up to mode, only the size for LZMA2. */
    for (const Option *o = kind->options; options && o->name && o->read == to_uint32; o++) {
        uint32_t v;
        memcpy(&v, options + o->offset, sizeof v);
        if (add_number(d, o->name, v) < 0)
            goto error;
        if (f->id == LZMA_FILTER_LZMA2)
            break;
    }
    return d;
error:
    Py_XDECREF(d);
    return NULL;
}

/* ------------------------------------------------------------------ compressor */

typedef struct {
    PyObject_HEAD
    lzma_stream z;
    Packer packer;
} Compressor;

static lzma_ret run(lzma_stream *z, Io *io, lzma_action action)
{
    lzma_ret status;
    z->next_in = io->in;
    z->avail_in = io->in_left;
    z->next_out = io->out;
    z->avail_out = io->out_left;
    Py_BEGIN_ALLOW_THREADS
    status = lzma_code(z, action);
    Py_END_ALLOW_THREADS
    int hungry = status == LZMA_BUF_ERROR && z->avail_in == 0 && z->avail_out > 0;
    *io = (Io){z->next_in, z->avail_in, z->next_out, z->avail_out};
    return hungry ? LZMA_OK : status;
}

static int compress_step(void *op, Io *io, int flush)
{
    if (io->in_left == 0 && !flush)
        return STEP_MORE;
    lzma_ret status = run(&((Compressor *)op)->z, io, flush ? LZMA_FINISH : LZMA_RUN);
    return lzma_fail(status) < 0 ? STEP_ERROR : status == LZMA_STREAM_END ? STEP_END : STEP_MORE;
}

static PyObject *compressor_compress(PyObject *op, PyObject *arg)
{
    return packer_compress(&((Compressor *)op)->packer, compress_step, op, arg);
}

static PyObject *compressor_flush(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return packer_flush(&((Compressor *)op)->packer, compress_step, op);
}

static int start_encoder(lzma_stream *z, int format, int check, uint32_t preset, lzma_filter *chain)
{
    lzma_options_lzma options;
    switch (format) {
    case FORMAT_XZ:
        return lzma_fail(chain ? lzma_stream_encoder(z, chain, (lzma_check)check) : lzma_easy_encoder(z, preset, (lzma_check)check));
    case FORMAT_ALONE:
        if (chain && chain[0].id == LZMA_FILTER_LZMA1 && chain[1].id == LZMA_VLI_UNKNOWN)
            return lzma_fail(lzma_alone_encoder(z, chain[0].options));
        if (chain) {
            PyErr_SetString(PyExc_ValueError, "Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter");
            return -1;
        }
        if (lzma_lzma_preset(&options, preset)) {
            PyErr_Format(LzmaError, "Invalid compression preset: %u", preset);
            return -1;
        }
        return lzma_fail(lzma_alone_encoder(z, &options));
    default:
        return lzma_fail(lzma_raw_encoder(z, chain));
    }
}

static int compressor_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"format", "check", "preset", "filters", NULL};
    Compressor *self = (Compressor *)op;
    int format = FORMAT_XZ, check = -1;
    uint32_t preset = LZMA_PRESET_DEFAULT;
    PyObject *level = Py_None, *filters = Py_None;
    const char *wrong = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|iiOO:LZMACompressor", names, &format, &check, &level, &filters))
        return -1;
    if (level != Py_None && filters != Py_None)
        wrong = "Cannot specify both preset and filter chain";
    else if (level != Py_None && !to_uint32(level, &preset))
        return -1;
    else if (format != FORMAT_XZ && check != -1 && check != LZMA_CHECK_NONE)
        wrong = "Integrity checks are only supported by FORMAT_XZ";
    else if (format == FORMAT_RAW && filters == Py_None)
        wrong = "Must specify filters for FORMAT_RAW";
    if (wrong || format < FORMAT_XZ || format > FORMAT_RAW) {
        if (wrong)
            PyErr_SetString(PyExc_ValueError, wrong);
        else
            PyErr_Format(PyExc_ValueError, "Invalid container format: %d", format);
        return -1;
    }
    Chain chain;
    if (filters != Py_None && chain_from_list(filters, chain) < 0)
        return -1;
    if (stream_first_lock(self, &self->packer.lock) < 0) {
        if (filters != Py_None)
            chain_free(chain);
        return -1;
    }
    lzma_end(&self->z);
    self->z = (lzma_stream)LZMA_STREAM_INIT;
    self->z.allocator = &allocator;
    self->packer.flushed = 0;
    int status = start_encoder(&self->z, format, check == -1 ? LZMA_CHECK_CRC64 : check, preset, filters == Py_None ? NULL : chain);
    PyThread_release_lock(self->packer.lock);
    if (filters != Py_None)
        chain_free(chain);
    return status;
}

static void compressor_dealloc(PyObject *op)
{
    Compressor *self = (Compressor *)op;
    lzma_end(&self->z);
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
    .tp_name = "_lzma.LZMACompressor",
    .tp_basicsize = sizeof(Compressor),
    .tp_dealloc = compressor_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "LZMACompressor(format=FORMAT_XZ, check=-1, preset=None, filters=None)\n\nCompresses a stream piece by piece.\n\nformat is FORMAT_XZ, FORMAT_ALONE or FORMAT_RAW; check the kind of checksum, which only FORMAT_XZ\nhas. The settings come either from preset, 0 to 9 and perhaps PRESET_EXTREME, or from filters, a\nsequence of dicts with an \"id\" and options; FORMAT_RAW needs filters.",
    .tp_methods = compressor_methods,
    .tp_init = compressor_init,
    .tp_new = PyType_GenericNew,
};

/* ------------------------------------------------------------------ decompressor */

typedef struct {
    PyObject_HEAD
    lzma_stream z;
    int check;
    Unpacker u;
} Decompressor;

static int decompress_step(void *op, Io *io, int Py_UNUSED(flush))
{
    Decompressor *self = op;
    lzma_ret status = run(&self->z, io, LZMA_RUN);
    if (lzma_fail(status) < 0)
        return STEP_ERROR;
    if (status == LZMA_GET_CHECK || status == LZMA_NO_CHECK)
        self->check = (int)lzma_get_check(&self->z);
    return status == LZMA_STREAM_END ? STEP_END : STEP_MORE;
}

static PyObject *decompressor_decompress(PyObject *op, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    return unpacker_method(&((Decompressor *)op)->u, decompress_step, op, "Already at end of stream", args, nargs, kwnames);
}

/* chain: for FORMAT_RAW. */
static int start_decoder(Decompressor *self, int format, uint64_t limit, const lzma_filter *chain)
{
    const uint32_t flags = LZMA_TELL_ANY_CHECK | LZMA_TELL_NO_CHECK;
    switch (format) {
    case FORMAT_AUTO:
        return lzma_fail(lzma_auto_decoder(&self->z, limit, flags));
    case FORMAT_XZ:
        return lzma_fail(lzma_stream_decoder(&self->z, limit, flags));
    case FORMAT_ALONE:
        self->check = LZMA_CHECK_NONE;
        return lzma_fail(lzma_alone_decoder(&self->z, limit));
    case FORMAT_RAW:
        self->check = LZMA_CHECK_NONE;
        return lzma_fail(lzma_raw_decoder(&self->z, chain));
    default:
        PyErr_Format(PyExc_ValueError, "Invalid container format: %d", format);
        return -1;
    }
}

static int decompressor_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"format", "memlimit", "filters", NULL};
    Decompressor *self = (Decompressor *)op;
    int format = FORMAT_AUTO;
    PyObject *memlimit = Py_None, *filters = Py_None;
    uint64_t limit = UINT64_MAX;
    const char *wrong = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|iOO:LZMADecompressor", names, &format, &memlimit, &filters))
        return -1;
    if (memlimit != Py_None) {
        if (format == FORMAT_RAW)
            wrong = "Cannot specify memory limit with FORMAT_RAW";
        else if ((limit = PyLong_AsUnsignedLongLong(memlimit)) == UINT64_MAX && PyErr_Occurred())
            return -1;
    }
    if (!wrong && format == FORMAT_RAW && filters == Py_None)
        wrong = "Must specify filters for FORMAT_RAW";
    if (!wrong && format != FORMAT_RAW && filters != Py_None)
        wrong = "Cannot specify filters except with FORMAT_RAW";
    if (wrong) {
        PyErr_SetString(PyExc_ValueError, wrong);
        return -1;
    }
    Chain chain;
    int status = -1;
    if (filters != Py_None && chain_from_list(filters, chain) < 0)
        return -1;
    if (stream_first_lock(self, &self->u.lock) == 0) {
        if (unpacker_init(&self->u) == 0) {
            self->u.holds_output = 1;
            lzma_end(&self->z);
            self->z = (lzma_stream)LZMA_STREAM_INIT;
            self->z.allocator = &allocator;
            self->check = CHECK_UNKNOWN;
            status = start_decoder(self, format, limit, chain);
        }
        PyThread_release_lock(self->u.lock);
    }
    if (filters != Py_None)
        chain_free(chain);
    return status;
}

static void decompressor_dealloc(PyObject *op)
{
    Decompressor *self = (Decompressor *)op;
    lzma_end(&self->z);
    unpacker_fini(&self->u);
    Py_TYPE(op)->tp_free(op);
}

static PyMethodDef decompressor_methods[] = {
    {"decompress", (PyCFunction)(void (*)(void))decompressor_decompress, METH_FASTCALL | METH_KEYWORDS,
     "decompress($self, /, data, max_length=-1)\n--\n\nTake compressed data in and return the bytes that come of it, at most max_length unless that is negative.\n\nIf the limit was reached and there is more, needs_input is False, and the next call may pass b''.\nEOFError after the end of the stream; bytes beyond it are in unused_data."},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef decompressor_members[] = {
    {"check", T_INT, offsetof(Decompressor, check), READONLY, "the stream's kind of checksum, CHECK_UNKNOWN until that is read"},
    UNPACKER_MEMBERS(Decompressor, u),
    {NULL, 0, 0, 0, NULL},
};

static PyTypeObject DecompressorType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_lzma.LZMADecompressor",
    .tp_basicsize = sizeof(Decompressor),
    .tp_dealloc = decompressor_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "LZMADecompressor(format=FORMAT_AUTO, memlimit=None, filters=None)\n--\n\nDecompresses a stream piece by piece.\n\n  format\n    FORMAT_AUTO finds out between FORMAT_XZ and FORMAT_ALONE.\n  memlimit\n    Bytes that may be used, above which decompression fails.\n  filters\n    The chain of filters that a raw stream was made with.",
    .tp_methods = decompressor_methods,
    .tp_members = decompressor_members,
    .tp_init = decompressor_init,
    .tp_new = PyType_GenericNew,
};

/* ------------------------------------------------------------------ module */

static PyObject *check_supported(PyObject *Py_UNUSED(module), PyObject *arg)
{
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return NULL;
    }
    int id = _PyLong_AsInt(arg);
    if (id == -1 && PyErr_Occurred())
        return NULL;
    return PyBool_FromLong(lzma_check_is_supported((lzma_check)id));
}

static PyObject *encode_properties(PyObject *Py_UNUSED(module), PyObject *arg)
{
    lzma_filter f;
    uint32_t n;
    PyObject *result = NULL;
    if (filter_from_dict(arg, &f) < 0)
        return NULL;
    if (lzma_fail(lzma_properties_size(&n, &f)) == 0 && (result = PyBytes_FromStringAndSize(NULL, n)) &&
        lzma_fail(lzma_properties_encode(&f, (uint8_t *)PyBytes_AS_STRING(result))) < 0)
        Py_CLEAR(result);
    PyMem_Free(f.options);
    return result;
}

static PyObject *decode_properties(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    lzma_filter f = {0, NULL};
    Py_buffer data;
    if (!_PyArg_CheckPositional("_decode_filter_properties", nargs, 2, 2))
        return NULL;
    f.id = PyLong_AsUnsignedLongLong(args[0]);
    if (PyErr_Occurred() || PyObject_GetBuffer(args[1], &data, PyBUF_SIMPLE) < 0)
        return NULL;
    PyObject *result = NULL;
    if (lzma_fail(lzma_properties_decode(&f, NULL, data.buf, (size_t)data.len)) == 0) {
        result = filter_to_dict(&f);
        free(f.options);
    }
    PyBuffer_Release(&data);
    return result;
}

static PyMethodDef methods[] = {
    {"is_check_supported", check_supported, METH_O, "is_check_supported($module, check_id, /)\n--\n\nCan this kind of checksum be made and verified?"},
    {"_encode_filter_properties", encode_properties, METH_O, "_encode_filter_properties($module, filter, /)\n--\n\nThe options of a filter as bytes, in the form they have in a file."},
    {"_decode_filter_properties", (PyCFunction)(void (*)(void))decode_properties, METH_FASTCALL, "_decode_filter_properties($module, filter_id, encoded_props, /)\n--\n\nThe filter, as a dict, that these bytes are the options of."},
    {NULL, NULL, 0, NULL},
};

#define N(name) {#name, (unsigned long long)name}
#define L(name) {#name, (unsigned long long)LZMA_##name}
static const struct {
    const char *name;
    unsigned long long value;
} constants[] = {
    N(FORMAT_AUTO), N(FORMAT_XZ), N(FORMAT_ALONE), N(FORMAT_RAW), L(CHECK_NONE), L(CHECK_CRC32), L(CHECK_CRC64), L(CHECK_SHA256),
    L(CHECK_ID_MAX), N(CHECK_UNKNOWN), L(FILTER_LZMA1), L(FILTER_LZMA2), L(FILTER_DELTA), L(FILTER_X86), L(FILTER_IA64), L(FILTER_ARM),
    L(FILTER_ARMTHUMB), L(FILTER_SPARC), L(FILTER_POWERPC), L(MF_HC3), L(MF_HC4), L(MF_BT2), L(MF_BT3), L(MF_BT4), L(MODE_FAST),
    L(MODE_NORMAL), L(PRESET_DEFAULT), L(PRESET_EXTREME),
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_lzma",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__lzma(void)
{
    if (PyType_Ready(&CompressorType) < 0 || PyType_Ready(&DecompressorType) < 0)
        return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    PyObject *d = PyModule_GetDict(m);
    if (LzmaError == NULL && (LzmaError = PyErr_NewExceptionWithDoc("_lzma.LZMAError", "liblzma could not do it.", NULL, NULL)) == NULL)
        goto error;
    if (PyDict_SetItemString(d, "LZMAError", LzmaError) < 0 || PyDict_SetItemString(d, "LZMACompressor", (PyObject *)&CompressorType) < 0 ||
        PyDict_SetItemString(d, "LZMADecompressor", (PyObject *)&DecompressorType) < 0)
        goto error;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(constants); i++)
        if (add_number(d, constants[i].name, constants[i].value) < 0)
            goto error;
    return m;
error:
    Py_DECREF(m);
    return NULL;
}
