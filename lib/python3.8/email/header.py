# SPDX-License-Identifier: MIT
"""Headers with text that is not ASCII: encoded words, =?charset?encoding?text?= (RFC 2047)."""
__all__ = ['Header', 'decode_header', 'make_header']

import binascii
import re
import email.base64mime
import email.quoprimime
from email import charset as _charset
from email.errors import HeaderParseError

Charset = _charset.Charset

USASCII, UTF8 = Charset('us-ascii'), Charset('utf-8')
MAXLINELEN = 78
EMPTYSTRING, NL, FWS = '', '\n', ' \t'
SPACE, BSPACE, SPACE8 = ' ', b' ', ' ' * 8

ecre = re.compile(r'=\?(?P<charset>[^?]*?)\?(?P<encoding>[qQbB])\?(?P<encoded>.*?)\?=', re.MULTILINE)
fcre = re.compile(r'[\041-\176]+:$')                # a header's name
_embedded_header = re.compile(r'\n[^ \t]+:')        # another header inside a value

_max_append = email.quoprimime._max_append


def _split_words(header):
    """Yield (text, encoding or None, charset or None) of the pieces of a header."""
    for line in header.splitlines():
        parts = ecre.split(line)
        first = True
        while parts:
            plain = parts.pop(0)
            if first:
                plain = plain.lstrip()
                first = False
            if plain:
                yield plain, None, None
            if parts:
                charset, encoding, text = parts.pop(0).lower(), parts.pop(0).lower(), parts.pop(0)
                yield text, encoding, charset


def _decode_word(text, encoding):
    """Return the bytes of an encoded word's text."""
    if encoding is None:
        return text
    if encoding == 'q':
        return email.quoprimime.header_decode(text)
    missing = -len(text) % 4
    try:
        return email.base64mime.decode(text + '==='[:missing])
    except binascii.Error:
        raise HeaderParseError('Base64 decoding error')


def decode_header(header):
    """Return a header's value as a list of (text, charset).

    The text is str, and the charset None, if there are no encoded words; else all
    text is bytes.  HeaderParseError for damaged Base64.
    """
    if hasattr(header, '_chunks'):
        return [(_charset._encode(string, str(charset)), str(charset)) for string, charset in header._chunks]
    if not ecre.search(header):
        return [(header, None)]
    words = list(_split_words(header))
    # White space between two encoded words means nothing.
    words = [word for at, word in enumerate(words)
             if not (word[0].isspace() and 0 < at < len(words) - 1 and words[at - 1][1] and words[at + 1][1])]
    result = []
    for text, encoding, charset in words:
        data = _decode_word(text, encoding)
        if isinstance(data, str):
            data = bytes(data, 'raw-unicode-escape')
        if result and result[-1][1] == charset:
            # Plain text that stood in several lines is put together again with a space.
            between = BSPACE if charset is None else b''
            result[-1] = result[-1][0] + between + data, charset
        else:
            result.append((data, charset))
    return result


def make_header(decoded_seq, maxlinelen=None, header_name=None, continuation_ws=' '):
    """Return a Header made of what decode_header() returns."""
    header = Header(maxlinelen=maxlinelen, header_name=header_name, continuation_ws=continuation_ws)
    for text, charset in decoded_seq:
        if charset is not None and not isinstance(charset, Charset):
            charset = Charset(charset)
        header.append(text, charset)
    return header


class Header:
    """A header's value, made of pieces in different charsets.

    s, charset        the first piece
    maxlinelen        how long lines may become
    header_name       the name, whose length counts in the first line
    continuation_ws   what the further lines start with
    errors            for decoding and encoding s
    """

    def __init__(self, s=None, charset=None, maxlinelen=None, header_name=None, continuation_ws=' ', errors='strict'):
        self._charset = charset = self._as_charset(charset, USASCII)
        self._chunks = []
        self._continuation_ws = continuation_ws
        if s is not None:
            self.append(s, charset, errors)
        self._maxlinelen = MAXLINELEN if maxlinelen is None else maxlinelen
        self._headerlen = 0 if header_name is None else len(header_name) + 2

    @staticmethod
    def _as_charset(charset, default):
        """Return a Charset for a name, a Charset or None."""
        if charset is None:
            return default
        return charset if isinstance(charset, Charset) else Charset(charset)

    def __str__(self):
        self._normalize()
        parts = []
        before = None
        last_space = None
        for string, charset in self._chunks:
            after = charset
            if after == _charset.UNKNOWN8BIT:
                string = string.encode('ascii', 'surrogateescape').decode('ascii', 'replace')
            if parts:
                blank = string and self._nonctext(string[0])
                if before not in (None, 'us-ascii'):
                    if after in (None, 'us-ascii') and not blank:
                        parts.append(SPACE)
                        after = None
                elif after not in (None, 'us-ascii') and not last_space:
                    parts.append(SPACE)
            last_space = string and self._nonctext(string[-1])
            before = after
            parts.append(string)
        return EMPTYSTRING.join(parts)

    def __eq__(self, other):
        return other == str(self)

    def append(self, s, charset=None, errors='strict'):
        """Add a piece: str, or bytes in that charset, by default the header's.

        UnicodeError if a str cannot be written in the charset; one that was to be
        ASCII becomes UTF-8.
        """
        charset = self._as_charset(charset, self._charset)
        if not isinstance(s, str):
            codec = charset.input_codec or 'us-ascii'
            s = s.decode('us-ascii', 'surrogateescape') if codec == _charset.UNKNOWN8BIT else s.decode(codec, errors)
        written = charset.output_codec or 'us-ascii'
        if written != _charset.UNKNOWN8BIT:
            try:
                s.encode(written, errors)
            except UnicodeEncodeError:
                if written != 'us-ascii':
                    raise
                charset = UTF8
        self._chunks.append((s, charset))

    def _nonctext(self, s):
        """Is it white space, or a parenthesis or backslash?"""
        return s.isspace() or s in ('(', ')', '\\')

    def encode(self, splitchars=';, \t', maxlinelen=None, linesep='\n'):
        """Return the value as it is written, in lines that end in linesep.

        splitchars are where lines are best cut.  maxlinelen 0: no limit.
        HeaderParseError if the result contains what looks like another header.
        """
        self._normalize()
        if maxlinelen is None:
            maxlinelen = self._maxlinelen
        formatter = _ValueFormatter(self._headerlen, maxlinelen or 1000000, self._continuation_ws, splitchars)
        last_charset = last_space = None
        first = True
        for string, charset in self._chunks:
            if not first:
                blank = string and self._nonctext(string[0])
                if last_charset not in (None, 'us-ascii'):
                    if not blank or charset not in (None, 'us-ascii'):
                        formatter.add_transition()
                elif charset not in (None, 'us-ascii') and not last_space:
                    formatter.add_transition()
            last_space = string and self._nonctext(string[-1])
            last_charset = charset
            first = False
            self._feed(formatter, string, charset)
        if self._chunks:
            formatter.add_transition()
        value = formatter._str(linesep)
        if _embedded_header.search(value):
            raise HeaderParseError(f'header value appears to contain an embedded header: {value!r}')
        return value

    def _feed(self, formatter, string, charset):
        lines = string.splitlines()
        formatter.feed('', lines[0] if lines else '', charset)
        for line in lines[1:]:
            formatter.newline()
            if charset.header_encoding is not None:
                formatter.feed(self._continuation_ws, ' ' + line.lstrip(), charset)
            else:
                bare = line.lstrip()
                formatter.feed(line[:len(line) - len(bare)], bare, charset)
        if len(lines) > 1:
            formatter.newline()

    def _normalize(self):
        """Put pieces of the same charset together."""
        joined = []
        for string, charset in self._chunks:
            if joined and joined[-1][1] == charset:
                joined[-1][0].append(string)
            else:
                joined.append(([string], charset))
        self._chunks = [(SPACE.join(strings), charset) for strings, charset in joined]


