/* SPDX-License-Identifier: MIT */
/* builtin_function_or_method: a C function with its self.
 *
 * Each calling convention has a vectorcall of its own, chosen when the object is made, so that a call costs one check of the
 * counts and one jump. Freed objects are kept for reuse, chained through m_self.
 * [CFUN-1] ml_flags, without CLASS, STATIC and COEXIST, is one of the six conventions of vectorcall_for().
 * Tests: tests/objects/test_function.py.
 */
#include "Python.h"
#include "base/alloc.h"
#include "runtime/gc.h"
#include "runtime/recursion.h"
#include "structmember.h"

#define CFUNC(op) ((PyCFunctionObject *)(op))

enum { CONVENTION = METH_VARARGS | METH_KEYWORDS | METH_NOARGS | METH_O | METH_FASTCALL };

enum { FREE_MAX = TAI_FREE_LIST(256) };
static PyCFunctionObject *free_functions;
static int free_function_count;

/* ---- refusing ---- */

/* The texts stand out of line; each returns NULL. */
__attribute__((cold, noinline)) static PyObject *refuse_keywords(const char *name)
{
    PyErr_Format(PyExc_TypeError, "%.200s() takes no keyword arguments", name);
    return NULL;
}

__attribute__((cold, noinline)) static PyObject *refuse_any(const char *name, Py_ssize_t given)
{
    PyErr_Format(PyExc_TypeError, "%.200s() takes no arguments (%zd given)", name, given);
    return NULL;
}

__attribute__((cold, noinline)) static PyObject *refuse_not_one(const char *name, Py_ssize_t given)
{
    PyErr_Format(PyExc_TypeError, "%.200s() takes exactly one argument (%zd given)", name, given);
    return NULL;
}

__attribute__((cold, noinline)) static PyObject *refuse_flags(const char *name)
{
    PyErr_Format(PyExc_SystemError, "%s() method: bad call flags", name);
    return NULL;
}

static inline int has_keywords(PyObject *kwnames)
{
    return UNLIKELY(kwnames != NULL) && PyTuple_GET_SIZE(kwnames) != 0;
}

/* ---- the conventions ---- */

static inline PyObject *self_of(const PyMethodDef *def, PyObject *self)
{
    return UNLIKELY(def->ml_flags & METH_STATIC) ? NULL : self;
}

static PyObject *call_noargs(PyObject *op, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    const PyMethodDef *def = CFUNC(op)->m_ml;
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    if (has_keywords(kwnames))
        return refuse_keywords(def->ml_name);
    if (UNLIKELY(nargs != 0))
        return refuse_any(def->ml_name, nargs);
    return def->ml_meth(self_of(def, CFUNC(op)->m_self), NULL);
}

static PyObject *call_o(PyObject *op, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    const PyMethodDef *def = CFUNC(op)->m_ml;
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    if (has_keywords(kwnames))
        return refuse_keywords(def->ml_name);
    if (UNLIKELY(nargs != 1))
        return refuse_not_one(def->ml_name, nargs);
    return def->ml_meth(self_of(def, CFUNC(op)->m_self), args[0]);
}

static PyObject *call_fast(PyObject *op, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    const PyMethodDef *def = CFUNC(op)->m_ml;
    if (has_keywords(kwnames))
        return refuse_keywords(def->ml_name);
    return ((_PyCFunctionFast)(void (*)(void))def->ml_meth)(self_of(def, CFUNC(op)->m_self), args, PyVectorcall_NARGS(nargsf));
}

static PyObject *call_fast_keywords(PyObject *op, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    const PyMethodDef *def = CFUNC(op)->m_ml;
    return ((_PyCFunctionFastWithKeywords)(void (*)(void))def->ml_meth)(self_of(def, CFUNC(op)->m_self), args,
                                                                        PyVectorcall_NARGS(nargsf), kwnames);
}

/* A tuple of borrowed values. New. */
static PyObject *pack(PyObject *const *values, Py_ssize_t count)
{
    PyObject *tuple = PyTuple_New(count);
    if (tuple != NULL)
        for (Py_ssize_t i = 0; i < count; i++) {
            Py_INCREF(values[i]);
            PyTuple_SET_ITEM(tuple, i, values[i]);
        }
    return tuple;
}

