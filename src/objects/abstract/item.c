/* SPDX-License-Identifier: MIT */
/* item: subscription, len(), mappings, and format() for any object. Tests: tests/objects/test_abstract.py. */
#include "objects/object.h"
#include "objects/type/type.h"

_Py_IDENTIFIER(__class_getitem__);
_Py_IDENTIFIER(__format__);
_Py_IDENTIFIER(__length_hint__);
_Py_IDENTIFIER(items);
_Py_IDENTIFIER(keys);
_Py_IDENTIFIER(values);

static PyObject *null_error(void)
{
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_SystemError, "null argument to internal routine");
    return NULL;
}

static PyObject *type_error(const char *format, PyObject *o)
{
    PyErr_Format(PyExc_TypeError, format, Py_TYPE(o)->tp_name);
    return NULL;
}

PyObject *PyObject_Type(PyObject *o)
{
    if (o == NULL)
        return null_error();
    Py_INCREF(Py_TYPE(o));
    return (PyObject *)Py_TYPE(o);
}

/* ---- o[key] -------------------------------------------------------------------------------------------------------------------- */

static PyObject *class_getitem(PyObject *cls, PyObject *key)
{
    PyObject *method, *res;
    if (_PyObject_LookupAttrId(cls, &PyId___class_getitem__, &method) < 0)
        return NULL;
    if (method == NULL)
        return type_error("'%.200s' object is not subscriptable", cls);
    res = PyObject_CallFunctionObjArgs(method, key, NULL);
    Py_DECREF(method);
    return res;
}

PyObject *PyObject_GetItem(PyObject *o, PyObject *key)
{
    PyTypeObject *type;
    if (o == NULL || key == NULL)
        return null_error();
    type = Py_TYPE(o);
    if (LIKELY(type->tp_as_mapping && type->tp_as_mapping->mp_subscript))
        return type->tp_as_mapping->mp_subscript(o, key);
    if (type->tp_as_sequence && type->tp_as_sequence->sq_item) {
        Py_ssize_t i;
        if (!PyIndex_Check(key))
            return type_error("sequence index must be integer, not '%.200s'", key);
        i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return PySequence_GetItem(o, i);
    }
    if (PyType_Check(o))
        return class_getitem(o, key);
    return type_error("'%.200s' object is not subscriptable", o);
}

/* Store in what is no mapping, or delete if value is NULL. Not part of its callers, who are to jump on without a frame. */
__attribute__((noinline)) static int ass_sequence_item(PyObject *o, PyObject *key, PyObject *value, const char *unsupported)
{
    PyTypeObject *type = Py_TYPE(o);
    if (type->tp_as_sequence) {
        if (PyIndex_Check(key)) {
            Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
            if (i == -1 && PyErr_Occurred())
                return -1;
            return value ? PySequence_SetItem(o, i, value) : PySequence_DelItem(o, i);
        }
        if (type->tp_as_sequence->sq_ass_item) {
            type_error("sequence index must be integer, not '%.200s'", key);
            return -1;
        }
    }
    type_error(unsupported, o);
    return -1;
}

static inline int ass_item(PyObject *o, PyObject *key, PyObject *value, const char *unsupported)
{
    PyMappingMethods *mapping = Py_TYPE(o)->tp_as_mapping;
    if (LIKELY(mapping && mapping->mp_ass_subscript))
        return mapping->mp_ass_subscript(o, key, value);
    return ass_sequence_item(o, key, value, unsupported);
}

int PyObject_SetItem(PyObject *o, PyObject *key, PyObject *value)
{
    if (o == NULL || key == NULL || value == NULL) {
        null_error();
        return -1;
    }
    return ass_item(o, key, value, "'%.200s' object does not support item assignment");
}

int PyObject_DelItem(PyObject *o, PyObject *key)
{
    if (o == NULL || key == NULL) {
        null_error();
        return -1;
    }
    return ass_item(o, key, NULL, "'%.200s' object does not support item deletion");
}

