/* SPDX-License-Identifier: MIT */
/* validate: trees that programs made by hand: PyAST_Validate checks what the compiler takes for granted.
 *
 * Contexts of targets, lengths of lists that belong together, lists that may not be empty or hold None, types of constants.
 * Tests: tests/frontend/test_ast.py.
 */
#include "frontend/tree.h"

#define TRY(call)       \
    do {                \
        if ((call) < 0) \
            return -1;  \
    } while (0)

static int check_expr(expr_ty e, expr_context_ty ctx);
static int check_stmts(asdl_seq *seq);

static int refuse(const char *message)
{
    PyErr_SetString(PyExc_ValueError, message);
    return -1;
}

static int check_not_empty(asdl_seq *seq, const char *what, const char *owner)
{
    if (asdl_seq_LEN(seq))
        return 0;
    PyErr_Format(PyExc_ValueError, "empty %s on %s", what, owner);
    return -1;
}

static int check_exprs(asdl_seq *seq, expr_context_ty ctx, int none_ok)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(seq); i < n; i++) {
        expr_ty e = asdl_seq_GET(seq, i);
        if (e)
            TRY(check_expr(e, ctx));
        else if (!none_ok)
            return refuse("None disallowed in expression list");
    }
    return 0;
}

static int check_optional(expr_ty e)
{
    return e ? check_expr(e, Load) : 0;
}

static int check_generators(asdl_seq *generators)
{
    if (!asdl_seq_LEN(generators))
        return refuse("comprehension with no generators");
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(generators); i < n; i++) {
        comprehension_ty c = asdl_seq_GET(generators, i);
        TRY(check_expr(c->target, Store));
        TRY(check_expr(c->iter, Load));
        TRY(check_exprs(c->ifs, Load, 0));
    }
    return 0;
}

static int check_keywords(asdl_seq *keywords)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(keywords); i < n; i++)
        TRY(check_expr(((keyword_ty)asdl_seq_GET(keywords, i))->value, Load));
    return 0;
}

static int check_args(asdl_seq *args)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(args); i < n; i++)
        TRY(check_optional(((arg_ty)asdl_seq_GET(args, i))->annotation));
    return 0;
}

static int check_arguments(arguments_ty a)
{
    TRY(check_args(a->posonlyargs));
    TRY(check_args(a->args));
    if (a->vararg)
        TRY(check_optional(a->vararg->annotation));
    TRY(check_args(a->kwonlyargs));
    if (a->kwarg)
        TRY(check_optional(a->kwarg->annotation));
    if (asdl_seq_LEN(a->defaults) > asdl_seq_LEN(a->posonlyargs) + asdl_seq_LEN(a->args))
        return refuse("more positional defaults than args on arguments");
    if (asdl_seq_LEN(a->kw_defaults) != asdl_seq_LEN(a->kwonlyargs))
        return refuse("length of kwonlyargs is not the same as kw_defaults on arguments");
    TRY(check_exprs(a->defaults, Load, 0));
    return check_exprs(a->kw_defaults, Load, 1);
}

/* 1 if the compiler can keep this value, 0 if not, -1 with an exception. */
static int is_constant(PyObject *v)
{
    if (v == Py_None || v == Py_Ellipsis || PyLong_CheckExact(v) || PyFloat_CheckExact(v) || PyComplex_CheckExact(v) ||
        PyBool_Check(v) || PyUnicode_CheckExact(v) || PyBytes_CheckExact(v))
        return 1;
    if (!PyTuple_CheckExact(v) && !PyFrozenSet_CheckExact(v))
        return 0;
    if (tai_tree_too_deep(" during compilation"))
        return -1;
    PyObject *items = PyObject_GetIter(v), *item;
    int valid = items ? 1 : -1;
    while (valid > 0 && (item = PyIter_Next(items))) {
        valid = is_constant(item);
        Py_DECREF(item);
    }
    Py_XDECREF(items);
    return PyErr_Occurred() ? -1 : valid;
}

static int check_constant(PyObject *v)
{
    int valid = is_constant(v);
    if (valid == 0)
        PyErr_Format(PyExc_TypeError, "got an invalid type in Constant: %s", Py_TYPE(v)->tp_name);
    return valid > 0 ? 0 : -1;
}

