/* SPDX-License-Identifier: MIT */
/* Struct sequences: tuples whose items have names, and which may have further named items that indexing does not show
 * (os.stat_result, time.struct_time ...).
 *
 * An instance is a tuple object with room for all fields, whose ob_size counts the visible ones only.
 * [SEQ-1] The number of all fields stands in the type's dict as n_fields; the hidden items lie behind ob_item[ob_size - 1].
 * [SEQ-2] tp_members holds the named fields only: row i belongs to field i + (unnamed fields before it).
 * Tests: tests/objects/test_small_types.py.
 */
#include "Python.h"
#include "runtime/gc.h"
#include "structmember.h"
#include "structseq.h"

#include <string.h>

static char unnamed_field[] = "unnamed field";
char *PyStructSequence_UnnamedField = unnamed_field;

/* ---- counts ---- */

typedef struct {
    Py_ssize_t visible, all, unnamed;
} Counts;

static Py_ssize_t read_count(PyTypeObject *type, _Py_Identifier *name)
{
    PyObject *count = _PyDict_GetItemIdWithError(type->tp_dict, name);
    return count != NULL ? PyLong_AsSsize_t(count) : -1;
}

/* Those of the static type asked for last are remembered: the same types are made over and over. */
static int read_counts(PyTypeObject *type, Counts *counts)
{
    _Py_IDENTIFIER(n_sequence_fields);
    _Py_IDENTIFIER(n_fields);
    _Py_IDENTIFIER(n_unnamed_fields);
    static PyTypeObject *last_type;
    static Counts last;
    if (type == last_type) {
        *counts = last;
        return 0;
    }
    counts->visible = read_count(type, &PyId_n_sequence_fields);
    counts->all = read_count(type, &PyId_n_fields);
    counts->unnamed = read_count(type, &PyId_n_unnamed_fields);
    if (counts->visible < 0 || counts->all < counts->visible || counts->unnamed < 0) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_TypeError, "'%.100s' is no struct sequence type", type->tp_name);
        return -1;
    }
    if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE)) {
        last_type = type;
        last = *counts;
    }
    return 0;
}

/* ---- instances ---- */

static PyObject *allocate(PyTypeObject *type, const Counts *counts)
{
    PyTupleObject *self = PyObject_GC_NewVar(PyTupleObject, type, counts->all);
    if (self == NULL)
        return NULL;
    Py_SIZE(self) = counts->visible;
    memset(self->ob_item, 0, counts->all * sizeof(PyObject *));
    return (PyObject *)self;
}

/* An instance whose items are all NULL, to be filled by the caller. New. */
PyObject *PyStructSequence_New(PyTypeObject *type)
{
    Counts counts;
    return read_counts(type, &counts) < 0 ? NULL : allocate(type, &counts);
}

/* Steals value. */
void PyStructSequence_SetItem(PyObject *self, Py_ssize_t i, PyObject *value)
{
    PyStructSequence_SET_ITEM(self, i, value);
}

PyObject *PyStructSequence_GetItem(PyObject *self, Py_ssize_t i)
{
    return PyStructSequence_GET_ITEM(self, i);
}

static void seq_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Counts counts;
    tai_gc_untrack_if(self);
    Py_TRASHCAN_BEGIN(self, seq_dealloc)
    if (read_counts(type, &counts) < 0) {
        PyErr_Clear();
        counts.all = Py_SIZE(self);
    }
    for (Py_ssize_t i = 0; i < counts.all; i++)
        Py_XDECREF(((PyTupleObject *)self)->ob_item[i]);
    PyObject_GC_Del(self);
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE)
        Py_DECREF(type);
    Py_TRASHCAN_END
}

/* The name of field i, [SEQ-2] for types whose unnamed fields are the last visible ones; NULL for an unnamed one. */
static const char *hidden_name(PyTypeObject *type, const Counts *counts, Py_ssize_t i)
{
    return type->tp_members[i - counts->unnamed].name;
}

static int check_length(PyTypeObject *type, const Counts *counts, Py_ssize_t given)
{
    if (counts->visible == counts->all) {
        if (given == counts->all)
            return 0;
        PyErr_Format(PyExc_TypeError, "%.500s() takes a %zd-sequence (%zd-sequence given)", type->tp_name, counts->all, given);
        return -1;
    }
    if (given < counts->visible) {
        PyErr_Format(PyExc_TypeError, "%.500s() takes an at least %zd-sequence (%zd-sequence given)", type->tp_name,
                     counts->visible, given);
        return -1;
    }
    if (given > counts->all) {
        PyErr_Format(PyExc_TypeError, "%.500s() takes an at most %zd-sequence (%zd-sequence given)", type->tp_name, counts->all,
                     given);
        return -1;
    }
    return 0;
}

