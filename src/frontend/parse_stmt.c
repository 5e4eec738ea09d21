/* SPDX-License-Identifier: MIT */
/* parse_stmt: statements, blocks and whole inputs.
 *
 * Statements are pushed on the parser's stack and made a sequence at the end of their block. A compound statement ends where the last
 * statement of its last block ends. Tests: tests/frontend/test_cases.py.
 */
#include "frontend/parser.h"

static int parse_statement(Parser *p);

static stmt_ty new_stmt(Parser *p, int kind, Mark start)
{
    stmt_ty s = tai_new(p, sizeof(*s));
    NEED(s);
    s->kind = kind;
    s->lineno = start.line;
    s->col_offset = start.column;
    s->end_lineno = p->end.line;
    s->end_col_offset = p->end.column;
    return s;
}

/* A compound statement ends with its last inner one. */
static void end_with(stmt_ty s, asdl_seq *body)
{
    stmt_ty last = asdl_seq_GET(body, asdl_seq_LEN(body) - 1);
    s->end_lineno = last->end_lineno;
    s->end_col_offset = last->end_col_offset;
}

static asdl_seq *no_statements(Parser *p)
{
    return _Py_asdl_seq_new(0, p->arena);
}

/* ---- assignments and expressions ---- */

static int augmented_operator(int type)
{
    static const unsigned char operators[T_COUNT] = {
        [T_PLUSEQUAL] = Add, [T_MINEQUAL] = Sub, [T_STAREQUAL] = Mult, [T_SLASHEQUAL] = Div, [T_PERCENTEQUAL] = Mod,
        [T_AMPEREQUAL] = BitAnd, [T_VBAREQUAL] = BitOr, [T_CIRCUMFLEXEQUAL] = BitXor, [T_LEFTSHIFTEQUAL] = LShift,
        [T_RIGHTSHIFTEQUAL] = RShift, [T_DOUBLESTAREQUAL] = Pow, [T_DOUBLESLASHEQUAL] = FloorDiv, [T_ATEQUAL] = MatMult};
    return operators[type];
}

static expr_ty parse_value(Parser *p, int stars)
{
    return tai_at(p, K_yield) ? tai_parse_yield(p) : tai_parse_tests(p, stars);
}

static stmt_ty parse_augmented(Parser *p, expr_ty target, int op, Mark start)
{
    tai_set_context(p, target, Store, start);
    if (target->kind != Name_kind && target->kind != Attribute_kind && target->kind != Subscript_kind)
        tai_put_off(p, start, "illegal expression for augmented assignment");
    if (op == MatMult && p->feature_version < 5)
        tai_put_off(p, tai_here(p), "The '@' operator is only supported in Python 3.5 and greater");
    expr_ty value = tai_advance(p) < 0 ? NULL : parse_value(p, 0);
    stmt_ty s = value ? new_stmt(p, AugAssign_kind, start) : NULL;
    NEED(s);
    s->v.AugAssign.target = target;
    s->v.AugAssign.op = op;
    s->v.AugAssign.value = value;
    return s;
}

static void check_annotated(Parser *p, expr_ty target, Mark start)
{
    switch (target->kind) {
    case Name_kind:
    case Attribute_kind:
    case Subscript_kind:
        tai_set_context(p, target, Store, start);
        break;
    case List_kind:
        tai_put_off(p, start, "only single target (not list) can be annotated");
        break;
    case Tuple_kind:
        tai_put_off(p, start, "only single target (not tuple) can be annotated");
        break;
    default:
        tai_put_off(p, start, "illegal target for annotation");
    }
}

/* target ':' test ['=' value]; simple: the target is a name without parentheses. */
static stmt_ty parse_annotated(Parser *p, expr_ty target, int simple, Mark start)
{
    if (p->feature_version < 6)
        tai_put_off(p, start, "Variable annotation syntax is only supported in Python 3.6 and greater");
    check_annotated(p, target, start);
    expr_ty annotation = tai_advance(p) < 0 ? NULL : tai_parse_test(p), value = NULL;
    NEED(annotation);
    if (tai_at(p, T_EQUAL)) {
        value = tai_advance(p) < 0 ? NULL : parse_value(p, 1);
        NEED(value);
    }
    stmt_ty s = new_stmt(p, AnnAssign_kind, start);
    NEED(s);
    s->v.AnnAssign.target = target;
    s->v.AnnAssign.annotation = annotation;
    s->v.AnnAssign.value = value;
    s->v.AnnAssign.simple = simple;
    return s;
}

static void check_target(Parser *p, expr_ty target, Mark at, int from_yield)
{
    if (from_yield)
        tai_put_off(p, at, "assignment to yield expression not possible");
    else
        tai_set_context(p, target, Store, at);
}

