/* SPDX-License-Identifier: MIT */
/* Bound methods (a callable and its first argument), and instancemethod, which lets any callable be bound like a function.
 *
 * Freed methods are kept for reuse, chained through im_self. Attributes that a method does not have itself are those of its callable.
 * Tests: tests/objects/test_function.py.
 */
#include "Python.h"
#include "base/alloc.h"
#include "objects/object.h"
#include "runtime/gc.h"
#include "runtime/recursion.h"
#include "structmember.h"

#include <string.h>

#define METHOD(op) ((PyMethodObject *)(op))

enum { FREE_MAX = TAI_FREE_LIST(256) };
static PyMethodObject *free_methods;
static int free_method_count;

/* ---- calling ---- */

/* Call with self put in front: in the caller's spare slot if he offers it, else in a copy. */
static PyObject *method_vectorcall(PyObject *op, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    PyObject *self = METHOD(op)->im_self, *function = METHOD(op)->im_func, *result;
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    if (UNLIKELY(!PyFunction_Check(function)) && tai_need_stack(" while calling a Python object") < 0) /* methods of methods */
        return NULL;
    if (nargsf & PY_VECTORCALL_ARGUMENTS_OFFSET) {
        PyObject **shifted = (PyObject **)args - 1, *saved = shifted[0];
        shifted[0] = self;
        result = _PyObject_Vectorcall(function, shifted, nargs + 1, kwnames);
        shifted[0] = saved;
        return result;
    }
    Py_ssize_t total = nargs + (kwnames == NULL ? 0 : PyTuple_GET_SIZE(kwnames));
    if (total == 0)
        return _PyObject_Vectorcall(function, &self, 1, NULL);
    PyObject *small[_PY_FASTCALL_SMALL_STACK + 3], **stack = small;
    if (total >= (Py_ssize_t)Py_ARRAY_LENGTH(small) && (stack = PyMem_New(PyObject *, total + 1)) == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    stack[0] = self;
    memcpy(stack + 1, args, total * sizeof *stack);
    result = _PyObject_Vectorcall(function, stack, nargs + 1, kwnames);
    if (stack != small)
        PyMem_Free(stack);
    return result;
}

/* ---- life ---- */

PyObject *PyMethod_New(PyObject *function, PyObject *self)
{
    if (self == NULL) {
        PyErr_BadInternalCall();
        return NULL;
    }
    PyMethodObject *method = free_methods;
    if (method != NULL) {
        free_methods = (PyMethodObject *)method->im_self;
        free_method_count--;
        (void)PyObject_INIT(method, &PyMethod_Type);
    }
    else if ((method = PyObject_GC_New(PyMethodObject, &PyMethod_Type)) == NULL)
        return NULL;
    Py_INCREF(function);
    Py_INCREF(self);
    method->im_func = function;
    method->im_self = self;
    method->im_weakreflist = NULL;
    method->vectorcall = method_vectorcall;
    tai_gc_track(method);
    return (PyObject *)method;
}

static void method_dealloc(PyObject *op)
{
    PyMethodObject *method = METHOD(op);
    PyObject_GC_UnTrack(op); /* from the trashcan it comes untracked */
    Py_TRASHCAN_BEGIN(op, method_dealloc)
    if (method->im_weakreflist != NULL)
        PyObject_ClearWeakRefs(op);
    PyObject *function = method->im_func, *self = method->im_self;
    if (free_method_count < FREE_MAX) {
        method->im_self = (PyObject *)free_methods;
        free_methods = method;
        free_method_count++;
    }
    else
        PyObject_GC_Del(method);
    Py_DECREF(function);
    Py_XDECREF(self);
    Py_TRASHCAN_END
}

int PyMethod_ClearFreeList(void)
{
    int count = free_method_count;
    while (free_methods != NULL) {
        PyMethodObject *method = free_methods;
        free_methods = (PyMethodObject *)method->im_self;
        PyObject_GC_Del(method);
    }
    free_method_count = 0;
    return count;
}

void _PyMethod_DebugMallocStats(FILE *out)
{
    _PyDebugAllocatorStats(out, "free PyMethodObject", free_method_count, sizeof(PyMethodObject));
}

static PyObject *method_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *function, *self;
    if (!_PyArg_NoKeywords("method", kwargs) || !PyArg_UnpackTuple(args, "method", 2, 2, &function, &self))
        return NULL;
    if (!PyCallable_Check(function)) {
        PyErr_SetString(PyExc_TypeError, "first argument must be callable");
        return NULL;
    }
    if (self == NULL || self == Py_None) {
        PyErr_SetString(PyExc_TypeError, "self must not be None");
        return NULL;
    }
    return PyMethod_New(function, self);
}

