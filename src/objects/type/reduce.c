/* SPDX-License-Identifier: MIT */
/* object.__reduce_ex__: how instances are copied and pickled.
 *
 *   protocol 0, 1:  copyreg._reduce_ex(self, protocol)
 *   protocol 2 up:  (copyreg.__newobj__ or __newobj_ex__, (class, *args[, kwargs]), state, list items, dict items)
 *
 * state: __getstate__() if there is one, else the __dict__, or (dict, {slot: value}) if __slots__ have values.
 * Tests: CPython's test_descr, test_pickle.
 */
#include "objects/object.h"
#include "objects/type/type.h"

_Py_IDENTIFIER(__getnewargs__);
_Py_IDENTIFIER(__getnewargs_ex__);
_Py_IDENTIFIER(__getstate__);
_Py_IDENTIFIER(__newobj__);
_Py_IDENTIFIER(__newobj_ex__);
_Py_IDENTIFIER(__slotnames__);
_Py_IDENTIFIER(_reduce_ex);
_Py_IDENTIFIER(_slotnames);
_Py_IDENTIFIER(items);

static PyObject *cannot_pickle(PyObject *self)
{
    PyErr_Format(PyExc_TypeError, "cannot pickle '%.200s' object", Py_TYPE(self)->tp_name);
    return NULL;
}

/* The module copyreg; new. Looked up each time: tests replace it in sys.modules. */
static PyObject *import_copyreg(void)
{
    PyObject *name = PyUnicode_InternFromString("copyreg"), *module;
    if (name == NULL)
        return NULL;
    module = PyImport_GetModule(name);
    if (module == NULL && !PyErr_Occurred())
        module = PyImport_Import(name);
    Py_DECREF(name);
    return module;
}

/* ---- state ------------------------------------------------------------------------------------------------------------------- */

/* Names of all __slots__ of the class, as copyreg keeps them: list or None; new. */
static PyObject *slot_names(PyTypeObject *cls)
{
    PyObject *names = _PyDict_GetItemIdWithError(cls->tp_dict, &PyId___slotnames__), *copyreg;
    if (names != NULL) {
        if (names != Py_None && !PyList_Check(names)) {
            PyErr_Format(PyExc_TypeError, "%.200s.__slotnames__ should be a list or None, not %.200s", cls->tp_name,
                         Py_TYPE(names)->tp_name);
            return NULL;
        }
        Py_INCREF(names);
        return names;
    }
    if (PyErr_Occurred())
        return NULL;
    copyreg = import_copyreg();
    if (copyreg == NULL)
        return NULL;
    names = _PyObject_CallMethodIdObjArgs(copyreg, &PyId__slotnames, cls, NULL);
    Py_DECREF(copyreg);
    if (names != NULL && names != Py_None && !PyList_Check(names)) {
        PyErr_SetString(PyExc_TypeError, "copyreg._slotnames didn't return a list or None");
        Py_CLEAR(names);
    }
    return names;
}

/* Values of the slots that have one, as a dict; NULL without exception if none has. names: list. */
static PyObject *slot_values(PyObject *self, PyObject *names)
{
    PyObject *values = PyDict_New();
    Py_ssize_t n = PyList_GET_SIZE(names);
    if (values == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *name = PyList_GET_ITEM(names, i), *value;
        int res;
        Py_INCREF(name);
        res = _PyObject_LookupAttr(self, name, &value);
        if (res > 0) {
            res = PyDict_SetItem(values, name, value);
            Py_DECREF(value);
        }
        Py_DECREF(name);
        if (res < 0)
            goto failed;
        if (PyList_GET_SIZE(names) != n) {
            PyErr_Format(PyExc_RuntimeError, "__slotsname__ changed size during iteration");
            goto failed;
        }
    }
    if (PyDict_GET_SIZE(values) > 0)
        return values;
failed:
    Py_DECREF(values);
    return NULL;
}

