/* SPDX-License-Identifier: MIT */
/* collections.OrderedDict: a dict whose order is part of its value and can be changed.
 *
 * Our dict is ordered already, so an OrderedDict is a dict and a count of its changes. Moving a key to the end
 * removes its entry and appends it again; moving it to the front lays the table out anew. Queues (popitem(last=False))
 * find their first entry fast through [DICT-7].
 *
 * [ODICT-1] state grows with every change of the keys or their order that an OrderedDict method makes: an iterator that
 *           sees another state raises RuntimeError.
 * [ODICT-2] known: number of keys as OrderedDict's methods see it. If plain dict methods have taken keys away behind
 *           their back, repr() raises KeyError, as it does in 3.8.
 * Subclasses: where a method is documented to go through overridable methods (pop, setdefault, copy, update), it does
 * so for subclasses and takes the direct way for exact OrderedDicts.
 * Tests: tests/objects/test_odict.py.
 */
#include "objects/dict/keys.h"
#include "objects/dict/ops.h"

#include <stddef.h>

_Py_IDENTIFIER(items);
_Py_IDENTIFIER(keys);

struct _odictobject {
    PyDictObject dict;
    size_t state;          /* [ODICT-1] */
    Py_ssize_t known;      /* [ODICT-2] */
    PyObject *inst_dict;   /* __dict__, or NULL */
    PyObject *weakreflist;
};

#define OD(op) ((PyODictObject *)(op))
#define DICT(op) ((PyDictObject *)(op))

static PyObject *newref(PyObject *op)
{
    Py_XINCREF(op);
    return op;
}

static inline void changed(PyObject *od)
{
    OD(od)->state++;
    OD(od)->known = DICT(od)->ma_used;
}

/* ---- operations ---------------------------------------------------------------------------------------------- */

PyObject *PyODict_New(void) { return PyODict_Type.tp_new(&PyODict_Type, NULL, NULL); }

int PyODict_SetItem(PyObject *od, PyObject *key, PyObject *value)
{
    Py_ssize_t used = DICT(od)->ma_used;
    if (PyDict_SetItem(od, key, value) < 0)
        return -1;
    if (DICT(od)->ma_used != used)
        changed(od);
    return 0;
}

int PyODict_DelItem(PyObject *od, PyObject *key)
{
    if (PyDict_DelItem(od, key) < 0)
        return -1;
    changed(od);
    return 0;
}

/* Put entry ix in front of all others: a new table. 0 or -1. */
static int move_to_front(PyDictObject *mp, Py_ssize_t ix)
{
    PyDictKeysObject *old = mp->ma_keys, *keys = tai_keys_new(old->log2_size);
    if (keys == NULL)
        return -1;
    keys->kind = old->kind;
    TaiDictEntry *e = &old->entries[ix];
    tai_keys_append(keys, e->key, e->hash, e->value);
    for (Py_ssize_t i = 0; i < old->nentries; i++) {
        e = &old->entries[i];
        if (i != ix && e->key != NULL)
            tai_keys_append(keys, e->key, e->hash, e->value);
    }
    mp->ma_keys = keys;
    tai_keys_release_block(old);
    return 0;
}

static int move_entry(PyObject *od, PyObject *key, int last)
{
    PyDictObject *mp = DICT(od);
    PyObject *value;
    if (mp->ma_used == 0) { /* 3.8 does not hash the key then */
        PyErr_SetObject(PyExc_KeyError, key);
        return -1;
    }
    Py_hash_t hash = tai_dict_key_hash(key);
    if (hash == -1)
        return -1;
    Py_ssize_t ix = tai_dict_lookup(mp, key, hash, &value);
    if (ix == DICT_SLOT_ERROR)
        return -1;
    if (value == NULL) {
        PyErr_SetObject(PyExc_KeyError, key); /* a tuple or None becomes the arguments, as in 3.8 */
        return -1;
    }
    if (mp->ma_values) { /* an OrderedDict as __dict__ of something never is, but who knows */
        if (tai_dict_unsplit(mp, 0) < 0)
            return -1;
        return move_entry(od, key, last);
    }
    PyDictKeysObject *keys = mp->ma_keys;
    if (last) {
        if (ix == keys->nentries - 1)
            return 0;
        PyObject *own = keys->entries[ix].key;
        tai_keys_remove(keys, ix);
        mp->ma_used--;
        if (tai_dict_add_new(mp, own, hash, value) < 0) {
            changed(od);
            return -1;
        }
    }
    else {
        if (ix == tai_keys_first(keys))
            return 0;
        if (move_to_front(mp, ix) < 0)
            return -1;
        tai_dict_touch(mp);
    }
    changed(od);
    return 0;
}

