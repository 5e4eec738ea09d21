/* SPDX-License-Identifier: MIT */
/* map, filter and zip: iterators that wrap iterators.
 *
 * zip reuses its result tuple when nobody else kept it; map calls with arguments on the C stack.
 * Tests: tests/modules/test_builtins.py
 */
#include "modules/builtins.h"
#include "runtime/gc.h"
#include "runtime/recursion.h"

#define LIKELY(x) __builtin_expect(!!(x), 1)

static int no_keywords(PyTypeObject *type, PyTypeObject *base, const char *name, PyObject *kwds)
{
    return type != base || _PyArg_NoKeywords(name, kwds);
}

/* tuple of iter(args[i]) for i >= first; new or NULL */
static PyObject *iterators(PyObject *args, Py_ssize_t first)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args) - first;
    PyObject *its = PyTuple_New(n);
    for (Py_ssize_t i = 0; its && i < n; i++) {
        PyObject *it = PyObject_GetIter(PyTuple_GET_ITEM(args, first + i));
        if (it == NULL)
            Py_CLEAR(its);
        else
            PyTuple_SET_ITEM(its, i, it);
    }
    return its;
}

/* ---- map ---- */

typedef struct {
    PyObject_HEAD
    PyObject *iters; /* tuple of iterators */
    PyObject *func;
} MapObject;

static PyObject *map_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (!no_keywords(type, &PyMap_Type, "map", kwds))
        return NULL;
    if (PyTuple_GET_SIZE(args) < 2) {
        PyErr_SetString(PyExc_TypeError, "map() must have at least two arguments.");
        return NULL;
    }
    PyObject *its = iterators(args, 1);
    MapObject *self = its ? (MapObject *)type->tp_alloc(type, 0) : NULL;
    if (self == NULL) {
        Py_XDECREF(its);
        return NULL;
    }
    self->iters = its;
    self->func = PyTuple_GET_ITEM(args, 0);
    Py_INCREF(self->func);
    return (PyObject *)self;
}

static void map_dealloc(MapObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, map_dealloc)
    Py_XDECREF(self->iters);
    Py_XDECREF(self->func);
    Py_TYPE(self)->tp_free(self);
    Py_TRASHCAN_END
}

static int map_traverse(MapObject *self, visitproc visit, void *arg)
{
    Py_VISIT(self->iters);
    Py_VISIT(self->func);
    return 0;
}

#define MAP_INLINE 6

static PyObject *map_next(MapObject *self)
{
    PyObject *small[MAP_INLINE + 1], **stack = small, *result = NULL;
    Py_ssize_t n = PyTuple_GET_SIZE(self->iters), got = 0;
    if (n > MAP_INLINE && (stack = PyMem_Malloc((size_t)(n + 1) * sizeof *stack)) == NULL)
        return PyErr_NoMemory();
    for (; got < n; got++) {
        PyObject *it = PyTuple_GET_ITEM(self->iters, got);
        if ((stack[got + 1] = tai_next_item(it)) == NULL)
            goto done;
    }
    result = _PyObject_Vectorcall(self->func, stack + 1, (size_t)n | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
done:
    for (Py_ssize_t i = 0; i < got; i++)
        Py_DECREF(stack[i + 1]);
    if (stack != small)
        PyMem_Free(stack);
    return result;
}

static PyObject *map_reduce(MapObject *self, PyObject *unused)
{
    Py_ssize_t n = PyTuple_GET_SIZE(self->iters);
    PyObject *args = PyTuple_New(n + 1);
    if (args == NULL)
        return NULL;
    Py_INCREF(self->func);
    PyTuple_SET_ITEM(args, 0, self->func);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *it = PyTuple_GET_ITEM(self->iters, i);
        Py_INCREF(it);
        PyTuple_SET_ITEM(args, i + 1, it);
    }
    return Py_BuildValue("ON", Py_TYPE(self), args);
}

PyDoc_STRVAR(reduce_doc, "How to pickle it: its type and arguments.");

static PyMethodDef map_methods[] = {{"__reduce__", (PyCFunction)map_reduce, METH_NOARGS, reduce_doc}, {NULL, NULL}};

PyDoc_STRVAR(map_doc, "map(func, *iterables) --> map object\n\n"
             "Yields func(a, b, ...) for the first items of all iterables, then for the second ones, until one of them ends.");

PyTypeObject PyMap_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "map",
    .tp_basicsize = sizeof(MapObject),
    .tp_dealloc = (destructor)map_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = map_doc,
    .tp_traverse = (traverseproc)map_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)map_next,
    .tp_methods = map_methods,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = map_new,
    .tp_free = PyObject_GC_Del,
};

/* ---- filter ---- */

typedef struct {
    PyObject_HEAD
    PyObject *func;
    PyObject *it;
} FilterObject;

static PyObject *filter_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *func, *seq;
    if (!no_keywords(type, &PyFilter_Type, "filter", kwds) || !PyArg_UnpackTuple(args, "filter", 2, 2, &func, &seq))
        return NULL;
    PyObject *it = PyObject_GetIter(seq);
    FilterObject *self = it ? (FilterObject *)type->tp_alloc(type, 0) : NULL;
    if (self == NULL) {
        Py_XDECREF(it);
        return NULL;
    }
    Py_INCREF(func);
    self->func = func;
    self->it = it;
    return (PyObject *)self;
}

static void filter_dealloc(FilterObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, filter_dealloc)
    Py_XDECREF(self->func);
    Py_XDECREF(self->it);
    Py_TYPE(self)->tp_free(self);
    Py_TRASHCAN_END
}

