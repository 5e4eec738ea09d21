/* SPDX-License-Identifier: MIT */
/* _collections: defaultdict, the field descriptor of named tuples, the counting loop of Counter, and the module itself.
 * deque is in deque.c, OrderedDict is a type of the core (objects/odict.c).
 * Tests: tests/modules/test_small_natives.py.
 */
#include "collections.h"
#include "structmember.h"

#include <stddef.h>

static PyObject *newref(PyObject *op)
{
    Py_XINCREF(op);
    return op;
}

/* ---- defaultdict --------------------------------------------------------------------------------------------- */

typedef struct {
    PyDictObject dict;
    PyObject *factory; /* NULL or None: missing keys are errors */
} DefaultDict;

#define DEFAULTDICT(op) ((DefaultDict *)(op))

static PyObject *dd_missing(PyObject *self, PyObject *key)
{
    PyObject *factory = DEFAULTDICT(self)->factory, *value;
    if (factory == NULL || factory == Py_None) {
        PyObject *args = PyTuple_Pack(1, key); /* the key may be a tuple itself */
        if (args != NULL) {
            PyErr_SetObject(PyExc_KeyError, args);
            Py_DECREF(args);
        }
        return NULL;
    }
    if ((value = _PyObject_CallNoArg(factory)) == NULL)
        return NULL;
    if (PyObject_SetItem(self, key, value) < 0)
        Py_CLEAR(value);
    return value;
}

static PyObject *dd_copy(PyObject *self, PyObject *unused)
{
    PyObject *factory = DEFAULTDICT(self)->factory;
    return PyObject_CallFunctionObjArgs((PyObject *)Py_TYPE(self), factory ? factory : Py_None, self, NULL);
}

/* (type, (factory,) or (), None, None, iterator over the items) */
static PyObject *dd_reduce(PyObject *self, PyObject *unused)
{
    _Py_IDENTIFIER(items);
    PyObject *factory = DEFAULTDICT(self)->factory, *items, *iter, *args;
    args = factory == NULL || factory == Py_None ? PyTuple_New(0) : PyTuple_Pack(1, factory);
    if (args == NULL)
        return NULL;
    items = _PyObject_CallMethodIdObjArgs(self, &PyId_items, NULL);
    iter = items ? PyObject_GetIter(items) : NULL;
    Py_XDECREF(items);
    if (iter == NULL) {
        Py_DECREF(args);
        return NULL;
    }
    return Py_BuildValue("ONOON", Py_TYPE(self), args, Py_None, Py_None, iter);
}

static PyObject *dd_repr(PyObject *self)
{
    PyObject *items = PyDict_Type.tp_repr(self), *factory, *result = NULL;
    if (items == NULL)
        return NULL;
    if (DEFAULTDICT(self)->factory == NULL)
        factory = PyUnicode_FromString("None");
    else {
        int status = Py_ReprEnter(DEFAULTDICT(self)->factory);
        if (status < 0) {
            Py_DECREF(items);
            return NULL;
        }
        factory = status ? PyUnicode_FromString("...") : PyObject_Repr(DEFAULTDICT(self)->factory);
        Py_ReprLeave(DEFAULTDICT(self)->factory);
    }
    if (factory != NULL)
        result = PyUnicode_FromFormat("%s(%U, %U)", _PyType_Name(Py_TYPE(self)), factory, items);
    Py_XDECREF(factory);
    Py_DECREF(items);
    return result;
}

static int dd_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    PyObject *factory = NULL, *rest;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (n > 0) {
        factory = PyTuple_GET_ITEM(args, 0);
        if (!PyCallable_Check(factory) && factory != Py_None) {
            PyErr_SetString(PyExc_TypeError, "first argument must be callable or None");
            return -1;
        }
    }
    if ((rest = PyTuple_GetSlice(args, 1, n)) == NULL)
        return -1;
    Py_XSETREF(DEFAULTDICT(self)->factory, newref(factory));
    int result = PyDict_Type.tp_init(self, rest, kwds);
    Py_DECREF(rest);
    return result;
}

static void dd_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, dd_dealloc)
    Py_CLEAR(DEFAULTDICT(self)->factory);
    PyDict_Type.tp_dealloc(self);
    Py_TRASHCAN_END
}

static int dd_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(DEFAULTDICT(self)->factory);
    return PyDict_Type.tp_traverse(self, visit, arg);
}

static int dd_tp_clear(PyObject *self)
{
    Py_CLEAR(DEFAULTDICT(self)->factory);
    return PyDict_Type.tp_clear(self);
}

