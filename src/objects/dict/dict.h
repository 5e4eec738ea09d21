/* SPDX-License-Identifier: MIT */
/* dict: the private side. Representation, what inline caches may rely on, and the operations for hot callers.
 *
 *   PyDictObject (ABI)        ma_used, ma_version_tag, ma_keys -> PyDictKeysObject, ma_values
 *
 *   combined (ma_values == NULL)               split (ma_values != NULL)
 *     keys: header                               keys: header, shared by many dicts, only ever grows
 *           entries[0..nentries-1] {hash,key,value}    entries[i].value is always NULL
 *           indices (1, 2, 4 or 8 bytes a slot)  ma_values[i]: value for entries[i].key, or NULL for "not there"
 *
 * Entries stand in insertion order at a fixed offset, so `keys->entries[i].value` is one load. The slots of the hash
 * table (at keys->indices) hold entry numbers, DICT_SLOT_EMPTY or DICT_SLOT_DUMMY. A deleted entry has key NULL.
 *
 * A split values block carries its own insertion order, so that instances which get the same attributes in different
 * orders still share one keys object:
 *
 *   bytes:  ... order[1] order[0] capacity used | ma_values[0] ma_values[1] ...
 *
 * [DICT-1] kind == DICT_KEYS_STR: every key is an exact str. Looking up an exact str there runs no code.
 * [DICT-2] Split keys have kind DICT_KEYS_STR, no deleted entries, and at most DICT_SHARED_MAX of them. An entry never
 *          moves: its index is good for as long as the keys object lives.
 * [DICT-3] Split: ma_used == order count; order holds ma_used different indices, exactly those with a value.
 *          The block has room for every key that its keys object can ever hold: ma_values[i] is in bounds.
 * [DICT-4] keys->version: 0, or a number that no other keys object ever had. It goes back to 0 with every change of
 *          the set of keys (insertion, removal, clear) and of the layout. Storing to an existing key of a *combined*
 *          table keeps it; storing to a split dict keeps it, even if the slot was NULL before.
 *          So, with an unchanged version:   combined: key at index i is there and entries[i].value is not NULL;
 *          a key that was absent is absent. split: key at index i is ma_values[i], NULL or not; a key that was absent
 *          from the keys is absent from every dict that uses them.
 * [DICT-5] The version number alone identifies the keys: a cache need not compare, nor keep alive, the pointer.
 *          (dict->ma_keys->version == cached) is the whole guard; whether the dict is split is a property of the keys.
 * [DICT-6] ma_version_tag changes with every modification, by whatever path.
 * [DICT-7] While entry 0 is deleted, its hash field is a lower bound for the first entry in use: queues stay fast.
 * Tests: tests/objects/dict/.
 */
#ifndef TAI_OBJECTS_DICT_H
#define TAI_OBJECTS_DICT_H

#include "Python.h"
#include "objects/plain_equal.h"
#include "runtime/gc.h"
#include "runtime/state.h"
#include <stdint.h>

typedef struct {
    Py_hash_t hash;
    PyObject *key;   /* owned; NULL: deleted */
    PyObject *value; /* owned; always NULL in split keys */
} TaiDictEntry;

enum { DICT_KEYS_ANY = 0, DICT_KEYS_STR = 1 };
enum { DICT_SLOT_EMPTY = -1, DICT_SLOT_DUMMY = -2, DICT_SLOT_ERROR = -3 };
enum { DICT_MIN_LOG2 = 3, DICT_SHARED_MAX = 30 };

struct _dictkeysobject {
    Py_ssize_t refcnt;    /* 1 for combined tables; number of dicts and types for shared ones */
    void *indices;        /* the slots, behind the entries in the same block */
    Py_ssize_t usable;    /* entries that can still be added */
    Py_ssize_t nentries;  /* entries in use, deleted ones included */
    uint32_t version;     /* [DICT-4] */
    uint8_t log2_size;    /* of the number of slots */
    uint8_t log2_width;   /* of the bytes of a slot: 0, 1, 2, 3 */
    uint8_t kind;         /* DICT_KEYS_* */
    uint8_t shared;       /* made for split tables */
    TaiDictEntry entries[];
};
_Static_assert(sizeof(struct _dictkeysobject) == 40, "dict sizes are visible through sys.getsizeof");

extern uint64_t tai_dict_version;          /* the last ma_version_tag handed out */
extern PyDictKeysObject tai_dict_empty_keys;

