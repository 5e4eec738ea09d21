/* SPDX-License-Identifier: MIT */
/* _tkinter: Python values and Tcl values, and the type Tcl_Obj for those that have no Python type.
 *
 * Tcl 8.6 keeps text as UTF-8 with two peculiarities: NUL is the pair C0 80, and what lies beyond U+FFFF stands as two
 * surrogates of three bytes each. Text of other make (paths, say) may hold bytes that are no UTF-8 at all; they become
 * U+DC80..U+DCFF, as os.fsdecode() has it. */
#include "bridge.h"
#include <string.h>
#include <tclTomMath.h>

/* ------------------------------------------------------------------ text */

/* Length of the sequence at s with its lead and continuation bytes in order, its code in *code; 1 with an escape else. */
static int next_code(const unsigned char *s, const unsigned char *end, Py_UCS4 *code)
{
    unsigned lead = *s;
    int more = lead < 0x80 ? 0 : lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xC0 && lead < 0xE0 ? 1 : -1;
    if (more == 0) {
        *code = lead;
        return 1;
    }
    *code = 0xDC00 + lead;
    if (more < 0 || end - s <= more)
        return 1;
    Py_UCS4 sum = lead & (0x3F >> more);
    for (int i = 1; i <= more; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 1;
        sum = sum << 6 | (s[i] & 0x3F);
    }
    static const Py_UCS4 least[] = {0, 0x80, 0x800, 0x10000};
    if ((sum < least[more] && !(more == 1 && sum == 0)) || sum > 0x10FFFF)
        return 1;
    *code = sum;
    return more + 1;
}

/* Text that is not plain UTF-8. A surrogate without its partner is kept as the escapes of its three bytes. */
static PyObject *text_of_parts(const char *utf8, Py_ssize_t size)
{
    const unsigned char *s = (const unsigned char *)utf8, *end = s + size;
    Py_UCS4 *codes = PyMem_New(Py_UCS4, size ? size : 1);
    if (codes == NULL)
        return PyErr_NoMemory();
    Py_ssize_t n = 0;
    while (s < end) {
        Py_UCS4 code, low;
        int used = next_code(s, end, &code);
        if (used == 3 && Py_UNICODE_IS_SURROGATE(code)) {
            if (Py_UNICODE_IS_HIGH_SURROGATE(code) && s + 3 < end && next_code(s + 3, end, &low) == 3 &&
                Py_UNICODE_IS_LOW_SURROGATE(low)) {
                code = Py_UNICODE_JOIN_SURROGATES(code, low);
                used = 6;
            }
            else {
                code = 0xDC00 + *s;
                used = 1;
            }
        }
        codes[n++] = code;
        s += used;
    }
    PyObject *text = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, codes, n);
    PyMem_Free(codes);
    return text;
}

PyObject *tai_tk_text(const char *utf8, Py_ssize_t size)
{
    PyObject *text = PyUnicode_DecodeUTF8(utf8, size, NULL);
    if (text != NULL || !PyErr_ExceptionMatches(PyExc_UnicodeDecodeError))
        return text;
    PyErr_Clear();
    return text_of_parts(utf8, size);
}

PyObject *tai_tk_text_of(Tcl_Obj *value)
{
    int size;
    const char *utf8 = Tcl_GetStringFromObj(value, &size);
    return tai_tk_text(utf8, size);
}

