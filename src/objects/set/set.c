/* SPDX-License-Identifier: MIT */
/* set and frozenset: the hash table. Operators, methods and types are in methods.c.
 *
 *   PySetObject -> table[0..mask] of {key, hash}; a small set keeps the table inside itself (smalltable)
 *
 * The struct is ABI, and so is the order in which a set gives its elements: programs print it. Hence the rules of 3.8:
 * [SET-1] Unused: key NULL, hash 0. Removed: key _PySet_Dummy, hash -1. Else an owned key and its hash.
 * [SET-2] fill counts used and removed places, used the elements. fill*5 < mask*3 after each addition.
 * [SET-3] Probing: a place, then the 9 that follow it (if they do not pass the end), then i <- 5i + 1 + perturb. A new
 *         element takes the last removed place that was seen on the way to an unused one.
 * [SET-4] Comparing keys runs code: when the table or the entry has changed by then, the search starts again.
 * Tests: tests/objects/test_set.py.
 */
#include "objects/set/set.h"
#include "objects/plain_equal.h"

#include <string.h>

enum { LINEAR = 9, PERTURB = 5, BIG = 50000 };

static PyObject *dummy_repr(PyObject *op) { return PyUnicode_FromString("<dummy key>"); }

static void dummy_dealloc(PyObject *op) { Py_FatalError("deallocating <dummy key>"); }

static PyTypeObject dummy_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "<dummy key> type",
    .tp_dealloc = dummy_dealloc,
    .tp_repr = dummy_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};
PyObject tai_set_dummy = {_PyObject_EXTRA_INIT 2, &dummy_type};
PyObject *_PySet_Dummy = &tai_set_dummy;
#define DUMMY (&tai_set_dummy)

/* ---- searching ----------------------------------------------------------------------------------------------- */

/* Does this entry, whose hash matches, hold key? 1, 0, -1 error, -2 changed. */
static inline int entry_equal(PySetObject *so, setentry *table, setentry *entry, PyObject *key)
{
    PyObject *candidate = entry->key;
    if (candidate == key)
        return 1;
    int same = tai_plain_equal(candidate, key);
    if (same >= 0)
        return same;
    Py_INCREF(candidate);
    same = PyObject_RichCompareBool(candidate, key, Py_EQ);
    Py_DECREF(candidate);
    if (same >= 0 && UNLIKELY(so->table != table || entry->key != candidate))
        return -2;
    return same;
}

/* The entry of key; else NULL, with *place (if wanted) where it would go: a removed or unused entry. On error *failed
 * is set. Runs code [SET-4]. */
static inline setentry *find(PySetObject *so, PyObject *key, Py_hash_t hash, setentry **place, int *failed)
{
restart:;
    setentry *table = so->table, *removed = NULL;
    size_t mask = (size_t)so->mask, i = (size_t)hash & mask, perturb = (size_t)hash;
    for (;;) {
        setentry *entry = &table[i], *last = i + LINEAR <= mask ? entry + LINEAR : entry;
        for (; entry <= last; entry++) {
            if (entry->hash == hash && entry->key != NULL) {
                int same = entry_equal(so, table, entry, key);
                if (same == 1)
                    return entry;
                if (same == -2)
                    goto restart;
                if (same < 0) {
                    *failed = 1;
                    return NULL;
                }
            }
            else if (entry->key == NULL) {
                if (place) /* code run by comparisons may have used the removed place */
                    *place = removed && removed->key == DUMMY ? removed : entry;
                return NULL;
            }
            else if (entry->hash == -1)
                removed = entry;
        }
        perturb >>= PERTURB;
        i = (i * 5 + 1 + perturb) & mask;
    }
}

/* Put a key that is absent in a table without removed places. */
static void insert_clean(setentry *table, size_t mask, PyObject *key, Py_hash_t hash)
{
    size_t i = (size_t)hash & mask, perturb = (size_t)hash;
    for (;;) {
        setentry *entry = &table[i], *last = i + LINEAR <= mask ? entry + LINEAR : entry;
        for (; entry <= last; entry++)
            if (entry->key == NULL) {
                entry->key = key;
                entry->hash = hash;
                return;
            }
        perturb >>= PERTURB;
        i = (i * 5 + 1 + perturb) & mask;
    }
}

