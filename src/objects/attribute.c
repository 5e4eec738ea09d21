/* SPDX-License-Identifier: MIT */
/* attribute: getattr, setattr and their generic implementations.
 *
 *   generic get:   data descriptor of the type  >  __dict__ of the object  >  other descriptor of the type  >  plain class value
 *   generic set:   data descriptor of the type  >  __dict__ of the object
 *
 * Three forms of one search: tai_object_generic_getattr (value), _PyObject_GetMethod (unbound method where possible)
 * and the suppressing form for "is it there", which makes no exception to throw away.
 * Tests: tests/objects/type/test_dispatch.py.
 */
#include "objects/object.h"
#include "objects/dict/dict.h"
#include "objects/module.h"
#include "objects/type/type.h"

/* ---- where the __dict__ stands ----------------------------------------------------------------------------------- */

PyObject **_PyObject_GetDictPtr(PyObject *obj)
{
    PyTypeObject *type = Py_TYPE(obj);
    Py_ssize_t offset = type->tp_dictoffset;
    if (offset == 0)
        return NULL;
    if (offset < 0) { /* counted from the end of a variable-size object */
        Py_ssize_t n = Py_SIZE(obj);
        offset += (Py_ssize_t)_PyObject_VAR_SIZE(type, n < 0 ? -n : n);
        assert(offset > 0 && offset % SIZEOF_VOID_P == 0);
    }
    return (PyObject **)((char *)obj + offset);
}

static int check_name(PyObject *name)
{
    if (LIKELY(PyUnicode_Check(name)))
        return 0;
    PyErr_Format(PyExc_TypeError, "attribute name must be string, not '%.200s'", Py_TYPE(name)->tp_name);
    return -1;
}

static PyObject *no_attribute(PyTypeObject *type, PyObject *name)
{
    PyErr_Format(PyExc_AttributeError, "'%.50s' object has no attribute '%U'", type->tp_name, name);
    return NULL;
}

static int ensure_ready(PyTypeObject *type)
{
    return LIKELY(type->tp_dict != NULL) ? 0 : PyType_Ready(type);
}

/* ---- get --------------------------------------------------------------------------------------------------------- */

/* Value in a namespace dict: new reference, or NULL with or without an exception. */
static PyObject *namespace_get(PyObject *dict, PyObject *name)
{
    PyObject *value;
    if (LIKELY(((PyDictObject *)dict)->ma_keys->kind == DICT_KEYS_STR && PyUnicode_CheckExact(name) &&
               ((PyASCIIObject *)name)->hash != -1)) {
        value = tai_dict_get_name((PyDictObject *)dict, name);
        Py_XINCREF(value);
        return value;
    }
    Py_INCREF(dict); /* the __eq__ of a key may throw the dict away */
    value = PyDict_GetItemWithError(dict, name);
    Py_XINCREF(value);
    Py_DECREF(dict);
    return value;
}

static PyObject *drop_attribute_error(void)
{
    if (PyErr_ExceptionMatches(PyExc_AttributeError))
        PyErr_Clear();
    return NULL;
}

/* Bind a class attribute through its __get__: new, steals nothing; with suppress AttributeError is dropped. */
static PyObject *bind(descrgetfunc get, PyObject *descr, PyObject *obj, int suppress)
{
    PyObject *res;
    Py_INCREF(descr);
    res = get(descr, obj, (PyObject *)Py_TYPE(obj));
    Py_DECREF(descr);
    if (UNLIKELY(res == NULL) && suppress)
        return drop_attribute_error();
    return res;
}

/* bind() for a getset of the very type of obj. The definition outlives the descriptor's use: it is static, or the type's. */
static PyObject *run_getter(PyGetSetDescrObject *descr, PyObject *obj, int suppress)
{
    PyGetSetDef *def = descr->d_getset;
    if (UNLIKELY(def->get == NULL || suppress))
        return bind(Py_TYPE(descr)->tp_descr_get, (PyObject *)descr, obj, suppress);
    return def->get(obj, def->closure);
}

