/* SPDX-License-Identifier: MIT */
/* parse: the parser's ground: entry points, errors, lists, names. See parser.h. Tests: tests/frontend/test_cases.py. */
#include "frontend/parser.h"
#include "errcode.h"

#include <errno.h>

/* Bytes that one interactive statement may have: its lines are added in place, as tokens point into them. Untouched memory costs nothing. */
#define INTERACTIVE_ROOM (16 << 20)

/* ---- errors ---- */

/* SyntaxError or a subclass, with the place and the text that the lexer is at. */
static void raise_at(Parser *p, PyObject *type, const char *message, int offset)
{
    const Lexer *lexer = &p->lexer;
    Py_ssize_t size = lexer->is_file && lexer->state == LEX_EOF ? 0 : lexer->limit - lexer->shown;
    PyObject *text = PyUnicode_DecodeUTF8(lexer->shown, size, "replace");
    PyObject *before = PyUnicode_DecodeUTF8(lexer->shown, offset < size ? offset : size, "replace");
    if (text && before) {
        PyObject *args = Py_BuildValue("(s(OiiO))", message, p->filename, lexer->line_number,
                                       size ? (int)PyUnicode_GET_LENGTH(before) : offset, text);
        if (args)
            PyErr_SetObject(type, args);
        Py_XDECREF(args);
    }
    Py_XDECREF(text);
    Py_XDECREF(before);
}

/* What stopped the lexer, or NULL if it did not. */
static const char *lexer_message(LexState state, PyObject **type)
{
    switch (state) {
    case LEX_EOF:
        return "unexpected EOF while parsing";
    case LEX_EOF_IN_STRING:
        return "EOF while scanning triple-quoted string literal";
    case LEX_EOL_IN_STRING:
        return "EOL while scanning string literal";
    case LEX_TABS:
        *type = PyExc_TabError;
        return "inconsistent use of tabs and spaces in indentation";
    case LEX_DEDENT:
        *type = PyExc_IndentationError;
        return "unindent does not match any outer indentation level";
    case LEX_TOO_DEEP:
        *type = PyExc_IndentationError;
        return "too many levels of indentation";
    case LEX_CONTINUATION:
        return "unexpected character after line continuation character";
    case LEX_IDENTIFIER:
        return "invalid character in identifier";
    default:
        return NULL;
    }
}

static void *syntax_error(Parser *p, int indent_expected)
{
    if (p->lexer.state == LEX_RAISED || PyErr_Occurred())
        return NULL;
    PyObject *type = PyExc_SyntaxError;
    const char *message = lexer_message(p->lexer.state, &type);
    if (!message) {
        message = "invalid syntax";
        if (indent_expected)
            message = "expected an indented block", type = PyExc_IndentationError;
        else if (p->token.type == T_INDENT)
            message = "unexpected indent", type = PyExc_IndentationError;
        else if (p->token.type == T_DEDENT)
            message = "unexpected unindent", type = PyExc_IndentationError;
        else if (p->token.type == T_NOTEQUAL && p->barry && p->token.start[0] == '!')
            message = "with Barry as BDFL, use '<>' instead of '!='";
    }
    int offset = p->raw_column >= 0 && p->token.type != T_ERRORTOKEN ? p->raw_column + 1 : (int)(p->lexer.cursor - p->lexer.shown);
    raise_at(p, type, message, offset);
    return NULL;
}

void *tai_syntax_error(Parser *p)
{
    return syntax_error(p, 0);
}

void *tai_indent_expected(Parser *p)
{
    return syntax_error(p, 1);
}

int tai_enter(Parser *p, int levels)
{
    if (p->depth + levels > TAI_PARSER_STACK) {
        fputs("s_push: parser stack overflow\n", stderr);
        PyErr_NoMemory();
        return -1;
    }
    p->depth += levels;
    return 0;
}

void tai_put_off_raised(Parser *p)
{
    if (p->late_type)
        PyErr_Clear();
    else
        PyErr_Fetch(&p->late_type, &p->late_value, &p->late_traceback);
}

