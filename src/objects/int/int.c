/* SPDX-License-Identifier: MIT */
/* int: allocation, the constructor, the type and its methods. See int.h for the representation and the invariants; arith.c,
 * bits.c, convert.c and text.c hold the operations.
 */
#include "objects/int/mag.h"

#include "objects/args.h"
#include "runtime/immortal.h"
#include "runtime/state.h"
#include "structmember.h"

_Static_assert(offsetof(PyLongObject, ob_digit) == 24 && sizeof(PyLongObject) == TAI_INT_BLOCK, "ABI of int");

/* ------------------------------------------------------------------ allocation */

PyLongObject tai_int_small[TAI_INT_SMALL_NEG + TAI_INT_SMALL_POS];
PyLongObject *tai_int_free;
int tai_int_free_count;
PyObject *_PyLong_Zero;
PyObject *_PyLong_One;

int tai_int_init(void)
{
    for (int v = -TAI_INT_SMALL_NEG; v < TAI_INT_SMALL_POS; v++) {
        PyLongObject *o = &tai_int_small[v + TAI_INT_SMALL_NEG];
        Py_TYPE(o) = &PyLong_Type;
        tai_immortalize(o);
        Py_SIZE(o) = (v > 0) - (v < 0);
        o->ob_digit[0] = (digit)(v < 0 ? -v : v);
    }
    _PyLong_Zero = (PyObject *)&tai_int_small[TAI_INT_SMALL_NEG];
    _PyLong_One = (PyObject *)&tai_int_small[TAI_INT_SMALL_NEG + 1];
    return 0;
}

void tai_int_fini(void)
{
    while (tai_int_free) {
        PyLongObject *o = tai_int_free;
        tai_int_free = (PyLongObject *)Py_TYPE(o);
        PyObject_Free(o);
    }
    tai_int_free_count = 0;
}

PyLongObject *tai_int_block_slow(void)
{
    PyLongObject *o;
    if (tai_int_free) {
        o = tai_int_free;
        tai_int_free = (PyLongObject *)Py_TYPE(o);
        tai_int_free_count--;
    }
    else {
        o = PyObject_Malloc(TAI_INT_BLOCK);
        if (o == NULL)
            return (PyLongObject *)PyErr_NoMemory();
    }
    (void)PyObject_INIT_VAR((PyVarObject *)o, &PyLong_Type, 0);
    return o;
}

void tai_int_dealloc(PyObject *o)
{
    if (LIKELY(PyLong_CheckExact(o))) {
        if (tai_int_is_short(o) && tai_int_free_count < TAI_INT_FREE_MAX) {
            Py_TYPE(o) = (PyTypeObject *)tai_int_free;
            tai_int_free = (PyLongObject *)o;
            tai_int_free_count++;
            return;
        }
        PyObject_Free(o);
        return;
    }
    Py_TYPE(o)->tp_free(o);
}

PyLongObject *_PyLong_New(Py_ssize_t size)
{
    return tai_int_alloc(size);
}

PyObject *_PyLong_Copy(PyLongObject *src)
{
    if (tai_int_is_short((PyObject *)src))
        return tai_int_from_i64(tai_int_short_value((PyObject *)src));
    Py_ssize_t n = mag_size((PyObject *)src);
    PyLongObject *o = tai_int_alloc(n);
    if (o == NULL)
        return NULL;
    memcpy(o->ob_digit, src->ob_digit, (size_t)n * sizeof(digit));
    Py_SIZE(o) = Py_SIZE(src);
    return (PyObject *)o;
}

/* ------------------------------------------------------------------ slots of the type */

/* An instance of a subclass with the value of x (stolen). */
static PyObject *new_of(PyTypeObject *type, PyObject *x)
{
    if (x == NULL)
        return NULL;
    Py_ssize_t n = mag_size(x);
    PyLongObject *o = (PyLongObject *)type->tp_alloc(type, n < 2 ? 2 : n);
    if (o) {
        Py_SIZE(o) = Py_SIZE(x);
        memcpy(o->ob_digit, ((PyLongObject *)x)->ob_digit, (size_t)n * sizeof(digit));
    }
    Py_DECREF(x);
    return (PyObject *)o;
}