/* target '=' (target '=')* value */
static stmt_ty parse_assignment(Parser *p, expr_ty first, Mark start)
{
    size_t base = p->stack_size;
    expr_ty value = first;
    Mark at = start;
    int from_yield = 0;
    while (tai_at(p, T_EQUAL)) {
        check_target(p, value, at, from_yield);
        if (tai_push(p, value) < 0 || tai_advance(p) < 0)
            return NULL;
        at = tai_here(p);
        from_yield = tai_at(p, K_yield);
        value = parse_value(p, 1);
        NEED(value);
    }
    asdl_seq *targets = tai_pop_seq(p, base);
    PyObject *comment = NULL;
    if (!targets || (tai_at(p, T_TYPE_COMMENT) && !(comment = tai_type_comment(p))))
        return NULL;
    stmt_ty s = new_stmt(p, Assign_kind, start);
    NEED(s);
    s->v.Assign.targets = targets;
    s->v.Assign.value = value;
    s->v.Assign.type_comment = comment;
    return s;
}

static stmt_ty new_expr_stmt(Parser *p, expr_ty value, Mark start)
{
    NEED(value);
    stmt_ty s = new_stmt(p, Expr_kind, start);
    NEED(s);
    s->v.Expr.value = value;
    return s;
}

static stmt_ty parse_expr_stmt(Parser *p)
{
    Mark start = tai_here(p);
    unsigned taken = p->taken;
    if (!tai_at(p, T_STAR) && !tai_starts_test(p->token.type))
        return tai_syntax_error(p);
    expr_ty e = tai_parse_tests(p, 1);
    NEED(e);
    if (tai_at(p, T_EQUAL))
        return parse_assignment(p, e, start);
    if (tai_at(p, T_COLON))
        return parse_annotated(p, e, e->kind == Name_kind && p->taken == taken + 1, start);
    int op = augmented_operator(p->token.type);
    return op ? parse_augmented(p, e, op, start) : new_expr_stmt(p, e, start);
}

/* ---- simple statements ---- */

static stmt_ty parse_del(Parser *p)
{
    Mark start = tai_here(p);
    int comma;
    if (tai_advance(p) < 0)
        return NULL;
    asdl_seq *targets = tai_parse_exprlist(p, &comma, Del);
    stmt_ty s = targets ? new_stmt(p, Delete_kind, start) : NULL;
    NEED(s);
    s->v.Delete.targets = targets;
    return s;
}

static stmt_ty parse_return(Parser *p)
{
    Mark start = tai_here(p);
    expr_ty value = NULL;
    if (tai_advance(p) < 0)
        return NULL;
    if (tai_at(p, T_STAR) || tai_starts_test(p->token.type)) {
        value = tai_parse_tests(p, 1);
        NEED(value);
    }
    stmt_ty s = new_stmt(p, Return_kind, start);
    NEED(s);
    s->v.Return.value = value;
    return s;
}

static stmt_ty parse_raise(Parser *p)
{
    Mark start = tai_here(p);
    expr_ty exc = NULL, cause = NULL;
    if (tai_advance(p) < 0)
        return NULL;
    if (tai_starts_test(p->token.type)) {
        exc = tai_parse_test(p);
        NEED(exc);
        if (tai_at(p, K_from)) {
            cause = tai_advance(p) < 0 ? NULL : tai_parse_test(p);
            NEED(cause);
        }
    }
    stmt_ty s = new_stmt(p, Raise_kind, start);
    NEED(s);
    s->v.Raise.exc = exc;
    s->v.Raise.cause = cause;
    return s;
}

static stmt_ty parse_assert(Parser *p)
{
    Mark start = tai_here(p);
    expr_ty test = tai_advance(p) < 0 ? NULL : tai_parse_test(p), message = NULL;
    NEED(test);
    if (tai_at(p, T_COMMA)) {
        message = tai_advance(p) < 0 ? NULL : tai_parse_test(p);
        NEED(message);
    }
    stmt_ty s = new_stmt(p, Assert_kind, start);
    NEED(s);
    s->v.Assert.test = test;
    s->v.Assert.msg = message;
    return s;
}

static stmt_ty parse_scope_statement(Parser *p, int kind)
{
    Mark start = tai_here(p);
    size_t base = p->stack_size;
    do {
        PyObject *name = tai_advance(p) < 0 ? NULL : tai_take_name(p);
        if (!name || tai_push(p, name) < 0)
            return NULL;
    } while (tai_at(p, T_COMMA));
    asdl_seq *names = tai_pop_seq(p, base);
    stmt_ty s = names ? new_stmt(p, kind, start) : NULL;
    NEED(s);
    s->v.Global.names = names; /* Nonlocal has the same layout */
    return s;
}

