/* SPDX-License-Identifier: MIT */
/* TreeBuilder: a tree out of events; and the module _elementtree.  Tests: tests/extensions/test_elementtree_native.py, the reference's
 * test_xml_etree and test_xml_etree_c. */
#include "tree.h"

PyObject *et_parse_error, *et_deepcopy, *et_path, *et_comment_factory, *et_pi_factory;

static PyObject *none(void)
{
    Py_INCREF(Py_None);
    return Py_None;
}

static void set_ref(PyObject **slot, PyObject *o)
{
    Py_XINCREF(o);
    Py_XSETREF(*slot, o);
}

/* ------------------------------------------------------------------ text */

/* Append text to element.name (text or tail). Steals text. 0 / -1. */
static int extend_text(PyObject *element, const char *name, PyObject **slot, PyObject *text)
{
    if (Py_TYPE(element) == &EtElementType) {
        PyObject *joined = *slot == Py_None || *slot == NULL ? text : PyUnicode_Concat(*slot, text);
        if (joined != text)
            Py_DECREF(text);
        if (joined == NULL)
            return -1;
        Py_XSETREF(*slot, joined);
        return 0;
    }
    PyObject *old = PyObject_GetAttrString(element, name), *joined = NULL;
    if (old && old != Py_None) {
        joined = PyNumber_Add(old, text);
        Py_DECREF(text);
    }
    else if (old)
        joined = text;
    else
        Py_DECREF(text);
    int status = joined ? PyObject_SetAttrString(element, name, joined) : -1;
    Py_XDECREF(old);
    Py_XDECREF(joined);
    return status;
}

/* Give collected text to the element it belongs to. 0 / -1. */
static int flush(Builder *b)
{
    PyObject *data = b->data, *element = b->last_for_tail ? b->last_for_tail : b->last;
    if (data == NULL)
        return 0;
    b->data = NULL;
    if (element == NULL) {
        Py_DECREF(data);
        return 0;
    }
    if (PyList_CheckExact(data)) {
        PyObject *empty = PyUnicode_New(0, 0), *joined = empty ? PyUnicode_Join(empty, data) : NULL;
        Py_XDECREF(empty);
        Py_DECREF(data);
        if ((data = joined) == NULL)
            return -1;
    }
    Element *e = (Element *)element;
    return b->last_for_tail ? extend_text(element, "tail", &e->tail, data) : extend_text(element, "text", &e->text, data);
}

PyObject *et_builder_data(Builder *b, PyObject *data)
{
    if (b->data == NULL) {
        if (b->last == NULL)
            return none(); /* before the first element */
        Py_INCREF(data);
        b->data = data;
        return none();
    }
    if (!PyList_CheckExact(b->data)) {
        PyObject *list = PyList_New(1);
        if (list == NULL)
            return NULL;
        PyList_SET_ITEM(list, 0, b->data);
        b->data = list;
    }
    return PyList_Append(b->data, data) < 0 ? NULL : none();
}

/* ------------------------------------------------------------------ events */

