/* SPDX-License-Identifier: MIT */
/* PyType_Ready: a type object with its C tables filled in becomes a class.
 *
 *   base, metatype, bases  ->  own dict: slot wrappers, methods, members, getset  ->  MRO  ->  inherited slots  ->  doc, hash  ->  known
 *   to its bases as a subclass
 *
 * Start-up readies object and type first; while their dicts fill, neither has an MRO, and nothing looks attributes up.
 * Tests: tests/objects/type/, tests/capi/.
 */
#include "objects/type/type.h"
#include "objects/object.h"
#include "runtime/immortal.h"
#include "structmember.h"

_Py_IDENTIFIER(__doc__);
_Py_IDENTIFIER(__hash__);

/* ---- the dict -------------------------------------------------------------------------------------------------------- */

/* Put descr (stolen, may be NULL after an error) under its name unless the name is taken. */
static int put(PyObject *dict, PyObject *name, PyObject *descr)
{
    int res;
    if (descr == NULL)
        return -1;
    res = PyDict_SetDefault(dict, name, descr) == NULL ? -1 : 0;
    Py_DECREF(descr);
    return res;
}

static PyObject *method_descriptor(PyTypeObject *type, PyMethodDef *def)
{
    PyObject *func, *res;
    if (def->ml_flags & METH_CLASS) {
        if (def->ml_flags & METH_STATIC) {
            PyErr_SetString(PyExc_ValueError, "method cannot be both class and static");
            return NULL;
        }
        return PyDescr_NewClassMethod(type, def);
    }
    if (!(def->ml_flags & METH_STATIC))
        return PyDescr_NewMethod(type, def);
    func = PyCFunction_NewEx(def, (PyObject *)type, NULL);
    if (func == NULL)
        return NULL;
    res = PyStaticMethod_New(func);
    Py_DECREF(func);
    return res;
}

static int add_methods(PyTypeObject *type, PyObject *dict)
{
    for (PyMethodDef *def = type->tp_methods; def && def->ml_name; def++) {
        PyObject *descr = method_descriptor(type, def), *name;
        int res;
        if (descr == NULL)
            return -1;
        if (def->ml_flags & METH_STATIC) {
            name = PyUnicode_InternFromString(def->ml_name);
        }
        else {
            name = PyDescr_NAME(descr);
            Py_INCREF(name);
        }
        if (name == NULL) {
            Py_DECREF(descr);
            return -1;
        }
        if (def->ml_flags & METH_COEXIST) {
            res = PyDict_SetItem(dict, name, descr);
            Py_DECREF(descr);
        }
        else
            res = put(dict, name, descr);
        Py_DECREF(name);
        if (res < 0)
            return -1;
    }
    return 0;
}

static int add_members(PyTypeObject *type, PyObject *dict)
{
    for (PyMemberDef *def = type->tp_members; def && def->name; def++) {
        PyObject *descr = PyDescr_NewMember(type, def);
        if (descr == NULL || put(dict, PyDescr_NAME(descr), descr) < 0)
            return -1;
    }
    for (PyGetSetDef *def = type->tp_getset; def && def->name; def++) {
        PyObject *descr = PyDescr_NewGetSet(type, def);
        if (descr == NULL || put(dict, PyDescr_NAME(descr), descr) < 0)
            return -1;
    }
    return 0;
}

static int set_doc(PyTypeObject *type)
{
    PyObject *doc;
    int res;
    if (_PyDict_GetItemIdWithError(type->tp_dict, &PyId___doc__) != NULL)
        return 0;
    if (PyErr_Occurred())
        return -1;
    if (type->tp_doc == NULL)
        return _PyDict_SetItemId(type->tp_dict, &PyId___doc__, Py_None);
    doc = PyUnicode_FromString(tai_doc_text(type->tp_name, type->tp_doc));
    if (doc == NULL)
        return -1;
    res = _PyDict_SetItemId(type->tp_dict, &PyId___doc__, doc);
    Py_DECREF(doc);
    return res;
}

/* A class that compares but says nothing about hashing is not hashable. */
static int set_hash(PyTypeObject *type)
{
    if (type->tp_hash != NULL)
        return 0;
    if (_PyDict_GetItemIdWithError(type->tp_dict, &PyId___hash__) != NULL)
        return 0;
    if (PyErr_Occurred() || _PyDict_SetItemId(type->tp_dict, &PyId___hash__, Py_None) < 0)
        return -1;
    type->tp_hash = PyObject_HashNotImplemented;
    return 0;
}

/* ---- bases ------------------------------------------------------------------------------------------------------------- */

static int settle_bases(PyTypeObject *type)
{
    PyTypeObject *base = type->tp_base;
    if (base == NULL && type != &PyBaseObject_Type) {
        base = type->tp_base = &PyBaseObject_Type;
        Py_INCREF(base);
    }
    if (base != NULL && base->tp_dict == NULL && PyType_Ready(base) < 0)
        return -1;
    if (Py_TYPE(type) == NULL && base != NULL)
        Py_TYPE(type) = Py_TYPE(base);
    if (type->tp_bases == NULL) {
        type->tp_bases = base ? PyTuple_Pack(1, base) : PyTuple_New(0);
        if (type->tp_bases == NULL)
            return -1;
    }
    return 0;
}

