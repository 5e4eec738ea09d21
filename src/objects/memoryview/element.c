/* SPDX-License-Identifier: MIT */
/* memoryview: reading, writing, copying and comparing the elements of buffers of any shape.
 *
 * Native formats are handled here; for others the module struct is asked (ItemReader). Arrays are walked dimension by
 * dimension: element i of dimension d is at p + i*strides[d], and behind a pointer there if suboffsets[d] >= 0.
 * There are at most 64 dimensions, so that recursion needs no guard.
 */
#include "objects/memoryview/element.h"

#include <stdbool.h>
#include <string.h>

/* ---- formats ------------------------------------------------------------------------------------------------- */

static Py_ssize_t size_of_format(char c)
{
    switch (c) {
    case 'c': case 'b': case 'B': return 1;
    case 'h': case 'H': return sizeof(short);
    case 'i': case 'I': return sizeof(int);
    case 'l': case 'L': return sizeof(long);
    case 'q': case 'Q': return sizeof(long long);
    case 'n': case 'N': return sizeof(Py_ssize_t);
    case 'f': return sizeof(float);
    case 'd': return sizeof(double);
    case '?': return sizeof(bool);
    case 'P': return sizeof(void *);
    default: return 0;
    }
}

char tai_view_native_format(const char *format, Py_ssize_t *itemsize)
{
    if (format == NULL)
        format = "B";
    if (*format == '@')
        format++;
    Py_ssize_t size = *format != 0 && format[1] == 0 ? size_of_format(*format) : 0;
    if (itemsize)
        *itemsize = size;
    return size ? *format : 0;
}

const char *tai_view_static_format(const char *format)
{
    static const char texts[] = "@c\0@b\0@B\0@h\0@H\0@i\0@I\0@l\0@L\0@q\0@Q\0@n\0@N\0@f\0@d\0@?\0@P\0";
    char c = tai_view_native_format(format, NULL);
    for (const char *text = texts; c && *text; text += 3)
        if (text[1] == c)
            return text + (*format != '@');
    return NULL;
}

int tai_view_same_format(const char *a, const char *b)
{
    a = a ? a + (*a == '@') : "B";
    b = b ? b + (*b == '@') : "B";
    return strcmp(a, b) == 0;
}

/* ---- one element --------------------------------------------------------------------------------------------- */

#define LOAD(TYPE)                                                                                                   \
    TYPE value;                                                                                                      \
    memcpy(&value, p, sizeof(value))

PyObject *tai_view_unpack(const char *p, char format)
{
    switch (format) {
    case 'B': return PyLong_FromLong(*(const unsigned char *)p);
    case 'b': return PyLong_FromLong(*(const signed char *)p);
    case 'c': return PyBytes_FromStringAndSize(p, 1);
    case 'h': { LOAD(short); return PyLong_FromLong(value); }
    case 'H': { LOAD(unsigned short); return PyLong_FromLong(value); }
    case 'i': { LOAD(int); return PyLong_FromLong(value); }
    case 'I': { LOAD(unsigned int); return PyLong_FromUnsignedLong(value); }
    case 'l': { LOAD(long); return PyLong_FromLong(value); }
    case 'L': { LOAD(unsigned long); return PyLong_FromUnsignedLong(value); }
    case 'q': { LOAD(long long); return PyLong_FromLongLong(value); }
    case 'Q': { LOAD(unsigned long long); return PyLong_FromUnsignedLongLong(value); }
    case 'n': { LOAD(Py_ssize_t); return PyLong_FromSsize_t(value); }
    case 'N': { LOAD(size_t); return PyLong_FromSize_t(value); }
    case 'f': { LOAD(float); return PyFloat_FromDouble(value); }
    case 'd': { LOAD(double); return PyFloat_FromDouble(value); }
    case '?': return PyBool_FromLong(*p != 0);
    case 'P': { LOAD(void *); return PyLong_FromVoidPtr(value); }
    default: PyErr_SetString(PyExc_NotImplementedError, "memoryview: internal error"); return NULL;
    }
}

static int pack_error(const char *what, char format)
{
    if (format == 0)
        return -1;
    PyErr_Format(!strcmp(what, "type") ? PyExc_TypeError : PyExc_ValueError, "memoryview: invalid %s for format '%c'",
                 what, format);
    return -1;
}

/* Turns what the conversion raised into what memoryview says. */
static int convert_error(char format)
{
    if (PyErr_ExceptionMatches(PyExc_TypeError))
        return pack_error("type", format);
    if (PyErr_ExceptionMatches(PyExc_OverflowError) || PyErr_ExceptionMatches(PyExc_ValueError))
        return pack_error("value", format);
    return -1;
}

static int pack_signed(char *p, PyObject *number, Py_ssize_t size, char format)
{
    long long value = PyLong_AsLongLong(number);
    if (value == -1 && PyErr_Occurred())
        return convert_error(format);
    if (size < 8 && (value < -(1LL << (8 * size - 1)) || value >= 1LL << (8 * size - 1)))
        return pack_error("value", format);
    memcpy(p, &value, (size_t)size); /* little-endian: the low bytes come first */
    return 0;
}

