/* SPDX-License-Identifier: MIT */
/* The type `type`: attributes of classes, the special attributes (__name__, __bases__, …), its methods, and the end of a class. */
#include "objects/type/type.h"
#include "objects/object.h"
#include "objects/dict/dict.h"
#include "runtime/gc.h"
#include "structmember.h"

_Py_IDENTIFIER(__abstractmethods__);
_Py_IDENTIFIER(__bases__);
_Py_IDENTIFIER(__dict__);
_Py_IDENTIFIER(__doc__);
_Py_IDENTIFIER(__module__);
_Py_IDENTIFIER(builtins);

const char *_PyType_Name(PyTypeObject *type)
{
    const char *dot = strrchr(type->tp_name, '.');
    return dot ? dot + 1 : type->tp_name;
}

/* ---- attributes of classes ------------------------------------------------------------------------------------------------ */

PyObject *tai_type_getattro(PyTypeObject *type, PyObject *name)
{
    PyTypeObject *meta = Py_TYPE(type);
    PyObject *meta_attr, *attr, *res;
    descrgetfunc meta_get = NULL, get;
    if (!PyUnicode_Check(name)) {
        PyErr_Format(PyExc_TypeError, "attribute name must be string, not '%.200s'", Py_TYPE(name)->tp_name);
        return NULL;
    }
    if (type->tp_dict == NULL && PyType_Ready(type) < 0)
        return NULL;
    meta_attr = tai_type_lookup(meta, name);
    if (meta_attr != NULL) {
        Py_INCREF(meta_attr);
        meta_get = Py_TYPE(meta_attr)->tp_descr_get;
        if (meta_get != NULL && PyDescr_IsData(meta_attr)) {
            res = meta_get(meta_attr, (PyObject *)type, (PyObject *)meta);
            Py_DECREF(meta_attr);
            return res;
        }
    }
    attr = tai_type_lookup(type, name);
    if (attr != NULL) {
        Py_INCREF(attr);
        Py_XDECREF(meta_attr);
        get = Py_TYPE(attr)->tp_descr_get;
        if (get == NULL)
            return attr;
        res = get(attr, NULL, (PyObject *)type);
        Py_DECREF(attr);
        return res;
    }
    if (meta_get != NULL) {
        res = meta_get(meta_attr, (PyObject *)type, (PyObject *)meta);
        Py_DECREF(meta_attr);
        return res;
    }
    if (meta_attr != NULL)
        return meta_attr;
    PyErr_Format(PyExc_AttributeError, "type object '%.50s' has no attribute '%U'", type->tp_name, name);
    return NULL;
}

static int is_dunder(PyObject *name)
{
    Py_ssize_t n = PyUnicode_GET_LENGTH(name);
    return n > 4 && PyUnicode_READ_CHAR(name, 0) == '_' && PyUnicode_READ_CHAR(name, 1) == '_' &&
           PyUnicode_READ_CHAR(name, n - 2) == '_' && PyUnicode_READ_CHAR(name, n - 1) == '_';
}

static int is_plain(PyObject *v) { return Py_TYPE(v)->tp_descr_get == NULL && Py_TYPE(v)->tp_descr_set == NULL; }

/* Whether to put value in the place of what the class itself has under name (interned) leaves all caches right. */
static int is_harmless_store(PyTypeObject *type, PyObject *name, PyObject *value)
{
    if (value == NULL || !is_plain(value) || is_dunder(name))
        return 0;
    PyObject *old = PyDict_GetItemWithError(type->tp_dict, name);
    return old != NULL && is_plain(old) && tai_type_note_store(type, name);
}