static inline size_t tai_keys_mask(const PyDictKeysObject *keys) { return ((size_t)1 << keys->log2_size) - 1; }
static inline void tai_dict_touch(PyDictObject *mp) { mp->ma_version_tag = ++tai_dict_version; }

/* ---- lookups ------------------------------------------------------------------------------------------------- */

/* Entry index of an exact str among keys of kind DICT_KEYS_STR, or DICT_SLOT_EMPTY. Runs no code. hash: of key. */
Py_ssize_t tai_keys_lookup_str(const PyDictKeysObject *keys, PyObject *key, Py_hash_t hash);

/* Entry index of key in mp, or DICT_SLOT_EMPTY, or DICT_SLOT_ERROR with an exception. *value: borrowed, NULL if absent
 * (a split dict may have the key in its keys, index >= 0, and no value). Runs code unless [DICT-1] applies. */
Py_ssize_t tai_dict_lookup(PyDictObject *mp, PyObject *key, Py_hash_t hash, PyObject **value);

/* Entry index of an exact str (its hash is computed if need be) for filling an inline cache: >= 0, or DICT_SLOT_EMPTY
 * if absent, or DICT_SLOT_ERROR *without* exception if the table is not of kind DICT_KEYS_STR (do not cache). For a split
 * dict the index counts even if the value is NULL. Runs no code. */
Py_ssize_t tai_dict_lookup_index(PyDictObject *mp, PyObject *name);

/* Borrowed value, or NULL without exception (absent) or with one. Runs code as tai_dict_lookup. */
PyObject *tai_dict_get_known_hash(PyDictObject *mp, PyObject *key, Py_hash_t hash);

/* Hash of a key; -1 with an exception. Runs code. */
static inline Py_hash_t tai_dict_key_hash(PyObject *key) { return tai_hash_of(key); }

/* Value of an exact, hashed (interned) str; borrowed, NULL if absent; runs no code if the table has str keys only,
 * and never leaves an exception if the keys in the table are well behaved. */
static inline PyObject *tai_dict_get_name(PyDictObject *mp, PyObject *name)
{
    PyDictKeysObject *keys = mp->ma_keys;
    Py_hash_t hash = ((PyASCIIObject *)name)->hash;
    if (LIKELY(keys->kind == DICT_KEYS_STR && hash != -1)) {
        Py_ssize_t ix = tai_keys_lookup_str(keys, name, hash);
        if (ix < 0)
            return NULL;
        return mp->ma_values ? mp->ma_values[ix] : keys->entries[ix].value;
    }
    return PyDict_GetItemWithError((PyObject *)mp, name);
}

/* ---- inline caches ------------------------------------------------------------------------------------------- */

/* Version of the keys, assigned at the first request; 0 if the numbers have run out (do not cache). */
uint32_t tai_dict_keys_version(PyDictKeysObject *keys);

/* Value at an index learnt under an unchanged keys version; borrowed; NULL only in split dicts. */
static inline PyObject *tai_dict_value_at(const PyDictObject *mp, Py_ssize_t ix)
{
    return mp->ma_values ? mp->ma_values[ix] : mp->ma_keys->entries[ix].value;
}

/* Values blocks of split dicts: see the picture above. */
static inline uint8_t *tai_values_bytes(PyObject **values) { return (uint8_t *)values; }
static inline unsigned tai_values_used(PyObject **values) { return tai_values_bytes(values)[-1]; }
static inline unsigned tai_values_capacity(PyObject **values) { return tai_values_bytes(values)[-2]; }
static inline unsigned tai_values_order(PyObject **values, Py_ssize_t i) { return tai_values_bytes(values)[-3 - i]; }
static inline void tai_values_append_order(PyObject **values, Py_ssize_t ix)
{
    uint8_t *bytes = tai_values_bytes(values);
    unsigned n = bytes[-1]++;
    bytes[-3 - (int)n] = (uint8_t)ix;
}
/* A new empty block with room for all that keys can hold; NULL with MemoryError. */
PyObject **tai_values_new(PyDictKeysObject *keys);
/* Release the block and the references in it. Runs code (finalizers). */
void tai_values_free(PyObject **values);

static inline int tai_dict_may_track(PyObject *v)
{
    return PyObject_IS_GC(v) && (!PyTuple_CheckExact(v) || tai_gc_is_tracked(v));
}
static inline void tai_dict_maybe_track(PyDictObject *mp, PyObject *v)
{
    if (!tai_gc_is_tracked(mp) && tai_dict_may_track(v))
        tai_gc_track(mp);
}

