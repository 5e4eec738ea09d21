/* SPDX-License-Identifier: MIT */
/* _abc: abstract base classes: registration, isinstance() and issubclass() with caches. What abc.ABCMeta stands on.
 *
 * A class made by ABCMeta carries a Registry in its attribute _abc_impl: three sets of weak references to classes,
 *   registered    given to register()
 *   known         found to be subclasses
 *   refused       found not to be, valid while `refused_at` is the number of the last registration anywhere
 * A weak reference takes itself out of its set when its class dies.
 * Tests: tests/modules/test_small_natives.py.
 */
#include "Python.h"

#include <stddef.h>

typedef struct {
    PyObject_HEAD
    PyObject *registered; /* sets of weak references, or NULL */
    PyObject *known;
    PyObject *refused;
    unsigned long long refused_at;
} Registry;

static unsigned long long registrations; /* grows with every register() */
static PyTypeObject Registry_Type;

_Py_IDENTIFIER(__abstractmethods__);
_Py_IDENTIFIER(__class__);
_Py_IDENTIFIER(__dict__);
_Py_IDENTIFIER(__bases__);
_Py_IDENTIFIER(_abc_impl);
_Py_IDENTIFIER(__subclasscheck__);
_Py_IDENTIFIER(__subclasshook__);

static PyObject *newref(PyObject *op)
{
    Py_INCREF(op);
    return op;
}

/* ---- the registry object ------------------------------------------------------------------------------------- */

static void registry_dealloc(Registry *self)
{
    Py_XDECREF(self->registered);
    Py_XDECREF(self->known);
    Py_XDECREF(self->refused);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *registry_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Registry *self = (Registry *)type->tp_alloc(type, 0);
    if (self != NULL)
        self->refused_at = registrations;
    return (PyObject *)self;
}

static PyTypeObject Registry_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_abc_data",
    .tp_basicsize = sizeof(Registry),
    .tp_dealloc = (destructor)registry_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = PyDoc_STR("What an abstract base class knows about its subclasses."),
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = registry_new,
};

/* The registry of a class; new, or NULL with an exception. */
static Registry *registry_of(PyObject *cls)
{
    PyObject *impl = _PyObject_GetAttrId(cls, &PyId__abc_impl);
    if (impl != NULL && Py_TYPE(impl) != &Registry_Type) {
        PyErr_SetString(PyExc_TypeError, "_abc_impl is set to a wrong type");
        Py_CLEAR(impl);
    }
    return (Registry *)impl;
}

/* ---- sets of weak references --------------------------------------------------------------------------------- */

/* 1, 0, -1. */
static int set_has(PyObject *set, PyObject *cls)
{
    if (set == NULL || PySet_GET_SIZE(set) == 0)
        return 0;
    PyObject *ref = PyWeakref_NewRef(cls, NULL);
    if (ref == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_TypeError))
            return -1;
        PyErr_Clear();
        return 0;
    }
    int found = PySet_Contains(set, ref);
    Py_DECREF(ref);
    return found;
}

/* Callback of a reference; self is a weak reference to the set. */
static PyObject *forget(PyObject *self, PyObject *ref)
{
    PyObject *set = PyWeakref_GET_OBJECT(self);
    if (set != Py_None) {
        Py_INCREF(set);
        int failed = PySet_Discard(set, ref);
        Py_DECREF(set);
        if (failed < 0)
            return NULL;
    }
    Py_RETURN_NONE;
}

static PyMethodDef forget_def = {"_destroy", forget, METH_O, NULL};

int tai_abc_is_callback(PyObject *op);
int tai_abc_is_callback(PyObject *op)
{
    return PyCFunction_Check(op) && ((PyCFunctionObject *)op)->m_ml == &forget_def;
}

static int set_put(PyObject **place, PyObject *cls)
{
    if (*place == NULL && (*place = PySet_New(NULL)) == NULL)
        return -1;
    PyObject *set = newref(*place), *callback = NULL, *ref = NULL;
    PyObject *set_ref = PyWeakref_NewRef(set, NULL);
    int result = -1;
    if (set_ref != NULL && (callback = PyCFunction_NewEx(&forget_def, set_ref, NULL)) != NULL &&
        (ref = PyWeakref_NewRef(cls, callback)) != NULL)
        result = PySet_Add(set, ref);
    Py_XDECREF(set_ref);
    Py_XDECREF(callback);
    Py_XDECREF(ref);
    Py_DECREF(set);
    return result;
}

