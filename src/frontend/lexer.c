/* SPDX-License-Identifier: MIT */
/* lexer: source text -> tokens.
 *
 * The whole text lies in memory, utf-8, lines ended by \n, a NUL behind it. Lines are taken up one after the other, so that the current
 * line is known to errors; the next one is entered when its first character is looked at.
 * Leading white space becomes INDENT and DEDENT, measured twice, with tabs of eight columns and of one: where the two
 * disagree the program is refused. Inside parentheses lines do not end.
 * [LEX-1] state becomes LEX_EOF as soon as anything looks past the end, also the lookahead behind the last token: what an error is
 * called ("unexpected EOF…") depends on it, as in 3.8.
 * [LEX-2] A newline token, and dedents, are made up at the end of the text.
 * Entry points: lexer.h. Tests: tests/frontend/test_more.py.
 */
#include "frontend/lexer.h"

enum { END_OF_TEXT = -1, TAB_SIZE = 8 };

/* ---- character classes ---- */

enum { IDENTIFIER_START = 1, IDENTIFIER_PART = 2, DIGIT = 4, HEX_DIGIT = 8, PREFIX = 16 };

#define LETTERS(a, b) [a ... b] = IDENTIFIER_START | IDENTIFIER_PART
static const unsigned char classes[256] = {
    LETTERS('g', 'z'), LETTERS('G', 'Z'), LETTERS(128, 255), ['_'] = IDENTIFIER_START | IDENTIFIER_PART,
    ['a' ... 'f'] = IDENTIFIER_START | IDENTIFIER_PART | HEX_DIGIT,
    ['A' ... 'F'] = IDENTIFIER_START | IDENTIFIER_PART | HEX_DIGIT,
    ['0' ... '9'] = IDENTIFIER_PART | DIGIT | HEX_DIGIT,
};

static int is_class(int c, int mask)
{
    return c >= 0 && (classes[c] & mask);
}

/* ---- characters ---- */

void tai_lexer_init(Lexer *lexer, const char *text, const char *end, PyObject *filename)
{
    memset(lexer, 0, offsetof(Lexer, columns));
    lexer->cursor = lexer->line = lexer->limit = lexer->shown = text;
    lexer->end = end;
    lexer->filename = filename;
    lexer->at_line_start = 1;
    lexer->columns[0] = lexer->alt_columns[0] = 0;
    lexer->parens = lexer->started = 0;
    lexer->more = NULL;
    lexer->is_file = lexer->keep_indent = lexer->type_comments = lexer->async_hacks = 0;
    lexer->async_def = lexer->async_def_indent = lexer->async_def_newline = 0;
}

/* Bytes of a UTF-8 sequence by its first byte; 0 if it starts none. Overlong forms and surrogates are left to the decoders. */
static int sequence_length(unsigned char c)
{
    return c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
}

/* In a file without a coding comment, each line has to be UTF-8. 0, or -1 with SyntaxError. */
static int check_utf8(Lexer *lexer)
{
    for (const unsigned char *p = (const unsigned char *)lexer->line, *end = (const unsigned char *)lexer->limit; p < end;) {
        int size = sequence_length(*p), i = 1;
        while (i < size && (p[i] & 0xC0) == 0x80)
            i++;
        if (i == size) {
            p += size;
            continue;
        }
        PyObject *message = PyUnicode_FromFormat(
            "Non-UTF-8 code starting with '\\x%.2x' in file %U on line %i, but no encoding declared; "
            "see http://python.org/dev/peps/pep-0263/ for details", *p, lexer->filename, lexer->line_number);
        PyObject *args = message ? Py_BuildValue("(O(OiiO))", message, lexer->filename, lexer->line_number, 0, Py_None) : NULL;
        if (args)
            PyErr_SetObject(PyExc_SyntaxError, args);
        Py_XDECREF(args);
        Py_XDECREF(message);
        lexer->state = LEX_RAISED;
        return -1;
    }
    return 0;
}

