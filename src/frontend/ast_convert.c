/* SPDX-License-Identifier: MIT */
/* ast_convert: trees to objects of `_ast` and back, driven by the tables of tree.h.
 *
 * to_object walks a tree and makes instances; from_object reads attributes of any object that is an instance of the right class
 * ("runs code": attributes may be properties) and builds nodes in an arena. Both guard their recursion.
 * Tests: tests/frontend/test_ast.py.
 */
#include "frontend/arena.h"
#include "frontend/ast_types.h"
#include "runtime/recursion.h"

/* ---- tree -> objects ---- */

static PyObject *to_object(const AstClasses *all, int type, const void *node);

static PyObject *seq_to_list(const AstClasses *all, int type, const void *seq)
{
    if (type == TREE_cmpop) {
        const asdl_int_seq *ints = seq;
        PyObject *list = PyList_New(asdl_seq_LEN(ints));
        for (Py_ssize_t i = 0; list && i < asdl_seq_LEN(ints); i++) {
            PyObject *choice = all->choices[NODE_Eq + asdl_seq_GET(ints, i) - 1];
            Py_INCREF(choice);
            PyList_SET_ITEM(list, i, choice);
        }
        return list;
    }
    const asdl_seq *nodes = seq;
    PyObject *list = PyList_New(asdl_seq_LEN(nodes));
    for (Py_ssize_t i = 0; list && i < asdl_seq_LEN(nodes); i++) {
        PyObject *item = to_object(all, type, asdl_seq_GET(nodes, i));
        if (!item) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, item);
    }
    return list;
}

/* The value of the field that stands at `at`. New. */
static PyObject *field_to_object(const AstClasses *all, const FieldInfo *field, const void *at)
{
    if (field->count == COUNT_SEQ)
        return seq_to_list(all, field->type, *(void *const *)at);
    if (field->type == TREE_INT)
        return PyLong_FromLong(*(const int *)at);
    if (tai_tree_types[field->type].shape == SHAPE_ENUM) {
        PyObject *choice = all->choices[tai_tree_types[field->type].first + *(const int *)at - 1];
        Py_INCREF(choice);
        return choice;
    }
    return to_object(all, field->type, *(void *const *)at);
}

static int set_new(PyObject *target, PyObject *name, PyObject *value)
{
    if (!value)
        return -1;
    int failed = PyObject_GenericSetAttr(target, name, value);
    Py_DECREF(value);
    return failed;
}

static PyObject *node_to_object(const AstClasses *all, const TypeInfo *type, const char *tree_node)
{
    int number = type->first + (type->shape == SHAPE_SUM ? *(const int *)tree_node - 1 : 0);
    PyTypeObject *cls = (PyTypeObject *)all->nodes[number];
    PyObject *made = cls->tp_alloc(cls, 0);
    if (!made)
        return NULL;
    const FieldInfo *field = tai_tree_nodes[number].fields();
    for (int i = 0; field->name; field++, i++)
        if (set_new(made, all->field_names[number][i], field_to_object(all, field, tree_node + type->fields + field->offset)) < 0)
            goto error;
    for (int i = 0; i < 4 && type->positioned; i++)
        if (set_new(made, all->position_names[i], PyLong_FromLong(((const int *)(tree_node + type->position))[i])) < 0)
            goto error;
    return made;
error:
    Py_DECREF(made);
    return NULL;
}

static PyObject *to_object(const AstClasses *all, int type, const void *tree_node)
{
    if (!tree_node)
        Py_RETURN_NONE;
    if (type <= TREE_CONSTANT) {
        Py_INCREF((PyObject *)tree_node);
        return (PyObject *)tree_node;
    }
    if (tai_tree_too_deep(" during ast construction"))
        return NULL;
    return node_to_object(all, &tai_tree_types[type], tree_node);
}

PyObject *PyAST_mod2obj(mod_ty mod)
{
    const AstClasses *all = tai_ast_classes();
    return all ? to_object(all, TREE_mod, mod) : NULL;
}

/* ---- objects -> tree ---- */

typedef struct {
    const AstClasses *all;
    PyArena *arena;
} Reader;

static int from_object(Reader *reader, int type, PyObject *obj, void **out);

static int read_int(PyObject *obj, int *out)
{
    if (!PyLong_Check(obj)) {
        PyErr_Format(PyExc_ValueError, "invalid integer value: %R", obj);
        return -1;
    }
    int value = _PyLong_AsInt(obj);
    if (value == -1 && PyErr_Occurred())
        return -1;
    *out = value;
    return 0;
}

