/* SPDX-License-Identifier: MIT */
/* Weak references and weak proxies.
 *
 * An object whose type has a tp_weaklistoffset keeps its references in a list:
 *
 *   object's list head -> [plain ref] -> [plain proxy] -> refs and proxies with callback, or of subclasses ...
 *
 * [WEAK-1] At most one plain (exact type, no callback) ref and one plain proxy exist for an object; they stand in front, in this
 *          order, and are shared by everyone who asks for one.
 * [WEAK-2] wr_object is borrowed; when the object dies it becomes None, in all references before any callback runs.
 * [WEAK-3] While an object with the count 0 is taken apart later (trashcan), its references read as dead.
 * Tests: tests/objects/test_weakref_native.py. The module: modules/_weakref.c.
 */
#include "Python.h"
#include "runtime/gc.h"
#include "runtime/state.h"
#include "structmember.h"

#define REF(op) ((PyWeakReference *)(op))

static PyWeakReference **list_of(PyObject *object)
{
    return (PyWeakReference **)PyObject_GET_WEAKREFS_LISTPTR(object);
}

/* ---- the list ---- */

/* The shared references [WEAK-1]; NULL where there is none. */
static void find_plain(PyWeakReference *head, PyWeakReference **ref, PyWeakReference **proxy)
{
    *ref = *proxy = NULL;
    if (head != NULL && head->wr_callback == NULL && PyWeakref_CheckRefExact(head)) {
        *ref = head;
        head = head->wr_next;
    }
    if (head != NULL && head->wr_callback == NULL && PyWeakref_CheckProxy(head))
        *proxy = head;
}

static void insert_first(PyWeakReference *self, PyWeakReference **list)
{
    self->wr_prev = NULL;
    self->wr_next = *list;
    if (*list != NULL)
        (*list)->wr_prev = self;
    *list = self;
}

static void insert_after(PyWeakReference *self, PyWeakReference *before)
{
    self->wr_prev = before;
    self->wr_next = before->wr_next;
    if (before->wr_next != NULL)
        before->wr_next->wr_prev = self;
    before->wr_next = self;
}

/* Take self out of its object's list: it is dead then. The callback stays. */
static void unlink_ref(PyWeakReference *self)
{
    if (self->wr_object == Py_None)
        return;
    PyWeakReference **list = list_of(self->wr_object);
    if (*list == self)
        *list = self->wr_next;
    self->wr_object = Py_None;
    if (self->wr_prev != NULL)
        self->wr_prev->wr_next = self->wr_next;
    if (self->wr_next != NULL)
        self->wr_next->wr_prev = self->wr_prev;
    self->wr_prev = self->wr_next = NULL;
}

void _PyWeakref_ClearRef(PyWeakReference *self)
{
    unlink_ref(self);
}

Py_ssize_t _PyWeakref_GetWeakrefCount(PyWeakReference *head)
{
    Py_ssize_t count = 0;
    for (; head != NULL; head = head->wr_next)
        count++;
    return count;
}

/* ---- life of a reference ---- */

static void set_fields(PyWeakReference *self, PyObject *object, PyObject *callback)
{
    self->hash = -1;
    self->wr_object = object;
    self->wr_prev = self->wr_next = NULL;
    Py_XINCREF(callback);
    self->wr_callback = callback;
}

static PyWeakReference *make(PyTypeObject *type, PyObject *object, PyObject *callback)
{
    PyWeakReference *self = PyObject_GC_New(PyWeakReference, type);
    if (self != NULL) {
        set_fields(self, object, callback);
        tai_gc_track(self);
    }
    return self;
}

static int ref_clear(PyObject *op)
{
    unlink_ref(REF(op));
    Py_CLEAR(REF(op)->wr_callback);
    return 0;
}

static void ref_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    ref_clear(op);
    Py_TYPE(op)->tp_free(op);
}

static int ref_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(REF(op)->wr_callback);
    return 0;
}

