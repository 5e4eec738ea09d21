/* SPDX-License-Identifier: MIT */
/* ast_types: the module `_ast`: AST, a class per type and per node of defs/ast.def.
 *
 * AST is a static type whose instances have only a dict. The other classes are heap types made by calling type(), so that Python
 * code can subclass and patch them. Their `_fields` and `_attributes` come from the table.
 * [AST-1] One instance of each choice (Load, Add…) exists; trees made from source share it.
 * Tests: tests/frontend/test_ast.py.
 */
#include "frontend/ast_types.h"
#include "structmember.h"

_Py_IDENTIFIER(_fields);
_Py_IDENTIFIER(_attributes);
_Py_IDENTIFIER(__dict__);

typedef struct {
    PyObject_HEAD
    PyObject *dict;
} AstObject;

/* ---- AST ---- */

static int ast_traverse(AstObject *self, visitproc visit, void *arg)
{
    Py_VISIT(self->dict);
    return 0;
}

static int ast_clear(AstObject *self)
{
    Py_CLEAR(self->dict);
    return 0;
}

/* Instances of the classes below come here through the deallocator of heap types, which releases their class. */
static void ast_dealloc(AstObject *self)
{
    PyObject_GC_UnTrack(self);
    ast_clear(self);
    Py_TYPE(self)->tp_free(self);
}

/* The names of self's fields as a sequence of its own (new), or NULL with or without an exception. */
static PyObject *fields_of(PyObject *self)
{
    PyObject *fields;
    if (_PyObject_LookupAttrId((PyObject *)Py_TYPE(self), &PyId__fields, &fields) < 0 || !fields)
        return NULL;
    PyObject *sequence = PySequence_Fast(fields, "_fields is not a sequence");
    Py_DECREF(fields);
    return sequence;
}

static int init_positional(PyObject *self, PyObject *fields, PyObject *args)
{
    Py_ssize_t room = fields ? PySequence_Fast_GET_SIZE(fields) : 0, given = PyTuple_GET_SIZE(args);
    if (given > room) {
        PyErr_Format(PyExc_TypeError, "%.400s constructor takes at most %zd positional argument%s",
                     Py_TYPE(self)->tp_name, room, room == 1 ? "" : "s");
        return -1;
    }
    for (Py_ssize_t i = 0; i < given; i++) {
        if (i >= PySequence_Fast_GET_SIZE(fields)) /* a list that setting attributes has shortened */
            break;
        PyObject *name = PySequence_Fast_GET_ITEM(fields, i);
        Py_INCREF(name);
        int failed = PyObject_SetAttr(self, name, PyTuple_GET_ITEM(args, i));
        Py_DECREF(name);
        if (failed < 0)
            return -1;
    }
    return 0;
}

static int init_keywords(PyObject *self, PyObject *fields, PyObject *args, PyObject *kwargs)
{
    PyObject *key, *value;
    for (Py_ssize_t at = 0; PyDict_Next(kwargs, &at, &key, &value);) {
        int known = fields ? PySequence_Contains(fields, key) : 0;
        if (known < 0)
            return -1;
        if (known && PySequence_Index(fields, key) < PyTuple_GET_SIZE(args)) {
            if (!PyErr_Occurred())
                PyErr_Format(PyExc_TypeError, "%.400s got multiple values for argument '%U'", Py_TYPE(self)->tp_name, key);
            return -1;
        }
        if (PyObject_SetAttr(self, key, value) < 0)
            return -1;
    }
    return 0;
}

static int ast_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *fields = fields_of(self);
    if (!fields && PyErr_Occurred())
        return -1;
    int failed = init_positional(self, fields, args);
    if (!failed && kwargs)
        failed = init_keywords(self, fields, args, kwargs);
    Py_XDECREF(fields);
    return failed;
}

static PyObject *ast_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    PyObject *dict;
    if (_PyObject_LookupAttrId(self, &PyId___dict__, &dict) < 0)
        return NULL;
    return dict ? Py_BuildValue("O()N", Py_TYPE(self), dict) : Py_BuildValue("O()", Py_TYPE(self));
}

static PyMethodDef ast_methods[] = {{"__reduce__", ast_reduce, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyGetSetDef ast_getset[] = {{"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, NULL, NULL},
                                   {NULL, NULL, NULL, NULL, NULL}};

static PyTypeObject ast_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "_ast.AST",
    .tp_basicsize = sizeof(AstObject),
    .tp_dealloc = (destructor)ast_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)ast_traverse,
    .tp_clear = (inquiry)ast_clear,
    .tp_methods = ast_methods,
    .tp_getset = ast_getset,
    .tp_dictoffset = offsetof(AstObject, dict),
    .tp_init = ast_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};

/* ---- the classes below it ---- */

static AstClasses classes;
static int made;
static const char *const position_names[] = {"lineno", "col_offset", "end_lineno", "end_col_offset"};

/* type(name, (base,), {'_fields': names, '__module__': '_ast', '__doc__': None}) */
static PyObject *make_class(const char *name, PyObject *base, PyObject *const *names, int count)
{
    PyObject *fields = PyTuple_New(count);
    if (!fields)
        return NULL;
    for (int i = 0; i < count; i++) {
        Py_INCREF(names[i]);
        PyTuple_SET_ITEM(fields, i, names[i]);
    }
    return PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){sNsssO}", name, base, "_fields", fields, "__module__",
                                 "_ast", "__doc__", Py_None);
}

