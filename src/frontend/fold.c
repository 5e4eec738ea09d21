/* SPDX-License-Identifier: MIT */
/* fold: constant folding on the tree, before scopes are decided.
 *
 * Operands are folded first, then the operation, when its result is small enough (the limits below) and does not raise: an operation
 * that would raise is left to run time. Lists and sets that are only iterated or searched become tuples and frozensets. `__debug__`
 * becomes its value. What is folded, and in what form, is visible in code objects, so the rules are exactly those of 3.8.
 * Left-leaning chains (a + b + c …) are walked in a loop, so that depth is no matter there.
 * Tests: tests/frontend/test_cases.py.
 */
#include "frontend/fold.h"

enum { MAX_INT_BITS = 128, MAX_ITEMS = 256, MAX_TEXT = 4096, MAX_TOTAL_ITEMS = 1024 };

typedef struct {
    PyArena *arena;
    int optimize;
} Folder;

static int fold_expr(Folder *folder, expr_ty e);
static int fold_stmts(Folder *folder, asdl_seq *seq);

#define TRY(call)       \
    do {                \
        if ((call) < 0) \
            return -1;  \
    } while (0)

/* Turn e into the constant `value` (stolen). NULL means: the operation raised, leave e alone. */
static int become_constant(Folder *folder, expr_ty e, PyObject *value)
{
    if (!value) {
        if (PyErr_Occurred()) {
            if (PyErr_ExceptionMatches(PyExc_KeyboardInterrupt))
                return -1;
            PyErr_Clear();
        }
        return 0;
    }
    if (PyArena_AddPyObject(folder->arena, value) < 0) {
        Py_DECREF(value);
        return -1;
    }
    e->kind = Constant_kind;
    e->v.Constant.value = value;
    e->v.Constant.kind = NULL;
    return 0;
}

/* ---- limits ---- */

/* What is left of limit after counting the items of nested containers; negative if they are too many. */
static Py_ssize_t spend_items(PyObject *obj, Py_ssize_t limit)
{
    if (PyTuple_Check(obj)) {
        limit -= PyTuple_GET_SIZE(obj);
        for (Py_ssize_t i = 0; limit >= 0 && i < PyTuple_GET_SIZE(obj); i++)
            limit = spend_items(PyTuple_GET_ITEM(obj, i), limit);
    }
    else if (PyFrozenSet_Check(obj)) {
        Py_ssize_t at = 0;
        PyObject *item;
        Py_hash_t hash;
        limit -= PySet_GET_SIZE(obj);
        while (limit >= 0 && _PySet_NextEntry(obj, &at, &item, &hash))
            limit = spend_items(item, limit);
    }
    return limit;
}

static int bits_allow_product(PyObject *a, PyObject *b)
{
    if (!Py_SIZE(a) || !Py_SIZE(b))
        return 1;
    size_t abits = _PyLong_NumBits(a), bbits = _PyLong_NumBits(b);
    return abits != (size_t)-1 && bbits != (size_t)-1 && abits + bbits <= MAX_INT_BITS;
}

/* Whether repeating a sequence constant `count` times stays small. */
static int repetition_allowed(PyObject *count, PyObject *sequence)
{
    int items = PyTuple_Check(sequence) || PyFrozenSet_Check(sequence);
    Py_ssize_t size = PyObject_Size(sequence);
    if (size <= 0)
        return size == 0;
    long n = PyLong_AsLong(count);
    if (n < 0 || n > (items ? MAX_ITEMS : MAX_TEXT) / size)
        return 0;
    return !items || n == 0 || spend_items(sequence, MAX_TOTAL_ITEMS / n) >= 0;
}

static int is_sequence_constant(PyObject *v)
{
    return PyTuple_Check(v) || PyFrozenSet_Check(v) || PyUnicode_Check(v) || PyBytes_Check(v);
}