static int method_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(METHOD(op)->im_func);
    Py_VISIT(METHOD(op)->im_self);
    return 0;
}

/* ---- slots ---- */

/* An attribute of the type `own` if it has one, else one of `callable`. New. Runs code. */
static PyObject *get_forwarded(PyObject *op, PyTypeObject *own, PyObject *callable, PyObject *name)
{
    PyObject *descr = _PyType_Lookup(own, name);
    if (descr == NULL)
        return tai_need_stack(" while asking a method") < 0 ? NULL : PyObject_GetAttr(callable, name);
    descrgetfunc get = Py_TYPE(descr)->tp_descr_get;
    Py_INCREF(descr);
    if (get == NULL)
        return descr;
    PyObject *result = get(descr, op, (PyObject *)own);
    Py_DECREF(descr);
    return result;
}

static PyObject *method_getattro(PyObject *op, PyObject *name)
{
    return get_forwarded(op, Py_TYPE(op), METHOD(op)->im_func, name);
}

/* The str that names a callable: __qualname__, else __name__. New; NULL without exception where there is none. */
static PyObject *callable_name(PyObject *callable)
{
    _Py_IDENTIFIER(__qualname__);
    _Py_IDENTIFIER(__name__);
    PyObject *name;
    if (_PyObject_LookupAttrId(callable, &PyId___qualname__, &name) < 0 ||
        (name == NULL && _PyObject_LookupAttrId(callable, &PyId___name__, &name) < 0))
        return NULL;
    if (name != NULL && !PyUnicode_Check(name))
        Py_CLEAR(name);
    return name;
}

static PyObject *method_repr(PyObject *op)
{
    PyObject *name = callable_name(METHOD(op)->im_func);
    if (name == NULL && PyErr_Occurred())
        return NULL;
    PyObject *result = PyUnicode_FromFormat("<bound method %V of %R>", name, "?", METHOD(op)->im_self);
    Py_XDECREF(name);
    return result;
}

static Py_hash_t method_hash(PyObject *op)
{
    Py_hash_t hash = tai_need_stack(" while hashing a method") < 0 ? -1 : PyObject_Hash(METHOD(op)->im_func);
    if (hash == -1)
        return -1;
    hash ^= _Py_HashPointer(METHOD(op)->im_self);
    return hash == -1 ? -2 : hash;
}

static PyObject *method_richcompare(PyObject *a, PyObject *b, int op)
{
    if ((op != Py_EQ && op != Py_NE) || !PyMethod_Check(a) || !PyMethod_Check(b))
        Py_RETURN_NOTIMPLEMENTED;
    int equal = PyObject_RichCompareBool(METHOD(a)->im_func, METHOD(b)->im_func, Py_EQ);
    if (equal < 0)
        return NULL;
    equal = equal && METHOD(a)->im_self == METHOD(b)->im_self;
    return PyBool_FromLong(op == Py_EQ ? equal : !equal);
}

/* A method is bound already. */
static PyObject *method_descr_get(PyObject *op, PyObject *object, PyObject *type)
{
    Py_INCREF(op);
    return op;
}

static PyObject *method_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    _Py_IDENTIFIER(getattr);
    _Py_IDENTIFIER(__name__);
    PyObject *name = _PyObject_GetAttrId(METHOD(op)->im_func, &PyId___name__);
    if (name == NULL)
        return NULL;
    return Py_BuildValue("N(ON)", _PyEval_GetBuiltinId(&PyId_getattr), METHOD(op)->im_self, name);
}

static PyObject *method_get_doc(PyObject *op, void *closure)
{
    _Py_IDENTIFIER(__doc__);
    return _PyObject_GetAttrId(METHOD(op)->im_func, &PyId___doc__);
}

static PyMethodDef method_methods[] = {
    {"__reduce__", method_reduce, METH_NOARGS, "How pickle gets this method again."},
    {NULL},
};

static PyMemberDef method_members[] = {
    {"__func__", T_OBJECT, offsetof(PyMethodObject, im_func), READONLY | RESTRICTED, "the callable behind the method"},
    {"__self__", T_OBJECT, offsetof(PyMethodObject, im_self), READONLY | RESTRICTED, "the object it is bound to"},
    {NULL},
};

static PyGetSetDef method_getset[] = {
    {"__doc__", method_get_doc},
    {NULL},
};

PyTypeObject PyMethod_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "method",
    .tp_basicsize = sizeof(PyMethodObject),
    .tp_dealloc = method_dealloc,
    .tp_vectorcall_offset = offsetof(PyMethodObject, vectorcall),
    .tp_repr = method_repr,
    .tp_hash = method_hash,
    .tp_call = PyVectorcall_Call,
    .tp_getattro = method_getattro,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | _Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_doc = "method(function, instance)\n\nMake a bound method.",
    .tp_traverse = method_traverse,
    .tp_richcompare = method_richcompare,
    .tp_weaklistoffset = offsetof(PyMethodObject, im_weakreflist),
    .tp_methods = method_methods,
    .tp_members = method_members,
    .tp_getset = method_getset,
    .tp_descr_get = method_descr_get,
    .tp_new = method_new,
};