/* Set SyntaxError(message) at a place, with the line of the file if there is one. */
static void raise_late(PyObject *filename, PyObject *message, Mark at)
{
    PyObject *text = PyErr_ProgramTextObject(filename, at.line);
    PyObject *args = message ? Py_BuildValue("(O(OiiO))", message, filename, at.line, at.column + 1, text ? text : Py_None) : NULL;
    if (args)
        PyErr_SetObject(PyExc_SyntaxError, args);
    Py_XDECREF(args);
    Py_XDECREF(text);
}

void tai_put_off(Parser *p, Mark at, const char *format, ...)
{
    if (p->late_type)
        return;
    va_list values;
    va_start(values, format);
    PyObject *message = PyUnicode_FromFormatV(format, values);
    va_end(values);
    raise_late(p->filename, message, at);
    Py_XDECREF(message);
    tai_put_off_raised(p);
}

int tai_forbidden(Parser *p, PyObject *name, Mark at, int all)
{
    if (PyUnicode_READ_CHAR(name, 0) != '_' && !all)
        return 0;
    int bad = _PyUnicode_EqualToASCIIString(name, "__debug__");
    if (all && !bad)
        bad = _PyUnicode_EqualToASCIIString(name, "None") || _PyUnicode_EqualToASCIIString(name, "True") ||
              _PyUnicode_EqualToASCIIString(name, "False");
    if (bad)
        tai_put_off(p, at, "cannot assign to %U", name);
    return bad;
}

/* ---- warnings ---- */

static int push_warning(Parser *p, LateWarning warning)
{
    if (p->late_type)
        return 0;
    if (p->warning_count == p->warning_room) {
        int room = p->warning_room ? 2 * p->warning_room : 16;
        LateWarning *warnings = PyArena_Malloc(p->arena, room * sizeof(LateWarning));
        if (!warnings)
            return -1;
        if (p->warning_count)
            memcpy(warnings, p->warnings, p->warning_count * sizeof(LateWarning));
        p->warnings = warnings;
        p->warning_room = room;
    }
    p->warnings[p->warning_count++] = warning;
    return 0;
}

int tai_warn_escape(Parser *p, Mark at, unsigned char escape)
{
    return push_warning(p, (LateWarning){p->filename, at.line, at.column, escape});
}

/* Give one warning; where the filters make it an error, that is a SyntaxError. Runs code. */
static int give_warning(const LateWarning *w)
{
    PyObject *message = PyUnicode_FromFormat("invalid escape sequence \\%c", w->escape);
    if (!message)
        return -1;
    int failed = PyErr_WarnExplicitObject(PyExc_DeprecationWarning, message, w->filename, w->line, NULL, NULL);
    if (failed < 0 && PyErr_ExceptionMatches(PyExc_DeprecationWarning)) {
        PyErr_Clear();
        raise_late(w->filename, message, (Mark){w->line, w->column});
    }
    Py_DECREF(message);
    return failed < 0 ? -1 : 0;
}

/* ---- tokens ---- */

static int note_type_ignore(Parser *p)
{
    if (p->ignore_count == p->ignore_room) {
        Py_ssize_t room = p->ignore_room ? 2 * p->ignore_room : 16;
        type_ignore_ty *ignores = PyArena_Malloc(p->arena, room * sizeof(*ignores));
        if (!ignores)
            return -1;
        if (p->ignore_count)
            memcpy(ignores, p->ignores, p->ignore_count * sizeof(*ignores));
        p->ignores = ignores;
        p->ignore_room = room;
    }
    PyObject *tag = tai_keep_object(p, PyUnicode_DecodeUTF8(p->token.start, p->token.end - p->token.start, NULL));
    type_ignore_ty made = tag ? _Py_TypeIgnore(p->token.line, tag, p->arena) : NULL;
    if (!made)
        return -1;
    p->ignores[p->ignore_count++] = made;
    return 0;
}

