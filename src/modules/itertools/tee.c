/* SPDX-License-Identifier: MIT */
/* itertools: groupby, tee, and the module.
 *
 * tee: the items that were read stand in a chain of blocks; each copy points into the chain, and a block lives as long
 * as something points to it or to a block before it.
 *
 *   _tee {data, index} -> _tee_dataobject {it, values[0..BLOCK-1], read, next} -> _tee_dataobject ...
 *
 * Tests: tests/modules/test_itertools_native.py.
 */
#include "itertools.h"

#include <stddef.h>

/* ---- groupby ------------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyObject *it;
    PyObject *fn;         /* key function, or None */
    PyObject *group_key;  /* key of the group given last; NULL at the start */
    PyObject *key, *item; /* what was read last; item is NULL once given to a group */
    const void *grouper;  /* the group that may read on: for comparing only */
} Groupby;

typedef struct {
    PyObject_HEAD
    PyObject *parent;
    PyObject *key;
} Grouper;

#define GROUPBY_FIELDS(ROW) ROW(it) ROW(fn) ROW(group_key) ROW(key) ROW(item)
DEFINE_GC(groupby, Groupby, GROUPBY_FIELDS)
#define GROUPER_FIELDS(ROW) ROW(parent) ROW(key)
DEFINE_GC(grouper, Grouper, GROUPER_FIELDS)

static PyObject *groupby_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"iterable", "key", NULL};
    PyObject *iterable, *fn = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|O:groupby", keywords, &iterable, &fn))
        return NULL;
    PyObject *it = PyObject_GetIter(iterable);
    Groupby *self = it ? (Groupby *)type->tp_alloc(type, 0) : NULL;
    if (self == NULL) {
        Py_XDECREF(it);
        return NULL;
    }
    self->it = it;
    self->fn = newref(fn);
    return (PyObject *)self;
}

/* Read an item and its key. 0, or -1 at the end or on error. */
static int groupby_read(Groupby *self)
{
    PyObject *item = PyIter_Next(self->it), *key;
    if (item == NULL)
        return -1;
    key = self->fn == Py_None ? newref(item) : call1(self->fn, item);
    if (key == NULL) {
        Py_DECREF(item);
        return -1;
    }
    Py_XSETREF(self->item, item);
    Py_XSETREF(self->key, key);
    return 0;
}

/* 1, 0, -1. Runs code; keeps both alive meanwhile. */
static int same_key(PyObject *a, PyObject *b)
{
    Py_INCREF(a);
    Py_INCREF(b);
    int same = PyObject_RichCompareBool(a, b, Py_EQ);
    Py_DECREF(a);
    Py_DECREF(b);
    return same;
}

static PyObject *make_grouper(Groupby *parent, PyObject *key)
{
    Grouper *self = PyObject_GC_New(Grouper, &tai_itertools_grouper);
    if (self == NULL)
        return NULL;
    self->parent = newref((PyObject *)parent);
    self->key = newref(key);
    parent->grouper = self;
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

static PyObject *groupby_next(Groupby *self)
{
    self->grouper = NULL;
    /* Skip what is left of the group given last. */
    for (;;) {
        if (self->key != NULL) {
            if (self->group_key == NULL)
                break;
            int same = same_key(self->group_key, self->key);
            if (same < 0)
                return NULL;
            if (same == 0)
                break;
        }
        if (groupby_read(self) < 0)
            return NULL;
    }
    Py_INCREF(self->key);
    Py_XSETREF(self->group_key, self->key);
    PyObject *group = make_grouper(self, self->group_key), *result;
    if (group == NULL)
        return NULL;
    result = PyTuple_Pack(2, self->key, group);
    Py_DECREF(group);
    return result;
}

static PyObject *groupby_reduce(Groupby *self, PyObject *unused)
{
    if (self->group_key && self->key && self->item)
        return Py_BuildValue("O(OO)(OOO)", Py_TYPE(self), self->it, self->fn, self->key, self->item, self->group_key);
    return Py_BuildValue("O(OO)", Py_TYPE(self), self->it, self->fn);
}

static PyObject *groupby_setstate(Groupby *self, PyObject *state)
{
    PyObject *key, *item, *group_key;
    if (!state_is_tuple(state) || !PyArg_ParseTuple(state, "OOO", &key, &item, &group_key))
        return NULL;
    Py_INCREF(key);
    Py_XSETREF(self->key, key);
    Py_INCREF(item);
    Py_XSETREF(self->item, item);
    Py_INCREF(group_key);
    Py_XSETREF(self->group_key, group_key);
    Py_RETURN_NONE;
}

static PyMethodDef groupby_methods[] = {
    {"__reduce__", (PyCFunction)groupby_reduce, METH_NOARGS, REDUCE_DOC},
    {"__setstate__", (PyCFunction)groupby_setstate, METH_O, SETSTATE_DOC},
    {NULL},
};

PyTypeObject tai_itertools_groupby = {
    ITER_SLOTS(groupby, Groupby),
    .tp_doc = PyDoc_STR("groupby(iterable, key=None)\n--\n\n"
                        "Pairs (key, iterator over a run of items with that key).\n\n"
                        "key computes it from an item; by default the item is its own key. Asking for the next pair ends the run."),
};

static PyObject *grouper_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *parent, *key;
    if (!_PyArg_NoKeywords("_grouper", kwds) ||
        !PyArg_ParseTuple(args, "O!O:_grouper", &tai_itertools_groupby, &parent, &key))
        return NULL;
    return make_grouper((Groupby *)parent, key);
}

