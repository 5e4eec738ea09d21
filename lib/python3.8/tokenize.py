"""Tokenization help for Python programs.

Source is cut into tokens, comments and line ends included: tokenize(readline) yields a TokenInfo for each token of
the bytes that readline returns line by line, after detecting their encoding; generate_tokens(readline) does so for
text.  untokenize() goes the other way.  Unlike the compiler's tokenizer this one keeps everything that is needed to
rebuild the source, reports operators as OP (the exact kind is `exact_type`), and lets text pass that is no Python as
ERRORTOKEN.

How it works: one regular expression recognises whatever can begin at a position, and the number of its group says
what was found.  Text in brackets, strings over several lines and indentation are the only state between lines.
"""
# SPDX-License-Identifier: MIT

import re
import sys
import collections
import itertools as _itertools
from builtins import open as _builtin_open
from codecs import BOM_UTF8, lookup
from io import TextIOWrapper
import token
from token import *
from token import EXACT_TOKEN_TYPES

__all__ = token.__all__ + ['tokenize', 'generate_tokens', 'detect_encoding', 'untokenize', 'TokenInfo']
del token

cookie_re = re.compile(r'^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)', re.ASCII)
blank_re = re.compile(br'^[ \t\f]*(?:[#\r\n]|$)', re.ASCII)

tabsize = 8


class TokenInfo(collections.namedtuple('TokenInfo', 'type string start end line')):
    """A token: its number, its text, (row, column) of its begin and end, and the physical line it stands in."""

    def __repr__(self):
        return 'TokenInfo(type=%s, string=%r, start=%r, end=%r, line=%r)' % (
            '%d (%s)' % (self.type, tok_name[self.type]), *self[1:])

    @property
    def exact_type(self):
        """The number of the very operator for OP, `type` for everything else."""
        if self.type != OP:
            return self.type
        return EXACT_TOKEN_TYPES.get(self.string, OP)


class TokenError(Exception):
    """The input ends inside a string or a bracket; args are the message and the position (row, column)."""


class StopTokenizing(Exception):
    """Kept for programs that name it; nothing raises it."""


# --- Patterns -------------------------------------------------------------------------------------

def group(*choices):
    """A pattern for any of the choices."""
    return '(%s)' % '|'.join(choices)


def any(*choices):
    """A pattern for any number of the choices."""
    return group(*choices) + '*'


def maybe(*choices):
    """A pattern for one of the choices or nothing."""
    return group(*choices) + '?'


def _all_string_prefixes():
    """The set of all prefixes of string literals in every case, the empty one included."""
    found = {''}
    for letters in ('b', 'r', 'u', 'f', 'br', 'rb', 'fr', 'rf'):
        found.update(map(''.join, _itertools.product(*[(c, c.upper()) for c in letters])))
    return found


def _compile(expr):
    return re.compile(expr, re.UNICODE)


def _digits(first, more):
    """A pattern for digits with single underscores between them."""
    return r'%s(?:_?%s)*' % (first, more)


def _string_rest(quote):
    """Patterns for what follows an opening quote up to its end: for one quote, for three."""
    plain = r'[^%s\\]*' % quote
    return (plain + r'(?:\\.' + plain + ')*' + quote,
            plain + r'(?:(?:\\.|%s(?!%s))' % (quote, quote * 2) + plain + ')*' + quote * 3)


Whitespace, Comment, Name = r'[ \f\t]*', r'#[^\r\n]*', r'\w+'
Ignore = Whitespace + any(r'\\\r?\n' + Whitespace) + maybe(Comment)

