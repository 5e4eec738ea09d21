/* SPDX-License-Identifier: MIT */
/* comp_stmt: code for simple statements, and the choice among all. Tests: tests/frontend/test_cases.py, tools/compare_code. */
#include "frontend/compiler.h"

static const unsigned char inplace_ops[] = {
    [Add] = INPLACE_ADD, [Sub] = INPLACE_SUBTRACT, [Mult] = INPLACE_MULTIPLY, [MatMult] = INPLACE_MATRIX_MULTIPLY,
    [Div] = INPLACE_TRUE_DIVIDE, [Mod] = INPLACE_MODULO, [Pow] = INPLACE_POWER, [LShift] = INPLACE_LSHIFT,
    [RShift] = INPLACE_RSHIFT, [BitOr] = INPLACE_OR, [BitXor] = INPLACE_XOR, [BitAnd] = INPLACE_AND,
    [FloorDiv] = INPLACE_FLOOR_DIVIDE,
};

/* ---- assignments ---- */

static int compile_assign(Compiler *c, stmt_ty s)
{
    Py_ssize_t n = asdl_seq_LEN(s->v.Assign.targets);
    TRY(tai_compile_expr(c, s->v.Assign.value));
    for (Py_ssize_t i = 0; i < n; i++) {
        if (i + 1 < n)
            TRY(tai_emit(c, DUP_TOP));
        TRY(tai_compile_expr(c, asdl_seq_GET(s->v.Assign.targets, i)));
    }
    return 0;
}

/* Load the target (its parts stay on the stack), operate, store through the same parts. */
static int compile_aug_place(Compiler *c, stmt_ty s)
{
    struct _expr place = *s->v.AugAssign.target;
    expr_context_ty *ctx = place.kind == Attribute_kind ? &place.v.Attribute.ctx : &place.v.Subscript.ctx;
    *ctx = AugLoad;
    TRY(tai_compile_expr(c, &place));
    TRY(tai_compile_expr(c, s->v.AugAssign.value));
    TRY(tai_emit(c, inplace_ops[s->v.AugAssign.op]));
    *ctx = AugStore;
    return tai_compile_expr(c, &place);
}

static int compile_aug_assign(Compiler *c, stmt_ty s)
{
    expr_ty target = s->v.AugAssign.target;
    switch (target->kind) {
    case Attribute_kind:
    case Subscript_kind:
        return compile_aug_place(c, s);
    case Name_kind:
        TRY(tai_emit_variable(c, target->v.Name.id, Load));
        TRY(tai_compile_expr(c, s->v.AugAssign.value));
        TRY(tai_emit(c, inplace_ops[s->v.AugAssign.op]));
        return tai_emit_variable(c, target->v.Name.id, Store);
    default:
        PyErr_Format(PyExc_SystemError, "invalid node type (%d) for augmented assignment", target->kind);
        return -1;
    }
}

static int compile_and_drop(Compiler *c, expr_ty e)
{
    TRY(tai_compile_expr(c, e));
    return tai_emit(c, POP_TOP);
}

/* The parts of a subscript that is annotated but not assigned are evaluated all the same. */
static int compile_ann_slice(Compiler *c, slice_ty s)
{
    switch (s->kind) {
    case Index_kind:
        return compile_and_drop(c, s->v.Index.value);
    case Slice_kind:
        if (s->v.Slice.lower)
            TRY(compile_and_drop(c, s->v.Slice.lower));
        if (s->v.Slice.upper)
            TRY(compile_and_drop(c, s->v.Slice.upper));
        return s->v.Slice.step ? compile_and_drop(c, s->v.Slice.step) : 0;
    case ExtSlice_kind:
        for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.ExtSlice.dims); i < n; i++)
            TRY(compile_ann_slice(c, asdl_seq_GET(s->v.ExtSlice.dims, i)));
    }
    return 0;
}

static int store_annotation(Compiler *c, stmt_ty s)
{
    _Py_IDENTIFIER(__annotations__);
    PyObject *annotations = _PyUnicode_FromId(&PyId___annotations__);
    PyObject *name = tai_mangle(c->arena, c->unit->owner, s->v.AnnAssign.target->v.Name.id);
    if (!annotations || !name)
        return -1;
    TRY(tai_compile_annotation(c, s->v.AnnAssign.annotation));
    TRY(tai_emit_name(c, LOAD_NAME, annotations));
    TRY(tai_emit_const(c, name));
    return tai_emit(c, STORE_SUBSCR);
}

