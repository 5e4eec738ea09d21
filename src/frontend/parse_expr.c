/* SPDX-License-Identifier: MIT */
/* parse_expr: expressions.
 *
 * A node begins where its first token does, parentheses included, and ends with the last token taken; a parenthesised expression keeps
 * its own extent, but tuples and comprehensions take that of their brackets. Binary operators are parsed by strength in a loop.
 * Targets are parsed as expressions and turned afterwards (tai_set_context).
 * Tests: tests/frontend/test_cases.py.
 */
#include "frontend/parser.h"

static expr_ty parse_not_test(Parser *p);
static expr_ty parse_factor(Parser *p);

/* ---- what can start an expression ---- */

static int starts_expr(int type)
{
    switch (type) {
    case T_NAME:
    case T_NUMBER:
    case T_STRING:
    case T_ELLIPSIS:
    case T_LPAR:
    case T_LSQB:
    case T_LBRACE:
    case T_MINUS:
    case T_PLUS:
    case T_TILDE:
    case T_AWAIT:
    case K_None:
    case K_True:
    case K_False:
        return 1;
    }
    return 0;
}

int tai_starts_test(int type)
{
    return starts_expr(type) || type == K_not || type == K_lambda;
}

/* ---- targets ---- */

static const char *constant_name(PyObject *value)
{
    return value == Py_None ? "None" : value == Py_True ? "True" : value == Py_False ? "False" : value == Py_Ellipsis ? "Ellipsis" : "literal";
}

/* What an expression is called in messages. */
static const char *expr_name(expr_ty e)
{
    switch (e->kind) {
    case Attribute_kind: return "attribute";
    case Subscript_kind: return "subscript";
    case Starred_kind: return "starred";
    case Name_kind: return "name";
    case List_kind: return "list";
    case Tuple_kind: return "tuple";
    case Lambda_kind: return "lambda";
    case Call_kind: return "function call";
    case BoolOp_kind:
    case BinOp_kind:
    case UnaryOp_kind: return "operator";
    case GeneratorExp_kind: return "generator expression";
    case Yield_kind:
    case YieldFrom_kind: return "yield expression";
    case Await_kind: return "await expression";
    case ListComp_kind: return "list comprehension";
    case SetComp_kind: return "set comprehension";
    case DictComp_kind: return "dict comprehension";
    case Dict_kind: return "dict display";
    case Set_kind: return "set display";
    case JoinedStr_kind:
    case FormattedValue_kind: return "f-string expression";
    case Constant_kind: return constant_name(e->v.Constant.value);
    case Compare_kind: return "comparison";
    case IfExp_kind: return "conditional expression";
    case NamedExpr_kind: return "named expression";
    }
    return "expression";
}

/* Make e a target of assignment or deletion; what cannot be one is an error put off, at the place of the whole target. */
void tai_set_context(Parser *p, expr_ty e, expr_context_ty ctx, Mark at)
{
    asdl_seq *parts = NULL;
    switch (e->kind) {
    case Attribute_kind:
        e->v.Attribute.ctx = ctx;
        if (ctx == Store)
            tai_forbidden(p, e->v.Attribute.attr, at, 1);
        break;
    case Subscript_kind:
        e->v.Subscript.ctx = ctx;
        break;
    case Starred_kind:
        e->v.Starred.ctx = ctx;
        tai_set_context(p, e->v.Starred.value, ctx, at);
        break;
    case Name_kind:
        if (ctx == Store)
            tai_forbidden(p, e->v.Name.id, at, 0);
        e->v.Name.ctx = ctx;
        break;
    case List_kind:
        e->v.List.ctx = ctx;
        parts = e->v.List.elts;
        break;
    case Tuple_kind:
        e->v.Tuple.ctx = ctx;
        parts = e->v.Tuple.elts;
        break;
    default:
        tai_put_off(p, at, "cannot %s %s", ctx == Store ? "assign to" : "delete", expr_name(e));
    }
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(parts); i < n; i++)
        tai_set_context(p, asdl_seq_GET(parts, i), ctx, at);
}

