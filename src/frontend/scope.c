/* SPDX-License-Identifier: MIT */
/* scope: which name lives where.
 *
 * Pass one visits the tree in evaluation order and notes, per scope, how each name is used (DEF_… and USE flags of symtable.h).
 * Pass two (resolve) goes through the scopes from the outside in and decides for every name: a name not bound in its scope is
 * looked for in the enclosing functions, nearest first; where it is found it becomes a cell, and every scope on the way passes it
 * on as a free variable.
 * [SCOPE-1] Parents are resolved before their children; a symbol that a child adds to a scope on the way is FREE already.
 * Tests: tests/frontend/test_more.py.
 */
#include "frontend/scope.h"

/* Levels of our recursion that count as one of Python's. */
#define LEVELS_PER_FRAME 3

_Py_IDENTIFIER(super);
_Py_IDENTIFIER(__class__);

static int visit_expr(ScopeTable *table, expr_ty e);
static int visit_stmt(ScopeTable *table, stmt_ty s);

#define TRY(call)    \
    do {             \
        if ((call) < 0) \
            return -1;  \
    } while (0)

/* ---- errors ---- */

/* SyntaxError with a message about name (or none), at a line and a 0-based column. -1. */
static int fail_at(ScopeTable *table, int line, int column, const char *format, PyObject *name)
{
    if (name)
        PyErr_Format(PyExc_SyntaxError, format, name);
    else
        PyErr_SetString(PyExc_SyntaxError, format);
    PyErr_SyntaxLocationObject(table->filename, line, column);
    return -1;
}

static int fail_here(ScopeTable *table, const char *format, PyObject *name)
{
    return fail_at(table, table->current->line, table->current->column + 1, format, name);
}

static int fail_directive(ScopeTable *table, Scope *scope, const char *format, PyObject *name)
{
    for (Directive *d = scope->directives; d; d = d->next)
        if (d->name == name)
            return fail_at(table, d->line, d->column + 1, format, name);
    PyErr_Format(PyExc_SyntaxError, format, name);
    return -1;
}

/* ---- scopes and symbols ---- */

static int open_scope(ScopeTable *table, PyObject *name, _Py_block_ty type, void *tree_node, int line, int column)
{
    Scope *scope = PyArena_Malloc(table->arena, sizeof(Scope)), *parent = table->current;
    if (!scope)
        return -1;
    memset(scope, 0, sizeof(Scope));
    scope->node = tree_node;
    scope->name = name;
    scope->type = type;
    scope->line = line;
    scope->column = column;
    scope->parent = parent;
    if (parent) {
        scope->in_comp_iter = parent->in_comp_iter;
        scope->nested = parent->nested || parent->type == FunctionBlock;
        if (parent->last_child)
            parent->last_child->next = scope;
        else
            parent->first_child = scope;
        parent->last_child = scope;
    }
    if (table->count == table->room) {
        int room = table->room ? 2 * table->room : 64;
        Scope **scopes = PyArena_Malloc(table->arena, room * sizeof(Scope *));
        if (!scopes)
            return -1;
        if (table->count)
            memcpy(scopes, table->scopes, table->count * sizeof(Scope *));
        table->scopes = scopes;
        table->room = room;
    }
    table->scopes[table->count] = scope;
    if (!tai_names_add(&table->by_node, table->arena, tree_node, table->count++))
        return -1;
    table->current = scope;
    return 0;
}

static void close_scope(ScopeTable *table)
{
    table->current = table->current->parent;
}

Scope *tai_scope_of(const ScopeTable *table, const void *tree_node)
{
    NameSlot *slot = tai_names_find(&table->by_node, tree_node);
    return slot ? table->scopes[slot->value] : NULL;
}

int tai_scope_lookup(const Scope *scope, PyObject *name)
{
    NameSlot *slot = tai_names_find(&scope->symbols, name);
    return slot ? (slot->value >> SCOPE_OFFSET) & SCOPE_MASK : 0;
}

static int flags_of(const Scope *scope, PyObject *mangled)
{
    NameSlot *slot = tai_names_find(&scope->symbols, mangled);
    return slot ? slot->value : 0;
}

