/* SPDX-License-Identifier: MIT */
/* The API of the concrete syntax tree: nodes, the parser's entry points, and the way from a node to code (frontend/concrete.h).
 *
 * The functions take a grammar for the sake of their signatures: there is one, and it is used whatever is given.
 * Tests: tests/capi/test_grammar.py
 */
#include "Python.h"
#include "node.h"
#include "Python-ast.h"
#include "ast.h"
#include "errcode.h"
#include "frontend/concrete.h"
#include "grammar.h"
#include "parsetok.h"
#include "token.h"
#include <string.h>

/* ---- trees --------------------------------------------------------------------------------------------------- */

node *PyNode_New(int type)
{
    node *n = PyObject_Calloc(1, sizeof(node));
    if (n != NULL)
        n->n_type = (short)type;
    return n;
}

static void release_parts(node *n)
{
    for (int i = 0; i < n->n_nchildren; i++)
        release_parts(&n->n_child[i]);
    PyObject_Free(n->n_child);
    PyObject_Free(n->n_str);
}

void PyNode_Free(node *n)
{
    if (n == NULL)
        return;
    release_parts(n);
    PyObject_Free(n);
}

/* A node ends where its last child ends. */
void _PyNode_FinalizeEndPos(node *n)
{
    if (n->n_nchildren == 0)
        return;
    node *last = &n->n_child[n->n_nchildren - 1];
    _PyNode_FinalizeEndPos(last);
    n->n_end_lineno = last->n_end_lineno;
    n->n_end_col_offset = last->n_end_col_offset;
}

/* How many children there is room for when there are so many: one, multiples of four up to 128, then powers of two. So no capacity
 * is stored. */
static size_t room_for(size_t count)
{
    if (count <= 1)
        return count;
    if (count <= 128)
        return (count + 3) & ~(size_t)3;
    size_t room = 256;
    while (room < count)
        room *= 2;
    return room;
}

/* Steals str unless it fails. 0, or an E_ code. */
int PyNode_AddChild(node *parent, int type, char *str, int line, int column, int end_line, int end_column)
{
    int n = parent->n_nchildren;
    if (n < 0 || n >= 1 << 28)
        return E_OVERFLOW;
    if (n > 0)
        _PyNode_FinalizeEndPos(&parent->n_child[n - 1]);
    size_t room = room_for((size_t)n + 1);
    if (room != room_for((size_t)n)) {
        node *bigger = PyObject_Realloc(parent->n_child, room * sizeof(node));
        if (bigger == NULL)
            return E_NOMEM;
        parent->n_child = bigger;
    }
    parent->n_child[n] = (node){.n_type = (short)type, .n_str = str, .n_lineno = line, .n_col_offset = column,
                                .n_end_lineno = end_line, .n_end_col_offset = end_column};
    parent->n_nchildren = n + 1;
    return 0;
}

static Py_ssize_t size_of_parts(node *n)
{
    Py_ssize_t size = (Py_ssize_t)(room_for((size_t)n->n_nchildren) * sizeof(node));
    if (n->n_str != NULL)
        size += (Py_ssize_t)strlen(n->n_str) + 1;
    for (int i = 0; i < n->n_nchildren; i++)
        size += size_of_parts(&n->n_child[i]);
    return size;
}

Py_ssize_t _PyNode_SizeOf(node *n) { return n == NULL ? 0 : (Py_ssize_t)sizeof(node) + size_of_parts(n); }

/* Print the words of a tree. */
void PyNode_ListTree(node *n)
{
    if (n == NULL)
        return;
    if (n->n_str != NULL)
        fprintf(stdout, "%s ", n->n_str);
    for (int i = 0; i < n->n_nchildren; i++)
        PyNode_ListTree(&n->n_child[i]);
}

/* ---- parsing ------------------------------------------------------------------------------------------------- */

static int compiler_flags(int parser_flags)
{
    static const struct {
        int parser, compiler;
    } pairs[] = {{PyPARSE_DONT_IMPLY_DEDENT, PyCF_DONT_IMPLY_DEDENT}, {PyPARSE_IGNORE_COOKIE, PyCF_IGNORE_COOKIE},
                 {PyPARSE_BARRY_AS_BDFL, CO_FUTURE_BARRY_AS_BDFL}, {PyPARSE_TYPE_COMMENTS, PyCF_TYPE_COMMENTS}};
    int flags = 0;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(pairs); i++)
        if (parser_flags & pairs[i].parser)
            flags |= pairs[i].compiler;
    return flags;
}