/* ---- atoms ---- */

static expr_ty new_tuple(Parser *p, asdl_seq *elts, Mark start)
{
    NEED(elts);
    expr_ty e = tai_new_expr(p, Tuple_kind, start);
    if (e) {
        e->v.Tuple.elts = elts;
        e->v.Tuple.ctx = Load;
    }
    return e;
}

static expr_ty new_constant(Parser *p, PyObject *value, Mark start)
{
    expr_ty e = tai_new_expr(p, Constant_kind, start);
    if (e) {
        e->v.Constant.value = value;
        e->v.Constant.kind = NULL;
    }
    return e;
}

/* '*' expr */
static expr_ty parse_star(Parser *p)
{
    Mark start = tai_here(p);
    if (tai_expect(p, T_STAR) < 0)
        return NULL;
    expr_ty value = tai_parse_expr(p);
    NEED(value);
    expr_ty e = tai_new_expr(p, Starred_kind, start);
    NEED(e);
    e->v.Starred.value = value;
    e->v.Starred.ctx = Load;
    return e;
}

static expr_ty parse_element(Parser *p)
{
    return tai_at(p, T_STAR) ? parse_star(p) : tai_parse_named(p);
}

/* Push the elements after the first, which is pushed; commas decide. -1 on error. */
static int more_elements(Parser *p, int named)
{
    while (tai_at(p, T_COMMA)) {
        TRY(tai_advance(p));
        if (!tai_at(p, T_STAR) && !tai_starts_test(p->token.type))
            break;
        expr_ty e = tai_at(p, T_STAR) ? parse_star(p) : named ? tai_parse_named(p) : tai_parse_test(p);
        if (!e || tai_push(p, e) < 0)
            return -1;
    }
    return 0;
}

static void refuse_star(Parser *p, expr_ty elt)
{
    if (elt->kind == Starred_kind)
        tai_put_off(p, (Mark){elt->lineno, elt->col_offset}, "iterable unpacking cannot be used in comprehension");
}

/* (…): a tuple, a generator expression, a yield, or just an expression. */
static expr_ty parse_parens(Parser *p)
{
    Mark start = tai_here(p);
    size_t base = p->stack_size;
    if (tai_advance(p) < 0)
        return NULL;
    if (tai_at(p, T_RPAR))
        return tai_advance(p) < 0 ? NULL : new_tuple(p, _Py_asdl_seq_new(0, p->arena), start);
    if (tai_at(p, K_yield)) {
        expr_ty e = tai_parse_yield(p);
        return e && tai_expect(p, T_RPAR) == 0 ? e : NULL;
    }
    expr_ty first = parse_element(p);
    NEED(first);
    if (tai_at_comprehension(p)) {
        refuse_star(p, first);
        asdl_seq *generators = tai_parse_comprehension(p);
        if (!generators || tai_expect(p, T_RPAR) < 0)
            return NULL;
        expr_ty e = tai_new_expr(p, GeneratorExp_kind, start);
        NEED(e);
        e->v.GeneratorExp.elt = first;
        e->v.GeneratorExp.generators = generators;
        return e;
    }
    if (!tai_at(p, T_COMMA))
        return tai_expect(p, T_RPAR) == 0 ? first : NULL;
    if (tai_push(p, first) < 0 || more_elements(p, 1) < 0)
        return NULL;
    asdl_seq *elts = tai_pop_seq(p, base);
    return elts && tai_expect(p, T_RPAR) == 0 ? new_tuple(p, elts, start) : NULL;
}

