/* SPDX-License-Identifier: MIT */
/* descr: the objects that C types put into their dicts.
 *
 *   method_descriptor      a PyMethodDef            called with self in front; vectorcall by calling convention
 *   classmethod_descriptor a PyMethodDef            bound to the class
 *   member_descriptor      a PyMemberDef            a field of the struct
 *   getset_descriptor      a PyGetSetDef            a pair of C functions
 *   wrapper_descriptor     a row of slot.def        a slot function; bound to self it is a method-wrapper
 *
 * [DESCR-1] d_type and d_name are set for life. d_qualname is made at the first question.
 * [DESCR-2] A descriptor serves instances of d_type only; every way in checks that.
 * Tests: tests/objects/type/test_dispatch.py.
 */
#include "objects/object.h"
#include "objects/type/type.h"
#include "runtime/gc.h"
#include "runtime/recursion.h"
#include "structmember.h"

_Py_IDENTIFIER(__qualname__);
_Py_IDENTIFIER(getattr);

/* Wrapper descriptors as they are made here: the public struct, and a vectorcall entry behind it, which tp_basicsize (seen by
 * sys.getsizeof) leaves out: allocate with new_with_entry. So do bound wrappers. */
typedef struct {
    PyWrapperDescrObject wrapper;
    vectorcallfunc vectorcall;
} WrapperDescr;

typedef struct {
    PyObject_HEAD
    PyWrapperDescrObject *descr;
    PyObject *self;
    vectorcallfunc vectorcall;
} MethodWrapper;

#define NAME(descr) (((PyDescrObject *)(descr))->d_name)
#define TYPE(descr) (((PyDescrObject *)(descr))->d_type)

/* ---- common to all --------------------------------------------------------------------------------------------------------- */

static void descr_dealloc(PyObject *self)
{
    PyDescrObject *descr = (PyDescrObject *)self;
    tai_gc_untrack_if(self);
    Py_XDECREF(descr->d_type);
    Py_XDECREF(descr->d_name);
    Py_XDECREF(descr->d_qualname);
    PyObject_GC_Del(self);
}

static int descr_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(TYPE(self));
    return 0;
}

static PyObject *repr_as(PyObject *self, const char *format)
{
    return PyUnicode_FromFormat(format, NAME(self), TYPE(self)->tp_name);
}

static PyObject *method_repr(PyObject *self)
{
    return repr_as(self, "<method '%U' of '%s' objects>");
}

static PyObject *member_repr(PyObject *self)
{
    return repr_as(self, "<member '%U' of '%s' objects>");
}

static PyObject *getset_repr(PyObject *self)
{
    return repr_as(self, "<attribute '%U' of '%s' objects>");
}

static PyObject *wrapper_repr(PyObject *self)
{
    return repr_as(self, "<slot wrapper '%U' of '%s' objects>");
}

/* [DESCR-2] 0, or -1 with TypeError. */
static inline int check_object(PyObject *descr, PyObject *obj)
{
    if (LIKELY(Py_TYPE(obj) == TYPE(descr) || PyType_IsSubtype(Py_TYPE(obj), TYPE(descr))))
        return 0;
    PyErr_Format(PyExc_TypeError, "descriptor '%U' for '%.100s' objects doesn't apply to a '%.100s' object", NAME(descr),
                 TYPE(descr)->tp_name, Py_TYPE(obj)->tp_name);
    return -1;
}

static PyObject *itself(PyObject *descr)
{
    Py_INCREF(descr);
    return descr;
}

static PyObject *get_qualname(PyObject *self, void *context)
{
    PyDescrObject *descr = (PyDescrObject *)self;
    if (descr->d_qualname == NULL) {
        PyObject *of_type = _PyObject_GetAttrId((PyObject *)descr->d_type, &PyId___qualname__);
        if (of_type == NULL)
            return NULL;
        if (PyUnicode_Check(of_type))
            descr->d_qualname = PyUnicode_FromFormat("%U.%U", of_type, descr->d_name);
        else
            PyErr_SetString(PyExc_TypeError, "<descriptor>.__objclass__.__qualname__ is not a unicode object");
        Py_DECREF(of_type);
    }
    Py_XINCREF(descr->d_qualname);
    return descr->d_qualname;
}

