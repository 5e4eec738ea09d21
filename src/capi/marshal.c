/* SPDX-License-Identifier: MIT */
/* marshal: the format of .pyc files, versions 0 to 4, and its module.
 *
 *   object := type byte (bit 7: remember the object for 'r' references), then what the type needs; numbers little endian
 *
 * Writing: a buffer that grows (or goes to a FILE), and from version 3 a table from object addresses to indices. An object
 * with a single reference cannot occur twice and is not remembered.
 * Reading: from memory, from a FILE, or from a Python file by readinto(). Nothing is trusted: sizes are checked against
 * what is left where that is known, depth is limited, references must exist.
 *
 * [MARSHAL-1] refs holds every remembered object; while an object that must exist before its index can be used is being
 *             made, its place holds None.
 * Tests: tests/runtime/test_marshal.py, CPython's test_marshal.
 */
#include "Python.h"
#include "marshal.h"

#include "code.h"
#include "longintrepr.h"
#include "objects/str/str.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    T_NULL = '0', T_NONE = 'N', T_FALSE = 'F', T_TRUE = 'T', T_STOPITER = 'S', T_ELLIPSIS = '.', T_INT = 'i', T_INT64 = 'I', T_FLOAT = 'f',
    T_BINARY_FLOAT = 'g', T_COMPLEX = 'x', T_BINARY_COMPLEX = 'y', T_LONG = 'l', T_BYTES = 's', T_INTERNED = 't', T_REF = 'r',
    T_TUPLE = '(', T_LIST = '[', T_DICT = '{', T_CODE = 'c', T_UNICODE = 'u', T_UNKNOWN = '?', T_SET = '<', T_FROZENSET = '>',
    T_ASCII = 'a', T_ASCII_INTERNED = 'A', T_SMALL_TUPLE = ')', T_SHORT_ASCII = 'z', T_SHORT_ASCII_INTERNED = 'Z',
    FLAG_REF = 0x80,
};

#define MAX_DEPTH 2000
#define DIGITS_PER_DIGIT 2 /* 15-bit digits of the file in a digit of ours */
#define FILE_SHIFT 15
#define FILE_BASE (1 << FILE_SHIFT)
#define SIZE32_MAX 0x7FFFFFFF
#define WHOLE_FILE_LIMIT (1 << 18)

/* ---- writing ---- */

enum { WRITE_OK = 0, WRITE_UNMARSHALLABLE = 1, WRITE_NESTED = 2, WRITE_NO_MEMORY = 3 };

typedef struct {
    FILE *file;      /* or NULL: keep all in memory */
    char *buffer;
    size_t used, room;
    int error;
    int depth;
    int version;
    PyObject **keys; /* open addressing; owned references */
    int *values;
    size_t mask, count;
} Writer;

static void write_flush(Writer *w)
{
    if (w->file && w->used) {
        fwrite(w->buffer, 1, w->used, w->file);
        w->used = 0;
    }
}

static int write_reserve(Writer *w, size_t n)
{
    if (w->file)
        write_flush(w);
    if (w->room - w->used >= n)
        return 0;
    size_t room = w->room + w->room / 2 + n + 128;
    char *b = PyMem_Realloc(w->buffer, room);
    if (b == NULL) {
        w->error = WRITE_NO_MEMORY;
        return -1;
    }
    w->buffer = b;
    w->room = room;
    return 0;
}

static inline void w_byte(Writer *w, int c)
{
    if (w->used < w->room || write_reserve(w, 1) == 0)
        w->buffer[w->used++] = (char)c;
}

static void w_bytes(Writer *w, const char *p, size_t n)
{
    if (n == 0 || w->error == WRITE_NO_MEMORY)
        return;
    if (w->room - w->used < n && write_reserve(w, n) < 0)
        return;
    memcpy(w->buffer + w->used, p, n);
    w->used += n;
}

static void w_short(Writer *w, int x)
{
    w_byte(w, x & 0xFF);
    w_byte(w, x >> 8 & 0xFF);
}

static void w_long(Writer *w, long x)
{
    for (int i = 0; i < 4; i++)
        w_byte(w, (int)(x >> (8 * i) & 0xFF));
}

static void w_size(Writer *w, Py_ssize_t n)
{
    if (n > SIZE32_MAX) {
        w->depth--;
        w->error = WRITE_UNMARSHALLABLE;
        return;
    }
    w_long(w, (long)n);
}

static void w_counted(Writer *w, const char *p, Py_ssize_t n)
{
    w_size(w, n);
    w_bytes(w, p, (size_t)n);
}

