/* SPDX-License-Identifier: MIT */
/* unparse: an expression back to source, as annotations are kept under `from __future__ import annotations`.
 *
 * Each level of binding strength has a number; an operand that binds less than its place asks for gets parentheses.
 * Tests: tests/frontend/test_more.py.
 */
#include "frontend/tree.h"

enum { BIND_TUPLE, BIND_TEST, BIND_OR, BIND_AND, BIND_NOT, BIND_CMP, BIND_BOR, BIND_BXOR, BIND_BAND, BIND_SHIFT, BIND_ARITH,
       BIND_TERM, BIND_FACTOR, BIND_POWER, BIND_AWAIT, BIND_ATOM };

typedef _PyUnicodeWriter Out;

static int put_expr(Out *out, expr_ty e, int level);
static int put_fstring_part(Out *out, expr_ty e, int in_spec);

#define TRY(call)       \
    do {                \
        if ((call) < 0) \
            return -1;  \
    } while (0)

static int put(Out *out, const char *text)
{
    return _PyUnicodeWriter_WriteASCIIString(out, text, -1);
}

static int put_if(Out *out, int condition, const char *text)
{
    return condition ? put(out, text) : 0;
}

/* ---- constants ---- */

static int put_repr(Out *out, PyObject *value)
{
    PyObject *text = PyObject_Repr(value);
    int failed = text ? _PyUnicodeWriter_WriteStr(out, text) : -1;
    Py_XDECREF(text);
    return failed;
}

static int put_constant(Out *out, expr_ty e)
{
    return e->v.Constant.value == Py_Ellipsis ? put(out, "...") : put_repr(out, e->v.Constant.value);
}

/* ---- operators ---- */

static int put_bool(Out *out, expr_ty e, int level)
{
    int own = e->v.BoolOp.op == And ? BIND_AND : BIND_OR;
    TRY(put_if(out, level > own, "("));
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(e->v.BoolOp.values); i < n; i++) {
        TRY(put_if(out, i > 0, own == BIND_AND ? " and " : " or "));
        TRY(put_expr(out, asdl_seq_GET(e->v.BoolOp.values, i), own + 1));
    }
    return put_if(out, level > own, ")");
}

static int put_binary(Out *out, expr_ty e, int level)
{
    static const struct {
        const char *text;
        int level;
    } operators[] = {
        [Add] = {" + ", BIND_ARITH}, [Sub] = {" - ", BIND_ARITH}, [Mult] = {" * ", BIND_TERM}, [MatMult] = {" @ ", BIND_TERM},
        [Div] = {" / ", BIND_TERM}, [Mod] = {" % ", BIND_TERM}, [Pow] = {" ** ", BIND_POWER}, [LShift] = {" << ", BIND_SHIFT},
        [RShift] = {" >> ", BIND_SHIFT}, [BitOr] = {" | ", BIND_BOR}, [BitXor] = {" ^ ", BIND_BXOR},
        [BitAnd] = {" & ", BIND_BAND}, [FloorDiv] = {" // ", BIND_TERM},
    };
    int own = operators[e->v.BinOp.op].level, right = e->v.BinOp.op == Pow;
    TRY(put_if(out, level > own, "("));
    TRY(put_expr(out, e->v.BinOp.left, own + right));
    TRY(put(out, operators[e->v.BinOp.op].text));
    TRY(put_expr(out, e->v.BinOp.right, own + !right));
    return put_if(out, level > own, ")");
}

static int put_unary(Out *out, expr_ty e, int level)
{
    static const char *const texts[] = {[Invert] = "~", [Not] = "not ", [UAdd] = "+", [USub] = "-"};
    int own = e->v.UnaryOp.op == Not ? BIND_NOT : BIND_FACTOR;
    TRY(put_if(out, level > own, "("));
    TRY(put(out, texts[e->v.UnaryOp.op]));
    TRY(put_expr(out, e->v.UnaryOp.operand, own));
    return put_if(out, level > own, ")");
}