/* What is left of a file, as text in UTF-8 (NUL-terminated); a coding that is given or declared has been undone. New, or NULL. */
static PyObject *rest_of_file(FILE *file, const char *coding)
{
    char piece[4096];
    size_t n;
    PyObject *raw = PyBytes_FromString("");
    while (raw != NULL && (n = fread(piece, 1, sizeof piece, file)) > 0)
        PyBytes_ConcatAndDel(&raw, PyBytes_FromStringAndSize(piece, (Py_ssize_t)n));
    if (raw == NULL || coding == NULL)
        return raw;
    PyObject *text = PyUnicode_Decode(PyBytes_AS_STRING(raw), PyBytes_GET_SIZE(raw), coding, "strict");
    Py_SETREF(raw, text ? PyUnicode_AsUTF8String(text) : NULL);
    Py_XDECREF(text);
    return raw;
}

static node *tree_of_file(FILE *file, PyObject *filename, const char *coding, int start, int parser_flags)
{
    PyObject *raw = rest_of_file(file, coding);
    if (raw == NULL)
        return NULL;
    int flags = compiler_flags(parser_flags) | (coding ? PyCF_IGNORE_COOKIE : 0);
    node *n = tai_concrete_parse(PyBytes_AS_STRING(raw), filename, start, flags);
    Py_DECREF(raw);
    return n;
}

/* ---- errors in a struct -------------------------------------------------------------------------------------- */

/* Messages of SyntaxError by the code of the error and, for E_SYNTAX, by the token that was found or expected. */
static const struct {
    int error, token, expected;
    const char *message;
} messages[] = {
    {E_SYNTAX, -1, INDENT, "expected an indented block"},
    {E_SYNTAX, INDENT, -1, "unexpected indent"},
    {E_SYNTAX, DEDENT, -1, "unexpected unindent"},
    {E_SYNTAX, -1, NOTEQUAL, "with Barry as BDFL, use '<>' instead of '!='"},
    {E_SYNTAX, TYPE_COMMENT, -1, "misplaced type annotation"},
    {E_SYNTAX, -1, -1, "invalid syntax"},
    {E_TOKEN, -1, -1, "invalid token"},
    {E_EOFS, -1, -1, "EOF while scanning triple-quoted string literal"},
    {E_EOLS, -1, -1, "EOL while scanning string literal"},
    {E_EOF, -1, -1, "unexpected EOF while parsing"},
    {E_TABSPACE, -1, -1, "inconsistent use of tabs and spaces in indentation"},
    {E_OVERFLOW, -1, -1, "expression too long"},
    {E_DEDENT, -1, -1, "unindent does not match any outer indentation level"},
    {E_TOODEEP, -1, -1, "too many levels of indentation"},
    {E_DECODE, -1, -1, "unknown decode error"},
    {E_LINECONT, -1, -1, "unexpected character after line continuation character"},
    {E_IDENTIFIER, -1, -1, "invalid character in identifier"},
    {E_BADSINGLE, -1, -1, "multiple statements found while compiling a single statement"},
};

void PyParser_ClearError(perrdetail *err) { Py_CLEAR(err->filename); }

static int int_of(PyObject *exception, const char *name)
{
    PyObject *v = PyObject_GetAttrString(exception, name);
    long value = v && PyLong_Check(v) ? PyLong_AsLong(v) : 0;
    Py_XDECREF(v);
    PyErr_Clear();
    return (int)value;
}

/* The UTF-8 text of an attribute, allocated; NULL if it is none. */
static char *text_of(PyObject *exception, const char *name)
{
    PyObject *v = PyObject_GetAttrString(exception, name);
    const char *utf8 = v && PyUnicode_Check(v) ? PyUnicode_AsUTF8(v) : NULL;
    char *copy = utf8 ? PyObject_Malloc(strlen(utf8) + 1) : NULL;
    if (copy != NULL)
        strcpy(copy, utf8);
    PyErr_Clear();
    Py_XDECREF(v);
    return copy;
}

