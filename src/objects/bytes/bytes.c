/* SPDX-License-Identifier: MIT */
/* bytes: immutable arrays of bytes.
 *
 *   PyBytesObject { refcnt, type, ob_size, ob_shash, ob_sval[ob_size + 1] }: a NUL stands behind the last byte.
 *
 * [BYTES-1] ob_shash is the hash, or -1 as long as nobody asked.
 * [BYTES-2] The empty object and those of one byte are immortal statics; PyBytes_FromStringAndSize(NULL, 1) is the exception, its
 *           caller writes into it.
 * Tests: tests/objects/bytes/.
 */
#include "objects/bytes/bytes.h"

#include "objects/bytes/methods.h"
#include "objects/int/int.h"
#include "runtime/immortal.h"

#define BYTES_HEAD ((Py_ssize_t)offsetof(PyBytesObject, ob_sval) + 1)
_Static_assert(offsetof(PyBytesObject, ob_sval) == 32, "ABI of bytes");
_Static_assert(sizeof(PyBytesObject) >= 34, "room for one byte and NUL");

PyBytesObject tai_bytes_empty, tai_bytes_chars[256];

int tai_bytes_init(void)
{
    PyBytesObject *o = &tai_bytes_empty;
    (void)PyObject_INIT_VAR((PyVarObject *)o, &PyBytes_Type, 0);
    o->ob_shash = -1;
    tai_immortalize(o);
    for (int c = 0; c < 256; c++) {
        o = &tai_bytes_chars[c];
        (void)PyObject_INIT_VAR((PyVarObject *)o, &PyBytes_Type, 1);
        o->ob_shash = -1;
        o->ob_sval[0] = (char)c; /* the NUL after it is there: static storage */
        tai_immortalize(o);
    }
    return 0;
}

/* ------------------------------------------------------------------ making them */

/* Fresh object of n > 0 bytes, contents open but for the NUL. */
static PyBytesObject *bytes_alloc(Py_ssize_t n)
{
    if (n > PY_SSIZE_T_MAX - BYTES_HEAD) {
        PyErr_SetString(PyExc_OverflowError, "byte string is too large");
        return NULL;
    }
    PyBytesObject *o = PyObject_Malloc((size_t)(BYTES_HEAD + n));
    if (o == NULL)
        return (PyBytesObject *)PyErr_NoMemory();
    (void)PyObject_INIT_VAR((PyVarObject *)o, &PyBytes_Type, n);
    o->ob_shash = -1;
    o->ob_sval[n] = '\0';
    return o;
}

PyObject *PyBytes_FromStringAndSize(const char *str, Py_ssize_t size)
{
    if (size < 0) {
        PyErr_SetString(PyExc_SystemError, "Negative size passed to PyBytes_FromStringAndSize");
        return NULL;
    }
    if (size == 0)
        return (PyObject *)&tai_bytes_empty;
    if (size == 1 && str)
        return (PyObject *)&tai_bytes_chars[(unsigned char)*str];
    PyBytesObject *o = bytes_alloc(size);
    if (o && str)
        memcpy(o->ob_sval, str, (size_t)size);
    return (PyObject *)o;
}

PyObject *PyBytes_FromString(const char *str)
{
    size_t n = strlen(str);
    if (n > (size_t)(PY_SSIZE_T_MAX - BYTES_HEAD)) {
        PyErr_SetString(PyExc_OverflowError, "byte string is too long");
        return NULL;
    }
    return PyBytes_FromStringAndSize(str, (Py_ssize_t)n);
}

static int expected_bytes(PyObject *o)
{
    PyErr_Format(PyExc_TypeError, "expected bytes, %.200s found", Py_TYPE(o)->tp_name);
    return -1;
}

Py_ssize_t PyBytes_Size(PyObject *o)
{
    return PyBytes_Check(o) ? Py_SIZE(o) : expected_bytes(o);
}

char *PyBytes_AsString(PyObject *o)
{
    if (PyBytes_Check(o))
        return PyBytes_AS_STRING(o);
    expected_bytes(o);
    return NULL;
}