static int put_compare(Out *out, expr_ty e, int level)
{
    static const char *const texts[] = {[Eq] = " == ", [NotEq] = " != ", [Lt] = " < ", [LtE] = " <= ", [Gt] = " > ",
                                        [GtE] = " >= ", [Is] = " is ", [IsNot] = " is not ", [In] = " in ",
                                        [NotIn] = " not in "};
    TRY(put_if(out, level > BIND_CMP, "("));
    TRY(put_expr(out, e->v.Compare.left, BIND_CMP + 1));
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(e->v.Compare.ops); i < n; i++) {
        TRY(put(out, texts[asdl_seq_GET(e->v.Compare.ops, i)]));
        TRY(put_expr(out, asdl_seq_GET(e->v.Compare.comparators, i), BIND_CMP + 1));
    }
    return put_if(out, level > BIND_CMP, ")");
}

static int put_conditional(Out *out, expr_ty e, int level)
{
    TRY(put_if(out, level > BIND_TEST, "("));
    TRY(put_expr(out, e->v.IfExp.body, BIND_TEST + 1));
    TRY(put(out, " if "));
    TRY(put_expr(out, e->v.IfExp.test, BIND_TEST + 1));
    TRY(put(out, " else "));
    TRY(put_expr(out, e->v.IfExp.orelse, BIND_TEST));
    return put_if(out, level > BIND_TEST, ")");
}

/* ---- parameters ---- */

static int put_param(Out *out, arg_ty a)
{
    TRY(_PyUnicodeWriter_WriteStr(out, a->arg));
    if (!a->annotation)
        return 0;
    TRY(put(out, ": "));
    return put_expr(out, a->annotation, BIND_TEST);
}

static int put_comma(Out *out, int *first)
{
    int was_first = *first;
    *first = 0;
    return was_first ? 0 : put(out, ", ");
}

static int put_default(Out *out, expr_ty value)
{
    if (!value)
        return 0;
    TRY(put(out, "="));
    return put_expr(out, value, BIND_TEST);
}

static int put_params(Out *out, arguments_ty a)
{
    int first = 1;
    Py_ssize_t posonly = asdl_seq_LEN(a->posonlyargs), count = posonly + asdl_seq_LEN(a->args);
    Py_ssize_t without = count - asdl_seq_LEN(a->defaults);
    for (Py_ssize_t i = 0; i < count; i++) {
        TRY(put_comma(out, &first));
        TRY(put_param(out, i < posonly ? asdl_seq_GET(a->posonlyargs, i) : asdl_seq_GET(a->args, i - posonly)));
        TRY(put_default(out, i < without ? NULL : asdl_seq_GET(a->defaults, i - without)));
        TRY(put_if(out, posonly && i + 1 == posonly, ", /"));
    }
    if (a->vararg || asdl_seq_LEN(a->kwonlyargs)) {
        TRY(put_comma(out, &first));
        TRY(put(out, "*"));
        if (a->vararg)
            TRY(put_param(out, a->vararg));
    }
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(a->kwonlyargs); i < n; i++) {
        TRY(put_comma(out, &first));
        TRY(put_param(out, asdl_seq_GET(a->kwonlyargs, i)));
        TRY(put_default(out, asdl_seq_GET(a->kw_defaults, i)));
    }
    if (!a->kwarg)
        return 0;
    TRY(put_comma(out, &first));
    TRY(put(out, "**"));
    return put_param(out, a->kwarg);
}

static int put_lambda(Out *out, expr_ty e, int level)
{
    arguments_ty a = e->v.Lambda.args;
    TRY(put_if(out, level > BIND_TEST, "("));
    TRY(put(out, asdl_seq_LEN(a->args) || asdl_seq_LEN(a->posonlyargs) ? "lambda " : "lambda"));
    TRY(put_params(out, a));
    TRY(put(out, ": "));
    TRY(put_expr(out, e->v.Lambda.body, BIND_TEST));
    return put_if(out, level > BIND_TEST, ")");
}

/* ---- displays ---- */

