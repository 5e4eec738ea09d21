/* SPDX-License-Identifier: MIT */
/* Objects with C data: their memory, what they keep alive, reading and writing parts of them. */
#include "ctypes.h"

#include <stdlib.h>

int ct_is_data(PyObject *o)
{
    return PyObject_TypeCheck(o, &CtDataType);
}

/* ------------------------------------------------------------------ memory */

/* Give a new object zeroed memory of its type's size. */
static int allocate(CData *d, const Info *info)
{
    d->size = info->size;
    d->length = info->length;
    if ((size_t)info->size <= sizeof d->own) {
        d->ptr = d->own.bytes;
        return 0;
    }
    if ((d->ptr = PyMem_Calloc(1, (size_t)info->size)) == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    d->needs_free = 1;
    return 0;
}

static Info *usable(PyTypeObject *type)
{
    Info *info = ct_info((PyObject *)type);
    if (info == NULL)
        PyErr_SetString(PyExc_TypeError, "abstract class");
    else
        info->final = 1;
    return info;
}

PyObject *ct_new_data(PyTypeObject *type, PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(kwds))
{
    Info *info = usable(type);
    CData *d = info ? (CData *)type->tp_alloc(type, 0) : NULL;
    if (d && allocate(d, info) < 0)
        Py_CLEAR(d);
    return (PyObject *)d;
}

PyObject *ct_part(PyObject *type, CData *base, Py_ssize_t index, char *p)
{
    Info *info = usable((PyTypeObject *)type);
    CData *d = info ? (CData *)((PyTypeObject *)type)->tp_alloc((PyTypeObject *)type, 0) : NULL;
    if (d == NULL)
        return NULL;
    d->length = info->length;
    d->size = info->size;
    d->index = index;
    if (base) {
        d->ptr = p;
        Py_INCREF(base);
        d->base = base;
    }
    else { /* a copy */
        if (allocate(d, info) < 0) {
            Py_DECREF(d);
            return NULL;
        }
        memcpy(d->ptr, p, (size_t)info->size);
    }
    return (PyObject *)d;
}

PyObject *ct_at(PyObject *type, void *p)
{
    Info *info = usable((PyTypeObject *)type);
    if (info == NULL || PySys_Audit("ctypes.cdata", "n", (Py_ssize_t)p) < 0)
        return NULL;
    CData *d = (CData *)((PyTypeObject *)type)->tp_alloc((PyTypeObject *)type, 0);
    if (d) {
        d->ptr = p;
        d->length = info->length;
        d->size = info->size;
    }
    return (PyObject *)d;
}

int ct_resize(CData *d, Py_ssize_t size)
{
    if ((size_t)size <= sizeof d->own && !d->needs_free) {
        d->size = size;
        return 0;
    }
    if (size <= d->size) {
        d->size = size;
        return 0;
    }
    char *p = PyMem_Malloc((size_t)size);
    Outgrown *old = d->needs_free ? PyMem_Malloc(sizeof *old) : NULL;
    if (p == NULL || (d->needs_free && old == NULL)) {
        PyMem_Free(p);
        PyErr_NoMemory();
        return -1;
    }
    memcpy(p, d->ptr, (size_t)d->size);
    memset(p + d->size, 0, (size_t)(size - d->size));
    if (old) {
        *old = (Outgrown){d->outgrown, d->ptr};
        d->outgrown = old;
    }
    d->ptr = p;
    d->needs_free = 1;
    d->size = size;
    return 0;
}

void ct_clear(CData *d)
{
    Py_CLEAR(d->objects);
    if (d->needs_free)
        PyMem_Free(d->ptr);
    d->needs_free = 0;
    d->ptr = NULL;
    while (d->outgrown) {
        Outgrown *old = d->outgrown;
        d->outgrown = old->next;
        PyMem_Free(old->memory);
        PyMem_Free(old);
    }
    Py_CLEAR(d->buffer);
    Py_CLEAR(d->base);
}

/* ------------------------------------------------------------------ what is kept alive
 *
 * The outermost object holds it: a dict from the way to the part ("index:index of its base:...") to the object; an object
 * without parts holds it directly.
 */

static CData *outermost(CData *d)
{
    while (d->base)
        d = d->base;
    if (d->objects == NULL) {
        if (d->length)
            d->objects = PyDict_New();
        else {
            Py_INCREF(Py_None);
            d->objects = Py_None;
        }
        if (d->objects == NULL)
            return NULL;
    }
    return d;
}

PyObject *ct_kept(CData *d)
{
    CData *top = outermost(d);
    if (top == NULL)
        return NULL;
    Py_INCREF(top->objects);
    return top->objects;
}

int ct_keep(CData *target, Py_ssize_t index, PyObject *keep)
{
    if (keep == Py_None) {
        Py_DECREF(keep);
        return 0;
    }
    CData *top = outermost(target);
    if (top == NULL) {
        Py_DECREF(keep);
        return -1;
    }
    if (!PyDict_CheckExact(top->objects)) {
        Py_SETREF(top->objects, keep);
        return 0;
    }
    char way[256];
    int n = sprintf(way, "%zx", (size_t)index);
    for (CData *d = target; d->base; d = d->base) {
        if (n > (int)sizeof way - 20) {
            PyErr_SetString(PyExc_ValueError, "ctypes object structure too deep");
            Py_DECREF(keep);
            return -1;
        }
        n += sprintf(way + n, ":%zx", (size_t)d->index);
    }
    int status = PyDict_SetItemString(top->objects, way, keep);
    Py_DECREF(keep);
    return status;
}

/* ------------------------------------------------------------------ parts */

PyObject *ct_get(PyObject *type, Getter *get, CData *from, Py_ssize_t index, Py_ssize_t size, char *p)
{
    if (get)
        return get(p, size);
    Info *info = ct_info(type);
    if (info && info->get && ct_is_plain_simple(type))
        return info->get(p, size);
    return ct_part(type, from, index, p);
}

static PyObject *write_part(CData *into, PyObject *type, Setter *set, PyObject *v, Py_ssize_t size, char *p);

/* A tuple makes an instance, which is copied. */
static PyObject *write_tuple(CData *into, PyObject *type, PyObject *v, Py_ssize_t size, char *p)
{
    PyObject *o = PyObject_CallObject(type, v), *keep = o ? write_part(into, type, NULL, o, size, p) : NULL;
    Py_XDECREF(o);
    if (o == NULL) { /* say for which type */
        PyObject *et, *ev, *tb;
        PyErr_Fetch(&et, &ev, &tb);
        PyErr_NormalizeException(&et, &ev, &tb);
        PyObject *text = ev ? PyUnicode_FromFormat("(%s) %S: %S", ((PyTypeObject *)type)->tp_name, et, ev) : NULL;
        if (text) {
            PyErr_SetObject(PyExc_RuntimeError, text);
            Py_DECREF(text);
        }
        Py_XDECREF(et);
        Py_XDECREF(ev);
        Py_XDECREF(tb);
    }
    return keep;
}

/* Write v to p. What is to be kept, new. */
static PyObject *write_part(CData *into, PyObject *type, Setter *set, PyObject *v, Py_ssize_t size, char *p)
{
    if (set)
        return set(p, v, size);
    Info *info = ct_info(type);
    if (!ct_is_data(v)) {
        if (info && info->set)
            return info->set(p, v, size);
        if (PyTuple_Check(v))
            return write_tuple(into, type, v, size, p);
        if (info && info->kind == POINTER && v == Py_None) {
            memset(p, 0, sizeof(void *));
            Py_RETURN_NONE;
        }
        return PyErr_Format(PyExc_TypeError, "expected %s instance, got %s", ((PyTypeObject *)type)->tp_name, Py_TYPE(v)->tp_name);
    }
    CData *from = (CData *)v;
    int same = PyObject_IsInstance(v, type);
    if (same < 0)
        return NULL;
    if (same && from->size >= size) { /* smaller: by an __instancecheck__ of its own */
        memmove(p, from->ptr, (size_t)size);
        return ct_kept(from);
    }
    Info *other = INFO_OF(v);
    if (info && info->kind == POINTER && other && other->kind == ARRAY && other->proto == info->proto) {
        memcpy(p, &from->ptr, sizeof(void *)); /* a pointer to the array */
        PyObject *kept = ct_kept(from), *both = kept ? PyTuple_Pack(2, kept, v) : NULL;
        Py_XDECREF(kept);
        return both;
    }
    return PyErr_Format(PyExc_TypeError, "incompatible types, %s instance instead of %s instance", Py_TYPE(v)->tp_name, ((PyTypeObject *)type)->tp_name);
}

int ct_set(CData *into, PyObject *type, Setter *set, PyObject *v, Py_ssize_t index, Py_ssize_t size, char *p)
{
    PyObject *keep = write_part(into, type, set, v, size, p);
    return keep ? ct_keep(into, index, keep) : -1;
}

/* ------------------------------------------------------------------ the common base class */

static int data_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((CData *)op)->objects);
    Py_VISIT(((CData *)op)->buffer);
    Py_VISIT((PyObject *)((CData *)op)->base);
    return 0;
}

