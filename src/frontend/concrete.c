/* SPDX-License-Identifier: MIT */
/* concrete: tokens -> nodes by the automata of the grammar, and nodes -> tokens for the parser of abstract trees.
 *
 * Building: a stack of rules under way, each with the state it is in and its node, which is the last child of the node below. A token
 * moves the top of the stack on, begins rules until one takes it, or finds the top at its end, which is then popped.
 * Which of these it is the token alone decides: the grammar is LL(1).
 *
 * Errors are found twice: what the automata refuse is given to the parser of abstract trees, whose SyntaxError is the right one. Errors that
 * 3.8 finds in complete trees only (an assignment to a literal) do not come up here.
 *
 * [CONC-1] A node on the stack gets no sibling, so its address stays.
 * Tests: tests/capi/test_grammar.py, tests/modules/test_parser.py
 */
#include "frontend/concrete.h"

#include "errcode.h"
#include "frontend/lexer.h"
#include "frontend/parse.h"
#include "frontend/parser.h"
#include "graminit.h"
#include "runtime/recursion.h"
#include "token.h"

/* ---- labels ---- */

static const char *const keyword_texts[] = {
#define KEYWORD(name) #name,
#include "defs/token.def"
};

/* By the lexer's types of tokens, keywords included: the label, or 0. Filled when first wanted. */
static unsigned char label_of[T_COUNT];

static void fill_labels(void)
{
    const label *labels = _PyParser_Grammar.g_ll.ll_label;
    for (int i = 1; i < _PyParser_Grammar.g_ll.ll_nlabels; i++)
        if (labels[i].lb_str == NULL && ISTERMINAL(labels[i].lb_type))
            label_of[labels[i].lb_type] = (unsigned char)i;
        else if (labels[i].lb_str != NULL)
            for (int k = 0; k < (int)Py_ARRAY_LENGTH(keyword_texts); k++)
                if (strcmp(labels[i].lb_str, keyword_texts[k]) == 0)
                    label_of[T_FIRST_KEYWORD + k] = (unsigned char)i;
}

static int keyword_type(const char *text)
{
    for (int k = 0; k < (int)Py_ARRAY_LENGTH(keyword_texts); k++)
        if (strcmp(text, keyword_texts[k]) == 0)
            return T_FIRST_KEYWORD + k;
    return T_NAME;
}

/* The number of the label (in _PyParser_Grammar) that a leaf of this type and text has; -1: there is none. */
static int label_number(int type, const char *text)
{
    if (label_of[T_NAME] == 0)
        fill_labels();
    if (type == T_NAME && text != NULL)
        type = keyword_type(text);
    return type >= 0 && type < T_COUNT && label_of[type] ? label_of[type] : -1;
}

/* ---- building ---- */

typedef struct Level {
    const dfa *rule;
    const state *at;
    node *tree;
} Level;

typedef struct Builder {
    Lexer lexer;
    int barry;
    int type_comments; /* they are tokens */
    int depth;         /* rules under way */
    int ignore_count;  /* "# type: ignore" comments: they hang on the last token of a file */
    struct {
        char *text;
        int line;
    } *ignores;
    Level levels[TAI_PARSER_STACK];
} Builder;

/* What a token does. */
typedef enum Step { STEP_GOES_ON, STEP_IS_LAST, STEP_FITS_NOT, STEP_RAISED } Step;