static stmt_ty parse_word(Parser *p, int kind)
{
    Mark start = tai_here(p);
    return tai_advance(p) < 0 ? NULL : new_stmt(p, kind, start);
}

/* ---- imports ---- */

/* What follows the first name of a dotted name, joined to it; interned, new. */
static PyObject *parse_dotted_rest(Parser *p, PyObject *first)
{
    PyObject *parts = PyList_New(0), *dot = parts ? PyUnicode_FromString(".") : NULL, *joined = NULL;
    if (dot == NULL || PyList_Append(parts, first) < 0)
        goto done;
    while (tai_at(p, T_DOT)) {
        PyObject *part = tai_advance(p) < 0 ? NULL : tai_take_name(p);
        if (part == NULL || PyList_Append(parts, part) < 0)
            goto done;
    }
    joined = PyUnicode_Join(dot, parts);
    if (joined)
        PyUnicode_InternInPlace(&joined);
done:
    Py_XDECREF(parts);
    Py_XDECREF(dot);
    return joined;
}

/* a.b.c as one identifier; *dotted says whether there was a dot. */
static PyObject *parse_dotted_name(Parser *p, int *dotted)
{
    PyObject *name = tai_take_name(p);
    *dotted = name != NULL && tai_at(p, T_DOT);
    return *dotted ? tai_keep_object(p, parse_dotted_rest(p, name)) : name;
}

/* ['as' NAME]. 0, or -1. */
static int parse_as(Parser *p, PyObject **asname)
{
    *asname = NULL;
    if (!tai_at(p, K_as))
        return 0;
    TRY(tai_advance(p));
    Mark at = tai_here(p);
    *asname = tai_take_name(p);
    if (!*asname)
        return -1;
    tai_forbidden(p, *asname, at, 0);
    return 0;
}

static stmt_ty parse_import(Parser *p)
{
    Mark start = tai_here(p);
    size_t base = p->stack_size;
    do {
        PyObject *name, *asname;
        int dotted;
        if (tai_advance(p) < 0)
            return NULL;
        Mark at = tai_here(p);
        name = parse_dotted_name(p, &dotted);
        if (!name || parse_as(p, &asname) < 0)
            return NULL;
        if (!dotted && !asname)
            tai_forbidden(p, name, at, 0);
        alias_ty made = _Py_alias(name, asname, p->arena);
        if (!made || tai_push(p, made) < 0)
            return NULL;
    } while (tai_at(p, T_COMMA));
    asdl_seq *names = tai_pop_seq(p, base);
    stmt_ty s = names ? new_stmt(p, Import_kind, start) : NULL;
    NEED(s);
    s->v.Import.names = names;
    return s;
}

/* import_as_names; parens: a comma may end it. */
static int parse_imported(Parser *p, int parens)
{
    Mark start = tai_here(p);
    for (;;) {
        Mark at = tai_here(p);
        PyObject *name = tai_take_name(p), *asname;
        if (!name || parse_as(p, &asname) < 0)
            return -1;
        if (!asname)
            tai_forbidden(p, name, at, 0);
        alias_ty made = _Py_alias(name, asname, p->arena);
        if (!made || tai_push(p, made) < 0)
            return -1;
        if (!tai_at(p, T_COMMA))
            return 0;
        TRY(tai_advance(p));
        if (tai_at(p, T_NAME))
            continue;
        if (!parens && (tai_at(p, T_NEWLINE) || tai_at(p, T_SEMI)))
            tai_put_off(p, start, "trailing comma not allowed without surrounding parentheses");
        return 0;
    }
}

static int parse_import_list(Parser *p)
{
    if (tai_at(p, T_STAR)) {
        static const char star[] = "*";
        PyObject *name = tai_identifier(p, star, star + 1);
        alias_ty made = name && tai_advance(p) == 0 ? _Py_alias(name, NULL, p->arena) : NULL;
        return made ? tai_push(p, made) : -1;
    }
    if (!tai_at(p, T_LPAR))
        return parse_imported(p, 0);
    TRY(tai_advance(p));
    TRY(parse_imported(p, 1));
    return tai_expect(p, T_RPAR);
}

static void note_barry(Parser *p, asdl_seq *names)
{
    for (Py_ssize_t i = 0; i < asdl_seq_LEN(names); i++)
        if (_PyUnicode_EqualToASCIIString(((alias_ty)asdl_seq_GET(names, i))->name, "barry_as_FLUFL"))
            p->barry = 1;
}