/* ---- abstract methods ---------------------------------------------------------------------------------------- */

/* Adds the names in the class's own namespace that are abstract. */
static int add_own(PyObject *names, PyObject *cls)
{
    PyObject *ns = _PyObject_GetAttrId(cls, &PyId___dict__), *items;
    if (ns == NULL)
        return -1;
    items = PyMapping_Items(ns);
    Py_DECREF(ns);
    if (items == NULL)
        return -1;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(items); i++) {
        PyObject *pair = PySequence_Fast(PyList_GET_ITEM(items, i), "items() returned non-iterable");
        if (pair == NULL)
            goto error;
        if (PySequence_Fast_GET_SIZE(pair) != 2) {
            PyErr_SetString(PyExc_TypeError, "items() returned item which size is not 2");
            Py_DECREF(pair);
            goto error;
        }
        int abstract = _PyObject_IsAbstract(PySequence_Fast_GET_ITEM(pair, 1));
        if (abstract > 0)
            abstract = PySet_Add(names, PySequence_Fast_GET_ITEM(pair, 0));
        Py_DECREF(pair);
        if (abstract < 0)
            goto error;
    }
    Py_DECREF(items);
    return 0;
error:
    Py_DECREF(items);
    return -1;
}

/* Adds the names of a base's abstract methods that the class has not made concrete. */
static int add_inherited(PyObject *names, PyObject *cls, PyObject *base)
{
    PyObject *theirs, *iter, *name, *value;
    if (_PyObject_LookupAttrId(base, &PyId___abstractmethods__, &theirs) < 0)
        return -1;
    if (theirs == NULL)
        return 0;
    iter = PyObject_GetIter(theirs);
    Py_DECREF(theirs);
    if (iter == NULL)
        return -1;
    while ((name = PyIter_Next(iter)) != NULL) {
        int abstract = _PyObject_LookupAttr(cls, name, &value);
        if (abstract > 0) {
            abstract = _PyObject_IsAbstract(value);
            Py_DECREF(value);
            if (abstract > 0)
                abstract = PySet_Add(names, name);
        }
        Py_DECREF(name);
        if (abstract < 0)
            break;
    }
    Py_DECREF(iter);
    return PyErr_Occurred() ? -1 : 0;
}

static int compute_abstract_methods(PyObject *cls)
{
    PyObject *names = PyFrozenSet_New(NULL), *bases = NULL;
    int result = -1;
    if (names == NULL || add_own(names, cls) < 0 || (bases = _PyObject_GetAttrId(cls, &PyId___bases__)) == NULL)
        goto done;
    if (!PyTuple_Check(bases)) {
        PyErr_SetString(PyExc_TypeError, "__bases__ is not tuple");
        goto done;
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(bases); i++)
        if (add_inherited(names, cls, PyTuple_GET_ITEM(bases, i)) < 0)
            goto done;
    result = _PyObject_SetAttrId(cls, &PyId___abstractmethods__, names);
done:
    Py_XDECREF(names);
    Py_XDECREF(bases);
    return result;
}

static PyObject *abc_init(PyObject *module, PyObject *cls)
{
    PyObject *registry;
    if (compute_abstract_methods(cls) < 0 || (registry = registry_new(&Registry_Type, NULL, NULL)) == NULL)
        return NULL;
    int failed = _PyObject_SetAttrId(cls, &PyId__abc_impl, registry);
    Py_DECREF(registry);
    if (failed)
        return NULL;
    Py_RETURN_NONE;
}

/* ---- registration and checks --------------------------------------------------------------------------------- */

static PyObject *abc_register(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("_abc_register", nargs, 2, 2))
        return NULL;
    PyObject *cls = args[0], *subclass = args[1];
    if (!PyType_Check(subclass)) {
        PyErr_SetString(PyExc_TypeError, "Can only register classes");
        return NULL;
    }
    int already = PyObject_IsSubclass(subclass, cls);
    if (already)
        return already < 0 ? NULL : newref(subclass);
    int cycle = PyObject_IsSubclass(cls, subclass);
    if (cycle > 0)
        PyErr_SetString(PyExc_RuntimeError, "Refusing to create an inheritance cycle");
    if (cycle)
        return NULL;
    Registry *registry = registry_of(cls);
    if (registry == NULL)
        return NULL;
    int failed = set_put(&registry->registered, subclass);
    Py_DECREF(registry);
    if (failed)
        return NULL;
    registrations++; /* what was refused before may be accepted now */
    return newref(subclass);
}