/* int(x, base): x or base may be NULL. New exact int. Runs code. */
static PyObject *convert(PyObject *x, PyObject *obase)
{
    if (x == NULL) {
        if (obase == NULL)
            return tai_int_from_i64(0);
        PyErr_SetString(PyExc_TypeError, "int() missing string argument");
        return NULL;
    }
    if (obase == NULL) {
        if (PyLong_CheckExact(x)) {
            Py_INCREF(x);
            return x;
        }
        if (PyUnicode_CheckExact(x))
            return PyLong_FromUnicodeObject(x, 10);
        return PyNumber_Long(x);
    }
    Py_ssize_t base = PyNumber_AsSsize_t(obase, NULL);
    if (base == -1 && PyErr_Occurred())
        return NULL;
    if ((base != 0 && base < 2) || base > 36) {
        PyErr_SetString(PyExc_ValueError, "int() base must be >= 2 and <= 36, or 0");
        return NULL;
    }
    if (PyUnicode_Check(x))
        return PyLong_FromUnicodeObject(x, (int)base);
    if (PyBytes_Check(x))
        return _PyLong_FromBytes(PyBytes_AS_STRING(x), PyBytes_GET_SIZE(x), (int)base);
    if (PyByteArray_Check(x))
        return _PyLong_FromBytes(PyByteArray_AS_STRING(x), PyByteArray_GET_SIZE(x), (int)base);
    PyErr_SetString(PyExc_TypeError, "int() can't convert non-string with explicit base");
    return NULL;
}

static PyObject *int_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"", "base", NULL};
    PyObject *x = NULL, *base = NULL;
    if (kwargs == NULL && PyTuple_GET_SIZE(args) <= 1)
        x = PyTuple_GET_SIZE(args) ? PyTuple_GET_ITEM(args, 0) : NULL;
    else if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|OO:int", names, &x, &base))
        return NULL;
    PyObject *v = convert(x, base);
    return type == &PyLong_Type ? v : new_of(type, v);
}

static PyObject *int_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t n = PyVectorcall_NARGS(nargsf);
    if (LIKELY(kwnames == NULL && n <= 2))
        return convert(n > 0 ? args[0] : NULL, n > 1 ? args[1] : NULL);
    PyObject *tuple = PyTuple_New(n), *kwargs = NULL, *result = NULL;
    if (tuple == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_INCREF(args[i]);
        PyTuple_SET_ITEM(tuple, i, args[i]);
    }
    if (kwnames) {
        kwargs = PyDict_New();
        for (Py_ssize_t i = 0; kwargs && i < PyTuple_GET_SIZE(kwnames); i++)
            if (PyDict_SetItem(kwargs, PyTuple_GET_ITEM(kwnames, i), args[n + i]) < 0)
                Py_CLEAR(kwargs);
        if (kwargs == NULL)
            goto done;
    }
    result = int_new(&PyLong_Type, tuple, kwargs);
done:
    Py_DECREF(tuple);
    Py_XDECREF(kwargs);
    return result;
}

/* The value modulo 2**61 - 1, with its sign; -1 becomes -2. */
static Py_hash_t int_hash(PyObject *o)
{
    int64_t h;
    if (LIKELY(tai_int_is_short(o)))
        h = tai_int_short_value(o);
    else {
        const digit *d = ((PyLongObject *)o)->ob_digit;
        uint64_t x = 0;
        for (Py_ssize_t i = mag_size(o); --i >= 0;) {
            x = ((x << PyLong_SHIFT) & _PyHASH_MODULUS) | x >> (_PyHASH_BITS - PyLong_SHIFT);
            x += d[i];
            if (x >= _PyHASH_MODULUS)
                x -= _PyHASH_MODULUS;
        }
        h = Py_SIZE(o) < 0 ? -(int64_t)x : (int64_t)x;
    }
    return h == -1 ? -2 : h;
}

static PyObject *int_richcompare(PyObject *a, PyObject *b, int op)
{
    if (!PyLong_Check(a) || !PyLong_Check(b))
        Py_RETURN_NOTIMPLEMENTED;
    PyObject *result = tai_int_compare_op(a, b, op) ? Py_True : Py_False;
    Py_INCREF(result);
    return result;
}