static int type_setattro(PyTypeObject *type, PyObject *name, PyObject *value)
{
    int res;
    if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE)) {
        PyErr_Format(PyExc_TypeError, "can't set attributes of built-in/extension type '%s'", type->tp_name);
        return -1;
    }
    if (!PyUnicode_Check(name)) {
        PyErr_Format(PyExc_TypeError, "attribute name must be string, not '%.200s'", Py_TYPE(name)->tp_name);
        return -1;
    }
    if (PyUnicode_READY(name) < 0)
        return -1;
    Py_INCREF(name);
    if (PyUnicode_CheckExact(name))
        PyUnicode_InternInPlace(&name);
    else { /* the dict of a class has exact str keys only */
        PyObject *plain = PyUnicode_FromObject(name);
        if (plain == NULL) {
            Py_DECREF(name);
            return -1;
        }
        PyUnicode_InternInPlace(&plain);
        Py_SETREF(name, plain);
    }
    int harmless = is_harmless_store(type, name, value);
    if (!harmless)
        PyType_Modified(type); /* before: the finalizer of the old value must not find it in the cache */
    res = _PyObject_GenericSetAttrWithDict((PyObject *)type, name, value, NULL);
    if (res == 0 && !harmless) {
        PyType_Modified(type);
        if (is_dunder(name))
            res = tai_type_update_slot(type, name);
    }
    Py_DECREF(name);
    return res;
}

/* ---- special attributes ------------------------------------------------------------------------------------------------------ */

/* 1 if the attribute may be set to value; else 0 with TypeError, or what an audit hook raised. */
static int may_set(PyTypeObject *type, PyObject *value, const char *name)
{
    if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE)) {
        PyErr_Format(PyExc_TypeError, "can't set %s.%s", type->tp_name, name);
        return 0;
    }
    if (value == NULL) {
        PyErr_Format(PyExc_TypeError, "can't delete %s.%s", type->tp_name, name);
        return 0;
    }
    return PySys_Audit("object.__setattr__", "OsO", type, name, value) == 0;
}

PyObject *tai_type_name(PyTypeObject *type, void *context)
{
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) {
        PyObject *name = ((PyHeapTypeObject *)type)->ht_name;
        Py_INCREF(name);
        return name;
    }
    return PyUnicode_FromString(_PyType_Name(type));
}

PyObject *tai_type_qualname(PyTypeObject *type, void *context)
{
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) {
        PyObject *name = ((PyHeapTypeObject *)type)->ht_qualname;
        Py_INCREF(name);
        return name;
    }
    return PyUnicode_FromString(_PyType_Name(type));
}

static int set_name(PyTypeObject *type, PyObject *value, void *context)
{
    const char *text;
    Py_ssize_t n;
    if (!may_set(type, value, "__name__"))
        return -1;
    if (!PyUnicode_Check(value)) {
        PyErr_Format(PyExc_TypeError, "can only assign string to %s.__name__, not '%s'", type->tp_name,
                     Py_TYPE(value)->tp_name);
        return -1;
    }
    text = PyUnicode_AsUTF8AndSize(value, &n);
    if (text == NULL)
        return -1;
    if (strlen(text) != (size_t)n) {
        PyErr_SetString(PyExc_ValueError, "type name must not contain null characters");
        return -1;
    }
    type->tp_name = text;
    Py_INCREF(value);
    Py_SETREF(((PyHeapTypeObject *)type)->ht_name, value);
    return 0;
}

static int set_qualname(PyTypeObject *type, PyObject *value, void *context)
{
    if (!may_set(type, value, "__qualname__"))
        return -1;
    if (!PyUnicode_Check(value)) {
        PyErr_Format(PyExc_TypeError, "can only assign string to %s.__qualname__, not '%s'", type->tp_name,
                     Py_TYPE(value)->tp_name);
        return -1;
    }
    Py_INCREF(value);
    Py_SETREF(((PyHeapTypeObject *)type)->ht_qualname, value);
    return 0;
}

PyObject *tai_type_module(PyTypeObject *type)
{
    PyObject *module;
    const char *dot;
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) {
        module = _PyDict_GetItemIdWithError(type->tp_dict, &PyId___module__);
        if (module == NULL) {
            if (!PyErr_Occurred())
                PyErr_Format(PyExc_AttributeError, "__module__");
            return NULL;
        }
        Py_INCREF(module);
        return module;
    }
    dot = strrchr(type->tp_name, '.');
    if (dot != NULL) {
        module = PyUnicode_FromStringAndSize(type->tp_name, dot - type->tp_name);
        if (module != NULL)
            PyUnicode_InternInPlace(&module);
        return module;
    }
    module = _PyUnicode_FromId(&PyId_builtins);
    Py_XINCREF(module);
    return module;
}

