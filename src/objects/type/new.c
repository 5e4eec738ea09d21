/* SPDX-License-Identifier: MIT */
/* type.__new__: the class statement.
 *
 *   metaclass  ->  base that gives the layout  ->  __slots__, dict, weak list: the layout  ->  the type object  ->  namespace:
 *   module, qualname, doc, implicit static and class methods, cell  ->  ready, slots  ->  __set_name__, __init_subclass__
 *
 * One ClassPlan carries what the steps need. On failure everything owned by it is released.
 */
#include "objects/type/type.h"
#include "objects/object.h"
#include "objects/dict/dict.h"
#include "structmember.h"

_Py_IDENTIFIER(__classcell__);
_Py_IDENTIFIER(__class_getitem__);
_Py_IDENTIFIER(__dict__);
_Py_IDENTIFIER(__doc__);
_Py_IDENTIFIER(__init_subclass__);
_Py_IDENTIFIER(__module__);
_Py_IDENTIFIER(__mro_entries__);
_Py_IDENTIFIER(__name__);
_Py_IDENTIFIER(__new__);
_Py_IDENTIFIER(__qualname__);
_Py_IDENTIFIER(__set_name__);
_Py_IDENTIFIER(__slots__);
_Py_IDENTIFIER(__weakref__);

typedef struct {
    PyTypeObject *meta;
    PyObject *name;      /* borrowed */
    PyObject *bases;     /* owned */
    PyTypeObject *base;  /* borrowed from bases */
    PyObject *dict;      /* owned copy of the namespace */
    PyObject *slots;     /* owned sorted tuple of mangled names, or NULL */
    int add_dict, add_weak;
    PyTypeObject *type;  /* owned */
} ClassPlan;

/* ---- bases and metaclass -------------------------------------------------------------------------------------------------- */

static int refuse_mro_entries(PyObject *bases)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(bases); i++) {
        PyObject *base = PyTuple_GET_ITEM(bases, i), *method;
        if (PyType_Check(base))
            continue;
        if (_PyObject_LookupAttrId(base, &PyId___mro_entries__, &method) < 0)
            return -1;
        if (method != NULL) {
            Py_DECREF(method);
            PyErr_SetString(PyExc_TypeError,
                            "type() doesn't support MRO entry resolution; use types.new_class()");
            return -1;
        }
    }
    return 0;
}

static int plan_bases(ClassPlan *plan, PyObject *bases)
{
    if (PyTuple_GET_SIZE(bases) == 0) {
        plan->base = &PyBaseObject_Type;
        plan->bases = PyTuple_Pack(1, plan->base);
        return plan->bases ? 0 : -1;
    }
    Py_INCREF(bases);
    plan->bases = bases;
    plan->base = tai_type_best_base(bases);
    return plan->base ? 0 : -1;
}

/* ---- __slots__ ------------------------------------------------------------------------------------------------------------ */

static int check_slot_name(PyObject *name)
{
    if (!PyUnicode_Check(name)) {
        PyErr_Format(PyExc_TypeError, "__slots__ items must be strings, not '%.200s'", Py_TYPE(name)->tp_name);
        return -1;
    }
    if (PyUnicode_IsIdentifier(name) != 1) {
        PyErr_SetString(PyExc_TypeError, "__slots__ must be identifiers");
        return -1;
    }
    return 0;
}

/* 1: name is __dict__ or __weakref__ and is now planned; 0: another name; -1. */
static int plan_special_slot(ClassPlan *plan, PyObject *name, int may_dict, int may_weak)
{
    if (_PyUnicode_EqualToASCIIId(name, &PyId___dict__)) {
        if (may_dict && !plan->add_dict++)
            return 1;
        PyErr_SetString(PyExc_TypeError, "__dict__ slot disallowed: we already got one");
        return -1;
    }
    if (_PyUnicode_EqualToASCIIId(name, &PyId___weakref__)) {
        if (may_weak && !plan->add_weak++)
            return 1;
        PyErr_SetString(PyExc_TypeError,
                        "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0");
        return -1;
    }
    return 0;
}

