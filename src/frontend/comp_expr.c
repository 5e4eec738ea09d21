/* SPDX-License-Identifier: MIT */
/* comp_expr: code for expressions.
 *
 * An expression that starts on another line than the code around it marks that line on its first instruction, and the line of
 * the outer expression or statement comes back after it. Tests: tests/frontend/test_cases.py, tools/compare_code.
 */
#include "frontend/compiler.h"

static int compile_slice(Compiler *c, slice_ty s);

/* ---- operators ---- */

static const unsigned char binary_ops[] = {
    [Add] = BINARY_ADD, [Sub] = BINARY_SUBTRACT, [Mult] = BINARY_MULTIPLY, [MatMult] = BINARY_MATRIX_MULTIPLY,
    [Div] = BINARY_TRUE_DIVIDE, [Mod] = BINARY_MODULO, [Pow] = BINARY_POWER, [LShift] = BINARY_LSHIFT,
    [RShift] = BINARY_RSHIFT, [BitOr] = BINARY_OR, [BitXor] = BINARY_XOR, [BitAnd] = BINARY_AND,
    [FloorDiv] = BINARY_FLOOR_DIVIDE,
};
static const unsigned char unary_ops[] = {
    [Invert] = UNARY_INVERT, [Not] = UNARY_NOT, [UAdd] = UNARY_POSITIVE, [USub] = UNARY_NEGATIVE};
static const unsigned char compare_ops[] = {
    [Eq] = PyCmp_EQ, [NotEq] = PyCmp_NE, [Lt] = PyCmp_LT, [LtE] = PyCmp_LE, [Gt] = PyCmp_GT,
    [GtE] = PyCmp_GE, [Is] = PyCmp_IS, [IsNot] = PyCmp_IS_NOT, [In] = PyCmp_IN, [NotIn] = PyCmp_NOT_IN};

static int compile_bool(Compiler *c, expr_ty e)
{
    int op = e->v.BoolOp.op == And ? JUMP_IF_FALSE_OR_POP : JUMP_IF_TRUE_OR_POP;
    Label end = tai_label_new(c);
    Py_ssize_t last = asdl_seq_LEN(e->v.BoolOp.values) - 1;
    if (end < 0)
        return -1;
    for (Py_ssize_t i = 0; i < last; i++) {
        TRY(tai_compile_expr(c, asdl_seq_GET(e->v.BoolOp.values, i)));
        TRY(tai_emit_jump(c, op, end));
    }
    TRY(tai_compile_expr(c, asdl_seq_GET(e->v.BoolOp.values, last)));
    tai_label_here(c, end);
    return 0;
}

static int compile_binary(Compiler *c, expr_ty e)
{
    TRY(tai_compile_expr(c, e->v.BinOp.left));
    TRY(tai_compile_expr(c, e->v.BinOp.right));
    return tai_emit(c, binary_ops[e->v.BinOp.op]);
}

static int compile_conditional(Compiler *c, expr_ty e)
{
    Label end = tai_label_new(c), other = tai_label_new(c);
    if (end < 0 || other < 0)
        return -1;
    TRY(tai_compile_jump_if(c, e->v.IfExp.test, other, 0));
    TRY(tai_compile_expr(c, e->v.IfExp.body));
    TRY(tai_emit_jump(c, JUMP_FORWARD, end));
    tai_label_here(c, other);
    TRY(tai_compile_expr(c, e->v.IfExp.orelse));
    tai_label_here(c, end);
    return 0;
}

/* ---- comparisons ---- */

static int is_plain_literal(expr_ty e)
{
    if (e->kind != Constant_kind)
        return 0;
    PyObject *v = e->v.Constant.value;
    return v != Py_None && v != Py_False && v != Py_True && v != Py_Ellipsis;
}

