/* SPDX-License-Identifier: MIT */
/* type: the private side of classes. What inline caches may rely on, and what the files in this folder share.
 *
 *   static type:  PyTypeObject, tables in C             heap type:  PyHeapTypeObject, made by type() or a spec
 *
 *   reading order: ready.c (a type comes to life), inherit.c, mro.c, slots.c (dunder <-> slot), wrap.c, dispatch.c,
 *                  new.c (class statement), spec.c, instance.c (alloc, dealloc), type.c, object_type.c, super.c
 *
 * [TYPE-1] tp_version_tag != 0 exactly when Py_TPFLAGS_VALID_VERSION_TAG is set. A tag belongs to one state of one type and is
 *          never used again. So `Py_TYPE(o)->tp_version_tag == cached` with cached != 0 says: same type, and no attribute
 *          of it or of a base has changed since.
 * [TYPE-2] If a type has a valid tag, so have all types on its MRO: PyType_Modified walks down the subclasses and may
 *          stop at one without a tag.
 * [TYPE-3] Values in the cache are borrowed from dicts on the MRO; the tag guards them. Names are owned, exact str.
 * [TYPE-4] Every static type is immortal once it is ready.
 * [TYPE-5] tp_vectorcall of a heap type is tai_type_vectorcall or a function its maker gave. Metatypes pass
 *          _Py_TPFLAGS_HAVE_VECTORCALL on to heap subclasses as long as tp_call is inherited.
 * Tests: tests/objects/type/.
 */
#ifndef TAI_OBJECTS_TYPE_H
#define TAI_OBJECTS_TYPE_H

#include "Python.h"
#include "runtime/state.h"
#include <stdint.h>

/* ---- attribute lookup through the MRO ------------------------------------------------------------------------ */

enum { TYPE_CACHE_LOG2 = 12 };

typedef struct {
    uint32_t version;  /* 0: empty */
    uint32_t unused;
    PyObject *name;    /* owned */
    PyObject *value;   /* borrowed [TYPE-3]; NULL: known to be absent */
} TaiTypeCacheEntry;

extern TaiTypeCacheEntry tai_type_cache[1 << TYPE_CACHE_LOG2];

static inline TaiTypeCacheEntry *tai_type_cache_entry(uint32_t version, PyObject *name)
{
    return &tai_type_cache[(version * 31u ^ (uint32_t)((uintptr_t)name >> 4)) & ((1u << TYPE_CACHE_LOG2) - 1)];
}

/* Out of line part of tai_type_lookup. */
PyObject *tai_type_lookup_slow(PyTypeObject *type, PyObject *name);

/* The attribute name (str) of type or its bases; borrowed, NULL if absent. Never leaves an exception; may run code
 * only if a dict on the MRO has keys that are no exact str. */
static inline PyObject *tai_type_lookup(PyTypeObject *type, PyObject *name)
{
    uint32_t version = type->tp_version_tag;
    if (LIKELY(version != 0)) {
        TaiTypeCacheEntry *entry = tai_type_cache_entry(version, name);
        if (LIKELY(entry->version == version && entry->name == name))
            return entry->value;
    }
    return tai_type_lookup_slow(type, name);
}

/* Whether the value of name changes so often that nobody may cache it [TYPE-4]; name is interned. */
int tai_type_is_restless(PyTypeObject *type, PyObject *name);
/* A plain value in the dict of type is about to be replaced by another. 1: restless, the version may stay. */
int tai_type_note_store(PyTypeObject *type, PyObject *name);

int tai_type_tag_is_foreign(PyTypeObject *type); /* somebody else uses the field tp_version_tag: it stays as it is */

/* The version of type, assigned now if it has none; 0 if it cannot have one (do not cache). */
uint32_t tai_type_assign_version(PyTypeObject *type);

/* [TYPE-5] Caches know what a value on a class does when it is got: that it has no __get__, or which function is behind it.
 *          Whoever changes that of an object that exists takes the versions of all classes away: nobody knows where it is. */
void tai_type_forget_values(void);
static inline uint32_t tai_type_version(PyTypeObject *type)
{
    return LIKELY(type->tp_version_tag != 0) ? type->tp_version_tag : tai_type_assign_version(type);
}

/* A special method found on the type of self. 1: *method is an unbound function to be called with self first
 * (new reference); 0: *method is bound (new reference); -1: absent without exception, or -2: error. Runs code. */
int tai_lookup_special(PyObject *self, PyObject *name, PyObject **method);

/* ---- calling classes ----------------------------------------------------------------------------------------- */

/* vectorcall of classes: tp_new and tp_init without a tuple where both are Python's or object's. */
PyObject *tai_type_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames);
/* tp_call of type. */
PyObject *tai_type_call(PyTypeObject *type, PyObject *args, PyObject *kwds);