static PyMethodDef dd_methods[] = {
    {"__missing__", dd_missing, METH_O,
     PyDoc_STR("__missing__(key): stores what default_factory() makes as the value of key, and returns it;\n"
               "without a factory raises KeyError. Called by self[key] for keys that are not there.")},
    {"copy", dd_copy, METH_NOARGS, PyDoc_STR("D.copy() -> a new one with the same items and factory")},
    {"__copy__", dd_copy, METH_NOARGS, PyDoc_STR("D.copy() -> a new one with the same items and factory")},
    {"__reduce__", dd_reduce, METH_NOARGS, PyDoc_STR("State for pickling.")},
    {NULL},
};

static PyMemberDef dd_members[] = {
    {"default_factory", T_OBJECT, offsetof(DefaultDict, factory), 0, PyDoc_STR("makes the values of missing keys; may be None")},
    {NULL},
};

PyDoc_STRVAR(dd_doc, "defaultdict(default_factory[, ...]) --> dict with default factory\n\n"
                     "self[key], for a key that is not there, first stores default_factory() under it.\n"
                     "The other arguments are those of dict.");

PyTypeObject tai_defaultdict_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "collections.defaultdict",
    .tp_basicsize = sizeof(DefaultDict),
    .tp_dealloc = dd_dealloc,
    .tp_repr = dd_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = dd_doc,
    .tp_traverse = dd_traverse,
    .tp_clear = dd_tp_clear,
    .tp_methods = dd_methods,
    .tp_members = dd_members,
    .tp_init = dd_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_free = PyObject_GC_Del,
};

/* ---- fields of named tuples ---------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    Py_ssize_t index;
    PyObject *doc;
} TupleGetter;

static PyObject *tg_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Py_ssize_t index;
    PyObject *doc;
    if ((type == &tai_tuplegetter_type && !_PyArg_NoKeywords("_tuplegetter", kwds)) ||
        !PyArg_ParseTuple(args, "nO:_tuplegetter", &index, &doc))
        return NULL;
    TupleGetter *self = (TupleGetter *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->index = index;
    self->doc = newref(doc);
    return (PyObject *)self;
}

static PyObject *tg_get(PyObject *op, PyObject *obj, PyObject *type)
{
    Py_ssize_t index = ((TupleGetter *)op)->index;
    if (obj == NULL)
        return newref(op);
    if (!PyTuple_Check(obj)) {
        if (obj == Py_None)
            return newref(op);
        return PyErr_Format(PyExc_TypeError, "descriptor for index '%zd' for tuple subclasses doesn't apply to '%s' object",
                            index, Py_TYPE(obj)->tp_name);
    }
    if ((size_t)index >= (size_t)PyTuple_GET_SIZE(obj)) {
        PyErr_SetString(PyExc_IndexError, "tuple index out of range");
        return NULL;
    }
    return newref(PyTuple_GET_ITEM(obj, index));
}

static int tg_set(PyObject *op, PyObject *obj, PyObject *value)
{
    PyErr_SetString(PyExc_AttributeError, value == NULL ? "can't delete attribute" : "can't set attribute");
    return -1;
}

static int tg_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((TupleGetter *)op)->doc);
    return 0;
}

static int tg_clear(PyObject *op)
{
    Py_CLEAR(((TupleGetter *)op)->doc);
    return 0;
}

static void tg_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    tg_clear(op);
    Py_TYPE(op)->tp_free(op);
}

static PyObject *tg_reduce(PyObject *op, PyObject *unused)
{
    return Py_BuildValue("O(nO)", Py_TYPE(op), ((TupleGetter *)op)->index, ((TupleGetter *)op)->doc);
}

static PyMemberDef tg_members[] = {{"__doc__", T_OBJECT, offsetof(TupleGetter, doc), 0}, {NULL}};
static PyMethodDef tg_methods[] = {{"__reduce__", tg_reduce, METH_NOARGS, NULL}, {NULL}};

PyTypeObject tai_tuplegetter_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_collections._tuplegetter",
    .tp_basicsize = sizeof(TupleGetter),
    .tp_dealloc = tg_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = tg_traverse,
    .tp_clear = tg_clear,
    .tp_methods = tg_methods,
    .tp_members = tg_members,
    .tp_descr_get = tg_get,
    .tp_descr_set = tg_set,
    .tp_new = tg_new,
};

/* ---- counting ------------------------------------------------------------------------------------------------ */