static PyObject *get_module(PyTypeObject *type, void *context)
{
    return tai_type_module(type);
}

static int set_module(PyTypeObject *type, PyObject *value, void *context)
{
    if (!may_set(type, value, "__module__"))
        return -1;
    PyType_Modified(type);
    return _PyDict_SetItemId(type->tp_dict, &PyId___module__, value);
}

static void no_abstract_methods(void)
{
    PyObject *name = _PyUnicode_FromId(&PyId___abstractmethods__);
    if (name != NULL)
        PyErr_SetObject(PyExc_AttributeError, name);
}

static PyObject *get_abstract_methods(PyTypeObject *type, void *context)
{
    PyObject *names = NULL;
    if (type != &PyType_Type) /* whose dict has the descriptor under this name */
        names = _PyDict_GetItemIdWithError(type->tp_dict, &PyId___abstractmethods__);
    if (names == NULL) {
        if (!PyErr_Occurred())
            no_abstract_methods();
        return NULL;
    }
    Py_INCREF(names);
    return names;
}

static int set_abstract_methods(PyTypeObject *type, PyObject *value, void *context)
{
    int abstract = 0;
    if (value != NULL) {
        abstract = PyObject_IsTrue(value);
        if (abstract < 0 || _PyDict_SetItemId(type->tp_dict, &PyId___abstractmethods__, value) < 0)
            return -1;
    }
    else if (_PyDict_DelItemId(type->tp_dict, &PyId___abstractmethods__) < 0) {
        if (PyErr_ExceptionMatches(PyExc_KeyError))
            no_abstract_methods();
        return -1;
    }
    PyType_Modified(type);
    if (abstract)
        type->tp_flags |= Py_TPFLAGS_IS_ABSTRACT;
    else
        type->tp_flags &= ~Py_TPFLAGS_IS_ABSTRACT;
    return 0;
}

static PyObject *get_dict(PyTypeObject *type, void *context)
{
    if (type->tp_dict == NULL)
        Py_RETURN_NONE;
    return PyDictProxy_New(type->tp_dict);
}

static PyObject *get_doc(PyTypeObject *type, void *context)
{
    PyObject *doc;
    if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE) && type->tp_doc != NULL)
        return _PyType_GetDocFromInternalDoc(type->tp_name, type->tp_doc);
    doc = _PyDict_GetItemIdWithError(type->tp_dict, &PyId___doc__);
    if (doc == NULL) {
        if (PyErr_Occurred())
            return NULL;
        Py_RETURN_NONE;
    }
    if (Py_TYPE(doc)->tp_descr_get)
        return Py_TYPE(doc)->tp_descr_get(doc, NULL, (PyObject *)type);
    Py_INCREF(doc);
    return doc;
}

static int set_doc(PyTypeObject *type, PyObject *value, void *context)
{
    if (!may_set(type, value, "__doc__"))
        return -1;
    PyType_Modified(type);
    return _PyDict_SetItemId(type->tp_dict, &PyId___doc__, value);
}

static PyObject *get_text_signature(PyTypeObject *type, void *context)
{
    return _PyType_GetTextSignatureFromInternalDoc(type->tp_name, type->tp_doc);
}

/* ---- layouts that fit, __bases__ ------------------------------------------------------------------------------------------------ */

static int adds_nothing(PyTypeObject *child)
{
    PyTypeObject *base = child->tp_base;
    return base != NULL && child->tp_basicsize == base->tp_basicsize && child->tp_itemsize == base->tp_itemsize &&
           child->tp_dictoffset == base->tp_dictoffset && child->tp_weaklistoffset == base->tp_weaklistoffset &&
           (child->tp_flags & Py_TPFLAGS_HAVE_GC) == (base->tp_flags & Py_TPFLAGS_HAVE_GC) &&
           (child->tp_clear == tai_instance_clear || !PyType_IS_GC(child));
}