int PyBytes_AsStringAndSize(PyObject *o, char **s, Py_ssize_t *len)
{
    if (s == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (!PyBytes_Check(o))
        return expected_bytes(o);
    *s = PyBytes_AS_STRING(o);
    if (len)
        *len = PyBytes_GET_SIZE(o);
    else if (strlen(*s) != (size_t)PyBytes_GET_SIZE(o)) {
        PyErr_SetString(PyExc_ValueError, "embedded null byte");
        return -1;
    }
    return 0;
}

int _PyBytes_Resize(PyObject **pv, Py_ssize_t size)
{
    PyObject *v = *pv;
    if (!PyBytes_Check(v) || size < 0)
        goto misuse;
    if (Py_SIZE(v) == size)
        return 0;
    if (Py_SIZE(v) > 0 && Py_REFCNT(v) != 1)
        goto misuse;
    if (Py_SIZE(v) == 0 || size == 0) {
        *pv = PyBytes_FromStringAndSize(NULL, size);
        Py_DECREF(v);
        return *pv ? 0 : -1;
    }
    *pv = PyObject_Realloc(v, (size_t)(BYTES_HEAD + size));
    if (*pv == NULL) {
        PyObject_Free(v);
        PyErr_NoMemory();
        return -1;
    }
    PyBytesObject *o = (PyBytesObject *)*pv;
    Py_SIZE(o) = size;
    o->ob_sval[size] = '\0';
    o->ob_shash = -1;
    return 0;
misuse:
    *pv = NULL;
    Py_DECREF(v);
    PyErr_BadInternalCall();
    return -1;
}

/* ------------------------------------------------------------------ from other objects */

static PyObject *from_buffer(PyObject *x)
{
    Py_buffer view;
    if (PyObject_GetBuffer(x, &view, PyBUF_FULL_RO) < 0)
        return NULL;
    PyObject *o = PyBytes_FromStringAndSize(NULL, view.len);
    if (o && view.len && PyBuffer_ToContiguous(PyBytes_AS_STRING(o), &view, view.len, 'C') < 0)
        Py_CLEAR(o);
    PyBuffer_Release(&view);
    return o;
}

/* From a list or tuple; a list may change while its items are converted. */
static PyObject *from_sequence(PyObject *x)
{
    _PyBytesWriter w;
    _PyBytesWriter_Init(&w);
    char *p = _PyBytesWriter_Alloc(&w, PySequence_Fast_GET_SIZE(x));
    if (p == NULL)
        return NULL;
    w.overallocate = 1;
    Py_ssize_t room = w.allocated;
    char *start = p;
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(x); i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(x, i);
        int v;
        if (PyLong_CheckExact(item) && tai_int_is_compact(item) && (size_t)tai_int_value(item) < 256)
            v = (int)tai_int_value(item);
        else {
            Py_INCREF(item);
            v = tai_bytes_byte(item, "bytes must be in range(0, 256)");
            Py_DECREF(item);
            if (v < 0)
                goto error;
        }
        if (p - start >= room) {
            p = _PyBytesWriter_Resize(&w, p, room + 1);
            if (p == NULL)
                return NULL;
            start = p - room;
            room = w.allocated;
        }
        *p++ = (char)v;
    }
    return _PyBytesWriter_Finish(&w, p);
error:
    _PyBytesWriter_Dealloc(&w);
    return NULL;
}

static PyObject *from_iterator(PyObject *it, PyObject *x)
{
    Py_ssize_t hint = PyObject_LengthHint(x, 64);
    if (hint == -1 && PyErr_Occurred())
        return NULL;
    _PyBytesWriter w;
    _PyBytesWriter_Init(&w);
    char *p = _PyBytesWriter_Alloc(&w, hint);
    if (p == NULL)
        return NULL;
    w.overallocate = 1;
    Py_ssize_t room = w.allocated, n = 0;
    for (PyObject *item; (item = PyIter_Next(it)) != NULL; n++) {
        int v = tai_bytes_byte(item, "bytes must be in range(0, 256)");
        Py_DECREF(item);
        if (v < 0)
            break;
        if (n >= room) {
            p = _PyBytesWriter_Resize(&w, p, room + 1);
            if (p == NULL)
                return NULL;
            room = w.allocated;
        }
        *p++ = (char)v;
    }
    if (PyErr_Occurred()) {
        _PyBytesWriter_Dealloc(&w);
        return NULL;
    }
    return _PyBytesWriter_Finish(&w, p);
}