static int warn_identity_of_literal(Compiler *c, expr_ty e)
{
    expr_ty left = e->v.Compare.left;
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(e->v.Compare.ops); i < n; i++) {
        int op = asdl_seq_GET(e->v.Compare.ops, i);
        expr_ty right = asdl_seq_GET(e->v.Compare.comparators, i);
        if ((op == Is || op == IsNot) && (is_plain_literal(left) || is_plain_literal(right)))
            return tai_warn(c, op == Is ? "\"is\" with a literal. Did you mean \"==\"?"
                                        : "\"is not\" with a literal. Did you mean \"!=\"?");
        left = right;
    }
    return 0;
}

/* The comparisons of a < b < c but the last: each keeps its right operand, and jumps to cleanup when it fails. */
static int compile_chain(Compiler *c, expr_ty e, int jump, Label cleanup)
{
    Py_ssize_t last = asdl_seq_LEN(e->v.Compare.ops) - 1;
    TRY(tai_compile_expr(c, e->v.Compare.left));
    for (Py_ssize_t i = 0; i < last; i++) {
        TRY(tai_compile_expr(c, asdl_seq_GET(e->v.Compare.comparators, i)));
        TRY(tai_emit(c, DUP_TOP));
        TRY(tai_emit(c, ROT_THREE));
        TRY(tai_emit_arg(c, COMPARE_OP, compare_ops[asdl_seq_GET(e->v.Compare.ops, i)]));
        TRY(tai_emit_jump(c, jump, cleanup));
        tai_block_next(c);
    }
    TRY(tai_compile_expr(c, asdl_seq_GET(e->v.Compare.comparators, last)));
    return tai_emit_arg(c, COMPARE_OP, compare_ops[asdl_seq_GET(e->v.Compare.ops, last)]);
}

static int compile_compare(Compiler *c, expr_ty e)
{
    TRY(warn_identity_of_literal(c, e));
    if (asdl_seq_LEN(e->v.Compare.ops) == 1)
        return compile_chain(c, e, 0, NO_LABEL);
    Label cleanup = tai_label_new(c), end = tai_label_new(c);
    if (cleanup < 0 || end < 0)
        return -1;
    TRY(compile_chain(c, e, JUMP_IF_FALSE_OR_POP, cleanup));
    TRY(tai_emit_jump(c, JUMP_FORWARD, end));
    tai_label_here(c, cleanup);
    TRY(tai_emit(c, ROT_TWO));
    TRY(tai_emit(c, POP_TOP));
    tai_label_here(c, end);
    return 0;
}

/* ---- conditional jumps ---- */

static int jump_if_bool(Compiler *c, expr_ty e, Label target, int condition)
{
    Py_ssize_t last = asdl_seq_LEN(e->v.BoolOp.values) - 1;
    int stops_on = e->v.BoolOp.op == Or;
    Label short_cut = stops_on == !!condition ? target : tai_label_new(c);
    if (short_cut < 0)
        return -1;
    for (Py_ssize_t i = 0; i < last; i++)
        TRY(tai_compile_jump_if(c, asdl_seq_GET(e->v.BoolOp.values, i), short_cut, stops_on));
    TRY(tai_compile_jump_if(c, asdl_seq_GET(e->v.BoolOp.values, last), target, condition));
    if (short_cut != target)
        tai_label_here(c, short_cut);
    return 0;
}

static int jump_if_conditional(Compiler *c, expr_ty e, Label target, int condition)
{
    Label end = tai_label_new(c), other = tai_label_new(c);
    if (end < 0 || other < 0)
        return -1;
    TRY(tai_compile_jump_if(c, e->v.IfExp.test, other, 0));
    TRY(tai_compile_jump_if(c, e->v.IfExp.body, target, condition));
    TRY(tai_emit_jump(c, JUMP_FORWARD, end));
    tai_label_here(c, other);
    TRY(tai_compile_jump_if(c, e->v.IfExp.orelse, target, condition));
    tai_label_here(c, end);
    return 0;
}

