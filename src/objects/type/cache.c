/* SPDX-License-Identifier: MIT */
/* Version tags, the method cache, and the list of subclasses. Invariants [TYPE-1..3] in type.h.
 *
 * The cache is direct-mapped: (version, name) -> value. Nothing is ever invalidated in it: a type that changes loses its
 * version, so its old entries are never asked for again.
 *
 * A class that counts something in an attribute (`Cls.made += 1`) would lose its version all the time. An attribute whose plain
 * value (no descriptor) has been replaced RESTLESS times is called restless: nobody caches its value from then on, and a further
 * plain value is stored without any change of version.
 * [TYPE-4] No cache, here or in code, holds a value for (type, name) if tai_type_is_restless(type, name). Names are compared by
 *          address: only interned names are cached for types with restless attributes. A row may outlive its type or name; it
 *          then speaks of what has got the address, about which nothing can be cached since.
 */
#include "objects/type/type.h"
#include "objects/dict/dict.h"

TaiTypeCacheEntry tai_type_cache[1 << TYPE_CACHE_LOG2];
static uint32_t last_version;

/* The code that cffi puts into programs which embed Python takes a lock while it starts the interpreter, and for that
 * PyCapsule_Type.tp_version_tag: it counts on 0, where it left 0, and on its own number until it puts 0 back. */
int tai_type_tag_is_foreign(PyTypeObject *type) { return type == &PyCapsule_Type; }

/* Types that override mro() may have bases which do not know them; no tag for those. */
uint32_t tai_type_assign_version(PyTypeObject *type)
{
    PyObject *bases;
    if (tai_type_tag_is_foreign(type))
        return 0;
    if (type->tp_version_tag != 0)
        return type->tp_version_tag;
    if (!PyType_HasFeature(type, Py_TPFLAGS_HAVE_VERSION_TAG) || !PyType_HasFeature(type, Py_TPFLAGS_READY))
        return 0;
    if (last_version == UINT32_MAX)
        return 0;
    bases = type->tp_bases;
    for (Py_ssize_t i = 0, n = bases ? PyTuple_GET_SIZE(bases) : 0; i < n; i++) {
        PyObject *base = PyTuple_GET_ITEM(bases, i);
        if (!PyType_Check(base) || tai_type_assign_version((PyTypeObject *)base) == 0)
            return 0; /* [TYPE-2] */
    }
    type->tp_version_tag = ++last_version;
    type->tp_flags |= Py_TPFLAGS_VALID_VERSION_TAG;
    return type->tp_version_tag;
}

enum { RESTLESS = 8, RESTLESS_ROWS = 256 };

static struct { PyTypeObject *type; PyObject *name; unsigned stores; } restless[RESTLESS_ROWS];
static int any_restless;

static size_t restless_row(PyTypeObject *type, PyObject *name)
{
    return ((uintptr_t)type / 16 * 31 ^ (uintptr_t)name / 16) % RESTLESS_ROWS;
}

int tai_type_note_store(PyTypeObject *type, PyObject *name)
{
    size_t row = restless_row(type, name);
    if (restless[row].type == type && restless[row].name == name) {
        if (restless[row].stores >= RESTLESS)
            return 1;
        if (++restless[row].stores == RESTLESS)
            any_restless = 1; /* the caller takes the version away once more: caches are empty now, and stay so */
    }
    else {
        restless[row].type = type;
        restless[row].name = name;
        restless[row].stores = 1;
    }
    return 0;
}

int tai_type_is_restless(PyTypeObject *type, PyObject *name)
{
    PyObject *mro = type->tp_mro;
    if (LIKELY(!any_restless) || mro == NULL)
        return 0;
    for (Py_ssize_t i = 0, n = PyTuple_GET_SIZE(mro); i < n; i++) {
        PyTypeObject *base = (PyTypeObject *)PyTuple_GET_ITEM(mro, i);
        size_t row = restless_row(base, name);
        if (restless[row].type == base && restless[row].name == name && restless[row].stores >= RESTLESS)
            return 1;
    }
    return 0;
}