static PyObject *descr_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return Py_BuildValue("N(OO)", _PyEval_GetBuiltinId(&PyId_getattr), TYPE(self), NAME(self));
}

static PyMethodDef descr_methods[] = {{"__reduce__", descr_reduce, METH_NOARGS, NULL}, {NULL}};

static PyMemberDef descr_members[] = {
    {"__objclass__", T_OBJECT, offsetof(PyDescrObject, d_type), READONLY},
    {"__name__", T_OBJECT, offsetof(PyDescrObject, d_name), READONLY},
    {NULL},
};

/* An object of one of the types here, zeroed, with room for one pointer behind tp_basicsize. Untracked. */
static void *new_with_entry(PyTypeObject *type)
{
    size_t size = (size_t)type->tp_basicsize + sizeof(vectorcallfunc);
    PyObject *o = _PyObject_GC_Malloc(size);
    if (o == NULL)
        return PyErr_NoMemory();
    memset(o, 0, size);
    o->ob_type = type;
    _Py_INC_REFTOTAL;
    o->ob_refcnt = 1;
    return o;
}

static PyDescrObject *descr_new(PyTypeObject *descr_type, PyTypeObject *type, const char *name)
{
    PyDescrObject *descr = new_with_entry(descr_type);
    if (descr == NULL)
        return NULL;
    tai_gc_track(descr);
    Py_INCREF(type);
    descr->d_type = type;
    descr->d_name = PyUnicode_InternFromString(name);
    if (descr->d_name == NULL)
        Py_CLEAR(descr);
    return descr;
}

/* ---- methods ------------------------------------------------------------------------------------------------------------------ */

static PyMethodDef *method_def(PyObject *self)
{
    return ((PyMethodDescrObject *)self)->d_method;
}

/* The receiver is there and fits. 0 or -1. */
static inline int check_receiver(PyObject *func, PyObject *const *args, Py_ssize_t nargs)
{
    if (UNLIKELY(nargs < 1)) {
        PyErr_Format(PyExc_TypeError, "descriptor '%U' of '%.100s' object needs an argument", NAME(func),
                     TYPE(func)->tp_name);
        return -1;
    }
    return check_object(func, args[0]);
}

static int refuse_keywords(PyObject *func, PyObject *kwnames)
{
    if (LIKELY(kwnames == NULL || PyTuple_GET_SIZE(kwnames) == 0))
        return 0;
    PyErr_Format(PyExc_TypeError, "%.200s() takes no keyword arguments", method_def(func)->ml_name);
    return -1;
}

static PyObject *call_noargs(PyObject *func, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    PyObject *res;
    if (check_receiver(func, args, nargs) || refuse_keywords(func, kwnames))
        return NULL;
    if (UNLIKELY(nargs != 1)) {
        PyErr_Format(PyExc_TypeError, "%.200s() takes no arguments (%zd given)", method_def(func)->ml_name, nargs - 1);
        return NULL;
    }
    if (tai_enter_c(" while calling a Python object"))
        return NULL;
    res = method_def(func)->ml_meth(args[0], NULL);
    tai_leave_c();
    return res;
}

static PyObject *call_one(PyObject *func, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    PyObject *res;
    if (check_receiver(func, args, nargs) || refuse_keywords(func, kwnames))
        return NULL;
    if (UNLIKELY(nargs != 2)) {
        PyErr_Format(PyExc_TypeError, "%.200s() takes exactly one argument (%zd given)", method_def(func)->ml_name,
                     nargs - 1);
        return NULL;
    }
    if (tai_enter_c(" while calling a Python object"))
        return NULL;
    res = method_def(func)->ml_meth(args[0], args[1]);
    tai_leave_c();
    return res;
}

static PyObject *call_fast(PyObject *func, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    PyObject *res;
    if (check_receiver(func, args, nargs) || refuse_keywords(func, kwnames) ||
        tai_enter_c(" while calling a Python object"))
        return NULL;
    res = ((_PyCFunctionFast)(void (*)(void))method_def(func)->ml_meth)(args[0], args + 1, nargs - 1);
    tai_leave_c();
    return res;
}