Hexnumber = '0[xX]' + r'(?:_?[0-9a-fA-F])+'
Octnumber = '0[oO]' + r'(?:_?[0-7])+'
Binnumber = '0[bB]' + r'(?:_?[01])+'
Decnumber = '(?:%s|%s)' % (_digits('0', '0'), _digits('[1-9]', '[0-9]'))
_run = _digits('[0-9]', '[0-9]')
Exponent = '[eE][-+]?' + _run
Pointfloat = group(_run + r'\.(?:' + _run + ')?', r'\.' + _run) + maybe(Exponent)
Expfloat = _run + Exponent
Floatnumber = group(Pointfloat, Expfloat)
Intnumber = group(Hexnumber, Binnumber, Octnumber, Decnumber)
Imagnumber = group(_run + '[jJ]', Floatnumber + '[jJ]')
Number = group(Imagnumber, Floatnumber, Intnumber)

StringPrefix = group(*sorted(_all_string_prefixes(), key=len))
Single, Single3 = _string_rest("'")
Double, Double3 = _string_rest('"')
Triple = group(StringPrefix + "'''", StringPrefix + '"""')


def _one_line(quote, end):
    """A pattern for a string of one quote that stays on its line, up to `end`."""
    plain = r'[^\n%s\\]*' % quote
    return StringPrefix + quote + plain + r'(?:\\.' + plain + ')*' + end


String = group(_one_line("'", "'"), _one_line('"', '"'))
# The first line of a string may end in a backslash instead.
ContStr = group(_one_line("'", group("'", r'\\\r?\n')), _one_line('"', group('"', r'\\\r?\n')))

Special = group(*map(re.escape, sorted(EXACT_TOKEN_TYPES, reverse=True)))
Funny = group(r'\r?\n', Special)
PlainToken = group(Number, Funny, String, Name)
Token = Ignore + PlainToken
PseudoExtras = group(r'\\\r?\n|\Z', Comment, Triple)
PseudoToken = Whitespace + group(PseudoExtras, Number, Funny, ContStr, Name)

single_quoted, triple_quoted, endpats = set(), set(), {}
for _prefix in _all_string_prefixes():
    for _quote, _one, _three in (("'", Single, Single3), ('"', Double, Double3)):
        single_quoted.add(_prefix + _quote)
        triple_quoted.add(_prefix + _quote * 3)
        endpats[_prefix + _quote] = _one
        endpats[_prefix + _quote * 3] = _three
del _prefix, _quote, _one, _three

# The same choices as PseudoToken, as named groups in the order in which they win.
_SCAN = (Whitespace + r'(?:(?P<name>(?!\d)%s(?![\'"\w]))|(?P<skip>\\\r?\n|\Z)|(?P<comment>%s)|(?P<triple>%s)'
         r'|(?P<number>%s)|(?P<line>\r?\n)|(?P<op>%s)|(?P<string>%s)|(?P<word>\w+))'
         % (Name, Comment, Triple, Number, Special, ContStr))


# --- Source to tokens -----------------------------------------------------------------------------

def tokenize(readline):
    """Yield the tokens of source given as bytes.

    readline: called without arguments, returns the next line as bytes, b'' (or StopIteration) at the end.
    The first token is ENCODING.  Raises SyntaxError for a bad encoding, TokenError, IndentationError.
    """
    encoding, head = detect_encoding(readline)
    lines = _itertools.chain(head, iter(readline, b''), _itertools.repeat(b''))
    return _tokenize(lines.__next__, encoding)


def generate_tokens(readline):
    """Yield the tokens of source given as text: as tokenize(), but readline returns str; there is no ENCODING."""
    return _tokenize(readline, None)


def _indentation(line):
    """Return (column, index) of the first character that is no white space; tabs count up to the next eighth."""
    column = index = 0
    for character in line:
        if character == ' ':
            column += 1
        elif character == '\t':
            column += tabsize - column % tabsize
        elif character == '\f':
            column = 0
        else:
            break
        index += 1
    return column, index


def _open_quote(text):
    """The opening part of a string literal: everything up to its first quote."""
    for index, character in enumerate(text):
        if character in '\'"':
            return text[:index + 1]


