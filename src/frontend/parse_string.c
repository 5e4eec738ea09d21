/* SPDX-License-Identifier: MIT */
/* parse_string: numbers, strings and f-strings.
 *
 * Adjacent strings are one constant, or one JoinedStr if any of them is an f-string. The text between the braces of an f-string is
 * parsed by a parser of its own, in parentheses; the nodes get the place that 3.8 gives them: found by searching the expression,
 * in braces, in the *first* of the adjacent strings.
 * Whatever is wrong inside a string is an error put off.
 * Tests: tests/frontend/test_ast.py.
 */
#define _GNU_SOURCE 1 /* memmem */
#include "frontend/parser.h"

/* ---- numbers ---- */

/* The text of a number without its underscores: from buffer, or the arena if it is long. */
static char *plain_digits(Parser *p, char *buffer, size_t room)
{
    size_t size = p->token.end - p->token.start;
    char *copy = size < room ? buffer : PyArena_Malloc(p->arena, size + 1), *to = copy;
    NEED(copy);
    for (const char *c = p->token.start; c < p->token.end; c++)
        if (*c != '_')
            *to++ = *c;
    *to = 0;
    return copy;
}

static PyObject *small_decimal(const char *digits, size_t size)
{
    long value = 0;
    if (size > 18 || (size > 1 && digits[0] == '0'))
        return NULL;
    for (size_t i = 0; i < size; i++) {
        if (!Py_ISDIGIT(digits[i]))
            return NULL;
        value = 10 * value + (digits[i] - '0');
    }
    return PyLong_FromLong(value);
}

/* The value of the number token (new). */
static PyObject *number_value(Parser *p)
{
    char buffer[64], *text = plain_digits(p, buffer, sizeof buffer);
    NEED(text);
    size_t size = strlen(text);
    PyObject *value = small_decimal(text, size);
    if (value || PyErr_Occurred())
        return value;
    int based = size > 1 && text[0] == '0' && (text[1] | 0x20) > 'a' && strchr("xob", text[1] | 0x20);
    int imaginary = !based && (text[size - 1] == 'j' || text[size - 1] == 'J');
    if (based || !(imaginary || strpbrk(text, ".eE")))
        return PyLong_FromString(text, NULL, 0);
    if (imaginary)
        text[size - 1] = 0;
    double number = PyOS_string_to_double(text, NULL, NULL);
    if (number == -1.0 && PyErr_Occurred())
        return NULL;
    return imaginary ? PyComplex_FromCComplex((Py_complex){0.0, number}) : PyFloat_FromDouble(number);
}

/* A number whose text cannot be converted: the limit on the digits of integers. */
static void put_off_number(Parser *p, Mark at)
{
    if (!PyErr_ExceptionMatches(PyExc_ValueError)) {
        tai_put_off_raised(p);
        return;
    }
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    tai_put_off(p, at,
                "%S - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.", value ? value : Py_None);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
}

static expr_ty constant_here(Parser *p, PyObject *value, Mark start)
{
    expr_ty e = tai_new_expr(p, Constant_kind, start);
    NEED(e);
    e->v.Constant.value = value;
    e->v.Constant.kind = NULL;
    return e;
}

expr_ty tai_parse_number(Parser *p)
{
    Mark start = tai_here(p);
    if (p->feature_version < 6 && memchr(p->token.start, '_', p->token.end - p->token.start))
        tai_put_off(p, start, "Underscores in numeric literals are only supported in Python 3.6 and greater");
    PyObject *value = number_value(p);
    if (!value) {
        if (PyErr_ExceptionMatches(PyExc_MemoryError))
            return NULL;
        put_off_number(p, start);
        value = Py_None;
        Py_INCREF(value);
    }
    return tai_keep_object(p, value) && tai_advance(p) == 0 ? constant_here(p, value, start) : NULL;
}

/* ---- one string ---- */