static int compile_ann_assign(Compiler *c, stmt_ty s)
{
    expr_ty target = s->v.AnnAssign.target;
    int evaluated = c->unit->kind == UNIT_MODULE || c->unit->kind == UNIT_CLASS;
    if (s->v.AnnAssign.value) {
        TRY(tai_compile_expr(c, s->v.AnnAssign.value));
        TRY(tai_compile_expr(c, target));
    }
    switch (target->kind) {
    case Name_kind:
        if (s->v.AnnAssign.simple && evaluated)
            TRY(store_annotation(c, s));
        break;
    case Attribute_kind:
        if (!s->v.AnnAssign.value)
            TRY(compile_and_drop(c, target->v.Attribute.value));
        break;
    case Subscript_kind:
        if (!s->v.AnnAssign.value) {
            TRY(compile_and_drop(c, target->v.Subscript.value));
            TRY(compile_ann_slice(c, target->v.Subscript.slice));
        }
        break;
    default:
        PyErr_Format(PyExc_SystemError, "invalid node type (%d) for annotated assignment", target->kind);
        return -1;
    }
    return !s->v.AnnAssign.simple && evaluated ? compile_and_drop(c, s->v.AnnAssign.annotation) : 0;
}

/* ---- imports ---- */

/* import a.b.c as x: go down from a, which IMPORT_NAME leaves on the stack. */
static int compile_import_as(Compiler *c, PyObject *name, PyObject *asname)
{
    Py_ssize_t size = PyUnicode_GET_LENGTH(name), dot = PyUnicode_FindChar(name, '.', 0, size, 1);
    if (dot == -2)
        return -1;
    if (dot < 0)
        return tai_emit_variable(c, asname, Store);
    for (;;) {
        Py_ssize_t start = dot + 1;
        dot = PyUnicode_FindChar(name, '.', start, size, 1);
        if (dot == -2)
            return -1;
        PyObject *part = PyUnicode_Substring(name, start, dot < 0 ? size : dot);
        if (!part)
            return -1;
        PyUnicode_InternInPlace(&part);
        TRY(tai_keep(c, part));
        TRY(tai_emit_name(c, IMPORT_FROM, part));
        if (dot < 0)
            break;
        TRY(tai_emit(c, ROT_TWO));
        TRY(tai_emit(c, POP_TOP));
    }
    TRY(tai_emit_variable(c, asname, Store));
    return tai_emit(c, POP_TOP);
}

/* import a.b.c binds a. */
static int store_first_part(Compiler *c, PyObject *name)
{
    Py_ssize_t dot = PyUnicode_FindChar(name, '.', 0, PyUnicode_GET_LENGTH(name), 1);
    if (dot == -2)
        return -1;
    if (dot < 0)
        return tai_emit_variable(c, name, Store);
    PyObject *part = PyUnicode_Substring(name, 0, dot);
    if (!part)
        return -1;
    PyUnicode_InternInPlace(&part);
    TRY(tai_keep(c, part));
    return tai_emit_variable(c, part, Store);
}

static int compile_import(Compiler *c, stmt_ty s)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.Import.names); i < n; i++) {
        alias_ty a = asdl_seq_GET(s->v.Import.names, i);
        TRY(tai_emit_new_const(c, PyLong_FromLong(0)));
        TRY(tai_emit_const(c, Py_None));
        TRY(tai_emit_name(c, IMPORT_NAME, a->name));
        TRY(a->asname ? compile_import_as(c, a->name, a->asname) : store_first_part(c, a->name));
    }
    return 0;
}

static PyObject *imported_names(asdl_seq *aliases)
{
    Py_ssize_t n = asdl_seq_LEN(aliases);
    PyObject *names = PyTuple_New(n);
    for (Py_ssize_t i = 0; names && i < n; i++) {
        PyObject *name = ((alias_ty)asdl_seq_GET(aliases, i))->name;
        Py_INCREF(name);
        PyTuple_SET_ITEM(names, i, name);
    }
    return names;
}

