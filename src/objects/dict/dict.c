/* SPDX-License-Identifier: MIT */
/* dict: life cycle, storing, removing, merging, and the C API on top of keys.c. The Python type is in type.c, views and
 * iterators are in view.c, representation and invariants in dict.h.
 * Tests: tests/objects/dict/.
 */
#include "objects/dict/keys.h"
#include "base/alloc.h"
#include "objects/dict/ops.h"
#include "runtime/recursion.h"

#include <string.h>

enum { KEEP_DICTS = TAI_FREE_LIST(80) };
static PyDictObject *kept_dicts[KEEP_DICTS];
static int n_kept_dicts;

/* ---- life cycle ---------------------------------------------------------------------------------------------- */

/* An untracked dict over the given keys and values; steals them. NULL with MemoryError (both are kept). */
static PyDictObject *new_dict(PyDictKeysObject *keys, PyObject **values, Py_ssize_t used)
{
    PyDictObject *mp;
    if (n_kept_dicts > 0) {
        mp = kept_dicts[--n_kept_dicts];
        _Py_NewReference((PyObject *)mp);
    }
    else if ((mp = PyObject_GC_New(PyDictObject, &PyDict_Type)) == NULL)
        return NULL;
    mp->ma_keys = keys;
    mp->ma_values = values;
    mp->ma_used = used;
    tai_dict_touch(mp);
    return mp;
}

PyObject *PyDict_New(void) { return (PyObject *)new_dict(&tai_dict_empty_keys, NULL, 0); }

/* A dict with room for n keys without growing. */
PyObject *_PyDict_NewPresized(Py_ssize_t n)
{
    if (n <= 0)
        return PyDict_New();
    /* Room for more than 2**20 entries is made as they come: the number may be a mere hint. */
    int log2_size = n > (1 << 20) ? 21 : tai_keys_log2_for((n * 3 + 1) / 2);
    PyDictKeysObject *keys = tai_keys_new(log2_size);
    if (keys == NULL)
        return NULL;
    PyDictObject *mp = new_dict(keys, NULL, 0);
    if (mp == NULL)
        tai_keys_decref(keys);
    return (PyObject *)mp;
}

PyObject *tai_dict_from_names(PyObject *names, PyObject *const *values)
{
    Py_ssize_t n = PyTuple_GET_SIZE(names);
    PyDictKeysObject *keys = n > 0 ? tai_keys_from_names(names, values) : NULL;
    PyDictObject *mp;
    if (keys != NULL) {
        if ((mp = new_dict(keys, NULL, n)) == NULL) {
            tai_keys_decref(keys);
            return NULL;
        }
        for (Py_ssize_t i = 0; i < n && !tai_gc_is_tracked(mp); i++)
            tai_dict_maybe_track(mp, values[i]);
        return (PyObject *)mp;
    }
    mp = (PyDictObject *)_PyDict_NewPresized(n);
    for (Py_ssize_t i = 0; mp != NULL && i < n; i++)
        if (PyDict_SetItem((PyObject *)mp, PyTuple_GET_ITEM(names, i), values[i]) < 0)
            Py_CLEAR(mp);
    return (PyObject *)mp;
}

/* A split dict that takes over a values block made by tai_values_new over the same keys. New or NULL (block kept). */
static PyObject *dict_from_values(PyDictKeysObject *keys, PyObject **values_steal)
{
    PyDictObject *mp = new_dict(keys, values_steal, tai_values_used(values_steal));
    if (mp == NULL)
        return NULL;
    tai_keys_incref(keys);
    for (Py_ssize_t i = 0; i < mp->ma_used && !tai_gc_is_tracked(mp); i++)
        tai_dict_maybe_track(mp, values_steal[tai_values_order(values_steal, i)]);
    return (PyObject *)mp;
}

PyObject *tai_dict_new_split(PyDictKeysObject *keys)
{
    PyObject **values = tai_values_new(keys);
    if (values == NULL)
        return NULL;
    PyObject *mp = dict_from_values(keys, values);
    if (mp == NULL)
        tai_values_free_block(values);
    return mp;
}

/* Release a table that no dict refers to any more. Runs code. */
static void release_table(PyDictKeysObject *keys, PyObject **values)
{
    if (values != NULL)
        tai_values_free(values);
    if (keys != &tai_dict_empty_keys)
        tai_keys_decref(keys);
}

