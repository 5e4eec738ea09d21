/* SPDX-License-Identifier: MIT */
/* _json: make_encoder (objects to JSON text), the two string encoders, and the module.
 *
 * The text is gathered as ASCII bytes (Out). A piece that is not ASCII ends what was gathered: both go, as separate
 * str objects, to a list, and the list is the result; json joins it.
 * Tests: tests/modules/test_json_native.py.
 */
#include "json.h"
#include "structmember.h"
#include "runtime/recursion.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* ---- output -------------------------------------------------------------------------------------------------- */

typedef struct {
    char *bytes;
    size_t used, room;
    PyObject *pieces; /* list of str that come before; NULL: none */
    Py_ssize_t level; /* containers around what is written, for indentation */
} Out;

static int out_grow(Out *out, size_t need)
{
    size_t room = out->room ? out->room * 2 : 256;
    while (room - out->used < need)
        room *= 2;
    char *bytes = room > PY_SSIZE_T_MAX ? NULL : PyMem_Realloc(out->bytes, room);
    if (bytes == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    out->bytes = bytes;
    out->room = room;
    return 0;
}

/* Room for n more bytes: where to write them, or NULL. The caller adds to used. */
static inline char *out_reserve(Out *out, size_t n)
{
    if (out->room - out->used < n && out_grow(out, n) < 0)
        return NULL;
    return out->bytes + out->used;
}

static inline int out_bytes(Out *out, const char *bytes, size_t n)
{
    char *to = out_reserve(out, n);
    if (to == NULL)
        return -1;
    memcpy(to, bytes, n);
    out->used += n;
    return 0;
}

static inline int out_char(Out *out, char c) { return out_bytes(out, &c, 1); }
#define out_text(OUT, TEXT) out_bytes(OUT, TEXT, sizeof(TEXT) - 1)

/* Turn what was gathered into a str in the list. */
static int out_flush(Out *out)
{
    if (out->pieces == NULL && (out->pieces = PyList_New(0)) == NULL)
        return -1;
    if (out->used == 0)
        return 0;
    PyObject *text = PyUnicode_New((Py_ssize_t)out->used, 127);
    if (text == NULL)
        return -1;
    memcpy(PyUnicode_DATA(text), out->bytes, out->used);
    out->used = 0;
    int failed = PyList_Append(out->pieces, text);
    Py_DECREF(text);
    return failed;
}

static int out_str(Out *out, PyObject *text)
{
    if (PyUnicode_READY(text) < 0)
        return -1;
    if (PyUnicode_IS_ASCII(text))
        return out_bytes(out, PyUnicode_DATA(text), (size_t)PyUnicode_GET_LENGTH(text));
    return out_flush(out) < 0 ? -1 : PyList_Append(out->pieces, text);
}

/* ---- strings ------------------------------------------------------------------------------------------------- */

/* For each ASCII character: 0 stands for itself, 'u' is written \u00xx, else what follows the backslash. */
#define ESCAPES                                                                                                      \
    [0 ... 7] = 'u', ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', [0x0b] = 'u', ['\f'] = 'f', ['\r'] = 'r',               \
    [0x0e ... 0x1f] = 'u', ['"'] = '"', ['\\'] = '\\'
static const char escapes[128] = {ESCAPES};
static const char escapes_ascii[128] = {ESCAPES, [0x7f] = 'u'}; /* the ASCII encoder escapes this one, too */
static const char hex[] = "0123456789abcdef";

static inline char *put_u(char *to, unsigned c)
{
    to[0] = '\\';
    to[1] = 'u';
    to[2] = hex[c >> 12 & 15];
    to[3] = hex[c >> 8 & 15];
    to[4] = hex[c >> 4 & 15];
    to[5] = hex[c & 15];
    return to + 6;
}

/* Writes c escaped; non-ASCII too. At most 12 bytes. */
static inline char *put_escaped(char *to, Py_UCS4 c, const char *table)
{
    if (c < 128) {
        char e = table[c];
        if (e == 0)
            *to++ = (char)c;
        else if (e == 'u')
            to = put_u(to, c);
        else {
            *to++ = '\\';
            *to++ = e;
        }
        return to;
    }
    if (c < 0x10000)
        return put_u(to, c);
    to = put_u(to, Py_UNICODE_HIGH_SURROGATE(c));
    return put_u(to, Py_UNICODE_LOW_SURROGATE(c));
}

/* Copy ASCII characters, sixteen at a time, as long as none needs an escape (or is DEL). How many. */
static Py_ssize_t copy_plain(char *to, const unsigned char *s, Py_ssize_t n)
{
    Py_ssize_t i = 0;
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\'), space = _mm_set1_epi8(' '), del = _mm_set1_epi8(127);
    for (; i + 16 <= n; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(s + i));
        __m128i bad = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, slash)),
                                   _mm_or_si128(_mm_cmplt_epi8(v, space), _mm_cmpeq_epi8(v, del)));
        if (_mm_movemask_epi8(bad))
            break;
        _mm_storeu_si128((__m128i *)(to + i), v);
    }
