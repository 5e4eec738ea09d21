/* SPDX-License-Identifier: MIT */
/* Instances of Python classes: making them, calling the class, traversing, clearing, deallocation, __dict__ and __weakref__.
 *
 *   C base's fields | __slots__ of each class down the line | __dict__ pointer | weak reference list
 *
 * [INST-1] Members for __slots__ stand behind the heap type itself, Py_SIZE(type) of them.
 * [INST-2] A class adds a dict (or weak list) exactly if its tp_dictoffset (tp_weaklistoffset) is set and its C base's is not.
 * Deallocation undoes what Python classes added and hands the rest to the first C base.
 */
#include "objects/type/type.h"
#include "objects/object.h"
#include "runtime/gc.h"
#include "runtime/immortal.h"
#include "runtime/recursion.h"
#include "structmember.h"

_Py_IDENTIFIER(__init__);
_Py_IDENTIFIER(__new__);
_Py_IDENTIFIER(__dict__);

/* ---- making ------------------------------------------------------------------------------------------------------------- */

/* Zero an object, but for count and type, which are set next. Two words at a time: a call of memset, and the string instruction
 * that compilers like to put in its place, cost more than the stores of a usual object. size: a multiple of 8. */
static inline void clear_words(void *p, size_t size)
{
    typedef uint64_t Pair __attribute__((vector_size(16), aligned(8), may_alias));
    char *at = (char *)p + sizeof(PyObject), *end = (char *)p + size;
    if (UNLIKELY(size > 512)) {
        memset(p, 0, size);
        return;
    }
    for (; at + sizeof(Pair) <= end; at += sizeof(Pair)) {
        *(Pair *)at = (Pair){0, 0};
        __asm__ volatile("" ::: "memory"); /* the loop stays a loop */
    }
    if (at < end)
        *(uint64_t *)at = 0;
}

PyObject *PyType_GenericAlloc(PyTypeObject *type, Py_ssize_t nitems)
{
    const size_t size = (size_t)_PyObject_VAR_SIZE(type, nitems + 1); /* one more: a sentinel for those who want it */
    int gc = PyType_IS_GC(type);
    PyObject *obj = gc ? _PyObject_GC_Malloc(size) : PyObject_Malloc(size);
    if (UNLIKELY(obj == NULL))
        return PyErr_NoMemory();
    clear_words(obj, size);
    _Py_INC_REFTOTAL;
    obj->ob_refcnt = 1;
    obj->ob_type = type;
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE)
        Py_INCREF(type);
    if (type->tp_itemsize != 0)
        ((PyVarObject *)obj)->ob_size = nitems;
    if (gc)
        tai_gc_track(obj);
    return obj;
}

PyObject *PyType_GenericNew(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    return type->tp_alloc(type, 0);
}

PyObject *tai_instance_new(PyTypeObject *type)
{
    if (LIKELY(type->tp_alloc == PyType_GenericAlloc))
        return PyType_GenericAlloc(type, 0);
    return type->tp_alloc(type, 0);
}

/* ---- calling the class ---------------------------------------------------------------------------------------------------- */

PyObject *tai_type_call(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *obj;
    if (type->tp_new == NULL) {
        PyErr_Format(PyExc_TypeError, "cannot create '%.100s' instances", type->tp_name);
        return NULL;
    }
    obj = type->tp_new(type, args, kwds);
    obj = _Py_CheckFunctionResult((PyObject *)type, obj, NULL);
    if (obj == NULL)
        return NULL;
    if (type == &PyType_Type && PyTuple_GET_SIZE(args) == 1 && (kwds == NULL || PyDict_GET_SIZE(kwds) == 0))
        return obj; /* type(x) asks, it does not make */
    if (Py_TYPE(obj) != type && !PyType_IsSubtype(Py_TYPE(obj), type))
        return obj;
    type = Py_TYPE(obj);
    if (type->tp_init != NULL && type->tp_init(obj, args, kwds) < 0)
        Py_CLEAR(obj);
    return obj;
}

/* func(first, *args): where the caller lends the slot before args, first goes there. func: borrowed. */
static PyObject *call_with_first(PyObject *func, PyObject *first, PyObject *const *args, size_t nargsf,
                                 PyObject *kwnames)
{
    if (nargsf & PY_VECTORCALL_ARGUMENTS_OFFSET) {
        PyObject **stack = (PyObject **)args - 1, *saved = stack[0], *res;
        stack[0] = first;
        res = _PyObject_Vectorcall(func, stack, (size_t)PyVectorcall_NARGS(nargsf) + 1, kwnames);
        stack[0] = saved;
        return res;
    }
    return tai_call_prepend(func, first, args, PyVectorcall_NARGS(nargsf), kwnames);
}

