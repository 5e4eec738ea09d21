# SPDX-License-Identifier: MIT
"""From the tokens of a header to lines: what TokenList.fold() does.

A token goes on the line as it is if it fits there; else on a new line, if it may begin one and fits on it; else what it is
made of is tried.  What is not ASCII, and words that are longer than a line, become encoded words (RFC 2047), if that is
allowed where they are; an encoded word takes up the one before it on its line, with all that stands between them.
"""

import re
import sys
from urllib.parse import quote

from email import _encoded_words as _ew
from email import errors
from email._header_rules import get_unstructured
from email._header_tokens import MsgID, Terminal, quote_string
from email.utils import _has_surrogates

_SPECIALS = frozenset('()<>@,:;.\\"[]')
_BLANKS = (' ', '\t')
_FOREIGN = re.compile('[^\x00-\x7f\udc80-\udcff]').search
_LONG_WORD = 1000            # this long, an encoded word grows no more
# An address list would be none if these were encoded.
_SEPARATORS = frozenset(('list-separator', 'group-terminator', 'group-display-name-terminator'))


def _refold_parse_tree(parse_tree, *, policy):
    """Return the elements of a token list as lines, by a policy's max_line_length, utf8 and linesep."""
    return _Folder(policy, {}).fold(parse_tree)


def _steal_trailing_WSP_if_exists(lines):
    """Take the blank at the end of the last line away and return it; '' if there is none."""
    last = lines[-1]
    if not last.endswith(_BLANKS):
        return ''
    lines[-1] = last[:-1]
    return last[-1]


def _starts_with_blank(token):
    """Whether a token begins with white space; what is empty does not."""
    while not isinstance(token, Terminal):
        if not token:
            return False
        token = token[0]
    return token.startswith_fws()


class _Folder:
    """Lines that are being written."""

    def __init__(self, policy, folded):
        self.policy = policy
        self.limit = policy.max_line_length or sys.maxsize
        self.charset = 'utf-8' if policy.utf8 else 'us-ascii'
        self.lines = ['']
        self.word = None            # where the last encoded word of the line begins, if it may grow
        self.word_end = 0           # where it ends
        self.chained = False        # whether another one is right in front of it, so that no blank between them counts
        self.folded = folded        # tokens, by their id, that have been folded on their own

    def fold(self, tokens):
        """Return the lines of a token list."""
        for token in tokens:
            self.add(token, False)
        return self.policy.linesep.join(self.lines) + self.policy.linesep

    def encoded_as(self, text):
        """The charset that text needs, None if it can stay as it is."""
        if text.isascii():
            return None
        if _has_surrogates(text):
            return 'unknown-8bit'
        return None if self.policy.utf8 else 'utf-8'

    def add(self, token, guarded):
        """Write a token; guarded: as part of one that must not be encoded."""
        text = str(token)
        if token.token_type == 'mime-parameters':
            _fold_mime_parameters(token, self.lines, self.limit, self.charset)
            return
        charset = None if guarded else self.encoded_as(text)
        quoted = token.token_type == 'ptext' and not guarded and not _SPECIALS.isdisjoint(text)
        if charset is None and not quoted:
            self.add_clean(token, text, guarded)
        elif token.as_ew_allowed and isinstance(token, Terminal):
            self.encode(token, text, charset or self.charset)
        elif token.as_ew_allowed or not self.add_on_its_own(token):
            if isinstance(token, Terminal):
                self.add_clean(token, text, guarded)
            else:
                for part in token:
                    self.add(part, guarded)

    def add_on_its_own(self, token):
        """Write a token of which not all may be encoded if it takes no more than a line; return whether it does."""
        self.word = None
        if not token.syntactic_break:
            return False
        text = self.folded.get(id(token))
        if text is None:
            # Not token.fold(), which would do it again and again for a tree of such tokens.
            if isinstance(token, MsgID):
                lines = token.fold(self.policy)
            else:
                lines = _Folder(self.policy, self.folded).fold(token)
            text = self.folded[id(token)] = lines[:-len(self.policy.linesep)]
        if self.policy.linesep in text:
            return False
        if len(text) > self.limit - len(self.lines[-1]):
            self.lines.append(_steal_trailing_WSP_if_exists(self.lines))
        self.lines[-1] += text
        return True

    def add_clean(self, token, text, guarded):
        """Write a token that need not be encoded, unless it is too long."""
        if len(text) <= self.limit - len(self.lines[-1]):
            self.lines[-1] += text
        elif token.syntactic_break and len(text) < self.limit and self.begin_line(token, text):
            self.word = None
        elif not isinstance(token, Terminal):
            guarded = guarded or not token.as_ew_allowed
            for part in token:
                self.add(part, guarded)
        elif token.as_ew_allowed and not guarded and token.token_type not in _SEPARATORS:
            self.encode(token, text, self.charset)
        elif not self.begin_line(token, text):
            self.lines[-1] += text

    def begin_line(self, token, text):
        """Begin a line with text, if a blank is in front of it that can begin it; return whether one is."""
        blank = _steal_trailing_WSP_if_exists(self.lines)
        if not blank and not _starts_with_blank(token):
            return False
        self.lines.append(blank + text)
        return True

    def encode(self, token, text, charset):
        """Write text as encoded words."""
        joined = token.ew_combine_allowed
        if self.word is not None and joined:
            text = self.take_back(text)
        else:
            self.chained = False
        if text[0] in _BLANKS and not self.chained:
            # It may serve to begin a line, so it must not be encoded.
            if len(self.lines[-1]) == self.limit:
                self.lines.append(_steal_trailing_WSP_if_exists(self.lines))
            self.lines[-1] += text[0]
            text = text[1:]
        blank = text[-1] if text.endswith(_BLANKS) else ''
        text = text[:len(text) - len(blank)]
        start = len(self.lines[-1]) if self.word is None else self.word
        start = self.write_words(text, 'utf-8' if charset == 'us-ascii' else charset, start)
        self.word_end = len(self.lines[-1])
        self.lines[-1] += blank
        self.word = start if joined else None

    def take_back(self, text):
        """Take the last encoded word, and what is behind it, off the line; return all that is to be encoded."""
        line = self.lines[-1]
        if len(line) - self.word <= _LONG_WORD:
            self.lines[-1] = line[:self.word]
            return str(get_unstructured(line[self.word:] + text))
        # There are lines without an end, on which this would take ever longer.  Begin a new word, then; the blank
        # between the two does not count.
        self.lines[-1] = line[:self.word_end] + ' '
        self.word = self.word_end + 1
        self.chained = True
        return line[self.word_end:] + text

    def write_words(self, text, charset, start):
        """Write text as encoded words; return where the last one begins on its line."""
        if _has_surrogates(text):
            charset = 'unknown-8bit'
            if _FOREIGN(text):
                text = text.encode('utf-8', 'surrogateescape').decode('ascii', 'surrogateescape')
        frame = len(charset) + 7
        if frame + 1 >= self.limit:
            raise errors.HeaderParseError('max_line_length is too small to fit an encoded word')
        lines = self.lines
        while text:
            room = self.limit - len(lines[-1])
            if room <= frame:
                lines.append(' ')
                continue
            count, word = _fitting(text[:room - frame], charset, room, lines[-1] == ' ')
            lines[-1] += word
            text = text[count:]
            if text:
                lines.append(' ')
                start = len(lines[-1])
        return start


