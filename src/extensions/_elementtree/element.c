/* SPDX-License-Identifier: MIT */
/* Element: see tree.h. */
#include "tree.h"

static PyObject *none(void)
{
    Py_INCREF(Py_None);
    return Py_None;
}

/* ------------------------------------------------------------------ life and children */

static int need_extra(Element *self)
{
    if (self->extra)
        return 0;
    if ((self->extra = PyObject_Malloc(sizeof *self->extra)) == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->extra->attrib = NULL;
    self->extra->length = 0;
    self->extra->allocated = FEW;
    self->extra->children = self->extra->few;
    return 0;
}

static void drop_extra(Element *self)
{
    Extra *x = self->extra;
    if (x == NULL)
        return;
    self->extra = NULL;
    Py_XDECREF(x->attrib);
    for (Py_ssize_t i = 0; i < x->length; i++)
        Py_DECREF(x->children[i]);
    if (x->children != x->few)
        PyObject_Free(x->children);
    PyObject_Free(x);
}

static Py_ssize_t count(Element *self)
{
    return self->extra ? self->extra->length : 0;
}

/* Room for n more children. 0 / -1. */
static int room(Element *self, Py_ssize_t n)
{
    if (need_extra(self) < 0)
        return -1;
    Extra *x = self->extra;
    Py_ssize_t size = x->length + n;
    if (size <= x->allocated)
        return 0;
    size = (size >> 3) + (size < 9 ? 3 : 6) + size;
    PyObject **children = size > PY_SSIZE_T_MAX / (Py_ssize_t)sizeof *children ? NULL
                          : x->children == x->few                              ? PyObject_Malloc((size_t)size * sizeof *children)
                                                                               : PyObject_Realloc(x->children, (size_t)size * sizeof *children);
    if (children == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    if (x->children == x->few)
        memcpy(children, x->few, (size_t)x->length * sizeof *children);
    x->children = children;
    x->allocated = size;
    return 0;
}

int et_add_child(Element *self, PyObject *child)
{
    if (!PyObject_TypeCheck(child, &EtElementType)) {
        PyErr_Format(PyExc_TypeError, "expected an Element, not \"%.200s\"", Py_TYPE(child)->tp_name);
        return -1;
    }
    if (room(self, 1) < 0)
        return -1;
    Py_INCREF(child);
    self->extra->children[self->extra->length++] = child;
    return 0;
}

PyObject *et_new_element(PyObject *tag, PyObject *attrib)
{
    Element *self = PyObject_GC_New(Element, &EtElementType);
    if (self == NULL)
        return NULL;
    self->extra = NULL;
    self->weakrefs = NULL;
    Py_INCREF(tag);
    self->tag = tag;
    self->text = none();
    self->tail = none();
    PyObject_GC_Track(self);
    if (attrib && PyDict_GET_SIZE(attrib)) {
        if (need_extra(self) < 0) {
            Py_DECREF(self);
            return NULL;
        }
        Py_INCREF(attrib);
        self->extra->attrib = attrib;
    }
    return (PyObject *)self;
}

static PyObject *element_new(PyTypeObject *type, PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(kwds))
{
    Element *self = (Element *)type->tp_alloc(type, 0);
    if (self) {
        self->tag = none();
        self->text = none();
        self->tail = none();
    }
    return (PyObject *)self;
}

static int element_traverse(PyObject *op, visitproc visit, void *arg)
{
    Element *self = (Element *)op;
    Py_VISIT(self->tag);
    Py_VISIT(self->text);
    Py_VISIT(self->tail);
    if (self->extra) {
        Py_VISIT(self->extra->attrib);
        for (Py_ssize_t i = 0; i < self->extra->length; i++)
            Py_VISIT(self->extra->children[i]);
    }
    return 0;
}

static int element_clear_slots(PyObject *op)
{
    Element *self = (Element *)op;
    Py_CLEAR(self->tag);
    Py_CLEAR(self->text);
    Py_CLEAR(self->tail);
    drop_extra(self);
    return 0;
}

static void element_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    Py_TRASHCAN_SAFE_BEGIN(op) /* trees are deep */
    if (((Element *)op)->weakrefs)
        PyObject_ClearWeakRefs(op);
    element_clear_slots(op);
    Py_TYPE(op)->tp_free(op);
    Py_TRASHCAN_SAFE_END(op)
}

/* A copy of a dict with keywords added. New. */
static PyObject *merged(PyObject *attrib, PyObject *kwds)
{
    PyObject *d = attrib ? PyDict_Copy(attrib) : PyDict_New();
    if (d && kwds && PyDict_Update(d, kwds) < 0)
        Py_CLEAR(d);
    return d;
}

/* attrib may also come as a keyword: it is taken out of kwds (a new dict or NULL). 0 / -1. */
static int take_attrib(PyObject **attrib, PyObject *kwds, PyObject **rest)
{
    *rest = NULL;
    if (kwds == NULL || PyDict_GET_SIZE(kwds) == 0)
        return 0;
    if ((*rest = PyDict_Copy(kwds)) == NULL)
        return -1;
    PyObject *given = *attrib ? NULL : PyDict_GetItemString(*rest, "attrib");
    if (given) {
        if (!PyDict_Check(given)) {
            PyErr_Format(PyExc_TypeError, "attrib must be dict, not %.100s", Py_TYPE(given)->tp_name);
            Py_CLEAR(*rest);
            return -1;
        }
        *attrib = PyDict_GetItemString(kwds, "attrib"); /* kwds holds it */
        PyDict_DelItemString(*rest, "attrib");
    }
    return 0;
}

static int element_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    Element *self = (Element *)op;
    PyObject *tag, *attrib = NULL, *rest;
    if (!PyArg_ParseTuple(args, "O|O!:Element", &tag, &PyDict_Type, &attrib) || take_attrib(&attrib, kwds, &rest) < 0)
        return -1;
    PyObject *d = attrib || rest ? merged(attrib, rest) : NULL;
    int failed = (attrib || rest) && d == NULL;
    Py_XDECREF(rest);
    if (failed || (d && need_extra(self) < 0)) {
        Py_XDECREF(d);
        return -1;
    }
    if (d && PyDict_GET_SIZE(d) == 0)
        Py_CLEAR(d);
    if (self->extra)
        Py_XSETREF(self->extra->attrib, d);
    Py_INCREF(tag);
    Py_XSETREF(self->tag, tag);
    Py_XSETREF(self->text, none());
    Py_XSETREF(self->tail, none());
    return 0;
}

