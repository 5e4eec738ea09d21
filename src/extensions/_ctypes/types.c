/* SPDX-License-Identifier: MIT */
/* The metatypes: what a C type is, computed when its class is made; from_param() and the other ways to an instance. */
#include "ctypes.h"

#include <dlfcn.h>

/* ------------------------------------------------------------------ life of a class */

static int meta_traverse(PyObject *op, visitproc visit, void *arg)
{
    Info *info = &((MetaObject *)op)->info;
    if (((PyTypeObject *)op)->tp_flags & Py_TPFLAGS_HEAPTYPE) {
        Py_VISIT(info->proto);
        Py_VISIT(info->argtypes);
        Py_VISIT(info->converters);
        Py_VISIT(info->restype);
        Py_VISIT(info->checker);
        Py_VISIT(info->parts);
    }
    return PyType_Type.tp_traverse(op, visit, arg);
}

static int meta_clear(PyObject *op)
{
    Info *info = &((MetaObject *)op)->info;
    if (((PyTypeObject *)op)->tp_flags & Py_TPFLAGS_HEAPTYPE) {
        Py_CLEAR(info->proto);
        Py_CLEAR(info->argtypes);
        Py_CLEAR(info->converters);
        Py_CLEAR(info->restype);
        Py_CLEAR(info->checker);
    }
    return PyType_Type.tp_clear(op);
}

static void meta_dealloc(PyObject *op)
{
    Info *info = &((MetaObject *)op)->info;
    PyObject_GC_UnTrack(op);
    char *format = info->format;
    Py_ssize_t *shape = info->shape;
    ffi_type **elements = info->elements;
    PyObject *held[] = {info->proto, info->argtypes, info->converters, info->restype, info->checker, info->parts};
    memset(info, 0, sizeof *info);
    PyMem_Free(format);
    PyMem_Free(shape);
    PyMem_Free(elements);
    for (size_t i = 0; i < Py_ARRAY_LENGTH(held); i++)
        Py_XDECREF(held[i]);
    PyType_Type.tp_dealloc(op);
}

/* The class as `type` makes it, its Info empty. New. */
static MetaObject *new_class(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    return (MetaObject *)PyType_Type.tp_new(meta, args, kwds);
}

static void set_simple_ffi(Info *info, const ffi_type *ffi)
{
    info->ffi = *ffi;
    info->size = (Py_ssize_t)ffi->size;
    info->align = ffi->alignment;
}

/* ------------------------------------------------------------------ structures and unions */

static int clone_info(Info *to, const Info *from)
{
    size_t n = 0;
    *to = *from;
    to->final = 0;
    to->format = from->format ? ct_join(from->format, "") : NULL;
    to->shape = NULL;
    to->elements = NULL;
    to->proto = to->argtypes = to->converters = to->restype = to->checker = NULL;
    Py_XINCREF(to->parts);
    while (from->elements && from->elements[n])
        n++;
    to->elements = PyMem_Calloc(n + 1, sizeof *to->elements);
    if (to->elements == NULL || (from->format && to->format == NULL)) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(to->elements, from->elements, n * sizeof *to->elements);
    to->ffi.elements = to->elements;
    return 0;
}

static PyObject *aggregate_new(PyTypeObject *meta, PyObject *args, PyObject *kwds, enum Kind kind)
{
    MetaObject *type = new_class(meta, args, kwds);
    if (type == NULL)
        return NULL;
    PyObject *dict = type->heap.ht_type.tp_dict;
    if (PyDict_GetItemString(dict, "_abstract_"))
        return (PyObject *)type;
    Info *base = ct_info((PyObject *)type->heap.ht_type.tp_base), *info = &type->info;
    int status = 0;
    if (base) {
        base->final = 1;
        status = clone_info(info, base);
    }
    else {
        info->kind = kind;
        info->align = 1;
        info->format = ct_join("B", "");
        info->elements = PyMem_Calloc(1, sizeof *info->elements);
        info->ffi = (ffi_type){0, 1, FFI_TYPE_STRUCT, info->elements};
        status = info->format && info->elements ? 0 : -1;
    }
    PyObject *fields = PyDict_GetItemString(dict, "_fields_"); /* borrowed */
    if (status == 0 && fields) {
        Py_INCREF(fields);
        status = PyObject_SetAttrString((PyObject *)type, "_fields_", fields);
        Py_DECREF(fields);
    }
    if (status < 0)
        Py_CLEAR(type);
    return (PyObject *)type;
}

