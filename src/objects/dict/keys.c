/* SPDX-License-Identifier: MIT */
/* dict tables: allocation, probing, insertion, growth; split tables. The picture and [DICT-n] are in dict.h.
 *
 * Slots are probed with i <- 5i + perturb + 1 (mod size), perturb shifting the hash in from above: consecutive integers
 * fall in consecutive slots, and every slot is reached in the end. Two thirds of the slots may be used.
 * Tests: tests/objects/dict/test_dict.py.
 */
#include "objects/dict/keys.h"
#include "base/alloc.h"
#include "objects/plain_equal.h"

#include <string.h>

enum { PERTURB = 5, KEEP_KEYS = TAI_FREE_LIST(80) };

uint64_t tai_dict_version;
static uint32_t last_keys_version;
static PyDictKeysObject *kept_keys[KEEP_KEYS]; /* blocks of the smallest size, contents dead */
static int n_kept_keys;

static int8_t empty_slots[8] = {DICT_SLOT_EMPTY};
PyDictKeysObject tai_dict_empty_keys = {
    .refcnt = (Py_ssize_t)1 << 60, .indices = empty_slots, .kind = DICT_KEYS_STR,
};

/* ---- slots --------------------------------------------------------------------------------------------------- */

static inline Py_ssize_t slot_get(const PyDictKeysObject *keys, size_t i)
{
    switch (keys->log2_width) {
    case 0: return ((const int8_t *)keys->indices)[i];
    case 1: return ((const int16_t *)keys->indices)[i];
    case 2: return ((const int32_t *)keys->indices)[i];
    default: return ((const int64_t *)keys->indices)[i];
    }
}

static inline void slot_set(PyDictKeysObject *keys, size_t i, Py_ssize_t ix)
{
    switch (keys->log2_width) {
    case 0: ((int8_t *)keys->indices)[i] = (int8_t)ix; break;
    case 1: ((int16_t *)keys->indices)[i] = (int16_t)ix; break;
    case 2: ((int32_t *)keys->indices)[i] = (int32_t)ix; break;
    default: ((int64_t *)keys->indices)[i] = ix; break;
    }
}

/* ---- allocation ---------------------------------------------------------------------------------------------- */

static inline int width_for(int log2_size)
{
    return log2_size <= 7 ? 0 : log2_size <= 15 ? 1 : log2_size <= 31 ? 2 : 3;
}

size_t tai_keys_bytes(const PyDictKeysObject *keys)
{
    return sizeof(*keys) + (size_t)tai_keys_capacity_of(keys->log2_size) * sizeof(TaiDictEntry) +
           ((size_t)1 << (keys->log2_size + keys->log2_width));
}

static inline PyDictKeysObject *take_block(int log2_size, size_t size)
{
    if (log2_size == DICT_MIN_LOG2 && n_kept_keys > 0)
        return kept_keys[--n_kept_keys];
    return PyObject_Malloc(size);
}

PyDictKeysObject *tai_keys_new(int log2_size)
{
    if (log2_size > 56)
        return (PyDictKeysObject *)PyErr_NoMemory();
    size_t capacity = (size_t)tai_keys_capacity_of(log2_size);
    size_t slots = (size_t)1 << (log2_size + width_for(log2_size));
    PyDictKeysObject *keys = take_block(log2_size, sizeof(*keys) + capacity * sizeof(TaiDictEntry) + slots);
    if (keys == NULL)
        return (PyDictKeysObject *)PyErr_NoMemory();
    keys->refcnt = 1;
    keys->indices = keys->entries + capacity;
    keys->usable = (Py_ssize_t)capacity;
    keys->nentries = 0;
    keys->version = 0;
    keys->log2_size = (uint8_t)log2_size;
    keys->log2_width = (uint8_t)width_for(log2_size);
    keys->kind = DICT_KEYS_STR;
    keys->shared = 0;
    memset(keys->indices, 0xff, slots);
    return keys;
}

void tai_keys_release_block(PyDictKeysObject *keys)
{
    if (keys->log2_size == DICT_MIN_LOG2 && n_kept_keys < KEEP_KEYS)
        kept_keys[n_kept_keys++] = keys;
    else
        PyObject_Free(keys);
}