#endif
    return i;
}

/* "..." in ASCII, for a ready str. */
static int write_ascii(Out *out, PyObject *text, const char *table)
{
    Py_ssize_t n = PyUnicode_GET_LENGTH(text), i = 0;
    int kind = (int)PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    if ((size_t)n > PY_SSIZE_T_MAX / 16) {
        PyErr_SetString(PyExc_OverflowError, "string is too long to escape");
        return -1;
    }
    if (PyUnicode_IS_ASCII(text)) {
        /* Most strings need no escape: copy while looking. */
        const unsigned char *s = data;
        char *to = out_reserve(out, (size_t)n + 2);
        if (to == NULL)
            return -1;
        *to++ = '"';
        i = copy_plain(to, s, n);
        for (; i < n && table[s[i]] == 0; i++)
            to[i] = (char)s[i];
        if (i == n) {
            to[i] = '"';
            out->used += (size_t)n + 2;
            return 0;
        }
        out->used += 1 + (size_t)i;
    }
    else if (out_char(out, '"') < 0)
        return -1;
    while (i < n) {
        Py_ssize_t stop = i + 256 < n ? i + 256 : n; /* in portions: room for the worst case of each */
        char *start = out_reserve(out, 256 * 12), *to = start;
        if (start == NULL)
            return -1;
        for (; i < stop; i++)
            to = put_escaped(to, PyUnicode_READ(kind, data, i), table);
        out->used += (size_t)(to - start);
    }
    return out_char(out, '"');
}

/* The same, keeping what is not ASCII. New str or NULL. */
static PyObject *escape_unicode(PyObject *text)
{
    Py_ssize_t n = PyUnicode_GET_LENGTH(text), size = 2, at = 1;
    int kind = (int)PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UCS4 c = PyUnicode_READ(kind, data, i);
        Py_ssize_t d = c >= 128 || escapes[c] == 0 ? 1 : escapes[c] == 'u' ? 6 : 2;
        if (size > PY_SSIZE_T_MAX - d) {
            PyErr_SetString(PyExc_OverflowError, "string is too long to escape");
            return NULL;
        }
        size += d;
    }
    PyObject *result = PyUnicode_New(size, PyUnicode_MAX_CHAR_VALUE(text));
    if (result == NULL)
        return NULL;
    void *to = PyUnicode_DATA(result);
    PyUnicode_WRITE(kind, to, 0, '"');
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UCS4 c = PyUnicode_READ(kind, data, i);
        if (c >= 128 || escapes[c] == 0)
            PyUnicode_WRITE(kind, to, at++, c);
        else {
            char buffer[12], *end = put_escaped(buffer, c, escapes);
            for (char *p = buffer; p < end; p++)
                PyUnicode_WRITE(kind, to, at++, (Py_UCS4)*p);
        }
    }
    PyUnicode_WRITE(kind, to, at, '"');
    return result;
}

static int need_str(PyObject *text)
{
    if (PyUnicode_Check(text))
        return PyUnicode_READY(text);
    PyErr_Format(PyExc_TypeError, "first argument must be a string, not %.80s", Py_TYPE(text)->tp_name);
    return -1;
}

static PyObject *encode_basestring(PyObject *module, PyObject *text)
{
    return need_str(text) < 0 ? NULL : escape_unicode(text);
}

static PyObject *encode_basestring_ascii(PyObject *module, PyObject *text)
{
    Out out = {0};
    PyObject *result = NULL;
    if (need_str(text) < 0)
        return NULL;
    if (write_ascii(&out, text, escapes_ascii) == 0 && (result = PyUnicode_New((Py_ssize_t)out.used, 127)) != NULL)
        memcpy(PyUnicode_DATA(result), out.bytes, out.used);
    PyMem_Free(out.bytes);
    return result;
}

