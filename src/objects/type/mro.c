/* SPDX-License-Identifier: MIT */
/* The method resolution order (C3), mro() of metaclasses, subtype tests, and the choice of the base that decides the layout. */
#include "objects/type/type.h"

_Py_IDENTIFIER(mro);

/* ---- subtype --------------------------------------------------------------------------------------------------------- */

int PyType_IsSubtype(PyTypeObject *a, PyTypeObject *b)
{
    PyObject *mro = a->tp_mro;
    if (a == b)
        return 1;
    if (mro != NULL) {
        for (Py_ssize_t i = 0, n = PyTuple_GET_SIZE(mro); i < n; i++)
            if (PyTuple_GET_ITEM(mro, i) == (PyObject *)b)
                return 1;
        return 0;
    }
    do { /* not ready yet */
        if (a == b)
            return 1;
        a = a->tp_base;
    } while (a != NULL);
    return b == &PyBaseObject_Type;
}

/* ---- C3 ---------------------------------------------------------------------------------------------------------------- */

/* A sequence being merged: tuple items from next on. */
typedef struct {
    PyObject *items; /* tuple, borrowed */
    Py_ssize_t next;
} MergeLine;

static PyObject *line_head(const MergeLine *line)
{
    return line->next < PyTuple_GET_SIZE(line->items) ? PyTuple_GET_ITEM(line->items, line->next) : NULL;
}

static int in_a_tail(const MergeLine *lines, Py_ssize_t n, PyObject *cls)
{
    for (Py_ssize_t k = 0; k < n; k++)
        for (Py_ssize_t i = lines[k].next + 1; i < PyTuple_GET_SIZE(lines[k].items); i++)
            if (PyTuple_GET_ITEM(lines[k].items, i) == cls)
                return 1;
    return 0;
}

/* The bases that are left cannot be ordered. */
static int merge_conflict(const MergeLine *lines, Py_ssize_t n)
{
    PyObject *left = PyDict_New(), *text = NULL, *key, *value;
    Py_ssize_t pos = 0;
    if (left == NULL)
        return -1;
    for (Py_ssize_t k = 0; k < n; k++) {
        PyObject *head = line_head(&lines[k]);
        if (head != NULL && PyDict_SetItem(left, head, Py_None) < 0)
            goto done;
    }
    text = PyUnicode_FromString("");
    while (text != NULL && PyDict_Next(left, &pos, &key, &value)) {
        PyObject *name = tai_type_name((PyTypeObject *)key, NULL), *longer = NULL;
        if (name != NULL)
            longer = PyUnicode_FromFormat(PyUnicode_GET_LENGTH(text) ? "%U, %U" : "%U%U", text, name);
        Py_XDECREF(name);
        Py_SETREF(text, longer);
    }
    if (text != NULL)
        PyErr_Format(PyExc_TypeError, "Cannot create a consistent method resolution\norder (MRO) for bases %U", text);
done:
    Py_XDECREF(text);
    Py_DECREF(left);
    return -1;
}

static int merge(PyObject *result, MergeLine *lines, Py_ssize_t n)
{
    for (;;) {
        PyObject *chosen = NULL;
        int empty = 1;
        for (Py_ssize_t k = 0; k < n && chosen == NULL; k++) {
            PyObject *head = line_head(&lines[k]);
            if (head == NULL)
                continue;
            empty = 0;
            if (!in_a_tail(lines, n, head))
                chosen = head;
        }
        if (empty)
            return 0;
        if (chosen == NULL)
            return merge_conflict(lines, n);
        if (PyList_Append(result, chosen) < 0)
            return -1;
        for (Py_ssize_t k = 0; k < n; k++)
            if (line_head(&lines[k]) == chosen)
                lines[k].next++;
    }
}

static int check_duplicates(PyObject *bases)
{
    for (Py_ssize_t i = 0, n = PyTuple_GET_SIZE(bases); i < n; i++) {
        for (Py_ssize_t j = i + 1; j < n; j++) {
            if (PyTuple_GET_ITEM(bases, i) != PyTuple_GET_ITEM(bases, j))
                continue;
            PyObject *name = tai_type_name((PyTypeObject *)PyTuple_GET_ITEM(bases, i), NULL);
            if (name != NULL)
                PyErr_Format(PyExc_TypeError, "duplicate base class %U", name);
            Py_XDECREF(name);
            return -1;
        }
    }
    return 0;
}