static void w_int_object(Writer *w, PyLongObject *v, int flag)
{
    Py_ssize_t n = Py_ABS(Py_SIZE(v)), count;
    w_byte(w, T_LONG | flag);
    if (n == 0) {
        w_long(w, 0);
        return;
    }
    digit top = v->ob_digit[n - 1];
    count = (n - 1) * DIGITS_PER_DIGIT + (top >= FILE_BASE ? 2 : 1);
    if (count > SIZE32_MAX) {
        w->depth--;
        w->error = WRITE_UNMARSHALLABLE;
        return;
    }
    w_long(w, (long)(Py_SIZE(v) > 0 ? count : -count));
    for (Py_ssize_t i = 0; i < n; i++) {
        digit d = v->ob_digit[i];
        w_short(w, (int)(d & (FILE_BASE - 1)));
        if (i < n - 1 || d >= FILE_BASE)
            w_short(w, (int)(d >> FILE_SHIFT));
    }
}

static void w_double_text(Writer *w, double d)
{
    char *text = PyOS_double_to_string(d, 'g', 17, 0, NULL);
    if (text == NULL) {
        w->error = WRITE_NO_MEMORY;
        return;
    }
    size_t n = strlen(text);
    w_byte(w, (int)n);
    w_bytes(w, text, n);
    PyMem_Free(text);
}

static void w_double(Writer *w, double d)
{
    char bytes[8];
    memcpy(bytes, &d, 8); /* little endian IEEE 754, as the format wants */
    w_bytes(w, bytes, 8);
}

static size_t slot_of(const Writer *w, PyObject *v)
{
    size_t i = ((uintptr_t)v >> 4) * 0x9E3779B97F4A7C15u >> 20 & w->mask;
    while (w->keys[i] != NULL && w->keys[i] != v)
        i = (i + 1) & w->mask;
    return i;
}

static int table_grow(Writer *w)
{
    size_t size = w->keys ? 2 * (w->mask + 1) : 256;
    Writer old = *w;
    w->keys = PyMem_Calloc(size, sizeof *w->keys);
    w->values = PyMem_Malloc(size * sizeof *w->values);
    if (w->keys == NULL || w->values == NULL) {
        PyMem_Free(w->keys);
        PyMem_Free(w->values);
        w->keys = old.keys;
        w->values = old.values;
        return -1;
    }
    w->mask = size - 1;
    for (size_t i = 0; old.keys && i <= old.mask; i++) {
        if (old.keys[i]) {
            size_t k = slot_of(w, old.keys[i]);
            w->keys[k] = old.keys[i];
            w->values[k] = old.values[i];
        }
    }
    PyMem_Free(old.keys);
    PyMem_Free(old.values);
    return 0;
}

/* 1 if a reference to v was written; else sets *flag if v must be remembered by the reader. */
static int w_ref(Writer *w, PyObject *v, int *flag)
{
    if (w->version < 3 || Py_REFCNT(v) == 1)
        return 0;
    if ((w->keys == NULL || w->count * 3 > w->mask * 2) && table_grow(w) < 0) {
        w->error = WRITE_NO_MEMORY;
        return 1;
    }
    size_t i = slot_of(w, v);
    if (w->keys[i] != NULL) {
        w_byte(w, T_REF);
        w_long(w, w->values[i]);
        return 1;
    }
    if (w->count >= SIZE32_MAX) {
        PyErr_SetString(PyExc_ValueError, "too many objects");
        w->error = WRITE_UNMARSHALLABLE;
        return 1;
    }
    Py_INCREF(v);
    w->keys[i] = v;
    w->values[i] = (int)w->count++;
    *flag = FLAG_REF;
    return 0;
}

static void w_object(Writer *w, PyObject *v);

static void w_str(Writer *w, PyObject *v, int flag)
{
    if (w->version >= 4 && PyUnicode_IS_ASCII(v)) {
        Py_ssize_t n = PyUnicode_GET_LENGTH(v);
        int interned = PyUnicode_CHECK_INTERNED(v);
        if (n < 256) {
            w_byte(w, (interned ? T_SHORT_ASCII_INTERNED : T_SHORT_ASCII) | flag);
            w_byte(w, (int)n);
            w_bytes(w, PyUnicode_DATA(v), (size_t)n);
        } else {
            w_byte(w, (interned ? T_ASCII_INTERNED : T_ASCII) | flag);
            w_counted(w, PyUnicode_DATA(v), n);
        }
        return;
    }
    PyObject *utf8 = PyUnicode_AsEncodedString(v, "utf8", "surrogatepass");
    if (utf8 == NULL) {
        w->depth--;
        w->error = WRITE_UNMARSHALLABLE;
        return;
    }
    w_byte(w, (w->version >= 3 && PyUnicode_CHECK_INTERNED(v) ? T_INTERNED : T_UNICODE) | flag);
    w_counted(w, PyBytes_AS_STRING(utf8), PyBytes_GET_SIZE(utf8));
    Py_DECREF(utf8);
}

static void w_code(Writer *w, PyCodeObject *co)
{
    w_long(w, co->co_argcount);
    w_long(w, co->co_posonlyargcount);
    w_long(w, co->co_kwonlyargcount);
    w_long(w, co->co_nlocals);
    w_long(w, co->co_stacksize);
    w_long(w, co->co_flags);
    w_object(w, co->co_code);
    w_object(w, co->co_consts);
    w_object(w, co->co_names);
    w_object(w, co->co_varnames);
    w_object(w, co->co_freevars);
    w_object(w, co->co_cellvars);
    w_object(w, co->co_filename);
    w_object(w, co->co_name);
    w_long(w, co->co_firstlineno);
    w_object(w, co->co_lnotab);
}

