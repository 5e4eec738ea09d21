/* SPDX-License-Identifier: MIT */
/* The type `object`: what every class inherits. Pickling (__reduce__) is in reduce.c. */
#include "objects/type/type.h"
#include "objects/object.h"

_Py_IDENTIFIER(__abstractmethods__);
_Py_IDENTIFIER(__class__);
_Py_IDENTIFIER(__dict__);
_Py_IDENTIFIER(__reduce__);
_Py_IDENTIFIER(builtins);

/* ---- making ---------------------------------------------------------------------------------------------------------------- */

static int excess_args(PyObject *args, PyObject *kwds)
{
    return PyTuple_GET_SIZE(args) || (kwds && PyDict_Check(kwds) && PyDict_GET_SIZE(kwds));
}

/* Arguments are an error unless the other of __new__ and __init__ is overridden and may want them. */
int tai_object_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    PyTypeObject *type = Py_TYPE(self);
    if (!excess_args(args, kwds))
        return 0;
    if (type->tp_init != tai_object_init) {
        PyErr_SetString(PyExc_TypeError,
                        "object.__init__() takes exactly one argument (the instance to initialize)");
        return -1;
    }
    if (type->tp_new == tai_object_new) {
        PyErr_Format(PyExc_TypeError, "%.200s.__init__() takes exactly one argument (the instance to initialize)",
                     type->tp_name);
        return -1;
    }
    return 0;
}

static PyObject *refuse_abstract(PyTypeObject *type)
{
    PyObject *names = _PyObject_GetAttrId((PyObject *)type, &PyId___abstractmethods__), *list, *joined = NULL, *comma;
    if (names == NULL)
        return NULL;
    list = PySequence_List(names);
    Py_DECREF(names);
    if (list == NULL)
        return NULL;
    comma = PyUnicode_FromString(", ");
    if (comma != NULL && PyList_Sort(list) == 0)
        joined = PyUnicode_Join(comma, list);
    Py_XDECREF(comma);
    Py_DECREF(list);
    if (joined != NULL) {
        PyErr_Format(PyExc_TypeError, "Can't instantiate abstract class %s with abstract methods %U", type->tp_name,
                     joined);
        Py_DECREF(joined);
    }
    return NULL;
}

PyObject *tai_object_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (excess_args(args, kwds)) {
        if (type->tp_new != tai_object_new) {
            PyErr_SetString(PyExc_TypeError,
                            "object.__new__() takes exactly one argument (the type to instantiate)");
            return NULL;
        }
        if (type->tp_init == tai_object_init) {
            PyErr_Format(PyExc_TypeError, "%.200s() takes no arguments", type->tp_name);
            return NULL;
        }
    }
    if (type->tp_flags & Py_TPFLAGS_IS_ABSTRACT)
        return refuse_abstract(type);
    return type->tp_alloc(type, 0);
}

static void object_dealloc(PyObject *self)
{
    Py_TYPE(self)->tp_free(self);
}

/* ---- text, comparison ----------------------------------------------------------------------------------------------------- */

static PyObject *object_repr(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
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
        res = PyUnicode_FromFormat("<%U.%U object at %p>", module, name, self);
    else
        res = PyUnicode_FromFormat("<%s object at %p>", type->tp_name, self);
    Py_XDECREF(module);
    Py_DECREF(name);
    return res;
}

static PyObject *object_str(PyObject *self)
{
    reprfunc repr = Py_TYPE(self)->tp_repr;
    return (repr ? repr : object_repr)(self);
}

static PyObject *object_richcompare(PyObject *self, PyObject *other, int op)
{
    PyObject *res;
    int truth;
    if (op == Py_EQ && self == other)
        Py_RETURN_TRUE;
    if (op != Py_NE || Py_TYPE(self)->tp_richcompare == NULL)
        Py_RETURN_NOTIMPLEMENTED;
    res = Py_TYPE(self)->tp_richcompare(self, other, Py_EQ); /* != is the opposite of what the class says of == */
    if (res == NULL || res == Py_NotImplemented)
        return res;
    truth = PyObject_IsTrue(res);
    Py_DECREF(res);
    return truth < 0 ? NULL : PyBool_FromLong(!truth);
}

static Py_hash_t object_hash(PyObject *self)
{
    return _Py_HashPointer(self);
}

/* ---- __class__ -------------------------------------------------------------------------------------------------------------- */

static PyObject *get_class(PyObject *self, void *context)
{
    Py_INCREF(Py_TYPE(self));
    return (PyObject *)Py_TYPE(self);
}

static int set_class(PyObject *self, PyObject *value, void *context)
{
    PyTypeObject *old = Py_TYPE(self), *new;
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "can't delete __class__ attribute");
        return -1;
    }
    if (!PyType_Check(value)) {
        PyErr_Format(PyExc_TypeError, "__class__ must be set to a class, not '%s' object", Py_TYPE(value)->tp_name);
        return -1;
    }
    if (PySys_Audit("object.__setattr__", "OsO", self, "__class__", value) < 0)
        return -1;
    new = (PyTypeObject *)value;
    if (!(PyType_IsSubtype(new, &PyModule_Type) && PyType_IsSubtype(old, &PyModule_Type)) &&
        (!(new->tp_flags & Py_TPFLAGS_HEAPTYPE) || !(old->tp_flags & Py_TPFLAGS_HEAPTYPE))) {
        PyErr_Format(PyExc_TypeError, "__class__ assignment only supported for heap types or ModuleType subclasses");
        return -1;
    }
    if (!tai_type_compatible_layout(old, new, "__class__"))
        return -1;
    if (new->tp_flags & Py_TPFLAGS_HEAPTYPE)
        Py_INCREF(new);
    Py_TYPE(self) = new;
    if (new->tp_descr_get != old->tp_descr_get || new->tp_descr_set != old->tp_descr_set)
        tai_type_forget_values(); /* [TYPE-5] */
    if (old->tp_flags & Py_TPFLAGS_HEAPTYPE)
        Py_DECREF(old);
    return 0;
}