int PyObject_DelItemString(PyObject *o, const char *key)
{
    PyObject *name;
    int res;
    if (o == NULL || key == NULL) {
        null_error();
        return -1;
    }
    name = PyUnicode_FromString(key);
    if (name == NULL)
        return -1;
    res = PyObject_DelItem(o, name);
    Py_DECREF(name);
    return res;
}

/* ---- len() --------------------------------------------------------------------------------------------------------------------- */

static lenfunc sequence_length(PyObject *o)
{
    PySequenceMethods *sq = Py_TYPE(o)->tp_as_sequence;
    return sq ? sq->sq_length : NULL;
}

static lenfunc mapping_length(PyObject *o)
{
    PyMappingMethods *mp = Py_TYPE(o)->tp_as_mapping;
    return mp ? mp->mp_length : NULL;
}

#undef PyObject_Length
#undef PySequence_Length
#undef PyMapping_Length

Py_ssize_t PyObject_Size(PyObject *o)
{
    lenfunc length;
    if (o == NULL) {
        null_error();
        return -1;
    }
    length = sequence_length(o);
    return length ? length(o) : PyMapping_Size(o);
}

Py_ssize_t PyObject_Length(PyObject *o)
{
    return PyObject_Size(o);
}

Py_ssize_t PySequence_Size(PyObject *o)
{
    lenfunc length;
    if (o == NULL) {
        null_error();
        return -1;
    }
    length = sequence_length(o);
    if (length == NULL && PyType_HasFeature(Py_TYPE(o), Py_TPFLAGS_HEAPTYPE))
        length = mapping_length(o); /* classes made in Python have the slots of both */
    if (length)
        return length(o);
    type_error(mapping_length(o) ? "%.200s is not a sequence" : "object of type '%.200s' has no len()", o);
    return -1;
}

Py_ssize_t PySequence_Length(PyObject *o)
{
    return PySequence_Size(o);
}

Py_ssize_t PyMapping_Size(PyObject *o)
{
    lenfunc length;
    if (o == NULL) {
        null_error();
        return -1;
    }
    length = mapping_length(o);
    if (length)
        return length(o);
    type_error(sequence_length(o) ? "%.200s is not a mapping" : "object of type '%.200s' has no len()", o);
    return -1;
}

Py_ssize_t PyMapping_Length(PyObject *o)
{
    return PyMapping_Size(o);
}

int _PyObject_HasLen(PyObject *o)
{
    return sequence_length(o) != NULL || mapping_length(o) != NULL;
}

static int drop_type_error(void)
{
    if (!PyErr_ExceptionMatches(PyExc_TypeError))
        return -1;
    PyErr_Clear();
    return 0;
}

/* len(o), or what __length_hint__ guesses, or fallback; -1 with an exception. */
Py_ssize_t PyObject_LengthHint(PyObject *o, Py_ssize_t fallback)
{
    PyObject *method, *res;
    Py_ssize_t n;
    if (_PyObject_HasLen(o)) {
        n = PyObject_Size(o);
        if (n >= 0)
            return n;
        if (drop_type_error() < 0)
            return -1;
    }
    method = _PyObject_LookupSpecial(o, &PyId___length_hint__);
    if (method == NULL)
        return PyErr_Occurred() ? -1 : fallback;
    res = _PyObject_CallNoArg(method);
    Py_DECREF(method);
    if (res == NULL)
        return drop_type_error() < 0 ? -1 : fallback;
    if (res == Py_NotImplemented) {
        Py_DECREF(res);
        return fallback;
    }
    if (!PyLong_Check(res)) {
        type_error("__length_hint__ must be an integer, not %.100s", res);
        Py_DECREF(res);
        return -1;
    }
    n = PyLong_AsSsize_t(res);
    Py_DECREF(res);
    if (n < 0 && !PyErr_Occurred())
        PyErr_Format(PyExc_ValueError, "__length_hint__() should return >= 0");
    return n < 0 ? -1 : n;
}

/* ---- mappings ------------------------------------------------------------------------------------------------------------------ */

