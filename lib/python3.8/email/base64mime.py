# SPDX-License-Identifier: MIT
"""Base64, as str: in bodies (RFC 2045) and, as the b of encoded words, in headers (RFC 2047)."""
__all__ = ['body_decode', 'body_encode', 'decode', 'decodestring', 'header_encode', 'header_length']

from base64 import b64encode
from binascii import a2b_base64, b2a_base64

CRLF = '\r\n'
NL = '\n'
EMPTYSTRING = ''
MISC_LEN = 7        # of what is around an encoded word, without the charset


def header_length(bytearray):
    """Return how long bytes are in Base64."""
    return -(-len(bytearray) // 3) * 4


def header_encode(header_bytes, charset='iso-8859-1'):
    """Return bytes, or str, as an encoded word of a charset."""
    if not header_bytes:
        return ''
    if isinstance(header_bytes, str):
        header_bytes = header_bytes.encode(charset)
    return '=?%s?b?%s?=' % (charset, b64encode(header_bytes).decode('ascii'))


def body_encode(s, maxlinelen=76, eol=NL):
    """Return bytes in Base64, in lines of at most maxlinelen that end in eol."""
    if not s:
        return s
    step = maxlinelen * 3 // 4
    lines = [b2a_base64(s[at:at + step], newline=False).decode('ascii') + eol for at in range(0, len(s), step)]
    return ''.join(lines)


def decode(string):
    """Return the bytes that a str, or bytes, is the Base64 of."""
    if not string:
        return bytes()
    return a2b_base64(string.encode('raw-unicode-escape') if isinstance(string, str) else string)


body_decode = decodestring = decode
