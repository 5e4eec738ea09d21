/* SPDX-License-Identifier: MIT */
/* The classes Structure, Union, Array, _Pointer and _SimpleCData. */
#include "ctypes.h"

#define BASE_FLAGS Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE /* and GC with traverse and clear, which come from the base class */

static int cannot_delete(PyObject *v, const char *text)
{
    if (v == NULL)
        PyErr_SetString(PyExc_TypeError, text);
    return v == NULL;
}

/* ------------------------------------------------------------------ structures and unions */

/* Give positional values to the members of type, those of its bases first. The next position, or -1. */
static Py_ssize_t init_members(PyObject *self, PyTypeObject *type, PyObject *args, PyObject *kwds, Py_ssize_t at)
{
    if (ct_info((PyObject *)type->tp_base) && (at = init_members(self, type->tp_base, args, kwds, at)) < 0)
        return -1;
    PyObject *fields = PyDict_GetItemString(type->tp_dict, "_fields_"), *list;
    if (fields == NULL)
        return at;
    if ((list = PySequence_Tuple(fields)) == NULL)
        return -1;
    for (Py_ssize_t i = 0; at < PyTuple_GET_SIZE(args) && i < PyTuple_GET_SIZE(list); i++, at++) {
        PyObject *name = PySequence_GetItem(PyTuple_GET_ITEM(list, i), 0);
        int failed = name == NULL;
        if (!failed && kwds && PyDict_GetItem(kwds, name)) {
            PyErr_Format(PyExc_TypeError, "duplicate values for field %R", name);
            failed = 1;
        }
        failed = failed || PyObject_SetAttr(self, name, PyTuple_GET_ITEM(args, at)) < 0;
        Py_XDECREF(name);
        if (failed) {
            Py_DECREF(list);
            return -1;
        }
    }
    Py_DECREF(list);
    return at;
}

static int struct_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    PyObject *name, *v;
    Py_ssize_t at = 0;
    if (PyTuple_GET_SIZE(args)) {
        Py_ssize_t used = init_members(self, Py_TYPE(self), args, kwds, 0);
        if (used < 0)
            return -1;
        if (used < PyTuple_GET_SIZE(args)) {
            PyErr_SetString(PyExc_TypeError, "too many initializers");
            return -1;
        }
    }
    while (kwds && PyDict_Next(kwds, &at, &name, &v))
        if (PyObject_SetAttr(self, name, v) < 0)
            return -1;
    return 0;
}

PyTypeObject CtStructType = {
    PyVarObject_HEAD_INIT(&CtStructMeta, 0)
    .tp_name = "_ctypes.Structure",
    .tp_basicsize = sizeof(CData),
    .tp_base = &CtDataType,
    .tp_flags = BASE_FLAGS,
    .tp_doc = "Base class of structures",
    .tp_init = struct_init,
    .tp_new = ct_new_data,
};

PyTypeObject CtUnionType = {
    PyVarObject_HEAD_INIT(&CtUnionMeta, 0)
    .tp_name = "_ctypes.Union",
    .tp_basicsize = sizeof(CData),
    .tp_base = &CtDataType,
    .tp_flags = BASE_FLAGS,
    .tp_doc = "Base class of unions",
    .tp_init = struct_init,
    .tp_new = ct_new_data,
};

/* ------------------------------------------------------------------ slices of characters and of anything */

/* n items of type at p, from start on, by step: bytes, str or a list. New. */
static PyObject *slice_of(CData *self, PyObject *type, char *p, Py_ssize_t start, Py_ssize_t step, Py_ssize_t n)
{
    Info *item = ct_info(type);
    char code = item->kind == SIMPLE ? item->code->code : 0;
    if (code == 'c') {
        PyObject *bytes = PyBytes_FromStringAndSize(NULL, n);
        for (Py_ssize_t i = 0; bytes && i < n; i++)
            PyBytes_AS_STRING(bytes)[i] = p[start + i * step];
        return bytes;
    }
    if (code == 'u') {
        wchar_t *chars = PyMem_New(wchar_t, (size_t)n + 1);
        if (chars == NULL)
            return PyErr_NoMemory();
        for (Py_ssize_t i = 0; i < n; i++)
            chars[i] = ((wchar_t *)p)[start + i * step];
        PyObject *text = PyUnicode_FromWideChar(chars, n);
        PyMem_Free(chars);
        return text;
    }
    PyObject *list = PyList_New(n);
    for (Py_ssize_t i = 0; list && i < n; i++) {
        Py_ssize_t index = start + i * step;
        PyObject *v = ct_get(type, NULL, self, index, item->size, p + index * item->size);
        if (v == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, v);
    }
    return list;
}

