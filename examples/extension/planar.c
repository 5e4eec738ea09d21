/* SPDX-License-Identifier: MIT */
/* planar: vectors of two numbers. Vector(x, y) with + and abs(), length(vectors). */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <math.h>
#include <structmember.h>

typedef struct {
    PyObject_HEAD
    double x, y;
} Vector;

static PyTypeObject *vector_type; /* owned by the module, for vector_add and length */

static PyObject *make(PyTypeObject *type, double x, double y)
{
    Vector *self = (Vector *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->x = x;
        self->y = y;
    }
    return (PyObject *)self;
}

static PyObject *vector_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"x", "y", NULL};
    double x = 0, y = 0;
    return PyArg_ParseTupleAndKeywords(args, kwds, "|dd:Vector", names, &x, &y) ? make(type, x, y) : NULL;
}

static void vector_dealloc(PyObject *op)
{
    PyTypeObject *type = Py_TYPE(op);
    type->tp_free(op);
    Py_DECREF(type); /* an instance of a type from the heap owns a reference of it */
}

static PyObject *vector_repr(PyObject *op)
{
    Vector *self = (Vector *)op;
    PyObject *x = PyFloat_FromDouble(self->x), *y = PyFloat_FromDouble(self->y), *text = NULL;
    if (x != NULL && y != NULL)
        text = PyUnicode_FromFormat("Vector(%R, %R)", x, y);
    Py_XDECREF(x);
    Py_XDECREF(y);
    return text;
}

static PyObject *vector_add(PyObject *a, PyObject *b)
{
    if (!PyObject_TypeCheck(a, vector_type) || !PyObject_TypeCheck(b, vector_type))
        Py_RETURN_NOTIMPLEMENTED;
    return make(vector_type, ((Vector *)a)->x + ((Vector *)b)->x, ((Vector *)a)->y + ((Vector *)b)->y);
}

static PyObject *vector_absolute(PyObject *op) { return PyFloat_FromDouble(hypot(((Vector *)op)->x, ((Vector *)op)->y)); }

static PyMemberDef vector_members[] = {
    {"x", T_DOUBLE, offsetof(Vector, x), 0, PyDoc_STR("how far to the right")},
    {"y", T_DOUBLE, offsetof(Vector, y), 0, PyDoc_STR("how far up")},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot vector_slots[] = {
    {Py_tp_doc, "Vector(x=0.0, y=0.0)\n\nA step in the plane."},
    {Py_tp_new, vector_new},
    {Py_tp_dealloc, vector_dealloc},
    {Py_tp_repr, vector_repr},
    {Py_tp_members, vector_members},
    {Py_nb_add, vector_add},
    {Py_nb_absolute, vector_absolute},
    {0, NULL},
};

static PyType_Spec vector_spec = {"planar.Vector", sizeof(Vector), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, vector_slots};

static PyObject *planar_length(PyObject *module, PyObject *vectors)
{
    double sum = 0;
    PyObject *iterator = PyObject_GetIter(vectors), *item;
    if (iterator == NULL)
        return NULL;
    while ((item = PyIter_Next(iterator)) != NULL) {
        if (!PyObject_TypeCheck(item, vector_type)) {
            PyErr_Format(PyExc_TypeError, "length() needs vectors, not %.100s", Py_TYPE(item)->tp_name);
            Py_DECREF(item);
            break;
        }
        sum += hypot(((Vector *)item)->x, ((Vector *)item)->y);
        Py_DECREF(item);
    }
    Py_DECREF(iterator);
    return PyErr_Occurred() ? NULL : PyFloat_FromDouble(sum);
}

static PyMethodDef functions[] = {
    {"length", planar_length, METH_O, PyDoc_STR("length(vectors, /)\n--\n\nReturn the length of a path of vectors.")},
    {NULL, NULL, 0, NULL},
};

static int planar_exec(PyObject *module)
{
    vector_type = (PyTypeObject *)PyType_FromSpec(&vector_spec);
    if (vector_type == NULL)
        return -1;
    Py_INCREF(vector_type);
    return PyModule_AddObject(module, "Vector", (PyObject *)vector_type);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, planar_exec}, {0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "planar", "Vectors of two numbers.", 0, functions, slots};

PyMODINIT_FUNC PyInit_planar(void) { return PyModuleDef_Init(&definition); }
