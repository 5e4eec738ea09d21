# SPDX-License-Identifier: MIT
"""What the editor has to know of the lines above the cursor to indent the next one.

The code may be incomplete and wrong: it is cut into brackets, strings, comments and the rest, and no more.  There are
two levels of study, made when they are needed: the first goes over all code to find where statements begin and in
what the code ends, the second looks closely at the last statement.
"""
import re

# In what the code ends: nothing special, a backslash, the first or a later line of a string, an open bracket.
C_NONE, C_BACKSLASH, C_STRING_FIRST_LINE, C_STRING_NEXT_LINES, C_BRACKET = range(5)

# The beginning of a statement that does not continue another one.
_synchre = re.compile(r'^[ \t]*(?:assert|break|class|continue|def|elif|else|except|import|raise|return|try|while|yield)\b',
                      re.M).search
# A line that says nothing: blank, or a comment set tightly, as code is when it is commented out.
_junkre = re.compile(r'[ \t]*(?:#\S.*)?\n').match
# The first thing in a line that is neither blank nor comment nor backslash.
_itemre = re.compile(r'[ \t]*[^\s#\\]').match
# A statement behind which a block ends.
_closere = re.compile(r'\s*(?:break|continue|pass|raise|return)\b').match

_STRING = r"""
    '''(?:[^'\\]|\\.|'(?!''))*(?:''')? | \"""(?:[^"\\]|\\.|"(?!""))*(?:\""")? |
    '(?:[^'\\\n]|\\.)*'? | "(?:[^"\\\n]|\\.)*"? """
_TOKEN = re.compile(r"""
    (?P<open>[([{]) | (?P<close>[])}]) | (?P<string>%s) | (?P<comment>\#[^\n]*) | (?P<newline>\n) |
    (?P<join>\\\n) | (?P<escape>\\.) | (?P<plain>[^][(){}'"#\\\n]+) """ % _STRING, re.X | re.S)


class ParseMap(dict):
    """A table for str.translate() that makes an 'x' of all characters it does not have."""

    def __missing__(self, key):
        return 120      # ord('x')


# Leaves of code what _TOKEN looks for, one kind of brackets, and long runs of the same letter.
trans = ParseMap((code, 120) for code in range(128))
trans.update(zip(map(ord, '([{)]}"\'\\\n#'), map(ord, '((()))"\'\\\n#')))