static int slot_conflicts(ClassPlan *plan, PyObject *name)
{
    if (PyDict_GetItemWithError(plan->dict, name) == NULL)
        return PyErr_Occurred() ? -1 : 0;
    /* the compiler puts these into the namespace; they go before the class sees it */
    if (_PyUnicode_EqualToASCIIId(name, &PyId___qualname__) || _PyUnicode_EqualToASCIIId(name, &PyId___classcell__))
        return 0;
    PyErr_Format(PyExc_ValueError, "%R in __slots__ conflicts with class variable", name);
    return -1;
}

/* names: tuple of what the class wrote. */
static int plan_slot_names(ClassPlan *plan, PyObject *names, int may_dict, int may_weak)
{
    PyObject *list = PyList_New(0);
    if (list == NULL)
        return -1;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++)
        if (check_slot_name(PyTuple_GET_ITEM(names, i)) < 0)
            goto failed;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++) {
        PyObject *name = PyTuple_GET_ITEM(names, i), *mangled;
        int special = plan_special_slot(plan, name, may_dict, may_weak), res;
        if (special < 0)
            goto failed;
        if (special)
            continue;
        mangled = _Py_Mangle(plan->name, name);
        if (mangled == NULL)
            goto failed;
        res = PyList_Append(list, mangled);
        if (res == 0)
            res = slot_conflicts(plan, mangled);
        Py_DECREF(mangled);
        if (res < 0)
            goto failed;
    }
    if (PyList_Sort(list) < 0)
        goto failed;
    plan->slots = PyList_AsTuple(list);
    Py_DECREF(list);
    return plan->slots ? 0 : -1;
failed:
    Py_DECREF(list);
    return -1;
}

/* Bases beside the one with the layout may demand a dict or weak references. */
static void plan_secondary_bases(ClassPlan *plan, int may_dict, int may_weak)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(plan->bases); i++) {
        PyTypeObject *one = (PyTypeObject *)PyTuple_GET_ITEM(plan->bases, i);
        if (one == plan->base)
            continue;
        if (may_dict && one->tp_dictoffset != 0)
            plan->add_dict = 1;
        if (may_weak && one->tp_weaklistoffset != 0)
            plan->add_weak = 1;
    }
}

static int plan_layout(ClassPlan *plan)
{
    PyTypeObject *base = plan->base;
    PyObject *slots = _PyDict_GetItemIdWithError(plan->dict, &PyId___slots__), *names;
    int may_dict = base->tp_dictoffset == 0;
    int may_weak = base->tp_weaklistoffset == 0 && base->tp_itemsize == 0, res;
    if (slots == NULL) {
        if (PyErr_Occurred())
            return -1;
        plan->add_dict = may_dict;
        plan->add_weak = may_weak;
        return 0;
    }
    names = PyUnicode_Check(slots) ? PyTuple_Pack(1, slots) : PySequence_Tuple(slots);
    if (names == NULL)
        return -1;
    if (PyTuple_GET_SIZE(names) > 0 && base->tp_itemsize != 0) {
        PyErr_Format(PyExc_TypeError, "nonempty __slots__ not supported for subtype of '%s'", base->tp_name);
        Py_DECREF(names);
        return -1;
    }
    res = plan_slot_names(plan, names, may_dict, may_weak);
    Py_DECREF(names);
    if (res == 0)
        plan_secondary_bases(plan, may_dict, may_weak);
    return res;
}

/* ---- the type object --------------------------------------------------------------------------------------------------------- */

/* Fields, offsets, descriptor table. */
static void lay_out(ClassPlan *plan)
{
    PyTypeObject *type = plan->type, *base = plan->base;
    PyMemberDef *member = PyHeapType_GET_MEMBERS((PyHeapTypeObject *)type);
    Py_ssize_t offset = base->tp_basicsize, n = plan->slots ? PyTuple_GET_SIZE(plan->slots) : 0;
    for (Py_ssize_t i = 0; i < n; i++, member++) {
        member->name = PyUnicode_AsUTF8(PyTuple_GET_ITEM(plan->slots, i)); /* cached before: cannot fail */
        member->type = T_OBJECT_EX;
        member->offset = offset;
        offset += (Py_ssize_t)sizeof(PyObject *);
    }
    if (plan->add_dict) {
        type->tp_dictoffset = base->tp_itemsize ? -(Py_ssize_t)sizeof(PyObject *) : offset;
        offset += (Py_ssize_t)sizeof(PyObject *);
    }
    if (plan->add_weak) {
        type->tp_weaklistoffset = offset;
        offset += (Py_ssize_t)sizeof(PyObject *);
    }
    type->tp_basicsize = offset;
    type->tp_itemsize = base->tp_itemsize;
    type->tp_members = PyHeapType_GET_MEMBERS((PyHeapTypeObject *)type);
    if (type->tp_weaklistoffset && type->tp_dictoffset)
        type->tp_getset = tai_instance_getset_full;
    else if (type->tp_weaklistoffset)
        type->tp_getset = tai_instance_getset_weakref;
    else if (type->tp_dictoffset)
        type->tp_getset = tai_instance_getset_dict;
}