/* ---- the encoder --------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyObject *markers;        /* dict of the ids of the containers that are being written, or None */
    PyObject *deflt;
    PyObject *encoder;
    PyObject *indent;
    PyObject *key_separator;
    PyObject *item_separator;
    char sort_keys, skipkeys;
    int allow_nan;
    int fast;                 /* encoder is: 1 ours, ASCII; 2 ours, Unicode; 0 something else */
} Encoder;

static int write_value(Encoder *self, Out *out, PyObject *obj);

static int write_string(Encoder *self, Out *out, PyObject *text)
{
    if (self->fast == 1)
        return PyUnicode_READY(text) < 0 ? -1 : write_ascii(out, text, escapes_ascii);
    PyObject *encoded;
    if (self->fast == 2) {
        if (PyUnicode_READY(text) < 0)
            return -1;
        if (PyUnicode_IS_ASCII(text))
            return write_ascii(out, text, escapes);
        encoded = escape_unicode(text);
    }
    else {
        encoded = PyObject_CallFunctionObjArgs(self->encoder, text, NULL);
        if (encoded != NULL && !PyUnicode_Check(encoded)) {
            PyErr_Format(PyExc_TypeError, "encoder() must return a string, not %.80s", Py_TYPE(encoded)->tp_name);
            Py_CLEAR(encoded);
        }
    }
    if (encoded == NULL)
        return -1;
    int failed = out_str(out, encoded);
    Py_DECREF(encoded);
    return failed;
}

static int write_int(Out *out, PyObject *obj)
{
    int overflow;
    long long value = PyLong_AsLongLongAndOverflow(obj, &overflow);
    if (!overflow) {
        char digits[24], *p = digits + sizeof(digits);
        unsigned long long rest = value < 0 ? 0ULL - (unsigned long long)value : (unsigned long long)value;
        do
            *--p = (char)('0' + rest % 10);
        while (rest /= 10);
        if (value < 0)
            *--p = '-';
        return out_bytes(out, p, (size_t)(digits + sizeof(digits) - p));
    }
    PyObject *text = PyLong_Type.tp_repr(obj); /* also for subclasses that print otherwise */
    if (text == NULL)
        return -1;
    int failed = out_str(out, text);
    Py_DECREF(text);
    return failed;
}

