/* SPDX-License-Identifier: MIT */
/* dict: the Python type: slots, methods, construction. The work is done in dict.c.
 * Tests: tests/objects/dict/.
 */
#include "objects/dict/keys.h"
#include "objects/dict/ops.h"
#include "runtime/recursion.h"

/* ---- slots --------------------------------------------------------------------------------------------------- */

static PyObject *dict_repr(PyObject *self)
{
    PyDictObject *mp = (PyDictObject *)self;
    PyObject *key = NULL, *value = NULL, *text;
    Py_ssize_t pos = 0;
    int status = Py_ReprEnter(self), first = 1;
    if (status != 0)
        return status > 0 ? PyUnicode_FromString("{...}") : NULL;
    if (mp->ma_used == 0) {
        Py_ReprLeave(self);
        return PyUnicode_FromString("{}");
    }
    _PyUnicodeWriter writer;
    _PyUnicodeWriter_Init(&writer);
    writer.overallocate = 1;
    writer.min_length = 1 + 4 + (2 + 4) * (mp->ma_used - 1) + 1;
    if (_PyUnicodeWriter_WriteChar(&writer, '{') < 0)
        goto error;
    while (tai_dict_next(mp, &pos, &key, &value, NULL)) {
        Py_INCREF(key);
        Py_INCREF(value);
        if (!first && _PyUnicodeWriter_WriteASCIIString(&writer, ", ", 2) < 0)
            goto error_item;
        first = 0;
        if ((text = PyObject_Repr(key)) == NULL)
            goto error_item;
        int failed = _PyUnicodeWriter_WriteStr(&writer, text);
        Py_DECREF(text);
        if (failed || _PyUnicodeWriter_WriteASCIIString(&writer, ": ", 2) < 0 || (text = PyObject_Repr(value)) == NULL)
            goto error_item;
        failed = _PyUnicodeWriter_WriteStr(&writer, text);
        Py_DECREF(text);
        if (failed)
            goto error_item;
        Py_DECREF(key);
        Py_DECREF(value);
    }
    writer.overallocate = 0;
    if (_PyUnicodeWriter_WriteChar(&writer, '}') < 0)
        goto error;
    Py_ReprLeave(self);
    return _PyUnicodeWriter_Finish(&writer);

error_item:
    Py_DECREF(key);
    Py_DECREF(value);
error:
    Py_ReprLeave(self);
    _PyUnicodeWriter_Dealloc(&writer);
    return NULL;
}

static Py_ssize_t dict_length(PyObject *self) { return ((PyDictObject *)self)->ma_used; }

static PyObject *dict_subscript(PyObject *self, PyObject *key)
{
    PyObject *value;
    Py_hash_t hash = tai_dict_key_hash(key);
    if (hash == -1)
        return NULL;
    if (tai_dict_lookup((PyDictObject *)self, key, hash, &value) == DICT_SLOT_ERROR)
        return NULL;
    if (LIKELY(value != NULL)) {
        Py_INCREF(value);
        return value;
    }
    if (!PyDict_CheckExact(self)) {
        _Py_IDENTIFIER(__missing__);
        PyObject *missing = _PyObject_LookupSpecial(self, &PyId___missing__);
        if (missing != NULL) {
            value = PyObject_CallFunctionObjArgs(missing, key, NULL);
            Py_DECREF(missing);
            return value;
        }
        if (PyErr_Occurred())
            return NULL;
    }
    _PyErr_SetKeyError(key);
    return NULL;
}

static int dict_ass_subscript(PyObject *self, PyObject *key, PyObject *value)
{
    return value == NULL ? PyDict_DelItem(self, key) : PyDict_SetItem(self, key, value);
}