/* Slots that callers compare with. */
PyObject *tai_object_new(PyTypeObject *type, PyObject *args, PyObject *kwds);   /* object.__new__ */
int tai_object_init(PyObject *self, PyObject *args, PyObject *kwds);            /* object.__init__ */
int tai_slot_init(PyObject *self, PyObject *args, PyObject *kwds);              /* calls __init__ of the class */
PyObject *tai_slot_new(PyTypeObject *type, PyObject *args, PyObject *kwds);     /* calls __new__ of the class */
PyObject *tai_slot_call(PyObject *self, PyObject *args, PyObject *kwds);
PyObject *tai_slot_call_stack(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames);
PyObject *tai_slot_getattr_hook(PyObject *self, PyObject *name);
PyObject *tai_slot_getitem(PyObject *self, PyObject *key);                      /* calls __getitem__ of the class */
PyObject *tai_slot_iternext(PyObject *self);
PyObject *tai_type_getattro(PyTypeObject *type, PyObject *name);                /* tp_getattro of type */
PyObject *tai_tp_new_wrapper(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames); /* T.__new__ in C */

/* True if calling the class C makes the instance by object.__new__ alone: then
 * tai_instance_new(C) and C.__init__ (tp_init: tai_slot_init or tai_object_init) are the whole call. */
static inline int tai_type_has_plain_new(const PyTypeObject *type)
{
    return type->tp_new == tai_object_new && !(type->tp_flags & Py_TPFLAGS_IS_ABSTRACT);
}
/* A new zeroed instance of a class with tai_type_has_plain_new: type->tp_alloc(type, 0), inlined where generic. */
PyObject *tai_instance_new(PyTypeObject *type);
/* TypeError unless result is None; steals it. 0 or -1. */
int tai_init_result(PyObject *result_steal);

/* ---- shared by the files of this folder ---------------------------------------------------------------------- */

/* The rows of src/defs/slot.def, ended by a row without a name. */
extern struct wrapperbase tai_slot_rows[];
int tai_slots_init(void);               /* interns the names */
int tai_type_add_slot_wrappers(PyTypeObject *type);
/* After a class was made: set its slots from its dunder methods. */
int tai_type_fixup_slots(PyTypeObject *type);
/* After attribute name was set or deleted: the slots of type and its subclasses. 0 or -1. */
int tai_type_update_slot(PyTypeObject *type, PyObject *name);
/* Recompute everything for type and its subclasses (after __bases__ changed). */
int tai_type_update_all_slots(PyTypeObject *type);

int tai_type_inherit_special(PyTypeObject *type, PyTypeObject *base);
int tai_type_inherit_slots(PyTypeObject *type, PyTypeObject *base);

/* Sets tp_mro, calling a custom mro(). 1: changed, 0: another run has set it meanwhile, -1: error. *old (if wanted)
 * takes the previous one (new reference). */
int tai_type_mro_internal(PyTypeObject *type, PyObject **old);
PyObject *tai_type_compute_mro(PyTypeObject *type); /* C3; new list */
PyTypeObject *tai_type_best_base(PyObject *bases);
int tai_type_add_subclass(PyTypeObject *base, PyTypeObject *type);
void tai_type_remove_subclass(PyTypeObject *base, PyTypeObject *type);
PyObject *tai_type_subclasses(PyTypeObject *type); /* new list */
int tai_type_recurse_subclasses(PyTypeObject *type, PyObject *name_or_null, int (*visit)(PyTypeObject *, void *), void *);

PyObject *tai_type_new(PyTypeObject *meta, PyObject *args, PyObject *kwds);
PyObject *tai_type_module(PyTypeObject *type);              /* __module__; new */
PyObject *tai_type_qualname(PyTypeObject *type, void *);    /* new */
PyObject *tai_type_name(PyTypeObject *type, void *);        /* new */

/* Instances of heap types. */
void tai_instance_dealloc(PyObject *self);
int tai_instance_traverse(PyObject *self, visitproc visit, void *arg);
int tai_instance_clear(PyObject *self);
extern PyGetSetDef tai_instance_getset_full[], tai_instance_getset_dict[], tai_instance_getset_weakref[];

extern PyMethodDef tai_object_methods[];
/* object.__reduce__ and __reduce_ex__ for the given protocol; new. Runs code. */
PyObject *tai_object_reduce(PyObject *self, int protocol);
/* 1 if instances of oldto may become instances of newto; else 0 with TypeError. */
int tai_type_compatible_layout(PyTypeObject *oldto, PyTypeObject *newto, const char *attribute);
/* Add the names of a class and its bases to dict. 0 or -1. Runs code. */
int tai_type_merge_names(PyObject *dict, PyObject *cls);
/* The text behind the signature line of a C docstring; borrowed, never NULL for a doc that is not NULL. */
const char *tai_doc_text(const char *name, const char *doc);

/* Start-up: object and type, then every type of src/defs/static_type.def. 0, or -1. */
int tai_types_init(void);
void tai_types_fini(void);

#endif