static PyObject *call_fast_keywords(PyObject *func, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    PyObject *res;
    if (check_receiver(func, args, nargs) || tai_enter_c(" while calling a Python object"))
        return NULL;
    res = ((_PyCFunctionFastWithKeywords)(void (*)(void))method_def(func)->ml_meth)(args[0], args + 1, nargs - 1,
                                                                                   kwnames);
    tai_leave_c();
    return res;
}

static PyObject *call_varargs(PyObject *func, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    int keywords = method_def(func)->ml_flags & METH_KEYWORDS;
    PyObject *tuple, *dict = NULL, *res = NULL;
    if (check_receiver(func, args, nargs) || (!keywords && refuse_keywords(func, kwnames)))
        return NULL;
    tuple = tai_call_tuple_from_stack(args + 1, nargs - 1);
    if (tuple == NULL)
        return NULL;
    if (kwnames != NULL && PyTuple_GET_SIZE(kwnames) > 0 && (dict = _PyStack_AsDict(args + nargs, kwnames)) == NULL)
        goto done;
    if (tai_enter_c(" while calling a Python object"))
        goto done;
    if (keywords)
        res = ((PyCFunctionWithKeywords)(void (*)(void))method_def(func)->ml_meth)(args[0], tuple, dict);
    else
        res = method_def(func)->ml_meth(args[0], tuple);
    tai_leave_c();
done:
    Py_DECREF(tuple);
    Py_XDECREF(dict);
    return res;
}

PyObject *PyDescr_NewMethod(PyTypeObject *type, PyMethodDef *method)
{
    PyMethodDescrObject *descr;
    vectorcallfunc call;
    switch (method->ml_flags & (METH_VARARGS | METH_FASTCALL | METH_NOARGS | METH_O | METH_KEYWORDS)) {
    case METH_VARARGS:
    case METH_VARARGS | METH_KEYWORDS: call = call_varargs; break;
    case METH_FASTCALL: call = call_fast; break;
    case METH_FASTCALL | METH_KEYWORDS: call = call_fast_keywords; break;
    case METH_NOARGS: call = call_noargs; break;
    case METH_O: call = call_one; break;
    default:
        PyErr_Format(PyExc_SystemError, "%s() method: bad call flags", method->ml_name);
        return NULL;
    }
    descr = (PyMethodDescrObject *)descr_new(&PyMethodDescr_Type, type, method->ml_name);
    if (descr != NULL) {
        descr->d_method = method;
        descr->vectorcall = call;
    }
    return (PyObject *)descr;
}

static PyObject *method_get(PyObject *descr, PyObject *obj, PyObject *type)
{
    if (obj == NULL)
        return itself(descr);
    return check_object(descr, obj) ? NULL : PyCFunction_NewEx(method_def(descr), obj, NULL);
}

static PyObject *method_doc(PyObject *self, void *context)
{
    return _PyType_GetDocFromInternalDoc(method_def(self)->ml_name, method_def(self)->ml_doc);
}

static PyObject *method_text_signature(PyObject *self, void *context)
{
    return _PyType_GetTextSignatureFromInternalDoc(method_def(self)->ml_name, method_def(self)->ml_doc);
}

static PyGetSetDef method_getset[] = {
    {"__doc__", method_doc, NULL},
    {"__qualname__", get_qualname, NULL},
    {"__text_signature__", method_text_signature, NULL},
    {NULL},
};

#define DESCR_TYPE(cname, pyname, repr) \
    PyVarObject_HEAD_INIT(&PyType_Type, 0) \
    .tp_name = pyname, \
    .tp_basicsize = sizeof(cname), \
    .tp_dealloc = descr_dealloc, \
    .tp_repr = repr, \
    .tp_getattro = PyObject_GenericGetAttr, \
    .tp_traverse = descr_traverse, \
    .tp_members = descr_members

