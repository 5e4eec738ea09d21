/* SPDX-License-Identifier: MIT */
/* comp_func: code for functions, lambdas, classes and comprehensions: whatever opens a unit of its own.
 *
 * While the compiler is silent their bodies are compiled all the same (their errors count), but nothing is built from them.
 * Tests: tests/frontend/test_cases.py, tools/compare_code.
 */
#include "frontend/compiler.h"

_Py_IDENTIFIER(__class__);

enum { HAS_DEFAULTS = 1, HAS_KWDEFAULTS = 2, HAS_ANNOTATIONS = 4, HAS_CLOSURE = 8 };

/* ---- making function objects ---- */

static int emit_closure(Compiler *c, PyObject *name)
{
    PyObject *cls = _PyUnicode_FromId(&PyId___class__);
    if (!cls)
        return -1;
    Unit *u = c->unit;
    int cell = (u->kind == UNIT_CLASS && name == cls) || tai_scope_lookup(u->scope, name) == CELL;
    NameSlot *slot = tai_names_find(cell ? &u->cellvars : &u->freevars, name);
    if (!slot) {
        PyErr_Format(PyExc_SystemError, "variable %R of %R is in no enclosing scope", name, u->name);
        return -1;
    }
    return tai_emit_arg(c, LOAD_CLOSURE, slot->value);
}

/* A function object from a code object; what flags say lies on the stack. */
static int make_function(Compiler *c, PyObject *code, int flags, PyObject *qualname)
{
    if (c->silent)
        return 0;
    PyObject *free = ((PyCodeObject *)code)->co_freevars;
    Py_ssize_t n = PyTuple_GET_SIZE(free);
    for (Py_ssize_t i = 0; i < n; i++)
        TRY(emit_closure(c, PyTuple_GET_ITEM(free, i)));
    if (n) {
        flags |= HAS_CLOSURE;
        TRY(tai_emit_arg(c, BUILD_TUPLE, n));
    }
    TRY(tai_emit_const(c, code));
    TRY(tai_emit_const(c, qualname));
    return tai_emit_arg(c, MAKE_FUNCTION, flags);
}

/* ---- parameters ---- */

/* A growing tuple of names for BUILD_CONST_KEY_MAP. */
static int push_mangled(Compiler *c, PyObject *list, PyObject *name)
{
    PyObject *mangled = tai_mangle(c->arena, c->unit->owner, name);
    return mangled ? PyList_Append(list, mangled) : -1;
}

/* Emit the keys gathered in list (stolen) and the dict; flag if there were any, 0 if not, -1 on error. */
static int finish_names(Compiler *c, PyObject *list, int flag)
{
    Py_ssize_t n = PyList_GET_SIZE(list);
    PyObject *keys = n ? PyList_AsTuple(list) : NULL;
    Py_DECREF(list);
    if (!n)
        return 0;
    TRY(tai_emit_new_const(c, keys));
    TRY(tai_emit_arg(c, BUILD_CONST_KEY_MAP, n));
    return flag;
}

static int compile_kwdefaults(Compiler *c, asdl_seq *params, asdl_seq *defaults)
{
    PyObject *names = PyList_New(0);
    if (!names)
        return -1;
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(params); i < n; i++) {
        expr_ty value = asdl_seq_GET(defaults, i);
        if (value && (push_mangled(c, names, ((arg_ty)asdl_seq_GET(params, i))->arg) < 0 || tai_compile_expr(c, value) < 0)) {
            Py_DECREF(names);
            return -1;
        }
    }
    return finish_names(c, names, HAS_KWDEFAULTS);
}

/* Flags for MAKE_FUNCTION, or -1. */
static int compile_defaults(Compiler *c, arguments_ty a)
{
    int flags = 0, more = 0;
    if (asdl_seq_LEN(a->defaults)) {
        TRY(tai_compile_exprs(c, a->defaults));
        TRY(tai_emit_arg(c, BUILD_TUPLE, asdl_seq_LEN(a->defaults)));
        flags = HAS_DEFAULTS;
    }
    if (asdl_seq_LEN(a->kwonlyargs))
        more = compile_kwdefaults(c, a->kwonlyargs, a->kw_defaults);
    return more < 0 ? -1 : flags | more;
}