static void w_set(Writer *w, PyObject *v)
{
    w_size(w, PySet_GET_SIZE(v));
    Py_ssize_t pos = 0;
    PyObject *item;
    Py_hash_t hash;
    while (_PySet_NextEntry(v, &pos, &item, &hash))
        w_object(w, item);
}

static void w_buffer(Writer *w, PyObject *v, int flag)
{
    Py_buffer view;
    if (PyObject_GetBuffer(v, &view, PyBUF_SIMPLE) != 0) {
        w_byte(w, T_UNKNOWN);
        w->depth--;
        w->error = WRITE_UNMARSHALLABLE;
        return;
    }
    w_byte(w, T_BYTES | flag);
    w_counted(w, view.buf, view.len);
    PyBuffer_Release(&view);
}

static void w_compound(Writer *w, PyObject *v)
{
    int flag = 0;
    if (w_ref(w, v, &flag))
        return;
    if (PyLong_CheckExact(v)) {
        int overflow;
        long x = PyLong_AsLongAndOverflow(v, &overflow);
        if (!overflow && x >= INT32_MIN && x <= INT32_MAX) {
            w_byte(w, T_INT | flag);
            w_long(w, x);
        } else {
            w_int_object(w, (PyLongObject *)v, flag);
        }
    } else if (PyFloat_CheckExact(v)) {
        w_byte(w, (w->version > 1 ? T_BINARY_FLOAT : T_FLOAT) | flag);
        (w->version > 1 ? w_double : w_double_text)(w, PyFloat_AS_DOUBLE(v));
    } else if (PyComplex_CheckExact(v)) {
        w_byte(w, (w->version > 1 ? T_BINARY_COMPLEX : T_COMPLEX) | flag);
        (w->version > 1 ? w_double : w_double_text)(w, PyComplex_RealAsDouble(v));
        (w->version > 1 ? w_double : w_double_text)(w, PyComplex_ImagAsDouble(v));
    } else if (PyBytes_CheckExact(v)) {
        w_byte(w, T_BYTES | flag);
        w_counted(w, PyBytes_AS_STRING(v), PyBytes_GET_SIZE(v));
    } else if (PyUnicode_CheckExact(v)) {
        w_str(w, v, flag);
    } else if (PyTuple_CheckExact(v)) {
        Py_ssize_t n = PyTuple_GET_SIZE(v);
        if (w->version >= 4 && n < 256) {
            w_byte(w, T_SMALL_TUPLE | flag);
            w_byte(w, (int)n);
        } else {
            w_byte(w, T_TUPLE | flag);
            w_size(w, n);
        }
        for (Py_ssize_t i = 0; i < n; i++)
            w_object(w, PyTuple_GET_ITEM(v, i));
    } else if (PyList_CheckExact(v)) {
        w_byte(w, T_LIST | flag);
        w_size(w, PyList_GET_SIZE(v));
        for (Py_ssize_t i = 0; i < PyList_GET_SIZE(v); i++)
            w_object(w, PyList_GET_ITEM(v, i));
    } else if (PyDict_CheckExact(v)) {
        Py_ssize_t pos = 0;
        PyObject *key, *value;
        w_byte(w, T_DICT | flag);
        while (PyDict_Next(v, &pos, &key, &value)) {
            w_object(w, key);
            w_object(w, value);
        }
        w_object(w, NULL);
    } else if (PyAnySet_CheckExact(v)) {
        w_byte(w, (PyObject_TypeCheck(v, &PySet_Type) ? T_SET : T_FROZENSET) | flag);
        w_set(w, v);
    } else if (PyCode_Check(v)) {
        w_byte(w, T_CODE | flag);
        w_code(w, (PyCodeObject *)v);
    } else if (PyObject_CheckBuffer(v)) {
        w_buffer(w, v, flag);
    } else {
        w_byte(w, T_UNKNOWN | flag);
        w->error = WRITE_UNMARSHALLABLE;
    }
}

static void w_object(Writer *w, PyObject *v)
{
    if (w->error == WRITE_NO_MEMORY)
        return;
    if (++w->depth > MAX_DEPTH)
        w->error = WRITE_NESTED;
    else if (v == NULL)
        w_byte(w, T_NULL);
    else if (v == Py_None)
        w_byte(w, T_NONE);
    else if (v == PyExc_StopIteration)
        w_byte(w, T_STOPITER);
    else if (v == Py_Ellipsis)
        w_byte(w, T_ELLIPSIS);
    else if (v == Py_False)
        w_byte(w, T_FALSE);
    else if (v == Py_True)
        w_byte(w, T_TRUE);
    else
        w_compound(w, v);
    w->depth--;
}