/* Add a line to the text of an interactive input. 0 at its end, or with an exception. Runs code. */
static int read_more(Lexer *lexer)
{
    char *line = lexer->more(lexer->more_context, lexer->line_number == 0), *to = (char *)lexer->end;
    size_t size = line ? strlen(line) : 0;
    if (!line || size + 1 >= (size_t)(lexer->room_end - to)) {
        if (line)
            PyErr_NoMemory();
        PyMem_Free(line);
        lexer->state = LEX_RAISED;
        return 0;
    }
    for (const char *from = line; *from; from++)
        if (*from != '\r' || from[1] != '\n')
            *to++ = *from == '\r' ? '\n' : *from;
    *to = 0;
    lexer->end = to;
    PyMem_Free(line);
    return size > 0;
}

/* Enter the next line; 0 at the end of the text, or with an exception. */
static int enter_line(Lexer *lexer)
{
    if (lexer->state == LEX_RAISED)
        return 0;
    int more = lexer->more && lexer->cursor == lexer->end && lexer->state == LEX_OK && read_more(lexer);
    if (lexer->state == LEX_RAISED)
        return 0;
    if (lexer->cursor == lexer->end && !more) {
        lexer->line_number += lexer->is_file && lexer->state != LEX_EOF;
        lexer->state = LEX_EOF;
        return 0;
    }
    const char *newline = memchr(lexer->cursor, '\n', lexer->end - lexer->cursor);
    if (!lexer->token)
        lexer->shown = lexer->cursor;
    lexer->line = lexer->cursor;
    lexer->limit = newline ? newline + 1 : lexer->end;
    lexer->line_number++;
    return !lexer->is_file || check_utf8(lexer) == 0;
}

static inline int next_char(Lexer *lexer)
{
    if (lexer->cursor == lexer->limit && !enter_line(lexer))
        return END_OF_TEXT;
    return (unsigned char)*lexer->cursor++;
}

static inline void back(Lexer *lexer, int c)
{
    if (c != END_OF_TEXT)
        lexer->cursor--;
}

/* ---- errors ---- */

static int fail(Lexer *lexer, LexState state)
{
    lexer->state = state;
    return T_ERRORTOKEN;
}

/* The same where the message points behind the line. */
static int fail_line(Lexer *lexer, LexState state)
{
    lexer->cursor = lexer->limit;
    return fail(lexer, state);
}

/* SyntaxError with a message of its own, at the cursor. */
static int fail_message(Lexer *lexer, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    PyObject *message = PyUnicode_FromFormatV(format, values);
    va_end(values);
    const char *newline = memchr(lexer->line, '\n', lexer->end - lexer->line), *stop = newline ? newline : lexer->end;
    PyObject *before = PyUnicode_DecodeUTF8(lexer->line, lexer->cursor - lexer->line, "replace");
    PyObject *text = PyUnicode_DecodeUTF8(lexer->line, stop - lexer->line, "replace");
    if (message && before && text) {
        PyObject *args = Py_BuildValue("(O(OiiO))", message, lexer->filename, lexer->line_number,
                                       (int)PyUnicode_GET_LENGTH(before), text);
        if (args)
            PyErr_SetObject(PyExc_SyntaxError, args);
        Py_XDECREF(args);
    }
    Py_XDECREF(message);
    Py_XDECREF(before);
    Py_XDECREF(text);
    return fail(lexer, LEX_RAISED);
}

/* ---- indentation ---- */

/* Compare a line's indentation with the stack of them. 0, or T_ERRORTOKEN. */
static int indent_to(Lexer *lexer, int column, int alt_column)
{
    int *columns = lexer->columns, *alts = lexer->alt_columns;
    if (column == columns[lexer->indent])
        return alt_column == alts[lexer->indent] ? 0 : fail_line(lexer, LEX_TABS);
    if (column > columns[lexer->indent]) {
        if (lexer->indent + 1 >= LEX_MAX_INDENT)
            return fail_line(lexer, LEX_TOO_DEEP);
        if (alt_column <= alts[lexer->indent])
            return fail_line(lexer, LEX_TABS);
        lexer->pending++;
        columns[++lexer->indent] = column;
        alts[lexer->indent] = alt_column;
        return 0;
    }
    while (lexer->indent > 0 && column < columns[lexer->indent]) {
        lexer->pending--;
        lexer->indent--;
    }
    if (column != columns[lexer->indent])
        return fail_line(lexer, LEX_DEDENT);
    return alt_column == alts[lexer->indent] ? 0 : fail_line(lexer, LEX_TABS);
}

