/* SPDX-License-Identifier: MIT */
/* array: rows of machine numbers of one kind, packed, with the buffer protocol.
 *
 *   Array { refcnt, type, ob_size, items -> memory of `allocated` items, kind, weakreflist, exports }
 *
 * [ARRAY-1] The struct's first fields are known to numpy, Cython and others (they take items and ob_size): do not move them.
 * [ARRAY-2] While exports > 0 memory must not move or change size.
 * A kind is a row of the table kinds[]: its code, size, and how to read and write one item.
 * Tests: CPython's test_array.
 */
#include "Python.h"

#include "structmember.h"
#include <stdint.h>

typedef struct Kind Kind;

typedef struct {
    PyObject_VAR_HEAD
    char *items;
    Py_ssize_t allocated;
    const Kind *kind;
    PyObject *weakreflist;
    int exports;
} Array;

struct Kind {
    char code;
    int size;
    PyObject *(*get)(const Array *, Py_ssize_t);
    int (*set)(Array *, Py_ssize_t, PyObject *); /* index -1: only check the value. Runs code. */
    const char *format; /* of struct */
    int is_integer, is_signed;
};

static PyTypeObject ArrayType, ArrayIterType;
#define array_check(o) PyObject_TypeCheck(o, &ArrayType)

/* ------------------------------------------------------------------ kinds */

static int overflow(const char *text)
{
    PyErr_SetString(PyExc_OverflowError, text);
    return -1;
}

/* v as a long within [min, max]. 0 / -1. */
static int small_int(PyObject *v, long min, long max, const char *low, const char *high, long *out)
{
    if (PyFloat_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *out = PyLong_AsLong(v);
    if (*out == -1 && PyErr_Occurred())
        return -1;
    if (*out < min)
        return overflow(low);
    return *out > max ? overflow(high) : 0;
}

/* v as an int object; floats are not taken. New reference. */
static PyObject *integer_of(PyObject *v)
{
    if (PyFloat_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "array item must be integer");
        return NULL;
    }
    return _PyLong_FromNbIndexOrNbInt(v);
}

/* v as an unsigned long: ints, and what has __index__. */
static int large_unsigned(PyObject *v, unsigned long max, const char *high, unsigned long *out)
{
    PyObject *i = integer_of(v);
    if (i == NULL)
        return -1;
    *out = PyLong_AsUnsignedLong(i);
    Py_DECREF(i);
    if (*out == (unsigned long)-1 && PyErr_Occurred())
        return -1;
    return *out > max ? overflow(high) : 0;
}

#define AT(type) (((type *)self->items)[i])

/* Setters convert v first, which may run code, and that may shrink the array: then item i is gone. */
#define PUT(type, value)                                                                                                         \
    do {                                                                                                                         \
        if (i >= Py_SIZE(self))                                                                                                  \
            return item_is_gone();                                                                                               \
        if (i >= 0)                                                                                                              \
            AT(type) = (type)(value);                                                                                            \
        return 0;                                                                                                                \
    } while (0)

static int item_is_gone(void)
{
    PyErr_SetString(PyExc_IndexError, "array assignment index out of range");
    return -1;
}

#define SMALL(code, type, low_text, high_text, min, max)                                                                          \
    static PyObject *code##_get(const Array *self, Py_ssize_t i)                                                                 \
    {                                                                                                                            \
        return PyLong_FromLong(AT(type));                                                                                        \
    }                                                                                                                            \
    static int code##_set(Array *self, Py_ssize_t i, PyObject *v)                                                                \
    {                                                                                                                            \
        long x;                                                                                                                  \
        if (small_int(v, min, max, low_text, high_text, &x) < 0)                                                                 \
            return -1;                                                                                                           \
        PUT(type, x);                                                                                                            \
    }
SMALL(b, signed char, "signed char is less than minimum", "signed char is greater than maximum", SCHAR_MIN, SCHAR_MAX)
SMALL(B, unsigned char, "unsigned byte integer is less than minimum", "unsigned byte integer is greater than maximum", 0, UCHAR_MAX)
SMALL(h, short, "signed short integer is less than minimum", "signed short integer is greater than maximum", SHRT_MIN, SHRT_MAX)
SMALL(H, unsigned short, "unsigned short is less than minimum", "unsigned short is greater than maximum", 0, USHRT_MAX)
SMALL(i, int, "signed integer is less than minimum", "signed integer is greater than maximum", INT_MIN, INT_MAX)
SMALL(l, long, "", "", LONG_MIN, LONG_MAX)

#define LARGE(code, type, make, max, high_text)                                                                                  \
    static PyObject *code##_get(const Array *self, Py_ssize_t i)                                                                 \
    {                                                                                                                            \
        return make(AT(type));                                                                                                   \
    }                                                                                                                            \
    static int code##_set(Array *self, Py_ssize_t i, PyObject *v)                                                                \
    {                                                                                                                            \
        unsigned long x;                                                                                                         \
        if (large_unsigned(v, max, high_text, &x) < 0)                                                                           \
            return -1;                                                                                                           \
        PUT(type, x);                                                                                                            \
    }
LARGE(I, unsigned, PyLong_FromUnsignedLong, UINT_MAX, "unsigned int is greater than maximum")
LARGE(L, unsigned long, PyLong_FromUnsignedLong, ULONG_MAX, "unsigned long is greater than maximum")

static int Q_set(Array *self, Py_ssize_t i, PyObject *v)
{
    PyObject *n = integer_of(v);
    if (n == NULL)
        return -1;
    unsigned long long x = PyLong_AsUnsignedLongLong(n);
    Py_DECREF(n);
    if (x == (unsigned long long)-1 && PyErr_Occurred())
        return -1;
    PUT(unsigned long long, x);
}

static PyObject *q_get(const Array *self, Py_ssize_t i)
{
    return PyLong_FromLongLong(AT(long long));
}

static int q_set(Array *self, Py_ssize_t i, PyObject *v)
{
    if (PyFloat_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    long long x = PyLong_AsLongLong(v);
    if (x == -1 && PyErr_Occurred())
        return -1;
    PUT(long long, x);
}

#define REAL(code, type)                                                                                                         \
    static PyObject *code##_get(const Array *self, Py_ssize_t i)                                                                 \
    {                                                                                                                            \
        return PyFloat_FromDouble((double)AT(type));                                                                             \
    }                                                                                                                            \
    static int code##_set(Array *self, Py_ssize_t i, PyObject *v)                                                                \
    {                                                                                                                            \
        double x = PyFloat_AsDouble(v);                                                                                          \
        if (x == -1.0 && PyErr_Occurred()) {                                                                                     \
            if (PyErr_ExceptionMatches(PyExc_TypeError) && !PyNumber_Check(v))                                                   \
                PyErr_Format(PyExc_TypeError, "must be real number, not %.50s", Py_TYPE(v)->tp_name);                            \
            return -1;                                                                                                           \
        }                                                                                                                        \
        PUT(type, x);                                                                                                            \
    }
REAL(f, float)
REAL(d, double)

static PyObject *u_get(const Array *self, Py_ssize_t i)
{
    return PyUnicode_FromOrdinal(AT(wchar_t));
}

static int u_set(Array *self, Py_ssize_t i, PyObject *v)
{
    if (!PyUnicode_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "array item must be unicode character");
        return -1;
    }
    if (PyUnicode_READY(v) < 0)
        return -1;
    if (PyUnicode_GET_LENGTH(v) != 1) {
        PyErr_SetString(PyExc_TypeError, "array item must be unicode character");
        return -1;
    }
    PUT(wchar_t, PyUnicode_READ_CHAR(v, 0));
}