PyObject *et_subelement(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    PyObject *parent, *tag, *attrib = NULL, *rest;
    if (!PyArg_ParseTuple(args, "O!O|O!:SubElement", &EtElementType, &parent, &tag, &PyDict_Type, &attrib) || take_attrib(&attrib, kwds, &rest) < 0)
        return NULL;
    PyObject *d = merged(attrib, rest), *element = d ? et_new_element(tag, d) : NULL;
    Py_XDECREF(rest);
    Py_XDECREF(d);
    if (element && et_add_child((Element *)parent, element) < 0)
        Py_CLEAR(element);
    return element;
}

/* ------------------------------------------------------------------ attributes of the object */

static PyObject *get_object(PyObject *op, void *offset)
{
    PyObject *v = *(PyObject **)((char *)op + (intptr_t)offset);
    v = v ? v : Py_None;
    Py_INCREF(v);
    return v;
}

static int cannot_delete(PyObject *v)
{
    if (v == NULL)
        PyErr_SetString(PyExc_AttributeError, "can't delete element attribute");
    return v == NULL;
}

static int set_object(PyObject *op, PyObject *v, void *offset)
{
    if (cannot_delete(v))
        return -1;
    Py_INCREF(v);
    Py_XSETREF(*(PyObject **)((char *)op + (intptr_t)offset), v);
    return 0;
}

/* The dict, made if need be. Borrowed. */
static PyObject *attrib_of(Element *self)
{
    if (need_extra(self) < 0)
        return NULL;
    if (self->extra->attrib == NULL)
        self->extra->attrib = PyDict_New();
    return self->extra->attrib;
}

static PyObject *get_attrib(PyObject *op, void *Py_UNUSED(unused))
{
    PyObject *d = attrib_of((Element *)op);
    Py_XINCREF(d);
    return d;
}

static int set_attrib(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    if (cannot_delete(v) || need_extra((Element *)op) < 0)
        return -1;
    Py_INCREF(v);
    Py_XSETREF(((Element *)op)->extra->attrib, v);
    return 0;
}

static PyGetSetDef element_getset[] = {
    {"tag", get_object, set_object, "what kind of element it is", (void *)offsetof(Element, tag)},
    {"text", get_object, set_object, "the text after its start tag, or None", (void *)offsetof(Element, text)},
    {"tail", get_object, set_object, "the text after its end tag, or None", (void *)offsetof(Element, tail)},
    {"attrib", get_attrib, set_attrib, "its attributes, a dict", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyObject *element_get(PyObject *op, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"key", "default", NULL};
    static _PyArg_Parser parser = {NULL, names, "get", 0};
    PyObject *slots[2], *v = Py_None;
    Py_ssize_t given = nargs + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0);
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &parser, 1, 2, 0, slots);
    if (args == NULL)
        return NULL;
    if (given > 1)
        v = args[1];
    Element *self = (Element *)op;
    PyObject *attrib = self->extra ? self->extra->attrib : NULL, *found = NULL;
    if (attrib) { /* the key's hash and comparison may set another one */
        Py_INCREF(attrib);
        found = PyDict_GetItemWithError(attrib, args[0]);
        Py_XINCREF(found);
        Py_DECREF(attrib);
        if (found == NULL && PyErr_Occurred())
            return NULL;
    }
    if (found)
        return found;
    Py_INCREF(v);
    return v;
}