static void set_functions(ClassPlan *plan)
{
    PyTypeObject *type = plan->type, *base = plan->base;
    type->tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_FINALIZE |
                     Py_TPFLAGS_HAVE_GC; /* also without fields: instances refer to their class */
    if (type->tp_dictoffset != 0 || (plan->slots && PyTuple_GET_SIZE(plan->slots) > 0)) {
        if (base->tp_getattr == NULL && base->tp_getattro == NULL)
            type->tp_getattro = PyObject_GenericGetAttr;
        if (base->tp_setattr == NULL && base->tp_setattro == NULL)
            type->tp_setattro = PyObject_GenericSetAttr;
    }
    type->tp_dealloc = tai_instance_dealloc;
    type->tp_alloc = PyType_GenericAlloc;
    type->tp_free = PyObject_GC_Del;
    type->tp_traverse = tai_instance_traverse;
    type->tp_clear = tai_instance_clear;
    type->tp_vectorcall = tai_type_vectorcall;
}

static int make_type(ClassPlan *plan)
{
    Py_ssize_t n = plan->slots ? PyTuple_GET_SIZE(plan->slots) : 0, length;
    PyHeapTypeObject *heap;
    const char *text;
    for (Py_ssize_t i = 0; i < n; i++)
        if (PyUnicode_AsUTF8(PyTuple_GET_ITEM(plan->slots, i)) == NULL)
            return -1;
    plan->type = (PyTypeObject *)plan->meta->tp_alloc(plan->meta, n);
    if (plan->type == NULL)
        return -1;
    heap = (PyHeapTypeObject *)plan->type;
    Py_INCREF(plan->name);
    heap->ht_name = plan->name;
    Py_XINCREF(plan->slots);
    heap->ht_slots = plan->slots;
    plan->type->tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_FINALIZE;
    plan->type->tp_as_async = &heap->as_async;
    plan->type->tp_as_sequence = &heap->as_sequence;
    plan->type->tp_as_mapping = &heap->as_mapping;
    plan->type->tp_as_number = &heap->as_number;
    plan->type->tp_as_buffer = &heap->as_buffer;
    text = PyUnicode_AsUTF8AndSize(plan->name, &length);
    if (text == NULL)
        return -1;
    if (strlen(text) != (size_t)length) {
        PyErr_SetString(PyExc_ValueError, "type name must not contain null characters");
        return -1;
    }
    plan->type->tp_name = text;
    plan->type->tp_bases = plan->bases;
    Py_INCREF(plan->bases);
    Py_INCREF(plan->base);
    plan->type->tp_base = plan->base;
    plan->type->tp_dict = plan->dict;
    Py_INCREF(plan->dict);
    return 0;
}

/* ---- the namespace ------------------------------------------------------------------------------------------------------------ */

static int set_module(PyObject *dict)
{
    PyObject *globals, *module;
    if (_PyDict_GetItemIdWithError(dict, &PyId___module__) != NULL)
        return 0;
    if (PyErr_Occurred())
        return -1;
    globals = PyEval_GetGlobals();
    if (globals == NULL)
        return 0;
    module = _PyDict_GetItemIdWithError(globals, &PyId___name__);
    if (module == NULL)
        return PyErr_Occurred() ? -1 : 0;
    return _PyDict_SetItemId(dict, &PyId___module__, module);
}