PyTypeObject PyMethodDescr_Type = {
    DESCR_TYPE(PyMethodDescrObject, "method_descriptor", method_repr),
    .tp_vectorcall_offset = offsetof(PyMethodDescrObject, vectorcall),
    .tp_call = PyVectorcall_Call,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | _Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR,
    .tp_methods = descr_methods,
    .tp_getset = method_getset,
    .tp_descr_get = method_get,
};

/* ---- class methods ------------------------------------------------------------------------------------------------------------- */

PyObject *PyDescr_NewClassMethod(PyTypeObject *type, PyMethodDef *method)
{
    PyMethodDescrObject *descr = (PyMethodDescrObject *)descr_new(&PyClassMethodDescr_Type, type, method->ml_name);
    if (descr != NULL)
        descr->d_method = method;
    return (PyObject *)descr;
}

static PyObject *bind_to_class(PyObject *descr, PyObject *cls)
{
    if (!PyType_IsSubtype((PyTypeObject *)cls, TYPE(descr))) {
        PyErr_Format(PyExc_TypeError, "descriptor '%U' requires a subtype of '%.100s' but received '%.100s'", NAME(descr),
                     TYPE(descr)->tp_name, ((PyTypeObject *)cls)->tp_name);
        return NULL;
    }
    return PyCFunction_NewEx(method_def(descr), cls, NULL);
}

static PyObject *classmethod_get(PyObject *descr, PyObject *obj, PyObject *type)
{
    if (type == NULL) {
        if (obj == NULL) {
            PyErr_Format(PyExc_TypeError, "descriptor '%U' for type '%.100s' needs either an object or a type",
                         NAME(descr), TYPE(descr)->tp_name);
            return NULL;
        }
        type = (PyObject *)Py_TYPE(obj);
    }
    if (!PyType_Check(type)) {
        PyErr_Format(PyExc_TypeError, "descriptor '%U' for type '%.100s' needs a type, not a '%.100s' as arg 2",
                     NAME(descr), TYPE(descr)->tp_name, Py_TYPE(type)->tp_name);
        return NULL;
    }
    return bind_to_class(descr, type);
}

static PyObject *classmethod_call(PyObject *descr, PyObject *args, PyObject *kwds)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    PyObject *cls, *bound, *res;
    if (n < 1) {
        PyErr_Format(PyExc_TypeError, "descriptor '%U' of '%.100s' object needs an argument", NAME(descr),
                     TYPE(descr)->tp_name);
        return NULL;
    }
    cls = PyTuple_GET_ITEM(args, 0);
    if (!PyType_Check(cls)) {
        PyErr_Format(PyExc_TypeError, "descriptor '%U' requires a type but received a '%.100s' instance", NAME(descr),
                     Py_TYPE(cls)->tp_name);
        return NULL;
    }
    bound = bind_to_class(descr, cls);
    if (bound == NULL)
        return NULL;
    res = _PyObject_FastCallDict(bound, &PyTuple_GET_ITEM(args, 1), (size_t)(n - 1), kwds);
    Py_DECREF(bound);
    return res;
}

PyTypeObject PyClassMethodDescr_Type = {
    DESCR_TYPE(PyMethodDescrObject, "classmethod_descriptor", method_repr),
    .tp_call = classmethod_call,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_methods = descr_methods,
    .tp_getset = method_getset,
    .tp_descr_get = classmethod_get,
};

/* ---- members -------------------------------------------------------------------------------------------------------------------- */

static PyMemberDef *member_def(PyObject *self)
{
    return ((PyMemberDescrObject *)self)->d_member;
}

PyObject *PyDescr_NewMember(PyTypeObject *type, PyMemberDef *member)
{
    PyMemberDescrObject *descr = (PyMemberDescrObject *)descr_new(&PyMemberDescr_Type, type, member->name);
    if (descr != NULL)
        descr->d_member = member;
    return (PyObject *)descr;
}

static PyObject *member_get(PyObject *descr, PyObject *obj, PyObject *type)
{
    PyMemberDef *member = member_def(descr);
    if (obj == NULL)
        return itself(descr);
    if (check_object(descr, obj))
        return NULL;
    if (member->type == T_OBJECT_EX) {
        PyObject *value = *(PyObject **)((char *)obj + member->offset);
        if (LIKELY(value != NULL && !(member->flags & READ_RESTRICTED))) {
            Py_INCREF(value);
            return value;
        }
    }
    if ((member->flags & READ_RESTRICTED) &&
        PySys_Audit("object.__getattr__", "Os", obj, member->name) < 0)
        return NULL;
    return PyMember_GetOne((char *)obj, member);
}