static PyObject *element_set(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("set", nargs, 2, 2))
        return NULL;
    PyObject *d = attrib_of((Element *)op);
    if (d == NULL)
        return NULL;
    Py_INCREF(d);
    int status = PyDict_SetItem(d, args[0], args[1]);
    Py_DECREF(d);
    return status == 0 ? none() : NULL;
}

static PyObject *element_keys(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Extra *x = ((Element *)op)->extra;
    return x && x->attrib ? PyDict_Keys(x->attrib) : PyList_New(0);
}

static PyObject *element_items(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Extra *x = ((Element *)op)->extra;
    return x && x->attrib ? PyDict_Items(x->attrib) : PyList_New(0);
}

/* ------------------------------------------------------------------ copies and pickles */

static PyObject *element_copy(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Element *self = (Element *)op, *twin = (Element *)et_new_element(self->tag, NULL);
    if (twin == NULL)
        return NULL;
    Py_INCREF(self->text);
    Py_SETREF(twin->text, self->text);
    Py_INCREF(self->tail);
    Py_SETREF(twin->tail, self->tail);
    if (self->extra) {
        if (room(twin, self->extra->length) < 0) {
            Py_DECREF(twin);
            return NULL;
        }
        Py_XINCREF(self->extra->attrib);
        twin->extra->attrib = self->extra->attrib;
        for (Py_ssize_t i = 0; i < self->extra->length; i++)
            Py_INCREF(self->extra->children[i]), twin->extra->children[i] = self->extra->children[i];
        twin->extra->length = self->extra->length;
    }
    return (PyObject *)twin;
}

/* A deep copy of any object, which its holder may let go of meanwhile. New. */
static PyObject *deep(PyObject *o, PyObject *memo)
{
    Py_INCREF(o);
    if (o == Py_None || PyUnicode_CheckExact(o))
        return o;
    PyObject *twin = Py_TYPE(o) == &EtElementType ? PyObject_CallMethod(o, "__deepcopy__", "O", memo) : PyObject_CallFunctionObjArgs(et_deepcopy, o, memo, NULL);
    Py_DECREF(o);
    return twin;
}

static PyObject *element_deepcopy(PyObject *op, PyObject *memo)
{
    Element *self = (Element *)op, *twin = NULL;
    if (!PyDict_Check(memo)) {
        _PyArg_BadArgument("__deepcopy__", "argument", "dict", memo);
        return NULL;
    }
    if (Py_EnterRecursiveCall(" while copying an element"))
        return NULL;
    PyObject *tag = deep(self->tag, memo), *attrib = NULL, *v, *id;
    if (tag == NULL || (self->extra && self->extra->attrib && (attrib = deep(self->extra->attrib, memo)) == NULL))
        goto done;
    if ((twin = (Element *)et_new_element(tag, NULL)) == NULL)
        goto done;
    if (attrib) {
        if (need_extra(twin) < 0)
            goto error;
        twin->extra->attrib = attrib;
        attrib = NULL;
    }
    if ((v = deep(self->text, memo)) == NULL)
        goto error;
    Py_SETREF(twin->text, v);
    if ((v = deep(self->tail, memo)) == NULL)
        goto error;
    Py_SETREF(twin->tail, v);
    for (Py_ssize_t i = 0; i < count(self); i++) {
        PyObject *child = deep(self->extra->children[i], memo);
        int status = child ? et_add_child(twin, child) : -1;
        Py_XDECREF(child);
        if (status < 0)
            goto error;
    }
    id = PyLong_FromVoidPtr(self);
    if (id == NULL || PyDict_SetItem(memo, id, (PyObject *)twin) < 0) {
        Py_XDECREF(id);
        goto error;
    }
    Py_DECREF(id);
    goto done;
error:
    Py_CLEAR(twin);
done:
    Py_LeaveRecursiveCall();
    Py_XDECREF(tag);
    Py_XDECREF(attrib);
    return (PyObject *)twin;
}

static PyObject *child_list(Element *self)
{
    PyObject *list = PyList_New(count(self));
    for (Py_ssize_t i = 0; list && i < PyList_GET_SIZE(list); i++) {
        Py_INCREF(self->extra->children[i]);
        PyList_SET_ITEM(list, i, self->extra->children[i]);
    }
    return list;
}

static PyObject *element_getstate(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Element *self = (Element *)op;
    PyObject *children = child_list(self), *attrib;
    if (children == NULL)
        return NULL;
    attrib = self->extra && self->extra->attrib ? (Py_INCREF(self->extra->attrib), self->extra->attrib) : PyDict_New();
    return Py_BuildValue("{s:O,s:N,s:N,s:O,s:O}", "tag", self->tag, "_children", children, "attrib", attrib, "text", self->text, "tail", self->tail);
}