static int check_referable(PyObject *object)
{
    if (PyType_SUPPORTS_WEAKREFS(Py_TYPE(object)))
        return 0;
    PyErr_Format(PyExc_TypeError, "cannot create weak reference to '%s' object", Py_TYPE(object)->tp_name);
    return -1;
}

/* Put a new reference where [WEAK-1] wants it. Making it may have run code (the collector), so the list is read again; if somebody
 * else has made the plain one meanwhile, that one is returned and ours dropped. Steals self. */
static PyObject *enter_list(PyWeakReference *self, int is_plain_ref, int is_proxy)
{
    PyWeakReference **list = list_of(self->wr_object), *ref, *proxy;
    find_plain(*list, &ref, &proxy);
    if (self->wr_callback == NULL && (is_plain_ref || is_proxy)) {
        PyWeakReference *present = is_plain_ref ? ref : proxy;
        if (present != NULL) {
            self->wr_object = Py_None; /* never was in the list */
            Py_DECREF(self);
            Py_INCREF(present);
            return (PyObject *)present;
        }
        if (is_plain_ref || ref == NULL)
            insert_first(self, list);
        else
            insert_after(self, ref);
    }
    else if (proxy != NULL || ref != NULL)
        insert_after(self, proxy != NULL ? proxy : ref);
    else
        insert_first(self, list);
    return (PyObject *)self;
}

PyObject *PyWeakref_NewRef(PyObject *object, PyObject *callback)
{
    if (check_referable(object) < 0)
        return NULL;
    if (callback == Py_None)
        callback = NULL;
    PyWeakReference *ref, *proxy;
    find_plain(*list_of(object), &ref, &proxy);
    if (callback == NULL && ref != NULL) {
        Py_INCREF(ref);
        return (PyObject *)ref;
    }
    ref = make(&_PyWeakref_RefType, object, callback);
    return ref ? enter_list(ref, 1, 0) : NULL;
}

PyObject *PyWeakref_NewProxy(PyObject *object, PyObject *callback)
{
    if (check_referable(object) < 0)
        return NULL;
    if (callback == Py_None)
        callback = NULL;
    PyWeakReference *ref, *proxy;
    find_plain(*list_of(object), &ref, &proxy);
    if (callback == NULL && proxy != NULL) {
        Py_INCREF(proxy);
        return (PyObject *)proxy;
    }
    proxy = make(PyCallable_Check(object) ? &_PyWeakref_CallableProxyType : &_PyWeakref_ProxyType, object, callback);
    return proxy ? enter_list(proxy, 0, 1) : NULL;
}

