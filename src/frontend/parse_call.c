/* SPDX-License-Identifier: MIT */
/* parse_call: arguments of calls, parameters of functions, and the loops of comprehensions.
 *
 * Arguments are parsed as the grammar has them, any test before '=' included; that only a name may stand there, and the rules on
 * their order, are errors put off. Tests: tests/frontend/test_cases.py.
 */
#include "frontend/parser.h"

/* ---- comprehensions ---- */

int tai_at_comprehension(const Parser *p)
{
    return tai_at(p, K_for) || tai_at(p, T_ASYNC);
}

/* The tuple or single target of a loop from its list. */
static expr_ty loop_target(Parser *p, asdl_seq *targets, int comma)
{
    expr_ty first = asdl_seq_GET(targets, 0);
    if (!comma)
        return first;
    expr_ty e = tai_new_expr(p, Tuple_kind, (Mark){first->lineno, first->col_offset});
    NEED(e);
    e->v.Tuple.elts = targets;
    e->v.Tuple.ctx = Store;
    return e;
}

/* [async] for targets in or_test (if test)*; the entries it leaves on 3.8's stack are counted by the caller. */
static comprehension_ty parse_loop(Parser *p, int *levels)
{
    Mark start = tai_here(p);
    int is_async = tai_at(p, T_ASYNC), comma;
    size_t base;
    if (tai_enter(p, 2) < 0) /* comp_for, sync_comp_for */
        return NULL;
    *levels += 2;
    if (is_async && p->feature_version < 6)
        tai_put_off(p, start, "Async comprehensions are only supported in Python 3.6 and greater");
    if ((is_async && tai_advance(p) < 0) || tai_expect(p, K_for) < 0)
        return NULL;
    asdl_seq *targets = tai_parse_exprlist(p, &comma, Store);
    expr_ty target = targets ? loop_target(p, targets, comma) : NULL;
    expr_ty iter = target && tai_expect(p, K_in) == 0 ? tai_parse_or_test(p) : NULL;
    NEED(iter);
    base = p->stack_size;
    while (tai_at(p, K_if)) {
        if (tai_enter(p, 2) < 0) /* comp_iter, comp_if */
            return NULL;
        *levels += 2;
        expr_ty test = tai_advance(p) < 0 ? NULL : tai_parse_test_nocond(p);
        if (!test || tai_push(p, test) < 0)
            return NULL;
    }
    asdl_seq *ifs = tai_pop_seq(p, base);
    return ifs ? _Py_comprehension(target, iter, ifs, is_async, p->arena) : NULL;
}

asdl_seq *tai_parse_comprehension(Parser *p)
{
    size_t base = p->stack_size;
    int levels = 0;
    while (tai_at_comprehension(p)) {
        if (levels) {
            if (tai_enter(p, 1) < 0) /* comp_iter */
                return NULL;
            levels++;
        }
        comprehension_ty loop = parse_loop(p, &levels);
        if (!loop || tai_push(p, loop) < 0)
            return NULL;
    }
    p->depth -= levels;
    return tai_pop_seq(p, base);
}

/* ---- arguments ---- */

typedef struct {
    int lone_generator;    /* f(x for x in y) is allowed */
    Mark open;             /* the parenthesis, where such a generator begins */
    int named, unpacked;   /* keyword arguments so far; those that are **x */
    Py_ssize_t count;      /* arguments so far */
    expr_ty generator;     /* a generator without parentheses, its place to be set */
    Mark generator_at;
    size_t keywords;       /* keyword_ty's are pushed on an own list: */
    keyword_ty *list;
    size_t room;
} Arguments;

static int add_keyword(Parser *p, Arguments *a, PyObject *name, expr_ty value)
{
    if (a->keywords == a->room) {
        size_t room = a->room ? 2 * a->room : 8;
        keyword_ty *list = PyArena_Malloc(p->arena, room * sizeof(*list));
        if (!list)
            return -1;
        if (a->keywords)
            memcpy(list, a->list, a->keywords * sizeof(*list));
        a->list = list;
        a->room = room;
    }
    keyword_ty made = _Py_keyword(name, value, p->arena);
    if (!made)
        return -1;
    a->list[a->keywords++] = made;
    a->named++;
    return 0;
}

static void check_positional(Parser *p, const Arguments *a, Mark at)
{
    if (a->unpacked)
        tai_put_off(p, at, "positional argument follows keyword argument unpacking");
    else if (a->named)
        tai_put_off(p, at, "positional argument follows keyword argument");
}

