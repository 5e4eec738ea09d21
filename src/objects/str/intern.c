/* SPDX-License-Identifier: MIT */
/* str: interning, and the identifiers of C code.
 *
 * The table is an open-addressed set of pointers, probing linearly. It has a hash of its own, over the characters' bytes:
 * cheap enough that the many names a start meets again and again are found without making a string (tai_intern_ascii).
 * It is keyed, so that nobody can choose names that collide. The table holds no references: a mortal interned string removes itself when it dies (tai_intern_forget).
 *
 * [INTERN-1] capacity is a power of two, at most 2/3 of it used (live entries and tombstones).
 * [INTERN-2] Entries are exact, ready strings with their hash computed and state.interned != 0.
 * [INTERN-3] The hash secret is fixed before the first entry and never changes.
 */
#include "objects/str/str.h"
#include "objects/str/str_init.h"
#include "runtime/immortal.h"

#define TOMBSTONE ((PyObject *)1)

typedef struct {
    PyObject *string;
    size_t key; /* bytes_key() of string, so that probing stays inside the table */
} Slot;

static struct {
    Slot *slots;
    size_t capacity, used, live;
} table;

static inline uint64_t read64(const unsigned char *p)
{
    uint64_t word;
    memcpy(&word, p, 8);
    return word;
}

static inline uint64_t read32(const unsigned char *p)
{
    uint32_t word;
    memcpy(&word, p, 4);
    return word;
}

