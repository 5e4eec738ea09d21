/* SPDX-License-Identifier: MIT */
/* _fields_ of structures and unions: where members lie, their descriptors, the format of PEP 3118, the type for libffi. */
#include "ctypes.h"

/* ------------------------------------------------------------------ texts */

char *ct_join(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    char *s = PyMem_Malloc(n + m + 1);
    if (s == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memcpy(s, a, n);
    memcpy(s + n, b, m + 1);
    return s;
}

char *ct_shape(const char *before, const Info *info)
{
    int n = info ? info->ndim : 0;
    char *text = PyMem_Malloc(strlen(before) + 22 * (size_t)n + 2), *end = text; /* 20 digits at most */
    if (text == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    end = stpcpy(end, before);
    for (int i = 0; i < n; i++)
        end += sprintf(end, "%c%zd", i ? ',' : '(', info->shape[i]);
    strcpy(end, n ? ")" : "");
    return text;
}

/* Append to a growing text. 0 / -1, then it is freed. */
static int append(char **text, const char *more)
{
    char *joined = *text ? ct_join(*text, more) : NULL;
    PyMem_Free(*text);
    *text = joined;
    return joined ? 0 : -1;
}

/* ------------------------------------------------------------------ descriptors */

/* The bits of an integer of so many bytes, in either byte order. */
static uint64_t load(const char *p, Py_ssize_t size, int big)
{
    uint64_t v = 0;
    for (Py_ssize_t i = 0; i < size; i++)
        v |= (uint64_t)(unsigned char)p[big ? size - 1 - i : i] << 8 * i;
    return v;
}

static void store(char *p, Py_ssize_t size, int big, uint64_t v)
{
    for (Py_ssize_t i = 0; i < size; i++)
        p[big ? size - 1 - i : i] = (char)(v >> 8 * i);
}

static int is_signed(char code)
{
    return strchr("bhilq", code) != NULL;
}

static PyObject *bits_get(Field *f, const char *p)
{
    Info *info = ct_info(f->type);
    uint64_t v = load(p, info->size, info->big) >> f->shift;
    int unused = 64 - f->bits;
    if (is_signed(info->code->code))
        return PyLong_FromLongLong((int64_t)(v << unused) >> unused);
    v = v << unused >> unused;
    return info->code->code == '?' ? PyBool_FromLong((long)v) : PyLong_FromUnsignedLongLong(v);
}

static int bits_set(Field *f, char *p, PyObject *v)
{
    Info *info = ct_info(f->type);
    char raw[16];
    PyObject *keep = info->set(raw, v, info->size);
    if (keep == NULL)
        return -1;
    Py_DECREF(keep);
    uint64_t mask = (f->bits == 64 ? ~(uint64_t)0 : ((uint64_t)1 << f->bits) - 1) << f->shift;
    uint64_t old = load(p, info->size, info->big), bits = load(raw, info->size, info->big) << f->shift;
    store(p, info->size, info->big, (old & ~mask) | (bits & mask));
    return 0;
}

/* The descriptor may be called with an instance of another class. */
static int check_inside(const Field *f, const CData *d)
{
    if (f->type && d->ptr && f->offset <= d->size - ct_info(f->type)->size)
        return 0;
    PyErr_SetString(PyExc_TypeError, "not an instance that has this member");
    return -1;
}

static PyObject *field_get(PyObject *op, PyObject *instance, PyObject *Py_UNUSED(type))
{
    Field *f = (Field *)op;
    if (instance == NULL || instance == Py_None) {
        Py_INCREF(op);
        return op;
    }
    if (!ct_is_data(instance)) {
        PyErr_SetString(PyExc_TypeError, "not a ctype instance");
        return NULL;
    }
    CData *d = (CData *)instance;
    if (check_inside(f, d) < 0)
        return NULL;
    return f->bits ? bits_get(f, d->ptr + f->offset) : ct_get(f->type, f->get, d, f->index, f->size, d->ptr + f->offset);
}

static int field_set(PyObject *op, PyObject *instance, PyObject *v)
{
    Field *f = (Field *)op;
    if (!ct_is_data(instance)) {
        PyErr_SetString(PyExc_TypeError, "not a ctype instance");
        return -1;
    }
    if (v == NULL) {
        PyErr_SetString(PyExc_TypeError, "can't delete attribute");
        return -1;
    }
    CData *d = (CData *)instance;
    if (check_inside(f, d) < 0)
        return -1;
    return f->bits ? bits_set(f, d->ptr + f->offset, v) : ct_set(d, f->type, f->set, v, f->index, f->size, d->ptr + f->offset);
}

static PyObject *field_repr(PyObject *op)
{
    Field *f = (Field *)op;
    const char *name = ((PyTypeObject *)f->type)->tp_name;
    if (f->bits)
        return PyUnicode_FromFormat("<Field type=%s, ofs=%zd:%zd, bits=%zd>", name, f->offset, (Py_ssize_t)f->shift, (Py_ssize_t)f->bits);
    return PyUnicode_FromFormat("<Field type=%s, ofs=%zd, size=%zd>", name, f->offset, f->size);
}

static PyObject *field_size(PyObject *op, void *Py_UNUSED(unused))
{
    Field *f = (Field *)op;
    return PyLong_FromSsize_t(f->bits ? (Py_ssize_t)f->bits << 16 | f->shift : f->size);
}

static void field_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    Py_CLEAR(((Field *)op)->type);
    PyObject_GC_Del(op);
}

static int field_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((Field *)op)->type);
    return 0;
}