/* The first or last key; borrowed, NULL if there is none. */
static PyObject *end_key(PyDictObject *mp, int last)
{
    PyObject *key = NULL;
    Py_ssize_t pos = 0;
    if (!last || mp->ma_values) {
        while (tai_dict_next(mp, &pos, &key, NULL, NULL) && last)
            ;
        return key;
    }
    for (Py_ssize_t i = mp->ma_keys->nentries; --i >= 0;)
        if (mp->ma_keys->entries[i].key != NULL)
            return mp->ma_keys->entries[i].key;
    return NULL;
}

/* Remove key and return its value; missing: deflt, or KeyError. Through __contains__, __getitem__ and __delitem__
 * for subclasses. Runs code. */
static PyObject *pop_key(PyObject *od, PyObject *key, PyObject *deflt)
{
    if (PyODict_CheckExact(od)) {
        Py_ssize_t used = DICT(od)->ma_used;
        Py_hash_t hash = tai_dict_key_hash(key);
        PyObject *value = hash == -1 ? NULL : _PyDict_Pop_KnownHash(od, key, hash, deflt ? deflt : od);
        if (deflt == NULL && value == od && DICT(od)->ma_used == used) { /* od itself stood for "absent" */
            Py_DECREF(od);
            PyErr_SetObject(PyExc_KeyError, key);
            return NULL;
        }
        if (DICT(od)->ma_used != used)
            changed(od);
        return value;
    }
    int found = PySequence_Contains(od, key);
    if (found < 0)
        return NULL;
    if (found) {
        PyObject *value = PyObject_GetItem(od, key);
        if (value != NULL && PyObject_DelItem(od, key) < 0)
            Py_CLEAR(value);
        return value;
    }
    if (deflt == NULL)
        PyErr_SetObject(PyExc_KeyError, key); /* a tuple or None becomes the arguments, as in 3.8 */
    return newref(deflt);
}

/* ---- update, as MutableMapping has it ------------------------------------------------------------------------ */

static int set_pair(PyObject *self, PyObject *pair)
{
    PyObject *iter = PyObject_GetIter(pair), *key, *value = NULL, *more;
    int result = -1;
    if (iter == NULL)
        return -1;
    key = PyIter_Next(iter);
    if (key != NULL)
        value = PyIter_Next(iter);
    if (value == NULL) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_ValueError, "need more than %d value%s to unpack", key != NULL, key != NULL ? "" : "s");
    }
    else if ((more = PyIter_Next(iter)) != NULL) {
        PyErr_SetString(PyExc_ValueError, "too many values to unpack (expected 2)");
        Py_DECREF(more);
    }
    else if (!PyErr_Occurred())
        result = PyObject_SetItem(self, key, value);
    Py_DECREF(iter);
    Py_XDECREF(key);
    Py_XDECREF(value);
    return result;
}

static int set_pairs(PyObject *self, PyObject *pairs)
{
    PyObject *iter = PyObject_GetIter(pairs), *pair;
    if (iter == NULL)
        return -1;
    while ((pair = PyIter_Next(iter)) != NULL) {
        int failed = set_pair(self, pair);
        Py_DECREF(pair);
        if (failed)
            break;
    }
    Py_DECREF(iter);
    return PyErr_Occurred() ? -1 : 0;
}

static int set_from_keys(PyObject *self, PyObject *other, PyObject *keys)
{
    PyObject *iter = PyObject_GetIter(keys), *key;
    if (iter == NULL)
        return -1;
    while ((key = PyIter_Next(iter)) != NULL) {
        PyObject *value = PyObject_GetItem(other, key);
        int failed = value ? PyObject_SetItem(self, key, value) : -1;
        Py_DECREF(key);
        Py_XDECREF(value);
        if (failed)
            break;
    }
    Py_DECREF(iter);
    return PyErr_Occurred() ? -1 : 0;
}