static PyObject *multiply(PyObject *a, PyObject *b)
{
    if (PyLong_Check(a) && PyLong_Check(b) && !bits_allow_product(a, b))
        return NULL;
    if (PyLong_Check(a) && is_sequence_constant(b) && !repetition_allowed(a, b))
        return NULL;
    if (PyLong_Check(b) && is_sequence_constant(a) && !repetition_allowed(b, a))
        return NULL;
    return PyNumber_Multiply(a, b);
}

static PyObject *power(PyObject *a, PyObject *b)
{
    if (PyLong_Check(a) && PyLong_Check(b) && Py_SIZE(a) && Py_SIZE(b) > 0) {
        size_t bits = _PyLong_NumBits(a), exponent = PyLong_AsSize_t(b);
        if (bits == (size_t)-1 || exponent == (size_t)-1 || bits > MAX_INT_BITS / exponent)
            return NULL;
    }
    return PyNumber_Power(a, b, Py_None);
}

static PyObject *shift_left(PyObject *a, PyObject *b)
{
    if (PyLong_Check(a) && PyLong_Check(b) && Py_SIZE(a) && Py_SIZE(b)) {
        size_t bits = _PyLong_NumBits(a), by = PyLong_AsSize_t(b);
        if (bits == (size_t)-1 || by == (size_t)-1 || by > MAX_INT_BITS || bits > MAX_INT_BITS - by)
            return NULL;
    }
    return PyNumber_Lshift(a, b);
}

static PyObject *modulo(PyObject *a, PyObject *b)
{
    return PyUnicode_Check(a) || PyBytes_Check(a) ? NULL : PyNumber_Remainder(a, b);
}

/* ---- operations ---- */

static PyObject *binary_value(operator_ty op, PyObject *a, PyObject *b)
{
    switch (op) {
    case Add: return PyNumber_Add(a, b);
    case Sub: return PyNumber_Subtract(a, b);
    case Mult: return multiply(a, b);
    case Div: return PyNumber_TrueDivide(a, b);
    case FloorDiv: return PyNumber_FloorDivide(a, b);
    case Mod: return modulo(a, b);
    case Pow: return power(a, b);
    case LShift: return shift_left(a, b);
    case RShift: return PyNumber_Rshift(a, b);
    case BitOr: return PyNumber_Or(a, b);
    case BitXor: return PyNumber_Xor(a, b);
    case BitAnd: return PyNumber_And(a, b);
    case MatMult: break;
    }
    return NULL;
}

static int fold_one_binary(Folder *folder, expr_ty e)
{
    expr_ty left = e->v.BinOp.left, right = e->v.BinOp.right;
    if (left->kind != Constant_kind || right->kind != Constant_kind)
        return 0;
    return become_constant(folder, e, binary_value(e->v.BinOp.op, left->v.Constant.value, right->v.Constant.value));
}

/* Fold a chain of left operands from its innermost outwards; the chain's nodes are remembered in a growing array. */
static int fold_binary(Folder *folder, expr_ty e)
{
    enum { NEAR = 16 };
    expr_ty near[NEAR], *chain = near;
    Py_ssize_t count = 0, room = NEAR;
    for (; e->kind == BinOp_kind; e = e->v.BinOp.left) {
        if (count == room) {
            expr_ty *more = PyArena_Malloc(folder->arena, 2 * room * sizeof(expr_ty));
            if (!more)
                return -1;
            memcpy(more, chain, count * sizeof(expr_ty));
            chain = more;
            room *= 2;
        }
        chain[count++] = e;
    }
    TRY(fold_expr(folder, e));
    while (count > 0) {
        expr_ty outer = chain[--count];
        TRY(fold_expr(folder, outer->v.BinOp.right));
        TRY(fold_one_binary(folder, outer));
    }
    return 0;
}

