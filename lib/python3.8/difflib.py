# SPDX-License-Identifier: MIT
"""Comparison of sequences, and differences between texts in several formats.

SequenceMatcher compares any sequences of hashable items.  ndiff (Differ), unified_diff, context_diff and HtmlDiff
compare lists of lines; get_close_matches finds words that are like another.
"""

import re
from collections import deque, namedtuple as _namedtuple

__all__ = ['get_close_matches', 'ndiff', 'restore', 'SequenceMatcher', 'Differ', 'IS_CHARACTER_JUNK', 'IS_LINE_JUNK',
           'context_diff', 'unified_diff', 'diff_bytes', 'HtmlDiff', 'Match']

Match = _namedtuple('Match', 'a b size')


def _calculate_ratio(matches, length):
    return 2.0 * matches / length if length else 1.0


# ---- SequenceMatcher ----

class SequenceMatcher:
    """Compares sequences a and b: finds the longest run that both have, and goes on left and right of it.

    isjunk: function that says of an item whether it is junk, which a match cannot begin with.  autojunk: items that
    make up more than 1 % of b, if that has 200 or more, are not looked for either.
    What is found out about b is kept: so to compare one with many, let that be b.

    bjunk, bpopular: the sets of junk and of items that are too frequent; b2j: the others -> their indices in b.

    >>> matcher = SequenceMatcher(None, 'qabxcd', 'abycdf')
    >>> round(matcher.ratio(), 3)
    0.667
    >>> matcher.bjunk
    set()
    """

    def __init__(self, isjunk=None, a='', b='', autojunk=True):
        self.isjunk = isjunk
        self.autojunk = autojunk
        self.a = self.b = None
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        """Set both sequences.

        >>> m = SequenceMatcher()
        >>> m.set_seqs('abcd', 'bcde')
        >>> m.ratio()
        0.75
        """
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        """Set the first sequence.

        >>> m = SequenceMatcher(None, 'x', 'bcde')
        >>> m.set_seq1('abcd')
        >>> m.ratio()
        0.75
        """
        if a is not self.a:
            self.a = a
            self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        """Set the second sequence.

        >>> m = SequenceMatcher(None, 'abcd', 'x')
        >>> m.set_seq2('bcde')
        >>> m.ratio()
        0.75
        """
        if b is not self.b:
            self.b = b
            self.matching_blocks = self.opcodes = self.fullbcount = None
            self._index_b()

    def _index_b(self):
        places = {}
        for at, item in enumerate(self.b):
            places.setdefault(item, []).append(at)
        isjunk, size = self.isjunk, len(self.b)
        self.b2j = places
        self.bjunk = {item for item in places if isjunk(item)} if isjunk else set()
        for item in self.bjunk:
            del places[item]
        self.bpopular = set()
        if self.autojunk and size >= 200:
            limit = size // 100 + 1
            self.bpopular = {item for item, found in places.items() if len(found) > limit}
            for item in self.bpopular:
                del places[item]

    def find_longest_match(self, alo, ahi, blo, bhi):
        """Return the longest match in a[alo:ahi] and b[blo:bhi], of several the first in a, of these the first in b.

        Junk is added at both ends of a match, but makes none.  The size is 0 if there is nothing.

        >>> m = SequenceMatcher(lambda char: char == ' ', ' abcd', 'abcd abcd')
        >>> m.find_longest_match(0, 5, 0, 9)
        Match(a=1, b=0, size=4)
        """
        a, b, junk = self.a, self.b, self.bjunk
        places = self.b2j.get
        best_a, best_b, best = alo, blo, 0
        lengths = {}        # index in b -> length of the match that ends there and at the item of a before
        for i in range(alo, ahi):
            longer = {}
            before = lengths.get
            for j in places(a[i], ()):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                length = longer[j] = before(j - 1, 0) + 1
                if length > best:
                    best_a, best_b, best = i - length + 1, j - length + 1, length
            lengths = longer

        # First what is frequent, then junk around it; both without a gap.
        for wants_junk in (False, True):
            while (best_a > alo and best_b > blo and a[best_a - 1] == b[best_b - 1]
                   and (b[best_b - 1] in junk) is wants_junk):
                best_a, best_b, best = best_a - 1, best_b - 1, best + 1
            while (best_a + best < ahi and best_b + best < bhi and a[best_a + best] == b[best_b + best]
                   and (b[best_b + best] in junk) is wants_junk):
                best += 1
        return Match(best_a, best_b, best)

    def get_matching_blocks(self):
        """Return the list of matches, in order, neighbours joined; the last is of size 0, at both ends.

        >>> SequenceMatcher(None, 'abxcd', 'abcd').get_matching_blocks()
        [Match(a=0, b=0, size=2), Match(a=3, b=2, size=2), Match(a=5, b=4, size=0)]
        """
        if self.matching_blocks is not None:
            return self.matching_blocks
        size_a, size_b = len(self.a), len(self.b)
        waiting, found = [(0, size_a, 0, size_b)], []
        while waiting:
            alo, ahi, blo, bhi = waiting.pop()
            match = i, j, size = self.find_longest_match(alo, ahi, blo, bhi)
            if size:
                found.append(match)
                if alo < i and blo < j:
                    waiting.append((alo, i, blo, j))
                if i + size < ahi and j + size < bhi:
                    waiting.append((i + size, ahi, j + size, bhi))
        found.sort()
        joined = []
        for i, j, size in found:
            if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
                joined[-1] = Match(joined[-1][0], joined[-1][1], joined[-1][2] + size)
            else:
                joined.append(Match(i, j, size))
        joined.append(Match(size_a, size_b, 0))
        self.matching_blocks = joined
        return joined

    def get_opcodes(self):
        """Return what makes b of a: a list of (tag, alo, ahi, blo, bhi), where a[alo:ahi] is to be replaced by
        b[blo:bhi].  tag: 'replace', 'delete', 'insert' or 'equal'.

        >>> SequenceMatcher(None, 'abx', 'ay').get_opcodes()
        [('equal', 0, 1, 0, 1), ('replace', 1, 3, 1, 2)]
        """
        if self.opcodes is None:
            self.opcodes = answer = []
            i = j = 0
            for start_a, start_b, size in self.get_matching_blocks():
                if i < start_a or j < start_b:
                    tag = 'insert' if i == start_a else 'delete' if j == start_b else 'replace'
                    answer.append((tag, i, start_a, j, start_b))
                i, j = start_a + size, start_b + size
                if size:
                    answer.append(('equal', start_a, i, start_b, j))
        return self.opcodes

    def get_grouped_opcodes(self, n=3):
        """Iterate over lists of opcodes: changes that are near each other, with up to n equal items around.

        >>> a = list(range(20))
        >>> b = a[:8] + ['x'] + a[8:]
        >>> list(SequenceMatcher(None, a, b).get_grouped_opcodes(2))
        [[('equal', 6, 8, 6, 8), ('insert', 8, 8, 8, 9), ('equal', 8, 10, 9, 11)]]
        """
        codes = list(self.get_opcodes()) or [('equal', 0, 1, 0, 1)]
        if codes[0][0] == 'equal':
            tag, i1, i2, j1, j2 = codes[0]
            codes[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        if codes[-1][0] == 'equal':
            tag, i1, i2, j1, j2 = codes[-1]
            codes[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for code in codes:
            tag, i1, i2, j1, j2 = code
            if tag == 'equal' and i2 - i1 > 2 * n:
                group.append((tag, i1, i1 + n, j1, j1 + n))
                yield group
                group = []
                code = tag, i2 - n, i2, j2 - n, j2
            group.append(code)
        if group and not (len(group) == 1 and group[0][0] == 'equal'):
            yield group

    def ratio(self):
        """Return how similar the sequences are, from 0 to 1: twice the matching items, divided by all items.

        >>> SequenceMatcher(None, 'abcd', 'bcde').ratio()
        0.75
        """
        matches = sum([block[2] for block in self.get_matching_blocks()])
        return _calculate_ratio(matches, len(self.a) + len(self.b))

    def quick_ratio(self):
        """Return an upper bound on ratio(), faster: the order of items does not count."""
        if self.fullbcount is None:
            self.fullbcount = {}
            for item in self.b:
                self.fullbcount[item] = self.fullbcount.get(item, 0) + 1
        left, matches = {}, 0
        for item in self.a:
            count = left.get(item)
            if count is None:
                count = self.fullbcount.get(item, 0)
            left[item] = count - 1
            matches += count > 0
        return _calculate_ratio(matches, len(self.a) + len(self.b))

    def real_quick_ratio(self):
        """Return an upper bound on ratio(), fastest: only lengths count."""
        sizes = len(self.a), len(self.b)
        return _calculate_ratio(min(sizes), sum(sizes))


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """Return a list of the up to n possibilities that are most like word, the best first.

    cutoff: how like they must be at least, as a ratio from 0 to 1.

    >>> get_close_matches('appel', ['ape', 'apple', 'peach', 'puppy'])
    ['apple', 'ape']
    """
    if not n > 0:
        raise ValueError('n must be > 0: %r' % (n,))
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError('cutoff must be in [0.0, 1.0]: %r' % (cutoff,))
    from heapq import nlargest
    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    found = []
    for candidate in possibilities:
        matcher.set_seq1(candidate)
        # The cheap bounds first.
        if min(matcher.real_quick_ratio(), 1.0) >= cutoff and matcher.quick_ratio() >= cutoff:
            ratio = matcher.ratio()
            if ratio >= cutoff:
                found.append((ratio, candidate))
    return [candidate for ratio, candidate in nlargest(n, found)]


# ---- Differ ----

def _keep_original_ws(s, tag_s):
    """Return tag_s with white space of s where there is no tag."""
    return ''.join([char if tag == ' ' and char.isspace() else tag for char, tag in zip(s, tag_s)])


# Marks below the characters of a, and of b, for each kind of change.
_MARKS = {'replace': '^^', 'delete': '- ', 'insert': ' +', 'equal': '  '}


class Differ:
    """Compares lists of lines, and shows lines that are similar one above the other.

    Lines of the result begin with '- ' (only in a), '+ ' (only in b), '  ' (in both) or '? ' (shows by marks where the
    line above differs).  linejunk, charjunk: functions that say which lines, and characters, are junk, or None.

    >>> print(''.join(Differ().compare(['one two\\n', 'same\\n'], ['one too\\n', 'same\\n'])), end='')
    - one two
    ?      ^
    + one too
    ?      ^
      same
    """

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk = linejunk
        self.charjunk = charjunk

    def compare(self, a, b):
        """Iterate over the lines of the difference of a and b, lists of lines that end with newlines.

        >>> list(Differ().compare(['a\\n', 'b\\n'], ['b\\n', 'c\\n']))
        ['- a\\n', '  b\\n', '+ c\\n']
        """
        for tag, alo, ahi, blo, bhi in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            if tag == 'equal':
                yield from self._dump(' ', a, alo, ahi)
            elif tag == 'replace':
                yield from self._fancy_replace(a, alo, ahi, b, blo, bhi)
            elif tag == 'delete':
                yield from self._dump('-', a, alo, ahi)
            else:
                yield from self._dump('+', b, blo, bhi)

    def _dump(self, tag, x, lo, hi):
        """Iterate over lines x[lo:hi] with a tag."""
        return ('%s %s' % (tag, line) for line in x[lo:hi])

    def _plain_replace(self, a, alo, ahi, b, blo, bhi):
        """Lines that have nothing in common: the shorter block first."""
        blocks = [self._dump('-', a, alo, ahi), self._dump('+', b, blo, bhi)]
        if bhi - blo < ahi - alo:
            blocks.reverse()
        for block in blocks:
            yield from block

    def _most_similar(self, a, alo, ahi, b, blo, bhi):
        """Return (index in a, index in b, are they equal) of the two most similar lines; None if none are similar.

        Equal lines only count if there are no others: they are junk, or there would be no replacement here.
        """
        matcher = SequenceMatcher(self.charjunk)
        best, pair, equal = 0.74, None, None
        for j in range(blo, bhi):
            matcher.set_seq2(b[j])
            for i in range(alo, ahi):
                if a[i] == b[j]:
                    equal = equal or (i, j, True)
                    continue
                matcher.set_seq1(a[i])
                if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                    best, pair = matcher.ratio(), (i, j, False)
        return equal if best < 0.75 else pair

    def _fancy_replace(self, a, alo, ahi, b, blo, bhi):
        """Lines among which similar ones are looked for: the two most similar first, then what is around them.

        >>> list(Differ()._fancy_replace(['abcDefghi\\n'], 0, 1, ['abcdefghi\\n'], 0, 1))
        ['- abcDefghi\\n', '?    ^\\n', '+ abcdefghi\\n', '?    ^\\n']
        """
        pair = self._most_similar(a, alo, ahi, b, blo, bhi)
        if pair is None:
            yield from self._plain_replace(a, alo, ahi, b, blo, bhi)
            return
        i, j, equal = pair
        yield from self._fancy_helper(a, alo, i, b, blo, j)
        if equal:
            yield '  ' + a[i]
        else:
            atags = btags = ''
            for tag, i1, i2, j1, j2 in SequenceMatcher(self.charjunk, a[i], b[j]).get_opcodes():
                above, below = _MARKS[tag]
                atags += above * (i2 - i1)
                btags += below * (j2 - j1)
            yield from self._qformat(a[i], b[j], atags, btags)
        yield from self._fancy_helper(a, i + 1, ahi, b, j + 1, bhi)

    def _fancy_helper(self, a, alo, ahi, b, blo, bhi):
        if alo < ahi and blo < bhi:
            return self._fancy_replace(a, alo, ahi, b, blo, bhi)
        return self._dump('-', a, alo, ahi) if alo < ahi else self._dump('+', b, blo, bhi)

    def _qformat(self, aline, bline, atags, btags):
        """Two similar lines, with the lines of marks below them that are not blank.

        >>> list(Differ()._qformat('\\tab\\n', '\\tac\\n', '  ^ ', '  ^ '))
        ['- \\tab\\n', '? \\t ^\\n', '+ \\tac\\n', '? \\t ^\\n']
        """
        for sign, line, tags in (('- ', aline, atags), ('+ ', bline, btags)):
            yield sign + line
            marks = _keep_original_ws(line, tags).rstrip()
            if marks:
                yield '? %s\n' % marks


def IS_LINE_JUNK(line, pat=re.compile(r"\s*(?:#\s*)?$").match):
    """Return whether line is blank, or has nothing but a '#'.

    pat: another function to decide that, by not returning None.

    >>> IS_LINE_JUNK('  # \\n'), IS_LINE_JUNK('text\\n')
    (True, False)
    """
    return pat(line) is not None


def IS_CHARACTER_JUNK(ch, ws=' \t'):
    """Return whether ch is a blank or a tab.  ws: other characters to take for junk.

    >>> IS_CHARACTER_JUNK('\\t'), IS_CHARACTER_JUNK('x')
    (True, False)
    """
    return ch in ws


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """Iterate over the lines of the difference of a and b, as Differ makes it.

    >>> list(ndiff(['x\\n', 'y\\n'], ['x\\n', 'z\\n']))
    ['  x\\n', '- y\\n', '+ z\\n']
    """
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    """Iterate over the lines of one of the two texts, 1 or 2, that ndiff() made delta of.

    >>> list(restore(['  a\\n', '- b\\n', '+ c\\n'], 2))
    ['a\\n', 'c\\n']
    """
    try:
        own = {1: '- ', 2: '+ '}[int(which)]
    except KeyError:
        raise ValueError('unknown delta choice (must be 1 or 2): %r' % which) from None
    for line in delta:
        if line[:2] in ('  ', own):
            yield line[2:]


# ---- unified and context formats ----

def _check_types(a, b, *args):
    """TypeError if something is not a str: bytes would be shown as their repr()."""
    for lines in (a, b):
        if lines and not isinstance(lines[0], str):
            raise TypeError('lines to compare must be str, not %s (%r)' % (type(lines[0]).__name__, lines[0]))
    for arg in args:
        if not isinstance(arg, str):
            raise TypeError('all arguments must be str, not: %r' % (arg,))


def _file_line(sign, name, date, lineterm):
    return '%s %s%s%s' % (sign, name, '\t' + date if date else '', lineterm)


def _format_range_unified(start, stop):
    """Return how lines start to stop, counted from 0, are written: first line and number."""
    length = stop - start
    if length == 1:
        return str(start + 1)
    return '%d,%d' % (start + 1 if length else start, length)      # an empty range stands behind a line


def unified_diff(a, b, fromfile='', tofile='', fromfiledate='', tofiledate='', n=3, lineterm='\n'):
    """Iterate over the lines of the difference of a and b in unified format, with n lines of context.

    fromfile, tofile, fromfiledate, tofiledate: for the header.  lineterm: the end of lines that are not from a or b.

    >>> for line in unified_diff(['a', 'b'], ['a', 'c'], 'old', 'new', lineterm=''):
    ...     print(line)
    --- old
    +++ new
    @@ -1,2 +1,2 @@
     a
    -b
    +c
    """
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    first = True
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if first:
            yield _file_line('---', fromfile, fromfiledate, lineterm)
            yield _file_line('+++', tofile, tofiledate, lineterm)
            first = False
        yield '@@ -%s +%s @@%s' % (_format_range_unified(group[0][1], group[-1][2]),
                                   _format_range_unified(group[0][3], group[-1][4]), lineterm)
        for tag, alo, ahi, blo, bhi in group:
            if tag == 'equal':
                yield from [' ' + line for line in a[alo:ahi]]
            else:
                yield from ['-' + line for line in a[alo:ahi]]
                yield from ['+' + line for line in b[blo:bhi]]


def _format_range_context(start, stop):
    """Return how lines start to stop, counted from 0, are written: first and last line."""
    first = start + 1 if stop > start else start
    return str(first) if stop - start <= 1 else '%d,%d' % (first, stop)


def context_diff(a, b, fromfile='', tofile='', fromfiledate='', tofiledate='', n=3, lineterm='\n'):
    """Iterate over the lines of the difference of a and b in context format; the arguments are as in unified_diff().

    >>> for line in context_diff(['a', 'b'], ['a', 'c'], 'old', 'new', lineterm=''):
    ...     print(line)
    *** old
    --- new
    ***************
    *** 1,2 ****
      a
    ! b
    --- 1,2 ----
      a
    ! c
    """
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    signs = {'insert': '+ ', 'delete': '- ', 'replace': '! ', 'equal': '  '}
    first = True
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if first:
            yield _file_line('***', fromfile, fromfiledate, lineterm)
            yield _file_line('---', tofile, tofiledate, lineterm)
            first = False
        yield '***************' + lineterm
        # Each side with its range; its lines only if there are changes on it.
        for layout, lines, start, stop, absent in (('*** %s ****%s', a, 1, 2, 'insert'),
                                                   ('--- %s ----%s', b, 3, 4, 'delete')):
            yield layout % (_format_range_context(group[0][start], group[-1][stop]), lineterm)
            if any(code[0] not in ('equal', absent) for code in group):
                for code in group:
                    if code[0] != absent:
                        yield from [signs[code[0]] + line for line in lines[code[start]:code[stop]]]


def diff_bytes(dfunc, a, b, fromfile=b'', tofile=b'', fromfiledate=b'', tofiledate=b'', n=3, lineterm=b'\n'):
    """Compare lists of lines as bytes, of any encoding.  dfunc: unified_diff or context_diff."""
    def decode(data):
        try:
            return data.decode('ascii', 'surrogateescape')
        except AttributeError as problem:
            raise TypeError('all arguments must be bytes, not %s (%r)' % (type(data).__name__, data)) from problem

    texts = list(map(decode, (fromfile, tofile, fromfiledate, tofiledate)))
    for line in dfunc(list(map(decode, a)), list(map(decode, b)), *texts, n, decode(lineterm)):
        yield line.encode('ascii', 'surrogateescape')


# ---- side by side ----

def _marked(line, marks):
    """Return a line with the runs of marks below it put into it, as NUL mark text SOH."""
    for found in reversed(list(re.finditer(r'\++|-+|\^+', marks))):
        start, end = found.span()
        line = line[:start] + '\0' + found.group()[0] + line[start:end] + '\1' + line[end:]
    return line


class _SideBySide:
    """Makes rows of two columns of the lines of ndiff().

    A line is (number, text), or ('', newline) for a gap.  Lines come as (from, to, is a change), one of them maybe
    None for now; gap counts the lines by which "to" is ahead.
    """

    def __init__(self, delta):
        self.delta = delta
        self.ahead = []         # the next lines of delta, four at most; 'X' at the end
        self.numbers = [0, 0]
        self.gap = 0

    def _look(self):
        """Return the first characters of the next four lines."""
        while len(self.ahead) < 4:
            self.ahead.append(next(self.delta, 'X'))
        return ''.join([line[0] for line in self.ahead])

    def _take(self, side, kind=None):
        """Return the next line for a side.  kind: None as it is, '?' with the marks that follow, else all marked."""
        self.numbers[side] += 1
        line = self.ahead.pop(0)
        if kind == '?':
            line = _marked(line, self.ahead.pop(0))[2:]
        elif kind is None:
            line = line[2:]
        else:
            line = '\0' + kind + (line[2:] or ' ') + '\1'
        return self.numbers[side], line

    def _gaps(self, count):
        """Rows that let the column that is behind catch up."""
        row = ((('', '\n'), None, True) if count > 0 else (None, ('', '\n'), True))
        return [row] * abs(count)

    def lines(self):
        """Iterate over (from, to, is a change)."""
        while True:
            kinds = self._look()
            first = kinds[0]
            if first == 'X':
                yield from self._gaps(self.gap)
                return
            if first == ' ':
                text = self.ahead[0][2:]
                yield (self.numbers[0] + 1, text), self._take(1), False
                self.numbers[0] += 1
            elif kinds.startswith('-?+?'):
                yield self._take(0, '?'), self._take(1, '?'), True
            elif kinds.startswith('-+?'):
                yield self._take(0), self._take(1, '?'), True
            elif kinds.startswith('-?+'):
                yield self._take(0, '?'), self._take(1), True
            elif first == '-':
                # Gaps are filled as soon as no more of the block can stand beside them.
                self.gap -= 1
                ends = kinds.startswith(('--?+', '--+', '- ')) and not kinds.startswith('--++')
                line = self._take(0, '-')
                if ends:
                    gap, self.gap = self.gap, 0
                    yield from self._gaps(gap)
                yield line, None, True
            else:
                self.gap += 1
                ends = kinds.startswith(('+ ', '+-')) and not kinds.startswith('+--')
                line = self._take(1, '+')
                if ends:
                    gap, self.gap = self.gap, 0
                    yield from self._gaps(gap)
                yield None, line, True

    def rows(self):
        """Iterate over (from, to, is a change) with both lines there."""
        columns = deque(), deque()
        for row in self.lines():
            for side in (0, 1):
                if row[side] is not None:
                    columns[side].append((row[side], row[2]))
            while columns[0] and columns[1]:
                (left, changed), (right, also_changed) = columns[0].popleft(), columns[1].popleft()
                yield left, right, changed or also_changed


def _mdiff(fromlines, tolines, context=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """Iterate over rows (from, to, is a change) of two texts side by side.

    context: how many equal lines to give around changes, None for all; (None, None, None) stands between.
    """
    rows = _SideBySide(ndiff(fromlines, tolines, linejunk, charjunk)).rows()
    if context is None:
        yield from rows
        return
    before = deque(maxlen=context)
    skipped, after = False, 0
    for row in rows:
        if row[2]:
            if skipped:
                yield None, None, None
            yield from before
            before.clear()
            skipped, after = False, context
            yield row
        elif after:
            after -= 1
            yield row
        else:
            skipped = skipped or len(before) == context
            before.append(row)


# ---- HTML ----

_file_template = (
    '\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"\n'
    '          "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n\n<html>\n\n<head>\n'
    '    <meta http-equiv="Content-Type"\n          content="text/html; charset=%(charset)s" />\n'
    '    <title></title>\n    <style type="text/css">%(styles)s\n    </style>\n</head>\n\n<body>\n'
    '    %(table)s%(legend)s\n</body>\n\n</html>')

_styles = (
    '\n        table.diff {font-family:Courier; border:medium;}\n'
    '        .diff_header {background-color:#e0e0e0}\n        td.diff_header {text-align:right}\n'
    '        .diff_next {background-color:#c0c0c0}\n        .diff_add {background-color:#aaffaa}\n'
    '        .diff_chg {background-color:#ffff77}\n        .diff_sub {background-color:#ffaaaa}')

_table_template = (
    '\n    <table class="diff" id="difflib_chg_%(prefix)s_top"\n'
    '           cellspacing="0" cellpadding="0" rules="groups" >\n'
    '        <colgroup></colgroup> <colgroup></colgroup> <colgroup></colgroup>\n'
    '        <colgroup></colgroup> <colgroup></colgroup> <colgroup></colgroup>\n        %(header_row)s\n'
    '        <tbody>\n%(data_rows)s        </tbody>\n    </table>')

_legend = (
    '\n    <table class="diff" summary="Legends">\n        <tr> <th colspan="2"> Legends </th> </tr>\n'
    '        <tr> <td> <table border="" summary="Colors">\n'
    '                      <tr><th> Colors </th> </tr>\n'
    '                      <tr><td class="diff_add">&nbsp;Added&nbsp;</td></tr>\n'
    '                      <tr><td class="diff_chg">Changed</td> </tr>\n'
    '                      <tr><td class="diff_sub">Deleted</td> </tr>\n                  </table></td>\n'
    '             <td> <table border="" summary="Links">\n'
    '                      <tr><th colspan="2"> Links </th> </tr>\n'
    '                      <tr><td>(f)irst change</td> </tr>\n'
    '                      <tr><td>(n)ext change</td> </tr>\n'
    '                      <tr><td>(t)op</td> </tr>\n                  </table></td> </tr>\n    </table>')


class HtmlDiff:
    """Shows two texts side by side as an HTML table, with changes marked by color.

    tabsize: of tabs.  wrapcolumn: where to break lines, None for nowhere.  linejunk, charjunk: as for ndiff().
    The templates are attributes, and can be replaced in a subclass.
    """

    _file_template = _file_template
    _styles = _styles
    _table_template = _table_template
    _legend = _legend
    _default_prefix = 0     # counts the tables, whose ids have to differ

    def __init__(self, tabsize=8, wrapcolumn=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
        self._tabsize = tabsize
        self._wrapcolumn = wrapcolumn
        self._linejunk = linejunk
        self._charjunk = charjunk

    def make_file(self, fromlines, tolines, fromdesc='', todesc='', context=False, numlines=5, *, charset='utf-8'):
        """Return a whole HTML file.

        fromlines, tolines: lists of lines.  fromdesc, todesc: headings.  context: whether to show only changes, with
        numlines lines around; else numlines is by how many lines links lead ahead of a change.  charset: of the file.
        """
        table = self.make_table(fromlines, tolines, fromdesc, todesc, context=context, numlines=numlines)
        page = self._file_template % dict(styles=self._styles, legend=self._legend, table=table, charset=charset)
        return page.encode(charset, 'xmlcharrefreplace').decode(charset)

    def make_table(self, fromlines, tolines, fromdesc='', todesc='', context=False, numlines=5):
        """Return the table only; the arguments are as in make_file()."""
        self._make_prefix()
        fromlines, tolines = self._tab_newline_replace(fromlines, tolines)
        rows = _mdiff(fromlines, tolines, numlines if context else None, self._linejunk, self._charjunk)
        if self._wrapcolumn:
            rows = self._line_wrapper(rows)
        cells = self._collect_lines(rows)
        parts = []
        for number, (left, right, flag, mark, link) in enumerate(zip(*self._convert_flags(*cells, context, numlines))):
            if flag is not None:
                parts.append(f'            <tr><td class="diff_next"{mark}>{link}</td>{left}'
                             f'<td class="diff_next">{link}</td>{right}</tr>\n')
            elif number:
                parts.append('        </tbody>        \n        <tbody>\n')
        header = ''
        if fromdesc or todesc:
            cell = '<th class="diff_next"><br /></th><th colspan="2" class="diff_header">%s</th>'
            header = '<thead><tr>%s%s</tr></thead>' % (cell % fromdesc, cell % todesc)
        table = self._table_template % dict(data_rows=''.join(parts), header_row=header, prefix=self._prefix[1])
        for mark, html in (('\0+', '<span class="diff_add">'), ('\0-', '<span class="diff_sub">'),
                           ('\0^', '<span class="diff_chg">'), ('\1', '</span>'), ('\t', '&nbsp;')):
            table = table.replace(mark, html)
        return table

    def _make_prefix(self):
        """Choose the prefixes of the ids of this table."""
        number = HtmlDiff._default_prefix
        HtmlDiff._default_prefix += 1
        self._prefix = ['from%d_' % number, 'to%d_' % number]

    def _tab_newline_replace(self, fromlines, tolines):
        """Return the lines without newlines, and with as many tabs as blanks are to be shown for a tab."""
        def expand(line):
            line = line.replace(' ', '\0').expandtabs(self._tabsize)
            return line.replace(' ', '\t').replace('\0', ' ').rstrip('\n')
        return list(map(expand, fromlines)), list(map(expand, tolines))

    def _split_line(self, data_list, line_num, text):
        """Append the parts of a line to data_list, each as long as a column; parts after the first have the number >.

        Marks have no width, and are closed and opened again where a line is broken.
        """
        width = self._wrapcolumn
        while line_num and len(text) > width and len(text) - 3 * text.count('\0') > width:
            at = shown = 0
            mark = ''
            while shown < width and at < len(text):
                if text[at] == '\0':
                    mark = text[at + 1]
                    at += 2
                    continue
                if text[at] == '\1':
                    mark = ''
                else:
                    shown += 1
                at += 1
            part, text = text[:at], text[at:]
            if mark:
                part, text = part + '\1', '\0' + mark + text
            data_list.append((line_num, part))
            line_num = '>'
        data_list.append((line_num, text))

    def _line_wrapper(self, diffs):
        """Iterate over rows with long lines broken."""
        gap = '', ' '
        for left, right, flag in diffs:
            if flag is None:
                yield left, right, flag
                continue
            lefts, rights = [], []
            self._split_line(lefts, *left)
            self._split_line(rights, *right)
            for number in range(max(len(lefts), len(rights))):
                yield (lefts[number] if number < len(lefts) else gap,
                       rights[number] if number < len(rights) else gap, flag)

    def _collect_lines(self, diffs):
        """Return the cells of the left and of the right column, and the flags, as three lists."""
        columns, flags = ([], []), []
        for left, right, flag in diffs:
            for side, line in enumerate((left, right)):
                columns[side].append(None if line is None else self._format_line(side, flag, *line))
            flags.append(flag)
        return columns[0], columns[1], flags

    def _format_line(self, side, flag, linenum, text):
        """Return the cells for a line."""
        mark = ''
        if isinstance(linenum, int):
            mark = ' id="%s%d"' % (self._prefix[side], linenum)
        for char, reference in (('&', '&amp;'), ('>', '&gt;'), ('<', '&lt;'), (' ', '&nbsp;')):
            text = text.replace(char, reference)
        return f'<td class="diff_header"{mark}>{linenum}</td><td nowrap="nowrap">{text.rstrip()}</td>'

    def _convert_flags(self, fromlist, tolist, flaglist, context, numlines):
        """Return the lists, and those of the ids and of the links of rows, which lead from change to change."""
        name = 'difflib_chg_' + self._prefix[1]
        if not flaglist:
            text = 'No Differences Found' if context else 'Empty File'
            fromlist = tolist = [f'<td></td><td>&nbsp;{text}&nbsp;</td>']
            flaglist = [False]
        ids, links = [''] * len(flaglist), [''] * len(flaglist)
        changes = last = 0
        for number, flag in enumerate(flaglist):
            if flag and not (number and flaglist[number - 1]):
                ids[max(0, number - numlines)] = f' id="{name}_{changes}"'
                changes += 1
                links[number] = f'<a href="#{name}_{changes}">n</a>'
                last = number
        if not flaglist[0]:
            links[0] = f'<a href="#{name}_0">f</a>'
        links[last] = f'<a href="#{name}_top">t</a>'
        return fromlist, tolist, flaglist, ids, links
