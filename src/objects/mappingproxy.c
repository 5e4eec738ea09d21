/* SPDX-License-Identifier: MIT */
/* mappingproxy: a read-only view of a mapping; what C.__dict__ gives. Everything is passed on to the mapping. */
#include "objects/object.h"
#include "runtime/gc.h"
#include "runtime/recursion.h"

_Py_IDENTIFIER(copy);
_Py_IDENTIFIER(get);
_Py_IDENTIFIER(items);
_Py_IDENTIFIER(keys);
_Py_IDENTIFIER(values);

typedef struct {
    PyObject_HEAD
    PyObject *mapping;
} ProxyObject;

#define MAPPING(self) (((ProxyObject *)(self))->mapping)

/* The mapping (borrowed), which may be another proxy: NULL with RecursionError if the C stack runs out. */
static PyObject *mapping_of(PyObject *self)
{
    return tai_need_stack(" while asking a mappingproxy") < 0 ? NULL : MAPPING(self);
}

static Py_ssize_t proxy_len(PyObject *self)
{
    PyObject *mapping = mapping_of(self);
    return mapping ? PyObject_Size(mapping) : -1;
}

static PyObject *proxy_getitem(PyObject *self, PyObject *key)
{
    PyObject *mapping = mapping_of(self);
    return mapping ? PyObject_GetItem(mapping, key) : NULL;
}

static int proxy_contains(PyObject *self, PyObject *key)
{
    PyObject *mapping = mapping_of(self);
    if (mapping == NULL)
        return -1;
    return PyDict_CheckExact(mapping) ? PyDict_Contains(mapping, key) : PySequence_Contains(mapping, key);
}

static PyObject *proxy_get(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *key, *fallback = Py_None;
    if (!_PyArg_UnpackStack(args, nargs, "get", 1, 2, &key, &fallback))
        return NULL;
    PyObject *mapping = mapping_of(self);
    return mapping ? _PyObject_CallMethodIdObjArgs(mapping, &PyId_get, key, fallback, NULL) : NULL;
}

static PyObject *call_mapping(PyObject *self, _Py_Identifier *method)
{
    PyObject *mapping = mapping_of(self);
    return mapping ? _PyObject_CallMethodIdObjArgs(mapping, method, NULL) : NULL;
}

static PyObject *proxy_keys(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return call_mapping(self, &PyId_keys);
}

static PyObject *proxy_values(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return call_mapping(self, &PyId_values);
}

static PyObject *proxy_items(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return call_mapping(self, &PyId_items);
}

static PyObject *proxy_copy(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return call_mapping(self, &PyId_copy);
}

static PyObject *proxy_iter(PyObject *self)
{
    PyObject *mapping = mapping_of(self);
    return mapping ? PyObject_GetIter(mapping) : NULL;
}

static PyObject *proxy_str(PyObject *self)
{
    PyObject *mapping = mapping_of(self);
    return mapping ? PyObject_Str(mapping) : NULL;
}

static PyObject *proxy_repr(PyObject *self)
{
    return PyUnicode_FromFormat("mappingproxy(%R)", MAPPING(self));
}

static PyObject *proxy_richcompare(PyObject *self, PyObject *other, int op)
{
    return PyObject_RichCompare(MAPPING(self), other, op);
}

static int proxy_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(MAPPING(self));
    return 0;
}

static void proxy_dealloc(PyObject *self)
{
    tai_gc_untrack_if(self);
    Py_TRASHCAN_BEGIN(self, proxy_dealloc)
    Py_DECREF(MAPPING(self));
    PyObject_GC_Del(self);
    Py_TRASHCAN_END
}

PyObject *PyDictProxy_New(PyObject *mapping)
{
    ProxyObject *self;
    if (!PyMapping_Check(mapping) || PyList_Check(mapping) || PyTuple_Check(mapping)) {
        PyErr_Format(PyExc_TypeError, "mappingproxy() argument must be a mapping, not %s", Py_TYPE(mapping)->tp_name);
        return NULL;
    }
    self = PyObject_GC_New(ProxyObject, &PyDictProxy_Type);
    if (self == NULL)
        return NULL;
    Py_INCREF(mapping);
    self->mapping = mapping;
    tai_gc_track(self);
    return (PyObject *)self;
}

static PyObject *proxy_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"mapping", NULL};
    PyObject *mapping;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:mappingproxy", keywords, &mapping))
        return NULL;
    return PyDictProxy_New(mapping);
}

static PyMappingMethods proxy_as_mapping = {.mp_length = proxy_len, .mp_subscript = proxy_getitem};
static PySequenceMethods proxy_as_sequence = {.sq_contains = proxy_contains};

static PyMethodDef proxy_methods[] = {
    {"get", (PyCFunction)(void (*)(void))proxy_get, METH_FASTCALL,
     "D.get(k[,d]) -> D[k] if k is there, else d (None if not given)."},
    {"keys", proxy_keys, METH_NOARGS, "D.keys() -> a view of the keys of D"},
    {"values", proxy_values, METH_NOARGS, "D.values() -> a view of the values of D"},
    {"items", proxy_items, METH_NOARGS, "D.items() -> a view of the pairs (key, value) of D"},
    {"copy", proxy_copy, METH_NOARGS, "D.copy() -> a shallow copy of the mapping behind D"},
    {NULL},
};

PyTypeObject PyDictProxy_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "mappingproxy",
    .tp_doc = PyDoc_STR("A view of a mapping that cannot be changed through it."),
    .tp_basicsize = sizeof(ProxyObject),
    .tp_dealloc = proxy_dealloc,
    .tp_repr = proxy_repr,
    .tp_as_sequence = &proxy_as_sequence,
    .tp_as_mapping = &proxy_as_mapping,
    .tp_str = proxy_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = proxy_traverse,
    .tp_richcompare = proxy_richcompare,
    .tp_iter = proxy_iter,
    .tp_methods = proxy_methods,
    .tp_new = proxy_new,
};
