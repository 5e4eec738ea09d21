/* SPDX-License-Identifier: MIT */
/* charmap codecs: bytes and characters related by a mapping object, a string, or an EncodingMap.
 *
 * EncodingMap is the inverse of a 256 character decoding string, for characters below U+FFFE:
 *   page[c >> 8] -> row of 256 bytes, row 0 empty; a byte of 0 means unmapped, except for U+0000.
 */
#include "objects/str/codec.h"
#include "objects/str/str_init.h"

enum { UNMAPPED = -1, FAILED = -2, UNDEFINED = 0xfffe };
static const char maps_to_undefined[] = "character maps to <undefined>";

/* mapping[key]; NULL without exception if there is none. New. Runs code. */
static PyObject *lookup(PyObject *mapping, Py_UCS4 key)
{
    PyObject *k = PyLong_FromLong((long)key), *v;
    if (k == NULL)
        return NULL;
    v = PyObject_GetItem(mapping, k);
    Py_DECREF(k);
    if (v == NULL && PyErr_ExceptionMatches(PyExc_LookupError))
        PyErr_Clear();
    return v;
}

/* ---- decoding ---- */

static int undefined_at(StrDecoder *d) { return tai_decoder_error(d, maps_to_undefined, d->p, d->p + 1); }

static int decode_by_string(StrDecoder *d, PyObject *table)
{
    StrView v = str_view(table);
    while (d->p < d->end) {
        Py_UCS4 c = *d->p < v.len ? str_get(v.kind, v.data, *d->p) : UNDEFINED;
        if (c == UNDEFINED) {
            if (undefined_at(d) < 0)
                return -1;
            continue;
        }
        if (_PyUnicodeWriter_WriteChar(&d->w, c) < 0)
            return -1;
        d->p++;
    }
    return 0;
}

static int decode_mapped(StrDecoder *d, PyObject *v)
{
    if (v == Py_None)
        return undefined_at(d);
    if (PyLong_Check(v)) {
        long c = PyLong_AsLong(v);
        if (c == UNDEFINED)
            return undefined_at(d);
        if (c < 0 || c > (long)STR_MAXCHAR) {
            PyErr_SetString(PyExc_TypeError, "character mapping must be in range(0x110000)");
            return -1;
        }
        d->p++;
        return _PyUnicodeWriter_WriteChar(&d->w, (Py_UCS4)c);
    }
    if (!PyUnicode_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "character mapping must return integer, None or str");
        return -1;
    }
    if (str_ready(v) < 0)
        return -1;
    if (str_len(v) == 1 && tai_str_at(v, 0) == UNDEFINED)
        return undefined_at(d);
    d->w.overallocate = 1;
    d->p++;
    return _PyUnicodeWriter_WriteStr(&d->w, v);
}

static int decode_by_mapping(StrDecoder *d, PyObject *mapping)
{
    while (d->p < d->end) {
        PyObject *v = lookup(mapping, *d->p);
        if (v == NULL) {
            if (PyErr_Occurred() || undefined_at(d) < 0)
                return -1;
            continue;
        }
        int r = decode_mapped(d, v);
        Py_DECREF(v);
        if (r < 0)
            return -1;
    }
    return 0;
}

PyObject *PyUnicode_DecodeCharmap(const char *s, Py_ssize_t size, PyObject *mapping, const char *errors)
{
    if (mapping == NULL)
        return PyUnicode_DecodeLatin1(s, size, errors);
    if (size <= 0)
        return PyUnicode_New(size, 0x7f); /* "", or SystemError */
    StrDecoder d;
    tai_decoder_init(&d, "charmap", errors, s, size);
    d.w.min_length = size;
    int failed;
    if (PyUnicode_CheckExact(mapping))
        failed = str_ready(mapping) < 0 || decode_by_string(&d, mapping) < 0;
    else
        failed = decode_by_mapping(&d, mapping) < 0;
    return tai_decoder_finish(&d, failed, NULL);
}