PyObject *PyBytes_FromObject(PyObject *x)
{
    if (x == NULL) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (PyBytes_CheckExact(x)) {
        Py_INCREF(x);
        return x;
    }
    if (PyObject_CheckBuffer(x))
        return from_buffer(x);
    if (PyList_CheckExact(x) || PyTuple_CheckExact(x))
        return from_sequence(x);
    if (!PyUnicode_Check(x)) {
        PyObject *it = PyObject_GetIter(x);
        if (it) {
            PyObject *result = from_iterator(it, x);
            Py_DECREF(it);
            return result;
        }
        if (!PyErr_ExceptionMatches(PyExc_TypeError))
            return NULL;
    }
    PyErr_Format(PyExc_TypeError, "cannot convert '%.200s' object to bytes", Py_TYPE(x)->tp_name);
    return NULL;
}

/* ------------------------------------------------------------------ constructor */

static PyObject *zeros(Py_ssize_t n)
{
    PyObject *o = PyBytes_FromStringAndSize(NULL, n);
    if (o && n)
        memset(PyBytes_AS_STRING(o), 0, (size_t)n);
    return o;
}

static PyObject *type_error(const char *text)
{
    PyErr_SetString(PyExc_TypeError, text);
    return NULL;
}

/* bytes(x) for one argument. Runs code. */
static PyObject *convert(PyObject *x)
{
    _Py_IDENTIFIER(__bytes__);
    if (PyBytes_CheckExact(x)) {
        Py_INCREF(x);
        return x;
    }
    if (!PyList_CheckExact(x) && !PyTuple_CheckExact(x) && !PyLong_CheckExact(x) && !PyUnicode_CheckExact(x)) {
        PyObject *method = _PyObject_LookupSpecial(x, &PyId___bytes__);
        if (method) {
            PyObject *o = _PyObject_CallNoArg(method);
            Py_DECREF(method);
            if (o && !PyBytes_Check(o)) {
                PyErr_Format(PyExc_TypeError, "__bytes__ returned non-bytes (type %.200s)", Py_TYPE(o)->tp_name);
                Py_CLEAR(o);
            }
            return o;
        }
        if (PyErr_Occurred())
            return NULL;
    }
    if (PyUnicode_Check(x))
        return type_error("string argument without an encoding");
    if (PyIndex_Check(x)) {
        Py_ssize_t n = PyNumber_AsSsize_t(x, PyExc_OverflowError);
        if (n == -1 && PyErr_Occurred()) {
            if (!PyErr_ExceptionMatches(PyExc_TypeError))
                return NULL;
            PyErr_Clear(); /* an iterable may be hiding behind a broken __index__ */
        }
        else {
            if (n < 0) {
                PyErr_SetString(PyExc_ValueError, "negative count");
                return NULL;
            }
            return zeros(n);
        }
    }
    return PyBytes_FromObject(x);
}

/* Steals value; an instance of a subclass with its contents. */
static PyObject *bytes_subtype(PyTypeObject *type, PyObject *value)
{
    if (value == NULL)
        return NULL;
    Py_ssize_t n = PyBytes_GET_SIZE(value);
    PyBytesObject *o = (PyBytesObject *)type->tp_alloc(type, n);
    if (o) {
        memcpy(o->ob_sval, PyBytes_AS_STRING(value), (size_t)n + 1);
        o->ob_shash = ((PyBytesObject *)value)->ob_shash;
    }
    Py_DECREF(value);
    return (PyObject *)o;
}

