/* SPDX-License-Identifier: MIT */
/* _testcapi: parsing of arguments. getargs_X parses its arguments with one format unit and gives what the C code received,
 * so that a test can see the conversion and its errors.
 */
#include "testcapi.h"

/* ---- numbers: a unit, the C type it fills, how to show that ---- */

#define NUMBER_UNITS(UNIT)                                                  \
    UNIT(b, "b", unsigned char, PyLong_FromUnsignedLong((unsigned long)value))   \
    UNIT(B, "B", unsigned char, PyLong_FromUnsignedLong((unsigned long)value))   \
    UNIT(h, "h", short, PyLong_FromLong((long)value))                       \
    UNIT(H, "H", unsigned short, PyLong_FromUnsignedLong((unsigned long)value))  \
    UNIT(i, "i", int, PyLong_FromLong((long)value))                         \
    UNIT(I, "I", unsigned int, PyLong_FromUnsignedLong((unsigned long)value))    \
    UNIT(l, "l", long, PyLong_FromLong(value))                              \
    UNIT(k, "k", unsigned long, PyLong_FromUnsignedLong(value))             \
    UNIT(n, "n", Py_ssize_t, PyLong_FromSsize_t(value))                     \
    UNIT(L, "L", long long, PyLong_FromLongLong(value))                     \
    UNIT(K, "K", unsigned long long, PyLong_FromUnsignedLongLong(value))    \
    UNIT(p, "p", int, PyLong_FromLong((long)value))                         \
    UNIT(c, "c", char, PyLong_FromLong((long)(unsigned char)value))         \
    UNIT(C, "C", int, PyLong_FromLong((long)value))                         \
    UNIT(f, "f", float, PyFloat_FromDouble((double)value))                  \
    UNIT(d, "d", double, PyFloat_FromDouble(value))

#define DEFINE_NUMBER(name, format, type, result)                 \
    static PyObject *getargs_##name(PyObject *self, PyObject *args) \
    {                                                             \
        type value;                                               \
        return PyArg_ParseTuple(args, format, &value) ? (result) : NULL; \
    }
NUMBER_UNITS(DEFINE_NUMBER)

static PyObject *getargs_D(PyObject *self, PyObject *args)
{
    Py_complex value;
    return PyArg_ParseTuple(args, "D", &value) ? PyComplex_FromCComplex(value) : NULL;
}

/* ---- objects ---- */

#define OBJECT_UNITS(UNIT) UNIT(S, "S") UNIT(Y, "Y") UNIT(U, "U")

#define DEFINE_OBJECT(name, format)                               \
    static PyObject *getargs_##name(PyObject *self, PyObject *args) \
    {                                                             \
        PyObject *value;                                          \
        if (!PyArg_ParseTuple(args, format, &value))              \
            return NULL;                                          \
        Py_INCREF(value);                                         \
        return value;                                             \
    }
OBJECT_UNITS(DEFINE_OBJECT)

/* ---- strings: a pointer, a pointer with a size, a buffer ---- */

/* The bytes at the pointer (length < 0: up to the NUL), None for NULL. */
static PyObject *bytes_or_none(const char *start, Py_ssize_t length)
{
    if (start == NULL)
        Py_RETURN_NONE;
    return length < 0 ? PyBytes_FromString(start) : PyBytes_FromStringAndSize(start, length);
}

static PyObject *wide_or_none(const wchar_t *start, Py_ssize_t length)
{
    if (start == NULL)
        Py_RETURN_NONE;
    return PyUnicode_FromWideChar(start, length);
}

#define POINTER_UNITS(UNIT)                    \
    UNIT(s, "s", char, bytes_or_none)          \
    UNIT(z, "z", char, bytes_or_none)          \
    UNIT(y, "y", char, bytes_or_none)          \
    UNIT(u, "u", wchar_t, wide_or_none)        \
    UNIT(Z, "Z", wchar_t, wide_or_none)

#define DEFINE_POINTER(name, format, type, show)                          \
    static PyObject *getargs_##name(PyObject *self, PyObject *args)         \
    {                                                                     \
        type *start;                                                      \
        return PyArg_ParseTuple(args, format, &start) ? show(start, -1) : NULL; \
    }                                                                     \
    static PyObject *getargs_##name##_hash(PyObject *self, PyObject *args)  \
    {                                                                     \
        type *start;                                                      \
        Py_ssize_t length;                                                \
        return PyArg_ParseTuple(args, format "#", &start, &length) ? show(start, length) : NULL; \
    }
POINTER_UNITS(DEFINE_POINTER)

#define BUFFER_UNITS(UNIT) UNIT(s, "s*") UNIT(z, "z*") UNIT(y, "y*")

#define DEFINE_BUFFER(name, format)                                      \
    static PyObject *getargs_##name##_star(PyObject *self, PyObject *args) \
    {                                                                    \
        Py_buffer view;                                                  \
        if (!PyArg_ParseTuple(args, format, &view))                      \
            return NULL;                                                 \
        PyObject *result = bytes_or_none(view.buf, view.len);            \
        PyBuffer_Release(&view);                                         \
        return result;                                                   \
    }
