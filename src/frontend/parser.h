/* SPDX-License-Identifier: MIT */
/* parser: what the files of the parser share.
 *
 *   parse.c         entry points, errors, lists, names     parse_expr.c    expressions
 *   parse_stmt.c    statements                             parse_call.c    arguments, parameters, comprehensions
 *   parse_string.c  numbers, strings, f-strings
 *
 * One token is looked at at a time (parser->token), as the grammar of 3.8 is LL(1); it is replaced only when it fits. So a
 * syntax error is always about that token. What 3.8 refuses after the whole input has parsed (assignment to a literal, a bad escape…)
 * is put off: the first such error is kept, parsing goes on, and it is raised at the end if no syntax error came.
 * [PARSE-1] Functions return NULL (or -1) only with an exception set: a syntax error or no memory. A put-off error returns a node.
 * [PARSE-2] depth counts what 3.8's parser would have on its stack, and has the same limit.
 */
#ifndef TAI_FRONTEND_PARSER_H
#define TAI_FRONTEND_PARSER_H

#include "frontend/lexer.h"
#include "frontend/parse.h"

/* Entries that 3.8's parser has room for. */
enum { TAI_PARSER_STACK = 1700 };

typedef struct Mark {
    int line, column;
} Mark;

/* An invalid escape sequence to warn about at the end. */
typedef struct LateWarning {
    PyObject *filename;
    int line, column;
    unsigned char escape;
} LateWarning;

typedef struct NameCell {
    const char *text;
    size_t size;
    PyObject *name;
} NameCell;

typedef struct Parser {
    Lexer lexer;
    const Token *given;        /* not NULL: the next of tokens that come instead of the lexer's; an ENDMARKER ends them */
    Token token;               /* the one looked at */
    int raw_column;            /* its column before the shift of f-strings */
    Mark end;                  /* end of the last token taken */
    unsigned taken;            /* tokens taken so far */
    PyArena *arena;
    PyObject *filename;        /* borrowed */
    int feature_version;       /* minor version whose grammar is asked for */
    int barry;                 /* <> instead of != (PEP 401) */
    int depth;
    int line_shift, column_shift; /* where the text stands in the source: for expressions in f-strings */
    PyObject *late_type, *late_value, *late_traceback; /* the put-off error */
    int quiet;                 /* warnings are dropped */
    LateWarning *warnings;
    int warning_count, warning_room;
    void **stack;              /* nodes of lists under construction */
    size_t stack_size, stack_room;
    NameCell *names;           /* identifiers by their text */
    size_t name_mask, name_count;
    Py_ssize_t ignore_count, ignore_room;
    type_ignore_ty *ignores;
} Parser;

#define TRY(call)       \
    do {                \
        if ((call) < 0) \
            return -1;  \
    } while (0)
#define NEED(node)       \
    do {                 \
        if (!(node))     \
            return NULL; \
    } while (0)

/* parse.c */
int tai_advance(Parser *p);                      /* take the token, look at the next */
int tai_expect(Parser *p, int type);             /* take it if it is of this type, else a syntax error */
void *tai_syntax_error(Parser *p);               /* about the token; NULL */
void *tai_indent_expected(Parser *p);
int tai_enter(Parser *p, int levels);            /* the caller owes p->depth -= levels */
void tai_put_off(Parser *p, Mark at, const char *format, ...); /* SyntaxError for the end */
void tai_put_off_raised(Parser *p);              /* the same with the exception that is set */
int tai_forbidden(Parser *p, PyObject *name, Mark at, int all); /* put off "cannot assign to"; 1 if so */
PyObject *tai_identifier(Parser *p, const char *start, const char *end);
PyObject *tai_take_name(Parser *p);              /* a NAME token as identifier */
PyObject *tai_keep_object(Parser *p, PyObject *object); /* arena owns it (stolen) */
int tai_push(Parser *p, void *node);
asdl_seq *tai_pop_seq(Parser *p, size_t base);   /* what was pushed since base */
void *tai_new(Parser *p, size_t size);
expr_ty tai_new_expr(Parser *p, int kind, Mark start); /* ends with the last token taken */
int tai_warn_escape(Parser *p, Mark at, unsigned char escape);
PyObject *tai_type_comment(Parser *p);           /* the token as a string; takes it */
mod_ty tai_parse_tokens(const Token *tokens, int type_comments, PyObject *filename, int start, PyCompilerFlags *flags, PyArena *arena);
mod_ty tai_parse_expression_text(Parser *outer, const char *text, const char *end, int line_shift, int column_shift);

static inline Mark tai_here(const Parser *p)
{
    return (Mark){p->token.line, p->token.column};
}

static inline int tai_at(const Parser *p, int type)
{
    return p->token.type == type;
}

/* parse_expr.c */
expr_ty tai_parse_test(Parser *p);
expr_ty tai_parse_or_test(Parser *p);
expr_ty tai_parse_test_nocond(Parser *p);
expr_ty tai_parse_named(Parser *p);              /* test [':=' test] */
expr_ty tai_parse_expr(Parser *p);               /* binary operators */
expr_ty tai_parse_yield(Parser *p);
expr_ty tai_parse_tests(Parser *p, int stars);   /* test (',' test)* [',']: a tuple if there is a comma */
asdl_seq *tai_parse_exprlist(Parser *p, int *comma, expr_context_ty ctx); /* targets of for and del */
int tai_starts_test(int type);
void tai_set_context(Parser *p, expr_ty e, expr_context_ty ctx, Mark at);
expr_ty tai_walrus(Parser *p, expr_ty target, Mark start);

/* parse_call.c */
expr_ty tai_parse_call(Parser *p, expr_ty callee, Mark start);         /* at '(' */
int tai_parse_arguments(Parser *p, int lone_generator, asdl_seq **args, asdl_seq **keywords, Mark open); /* up to ')' excluded */
arguments_ty tai_parse_parameters(Parser *p, int end, int typed);
arguments_ty tai_no_parameters(Parser *p);
asdl_seq *tai_parse_comprehension(Parser *p);    /* at 'for' or 'async' */
int tai_at_comprehension(const Parser *p);

/* parse_string.c */
expr_ty tai_parse_number(Parser *p);
expr_ty tai_parse_strings(Parser *p);

/* parse_stmt.c */
mod_ty tai_parse_module(Parser *p, int start);

#endif