static PyObject *bytes_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"source", "encoding", "errors", NULL};
    PyObject *x = NULL, *o;
    const char *encoding = NULL, *errors = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|Oss:bytes", names, &x, &encoding, &errors))
        return NULL;
    if (x == NULL) {
        if (encoding || errors)
            return type_error(encoding ? "encoding without a string argument" : "errors without a string argument");
        o = PyBytes_FromStringAndSize(NULL, 0);
    }
    else if (encoding) {
        if (!PyUnicode_Check(x))
            return type_error("encoding without a string argument");
        o = PyUnicode_AsEncodedString(x, encoding, errors);
    }
    else if (errors)
        return type_error(PyUnicode_Check(x) ? "string argument without an encoding" : "errors without a string argument");
    else
        o = convert(x);
    return type == &PyBytes_Type ? o : bytes_subtype(type, o);
}

/* ------------------------------------------------------------------ concatenation */

static PyObject *bytes_concat(PyObject *a, PyObject *b)
{
    Py_buffer va, vb;
    PyObject *result = NULL;
    va.obj = vb.obj = NULL;
    Span x, y;
    if (PyBytes_Check(a))
        x = span_of(a);
    else if (PyObject_GetBuffer(a, &va, PyBUF_SIMPLE) == 0)
        x = (Span){va.buf, va.len};
    else
        goto mixed;
    if (PyBytes_Check(b))
        y = span_of(b);
    else if (PyObject_GetBuffer(b, &vb, PyBUF_SIMPLE) == 0)
        y = (Span){vb.buf, vb.len};
    else
        goto mixed;
    if (x.n == 0 && PyBytes_CheckExact(b)) {
        result = b;
        Py_INCREF(result);
    }
    else if (y.n == 0 && PyBytes_CheckExact(a)) {
        result = a;
        Py_INCREF(result);
    }
    else if (x.n > PY_SSIZE_T_MAX - y.n)
        PyErr_NoMemory();
    else if ((result = PyBytes_FromStringAndSize(NULL, x.n + y.n)) != NULL && x.n + y.n) {
        memcpy(PyBytes_AS_STRING(result), x.at, (size_t)x.n);
        memcpy(PyBytes_AS_STRING(result) + x.n, y.at, (size_t)y.n);
    }
done:
    if (va.obj)
        PyBuffer_Release(&va);
    if (vb.obj)
        PyBuffer_Release(&vb);
    return result;
mixed:
    PyErr_Format(PyExc_TypeError, "can't concat %.100s to %.100s", Py_TYPE(b)->tp_name, Py_TYPE(a)->tp_name);
    goto done;
}

void PyBytes_Concat(PyObject **pv, PyObject *w)
{
    if (*pv == NULL)
        return;
    if (w == NULL) {
        Py_CLEAR(*pv);
        return;
    }
    if (Py_REFCNT(*pv) == 1 && PyBytes_CheckExact(*pv) && PyBytes_CheckExact(w) && w != *pv) { /* nobody looks: in place */
        Py_ssize_t old = PyBytes_GET_SIZE(*pv), more = PyBytes_GET_SIZE(w);
        if (old > PY_SSIZE_T_MAX - more - BYTES_HEAD) {
            PyErr_NoMemory();
            Py_CLEAR(*pv);
            return;
        }
        if (_PyBytes_Resize(pv, old + more) == 0)
            memcpy(PyBytes_AS_STRING(*pv) + old, PyBytes_AS_STRING(w), (size_t)more);
        return;
    }
    Py_SETREF(*pv, bytes_concat(*pv, w));
}

void PyBytes_ConcatAndDel(PyObject **pv, PyObject *w)
{
    PyBytes_Concat(pv, w);
    Py_XDECREF(w);
}

/* b'x' * 0 is a new object in 3.8, with an allocation that tracemalloc can show. */
static PyObject *empty_of_its_own(void)
{
    PyBytesObject *b = PyObject_Malloc(sizeof *b);
    if (b == NULL)
        return PyErr_NoMemory();
    (void)PyObject_INIT_VAR(b, &PyBytes_Type, 0);
    b->ob_shash = -1;
    b->ob_sval[0] = 0;
    return (PyObject *)b;
}

