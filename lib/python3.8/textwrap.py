# SPDX-License-Identifier: MIT
"""Wrapping of text to lines of a certain width, and change of its indentation."""

import re

__all__ = ['TextWrapper', 'wrap', 'fill', 'dedent', 'indent', 'shorten']

# White space as of ASCII: a no-break space must not be broken at.
_whitespace = '\t\n\x0b\x0c\r '


def _chunk_pattern():
    """Return the pattern of the pieces between which a line can be broken, hyphens included."""
    space, no_space = '[%s]' % re.escape(_whitespace), '[^%s]' % re.escape(_whitespace)
    letter = r'[^\W\d]'
    before_dash = '(?<=[\\w!"\'&.,?])'
    after_hyphen = f'-(?:(?<={letter}{letter}-)|(?<={letter}-{letter}-))(?={letter}-?{letter})'
    return '|'.join([
        f'({space}+',                                   # white space
        before_dash + r'-{2,}(?=\w)',                   # a dash made of hyphens, between words
        f'{no_space}+?(?:{after_hyphen}',               # a word: up to a hyphen in it,
        fr'(?={space}|\Z)',                             # to its end,
        before_dash + r'(?=-{2,}\w)))'])                # or to a dash


class TextWrapper:
    """Wraps text.  The attributes, which are also the parameters:

    width: greatest length of lines.  initial_indent, subsequent_indent: put in front of the first, the other lines.
    expand_tabs: make blanks of tabs, at multiples of tabsize.  replace_whitespace: then make one blank of every
    character of white space.  drop_whitespace: leave it out at the ends of lines.
    fix_sentence_endings: put two blanks behind what looks like the end of a sentence.
    break_long_words: break words that are longer than a line.  break_on_hyphens: break words at hyphens.
    max_lines: number of lines at most; placeholder then stands at the end of what is left.
    """

    uspace = ord(' ')
    unicode_whitespace_trans = {}
    for x in _whitespace.encode('ascii'):
        unicode_whitespace_trans[x] = uspace
    wordsep_re = re.compile(_chunk_pattern())
    wordsep_simple_re = re.compile('([%s]+)' % re.escape(_whitespace))
    sentence_end_re = re.compile(r'[a-z][.!?]["\']?\Z')

    def __init__(self, width=70, initial_indent='', subsequent_indent='', expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True,
                 tabsize=8, *, max_lines=None, placeholder=' [...]'):
        self.width, self.max_lines, self.placeholder = width, max_lines, placeholder
        self.initial_indent, self.subsequent_indent = initial_indent, subsequent_indent
        self.expand_tabs, self.tabsize = expand_tabs, tabsize
        self.replace_whitespace, self.drop_whitespace = replace_whitespace, drop_whitespace
        self.break_long_words, self.break_on_hyphens = break_long_words, break_on_hyphens
        self.fix_sentence_endings = fix_sentence_endings

    # Steps, which subclasses may replace.

    def _munge_whitespace(self, text):
        """Return text with tabs and other white space replaced as wanted."""
        text = text.expandtabs(self.tabsize) if self.expand_tabs else text
        return text.translate(self.unicode_whitespace_trans) if self.replace_whitespace else text

    def _split(self, text):
        """Return the list of chunks: words, parts of words, and the white space between."""
        pattern = self.wordsep_re if self.break_on_hyphens is True else self.wordsep_simple_re
        return list(filter(None, pattern.split(text)))

    def _fix_sentence_endings(self, chunks):
        """Make two blanks of one behind the ends of sentences."""
        is_end = self.sentence_end_re.search
        for at in range(1, len(chunks) - 1):
            if chunks[at] == ' ' and is_end(chunks[at - 1]):
                chunks[at] = '  '

    def _handle_long_word(self, reversed_chunks, cur_line, cur_len, width):
        """Move the last of reversed_chunks, which is longer than a line, or as much as fits, to cur_line."""
        if self.break_long_words:
            room = width - cur_len if width >= 1 else 1
            word = reversed_chunks[-1]
            cur_line.append(word[:room])
            reversed_chunks[-1] = word[room:]
        elif not cur_line:
            cur_line.append(reversed_chunks.pop())

    def _is_blank(self, chunk):
        """Whether chunk goes away at the end of a line."""
        return self.drop_whitespace and not chunk.strip()

    def _take_line(self, chunks, width):
        """Remove the chunks of one line from the end of chunks, and return them."""
        line, length = [], 0
        while chunks and length + len(chunks[-1]) <= width:
            length += len(chunks[-1])
            line.append(chunks.pop())
        if chunks and len(chunks[-1]) > width:
            self._handle_long_word(chunks, line, length, width)
        if line and self._is_blank(line[-1]):
            del line[-1]
        return line

    def _shorten_line(self, lines, line, indent, width):
        """Append line with the placeholder, as the last one that there is room for."""
        placeholder = self.placeholder
        while line:
            if line[-1].strip() and sum(map(len, line)) + len(placeholder) <= width:
                lines.append(indent + ''.join(line) + placeholder)
                return
            del line[-1]
        if lines:
            previous = lines[-1].rstrip()
            if len(previous) + len(placeholder) <= self.width:
                lines[-1] = previous + placeholder
                return
        lines.append(indent + placeholder.lstrip())

    def _wrap_chunks(self, chunks):
        """Return the lines made of chunks."""
        limit = self.max_lines
        if self.width <= 0:
            raise ValueError('invalid width %r (must be > 0)' % self.width)
        if limit is not None:
            indent = self.subsequent_indent if limit > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError('placeholder too large for max width')
        lines = []
        chunks.reverse()
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if lines and self._is_blank(chunks[-1]):
                del chunks[-1]
            line = self._take_line(chunks, width)
            if not line:
                continue
            nothing_left = not chunks or len(chunks) == 1 and self._is_blank(chunks[0])
            if limit is None or len(lines) + 1 < limit or nothing_left and sum(map(len, line)) <= width:
                lines.append(indent + ''.join(line))
            else:
                self._shorten_line(lines, line, indent, width)
                break
        return lines

    def _split_chunks(self, text):
        return self._split(self._munge_whitespace(text))

    def wrap(self, text):
        """Return the lines of text, wrapped, without newlines at their ends."""
        chunks = self._split_chunks(text)
        if self.fix_sentence_endings:
            self._fix_sentence_endings(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        """Return text wrapped, as one string."""
        return '\n'.join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    """Return the lines of text, wrapped at width.  The keyword arguments are those of TextWrapper."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """Return text wrapped at width, as one string.  The keyword arguments are those of TextWrapper."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """Return text with white space collapsed, cut at a word to fit into width, "[...]" being added if it is cut.

    The keyword arguments are those of TextWrapper.
    """
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(' '.join(text.split()))


def dedent(text):
    """Return text without the white space that all its lines begin with.

    Tabs and blanks are different.  Lines of nothing but blanks and tabs do not count, and become empty.
    """
    lines = text.split('\n')
    indents = []
    for at, line in enumerate(lines):
        content = line.lstrip(' \t')
        if content:
            indents.append(line[:len(line) - len(content)])
        else:
            lines[at] = ''
    if indents:
        # What the first and the last in order have in common, all have.
        first, last = min(indents), max(indents)
        margin = 0
        while margin < len(first) and first[margin] == last[margin]:
            margin += 1
        lines = [line[margin:] for line in lines]
    return '\n'.join(lines)


def indent(text, prefix, predicate=None):
    """Return text with prefix in front of the lines for which predicate(line) is true.

    Without predicate these are the lines that have more than white space.
    """
    wanted = predicate or str.strip
    return ''.join([prefix + line if wanted(line) else line for line in text.splitlines(True)])