void tai_keys_free(PyDictKeysObject *keys)
{
    for (TaiDictEntry *e = keys->entries, *end = e + keys->nentries; e < end; e++) {
        Py_XDECREF(e->key);
        Py_XDECREF(e->value);
    }
    tai_keys_release_block(keys);
}

void tai_keys_clear_free_list(void)
{
    while (n_kept_keys > 0)
        PyObject_Free(kept_keys[--n_kept_keys]);
}

int tai_keys_kept(void) { return n_kept_keys; }

uint32_t tai_dict_keys_version(PyDictKeysObject *keys)
{
    if (keys->version == 0 && keys != &tai_dict_empty_keys && last_keys_version != UINT32_MAX)
        keys->version = ++last_keys_version;
    return keys->version;
}

/* ---- probing ------------------------------------------------------------------------------------------------- */

/* What probing may answer beside an entry number and DICT_SLOT_EMPTY. */
enum { TRY_AGAIN = -4 };

/* Everything that walks over slots, once for each width of a slot:
 *   probe_str_N   exact str in str keys; runs no code
 *   probe_any_N   any key; comparisons may change mp: then TRY_AGAIN
 *   free_slot_N   slot for a new entry with that hash
 *   build_N       an index for entries 0 .. n-1, none deleted, in empty slots
 * The first two leave in *slot where the key would go if it is absent. */