static int take_qualname(ClassPlan *plan)
{
    PyHeapTypeObject *heap = (PyHeapTypeObject *)plan->type;
    PyObject *qualname = _PyDict_GetItemIdWithError(plan->dict, &PyId___qualname__);
    if (qualname == NULL && PyErr_Occurred())
        return -1;
    if (qualname != NULL && !PyUnicode_Check(qualname)) {
        PyErr_Format(PyExc_TypeError, "type __qualname__ must be a str, not %s", Py_TYPE(qualname)->tp_name);
        return -1;
    }
    heap->ht_qualname = qualname ? qualname : heap->ht_name;
    Py_INCREF(heap->ht_qualname);
    return qualname ? _PyDict_DelItemId(plan->dict, &PyId___qualname__) : 0;
}

/* tp_doc gets its own copy of the text, in memory that type's deallocation frees. */
static int copy_doc(ClassPlan *plan)
{
    PyObject *doc = _PyDict_GetItemIdWithError(plan->dict, &PyId___doc__);
    Py_ssize_t n;
    const char *text;
    char *copy;
    if (doc == NULL)
        return PyErr_Occurred() ? -1 : 0;
    if (!PyUnicode_Check(doc))
        return 0;
    text = PyUnicode_AsUTF8AndSize(doc, &n);
    if (text == NULL)
        return -1;
    copy = PyObject_Malloc((size_t)n + 1);
    if (copy == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(copy, text, (size_t)n + 1);
    plan->type->tp_doc = copy;
    return 0;
}

/* Functions under these names become static or class methods by themselves. */
static int wrap_function(PyObject *dict, _Py_Identifier *id, PyObject *(*wrap)(PyObject *))
{
    PyObject *func = _PyDict_GetItemIdWithError(dict, id);
    int res;
    if (func == NULL)
        return PyErr_Occurred() ? -1 : 0;
    if (!PyFunction_Check(func))
        return 0;
    func = wrap(func);
    if (func == NULL)
        return -1;
    res = _PyDict_SetItemId(dict, id, func);
    Py_DECREF(func);
    return res;
}

static int fill_class_cell(ClassPlan *plan)
{
    PyObject *cell = _PyDict_GetItemIdWithError(plan->dict, &PyId___classcell__);
    if (cell == NULL)
        return PyErr_Occurred() ? -1 : 0;
    if (!PyCell_Check(cell)) {
        PyErr_Format(PyExc_TypeError, "__classcell__ must be a nonlocal cell, not %.200R", Py_TYPE(cell));
        return -1;
    }
    if (PyCell_Set(cell, (PyObject *)plan->type) < 0)
        return -1;
    return _PyDict_DelItemId(plan->dict, &PyId___classcell__);
}

static int settle_namespace(ClassPlan *plan)
{
    if (set_module(plan->dict) < 0 || take_qualname(plan) < 0 || copy_doc(plan) < 0)
        return -1;
    if (wrap_function(plan->dict, &PyId___new__, PyStaticMethod_New) < 0 ||
        wrap_function(plan->dict, &PyId___init_subclass__, PyClassMethod_New) < 0 ||
        wrap_function(plan->dict, &PyId___class_getitem__, PyClassMethod_New) < 0)
        return -1;
    return 0;
}

/* ---- afterwards ------------------------------------------------------------------------------------------------------------------ */

/* __set_name__ of everything in the namespace, on a copy: the hooks may change the class. Runs code. */
static int call_set_names(PyTypeObject *type)
{
    PyObject *names, *key, *value;
    Py_ssize_t pos = 0;
    PyObject *hook_name = _PyUnicode_FromId(&PyId___set_name__);
    int any = 0;
    if (hook_name == NULL)
        return -1;
    while (!any && PyDict_Next(type->tp_dict, &pos, &key, &value))
        any = !PyFunction_Check(value) && tai_type_lookup(Py_TYPE(value), hook_name) != NULL;
    if (!any)
        return 0;
    names = PyDict_Copy(type->tp_dict);
    if (names == NULL)
        return -1;
    pos = 0;
    while (PyDict_Next(names, &pos, &key, &value)) {
        PyObject *hook = _PyObject_LookupSpecial(value, &PyId___set_name__), *res;
        if (hook == NULL) {
            if (PyErr_Occurred())
                goto failed;
            continue;
        }
        res = PyObject_CallFunctionObjArgs(hook, type, key, NULL);
        Py_DECREF(hook);
        if (res == NULL) {
            _PyErr_FormatFromCause(PyExc_RuntimeError, "Error calling __set_name__ on '%.100s' instance %R in '%.100s'",
                                   Py_TYPE(value)->tp_name, key, type->tp_name);
            goto failed;
        }
        Py_DECREF(res);
    }
    Py_DECREF(names);
    return 0;
failed:
    Py_DECREF(names);
    return -1;
}

/* super(type, type).__init_subclass__(**kwds). Runs code. */
static int call_init_subclass(PyTypeObject *type, PyObject *kwds)
{
    PyObject *name = _PyUnicode_FromId(&PyId___init_subclass__), *super, *func, *res;
    static PyObject *plain; /* object.__init_subclass__ as it stands in its dict */
    PyTypeObject *next = NULL;
    if (name == NULL)
        return -1;
    if (plain == NULL)
        plain = PyDict_GetItemWithError(PyBaseObject_Type.tp_dict, name);
    if ((kwds == NULL || PyDict_GET_SIZE(kwds) == 0) && Py_TYPE(type) == &PyType_Type &&
        PyTuple_GET_SIZE(type->tp_bases) == 1) { /* nobody in between: nothing to do */
        next = type->tp_base;
        if (plain != NULL && tai_type_lookup(next, name) == plain)
            return 0;
    }
    super = PyObject_CallFunctionObjArgs((PyObject *)&PySuper_Type, type, type, NULL);
    if (super == NULL)
        return -1;
    func = PyObject_GetAttr(super, name);
    Py_DECREF(super);
    if (func == NULL)
        return -1;
    res = _PyObject_FastCallDict(func, NULL, 0, kwds);
    Py_DECREF(func);
    if (res == NULL)
        return -1;
    Py_DECREF(res);
    return 0;
}

static int finish_class(ClassPlan *plan, PyObject *kwds)
{
    PyTypeObject *type = plan->type;
    if (settle_namespace(plan) < 0 || fill_class_cell(plan) < 0)
        return -1;
    lay_out(plan);
    set_functions(plan);
    if (PyType_Ready(type) < 0)
        return -1;
    if (tai_type_fixup_slots(type) < 0)
        return -1;
    if (type->tp_dictoffset)
        ((PyHeapTypeObject *)type)->ht_cached_keys = _PyDict_NewKeysForClass();
    if (call_set_names(type) < 0)
        return -1;
    return call_init_subclass(type, kwds);
}

/* type.__new__(metatype, name, bases, dict, **kwds), and type(x). */
PyObject *tai_type_new(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    ClassPlan plan = {0};
    PyObject *bases, *namespace, *res = NULL;
    PyTypeObject *winner;
    if (meta == &PyType_Type) {
        Py_ssize_t n = PyTuple_GET_SIZE(args);
        if (n == 1 && (kwds == NULL || PyDict_GET_SIZE(kwds) == 0)) {
            res = (PyObject *)Py_TYPE(PyTuple_GET_ITEM(args, 0));
            Py_INCREF(res);
            return res;
        }
        if (n != 3) {
            PyErr_SetString(PyExc_TypeError, "type() takes 1 or 3 arguments");
            return NULL;
        }
    }
    if (!PyArg_ParseTuple(args, "UO!O!:type.__new__", &plan.name, &PyTuple_Type, &bases, &PyDict_Type, &namespace))
        return NULL;
    if (refuse_mro_entries(bases) < 0)
        return NULL;
    winner = _PyType_CalculateMetaclass(meta, bases);
    if (winner == NULL)
        return NULL;
    if (winner != meta && winner->tp_new != tai_type_new)
        return winner->tp_new(winner, args, kwds);
    plan.meta = winner;
    if (plan_bases(&plan, bases) < 0)
        goto done;
    plan.dict = PyDict_Copy(namespace);
    if (plan.dict == NULL || plan_layout(&plan) < 0 || make_type(&plan) < 0)
        goto done;
    if (finish_class(&plan, kwds) == 0) {
        res = (PyObject *)plan.type;
        plan.type = NULL;
    }
done:
    Py_XDECREF(plan.type);
    Py_XDECREF(plan.bases);
    Py_XDECREF(plan.dict);
    Py_XDECREF(plan.slots);
    return res;
}