typedef struct {
    const char *text, *end; /* between the quotes */
    int bytes, raw, format;
} Piece;

static Piece split_token(const Token *token)
{
    Piece piece = {token->start, token->end, 0, 0, 0};
    for (; *piece.text != '\'' && *piece.text != '"'; piece.text++)
        switch (*piece.text | 0x20) {
        case 'b': piece.bytes = 1; break;
        case 'r': piece.raw = 1; break;
        case 'f': piece.format = 1; break;
        }
    int quotes = piece.end - piece.text >= 6 && piece.text[1] == piece.text[0] && piece.text[2] == piece.text[0] ? 3 : 1;
    piece.text += quotes;
    piece.end -= quotes;
    if (!memchr(piece.text, '\\', piece.end - piece.text))
        piece.raw = 1; /* nothing to decode */
    return piece;
}

/* Text for the unicode-escape decoder: what is not ASCII is spelled as escapes. From the arena. */
static char *spell_ascii(Parser *p, const char *text, const char *end, Py_ssize_t *size)
{
    char *copy = PyArena_Malloc(p->arena, 6 * (size_t)(end - text) + 16), *to = copy;
    NEED(copy);
    while (text < end) {
        if (*text == '\\') {
            *to++ = *text++;
            if (text >= end || (*text & 0x80)) { /* a backslash of its own */
                memcpy(to, "u005c", 5);
                to += 5;
                if (text >= end)
                    break;
            }
        }
        if (!(*text & 0x80)) {
            *to++ = *text++;
            continue;
        }
        const char *stop = text;
        while (stop < end && (*stop & 0x80))
            stop++;
        PyObject *run = PyUnicode_DecodeUTF8(text, stop - text, NULL);
        NEED(run);
        for (Py_ssize_t i = 0; i < PyUnicode_GET_LENGTH(run); i++)
            to += sprintf(to, "\\U%08x", (unsigned)PyUnicode_READ_CHAR(run, i));
        Py_DECREF(run);
        text = stop;
    }
    *size = to - copy;
    return copy;
}

static PyObject *decode_text(Parser *p, const char *text, const char *end, int raw, Mark at)
{
    if (raw || !memchr(text, '\\', end - text))
        return PyUnicode_DecodeUTF8Stateful(text, end - text, NULL, NULL);
    Py_ssize_t size = end - text;
    const char *bad = NULL, *source = text;
    for (const char *c = text; c < end; c++)
        if ((*c & 0x80) || (c == end - 1 && *c == '\\')) { /* in an f-string a brace can follow a backslash */
            source = spell_ascii(p, text, end, &size);
            NEED(source);
            break;
        }
    PyObject *value = _PyUnicode_DecodeUnicodeEscape(source, size, NULL, &bad);
    if (value && bad && tai_warn_escape(p, at, (unsigned char)*bad) < 0)
        Py_CLEAR(value);
    return value;
}

static PyObject *decode_bytes(Parser *p, const Piece *piece, Mark at)
{
    for (const char *c = piece->text; c < piece->end; c++)
        if (*c & 0x80) {
            tai_put_off(p, at, "bytes can only contain ASCII literal characters.");
            return PyBytes_FromStringAndSize(NULL, 0);
        }
    if (piece->raw)
        return PyBytes_FromStringAndSize(piece->text, piece->end - piece->text);
    const char *bad = NULL;
    PyObject *value = _PyBytes_DecodeEscape(piece->text, piece->end - piece->text, NULL, 0, NULL, &bad);
    if (value && bad && tai_warn_escape(p, at, (unsigned char)*bad) < 0)
        Py_CLEAR(value);
    return value;
}