static int data_clear(PyObject *op)
{
    ct_clear((CData *)op);
    return 0;
}

static void data_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    ct_clear((CData *)op);
    Py_TYPE(op)->tp_free(op);
}

static Py_hash_t data_hash(PyObject *Py_UNUSED(op))
{
    PyErr_SetString(PyExc_TypeError, "unhashable type");
    return -1;
}

static int data_getbuffer(PyObject *op, Py_buffer *view, int Py_UNUSED(flags))
{
    CData *d = (CData *)op;
    Info *info = INFO_OF(op), *item = info;
    PyObject *type = (PyObject *)Py_TYPE(op);
    while (item && item->kind == ARRAY) {
        type = item->proto;
        item = ct_info(type);
    }
    if (view == NULL)
        return 0;
    *view = (Py_buffer){.buf = d->ptr, .obj = op, .len = d->size, .itemsize = item ? item->size : 1, .format = info && info->format ? info->format : "B",
                        .ndim = info ? info->ndim : 0, .shape = info ? info->shape : NULL};
    Py_INCREF(op);
    return 0;
}

static PyObject *data_reduce(PyObject *op, PyObject *Py_UNUSED(unused))
{
    CData *d = (CData *)op;
    if (INFO_OF(op)->has_pointer) {
        PyErr_SetString(PyExc_ValueError, "ctypes objects containing pointers cannot be pickled");
        return NULL;
    }
    PyObject *module = PyImport_ImportModule("_ctypes"), *make = module ? PyObject_GetAttrString(module, "_unpickle") : NULL;
    PyObject *dict = make ? PyObject_GetAttrString(op, "__dict__") : NULL;
    PyObject *result = dict ? Py_BuildValue("N(O(NN))", make, Py_TYPE(op), dict, PyBytes_FromStringAndSize(d->ptr, d->size)) : NULL;
    Py_XDECREF(module);
    if (dict == NULL)
        Py_XDECREF(make);
    return result;
}

