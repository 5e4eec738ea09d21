/* SPDX-License-Identifier: MIT */
/* property: attributes computed by functions.
 *
 * Absent functions are NULL inside and None outside. The docstring comes from the getter unless one is given; getter_doc tells, so
 * that a copy with another getter takes that one's. Tests: tests/objects/test_property.py.
 */
#include "objects/object.h"
#include "objects/type/type.h"
#include "runtime/gc.h"
#include "structmember.h"

_Py_IDENTIFIER(__doc__);

typedef struct {
    PyObject_HEAD
    PyObject *get, *set, *del, *doc;
    int getter_doc;
} PropertyObject;

static PyObject *property_descr_get(PyObject *self, PyObject *obj, PyObject *type)
{
    PropertyObject *p = (PropertyObject *)self;
    PyObject *get, *res, *stack[2];
    if (obj == NULL || obj == Py_None) {
        Py_INCREF(self);
        return self;
    }
    get = p->get;
    if (get == NULL) {
        PyErr_SetString(PyExc_AttributeError, "unreadable attribute");
        return NULL;
    }
    stack[0] = NULL;
    stack[1] = obj;
    Py_INCREF(get);
    res = _PyObject_Vectorcall(get, stack + 1, 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
    Py_DECREF(get);
    return res;
}

static int property_descr_set(PyObject *self, PyObject *obj, PyObject *value)
{
    PropertyObject *p = (PropertyObject *)self;
    PyObject *func = value ? p->set : p->del, *res, *stack[3] = {NULL, obj, value};
    if (func == NULL) {
        PyErr_SetString(PyExc_AttributeError, value ? "can't set attribute" : "can't delete attribute");
        return -1;
    }
    Py_INCREF(func);
    res = _PyObject_Vectorcall(func, stack + 1, (value ? 2 : 1) | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
    Py_DECREF(func);
    if (res == NULL)
        return -1;
    Py_DECREF(res);
    return 0;
}

/* ---- copies with one function changed --------------------------------------------------------------------------------------- */

static PyObject *or_none(PyObject *o)
{
    return o ? o : Py_None;
}

/* NULL or None for a function: the old one. */
static PyObject *copy(PropertyObject *old, PyObject *get, PyObject *set, PyObject *del)
{
    PyObject *doc;
    if (get == NULL || get == Py_None)
        get = or_none(old->get);
    if (set == NULL || set == Py_None)
        set = or_none(old->set);
    if (del == NULL || del == Py_None)
        del = or_none(old->del);
    doc = old->getter_doc && get != Py_None ? Py_None : or_none(old->doc);
    return PyObject_CallFunctionObjArgs((PyObject *)Py_TYPE(old), get, set, del, doc, NULL);
}

static PyObject *property_getter(PyObject *self, PyObject *func)
{
    return copy((PropertyObject *)self, func, NULL, NULL);
}

static PyObject *property_setter(PyObject *self, PyObject *func)
{
    return copy((PropertyObject *)self, NULL, func, NULL);
}

static PyObject *property_deleter(PyObject *self, PyObject *func)
{
    return copy((PropertyObject *)self, NULL, NULL, func);
}

/* ---- making ------------------------------------------------------------------------------------------------------------------ */

static PyObject *counted_or_null(PyObject *o)
{
    if (o == Py_None)
        return NULL;
    Py_XINCREF(o);
    return o;
}

static int take_getter_doc(PropertyObject *p)
{
    PyObject *doc, *get = p->get;
    Py_INCREF(get); /* its __doc__ may call __init__ again */
    int res = _PyObject_LookupAttrId(get, &PyId___doc__, &doc);
    Py_DECREF(get);
    if (res <= 0)
        return res;
    if (Py_TYPE(p) == &PyProperty_Type) {
        Py_XSETREF(p->doc, doc);
    }
    else { /* a subclass has a __doc__ of its own in the class: the instance's dict must hide it */
        res = _PyObject_SetAttrId((PyObject *)p, &PyId___doc__, doc);
        Py_DECREF(doc);
        if (res < 0)
            return -1;
    }
    p->getter_doc = 1;
    return 0;
}

static int property_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"fget", "fset", "fdel", "doc", NULL};
    PropertyObject *p = (PropertyObject *)self;
    PyObject *get = NULL, *set = NULL, *del = NULL, *doc = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|OOOO:property", keywords, &get, &set, &del, &doc))
        return -1;
    if (p->get != NULL)
        tai_type_forget_values(); /* [TYPE-5] */
    Py_XSETREF(p->get, counted_or_null(get));
    Py_XSETREF(p->set, counted_or_null(set));
    Py_XSETREF(p->del, counted_or_null(del));
    Py_XINCREF(doc);
    Py_XSETREF(p->doc, doc);
    p->getter_doc = 0;
    if ((doc == NULL || doc == Py_None) && p->get != NULL)
        return take_getter_doc(p);
    return 0;
}