/* Look at the next token. An error of the lexer is raised at once. */
static int look(Parser *p)
{
    for (;;) {
        if (p->given != NULL) {
            p->token = *p->given;
            p->given += p->token.type != T_ENDMARKER;
        } else
            tai_lexer_next(&p->lexer, &p->token);
        if (p->token.type != T_TYPE_IGNORE)
            break;
        TRY(note_type_ignore(p));
    }
    p->raw_column = p->token.column;
    if (p->token.type == T_ERRORTOKEN) {
        tai_syntax_error(p);
        return -1;
    }
    if (p->token.type == T_NOTEQUAL && !p->given && (p->token.start[0] == '<') != !!p->barry) {
        p->raw_column = -1; /* 3.8 has not looked at its place yet */
        tai_syntax_error(p);
        return -1;
    }
    if (p->line_shift | p->column_shift) {
        if (p->token.line == 1)
            p->token.column += p->column_shift;
        if (p->token.end_line == 1)
            p->token.end_column += p->column_shift;
        p->token.line += p->line_shift;
        p->token.end_line += p->line_shift;
    }
    return 0;
}

int tai_advance(Parser *p)
{
    p->end = (Mark){p->token.end_line, p->token.end_column};
    p->taken++;
    return look(p);
}

int tai_expect(Parser *p, int type)
{
    if (p->token.type == type)
        return tai_advance(p);
    tai_syntax_error(p);
    return -1;
}

/* ---- names ---- */

PyObject *tai_keep_object(Parser *p, PyObject *value)
{
    if (!value)
        return NULL;
    if (PyArena_AddPyObject(p->arena, value) < 0) {
        Py_DECREF(value);
        return NULL;
    }
    return value;
}

/* Names that are not ASCII are compared in their NFKC form (PEP 3131). Steals name. Runs code. */
static PyObject *normalize(PyObject *name)
{
    PyObject *module = PyImport_ImportModuleNoBlock("unicodedata");
    PyObject *result = module ? PyObject_CallMethod(module, "normalize", "sO", "NFKC", name) : NULL;
    Py_XDECREF(module);
    Py_DECREF(name);
    if (result && !PyUnicode_Check(result)) {
        PyErr_Format(PyExc_TypeError, "unicodedata.normalize() must return a string, not %.200s", Py_TYPE(result)->tp_name);
        Py_CLEAR(result);
    }
    return result;
}

static int grow_names(Parser *p)
{
    size_t cells = p->names ? 2 * (p->name_mask + 1) : 256;
    NameCell *names = PyArena_Malloc(p->arena, cells * sizeof(NameCell)), *old = p->names;
    if (!names)
        return -1;
    memset(names, 0, cells * sizeof(NameCell));
    for (size_t i = 0; old && i <= p->name_mask; i++)
        if (old[i].name) {
            size_t hash = 5381;
            for (size_t j = 0; j < old[i].size; j++)
                hash = hash * 33 ^ (unsigned char)old[i].text[j];
            hash ^= hash >> 15;
            while (names[hash & (cells - 1)].name)
                hash++;
            names[hash & (cells - 1)] = old[i];
        }
    p->names = names;
    p->name_mask = cells - 1;
    return 0;
}

static PyObject *make_identifier(Parser *p, const char *start, size_t size)
{
    PyObject *name = PyUnicode_DecodeUTF8(start, (Py_ssize_t)size, NULL);
    if (name && !PyUnicode_IS_ASCII(name))
        name = normalize(name);
    if (name)
        PyUnicode_InternInPlace(&name);
    return tai_keep_object(p, name);
}

/* The identifier spelled from start to end: interned, kept by the arena. Each spelling is decoded once. */
PyObject *tai_identifier(Parser *p, const char *start, const char *end)
{
    size_t size = end - start, hash = 5381;
    if (2 * p->name_count >= p->name_mask && grow_names(p) < 0)
        return NULL;
    for (size_t i = 0; i < size; i++)
        hash = hash * 33 ^ (unsigned char)start[i];
    hash ^= hash >> 15;
    NameCell *cell = &p->names[hash & p->name_mask];
    for (; cell->name; cell = &p->names[++hash & p->name_mask])
        if (cell->size == size && !memcmp(cell->text, start, size))
            return cell->name;
    PyObject *name = make_identifier(p, start, size);
    if (name) {
        *cell = (NameCell){start, size, name};
        p->name_count++;
    }
    return name;
}