/* Run the Python __init__ of obj. 0 or -1. */
static int vectorcall_init(PyObject *obj, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    PyObject *method, *res, *name = _PyUnicode_FromId(&PyId___init__);
    int kind = name ? tai_lookup_special(obj, name, &method) : -2;
    if (kind < 0) {
        if (kind == -1)
            PyErr_SetObject(PyExc_AttributeError, name);
        return -1;
    }
    if (LIKELY(kind == 1 && PyFunction_Check(method))) /* the evaluator watches the stack */
        res = call_with_first(method, obj, args, nargsf, kwnames);
    else if (tai_enter_c(" while calling a Python object"))
        res = NULL;
    else {
        if (kind == 1)
            res = call_with_first(method, obj, args, nargsf, kwnames);
        else
            res = _PyObject_Vectorcall(method, args, (size_t)PyVectorcall_NARGS(nargsf), kwnames);
        tai_leave_c();
    }
    Py_DECREF(method);
    return tai_init_result(res);
}

static PyObject *vectorcall_new(PyTypeObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    PyObject *func = _PyObject_GetAttrId((PyObject *)type, &PyId___new__), *res;
    if (func == NULL)
        return NULL;
    if (LIKELY(PyFunction_Check(func)))
        res = call_with_first(func, (PyObject *)type, args, nargsf, kwnames);
    else if (tai_enter_c(" while calling a Python object")) /* __new__ may be the class itself */
        res = NULL;
    else {
        res = call_with_first(func, (PyObject *)type, args, nargsf, kwnames);
        tai_leave_c();
    }
    Py_DECREF(func);
    return res;
}

/* The way through tuple and dict: C constructors, and every complaint about arguments. */
static PyObject *call_by_tuple(PyTypeObject *type, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    PyObject *tuple = tai_call_tuple_from_stack(args, nargs), *dict = NULL, *res = NULL;
    if (tuple == NULL)
        return NULL;
    if (kwnames == NULL || PyTuple_GET_SIZE(kwnames) == 0 || (dict = _PyStack_AsDict(args + nargs, kwnames)) != NULL) {
        if (tai_enter_c(" while calling a Python object") == 0) {
            res = tai_type_call(type, tuple, dict);
            tai_leave_c();
        }
    }
    Py_DECREF(tuple);
    Py_XDECREF(dict);
    return res;
}

PyObject *tai_type_vectorcall(PyObject *cls, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    PyTypeObject *type = (PyTypeObject *)cls;
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    int no_args = nargs == 0 && (kwnames == NULL || PyTuple_GET_SIZE(kwnames) == 0);
    PyObject *obj;
    if (tai_type_has_plain_new(type)) {
        if (type->tp_init != tai_slot_init && !(type->tp_init == tai_object_init && no_args))
            return call_by_tuple(type, args, nargs, kwnames);
        obj = tai_instance_new(type);
    }
    else if (type->tp_new == tai_slot_new) {
        if (type->tp_init != tai_slot_init && type->tp_init != tai_object_init)
            return call_by_tuple(type, args, nargs, kwnames);
        obj = vectorcall_new(type, args, nargsf, kwnames);
        if (obj != NULL && Py_TYPE(obj) != type) {
            if (!PyType_IsSubtype(Py_TYPE(obj), type))
                return obj;
            type = Py_TYPE(obj);
            if (type->tp_init != tai_slot_init && type->tp_init != tai_object_init) {
                PyObject *tuple = tai_call_tuple_from_stack(args, nargs), *dict = NULL;
                if (tuple == NULL || (kwnames && (dict = _PyStack_AsDict(args + nargs, kwnames)) == NULL) ||
                    type->tp_init(obj, tuple, dict) < 0)
                    Py_CLEAR(obj);
                Py_XDECREF(tuple);
                Py_XDECREF(dict);
                return obj;
            }
        }
    }
    else
        return call_by_tuple(type, args, nargs, kwnames);
    /* object.__init__ takes whatever a Python __new__ took */
    if (obj != NULL && type->tp_init == tai_slot_init && vectorcall_init(obj, args, nargsf, kwnames) < 0)
        Py_CLEAR(obj);
    return obj;
}

/* ---- slots of __slots__ ------------------------------------------------------------------------------------------------------ */

static void clear_members(PyTypeObject *type, PyObject *self)
{
    PyMemberDef *member = PyHeapType_GET_MEMBERS((PyHeapTypeObject *)type);
    for (Py_ssize_t i = 0, n = Py_SIZE(type); i < n; i++, member++) {
        if (member->type == T_OBJECT_EX && !(member->flags & READONLY)) {
            PyObject **field = (PyObject **)((char *)self + member->offset), *value = *field;
            if (value != NULL) {
                *field = NULL;
                Py_DECREF(value);
            }
        }
    }
}

