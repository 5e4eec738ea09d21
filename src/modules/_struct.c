/* SPDX-License-Identifier: MIT */
/* _struct: values to bytes and back by a format.
 *
 * A format is compiled once into Fields (code, offset, size, count); pack and unpack walk them. Each code has a row in one of two
 * tables: native[] (size and alignment of the C compiler, prefix '@' or none) and standard[] (fixed sizes, '=' '<' '>' '!'). A cache
 * keeps the compiled forms of the module-level functions' formats.
 * [STRUCT-1] Struct.size and .fields change only in Struct.__init__, which refuses while a call is busy with them. fields[-1].count is
 *            how many are: there, because the size of the object is public (test_struct).
 * Tests: CPython's test_struct.
 */
#include "Python.h"

#include "objects/args.h"
#include "structmember.h"
#include <ctype.h>
#include <stdint.h>

static PyObject *StructError;
static PyTypeObject StructType, UnpackIterType;

/* ------------------------------------------------------------------ field kinds */

typedef enum { PAD, BYTE_CHAR, SIGNED, UNSIGNED, BOOLEAN, HALF, FLOAT, DOUBLE, STRING, PASCAL, POINTER } Kind;

typedef struct {
    char code;
    unsigned char kind;
    unsigned char size, align;
    unsigned char order; /* MACHINE, LITTLE, BIG */
} Code;

enum { MACHINE, LITTLE, BIG };

#define NATIVE(c, kind, type) {c, kind, sizeof(type), (unsigned char)offsetof(struct { char x; type y; }, y), MACHINE}
#define BYTE_ROWS(o) {'x', PAD, 1, 0, o}, {'b', SIGNED, 1, 0, o}, {'B', UNSIGNED, 1, 0, o}, {'c', BYTE_CHAR, 1, 0, o}, {'s', STRING, 1, 0, o}, {'p', PASCAL, 1, 0, o}
static const Code native[] = {
    BYTE_ROWS(MACHINE),
    NATIVE('h', SIGNED, short), NATIVE('H', UNSIGNED, unsigned short), NATIVE('i', SIGNED, int), NATIVE('I', UNSIGNED, unsigned),
    NATIVE('l', SIGNED, long), NATIVE('L', UNSIGNED, unsigned long), NATIVE('n', SIGNED, Py_ssize_t), NATIVE('N', UNSIGNED, size_t),
    NATIVE('q', SIGNED, long long), NATIVE('Q', UNSIGNED, unsigned long long), NATIVE('?', BOOLEAN, _Bool),
    NATIVE('e', HALF, short), NATIVE('f', FLOAT, float), NATIVE('d', DOUBLE, double), NATIVE('P', POINTER, void *), {0, 0, 0, 0, 0},
};
#define STANDARD_ROWS(o)                                                                                                         \
    BYTE_ROWS(o), {'h', SIGNED, 2, 0, o}, {'H', UNSIGNED, 2, 0, o}, {'i', SIGNED, 4, 0, o}, {'I', UNSIGNED, 4, 0, o},            \
        {'l', SIGNED, 4, 0, o}, {'L', UNSIGNED, 4, 0, o}, {'q', SIGNED, 8, 0, o}, {'Q', UNSIGNED, 8, 0, o},                      \
        {'?', BOOLEAN, 1, 0, o}, {'e', HALF, 2, 0, o}, {'f', FLOAT, 4, 0, o}, {'d', DOUBLE, 8, 0, o}, {0, 0, 0, 0, 0}
static const Code little[] = {STANDARD_ROWS(LITTLE)};
static const Code big_endian[] = {STANDARD_ROWS(BIG)};

/* count values of one code, size bytes each, from offset. Strings are one value of size bytes. */
typedef struct {
    const Code *code;
    Py_ssize_t offset, size, count;
} Field;

typedef struct {
    PyObject_HEAD
    Py_ssize_t size;    /* bytes; -1 until __init__ */
    Py_ssize_t values;
    Field *fields;      /* ends with one whose code is NULL; the `count` of the one before them: [STRUCT-1] */
    PyObject *format;   /* bytes */
    PyObject *weakreflist;
} Struct;

/* ------------------------------------------------------------------ compiling a format */

static const Code *find_code(const Code *table, char c)
{
    for (; table->code; table++)
        if (table->code == c)
            return table;
    return NULL;
}