static stmt_ty parse_import_from(Parser *p)
{
    Mark start = tai_here(p);
    size_t base = p->stack_size;
    PyObject *module = NULL;
    int level = 0, dotted;
    if (tai_advance(p) < 0)
        return NULL;
    while (tai_at(p, T_DOT) || tai_at(p, T_ELLIPSIS)) {
        level += tai_at(p, T_DOT) ? 1 : 3;
        if (tai_advance(p) < 0)
            return NULL;
    }
    if (!level || tai_at(p, T_NAME)) {
        module = parse_dotted_name(p, &dotted);
        NEED(module);
    }
    if (tai_expect(p, K_import) < 0 || parse_import_list(p) < 0)
        return NULL;
    asdl_seq *names = tai_pop_seq(p, base);
    stmt_ty s = names ? new_stmt(p, ImportFrom_kind, start) : NULL;
    NEED(s);
    s->v.ImportFrom.module = module;
    s->v.ImportFrom.names = names;
    s->v.ImportFrom.level = level;
    if (module && _PyUnicode_EqualToASCIIString(module, "__future__"))
        note_barry(p, names);
    return s;
}

static stmt_ty parse_small(Parser *p)
{
    switch (p->token.type) {
    case K_del: return parse_del(p);
    case K_pass: return parse_word(p, Pass_kind);
    case K_break: return parse_word(p, Break_kind);
    case K_continue: return parse_word(p, Continue_kind);
    case K_return: return parse_return(p);
    case K_raise: return parse_raise(p);
    case K_yield: {
        Mark start = tai_here(p);
        return new_expr_stmt(p, tai_parse_yield(p), start);
    }
    case K_import: return parse_import(p);
    case K_from: return parse_import_from(p);
    case K_global: return parse_scope_statement(p, Global_kind);
    case K_nonlocal: return parse_scope_statement(p, Nonlocal_kind);
    case K_assert: return parse_assert(p);
    default: return parse_expr_stmt(p);
    }
}

static int starts_small(int type)
{
    switch (type) {
    case K_del:
    case K_pass:
    case K_break:
    case K_continue:
    case K_return:
    case K_raise:
    case K_yield:
    case K_import:
    case K_from:
    case K_global:
    case K_nonlocal:
    case K_assert:
    case T_STAR:
        return 1;
    }
    return tai_starts_test(type);
}

/* Statements up to the NEWLINE, which stays the token; pushed. */
static int parse_simple_line(Parser *p)
{
    TRY(tai_enter(p, 3)); /* simple_stmt, small_stmt, expr_stmt */
    for (;;) {
        stmt_ty s = parse_small(p);
        if (!s || tai_push(p, s) < 0)
            return -1;
        if (!tai_at(p, T_SEMI))
            break;
        TRY(tai_advance(p));
        if (!starts_small(p->token.type))
            break;
    }
    p->depth -= 3;
    if (tai_at(p, T_NEWLINE))
        return 0;
    tai_syntax_error(p);
    return -1;
}

/* ---- blocks ---- */

/* Statements of an indented block up to its DEDENT, taken. */
static asdl_seq *parse_indented(Parser *p)
{
    size_t base = p->stack_size;
    do
        if (parse_statement(p) < 0)
            return NULL;
    while (!tai_at(p, T_DEDENT) && !tai_at(p, T_ENDMARKER));
    asdl_seq *body = tai_pop_seq(p, base);
    return body && tai_expect(p, T_DEDENT) == 0 ? body : NULL;
}

/* ':' has been taken: a line of simple statements, or an indented block. type_comment: not NULL for functions. */
static asdl_seq *parse_suite(Parser *p, PyObject **type_comment, Mark def_at)
{
    size_t base = p->stack_size;
    if (!tai_at(p, T_NEWLINE)) {
        if (!starts_small(p->token.type))
            return tai_syntax_error(p);
        if (parse_simple_line(p) < 0)
            return NULL;
        asdl_seq *body = tai_pop_seq(p, base);
        return body && tai_advance(p) == 0 ? body : NULL;
    }
    if (tai_advance(p) < 0)
        return NULL;
    if (type_comment && tai_at(p, T_TYPE_COMMENT)) {
        if (*type_comment)
            tai_put_off(p, def_at, "Cannot have two type comments on def");
        *type_comment = tai_type_comment(p);
        if (!*type_comment || tai_expect(p, T_NEWLINE) < 0)
            return NULL;
        if (!tai_at(p, T_INDENT))
            return tai_indent_expected(p);
    }
    else if (!tai_at(p, T_INDENT)) /* where a type comment could stand too, 3.8 does not name what it misses */
        return type_comment && p->lexer.type_comments ? tai_syntax_error(p) : tai_indent_expected(p);
    return tai_advance(p) < 0 ? NULL : parse_indented(p);
}

static asdl_seq *parse_typed_block(Parser *p, PyObject **type_comment, Mark def_at)
{
    if (tai_expect(p, T_COLON) < 0 || tai_enter(p, 1) < 0)
        return NULL;
    if (type_comment && tai_at(p, T_TYPE_COMMENT) && !(*type_comment = tai_type_comment(p)))
        return NULL;
    asdl_seq *body = parse_suite(p, type_comment, def_at);
    p->depth--;
    return body;
}

