/* SPDX-License-Identifier: MIT */
/* compile: tree -> code object. Entry points, units, and the module level.
 *
 * The steps: future statements, constant folding (on the tree, in place), scopes, then code, unit by unit: a unit is opened where the
 * tree opens a scope, and closing it makes its code object.
 * Tests: tests/frontend/test_cases.py, tools/compare_code, which compares with another interpreter, file by file.
 */
#include "frontend/compiler.h"
#include "frontend/fold.h"
#include "frontend/future.h"

/* ---- units ---- */

/* The dotted path to a new unit's object; see PEP 3155. NULL with an exception. */
static PyObject *make_qualname(Compiler *c, Unit *u)
{
    Unit *outer = u->outer;
    PyObject *result;
    int named = u->kind == UNIT_FUNCTION || u->kind == UNIT_ASYNC_FUNCTION || u->kind == UNIT_CLASS;
    if (named && outer->outer) {
        PyObject *mangled = tai_mangle(c->arena, outer->owner, u->name);
        if (!mangled)
            return NULL;
        if (tai_scope_lookup(outer->scope, mangled) == GLOBAL_EXPLICIT)
            return u->name;
    }
    if (!outer->outer)
        return u->name;
    int locals = outer->kind == UNIT_FUNCTION || outer->kind == UNIT_ASYNC_FUNCTION || outer->kind == UNIT_LAMBDA;
    result = PyUnicode_FromFormat(locals ? "%U.<locals>.%U" : "%U.%U", outer->qualname, u->name);
    if (result)
        PyUnicode_InternInPlace(&result);
    return tai_keep(c, result) < 0 ? NULL : result;
}

static int compare_names(const void *a, const void *b)
{
    return PyUnicode_Compare(*(PyObject *const *)a, *(PyObject *const *)b);
}

/* The scope's names that are of this kind (or carry this flag), sorted, as indices from base on. */
static int collect(Compiler *c, NameMap *map, const Scope *scope, int kind, int flag, int base)
{
    int n = 0;
    PyObject **names = PyMem_Malloc((scope->symbols.count + 1) * sizeof(PyObject *));
    if (!names) {
        PyErr_NoMemory();
        return -1;
    }
    for (int i = 0; i < scope->symbols.count; i++) {
        int value = scope->symbols.slots[i].value;
        if (((value >> SCOPE_OFFSET) & SCOPE_MASK) == kind || (value & flag))
            names[n++] = scope->symbols.slots[i].key;
    }
    qsort(names, n, sizeof(PyObject *), compare_names);
    int failed = 0;
    for (int i = 0; i < n && !failed; i++)
        failed = tai_names_add(map, c->arena, names[i], base + i) ? 0 : -1;
    PyMem_Free(names);
    return failed;
}

static int collect_variables(Compiler *c, Unit *u)
{
    _Py_IDENTIFIER(__class__);
    Scope *scope = u->scope;
    for (int i = 0; i < scope->params.count; i++)
        if (!tai_names_add(&u->varnames, c->arena, scope->params.slots[i].key, i))
            return -1;
    TRY(collect(c, &u->cellvars, scope, CELL, 0, 0));
    if (scope->needs_class_closure) {
        PyObject *cls = _PyUnicode_FromId(&PyId___class__);
        if (!cls || !tai_names_add(&u->cellvars, c->arena, cls, 0))
            return -1;
    }
    return collect(c, &u->freevars, scope, FREE, DEF_FREE_CLASS, u->cellvars.count);
}

int tai_unit_open(Compiler *c, PyObject *name, UnitKind kind, void *tree_node, int line)
{
    Unit *u = PyArena_Malloc(c->arena, sizeof(Unit));
    if (!u)
        return -1;
    memset(u, 0, sizeof(Unit));
    u->kind = kind;
    u->name = name;
    u->outer = c->unit;
    u->first_line = line;
    u->owner = c->unit ? c->unit->owner : NULL;
    u->scope = tai_scope_of(&c->scopes, tree_node);
    if (!u->scope) {
        PyErr_SetString(PyExc_SystemError, "a tree node has no scope");
        return -1;
    }
    TRY(collect_variables(c, u));
    if (u->outer && !(u->qualname = make_qualname(c, u)))
        return -1;
    c->unit = u;
    c->nesting++;
    return 0;
}

PyObject *tai_unit_close(Compiler *c, int add_none)
{
    PyObject *code = Py_None;
    if (!c->silent) {
        code = (PyObject *)tai_assemble(c, add_none);
        if (tai_keep(c, code) < 0)
            return NULL;
    }
    c->nesting--;
    c->unit = c->unit->outer;
    return code;
}

int tai_top_level_await(const Compiler *c)
{
    return (c->flags->cf_flags & PyCF_ALLOW_TOP_LEVEL_AWAIT) && c->unit->scope->type == ModuleBlock;
}

/* ---- modules and class bodies ---- */