static int inherit_all(PyTypeObject *type)
{
    PyTypeObject *base = type->tp_base;
    PyObject *mro;
    if (base != NULL && tai_type_inherit_special(type, base) < 0)
        return -1;
    mro = type->tp_mro;
    for (Py_ssize_t i = 1; i < PyTuple_GET_SIZE(mro); i++) {
        PyObject *one = PyTuple_GET_ITEM(mro, i);
        if (PyType_Check(one) && tai_type_inherit_slots(type, (PyTypeObject *)one) < 0)
            return -1;
    }
    if (base != NULL) { /* whole suites, for types that have none of their own */
        if (type->tp_as_async == NULL)
            type->tp_as_async = base->tp_as_async;
        if (type->tp_as_number == NULL)
            type->tp_as_number = base->tp_as_number;
        if (type->tp_as_sequence == NULL)
            type->tp_as_sequence = base->tp_as_sequence;
        if (type->tp_as_mapping == NULL)
            type->tp_as_mapping = base->tp_as_mapping;
        if (type->tp_as_buffer == NULL)
            type->tp_as_buffer = base->tp_as_buffer;
    }
    return 0;
}

/* How many names the tables of methods, members and getsets hold. */
static Py_ssize_t count_names(const PyTypeObject *type)
{
    Py_ssize_t n = 0;
    for (const PyMethodDef *def = type->tp_methods; def && def->ml_name; def++)
        n++;
    for (const PyMemberDef *def = type->tp_members; def && def->name; def++)
        n++;
    for (const PyGetSetDef *def = type->tp_getset; def && def->name; def++)
        n++;
    return n;
}

static int fill_dict(PyTypeObject *type)
{
    enum { WITH_SLOTS = 4 }; /* most types have that many special methods and a docstring */
    if (type->tp_dict == NULL && (type->tp_dict = _PyDict_NewPresized(count_names(type) + WITH_SLOTS)) == NULL)
        return -1;
    if (tai_type_add_slot_wrappers(type) < 0)
        return -1;
    if (add_methods(type, type->tp_dict) < 0)
        return -1;
    return add_members(type, type->tp_dict);
}

static int tell_bases(PyTypeObject *type)
{
    PyObject *bases = type->tp_bases;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(bases); i++) {
        PyObject *base = PyTuple_GET_ITEM(bases, i);
        if (PyType_Check(base) && tai_type_add_subclass((PyTypeObject *)base, type) < 0)
            return -1;
    }
    return 0;
}

int PyType_Ready(PyTypeObject *type)
{
    if (type->tp_flags & Py_TPFLAGS_READY)
        return 0;
    if (type->tp_flags & Py_TPFLAGS_READYING)
        return 0;
    if (type->tp_name == NULL) {
        PyErr_Format(PyExc_SystemError, "Type does not define the tp_name field.");
        return -1;
    }
    type->tp_flags |= Py_TPFLAGS_READYING;
    if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE)) {
        tai_immortalize(type); /* [TYPE-4] */
        if (!tai_type_tag_is_foreign(type))
            type->tp_version_tag = 0;
        type->tp_flags &= ~Py_TPFLAGS_VALID_VERSION_TAG;
    }
    if (settle_bases(type) < 0 || fill_dict(type) < 0)
        goto failed;
    if (tai_type_mro_internal(type, NULL) < 0)
        goto failed;
    if (inherit_all(type) < 0 || set_doc(type) < 0 || set_hash(type) < 0 || tell_bases(type) < 0)
        goto failed;
    type->tp_flags = (type->tp_flags & ~Py_TPFLAGS_READYING) | Py_TPFLAGS_READY;
    return 0;
failed:
    type->tp_flags &= ~Py_TPFLAGS_READYING;
    return -1;
}

/* ---- start-up ---------------------------------------------------------------------------------------------------------- */

int tai_types_init(void)
{
#define STATIC_TYPE(name) extern PyTypeObject name;
#include "defs/static_type.def"
#undef STATIC_TYPE
    static PyTypeObject *const types[] = {
        &PyBaseObject_Type, &PyType_Type,
#define STATIC_TYPE(name) &name,
#include "defs/static_type.def"
#undef STATIC_TYPE
        &PySuper_Type,
    };
    if (tai_slots_init() < 0)
        return -1;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(types); i++)
        if (PyType_Ready(types[i]) < 0)
            return -1;
    return tai_object_init_types();
}

void tai_types_fini(void)
{
    for (size_t i = 0; i < Py_ARRAY_LENGTH(tai_type_cache); i++) {
        tai_type_cache[i].version = 0;
        Py_CLEAR(tai_type_cache[i].name);
    }
}
