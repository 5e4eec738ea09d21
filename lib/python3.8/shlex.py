# SPDX-License-Identifier: MIT
"""Splitting of texts into tokens as a Unix shell does, and quoting for it."""

import os
import sys
from collections import deque
from io import StringIO

__all__ = ['shlex', 'split', 'quote', 'join']

_LATIN1_LETTERS = 'ßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ'


class shlex:
    """A lexical analyzer.  instream: a file or str to read, by default sys.stdin; infile: its name, for errors.

    posix: parse as POSIX says: quotes and escapes are taken off.  punctuation_chars: characters that are tokens of
    their own, runs of them being one; True for ();<>|&.

    commenters, wordchars, whitespace, escape, quotes, escapedquotes: which characters are what.  whitespace_split:
    only white space separates words.  source: token behind which stands the name of a file to read.  state: what is
    being read: ' ' between tokens, 'a' a word, 'c' punctuation, a quote inside of quotes, an escape character right
    after it, None at the end.  debug: print what happens if 1 or more.
    """

    def __init__(self, instream=None, infile=None, posix=False, punctuation_chars=False):
        if isinstance(instream, str):
            instream = StringIO(instream)
        self.instream = sys.stdin if instream is None else instream
        self.infile = None if instream is None else infile
        self.posix = posix
        self.eof = None if posix else ''
        self.commenters = '#'
        self.wordchars = 'abcdfeghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'
        if posix:
            self.wordchars += _LATIN1_LETTERS
        self.whitespace, self.whitespace_split = ' \t\r\n', False
        self.quotes, self.escapedquotes, self.escape = '\'"', '"', '\\'
        self.state, self.token = ' ', ''
        self.pushback, self.filestack = deque(), deque()
        self.lineno, self.debug, self.source = 1, 0, None
        self._punctuation_chars = '();<>|&' if punctuation_chars is True else punctuation_chars or ''
        if self._punctuation_chars:
            self._pushback_chars = deque()      # read behind punctuation
            self.wordchars += '~-./*?='         # in file names and patterns
            self.wordchars = self.wordchars.translate(dict.fromkeys(map(ord, self._punctuation_chars)))

    @property
    def punctuation_chars(self):
        """The characters that make words of their own; set when the object is made."""
        return self._punctuation_chars

    def push_token(self, tok):
        """Let tok be the next token."""
        if self.debug >= 1:
            print('shlex: pushing token ' + repr(tok))
        self.pushback.appendleft(tok)

    def push_source(self, newstream, newfile=None):
        """Read from another file or str first.  newfile: its name."""
        if isinstance(newstream, str):
            newstream = StringIO(newstream)
        self.filestack.appendleft((self.infile, self.instream, self.lineno))
        self.infile, self.instream, self.lineno = newfile, newstream, 1
        if self.debug:
            print('shlex: pushing to file %s' % newfile if newfile is not None
                  else 'shlex: pushing to stream %s' % newstream)

    def pop_source(self):
        """Go on with the file that was read before."""
        self.instream.close()
        self.infile, self.instream, self.lineno = self.filestack.popleft()
        if self.debug:
            print('shlex: popping to %s, line %d' % (self.instream, self.lineno))
        self.state = ' '

    def get_token(self):
        """Return the next token, eof at the end.  Reads the files that source tokens name."""
        if self.pushback:
            token = self.pushback.popleft()
            if self.debug >= 1:
                print('shlex: popping token ' + repr(token))
            return token
        token = self.read_token()
        if self.source is not None:
            while token == self.source:
                opened = self.sourcehook(self.read_token())
                if opened:
                    newfile, newstream = opened
                    self.push_source(newstream, newfile)
                token = self.get_token()
        while token == self.eof:
            if not self.filestack:
                return self.eof
            self.pop_source()
            token = self.get_token()
        if self.debug >= 1:
            print('shlex: token=' + repr(token) if token != self.eof else 'shlex: token=EOF')
        return token

    def _next_char(self):
        if self._punctuation_chars and self._pushback_chars:
            return self._pushback_chars.pop()
        return self.instream.read(1)

    def _skip_comment(self):
        self.instream.readline()
        self.lineno += 1

    def read_token(self):
        """Return the next token of the file, without regard to what was pushed back.

        ValueError at the end of the file inside of quotes or after an escape character.
        """
        self._quoted = False
        self._outer = ' '       # state in which the escape character came
        while True:
            char = self._next_char()
            if char == '\n':
                self.lineno += 1
            if self.debug >= 3:
                print('shlex: in state %r I see character: %r' % (self.state, char))
            state = self.state
            if state is None:
                self.token = ''
                break
            if state == ' ':
                done = self._between(char)
            elif state in self.quotes:
                done = self._in_quotes(char)
            elif state in self.escape:
                done = self._escaped(char)
            else:
                done = self._in_word(char)
            if done:
                break
        result, self.token = self.token, ''
        if self.posix and not self._quoted and result == '':
            result = None
        if self.debug > 1:
            print('shlex: raw token=' + repr(result) if result else 'shlex: raw token=EOF')
        return result

    # What a character means in each state.  They return whether the token is complete.

    def _end_if_any(self):
        """White space or a comment: the token is complete, if there is one."""
        return bool(self.token or self.posix and self._quoted)

    def _between(self, char):
        if not char:
            self.state = None
            return True
        if char in self.whitespace:
            if self.debug >= 2:
                print('shlex: I see whitespace in whitespace state')
            return self._end_if_any()
        if char in self.commenters:
            self._skip_comment()
        elif self.posix and char in self.escape:
            self._outer, self.state = 'a', char
        elif char in self.wordchars:
            self.token, self.state = char, 'a'
        elif char in self._punctuation_chars:
            self.token, self.state = char, 'c'
        elif char in self.quotes:
            if not self.posix:
                self.token = char
            self.state = char
        elif self.whitespace_split:
            self.token, self.state = char, 'a'
        else:
            self.token = char
            return self._end_if_any()
        return False

    def _in_quotes(self, char):
        self._quoted = True
        if not char:
            if self.debug >= 2:
                print('shlex: I see EOF in quotes state')
            raise ValueError('No closing quotation')
        if char == self.state:
            if not self.posix:
                self.token += char
                self.state = ' '
                return True
            self.state = 'a'
        elif self.posix and char in self.escape and self.state in self.escapedquotes:
            self._outer, self.state = self.state, char
        else:
            self.token += char
        return False

    def _escaped(self, char):
        if not char:
            if self.debug >= 2:
                print('shlex: I see EOF in escape state')
            raise ValueError('No escaped character')
        # In quotes only the quote and the escape character can be escaped.
        if self._outer in self.quotes and char != self.state and char != self._outer:
            self.token += self.state
        self.token += char
        self.state = self._outer
        return False

    def _in_word(self, char):
        if not char:
            self.state = None
            return True
        if char in self.whitespace:
            if self.debug >= 2:
                print('shlex: I see whitespace in word state')
            self.state = ' '
            return self._end_if_any()
        if char in self.commenters:
            self._skip_comment()
            if self.posix:
                self.state = ' '
                return self._end_if_any()
            return False
        if self.state == 'c':
            if char in self._punctuation_chars:
                self.token += char
                return False
            if char not in self.whitespace:
                self._pushback_chars.append(char)
            self.state = ' '
            return True
        if self.posix and char in self.quotes:
            self.state = char
        elif self.posix and char in self.escape:
            self._outer, self.state = 'a', char
        elif (char in self.wordchars or char in self.quotes
              or self.whitespace_split and char not in self._punctuation_chars):
            self.token += char
        else:
            if self._punctuation_chars:
                self._pushback_chars.append(char)
            else:
                self.pushback.appendleft(char)
            if self.debug >= 2:
                print('shlex: I see punctuation in word state')
            self.state = ' '
            return self._end_if_any()
        return False

    def sourcehook(self, newfile):
        """Return (name, opened file) for the token behind a source token.  Subclasses may replace it."""
        if newfile[0] == '"':
            newfile = newfile[1:-1]
        if isinstance(self.infile, str) and not os.path.isabs(newfile):
            newfile = os.path.join(os.path.dirname(self.infile), newfile)   # seen from the file that names it
        return newfile, open(newfile, 'r')

    def error_leader(self, infile=None, lineno=None):
        """Return the beginning of an error message: file and line as other programs write it."""
        return '"%s", line %d: ' % (self.infile if infile is None else infile,
                                    self.lineno if lineno is None else lineno)

    def __iter__(self):
        return self

    def __next__(self):
        token = self.get_token()
        if token == self.eof:
            raise StopIteration
        return token


def split(s, comments=False, posix=True):
    """Return the list of words of a shell command.  comments: whether # begins a comment."""
    if s is None:
        import warnings
        warnings.warn("Passing None for 's' to shlex.split() is deprecated.", DeprecationWarning, stacklevel=2)
    lexer = shlex(s, posix=posix)
    lexer.whitespace_split = True
    if not comments:
        lexer.commenters = ''
    return list(lexer)


_SAFE = frozenset('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-')


def quote(s):
    """Return s so that a shell takes it for one word."""
    if not s:
        return "''"
    if not isinstance(s, str):
        raise TypeError('expected string or bytes-like object')
    if _SAFE.issuperset(s):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command):
    """Return the shell command that consists of the given words."""
    return ' '.join(map(quote, split_command))


def _print_tokens(lexer):
    for token in lexer:
        print('Token: ' + repr(token))


if __name__ == '__main__':
    if len(sys.argv) > 1:
        with open(sys.argv[1]) as _file:
            _print_tokens(shlex(_file, sys.argv[1]))
    else:
        _print_tokens(shlex())