static void writer_clear(Writer *w)
{
    for (size_t i = 0; w->keys && i <= w->mask; i++)
        Py_XDECREF(w->keys[i]);
    PyMem_Free(w->keys);
    PyMem_Free(w->values);
    PyMem_Free(w->buffer);
}

void PyMarshal_WriteLongToFile(long x, FILE *f, int version)
{
    Writer w = {.file = f, .version = version};
    w_long(&w, x);
    write_flush(&w);
    writer_clear(&w);
}

void PyMarshal_WriteObjectToFile(PyObject *x, FILE *f, int version)
{
    Writer w = {.file = f, .version = version};
    w_object(&w, x);
    write_flush(&w);
    writer_clear(&w);
}

PyObject *PyMarshal_WriteObjectToString(PyObject *x, int version)
{
    Writer w = {.version = version};
    PyObject *result = NULL;
    w_object(&w, x);
    if (w.error == WRITE_OK)
        result = PyBytes_FromStringAndSize(w.buffer, (Py_ssize_t)w.used);
    else if (w.error == WRITE_NO_MEMORY)
        PyErr_NoMemory();
    else if (!PyErr_Occurred() || PyErr_ExceptionMatches(PyExc_UnicodeError) || PyErr_ExceptionMatches(PyExc_TypeError) ||
             PyErr_ExceptionMatches(PyExc_BufferError)) {
        PyErr_Clear();
        PyErr_SetString(PyExc_ValueError,
                        w.error == WRITE_UNMARSHALLABLE ? "unmarshallable object" : "object too deeply nested to marshal");
    }
    writer_clear(&w);
    return result;
}

/* ---- reading ---- */

typedef struct {
    const char *p, *end;  /* memory, or NULL */
    FILE *file;
    PyObject *readable;   /* Python file, or NULL */
    int depth;
    char *scratch;
    Py_ssize_t scratch_size;
    PyObject **refs;      /* owned: what later T_REFs mean; Py_None stands for what is not complete */
    Py_ssize_t ref_count, ref_room;
} Reader;

static void bad(const char *what)
{
    PyErr_Format(PyExc_ValueError, "bad marshal data (%s)", what);
}

static void too_short(void)
{
    PyErr_SetString(PyExc_EOFError, "marshal data too short");
}

static void end_of_file(void)
{
    PyErr_SetString(PyExc_EOFError, "EOF read where not expected");
}

/* Fill scratch with n bytes of the Python file. The memory that it writes to is an object's: it may keep the view. */
static const char *read_python(Reader *r, Py_ssize_t n)
{
    PyObject *room = PyByteArray_FromStringAndSize(NULL, n), *view = room ? PyMemoryView_FromObject(room) : NULL;
    PyObject *got = view ? PyObject_CallMethod(r->readable, "readinto", "O", view) : NULL;
    Py_ssize_t count = got ? PyNumber_AsSsize_t(got, PyExc_ValueError) : -1;
    int is_filled = count >= 0 && count == n && PyByteArray_GET_SIZE(room) == n; /* whoever released the view could make it smaller */
    if (is_filled)
        memcpy(r->scratch, PyByteArray_AS_STRING(room), (size_t)n);
    Py_XDECREF(got);
    Py_XDECREF(view);
    Py_XDECREF(room);
    if (is_filled)
        return r->scratch;
    if (!PyErr_Occurred()) {
        if (count > n)
            PyErr_Format(PyExc_ValueError, "read() returned too much data: %zd bytes requested, %zd returned", n, count);
        else
            end_of_file();
    }
    return NULL;
}

static __attribute__((noinline)) const char *r_bytes_slow(Reader *r, Py_ssize_t n)
{
    if (r->p != NULL) {
        too_short();
        return NULL;
    }
    if (r->scratch_size < n) {
        char *s = PyMem_Realloc(r->scratch, (size_t)n);
        if (s == NULL) {
            PyErr_NoMemory();
            return NULL;
        }
        r->scratch = s;
        r->scratch_size = n;
    }
    if (r->readable)
        return read_python(r, n);
    if (fread(r->scratch, 1, (size_t)n, r->file) < (size_t)n) {
        end_of_file();
        return NULL;
    }
    return r->scratch;
}

/* n bytes, valid until the next read; NULL with an exception. */
static inline const char *r_bytes(Reader *r, Py_ssize_t n)
{
    const char *p = r->p;
    if (p == NULL || r->end - p < n)
        return r_bytes_slow(r, n);
    r->p = p + n;
    return p;
}

static __attribute__((noinline)) int r_byte_slow(Reader *r)
{
    if (r->file != NULL) {
        int c = getc(r->file);
        if (c != EOF)
            return c;
        too_short();
        return -1;
    }
    const char *p = r_bytes(r, 1);
    return p ? (unsigned char)*p : -1;
}

/* -1 with an exception at the end. */
static inline int r_byte(Reader *r)
{
    return r->p != NULL && r->p < r->end ? (unsigned char)*r->p++ : r_byte_slow(r);
}