/* Borrowed; None where the object is gone. */
PyObject *PyWeakref_GetObject(PyObject *op)
{
    if (op == NULL || !PyWeakref_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return PyWeakref_GET_OBJECT(op);
}

/* ---- the death of an object ---- */

static void run_callback(PyObject *ref, PyObject *callback)
{
    PyObject *result = _PyObject_FastCall(callback, &ref, 1);
    if (result == NULL)
        PyErr_WriteUnraisable(callback);
    else
        Py_DECREF(result);
}

/* For deallocators of referable objects: kill all references, then run the callbacks, the youngest first. Runs code.
 * Dead references that have a callback are chained through wr_next, with an owned count, and their callback waits in wr_prev: both
 * fields mean nothing in a dead reference, and so nothing has to be allocated here. */
void PyObject_ClearWeakRefs(PyObject *object)
{
    if (object == NULL || !PyType_SUPPORTS_WEAKREFS(Py_TYPE(object)) || Py_REFCNT(object) != 0) {
        PyErr_BadInternalCall();
        return;
    }
    PyWeakReference **list = list_of(object), *waiting = NULL, **last = &waiting;
    while (*list != NULL) {
        PyWeakReference *ref = *list;
        PyObject *callback = ref->wr_callback;
        ref->wr_callback = NULL;
        unlink_ref(ref);
        if (callback == NULL)
            continue;
        if (Py_REFCNT(ref) <= 0) { /* is being taken apart itself */
            Py_DECREF(callback);
            continue;
        }
        Py_INCREF(ref);
        ref->wr_prev = (PyWeakReference *)callback;
        *last = ref;
        last = &ref->wr_next;
    }
    if (waiting == NULL)
        return;
    PyObject *type, *value, *tb;
    PyErr_Fetch(&type, &value, &tb);
    while (waiting != NULL) {
        PyWeakReference *ref = waiting;
        PyObject *callback = (PyObject *)ref->wr_prev;
        waiting = ref->wr_next;
        ref->wr_prev = ref->wr_next = NULL;
        run_callback((PyObject *)ref, callback);
        Py_DECREF(callback);
        Py_DECREF(ref);
    }
    PyErr_Restore(type, value, tb);
}

/* ---- weakref.ref ---- */

static PyObject *ref_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *object, *callback = NULL;
    if (!PyArg_UnpackTuple(args, "__new__", 1, 2, &object, &callback) || check_referable(object) < 0)
        return NULL;
    if (callback == Py_None)
        callback = NULL;
    if (type == &_PyWeakref_RefType)
        return PyWeakref_NewRef(object, callback);
    PyWeakReference *self = REF(type->tp_alloc(type, 0));
    if (self == NULL)
        return NULL;
    set_fields(self, object, callback);
    return enter_list(self, 0, 0);
}

static int ref_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *object, *callback;
    if (!_PyArg_NoKeywords("ref", kwargs))
        return -1;
    return PyArg_UnpackTuple(args, "__init__", 1, 2, &object, &callback) ? 0 : -1;
}

static PyObject *ref_call(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {NULL};
    if ((PyTuple_GET_SIZE(args) != 0 || (kwargs != NULL && PyDict_GET_SIZE(kwargs) != 0)) &&
        !PyArg_ParseTupleAndKeywords(args, kwargs, ":__call__", names))
        return NULL;
    PyObject *object = PyWeakref_GET_OBJECT(self);
    Py_INCREF(object);
    return object;
}

/* The hash of the object, remembered: a reference that was ever hashed stays usable as a key. */
static Py_hash_t ref_hash(PyObject *self)
{
    if (REF(self)->hash != -1)
        return REF(self)->hash;
    PyObject *object = PyWeakref_GET_OBJECT(self);
    if (object == Py_None) {
        PyErr_SetString(PyExc_TypeError, "weak object has gone away");
        return -1;
    }
    Py_INCREF(object);
    REF(self)->hash = PyObject_Hash(object);
    Py_DECREF(object);
    return REF(self)->hash;
}

static PyObject *ref_repr(PyObject *self)
{
    _Py_IDENTIFIER(__name__);
    PyObject *object = PyWeakref_GET_OBJECT(self), *name, *result;
    if (object == Py_None)
        return PyUnicode_FromFormat("<weakref at %p; dead>", self);
    Py_INCREF(object);
    if (_PyObject_LookupAttrId(object, &PyId___name__, &name) < 0)
        result = NULL;
    else if (name == NULL || !PyUnicode_Check(name))
        result = PyUnicode_FromFormat("<weakref at %p; to '%s' at %p>", self, Py_TYPE(object)->tp_name, object);
    else
        result = PyUnicode_FromFormat("<weakref at %p; to '%s' at %p (%U)>", self, Py_TYPE(object)->tp_name, object, name);
    Py_DECREF(object);
    Py_XDECREF(name);
    return result;
}

