/* SPDX-License-Identifier: MIT */
/* bytearray: mutable arrays of bytes.
 *
 *   ob_bytes -> [ free | ob_start: ob_size bytes | NUL | free ]      ob_alloc bytes in all, NULL when there are none
 *
 * [BARRAY-1] 0 <= ob_start - ob_bytes, and that distance + ob_size + 1 <= ob_alloc, unless ob_bytes is NULL and all are 0.
 * [BARRAY-2] While ob_exports > 0 somebody holds a pointer into it: the memory must not move or change size.
 * Deleting at the front moves ob_start, so a bytearray can serve as a queue. The shared methods stand in methods.c.
 * Tests: tests/objects/bytes/test_bytes.py.
 */
#include "objects/bytes/bytes.h"

#include "objects/bytes/methods.h"
#include "objects/int/int.h"

char _PyByteArray_empty_string[] = "";

static inline PyByteArrayObject *array_of(PyObject *o)
{
    return (PyByteArrayObject *)o;
}

static int can_resize(PyByteArrayObject *a)
{
    if (LIKELY(a->ob_exports == 0))
        return 0;
    PyErr_SetString(PyExc_BufferError, "Existing exports of data: object cannot be re-sized");
    return -1;
}

/* ------------------------------------------------------------------ memory */

PyObject *PyByteArray_FromStringAndSize(const char *bytes, Py_ssize_t size)
{
    if (size < 0) {
        PyErr_SetString(PyExc_SystemError, "Negative size passed to PyByteArray_FromStringAndSize");
        return NULL;
    }
    if (size == PY_SSIZE_T_MAX)
        return PyErr_NoMemory();
    PyByteArrayObject *a = PyObject_New(PyByteArrayObject, &PyByteArray_Type);
    if (a == NULL)
        return NULL;
    Py_SIZE(a) = 0;
    a->ob_alloc = 0;
    a->ob_bytes = a->ob_start = NULL;
    a->ob_exports = 0;
    if (size) {
        a->ob_bytes = PyObject_Malloc((size_t)size + 1);
        if (a->ob_bytes == NULL) {
            Py_DECREF(a);
            return PyErr_NoMemory();
        }
        if (bytes)
            memcpy(a->ob_bytes, bytes, (size_t)size);
        a->ob_bytes[size] = '\0';
        a->ob_alloc = size + 1;
        a->ob_start = a->ob_bytes;
        Py_SIZE(a) = size;
    }
    return (PyObject *)a;
}

/* Memory to ask for when need bytes (NUL included) are wanted and have are there. */
static size_t grow(size_t need, size_t have)
{
    if (need < have / 2)
        return need; /* shrinks for good */
    if (need <= have + have / 8)
        return need + (need >> 3) + (need < 9 ? 3 : 6);
    return need;
}

int PyByteArray_Resize(PyObject *self, Py_ssize_t size)
{
    PyByteArrayObject *a = array_of(self);
    Py_ssize_t front = a->ob_start - a->ob_bytes;
    if (size == Py_SIZE(a))
        return 0;
    if (can_resize(a) < 0)
        return -1;
    if (size >= PY_SSIZE_T_MAX - 1) {
        PyErr_NoMemory();
        return -1;
    }
    size_t need = (size_t)size + 1, have = (size_t)a->ob_alloc;
    if (need + (size_t)front <= have && need >= have / 2) { /* it fits, and is not far too large */
        Py_SIZE(a) = size;
        a->ob_start[size] = '\0';
        return 0;
    }
    size_t want = need <= have && need >= have / 2 ? have : grow(need, have); /* the first: only the front is in the way */
    if (front == 0) {
        char *p = PyObject_Realloc(a->ob_bytes, want);
        if (p == NULL)
            goto no_memory;
        a->ob_bytes = p;
    }
    else {
        char *p = PyObject_Malloc(want);
        if (p == NULL)
            goto no_memory;
        memcpy(p, a->ob_start, (size_t)(size < Py_SIZE(a) ? size : Py_SIZE(a)));
        PyObject_Free(a->ob_bytes);
        a->ob_bytes = p;
    }
    a->ob_start = a->ob_bytes;
    a->ob_alloc = (Py_ssize_t)want;
    Py_SIZE(a) = size;
    a->ob_bytes[size] = '\0';
    return 0;
no_memory:
    PyErr_NoMemory();
    return -1;
}