/* Move a SyntaxError with one of the messages into err; any other exception stays. filename is borrowed. */
static void describe(perrdetail *err, PyObject *filename)
{
    PyObject *type, *value, *traceback;
    *err = (perrdetail){.error = E_ERROR, .token = -1, .expected = -1};
    Py_XINCREF(filename);
    err->filename = filename;
    if (!PyErr_ExceptionMatches(PyExc_SyntaxError))
        return;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    char *message = text_of(value, "msg");
    for (size_t i = 0; i < Py_ARRAY_LENGTH(messages) && message && err->error == E_ERROR; i++)
        if (strcmp(message, messages[i].message) == 0) {
            err->error = messages[i].error;
            err->token = messages[i].token;
            err->expected = messages[i].expected;
        }
    PyObject_Free(message);
    if (err->error == E_ERROR) { /* it says more than a code can */
        PyErr_Restore(type, value, traceback);
        return;
    }
    err->lineno = int_of(value, "lineno");
    err->offset = int_of(value, "offset");
    err->text = text_of(value, "text");
    Py_DECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
}

static PyObject *exception_of(const perrdetail *err)
{
    if (err->error == E_TABSPACE)
        return PyExc_TabError;
    int is_indentation = err->error == E_DEDENT || err->error == E_TOODEEP ||
                         (err->error == E_SYNTAX && (err->expected == INDENT || err->token == INDENT || err->token == DEDENT));
    return is_indentation ? PyExc_IndentationError : PyExc_SyntaxError;
}

static const char *message_of(const perrdetail *err)
{
    for (size_t i = 0; i < Py_ARRAY_LENGTH(messages); i++)
        if (messages[i].error == err->error && (messages[i].token < 0 || messages[i].token == err->token) &&
            (messages[i].expected < 0 || messages[i].expected == err->expected))
            return messages[i].message;
    return "unknown parsing error";
}

/* Raise what err describes; its text is used up. */
void PyParser_SetError(perrdetail *err)
{
    if (err->error == E_NOMEM)
        PyErr_NoMemory();
    else if (err->error == E_INTR) {
        if (!PyErr_Occurred())
            PyErr_SetNone(PyExc_KeyboardInterrupt);
    } else if (err->error != E_ERROR) {
        PyObject *args = Py_BuildValue("(s(Oiiz))", message_of(err), err->filename ? err->filename : Py_None, err->lineno, err->offset,
                                       err->text);
        if (args != NULL)
            PyErr_SetObject(exception_of(err), args);
        Py_XDECREF(args);
    }
    PyObject_Free(err->text);
    err->text = NULL;
}

/* ---- the parser's functions, from the most general one down ---------------------------------------------------- */

node *PyParser_ParseStringObject(const char *text, PyObject *filename, grammar *g, int start, perrdetail *err, int *flags)
{
    PyObject *unnamed = filename ? NULL : PyUnicode_FromString("<string>");
    *err = (perrdetail){.error = E_OK, .token = -1, .expected = -1};
    node *n = filename || unnamed ? tai_concrete_parse(text, filename ? filename : unnamed, start, compiler_flags(flags ? *flags : 0)) : NULL;
    if (n == NULL)
        describe(err, filename ? filename : unnamed);
    Py_XDECREF(unnamed);
    return n;
}

node *PyParser_ParseStringFlagsFilenameEx(const char *text, const char *filename, grammar *g, int start, perrdetail *err, int *flags)
{
    PyObject *name = filename ? PyUnicode_DecodeFSDefault(filename) : NULL;
    node *n = PyParser_ParseStringObject(text, name, g, start, err, flags);
    Py_XDECREF(name);
    return n;
}

node *PyParser_ParseStringFlagsFilename(const char *text, const char *filename, grammar *g, int start, perrdetail *err, int flags)
{
    return PyParser_ParseStringFlagsFilenameEx(text, filename, g, start, err, &flags);
}

node *PyParser_ParseStringFlags(const char *text, grammar *g, int start, perrdetail *err, int flags)
{
    return PyParser_ParseStringFlagsFilename(text, NULL, g, start, err, flags);
}