static expr_ty parse_brackets(Parser *p)
{
    Mark start = tai_here(p);
    size_t base = p->stack_size;
    asdl_seq *generators = NULL;
    expr_ty first = NULL;
    if (tai_advance(p) < 0)
        return NULL;
    if (!tai_at(p, T_RSQB)) {
        first = parse_element(p);
        NEED(first);
        if (tai_at_comprehension(p)) {
            refuse_star(p, first);
            generators = tai_parse_comprehension(p);
            NEED(generators);
        }
        else if (tai_push(p, first) < 0 || more_elements(p, 1) < 0)
            return NULL;
    }
    asdl_seq *elts = generators ? NULL : tai_pop_seq(p, base);
    if ((!generators && !elts) || tai_expect(p, T_RSQB) < 0)
        return NULL;
    expr_ty e = tai_new_expr(p, generators ? ListComp_kind : List_kind, start);
    NEED(e);
    if (generators) {
        e->v.ListComp.elt = first;
        e->v.ListComp.generators = generators;
    }
    else {
        e->v.List.elts = elts;
        e->v.List.ctx = Load;
    }
    return e;
}

/* One item of a dict: key and value pushed, key NULL for **value. */
static int parse_item(Parser *p, expr_ty key)
{
    expr_ty value;
    if (!key && tai_at(p, T_DOUBLESTAR)) {
        TRY(tai_advance(p));
        value = tai_parse_expr(p);
    }
    else {
        if (!key && !(key = tai_parse_test(p)))
            return -1;
        TRY(tai_expect(p, T_COLON));
        value = tai_parse_test(p);
    }
    return value ? tai_push(p, key) < 0 ? -1 : tai_push(p, value) : -1;
}

/* The pairs pushed since base, as keys and values. */
static int split_pairs(Parser *p, size_t base, asdl_seq **keys, asdl_seq **values)
{
    Py_ssize_t n = (Py_ssize_t)(p->stack_size - base) / 2;
    *keys = _Py_asdl_seq_new(n, p->arena);
    *values = _Py_asdl_seq_new(n, p->arena);
    if (!*keys || !*values)
        return -1;
    for (Py_ssize_t i = 0; i < n; i++) {
        asdl_seq_SET(*keys, i, p->stack[base + 2 * i]);
        asdl_seq_SET(*values, i, p->stack[base + 2 * i + 1]);
    }
    p->stack_size = base;
    return 0;
}

/* A dict display whose first key (NULL before **) is parsed. */
static expr_ty parse_dict(Parser *p, expr_ty key, Mark start)
{
    size_t base = p->stack_size;
    if (parse_item(p, key) < 0)
        return NULL;
    if (tai_at_comprehension(p)) {
        expr_ty value = p->stack[base + 1];
        key = p->stack[base];
        p->stack_size = base;
        if (!key)
            tai_put_off(p, start, "dict unpacking cannot be used in dict comprehension");
        asdl_seq *generators = tai_parse_comprehension(p);
        if (!generators || tai_expect(p, T_RBRACE) < 0)
            return NULL;
        expr_ty e = tai_new_expr(p, DictComp_kind, start);
        NEED(e);
        e->v.DictComp.key = key;
        e->v.DictComp.value = value;
        e->v.DictComp.generators = generators;
        return e;
    }
    while (tai_at(p, T_COMMA)) {
        if (tai_advance(p) < 0)
            return NULL;
        if (!tai_at(p, T_DOUBLESTAR) && !tai_starts_test(p->token.type))
            break;
        if (parse_item(p, NULL) < 0)
            return NULL;
    }
    asdl_seq *keys, *values;
    if (split_pairs(p, base, &keys, &values) < 0 || tai_expect(p, T_RBRACE) < 0)
        return NULL;
    expr_ty e = tai_new_expr(p, Dict_kind, start);
    NEED(e);
    e->v.Dict.keys = keys;
    e->v.Dict.values = values;
    return e;
}

static expr_ty parse_set(Parser *p, expr_ty first, Mark start)
{
    size_t base = p->stack_size;
    asdl_seq *generators = NULL, *elts = NULL;
    if (tai_at_comprehension(p)) {
        refuse_star(p, first);
        generators = tai_parse_comprehension(p);
        NEED(generators);
    }
    else {
        if (tai_push(p, first) < 0 || more_elements(p, 0) < 0)
            return NULL;
        elts = tai_pop_seq(p, base);
        NEED(elts);
    }
    if (tai_expect(p, T_RBRACE) < 0)
        return NULL;
    expr_ty e = tai_new_expr(p, generators ? SetComp_kind : Set_kind, start);
    NEED(e);
    if (generators) {
        e->v.SetComp.elt = first;
        e->v.SetComp.generators = generators;
    }
    else
        e->v.Set.elts = elts;
    return e;
}