static int same_additions(PyTypeObject *a, PyTypeObject *b)
{
    PyTypeObject *base = a->tp_base;
    PyObject *slots_a, *slots_b;
    Py_ssize_t size;
    if (base != b->tp_base)
        return 0;
    size = base->tp_basicsize;
    slots_a = (a->tp_flags & Py_TPFLAGS_HEAPTYPE) ? ((PyHeapTypeObject *)a)->ht_slots : NULL;
    slots_b = (b->tp_flags & Py_TPFLAGS_HEAPTYPE) ? ((PyHeapTypeObject *)b)->ht_slots : NULL;
    if (slots_a && slots_b) {
        if (PyObject_RichCompareBool(slots_a, slots_b, Py_EQ) != 1)
            return 0;
        size += (Py_ssize_t)sizeof(PyObject *) * PyTuple_GET_SIZE(slots_a);
    }
    if (a->tp_dictoffset == size && b->tp_dictoffset == size)
        size += (Py_ssize_t)sizeof(PyObject *);
    if (a->tp_weaklistoffset == size && b->tp_weaklistoffset == size)
        size += (Py_ssize_t)sizeof(PyObject *);
    return size == a->tp_basicsize && size == b->tp_basicsize;
}

int tai_type_compatible_layout(PyTypeObject *oldto, PyTypeObject *newto, const char *attribute)
{
    PyTypeObject *new_base = newto, *old_base = oldto;
    if (newto->tp_free != oldto->tp_free) {
        PyErr_Format(PyExc_TypeError, "%s assignment: '%s' deallocator differs from '%s'", attribute, newto->tp_name,
                     oldto->tp_name);
        return 0;
    }
    while (adds_nothing(new_base))
        new_base = new_base->tp_base;
    while (adds_nothing(old_base))
        old_base = old_base->tp_base;
    if (new_base != old_base && (new_base->tp_base != old_base->tp_base || !same_additions(new_base, old_base))) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_TypeError, "%s assignment: '%s' object layout differs from '%s'", attribute,
                         newto->tp_name, oldto->tp_name);
        return 0;
    }
    return 1;
}

static PyObject *get_bases(PyTypeObject *type, void *context)
{
    Py_INCREF(type->tp_bases);
    return type->tp_bases;
}

static int check_new_bases(PyTypeObject *type, PyObject *bases)
{
    if (!may_set(type, bases, "__bases__"))
        return -1;
    if (!PyTuple_Check(bases)) {
        PyErr_Format(PyExc_TypeError, "can only assign tuple to %s.__bases__, not %s", type->tp_name,
                     Py_TYPE(bases)->tp_name);
        return -1;
    }
    if (PyTuple_GET_SIZE(bases) == 0) {
        PyErr_Format(PyExc_TypeError, "can only assign non-empty tuple to %s.__bases__, not ()", type->tp_name);
        return -1;
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(bases); i++) {
        PyTypeObject *base = (PyTypeObject *)PyTuple_GET_ITEM(bases, i), *up;
        if (!PyType_Check(base)) {
            PyErr_Format(PyExc_TypeError, "%s.__bases__ must be tuple of classes, not '%s'", type->tp_name,
                         Py_TYPE(base)->tp_name);
            return -1;
        }
        if (base->tp_mro != NULL && PyType_IsSubtype(base, type))
            goto cycle;
        for (up = base; up != NULL; up = up->tp_base) /* an mro() of its own may hide it */
            if (up == type)
                goto cycle;
    }
    return 0;
cycle:
    PyErr_SetString(PyExc_TypeError, "a __bases__ item causes an inheritance cycle");
    return -1;
}

/* New orders for type and everything below; what was replaced goes to undo as (class, new, old). */
static int renew_mros(PyTypeObject *type, PyObject *undo)
{
    PyObject *old = NULL, *entry, *subclasses;
    int changed = tai_type_mro_internal(type, &old), res;
    if (changed <= 0)
        return changed;
    entry = old ? PyTuple_Pack(3, type, type->tp_mro, old) : PyTuple_Pack(2, type, type->tp_mro);
    res = entry ? PyList_Append(undo, entry) : -1;
    Py_XDECREF(entry);
    Py_XDECREF(old);
    if (res < 0)
        return -1;
    subclasses = tai_type_subclasses(type);
    if (subclasses == NULL)
        return -1;
    for (Py_ssize_t i = 0; res == 0 && i < PyList_GET_SIZE(subclasses); i++)
        res = renew_mros((PyTypeObject *)PyList_GET_ITEM(subclasses, i), undo);
    Py_DECREF(subclasses);
    return res;
}