static PyObject *abc_instancecheck(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("_abc_instancecheck", nargs, 2, 2))
        return NULL;
    PyObject *cls = args[0], *instance = args[1], *result = NULL;
    Registry *registry = registry_of(cls);
    if (registry == NULL)
        return NULL;
    PyObject *subclass = _PyObject_GetAttrId(instance, &PyId___class__), *type = (PyObject *)Py_TYPE(instance);
    if (subclass == NULL)
        goto done;
    int found = set_has(registry->known, subclass);
    if (found) {
        result = found < 0 ? NULL : newref(Py_True);
        goto done;
    }
    if (subclass == type) {
        found = registry->refused_at == registrations ? set_has(registry->refused, subclass) : 0;
        if (found)
            result = found < 0 ? NULL : newref(Py_False);
        else
            result = _PyObject_CallMethodIdObjArgs(cls, &PyId___subclasscheck__, subclass, NULL);
        goto done;
    }
    if ((result = _PyObject_CallMethodIdObjArgs(cls, &PyId___subclasscheck__, subclass, NULL)) == NULL)
        goto done;
    int truth = PyObject_IsTrue(result);
    if (truth <= 0) {
        Py_CLEAR(result);
        if (truth == 0)
            result = _PyObject_CallMethodIdObjArgs(cls, &PyId___subclasscheck__, type, NULL);
    }
done:
    Py_XDECREF(subclass);
    Py_DECREF(registry);
    return result;
}

/* Is subclass a subclass of something registered? 1, 0, -1. Runs code. */
static int check_registered(Registry *registry, PyObject *subclass)
{
    int found = set_has(registry->registered, subclass);
    if (found || registry->registered == NULL)
        return found;
    /* issubclass() may change the set: walk over a copy. */
    PyObject *refs = PySequence_List(registry->registered);
    if (refs == NULL)
        return -1;
    for (Py_ssize_t i = 0; found == 0 && i < PyList_GET_SIZE(refs); i++) {
        PyObject *cls = PyWeakref_GET_OBJECT(PyList_GET_ITEM(refs, i));
        if (cls != Py_None) {
            Py_INCREF(cls);
            found = PyObject_IsSubclass(subclass, cls);
            Py_DECREF(cls);
        }
    }
    Py_DECREF(refs);
    return found;
}

/* Is subclass a subclass of a subclass of cls? 1, 0, -1. Runs code. */
static int check_subclasses(PyObject *cls, PyObject *subclass)
{
    PyObject *list = PyObject_CallMethod(cls, "__subclasses__", NULL);
    int found = 0;
    if (list == NULL)
        return -1;
    if (!PyList_Check(list)) {
        PyErr_SetString(PyExc_TypeError, "__subclasses__() must return a list");
        found = -1;
    }
    for (Py_ssize_t i = 0; found == 0 && i < PyList_GET_SIZE(list); i++) {
        PyObject *item = newref(PyList_GET_ITEM(list, i));
        found = PyObject_IsSubclass(subclass, item);
        Py_DECREF(item);
    }
    Py_DECREF(list);
    return found;
}

/* What __subclasshook__ says: 1, 0, -1 error, 2 not implemented. */
static int ask_hook(PyObject *cls, PyObject *subclass)
{
    PyObject *answer = _PyObject_CallMethodIdObjArgs(cls, &PyId___subclasshook__, subclass, NULL);
    int result = answer == Py_True ? 1 : answer == Py_False ? 0 : answer == Py_NotImplemented ? 2 : -1;
    if (answer != NULL && result < 0)
        PyErr_SetString(PyExc_AssertionError, "__subclasshook__ must return either False, True, or NotImplemented");
    Py_XDECREF(answer);
    return result;
}

static int in_mro(PyObject *cls, PyObject *subclass)
{
    PyObject *mro = ((PyTypeObject *)subclass)->tp_mro;
    for (Py_ssize_t i = 0; mro != NULL && i < PyTuple_GET_SIZE(mro); i++)
        if (PyTuple_GET_ITEM(mro, i) == cls)
            return 1;
    return 0;
}