static PyObject *element_setstate(PyObject *op, PyObject *state)
{
    Element *self = (Element *)op;
    if (!PyDict_CheckExact(state))
        return PyErr_Format(PyExc_TypeError, "Don't know how to unpickle \"%.200R\" as an Element", state);
    PyObject *tag = PyDict_GetItemString(state, "tag"), *text = PyDict_GetItemString(state, "text"), *tail = PyDict_GetItemString(state, "tail");
    PyObject *children = PyDict_GetItemString(state, "_children"), *attrib = PyDict_GetItemString(state, "attrib");
    if (tag == NULL) {
        PyErr_SetString(PyExc_TypeError, "tag may not be NULL");
        return NULL;
    }
    if (children && !PyList_Check(children)) {
        PyErr_SetString(PyExc_TypeError, "'_children' is not a list");
        return NULL;
    }
    Py_ssize_t n = children ? PyList_GET_SIZE(children) : 0;
    for (Py_ssize_t i = 0; i < n; i++)
        if (!PyObject_TypeCheck(PyList_GET_ITEM(children, i), &EtElementType))
            return PyErr_Format(PyExc_TypeError, "expected an Element, not \"%.200s\"", Py_TYPE(PyList_GET_ITEM(children, i))->tp_name);
    children = children ? PyList_GetSlice(children, 0, n) : PyList_New(0); /* what is let go of below runs code */
    if (children == NULL)
        return NULL;
    PyObject *values[] = {tag, text ? text : Py_None, tail ? tail : Py_None, attrib};
    for (int i = 0; i < 4; i++)
        Py_XINCREF(values[i]);
    drop_extra(self);
    Py_XSETREF(self->tag, values[0]);
    Py_XSETREF(self->text, values[1]);
    Py_XSETREF(self->tail, values[2]);
    int failed = (n || attrib) && room(self, n) < 0;
    for (Py_ssize_t i = 0; !failed && i < n; i++)
        failed = et_add_child(self, PyList_GET_ITEM(children, i)) < 0;
    if (failed)
        Py_XDECREF(values[3]);
    else if (values[3])
        Py_XSETREF(self->extra->attrib, values[3]);
    Py_DECREF(children);
    return failed ? NULL : none();
}

static PyObject *element_sizeof(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Element *self = (Element *)op;
    Py_ssize_t n = _PyObject_SIZE(Py_TYPE(op));
    if (self->extra) {
        n += (Py_ssize_t)sizeof *self->extra;
        if (self->extra->children != self->extra->few)
            n += (Py_ssize_t)sizeof(PyObject *) * self->extra->allocated;
    }
    return PyLong_FromSsize_t(n);
}

/* ------------------------------------------------------------------ the list of children */

static PyObject *element_append(PyObject *op, PyObject *child)
{
    if (!PyObject_TypeCheck(child, &EtElementType)) {
        _PyArg_BadArgument("append", "argument", EtElementType.tp_name, child);
        return NULL;
    }
    return et_add_child((Element *)op, child) < 0 ? NULL : none();
}

static PyObject *element_extend(PyObject *op, PyObject *elements)
{
    PyObject *list = PySequence_Fast(elements, "");
    if (list == NULL)
        return PyErr_ExceptionMatches(PyExc_TypeError) ? PyErr_Format(PyExc_TypeError, "expected sequence, not \"%.200s\"", Py_TYPE(elements)->tp_name) : NULL;
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(list); i++) {
        PyObject *child = PySequence_Fast_GET_ITEM(list, i);
        Py_INCREF(child);
        int status = et_add_child((Element *)op, child);
        Py_DECREF(child);
        if (status < 0) {
            Py_DECREF(list);
            return NULL;
        }
    }
    Py_DECREF(list);
    return none();
}

static PyObject *element_insert(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    Element *self = (Element *)op;
    if (!_PyArg_CheckPositional("insert", nargs, 2, 2))
        return NULL;
    if (PyFloat_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return NULL;
    }
    Py_ssize_t i = PyNumber_AsSsize_t(args[0], PyExc_OverflowError);
    if (i == -1 && PyErr_Occurred())
        return NULL;
    if (!PyObject_TypeCheck(args[1], &EtElementType)) {
        _PyArg_BadArgument("insert", "argument 2", EtElementType.tp_name, args[1]);
        return NULL;
    }
    if (room(self, 1) < 0)
        return NULL;
    Extra *x = self->extra;
    if (i < 0)
        i = i + x->length < 0 ? 0 : i + x->length;
    if (i > x->length)
        i = x->length;
    memmove(x->children + i + 1, x->children + i, (size_t)(x->length - i) * sizeof *x->children);
    Py_INCREF(args[1]);
    x->children[i] = args[1];
    x->length++;
    return none();
}

/* Take child i out. New. */
static PyObject *take_out(Element *self, Py_ssize_t i)
{
    Extra *x = self->extra;
    PyObject *child = x->children[i];
    x->length--;
    memmove(x->children + i, x->children + i + 1, (size_t)(x->length - i) * sizeof *x->children);
    return child;
}

