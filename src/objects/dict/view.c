/* SPDX-License-Identifier: MIT */
/* dict: iterators (forward and reversed, over keys, values and items) and the views keys(), values(), items().
 *
 * An iterator remembers how many items the dict had (`used`); another count means that the dict changed. One step
 * is written once (step) and takes what is wanted and the direction; the six types differ in those two facts.
 * Tests: tests/objects/dict/test_views.py.
 */
#include "objects/dict/keys.h"
#include "objects/dict/ops.h"

_Py_IDENTIFIER(iter);

/* ---- iterators ----------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyDictObject *dict; /* owned; NULL once exhausted */
    Py_ssize_t used;    /* ma_used at the start, -1: will always be "changed" */
    Py_ssize_t pos;     /* next position: entry, or place in the order of a split dict */
    PyObject *pair;     /* items: the last tuple given out, used again if nobody kept it */
    Py_ssize_t left;    /* items not yet given */
} DictIter;

static PyObject *new_iter(PyDictObject *mp, PyTypeObject *type)
{
    int reversed = type == &PyDictRevIterKey_Type || type == &PyDictRevIterValue_Type || type == &PyDictRevIterItem_Type;
    PyObject *pair = NULL;
    if (type == &PyDictIterItem_Type || type == &PyDictRevIterItem_Type) {
        pair = PyTuple_Pack(2, Py_None, Py_None);
        if (pair == NULL)
            return NULL;
    }
    DictIter *it = PyObject_GC_New(DictIter, type);
    if (it == NULL) {
        Py_XDECREF(pair);
        return NULL;
    }
    Py_INCREF(mp);
    it->dict = mp;
    it->used = it->left = mp->ma_used;
    it->pos = !reversed ? 0 : mp->ma_values ? mp->ma_used - 1 : mp->ma_keys->nentries - 1;
    it->pair = pair;
    tai_gc_track(it);
    return (PyObject *)it;
}

static void iter_dealloc(DictIter *it)
{
    tai_gc_untrack_if(it);
    Py_XDECREF(it->dict);
    Py_XDECREF(it->pair);
    PyObject_GC_Del(it);
}

static int iter_traverse(DictIter *it, visitproc visit, void *arg)
{
    Py_VISIT(it->dict);
    Py_VISIT(it->pair);
    return 0;
}

/* Advance: 1 with borrowed *key and *value, 0 at the end, -1 with RuntimeError. */
static inline int step(DictIter *it, int reversed, PyObject **key, PyObject **value)
{
    PyDictObject *mp = it->dict;
    if (mp == NULL)
        return 0;
    if (UNLIKELY(it->used != mp->ma_used)) {
        PyErr_SetString(PyExc_RuntimeError, "dictionary changed size during iteration");
        it->used = -1; /* and so it stays */
        return -1;
    }
    PyDictKeysObject *keys = mp->ma_keys;
    Py_ssize_t i = it->pos;
    if (mp->ma_values) {
        if ((size_t)i >= (size_t)mp->ma_used)
            goto end;
        unsigned ix = tai_values_order(mp->ma_values, i);
        *key = keys->entries[ix].key;
        *value = mp->ma_values[ix];
    }
    else {
        const TaiDictEntry *e = &keys->entries[i];
        if (reversed) {
            while (i >= 0 && (i >= keys->nentries || e->key == NULL))
                i--, e--;
            if (i < 0)
                goto end;
        }
        else {
            if (i == 0 && (i = tai_keys_first(keys)) != 0)
                e = &keys->entries[i];
            while (i < keys->nentries && e->key == NULL)
                i++, e++;
            if (i >= keys->nentries)
                goto end;
        }
        *key = e->key;
        *value = e->value;
    }
    if (UNLIKELY(it->left == 0)) {
        PyErr_SetString(PyExc_RuntimeError, "dictionary keys changed during iteration");
        it->dict = NULL;
        Py_DECREF(mp);
        return -1;
    }
    it->pos = reversed ? i - 1 : i + 1;
    it->left--;
    return 1;
end:
    it->dict = NULL;
    Py_DECREF(mp);
    return 0;
}