static const Code *choose_table(const char **s)
{
    switch (**s) {
    case '<':
    case '=':
        ++*s;
        return little;
    case '>':
    case '!':
        ++*s;
        return big_endian;
    case '@':
        ++*s;
        /* fall through */
    default:
        return native;
    }
}

static int too_long(void)
{
    PyErr_SetString(StructError, "total struct size too long");
    return -1;
}

/* Walk the format: *size and *values of it, and its fields where wanted. How many fields, or -1 with an exception. */
static Py_ssize_t walk(const char *s, const Code *table, Field *out, Py_ssize_t *size, Py_ssize_t *values)
{
    Py_ssize_t fields = 0, offset = 0, total = 0;
    while (*s) {
        if (Py_ISSPACE(*s)) {
            s++;
            continue;
        }
        Py_ssize_t count = 1;
        if (Py_ISDIGIT(*s)) {
            for (count = 0; Py_ISDIGIT(*s); s++) {
                if (count > (PY_SSIZE_T_MAX - (*s - '0')) / 10)
                    return too_long();
                count = count * 10 + (*s - '0');
            }
            if (*s == '\0') {
                PyErr_SetString(StructError, "repeat count given without format specifier");
                return -1;
            }
        }
        const Code *code = find_code(table, *s++);
        if (code == NULL) {
            PyErr_SetString(StructError, "bad char in struct format");
            return -1;
        }
        if (code->align > 1) {
            if (offset > PY_SSIZE_T_MAX - code->align)
                return too_long();
            offset = (offset + code->align - 1) / code->align * code->align;
        }
        if (count > (PY_SSIZE_T_MAX - offset) / code->size)
            return too_long();
        int text = code->kind == STRING || code->kind == PASCAL;
        if (code->kind != PAD && (text || count > 0)) {
            if (out)
                out[fields] = text ? (Field){code, offset, count, 1} : (Field){code, offset, code->size, count};
            fields++;
            total += text ? 1 : count;
        }
        offset += count * code->size;
    }
    *size = offset;
    *values = total;
    return fields;
}

static void free_fields(Struct *self)
{
    if (self->fields)
        PyMem_Free(self->fields - 1);
    self->fields = NULL;
}

