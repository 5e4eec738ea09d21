/* SPDX-License-Identifier: MIT */
/* The API of the concrete syntax tree, for programs that go text -> node -> code object.
 *
 * Here source goes straight to an abstract tree. A node that the parser returns is therefore a leaf that carries the whole
 * text, already checked: PyNode_Compile and PyAST_FromNode parse it again. Trees that a caller builds child by child can be
 * made, measured and freed, but mean nothing to the compiler.
 *
 * [NODE-1] A leaf of ours: n_type is the start symbol, n_str the text in UTF-8, n_end_col_offset the PyCF_ flags to parse it with.
 * Tests: tests/capi/test_symbols.py
 */
#include "Python.h"
#include "node.h"
#include "Python-ast.h"
#include "ast.h"
#include "errcode.h"
#include "grammar.h"
#include "parsetok.h"
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

/* Places for children come in powers of two, so no capacity is stored. */
static int is_full(int count) { return (count & (count - 1)) == 0; }

/* Steals str unless it fails. 0, or an E_ code. */
int PyNode_AddChild(node *parent, int type, char *str, int line, int column, int end_line, int end_column)
{
    int n = parent->n_nchildren;
    if (n < 0 || n >= 1 << 28)
        return E_OVERFLOW;
    if (n > 0)
        _PyNode_FinalizeEndPos(&parent->n_child[n - 1]);
    if (is_full(n)) {
        node *bigger = PyObject_Realloc(parent->n_child, (n ? 2 * (size_t)n : 1) * sizeof(node));
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
    size_t places = 1;
    while (places < (size_t)n->n_nchildren)
        places *= 2;
    Py_ssize_t size = n->n_nchildren ? (Py_ssize_t)(places * sizeof(node)) : 0;
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

static mod_ty parse(const char *text, PyObject *filename, int start, int flags, PyArena *arena)
{
    PyCompilerFlags cf = {.cf_flags = flags, .cf_feature_version = PY_MINOR_VERSION};
    return PyParser_ASTFromStringObject(text, filename, start, &cf, arena);
}

/* [NODE-1] New; NULL with SyntaxError or what else parsing raises. */
static node *leaf(const char *text, PyObject *filename, int start, int parser_flags)
{
    int flags = compiler_flags(parser_flags);
    PyArena *arena = PyArena_New();
    if (arena == NULL)
        return NULL;
    mod_ty tree = parse(text, filename, start, flags, arena);
    PyArena_Free(arena);
    if (tree == NULL)
        return NULL;
    size_t size = strlen(text) + 1;
    node *n = PyNode_New(start);
    char *copy = n ? PyObject_Malloc(size) : NULL;
    if (copy == NULL) {
        PyNode_Free(n);
        PyErr_NoMemory();
        return NULL;
    }
    n->n_str = memcpy(copy, text, size);
    n->n_lineno = 1;
    n->n_end_col_offset = flags;
    return n;
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

static node *leaf_of_file(FILE *file, PyObject *filename, const char *coding, int start, int parser_flags)
{
    PyObject *raw = rest_of_file(file, coding);
    if (raw == NULL)
        return NULL;
    node *n = leaf(PyBytes_AS_STRING(raw), filename, start, parser_flags | (coding ? PyPARSE_IGNORE_COOKIE : 0));
    Py_DECREF(raw);
    return n;
}

/* ---- errors in a struct -------------------------------------------------------------------------------------- */

void PyParser_ClearError(perrdetail *err) { Py_CLEAR(err->filename); }

static int int_of(PyObject *exception, const char *name)
{
    PyObject *v = PyObject_GetAttrString(exception, name);
    long value = v && PyLong_Check(v) ? PyLong_AsLong(v) : 0;
    Py_XDECREF(v);
    PyErr_Clear();
    return (int)value;
}

/* Move a SyntaxError into err; any other exception stays. filename is borrowed. */
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
    err->error = PyErr_GivenExceptionMatches(type, PyExc_TabError) ? E_TABSPACE
                 : PyErr_GivenExceptionMatches(type, PyExc_IndentationError) ? E_DEDENT : E_SYNTAX;
    err->lineno = int_of(value, "lineno");
    err->offset = int_of(value, "offset");
    PyObject *line = PyObject_GetAttrString(value, "text");
    const char *utf8 = line && PyUnicode_Check(line) ? PyUnicode_AsUTF8(line) : NULL;
    if (utf8 != NULL && (err->text = PyObject_Malloc(strlen(utf8) + 1)) != NULL)
        strcpy(err->text, utf8);
    PyErr_Clear();
    Py_XDECREF(line);
    Py_DECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
}

/* Raise what err describes; its text is used up. */
void PyParser_SetError(perrdetail *err)
{
    PyObject *type = PyExc_SyntaxError;
    const char *message = "invalid syntax";
    if (err->error == E_NOMEM)
        PyErr_NoMemory();
    else if (err->error != E_ERROR) {
        if (err->error == E_TABSPACE) {
            type = PyExc_TabError;
            message = "inconsistent use of tabs and spaces in indentation";
        }
        else if (err->error == E_DEDENT) {
            type = PyExc_IndentationError;
            message = "unindent does not match any outer indentation level";
        }
        else if (err->error == E_EOF)
            message = "unexpected EOF while parsing";
        PyObject *args = Py_BuildValue("(s(Oiiz))", message, err->filename ? err->filename : Py_None, err->lineno, err->offset, err->text);
        if (args != NULL)
            PyErr_SetObject(type, args);
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
    node *n = filename || unnamed ? leaf(text, filename ? filename : unnamed, start, flags ? *flags : 0) : NULL;
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
    node *n = leaf_of_file(file, filename, coding, start, flags ? *flags : 0);
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
    node *n = name ? leaf(text, name, start, flags) : NULL;
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
    node *n = name ? leaf_of_file(file, name, NULL, start, flags) : NULL;
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
    if (n->n_str == NULL || n->n_nchildren != 0) {
        PyErr_SetString(PyExc_SystemError, "only nodes that the parser returned can be turned into a syntax tree");
        return NULL;
    }
    int extra = flags ? flags->cf_flags & (PyCF_MASK | PyCF_COMPILE_MASK) : 0;
    return parse(n->n_str, filename, n->n_type, n->n_end_col_offset | extra, arena);
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