/* The exception of a decoder becomes a SyntaxError put off. -1 if it is not of that kind: memory is short. */
static int put_off_decoding(Parser *p, Mark at)
{
    const char *what = PyErr_ExceptionMatches(PyExc_UnicodeError) ? "unicode error"
                       : PyErr_ExceptionMatches(PyExc_ValueError) ? "value error"
                                                                  : NULL;
    if (!what) {
        if (PyErr_ExceptionMatches(PyExc_MemoryError))
            return -1;
        tai_put_off_raised(p);
        return 0;
    }
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    PyObject *text = value ? PyObject_Str(value) : NULL;
    if (text)
        tai_put_off(p, at, "(%s) %U", what, text);
    else {
        PyErr_Clear();
        tai_put_off(p, at, "(%s) unknown error", what);
    }
    Py_XDECREF(text);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return 0;
}

/* ---- joining ---- */

/* Strings under construction: literal text gathered, and the nodes before it. */
typedef struct {
    Parser *p;
    Mark start;         /* of the whole */
    Token first;        /* the first string token: expressions are located in it */
    PyObject *text;     /* owned, or NULL */
    size_t base;        /* nodes are on the parser's stack */
    int formatted;
} Joiner;

/* Steals text. */
static int add_text(Joiner *j, PyObject *text)
{
    if (!text)
        return -1;
    if (!PyUnicode_GET_LENGTH(text)) {
        Py_DECREF(text);
        return 0;
    }
    if (!j->text)
        j->text = text;
    else
        PyUnicode_AppendAndDel(&j->text, text);
    return j->text ? 0 : -1;
}

/* The nodes' end is set when the strings are all taken. */
static int flush_text(Joiner *j)
{
    if (!j->text)
        return 0;
    PyObject *text = tai_keep_object(j->p, j->text);
    j->text = NULL;
    expr_ty e = text ? constant_here(j->p, text, j->start) : NULL;
    return e ? tai_push(j->p, e) : -1;
}

/* ---- f-strings ---- */

static expr_ty parse_format(Joiner *j, const char **at, const char *end, int raw, int level);
static int parse_pieces(Joiner *j, const char **at, const char *end, int raw, int level);

/* A put-off error inside an f-string ends its reading: 1. */
#define REFUSE(...) (tai_put_off(j->p, j->start, __VA_ARGS__), 1)

/* Literal text up to a brace. 0, 1 after a put-off error, -1. *again: a doubled brace was undoubled, more text follows. */
static int take_literal(Joiner *j, const char **at, const char *end, int raw, int level, int *again)
{
    const char *start = *at, *s = start, *stop;
    *again = 0;
    while (s < end) {
        char c = *s++;
        if (!raw && c == '\\' && s < end) {
            c = *s++;
            if (c == 'N') {
                if (s < end && *s++ == '{') {
                    while (s < end && *s++ != '}')
                        ;
                    continue;
                }
                break; /* the decoder refuses it */
            }
            if (c == '{' && tai_warn_escape(j->p, j->start, '{') < 0)
                return -1;
        }
        if (c != '{' && c != '}')
            continue;
        if (level == 0 && s < end && *s == c) {
            *again = 1;
            break;
        }
        if (level == 0 && c == '}')
            return REFUSE("f-string: single '}' is not allowed");
        s--;
        break;
    }
    stop = s;
    *at = s + *again;
    if (stop == start)
        return 0;
    PyObject *text = decode_text(j->p, start, stop, raw, j->start);
    if (!text)
        return put_off_decoding(j->p, j->start) < 0 ? -1 : 1;
    return add_text(j, text);
}