Py_ssize_t PyByteArray_Size(PyObject *self)
{
    return PyByteArray_GET_SIZE(self);
}

char *PyByteArray_AsString(PyObject *self)
{
    return PyByteArray_AS_STRING(self);
}

/* Put n bytes in place of [lo, hi). data must not point into self (see splice_object). 0 / -1. */
static int splice(PyByteArrayObject *a, Py_ssize_t lo, Py_ssize_t hi, const char *data, Py_ssize_t n)
{
    Py_ssize_t gain = n - (hi - lo), old = Py_SIZE(a);
    if (gain < 0) {
        if (can_resize(a) < 0)
            return -1;
        if (lo == 0) { /* off the front: no byte moves */
            a->ob_start -= gain;
            Py_SIZE(a) = old + gain;
            if (Py_SIZE(a) + 1 < a->ob_alloc / 2) { /* mostly free by now: let go of it */
                char *p = PyObject_Malloc((size_t)Py_SIZE(a) + 1);
                if (p) {
                    memcpy(p, a->ob_start, (size_t)Py_SIZE(a) + 1);
                    PyObject_Free(a->ob_bytes);
                    a->ob_bytes = a->ob_start = p;
                    a->ob_alloc = Py_SIZE(a) + 1;
                }
            }
        }
        else {
            memmove(a->ob_start + hi + gain, a->ob_start + hi, (size_t)(old - hi));
            if (PyByteArray_Resize((PyObject *)a, old + gain) < 0)
                return -1;
        }
    }
    else if (gain > 0) {
        if (old > PY_SSIZE_T_MAX - gain) {
            PyErr_NoMemory();
            return -1;
        }
        if (PyByteArray_Resize((PyObject *)a, old + gain) < 0)
            return -1;
        memmove(a->ob_start + lo + n, a->ob_start + hi, (size_t)(old - hi));
    }
    if (n)
        memcpy(a->ob_start + lo, data, (size_t)n);
    return 0;
}

/* The same with what values holds (NULL: nothing). Runs code. */
static int splice_object(PyByteArrayObject *a, Py_ssize_t lo, Py_ssize_t hi, PyObject *values)
{
    Py_buffer view;
    PyObject *held = NULL;
    if (values == NULL)
        return splice(a, lo, hi, NULL, 0);
    if (values == (PyObject *)a) {
        values = held = PyByteArray_FromStringAndSize(a->ob_start, Py_SIZE(a));
        if (held == NULL)
            return -1;
    }
    if (PyObject_GetBuffer(values, &view, PyBUF_SIMPLE) != 0) {
        PyErr_Format(PyExc_TypeError, "can't set bytearray slice from %.100s", Py_TYPE(values)->tp_name);
        Py_XDECREF(held);
        return -1;
    }
    Py_ssize_t size = Py_SIZE(a); /* getting the buffer may have run code */
    if (hi > size)
        hi = size;
    if (lo > hi)
        lo = hi;
    int result = splice(a, lo, hi, view.buf, view.len);
    PyBuffer_Release(&view);
    Py_XDECREF(held);
    return result;
}

/* ------------------------------------------------------------------ construction */

PyObject *PyByteArray_FromObject(PyObject *input)
{
    return PyObject_CallFunctionObjArgs((PyObject *)&PyByteArray_Type, input, NULL);
}

static int append_byte(PyByteArrayObject *a, int v)
{
    Py_ssize_t n = Py_SIZE(a);
    if (n == PY_SSIZE_T_MAX) {
        PyErr_SetString(PyExc_OverflowError, "cannot add more objects to bytearray");
        return -1;
    }
    if (PyByteArray_Resize((PyObject *)a, n + 1) < 0)
        return -1;
    a->ob_start[n] = (char)v;
    return 0;
}