static void restore_mros(PyObject *undo)
{
    for (Py_ssize_t i = PyList_GET_SIZE(undo); --i >= 0;) {
        PyObject *entry = PyList_GET_ITEM(undo, i);
        PyTypeObject *type = (PyTypeObject *)PyTuple_GET_ITEM(entry, 0);
        PyObject *old = PyTuple_GET_SIZE(entry) == 3 ? PyTuple_GET_ITEM(entry, 2) : NULL;
        if (type->tp_mro == PyTuple_GET_ITEM(entry, 1)) {
            Py_XINCREF(old);
            Py_XSETREF(type->tp_mro, old);
            PyType_Modified(type);
        }
    }
}

static int set_bases(PyTypeObject *type, PyObject *bases, void *context)
{
    PyObject *old_bases = type->tp_bases, *undo;
    PyTypeObject *old_base = type->tp_base, *base;
    if (check_new_bases(type, bases) < 0)
        return -1;
    base = tai_type_best_base(bases);
    if (base == NULL || !tai_type_compatible_layout(type->tp_base, base, "__bases__"))
        return -1;
    undo = PyList_New(0);
    if (undo == NULL)
        return -1;
    Py_INCREF(bases);
    Py_INCREF(base);
    type->tp_bases = bases;
    type->tp_base = base;
    if (renew_mros(type, undo) < 0)
        goto undo;
    Py_DECREF(undo);
    if (type->tp_bases == bases) { /* unless an mro() has assigned other ones */
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(old_bases); i++)
            tai_type_remove_subclass((PyTypeObject *)PyTuple_GET_ITEM(old_bases, i), type);
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(bases); i++)
            if (tai_type_add_subclass((PyTypeObject *)PyTuple_GET_ITEM(bases, i), type) < 0)
                break;
        if (!PyErr_Occurred())
            tai_type_update_all_slots(type);
    }
    Py_DECREF(old_bases);
    Py_DECREF(old_base);
    return PyErr_Occurred() ? -1 : 0;
undo:
    restore_mros(undo);
    Py_DECREF(undo);
    if (type->tp_bases == bases) {
        type->tp_bases = old_bases;
        type->tp_base = old_base;
        Py_DECREF(bases);
        Py_DECREF(base);
    }
    else {
        Py_DECREF(old_bases);
        Py_DECREF(old_base);
    }
    return -1;
}

/* ---- methods -------------------------------------------------------------------------------------------------------------------- */

static PyObject *type_mro(PyTypeObject *type, PyObject *Py_UNUSED(ignored))
{
    return tai_type_compute_mro(type);
}

static PyObject *type_subclasses(PyTypeObject *type, PyObject *Py_UNUSED(ignored))
{
    return tai_type_subclasses(type);
}

static PyObject *type_prepare(PyObject *cls, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    return PyDict_New();
}

static PyObject *type_instancecheck(PyObject *cls, PyObject *instance)
{
    int res = _PyObject_RealIsInstance(instance, cls);
    return res < 0 ? NULL : PyBool_FromLong(res);
}

static PyObject *type_subclasscheck(PyObject *cls, PyObject *derived)
{
    int res = _PyObject_RealIsSubclass(derived, cls);
    return res < 0 ? NULL : PyBool_FromLong(res);
}

int tai_type_merge_names(PyObject *dict, PyObject *cls)
{
    PyObject *own, *bases;
    if (_PyObject_LookupAttrId(cls, &PyId___dict__, &own) < 0)
        return -1;
    if (own != NULL) {
        int res = PyDict_Update(dict, own);
        Py_DECREF(own);
        if (res < 0)
            return -1;
    }
    if (_PyObject_LookupAttrId(cls, &PyId___bases__, &bases) < 0)
        return -1;
    if (bases != NULL) { /* any object may pretend to be a class, with any bases */
        Py_ssize_t n = PySequence_Size(bases);
        if (n < 0)
            PyErr_Clear();
        for (Py_ssize_t i = 0; i < n; i++) {
            PyObject *base = PySequence_GetItem(bases, i);
            int res = base ? tai_type_merge_names(dict, base) : -1;
            Py_XDECREF(base);
            if (res < 0) {
                Py_DECREF(bases);
                return -1;
            }
        }
        Py_DECREF(bases);
    }
    return 0;
}

