/* SPDX-License-Identifier: MIT */
/* _testcapi: lists, dicts, mappings, capsules and the tree behind contexts. */
#include "testcapi.h"

/* ---- dicts and mappings ---- */

/* dict_getitem_knownhash(dict, key, hash) */
static PyObject *dict_getitem_knownhash(PyObject *self, PyObject *args)
{
    PyObject *dict, *key;
    Py_ssize_t hash;
    if (!PyArg_ParseTuple(args, "OOn:dict_getitem_knownhash", &dict, &key, &hash))
        return NULL;
    PyObject *value = _PyDict_GetItem_KnownHash(dict, key, (Py_hash_t)hash);
    if (value == NULL && !PyErr_Occurred())
        _PyErr_SetKeyError(key);
    Py_XINCREF(value);
    return value;
}

static PyObject *dict_hassplittable(PyObject *self, PyObject *args)
{
    PyObject *dict;
    if (!PyArg_ParseTuple(args, "O!:dict_hassplittable", &PyDict_Type, &dict))
        return NULL;
    return PyBool_FromLong(_PyDict_HasSplitTable((PyDictObject *)dict));
}

static PyObject *dict_get_version(PyObject *self, PyObject *args)
{
    PyObject *dict;
    if (!PyArg_ParseTuple(args, "O!:dict_get_version", &PyDict_Type, &dict))
        return NULL;
    return PyLong_FromUnsignedLongLong(((PyDictObject *)dict)->ma_version_tag);
}

static PyObject *get_mapping_keys(PyObject *self, PyObject *mapping)
{
    return PyMapping_Keys(mapping);
}

static PyObject *get_mapping_values(PyObject *self, PyObject *mapping)
{
    return PyMapping_Values(mapping);
}

static PyObject *get_mapping_items(PyObject *self, PyObject *mapping)
{
    return PyMapping_Items(mapping);
}

