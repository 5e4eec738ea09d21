/* SPDX-License-Identifier: MIT */
/* What a type takes over from its bases, slot by slot.
 *
 * tai_type_inherit_special runs once, for tp_base: sizes, offsets, the collector's functions, feature flags. tai_type_inherit_slots
 * runs for each type on the MRO after the type itself. A slot is taken from the first type that *defines* it: one whose
 * value differs from its own base's. Some slots go together: getattr/getattro, setattr/setattro, richcompare/hash.
 */
#include "objects/type/type.h"

static const unsigned long subclass_flags = Py_TPFLAGS_LONG_SUBCLASS | Py_TPFLAGS_LIST_SUBCLASS |
    Py_TPFLAGS_TUPLE_SUBCLASS | Py_TPFLAGS_BYTES_SUBCLASS | Py_TPFLAGS_UNICODE_SUBCLASS | Py_TPFLAGS_DICT_SUBCLASS |
    Py_TPFLAGS_BASE_EXC_SUBCLASS | Py_TPFLAGS_TYPE_SUBCLASS;

static void inherit_kind(PyTypeObject *type, PyTypeObject *base)
{
    static const struct {
        PyTypeObject *type;
        unsigned long flag;
    } kinds[] = {
        {&PyType_Type, Py_TPFLAGS_TYPE_SUBCLASS},   {&PyLong_Type, Py_TPFLAGS_LONG_SUBCLASS},
        {&PyBytes_Type, Py_TPFLAGS_BYTES_SUBCLASS}, {&PyUnicode_Type, Py_TPFLAGS_UNICODE_SUBCLASS},
        {&PyTuple_Type, Py_TPFLAGS_TUPLE_SUBCLASS}, {&PyList_Type, Py_TPFLAGS_LIST_SUBCLASS},
        {&PyDict_Type, Py_TPFLAGS_DICT_SUBCLASS},
    };
    PyTypeObject *exception = (PyTypeObject *)PyExc_BaseException;
    if (exception != NULL && PyType_IsSubtype(base, exception))
        type->tp_flags |= Py_TPFLAGS_BASE_EXC_SUBCLASS;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(kinds); i++) {
        if (PyType_IsSubtype(base, kinds[i].type)) {
            type->tp_flags |= kinds[i].flag;
            return;
        }
    }
    type->tp_flags |= base->tp_flags & subclass_flags;
}

int tai_type_inherit_special(PyTypeObject *type, PyTypeObject *base)
{
    if (!(type->tp_flags & Py_TPFLAGS_HAVE_GC) && (base->tp_flags & Py_TPFLAGS_HAVE_GC) && !type->tp_traverse &&
        !type->tp_clear) {
        type->tp_flags |= Py_TPFLAGS_HAVE_GC;
        type->tp_traverse = base->tp_traverse;
        type->tp_clear = base->tp_clear;
    }
    /* object.__new__ is no constructor for C types that say nothing */
    if (type->tp_new == NULL && (base != &PyBaseObject_Type || (type->tp_flags & Py_TPFLAGS_HEAPTYPE)))
        type->tp_new = base->tp_new;
    if (type->tp_basicsize == 0)
        type->tp_basicsize = base->tp_basicsize;
    if (type->tp_itemsize == 0)
        type->tp_itemsize = base->tp_itemsize;
    if (type->tp_weaklistoffset == 0)
        type->tp_weaklistoffset = base->tp_weaklistoffset;
    if (type->tp_dictoffset == 0)
        type->tp_dictoffset = base->tp_dictoffset;
    inherit_kind(type, base);
    return 0;
}

/* base defines it itself, rather than having it from its own base */
#define DEFINES(base, basebase, slot) ((base)->slot != 0 && ((basebase) == NULL || (base)->slot != (basebase)->slot))
#define TAKE(slot) \
    do { \
        if (!type->slot && DEFINES(base, basebase, slot)) \
            type->slot = base->slot; \
    } while (0)

/* The same for the method suites, which are arrays of function pointers. */
static void inherit_suite(void *suite, const void *base_suite, const void *basebase_suite, size_t bytes)
{
    void **to = suite, *const *from = base_suite, *const *above = basebase_suite;
    if (to == NULL || from == NULL || to == from)
        return;
    for (size_t i = 0; i < bytes / sizeof(void *); i++)
        if (to[i] == NULL && from[i] != NULL && (above == NULL || from[i] != above[i]))
            to[i] = from[i];
}