static expr_ty parse_braces(Parser *p)
{
    Mark start = tai_here(p);
    if (tai_advance(p) < 0)
        return NULL;
    if (tai_at(p, T_RBRACE)) {
        if (tai_advance(p) < 0)
            return NULL;
        expr_ty e = tai_new_expr(p, Dict_kind, start);
        NEED(e);
        e->v.Dict.keys = e->v.Dict.values = _Py_asdl_seq_new(0, p->arena);
        return e->v.Dict.keys ? e : NULL;
    }
    if (tai_at(p, T_DOUBLESTAR))
        return parse_dict(p, NULL, start);
    expr_ty first = tai_at(p, T_STAR) ? parse_star(p) : tai_parse_test(p);
    NEED(first);
    return first->kind != Starred_kind && tai_at(p, T_COLON) ? parse_dict(p, first, start) : parse_set(p, first, start);
}

static expr_ty parse_name(Parser *p)
{
    Mark start = tai_here(p);
    PyObject *name = tai_take_name(p);
    expr_ty e = name ? tai_new_expr(p, Name_kind, start) : NULL;
    NEED(e);
    e->v.Name.id = name;
    e->v.Name.ctx = Load;
    return e;
}

static expr_ty parse_singleton(Parser *p, PyObject *value)
{
    Mark start = tai_here(p);
    return tai_advance(p) < 0 ? NULL : new_constant(p, value, start);
}

static expr_ty parse_atom_kind(Parser *p)
{
    switch (p->token.type) {
    case T_NAME: return parse_name(p);
    case T_NUMBER: return tai_parse_number(p);
    case T_STRING: return tai_parse_strings(p);
    case T_LPAR: return parse_parens(p);
    case T_LSQB: return parse_brackets(p);
    case T_LBRACE: return parse_braces(p);
    case T_ELLIPSIS: return parse_singleton(p, Py_Ellipsis);
    case K_None: return parse_singleton(p, Py_None);
    case K_True: return parse_singleton(p, Py_True);
    case K_False: return parse_singleton(p, Py_False);
    }
    return tai_syntax_error(p);
}

static expr_ty parse_atom(Parser *p)
{
    if (tai_enter(p, 1) < 0)
        return NULL;
    /* Inside brackets come testlist_comp and the like; 3.8 has one entry for it. */
    int bracket = tai_at(p, T_LPAR) || tai_at(p, T_LSQB) || tai_at(p, T_LBRACE);
    if (tai_enter(p, bracket) < 0)
        return NULL;
    expr_ty e = parse_atom_kind(p);
    p->depth -= 1 + bracket;
    return e;
}

/* ---- trailers ---- */

/* subscript: [lower] ':' [upper] [':' [step]], or an index. */
static slice_ty parse_slice(Parser *p)
{
    expr_ty lower = NULL, upper = NULL, step = NULL;
    if (!tai_at(p, T_COLON)) {
        lower = tai_parse_test(p);
        NEED(lower);
        if (!tai_at(p, T_COLON))
            return _Py_Index(lower, p->arena);
    }
    if (tai_advance(p) < 0)
        return NULL;
    if (tai_starts_test(p->token.type)) {
        upper = tai_parse_test(p);
        NEED(upper);
    }
    if (tai_at(p, T_COLON)) {
        if (tai_advance(p) < 0)
            return NULL;
        if (tai_starts_test(p->token.type)) {
            step = tai_parse_test(p);
            NEED(step);
        }
    }
    return _Py_Slice(lower, upper, step, p->arena);
}