/* ---- the rest ------------------------------------------------------------------------------------------------------------------- */

static PyObject *is_abstract(PyObject *self, void *context)
{
    PropertyObject *p = (PropertyObject *)self;
    PyObject *functions[] = {p->get, p->set, p->del};
    int res = 0;
    for (int i = 0; i < 3 && res == 0; i++)
        res = _PyObject_IsAbstract(functions[i]);
    return res < 0 ? NULL : PyBool_FromLong(res);
}

static int property_traverse(PyObject *self, visitproc visit, void *arg)
{
    PropertyObject *p = (PropertyObject *)self;
    Py_VISIT(p->get);
    Py_VISIT(p->set);
    Py_VISIT(p->del);
    Py_VISIT(p->doc);
    return 0;
}

static int property_clear(PyObject *self)
{
    PropertyObject *p = (PropertyObject *)self;
    Py_CLEAR(p->doc);
    return 0;
}

static void property_dealloc(PyObject *self)
{
    PropertyObject *p = (PropertyObject *)self;
    tai_gc_untrack_if(self);
    Py_TRASHCAN_BEGIN(self, property_dealloc)
    Py_XDECREF(p->get);
    Py_XDECREF(p->set);
    Py_XDECREF(p->del);
    Py_XDECREF(p->doc);
    Py_TYPE(self)->tp_free(self);
    Py_TRASHCAN_END
}

static PyMethodDef property_methods[] = {
    {"getter", property_getter, METH_O, "A copy of the property with another getter."},
    {"setter", property_setter, METH_O, "A copy of the property with another setter."},
    {"deleter", property_deleter, METH_O, "A copy of the property with another deleter."},
    {NULL},
};

static PyMemberDef property_members[] = {
    {"fget", T_OBJECT, offsetof(PropertyObject, get), READONLY, PyDoc_STR("the function that gets the value, or None")},
    {"fset", T_OBJECT, offsetof(PropertyObject, set), READONLY, PyDoc_STR("the function that sets the value, or None")},
    {"fdel", T_OBJECT, offsetof(PropertyObject, del), READONLY, PyDoc_STR("the function that deletes the value, or None")},
    {"__doc__", T_OBJECT, offsetof(PropertyObject, doc), 0},
    {NULL},
};

static PyGetSetDef property_getset[] = {
    {"__isabstractmethod__", is_abstract, NULL},
    {NULL},
};

PyTypeObject PyProperty_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "property",
    .tp_basicsize = sizeof(PropertyObject),
    .tp_dealloc = property_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "property(fget=None, fset=None, fdel=None, doc=None)\n--\n\n"
              "An attribute of a class whose value functions compute.\n\n"
              "  fget\n    called with the instance to read the attribute\n"
              "  fset\n    called with the instance and the value to set it\n"
              "  fdel\n    called with the instance to delete it\n"
              "  doc\n    the docstring; that of fget if not given\n\n"
              "As a decorator it makes the getter; x.setter and x.deleter then add the others:\n\n"
              "    @property\n    def size(self):\n        return self._size\n\n"
              "    @size.setter\n    def size(self, value):\n        self._size = value",
    .tp_traverse = property_traverse,
    .tp_clear = property_clear,
    .tp_methods = property_methods,
    .tp_members = property_members,
    .tp_getset = property_getset,
    .tp_descr_get = property_descr_get,
    .tp_descr_set = property_descr_set,
    .tp_init = property_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};