static int fill_from_iterator(PyByteArrayObject *a, PyObject *it)
{
    for (PyObject *item; (item = PyIter_Next(it)) != NULL;) {
        int v = tai_bytes_byte(item, "byte must be in range(0, 256)");
        Py_DECREF(item);
        if (v < 0 || append_byte(a, v) < 0)
            return -1;
    }
    return PyErr_Occurred() ? -1 : 0;
}

/* So many zeros: 1; 0 when x is no count; -1 with an exception. */
static int init_count(PyByteArrayObject *a, PyObject *x)
{
    if (!PyIndex_Check(x))
        return 0;
    Py_ssize_t n = PyNumber_AsSsize_t(x, PyExc_OverflowError);
    if (n == -1 && PyErr_Occurred()) {
        if (!PyErr_ExceptionMatches(PyExc_TypeError))
            return -1;
        PyErr_Clear();
        return 0;
    }
    if (n < 0) {
        PyErr_SetString(PyExc_ValueError, "negative count");
        return -1;
    }
    if (n > 0) {
        if (PyByteArray_Resize((PyObject *)a, n) < 0)
            return -1;
        memset(a->ob_start, 0, (size_t)n);
    }
    return 1;
}

static int init_error(const char *text)
{
    PyErr_SetString(PyExc_TypeError, text);
    return -1;
}

static int init_text(PyByteArrayObject *a, PyObject *x, const char *encoding, const char *errors)
{
    if (encoding == NULL)
        return init_error("string argument without an encoding");
    PyObject *encoded = PyUnicode_AsEncodedString(x, encoding, errors);
    if (encoded == NULL)
        return -1;
    int result = splice(a, 0, Py_SIZE(a), PyBytes_AS_STRING(encoded), PyBytes_GET_SIZE(encoded));
    Py_DECREF(encoded);
    return result;
}

static int bytearray_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"source", "encoding", "errors", NULL};
    PyByteArrayObject *a = array_of(self);
    PyObject *x = NULL;
    const char *encoding = NULL, *errors = NULL;
    if (Py_SIZE(self) != 0 && PyByteArray_Resize(self, 0) < 0)
        return -1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|Oss:bytearray", names, &x, &encoding, &errors))
        return -1;
    if (x == NULL)
        return encoding || errors ? init_error(encoding ? "encoding without a string argument" : "errors without a string argument") : 0;
    if (PyUnicode_Check(x))
        return init_text(a, x, encoding, errors);
    if (encoding || errors)
        return init_error(encoding ? "encoding without a string argument" : "errors without a string argument");
    int done = init_count(a, x);
    if (done)
        return done < 0 ? -1 : 0;
    if (PyObject_CheckBuffer(x)) {
        Py_buffer view;
        if (PyObject_GetBuffer(x, &view, PyBUF_FULL_RO) < 0)
            return -1;
        int result = PyByteArray_Resize(self, view.len);
        if (result == 0 && view.len)
            result = PyBuffer_ToContiguous(PyByteArray_AS_STRING(self), &view, view.len, 'C');
        PyBuffer_Release(&view);
        return result;
    }
    PyObject *it = PyObject_GetIter(x);
    if (it == NULL) {
        if (PyErr_ExceptionMatches(PyExc_TypeError))
            PyErr_Format(PyExc_TypeError, "cannot convert '%.200s' object to bytearray", Py_TYPE(x)->tp_name);
        return -1;
    }
    int result = fill_from_iterator(a, it);
    Py_DECREF(it);
    return result;
}

static void bytearray_dealloc(PyObject *self)
{
    PyByteArrayObject *a = array_of(self);
    if (a->ob_exports > 0) {
        PyErr_SetString(PyExc_SystemError, "deallocated bytearray object has exported buffers");
        PyErr_Print();
    }
    PyObject_Free(a->ob_bytes);
    Py_TYPE(self)->tp_free(self);
}

/* ------------------------------------------------------------------ sequence */