/* ------------------------------------------------------------------ arrays */

static int array_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); i++)
        if (PySequence_SetItem(op, i, PyTuple_GET_ITEM(args, i)) < 0)
            return -1;
    return 0;
}

static Py_ssize_t array_length(PyObject *op)
{
    return ((CData *)op)->length;
}

static int check_index(CData *self, Py_ssize_t i)
{
    if (i >= 0 && i < self->length)
        return 1;
    PyErr_SetString(PyExc_IndexError, "invalid index");
    return 0;
}

static PyObject *array_item(PyObject *op, Py_ssize_t i)
{
    CData *self = (CData *)op;
    Info *info = INFO_OF(op);
    Py_ssize_t size = info->length ? info->size / info->length : 0;
    return check_index(self, i) ? ct_get(info->proto, NULL, self, i, size, self->ptr + i * size) : NULL;
}

static int array_ass_item(PyObject *op, Py_ssize_t i, PyObject *v)
{
    CData *self = (CData *)op;
    Info *info = INFO_OF(op);
    if (cannot_delete(v, "Array does not support item deletion") || !check_index(self, i))
        return -1;
    Py_ssize_t size = info->size / info->length;
    return ct_set(self, info->proto, NULL, v, i, size, self->ptr + i * size);
}

static int index_of(CData *self, PyObject *key, Py_ssize_t *i)
{
    *i = PyNumber_AsSsize_t(key, PyExc_IndexError);
    if (*i == -1 && PyErr_Occurred())
        return -1;
    if (*i < 0)
        *i += self->length;
    return 0;
}

static PyObject *array_subscript(PyObject *op, PyObject *key)
{
    CData *self = (CData *)op;
    Py_ssize_t i, stop, step;
    if (PyIndex_Check(key))
        return index_of(self, key, &i) < 0 ? NULL : array_item(op, i);
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "indices must be integers");
        return NULL;
    }
    if (PySlice_Unpack(key, &i, &stop, &step) < 0)
        return NULL;
    Py_ssize_t n = PySlice_AdjustIndices(self->length, &i, &stop, step);
    return slice_of(self, INFO_OF(op)->proto, self->ptr, i, step, n < 0 ? 0 : n);
}

static int array_ass_subscript(PyObject *op, PyObject *key, PyObject *v)
{
    CData *self = (CData *)op;
    Py_ssize_t i, stop, step;
    if (cannot_delete(v, "Array does not support item deletion"))
        return -1;
    if (PyIndex_Check(key))
        return index_of(self, key, &i) < 0 ? -1 : array_ass_item(op, i, v);
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "indices must be integer");
        return -1;
    }
    if (PySlice_Unpack(key, &i, &stop, &step) < 0)
        return -1;
    Py_ssize_t n = PySlice_AdjustIndices(self->length, &i, &stop, step);
    if ((step < 0 && i < stop) || (step > 0 && i > stop))
        n = 0;
    Py_ssize_t given = PySequence_Size(v);
    if (given == -1)
        return -1;
    if (given != n) {
        PyErr_SetString(PyExc_ValueError, "Can only assign sequence of same size");
        return -1;
    }
    for (Py_ssize_t k = 0; k < n; k++, i += step) {
        PyObject *item = PySequence_GetItem(v, k);
        int status = item ? array_ass_item(op, i, item) : -1;
        Py_XDECREF(item);
        if (status < 0)
            return -1;
    }
    return 0;
}