static PyObject *element_remove(PyObject *op, PyObject *child)
{
    Element *self = (Element *)op;
    if (!PyObject_TypeCheck(child, &EtElementType)) {
        _PyArg_BadArgument("remove", "argument", EtElementType.tp_name, child);
        return NULL;
    }
    Py_ssize_t i = 0;
    while (i < count(self) && self->extra->children[i] != child)
        i++;
    for (Py_ssize_t k = 0; i == count(self) && k < count(self); k++) {
        PyObject *other = self->extra->children[k];
        Py_INCREF(other);
        int same = PyObject_RichCompareBool(other, child, Py_EQ);
        Py_DECREF(other);
        if (same < 0)
            return NULL;
        if (same) {
            i = k;
            break;
        }
    }
    if (i >= count(self)) {
        PyErr_SetString(PyExc_ValueError, "list.remove(x): x not in list");
        return NULL;
    }
    Py_DECREF(take_out(self, i));
    return none();
}

static PyObject *element_clear(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Element *self = (Element *)op;
    drop_extra(self);
    Py_SETREF(self->text, none());
    Py_SETREF(self->tail, none());
    return none();
}

static Py_ssize_t element_length(PyObject *op)
{
    return count((Element *)op);
}

static PyObject *element_item(PyObject *op, Py_ssize_t i)
{
    Element *self = (Element *)op;
    if (i < 0 || i >= count(self)) {
        PyErr_SetString(PyExc_IndexError, "child index out of range");
        return NULL;
    }
    Py_INCREF(self->extra->children[i]);
    return self->extra->children[i];
}

static int element_ass_item(PyObject *op, Py_ssize_t i, PyObject *v)
{
    Element *self = (Element *)op;
    if (i < 0 || i >= count(self)) {
        PyErr_SetString(PyExc_IndexError, "child assignment index out of range");
        return -1;
    }
    if (v && !PyObject_TypeCheck(v, &EtElementType)) {
        PyErr_Format(PyExc_TypeError, "expected an Element, not \"%.200s\"", Py_TYPE(v)->tp_name);
        return -1;
    }
    PyObject *old;
    if (v) {
        old = self->extra->children[i];
        Py_INCREF(v);
        self->extra->children[i] = v;
    }
    else
        old = take_out(self, i);
    Py_DECREF(old);
    return 0;
}

static PyObject *element_subscript(PyObject *op, PyObject *key)
{
    Element *self = (Element *)op;
    Py_ssize_t i, stop, step;
    if (PyIndex_Check(key)) {
        i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return element_item(op, i < 0 ? i + count(self) : i);
    }
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "element indices must be integers");
        return NULL;
    }
    if (PySlice_Unpack(key, &i, &stop, &step) < 0)
        return NULL;
    Py_ssize_t n = PySlice_AdjustIndices(count(self), &i, &stop, step);
    PyObject *list = PyList_New(n > 0 ? n : 0);
    for (Py_ssize_t k = 0; list && k < n; k++, i += step) {
        Py_INCREF(self->extra->children[i]);
        PyList_SET_ITEM(list, k, self->extra->children[i]);
    }
    return list;
}

/* Assign to or delete a slice: done on a list, whose items then become the children. */
static int assign_slice(Element *self, PyObject *key, PyObject *v)
{
    PyObject *children = child_list(self), *items = NULL;
    int status = -1;
    if (children == NULL)
        return -1;
    if (v) {
        Py_ssize_t start, stop, step;
        if (PySlice_Unpack(key, &start, &stop, &step) < 0)
            goto done;
        Py_ssize_t n = PySlice_AdjustIndices(PyList_GET_SIZE(children), &start, &stop, step);
        items = PySequence_List(v); /* ours: nobody changes it after the check */
        if (items == NULL) {
            PyErr_Format(PyExc_TypeError, "expected sequence, not \"%.200s\"", Py_TYPE(v)->tp_name);
            goto done;
        }
        if (step != 1 && PyList_GET_SIZE(items) != n) {
            PyErr_Format(PyExc_ValueError, "attempt to assign sequence of size %zd to extended slice of size %zd", PyList_GET_SIZE(items), n);
            goto done;
        }
        for (Py_ssize_t i = 0; i < PyList_GET_SIZE(items); i++) {
            PyObject *child = PyList_GET_ITEM(items, i);
            if (!PyObject_TypeCheck(child, &EtElementType)) {
                PyErr_Format(PyExc_TypeError, "expected an Element, not \"%.200s\"", Py_TYPE(child)->tp_name);
                goto done;
            }
        }
    }
    if ((items ? PyObject_SetItem(children, key, items) : PyObject_DelItem(children, key)) < 0)
        goto done;
    PyObject *old = child_list(self); /* keeps what goes alive until the tree is whole; from here on nothing runs code */
    if (old == NULL)
        goto done;
    if (PyList_GET_SIZE(children) > count(self) && room(self, PyList_GET_SIZE(children) - count(self)) < 0) {
        Py_DECREF(old);
        goto done;
    }
    for (Py_ssize_t i = 0; i < count(self); i++)
        Py_DECREF(self->extra->children[i]); /* never the last reference: old */
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(children); i++) {
        Py_INCREF(PyList_GET_ITEM(children, i));
        self->extra->children[i] = PyList_GET_ITEM(children, i);
    }
    if (self->extra)
        self->extra->length = PyList_GET_SIZE(children);
    Py_DECREF(old);
    status = 0;
