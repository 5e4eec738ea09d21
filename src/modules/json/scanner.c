/* SPDX-License-Identifier: MIT */
/* _json: make_scanner (JSON text to objects) and scanstring. The parser is in scan_impl.h, once for each width of
 * characters; here stand numbers, hooks, errors and the type.
 * Tests: tests/modules/test_json_native.py.
 */
#include "json.h"
#include "runtime/recursion.h"
#include "scanner.h"
#include "structmember.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

void tai_json_raise(const char *message, PyObject *doc, Py_ssize_t at)
{
    PyObject *module = PyImport_ImportModule("json.decoder");
    PyObject *type = module ? PyObject_GetAttrString(module, "JSONDecodeError") : NULL;
    PyObject *error = type ? PyObject_CallFunction(type, "zOn", message, doc, at) : NULL;
    if (error != NULL)
        PyErr_SetObject(type, error);
    Py_XDECREF(module);
    Py_XDECREF(type);
    Py_XDECREF(error);
}

void tai_json_no_value(Py_ssize_t at)
{
    PyObject *value = PyLong_FromSsize_t(at);
    if (value != NULL) {
        PyErr_SetObject(PyExc_StopIteration, value);
        Py_DECREF(value);
    }
}

/* Exact for up to 15 digits and small powers of ten: both factors are doubles, and the result is rounded once.
 * 1 and *value, or 0: do it the long way. */
static int quick_float(const char *text, double *value)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    int negative = *text == '-', digits = 0, exponent = 0;
    uint64_t mantissa = 0;
    text += negative;
    for (; *text >= '0' && *text <= '9'; text++) {
        mantissa = mantissa * 10 + (uint64_t)(*text - '0');
        digits += mantissa != 0;
        if (digits > 15)
            return 0;
    }
    if (*text == '.')
        for (text++; *text >= '0' && *text <= '9'; text++) {
            mantissa = mantissa * 10 + (uint64_t)(*text - '0');
            digits += mantissa != 0;
            exponent--;
            if (digits > 15 || exponent < -22)
                return 0;
        }
    if (*text == 'e' || *text == 'E') {
        int minus = text[1] == '-', e = 0;
        for (text += 1 + (text[1] == '-' || text[1] == '+'); *text; text++)
            if ((e = e * 10 + (*text - '0')) > 1000)
                return 0;
        exponent += minus ? -e : e;
    }
    if (exponent < -22 || exponent > 22)
        return 0;
    double result = (double)mantissa;
    result = exponent < 0 ? result / powers[-exponent] : result * powers[exponent];
    *value = negative ? -result : result;
    return 1;
}

PyObject *tai_json_number(Scan *scan, const char *text, Py_ssize_t length, int is_float)
{
    PyObject *function = is_float ? scan->scanner->parse_float : scan->scanner->parse_int;
    if (is_float && function == (PyObject *)&PyFloat_Type) {
        double value;
        if (!quick_float(text, &value)) {
            value = PyOS_string_to_double(text, NULL, NULL);
            if (value == -1.0 && PyErr_Occurred())
                return NULL;
        }
        return PyFloat_FromDouble(value);
    }
    if (!is_float && function == (PyObject *)&PyLong_Type)
        return PyLong_FromString(text, NULL, 10);
    PyObject *str = PyUnicode_FromStringAndSize(text, length), *result;
    if (str == NULL)
        return NULL;
    result = PyObject_CallFunctionObjArgs(function, str, NULL);
    Py_DECREF(str);
    return result;
}

PyObject *tai_json_constant(Scan *scan, const char *name)
{
    PyObject *str = PyUnicode_InternFromString(name), *result;
    if (str == NULL)
        return NULL;
    result = PyObject_CallFunctionObjArgs(scan->scanner->parse_constant, str, NULL);
    Py_DECREF(str);
    return result;
}

PyObject *tai_json_hook(PyObject *hook, PyObject *value_steal)
{
    if (hook == Py_None)
        return value_steal;
    PyObject *result = PyObject_CallFunctionObjArgs(hook, value_steal, NULL);
    Py_DECREF(value_steal);
    return result;
}

#define CHAR Py_UCS1
#define FN(name) ucs1_##name
#define KIND 1
#include "scan_impl.h"

#define CHAR Py_UCS2
#define FN(name) ucs2_##name
#define KIND 2
#include "scan_impl.h"

#define CHAR Py_UCS4
#define FN(name) ucs4_##name
#define KIND 4
#include "scan_impl.h"

