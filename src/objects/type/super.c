/* SPDX-License-Identifier: MIT */
/* super: attributes of the classes that come after a given one in the MRO of an object's class.
 *
 *   super(type, obj)   type: after this class    obj: bound to it    obj_type: the class whose MRO counts (obj itself if it is a class)
 *
 * super() without arguments reads the running frame: the first argument, and the cell __class__ that the compiler makes.
 * The evaluator goes past the object where it can (vm/poly.h, tai_super_lookup). Tests: tests/objects/type/test_super.py.
 */
#include "objects/type/type.h"
#include "objects/object.h"
#include "runtime/gc.h"
#include "structmember.h"
#include "runtime/upward.h"

_Py_IDENTIFIER(__class__);

typedef struct {
    PyObject_HEAD
    PyTypeObject *type;
    PyObject *obj;
    PyTypeObject *obj_type;
} SuperObject;

/* ---- attributes ------------------------------------------------------------------------------------------------------------------ */

/* The class whose MRO is searched for (type, obj); new. TypeError if obj has nothing to do with type. */
static PyTypeObject *start_type(PyTypeObject *type, PyObject *obj)
{
    PyObject *cls;
    if (PyType_Check(obj) && PyType_IsSubtype((PyTypeObject *)obj, type)) {
        Py_INCREF(obj);
        return (PyTypeObject *)obj;
    }
    if (PyType_IsSubtype(Py_TYPE(obj), type)) {
        Py_INCREF(Py_TYPE(obj));
        return Py_TYPE(obj);
    }
    if (_PyObject_LookupAttrId(obj, &PyId___class__, &cls) < 0) /* proxies say whom they stand for */
        return NULL;
    if (cls != NULL && PyType_Check(cls) && (PyTypeObject *)cls != Py_TYPE(obj) &&
        PyType_IsSubtype((PyTypeObject *)cls, type))
        return (PyTypeObject *)cls;
    Py_XDECREF(cls);
    PyErr_SetString(PyExc_TypeError, "super(type, obj): obj must be an instance or subtype of type");
    return NULL;
}

/* The raw attribute behind type in the MRO of start; new, NULL with or without an exception. */
static PyObject *find_after(PyTypeObject *type, PyTypeObject *start, PyObject *name)
{
    PyObject *mro = start->tp_mro, *found = NULL;
    Py_ssize_t i, n;
    if (mro == NULL)
        return NULL;
    n = PyTuple_GET_SIZE(mro);
    for (i = 0; i < n && PyTuple_GET_ITEM(mro, i) != (PyObject *)type; i++)
        ;
    Py_INCREF(mro);
    for (i++; i < n; i++) {
        PyObject *dict = ((PyTypeObject *)PyTuple_GET_ITEM(mro, i))->tp_dict;
        found = PyDict_GetItemWithError(dict, name);
        if (found != NULL) {
            Py_INCREF(found);
            break;
        }
        if (PyErr_Occurred())
            break;
    }
    Py_DECREF(mro);
    return found;
}

/* Bind a found attribute (stolen). */
static PyObject *bind(PyObject *attr, PyObject *obj, PyTypeObject *start)
{
    descrgetfunc get = Py_TYPE(attr)->tp_descr_get;
    PyObject *res;
    if (get == NULL)
        return attr;
    res = get(attr, obj == (PyObject *)start ? NULL : obj, (PyObject *)start);
    Py_DECREF(attr);
    return res;
}

static int is_class_name(PyObject *name)
{
    return PyUnicode_Check(name) && PyUnicode_GET_LENGTH(name) == 9 && _PyUnicode_EqualToASCIIId(name, &PyId___class__);
}