static int jump_if_chain(Compiler *c, expr_ty e, Label target, int condition)
{
    Label cleanup = tai_label_new(c), end = tai_label_new(c);
    if (cleanup < 0 || end < 0)
        return -1;
    TRY(warn_identity_of_literal(c, e));
    TRY(compile_chain(c, e, POP_JUMP_IF_FALSE, cleanup));
    TRY(tai_emit_jump(c, condition ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE, target));
    TRY(tai_emit_jump(c, JUMP_FORWARD, end));
    tai_label_here(c, cleanup);
    TRY(tai_emit(c, POP_TOP));
    if (!condition)
        TRY(tai_emit_jump(c, JUMP_FORWARD, target));
    tai_label_here(c, end);
    return 0;
}

/* Jump to target if e is true (condition 1) or false (0), else fall through. */
int tai_compile_jump_if(Compiler *c, expr_ty e, Label target, int condition)
{
    if (e->kind == UnaryOp_kind && e->v.UnaryOp.op == Not)
        return tai_compile_jump_if(c, e->v.UnaryOp.operand, target, !condition);
    if (e->kind == BoolOp_kind)
        return jump_if_bool(c, e, target, condition);
    if (e->kind == IfExp_kind)
        return jump_if_conditional(c, e, target, condition);
    if (e->kind == Compare_kind && asdl_seq_LEN(e->v.Compare.ops) > 1)
        return jump_if_chain(c, e, target, condition);
    TRY(tai_compile_expr(c, e));
    return tai_emit_jump(c, condition ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE, target);
}

/* ---- displays ---- */

/* Elements with *iterables among them: runs of plain ones are gathered with `gather`, all is joined with `join`. */
static int compile_elements(Compiler *c, asdl_seq *elts, int build, int gather, int join)
{
    Py_ssize_t pending = 0, parts = 0;
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(elts); i < n; i++) {
        expr_ty e = asdl_seq_GET(elts, i);
        if (e->kind != Starred_kind) {
            TRY(tai_compile_expr(c, e));
            pending++;
            continue;
        }
        if (pending) {
            TRY(tai_emit_arg(c, gather, pending));
            pending = 0;
            parts++;
        }
        TRY(tai_compile_expr(c, e->v.Starred.value));
        parts++;
    }
    if (!parts)
        return tai_emit_arg(c, build, pending);
    if (pending) {
        TRY(tai_emit_arg(c, gather, pending));
        parts++;
    }
    return tai_emit_arg(c, join, parts);
}

static int compile_unpacking(Compiler *c, asdl_seq *elts)
{
    Py_ssize_t n = asdl_seq_LEN(elts);
    int starred = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        expr_ty e = asdl_seq_GET(elts, i);
        if (e->kind != Starred_kind)
            continue;
        if (starred)
            return tai_fail(c, "two starred expressions in assignment");
        if (i >= 1 << 8 || n - i - 1 >= INT_MAX >> 8)
            return tai_fail(c, "too many expressions in star-unpacking assignment");
        TRY(tai_emit_arg(c, UNPACK_EX, i + ((n - i - 1) << 8)));
        starred = 1;
    }
    if (!starred)
        TRY(tai_emit_arg(c, UNPACK_SEQUENCE, n));
    for (Py_ssize_t i = 0; i < n; i++) {
        expr_ty e = asdl_seq_GET(elts, i);
        TRY(tai_compile_expr(c, e->kind == Starred_kind ? e->v.Starred.value : e));
    }
    return 0;
}

static int compile_sequence(Compiler *c, asdl_seq *elts, expr_context_ty ctx, int list)
{
    if (ctx == Store)
        return compile_unpacking(c, elts);
    if (ctx != Load)
        return tai_compile_exprs(c, elts);
    return list ? compile_elements(c, elts, BUILD_LIST, BUILD_TUPLE, BUILD_LIST_UNPACK)
                : compile_elements(c, elts, BUILD_TUPLE, BUILD_TUPLE, BUILD_TUPLE_UNPACK);
}