static PyObject *seq_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"sequence", "dict", NULL};
    PyObject *given, *dict = NULL, *self = NULL;
    Counts counts;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|O:structseq", names, &given, &dict) || read_counts(type, &counts) < 0)
        return NULL;
    given = PySequence_Fast(given, "constructor requires a sequence");
    if (given == NULL)
        return NULL;
    if (dict != NULL && !PyDict_Check(dict)) {
        PyErr_Format(PyExc_TypeError, "%.500s() takes a dict as second arg, if any", type->tp_name);
        goto done;
    }
    Py_ssize_t count = PySequence_Fast_GET_SIZE(given);
    if (check_length(type, &counts, count) < 0 || (self = allocate(type, &counts)) == NULL)
        goto done;
    for (Py_ssize_t i = 0; i < counts.all; i++) {
        PyObject *item = NULL;
        if (i < count)
            item = PySequence_Fast_GET_ITEM(given, i);
        else if (dict != NULL) {
            PyObject *name = PyUnicode_FromString(hidden_name(type, &counts, i));
            if (name != NULL) {
                item = PyDict_GetItemWithError(dict, name);
                Py_DECREF(name);
            }
            if (item == NULL && PyErr_Occurred()) {
                Py_CLEAR(self);
                goto done;
            }
        }
        if (item == NULL)
            item = Py_None;
        Py_INCREF(item);
        PyStructSequence_SET_ITEM(self, i, item);
    }
done:
    Py_DECREF(given);
    return self;
}

/* "module.name(field=value, ...)" over the visible items. New. Runs code. */
static PyObject *seq_repr(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    _PyUnicodeWriter writer;
    _PyUnicodeWriter_Init(&writer);
    writer.overallocate = 1;
    PyObject *piece = PyUnicode_FromFormat("%s(", type->tp_name);
    for (Py_ssize_t i = 0; piece != NULL; i++) {
        int failed = _PyUnicodeWriter_WriteStr(&writer, piece) < 0;
        Py_CLEAR(piece);
        if (failed)
            break;
        if (i == Py_SIZE(self)) {
            if (_PyUnicodeWriter_WriteChar(&writer, ')') < 0)
                break;
            return _PyUnicodeWriter_Finish(&writer);
        }
        const char *name = type->tp_members[i].name;
        if (name == NULL) {
            PyErr_Format(PyExc_SystemError, "In structseq_repr(), member %zd name is NULL for type %.500s", i, type->tp_name);
            break;
        }
        piece = PyUnicode_FromFormat("%s%s=%R", i ? ", " : "", name, PyStructSequence_GET_ITEM(self, i));
    }
    _PyUnicodeWriter_Dealloc(&writer);
    return NULL;
}

/* (type, (visible items, {name: hidden item})) */
static PyObject *seq_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    PyTypeObject *type = Py_TYPE(self);
    Counts counts;
    if (read_counts(type, &counts) < 0)
        return NULL;
    PyObject *visible = PyTuple_New(counts.visible), *hidden = visible ? PyDict_New() : NULL;
    if (hidden == NULL)
        goto error;
    for (Py_ssize_t i = 0; i < counts.all; i++) {
        PyObject *item = PyStructSequence_GET_ITEM(self, i);
        if (i < counts.visible) {
            Py_INCREF(item);
            PyTuple_SET_ITEM(visible, i, item);
        }
        else if (PyDict_SetItemString(hidden, hidden_name(type, &counts, i), item) < 0)
            goto error;
    }
    return Py_BuildValue("(O(NN))", type, visible, hidden);
error:
    Py_XDECREF(visible);
    Py_XDECREF(hidden);
    return NULL;
}

static PyMethodDef seq_methods[] = {
    {"__reduce__", seq_reduce, METH_NOARGS, NULL},
    {NULL},
};

/* ---- types ---- */

static Counts count_fields(PyStructSequence_Desc *desc)
{
    Counts counts = {.visible = desc->n_in_sequence};
    for (; desc->fields[counts.all].name != NULL; counts.all++)
        counts.unnamed += desc->fields[counts.all].name == PyStructSequence_UnnamedField;
    return counts;
}