static inline PyObject *give_pair(DictIter *it, PyObject *key, PyObject *value)
{
    PyObject *pair = it->pair;
    Py_INCREF(key);
    Py_INCREF(value);
    if (Py_REFCNT(pair) == 1) {
        PyObject *old_key = PyTuple_GET_ITEM(pair, 0), *old_value = PyTuple_GET_ITEM(pair, 1);
        PyTuple_SET_ITEM(pair, 0, key);
        PyTuple_SET_ITEM(pair, 1, value);
        Py_INCREF(pair);
        Py_DECREF(old_key);
        Py_DECREF(old_value);
        if (!tai_gc_is_tracked(pair)) /* a collection may have found it free of containers */
            tai_gc_track(pair);
        return pair;
    }
    if ((pair = PyTuple_New(2)) == NULL) {
        Py_DECREF(key);
        Py_DECREF(value);
        return NULL;
    }
    PyTuple_SET_ITEM(pair, 0, key);
    PyTuple_SET_ITEM(pair, 1, value);
    return pair;
}

#define DEFINE_NEXT(NAME, REVERSED, RESULT)                                                                          \
    static PyObject *NAME(DictIter *it)                                                                              \
    {                                                                                                                \
        PyObject *key, *value;                                                                                       \
        if (step(it, REVERSED, &key, &value) <= 0)                                                                   \
            return NULL;                                                                                             \
        return RESULT;                                                                                               \
    }

static inline PyObject *newref(PyObject *op)
{
    Py_INCREF(op);
    return op;
}

DEFINE_NEXT(next_key, 0, newref(key))
DEFINE_NEXT(next_value, 0, newref(value))
DEFINE_NEXT(next_item, 0, give_pair(it, key, value))
DEFINE_NEXT(prev_key, 1, newref(key))
DEFINE_NEXT(prev_value, 1, newref(value))
DEFINE_NEXT(prev_item, 1, give_pair(it, key, value))

static PyObject *iter_length_hint(DictIter *it, PyObject *unused)
{
    return PyLong_FromSsize_t(it->dict != NULL && it->used == it->dict->ma_used ? it->left : 0);
}

/* (iter, (list of what is left,)); the iterator itself does not advance. */
static PyObject *iter_reduce(DictIter *it, PyObject *unused)
{
    DictIter copy = *it;
    Py_XINCREF(copy.dict);
    Py_XINCREF(copy.pair);
    PyObject *list = PyList_New(0), *item;
    iternextfunc next = Py_TYPE(it)->tp_iternext;
    while (list != NULL && (item = next((PyObject *)&copy)) != NULL) {
        if (PyList_Append(list, item) < 0)
            Py_CLEAR(list);
        Py_DECREF(item);
    }
    Py_XDECREF(copy.dict);
    Py_XDECREF(copy.pair);
    if (list == NULL || PyErr_Occurred()) {
        Py_XDECREF(list);
        return NULL;
    }
    return Py_BuildValue("N(N)", _PyEval_GetBuiltinId(&PyId_iter), list);
}

static PyMethodDef iter_methods[] = {
    {"__length_hint__", (PyCFunction)iter_length_hint, METH_NOARGS, PyDoc_STR("Estimate of the number of items left.")},
    {"__reduce__", (PyCFunction)iter_reduce, METH_NOARGS, PyDoc_STR("State for pickling.")},
    {NULL},
};

#define ITER_TYPE(TYPE, NAME, NEXT)                                                                                  \
    PyTypeObject TYPE = {                                                                                            \
        PyVarObject_HEAD_INIT(&PyType_Type, 0)                                                                       \
        .tp_name = NAME,                                                                                             \
        .tp_basicsize = sizeof(DictIter),                                                                            \
        .tp_dealloc = (destructor)iter_dealloc,                                                                      \
        .tp_getattro = PyObject_GenericGetAttr,                                                                      \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,                                                         \
        .tp_traverse = (traverseproc)iter_traverse,                                                                  \
        .tp_iter = PyObject_SelfIter,                                                                                \
        .tp_iternext = (iternextfunc)NEXT,                                                                           \
        .tp_methods = iter_methods,                                                                                  \
    }

