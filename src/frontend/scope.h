/* SPDX-License-Identifier: MIT */
/* scope: which name lives where. The compiler's own form of the symbol table (symtable.c makes the public objects from it). */
#ifndef TAI_FRONTEND_SCOPE_H
#define TAI_FRONTEND_SCOPE_H

#include "frontend/names.h"
#include "frontend/tree.h"
#include "symtable.h"

/* A `global` or `nonlocal` statement, kept for error messages. */
typedef struct Directive {
    struct Directive *next;
    PyObject *name; /* mangled */
    int line, column;
} Directive;

typedef struct Scope {
    void *node; /* the tree node that opens it */
    struct Scope *parent, *first_child, *last_child, *next; /* next: the parent's next child */
    PyObject *name;
    NameMap symbols; /* name -> DEF_… and USE flags, and its scope (LOCAL…) shifted by SCOPE_OFFSET */
    NameMap params;  /* parameters in order, without repetitions */
    Directive *directives;
    _Py_block_ty type;
    int line, column;
    int in_comp_iter; /* depth of comprehension iterables being visited */
    unsigned nested : 1, free : 1, child_free : 1, generator : 1, coroutine : 1, comprehension : 1, varargs : 1,
        varkeywords : 1, returns_value : 1, needs_class_closure : 1, in_comp_target : 1;
} Scope;

typedef struct ScopeTable {
    PyArena *arena;
    PyObject *filename; /* borrowed */
    Scope *top, *current;
    NameMap by_node;    /* node -> index in scopes */
    Scope **scopes;
    int count, room;
    PyObject *owner;    /* class whose private names are mangled, or NULL */
    int depth, depth_limit;
} ScopeTable;

/* Visit the tree and decide every name's scope. 0, or -1 with an exception. */
int tai_scopes_build(ScopeTable *table, mod_ty mod, PyObject *filename, PyArena *arena);
/* The scope that a node opens. */
Scope *tai_scope_of(const ScopeTable *table, const void *node);
/* LOCAL, GLOBAL_EXPLICIT, GLOBAL_IMPLICIT, FREE, CELL; 0 if the scope does not know the name (already mangled). */
int tai_scope_lookup(const Scope *scope, PyObject *name);

#endif