static int subclasscheck(Registry *registry, PyObject *cls, PyObject *subclass)
{
    int found = set_has(registry->known, subclass);
    if (found)
        return found;
    if (registry->refused_at < registrations) {
        if (registry->refused != NULL && PySet_Clear(registry->refused) < 0)
            return -1;
        registry->refused_at = registrations;
    }
    else if ((found = set_has(registry->refused, subclass)) != 0)
        return found < 0 ? -1 : 0;

    found = ask_hook(cls, subclass);
    if (found < 0)
        return -1;
    if (found == 2 && (found = in_mro(cls, subclass)) == 0 && (found = check_registered(registry, subclass)) == 0)
        found = check_subclasses(cls, subclass);
    if (found < 0 || set_put(found ? &registry->known : &registry->refused, subclass) < 0)
        return -1;
    return found;
}

static PyObject *abc_subclasscheck(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("_abc_subclasscheck", nargs, 2, 2))
        return NULL;
    if (!PyType_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "issubclass() arg 1 must be a class");
        return NULL;
    }
    Registry *registry = registry_of(args[0]);
    if (registry == NULL)
        return NULL;
    int found = subclasscheck(registry, args[0], args[1]);
    Py_DECREF(registry);
    return found < 0 ? NULL : PyBool_FromLong(found);
}

/* ---- the rest ------------------------------------------------------------------------------------------------ */

static PyObject *abc_get_cache_token(PyObject *module, PyObject *unused)
{
    return PyLong_FromUnsignedLongLong(registrations);
}

static PyObject *copy_of(PyObject *set) { return PySet_New(set); }

static PyObject *abc_get_dump(PyObject *module, PyObject *cls)
{
    Registry *r = registry_of(cls);
    if (r == NULL)
        return NULL;
    PyObject *result = Py_BuildValue("NNNK", copy_of(r->registered), copy_of(r->known), copy_of(r->refused), r->refused_at);
    Py_DECREF(r);
    return result;
}

static PyObject *abc_reset_registry(PyObject *module, PyObject *cls)
{
    Registry *r = registry_of(cls);
    int failed = r == NULL || (r->registered != NULL && PySet_Clear(r->registered) < 0);
    Py_XDECREF(r);
    if (failed)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *abc_reset_caches(PyObject *module, PyObject *cls)
{
    Registry *r = registry_of(cls);
    int failed = r == NULL || (r->known != NULL && PySet_Clear(r->known) < 0) ||
                 (r->refused != NULL && PySet_Clear(r->refused) < 0);
    if (!failed)
        r->refused_at = 0;
    Py_XDECREF(r);
    if (failed)
        return NULL;
    Py_RETURN_NONE;
}

#define FAST(FUNCTION) ((PyCFunction)(void (*)(void))FUNCTION)

static PyMethodDef methods[] = {
    {"get_cache_token", abc_get_cache_token, METH_NOARGS,
     PyDoc_STR("get_cache_token($module, /)\n--\n\nA number that changes with every registration of a class.")},
    {"_abc_init", abc_init, METH_O,
     PyDoc_STR("_abc_init($module, self, /)\n--\n\nMake a new class an abstract base class. Private.")},
    {"_reset_registry", abc_reset_registry, METH_O,
     PyDoc_STR("_reset_registry($module, self, /)\n--\n\nForget the registered classes. Private.")},
    {"_reset_caches", abc_reset_caches, METH_O,
     PyDoc_STR("_reset_caches($module, self, /)\n--\n\nForget what was found out. Private.")},
    {"_get_dump", abc_get_dump, METH_O,
     PyDoc_STR("_get_dump($module, self, /)\n--\n\nCopies of the registry and the caches, for looking at. Private.")},
    {"_abc_register", FAST(abc_register), METH_FASTCALL,
     PyDoc_STR("_abc_register($module, self, subclass, /)\n--\n\nABCMeta.register(). Private.")},
    {"_abc_instancecheck", FAST(abc_instancecheck), METH_FASTCALL,
     PyDoc_STR("_abc_instancecheck($module, self, instance, /)\n--\n\nABCMeta.__instancecheck__(). Private.")},
    {"_abc_subclasscheck", FAST(abc_subclasscheck), METH_FASTCALL,
     PyDoc_STR("_abc_subclasscheck($module, self, subclass, /)\n--\n\nABCMeta.__subclasscheck__(). Private.")},
    {NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_abc", PyDoc_STR("What the module abc is made of."), -1, methods,
};

PyMODINIT_FUNC PyInit__abc(void)
{
    if (PyType_Ready(&Registry_Type) < 0)
        return NULL;
    return PyModule_Create(&definition);
}