static int define_mangled(ScopeTable *table, Scope *scope, PyObject *name, int flag)
{
    NameSlot *slot = tai_names_find(&scope->symbols, name);
    int flags = slot ? slot->value : 0;
    if ((flag & DEF_PARAM) && (flags & DEF_PARAM))
        return fail_here(table, "duplicate argument '%U' in function definition", name);
    flags |= flag;
    if (scope->in_comp_target) {
        if (flags & (DEF_GLOBAL | DEF_NONLOCAL))
            return fail_at(table, scope->line, scope->column + 1,
                           "comprehension inner loop cannot rebind assignment expression target '%U'", name);
        flags |= DEF_COMP_ITER;
    }
    if (slot)
        slot->value = flags;
    else if (!tai_names_add(&scope->symbols, table->arena, name, flags))
        return -1;
    if ((flag & DEF_PARAM) && !tai_names_add(&scope->params, table->arena, name, 0))
        return -1;
    if ((flag & DEF_GLOBAL) && scope != table->top) {
        slot = tai_names_find(&table->top->symbols, name);
        if (slot)
            slot->value |= flag;
        else if (!tai_names_add(&table->top->symbols, table->arena, name, flag))
            return -1;
    }
    return 0;
}

static int define_in(ScopeTable *table, Scope *scope, PyObject *name, int flag)
{
    PyObject *mangled = tai_mangle(table->arena, table->owner, name);
    return mangled ? define_mangled(table, scope, mangled, flag) : -1;
}

static int define(ScopeTable *table, PyObject *name, int flag)
{
    return define_in(table, table->current, name, flag);
}

static int note_directive(ScopeTable *table, Scope *scope, PyObject *mangled, int line, int column)
{
    Directive *made = PyArena_Malloc(table->arena, sizeof(Directive)), **last = &scope->directives;
    if (!made)
        return -1;
    *made = (Directive){NULL, mangled, line, column};
    while (*last)
        last = &(*last)->next;
    *last = made;
    return 0;
}

/* ---- pass one: expressions ---- */

static int visit_exprs(ScopeTable *table, asdl_seq *seq)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(seq); i < n; i++) {
        expr_ty e = asdl_seq_GET(seq, i);
        if (e)
            TRY(visit_expr(table, e));
    }
    return 0;
}

static int visit_keywords(ScopeTable *table, asdl_seq *seq)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(seq); i < n; i++)
        TRY(visit_expr(table, ((keyword_ty)asdl_seq_GET(seq, i))->value));
    return 0;
}

static int define_params(ScopeTable *table, asdl_seq *seq)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(seq); i < n; i++)
        TRY(define(table, ((arg_ty)asdl_seq_GET(seq, i))->arg, DEF_PARAM));
    return 0;
}

static int visit_parameters(ScopeTable *table, arguments_ty a)
{
    TRY(define_params(table, a->posonlyargs));
    TRY(define_params(table, a->args));
    TRY(define_params(table, a->kwonlyargs));
    if (a->vararg) {
        TRY(define(table, a->vararg->arg, DEF_PARAM));
        table->current->varargs = 1;
    }
    if (a->kwarg) {
        TRY(define(table, a->kwarg->arg, DEF_PARAM));
        table->current->varkeywords = 1;
    }
    return 0;
}

static int visit_defaults(ScopeTable *table, arguments_ty a)
{
    TRY(visit_exprs(table, a->defaults));
    return visit_exprs(table, a->kw_defaults);
}

static int visit_arg_annotations(ScopeTable *table, asdl_seq *seq)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(seq); i < n; i++) {
        expr_ty annotation = ((arg_ty)asdl_seq_GET(seq, i))->annotation;
        if (annotation)
            TRY(visit_expr(table, annotation));
    }
    return 0;
}

static int visit_annotations(ScopeTable *table, arguments_ty a, expr_ty returns)
{
    TRY(visit_arg_annotations(table, a->posonlyargs));
    TRY(visit_arg_annotations(table, a->args));
    if (a->vararg && a->vararg->annotation)
        TRY(visit_expr(table, a->vararg->annotation));
    if (a->kwarg && a->kwarg->annotation)
        TRY(visit_expr(table, a->kwarg->annotation));
    TRY(visit_arg_annotations(table, a->kwonlyargs));
    return returns ? visit_expr(table, returns) : 0;
}