/* White space at the start of a line. *blank: the line holds nothing else but perhaps a comment. 0, or T_ERRORTOKEN. */
static int read_indent(Lexer *lexer, int *blank)
{
    int column = 0, alt_column = 0, c;
    lexer->at_line_start = 0;
    for (;;) {
        c = next_char(lexer);
        if (c == ' ')
            column++, alt_column++;
        else if (c == '\t') {
            column = (column / TAB_SIZE + 1) * TAB_SIZE;
            alt_column++;
        }
        else if (c == '\014')
            column = alt_column = 0;
        else
            break;
    }
    back(lexer, c);
    *blank = c == '#' || c == '\n';
    if (*blank && lexer->more && ((column == 0 && c == '\n') || lexer->line_number == 1)) {
        *blank = 0; /* an empty line ends a block, a blank first line is an input of its own */
        column = alt_column = 0;
    }
    return *blank || lexer->parens ? 0 : indent_to(lexer, column, alt_column);
}

/* ---- names ---- */

static int keyword(const char *text, size_t size)
{
    static const struct {
        char text[9];
        unsigned char size, type;
    } keywords[] = {
#define KEYWORD(name) {#name, sizeof(#name) - 1, K_##name},
#include "defs/token.def"
    };
    static signed char first[26][2]; /* range of keywords by first letter; filled at the first call */
    static int filled;
    if (!filled) {
        for (int i = 0; i < (int)Py_ARRAY_LENGTH(keywords); i++) {
            int letter = keywords[i].text[0] - 'a';
            if (letter < 0)
                continue;
            if (!first[letter][1])
                first[letter][0] = (signed char)i;
            first[letter][1] = (signed char)(i + 1);
        }
        filled = 1;
    }
    int letter = text[0] - 'a', from = 0, to = 3; /* the capitalised ones come first */
    if (letter >= 0 && letter < 26) {
        from = first[letter][0];
        to = first[letter][1];
    }
    for (int i = from; i < to; i++)
        if (keywords[i].size == size && !memcmp(keywords[i].text, text, size))
            return keywords[i].type;
    return T_NAME;
}

/* Whether the bytes of a name that are not ASCII make an identifier. */
static int check_identifier(Lexer *lexer)
{
    PyObject *name = PyUnicode_DecodeUTF8(lexer->token, lexer->cursor - lexer->token, NULL);
    if (!name && !PyErr_ExceptionMatches(PyExc_UnicodeDecodeError)) {
        lexer->state = LEX_RAISED;
        return -1;
    }
    PyErr_Clear();
    int valid = name && PyUnicode_IsIdentifier(name);
    Py_XDECREF(name);
    if (!valid)
        lexer->state = LEX_IDENTIFIER;
    return valid ? 0 : -1;
}

static int async_or_name(Lexer *lexer)
{
    int is_async = !memcmp(lexer->token, "async", 5), is_await = !memcmp(lexer->token, "await", 5);
    if (!lexer->async_hacks || lexer->async_def)
        return is_async ? T_ASYNC : is_await ? T_AWAIT : T_NAME;
    if (is_async) {
        Lexer ahead = *lexer;
        Token token;
        tai_lexer_next(&ahead, &token);
        if (ahead.state == LEX_RAISED)
            PyErr_Clear();
        if (token.type == K_def) {
            lexer->async_def_indent = lexer->indent;
            lexer->async_def = 1;
            return T_ASYNC;
        }
    }
    return T_NAME;
}

/* A name whose first character stands before the cursor. */
static int read_name(Lexer *lexer)
{
    const char *p = lexer->cursor, *limit = lexer->limit;
    unsigned char seen = (unsigned char)p[-1];
    for (; p < limit && (classes[(unsigned char)*p] & IDENTIFIER_PART); p++)
        seen |= (unsigned char)*p;
    lexer->cursor = p;
    if (p == limit)
        lexer->state = LEX_EOF; /* only the last line has no newline */
    if (seen >= 128 && check_identifier(lexer) < 0)
        return T_ERRORTOKEN;
    size_t size = p - lexer->token;
    if (size > 8 || size < 2)
        return T_NAME;
    if (size == 5 && lexer->token[0] == 'a' && (lexer->token[1] == 's' || lexer->token[1] == 'w')) {
        int type = async_or_name(lexer);
        if (type != T_NAME)
            return type;
    }
    return keyword(lexer->token, size);
}