static int r_short(Reader *r)
{
    const unsigned char *p = (const unsigned char *)r_bytes(r, 2);
    return p ? (int16_t)(p[0] | p[1] << 8) : -1;
}

static long r_long(Reader *r)
{
    const unsigned char *p = (const unsigned char *)r_bytes(r, 4);
    return p ? (int32_t)((uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24) : -1;
}

/* A size, checked: each element takes a byte at least. -1 with an exception. */
static Py_ssize_t r_size(Reader *r, const char *what, int holds_objects)
{
    long n = r_long(r);
    if (n == -1 && PyErr_Occurred())
        return -1;
    if (n < 0) {
        PyErr_Format(PyExc_ValueError, "bad marshal data (%s size out of range)", what);
        return -1;
    }
    if (r->p != NULL && n > r->end - r->p) {
        if (holds_objects)
            PyErr_SetString(PyExc_EOFError, "EOF read where object expected");
        else
            too_short();
        return -1;
    }
    return n;
}

static PyObject *r_int_object(Reader *r)
{
    long n = r_long(r);
    if (n == 0)
        return PyErr_Occurred() ? NULL : PyLong_FromLong(0);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (n < -SIZE32_MAX || n > SIZE32_MAX) {
        bad("long size out of range");
        return NULL;
    }
    Py_ssize_t count = n < 0 ? -n : n, size = (count + 1) / 2;
    if (r->p != NULL && count > (r->end - r->p) / 2) {
        too_short();
        return NULL;
    }
    PyLongObject *v = _PyLong_New(size);
    if (v == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < count; i++) {
        int d = r_short(r);
        if (d < 0 || d >= FILE_BASE) {
            if (!PyErr_Occurred())
                bad("digit out of range in long");
            goto error;
        }
        if (i == count - 1 && d == 0) {
            bad("unnormalized long data");
            goto error;
        }
        if (i % 2 == 0)
            v->ob_digit[i / 2] = (digit)d;
        else
            v->ob_digit[i / 2] |= (digit)d << FILE_SHIFT;
    }
    Py_SIZE(v) = n > 0 ? size : -size;
    return (PyObject *)v;
error:
    Py_DECREF(v);
    return NULL;
}

/* -1.0 with an exception */
static double r_double_text(Reader *r)
{
    char text[256];
    int n = r_byte(r);
    if (n < 0) {
        PyErr_SetString(PyExc_EOFError, "EOF read where object expected");
        return -1;
    }
    const char *p = r_bytes(r, n);
    if (p == NULL)
        return -1;
    memcpy(text, p, (size_t)n);
    text[n] = 0;
    return PyOS_string_to_double(text, NULL, NULL);
}

static double r_double(Reader *r)
{
    double d;
    const char *p = r_bytes(r, 8);
    if (p == NULL)
        return -1;
    memcpy(&d, p, 8);
    return d;
}

static __attribute__((noinline)) int ref_grow(Reader *r)
{
    if (r->ref_count >= 0x7FFFFFFE) {
        bad("index list too large");
        return -1;
    }
    Py_ssize_t room = r->ref_room ? 2 * r->ref_room : 128;
    PyObject **grown = PyMem_Realloc(r->refs, (size_t)room * sizeof *grown);
    if (grown == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    r->refs = grown;
    r->ref_room = room;
    return 0;
}

/* The next index gets o (borrowed). -1 with an exception. */
static inline int ref_append(Reader *r, PyObject *o)
{
    if (UNLIKELY(r->ref_count == r->ref_room) && ref_grow(r) < 0)
        return -1;
    Py_INCREF(o);
    r->refs[r->ref_count++] = o;
    return 0;
}

/* Reserve the next index if flagged. -1 with an exception. */
static Py_ssize_t ref_reserve(Reader *r, int flag)
{
    if (!flag)
        return 0;
    return ref_append(r, Py_None) < 0 ? -1 : r->ref_count - 1;
}

static PyObject *ref_fill(Reader *r, PyObject *o, Py_ssize_t i, int flag)
{
    if (o != NULL && flag) {
        Py_INCREF(o);
        Py_SETREF(r->refs[i], o);
    }
    return o;
}

/* Remember o (passed through); NULL, o released, if that fails. */
static inline PyObject *ref_add(Reader *r, PyObject *o, int flag)
{
    if (o != NULL && flag && ref_append(r, o) < 0) {
        Py_DECREF(o);
        return NULL;
    }
    return o;
}

static PyObject *r_object(Reader *r);

static void missing(const char *what)
{
    if (!PyErr_Occurred())
        PyErr_Format(PyExc_TypeError, "NULL object in marshal data for %s", what);
}

static PyObject *r_ascii(Reader *r, Py_ssize_t n, int interned)
{
    const char *p = n < 0 ? NULL : r_bytes(r, n);
    if (p == NULL)
        return NULL;
    if (interned && str_bytes_are_ascii(p, (size_t)n))
        return tai_intern_ascii(p, n);
    PyObject *v = PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, p, n);
    if (v != NULL && interned)
        PyUnicode_InternInPlace(&v);
    return v;
}

static PyObject *r_utf8(Reader *r, int interned)
{
    Py_ssize_t n = r_size(r, "string", 0);
    if (n < 0)
        return NULL;
    const char *p = n ? r_bytes(r, n) : "";
    PyObject *v = p ? PyUnicode_DecodeUTF8(p, n, "surrogatepass") : NULL;
    if (v != NULL && interned)
        PyUnicode_InternInPlace(&v);
    return v;
}

static PyObject *r_tuple(Reader *r, Py_ssize_t n, int flag)
{
    PyObject *v = n < 0 ? NULL : ref_add(r, PyTuple_New(n), flag);
    for (Py_ssize_t i = 0; v && i < n; i++) {
        PyObject *item = r_object(r);
        if (item == NULL) {
            missing("tuple");
            Py_CLEAR(v);
            break;
        }
        PyTuple_SET_ITEM(v, i, item);
    }
    return v;
}

static PyObject *r_list(Reader *r, int flag)
{
    Py_ssize_t n = r_size(r, "list", 1);
    PyObject *v = n < 0 ? NULL : ref_add(r, PyList_New(n), flag);
    for (Py_ssize_t i = 0; v && i < n; i++) {
        PyObject *item = r_object(r);
        if (item == NULL) {
            missing("list");
            Py_CLEAR(v);
            break;
        }
        if (PyList_SetItem(v, i, item) < 0) { /* a file that is a Python object may have found the list, and made it shorter */
            Py_CLEAR(v);
            break;
        }
    }
    return v;
}

static PyObject *r_dict(Reader *r, int flag)
{
    PyObject *v = ref_add(r, PyDict_New(), flag);
    while (v != NULL) {
        PyObject *key = r_object(r);
        if (key == NULL)
            break;
        PyObject *value = r_object(r);
        if (value == NULL) {
            Py_DECREF(key);
            break;
        }
        int bad_item = PyDict_SetItem(v, key, value) < 0;
        Py_DECREF(key);
        Py_DECREF(value);
        if (bad_item)
            break;
    }
    if (PyErr_Occurred())
        Py_CLEAR(v);
    return v;
}

static PyObject *r_set(Reader *r, int frozen, int flag)
{
    Py_ssize_t n = r_size(r, "set", 1), index = 0;
    if (n < 0)
        return NULL;
    if (n == 0 && frozen)
        return ref_add(r, PyObject_CallObject((PyObject *)&PyFrozenSet_Type, NULL), flag);
    PyObject *v = frozen ? PyFrozenSet_New(NULL) : PySet_New(NULL);
    if (!frozen)
        v = ref_add(r, v, flag);
    else if ((index = ref_reserve(r, flag)) < 0)
        Py_CLEAR(v);
    for (Py_ssize_t i = 0; v && i < n; i++) {
        PyObject *item = r_object(r);
        if (item == NULL)
            missing("set");
        if (item == NULL || PySet_Add(v, item) < 0) {
            Py_XDECREF(item);
            Py_CLEAR(v);
            break;
        }
        Py_DECREF(item);
    }
    return frozen ? ref_fill(r, v, index, flag) : v;
}

static PyObject *r_code(Reader *r, int flag)
{
    enum { CODE, CONSTS, NAMES, VARNAMES, FREEVARS, CELLVARS, FILENAME, NAME, LNOTAB, OBJECTS };
    PyObject *o[OBJECTS] = {NULL}, *v = NULL;
    int n[6], first_line;
    Py_ssize_t index = ref_reserve(r, flag);
    if (index < 0)
        return NULL;
    for (int i = 0; i < 6; i++) {
        n[i] = (int)r_long(r);
        if (n[i] == -1 && PyErr_Occurred())
            return NULL;
    }
    for (int i = CODE; i <= NAME; i++) {
        o[i] = r_object(r);
        if (o[i] == NULL)
            goto done;
    }
    first_line = (int)r_long(r);
    if (first_line == -1 && PyErr_Occurred())
        goto done;
    o[LNOTAB] = r_object(r);
    if (o[LNOTAB] == NULL)
        goto done;
    if (PySys_Audit("code.__new__", "OOOiiiiii", o[CODE], o[FILENAME], o[NAME], n[0], n[1], n[2], n[3], n[4], n[5]) < 0)
        goto done;
    v = (PyObject *)PyCode_NewWithPosOnlyArgs(n[0], n[1], n[2], n[3], n[4], n[5], o[CODE], o[CONSTS], o[NAMES], o[VARNAMES],
                                              o[FREEVARS], o[CELLVARS], o[FILENAME], o[NAME], first_line, o[LNOTAB]);
    v = ref_fill(r, v, index, flag);
done:
    if (v == NULL)
        missing("code object");
    for (int i = 0; i < OBJECTS; i++)
        Py_XDECREF(o[i]);
    return v;
}

static PyObject *r_reference(Reader *r)
{
    long n = r_long(r);
    if (n < 0 || n >= r->ref_count) {
        if (n != -1 || !PyErr_Occurred())
            bad("invalid reference");
        return NULL;
    }
    PyObject *v = r->refs[n];
    if (v == Py_None) {
        bad("invalid reference");
        return NULL;
    }
    Py_INCREF(v);
    return v;
}

static PyObject *r_complex(Reader *r, double (*read)(Reader *))
{
    Py_complex c;
    c.real = read(r);
    if (c.real == -1.0 && PyErr_Occurred())
        return NULL;
    c.imag = read(r);
    return c.imag == -1.0 && PyErr_Occurred() ? NULL : PyComplex_FromCComplex(c);
}

static PyObject *r_float(Reader *r, double (*read)(Reader *))
{
    double d = read(r);
    return d == -1.0 && PyErr_Occurred() ? NULL : PyFloat_FromDouble(d);
}

static PyObject *r_bytes_object(Reader *r)
{
    Py_ssize_t n = r_size(r, "bytes object", 0);
    const char *p = n < 0 ? NULL : n ? r_bytes(r, n) : "";
    return p ? PyBytes_FromStringAndSize(p, n) : NULL;
}

static PyObject *singleton(PyObject *o)
{
    Py_INCREF(o);
    return o;
}

/* New reference; NULL with an exception, or without one for the type NULL. */
static PyObject *r_typed(Reader *r, int type, int flag)
{
    long n;
    switch (type) {
    case T_NULL: return NULL;
    case T_NONE: return singleton(Py_None);
    case T_STOPITER: return singleton(PyExc_StopIteration);
    case T_ELLIPSIS: return singleton(Py_Ellipsis);
    case T_FALSE: return singleton(Py_False);
    case T_TRUE: return singleton(Py_True);
    case T_INT:
        n = r_long(r);
        return ref_add(r, n == -1 && PyErr_Occurred() ? NULL : PyLong_FromLong(n), flag);
    case T_INT64: { /* no longer written */
        int64_t wide;
        const char *p = r_bytes(r, 8);
        if (p)
            memcpy(&wide, p, 8);
        return ref_add(r, p ? PyLong_FromLongLong(wide) : NULL, flag);
    }
    case T_LONG: return ref_add(r, r_int_object(r), flag);
    case T_FLOAT: return ref_add(r, r_float(r, r_double_text), flag);
    case T_BINARY_FLOAT: return ref_add(r, r_float(r, r_double), flag);
    case T_COMPLEX: return ref_add(r, r_complex(r, r_double_text), flag);
    case T_BINARY_COMPLEX: return ref_add(r, r_complex(r, r_double), flag);
    case T_BYTES: return ref_add(r, r_bytes_object(r), flag);
    case T_ASCII:
    case T_ASCII_INTERNED: return ref_add(r, r_ascii(r, r_size(r, "string", 0), type == T_ASCII_INTERNED), flag);
    case T_SHORT_ASCII:
    case T_SHORT_ASCII_INTERNED: return ref_add(r, r_ascii(r, r_byte(r), type == T_SHORT_ASCII_INTERNED), flag);
    case T_UNICODE:
    case T_INTERNED: return ref_add(r, r_utf8(r, type == T_INTERNED), flag);
    case T_SMALL_TUPLE: return r_tuple(r, r_byte(r), flag);
    case T_TUPLE: return r_tuple(r, r_size(r, "tuple", 1), flag);
    case T_LIST: return r_list(r, flag);
    case T_DICT: return r_dict(r, flag);
    case T_SET: return r_set(r, 0, flag);
    case T_FROZENSET: return r_set(r, 1, flag);
    case T_CODE: return r_code(r, flag);
    case T_REF: return r_reference(r);
    default: bad("unknown type code"); return NULL;
    }
}

static PyObject *r_object(Reader *r)
{
    int code = r_byte(r);
    if (code < 0) {
        if (PyErr_ExceptionMatches(PyExc_EOFError))
            PyErr_SetString(PyExc_EOFError, "EOF read where object expected");
        return NULL;
    }
    if (++r->depth > MAX_DEPTH) {
        r->depth--;
        PyErr_SetString(PyExc_ValueError, "recursion limit exceeded");
        return NULL;
    }
    PyObject *v = r_typed(r, code & ~FLAG_REF, code & FLAG_REF);
    r->depth--;
    return v;
}

static PyObject *read_top(Reader *r)
{
    if (PyErr_Occurred()) {
        fprintf(stderr, "XXX readobject called with exception set\n");
        return NULL;
    }
    PyObject *v = r_object(r);
    if (v == NULL)
        missing("object");
    while (r->ref_count > 0)
        Py_DECREF(r->refs[--r->ref_count]);
    PyMem_Free(r->refs);
    PyMem_Free(r->scratch);
    return v;
}

int PyMarshal_ReadShortFromFile(FILE *f)
{
    Reader r = {.file = f};
    int n = r_short(&r);
    PyMem_Free(r.scratch);
    return n;
}

long PyMarshal_ReadLongFromFile(FILE *f)
{
    Reader r = {.file = f};
    long n = r_long(&r);
    PyMem_Free(r.scratch);
    return n;
}

PyObject *PyMarshal_ReadObjectFromFile(FILE *f)
{
    Reader r = {.file = f};
    return read_top(&r);
}

/* Nothing follows that anybody wants: a file of a usual size is read in one go. */
PyObject *PyMarshal_ReadLastObjectFromFile(FILE *f)
{
    struct stat status;
    char *text;
    if (fstat(fileno(f), &status) != 0 || status.st_size <= 0 || status.st_size > WHOLE_FILE_LIMIT || (text = PyMem_Malloc((size_t)status.st_size)) == NULL)
        return PyMarshal_ReadObjectFromFile(f);
    PyObject *v = PyMarshal_ReadObjectFromString(text, (Py_ssize_t)fread(text, 1, (size_t)status.st_size, f));
    PyMem_Free(text);
    return v;
}

PyObject *PyMarshal_ReadObjectFromString(const char *text, Py_ssize_t n)
{
    Reader r = {.p = text, .end = text + n};
    return read_top(&r);
}

/* ---- the module ---- */

/* The version that was asked for. 0, or -1 with an exception. */
static int version_argument(PyObject *arg, int *version)
{
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *version = _PyLong_AsInt(arg);
    return *version == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *marshal_dump(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    _Py_IDENTIFIER(write);
    int version = Py_MARSHAL_VERSION;
    if (!_PyArg_CheckPositional("dump", n, 2, 3))
        return NULL;
    if (n > 2 && version_argument(args[2], &version) < 0)
        return NULL;
    PyObject *bytes = PyMarshal_WriteObjectToString(args[0], version);
    if (bytes == NULL)
        return NULL;
    PyObject *r = _PyObject_CallMethodIdObjArgs(args[1], &PyId_write, bytes, NULL);
    Py_DECREF(bytes);
    return r;
}

static PyObject *marshal_dumps(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    int version = Py_MARSHAL_VERSION;
    if (!_PyArg_CheckPositional("dumps", n, 1, 2))
        return NULL;
    if (n > 1 && version_argument(args[1], &version) < 0)
        return NULL;
    return PyMarshal_WriteObjectToString(args[0], version);
}

static PyObject *marshal_load(PyObject *m, PyObject *file)
{
    _Py_IDENTIFIER(read);
    PyObject *data = _PyObject_CallMethodId(file, &PyId_read, "i", 0); /* only to see what kind of file it is */
    if (data == NULL)
        return NULL;
    PyObject *v = NULL;
    if (!PyBytes_Check(data)) {
        PyErr_Format(PyExc_TypeError, "file.read() returned not bytes but %.100s", Py_TYPE(data)->tp_name);
    } else {
        Reader r = {.readable = file};
        v = read_top(&r);
    }
    Py_DECREF(data);
    return v;
}

static PyObject *marshal_loads(PyObject *m, PyObject *arg)
{
    Py_buffer view;
    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) != 0)
        return NULL;
    PyObject *v = PyMarshal_ReadObjectFromString(view.buf ? view.buf : "", view.len);
    PyBuffer_Release(&view);
    return v;
}

