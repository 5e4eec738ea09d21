# SPDX-License-Identifier: MIT
"""What surrounds a place in the code: a string, brackets, the expression before it.

For highlighting of brackets, call tips and completions.  The code from a good place above is parsed by pyparse, and
only the last statement up to the end of the place's line is known.
"""
from keyword import iskeyword

from idlelib import pyparse


class HyperParser:
    """The statement that an index of an editor window's text is in.

    `rawtext` is what was parsed, `stopatindex` the index of its end.  `bracketing` has the places in it where the
    depth of brackets, strings and comments changes, as pyparse finds them, and `isopener` tells for each of these whether it goes
    deeper there.  `indexinrawtext` is the place that is asked about, `indexbracket` the number of the last change before it.
    """

    def __init__(self, editwin, index):
        self.editwin = editwin
        self.text = editwin.text
        line = int(self.text.index(index).partition('.')[0])
        self.stopatindex = '%d.end' % line
        parser = pyparse.Parser(editwin.indentwidth, editwin.tabwidth)
        if editwin.prompt_last_line:
            before = self.text.tag_prevrange('console', index)
            self._give(parser, before[1] if before else '1.0')
        else:
            parser.set_lo(self._find_start(parser, line) or 0)
        self.rawtext = parser.code[:-2]
        self.bracketing = parser.get_last_stmt_bracketing()
        depths = [depth for _, depth in self.bracketing]
        self.isopener = [False] + [depth > before for before, depth in zip(depths, depths[1:])]
        self.set_index(index)

    def _give(self, parser, start):
        """Let the text from an index on be parsed.  A blank behind it lets its end count as what comes before."""
        parser.set_code(self.text.get(start, self.stopatindex) + ' \n')

    def _find_start(self, parser, line):
        """Parse a growing number of lines until there is a place to start from."""
        for context in self.editwin.num_context_lines:
            first = max(line - context, 1)
            start = '%d.0' % first
            self._give(parser, start)
            place = parser.find_good_parse_start(self.editwin._build_char_in_string_func(start))
            if place is not None or first == 1:
                break
        return place

    def set_index(self, index):
        """Ask about another index, in the same statement.  ValueError is raised if it lies before."""
        place = len(self.rawtext) - len(self.text.get(index, self.stopatindex))
        if place < 0:
            raise ValueError('Index %s precedes the analyzed statement' % index)
        self.indexinrawtext = place
        self.indexbracket = 0
        for number, (change, _) in enumerate(self.bracketing[1:], 1):
            # A bracket that opens here is still to come; one that closes here has closed.
            if change > place or change == place and self.isopener[number]:
                break
            self.indexbracket = number

    def _opened_by(self):
        """The character that opens what the place is directly in; '' if something has just closed, or at the top."""
        number = self.indexbracket
        return self.rawtext[self.bracketing[number][0]] if self.isopener[number] else ''

    def is_in_string(self):
        """Tell whether the place is in a string."""
        return self._opened_by() in ('"', "'")

    def is_in_code(self):
        """Tell whether the place is neither in a string nor in a comment."""
        return self._opened_by() not in ('"', "'", '#')

    def get_surrounding_brackets(self, openers='([{', mustclose=False):
        """The innermost brackets around the place.

        openers: the brackets to look for.
        mustclose: whether the bracket has to be closed.
        Returns the index of the bracket that opens and that of the one that closes, or of the end of the line, or None.
        """
        depth = self.bracketing[self.indexbracket][1]
        for number in range(self.indexbracket, -1, -1):
            start, level = self.bracketing[number]
            if self.isopener[number] and level <= depth and self.rawtext[start] in openers:
                break
            depth = min(depth, level)
        else:
            return None
        end = next((change for change, other in self.bracketing[self.indexbracket + 1:] if other < level), None)
        if end is not None and end <= len(self.rawtext):
            return self._index(start), self._index(end - 1)
        return None if mustclose else (self._index(start), self.stopatindex)

    def _index(self, place):
        """The text's index of a place."""
        return self.text.index('%s-%dc' % (self.stopatindex, len(self.rawtext) - place))

    # Keywords that are expressions.
    _ID_KEYWORDS = frozenset({'True', 'False', 'None'})

    @classmethod
    def _eat_identifier(cls, str, limit, pos):
        """The length of the identifier in a string that ends at pos and begins at limit or later; 0 if there is none."""
        start = pos
        while start > limit and ('a' + str[start - 1]).isidentifier():
            start -= 1
        name = str[start:pos]
        if not name.isidentifier() or iskeyword(name) and name not in cls._ID_KEYWORDS:
            return 0
        return pos - start

    _whitespace_chars = ' \t\n\\'

    def get_expression(self):
        """The expression that ends at the place: names and dots, and what is in brackets behind them, or ''.

        ValueError is raised if the place is in a string or a comment.
        """
        if not self.is_in_code():
            raise ValueError('get_expression should only be called if index is inside a code.')
        walk = _Backwards(self)
        begin = walk.place
        while True:
            walk.skip()
            name = self._eat_identifier(self.rawtext, walk.limit, walk.place)
            if name:
                begin = walk.place = walk.place - name
                if not walk.dot():
                    break
                continue
            opened = walk.closed()
            if opened is None:
                break
            begin = walk.place
            if opened not in '([':
                if opened in '"\'':
                    begin = self._string_prefix(begin)
                break
        return self.rawtext[begin:self.indexinrawtext]

    def _string_prefix(self, place):
        """Where the letters before a string begin."""
        while place > 0 and self.rawtext[place - 1] in 'rRbBuU':
            place -= 1
        return place


class _Backwards:
    """A walk through a parser's statement, from the place that it is asked about to the front.

    `place` is where it is, `number` that of the last change of depth before, and `limit` the place of that.
    """

    def __init__(self, parser):
        self.text, self.changes = parser.rawtext, parser.bracketing
        self.place = parser.indexinrawtext
        self._stand(parser.indexbracket)

    def _stand(self, number):
        self.number, self.limit = number, self.changes[number][0]

    def skip(self):
        """Go over whitespace and comments."""
        while True:
            if self.place > self.limit and self.text[self.place - 1] in HyperParser._whitespace_chars:
                self.place -= 1
            elif self.place == self.limit and self.number > 0 and self.text[self.changes[self.number - 1][0]] == '#':
                self.place = self.changes[self.number - 1][0]
                self._stand(self.number - 2)
            else:
                return

    def dot(self):
        """Go over a dot, and what can be skipped before it; tell whether there was one."""
        self.skip()
        if self.place > self.limit and self.text[self.place - 1] == '.':
            self.place -= 1
            return True
        return False

    def closed(self):
        """Go over brackets or a string that ends here; return the character that opens it, or None."""
        if self.place != self.limit:
            return None
        depth = self.changes[self.number][1]
        number = self.number
        while number > 0 and self.changes[number - 1][1] > depth:
            number -= 1
        if self.changes[number][0] == self.limit:
            return None
        self.place = self.changes[number][0]
        self._stand(number - 1)
        return self.text[self.place]


if __name__ == '__main__':
    from unittest import main
    main('idlelib.idle_test.test_hyperparser', verbosity=2)