static int set_attributes(PyObject *cls, int positioned)
{
    PyObject *names = positioned ? PyTuple_Pack(4, classes.position_names[0], classes.position_names[1],
                                                classes.position_names[2], classes.position_names[3])
                                 : PyTuple_New(0);
    if (!names)
        return -1;
    int failed = _PyObject_SetAttrId(cls, &PyId__attributes, names);
    Py_DECREF(names);
    return failed;
}

static int make_base(void)
{
    ast_type.tp_base = &PyBaseObject_Type;
    if (PyType_Ready(&ast_type) < 0)
        return -1;
    PyObject *empty = PyTuple_New(0);
    if (!empty || _PyDict_SetItemId(ast_type.tp_dict, &PyId__fields, empty) < 0 ||
        _PyDict_SetItemId(ast_type.tp_dict, &PyId__attributes, empty) < 0)
        return -1;
    Py_DECREF(empty);
    classes.base = (PyObject *)&ast_type;
    for (int i = 0; i < 4; i++)
        if (!(classes.position_names[i] = PyUnicode_InternFromString(position_names[i])))
            return -1;
    return 0;
}

static int make_node(int number)
{
    const NodeInfo *tree_node = &tai_tree_nodes[number];
    const TypeInfo *type = &tai_tree_types[tree_node->type];
    int count = 0;
    for (const FieldInfo *field = tree_node->fields(); field->name; field++, count++)
        if (!(classes.field_names[number][count] = PyUnicode_InternFromString(field->name)))
            return -1;
    PyObject *base = type->shape == SHAPE_PRODUCT ? classes.base : classes.types[tree_node->type];
    PyObject *cls = make_class(tree_node->name, base, classes.field_names[number], count);
    if (!cls)
        return -1;
    classes.nodes[number] = cls;
    if (type->shape == SHAPE_PRODUCT) {
        classes.types[tree_node->type] = cls;
        return set_attributes(cls, type->positioned);
    }
    if (type->shape == SHAPE_ENUM && !(classes.choices[number] = PyType_GenericNew((PyTypeObject *)cls, NULL, NULL)))
        return -1;
    return 0;
}

const AstClasses *tai_ast_classes(void)
{
    if (made)
        return &classes;
    if (!classes.base && make_base() < 0)
        return NULL;
    for (int t = TREE_CONSTANT + 1; t < TREE_TYPES; t++) {
        const TypeInfo *type = &tai_tree_types[t];
        if (type->shape == SHAPE_PRODUCT || classes.types[t])
            continue;
        classes.types[t] = make_class(type->name, classes.base, NULL, 0);
        if (!classes.types[t] || set_attributes(classes.types[t], type->positioned) < 0)
            return NULL;
    }
    for (int n = 0; n < NODE_COUNT; n++)
        if (!classes.nodes[n] && make_node(n) < 0)
            return NULL;
    made = 1;
    return &classes;
}

/* ---- the module ---- */

static struct PyModuleDef ast_module = {PyModuleDef_HEAD_INIT, .m_name = "_ast", .m_size = -1};

static int add_class(PyObject *module, const char *name, PyObject *cls)
{
    Py_INCREF(cls);
    if (PyModule_AddObject(module, name, cls) == 0)
        return 0;
    Py_DECREF(cls);
    return -1;
}

static int fill_module(PyObject *module, const AstClasses *all)
{
    if (add_class(module, "AST", all->base) < 0 || PyModule_AddIntMacro(module, PyCF_ALLOW_TOP_LEVEL_AWAIT) < 0 ||
        PyModule_AddIntMacro(module, PyCF_ONLY_AST) < 0 || PyModule_AddIntMacro(module, PyCF_TYPE_COMMENTS) < 0)
        return -1;
    for (int t = TREE_CONSTANT + 1; t < TREE_TYPES; t++)
        if (add_class(module, tai_tree_types[t].name, all->types[t]) < 0)
            return -1;
    for (int n = 0; n < NODE_COUNT; n++)
        if (tai_tree_types[tai_tree_nodes[n].type].shape != SHAPE_PRODUCT &&
            add_class(module, tai_tree_nodes[n].name, all->nodes[n]) < 0)
            return -1;
    return 0;
}

PyMODINIT_FUNC PyInit__ast(void)
{
    const AstClasses *all = tai_ast_classes();
    PyObject *module = all ? PyModule_Create(&ast_module) : NULL;
    if (module && fill_module(module, all) < 0)
        Py_CLEAR(module);
    return module;
}
