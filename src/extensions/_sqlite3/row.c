/* SPDX-License-Identifier: MIT */
/* Row: a tuple whose items also go by the names of their columns, whatever the case. */
#include "sql.h"

typedef struct {
    PyObject_HEAD
    PyObject *data;        /* tuple */
    PyObject *description; /* of the cursor */
} Row;

static PyObject *row_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *cursor, *data;
    if (!_PyArg_NoKeywords("Row", kwds) || !PyArg_ParseTuple(args, "OO", &cursor, &data))
        return NULL;
    const char *wrong = !PyObject_TypeCheck(cursor, &SqlCursorType) ? "instance of cursor required for first argument"
                        : !PyTuple_Check(data)                      ? "tuple required for second argument"
                                                                    : NULL;
    if (wrong) {
        PyErr_SetString(PyExc_TypeError, wrong);
        return NULL;
    }
    Row *self = (Row *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    Py_INCREF(data);
    self->data = data;
    self->description = ((Cursor *)cursor)->description;
    if (self->description == NULL) /* a cursor without __init__() */
        self->description = Py_None;
    Py_INCREF(self->description);
    return (PyObject *)self;
}

static void row_dealloc(PyObject *op)
{
    Py_XDECREF(((Row *)op)->data);
    Py_XDECREF(((Row *)op)->description);
    Py_TYPE(op)->tp_free(op);
}

static PyObject *row_item(PyObject *op, Py_ssize_t i)
{
    PyObject *v = PyTuple_GetItem(((Row *)op)->data, i);
    Py_XINCREF(v);
    return v;
}

static int same_name(PyObject *a, PyObject *b)
{
    if (a == b)
        return 1;
    const char *s = PyUnicode_Check(a) ? PyUnicode_AsUTF8(a) : NULL, *t = PyUnicode_AsUTF8(b);
    if (s == NULL || t == NULL)
        return PyErr_Occurred() ? -1 : 0;
    return PyOS_stricmp(s, t) == 0;
}

static PyObject *row_subscript(PyObject *op, PyObject *key)
{
    Row *self = (Row *)op;
    if (PyLong_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return row_item(op, i < 0 ? i + PyTuple_GET_SIZE(self->data) : i);
    }
    if (PyUnicode_Check(key)) {
        Py_ssize_t n = PyTuple_Check(self->description) ? PyTuple_GET_SIZE(self->description) : 0;
        for (Py_ssize_t i = 0; i < n; i++) {
            int same = same_name(PyTuple_GET_ITEM(PyTuple_GET_ITEM(self->description, i), 0), key);
            if (same < 0)
                return NULL;
            if (same)
                return row_item(op, i);
        }
        PyErr_SetString(PyExc_IndexError, "No item with that key");
        return NULL;
    }
    if (PySlice_Check(key))
        return PyObject_GetItem(self->data, key);
    PyErr_SetString(PyExc_IndexError, "Index must be int or string");
    return NULL;
}

static Py_ssize_t row_length(PyObject *op)
{
    return PyTuple_GET_SIZE(((Row *)op)->data);
}

static PyObject *row_keys(PyObject *op, PyObject *Py_UNUSED(unused))
{
    PyObject *description = ((Row *)op)->description, *list = PyList_New(0);
    for (Py_ssize_t i = 0; list && PyTuple_Check(description) && i < PyTuple_GET_SIZE(description); i++)
        if (PyList_Append(list, PyTuple_GET_ITEM(PyTuple_GET_ITEM(description, i), 0)) < 0)
            Py_CLEAR(list);
    return list;
}

static PyObject *row_iter(PyObject *op)
{
    return PyObject_GetIter(((Row *)op)->data);
}

static Py_hash_t row_hash(PyObject *op)
{
    return PyObject_Hash(((Row *)op)->description) ^ PyObject_Hash(((Row *)op)->data);
}

static PyObject *row_richcompare(PyObject *a, PyObject *b, int how)
{
    if ((how != Py_EQ && how != Py_NE) || !PyObject_TypeCheck(b, &SqlRowType))
        Py_RETURN_NOTIMPLEMENTED;
    int equal = PyObject_RichCompareBool(((Row *)a)->description, ((Row *)b)->description, Py_EQ);
    if (equal < 0)
        return NULL;
    return equal ? PyObject_RichCompare(((Row *)a)->data, ((Row *)b)->data, how) : PyBool_FromLong(how == Py_NE);
}

static PyMethodDef row_methods[] = {
    {"keys", row_keys, METH_NOARGS, "A list of the names of the columns."},
    {NULL, NULL, 0, NULL},
};

static PySequenceMethods row_sequence = {.sq_length = row_length, .sq_item = row_item};
static PyMappingMethods row_mapping = {.mp_length = row_length, .mp_subscript = row_subscript};

PyTypeObject SqlRowType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "sqlite3.Row",
    .tp_doc = PyDoc_STR("A row whose columns have indexes and names."),
    .tp_basicsize = sizeof(Row),
    .tp_dealloc = row_dealloc,
    .tp_as_sequence = &row_sequence,
    .tp_as_mapping = &row_mapping,
    .tp_hash = row_hash,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_richcompare = row_richcompare,
    .tp_iter = row_iter,
    .tp_methods = row_methods,
    .tp_new = row_new,
};