/* The end of an expression: where '!', ':', '=' or '}' stands outside of brackets and strings. 0, or 1 after a put-off error. */
static int find_expression_end(Joiner *j, const char **at, const char *end)
{
    char quote = 0, brackets[LEX_MAX_PARENS];
    int triple = 0, depth = 0;
    const char *s = *at;
    for (; s < end; s++) {
        char c = *s;
        if (c == '\\')
            return REFUSE("f-string expression part cannot include a backslash");
        if (quote) {
            if (c != quote)
                continue;
            if (!triple)
                quote = 0;
            else if (s + 2 < end && s[1] == c && s[2] == c) {
                s += 2;
                quote = 0;
            }
        }
        else if (c == '\'' || c == '"') {
            quote = c;
            triple = s + 2 < end && s[1] == c && s[2] == c;
            s += 2 * triple;
        }
        else if (c == '[' || c == '{' || c == '(') {
            if (depth >= LEX_MAX_PARENS)
                return REFUSE("f-string: too many nested parenthesis");
            brackets[depth++] = c;
        }
        else if (c == '#')
            return REFUSE("f-string expression part cannot include '#'");
        else if (depth == 0 && strchr("!:}=<>", c) && c) {
            if (s + 1 < end) {
                if (s[1] == '=' && strchr("!=<>", c)) {
                    s++;
                    continue;
                }
                if (c == '<' || c == '>')
                    continue;
            }
            break;
        }
        else if (c == ']' || c == '}' || c == ')') {
            if (!depth)
                return REFUSE("f-string: unmatched '%c'", c);
            char open = brackets[--depth];
            if (!((open == '(' && c == ')') || (open == '[' && c == ']') || (open == '{' && c == '}')))
                return REFUSE("f-string: closing parenthesis '%c' does not match opening parenthesis '%c'", c, open);
        }
    }
    *at = s;
    if (quote)
        return REFUSE("f-string: unterminated string");
    if (depth)
        return REFUSE("f-string: unmatched '%c'", brackets[depth - 1]);
    return s >= end ? REFUSE("f-string: expecting '}'") : 0;
}

/* Where the nodes of an expression belong: the expression in braces is looked for in the first string. copy is "(expression)". */
static void locate(const Joiner *j, char *copy, size_t size, int *lines, int *columns)
{
    const char *token = j->first.start, *token_end = j->first.end, *found = NULL;
    *lines = j->start.line - 1;
    *columns = j->start.column;
    copy[0] = '{';
    copy[size - 1] = '}';
    if ((size_t)(token_end - token) >= size)
        found = memmem(token, token_end - token, copy, size);
    copy[0] = '(';
    copy[size - 1] = ')';
    if (!found)
        return;
    const char *line = found;
    while (line > token && *line != '\n')
        line--;
    *columns += (int)(found - line);
    for (const char *c = token; c < found; c++)
        *lines += *c == '\n';
}

