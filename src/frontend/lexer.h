/* SPDX-License-Identifier: MIT */
/* lexer: source text -> tokens. See lexer.c. */
#ifndef TAI_FRONTEND_LEXER_H
#define TAI_FRONTEND_LEXER_H

#include <stddef.h>

#include "Python.h"

enum {
#define TOKEN(name, number, text) T_##name = number,
#define KEYWORD(name)
#include "defs/token.def"
    T_FIRST_KEYWORD,
    T_BEFORE_KEYWORDS = T_FIRST_KEYWORD - 1,
#define KEYWORD(name) K_##name,
#include "defs/token.def"
    T_COUNT
};

enum { LEX_MAX_INDENT = 100, LEX_MAX_PARENS = 200 };

/* How reading came to an end. */
typedef enum LexState {
    LEX_OK, LEX_EOF, LEX_RAISED, /* an exception is set */
    LEX_EOF_IN_STRING, LEX_EOL_IN_STRING, LEX_TABS, LEX_DEDENT, LEX_TOO_DEEP, LEX_CONTINUATION, LEX_IDENTIFIER
} LexState;

typedef struct Token {
    int type;               /* T_… or K_… */
    int line, column;       /* column in bytes, -1 for tokens without text */
    int end_line, end_column;
    const char *start, *end;
} Token;

typedef struct Lexer {
    const char *cursor;     /* next character */
    const char *line;       /* start of the current line */
    const char *limit;      /* its end, after the newline */
    const char *shown;      /* start of what an error message shows: the line, or the first of the lines of one token */
    const char *end;        /* of the text: a NUL stands there */
    const char *token;      /* start of the current token, or NULL between tokens */
    int line_number;
    LexState state;
    PyObject *filename;     /* borrowed */
    int at_line_start;
    int indent, pending;    /* depth; indents (> 0) or dedents (< 0) to be given out */
    int columns[LEX_MAX_INDENT], alt_columns[LEX_MAX_INDENT]; /* with tabs of eight, and of one */
    int parens;
    char paren_chars[LEX_MAX_PARENS];
    int paren_lines[LEX_MAX_PARENS];
    int started;            /* a token since the last newline made up at the end */
    int string_line;        /* where the current string began */
    const char *string_line_start;
    /* options */
    char *(*more)(void *context, int first); /* interactive: the next line (PyMem_Malloc, "" at the end), or NULL with an exception */
    void *more_context;
    const char *room_end;   /* end of the buffer that lines are added to */
    int is_file;            /* lines must be utf-8; the end counts as a line, and is shown as an empty one */
    int keep_indent;        /* no dedents are made up at the end */
    int type_comments;
    int async_hacks;        /* async and await are names outside of async functions (before 3.7) */
    int async_def, async_def_indent, async_def_newline;
} Lexer;

void tai_lexer_init(Lexer *lexer, const char *text, const char *end, PyObject *filename);
/* The next token; its type is T_ERRORTOKEN if lexer->state says what went wrong. */
void tai_lexer_next(Lexer *lexer, Token *token);

/* source.c: text as the lexer wants it: utf-8, newlines as \n, NUL at the end. From the arena; NULL with an exception.
 * is_utf8: neither byte order mark nor coding comment is looked for. file: a missing last newline is added. */
char *tai_source_decode(const char *text, size_t size, int is_utf8, int file, PyObject *filename, PyArena *arena, char **end);
/* The encoding that text names, or "utf-8" if it has a byte order mark, in coding: 1, or 0 if it says nothing. */
int tai_source_coding(const char *text, size_t size, char *coding, size_t room);
/* The same for the bytes of a file, which may hold NULs. coding: NULL, or an encoding that goes before any in the file.
 * *plain says whether the text was taken as it is, and has still to be checked. */
char *tai_source_decode_file(const char *text, size_t size, const char *coding, PyObject *filename, PyArena *arena, char **end,
                             int *plain);

#endif
