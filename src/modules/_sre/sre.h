/* SPDX-License-Identifier: MIT */
/* _sre, private side: programs, and the state of a match.
 *
 * sre_compile.py hands over CPython's code words. They are checked and translated (program.c) into a Program of
 * fixed-size instructions, whose single-character tests are tables over the first 256 characters and whose branches
 * and loops know which characters can follow. match_kernel.h runs it, once for each character width.
 *
 * [SRE-1] A Program is checked when it is made: every index in it is in range.
 * [SRE-2] Matching runs no Python code except signal handlers.
 */
#ifndef TAI_SRE_H
#define TAI_SRE_H

#include "Python.h"

typedef Py_UCS4 Code;

enum { SRE_MAGIC = 20171005 };

/* Words of sre_constants.py. */
enum {
    SRE_FAILURE, SRE_SUCCESS, SRE_ANY, SRE_ANY_ALL, SRE_ASSERT, SRE_ASSERT_NOT, SRE_AT, SRE_BRANCH, SRE_CALL, SRE_CATEGORY,
    SRE_CHARSET, SRE_BIGCHARSET, SRE_GROUPREF, SRE_GROUPREF_EXISTS, SRE_IN, SRE_INFO, SRE_JUMP, SRE_LITERAL, SRE_MARK,
    SRE_MAX_UNTIL, SRE_MIN_UNTIL, SRE_NOT_LITERAL, SRE_NEGATE, SRE_RANGE, SRE_REPEAT, SRE_REPEAT_ONE, SRE_SUBPATTERN,
    SRE_MIN_REPEAT_ONE, SRE_GROUPREF_IGNORE, SRE_IN_IGNORE, SRE_LITERAL_IGNORE, SRE_NOT_LITERAL_IGNORE,
    SRE_GROUPREF_LOC_IGNORE, SRE_IN_LOC_IGNORE, SRE_LITERAL_LOC_IGNORE, SRE_NOT_LITERAL_LOC_IGNORE,
    SRE_GROUPREF_UNI_IGNORE, SRE_IN_UNI_IGNORE, SRE_LITERAL_UNI_IGNORE, SRE_NOT_LITERAL_UNI_IGNORE, SRE_RANGE_UNI_IGNORE,
};
enum {
    AT_BEGINNING, AT_BEGINNING_LINE, AT_BEGINNING_STRING, AT_BOUNDARY, AT_NON_BOUNDARY, AT_END, AT_END_LINE, AT_END_STRING,
    AT_LOC_BOUNDARY, AT_LOC_NON_BOUNDARY, AT_UNI_BOUNDARY, AT_UNI_NON_BOUNDARY, AT_COUNT,
};
enum {
    CATEGORY_DIGIT, CATEGORY_NOT_DIGIT, CATEGORY_SPACE, CATEGORY_NOT_SPACE, CATEGORY_WORD, CATEGORY_NOT_WORD,
    CATEGORY_LINEBREAK, CATEGORY_NOT_LINEBREAK, CATEGORY_LOC_WORD, CATEGORY_LOC_NOT_WORD, CATEGORY_UNI_DIGIT,
    CATEGORY_UNI_NOT_DIGIT, CATEGORY_UNI_SPACE, CATEGORY_UNI_NOT_SPACE, CATEGORY_UNI_WORD, CATEGORY_UNI_NOT_WORD,
    CATEGORY_UNI_LINEBREAK, CATEGORY_UNI_NOT_LINEBREAK, CATEGORY_COUNT,
};
enum {
    FLAG_TEMPLATE = 1, FLAG_IGNORECASE = 2, FLAG_LOCALE = 4, FLAG_MULTILINE = 8, FLAG_DOTALL = 16, FLAG_UNICODE = 32,
    FLAG_VERBOSE = 64, FLAG_DEBUG = 128, FLAG_ASCII = 256,
};
#define SRE_MAXREPEAT (~(Code)0)
#define SRE_MAXGROUPS ((Code)INT_MAX)

/* ---- programs ---- */

/* A set of characters. Below 256 it is the table, unless it depends on the locale. */
typedef struct {
    unsigned char low[256];
    unsigned char dynamic;   /* ask class_test for all characters */
    unsigned char wide;      /* may hold characters from 256 on */
    unsigned char fold;      /* what is done to a character first: FOLD_* */
    const Code *set;         /* as after IN, or NULL: op and arg decide */
    Code op, arg, length;    /* words from op on, for comparison of classes */
} Class;
enum { FOLD_NONE, FOLD_ASCII, FOLD_UNICODE, FOLD_LOCALE };

/* The characters that something can begin with. */
typedef struct {
    unsigned char low[256];
    unsigned char wide; /* any from 256 on */
} First;

typedef enum {
    OP_MATCH, OP_FAIL, OP_CHAR, OP_STRING, OP_NOT_CHAR, OP_ANY, OP_ALL, OP_CLASS, OP_MARK, OP_AT, OP_JUMP,
    OP_BRANCH,      /* next: other alternative; first: of this one */
    OP_RUN,         /* item{min,max}; first: of what follows; atomic: giving back is pointless */
    OP_LAZY_RUN,
    OP_LOOP_START,  /* enter loop, next: its OP_LOOP */
    OP_LOOP, OP_LAZY_LOOP, /* after each round; next: body, falls through to what follows the loop */
    OP_BACKREF, OP_IF_GROUP, OP_LOOK, OP_LOOK_NOT, OP_LOOK_END,
} Op;