done:
    Py_DECREF(children);
    Py_XDECREF(items);
    return status;
}

static int element_ass_subscript(PyObject *op, PyObject *key, PyObject *v)
{
    Element *self = (Element *)op;
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return -1;
        return element_ass_item(op, i < 0 ? i + count(self) : i, v);
    }
    if (PySlice_Check(key))
        return assign_slice(self, key, v);
    PyErr_SetString(PyExc_TypeError, "element indices must be integers");
    return -1;
}

/* ------------------------------------------------------------------ searching */

/* Is it more than the name of a tag? */
static int is_path(PyObject *path)
{
    if (!PyUnicode_Check(path) || PyUnicode_READY(path) < 0)
        return 1;
    Py_ssize_t n = PyUnicode_GET_LENGTH(path);
    int kind = PyUnicode_KIND(path), in_braces = 0;
    const void *data = PyUnicode_DATA(path);
    if (n >= 3 && PyUnicode_READ(kind, data, 0) == '{' && (PyUnicode_READ(kind, data, 1) == '}' || (PyUnicode_READ(kind, data, 1) == '*' && PyUnicode_READ(kind, data, 2) == '}')))
        return 1; /* wildcards */
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UCS4 c = PyUnicode_READ(kind, data, i);
        if (c == '{' || c == '}')
            in_braces = c == '{';
        else if (!in_braces && (c == '/' || c == '*' || c == '[' || c == '@' || c == '.'))
            return 1;
    }
    return 0;
}

enum { FIND, FINDTEXT, FINDALL };

static PyObject *text_of(PyObject *element)
{
    PyObject *text = PyObject_GetAttrString(element, "text");
    if (text == Py_None) {
        Py_DECREF(text);
        return PyUnicode_New(0, 0);
    }
    return text;
}

/* Among the children. New; for FIND and FINDTEXT NULL without exception if there is none. */
static PyObject *search_children(Element *self, PyObject *tag, int what)
{
    PyObject *list = what == FINDALL ? PyList_New(0) : NULL;
    if (what == FINDALL && list == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < count(self); i++) {
        PyObject *child = self->extra->children[i];
        Py_INCREF(child);
        PyObject *own = ((Element *)child)->tag;
        Py_INCREF(own);
        int same = PyObject_RichCompareBool(own, tag, Py_EQ);
        Py_DECREF(own);
        if (same > 0 && what != FINDALL) {
            PyObject *result = what == FIND ? child : text_of(child);
            if (what == FINDTEXT)
                Py_DECREF(child);
            return result;
        }
        if (same > 0)
            same = PyList_Append(list, child);
        Py_DECREF(child);
        if (same < 0) {
            Py_XDECREF(list);
            return NULL;
        }
    }
    return list;
}

/* find(path, [default,] namespaces=None) of any of the kinds. */
static PyObject *search(PyObject *op, PyObject *args, PyObject *kwds, int what, const char *name)
{
    static char *with_default[] = {"path", "default", "namespaces", NULL}, *plain[] = {"path", "namespaces", NULL};
    PyObject *path, *preset = Py_None, *namespaces = Py_None;
    char format[32];
    PyOS_snprintf(format, sizeof format, what == FINDTEXT ? "O|OO:%s" : "O|O:%s", name);
    if (what == FINDTEXT ? !PyArg_ParseTupleAndKeywords(args, kwds, format, with_default, &path, &preset, &namespaces)
                         : !PyArg_ParseTupleAndKeywords(args, kwds, format, plain, &path, &namespaces))
        return NULL;
    if (is_path(path) || namespaces != Py_None)
        return what == FINDTEXT ? PyObject_CallMethod(et_path, name, "OOOO", op, path, preset, namespaces) : PyObject_CallMethod(et_path, name, "OOO", op, path, namespaces);
    PyObject *result = search_children((Element *)op, path, what);
    if (result == NULL && !PyErr_Occurred()) {
        Py_INCREF(preset);
        return preset;
    }
    return result;
}

static PyObject *element_find(PyObject *op, PyObject *args, PyObject *kwds)
{
    return search(op, args, kwds, FIND, "find");
}

static PyObject *element_findtext(PyObject *op, PyObject *args, PyObject *kwds)
{
    return search(op, args, kwds, FINDTEXT, "findtext");
}

static PyObject *element_findall(PyObject *op, PyObject *args, PyObject *kwds)
{
    return search(op, args, kwds, FINDALL, "findall");
}

static PyObject *element_iterfind(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"path", "namespaces", NULL};
    PyObject *path, *namespaces = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|O:iterfind", names, &path, &namespaces))
        return NULL;
    return PyObject_CallMethod(et_path, "iterfind", "OOO", op, path, namespaces);
}

/* ------------------------------------------------------------------ iterators */

typedef struct {
    Element *element; /* owned */
    Py_ssize_t next;  /* child to visit; -1: itself is to come */
} Level;

typedef struct {
    PyObject_HEAD
    Level *levels;
    Py_ssize_t used, size;
    PyObject *tag; /* wanted, NULL: all */
    int texts;
} Walk;