static int write_float(Encoder *self, Out *out, PyObject *obj)
{
    double value = PyFloat_AS_DOUBLE(obj);
    if (!isfinite(value)) {
        if (!self->allow_nan) {
            if (self->indent == Py_None)
                PyErr_SetString(PyExc_ValueError, "Out of range float values are not JSON compliant");
            else
                PyErr_Format(PyExc_ValueError, "Out of range float values are not JSON compliant: %s",
                             isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
            return -1;
        }
        return isnan(value) ? out_text(out, "NaN") : value > 0 ? out_text(out, "Infinity") : out_text(out, "-Infinity");
    }
    char *text = PyOS_double_to_string(value, 'r', 0, Py_DTSF_ADD_DOT_0, NULL);
    if (text == NULL)
        return -1;
    int failed = out_bytes(out, text, strlen(text));
    PyMem_Free(text);
    return failed;
}

/* With indentation: start a line at the present level. */
static int write_line_start(Encoder *self, Out *out)
{
    int failed = self->indent == Py_None ? 0 : out_char(out, '\n');
    if (self->indent != Py_None)
        for (Py_ssize_t i = 0; failed == 0 && i < out->level; i++)
            failed = out_str(out, self->indent);
    return failed;
}

static int write_open(Encoder *self, Out *out, char bracket)
{
    out->level++;
    return out_char(out, bracket) < 0 ? -1 : write_line_start(self, out);
}

static int write_close(Encoder *self, Out *out, char bracket)
{
    out->level--;
    return write_line_start(self, out) < 0 ? -1 : out_char(out, bracket);
}

static int write_separator(Encoder *self, Out *out)
{
    return out_str(out, self->item_separator) < 0 ? -1 : write_line_start(self, out);
}

/* Note that the container is being written: *mark is its id as an int object (NULL without markers). 0 or -1. */
static int enter(Encoder *self, PyObject *obj, PyObject **mark)
{
    *mark = NULL;
    if (self->markers == Py_None)
        return 0;
    if ((*mark = PyLong_FromVoidPtr(obj)) == NULL)
        return -1;
    int known = PyDict_Contains(self->markers, *mark);
    if (known > 0)
        PyErr_SetString(PyExc_ValueError, "Circular reference detected");
    if (known || PyDict_SetItem(self->markers, *mark, obj) < 0) {
        Py_CLEAR(*mark);
        return -1;
    }
    return 0;
}

/* Take the mark back. */
static int leave(Encoder *self, PyObject *mark, int result)
{
    if (mark == NULL)
        return result;
    if (result == 0)
        result = PyDict_DelItem(self->markers, mark);
    Py_DECREF(mark);
    return result;
}

/* A key, with quotes. 1 written, 0 skipped, -1. first: no separator before it. */
static int write_key(Encoder *self, Out *out, PyObject *key, int first)
{
    int failed;
    if (!PyUnicode_Check(key) && !PyFloat_Check(key) && key != Py_True && key != Py_False && key != Py_None &&
        !PyLong_Check(key)) {
        if (self->skipkeys)
            return 0;
        PyErr_Format(PyExc_TypeError, "keys must be str, int, float, bool or None, not %.100s", Py_TYPE(key)->tp_name);
        return -1;
    }
    if (!first && write_separator(self, out) < 0)
        return -1;
    if (PyUnicode_Check(key))
        failed = write_string(self, out, key);
    else if (self->fast) { /* numbers and names need no escape */
        failed = out_char(out, '"') < 0 || (PyFloat_Check(key) ? write_float(self, out, key)
                                            : key == Py_True   ? out_text(out, "true")
                                            : key == Py_False  ? out_text(out, "false")
                                            : key == Py_None   ? out_text(out, "null")
                                                               : write_int(out, key)) < 0 || out_char(out, '"') < 0;
    }
    else {
        Out name = {0};
        failed = PyFloat_Check(key) ? write_float(self, &name, key) : key == Py_True ? out_text(&name, "true")
                 : key == Py_False  ? out_text(&name, "false") : key == Py_None ? out_text(&name, "null")
                                                                               : write_int(&name, key);
        PyObject *text = failed ? NULL : PyUnicode_FromStringAndSize(name.bytes, (Py_ssize_t)name.used);
        failed = text == NULL || write_string(self, out, text) < 0;
        Py_XDECREF(text);
        PyMem_Free(name.bytes);
        Py_XDECREF(name.pieces);
    }
    return failed ? -1 : 1;
}

static int write_item(Encoder *self, Out *out, PyObject *key, PyObject *value, int *first)
{
    int written = write_key(self, out, key, *first);
    if (written <= 0)
        return written;
    *first = 0;
    return out_str(out, self->key_separator) < 0 ? -1 : write_value(self, out, value);
}

/* The items of an exact dict, as they are now: writing may run code that changes it. */
static int write_exact_items(Encoder *self, Out *out, PyObject *dict)
{
    PyObject *small[32], **items = small, *key, *value;
    Py_ssize_t n = PyDict_GET_SIZE(dict), pos = 0, count = 0;
    int first = 1, result = 0;
    if (n > 16 && (items = PyMem_New(PyObject *, 2 * n)) == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    while (count < 2 * n && PyDict_Next(dict, &pos, &key, &value)) {
        Py_INCREF(key);
        Py_INCREF(value);
        items[count++] = key;
        items[count++] = value;
    }
    for (Py_ssize_t i = 0; result == 0 && i < count; i += 2)
        result = write_item(self, out, items[i], items[i + 1], &first);
    for (Py_ssize_t i = 0; i < count; i++)
        Py_DECREF(items[i]);
    if (items != small)
        PyMem_Free(items);
    return result;
}

static int write_other_items(Encoder *self, Out *out, PyObject *dict)
{
    PyObject *items = PyMapping_Items(dict);
    int first = 1, result = items == NULL ? -1 : 0;
    if (result == 0 && self->sort_keys)
        result = PyList_Sort(items);
    for (Py_ssize_t i = 0; result == 0 && i < PyList_GET_SIZE(items); i++) {
        PyObject *item = PyList_GET_ITEM(items, i);
        if (!PyTuple_Check(item) || PyTuple_GET_SIZE(item) != 2) {
            PyErr_SetString(PyExc_ValueError, "items must return 2-tuples");
            result = -1;
        }
        else
            result = write_item(self, out, PyTuple_GET_ITEM(item, 0), PyTuple_GET_ITEM(item, 1), &first);
    }
    Py_XDECREF(items);
    return result;
}

static int write_dict(Encoder *self, Out *out, PyObject *dict)
{
    PyObject *mark;
    if (PyDict_GET_SIZE(dict) == 0)
        return out_text(out, "{}");
    if (enter(self, dict, &mark) < 0)
        return -1;
    int result = write_open(self, out, '{');
    if (result == 0)
        result = PyDict_CheckExact(dict) && !self->sort_keys ? write_exact_items(self, out, dict)
                                                             : write_other_items(self, out, dict);
    if (result == 0)
        result = write_close(self, out, '}');
    return leave(self, mark, result);
}

static int write_list(Encoder *self, Out *out, PyObject *seq)
{
    PyObject *mark, *fast = PySequence_Fast(seq, "_iterencode_list needs a sequence");
    if (fast == NULL)
        return -1;
    if (PySequence_Fast_GET_SIZE(fast) == 0) {
        Py_DECREF(fast);
        return out_text(out, "[]");
    }
    int result = enter(self, seq, &mark);
    if (result == 0) {
        result = write_open(self, out, '[');
        for (Py_ssize_t i = 0; result == 0 && i < PySequence_Fast_GET_SIZE(fast); i++) {
            PyObject *item = PySequence_Fast_GET_ITEM(fast, i);
            Py_INCREF(item);
            if (i > 0)
                result = write_separator(self, out);
            if (result == 0)
                result = write_value(self, out, item);
            Py_DECREF(item);
        }
        if (result == 0)
            result = write_close(self, out, ']');
        result = leave(self, mark, result);
    }
    Py_DECREF(fast);
    return result;
}

/* What JSON has no word for goes through default(). */
static int write_default(Encoder *self, Out *out, PyObject *obj)
{
    PyObject *mark, *other;
    if (enter(self, obj, &mark) < 0)
        return -1;
    int result = -1;
    if ((other = PyObject_CallFunctionObjArgs(self->deflt, obj, NULL)) != NULL) {
        if (!tai_enter_c(" while encoding a JSON object")) {
            result = write_value(self, out, other);
            tai_leave_c();
        }
        Py_DECREF(other);
    }
    return leave(self, mark, result);
}

static int write_value(Encoder *self, Out *out, PyObject *obj)
{
    if (PyUnicode_Check(obj))
        return write_string(self, out, obj);
    if (obj == Py_None)
        return out_text(out, "null");
    if (obj == Py_True)
        return out_text(out, "true");
    if (obj == Py_False)
        return out_text(out, "false");
    if (PyLong_Check(obj))
        return write_int(out, obj);
    if (PyFloat_Check(obj))
        return write_float(self, out, obj);
    int is_list = PyList_Check(obj) || PyTuple_Check(obj);
    if (!is_list && !PyDict_Check(obj))
        return write_default(self, out, obj);
    if (tai_enter_c(" while encoding a JSON object"))
        return -1;
    int result = is_list ? write_list(self, out, obj) : write_dict(self, out, obj);
    tai_leave_c();
    return result;
}

static PyObject *encoder_call(Encoder *self, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"obj", "_current_indent_level", NULL};
    PyObject *obj, *result = NULL;
    Py_ssize_t level;
    Out out = {0};
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "On:_iterencode", keywords, &obj, &level))
        return NULL;
    out.level = level;
    if (write_value(self, &out, obj) == 0 && out_flush(&out) == 0)
        result = out.pieces;
    else
        Py_XDECREF(out.pieces);
    PyMem_Free(out.bytes);
    return result;
}