class Parser:
    """Code and what is known about it.

    indentwidth: the columns of a level of indentation.
    tabwidth: the columns between two tab stops.
    """

    def __init__(self, indentwidth, tabwidth):
        self.indentwidth = indentwidth
        self.tabwidth = tabwidth

    def set_code(self, s):
        """Take other code, of complete lines."""
        assert not s or s[-1] == '\n'
        self.code = s
        self.study_level = 0

    def find_good_parse_start(self, is_char_in_string):
        """A position where parsing may begin: a line that begins a statement, the nearer to the end the better.

        is_char_in_string: a function that tells for a position whether it seems to be in a string; it may be wrong.
        Returns None if there is none.
        """
        def beginning(start, end=len(self.code)):
            found = _synchre(self.code, start, end)
            return found and (None if is_char_in_string(found.start()) else found.start())

        # Lines that end with a colon are a good guess, but not too many guesses are made.
        limit = len(self.code)
        for _ in range(5):
            colon = self.code.rfind(':\n', 0, limit)
            if colon < 0:
                break
            line = self.code.rfind('\n', 0, colon) + 1
            place = beginning(line, limit)
            if place is not None:
                return self._last_beginning(place, is_char_in_string)
            limit = line
        return beginning(0)

    def _last_beginning(self, place, is_char_in_string):
        """The last beginning of a statement from place on."""
        found = _synchre(self.code, place + 1)
        while found:
            if not is_char_in_string(found.start()):
                place = found.start()
            found = _synchre(self.code, found.end())
        return place

    def set_lo(self, lo):
        """Forget the code before a position, which is the beginning of a line."""
        assert lo == 0 or self.code[lo - 1] == '\n'
        if lo > 0:
            self.code = self.code[lo:]

    # The first level.

    def _study1(self):
        """Find `continuation`, and `goodlines`: the lines where statements begin, from 0, and where the code ends."""
        if self.study_level >= 1:
            return
        self.study_level = 1
        self.goodlines = [0]
        continuation = C_NONE
        line = depth = 0
        code = self.code.translate(trans)
        for token in _TOKEN.finditer(code):
            kind = token.lastgroup
            if kind == 'newline':
                line += 1
                if not depth:
                    self.goodlines.append(line)
            elif kind == 'join':
                line += 1
                if token.end() == len(code):
                    continuation = C_BACKSLASH
            elif kind == 'string':
                lines = token[0].count('\n')
                line += lines
                if token.end() == len(code):        # the newline is in it, so it is open
                    continuation = C_STRING_FIRST_LINE if lines == 1 else C_STRING_NEXT_LINES
            elif kind == 'open':
                depth += 1
            elif kind == 'close' and depth:
                depth -= 1
        if depth and continuation not in (C_STRING_FIRST_LINE, C_STRING_NEXT_LINES):
            continuation = C_BRACKET
        self.continuation = continuation
        if self.goodlines[-1] != line:
            self.goodlines.append(line)

    def get_continuation_type(self):
        """In what the code ends, one of the C_ constants."""
        self._study1()
        return self.continuation

    def get_num_lines_in_stmt(self):
        """The number of lines of the last statement, which may be blank."""
        self._study1()
        return self.goodlines[-1] - self.goodlines[-2]

    # The second level.

    def _study2(self):
        """Find the last statement that is not only junk.

        `stmt_start` and `stmt_end` are its bounds, `lastch` its last character, comments and whitespace aside,
        `lastopenbracketpos` the place of the innermost bracket that is open, or None.  `stmt_bracketing` has a pair
        for each place where the depth changes: the place, and how many brackets, strings and comments it is in.
        """
        if self.study_level >= 2:
            return
        self._study1()
        self.study_level = 2
        self.stmt_start, self.stmt_end = self._last_statement()
        self.lastch = ''
        stack = []
        depths = [(self.stmt_start, 0)]
        for token in _TOKEN.finditer(self.code, self.stmt_start, self.stmt_end):
            kind = token.lastgroup
            first = token[0][0]
            if kind == 'open':
                stack.append(token.start())
                depths.append((token.start(), len(stack)))
                self.lastch = first
            elif kind == 'close':
                del stack[-1:]
                depths.append((token.end(), len(stack)))
                self.lastch = first
            elif kind == 'string':
                depths += (token.start(), len(stack) + 1), (token.end(), len(stack))
                self.lastch = first
            elif kind == 'comment':
                depths += (token.start(), len(stack) + 1), (token.end() + 1, len(stack))
            elif kind == 'plain':
                self.lastch = token[0].rstrip(' \t')[-1:] or self.lastch
            elif kind == 'escape':
                self.lastch = token[0]
        self.lastopenbracketpos = stack[-1] if stack else None
        self.stmt_bracketing = tuple(depths)

    def _last_statement(self):
        """The bounds of the last statement that does not begin with a junk line; (0, 0) if there is none."""
        start = len(self.code)
        for before, line in zip(self.goodlines[-2::-1], self.goodlines[::-1]):
            end = start
            for _ in range(line - before):
                start = self.code.rfind('\n', 0, start - 1) + 1
            if not _junkre(self.code, start):
                return start, end
        return 0, 0

    def _width(self, start, end):
        """The columns of a piece of a line."""
        return len(self.code[start:end].expandtabs(self.tabwidth))

    def compute_bracket_indent(self):
        """The column for the next line in an open bracket: that of its first item, or a level more than the line of the
        bracket if nothing follows it."""
        self._study2()
        assert self.continuation == C_BRACKET
        line = self.code.rfind('\n', 0, self.lastopenbracketpos) + 1
        begin, place = line, self.lastopenbracketpos + 1
        while place < len(self.code):
            item = _itemre(self.code, place)
            if item:
                return self._width(begin, item.end() - 1)
            begin = place = self.code.find('\n', place) + 1
        return self._width(line, line + self._blanks(line)) + self.indentwidth

    def _blanks(self, start):
        """The number of blanks and tabs from a position on."""
        return re.compile(r'[ \t]*').match(self.code, start).end() - start

    def compute_backslash_indent(self):
        """The column for a line behind a backslash: one more than where the value of an assignment begins, or the end
        of the first word."""
        self._study2()
        assert self.continuation == C_BACKSLASH
        start = self.stmt_start + self._blanks(self.stmt_start)
        end = self._assignment(start, self.code.find('\n', start) + 1)
        if end is None:
            end = re.compile(r'[^ \t\n]*').match(self.code, start).end()
        return self._width(self.stmt_start, end) + 1

    def _assignment(self, start, end):
        """The end of the first = in a line that assigns, if anything but a backslash follows."""
        depth = 0
        for token in _TOKEN.finditer(self.code, start, end):
            kind = token.lastgroup
            if kind == 'open':
                depth += 1
            elif kind == 'close' and depth:
                depth -= 1
            elif kind == 'comment':
                return None
            elif kind == 'plain' and not depth:
                sign = re.compile(r'(?<![=<>!])=(?!=)').search(self.code, token.start(), token.end())
                if sign:
                    return None if re.compile(r'\s*\\').match(self.code, sign.end(), end) else sign.end()

    def get_base_indent_string(self):
        """The blanks and tabs that the last statement begins with."""
        self._study2()
        end = min(self.stmt_start + self._blanks(self.stmt_start), self.stmt_end)
        return self.code[self.stmt_start:end]

    def is_block_opener(self):
        """Tell whether the last statement ends with a colon."""
        self._study2()
        return self.lastch == ':'

    def is_block_closer(self):
        """Tell whether a block ends with the last statement: return, break, continue, raise or pass."""
        self._study2()
        return _closere(self.code, self.stmt_start) is not None

    def get_last_stmt_bracketing(self):
        """The places in the last statement where the depth changes, as pairs (place, depth)."""
        self._study2()
        return self.stmt_bracketing


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_pyparse', verbosity=2)