static int member_set(PyObject *descr, PyObject *obj, PyObject *value)
{
    if (check_object(descr, obj))
        return -1;
    return PyMember_SetOne((char *)obj, member_def(descr), value);
}

static PyObject *member_doc(PyObject *self, void *context)
{
    const char *doc = member_def(self)->doc;
    if (doc == NULL)
        Py_RETURN_NONE;
    return PyUnicode_FromString(doc);
}

static PyGetSetDef member_getset[] = {
    {"__doc__", member_doc, NULL},
    {"__qualname__", get_qualname, NULL},
    {NULL},
};

PyTypeObject PyMemberDescr_Type = {
    DESCR_TYPE(PyMemberDescrObject, "member_descriptor", member_repr),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_methods = descr_methods,
    .tp_getset = member_getset,
    .tp_descr_get = member_get,
    .tp_descr_set = member_set,
};

/* ---- getset --------------------------------------------------------------------------------------------------------------------- */

static PyGetSetDef *getset_def(PyObject *self)
{
    return ((PyGetSetDescrObject *)self)->d_getset;
}

PyObject *PyDescr_NewGetSet(PyTypeObject *type, PyGetSetDef *getset)
{
    PyGetSetDescrObject *descr = (PyGetSetDescrObject *)descr_new(&PyGetSetDescr_Type, type, getset->name);
    if (descr != NULL)
        descr->d_getset = getset;
    return (PyObject *)descr;
}

static PyObject *getset_get(PyObject *descr, PyObject *obj, PyObject *type)
{
    PyGetSetDef *def = getset_def(descr);
    if (obj == NULL)
        return itself(descr);
    if (check_object(descr, obj))
        return NULL;
    if (def->get != NULL)
        return def->get(obj, def->closure);
    PyErr_Format(PyExc_AttributeError, "attribute '%U' of '%.100s' objects is not readable", NAME(descr),
                 TYPE(descr)->tp_name);
    return NULL;
}

static int getset_set(PyObject *descr, PyObject *obj, PyObject *value)
{
    PyGetSetDef *def = getset_def(descr);
    if (check_object(descr, obj))
        return -1;
    if (def->set != NULL)
        return def->set(obj, value, def->closure);
    PyErr_Format(PyExc_AttributeError, "attribute '%U' of '%.100s' objects is not writable", NAME(descr),
                 TYPE(descr)->tp_name);
    return -1;
}

static PyObject *getset_doc(PyObject *self, void *context)
{
    const char *doc = getset_def(self)->doc;
    if (doc == NULL)
        Py_RETURN_NONE;
    return PyUnicode_FromString(doc);
}

static PyGetSetDef getset_getset[] = {
    {"__doc__", getset_doc, NULL},
    {"__qualname__", get_qualname, NULL},
    {NULL},
};

PyTypeObject PyGetSetDescr_Type = {
    DESCR_TYPE(PyGetSetDescrObject, "getset_descriptor", getset_repr),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_getset = getset_getset,
    .tp_descr_get = getset_get,
    .tp_descr_set = getset_set,
};

/* ---- slot wrappers --------------------------------------------------------------------------------------------------------------- */

static PyObject *wrapper_run(PyWrapperDescrObject *descr, PyObject *self, PyObject *args, PyObject *kwds)
{
    struct wrapperbase *base = descr->d_base;
    PyObject *res;
    if (!(base->flags & PyWrapperFlag_KEYWORDS) && kwds != NULL && (!PyDict_Check(kwds) || PyDict_GET_SIZE(kwds) != 0)) {
        PyErr_Format(PyExc_TypeError, "wrapper %s() takes no keyword arguments", base->name);
        return NULL;
    }
    if (tai_enter_c(" while calling a Python object"))
        return NULL;
    if (base->flags & PyWrapperFlag_KEYWORDS)
        res = ((wrapperfunc_kwds)(void (*)(void))base->wrapper)(self, args, descr->d_wrapped, kwds);
    else
        res = base->wrapper(self, args, descr->d_wrapped);
    tai_leave_c();
    return res;
}

