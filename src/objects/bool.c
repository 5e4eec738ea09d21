/* SPDX-License-Identifier: MIT */
/* bool: True and False, two immortal ints of a type that cannot be derived from. */
#include "objects/int/mag.h"

#include "runtime/immortal.h"
#include "runtime/state.h"

struct _longobject _Py_FalseStruct = {{{TAI_IMMORTAL_COUNT, &PyBool_Type}, 0}, {0}};
struct _longobject _Py_TrueStruct = {{{TAI_IMMORTAL_COUNT, &PyBool_Type}, 1}, {1}};

PyObject *PyBool_FromLong(long v)
{
    PyObject *o = v ? Py_True : Py_False;
    Py_INCREF(o);
    return o;
}

static PyObject *bool_repr(PyObject *self)
{
    _Py_IDENTIFIER(True);
    _Py_IDENTIFIER(False);
    PyObject *s = self == Py_True ? _PyUnicode_FromId(&PyId_True) : _PyUnicode_FromId(&PyId_False);
    Py_XINCREF(s);
    return s;
}

static PyObject *truth(PyObject *x)
{
    int t = PyObject_IsTrue(x);
    return t < 0 ? NULL : PyBool_FromLong(t);
}

static PyObject *bool_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *x = Py_False;
    if (!_PyArg_NoKeywords("bool", kwargs) || !PyArg_UnpackTuple(args, "bool", 0, 1, &x))
        return NULL;
    return truth(x);
}

static PyObject *bool_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t n = PyVectorcall_NARGS(nargsf);
    if (kwnames && PyTuple_GET_SIZE(kwnames)) {
        PyErr_SetString(PyExc_TypeError, "bool() takes no keyword arguments");
        return NULL;
    }
    if (!_PyArg_CheckPositional("bool", n, 0, 1))
        return NULL;
    return truth(n ? args[0] : Py_False);
}

/* & | ^ stay within bool when both are. */
#define LOGIC(name, slot, expression)                                                                                            \
    static PyObject *name(PyObject *a, PyObject *b)                                                                              \
    {                                                                                                                            \
        if (!PyBool_Check(a) || !PyBool_Check(b))                                                                                \
            return tai_int_as_number.slot(a, b);                                                                                 \
        return PyBool_FromLong(expression);                                                                                      \
    }
LOGIC(bool_and, nb_and, (a == Py_True) & (b == Py_True))
LOGIC(bool_or, nb_or, (a == Py_True) | (b == Py_True))
LOGIC(bool_xor, nb_xor, (a == Py_True) ^ (b == Py_True))

static PyNumberMethods bool_as_number = {
    .nb_and = bool_and,
    .nb_xor = bool_xor,
    .nb_or = bool_or,
};

/* Unbalanced counting somewhere else must not end in freeing static memory. */
static void bool_dealloc(PyObject *self)
{
    tai_immortalize(self);
}

PyDoc_STRVAR(bool_doc, "bool(x) -> bool\n\nThe truth of x: True or False, the only two instances there are. A subclass of int that cannot be\nsubclassed itself.");

PyTypeObject PyBool_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "bool",
    .tp_basicsize = sizeof(struct _longobject),
    .tp_dealloc = bool_dealloc,
    .tp_repr = bool_repr,
    .tp_as_number = &bool_as_number,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = bool_doc,
    .tp_base = &PyLong_Type,
    .tp_new = bool_new,
    .tp_vectorcall = bool_vectorcall,
};