static int update_from(PyObject *self, PyObject *other)
{
    PyObject *method, *list;
    int result;
    if (PyDict_CheckExact(other)) {
        if ((list = PyDict_Items(other)) == NULL)
            return -1;
        result = set_pairs(self, list);
        Py_DECREF(list);
        return result;
    }
    if (_PyObject_LookupAttrId(other, &PyId_keys, &method) < 0)
        return -1;
    if (method != NULL) {
        list = _PyObject_CallNoArg(method);
        Py_DECREF(method);
        if (list == NULL)
            return -1;
        result = set_from_keys(self, other, list);
        Py_DECREF(list);
        return result;
    }
    if (_PyObject_LookupAttrId(other, &PyId_items, &method) < 0)
        return -1;
    if (method == NULL)
        return set_pairs(self, other);
    list = _PyObject_CallNoArg(method);
    Py_DECREF(method);
    if (list == NULL)
        return -1;
    result = set_pairs(self, list);
    Py_DECREF(list);
    return result;
}

static int update_all(PyObject *self, PyObject *args, PyObject *kwds)
{
    if (PyTuple_GET_SIZE(args) && update_from(self, PyTuple_GET_ITEM(args, 0)) < 0)
        return -1;
    if (kwds == NULL)
        return 0;
    if (!PyArg_ValidateKeywordArguments(kwds))
        return -1;
    PyObject *list = PyDict_Items(kwds);
    int result = list ? set_pairs(self, list) : -1;
    Py_XDECREF(list);
    return result;
}

static PyObject *odict_update(PyObject *self, PyObject *args, PyObject *kwds)
{
    if (PyTuple_GET_SIZE(args) > 1)
        return PyErr_Format(PyExc_TypeError, "update() takes at most 1 positional argument (%zd given)",
                            PyTuple_GET_SIZE(args));
    if (update_all(self, args, kwds) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static int odict_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    if (PyTuple_GET_SIZE(args) > 1) {
        PyErr_Format(PyExc_TypeError, "expected at most 1 arguments, got %zd", PyTuple_GET_SIZE(args));
        return -1;
    }
    return update_all(self, args, kwds);
}

/* ---- methods ------------------------------------------------------------------------------------------------- */

static PyObject *odict_fromkeys(PyObject *type, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"iterable", "value", NULL};
    static _PyArg_Parser parser = {"O|O:fromkeys", keywords, 0};
    PyObject *iterable, *value = Py_None;
    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, &iterable, &value))
        return NULL;
    return _PyDict_FromKeys(type, iterable, value);
}

static PyObject *odict_sizeof(PyObject *self, PyObject *unused)
{
    return PyLong_FromSsize_t(_PyDict_SizeOf(DICT(self)));
}

/* (type, (), __dict__ or None, None, iterator over the items) */
static PyObject *odict_reduce(PyObject *self, PyObject *unused)
{
    _Py_IDENTIFIER(__dict__);
    PyObject *dict = _PyObject_GetAttrId(self, &PyId___dict__), *items, *iter;
    if (dict == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return NULL;
        PyErr_Clear();
    }
    else {
        Py_ssize_t n = PyObject_Length(dict);
        if (n < 0) {
            Py_DECREF(dict);
            return NULL;
        }
        if (n == 0)
            Py_CLEAR(dict);
    }
    if ((items = _PyObject_CallMethodIdObjArgs(self, &PyId_items, NULL)) == NULL) {
        Py_XDECREF(dict);
        return NULL;
    }
    iter = PyObject_GetIter(items);
    Py_DECREF(items);
    if (iter == NULL) {
        Py_XDECREF(dict);
        return NULL;
    }
    return Py_BuildValue("O()NON", Py_TYPE(self), dict ? dict : newref(Py_None), Py_None, iter);
}

static PyObject *odict_setdefault(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"key", "default", NULL};
    static _PyArg_Parser parser = {"O|O:setdefault", keywords, 0};
    PyObject *key, *deflt = Py_None, *value;
    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, &key, &deflt))
        return NULL;
    if (PyODict_CheckExact(self)) {
        Py_ssize_t used = DICT(self)->ma_used;
        value = PyDict_SetDefault(self, key, deflt);
        if (DICT(self)->ma_used != used)
            changed(self);
        return newref(value);
    }
    int found = PySequence_Contains(self, key);
    if (found < 0)
        return NULL;
    if (found)
        return PyObject_GetItem(self, key);
    return PyObject_SetItem(self, key, deflt) < 0 ? NULL : newref(deflt);
}