static const Kind kinds[] = {
    {'b', 1, b_get, b_set, "b", 1, 1}, {'B', 1, B_get, B_set, "B", 1, 0}, {'u', sizeof(wchar_t), u_get, u_set, "u", 0, 0},
    {'h', 2, h_get, h_set, "h", 1, 1}, {'H', 2, H_get, H_set, "H", 1, 0}, {'i', 4, i_get, i_set, "i", 1, 1},
    {'I', 4, I_get, I_set, "I", 1, 0}, {'l', 8, l_get, l_set, "l", 1, 1}, {'L', 8, L_get, L_set, "L", 1, 0},
    {'q', 8, q_get, q_set, "q", 1, 1}, {'Q', 8, L_get, Q_set, "Q", 1, 0}, {'f', 4, f_get, f_set, "f", 0, 0},
    {'d', 8, d_get, d_set, "d", 0, 0}, {0, 0, NULL, NULL, NULL, 0, 0},
};

static const Kind *kind_of_code(int c)
{
    for (const Kind *k = kinds; k->code; k++)
        if (k->code == c)
            return k;
    return NULL;
}

/* ------------------------------------------------------------------ memory */

static int resize(Array *self, Py_ssize_t n)
{
    if (self->exports > 0 && n != Py_SIZE(self)) {
        PyErr_SetString(PyExc_BufferError, "cannot resize an array that is exporting buffers");
        return -1;
    }
    if (n <= self->allocated && n >= self->allocated / 2 - 8 && self->items) {
        Py_SIZE(self) = n;
        return 0;
    }
    if (n == 0) {
        PyMem_Free(self->items);
        self->items = NULL;
        self->allocated = 0;
        Py_SIZE(self) = 0;
        return 0;
    }
    /* a little more than needed, so that appending is cheap */
    Py_ssize_t room = self->items ? n + (n >> 4) + (Py_SIZE(self) < 8 ? 3 : 7) : n;
    if (n > PY_SSIZE_T_MAX / self->kind->size - (n >> 4) - 7) {
        PyErr_NoMemory();
        return -1;
    }
    char *p = PyMem_Realloc(self->items, (size_t)room * (size_t)self->kind->size);
    if (p == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->items = p;
    self->allocated = room;
    Py_SIZE(self) = n;
    return 0;
}

/* New array of n items, contents open. */
static PyObject *make(PyTypeObject *type, Py_ssize_t n, const Kind *kind)
{
    if (n < 0) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (n > PY_SSIZE_T_MAX / kind->size)
        return PyErr_NoMemory();
    Array *a = (Array *)type->tp_alloc(type, 0);
    if (a == NULL)
        return NULL;
    a->kind = kind;
    a->allocated = n;
    if (n > 0) {
        a->items = PyMem_Malloc((size_t)n * (size_t)kind->size);
        if (a->items == NULL) {
            Py_DECREF(a);
            return PyErr_NoMemory();
        }
    }
    Py_SIZE(a) = n;
    return (PyObject *)a;
}

static void array_dealloc(PyObject *o)
{
    Array *self = (Array *)o;
    if (self->weakreflist)
        PyObject_ClearWeakRefs(o);
    PyMem_Free(self->items);
    Py_TYPE(o)->tp_free(o);
}

static inline size_t bytes_of(const Array *self, Py_ssize_t n)
{
    return (size_t)n * (size_t)self->kind->size;
}

/* Room for n more at position at, contents open. */
static int open_gap(Array *self, Py_ssize_t at, Py_ssize_t n)
{
    Py_ssize_t old = Py_SIZE(self);
    if (n > PY_SSIZE_T_MAX - old) {
        PyErr_NoMemory();
        return -1;
    }
    if (resize(self, old + n) < 0)
        return -1;
    char *p = self->items + bytes_of(self, at);
    if (at < old)
        memmove(p + bytes_of(self, n), p, bytes_of(self, old - at));
    return 0;
}

static int close_gap(Array *self, Py_ssize_t at, Py_ssize_t n)
{
    if (n == 0)
        return 0;
    if (self->exports > 0) {
        PyErr_SetString(PyExc_BufferError, "cannot resize an array that is exporting buffers");
        return -1;
    }
    char *p = self->items + bytes_of(self, at);
    memmove(p, p + bytes_of(self, n), bytes_of(self, Py_SIZE(self) - at - n));
    return resize(self, Py_SIZE(self) - n);
}

/* Insert v before position at. The value is converted first: that may run code. */
static int insert(Array *self, Py_ssize_t at, PyObject *v)
{
    if (self->kind->set(self, -1, v) < 0)
        return -1;
    Py_ssize_t n = Py_SIZE(self);
    if (at < 0 && (at += n) < 0)
        at = 0;
    if (at > n)
        at = n;
    if (open_gap(self, at, 1) < 0)
        return -1;
    return self->kind->set(self, at, v);
}

/* ------------------------------------------------------------------ sequence */

static Py_ssize_t array_length(PyObject *o)
{
    return Py_SIZE(o);
}

static PyObject *array_item(PyObject *o, Py_ssize_t i)
{
    if (i < 0 || i >= Py_SIZE(o)) {
        PyErr_SetString(PyExc_IndexError, "array index out of range");
        return NULL;
    }
    return ((Array *)o)->kind->get((Array *)o, i);
}

static PyObject *copy_range(Array *self, Py_ssize_t start, Py_ssize_t n)
{
    PyObject *a = make(&ArrayType, n, self->kind);
    if (a && n)
        memcpy(((Array *)a)->items, self->items + bytes_of(self, start), bytes_of(self, n));
    return a;
}

static PyObject *array_concat(PyObject *o, PyObject *other)
{
    Array *self = (Array *)o, *b = (Array *)other;
    if (!array_check(other)) {
        PyErr_Format(PyExc_TypeError, "can only append array (not \"%.200s\") to array", Py_TYPE(other)->tp_name);
        return NULL;
    }
    if (self->kind != b->kind) {
        PyErr_BadArgument();
        return NULL;
    }
    if (Py_SIZE(self) > PY_SSIZE_T_MAX - Py_SIZE(b))
        return PyErr_NoMemory();
    PyObject *a = make(&ArrayType, Py_SIZE(self) + Py_SIZE(b), self->kind);
    if (a) {
        if (Py_SIZE(self))
            memcpy(((Array *)a)->items, self->items, bytes_of(self, Py_SIZE(self)));
        if (Py_SIZE(b))
            memcpy(((Array *)a)->items + bytes_of(self, Py_SIZE(self)), b->items, bytes_of(b, Py_SIZE(b)));
    }
    return a;
}

/* memory holds n items; fill it up to n * count. */
static void repeat_memory(char *p, size_t once, size_t total)
{
    for (size_t done = once; done < total;) {
        size_t more = done < total - done ? done : total - done;
        memcpy(p + done, p, more);
        done += more;
    }
}

static PyObject *array_repeat(PyObject *o, Py_ssize_t count)
{
    Array *self = (Array *)o;
    if (count < 0)
        count = 0;
    if (count > 0 && Py_SIZE(self) > PY_SSIZE_T_MAX / count)
        return PyErr_NoMemory();
    PyObject *a = make(&ArrayType, Py_SIZE(self) * count, self->kind);
    if (a && Py_SIZE(a)) {
        memcpy(((Array *)a)->items, self->items, bytes_of(self, Py_SIZE(self)));
        repeat_memory(((Array *)a)->items, bytes_of(self, Py_SIZE(self)), bytes_of(self, Py_SIZE(a)));
    }
    return a;
}

static PyObject *array_irepeat(PyObject *o, Py_ssize_t count)
{
    Array *self = (Array *)o;
    Py_ssize_t n = Py_SIZE(self);
    if (n > 0) {
        if (count < 0)
            count = 0;
        if (count > 0 && (size_t)n > (size_t)PY_SSIZE_T_MAX / (size_t)self->kind->size / (size_t)count)
            return PyErr_NoMemory();
        if (resize(self, n * count) < 0)
            return NULL;
        if (count > 1)
            repeat_memory(self->items, bytes_of(self, n), bytes_of(self, n * count));
    }
    Py_INCREF(self);
    return o;
}

static int array_extend_array(Array *self, Array *b)
{
    if (self->kind != b->kind) {
        PyErr_SetString(PyExc_TypeError, "can only extend with array of same kind");
        return -1;
    }
    Py_ssize_t n = Py_SIZE(self), more = Py_SIZE(b);
    if (more > PY_SSIZE_T_MAX - n) {
        PyErr_NoMemory();
        return -1;
    }
    if (more == 0)
        return 0;
    if (resize(self, n + more) < 0)
        return -1;
    memcpy(self->items + bytes_of(self, n), b->items, bytes_of(self, more)); /* b may be self */
    return 0;
}

static int array_extend_any(Array *self, PyObject *iterable)
{
    if (array_check(iterable))
        return array_extend_array(self, (Array *)iterable);
    PyObject *v, *it = PyObject_GetIter(iterable);
    if (it == NULL)
        return -1;
    while ((v = PyIter_Next(it)) != NULL) {
        int failed = insert(self, Py_SIZE(self), v) < 0;
        Py_DECREF(v);
        if (failed)
            break;
    }
    Py_DECREF(it);
    return PyErr_Occurred() ? -1 : 0;
}

static PyObject *array_iconcat(PyObject *self, PyObject *other)
{
    if (!array_check(other)) {
        PyErr_Format(PyExc_TypeError, "can only extend array with array (not \"%.200s\")", Py_TYPE(other)->tp_name);
        return NULL;
    }
    if (array_extend_array((Array *)self, (Array *)other) < 0)
        return NULL;
    Py_INCREF(self);
    return self;
}

/* First position of v, -1 for none, -2 with an exception. Runs code. */
static Py_ssize_t find(PyObject *self, PyObject *v)
{
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        PyObject *item = array_item(self, i);
        if (item == NULL)
            return -2;
        int equal = PyObject_RichCompareBool(item, v, Py_EQ);
        Py_DECREF(item);
        if (equal)
            return equal < 0 ? -2 : i;
    }
    return -1;
}