/* ---- methods ------------------------------------------------------------------------------------------------------------------ */

static PyObject *object_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return tai_object_reduce(self, 0);
}

/* A class that overrides __reduce__ alone means it for every protocol. */
static PyObject *object_reduce_ex(PyObject *self, PyObject *arg)
{
    static PyObject *plain; /* object.__reduce__ in its dict */
    PyObject *reduce, *of_class, *res;
    int protocol = _PyLong_AsInt(arg), overridden;
    if (protocol == -1 && PyErr_Occurred())
        return NULL;
    if (plain == NULL) {
        plain = _PyDict_GetItemId(PyBaseObject_Type.tp_dict, &PyId___reduce__);
        if (plain == NULL)
            return NULL;
    }
    if (_PyObject_LookupAttrId(self, &PyId___reduce__, &reduce) < 0)
        return NULL;
    if (reduce != NULL) {
        of_class = _PyObject_GetAttrId((PyObject *)Py_TYPE(self), &PyId___reduce__);
        if (of_class == NULL) {
            Py_DECREF(reduce);
            return NULL;
        }
        overridden = of_class != plain;
        Py_DECREF(of_class);
        if (overridden) {
            res = _PyObject_CallNoArg(reduce);
            Py_DECREF(reduce);
            return res;
        }
        Py_DECREF(reduce);
    }
    return tai_object_reduce(self, protocol);
}

static PyObject *object_subclasshook(PyObject *cls, PyObject *args)
{
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *object_init_subclass(PyObject *cls, PyObject *Py_UNUSED(ignored))
{
    Py_RETURN_NONE;
}

static PyObject *object_format(PyObject *self, PyObject *spec)
{
    if (!PyUnicode_Check(spec)) {
        _PyArg_BadArgument("__format__", "argument", "str", spec);
        return NULL;
    }
    if (PyUnicode_READY(spec) < 0)
        return NULL;
    if (PyUnicode_GET_LENGTH(spec) > 0) {
        PyErr_Format(PyExc_TypeError, "unsupported format string passed to %.200s.__format__", Py_TYPE(self)->tp_name);
        return NULL;
    }
    return PyObject_Str(self);
}

static PyObject *object_sizeof(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    PyTypeObject *type = Py_TYPE(self);
    Py_ssize_t size = type->tp_basicsize;
    if (type->tp_itemsize > 0)
        size += Py_SIZE(self) * type->tp_itemsize;
    return PyLong_FromSsize_t(size);
}

static PyObject *object_dir(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    PyObject *own = NULL, *dict = NULL, *cls = NULL, *names = NULL;
    if (_PyObject_LookupAttrId(self, &PyId___dict__, &own) < 0)
        return NULL;
    dict = own && PyDict_Check(own) ? PyDict_Copy(own) : PyDict_New();
    if (dict == NULL)
        goto done;
    if (_PyObject_LookupAttrId(self, &PyId___class__, &cls) < 0)
        goto done;
    if (cls != NULL && tai_type_merge_names(dict, cls) < 0)
        goto done;
    names = PyDict_Keys(dict);
done:
    Py_XDECREF(cls);
    Py_XDECREF(own);
    Py_XDECREF(dict);
    return names;
}

static PyGetSetDef object_getset[] = {
    {"__class__", get_class, set_class, "the object's class"},
    {NULL},
};

PyMethodDef tai_object_methods[] = {
    {"__reduce_ex__", object_reduce_ex, METH_O, "__reduce_ex__($self, protocol, /)\n--\n\nWhat pickle needs to rebuild self."},
    {"__reduce__", object_reduce, METH_NOARGS, "__reduce__($self, /)\n--\n\nWhat pickle needs to rebuild self."},
    {"__subclasshook__", object_subclasshook, METH_CLASS | METH_VARARGS,
     "Asked by issubclass() of abstract classes, which override it.\n\n"
     "True or False decide; NotImplemented leaves the decision to the usual rules.\n"},
    {"__init_subclass__", object_init_subclass, METH_CLASS | METH_NOARGS,
     "Called when a class is derived from this one.\n\nDoes nothing unless a class overrides it.\n"},
    {"__format__", object_format, METH_O, "__format__($self, format_spec, /)\n--\n\nThe text of self; no format is known."},
    {"__sizeof__", object_sizeof, METH_NOARGS, "__sizeof__($self, /)\n--\n\nBytes that the object takes."},
    {"__dir__", object_dir, METH_NOARGS, "__dir__($self, /)\n--\n\nNames of the attributes of self and of its class."},
    {NULL},
};

PyTypeObject PyBaseObject_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "object",
    .tp_basicsize = sizeof(PyObject),
    .tp_dealloc = object_dealloc,
    .tp_repr = object_repr,
    .tp_hash = object_hash,
    .tp_str = object_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "object()\n--\n\nThe class all classes come from; its instances have no attributes of their own.",
    .tp_richcompare = object_richcompare,
    .tp_methods = tai_object_methods,
    .tp_getset = object_getset,
    .tp_init = tai_object_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = tai_object_new,
    .tp_free = PyObject_Free,
    .tp_vectorcall = tai_type_vectorcall,
};
