/* SPDX-License-Identifier: MIT */
/* _weakref: what weakref.py builds on. The types live in objects/weakref.c. */
#include "Python.h"

static PyWeakReference *first_of(PyObject *object)
{
    if (!PyType_SUPPORTS_WEAKREFS(Py_TYPE(object)))
        return NULL;
    return *(PyWeakReference **)PyObject_GET_WEAKREFS_LISTPTR(object);
}

PyDoc_STRVAR(count_doc, "getweakrefcount($module, object, /)\n--\n\nHow many weak references and proxies to object there are.");

static PyObject *weakref_count(PyObject *module, PyObject *object)
{
    return PyLong_FromSsize_t(_PyWeakref_GetWeakrefCount(first_of(object)));
}

PyDoc_STRVAR(refs_doc, "getweakrefs(object) -- list of the weak references and proxies to object");

static PyObject *weakref_refs(PyObject *module, PyObject *object)
{
    PyObject *list = PyList_New(0);
    if (list == NULL)
        return NULL;
    for (PyWeakReference *ref = first_of(object); ref != NULL; ref = ref->wr_next)
        if (PyList_Append(list, (PyObject *)ref) < 0) {
            Py_DECREF(list);
            return NULL;
        }
    return list;
}

PyDoc_STRVAR(proxy_doc, "proxy(object[, callback]) -- make a proxy that uses object without keeping it alive.\n"
"callback, if given, is called with the proxy when object is about to go.");

static PyObject *weakref_proxy(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    PyObject *object, *callback = NULL;
    if (!_PyArg_UnpackStack(args, count, "proxy", 1, 2, &object, &callback))
        return NULL;
    return PyWeakref_NewProxy(object, callback);
}

static int is_dead(PyObject *value)
{
    if (!PyWeakref_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "not a weakref");
        return -1;
    }
    return PyWeakref_GET_OBJECT(value) == Py_None;
}

PyDoc_STRVAR(remove_doc, "_remove_dead_weakref($module, dct, key, /)\n--\n\nDelete a key whose value is a dead reference, in one step.");

static PyObject *weakref_remove_dead(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    if (!_PyArg_CheckPositional("_remove_dead_weakref", count, 2, 2))
        return NULL;
    if (!PyDict_Check(args[0])) {
        _PyArg_BadArgument("_remove_dead_weakref", "argument 1", "dict", args[0]);
        return NULL;
    }
    if (_PyDict_DelItemIf(args[0], args[1], is_dead) < 0) {
        if (!PyErr_ExceptionMatches(PyExc_KeyError))
            return NULL;
        PyErr_Clear();
    }
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"getweakrefcount", weakref_count, METH_O, count_doc},
    {"_remove_dead_weakref", (PyCFunction)(void (*)(void))weakref_remove_dead, METH_FASTCALL, remove_doc},
    {"getweakrefs", weakref_refs, METH_O, refs_doc},
    {"proxy", (PyCFunction)(void (*)(void))weakref_proxy, METH_FASTCALL, proxy_doc},
    {NULL},
};

static int add_type(PyObject *module, const char *name, PyTypeObject *type)
{
    Py_INCREF(type);
    return PyModule_AddObject(module, name, (PyObject *)type);
}

static int execute(PyObject *module)
{
    if (add_type(module, "ref", &_PyWeakref_RefType) < 0 || add_type(module, "ReferenceType", &_PyWeakref_RefType) < 0 ||
        add_type(module, "ProxyType", &_PyWeakref_ProxyType) < 0 ||
        add_type(module, "CallableProxyType", &_PyWeakref_CallableProxyType) < 0)
        return -1;
    return 0;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, execute},
    {0, NULL},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_weakref",
    .m_doc = "The native part of weakref.",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__weakref(void)
{
    return PyModuleDef_Init(&definition);
}