static int visit_lambda(ScopeTable *table, expr_ty e)
{
    _Py_IDENTIFIER(lambda);
    PyObject *name = _PyUnicode_FromId(&PyId_lambda);
    if (!name)
        return -1;
    TRY(visit_defaults(table, e->v.Lambda.args));
    TRY(open_scope(table, name, FunctionBlock, e, e->lineno, e->col_offset));
    TRY(visit_parameters(table, e->v.Lambda.args));
    TRY(visit_expr(table, e->v.Lambda.body));
    close_scope(table);
    return 0;
}

static int visit_comp_iter(ScopeTable *table, expr_ty iter)
{
    table->current->in_comp_iter++;
    TRY(visit_expr(table, iter));
    table->current->in_comp_iter--;
    return 0;
}

static int visit_comp_target(ScopeTable *table, expr_ty target)
{
    table->current->in_comp_target = 1;
    TRY(visit_expr(table, target));
    table->current->in_comp_target = 0;
    return 0;
}

static int check_no_yield(ScopeTable *table, expr_ty e)
{
    Scope *scope = table->current;
    if (!scope->generator)
        return 0;
    return fail_at(table, scope->line, scope->column + 1,
                   e->kind == ListComp_kind   ? "'yield' inside list comprehension"
                   : e->kind == SetComp_kind  ? "'yield' inside set comprehension"
                   : e->kind == DictComp_kind ? "'yield' inside dict comprehension"
                                              : "'yield' inside generator expression",
                   NULL);
}

/* The first iterable belongs to the enclosing scope; the rest has a scope of its own, with one parameter. */
static int visit_comprehension(ScopeTable *table, expr_ty e, _Py_Identifier *id, asdl_seq *generators, expr_ty elt, expr_ty value)
{
    comprehension_ty outer = asdl_seq_GET(generators, 0);
    _Py_static_string(PyId_dot0, ".0");
    PyObject *name = _PyUnicode_FromId(id), *dot0 = _PyUnicode_FromId(&PyId_dot0);
    if (!name || !dot0)
        return -1;
    TRY(visit_comp_iter(table, outer->iter));
    TRY(open_scope(table, name, FunctionBlock, e, e->lineno, e->col_offset));
    if (outer->is_async)
        table->current->coroutine = 1;
    table->current->comprehension = 1;
    TRY(define(table, dot0, DEF_PARAM));
    TRY(visit_comp_target(table, outer->target));
    TRY(visit_exprs(table, outer->ifs));
    for (Py_ssize_t i = 1, n = asdl_seq_LEN(generators); i < n; i++) {
        comprehension_ty inner = asdl_seq_GET(generators, i);
        TRY(visit_comp_target(table, inner->target));
        TRY(visit_comp_iter(table, inner->iter));
        TRY(visit_exprs(table, inner->ifs));
        if (inner->is_async)
            table->current->coroutine = 1;
    }
    if (value)
        TRY(visit_expr(table, value));
    TRY(visit_expr(table, elt));
    TRY(check_no_yield(table, e));
    if (e->kind == GeneratorExp_kind)
        table->current->generator = 1;
    close_scope(table);
    return 0;
}

/* `name :=` inside a comprehension binds in the nearest scope around it that is none. */
static int extend_walrus(ScopeTable *table, expr_ty target)
{
    PyObject *name = tai_mangle(table->arena, table->owner, target->v.Name.id);
    if (!name)
        return -1;
    for (Scope *scope = table->current; scope; scope = scope->parent) {
        if (scope->comprehension) {
            if (flags_of(scope, name) & DEF_COMP_ITER)
                return fail_at(table, target->lineno, target->col_offset,
                               "assignment expression cannot rebind comprehension iteration variable '%U'", name);
            continue;
        }
        if (scope->type == ClassBlock)
            return fail_at(table, target->lineno, target->col_offset,
                           "assignment expression within a comprehension cannot be used in a class body", NULL);
        int global = scope->type == ModuleBlock || (flags_of(scope, name) & DEF_GLOBAL);
        TRY(define_mangled(table, table->current, name, global ? DEF_GLOBAL : DEF_NONLOCAL));
        TRY(note_directive(table, table->current, name, target->lineno, target->col_offset));
        return define_mangled(table, scope, name, scope->type == ModuleBlock ? DEF_GLOBAL : DEF_LOCAL);
    }
    return 0;
}