static PyObject *grouper_next(Grouper *self)
{
    Groupby *parent = (Groupby *)self->parent;
    if (parent->grouper != self)
        return NULL;
    if (parent->item == NULL && groupby_read(parent) < 0)
        return NULL;
    int same = same_key(self->key, parent->key);
    if (same <= 0)
        return NULL;
    PyObject *item = parent->item;
    parent->item = NULL;
    return item;
}

static PyObject *grouper_reduce(Grouper *self, PyObject *unused)
{
    if (((Groupby *)self->parent)->grouper == self)
        return Py_BuildValue("O(OO)", Py_TYPE(self), self->parent, self->key);
    PyObject *empty = PyTuple_New(0), *it = empty ? PyObject_GetIter(empty) : NULL, *result;
    Py_XDECREF(empty);
    if (it == NULL)
        return NULL;
    result = PyObject_CallMethod(it, "__reduce__", NULL); /* (iter, ((),)) */
    Py_DECREF(it);
    return result;
}

static PyMethodDef grouper_methods[] = {
    {"__reduce__", (PyCFunction)grouper_reduce, METH_NOARGS, REDUCE_DOC},
    {NULL},
};

PyTypeObject tai_itertools_grouper = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "itertools._grouper",
    .tp_basicsize = sizeof(Grouper),
    .tp_dealloc = (destructor)grouper_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)grouper_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)grouper_next,
    .tp_methods = grouper_methods,
    .tp_new = grouper_new,
    .tp_free = PyObject_GC_Del,
};

/* ---- tee ----------------------------------------------------------------------------------------------------- */

enum { BLOCK = 57 }; /* with the header it fills 512 bytes */

typedef struct TeeData {
    PyObject_HEAD
    PyObject *it;
    int read;    /* values in use */
    int running; /* `it` is being asked: it must not ask for its own copies */
    struct TeeData *next;
    PyObject *values[BLOCK];
} TeeData;

typedef struct {
    PyObject_HEAD
    TeeData *data;
    int index;
    PyObject *weakreflist;
} Tee;

static TeeData *tee_data_make(PyObject *it)
{
    TeeData *self = PyObject_GC_New(TeeData, &tai_itertools_tee_data);
    if (self == NULL)
        return NULL;
    self->it = newref(it);
    self->read = self->running = 0;
    self->next = NULL;
    PyObject_GC_Track(self);
    return self;
}

/* Releases a chain of blocks without recursion, as far as nobody else holds them. */
static void free_chain(TeeData *block)
{
    while (block != NULL && Py_REFCNT(block) == 1) {
        TeeData *next = block->next;
        block->next = NULL;
        Py_DECREF(block);
        block = next;
    }
    Py_XDECREF(block);
}

static int tee_data_clear(TeeData *self)
{
    TeeData *next = self->next;
    int read = self->read;
    self->next = NULL;
    self->read = 0;
    Py_CLEAR(self->it);
    for (int i = 0; i < read; i++)
        Py_DECREF(self->values[i]);
    free_chain(next);
    return 0;
}

static void tee_data_dealloc(TeeData *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, tee_data_dealloc)
    tee_data_clear(self);
    PyObject_GC_Del(self);
    Py_TRASHCAN_END
}

static int tee_data_traverse(TeeData *self, visitproc visit, void *arg)
{
    Py_VISIT(self->it);
    for (int i = 0; i < self->read; i++)
        Py_VISIT(self->values[i]);
    Py_VISIT(self->next);
    return 0;
}

/* Value i, read if need be; new reference, NULL at the end or on error. Runs code. */
static PyObject *tee_data_get(TeeData *self, int i)
{
    if (i < self->read)
        return newref(self->values[i]);
    if (self->running)
        return raise_error(PyExc_RuntimeError, "cannot re-enter the tee iterator");
    Py_INCREF(self); /* the iterator's code may give the tee another block */
    self->running = 1;
    PyObject *value = self->it ? PyIter_Next(self->it) : NULL;
    self->running = 0;
    if (value != NULL)
        self->values[self->read++] = newref(value);
    Py_DECREF(self);
    return value;
}