/* Live references are equal if their objects are, dead ones if they are the same. */
static PyObject *ref_richcompare(PyObject *a, PyObject *b, int op)
{
    if ((op != Py_EQ && op != Py_NE) || !PyWeakref_CheckRef(a) || !PyWeakref_CheckRef(b))
        Py_RETURN_NOTIMPLEMENTED;
    PyObject *left = PyWeakref_GET_OBJECT(a), *right = PyWeakref_GET_OBJECT(b);
    if (left == Py_None || right == Py_None)
        return PyBool_FromLong(op == Py_EQ ? a == b : a != b);
    Py_INCREF(left);
    Py_INCREF(right);
    PyObject *result = PyObject_RichCompare(left, right, op);
    Py_DECREF(left);
    Py_DECREF(right);
    return result;
}

static PyMemberDef ref_members[] = {
    {"__callback__", T_OBJECT, offsetof(PyWeakReference, wr_callback), READONLY},
    {NULL},
};

PyTypeObject _PyWeakref_RefType = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "weakref",
    .tp_doc = PyDoc_STR("A reference that does not keep its object alive: call it to get the object, or None."),
    .tp_basicsize = sizeof(PyWeakReference),
    .tp_dealloc = ref_dealloc,
    .tp_repr = ref_repr,
    .tp_hash = ref_hash,
    .tp_call = ref_call,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_traverse = ref_traverse,
    .tp_clear = ref_clear,
    .tp_richcompare = ref_richcompare,
    .tp_members = ref_members,
    .tp_init = ref_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = ref_new,
    .tp_free = PyObject_GC_Del,
};

/* ---- proxies: every operation is done on the object, which is kept alive meanwhile ---- */

/* If op is a proxy, replace it by its object; own the result in any case. 0, or -1 with ReferenceError. */
static int unwrap(PyObject **op)
{
    PyObject *object = *op;
    if (PyWeakref_CheckProxy(object)) {
        object = PyWeakref_GET_OBJECT(object);
        if (object == Py_None) {
            PyErr_SetString(PyExc_ReferenceError, "weakly-referenced object no longer exists");
            return -1;
        }
    }
    Py_INCREF(object);
    *op = object;
    return 0;
}

#define UNARY(name, operation) \
    static PyObject *name(PyObject *op) \
    { \
        if (unwrap(&op) < 0) \
            return NULL; \
        PyObject *result = operation(op); \
        Py_DECREF(op); \
        return result; \
    }

#define BINARY(name, operation) \
    static PyObject *name(PyObject *a, PyObject *b) \
    { \
        if (unwrap(&a) < 0) \
            return NULL; \
        if (unwrap(&b) < 0) { \
            Py_DECREF(a); \
            return NULL; \
        } \
        PyObject *result = operation(a, b); \
        Py_DECREF(a); \
        Py_DECREF(b); \
        return result; \
    }

#define TERNARY(name, operation) \
    static PyObject *name(PyObject *a, PyObject *b, PyObject *c) \
    { \
        if (unwrap(&a) < 0) \
            return NULL; \
        if (unwrap(&b) < 0) { \
            Py_DECREF(a); \
            return NULL; \
        } \
        if (c != NULL && unwrap(&c) < 0) { \
            Py_DECREF(a); \
            Py_DECREF(b); \
            return NULL; \
        } \
        PyObject *result = operation(a, b, c); \
        Py_DECREF(a); \
        Py_DECREF(b); \
        Py_XDECREF(c); \
        return result; \
    }