static int visit_walrus(ScopeTable *table, expr_ty e)
{
    if (table->current->in_comp_iter > 0)
        return fail_at(table, e->lineno, e->col_offset,
                       "assignment expression cannot be used in a comprehension iterable expression", NULL);
    if (table->current->comprehension)
        TRY(extend_walrus(table, e->v.NamedExpr.target));
    TRY(visit_expr(table, e->v.NamedExpr.value));
    return visit_expr(table, e->v.NamedExpr.target);
}

static int visit_slice(ScopeTable *table, slice_ty s)
{
    switch (s->kind) {
    case Slice_kind:
        if (s->v.Slice.lower)
            TRY(visit_expr(table, s->v.Slice.lower));
        if (s->v.Slice.upper)
            TRY(visit_expr(table, s->v.Slice.upper));
        return s->v.Slice.step ? visit_expr(table, s->v.Slice.step) : 0;
    case ExtSlice_kind:
        for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.ExtSlice.dims); i < n; i++)
            TRY(visit_slice(table, asdl_seq_GET(s->v.ExtSlice.dims, i)));
        return 0;
    case Index_kind:
        return visit_expr(table, s->v.Index.value);
    }
    return 0;
}

static int visit_name(ScopeTable *table, expr_ty e)
{
    int load = e->v.Name.ctx == Load;
    TRY(define(table, e->v.Name.id, load ? USE : DEF_LOCAL));
    if (load && table->current->type == FunctionBlock) {
        PyObject *super = _PyUnicode_FromId(&PyId_super), *cls = _PyUnicode_FromId(&PyId___class__);
        if (!super || !cls)
            return -1;
        if (e->v.Name.id == super)
            return define(table, cls, USE);
    }
    return 0;
}

static int visit_expr_kind(ScopeTable *table, expr_ty e)
{
    _Py_IDENTIFIER(listcomp);
    _Py_IDENTIFIER(setcomp);
    _Py_IDENTIFIER(dictcomp);
    _Py_IDENTIFIER(genexpr);
    switch (e->kind) {
    case NamedExpr_kind:
        return visit_walrus(table, e);
    case BoolOp_kind:
        return visit_exprs(table, e->v.BoolOp.values);
    case BinOp_kind:
        TRY(visit_expr(table, e->v.BinOp.left));
        return visit_expr(table, e->v.BinOp.right);
    case UnaryOp_kind:
        return visit_expr(table, e->v.UnaryOp.operand);
    case Lambda_kind:
        return visit_lambda(table, e);
    case IfExp_kind:
        TRY(visit_expr(table, e->v.IfExp.test));
        TRY(visit_expr(table, e->v.IfExp.body));
        return visit_expr(table, e->v.IfExp.orelse);
    case Dict_kind:
        TRY(visit_exprs(table, e->v.Dict.keys));
        return visit_exprs(table, e->v.Dict.values);
    case Set_kind:
        return visit_exprs(table, e->v.Set.elts);
    case ListComp_kind:
        return visit_comprehension(table, e, &PyId_listcomp, e->v.ListComp.generators, e->v.ListComp.elt, NULL);
    case SetComp_kind:
        return visit_comprehension(table, e, &PyId_setcomp, e->v.SetComp.generators, e->v.SetComp.elt, NULL);
    case DictComp_kind:
        return visit_comprehension(table, e, &PyId_dictcomp, e->v.DictComp.generators, e->v.DictComp.key,
                                   e->v.DictComp.value);
    case GeneratorExp_kind:
        return visit_comprehension(table, e, &PyId_genexpr, e->v.GeneratorExp.generators, e->v.GeneratorExp.elt, NULL);
    case Yield_kind:
        if (e->v.Yield.value)
            TRY(visit_expr(table, e->v.Yield.value));
        table->current->generator = 1;
        return 0;
    case YieldFrom_kind:
        TRY(visit_expr(table, e->v.YieldFrom.value));
        table->current->generator = 1;
        return 0;
    case Await_kind:
        TRY(visit_expr(table, e->v.Await.value));
        table->current->coroutine = 1;
        return 0;
    case Compare_kind:
        TRY(visit_expr(table, e->v.Compare.left));
        return visit_exprs(table, e->v.Compare.comparators);
    case Call_kind:
        TRY(visit_expr(table, e->v.Call.func));
        TRY(visit_exprs(table, e->v.Call.args));
        return visit_keywords(table, e->v.Call.keywords);
    case FormattedValue_kind:
        TRY(visit_expr(table, e->v.FormattedValue.value));
        return e->v.FormattedValue.format_spec ? visit_expr(table, e->v.FormattedValue.format_spec) : 0;
    case JoinedStr_kind:
        return visit_exprs(table, e->v.JoinedStr.values);
    case Constant_kind:
        return 0;
    case Attribute_kind:
        return visit_expr(table, e->v.Attribute.value);
    case Subscript_kind:
        TRY(visit_expr(table, e->v.Subscript.value));
        return visit_slice(table, e->v.Subscript.slice);
    case Starred_kind:
        return visit_expr(table, e->v.Starred.value);
    case Name_kind:
        return visit_name(table, e);
    case List_kind:
        return visit_exprs(table, e->v.List.elts);
    case Tuple_kind:
        return visit_exprs(table, e->v.Tuple.elts);
    }
    return 0;
}