static int visit_members(PyTypeObject *type, PyObject *self, visitproc visit, void *arg)
{
    PyMemberDef *member = PyHeapType_GET_MEMBERS((PyHeapTypeObject *)type);
    for (Py_ssize_t i = 0, n = Py_SIZE(type); i < n; i++, member++)
        if (member->type == T_OBJECT_EX)
            Py_VISIT(*(PyObject **)((char *)self + member->offset));
    return 0;
}

/* The first base that is not one of ours by the given function. */
#define C_BASE(type, base, slot, ours, each) \
    do { \
        base = type; \
        while (base->slot == ours) { \
            each; \
            base = base->tp_base; \
        } \
    } while (0)

int tai_instance_traverse(PyObject *self, visitproc visit, void *arg)
{
    PyTypeObject *type = Py_TYPE(self), *base;
    C_BASE(type, base, tp_traverse, tai_instance_traverse, if (Py_SIZE(base)) {
        int res = visit_members(base, self, visit, arg);
        if (res)
            return res;
    });
    if (type->tp_dictoffset != base->tp_dictoffset) {
        PyObject **slot = tai_object_dict_ptr(self);
        if (slot != NULL)
            Py_VISIT(*slot);
    }
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE)
        Py_VISIT(type); /* instances own a reference to their class */
    return base->tp_traverse ? base->tp_traverse(self, visit, arg) : 0;
}

int tai_instance_clear(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self), *base;
    C_BASE(type, base, tp_clear, tai_instance_clear, if (Py_SIZE(base)) clear_members(base, self));
    if (type->tp_dictoffset != base->tp_dictoffset) {
        PyObject **slot = tai_object_dict_ptr(self);
        if (slot != NULL)
            Py_CLEAR(*slot);
    }
    return base->tp_clear ? base->tp_clear(self) : 0;
}

/* ---- deallocation ------------------------------------------------------------------------------------------------------------ */

/* The C part, and the class's count unless a heap base's deallocation took it. */
static void finish_dealloc(PyObject *self, PyTypeObject *base)
{
    PyTypeObject *type = Py_TYPE(self);
    if ((type->tp_flags & Py_TPFLAGS_HEAPTYPE) && !(base->tp_flags & Py_TPFLAGS_HEAPTYPE)) {
        base->tp_dealloc(self);
        Py_DECREF(type);
    }
    else
        base->tp_dealloc(self);
}

static void dealloc_untracked_type(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self), *base;
    if (type->tp_finalize && PyObject_CallFinalizerFromDealloc(self) < 0)
        return;
    if (type->tp_del) {
        type->tp_del(self);
        if (self->ob_refcnt > 0)
            return;
    }
    C_BASE(type, base, tp_dealloc, tai_instance_dealloc, (void)0);
    finish_dealloc(self, base);
}

/* __del__ and weak references. 1: self lives again. self: untracked, as it is on return unless revived. */
static int run_finalizers(PyObject *self, PyTypeObject *type, PyTypeObject *base)
{
    int weak = type->tp_weaklistoffset && !base->tp_weaklistoffset;
    if (type->tp_finalize) {
        tai_gc_track(self);
        if (PyObject_CallFinalizerFromDealloc(self) < 0)
            return 1;
        tai_gc_untrack(self);
    }
    if (weak && *(PyObject **)((char *)self + type->tp_weaklistoffset) != NULL)
        PyObject_ClearWeakRefs(self);
    if (type->tp_del) {
        tai_gc_track(self);
        type->tp_del(self);
        if (self->ob_refcnt > 0)
            return 1;
        tai_gc_untrack(self);
        if (weak) { /* references made meanwhile: too late for callbacks */
            PyWeakReference **list = (PyWeakReference **)((char *)self + type->tp_weaklistoffset);
            while (*list)
                _PyWeakref_ClearRef(*list);
        }
    }
    return 0;
}

static void dealloc_fields(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self), *base, *one;
    C_BASE(type, base, tp_dealloc, tai_instance_dealloc, (void)0);
    if (type->tp_finalize || type->tp_del || type->tp_weaklistoffset) {
        if (run_finalizers(self, type, base))
            return;
        type = Py_TYPE(self); /* the finalizer may have changed the class */
    }
    for (one = type; one->tp_dealloc == tai_instance_dealloc; one = one->tp_base)
        if (Py_SIZE(one))
            clear_members(one, self);
    if (type->tp_dictoffset && !base->tp_dictoffset) {
        PyObject **slot = tai_object_dict_ptr(self);
        if (slot != NULL && *slot != NULL) {
            PyObject *dict = *slot;
            *slot = NULL;
            Py_DECREF(dict);
        }
    }
    if (PyType_IS_GC(base))
        tai_gc_track(self); /* the base's tp_dealloc will untrack */
    finish_dealloc(self, base);
}