static PyObject *odict_pop(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"key", "default", NULL};
    PyObject *key, *deflt = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|O:pop", keywords, &key, &deflt))
        return NULL;
    return pop_key(self, key, deflt);
}

static PyObject *odict_popitem(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"last", NULL};
    static _PyArg_Parser parser = {"|p:popitem", keywords, 0};
    int last = 1;
    if ((nargs || kwnames) && !_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, &last))
        return NULL;
    PyObject *key = newref(end_key(DICT(self), last)), *value, *pair;
    if (key == NULL) {
        PyErr_SetString(PyExc_KeyError, "dictionary is empty");
        return NULL;
    }
    value = pop_key(self, key, NULL);
    pair = value ? PyTuple_Pack(2, key, value) : NULL;
    Py_DECREF(key);
    Py_XDECREF(value);
    return pair;
}

static PyObject *odict_clear(PyObject *self, PyObject *unused)
{
    PyDict_Clear(self);
    Py_RETURN_NONE;
}

static PyObject *odict_copy(PyObject *self, PyObject *unused)
{
    PyObject *copy = PyODict_CheckExact(self) ? PyODict_New() : _PyObject_CallNoArg((PyObject *)Py_TYPE(self));
    PyObject *key, *value;
    Py_ssize_t pos = 0;
    if (copy == NULL)
        return NULL;
    if (PyODict_CheckExact(self)) {
        int failed = PyDict_Merge(copy, self, 1);
        changed(copy);
        if (failed)
            Py_CLEAR(copy);
        return copy;
    }
    size_t state = OD(self)->state;
    while (tai_dict_next(DICT(self), &pos, &key, NULL, NULL)) {
        Py_INCREF(key);
        value = PyObject_GetItem(self, key);
        int failed = value ? PyObject_SetItem(copy, key, value) : -1;
        Py_XDECREF(value);
        Py_DECREF(key);
        if (!failed && state != OD(self)->state) {
            PyErr_SetString(PyExc_RuntimeError, "OrderedDict mutated during iteration");
            failed = -1;
        }
        if (failed) {
            Py_DECREF(copy);
            return NULL;
        }
    }
    return copy;
}

static PyObject *odict_move_to_end(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"key", "last", NULL};
    static _PyArg_Parser parser = {"O|p:move_to_end", keywords, 0};
    PyObject *key;
    int last = 1;
    if (nargs == 1 && kwnames == NULL)
        key = args[0];
    else if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, &key, &last))
        return NULL;
    if (move_entry(self, key, last) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* ---- slots --------------------------------------------------------------------------------------------------- */

static int odict_ass_subscript(PyObject *self, PyObject *key, PyObject *value)
{
    return value ? PyODict_SetItem(self, key, value) : PyODict_DelItem(self, key);
}

static void odict_dealloc(PyObject *self)
{
    tai_gc_untrack_if(self);
    Py_TRASHCAN_BEGIN(self, odict_dealloc)
    Py_XDECREF(OD(self)->inst_dict);
    if (OD(self)->weakreflist != NULL)
        PyObject_ClearWeakRefs(self);
    PyDict_Type.tp_dealloc(self);
    Py_TRASHCAN_END
}

static int odict_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(OD(self)->inst_dict);
    return tai_dict_traverse(self, visit, arg);
}

static int odict_tp_clear(PyObject *self)
{
    Py_CLEAR(OD(self)->inst_dict);
    PyDict_Clear(self);
    changed(self);
    return 0;
}

