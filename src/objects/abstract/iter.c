/* SPDX-License-Identifier: MIT */
/* iter: iterators of any object; isinstance and issubclass. Tests: tests/objects/test_abstract.py. */
#include "objects/object.h"
#include "objects/type/type.h"
#include "runtime/recursion.h"

_Py_IDENTIFIER(__bases__);
_Py_IDENTIFIER(__class__);
_Py_IDENTIFIER(__instancecheck__);
_Py_IDENTIFIER(__subclasscheck__);

/* ---- iteration ------------------------------------------------------------------------------------------------------------------- */

#undef PyIter_Check
int PyIter_Check(PyObject *o)
{
    return Py_TYPE(o)->tp_iternext != NULL && Py_TYPE(o)->tp_iternext != &_PyObject_NextNotImplemented;
}

PyObject *PyObject_GetIter(PyObject *o)
{
    getiterfunc get = Py_TYPE(o)->tp_iter;
    PyObject *res;
    if (get == NULL) {
        if (PySequence_Check(o))
            return PySeqIter_New(o);
        PyErr_Format(PyExc_TypeError, "'%.200s' object is not iterable", Py_TYPE(o)->tp_name);
        return NULL;
    }
    res = get(o);
    if (res != NULL && !PyIter_Check(res)) {
        PyErr_Format(PyExc_TypeError, "iter() returned non-iterator of type '%.100s'", Py_TYPE(res)->tp_name);
        Py_CLEAR(res);
    }
    return res;
}

/* Next item, new; NULL without exception at the end. */
PyObject *PyIter_Next(PyObject *iter)
{
    PyObject *res = tai_next_item(iter);
    if (res == NULL && PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_StopIteration))
        PyErr_Clear();
    return res;
}

/* ---- classes by __bases__ alone ---------------------------------------------------------------------------------------------------- */

/* cls.__bases__ if it is a tuple; new, NULL with or without an exception. */
static PyObject *bases_of(PyObject *cls)
{
    PyObject *bases;
    (void)_PyObject_LookupAttrId(cls, &PyId___bases__, &bases);
    if (bases != NULL && !PyTuple_Check(bases))
        Py_CLEAR(bases);
    return bases;
}

static int check_class(PyObject *cls, const char *error)
{
    PyObject *bases = bases_of(cls);
    if (bases == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, error);
        return 0;
    }
    Py_DECREF(bases);
    return 1;
}

/* Is cls among derived and what its __bases__ lead to? */
static int below(PyObject *derived, PyObject *cls)
{
    PyObject *bases = NULL, *next;
    Py_ssize_t n;
    int res = 0;
    for (;;) {
        if (derived == cls) {
            Py_XDECREF(bases);
            return 1;
        }
        next = bases_of(derived);
        Py_XSETREF(bases, next); /* derived was alive through it until now */
        if (bases == NULL)
            return PyErr_Occurred() ? -1 : 0;
        n = PyTuple_GET_SIZE(bases);
        if (n == 0) {
            Py_DECREF(bases);
            return 0;
        }
        if (n > 1)
            break;
        derived = PyTuple_GET_ITEM(bases, 0);
    }
    if (tai_enter_c(" in __issubclass__")) {
        Py_DECREF(bases);
        return -1;
    }
    for (Py_ssize_t i = 0; i < n && res == 0; i++)
        res = below(PyTuple_GET_ITEM(bases, i), cls);
    tai_leave_c();
    Py_DECREF(bases);
    return res;
}

/* ---- isinstance -------------------------------------------------------------------------------------------------------------------- */

/* What __class__ says, where it differs from the type. New or NULL; -1 with an exception. */
static int claimed_class(PyObject *inst, PyObject **cls)
{
    return _PyObject_LookupAttrId(inst, &PyId___class__, cls);
}

/* True if inst.__class__ is its type: object's descriptor answers, and nothing stands before it. */
static int class_is_type(PyObject *inst)
{
    static PyObject *plain; /* object.__class__, borrowed for life */
    PyTypeObject *type = Py_TYPE(inst);
    PyObject *name = PyId___class__.object;
    if (type->tp_getattro != PyObject_GenericGetAttr || name == NULL)
        return 0;
    if (plain == NULL)
        plain = tai_type_lookup(&PyBaseObject_Type, name);
    return tai_type_lookup(type, name) == plain;
}