/* ---- numbers ---- */

/* Digits in groups joined by single underscores, the first digit being read. The character after them, 0 on error. */
static int decimal_tail(Lexer *lexer)
{
    for (;;) {
        int c;
        do
            c = next_char(lexer);
        while (is_class(c, DIGIT));
        if (c != '_')
            return c;
        c = next_char(lexer);
        if (!is_class(c, DIGIT)) {
            back(lexer, c);
            fail_message(lexer, "invalid decimal literal");
            return 0;
        }
    }
}

static int end_number(Lexer *lexer, int c)
{
    back(lexer, c);
    return T_NUMBER;
}

static int end_imaginary(Lexer *lexer, int c)
{
    return end_number(lexer, c == 'j' || c == 'J' ? next_char(lexer) : c);
}

/* c is e or E, read. */
static int read_exponent(Lexer *lexer, int c)
{
    int mark = c;
    c = next_char(lexer);
    if (c == '+' || c == '-') {
        c = next_char(lexer);
        if (!is_class(c, DIGIT)) {
            back(lexer, c);
            return fail_message(lexer, "invalid decimal literal");
        }
    }
    else if (!is_class(c, DIGIT)) {
        back(lexer, c);
        back(lexer, mark);
        return T_NUMBER;
    }
    c = decimal_tail(lexer);
    return c ? end_imaginary(lexer, c) : T_ERRORTOKEN;
}

static int after_fraction(Lexer *lexer, int c)
{
    return c == 'e' || c == 'E' ? read_exponent(lexer, c) : end_imaginary(lexer, c);
}

/* c is the character after the point, read. */
static int read_fraction(Lexer *lexer, int c)
{
    if (is_class(c, DIGIT)) {
        c = decimal_tail(lexer);
        if (!c)
            return T_ERRORTOKEN;
    }
    return after_fraction(lexer, c);
}

static int in_base(int c, int base)
{
    return base == 16 ? is_class(c, HEX_DIGIT) : c >= '0' && c < '0' + base;
}

/* 0x…, 0o…, 0b…: the letter is read. */
static int read_based(Lexer *lexer, int base)
{
    const char *name = base == 16 ? "hexadecimal" : base == 8 ? "octal" : "binary";
    int c = next_char(lexer);
    do {
        if (c == '_')
            c = next_char(lexer);
        if (!in_base(c, base)) {
            back(lexer, c);
            return is_class(c, DIGIT) && base != 16 ? fail_message(lexer, "invalid digit '%c' in %s literal", c, name)
                                                    : fail_message(lexer, "invalid %s literal", name);
        }
        do
            c = next_char(lexer);
        while (in_base(c, base));
    } while (c == '_');
    if (base != 16 && is_class(c, DIGIT))
        return fail_message(lexer, "invalid digit '%c' in %s literal", c, name);
    return end_number(lexer, c);
}

/* A number that starts with 0, read. */
static int read_zero(Lexer *lexer)
{
    int c = next_char(lexer), nonzero = 0;
    switch (c) {
    case 'x':
    case 'X':
        return read_based(lexer, 16);
    case 'o':
    case 'O':
        return read_based(lexer, 8);
    case 'b':
    case 'B':
        return read_based(lexer, 2);
    }
    for (;; c = next_char(lexer)) {
        if (c == '_') {
            c = next_char(lexer);
            if (!is_class(c, DIGIT)) {
                back(lexer, c);
                return fail_message(lexer, "invalid decimal literal");
            }
        }
        if (c != '0')
            break;
    }
    if (is_class(c, DIGIT)) {
        nonzero = 1;
        c = decimal_tail(lexer);
        if (!c)
            return T_ERRORTOKEN;
    }
    if (c == '.')
        return read_fraction(lexer, next_char(lexer));
    if (c == 'e' || c == 'E')
        return read_exponent(lexer, c);
    if (c == 'j' || c == 'J')
        return end_imaginary(lexer, c);
    back(lexer, c);
    if (nonzero)
        return fail_message(lexer, "leading zeros in decimal integer literals are not permitted; "
                                   "use an 0o prefix for octal integers");
    return T_NUMBER;
}