static PyObject *encoder_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"markers", "default", "encoder", "indent", "key_separator", "item_separator",
                               "sort_keys", "skipkeys", "allow_nan", NULL};
    PyObject *markers, *deflt, *encoder, *indent, *key_separator, *item_separator;
    int sort_keys, skipkeys, allow_nan;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OOOOUUppp:make_encoder", keywords, &markers, &deflt, &encoder, &indent,
                                     &key_separator, &item_separator, &sort_keys, &skipkeys, &allow_nan))
        return NULL;
    if (indent != Py_None && !PyUnicode_Check(indent))
        return PyErr_Format(PyExc_TypeError, "make_encoder() argument 4 must be str or None, not %.200s",
                            Py_TYPE(indent)->tp_name);
    if (markers != Py_None && !PyDict_Check(markers))
        return PyErr_Format(PyExc_TypeError, "make_encoder() argument 1 must be dict or None, not %.200s",
                            Py_TYPE(markers)->tp_name);
    Encoder *self = (Encoder *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    Py_INCREF(markers);
    Py_INCREF(deflt);
    Py_INCREF(encoder);
    Py_INCREF(indent);
    Py_INCREF(key_separator);
    Py_INCREF(item_separator);
    self->markers = markers;
    self->deflt = deflt;
    self->encoder = encoder;
    self->indent = indent;
    self->key_separator = key_separator;
    self->item_separator = item_separator;
    self->sort_keys = (char)sort_keys;
    self->skipkeys = (char)skipkeys;
    self->allow_nan = allow_nan;
    if (PyCFunction_Check(encoder)) {
        PyCFunction f = PyCFunction_GetFunction(encoder);
        self->fast = f == encode_basestring_ascii ? 1 : f == encode_basestring ? 2 : 0;
    }
    return (PyObject *)self;
}

