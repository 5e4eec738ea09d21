# SPDX-License-Identifier: MIT
"""Quoted-printable, on str: in bodies (RFC 2045) and, as the q of encoded words, in headers (RFC 2047)."""
__all__ = ['body_decode', 'body_encode', 'body_length', 'decode', 'decodestring', 'header_decode', 'header_encode',
           'header_length', 'quote', 'unquote']

import re
from string import ascii_letters, digits, hexdigits

CRLF = '\r\n'
NL = '\n'
EMPTYSTRING = ''


def _map_with(plain):
    """Return the list of what each byte is written as; those in plain stay."""
    written = _QUOPRI_MAP[:]
    for code in plain:
        written[code] = chr(code)
    return written


_QUOPRI_MAP = ['=%02X' % code for code in range(256)]
_QUOPRI_HEADER_MAP = _map_with(b'-!*+/' + ascii_letters.encode('ascii') + digits.encode('ascii'))
_QUOPRI_HEADER_MAP[ord(' ')] = '_'
_QUOPRI_BODY_MAP = _map_with(bytes(code for code in range(0x20, 0x7f) if code != ord('=')) + b'\t')
_QUOPRI_BODY_ENCODE_MAP = _QUOPRI_BODY_MAP[:]
for _code in b'\r\n':
    _QUOPRI_BODY_ENCODE_MAP[_code] = chr(_code)
del _code


def header_check(octet):
    """Say whether a byte has to be escaped in a header."""
    return _QUOPRI_HEADER_MAP[octet] != chr(octet)


def body_check(octet):
    """Say whether a byte has to be escaped in a body."""
    return _QUOPRI_BODY_MAP[octet] != chr(octet)


def header_length(bytearray):
    """Return how long bytes are when they are escaped for a header."""
    return sum(len(_QUOPRI_HEADER_MAP[octet]) for octet in bytearray)


def body_length(bytearray):
    """Return how long bytes are when they are escaped for a body."""
    return sum(len(_QUOPRI_BODY_MAP[octet]) for octet in bytearray)


def _max_append(L, s, maxlen, extra=''):
    """Append to the last str of a list, or, if it became longer than maxlen, as a new one."""
    if not isinstance(s, str):
        s = chr(s)
    if L and len(L[-1]) + len(s) <= maxlen:
        L[-1] += extra + s
    else:
        L.append(s.lstrip())


def unquote(s):
    """=XX -> the character"""
    return chr(int(s[1:3], 16))


def quote(c):
    """a character -> =XX"""
    return _QUOPRI_MAP[ord(c)]


def header_encode(header_bytes, charset='iso-8859-1'):
    """Return bytes as an encoded word of a charset."""
    if not header_bytes:
        return ''
    return '=?%s?q?%s?=' % (charset, header_bytes.decode('latin1').translate(_QUOPRI_HEADER_MAP))


def _cut(line, limit):
    """Yield pieces of a line that end in soft breaks, and then the rest: escapes are not cut."""
    start = 0
    while len(line) - start > limit:
        stop = start + limit - 1
        for back in 1, 2:
            if line[stop - back] == '=':
                stop -= back
                break
        yield line[start:stop] + '='
        start = stop
    yield line[start:]


def body_encode(body, maxlinelen=76, eol=NL):
    """Return text, of characters up to 255, escaped, in lines of at most maxlinelen that end in eol."""
    if maxlinelen < 4:
        raise ValueError('maxlinelen must be at least 4')
    if not body:
        return body
    result = []
    for line in body.translate(_QUOPRI_BODY_ENCODE_MAP).splitlines():
        *pieces, last = _cut(line, maxlinelen)
        if last[-1:] in (' ', '\t'):
            # White space at the end would be lost: escape it, or, if there is no room, hide it behind a break.
            room = maxlinelen - len(last) + 1
            if room >= 3:
                last = last[:-1] + quote(last[-1])
            elif room == 2:
                last = last + '=' + eol
            else:
                last = last[:-1] + '=' + eol + quote(last[-1])
        result += [*pieces, last]
    if body[-1] in CRLF:
        result.append('')
    return eol.join(result)


def decode(encoded, eol=NL):
    """Return what escaped text means; lines end in eol."""
    if not encoded:
        return encoded
    parts = []
    for line in encoded.splitlines():
        line = line.rstrip()
        soft = line.endswith('=')
        if soft:
            line = line[:-1]
        parts.append(re.sub('=[0-9a-fA-F]{2}', _unquote_match, line))
        if not soft:
            parts.append(eol)
    text = ''.join(parts)
    if encoded[-1] not in '\r\n' and text.endswith(eol):
        text = text[:-len(eol)]
    return text


body_decode = decodestring = decode


def _unquote_match(match):
    return unquote(match.group(0))


def header_decode(s):
    """Return what the text of an encoded word means, as characters up to 255."""
    return re.sub('=[a-fA-F0-9]{2}', _unquote_match, s.replace('_', ' '), flags=re.ASCII)