static PyObject *super_getattro(PyObject *self, PyObject *name)
{
    SuperObject *su = (SuperObject *)self;
    PyTypeObject *start = su->obj_type;
    PyObject *attr, *res;
    if (start == NULL || is_class_name(name)) /* super().__class__ is super */
        return PyObject_GenericGetAttr(self, name);
    Py_INCREF(start);
    attr = find_after(su->type, start, name);
    if (attr != NULL)
        res = bind(attr, su->obj, start);
    else
        res = PyErr_Occurred() ? NULL : PyObject_GenericGetAttr(self, name);
    Py_DECREF(start);
    return res;
}

/* ---- making -------------------------------------------------------------------------------------------------------------------------- */

/* Fill an object; type borrowed, obj borrowed or NULL. */
static int settle(SuperObject *su, PyTypeObject *type, PyObject *obj)
{
    PyTypeObject *start = NULL;
    if (obj != NULL) {
        start = start_type(type, obj);
        if (start == NULL)
            return -1;
        Py_INCREF(obj);
    }
    Py_INCREF(type);
    Py_XSETREF(su->type, type);
    Py_XSETREF(su->obj, obj);
    Py_XSETREF(su->obj_type, start);
    return 0;
}

static PyTypeObject *class_from_cell(PyObject *cell)
{
    PyObject *cls;
    if (cell == NULL || !PyCell_Check(cell)) {
        PyErr_SetString(PyExc_RuntimeError, "super(): bad __class__ cell");
        return NULL;
    }
    cls = PyCell_GET(cell);
    if (cls == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "super(): empty __class__ cell");
        return NULL;
    }
    if (!PyType_Check(cls)) {
        PyErr_Format(PyExc_RuntimeError, "super(): __class__ is not a type (%s)", Py_TYPE(cls)->tp_name);
        return NULL;
    }
    return (PyTypeObject *)cls;
}

/* Class and first argument of the running function; borrowed. 0 or -1. Reads the activation itself: asking for a frame
 * object would make one for each super(). */
static int from_frame(PyTypeObject **type, PyObject **obj)
{
    PyObject **slots, **cells;
    PyCodeObject *code = tai_running_code(&slots);
    Py_ssize_t n;
    if (code == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "super(): no current frame");
        return -1;
    }
    if (code->co_argcount == 0) {
        PyErr_SetString(PyExc_RuntimeError, "super(): no arguments");
        return -1;
    }
    *obj = slots[0];
    cells = slots + code->co_nlocals;
    n = PyTuple_GET_SIZE(code->co_cellvars);
    if (*obj == NULL && code->co_cell2arg != NULL) { /* an inner function uses it: it lives in a cell */
        for (Py_ssize_t i = 0; i < n; i++) {
            if (code->co_cell2arg[i] == 0) {
                *obj = PyCell_GET(cells[i]);
                break;
            }
        }
    }
    if (*obj == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "super(): arg[0] deleted");
        return -1;
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(code->co_freevars); i++) {
        PyObject *name = PyTuple_GET_ITEM(code->co_freevars, i);
        if (_PyUnicode_EqualToASCIIId(name, &PyId___class__)) {
            *type = class_from_cell(cells[n + i]);
            return *type ? 0 : -1;
        }
    }
    PyErr_SetString(PyExc_RuntimeError, "super(): __class__ cell not found");
    return -1;
}

static int super_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    PyTypeObject *type = NULL;
    PyObject *obj = NULL;
    if (!_PyArg_NoKeywords("super", kwds))
        return -1;
    if (!PyArg_ParseTuple(args, "|O!O:super", &PyType_Type, &type, &obj))
        return -1;
    if (type == NULL && from_frame(&type, &obj) < 0)
        return -1;
    return settle((SuperObject *)self, type, obj == Py_None ? NULL : obj);
}

/* super(type, obj); new. Runs code. */
static PyObject *super_new(PyTypeObject *type, PyObject *obj)
{
    SuperObject *su = (SuperObject *)PyType_GenericAlloc(&PySuper_Type, 0);
    if (su != NULL && settle(su, type, obj) < 0)
        Py_CLEAR(su);
    return (PyObject *)su;
}