int PyMapping_Check(PyObject *o)
{
    return o && Py_TYPE(o)->tp_as_mapping && Py_TYPE(o)->tp_as_mapping->mp_subscript;
}

PyObject *PyMapping_GetItemString(PyObject *o, const char *key)
{
    PyObject *name, *res;
    if (key == NULL)
        return null_error();
    name = PyUnicode_FromString(key);
    if (name == NULL)
        return NULL;
    res = PyObject_GetItem(o, name);
    Py_DECREF(name);
    return res;
}

int PyMapping_SetItemString(PyObject *o, const char *key, PyObject *value)
{
    PyObject *name;
    int res;
    if (key == NULL) {
        null_error();
        return -1;
    }
    name = PyUnicode_FromString(key);
    if (name == NULL)
        return -1;
    res = PyObject_SetItem(o, name, value);
    Py_DECREF(name);
    return res;
}

/* Errors are swallowed: the API has no way to tell. */
static int found(PyObject *value)
{
    if (value == NULL) {
        PyErr_Clear();
        return 0;
    }
    Py_DECREF(value);
    return 1;
}

int PyMapping_HasKeyString(PyObject *o, const char *key)
{
    return found(PyMapping_GetItemString(o, key));
}

int PyMapping_HasKey(PyObject *o, PyObject *key)
{
    return found(PyObject_GetItem(o, key));
}

/* list(o.method()) */
static PyObject *list_of(PyObject *o, _Py_Identifier *method)
{
    PyObject *view, *iter, *res;
    if (o == NULL)
        return null_error();
    view = _PyObject_CallMethodId(o, method, NULL);
    if (view == NULL)
        return NULL;
    iter = PyObject_GetIter(view);
    if (iter == NULL && PyErr_ExceptionMatches(PyExc_TypeError))
        PyErr_Format(PyExc_TypeError, "%.200s.%s() returned a non-iterable (type %.200s)", Py_TYPE(o)->tp_name,
                     method->string, Py_TYPE(view)->tp_name);
    Py_DECREF(view);
    if (iter == NULL)
        return NULL;
    res = PySequence_List(iter);
    Py_DECREF(iter);
    return res;
}

PyObject *PyMapping_Keys(PyObject *o)
{
    return o && PyDict_CheckExact(o) ? PyDict_Keys(o) : list_of(o, &PyId_keys);
}

PyObject *PyMapping_Items(PyObject *o)
{
    return o && PyDict_CheckExact(o) ? PyDict_Items(o) : list_of(o, &PyId_items);
}

PyObject *PyMapping_Values(PyObject *o)
{
    return o && PyDict_CheckExact(o) ? PyDict_Values(o) : list_of(o, &PyId_values);
}

/* ---- format() ------------------------------------------------------------------------------------------------------------------ */

PyObject *PyObject_Format(PyObject *obj, PyObject *spec)
{
    PyObject *method, *empty = NULL, *res = NULL;
    if (spec != NULL && !PyUnicode_Check(spec)) {
        PyErr_Format(PyExc_SystemError, "Format specifier must be a string, not %.200s", Py_TYPE(spec)->tp_name);
        return NULL;
    }
    if (spec == NULL || PyUnicode_GET_LENGTH(spec) == 0) {
        if (PyUnicode_CheckExact(obj)) {
            Py_INCREF(obj);
            return obj;
        }
        if (PyLong_CheckExact(obj))
            return PyObject_Str(obj);
    }
    if (spec == NULL && (spec = empty = PyUnicode_New(0, 0)) == NULL)
        return NULL;
    method = _PyObject_LookupSpecial(obj, &PyId___format__);
    if (method == NULL) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_TypeError, "Type %.100s doesn't define __format__", Py_TYPE(obj)->tp_name);
        goto done;
    }
    res = PyObject_CallFunctionObjArgs(method, spec, NULL);
    Py_DECREF(method);
    if (res != NULL && !PyUnicode_Check(res)) {
        type_error("__format__ must return a str, not %.200s", res);
        Py_CLEAR(res);
    }
done:
    Py_XDECREF(empty);
    return res;
}