static int parse_starred(Parser *p, Arguments *a)
{
    Mark start = tai_here(p);
    if (a->unpacked)
        tai_put_off(p, start, "iterable argument unpacking follows keyword argument unpacking");
    TRY(tai_advance(p));
    expr_ty value = tai_parse_test(p), e = value ? tai_new_expr(p, Starred_kind, start) : NULL;
    if (!e)
        return -1;
    e->end_lineno = value->end_lineno; /* without the parentheses around the value, in 3.8 */
    e->end_col_offset = value->end_col_offset;
    e->v.Starred.value = value;
    e->v.Starred.ctx = Load;
    return tai_push(p, e);
}

/* Errors put off since `before` come later than one that is about to be put off: forget them. */
static void forget_late(Parser *p, int before, int warnings)
{
    if (before)
        return;
    Py_CLEAR(p->late_type);
    Py_CLEAR(p->late_value);
    Py_CLEAR(p->late_traceback);
    p->warning_count = warnings;
}

/* test '=' test: the first is parsed, `single` if it was one token that reads as a name. */
static int parse_named_argument(Parser *p, Arguments *a, const Token *first, int single, Mark start)
{
    PyObject *name = NULL;
    if (!single)
        tai_put_off(p, start, "expression cannot contain assignment, perhaps you meant \"==\"?");
    else {
        name = tai_identifier(p, first->start, first->end);
        if (!name)
            return -1;
        if (!tai_forbidden(p, name, start, 1))
            for (size_t i = 0; i < a->keywords; i++)
                if (a->list[i]->arg == name) {
                    tai_put_off(p, start, "keyword argument repeated");
                    break;
                }
    }
    TRY(tai_advance(p));
    expr_ty value = tai_parse_test(p);
    return value ? add_keyword(p, a, name, value) : -1;
}

static int is_name_token(int type)
{
    return type == T_NAME || type == K_None || type == K_True || type == K_False;
}

static int parse_bare_generator(Parser *p, Arguments *a, expr_ty elt, Mark start)
{
    if (!a->lone_generator)
        tai_put_off(p, start, "invalid syntax");
    if (a->count)
        tai_put_off(p, start, "Generator expression must be parenthesized");
    asdl_seq *generators = tai_parse_comprehension(p);
    expr_ty e = generators ? tai_new_expr(p, GeneratorExp_kind, a->open) : NULL;
    if (!e)
        return -1;
    e->v.GeneratorExp.elt = elt;
    e->v.GeneratorExp.generators = generators;
    a->generator = e;
    a->generator_at = start;
    return tai_push(p, e);
}

static int parse_argument(Parser *p, Arguments *a)
{
    Mark start = tai_here(p);
    Token first = p->token;
    unsigned taken = p->taken;
    int late = p->late_type != NULL, warnings = p->warning_count;
    if (tai_at(p, T_STAR))
        return parse_starred(p, a);
    if (tai_at(p, T_DOUBLESTAR)) {
        TRY(tai_advance(p));
        expr_ty value = tai_parse_test(p);
        a->unpacked++;
        return value ? add_keyword(p, a, NULL, value) : -1;
    }
    expr_ty e = tai_parse_test(p);
    if (!e)
        return -1;
    if (tai_at(p, T_EQUAL)) {
        forget_late(p, late, warnings); /* what stands before '=' is not looked into */
        return parse_named_argument(p, a, &first, p->taken == taken + 1 && is_name_token(first.type), start);
    }
    if (tai_at_comprehension(p))
        return parse_bare_generator(p, a, e, start);
    if (a->unpacked || a->named) {
        forget_late(p, late, warnings);
        check_positional(p, a, start);
    }
    if (tai_at(p, T_COLONEQUAL) && !(e = tai_walrus(p, e, start)))
        return -1;
    return tai_push(p, e);
}