def _tokenize(readline, encoding):
    scan = _compile(_SCAN).match
    row = depth = 0
    joined = False          # the line before ended in a backslash
    indents = [0]
    pending = None          # an unfinished string: (search for its end, its lines, start, backslash needed)
    line = ''

    if encoding is not None:
        yield TokenInfo(ENCODING, 'utf-8' if encoding == 'utf-8-sig' else encoding, (0, 0), (0, 0), '')
    while True:
        last_line = line
        try:
            line = readline()
        except StopIteration:
            line = b'' if encoding is not None else ''
        if encoding is not None:
            line = line.decode(encoding)
        row += 1
        position, length = 0, len(line)

        if pending is not None:
            find_end, parts, start, escaped = pending
            if not line:
                raise TokenError('EOF in multi-line string', start)
            found = find_end(line)
            if found is None:
                parts.append(line)
                if escaped and not line.endswith(('\\\n', '\\\r\n')):
                    text = parts[0] + ''.join(parts[2:])
                    yield TokenInfo(ERRORTOKEN, text, start, (row, length), ''.join(parts[1:-1]))
                    pending = None
                continue
            pending = None
            position = found.end()
            # parts[0] is the token's first line from the quote on, parts[1] that whole line.
            parts[0] += ''.join(parts[2:]) + line[:position]
            yield TokenInfo(STRING, parts[0], start, (row, position), ''.join(parts[1:]) + line)
        elif depth == 0 and not joined:
            if not line:
                break
            column, position = _indentation(line)
            if position == length:
                break
            if line[position] in '#\r\n':
                if line[position] == '#':
                    text = line[position:].rstrip('\r\n')
                    begin, position = position, position + len(text)
                    yield TokenInfo(COMMENT, text, (row, begin), (row, position), line)
                yield TokenInfo(NL, line[position:], (row, position), (row, length), line)
                continue
            if column > indents[-1]:
                indents.append(column)
                yield TokenInfo(INDENT, line[:position], (row, 0), (row, position), line)
            while column < indents[-1]:
                if column not in indents:
                    raise IndentationError('unindent does not match any outer indentation level',
                                           ('<tokenize>', row, position, line))
                indents.pop()
                yield TokenInfo(DEDENT, '', (row, position), (row, position), line)
        elif not line:
            raise TokenError('EOF in multi-line statement', (row, 0))
        else:
            joined = False

        while position < length:
            found = scan(line, position)
            if found is None:
                yield TokenInfo(ERRORTOKEN, line[position], (row, position), (row, position + 1), line)
                position += 1
                continue
            kind = found.lastgroup
            begin, end = found.span(kind)
            text = line[begin:end]
            position = end
            if kind == 'name' or kind == 'word':
                number = NAME if text[0].isidentifier() else OP
            elif kind == 'op':
                number = OP
                if text in '([{':
                    depth += 1
                elif text in ')]}':
                    depth -= 1
            elif kind == 'number':
                number = NUMBER
            elif kind == 'line':
                number = NL if depth > 0 else NEWLINE
            elif kind == 'comment':
                number = COMMENT
            elif kind == 'skip':
                joined = joined or bool(text)
                continue
            else:
                number = STRING
                if kind == 'triple':
                    closing = _compile(endpats[text]).match
                    found = closing(line, position)
                    if found is None:
                        pending = closing, [line[begin:], line], (row, begin), False
                        break
                    position = end = found.end()
                    text = line[begin:end]
                elif text[-1] == '\n':
                    closing = _compile(endpats[_open_quote(text)]).match
                    pending = closing, [line[begin:], line], (row, begin), True
                    break
            yield TokenInfo(number, text, (row, begin), (row, end), line)

    if last_line and last_line[-1] not in '\r\n':
        width = len(last_line)
        yield TokenInfo(NEWLINE, '', (row - 1, width), (row - 1, width + 1), '')
    for column in indents[1:]:
        yield TokenInfo(DEDENT, '', (row, 0), (row, 0), '')
    yield TokenInfo(ENDMARKER, '', (row, 0), (row, 0), '')