static int field_clear(PyObject *op)
{
    Py_CLEAR(((Field *)op)->type);
    return 0;
}

static PyMemberDef field_members[] = {
    {"offset", T_PYSSIZET, offsetof(Field, offset), READONLY, "bytes from the beginning"},
    {NULL, 0, 0, 0, NULL},
};

static PyGetSetDef field_getset[] = {
    {"size", field_size, NULL, "bytes; of bit fields bits << 16 | first bit", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyTypeObject CtFieldType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_ctypes.CField",
    .tp_basicsize = sizeof(Field),
    .tp_dealloc = field_dealloc,
    .tp_repr = field_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "A member of a structure or union",
    .tp_traverse = field_traverse,
    .tp_clear = field_clear,
    .tp_members = field_members,
    .tp_getset = field_getset,
    .tp_descr_get = field_get,
    .tp_descr_set = field_set,
};

/* ------------------------------------------------------------------ placing */

typedef struct {
    int is_struct, pack, big;
    Py_ssize_t offset;     /* where the next member would begin, or after the unit of the open bit field */
    Py_ssize_t size, align, end; /* end: after what lies there so far, for the padding in the format */
    int unit_bits, used_bits; /* the open bit field's unit, 0: none */
} Place;

/* Place a member. Its offset goes to f->offset, f->shift. 0, or -1 with OverflowError: no memory has room for it. */
static int place(Place *at, Field *f, const Info *info)
{
    Py_ssize_t align = at->pack && at->pack < info->align ? at->pack : info->align;
    int bits = f->bits ? (int)info->size * 8 : 0;
    if (info->size > PY_SSIZE_T_MAX - align - at->offset) {
        PyErr_SetString(PyExc_OverflowError, "structure too large");
        return -1;
    }
    int fits = f->bits && at->unit_bits && bits <= at->unit_bits && at->used_bits + f->bits <= at->unit_bits;
    int grows = !fits && f->bits && at->unit_bits && bits >= at->unit_bits && at->used_bits + f->bits <= bits;
    if (grows) {
        at->offset += info->size - at->unit_bits / 8;
        at->unit_bits = bits;
    }
    else if (!fits) {
        at->offset = (at->offset + align - 1) / align * align;
        at->offset += info->size;
        at->unit_bits = f->bits ? bits : 0;
        at->used_bits = 0;
        if (align > at->align)
            at->align = align;
    }
    f->offset = at->offset - info->size;
    f->shift = at->used_bits;
    if (at->big && f->bits)
        f->shift = (fits ? at->unit_bits : bits) - at->used_bits - f->bits;
    at->used_bits += f->bits;
    if (at->offset > at->size)
        at->size = at->offset;
    if (!at->is_struct)
        at->offset = at->unit_bits = at->used_bits = 0;
    return 0;
}

/* How a member is read and written: arrays of characters as strings. */
static void set_access(Field *f, const Info *info)
{
    Info *item = info->kind == ARRAY ? ct_info(info->proto) : NULL;
    if (item && item->kind == SIMPLE && item->code->code == 'c') {
        f->get = ct_get_chars;
        f->set = ct_set_chars;
    }
    else if (item && item->kind == SIMPLE && item->code->code == 'u') {
        f->get = ct_get_wchars;
        f->set = ct_set_wchars;
    }
}

static int check_bits(const Info *info, PyObject *type, int bits)
{
    if (info->kind != SIMPLE || !strchr("bBhHiIlLqQ?cv", info->code->code) || strchr("cv?", info->code->code)) {
        PyErr_Format(PyExc_TypeError, "bit fields not allowed for type %s", ((PyTypeObject *)type)->tp_name);
        return -1;
    }
    if (bits <= 0 || bits > info->size * 8) {
        PyErr_SetString(PyExc_ValueError, "number of bits invalid for bit field");
        return -1;
    }
    return 0;
}

/* Append a member to the format "T{...". */
static int describe(char **format, const Info *info, const char *name, Py_ssize_t padding)
{
    char buffer[32];
    if (padding > 0) {
        if (padding > 1)
            sprintf(buffer, "%zdx", padding);
        else
            strcpy(buffer, "x");
        if (append(format, buffer) < 0)
            return -1;
    }
    char *shape = ct_shape("", info);
    if (shape == NULL)
        return -1;
    int status = append(format, shape);
    PyMem_Free(shape);
    return status < 0 || append(format, info->format ? info->format : "B") < 0 || append(format, ":") < 0 || append(format, name) < 0 || append(format, ":") < 0 ? -1 : 0;
}

/* ------------------------------------------------------------------ for libffi */

/* Count, and with out not NULL list, the values that a type is made of. */
static Py_ssize_t flatten(PyObject *type, ffi_type **out)
{
    Info *info = ct_info(type);
    Py_ssize_t n = 0;
    if (info->kind == ARRAY)
        for (Py_ssize_t i = 0; info->size && i < info->length; i++)
            n += flatten(info->proto, out ? out + n : NULL);
    else if (info->elements)
        for (; info->elements[n]; n++) {
            if (out)
                out[n] = info->elements[n];
        }
    else {
        if (out)
            *out = &info->ffi;
        n = 1;
    }
    return n;
}

/* Structures up to 32 bytes may travel in registers: libffi wants to know their values. */
static int fill_ffi(Info *info, PyObject **types, Py_ssize_t n)
{
    Py_ssize_t total = 0, at = 0;
    PyMem_Free(info->elements);
    for (Py_ssize_t i = 0; info->size <= 32 && i < n; i++)
        total += flatten(types[i], NULL);
    info->elements = PyMem_Calloc((size_t)total + 1, sizeof *info->elements);
    if (info->elements == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; info->size <= 32 && i < n; i++)
        at += flatten(types[i], info->elements + at);
    info->ffi = (ffi_type){(size_t)info->size, (unsigned short)info->align, FFI_TYPE_STRUCT, info->elements};
    return 0;
}

/* ------------------------------------------------------------------ _anonymous_ */

/* Make the members of a member members of type. */
static int lift_members(PyObject *type, Field *outer)
{
    PyObject *fields = PyObject_GetAttrString(outer->type, "_fields_"), *list = fields ? PySequence_Tuple(fields) : NULL;
    int status = list ? 0 : -1;
    Py_XDECREF(fields);
    for (Py_ssize_t i = 0; status == 0 && i < PyTuple_GET_SIZE(list); i++) {
        PyObject *inner_name = NULL, *pair = PyTuple_GET_ITEM(list, i), *inner;
        if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) < 2 || !PyUnicode_Check(inner_name = PyTuple_GET_ITEM(pair, 0))) {
            PyErr_SetString(PyExc_ValueError, "_fields_ must be a sequence of pairs");
            status = -1;
            break;
        }
        if ((inner = PyObject_GetAttr(outer->type, inner_name)) == NULL) {
            status = -1;
            break;
        }
        Field *copy = Py_TYPE(inner) == &CtFieldType ? PyObject_GC_New(Field, &CtFieldType) : NULL;
        if (copy) {
            Field *f = (Field *)inner;
            memcpy((char *)copy + sizeof(PyObject), (char *)f + sizeof(PyObject), sizeof *copy - sizeof(PyObject));
            copy->offset += outer->offset;
            copy->index = outer->index + f->index;
            Py_INCREF(copy->type);
            PyObject_GC_Track(copy);
            status = copy->anonymous ? lift_members(type, copy) : PyType_Type.tp_setattro(type, inner_name, (PyObject *)copy);
            Py_DECREF(copy);
        }
        else {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_TypeError, "unexpected type");
            status = -1;
        }
        Py_DECREF(inner);
    }
    Py_XDECREF(list);
    return status;
}