PyObject *tai_take_name(Parser *p)
{
    if (p->token.type != T_NAME)
        return tai_syntax_error(p);
    PyObject *name = tai_identifier(p, p->token.start, p->token.end);
    return name && tai_advance(p) == 0 ? name : NULL;
}

PyObject *tai_type_comment(Parser *p)
{
    PyObject *text = tai_keep_object(p, PyUnicode_DecodeUTF8(p->token.start, p->token.end - p->token.start, NULL));
    return text && tai_advance(p) == 0 ? text : NULL;
}

/* ---- lists and nodes ---- */

int tai_push(Parser *p, void *tree_node)
{
    if (p->stack_size == p->stack_room) {
        size_t room = p->stack_room ? 2 * p->stack_room : 256;
        void **stack = PyMem_Realloc(p->stack, room * sizeof(void *));
        if (!stack) {
            PyErr_NoMemory();
            return -1;
        }
        p->stack = stack;
        p->stack_room = room;
    }
    p->stack[p->stack_size++] = tree_node;
    return 0;
}

asdl_seq *tai_pop_seq(Parser *p, size_t base)
{
    size_t n = p->stack_size - base;
    asdl_seq *seq = _Py_asdl_seq_new((Py_ssize_t)n, p->arena);
    if (seq && n)
        memcpy(seq->elements, p->stack + base, n * sizeof(void *));
    p->stack_size = base;
    return seq;
}

void *tai_new(Parser *p, size_t size)
{
    void *tree_node = PyArena_Malloc(p->arena, size);
    if (tree_node)
        memset(tree_node, 0, size);
    return tree_node;
}

expr_ty tai_new_expr(Parser *p, int kind, Mark start)
{
    expr_ty e = PyArena_Malloc(p->arena, sizeof(*e));
    if (!e)
        return NULL;
    e->kind = kind;
    e->lineno = start.line;
    e->col_offset = start.column;
    e->end_lineno = p->end.line;
    e->end_col_offset = p->end.column;
    return e;
}

/* ---- entry points ---- */

static void close_parser(Parser *p)
{
    PyMem_Free(p->stack);
    Py_CLEAR(p->late_type);
    Py_CLEAR(p->late_value);
    Py_CLEAR(p->late_traceback);
}

/* Warnings, and then the error that was put off. 0 if there is none. Runs code. */
static int settle(Parser *p)
{
    for (int i = 0; i < p->warning_count && !p->quiet; i++)
        TRY(give_warning(&p->warnings[i]));
    if (!p->late_type)
        return 0;
    PyErr_Restore(p->late_type, p->late_value, p->late_traceback);
    p->late_type = p->late_value = p->late_traceback = NULL;
    return -1;
}

/* After the one statement of an interactive input only white space and comments may follow. */
static int check_single(Parser *p)
{
    for (const char *c = p->lexer.cursor; *c; c++) {
        if (*c == '#') {
            while (*c && *c != '\n')
                c++;
            if (!*c)
                return 0;
        }
        else if (*c != ' ' && *c != '\t' && *c != '\n' && *c != '\014') {
            const char *message = "multiple statements found while compiling a single statement";
            raise_at(p, PyExc_SyntaxError, p->lexer.state == LEX_EOF ? "unexpected EOF while parsing" : message,
                     p->raw_column >= 0 ? p->raw_column + 1 : (int)(p->lexer.cursor - p->lexer.shown));
            return -1;
        }
    }
    return 0;
}

static mod_ty run(Parser *p, int start)
{
    mod_ty mod = look(p) < 0 ? NULL : tai_parse_module(p, start);
    if (mod && start == Py_single_input && check_single(p) < 0)
        mod = NULL;
    return mod;
}