# --- Encoding -------------------------------------------------------------------------------------

def _get_normal_name(orig_enc):
    """The usual spelling of utf-8 and latin-1, as the C tokenizer sees them; other names stay as they are."""
    name = orig_enc[:12].lower().replace('_', '-')
    for usual, others in (('utf-8', ()), ('iso-8859-1', ('latin-1', 'iso-latin-1'))):
        for known in (usual,) + others:
            if name == known or name.startswith(known + '-'):
                return usual
    return orig_enc


def detect_encoding(readline):
    """Return (encoding, lines read) for source in bytes, from its byte order mark or a cookie in its first lines.

    The encoding is 'utf-8' by default and 'utf-8-sig' after a mark.  Raises SyntaxError for a cookie that is unknown
    or contradicts the mark, and for lines that are no utf-8.
    """
    filename = getattr(getattr(readline, '__self__', None), 'name', None)
    marked = False

    def next_line():
        try:
            return readline()
        except StopIteration:
            return b''

    def cookie(line):
        try:
            text = line.decode('utf-8')
        except UnicodeDecodeError:
            message = 'invalid or missing encoding declaration'
            if filename is not None:
                message = '{} for {!r}'.format(message, filename)
            raise SyntaxError(message)
        found = cookie_re.match(text)
        if found is None:
            return None
        name = _get_normal_name(found[1])
        try:
            codec = lookup(name)
        except LookupError:
            if filename is None:
                raise SyntaxError('unknown encoding: ' + name)
            raise SyntaxError('unknown encoding for {!r}: {}'.format(filename, name))
        if marked:
            if name != 'utf-8':
                where = '' if filename is None else ' for {!r}'.format(filename)
                raise SyntaxError('encoding problem' + where + ': utf-8')
            return 'utf-8-sig'
        return name

    first = next_line()
    if first.startswith(BOM_UTF8):
        marked = True
        first = first[len(BOM_UTF8):]
    default = 'utf-8-sig' if marked else 'utf-8'
    if not first:
        return default, []
    name = cookie(first)
    if name or not blank_re.match(first):
        return name or default, [first]
    second = next_line()
    if not second:
        return default, [first]
    return cookie(second) or default, [first, second]


def open(filename):
    """Open a source file for reading as text, in the encoding that detect_encoding() finds."""
    buffer = _builtin_open(filename, 'rb')
    try:
        encoding = detect_encoding(buffer.readline)[0]
        buffer.seek(0)
        text = TextIOWrapper(buffer, encoding, line_buffering=True)
        text.mode = 'r'
    except:
        buffer.close()
        raise
    return text


# --- Tokens to source -----------------------------------------------------------------------------

# Tokens without text of their own.
_SPECIAL = frozenset((ENDMARKER, ENCODING, INDENT, DEDENT))