static PyObject *type_dir(PyTypeObject *type, PyObject *Py_UNUSED(ignored))
{
    PyObject *dict = PyDict_New(), *names = NULL;
    if (dict != NULL && tai_type_merge_names(dict, (PyObject *)type) == 0)
        names = PyDict_Keys(dict);
    Py_XDECREF(dict);
    return names;
}

static PyObject *type_sizeof(PyTypeObject *type, PyObject *Py_UNUSED(ignored))
{
    Py_ssize_t size = (Py_ssize_t)sizeof(PyTypeObject);
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) {
        PyHeapTypeObject *heap = (PyHeapTypeObject *)type;
        size = (Py_ssize_t)sizeof(PyHeapTypeObject);
        if (heap->ht_cached_keys)
            size += _PyDict_KeysSize(heap->ht_cached_keys);
    }
    return PyLong_FromSsize_t(size);
}

static PyObject *type_repr(PyTypeObject *type)
{
    PyObject *module = tai_type_module(type), *name, *res;
    if (module == NULL)
        PyErr_Clear();
    else if (!PyUnicode_Check(module))
        Py_CLEAR(module);
    name = tai_type_qualname(type, NULL);
    if (name == NULL) {
        Py_XDECREF(module);
        return NULL;
    }
    if (module != NULL && !_PyUnicode_EqualToASCIIId(module, &PyId_builtins))
        res = PyUnicode_FromFormat("<class '%U.%U'>", module, name);
    else
        res = PyUnicode_FromFormat("<class '%s'>", type->tp_name);
    Py_XDECREF(module);
    Py_DECREF(name);
    return res;
}

/* type.__init__ */
static int type_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (kwds != NULL && n == 1 && PyDict_GET_SIZE(kwds) != 0) {
        PyErr_SetString(PyExc_TypeError, "type.__init__() takes no keyword arguments");
        return -1;
    }
    if (n != 1 && n != 3) {
        PyErr_SetString(PyExc_TypeError, "type.__init__() takes 1 or 3 arguments");
        return -1;
    }
    return 0;
}

/* type(x) without a tuple. */
static PyObject *type_vectorcall(PyObject *cls, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    PyObject *tuple, *dict = NULL, *res = NULL;
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    if (nargs == 1 && (kwnames == NULL || PyTuple_GET_SIZE(kwnames) == 0)) {
        res = (PyObject *)Py_TYPE(args[0]);
        Py_INCREF(res);
        return res;
    }
    tuple = tai_call_tuple_from_stack(args, nargs);
    if (tuple == NULL)
        return NULL;
    if (kwnames == NULL || (dict = _PyStack_AsDict(args + nargs, kwnames)) != NULL)
        res = tai_type_call((PyTypeObject *)cls, tuple, dict);
    Py_DECREF(tuple);
    Py_XDECREF(dict);
    return res;
}