/* Bytes of an instance that its dict, weak list and slots explain. */
static Py_ssize_t explained_size(PyObject *self, PyObject *names)
{
    Py_ssize_t size = PyBaseObject_Type.tp_basicsize;
    if (Py_TYPE(self)->tp_dictoffset != 0)
        size += (Py_ssize_t)sizeof(PyObject *);
    if (Py_TYPE(self)->tp_weaklistoffset != 0)
        size += (Py_ssize_t)sizeof(PyObject *);
    if (names != Py_None)
        size += (Py_ssize_t)sizeof(PyObject *) * PyList_GET_SIZE(names);
    return size;
}

/* required: __new__ gets no arguments, so that state must hold everything; C fields are then an error. New. */
static PyObject *get_state(PyObject *self, int required)
{
    PyObject *method, *state, *names, *values, *pair, **dict;
    if (_PyObject_LookupAttrId(self, &PyId___getstate__, &method) < 0)
        return NULL;
    if (method != NULL) {
        state = _PyObject_CallNoArg(method);
        Py_DECREF(method);
        return state;
    }
    if (required && Py_TYPE(self)->tp_itemsize)
        return cannot_pickle(self);
    dict = tai_object_dict_ptr(self); /* an empty one counts as none, so that it does not matter whether it was made */
    state = dict != NULL && *dict != NULL && PyDict_GET_SIZE(*dict) ? *dict : Py_None;
    Py_INCREF(state);
    names = slot_names(Py_TYPE(self));
    if (names == NULL)
        goto failed;
    if (required && Py_TYPE(self)->tp_basicsize > explained_size(self, names)) {
        Py_DECREF(names);
        Py_DECREF(state);
        return cannot_pickle(self);
    }
    if (names == Py_None || PyList_GET_SIZE(names) == 0) {
        Py_DECREF(names);
        return state;
    }
    values = slot_values(self, names);
    Py_DECREF(names);
    if (values == NULL) {
        if (PyErr_Occurred())
            goto failed;
        return state;
    }
    pair = PyTuple_Pack(2, state, values);
    Py_DECREF(values);
    Py_DECREF(state);
    return pair;
failed:
    Py_DECREF(state);
    return NULL;
}

/* ---- arguments of __new__ --------------------------------------------------------------------------------------------------------- */

/* *args, *kwargs: new or NULL. 0 or -1. */
static int get_new_arguments(PyObject *self, PyObject **args, PyObject **kwargs)
{
    PyObject *method = _PyObject_LookupSpecial(self, &PyId___getnewargs_ex__), *pair;
    *args = *kwargs = NULL;
    if (method == NULL) {
        if (PyErr_Occurred())
            return -1;
        method = _PyObject_LookupSpecial(self, &PyId___getnewargs__);
        if (method == NULL)
            return PyErr_Occurred() ? -1 : 0;
        *args = _PyObject_CallNoArg(method);
        Py_DECREF(method);
        if (*args != NULL && !PyTuple_Check(*args)) {
            PyErr_Format(PyExc_TypeError, "__getnewargs__ should return a tuple, not '%.200s'",
                         Py_TYPE(*args)->tp_name);
            Py_CLEAR(*args);
        }
        return *args ? 0 : -1;
    }
    pair = _PyObject_CallNoArg(method);
    Py_DECREF(method);
    if (pair == NULL)
        return -1;
    if (!PyTuple_Check(pair))
        PyErr_Format(PyExc_TypeError, "__getnewargs_ex__ should return a tuple, not '%.200s'", Py_TYPE(pair)->tp_name);
    else if (PyTuple_GET_SIZE(pair) != 2)
        PyErr_Format(PyExc_ValueError, "__getnewargs_ex__ should return a tuple of length 2, not %zd",
                     PyTuple_GET_SIZE(pair));
    else if (!PyTuple_Check(PyTuple_GET_ITEM(pair, 0)))
        PyErr_Format(PyExc_TypeError,
                     "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%.200s'",
                     Py_TYPE(PyTuple_GET_ITEM(pair, 0))->tp_name);
    else if (!PyDict_Check(PyTuple_GET_ITEM(pair, 1)))
        PyErr_Format(PyExc_TypeError,
                     "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%.200s'",
                     Py_TYPE(PyTuple_GET_ITEM(pair, 1))->tp_name);
    else {
        *args = PyTuple_GET_ITEM(pair, 0);
        *kwargs = PyTuple_GET_ITEM(pair, 1);
        Py_INCREF(*args);
        Py_INCREF(*kwargs);
    }
    Py_DECREF(pair);
    return *args ? 0 : -1;
}