static int read_number(Lexer *lexer, int c)
{
    if (c == '0')
        return read_zero(lexer);
    c = decimal_tail(lexer);
    if (!c)
        return T_ERRORTOKEN;
    return c == '.' ? read_fraction(lexer, next_char(lexer)) : after_fraction(lexer, c);
}

/* ---- strings ---- */

/* A string whose opening quote is read. */
static int read_string(Lexer *lexer, int quote)
{
    int size = 1, closing = 0, c;
    lexer->string_line = lexer->line_number;
    lexer->string_line_start = lexer->line;
    c = next_char(lexer);
    if (c == quote) {
        c = next_char(lexer);
        if (c == quote)
            size = 3;
        else
            closing = 1;
    }
    if (c != quote)
        back(lexer, c);
    while (closing != size) {
        c = next_char(lexer);
        if (c == END_OF_TEXT && lexer->state == LEX_RAISED)
            return T_ERRORTOKEN;
        if (c == END_OF_TEXT || (size == 1 && c == '\n'))
            return fail_line(lexer, size == 3 ? LEX_EOF_IN_STRING : LEX_EOL_IN_STRING);
        if (c == quote)
            closing++;
        else {
            closing = 0;
            if (c == '\\')
                next_char(lexer);
        }
    }
    return T_STRING;
}

/* Length of a string prefix at p (b, r, u, f and their combinations) if a quote follows it, else 0. */
static int prefix_length(const char *p)
{
    int b = 0, r = 0, u = 0, f = 0;
    for (int i = 0;; i++) {
        char c = p[i] | 0x20;
        if (p[i] == '\'' || p[i] == '"')
            return i;
        if (c == 'b' && !(b | u | f))
            b = 1;
        else if (c == 'u' && !(b | u | r | f))
            u = 1;
        else if (c == 'r' && !(r | u))
            r = 1;
        else if (c == 'f' && !(f | b | u))
            f = 1;
        else
            return 0;
    }
}

/* ---- comments ---- */

/* A comment up to its end, c being what follows it. Type comments become tokens; else T_NL. */
static int read_comment(Lexer *lexer, int *c, int blank, Token *token)
{
    do
        *c = next_char(lexer);
    while (*c != END_OF_TEXT && *c != '\n');
    if (!lexer->type_comments)
        return T_NL;
    const char *p = lexer->token, *wanted = "# type: ";
    for (; *wanted && p < lexer->cursor; wanted++) {
        if (*wanted == ' ')
            while (*p == ' ' || *p == '\t')
                p++;
        else if (*wanted == *p)
            p++;
        else
            break;
    }
    if (*wanted)
        return T_NL;
    back(lexer, *c);
    const char *ignore_end = p + 6;
    token->end = lexer->cursor;
    token->start = p;
    if (lexer->cursor < ignore_end || memcmp(p, "ignore", 6) ||
        (lexer->cursor > ignore_end && ((unsigned char)*ignore_end >= 128 || Py_ISALNUM(*ignore_end))))
        return T_TYPE_COMMENT;
    token->start = ignore_end;
    if (blank) { /* it has the line for itself */
        next_char(lexer);
        lexer->at_line_start = 1;
    }
    return T_TYPE_IGNORE;
}

/* ---- operators ---- */

static int open_paren(Lexer *lexer, int c)
{
    if (lexer->parens >= LEX_MAX_PARENS) {
        fail_message(lexer, "too many nested parentheses");
        return -1;
    }
    lexer->paren_chars[lexer->parens] = (char)c;
    lexer->paren_lines[lexer->parens++] = lexer->line_number;
    return 0;
}