def _fitting(text, charset, room, forced):
    """(count, encoded word) for as much of text as there is room for; at least one character if forced."""
    word = _ew.encode(text, charset)
    count = len(text)
    while len(word) > room and count > forced:
        count -= 1
        word = _ew.encode(text[:count], charset)
    return count, word


def _fold_mime_parameters(part, lines, maxlen, encoding):
    """Append parameters to lines; those that are not in the encoding or too long as RFC 2231 wants them."""
    for name, value in part.params:
        if not lines[-1].rstrip().endswith(';'):
            lines[-1] += ';'
        charset, handling = encoding, 'strict'
        if value.isascii() or encoding == 'utf-8' and not _has_surrogates(value):
            text = '%s=%s' % (name, quote_string(value))
        else:
            charset = 'utf-8'
            if _has_surrogates(value):
                charset, handling = 'unknown-8bit', 'surrogateescape'
            text = "%s*=%s''%s" % (name, charset, quote(value, safe='', errors=handling))
        if len(lines[-1]) + len(text) + 1 < maxlen:
            lines[-1] += ' ' + text
        elif len(text) + 2 <= maxlen:
            lines.append(' ' + text)
        else:
            _fold_sections(name, value, charset, handling, lines, maxlen)


def _fold_sections(name, value, charset, handling, lines, maxlen):
    """Append a parameter to lines in sections, one a line."""
    number, prefix = 0, charset + "''"
    while value:
        start = ' %s*%d*=%s' % (name, number, prefix)
        if maxlen <= len(start) + 2:
            maxlen = 78
        # A semicolon follows.
        room = max(maxlen - len(start) - 1, 1)
        count = min(room, len(value))
        encoded = quote(value[:count], safe='', errors=handling)
        while len(encoded) > room and count > 1:
            count -= 1
            encoded = quote(value[:count], safe='', errors=handling)
        value = value[count:]
        lines.append(start + encoded + (';' if value else ''))
        number, prefix = number + 1, ''