static int lift_anonymous(PyObject *type)
{
    PyObject *names = PyObject_GetAttrString(type, "_anonymous_");
    if (names == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return -1;
        PyErr_Clear();
        return 0;
    }
    PyObject *list = PySequence_Tuple(names);
    if (list == NULL && PyErr_ExceptionMatches(PyExc_TypeError))
        PyErr_SetString(PyExc_TypeError, "_anonymous_ must be a sequence");
    int status = list ? 0 : -1;
    Py_DECREF(names);
    for (Py_ssize_t i = 0; status == 0 && i < PyTuple_GET_SIZE(list); i++) {
        PyObject *name = PyTuple_GET_ITEM(list, i), *field = PyObject_GetAttr(type, name);
        if (field == NULL)
            status = -1;
        else if (Py_TYPE(field) != &CtFieldType) {
            PyErr_Format(PyExc_AttributeError, "'%U' is specified in _anonymous_ but not in _fields_", name);
            status = -1;
        }
        else {
            ((Field *)field)->anonymous = 1;
            status = lift_members(type, (Field *)field);
        }
        Py_XDECREF(field);
    }
    Py_XDECREF(list);
    return status;
}

/* ------------------------------------------------------------------ all of _fields_ */

static int int_attribute(PyObject *type, const char *name, int *out)
{
    PyObject *v = PyObject_GetAttrString(type, name);
    if (v == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return -1;
        PyErr_Clear();
        return 0;
    }
    *out = _PyLong_AsInt(v);
    Py_DECREF(v);
    if (PyErr_Occurred() || *out < 0) {
        if (!PyErr_Occurred() || PyErr_ExceptionMatches(PyExc_TypeError) || PyErr_ExceptionMatches(PyExc_OverflowError))
            PyErr_SetString(PyExc_ValueError, "_pack_ must be a non-negative integer");
        return -1;
    }
    return 1;
}