static int too_deep(ScopeTable *table)
{
    if (++table->depth > table->depth_limit) {
        PyErr_SetString(PyExc_RecursionError, "maximum recursion depth exceeded during compilation");
        return 1;
    }
    return tai_tree_too_deep(" during compilation");
}

static int visit_expr(ScopeTable *table, expr_ty e)
{
    if (too_deep(table))
        return -1;
    int result = visit_expr_kind(table, e);
    table->depth--;
    return result;
}

/* ---- pass one: statements ---- */

static int visit_stmts(ScopeTable *table, asdl_seq *seq)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(seq); i < n; i++)
        TRY(visit_stmt(table, asdl_seq_GET(seq, i)));
    return 0;
}

static int visit_function(ScopeTable *table, stmt_ty s)
{
    /* FunctionDef and AsyncFunctionDef have the same layout. */
    __typeof__(s->v.FunctionDef) *def = &s->v.FunctionDef;
    TRY(define(table, def->name, DEF_LOCAL));
    TRY(visit_defaults(table, def->args));
    TRY(visit_annotations(table, def->args, def->returns));
    TRY(visit_exprs(table, def->decorator_list));
    TRY(open_scope(table, def->name, FunctionBlock, s, s->lineno, s->col_offset));
    if (s->kind == AsyncFunctionDef_kind)
        table->current->coroutine = 1;
    TRY(visit_parameters(table, def->args));
    TRY(visit_stmts(table, def->body));
    close_scope(table);
    return 0;
}

static int visit_class(ScopeTable *table, stmt_ty s)
{
    TRY(define(table, s->v.ClassDef.name, DEF_LOCAL));
    TRY(visit_exprs(table, s->v.ClassDef.bases));
    TRY(visit_keywords(table, s->v.ClassDef.keywords));
    TRY(visit_exprs(table, s->v.ClassDef.decorator_list));
    TRY(open_scope(table, s->v.ClassDef.name, ClassBlock, s, s->lineno, s->col_offset));
    PyObject *outer = table->owner;
    table->owner = s->v.ClassDef.name;
    TRY(visit_stmts(table, s->v.ClassDef.body));
    table->owner = outer;
    close_scope(table);
    return 0;
}