static Py_ssize_t bytearray_length(PyObject *self)
{
    return Py_SIZE(self);
}

PyObject *PyByteArray_Concat(PyObject *a, PyObject *b)
{
    Py_buffer va, vb;
    PyObject *result = NULL;
    va.obj = vb.obj = NULL;
    if (PyObject_GetBuffer(a, &va, PyBUF_SIMPLE) != 0 || PyObject_GetBuffer(b, &vb, PyBUF_SIMPLE) != 0) {
        PyErr_Format(PyExc_TypeError, "can't concat %.100s to %.100s", Py_TYPE(b)->tp_name, Py_TYPE(a)->tp_name);
        goto done;
    }
    if (va.len > PY_SSIZE_T_MAX - vb.len)
        PyErr_NoMemory();
    else if ((result = PyByteArray_FromStringAndSize(NULL, va.len + vb.len)) != NULL && va.len + vb.len) {
        memcpy(array_of(result)->ob_start, va.buf, (size_t)va.len);
        memcpy(array_of(result)->ob_start + va.len, vb.buf, (size_t)vb.len);
    }
done:
    if (va.obj)
        PyBuffer_Release(&va);
    if (vb.obj)
        PyBuffer_Release(&vb);
    return result;
}

static PyObject *bytearray_iconcat(PyObject *self, PyObject *other)
{
    Py_buffer view;
    if (PyObject_GetBuffer(other, &view, PyBUF_SIMPLE) != 0) {
        PyErr_Format(PyExc_TypeError, "can't concat %.100s to %.100s", Py_TYPE(other)->tp_name, Py_TYPE(self)->tp_name);
        return NULL;
    }
    Py_ssize_t n = Py_SIZE(self); /* b += b: its own buffer forbids the growth, as in 3.8 */
    int failed = splice(array_of(self), n, n, view.buf, view.len);
    PyBuffer_Release(&view);
    if (failed)
        return NULL;
    Py_INCREF(self);
    return self;
}

/* p[0..n) holds the first once bytes; repeat them. */
static void fill_repeated(char *p, Py_ssize_t once, Py_ssize_t n)
{
    if (once == 1) {
        memset(p, *p, (size_t)n);
        return;
    }
    for (Py_ssize_t done = once; done < n;) {
        Py_ssize_t more = done < n - done ? done : n - done;
        memcpy(p + done, p, (size_t)more);
        done += more;
    }
}

static PyObject *bytearray_repeat(PyObject *self, Py_ssize_t count)
{
    Py_ssize_t n = Py_SIZE(self);
    if (count < 0)
        count = 0;
    if (count > 0 && n > PY_SSIZE_T_MAX / count)
        return PyErr_NoMemory();
    PyObject *result = PyByteArray_FromStringAndSize(NULL, n * count);
    if (result && n > 0 && count > 0) {
        memcpy(array_of(result)->ob_start, array_of(self)->ob_start, (size_t)n);
        fill_repeated(array_of(result)->ob_start, n, n * count);
    }
    return result;
}

static PyObject *bytearray_irepeat(PyObject *self, Py_ssize_t count)
{
    Py_ssize_t n = Py_SIZE(self);
    if (count < 0)
        count = 0;
    if (count > 0 && n > PY_SSIZE_T_MAX / count)
        return PyErr_NoMemory();
    if (PyByteArray_Resize(self, n * count) < 0)
        return NULL;
    if (n > 0 && count > 0)
        fill_repeated(array_of(self)->ob_start, n, n * count);
    Py_INCREF(self);
    return self;
}

static int index_error(const char *text)
{
    PyErr_SetString(PyExc_IndexError, text);
    return -1;
}

static PyObject *bytearray_item(PyObject *self, Py_ssize_t i)
{
    if (i < 0 || i >= Py_SIZE(self)) {
        index_error("bytearray index out of range");
        return NULL;
    }
    return tai_int_from_i64((unsigned char)array_of(self)->ob_start[i]);
}