static PyObject *odict_repr(PyObject *self)
{
    PyObject *pairs = NULL, *result = NULL;
    if (DICT(self)->ma_used == 0)
        return PyUnicode_FromFormat("%s()", _PyType_Name(Py_TYPE(self)));
    int status = Py_ReprEnter(self);
    if (status != 0)
        return status > 0 ? PyUnicode_FromString("...") : NULL;
    if (PyODict_CheckExact(self)) {
        if (OD(self)->known > DICT(self)->ma_used) /* [ODICT-2] */
            PyErr_SetString(PyExc_KeyError, "OrderedDict was changed by methods of dict");
        else
            pairs = PyDict_Items(self);
    }
    else {
        PyObject *items = _PyObject_CallMethodIdObjArgs(self, &PyId_items, NULL);
        if (items != NULL) {
            pairs = PySequence_List(items);
            Py_DECREF(items);
        }
        if (pairs != NULL && OD(self)->known > DICT(self)->ma_used) {
            Py_CLEAR(pairs);
            PyErr_SetString(PyExc_KeyError, "OrderedDict was changed by methods of dict");
        }
    }
    if (pairs != NULL)
        result = PyUnicode_FromFormat("%s(%R)", _PyType_Name(Py_TYPE(self)), pairs);
    Py_XDECREF(pairs);
    Py_ReprLeave(self);
    return result;
}

/* Do both give their keys in the same order? They have the same ones. 1, 0, -1. Runs code. */
static int same_order(PyObject *a, PyObject *b)
{
    PyObject *x, *y;
    Py_ssize_t i = 0, j = 0;
    size_t state_a = OD(a)->state, state_b = OD(b)->state;
    while (tai_dict_next(DICT(a), &i, &x, NULL, NULL) && tai_dict_next(DICT(b), &j, &y, NULL, NULL)) {
        Py_INCREF(x);
        Py_INCREF(y);
        int same = PyObject_RichCompareBool(x, y, Py_EQ);
        Py_DECREF(x);
        Py_DECREF(y);
        if (same <= 0)
            return same;
        if (OD(a)->state != state_a || OD(b)->state != state_b) {
            PyErr_SetString(PyExc_RuntimeError, "OrderedDict mutated during iteration");
            return -1;
        }
    }
    return 1;
}