/* Items begin…end-1 of a dict display, none of them an unpacking. */
static int compile_dict_run(Compiler *c, expr_ty e, Py_ssize_t begin, Py_ssize_t end)
{
    Py_ssize_t n = end - begin;
    int all_const = n > 1;
    for (Py_ssize_t i = begin; i < end && all_const; i++)
        all_const = ((expr_ty)asdl_seq_GET(e->v.Dict.keys, i))->kind == Constant_kind;
    if (!all_const) {
        for (Py_ssize_t i = begin; i < end; i++) {
            TRY(tai_compile_expr(c, asdl_seq_GET(e->v.Dict.keys, i)));
            TRY(tai_compile_expr(c, asdl_seq_GET(e->v.Dict.values, i)));
        }
        return tai_emit_arg(c, BUILD_MAP, n);
    }
    for (Py_ssize_t i = begin; i < end; i++)
        TRY(tai_compile_expr(c, asdl_seq_GET(e->v.Dict.values, i)));
    PyObject *keys = PyTuple_New(n);
    for (Py_ssize_t i = 0; keys && i < n; i++) {
        PyObject *key = ((expr_ty)asdl_seq_GET(e->v.Dict.keys, begin + i))->v.Constant.value;
        Py_INCREF(key);
        PyTuple_SET_ITEM(keys, i, key);
    }
    TRY(tai_emit_new_const(c, keys));
    return tai_emit_arg(c, BUILD_CONST_KEY_MAP, n);
}

static int compile_dict(Compiler *c, expr_ty e)
{
    Py_ssize_t n = asdl_seq_LEN(e->v.Dict.values), parts = 0, pending = 0;
    int unpacking = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        unpacking = asdl_seq_GET(e->v.Dict.keys, i) == NULL;
        if (pending == 0xFFFF || (pending && unpacking)) {
            TRY(compile_dict_run(c, e, i - pending, i));
            parts++;
            pending = 0;
        }
        if (unpacking) {
            TRY(tai_compile_expr(c, asdl_seq_GET(e->v.Dict.values, i)));
            parts++;
        }
        else
            pending++;
    }
    if (pending || !parts) {
        TRY(compile_dict_run(c, e, n - pending, n));
        parts++;
    }
    return parts > 1 || unpacking ? tai_emit_arg(c, BUILD_MAP_UNPACK, parts) : 0;
}

/* ---- warnings about types ---- */

/* The type that an expression certainly has, or NULL. */
static PyTypeObject *type_of(expr_ty e)
{
    switch (e->kind) {
    case Tuple_kind: return &PyTuple_Type;
    case List_kind:
    case ListComp_kind: return &PyList_Type;
    case Dict_kind:
    case DictComp_kind: return &PyDict_Type;
    case Set_kind:
    case SetComp_kind: return &PySet_Type;
    case GeneratorExp_kind: return &PyGen_Type;
    case Lambda_kind: return &PyFunction_Type;
    case JoinedStr_kind:
    case FormattedValue_kind: return &PyUnicode_Type;
    case Constant_kind: return Py_TYPE(e->v.Constant.value);
    default: return NULL;
    }
}

static int warn_call(Compiler *c, expr_ty e)
{
    PyTypeObject *type = type_of(e);
    if (!type || e->kind == Lambda_kind)
        return 0;
    return tai_warn(c, "'%.200s' object is not callable; perhaps you missed a comma?", type->tp_name);
}

static int warn_subscript(Compiler *c, expr_ty e)
{
    PyObject *v;
    switch (e->kind) {
    case Constant_kind:
        v = e->v.Constant.value;
        if (v != Py_None && v != Py_Ellipsis && !PyLong_Check(v) && !PyFloat_Check(v) && !PyComplex_Check(v) && !PyAnySet_Check(v))
            return 0;
        break;
    case Set_kind:
    case SetComp_kind:
    case GeneratorExp_kind:
    case Lambda_kind:
        break;
    default:
        return 0;
    }
    return tai_warn(c, "'%.200s' object is not subscriptable; perhaps you missed a comma?", type_of(e)->tp_name);
}