/* The block after a full one; new reference. */
static TeeData *tee_data_next(TeeData *self)
{
    if (self->next == NULL)
        self->next = tee_data_make(self->it);
    return (TeeData *)newref((PyObject *)self->next);
}

static PyObject *tee_data_reduce(TeeData *self, PyObject *unused)
{
    PyObject *values = PyList_New(self->read);
    if (values == NULL)
        return NULL;
    for (int i = 0; i < self->read; i++)
        PyList_SET_ITEM(values, i, newref(self->values[i]));
    return Py_BuildValue("O(ONO)", Py_TYPE(self), self->it, values, self->next ? (PyObject *)self->next : Py_None);
}

static PyObject *tee_data_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *it, *values, *next;
    if (!_PyArg_NoKeywords("_tee_dataobject", kwds) ||
        !PyArg_ParseTuple(args, "OO!O:_tee_dataobject", &it, &PyList_Type, &values, &next))
        return NULL;
    TeeData *self = tee_data_make(it);
    if (self == NULL)
        return NULL;
    Py_ssize_t n = PyList_GET_SIZE(values);
    if (n > BLOCK || (n < BLOCK && next != Py_None) ||
        (next != Py_None && Py_TYPE(next) != &tai_itertools_tee_data)) {
        Py_DECREF(self);
        return raise_error(PyExc_ValueError, "Invalid arguments");
    }
    for (Py_ssize_t i = 0; i < n; i++)
        self->values[i] = newref(PyList_GET_ITEM(values, i));
    self->read = (int)n;
    if (next != Py_None)
        self->next = (TeeData *)newref(next);
    return (PyObject *)self;
}

static PyMethodDef tee_data_methods[] = {
    {"__reduce__", (PyCFunction)tee_data_reduce, METH_NOARGS, REDUCE_DOC},
    {NULL},
};

PyTypeObject tai_itertools_tee_data = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "itertools._tee_dataobject",
    .tp_basicsize = sizeof(TeeData),
    .tp_dealloc = (destructor)tee_data_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = PyDoc_STR("teedataobject(iterable, values, next, /)\n--\n\nItems that several tee iterators share."),
    .tp_traverse = (traverseproc)tee_data_traverse,
    .tp_clear = (inquiry)tee_data_clear,
    .tp_methods = tee_data_methods,
    .tp_new = tee_data_new,
    .tp_free = PyObject_GC_Del,
};

static Tee *tee_make(TeeData *data_steal, int index)
{
    Tee *self = data_steal ? PyObject_GC_New(Tee, &tai_itertools_tee) : NULL;
    if (self == NULL) {
        Py_XDECREF(data_steal);
        return NULL;
    }
    self->data = data_steal;
    self->index = index;
    self->weakreflist = NULL;
    PyObject_GC_Track(self);
    return self;
}

static PyObject *tee_copy(Tee *self, PyObject *unused)
{
    return (PyObject *)tee_make((TeeData *)newref((PyObject *)self->data), self->index);
}

static PyObject *tee_from_iterable(PyObject *iterable)
{
    PyObject *it = PyObject_GetIter(iterable), *result;
    if (it == NULL)
        return NULL;
    if (PyObject_TypeCheck(it, &tai_itertools_tee))
        result = tee_copy((Tee *)it, NULL);
    else
        result = (PyObject *)tee_make(tee_data_make(it), 0);
    Py_DECREF(it);
    return result;
}

static PyObject *tee_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (!_PyArg_NoKeywords("_tee", kwds) || !_PyArg_CheckPositional("_tee", PyTuple_GET_SIZE(args), 1, 1))
        return NULL;
    return tee_from_iterable(PyTuple_GET_ITEM(args, 0));
}

static int tee_clear(Tee *self)
{
    Py_CLEAR(self->data);
    return 0;
}

static void tee_dealloc(Tee *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, tee_dealloc)
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs((PyObject *)self);
    tee_clear(self);
    PyObject_GC_Del(self);
    Py_TRASHCAN_END
}

static int tee_traverse(Tee *self, visitproc visit, void *arg)
{
    Py_VISIT(self->data);
    return 0;
}

static PyObject *tee_next(Tee *self)
{
    if (self->index >= BLOCK) {
        TeeData *next = tee_data_next(self->data);
        if (next == NULL)
            return NULL;
        Py_SETREF(self->data, next);
        self->index = 0;
    }
    PyObject *value = tee_data_get(self->data, self->index);
    if (value != NULL)
        self->index++;
    return value;
}