static int close_paren(Lexer *lexer, int c)
{
    if (!lexer->parens) {
        fail_message(lexer, "unmatched '%c'", c);
        return -1;
    }
    int opening = lexer->paren_chars[--lexer->parens], line = lexer->paren_lines[lexer->parens];
    if ((opening == '(' && c == ')') || (opening == '[' && c == ']') || (opening == '{' && c == '}'))
        return 0;
    if (line != lexer->line_number)
        fail_message(lexer, "closing parenthesis '%c' does not match opening parenthesis '%c' on line %d", c, opening, line);
    else
        fail_message(lexer, "closing parenthesis '%c' does not match opening parenthesis '%c'", c, opening);
    return -1;
}

/* The token of c alone, and followed by '='; T_OP where there is none. */
static const unsigned char single[128] = {
    ['('] = T_LPAR, [')'] = T_RPAR, ['['] = T_LSQB, [']'] = T_RSQB, [':'] = T_COLON, [','] = T_COMMA, [';'] = T_SEMI,
    ['+'] = T_PLUS, ['-'] = T_MINUS, ['*'] = T_STAR, ['/'] = T_SLASH, ['|'] = T_VBAR, ['&'] = T_AMPER, ['<'] = T_LESS,
    ['>'] = T_GREATER, ['='] = T_EQUAL, ['.'] = T_DOT, ['%'] = T_PERCENT, ['{'] = T_LBRACE, ['}'] = T_RBRACE,
    ['~'] = T_TILDE, ['^'] = T_CIRCUMFLEX, ['@'] = T_AT};
static const unsigned char with_equal[128] = {
    ['+'] = T_PLUSEQUAL, ['-'] = T_MINEQUAL, ['*'] = T_STAREQUAL, ['/'] = T_SLASHEQUAL, ['|'] = T_VBAREQUAL,
    ['&'] = T_AMPEREQUAL, ['<'] = T_LESSEQUAL, ['>'] = T_GREATEREQUAL, ['='] = T_EQEQUAL, ['!'] = T_NOTEQUAL,
    ['%'] = T_PERCENTEQUAL, ['^'] = T_CIRCUMFLEXEQUAL, ['@'] = T_ATEQUAL, [':'] = T_COLONEQUAL};

/* An operator doubled, and then followed by '='. */
static int doubled(int c, int *and_equal)
{
    switch (c) {
    case '*': *and_equal = T_DOUBLESTAREQUAL; return T_DOUBLESTAR;
    case '/': *and_equal = T_DOUBLESLASHEQUAL; return T_DOUBLESLASH;
    case '<': *and_equal = T_LEFTSHIFTEQUAL; return T_LEFTSHIFT;
    case '>': *and_equal = T_RIGHTSHIFTEQUAL; return T_RIGHTSHIFT;
    }
    return 0;
}

static int read_operator(Lexer *lexer, int c)
{
    int second = next_char(lexer), and_equal = 0, type = 0;
    if (c < 128 && second == '=')
        type = with_equal[c];
    else if (c == second)
        type = doubled(c, &and_equal);
    else if (c == '-' && second == '>')
        type = T_RARROW;
    else if (c == '<' && second == '>')
        type = T_NOTEQUAL;
    if (type) {
        int third = next_char(lexer);
        if (and_equal && third == '=')
            return and_equal;
        back(lexer, third);
        return type;
    }
    back(lexer, second);
    if ((c == '(' || c == '[' || c == '{') && open_paren(lexer, c) < 0)
        return T_ERRORTOKEN;
    if ((c == ')' || c == ']' || c == '}') && close_paren(lexer, c) < 0)
        return T_ERRORTOKEN;
    return c < 128 && single[c] ? single[c] : T_OP;
}

static int read_point(Lexer *lexer)
{
    int c = next_char(lexer);
    if (is_class(c, DIGIT))
        return read_fraction(lexer, c);
    if (c == '.') {
        c = next_char(lexer);
        if (c == '.')
            return T_ELLIPSIS;
        back(lexer, c);
        lexer->cursor--;
    }
    else
        back(lexer, c);
    return T_DOT;
}

/* ---- tokens ---- */

/* A line after the signature of an async function that is indented no more than it: the function is over. */
static void leave_async_def(Lexer *lexer, int blank)
{
    if (!lexer->async_def || blank || lexer->parens || !lexer->async_def_newline || lexer->async_def_indent < lexer->indent)
        return;
    if (lexer->cursor < lexer->limit && *lexer->cursor == '\n')
        return;
    lexer->async_def = lexer->async_def_indent = lexer->async_def_newline = 0;
}