node *PyParser_ParseString(const char *text, grammar *g, int start, perrdetail *err)
{
    return PyParser_ParseStringFlags(text, g, start, err, 0);
}

node *PyParser_ParseFileObject(FILE *file, PyObject *filename, const char *coding, grammar *g, int start, const char *ps1,
                               const char *ps2, perrdetail *err, int *flags)
{
    *err = (perrdetail){.error = E_OK, .token = -1, .expected = -1};
    node *n = tree_of_file(file, filename, coding, start, flags ? *flags : 0);
    if (n == NULL)
        describe(err, filename);
    return n;
}

node *PyParser_ParseFileFlagsEx(FILE *file, const char *filename, const char *coding, grammar *g, int start, const char *ps1,
                                const char *ps2, perrdetail *err, int *flags)
{
    PyObject *name = PyUnicode_DecodeFSDefault(filename ? filename : "<file>");
    node *n = PyParser_ParseFileObject(file, name, coding, g, start, ps1, ps2, err, flags);
    Py_XDECREF(name);
    return n;
}

node *PyParser_ParseFileFlags(FILE *file, const char *filename, const char *coding, grammar *g, int start, const char *ps1,
                              const char *ps2, perrdetail *err, int flags)
{
    return PyParser_ParseFileFlagsEx(file, filename, coding, g, start, ps1, ps2, err, &flags);
}

node *PyParser_ParseFile(FILE *file, const char *filename, grammar *g, int start, const char *ps1, const char *ps2, perrdetail *err)
{
    return PyParser_ParseFileFlags(file, filename, NULL, g, start, ps1, ps2, err, 0);
}

/* These raise instead of filling a struct. */
struct _node *PyParser_SimpleParseStringFlagsFilename(const char *text, const char *filename, int start, int flags)
{
    PyObject *name = PyUnicode_DecodeFSDefault(filename ? filename : "<string>");
    node *n = name ? tai_concrete_parse(text, name, start, compiler_flags(flags)) : NULL;
    Py_XDECREF(name);
    return n;
}

struct _node *PyParser_SimpleParseStringFlags(const char *text, int start, int flags)
{
    return PyParser_SimpleParseStringFlagsFilename(text, NULL, start, flags);
}

struct _node *PyParser_SimpleParseFileFlags(FILE *file, const char *filename, int start, int flags)
{
    PyObject *name = PyUnicode_DecodeFSDefault(filename);
    node *n = name ? tree_of_file(file, name, NULL, start, flags) : NULL;
    Py_XDECREF(name);
    return n;
}

#undef PyParser_SimpleParseString
#undef PyParser_SimpleParseFile
PyAPI_FUNC(node *) PyParser_SimpleParseString(const char *text, int start);
PyAPI_FUNC(node *) PyParser_SimpleParseFile(FILE *file, const char *filename, int start);
node *PyParser_SimpleParseString(const char *text, int start) { return PyParser_SimpleParseStringFlags(text, start, 0); }
node *PyParser_SimpleParseFile(FILE *file, const char *filename, int start)
{
    return PyParser_SimpleParseFileFlags(file, filename, start, 0);
}

/* ---- from a node to code ------------------------------------------------------------------------------------- */

mod_ty PyAST_FromNodeObject(const node *n, PyCompilerFlags *flags, PyObject *filename, PyArena *arena)
{
    return tai_concrete_to_abstract(n, filename, flags, arena);
}

mod_ty PyAST_FromNode(const node *n, PyCompilerFlags *flags, const char *filename, PyArena *arena)
{
    PyObject *name = PyUnicode_DecodeFSDefault(filename);
    mod_ty tree = name ? PyAST_FromNodeObject(n, flags, name, arena) : NULL;
    Py_XDECREF(name);
    return tree;
}

PyCodeObject *PyNode_Compile(struct _node *n, const char *filename)
{
    PyCodeObject *code = NULL;
    PyArena *arena = PyArena_New();
    if (arena == NULL)
        return NULL;
    mod_ty tree = PyAST_FromNode(n, NULL, filename, arena);
    if (tree != NULL)
        code = PyAST_CompileEx(tree, filename, NULL, -1, arena);
    PyArena_Free(arena);
    return code;
}