/* `not a in b` is `a not in b`, and so on; the node takes its operand's place in the source. */
static int fold_not_compare(expr_ty e, expr_ty compare)
{
    int op = asdl_seq_GET(compare->v.Compare.ops, 0);
    switch (op) {
    case Is: op = IsNot; break;
    case IsNot: op = Is; break;
    case In: op = NotIn; break;
    case NotIn: op = In; break;
    default: return 0;
    }
    asdl_seq_SET(compare->v.Compare.ops, 0, op);
    *e = *compare;
    return 0;
}

static PyObject *unary_value(unaryop_ty op, PyObject *v)
{
    int truth;
    switch (op) {
    case Invert: return PyNumber_Invert(v);
    case Not: truth = PyObject_IsTrue(v); return truth < 0 ? NULL : PyBool_FromLong(!truth);
    case UAdd: return PyNumber_Positive(v);
    case USub: return PyNumber_Negative(v);
    }
    return NULL;
}

static int fold_unary(Folder *folder, expr_ty e)
{
    expr_ty operand = e->v.UnaryOp.operand;
    TRY(fold_expr(folder, operand));
    if (operand->kind == Constant_kind)
        return become_constant(folder, e, unary_value(e->v.UnaryOp.op, operand->v.Constant.value));
    if (e->v.UnaryOp.op == Not && operand->kind == Compare_kind && asdl_seq_LEN(operand->v.Compare.ops) == 1)
        return fold_not_compare(e, operand);
    return 0;
}

/* A tuple of the values if all are constants (new), else NULL, with an exception only when memory is short. */
static PyObject *tuple_of_constants(asdl_seq *elts)
{
    Py_ssize_t n = asdl_seq_LEN(elts);
    for (Py_ssize_t i = 0; i < n; i++)
        if (((expr_ty)asdl_seq_GET(elts, i))->kind != Constant_kind)
            return NULL;
    PyObject *tuple = PyTuple_New(n);
    for (Py_ssize_t i = 0; tuple && i < n; i++) {
        PyObject *value = ((expr_ty)asdl_seq_GET(elts, i))->v.Constant.value;
        Py_INCREF(value);
        PyTuple_SET_ITEM(tuple, i, value);
    }
    return tuple;
}

static int fold_tuple(Folder *folder, expr_ty e)
{
    if (e->v.Tuple.ctx != Load)
        return 0;
    return become_constant(folder, e, tuple_of_constants(e->v.Tuple.elts));
}

/* e is only iterated over or searched: a list may be a tuple, a set of constants a frozenset. */
static int fold_iterable(Folder *folder, expr_ty e)
{
    if (e->kind == List_kind) {
        asdl_seq *elts = e->v.List.elts;
        for (Py_ssize_t i = 0, n = asdl_seq_LEN(elts); i < n; i++)
            if (((expr_ty)asdl_seq_GET(elts, i))->kind == Starred_kind)
                return 0;
        expr_context_ty ctx = e->v.List.ctx;
        e->kind = Tuple_kind;
        e->v.Tuple.elts = elts;
        e->v.Tuple.ctx = ctx;
        return fold_tuple(folder, e);
    }
    if (e->kind == Set_kind) {
        PyObject *tuple = tuple_of_constants(e->v.Set.elts), *set = tuple ? PyFrozenSet_New(tuple) : NULL;
        Py_XDECREF(tuple);
        return become_constant(folder, e, set);
    }
    return 0;
}

static int fold_exprs(Folder *folder, asdl_seq *seq)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(seq); i < n; i++) {
        expr_ty e = asdl_seq_GET(seq, i);
        if (e)
            TRY(fold_expr(folder, e));
    }
    return 0;
}

static int fold_compare(Folder *folder, expr_ty e)
{
    TRY(fold_expr(folder, e->v.Compare.left));
    TRY(fold_exprs(folder, e->v.Compare.comparators));
    Py_ssize_t last = asdl_seq_LEN(e->v.Compare.ops) - 1;
    int op = asdl_seq_GET(e->v.Compare.ops, last);
    return op == In || op == NotIn ? fold_iterable(folder, asdl_seq_GET(e->v.Compare.comparators, last)) : 0;
}