static int pack_unsigned(char *p, PyObject *number, Py_ssize_t size, char format)
{
    unsigned long long value = PyLong_AsUnsignedLongLong(number);
    if (value == (unsigned long long)-1 && PyErr_Occurred())
        return convert_error(format);
    if (size < 8 && value >> (8 * size) != 0)
        return pack_error("value", format);
    memcpy(p, &value, (size_t)size);
    return 0;
}

int tai_view_pack(char *p, PyObject *value, char format)
{
    if (format == 'f' || format == 'd') {
        double d = PyFloat_AsDouble(value);
        if (d == -1.0 && PyErr_Occurred())
            return convert_error(format);
        float f = (float)d;
        if (format == 'f')
            memcpy(p, &f, sizeof(f));
        else
            memcpy(p, &d, sizeof(d));
        return 0;
    }
    if (format == '?') {
        int truth = PyObject_IsTrue(value);
        if (truth < 0)
            return -1;
        *p = (char)truth;
        return 0;
    }
    if (format == 'c') {
        if (!PyBytes_Check(value))
            return pack_error("type", format);
        if (PyBytes_GET_SIZE(value) != 1)
            return pack_error("value", format);
        *p = PyBytes_AS_STRING(value)[0];
        return 0;
    }
    PyObject *number = PyNumber_Index(value);
    if (number == NULL)
        return convert_error(format);
    Py_ssize_t size = size_of_format(format);
    int result;
    if (format == 'P') {
        void *pointer = PyLong_AsVoidPtr(number);
        result = pointer == NULL && PyErr_Occurred() ? convert_error(format) : 0;
        if (result == 0)
            memcpy(p, &pointer, sizeof(pointer));
    }
    else
        result = strchr("BHILQN", format) ? pack_unsigned(p, number, size, format) : pack_signed(p, number, size, format);
    Py_DECREF(number);
    return result;
}

/* ---- walking ------------------------------------------------------------------------------------------------- */

/* Contiguous strides for a shape; order 'C' or 'F'. */
static void fill_strides(Py_ssize_t *strides, const Py_buffer *view, char order)
{
    Py_ssize_t step = view->itemsize;
    for (int i = 0; i < view->ndim; i++) {
        int d = order == 'F' ? i : view->ndim - 1 - i;
        strides[d] = step;
        step *= view->shape[d];
    }
}

static void copy_dims(int ndim, const Py_ssize_t *shape, Py_ssize_t itemsize, char *out, const Py_ssize_t *out_strides,
                      const Py_ssize_t *out_sub, char *in, const Py_ssize_t *in_strides, const Py_ssize_t *in_sub)
{
    if (ndim == 0) {
        memcpy(out, in, (size_t)itemsize);
        return;
    }
    if (ndim == 1 && !out_sub && !in_sub && in_strides[0] == itemsize && out_strides[0] == itemsize) {
        memcpy(out, in, (size_t)(shape[0] * itemsize));
        return;
    }
    for (Py_ssize_t i = 0; i < shape[0]; i++, out += out_strides[0], in += in_strides[0])
        copy_dims(ndim - 1, shape + 1, itemsize, tai_view_follow(out, out_sub, 0), out_strides + 1,
                  out_sub ? out_sub + 1 : NULL, tai_view_follow(in, in_sub, 0), in_strides + 1,
                  in_sub ? in_sub + 1 : NULL);
}

void tai_view_to_contiguous(char *out, const Py_buffer *src, char order)
{
    Py_ssize_t strides[PyBUF_MAX_NDIM];
    fill_strides(strides, src, order);
    copy_dims(src->ndim, src->shape, src->itemsize, out, strides, NULL, src->buf, src->strides, src->suboffsets);
}

