/* SPDX-License-Identifier: MIT */
/* One C value from and to Python, by the letter of its type. */
#include "ctypes.h"

#include <wchar.h>

static PyObject *none(void)
{
    Py_INCREF(Py_None);
    return Py_None;
}

/* ------------------------------------------------------------------ integers: the low bits of any int */

static int to_bits(PyObject *v, unsigned long long *out)
{
    if (PyFloat_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "int expected instead of float");
        return -1;
    }
    *out = PyLong_AsUnsignedLongLongMask(v);
    return *out == (unsigned long long)-1 && PyErr_Occurred() ? -1 : 0;
}

static inline uint8_t swap8(uint8_t v) { return v; }
#define INTEGER(name, type, raw, swap, from)                                  \
    static PyObject *set_##name(void *p, PyObject *v, Py_ssize_t size)        \
    {                                                                         \
        unsigned long long bits;                                              \
        if (to_bits(v, &bits) < 0)                                            \
            return NULL;                                                      \
        type x = (type)bits;                                                  \
        memcpy(p, &x, sizeof x);                                              \
        return none();                                                        \
    }                                                                         \
    static PyObject *get_##name(const void *p, Py_ssize_t size)               \
    {                                                                         \
        type x;                                                               \
        memcpy(&x, p, sizeof x);                                              \
        return from(x);                                                       \
    }                                                                         \
    static PyObject *set_##name##_sw(void *p, PyObject *v, Py_ssize_t size)   \
    {                                                                         \
        unsigned long long bits;                                              \
        if (to_bits(v, &bits) < 0)                                            \
            return NULL;                                                      \
        raw x = swap((raw)bits);                                              \
        memcpy(p, &x, sizeof x);                                              \
        return none();                                                        \
    }                                                                         \
    static PyObject *get_##name##_sw(const void *p, Py_ssize_t size)          \
    {                                                                         \
        raw x;                                                                \
        memcpy(&x, p, sizeof x);                                              \
        return from((type)swap(x));                                           \
    }
INTEGER(b, signed char, uint8_t, swap8, PyLong_FromLong)
INTEGER(B, unsigned char, uint8_t, swap8, PyLong_FromLong)
INTEGER(h, short, uint16_t, __builtin_bswap16, PyLong_FromLong)
INTEGER(H, unsigned short, uint16_t, __builtin_bswap16, PyLong_FromLong)
INTEGER(i, int, uint32_t, __builtin_bswap32, PyLong_FromLong)
INTEGER(I, unsigned, uint32_t, __builtin_bswap32, PyLong_FromUnsignedLong)
INTEGER(q, long long, uint64_t, __builtin_bswap64, PyLong_FromLongLong)
INTEGER(Q, unsigned long long, uint64_t, __builtin_bswap64, PyLong_FromUnsignedLongLong)

static PyObject *set_bool(void *p, PyObject *v, Py_ssize_t size)
{
    int b = PyObject_IsTrue(v);
    if (b < 0)
        return NULL;
    *(_Bool *)p = b != 0;
    return none();
}

static PyObject *get_bool(const void *p, Py_ssize_t size)
{
    return PyBool_FromLong(*(const char *)p);
}

static PyObject *set_variant_bool(void *p, PyObject *v, Py_ssize_t size)
{
    int b = PyObject_IsTrue(v);
    if (b < 0)
        return NULL;
    *(short *)p = b ? -1 : 0;
    return none();
}

static PyObject *get_variant_bool(const void *p, Py_ssize_t size)
{
    return PyBool_FromLong(*(const short *)p);
}

/* ------------------------------------------------------------------ floating point */