static PyObject *struct_new(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    return aggregate_new(meta, args, kwds, STRUCT);
}

static PyObject *union_new(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    return aggregate_new(meta, args, kwds, UNION);
}

static int aggregate_setattro(PyObject *type, PyObject *name, PyObject *v)
{
    if (PyType_Type.tp_setattro(type, name, v) < 0)
        return -1;
    if (v && PyUnicode_Check(name) && PyUnicode_CompareWithASCIIString(name, "_fields_") == 0)
        return ct_set_fields(type, v, PyType_IsSubtype(Py_TYPE(type), &CtStructMeta));
    return 0;
}

/* ------------------------------------------------------------------ pointers */

static int set_target(Info *info, PyObject *target)
{
    if (target == NULL || !PyType_Check(target)) {
        PyErr_SetString(PyExc_TypeError, "_type_ must be a type");
        return -1;
    }
    if (ct_info(target) == NULL) {
        PyErr_SetString(PyExc_TypeError, "_type_ must have storage info");
        return -1;
    }
    Py_INCREF(target);
    Py_XSETREF(info->proto, target);
    return 0;
}

static PyObject *pointer_new(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    MetaObject *type = new_class(meta, args, kwds);
    if (type == NULL)
        return NULL;
    Info *info = &type->info;
    info->kind = POINTER;
    set_simple_ffi(info, &ffi_type_pointer);
    info->length = 1;
    info->has_pointer = 1;
    PyObject *target = PyDict_GetItemString(type->heap.ht_type.tp_dict, "_type_"); /* not inherited */
    int status = target ? set_target(info, target) : 0;
    if (status == 0) {
        Info *item = target ? ct_info(target) : NULL;
        char *shape = ct_shape("&", item);
        info->format = shape ? ct_join(shape, item && item->format ? item->format : "B") : NULL;
        PyMem_Free(shape);
        status = info->format ? 0 : -1;
    }
    if (status < 0)
        Py_CLEAR(type);
    return (PyObject *)type;
}