static int warn_index(Compiler *c, expr_ty e, slice_ty s)
{
    PyTypeObject *index = s->kind == Index_kind ? type_of(s->v.Index.value) : NULL;
    if (!index || PyType_FastSubclass(index, Py_TPFLAGS_LONG_SUBCLASS) || index == &PySlice_Type)
        return 0;
    PyObject *v;
    switch (e->kind) {
    case Constant_kind:
        v = e->v.Constant.value;
        if (!PyUnicode_Check(v) && !PyBytes_Check(v) && !PyTuple_Check(v))
            return 0;
        break;
    case Tuple_kind:
    case List_kind:
    case ListComp_kind:
    case JoinedStr_kind:
    case FormattedValue_kind:
        break;
    default:
        return 0;
    }
    return tai_warn(c, "%.200s indices must be integers or slices, not %.200s; perhaps you missed a comma?",
                    type_of(e)->tp_name, index->tp_name);
}

/* ---- attributes and subscripts ---- */

static int compile_attribute(Compiler *c, expr_ty e)
{
    expr_context_ty ctx = e->v.Attribute.ctx;
    if (ctx != AugStore)
        TRY(tai_compile_expr(c, e->v.Attribute.value));
    switch (ctx) {
    case AugLoad:
        TRY(tai_emit(c, DUP_TOP));
        return tai_emit_name(c, LOAD_ATTR, e->v.Attribute.attr);
    case Load:
        return tai_emit_name(c, LOAD_ATTR, e->v.Attribute.attr);
    case AugStore:
        TRY(tai_emit(c, ROT_TWO));
        return tai_emit_name(c, STORE_ATTR, e->v.Attribute.attr);
    case Store:
        return tai_emit_name(c, STORE_ATTR, e->v.Attribute.attr);
    case Del:
        return tai_emit_name(c, DELETE_ATTR, e->v.Attribute.attr);
    default:
        PyErr_SetString(PyExc_SystemError, "param invalid in attribute expression");
        return -1;
    }
}

static int compile_bound(Compiler *c, expr_ty e)
{
    return e ? tai_compile_expr(c, e) : tai_emit_const(c, Py_None);
}

static int compile_slice(Compiler *c, slice_ty s)
{
    switch (s->kind) {
    case Index_kind:
        return tai_compile_expr(c, s->v.Index.value);
    case Slice_kind:
        TRY(compile_bound(c, s->v.Slice.lower));
        TRY(compile_bound(c, s->v.Slice.upper));
        if (!s->v.Slice.step)
            return tai_emit_arg(c, BUILD_SLICE, 2);
        TRY(tai_compile_expr(c, s->v.Slice.step));
        return tai_emit_arg(c, BUILD_SLICE, 3);
    case ExtSlice_kind:
        for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.ExtSlice.dims); i < n; i++)
            TRY(compile_slice(c, asdl_seq_GET(s->v.ExtSlice.dims, i)));
        return tai_emit_arg(c, BUILD_TUPLE, asdl_seq_LEN(s->v.ExtSlice.dims));
    }
    return 0;
}

static int compile_subscript(Compiler *c, expr_ty e)
{
    expr_context_ty ctx = e->v.Subscript.ctx;
    if (ctx == Load) {
        TRY(warn_subscript(c, e->v.Subscript.value));
        TRY(warn_index(c, e->v.Subscript.value, e->v.Subscript.slice));
    }
    if (ctx != AugStore) {
        TRY(tai_compile_expr(c, e->v.Subscript.value));
        TRY(compile_slice(c, e->v.Subscript.slice));
    }
    switch (ctx) {
    case AugLoad:
        TRY(tai_emit(c, DUP_TOP_TWO));
        return tai_emit(c, BINARY_SUBSCR);
    case Load:
        return tai_emit(c, BINARY_SUBSCR);
    case AugStore:
        TRY(tai_emit(c, ROT_THREE));
        return tai_emit(c, STORE_SUBSCR);
    case Store:
        return tai_emit(c, STORE_SUBSCR);
    case Del:
        return tai_emit(c, DELETE_SUBSCR);
    default:
        PyErr_SetString(PyExc_SystemError, "param invalid in subscript expression");
        return -1;
    }
}