static int fold_slice(Folder *folder, slice_ty s)
{
    switch (s->kind) {
    case Slice_kind:
        if (s->v.Slice.lower)
            TRY(fold_expr(folder, s->v.Slice.lower));
        if (s->v.Slice.upper)
            TRY(fold_expr(folder, s->v.Slice.upper));
        return s->v.Slice.step ? fold_expr(folder, s->v.Slice.step) : 0;
    case ExtSlice_kind:
        for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.ExtSlice.dims); i < n; i++)
            TRY(fold_slice(folder, asdl_seq_GET(s->v.ExtSlice.dims, i)));
        return 0;
    case Index_kind:
        return fold_expr(folder, s->v.Index.value);
    }
    return 0;
}

static int fold_subscript(Folder *folder, expr_ty e)
{
    expr_ty value = e->v.Subscript.value;
    slice_ty slice = e->v.Subscript.slice;
    TRY(fold_expr(folder, value));
    TRY(fold_slice(folder, slice));
    if (e->v.Subscript.ctx != Load || value->kind != Constant_kind || slice->kind != Index_kind ||
        slice->v.Index.value->kind != Constant_kind)
        return 0;
    return become_constant(folder, e, PyObject_GetItem(value->v.Constant.value, slice->v.Index.value->v.Constant.value));
}

/* ---- the walk ---- */

static int fold_comprehensions(Folder *folder, asdl_seq *generators)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(generators); i < n; i++) {
        comprehension_ty c = asdl_seq_GET(generators, i);
        TRY(fold_expr(folder, c->target));
        TRY(fold_expr(folder, c->iter));
        TRY(fold_exprs(folder, c->ifs));
        TRY(fold_iterable(folder, c->iter));
    }
    return 0;
}

static int fold_keywords(Folder *folder, asdl_seq *keywords)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(keywords); i < n; i++)
        TRY(fold_expr(folder, ((keyword_ty)asdl_seq_GET(keywords, i))->value));
    return 0;
}

static int fold_arg(Folder *folder, arg_ty a)
{
    return a && a->annotation ? fold_expr(folder, a->annotation) : 0;
}

static int fold_args(Folder *folder, asdl_seq *args)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(args); i < n; i++)
        TRY(fold_arg(folder, asdl_seq_GET(args, i)));
    return 0;
}

static int fold_arguments(Folder *folder, arguments_ty a)
{
    TRY(fold_args(folder, a->posonlyargs));
    TRY(fold_args(folder, a->args));
    TRY(fold_arg(folder, a->vararg));
    TRY(fold_args(folder, a->kwonlyargs));
    TRY(fold_exprs(folder, a->kw_defaults));
    TRY(fold_arg(folder, a->kwarg));
    return fold_exprs(folder, a->defaults);
}

static int fold_name(Folder *folder, expr_ty e)
{
    if (e->v.Name.ctx != Load || !_PyUnicode_EqualToASCIIString(e->v.Name.id, "__debug__"))
        return 0;
    return become_constant(folder, e, PyBool_FromLong(folder->optimize == 0));
}