PyObject *tai_object_generic_getattr(PyObject *obj, PyObject *name, int suppress)
{
    return _PyObject_GenericGetAttrWithDict(obj, name, NULL, suppress);
}

PyObject *_PyObject_GenericGetAttrWithDict(PyObject *obj, PyObject *name, PyObject *dict, int suppress)
{
    PyTypeObject *type = Py_TYPE(obj);
    PyObject *descr, *value;
    descrgetfunc get = NULL;
    if (check_name(name) || ensure_ready(type))
        return NULL;
    descr = tai_type_lookup(type, name);
    if (descr != NULL) {
        get = Py_TYPE(descr)->tp_descr_get;
        if (Py_TYPE(descr) == &PyGetSetDescr_Type && ((PyDescrObject *)descr)->d_type == type)
            return run_getter((PyGetSetDescrObject *)descr, obj, suppress);
        if (get != NULL && PyDescr_IsData(descr))
            return bind(get, descr, obj, suppress);
    }
    if (dict == NULL) {
        PyObject **slot = tai_object_dict_ptr(obj);
        if (slot != NULL)
            dict = *slot;
    }
    else if (!PyDict_Check(dict)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (dict != NULL) {
        Py_XINCREF(descr); /* comparing keys may run code that changes the class */
        value = namespace_get(dict, name);
        if (value != NULL || PyErr_Occurred()) {
            Py_XDECREF(descr);
            return value == NULL && suppress ? drop_attribute_error() : value;
        }
    }
    else
        Py_XINCREF(descr);
    if (get != NULL) {
        value = get(descr, obj, (PyObject *)type);
        Py_DECREF(descr);
        return value == NULL && suppress ? drop_attribute_error() : value;
    }
    if (descr != NULL)
        return descr;
    return suppress ? NULL : no_attribute(type, name);
}

PyObject *PyObject_GenericGetAttr(PyObject *obj, PyObject *name)
{
    return _PyObject_GenericGetAttrWithDict(obj, name, NULL, 0);
}

PyObject *PyObject_GetAttr(PyObject *v, PyObject *name)
{
    PyTypeObject *type = Py_TYPE(v);
    if (check_name(name))
        return NULL;
    if (LIKELY(type->tp_getattro != NULL))
        return type->tp_getattro(v, name);
    if (type->tp_getattr != NULL) {
        const char *text = PyUnicode_AsUTF8(name);
        return text ? type->tp_getattr(v, (char *)text) : NULL;
    }
    return no_attribute(type, name);
}

PyObject *PyObject_GetAttrString(PyObject *v, const char *name)
{
    PyObject *key, *res;
    if (Py_TYPE(v)->tp_getattr != NULL)
        return Py_TYPE(v)->tp_getattr(v, (char *)name);
    key = PyUnicode_InternFromString(name);
    if (key == NULL)
        return NULL;
    res = PyObject_GetAttr(v, key);
    Py_DECREF(key);
    return res;
}

PyObject *_PyObject_GetAttrId(PyObject *v, struct _Py_Identifier *name)
{
    PyObject *key = _PyUnicode_FromId(name);
    return key ? PyObject_GetAttr(v, key) : NULL;
}

/* ---- is it there --------------------------------------------------------------------------------------------------- */

int _PyObject_LookupAttr(PyObject *v, PyObject *name, PyObject **result)
{
    PyTypeObject *type = Py_TYPE(v);
    *result = NULL;
    if (check_name(name))
        return -1;
    if (type->tp_getattro == PyObject_GenericGetAttr) {
        *result = _PyObject_GenericGetAttrWithDict(v, name, NULL, 1);
        if (*result != NULL)
            return 1;
        return UNLIKELY(PyErr_Occurred() != NULL) ? -1 : 0;
    }
    if (type->tp_getattro == PyModule_Type.tp_getattro) {
        *result = tai_module_lookup(v, name);
        if (*result == NULL && PyErr_Occurred() == NULL)
            return 0;
    }
    else if (type->tp_getattro != NULL)
        *result = type->tp_getattro(v, name);
    else if (type->tp_getattr != NULL) {
        const char *text = PyUnicode_AsUTF8(name);
        if (text == NULL)
            return -1;
        *result = type->tp_getattr(v, (char *)text);
    }
    else
        return 0;
    if (*result != NULL)
        return 1;
    if (!PyErr_ExceptionMatches(PyExc_AttributeError))
        return -1;
    PyErr_Clear();
    return 0;
}

int _PyObject_LookupAttrId(PyObject *v, struct _Py_Identifier *name, PyObject **result)
{
    PyObject *key = _PyUnicode_FromId(name);
    if (key == NULL) {
        *result = NULL;
        return -1;
    }
    return _PyObject_LookupAttr(v, key, result);
}

/* The public predicates cannot report errors: they swallow them, as documented. */
int PyObject_HasAttr(PyObject *v, PyObject *name)
{
    PyObject *value;
    if (_PyObject_LookupAttr(v, name, &value) < 0) {
        PyErr_Clear();
        return 0;
    }
    if (value == NULL)
        return 0;
    Py_DECREF(value);
    return 1;
}

int PyObject_HasAttrString(PyObject *v, const char *name)
{
    PyObject *value = PyObject_GetAttrString(v, name);
    if (value == NULL) {
        PyErr_Clear();
        return 0;
    }
    Py_DECREF(value);
    return 1;
}

int _PyObject_HasAttrId(PyObject *v, struct _Py_Identifier *name)
{
    PyObject *key = _PyUnicode_FromId(name);
    return key ? PyObject_HasAttr(v, key) : -1;
}

int _PyObject_GetMethod(PyObject *obj, PyObject *name, PyObject **method)
{
    PyTypeObject *type = Py_TYPE(obj);
    PyObject *descr, **slot, *value;
    descrgetfunc get = NULL;
    int unbound = 0;
    *method = NULL;
    if (type->tp_getattro != PyObject_GenericGetAttr || !PyUnicode_Check(name)) {
        *method = PyObject_GetAttr(obj, name);
        return 0;
    }
    if (ensure_ready(type))
        return 0;
    descr = tai_type_lookup(type, name);
    if (descr != NULL) {
        if (PyType_HasFeature(Py_TYPE(descr), Py_TPFLAGS_METHOD_DESCRIPTOR))
            unbound = 1;
        else {
            get = Py_TYPE(descr)->tp_descr_get;
            if (get != NULL && PyDescr_IsData(descr)) {
                *method = bind(get, descr, obj, 0);
                return 0;
            }
        }
        Py_INCREF(descr);
    }
    slot = tai_object_dict_ptr(obj);
    if (slot != NULL && *slot != NULL) {
        value = namespace_get(*slot, name);
        if (value != NULL || PyErr_Occurred()) {
            Py_XDECREF(descr);
            *method = value;
            return 0;
        }
    }
    if (unbound || (descr != NULL && get == NULL)) {
        *method = descr;
        return unbound;
    }
    if (get != NULL) {
        *method = get(descr, obj, (PyObject *)type);
        Py_DECREF(descr);
        return 0;
    }
    no_attribute(type, name);
    return 0;
}

/* ---- set ----------------------------------------------------------------------------------------------------------- */

/* A store found no place: say why. */
static int cannot_store(PyTypeObject *type, PyObject *name, PyObject *descr)
{
    if (descr == NULL)
        no_attribute(type, name);
    else
        PyErr_Format(PyExc_AttributeError, "'%.50s' object attribute '%U' is read-only", type->tp_name, name);
    return -1;
}

static int store_in(PyObject *dict, PyObject *name, PyObject *value)
{
    int res;
    Py_INCREF(dict);
    res = value ? PyDict_SetItem(dict, name, value) : PyDict_DelItem(dict, name);
    Py_DECREF(dict);
    return res;
}

int _PyObject_GenericSetAttrWithDict(PyObject *obj, PyObject *name, PyObject *value, PyObject *dict)
{
    PyTypeObject *type = Py_TYPE(obj);
    PyObject *descr, **slot = NULL;
    int res;
    if (check_name(name) || ensure_ready(type))
        return -1;
    Py_INCREF(name);
    Py_INCREF(type);
    descr = tai_type_lookup(type, name);
    Py_XINCREF(descr);
    if (descr != NULL && Py_TYPE(descr)->tp_descr_set != NULL) {
        res = Py_TYPE(descr)->tp_descr_set(descr, obj, value);
        goto done;
    }
    if (dict == NULL) {
        slot = tai_object_dict_ptr(obj);
        if (slot == NULL) {
            res = cannot_store(type, name, descr);
            goto done;
        }
        res = _PyObjectDict_SetItem(type, slot, name, value);
    }
    else
        res = store_in(dict, name, value);
    if (res < 0 && PyErr_ExceptionMatches(PyExc_KeyError))
        PyErr_SetObject(PyExc_AttributeError, name);
done:
    Py_XDECREF(descr);
    Py_DECREF(type);
    Py_DECREF(name);
    return res;
}

int PyObject_GenericSetAttr(PyObject *obj, PyObject *name, PyObject *value)
{
    return _PyObject_GenericSetAttrWithDict(obj, name, value, NULL);
}

/* No place at all: neither tp_setattro nor tp_setattr. */
static int no_setter(PyTypeObject *type, PyObject *name, PyObject *value)
{
    const char *which = type->tp_getattr == NULL && type->tp_getattro == NULL ? "no" : "only read-only";
    PyErr_Format(PyExc_TypeError, "'%.100s' object has %s attributes (%s .%U)", type->tp_name, which,
                 value == NULL ? "del" : "assign to", name);
    return -1;
}

int PyObject_SetAttr(PyObject *v, PyObject *name, PyObject *value)
{
    PyTypeObject *type = Py_TYPE(v);
    int res;
    if (check_name(name))
        return -1;
    Py_INCREF(name);
    PyUnicode_InternInPlace(&name);
    if (LIKELY(type->tp_setattro != NULL))
        res = type->tp_setattro(v, name, value);
    else if (type->tp_setattr != NULL) {
        const char *text = PyUnicode_AsUTF8(name);
        res = text ? type->tp_setattr(v, (char *)text, value) : -1;
    }
    else
        res = no_setter(type, name, value);
    Py_DECREF(name);
    return res;
}

int PyObject_SetAttrString(PyObject *v, const char *name, PyObject *value)
{
    PyObject *key;
    int res;
    if (Py_TYPE(v)->tp_setattr != NULL)
        return Py_TYPE(v)->tp_setattr(v, (char *)name, value);
    key = PyUnicode_InternFromString(name);
    if (key == NULL)
        return -1;
    res = PyObject_SetAttr(v, key, value);
    Py_DECREF(key);
    return res;
}

int _PyObject_SetAttrId(PyObject *v, struct _Py_Identifier *name, PyObject *value)
{
    PyObject *key = _PyUnicode_FromId(name);
    return key ? PyObject_SetAttr(v, key, value) : -1;
}

/* Setter of __dict__ for getset tables. */
int PyObject_GenericSetDict(PyObject *obj, PyObject *value, void *context)
{
    PyObject **slot = tai_object_dict_ptr(obj);
    if (slot == NULL) {
        PyErr_SetString(PyExc_AttributeError, "This object has no __dict__");
        return -1;
    }
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "cannot delete __dict__");
        return -1;
    }
    if (!PyDict_Check(value)) {
        PyErr_Format(PyExc_TypeError, "__dict__ must be set to a dictionary, not a '%.200s'", Py_TYPE(value)->tp_name);
        return -1;
    }
    Py_INCREF(value);
    Py_XSETREF(*slot, value);
    return 0;
}

PyObject *PyObject_SelfIter(PyObject *obj)
{
    Py_INCREF(obj);
    return obj;
}

/* A mark in tp_iternext: defined, and not an iterator. */
PyObject *_PyObject_NextNotImplemented(PyObject *self)
{
    PyErr_Format(PyExc_TypeError, "'%.200s' object is not iterable", Py_TYPE(self)->tp_name);
    return NULL;
}