class Untokenizer:
    """Collects the text of tokens; `tokens` holds the pieces, prev_row and prev_col the position reached."""

    def __init__(self):
        self.tokens = []
        self.prev_row, self.prev_col = 1, 0
        self.encoding = None

    def add_whitespace(self, start):
        """Fill up to a position with line ends and spaces.  Raises ValueError if that lies behind."""
        row, column = start
        if (row, column) < (self.prev_row, self.prev_col):
            raise ValueError('start ({},{}) precedes previous end ({},{})'.format(
                row, column, self.prev_row, self.prev_col))
        if row > self.prev_row:
            self.tokens.append('\\\n' * (row - self.prev_row))
            self.prev_col = 0
        if column > self.prev_col:
            self.tokens.append(' ' * (column - self.prev_col))

    def untokenize(self, iterable):
        """Return the source of tokens with positions; from the first pair (number, text) on, positions are made up."""
        tokens = iter(iterable)
        indents = []
        fresh = False
        add = self.tokens.append
        for item in tokens:
            if len(item) == 2:
                self.compat(item, tokens)
                break
            number, text, start, end, _ = item
            if number in _SPECIAL:
                if number == ENDMARKER:
                    break
                if number == ENCODING:
                    self.encoding = text
                elif number == INDENT:
                    indents.append(text)
                else:
                    indents.pop()
                    self.prev_row, self.prev_col = end
                continue
            ends_line = number == NEWLINE or number == NL
            if fresh and indents and not ends_line:
                # Spaces alone would not do: the indent may hold tabs.
                fresh = False
                if start[1] >= len(indents[-1]):
                    add(indents[-1])
                    self.prev_col = len(indents[-1])
            if start != (self.prev_row, self.prev_col):
                self.add_whitespace(start)
            add(text)
            self.prev_row, self.prev_col = end
            if ends_line:
                fresh = True
                self.prev_row, self.prev_col = self.prev_row + 1, 0
        return ''.join(self.tokens)

    def compat(self, token, iterable):
        """Add tokens without positions: `token` and what follows; blanks are set where they may be needed."""
        indents = []
        add = self.tokens.append
        fresh = token[0] in (NEWLINE, NL)
        after_string = False
        for number, text, *_ in _itertools.chain([token], iterable):
            if number == ENCODING:
                self.encoding = text
                continue
            if number == NAME or number == NUMBER:
                text += ' '
            elif number == STRING and after_string:
                # Two literals in a row must not grow together.
                text = ' ' + text
            after_string = number == STRING
            if number == INDENT:
                indents.append(text)
            elif number == DEDENT:
                indents.pop()
            else:
                if number in (NEWLINE, NL):
                    fresh = True
                elif fresh and indents:
                    add(indents[-1])
                    fresh = False
                add(text)


def untokenize(iterable):
    """Return source that tokenizes to the given tokens again.

    iterable: TokenInfo objects, or sequences of at least two elements (number, text); with those the spacing is free.
    The result is bytes if there was an ENCODING token, else str.
    """
    collector = Untokenizer()
    text = collector.untokenize(iterable)
    return text if collector.encoding is None else text.encode(collector.encoding)


# --- Command --------------------------------------------------------------------------------------

def _parse_arguments():
    import argparse
    parser = argparse.ArgumentParser(prog='python -m tokenize')
    parser.add_argument('filename', nargs='?', metavar='filename.py', help='the file to tokenize; defaults to stdin')
    parser.add_argument('-e', '--exact', action='store_true', help='display token names using the exact type')
    return parser.parse_args()


def main():
    """Print the tokens of a file or of standard input: python -m tokenize [-e] [filename.py]"""
    def fail(message, filename=None, place=()):
        where = ':'.join(map(str, (filename, *place))) + ': ' if filename else ''
        sys.stderr.write('%serror: %s\n' % (where, message))
        sys.exit(1)

    arguments = _parse_arguments()
    filename = arguments.filename or '<stdin>'
    try:
        if arguments.filename:
            with _builtin_open(filename, 'rb') as f:
                tokens = list(tokenize(f.readline))
        else:
            tokens = _tokenize(sys.stdin.readline, None)
        for item in tokens:
            number = item.exact_type if arguments.exact else item.type
            span = '%d,%d-%d,%d:' % (item.start + item.end)
            print('%-20s%-15s%-15r' % (span, tok_name[number], item.string))
    except IndentationError as error:
        fail(error.args[0], filename, error.args[1][1:3])
    except TokenError as error:
        fail(error.args[0], filename, error.args[1])
    except SyntaxError as error:
        fail(error, filename)
    except OSError as error:
        fail(error)
    except KeyboardInterrupt:
        print('interrupted\n')
    except Exception as error:
        sys.stderr.write('unexpected error: %s\n' % error)
        raise


if __name__ == '__main__':
    main()