/* Several subscripts: a tuple if all are indices, else an extended slice. */
static slice_ty join_slices(Parser *p, size_t base, Mark start)
{
    int plain = 1;
    for (size_t i = base; i < p->stack_size && plain; i++)
        plain = ((slice_ty)p->stack[i])->kind == Index_kind;
    asdl_seq *dims = tai_pop_seq(p, base);
    NEED(dims);
    if (!plain)
        return _Py_ExtSlice(dims, p->arena);
    for (Py_ssize_t i = 0; i < asdl_seq_LEN(dims); i++)
        asdl_seq_SET(dims, i, ((slice_ty)asdl_seq_GET(dims, i))->v.Index.value);
    expr_ty tuple = new_tuple(p, dims, start);
    return tuple ? _Py_Index(tuple, p->arena) : NULL;
}

static slice_ty parse_slices(Parser *p)
{
    Mark start = tai_here(p);
    size_t base = p->stack_size;
    slice_ty first = parse_slice(p);
    NEED(first);
    if (!tai_at(p, T_COMMA))
        return first;
    if (tai_push(p, first) < 0)
        return NULL;
    while (tai_at(p, T_COMMA)) {
        if (tai_advance(p) < 0)
            return NULL;
        if (!tai_at(p, T_COLON) && !tai_starts_test(p->token.type))
            break;
        slice_ty next = parse_slice(p);
        if (!next || tai_push(p, next) < 0)
            return NULL;
    }
    return join_slices(p, base, start);
}

static expr_ty parse_subscript(Parser *p, expr_ty value, Mark start)
{
    if (tai_advance(p) < 0 || tai_enter(p, 3) < 0)
        return NULL;
    slice_ty slice = parse_slices(p);
    p->depth -= 3;
    if (!slice || tai_expect(p, T_RSQB) < 0)
        return NULL;
    expr_ty e = tai_new_expr(p, Subscript_kind, start);
    NEED(e);
    e->v.Subscript.value = value;
    e->v.Subscript.slice = slice;
    e->v.Subscript.ctx = Load;
    return e;
}

static expr_ty parse_attribute(Parser *p, expr_ty value, Mark start)
{
    PyObject *name = tai_advance(p) < 0 ? NULL : tai_take_name(p);
    expr_ty e = name ? tai_new_expr(p, Attribute_kind, start) : NULL;
    NEED(e);
    e->v.Attribute.value = value;
    e->v.Attribute.attr = name;
    e->v.Attribute.ctx = Load;
    return e;
}

/* atom_expr: [await] atom trailer* */
static expr_ty parse_primary(Parser *p)
{
    Mark start = tai_here(p), inner;
    int await = tai_at(p, T_AWAIT);
    if (await) {
        if (p->feature_version < 5)
            tai_put_off(p, start, "Await expressions are only supported in Python 3.5 and greater");
        if (tai_advance(p) < 0)
            return NULL;
    }
    inner = tai_here(p);
    expr_ty e = parse_atom(p);
    while (e) {
        if (tai_at(p, T_DOT))
            e = parse_attribute(p, e, inner);
        else if (tai_at(p, T_LPAR))
            e = tai_parse_call(p, e, inner);
        else if (tai_at(p, T_LSQB))
            e = parse_subscript(p, e, inner);
        else
            break;
    }
    if (!e || !await)
        return e;
    expr_ty made = tai_new_expr(p, Await_kind, start);
    NEED(made);
    made->v.Await.value = e;
    return made;
}

/* ---- operators ---- */

/* power: primary ['**' factor] */
static expr_ty parse_power(Parser *p)
{
    Mark start = tai_here(p);
    if (tai_enter(p, 2) < 0) /* power, atom_expr */
        return NULL;
    expr_ty left = parse_primary(p);
    p->depth--;
    if (left && tai_at(p, T_DOUBLESTAR)) {
        expr_ty right = tai_advance(p) < 0 ? NULL : parse_factor(p), e = right ? tai_new_expr(p, BinOp_kind, start) : NULL;
        NEED(e);
        e->v.BinOp.left = left;
        e->v.BinOp.op = Pow;
        e->v.BinOp.right = right;
        left = e;
    }
    p->depth--;
    return left;
}