/* A dict of 0: 0 ... count-1: count-1 (new). */
static PyObject *dict_of_numbers(long count)
{
    PyObject *dict = PyDict_New();
    for (long i = 0; dict != NULL && i < count; i++) {
        PyObject *number = PyLong_FromLong(i);
        if (number == NULL || PyDict_SetItem(dict, number, number) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(number);
    }
    return dict;
}

/* PyDict_Next meets each item once, and values may be replaced meanwhile. */
static PyObject *test_dict_iteration(PyObject *self, PyObject *unused)
{
    for (long count = 0; count < 200; count += 1 + count / 3) {
        PyObject *dict = dict_of_numbers(count);
        CHECK(dict != NULL);
        PyObject *key, *value;
        Py_ssize_t position = 0;
        long seen = 0;
        for (; PyDict_Next(dict, &position, &key, &value); seen++) {
            CHECK(PyLong_AsLong(key) == seen && key == value);
            CHECK(PyDict_SetItem(dict, key, Py_None) == 0);
        }
        CHECK(seen == count);
        CHECK(PyDict_GET_SIZE(dict) == count);
        Py_DECREF(dict);
    }
    Py_RETURN_NONE;
}

/* ---- lists ---- */

enum { LIST_LENGTH = 30 };

static PyObject *test_list_api(PyObject *self, PyObject *unused)
{
    PyObject *list = PyList_New(LIST_LENGTH);
    CHECK(list != NULL);
    for (Py_ssize_t i = 0; i < LIST_LENGTH; i++)
        CHECK(PyList_SetItem(list, i, PyLong_FromSsize_t(i)) == 0);
    CHECK(PyList_Reverse(list) == 0);
    for (Py_ssize_t i = 0; i < LIST_LENGTH; i++)
        CHECK(PyLong_AsSsize_t(PyList_GetItem(list, i)) == LIST_LENGTH - 1 - i);
    CHECK(PyList_Sort(list) == 0);
    CHECK(PyLong_AsLong(PyList_GET_ITEM(list, 3)) == 3);
    CHECK_RAISES(PyList_GetItem(list, LIST_LENGTH) == NULL, PyExc_IndexError);
    Py_INCREF(Py_None);
    CHECK_RAISES(PyList_SetItem(list, LIST_LENGTH, Py_None) == -1, PyExc_IndexError);
    CHECK(PyList_SetSlice(list, 1, LIST_LENGTH, NULL) == 0);
    CHECK(PyList_GET_SIZE(list) == 1);
    CHECK(PyList_Insert(list, 0, Py_None) == 0 && PyList_Append(list, Py_None) == 0);
    PyObject *tuple = PyList_AsTuple(list);
    CHECK(tuple != NULL && PyTuple_GET_SIZE(tuple) == 3);
    Py_DECREF(tuple);
    Py_DECREF(list);
    Py_RETURN_NONE;
}

/* ---- capsules ---- */

static const char first_name[] = "the first name", second_name[] = "the second name";
static char content[] = "content", more_content[] = "more content", context[] = "context";
static int released;

static void note_release(PyObject *capsule)
{
    released += PyCapsule_GetContext(capsule) == context;
}

/* Every part of a capsule can be read and changed; the wrong name finds nothing. */
static PyObject *check_capsule_parts(const char *test)
{
    PyObject *capsule = PyCapsule_New(content, first_name, note_release);
    if (capsule == NULL)
        return NULL;
    int good = PyCapsule_CheckExact(capsule) && PyCapsule_IsValid(capsule, "the first name") &&
               PyCapsule_GetPointer(capsule, first_name) == content && PyCapsule_GetName(capsule) == first_name &&
               PyCapsule_GetDestructor(capsule) == note_release && PyCapsule_GetContext(capsule) == NULL;
    good = good && PyCapsule_SetContext(capsule, context) == 0 && PyCapsule_GetContext(capsule) == context &&
           PyCapsule_SetName(capsule, second_name) == 0 && PyCapsule_SetPointer(capsule, more_content) == 0 &&
           PyCapsule_GetPointer(capsule, second_name) == more_content && !PyCapsule_IsValid(capsule, first_name);
    if (good && PyCapsule_GetPointer(capsule, first_name) == NULL && PyErr_ExceptionMatches(PyExc_ValueError))
        PyErr_Clear();
    else
        good = 0;
    released = 0;
    Py_DECREF(capsule);
    return good && released == 1 ? Py_None : testcapi_failed(test, "parts of a capsule", __LINE__);
}

static PyObject *test_capsule(PyObject *self, PyObject *unused)
{
    if (check_capsule_parts(__func__) == NULL)
        return NULL;
    CHECK_RAISES(PyCapsule_New(NULL, first_name, NULL) == NULL, PyExc_ValueError);
    CHECK_RAISES(PyCapsule_GetName(Py_None) == NULL, PyExc_ValueError);
    CHECK(!PyCapsule_IsValid(Py_None, NULL));

    PyObject *nameless = PyCapsule_New(content, NULL, NULL);
    CHECK(nameless != NULL);
    CHECK(PyCapsule_GetPointer(nameless, NULL) == content);
    CHECK(PyCapsule_GetDestructor(nameless) == NULL && PyCapsule_SetDestructor(nameless, NULL) == 0);
    CHECK_RAISES(PyCapsule_GetPointer(nameless, first_name) == NULL, PyExc_ValueError);
    Py_DECREF(nameless);

    CHECK(PyCapsule_Import("datetime.datetime_CAPI", 0) != NULL);
    CHECK_RAISES(PyCapsule_Import("datetime.no_such_capsule", 0) == NULL, PyExc_AttributeError);
    Py_RETURN_NONE;
}

static PyObject *hamt(PyObject *self, PyObject *unused)
{
    return _PyContext_NewHamtForTests();
}

#define PLAIN(name) {#name, name, METH_NOARGS}
#define PARSED(name) {#name, name, METH_VARARGS}
#define ONE(name) {#name, name, METH_O}
static PyMethodDef functions[] = {
    PARSED(dict_getitem_knownhash), PARSED(dict_hassplittable), PARSED(dict_get_version), ONE(get_mapping_keys),
    ONE(get_mapping_values),        ONE(get_mapping_items),     PLAIN(test_dict_iteration), PLAIN(test_list_api),
    PLAIN(test_capsule),            PLAIN(hamt),                {NULL},
};

int testcapi_add_container_functions(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