int tai_parse_arguments(Parser *p, int lone_generator, asdl_seq **args, asdl_seq **keywords, Mark open)
{
    Arguments a = {.lone_generator = lone_generator, .open = open};
    size_t base = p->stack_size;
    TRY(tai_enter(p, 2)); /* arglist, argument */
    while (tai_at(p, T_STAR) || tai_at(p, T_DOUBLESTAR) || tai_starts_test(p->token.type)) {
        TRY(parse_argument(p, &a));
        a.count++;
        if (!tai_at(p, T_COMMA))
            break;
        TRY(tai_advance(p));
        if (a.generator)
            a.count++; /* a comma behind it is enough to refuse it */
    }
    p->depth -= 2;
    if (a.generator && a.count > 1)
        tai_put_off(p, a.generator_at, "Generator expression must be parenthesized");
    *args = tai_pop_seq(p, base);
    *keywords = *args ? _Py_asdl_seq_new((Py_ssize_t)a.keywords, p->arena) : NULL;
    if (!*keywords)
        return -1;
    for (size_t i = 0; i < a.keywords; i++)
        asdl_seq_SET(*keywords, i, a.list[i]);
    if (!tai_at(p, T_RPAR)) {
        tai_syntax_error(p);
        return -1;
    }
    if (a.generator) { /* up to the closing parenthesis */
        a.generator->end_lineno = p->token.end_line;
        a.generator->end_col_offset = p->token.end_column;
    }
    return 0;
}

expr_ty tai_parse_call(Parser *p, expr_ty callee, Mark start)
{
    asdl_seq *args = NULL, *keywords = NULL;
    Mark open = tai_here(p);
    if (tai_advance(p) < 0 || tai_enter(p, 1) < 0 || tai_parse_arguments(p, 1, &args, &keywords, open) < 0 ||
        tai_advance(p) < 0)
        return NULL;
    p->depth--;
    expr_ty e = tai_new_expr(p, Call_kind, start);
    NEED(e);
    e->v.Call.func = callee;
    e->v.Call.args = args;
    e->v.Call.keywords = keywords;
    return e;
}

/* ---- parameters ---- */

enum { PLAIN, KEYWORD_ONLY, AFTER_KWARG };

/* A growing list of pointers in the arena. */
typedef struct {
    void **items;
    Py_ssize_t count, room;
} PtrList;

typedef struct {
    int end, typed;
    int stage;                            /* PLAIN … */
    int posonly;                          /* a '/' was read */
    Mark start;
    PtrList before_slash, plain, defaults, keyword_only, keyword_defaults;
    arg_ty vararg, kwarg;
    arg_ty last;                          /* parameter that a type comment would belong to */
    int bare_star;                        /* '*,' whose keyword-only parameters are still missing */
} Parameters;

static int list_add(Parser *p, PtrList *list, void *item)
{
    if (list->count == list->room) {
        Py_ssize_t room = list->room ? 2 * list->room : 8;
        void **items = PyArena_Malloc(p->arena, room * sizeof(void *));
        if (!items)
            return -1;
        if (list->count)
            memcpy(items, list->items, list->count * sizeof(void *));
        list->items = items;
        list->room = room;
    }
    list->items[list->count++] = item;
    return 0;
}

static asdl_seq *list_seq(Parser *p, const PtrList *list)
{
    asdl_seq *seq = _Py_asdl_seq_new(list->count, p->arena);
    if (seq && list->count)
        memcpy(seq->elements, list->items, list->count * sizeof(void *));
    return seq;
}

/* tfpdef: NAME [':' test] */
static arg_ty parse_parameter(Parser *p, Parameters *a, int keyword_only)
{
    Mark start = tai_here(p);
    PyObject *name = tai_take_name(p);
    expr_ty annotation = NULL;
    Mark end = p->end;
    NEED(name);
    tai_forbidden(p, name, start, 0);
    if (a->typed && tai_at(p, T_COLON)) {
        annotation = tai_advance(p) < 0 ? NULL : tai_parse_test(p);
        NEED(annotation);
    }
    if (!keyword_only)
        end = p->end; /* 3.8 leaves the annotation out of the extent of the others */
    arg_ty made = _Py_arg(name, annotation, NULL, start.line, start.column, end.line, end.column, p->arena);
    a->last = made;
    return made;
}

/* ['=' test]: 0 and *value NULL if there is none. */
static int parse_default(Parser *p, expr_ty *value)
{
    *value = NULL;
    if (!tai_at(p, T_EQUAL))
        return 0;
    TRY(tai_advance(p));
    *value = tai_parse_test(p);
    return *value ? 0 : -1;
}

static int parse_plain(Parser *p, Parameters *a)
{
    expr_ty value;
    arg_ty made = parse_parameter(p, a, a->stage == KEYWORD_ONLY);
    if (!made || parse_default(p, &value) < 0)
        return -1;
    if (a->stage == KEYWORD_ONLY) {
        a->bare_star = 0;
        return list_add(p, &a->keyword_only, made) < 0 ? -1 : list_add(p, &a->keyword_defaults, value);
    }
    if (value)
        TRY(list_add(p, &a->defaults, value));
    else if (a->defaults.count)
        tai_put_off(p, a->start, "non-default argument follows default argument");
    return list_add(p, &a->plain, made);
}