/* Run with an argument array. */
static PyObject *wrapper_run_stack(PyWrapperDescrObject *descr, PyObject *self, PyObject *const *args, Py_ssize_t nargs,
                                   PyObject *kwnames)
{
    PyObject *tuple = tai_call_tuple_from_stack(args, nargs), *dict = NULL, *res = NULL;
    if (tuple == NULL)
        return NULL;
    if (kwnames == NULL || PyTuple_GET_SIZE(kwnames) == 0 || (dict = _PyStack_AsDict(args + nargs, kwnames)) != NULL)
        res = wrapper_run(descr, self, tuple, dict);
    Py_DECREF(tuple);
    Py_XDECREF(dict);
    return res;
}

static PyObject *wrapper_vectorcall(PyObject *descr, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    PyObject *self;
    if (nargs < 1) {
        PyErr_Format(PyExc_TypeError, "descriptor '%U' of '%.100s' object needs an argument", NAME(descr),
                     TYPE(descr)->tp_name);
        return NULL;
    }
    self = args[0];
    if (!_PyObject_RealIsSubclass((PyObject *)Py_TYPE(self), (PyObject *)TYPE(descr))) {
        PyErr_Format(PyExc_TypeError, "descriptor '%U' requires a '%.100s' object but received a '%.100s'", NAME(descr),
                     TYPE(descr)->tp_name, Py_TYPE(self)->tp_name);
        return NULL;
    }
    return wrapper_run_stack((PyWrapperDescrObject *)descr, self, args + 1, nargs - 1, kwnames);
}

PyObject *PyDescr_NewWrapper(PyTypeObject *type, struct wrapperbase *base, void *wrapped)
{
    WrapperDescr *descr = (WrapperDescr *)descr_new(&PyWrapperDescr_Type, type, base->name);
    if (descr != NULL) {
        descr->wrapper.d_base = base;
        descr->wrapper.d_wrapped = wrapped;
        descr->vectorcall = wrapper_vectorcall;
    }
    return (PyObject *)descr;
}

static PyObject *wrapper_get(PyObject *descr, PyObject *obj, PyObject *type)
{
    if (obj == NULL)
        return itself(descr);
    return check_object(descr, obj) ? NULL : PyWrapper_New(descr, obj);
}

static PyObject *wrapper_doc(PyObject *self, void *context)
{
    struct wrapperbase *base = ((PyWrapperDescrObject *)self)->d_base;
    return _PyType_GetDocFromInternalDoc(base->name, base->doc);
}

static PyObject *wrapper_text_signature(PyObject *self, void *context)
{
    struct wrapperbase *base = ((PyWrapperDescrObject *)self)->d_base;
    return _PyType_GetTextSignatureFromInternalDoc(base->name, base->doc);
}

static PyGetSetDef wrapper_getset[] = {
    {"__doc__", wrapper_doc, NULL},
    {"__qualname__", get_qualname, NULL},
    {"__text_signature__", wrapper_text_signature, NULL},
    {NULL},
};

PyTypeObject PyWrapperDescr_Type = {
    DESCR_TYPE(PyWrapperDescrObject, "wrapper_descriptor", wrapper_repr),
    .tp_vectorcall_offset = offsetof(WrapperDescr, vectorcall),
    .tp_call = PyVectorcall_Call,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | _Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR,
    .tp_methods = descr_methods,
    .tp_getset = wrapper_getset,
    .tp_descr_get = wrapper_get,
};

/* ---- bound slot wrappers ---------------------------------------------------------------------------------------------------------- */

static MethodWrapper *bound(PyObject *self)
{
    return (MethodWrapper *)self;
}

static PyObject *bound_vectorcall(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    return wrapper_run_stack(bound(self)->descr, bound(self)->self, args, PyVectorcall_NARGS(nargsf), kwnames);
}