static int compile_import_from(Compiler *c, stmt_ty s)
{
    _Py_static_string(PyId_empty, "");
    PyObject *module = s->v.ImportFrom.module;
    TRY(tai_emit_new_const(c, PyLong_FromLong(s->v.ImportFrom.level)));
    if (s->lineno > c->future->ff_lineno && module && _PyUnicode_EqualToASCIIString(module, "__future__"))
        return tai_fail(c, "from __future__ imports must occur at the beginning of the file");
    TRY(tai_emit_new_const(c, imported_names(s->v.ImportFrom.names)));
    if (!module && !(module = _PyUnicode_FromId(&PyId_empty)))
        return -1;
    TRY(tai_emit_name(c, IMPORT_NAME, module));
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.ImportFrom.names); i < n; i++) {
        alias_ty a = asdl_seq_GET(s->v.ImportFrom.names, i);
        if (i == 0 && PyUnicode_READ_CHAR(a->name, 0) == '*')
            return tai_emit(c, IMPORT_STAR);
        TRY(tai_emit_name(c, IMPORT_FROM, a->name));
        TRY(tai_emit_variable(c, a->asname ? a->asname : a->name, Store));
    }
    return tai_emit(c, POP_TOP);
}

/* ---- the rest ---- */

static int compile_raise(Compiler *c, stmt_ty s)
{
    int n = 0;
    if (s->v.Raise.exc) {
        TRY(tai_compile_expr(c, s->v.Raise.exc));
        n++;
        if (s->v.Raise.cause) {
            TRY(tai_compile_expr(c, s->v.Raise.cause));
            n++;
        }
    }
    return tai_emit_arg(c, RAISE_VARARGS, n);
}

static int compile_assert(Compiler *c, stmt_ty s)
{
    _Py_IDENTIFIER(AssertionError);
    if (c->optimize)
        return 0;
    if (s->v.Assert.test->kind == Tuple_kind && asdl_seq_LEN(s->v.Assert.test->v.Tuple.elts) > 0)
        TRY(tai_warn(c, "assertion is always true, perhaps remove parentheses?"));
    PyObject *name = _PyUnicode_FromId(&PyId_AssertionError);
    Label end = tai_label_new(c);
    if (!name || end < 0)
        return -1;
    TRY(tai_compile_jump_if(c, s->v.Assert.test, end, 1));
    TRY(tai_emit_name(c, LOAD_GLOBAL, name));
    if (s->v.Assert.msg) {
        TRY(tai_compile_expr(c, s->v.Assert.msg));
        TRY(tai_emit_arg(c, CALL_FUNCTION, 1));
    }
    TRY(tai_emit_arg(c, RAISE_VARARGS, 1));
    tai_label_here(c, end);
    return 0;
}

static int compile_expr_stmt(Compiler *c, expr_ty e)
{
    if (c->interactive && c->nesting <= 1) {
        TRY(tai_compile_expr(c, e));
        return tai_emit(c, PRINT_EXPR);
    }
    return e->kind == Constant_kind ? 0 : compile_and_drop(c, e);
}

int tai_compile_stmt(Compiler *c, stmt_ty s)
{
    Unit *u = c->unit;
    u->line = s->lineno;
    u->column = s->col_offset;
    u->expr = NULL;
    u->line_marked = 0;
    if (tai_tree_too_deep(" during compilation"))
        return -1;
    switch (s->kind) {
    case FunctionDef_kind:
    case AsyncFunctionDef_kind:
        return tai_compile_function(c, s);
    case ClassDef_kind:
        return tai_compile_class(c, s);
    case Delete_kind:
        return tai_compile_exprs(c, s->v.Delete.targets);
    case Assign_kind:
        return compile_assign(c, s);
    case AugAssign_kind:
        return compile_aug_assign(c, s);
    case AnnAssign_kind:
        return compile_ann_assign(c, s);
    case Raise_kind:
        return compile_raise(c, s);
    case Assert_kind:
        return compile_assert(c, s);
    case Import_kind:
        return compile_import(c, s);
    case ImportFrom_kind:
        return compile_import_from(c, s);
    case Expr_kind:
        return compile_expr_stmt(c, s->v.Expr.value);
    case Global_kind:
    case Nonlocal_kind:
    case Pass_kind:
        return 0;
    default:
        return tai_compile_flow(c, s);
    }
}

int tai_compile_stmts(Compiler *c, asdl_seq *seq)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(seq); i < n; i++)
        TRY(tai_compile_stmt(c, asdl_seq_GET(seq, i)));
    return 0;
}
