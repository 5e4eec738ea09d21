/* SPDX-License-Identifier: MIT */
/* _testcapi: calls with vectors of arguments (PEP 590), and types that are called that way. */
#include "testcapi.h"
#include "structmember.h"

#include <stddef.h>

/* ---- calling from Python through the C functions ---- */

/* Take None or a tuple apart into items and length. 0, or -1 with TypeError. */
static int unpack_args(PyObject *args, PyObject ***items, Py_ssize_t *length)
{
    if (args == Py_None) {
        *items = NULL;
        *length = 0;
        return 0;
    }
    if (!PyTuple_Check(args)) {
        PyErr_SetString(PyExc_TypeError, "args must be None or a tuple");
        return -1;
    }
    *items = ((PyTupleObject *)args)->ob_item;
    *length = PyTuple_GET_SIZE(args);
    return 0;
}

static PyObject *pyobject_fastcall(PyObject *self, PyObject *args)
{
    PyObject *callable, *positional, **items;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(args, "OO:pyobject_fastcall", &callable, &positional) ||
        unpack_args(positional, &items, &length) < 0)
        return NULL;
    return _PyObject_FastCall(callable, items, length);
}

static PyObject *pyobject_fastcalldict(PyObject *self, PyObject *args)
{
    PyObject *callable, *positional, *keywords, **items;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(args, "OOO:pyobject_fastcalldict", &callable, &positional, &keywords) ||
        unpack_args(positional, &items, &length) < 0)
        return NULL;
    if (keywords != Py_None && !PyDict_Check(keywords)) {
        PyErr_SetString(PyExc_TypeError, "kwnames must be None or a dict");
        return NULL;
    }
    return _PyObject_FastCallDict(callable, items, (size_t)length, keywords == Py_None ? NULL : keywords);
}

static PyObject *pyobject_vectorcall(PyObject *self, PyObject *args)
{
    PyObject *callable, *values, *names, **items;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(args, "OOO:pyobject_vectorcall", &callable, &values, &names) ||
        unpack_args(values, &items, &length) < 0)
        return NULL;
    if (names == Py_None)
        return _PyObject_Vectorcall(callable, items, (size_t)length, NULL);
    if (!PyTuple_Check(names)) {
        PyErr_SetString(PyExc_TypeError, "kwnames must be None or a tuple");
        return NULL;
    }
    if (PyTuple_GET_SIZE(names) > length) {
        PyErr_SetString(PyExc_ValueError, "more keyword names than values");
        return NULL;
    }
    return _PyObject_Vectorcall(callable, items, (size_t)(length - PyTuple_GET_SIZE(names)), names);
}

static PyObject *pyvectorcall_call(PyObject *self, PyObject *args)
{
    PyObject *callable, *positional, *keywords = NULL;
    if (!PyArg_ParseTuple(args, "OO|O:pyvectorcall_call", &callable, &positional, &keywords))
        return NULL;
    if (!PyTuple_Check(positional)) {
        PyErr_SetString(PyExc_TypeError, "args must be a tuple");
        return NULL;
    }
    if (keywords != NULL && !PyDict_Check(keywords)) {
        PyErr_SetString(PyExc_TypeError, "kwargs must be a dict");
        return NULL;
    }
    return PyVectorcall_Call(callable, positional, keywords);
}

/* bad_get(self, obj, type): a __get__ in C that calls the type while the vector holds the only reference to self. */
static PyObject *bad_get(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    PyObject *self, *obj, *type;
    if (!_PyArg_UnpackStack(args, count, "bad_get", 3, 3, &self, &obj, &type))
        return NULL;
    PyObject *made = PyObject_CallObject(type, NULL);
    if (made == NULL)
        return NULL;
    Py_DECREF(made);
    return PyObject_Repr(self);
}

/* ---- a method descriptor with vectorcall: Base; Derived inherits it; NopGet overrides tp_call; 2 overrides vectorcall ---- */

typedef struct {
    PyObject_HEAD
    vectorcallfunc call;
} Callable;

typedef struct {
    Callable base;
    vectorcallfunc call;
} SecondCallable;

static PyObject *say_true(PyObject *callable, PyObject *const *args, size_t count, PyObject *names)
{
    Py_RETURN_TRUE;
}

static PyObject *say_false(PyObject *callable, PyObject *const *args, size_t count, PyObject *names)
{
    Py_RETURN_FALSE;
}

static PyObject *callable_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    Callable *self = (Callable *)type->tp_alloc(type, 0);
    if (self != NULL)
        self->call = say_true;
    return (PyObject *)self;
}

static PyObject *second_callable_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    SecondCallable *self = (SecondCallable *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->base.call = NULL;
        self->call = say_false;
    }
    return (PyObject *)self;
}

static PyObject *bind_method(PyObject *self, PyObject *instance, PyObject *owner)
{
    if (instance != NULL && instance != Py_None)
        return PyMethod_New(self, instance);
    Py_INCREF(self);
    return self;
}

static PyObject *bind_nothing(PyObject *self, PyObject *instance, PyObject *owner)
{
    Py_INCREF(self);
    return self;
}

static PyObject *give_args(PyObject *self, PyObject *args, PyObject *kwargs)
{
    Py_INCREF(args);
    return args;
}

static PyTypeObject Base_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "MethodDescriptorBase",
    .tp_basicsize = sizeof(Callable),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_METHOD_DESCRIPTOR | _Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_vectorcall_offset = offsetof(Callable, call),
    .tp_call = PyVectorcall_Call,
    .tp_descr_get = bind_method,
    .tp_new = callable_new,
};

static PyTypeObject Derived_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "MethodDescriptorDerived",
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
};

static PyTypeObject NopGet_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "MethodDescriptorNopGet",
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_call = give_args,
    .tp_descr_get = bind_nothing,
};

static PyTypeObject Second_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "MethodDescriptor2",
    .tp_basicsize = sizeof(SecondCallable),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_vectorcall_offset = offsetof(SecondCallable, call),
    .tp_call = PyVectorcall_Call,
    .tp_new = second_callable_new,
};

static PyMethodDef functions[] = {
    {"pyobject_fastcall", pyobject_fastcall, METH_VARARGS},
    {"pyobject_fastcalldict", pyobject_fastcalldict, METH_VARARGS},
    {"pyobject_vectorcall", pyobject_vectorcall, METH_VARARGS},
    {"pyvectorcall_call", pyvectorcall_call, METH_VARARGS},
    {"bad_get", (PyCFunction)(void (*)(void))bad_get, METH_FASTCALL},
    {NULL},
};

int testcapi_add_call_functions(PyObject *module)
{
    Derived_Type.tp_base = NopGet_Type.tp_base = Second_Type.tp_base = &Base_Type;
    if (PyModule_AddFunctions(module, functions) < 0 || testcapi_add_type(module, "MethodDescriptorBase", &Base_Type) < 0 ||
        testcapi_add_type(module, "MethodDescriptorDerived", &Derived_Type) < 0 ||
        testcapi_add_type(module, "MethodDescriptorNopGet", &NopGet_Type) < 0 ||
        testcapi_add_type(module, "MethodDescriptor2", &Second_Type) < 0)
        return -1;
    return testcapi_add_type(module, "instancemethod", &PyInstanceMethod_Type);
}