static expr_ty new_unary(Parser *p, unaryop_ty op, expr_ty operand, Mark start)
{
    NEED(operand);
    expr_ty e = tai_new_expr(p, UnaryOp_kind, start);
    NEED(e);
    e->v.UnaryOp.op = op;
    e->v.UnaryOp.operand = operand;
    return e;
}

static expr_ty parse_factor(Parser *p)
{
    Mark start = tai_here(p);
    int type = p->token.type;
    expr_ty e;
    if (tai_enter(p, 1) < 0)
        return NULL;
    if (type == T_MINUS || type == T_PLUS || type == T_TILDE)
        e = tai_advance(p) < 0 ? NULL
                               : new_unary(p, type == T_MINUS ? USub : type == T_PLUS ? UAdd : Invert, parse_factor(p), start);
    else
        e = parse_power(p);
    p->depth--;
    return e;
}

/* Strength (1 weakest) and operator of a binary operator token; 0 if it is none. */
static const struct {
    unsigned char strength, op;
} binary_operators[T_COUNT] = {
    [T_VBAR] = {1, BitOr}, [T_CIRCUMFLEX] = {2, BitXor}, [T_AMPER] = {3, BitAnd}, [T_LEFTSHIFT] = {4, LShift},
    [T_RIGHTSHIFT] = {4, RShift}, [T_PLUS] = {5, Add}, [T_MINUS] = {5, Sub}, [T_STAR] = {6, Mult}, [T_SLASH] = {6, Div},
    [T_PERCENT] = {6, Mod}, [T_DOUBLESLASH] = {6, FloorDiv}, [T_AT] = {6, MatMult},
};

static expr_ty parse_binary(Parser *p, int strength)
{
    Mark start = tai_here(p);
    expr_ty left = parse_factor(p);
    for (;;) {
        int own = binary_operators[p->token.type].strength, op = binary_operators[p->token.type].op;
        if (!left || own < strength || !own)
            return left;
        if (op == MatMult && p->feature_version < 5)
            tai_put_off(p, tai_here(p), "The '@' operator is only supported in Python 3.5 and greater");
        expr_ty right = tai_advance(p) < 0 ? NULL : parse_binary(p, own + 1), e = right ? tai_new_expr(p, BinOp_kind, start) : NULL;
        NEED(e);
        e->v.BinOp.left = left;
        e->v.BinOp.op = op;
        e->v.BinOp.right = right;
        left = e;
    }
}

expr_ty tai_parse_expr(Parser *p)
{
    if (tai_enter(p, 6) < 0) /* expr, xor_expr, and_expr, shift_expr, arith_expr, term */
        return NULL;
    expr_ty e = parse_binary(p, 1);
    p->depth -= 6;
    return e;
}

/* A comparison operator at the token, taken; 0 if there is none, -1 on error. */
static int take_comparison(Parser *p)
{
    static const unsigned char simple[T_COUNT] = {
        [T_LESS] = Lt, [T_GREATER] = Gt, [T_EQEQUAL] = Eq, [T_LESSEQUAL] = LtE, [T_GREATEREQUAL] = GtE, [T_NOTEQUAL] = NotEq,
        [K_in] = In, [K_is] = Is, [K_not] = NotIn};
    int op = simple[p->token.type];
    if (!op)
        return 0;
    TRY(tai_advance(p));
    if (op == NotIn)
        TRY(tai_expect(p, K_in));
    if (op == Is && tai_at(p, K_not)) {
        TRY(tai_advance(p));
        return IsNot;
    }
    return op;
}

static expr_ty finish_comparison(Parser *p, expr_ty left, int op, Mark start)
{
    size_t base = p->stack_size;
    int near[8], count = 0, room = 8, *ops = near;
    while (op > 0) {
        if (count == room) {
            int *more = PyArena_Malloc(p->arena, 2 * room * sizeof(int));
            NEED(more);
            memcpy(more, ops, count * sizeof(int));
            ops = more;
            room *= 2;
        }
        ops[count++] = op;
        expr_ty right = tai_parse_expr(p);
        if (!right || tai_push(p, right) < 0)
            return NULL;
        op = take_comparison(p);
    }
    asdl_seq *comparators = op < 0 ? NULL : tai_pop_seq(p, base);
    NEED(comparators);
    expr_ty e = tai_new_expr(p, Compare_kind, start);
    asdl_int_seq *seq = e ? _Py_asdl_int_seq_new(count, p->arena) : NULL;
    NEED(seq);
    memcpy(seq->elements, ops, count * sizeof(int));
    e->v.Compare.left = left;
    e->v.Compare.ops = seq;
    e->v.Compare.comparators = comparators;
    return e;
}