static int to_double(PyObject *v, double *out)
{
    *out = PyFloat_AsDouble(v);
    return *out == -1.0 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *set_d(void *p, PyObject *v, Py_ssize_t size)
{
    double x;
    if (to_double(v, &x) < 0)
        return NULL;
    memcpy(p, &x, sizeof x);
    return none();
}

static PyObject *get_d(const void *p, Py_ssize_t size)
{
    double x;
    memcpy(&x, p, sizeof x);
    return PyFloat_FromDouble(x);
}

static PyObject *set_d_sw(void *p, PyObject *v, Py_ssize_t size)
{
    double x;
    if (to_double(v, &x) < 0 || _PyFloat_Pack8(x, p, 0) < 0)
        return NULL;
    return none();
}

static PyObject *get_d_sw(const void *p, Py_ssize_t size)
{
    return PyFloat_FromDouble(_PyFloat_Unpack8(p, 0));
}

static PyObject *set_f(void *p, PyObject *v, Py_ssize_t size)
{
    double x;
    if (to_double(v, &x) < 0)
        return NULL;
    float f = (float)x;
    memcpy(p, &f, sizeof f);
    return none();
}

static PyObject *get_f(const void *p, Py_ssize_t size)
{
    float f;
    memcpy(&f, p, sizeof f);
    return PyFloat_FromDouble(f);
}

static PyObject *set_f_sw(void *p, PyObject *v, Py_ssize_t size)
{
    double x;
    if (to_double(v, &x) < 0 || _PyFloat_Pack4(x, p, 0) < 0)
        return NULL;
    return none();
}

static PyObject *get_f_sw(const void *p, Py_ssize_t size)
{
    return PyFloat_FromDouble(_PyFloat_Unpack4(p, 0));
}

static PyObject *set_g(void *p, PyObject *v, Py_ssize_t size)
{
    double x;
    if (to_double(v, &x) < 0)
        return NULL;
    long double g = x;
    memcpy(p, &g, sizeof g);
    return none();
}

static PyObject *get_g(const void *p, Py_ssize_t size)
{
    long double g;
    memcpy(&g, p, sizeof g);
    return PyFloat_FromDouble((double)g);
}

/* ------------------------------------------------------------------ characters and strings */

static PyObject *set_c(void *p, PyObject *v, Py_ssize_t size)
{
    if (PyBytes_Check(v) && PyBytes_GET_SIZE(v) == 1)
        *(char *)p = PyBytes_AS_STRING(v)[0];
    else if (PyByteArray_Check(v) && PyByteArray_GET_SIZE(v) == 1)
        *(char *)p = PyByteArray_AS_STRING(v)[0];
    else if (PyLong_Check(v)) {
        long n = PyLong_AsLong(v);
        if (n < 0 || n >= 256)
            goto error;
        *(char *)p = (char)n;
    }
    else
        goto error;
    return none();
error:
    PyErr_Clear();
    PyErr_SetString(PyExc_TypeError, "one character bytes, bytearray or integer expected");
    return NULL;
}

static PyObject *get_c(const void *p, Py_ssize_t size)
{
    return PyBytes_FromStringAndSize(p, 1);
}

static PyObject *type_error(const char *format, PyObject *v)
{
    return PyErr_Format(PyExc_TypeError, format, Py_TYPE(v)->tp_name);
}

static PyObject *set_u(void *p, PyObject *v, Py_ssize_t size)
{
    wchar_t chars[2];
    if (!PyUnicode_Check(v))
        return type_error("unicode string expected instead of %s instance", v);
    if (PyUnicode_AsWideChar(v, NULL, 0) != 2) {
        PyErr_SetString(PyExc_TypeError, "one character unicode string expected");
        return NULL;
    }
    PyUnicode_AsWideChar(v, chars, 2);
    memcpy(p, chars, sizeof *chars);
    return none();
}

static PyObject *get_u(const void *p, Py_ssize_t size)
{
    return PyUnicode_FromWideChar(p, 1);
}

/* An array of characters: up to the first null. */
PyObject *ct_get_chars(const void *p, Py_ssize_t size)
{
    const char *s = p, *end = memchr(s, 0, (size_t)size);
    return PyBytes_FromStringAndSize(s, end ? end - s : size);
}

PyObject *ct_set_chars(void *p, PyObject *v, Py_ssize_t size)
{
    if (!PyBytes_Check(v))
        return type_error("expected bytes, %s found", v);
    Py_ssize_t n = PyBytes_GET_SIZE(v);
    if (n > size)
        return PyErr_Format(PyExc_ValueError, "bytes too long (%zd, maximum length %zd)", n, size);
    memcpy(p, PyBytes_AS_STRING(v), (size_t)(n < size ? n + 1 : n)); /* with its null if there is room */
    return none();
}

PyObject *ct_get_wchars(const void *p, Py_ssize_t size)
{
    const wchar_t *s = p;
    Py_ssize_t n = 0, most = size / (Py_ssize_t)sizeof *s;
    while (n < most && s[n])
        n++;
    return PyUnicode_FromWideChar(s, n);
}

PyObject *ct_set_wchars(void *p, PyObject *v, Py_ssize_t size)
{
    Py_ssize_t most = size / (Py_ssize_t)sizeof(wchar_t);
    if (!PyUnicode_Check(v))
        return type_error("unicode string expected instead of %s instance", v);
    Py_ssize_t n = PyUnicode_AsWideChar(v, NULL, 0);
    if (n < 0)
        return NULL;
    if (n - 1 > most)
        return PyErr_Format(PyExc_ValueError, "string too long (%zd, maximum length %zd)", n - 1, most);
    return PyUnicode_AsWideChar(v, p, most < n ? most : n) < 0 ? NULL : none();
}

static void set_pointer(void *p, const void *q)
{
    memcpy(p, &q, sizeof q);
}

static const void *pointer_at(const void *p)
{
    const void *q;
    memcpy(&q, p, sizeof q);
    return q;
}

static PyObject *set_z(void *p, PyObject *v, Py_ssize_t size)
{
    if (v == Py_None) {
        set_pointer(p, NULL);
        return none();
    }
    if (PyBytes_Check(v)) {
        set_pointer(p, PyBytes_AS_STRING(v));
        Py_INCREF(v);
        return v;
    }
    if (PyLong_Check(v)) {
        set_pointer(p, (void *)PyLong_AsUnsignedLongMask(v));
        return none();
    }
    return type_error("bytes or integer address expected instead of %s instance", v);
}

static PyObject *get_z(const void *p, Py_ssize_t size)
{
    const char *s = pointer_at(p);
    return s ? PyBytes_FromStringAndSize(s, (Py_ssize_t)strlen(s)) : none();
}

static void free_wide(PyObject *capsule)
{
    PyMem_Free(PyCapsule_GetPointer(capsule, "_ctypes wide text"));
}

static PyObject *set_Z(void *p, PyObject *v, Py_ssize_t size)
{
    if (v == Py_None) {
        set_pointer(p, NULL);
        return none();
    }
    if (PyLong_Check(v)) {
        set_pointer(p, (void *)PyLong_AsUnsignedLongMask(v));
        return none();
    }
    if (!PyUnicode_Check(v))
        return type_error("unicode string or integer address expected instead of %s instance", v);
    Py_ssize_t n; /* asked for, so that null characters inside are let through */
    wchar_t *copy = PyUnicode_AsWideCharString(v, &n);
    PyObject *keep = copy ? PyCapsule_New(copy, "_ctypes wide text", free_wide) : NULL;
    if (keep == NULL)
        PyMem_Free(copy);
    else
        set_pointer(p, copy);
    return keep;
}

static PyObject *get_Z(const void *p, Py_ssize_t size)
{
    const wchar_t *s = pointer_at(p);
    return s ? PyUnicode_FromWideChar(s, (Py_ssize_t)wcslen(s)) : none();
}

static PyObject *set_P(void *p, PyObject *v, Py_ssize_t size)
{
    if (v == Py_None)
        set_pointer(p, NULL);
    else if (PyLong_Check(v))
        set_pointer(p, (void *)PyLong_AsUnsignedLongMask(v));
    else {
        PyErr_SetString(PyExc_TypeError, "cannot be converted to pointer");
        return NULL;
    }
    return none();
}

static PyObject *get_P(const void *p, Py_ssize_t size)
{
    const void *q = pointer_at(p);
    return q ? PyLong_FromVoidPtr((void *)q) : none();
}

static PyObject *set_O(void *p, PyObject *v, Py_ssize_t size)
{
    set_pointer(p, v);
    Py_INCREF(v);
    return v;
}

static PyObject *get_O(const void *p, Py_ssize_t size)
{
    PyObject *o = (PyObject *)pointer_at(p);
    if (o == NULL)
        PyErr_SetString(PyExc_ValueError, "PyObject is NULL");
    Py_XINCREF(o);
    return o;
}

#define SWAPS(code, pep, ffi, name) {code, pep, &ffi, set_##name, set_##name##_sw, get_##name, get_##name##_sw}
#define PLAIN(code, pep, ffi, name) {code, pep, &ffi, set_##name, NULL, get_##name, NULL}
static const Code codes[] = {
    PLAIN('c', 'c', ffi_type_schar, c), SWAPS('b', 'b', ffi_type_schar, b), SWAPS('B', 'B', ffi_type_uchar, B), SWAPS('h', 'h', ffi_type_sint16, h),
    SWAPS('H', 'H', ffi_type_uint16, H), SWAPS('i', 'i', ffi_type_sint32, i), SWAPS('I', 'I', ffi_type_uint32, I), SWAPS('l', 'l', ffi_type_sint64, q),
    SWAPS('L', 'L', ffi_type_uint64, Q), SWAPS('q', 'q', ffi_type_sint64, q), SWAPS('Q', 'Q', ffi_type_uint64, Q), SWAPS('d', 'd', ffi_type_double, d),
    SWAPS('f', 'f', ffi_type_float, f), PLAIN('g', 'g', ffi_type_longdouble, g), PLAIN('u', 'u', ffi_type_sint32, u), PLAIN('z', 'z', ffi_type_pointer, z),
    PLAIN('Z', 'Z', ffi_type_pointer, Z), PLAIN('P', 'P', ffi_type_pointer, P), PLAIN('O', 'O', ffi_type_pointer, O), PLAIN('?', '?', ffi_type_uchar, bool),
    PLAIN('v', 'v', ffi_type_sint16, variant_bool),
};

const char ct_codes[] = "cbBhHiIlLdfuzZqQPXOv?g";

const Code *ct_code(char c)
{
    for (size_t i = 0; i < Py_ARRAY_LENGTH(codes); i++)
        if (codes[i].code == c)
            return &codes[i];
    return NULL;
}