typedef struct {
    unsigned char op;
    unsigned char item;     /* of runs: OP_CHAR, OP_NOT_CHAR, OP_ANY, OP_ALL or OP_CLASS */
    unsigned char atomic;
    unsigned char counted;  /* of loops: the count matters;  2: the position too (body can be empty) */
    int first, after;       /* index of a First, or -1: of the alternative, of what follows a run, of a loop's
                               body; after: of what follows a loop */
    Code arg;               /* character, class, mark, AT code, group, first string character, width of lookbehind */
    unsigned next;          /* target, or length of a string */
    Code min, max;          /* of runs and loops; min of loops' registers: see reg */
    unsigned reg;           /* of loops: register of the position; reg + 1: the count */
} Inst;

typedef struct {
    Inst *inst;
    unsigned n_inst;
    Class *class;
    unsigned n_class;
    First *first;
    unsigned n_first;
    Py_UCS4 *chars;
    unsigned n_chars;
    unsigned n_regs;        /* marks (two a group), then two a loop */
    Code min_width;
    int start_first;        /* First of the whole, or -1 */
    unsigned prefix_at, prefix_len; /* literal start: chars[prefix_at...]; 0: none */
    char *prefix_bytes;     /* the same in bytes, or NULL if it has wider characters */
    int literal;            /* the whole is the prefix */
    int anchored;           /* begins with \A or ^ without MULTILINE */
} Program;

/* Translate. NULL with RuntimeError or MemoryError. code stays referred to. */
Program *sre_program_new(const Code *code, Py_ssize_t n, Py_ssize_t groups);
void sre_program_free(Program *p);

int sre_category(Code category, Py_UCS4 c);
int sre_class_test(const Class *cls, Py_UCS4 c); /* the truth, slow */
Py_UCS4 sre_lower_locale(Py_UCS4 c);

/* ---- matching ---- */

/* Backtracking stack: undo records between choices. */
typedef struct {
    unsigned pc;            /* where to go on; of undo records the register */
    unsigned tag;           /* kind in the low 3 bits, lastindex above */
    const void *p, *q;
} Entry;
enum { TRY, UNDO, RUN, LAZY, BODY, BARRIER };

typedef struct {
    PyObject *string;       /* owned */
    Py_buffer buffer;       /* of bytes-like strings */
    int kind, is_bytes;
    Py_ssize_t pos, endpos, length;
    const char *beginning, *start, *end, *ptr; /* start: of the match; ptr: its end */
    int lastindex;          /* -1: none */
    int match_all, must_advance;
    const void **regs;      /* marks and loop registers */
    unsigned n_marks;
    Entry *stack, *stack_end;
    unsigned ticks;
    const void *small_regs[32];
    Entry small_stack[48];
} State;

enum { SRE_NO_MATCH = 0, SRE_MATCH = 1, SRE_ERROR = -1 }; /* error: with an exception set */

int sre_match_1(State *s, const Program *p, const char *at);
int sre_match_2(State *s, const Program *p, const char *at);
int sre_match_4(State *s, const Program *p, const char *at);
int sre_search_1(State *s, const Program *p);
int sre_search_2(State *s, const Program *p);
int sre_search_4(State *s, const Program *p);
/* Match at s->start, or search from there. On success start, ptr, marks and lastindex are set. */
int sre_state_match(State *s, const Program *p);
int sre_state_search(State *s, const Program *p);
int sre_state_grow(State *s, Entry **top); /* double the stack; 0 or -1 with MemoryError */

/* ---- objects ---- */

typedef struct {
    PyObject_VAR_HEAD
    Py_ssize_t groups;
    PyObject *groupindex, *indexgroup; /* dict and tuple */
    PyObject *pattern;                 /* str, bytes-like or None */
    int flags;
    PyObject *weakreflist;
    int is_bytes;                      /* -1: pattern is None, both kinds of string will do */
    Program *program;
    Py_ssize_t codesize;
    Code code[1];
} PatternObject;

typedef struct {
    PyObject_VAR_HEAD
    PyObject *string, *regs;
    PatternObject *pattern;
    Py_ssize_t pos, endpos, lastindex, groups;
    Py_ssize_t mark[1];                /* start and end of each group from 0 on; -1: unset */
} MatchObject;

extern PyTypeObject sre_Pattern_Type, sre_Match_Type, sre_Scanner_Type, sre_FindIter_Type;

int sre_state_init(State *s, PatternObject *pattern, PyObject *string, Py_ssize_t start, Py_ssize_t end);
void sre_state_fini(State *s);
PyObject *sre_match_new(PatternObject *pattern, State *s, int status);
PyObject *sre_slice(int is_bytes, const char *beginning, PyObject *string, Py_ssize_t start, Py_ssize_t end);
PyObject *sre_match_group(MatchObject *m, Py_ssize_t i, PyObject *otherwise);

#endif