static PyObject *bytearray_subscript(PyObject *self, PyObject *key)
{
    Py_ssize_t start, stop, step;
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return bytearray_item(self, i < 0 ? i + Py_SIZE(self) : i);
    }
    if (!PySlice_Check(key)) {
        PyErr_Format(PyExc_TypeError, "bytearray indices must be integers or slices, not %.200s", Py_TYPE(key)->tp_name);
        return NULL;
    }
    if (PySlice_Unpack(key, &start, &stop, &step) < 0)
        return NULL;
    Py_ssize_t n = PySlice_AdjustIndices(Py_SIZE(self), &start, &stop, step);
    if (n <= 0)
        return PyByteArray_FromStringAndSize(NULL, 0);
    if (step == 1)
        return PyByteArray_FromStringAndSize(array_of(self)->ob_start + start, n);
    PyObject *result = PyByteArray_FromStringAndSize(NULL, n);
    if (result)
        for (char *p = array_of(result)->ob_start; n-- > 0; start += step)
            *p++ = array_of(self)->ob_start[start];
    return result;
}

/* One byte set, or taken out with value NULL. Runs code. */
static int set_item(PyByteArrayObject *a, Py_ssize_t i, PyObject *value)
{
    int v = 0;
    if (i < 0)
        i += Py_SIZE(a);
    if (i < 0 || i >= Py_SIZE(a))
        return index_error("bytearray index out of range");
    if (value == NULL)
        return splice(a, i, i + 1, NULL, 0);
    if (LIKELY(PyLong_CheckExact(value) && tai_int_is_compact(value) && (size_t)tai_int_value(value) < 256))
        v = (int)tai_int_value(value);
    else {
        v = tai_bytes_byte(value, "byte must be in range(0, 256)");
        if (v < 0)
            return -1;
        if (i >= Py_SIZE(a)) /* __index__ made it shorter */
            return index_error("bytearray index out of range");
    }
    a->ob_start[i] = (char)v;
    return 0;
}

/* Every step-th byte from start, n of them, set to the n bytes at data. */
static int set_strided(PyByteArrayObject *a, Py_ssize_t start, Py_ssize_t step, Py_ssize_t n, const char *data, Py_ssize_t len)
{
    if (len != n) {
        PyErr_Format(PyExc_ValueError, "attempt to assign bytes of size %zd to extended slice of size %zd", len, n);
        return -1;
    }
    for (; n-- > 0; start += step)
        a->ob_start[start] = *data++;
    return 0;
}

static int delete_strided(PyByteArrayObject *a, Py_ssize_t start, Py_ssize_t step, Py_ssize_t n)
{
    if (n == 0)
        return 0;
    if (can_resize(a) < 0)
        return -1;
    if (step < 0) {
        start += step * (n - 1);
        step = -step;
    }
    char *out = a->ob_start + start;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_ssize_t from = start + i * step + 1, to = i + 1 < n ? from + step - 1 : Py_SIZE(a);
        memmove(out, a->ob_start + from, (size_t)(to - from));
        out += to - from;
    }
    return PyByteArray_Resize((PyObject *)a, Py_SIZE(a) - n);
}

static int set_slice(PyByteArrayObject *a, PyObject *slice, PyObject *values)
{
    Py_ssize_t start, stop, step;
    if (PySlice_Unpack(slice, &start, &stop, &step) < 0)
        return -1;
    if (values && (values == (PyObject *)a || !PyByteArray_Check(values))) { /* to a bytearray of its own */
        if (PyLong_Check(values) || PyUnicode_Check(values)) {
            PyErr_SetString(PyExc_TypeError, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
            return -1;
        }
        PyObject *copy = PyByteArray_FromObject(values);
        if (copy == NULL)
            return -1;
        int result = set_slice(a, slice, copy);
        Py_DECREF(copy);
        return result;
    }
    Py_ssize_t n = PySlice_AdjustIndices(Py_SIZE(a), &start, &stop, step);
    const char *data = values ? PyByteArray_AS_STRING(values) : NULL;
    Py_ssize_t len = values ? Py_SIZE(values) : 0;
    if ((step < 0 && start < stop) || (step > 0 && start > stop))
        stop = start;
    if (step == 1)
        return splice(a, start, stop, data, len);
    if (len == 0)
        return delete_strided(a, start, step, n);
    return set_strided(a, start, step, n, data, len);
}

static int bytearray_ass_subscript(PyObject *self, PyObject *key, PyObject *values)
{
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return -1;
        return set_item(array_of(self), i, values);
    }
    if (PySlice_Check(key))
        return set_slice(array_of(self), key, values);
    PyErr_Format(PyExc_TypeError, "bytearray indices must be integers or slices, not %.200s", Py_TYPE(key)->tp_name);
    return -1;
}