static PyObject *pointer_set_type(PyObject *op, PyObject *target)
{
    if (ct_info(op) == NULL) {
        PyErr_SetString(PyExc_TypeError, "abstract class");
        return NULL;
    }
    if (set_target(&((MetaObject *)op)->info, target) < 0 || PyObject_SetAttrString(op, "_type_", target) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ arrays */

static int array_length(PyObject *type, Py_ssize_t *n)
{
    PyObject *v = PyObject_GetAttrString(type, "_length_");
    if (v == NULL || !PyLong_Check(v)) {
        if (v == NULL && PyErr_ExceptionMatches(PyExc_AttributeError))
            PyErr_SetString(PyExc_AttributeError, "class must define a '_length_' attribute");
        else if (v)
            PyErr_SetString(PyExc_TypeError, "The '_length_' attribute must be an integer");
        Py_XDECREF(v);
        return -1;
    }
    int sign = _PyLong_Sign(v);
    *n = sign < 0 ? -1 : PyLong_AsSsize_t(v);
    Py_DECREF(v);
    if (sign < 0)
        PyErr_SetString(PyExc_ValueError, "The '_length_' attribute must not be negative");
    else if (*n == -1 && PyErr_Occurred())
        PyErr_SetString(PyExc_OverflowError, "The '_length_' attribute is too large");
    return *n < 0 ? -1 : 0;
}

extern PyGetSetDef ct_char_array_getset[], ct_wchar_array_getset[];

static int add_getset(PyTypeObject *type, PyGetSetDef *def)
{
    for (; def->name; def++) {
        PyObject *descriptor = PyDescr_NewGetSet(type, def);
        int status = descriptor ? PyDict_SetItemString(type->tp_dict, def->name, descriptor) : -1;
        Py_XDECREF(descriptor);
        if (status < 0)
            return -1;
    }
    PyType_Modified(type);
    return 0;
}

static int fill_array(MetaObject *type)
{
    Info *info = &type->info, *item;
    Py_ssize_t n;
    if (array_length((PyObject *)type, &n) < 0)
        return -1;
    PyObject *proto = PyObject_GetAttrString((PyObject *)type, "_type_");
    if (proto == NULL) {
        if (PyErr_ExceptionMatches(PyExc_AttributeError))
            PyErr_SetString(PyExc_AttributeError, "class must define a '_type_' attribute");
        return -1;
    }
    info->proto = proto;
    if ((item = ct_info(proto)) == NULL) {
        PyErr_SetString(PyExc_TypeError, "_type_ must have storage info");
        return -1;
    }
    if (item->size && n > PY_SSIZE_T_MAX / item->size) {
        PyErr_SetString(PyExc_OverflowError, "array too large");
        return -1;
    }
    info->kind = ARRAY;
    item->final = 1;
    info->length = n;
    info->size = n * item->size;
    info->align = item->align;
    info->has_pointer = item->has_pointer || item->kind == POINTER;
    info->ndim = item->ndim + 1;
    info->shape = PyMem_Malloc((size_t)info->ndim * sizeof *info->shape);
    info->format = ct_join(item->format ? item->format : "B", "");
    if (info->shape == NULL || info->format == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    info->shape[0] = n;
    if (item->ndim)
        memcpy(info->shape + 1, item->shape, (size_t)item->ndim * sizeof *info->shape);
    info->ffi = ffi_type_pointer;
    if (item->kind == SIMPLE && item->code->code == 'c')
        return add_getset((PyTypeObject *)type, ct_char_array_getset);
    if (item->kind == SIMPLE && item->code->code == 'u')
        return add_getset((PyTypeObject *)type, ct_wchar_array_getset);
    return 0;
}

static PyObject *array_new(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    MetaObject *type = new_class(meta, args, kwds);
    if (type && fill_array(type) < 0)
        Py_CLEAR(type);
    return (PyObject *)type;
}

PyObject *ct_array_type(PyObject *item, Py_ssize_t n)
{
    static PyObject *cache; /* (item, n) -> weak reference to the class */
    if (cache == NULL && (cache = PyDict_New()) == NULL)
        return NULL;
    if (n < 0)
        return PyErr_Format(PyExc_ValueError, "Array length must be >= 0, not %zd", n);
    PyObject *key = Py_BuildValue("(On)", item, n), *type = NULL, *ref = NULL;
    if (key == NULL)
        return NULL;
    PyObject *known = PyDict_GetItemWithError(cache, key);
    if (known && (type = PyWeakref_GetObject(known)) != Py_None) {
        Py_INCREF(type);
        Py_DECREF(key);
        return type;
    }
    type = NULL;
    if (!PyErr_Occurred() && !PyType_Check(item))
        PyErr_SetString(PyExc_TypeError, "Expected a type object");
    if (!PyErr_Occurred()) {
        char name[256];
        PyOS_snprintf(name, sizeof name, "%.200s_Array_%ld", ((PyTypeObject *)item)->tp_name, (long)n);
        type = PyObject_CallFunction((PyObject *)&CtArrayMeta, "s(O){s:n,s:O}", name, &CtArrayType, "_length_", n, "_type_", item);
    }
    if (type && ((ref = PyWeakref_NewRef(type, NULL)) == NULL || PyDict_SetItem(cache, key, ref) < 0))
        Py_CLEAR(type);
    Py_XDECREF(ref);
    Py_DECREF(key);
    return type;
}

/* ------------------------------------------------------------------ simple types */

int ct_is_plain_simple(PyObject *type)
{
    return ((PyTypeObject *)type)->tp_base == &CtSimpleType;
}

static const Code *code_of_class(PyObject *type, PyObject **proto)
{
    PyObject *v = PyObject_GetAttrString(type, "_type_");
    if (v == NULL) {
        if (PyErr_ExceptionMatches(PyExc_AttributeError))
            PyErr_SetString(PyExc_AttributeError, "class must define a '_type_' attribute");
        return NULL;
    }
    *proto = v;
    if (!PyUnicode_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "class must define a '_type_' string attribute");
        return NULL;
    }
    Py_ssize_t n;
    const char *s = PyUnicode_AsUTF8AndSize(v, &n);
    if (s == NULL)
        return NULL;
    if (n != 1) {
        PyErr_SetString(PyExc_ValueError, "class must define a '_type_' attribute which must be a string of length 1");
        return NULL;
    }
    if (!strchr(ct_codes, *s)) {
        PyErr_Format(PyExc_AttributeError, "class must define a '_type_' attribute which must be\na single character string containing one of '%s'.", ct_codes);
        return NULL;
    }
    const Code *code = ct_code(*s);
    if (code == NULL)
        PyErr_Format(PyExc_ValueError, "_type_ '%s' not supported", s);
    return code;
}

static int fill_simple(MetaObject *type, int big)
{
    Info *info = &type->info;
    const Code *code = code_of_class((PyObject *)type, &info->proto);
    if (code == NULL)
        return -1;
    info->kind = SIMPLE;
    info->code = code;
    info->big = (char)big;
    set_simple_ffi(info, code->ffi);
    info->get = big ? code->get_swapped : code->get;
    info->set = big ? code->set_swapped : code->set;
    info->has_pointer = strchr("zZPO", code->code) != NULL;
    char format[] = {big ? '>' : '<', code->pep3118, 0};
    if (code->code == 'l' || code->code == 'L')
        format[1] = code->code == 'l' ? 'q' : 'Q'; /* as long as they are */
    info->format = ct_join(format, "");
    return info->format ? 0 : -1;
}

/* The class of the other byte order, known as __ctype_be__; both know both. */
static int make_swapped(PyTypeObject *meta, MetaObject *type, PyObject *args)
{
    PyObject *bases = PyTuple_GET_ITEM(args, 1), *dict = PyDict_Copy(PyTuple_GET_ITEM(args, 2));
    PyObject *name = dict ? PyUnicode_FromFormat("%U_be", PyTuple_GET_ITEM(args, 0)) : NULL, *own_args = name ? PyTuple_Pack(3, name, bases, dict) : NULL;
    MetaObject *swapped = own_args ? new_class(meta, own_args, NULL) : NULL;
    int status = -1;
    if (swapped && fill_simple(swapped, 1) == 0 && PyObject_SetAttrString((PyObject *)type, "__ctype_le__", (PyObject *)type) == 0 &&
        PyObject_SetAttrString((PyObject *)type, "__ctype_be__", (PyObject *)swapped) == 0 &&
        PyObject_SetAttrString((PyObject *)swapped, "__ctype_be__", (PyObject *)swapped) == 0 &&
        PyObject_SetAttrString((PyObject *)swapped, "__ctype_le__", (PyObject *)type) == 0)
        status = 0;
    Py_XDECREF(dict);
    Py_XDECREF(name);
    Py_XDECREF(own_args);
    Py_XDECREF(swapped);
    return status;
}

static PyObject *simple_new(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    MetaObject *type = new_class(meta, args, kwds);
    if (type == NULL)
        return NULL;
    if (fill_simple(type, 0) < 0 ||
        (type->info.code->set_swapped && meta == &CtSimpleMeta && ct_is_plain_simple((PyObject *)type) && make_swapped(meta, type, args) < 0))
        Py_CLEAR(type);
    return (PyObject *)type;
}

/* ------------------------------------------------------------------ functions */

PyObject *ct_make_converters(PyObject *argtypes)
{
    if (!PyTuple_Check(argtypes)) {
        PyErr_SetString(PyExc_TypeError, "_argtypes_ must be a sequence of types");
        return NULL;
    }
    Py_ssize_t n = PyTuple_GET_SIZE(argtypes);
    PyObject *all = PyTuple_New(n);
    for (Py_ssize_t i = 0; all && i < n; i++) {
        PyObject *c = PyObject_GetAttrString(PyTuple_GET_ITEM(argtypes, i), "from_param");
        if (c == NULL) {
            if (PyErr_ExceptionMatches(PyExc_AttributeError))
                PyErr_Format(PyExc_TypeError, "item %zd in _argtypes_ has no from_param method", i + 1);
            Py_CLEAR(all);
        }
        else
            PyTuple_SET_ITEM(all, i, c);
    }
    return all;
}

static int fill_function(MetaObject *type)
{
    Info *info = &type->info;
    PyObject *flags = PyObject_GetAttrString((PyObject *)type, "_flags_"), *v;
    if (flags == NULL || !PyLong_Check(flags)) {
        Py_XDECREF(flags);
        PyErr_SetString(PyExc_TypeError, "class must define _flags_ which must be an integer");
        return -1;
    }
    info->flags = (int)PyLong_AsUnsignedLongMask(flags);
    Py_DECREF(flags);
    info->kind = FUNCTION;
    set_simple_ffi(info, &ffi_type_pointer);
    info->length = 1;
    info->has_pointer = 1;
    if ((info->format = ct_join("X{}", "")) == NULL)
        return -1;
    if ((v = PyObject_GetAttrString((PyObject *)type, "_argtypes_"))) {
        info->argtypes = v;
        if ((info->converters = ct_make_converters(v)) == NULL)
            return -1;
    }
    else
        PyErr_Clear();
    if ((v = PyObject_GetAttrString((PyObject *)type, "_restype_"))) {
        info->restype = v;
        if (v != Py_None && ct_info(v) == NULL && !PyCallable_Check(v)) {
            PyErr_SetString(PyExc_TypeError, "_restype_ must be a type, a callable, or None");
            return -1;
        }
        info->checker = PyObject_GetAttrString(v, "_check_retval_");
    }
    PyErr_Clear();
    return 0;
}

static PyObject *function_new(PyTypeObject *meta, PyObject *args, PyObject *kwds)
{
    MetaObject *type = new_class(meta, args, kwds);
    if (type && fill_function(type) < 0)
        Py_CLEAR(type);
    return (PyObject *)type;
}

/* ------------------------------------------------------------------ parameters */

/* v._as_parameter_ as a parameter, converted in turn; NULL without an exception if there is none. */
static PyObject *by_attribute(PyObject *type, PyObject *v, binaryfunc convert)
{
    PyObject *as = PyObject_GetAttrString(v, "_as_parameter_"), *result = NULL;
    if (as == NULL) {
        if (PyErr_ExceptionMatches(PyExc_AttributeError))
            PyErr_Clear();
        return NULL;
    }
    if (Py_EnterRecursiveCall(" while processing _as_parameter_") == 0) {
        result = convert(type, as);
        Py_LeaveRecursiveCall();
    }
    Py_DECREF(as);
    return result;
}

static PyObject *new_ref(PyObject *o)
{
    Py_INCREF(o);
    return o;
}

/* Any type: an instance; an array: byref() of an item, too. */
static PyObject *any_from_param(PyObject *type, PyObject *v)
{
    int is = PyObject_IsInstance(v, type);
    if (is)
        return is < 0 ? NULL : new_ref(v);
    if (Py_TYPE(v) == &CtArgumentType) {
        Argument *a = (Argument *)v;
        PyObject *proto = ct_info(type)->proto;
        if (a->obj && proto && (is = PyObject_IsInstance(a->obj, proto)))
            return is < 0 ? NULL : new_ref(v);
        return PyErr_Format(PyExc_TypeError, "expected %s instance instead of pointer to %s", ((PyTypeObject *)type)->tp_name,
                            a->obj ? Py_TYPE(a->obj)->tp_name : "NULL");
    }
    PyObject *result = by_attribute(type, v, any_from_param);
    if (result || PyErr_Occurred())
        return result;
    return PyErr_Format(PyExc_TypeError, "expected %s instance instead of %s", ((PyTypeObject *)type)->tp_name, Py_TYPE(v)->tp_name);
}

static PyObject *pointer_from_param(PyObject *type, PyObject *v)
{
    Info *info = ct_info(type), *other = ct_is_data(v) ? INFO_OF(v) : NULL;
    if (v == Py_None)
        return new_ref(v);
    if (info && info->proto && Py_TYPE(v) == &CtArgumentType && ((Argument *)v)->obj) {
        int is = PyObject_IsInstance(((Argument *)v)->obj, info->proto);
        if (is)
            return is < 0 ? NULL : new_ref(v);
    }
    if (info && info->proto) {
        int is = PyObject_IsInstance(v, info->proto);
        if (is)
            return is < 0 ? NULL : ct_byref(v, 0);
        if (other && (other->kind == POINTER || other->kind == ARRAY) && other->proto) {
            is = PyObject_IsSubclass(other->proto, info->proto);
            if (is)
                return is < 0 ? NULL : new_ref(v);
        }
    }
    return any_from_param(type, v);
}

/* A value written by the code of a simple type, as an argument. NULL with an exception of any kind. */
static PyObject *coded_argument(const Code *code, PyObject *v)
{
    Argument *a = ct_argument();
    if (a == NULL)
        return NULL;
    a->ffi = code->ffi;
    a->tag = code->code;
    a->obj = code->set(&a->value, v, 0);
    if (a->obj == NULL)
        Py_CLEAR(a);
    return (PyObject *)a;
}

/* Is v, or what a byref() points to, an array of or a pointer to this kind of character (code), or anything (0)? */
static int points_to(PyObject *v, char code)
{
    Info *info = ct_is_data(v) ? INFO_OF(v) : NULL;
    if (info == NULL || (info->kind != ARRAY && info->kind != POINTER))
        return 0;
    if (code == 0)
        return 1;
    Info *item = info->proto ? ct_info(info->proto) : NULL;
    return item && item->kind == SIMPLE && item->code->code == code;
}

/* Strings, wide strings and void *: more than instances is taken. NULL without an exception: nothing fits. */
static PyObject *address_from_param(const Code *code, PyObject *v)
{
    char character = code->code == 'z' ? 'c' : code->code == 'Z' ? 'u' : 0;
    Info *other = ct_is_data(v) ? INFO_OF(v) : NULL;
    if (v == Py_None)
        return new_ref(v);
    if ((PyBytes_Check(v) && code->code != 'Z') || (PyUnicode_Check(v) && code->code != 'z') || (PyLong_Check(v) && code->code != 'z' && code->code != 'Z')) {
        if (code->code != 'P')
            return coded_argument(code, v);
        return coded_argument(ct_code(PyBytes_Check(v) ? 'z' : PyUnicode_Check(v) ? 'Z' : 'P'), v);
    }
    if (points_to(v, character))
        return new_ref(v);
    if (Py_TYPE(v) == &CtArgumentType) {
        Argument *a = (Argument *)v;
        Info *target = a->obj && ct_is_data(a->obj) ? INFO_OF(a->obj) : NULL;
        if (code->code == 'P' ? a->tag == 'P' : target && target->kind == SIMPLE && target->code->code == character)
            return new_ref(v);
    }
    if (code->code == 'P' && other && (other->kind == FUNCTION || (other->kind == SIMPLE && strchr("zZ", other->code->code)))) {
        Argument *a = ct_argument();
        if (a) {
            a->ffi = &ffi_type_pointer;
            a->tag = other->kind == FUNCTION ? 'P' : 'Z';
            memcpy(&a->value.p, ((CData *)v)->ptr, sizeof(void *));
            a->obj = new_ref(v);
        }
        return (PyObject *)a;
    }
    return NULL;
}

static PyObject *simple_from_param(PyObject *type, PyObject *v)
{
    const Code *code = ct_info(type)->code;
    int is = PyObject_IsInstance(v, type);
    if (is)
        return is < 0 ? NULL : new_ref(v);
    PyObject *result;
    if (strchr("zZP", code->code)) {
        result = address_from_param(code, v);
        if (result || PyErr_Occurred())
            return result;
    }
    else {
        if ((result = coded_argument(code, v)))
            return result;
        PyErr_Clear();
    }
    result = by_attribute(type, v, simple_from_param);
    if (result == NULL && !PyErr_Occurred())
        PyErr_SetString(PyExc_TypeError, "wrong type");
    return result;
}

static PyObject *from_param(PyObject *type, PyObject *v)
{
    Info *info = ct_info(type);
    if (info == NULL) {
        PyErr_SetString(PyExc_TypeError, "abstract class");
        return NULL;
    }
    switch (info->kind) {
    case SIMPLE:
        return simple_from_param(type, v);
    case POINTER:
        return pointer_from_param(type, v);
    default:
        return any_from_param(type, v);
    }
}

/* ------------------------------------------------------------------ other ways to an instance */

static PyObject *from_address(PyObject *type, PyObject *address)
{
    if (!PyLong_Check(address)) {
        PyErr_SetString(PyExc_TypeError, "integer expected");
        return NULL;
    }
    void *p = PyLong_AsVoidPtr(address);
    return PyErr_Occurred() ? NULL : ct_at(type, p);
}

/* Do offset and the type's size lie in n bytes? */
static int check_range(const Info *info, Py_ssize_t offset, Py_ssize_t n)
{
    if (offset < 0) {
        PyErr_SetString(PyExc_ValueError, "offset cannot be negative");
        return -1;
    }
    if (info->size > n - offset) {
        PyErr_Format(PyExc_ValueError, "Buffer size too small (%zd instead of at least %zd bytes)", n, (Py_ssize_t)((size_t)info->size + (size_t)offset));
        return -1;
    }
    return 0;
}

static Info *instantiable(PyObject *type)
{
    Info *info = ct_info(type);
    if (info == NULL)
        PyErr_SetString(PyExc_TypeError, "abstract class");
    return info;
}

static PyObject *from_buffer(PyObject *type, PyObject *args)
{
    PyObject *o;
    Py_ssize_t offset = 0;
    Info *info = instantiable(type);
    if (info == NULL || !PyArg_ParseTuple(args, "O|n:from_buffer", &o, &offset))
        return NULL;
    PyObject *view = PyMemoryView_FromObject(o), *result = NULL;
    if (view == NULL)
        return NULL;
    Py_buffer *buffer = PyMemoryView_GET_BUFFER(view);
    if (buffer->readonly)
        PyErr_SetString(PyExc_TypeError, "underlying buffer is not writable");
    else if (!PyBuffer_IsContiguous(buffer, 'C'))
        PyErr_SetString(PyExc_TypeError, "underlying buffer is not C contiguous");
    else if (check_range(info, offset, buffer->len) == 0 &&
             PySys_Audit("ctypes.cdata/buffer", "nnn", (Py_ssize_t)buffer->buf, buffer->len, offset) == 0)
        result = ct_at(type, (char *)buffer->buf + offset);
    if (result) { /* `objects` shows it, but values put there later may take its place */
        Py_INCREF(view);
        ((CData *)result)->buffer = view;
    }
    if (result == NULL)
        Py_DECREF(view);
    else if (ct_keep((CData *)result, -1, view) < 0)
        Py_CLEAR(result);
    return result;
}

static PyObject *from_buffer_copy(PyObject *type, PyObject *args)
{
    Py_buffer buffer;
    Py_ssize_t offset = 0;
    PyObject *result = NULL;
    Info *info = instantiable(type);
    if (info == NULL || !PyArg_ParseTuple(args, "y*|n:from_buffer_copy", &buffer, &offset))
        return NULL;
    if (check_range(info, offset, buffer.len) == 0 && PySys_Audit("ctypes.cdata/buffer", "nnn", (Py_ssize_t)buffer.buf, buffer.len, offset) == 0 &&
        (result = ct_new_data((PyTypeObject *)type, NULL, NULL)))
        memcpy(((CData *)result)->ptr, (char *)buffer.buf + offset, (size_t)info->size);
    PyBuffer_Release(&buffer);
    return result;
}

static PyObject *in_dll(PyObject *type, PyObject *args)
{
    PyObject *dll;
    const char *name;
    if (!PyArg_ParseTuple(args, "Os:in_dll", &dll, &name) || PySys_Audit("ctypes.dlsym", "O", args) < 0)
        return NULL;
    PyObject *handle = PyObject_GetAttrString(dll, "_handle");
    if (handle == NULL)
        return NULL;
    if (!PyLong_Check(handle)) {
        PyErr_SetString(PyExc_TypeError, "the _handle attribute of the second argument must be an integer");
        Py_DECREF(handle);
        return NULL;
    }
    void *h = PyLong_AsVoidPtr(handle);
    Py_DECREF(handle);
    if (PyErr_Occurred()) {
        PyErr_SetString(PyExc_ValueError, "could not convert the _handle attribute to a pointer");
        return NULL;
    }
    void *p = dlsym(h, name);
    if (p == NULL) {
        PyErr_SetString(PyExc_ValueError, dlerror());
        return NULL;
    }
    return ct_at(type, p);
}

static PyMethodDef meta_methods[] = {
    {"from_param", from_param, METH_O, "What a Python object becomes as an argument."},
    {"from_address", from_address, METH_O, "C.from_address(integer) -> the instance at an address"},
    {"from_buffer", from_buffer, METH_VARARGS, "C.from_buffer(object, offset=0) -> an instance in the memory of a writable buffer"},
    {"from_buffer_copy", from_buffer_copy, METH_VARARGS, "C.from_buffer_copy(object, offset=0) -> an instance with a copy of a buffer"},
    {"in_dll", in_dll, METH_VARARGS, "C.in_dll(dll, name) -> the variable of a library"},
    {NULL, NULL, 0, NULL},
};

static PyMethodDef pointer_meta_methods[] = {
    {"set_type", pointer_set_type, METH_O, "Say what pointers of this class point to."},
    {NULL, NULL, 0, NULL},
};

static PySequenceMethods meta_sequence = {.sq_repeat = ct_array_type};

#define META_FLAGS Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC
PyTypeObject CtMetaType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_ctypes._CDataType",
    .tp_basicsize = sizeof(MetaObject),
    .tp_itemsize = sizeof(PyMemberDef),
    .tp_base = &PyType_Type,
    .tp_dealloc = meta_dealloc,
    .tp_as_sequence = &meta_sequence,
    .tp_flags = META_FLAGS,
    .tp_doc = "The type of C types",
    .tp_traverse = meta_traverse,
    .tp_clear = meta_clear,
    .tp_methods = meta_methods,
};

#define META(variable, name, doc, new_, ...)          \
    PyTypeObject variable = {                         \
        PyVarObject_HEAD_INIT(NULL, 0)                \
        .tp_name = name,                              \
        .tp_base = &CtMetaType,                       \
        .tp_flags = META_FLAGS,                       \
        .tp_doc = doc,                                \
        .tp_traverse = meta_traverse,                 \
        .tp_clear = meta_clear,                       \
        .tp_new = new_,                               \
        __VA_ARGS__                                   \
    };
META(CtStructMeta, "_ctypes.PyCStructType", "The type of structures", struct_new, .tp_setattro = aggregate_setattro)
META(CtUnionMeta, "_ctypes.UnionType", "The type of unions", union_new, .tp_setattro = aggregate_setattro)
META(CtPointerMeta, "_ctypes.PyCPointerType", "The type of pointers", pointer_new, .tp_methods = pointer_meta_methods)
META(CtArrayMeta, "_ctypes.PyCArrayType", "The type of arrays", array_new, .tp_methods = NULL)
META(CtSimpleMeta, "_ctypes.PyCSimpleType", "The type of simple values", simple_new, .tp_methods = NULL)
META(CtFunctionMeta, "_ctypes.PyCFuncPtrType", "The type of functions", function_new, .tp_methods = NULL)