int tai_compile_annotation(Compiler *c, expr_ty annotation)
{
    if (c->future->ff_features & CO_FUTURE_ANNOTATIONS)
        return tai_emit_new_const(c, _PyAST_ExprAsUnicode(annotation));
    return tai_compile_expr(c, annotation);
}

static int compile_one_annotation(Compiler *c, PyObject *names, PyObject *name, expr_ty annotation)
{
    if (!annotation)
        return 0;
    TRY(tai_compile_annotation(c, annotation));
    return push_mangled(c, names, name);
}

static int compile_arg_annotations(Compiler *c, PyObject *names, asdl_seq *args)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(args); i < n; i++) {
        arg_ty a = asdl_seq_GET(args, i);
        TRY(compile_one_annotation(c, names, a->arg, a->annotation));
    }
    return 0;
}

static int compile_all_annotations(Compiler *c, PyObject *names, arguments_ty a, expr_ty returns)
{
    _Py_IDENTIFIER(return);
    PyObject *return_name = _PyUnicode_FromId(&PyId_return);
    if (!return_name)
        return -1;
    TRY(compile_arg_annotations(c, names, a->args));
    TRY(compile_arg_annotations(c, names, a->posonlyargs));
    if (a->vararg)
        TRY(compile_one_annotation(c, names, a->vararg->arg, a->vararg->annotation));
    TRY(compile_arg_annotations(c, names, a->kwonlyargs));
    if (a->kwarg)
        TRY(compile_one_annotation(c, names, a->kwarg->arg, a->kwarg->annotation));
    return compile_one_annotation(c, names, return_name, returns);
}

static int compile_annotations(Compiler *c, arguments_ty a, expr_ty returns)
{
    PyObject *names = PyList_New(0);
    if (!names)
        return -1;
    if (compile_all_annotations(c, names, a, returns) < 0) {
        Py_DECREF(names);
        return -1;
    }
    return finish_names(c, names, HAS_ANNOTATIONS);
}

static void count_parameters(Unit *u, arguments_ty a)
{
    u->argcount = (int)asdl_seq_LEN(a->args);
    u->posonlyargcount = (int)asdl_seq_LEN(a->posonlyargs);
    u->kwonlyargcount = (int)asdl_seq_LEN(a->kwonlyargs);
}

/* ---- functions ---- */

static int first_line_of(stmt_ty s, asdl_seq *decorators)
{
    return asdl_seq_LEN(decorators) ? ((expr_ty)asdl_seq_GET(decorators, 0))->lineno : s->lineno;
}

static int apply_decorators(Compiler *c, asdl_seq *decorators)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(decorators); i < n; i++)
        TRY(tai_emit_arg(c, CALL_FUNCTION, 1));
    return 0;
}

int tai_compile_function(Compiler *c, stmt_ty s)
{
    __typeof__(s->v.FunctionDef) *def = &s->v.FunctionDef; /* AsyncFunctionDef has the same layout */
    TRY(tai_compile_exprs(c, def->decorator_list));
    int flags = compile_defaults(c, def->args);
    int annotated = flags < 0 ? -1 : compile_annotations(c, def->args, def->returns);
    if (annotated < 0)
        return -1;
    TRY(tai_unit_open(c, def->name, s->kind == FunctionDef_kind ? UNIT_FUNCTION : UNIT_ASYNC_FUNCTION, s,
                      first_line_of(s, def->decorator_list)));
    PyObject *doc = c->optimize < 2 ? _PyAST_GetDocString(def->body) : NULL;
    TRY(tai_const_index(c, doc ? doc : Py_None));
    count_parameters(c->unit, def->args);
    TRY(tai_compile_stmts(c, def->body));
    PyObject *qualname = c->unit->qualname, *code = tai_unit_close(c, 1);
    if (!code)
        return -1;
    TRY(make_function(c, code, flags | annotated, qualname));
    TRY(apply_decorators(c, def->decorator_list));
    return tai_emit_variable(c, def->name, Store);
}