static int push(Walk *w, Element *e)
{
    if (w->used == w->size) {
        Py_ssize_t size = w->size ? w->size * 2 : 8;
        Level *levels = PyMem_Realloc(w->levels, (size_t)size * sizeof *levels);
        if (levels == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        w->levels = levels;
        w->size = size;
    }
    Py_INCREF(e);
    w->levels[w->used++] = (Level){e, -1};
    return 0;
}

/* Is the text to be given? Steals it. */
static PyObject *worth_giving(PyObject *text)
{
    int yes = text == Py_None ? 0 : PyObject_IsTrue(text);
    if (yes > 0)
        return text;
    Py_DECREF(text);
    return NULL;
}

static PyObject *walk_next(PyObject *op)
{
    Walk *w = (Walk *)op;
    while (w->used) {
        Level *top = &w->levels[w->used - 1];
        Element *e = top->element;
        if (top->next < 0) { /* the element itself */
            top->next = 0;
            if (w->texts) {
                if (!PyUnicode_Check(e->tag) && e->tag != Py_None) { /* comments and the like */
                    top->next = PY_SSIZE_T_MAX;
                    continue;
                }
                Py_INCREF(e->text);
                PyObject *text = worth_giving(e->text);
                if (text || PyErr_Occurred())
                    return text;
                continue;
            }
            PyObject *tag = e->tag;
            Py_INCREF(e); /* comparing runs code, which may go on with this iterator */
            Py_INCREF(tag);
            int same = w->tag == NULL || tag == w->tag ? 1 : PyObject_RichCompareBool(tag, w->tag, Py_EQ);
            Py_DECREF(tag);
            if (same > 0)
                return (PyObject *)e;
            Py_DECREF(e);
            if (same < 0)
                return NULL;
            continue;
        }
        if (top->next < count(e)) {
            PyObject *child = e->extra->children[top->next++];
            if (push(w, (Element *)child) < 0)
                return NULL;
            continue;
        }
        w->used--;
        PyObject *tail = NULL;
        if (w->texts && w->used) { /* the tail belongs to what is around */
            Py_INCREF(e->tail);
            tail = worth_giving(e->tail);
        }
        Py_DECREF(e);
        if (tail || PyErr_Occurred())
            return tail;
    }
    return NULL;
}

static void walk_dealloc(PyObject *op)
{
    Walk *w = (Walk *)op;
    PyObject_GC_UnTrack(op);
    while (w->used)
        Py_DECREF(w->levels[--w->used].element);
    PyMem_Free(w->levels);
    Py_XDECREF(w->tag);
    PyObject_GC_Del(op);
}

static int walk_traverse(PyObject *op, visitproc visit, void *arg)
{
    Walk *w = (Walk *)op;
    for (Py_ssize_t i = 0; i < w->used; i++)
        Py_VISIT((PyObject *)w->levels[i].element);
    Py_VISIT(w->tag);
    return 0;
}

PyTypeObject EtElementIterType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_elementtree._element_iterator",
    .tp_basicsize = sizeof(Walk),
    .tp_dealloc = walk_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = walk_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = walk_next,
};

static PyObject *walk_from(Element *e, PyObject *tag, int texts)
{
    Walk *w = PyObject_GC_New(Walk, &EtElementIterType);
    if (w == NULL)
        return NULL;
    w->levels = NULL;
    w->used = w->size = 0;
    if (tag && (tag == Py_None || (PyUnicode_Check(tag) && PyUnicode_CompareWithASCIIString(tag, "*") == 0)))
        tag = NULL;
    Py_XINCREF(tag);
    w->tag = tag;
    w->texts = texts;
    PyObject_GC_Track(w);
    if (push(w, e) < 0)
        Py_CLEAR(w);
    return (PyObject *)w;
}

static PyObject *element_iter(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"tag", NULL};
    PyObject *tag = Py_None;
    return PyArg_ParseTupleAndKeywords(args, kwds, "|O:iter", names, &tag) ? walk_from((Element *)op, tag, 0) : NULL;
}

static PyObject *element_itertext(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return walk_from((Element *)op, NULL, 1);
}

static PyObject *element_getiterator(PyObject *op, PyObject *args, PyObject *kwds)
{
    if (PyErr_WarnEx(PyExc_DeprecationWarning, "This method will be removed in future versions.  Use 'tree.iter()' or 'list(tree.iter())' instead.", 1) < 0)
        return NULL;
    return element_iter(op, args, kwds);
}

static PyObject *element_getchildren(PyObject *op, PyObject *Py_UNUSED(unused))
{
    if (PyErr_WarnEx(PyExc_DeprecationWarning, "This method will be removed in future versions.  Use 'list(elem)' or iteration over elem instead.", 1) < 0)
        return NULL;
    return child_list((Element *)op);
}

static PyObject *element_makeelement(PyObject *Py_UNUSED(op), PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("makeelement", nargs, 2, 2))
        return NULL;
    PyObject *d = PyDict_Copy(args[1]), *element = d ? et_new_element(args[0], d) : NULL;
    Py_XDECREF(d);
    return element;
}