/* Does the mapping use dict's own get() and []? */
static int counts_like_dict(PyObject *mapping)
{
    _Py_IDENTIFIER(get);
    _Py_IDENTIFIER(__setitem__);
    PyTypeObject *type = Py_TYPE(mapping);
    if (!PyDict_Check(mapping))
        return 0;
    if (type == &PyDict_Type)
        return 1;
    PyObject *get = _PyUnicode_FromId(&PyId_get), *set = _PyUnicode_FromId(&PyId___setitem__);
    if (get == NULL || set == NULL) {
        PyErr_Clear();
        return 0;
    }
    return _PyType_Lookup(type, get) == _PyType_Lookup(&PyDict_Type, get) &&
           _PyType_Lookup(type, set) == _PyType_Lookup(&PyDict_Type, set);
}

static int count_in_dict(PyObject *dict, PyObject *iter, PyObject *one)
{
    PyObject *key;
    while ((key = PyIter_Next(iter)) != NULL) {
        Py_hash_t hash = PyObject_Hash(key);
        PyObject *old = hash == -1 ? NULL : _PyDict_GetItem_KnownHash(dict, key, hash), *count = NULL;
        int failed = -1;
        if (old != NULL)
            count = PyNumber_Add(old, one);
        else if (!PyErr_Occurred())
            count = newref(one);
        if (count != NULL)
            failed = _PyDict_SetItem_KnownHash(dict, key, count, hash);
        Py_XDECREF(count);
        Py_DECREF(key);
        if (failed)
            return -1;
    }
    return PyErr_Occurred() ? -1 : 0;
}

static int count_in_mapping(PyObject *mapping, PyObject *iter, PyObject *one)
{
    PyObject *get = PyObject_GetAttrString(mapping, "get"), *zero = PyLong_FromLong(0), *key;
    int failed = get == NULL || zero == NULL;
    while (!failed && (key = PyIter_Next(iter)) != NULL) {
        PyObject *old = PyObject_CallFunctionObjArgs(get, key, zero, NULL), *count = old ? PyNumber_Add(old, one) : NULL;
        failed = count ? PyObject_SetItem(mapping, key, count) : -1;
        Py_XDECREF(old);
        Py_XDECREF(count);
        Py_DECREF(key);
    }
    Py_XDECREF(get);
    Py_XDECREF(zero);
    return failed || PyErr_Occurred() ? -1 : 0;
}

static PyObject *count_elements(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("_count_elements", nargs, 2, 2))
        return NULL;
    PyObject *iter = PyObject_GetIter(args[1]), *one;
    if (iter == NULL)
        return NULL;
    int failed = -1;
    if ((one = PyLong_FromLong(1)) != NULL)
        failed = counts_like_dict(args[0]) ? count_in_dict(args[0], iter, one) : count_in_mapping(args[0], iter, one);
    Py_XDECREF(one);
    Py_DECREF(iter);
    if (failed)
        return NULL;
    Py_RETURN_NONE;
}

/* ---- module -------------------------------------------------------------------------------------------------- */

static PyMethodDef methods[] = {
    {"_count_elements", (PyCFunction)(void (*)(void))count_elements, METH_FASTCALL,
     PyDoc_STR("_count_elements($module, mapping, iterable, /)\n--\n\n"
               "Add to the counts in mapping how often each element occurs in iterable.")},
    {NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_collections",
    PyDoc_STR("Containers in C: deque, defaultdict, OrderedDict, and parts of namedtuple and Counter."), -1, methods,
};

PyMODINIT_FUNC PyInit__collections(void)
{
    const struct { const char *name; PyTypeObject *type; } types[] = {
        {"deque", &tai_deque_type},
        {"defaultdict", &tai_defaultdict_type},
        {"OrderedDict", &PyODict_Type},
        {"_deque_iterator", &tai_deque_iter_type},
        {"_deque_reverse_iterator", &tai_deque_reviter_type},
        {"_tuplegetter", &tai_tuplegetter_type},
    };
    tai_defaultdict_type.tp_base = &PyDict_Type;
    PyObject *module = PyModule_Create(&definition);
    for (size_t i = 0; module != NULL && i < sizeof(types) / sizeof(types[0]); i++) {
        Py_INCREF(types[i].type);
        if (PyType_Ready(types[i].type) < 0 || PyModule_AddObject(module, types[i].name, (PyObject *)types[i].type) < 0)
            Py_CLEAR(module);
    }
    return module;
}