static PyObject *tee_reduce(Tee *self, PyObject *unused)
{
    return Py_BuildValue("O(())(Oi)", Py_TYPE(self), self->data, self->index);
}

static PyObject *tee_setstate(Tee *self, PyObject *state)
{
    PyObject *data;
    int index;
    if (!state_is_tuple(state) || !PyArg_ParseTuple(state, "O!i", &tai_itertools_tee_data, &data, &index))
        return NULL;
    if (index < 0 || index > BLOCK || index > ((TeeData *)data)->read)
        return raise_error(PyExc_ValueError, "Index out of range");
    Py_INCREF(data);
    Py_XSETREF(self->data, (TeeData *)data);
    self->index = index;
    Py_RETURN_NONE;
}

static PyMethodDef tee_methods[] = {
    {"__copy__", (PyCFunction)tee_copy, METH_NOARGS, PyDoc_STR("An independent iterator.")},
    {"__reduce__", (PyCFunction)tee_reduce, METH_NOARGS, REDUCE_DOC},
    {"__setstate__", (PyCFunction)tee_setstate, METH_O, SETSTATE_DOC},
    {NULL},
};

PyTypeObject tai_itertools_tee = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "itertools._tee",
    .tp_basicsize = sizeof(Tee),
    .tp_dealloc = (destructor)tee_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = PyDoc_STR("_tee(iterable, /)\n--\n\nAn iterator that can be copied."),
    .tp_traverse = (traverseproc)tee_traverse,
    .tp_clear = (inquiry)tee_clear,
    .tp_weaklistoffset = offsetof(Tee, weakreflist),
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)tee_next,
    .tp_methods = tee_methods,
    .tp_new = tee_new,
    .tp_free = PyObject_GC_Del,
};

static PyObject *make_tee(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    _Py_IDENTIFIER(__copy__);
    Py_ssize_t n = 2;
    PyObject *iterable, *it, *copy, *result;
    if (!_PyArg_CheckPositional("tee", nargs, 1, 2) || !_PyArg_ParseStack(args, nargs, "O|n:tee", &iterable, &n))
        return NULL;
    if (n < 0)
        return raise_error(PyExc_ValueError, "n must be >= 0");
    if ((result = PyTuple_New(n)) == NULL || n == 0)
        return result;
    if ((it = PyObject_GetIter(iterable)) == NULL)
        goto error;
    if (_PyObject_LookupAttrId(it, &PyId___copy__, &copy) < 0)
        goto error;
    if (copy == NULL) {
        Py_SETREF(it, tee_from_iterable(it));
        if (it == NULL || (copy = _PyObject_GetAttrId(it, &PyId___copy__)) == NULL)
            goto error;
    }
    PyTuple_SET_ITEM(result, 0, it);
    for (Py_ssize_t i = 1; i < n; i++) {
        PyObject *twin = _PyObject_CallNoArg(copy);
        if (twin == NULL) {
            Py_DECREF(copy);
            Py_DECREF(result);
            return NULL;
        }
        PyTuple_SET_ITEM(result, i, twin);
    }
    Py_DECREF(copy);
    return result;
error:
    Py_XDECREF(it);
    Py_DECREF(result);
    return NULL;
}

/* ---- module -------------------------------------------------------------------------------------------------- */

static PyMethodDef methods[] = {
    {"tee", (PyCFunction)(void (*)(void))make_tee, METH_FASTCALL,
     PyDoc_STR("tee($module, iterable, n=2, /)\n--\n\nA tuple of n independent iterators over the same items.")},
    {NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "itertools",
    PyDoc_STR("Building blocks for loops.\n\n"
              "Without end: count, cycle, repeat.\n"
              "Through one or more inputs: accumulate, chain, compress, dropwhile, filterfalse, groupby, islice, starmap,\n"
              "takewhile, tee, zip_longest.\n"
              "Arrangements: product, permutations, combinations, combinations_with_replacement."),
    -1, methods,
};

PyMODINIT_FUNC PyInit_itertools(void)
{
#define TYPE_ROW(NAME) {#NAME, &tai_itertools_##NAME},
    static const struct { const char *name; PyTypeObject *type; } types[] = {
        ITERTOOLS_TYPES(TYPE_ROW)
        {"_grouper", &tai_itertools_grouper},
        {"_tee", &tai_itertools_tee},
        {"_tee_dataobject", &tai_itertools_tee_data},
    };
    PyObject *module = PyModule_Create(&definition);
    for (size_t i = 0; module != NULL && i < sizeof(types) / sizeof(types[0]); i++) {
        Py_INCREF(types[i].type);
        if (PyType_Ready(types[i].type) < 0 || PyModule_AddObject(module, types[i].name, (PyObject *)types[i].type) < 0)
            Py_CLEAR(module);
    }
    return module;
}
