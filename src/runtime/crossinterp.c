/* SPDX-License-Identifier: MIT */
/* Identities of interpreters, and data that can be handed from one interpreter to another: None, bool-less basics
 * (bytes, str, int) and types that modules register.
 *
 * Data crosses as a C pointer with a function that makes the object on the other side; what it was made from is released in
 * the interpreter that owns it. Tests: CPython's test__xxsubinterpreters.
 */
#include "runtime/runtime.h"

#include "interpreteridobject.h"
#include <stddef.h>

/* ---- identities ---- */

typedef struct {
    PyObject_HEAD
    int64_t id;
} IdObject;

static PyTypeObject *const id_type = &_PyInterpreterID_Type;

static PyObject *make_id(PyTypeObject *type, int64_t id, int force)
{
    PyInterpreterState *interp = _PyInterpreterState_LookUpID(id);
    if (interp == NULL) {
        if (!force)
            return NULL;
        PyErr_Clear();
    }
    IdObject *self = PyObject_New(IdObject, type);
    if (self == NULL)
        return NULL;
    self->id = id;
    if (interp != NULL)
        _PyInterpreterState_IDIncref(interp);
    return (PyObject *)self;
}

/* "O&" converter: a non-negative int or an identity. */
static int read_id(PyObject *arg, void *out)
{
    int64_t id;
    if (PyObject_TypeCheck(arg, id_type)) {
        id = ((IdObject *)arg)->id;
    } else if (PyIndex_Check(arg)) {
        id = PyLong_AsLongLong(arg);
        if (id == -1 && PyErr_Occurred())
            return 0;
        if (id < 0) {
            PyErr_Format(PyExc_ValueError, "interpreter ID must be a non-negative int, got %R", arg);
            return 0;
        }
    } else {
        PyErr_Format(PyExc_TypeError, "interpreter ID must be an int, got %.100s", Py_TYPE(arg)->tp_name);
        return 0;
    }
    *(int64_t *)out = id;
    return 1;
}

static PyObject *id_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"id", "force", NULL};
    int64_t id;
    int force = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O&|$p:InterpreterID.__init__", names, read_id, &id, &force))
        return NULL;
    return make_id(type, id, force);
}

static void id_dealloc(PyObject *self)
{
    PyInterpreterState *interp = _PyInterpreterState_LookUpID(((IdObject *)self)->id);
    if (interp != NULL)
        _PyInterpreterState_IDDecref(interp);
    else
        PyErr_Clear();
    Py_TYPE(self)->tp_free(self);
}

static PyObject *id_repr(PyObject *self)
{
    const char *name = _PyType_Name(Py_TYPE(self));
    return PyUnicode_FromFormat("%s(%lld)", name, (long long)((IdObject *)self)->id);
}

static PyObject *id_str(PyObject *self) { return PyUnicode_FromFormat("%lld", (long long)((IdObject *)self)->id); }
static PyObject *id_int(PyObject *self) { return PyLong_FromLongLong(((IdObject *)self)->id); }

static Py_hash_t id_hash(PyObject *self)
{
    PyObject *n = id_int(self);
    Py_hash_t h = n ? PyObject_Hash(n) : -1;
    Py_XDECREF(n);
    return h;
}

static PyObject *id_richcompare(PyObject *self, PyObject *other, int op)
{
    if ((op != Py_EQ && op != Py_NE) || !PyObject_TypeCheck(self, id_type))
        Py_RETURN_NOTIMPLEMENTED;
    int64_t id = ((IdObject *)self)->id;
    int equal;
    if (PyObject_TypeCheck(other, id_type)) {
        equal = id == ((IdObject *)other)->id;
    } else if (PyLong_CheckExact(other)) {
        int overflow;
        long long n = PyLong_AsLongLongAndOverflow(other, &overflow);
        if (n == -1 && PyErr_Occurred())
            return NULL;
        equal = !overflow && n >= 0 && id == n;
    } else if (PyNumber_Check(other)) {
        PyObject *n = id_int(self), *r = n ? PyObject_RichCompare(n, other, op) : NULL;
        Py_XDECREF(n);
        return r;
    } else {
        Py_RETURN_NOTIMPLEMENTED;
    }
    return PyBool_FromLong(op == Py_EQ ? equal : !equal);
}