class _ValueFormatter:
    """Puts pieces into lines."""

    def __init__(self, headerlen, maxlen, continuation_ws, splitchars):
        self._maxlen = maxlen
        self._lines = []
        self._splitchars = splitchars
        self._continuation_ws, self._continuation_ws_len = continuation_ws, len(continuation_ws)
        self._current_line = _Accumulator(headerlen)

    def _str(self, linesep):
        self.newline()
        return linesep.join(self._lines)

    def __str__(self):
        return self._str(NL)

    def newline(self):
        current = self._current_line
        # A space that add_transition() put at the end is not needed there.
        end = current.pop()
        if end != (' ', ''):
            current.push(*end)
        if len(current) > 0:
            if current.is_onlyws() and self._lines:
                self._lines[-1] += str(current)
            else:
                self._lines.append(str(current))
        current.reset()

    def add_transition(self):
        self._current_line.push(' ', '')

    def feed(self, fws, string, charset):
        if charset.header_encoding is None:
            self._ascii_split(fws, string, self._splitchars)
            return
        # The charset cuts the text: only it knows where a character ends.
        encoded = charset.header_encode_lines(string, self._maxlengths())
        if not encoded:
            return
        first, *rest = encoded
        if first is not None:
            self._append_chunk(fws, first)
        if not rest:
            return
        *middle, last = rest
        self.newline()
        self._lines += [self._continuation_ws + line for line in middle]
        self._current_line.push(self._continuation_ws, last)

    def _maxlengths(self):
        """How long the pieces may be: in the rest of this line, and in the further ones."""
        yield self._maxlen - len(self._current_line)
        while True:
            yield self._maxlen - self._continuation_ws_len

    def _ascii_split(self, fws, string, splitchars):
        # White space belongs to what follows it.
        parts = re.split('([' + FWS + ']+)', fws + string)
        parts[:1] = [] if not parts[0] else ['', *parts[:1]]
        for blank, part in zip(parts[::2], parts[1::2]):
            self._append_chunk(blank, part)

    def _append_chunk(self, fws, string):
        current = self._current_line
        current.push(fws, string)
        if len(current) <= self._maxlen:
            return
        # Too long: cut at the best character, as far to the right as possible.
        for char in self._splitchars:
            for at in range(current.part_count() - 1, 0, -1):
                if char.isspace():
                    blank = current[at][0]
                    if blank and blank[0] == char:
                        break
                before = current[at - 1][1]
                if before and before[-1] == char:
                    break
            else:
                continue
            break
        else:
            blank, part = current.pop()
            if current._initial_size > 0:
                # Nothing but the name would be left in the first line.
                self.newline()
                blank = blank or ' '
            current.push(blank, part)
            return
        rest = current.pop_from(at)
        self._lines.append(str(current))
        current.reset(rest)


class _Accumulator(list):
    """The (white space, text) of a line."""

    def __init__(self, initial_size=0):
        self._initial_size = initial_size
        super().__init__()

    def push(self, fws, string):
        self.append((fws, string))

    def pop_from(self, i=0):
        taken = self[i:]
        self[i:] = []
        return taken

    def pop(self):
        return super().pop() if self.part_count() else ('', '')

    def __len__(self):
        return self._initial_size + sum(len(fws) + len(part) for fws, part in self)

    def __str__(self):
        return EMPTYSTRING.join(fws + part for fws, part in self)

    def reset(self, startval=None):
        self[:] = startval or []
        self._initial_size = 0

    def is_onlyws(self):
        return self._initial_size == 0 and (not self or str(self).isspace())

    def part_count(self):
        return super().__len__()