/* First hit along the MRO; borrowed. NULL without exception, or with one if error is set. */
static PyObject *search_mro(PyTypeObject *type, PyObject *name, int *error)
{
    PyObject *mro = type->tp_mro, *found = NULL;
    Py_hash_t hash = tai_dict_key_hash(name);
    *error = 0;
    if (hash == -1)
        goto failed;
    if (mro == NULL) {
        if (!PyType_HasFeature(type, Py_TPFLAGS_READYING) && PyType_Ready(type) < 0)
            goto failed;
        mro = type->tp_mro;
        if (mro == NULL)
            goto failed; /* in the middle of becoming ready: not found, and not to be remembered */
    }
    Py_INCREF(mro);
    for (Py_ssize_t i = 0, n = PyTuple_GET_SIZE(mro); i < n; i++) {
        PyObject *dict = ((PyTypeObject *)PyTuple_GET_ITEM(mro, i))->tp_dict;
        assert(dict && PyDict_Check(dict));
        found = tai_dict_get_known_hash((PyDictObject *)dict, name, hash);
        if (found != NULL)
            break;
        if (UNLIKELY(PyErr_Occurred() != NULL)) {
            Py_DECREF(mro);
            goto failed;
        }
    }
    Py_DECREF(mro);
    return found;
failed:
    *error = 1;
    return NULL;
}

PyObject *tai_type_lookup_slow(PyTypeObject *type, PyObject *name)
{
    PyObject *type_, *value_, *trace, *found;
    int error, pending = PyErr_Occurred() != NULL;
    int cacheable = PyUnicode_CheckExact(name) && (!any_restless || PyUnicode_CHECK_INTERNED(name)) && !tai_type_is_restless(type, name);
    uint32_t version = cacheable ? tai_type_version(type) : 0;
    if (pending)
        PyErr_Fetch(&type_, &value_, &trace);
    found = search_mro(type, name, &error);
    if (error)
        PyErr_Clear(); /* the API has no way to tell */
    else if (version != 0 && version == type->tp_version_tag) { /* odd keys may have run code that changed type */
        TaiTypeCacheEntry *entry = tai_type_cache_entry(version, name);
        PyObject *old = entry->name;
        Py_INCREF(name);
        entry->version = version;
        entry->name = name;
        entry->value = found;
        Py_XDECREF(old);
    }
    if (pending)
        PyErr_Restore(type_, value_, trace);
    return found;
}

PyObject *_PyType_Lookup(PyTypeObject *type, PyObject *name)
{
    return tai_type_lookup(type, name);
}

PyObject *_PyType_LookupId(PyTypeObject *type, struct _Py_Identifier *id)
{
    PyObject *name = _PyUnicode_FromId(id);
    return name ? tai_type_lookup(type, name) : NULL;
}

unsigned int PyType_ClearCache(void)
{
    for (size_t i = 0; i < Py_ARRAY_LENGTH(tai_type_cache); i++) {
        tai_type_cache[i].version = 0;
        tai_type_cache[i].value = NULL;
        Py_CLEAR(tai_type_cache[i].name);
    }
    PyType_Modified(&PyBaseObject_Type);
    return last_version;
}

/* ---- special methods ----------------------------------------------------------------------------------------------- */

int tai_lookup_special(PyObject *self, PyObject *name, PyObject **method)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject *found = tai_type_lookup(type, name);
    descrgetfunc get;
    *method = NULL;
    if (found == NULL)
        return -1;
    Py_INCREF(found);
    if (PyType_HasFeature(Py_TYPE(found), Py_TPFLAGS_METHOD_DESCRIPTOR)) {
        *method = found;
        return 1;
    }
    get = Py_TYPE(found)->tp_descr_get;
    if (get != NULL) {
        *method = get(found, self, (PyObject *)type);
        Py_DECREF(found);
        return *method ? 0 : -2;
    }
    *method = found;
    return 0;
}