static PyNumberMethods id_number = {.nb_int = id_int, .nb_index = id_int};

PyTypeObject _PyInterpreterID_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "InterpreterID",
    .tp_basicsize = sizeof(IdObject),
    .tp_dealloc = id_dealloc,
    .tp_repr = id_repr,
    .tp_as_number = &id_number,
    .tp_hash = id_hash,
    .tp_str = id_str,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "The identity of an interpreter; can be used as an int.",
    .tp_richcompare = id_richcompare,
    .tp_new = id_new,
};

PyObject *_PyInterpreterID_New(int64_t id) { return make_id(id_type, id, 0); }

PyObject *_PyInterpreterState_GetIDObject(PyInterpreterState *interp)
{
    if (_PyInterpreterState_IDInitref(interp) != 0)
        return NULL;
    return interp->id < 0 ? NULL : make_id(id_type, interp->id, 0);
}

PyInterpreterState *_PyInterpreterID_LookUp(PyObject *requested)
{
    int64_t id;
    return read_id(requested, &id) ? _PyInterpreterState_LookUpID(id) : NULL;
}

/* ---- data ---- */

typedef struct Registered {
    struct Registered *next;
    PyTypeObject *type;
    crossinterpdatafunc get;
} Registered;

static Registered *registry;

static int add_registered(PyTypeObject *type, crossinterpdatafunc get)
{
    Registered *r = PyMem_RawMalloc(sizeof *r);
    if (r == NULL)
        return -1;
    *r = (Registered){registry, type, get};
    Py_INCREF(type);
    registry = r;
    return 0;
}

typedef struct {
    int kind;
    Py_ssize_t size;
    const void *data;
} Shared; /* points into the object, which the data keeps alive */

static void free_shared(void *p) { PyMem_Free(p); }
static PyObject *new_bytes(_PyCrossInterpreterData *d) { return PyBytes_FromStringAndSize(((Shared *)d->data)->data, ((Shared *)d->data)->size); }

static PyObject *new_str(_PyCrossInterpreterData *d)
{
    Shared *s = d->data;
    return PyUnicode_FromKindAndData(s->kind, s->data, s->size);
}

static PyObject *new_int(_PyCrossInterpreterData *d) { return PyLong_FromSsize_t((Py_ssize_t)d->data); }
static PyObject *new_none(_PyCrossInterpreterData *d) { Py_RETURN_NONE; }

static int share(PyObject *o, _PyCrossInterpreterData *d, Shared value, PyObject *(*make)(_PyCrossInterpreterData *))
{
    Shared *s = PyMem_Malloc(sizeof *s);
    if (s == NULL)
        return -1;
    *s = value;
    Py_INCREF(o);
    d->data = s;
    d->obj = o;
    d->new_object = make;
    d->free = free_shared;
    return 0;
}

static int get_bytes(PyObject *o, _PyCrossInterpreterData *d)
{
    return share(o, d, (Shared){0, PyBytes_GET_SIZE(o), PyBytes_AS_STRING(o)}, new_bytes);
}

static int get_str(PyObject *o, _PyCrossInterpreterData *d)
{
    return share(o, d, (Shared){PyUnicode_KIND(o), PyUnicode_GET_LENGTH(o), PyUnicode_DATA(o)}, new_str);
}

static int get_int(PyObject *o, _PyCrossInterpreterData *d)
{
    Py_ssize_t n = PyLong_AsSsize_t(o);
    if (n == -1 && PyErr_Occurred()) {
        if (PyErr_ExceptionMatches(PyExc_OverflowError))
            PyErr_SetString(PyExc_OverflowError, "try sending as bytes");
        return -1;
    }
    d->data = (void *)n;
    d->obj = NULL;
    d->new_object = new_int;
    d->free = NULL;
    return 0;
}