BUFFER_UNITS(DEFINE_BUFFER)

/* Writes a bracket over the first and the last byte of a writable buffer. */
static PyObject *getargs_w_star(PyObject *self, PyObject *args)
{
    Py_buffer view;
    if (!PyArg_ParseTuple(args, "w*", &view))
        return NULL;
    if (view.len >= 2) {
        char *bytes = view.buf;
        bytes[0] = '[';
        bytes[view.len - 1] = ']';
    }
    PyObject *result = PyBytes_FromStringAndSize(view.buf, view.len);
    PyBuffer_Release(&view);
    return result;
}

/* ---- strings that are encoded: (text[, encoding]) and (text[, encoding[, buffer]]) ---- */

/* Parse args[0] with an "es" or "et" format, args[1] being the encoding. */
static PyObject *parse_encoded(PyObject *args, const char *format)
{
    PyObject *text;
    const char *encoding = NULL;
    if (!PyArg_ParseTuple(args, "O|s", &text, &encoding))
        return NULL;
    PyObject *single = PyTuple_Pack(1, text);
    if (single == NULL)
        return NULL;
    char *encoded = NULL;
    PyObject *result = NULL;
    if (PyArg_ParseTuple(single, format, encoding, &encoded)) {
        result = PyBytes_FromString(encoded);
        PyMem_Free(encoded);
    }
    Py_DECREF(single);
    return result;
}

/* The same for "es#" and "et#"; args[2] is a bytearray to be filled, else the parser allocates. */
static PyObject *parse_encoded_sized(PyObject *args, const char *format)
{
    PyObject *text, *target = NULL;
    const char *encoding = NULL;
    if (!PyArg_ParseTuple(args, "O|sO!", &text, &encoding, &PyByteArray_Type, &target))
        return NULL;
    PyObject *single = PyTuple_Pack(1, text);
    if (single == NULL)
        return NULL;
    char *encoded = target != NULL ? PyByteArray_AS_STRING(target) : NULL;
    Py_ssize_t size = target != NULL ? PyByteArray_GET_SIZE(target) : 0;
    PyObject *result = NULL;
    if (PyArg_ParseTuple(single, format, encoding, &encoded, &size)) {
        result = PyBytes_FromStringAndSize(encoded, size);
        if (target == NULL)
            PyMem_Free(encoded);
    }
    Py_DECREF(single);
    return result;
}

static PyObject *getargs_es(PyObject *self, PyObject *args)
{
    return parse_encoded(args, "es");
}

static PyObject *getargs_et(PyObject *self, PyObject *args)
{
    return parse_encoded(args, "et");
}

static PyObject *getargs_es_hash(PyObject *self, PyObject *args)
{
    return parse_encoded_sized(args, "es#");
}

static PyObject *getargs_et_hash(PyObject *self, PyObject *args)
{
    return parse_encoded_sized(args, "et#");
}

/* ---- nesting and keywords ---- */

static PyObject *get_args(PyObject *self, PyObject *args)
{
    Py_INCREF(args);
    return args;
}

static PyObject *get_kwargs(PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (kwargs == NULL)
        Py_RETURN_NONE;
    Py_INCREF(kwargs);
    return kwargs;
}

/* The first `count` ints as a tuple. */
static PyObject *tuple_of_ints(const int *values, Py_ssize_t count)
{
    PyObject *result = PyTuple_New(count);
    for (Py_ssize_t i = 0; result != NULL && i < count; i++) {
        PyObject *item = PyLong_FromLong(values[i]);
        if (item == NULL)
            Py_CLEAR(result);
        else
            PyTuple_SET_ITEM(result, i, item);
    }
    return result;
}

static PyObject *getargs_tuple(PyObject *self, PyObject *args)
{
    int v[3];
    return PyArg_ParseTuple(args, "i(ii)", &v[0], &v[1], &v[2]) ? tuple_of_ints(v, 3) : NULL;
}

static PyObject *getargs_keywords(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"arg1", "arg2", "arg3", "arg4", "arg5", NULL};
    int v[10] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "(ii)i|(i(ii))(iii)i", names, &v[0], &v[1], &v[2], &v[3], &v[4], &v[5],
                                     &v[6], &v[7], &v[8], &v[9]))
        return NULL;
    return tuple_of_ints(v, 10);
}

static PyObject *getargs_keyword_only(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"required", "optional", "keyword_only", NULL};
    int v[3] = {-1, -1, -1};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "i|i$i", names, &v[0], &v[1], &v[2]))
        return NULL;
    return tuple_of_ints(v, 3);
}

static PyObject *getargs_positional_only_and_keywords(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"", "", "keyword", NULL};
    int v[3] = {-1, -1, -1};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "i|ii", names, &v[0], &v[1], &v[2]))
        return NULL;
    return tuple_of_ints(v, 3);
}