/* The member table [SEQ-2]. New memory, kept as long as the type. */
static PyMemberDef *make_members(PyStructSequence_Desc *desc, const Counts *counts)
{
    PyMemberDef *members = PyMem_NEW(PyMemberDef, counts->all - counts->unnamed + 1);
    if (members == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    Py_ssize_t used = 0;
    for (Py_ssize_t i = 0; i < counts->all; i++) {
        if (desc->fields[i].name == PyStructSequence_UnnamedField)
            continue;
        members[used++] = (PyMemberDef){
            .name = desc->fields[i].name,
            .type = T_OBJECT,
            .offset = offsetof(PyTupleObject, ob_item) + i * sizeof(PyObject *),
            .flags = READONLY,
            .doc = desc->fields[i].doc,
        };
    }
    members[used] = (PyMemberDef){0};
    return members;
}

static int store_counts(PyObject *dict, const Counts *counts)
{
    const struct { const char *name; Py_ssize_t value; } rows[] = {
        {"n_sequence_fields", counts->visible},
        {"n_fields", counts->all},
        {"n_unnamed_fields", counts->unnamed},
    };
    for (size_t i = 0; i < Py_ARRAY_LENGTH(rows); i++) {
        PyObject *value = PyLong_FromSsize_t(rows[i].value);
        if (value == NULL || PyDict_SetItemString(dict, rows[i].name, value) < 0) {
            Py_XDECREF(value);
            return -1;
        }
        Py_DECREF(value);
    }
    return 0;
}

/* Fill and ready a static type. 0, or -1 with an exception. */
int PyStructSequence_InitType2(PyTypeObject *type, PyStructSequence_Desc *desc)
{
    Counts counts = count_fields(desc);
    PyMemberDef *members = make_members(desc, &counts);
    if (members == NULL)
        return -1;
    Py_ssize_t refs = Py_REFCNT(type) > 0 ? Py_REFCNT(type) : 1;
    *type = (PyTypeObject){
        PyVarObject_HEAD_INIT(&PyType_Type, 0)
        .tp_name = desc->name,
        .tp_basicsize = sizeof(PyTupleObject) - sizeof(PyObject *),
        .tp_itemsize = sizeof(PyObject *),
        .tp_dealloc = seq_dealloc,
        .tp_repr = seq_repr,
        .tp_flags = Py_TPFLAGS_DEFAULT,
        .tp_doc = desc->doc,
        .tp_base = &PyTuple_Type,
        .tp_methods = seq_methods,
        .tp_members = members,
        .tp_new = seq_new,
    };
    Py_REFCNT(type) = refs;
    if (PyType_Ready(type) < 0) {
        PyMem_FREE(members);
        return -1;
    }
    Py_INCREF(type);
    if (store_counts(type->tp_dict, &counts) < 0) {
        Py_DECREF(type);
        return -1;
    }
    return 0;
}

void PyStructSequence_InitType(PyTypeObject *type, PyStructSequence_Desc *desc)
{
    (void)PyStructSequence_InitType2(type, desc);
}

PyTypeObject *PyStructSequence_NewType(PyStructSequence_Desc *desc)
{
    Counts counts = count_fields(desc);
    PyMemberDef *members = make_members(desc, &counts);
    if (members == NULL)
        return NULL;
    PyType_Slot slots[] = {
        {Py_tp_dealloc, (void *)seq_dealloc},
        {Py_tp_repr, (void *)seq_repr},
        {Py_tp_doc, (void *)desc->doc},
        {Py_tp_methods, seq_methods},
        {Py_tp_new, (void *)seq_new},
        {Py_tp_members, members},
        {0, NULL},
    };
    PyType_Spec spec = {
        .name = desc->name,
        .basicsize = sizeof(PyTupleObject) - sizeof(PyObject *),
        .itemsize = sizeof(PyObject *),
        .flags = Py_TPFLAGS_DEFAULT,
        .slots = slots,
    };
    PyObject *bases = PyTuple_Pack(1, &PyTuple_Type), *type = NULL;
    if (bases != NULL) {
        type = PyType_FromSpecWithBases(&spec, bases);
        Py_DECREF(bases);
    }
    PyMem_FREE(members); /* the type holds a copy */
    if (type != NULL && store_counts(((PyTypeObject *)type)->tp_dict, &counts) < 0)
        Py_CLEAR(type);
    return (PyTypeObject *)type;
}