/* ---- calls ---- */

/* f.name(plain arguments): LOAD_METHOD and CALL_METHOD. 1 if e was compiled so, 0 if it has another shape. */
static int compile_method_call(Compiler *c, expr_ty e)
{
    expr_ty method = e->v.Call.func;
    asdl_seq *args = e->v.Call.args;
    if (method->kind != Attribute_kind || method->v.Attribute.ctx != Load || asdl_seq_LEN(e->v.Call.keywords))
        return 0;
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(args); i < n; i++)
        if (((expr_ty)asdl_seq_GET(args, i))->kind == Starred_kind)
            return 0;
    TRY(tai_compile_expr(c, method->v.Attribute.value));
    TRY(tai_emit_name(c, LOAD_METHOD, method->v.Attribute.attr));
    TRY(tai_compile_exprs(c, args));
    TRY(tai_emit_arg(c, CALL_METHOD, asdl_seq_LEN(args)));
    return 1;
}

static int compile_call(Compiler *c, expr_ty e)
{
    int done = compile_method_call(c, e);
    if (done)
        return done < 0 ? -1 : 0;
    TRY(warn_call(c, e->v.Call.func));
    TRY(tai_compile_expr(c, e->v.Call.func));
    return tai_compile_call(c, 0, e->v.Call.args, e->v.Call.keywords);
}

/* The names of keywords begin…end-1 as a tuple (new). */
static PyObject *keyword_names(asdl_seq *keywords, Py_ssize_t begin, Py_ssize_t end)
{
    PyObject *names = PyTuple_New(end - begin);
    for (Py_ssize_t i = begin; names && i < end; i++) {
        PyObject *name = ((keyword_ty)asdl_seq_GET(keywords, i))->arg;
        Py_INCREF(name);
        PyTuple_SET_ITEM(names, i - begin, name);
    }
    return names;
}

static int compile_keyword_values(Compiler *c, asdl_seq *keywords, Py_ssize_t begin, Py_ssize_t end)
{
    for (Py_ssize_t i = begin; i < end; i++)
        TRY(tai_compile_expr(c, ((keyword_ty)asdl_seq_GET(keywords, i))->value));
    return 0;
}

/* Named arguments begin…end-1 as a dict. */
static int compile_keyword_run(Compiler *c, asdl_seq *keywords, Py_ssize_t begin, Py_ssize_t end)
{
    if (end - begin == 1) {
        TRY(tai_emit_const(c, ((keyword_ty)asdl_seq_GET(keywords, begin))->arg));
        TRY(compile_keyword_values(c, keywords, begin, end));
        return tai_emit_arg(c, BUILD_MAP, 1);
    }
    TRY(compile_keyword_values(c, keywords, begin, end));
    TRY(tai_emit_new_const(c, keyword_names(keywords, begin, end)));
    return tai_emit_arg(c, BUILD_CONST_KEY_MAP, end - begin);
}

/* Keyword arguments of a call with unpackings, as one dict; the number of dicts made (0 or 1), or -1. */
static int compile_keyword_dict(Compiler *c, asdl_seq *keywords)
{
    Py_ssize_t n = asdl_seq_LEN(keywords), pending = 0, parts = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        keyword_ty k = asdl_seq_GET(keywords, i);
        if (k->arg) {
            pending++;
            continue;
        }
        if (pending) {
            TRY(compile_keyword_run(c, keywords, i - pending, i));
            pending = 0;
            parts++;
        }
        TRY(tai_compile_expr(c, k->value));
        parts++;
    }
    if (pending) {
        TRY(compile_keyword_run(c, keywords, n - pending, n));
        parts++;
    }
    if (parts > 1)
        TRY(tai_emit_arg(c, BUILD_MAP_UNPACK_WITH_CALL, parts));
    return parts > 0;
}