/* argparsing(a, b): whether a call of "OO" hands over two arguments. The result is 1. */
static PyObject *argparsing(PyObject *self, PyObject *args)
{
    PyObject *first = NULL, *second = NULL;
    if (!PyArg_ParseTuple(args, "OO:argparsing", &first, &second))
        return NULL;
    return PyLong_FromLong(first == PyTuple_GET_ITEM(args, 0) && second == PyTuple_GET_ITEM(args, 1));
}

/* ---- any format: parse_tuple_and_keywords(args, kwargs, format, names) ---- */

enum { MOST_NAMES = 8, ROOM_EACH = 16 };

/* Turn a list or tuple of names into C strings; `hold` receives what keeps them alive. 0 or -1. */
static int names_to_c(PyObject *names, char *c_names[MOST_NAMES + 1], PyObject *hold[MOST_NAMES])
{
    if (!PyList_CheckExact(names) && !PyTuple_CheckExact(names)) {
        PyErr_SetString(PyExc_ValueError, "parse_tuple_and_keywords: sub_keywords must be either list or tuple");
        return -1;
    }
    Py_ssize_t count = PySequence_Fast_GET_SIZE(names);
    if (count > MOST_NAMES) {
        PyErr_SetString(PyExc_ValueError, "parse_tuple_and_keywords: too many keywords in sub_keywords");
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        if (!PyUnicode_FSConverter(PySequence_Fast_GET_ITEM(names, i), &hold[i])) {
            PyErr_Format(PyExc_ValueError, "parse_tuple_and_keywords: could not convert keywords[%zd] to narrow string", i);
            return -1;
        }
        c_names[i] = PyBytes_AS_STRING(hold[i]);
    }
    return 0;
}

static PyObject *parse_tuple_and_keywords(PyObject *self, PyObject *args)
{
    PyObject *positional, *keywords, *names;
    const char *format;
    if (!PyArg_ParseTuple(args, "OOsO:parse_tuple_and_keywords", &positional, &keywords, &format, &names))
        return NULL;
    if (!PyTuple_CheckExact(positional) || !PyDict_CheckExact(keywords)) {
        PyErr_SetString(PyExc_ValueError, "parse_tuple_and_keywords: a tuple and a dict are expected first");
        return NULL;
    }
    char *c_names[MOST_NAMES + 1] = {NULL};
    PyObject *hold[MOST_NAMES] = {NULL};
    /* Every unit fills at most a Py_buffer; the values are not looked at. */
    Py_buffer room[ROOM_EACH];
    memset(room, 0, sizeof room);
    PyObject *result = NULL;
    if (names_to_c(names, c_names, hold) == 0 &&
        PyArg_ParseTupleAndKeywords(positional, keywords, format, c_names, &room[0], &room[1], &room[2], &room[3], &room[4],
                                    &room[5], &room[6], &room[7], &room[8], &room[9], &room[10], &room[11], &room[12],
                                    &room[13], &room[14], &room[15])) {
        Py_INCREF(Py_None);
        result = Py_None;
    }
    for (int i = 0; i < MOST_NAMES; i++)
        Py_XDECREF(hold[i]);
    return result;
}

#define NUMBER_ROW(name, ...) {"getargs_" #name, getargs_##name, METH_VARARGS},
#define POINTER_ROW(name, ...) NUMBER_ROW(name) {"getargs_" #name "_hash", getargs_##name##_hash, METH_VARARGS},
#define BUFFER_ROW(name, ...) {"getargs_" #name "_star", getargs_##name##_star, METH_VARARGS},
#define WITH_KEYWORDS(name) {#name, (PyCFunction)(void (*)(void))name, METH_VARARGS | METH_KEYWORDS}

static PyMethodDef functions[] = {
    NUMBER_UNITS(NUMBER_ROW)
    OBJECT_UNITS(NUMBER_ROW)
    POINTER_UNITS(POINTER_ROW)
    BUFFER_UNITS(BUFFER_ROW)
    {"getargs_D", getargs_D, METH_VARARGS},
    {"getargs_w_star", getargs_w_star, METH_VARARGS},
    {"getargs_es", getargs_es, METH_VARARGS},
    {"getargs_et", getargs_et, METH_VARARGS},
    {"getargs_es_hash", getargs_es_hash, METH_VARARGS},
    {"getargs_et_hash", getargs_et_hash, METH_VARARGS},
    {"getargs_tuple", getargs_tuple, METH_VARARGS},
    {"get_args", get_args, METH_VARARGS},
    WITH_KEYWORDS(get_kwargs),
    WITH_KEYWORDS(getargs_keywords),
    WITH_KEYWORDS(getargs_keyword_only),
    WITH_KEYWORDS(getargs_positional_only_and_keywords),
    {"argparsing", argparsing, METH_VARARGS},
    {"parse_tuple_and_keywords", parse_tuple_and_keywords, METH_VARARGS},
    {NULL},
};

int testcapi_add_argument_functions(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