/* ------------------------------------------------------------------ methods */

static PyObject *int_itself(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return tai_int_as_number.nb_int(self);
}

static PyObject *int_get_self(PyObject *self, void *Py_UNUSED(closure))
{
    return tai_int_as_number.nb_int(self);
}

static PyObject *int_get_constant(PyObject *Py_UNUSED(self), void *value)
{
    return tai_int_from_i64((intptr_t)value);
}

PyDoc_STRVAR(bit_length_doc, "bit_length($self, /)\n--\n\n"
"Count the bits of the absolute value, leading zeros left out; zero has none.\n\n>>> (255).bit_length()\n8\n>>> (-256).bit_length()\n9");

static PyObject *int_bit_length(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return PyLong_FromSize_t(_PyLong_NumBits(self));
}

PyDoc_STRVAR(as_integer_ratio_doc, "as_integer_ratio($self, /)\n--\n\n"
"The pair (self, 1): what float has under this name, so that both can be treated alike.\n\n"
">>> (7).as_integer_ratio()\n(7, 1)\n>>> (-7).as_integer_ratio()\n(-7, 1)\n>>> (0).as_integer_ratio()\n(0, 1)");

static PyObject *int_as_integer_ratio(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    PyObject *num = tai_int_as_number.nb_int(self);
    if (num == NULL)
        return NULL;
    PyObject *ratio = PyTuple_Pack(2, num, _PyLong_One);
    Py_DECREF(num);
    return ratio;
}

PyDoc_STRVAR(getnewargs_doc, "__getnewargs__($self, /)\n--\n\n");

static PyObject *int_getnewargs(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return Py_BuildValue("(N)", _PyLong_Copy((PyLongObject *)self));
}

PyDoc_STRVAR(sizeof_doc, "__sizeof__($self, /)\n--\n\nMemory taken by the object, in bytes.");

static PyObject *int_sizeof(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return PyLong_FromSsize_t((Py_ssize_t)offsetof(PyLongObject, ob_digit) + mag_size(self) * (Py_ssize_t)sizeof(digit));
}

PyDoc_STRVAR(format_doc, "__format__($self, format_spec, /)\n--\n\n");

static PyObject *int_format(PyObject *self, PyObject *spec)
{
    if (!PyUnicode_Check(spec)) {
        _PyArg_BadArgument("__format__", "argument", "str", spec);
        return NULL;
    }
    _PyUnicodeWriter writer;
    _PyUnicodeWriter_Init(&writer);
    if (_PyLong_FormatAdvancedWriter(&writer, self, spec, 0, PyUnicode_GET_LENGTH(spec)) < 0) {
        _PyUnicodeWriter_Dealloc(&writer);
        return NULL;
    }
    return _PyUnicodeWriter_Finish(&writer);
}

PyDoc_STRVAR(round_doc, "__round__(ndigits=None)\n"
"The number itself, or with negative ndigits the nearest multiple of a power of ten, halves to even.");

static PyObject *int_round(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *result = NULL, *power = NULL, *pair = NULL;
    if (nargs > 1)
        return PyErr_Format(PyExc_TypeError, "function takes at most 1 argument (%zd given)", nargs);
    if (nargs == 0)
        return tai_int_as_number.nb_int(self);
    PyObject *ndigits = PyNumber_Index(args[0]);
    if (ndigits == NULL)
        return NULL;
    if (Py_SIZE(ndigits) >= 0) {
        Py_DECREF(ndigits);
        return tai_int_as_number.nb_int(self);
    }
    Py_SETREF(ndigits, tai_int_neg(ndigits));
    if (ndigits == NULL)
        return NULL;
    PyObject *ten = tai_int_from_i64(10);
    power = tai_int_pow(ten, ndigits, Py_None);
    Py_DECREF(ndigits);
    if (power == NULL)
        return NULL;
    pair = _PyLong_DivmodNear(self, power);
    Py_DECREF(power);
    if (pair == NULL)
        return NULL;
    result = tai_int_sub(self, PyTuple_GET_ITEM(pair, 1));
    Py_DECREF(pair);
    return result;
}