static expr_ty parse_comparison(Parser *p)
{
    Mark start = tai_here(p);
    if (tai_enter(p, 1) < 0)
        return NULL;
    expr_ty e = tai_parse_expr(p);
    NEED(e);
    int op = take_comparison(p);
    if (op)
        e = op < 0 ? NULL : finish_comparison(p, e, op, start);
    p->depth--;
    return e;
}

static expr_ty parse_not_test(Parser *p)
{
    Mark start = tai_here(p);
    expr_ty e;
    if (tai_enter(p, 1) < 0)
        return NULL;
    if (tai_at(p, K_not))
        e = tai_advance(p) < 0 ? NULL : new_unary(p, Not, parse_not_test(p), start);
    else
        e = parse_comparison(p);
    p->depth--;
    return e;
}

/* and_test and or_test: operand (keyword operand)* */
static expr_ty parse_bool(Parser *p, int keyword, boolop_ty op, expr_ty (*operand)(Parser *))
{
    Mark start = tai_here(p);
    size_t base = p->stack_size;
    if (tai_enter(p, 1) < 0)
        return NULL;
    expr_ty e = operand(p);
    if (e && tai_at(p, keyword)) {
        if (tai_push(p, e) < 0)
            return NULL;
        while (tai_at(p, keyword)) {
            if (tai_advance(p) < 0 || !(e = operand(p)) || tai_push(p, e) < 0)
                return NULL;
        }
        asdl_seq *values = tai_pop_seq(p, base);
        e = values ? tai_new_expr(p, BoolOp_kind, start) : NULL;
        NEED(e);
        e->v.BoolOp.op = op;
        e->v.BoolOp.values = values;
    }
    p->depth--;
    return e;
}

static expr_ty parse_and_test(Parser *p)
{
    return parse_bool(p, K_and, And, parse_not_test);
}

expr_ty tai_parse_or_test(Parser *p)
{
    return parse_bool(p, K_or, Or, parse_and_test);
}

/* ---- tests ---- */

static expr_ty parse_lambda(Parser *p, expr_ty (*body)(Parser *))
{
    Mark start = tai_here(p);
    if (tai_advance(p) < 0 || tai_enter(p, 1) < 0)
        return NULL;
    arguments_ty args = tai_at(p, T_COLON) ? tai_no_parameters(p) : tai_parse_parameters(p, T_COLON, 0);
    if (!args || tai_expect(p, T_COLON) < 0)
        return NULL;
    expr_ty value = body(p), e = value ? tai_new_expr(p, Lambda_kind, start) : NULL;
    NEED(e);
    p->depth--;
    e->v.Lambda.args = args;
    e->v.Lambda.body = value;
    return e;
}

/* test: or_test ['if' or_test 'else' test] | lambda */
expr_ty tai_parse_test(Parser *p)
{
    Mark start = tai_here(p);
    expr_ty e;
    if (tai_enter(p, 1) < 0)
        return NULL;
    if (tai_at(p, K_lambda))
        e = parse_lambda(p, tai_parse_test);
    else {
        e = tai_parse_or_test(p);
        if (e && tai_at(p, K_if)) {
            expr_ty body = e, test = tai_advance(p) < 0 ? NULL : tai_parse_or_test(p);
            expr_ty orelse = test && tai_expect(p, K_else) == 0 ? tai_parse_test(p) : NULL;
            e = orelse ? tai_new_expr(p, IfExp_kind, start) : NULL;
            NEED(e);
            e->v.IfExp.test = test;
            e->v.IfExp.body = body;
            e->v.IfExp.orelse = orelse;
        }
    }
    p->depth--;
    return e;
}