static PyObject *chars_raw(PyObject *op, void *Py_UNUSED(unused))
{
    return PyBytes_FromStringAndSize(((CData *)op)->ptr, ((CData *)op)->size);
}

static int set_chars_raw(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    Py_buffer view;
    if (v == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
        return -1;
    }
    if (PyObject_GetBuffer(v, &view, PyBUF_SIMPLE) < 0)
        return -1;
    int too_long = view.len > ((CData *)op)->size;
    if (too_long)
        PyErr_SetString(PyExc_ValueError, "byte string too long");
    else
        memcpy(((CData *)op)->ptr, view.buf, (size_t)view.len);
    PyBuffer_Release(&view);
    return too_long ? -1 : 0;
}

static PyObject *chars_value(PyObject *op, void *Py_UNUSED(unused))
{
    return ct_get_chars(((CData *)op)->ptr, ((CData *)op)->size);
}

static int set_chars_value(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    CData *self = (CData *)op;
    if (cannot_delete(v, "can't delete attribute"))
        return -1;
    if (!PyBytes_Check(v)) {
        PyErr_Format(PyExc_TypeError, "bytes expected instead of %s instance", Py_TYPE(v)->tp_name);
        return -1;
    }
    Py_ssize_t n = PyBytes_GET_SIZE(v);
    if (n > self->size) {
        PyErr_SetString(PyExc_ValueError, "byte string too long");
        return -1;
    }
    memcpy(self->ptr, PyBytes_AS_STRING(v), (size_t)(n < self->size ? n + 1 : n));
    return 0;
}

static PyObject *wchars_value(PyObject *op, void *Py_UNUSED(unused))
{
    return ct_get_wchars(((CData *)op)->ptr, ((CData *)op)->size);
}