static int compile(Struct *self)
{
    if (self->fields && self->fields[-1].count) {
        PyErr_SetString(PyExc_RuntimeError, "Struct.__init__() called while the object is in use");
        return -1;
    }
    const char *s = PyBytes_AS_STRING(self->format);
    Py_ssize_t size, values;
    if (strlen(s) != (size_t)PyBytes_GET_SIZE(self->format)) {
        PyErr_SetString(StructError, "embedded null character");
        return -1;
    }
    const Code *table = choose_table(&s);
    Py_ssize_t n = walk(s, table, NULL, &size, &values);
    if (n < 0)
        return -1;
    Field *fields = PyMem_New(Field, (size_t)n + 2);
    if (fields == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    *fields++ = (Field){0};
    (void)walk(s, table, fields, &size, &values);
    fields[n].code = NULL;
    free_fields(self);
    self->fields = fields;
    self->size = size;
    self->values = values;
    return 0;
}

/* ------------------------------------------------------------------ unpacking one value */

static inline uint64_t load(const unsigned char *p, Py_ssize_t size, int big)
{
    switch (size) {
    case 1:
        return *p;
    case 2: {
        uint16_t v;
        memcpy(&v, p, 2);
        return big ? __builtin_bswap16(v) : v;
    }
    case 4: {
        uint32_t v;
        memcpy(&v, p, 4);
        return big ? __builtin_bswap32(v) : v;
    }
    default: {
        uint64_t v;
        memcpy(&v, p, 8);
        return big ? __builtin_bswap64(v) : v;
    }
    }
}

static PyObject *unpack_one(const Field *f, const unsigned char *p)
{
    int big = f->code->order == BIG;
    switch ((Kind)f->code->kind) {
    case SIGNED: {
        int shift = 64 - 8 * (int)f->size;
        return PyLong_FromLongLong((int64_t)(load(p, f->size, big) << shift) >> shift);
    }
    case UNSIGNED:
        return PyLong_FromUnsignedLongLong(load(p, f->size, big));
    case BYTE_CHAR:
        return PyBytes_FromStringAndSize((const char *)p, 1);
    case BOOLEAN:
        return PyBool_FromLong(*p != 0);
    case HALF:
        return PyFloat_FromDouble(_PyFloat_Unpack2(p, !big));
    case FLOAT: {
        uint32_t bits = (uint32_t)load(p, 4, big);
        float v;
        memcpy(&v, &bits, 4);
        return PyFloat_FromDouble(v);
    }
    case DOUBLE: {
        uint64_t bits = load(p, 8, big);
        double v;
        memcpy(&v, &bits, 8);
        return PyFloat_FromDouble(v);
    }
    case STRING:
        return PyBytes_FromStringAndSize((const char *)p, f->size);
    case PASCAL: {
        if (f->size == 0)
            return PyBytes_FromStringAndSize(NULL, 0);
        Py_ssize_t n = *p < f->size ? *p : f->size - 1;
        return PyBytes_FromStringAndSize((const char *)p + 1, n);
    }
    case POINTER:
        return PyLong_FromVoidPtr((void *)(uintptr_t)load(p, sizeof(void *), big));
    case PAD:
        break;
    }
    Py_RETURN_NONE;
}

static PyObject *unpack_all(Struct *self, const char *start)
{
    self->fields[-1].count++; /* a collection may run finalizers */
    PyObject *tuple = PyTuple_New(self->values);
    self->fields[-1].count--;
    if (tuple == NULL)
        return NULL;
    Py_ssize_t at = 0;
    for (const Field *f = self->fields; f->code; f++) {
        const unsigned char *p = (const unsigned char *)start + f->offset;
        for (Py_ssize_t i = 0; i < f->count; i++, p += f->size) {
            PyObject *v = unpack_one(f, p);
            if (v == NULL) {
                Py_DECREF(tuple);
                return NULL;
            }
            PyTuple_SET_ITEM(tuple, at++, v);
        }
    }
    return tuple;
}

/* ------------------------------------------------------------------ packing one value */

static int value_error(const char *text)
{
    PyErr_SetString(StructError, text);
    return -1;
}

/* v as an int: itself, or by __index__. New reference. */
static PyObject *as_int(PyObject *v)
{
    if (PyLong_Check(v)) {
        Py_INCREF(v);
        return v;
    }
    if (PyIndex_Check(v))
        return PyNumber_Index(v);
    value_error("required argument is not an integer");
    return NULL;
}

/* Complain about a number that does not fit, in the words 3.8 has for it: those of its native packers, also where '<' or '=' have the
 * same size as the machine, and those of the others. Some are read as a C long first, some as an unsigned one. */
static int out_of_range(const Field *f, int negative, int beyond_long, int beyond_ulong)
{
    char c = f->code->code;
    int is_signed = f->code->kind == SIGNED, bits = 8 * (int)f->size;
    int like_machine = f->code->order == MACHINE || (f->code->order == LITTLE && c != 'l' && c != 'L');
    int takes_long = is_signed || f->size == 1 || (f->size == 2 && like_machine);
    if (f->size == 8)
        return value_error(like_machine ? "argument out of range" : "int too large to convert");
    if (takes_long ? beyond_long : negative || beyond_ulong)
        return value_error("argument out of range");
    if (f->size == 1)
        return value_error(is_signed ? "byte format requires -128 <= number <= 127" : "ubyte format requires 0 <= number <= 255");
    if (like_machine && f->size == 2)
        return value_error(is_signed ? "short format requires (-0x7fff - 1) <= number <= 0x7fff"
                                     : "ushort format requires 0 <= number <= (0x7fff * 2 + 1)");
    if (is_signed) {
        long max = (1l << (bits - 1)) - 1;
        PyErr_Format(StructError, "'%c' format requires %ld <= number <= %ld", c, -max - 1, max);
    }
    else
        PyErr_Format(StructError, "'%c' format requires 0 <= number <= %zu", c, ~(size_t)0 >> (64 - bits));
    return -1;
}

static int pack_int(const Field *f, unsigned char *p, PyObject *v, int big)
{
    PyObject *i = as_int(v);
    if (i == NULL)
        return -1;
    int far, overflow, bits = 8 * (int)f->size, is_signed = f->code->kind == SIGNED;
    int64_t n = PyLong_AsLongLongAndOverflow(i, &far);
    uint64_t u = (uint64_t)n;
    int negative = far ? far < 0 : n < 0, beyond_long = far != 0;
    if (far > 0 && !is_signed) {
        u = PyLong_AsUnsignedLongLong(i);
        far = u == (uint64_t)-1 && PyErr_Occurred() != NULL;
        if (far)
            PyErr_Clear();
        overflow = far || (bits < 64 && u >> bits);
    }
    else if (is_signed)
        overflow = far || (bits < 64 && (n < -((int64_t)1 << (bits - 1)) || n >= (int64_t)1 << (bits - 1)));
    else
        overflow = negative || (bits < 64 && u >> bits);
    Py_DECREF(i);
    if (overflow)
        return out_of_range(f, negative, beyond_long, far != 0);
    if (big)
        u = __builtin_bswap64(u) >> (64 - bits);
    memcpy(p, &u, (size_t)f->size);
    return 0;
}

static int pack_float(const Field *f, unsigned char *p, PyObject *v, int big)
{
    double x = PyFloat_AsDouble(v);
    if (x == -1.0 && PyErr_Occurred())
        return value_error("required argument is not a float");
    if (f->code->kind == HALF)
        return _PyFloat_Pack2(x, p, !big);
    if (f->code->kind == FLOAT && f->code->order == MACHINE) { /* C's conversion: too large is infinite */
        float y = (float)x;
        memcpy(p, &y, sizeof y);
        return 0;
    }
    if (f->code->kind == FLOAT)
        return _PyFloat_Pack4(x, p, !big);
    return _PyFloat_Pack8(x, p, !big);
}

static int pack_text(const Field *f, unsigned char *p, PyObject *v)
{
    int pascal = f->code->kind == PASCAL;
    const char *s;
    Py_ssize_t n, room = pascal ? f->size - 1 : f->size;
    if (PyBytes_Check(v)) {
        s = PyBytes_AS_STRING(v);
        n = PyBytes_GET_SIZE(v);
    }
    else if (PyByteArray_Check(v)) {
        s = PyByteArray_AS_STRING(v);
        n = PyByteArray_GET_SIZE(v);
    }
    else
        return value_error(pascal ? "argument for 'p' must be a bytes object" : "argument for 's' must be a bytes object");
    if (n > room)
        n = room;
    if (n > 0)
        memcpy(p + pascal, s, (size_t)n);
    if (pascal && f->size > 0)
        *p = n > 255 ? 255 : (unsigned char)n;
    return 0;
}

/* The memory is zero. Runs code. */
static int pack_one(const Field *f, unsigned char *p, PyObject *v)
{
    int big = f->code->order == BIG;
    switch ((Kind)f->code->kind) {
    case SIGNED:
    case UNSIGNED:
        return pack_int(f, p, v, big);
    case BYTE_CHAR:
        if (!PyBytes_Check(v) || PyBytes_GET_SIZE(v) != 1)
            return value_error("char format requires a bytes object of length 1");
        *p = (unsigned char)PyBytes_AS_STRING(v)[0];
        return 0;
    case BOOLEAN: {
        int truth = PyObject_IsTrue(v);
        *p = truth > 0;
        return truth < 0 ? -1 : 0;
    }
    case HALF:
    case FLOAT:
    case DOUBLE:
        return pack_float(f, p, v, big);
    case STRING:
    case PASCAL:
        return pack_text(f, p, v);
    case POINTER: {
        PyObject *i = as_int(v);
        if (i == NULL)
            return -1;
        void *q = PyLong_AsVoidPtr(i);
        Py_DECREF(i);
        if (q == NULL && PyErr_Occurred())
            return -1;
        memcpy(p, &q, sizeof q);
        return 0;
    }
    case PAD:
        break;
    }
    return 0;
}

/* The overflow of a number becomes struct.error, other exceptions stay. */
static int pack_fields(Struct *self, char *start, PyObject *const *values)
{
    memset(start, 0, (size_t)self->size);
    for (const Field *f = self->fields; f->code; f++) {
        unsigned char *p = (unsigned char *)start + f->offset;
        for (Py_ssize_t i = 0; i < f->count; i++, p += f->size)
            if (pack_one(f, p, *values++) < 0) {
                if (PyLong_Check(values[-1]) && PyErr_ExceptionMatches(PyExc_OverflowError))
                    PyErr_SetString(StructError, "int too large to convert");
                return -1;
            }
    }
    return 0;
}

static int pack_all(Struct *self, char *start, PyObject *const *values)
{
    self->fields[-1].count++;
    int status = pack_fields(self, start, values);
    self->fields[-1].count--;
    return status;
}

/* ------------------------------------------------------------------ Struct objects */

static PyObject *struct_new(PyTypeObject *type, PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(kwargs))
{
    Struct *self = (Struct *)type->tp_alloc(type, 0);
    if (self) {
        self->size = self->values = -1;
        Py_INCREF(Py_None);
        self->format = Py_None;
    }
    return (PyObject *)self;
}

static int set_format(Struct *self, PyObject *format)
{
    if (PyUnicode_Check(format)) {
        format = PyUnicode_AsASCIIString(format);
        if (format == NULL)
            return -1;
    }
    else
        Py_INCREF(format);
    if (!PyBytes_Check(format)) {
        PyErr_Format(PyExc_TypeError, "Struct() argument 1 must be a str or bytes object, not %.200s", Py_TYPE(format)->tp_name);
        Py_DECREF(format);
        return -1;
    }
    Py_SETREF(self->format, format);
    return compile(self);
}

static int struct_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"format", NULL};
    PyObject *format;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O:Struct", names, &format))
        return -1;
    return set_format((Struct *)self, format);
}