PyObject *PyWrapper_New(PyObject *descr, PyObject *self)
{
    MethodWrapper *wrapper;
    assert(PyObject_TypeCheck(descr, &PyWrapperDescr_Type));
    wrapper = new_with_entry(&_PyMethodWrapper_Type);
    if (wrapper == NULL)
        return NULL;
    Py_INCREF(descr);
    wrapper->descr = (PyWrapperDescrObject *)descr;
    Py_INCREF(self);
    wrapper->self = self;
    wrapper->vectorcall = bound_vectorcall;
    tai_gc_track(wrapper);
    return (PyObject *)wrapper;
}

static void bound_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, bound_dealloc)
    Py_XDECREF(bound(self)->descr);
    Py_XDECREF(bound(self)->self);
    PyObject_GC_Del(self);
    Py_TRASHCAN_END
}

static int bound_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(bound(self)->descr);
    Py_VISIT(bound(self)->self);
    return 0;
}

static PyObject *bound_richcompare(PyObject *a, PyObject *b, int op)
{
    int equal;
    if ((op != Py_EQ && op != Py_NE) || Py_TYPE(a) != &_PyMethodWrapper_Type || Py_TYPE(b) != &_PyMethodWrapper_Type)
        Py_RETURN_NOTIMPLEMENTED;
    equal = bound(a)->descr == bound(b)->descr && bound(a)->self == bound(b)->self;
    return PyBool_FromLong(equal == (op == Py_EQ));
}

static Py_hash_t bound_hash(PyObject *self)
{
    Py_hash_t hash = _Py_HashPointer(bound(self)->self) ^ _Py_HashPointer(bound(self)->descr);
    return hash == -1 ? -2 : hash;
}

static PyObject *bound_repr(PyObject *self)
{
    return PyUnicode_FromFormat("<method-wrapper '%s' of %s object at %p>", bound(self)->descr->d_base->name,
                                Py_TYPE(bound(self)->self)->tp_name, bound(self)->self);
}

static PyObject *bound_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return Py_BuildValue("N(OO)", _PyEval_GetBuiltinId(&PyId_getattr), bound(self)->self, NAME(bound(self)->descr));
}

static PyObject *bound_objclass(PyObject *self, void *context)
{
    PyObject *type = (PyObject *)TYPE(bound(self)->descr);
    Py_INCREF(type);
    return type;
}

static PyObject *bound_name(PyObject *self, void *context)
{
    return PyUnicode_FromString(bound(self)->descr->d_base->name);
}

static PyObject *bound_doc(PyObject *self, void *context)
{
    return wrapper_doc((PyObject *)bound(self)->descr, NULL);
}

static PyObject *bound_text_signature(PyObject *self, void *context)
{
    return wrapper_text_signature((PyObject *)bound(self)->descr, NULL);
}

static PyObject *bound_qualname(PyObject *self, void *context)
{
    return get_qualname((PyObject *)bound(self)->descr, NULL);
}

static PyMethodDef bound_methods[] = {{"__reduce__", bound_reduce, METH_NOARGS, NULL}, {NULL}};

static PyMemberDef bound_members[] = {
    {"__self__", T_OBJECT, offsetof(MethodWrapper, self), READONLY},
    {NULL},
};

static PyGetSetDef bound_getset[] = {
    {"__objclass__", bound_objclass, NULL},
    {"__name__", bound_name, NULL},
    {"__qualname__", bound_qualname, NULL},
    {"__doc__", bound_doc, NULL},
    {"__text_signature__", bound_text_signature, NULL},
    {NULL},
};

PyTypeObject _PyMethodWrapper_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "method-wrapper",
    .tp_basicsize = offsetof(MethodWrapper, vectorcall),
    .tp_dealloc = bound_dealloc,
    .tp_vectorcall_offset = offsetof(MethodWrapper, vectorcall),
    .tp_repr = bound_repr,
    .tp_hash = bound_hash,
    .tp_call = PyVectorcall_Call,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | _Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_traverse = bound_traverse,
    .tp_richcompare = bound_richcompare,
    .tp_methods = bound_methods,
    .tp_members = bound_members,
    .tp_getset = bound_getset,
};

int tai_object_init_types(void)
{
    return 0;
}
