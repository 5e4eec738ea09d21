/* SPDX-License-Identifier: MIT */
/* Attributes at sites that see objects of several classes: one table for the process, by type version and name.
 *
 * [POLY-1] An entry is valid for the class state that its version names; the name is owned, the object borrowed from the
 *          class (the version keeps it alive).
 */
#ifndef TAI_VM_POLY_H
#define TAI_VM_POLY_H

#include "objects/dict/dict.h"
#include "objects/type/type.h"

enum { POLY_LOG2 = 11 };
enum { POLY_NONE, POLY_DICT, POLY_SLOT, POLY_CLASS };

typedef struct {
    uint32_t version;       /* of the type; 0: empty */
    uint32_t keys_version;  /* of the dict's keys when it was filled */
    PyObject *name;         /* owned */
    PyObject *object;       /* POLY_CLASS: what the class has */
    uint32_t index;         /* POLY_DICT: entry; POLY_SLOT: byte offset */
    uint16_t offset;        /* of the __dict__ pointer, or 0 */
    uint16_t kind;
} TaiPolyEntry;

/* One table for values (LOAD_ATTR, STORE_ATTR) and one for methods: what POLY_CLASS may hold differs. */
extern TaiPolyEntry tai_poly_values[1 << POLY_LOG2], tai_poly_methods[1 << POLY_LOG2];

/* Fill the entry for o and name, or mark it POLY_NONE. Runs no code. */
void tai_poly_fill(TaiPolyEntry *entry, PyObject *o, PyObject *name, int methods);

static inline TaiPolyEntry *tai_poly_entry(TaiPolyEntry *table, PyObject *o, PyObject *name)
{
    uint32_t version = Py_TYPE(o)->tp_version_tag;
    uint32_t hash = version * 0x9E3779B1u ^ (uint32_t)((uintptr_t)name >> 4);
    TaiPolyEntry *entry = &table[(hash ^ hash >> 15) & ((1u << POLY_LOG2) - 1)];
    if (UNLIKELY(entry->version != version || entry->name != name || version == 0))
        tai_poly_fill(entry, o, name, table == tai_poly_methods);
    return entry;
}

/* Value of attribute name of o: new, or NULL without exception where the plain way has to be gone. Runs no code. */
static inline PyObject *tai_poly_load(PyObject *o, PyObject *name)
{
    TaiPolyEntry *entry = tai_poly_entry(tai_poly_values, o, name);
    PyDictObject *dict;
    PyObject *v;
    if (entry->kind == POLY_DICT) {
        dict = *(PyDictObject **)((char *)o + entry->offset);
        if (dict == NULL)
            return NULL;
        if (LIKELY(dict->ma_keys->version == entry->keys_version))
            v = tai_dict_value_at(dict, entry->index);
        else
            v = dict->ma_keys->kind == DICT_KEYS_STR ? tai_dict_get_name(dict, name) : NULL;
    }
    else if (entry->kind == POLY_SLOT)
        v = *(PyObject **)((char *)o + entry->index);
    else if (entry->kind == POLY_CLASS) {
        dict = entry->offset ? *(PyDictObject **)((char *)o + entry->offset) : NULL;
        if (dict != NULL && dict->ma_keys->version != entry->keys_version &&
            (dict->ma_keys->kind != DICT_KEYS_STR || tai_dict_get_name(dict, name) != NULL))
            return NULL;
        v = entry->object;
    }
    else
        return NULL;
    Py_XINCREF(v);
    return v;
}

/* An unbound method for o.name(): new, or NULL without exception. Runs no code. */
static inline PyObject *tai_poly_method(PyObject *o, PyObject *name)
{
    TaiPolyEntry *entry = tai_poly_entry(tai_poly_methods, o, name);
    if (entry->kind != POLY_CLASS)
        return NULL;
    PyDictObject *dict = entry->offset ? *(PyDictObject **)((char *)o + entry->offset) : NULL;
    if (dict != NULL && dict->ma_keys->version != entry->keys_version &&
        (dict->ma_keys->kind != DICT_KEYS_STR || tai_dict_get_name(dict, name) != NULL))
        return NULL;
    Py_INCREF(entry->object);
    return entry->object;
}

/* Store v (borrowed) as attribute name of o: 1, or 0 where the plain way has to be gone. Runs code (the old value). */
static inline int tai_poly_store(PyObject *o, PyObject *name, PyObject *v)
{
    TaiPolyEntry *entry = tai_poly_entry(tai_poly_values, o, name);
    if (entry->kind == POLY_DICT) {
        PyDictObject *dict = *(PyDictObject **)((char *)o + entry->offset);
        if (dict == NULL || Py_TYPE(dict) != &PyDict_Type || dict->ma_keys->version != entry->keys_version)
            return 0;
        if (dict->ma_values != NULL)
            tai_dict_store_split(dict, entry->index, v);
        else
            tai_dict_store_combined(dict, entry->index, v);
        return 1;
    }
    if (entry->kind == POLY_SLOT) {
        PyObject **slot = (PyObject **)((char *)o + entry->index), *old = *slot;
        Py_INCREF(v);
        *slot = v;
        Py_XDECREF(old);
        return 1;
    }
    return 0;
}

/* super().name(): what the classes behind cls on the MRO of the object's class have, by both versions and the name. */
enum { SUPER_NONE, SUPER_METHOD_OF_SELF, SUPER_PLAIN };
typedef struct {
    uint32_t version, cls_version;
    PyObject *name;    /* owned */
    PyObject *object;  /* the function; borrowed */
    int kind;
} TaiSuperEntry;
extern TaiSuperEntry tai_super_table[1 << POLY_LOG2];
void tai_super_fill(TaiSuperEntry *entry, PyTypeObject *type, PyTypeObject *cls, PyObject *name, int of_type);

/* The entry for super(cls, self).name, or NULL where the plain way has to be gone. Runs no code. */
static inline TaiSuperEntry *tai_super_lookup(PyObject *cls, PyObject *self, PyObject *name)
{
    PyTypeObject *type = Py_TYPE(self);
    int of_type = 0;
    if (UNLIKELY(!PyType_Check(cls)))
        return NULL;
    if (PyType_Check(self) && PyType_IsSubtype((PyTypeObject *)self, (PyTypeObject *)cls)) {
        type = (PyTypeObject *)self;
        of_type = 1;
    }
    uint32_t version = type->tp_version_tag, cls_version = ((PyTypeObject *)cls)->tp_version_tag;
    uint32_t hash = (version * 31 ^ cls_version) * 0x9E3779B1u ^ (uint32_t)((uintptr_t)name >> 4);
    TaiSuperEntry *entry = &tai_super_table[(hash ^ hash >> 15) & ((1u << POLY_LOG2) - 1)];
    if (UNLIKELY(entry->version != version || entry->cls_version != cls_version || entry->name != name || version == 0 ||
                 cls_version == 0))
        tai_super_fill(entry, type, (PyTypeObject *)cls, name, of_type);
    return entry->kind == SUPER_NONE ? NULL : entry;
}

#endif