static void struct_dealloc(PyObject *self)
{
    Struct *s = (Struct *)self;
    if (s->weakreflist)
        PyObject_ClearWeakRefs(self);
    free_fields(s);
    Py_XDECREF(s->format);
    Py_TYPE(self)->tp_free(self);
}

static int need_init(Struct *self)
{
    if (self->fields)
        return 0;
    PyErr_SetString(PyExc_RuntimeError, "Struct object is not initialized");
    return -1;
}

static PyObject *unpack_buffer(Struct *self, PyObject *buffer)
{
    Py_buffer view;
    if (need_init(self) < 0 || PyObject_GetBuffer(buffer, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    PyObject *result = NULL;
    if (view.len != self->size)
        PyErr_Format(StructError, "unpack requires a buffer of %zd bytes", self->size);
    else
        result = unpack_all(self, view.buf);
    PyBuffer_Release(&view);
    return result;
}

static PyObject *struct_unpack(PyObject *self, PyObject *buffer)
{
    return unpack_buffer((Struct *)self, buffer);
}

static PyObject *unpack_at(Struct *self, PyObject *buffer, Py_ssize_t offset)
{
    Py_buffer view;
    PyObject *result = NULL;
    if (need_init(self) < 0 || PyObject_GetBuffer(buffer, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    if (offset < 0) {
        if (offset + self->size > 0) {
            PyErr_Format(StructError, "not enough data to unpack %zd bytes at offset %zd", self->size, offset);
            goto done;
        }
        if (offset + view.len < 0) {
            PyErr_Format(StructError, "offset %zd out of range for %zd-byte buffer", offset, view.len);
            goto done;
        }
        offset += view.len;
    }
    if (view.len - offset < self->size) {
        PyErr_Format(StructError,
                     "unpack_from requires a buffer of at least %zu bytes for unpacking %zd bytes at offset %zd (actual buffer size is %zd)",
                     (size_t)self->size + (size_t)offset, self->size, offset, view.len);
        goto done;
    }
    result = unpack_all(self, (char *)view.buf + offset);
done:
    PyBuffer_Release(&view);
    return result;
}

static int offset_argument(PyObject *o, Py_ssize_t *offset)
{
    *offset = 0;
    if (o == NULL)
        return 0;
    PyObject *i = PyNumber_Index(o);
    if (i == NULL)
        return -1;
    *offset = PyLong_AsSsize_t(i);
    Py_DECREF(i);
    return *offset == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *struct_unpack_from(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"buffer", "offset", NULL};
    static _PyArg_Parser parser = {NULL, names, "unpack_from", 0};
    PyObject *slots[2];
    Py_ssize_t offset;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 1, 2, 2, slots) || offset_argument(slots[1], &offset) < 0)
        return NULL;
    return unpack_at((Struct *)self, slots[0], offset);
}

static PyObject *pack_values(Struct *self, PyObject *const *args, Py_ssize_t nargs)
{
    if (need_init(self) < 0)
        return NULL;
    if (nargs != self->values) {
        PyErr_Format(StructError, "pack expected %zd items for packing (got %zd)", self->values, nargs);
        return NULL;
    }
    PyObject *result = PyBytes_FromStringAndSize(NULL, self->size);
    if (result && pack_all(self, PyBytes_AS_STRING(result), args) < 0)
        Py_CLEAR(result);
    return result;
}

static PyObject *struct_pack(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    return pack_values((Struct *)self, args, nargs);
}

/* args: buffer, offset, values */
static PyObject *pack_into(Struct *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_buffer view;
    Py_ssize_t offset;
    if (need_init(self) < 0)
        return NULL;
    if (nargs != self->values + 2) {
        if (nargs == 0)
            PyErr_SetString(StructError, "pack_into expected buffer argument");
        else if (nargs == 1)
            PyErr_SetString(StructError, "pack_into expected offset argument");
        else
            PyErr_Format(StructError, "pack_into expected %zd items for packing (got %zd)", self->values, nargs - 2);
        return NULL;
    }
    if (PyObject_GetBuffer(args[0], &view, PyBUF_WRITABLE) < 0) {
        PyErr_Clear();
        PyErr_Format(PyExc_TypeError, "argument must be read-write bytes-like object, not %.50s", Py_TYPE(args[0])->tp_name);
        return NULL;
    }
    offset = PyNumber_AsSsize_t(args[1], PyExc_IndexError);
    if (offset == -1 && PyErr_Occurred())
        goto error;
    if (offset < 0) {
        if (offset + self->size > 0) {
            PyErr_Format(StructError, "no space to pack %zd bytes at offset %zd", self->size, offset);
            goto error;
        }
        if (offset + view.len < 0) {
            PyErr_Format(StructError, "offset %zd out of range for %zd-byte buffer", offset, view.len);
            goto error;
        }
        offset += view.len;
    }
    if (view.len - offset < self->size) {
        PyErr_Format(StructError,
                     "pack_into requires a buffer of at least %zu bytes for packing %zd bytes at offset %zd (actual buffer size is %zd)",
                     (size_t)self->size + (size_t)offset, self->size, offset, view.len);
        goto error;
    }
    if (pack_all(self, (char *)view.buf + offset, args + 2) < 0)
        goto error;
    PyBuffer_Release(&view);
    Py_RETURN_NONE;
error:
    PyBuffer_Release(&view);
    return NULL;
}

static PyObject *struct_pack_into(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    return pack_into((Struct *)self, args, nargs);
}

static PyObject *struct_get_format(PyObject *self, void *Py_UNUSED(closure))
{
    Struct *s = (Struct *)self;
    if (!PyBytes_Check(s->format)) {
        Py_INCREF(s->format);
        return s->format;
    }
    return PyUnicode_FromStringAndSize(PyBytes_AS_STRING(s->format), PyBytes_GET_SIZE(s->format));
}

static PyObject *struct_get_size(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromSsize_t(((Struct *)self)->size);
}

static PyObject *struct_sizeof(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    Py_ssize_t n = _PyObject_SIZE(Py_TYPE(self));
    if (((Struct *)self)->fields) {
        const Field *f = ((Struct *)self)->fields;
        for (n += (Py_ssize_t)sizeof(Field); f->code; f++)
            n += (Py_ssize_t)sizeof(Field);
    }
    return PyLong_FromSsize_t(n);
}

static PyObject *make_iterator(Struct *self, PyObject *buffer);

static PyObject *struct_iter_unpack(PyObject *self, PyObject *buffer)
{
    return make_iterator((Struct *)self, buffer);
}

#define FAST(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL
#define FASTKW(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL | METH_KEYWORDS

static PyMethodDef struct_methods[] = {
    {"iter_unpack", struct_iter_unpack, METH_O, "iter_unpack($self, buffer, /)\n--\n\nIterator of the tuples of values that the buffer holds one after the other; its length must be a multiple of size."},
    {"pack", FAST(struct_pack), "S.pack(v1, v2, ...) -> bytes\n\nThe values in the bytes that the format gives them."},
    {"pack_into", FAST(struct_pack_into), "S.pack_into(buffer, offset, v1, v2, ...)\n\nWrite the values into a writable buffer from offset on."},
    {"unpack", struct_unpack, METH_O, "unpack($self, buffer, /)\n--\n\nTuple of the values in a buffer of exactly size bytes."},
    {"unpack_from", FASTKW(struct_unpack_from), "unpack_from($self, /, buffer, offset=0)\n--\n\nTuple of the values that stand in a buffer from offset on."},
    {"__sizeof__", struct_sizeof, METH_NOARGS, "S.__sizeof__() -> int\n\nMemory taken by S, in bytes."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef struct_getset[] = {
    {"format", struct_get_format, NULL, "the format, as str", NULL},
    {"size", struct_get_size, NULL, "bytes that the values take", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyTypeObject StructType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "Struct",
    .tp_basicsize = sizeof(Struct),
    .tp_dealloc = struct_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Struct(format)\n--\n\nA compiled format, to pack and unpack with.",
    .tp_weaklistoffset = offsetof(Struct, weakreflist),
    .tp_methods = struct_methods,
    .tp_getset = struct_getset,
    .tp_init = struct_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = struct_new,
    .tp_free = PyObject_Del,
};

/* ------------------------------------------------------------------ iter_unpack */

typedef struct {
    PyObject_HEAD
    Struct *format;
    Py_buffer view;
    Py_ssize_t index;
} UnpackIter;

static PyObject *make_iterator(Struct *self, PyObject *buffer)
{
    if (need_init(self) < 0)
        return NULL;
    if (self->size == 0) {
        PyErr_SetString(StructError, "cannot iteratively unpack with a struct of length 0");
        return NULL;
    }
    UnpackIter *it = (UnpackIter *)PyType_GenericAlloc(&UnpackIterType, 0);
    if (it == NULL)
        return NULL;
    if (PyObject_GetBuffer(buffer, &it->view, PyBUF_SIMPLE) < 0) {
        Py_DECREF(it);
        return NULL;
    }
    if (it->view.len % self->size != 0) {
        PyErr_Format(StructError, "iterative unpacking requires a buffer of a multiple of %zd bytes", self->size);
        Py_DECREF(it);
        return NULL;
    }
    Py_INCREF(self);
    it->format = self;
    return (PyObject *)it;
}

static int unpackiter_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((UnpackIter *)self)->format);
    Py_VISIT(((UnpackIter *)self)->view.obj);
    return 0;
}

static void unpackiter_dealloc(PyObject *self)
{
    UnpackIter *it = (UnpackIter *)self;
    PyObject_GC_UnTrack(self);
    Py_XDECREF(it->format);
    PyBuffer_Release(&it->view);
    PyObject_GC_Del(self);
}

static PyObject *unpackiter_next(PyObject *self)
{
    UnpackIter *it = (UnpackIter *)self;
    if (it->format == NULL)
        return NULL;
    if (it->index > it->view.len - it->format->size) {
        Py_CLEAR(it->format);
        PyBuffer_Release(&it->view);
        return NULL;
    }
    PyObject *result = unpack_all(it->format, (char *)it->view.buf + it->index);
    it->index += it->format->size;
    return result;
}

static PyObject *unpackiter_length_hint(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    UnpackIter *it = (UnpackIter *)self;
    return PyLong_FromSsize_t(it->format ? (it->view.len - it->index) / it->format->size : 0);
}

static PyMethodDef unpackiter_methods[] = {
    {"__length_hint__", unpackiter_length_hint, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject UnpackIterType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "unpack_iterator",
    .tp_basicsize = sizeof(UnpackIter),
    .tp_dealloc = unpackiter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = unpackiter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = unpackiter_next,
    .tp_methods = unpackiter_methods,
};

/* ------------------------------------------------------------------ module functions */

#define CACHE_MAX 100
static PyObject *cache; /* dict: format -> Struct */

/* The compiled format; new reference. */
static Struct *compiled(PyObject *format)
{
    if (cache == NULL && (cache = PyDict_New()) == NULL)
        return NULL;
    PyObject *s = PyDict_GetItemWithError(cache, format);
    if (s) {
        Py_INCREF(s);
        return (Struct *)s;
    }
    if (PyErr_Occurred())
        return NULL;
    s = PyObject_CallFunctionObjArgs((PyObject *)&StructType, format, NULL);
    if (s == NULL)
        return NULL;
    if (PyDict_GET_SIZE(cache) >= CACHE_MAX)
        PyDict_Clear(cache);
    if (PyDict_SetItem(cache, format, s) < 0)
        PyErr_Clear();
    return (Struct *)s;
}

static PyObject *module_clearcache(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(ignored))
{
    Py_CLEAR(cache);
    Py_RETURN_NONE;
}

static PyObject *module_calcsize(PyObject *Py_UNUSED(module), PyObject *format)
{
    Struct *s = compiled(format);
    if (s == NULL)
        return NULL;
    PyObject *size = PyLong_FromSsize_t(s->size);
    Py_DECREF(s);
    return size;
}

static int missing_format(Py_ssize_t nargs)
{
    if (nargs > 0)
        return 0;
    PyErr_SetString(PyExc_TypeError, "missing format argument");
    return -1;
}

static PyObject *module_pack(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    Struct *s = missing_format(nargs) < 0 ? NULL : compiled(args[0]);
    if (s == NULL)
        return NULL;
    PyObject *result = pack_values(s, args + 1, nargs - 1);
    Py_DECREF(s);
    return result;
}

static PyObject *module_pack_into(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    Struct *s = missing_format(nargs) < 0 ? NULL : compiled(args[0]);
    if (s == NULL)
        return NULL;
    PyObject *result = pack_into(s, args + 1, nargs - 1);
    Py_DECREF(s);
    return result;
}

static PyObject *module_unpack(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    Struct *s = !_PyArg_CheckPositional("unpack", nargs, 2, 2) ? NULL : compiled(args[0]);
    if (s == NULL)
        return NULL;
    PyObject *result = unpack_buffer(s, args[1]);
    Py_DECREF(s);
    return result;
}

static PyObject *module_unpack_from(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"", "buffer", "offset", NULL};
    static _PyArg_Parser parser = {NULL, names, "unpack_from", 0};
    PyObject *slots[3];
    Py_ssize_t offset;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 2, 3, 3, slots))
        return NULL;
    Struct *s = compiled(slots[0]);
    if (s == NULL)
        return NULL;
    PyObject *result = offset_argument(slots[2], &offset) < 0 ? NULL : unpack_at(s, slots[1], offset);
    Py_DECREF(s);
    return result;
}

static PyObject *module_iter_unpack(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    Struct *s = !_PyArg_CheckPositional("iter_unpack", nargs, 2, 2) ? NULL : compiled(args[0]);
    if (s == NULL)
        return NULL;
    PyObject *result = make_iterator(s, args[1]);
    Py_DECREF(s);
    return result;
}

static PyMethodDef methods[] = {
    {"_clearcache", module_clearcache, METH_NOARGS, "_clearcache($module, /)\n--\n\nForget all compiled formats."},
    {"calcsize", module_calcsize, METH_O, "calcsize($module, format, /)\n--\n\nBytes that the values of a format take."},
    {"iter_unpack", FAST(module_iter_unpack), "iter_unpack($module, format, buffer, /)\n--\n\nLike Struct.iter_unpack()."},
    {"pack", FAST(module_pack), "pack(format, v1, v2, ...) -> bytes\n\nLike Struct.pack()."},
    {"pack_into", FAST(module_pack_into), "pack_into(format, buffer, offset, v1, v2, ...)\n\nLike Struct.pack_into()."},
    {"unpack", FAST(module_unpack), "unpack($module, format, buffer, /)\n--\n\nLike Struct.unpack()."},
    {"unpack_from", FASTKW(module_unpack_from), "unpack_from($module, format, /, buffer, offset=0)\n--\n\nLike Struct.unpack_from()."},
    {NULL, NULL, 0, NULL},
};

PyDoc_STRVAR(module_doc,
"Values to bytes and back by a format: a byte order (@ = < > !) and a code for each value, with a count in front where wanted.\n\n"
"x pad byte, c one byte, b B h H i I l L q Q n N integers (capitals unsigned), ? truth, e f d floats, s p bytes, P pointer.\n"
"Sizes and alignment are the machine's for @ (or nothing), fixed and unaligned for the others.");

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_struct",
    .m_doc = module_doc,
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__struct(void)
{
    Py_TYPE(&StructType) = &PyType_Type;
    if (PyType_Ready(&StructType) < 0 || PyType_Ready(&UnpackIterType) < 0)
        return NULL;
    PyObject *module = PyModule_Create(&module_def);
    if (module == NULL)
        return NULL;
    if (StructError == NULL && (StructError = PyErr_NewException("struct.error", NULL, NULL)) == NULL)
        return NULL;
    Py_INCREF(StructError);
    PyModule_AddObject(module, "error", StructError);
    Py_INCREF(&StructType);
    PyModule_AddObject(module, "Struct", (PyObject *)&StructType);
    return module;
}