/* Call an old convention with a tuple (and a dict). */
static PyObject *call_tuple(const PyMethodDef *def, PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (tai_enter_c(" while calling a Python object") < 0)
        return NULL;
    PyObject *result = def->ml_flags & METH_KEYWORDS
                           ? ((PyCFunctionWithKeywords)(void (*)(void))def->ml_meth)(self, args, kwargs)
                           : def->ml_meth(self, args);
    tai_leave_c();
    return result;
}

static PyObject *call_varargs(PyObject *op, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    const PyMethodDef *def = CFUNC(op)->m_ml;
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    PyObject *kwargs = NULL;
    if (has_keywords(kwnames)) {
        if (!(def->ml_flags & METH_KEYWORDS))
            return refuse_keywords(def->ml_name);
        if ((kwargs = _PyStack_AsDict(args + nargs, kwnames)) == NULL)
            return NULL;
    }
    PyObject *tuple = pack(args, nargs), *result = NULL;
    if (tuple != NULL) {
        result = call_tuple(def, self_of(def, CFUNC(op)->m_self), tuple, kwargs);
        Py_DECREF(tuple);
    }
    Py_XDECREF(kwargs);
    return result;
}

static vectorcallfunc vectorcall_for(int flags)
{
    switch (flags & CONVENTION) {
    case METH_NOARGS: return call_noargs;
    case METH_O: return call_o;
    case METH_FASTCALL: return call_fast;
    case METH_FASTCALL | METH_KEYWORDS: return call_fast_keywords;
    case METH_VARARGS:
    case METH_VARARGS | METH_KEYWORDS: return call_varargs;
    default: return NULL;
    }
}

/* With a tuple and a dict at hand (f(*args, **kwargs)): the old conventions take them as they are. */
static PyObject *cfunction_call(PyObject *op, PyObject *args, PyObject *kwargs)
{
    const PyMethodDef *def = CFUNC(op)->m_ml;
    if (!(def->ml_flags & METH_VARARGS))
        return PyVectorcall_Call(op, args, kwargs);
    if (kwargs != NULL && PyDict_GET_SIZE(kwargs) != 0 && !(def->ml_flags & METH_KEYWORDS))
        return refuse_keywords(def->ml_name);
    return call_tuple(def, self_of(def, CFUNC(op)->m_self), args, kwargs);
}

PyObject *PyCFunction_Call(PyObject *op, PyObject *args, PyObject *kwargs)
{
    return _Py_CheckFunctionResult(op, cfunction_call(op, args, kwargs), NULL);
}

/* ---- calling a method table row ---- */

/* Call def with self as if it were a function object. New. */
PyObject *_PyMethodDef_RawFastCallKeywords(PyMethodDef *def, PyObject *self, PyObject *const *args, Py_ssize_t nargs,
                                           PyObject *kwnames)
{
    vectorcallfunc call = vectorcall_for(def->ml_flags);
    if (call == NULL)
        return refuse_flags(def->ml_name);
    PyCFunctionObject on_stack = {.m_ml = def, .m_self = self, .vectorcall = call};
    on_stack.ob_base.ob_refcnt = 1;
    on_stack.ob_base.ob_type = &PyCFunction_Type;
    return call((PyObject *)&on_stack, args, nargs, kwnames);
}

PyObject *_PyMethodDef_RawFastCallDict(PyMethodDef *def, PyObject *self, PyObject *const *args, Py_ssize_t nargs,
                                       PyObject *kwargs)
{
    if (kwargs == NULL || PyDict_GET_SIZE(kwargs) == 0)
        return _PyMethodDef_RawFastCallKeywords(def, self, args, nargs, NULL);
    if (!(def->ml_flags & METH_KEYWORDS))
        return refuse_keywords(def->ml_name);
    if (def->ml_flags & METH_VARARGS) {
        PyObject *tuple = pack(args, nargs);
        if (tuple == NULL)
            return NULL;
        PyObject *result = call_tuple(def, self, tuple, kwargs);
        Py_DECREF(tuple);
        return result;
    }
    PyObject *const *stack, *kwnames, *result;
    if (_PyStack_UnpackDict(args, nargs, kwargs, &stack, &kwnames) < 0)
        return NULL;
    result = _PyMethodDef_RawFastCallKeywords(def, self, stack, nargs, kwnames);
    if (stack != args)
        PyMem_Free((void *)stack);
    Py_XDECREF(kwnames);
    return result;
}