static int bytearray_ass_item(PyObject *self, Py_ssize_t i, PyObject *value)
{
    if (i < 0)
        return index_error("bytearray index out of range");
    return set_item(array_of(self), i, value);
}

static int bytearray_getbuffer(PyObject *self, Py_buffer *view, int flags)
{
    if (view == NULL) {
        PyErr_SetString(PyExc_BufferError, "bytearray_getbuffer: view==NULL argument is obsolete");
        return -1;
    }
    (void)PyBuffer_FillInfo(view, self, PyByteArray_AS_STRING(self), Py_SIZE(self), 0, flags); /* writable: cannot fail */
    array_of(self)->ob_exports++;
    return 0;
}

static void bytearray_releasebuffer(PyObject *self, Py_buffer *Py_UNUSED(view))
{
    array_of(self)->ob_exports--;
}

static PyObject *bytearray_mod(PyObject *self, PyObject *args)
{
    if (!PyByteArray_Check(self))
        Py_RETURN_NOTIMPLEMENTED;
    array_of(self)->ob_exports++; /* formatting runs code */
    PyObject *result = _PyBytes_FormatEx(PyByteArray_AS_STRING(self), Py_SIZE(self), args, 1);
    array_of(self)->ob_exports--;
    return result;
}

static PySequenceMethods bytearray_as_sequence = {
    .sq_length = bytearray_length,
    .sq_concat = PyByteArray_Concat,
    .sq_repeat = bytearray_repeat,
    .sq_item = bytearray_item,
    .sq_ass_item = bytearray_ass_item,
    .sq_contains = tai_bytes_contains,
    .sq_inplace_concat = bytearray_iconcat,
    .sq_inplace_repeat = bytearray_irepeat,
};

static PyMappingMethods bytearray_as_mapping = {
    .mp_length = bytearray_length,
    .mp_subscript = bytearray_subscript,
    .mp_ass_subscript = bytearray_ass_subscript,
};

static PyBufferProcs bytearray_as_buffer = {
    .bf_getbuffer = bytearray_getbuffer,
    .bf_releasebuffer = bytearray_releasebuffer,
};

static PyNumberMethods bytearray_as_number = {.nb_remainder = bytearray_mod};

/* ------------------------------------------------------------------ text and comparison */

static PyObject *bytearray_repr(PyObject *self)
{
    char head[256];
    PyOS_snprintf(head, sizeof head, "%.200s(b", _PyType_Name(Py_TYPE(self)));
    return tai_bytes_repr_of(PyByteArray_AS_STRING(self), Py_SIZE(self), head, ")", 2);
}

static PyObject *bytearray_str(PyObject *self)
{
    if (Py_BytesWarningFlag && PyErr_WarnEx(PyExc_BytesWarning, "str() on a bytearray instance", 1))
        return NULL;
    return bytearray_repr(self);
}