static int filter_traverse(FilterObject *self, visitproc visit, void *arg)
{
    Py_VISIT(self->func);
    Py_VISIT(self->it);
    return 0;
}

static PyObject *filter_next(FilterObject *self)
{
    PyObject *it = self->it;
    iternextfunc next = Py_TYPE(it)->tp_iternext;
    if (tai_need_stack(" while asking an iterator") < 0)
        return NULL;
    int truth = self->func == Py_None || self->func == (PyObject *)&PyBool_Type;
    for (;;) {
        PyObject *item = next(it);
        if (item == NULL)
            return NULL;
        int ok;
        if (truth) {
            ok = PyObject_IsTrue(item);
        } else {
            PyObject *stack[2] = {NULL, item};
            PyObject *good = _PyObject_Vectorcall(self->func, stack + 1, 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
            if (good == NULL) {
                Py_DECREF(item);
                return NULL;
            }
            ok = good == Py_True ? 1 : good == Py_False ? 0 : PyObject_IsTrue(good);
            Py_DECREF(good);
        }
        if (ok > 0)
            return item;
        Py_DECREF(item);
        if (ok < 0)
            return NULL;
    }
}

static PyObject *filter_reduce(FilterObject *self, PyObject *unused)
{
    return Py_BuildValue("O(OO)", Py_TYPE(self), self->func, self->it);
}

static PyMethodDef filter_methods[] = {{"__reduce__", (PyCFunction)filter_reduce, METH_NOARGS, reduce_doc}, {NULL, NULL}};

PyDoc_STRVAR(filter_doc, "filter(function or None, iterable) --> filter object\n\n"
             "Yields the items for which function(item) is true; with None, the items that are true.");

PyTypeObject PyFilter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "filter",
    .tp_basicsize = sizeof(FilterObject),
    .tp_dealloc = (destructor)filter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = filter_doc,
    .tp_traverse = (traverseproc)filter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)filter_next,
    .tp_methods = filter_methods,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = filter_new,
    .tp_free = PyObject_GC_Del,
};

/* ---- zip ---- */

typedef struct {
    PyObject_HEAD
    Py_ssize_t size;
    PyObject *iters;  /* tuple of iterators */
    PyObject *result; /* tuple that may be handed out again if its count is 1 */
} ZipObject;

static PyObject *zip_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (!no_keywords(type, &PyZip_Type, "zip", kwds))
        return NULL;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    PyObject *its = iterators(args, 0), *result = its ? PyTuple_New(n) : NULL;
    ZipObject *self = result ? (ZipObject *)type->tp_alloc(type, 0) : NULL;
    if (self == NULL) {
        Py_XDECREF(its);
        Py_XDECREF(result);
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_INCREF(Py_None);
        PyTuple_SET_ITEM(result, i, Py_None);
    }
    self->size = n;
    self->iters = its;
    self->result = result;
    return (PyObject *)self;
}

static void zip_dealloc(ZipObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, zip_dealloc)
    Py_XDECREF(self->iters);
    Py_XDECREF(self->result);
    Py_TYPE(self)->tp_free(self);
    Py_TRASHCAN_END
}

static int zip_traverse(ZipObject *self, visitproc visit, void *arg)
{
    Py_VISIT(self->iters);
    Py_VISIT(self->result);
    return 0;
}

/* Items into the shared result, which is ours alone. */
static PyObject *zip_reuse(ZipObject *self)
{
    PyObject *result = self->result;
    Py_INCREF(result);
    for (Py_ssize_t i = 0; i < self->size; i++) {
        PyObject *it = PyTuple_GET_ITEM(self->iters, i), *item = tai_next_item(it);
        if (item == NULL) {
            Py_DECREF(result);
            return NULL;
        }
        PyObject *old = PyTuple_GET_ITEM(result, i);
        PyTuple_SET_ITEM(result, i, item);
        Py_DECREF(old);
    }
    /* the collector may have let go of it while it held only simple things */
    if (!tai_gc_is_tracked(result))
        tai_gc_track(result);
    return result;
}

static PyObject *zip_next(ZipObject *self)
{
    if (self->size == 0)
        return NULL;
    if (Py_REFCNT(self->result) == 1)
        return zip_reuse(self);
    PyObject *result = PyTuple_New(self->size);
    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < self->size; i++) {
        PyObject *it = PyTuple_GET_ITEM(self->iters, i), *item = tai_next_item(it);
        if (item == NULL) {
            Py_DECREF(result);
            return NULL;
        }
        PyTuple_SET_ITEM(result, i, item);
    }
    return result;
}

static PyObject *zip_reduce(ZipObject *self, PyObject *unused)
{
    return self->iters ? PyTuple_Pack(2, Py_TYPE(self), self->iters) : Py_BuildValue("O()", Py_TYPE(self));
}

static PyMethodDef zip_methods[] = {{"__reduce__", (PyCFunction)zip_reduce, METH_NOARGS, reduce_doc}, {NULL, NULL}};

PyDoc_STRVAR(zip_doc, "zip(*iterables) --> A zip object yielding tuples until an input is exhausted.\n\n"
             "The first tuple holds the first item of every iterable, the second one the second items, and so on.\n\n"
             ">>> list(zip('ab', range(5)))\n[('a', 0), ('b', 1)]");

PyTypeObject PyZip_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "zip",
    .tp_basicsize = sizeof(ZipObject),
    .tp_dealloc = (destructor)zip_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = zip_doc,
    .tp_traverse = (traverseproc)zip_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)zip_next,
    .tp_methods = zip_methods,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = zip_new,
    .tp_free = PyObject_GC_Del,
};
