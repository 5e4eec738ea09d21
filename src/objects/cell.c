/* SPDX-License-Identifier: MIT */
/* cell: the box that a variable lives in when several functions share it. ob_ref is NULL while the variable has no value.
 * Tests: tests/objects/test_function.py.
 */
#include "Python.h"
#include "runtime/gc.h"

#define CELL(op) ((PyCellObject *)(op))

PyObject *PyCell_New(PyObject *value)
{
    PyCellObject *self = PyObject_GC_New(PyCellObject, &PyCell_Type);
    if (self == NULL)
        return NULL;
    Py_XINCREF(value);
    self->ob_ref = value;
    tai_gc_track(self);
    return (PyObject *)self;
}

/* New; NULL without exception where the cell is empty. */
PyObject *PyCell_Get(PyObject *op)
{
    if (!PyCell_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    Py_XINCREF(CELL(op)->ob_ref);
    return CELL(op)->ob_ref;
}

int PyCell_Set(PyObject *op, PyObject *value)
{
    if (!PyCell_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    Py_XINCREF(value);
    Py_XSETREF(CELL(op)->ob_ref, value);
    return 0;
}

static PyObject *cell_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *value = NULL;
    if (!_PyArg_NoKeywords("cell", kwargs) || !PyArg_UnpackTuple(args, "cell", 0, 1, &value))
        return NULL;
    return PyCell_New(value);
}

static void cell_dealloc(PyObject *op)
{
    tai_gc_untrack_if(op);
    Py_TRASHCAN_BEGIN(op, cell_dealloc) /* closures of closures */
    Py_XDECREF(CELL(op)->ob_ref);
    PyObject_GC_Del(op);
    Py_TRASHCAN_END
}

static int cell_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(CELL(op)->ob_ref);
    return 0;
}

static int cell_clear(PyObject *op)
{
    Py_CLEAR(CELL(op)->ob_ref);
    return 0;
}

/* By content; an empty cell is less than any other. */
static PyObject *cell_richcompare(PyObject *a, PyObject *b, int op)
{
    if (!PyCell_Check(a) || !PyCell_Check(b))
        Py_RETURN_NOTIMPLEMENTED;
    PyObject *left = CELL(a)->ob_ref, *right = CELL(b)->ob_ref;
    if (left == NULL || right == NULL)
        Py_RETURN_RICHCOMPARE(right == NULL, left == NULL, op);
    Py_INCREF(left);
    Py_INCREF(right);
    PyObject *result = PyObject_RichCompare(left, right, op);
    Py_DECREF(left);
    Py_DECREF(right);
    return result;
}

static PyObject *cell_repr(PyObject *op)
{
    PyObject *value = CELL(op)->ob_ref;
    if (value == NULL)
        return PyUnicode_FromFormat("<cell at %p: empty>", op);
    return PyUnicode_FromFormat("<cell at %p: %.80s object at %p>", op, Py_TYPE(value)->tp_name, value);
}

static PyObject *get_contents(PyObject *op, void *closure)
{
    if (CELL(op)->ob_ref == NULL) {
        PyErr_SetString(PyExc_ValueError, "Cell is empty");
        return NULL;
    }
    Py_INCREF(CELL(op)->ob_ref);
    return CELL(op)->ob_ref;
}

static int set_contents(PyObject *op, PyObject *value, void *closure)
{
    return PyCell_Set(op, value);
}

static PyGetSetDef cell_getset[] = {
    {"cell_contents", get_contents, set_contents, PyDoc_STR("what is in the cell; ValueError if it is empty")},
    {NULL},
};

PyTypeObject PyCell_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "cell",
    .tp_basicsize = sizeof(PyCellObject),
    .tp_dealloc = cell_dealloc,
    .tp_repr = cell_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "cell([contents])\n--\n\nMake a cell.\n\n  contents\n    what is in it; left out, the cell is empty,\n"
              "    and reading cell_contents raises ValueError.",
    .tp_traverse = cell_traverse,
    .tp_clear = cell_clear,
    .tp_richcompare = cell_richcompare,
    .tp_getset = cell_getset,
    .tp_new = cell_new,
};