/* The expression from start to end as a tree. NULL with *refused set after a put-off error, without it with an exception. */
static expr_ty compile_expression(Joiner *j, const char *start, const char *end, int *refused)
{
    size_t size = end - start + 2;
    const char *s = start;
    int lines, columns;
    *refused = 1;
    while (s < end && (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\014'))
        s++;
    if (s == end) {
        tai_put_off(j->p, j->start, "f-string: empty expression not allowed");
        return NULL;
    }
    char *copy = PyArena_Malloc(j->p->arena, size + 1);
    if (!copy) {
        *refused = 0;
        return NULL;
    }
    memcpy(copy + 1, start, end - start);
    copy[0] = '(';
    copy[size - 1] = ')';
    copy[size] = 0;
    locate(j, copy, size, &lines, &columns);
    mod_ty mod = tai_parse_expression_text(j->p, copy, copy + size, lines, columns);
    if (mod)
        return mod->v.Expression.body;
    tai_put_off_raised(j->p);
    return NULL;
}

/* [=] [!conversion] [:spec] '}' after an expression. 0, 1 after a put-off error, -1. */
static int take_options(Joiner *j, const char **at, const char *end, int raw, int level, const char *start, expr_ty value)
{
    const char *s = *at;
    int conversion = -1, shown = 0;
    expr_ty spec = NULL;
    if (*s == '=') {
        if (j->p->feature_version < 8)
            return REFUSE("f-string: self documenting expressions are only supported in Python 3.8 and greater");
        s++;
        while (s < end && Py_ISSPACE(*s))
            s++;
        shown = 1;
        if (add_text(j, PyUnicode_DecodeUTF8(start, s - start, NULL)) < 0)
            return -1;
    }
    if (s < end && *s == '!') {
        if (++s >= end)
            return REFUSE("f-string: expecting '}'");
        conversion = (unsigned char)*s++;
        if (conversion != 's' && conversion != 'r' && conversion != 'a')
            return REFUSE("f-string: invalid conversion character: expected 's', 'r', or 'a'");
    }
    if (s >= end)
        return REFUSE("f-string: expecting '}'");
    if (flush_text(j) < 0)
        return -1;
    if (*s == ':') {
        if (++s >= end)
            return REFUSE("f-string: expecting '}'");
        spec = parse_format(j, &s, end, raw, level + 1);
        if (!spec)
            return PyErr_Occurred() ? -1 : 1;
    }
    if (s >= end || *s != '}')
        return REFUSE("f-string: expecting '}'");
    *at = s + 1;
    if (shown && !spec && conversion == -1)
        conversion = 'r';
    expr_ty e = tai_new_expr(j->p, FormattedValue_kind, j->start);
    if (!e)
        return -1;
    e->v.FormattedValue.value = value;
    e->v.FormattedValue.conversion = conversion;
    e->v.FormattedValue.format_spec = spec;
    return tai_push(j->p, e);
}

/* {expression…} at a brace. 0, 1 after a put-off error, -1. */
static int take_replacement(Joiner *j, const char **at, const char *end, int raw, int level)
{
    if (level >= 2)
        return REFUSE("f-string: expressions nested too deeply");
    const char *start = ++*at;
    int refused = find_expression_end(j, at, end);
    if (refused)
        return refused;
    expr_ty value = compile_expression(j, start, *at, &refused);
    if (!value)
        return refused ? 1 : -1;
    return take_options(j, at, end, raw, level, start, value);
}

/* An f-string's text, or a format specification up to its brace. 0, 1 after a put-off error, -1. */
static int parse_pieces(Joiner *j, const char **at, const char *end, int raw, int level)
{
    j->formatted = 1;
    for (;;) {
        int again, result = take_literal(j, at, end, raw, level, &again);
        if (result)
            return result;
        if (again)
            continue;
        if (*at >= end || **at == '}')
            break;
        result = take_replacement(j, at, end, raw, level);
        if (result)
            return result;
    }
    if (level == 0 && *at < end - 1)
        return REFUSE("f-string: unexpected end of string");
    if (level != 0 && (*at >= end || **at != '}'))
        return REFUSE("f-string: expecting '}'");
    return 0;
}

static expr_ty finish(Joiner *j)
{
    if (flush_text(j) < 0)
        return NULL;
    asdl_seq *values = tai_pop_seq(j->p, j->base);
    expr_ty e = values ? tai_new_expr(j->p, JoinedStr_kind, j->start) : NULL;
    NEED(e);
    e->v.JoinedStr.values = values;
    return e;
}

/* A format specification. NULL without an exception after a put-off error. */
static expr_ty parse_format(Joiner *outer, const char **at, const char *end, int raw, int level)
{
    Joiner j = {.p = outer->p, .start = outer->start, .first = outer->first, .base = outer->p->stack_size};
    int result = parse_pieces(&j, at, end, raw, level);
    if (!result)
        return finish(&j);
    Py_CLEAR(j.text);
    j.p->stack_size = j.base;
    return NULL;
}

/* ---- strings ---- */

/* Nodes inside were made before the last string was taken: all end where the whole ends. */
static void set_ends(Parser *p, expr_ty e)
{
    e->end_lineno = p->end.line;
    e->end_col_offset = p->end.column;
    if (e->kind == JoinedStr_kind)
        for (Py_ssize_t i = 0; i < asdl_seq_LEN(e->v.JoinedStr.values); i++)
            set_ends(p, asdl_seq_GET(e->v.JoinedStr.values, i));
    else if (e->kind == FormattedValue_kind && e->v.FormattedValue.format_spec)
        set_ends(p, e->v.FormattedValue.format_spec);
}

static int add_piece(Joiner *j, const Piece *piece)
{
    Parser *p = j->p;
    if (piece->format) {
        const char *at = piece->text;
        if (p->feature_version < 6)
            tai_put_off(p, tai_here(p), "Format strings are only supported in Python 3.6 and greater");
        return parse_pieces(j, &at, piece->end, piece->raw, 0) < 0 ? -1 : 0;
    }
    PyObject *text = decode_text(p, piece->text, piece->end, piece->raw, tai_here(p)); /* warnings are about the token */
    if (!text)
        return put_off_decoding(p, j->start);
    return add_text(j, text);
}

static int add_bytes(Parser *p, const Piece *piece, PyObject **all, Mark at)
{
    PyObject *part = decode_bytes(p, piece, tai_here(p));
    if (!part)
        return put_off_decoding(p, at);
    if (!*all)
        *all = part;
    else
        PyBytes_ConcatAndDel(all, part);
    return *all ? 0 : -1;
}

/* All adjacent strings into j->text and the stack, or *bytes. */
static int take_strings(Joiner *j, PyObject **data, int *is_bytes)
{
    Parser *p = j->p;
    *is_bytes = -1;
    while (tai_at(p, T_STRING)) {
        Piece piece = split_token(&p->token);
        int mixed = *is_bytes >= 0 && *is_bytes != piece.bytes;
        if (*is_bytes < 0)
            *is_bytes = piece.bytes;
        if (mixed && piece.format)
            tai_put_off(p, j->start, "cannot mix bytes and nonbytes literals");
        TRY(piece.bytes ? add_bytes(p, &piece, data, j->start) : add_piece(j, &piece));
        if (mixed)
            tai_put_off(p, j->start, "cannot mix bytes and nonbytes literals");
        TRY(tai_advance(p));
    }
    return 0;
}

static expr_ty make_strings(Joiner *j, PyObject **data, int is_bytes)
{
    Parser *p = j->p;
    PyObject *value;
    if (j->formatted && !is_bytes) {
        expr_ty e = finish(j);
        if (e)
            set_ends(p, e);
        return e;
    }
    if (is_bytes)
        value = *data ? *data : PyBytes_FromStringAndSize(NULL, 0), *data = NULL;
    else
        value = j->text ? j->text : PyUnicode_New(0, 0), j->text = NULL;
    return tai_keep_object(p, value) ? constant_here(p, value, j->start) : NULL;
}

/* The `kind` of constants that begin with u"…". */
static int mark_kind(Parser *p, expr_ty e)
{
    static const char u[] = "u";
    if (e->kind == JoinedStr_kind) {
        for (Py_ssize_t i = 0; i < asdl_seq_LEN(e->v.JoinedStr.values); i++)
            TRY(mark_kind(p, asdl_seq_GET(e->v.JoinedStr.values, i)));
        return 0;
    }
    if (e->kind != Constant_kind)
        return 0;
    e->v.Constant.kind = tai_identifier(p, u, u + 1);
    return e->v.Constant.kind ? 0 : -1;
}

expr_ty tai_parse_strings(Parser *p)
{
    Joiner j = {.p = p, .start = tai_here(p), .first = p->token, .base = p->stack_size};
    PyObject *data = NULL;
    int is_bytes;
    expr_ty e = take_strings(&j, &data, &is_bytes) < 0 ? NULL : make_strings(&j, &data, is_bytes);
    Py_XDECREF(data);
    Py_XDECREF(j.text);
    p->stack_size = j.base;
    if (e && j.first.start[0] == 'u' && mark_kind(p, e) < 0)
        return NULL;
    return e;
}