static char *copy_text(const char *start, const char *end)
{
    size_t size = start ? (size_t)(end - start) : 0;
    char *copy = PyObject_Malloc(size + 1);
    if (copy == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memcpy(copy, start ? start : "", size);
    copy[size] = 0;
    return copy;
}

/* Steals text. */
static int add_child(node *parent, int type, char *text, const Token *t)
{
    int status = PyNode_AddChild(parent, type, text, t->line, t->column, t->end_line, t->end_column);
    if (status == 0)
        return 0;
    PyObject_Free(text);
    if (status == E_OVERFLOW)
        PyErr_SetString(PyExc_OverflowError, "too many children of a node");
    else
        PyErr_NoMemory();
    return -1;
}

static int push(Builder *b, int type, node *tree)
{
    const dfa *rule = PyGrammar_FindDFA(&_PyParser_Grammar, type);
    if (b->depth == TAI_PARSER_STACK) {
        fputs("s_push: parser stack overflow\n", stderr);
        PyErr_NoMemory();
        return -1;
    }
    b->levels[b->depth++] = (Level){rule, rule->d_state, tree};
    return 0;
}

static Step feed(Builder *b, const Token *token)
{
    int wanted = label_of[token->type];
    for (;;) {
        Level *top = &b->levels[b->depth - 1];
        const state *s = top->at;
        int move = wanted >= s->s_lower && wanted < s->s_upper ? s->s_accel[wanted - s->s_lower] : -1;
        if (move < 0) {
            if (!s->s_accept || --b->depth == 0)
                return STEP_FITS_NOT;
        } else if (move & 128) {
            int type = (move >> 8) + NT_OFFSET;
            if (type == func_body_suite && !b->type_comments)
                type = suite; /* as trees looked before type comments */
            top->at = &top->rule->d_state[move & 127];
            if (add_child(top->tree, type, NULL, token) < 0 || push(b, type, &top->tree->n_child[top->tree->n_nchildren - 1]) < 0)
                return STEP_RAISED;
        } else {
            char *text = copy_text(token->start, token->end);
            int type = token->type >= T_FIRST_KEYWORD ? T_NAME : token->type;
            if (text == NULL || add_child(top->tree, type, text, token) < 0)
                return STEP_RAISED;
            top->at = &top->rule->d_state[move];
            break;
        }
    }
    while (b->levels[b->depth - 1].at->s_accept && b->levels[b->depth - 1].at->s_narcs == 1)
        if (--b->depth == 0)
            return STEP_IS_LAST;
    return STEP_GOES_ON;
}

static int note_ignore(Builder *b, const Token *token)
{
    void *more = PyMem_Realloc(b->ignores, ((size_t)b->ignore_count + 1) * sizeof *b->ignores);
    if (more == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    b->ignores = more;
    char *text = copy_text(token->start, token->end);
    if (text == NULL)
        return -1;
    b->ignores[b->ignore_count].text = text;
    b->ignores[b->ignore_count++].line = token->line;
    return 0;
}

/* Below the end marker of a file. */
static int hang_ignores(Builder *b, node *tree)
{
    node *last = tree->n_nchildren ? &tree->n_child[tree->n_nchildren - 1] : NULL;
    while (last != NULL && last->n_type == ENDMARKER && b->ignore_count > 0) {
        Token place = {.line = b->ignores[--b->ignore_count].line, .end_line = b->ignores[b->ignore_count].line};
        if (add_child(last, TYPE_IGNORE, b->ignores[b->ignore_count].text, &place) < 0)
            return -1;
    }
    for (int i = 0, j = last ? last->n_nchildren - 1 : 0; i < j; i++, j--) { /* they were taken from the end */
        node other = last->n_child[i];
        last->n_child[i] = last->n_child[j];
        last->n_child[j] = other;
    }
    return 0;
}

/* Whether nothing but white space and comments is left, as after a single statement. */
static int is_at_end(const char *c)
{
    for (; *c; c++) {
        if (*c == '#')
            while (c[1] && *c != '\n')
                c++;
        else if (*c != ' ' && *c != '\t' && *c != '\n' && *c != '\014')
            return 0;
    }
    return 1;
}

/* Read tokens until the rule of the root is complete. */
static Step build(Builder *b, node *root)
{
    Step step = push(b, root->n_type, root) < 0 ? STEP_RAISED : STEP_GOES_ON;
    while (step == STEP_GOES_ON) {
        Token token;
        tai_lexer_next(&b->lexer, &token);
        if (token.type == T_TYPE_IGNORE)
            step = note_ignore(b, &token) < 0 ? STEP_RAISED : STEP_GOES_ON;
        else if (b->lexer.state == LEX_RAISED)
            step = STEP_RAISED;
        else if (token.type == T_ERRORTOKEN || (token.type == T_NOTEQUAL && (token.start[0] == '<') != b->barry))
            step = STEP_FITS_NOT;
        else
            step = feed(b, &token);
    }
    if (step != STEP_IS_LAST)
        return step;
    if (root->n_type == single_input && !is_at_end(b->lexer.cursor))
        return STEP_FITS_NOT;
    _PyNode_FinalizeEndPos(root);
    return hang_ignores(b, root) < 0 ? STEP_RAISED : STEP_IS_LAST;
}

/* Raise what is wrong with the text. */
static void explain(const char *text, PyObject *filename, int start, int flags, PyArena *arena)
{
    PyCompilerFlags cf = {.cf_flags = flags | TAI_CF_QUIET, .cf_feature_version = PY_MINOR_VERSION};
    if (tai_parse_string(text, filename, start, &cf, arena) != NULL)
        PyErr_SetString(PyExc_SyntaxError, "invalid syntax");
}

/* Put an encoding_decl that names the encoding above root. Steals root. */
static node *under_encoding(node *root, const char *coding)
{
    node *top = PyNode_New(encoding_decl);
    char *text = top ? copy_text(coding, coding + strlen(coding)) : NULL;
    if (text == NULL || add_child(top, root->n_type, NULL, &(Token){0}) < 0) {
        PyObject_Free(text);
        PyNode_Free(top);
        PyNode_Free(root);
        return (node *)PyErr_NoMemory();
    }
    top->n_str = text;
    top->n_child[0] = *root;
    PyObject_Free(root);
    return top;
}

/* In decoded text. New; NULL with an exception, or without one if the automata refuse it. */
static node *parse_decoded(const char *source, const char *end, PyObject *filename, int start, int flags)
{
    Builder *b = PyMem_Malloc(sizeof *b);
    node *root = PyNode_New(start);
    Step step = STEP_RAISED;
    if (b != NULL && root != NULL) {
        tai_lexer_init(&b->lexer, source, end, filename);
        b->lexer.keep_indent = !!(flags & PyCF_DONT_IMPLY_DEDENT);
        b->lexer.type_comments = !!(flags & PyCF_TYPE_COMMENTS);
        b->type_comments = b->lexer.type_comments;
        b->barry = !!(flags & CO_FUTURE_BARRY_AS_BDFL);
        b->depth = b->ignore_count = 0;
        b->ignores = NULL;
        step = build(b, root);
        while (b->ignore_count > 0)
            PyObject_Free(b->ignores[--b->ignore_count].text);
        PyMem_Free(b->ignores);
    } else
        PyErr_NoMemory();
    PyMem_Free(b);
    if (step == STEP_IS_LAST)
        return root;
    PyNode_Free(root);
    return NULL;
}

node *tai_concrete_parse(const char *text, PyObject *filename, int start, int flags)
{
    int is_utf8 = !!(flags & PyCF_IGNORE_COOKIE);
    char coding[200], *end;
    if (!_PyParser_Grammar.g_accel)
        PyGrammar_AddAccelerators(&_PyParser_Grammar);
    (void)label_number(ENDMARKER, NULL);
    PyArena *arena = _PyParser_Grammar.g_accel ? PyArena_New() : NULL;
    if (arena == NULL)
        return (node *)PyErr_NoMemory();
    const char *source = tai_source_decode(text, strlen(text), is_utf8, start == file_input, filename, arena, &end);
    node *root = source ? parse_decoded(source, end, filename, start, flags) : NULL;
    if (root == NULL && !PyErr_Occurred())
        explain(text, filename, start, flags, arena);
    if (root != NULL && !is_utf8 && tai_source_coding(text, strlen(text), coding, sizeof coding))
        root = under_encoding(root, coding);
    PyArena_Free(arena);
    return root;
}

/* ---- leaves ---- */

typedef struct Leaves {
    Token *tokens;
    size_t count, room;
    PyObject *filename; /* borrowed */
    int has_type_comments;
} Leaves;

/* Names, numbers and strings are looked at again: a tree may come from anywhere, and the parser relies on the lexer. */
static int is_one_token(const char *text, int type, PyObject *filename, int *found)
{
    Lexer lexer;
    Token token;
    tai_lexer_init(&lexer, text, text + strlen(text), filename);
    tai_lexer_next(&lexer, &token);
    *found = token.type;
    int is_type = type == T_NAME ? token.type == T_NAME || token.type >= T_FIRST_KEYWORD : token.type == type;
    return is_type && token.start == text && token.end == text + strlen(text);
}

static int add_leaf(Leaves *leaves, const node *leaf)
{
    const char *text = leaf->n_str ? leaf->n_str : "";
    int type = leaf->n_type;
    if ((type == T_NAME || type == T_NUMBER || type == T_STRING) && !is_one_token(text, leaf->n_type, leaves->filename, &type)) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_SystemError, "syntax tree with a malformed token of type %s", _PyParser_TokenNames[leaf->n_type]);
        return -1;
    }
    if (leaves->count == leaves->room) {
        size_t room = leaves->room ? 2 * leaves->room : 64;
        Token *more = PyMem_Realloc(leaves->tokens, room * sizeof(Token));
        if (more == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        leaves->tokens = more;
        leaves->room = room;
    }
    leaves->has_type_comments |= type == T_TYPE_COMMENT;
    leaves->tokens[leaves->count++] = (Token){.type = type, .line = leaf->n_lineno, .column = leaf->n_col_offset,
                                              .end_line = leaf->n_end_lineno, .end_column = leaf->n_end_col_offset,
                                              .start = text, .end = text + strlen(text)};
    return 0;
}

static int collect(Leaves *leaves, const node *tree)
{
    if (tai_need_stack(" while reading a syntax tree") < 0)
        return -1;
    for (int i = 0; i < tree->n_nchildren; i++)
        if (collect(leaves, &tree->n_child[i]) < 0)
            return -1;
    return ISTERMINAL(tree->n_type) ? add_leaf(leaves, tree) : 0;
}

mod_ty tai_concrete_to_abstract(const node *tree, PyObject *filename, PyCompilerFlags *flags, PyArena *arena)
{
    Leaves leaves = {.filename = filename};
    static const node end = {.n_type = ENDMARKER};
    mod_ty made = NULL;
    if (tree->n_type == encoding_decl && tree->n_nchildren == 1)
        tree = &tree->n_child[0];
    if (tree->n_type != single_input && tree->n_type != file_input && tree->n_type != eval_input && tree->n_type != func_type_input)
        PyErr_Format(PyExc_SystemError, "invalid node %d for a syntax tree", tree->n_type);
    else if (collect(&leaves, tree) == 0 && add_leaf(&leaves, &end) == 0)
        made = tai_parse_tokens(leaves.tokens, leaves.has_type_comments, filename, tree->n_type, flags, arena);
    PyMem_Free(leaves.tokens);
    return made;
}
