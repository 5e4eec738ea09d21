/* SPDX-License-Identifier: MIT */
/* Types from a PyType_Spec (the limited API), and reading slots back. Slot numbers: typeslots.h, part of the stable ABI. */
#include "objects/type/type.h"
#include "structmember.h"
#include "typeslots.h"

_Py_IDENTIFIER(__module__);

/* Slot number -> offset in PyHeapTypeObject; 0: no such slot. */
#define AT(id, member) [id] = offsetof(PyHeapTypeObject, member)
#define AT_TYPE(name) AT(Py_##name, ht_type.name)
#define AT_NUMBER(name) AT(Py_##name, as_number.name)
static const short slot_offsets[] = {
    AT(Py_mp_ass_subscript, as_mapping.mp_ass_subscript),
    AT(Py_mp_length, as_mapping.mp_length),
    AT(Py_mp_subscript, as_mapping.mp_subscript),
    AT_NUMBER(nb_absolute), AT_NUMBER(nb_add), AT_NUMBER(nb_and), AT_NUMBER(nb_bool), AT_NUMBER(nb_divmod),
    AT_NUMBER(nb_float), AT_NUMBER(nb_floor_divide), AT_NUMBER(nb_index), AT_NUMBER(nb_inplace_add),
    AT_NUMBER(nb_inplace_and), AT_NUMBER(nb_inplace_floor_divide), AT_NUMBER(nb_inplace_lshift),
    AT_NUMBER(nb_inplace_multiply), AT_NUMBER(nb_inplace_or), AT_NUMBER(nb_inplace_power),
    AT_NUMBER(nb_inplace_remainder), AT_NUMBER(nb_inplace_rshift), AT_NUMBER(nb_inplace_subtract),
    AT_NUMBER(nb_inplace_true_divide), AT_NUMBER(nb_inplace_xor), AT_NUMBER(nb_int), AT_NUMBER(nb_invert),
    AT_NUMBER(nb_lshift), AT_NUMBER(nb_multiply), AT_NUMBER(nb_negative), AT_NUMBER(nb_or), AT_NUMBER(nb_positive),
    AT_NUMBER(nb_power), AT_NUMBER(nb_remainder), AT_NUMBER(nb_rshift), AT_NUMBER(nb_subtract),
    AT_NUMBER(nb_true_divide), AT_NUMBER(nb_xor), AT_NUMBER(nb_matrix_multiply),
    AT_NUMBER(nb_inplace_matrix_multiply),
    AT(Py_sq_ass_item, as_sequence.sq_ass_item),
    AT(Py_sq_concat, as_sequence.sq_concat),
    AT(Py_sq_contains, as_sequence.sq_contains),
    AT(Py_sq_inplace_concat, as_sequence.sq_inplace_concat),
    AT(Py_sq_inplace_repeat, as_sequence.sq_inplace_repeat),
    AT(Py_sq_item, as_sequence.sq_item),
    AT(Py_sq_length, as_sequence.sq_length),
    AT(Py_sq_repeat, as_sequence.sq_repeat),
    AT_TYPE(tp_alloc), AT_TYPE(tp_base), AT_TYPE(tp_bases), AT_TYPE(tp_call), AT_TYPE(tp_clear), AT_TYPE(tp_dealloc),
    AT_TYPE(tp_del), AT_TYPE(tp_descr_get), AT_TYPE(tp_descr_set), AT_TYPE(tp_doc), AT_TYPE(tp_getattr),
    AT_TYPE(tp_getattro), AT_TYPE(tp_hash), AT_TYPE(tp_init), AT_TYPE(tp_is_gc), AT_TYPE(tp_iter),
    AT_TYPE(tp_iternext), AT_TYPE(tp_methods), AT_TYPE(tp_new), AT_TYPE(tp_repr), AT_TYPE(tp_richcompare),
    AT_TYPE(tp_setattr), AT_TYPE(tp_setattro), AT_TYPE(tp_str), AT_TYPE(tp_traverse), AT_TYPE(tp_members),
    AT_TYPE(tp_getset), AT_TYPE(tp_free),
    AT(Py_am_await, as_async.am_await),
    AT(Py_am_aiter, as_async.am_aiter),
    AT(Py_am_anext, as_async.am_anext),
    AT_TYPE(tp_finalize),
};
enum { N_SLOTS = sizeof slot_offsets / sizeof slot_offsets[0] };

static int bad_slot(int slot)
{
    return slot < 0 || slot >= N_SLOTS || slot_offsets[slot] == 0;
}

/* tp_base and tp_bases; *bases new tuple. Borrowed base, or NULL. */
static PyTypeObject *spec_bases(PyType_Spec *spec, PyObject **bases)
{
    PyTypeObject *base = &PyBaseObject_Type;
    if (*bases == NULL) {
        PyObject *given = NULL;
        for (PyType_Slot *slot = spec->slots; slot->slot; slot++) {
            if (slot->slot == Py_tp_base)
                base = slot->pfunc;
            else if (slot->slot == Py_tp_bases) {
                given = slot->pfunc;
            }
        }
        if (given == NULL) {
            *bases = PyTuple_Pack(1, base);
            return *bases ? base : NULL;
        }
        *bases = given;
    }
    Py_INCREF(*bases);
    base = tai_type_best_base(*bases);
    if (base == NULL)
        return NULL;
    if (!PyType_HasFeature(base, Py_TPFLAGS_BASETYPE)) {
        PyErr_Format(PyExc_TypeError, "type '%.100s' is not an acceptable base type", base->tp_name);
        return NULL;
    }
    return base;
}