static int put_list(Out *out, asdl_seq *elts, int level)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(elts); i < n; i++) {
        TRY(put_if(out, i > 0, ", "));
        TRY(put_expr(out, asdl_seq_GET(elts, i), level));
    }
    return 0;
}

static int put_enclosed(Out *out, const char *open, asdl_seq *elts, const char *close)
{
    TRY(put(out, open));
    TRY(put_list(out, elts, BIND_TEST));
    return put(out, close);
}

static int put_tuple(Out *out, expr_ty e, int level)
{
    Py_ssize_t n = asdl_seq_LEN(e->v.Tuple.elts);
    if (n == 0)
        return put(out, "()");
    TRY(put_if(out, level > BIND_TUPLE, "("));
    TRY(put_list(out, e->v.Tuple.elts, BIND_TEST));
    TRY(put_if(out, n == 1, ","));
    return put_if(out, level > BIND_TUPLE, ")");
}

static int put_dict(Out *out, expr_ty e)
{
    TRY(put(out, "{"));
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(e->v.Dict.values); i < n; i++) {
        expr_ty key = asdl_seq_GET(e->v.Dict.keys, i);
        TRY(put_if(out, i > 0, ", "));
        if (key) {
            TRY(put_expr(out, key, BIND_TEST));
            TRY(put(out, ": "));
            TRY(put_expr(out, asdl_seq_GET(e->v.Dict.values, i), BIND_TEST));
        }
        else {
            TRY(put(out, "**"));
            TRY(put_expr(out, asdl_seq_GET(e->v.Dict.values, i), BIND_BOR));
        }
    }
    return put(out, "}");
}

static int put_generators(Out *out, asdl_seq *generators)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(generators); i < n; i++) {
        comprehension_ty gen = asdl_seq_GET(generators, i);
        TRY(put(out, gen->is_async ? " async for " : " for "));
        TRY(put_expr(out, gen->target, BIND_TUPLE));
        TRY(put(out, " in "));
        TRY(put_expr(out, gen->iter, BIND_TEST + 1));
        for (Py_ssize_t j = 0, m = asdl_seq_LEN(gen->ifs); j < m; j++) {
            TRY(put(out, " if "));
            TRY(put_expr(out, asdl_seq_GET(gen->ifs, j), BIND_TEST + 1));
        }
    }
    return 0;
}

static int put_comprehension(Out *out, const char *open, expr_ty e, const char *close)
{
    TRY(put(out, open));
    if (e->kind == DictComp_kind) {
        TRY(put_expr(out, e->v.DictComp.key, BIND_TEST));
        TRY(put(out, ": "));
        TRY(put_expr(out, e->v.DictComp.value, BIND_TEST));
        TRY(put_generators(out, e->v.DictComp.generators));
    }
    else {
        TRY(put_expr(out, e->v.ListComp.elt, BIND_TEST));
        TRY(put_generators(out, e->v.ListComp.generators));
    }
    return put(out, close);
}

/* ---- calls, attributes, subscripts ---- */

static int put_call(Out *out, expr_ty e)
{
    asdl_seq *args = e->v.Call.args, *keywords = e->v.Call.keywords;
    Py_ssize_t n = asdl_seq_LEN(args), m = asdl_seq_LEN(keywords);
    TRY(put_expr(out, e->v.Call.func, BIND_ATOM));
    if (n == 1 && !m && ((expr_ty)asdl_seq_GET(args, 0))->kind == GeneratorExp_kind)
        return put_expr(out, asdl_seq_GET(args, 0), BIND_TEST);
    TRY(put(out, "("));
    TRY(put_list(out, args, BIND_TEST));
    for (Py_ssize_t i = 0; i < m; i++) {
        keyword_ty k = asdl_seq_GET(keywords, i);
        TRY(put_if(out, n + i > 0, ", "));
        TRY(k->arg ? _PyUnicodeWriter_WriteStr(out, k->arg) : put(out, "**"));
        TRY(put_if(out, k->arg != NULL, "="));
        TRY(put_expr(out, k->value, BIND_TEST));
    }
    return put(out, ")");
}