int tai_view_copy(const Py_buffer *dest, const Py_buffer *src)
{
    Py_ssize_t strides[PyBUF_MAX_NDIM];
    if (dest->ndim == 1 && !dest->suboffsets && !src->suboffsets && dest->strides[0] == dest->itemsize &&
        (src->strides == NULL || src->strides[0] == src->itemsize)) {
        memmove(dest->buf, src->buf, (size_t)(dest->shape[0] * dest->itemsize));
        return 0;
    }
    char *copy = PyMem_Malloc((size_t)src->len);
    if (copy == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    tai_view_to_contiguous(copy, src, 'C');
    fill_strides(strides, src, 'C');
    copy_dims(dest->ndim, dest->shape, dest->itemsize, dest->buf, dest->strides, dest->suboffsets, copy, strides, NULL);
    PyMem_Free(copy);
    return 0;
}

static PyObject *list_dims(int ndim, const Py_ssize_t *shape, char *p, const Py_ssize_t *strides,
                           const Py_ssize_t *suboffsets, char format)
{
    if (ndim == 0)
        return tai_view_unpack(p, format);
    PyObject *list = PyList_New(shape[0]);
    for (Py_ssize_t i = 0; list != NULL && i < shape[0]; i++, p += strides[0]) {
        PyObject *item = list_dims(ndim - 1, shape + 1, tai_view_follow(p, suboffsets, 0), strides + 1,
                                   suboffsets ? suboffsets + 1 : NULL, format);
        if (item == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, item);
    }
    return list;
}

PyObject *tai_view_to_list(const Py_buffer *view, char format)
{
    return list_dims(view->ndim, view->shape, view->buf, view->strides, view->suboffsets, format);
}

/* ---- comparing ----------------------------------------------------------------------------------------------- */

typedef struct {
    char format;           /* native, or 0: ask struct */
    Py_ssize_t itemsize;
    PyObject *unpack_from; /* bound method of a struct.Struct, owned */
} ItemReader;

/* 0, or -1 with an exception: there is no such format. */
static int reader_init(ItemReader *r, const Py_buffer *view, int native)
{
    r->unpack_from = NULL;
    r->itemsize = view->itemsize;
    r->format = native ? tai_view_native_format(view->format, NULL) : 0;
    if (r->format)
        return 0;
    PyObject *module = PyImport_ImportModule("struct");
    PyObject *type = module ? PyObject_GetAttrString(module, "Struct") : NULL;
    PyObject *packer = type ? PyObject_CallFunction(type, "y", view->format ? view->format : "B") : NULL;
    if (packer)
        r->unpack_from = PyObject_GetAttrString(packer, "unpack_from");
    Py_XDECREF(module);
    Py_XDECREF(type);
    Py_XDECREF(packer);
    return r->unpack_from ? 0 : -1;
}

static PyObject *read_item(ItemReader *r, const char *p)
{
    if (r->format)
        return tai_view_unpack(p, r->format);
    PyObject *bytes = PyBytes_FromStringAndSize(p, r->itemsize), *values;
    if (bytes == NULL)
        return NULL;
    values = PyObject_CallFunctionObjArgs(r->unpack_from, bytes, NULL);
    Py_DECREF(bytes);
    if (values != NULL && PyTuple_Check(values) && PyTuple_GET_SIZE(values) == 1) {
        PyObject *item = PyTuple_GET_ITEM(values, 0);
        Py_INCREF(item);
        Py_DECREF(values);
        return item;
    }
    return values;
}

static int items_equal(const char *p, const char *q, ItemReader *a, ItemReader *b)
{
    if (a->format && a->format == b->format) {
        if (a->format == 'f') {
            float x, y;
            memcpy(&x, p, sizeof(x));
            memcpy(&y, q, sizeof(y));
            return x == y;
        }
        if (a->format == 'd') {
            double x, y;
            memcpy(&x, p, sizeof(x));
            memcpy(&y, q, sizeof(y));
            return x == y;
        }
        if (a->format == '?')
            return (*p != 0) == (*q != 0);
        return memcmp(p, q, (size_t)a->itemsize) == 0;
    }
    PyObject *x = read_item(a, p), *y = x ? read_item(b, q) : NULL;
    int same = y ? PyObject_RichCompareBool(x, y, Py_EQ) : -1;
    Py_XDECREF(x);
    Py_XDECREF(y);
    return same;
}

static int equal_dims(int ndim, const Py_ssize_t *shape, char *p, const Py_ssize_t *p_strides, const Py_ssize_t *p_sub,
                      char *q, const Py_ssize_t *q_strides, const Py_ssize_t *q_sub, ItemReader *a, ItemReader *b)
{
    if (ndim == 0)
        return items_equal(p, q, a, b);
    for (Py_ssize_t i = 0; i < shape[0]; i++, p += p_strides[0], q += q_strides[0]) {
        int same = equal_dims(ndim - 1, shape + 1, tai_view_follow(p, p_sub, 0), p_strides + 1, p_sub ? p_sub + 1 : NULL,
                              tai_view_follow(q, q_sub, 0), q_strides + 1, q_sub ? q_sub + 1 : NULL, a, b);
        if (same <= 0)
            return same;
    }
    return 1;
}

int tai_view_equal(const Py_buffer *a, const Py_buffer *b)
{
    ItemReader left = {0}, right = {0};
    int result, native = tai_view_native_format(a->format, NULL) && tai_view_native_format(b->format, NULL);
    if (native && strchr("Bbc", tai_view_native_format(a->format, NULL)) && tai_view_same_format(a->format, b->format) &&
        PyBuffer_IsContiguous(a, 'C') && PyBuffer_IsContiguous(b, 'C'))
        return memcmp(a->buf, b->buf, (size_t)a->len) == 0;
    if (reader_init(&left, a, native) < 0 || reader_init(&right, b, native) < 0) {
        /* What struct does not know is not equal to anything. */
        result = PyErr_ExceptionMatches(PyExc_ImportError) || PyErr_ExceptionMatches(PyExc_MemoryError) ? -1 : 0;
        if (result == 0)
            PyErr_Clear();
    }
    else
        result = equal_dims(a->ndim, a->shape, a->buf, a->strides, a->suboffsets, b->buf, b->strides, b->suboffsets,
                            &left, &right);
    Py_XDECREF(left.unpack_from);
    Py_XDECREF(right.unpack_from);
    return result;
}