static int set_wchars_value(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    CData *self = (CData *)op;
    if (cannot_delete(v, "can't delete attribute"))
        return -1;
    if (PyUnicode_Check(v) && PyUnicode_AsWideChar(v, NULL, 0) - 1 > self->size / (Py_ssize_t)sizeof(wchar_t)) {
        PyErr_SetString(PyExc_ValueError, "string too long");
        return -1;
    }
    PyObject *r = ct_set_wchars(self->ptr, v, self->size);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

PyGetSetDef ct_char_array_getset[] = {
    {"raw", chars_raw, set_chars_raw, "value", NULL},
    {"value", chars_value, set_chars_value, "string value", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyGetSetDef ct_wchar_array_getset[] = {
    {"value", wchars_value, set_wchars_value, "string value", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PySequenceMethods array_sequence = {.sq_length = array_length, .sq_item = array_item, .sq_ass_item = array_ass_item};
static PyMappingMethods array_mapping = {.mp_length = array_length, .mp_subscript = array_subscript, .mp_ass_subscript = array_ass_subscript};

PyTypeObject CtArrayType = {
    PyVarObject_HEAD_INIT(&CtArrayMeta, 0)
    .tp_name = "_ctypes.Array",
    .tp_basicsize = sizeof(CData),
    .tp_base = &CtDataType,
    .tp_as_sequence = &array_sequence,
    .tp_as_mapping = &array_mapping,
    .tp_flags = BASE_FLAGS,
    .tp_doc = "Base class of arrays: _type_ and _length_ say which",
    .tp_init = array_init,
    .tp_new = ct_new_data,
};

/* ------------------------------------------------------------------ pointers */

/* What the pointer points to. NULL with ValueError, or TypeError if its class does not say to what. */
static char *target(CData *self)
{
    char *p;
    if (INFO_OF(self)->proto == NULL) {
        PyErr_SetString(PyExc_TypeError, "the pointer's class has no _type_");
        return NULL;
    }
    memcpy(&p, self->ptr, sizeof p);
    if (p == NULL)
        PyErr_SetString(PyExc_ValueError, "NULL pointer access");
    return p;
}

static PyObject *pointer_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Info *info = ct_info((PyObject *)type);
    if (info == NULL || info->proto == NULL) {
        PyErr_SetString(PyExc_TypeError, "Cannot create instance: has no _type_");
        return NULL;
    }
    return ct_new_data(type, args, kwds);
}

static PyObject *get_contents(PyObject *op, void *Py_UNUSED(unused))
{
    CData *self = (CData *)op;
    char *p = target(self);
    return p ? ct_part(INFO_OF(op)->proto, self, 0, p) : NULL;
}

static int set_contents(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    CData *self = (CData *)op;
    Info *info = INFO_OF(op);
    if (cannot_delete(v, "Pointer does not support item deletion"))
        return -1;
    if (info->proto == NULL) {
        PyErr_SetString(PyExc_TypeError, "the pointer's class has no _type_");
        return -1;
    }
    int is = PyObject_IsInstance(v, info->proto);
    if (is < 0)
        return -1;
    if (is && !ct_is_data(v)) /* by an __instancecheck__ of its own */
        is = 0;
    if (!is && !(ct_is_data(v) && INFO_OF(v) && INFO_OF(v)->kind == ARRAY && INFO_OF(v)->proto == info->proto)) {
        PyErr_Format(PyExc_TypeError, "expected %s instead of %s", ((PyTypeObject *)info->proto)->tp_name, Py_TYPE(v)->tp_name);
        return -1;
    }
    CData *to = (CData *)v;
    memcpy(self->ptr, &to->ptr, sizeof(void *));
    Py_INCREF(v);
    if (ct_keep(self, 1, v) < 0)
        return -1;
    PyObject *kept = ct_kept(to);
    return kept ? ct_keep(self, 0, kept) : -1;
}

static int pointer_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    PyObject *v = NULL;
    if (!PyArg_UnpackTuple(args, "POINTER", 0, 1, &v))
        return -1;
    return v ? set_contents(op, v, NULL) : 0;
}

static PyObject *pointer_item(PyObject *op, Py_ssize_t i)
{
    CData *self = (CData *)op;
    PyObject *proto = INFO_OF(op)->proto;
    char *p = target(self);
    if (p == NULL)
        return NULL;
    Py_ssize_t size = ct_info(proto)->size;
    return ct_get(proto, NULL, self, i, size, p + i * size);
}

static int pointer_ass_item(PyObject *op, Py_ssize_t i, PyObject *v)
{
    CData *self = (CData *)op;
    PyObject *proto = INFO_OF(op)->proto;
    if (cannot_delete(v, "Pointer does not support item deletion"))
        return -1;
    char *p = target(self);
    if (p == NULL)
        return -1;
    Py_ssize_t size = ct_info(proto)->size;
    return ct_set(self, proto, NULL, v, i, size, p + i * size);
}

/* A part of a slice, None being preset. 0 / -1. */
static int slice_part(PyObject *v, Py_ssize_t preset, Py_ssize_t *out)
{
    *out = v == Py_None ? preset : PyNumber_AsSsize_t(v, PyExc_ValueError);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *pointer_slice(PyObject *op, PySliceObject *slice)
{
    CData *self = (CData *)op;
    Py_ssize_t start, stop, step;
    const char *wrong = NULL;
    if (slice_part(slice->step, 1, &step) < 0)
        return NULL;
    if (step == 0)
        wrong = "slice step cannot be zero";
    else if (slice->start == Py_None && step < 0)
        wrong = "slice start is required for step < 0";
    else if (slice->stop == Py_None)
        wrong = "slice stop is required";
    if (wrong) {
        PyErr_SetString(PyExc_ValueError, wrong);
        return NULL;
    }
    if (slice_part(slice->start, 0, &start) < 0 || slice_part(slice->stop, 0, &stop) < 0)
        return NULL;
    Py_ssize_t n = (step < 0 && stop >= start) || (step > 0 && start >= stop) ? 0 : step < 0 ? (stop - start + 1) / step + 1 : (stop - start - 1) / step + 1;
    char *p = target(self);
    return p ? slice_of(self, INFO_OF(op)->proto, p, start, step, n) : NULL;
}

static PyObject *pointer_subscript(PyObject *op, PyObject *key)
{
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        return i == -1 && PyErr_Occurred() ? NULL : pointer_item(op, i);
    }
    if (PySlice_Check(key))
        return pointer_slice(op, (PySliceObject *)key);
    PyErr_SetString(PyExc_TypeError, "Pointer indices must be integer");
    return NULL;
}

static int pointer_bool(PyObject *op)
{
    void *p;
    memcpy(&p, ((CData *)op)->ptr, sizeof p);
    return p != NULL;
}

static PyGetSetDef pointer_getset[] = {
    {"contents", get_contents, set_contents, "the object pointed to", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PySequenceMethods pointer_sequence = {.sq_item = pointer_item, .sq_ass_item = pointer_ass_item};
static PyMappingMethods pointer_mapping = {.mp_subscript = pointer_subscript};
static PyNumberMethods pointer_number = {.nb_bool = pointer_bool};

PyTypeObject CtPointerType = {
    PyVarObject_HEAD_INIT(&CtPointerMeta, 0)
    .tp_name = "_ctypes._Pointer",
    .tp_basicsize = sizeof(CData),
    .tp_base = &CtDataType,
    .tp_as_number = &pointer_number,
    .tp_as_sequence = &pointer_sequence,
    .tp_as_mapping = &pointer_mapping,
    .tp_flags = BASE_FLAGS,
    .tp_doc = "Base class of pointers: _type_ says to what",
    .tp_getset = pointer_getset,
    .tp_init = pointer_init,
    .tp_new = pointer_new,
};

/* ------------------------------------------------------------------ simple values */

static PyObject *get_value(PyObject *op, void *Py_UNUSED(unused))
{
    CData *self = (CData *)op;
    return INFO_OF(op)->get(self->ptr, self->size);
}

static int set_value(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    CData *self = (CData *)op;
    if (cannot_delete(v, "can't delete attribute"))
        return -1;
    PyObject *keep = INFO_OF(op)->set(self->ptr, v, self->size);
    return keep ? ct_keep(self, 0, keep) : -1;
}

static int simple_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    PyObject *v = NULL;
    if (!PyArg_UnpackTuple(args, "__init__", 0, 1, &v))
        return -1;
    return v ? set_value(op, v, NULL) : 0;
}

static PyObject *simple_from_outparam(PyObject *op, PyObject *Py_UNUSED(unused))
{
    if (ct_is_plain_simple((PyObject *)Py_TYPE(op)))
        return get_value(op, NULL);
    Py_INCREF(op);
    return op;
}

static PyObject *simple_repr(PyObject *op)
{
    if (Py_TYPE(op)->tp_base != &CtSimpleType)
        return PyUnicode_FromFormat("<%s object at %p>", Py_TYPE(op)->tp_name, op);
    PyObject *v = get_value(op, NULL), *text = v ? PyUnicode_FromFormat("%s(%R)", Py_TYPE(op)->tp_name, v) : NULL;
    Py_XDECREF(v);
    return text;
}

static int simple_bool(PyObject *op)
{
    CData *self = (CData *)op;
    for (Py_ssize_t i = 0; i < self->size; i++)
        if (self->ptr[i])
            return 1;
    return 0;
}

static PyMethodDef simple_methods[] = {
    {"__ctypes_from_outparam__", simple_from_outparam, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef simple_getset[] = {
    {"value", get_value, set_value, "current value", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyNumberMethods simple_number = {.nb_bool = simple_bool};

PyTypeObject CtSimpleType = {
    PyVarObject_HEAD_INIT(&CtSimpleMeta, 0)
    .tp_name = "_ctypes._SimpleCData",
    .tp_basicsize = sizeof(CData),
    .tp_base = &CtDataType,
    .tp_repr = simple_repr,
    .tp_as_number = &simple_number,
    .tp_flags = BASE_FLAGS,
    .tp_doc = "Base class of simple values: _type_ says which",
    .tp_methods = simple_methods,
    .tp_getset = simple_getset,
    .tp_init = simple_init,
    .tp_new = ct_new_data,
};