static int array_contains(PyObject *self, PyObject *v)
{
    Py_ssize_t at = find(self, v);
    return at == -2 ? -1 : at >= 0;
}

static int array_ass_item(PyObject *o, Py_ssize_t i, PyObject *v)
{
    Array *self = (Array *)o;
    if (i < 0 || i >= Py_SIZE(self))
        return item_is_gone();
    if (v == NULL)
        return close_gap(self, i, 1);
    return self->kind->set(self, i, v);
}

static PyObject *array_subscript(PyObject *o, PyObject *key)
{
    Array *self = (Array *)o;
    Py_ssize_t start, stop, step;
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return array_item(o, i < 0 ? i + Py_SIZE(o) : i);
    }
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "array indices must be integers");
        return NULL;
    }
    if (PySlice_Unpack(key, &start, &stop, &step) < 0)
        return NULL;
    Py_ssize_t n = PySlice_AdjustIndices(Py_SIZE(self), &start, &stop, step);
    if (n <= 0)
        return make(&ArrayType, 0, self->kind);
    if (step == 1)
        return copy_range(self, start, n);
    PyObject *a = make(&ArrayType, n, self->kind);
    if (a)
        for (Py_ssize_t i = 0; i < n; i++, start += step)
            memcpy(((Array *)a)->items + bytes_of(self, i), self->items + bytes_of(self, start), (size_t)self->kind->size);
    return a;
}

/* [start, start+n) replaced by the m items at data, which is not part of self. */
static int replace_range(Array *self, Py_ssize_t start, Py_ssize_t n, const char *data, Py_ssize_t m)
{
    if (m > n ? open_gap(self, start + n, m - n) < 0 : close_gap(self, start + m, n - m) < 0)
        return -1;
    if (m)
        memcpy(self->items + bytes_of(self, start), data, bytes_of(self, m));
    return 0;
}

static int delete_strided(Array *self, Py_ssize_t start, Py_ssize_t step, Py_ssize_t n)
{
    if (n == 0)
        return 0;
    if (self->exports > 0) {
        PyErr_SetString(PyExc_BufferError, "cannot resize an array that is exporting buffers");
        return -1;
    }
    if (step < 0) {
        start += step * (n - 1);
        step = -step;
    }
    Py_ssize_t to = start;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_ssize_t from = start + i * step + 1, end = i + 1 < n ? from + step - 1 : Py_SIZE(self);
        memmove(self->items + bytes_of(self, to), self->items + bytes_of(self, from), bytes_of(self, end - from));
        to += end - from;
    }
    return resize(self, Py_SIZE(self) - n);
}