ITER_TYPE(PyDictIterKey_Type, "dict_keyiterator", next_key);
ITER_TYPE(PyDictIterValue_Type, "dict_valueiterator", next_value);
ITER_TYPE(PyDictIterItem_Type, "dict_itemiterator", next_item);
ITER_TYPE(PyDictRevIterKey_Type, "dict_reversekeyiterator", prev_key);
ITER_TYPE(PyDictRevIterValue_Type, "dict_reversevalueiterator", prev_value);
ITER_TYPE(PyDictRevIterItem_Type, "dict_reverseitemiterator", prev_item);

PyObject *tai_dict_iter(PyDictObject *mp) { return new_iter(mp, &PyDictIterKey_Type); }
PyObject *tai_dict_reversed(PyDictObject *mp, PyObject *unused) { return new_iter(mp, &PyDictRevIterKey_Type); }

/* ---- views --------------------------------------------------------------------------------------------------- */

PyObject *_PyDictView_New(PyObject *dict, PyTypeObject *type)
{
    if (dict == NULL) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (!PyDict_Check(dict)) {
        PyErr_Format(PyExc_TypeError, "%s() requires a dict argument, not '%s'", type->tp_name, Py_TYPE(dict)->tp_name);
        return NULL;
    }
    _PyDictViewObject *view = PyObject_GC_New(_PyDictViewObject, type);
    if (view == NULL)
        return NULL;
    Py_INCREF(dict);
    view->dv_dict = (PyDictObject *)dict;
    tai_gc_track(view);
    return (PyObject *)view;
}

PyObject *tai_dict_keys_view(PyObject *mp, PyObject *unused) { return _PyDictView_New(mp, &PyDictKeys_Type); }
PyObject *tai_dict_values_view(PyObject *mp, PyObject *unused) { return _PyDictView_New(mp, &PyDictValues_Type); }
PyObject *tai_dict_items_view(PyObject *mp, PyObject *unused) { return _PyDictView_New(mp, &PyDictItems_Type); }

static void view_dealloc(_PyDictViewObject *view)
{
    tai_gc_untrack_if(view);
    Py_XDECREF(view->dv_dict);
    PyObject_GC_Del(view);
}

static int view_traverse(_PyDictViewObject *view, visitproc visit, void *arg)
{
    Py_VISIT(view->dv_dict);
    return 0;
}

static Py_ssize_t view_length(_PyDictViewObject *view) { return view->dv_dict ? view->dv_dict->ma_used : 0; }

static PyObject *view_repr(PyObject *view)
{
    PyObject *result = NULL, *list;
    int status = Py_ReprEnter(view);
    if (status != 0)
        return status > 0 ? PyUnicode_FromString("...") : NULL;
    if ((list = PySequence_List(view)) != NULL) {
        result = PyUnicode_FromFormat("%s(%R)", Py_TYPE(view)->tp_name, list);
        Py_DECREF(list);
    }
    Py_ReprLeave(view);
    return result;
}

static PyObject *keys_iter(_PyDictViewObject *v) { return v->dv_dict ? new_iter(v->dv_dict, &PyDictIterKey_Type) : newref(Py_None); }
static PyObject *values_iter(_PyDictViewObject *v) { return v->dv_dict ? new_iter(v->dv_dict, &PyDictIterValue_Type) : newref(Py_None); }
static PyObject *items_iter(_PyDictViewObject *v) { return v->dv_dict ? new_iter(v->dv_dict, &PyDictIterItem_Type) : newref(Py_None); }
static PyObject *keys_rev(_PyDictViewObject *v, PyObject *u) { return new_iter(v->dv_dict, &PyDictRevIterKey_Type); }
static PyObject *values_rev(_PyDictViewObject *v, PyObject *u) { return new_iter(v->dv_dict, &PyDictRevIterValue_Type); }
static PyObject *items_rev(_PyDictViewObject *v, PyObject *u) { return new_iter(v->dv_dict, &PyDictRevIterItem_Type); }

static int keys_contains(_PyDictViewObject *view, PyObject *key)
{
    return view->dv_dict ? PyDict_Contains((PyObject *)view->dv_dict, key) : 0;
}

static int items_contains(_PyDictViewObject *view, PyObject *item)
{
    if (view->dv_dict == NULL || !PyTuple_Check(item) || PyTuple_GET_SIZE(item) != 2)
        return 0;
    PyObject *value = PyDict_GetItemWithError((PyObject *)view->dv_dict, PyTuple_GET_ITEM(item, 0));
    if (value == NULL)
        return PyErr_Occurred() ? -1 : 0;
    Py_INCREF(value);
    int same = PyObject_RichCompareBool(PyTuple_GET_ITEM(item, 1), value, Py_EQ);
    Py_DECREF(value);
    return same;
}