static int finish_unpacking_call(Compiler *c, Py_ssize_t pending, Py_ssize_t parts, asdl_seq *keywords)
{
    if (pending) {
        TRY(tai_emit_arg(c, BUILD_TUPLE, pending));
        parts++;
    }
    if (parts > 1)
        TRY(tai_emit_arg(c, BUILD_TUPLE_UNPACK_WITH_CALL, parts));
    else if (parts == 0)
        TRY(tai_emit_arg(c, BUILD_TUPLE, 0));
    int has_dict = compile_keyword_dict(c, keywords);
    return has_dict < 0 ? -1 : tai_emit_arg(c, CALL_FUNCTION_EX, has_dict);
}

/* The arguments and the call instruction; the callee and `pushed` arguments are on the stack. */
int tai_compile_call(Compiler *c, int pushed, asdl_seq *args, asdl_seq *keywords)
{
    Py_ssize_t pending = pushed, parts = 0, n = asdl_seq_LEN(args), named = asdl_seq_LEN(keywords);
    int unpacks = 0;
    for (Py_ssize_t i = 0; i < named && !unpacks; i++)
        unpacks = !((keyword_ty)asdl_seq_GET(keywords, i))->arg;
    for (Py_ssize_t i = 0; i < n; i++) {
        expr_ty e = asdl_seq_GET(args, i);
        if (e->kind != Starred_kind) {
            TRY(tai_compile_expr(c, e));
            pending++;
            continue;
        }
        if (pending) {
            TRY(tai_emit_arg(c, BUILD_TUPLE, pending));
            pending = 0;
            parts++;
        }
        TRY(tai_compile_expr(c, e->v.Starred.value));
        parts++;
    }
    if (parts || unpacks)
        return finish_unpacking_call(c, pending, parts, keywords);
    if (!named)
        return tai_emit_arg(c, CALL_FUNCTION, pushed + n);
    TRY(compile_keyword_values(c, keywords, 0, named));
    TRY(tai_emit_new_const(c, keyword_names(keywords, 0, named)));
    return tai_emit_arg(c, CALL_FUNCTION_KW, pushed + n + named);
}

/* ---- the rest ---- */

static int compile_formatted(Compiler *c, expr_ty e)
{
    int flags;
    TRY(tai_compile_expr(c, e->v.FormattedValue.value));
    switch (e->v.FormattedValue.conversion) {
    case 's': flags = 1; break;
    case 'r': flags = 2; break;
    case 'a': flags = 3; break;
    case -1: flags = 0; break;
    default:
        PyErr_Format(PyExc_SystemError, "Unrecognized conversion character %d", e->v.FormattedValue.conversion);
        return -1;
    }
    if (e->v.FormattedValue.format_spec) {
        TRY(tai_compile_expr(c, e->v.FormattedValue.format_spec));
        flags |= 4;
    }
    return tai_emit_arg(c, FORMAT_VALUE, flags);
}

static int compile_joined(Compiler *c, expr_ty e)
{
    TRY(tai_compile_exprs(c, e->v.JoinedStr.values));
    Py_ssize_t n = asdl_seq_LEN(e->v.JoinedStr.values);
    return n == 1 ? 0 : tai_emit_arg(c, BUILD_STRING, n);
}

/* Wait for the awaitable or iterator on the stack. */
static int emit_yield_from(Compiler *c, int get)
{
    TRY(tai_emit(c, get));
    TRY(tai_emit_const(c, Py_None));
    return tai_emit(c, YIELD_FROM);
}