/* Calls one of the three. */
#define DISPATCH(FUNCTION, SCAN, AT, END)                                                                            \
    (PyUnicode_KIND((SCAN)->doc) == 1   ? ucs1_##FUNCTION(SCAN, PyUnicode_1BYTE_DATA((SCAN)->doc), AT, END)          \
     : PyUnicode_KIND((SCAN)->doc) == 2 ? ucs2_##FUNCTION(SCAN, PyUnicode_2BYTE_DATA((SCAN)->doc), AT, END)          \
                                        : ucs4_##FUNCTION(SCAN, PyUnicode_4BYTE_DATA((SCAN)->doc), AT, END))

static int scan_init(Scan *scan, Scanner *scanner, PyObject *doc, int strict)
{
    if (!PyUnicode_Check(doc)) {
        PyErr_Format(PyExc_TypeError, "first argument must be a string, not %.80s", Py_TYPE(doc)->tp_name);
        return -1;
    }
    if (PyUnicode_READY(doc) < 0)
        return -1;
    *scan = (Scan){.scanner = scanner, .doc = doc, .length = PyUnicode_GET_LENGTH(doc),
                   .ascii = PyUnicode_IS_ASCII(doc), .strict = strict};
    return 0;
}

static PyObject *with_end(PyObject *value, Py_ssize_t end)
{
    return value ? Py_BuildValue("Nn", value, end) : NULL;
}

PyObject *tai_json_scanstring(PyObject *module, PyObject *args)
{
    PyObject *doc;
    Py_ssize_t at, end = -1;
    int strict = 1;
    Scan scan;
    if (!PyArg_ParseTuple(args, "On|i:scanstring", &doc, &at, &strict) || scan_init(&scan, NULL, doc, strict) < 0)
        return NULL;
    if (at < 0 || at > scan.length) {
        PyErr_SetString(PyExc_ValueError, "end is out of bounds");
        return NULL;
    }
    PyObject *text = DISPATCH(string, &scan, at, &end);
    return with_end(text, end);
}

/* ---- the type ------------------------------------------------------------------------------------------------ */

static PyObject *scanner_call(Scanner *self, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"string", "idx", NULL};
    PyObject *doc, *value;
    Py_ssize_t at, end = -1;
    Scan scan;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "On:scan_once", keywords, &doc, &at) ||
        scan_init(&scan, self, doc, self->strict) < 0)
        return NULL;
    if (at < 0) {
        PyErr_SetString(PyExc_ValueError, "idx cannot be negative");
        return NULL;
    }
    if (at >= scan.length) {
        tai_json_no_value(at);
        return NULL;
    }
    value = DISPATCH(value, &scan, at, &end);
    return with_end(value, end);
}

static PyObject *scanner_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"context", NULL};
    PyObject *context, *strict;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:make_scanner", keywords, &context))
        return NULL;
    Scanner *self = (Scanner *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    if ((strict = PyObject_GetAttrString(context, "strict")) == NULL)
        goto error;
    int truth = PyObject_IsTrue(strict);
    Py_DECREF(strict);
    if (truth < 0)
        goto error;
    self->strict = (char)truth;
    if ((self->object_hook = PyObject_GetAttrString(context, "object_hook")) == NULL ||
        (self->object_pairs_hook = PyObject_GetAttrString(context, "object_pairs_hook")) == NULL ||
        (self->parse_float = PyObject_GetAttrString(context, "parse_float")) == NULL ||
        (self->parse_int = PyObject_GetAttrString(context, "parse_int")) == NULL ||
        (self->parse_constant = PyObject_GetAttrString(context, "parse_constant")) == NULL)
        goto error;
    return (PyObject *)self;
error:
    Py_DECREF(self);
    return NULL;
}

static int scanner_traverse(Scanner *self, visitproc visit, void *arg)
{
    Py_VISIT(self->object_hook);
    Py_VISIT(self->object_pairs_hook);
    Py_VISIT(self->parse_float);
    Py_VISIT(self->parse_int);
    Py_VISIT(self->parse_constant);
    return 0;
}

static int scanner_clear(Scanner *self)
{
    Py_CLEAR(self->object_hook);
    Py_CLEAR(self->object_pairs_hook);
    Py_CLEAR(self->parse_float);
    Py_CLEAR(self->parse_int);
    Py_CLEAR(self->parse_constant);
    for (int i = 0; i < MEMO_SIZE; i++)
        Py_CLEAR(self->memo[i]);
    return 0;
}

static void scanner_dealloc(Scanner *self)
{
    PyObject_GC_UnTrack(self);
    scanner_clear(self);
    Py_TYPE(self)->tp_free(self);
}

static PyMemberDef scanner_members[] = {
    {"strict", T_BOOL, offsetof(Scanner, strict), READONLY, "strict"},
    {"object_hook", T_OBJECT, offsetof(Scanner, object_hook), READONLY, "object_hook"},
    {"object_pairs_hook", T_OBJECT, offsetof(Scanner, object_pairs_hook), READONLY},
    {"parse_float", T_OBJECT, offsetof(Scanner, parse_float), READONLY, "parse_float"},
    {"parse_int", T_OBJECT, offsetof(Scanner, parse_int), READONLY, "parse_int"},
    {"parse_constant", T_OBJECT, offsetof(Scanner, parse_constant), READONLY, "parse_constant"},
    {NULL},
};

PyTypeObject tai_json_scanner_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_json.Scanner",
    .tp_basicsize = sizeof(Scanner),
    .tp_dealloc = (destructor)scanner_dealloc,
    .tp_call = (ternaryfunc)scanner_call,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = PyDoc_STR("Callable that reads one JSON value from a str at an index: (value, index after it)."),
    .tp_traverse = (traverseproc)scanner_traverse,
    .tp_clear = (inquiry)scanner_clear,
    .tp_members = scanner_members,
    .tp_new = scanner_new,
};