/* The object itself, kept by the arena. */
static int read_leaf(Reader *reader, int type, PyObject *obj, void **out)
{
    *out = NULL;
    if (obj == Py_None && type != TREE_CONSTANT)
        return 0;
    if (type == TREE_IDENTIFIER && !PyUnicode_CheckExact(obj)) {
        PyErr_SetString(PyExc_TypeError, "AST identifier must be of type str");
        return -1;
    }
    if (type == TREE_STRING && !PyUnicode_CheckExact(obj) && !PyBytes_CheckExact(obj)) {
        PyErr_SetString(PyExc_TypeError, "AST string must be of type str");
        return -1;
    }
    Py_INCREF(obj);
    if (type == TREE_IDENTIFIER)
        PyUnicode_InternInPlace(&obj); /* the compiler tells names apart by identity; a program's may be fresh strings */
    if (PyArena_AddPyObject(reader->arena, obj) < 0) {
        Py_DECREF(obj);
        return -1;
    }
    *out = obj;
    return 0;
}

static int not_some(const TypeInfo *type, PyObject *obj)
{
    PyErr_Format(PyExc_TypeError, "expected some sort of %s, but got %R", type->name, obj);
    return -1;
}

/* The number of the node or choice that obj is an instance of, counted from type->first; -1 with an exception. Runs code. */
static int classify(Reader *reader, const TypeInfo *type, int type_number, PyObject *obj)
{
    int n = type->first;
    for (; n < NODE_COUNT && tai_tree_nodes[n].type == type_number; n++)
        if ((PyObject *)Py_TYPE(obj) == reader->all->nodes[n])
            return n - type->first;
    for (n = type->first; n < NODE_COUNT && tai_tree_nodes[n].type == type_number; n++) {
        int is = PyObject_IsInstance(obj, reader->all->nodes[n]);
        if (is)
            return is < 0 ? -1 : n - type->first;
    }
    return not_some(type, obj);
}

static int read_choice(Reader *reader, int type, PyObject *obj, int *out)
{
    int number = classify(reader, &tai_tree_types[type], type, obj);
    if (number < 0)
        return -1;
    *out = number + 1;
    return 0;
}

static int changed_size(const char *owner, const char *field)
{
    PyErr_Format(PyExc_RuntimeError, "%s field \"%s\" changed size during iteration", owner, field);
    return -1;
}

static int read_seq(Reader *reader, const char *owner, const FieldInfo *field, PyObject *list, void **out)
{
    if (!PyList_Check(list)) {
        PyErr_Format(PyExc_TypeError, "%s field \"%s\" must be a list, not a %.200s", owner, field->name,
                     Py_TYPE(list)->tp_name);
        return -1;
    }
    Py_ssize_t size = PyList_GET_SIZE(list);
    int ints = field->type == TREE_cmpop;
    void *seq = ints ? (void *)_Py_asdl_int_seq_new(size, reader->arena) : (void *)_Py_asdl_seq_new(size, reader->arena);
    if (!seq)
        return -1;
    for (Py_ssize_t i = 0; i < size; i++) {
        PyObject *item = PyList_GET_ITEM(list, i);
        Py_INCREF(item);
        int failed = ints ? read_choice(reader, field->type, item, &((asdl_int_seq *)seq)->elements[i])
                          : from_object(reader, field->type, item, &((asdl_seq *)seq)->elements[i]);
        Py_DECREF(item);
        if (failed)
            return -1;
        if (size != PyList_GET_SIZE(list))
            return changed_size(owner, field->name);
    }
    *out = seq;
    return 0;
}

static int missing(const char *field, const char *owner)
{
    PyErr_Format(PyExc_TypeError, "required field \"%s\" missing from %s", field, owner);
    return -1;
}

static int read_field(Reader *reader, const char *owner, const FieldInfo *field, PyObject *name, PyObject *obj, char *at)
{
    PyObject *value;
    int failed;
    if (_PyObject_LookupAttr(obj, name, &value) < 0)
        return -1;
    if (!value && field->count != COUNT_OPT)
        return missing(field->name, owner);
    int none = !value || value == Py_None;
    if (field->count == COUNT_SEQ)
        failed = read_seq(reader, owner, field, value, (void **)at);
    else if (field->type == TREE_INT && field->count == COUNT_OPT && none)
        *(int *)at = 0, failed = 0;
    else if (field->type == TREE_INT)
        failed = read_int(value, (int *)at);
    else if (none && field->count == COUNT_OPT)
        *(void **)at = NULL, failed = 0;
    else if (tai_tree_types[field->type].shape == SHAPE_ENUM)
        failed = read_choice(reader, field->type, value, (int *)at);
    else
        failed = from_object(reader, field->type, value, (void **)at);
    Py_XDECREF(value);
    return failed;
}