static int compile_yield(Compiler *c, expr_ty e)
{
    if (c->unit->scope->type != FunctionBlock)
        return tai_fail(c, "'yield' outside function");
    if (e->kind == Yield_kind) {
        TRY(compile_bound(c, e->v.Yield.value));
        return tai_emit(c, YIELD_VALUE);
    }
    if (c->unit->kind == UNIT_ASYNC_FUNCTION)
        return tai_fail(c, "'yield from' inside async function");
    TRY(tai_compile_expr(c, e->v.YieldFrom.value));
    return emit_yield_from(c, GET_YIELD_FROM_ITER);
}

static int compile_await(Compiler *c, expr_ty e)
{
    if (!tai_top_level_await(c)) {
        if (c->unit->scope->type != FunctionBlock)
            return tai_fail(c, "'await' outside function");
        if (c->unit->kind != UNIT_ASYNC_FUNCTION && c->unit->kind != UNIT_COMPREHENSION)
            return tai_fail(c, "'await' outside async function");
    }
    TRY(tai_compile_expr(c, e->v.Await.value));
    return emit_yield_from(c, GET_AWAITABLE);
}

static int compile_kind(Compiler *c, expr_ty e)
{
    switch (e->kind) {
    case NamedExpr_kind:
        TRY(tai_compile_expr(c, e->v.NamedExpr.value));
        TRY(tai_emit(c, DUP_TOP));
        return tai_compile_expr(c, e->v.NamedExpr.target);
    case BoolOp_kind:
        return compile_bool(c, e);
    case BinOp_kind:
        return compile_binary(c, e);
    case UnaryOp_kind:
        TRY(tai_compile_expr(c, e->v.UnaryOp.operand));
        return tai_emit(c, unary_ops[e->v.UnaryOp.op]);
    case Lambda_kind:
        return tai_compile_lambda(c, e);
    case IfExp_kind:
        return compile_conditional(c, e);
    case Dict_kind:
        return compile_dict(c, e);
    case Set_kind:
        return compile_elements(c, e->v.Set.elts, BUILD_SET, BUILD_SET, BUILD_SET_UNPACK);
    case GeneratorExp_kind:
    case ListComp_kind:
    case SetComp_kind:
    case DictComp_kind:
        return tai_compile_comprehension(c, e);
    case Yield_kind:
    case YieldFrom_kind:
        return compile_yield(c, e);
    case Await_kind:
        return compile_await(c, e);
    case Compare_kind:
        return compile_compare(c, e);
    case Call_kind:
        return compile_call(c, e);
    case Constant_kind:
        return tai_emit_const(c, e->v.Constant.value);
    case JoinedStr_kind:
        return compile_joined(c, e);
    case FormattedValue_kind:
        return compile_formatted(c, e);
    case Attribute_kind:
        return compile_attribute(c, e);
    case Subscript_kind:
        return compile_subscript(c, e);
    case Starred_kind:
        return tai_fail(c, e->v.Starred.ctx == Store ? "starred assignment target must be in a list or tuple"
                                                     : "can't use starred expression here");
    case Name_kind:
        return tai_emit_variable(c, e->v.Name.id, e->v.Name.ctx);
    case List_kind:
        return compile_sequence(c, e->v.List.elts, e->v.List.ctx, 1);
    case Tuple_kind:
        return compile_sequence(c, e->v.Tuple.elts, e->v.Tuple.ctx, 0);
    }
    return 0;
}

int tai_compile_expr(Compiler *c, expr_ty e)
{
    Unit *u = c->unit;
    int line = u->line, column = u->column;
    expr_ty outer = u->expr;
    if (e->lineno != line) {
        u->line = e->lineno;
        u->line_marked = 0;
    }
    u->column = e->col_offset;
    u->expr = e;
    if (tai_tree_too_deep(" during compilation"))
        return -1;
    TRY(compile_kind(c, e));
    if (u->line != line) {
        u->line = line;
        u->line_marked = 0;
    }
    u->column = column;
    u->expr = outer;
    return 0;
}

int tai_compile_exprs(Compiler *c, asdl_seq *seq)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(seq); i < n; i++)
        TRY(tai_compile_expr(c, asdl_seq_GET(seq, i)));
    return 0;
}