/* A backslash before the cursor: 0 if the next line goes on, else an error. */
static int join_lines(Lexer *lexer)
{
    int c = next_char(lexer);
    if (c != '\n')
        return fail_line(lexer, LEX_CONTINUATION);
    c = next_char(lexer);
    if (c == END_OF_TEXT)
        return lexer->state == LEX_RAISED ? T_ERRORTOKEN : fail_line(lexer, LEX_EOF);
    back(lexer, c);
    return 0;
}

/* The first token of what follows on this line. T_NL: there is none, go on with the next line. */
static int read_token(Lexer *lexer, int blank, Token *token)
{
    for (;;) {
        int c, type;
        lexer->token = NULL;
        do
            c = next_char(lexer);
        while (c == ' ' || c == '\t' || c == '\014');
        lexer->token = lexer->cursor - (c != END_OF_TEXT);
        if (c == '#' && (type = read_comment(lexer, &c, blank, token)) != T_NL)
            return type;
        if (c == END_OF_TEXT)
            return lexer->state == LEX_RAISED ? T_ERRORTOKEN : T_ENDMARKER;
        if (is_class(c, IDENTIFIER_START)) {
            int prefix = prefix_length(lexer->cursor - 1);
            if (!prefix)
                return read_name(lexer);
            lexer->cursor += prefix;
            return read_string(lexer, lexer->cursor[-1]);
        }
        if (c == '\n') {
            lexer->at_line_start = 1;
            if (blank || lexer->parens)
                return T_NL;
            if (lexer->async_def)
                lexer->async_def_newline = 1;
            return T_NEWLINE;
        }
        if (is_class(c, DIGIT))
            return read_number(lexer, c);
        if (c == '.')
            return read_point(lexer);
        if (c == '\'' || c == '"')
            return read_string(lexer, c);
        if (c != '\\')
            return read_operator(lexer, c);
        if ((type = join_lines(lexer)))
            return type;
    }
}

/* The next token of the text; its extent in token, NULL where it has no text. */
static int scan(Lexer *lexer, Token *token)
{
    token->start = token->end = NULL;
    for (;;) {
        int blank = 0, type;
        lexer->token = NULL;
        if (lexer->at_line_start && (type = read_indent(lexer, &blank)))
            return type;
        if (lexer->state == LEX_RAISED)
            return T_ERRORTOKEN;
        if (lexer->pending) {
            lexer->token = lexer->cursor;
            int dedent = lexer->pending < 0;
            lexer->pending += dedent ? 1 : -1;
            return dedent ? T_DEDENT : T_INDENT;
        }
        if (lexer->async_def) {
            back(lexer, next_char(lexer)); /* enter the line */
            leave_async_def(lexer, blank);
        }
        type = read_token(lexer, blank, token);
        if (type == T_NL)
            continue;
        if (type != T_ENDMARKER && type != T_ERRORTOKEN && type != T_TYPE_COMMENT && type != T_TYPE_IGNORE) {
            token->start = lexer->token;
            token->end = lexer->cursor - (type == T_NEWLINE);
        }
        return type;
    }
}

void tai_lexer_next(Lexer *lexer, Token *token)
{
    int type = scan(lexer, token);
    if (type == T_ENDMARKER && lexer->started) { /* [LEX-2] */
        type = T_NEWLINE;
        lexer->started = 0;
        if (lexer->indent && !lexer->keep_indent) {
            lexer->pending = -lexer->indent;
            lexer->indent = 0;
        }
    }
    else if (type != T_ERRORTOKEN)
        lexer->started = 1;
    const char *line = type == T_STRING ? lexer->string_line_start : lexer->line;
    token->type = type;
    token->line = type == T_STRING ? lexer->string_line : lexer->line_number;
    token->column = token->start && token->start >= line ? (int)(token->start - line) : -1;
    token->end_line = lexer->line_number;
    token->end_column = token->end && token->end >= lexer->line ? (int)(token->end - lexer->line) : -1;
}
