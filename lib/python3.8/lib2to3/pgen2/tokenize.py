# SPDX-License-Identifier: MIT
"""Tokens of Python 2 and 3, comments and line ends among them.

generate_tokens() gives each as (kind, text, (line, column) where it begins, the
same where it ends, the line that it stands in).  Two kinds are not of Python's
own tokenizer: NL ends a line where no statement ends, joined lines among them;
ASYNC and AWAIT are those words inside of an "async def", and NAMEs elsewhere.
"""

import re
from codecs import BOM_UTF8, lookup
from tokenize import detect_encoding

from . import token
from .token import *

__all__ = [name for name in dir(token) if name[0] != '_'] + ["tokenize", "generate_tokens", "untokenize"]

tabsize = 8

_DIGITS = r'\d+(?:_\d+)*'
_EXPONENT = r'[eE][-+]?' + _DIGITS
_PREFIX = r'(?:[uUrRbBfF]|[rR][fFbB]|[fFbBuU][rR])?'

# All that can stand at a place, by kind: longer forms first.
_TOKEN = re.compile(r'''
    (?P<space> [ \f\t]* )
    (?: (?P<joined> \\\r?\n )
      | (?P<comment> \#[^\r\n]* )
      | (?P<newline> \r?\n )
      | (?P<number>
            (?: {digits}\.(?:{digits})?(?:{exponent})? | \.{digits}(?:{exponent})? | {digits}{exponent} ) [jJ]?
          | {digits}[jJ]
          | 0[bB]_?[01]+(?:_[01]+)*
          | 0[xX]_?[\da-fA-F]+(?:_[\da-fA-F]+)*[lL]?
          | 0[oO]?_?[0-7]+(?:_[0-7]+)*[lL]?
          | (?: [1-9]\d*(?:_\d+)* | 0 ) [lL]? )
      | (?P<triple> {prefix} (?: \'\'\' | """ ) )
      | (?P<string> {prefix} (?: '[^\n'\\]*(?:\\.[^\n'\\]*)*' | "[^\n"\\]*(?:\\.[^\n"\\]*)*" ) )
      | (?P<begun> {prefix} (?: '[^\n'\\]*(?:\\.[^\n'\\]*)*\\\r?\n | "[^\n"\\]*(?:\\.[^\n"\\]*)*\\\r?\n ) )
      | (?P<name> \w+ )
      | (?P<op> \*\*=? | >>=? | <<=? | <> | != | //=? | -> | := | [-+*/%&@|^=<>]=? | [][(){{}}~:;.,`] )
    )'''.format(digits=_DIGITS, exponent=_EXPONENT, prefix=_PREFIX), re.VERBOSE)

# The rest of a string, by its quotes.
_REST = {quote: re.compile(text, re.DOTALL) for quote, text in (
    ("'", r"[^'\\]*(?:\\.[^'\\]*)*'"),
    ('"', r'[^"\\]*(?:\\.[^"\\]*)*"'),
    ("'''", r"[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*" + "'''"),
    ('"""', r'[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*' + '"""'))}


class TokenError(Exception):
    """The input ends inside of a string or of brackets: (message, (line, column))."""


class StopTokenizing(Exception):
    """Raised by a tokeneater that has seen enough."""


def printtoken(type, token, xxx_todo_changeme, xxx_todo_changeme1, line):
    """Print a token and its place, given as (line, column) of begin and end."""
    print("%d,%d-%d,%d:\t%s\t%s" % (*xxx_todo_changeme, *xxx_todo_changeme1, tok_name[type], repr(token)))


def tokenize(readline, tokeneater=printtoken):
    """Call tokeneater with the five parts of each token of what readline() gives."""
    try:
        tokenize_loop(readline, tokeneater)
    except StopTokenizing:
        pass


def tokenize_loop(readline, tokeneater):
    """As tokenize(), but StopTokenizing goes on to the caller."""
    for parts in generate_tokens(readline):
        tokeneater(*parts)


class _Async:
    """Knows where "async def" functions begin and end, and so what the words mean."""

    def __init__(self):
        self.inside = False
        self.begun = None       # a NAME "async" that may turn out to be ASYNC
        self.indent = 0         # of the function's first line
        self.body = False       # has that line ended?

    def end_at(self, column):
        """A line begins at this column: is it still the function?"""
        if self.inside and self.body and self.indent >= column:
            self.inside = self.body = False

    def words(self, found, column):
        """Give the tokens that are certain now; found is the next of the input."""
        if self.begun is not None:
            word, self.begun = self.begun, None
            if found[0] == NAME and found[1] == 'def':
                self.inside, self.indent, self.body = True, column, False
                yield (ASYNC,) + word[1:]
            else:
                yield word
        if found[0] == NAME and found[1] in ('async', 'await'):
            if self.inside:
                found = (ASYNC if found[1] == 'async' else AWAIT,) + found[1:]
            elif found[1] == 'async':
                self.begun = found
                return
        yield found


def generate_tokens(readline):
    """Give the tokens of the lines that readline() returns, '' or StopIteration at the end.

    Raises TokenError if the input ends too early, and IndentationError for a line
    whose indentation belongs to no block.
    """
    state = _Async()
    columns = [0]
    for found in _tokens(readline, columns, state):
        yield from state.words(found, columns[-1])


