/* SPDX-License-Identifier: MIT */
/* _testcapi: life and death of objects: counting references, finalizers of the old kind, types without collection, hashing
 * before a type is ready, functions and structure sequences made at run time.
 */
#include "testcapi.h"

/* ---- with_tp_del(cls): the old finalizer slot calls __tp_del__; without_gc(cls): instances are not collected ---- */

/* Check for a class made by a class statement. 0, or -1 with TypeError. */
static int need_heap_type(PyObject *cls)
{
    if (PyType_Check(cls) && PyType_HasFeature((PyTypeObject *)cls, Py_TPFLAGS_HEAPTYPE))
        return 0;
    PyErr_Format(PyExc_TypeError, "heap type expected, got %R", cls);
    return -1;
}

/* tp_del: runs code with the dying object brought back for the time; it stays if that code kept it. */
static void call_tp_del(PyObject *self)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    Py_REFCNT(self) = 1;
    PyObject *method = PyObject_GetAttrString((PyObject *)Py_TYPE(self), "__tp_del__");
    PyObject *result = method != NULL ? PyObject_CallFunctionObjArgs(method, self, NULL) : NULL;
    if (result == NULL)
        PyErr_WriteUnraisable(method != NULL ? method : self);
    Py_XDECREF(result);
    Py_XDECREF(method);
    PyErr_Restore(type, value, traceback);
    Py_REFCNT(self) -= 1;
}

static PyObject *with_tp_del(PyObject *self, PyObject *cls)
{
    if (need_heap_type(cls) < 0)
        return NULL;
    ((PyTypeObject *)cls)->tp_del = call_tp_del;
    Py_INCREF(cls);
    return cls;
}

static PyObject *without_gc(PyObject *self, PyObject *cls)
{
    if (need_heap_type(cls) < 0)
        return NULL;
    PyTypeObject *type = (PyTypeObject *)cls;
    if (PyType_IS_GC(type)) {
        type->tp_flags &= ~Py_TPFLAGS_HAVE_GC;
        type->tp_free = PyObject_Del;
        type->tp_traverse = NULL;
        type->tp_clear = NULL;
    }
    Py_INCREF(cls);
    return cls;
}

/* A new builtin function at each call. */
static PyObject *create_cfunction(PyObject *self, PyObject *unused)
{
    static PyMethodDef definition = {"create_cfunction", create_cfunction, METH_NOARGS, NULL};
    return PyCFunction_NewEx(&definition, self, NULL);
}

/* ---- counting references ---- */

/* Each macro and each function changes the count by one, XINCREF and XDECREF take NULL. */
static PyObject *check_counting(const char *test)
{
    PyObject *object = PyList_New(0);
    if (object == NULL)
        return NULL;
    Py_ssize_t before = Py_REFCNT(object);
    Py_INCREF(object);
    Py_XINCREF(object);
    Py_IncRef(object);
    Py_IncRef(NULL);
    Py_ssize_t high = Py_REFCNT(object);
    Py_DECREF(object);
    Py_XDECREF(object);
    Py_DecRef(object);
    Py_DecRef(NULL);
    Py_ssize_t after = Py_REFCNT(object);
    Py_DECREF(object);
    if (before != 1 || high != 4 || after != 1)
        return testcapi_failed(test, "counts 1, 4, 1", __LINE__);
    Py_RETURN_NONE;
}

/* Making and dropping objects many times leaves none over: the macro evaluates its argument once. */
#define DEFINE_DROP(name, ...)                              \
    static PyObject *name(PyObject *self, PyObject *unused)   \
    {                                                       \
        Py_ssize_t before = _Py_GetAllocatedBlocks();       \
        for (int i = 0; i < 100; i++) {                     \
            __VA_ARGS__;                                    \
        }                                                   \
        CHECK(_Py_GetAllocatedBlocks() - before < 50);      \
        return check_counting(__func__);                    \
    }

/* A set and one reference more than its owner knows. */
#define DROP_TWICE(increment)    \
    PyObject *set = PySet_New(NULL); \
    if (set == NULL)             \
        return NULL;             \
    increment(set);              \
    Py_DECREF(set);              \
    Py_DECREF(set)

DEFINE_DROP(test_decref_doesnt_leak, Py_DECREF(PySet_New(NULL)))
DEFINE_DROP(test_xdecref_doesnt_leak, Py_XDECREF(PySet_New(NULL)))
DEFINE_DROP(test_incref_doesnt_leak, DROP_TWICE(Py_INCREF))
DEFINE_DROP(test_xincref_doesnt_leak, DROP_TWICE(Py_XINCREF))

static PyObject *test_incref_decref_API(PyObject *self, PyObject *unused)
{
    return check_counting(__func__);
}

/* ---- types ---- */

/* Hashing an instance makes its type ready, so that the hash of object is found. */
static PyObject *test_lazy_hash_inheritance(PyObject *self, PyObject *unused)
{
    static PyTypeObject unready = {
        PyVarObject_HEAD_INIT(NULL, 0)
        .tp_name = "unready",
        .tp_basicsize = sizeof(PyObject),
        .tp_flags = Py_TPFLAGS_DEFAULT,
    };
    if (unready.tp_dict != NULL)
        Py_RETURN_NONE; /* the second run: it has become ready */
    PyObject *object = PyObject_New(PyObject, &unready);
    CHECK(object != NULL);
    CHECK(unready.tp_hash == NULL);
    CHECK(PyObject_Hash(object) != -1);
    CHECK(unready.tp_dict != NULL);
    CHECK(unready.tp_hash == PyBaseObject_Type.tp_hash);
    Py_DECREF(object);
    Py_RETURN_NONE;
}

static PyObject *test_structseq_newtype_doesnt_leak(PyObject *self, PyObject *unused)
{
    PyStructSequence_Field fields[] = {{"left", "first of the two"}, {"right", NULL}, {NULL, NULL}};
    PyStructSequence_Desc description = {"_testcapi.pair", "Two things.", fields, 2};
    for (int i = 0; i < 3; i++) {
        PyTypeObject *type = PyStructSequence_NewType(&description);
        CHECK(type != NULL);
        CHECK(PyType_Check(type) && PyType_FastSubclass(type, Py_TPFLAGS_TUPLE_SUBCLASS));
        PyObject *pair = PyStructSequence_New(type);
        CHECK(pair != NULL);
        PyStructSequence_SET_ITEM(pair, 0, PyLong_FromLong(1));
        PyStructSequence_SET_ITEM(pair, 1, PyLong_FromLong(2));
        PyObject *right = PyObject_GetAttrString(pair, "right");
        CHECK(right != NULL && PyLong_AsLong(right) == 2);
        Py_DECREF(right);
        Py_DECREF(pair);
        Py_DECREF(type);
    }
    Py_RETURN_NONE;
}

#define PLAIN(name) {#name, name, METH_NOARGS}
static PyMethodDef functions[] = {
    {"with_tp_del", with_tp_del, METH_O},
    {"without_gc", without_gc, METH_O},
    PLAIN(create_cfunction),
    PLAIN(test_decref_doesnt_leak),
    PLAIN(test_xdecref_doesnt_leak),
    PLAIN(test_incref_doesnt_leak),
    PLAIN(test_xincref_doesnt_leak),
    PLAIN(test_incref_decref_API),
    PLAIN(test_lazy_hash_inheritance),
    PLAIN(test_structseq_newtype_doesnt_leak),
    {NULL},
};

int testcapi_add_object_functions(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