static asdl_seq *parse_block(Parser *p)
{
    return parse_typed_block(p, NULL, (Mark){0, 0});
}

/* ['else' block]: an empty sequence if there is none. */
static asdl_seq *parse_else(Parser *p)
{
    if (!tai_at(p, K_else))
        return no_statements(p);
    return tai_advance(p) < 0 ? NULL : parse_block(p);
}

/* ---- if, loops, with ---- */

/* Parts of an if statement are linked from the front; each elif is an If of its own in the one before. */
static stmt_ty parse_if(Parser *p)
{
    stmt_ty outer = NULL, inner = NULL;
    size_t base = p->stack_size;
    for (;;) {
        Mark start = tai_here(p);
        expr_ty test = tai_advance(p) < 0 ? NULL : tai_parse_named(p);
        asdl_seq *body = test ? parse_block(p) : NULL, *only;
        stmt_ty s = body ? new_stmt(p, If_kind, start) : NULL;
        NEED(s);
        s->v.If.test = test;
        s->v.If.body = body;
        if (inner) {
            only = _Py_asdl_seq_new(1, p->arena);
            NEED(only);
            asdl_seq_SET(only, 0, s);
            inner->v.If.orelse = only;
        }
        else
            outer = s;
        if (tai_push(p, s) < 0)
            return NULL;
        inner = s;
        if (!tai_at(p, K_elif))
            break;
    }
    inner->v.If.orelse = parse_else(p);
    NEED(inner->v.If.orelse);
    end_with(inner, asdl_seq_LEN(inner->v.If.orelse) ? inner->v.If.orelse : inner->v.If.body);
    for (size_t i = base; i < p->stack_size; i++) {
        stmt_ty s = p->stack[i];
        s->end_lineno = inner->end_lineno;
        s->end_col_offset = inner->end_col_offset;
    }
    p->stack_size = base;
    return outer;
}

static stmt_ty parse_while(Parser *p)
{
    Mark start = tai_here(p);
    expr_ty test = tai_advance(p) < 0 ? NULL : tai_parse_named(p);
    asdl_seq *body = test ? parse_block(p) : NULL, *orelse = body ? parse_else(p) : NULL;
    stmt_ty s = orelse ? new_stmt(p, While_kind, start) : NULL;
    NEED(s);
    s->v.While.test = test;
    s->v.While.body = body;
    s->v.While.orelse = orelse;
    end_with(s, asdl_seq_LEN(orelse) ? orelse : body);
    return s;
}

static expr_ty for_target(Parser *p)
{
    int comma;
    asdl_seq *targets = tai_parse_exprlist(p, &comma, Store);
    NEED(targets);
    expr_ty first = asdl_seq_GET(targets, 0);
    if (!comma)
        return first;
    expr_ty e = tai_new_expr(p, Tuple_kind, (Mark){first->lineno, first->col_offset});
    NEED(e);
    e->v.Tuple.elts = targets;
    e->v.Tuple.ctx = Store;
    return e;
}

static stmt_ty parse_for(Parser *p, int is_async, Mark start)
{
    PyObject *comment = NULL;
    if (is_async && p->feature_version < 5)
        tai_put_off(p, tai_here(p), "Async for loops are only supported in Python 3.5 and greater");
    expr_ty target = tai_advance(p) < 0 ? NULL : for_target(p);
    expr_ty iter = target && tai_expect(p, K_in) == 0 ? tai_parse_tests(p, 0) : NULL;
    NEED(iter);
    if (tai_expect(p, T_COLON) < 0 || tai_enter(p, 1) < 0 || (tai_at(p, T_TYPE_COMMENT) && !(comment = tai_type_comment(p))))
        return NULL;
    asdl_seq *body = parse_suite(p, NULL, start);
    p->depth--;
    asdl_seq *orelse = body ? parse_else(p) : NULL;
    stmt_ty s = orelse ? new_stmt(p, is_async ? AsyncFor_kind : For_kind, start) : NULL;
    NEED(s);
    s->v.For.target = target; /* AsyncFor has the same layout */
    s->v.For.iter = iter;
    s->v.For.body = body;
    s->v.For.orelse = orelse;
    s->v.For.type_comment = comment;
    end_with(s, asdl_seq_LEN(orelse) ? orelse : body);
    return s;
}

static withitem_ty parse_with_item(Parser *p)
{
    Mark start = tai_here(p);
    expr_ty context = tai_parse_test(p), target = NULL;
    NEED(context);
    if (tai_at(p, K_as)) {
        if (tai_advance(p) < 0)
            return NULL;
        target = tai_parse_expr(p);
        NEED(target);
        tai_set_context(p, target, Store, start); /* 3.8 reports the place of the whole item */
    }
    return _Py_withitem(context, target, p->arena);
}