/* 1: little, 0: big, -1 with an exception. */
static int byte_order(PyObject *order)
{
    if (_PyUnicode_EqualToASCIIString(order, "little"))
        return 1;
    if (_PyUnicode_EqualToASCIIString(order, "big"))
        return 0;
    PyErr_SetString(PyExc_ValueError, "byteorder must be either 'little' or 'big'");
    return -1;
}

PyDoc_STRVAR(to_bytes_doc, "to_bytes($self, /, length, byteorder, *, signed=False)\n--\n\n"
"Write the number as `length` bytes.\n\n"
"  byteorder\n    'big' for the most significant byte first, 'little' for last; sys.byteorder is the machine's.\n"
"  signed\n    Whether two's complement is allowed; without it negative numbers raise OverflowError.\n\n"
"OverflowError when the number does not fit.");

static PyObject *int_to_bytes(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"length", "byteorder", "signed", NULL};
    static _PyArg_Parser parser = {NULL, names, "to_bytes", 0};
    PyObject *slots[3];
    args = tai_args_unpack(args, nargs, kwnames, &parser, 2, 2, 3, slots);
    if (args == NULL)
        return NULL;
    if (PyFloat_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return NULL;
    }
    PyObject *index = PyNumber_Index(args[0]);
    if (index == NULL)
        return NULL;
    Py_ssize_t length = PyLong_AsSsize_t(index);
    Py_DECREF(index);
    if (length == -1 && PyErr_Occurred())
        return NULL;
    if (!PyUnicode_Check(args[1])) {
        _PyArg_BadArgument("to_bytes", "argument 'byteorder'", "str", args[1]);
        return NULL;
    }
    int is_signed = args[2] ? PyObject_IsTrue(args[2]) : 0;
    if (is_signed < 0)
        return NULL;
    int little = byte_order(args[1]);
    if (little < 0)
        return NULL;
    if (length < 0) {
        PyErr_SetString(PyExc_ValueError, "length argument must be non-negative");
        return NULL;
    }
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, length);
    if (bytes && _PyLong_AsByteArray((PyLongObject *)self, (unsigned char *)PyBytes_AS_STRING(bytes), (size_t)length, little,
                                     is_signed) < 0)
        Py_CLEAR(bytes);
    return bytes;
}

PyDoc_STRVAR(from_bytes_doc, "from_bytes($type, /, bytes, byteorder, *, signed=False)\n--\n\n"
"Read a number from bytes: an object with the buffer protocol, or an iterable of integers below 256.\n\n"
"  byteorder\n    'big' for the most significant byte first, 'little' for last; sys.byteorder is the machine's.\n"
"  signed\n    Whether the bytes are two's complement.");

static PyObject *int_from_bytes(PyObject *type, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"bytes", "byteorder", "signed", NULL};
    static _PyArg_Parser parser = {NULL, names, "from_bytes", 0};
    PyObject *slots[3];
    args = tai_args_unpack(args, nargs, kwnames, &parser, 2, 2, 3, slots);
    if (args == NULL)
        return NULL;
    if (!PyUnicode_Check(args[1])) {
        _PyArg_BadArgument("from_bytes", "argument 'byteorder'", "str", args[1]);
        return NULL;
    }
    int is_signed = args[2] ? PyObject_IsTrue(args[2]) : 0;
    if (is_signed < 0)
        return NULL;
    int little = byte_order(args[1]);
    if (little < 0)
        return NULL;
    PyObject *bytes = PyObject_Bytes(args[0]);
    if (bytes == NULL)
        return NULL;
    PyObject *v = _PyLong_FromByteArray((const unsigned char *)PyBytes_AS_STRING(bytes), (size_t)PyBytes_GET_SIZE(bytes), little,
                                        is_signed);
    Py_DECREF(bytes);
    if (v && type != (PyObject *)&PyLong_Type)
        Py_SETREF(v, PyObject_CallFunctionObjArgs(type, v, NULL));
    return v;
}