PyObject *PyMethod_Function(PyObject *op)
{
    if (!PyMethod_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return METHOD(op)->im_func;
}

PyObject *PyMethod_Self(PyObject *op)
{
    if (!PyMethod_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return METHOD(op)->im_self;
}

/* ---- instancemethod ---- */

#define INSTANCE(op) ((PyInstanceMethodObject *)(op))

PyObject *PyInstanceMethod_New(PyObject *callable)
{
    PyInstanceMethodObject *self = PyObject_GC_New(PyInstanceMethodObject, &PyInstanceMethod_Type);
    if (self == NULL)
        return NULL;
    Py_INCREF(callable);
    self->func = callable;
    tai_gc_track(self);
    return (PyObject *)self;
}

PyObject *PyInstanceMethod_Function(PyObject *op)
{
    if (!PyInstanceMethod_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return INSTANCE(op)->func;
}

static PyObject *instance_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *callable;
    if (!_PyArg_NoKeywords("instancemethod", kwargs) || !PyArg_UnpackTuple(args, "instancemethod", 1, 1, &callable))
        return NULL;
    if (!PyCallable_Check(callable)) {
        PyErr_SetString(PyExc_TypeError, "first argument must be callable");
        return NULL;
    }
    return PyInstanceMethod_New(callable);
}

static void instance_dealloc(PyObject *op)
{
    tai_gc_untrack(op);
    Py_DECREF(INSTANCE(op)->func);
    PyObject_GC_Del(op);
}

static int instance_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(INSTANCE(op)->func);
    return 0;
}

static PyObject *instance_call(PyObject *op, PyObject *args, PyObject *kwargs)
{
    return PyObject_Call(INSTANCE(op)->func, args, kwargs);
}

static PyObject *instance_getattro(PyObject *op, PyObject *name)
{
    return get_forwarded(op, Py_TYPE(op), INSTANCE(op)->func, name);
}

static PyObject *instance_get(PyObject *op, PyObject *object, PyObject *type)
{
    PyObject *callable = INSTANCE(op)->func;
    if (object != NULL)
        return PyMethod_New(callable, object);
    Py_INCREF(callable);
    return callable;
}

static PyObject *instance_richcompare(PyObject *a, PyObject *b, int op)
{
    if ((op != Py_EQ && op != Py_NE) || !PyInstanceMethod_Check(a) || !PyInstanceMethod_Check(b))
        Py_RETURN_NOTIMPLEMENTED;
    int equal = PyObject_RichCompareBool(INSTANCE(a)->func, INSTANCE(b)->func, Py_EQ);
    return equal < 0 ? NULL : PyBool_FromLong(op == Py_EQ ? equal : !equal);
}

static PyObject *instance_repr(PyObject *op)
{
    _Py_IDENTIFIER(__name__);
    PyObject *name;
    if (_PyObject_LookupAttrId(INSTANCE(op)->func, &PyId___name__, &name) < 0)
        return NULL;
    if (name != NULL && !PyUnicode_Check(name))
        Py_CLEAR(name);
    PyObject *result = PyUnicode_FromFormat("<instancemethod %V at %p>", name, "?", op);
    Py_XDECREF(name);
    return result;
}

static PyObject *instance_get_doc(PyObject *op, void *closure)
{
    _Py_IDENTIFIER(__doc__);
    return _PyObject_GetAttrId(INSTANCE(op)->func, &PyId___doc__);
}

static PyMemberDef instance_members[] = {
    {"__func__", T_OBJECT, offsetof(PyInstanceMethodObject, func), READONLY | RESTRICTED, "the callable behind the method"},
    {NULL},
};

static PyGetSetDef instance_getset[] = {
    {"__doc__", instance_get_doc},
    {NULL},
};

PyTypeObject PyInstanceMethod_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "instancemethod",
    .tp_basicsize = sizeof(PyInstanceMethodObject),
    .tp_dealloc = instance_dealloc,
    .tp_repr = instance_repr,
    .tp_call = instance_call,
    .tp_getattro = instance_getattro,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "instancemethod(function)\n\nMake any callable bind to instances as functions do.",
    .tp_traverse = instance_traverse,
    .tp_richcompare = instance_richcompare,
    .tp_members = instance_members,
    .tp_getset = instance_getset,
    .tp_descr_get = instance_get,
    .tp_new = instance_new,
};