#define DEFINE_WALKS(N, TYPE)                                                                                        \
    static inline __attribute__((always_inline)) Py_ssize_t probe_str_##N(const PyDictKeysObject *keys,              \
                                                                          PyObject *key, Py_hash_t hash,             \
                                                                          size_t *slot)                              \
    {                                                                                                                \
        const TYPE *slots = keys->indices;                                                                           \
        size_t mask = tai_keys_mask(keys), perturb = (size_t)hash, i = perturb & mask;                               \
        for (;;) {                                                                                                   \
            Py_ssize_t ix = slots[i];                                                                                \
            if (ix >= 0) {                                                                                           \
                const TaiDictEntry *e = &keys->entries[ix];                                                          \
                if (e->key == key || (e->hash == hash && tai_str_equal(e->key, key)))                                \
                    return ix;                                                                                       \
            }                                                                                                        \
            else if (ix == DICT_SLOT_EMPTY) {                                                                        \
                *slot = i;                                                                                           \
                return DICT_SLOT_EMPTY;                                                                              \
            }                                                                                                        \
            perturb >>= PERTURB;                                                                                     \
            i = (i * 5 + perturb + 1) & mask;                                                                        \
        }                                                                                                            \
    }                                                                                                                \
    static inline __attribute__((always_inline)) Py_ssize_t probe_any_##N(PyDictObject *mp, PyDictKeysObject *keys,  \
                                                                          PyObject *key, Py_hash_t hash,             \
                                                                          size_t *slot)                              \
    {                                                                                                                \
        const TYPE *slots = keys->indices;                                                                           \
        size_t mask = tai_keys_mask(keys), perturb = (size_t)hash, i = perturb & mask;                               \
        for (;;) {                                                                                                   \
            Py_ssize_t ix = slots[i];                                                                                \
            if (ix >= 0) {                                                                                           \
                TaiDictEntry *e = &keys->entries[ix];                                                                \
                if (e->key == key)                                                                                   \
                    return ix;                                                                                       \
                if (e->hash == hash) {                                                                               \
                    int same = entry_equal(mp, keys, e, key);                                                        \
                    if (same != 0)                                                                                   \
                        return same == 1 ? ix : same;                                                                \
                }                                                                                                    \
            }                                                                                                        \
            else if (ix == DICT_SLOT_EMPTY) {                                                                        \
                *slot = i;                                                                                           \
                return DICT_SLOT_EMPTY;                                                                              \
            }                                                                                                        \
            perturb >>= PERTURB;                                                                                     \
            i = (i * 5 + perturb + 1) & mask;                                                                        \
        }                                                                                                            \
    }                                                                                                                \
    static inline __attribute__((always_inline)) size_t free_slot_##N(const PyDictKeysObject *keys, Py_hash_t hash)  \
    {                                                                                                                \
        const TYPE *slots = keys->indices;                                                                           \
        size_t mask = tai_keys_mask(keys), perturb = (size_t)hash, i = perturb & mask;                               \
        while (slots[i] >= 0) {                                                                                      \
            perturb >>= PERTURB;                                                                                     \
            i = (i * 5 + perturb + 1) & mask;                                                                        \
        }                                                                                                            \
        return i;                                                                                                    \
    }                                                                                                                \
    static void build_##N(PyDictKeysObject *keys)                                                                    \
    {                                                                                                                \
        TYPE *slots = keys->indices;                                                                                 \
        for (Py_ssize_t ix = 0, n = keys->nentries; ix < n; ix++)                                                    \
            slots[free_slot_##N(keys, keys->entries[ix].hash)] = (TYPE)ix;                                           \
    }

/* Does entry e, whose hash matches, have this key? 1, 0, DICT_SLOT_ERROR, or TRY_AGAIN if mp has changed. Runs code. */
static inline int entry_equal(PyDictObject *mp, PyDictKeysObject *keys, TaiDictEntry *e, PyObject *key)
{
    PyObject *candidate = e->key;
    int same = tai_plain_equal(candidate, key);
    if (LIKELY(same >= 0))
        return same;
    Py_INCREF(candidate);
    same = PyObject_RichCompareBool(candidate, key, Py_EQ);
    Py_DECREF(candidate);
    if (same < 0)
        return DICT_SLOT_ERROR;
    return UNLIKELY(mp->ma_keys != keys || e->key != candidate) ? TRY_AGAIN : same;
}

DEFINE_WALKS(8, int8_t)
DEFINE_WALKS(16, int16_t)
DEFINE_WALKS(32, int32_t)
DEFINE_WALKS(64, int64_t)

/* Calls the walk for the width of these keys. */
#define BY_WIDTH(KEYS, WALK, ...)                                                                                    \
    ((KEYS)->log2_width == 0   ? WALK##_8(__VA_ARGS__)                                                               \
     : (KEYS)->log2_width == 1 ? WALK##_16(__VA_ARGS__)                                                              \
     : (KEYS)->log2_width == 2 ? WALK##_32(__VA_ARGS__)                                                              \
                               : WALK##_64(__VA_ARGS__))

Py_ssize_t tai_keys_lookup_str(const PyDictKeysObject *keys, PyObject *key, Py_hash_t hash)
{
    size_t slot;
    return BY_WIDTH(keys, probe_str, keys, key, hash, &slot);
}

/* The entry of any key, DICT_SLOT_EMPTY with *slot, or DICT_SLOT_ERROR. Runs code unless [DICT-1] applies. */
static inline Py_ssize_t find(PyDictObject *mp, PyObject *key, Py_hash_t hash, size_t *slot)
{
    Py_ssize_t ix;
    PyDictKeysObject *keys = mp->ma_keys;
    if (keys->kind == DICT_KEYS_STR && PyUnicode_CheckExact(key))
        return BY_WIDTH(keys, probe_str, keys, key, hash, slot);
    do {
        keys = mp->ma_keys;
        ix = BY_WIDTH(keys, probe_any, mp, keys, key, hash, slot);
    } while (UNLIKELY(ix == TRY_AGAIN));
    return ix;
}

Py_ssize_t tai_dict_lookup(PyDictObject *mp, PyObject *key, Py_hash_t hash, PyObject **value)
{
    size_t slot;
    Py_ssize_t ix;
    const PyDictKeysObject *keys = mp->ma_keys;
    if (LIKELY(keys->log2_width == 0)) { /* small, and the first place has this very key: most lookups, without a call */
        ix = ((const int8_t *)keys->indices)[(size_t)hash & tai_keys_mask(keys)];
        if (LIKELY(ix >= 0 && keys->entries[ix].key == key)) {
            *value = tai_dict_value_at(mp, ix);
            return ix;
        }
    }
    ix = find(mp, key, hash, &slot);
    *value = ix < 0 ? NULL : tai_dict_value_at(mp, ix);
    return ix;
}

Py_ssize_t tai_dict_lookup_index(PyDictObject *mp, PyObject *name)
{
    if (mp->ma_keys->kind != DICT_KEYS_STR)
        return DICT_SLOT_ERROR;
    return tai_keys_lookup_str(mp->ma_keys, name, tai_dict_key_hash(name));
}

PyObject *tai_dict_get_known_hash(PyDictObject *mp, PyObject *key, Py_hash_t hash)
{
    PyObject *value;
    tai_dict_lookup(mp, key, hash, &value);
    return value;
}

/* ---- insertion and removal of entries ------------------------------------------------------------------------ */

/* Write a new entry, the slot of which is known. Steals both. The index. */
static inline Py_ssize_t append_at(PyDictKeysObject *keys, size_t slot, PyObject *key, Py_hash_t hash, PyObject *value)
{
    Py_ssize_t ix = keys->nentries++;
    assert(keys->usable > 0);
    keys->usable--;
    keys->version = 0;
    if (!PyUnicode_CheckExact(key))
        keys->kind = DICT_KEYS_ANY;
    slot_set(keys, slot, ix);
    TaiDictEntry *e = &keys->entries[ix];
    e->hash = hash;
    e->key = key;
    e->value = value;
    return ix;
}

static void build_slots(PyDictKeysObject *keys) { BY_WIDTH(keys, build, keys); }

Py_ssize_t tai_keys_append(PyDictKeysObject *keys, PyObject *key_steal, Py_hash_t hash, PyObject *value_steal)
{
    return append_at(keys, BY_WIDTH(keys, free_slot, keys, hash), key_steal, hash, value_steal);
}

void tai_keys_remove(PyDictKeysObject *keys, Py_ssize_t ix)
{
    TaiDictEntry *e = &keys->entries[ix];
    size_t mask = tai_keys_mask(keys), perturb = (size_t)e->hash, i = perturb & mask;
    while (slot_get(keys, i) != ix) {
        perturb >>= PERTURB;
        i = (i * 5 + perturb + 1) & mask;
    }
    slot_set(keys, i, DICT_SLOT_DUMMY);
    keys->version = 0;
    e->key = e->value = NULL;
    e->hash = 0; /* [DICT-7] */
}

int tai_keys_log2_for(Py_ssize_t slots)
{
    int log2_size = DICT_MIN_LOG2;
    while (((Py_ssize_t)1 << log2_size) < slots && log2_size < 62)
        log2_size++;
    return log2_size;
}

/* Move the entries of combined keys that are alive to their place in new ones. The old block is left without any. */
static void move_entries(PyDictKeysObject *to, PyDictKeysObject *from, Py_ssize_t used)
{
    if (from->nentries == used)
        memcpy(to->entries, from->entries, (size_t)used * sizeof(TaiDictEntry));
    else {
        TaiDictEntry *out = to->entries;
        for (TaiDictEntry *e = from->entries; out < to->entries + used; e++)
            if (e->key != NULL)
                *out++ = *e;
    }
    to->nentries = used;
    to->usable -= used;
    to->kind = from->kind;
    build_slots(to);
}

int tai_dict_resize(PyDictObject *mp, int log2_size)
{
    assert(mp->ma_values == NULL);
    while (tai_keys_capacity_of(log2_size) <= mp->ma_used)
        log2_size++;
    PyDictKeysObject *old = mp->ma_keys, *keys = tai_keys_new(log2_size);
    if (keys == NULL)
        return -1;
    move_entries(keys, old, mp->ma_used);
    mp->ma_keys = keys;
    if (old != &tai_dict_empty_keys)
        tai_keys_release_block(old);
    return 0;
}

/* Combined dict: add a key whose slot is known, if it is still the place (slot SIZE_MAX: find one). Steals both. */
static inline int add_at(PyDictObject *mp, size_t slot, PyObject *key, Py_hash_t hash, PyObject *value)
{
    if (UNLIKELY(mp->ma_keys->usable <= 0)) {
        if (tai_dict_resize(mp, tai_keys_log2_for(mp->ma_used * 3)) < 0) {
            Py_DECREF(key);
            Py_DECREF(value);
            return -1;
        }
        slot = SIZE_MAX;
    }
    PyDictKeysObject *keys = mp->ma_keys;
    append_at(keys, slot != SIZE_MAX ? slot : BY_WIDTH(keys, free_slot, keys, hash), key, hash, value);
    mp->ma_used++;
    tai_dict_touch(mp);
    if (!tai_gc_is_tracked(mp) && (tai_dict_may_track(key) || tai_dict_may_track(value)))
        tai_gc_track(mp);
    return 0;
}

int tai_dict_add_new(PyDictObject *mp, PyObject *key_steal, Py_hash_t hash, PyObject *value_steal)
{
    return add_at(mp, SIZE_MAX, key_steal, hash, value_steal);
}

int tai_dict_insert(PyDictObject *mp, PyObject *key, Py_hash_t hash, PyObject *value)
{
    size_t slot;
    Py_INCREF(key);
    Py_INCREF(value);
    Py_ssize_t ix = find(mp, key, hash, &slot);
    if (ix == DICT_SLOT_EMPTY)
        return mp->ma_values ? tai_dict_add_to_split(mp, key, hash, value) : add_at(mp, slot, key, hash, value);
    if (ix >= 0) {
        if (mp->ma_values)
            tai_dict_store_split(mp, ix, value);
        else
            tai_dict_store_combined(mp, ix, value);
    }
    Py_DECREF(key);
    Py_DECREF(value);
    return ix >= 0 ? 0 : -1;
}

PyDictKeysObject *tai_keys_compact(PyDictObject *mp)
{
    Py_ssize_t used = mp->ma_used;
    int log2_size = tai_keys_log2_for((used * 3 + 1) / 2);
    while (tai_keys_capacity_of(log2_size) < used)
        log2_size++;
    PyDictKeysObject *from = mp->ma_keys, *copy = tai_keys_new(log2_size);
    if (copy == NULL)
        return NULL;
    Py_ssize_t pos = 0;
    for (TaiDictEntry *out = copy->entries; tai_dict_next(mp, &pos, &out->key, &out->value, &out->hash); out++) {
        Py_INCREF(out->key);
        Py_INCREF(out->value);
    }
    copy->nentries = used;
    copy->usable -= used;
    copy->kind = from->kind;
    build_slots(copy);
    return copy;
}

/* A copy of the table without references: the used entries as they are, and the slots. */
static inline PyDictKeysObject *copy_block(const PyDictKeysObject *keys)
{
    size_t capacity = (size_t)tai_keys_capacity_of(keys->log2_size);
    size_t slots = (size_t)1 << (keys->log2_size + keys->log2_width);
    PyDictKeysObject *copy = take_block(keys->log2_size, sizeof(*keys) + capacity * sizeof(TaiDictEntry) + slots);
    if (copy == NULL)
        return (PyDictKeysObject *)PyErr_NoMemory();
    memcpy(copy, keys, sizeof(*keys) + (size_t)keys->nentries * sizeof(TaiDictEntry));
    copy->indices = copy->entries + capacity;
    memcpy(copy->indices, keys->indices, slots);
    copy->refcnt = 1;
    copy->version = 0;
    return copy;
}

PyDictKeysObject *tai_keys_clone(PyDictKeysObject *keys)
{
    PyDictKeysObject *copy = copy_block(keys);
    if (copy == NULL)
        return NULL;
    for (TaiDictEntry *e = copy->entries, *end = e + copy->nentries; e < end; e++) {
        Py_XINCREF(e->key);
        Py_XINCREF(e->value);
    }
    return copy;
}

/* ---- displays with constant keys ----------------------------------------------------------------------------- */

/* Tables for {"a": ..., "b": ...}, found by the tuple of the keys: they need their values only. Both are owned. */
enum { TEMPLATES = 256 };
static struct { PyObject *names; PyDictKeysObject *keys; } templates[TEMPLATES];

/* Combined keys with these names and no values; NULL if there is none (names that are equal or no exact strings),
 * without exception. */
static PyDictKeysObject *make_template(PyObject *names)
{
    Py_ssize_t n = PyTuple_GET_SIZE(names);
    int log2_size = tai_keys_log2_for((n * 3 + 1) / 2);
    PyDictKeysObject *keys = tai_keys_new(log2_size);
    if (keys == NULL) {
        PyErr_Clear();
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *name = PyTuple_GET_ITEM(names, i);
        Py_hash_t hash = PyUnicode_CheckExact(name) ? tai_hash_of(name) : -1;
        if (hash == -1 || keys->usable == 0 || tai_keys_lookup_str(keys, name, hash) >= 0) {
            PyErr_Clear();
            tai_keys_free(keys);
            return NULL;
        }
        Py_INCREF(name);
        tai_keys_append(keys, name, hash, NULL);
    }
    return keys;
}

PyDictKeysObject *tai_keys_from_names(PyObject *names, PyObject *const *values)
{
    size_t at = ((uintptr_t)names >> 4 ^ (uintptr_t)names >> 12) % TEMPLATES;
    if (UNLIKELY(templates[at].names != names)) {
        PyDictKeysObject *keys = make_template(names);
        if (keys == NULL)
            return NULL;
        PyObject *old = templates[at].names;
        PyDictKeysObject *old_keys = templates[at].keys;
        Py_INCREF(names);
        templates[at].names = names;
        templates[at].keys = keys;
        if (old != NULL) {
            tai_keys_free(old_keys);
            Py_DECREF(old);
        }
    }
    PyDictKeysObject *copy = copy_block(templates[at].keys);
    if (copy == NULL) {
        PyErr_Clear();
        return NULL;
    }
    for (Py_ssize_t i = 0, n = copy->nentries; i < n; i++) {
        Py_INCREF(copy->entries[i].key);
        Py_INCREF(values[i]);
        copy->entries[i].value = values[i];
    }
    return copy;
}

void tai_keys_forget_templates(void)
{
    for (int i = 0; i < TEMPLATES; i++)
        if (templates[i].names != NULL) {
            PyObject *names = templates[i].names;
            templates[i].names = NULL;
            tai_keys_free(templates[i].keys);
            Py_DECREF(names);
        }
}

/* ---- split tables -------------------------------------------------------------------------------------------- */

static inline unsigned shared_capacity(const PyDictKeysObject *keys)
{
    Py_ssize_t n = tai_keys_capacity_of(keys->log2_size);
    return n > DICT_SHARED_MAX ? DICT_SHARED_MAX : (unsigned)n;
}

static inline size_t order_bytes(unsigned capacity) { return (capacity + 2 + 7) & ~(size_t)7; }

/* What __sizeof__ says: the pointers, as in 3.8; the order of the names is not counted. */
size_t tai_values_size(PyObject **values)
{
    return tai_values_capacity(values) * sizeof(PyObject *);
}

PyObject **tai_values_new(PyDictKeysObject *keys)
{
    unsigned capacity = shared_capacity(keys);
    char *block = PyObject_Malloc(order_bytes(capacity) + capacity * sizeof(PyObject *));
    if (block == NULL)
        return (PyObject **)PyErr_NoMemory();
    PyObject **values = (PyObject **)(block + order_bytes(capacity));
    memset(values, 0, capacity * sizeof(PyObject *));
    tai_values_bytes(values)[-1] = 0;
    tai_values_bytes(values)[-2] = (uint8_t)capacity;
    return values;
}

void tai_values_free_block(PyObject **values)
{
    PyObject_Free((char *)values - order_bytes(tai_values_capacity(values)));
}

void tai_values_free(PyObject **values)
{
    for (unsigned i = 0, n = tai_values_used(values); i < n; i++)
        Py_DECREF(values[tai_values_order(values, i)]);
    tai_values_free_block(values);
}

PyObject **tai_values_copy(PyDictKeysObject *keys, PyObject **values)
{
    PyObject **copy = tai_values_new(keys);
    if (copy == NULL)
        return NULL;
    for (unsigned i = 0, n = tai_values_used(values); i < n; i++) {
        unsigned ix = tai_values_order(values, i);
        Py_INCREF(values[ix]);
        copy[ix] = values[ix];
        tai_values_append_order(copy, ix);
    }
    return copy;
}

void tai_values_remove(PyObject **values, Py_ssize_t ix)
{
    uint8_t *bytes = tai_values_bytes(values);
    int n = bytes[-1], at = 0;
    while (bytes[-3 - at] != ix)
        at++;
    for (; at + 1 < n; at++)
        bytes[-3 - at] = bytes[-4 - at];
    bytes[-1]--;
    values[ix] = NULL;
}

int tai_dict_unsplit(PyDictObject *mp, Py_ssize_t room)
{
    PyObject **values = mp->ma_values;
    Py_ssize_t used = mp->ma_used;
    int log2_size = tai_keys_log2_for((used + room) * 3 / 2 + 1);
    while (tai_keys_capacity_of(log2_size) < used + room)
        log2_size++;
    PyDictKeysObject *shared = mp->ma_keys, *keys = tai_keys_new(log2_size);
    if (keys == NULL)
        return -1;
    for (Py_ssize_t i = 0; i < used; i++) {
        unsigned ix = tai_values_order(values, i);
        keys->entries[i] = (TaiDictEntry){shared->entries[ix].hash, shared->entries[ix].key, values[ix]};
        Py_INCREF(keys->entries[i].key);
    }
    keys->nentries = used;
    keys->usable -= used;
    build_slots(keys);
    mp->ma_keys = keys;
    mp->ma_values = NULL;
    tai_values_free_block(values);
    tai_keys_decref(shared);
    return 0;
}

Py_ssize_t tai_keys_add_shared(PyDictKeysObject *keys, PyObject *key, Py_hash_t hash)
{
    if (!PyUnicode_CheckExact(key))
        return -1;
    Py_ssize_t ix = tai_keys_lookup_str(keys, key, hash);
    if (ix >= 0)
        return ix;
    if (keys->usable <= 0 || keys->nentries >= DICT_SHARED_MAX)
        return -1;
    Py_INCREF(key);
    return tai_keys_append(keys, key, hash, NULL);
}

PyDictKeysObject *_PyDict_NewKeysForClass(void)
{
    PyDictKeysObject *keys = tai_keys_new(DICT_MIN_LOG2);
    if (keys == NULL) {
        PyErr_Clear();
        return NULL;
    }
    keys->shared = 1;
    return keys;
}

/* A bigger copy of shared keys with the same indices; new reference, or NULL without exception. */
static PyDictKeysObject *grow_shared(PyDictKeysObject *keys)
{
    PyDictKeysObject *bigger = tai_keys_new(keys->log2_size + 1);
    if (bigger == NULL) {
        PyErr_Clear();
        return NULL;
    }
    memcpy(bigger->entries, keys->entries, (size_t)keys->nentries * sizeof(TaiDictEntry));
    for (Py_ssize_t i = 0; i < keys->nentries; i++)
        Py_INCREF(bigger->entries[i].key);
    bigger->nentries = keys->nentries;
    bigger->usable -= keys->nentries;
    bigger->shared = 1;
    build_slots(bigger);
    return bigger;
}

Py_ssize_t tai_keys_add_to_type(PyDictKeysObject **slot, PyObject *key, Py_hash_t hash)
{
    Py_ssize_t ix = tai_keys_add_shared(*slot, key, hash);
    if (ix >= 0 || !PyUnicode_CheckExact(key) || (*slot)->nentries >= DICT_SHARED_MAX)
        return ix;
    PyDictKeysObject *old = *slot, *bigger = grow_shared(old);
    if (bigger == NULL)
        return -1;
    *slot = bigger;
    tai_keys_decref(old);
    return tai_keys_add_shared(bigger, key, hash);
}

int tai_dict_adopt_keys(PyDictObject *mp, PyDictKeysObject *keys)
{
    PyDictKeysObject *old = mp->ma_keys;
    if (old == keys)
        return 1;
    if (keys->nentries < old->nentries)
        return 0;
    for (Py_ssize_t i = 0; i < old->nentries; i++)
        if (old->entries[i].key != keys->entries[i].key)
            return 0;
    PyObject **values = mp->ma_values;
    if (tai_values_capacity(values) < shared_capacity(keys)) {
        PyObject **bigger = tai_values_new(keys);
        if (bigger == NULL) {
            PyErr_Clear();
            return 0;
        }
        for (unsigned i = 0, n = tai_values_used(values); i < n; i++) {
            unsigned ix = tai_values_order(values, i);
            bigger[ix] = values[ix];
            tai_values_append_order(bigger, ix);
        }
        mp->ma_values = bigger;
        tai_values_free_block(values);
    }
    tai_keys_incref(keys);
    mp->ma_keys = keys;
    tai_keys_decref(old);
    return 1;
}