static void open_parser(Parser *p, const char *source, const char *end, PyObject *filename, PyCompilerFlags *flags, PyArena *arena)
{
    int bits = flags ? flags->cf_flags : 0;
    memset(p, 0, sizeof *p);
    tai_lexer_init(&p->lexer, source, end, filename);
    p->arena = arena;
    p->filename = filename;
    p->feature_version = bits & PyCF_ONLY_AST ? flags->cf_feature_version : PY_MINOR_VERSION;
    p->quiet = !!(bits & TAI_CF_QUIET);
    p->barry = !!(bits & CO_FUTURE_BARRY_AS_BDFL);
    p->lexer.keep_indent = !!(bits & PyCF_DONT_IMPLY_DEDENT);
    p->lexer.type_comments = !!(bits & PyCF_TYPE_COMMENTS);
    p->lexer.async_hacks = p->feature_version < 7;
}

static mod_ty finish_parser(Parser *p, mod_ty mod)
{
    if (mod && settle(p) < 0)
        mod = NULL;
    close_parser(p);
    return mod;
}

/* Parse decoded text. */
static mod_ty parse_text(const char *source, const char *end, int is_file, PyObject *filename, int start, PyCompilerFlags *flags,
                         PyArena *arena)
{
    Parser p;
    open_parser(&p, source, end, filename, flags, arena);
    p.lexer.is_file = is_file;
    return finish_parser(&p, run(&p, start));
}

mod_ty tai_parse_interactive(char *(*more)(void *, int), void *context, PyObject *filename, PyCompilerFlags *flags, PyArena *arena,
                             int *at_end)
{
    char *room = PyMem_Malloc(INTERACTIVE_ROOM);
    Parser p;
    *at_end = 0;
    if (!room)
        return (mod_ty)PyErr_NoMemory();
    *room = 0;
    open_parser(&p, room, room, filename, flags, arena);
    p.lexer.more = more;
    p.lexer.more_context = context;
    p.lexer.room_end = room + INTERACTIVE_ROOM;
    mod_ty mod = run(&p, Py_single_input);
    *at_end = !mod && p.lexer.state == LEX_EOF;
    mod = finish_parser(&p, mod);
    PyMem_Free(room);
    return mod;
}

mod_ty tai_parse_string(const char *text, PyObject *filename, int start, PyCompilerFlags *flags, PyArena *arena)
{
    int is_utf8 = flags && (flags->cf_flags & PyCF_IGNORE_COOKIE);
    char *end, *source = tai_source_decode(text, strlen(text), is_utf8, start == Py_file_input, filename, arena, &end);
    return source ? parse_text(source, end, 0, filename, start, flags, arena) : NULL;
}

mod_ty tai_parse_file_text(const char *text, size_t size, const char *coding, PyObject *filename, int start, PyCompilerFlags *flags,
                           PyArena *arena)
{
    int plain;
    char *end, *source = tai_source_decode_file(text, size, coding, filename, arena, &end, &plain);
    return source ? parse_text(source, end, plain, filename, start, flags, arena) : NULL;
}

mod_ty tai_parse_tokens(const Token *tokens, int type_comments, PyObject *filename, int start, PyCompilerFlags *flags, PyArena *arena)
{
    Parser p;
    static const char no_text[] = "";
    open_parser(&p, no_text, no_text, filename, flags, arena);
    p.lexer.type_comments |= type_comments;
    p.given = tokens;
    return finish_parser(&p, run(&p, start));
}

/* An expression of an f-string, in parentheses already; its warnings join those of the outer text, its put-off error is raised. */
mod_ty tai_parse_expression_text(Parser *outer, const char *text, const char *end, int line_shift, int column_shift)
{
    _Py_static_string(PyId_fstring, "<fstring>");
    Parser *p = PyMem_Calloc(1, sizeof(Parser));
    PyObject *filename = _PyUnicode_FromId(&PyId_fstring);
    mod_ty mod = NULL;
    if (p && filename) {
        tai_lexer_init(&p->lexer, text, end, filename);
        p->arena = outer->arena;
        p->filename = filename;
        p->feature_version = PY_MINOR_VERSION;
        p->line_shift = line_shift;
        p->column_shift = column_shift;
        mod = run(p, Py_eval_input);
        for (int i = 0; mod && i < p->warning_count; i++)
            if (push_warning(outer, p->warnings[i]) < 0)
                mod = NULL;
        p->warning_count = 0;
        if (mod && settle(p) < 0)
            mod = NULL;
        close_parser(p);
    }
    else if (!p)
        PyErr_NoMemory();
    PyMem_Free(p);
    return mod;
}