static PyObject *dict_richcompare(PyObject *a, PyObject *b, int op)
{
    if (!PyDict_Check(a) || !PyDict_Check(b) || (op != Py_EQ && op != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    int same = tai_dict_equal((PyDictObject *)a, (PyDictObject *)b);
    return same < 0 ? NULL : PyBool_FromLong(same == (op == Py_EQ));
}

/* ---- construction -------------------------------------------------------------------------------------------- */

static int update_from(PyObject *self, PyObject *arg)
{
    _Py_IDENTIFIER(keys);
    PyObject *keys;
    if (PyDict_CheckExact(arg))
        return _PyDict_MergeEx(self, arg, 1);
    if (_PyObject_LookupAttrId(arg, &PyId_keys, &keys) < 0)
        return -1;
    if (keys == NULL)
        return PyDict_MergeFromSeq2(self, arg, 1);
    Py_DECREF(keys);
    return _PyDict_MergeEx(self, arg, 1);
}

static int update_common(PyObject *self, PyObject *args, PyObject *kwds, const char *name)
{
    PyObject *arg = NULL;
    if (!PyArg_UnpackTuple(args, name, 0, 1, &arg))
        return -1;
    if (arg != NULL && update_from(self, arg) < 0)
        return -1;
    if (kwds == NULL)
        return 0;
    return PyArg_ValidateKeywordArguments(kwds) ? _PyDict_MergeEx(self, kwds, 1) : -1;
}

static int dict_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    return update_common(self, args, kwds, "dict");
}

static int set_keywords(PyObject *self, PyObject *const *values, PyObject *names)
{
    for (Py_ssize_t i = 0, n = PyTuple_GET_SIZE(names); i < n; i++) {
        if (!PyUnicode_Check(PyTuple_GET_ITEM(names, i))) {
            PyErr_SetString(PyExc_TypeError, "keywords must be strings");
            return -1;
        }
        if (PyDict_SetItem(self, PyTuple_GET_ITEM(names, i), values[i]) < 0)
            return -1;
    }
    return 0;
}

static PyObject *dict_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    if (!_PyArg_CheckPositional("dict", nargs, 0, 1))
        return NULL;
    PyObject *self = type == (PyObject *)&PyDict_Type ? PyDict_New() : tai_dict_type_new((PyTypeObject *)type, NULL, NULL);
    if (self == NULL)
        return NULL;
    if ((nargs == 1 && update_from(self, args[0]) < 0) ||
        (kwnames != NULL && set_keywords(self, args + nargs, kwnames) < 0)) {
        Py_DECREF(self);
        return NULL;
    }
    return self;
}

/* ---- methods ------------------------------------------------------------------------------------------------- */

static PyObject *dict_contains(PyObject *self, PyObject *key)
{
    int found = PyDict_Contains(self, key);
    return found < 0 ? NULL : PyBool_FromLong(found);
}

static PyObject *dict_get(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *value;
    if (!_PyArg_CheckPositional("get", nargs, 1, 2))
        return NULL;
    Py_hash_t hash = tai_dict_key_hash(args[0]);
    if (hash == -1 || tai_dict_lookup((PyDictObject *)self, args[0], hash, &value) == DICT_SLOT_ERROR)
        return NULL;
    if (value == NULL)
        value = nargs > 1 ? args[1] : Py_None;
    Py_INCREF(value);
    return value;
}

static PyObject *dict_setdefault(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("setdefault", nargs, 1, 2))
        return NULL;
    PyObject *value = PyDict_SetDefault(self, args[0], nargs > 1 ? args[1] : Py_None);
    Py_XINCREF(value);
    return value;
}

static PyObject *dict_pop(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("pop", nargs, 1, 2))
        return NULL;
    return _PyDict_Pop(self, args[0], nargs > 1 ? args[1] : NULL);
}

static PyObject *dict_popitem(PyObject *self, PyObject *unused) { return tai_dict_popitem((PyDictObject *)self); }