static int put_attribute(Out *out, expr_ty e)
{
    expr_ty value = e->v.Attribute.value;
    TRY(put_expr(out, value, BIND_ATOM));
    TRY(put(out, value->kind == Constant_kind && PyLong_CheckExact(value->v.Constant.value) ? " ." : "."));
    return _PyUnicodeWriter_WriteStr(out, e->v.Attribute.attr);
}

static int put_slice(Out *out, slice_ty s)
{
    switch (s->kind) {
    case Index_kind: {
        expr_ty value = s->v.Index.value;
        int level = BIND_TUPLE; /* a[b, c] needs no parentheses, a[(*b, c)] does */
        for (Py_ssize_t i = 0; value->kind == Tuple_kind && i < asdl_seq_LEN(value->v.Tuple.elts); i++)
            if (((expr_ty)asdl_seq_GET(value->v.Tuple.elts, i))->kind == Starred_kind)
                level = BIND_TEST;
        return put_expr(out, value, level);
    }
    case Slice_kind:
        if (s->v.Slice.lower)
            TRY(put_expr(out, s->v.Slice.lower, BIND_TEST));
        TRY(put(out, ":"));
        if (s->v.Slice.upper)
            TRY(put_expr(out, s->v.Slice.upper, BIND_TEST));
        if (!s->v.Slice.step)
            return 0;
        TRY(put(out, ":"));
        return put_expr(out, s->v.Slice.step, BIND_TEST);
    case ExtSlice_kind:
        for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.ExtSlice.dims); i < n; i++) {
            TRY(put_if(out, i > 0, ", "));
            TRY(put_slice(out, asdl_seq_GET(s->v.ExtSlice.dims, i)));
            TRY(put_if(out, n == 1, ","));
        }
    }
    return 0;
}

/* ---- f-strings ---- */

/* Braces of literal text are doubled. */
static int put_doubled(Out *out, PyObject *text)
{
    Py_ssize_t n = PyUnicode_GET_LENGTH(text);
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UCS4 ch = PyUnicode_READ_CHAR(text, i);
        TRY(_PyUnicodeWriter_WriteChar(out, ch));
        if (ch == '{' || ch == '}')
            TRY(_PyUnicodeWriter_WriteChar(out, ch));
    }
    return 0;
}

static int put_replacement(Out *out, expr_ty e)
{
    Out inner;
    _PyUnicodeWriter_Init(&inner);
    if (put_expr(&inner, e->v.FormattedValue.value, BIND_TEST + 1) < 0) {
        _PyUnicodeWriter_Dealloc(&inner);
        return -1;
    }
    PyObject *text = _PyUnicodeWriter_Finish(&inner);
    if (!text)
        return -1;
    int brace = PyUnicode_GET_LENGTH(text) && PyUnicode_READ_CHAR(text, 0) == '{';
    int failed = put(out, brace ? "{ " : "{") < 0 || _PyUnicodeWriter_WriteStr(out, text) < 0;
    Py_DECREF(text);
    if (failed)
        return -1;
    if (e->v.FormattedValue.conversion > 0) {
        char conversion[3] = {'!', (char)e->v.FormattedValue.conversion, 0};
        TRY(put(out, conversion));
    }
    if (e->v.FormattedValue.format_spec) {
        TRY(put(out, ":"));
        TRY(put_fstring_part(out, e->v.FormattedValue.format_spec, 1));
    }
    return put(out, "}");
}

static int put_fstring_part(Out *out, expr_ty e, int in_spec)
{
    switch (e->kind) {
    case Constant_kind:
        return put_doubled(out, e->v.Constant.value);
    case JoinedStr_kind:
        for (Py_ssize_t i = 0, n = asdl_seq_LEN(e->v.JoinedStr.values); i < n; i++)
            TRY(put_fstring_part(out, asdl_seq_GET(e->v.JoinedStr.values, i), in_spec));
        return 0;
    case FormattedValue_kind:
        return put_replacement(out, e);
    default:
        PyErr_SetString(PyExc_SystemError, "unknown expression kind inside f-string");
        return -1;
    }
}