static PyObject *data_setstate(PyObject *op, PyObject *args)
{
    CData *d = (CData *)op;
    PyObject *state;
    const char *bytes;
    int n;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(args, "O!s#", &PyDict_Type, &state, &bytes, &length))
        return NULL;
    n = length < d->size ? (int)length : (int)d->size;
    memmove(d->ptr, bytes, (size_t)n);
    PyObject *own = PyObject_GetAttrString(op, "__dict__");
    if (own == NULL)
        return NULL;
    if (!PyDict_Check(own)) {
        PyErr_Format(PyExc_TypeError, "%.200s.__dict__ must be a dictionary, not %.200s", Py_TYPE(op)->tp_name, Py_TYPE(own)->tp_name);
        Py_DECREF(own);
        return NULL;
    }
    int status = PyDict_Update(own, state);
    Py_DECREF(own);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *data_from_outparam(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Py_INCREF(op);
    return op;
}

static PyMethodDef data_methods[] = {
    {"__ctypes_from_outparam__", data_from_outparam, METH_NOARGS, NULL},
    {"__reduce__", data_reduce, METH_NOARGS, NULL},
    {"__setstate__", data_setstate, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef data_members[] = {
    {"_b_base_", T_OBJECT, offsetof(CData, base), READONLY, "the object whose memory it lies in"},
    {"_b_needsfree_", T_INT, offsetof(CData, needs_free), READONLY, "whether it frees its memory"},
    {"_objects", T_OBJECT, offsetof(CData, objects), READONLY, "what it keeps alive (look, do not touch)"},
    {NULL, 0, 0, 0, NULL},
};

static PyBufferProcs data_buffer = {.bf_getbuffer = data_getbuffer};

PyTypeObject CtDataType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_ctypes._CData",
    .tp_basicsize = sizeof(CData),
    .tp_dealloc = data_dealloc,
    .tp_hash = data_hash,
    .tp_as_buffer = &data_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "What all objects with C data are.",
    .tp_traverse = data_traverse,
    .tp_clear = data_clear,
    .tp_methods = data_methods,
    .tp_members = data_members,
};