PyObject *tai_type_compute_mro(PyTypeObject *type)
{
    PyObject *bases = type->tp_bases, *result;
    Py_ssize_t n = PyTuple_GET_SIZE(bases);
    MergeLine *lines;
    if (type->tp_dict == NULL && PyType_Ready(type) < 0)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyTypeObject *base = (PyTypeObject *)PyTuple_GET_ITEM(bases, i);
        if (base->tp_mro == NULL) {
            PyErr_Format(PyExc_TypeError, "Cannot extend an incomplete type '%.100s'", base->tp_name);
            return NULL;
        }
    }
    if (n > 1 && check_duplicates(bases) < 0)
        return NULL;
    result = PyList_New(0);
    if (result == NULL || PyList_Append(result, (PyObject *)type) < 0)
        goto failed;
    if (n == 1) {
        PyObject *mro = ((PyTypeObject *)PyTuple_GET_ITEM(bases, 0))->tp_mro;
        if (PyList_SetSlice(result, 1, 1, mro) < 0)
            goto failed;
        return result;
    }
    lines = PyMem_New(MergeLine, n + 1);
    if (lines == NULL) {
        PyErr_NoMemory();
        goto failed;
    }
    for (Py_ssize_t i = 0; i < n; i++)
        lines[i] = (MergeLine){((PyTypeObject *)PyTuple_GET_ITEM(bases, i))->tp_mro, 0};
    lines[n] = (MergeLine){bases, 0};
    int status = merge(result, lines, n + 1);
    PyMem_Free(lines);
    if (status == 0)
        return result;
failed:
    Py_XDECREF(result);
    return NULL;
}

/* ---- layout ------------------------------------------------------------------------------------------------------------ */

/* Whether the instances of type have fields that those of base have not, apart from a dict and weak references at the end. */
static int extra_fields(PyTypeObject *type, PyTypeObject *base)
{
    size_t size = (size_t)type->tp_basicsize;
    if (type->tp_itemsize || base->tp_itemsize)
        return type->tp_basicsize != base->tp_basicsize || type->tp_itemsize != base->tp_itemsize;
    if (type->tp_weaklistoffset && base->tp_weaklistoffset == 0 &&
        (size_t)type->tp_weaklistoffset + sizeof(PyObject *) == size && (type->tp_flags & Py_TPFLAGS_HEAPTYPE))
        size -= sizeof(PyObject *);
    if (type->tp_dictoffset && base->tp_dictoffset == 0 &&
        (size_t)type->tp_dictoffset + sizeof(PyObject *) == size && (type->tp_flags & Py_TPFLAGS_HEAPTYPE))
        size -= sizeof(PyObject *);
    return size != (size_t)base->tp_basicsize;
}

/* The nearest type at or above this one that decides the layout. */
static PyTypeObject *solid_base(PyTypeObject *type)
{
    PyTypeObject *base = type->tp_base ? solid_base(type->tp_base) : &PyBaseObject_Type;
    return extra_fields(type, base) ? type : base;
}

/* ---- mro() of the metaclass -------------------------------------------------------------------------------------------- */

static int check_mro(PyTypeObject *type, PyObject *mro)
{
    PyTypeObject *solid = solid_base(type);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(mro); i++) {
        PyObject *base = PyTuple_GET_ITEM(mro, i);
        if (!PyType_Check(base)) {
            PyErr_Format(PyExc_TypeError, "mro() returned a non-class ('%.500s')", Py_TYPE(base)->tp_name);
            return -1;
        }
        if (!PyType_IsSubtype(solid, solid_base((PyTypeObject *)base))) {
            PyErr_Format(PyExc_TypeError, "mro() returned base with unsuitable layout ('%.500s')",
                         ((PyTypeObject *)base)->tp_name);
            return -1;
        }
    }
    return 0;
}

/* The order as a tuple, by type.mro or what the metaclass has in its place. New. Runs code. */
static PyObject *ask_mro(PyTypeObject *type)
{
    PyObject *method, *list, *mro;
    int custom = Py_TYPE(type) != &PyType_Type, unbound;
    if (!custom)
        list = tai_type_compute_mro(type);
    else {
        PyObject *name = _PyUnicode_FromId(&PyId_mro);
        if (name == NULL)
            return NULL;
        unbound = tai_lookup_special((PyObject *)type, name, &method);
        if (unbound < 0) {
            if (unbound == -1)
                PyErr_SetObject(PyExc_AttributeError, name);
            return NULL;
        }
        list = unbound ? PyObject_CallFunctionObjArgs(method, type, NULL) : _PyObject_CallNoArg(method);
        Py_DECREF(method);
    }
    if (list == NULL)
        return NULL;
    mro = PySequence_Tuple(list);
    Py_DECREF(list);
    if (mro != NULL && PyTuple_GET_SIZE(mro) == 0) {
        PyErr_Format(PyExc_TypeError, "type MRO must not be empty");
        Py_CLEAR(mro);
    }
    if (mro != NULL && custom && check_mro(type, mro) < 0)
        Py_CLEAR(mro);
    return mro;
}