static PyObject *dict_update(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    if (!_PyArg_CheckPositional("update", nargs, 0, 1))
        return NULL;
    if (nargs == 1 && update_from(self, args[0]) < 0)
        return NULL;
    if (kwnames != NULL && set_keywords(self, args + nargs, kwnames) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *dict_fromkeys(PyObject *type, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("fromkeys", nargs, 1, 2))
        return NULL;
    return _PyDict_FromKeys(type, args[0], nargs > 1 ? args[1] : Py_None);
}

static PyObject *dict_clear(PyObject *self, PyObject *unused)
{
    PyDict_Clear(self);
    Py_RETURN_NONE;
}

static PyObject *dict_copy(PyObject *self, PyObject *unused) { return PyDict_Copy(self); }

static PyObject *dict_sizeof(PyObject *self, PyObject *unused)
{
    return PyLong_FromSsize_t(_PyDict_SizeOf((PyDictObject *)self));
}

static PyMethodDef dict_methods[] = {
    {"__contains__", dict_contains, METH_O | METH_COEXIST,
     PyDoc_STR("__contains__($self, key, /)\n--\n\nWhether the key is in the dict.")},
    {"__getitem__", dict_subscript, METH_O | METH_COEXIST,
     PyDoc_STR("x.__getitem__(y) is x[y]: the value stored under y.")},
    {"__sizeof__", dict_sizeof, METH_NOARGS, PyDoc_STR("D.__sizeof__() -> bytes of memory taken by D")},
    {"get", (PyCFunction)(void (*)(void))dict_get, METH_FASTCALL,
     PyDoc_STR("get($self, key, default=None, /)\n--\n\nThe value of key, or default where the dict has no such key.")},
    {"setdefault", (PyCFunction)(void (*)(void))dict_setdefault, METH_FASTCALL,
     PyDoc_STR("setdefault($self, key, default=None, /)\n--\n\n"
               "The value of key; a missing key is first stored with default as its value.")},
    {"pop", (PyCFunction)(void (*)(void))dict_pop, METH_FASTCALL,
     PyDoc_STR("D.pop(k[,d]) -> v: take the key k out and return its value.\n\n"
               "Without the key: d if given, else KeyError.")},
    {"popitem", dict_popitem, METH_NOARGS,
     PyDoc_STR("popitem($self, /)\n--\n\nTake out the item that was added last, as a pair (key, value).\n\n"
               "An empty dict raises KeyError.")},
    {"keys", tai_dict_keys_view, METH_NOARGS, PyDoc_STR("D.keys() -> live, set-like view of the keys")},
    {"items", tai_dict_items_view, METH_NOARGS, PyDoc_STR("D.items() -> live, set-like view of the (key, value) pairs")},
    {"values", tai_dict_values_view, METH_NOARGS, PyDoc_STR("D.values() -> live view of the values")},
    {"update", (PyCFunction)(void (*)(void))dict_update, METH_FASTCALL | METH_KEYWORDS,
     PyDoc_STR("D.update([E, ]**F) -> None: take over the items of E, then those of F.\n\n"
               "E is a mapping (it has keys()) or an iterable of pairs. Existing keys get the new value.")},
    {"fromkeys", (PyCFunction)(void (*)(void))dict_fromkeys, METH_FASTCALL | METH_CLASS,
     PyDoc_STR("fromkeys($type, iterable, value=None, /)\n--\n\n"
               "A new mapping whose keys come from iterable, all with the same value.")},
    {"clear", dict_clear, METH_NOARGS, PyDoc_STR("D.clear() -> None: remove all items")},
    {"copy", dict_copy, METH_NOARGS, PyDoc_STR("D.copy() -> a new dict with the same keys and values")},
    {"__reversed__", (PyCFunction)tai_dict_reversed, METH_NOARGS,
     PyDoc_STR("__reversed__($self, /)\n--\n\nIterate over the keys, last one first.")},
    {NULL},
};

static PySequenceMethods dict_as_sequence = {.sq_contains = PyDict_Contains};

static PyMappingMethods dict_as_mapping = {
    .mp_length = dict_length, .mp_subscript = dict_subscript, .mp_ass_subscript = dict_ass_subscript,
};

PyDoc_STRVAR(dict_doc, "dict() -> an empty dict\n"
                       "dict(mapping) -> a dict with the items of the mapping\n"
                       "dict(iterable) -> a dict made of the (key, value) pairs that the iterable gives\n"
                       "dict(**kwargs) -> a dict of the keyword arguments, as in dict(one=1, two=2)");

PyTypeObject PyDict_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "dict",
    .tp_basicsize = sizeof(PyDictObject),
    .tp_dealloc = (destructor)tai_dict_dealloc,
    .tp_repr = dict_repr,
    .tp_as_sequence = &dict_as_sequence,
    .tp_as_mapping = &dict_as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DICT_SUBCLASS,
    .tp_doc = dict_doc,
    .tp_traverse = tai_dict_traverse,
    .tp_clear = tai_dict_clear_slot,
    .tp_richcompare = dict_richcompare,
    .tp_iter = (getiterfunc)tai_dict_iter,
    .tp_methods = dict_methods,
    .tp_init = dict_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = tai_dict_type_new,
    .tp_free = PyObject_GC_Del,
    .tp_vectorcall = dict_vectorcall,
};