static PyObject *bytearray_richcompare(PyObject *a, PyObject *b, int op)
{
    Py_buffer x, y;
    if (PyUnicode_Check(a) || PyUnicode_Check(b)) {
        if (Py_BytesWarningFlag && (op == Py_EQ || op == Py_NE) &&
            PyErr_WarnEx(PyExc_BytesWarning, "Comparison between bytearray and string", 1))
            return NULL;
        Py_RETURN_NOTIMPLEMENTED;
    }
    if (PyObject_GetBuffer(a, &x, PyBUF_SIMPLE) != 0) {
        PyErr_Clear();
        Py_RETURN_NOTIMPLEMENTED;
    }
    if (PyObject_GetBuffer(b, &y, PyBUF_SIMPLE) != 0) {
        PyErr_Clear();
        PyBuffer_Release(&x);
        Py_RETURN_NOTIMPLEMENTED;
    }
    int c = memcmp(x.buf, y.buf, (size_t)(x.len < y.len ? x.len : y.len));
    if (c == 0)
        c = (x.len > y.len) - (x.len < y.len);
    PyBuffer_Release(&x);
    PyBuffer_Release(&y);
    Py_RETURN_RICHCOMPARE(c, 0, op);
}

/* ------------------------------------------------------------------ methods of its own (table: methods.c) */

PyObject *tai_bytearray_alloc(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return PyLong_FromSsize_t(array_of(self)->ob_alloc);
}

PyObject *tai_bytearray_sizeof(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return PyLong_FromSsize_t(_PyObject_SIZE(Py_TYPE(self)) + array_of(self)->ob_alloc);
}