def _tokens(readline, columns, state):
    """The tokens, without ASYNC and AWAIT; columns, the blocks' indentation, is kept up to date."""
    number = depth = 0
    joined = False
    while True:
        try:
            line = readline()
        except StopIteration:
            line = ''
        number += 1
        at = 0
        if not depth and not joined:
            if not line:
                break
            at, column = _indentation(line)
            if at == len(line):
                break           # blanks at the very end
            if line[at] in '#\r\n':
                yield from _empty_line(line, number, at)
                continue
            yield from _blocks(columns, column, line, number, at)
            state.end_at(columns[-1])
        elif not line:
            raise TokenError("EOF in multi-line statement", (number, 0))
        joined = False
        while at < len(line):
            match = _TOKEN.match(line, at)
            if match is None:
                yield ERRORTOKEN, line[at], (number, at), (number, at + 1), line
                at += 1
                continue
            kind = match.lastgroup
            start, at = match.span(kind)
            text = line[start:at]
            begin, end = (number, start), (number, at)
            if kind == 'name':
                yield NAME, text, begin, end, line
            elif kind == 'op':
                if text in '([{':
                    depth += 1
                elif text in ')]}':
                    depth -= 1
                yield OP, text, begin, end, line
            elif kind == 'string':
                yield STRING, text, begin, end, line
            elif kind == 'number':
                yield NUMBER, text, begin, end, line
            elif kind == 'newline':
                if not depth:
                    state.body = state.inside
                yield NL if depth else NEWLINE, text, begin, end, line
            elif kind == 'comment':
                yield COMMENT, text, begin, end, line
            elif kind == 'joined':
                yield NL, text, begin, end, line
                joined = True
            else:
                found, number, at, line = _long_string(readline, kind, text, line, number, start, at)
                yield found
    yield from ((DEDENT, '', (number, 0), (number, 0), '') for column in columns[1:])
    del columns[1:]
    yield ENDMARKER, '', (number, 0), (number, 0), ''


def _indentation(line):
    """Where the text of a line begins, and what column that is."""
    column = at = 0
    for at, char in enumerate(line):
        if char == ' ':
            column += 1
        elif char == '\t':
            column = (column // tabsize + 1) * tabsize
        elif char == '\f':
            column = 0
        else:
            return at, column
    return len(line), column


def _empty_line(line, number, at):
    """The tokens of a line without a statement: a comment, if there is one, and its end."""
    if line[at] == '#':
        comment = line[at:].rstrip('\r\n')
        end = at + len(comment)
        yield COMMENT, comment, (number, at), (number, end), line
        at = end
    yield NL, line[at:], (number, at), (number, len(line)), line


def _blocks(columns, column, line, number, at):
    """INDENT, or DEDENTs, before a line that begins at this column."""
    if column > columns[-1]:
        columns.append(column)
        yield INDENT, line[:at], (number, 0), (number, at), line
    while column < columns[-1]:
        if column not in columns:
            raise IndentationError("unindent does not match any outer indentation level", ("<tokenize>", number, at, line))
        columns.pop()
        yield DEDENT, '', (number, at), (number, at), line


def _long_string(readline, kind, text, line, number, start, at):
    """A string that goes on in the next lines: its token, and the number, column and text of the line it ends in.

    text is what of it has been found in the line, from start to at: the quotes
    of a triple one, or all of a string that a backslash joins to the next line.
    """
    quote = text[-3:] if kind == 'triple' else text.lstrip('uUrRbBfF')[0]
    rest = _REST[quote]
    parts, source, begin = [text], line, (number, start)
    if kind == 'begun':
        at = len(line)
    while True:
        match = rest.match(line, at)
        if match:
            parts.append(match.group())
            end = match.end()
            return (STRING, ''.join(parts), begin, (number, end), source), number, end, line
        parts.append(line[at:])
        if kind == 'begun' and at == 0 and not line.endswith(('\\\n', '\\\r\n')):
            return (ERRORTOKEN, ''.join(parts), begin, (number, len(line)), source), number, len(line), line
        try:
            line = readline()
        except StopIteration:
            line = ''
        if not line:
            raise TokenError("EOF in multi-line string", begin)
        number, at, source = number + 1, 0, source + line


class Untokenizer:
    """Text from tokens, see untokenize()."""

    def __init__(self):
        self.tokens = []
        self.prev_row = 1
        self.prev_col = 0

    def add_whitespace(self, start):
        """Add the blanks between the last token and the place start of the same line."""
        row, column = start
        if row > self.prev_row:
            raise AssertionError(start)
        self.tokens.append(" " * (column - self.prev_col))

    def untokenize(self, iterable):
        """Return the text of tokens: of all five parts, or of kind and text alone."""
        tokens = iter(iterable)
        for found in tokens:
            if len(found) == 2:
                self.compat(found, tokens)
                break
            kind, text, start, end, line = found
            self.add_whitespace(start)
            self.tokens.append(text)
            self.prev_row, self.prev_col = end
            if kind in (NEWLINE, NL):
                self.prev_row, self.prev_col = self.prev_row + 1, 0
        return "".join(self.tokens)

    def compat(self, token, iterable):
        """Add token, and the rest, of which only kind and text are known: names and numbers get a blank behind."""
        from itertools import chain
        indents, at_line = [], token[0] in (NEWLINE, NL)
        for kind, text in chain([token], iterable):
            if kind == INDENT:
                indents.append(text)
                continue
            if kind == DEDENT:
                indents.pop()
                continue
            if kind in (NEWLINE, NL):
                at_line = True
            elif at_line:
                self.tokens.extend(indents[-1:])
                at_line = False
            self.tokens.append(text + " " if kind in (NAME, NUMBER, ASYNC, AWAIT) else text)


def untokenize(iterable):
    """Return source text of tokens, given as their five parts or as (kind, text).

    With all parts, what is between tokens comes back as blanks.  With two, the
    text only gives the same kinds and texts when it is read again.
    """
    return Untokenizer().untokenize(iterable)


if __name__ == '__main__':
    import sys
    with open(sys.argv[1]) if len(sys.argv) > 1 else sys.stdin as file:
        tokenize(file.readline)