static PyObject *bytes_repeat(PyObject *self, Py_ssize_t count)
{
    Py_ssize_t n = Py_SIZE(self);
    if (count < 0)
        count = 0;
    if (count > 0 && n > PY_SSIZE_T_MAX / count) {
        PyErr_SetString(PyExc_OverflowError, "repeated bytes are too long");
        return NULL;
    }
    if (n * count == n && PyBytes_CheckExact(self)) {
        Py_INCREF(self);
        return self;
    }
    n *= count;
    if (n > PY_SSIZE_T_MAX - BYTES_HEAD) {
        PyErr_SetString(PyExc_OverflowError, "repeated bytes are too long");
        return NULL;
    }
    PyObject *result = n == 0 ? empty_of_its_own() : PyBytes_FromStringAndSize(NULL, n);
    if (result == NULL || n == 0)
        return result;
    char *p = PyBytes_AS_STRING(result);
    Py_ssize_t done = Py_SIZE(self);
    if (done == 1) {
        memset(p, PyBytes_AS_STRING(self)[0], (size_t)n);
        return result;
    }
    memcpy(p, PyBytes_AS_STRING(self), (size_t)done);
    while (done < n) {
        Py_ssize_t more = done < n - done ? done : n - done;
        memcpy(p + done, p, (size_t)more);
        done += more;
    }
    return result;
}

/* ------------------------------------------------------------------ sequence, mapping, buffer */

static Py_ssize_t bytes_length(PyObject *self)
{
    return Py_SIZE(self);
}

static PyObject *bytes_item(PyObject *self, Py_ssize_t i)
{
    if (i < 0 || i >= Py_SIZE(self)) {
        PyErr_SetString(PyExc_IndexError, "index out of range");
        return NULL;
    }
    return tai_int_from_i64((unsigned char)PyBytes_AS_STRING(self)[i]);
}

static PyObject *bytes_slice(PyObject *self, PyObject *slice)
{
    Py_ssize_t start, stop, step;
    if (PySlice_Unpack(slice, &start, &stop, &step) < 0)
        return NULL;
    Py_ssize_t n = PySlice_AdjustIndices(Py_SIZE(self), &start, &stop, step);
    const char *s = PyBytes_AS_STRING(self);
    if (n <= 0)
        return PyBytes_FromStringAndSize(NULL, 0);
    if (step == 1)
        return n == Py_SIZE(self) ? tai_bytes_same(self) : PyBytes_FromStringAndSize(s + start, n);
    PyObject *result = PyBytes_FromStringAndSize(NULL, n);
    if (result)
        for (char *p = PyBytes_AS_STRING(result); n-- > 0; start += step)
            *p++ = s[start];
    return result;
}

static PyObject *bytes_subscript(PyObject *self, PyObject *key)
{
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return bytes_item(self, i < 0 ? i + Py_SIZE(self) : i);
    }
    if (PySlice_Check(key))
        return bytes_slice(self, key);
    PyErr_Format(PyExc_TypeError, "byte indices must be integers or slices, not %.200s", Py_TYPE(key)->tp_name);
    return NULL;
}

static int bytes_getbuffer(PyObject *self, Py_buffer *view, int flags)
{
    return PyBuffer_FillInfo(view, self, PyBytes_AS_STRING(self), Py_SIZE(self), 1, flags);
}

static PySequenceMethods bytes_as_sequence = {
    .sq_length = bytes_length,
    .sq_concat = bytes_concat,
    .sq_repeat = bytes_repeat,
    .sq_item = bytes_item,
    .sq_contains = tai_bytes_contains,
};

static PyMappingMethods bytes_as_mapping = {
    .mp_length = bytes_length,
    .mp_subscript = bytes_subscript,
};

static PyBufferProcs bytes_as_buffer = {.bf_getbuffer = bytes_getbuffer};