void tai_dict_dealloc(PyDictObject *mp)
{
    tai_gc_untrack_if(mp);
    Py_TRASHCAN_BEGIN(mp, tai_dict_dealloc)
    release_table(mp->ma_keys, mp->ma_values);
    if (Py_TYPE(mp) == &PyDict_Type && n_kept_dicts < KEEP_DICTS)
        kept_dicts[n_kept_dicts++] = mp;
    else
        Py_TYPE(mp)->tp_free((PyObject *)mp);
    Py_TRASHCAN_END
}

PyObject *tai_dict_type_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyDictObject *mp = (PyDictObject *)type->tp_alloc(type, 0);
    if (mp == NULL)
        return NULL;
    if (type == &PyDict_Type && tai_gc_is_tracked(mp))
        tai_gc_untrack(mp);
    mp->ma_keys = &tai_dict_empty_keys;
    tai_dict_touch(mp);
    return (PyObject *)mp;
}

int tai_dict_traverse(PyObject *self, visitproc visit, void *arg)
{
    PyDictObject *mp = (PyDictObject *)self;
    PyDictKeysObject *keys = mp->ma_keys;
    if (mp->ma_values) {
        for (unsigned i = 0, n = tai_values_used(mp->ma_values); i < n; i++)
            Py_VISIT(mp->ma_values[tai_values_order(mp->ma_values, i)]);
        return 0;
    }
    for (TaiDictEntry *e = keys->entries, *end = e + keys->nentries; e < end; e++)
        if (e->value != NULL) {
            Py_VISIT(e->value);
            if (keys->kind == DICT_KEYS_ANY)
                Py_VISIT(e->key);
        }
    return 0;
}

void PyDict_Clear(PyObject *op)
{
    if (!PyDict_Check(op))
        return;
    PyDictObject *mp = (PyDictObject *)op;
    PyDictKeysObject *keys = mp->ma_keys;
    PyObject **values = mp->ma_values;
    if (keys == &tai_dict_empty_keys)
        return;
    if (values != NULL) {
        PyObject **fresh = tai_values_new(keys);
        if (fresh != NULL)
            tai_keys_incref(keys);
        else
            PyErr_Clear();
        mp->ma_keys = fresh ? keys : &tai_dict_empty_keys;
        mp->ma_values = fresh;
    }
    else
        mp->ma_keys = &tai_dict_empty_keys;
    mp->ma_used = 0;
    tai_dict_touch(mp);
    release_table(keys, values);
}

int tai_dict_clear_slot(PyObject *op)
{
    PyDict_Clear(op);
    return 0;
}

void _PyDict_MaybeUntrack(PyObject *op)
{
    if (!PyDict_CheckExact(op) || !tai_gc_is_tracked(op))
        return;
    PyDictObject *mp = (PyDictObject *)op;
    PyObject *key, *value;
    Py_ssize_t pos = 0;
    while (tai_dict_next(mp, &pos, &key, &value, NULL))
        if (tai_dict_may_track(value) || tai_dict_may_track(key))
            return;
    tai_gc_untrack(op);
}

int PyDict_ClearFreeList(void)
{
    int freed = n_kept_dicts;
    while (n_kept_dicts > 0)
        PyObject_GC_Del(kept_dicts[--n_kept_dicts]);
    tai_keys_clear_free_list();
    return freed;
}

void _PyDict_DebugMallocStats(FILE *out)
{
    fprintf(out, "%d free PyDictObjects of %zd bytes, %d free smallest tables\n", n_kept_dicts, sizeof(PyDictObject),
            tai_keys_kept());
}

/* ---- storing ------------------------------------------------------------------------------------------------- */

int tai_dict_add_to_split(PyDictObject *mp, PyObject *key, Py_hash_t hash, PyObject *value)
{
    Py_ssize_t ix = tai_keys_add_shared(mp->ma_keys, key, hash);
    if (ix >= 0) {
        tai_dict_store_split(mp, ix, value);
        Py_DECREF(key);
        Py_DECREF(value);
        return 0;
    }
    if (tai_dict_unsplit(mp, 1) < 0) {
        Py_DECREF(key);
        Py_DECREF(value);
        return -1;
    }
    return tai_dict_add_new(mp, key, hash, value);
}

static inline void replace_value(PyDictObject *mp, Py_ssize_t ix, PyObject *value)
{
    if (mp->ma_values)
        tai_dict_store_split(mp, ix, value);
    else
        tai_dict_store_combined(mp, ix, value);
}