static int put_fstring(Out *out, expr_ty e)
{
    Out body;
    _PyUnicodeWriter_Init(&body);
    if (put_fstring_part(&body, e, 0) < 0) {
        _PyUnicodeWriter_Dealloc(&body);
        return -1;
    }
    PyObject *text = _PyUnicodeWriter_Finish(&body);
    int failed = !text || put(out, "f") < 0 || put_repr(out, text) < 0;
    Py_XDECREF(text);
    return failed ? -1 : 0;
}

/* ---- all ---- */

static int put_prefixed(Out *out, const char *open, expr_ty e, int level, const char *close)
{
    TRY(put(out, open));
    if (e)
        TRY(put_expr(out, e, level));
    return put(out, close);
}

static int put_expr(Out *out, expr_ty e, int level)
{
    if (tai_tree_too_deep(" during compilation"))
        return -1;
    switch (e->kind) {
    case BoolOp_kind: return put_bool(out, e, level);
    case BinOp_kind: return put_binary(out, e, level);
    case UnaryOp_kind: return put_unary(out, e, level);
    case Lambda_kind: return put_lambda(out, e, level);
    case IfExp_kind: return put_conditional(out, e, level);
    case Dict_kind: return put_dict(out, e);
    case Set_kind: return put_enclosed(out, "{", e->v.Set.elts, "}");
    case GeneratorExp_kind: return put_comprehension(out, "(", e, ")");
    case ListComp_kind: return put_comprehension(out, "[", e, "]");
    case SetComp_kind:
    case DictComp_kind: return put_comprehension(out, "{", e, "}");
    case Yield_kind: return put_prefixed(out, e->v.Yield.value ? "(yield " : "(yield", e->v.Yield.value, BIND_TEST, ")");
    case YieldFrom_kind: return put_prefixed(out, "(yield from ", e->v.YieldFrom.value, BIND_TEST, ")");
    case Await_kind:
        TRY(put_if(out, level > BIND_AWAIT, "("));
        TRY(put_prefixed(out, "await ", e->v.Await.value, BIND_ATOM, ""));
        return put_if(out, level > BIND_AWAIT, ")");
    case Compare_kind: return put_compare(out, e, level);
    case Call_kind: return put_call(out, e);
    case Constant_kind: return put_constant(out, e);
    case JoinedStr_kind:
    case FormattedValue_kind: return put_fstring(out, e);
    case Attribute_kind: return put_attribute(out, e);
    case Starred_kind: return put_prefixed(out, "*", e->v.Starred.value, BIND_BOR, "");
    case Name_kind: return _PyUnicodeWriter_WriteStr(out, e->v.Name.id);
    case List_kind: return put_enclosed(out, "[", e->v.List.elts, "]");
    case Tuple_kind: return put_tuple(out, e, level);
    case Subscript_kind:
        TRY(put_expr(out, e->v.Subscript.value, BIND_ATOM));
        TRY(put(out, "["));
        TRY(put_slice(out, e->v.Subscript.slice));
        return put(out, "]");
    case NamedExpr_kind:
        TRY(put_if(out, level > BIND_TUPLE, "("));
        TRY(put_expr(out, e->v.NamedExpr.target, BIND_ATOM));
        TRY(put(out, ":="));
        TRY(put_expr(out, e->v.NamedExpr.value, BIND_ATOM));
        return put_if(out, level > BIND_TUPLE, ")");
    }
    PyErr_SetString(PyExc_SystemError, "unknown expression kind");
    return -1;
}

PyObject *_PyAST_ExprAsUnicode(expr_ty e)
{
    Out out;
    _PyUnicodeWriter_Init(&out);
    out.min_length = 256;
    out.overallocate = 1;
    if (put_expr(&out, e, BIND_TEST) == 0)
        return _PyUnicodeWriter_Finish(&out);
    _PyUnicodeWriter_Dealloc(&out);
    return NULL;
}
