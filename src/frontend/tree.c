/* SPDX-License-Identifier: MIT */
/* tree: descriptions and constructors of the nodes, made from defs/ast.def.
 *
 * Each row gives a table of its fields (name, type, count, offset) and a constructor `_Py_<Name>` that takes the
 * fields in order, the position where the type has one, and the arena; a required field that is absent is a ValueError.
 * Tests: tests/frontend/test_ast.py.
 */
#include "frontend/tree.h"
#ifndef FRONTEND_PROBE
#include "runtime/recursion.h"
#endif

/* ---- descriptions ---- */

#define DESCRIBE(kind_, count_, field) {#field, TREE_##kind_, COUNT_##count_, offsetof(Owner, field)},
#define FIELD_LIST(name, owner)                               \
    static const FieldInfo *fields_of_##name(void)                   \
    {                                                                \
        typedef owner Owner;                                         \
        static const FieldInfo list[] = {FIELDS_##name(DESCRIBE){NULL, 0, 0, 0}};       \
        return list;                                                 \
    }
#define NODE(type, name) FIELD_LIST(name, __typeof__(((struct _##type *)0)->v.name))
#define PRODUCT(type, positioned) FIELD_LIST(type, struct _##type)
#include "defs/ast.def"

static const FieldInfo *no_fields(void)
{
    static const FieldInfo list[] = {{NULL, 0, 0, 0}};
    return list;
}

const NodeInfo tai_tree_nodes[NODE_COUNT] = {
#define NODE(type, name) {#name, TREE_##type, name##_kind, fields_of_##name},
#define LEAF(type, name) {#name, TREE_##type, name##_kind, no_fields},
#define CHOICE(type, name) {#name, TREE_##type, name, no_fields},
#define PRODUCT(type, positioned) {#type, TREE_##type, 0, fields_of_##type},
#include "defs/ast.def"
};

#define POSITION_0(type) 0
#define POSITION_1(type) offsetof(struct _##type, lineno)
#define FIRST_mod NODE_Module
#define FIRST_stmt NODE_FunctionDef
#define FIRST_expr NODE_BoolOp
#define FIRST_slice NODE_Slice
#define FIRST_excepthandler NODE_ExceptHandler
#define FIRST_type_ignore NODE_TypeIgnore
#define FIRST_expr_context NODE_Load
#define FIRST_boolop NODE_And
#define FIRST_operator NODE_Add
#define FIRST_unaryop NODE_Invert
#define FIRST_cmpop NODE_Eq

const TypeInfo tai_tree_types[TREE_TYPES] = {
    [TREE_IDENTIFIER] = {.name = "identifier"},
    [TREE_STRING] = {.name = "string"},
    [TREE_INT] = {.name = "int"},
    [TREE_CONSTANT] = {.name = "constant"},
#define SUM(type, positioned)                                                                                      \
    [TREE_##type] = {#type, SHAPE_SUM, positioned, sizeof(struct _##type), offsetof(struct _##type, v),            \
                     POSITION_##positioned(type), FIRST_##type},
#define ENUM(type) [TREE_##type] = {.name = #type, .shape = SHAPE_ENUM, .first = FIRST_##type},
#define PRODUCT(type, positioned)                                                                            \
    [TREE_##type] = {#type, SHAPE_PRODUCT, positioned, sizeof(struct _##type), 0, POSITION_##positioned(type), NODE_##type},
#include "defs/ast.def"
};

/* ---- constructors ---- */

static void *absent(const char *field, const char *tree_node)
{
    PyErr_Format(PyExc_ValueError, "field %s is required for %s", field, tree_node);
    return NULL;
}

#define SEQ_expr asdl_seq *
#define SEQ_stmt asdl_seq *
#define SEQ_slice asdl_seq *
#define SEQ_type_ignore asdl_seq *
#define SEQ_keyword asdl_seq *
#define SEQ_withitem asdl_seq *
#define SEQ_excepthandler asdl_seq *
#define SEQ_alias asdl_seq *
#define SEQ_comprehension asdl_seq *
#define SEQ_arg asdl_seq *
#define SEQ_IDENTIFIER asdl_seq *
#define SEQ_cmpop asdl_int_seq *
typedef PyObject *IDENTIFIER_ty, *STRING_ty, *CONSTANT_ty;
typedef int INT_ty;
#define PARAMETER_ONE(kind_) kind_##_ty
#define PARAMETER_OPT(kind_) kind_##_ty
#define PARAMETER_SEQ(kind_) SEQ_##kind_
#define PARAMETER(kind_, count_, field) PARAMETER_##count_(kind_) field,
#define NEED(kind_, count_, field)                                                  \
    if (COUNT_##count_ == COUNT_ONE && TREE_##kind_ != TREE_INT && !field)          \
        return absent(#field, node_name);

#define POSITION_mod
#define POSITION_slice
#define POSITION_type_ignore
#define POSITION_stmt int lineno, int col_offset, int end_lineno, int end_col_offset,
#define POSITION_expr POSITION_stmt
#define POSITION_excepthandler POSITION_stmt
#define PLACE_mod
#define PLACE_slice
#define PLACE_type_ignore
#define PLACE_stmt                                                                                             \
    made->lineno = lineno, made->col_offset = col_offset, made->end_lineno = end_lineno,                       \
    made->end_col_offset = end_col_offset;
#define PLACE_expr PLACE_stmt
#define PLACE_excepthandler PLACE_stmt
#define CHOOSE_0(a, b) a
#define CHOOSE_1(a, b) b
#define MAKE(struct_name)                                \
    struct struct_name *made = PyArena_Malloc(arena, sizeof(*made)); \
    if (!made)                                                       \
        return NULL;

#define SET_FIELD(kind_, count_, field) place->field = field;
#define NODE(type_, node)                                                               \
    type_##_ty _Py_##node(FIELDS_##node(PARAMETER) POSITION_##type_ PyArena *arena)     \
    {                                                                                   \
        static const char node_name[] = #node;                                          \
        FIELDS_##node(NEED)                                                             \
        MAKE(_##type_)                                                                \
        __typeof__(made->v.node) *place = &made->v.node;                                \
        made->kind = node##_kind;                                                       \
        FIELDS_##node(SET_FIELD)                                                        \
        PLACE_##type_                                                                   \
        (void)node_name;                                                                \
        return made;                                                                    \
    }
#define LEAF(type_, node)                                       \
    type_##_ty _Py_##node(POSITION_##type_ PyArena *arena)      \
    {                                                           \
        MAKE(_##type_)                                        \
        made->kind = node##_kind;                               \
        PLACE_##type_                                           \
        return made;                                            \
    }
#define PRODUCT(type_, positioned)                                                                     \
    type_##_ty _Py_##type_(FIELDS_##type_(PARAMETER) CHOOSE_##positioned(, POSITION_stmt) PyArena *arena) \
    {                                                                                                  \
        static const char node_name[] = #type_;                                                        \
        FIELDS_##type_(NEED)                                                                           \
        MAKE(_##type_)                                                                               \
        struct _##type_ *place = made;                                                                 \
        FIELDS_##type_(SET_FIELD)                                                                      \
        CHOOSE_##positioned(, PLACE_stmt)                                                              \
        (void)node_name;                                                                               \
        return made;                                                                                   \
    }
#include "defs/ast.def"

/* ---- depth ---- */

#ifdef FRONTEND_PROBE
int tai_tree_too_deep(const char *where)
{
    static char *base;
    char here;
    if (!base)
        base = &here;
    if (base - &here < 6 * 1024 * 1024)
        return 0;
    PyErr_Format(PyExc_RecursionError, "maximum recursion depth exceeded%s", where);
    return 1;
}
#else
int tai_tree_too_deep(const char *where)
{
    if (LIKELY((char *)__builtin_frame_address(0) > tai_thread(tai_tstate())->c_stack_limit))
        return 0;
    PyErr_Format(PyExc_RecursionError, "maximum recursion depth exceeded%s", where);
    return 1;
}
#endif

PyObject *_PyAST_GetDocString(asdl_seq *body)
{
    if (asdl_seq_LEN(body) == 0)
        return NULL;
    stmt_ty first = asdl_seq_GET(body, 0);
    if (first->kind != Expr_kind || first->v.Expr.value->kind != Constant_kind)
        return NULL;
    PyObject *value = first->v.Expr.value->v.Constant.value;
    return PyUnicode_CheckExact(value) ? value : NULL;
}