static int array_ass_subscript(PyObject *o, PyObject *key, PyObject *v)
{
    Array *self = (Array *)o, *other = NULL;
    Py_ssize_t start, stop, step, more = 0;
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return -1;
        return array_ass_item(o, i < 0 ? i + Py_SIZE(o) : i, v);
    }
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "array indices must be integers");
        return -1;
    }
    if (PySlice_Unpack(key, &start, &stop, &step) < 0)
        return -1;
    Py_ssize_t n = PySlice_AdjustIndices(Py_SIZE(self), &start, &stop, step);
    if (v) {
        if (!array_check(v)) {
            PyErr_Format(PyExc_TypeError, "can only assign array (not \"%.200s\") to array slice", Py_TYPE(v)->tp_name);
            return -1;
        }
        other = (Array *)v;
        if (other->kind != self->kind) {
            PyErr_BadArgument();
            return -1;
        }
        if (other == self) { /* onto itself: from a copy */
            PyObject *copy = copy_range(self, 0, Py_SIZE(self));
            if (copy == NULL)
                return -1;
            int result = array_ass_subscript(o, key, copy);
            Py_DECREF(copy);
            return result;
        }
        more = Py_SIZE(other);
    }
    if ((step > 0 && stop < start) || (step < 0 && stop > start))
        stop = start;
    if (step == 1)
        return replace_range(self, start, n, other ? other->items : NULL, more);
    if (more == 0)
        return delete_strided(self, start, step, n);
    if (more != n) {
        PyErr_Format(PyExc_ValueError, "attempt to assign array of size %zd to extended slice of size %zd", more, n);
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++, start += step)
        memcpy(self->items + bytes_of(self, start), other->items + bytes_of(self, i), (size_t)self->kind->size);
    return 0;
}

static PyObject *array_richcompare(PyObject *a, PyObject *b, int op)
{
    if (!array_check(a) || !array_check(b))
        Py_RETURN_NOTIMPLEMENTED;
    Array *x = (Array *)a, *y = (Array *)b;
    if (Py_SIZE(x) != Py_SIZE(y) && (op == Py_EQ || op == Py_NE))
        return PyBool_FromLong(op == Py_NE);
    if (x->kind == y->kind && x->kind->is_integer && (op == Py_EQ || op == Py_NE))
        return PyBool_FromLong((memcmp(x->items ? x->items : "", y->items ? y->items : "", bytes_of(x, Py_SIZE(x))) == 0) == (op == Py_EQ));
    for (Py_ssize_t i = 0; i < Py_SIZE(a) && i < Py_SIZE(b); i++) {
        PyObject *v = x->kind->get(x, i), *w = NULL, *result = NULL;
        int equal = -1;
        if (v && (w = y->kind->get(y, i)) != NULL)
            equal = PyObject_RichCompareBool(v, w, Py_EQ);
        if (equal == 0)
            result = op == Py_EQ ? (Py_INCREF(Py_False), Py_False) : op == Py_NE ? (Py_INCREF(Py_True), Py_True) : PyObject_RichCompare(v, w, op);
        Py_XDECREF(v);
        Py_XDECREF(w);
        if (equal <= 0)
            return result;
    }
    Py_RETURN_RICHCOMPARE(Py_SIZE(a), Py_SIZE(b), op);
}

/* ------------------------------------------------------------------ methods */