PyObject *_PyCFunction_FastCallDict(PyObject *op, PyObject *const *args, Py_ssize_t nargs, PyObject *kwargs)
{
    PyCFunctionObject *self = CFUNC(op);
    PyObject *result = _PyMethodDef_RawFastCallDict(self->m_ml, self_of(self->m_ml, self->m_self), args, nargs, kwargs);
    return _Py_CheckFunctionResult(op, result, NULL);
}

/* ---- life ---- */

PyObject *PyCFunction_NewEx(PyMethodDef *def, PyObject *self, PyObject *module)
{
    vectorcallfunc call = vectorcall_for(def->ml_flags);
    if (call == NULL)
        return refuse_flags(def->ml_name);
    PyCFunctionObject *op = free_functions;
    if (op != NULL) {
        free_functions = (PyCFunctionObject *)op->m_self;
        free_function_count--;
        (void)PyObject_INIT(op, &PyCFunction_Type);
    }
    else if ((op = PyObject_GC_New(PyCFunctionObject, &PyCFunction_Type)) == NULL)
        return NULL;
    Py_XINCREF(self);
    Py_XINCREF(module);
    op->m_ml = def;
    op->m_self = self;
    op->m_module = module;
    op->m_weakreflist = NULL;
    op->vectorcall = call;
    tai_gc_track(op);
    return (PyObject *)op;
}

/* The old name is a macro now, but a symbol that extensions may import. */
#undef PyCFunction_New
PyAPI_FUNC(PyObject *) PyCFunction_New(PyMethodDef *def, PyObject *self);
PyObject *PyCFunction_New(PyMethodDef *def, PyObject *self)
{
    return PyCFunction_NewEx(def, self, NULL);
}

static void cfunction_dealloc(PyObject *op)
{
    PyCFunctionObject *self = CFUNC(op);
    PyObject_GC_UnTrack(op); /* from the trashcan it comes untracked */
    Py_TRASHCAN_BEGIN(op, cfunction_dealloc)
    if (self->m_weakreflist != NULL)
        PyObject_ClearWeakRefs(op);
    PyObject *bound = self->m_self, *module = self->m_module;
    if (free_function_count < FREE_MAX) {
        self->m_self = (PyObject *)free_functions;
        free_functions = self;
        free_function_count++;
    }
    else
        PyObject_GC_Del(op);
    Py_XDECREF(bound);
    Py_XDECREF(module);
    Py_TRASHCAN_END
}

static int cfunction_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(CFUNC(op)->m_self);
    Py_VISIT(CFUNC(op)->m_module);
    return 0;
}

int PyCFunction_ClearFreeList(void)
{
    int count = free_function_count;
    while (free_functions != NULL) {
        PyCFunctionObject *op = free_functions;
        free_functions = (PyCFunctionObject *)op->m_self;
        PyObject_GC_Del(op);
    }
    free_function_count = 0;
    return count;
}

void _PyCFunction_DebugMallocStats(FILE *out)
{
    _PyDebugAllocatorStats(out, "free PyCFunctionObject", free_function_count, sizeof(PyCFunctionObject));
}

/* ---- slots ---- */

static int is_module_function(PyObject *op)
{
    return CFUNC(op)->m_self == NULL || PyModule_Check(CFUNC(op)->m_self);
}

static PyObject *cfunction_repr(PyObject *op)
{
    if (is_module_function(op))
        return PyUnicode_FromFormat("<built-in function %s>", CFUNC(op)->m_ml->ml_name);
    return PyUnicode_FromFormat("<built-in method %s of %s object at %p>", CFUNC(op)->m_ml->ml_name,
                                Py_TYPE(CFUNC(op)->m_self)->tp_name, CFUNC(op)->m_self);
}

static Py_hash_t cfunction_hash(PyObject *op)
{
    Py_hash_t hash = _Py_HashPointer(CFUNC(op)->m_self) ^ _Py_HashPointer((void *)CFUNC(op)->m_ml->ml_meth);
    return hash == -1 ? -2 : hash;
}