/* (class, *args); new. args: tuple or NULL. */
static PyObject *class_and_args(PyObject *cls, PyObject *args)
{
    Py_ssize_t n = args ? PyTuple_GET_SIZE(args) : 0;
    PyObject *res = PyTuple_New(n + 1);
    if (res == NULL)
        return NULL;
    Py_INCREF(cls);
    PyTuple_SET_ITEM(res, 0, cls);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PyTuple_GET_ITEM(args, i);
        Py_INCREF(item);
        PyTuple_SET_ITEM(res, i + 1, item);
    }
    return res;
}

/* Iterators over what a list or dict holds, or None; new. 0 or -1. */
static int item_iterators(PyObject *self, PyObject **list_items, PyObject **dict_items)
{
    *list_items = *dict_items = NULL;
    if (PyList_Check(self))
        *list_items = PyObject_GetIter(self);
    else {
        *list_items = Py_None;
        Py_INCREF(Py_None);
    }
    if (PyDict_Check(self)) {
        PyObject *items = _PyObject_CallMethodIdObjArgs(self, &PyId_items, NULL);
        if (items != NULL) {
            *dict_items = PyObject_GetIter(items);
            Py_DECREF(items);
        }
    }
    else {
        *dict_items = Py_None;
        Py_INCREF(Py_None);
    }
    if (*list_items != NULL && *dict_items != NULL)
        return 0;
    Py_CLEAR(*list_items);
    Py_CLEAR(*dict_items);
    return -1;
}

/* The function that pickle will call and its arguments; new. 0 or -1. */
static int maker(PyObject *self, PyObject *args, PyObject *kwargs, PyObject **func, PyObject **func_args)
{
    PyObject *copyreg = import_copyreg(), *cls = (PyObject *)Py_TYPE(self);
    *func = *func_args = NULL;
    if (copyreg == NULL)
        return -1;
    if (kwargs == NULL || PyDict_GET_SIZE(kwargs) == 0) {
        *func = _PyObject_GetAttrId(copyreg, &PyId___newobj__);
        if (*func)
            *func_args = class_and_args(cls, args);
    }
    else {
        *func = _PyObject_GetAttrId(copyreg, &PyId___newobj_ex__);
        if (*func)
            *func_args = PyTuple_Pack(3, cls, args, kwargs);
    }
    Py_DECREF(copyreg);
    if (*func_args == NULL)
        Py_CLEAR(*func);
    return *func ? 0 : -1;
}

static PyObject *reduce_by_new(PyObject *self)
{
    PyObject *args, *kwargs, *func, *func_args, *state, *list_items, *dict_items, *res = NULL;
    int has_args, made;
    if (Py_TYPE(self)->tp_new == NULL)
        return cannot_pickle(self);
    if (get_new_arguments(self, &args, &kwargs) < 0)
        return NULL;
    has_args = args != NULL;
    made = maker(self, args, kwargs, &func, &func_args);
    Py_XDECREF(args);
    Py_XDECREF(kwargs);
    if (made < 0)
        return NULL;
    state = get_state(self, !has_args && !PyList_Check(self) && !PyDict_Check(self));
    if (state != NULL && item_iterators(self, &list_items, &dict_items) == 0) {
        res = PyTuple_Pack(5, func, func_args, state, list_items, dict_items);
        Py_DECREF(list_items);
        Py_DECREF(dict_items);
    }
    Py_XDECREF(state);
    Py_DECREF(func);
    Py_DECREF(func_args);
    return res;
}

PyObject *tai_object_reduce(PyObject *self, int protocol)
{
    PyObject *copyreg, *number, *res = NULL;
    if (protocol >= 2)
        return reduce_by_new(self);
    copyreg = import_copyreg();
    number = PyLong_FromLong(protocol);
    if (copyreg != NULL && number != NULL)
        res = _PyObject_CallMethodIdObjArgs(copyreg, &PyId__reduce_ex, self, number, NULL);
    Py_XDECREF(copyreg);
    Py_XDECREF(number);
    return res;
}