int et_builder_event(Builder *b, int kind, PyObject *what)
{
    if (b->events_append == NULL || b->events[kind] == NULL)
        return 0;
    PyObject *event = PyTuple_Pack(2, b->events[kind], what), *r = event ? PyObject_CallFunctionObjArgs(b->events_append, event, NULL) : NULL;
    Py_XDECREF(event);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

static int add_to(PyObject *parent, PyObject *child)
{
    if (Py_TYPE(parent) == &EtElementType)
        return et_add_child((Element *)parent, child);
    PyObject *r = PyObject_CallMethod(parent, "append", "O", child);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

PyObject *et_builder_start(Builder *b, PyObject *tag, PyObject *attrib)
{
    PyObject *node, *empty;
    if (flush(b) < 0)
        return NULL;
    if (b->element_factory == NULL)
        node = et_new_element(tag, attrib);
    else if (attrib)
        node = PyObject_CallFunctionObjArgs(b->element_factory, tag, attrib, NULL);
    else {
        empty = PyDict_New();
        node = empty ? PyObject_CallFunctionObjArgs(b->element_factory, tag, empty, NULL) : NULL;
        Py_XDECREF(empty);
    }
    if (node == NULL)
        return NULL;
    if (b->self_this) {
        if (add_to(b->self_this, node) < 0)
            goto error;
    }
    else if (b->root) {
        PyErr_SetString(et_parse_error, "multiple elements on top level");
        goto error;
    }
    else
        set_ref(&b->root, node);
    if (PyList_Append(b->stack, b->self_this ? b->self_this : Py_None) < 0)
        goto error;
    set_ref(&b->self_this, node);
    set_ref(&b->last, node);
    Py_CLEAR(b->last_for_tail);
    if (et_builder_event(b, EVENT_START, node) < 0)
        goto error;
    return node;
error:
    Py_DECREF(node);
    return NULL;
}

PyObject *et_builder_end(Builder *b)
{
    if (flush(b) < 0)
        return NULL;
    Py_ssize_t n = PyList_GET_SIZE(b->stack);
    if (n == 0) {
        PyErr_SetString(PyExc_IndexError, "pop from empty stack");
        return NULL;
    }
    PyObject *outer = PyList_GET_ITEM(b->stack, n - 1), *ended = b->self_this;
    Py_INCREF(outer);
    if (PyList_SetSlice(b->stack, n - 1, n, NULL) < 0) {
        Py_DECREF(outer);
        return NULL;
    }
    if (outer == Py_None) {
        Py_DECREF(outer);
        outer = NULL;
    }
    b->self_this = outer;
    Py_XSETREF(b->last, ended); /* takes over the reference of self_this */
    set_ref(&b->last_for_tail, ended);
    if (et_builder_event(b, EVENT_END, ended) < 0)
        return NULL;
    Py_INCREF(ended);
    return ended;
}

/* A comment or instruction: insert it, report it. Steals node, gives it back. */
static PyObject *place_extra(Builder *b, PyObject *node, int insert, int kind)
{
    if (node && insert && b->self_this) {
        if (add_to(b->self_this, node) < 0)
            goto error;
        set_ref(&b->last_for_tail, node);
    }
    if (node && et_builder_event(b, kind, node) < 0)
        goto error;
    return node;
error:
    Py_DECREF(node);
    return NULL;
}

PyObject *et_builder_comment(Builder *b, PyObject *text)
{
    if (flush(b) < 0)
        return NULL;
    if (b->comment_factory == NULL) {
        Py_INCREF(text);
        return place_extra(b, text, 0, EVENT_COMMENT);
    }
    return place_extra(b, PyObject_CallFunctionObjArgs(b->comment_factory, text, NULL), b->insert_comments, EVENT_COMMENT);
}

PyObject *et_builder_pi(Builder *b, PyObject *target, PyObject *text)
{
    if (flush(b) < 0)
        return NULL;
    if (b->pi_factory == NULL)
        return place_extra(b, PyTuple_Pack(2, target, text), 0, EVENT_PI);
    return place_extra(b, PyObject_CallFunctionObjArgs(b->pi_factory, target, text, NULL), b->insert_pis, EVENT_PI);
}

PyObject *et_builder_close(Builder *b)
{
    if (flush(b) < 0)
        return NULL;
    PyObject *root = b->root ? b->root : Py_None;
    Py_INCREF(root);
    return root;
}

/* ------------------------------------------------------------------ the class */

static PyObject *builder_new(PyTypeObject *type, PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(kwds))
{
    Builder *b = (Builder *)type->tp_alloc(type, 0);
    if (b && (b->stack = PyList_New(0)) == NULL)
        Py_CLEAR(b);
    return (PyObject *)b;
}

static int builder_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"element_factory", "comment_factory", "pi_factory", "insert_comments", "insert_pis", NULL};
    Builder *b = (Builder *)op;
    PyObject *element = Py_None, *comment = Py_None, *pi = Py_None;
    int comments = 0, pis = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|O$OOpp:TreeBuilder", names, &element, &comment, &pi, &comments, &pis))
        return -1;
    set_ref(&b->element_factory, element == Py_None ? NULL : element);
    if (comment == Py_None)
        comment = et_comment_factory;
    if (pi == Py_None)
        pi = et_pi_factory;
    set_ref(&b->comment_factory, comment);
    set_ref(&b->pi_factory, pi);
    b->insert_comments = comments && comment;
    b->insert_pis = pis && pi;
    return 0;
}

static int builder_traverse(PyObject *op, visitproc visit, void *arg)
{
    Builder *b = (Builder *)op;
    Py_VISIT(b->root);
    Py_VISIT(b->self_this);
    Py_VISIT(b->last);
    Py_VISIT(b->last_for_tail);
    Py_VISIT(b->data);
    Py_VISIT(b->stack);
    Py_VISIT(b->element_factory);
    Py_VISIT(b->comment_factory);
    Py_VISIT(b->pi_factory);
    Py_VISIT(b->events_append);
    return 0;
}

static int builder_clear(PyObject *op)
{
    Builder *b = (Builder *)op;
    for (int i = 0; i < 6; i++)
        Py_CLEAR(b->events[i]);
    Py_CLEAR(b->events_append);
    Py_CLEAR(b->stack);
    Py_CLEAR(b->data);
    Py_CLEAR(b->last);
    Py_CLEAR(b->last_for_tail);
    Py_CLEAR(b->self_this);
    Py_CLEAR(b->element_factory);
    Py_CLEAR(b->comment_factory);
    Py_CLEAR(b->pi_factory);
    Py_CLEAR(b->root);
    return 0;
}

static void builder_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    builder_clear(op);
    Py_TYPE(op)->tp_free(op);
}

static PyObject *builder_data(PyObject *op, PyObject *data)
{
    return et_builder_data((Builder *)op, data);
}