static int read_position(Reader *reader, const TypeInfo *type, PyObject *obj, int *position)
{
    static const char *const names[] = {"lineno", "col_offset", "end_lineno", "end_col_offset"};
    for (int i = 0; i < 4; i++) {
        FieldInfo field = {names[i], TREE_INT, i < 2 ? COUNT_ONE : COUNT_OPT, 0};
        if (read_field(reader, type->name, &field, reader->all->position_names[i], obj, (char *)&position[i]) < 0)
            return -1;
    }
    return 0;
}

/* A required pointer that is absent: what the constructors of tree.c refuse. */
static int check_required(const NodeInfo *tree_node, const char *fields)
{
    for (const FieldInfo *field = tree_node->fields(); field->name; field++) {
        int pointer = field->type != TREE_INT && tai_tree_types[field->type].shape != SHAPE_ENUM;
        if (field->count == COUNT_ONE && pointer && !*(void *const *)(fields + field->offset)) {
            PyErr_Format(PyExc_ValueError, "field %s is required for %s", field->name, tree_node->name);
            return -1;
        }
    }
    return 0;
}

static int read_node(Reader *reader, int type_number, PyObject *obj, void **out)
{
    const TypeInfo *type = &tai_tree_types[type_number];
    char *made = PyArena_Malloc(reader->arena, type->size);
    if (!made)
        return -1;
    memset(made, 0, type->size);
    if (type->shape == SHAPE_SUM && type->positioned && read_position(reader, type, obj, (int *)(made + type->position)) < 0)
        return -1;
    int number = type->first;
    if (type->shape == SHAPE_SUM) {
        int kind = classify(reader, type, type_number, obj);
        if (kind < 0)
            return -1;
        *(int *)made = kind + 1;
        number += kind;
    }
    const NodeInfo *tree_node = &tai_tree_nodes[number];
    const FieldInfo *field = tree_node->fields();
    for (int i = 0; field->name; field++, i++)
        if (read_field(reader, tree_node->name, field, reader->all->field_names[number][i], obj,
                       made + type->fields + field->offset) < 0)
            return -1;
    if (type->shape == SHAPE_PRODUCT && type->positioned && read_position(reader, type, obj, (int *)(made + type->position)) < 0)
        return -1;
    if (check_required(tree_node, made + type->fields) < 0)
        return -1;
    *out = made;
    return 0;
}

static int from_object(Reader *reader, int type, PyObject *obj, void **out)
{
    if (type <= TREE_CONSTANT)
        return read_leaf(reader, type, obj, out);
    if (obj == Py_None && tai_tree_types[type].shape == SHAPE_SUM) {
        *out = NULL;
        return 0;
    }
    if (tai_tree_too_deep(" while traversing 'expr' node") || tai_enter_c(" while traversing 'expr' node"))
        return -1;
    int failed = read_node(reader, type, obj, out);
    tai_leave_c();
    return failed;
}

mod_ty PyAST_obj2mod(PyObject *ast, PyArena *arena, int mode)
{
    static const unsigned char wanted[] = {NODE_Module, NODE_Expression, NODE_Interactive};
    Reader reader = {tai_ast_classes(), arena};
    void *mod;
    if (!reader.all)
        return NULL;
    if (mode < 0 || mode > 2) {
        PyErr_BadInternalCall();
        return NULL;
    }
    int is = PyObject_IsInstance(ast, reader.all->nodes[wanted[mode]]);
    if (is < 0)
        return NULL;
    if (!is) {
        PyErr_Format(PyExc_TypeError, "expected %s node, got %.400s", tai_tree_nodes[wanted[mode]].name,
                     Py_TYPE(ast)->tp_name);
        return NULL;
    }
    return from_object(&reader, TREE_mod, ast, &mod) < 0 ? NULL : mod;
}

int PyAST_Check(PyObject *obj)
{
    const AstClasses *all = tai_ast_classes();
    return all ? PyObject_IsInstance(obj, all->base) : -1;
}