static int parse_slash(Parser *p, Parameters *a)
{
    if (a->stage != PLAIN || a->posonly || !a->plain.count) {
        tai_syntax_error(p);
        return -1;
    }
    a->posonly = 1;
    a->before_slash = a->plain;
    a->plain = (PtrList){NULL, 0, 0};
    a->last = NULL;
    return tai_advance(p);
}

static int parse_vararg(Parser *p, Parameters *a)
{
    Mark star = tai_here(p);
    if (a->stage != PLAIN) {
        tai_syntax_error(p);
        return -1;
    }
    a->stage = KEYWORD_ONLY;
    TRY(tai_advance(p));
    a->last = NULL;
    if (tai_at(p, T_NAME)) {
        a->vararg = parse_parameter(p, a, 0);
        return a->vararg ? 0 : -1;
    }
    a->bare_star = 1;
    if (tai_at(p, a->end) || tai_at(p, T_TYPE_COMMENT))
        tai_put_off(p, star, "named arguments must follow bare *");
    return 0;
}

static int parse_kwarg(Parser *p, Parameters *a)
{
    if (a->bare_star)
        tai_put_off(p, tai_here(p), "named arguments must follow bare *");
    a->bare_star = 0;
    a->stage = AFTER_KWARG;
    TRY(tai_advance(p));
    a->kwarg = parse_parameter(p, a, 0);
    return a->kwarg ? 0 : -1;
}

/* A type comment behind a parameter or its comma. */
static int take_type_comment(Parser *p, Parameters *a)
{
    if (!tai_at(p, T_TYPE_COMMENT) || !a->typed)
        return 0;
    if (a->bare_star && !a->last)
        tai_put_off(p, tai_here(p), "bare * has associated type comment");
    PyObject *text = tai_type_comment(p);
    if (!text)
        return -1;
    if (a->last)
        a->last->type_comment = text;
    a->last = NULL;
    return 0;
}

/* One parameter, '/', '*…' or '**…'; 0 if the token starts none. */
static int parse_one(Parser *p, Parameters *a)
{
    int failed;
    if (a->stage == AFTER_KWARG)
        return 0;
    if (tai_at(p, T_NAME))
        failed = parse_plain(p, a);
    else if (tai_at(p, T_SLASH))
        failed = parse_slash(p, a);
    else if (tai_at(p, T_STAR))
        failed = parse_vararg(p, a);
    else if (tai_at(p, T_DOUBLESTAR))
        failed = parse_kwarg(p, a);
    else
        return 0;
    return failed < 0 ? -1 : 1;
}

static int parse_all(Parser *p, Parameters *a)
{
    for (;;) {
        Mark before = tai_here(p);
        int found = parse_one(p, a);
        if (found <= 0)
            return found;
        if (!tai_at(p, T_COMMA))
            return take_type_comment(p, a);
        TRY(tai_advance(p));
        if (a->bare_star && tai_at(p, a->end)) {
            tai_put_off(p, before, "named arguments must follow bare *");
            a->bare_star = 0;
        }
        TRY(take_type_comment(p, a));
    }
}

arguments_ty tai_no_parameters(Parser *p)
{
    arguments_ty made = tai_new(p, sizeof(*made));
    asdl_seq *empty = made ? _Py_asdl_seq_new(0, p->arena) : NULL;
    NEED(empty);
    made->posonlyargs = made->args = made->kwonlyargs = made->kw_defaults = made->defaults = empty;
    return made;
}

/* varargslist (typed 0) or typedargslist (1), before the token `end`, which stays. */
arguments_ty tai_parse_parameters(Parser *p, int end, int typed)
{
    Parameters a = {.end = end, .typed = typed, .start = tai_here(p)};
    if (tai_enter(p, 1) < 0 || parse_all(p, &a) < 0)
        return NULL;
    p->depth--;
    if (!tai_at(p, end))
        return tai_syntax_error(p);
    asdl_seq *before_slash = list_seq(p, &a.before_slash), *plain = list_seq(p, &a.plain), *defaults = list_seq(p, &a.defaults);
    asdl_seq *only = list_seq(p, &a.keyword_only), *only_defaults = list_seq(p, &a.keyword_defaults);
    if (!before_slash || !plain || !defaults || !only || !only_defaults)
        return NULL;
    return _Py_arguments(before_slash, plain, a.vararg, only, only_defaults, a.kwarg, defaults, p->arena);
}