static stmt_ty parse_with(Parser *p, int is_async, Mark start)
{
    size_t base = p->stack_size;
    PyObject *comment = NULL;
    if (is_async && p->feature_version < 5)
        tai_put_off(p, tai_here(p), "Async with statements are only supported in Python 3.5 and greater");
    do {
        withitem_ty item = tai_advance(p) < 0 ? NULL : parse_with_item(p);
        if (!item || tai_push(p, item) < 0)
            return NULL;
    } while (tai_at(p, T_COMMA));
    asdl_seq *items = tai_pop_seq(p, base);
    if (!items || tai_expect(p, T_COLON) < 0 || tai_enter(p, 1) < 0 ||
        (tai_at(p, T_TYPE_COMMENT) && !(comment = tai_type_comment(p))))
        return NULL;
    asdl_seq *body = parse_suite(p, NULL, start);
    p->depth--;
    stmt_ty s = body ? new_stmt(p, is_async ? AsyncWith_kind : With_kind, start) : NULL;
    NEED(s);
    s->v.With.items = items; /* AsyncWith has the same layout */
    s->v.With.body = body;
    s->v.With.type_comment = comment;
    end_with(s, body);
    return s;
}

/* ---- try ---- */

static excepthandler_ty parse_handler(Parser *p)
{
    Mark start = tai_here(p);
    expr_ty type = NULL;
    PyObject *name = NULL;
    if (tai_advance(p) < 0)
        return NULL;
    if (tai_starts_test(p->token.type)) {
        type = tai_parse_test(p);
        if (!type || parse_as(p, &name) < 0)
            return NULL;
    }
    asdl_seq *body = parse_block(p);
    NEED(body);
    stmt_ty last = asdl_seq_GET(body, asdl_seq_LEN(body) - 1);
    return _Py_ExceptHandler(type, name, body, start.line, start.column, last->end_lineno, last->end_col_offset, p->arena);
}

static stmt_ty parse_try(Parser *p)
{
    Mark start = tai_here(p);
    size_t base = p->stack_size;
    asdl_seq *body = tai_advance(p) < 0 ? NULL : parse_block(p), *orelse, *finally;
    NEED(body);
    while (tai_at(p, K_except)) {
        excepthandler_ty handler = parse_handler(p);
        if (!handler || tai_push(p, handler) < 0)
            return NULL;
    }
    asdl_seq *handlers = tai_pop_seq(p, base);
    NEED(handlers);
    if (!asdl_seq_LEN(handlers) && !tai_at(p, K_finally))
        return tai_syntax_error(p);
    orelse = asdl_seq_LEN(handlers) ? parse_else(p) : no_statements(p);
    NEED(orelse);
    if (tai_at(p, K_finally))
        finally = tai_advance(p) < 0 ? NULL : parse_block(p);
    else
        finally = no_statements(p);
    stmt_ty s = finally ? new_stmt(p, Try_kind, start) : NULL;
    NEED(s);
    s->v.Try.body = body;
    s->v.Try.handlers = handlers;
    s->v.Try.orelse = orelse;
    s->v.Try.finalbody = finally;
    if (asdl_seq_LEN(finally) || asdl_seq_LEN(orelse))
        end_with(s, asdl_seq_LEN(finally) ? finally : orelse);
    else {
        excepthandler_ty last = asdl_seq_GET(handlers, asdl_seq_LEN(handlers) - 1);
        s->end_lineno = last->end_lineno;
        s->end_col_offset = last->end_col_offset;
    }
    return s;
}

/* ---- functions and classes ---- */

static stmt_ty parse_function(Parser *p, asdl_seq *decorators, int is_async, Mark start)
{
    PyObject *comment = NULL;
    expr_ty returns = NULL;
    if (is_async && p->feature_version < 5)
        tai_put_off(p, tai_here(p), "Async functions are only supported in Python 3.5 and greater");
    Mark def_at = tai_here(p);
    if (tai_advance(p) < 0)
        return NULL;
    Mark name_at = tai_here(p);
    PyObject *name = tai_take_name(p);
    NEED(name);
    tai_forbidden(p, name, name_at, 0);
    if (tai_expect(p, T_LPAR) < 0 || tai_enter(p, 1) < 0)
        return NULL;
    arguments_ty args = tai_at(p, T_RPAR) ? tai_no_parameters(p) : tai_parse_parameters(p, T_RPAR, 1);
    p->depth--;
    if (!args || tai_expect(p, T_RPAR) < 0)
        return NULL;
    if (tai_at(p, T_RARROW)) {
        returns = tai_advance(p) < 0 ? NULL : tai_parse_test(p);
        NEED(returns);
    }
    asdl_seq *body = parse_typed_block(p, &comment, def_at);
    stmt_ty s = body ? new_stmt(p, is_async ? AsyncFunctionDef_kind : FunctionDef_kind, start) : NULL;
    NEED(s);
    s->v.FunctionDef.name = name; /* AsyncFunctionDef has the same layout */
    s->v.FunctionDef.args = args;
    s->v.FunctionDef.body = body;
    s->v.FunctionDef.decorator_list = decorators;
    s->v.FunctionDef.returns = returns;
    s->v.FunctionDef.type_comment = comment;
    end_with(s, body);
    return s;
}