static PyObject *super_vectorcall(PyObject *cls, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    PyTypeObject *type;
    PyObject *obj = NULL, *tuple, *dict = NULL, *res = NULL;
    if (kwnames == NULL || PyTuple_GET_SIZE(kwnames) == 0) {
        if (nargs == 0)
            return from_frame(&type, &obj) < 0 ? NULL : super_new(type, obj == Py_None ? NULL : obj);
        if (nargs <= 2 && PyType_Check(args[0]))
            return super_new((PyTypeObject *)args[0], nargs == 2 && args[1] != Py_None ? args[1] : NULL);
    }
    tuple = tai_call_tuple_from_stack(args, nargs);
    if (tuple == NULL)
        return NULL;
    if (kwnames == NULL || (dict = _PyStack_AsDict(args + nargs, kwnames)) != NULL)
        res = tai_type_call((PyTypeObject *)cls, tuple, dict);
    Py_DECREF(tuple);
    Py_XDECREF(dict);
    return res;
}

/* ---- the type ------------------------------------------------------------------------------------------------------------------------- */

/* An unbound super stored in a class binds to the instance it is got from. */
static PyObject *super_descr_get(PyObject *self, PyObject *obj, PyObject *type)
{
    SuperObject *su = (SuperObject *)self;
    if (obj == NULL || obj == Py_None || su->obj != NULL) {
        Py_INCREF(self);
        return self;
    }
    if (Py_TYPE(su) != &PySuper_Type)
        return PyObject_CallFunctionObjArgs((PyObject *)Py_TYPE(su), su->type, obj, NULL);
    return super_new(su->type, obj);
}

static PyObject *super_repr(PyObject *self)
{
    SuperObject *su = (SuperObject *)self;
    const char *name = su->type ? su->type->tp_name : "NULL";
    if (su->obj_type)
        return PyUnicode_FromFormat("<super: <class '%s'>, <%s object>>", name, su->obj_type->tp_name);
    return PyUnicode_FromFormat("<super: <class '%s'>, NULL>", name);
}

static void super_dealloc(PyObject *self)
{
    SuperObject *su = (SuperObject *)self;
    tai_gc_untrack_if(self);
    Py_TRASHCAN_BEGIN(self, super_dealloc)
    Py_XDECREF(su->obj);
    Py_XDECREF(su->type);
    Py_XDECREF(su->obj_type);
    Py_TYPE(self)->tp_free(self);
    Py_TRASHCAN_END
}

static int super_traverse(PyObject *self, visitproc visit, void *arg)
{
    SuperObject *su = (SuperObject *)self;
    Py_VISIT(su->obj);
    Py_VISIT(su->type);
    Py_VISIT(su->obj_type);
    return 0;
}

static PyMemberDef super_members[] = {
    {"__thisclass__", T_OBJECT, offsetof(SuperObject, type), READONLY, "the class after which the search starts"},
    {"__self__", T_OBJECT, offsetof(SuperObject, obj), READONLY, "the object attributes are bound to, or None"},
    {"__self_class__", T_OBJECT, offsetof(SuperObject, obj_type), READONLY, "the class whose order is followed, or None"},
    {NULL},
};

PyTypeObject PySuper_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "super",
    .tp_basicsize = sizeof(SuperObject),
    .tp_dealloc = super_dealloc,
    .tp_repr = super_repr,
    .tp_getattro = super_getattro,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "super() -> same as super(__class__, <first argument>)\n"
              "super(type) -> unbound super object\n"
              "super(type, obj) -> bound super object; requires isinstance(obj, type)\n"
              "super(type, type2) -> bound super object; requires issubclass(type2, type)\n"
              "Reaches attributes that the classes after type define, as in super().method(arg).",
    .tp_traverse = super_traverse,
    .tp_members = super_members,
    .tp_descr_get = super_descr_get,
    .tp_init = super_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
    .tp_vectorcall = super_vectorcall,
};