/* T.__new__ of a C type: check that the type asked for is one whose instances T can lay out. */
PyObject *tai_tp_new_wrapper(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    PyTypeObject *type = (PyTypeObject *)self, *subtype, *c_base;
    PyObject *tuple, *dict = NULL, *res = NULL;
    Py_ssize_t nkw = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
    if (nargs == 0) {
        PyErr_Format(PyExc_TypeError, "%s.__new__(): not enough arguments", type->tp_name);
        return NULL;
    }
    subtype = (PyTypeObject *)args[0];
    if (!PyType_Check(subtype)) {
        PyErr_Format(PyExc_TypeError, "%s.__new__(X): X is not a type object (%s)", type->tp_name,
                     Py_TYPE(subtype)->tp_name);
        return NULL;
    }
    if (!PyType_IsSubtype(subtype, type)) {
        PyErr_Format(PyExc_TypeError, "%s.__new__(%s): %s is not a subtype of %s", type->tp_name, subtype->tp_name,
                     subtype->tp_name, type->tp_name);
        return NULL;
    }
    for (c_base = subtype; c_base && c_base->tp_new == tai_slot_new;)
        c_base = c_base->tp_base;
    if (c_base && c_base->tp_new != type->tp_new) {
        PyErr_Format(PyExc_TypeError, "%s.__new__(%s) is not safe, use %s.__new__()", type->tp_name, subtype->tp_name,
                     c_base->tp_name);
        return NULL;
    }
    if (nargs == 1 && nkw == 0 && type->tp_new == tai_object_new && !(subtype->tp_flags & Py_TPFLAGS_IS_ABSTRACT))
        return tai_instance_new(subtype);
    tuple = tai_call_tuple_from_stack(args + 1, nargs - 1);
    if (tuple == NULL)
        return NULL;
    if (nkw == 0 || (dict = _PyStack_AsDict(args + nargs, kwnames)) != NULL)
        res = type->tp_new(subtype, tuple, dict);
    Py_DECREF(tuple);
    Py_XDECREF(dict);
    return res;
}

/* ---- the end of a class ----------------------------------------------------------------------------------------------------------- */

static void type_dealloc(PyTypeObject *type)
{
    PyHeapTypeObject *heap = (PyHeapTypeObject *)type;
    PyObject *error, *value, *trace;
    assert(type->tp_flags & Py_TPFLAGS_HEAPTYPE);
    tai_gc_untrack_if(type);
    PyErr_Fetch(&error, &value, &trace);
    for (Py_ssize_t i = 0; type->tp_bases && i < PyTuple_GET_SIZE(type->tp_bases); i++) {
        PyTypeObject *base = (PyTypeObject *)PyTuple_GET_ITEM(type->tp_bases, i);
        if (PyType_Check(base))
            tai_type_remove_subclass(base, type);
    }
    PyErr_Restore(error, value, trace);
    PyObject_ClearWeakRefs((PyObject *)type);
    Py_XDECREF(type->tp_base);
    Py_XDECREF(type->tp_dict);
    Py_XDECREF(type->tp_bases);
    Py_XDECREF(type->tp_mro);
    Py_XDECREF(type->tp_cache);
    Py_XDECREF(type->tp_subclasses);
    PyObject_Free((char *)type->tp_doc); /* for heap types a copy of their own */
    Py_XDECREF(heap->ht_name);
    Py_XDECREF(heap->ht_qualname);
    Py_XDECREF(heap->ht_slots);
    if (heap->ht_cached_keys)
        tai_keys_decref(heap->ht_cached_keys);
    Py_TYPE(type)->tp_free((PyObject *)type);
}

static int type_traverse(PyTypeObject *type, visitproc visit, void *arg)
{
    if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE))
        return 0;
    Py_VISIT(type->tp_dict);
    Py_VISIT(type->tp_cache);
    Py_VISIT(type->tp_mro);
    Py_VISIT(type->tp_bases);
    Py_VISIT(type->tp_base);
    return 0; /* tp_subclasses holds weak references, ht_slots strings: no cycles through them */
}

/* The dict and the MRO (which holds the type itself) break every cycle. Bases stay: instances that die later need them. */
static int type_clear(PyTypeObject *type)
{
    PyHeapTypeObject *heap = (PyHeapTypeObject *)type;
    PyType_Modified(type);
    if (heap->ht_cached_keys) {
        PyDictKeysObject *keys = heap->ht_cached_keys;
        heap->ht_cached_keys = NULL;
        tai_keys_decref(keys);
    }
    if (type->tp_dict)
        PyDict_Clear(type->tp_dict);
    Py_CLEAR(type->tp_mro);
    return 0;
}

static int type_is_gc(PyTypeObject *type)
{
    return (type->tp_flags & Py_TPFLAGS_HEAPTYPE) != 0;
}

/* ---- tables ------------------------------------------------------------------------------------------------------------------------- */