static int visit_ann_assign(ScopeTable *table, stmt_ty s)
{
    expr_ty target = s->v.AnnAssign.target;
    if (target->kind == Name_kind) {
        PyObject *name = tai_mangle(table->arena, table->owner, target->v.Name.id);
        if (!name)
            return -1;
        int flags = flags_of(table->current, name);
        if ((flags & (DEF_GLOBAL | DEF_NONLOCAL)) && table->current != table->top && s->v.AnnAssign.simple)
            return fail_at(table, s->lineno, s->col_offset + 1,
                           flags & DEF_GLOBAL ? "annotated name '%U' can't be global" : "annotated name '%U' can't be nonlocal",
                           target->v.Name.id);
        if (s->v.AnnAssign.simple)
            TRY(define(table, target->v.Name.id, DEF_ANNOT | DEF_LOCAL));
        else if (s->v.AnnAssign.value)
            TRY(define(table, target->v.Name.id, DEF_LOCAL));
    }
    else
        TRY(visit_expr(table, target));
    TRY(visit_expr(table, s->v.AnnAssign.annotation));
    return s->v.AnnAssign.value ? visit_expr(table, s->v.AnnAssign.value) : 0;
}

static int visit_directive(ScopeTable *table, stmt_ty s)
{
    int global = s->kind == Global_kind;
    asdl_seq *names = global ? s->v.Global.names : s->v.Nonlocal.names;
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(names); i < n; i++) {
        PyObject *name = asdl_seq_GET(names, i), *mangled = tai_mangle(table->arena, table->owner, name);
        if (!mangled)
            return -1;
        int flags = flags_of(table->current, mangled);
        const char *format = NULL;
        if (flags & DEF_PARAM)
            format = global ? "name '%U' is parameter and global" : "name '%U' is parameter and nonlocal";
        else if (flags & USE)
            format = global ? "name '%U' is used prior to global declaration" : "name '%U' is used prior to nonlocal declaration";
        else if (flags & DEF_ANNOT)
            format = global ? "annotated name '%U' can't be global" : "annotated name '%U' can't be nonlocal";
        else if (flags & DEF_LOCAL)
            format = global ? "name '%U' is assigned to before global declaration"
                            : "name '%U' is assigned to before nonlocal declaration";
        if (format)
            return fail_at(table, s->lineno, s->col_offset + 1, format, name);
        TRY(define_mangled(table, table->current, mangled, global ? DEF_GLOBAL : DEF_NONLOCAL));
        TRY(note_directive(table, table->current, mangled, s->lineno, s->col_offset));
    }
    return 0;
}

static int visit_alias(ScopeTable *table, alias_ty a)
{
    PyObject *name = a->asname ? a->asname : a->name;
    Py_ssize_t size = PyUnicode_GET_LENGTH(name), dot = PyUnicode_FindChar(name, '.', 0, size, 1);
    if (dot >= 0) {
        name = PyUnicode_Substring(name, 0, dot);
        if (!name)
            return -1;
        PyUnicode_InternInPlace(&name);
        if (PyArena_AddPyObject(table->arena, name) < 0)
            return -1;
    }
    if (size != 1 || PyUnicode_READ_CHAR(a->name, 0) != '*')
        return define(table, name, DEF_IMPORT);
    if (table->current->type != ModuleBlock)
        return fail_here(table, "import * only allowed at module level", NULL);
    return 0;
}

static int visit_aliases(ScopeTable *table, asdl_seq *seq)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(seq); i < n; i++)
        TRY(visit_alias(table, asdl_seq_GET(seq, i)));
    return 0;
}

static int visit_try(ScopeTable *table, stmt_ty s)
{
    TRY(visit_stmts(table, s->v.Try.body));
    TRY(visit_stmts(table, s->v.Try.orelse));
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.Try.handlers); i < n; i++) {
        excepthandler_ty h = asdl_seq_GET(s->v.Try.handlers, i);
        if (h->v.ExceptHandler.type)
            TRY(visit_expr(table, h->v.ExceptHandler.type));
        if (h->v.ExceptHandler.name)
            TRY(define(table, h->v.ExceptHandler.name, DEF_LOCAL));
        TRY(visit_stmts(table, h->v.ExceptHandler.body));
    }
    return visit_stmts(table, s->v.Try.finalbody);
}

static int visit_with(ScopeTable *table, stmt_ty s)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.With.items); i < n; i++) {
        withitem_ty item = asdl_seq_GET(s->v.With.items, i);
        TRY(visit_expr(table, item->context_expr));
        if (item->optional_vars)
            TRY(visit_expr(table, item->optional_vars));
    }
    return visit_stmts(table, s->v.With.body);
}