static int read_pair(PyObject *pair, Py_ssize_t i, PyObject **name, PyObject **type, int *bits)
{
    *bits = 0;
    if (pair == NULL || !PyArg_ParseTuple(pair, "UO|i", name, type, bits)) {
        PyErr_Clear();
        PyErr_SetString(PyExc_TypeError, "_fields_ must be a sequence of pairs");
        return -1;
    }
    Info *info = ct_info(*type);
    if (info == NULL) {
        PyErr_Format(PyExc_TypeError, "second item in _fields_ tuple (index %zd) must be a C type", i);
        return -1;
    }
    return PyTuple_GET_SIZE(pair) > 2 ? check_bits(info, *type, *bits) : 0;
}

/* Where the fields of type begin: behind those of its base. 0 / -1. */
static int first_place(PyObject *type, const Info *base, int is_struct, Place *at)
{
    *at = (Place){.is_struct = is_struct, .align = 1};
    if (int_attribute(type, "_pack_", &at->pack) < 0)
        return -1;
    PyObject *mark = PyObject_GetAttrString(type, "_swappedbytes_");
    at->big = mark != NULL; /* this machine is little endian */
    Py_XDECREF(mark);
    PyErr_Clear();
    if (base) {
        at->size = base->size;
        at->offset = is_struct ? base->size : 0;
        at->align = base->align > 1 ? base->align : 1;
    }
    return 0;
}

/* A descriptor for the next member, placed. New; NULL with an exception. */
static Field *make_field(Place *at, PyObject *field_type, Py_ssize_t index, int bits)
{
    Info *info = ct_info(field_type);
    Field *f = PyObject_GC_New(Field, &CtFieldType);
    if (f == NULL)
        return NULL;
    f->bits = bits;
    f->anonymous = 0;
    f->index = index;
    f->size = info->size;
    f->get = NULL;
    f->set = NULL;
    Py_INCREF(field_type);
    f->type = field_type;
    set_access(f, info);
    int placed = place(at, f, info);
    PyObject_GC_Track(f);
    if (placed < 0)
        Py_CLEAR(f);
    return f;
}