static PyMemberDef type_members[] = {
    {"__basicsize__", T_PYSSIZET, offsetof(PyTypeObject, tp_basicsize), READONLY},
    {"__itemsize__", T_PYSSIZET, offsetof(PyTypeObject, tp_itemsize), READONLY},
    {"__flags__", T_ULONG, offsetof(PyTypeObject, tp_flags), READONLY},
    {"__weakrefoffset__", T_PYSSIZET, offsetof(PyTypeObject, tp_weaklistoffset), READONLY},
    {"__base__", T_OBJECT, offsetof(PyTypeObject, tp_base), READONLY},
    {"__dictoffset__", T_PYSSIZET, offsetof(PyTypeObject, tp_dictoffset), READONLY},
    {"__mro__", T_OBJECT, offsetof(PyTypeObject, tp_mro), READONLY},
    {NULL},
};

static PyGetSetDef type_getset[] = {
    {"__name__", (getter)tai_type_name, (setter)set_name},
    {"__qualname__", (getter)tai_type_qualname, (setter)set_qualname},
    {"__bases__", (getter)get_bases, (setter)set_bases},
    {"__module__", (getter)get_module, (setter)set_module},
    {"__abstractmethods__", (getter)get_abstract_methods, (setter)set_abstract_methods},
    {"__dict__", (getter)get_dict, NULL},
    {"__doc__", (getter)get_doc, (setter)set_doc},
    {"__text_signature__", (getter)get_text_signature, NULL},
    {NULL},
};

static PyMethodDef type_methods[] = {
    {"mro", (PyCFunction)type_mro, METH_NOARGS,
     "mro($self, /)\n--\n\nThe order in which the classes are searched for attributes, as a list."},
    {"__subclasses__", (PyCFunction)type_subclasses, METH_NOARGS,
     "__subclasses__($self, /)\n--\n\nThe direct subclasses that exist now, as a list."},
    {"__prepare__", (PyCFunction)(void (*)(void))type_prepare, METH_FASTCALL | METH_KEYWORDS | METH_CLASS,
     "__prepare__() -> dict\nThe namespace in which the body of a class runs."},
    {"__instancecheck__", (PyCFunction)type_instancecheck, METH_O,
     "__instancecheck__($self, instance, /)\n--\n\nWhether instance is an instance of this class."},
    {"__subclasscheck__", (PyCFunction)type_subclasscheck, METH_O,
     "__subclasscheck__($self, subclass, /)\n--\n\nWhether subclass is this class or below it."},
    {"__dir__", (PyCFunction)type_dir, METH_NOARGS,
     "__dir__($self, /)\n--\n\nNames of the attributes of the class and its bases, without those of the metaclass."},
    {"__sizeof__", (PyCFunction)type_sizeof, METH_NOARGS,
     "__sizeof__($self, /)\n--\n\nBytes that the class object takes."},
    {NULL},
};

PyTypeObject PyType_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "type",
    .tp_basicsize = sizeof(PyHeapTypeObject),
    .tp_itemsize = sizeof(PyMemberDef),
    .tp_dealloc = (destructor)type_dealloc,
    .tp_vectorcall_offset = offsetof(PyTypeObject, tp_vectorcall),
    .tp_repr = (reprfunc)type_repr,
    .tp_call = (ternaryfunc)tai_type_call,
    .tp_getattro = (getattrofunc)tai_type_getattro,
    .tp_setattro = (setattrofunc)type_setattro,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TYPE_SUBCLASS |
                _Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_doc = "type(object) -> the object's type\ntype(name, bases, dict) -> a new type",
    .tp_traverse = (traverseproc)type_traverse,
    .tp_clear = (inquiry)type_clear,
    .tp_weaklistoffset = offsetof(PyTypeObject, tp_weaklist),
    .tp_methods = type_methods,
    .tp_members = type_members,
    .tp_getset = type_getset,
    .tp_base = &PyBaseObject_Type,
    .tp_dictoffset = offsetof(PyTypeObject, tp_dict),
    .tp_init = type_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = tai_type_new,
    .tp_free = PyObject_GC_Del,
    .tp_is_gc = (inquiry)type_is_gc,
    .tp_vectorcall = type_vectorcall,
};
