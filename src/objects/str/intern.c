/* SPDX-License-Identifier: MIT */
/* str: interning, and the identifiers of C code.
 *
 * The table is an open-addressed set of pointers, hashed by string hash, probing linearly. It holds no references: a
 * mortal interned string removes itself when it dies (tai_intern_forget).
 *
 * [INTERN-1] capacity is a power of two, at most 2/3 of it used (live entries and tombstones).
 * [INTERN-2] Entries are exact, ready strings with hash set and state.interned != 0.
 */
#include "objects/str/str.h"
#include "objects/str/str_init.h"
#include "runtime/immortal.h"

#define TOMBSTONE ((PyObject *)1)

typedef struct {
    PyObject *string;
    Py_hash_t hash; /* of string, so that probing stays inside the table */
} Slot;

static struct {
    Slot *slots;
    size_t capacity, used, live;
} table;

static int table_rebuild(size_t capacity)
{
    Slot *slots = PyMem_RawCalloc(capacity, sizeof *slots);
    if (slots == NULL)
        return -1;
    for (size_t i = 0; i < table.capacity; i++) {
        Slot *old = &table.slots[i];
        if (old->string == NULL || old->string == TOMBSTONE)
            continue;
        size_t k = (size_t)old->hash & (capacity - 1);
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
static Slot *table_slot(PyObject *s, Py_hash_t hash)
{
    size_t mask = table.capacity - 1, k = (size_t)hash & mask;
    Slot *reuse = NULL;
    for (;; k = (k + 1) & mask) {
        Slot *at = &table.slots[k];
        if (at->string == NULL)
            return reuse ? reuse : at;
        if (at->string == TOMBSTONE) {
            if (reuse == NULL)
                reuse = at;
        } else if (at->hash == hash && tai_str_equal(at->string, s)) {
            return at;
        }
    }
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
    Py_hash_t hash = tai_str_hash(s);
    if ((table.used + 1) * 3 > table.capacity * 2) {
        size_t capacity = table.capacity ? table.capacity : 4096;
        while ((table.live + 1) * 2 > capacity)
            capacity *= 2;
        if (table_rebuild(capacity) < 0)
            return;
    }
    Slot *slot = table_slot(s, hash);
    if (slot->string != NULL && slot->string != TOMBSTONE) {
        *p = slot->string;
        Py_INCREF(*p);
        Py_DECREF(s);
        return;
    }
    if (slot->string == NULL)
        table.used++;
    table.live++;
    *slot = (Slot){s, hash};
    STR_ASCII(s)->state.interned = SSTATE_INTERNED_MORTAL;
}

void tai_intern_forget(PyObject *s)
{
    size_t mask = table.capacity - 1, k = (size_t)STR_ASCII(s)->hash & mask;
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

void tai_str_fini(void)
{
    _PyUnicode_ClearStaticStrings();
    for (size_t i = 0; i < table.capacity; i++) {
        PyObject *s = table.slots[i].string;
        if (s != NULL && s != TOMBSTONE)
            STR_ASCII(s)->state.interned = SSTATE_NOT_INTERNED;
    }
    PyMem_RawFree(table.slots);
    memset(&table, 0, sizeof table);
}