#define FAST(f) ((PyCFunction)(void (*)(void))(f))

static PyMethodDef methods[] = {
    {"dump", FAST(marshal_dump), METH_FASTCALL,
     "dump($module, value, file, version=version, /)\n--\n\nWrite value to a binary file. Raises ValueError for types that are not supported."},
    {"load", marshal_load, METH_O, "load($module, file, /)\n--\n\nRead one value from a binary file.\n\nRaises EOFError, ValueError or TypeError."},
    {"dumps", FAST(marshal_dumps), METH_FASTCALL, "dumps($module, value, version=version, /)\n--\n\nThe bytes that dump() would write."},
    {"loads", marshal_loads, METH_O, "loads($module, bytes, /)\n--\n\nThe value that the bytes stand for; what follows it is ignored."},
    {NULL, NULL},
};

PyDoc_STRVAR(marshal_doc, "Reading and writing Python values in the format of .pyc files.\n\n"
             "The format is Python's own business and may change; use pickle to keep data. Supported are None, bool, int,\n"
             "float, complex, str, bytes, tuple, list, set, frozenset, dict and code objects.");

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "marshal", marshal_doc, 0, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_marshal(void)
{
    PyObject *m = PyModule_Create(&definition);
    if (m != NULL && PyModule_AddIntConstant(m, "version", Py_MARSHAL_VERSION) < 0)
        Py_CLEAR(m);
    return m;
}

PyAPI_FUNC(PyObject *) PyMarshal_Init(void);
PyObject *PyMarshal_Init(void)
{
    return PyInit_marshal();
}