static int fold_expr_kind(Folder *folder, expr_ty e)
{
    switch (e->kind) {
    case BoolOp_kind:
        return fold_exprs(folder, e->v.BoolOp.values);
    case BinOp_kind:
        return fold_binary(folder, e);
    case UnaryOp_kind:
        return fold_unary(folder, e);
    case Lambda_kind:
        TRY(fold_arguments(folder, e->v.Lambda.args));
        return fold_expr(folder, e->v.Lambda.body);
    case IfExp_kind:
        TRY(fold_expr(folder, e->v.IfExp.test));
        TRY(fold_expr(folder, e->v.IfExp.body));
        return fold_expr(folder, e->v.IfExp.orelse);
    case Dict_kind:
        TRY(fold_exprs(folder, e->v.Dict.keys));
        return fold_exprs(folder, e->v.Dict.values);
    case Set_kind:
        return fold_exprs(folder, e->v.Set.elts);
    case ListComp_kind:
    case SetComp_kind:
    case GeneratorExp_kind: /* same layout */
        TRY(fold_expr(folder, e->v.ListComp.elt));
        return fold_comprehensions(folder, e->v.ListComp.generators);
    case DictComp_kind:
        TRY(fold_expr(folder, e->v.DictComp.key));
        TRY(fold_expr(folder, e->v.DictComp.value));
        return fold_comprehensions(folder, e->v.DictComp.generators);
    case Await_kind:
    case YieldFrom_kind: /* same layout */
        return fold_expr(folder, e->v.Await.value);
    case Yield_kind:
        return e->v.Yield.value ? fold_expr(folder, e->v.Yield.value) : 0;
    case Compare_kind:
        return fold_compare(folder, e);
    case Call_kind:
        TRY(fold_expr(folder, e->v.Call.func));
        TRY(fold_exprs(folder, e->v.Call.args));
        return fold_keywords(folder, e->v.Call.keywords);
    case FormattedValue_kind:
        TRY(fold_expr(folder, e->v.FormattedValue.value));
        return e->v.FormattedValue.format_spec ? fold_expr(folder, e->v.FormattedValue.format_spec) : 0;
    case JoinedStr_kind:
        return fold_exprs(folder, e->v.JoinedStr.values);
    case Attribute_kind:
        return fold_expr(folder, e->v.Attribute.value);
    case Subscript_kind:
        return fold_subscript(folder, e);
    case Starred_kind:
        return fold_expr(folder, e->v.Starred.value);
    case List_kind:
        return fold_exprs(folder, e->v.List.elts);
    case Tuple_kind:
        TRY(fold_exprs(folder, e->v.Tuple.elts));
        return fold_tuple(folder, e);
    case Name_kind:
        return fold_name(folder, e);
    case NamedExpr_kind: /* 3.8 leaves its value alone */
    case Constant_kind:
        return 0;
    }
    return 0;
}

static int fold_expr(Folder *folder, expr_ty e)
{
    if (e->kind == Constant_kind)
        return 0;
    if (tai_tree_too_deep(" during compilation"))
        return -1;
    return fold_expr_kind(folder, e);
}

/* The body of a module, class or function: a string that folding has made is no docstring. */
static int fold_body(Folder *folder, asdl_seq *body)
{
    int had = _PyAST_GetDocString(body) != NULL;
    TRY(fold_stmts(folder, body));
    if (had || !_PyAST_GetDocString(body))
        return 0;
    stmt_ty first = asdl_seq_GET(body, 0);
    expr_ty text = first->v.Expr.value;
    asdl_seq *values = _Py_asdl_seq_new(1, folder->arena);
    if (!values)
        return -1;
    asdl_seq_SET(values, 0, text);
    first->v.Expr.value = _Py_JoinedStr(values, text->lineno, text->col_offset, text->end_lineno, text->end_col_offset,
                                        folder->arena);
    return first->v.Expr.value ? 0 : -1;
}

static int fold_optional(Folder *folder, expr_ty e)
{
    return e ? fold_expr(folder, e) : 0;
}

static int fold_with(Folder *folder, stmt_ty s)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.With.items); i < n; i++) {
        withitem_ty item = asdl_seq_GET(s->v.With.items, i);
        TRY(fold_expr(folder, item->context_expr));
        TRY(fold_optional(folder, item->optional_vars));
    }
    return fold_stmts(folder, s->v.With.body);
}

static int fold_try(Folder *folder, stmt_ty s)
{
    TRY(fold_stmts(folder, s->v.Try.body));
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.Try.handlers); i < n; i++) {
        excepthandler_ty h = asdl_seq_GET(s->v.Try.handlers, i);
        TRY(fold_optional(folder, h->v.ExceptHandler.type));
        TRY(fold_stmts(folder, h->v.ExceptHandler.body));
    }
    TRY(fold_stmts(folder, s->v.Try.orelse));
    return fold_stmts(folder, s->v.Try.finalbody);
}