static PyObject *odict_richcompare(PyObject *a, PyObject *b, int op)
{
    if (!PyODict_Check(a) || !PyDict_Check(b) || (op != Py_EQ && op != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    int same = tai_dict_equal(DICT(a), DICT(b));
    if (same > 0 && PyODict_Check(b))
        same = same_order(a, b);
    return same < 0 ? NULL : PyBool_FromLong(same == (op == Py_EQ));
}

/* ---- iterators ----------------------------------------------------------------------------------------------- */

enum { KEYS = 1, VALUES = 2, REVERSED = 4 };

typedef struct {
    PyObject_HEAD
    int kind;
    PyObject *od; /* owned; NULL once exhausted */
    Py_ssize_t size;
    size_t state;
    Py_ssize_t pos; /* next entry to look at */
    int over;       /* there was none behind the last one: whatever has changed since does not matter */
} ODictIter;

static int entry_at(PyDictObject *mp, Py_ssize_t *pos, int reversed, PyObject **key, PyObject **value);

static void look_ahead(ODictIter *it)
{
    PyObject *key, *value;
    Py_ssize_t pos = it->pos;
    it->over = !entry_at(DICT(it->od), &pos, it->kind & REVERSED, &key, &value);
}

static PyObject *new_iter(PyObject *od, int kind)
{
    ODictIter *it = PyObject_GC_New(ODictIter, &PyODictIter_Type);
    if (it == NULL)
        return NULL;
    PyDictObject *mp = DICT(od);
    it->kind = kind;
    it->od = newref(od);
    it->size = mp->ma_used;
    it->state = OD(od)->state;
    it->pos = !(kind & REVERSED) ? 0 : mp->ma_values ? mp->ma_used - 1 : mp->ma_keys->nentries - 1;
    look_ahead(it);
    tai_gc_track(it);
    return (PyObject *)it;
}

static void iter_dealloc(ODictIter *it)
{
    tai_gc_untrack_if(it);
    Py_XDECREF(it->od);
    PyObject_GC_Del(it);
}

static int iter_traverse(ODictIter *it, visitproc visit, void *arg)
{
    Py_VISIT(it->od);
    return 0;
}

/* The entry at *pos or the next one in the direction: 1 with borrowed key and value, 0 at the end. */
static int entry_at(PyDictObject *mp, Py_ssize_t *pos, int reversed, PyObject **key, PyObject **value)
{
    Py_ssize_t i = *pos;
    if (!reversed)
        return tai_dict_next(mp, pos, key, value, NULL);
    if (mp->ma_values) {
        if (i < 0)
            return 0;
        unsigned ix = tai_values_order(mp->ma_values, i);
        *key = mp->ma_keys->entries[ix].key;
        *value = mp->ma_values[ix];
        *pos = i - 1;
        return 1;
    }
    while (i >= 0 && (i >= mp->ma_keys->nentries || mp->ma_keys->entries[i].key == NULL))
        i--;
    if (i < 0)
        return 0;
    *key = mp->ma_keys->entries[i].key;
    *value = mp->ma_keys->entries[i].value;
    *pos = i - 1;
    return 1;
}

static PyObject *iter_next(ODictIter *it)
{
    PyObject *key, *value;
    if (it->od == NULL)
        return NULL;
    if (it->over) {
        Py_CLEAR(it->od);
        return NULL;
    }
    if (it->state != OD(it->od)->state) {
        PyErr_SetString(PyExc_RuntimeError, "OrderedDict mutated during iteration");
        Py_CLEAR(it->od);
        return NULL;
    }
    if (it->size != DICT(it->od)->ma_used) { /* cleared: this complaint stays */
        PyErr_SetString(PyExc_RuntimeError, "OrderedDict changed size during iteration");
        it->size = -1;
        return NULL;
    }
    if (!entry_at(DICT(it->od), &it->pos, it->kind & REVERSED, &key, &value)) {
        Py_CLEAR(it->od);
        return NULL;
    }
    look_ahead(it);
    switch (it->kind & (KEYS | VALUES)) {
    case KEYS: return newref(key);
    case VALUES: return newref(value);
    default: return PyTuple_Pack(2, key, value);
    }
}

/* (iter, (list of what is left,)); the iterator itself does not advance. */
static PyObject *iter_reduce(ODictIter *it, PyObject *unused)
{
    _Py_IDENTIFIER(iter);
    ODictIter copy = *it;
    Py_XINCREF(copy.od);
    PyObject *list = PySequence_List((PyObject *)&copy);
    Py_XDECREF(copy.od);
    return list ? Py_BuildValue("N(N)", _PyEval_GetBuiltinId(&PyId_iter), list) : NULL;
}

static PyMethodDef iter_methods[] = {
    {"__reduce__", (PyCFunction)iter_reduce, METH_NOARGS, PyDoc_STR("State for pickling.")},
    {NULL},
};

PyTypeObject PyODictIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "odict_iterator",
    .tp_basicsize = sizeof(ODictIter),
    .tp_dealloc = (destructor)iter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)iter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)iter_next,
    .tp_methods = iter_methods,
};

static PyObject *odict_iter(PyObject *od) { return new_iter(od, KEYS); }
static PyObject *odict_reversed(PyObject *od, PyObject *unused) { return new_iter(od, KEYS | REVERSED); }

/* ---- views --------------------------------------------------------------------------------------------------- */