static stmt_ty parse_class(Parser *p, asdl_seq *decorators)
{
    Mark start = tai_here(p), name_at;
    asdl_seq *bases = NULL, *keywords = NULL;
    if (tai_advance(p) < 0)
        return NULL;
    name_at = tai_here(p);
    PyObject *name = tai_take_name(p);
    NEED(name);
    tai_forbidden(p, name, name_at, 0);
    if (tai_at(p, T_LPAR)) {
        Mark open = tai_here(p);
        if (tai_advance(p) < 0 || tai_parse_arguments(p, 0, &bases, &keywords, open) < 0 || tai_advance(p) < 0)
            return NULL;
    }
    else if (!(bases = keywords = no_statements(p)))
        return NULL;
    asdl_seq *body = parse_block(p);
    stmt_ty s = body ? new_stmt(p, ClassDef_kind, start) : NULL;
    NEED(s);
    s->v.ClassDef.name = name;
    s->v.ClassDef.bases = bases;
    s->v.ClassDef.keywords = keywords;
    s->v.ClassDef.body = body;
    s->v.ClassDef.decorator_list = decorators;
    end_with(s, body);
    return s;
}

/* '@' dotted_name ['(' [arglist] ')'] NEWLINE */
static expr_ty parse_decorator(Parser *p)
{
    if (tai_advance(p) < 0)
        return NULL;
    Mark start = tai_here(p);
    PyObject *name = tai_take_name(p);
    expr_ty e = name ? tai_new_expr(p, Name_kind, start) : NULL;
    NEED(e);
    e->v.Name.id = name;
    e->v.Name.ctx = Load;
    while (tai_at(p, T_DOT)) {
        expr_ty value = e;
        name = tai_advance(p) < 0 ? NULL : tai_take_name(p);
        e = name ? tai_new_expr(p, Attribute_kind, start) : NULL;
        NEED(e);
        e->v.Attribute.value = value;
        e->v.Attribute.attr = name;
        e->v.Attribute.ctx = Load;
    }
    if (tai_at(p, T_LPAR))
        e = tai_parse_call(p, e, start);
    return e && tai_expect(p, T_NEWLINE) == 0 ? e : NULL;
}

static stmt_ty parse_async(Parser *p, asdl_seq *decorators)
{
    Mark start = tai_here(p);
    if (tai_advance(p) < 0)
        return NULL;
    if (tai_at(p, K_def))
        return parse_function(p, decorators ? decorators : no_statements(p), 1, start);
    if (tai_at(p, K_with) && !decorators)
        return parse_with(p, 1, start);
    if (tai_at(p, K_for) && !decorators)
        return parse_for(p, 1, start);
    return tai_syntax_error(p);
}

static stmt_ty parse_decorated(Parser *p)
{
    size_t base = p->stack_size;
    while (tai_at(p, T_AT)) {
        expr_ty decorator = parse_decorator(p);
        if (!decorator || tai_push(p, decorator) < 0)
            return NULL;
    }
    asdl_seq *decorators = tai_pop_seq(p, base);
    NEED(decorators);
    if (tai_at(p, K_def))
        return parse_function(p, decorators, 0, tai_here(p));
    if (tai_at(p, K_class))
        return parse_class(p, decorators);
    return tai_at(p, T_ASYNC) ? parse_async(p, decorators) : tai_syntax_error(p);
}

/* ---- all statements ---- */

/* A compound statement, or NULL with *other set if the token starts none. */
static stmt_ty parse_compound(Parser *p, int *other)
{
    *other = 0;
    switch (p->token.type) {
    case K_if: return parse_if(p);
    case K_while: return parse_while(p);
    case K_for: return parse_for(p, 0, tai_here(p));
    case K_try: return parse_try(p);
    case K_with: return parse_with(p, 0, tai_here(p));
    case K_def: {
        asdl_seq *none = no_statements(p);
        return none ? parse_function(p, none, 0, tai_here(p)) : NULL;
    }
    case K_class: {
        asdl_seq *none = no_statements(p);
        return none ? parse_class(p, none) : NULL;
    }
    case T_AT: return parse_decorated(p);
    case T_ASYNC: return parse_async(p, NULL);
    }
    *other = 1;
    return NULL;
}