/* Whether a body annotates a variable outside of nested functions and classes. */
static int has_annotations(asdl_seq *stmts)
{
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(stmts); i < n; i++) {
        stmt_ty s = asdl_seq_GET(stmts, i);
        int found = 0;
        switch (s->kind) {
        case AnnAssign_kind:
            return 1;
        case For_kind:
        case AsyncFor_kind:
            found = has_annotations(s->v.For.body) || has_annotations(s->v.For.orelse);
            break;
        case While_kind:
        case If_kind:
            found = has_annotations(s->v.If.body) || has_annotations(s->v.If.orelse);
            break;
        case With_kind:
        case AsyncWith_kind:
            found = has_annotations(s->v.With.body);
            break;
        case Try_kind:
            for (Py_ssize_t j = 0, m = asdl_seq_LEN(s->v.Try.handlers); j < m && !found; j++)
                found = has_annotations(((excepthandler_ty)asdl_seq_GET(s->v.Try.handlers, j))->v.ExceptHandler.body);
            found = found || has_annotations(s->v.Try.body) || has_annotations(s->v.Try.finalbody) ||
                    has_annotations(s->v.Try.orelse);
            break;
        default:
            break;
        }
        if (found)
            return 1;
    }
    return 0;
}

/* A body with a docstring, which becomes __doc__. */
int tai_compile_body(Compiler *c, asdl_seq *stmts)
{
    _Py_IDENTIFIER(__doc__);
    Py_ssize_t i = 0, n = asdl_seq_LEN(stmts);
    if (c->unit->kind == UNIT_MODULE && !c->unit->line && n)
        c->unit->line = ((stmt_ty)asdl_seq_GET(stmts, 0))->lineno;
    if (has_annotations(stmts))
        TRY(tai_emit(c, SETUP_ANNOTATIONS));
    if (n && c->optimize < 2 && _PyAST_GetDocString(stmts)) {
        PyObject *doc = _PyUnicode_FromId(&PyId___doc__);
        if (!doc)
            return -1;
        TRY(tai_compile_expr(c, ((stmt_ty)asdl_seq_GET(stmts, 0))->v.Expr.value));
        TRY(tai_emit_variable(c, doc, Store));
        i = 1;
    }
    for (; i < n; i++)
        TRY(tai_compile_stmt(c, asdl_seq_GET(stmts, i)));
    return 0;
}

static int compile_module(Compiler *c, mod_ty mod)
{
    switch (mod->kind) {
    case Module_kind:
        return tai_compile_body(c, mod->v.Module.body);
    case Interactive_kind:
        if (has_annotations(mod->v.Interactive.body))
            TRY(tai_emit(c, SETUP_ANNOTATIONS));
        c->interactive = 1;
        return tai_compile_stmts(c, mod->v.Interactive.body);
    case Expression_kind:
        return tai_compile_expr(c, mod->v.Expression.body);
    default:
        PyErr_Format(PyExc_SystemError, "module kind %d should not be possible", mod->kind);
        return -1;
    }
}

/* The code object of mod (borrowed from the arena), or NULL. */
static PyObject *compile_all(Compiler *c, mod_ty mod)
{
    _Py_static_string(PyId_module, "<module>");
    PyObject *name = _PyUnicode_FromId(&PyId_module);
    if (!name || tai_fold(mod, c->arena, c->optimize) < 0 ||
        tai_scopes_build(&c->scopes, mod, c->filename, c->arena) < 0 || tai_unit_open(c, name, UNIT_MODULE, mod, 0) < 0 ||
        compile_module(c, mod) < 0)
        return NULL;
    return tai_unit_close(c, mod->kind != Expression_kind);
}

static PyCodeObject *compile_tree(Compiler c, mod_ty mod, int optimize)
{
    c.future = PyFuture_FromASTObject(mod, c.filename);
    if (!c.future)
        return NULL;
    c.future->ff_features |= c.flags->cf_flags;
    c.flags->cf_flags = c.future->ff_features;
    c.optimize = optimize < 0 ? Py_OptimizeFlag : optimize;
    PyObject *code = compile_all(&c, mod);
    PyObject_Free(c.future);
    Py_XINCREF(code);
    return (PyCodeObject *)code;
}

PyCodeObject *PyAST_CompileObject(struct _mod *mod, PyObject *filename, PyCompilerFlags *flags, int optimize, PyArena *arena)
{
    PyCompilerFlags own = _PyCompilerFlags_INIT;
    return compile_tree((Compiler){.arena = arena, .filename = filename, .flags = flags ? flags : &own}, mod, optimize);
}

void tai_compile_for_places(mod_ty mod, PyObject *filename, PyCompilerFlags *flags, PyArena *arena, struct TaiPlace *places, int count)
{
    Compiler c = {.arena = arena, .filename = filename, .flags = flags, .places = places, .place_count = count};
    Py_XDECREF(compile_tree(c, mod, -1));
}

PyCodeObject *PyAST_CompileEx(struct _mod *mod, const char *filename, PyCompilerFlags *flags, int optimize, PyArena *arena)
{
    PyObject *name = PyUnicode_DecodeFSDefault(filename);
    PyCodeObject *code = name ? PyAST_CompileObject(mod, name, flags, optimize, arena) : NULL;
    Py_XDECREF(name);
    return code;
}
#undef PyAST_Compile
PyAPI_FUNC(PyCodeObject *) PyAST_Compile(struct _mod *mod, const char *filename, PyCompilerFlags *flags, PyArena *arena);
PyCodeObject *PyAST_Compile(struct _mod *mod, const char *filename, PyCompilerFlags *flags, PyArena *arena)
{
    return PyAST_CompileEx(mod, filename, flags, -1, arena);
}
