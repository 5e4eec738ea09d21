/* SPDX-License-Identifier: MIT */
/* names: see names.h; and the mangling of private names. Tests: tests/frontend/test_cases.py, tools/compare_code. */
#include "frontend/names.h"

#define SMALL 8

static unsigned hash_of(const void *key)
{
    size_t bits = (size_t)key >> 4;
    return (unsigned)(bits ^ (bits >> 9) ^ (bits >> 21));
}

NameSlot *tai_names_find(const NameMap *map, const void *key)
{
    if (!map->index) {
        for (int i = 0; i < map->count; i++)
            if (map->slots[i].key == key)
                return &map->slots[i];
        return NULL;
    }
    for (unsigned at = hash_of(key) & map->mask; map->index[at]; at = (at + 1) & map->mask)
        if (map->slots[map->index[at] - 1].key == key)
            return &map->slots[map->index[at] - 1];
    return NULL;
}

static void index_insert(NameMap *map, int slot)
{
    unsigned at = hash_of(map->slots[slot].key) & map->mask;
    while (map->index[at])
        at = (at + 1) & map->mask;
    map->index[at] = slot + 1;
}

/* Room for twice as many slots, and a table of four times as many cells. */
static int grow(NameMap *map, PyArena *arena)
{
    int room = map->room ? 2 * map->room : SMALL;
    NameSlot *slots = PyArena_Malloc(arena, room * sizeof(NameSlot));
    if (!slots)
        return -1;
    if (map->count)
        memcpy(slots, map->slots, map->count * sizeof(NameSlot));
    map->slots = slots;
    map->room = room;
    if (room > SMALL) {
        size_t cells = (size_t)room * 2;
        int *index = PyArena_Malloc(arena, cells * sizeof(int));
        if (!index)
            return -1;
        memset(index, 0, cells * sizeof(int));
        map->index = index;
        map->mask = (unsigned)cells - 1;
        for (int i = 0; i < map->count; i++)
            index_insert(map, i);
    }
    return 0;
}

NameSlot *tai_names_add(NameMap *map, PyArena *arena, void *key, int value)
{
    if (map->count == map->room && grow(map, arena) < 0)
        return NULL;
    NameSlot *slot = &map->slots[map->count++];
    slot->key = key;
    slot->value = value;
    if (map->index)
        index_insert(map, map->count - 1);
    return slot;
}

/* ---- private names ---- */

/* Whether a name is private in a class: __x, but not __x__ nor a dotted name. */
static int is_private(PyObject *name)
{
    Py_ssize_t size = PyUnicode_GET_LENGTH(name);
    if (size < 2 || PyUnicode_READ_CHAR(name, 0) != '_' || PyUnicode_READ_CHAR(name, 1) != '_')
        return 0;
    if (PyUnicode_READ_CHAR(name, size - 1) == '_' && PyUnicode_READ_CHAR(name, size - 2) == '_')
        return 0;
    return PyUnicode_FindChar(name, '.', 0, size, 1) < 0;
}

PyObject *_Py_Mangle(PyObject *owner, PyObject *name)
{
    Py_ssize_t skip = 0, size;
    if (owner && PyUnicode_Check(owner) && is_private(name)) {
        size = PyUnicode_GET_LENGTH(owner);
        while (skip < size && PyUnicode_READ_CHAR(owner, skip) == '_')
            skip++;
        if (skip < size) {
            PyObject *stem = PyUnicode_Substring(owner, skip, size);
            PyObject *mangled = stem ? PyUnicode_FromFormat("_%U%U", stem, name) : NULL;
            Py_XDECREF(stem);
            return mangled;
        }
    }
    Py_INCREF(name);
    return name;
}

PyObject *tai_mangle(PyArena *arena, PyObject *owner, PyObject *name)
{
    if (!owner || !is_private(name))
        return name;
    PyObject *mangled = _Py_Mangle(owner, name);
    if (!mangled)
        return NULL;
    PyUnicode_InternInPlace(&mangled);
    if (PyArena_AddPyObject(arena, mangled) < 0)
        Py_CLEAR(mangled);
    return mangled;
}