/* One compound statement or one line of simple ones with its NEWLINE; pushed. */
static int parse_statement(Parser *p)
{
    int other;
    TRY(tai_enter(p, 1));
    TRY(tai_enter(p, 2)); /* compound_stmt, if_stmt… */
    stmt_ty s = parse_compound(p, &other);
    p->depth -= 2;
    if (s ? tai_push(p, s) < 0 : !other)
        return -1;
    if (!s) {
        TRY(parse_simple_line(p));
        TRY(tai_advance(p));
    }
    p->depth--;
    return 0;
}

/* ---- inputs ---- */

static mod_ty parse_file(Parser *p)
{
    size_t base = p->stack_size;
    while (!tai_at(p, T_ENDMARKER)) {
        if (tai_at(p, T_NEWLINE)) {
            if (tai_advance(p) < 0)
                return NULL;
        }
        else if (parse_statement(p) < 0)
            return NULL;
    }
    asdl_seq *body = tai_pop_seq(p, base), *ignores = body ? _Py_asdl_seq_new(p->ignore_count, p->arena) : NULL;
    NEED(ignores);
    for (Py_ssize_t i = 0; i < p->ignore_count; i++)
        asdl_seq_SET(ignores, i, p->ignores[i]);
    return _Py_Module(body, ignores, p->arena);
}

/* Nothing may be read behind the statement: what is left is looked at as text (parse.c). */
static mod_ty parse_single(Parser *p)
{
    size_t base = p->stack_size;
    int other;
    if (tai_at(p, T_NEWLINE)) {
        p->end = (Mark){p->token.end_line, p->token.end_column};
        stmt_ty s = new_stmt(p, Pass_kind, (Mark){0, 0}); /* an empty line has no place in 3.8 */
        if (!s || tai_push(p, s) < 0)
            return NULL;
    }
    else {
        if (tai_enter(p, 2) < 0)
            return NULL;
        stmt_ty s = parse_compound(p, &other);
        p->depth -= 2;
        if (s ? tai_push(p, s) < 0 : !other || parse_simple_line(p) < 0)
            return NULL;
        if (!tai_at(p, T_NEWLINE))
            return tai_syntax_error(p);
    }
    asdl_seq *body = tai_pop_seq(p, base);
    return body ? _Py_Interactive(body, p->arena) : NULL;
}

/* NEWLINE* ENDMARKER */
static int parse_end(Parser *p)
{
    while (tai_at(p, T_NEWLINE))
        TRY(tai_advance(p));
    if (tai_at(p, T_ENDMARKER))
        return 0;
    tai_syntax_error(p);
    return -1;
}

static mod_ty parse_eval(Parser *p)
{
    expr_ty e = tai_parse_tests(p, 0);
    return e && parse_end(p) == 0 ? _Py_Expression(e, p->arena) : NULL;
}

/* '(' [types, with '*' and '**' before the last ones] ')' '->' test */
static mod_ty parse_func_type(Parser *p)
{
    size_t base = p->stack_size;
    int stars = 0;
    if (tai_expect(p, T_LPAR) < 0)
        return NULL;
    while (!tai_at(p, T_RPAR)) {
        int star = tai_at(p, T_STAR) ? 1 : tai_at(p, T_DOUBLESTAR) ? 2 : 0;
        if (star && star <= stars)
            return tai_syntax_error(p);
        if (star) {
            stars = star;
            if (tai_advance(p) < 0)
                return NULL;
        }
        if (star != 1 || tai_starts_test(p->token.type)) {
            expr_ty e = tai_parse_test(p);
            if (!e || tai_push(p, e) < 0)
                return NULL;
        }
        if (!tai_at(p, T_COMMA))
            break;
        if (stars == 2)
            return tai_syntax_error(p);
        if (tai_advance(p) < 0)
            return NULL;
        if (tai_at(p, T_RPAR))
            return tai_syntax_error(p);
    }
    asdl_seq *types = tai_pop_seq(p, base);
    if (!types || tai_expect(p, T_RPAR) < 0 || tai_expect(p, T_RARROW) < 0)
        return NULL;
    expr_ty returns = tai_parse_test(p);
    return returns && parse_end(p) == 0 ? _Py_FunctionType(types, returns, p->arena) : NULL;
}

mod_ty tai_parse_module(Parser *p, int start)
{
    if (tai_enter(p, 1) < 0)
        return NULL;
    switch (start) {
    case Py_file_input: return parse_file(p);
    case Py_single_input: return parse_single(p);
    case Py_eval_input: return parse_eval(p);
    case Py_func_type_input: return parse_func_type(p);
    }
    PyErr_SetString(PyExc_SystemError, "unknown start symbol of the grammar");
    return NULL;
}