#define DEFINE_VIEW(TYPE, NAME, BASE, WHAT)                                                                          \
    static PyObject *WHAT##_iter(_PyDictViewObject *v)                                                               \
    {                                                                                                                \
        return v->dv_dict ? new_iter((PyObject *)v->dv_dict, WHAT##_KIND) : newref(Py_None);                          \
    }                                                                                                                \
    static PyObject *WHAT##_reversed(_PyDictViewObject *v, PyObject *unused)                                         \
    {                                                                                                                \
        return v->dv_dict ? new_iter((PyObject *)v->dv_dict, WHAT##_KIND | REVERSED) : newref(Py_None);               \
    }                                                                                                                \
    static PyMethodDef WHAT##_methods[] = {{"__reversed__", (PyCFunction)WHAT##_reversed, METH_NOARGS, NULL}, {NULL}}; \
    PyTypeObject TYPE = {                                                                                            \
        PyVarObject_HEAD_INIT(&PyType_Type, 0)                                                                       \
        .tp_name = NAME,                                                                                             \
        .tp_flags = Py_TPFLAGS_DEFAULT,                                                                              \
        .tp_iter = (getiterfunc)WHAT##_iter,                                                                         \
        .tp_methods = WHAT##_methods,                                                                                \
        .tp_base = &BASE,                                                                                            \
    };                                                                                                               \
    static PyObject *WHAT##_view(PyObject *od, PyObject *unused) { return _PyDictView_New(od, &TYPE); }

enum { keys_KIND = KEYS, values_KIND = VALUES, items_KIND = KEYS | VALUES };
DEFINE_VIEW(PyODictKeys_Type, "odict_keys", PyDictKeys_Type, keys)
DEFINE_VIEW(PyODictValues_Type, "odict_values", PyDictValues_Type, values)
DEFINE_VIEW(PyODictItems_Type, "odict_items", PyDictItems_Type, items)

/* ---- type ---------------------------------------------------------------------------------------------------- */

#define FAST(FUNCTION) ((PyCFunction)(void (*)(void))FUNCTION)

static PyMethodDef odict_methods[] = {
    {"fromkeys", FAST(odict_fromkeys), METH_FASTCALL | METH_KEYWORDS | METH_CLASS,
     PyDoc_STR("fromkeys($type, /, iterable, value=None)\n--\n\nA new ordered mapping with the keys of iterable, in its "
               "order, all with the same value.")},
    {"__sizeof__", odict_sizeof, METH_NOARGS, PyDoc_STR("Bytes of memory taken.")},
    {"__reduce__", odict_reduce, METH_NOARGS, PyDoc_STR("State for pickling.")},
    {"setdefault", FAST(odict_setdefault), METH_FASTCALL | METH_KEYWORDS,
     PyDoc_STR("setdefault($self, /, key, default=None)\n--\n\n"
               "The value of key; a missing key is first stored, at the end, with default as its value.")},
    {"pop", FAST(odict_pop), METH_VARARGS | METH_KEYWORDS,
     PyDoc_STR("od.pop(k[,d]) -> v: take the key k out and return its value.\n\nWithout the key: d if given, else KeyError.")},
    {"popitem", FAST(odict_popitem), METH_FASTCALL | METH_KEYWORDS,
     PyDoc_STR("popitem($self, /, last=True)\n--\n\nTake out the last item, or the first one, as a pair (key, value).")},
    {"keys", keys_view, METH_NOARGS, NULL},
    {"values", values_view, METH_NOARGS, NULL},
    {"items", items_view, METH_NOARGS, NULL},
    {"update", FAST(odict_update), METH_VARARGS | METH_KEYWORDS, NULL},
    {"clear", odict_clear, METH_NOARGS, PyDoc_STR("od.clear() -> None: remove all items")},
    {"copy", odict_copy, METH_NOARGS, PyDoc_STR("od.copy() -> a new one with the same items in the same order")},
    {"__reversed__", odict_reversed, METH_NOARGS, PyDoc_STR("od.__reversed__() is reversed(od)")},
    {"move_to_end", FAST(odict_move_to_end), METH_FASTCALL | METH_KEYWORDS,
     PyDoc_STR("move_to_end($self, /, key, last=True)\n--\n\nMake a key the last one, or the first one.\n\n"
               "KeyError if it is not there.")},
    {NULL},
};

static PyGetSetDef odict_getset[] = {
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict},
    {NULL},
};

static PyMappingMethods odict_as_mapping = {.mp_ass_subscript = odict_ass_subscript};

PyDoc_STRVAR(odict_doc, "A dict whose order counts and can be changed.");

PyTypeObject PyODict_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "collections.OrderedDict",
    .tp_basicsize = sizeof(PyODictObject),
    .tp_dealloc = odict_dealloc,
    .tp_repr = odict_repr,
    .tp_as_mapping = &odict_as_mapping,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = odict_doc,
    .tp_traverse = odict_traverse,
    .tp_clear = odict_tp_clear,
    .tp_richcompare = odict_richcompare,
    .tp_weaklistoffset = offsetof(PyODictObject, weakreflist),
    .tp_iter = odict_iter,
    .tp_methods = odict_methods,
    .tp_getset = odict_getset,
    .tp_base = &PyDict_Type,
    .tp_dictoffset = offsetof(PyODictObject, inst_dict),
    .tp_init = odict_init,
    .tp_alloc = PyType_GenericAlloc,
};