UNARY(proxy_str, PyObject_Str)
UNARY(proxy_neg, PyNumber_Negative)
UNARY(proxy_pos, PyNumber_Positive)
UNARY(proxy_abs, PyNumber_Absolute)
UNARY(proxy_invert, PyNumber_Invert)
UNARY(proxy_int, PyNumber_Long)
UNARY(proxy_float, PyNumber_Float)
UNARY(proxy_index, PyNumber_Index)
UNARY(proxy_iter, PyObject_GetIter)
BINARY(proxy_getattr, PyObject_GetAttr)
BINARY(proxy_add, PyNumber_Add)
BINARY(proxy_sub, PyNumber_Subtract)
BINARY(proxy_mul, PyNumber_Multiply)
BINARY(proxy_floor_div, PyNumber_FloorDivide)
BINARY(proxy_true_div, PyNumber_TrueDivide)
BINARY(proxy_mod, PyNumber_Remainder)
BINARY(proxy_divmod, PyNumber_Divmod)
BINARY(proxy_lshift, PyNumber_Lshift)
BINARY(proxy_rshift, PyNumber_Rshift)
BINARY(proxy_and, PyNumber_And)
BINARY(proxy_xor, PyNumber_Xor)
BINARY(proxy_or, PyNumber_Or)
BINARY(proxy_matmul, PyNumber_MatrixMultiply)
BINARY(proxy_iadd, PyNumber_InPlaceAdd)
BINARY(proxy_isub, PyNumber_InPlaceSubtract)
BINARY(proxy_imul, PyNumber_InPlaceMultiply)
BINARY(proxy_ifloor_div, PyNumber_InPlaceFloorDivide)
BINARY(proxy_itrue_div, PyNumber_InPlaceTrueDivide)
BINARY(proxy_imod, PyNumber_InPlaceRemainder)
BINARY(proxy_ilshift, PyNumber_InPlaceLshift)
BINARY(proxy_irshift, PyNumber_InPlaceRshift)
BINARY(proxy_iand, PyNumber_InPlaceAnd)
BINARY(proxy_ixor, PyNumber_InPlaceXor)
BINARY(proxy_ior, PyNumber_InPlaceOr)
BINARY(proxy_imatmul, PyNumber_InPlaceMatrixMultiply)
BINARY(proxy_getitem, PyObject_GetItem)
TERNARY(proxy_pow, PyNumber_Power)
TERNARY(proxy_ipow, PyNumber_InPlacePower)
TERNARY(proxy_call, PyObject_Call)

static PyObject *proxy_repr(PyObject *op)
{
    PyObject *object = PyWeakref_GET_OBJECT(op);
    return PyUnicode_FromFormat("<weakproxy at %p to %s at %p>", op, Py_TYPE(object)->tp_name, object);
}

static int proxy_setattr(PyObject *op, PyObject *name, PyObject *value)
{
    if (unwrap(&op) < 0)
        return -1;
    int result = PyObject_SetAttr(op, name, value);
    Py_DECREF(op);
    return result;
}

static PyObject *proxy_richcompare(PyObject *a, PyObject *b, int op)
{
    if (unwrap(&a) < 0)
        return NULL;
    if (unwrap(&b) < 0) {
        Py_DECREF(a);
        return NULL;
    }
    PyObject *result = PyObject_RichCompare(a, b, op);
    Py_DECREF(a);
    Py_DECREF(b);
    return result;
}

static int proxy_bool(PyObject *op)
{
    if (unwrap(&op) < 0)
        return -1;
    int result = PyObject_IsTrue(op);
    Py_DECREF(op);
    return result;
}

static int proxy_contains(PyObject *op, PyObject *value)
{
    if (unwrap(&op) < 0)
        return -1;
    int result = PySequence_Contains(op, value);
    Py_DECREF(op);
    return result;
}

static Py_ssize_t proxy_length(PyObject *op)
{
    if (unwrap(&op) < 0)
        return -1;
    Py_ssize_t result = PyObject_Length(op);
    Py_DECREF(op);
    return result;
}

static int proxy_setitem(PyObject *op, PyObject *key, PyObject *value)
{
    if (unwrap(&op) < 0)
        return -1;
    int result = value == NULL ? PyObject_DelItem(op, key) : PyObject_SetItem(op, key, value);
    Py_DECREF(op);
    return result;
}

static PyObject *proxy_iternext(PyObject *op)
{
    if (unwrap(&op) < 0)
        return NULL;
    PyObject *result = NULL;
    if (PyIter_Check(op))
        result = PyIter_Next(op);
    else
        PyErr_Format(PyExc_TypeError, "'%.200s' object is not iterable", Py_TYPE(op)->tp_name);
    Py_DECREF(op);
    return result;
}