static int copy_spec_doc(PyTypeObject *type, const char *doc)
{
    size_t n = doc ? strlen(doc) + 1 : 0;
    char *copy = NULL;
    if (doc != NULL) {
        copy = PyObject_Malloc(n);
        if (copy == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        memcpy(copy, doc, n);
    }
    type->tp_doc = copy;
    return 0;
}

static int fill_slots(PyHeapTypeObject *heap, PyType_Spec *spec, Py_ssize_t n_members)
{
    PyTypeObject *type = &heap->ht_type;
    for (PyType_Slot *slot = spec->slots; slot->slot; slot++) {
        if (slot->slot < 0 || slot->slot >= N_SLOTS) {
            PyErr_SetString(PyExc_RuntimeError, "invalid slot offset");
            return -1;
        }
        if (slot->slot == Py_tp_base || slot->slot == Py_tp_bases || slot_offsets[slot->slot] == 0)
            continue;
        if (slot->slot == Py_tp_doc) {
            if (copy_spec_doc(type, slot->pfunc) < 0)
                return -1;
        }
        else if (slot->slot == Py_tp_members) { /* copied behind the type, as for __slots__ */
            PyMemberDef *members = PyHeapType_GET_MEMBERS(heap);
            memcpy(members, slot->pfunc, (size_t)n_members * sizeof(PyMemberDef));
            type->tp_members = members;
        }
        else
            *(void **)((char *)heap + slot_offsets[slot->slot]) = slot->pfunc;
    }
    return 0;
}

static int set_spec_module(PyTypeObject *type, const char *name, const char *dot)
{
    PyObject *module;
    int res;
    if (dot == NULL)
        return PyErr_WarnFormat(PyExc_DeprecationWarning, 1, "builtin type %.200s has no __module__ attribute", name);
    module = PyUnicode_FromStringAndSize(name, dot - name);
    if (module == NULL)
        return -1;
    res = _PyDict_SetItemId(type->tp_dict, &PyId___module__, module);
    Py_DECREF(module);
    return res;
}

PyObject *PyType_FromSpecWithBases(PyType_Spec *spec, PyObject *bases)
{
    PyHeapTypeObject *heap = NULL;
    PyTypeObject *type, *base;
    Py_ssize_t n_members = 0;
    const char *dot = strrchr(spec->name, '.');
    for (PyType_Slot *slot = spec->slots; slot->slot; slot++) {
        if (slot->slot == Py_tp_members) {
            n_members = 0;
            for (PyMemberDef *m = slot->pfunc; m->name != NULL; m++)
                n_members++;
        }
    }
    base = spec_bases(spec, &bases);
    if (base == NULL)
        goto failed;
    heap = (PyHeapTypeObject *)PyType_GenericAlloc(&PyType_Type, n_members);
    if (heap == NULL)
        goto failed;
    type = &heap->ht_type;
    type->tp_flags = spec->flags | Py_TPFLAGS_HEAPTYPE;
    heap->ht_name = PyUnicode_FromString(dot ? dot + 1 : spec->name);
    if (heap->ht_name == NULL)
        goto failed;
    heap->ht_qualname = heap->ht_name;
    Py_INCREF(heap->ht_qualname);
    type->tp_name = spec->name;
    Py_INCREF(base);
    type->tp_base = base;
    type->tp_bases = bases;
    bases = NULL;
    type->tp_as_async = &heap->as_async;
    type->tp_as_sequence = &heap->as_sequence;
    type->tp_as_mapping = &heap->as_mapping;
    type->tp_as_number = &heap->as_number;
    type->tp_as_buffer = &heap->as_buffer;
    type->tp_basicsize = spec->basicsize;
    type->tp_itemsize = spec->itemsize;
    if (fill_slots(heap, spec, n_members) < 0)
        goto failed;
    if (type->tp_dealloc == NULL)
        type->tp_dealloc = tai_instance_dealloc; /* so that subclasses of the spec's type end in a known function */
    if (type->tp_vectorcall == NULL)
        type->tp_vectorcall = tai_type_vectorcall;
    if (PyType_Ready(type) < 0)
        goto failed;
    if (type->tp_dictoffset)
        heap->ht_cached_keys = _PyDict_NewKeysForClass();
    if (set_spec_module(type, spec->name, dot) < 0)
        goto failed;
    return (PyObject *)heap;
failed:
    Py_XDECREF(bases);
    Py_XDECREF(heap);
    return NULL;
}

PyObject *PyType_FromSpec(PyType_Spec *spec)
{
    return PyType_FromSpecWithBases(spec, NULL);
}

void *PyType_GetSlot(PyTypeObject *type, int slot)
{
    if (!PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE) || slot <= 0) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (bad_slot(slot))
        return NULL; /* one of a later Python, which this type cannot have */
    return *(void **)((char *)type + slot_offsets[slot]);
}

unsigned long PyType_GetFlags(PyTypeObject *type)
{
    return type->tp_flags;
}