/* UTF-8 as Tcl has it: NUL in two bytes, four bytes as two surrogates of three. */
static Tcl_Obj *text_in_parts(const char *utf8, Py_ssize_t size)
{
    char *parts = PyMem_Malloc(2 * size), *to = parts; /* NUL doubles; four grow to six */
    if (parts == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (const unsigned char *s = (const unsigned char *)utf8, *end = s + size; s < end;) {
        Py_UCS4 code;
        int used = *s < 0xF0 ? 1 : next_code(s, end, &code);
        if (*s == 0) {
            *to++ = (char)0xC0;
            *to++ = (char)0x80;
        }
        else if (used == 4) {
            Py_UCS4 halves[2] = {Py_UNICODE_HIGH_SURROGATE(code), Py_UNICODE_LOW_SURROGATE(code)};
            for (int i = 0; i < 2; i++) {
                *to++ = (char)(0xE0 | halves[i] >> 12);
                *to++ = (char)(0x80 | (halves[i] >> 6 & 0x3F));
                *to++ = (char)(0x80 | (halves[i] & 0x3F));
            }
        }
        else
            *to++ = (char)*s;
        s += used;
    }
    Tcl_Obj *object = Tcl_NewStringObj(parts, (int)(to - parts));
    PyMem_Free(parts);
    return object;
}

/* A string object for text. Escaped bytes become bytes again; other lone surrogates are refused. */
static Tcl_Obj *text_to(PyObject *text)
{
    Py_ssize_t size;
    PyObject *encoded = NULL;
    Tcl_Obj *object = NULL;
    const char *utf8 = PyUnicode_AsUTF8AndSize(text, &size);
    if (utf8 == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
            return NULL;
        PyErr_Clear();
        encoded = PyUnicode_AsEncodedString(text, "utf-8", "surrogateescape");
        if (encoded == NULL)
            return NULL;
        utf8 = PyBytes_AS_STRING(encoded);
        size = PyBytes_GET_SIZE(encoded);
    }
    if (size > INT_MAX / 2)
        PyErr_SetString(PyExc_OverflowError, "string is too long");
    else if (memchr(utf8, 0, size) == NULL && PyUnicode_MAX_CHAR_VALUE(text) <= 0xFFFF)
        object = Tcl_NewStringObj(utf8, (int)size);
    else
        object = text_in_parts(utf8, size);
    Py_XDECREF(encoded);
    return object;
}

/* ------------------------------------------------------------------ numbers */

/* The integer that value stands for, of any size: 64 bits are tried nowhere, as Tcl lets them wrap. NULL without an
 * exception if it is none: then interp says why. */
PyObject *tai_tk_integer(Tcl_Interp *interp, Tcl_Obj *value)
{
    mp_int big;
    if (Tcl_GetBignumFromObj(interp, value, &big) != TCL_OK)
        return NULL;
    PyObject *number = NULL;
    size_t size = mp_unsigned_bin_size(&big);
    unsigned long written = (unsigned long)size;
    unsigned char *bytes = PyMem_Malloc(size + 1);
    if (bytes == NULL)
        PyErr_NoMemory();
    else if (mp_to_unsigned_bin_n(&big, bytes, &written) != MP_OKAY)
        PyErr_NoMemory();
    else
        number = _PyLong_FromByteArray(bytes, size, 0, 0);
    if (number != NULL && big.sign == MP_NEG)
        Py_SETREF(number, PyNumber_Negative(number));
    PyMem_Free(bytes);
    mp_clear(&big);
    return number;
}

static Tcl_Obj *integer_to(PyObject *number)
{
    int overflow;
    long long wide = PyLong_AsLongLongAndOverflow(number, &overflow);
    if (!overflow)
        return wide == -1 && PyErr_Occurred() ? NULL : LONG_MIN <= wide && wide <= LONG_MAX ? Tcl_NewLongObj((long)wide) : Tcl_NewWideIntObj(wide);
    PyObject *hex = _PyLong_Format(number, 16);
    if (hex == NULL)
        return NULL;
    int negative = overflow < 0;
    mp_int big;
    Tcl_Obj *object = NULL;
    if (mp_init(&big) != MP_OKAY)
        PyErr_NoMemory();
    else if (mp_read_radix(&big, (const char *)PyUnicode_1BYTE_DATA(hex) + negative + 2, 16) != MP_OKAY) {
        mp_clear(&big);
        PyErr_NoMemory();
    }
    else {
        if (negative)
            big.sign = MP_NEG;
        object = Tcl_NewBignumObj(&big); /* takes big over */
    }
    Py_DECREF(hex);
    return object;
}

/* ------------------------------------------------------------------ Tcl_Obj */

typedef struct {
    PyObject_HEAD
    Tcl_Obj *value; /* owned */
    PyObject *text; /* NULL until it was asked for */
} TkValue;

int tai_tk_is_value(PyObject *o)
{
    return Py_TYPE(o) == &tai_tk_value_type;
}

Tcl_Obj *tai_tk_value(PyObject *o)
{
    return ((TkValue *)o)->value;
}

static PyObject *value_new(Tcl_Obj *value)
{
    TkValue *self = PyObject_New(TkValue, &tai_tk_value_type);
    if (self == NULL)
        return NULL;
    Tcl_IncrRefCount(value);
    self->value = value;
    self->text = NULL;
    return (PyObject *)self;
}

static void value_dealloc(PyObject *o)
{
    TkValue *self = (TkValue *)o;
    Tcl_DecrRefCount(self->value);
    Py_XDECREF(self->text);
    PyObject_Del(o);
}

static PyObject *value_str(PyObject *o)
{
    TkValue *self = (TkValue *)o;
    if (self->text == NULL)
        self->text = tai_tk_text_of(self->value);
    Py_XINCREF(self->text);
    return self->text;
}

static PyObject *value_string(PyObject *o, void *Py_UNUSED(closure))
{
    return value_str(o);
}

static PyObject *value_typename(PyObject *o, void *Py_UNUSED(closure))
{
    const Tcl_ObjType *type = ((TkValue *)o)->value->typePtr;
    return PyUnicode_FromString(type ? type->name : "");
}

static PyObject *value_repr(PyObject *o)
{
    PyObject *text = value_str(o), *shown = NULL;
    const Tcl_ObjType *type = ((TkValue *)o)->value->typePtr;
    if (text != NULL)
        shown = PyUnicode_FromFormat("<%s object: %R>", type ? type->name : "", text);
    Py_XDECREF(text);
    return shown;
}

static PyObject *value_compare(PyObject *a, PyObject *b, int op)
{
    if (!tai_tk_is_value(a) || !tai_tk_is_value(b))
        Py_RETURN_NOTIMPLEMENTED;
    int order = a == b ? 0 : strcmp(Tcl_GetString(tai_tk_value(a)), Tcl_GetString(tai_tk_value(b)));
    Py_RETURN_RICHCOMPARE(order, 0, op);
}

static PyGetSetDef value_fields[] = {
    {"typename", value_typename, NULL, "The name of the value's type in Tcl, '' for plain text.", NULL},
    {"string", value_string, NULL, "The value as Tcl would print it.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyTypeObject tai_tk_value_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_tkinter.Tcl_Obj",
    .tp_basicsize = sizeof(TkValue),
    .tp_dealloc = value_dealloc,
    .tp_repr = value_repr,
    .tp_str = value_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_richcompare = value_compare,
    .tp_getset = value_fields,
};

/* ------------------------------------------------------------------ from Tcl */

static PyObject *from_boolean(Tcl_Interp *interp, Tcl_Obj *value)
{
    int truth;
    return Tcl_GetBooleanFromObj(interp, value, &truth) == TCL_OK ? PyBool_FromLong(truth) : NULL;
}

static PyObject *from_bytes(Tcl_Interp *Py_UNUSED(interp), Tcl_Obj *value)
{
    int size;
    const unsigned char *bytes = Tcl_GetByteArrayFromObj(value, &size);
    return PyBytes_FromStringAndSize((const char *)bytes, size);
}

/* Read as it stands: Tcl's own function refuses NaN. */
static PyObject *from_double(Tcl_Interp *Py_UNUSED(interp), Tcl_Obj *value)
{
    return PyFloat_FromDouble(value->internalRep.doubleValue);
}

static PyObject *from_wide(Tcl_Interp *interp, Tcl_Obj *value)
{
    Tcl_WideInt number;
    return Tcl_GetWideIntFromObj(interp, value, &number) == TCL_OK ? PyLong_FromLongLong(number) : NULL;
}

static PyObject *from_list(Tcl_Interp *interp, Tcl_Obj *value)
{
    int count;
    Tcl_Obj **items;
    if (Tcl_ListObjGetElements(interp, value, &count, &items) != TCL_OK)
        return NULL;
    PyObject *list = PyTuple_New(count);
    for (int i = 0; list != NULL && i < count; i++) {
        PyObject *item = tai_tk_from(interp, items[i]);
        if (item == NULL)
            Py_CLEAR(list);
        else
            PyTuple_SET_ITEM(list, i, item);
    }
    return list;
}

static PyObject *from_text(Tcl_Interp *Py_UNUSED(interp), Tcl_Obj *value)
{
    return tai_tk_text_of(value);
}

/* Types of Tcl that have a Python type. Their addresses are not public: a row learns its own when it meets it. */
static struct {
    const char *name;
    PyObject *(*convert)(Tcl_Interp *interp, Tcl_Obj *value);
    const Tcl_ObjType *met;
} kinds[] = {
    {"string", from_text, NULL},          {"int", from_wide, NULL},
    {"list", from_list, NULL},            {"double", from_double, NULL},
    {"boolean", from_boolean, NULL},      {"booleanString", from_boolean, NULL},
    {"bytearray", from_bytes, NULL},      {"wideInt", from_wide, NULL},
    {"bignum", tai_tk_integer, NULL},
};

PyObject *tai_tk_from(Tcl_Interp *interp, Tcl_Obj *value)
{
    const Tcl_ObjType *type = value->typePtr;
    if (type == NULL)
        return tai_tk_text_of(value);
    for (size_t i = 0; i < Py_ARRAY_LENGTH(kinds); i++)
        if (kinds[i].met == type || (kinds[i].met == NULL && strcmp(kinds[i].name, type->name) == 0)) {
            kinds[i].met = type;
            PyObject *made = kinds[i].convert(interp, value);
            if (made == NULL && !PyErr_Occurred())
                PyErr_SetString(tai_tk_error_type, interp ? Tcl_GetStringResult(interp) : "");
            return made;
        }
    return value_new(value);
}

/* ------------------------------------------------------------------ to Tcl */

static Tcl_Obj *sequence_to(PyObject *items)
{
    Py_ssize_t count = PySequence_Fast_GET_SIZE(items);
    if ((size_t)count > INT_MAX / sizeof(Tcl_Obj *)) {
        PyErr_SetString(PyExc_OverflowError, PyTuple_Check(items) ? "tuple is too long" : "list is too long");
        return NULL;
    }
    if (Py_EnterRecursiveCall(" while converting to a Tcl list"))
        return NULL;
    Tcl_Obj *list = Tcl_NewListObj(0, NULL);
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(items); i++) { /* a list may change: str() runs code */
        PyObject *item = PySequence_Fast_GET_ITEM(items, i);
        Py_INCREF(item);
        Tcl_Obj *made = tai_tk_to(item);
        Py_DECREF(item);
        if (made == NULL) {
            Tcl_IncrRefCount(list);
            Tcl_DecrRefCount(list);
            list = NULL;
            break;
        }
        Tcl_ListObjAppendElement(NULL, list, made);
    }
    Py_LeaveRecursiveCall();
    return list;
}

Tcl_Obj *tai_tk_to(PyObject *value)
{
    if (PyUnicode_Check(value))
        return text_to(value);
    if (PyBool_Check(value))
        return Tcl_NewBooleanObj(value == Py_True);
    if (PyLong_CheckExact(value))
        return integer_to(value);
    if (PyFloat_Check(value))
        return Tcl_NewDoubleObj(PyFloat_AS_DOUBLE(value));
    if (PyTuple_Check(value) || PyList_Check(value))
        return sequence_to(value);
    if (tai_tk_is_value(value))
        return tai_tk_value(value);
    if (PyBytes_Check(value)) {
        if (PyBytes_GET_SIZE(value) >= INT_MAX) {
            PyErr_SetString(PyExc_OverflowError, "bytes object is too long");
            return NULL;
        }
        return Tcl_NewByteArrayObj((unsigned char *)PyBytes_AS_STRING(value), (int)PyBytes_GET_SIZE(value));
    }
    PyObject *shown = PyObject_Str(value);
    Tcl_Obj *made = shown ? text_to(shown) : NULL;
    Py_XDECREF(shown);
    return made;
}