int tai_compile_lambda(Compiler *c, expr_ty e)
{
    _Py_static_string(PyId_name, "<lambda>");
    PyObject *name = _PyUnicode_FromId(&PyId_name);
    int flags = name ? compile_defaults(c, e->v.Lambda.args) : -1;
    if (flags < 0)
        return -1;
    TRY(tai_unit_open(c, name, UNIT_LAMBDA, e, e->lineno));
    TRY(tai_const_index(c, Py_None)); /* the first constant is the docstring */
    count_parameters(c->unit, e->v.Lambda.args);
    TRY(tai_compile_expr(c, e->v.Lambda.body));
    int generator = c->unit->scope->generator;
    if (!generator)
        TRY(tai_emit(c, RETURN_VALUE));
    PyObject *qualname = c->unit->qualname, *code = tai_unit_close(c, !generator);
    return code ? make_function(c, code, flags, qualname) : -1;
}

/* ---- classes ---- */

static int compile_class_body(Compiler *c, stmt_ty s)
{
    _Py_IDENTIFIER(__name__);
    _Py_IDENTIFIER(__module__);
    _Py_IDENTIFIER(__qualname__);
    _Py_IDENTIFIER(__classcell__);
    PyObject *name = _PyUnicode_FromId(&PyId___name__), *module = _PyUnicode_FromId(&PyId___module__),
             *qualname = _PyUnicode_FromId(&PyId___qualname__), *cell = _PyUnicode_FromId(&PyId___classcell__),
             *cls = _PyUnicode_FromId(&PyId___class__);
    if (!name || !module || !qualname || !cell || !cls)
        return -1;
    c->unit->owner = s->v.ClassDef.name;
    TRY(tai_emit_variable(c, name, Load));
    TRY(tai_emit_variable(c, module, Store));
    TRY(tai_emit_const(c, c->unit->qualname));
    TRY(tai_emit_variable(c, qualname, Store));
    TRY(tai_compile_body(c, s->v.ClassDef.body));
    if (c->unit->scope->needs_class_closure) {
        TRY(tai_emit_arg(c, LOAD_CLOSURE, tai_names_find(&c->unit->cellvars, cls)->value));
        TRY(tai_emit(c, DUP_TOP));
        TRY(tai_emit_variable(c, cell, Store));
    }
    else
        TRY(tai_emit_const(c, Py_None));
    return tai_emit(c, RETURN_VALUE);
}

int tai_compile_class(Compiler *c, stmt_ty s)
{
    asdl_seq *decorators = s->v.ClassDef.decorator_list;
    TRY(tai_compile_exprs(c, decorators));
    TRY(tai_unit_open(c, s->v.ClassDef.name, UNIT_CLASS, s, first_line_of(s, decorators)));
    TRY(compile_class_body(c, s));
    PyObject *code = tai_unit_close(c, 1);
    if (!code)
        return -1;
    TRY(tai_emit(c, LOAD_BUILD_CLASS));
    TRY(make_function(c, code, 0, s->v.ClassDef.name));
    TRY(tai_emit_const(c, s->v.ClassDef.name));
    TRY(tai_compile_call(c, 2, s->v.ClassDef.bases, s->v.ClassDef.keywords));
    TRY(apply_decorators(c, decorators));
    return tai_emit_variable(c, s->v.ClassDef.name, Store);
}

/* ---- comprehensions ---- */

typedef struct {
    int kind; /* of the expression */
    expr_ty elt, value;
    asdl_seq *generators;
} Comp;

/* What happens with each element; depth counts the loops around it. */
static int compile_element(Compiler *c, const Comp *comp, Py_ssize_t depth)
{
    TRY(tai_compile_expr(c, comp->elt));
    switch (comp->kind) {
    case GeneratorExp_kind:
        TRY(tai_emit(c, YIELD_VALUE));
        return tai_emit(c, POP_TOP);
    case ListComp_kind:
        return tai_emit_arg(c, LIST_APPEND, depth + 1);
    case SetComp_kind:
        return tai_emit_arg(c, SET_ADD, depth + 1);
    default:
        TRY(tai_compile_expr(c, comp->value));
        return tai_emit_arg(c, MAP_ADD, depth + 1);
    }
}