int _PyObject_RealIsInstance(PyObject *inst, PyObject *cls)
{
    PyObject *claimed;
    int res;
    if (PyType_Check(cls)) {
        if (PyObject_TypeCheck(inst, (PyTypeObject *)cls))
            return 1;
        if (class_is_type(inst))
            return 0;
        res = claimed_class(inst, &claimed);
        if (claimed != NULL) {
            res = claimed != (PyObject *)Py_TYPE(inst) && PyType_Check(claimed) &&
                  PyType_IsSubtype((PyTypeObject *)claimed, (PyTypeObject *)cls);
            Py_DECREF(claimed);
        }
        return res;
    }
    if (!check_class(cls, "isinstance() arg 2 must be a type or tuple of types"))
        return -1;
    res = claimed_class(inst, &claimed);
    if (claimed != NULL) {
        res = below(claimed, cls);
        Py_DECREF(claimed);
    }
    return res;
}

/* Any of the tuple; check is one of the two public functions. */
static int any_of(PyObject *o, PyObject *tuple, int (*check)(PyObject *, PyObject *), const char *where)
{
    int res = 0;
    if (tai_enter_c(where))
        return -1;
    for (Py_ssize_t i = 0, n = PyTuple_GET_SIZE(tuple); i < n && res == 0; i++)
        res = check(o, PyTuple_GET_ITEM(tuple, i));
    tai_leave_c();
    return res;
}

/* cls.<hook>(o) as truth; -2: cls has no such hook. */
static int ask_hook(PyObject *cls, _Py_Identifier *hook, PyObject *o, const char *where)
{
    PyObject *name = _PyUnicode_FromId(hook), *method, *answer, *stack[3] = {NULL, cls, o};
    int kind = name ? tai_lookup_special(cls, name, &method) : -2, res;
    if (kind == -1)
        return -2;
    if (kind < 0)
        return -1;
    if (tai_enter_c(where)) {
        Py_DECREF(method);
        return -1;
    }
    answer = _PyObject_Vectorcall(method, kind ? stack + 1 : stack + 2,
                                  (size_t)((kind ? 1 : 0) + (o ? 1 : 0)) | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
    tai_leave_c();
    Py_DECREF(method);
    if (answer == NULL)
        return -1;
    res = PyObject_IsTrue(answer);
    Py_DECREF(answer);
    return res;
}

/* The class is not inst's own. Apart, so that the common answer comes without a stack frame. */
static __attribute__((noinline)) int is_instance_of_other(PyObject *inst, PyObject *cls)
{
    int res;
    if (PyType_CheckExact(cls))
        return _PyObject_RealIsInstance(inst, cls);
    if (PyTuple_Check(cls))
        return any_of(inst, cls, PyObject_IsInstance, " in __instancecheck__");
    res = ask_hook(cls, &PyId___instancecheck__, inst, " in __instancecheck__");
    return res == -2 ? _PyObject_RealIsInstance(inst, cls) : res;
}

int PyObject_IsInstance(PyObject *inst, PyObject *cls)
{
    return Py_TYPE(inst) == (PyTypeObject *)cls ? 1 : is_instance_of_other(inst, cls);
}

/* ---- issubclass -------------------------------------------------------------------------------------------------------------------- */

int _PyObject_RealIsSubclass(PyObject *derived, PyObject *cls)
{
    if (PyType_Check(cls) && PyType_Check(derived))
        return PyType_IsSubtype((PyTypeObject *)derived, (PyTypeObject *)cls);
    if (!check_class(derived, "issubclass() arg 1 must be a class"))
        return -1;
    if (!check_class(cls, "issubclass() arg 2 must be a class or tuple of classes"))
        return -1;
    return below(derived, cls);
}

int PyObject_IsSubclass(PyObject *derived, PyObject *cls)
{
    int res;
    if (PyType_CheckExact(cls))
        return derived == cls ? 1 : _PyObject_RealIsSubclass(derived, cls);
    if (PyTuple_Check(cls))
        return any_of(derived, cls, PyObject_IsSubclass, " in __subclasscheck__");
    res = ask_hook(cls, &PyId___subclasscheck__, derived, " in __subclasscheck__");
    return res == -2 ? _PyObject_RealIsSubclass(derived, cls) : res;
}