static int check_slice(slice_ty s)
{
    switch (s->kind) {
    case Slice_kind:
        TRY(check_optional(s->v.Slice.lower));
        TRY(check_optional(s->v.Slice.upper));
        return check_optional(s->v.Slice.step);
    case ExtSlice_kind:
        TRY(check_not_empty(s->v.ExtSlice.dims, "dims", "ExtSlice"));
        for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.ExtSlice.dims); i < n; i++)
            TRY(check_slice(asdl_seq_GET(s->v.ExtSlice.dims, i)));
        return 0;
    case Index_kind:
        return check_expr(s->v.Index.value, Load);
    }
    return refuse("unknown slice node");
}

static const char *context_name(expr_context_ty ctx)
{
    static const char *const names[] = {"", "Load", "Store", "Del", "AugLoad", "AugStore", "Param"};
    return names[ctx];
}

static int check_context(expr_ty e, expr_context_ty ctx)
{
    expr_context_ty has;
    switch (e->kind) {
    case Attribute_kind: has = e->v.Attribute.ctx; break;
    case Subscript_kind: has = e->v.Subscript.ctx; break;
    case Starred_kind: has = e->v.Starred.ctx; break;
    case Name_kind: has = e->v.Name.ctx; break;
    case List_kind: has = e->v.List.ctx; break;
    case Tuple_kind: has = e->v.Tuple.ctx; break;
    default:
        if (ctx == Load)
            return 0;
        PyErr_Format(PyExc_ValueError, "expression which can't be assigned to in %s context", context_name(ctx));
        return -1;
    }
    if (has == ctx)
        return 0;
    PyErr_Format(PyExc_ValueError, "expression must have %s context but has %s instead", context_name(ctx), context_name(has));
    return -1;
}

static int check_compare(expr_ty e)
{
    if (!asdl_seq_LEN(e->v.Compare.comparators))
        return refuse("Compare with no comparators");
    if (asdl_seq_LEN(e->v.Compare.comparators) != asdl_seq_LEN(e->v.Compare.ops))
        return refuse("Compare has a different number of comparators and operands");
    TRY(check_exprs(e->v.Compare.comparators, Load, 0));
    return check_expr(e->v.Compare.left, Load);
}

static int check_dict(expr_ty e)
{
    if (asdl_seq_LEN(e->v.Dict.keys) != asdl_seq_LEN(e->v.Dict.values))
        return refuse("Dict doesn't have the same number of keys as values");
    TRY(check_exprs(e->v.Dict.keys, Load, 1));
    return check_exprs(e->v.Dict.values, Load, 0);
}

static int check_name(PyObject *name)
{
    static const char *const constants[] = {"None", "True", "False"};
    for (int i = 0; i < 3; i++)
        if (_PyUnicode_EqualToASCIIString(name, constants[i])) {
            PyErr_Format(PyExc_ValueError, "Name node can't be used with '%s' constant", constants[i]);
            return -1;
        }
    return 0;
}