/* ---- public ---- */

mod_ty PyParser_ASTFromStringObject(const char *text, PyObject *filename, int start, PyCompilerFlags *flags, PyArena *arena)
{
    return tai_parse_string(text, filename, start, flags, arena);
}

mod_ty PyParser_ASTFromString(const char *text, const char *filename, int start, PyCompilerFlags *flags, PyArena *arena)
{
    PyObject *name = PyUnicode_DecodeFSDefault(filename);
    mod_ty mod = name ? tai_parse_string(text, name, start, flags, arena) : NULL;
    Py_XDECREF(name);
    return mod;
}

/* What is left in a file, in memory of PyMem_Malloc; NULL with an exception. */
static char *read_file(FILE *file, size_t *size)
{
    size_t room = 16384;
    char *text = PyMem_Malloc(room);
    for (*size = 0; text;) {
        size_t got;
        Py_BEGIN_ALLOW_THREADS
        got = fread(text + *size, 1, room - *size, file);
        Py_END_ALLOW_THREADS
        *size += got;
        if (*size < room && ferror(file) && errno == EINTR) {
            clearerr(file);
            if (PyErr_CheckSignals() == 0)
                continue;
            PyMem_Free(text);
            return NULL;
        }
        if (*size < room && ferror(file) && errno == EISDIR) {
            PyMem_Free(text);
            PyErr_SetFromErrno(PyExc_OSError);
            return NULL;
        }
        if (*size < room)
            return text;
        char *more = PyMem_Realloc(text, room *= 2);
        if (!more)
            PyMem_Free(text);
        text = more;
    }
    return (char *)PyErr_NoMemory();
}

/* Where the lines of an interactive input come from. */
typedef struct {
    FILE *file;
    const char *first_prompt, *next_prompt;
} Terminal;

static char *prompt_line(void *context, int first)
{
    Terminal *terminal = context;
    char *line = PyOS_Readline(terminal->file, stdout, first ? terminal->first_prompt : terminal->next_prompt);
    if (!line && !PyErr_Occurred())
        PyErr_SetNone(PyExc_KeyboardInterrupt);
    return line;
}

/* With prompts: one statement is read, line by line. Without: all of the file. */
mod_ty PyParser_ASTFromFileObject(FILE *file, PyObject *filename, const char *enc, int start, const char *ps1, const char *ps2,
                                  PyCompilerFlags *flags, int *errcode, PyArena *arena)
{
    size_t size = 0;
    int at_end;
    if (ps1 && start == Py_single_input) {
        Terminal terminal = {file, ps1, ps2 ? ps2 : ps1};
        mod_ty mod = tai_parse_interactive(prompt_line, &terminal, filename, flags, arena, &at_end);
        if (errcode)
            *errcode = mod ? E_OK : at_end ? E_EOF : E_SYNTAX;
        return mod;
    }
    char *text = read_file(file, &size);
    mod_ty mod = text ? tai_parse_file_text(text, size, enc, filename, start, flags, arena) : NULL;
    PyMem_Free(text);
    if (errcode)
        *errcode = mod ? E_OK : size ? E_SYNTAX : E_EOF;
    return mod;
}

mod_ty PyParser_ASTFromFile(FILE *file, const char *filename, const char *enc, int start, const char *ps1, const char *ps2,
                            PyCompilerFlags *flags, int *errcode, PyArena *arena)
{
    PyObject *name = PyUnicode_DecodeFSDefault(filename);
    mod_ty mod = name ? PyParser_ASTFromFileObject(file, name, enc, start, ps1, ps2, flags, errcode, arena) : NULL;
    Py_XDECREF(name);
    return mod;
}