static int get_none(PyObject *o, _PyCrossInterpreterData *d)
{
    d->data = NULL;
    d->obj = NULL;
    d->new_object = new_none;
    d->free = NULL;
    return 0;
}

static crossinterpdatafunc find_registered(PyTypeObject *type)
{
    PyThread_acquire_lock(tai_runtime.xid_lock, WAIT_LOCK);
    if (registry == NULL && (add_registered((PyTypeObject *)Py_TYPE(Py_None), get_none) || add_registered(&PyLong_Type, get_int) ||
                             add_registered(&PyBytes_Type, get_bytes) || add_registered(&PyUnicode_Type, get_str)))
        Py_FatalError("could not register the basic types for cross-interpreter sharing");
    Registered *r = registry;
    while (r != NULL && r->type != type)
        r = r->next;
    PyThread_release_lock(tai_runtime.xid_lock);
    return r ? r->get : NULL;
}

int _PyCrossInterpreterData_RegisterClass(PyTypeObject *type, crossinterpdatafunc get)
{
    if (!PyType_Check((PyObject *)type)) {
        PyErr_Format(PyExc_ValueError, "only classes may be registered");
        return -1;
    }
    if (get == NULL) {
        PyErr_Format(PyExc_ValueError, "missing 'getdata' func");
        return -1;
    }
    (void)find_registered(type);
    PyThread_acquire_lock(tai_runtime.xid_lock, WAIT_LOCK);
    int r = add_registered(type, get);
    PyThread_release_lock(tai_runtime.xid_lock);
    return r;
}

crossinterpdatafunc _PyCrossInterpreterData_Lookup(PyObject *o) { return find_registered(Py_TYPE(o)); }

static void refuse(PyObject *o)
{
    if (!PyErr_Occurred())
        PyErr_Format(PyExc_ValueError, "%S does not support cross-interpreter data", o);
}

int _PyObject_CheckCrossInterpreterData(PyObject *o)
{
    if (find_registered(Py_TYPE(o)) != NULL)
        return 0;
    refuse(o);
    return -1;
}

int _PyObject_GetCrossInterpreterData(PyObject *o, _PyCrossInterpreterData *d)
{
    PyInterpreterState *interp = _PyInterpreterState_Get();
    *d = (_PyCrossInterpreterData){.interp = -1};
    Py_INCREF(o);
    crossinterpdatafunc get = find_registered(Py_TYPE(o));
    if (get == NULL) {
        refuse(o);
        Py_DECREF(o);
        return -1;
    }
    int r = get(o, d);
    Py_DECREF(o);
    if (r != 0)
        return -1;
    d->interp = interp->id;
    if (d->new_object == NULL) {
        _PyCrossInterpreterData_Release(d);
        PyErr_SetString(PyExc_SystemError, "missing new_object func");
        return -1;
    }
    return 0;
}

PyObject *_PyCrossInterpreterData_NewObject(_PyCrossInterpreterData *d) { return d->new_object(d); }

void _PyCrossInterpreterData_Release(_PyCrossInterpreterData *d)
{
    if (d->data == NULL && d->obj == NULL)
        return;
    PyInterpreterState *interp = _PyInterpreterState_LookUpID(d->interp);
    if (interp == NULL) { /* gone, and its memory with it */
        PyErr_Clear();
        return;
    }
    PyThreadState *saved = NULL;
    if (interp != tai_interp())
        saved = PyThreadState_Swap(PyInterpreterState_ThreadHead(interp));
    if (d->free != NULL)
        d->free(d->data);
    Py_XDECREF(d->obj);
    d->data = NULL;
    d->obj = NULL;
    if (saved != NULL)
        PyThreadState_Swap(saved);
}

int tai_crossinterp_init(void);
int tai_crossinterp_init(void) { return PyType_Ready(&_PyInterpreterID_Type); }