static PyObject *cfunction_richcompare(PyObject *a, PyObject *b, int op)
{
    if ((op != Py_EQ && op != Py_NE) || !PyCFunction_Check(a) || !PyCFunction_Check(b))
        Py_RETURN_NOTIMPLEMENTED;
    int equal = CFUNC(a)->m_self == CFUNC(b)->m_self && CFUNC(a)->m_ml->ml_meth == CFUNC(b)->m_ml->ml_meth;
    return PyBool_FromLong(op == Py_EQ ? equal : !equal);
}

static PyObject *cfunction_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    _Py_IDENTIFIER(getattr);
    if (is_module_function(op))
        return PyUnicode_FromString(CFUNC(op)->m_ml->ml_name);
    return Py_BuildValue("N(Os)", _PyEval_GetBuiltinId(&PyId_getattr), CFUNC(op)->m_self, CFUNC(op)->m_ml->ml_name);
}

static PyObject *get_doc(PyObject *op, void *closure)
{
    return _PyType_GetDocFromInternalDoc(CFUNC(op)->m_ml->ml_name, CFUNC(op)->m_ml->ml_doc);
}

static PyObject *get_text_signature(PyObject *op, void *closure)
{
    return _PyType_GetTextSignatureFromInternalDoc(CFUNC(op)->m_ml->ml_name, CFUNC(op)->m_ml->ml_doc);
}

static PyObject *get_name(PyObject *op, void *closure)
{
    return PyUnicode_FromString(CFUNC(op)->m_ml->ml_name);
}

static PyObject *get_qualname(PyObject *op, void *closure)
{
    _Py_IDENTIFIER(__qualname__);
    if (is_module_function(op))
        return get_name(op, closure);
    PyObject *self = CFUNC(op)->m_self;
    PyObject *type = PyType_Check(self) ? self : (PyObject *)Py_TYPE(self);
    PyObject *prefix = _PyObject_GetAttrId(type, &PyId___qualname__);
    if (prefix == NULL)
        return NULL;
    PyObject *result = NULL;
    if (PyUnicode_Check(prefix))
        result = PyUnicode_FromFormat("%S.%s", prefix, CFUNC(op)->m_ml->ml_name);
    else
        PyErr_SetString(PyExc_TypeError, "<method>.__class__.__qualname__ is not a unicode object");
    Py_DECREF(prefix);
    return result;
}

static PyObject *get_self(PyObject *op, void *closure)
{
    PyObject *self = PyCFunction_GET_SELF(op);
    if (self == NULL)
        self = Py_None;
    Py_INCREF(self);
    return self;
}

static PyMethodDef cfunction_methods[] = {
    {"__reduce__", cfunction_reduce, METH_NOARGS},
    {NULL},
};

static PyGetSetDef cfunction_getset[] = {
    {"__doc__", get_doc},
    {"__name__", get_name},
    {"__qualname__", get_qualname},
    {"__self__", get_self},
    {"__text_signature__", get_text_signature},
    {NULL},
};

static PyMemberDef cfunction_members[] = {
    {"__module__", T_OBJECT, offsetof(PyCFunctionObject, m_module), PY_WRITE_RESTRICTED},
    {NULL},
};

PyTypeObject PyCFunction_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "builtin_function_or_method",
    .tp_basicsize = sizeof(PyCFunctionObject),
    .tp_dealloc = cfunction_dealloc,
    .tp_vectorcall_offset = offsetof(PyCFunctionObject, vectorcall),
    .tp_repr = cfunction_repr,
    .tp_hash = cfunction_hash,
    .tp_call = cfunction_call,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | _Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_traverse = cfunction_traverse,
    .tp_richcompare = cfunction_richcompare,
    .tp_weaklistoffset = offsetof(PyCFunctionObject, m_weakreflist),
    .tp_methods = cfunction_methods,
    .tp_members = cfunction_members,
    .tp_getset = cfunction_getset,
};

/* ---- C API ---- */

PyCFunction PyCFunction_GetFunction(PyObject *op)
{
    if (!PyCFunction_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return PyCFunction_GET_FUNCTION(op);
}

PyObject *PyCFunction_GetSelf(PyObject *op)
{
    if (!PyCFunction_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return PyCFunction_GET_SELF(op);
}

int PyCFunction_GetFlags(PyObject *op)
{
    if (!PyCFunction_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return PyCFunction_GET_FLAGS(op);
}