void tai_instance_dealloc(PyObject *self)
{
    PyThreadState *ts;
    if (!PyType_IS_GC(Py_TYPE(self))) {
        dealloc_untracked_type(self);
        return;
    }
    tai_gc_untrack_if(self);
    ts = tai_tstate();
    if (UNLIKELY(ts->trash_delete_nesting >= PyTrash_UNWIND_LEVEL)) {
        _PyTrash_thread_deposit_object(self);
        return;
    }
    ++ts->trash_delete_nesting;
    dealloc_fields(self);
    --ts->trash_delete_nesting;
    if (UNLIKELY(ts->trash_delete_later != NULL) && ts->trash_delete_nesting <= 0)
        _PyTrash_thread_destroy_chain();
}

/* ---- __dict__ and __weakref__ -------------------------------------------------------------------------------------------------- */

/* A C base with a dict of its own answers for it (modules, functions, exceptions). Borrowed, or NULL. */
static PyObject *dict_descriptor_of_c_base(PyTypeObject *type, int *error)
{
    *error = 0;
    for (; type->tp_base != NULL; type = type->tp_base) {
        if (type->tp_dictoffset != 0 && !(type->tp_flags & Py_TPFLAGS_HEAPTYPE)) {
            PyObject *descr = _PyType_LookupId(type, &PyId___dict__);
            *error = descr == NULL || !PyDescr_IsData(descr);
            return descr;
        }
    }
    return NULL;
}

static void bad_dict_descriptor(PyObject *obj)
{
    PyErr_Format(PyExc_TypeError, "this __dict__ descriptor does not support '%.200s' objects", Py_TYPE(obj)->tp_name);
}

static PyObject *instance_get_dict(PyObject *obj, void *context)
{
    int error;
    PyObject *descr = dict_descriptor_of_c_base(Py_TYPE(obj), &error);
    if (error || (descr != NULL && Py_TYPE(descr)->tp_descr_get == NULL)) {
        bad_dict_descriptor(obj);
        return NULL;
    }
    if (descr != NULL)
        return Py_TYPE(descr)->tp_descr_get(descr, obj, (PyObject *)Py_TYPE(obj));
    return PyObject_GenericGetDict(obj, context);
}

static int instance_set_dict(PyObject *obj, PyObject *value, void *context)
{
    int error;
    PyObject *descr = dict_descriptor_of_c_base(Py_TYPE(obj), &error), **slot;
    if (error) {
        bad_dict_descriptor(obj);
        return -1;
    }
    if (descr != NULL)
        return Py_TYPE(descr)->tp_descr_set(descr, obj, value);
    slot = tai_object_dict_ptr(obj);
    if (slot == NULL) {
        PyErr_SetString(PyExc_AttributeError, "This object has no __dict__");
        return -1;
    }
    if (value != NULL && !PyDict_Check(value)) {
        PyErr_Format(PyExc_TypeError, "__dict__ must be set to a dictionary, not a '%.200s'", Py_TYPE(value)->tp_name);
        return -1;
    }
    Py_XINCREF(value);
    Py_XSETREF(*slot, value);
    return 0;
}

static PyObject *instance_get_weakref(PyObject *obj, void *context)
{
    PyTypeObject *type = Py_TYPE(obj);
    PyObject *list;
    if (type->tp_weaklistoffset == 0) {
        PyErr_SetString(PyExc_AttributeError, "This object has no __weakref__");
        return NULL;
    }
    list = *(PyObject **)((char *)obj + type->tp_weaklistoffset);
    if (list == NULL)
        list = Py_None;
    Py_INCREF(list);
    return list;
}

#define DICT_ROW {"__dict__", instance_get_dict, instance_set_dict, "dictionary for instance variables (if defined)"}
#define WEAKREF_ROW {"__weakref__", instance_get_weakref, NULL, "list of weak references to the object (if defined)"}
PyGetSetDef tai_instance_getset_full[] = {DICT_ROW, WEAKREF_ROW, {NULL}};
PyGetSetDef tai_instance_getset_dict[] = {DICT_ROW, {NULL}};
PyGetSetDef tai_instance_getset_weakref[] = {WEAKREF_ROW, {NULL}};