PyObject *tai_bytearray_append(PyObject *self, PyObject *item)
{
    int v = tai_bytes_byte(item, "byte must be in range(0, 256)");
    if (v < 0 || append_byte(array_of(self), v) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyObject *tai_bytearray_clear(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    if (PyByteArray_Resize(self, 0) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyObject *tai_bytearray_copy(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return PyByteArray_FromStringAndSize(PyByteArray_AS_STRING(self), Py_SIZE(self));
}

PyObject *tai_bytearray_extend(PyObject *self, PyObject *iterable)
{
    PyByteArrayObject *a = array_of(self);
    if (PyObject_CheckBuffer(iterable)) {
        if (splice_object(a, Py_SIZE(a), Py_SIZE(a), iterable) < 0)
            return NULL;
        Py_RETURN_NONE;
    }
    PyObject *it = PyObject_GetIter(iterable);
    if (it == NULL) {
        if (PyErr_ExceptionMatches(PyExc_TypeError))
            PyErr_Format(PyExc_TypeError, "can't extend bytearray with %.100s", Py_TYPE(iterable)->tp_name);
        return NULL;
    }
    /* The size that the object claims is not needed, but its error is the caller's. */
    PyObject *more = PyObject_LengthHint(iterable, 0) < 0 ? NULL : PyByteArray_FromStringAndSize(NULL, 0);
    int failed = more == NULL || fill_from_iterator(array_of(more), it) < 0 || /* nothing is added unless all is good */
                 splice(a, Py_SIZE(a), Py_SIZE(a), PyByteArray_AS_STRING(more), Py_SIZE(more)) < 0;
    Py_DECREF(it);
    Py_XDECREF(more);
    if (failed)
        return NULL;
    Py_RETURN_NONE;
}

/* An index argument. 0 / -1. Runs code. */
static int index_argument(PyObject *o, Py_ssize_t *out)
{
    if (PyFloat_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    PyObject *index = PyNumber_Index(o);
    if (index == NULL)
        return -1;
    *out = PyLong_AsSsize_t(index);
    Py_DECREF(index);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

PyObject *tai_bytearray_insert(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t at;
    if (!_PyArg_CheckPositional("insert", nargs, 2, 2) || index_argument(args[0], &at) < 0)
        return NULL;
    int v = tai_bytes_byte(args[1], "byte must be in range(0, 256)");
    if (v < 0)
        return NULL;
    Py_ssize_t n = Py_SIZE(self);
    char c = (char)v;
    if (n == PY_SSIZE_T_MAX) {
        PyErr_SetString(PyExc_OverflowError, "cannot add more objects to bytearray");
        return NULL;
    }
    if (at < 0 && (at += n) < 0)
        at = 0;
    if (at > n)
        at = n;
    if (splice(array_of(self), at, at, &c, 1) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyObject *tai_bytearray_pop(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t at = -1;
    if (!_PyArg_CheckPositional("pop", nargs, 0, 1) || (nargs && index_argument(args[0], &at) < 0))
        return NULL;
    Py_ssize_t n = Py_SIZE(self);
    if (n == 0) {
        index_error("pop from empty bytearray");
        return NULL;
    }
    if (at < 0)
        at += n;
    if (at < 0 || at >= n) {
        index_error("pop index out of range");
        return NULL;
    }
    int v = (unsigned char)array_of(self)->ob_start[at];
    if (splice(array_of(self), at, at + 1, NULL, 0) < 0)
        return NULL;
    return tai_int_from_i64(v);
}

PyObject *tai_bytearray_remove(PyObject *self, PyObject *value)
{
    int v = tai_bytes_byte(value, "byte must be in range(0, 256)");
    if (v < 0)
        return NULL;
    Span s = span_of(self);
    const char *p = s.n ? memchr(s.at, v, (size_t)s.n) : NULL;
    if (p == NULL) {
        PyErr_SetString(PyExc_ValueError, "value not found in bytearray");
        return NULL;
    }
    if (splice(array_of(self), p - s.at, p - s.at + 1, NULL, 0) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyObject *tai_bytearray_reverse(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    char *head = PyByteArray_AS_STRING(self), *tail = head + Py_SIZE(self);
    while (head < --tail) {
        char c = *head;
        *head++ = *tail;
        *tail = c;
    }
    Py_RETURN_NONE;
}

/* (type, contents, __dict__): the contents as latin-1 text before protocol 3, when bytes had no code of their own. */
static PyObject *reduce(PyObject *self, int proto)
{
    _Py_IDENTIFIER(__dict__);
    PyObject *dict;
    if (_PyObject_LookupAttrId(self, &PyId___dict__, &dict) < 0)
        return NULL;
    if (dict == NULL) {
        dict = Py_None;
        Py_INCREF(dict);
    }
    Span s = span_of(self);
    if (proto >= 3)
        return s.n ? Py_BuildValue("(O(y#)N)", Py_TYPE(self), s.at, s.n, dict) : Py_BuildValue("(O()N)", Py_TYPE(self), dict);
    PyObject *text = s.n ? PyUnicode_DecodeLatin1(s.at, s.n, NULL) : PyUnicode_FromString("");
    return Py_BuildValue("(O(Ns)N)", Py_TYPE(self), text, "latin-1", dict);
}

PyObject *tai_bytearray_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return reduce(self, 2);
}

PyObject *tai_bytearray_reduce_ex(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    int proto = 0;
    if (!_PyArg_CheckPositional("__reduce_ex__", nargs, 0, 1))
        return NULL;
    if (nargs) {
        if (PyFloat_Check(args[0])) {
            PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
            return NULL;
        }
        proto = _PyLong_AsInt(args[0]);
        if (proto == -1 && PyErr_Occurred())
            return NULL;
    }
    return reduce(self, proto);
}

/* ------------------------------------------------------------------ type */


PyDoc_STRVAR(bytearray_doc,
"bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\nbytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\n"
"bytearray(int) -> bytes array of size given by the parameter initialized with null bytes\nbytearray() -> empty bytes array\n\n"
"Make a mutable array of bytes from integers below 256, from text in an encoding, from anything with the buffer protocol, or\n"
"of so many zero bytes.");

PyTypeObject PyByteArray_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "bytearray",
    .tp_basicsize = sizeof(PyByteArrayObject),
    .tp_dealloc = bytearray_dealloc,
    .tp_repr = bytearray_repr,
    .tp_as_number = &bytearray_as_number,
    .tp_as_sequence = &bytearray_as_sequence,
    .tp_as_mapping = &bytearray_as_mapping,
    .tp_str = bytearray_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_as_buffer = &bytearray_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = bytearray_doc,
    .tp_richcompare = bytearray_richcompare,
    .tp_iter = tai_bytearray_iter,
    .tp_methods = tai_bytearray_methods,
    .tp_init = bytearray_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_Free,
};