static int compile_generator(Compiler *c, const Comp *comp, Py_ssize_t index)
{
    comprehension_ty gen = asdl_seq_GET(comp->generators, index);
    Label start = tai_label_new(c), next = tai_label_new(c), end = tai_label_new(c);
    if (start < 0 || next < 0 || end < 0)
        return -1;
    if (index == 0) {
        c->unit->argcount = 1;
        TRY(tai_emit_arg(c, LOAD_FAST, 0));
    }
    else {
        TRY(tai_compile_expr(c, gen->iter));
        TRY(tai_emit(c, gen->is_async ? GET_AITER : GET_ITER));
    }
    tai_label_here(c, start);
    if (gen->is_async) {
        TRY(tai_emit_jump(c, SETUP_FINALLY, end));
        TRY(tai_emit(c, GET_ANEXT));
        TRY(tai_emit_const(c, Py_None));
        TRY(tai_emit(c, YIELD_FROM));
        TRY(tai_emit(c, POP_BLOCK));
    }
    else
        TRY(tai_emit_jump(c, FOR_ITER, end));
    tai_block_next(c);
    TRY(tai_compile_expr(c, gen->target));
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(gen->ifs); i < n; i++) {
        TRY(tai_compile_jump_if(c, asdl_seq_GET(gen->ifs, i), next, 0));
        tai_block_next(c);
    }
    if (index + 1 < asdl_seq_LEN(comp->generators))
        TRY(compile_generator(c, comp, index + 1));
    else
        TRY(compile_element(c, comp, index + 1));
    tai_label_here(c, next);
    TRY(tai_emit_jump(c, JUMP_ABSOLUTE, start));
    tai_label_here(c, end);
    return gen->is_async ? tai_emit(c, END_ASYNC_FOR) : 0;
}

/* The name, kind and parts of a comprehension; all but dicts have the same layout. */
static PyObject *comp_parts(expr_ty e, Comp *comp)
{
    _Py_static_string(PyId_list, "<listcomp>");
    _Py_static_string(PyId_set, "<setcomp>");
    _Py_static_string(PyId_dict, "<dictcomp>");
    _Py_static_string(PyId_generator, "<genexpr>");
    if (e->kind == DictComp_kind) {
        *comp = (Comp){e->kind, e->v.DictComp.key, e->v.DictComp.value, e->v.DictComp.generators};
        return _PyUnicode_FromId(&PyId_dict);
    }
    *comp = (Comp){e->kind, e->v.ListComp.elt, NULL, e->v.ListComp.generators};
    return _PyUnicode_FromId(e->kind == ListComp_kind ? &PyId_list : e->kind == SetComp_kind ? &PyId_set : &PyId_generator);
}

static int compile_comp_body(Compiler *c, const Comp *comp, int awaitable)
{
    if (comp->kind != GeneratorExp_kind) {
        if (c->unit->scope->coroutine && !awaitable)
            return tai_fail(c, "asynchronous comprehension outside of an asynchronous function");
        TRY(tai_emit_arg(c, comp->kind == ListComp_kind ? BUILD_LIST : comp->kind == SetComp_kind ? BUILD_SET : BUILD_MAP, 0));
    }
    TRY(compile_generator(c, comp, 0));
    return comp->kind == GeneratorExp_kind ? 0 : tai_emit(c, RETURN_VALUE);
}

int tai_compile_comprehension(Compiler *c, expr_ty e)
{
    Comp comp;
    PyObject *name = comp_parts(e, &comp);
    if (!name)
        return -1;
    Scope *around = c->unit->scope;
    int top = tai_top_level_await(c), awaitable = around->coroutine || top;
    TRY(tai_unit_open(c, name, UNIT_COMPREHENSION, e, e->lineno));
    int is_async = c->unit->scope->coroutine;
    if (top && is_async)
        around->coroutine = 1;
    TRY(compile_comp_body(c, &comp, awaitable));
    PyObject *qualname = c->unit->qualname, *code = tai_unit_close(c, 1);
    if (!code)
        return -1;
    TRY(make_function(c, code, 0, qualname));
    comprehension_ty outer = asdl_seq_GET(comp.generators, 0);
    TRY(tai_compile_expr(c, outer->iter));
    TRY(tai_emit(c, outer->is_async ? GET_AITER : GET_ITER));
    TRY(tai_emit_arg(c, CALL_FUNCTION, 1));
    if (!is_async || comp.kind == GeneratorExp_kind)
        return 0;
    TRY(tai_emit(c, GET_AWAITABLE));
    TRY(tai_emit_const(c, Py_None));
    return tai_emit(c, YIELD_FROM);
}