int PyDict_SetItem(PyObject *op, PyObject *key, PyObject *value)
{
    if (!PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    Py_hash_t hash = tai_dict_key_hash(key);
    return hash == -1 ? -1 : tai_dict_insert((PyDictObject *)op, key, hash, value);
}

int _PyDict_SetItem_KnownHash(PyObject *op, PyObject *key, PyObject *value, Py_hash_t hash)
{
    if (!PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return tai_dict_insert((PyDictObject *)op, key, hash, value);
}

PyObject *PyDict_SetDefault(PyObject *op, PyObject *key, PyObject *value)
{
    PyDictObject *mp = (PyDictObject *)op;
    PyObject *old;
    Py_hash_t hash;
    if (!PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if ((hash = tai_dict_key_hash(key)) == -1)
        return NULL;
    Py_ssize_t ix = tai_dict_lookup(mp, key, hash, &old);
    if (ix == DICT_SLOT_ERROR || old != NULL)
        return old;
    if (ix >= 0) {
        replace_value(mp, ix, value);
        return value;
    }
    Py_INCREF(key);
    Py_INCREF(value);
    int failed = mp->ma_values ? tai_dict_add_to_split(mp, key, hash, value) : tai_dict_add_new(mp, key, hash, value);
    return failed ? NULL : value;
}

/* Attribute store of an instance: learns new names into the keys of its type. */
static int store_attribute(PyDictObject *mp, PyDictKeysObject **slot, PyObject *name, Py_hash_t hash, PyObject *value)
{
    Py_ssize_t ix = tai_keys_lookup_str(mp->ma_keys, name, hash);
    if (ix < 0 && tai_dict_adopt_keys(mp, *slot)) {
        ix = tai_keys_add_to_type(slot, name, hash);
        if (ix >= 0 && !tai_dict_adopt_keys(mp, *slot))
            ix = -1;
        if (ix < 0 && (*slot)->nentries >= DICT_SHARED_MAX) { /* too many names: sharing does not pay here */
            PyDictKeysObject *old = *slot;
            *slot = NULL;
            tai_keys_decref(old);
        }
    }
    if (ix < 0)
        return tai_dict_insert(mp, name, hash, value);
    tai_dict_store_split(mp, ix, value);
    return 0;
}

int _PyObjectDict_SetItem(PyTypeObject *tp, PyObject **dictptr, PyObject *key, PyObject *value)
{
    PyDictKeysObject **slot = tp->tp_flags & Py_TPFLAGS_HEAPTYPE ? &((PyHeapTypeObject *)tp)->ht_cached_keys : NULL;
    if (slot != NULL && *slot == NULL)
        slot = NULL;
    PyObject *dict = *dictptr;
    if (dict == NULL) {
        dict = slot ? tai_dict_new_split(*slot) : PyDict_New();
        if (dict == NULL)
            return -1;
        *dictptr = dict;
    }
    Py_INCREF(dict);
    int result;
    PyDictObject *mp = (PyDictObject *)dict;
    if (value == NULL)
        result = PyDict_DelItem(dict, key);
    else if (slot && mp->ma_values && PyUnicode_CheckExact(key)) {
        Py_hash_t hash = tai_dict_key_hash(key);
        result = hash == -1 ? -1 : store_attribute(mp, slot, key, hash, value);
    }
    else
        result = PyDict_SetItem(dict, key, value);
    Py_DECREF(dict);
    return result;
}

PyObject *PyObject_GenericGetDict(PyObject *obj, void *context)
{
    PyObject **dictptr = _PyObject_GetDictPtr(obj);
    if (dictptr == NULL) {
        PyErr_SetString(PyExc_AttributeError, "This object has no __dict__");
        return NULL;
    }
    if (*dictptr == NULL) {
        PyTypeObject *tp = Py_TYPE(obj);
        PyDictKeysObject *keys = tp->tp_flags & Py_TPFLAGS_HEAPTYPE ? ((PyHeapTypeObject *)tp)->ht_cached_keys : NULL;
        *dictptr = keys ? tai_dict_new_split(keys) : PyDict_New();
    }
    Py_XINCREF(*dictptr);
    return *dictptr;
}

/* ---- removing ------------------------------------------------------------------------------------------------ */

/* Take entry ix, which has a value, out of mp. New references in *key (may be NULL to drop it) and the result. A split
 * dict becomes combined: an instance that loses attributes is not like the others. */
static PyObject *take_entry(PyDictObject *mp, Py_ssize_t ix, PyObject **key)
{
    PyObject *old_key, *value;
    if (mp->ma_values) {
        Py_ssize_t place = 0;
        while (tai_values_order(mp->ma_values, place) != (unsigned)ix)
            place++;
        if (tai_dict_unsplit(mp, 0) < 0)
            PyErr_Clear(); /* then it stays split */
        else
            ix = place;
    }
    if (mp->ma_values) {
        value = mp->ma_values[ix];
        old_key = mp->ma_keys->entries[ix].key;
        Py_INCREF(old_key);
        tai_values_remove(mp->ma_values, ix);
    }
    else {
        value = mp->ma_keys->entries[ix].value;
        old_key = mp->ma_keys->entries[ix].key;
        tai_keys_remove(mp->ma_keys, ix);
    }
    mp->ma_used--;
    tai_dict_touch(mp);
    if (key)
        *key = old_key;
    else
        Py_DECREF(old_key);
    return value;
}

int _PyDict_DelItem_KnownHash(PyObject *op, PyObject *key, Py_hash_t hash)
{
    PyObject *value;
    if (!PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    PyDictObject *mp = (PyDictObject *)op;
    Py_ssize_t ix = tai_dict_lookup(mp, key, hash, &value);
    if (ix == DICT_SLOT_ERROR)
        return -1;
    if (value == NULL) {
        _PyErr_SetKeyError(key);
        return -1;
    }
    PyObject *old_key;
    value = take_entry(mp, ix, &old_key);
    Py_DECREF(old_key);
    Py_DECREF(value);
    return 0;
}

int PyDict_DelItem(PyObject *op, PyObject *key)
{
    Py_hash_t hash = tai_dict_key_hash(key);
    return hash == -1 ? -1 : _PyDict_DelItem_KnownHash(op, key, hash);
}

int _PyDict_DelItemIf(PyObject *op, PyObject *key, int (*predicate)(PyObject *value))
{
    PyObject *value;
    if (!PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    PyDictObject *mp = (PyDictObject *)op;
    Py_hash_t hash = tai_hash_of(key);
    if (hash == -1)
        return -1;
    Py_ssize_t ix = tai_dict_lookup(mp, key, hash, &value);
    if (ix == DICT_SLOT_ERROR)
        return -1;
    if (value == NULL) {
        _PyErr_SetKeyError(key);
        return -1;
    }
    int yes = predicate(value); /* by contract runs no code that touches the dict */
    if (yes <= 0)
        return yes;
    value = take_entry(mp, ix, NULL);
    Py_DECREF(value);
    return 0;
}

PyObject *_PyDict_Pop_KnownHash(PyObject *op, PyObject *key, Py_hash_t hash, PyObject *deflt)
{
    PyDictObject *mp = (PyDictObject *)op;
    PyObject *value = NULL;
    if (mp->ma_used > 0) {
        Py_ssize_t ix = tai_dict_lookup(mp, key, hash, &value);
        if (ix == DICT_SLOT_ERROR)
            return NULL;
        if (value != NULL)
            return take_entry(mp, ix, NULL);
    }
    if (deflt == NULL)
        _PyErr_SetKeyError(key);
    Py_XINCREF(deflt);
    return deflt;
}

PyObject *_PyDict_Pop(PyObject *op, PyObject *key, PyObject *deflt)
{
    if (((PyDictObject *)op)->ma_used == 0) {
        if (deflt == NULL)
            _PyErr_SetKeyError(key);
        Py_XINCREF(deflt);
        return deflt;
    }
    Py_hash_t hash = tai_dict_key_hash(key);
    return hash == -1 ? NULL : _PyDict_Pop_KnownHash(op, key, hash, deflt);
}

PyObject *tai_dict_popitem(PyDictObject *mp)
{
    PyObject *result = PyTuple_New(2), *key, *value;
    if (result == NULL)
        return NULL;
    if (mp->ma_used == 0) {
        Py_DECREF(result);
        PyErr_SetString(PyExc_KeyError, "popitem(): dictionary is empty");
        return NULL;
    }
    if (mp->ma_values)
        value = take_entry(mp, tai_values_order(mp->ma_values, mp->ma_used - 1), &key);
    else {
        PyDictKeysObject *keys = mp->ma_keys;
        Py_ssize_t ix = keys->nentries - 1;
        while (keys->entries[ix].key == NULL)
            ix--;
        value = take_entry(mp, ix, &key);
        keys->nentries = ix; /* its slot is a dummy: usable stays as it is */
        if (ix > 0 && keys->entries[0].key == NULL && keys->entries[0].hash > ix)
            keys->entries[0].hash = ix;
    }
    PyTuple_SET_ITEM(result, 0, key);
    PyTuple_SET_ITEM(result, 1, value);
    return result;
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

PyObject *PyDict_GetItem(PyObject *op, PyObject *key)
{
    PyObject *value, *type, *error, *trace;
    if (!PyDict_Check(op))
        return NULL;
    Py_hash_t hash = tai_dict_key_hash(key);
    if (hash == -1) {
        PyErr_Clear();
        return NULL;
    }
    PyThreadState *ts = tai_tstate();
    if (ts != NULL && ts->curexc_type != NULL) {
        PyErr_Fetch(&type, &error, &trace);
        tai_dict_lookup((PyDictObject *)op, key, hash, &value);
        PyErr_Restore(type, error, trace);
    }
    else if (tai_dict_lookup((PyDictObject *)op, key, hash, &value) == DICT_SLOT_ERROR)
        PyErr_Clear();
    return value;
}

PyObject *_PyDict_GetItem_KnownHash(PyObject *op, PyObject *key, Py_hash_t hash)
{
    if (!PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return tai_dict_get_known_hash((PyDictObject *)op, key, hash);
}

PyObject *PyDict_GetItemWithError(PyObject *op, PyObject *key)
{
    if (!PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    Py_hash_t hash = tai_dict_key_hash(key);
    return hash == -1 ? NULL : tai_dict_get_known_hash((PyDictObject *)op, key, hash);
}

PyObject *_PyDict_GetItemIdWithError(PyObject *op, struct _Py_Identifier *id)
{
    PyObject *key = _PyUnicode_FromId(id);
    return key ? PyDict_GetItemWithError(op, key) : NULL;
}

PyObject *_PyDict_GetItemStringWithError(PyObject *op, const char *text)
{
    PyObject *key = PyUnicode_FromString(text), *value;
    if (key == NULL)
        return NULL;
    value = PyDict_GetItemWithError(op, key);
    Py_DECREF(key);
    return value;
}

PyObject *PyDict_GetItemString(PyObject *op, const char *text)
{
    PyObject *key = PyUnicode_FromString(text), *value;
    if (key == NULL) {
        PyErr_Clear();
        return NULL;
    }
    value = PyDict_GetItem(op, key);
    Py_DECREF(key);
    return value;
}

PyObject *_PyDict_GetItemId(PyObject *op, struct _Py_Identifier *id)
{
    PyObject *key = _PyUnicode_FromId(id);
    if (key == NULL) {
        PyErr_Clear();
        return NULL;
    }
    return PyDict_GetItem(op, key);
}

int PyDict_SetItemString(PyObject *op, const char *text, PyObject *value)
{
    PyObject *key = PyUnicode_FromString(text);
    if (key == NULL)
        return -1;
    PyUnicode_InternInPlace(&key);
    int result = PyDict_SetItem(op, key, value);
    Py_DECREF(key);
    return result;
}

int _PyDict_SetItemId(PyObject *op, struct _Py_Identifier *id, PyObject *value)
{
    PyObject *key = _PyUnicode_FromId(id);
    return key ? PyDict_SetItem(op, key, value) : -1;
}

int PyDict_DelItemString(PyObject *op, const char *text)
{
    PyObject *key = PyUnicode_FromString(text);
    if (key == NULL)
        return -1;
    int result = PyDict_DelItem(op, key);
    Py_DECREF(key);
    return result;
}

int _PyDict_DelItemId(PyObject *op, struct _Py_Identifier *id)
{
    PyObject *key = _PyUnicode_FromId(id);
    return key ? PyDict_DelItem(op, key) : -1;
}

PyObject *_PyDict_LoadGlobal(PyDictObject *globals, PyDictObject *builtins, PyObject *key)
{
    PyObject *value;
    Py_hash_t hash = tai_dict_key_hash(key);
    if (hash == -1)
        return NULL;
    if (tai_dict_lookup(globals, key, hash, &value) == DICT_SLOT_ERROR || value != NULL)
        return value;
    return tai_dict_get_known_hash(builtins, key, hash);
}

int PyDict_Contains(PyObject *op, PyObject *key)
{
    Py_hash_t hash = tai_dict_key_hash(key);
    return hash == -1 ? -1 : _PyDict_Contains(op, key, hash);
}

int _PyDict_Contains(PyObject *op, PyObject *key, Py_hash_t hash)
{
    PyObject *value;
    if (tai_dict_lookup((PyDictObject *)op, key, hash, &value) == DICT_SLOT_ERROR)
        return -1;
    return value != NULL;
}

Py_ssize_t PyDict_Size(PyObject *op)
{
    if (op == NULL || !PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return ((PyDictObject *)op)->ma_used;
}

int _PyDict_Next(PyObject *op, Py_ssize_t *pos, PyObject **key, PyObject **value, Py_hash_t *hash)
{
    return PyDict_Check(op) && tai_dict_next((PyDictObject *)op, pos, key, value, hash);
}

int PyDict_Next(PyObject *op, Py_ssize_t *pos, PyObject **key, PyObject **value)
{
    return PyDict_Check(op) && tai_dict_next((PyDictObject *)op, pos, key, value, NULL);
}

int _PyDict_HasOnlyStringKeys(PyObject *op)
{
    PyDictObject *mp = (PyDictObject *)op;
    PyObject *key;
    Py_ssize_t pos = 0;
    if (mp->ma_keys->kind == DICT_KEYS_STR)
        return 1;
    while (tai_dict_next(mp, &pos, &key, NULL, NULL))
        if (!PyUnicode_Check(key))
            return 0;
    return 1;
}

Py_ssize_t _PyDict_KeysSize(PyDictKeysObject *keys) { return (Py_ssize_t)tai_keys_bytes(keys); }

Py_ssize_t _PyDict_SizeOf(PyDictObject *mp)
{
    Py_ssize_t size = _PyObject_SIZE(Py_TYPE(mp));
    if (mp->ma_values)
        size += (Py_ssize_t)tai_values_size(mp->ma_values);
    if (mp->ma_keys->refcnt == 1)
        size += (Py_ssize_t)tai_keys_bytes(mp->ma_keys);
    return size;
}

/* Keys, values or items as a list; the allocation of the list may run a collection, hence the second look. */
enum { WANT_KEYS, WANT_VALUES, WANT_ITEMS };

static PyObject *make_list(PyObject *op, int want)
{
    if (op == NULL || !PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    PyDictObject *mp = (PyDictObject *)op;
    PyObject *list, *key, *value;
again:;
    Py_ssize_t n = mp->ma_used, pos = 0;
    if ((list = PyList_New(n)) == NULL)
        return NULL;
    for (Py_ssize_t i = 0; want == WANT_ITEMS && i < n; i++) {
        PyObject *pair = PyTuple_New(2);
        if (pair == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, pair);
    }
    if (n != mp->ma_used) {
        Py_DECREF(list);
        goto again;
    }
    for (Py_ssize_t i = 0; i < n && tai_dict_next(mp, &pos, &key, &value, NULL); i++) {
        if (want == WANT_ITEMS) {
            PyObject *pair = PyList_GET_ITEM(list, i);
            Py_INCREF(key);
            Py_INCREF(value);
            PyTuple_SET_ITEM(pair, 0, key);
            PyTuple_SET_ITEM(pair, 1, value);
        }
        else {
            PyObject *item = want == WANT_KEYS ? key : value;
            Py_INCREF(item);
            PyList_SET_ITEM(list, i, item);
        }
    }
    return list;
}

PyObject *PyDict_Keys(PyObject *op) { return make_list(op, WANT_KEYS); }
PyObject *PyDict_Values(PyObject *op) { return make_list(op, WANT_VALUES); }
PyObject *PyDict_Items(PyObject *op) { return make_list(op, WANT_ITEMS); }

/* ---- copying and merging ------------------------------------------------------------------------------------- */

/* A table that is worth copying as it is: nothing deleted, not much room left over. */
static inline int is_dense(const PyDictObject *mp)
{
    return mp->ma_values == NULL && mp->ma_used == mp->ma_keys->nentries &&
           mp->ma_used * 3 >= tai_keys_capacity_of(mp->ma_keys->log2_size);
}

/* The items of mp (it has some) as new combined keys. New or NULL. */
static PyDictKeysObject *copy_items(PyDictObject *mp)
{
    return is_dense(mp) ? tai_keys_clone(mp->ma_keys) : tai_keys_compact(mp);
}

PyObject *PyDict_Copy(PyObject *op)
{
    if (op == NULL || !PyDict_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    PyDictObject *mp = (PyDictObject *)op, *copy;
    if (mp->ma_used == 0)
        return PyDict_New();
    if (mp->ma_values) {
        PyObject **values = tai_values_copy(mp->ma_keys, mp->ma_values);
        if (values == NULL)
            return NULL;
        if ((copy = new_dict(mp->ma_keys, values, mp->ma_used)) == NULL) {
            tai_values_free(values);
            return NULL;
        }
        tai_keys_incref(mp->ma_keys);
        if (tai_gc_is_tracked(mp))
            tai_gc_track(copy);
        return (PyObject *)copy;
    }
    PyDictKeysObject *keys = copy_items(mp);
    if (keys == NULL)
        return NULL;
    if ((copy = new_dict(keys, NULL, mp->ma_used)) == NULL) {
        tai_keys_decref(keys);
        return NULL;
    }
    if (tai_gc_is_tracked(mp))
        tai_gc_track(copy);
    return (PyObject *)copy;
}

/* Decide about a key that b has: 1 store, 0 leave, -1 error. */
static int wants_key(PyDictObject *a, PyObject *key, Py_hash_t hash, int override)
{
    PyObject *old;
    if (override == 1)
        return 1;
    if (tai_dict_lookup(a, key, hash, &old) == DICT_SLOT_ERROR)
        return -1;
    if (old == NULL)
        return 1;
    if (override == 0)
        return 0;
    _PyErr_SetKeyError(key);
    return -1;
}

static int merge_dict(PyDictObject *a, PyDictObject *b, int override)
{
    PyObject *key, *value;
    Py_hash_t hash;
    if (a == b || b->ma_used == 0)
        return 0;
    if (a->ma_used == 0 && a->ma_values == NULL && a->ma_keys->usable < b->ma_used) {
        PyDictKeysObject *keys = copy_items(b), *old = a->ma_keys;
        if (keys == NULL)
            return -1;
        a->ma_keys = keys;
        a->ma_used = b->ma_used;
        tai_dict_touch(a);
        if (tai_gc_is_tracked(b) && !tai_gc_is_tracked(a))
            tai_gc_track(a);
        release_table(old, NULL);
        return 0;
    }
    if (a->ma_values == NULL && a->ma_keys->usable * 3 < b->ma_used * 2 &&
        tai_dict_resize(a, tai_keys_log2_for((a->ma_used + b->ma_used) * 2)) < 0)
        return -1;
    Py_ssize_t pos = 0, n = b->ma_used;
    PyDictKeysObject *keys = b->ma_keys;
    Py_ssize_t nentries = keys->nentries;
    int split = b->ma_values != NULL;
    while (tai_dict_next(b, &pos, &key, &value, &hash)) {
        Py_INCREF(key);
        Py_INCREF(value);
        int result = wants_key(a, key, hash, override);
        if (result > 0)
            result = tai_dict_insert(a, key, hash, value);
        Py_DECREF(key);
        Py_DECREF(value);
        if (result < 0)
            return -1;
        if (UNLIKELY(b->ma_used != n || (!split && b->ma_keys->nentries != nentries))) {
            PyErr_SetString(PyExc_RuntimeError, "dict mutated during update");
            return -1;
        }
    }
    return 0;
}

static int merge_mapping(PyDictObject *a, PyObject *b, int override)
{
    PyObject *keys = PyMapping_Keys(b), *iter, *key;
    if (keys == NULL)
        return -1;
    iter = PyObject_GetIter(keys);
    Py_DECREF(keys);
    if (iter == NULL)
        return -1;
    while ((key = PyIter_Next(iter)) != NULL) {
        Py_hash_t hash = override == 1 ? 0 : tai_hash_of(key);
        int result = hash == -1 ? -1 : wants_key(a, key, hash, override);
        if (result > 0) {
            PyObject *value = PyObject_GetItem(b, key);
            result = value ? PyDict_SetItem((PyObject *)a, key, value) : -1;
            Py_XDECREF(value);
        }
        Py_DECREF(key);
        if (result < 0) {
            Py_DECREF(iter);
            return -1;
        }
    }
    Py_DECREF(iter);
    return PyErr_Occurred() ? -1 : 0;
}

int _PyDict_MergeEx(PyObject *a, PyObject *b, int override)
{
    if (a == NULL || !PyDict_Check(a) || b == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (PyDict_Check(b) && (Py_TYPE(b)->tp_iter == (getiterfunc)tai_dict_iter || PyODict_CheckExact(b)))
        return merge_dict((PyDictObject *)a, (PyDictObject *)b, override);
    return merge_mapping((PyDictObject *)a, b, override);
}

int PyDict_Merge(PyObject *a, PyObject *b, int override) { return _PyDict_MergeEx(a, b, override != 0); }
int PyDict_Update(PyObject *a, PyObject *b) { return _PyDict_MergeEx(a, b, 1); }

/* One element of dict(sequence): *pair is a new list or tuple of length 2. 0 or -1. */
static int get_pair(PyObject *item, Py_ssize_t i, PyObject **pair)
{
    *pair = PySequence_Fast(item, "");
    if (*pair == NULL) {
        if (PyErr_ExceptionMatches(PyExc_TypeError))
            PyErr_Format(PyExc_TypeError, "cannot convert dictionary update sequence element #%zd to a sequence", i);
        return -1;
    }
    Py_ssize_t n = PySequence_Fast_GET_SIZE(*pair);
    if (n == 2)
        return 0;
    PyErr_Format(PyExc_ValueError, "dictionary update sequence element #%zd has length %zd; 2 is required", i, n);
    Py_CLEAR(*pair);
    return -1;
}

int PyDict_MergeFromSeq2(PyObject *d, PyObject *seq2, int override)
{
    PyObject *item, *iter = PyObject_GetIter(seq2);
    int result = iter ? 0 : -1;
    for (Py_ssize_t i = 0; result == 0 && (item = PyIter_Next(iter)) != NULL; i++) {
        PyObject *pair;
        result = get_pair(item, i, &pair);
        if (result == 0) {
            PyObject *key = PySequence_Fast_GET_ITEM(pair, 0), *value = PySequence_Fast_GET_ITEM(pair, 1);
            Py_INCREF(key);
            Py_INCREF(value);
            if (override)
                result = PyDict_SetItem(d, key, value);
            else if (PyDict_SetDefault(d, key, value) == NULL)
                result = -1;
            Py_DECREF(key);
            Py_DECREF(value);
            Py_DECREF(pair);
        }
        Py_DECREF(item);
    }
    Py_XDECREF(iter);
    return result == 0 && PyErr_Occurred() ? -1 : result;
}

/* Keys of an exact dict or set, whose hashes are known. */
static int fromkeys_known(PyDictObject *mp, PyObject *source, PyObject *value)
{
    PyObject *key;
    Py_hash_t hash;
    int is_dict = PyDict_CheckExact(source);
    Py_ssize_t pos = 0, n = is_dict ? PyDict_GET_SIZE(source) : PySet_GET_SIZE(source);
    if (tai_dict_resize(mp, tai_keys_log2_for((n * 3 + 1) / 2)) < 0)
        return -1;
    while (is_dict ? tai_dict_next((PyDictObject *)source, &pos, &key, NULL, &hash)
                   : _PySet_NextEntry(source, &pos, &key, &hash)) {
        Py_INCREF(key);
        int failed = tai_dict_insert(mp, key, hash, value);
        Py_DECREF(key);
        if (failed)
            return -1;
    }
    return 0;
}

PyObject *_PyDict_FromKeys(PyObject *cls, PyObject *iterable, PyObject *value)
{
    PyObject *d = cls == (PyObject *)&PyDict_Type ? PyDict_New() : _PyObject_CallNoArg(cls), *iter, *key;
    if (d == NULL)
        return NULL;
    int plain = PyDict_CheckExact(d), failed = 0;
    if (plain && ((PyDictObject *)d)->ma_used == 0 && (PyDict_CheckExact(iterable) || PyAnySet_CheckExact(iterable))) {
        if (fromkeys_known((PyDictObject *)d, iterable, value) < 0)
            Py_CLEAR(d);
        return d;
    }
    if ((iter = PyObject_GetIter(iterable)) == NULL) {
        Py_DECREF(d);
        return NULL;
    }
    while (!failed && (key = PyIter_Next(iter)) != NULL) {
        failed = plain ? PyDict_SetItem(d, key, value) : PyObject_SetItem(d, key, value);
        Py_DECREF(key);
    }
    Py_DECREF(iter);
    if (failed || PyErr_Occurred())
        Py_CLEAR(d);
    return d;
}

/* ---- comparison ---------------------------------------------------------------------------------------------- */

int tai_dict_equal(PyDictObject *a, PyDictObject *b)
{
    PyObject *key, *left, *right;
    Py_hash_t hash;
    Py_ssize_t pos = 0;
    if (a->ma_used != b->ma_used)
        return 0;
    while (tai_dict_next(a, &pos, &key, &left, &hash)) {
        Py_INCREF(left);
        Py_INCREF(key);
        int same = -1;
        if (tai_dict_lookup(b, key, hash, &right) != DICT_SLOT_ERROR) {
            same = right != NULL;
            if (same) {
                Py_INCREF(right);
                same = PyObject_RichCompareBool(left, right, Py_EQ);
                Py_DECREF(right);
            }
        }
        Py_DECREF(key);
        Py_DECREF(left);
        if (same <= 0)
            return same;
    }
    return 1;
}

int tai_dict_init(void) { return 0; }

void tai_dict_fini(void)
{
    tai_keys_forget_templates();
    PyDict_ClearFreeList();
}