/* Is every element of a in b? 1, 0, -1. */
static int contained_in(PyObject *a, PyObject *b)
{
    PyObject *item, *iter = PyObject_GetIter(a);
    int ok = 1;
    if (iter == NULL)
        return -1;
    while (ok > 0) {
        if ((item = PyIter_Next(iter)) == NULL) {
            if (PyErr_Occurred())
                ok = -1;
            break;
        }
        ok = PySequence_Contains(b, item);
        Py_DECREF(item);
    }
    Py_DECREF(iter);
    return ok;
}

static PyObject *view_richcompare(PyObject *self, PyObject *other, int op)
{
    if (!PyAnySet_Check(other) && !PyDictViewSet_Check(other))
        Py_RETURN_NOTIMPLEMENTED;
    Py_ssize_t mine = PyObject_Size(self), theirs = mine < 0 ? -1 : PyObject_Size(other);
    if (theirs < 0)
        return NULL;
    int ok = 0;
    switch (op) {
    case Py_NE:
    case Py_EQ:
        ok = mine == theirs ? contained_in(self, other) : 0;
        if (op == Py_NE && ok >= 0)
            ok = !ok;
        break;
    case Py_LT: ok = mine < theirs ? contained_in(self, other) : 0; break;
    case Py_LE: ok = mine <= theirs ? contained_in(self, other) : 0; break;
    case Py_GT: ok = mine > theirs ? contained_in(other, self) : 0; break;
    case Py_GE: ok = mine >= theirs ? contained_in(other, self) : 0; break;
    }
    return ok < 0 ? NULL : PyBool_FromLong(ok);
}

/* ---- set operations of keys and items ------------------------------------------------------------------------ */

static PyObject *set_then(PyObject *self, _Py_Identifier *method, PyObject *other)
{
    PyObject *result = PySet_New(self), *none;
    if (result == NULL)
        return NULL;
    none = _PyObject_CallMethodIdObjArgs(result, method, other, NULL);
    if (none == NULL)
        Py_CLEAR(result);
    Py_XDECREF(none);
    return result;
}

static PyObject *view_sub(PyObject *self, PyObject *other)
{
    _Py_IDENTIFIER(difference_update);
    return set_then(self, &PyId_difference_update, other);
}

static PyObject *view_xor(PyObject *self, PyObject *other)
{
    _Py_IDENTIFIER(symmetric_difference_update);
    return set_then(self, &PyId_symmetric_difference_update, other);
}

static PyObject *view_or(PyObject *self, PyObject *other)
{
    PyObject *result = PySet_New(self);
    if (result != NULL && _PySet_Update(result, other) < 0)
        Py_CLEAR(result);
    return result;
}

/* The keys of a dict and something iterable: what is walked gives the members. */
static PyObject *keys_and(PyObject *self, PyObject *other)
{
    /* A set against fewer keys: it is asked; else it is walked like anything else. */
    int ask_set = PyAnySet_Check(other) && PySet_GET_SIZE(other) > view_length((_PyDictViewObject *)self);
    PyObject *result = PySet_New(NULL), *iter = result ? PyObject_GetIter(ask_set ? self : other) : NULL, *key;
    if (iter == NULL)
        goto error;
    while ((key = PyIter_Next(iter)) != NULL) {
        int found = ask_set ? PySet_Contains(other, key) : keys_contains((_PyDictViewObject *)self, key);
        if (found > 0)
            found = PySet_Add(result, key);
        Py_DECREF(key);
        if (found < 0)
            goto error;
    }
    if (PyErr_Occurred())
        goto error;
    Py_DECREF(iter);
    return result;
error:
    Py_XDECREF(iter);
    Py_XDECREF(result);
    return NULL;
}

PyObject *_PyDictView_Intersect(PyObject *self, PyObject *other)
{
    _Py_IDENTIFIER(intersection_update);
    return PyDictKeys_Check(self) ? keys_and(self, other) : set_then(self, &PyId_intersection_update, other);
}