/* ---- EncodingMap ---- */

/* A trie of three levels: character bits 11-15 choose a block, bits 7-10 a row of the block, bits 0-6 a byte of the row.
 * Block 0 and row 0 stand for characters without a byte and are all zero. */
typedef struct {
    PyObject_HEAD
    unsigned char block[32];
    int nblocks, nrows;
    unsigned char cells[8]; /* nblocks times 16 row numbers, then nrows times 128 bytes */
} EncodingMap;

static size_t map_bytes(int nblocks, int nrows)
{
    return offsetof(EncodingMap, cells) + 16 * (size_t)nblocks + 128 * (size_t)nrows;
}

static unsigned char *map_row_number(EncodingMap *map, Py_UCS4 c) { return &map->cells[16 * map->block[c >> 11] + (c >> 7 & 15)]; }

static unsigned char *map_byte(EncodingMap *map, Py_UCS4 c)
{
    return &map->cells[16 * map->nblocks + 128 * *map_row_number(map, c) + (c & 127)];
}

static PyObject *map_size(PyObject *self, PyObject *ignored)
{
    EncodingMap *map = (EncodingMap *)self;
    return PyLong_FromSize_t(map_bytes(map->nblocks, map->nrows));
}

static PyMethodDef map_methods[] = {
    {"size", map_size, METH_NOARGS, "Size in memory, in bytes."},
    {NULL},
};

PyTypeObject tai_EncodingMap_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "EncodingMap",
    .tp_basicsize = sizeof(EncodingMap),
    .tp_dealloc = (destructor)PyObject_Free,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = map_methods,
};