static void inherit_suites(PyTypeObject *type, PyTypeObject *base, PyTypeObject *basebase)
{
#define SUITE(member) \
    inherit_suite(type->member, base->member, basebase ? basebase->member : NULL, sizeof(*type->member))
    SUITE(tp_as_number);
    SUITE(tp_as_sequence);
    SUITE(tp_as_mapping);
    SUITE(tp_as_async);
    SUITE(tp_as_buffer);
#undef SUITE
}

static int defines_name(PyTypeObject *type, _Py_Identifier *name)
{
    return type->tp_dict != NULL && _PyDict_GetItemId(type->tp_dict, name) != NULL;
}

static void inherit_comparison(PyTypeObject *type, PyTypeObject *base)
{
    if (type->tp_richcompare != NULL || type->tp_hash != NULL)
        return;
    _Py_IDENTIFIER(__eq__);
    _Py_IDENTIFIER(__hash__);
    if (defines_name(type, &PyId___eq__) || defines_name(type, &PyId___hash__))
        return;
    type->tp_richcompare = base->tp_richcompare;
    type->tp_hash = base->tp_hash;
}

/* Vectorcall comes along with tp_call [TYPE-5]. In 3.8 heap types lose it; here metatypes, whose calls are the making of
 * instances, keep it until __call__ is assigned (dispatch.c takes the flag away). */
static void inherit_call(PyTypeObject *type, PyTypeObject *base, PyTypeObject *basebase)
{
    _Py_IDENTIFIER(__call__);
    if (!type->tp_vectorcall_offset && DEFINES(base, basebase, tp_vectorcall_offset))
        type->tp_vectorcall_offset = base->tp_vectorcall_offset;
    if (!type->tp_call && (base->tp_flags & _Py_TPFLAGS_HAVE_VECTORCALL) &&
        type->tp_vectorcall_offset == base->tp_vectorcall_offset &&
        !((type->tp_flags & Py_TPFLAGS_HEAPTYPE) && (!PyType_IsSubtype(base, &PyType_Type) || defines_name(type, &PyId___call__))))
        type->tp_flags |= _Py_TPFLAGS_HAVE_VECTORCALL;
    TAKE(tp_call);
}

int tai_type_inherit_slots(PyTypeObject *type, PyTypeObject *base)
{
    PyTypeObject *basebase = base->tp_base;
    inherit_suites(type, base, basebase);
    TAKE(tp_dealloc);
    if (type->tp_getattr == NULL && type->tp_getattro == NULL) {
        type->tp_getattr = base->tp_getattr;
        type->tp_getattro = base->tp_getattro;
    }
    if (type->tp_setattr == NULL && type->tp_setattro == NULL) {
        type->tp_setattr = base->tp_setattr;
        type->tp_setattro = base->tp_setattro;
    }
    TAKE(tp_repr);
    inherit_call(type, base, basebase);
    TAKE(tp_str);
    inherit_comparison(type, base);
    if ((base->tp_flags & Py_TPFLAGS_METHOD_DESCRIPTOR) && !(type->tp_flags & Py_TPFLAGS_HEAPTYPE) &&
        !type->tp_descr_get)
        type->tp_flags |= Py_TPFLAGS_METHOD_DESCRIPTOR;
    TAKE(tp_iter);
    TAKE(tp_iternext);
    TAKE(tp_descr_get);
    TAKE(tp_descr_set);
    TAKE(tp_init);
    TAKE(tp_alloc);
    TAKE(tp_finalize);
    if (type->tp_free == NULL && DEFINES(base, basebase, tp_free)) {
        unsigned long gc = type->tp_flags & Py_TPFLAGS_HAVE_GC, base_gc = base->tp_flags & Py_TPFLAGS_HAVE_GC;
        if (gc == base_gc)
            type->tp_free = base->tp_free;
        else if (gc && base->tp_free == PyObject_Free)
            type->tp_free = PyObject_GC_Del; /* plain memory became collected memory */
    }
    else if (type->tp_free == NULL && (type->tp_flags & Py_TPFLAGS_HAVE_GC) && base->tp_free == PyObject_Free)
        type->tp_free = PyObject_GC_Del;
    TAKE(tp_is_gc);
    return 0;
}
