/* SPDX-License-Identifier: MIT */
/* compiler: what the files of the code generator share.
 *
 *   compile.c     entry points, units (one per code object), the module level
 *   comp_stmt.c   statements        comp_flow.c   loops, try, with
 *   comp_expr.c   expressions       comp_func.c   functions, classes, comprehensions
 *   emit.c        instructions, names and constants of the unit under construction
 *   assemble.c    instructions -> code object       peephole.c  rewrites finished wordcode
 *
 * A unit's instructions stand in one array, in the order of the finished code; a jump names a label, a label an index in that array.
 * Functions return 0, or -1 with an exception set. Memory is the arena's.
 */
#ifndef TAI_FRONTEND_COMPILER_H
#define TAI_FRONTEND_COMPILER_H

#include "frontend/parse.h"
#include "frontend/scope.h"
#include "opcode.h"

typedef int Label;
enum { NO_LABEL = -1 };

typedef struct Ins {
    unsigned char op;
    unsigned char jump; /* JUMP_NONE, or how arg is to be made from the label it holds */
    int arg;
    int line;           /* source line that starts here, 0 if it is that of the instruction before */
    expr_ty expr;       /* the expression that it computes a part of, NULL in a statement outside of any */
} Ins;
enum { JUMP_NONE, JUMP_REL, JUMP_ABS };

typedef enum UnitKind { UNIT_MODULE, UNIT_CLASS, UNIT_FUNCTION, UNIT_ASYNC_FUNCTION, UNIT_LAMBDA, UNIT_COMPREHENSION } UnitKind;

/* A syntactic block that break, continue and return have to leave in good order. */
typedef enum FlowKind {
    FLOW_WHILE, FLOW_FOR,
    FLOW_EXCEPT,        /* the body of try … except */
    FLOW_FINALLY_TRY,   /* the body of try … finally; the finally block stays balanced */
    FLOW_FINALLY_TRY2,  /* the same; a placeholder lies below, because the finally block jumps or returns */
    FLOW_FINALLY,       /* a finally block */
    FLOW_WITH, FLOW_ASYNC_WITH,
    FLOW_HANDLER        /* an except handler */
} FlowKind;

typedef struct Flow {
    FlowKind kind;
    Label start, exit;
    int left;           /* a jump or return has gone out of it */
} Flow;

typedef struct Unit {
    struct Unit *outer;
    UnitKind kind;
    Scope *scope;
    PyObject *name, *qualname; /* qualname NULL for a module */
    PyObject *owner;           /* class that mangles private names, or NULL */
    int argcount, posonlyargcount, kwonlyargcount;
    int first_line, line, column;
    expr_ty expr;              /* under compilation, or NULL */
    int line_marked;           /* an instruction carries `line` already */
    NameMap consts, names, varnames, cellvars, freevars;
    Ins *code;
    int count, room;
    int *labels;               /* index of the instruction at each label, -1 while unknown */
    int label_count, label_room;
    int empty_entry;           /* a block began before the first instruction */
    int returned;              /* the current block holds a RETURN_VALUE */
    Flow flows[CO_MAXBLOCKS];
    int flow_count;
} Unit;

/* All constants of a compilation, each once: equal in type and value is the same object. */
typedef struct ConstPool {
    PyObject **items;
    size_t *hashes;
    size_t mask, count;
} ConstPool;

typedef struct Compiler {
    PyArena *arena;
    PyObject *filename;
    PyFutureFeatures *future;
    PyCompilerFlags *flags;
    int optimize;
    int interactive;
    int nesting;               /* units open */
    int silent;                /* > 0: code that cannot run is only checked */
    struct TaiPlace *places;   /* questions to answer, or NULL (frontend/places.h) */
    int place_count;
    Unit *unit;
    ScopeTable scopes;
    ConstPool pool;
} Compiler;

#define TRY(call)       \
    do {                \
        if ((call) < 0) \
            return -1;  \
    } while (0)

/* emit.c */
int tai_emit(Compiler *c, int op);
int tai_emit_arg(Compiler *c, int op, Py_ssize_t arg);
int tai_emit_jump(Compiler *c, int op, Label target);
int tai_emit_const(Compiler *c, PyObject *value);                /* LOAD_CONST; value borrowed */
int tai_emit_new_const(Compiler *c, PyObject *value);            /* the same; steals value, NULL is an error passed on */
int tai_emit_name(Compiler *c, int op, PyObject *name);          /* op with an index in co_names; mangles */
int tai_emit_variable(Compiler *c, PyObject *name, expr_context_ty ctx); /* load, store or delete by scope */
Label tai_label_new(Compiler *c);                                /* -1 with an exception */
void tai_label_here(Compiler *c, Label label);
void tai_block_next(Compiler *c);
int tai_const_index(Compiler *c, PyObject *value);
PyObject *tai_const_unique(Compiler *c, PyObject *value);        /* borrowed */
int tai_keep(Compiler *c, PyObject *value);                      /* arena owns value (stolen) */
int tai_fail(Compiler *c, const char *message);                  /* SyntaxError at the unit's line and column; -1 */
int tai_warn(Compiler *c, const char *format, ...);              /* SyntaxWarning */

/* compile.c */
int tai_unit_open(Compiler *c, PyObject *name, UnitKind kind, void *node, int line);
PyObject *tai_unit_close(Compiler *c, int add_none);             /* the code object, borrowed; None while silent */
int tai_compile_body(Compiler *c, asdl_seq *stmts);
/* Compile mod only to answer the questions. Leaves an exception if that fails. */
void tai_compile_for_places(mod_ty mod, PyObject *filename, PyCompilerFlags *flags, PyArena *arena, struct TaiPlace *places, int count);

/* assemble.c */
PyCodeObject *tai_assemble(Compiler *c, int add_none);           /* new */

/* comp_*.c */
int tai_compile_stmt(Compiler *c, stmt_ty s);
int tai_compile_stmts(Compiler *c, asdl_seq *seq);
int tai_compile_expr(Compiler *c, expr_ty e);
int tai_compile_exprs(Compiler *c, asdl_seq *seq);
int tai_compile_jump_if(Compiler *c, expr_ty e, Label target, int condition);
int tai_compile_call(Compiler *c, int pushed, asdl_seq *args, asdl_seq *keywords);
int tai_compile_function(Compiler *c, stmt_ty s);
int tai_compile_class(Compiler *c, stmt_ty s);
int tai_compile_lambda(Compiler *c, expr_ty e);
int tai_compile_comprehension(Compiler *c, expr_ty e);
int tai_compile_flow(Compiler *c, stmt_ty s);                    /* if, loops, break, continue, return, try, with */
int tai_compile_annotation(Compiler *c, expr_ty annotation);
int tai_top_level_await(const Compiler *c);

/* peephole.c: improve count code units in place; the new count, or -1 with an exception. consts is a list. *moved (moved may be NULL) is
 * set to an array of the arena: how many new units stand before each old one; to NULL if nothing moved. */
Py_ssize_t tai_peephole(unsigned char *code, Py_ssize_t units, PyObject *consts, unsigned char *lines, Py_ssize_t lines_size,
                        PyArena *arena, int **moved);

/* stack_effect.c */
int tai_stack_effect(int op, int arg, int jump);                 /* jump: 0 not taken, 1 taken, -1 the larger */

#endif