static int check_kind(expr_ty e, expr_context_ty ctx)
{
    switch (e->kind) {
    case BoolOp_kind:
        if (asdl_seq_LEN(e->v.BoolOp.values) < 2)
            return refuse("BoolOp with less than 2 values");
        return check_exprs(e->v.BoolOp.values, Load, 0);
    case BinOp_kind:
        TRY(check_expr(e->v.BinOp.left, Load));
        return check_expr(e->v.BinOp.right, Load);
    case UnaryOp_kind:
        return check_expr(e->v.UnaryOp.operand, Load);
    case Lambda_kind:
        TRY(check_arguments(e->v.Lambda.args));
        return check_expr(e->v.Lambda.body, Load);
    case IfExp_kind:
        TRY(check_expr(e->v.IfExp.test, Load));
        TRY(check_expr(e->v.IfExp.body, Load));
        return check_expr(e->v.IfExp.orelse, Load);
    case Dict_kind:
        return check_dict(e);
    case Set_kind:
        return check_exprs(e->v.Set.elts, Load, 0);
    case ListComp_kind:
    case SetComp_kind:
    case GeneratorExp_kind: /* same layout */
        TRY(check_generators(e->v.ListComp.generators));
        return check_expr(e->v.ListComp.elt, Load);
    case DictComp_kind:
        TRY(check_generators(e->v.DictComp.generators));
        TRY(check_expr(e->v.DictComp.key, Load));
        return check_expr(e->v.DictComp.value, Load);
    case Yield_kind:
        return check_optional(e->v.Yield.value);
    case YieldFrom_kind:
    case Await_kind: /* same layout */
        return check_expr(e->v.Await.value, Load);
    case Compare_kind:
        return check_compare(e);
    case Call_kind:
        TRY(check_expr(e->v.Call.func, Load));
        TRY(check_exprs(e->v.Call.args, Load, 0));
        return check_keywords(e->v.Call.keywords);
    case Constant_kind:
        return check_constant(e->v.Constant.value);
    case JoinedStr_kind:
        return check_exprs(e->v.JoinedStr.values, Load, 0);
    case FormattedValue_kind:
        TRY(check_expr(e->v.FormattedValue.value, Load));
        return check_optional(e->v.FormattedValue.format_spec);
    case Attribute_kind:
        return check_expr(e->v.Attribute.value, Load);
    case Subscript_kind:
        TRY(check_slice(e->v.Subscript.slice));
        return check_expr(e->v.Subscript.value, Load);
    case Starred_kind:
        return check_expr(e->v.Starred.value, ctx);
    case List_kind:
        return check_exprs(e->v.List.elts, ctx, 0);
    case Tuple_kind:
        return check_exprs(e->v.Tuple.elts, ctx, 0);
    case NamedExpr_kind:
        return check_expr(e->v.NamedExpr.value, Load);
    case Name_kind:
        return check_name(e->v.Name.id);
    }
    PyErr_SetString(PyExc_SystemError, "unexpected expression");
    return -1;
}

static int check_expr(expr_ty e, expr_context_ty ctx)
{
    if (tai_tree_too_deep(" during compilation"))
        return -1;
    TRY(check_context(e, ctx));
    return check_kind(e, ctx);
}

/* ---- statements ---- */

static int check_body(asdl_seq *body, const char *owner)
{
    TRY(check_not_empty(body, "body", owner));
    return check_stmts(body);
}

static int check_targets(asdl_seq *targets, expr_context_ty ctx)
{
    TRY(check_not_empty(targets, "targets", ctx == Del ? "Delete" : "Assign"));
    return check_exprs(targets, ctx, 0);
}

static int check_function(stmt_ty s)
{
    TRY(check_body(s->v.FunctionDef.body, s->kind == FunctionDef_kind ? "FunctionDef" : "AsyncFunctionDef"));
    TRY(check_arguments(s->v.FunctionDef.args));
    TRY(check_exprs(s->v.FunctionDef.decorator_list, Load, 0));
    return check_optional(s->v.FunctionDef.returns);
}

static int check_class(stmt_ty s)
{
    TRY(check_body(s->v.ClassDef.body, "ClassDef"));
    TRY(check_exprs(s->v.ClassDef.bases, Load, 0));
    TRY(check_keywords(s->v.ClassDef.keywords));
    return check_exprs(s->v.ClassDef.decorator_list, Load, 0);
}

static int check_with(stmt_ty s, const char *owner)
{
    TRY(check_not_empty(s->v.With.items, "items", owner));
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.With.items); i < n; i++) {
        withitem_ty item = asdl_seq_GET(s->v.With.items, i);
        TRY(check_expr(item->context_expr, Load));
        if (item->optional_vars)
            TRY(check_expr(item->optional_vars, Store));
    }
    return check_body(s->v.With.body, owner);
}

static int check_try(stmt_ty s)
{
    Py_ssize_t handlers = asdl_seq_LEN(s->v.Try.handlers);
    TRY(check_body(s->v.Try.body, "Try"));
    if (!handlers && !asdl_seq_LEN(s->v.Try.finalbody))
        return refuse("Try has neither except handlers nor finalbody");
    if (!handlers && asdl_seq_LEN(s->v.Try.orelse))
        return refuse("Try has orelse but no except handlers");
    for (Py_ssize_t i = 0; i < handlers; i++) {
        excepthandler_ty h = asdl_seq_GET(s->v.Try.handlers, i);
        TRY(check_optional(h->v.ExceptHandler.type));
        TRY(check_body(h->v.ExceptHandler.body, "ExceptHandler"));
    }
    TRY(check_stmts(s->v.Try.finalbody));
    return check_stmts(s->v.Try.orelse);
}

