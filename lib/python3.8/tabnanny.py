#! /usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Find indentation that means different things for different tab sizes: python -m tabnanny [-v] [-q] file-or-folder ...

Python itself refuses such files; this tells where.  An indentation is looked at for all tab sizes that matter: up to
one more than the longest run of blanks before a tab, further sizes make no difference.
"""

__version__ = '6'

import os
import sys
import tokenize

__all__ = ['check', 'NannyNag', 'process_tokens']

# Set by the options -v and -q.
verbose = 0
filename_only = 0


def errprint(*args):
    """Print to standard error."""
    print(*args, file=sys.stderr)


def main():
    """Check what the command line names."""
    global verbose, filename_only
    import getopt
    try:
        options, names = getopt.getopt(sys.argv[1:], 'qv')
    except getopt.error as problem:
        errprint(problem)
        return
    for option, _ in options:
        if option == '-q':
            filename_only += 1
        else:
            verbose += 1
    if not names:
        errprint('Usage:', sys.argv[0], '[-v] file_or_directory ...')
    for name in names:
        check(name)


class NannyNag(Exception):
    """Indentation that is not clear; made by process_tokens()."""

    def __init__(self, lineno, msg, line):
        self.lineno, self.msg, self.line = lineno, msg, line

    def get_lineno(self):
        """Return the line's number."""
        return self.lineno

    def get_msg(self):
        """Return what is wrong, with tab sizes as examples."""
        return self.msg

    def get_line(self):
        """Return the line."""
        return self.line


def check(file):
    """Check a file, or the Python files in a folder and below; results are printed."""
    if os.path.isdir(file) and not os.path.islink(file):
        if verbose:
            print('%r: listing directory' % (file,))
        for name in os.listdir(file):
            path = os.path.join(file, name)
            folder = os.path.isdir(path) and not os.path.islink(path)
            if folder or os.path.normcase(name[-3:]) == '.py':
                check(path)
        return
    try:
        source = tokenize.open(file)
    except OSError as problem:
        errprint('%r: I/O Error: %s' % (file, problem))
        return
    if verbose > 1:
        print('checking %r ...' % file)
    with source:
        try:
            process_tokens(tokenize.generate_tokens(source.readline))
        except tokenize.TokenError as problem:
            errprint('%r: Token Error: %s' % (file, problem))
        except IndentationError as problem:
            errprint('%r: Indentation Error: %s' % (file, problem))
        except NannyNag as nag:
            _report(file, nag)
        else:
            if verbose:
                print('%r: Clean bill of health.' % (file,))


def _report(file, nag):
    if verbose:
        print('%r: *** Line %d: trouble in tab city! ***' % (file, nag.get_lineno()))
        print('offending line: %r' % (nag.get_line(),))
        print(nag.get_msg())
        return
    # One line for other programs to read.
    shown = '"%s"' % file if ' ' in file else file
    if filename_only:
        print(shown)
    else:
        print(shown, nag.get_lineno(), repr(nag.get_line()))


class Whitespace:
    """The blanks and tabs that a line begins with.

    raw: the line.  n: their number.  nt: the number of tabs.
    norm: for each length of a run of blanks before a tab how often it occurs, and the blanks behind the last tab; two
    are equal for all tab sizes if these are equal.
    is_simple: all tabs come first.
    """

    S, T = ' \t'

    def __init__(self, ws):
        self.raw = ws
        self.n = len(ws) - len(ws.lstrip(self.S + self.T))
        *runs, rest = map(len, ws[:self.n].split(self.T))
        self.nt = len(runs)
        counts = [0] * (max(runs, default=-1) + 1)
        for length in runs:
            counts[length] += 1
        self.norm = tuple(counts), rest
        self.is_simple = len(counts) < 2

    def longest_run_of_spaces(self):
        """Return the length of the longest run of blanks."""
        counts, rest = self.norm
        return max(len(counts) - 1, rest)

    def indent_level(self, tabsize):
        """Return the column for a tab size."""
        counts, rest = self.norm
        # A run of blanks moves its tab on by as many whole tabs as fit in it.
        extra = sum(length // tabsize * times for length, times in enumerate(counts))
        return rest + tabsize * (extra + self.nt)

    def equal(self, other):
        """Whether both are the same column for all tab sizes."""
        return self.norm == other.norm

    def _sizes(self, other):
        return range(1, max(self.longest_run_of_spaces(), other.longest_run_of_spaces()) + 2)

    def _levels(self, other):
        """Yield (tab size, column of this, column of the other)."""
        for size in self._sizes(other):
            yield size, self.indent_level(size), other.indent_level(size)

    def not_equal_witness(self, other):
        """Return (tab size, both columns) wherever they differ."""
        return [row for row in self._levels(other) if row[1] != row[2]]

    def less(self, other):
        """Whether this is the smaller column for all tab sizes."""
        if self.n >= other.n:
            return False
        if self.is_simple and other.is_simple:
            return self.nt <= other.nt
        return all(mine < others for size, mine, others in self._levels(other) if size > 1)

    def not_less_witness(self, other):
        """Return (tab size, both columns) wherever this is not smaller."""
        return [row for row in self._levels(other) if row[1] >= row[2]]


def format_witnesses(w):
    """Return the tab sizes of witnesses as text."""
    return 'at tab size%s %s' % ('s' if len(w) > 1 else '', ', '.join(str(row[0]) for row in w))


def process_tokens(tokens):
    """Check the tokens of a file.  Raises NannyNag."""
    indents = [Whitespace('')]
    at_start = False
    for kind, text, start, end, line in tokens:
        if kind == tokenize.NEWLINE:
            # The next statement has to fit, unless it is indented.
            at_start = True
        elif kind == tokenize.INDENT:
            at_start = False
            deeper = Whitespace(text)
            if not indents[-1].less(deeper):
                witnesses = indents[-1].not_less_witness(deeper)
                raise NannyNag(start[0], 'indent not greater e.g. ' + format_witnesses(witnesses), line)
            indents.append(deeper)
        elif kind == tokenize.DEDENT:
            at_start = True
            indents.pop()
        elif at_start and kind not in (tokenize.COMMENT, tokenize.NL):
            at_start = False
            same = Whitespace(line)
            if not indents[-1].equal(same):
                witnesses = indents[-1].not_equal_witness(same)
                raise NannyNag(start[0], 'indent not equal e.g. ' + format_witnesses(witnesses), line)


if __name__ == '__main__':
    main()