/* A type whose order names types that do not count it among their subclasses cannot be told of their changes. */
static void mro_modified(PyTypeObject *type, PyObject *bases)
{
    if (!PyType_HasFeature(type, Py_TPFLAGS_HAVE_VERSION_TAG))
        return;
    if (Py_TYPE(type) != &PyType_Type) {
        static PyObject *type_mro;
        PyObject *own = _PyType_LookupId(Py_TYPE(type), &PyId_mro);
        if (type_mro == NULL)
            type_mro = _PyType_LookupId(&PyType_Type, &PyId_mro);
        if (own != type_mro)
            goto no_tag;
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(bases); i++) {
        PyObject *base = PyTuple_GET_ITEM(bases, i);
        if (!PyType_Check(base) || !PyType_IsSubtype(type, (PyTypeObject *)base))
            goto no_tag;
    }
    return;
no_tag:
    PyType_Modified(type);
    type->tp_flags &= ~(Py_TPFLAGS_HAVE_VERSION_TAG | Py_TPFLAGS_VALID_VERSION_TAG);
    if (!tai_type_tag_is_foreign(type))
        type->tp_version_tag = 0;
}

int tai_type_mro_internal(PyTypeObject *type, PyObject **old_mro)
{
    PyObject *before = type->tp_mro, *mro;
    int reentered;
    Py_XINCREF(before);
    mro = ask_mro(type);
    reentered = type->tp_mro != before; /* mro() may have changed the bases itself */
    Py_XDECREF(before);
    if (mro == NULL)
        return -1;
    if (reentered) {
        Py_DECREF(mro);
        return 0;
    }
    type->tp_mro = mro;
    mro_modified(type, mro);
    mro_modified(type, type->tp_bases);
    PyType_Modified(type);
    if (old_mro != NULL)
        *old_mro = before; /* its reference moves to the caller */
    else
        Py_XDECREF(before);
    return 1;
}

/* ---- bases ---------------------------------------------------------------------------------------------------------- */

/* Of bases (non-empty tuple) the one whose layout instances will have; borrowed, or NULL with TypeError. */
PyTypeObject *tai_type_best_base(PyObject *bases)
{
    PyTypeObject *base = NULL, *winner = NULL;
    for (Py_ssize_t i = 0, n = PyTuple_GET_SIZE(bases); i < n; i++) {
        PyTypeObject *one = (PyTypeObject *)PyTuple_GET_ITEM(bases, i), *solid;
        if (!PyType_Check(one)) {
            PyErr_SetString(PyExc_TypeError, "bases must be types");
            return NULL;
        }
        if (one->tp_dict == NULL && PyType_Ready(one) < 0)
            return NULL;
        if (!PyType_HasFeature(one, Py_TPFLAGS_BASETYPE)) {
            PyErr_Format(PyExc_TypeError, "type '%.100s' is not an acceptable base type", one->tp_name);
            return NULL;
        }
        solid = solid_base(one);
        if (winner == NULL || (winner != solid && PyType_IsSubtype(solid, winner))) {
            winner = solid;
            base = one;
        }
        else if (!PyType_IsSubtype(winner, solid)) {
            PyErr_SetString(PyExc_TypeError, "multiple bases have instance lay-out conflict");
            return NULL;
        }
    }
    assert(base != NULL);
    return base;
}

/* The most derived of meta and the metaclasses of bases; borrowed. */
PyTypeObject *_PyType_CalculateMetaclass(PyTypeObject *meta, PyObject *bases)
{
    PyTypeObject *winner = meta;
    for (Py_ssize_t i = 0, n = PyTuple_GET_SIZE(bases); i < n; i++) {
        PyTypeObject *one = Py_TYPE(PyTuple_GET_ITEM(bases, i));
        if (PyType_IsSubtype(winner, one))
            continue;
        if (!PyType_IsSubtype(one, winner)) {
            PyErr_SetString(PyExc_TypeError, "metaclass conflict: the metaclass of a derived class must be a "
                                             "(non-strict) subclass of the metaclasses of all its bases");
            return NULL;
        }
        winner = one;
    }
    return winner;
}