/* Member i of fields: a descriptor in type, its type in *part (new), its description behind *format. 0 / -1. */
static int add_field(PyObject *type, PyObject *fields, Py_ssize_t i, Place *at, Py_ssize_t inherited, PyObject **part,
                     char **format)
{
    Info *info = &((MetaObject *)type)->info;
    PyObject *pair = PySequence_GetItem(fields, i), *name, *field_type;
    int bits, status = -1;
    if (read_pair(pair, i, &name, &field_type, &bits) < 0) {
        Py_XDECREF(pair);
        return -1;
    }
    Info *fi = ct_info(field_type);
    fi->final = 1;
    info->has_pointer |= fi->has_pointer;
    Py_INCREF(field_type);
    *part = field_type;
    Py_ssize_t before = at->offset;
    Field *f = make_field(at, field_type, inherited + i, bits);
    const char *text = f == NULL ? NULL : PyUnicode_AsUTF8(name);
    if (text != NULL && (!at->is_struct || describe(format, fi, text, f->offset - before) == 0))
        status = PyType_Type.tp_setattro(type, name, (PyObject *)f);
    Py_XDECREF(f);
    Py_DECREF(pair);
    if (status == 0 && info->final) { /* used while being made */
        PyErr_SetString(PyExc_AttributeError, "Structure or union cannot contain itself");
        status = -1;
    }
    return status;
}

/* The description of the whole: that of the members (*format, taken over) in a structure that packs nothing. 0 / -1. */
static int finish_format(Info *info, const Place *at, char **format)
{
    char padding[32] = "", *whole;
    if (at->is_struct && !at->pack) { /* PEP 3118 has no words for packing */
        if (info->size > at->size)
            sprintf(padding, info->size - at->size > 1 ? "%zdx" : "x", info->size - at->size);
        if (append(format, padding) < 0 || append(format, "}") < 0)
            return -1;
        whole = *format;
        *format = NULL;
    }
    else
        whole = ct_join("B", "");
    PyMem_Free(info->format);
    info->format = whole;
    return whole ? 0 : -1;
}

/* How libffi is to pass it: a union travels as its largest member. 0 / -1. */
static int describe_for_ffi(Info *info, PyObject **types, Py_ssize_t count, int is_struct)
{
    if (is_struct || count == 0)
        return fill_ffi(info, types, count);
    Py_ssize_t largest = 0;
    for (Py_ssize_t i = 1; i < count; i++)
        if (ct_info(types[i])->size > ct_info(types[largest])->size)
            largest = i;
    return fill_ffi(info, types + largest, 1);
}

int ct_set_fields(PyObject *type, PyObject *fields, int is_struct)
{
    MetaObject *meta = (MetaObject *)type;
    PyObject *base_type = (PyObject *)((PyTypeObject *)type)->tp_base;
    Info *info = &meta->info, *base = ct_info(base_type);
    Place at;
    if (first_place(type, base, is_struct, &at) < 0)
        return -1;
    Py_ssize_t n = PySequence_Size(fields), inherited = base ? base->length : 0;
    if (n < 0) {
        PyErr_SetString(PyExc_TypeError, "_fields_ must be a sequence");
        return -1;
    }
    if (info->final) {
        PyErr_SetString(PyExc_AttributeError, "_fields_ is final");
        return -1;
    }
    if (base)
        info->has_pointer |= base->has_pointer;
    int status = -1, goes_on = base && base->format && is_struct && base->length;
    Py_ssize_t count = inherited ? 1 : 0;
    PyObject *parts = PyTuple_New(n + count);
    char *format = goes_on ? ct_join(base->format, "") : ct_join("T{", "");
    if (parts == NULL || format == NULL)
        goto done;
    if (goes_on)
        format[strlen(format) - 1] = '\0'; /* the closing brace */
    if (count) {
        Py_INCREF(base_type);
        PyTuple_SET_ITEM(parts, 0, base_type);
    }
    PyObject **types = ((PyTupleObject *)parts)->ob_item;
    for (Py_ssize_t i = 0; i < n; i++, count++)
        if (add_field(type, fields, i, &at, inherited, &types[count], &format) < 0)
            goto done;
    info->size = (at.size + at.align - 1) / at.align * at.align; /* place() left room for it */
    info->align = at.align;
    info->length = inherited + n;
    if (finish_format(info, &at, &format) < 0)
        goto done;
    status = describe_for_ffi(info, types, count, is_struct);
    Py_XSETREF(info->parts, parts);
    parts = NULL;
    if (status == 0)
        status = lift_anonymous(type);
    info->final = 1;
done:
    Py_XDECREF(parts);
    PyMem_Free(format);
    return status;
}
