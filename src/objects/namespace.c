/* SPDX-License-Identifier: MIT */
/* types.SimpleNamespace: an object that is just its attributes. Tests: tests/objects/test_small_types.py. */
#include "Python.h"
#include "structmember.h"

typedef struct {
    PyObject_HEAD
    PyObject *dict;
} Namespace;

#define SELF(op) ((Namespace *)(op))

static PyObject *namespace_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *self = type->tp_alloc(type, 0);
    if (self != NULL && (SELF(self)->dict = PyDict_New()) == NULL)
        Py_CLEAR(self);
    return self;
}

static int namespace_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (PyTuple_GET_SIZE(args) != 0) {
        PyErr_Format(PyExc_TypeError, "no positional arguments expected");
        return -1;
    }
    if (kwargs == NULL)
        return 0;
    if (!PyArg_ValidateKeywordArguments(kwargs))
        return -1;
    return PyDict_Update(SELF(self)->dict, kwargs);
}

static void namespace_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_CLEAR(SELF(self)->dict);
    Py_TYPE(self)->tp_free(self);
}

static int namespace_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(SELF(self)->dict);
    return 0;
}

static int namespace_clear(PyObject *self)
{
    Py_CLEAR(SELF(self)->dict);
    return 0;
}

/* "a=1, b=2" in the order of the names. New. Runs code. */
static PyObject *repr_items(PyObject *dict)
{
    PyObject *names = PyDict_Keys(dict), *parts = names ? PyList_New(0) : NULL, *comma = NULL, *result = NULL;
    if (parts == NULL || PyList_Sort(names) < 0)
        goto done;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(names); i++) {
        PyObject *name = PyList_GET_ITEM(names, i), *value, *part;
        if (!PyUnicode_Check(name) || PyUnicode_GET_LENGTH(name) == 0)
            continue;
        value = PyDict_GetItemWithError(dict, name);
        if (value == NULL) {
            if (PyErr_Occurred())
                goto done;
            continue; /* an earlier repr() has removed it */
        }
        Py_INCREF(value);
        part = PyUnicode_FromFormat("%S=%R", name, value);
        Py_DECREF(value);
        int failed = part == NULL || PyList_Append(parts, part) < 0;
        Py_XDECREF(part);
        if (failed)
            goto done;
    }
    comma = PyUnicode_FromString(", ");
    if (comma != NULL)
        result = PyUnicode_Join(comma, parts);
done:
    Py_XDECREF(names);
    Py_XDECREF(parts);
    Py_XDECREF(comma);
    return result;
}

static PyObject *namespace_repr(PyObject *self)
{
    const char *name = Py_TYPE(self) == &_PyNamespace_Type ? "namespace" : Py_TYPE(self)->tp_name;
    int entered = Py_ReprEnter(self);
    if (entered != 0)
        return entered > 0 ? PyUnicode_FromFormat("%s(...)", name) : NULL;
    PyObject *items = repr_items(SELF(self)->dict), *result = NULL;
    if (items != NULL) {
        result = PyUnicode_FromFormat("%s(%U)", name, items);
        Py_DECREF(items);
    }
    Py_ReprLeave(self);
    return result;
}

static PyObject *namespace_richcompare(PyObject *a, PyObject *b, int op)
{
    if (PyObject_TypeCheck(a, &_PyNamespace_Type) && PyObject_TypeCheck(b, &_PyNamespace_Type))
        return PyObject_RichCompare(SELF(a)->dict, SELF(b)->dict, op);
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *namespace_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    PyObject *args = PyTuple_New(0);
    if (args == NULL)
        return NULL;
    PyObject *result = PyTuple_Pack(3, (PyObject *)Py_TYPE(self), args, SELF(self)->dict);
    Py_DECREF(args);
    return result;
}

static PyMemberDef namespace_members[] = {
    {"__dict__", T_OBJECT, offsetof(Namespace, dict), READONLY},
    {NULL},
};

static PyMethodDef namespace_methods[] = {
    {"__reduce__", namespace_reduce, METH_NOARGS, "How pickle gets this namespace again."},
    {NULL},
};

PyTypeObject _PyNamespace_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "types.SimpleNamespace",
    .tp_basicsize = sizeof(Namespace),
    .tp_dealloc = namespace_dealloc,
    .tp_repr = namespace_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "An object with the given attributes.\n\nSimpleNamespace(**kwargs)",
    .tp_traverse = namespace_traverse,
    .tp_clear = namespace_clear,
    .tp_richcompare = namespace_richcompare,
    .tp_methods = namespace_methods,
    .tp_members = namespace_members,
    .tp_dictoffset = offsetof(Namespace, dict),
    .tp_init = namespace_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = namespace_new,
    .tp_free = PyObject_GC_Del,
};

/* A namespace with the items of a dict, or an empty one for NULL. New. */
PyObject *_PyNamespace_New(PyObject *items)
{
    PyObject *self = namespace_new(&_PyNamespace_Type, NULL, NULL);
    if (self != NULL && items != NULL && PyDict_Update(SELF(self)->dict, items) < 0)
        Py_CLEAR(self);
    return self;
}