static inline uint64_t mix(uint64_t a, uint64_t b)
{
    __uint128_t product = (__uint128_t)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

#define ODD_1 0x9e3779b97f4a7c15u
#define ODD_2 0xd6e8feb86659fd93u

static size_t bytes_key(const void *data, size_t n)
{
    const unsigned char *p = data;
    uint64_t h = _Py_HashSecret.siphash.k0 ^ n * ODD_1, tail;
    size_t left = n;
    for (; left > 8; left -= 8, p += 8)
        h = mix(h ^ read64(p), ODD_2 ^ _Py_HashSecret.siphash.k1);
    if (n >= 8)
        tail = read64(p + left - 8); /* the last eight, some of them again */
    else if (n >= 4)
        tail = read32(p) << 32 | read32(p + n - 4);
    else
        tail = n == 0 ? 0 : (uint64_t)p[0] << 16 | (uint64_t)p[n / 2] << 8 | p[n - 1];
    h = mix(h ^ tail, ODD_2 ^ _Py_HashSecret.siphash.k1);
    return (size_t)(h ^ h >> 32);
}

static inline size_t key_of(PyObject *s) { return bytes_key(str_data(s), (size_t)str_len(s) * (size_t)str_kind(s)); }

static int table_rebuild(size_t capacity)
{
    Slot *slots = PyMem_RawCalloc(capacity, sizeof *slots);
    if (slots == NULL)
        return -1;
    for (size_t i = 0; i < table.capacity; i++) {
        Slot *old = &table.slots[i];
        if (old->string == NULL || old->string == TOMBSTONE)
            continue;
        size_t k = old->key & (capacity - 1);
        while (slots[k].string != NULL)
            k = (k + 1) & (capacity - 1);
        slots[k] = *old;
    }
    PyMem_RawFree(table.slots);
    table.slots = slots;
    table.capacity = capacity;
    table.used = table.live;
    return 0;
}

/* The slot that holds s's equal, or the one to put it in. */
static Slot *table_slot(PyObject *s, size_t key)
{
    size_t mask = table.capacity - 1, k = key & mask;
    Slot *reuse = NULL;
    for (;; k = (k + 1) & mask) {
        Slot *at = &table.slots[k];
        if (at->string == NULL)
            return reuse ? reuse : at;
        if (at->string == TOMBSTONE) {
            if (reuse == NULL)
                reuse = at;
        } else if (at->key == key && tai_str_equal(at->string, s)) {
            return at;
        }
    }
}

/* The string of these ASCII characters, borrowed, or NULL. */
static PyObject *find_ascii(const char *text, size_t n, size_t key)
{
    size_t mask = table.capacity - 1, k = key & mask;
    if (table.capacity == 0)
        return NULL;
    for (; table.slots[k].string != NULL; k = (k + 1) & mask) {
        const Slot *at = &table.slots[k];
        if (at->key == key && at->string != TOMBSTONE && PyUnicode_IS_COMPACT_ASCII(at->string) &&
            (size_t)str_len(at->string) == n && memcmp(str_data(at->string), text, n) == 0)
            return at->string;
    }
    return NULL;
}

/* Put s, or find its equal. Borrowed; s itself if there is no memory. */
static PyObject *put(PyObject *s, size_t key)
{
    if (tai_str_hash(s) == -1)
        return s;
    if ((table.used + 1) * 3 > table.capacity * 2) {
        size_t capacity = table.capacity ? table.capacity : 8192;
        while ((table.live + 1) * 2 > capacity)
            capacity *= 2;
        if (table_rebuild(capacity) < 0)
            return s;
    }
    Slot *slot = table_slot(s, key);
    if (slot->string != NULL && slot->string != TOMBSTONE)
        return slot->string;
    if (slot->string == NULL)
        table.used++;
    table.live++;
    *slot = (Slot){s, key};
    STR_ASCII(s)->state.interned = SSTATE_INTERNED_MORTAL;
    return s;
}

/* Silent on failure, as the API is: *p then stays as it was. */
void PyUnicode_InternInPlace(PyObject **p)
{
    PyObject *s = *p;
    if (s == NULL || !PyUnicode_CheckExact(s) || STR_ASCII(s)->state.interned)
        return;
    if (str_ready(s) < 0) {
        PyErr_Clear();
        return;
    }
    PyObject *known = put(s, key_of(s));
    if (known != s) {
        Py_INCREF(known);
        *p = known;
        Py_DECREF(s);
    }
}

PyObject *tai_intern_ascii(const char *text, Py_ssize_t n)
{
    if (n > 1) { /* shorter ones are constants of their own */
        size_t key = bytes_key(text, (size_t)n);
        PyObject *s = find_ascii(text, (size_t)n, key);
        if (s != NULL) {
            Py_INCREF(s);
            return s;
        }
        s = PyUnicode_New(n, 127);
        if (s != NULL) {
            memcpy(str_data(s), text, (size_t)n);
            put(s, key);
        }
        return s;
    }
    PyObject *s = PyUnicode_FromStringAndSize(text, n);
    if (s != NULL)
        PyUnicode_InternInPlace(&s);
    return s;
}

void tai_intern_forget(PyObject *s)
{
    size_t mask = table.capacity - 1, k = key_of(s) & mask;
    if (table.slots == NULL)
        return;
    while (table.slots[k].string != s) {
        if (table.slots[k].string == NULL)
            return;
        k = (k + 1) & mask;
    }
    table.live--;
    if (table.slots[(k + 1) & mask].string == NULL) {
        table.slots[k].string = NULL;
        table.used--;
    } else {
        table.slots[k].string = TOMBSTONE;
    }
}

void PyUnicode_InternImmortal(PyObject **p)
{
    PyUnicode_InternInPlace(p);
    if (STR_ASCII(*p)->state.interned && STR_ASCII(*p)->state.interned != SSTATE_INTERNED_IMMORTAL) {
        STR_ASCII(*p)->state.interned = SSTATE_INTERNED_IMMORTAL;
        tai_immortalize(*p);
    }
}

PyObject *PyUnicode_InternFromString(const char *u)
{
    size_t n = strlen(u);
    if (str_bytes_are_ascii(u, n))
        return tai_intern_ascii(u, (Py_ssize_t)n);
    PyObject *s = PyUnicode_FromString(u);
    if (s != NULL)
        PyUnicode_InternInPlace(&s);
    return s;
}

/* ---- identifiers ---- */

static _Py_Identifier *identifiers;

/* Borrowed. */
PyObject *_PyUnicode_FromId(_Py_Identifier *id)
{
    if (UNLIKELY(id->object == NULL)) {
        PyObject *s = PyUnicode_InternFromString(id->string);
        if (s == NULL)
            return NULL;
        id->object = s;
        id->next = identifiers;
        identifiers = id;
    }
    return id->object;
}

void _PyUnicode_ClearStaticStrings(void)
{
    while (identifiers != NULL) {
        _Py_Identifier *id = identifiers;
        identifiers = id->next;
        id->next = NULL;
        Py_CLEAR(id->object);
    }
}