static PyObject *array_append(PyObject *self, PyObject *v)
{
    if (insert((Array *)self, Py_SIZE(self), v) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *array_extend(PyObject *self, PyObject *iterable)
{
    if (array_extend_any((Array *)self, iterable) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static int index_argument(PyObject *o, Py_ssize_t *out)
{
    if (PyFloat_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    PyObject *i = PyNumber_Index(o);
    if (i == NULL)
        return -1;
    *out = PyLong_AsSsize_t(i);
    Py_DECREF(i);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *array_insert(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t at;
    if (!_PyArg_CheckPositional("insert", nargs, 2, 2) || index_argument(args[0], &at) < 0 || insert((Array *)self, at, args[1]) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *array_pop(PyObject *o, PyObject *const *args, Py_ssize_t nargs)
{
    Array *self = (Array *)o;
    Py_ssize_t at = -1;
    if (!_PyArg_CheckPositional("pop", nargs, 0, 1) || (nargs && index_argument(args[0], &at) < 0))
        return NULL;
    if (Py_SIZE(self) == 0) {
        PyErr_SetString(PyExc_IndexError, "pop from empty array");
        return NULL;
    }
    if (at < 0)
        at += Py_SIZE(self);
    if (at < 0 || at >= Py_SIZE(self)) {
        PyErr_SetString(PyExc_IndexError, "pop index out of range");
        return NULL;
    }
    PyObject *v = array_item(o, at);
    if (v && close_gap(self, at, 1) < 0)
        Py_CLEAR(v);
    return v;
}

static PyObject *array_count(PyObject *self, PyObject *v)
{
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        PyObject *item = array_item(self, i);
        if (item == NULL)
            return NULL;
        int equal = PyObject_RichCompareBool(item, v, Py_EQ);
        Py_DECREF(item);
        if (equal < 0)
            return NULL;
        count += equal;
    }
    return PyLong_FromSsize_t(count);
}

static PyObject *array_index(PyObject *self, PyObject *v)
{
    Py_ssize_t at = find(self, v);
    if (at == -1)
        PyErr_SetString(PyExc_ValueError, "array.index(x): x not in array");
    return at < 0 ? NULL : PyLong_FromSsize_t(at);
}

static PyObject *array_remove(PyObject *self, PyObject *v)
{
    Py_ssize_t at = find(self, v);
    if (at == -1)
        PyErr_SetString(PyExc_ValueError, "array.remove(x): x not in array");
    if (at < 0 || close_gap((Array *)self, at, 1) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *array_reverse(PyObject *o, PyObject *Py_UNUSED(ignored))
{
    Array *self = (Array *)o;
    char t[16];
    size_t size = (size_t)self->kind->size;
    if (Py_SIZE(self) > 1)
        for (char *p = self->items, *q = self->items + bytes_of(self, Py_SIZE(self) - 1); p < q; p += size, q -= size) {
            memcpy(t, p, size);
            memcpy(p, q, size);
            memcpy(q, t, size);
        }
    Py_RETURN_NONE;
}

static void swap_bytes(char *p, Py_ssize_t n, int size)
{
    for (; n-- > 0; p += size)
        for (int i = 0; i < size / 2; i++) {
            char t = p[i];
            p[i] = p[size - 1 - i];
            p[size - 1 - i] = t;
        }
}

static PyObject *array_byteswap(PyObject *o, PyObject *Py_UNUSED(ignored))
{
    Array *self = (Array *)o;
    swap_bytes(self->items, Py_SIZE(self), self->kind->size);
    Py_RETURN_NONE;
}

static PyObject *array_buffer_info(PyObject *o, PyObject *Py_UNUSED(ignored))
{
    return Py_BuildValue("Nn", PyLong_FromVoidPtr(((Array *)o)->items), Py_SIZE(o));
}

static PyObject *array_copy(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return copy_range((Array *)self, 0, Py_SIZE(self));
}

static PyObject *array_deepcopy(PyObject *self, PyObject *Py_UNUSED(memo))
{
    return copy_range((Array *)self, 0, Py_SIZE(self));
}

static PyObject *array_tolist(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    PyObject *list = PyList_New(Py_SIZE(self));
    for (Py_ssize_t i = 0; list && i < Py_SIZE(self); i++) {
        PyObject *v = array_item(self, i);
        if (v == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, v);
    }
    return list;
}

static PyObject *array_fromlist(PyObject *o, PyObject *list)
{
    Array *self = (Array *)o;
    if (!PyList_Check(list)) {
        PyErr_SetString(PyExc_TypeError, "arg must be list");
        return NULL;
    }
    Py_ssize_t n = PyList_Size(list), old = Py_SIZE(self);
    if (n == 0)
        Py_RETURN_NONE;
    if (resize(self, old + n) < 0)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *v = PyList_GET_ITEM(list, i);
        Py_INCREF(v);
        int failed = self->kind->set(self, old + i, v) < 0;
        Py_DECREF(v);
        if (!failed && n != PyList_GET_SIZE(list)) {
            PyErr_SetString(PyExc_RuntimeError, "list changed size during iteration");
            failed = 1;
        }
        if (failed) {
            if (Py_SIZE(self) > old)
                resize(self, old);
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

static PyObject *array_tobytes(PyObject *o, PyObject *Py_UNUSED(ignored))
{
    Array *self = (Array *)o;
    if (Py_SIZE(self) > PY_SSIZE_T_MAX / self->kind->size)
        return PyErr_NoMemory();
    return PyBytes_FromStringAndSize(self->items ? self->items : "", (Py_ssize_t)bytes_of(self, Py_SIZE(self)));
}

static PyObject *append_bytes(Array *self, const char *data, Py_ssize_t len)
{
    Py_ssize_t n = len / self->kind->size, old = Py_SIZE(self);
    if (len % self->kind->size) {
        PyErr_SetString(PyExc_ValueError, "bytes length not a multiple of item size");
        return NULL;
    }
    if (n > 0) {
        if (n > PY_SSIZE_T_MAX - old || old + n > PY_SSIZE_T_MAX / self->kind->size)
            return PyErr_NoMemory();
        if (resize(self, old + n) < 0)
            return NULL;
        memcpy(self->items + bytes_of(self, old), data, (size_t)len);
    }
    Py_RETURN_NONE;
}

static PyObject *append_buffer(Array *self, Py_buffer *view)
{
    PyObject *result = NULL;
    if (view->itemsize != 1)
        PyErr_SetString(PyExc_TypeError, "a bytes-like object is required");
    else
        result = append_bytes(self, view->buf, view->len);
    PyBuffer_Release(view);
    return result;
}

static PyObject *array_frombytes(PyObject *self, PyObject *buffer)
{
    Py_buffer view;
    if (PyObject_GetBuffer(buffer, &view, PyBUF_SIMPLE) != 0)
        return NULL;
    return append_buffer((Array *)self, &view);
}

static PyObject *array_fromstring(PyObject *self, PyObject *buffer)
{
    Py_buffer view;
    const char *text = NULL;
    Py_ssize_t n = 0;
    view.obj = NULL;
    if (PyUnicode_Check(buffer)) {
        text = PyUnicode_AsUTF8AndSize(buffer, &n);
        if (text == NULL)
            return NULL;
    }
    else if (PyObject_GetBuffer(buffer, &view, PyBUF_SIMPLE) != 0)
        return NULL;
    if (PyErr_WarnEx(PyExc_DeprecationWarning, "fromstring() is deprecated. Use frombytes() instead.", 2) != 0) {
        if (view.obj)
            PyBuffer_Release(&view);
        return NULL;
    }
    return text ? append_bytes((Array *)self, text, n) : append_buffer((Array *)self, &view);
}

static PyObject *array_tostring(PyObject *self, PyObject *ignored)
{
    if (PyErr_WarnEx(PyExc_DeprecationWarning, "tostring() is deprecated. Use tobytes() instead.", 2) != 0)
        return NULL;
    return array_tobytes(self, ignored);
}

#define FILE_BLOCK (64 * 1024)

static PyObject *array_tofile(PyObject *o, PyObject *f)
{
    _Py_IDENTIFIER(write);
    Array *self = (Array *)o;
    for (Py_ssize_t at = 0, total = (Py_ssize_t)bytes_of(self, Py_SIZE(self)); at < total; at += FILE_BLOCK) {
        Py_ssize_t left = Py_MIN(total, (Py_ssize_t)bytes_of(self, Py_SIZE(self))) - at, n = Py_MIN(left, FILE_BLOCK);
        if (left <= 0) /* write() has shrunk the array */
            break;
        PyObject *bytes = PyBytes_FromStringAndSize(self->items + at, n);
        if (bytes == NULL)
            return NULL;
        PyObject *result = _PyObject_CallMethodIdObjArgs(f, &PyId_write, bytes, NULL);
        Py_DECREF(bytes);
        if (result == NULL)
            return NULL;
        Py_DECREF(result);
    }
    Py_RETURN_NONE;
}

static PyObject *array_fromfile(PyObject *o, PyObject *const *args, Py_ssize_t nargs)
{
    _Py_IDENTIFIER(read);
    Array *self = (Array *)o;
    Py_ssize_t n;
    if (!_PyArg_CheckPositional("fromfile", nargs, 2, 2) || index_argument(args[1], &n) < 0)
        return NULL;
    if (n < 0) {
        PyErr_SetString(PyExc_ValueError, "negative count");
        return NULL;
    }
    if (n > PY_SSIZE_T_MAX / self->kind->size)
        return PyErr_NoMemory();
    PyObject *bytes = _PyObject_CallMethodId(args[0], &PyId_read, "n", n * self->kind->size);
    if (bytes == NULL)
        return NULL;
    if (!PyBytes_Check(bytes)) {
        PyErr_SetString(PyExc_TypeError, "read() didn't return bytes");
        Py_DECREF(bytes);
        return NULL;
    }
    int too_few = PyBytes_GET_SIZE(bytes) != n * self->kind->size;
    PyObject *result = append_bytes(self, PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes));
    Py_DECREF(bytes);
    if (result && too_few) {
        PyErr_SetString(PyExc_EOFError, "read() didn't return enough bytes");
        Py_CLEAR(result);
    }
    return result;
}

static int append_text(Array *self, PyObject *text)
{
    Py_ssize_t n;
    wchar_t *w = PyUnicode_AsWideCharString(text, &n);
    if (w == NULL)
        return -1;
    Py_ssize_t old = Py_SIZE(self);
    int result = n ? resize(self, old + n) : 0;
    if (result == 0 && n)
        memcpy(self->items + bytes_of(self, old), w, bytes_of(self, n));
    PyMem_Free(w);
    return result;
}

static PyObject *array_fromunicode(PyObject *o, PyObject *text)
{
    Array *self = (Array *)o;
    if (!PyUnicode_Check(text)) {
        _PyArg_BadArgument("fromunicode", "argument", "str", text);
        return NULL;
    }
    if (self->kind->code != 'u') {
        PyErr_SetString(PyExc_ValueError, "fromunicode() may only be called on unicode type arrays");
        return NULL;
    }
    if (append_text(self, text) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *array_tounicode(PyObject *o, PyObject *Py_UNUSED(ignored))
{
    Array *self = (Array *)o;
    if (self->kind->code != 'u') {
        PyErr_SetString(PyExc_ValueError, "tounicode() may only be called on unicode type arrays");
        return NULL;
    }
    return PyUnicode_FromWideChar((wchar_t *)self->items, Py_SIZE(self));
}

static PyObject *array_sizeof(PyObject *o, PyObject *Py_UNUSED(ignored))
{
    return PyLong_FromSsize_t(_PyObject_SIZE(Py_TYPE(o)) + (Py_ssize_t)bytes_of((Array *)o, ((Array *)o)->allocated));
}

/* ------------------------------------------------------------------ pickling (PEP: "machine formats" of 3.x pickles) */

/* What a format code of a pickle means: size, signed, big-endian; kind 0 integer, 1 float, 2 utf-16, 3 utf-32. */
static const struct {
    unsigned char size, is_signed, big, what;
} machine_formats[] = {
    {1, 0, 0, 0}, {1, 1, 0, 0}, {2, 0, 0, 0}, {2, 0, 1, 0}, {2, 1, 0, 0}, {2, 1, 1, 0}, {4, 0, 0, 0}, {4, 0, 1, 0},
    {4, 1, 0, 0}, {4, 1, 1, 0}, {8, 0, 0, 0}, {8, 0, 1, 0}, {8, 1, 0, 0}, {8, 1, 1, 0}, {4, 0, 0, 1}, {4, 0, 1, 1},
    {8, 0, 0, 1}, {8, 0, 1, 1}, {4, 0, 0, 2}, {4, 0, 1, 2}, {8, 0, 0, 3}, {8, 0, 1, 3},
};
enum { MACHINE_FORMATS = sizeof machine_formats / sizeof machine_formats[0], UTF16_LE = 18, UTF32_LE = 20 };

/* The format code of a kind on this machine. */
static int format_of(const Kind *kind)
{
    if (kind->code == 'u')
        return UTF32_LE;
    if (!kind->is_integer)
        return kind->size == 4 ? 14 : 16;
    for (int i = 0; i < 14; i++)
        if (machine_formats[i].size == kind->size && machine_formats[i].is_signed == kind->is_signed && !machine_formats[i].big)
            return i;
    return -1;
}

/* Items of bytes in a foreign format, one object each. New list. */
static PyObject *decode_items(int format, const char *p, Py_ssize_t len)
{
    int size = machine_formats[format].size, big = machine_formats[format].big;
    if (len % size) {
        PyErr_SetString(PyExc_ValueError, "string length not a multiple of item size");
        return NULL;
    }
    Py_ssize_t n = len / size;
    PyObject *list = PyList_New(n);
    for (Py_ssize_t i = 0; list && i < n; i++, p += size) {
        PyObject *v;
        if (machine_formats[format].what == 1)
            v = PyFloat_FromDouble(size == 4 ? _PyFloat_Unpack4((const unsigned char *)p, !big) : _PyFloat_Unpack8((const unsigned char *)p, !big));
        else
            v = _PyLong_FromByteArray((const unsigned char *)p, (size_t)size, !big, machine_formats[format].is_signed);
        if (v == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, v);
    }
    return list;
}

static PyObject *make_from(PyTypeObject *type, int code, PyObject *initial);

static PyObject *array_reconstructor(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("_array_reconstructor", nargs, 4, 4))
        return NULL;
    if (!PyUnicode_Check(args[1]) || PyUnicode_READY(args[1]) || PyUnicode_GET_LENGTH(args[1]) != 1) {
        if (!PyErr_Occurred())
            _PyArg_BadArgument("_array_reconstructor", "argument 2", "a unicode character", args[1]);
        return NULL;
    }
    const Kind *kind = kind_of_code((int)PyUnicode_READ_CHAR(args[1], 0));
    if (PyFloat_Check(args[2])) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return NULL;
    }
    int format = _PyLong_AsInt(args[2]);
    if (format == -1 && PyErr_Occurred())
        return NULL;
    if (!PyType_Check(args[0])) {
        PyErr_Format(PyExc_TypeError, "first argument must be a type object, not %.200s", Py_TYPE(args[0])->tp_name);
        return NULL;
    }
    PyTypeObject *type = (PyTypeObject *)args[0];
    if (!PyType_IsSubtype(type, &ArrayType)) {
        PyErr_Format(PyExc_TypeError, "%.200s is not a subtype of %.200s", type->tp_name, ArrayType.tp_name);
        return NULL;
    }
    if (kind == NULL) {
        PyErr_SetString(PyExc_ValueError, "second argument must be a valid type code");
        return NULL;
    }
    if (format < 0 || format >= MACHINE_FORMATS) {
        PyErr_SetString(PyExc_ValueError, "third argument must be a valid machine format code.");
        return NULL;
    }
    PyObject *bytes = args[3], *items, *result;
    if (!PyBytes_Check(bytes)) {
        PyErr_Format(PyExc_TypeError, "fourth argument should be bytes, not %.200s", Py_TYPE(bytes)->tp_name);
        return NULL;
    }
    if (format == format_of(kind))
        return make_from(type, kind->code, bytes);
    const char *p = PyBytes_AS_STRING(bytes);
    Py_ssize_t len = PyBytes_GET_SIZE(bytes);
    if (format >= UTF16_LE) {
        int order = machine_formats[format].big ? 1 : -1;
        items = format >= UTF32_LE ? PyUnicode_DecodeUTF32(p, len, "strict", &order) : PyUnicode_DecodeUTF16(p, len, "strict", &order);
    }
    else {
        items = decode_items(format, p, len);
        if (items && kind->is_integer && machine_formats[format].what == 0 && kind->size != machine_formats[format].size)
            for (const Kind *k = kinds; k->code; k++) /* another kind may hold what this machine's cannot */
                if (k->is_integer && k->size == machine_formats[format].size && k->is_signed == machine_formats[format].is_signed)
                    kind = k;
    }
    if (items == NULL)
        return NULL;
    result = make_from(type, kind->code, items);
    Py_DECREF(items);
    return result;
}

static PyObject *array_reduce_ex(PyObject *self, PyObject *value)
{
    static PyObject *reconstructor;
    _Py_IDENTIFIER(_array_reconstructor);
    _Py_IDENTIFIER(__dict__);
    PyObject *dict, *result;
    if (reconstructor == NULL) {
        PyObject *module = PyImport_ImportModule("array");
        if (module == NULL)
            return NULL;
        reconstructor = _PyObject_GetAttrId(module, &PyId__array_reconstructor);
        Py_DECREF(module);
        if (reconstructor == NULL)
            return NULL;
    }
    if (!PyLong_Check(value)) {
        PyErr_Format(PyExc_TypeError, "__reduce_ex__ argument should be an integer");
        return NULL;
    }
    long protocol = PyLong_AsLong(value);
    if (protocol == -1 && PyErr_Occurred())
        return NULL;
    if (_PyObject_LookupAttrId(self, &PyId___dict__, &dict) < 0)
        return NULL;
    if (dict == NULL) {
        dict = Py_None;
        Py_INCREF(dict);
    }
    int code = ((Array *)self)->kind->code;
    if (protocol < 3) { /* a list goes through everywhere */
        PyObject *list = array_tolist(self, NULL);
        result = list ? Py_BuildValue("O(CN)O", Py_TYPE(self), code, list, dict) : NULL;
    }
    else {
        PyObject *bytes = array_tobytes(self, NULL);
        result = bytes ? Py_BuildValue("N(OCiN)O", (Py_INCREF(reconstructor), reconstructor), Py_TYPE(self), code,
                                       format_of(((Array *)self)->kind), bytes, dict)
                       : NULL;
    }
    Py_DECREF(dict);
    return result;
}

static PyObject *array_get_typecode(PyObject *o, void *Py_UNUSED(closure))
{
    return PyUnicode_FromOrdinal(((Array *)o)->kind->code);
}

static PyObject *array_get_itemsize(PyObject *o, void *Py_UNUSED(closure))
{
    return PyLong_FromLong(((Array *)o)->kind->size);
}

#define FAST(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL
static PyMethodDef array_methods[] = {
    {"append", array_append, METH_O, "append($self, v, /)\n--\n\nPut v at the end."},
    {"buffer_info", array_buffer_info, METH_NOARGS, "buffer_info($self, /)\n--\n\nThe pair of the memory's address and the number of items."},
    {"byteswap", array_byteswap, METH_NOARGS, "byteswap($self, /)\n--\n\nTurn the bytes of each item round."},
    {"__copy__", array_copy, METH_NOARGS, "__copy__($self, /)\n--\n\nA copy."},
    {"count", array_count, METH_O, "count($self, v, /)\n--\n\nHow often v occurs."},
    {"__deepcopy__", array_deepcopy, METH_O, "__deepcopy__($self, unused, /)\n--\n\nA copy."},
    {"extend", array_extend, METH_O, "extend($self, bb, /)\n--\n\nPut the items of an array of the same kind, or of an iterable, at the end."},
    {"fromfile", FAST(array_fromfile), "fromfile($self, f, n, /)\n--\n\nRead n items from a binary file and put them at the end."},
    {"fromlist", array_fromlist, METH_O, "fromlist($self, list, /)\n--\n\nPut the items of a list at the end, all or none."},
    {"fromstring", array_fromstring, METH_O, "fromstring($self, buffer, /)\n--\n\nOld name of frombytes()."},
    {"frombytes", array_frombytes, METH_O, "frombytes($self, buffer, /)\n--\n\nPut items at the end, given as their bytes in memory."},
    {"fromunicode", array_fromunicode, METH_O, "fromunicode($self, ustr, /)\n--\n\nPut the characters of a str at the end of an array of kind 'u'."},
    {"index", array_index, METH_O, "index($self, v, /)\n--\n\nPosition of the first v."},
    {"insert", FAST(array_insert), "insert($self, i, v, /)\n--\n\nPut v in front of the item at i."},
    {"pop", FAST(array_pop), "pop($self, i=-1, /)\n--\n\nTake the item at i out, the last by default, and return it."},
    {"__reduce_ex__", array_reduce_ex, METH_O, "__reduce_ex__($self, value, /)\n--\n\nState for pickling."},
    {"remove", array_remove, METH_O, "remove($self, v, /)\n--\n\nTake the first v out."},
    {"reverse", array_reverse, METH_NOARGS, "reverse($self, /)\n--\n\nTurn the order of the items round."},
    {"tofile", array_tofile, METH_O, "tofile($self, f, /)\n--\n\nWrite all items, as they are in memory, to a binary file."},
    {"tolist", array_tolist, METH_NOARGS, "tolist($self, /)\n--\n\nList of the items."},
    {"tostring", array_tostring, METH_NOARGS, "tostring($self, /)\n--\n\nOld name of tobytes()."},
    {"tobytes", array_tobytes, METH_NOARGS, "tobytes($self, /)\n--\n\nThe items as they are in memory."},
    {"tounicode", array_tounicode, METH_NOARGS, "tounicode($self, /)\n--\n\nThe str of an array of kind 'u'."},
    {"__sizeof__", array_sizeof, METH_NOARGS, "__sizeof__($self, /)\n--\n\nMemory taken, in bytes."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef array_getset[] = {
    {"typecode", array_get_typecode, NULL, "the code the array was made with", NULL},
    {"itemsize", array_get_itemsize, NULL, "bytes of one item", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

/* ------------------------------------------------------------------ buffer, repr */

static int array_getbuffer(PyObject *o, Py_buffer *view, int flags)
{
    static char nothing[1];
    Array *self = (Array *)o;
    if (view == NULL) {
        PyErr_SetString(PyExc_BufferError, "array_buffer_getbuf: view==NULL argument is obsolete");
        return -1;
    }
    view->buf = self->items ? self->items : nothing;
    view->obj = o;
    Py_INCREF(o);
    view->len = (Py_ssize_t)bytes_of(self, Py_SIZE(self));
    view->readonly = 0;
    view->ndim = 1;
    view->itemsize = self->kind->size;
    view->suboffsets = NULL;
    view->shape = flags & PyBUF_ND ? &Py_SIZE(self) : NULL;
    view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? &view->itemsize : NULL;
    view->internal = NULL;
    view->format = NULL;
    if (flags & PyBUF_FORMAT)
        view->format = (char *)(self->kind->code == 'u' ? "w" : self->kind->format);
    self->exports++;
    return 0;
}

static void array_releasebuffer(PyObject *o, Py_buffer *Py_UNUSED(view))
{
    ((Array *)o)->exports--;
}

static PyObject *array_repr(PyObject *o)
{
    Array *self = (Array *)o;
    const char *name = _PyType_Name(Py_TYPE(o));
    if (Py_SIZE(o) == 0)
        return PyUnicode_FromFormat("%s('%c')", name, self->kind->code);
    PyObject *v = self->kind->code == 'u' ? array_tounicode(o, NULL) : array_tolist(o, NULL);
    if (v == NULL)
        return NULL;
    PyObject *s = PyUnicode_FromFormat("%s('%c', %R)", name, self->kind->code, v);
    Py_DECREF(v);
    return s;
}

static PySequenceMethods array_as_sequence = {
    .sq_length = array_length,
    .sq_concat = array_concat,
    .sq_repeat = array_repeat,
    .sq_item = array_item,
    .sq_ass_item = array_ass_item,
    .sq_contains = array_contains,
    .sq_inplace_concat = array_iconcat,
    .sq_inplace_repeat = array_irepeat,
};

static PyMappingMethods array_as_mapping = {
    .mp_length = array_length,
    .mp_subscript = array_subscript,
    .mp_ass_subscript = array_ass_subscript,
};

static PyBufferProcs array_as_buffer = {
    .bf_getbuffer = array_getbuffer,
    .bf_releasebuffer = array_releasebuffer,
};

/* ------------------------------------------------------------------ construction */

/* array(code, initial): initial may be NULL. Runs code. */
static PyObject *make_from(PyTypeObject *type, int code, PyObject *initial)
{
    const Kind *kind = kind_of_code(code);
    if (initial && code != 'u') {
        if (PyUnicode_Check(initial)) {
            PyErr_Format(PyExc_TypeError, "cannot use a str to initialize an array with typecode '%c'", code);
            return NULL;
        }
        if (array_check(initial) && ((Array *)initial)->kind->code == 'u') {
            PyErr_Format(PyExc_TypeError, "cannot use a unicode array to initialize an array with typecode '%c'", code);
            return NULL;
        }
    }
    if (kind == NULL) {
        PyErr_SetString(PyExc_ValueError, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
        return NULL;
    }
    PyObject *a = make(type, 0, kind);
    if (a == NULL || initial == NULL)
        return a;
    Array *self = (Array *)a;
    PyObject *done = NULL;
    if (PyList_Check(initial))
        done = array_fromlist(a, initial);
    else if (PyByteArray_Check(initial) || PyBytes_Check(initial))
        done = array_frombytes(a, initial);
    else if (PyUnicode_Check(initial))
        done = append_text(self, initial) < 0 ? NULL : (Py_INCREF(Py_None), Py_None);
    else if (array_check(initial) && ((Array *)initial)->kind == kind)
        done = array_extend_array(self, (Array *)initial) < 0 ? NULL : (Py_INCREF(Py_None), Py_None);
    else { /* any iterable; another kind of array is one */
        PyObject *it = PyObject_GetIter(initial), *v;
        if (it) {
            int failed = 0;
            while (!failed && (v = PyIter_Next(it)) != NULL) {
                failed = insert(self, Py_SIZE(self), v) < 0;
                Py_DECREF(v);
            }
            Py_DECREF(it);
            if (!failed && !PyErr_Occurred()) {
                done = Py_None;
                Py_INCREF(done);
            }
        }
    }
    if (done == NULL) {
        Py_DECREF(a);
        return NULL;
    }
    Py_DECREF(done);
    return a;
}

static PyObject *array_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    int code;
    PyObject *initial = NULL;
    if (type == &ArrayType && !_PyArg_NoKeywords("array.array", kwargs))
        return NULL;
    if (!PyArg_ParseTuple(args, "C|O:array", &code, &initial))
        return NULL;
    if (PySys_Audit("array.__new__", "CO", code, initial ? initial : Py_None) < 0)
        return NULL;
    return make_from(type, code, initial);
}

static PyObject *array_iter(PyObject *o);

PyDoc_STRVAR(array_doc,
"array(typecode [, initializer]) -> array\n\nA row of numbers of one kind, packed as in C. The initializer is a list, a bytes-like object with\nthe items' memory, a str (kind 'u'), or an iterable.\n\n"
"Kinds: b B signed and unsigned char, u wide character, h H short, i I int, l L long, q Q long long, f float, d double.");

static PyTypeObject ArrayType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "array.array",
    .tp_basicsize = sizeof(Array),
    .tp_dealloc = array_dealloc,
    .tp_repr = array_repr,
    .tp_as_sequence = &array_as_sequence,
    .tp_as_mapping = &array_as_mapping,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_as_buffer = &array_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = array_doc,
    .tp_richcompare = array_richcompare,
    .tp_weaklistoffset = offsetof(Array, weakreflist),
    .tp_iter = array_iter,
    .tp_methods = array_methods,
    .tp_getset = array_getset,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = array_new,
    .tp_free = PyObject_Del,
};

/* ------------------------------------------------------------------ iterator */

typedef struct {
    PyObject_HEAD
    Py_ssize_t index;
    Array *array; /* NULL when exhausted */
} ArrayIter;

static PyObject *array_iter(PyObject *o)
{
    ArrayIter *it = PyObject_GC_New(ArrayIter, &ArrayIterType);
    if (it == NULL)
        return NULL;
    Py_INCREF(o);
    it->array = (Array *)o;
    it->index = 0;
    PyObject_GC_Track(it);
    return (PyObject *)it;
}

static PyObject *iter_next(PyObject *o)
{
    ArrayIter *it = (ArrayIter *)o;
    if (it->array == NULL)
        return NULL;
    if (it->index < Py_SIZE(it->array))
        return it->array->kind->get(it->array, it->index++);
    Py_CLEAR(it->array);
    return NULL;
}

static void iter_dealloc(PyObject *o)
{
    PyObject_GC_UnTrack(o);
    Py_XDECREF(((ArrayIter *)o)->array);
    PyObject_GC_Del(o);
}

static int iter_traverse(PyObject *o, visitproc visit, void *arg)
{
    Py_VISIT(((ArrayIter *)o)->array);
    return 0;
}

static PyObject *iter_reduce(PyObject *o, PyObject *Py_UNUSED(ignored))
{
    _Py_IDENTIFIER(iter);
    ArrayIter *it = (ArrayIter *)o;
    PyObject *builtin = _PyEval_GetBuiltinId(&PyId_iter);
    if (it->array == NULL)
        return Py_BuildValue("N(())", builtin);
    return Py_BuildValue("N(O)n", builtin, it->array, it->index);
}

static PyObject *iter_setstate(PyObject *o, PyObject *state)
{
    ArrayIter *it = (ArrayIter *)o;
    Py_ssize_t index = PyLong_AsSsize_t(state);
    if (index == -1 && PyErr_Occurred())
        return NULL;
    if (it->array)
        it->index = index < 0 ? 0 : index > Py_SIZE(it->array) ? Py_SIZE(it->array) : index;
    Py_RETURN_NONE;
}

static PyMethodDef iter_methods[] = {
    {"__reduce__", iter_reduce, METH_NOARGS, "__reduce__($self, /)\n--\n\nState for pickling."},
    {"__setstate__", iter_setstate, METH_O, "__setstate__($self, state, /)\n--\n\nTake the state of an unpickled iterator."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject ArrayIterType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "arrayiterator",
    .tp_basicsize = sizeof(ArrayIter),
    .tp_dealloc = iter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = iter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = iter_next,
    .tp_methods = iter_methods,
};

/* ------------------------------------------------------------------ module */

static PyMethodDef methods[] = {
    {"_array_reconstructor", FAST(array_reconstructor), "_array_reconstructor($module, arraytype, typecode, mformat_code, items,\n                     /)\n--\n\nMake an array from a pickle, of this machine or another."},
    {NULL, NULL, 0, NULL},
};

static int array_exec(PyObject *module)
{
    char codes[16];
    int n = 0;
    if (PyType_Ready(&ArrayType) < 0 || PyType_Ready(&ArrayIterType) < 0)
        return -1;
    Py_INCREF(&ArrayType);
    PyModule_AddObject(module, "ArrayType", (PyObject *)&ArrayType);
    Py_INCREF(&ArrayType);
    PyModule_AddObject(module, "array", (PyObject *)&ArrayType);
    for (const Kind *k = kinds; k->code; k++)
        codes[n++] = k->code;
    return PyModule_AddObject(module, "typecodes", PyUnicode_FromStringAndSize(codes, n));
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, array_exec}, {0, NULL}};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "array",
    .m_doc = "Packed rows of machine numbers.",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_array(void)
{
    return PyModuleDef_Init(&module_def);
}