static PyObject *bytes_mod(PyObject *self, PyObject *args)
{
    if (!PyBytes_Check(self))
        Py_RETURN_NOTIMPLEMENTED;
    return _PyBytes_FormatEx(PyBytes_AS_STRING(self), PyBytes_GET_SIZE(self), args, 0);
}

static PyNumberMethods bytes_as_number = {.nb_remainder = bytes_mod};

/* ------------------------------------------------------------------ comparison, hash, text */

/* -b: comparing with what can never be equal. */
static int warn_comparison(PyObject *a, PyObject *b)
{
    if (PyObject_IsInstance(a, (PyObject *)&PyUnicode_Type) || PyObject_IsInstance(b, (PyObject *)&PyUnicode_Type))
        return PyErr_WarnEx(PyExc_BytesWarning, "Comparison between bytes and string", 1);
    if (PyObject_IsInstance(a, (PyObject *)&PyLong_Type) || PyObject_IsInstance(b, (PyObject *)&PyLong_Type))
        return PyErr_WarnEx(PyExc_BytesWarning, "Comparison between bytes and int", 1);
    return 0;
}

static PyObject *bytes_richcompare(PyObject *a, PyObject *b, int op)
{
    if (!PyBytes_Check(a) || !PyBytes_Check(b)) {
        if (Py_BytesWarningFlag && (op == Py_EQ || op == Py_NE) && warn_comparison(a, b))
            return NULL;
        Py_RETURN_NOTIMPLEMENTED;
    }
    Span x = span_of(a), y = span_of(b);
    if (op == Py_EQ || op == Py_NE) {
        int equal = a == b || (x.n == y.n && *x.at == *y.at && memcmp(x.at, y.at, (size_t)x.n) == 0);
        return PyBool_FromLong(equal == (op == Py_EQ));
    }
    int c = memcmp(x.at, y.at, (size_t)(x.n < y.n ? x.n : y.n));
    if (c == 0)
        c = (x.n > y.n) - (x.n < y.n);
    Py_RETURN_RICHCOMPARE(c, 0, op);
}

static Py_hash_t bytes_hash(PyObject *self)
{
    PyBytesObject *o = (PyBytesObject *)self;
    if (o->ob_shash == -1)
        o->ob_shash = _Py_HashBytes(o->ob_sval, Py_SIZE(o));
    return o->ob_shash;
}

static PyObject *bytes_repr(PyObject *self)
{
    return PyBytes_Repr(self, 1);
}

static PyObject *bytes_str(PyObject *self)
{
    if (Py_BytesWarningFlag && PyErr_WarnEx(PyExc_BytesWarning, "str() on a bytes instance", 1))
        return NULL;
    return PyBytes_Repr(self, 1);
}

static void bytes_dealloc(PyObject *self)
{
    Py_TYPE(self)->tp_free(self);
}

/* ------------------------------------------------------------------ type */

PyObject *tai_bytes_getnewargs(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return Py_BuildValue("(y#)", PyBytes_AS_STRING(self), Py_SIZE(self));
}


PyDoc_STRVAR(bytes_doc,
"bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\n"
"bytes(int) -> bytes object of size given by the parameter initialized with null bytes\nbytes() -> empty bytes object\n\n"
"Make an immutable array of bytes from integers below 256, from text in an encoding, from anything with the buffer protocol,\n"
"or of so many zero bytes.");

PyTypeObject PyBytes_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "bytes",
    .tp_basicsize = BYTES_HEAD,
    .tp_itemsize = 1,
    .tp_dealloc = bytes_dealloc,
    .tp_repr = bytes_repr,
    .tp_as_number = &bytes_as_number,
    .tp_as_sequence = &bytes_as_sequence,
    .tp_as_mapping = &bytes_as_mapping,
    .tp_hash = bytes_hash,
    .tp_str = bytes_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_as_buffer = &bytes_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_BYTES_SUBCLASS,
    .tp_doc = bytes_doc,
    .tp_richcompare = bytes_richcompare,
    .tp_iter = tai_bytes_iter,
    .tp_methods = tai_bytes_methods,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = bytes_new,
    .tp_free = PyObject_Free,
};