static int visit_stmt_kind(ScopeTable *table, stmt_ty s)
{
    switch (s->kind) {
    case FunctionDef_kind:
    case AsyncFunctionDef_kind:
        return visit_function(table, s);
    case ClassDef_kind:
        return visit_class(table, s);
    case Return_kind:
        if (s->v.Return.value) {
            TRY(visit_expr(table, s->v.Return.value));
            table->current->returns_value = 1;
        }
        return 0;
    case Delete_kind:
        return visit_exprs(table, s->v.Delete.targets);
    case Assign_kind:
        TRY(visit_exprs(table, s->v.Assign.targets));
        return visit_expr(table, s->v.Assign.value);
    case AugAssign_kind:
        TRY(visit_expr(table, s->v.AugAssign.target));
        return visit_expr(table, s->v.AugAssign.value);
    case AnnAssign_kind:
        return visit_ann_assign(table, s);
    case For_kind:
    case AsyncFor_kind: /* same layout */
        TRY(visit_expr(table, s->v.For.target));
        TRY(visit_expr(table, s->v.For.iter));
        TRY(visit_stmts(table, s->v.For.body));
        return visit_stmts(table, s->v.For.orelse);
    case While_kind:
        TRY(visit_expr(table, s->v.While.test));
        TRY(visit_stmts(table, s->v.While.body));
        return visit_stmts(table, s->v.While.orelse);
    case If_kind:
        TRY(visit_expr(table, s->v.If.test));
        TRY(visit_stmts(table, s->v.If.body));
        return visit_stmts(table, s->v.If.orelse);
    case With_kind:
    case AsyncWith_kind: /* same layout */
        return visit_with(table, s);
    case Raise_kind:
        if (s->v.Raise.exc)
            TRY(visit_expr(table, s->v.Raise.exc));
        return s->v.Raise.exc && s->v.Raise.cause ? visit_expr(table, s->v.Raise.cause) : 0;
    case Try_kind:
        return visit_try(table, s);
    case Assert_kind:
        TRY(visit_expr(table, s->v.Assert.test));
        return s->v.Assert.msg ? visit_expr(table, s->v.Assert.msg) : 0;
    case Import_kind:
        return visit_aliases(table, s->v.Import.names);
    case ImportFrom_kind:
        return visit_aliases(table, s->v.ImportFrom.names);
    case Global_kind:
    case Nonlocal_kind:
        return visit_directive(table, s);
    case Expr_kind:
        return visit_expr(table, s->v.Expr.value);
    case Pass_kind:
    case Break_kind:
    case Continue_kind:
        return 0;
    }
    return 0;
}

static int visit_stmt(ScopeTable *table, stmt_ty s)
{
    if (too_deep(table))
        return -1;
    int result = visit_stmt_kind(table, s);
    table->depth--;
    return result;
}

/* ---- pass two ---- */

/* Every scope between scope and owner (both excluded) hands the free name on. */
static int pass_on(ScopeTable *table, Scope *scope, Scope *owner, PyObject *name)
{
    for (Scope *way = scope->parent; way != owner; way = way->parent) {
        NameSlot *slot = tai_names_find(&way->symbols, name);
        if (!slot) {
            if (!tai_names_add(&way->symbols, table->arena, name, FREE << SCOPE_OFFSET))
                return -1;
        }
        else if (way->type == ClassBlock && (slot->value & (DEF_BOUND | DEF_GLOBAL)))
            slot->value |= DEF_FREE_CLASS;
    }
    return 0;
}

/* The scope around `scope` that a free name is bound in, or NULL. *stopped says that a global declaration ended the search. */
static Scope *find_owner(Scope *scope, PyObject *name, PyObject *cls, int *stopped)
{
    *stopped = 0;
    for (Scope *outer = scope->parent; outer && outer->type != ModuleBlock; outer = outer->parent) {
        if (outer->type == ClassBlock) {
            if (name == cls)
                return outer;
            continue;
        }
        NameSlot *slot = tai_names_find(&outer->symbols, name);
        int where = slot ? (slot->value >> SCOPE_OFFSET) & SCOPE_MASK : 0;
        if (where == LOCAL || where == CELL)
            return outer;
        if (where == GLOBAL_EXPLICIT) {
            *stopped = 1;
            return NULL;
        }
    }
    return NULL;
}