static PyObject *element_repr(PyObject *op)
{
    Element *self = (Element *)op;
    if (self->tag == NULL)
        return PyUnicode_FromFormat("<Element at %p>", op);
    int status = Py_ReprEnter(op);
    if (status) {
        if (status > 0)
            PyErr_Format(PyExc_RuntimeError, "reentrant call inside %s.__repr__", Py_TYPE(op)->tp_name);
        return NULL;
    }
    PyObject *tag = self->tag;
    Py_INCREF(tag); /* its repr() may set another one */
    PyObject *text = PyUnicode_FromFormat("<Element %R at %p>", tag, op);
    Py_DECREF(tag);
    Py_ReprLeave(op);
    return text;
}

#define FAST(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL
#define FASTKW(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL | METH_KEYWORDS
#define KW(f) (PyCFunction)(void (*)(void))(f), METH_VARARGS | METH_KEYWORDS
#define SIGNATURE(text) text "\n--\n\n"
#define DOC(signature, text) PyDoc_STR(signature "\n--\n\n" text)
static PyMethodDef element_methods[] = {
    {"clear", element_clear, METH_NOARGS, DOC("clear($self, /)", "Remove all children, attributes and texts.")},
    {"get", FASTKW(element_get), DOC("get($self, /, key, default=None)", "Return the value of an attribute, or default.")},
    {"set", FAST(element_set), DOC("set($self, key, value, /)", "Set the value of an attribute.")},
    {"find", KW(element_find), DOC("find($self, /, path, namespaces=None)", "Return the first child that a path means, or None.")},
    {"findtext", KW(element_findtext), DOC("findtext($self, /, path, default=None, namespaces=None)", "Return the text of the first child that a path means, or default.")},
    {"findall", KW(element_findall), DOC("findall($self, /, path, namespaces=None)", "Return a list of what a path means.")},
    {"append", element_append, METH_O, DOC("append($self, subelement, /)", "Add a child at the end.")},
    {"extend", element_extend, METH_O, DOC("extend($self, elements, /)", "Add children at the end.")},
    {"insert", FAST(element_insert), DOC("insert($self, index, subelement, /)", "Put a child in at an index.")},
    {"remove", element_remove, METH_O, DOC("remove($self, subelement, /)", "Remove a child.  Raises ValueError if it is not there.")},
    {"iter", KW(element_iter), DOC("iter($self, /, tag=None)", "Return an iterator of this element and all below, of a tag, in the order of the document.")},
    {"itertext", element_itertext, METH_NOARGS, DOC("itertext($self, /)", "Return an iterator of the texts in this element.")},
    {"iterfind", KW(element_iterfind), DOC("iterfind($self, /, path, namespaces=None)", "Return an iterator of what a path means.")},
    {"getiterator", KW(element_getiterator), DOC("getiterator($self, /, tag=None)", "The old name of iter().")},
    {"getchildren", element_getchildren, METH_NOARGS, DOC("getchildren($self, /)", "Return the list of children; list(element) does the same.")},
    {"items", element_items, METH_NOARGS, DOC("items($self, /)", "Return a list of the attributes, (name, value).")},
    {"keys", element_keys, METH_NOARGS, DOC("keys($self, /)", "Return a list of the names of attributes.")},
    {"makeelement", FAST(element_makeelement), DOC("makeelement($self, tag, attrib, /)", "Return a new element.")},
    {"__copy__", element_copy, METH_NOARGS, SIGNATURE("__copy__($self, /)")},
    {"__deepcopy__", element_deepcopy, METH_O, SIGNATURE("__deepcopy__($self, memo, /)")},
    {"__getstate__", element_getstate, METH_NOARGS, SIGNATURE("__getstate__($self, /)")},
    {"__setstate__", element_setstate, METH_O, SIGNATURE("__setstate__($self, state, /)")},
    {"__sizeof__", element_sizeof, METH_NOARGS, SIGNATURE("__sizeof__($self, /)")},
    {NULL, NULL, 0, NULL},
};

static PySequenceMethods element_sequence = {.sq_length = element_length, .sq_item = element_item, .sq_ass_item = element_ass_item};
static PyMappingMethods element_mapping = {.mp_length = element_length, .mp_subscript = element_subscript, .mp_ass_subscript = element_ass_subscript};

PyTypeObject EtElementType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "xml.etree.ElementTree.Element",
    .tp_doc = PyDoc_STR("An element: a tag, attributes, text, children, and the text that follows it (tail)."),
    .tp_basicsize = sizeof(Element),
    .tp_dealloc = element_dealloc,
    .tp_repr = element_repr,
    .tp_as_sequence = &element_sequence,
    .tp_as_mapping = &element_mapping,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = element_traverse,
    .tp_clear = element_clear_slots,
    .tp_weaklistoffset = offsetof(Element, weakrefs),
    .tp_methods = element_methods,
    .tp_getset = element_getset,
    .tp_init = element_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = element_new,
};