static PyObject *builder_start(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("start", nargs, 1, 2))
        return NULL;
    PyObject *attrib = nargs > 1 && args[1] != Py_None ? args[1] : NULL;
    if (attrib && !PyDict_Check(attrib) && ((Builder *)op)->element_factory == NULL)
        return PyErr_Format(PyExc_TypeError, "attrib must be dict, not %.100s", Py_TYPE(attrib)->tp_name);
    return et_builder_start((Builder *)op, args[0], attrib);
}

static PyObject *builder_end(PyObject *op, PyObject *Py_UNUSED(tag))
{
    return et_builder_end((Builder *)op);
}

static PyObject *builder_comment(PyObject *op, PyObject *text)
{
    return et_builder_comment((Builder *)op, text);
}

static PyObject *builder_pi(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("pi", nargs, 1, 2))
        return NULL;
    return et_builder_pi((Builder *)op, args[0], nargs > 1 ? args[1] : Py_None);
}

static PyObject *builder_close(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return et_builder_close((Builder *)op);
}

#define FAST(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL
static PyMethodDef builder_methods[] = {
    {"data", builder_data, METH_O, "data($self, data, /)\n--\n\nTake text."},
    {"start", FAST(builder_start), "start($self, tag, attrs=None, /)\n--\n\nBegin an element; return it."},
    {"end", builder_end, METH_O, "end($self, tag, /)\n--\n\nEnd the element that was begun last; return it."},
    {"comment", builder_comment, METH_O, "comment($self, text, /)\n--\n\nTake a comment; return its element."},
    {"pi", FAST(builder_pi), "pi($self, target, text=None, /)\n--\n\nTake a processing instruction; return its element."},
    {"close", builder_close, METH_NOARGS, "close($self, /)\n--\n\nReturn the root of what was built."},
    {NULL, NULL, 0, NULL},
};

PyTypeObject EtBuilderType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "xml.etree.ElementTree.TreeBuilder",
    .tp_doc = PyDoc_STR("Makes a tree of the events start(), end() and data()."),
    .tp_basicsize = sizeof(Builder),
    .tp_dealloc = builder_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = builder_traverse,
    .tp_clear = builder_clear,
    .tp_methods = builder_methods,
    .tp_init = builder_init,
    .tp_new = builder_new,
};

/* ------------------------------------------------------------------ module */

static PyObject *set_factories(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("_set_factories", nargs, 2, 2))
        return NULL;
    static const char *const kinds[] = {"Comment", "PI"};
    for (int i = 0; i < 2; i++)
        if (!PyCallable_Check(args[i]) && args[i] != Py_None)
            return PyErr_Format(PyExc_TypeError, "%s factory must be callable, not %.100s", kinds[i], Py_TYPE(args[i])->tp_name);
    PyObject *old = PyTuple_Pack(2, et_comment_factory ? et_comment_factory : Py_None, et_pi_factory ? et_pi_factory : Py_None);
    if (old) {
        set_ref(&et_comment_factory, args[0] == Py_None ? NULL : args[0]);
        set_ref(&et_pi_factory, args[1] == Py_None ? NULL : args[1]);
    }
    return old;
}

static PyMethodDef methods[] = {
    {"SubElement", (PyCFunction)(void (*)(void))et_subelement, METH_VARARGS | METH_KEYWORDS,
     PyDoc_STR("SubElement(parent, tag, attrib={}, **extra)\n\nMake an element, add it to parent, and return it.")},
    {"_set_factories", FAST(set_factories), "_set_factories($module, comment_factory, pi_factory, /)\n--\n\nSay what makes comments and processing instructions; the former ones. For the Python module only."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_elementtree",
    .m_size = -1,
    .m_methods = methods,
};

static int fill(PyObject *m)
{
    PyTypeObject *types[] = {&EtElementType, &EtBuilderType, &EtParserType};
    PyObject *d = PyModule_GetDict(m), *copy = PyImport_ImportModule("copy");
    Py_XSETREF(et_deepcopy, copy ? PyObject_GetAttrString(copy, "deepcopy") : NULL);
    Py_XDECREF(copy);
    Py_XSETREF(et_path, PyImport_ImportModule("xml.etree.ElementPath"));
    if (et_deepcopy == NULL || et_path == NULL || et_parser_init() < 0 || PyType_Ready(&EtElementIterType) < 0)
        return -1;
    for (int i = 0; i < 3; i++)
        if (PyType_Ready(types[i]) < 0 || PyDict_SetItemString(d, strrchr(types[i]->tp_name, '.') + 1, (PyObject *)types[i]) < 0)
            return -1;
    if (et_parse_error == NULL && (et_parse_error = PyErr_NewException("xml.etree.ElementTree.ParseError", PyExc_SyntaxError, NULL)) == NULL)
        return -1;
    return PyDict_SetItemString(d, "ParseError", et_parse_error);
}

PyMODINIT_FUNC PyInit__elementtree(void)
{
    PyObject *m = PyModule_Create(&module_def);
    if (m && fill(m) < 0)
        Py_CLEAR(m);
    return m;
}