static PyObject *proxy_bytes(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    _Py_IDENTIFIER(__bytes__);
    if (unwrap(&op) < 0)
        return NULL;
    PyObject *result = _PyObject_CallMethodIdObjArgs(op, &PyId___bytes__, NULL);
    Py_DECREF(op);
    return result;
}

static PyMethodDef proxy_methods[] = {
    {"__bytes__", proxy_bytes, METH_NOARGS},
    {NULL},
};

static PyNumberMethods proxy_as_number = {
    .nb_add = proxy_add,
    .nb_subtract = proxy_sub,
    .nb_multiply = proxy_mul,
    .nb_remainder = proxy_mod,
    .nb_divmod = proxy_divmod,
    .nb_power = proxy_pow,
    .nb_negative = proxy_neg,
    .nb_positive = proxy_pos,
    .nb_absolute = proxy_abs,
    .nb_bool = proxy_bool,
    .nb_invert = proxy_invert,
    .nb_lshift = proxy_lshift,
    .nb_rshift = proxy_rshift,
    .nb_and = proxy_and,
    .nb_xor = proxy_xor,
    .nb_or = proxy_or,
    .nb_int = proxy_int,
    .nb_float = proxy_float,
    .nb_inplace_add = proxy_iadd,
    .nb_inplace_subtract = proxy_isub,
    .nb_inplace_multiply = proxy_imul,
    .nb_inplace_remainder = proxy_imod,
    .nb_inplace_power = proxy_ipow,
    .nb_inplace_lshift = proxy_ilshift,
    .nb_inplace_rshift = proxy_irshift,
    .nb_inplace_and = proxy_iand,
    .nb_inplace_xor = proxy_ixor,
    .nb_inplace_or = proxy_ior,
    .nb_floor_divide = proxy_floor_div,
    .nb_true_divide = proxy_true_div,
    .nb_inplace_floor_divide = proxy_ifloor_div,
    .nb_inplace_true_divide = proxy_itrue_div,
    .nb_index = proxy_index,
    .nb_matrix_multiply = proxy_matmul,
    .nb_inplace_matrix_multiply = proxy_imatmul,
};

static PySequenceMethods proxy_as_sequence = {
    .sq_length = proxy_length,
    .sq_contains = proxy_contains,
};

static PyMappingMethods proxy_as_mapping = {
    .mp_length = proxy_length,
    .mp_subscript = proxy_getitem,
    .mp_ass_subscript = proxy_setitem,
};

#define PROXY_TYPE(type, name, call, methods) \
    PyTypeObject type = { \
        PyVarObject_HEAD_INIT(&PyType_Type, 0) \
        .tp_name = name, \
        .tp_basicsize = sizeof(PyWeakReference), \
        .tp_dealloc = proxy_dealloc, \
        .tp_repr = proxy_repr, \
        .tp_as_number = &proxy_as_number, \
        .tp_as_sequence = &proxy_as_sequence, \
        .tp_as_mapping = &proxy_as_mapping, \
        .tp_call = call, \
        .tp_str = proxy_str, \
        .tp_getattro = proxy_getattr, \
        .tp_setattro = proxy_setattr, \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, \
        .tp_traverse = ref_traverse, \
        .tp_clear = ref_clear, \
        .tp_richcompare = proxy_richcompare, \
        .tp_iter = proxy_iter, \
        .tp_iternext = proxy_iternext, \
        .tp_methods = methods, \
    };

static void proxy_dealloc(PyObject *op)
{
    tai_gc_untrack_if(op);
    ref_clear(op);
    PyObject_GC_Del(op);
}

PROXY_TYPE(_PyWeakref_ProxyType, "weakproxy", NULL, proxy_methods)
PROXY_TYPE(_PyWeakref_CallableProxyType, "weakcallableproxy", proxy_call, NULL)