PyObject *_PyObject_LookupSpecial(PyObject *self, _Py_Identifier *id)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject *found = _PyType_LookupId(type, id), *res;
    descrgetfunc get;
    if (found == NULL)
        return NULL;
    Py_INCREF(found);
    get = Py_TYPE(found)->tp_descr_get;
    if (get == NULL)
        return found;
    res = get(found, self, (PyObject *)type);
    Py_DECREF(found);
    return res;
}

/* ---- subclasses: a dict { address of the class : weak reference to it } ---------------------------------------------- */

static PyTypeObject *subclass_alive(PyObject *ref)
{
    PyObject *cls = PyWeakref_GET_OBJECT(ref);
    return cls == Py_None ? NULL : (PyTypeObject *)cls;
}

/* The version of type and of all below it goes; not where there was none [TYPE-2]. Runs no code. */
void PyType_Modified(PyTypeObject *type)
{
    PyObject *key, *ref;
    Py_ssize_t pos = 0;
    if (!PyType_HasFeature(type, Py_TPFLAGS_VALID_VERSION_TAG))
        return;
    type->tp_flags &= ~Py_TPFLAGS_VALID_VERSION_TAG;
    type->tp_version_tag = 0;
    if (type->tp_subclasses != NULL) {
        while (PyDict_Next(type->tp_subclasses, &pos, &key, &ref)) {
            PyTypeObject *sub = subclass_alive(ref);
            if (sub != NULL)
                PyType_Modified(sub);
        }
    }
}

void tai_type_forget_values(void) { PyType_Modified(&PyBaseObject_Type); }

int tai_type_add_subclass(PyTypeObject *base, PyTypeObject *type)
{
    PyObject *key, *ref = NULL;
    int res = -1;
    if (base->tp_subclasses == NULL && (base->tp_subclasses = PyDict_New()) == NULL)
        return -1;
    key = PyLong_FromVoidPtr(type);
    if (key != NULL && (ref = PyWeakref_NewRef((PyObject *)type, NULL)) != NULL)
        res = PyDict_SetItem(base->tp_subclasses, key, ref);
    Py_XDECREF(key);
    Py_XDECREF(ref);
    return res;
}

void tai_type_remove_subclass(PyTypeObject *base, PyTypeObject *type)
{
    PyObject *dict = base->tp_subclasses, *key;
    if (dict == NULL)
        return;
    key = PyLong_FromVoidPtr(type);
    if (key == NULL || PyDict_DelItem(dict, key) < 0)
        PyErr_Clear();
    Py_XDECREF(key);
}

PyObject *tai_type_subclasses(PyTypeObject *type)
{
    PyObject *list = PyList_New(0), *key, *ref;
    Py_ssize_t pos = 0;
    if (list == NULL || type->tp_subclasses == NULL)
        return list;
    while (PyDict_Next(type->tp_subclasses, &pos, &key, &ref)) {
        PyTypeObject *sub = subclass_alive(ref);
        if (sub != NULL && PyList_Append(list, (PyObject *)sub) < 0) {
            Py_DECREF(list);
            return NULL;
        }
    }
    return list;
}

/* visit each subclass that does not define name itself, then what is below it. 0, or -1. */
int tai_type_recurse_subclasses(PyTypeObject *type, PyObject *name, int (*visit)(PyTypeObject *, void *), void *arg)
{
    PyObject *list;
    int res = 0;
    if (type->tp_subclasses == NULL)
        return 0;
    list = tai_type_subclasses(type);
    if (list == NULL)
        return -1;
    for (Py_ssize_t i = 0; res == 0 && i < PyList_GET_SIZE(list); i++) {
        PyTypeObject *sub = (PyTypeObject *)PyList_GET_ITEM(list, i);
        if (name != NULL && sub->tp_dict != NULL && PyDict_Check(sub->tp_dict)) {
            if (PyDict_GetItemWithError(sub->tp_dict, name) != NULL)
                continue;
            if (PyErr_Occurred()) {
                res = -1;
                break;
            }
        }
        res = visit(sub, arg);
        if (res == 0)
            res = tai_type_recurse_subclasses(sub, name, visit, arg);
    }
    Py_DECREF(list);
    return res;
}