static int encoder_traverse(Encoder *self, visitproc visit, void *arg)
{
    Py_VISIT(self->markers);
    Py_VISIT(self->deflt);
    Py_VISIT(self->encoder);
    Py_VISIT(self->indent);
    Py_VISIT(self->key_separator);
    Py_VISIT(self->item_separator);
    return 0;
}

static int encoder_clear(Encoder *self)
{
    Py_CLEAR(self->markers);
    Py_CLEAR(self->deflt);
    Py_CLEAR(self->encoder);
    Py_CLEAR(self->indent);
    Py_CLEAR(self->key_separator);
    Py_CLEAR(self->item_separator);
    return 0;
}

static void encoder_dealloc(Encoder *self)
{
    PyObject_GC_UnTrack(self);
    encoder_clear(self);
    Py_TYPE(self)->tp_free(self);
}

static PyMemberDef encoder_members[] = {
    {"markers", T_OBJECT, offsetof(Encoder, markers), READONLY, "markers"},
    {"default", T_OBJECT, offsetof(Encoder, deflt), READONLY, "default"},
    {"encoder", T_OBJECT, offsetof(Encoder, encoder), READONLY, "encoder"},
    {"indent", T_OBJECT, offsetof(Encoder, indent), READONLY, "indent"},
    {"key_separator", T_OBJECT, offsetof(Encoder, key_separator), READONLY, "key_separator"},
    {"item_separator", T_OBJECT, offsetof(Encoder, item_separator), READONLY, "item_separator"},
    {"sort_keys", T_BOOL, offsetof(Encoder, sort_keys), READONLY, "sort_keys"},
    {"skipkeys", T_BOOL, offsetof(Encoder, skipkeys), READONLY, "skipkeys"},
    {NULL},
};

PyTypeObject tai_json_encoder_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_json.Encoder",
    .tp_basicsize = sizeof(Encoder),
    .tp_dealloc = (destructor)encoder_dealloc,
    .tp_call = (ternaryfunc)encoder_call,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = PyDoc_STR("_iterencode(obj, _current_indent_level) -> list of pieces of text"),
    .tp_traverse = (traverseproc)encoder_traverse,
    .tp_clear = (inquiry)encoder_clear,
    .tp_members = encoder_members,
    .tp_new = encoder_new,
};

/* ---- module -------------------------------------------------------------------------------------------------- */

static PyMethodDef methods[] = {
    {"encode_basestring_ascii", encode_basestring_ascii, METH_O,
     PyDoc_STR("encode_basestring_ascii(string) -> string\n\nThe string as a JSON string in ASCII, quotes included.")},
    {"encode_basestring", encode_basestring, METH_O,
     PyDoc_STR("encode_basestring(string) -> string\n\nThe string as a JSON string, quotes included.")},
    {"scanstring", tai_json_scanstring, METH_VARARGS,
     PyDoc_STR("scanstring(string, end, strict=True) -> (string, end)\n\n"
               "Read a JSON string; end is the index after its opening quote, and in the result the one after the closing.\n"
               "strict forbids control characters. Raises JSONDecodeError.")},
    {NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_json", PyDoc_STR("The parts of json that have to be fast."), -1, methods,
};

PyMODINIT_FUNC PyInit__json(void)
{
    if (PyType_Ready(&tai_json_scanner_type) < 0 || PyType_Ready(&tai_json_encoder_type) < 0)
        return NULL;
    PyObject *module = PyModule_Create(&definition);
    if (module == NULL)
        return NULL;
    Py_INCREF(&tai_json_scanner_type);
    Py_INCREF(&tai_json_encoder_type);
    if (PyModule_AddObject(module, "make_scanner", (PyObject *)&tai_json_scanner_type) < 0 ||
        PyModule_AddObject(module, "make_encoder", (PyObject *)&tai_json_encoder_type) < 0)
        Py_CLEAR(module);
    return module;
}