static PyObject *inverse_dict(StrView v, Py_ssize_t n)
{
    PyObject *dict = PyDict_New();
    for (Py_ssize_t i = 0; dict != NULL && i < n; i++) {
        PyObject *key = PyLong_FromLong((long)str_get(v.kind, v.data, i)), *value = PyLong_FromSsize_t(i);
        if (key == NULL || value == NULL || PyDict_SetItem(dict, key, value) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(key);
        Py_XDECREF(value);
    }
    return dict;
}

/* An EncodingMap, or a dict where the string has characters that it cannot hold. */
PyObject *PyUnicode_BuildEncodingMap(PyObject *string)
{
    if (!PyUnicode_Check(string) || str_ready(string) < 0 || str_len(string) == 0) {
        PyErr_BadArgument();
        return NULL;
    }
    StrView v = str_view(string);
    Py_ssize_t n = v.len < 256 ? v.len : 256;
    unsigned char block[32] = {0}, row[33][16] = {{0}};
    int nblocks = 1, nrows = 1, plain = str_get(v.kind, v.data, 0) == 0;
    for (Py_ssize_t i = 1; i < n && plain; i++) {
        Py_UCS4 c = str_get(v.kind, v.data, i);
        if (c == 0 || c > 0xffff)
            plain = 0;
        else if (c != UNDEFINED) {
            if (block[c >> 11] == 0)
                block[c >> 11] = (unsigned char)nblocks++;
            unsigned char *number = &row[block[c >> 11]][c >> 7 & 15];
            if (*number == 0 && nrows <= 255)
                *number = (unsigned char)nrows++;
        }
    }
    if (!plain || nrows > 255)
        return inverse_dict(v, n);
    size_t bytes = map_bytes(nblocks, nrows);
    EncodingMap *map = PyObject_Malloc(bytes < sizeof *map ? sizeof *map : bytes);
    if (map == NULL)
        return PyErr_NoMemory();
    (void)PyObject_INIT((PyObject *)map, &tai_EncodingMap_Type);
    map->nblocks = nblocks;
    map->nrows = nrows;
    memcpy(map->block, block, sizeof block);
    memcpy(map->cells, row, 16 * (size_t)nblocks);
    memset(map->cells + 16 * nblocks, 0, 128 * (size_t)nrows);
    for (Py_ssize_t i = 1; i < n; i++) {
        Py_UCS4 c = str_get(v.kind, v.data, i);
        if (c != UNDEFINED)
            *map_byte(map, c) = (unsigned char)i;
    }
    return (PyObject *)map;
}

static int map_lookup(EncodingMap *map, Py_UCS4 c)
{
    if (c > 0xffff)
        return UNMAPPED;
    int b = *map_byte(map, c);
    return b || c == 0 ? b : UNMAPPED;
}

/* ---- encoding ---- */

/* The byte for c, UNMAPPED, FAILED, or 256 with *bytes set (new). Runs code. */
static int encode_lookup(PyObject *mapping, Py_UCS4 c, PyObject **bytes)
{
    *bytes = NULL;
    if (Py_TYPE(mapping) == &tai_EncodingMap_Type)
        return map_lookup((EncodingMap *)mapping, c);
    PyObject *v = lookup(mapping, c);
    if (v == NULL)
        return PyErr_Occurred() ? FAILED : UNMAPPED;
    int r = FAILED;
    if (v == Py_None) {
        r = UNMAPPED;
    } else if (PyLong_Check(v)) {
        long b = PyLong_AsLong(v);
        if (b < 0 || b > 255)
            PyErr_SetString(PyExc_TypeError, "character mapping must be in range(256)");
        else
            r = (int)b;
    } else if (PyBytes_Check(v)) {
        *bytes = v;
        return 256;
    } else {
        PyErr_Format(PyExc_TypeError, "character mapping must return integer, bytes or None, not %.400s", Py_TYPE(v)->tp_name);
    }
    Py_DECREF(v);
    return r;
}

/* Put what c maps to: 0, UNMAPPED or FAILED. */
static int encode_char(StrEncoder *e, PyObject *mapping, Py_UCS4 c)
{
    PyObject *bytes;
    int b = encode_lookup(mapping, c, &bytes);
    if (b < 0)
        return b;
    Py_ssize_t n = bytes ? PyBytes_GET_SIZE(bytes) : 1;
    int r = tai_encoder_room(e, n) < 0 ? FAILED : 0;
    if (r == 0) {
        if (bytes)
            memcpy(e->out, PyBytes_AS_STRING(bytes), (size_t)n);
        else
            *e->out = (char)b;
        e->out += n;
    }
    Py_XDECREF(bytes);
    return r;
}

/* First index after from whose character is mapped; -1 with an exception. */
static Py_ssize_t unmapped_end(PyObject *mapping, StrView v, Py_ssize_t from)
{
    for (; from < v.len; from++) {
        PyObject *bytes;
        int b = encode_lookup(mapping, str_get(v.kind, v.data, from), &bytes);
        Py_XDECREF(bytes);
        if (b == FAILED)
            return -1;
        if (b != UNMAPPED)
            break;
    }
    return from;
}

/* Encode n characters of a replacement; raises the error for [from, to) if they are unmapped themselves. */
static int encode_replacement(StrEncoder *e, PyObject *mapping, StrView text, Py_ssize_t from, Py_ssize_t to)
{
    for (Py_ssize_t i = 0; i < text.len; i++) {
        int r = encode_char(e, mapping, str_get(text.kind, text.data, i));
        if (r == UNMAPPED)
            tai_encoder_raise(e, maps_to_undefined, from, to);
        if (r < 0)
            return -1;
    }
    return 0;
}

/* Characters [i, stop) are unmapped: the index to go on at, or -1. */
static Py_ssize_t encode_unmapped(StrEncoder *e, PyObject *mapping, StrView v, Py_ssize_t i, Py_ssize_t stop)
{
    if (e->kind == _Py_ERROR_UNKNOWN)
        e->kind = _Py_GetErrorHandler(e->errors);
    switch (e->kind) {
    case _Py_ERROR_STRICT: tai_encoder_raise(e, maps_to_undefined, i, stop); return -1;
    case _Py_ERROR_IGNORE: return stop;
    case _Py_ERROR_REPLACE:
        for (Py_ssize_t k = i; k < stop; k++)
            if (encode_replacement(e, mapping, (StrView){"?", 1, 1}, i, stop) < 0)
                return -1;
        return stop;
    case _Py_ERROR_XMLCHARREFREPLACE:
        for (Py_ssize_t k = i; k < stop; k++) {
            char text[12];
            int n = tai_codec_xml_reference(str_get(v.kind, v.data, k), text);
            if (encode_replacement(e, mapping, (StrView){text, n, 1}, i, stop) < 0)
                return -1;
        }
        return stop;
    default: break;
    }
    PyObject *text;
    Py_ssize_t next = tai_encoder_ask(e, maps_to_undefined, i, stop, &text);
    if (next < 0)
        return -1;
    if (PyBytes_Check(text)) {
        Py_ssize_t n = PyBytes_GET_SIZE(text);
        if (tai_encoder_room(e, n) < 0) {
            next = -1;
        } else {
            memcpy(e->out, PyBytes_AS_STRING(text), (size_t)n);
            e->out += n;
        }
    } else if (encode_replacement(e, mapping, str_view(text), i, stop) < 0) {
        next = -1;
    }
    Py_DECREF(text);
    return next;
}

PyObject *_PyUnicode_EncodeCharmap(PyObject *s, PyObject *mapping, const char *errors)
{
    if (str_ready(s) < 0)
        return NULL;
    if (mapping == NULL)
        return _PyUnicode_AsLatin1String(s, errors);
    StrView v = str_view(s);
    StrEncoder e;
    int failed = 0;
    if (tai_encoder_init(&e, "charmap", errors, s, v.len) < 0)
        return NULL;
    for (Py_ssize_t i = 0; i < v.len;) {
        int r = encode_char(&e, mapping, str_get(v.kind, v.data, i));
        if (r == 0) {
            i++;
            continue;
        }
        Py_ssize_t stop = r == FAILED ? -1 : unmapped_end(mapping, v, i + 1);
        i = stop < 0 ? -1 : encode_unmapped(&e, mapping, v, i, stop);
        if (i < 0) {
            failed = 1;
            break;
        }
    }
    return tai_encoder_finish(&e, failed);
}

PyObject *PyUnicode_AsCharmapString(PyObject *s, PyObject *mapping)
{
    if (!PyUnicode_Check(s) || mapping == NULL) {
        PyErr_BadArgument();
        return NULL;
    }
    return _PyUnicode_EncodeCharmap(s, mapping, NULL);
}

/* ---- translate ---- */

typedef struct {
    PyObject *mapping, *string;
    const char *errors;
    PyObject *handler, *exception;
    _PyUnicodeWriter w;
    Py_UCS4 seen[128]; /* ascii characters already asked for: mapping + 1, or one of the codes below */
} Translation;

enum { SEEN_DELETED = 0x200000, SEEN_STRING = 0x200001 };

/* Map c: 1 written, 0 deleted or undefined, -1. Runs code. */
static int translate_char(Translation *t, Py_UCS4 c)
{
    Py_UCS4 known = c < 128 ? t->seen[c] : 0, to = c;
    PyObject *v = NULL;
    int r = 1;
    if (known == SEEN_DELETED)
        return 0;
    if (known && known != SEEN_STRING)
        return _PyUnicodeWriter_WriteChar(&t->w, known - 1) < 0 ? -1 : 1;
    v = lookup(t->mapping, c);
    if (v == NULL) {
        if (PyErr_Occurred())
            return -1;
    } else if (v == Py_None) {
        r = 0;
    } else if (PyLong_Check(v)) {
        long x = PyLong_AsLong(v);
        if (x < 0 || x > (long)STR_MAXCHAR) {
            PyErr_Format(PyExc_ValueError, "character mapping must be in range(0x%x)", STR_MAXCHAR + 1);
            r = -1;
        }
        to = (Py_UCS4)x;
    } else if (PyUnicode_Check(v)) {
        if (str_ready(v) < 0) {
            r = -1;
        } else if (str_len(v) == 1) {
            to = tai_str_at(v, 0);
        } else {
            if (str_len(v) > 1)
                t->w.overallocate = 1;
            r = _PyUnicodeWriter_WriteStr(&t->w, v) < 0 ? -1 : 1;
            Py_DECREF(v);
            return r;
        }
    } else {
        PyErr_SetString(PyExc_TypeError, "character mapping must return integer, None or str");
        r = -1;
    }
    Py_XDECREF(v);
    if (r >= 0 && c < 128)
        t->seen[c] = r == 0 ? SEEN_DELETED : to + 1;
    if (r == 1 && _PyUnicodeWriter_WriteChar(&t->w, to) < 0)
        r = -1;
    return r;
}

/* Ask the handler about undefined [from, to): the index to go on at, or -1. Runs code. */
static Py_ssize_t translate_error(Translation *t, Py_ssize_t from, Py_ssize_t to)
{
    if (t->exception == NULL)
        t->exception = _PyUnicodeTranslateError_Create(t->string, from, to, maps_to_undefined);
    else if (PyUnicodeTranslateError_SetStart(t->exception, from) || PyUnicodeTranslateError_SetEnd(t->exception, to) ||
             PyUnicodeTranslateError_SetReason(t->exception, maps_to_undefined))
        Py_CLEAR(t->exception);
    if (t->exception == NULL)
        return -1;
    if (_Py_GetErrorHandler(t->errors) == _Py_ERROR_STRICT) {
        PyCodec_StrictErrors(t->exception);
        return -1;
    }
    if (t->handler == NULL && (t->handler = PyCodec_LookupError(t->errors)) == NULL)
        return -1;
    PyObject *result = PyObject_CallFunctionObjArgs(t->handler, t->exception, NULL), *text;
    Py_ssize_t position = -1, n = str_len(t->string);
    if (result == NULL)
        return -1;
    if (!PyTuple_Check(result)) {
        PyErr_SetString(PyExc_TypeError, "translating error handler must return (str, int) tuple");
    } else if (PyArg_ParseTuple(result, "O!n;translating error handler must return (str, int) tuple", &PyUnicode_Type,
                                &text, &position)) {
        if (position < 0)
            position += n;
        if (position < 0 || position > n) {
            PyErr_Format(PyExc_IndexError, "position %zd from error handler out of bounds", position);
            position = -1;
        } else if (_PyUnicodeWriter_WriteStr(&t->w, text) < 0) {
            position = -1;
        }
    } else {
        position = -1;
    }
    Py_DECREF(result);
    return position;
}

PyObject *PyUnicode_Translate(PyObject *s, PyObject *mapping, const char *errors)
{
    if (tai_str_ensure(s) < 0)
        return NULL;
    if (mapping == NULL) {
        PyErr_BadArgument();
        return NULL;
    }
    if (str_len(s) == 0)
        return tai_str_exact(s);
    StrView v = str_view(s);
    int ignore = errors != NULL && strcmp(errors, "ignore") == 0, failed = 0;
    Translation t = {.mapping = mapping, .string = s, .errors = errors};
    _PyUnicodeWriter_Init(&t.w);
    t.w.min_length = v.len;
    if (_PyUnicodeWriter_Prepare(&t.w, v.len, 0x7f) < 0)
        return NULL;
    for (Py_ssize_t i = 0; i < v.len && !failed;) {
        if (v.kind == 1 && t.w.kind == PyUnicode_1BYTE_KIND) { /* what is known already, without calls */
            const Py_UCS1 *p = v.data;
            Py_UCS1 *out = t.w.data;
            for (; i < v.len && t.w.pos < t.w.size && p[i] < 128; i++) {
                Py_UCS4 known = t.seen[p[i]];
                if (known == SEEN_DELETED && ignore)
                    continue;
                if (known == 0 || known > 128)
                    break;
                out[t.w.pos++] = (Py_UCS1)(known - 1);
            }
            if (i == v.len)
                break;
        }
        int r = translate_char(&t, str_get(v.kind, v.data, i));
        if (r == 0 && !ignore) {
            Py_ssize_t stop = i + 1;
            i = translate_error(&t, i, stop);
            failed = i < 0;
        } else {
            failed = r < 0;
            i++;
        }
    }
    Py_XDECREF(t.handler);
    Py_XDECREF(t.exception);
    if (failed) {
        _PyUnicodeWriter_Dealloc(&t.w);
        return NULL;
    }
    return _PyUnicodeWriter_Finish(&t.w);
}

PyObject *tai_str_m_translate(PyObject *self, PyObject *table) { return PyUnicode_Translate(self, table, "ignore"); }

/* ---- maketrans ---- */

static int put_pair(PyObject *dict, Py_UCS4 from, PyObject *value_steal)
{
    PyObject *key = PyLong_FromLong((long)from);
    int r = key == NULL || value_steal == NULL ? -1 : PyDict_SetItem(dict, key, value_steal);
    Py_XDECREF(key);
    Py_XDECREF(value_steal);
    return r;
}

static int table_from_strings(PyObject *dict, PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *x = args[0];
    if (!PyUnicode_Check(x)) {
        PyErr_SetString(PyExc_TypeError, "first maketrans argument must be a string if there is a second argument");
        return -1;
    }
    for (Py_ssize_t i = 0; i < nargs; i++)
        if (str_ready(args[i]) < 0)
            return -1;
    if (str_len(x) != str_len(args[1])) {
        PyErr_SetString(PyExc_ValueError, "the first two maketrans arguments must have equal length");
        return -1;
    }
    for (Py_ssize_t i = 0; i < str_len(x); i++)
        if (put_pair(dict, tai_str_at(x, i), PyLong_FromLong((long)tai_str_at(args[1], i))) < 0)
            return -1;
    for (Py_ssize_t i = 0; nargs == 3 && i < str_len(args[2]); i++) {
        Py_INCREF(Py_None);
        if (put_pair(dict, tai_str_at(args[2], i), Py_None) < 0)
            return -1;
    }
    return 0;
}

static int table_from_dict(PyObject *dict, PyObject *x)
{
    PyObject *key, *value;
    Py_ssize_t at = 0;
    if (!PyDict_CheckExact(x)) {
        PyErr_SetString(PyExc_TypeError, "if you give only one argument to maketrans it must be a dict");
        return -1;
    }
    while (PyDict_Next(x, &at, &key, &value)) {
        if (PyUnicode_Check(key)) {
            if (str_ready(key) < 0)
                return -1;
            if (str_len(key) != 1) {
                PyErr_SetString(PyExc_ValueError, "string keys in translate table must be of length 1");
                return -1;
            }
            Py_INCREF(value);
            if (put_pair(dict, tai_str_at(key, 0), value) < 0)
                return -1;
        } else if (PyLong_Check(key)) {
            if (PyDict_SetItem(dict, key, value) < 0)
                return -1;
        } else {
            PyErr_SetString(PyExc_TypeError, "keys in translate table must be strings or integers");
            return -1;
        }
    }
    return 0;
}

/* A static method: self is NULL. */
PyObject *tai_str_m_maketrans(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("maketrans", nargs, 1, 3))
        return NULL;
    for (Py_ssize_t i = 1; i < nargs; i++)
        if (!PyUnicode_Check(args[i])) {
            _PyArg_BadArgument("maketrans", i == 1 ? "argument 2" : "argument 3", "str", args[i]);
            return NULL;
        }
    PyObject *dict = PyDict_New();
    if (dict == NULL)
        return NULL;
    if ((nargs > 1 ? table_from_strings(dict, args, nargs) : table_from_dict(dict, args[0])) < 0)
        Py_CLEAR(dict);
    return dict;
}