/* The operators are reflected too: (list - d.keys()) arrives with the list as self. */
static PyObject *view_and(PyObject *self, PyObject *other) { return _PyDictView_Intersect(self, other); }

static PyObject *view_isdisjoint(PyObject *self, PyObject *other)
{
    PyObject *item, *iter;
    if (self == other)
        return PyBool_FromLong(view_length((_PyDictViewObject *)self) == 0);
    if (PyAnySet_CheckExact(other) || PyDictViewSet_Check(other)) {
        Py_ssize_t theirs = PyObject_Size(other);
        if (theirs < 0)
            return NULL;
        if (theirs > view_length((_PyDictViewObject *)self)) {
            PyObject *swap = other;
            other = self;
            self = swap;
        }
    }
    if ((iter = PyObject_GetIter(other)) == NULL)
        return NULL;
    while ((item = PyIter_Next(iter)) != NULL) {
        int found = PySequence_Contains(self, item);
        Py_DECREF(item);
        if (found) {
            Py_DECREF(iter);
            return found < 0 ? NULL : newref(Py_False);
        }
    }
    Py_DECREF(iter);
    return PyErr_Occurred() ? NULL : newref(Py_True);
}

/* ---- types --------------------------------------------------------------------------------------------------- */

#define ISDISJOINT_DOC PyDoc_STR("Whether the view and the given iterable have no element in common.")
#define REVERSED_DOC(WHAT) PyDoc_STR("Iterate over the " WHAT ", last one first.")

static PyMethodDef keys_methods[] = {
    {"isdisjoint", view_isdisjoint, METH_O, ISDISJOINT_DOC},
    {"__reversed__", (PyCFunction)keys_rev, METH_NOARGS, REVERSED_DOC("keys")},
    {NULL},
};
static PyMethodDef items_methods[] = {
    {"isdisjoint", view_isdisjoint, METH_O, ISDISJOINT_DOC},
    {"__reversed__", (PyCFunction)items_rev, METH_NOARGS, REVERSED_DOC("items")},
    {NULL},
};
static PyMethodDef values_methods[] = {
    {"__reversed__", (PyCFunction)values_rev, METH_NOARGS, REVERSED_DOC("values")},
    {NULL},
};

static PyNumberMethods view_as_number = {
    .nb_subtract = view_sub, .nb_and = view_and, .nb_xor = view_xor, .nb_or = view_or,
};
static PySequenceMethods keys_as_sequence = {
    .sq_length = (lenfunc)view_length, .sq_contains = (objobjproc)keys_contains,
};
static PySequenceMethods items_as_sequence = {
    .sq_length = (lenfunc)view_length, .sq_contains = (objobjproc)items_contains,
};
static PySequenceMethods values_as_sequence = {.sq_length = (lenfunc)view_length};

#define VIEW_TYPE(TYPE, NAME, SEQUENCE, ITER, METHODS, NUMBER, COMPARE)                                              \
    PyTypeObject TYPE = {                                                                                            \
        PyVarObject_HEAD_INIT(&PyType_Type, 0)                                                                       \
        .tp_name = NAME,                                                                                             \
        .tp_basicsize = sizeof(_PyDictViewObject),                                                                   \
        .tp_dealloc = (destructor)view_dealloc,                                                                      \
        .tp_repr = view_repr,                                                                                        \
        .tp_as_number = NUMBER,                                                                                      \
        .tp_as_sequence = &SEQUENCE,                                                                                 \
        .tp_getattro = PyObject_GenericGetAttr,                                                                      \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,                                                         \
        .tp_traverse = (traverseproc)view_traverse,                                                                  \
        .tp_richcompare = COMPARE,                                                                                   \
        .tp_iter = (getiterfunc)ITER,                                                                                \
        .tp_methods = METHODS,                                                                                       \
    }

VIEW_TYPE(PyDictKeys_Type, "dict_keys", keys_as_sequence, keys_iter, keys_methods, &view_as_number, view_richcompare);
VIEW_TYPE(PyDictItems_Type, "dict_items", items_as_sequence, items_iter, items_methods, &view_as_number, view_richcompare);
VIEW_TYPE(PyDictValues_Type, "dict_values", values_as_sequence, values_iter, values_methods, NULL, NULL);