expr_ty tai_parse_test_nocond(Parser *p)
{
    if (tai_enter(p, 1) < 0)
        return NULL;
    expr_ty e = tai_at(p, K_lambda) ? parse_lambda(p, tai_parse_test_nocond) : tai_parse_or_test(p);
    p->depth--;
    return e;
}

/* target ':=' value, the ':=' being the token. */
expr_ty tai_walrus(Parser *p, expr_ty target, Mark start)
{
    if (target->kind != Name_kind)
        tai_put_off(p, start, "cannot use assignment expressions with %s", expr_name(target));
    else
        tai_set_context(p, target, Store, start);
    expr_ty value = tai_advance(p) < 0 ? NULL : tai_parse_test(p), e = value ? tai_new_expr(p, NamedExpr_kind, start) : NULL;
    NEED(e);
    e->v.NamedExpr.target = target;
    e->v.NamedExpr.value = value;
    return e;
}

expr_ty tai_parse_named(Parser *p)
{
    Mark start = tai_here(p);
    if (tai_enter(p, 1) < 0)
        return NULL;
    expr_ty e = tai_parse_test(p);
    if (e && tai_at(p, T_COLONEQUAL))
        e = tai_walrus(p, e, start);
    p->depth--;
    return e;
}

/* testlist (stars 0) or testlist_star_expr (1) */
expr_ty tai_parse_tests(Parser *p, int stars)
{
    Mark start = tai_here(p);
    size_t base = p->stack_size;
    if (tai_enter(p, 1) < 0)
        return NULL;
    expr_ty e = stars && tai_at(p, T_STAR) ? parse_star(p) : tai_parse_test(p);
    NEED(e);
    if (tai_at(p, T_COMMA)) {
        if (tai_push(p, e) < 0)
            return NULL;
        while (tai_at(p, T_COMMA)) {
            if (tai_advance(p) < 0)
                return NULL;
            int star = stars && tai_at(p, T_STAR);
            if (!star && !tai_starts_test(p->token.type))
                break;
            e = star ? parse_star(p) : tai_parse_test(p);
            if (!e || tai_push(p, e) < 0)
                return NULL;
        }
        e = new_tuple(p, tai_pop_seq(p, base), start);
    }
    p->depth--;
    return e;
}

/* exprlist, each with this context; *comma says whether there was one. */
asdl_seq *tai_parse_exprlist(Parser *p, int *comma, expr_context_ty ctx)
{
    size_t base = p->stack_size;
    *comma = 0;
    if (tai_enter(p, 1) < 0)
        return NULL;
    do {
        Mark start = tai_here(p);
        if (*comma) {
            if (tai_advance(p) < 0)
                return NULL;
            start = tai_here(p);
            if (!tai_at(p, T_STAR) && !starts_expr(p->token.type))
                break;
        }
        expr_ty e = tai_at(p, T_STAR) ? parse_star(p) : tai_parse_expr(p);
        if (!e || tai_push(p, e) < 0)
            return NULL;
        tai_set_context(p, e, ctx, start);
        *comma = *comma || tai_at(p, T_COMMA);
    } while (tai_at(p, T_COMMA));
    p->depth--;
    return tai_pop_seq(p, base);
}

expr_ty tai_parse_yield(Parser *p)
{
    Mark start = tai_here(p);
    expr_ty value = NULL;
    int from = 0;
    if (tai_advance(p) < 0)
        return NULL;
    if (tai_at(p, K_from)) {
        from = 1;
        value = tai_advance(p) < 0 ? NULL : tai_parse_test(p);
        NEED(value);
    }
    else if (tai_at(p, T_STAR) || tai_starts_test(p->token.type)) {
        value = tai_parse_tests(p, 1);
        NEED(value);
    }
    expr_ty e = tai_new_expr(p, from ? YieldFrom_kind : Yield_kind, start);
    NEED(e);
    e->v.Yield.value = value; /* YieldFrom has the same layout */
    return e;
}
