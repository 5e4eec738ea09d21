/* SPDX-License-Identifier: MIT */
/* _testcapi: types made by PyType_FromSpec: with cycle collection, without and extended, with attributes set by C, and one
 * whose finalizer changes the class. An instance owns a reference to its type, which only the release may give back.
 */
#include "testcapi.h"
#include "structmember.h"

#include <stddef.h>

typedef struct {
    PyObject_HEAD
    int value;
} Valued;

typedef struct {
    Valued base;
    int value2;
} ValuedTwice;

typedef struct {
    PyObject_HEAD
    long value;
} Settable;

/* The types without names of their own in the module; borrowed from it or from each other. */
static PyObject *subclass_type, *finalized_type;

static int valued_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    ((Valued *)self)->value = 10;
    return 0;
}

/* ---- with cycle collection ---- */

static void gc_valued_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    PyObject_GC_Del(self);
    Py_DECREF(type);
}

/* An instance holds nothing that could be part of a cycle; its type is not visited in 3.8. */
static int gc_valued_traverse(PyObject *self, visitproc visit, void *arg)
{
    return 0;
}

static PyMemberDef valued_members[] = {
    {"value", T_INT, offsetof(Valued, value), READONLY, NULL},
    {NULL},
};

static PyType_Slot gc_slots[] = {
    {Py_tp_doc, "A heap type with cycle collection and a release of its own; __init__ sets value to 10."},
    {Py_tp_init, valued_init},
    {Py_tp_members, valued_members},
    {Py_tp_dealloc, gc_valued_dealloc},
    {Py_tp_traverse, gc_valued_traverse},
    {0, NULL},
};

static PyType_Spec gc_spec = {
    .name = "_testcapi.HeapGcCType",
    .basicsize = sizeof(Valued),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .slots = gc_slots,
};

/* ---- without, and two levels of classes on top ---- */

static void valued_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_Del(self);
    Py_DECREF(type);
}

static PyType_Slot base_slots[] = {
    {Py_tp_doc, "A heap type with a release of its own; __init__ sets value to 10."},
    {Py_tp_init, valued_init},
    {Py_tp_members, valued_members},
    {Py_tp_dealloc, valued_dealloc},
    {0, NULL},
};

static PyType_Spec base_spec = {
    .name = "_testcapi.HeapCType",
    .basicsize = sizeof(Valued),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = base_slots,
};

static int valued_twice_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    ((ValuedTwice *)self)->value2 = 20;
    return valued_init(self, args, kwargs);
}

static PyMemberDef valued_twice_members[] = {
    {"value2", T_INT, offsetof(ValuedTwice, value2), READONLY, NULL},
    {NULL},
};

static PyType_Slot subclass_slots[] = {
    {Py_tp_doc, "HeapCType with value2, which __init__ sets to 20."},
    {Py_tp_init, valued_twice_init},
    {Py_tp_members, valued_twice_members},
    {0, NULL},
};

static PyType_Spec subclass_spec = {
    .name = "_testcapi.HeapCTypeSubclass",
    .basicsize = sizeof(ValuedTwice),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = subclass_slots,
};

/* Leave in type.refcnt_in_del what sys.getrefcount(type) says (one for the argument included). 0 or -1. */
static int note_references(PyObject *type)
{
    PyObject *count = PyLong_FromSsize_t(Py_REFCNT(type) + 1);
    if (count == NULL)
        return -1;
    int result = PyObject_SetAttrString(type, "refcnt_in_del", count);
    Py_DECREF(count);
    return result;
}

/* Makes the instance one of HeapCTypeSubclass and notes the references that the two types have then. */
static void change_class(PyObject *self)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    if (PyObject_SetAttrString(self, "__class__", subclass_type) < 0 || note_references(subclass_type) < 0 ||
        note_references(finalized_type) < 0)
        PyErr_WriteUnraisable(self);
    PyErr_Restore(type, value, traceback);
}

static PyType_Slot finalized_slots[] = {
    {Py_tp_doc, "HeapCTypeSubclass with a finalizer, which turns the instance into one of that class."},
    {Py_tp_finalize, change_class},
    {0, NULL},
};

static PyType_Spec finalized_spec = {
    .name = "_testcapi.HeapCTypeSubclassWithFinalizer",
    .basicsize = sizeof(ValuedTwice),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_FINALIZE,
    .slots = finalized_slots,
};

/* ---- attributes set by C: value is written under that name and read as pvalue ---- */

static int settable_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    ((Settable *)self)->value = 10;
    return 0;
}

static int settable_setattro(PyObject *self, PyObject *name, PyObject *value)
{
    if (PyUnicode_CompareWithASCIIString(name, "value") != 0)
        return PyObject_GenericSetAttr(self, name, value);
    long number = value != NULL ? PyLong_AsLong(value) : 0;
    if (number == -1 && PyErr_Occurred())
        return -1;
    ((Settable *)self)->value = number;
    return 0;
}

static PyMemberDef settable_members[] = {
    {"pvalue", T_LONG, offsetof(Settable, value), READONLY, NULL},
    {NULL},
};

static PyType_Slot settable_slots[] = {
    {Py_tp_doc, "A heap type that sets attributes itself; __init__ sets value to 10."},
    {Py_tp_init, settable_init},
    {Py_tp_setattro, settable_setattro},
    {Py_tp_members, settable_members},
    {Py_tp_dealloc, valued_dealloc},
    {0, NULL},
};

static PyType_Spec settable_spec = {
    .name = "_testcapi.HeapCTypeSetattr",
    .basicsize = sizeof(Settable),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = settable_slots,
};

/* Make a type of the specification with at most one base and add it to the module. Borrowed, or NULL. */
static PyObject *add_spec(PyObject *module, const char *name, PyType_Spec *spec, PyObject *base)
{
    PyObject *bases = base != NULL ? PyTuple_Pack(1, base) : NULL;
    if (base != NULL && bases == NULL)
        return NULL;
    PyObject *type = PyType_FromSpecWithBases(spec, bases);
    Py_XDECREF(bases);
    if (type == NULL)
        return NULL;
    if (PyModule_AddObject(module, name, type) == 0)
        return type;
    Py_DECREF(type);
    return NULL;
}

int testcapi_add_heap_types(PyObject *module)
{
    if (add_spec(module, "HeapGcCType", &gc_spec, NULL) == NULL ||
        add_spec(module, "HeapCTypeSetattr", &settable_spec, NULL) == NULL)
        return -1;
    PyObject *base = PyType_FromSpec(&base_spec);
    if (base == NULL)
        return -1;
    subclass_type = add_spec(module, "HeapCTypeSubclass", &subclass_spec, base);
    Py_DECREF(base);
    if (subclass_type == NULL)
        return -1;
    finalized_type = add_spec(module, "HeapCTypeSubclassWithFinalizer", &finalized_spec, subclass_type);
    return finalized_type == NULL ? -1 : 0;
}