static int make_free(ScopeTable *table, Scope *scope, Scope *owner, PyObject *name)
{
    scope->free = 1;
    if (owner->type == ClassBlock)
        owner->needs_class_closure = 1;
    else {
        NameSlot *slot = tai_names_find(&owner->symbols, name);
        slot->value = (slot->value & ~(SCOPE_MASK << SCOPE_OFFSET)) | (CELL << SCOPE_OFFSET);
    }
    return pass_on(table, scope, owner, name);
}

/* The scope (LOCAL…) of a name used in `scope` with these flags; -1 with an exception. */
static int resolve_name(ScopeTable *table, Scope *scope, PyObject *name, int flags, PyObject *cls)
{
    int stopped;
    if (flags & DEF_GLOBAL) {
        if (flags & DEF_NONLOCAL)
            return fail_directive(table, scope, "name '%U' is nonlocal and global", name);
        return GLOBAL_EXPLICIT;
    }
    if (flags & DEF_NONLOCAL) {
        if (scope->type == ModuleBlock)
            return fail_directive(table, scope, "nonlocal declaration not allowed at module level", name);
        Scope *owner = find_owner(scope, name, cls, &stopped);
        if (!owner)
            return fail_directive(table, scope, "no binding for nonlocal '%U' found", name);
        return make_free(table, scope, owner, name) < 0 ? -1 : FREE;
    }
    if (flags & DEF_BOUND)
        return LOCAL;
    Scope *owner = find_owner(scope, name, cls, &stopped);
    if (owner)
        return make_free(table, scope, owner, name) < 0 ? -1 : FREE;
    if (scope->nested && !stopped)
        scope->free = 1;
    return GLOBAL_IMPLICIT;
}

static int resolve(ScopeTable *table, Scope *scope, PyObject *cls)
{
    if (tai_tree_too_deep(" during compilation"))
        return -1;
    for (int i = 0, n = scope->symbols.count; i < n; i++) {
        int flags = scope->symbols.slots[i].value;
        int where = resolve_name(table, scope, scope->symbols.slots[i].key, flags, cls);
        if (where < 0)
            return -1;
        scope->symbols.slots[i].value |= where << SCOPE_OFFSET;
    }
    for (Scope *child = scope->first_child; child; child = child->next) {
        TRY(resolve(table, child, cls));
        if (child->free || child->child_free)
            scope->child_free = 1;
    }
    return 0;
}

/* ---- entry ---- */

static int visit_module(ScopeTable *table, mod_ty mod)
{
    switch (mod->kind) {
    case Module_kind:
        return visit_stmts(table, mod->v.Module.body);
    case Interactive_kind:
        return visit_stmts(table, mod->v.Interactive.body);
    case Expression_kind:
        return visit_expr(table, mod->v.Expression.body);
    case Suite_kind:
        PyErr_SetString(PyExc_RuntimeError, "this compiler does not handle Suites");
        return -1;
    case FunctionType_kind:
        PyErr_SetString(PyExc_RuntimeError, "this compiler does not handle FunctionTypes");
        return -1;
    }
    return 0;
}

int tai_scopes_build(ScopeTable *table, mod_ty mod, PyObject *filename, PyArena *arena)
{
    _Py_IDENTIFIER(top);
    PyObject *name = _PyUnicode_FromId(&PyId_top), *cls = _PyUnicode_FromId(&PyId___class__);
    if (!name || !cls)
        return -1;
    int limit = Py_GetRecursionLimit(), used = PyThreadState_GET()->recursion_depth;
    memset(table, 0, sizeof(*table));
    table->arena = arena;
    table->filename = filename;
    table->depth = used < INT_MAX / LEVELS_PER_FRAME ? used * LEVELS_PER_FRAME : used;
    table->depth_limit = limit > INT_MAX / LEVELS_PER_FRAME ? INT_MAX : limit * LEVELS_PER_FRAME;
    TRY(open_scope(table, name, ModuleBlock, mod, 0, 0));
    table->top = table->current;
    TRY(visit_module(table, mod));
    table->current = NULL;
    return resolve(table, table->top, cls);
}