static PyMethodDef int_methods[] = {
    {"conjugate", int_itself, METH_NOARGS, "The number itself: an int is its own complex conjugate."},
    {"bit_length", int_bit_length, METH_NOARGS, bit_length_doc},
    {"to_bytes", (PyCFunction)(void (*)(void))int_to_bytes, METH_FASTCALL | METH_KEYWORDS, to_bytes_doc},
    {"from_bytes", (PyCFunction)(void (*)(void))int_from_bytes, METH_FASTCALL | METH_KEYWORDS | METH_CLASS, from_bytes_doc},
    {"as_integer_ratio", int_as_integer_ratio, METH_NOARGS, as_integer_ratio_doc},
    {"__trunc__", int_itself, METH_NOARGS, "The number itself."},
    {"__floor__", int_itself, METH_NOARGS, "The number itself."},
    {"__ceil__", int_itself, METH_NOARGS, "The number itself."},
    {"__round__", (PyCFunction)(void (*)(void))int_round, METH_FASTCALL, round_doc},
    {"__getnewargs__", int_getnewargs, METH_NOARGS, getnewargs_doc},
    {"__format__", int_format, METH_O, format_doc},
    {"__sizeof__", int_sizeof, METH_NOARGS, sizeof_doc},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef int_getset[] = {
    {"real", int_get_self, NULL, "the real part: the number", NULL},
    {"imag", int_get_constant, NULL, "the imaginary part: 0", (void *)0},
    {"numerator", int_get_self, NULL, "numerator in lowest terms: the number", NULL},
    {"denominator", int_get_constant, NULL, "denominator in lowest terms: 1", (void *)1},
    {NULL, NULL, NULL, NULL, NULL},
};

PyDoc_STRVAR(int_doc, "int([x]) -> integer\nint(x, base=10) -> integer\n\n"
"Make an integer. A number is cut off towards zero; text (str, bytes or bytearray) is read as a literal in the given base,\n"
"with an optional sign, blanks around it and single underscores between digits. Base 0 takes the base from the literal's\n"
"prefix. Without arguments the result is 0.\n\n>>> int('0b100', base=0)\n4");

PyTypeObject PyLong_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "int",
    .tp_basicsize = offsetof(PyLongObject, ob_digit),
    .tp_itemsize = sizeof(digit),
    .tp_dealloc = tai_int_dealloc,
    .tp_repr = tai_int_to_decimal,
    .tp_as_number = &tai_int_as_number,
    .tp_hash = int_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LONG_SUBCLASS,
    .tp_doc = int_doc,
    .tp_richcompare = int_richcompare,
    .tp_methods = int_methods,
    .tp_getset = int_getset,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = int_new,
    .tp_free = PyObject_Free,
    .tp_vectorcall = int_vectorcall,
};

/* ------------------------------------------------------------------ sys.int_info */

static PyTypeObject int_info_type;
static PyStructSequence_Field int_info_fields[] = {
    {"bits_per_digit", "bits in a digit of the memory form"},
    {"sizeof_digit", "bytes of the C type that holds a digit"},
    {"default_max_str_digits", "limit on the length of decimal text, unless set otherwise"},
    {"str_digits_check_threshold", "the least limit that can be set"},
    {NULL, NULL},
};
static PyStructSequence_Desc int_info_desc = {
    "sys.int_info", "How ints are laid out in memory, and their limits. Read only.", int_info_fields, 4,
};

int tai_int_types_init(void)
{
    if (int_info_type.tp_name)
        return 0;
    return PyStructSequence_InitType2(&int_info_type, &int_info_desc);
}

PyObject *PyLong_GetInfo(void)
{
    static const int values[] = {PyLong_SHIFT, sizeof(digit), TAI_INT_STR_DIGITS_DEFAULT, TAI_INT_STR_DIGITS_THRESHOLD};
    if (tai_int_types_init() < 0)
        return NULL;
    PyObject *info = PyStructSequence_New(&int_info_type);
    if (info == NULL)
        return NULL;
    for (int i = 0; i < 4; i++)
        PyStructSequence_SET_ITEM(info, i, tai_int_from_i64(values[i]));
    return info;
}