int tai_set_resize(PySetObject *so, Py_ssize_t least)
{
    setentry *old = so->table, *table, copy[PySet_MINSIZE];
    size_t size = PySet_MINSIZE;
    int was_malloced = old != so->smalltable;
    while (size <= (size_t)least)
        size <<= 1;
    Py_ssize_t old_mask = so->mask;
    if (size == PySet_MINSIZE) {
        table = so->smalltable;
        if (table == old) {
            if (so->fill == so->used)
                return 0;
            memcpy(copy, old, sizeof(copy));
            old = copy;
        }
        memset(table, 0, sizeof(copy));
    }
    else if (size > PY_SSIZE_T_MAX / sizeof(setentry) || (table = PyMem_Calloc(size, sizeof(setentry))) == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    so->table = table;
    so->mask = (Py_ssize_t)size - 1;
    so->fill = so->used;
    for (setentry *entry = old; entry <= old + old_mask; entry++)
        if (entry->key != NULL && entry->key != DUMMY)
            insert_clean(table, size - 1, entry->key, entry->hash);
    if (was_malloced)
        PyMem_Free(old);
    return 0;
}

int tai_set_add(PySetObject *so, PyObject *key, Py_hash_t hash)
{
    setentry *place;
    int failed = 0;
    Py_INCREF(key); /* comparing may run code that drops the caller's */
    if (find(so, key, hash, &place, &failed) != NULL || failed) {
        Py_DECREF(key);
        return failed ? -1 : 0;
    }
    if (place->key == NULL)
        so->fill++;
    so->used++;
    place->key = key;
    place->hash = hash;
    if ((size_t)so->fill * 5 < (size_t)so->mask * 3)
        return 0;
    return tai_set_resize(so, so->used > BIG ? so->used * 2 : so->used * 4);
}

int tai_set_add_unique(PySetObject *so, PyObject *key, Py_hash_t hash)
{
    Py_INCREF(key);
    insert_clean(so->table, (size_t)so->mask, key, hash);
    so->fill++;
    so->used++;
    if ((size_t)so->fill * 5 < (size_t)so->mask * 3)
        return 0;
    return tai_set_resize(so, so->used > BIG ? so->used * 2 : so->used * 4);
}

int tai_set_contains(PySetObject *so, PyObject *key, Py_hash_t hash)
{
    int failed = 0;
    setentry *entry = find(so, key, hash, NULL, &failed);
    return failed ? -1 : entry != NULL;
}

int tai_set_discard(PySetObject *so, PyObject *key, Py_hash_t hash)
{
    int failed = 0;
    setentry *entry = find(so, key, hash, NULL, &failed);
    if (entry == NULL)
        return failed ? -1 : 0;
    PyObject *old = entry->key;
    entry->key = DUMMY;
    entry->hash = -1;
    so->used--;
    Py_DECREF(old);
    return 1;
}

int tai_set_contains_key(PySetObject *so, PyObject *key)
{
    Py_hash_t hash = tai_hash_of(key);
    return hash == -1 ? -1 : tai_set_contains(so, key, hash);
}

static int add_key(PySetObject *so, PyObject *key)
{
    Py_hash_t hash = tai_hash_of(key);
    return hash == -1 ? -1 : tai_set_add(so, key, hash);
}

PyObject *tai_set_pop(PySetObject *so)
{
    if (so->used == 0) {
        PyErr_SetString(PyExc_KeyError, "pop from an empty set");
        return NULL;
    }
    setentry *entry = so->table + (so->finger & so->mask), *limit = so->table + so->mask;
    while (entry->key == NULL || entry->key == DUMMY)
        if (++entry > limit)
            entry = so->table;
    PyObject *key = entry->key;
    entry->key = DUMMY;
    entry->hash = -1;
    so->used--;
    so->finger = entry - so->table + 1; /* the next pop goes on from here */
    return key;
}

/* ---- life cycle ---------------------------------------------------------------------------------------------- */

static void empty_to_small(PySetObject *so)
{
    memset(so->smalltable, 0, sizeof(so->smalltable));
    so->fill = 0;
    so->used = 0;
    so->mask = PySet_MINSIZE - 1;
    so->table = so->smalltable;
    so->hash = -1;
}

int tai_set_clear(PySetObject *so)
{
    setentry *table = so->table, copy[PySet_MINSIZE];
    Py_ssize_t mask = so->mask, fill = so->fill;
    int was_malloced = table != so->smalltable;
    if (fill == 0 && !was_malloced)
        return 0;
    if (!was_malloced) {
        memcpy(copy, table, sizeof(copy));
        table = copy;
    }
    empty_to_small(so); /* empty before any code runs */
    for (setentry *entry = table; entry <= table + mask; entry++)
        if (entry->key != NULL && entry->key != DUMMY)
            Py_DECREF(entry->key);
    if (was_malloced)
        PyMem_Free(table);
    return 0;
}

void tai_set_dealloc(PySetObject *so)
{
    tai_gc_untrack_if(so);
    Py_TRASHCAN_BEGIN(so, tai_set_dealloc)
    if (so->weakreflist != NULL)
        PyObject_ClearWeakRefs((PyObject *)so);
    Py_ssize_t left = so->used;
    for (setentry *entry = so->table; left > 0; entry++)
        if (entry->key != NULL && entry->key != DUMMY) {
            left--;
            Py_DECREF(entry->key);
        }
    if (so->table != so->smalltable)
        PyMem_Free(so->table);
    Py_TYPE(so)->tp_free(so);
    Py_TRASHCAN_END
}

int tai_set_traverse(PySetObject *so, visitproc visit, void *arg)
{
    Py_ssize_t pos = 0;
    Py_hash_t hash;
    PyObject *key;
    while (tai_set_next(so, &pos, &key, &hash))
        Py_VISIT(key);
    return 0;
}

void tai_set_swap(PySetObject *a, PySetObject *b)
{
    setentry *table, small[PySet_MINSIZE];
#define SWAP(TYPE, FIELD)                                                                                            \
    do {                                                                                                             \
        TYPE keep = a->FIELD;                                                                                        \
        a->FIELD = b->FIELD;                                                                                         \
        b->FIELD = keep;                                                                                             \
    } while (0)
    SWAP(Py_ssize_t, fill);
    SWAP(Py_ssize_t, used);
    SWAP(Py_ssize_t, mask);
    table = a->table == a->smalltable ? b->smalltable : a->table;
    a->table = b->table == b->smalltable ? a->smalltable : b->table;
    b->table = table;
    memcpy(small, a->smalltable, sizeof(small));
    memcpy(a->smalltable, b->smalltable, sizeof(small));
    memcpy(b->smalltable, small, sizeof(small));
    if (PyType_IsSubtype(Py_TYPE(a), &PyFrozenSet_Type) && PyType_IsSubtype(Py_TYPE(b), &PyFrozenSet_Type))
        SWAP(Py_hash_t, hash);
    else
        a->hash = b->hash = -1;
#undef SWAP
}

/* ---- adding many --------------------------------------------------------------------------------------------- */

static int merge_set(PySetObject *so, PySetObject *other)
{
    if (so == other || other->used == 0)
        return 0;
    if ((size_t)(so->fill + other->used) * 5 >= (size_t)so->mask * 3 &&
        tai_set_resize(so, (so->used + other->used) * 2) < 0)
        return -1;
    setentry *from = other->table;
    Py_ssize_t mask = other->mask;
    if (so->fill == 0 && so->mask == mask && other->fill == other->used) {
        /* The same size and nothing removed: place by place. */
        for (Py_ssize_t i = 0; i <= mask; i++) {
            Py_XINCREF(from[i].key);
            so->table[i] = from[i];
        }
        so->fill = so->used = other->used;
        return 0;
    }
    if (so->fill == 0) {
        so->fill = so->used = other->used;
        for (Py_ssize_t i = 0; i <= mask; i++)
            if (from[i].key != NULL && from[i].key != DUMMY) {
                Py_INCREF(from[i].key);
                insert_clean(so->table, (size_t)so->mask, from[i].key, from[i].hash);
            }
        return 0;
    }
    for (Py_ssize_t i = 0; i <= other->mask; i++) {
        setentry *entry = &other->table[i];
        if (entry->key != NULL && entry->key != DUMMY && tai_set_add(so, entry->key, entry->hash) < 0)
            return -1;
    }
    return 0;
}

static int merge_dict(PySetObject *so, PyObject *dict)
{
    Py_ssize_t n = PyDict_GET_SIZE(dict), pos = 0;
    PyObject *key, *value;
    Py_hash_t hash;
    if ((size_t)(so->fill + n) * 5 >= (size_t)so->mask * 3 && tai_set_resize(so, (so->used + n) * 2) < 0)
        return -1;
    while (_PyDict_Next(dict, &pos, &key, &value, &hash))
        if (tai_set_add(so, key, hash) < 0)
            return -1;
    return 0;
}

int tai_set_update(PySetObject *so, PyObject *other)
{
    if (PyAnySet_Check(other))
        return merge_set(so, (PySetObject *)other);
    if (PyDict_CheckExact(other))
        return merge_dict(so, other);
    if (PyList_CheckExact(other)) { /* adding may change the list: look at its size each time */
        for (Py_ssize_t i = 0; i < PyList_GET_SIZE(other); i++) {
            PyObject *key = PyList_GET_ITEM(other, i);
            Py_INCREF(key);
            int failed = add_key(so, key);
            Py_DECREF(key);
            if (failed)
                return -1;
        }
        return 0;
    }
    PyObject *it = PyObject_GetIter(other), *key;
    if (it == NULL)
        return -1;
    while ((key = PyIter_Next(it)) != NULL) {
        int failed = add_key(so, key);
        Py_DECREF(key);
        if (failed) {
            Py_DECREF(it);
            return -1;
        }
    }
    Py_DECREF(it);
    return PyErr_Occurred() ? -1 : 0;
}

PyObject *tai_set_new(PyTypeObject *type, PyObject *iterable)
{
    PySetObject *so;
    if (type == &PySet_Type || type == &PyFrozenSet_Type) {
        if ((so = PyObject_GC_New(PySetObject, type)) == NULL)
            return NULL;
        so->weakreflist = NULL;
        so->finger = 0;
        empty_to_small(so);
        tai_gc_track(so);
    }
    else {
        if ((so = (PySetObject *)type->tp_alloc(type, 0)) == NULL)
            return NULL;
        so->mask = PySet_MINSIZE - 1;
        so->table = so->smalltable;
        so->hash = -1;
    }
    if (iterable != NULL && tai_set_update(so, iterable) < 0) {
        Py_DECREF(so);
        return NULL;
    }
    return (PyObject *)so;
}

/* ---- C API --------------------------------------------------------------------------------------------------- */

PyObject *PySet_New(PyObject *iterable) { return tai_set_new(&PySet_Type, iterable); }
PyObject *PyFrozenSet_New(PyObject *iterable) { return tai_set_new(&PyFrozenSet_Type, iterable); }

#define REQUIRE(CONDITION, RESULT)                                                                                   \
    do {                                                                                                             \
        if (!(CONDITION)) {                                                                                          \
            PyErr_BadInternalCall();                                                                                 \
            return RESULT;                                                                                           \
        }                                                                                                            \
    } while (0)

Py_ssize_t PySet_Size(PyObject *op)
{
    REQUIRE(PyAnySet_Check(op), -1);
    return ((PySetObject *)op)->used;
}

int PySet_Clear(PyObject *op)
{
    REQUIRE(PySet_Check(op), -1);
    return tai_set_clear((PySetObject *)op);
}

int PySet_Contains(PyObject *op, PyObject *key)
{
    REQUIRE(PyAnySet_Check(op), -1);
    return tai_set_contains_key((PySetObject *)op, key);
}

int PySet_Discard(PyObject *op, PyObject *key)
{
    REQUIRE(PySet_Check(op), -1);
    Py_hash_t hash = tai_hash_of(key);
    return hash == -1 ? -1 : tai_set_discard((PySetObject *)op, key, hash);
}

int PySet_Add(PyObject *op, PyObject *key)
{
    /* A frozenset may be filled by its maker. */
    REQUIRE(PySet_Check(op) || (PyFrozenSet_Check(op) && Py_REFCNT(op) == 1), -1);
    return add_key((PySetObject *)op, key);
}

PyObject *PySet_Pop(PyObject *op)
{
    REQUIRE(PySet_Check(op), NULL);
    return tai_set_pop((PySetObject *)op);
}

int _PySet_NextEntry(PyObject *op, Py_ssize_t *pos, PyObject **key, Py_hash_t *hash)
{
    REQUIRE(PyAnySet_Check(op), -1);
    return tai_set_next((PySetObject *)op, pos, key, hash);
}

int _PySet_Update(PyObject *op, PyObject *iterable)
{
    REQUIRE(PySet_Check(op), -1);
    return tai_set_update((PySetObject *)op, iterable);
}

int PySet_ClearFreeList(void) { return 0; }