static int check_loop(stmt_ty s, const char *owner)
{
    TRY(check_expr(s->v.For.target, Store));
    TRY(check_expr(s->v.For.iter, Load));
    TRY(check_body(s->v.For.body, owner));
    return check_stmts(s->v.For.orelse);
}

static int check_branch(stmt_ty s, const char *owner)
{
    TRY(check_expr(s->v.If.test, Load));
    TRY(check_body(s->v.If.body, owner));
    return check_stmts(s->v.If.orelse);
}

static int check_stmt(stmt_ty s)
{
    switch (s->kind) {
    case FunctionDef_kind:
    case AsyncFunctionDef_kind:
        return check_function(s);
    case ClassDef_kind:
        return check_class(s);
    case Return_kind:
        return check_optional(s->v.Return.value);
    case Delete_kind:
        return check_targets(s->v.Delete.targets, Del);
    case Assign_kind:
        TRY(check_targets(s->v.Assign.targets, Store));
        return check_expr(s->v.Assign.value, Load);
    case AugAssign_kind:
        TRY(check_expr(s->v.AugAssign.target, Store));
        return check_expr(s->v.AugAssign.value, Load);
    case AnnAssign_kind:
        if (s->v.AnnAssign.target->kind != Name_kind && s->v.AnnAssign.simple) {
            PyErr_SetString(PyExc_TypeError, "AnnAssign with simple non-Name target");
            return -1;
        }
        TRY(check_expr(s->v.AnnAssign.target, Store));
        TRY(check_optional(s->v.AnnAssign.value));
        return check_expr(s->v.AnnAssign.annotation, Load);
    case For_kind:
        return check_loop(s, "For");
    case AsyncFor_kind:
        return check_loop(s, "AsyncFor");
    case While_kind:
        return check_branch(s, "While");
    case If_kind:
        return check_branch(s, "If");
    case With_kind:
        return check_with(s, "With");
    case AsyncWith_kind:
        return check_with(s, "AsyncWith");
    case Raise_kind:
        if (!s->v.Raise.exc && s->v.Raise.cause)
            return refuse("Raise with cause but no exception");
        TRY(check_optional(s->v.Raise.exc));
        return check_optional(s->v.Raise.cause);
    case Try_kind:
        return check_try(s);
    case Assert_kind:
        TRY(check_expr(s->v.Assert.test, Load));
        return check_optional(s->v.Assert.msg);
    case Import_kind:
        return check_not_empty(s->v.Import.names, "names", "Import");
    case ImportFrom_kind:
        if (s->v.ImportFrom.level < 0)
            return refuse("Negative ImportFrom level");
        return check_not_empty(s->v.ImportFrom.names, "names", "ImportFrom");
    case Global_kind:
        return check_not_empty(s->v.Global.names, "names", "Global");
    case Nonlocal_kind:
        return check_not_empty(s->v.Nonlocal.names, "names", "Nonlocal");
    case Expr_kind:
        return check_expr(s->v.Expr.value, Load);
    case Pass_kind:
    case Break_kind:
    case Continue_kind:
        return 0;
    }
    PyErr_SetString(PyExc_SystemError, "unexpected statement");
    return -1;
}

static int check_stmts(asdl_seq *seq)
{
    if (tai_tree_too_deep(" during compilation"))
        return -1;
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(seq); i < n; i++) {
        stmt_ty s = asdl_seq_GET(seq, i);
        if (!s)
            return refuse("None disallowed in statement list");
        TRY(check_stmt(s));
    }
    return 0;
}

int PyAST_Validate(mod_ty mod)
{
    switch (mod->kind) {
    case Module_kind:
        return check_stmts(mod->v.Module.body) == 0;
    case Interactive_kind:
        return check_stmts(mod->v.Interactive.body) == 0;
    case Expression_kind:
        return check_expr(mod->v.Expression.body, Load) == 0;
    case Suite_kind:
        refuse("Suite is not valid in the CPython compiler");
        return 0;
    default:
        PyErr_SetString(PyExc_SystemError, "impossible module node");
        return 0;
    }
}