static int fold_stmt(Folder *folder, stmt_ty s)
{
    switch (s->kind) {
    case FunctionDef_kind:
    case AsyncFunctionDef_kind: /* same layout */
        TRY(fold_arguments(folder, s->v.FunctionDef.args));
        TRY(fold_body(folder, s->v.FunctionDef.body));
        TRY(fold_exprs(folder, s->v.FunctionDef.decorator_list));
        return fold_optional(folder, s->v.FunctionDef.returns);
    case ClassDef_kind:
        TRY(fold_exprs(folder, s->v.ClassDef.bases));
        TRY(fold_keywords(folder, s->v.ClassDef.keywords));
        TRY(fold_body(folder, s->v.ClassDef.body));
        return fold_exprs(folder, s->v.ClassDef.decorator_list);
    case Return_kind:
        return fold_optional(folder, s->v.Return.value);
    case Delete_kind:
        return fold_exprs(folder, s->v.Delete.targets);
    case Assign_kind:
        TRY(fold_exprs(folder, s->v.Assign.targets));
        return fold_expr(folder, s->v.Assign.value);
    case AugAssign_kind:
        TRY(fold_expr(folder, s->v.AugAssign.target));
        return fold_expr(folder, s->v.AugAssign.value);
    case AnnAssign_kind:
        TRY(fold_expr(folder, s->v.AnnAssign.target));
        TRY(fold_expr(folder, s->v.AnnAssign.annotation));
        return fold_optional(folder, s->v.AnnAssign.value);
    case For_kind:
    case AsyncFor_kind: /* same layout */
        TRY(fold_expr(folder, s->v.For.target));
        TRY(fold_expr(folder, s->v.For.iter));
        TRY(fold_stmts(folder, s->v.For.body));
        TRY(fold_stmts(folder, s->v.For.orelse));
        return s->kind == For_kind ? fold_iterable(folder, s->v.For.iter) : 0;
    case While_kind:
    case If_kind: /* same layout */
        TRY(fold_expr(folder, s->v.If.test));
        TRY(fold_stmts(folder, s->v.If.body));
        return fold_stmts(folder, s->v.If.orelse);
    case With_kind:
    case AsyncWith_kind: /* same layout */
        return fold_with(folder, s);
    case Raise_kind:
        TRY(fold_optional(folder, s->v.Raise.exc));
        return fold_optional(folder, s->v.Raise.cause);
    case Try_kind:
        return fold_try(folder, s);
    case Assert_kind:
        TRY(fold_expr(folder, s->v.Assert.test));
        return fold_optional(folder, s->v.Assert.msg);
    case Expr_kind:
        return fold_expr(folder, s->v.Expr.value);
    default:
        return 0;
    }
}

static int fold_stmts(Folder *folder, asdl_seq *seq)
{
    if (tai_tree_too_deep(" during compilation"))
        return -1;
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(seq); i < n; i++)
        TRY(fold_stmt(folder, asdl_seq_GET(seq, i)));
    return 0;
}

int tai_fold(mod_ty mod, PyArena *arena, int optimize)
{
    Folder folder = {arena, optimize};
    switch (mod->kind) {
    case Module_kind:
        return fold_body(&folder, mod->v.Module.body);
    case Interactive_kind:
        return fold_stmts(&folder, mod->v.Interactive.body);
    case Expression_kind:
        return fold_expr(&folder, mod->v.Expression.body);
    case Suite_kind:
        return fold_stmts(&folder, mod->v.Suite.body);
    default:
        return 0;
    }
}

int _PyAST_Optimize(struct _mod *mod, PyArena *arena, int optimize)
{
    return tai_fold(mod, arena, optimize) == 0;
}
