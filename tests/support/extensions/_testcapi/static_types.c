/* SPDX-License-Identifier: MIT */
/* _testcapi: static types that fill slots which few builtin types have (@, ** in place, await), define __class_getitem__ and
 * __mro_entries__ in C, extend list with its deferred release, and an exception that cannot be made.
 */
#include "testcapi.h"

/* ---- matmulType: what @ was called with ---- */

static PyObject *matmul(PyObject *left, PyObject *right)
{
    return Py_BuildValue("(sOO)", "matmul", left, right);
}

static PyObject *inplace_matmul(PyObject *self, PyObject *other)
{
    return Py_BuildValue("(sOO)", "imatmul", self, other);
}

static PyNumberMethods matmul_slots = {
    .nb_matrix_multiply = matmul,
    .nb_inplace_matrix_multiply = inplace_matmul,
};

static PyTypeObject Matmul_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "matmulType",
    .tp_doc = "@ and @= give a tuple of what they were called with.",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_as_number = &matmul_slots,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_new = PyType_GenericNew,
};

/* ---- ipowType: **= with the modulus ---- */

static PyObject *inplace_power(PyObject *self, PyObject *exponent, PyObject *modulus)
{
    return PyTuple_Pack(2, exponent, modulus);
}

static PyNumberMethods ipow_slots = {.nb_inplace_power = inplace_power};

static PyTypeObject Ipow_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "ipowType",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_as_number = &ipow_slots,
    .tp_new = PyType_GenericNew,
};

/* ---- awaitType(x): __await__ gives x, be it an iterator or not ---- */

typedef struct {
    PyObject_HEAD
    PyObject *iterator; /* owned */
} Awaitable;

static PyObject *awaitable_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *iterator;
    if (!PyArg_UnpackTuple(args, "awaitObject", 1, 1, &iterator))
        return NULL;
    Awaitable *self = (Awaitable *)type->tp_alloc(type, 0);
    if (self != NULL) {
        Py_INCREF(iterator);
        self->iterator = iterator;
    }
    return (PyObject *)self;
}

static void awaitable_dealloc(Awaitable *self)
{
    Py_CLEAR(self->iterator);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *awaitable_await(Awaitable *self)
{
    Py_INCREF(self->iterator);
    return self->iterator;
}

static PyAsyncMethods await_slots = {.am_await = (unaryfunc)awaitable_await};

static PyTypeObject Awaitable_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "awaitType",
    .tp_doc = "awaitType(iterator)\n\nawait runs through the iterator.",
    .tp_basicsize = sizeof(Awaitable),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_as_async = &await_slots,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_new = awaitable_new,
    .tp_dealloc = (destructor)awaitable_dealloc,
};

/* ---- Generic[item] is a GenericAlias, which stands for item among the bases of a class ---- */

typedef struct {
    PyObject_HEAD
    PyObject *item; /* owned */
} Alias;

static void alias_dealloc(Alias *self)
{
    Py_CLEAR(self->item);
    PyObject_Del(self);
}

static PyObject *alias_mro_entries(Alias *self, PyObject *bases)
{
    return PyTuple_Pack(1, self->item);
}

static PyMethodDef alias_methods[] = {
    {"__mro_entries__", (PyCFunction)alias_mro_entries, METH_O, NULL},
    {NULL},
};

static PyTypeObject Alias_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "GenericAlias",
    .tp_basicsize = sizeof(Alias),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_methods = alias_methods,
    .tp_dealloc = (destructor)alias_dealloc,
};

static PyObject *generic_class_getitem(PyObject *type, PyObject *item)
{
    Alias *alias = PyObject_New(Alias, &Alias_Type);
    if (alias == NULL)
        return NULL;
    Py_INCREF(item);
    alias->item = item;
    return (PyObject *)alias;
}

static PyMethodDef generic_methods[] = {
    {"__class_getitem__", generic_class_getitem, METH_O | METH_CLASS, NULL},
    {NULL},
};

static PyTypeObject Generic_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "Generic",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_methods = generic_methods,
};

/* ---- MyList: a list that notices when it is released twice ---- */

typedef struct {
    PyListObject list;
    int released;
} MyList;

static void my_list_dealloc(MyList *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, my_list_dealloc)
    if (self->released)
        Py_FatalError("a MyList was released twice");
    self->released = 1;
    PyList_Type.tp_dealloc((PyObject *)self);
    Py_TRASHCAN_END
}

static PyObject *my_list_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    MyList *self = (MyList *)PyList_Type.tp_new(type, args, kwargs);
    if (self != NULL)
        self->released = 0;
    return (PyObject *)self;
}

static PyTypeObject MyList_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "MyList",
    .tp_basicsize = sizeof(MyList),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_new = my_list_new,
    .tp_dealloc = (destructor)my_list_dealloc,
};

/* ---- RecursingInfinitelyError: to make one, one has to be made first ---- */

static int recursing_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyErr_SetNone((PyObject *)Py_TYPE(self));
    return -1;
}

static PyTypeObject Recursing_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "RecursingInfinitelyError",
    .tp_doc = "To make one, another has to be made first.",
    .tp_basicsize = sizeof(PyBaseExceptionObject),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_init = recursing_init,
};

int testcapi_add_static_types(PyObject *module)
{
    MyList_Type.tp_base = &PyList_Type;
    Recursing_Type.tp_base = (PyTypeObject *)PyExc_Exception;
    if (testcapi_add_type(module, "matmulType", &Matmul_Type) < 0 || testcapi_add_type(module, "ipowType", &Ipow_Type) < 0 ||
        testcapi_add_type(module, "awaitType", &Awaitable_Type) < 0 ||
        testcapi_add_type(module, "GenericAlias", &Alias_Type) < 0 ||
        testcapi_add_type(module, "Generic", &Generic_Type) < 0 || testcapi_add_type(module, "MyList", &MyList_Type) < 0)
        return -1;
    return testcapi_add_type(module, "RecursingInfinitelyError", &Recursing_Type);
}