/* Store v (borrowed) at index ix of a split dict whose keys version the caller has checked. Runs code
 * (the finalizer of the old value). */
static inline void tai_dict_store_split(PyDictObject *mp, Py_ssize_t ix, PyObject *v)
{
    PyObject **values = mp->ma_values;
    PyObject *old = values[ix];
    if (old == v)
        return; /* the same value is no modification */
    Py_INCREF(v);
    values[ix] = v;
    tai_dict_touch(mp);
    tai_dict_maybe_track(mp, v);
    if (old == NULL) {
        tai_values_append_order(values, ix);
        mp->ma_used++;
    }
    else
        Py_DECREF(old);
}

/* Replace the value of entry ix of a combined dict whose keys version the caller has checked. Runs code. */
static inline void tai_dict_store_combined(PyDictObject *mp, Py_ssize_t ix, PyObject *v)
{
    TaiDictEntry *entry = &mp->ma_keys->entries[ix];
    PyObject *old = entry->value;
    if (old == v)
        return;
    Py_INCREF(v);
    entry->value = v;
    tai_dict_touch(mp);
    tai_dict_maybe_track(mp, v);
    Py_DECREF(old);
}

/* ---- making dicts -------------------------------------------------------------------------------------------- */

/* {names[0]: values[0], ...} for an exact tuple of names that will be used again (a constant); all borrowed. New or NULL.
 * May run code, if the names are no exact strings. */
PyObject *tai_dict_from_names(PyObject *names, PyObject *const *values);
/* An empty split dict over the shared keys (borrowed; a count is added). New or NULL. */
PyObject *tai_dict_new_split(PyDictKeysObject *keys);

/* Shared keys: add a str (borrowed) or find it. Index, or -1 without exception if there is no room or if
 * key is not an exact str. hash: of key. */
Py_ssize_t tai_keys_add_shared(PyDictKeysObject *keys, PyObject *key, Py_hash_t hash);
/* The same for the keys of a type: makes them bigger (replacing *slot by a longer copy, same indices) as needed. */
Py_ssize_t tai_keys_add_to_type(PyDictKeysObject **slot, PyObject *key, Py_hash_t hash);

static inline void tai_keys_incref(PyDictKeysObject *keys) { keys->refcnt++; }
void tai_keys_free(PyDictKeysObject *keys);
static inline void tai_keys_decref(PyDictKeysObject *keys)
{
    if (--keys->refcnt == 0)
        tai_keys_free(keys);
}

/* Insert or replace with a known hash; key and value borrowed. 0 or -1. Runs code. */
NODISCARD int tai_dict_insert(PyDictObject *mp, PyObject *key, Py_hash_t hash, PyObject *value);

/* Index of the first entry that is not deleted (nentries if none) [DICT-7]. */
static inline Py_ssize_t tai_keys_first(PyDictKeysObject *keys)
{
    TaiDictEntry *entries = keys->entries;
    Py_ssize_t i = 0, n = keys->nentries;
    if (n == 0 || LIKELY(entries[0].key != NULL))
        return 0;
    i = entries[0].hash;
    while (i < n && entries[i].key == NULL)
        i++;
    entries[0].hash = i;
    return i;
}

/* Iterate in order; *pos starts at 0. 1 with borrowed *key, *value, *hash (each may be NULL), or 0 at the end. Inline
 * twin of _PyDict_Next, for exact dicts that do not change meanwhile. */
static inline int tai_dict_next(PyDictObject *mp, Py_ssize_t *pos, PyObject **key, PyObject **value, Py_hash_t *hash)
{
    Py_ssize_t i = *pos;
    PyDictKeysObject *keys = mp->ma_keys;
    TaiDictEntry *entry;
    if (mp->ma_values) {
        if ((size_t)i >= (size_t)mp->ma_used)
            return 0;
        unsigned ix = tai_values_order(mp->ma_values, i);
        entry = &keys->entries[ix];
        if (value)
            *value = mp->ma_values[ix];
        *pos = i + 1;
    }
    else {
        if (i <= 0) {
            if (i < 0)
                return 0;
            i = tai_keys_first(keys);
        }
        while (i < keys->nentries && keys->entries[i].key == NULL)
            i++;
        if (i >= keys->nentries)
            return 0;
        entry = &keys->entries[i];
        if (value)
            *value = entry->value;
        *pos = i + 1;
    }
    if (key)
        *key = entry->key;
    if (hash)
        *hash = entry->hash;
    return 1;
}

/* Start-up. */
int tai_dict_init(void);
void tai_dict_fini(void);

#endif
