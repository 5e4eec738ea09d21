# SPDX-License-Identifier: MIT
"""Charset: how text of a charset is written in headers and bodies."""
__all__ = ['Charset', 'add_alias', 'add_charset', 'add_codec']

from functools import partial
import email.base64mime
import email.quoprimime
from email import errors
from email.encoders import encode_7or8bit

QP, BASE64, SHORTEST = 1, 2, 3      # quoted-printable, Base64, the shorter of both (headers only)
RFC2047_CHROME_LEN = 7              # of what is around an encoded word, without the charset
DEFAULT_CHARSET = 'us-ascii'
UNKNOWN8BIT = 'unknown-8bit'
EMPTYSTRING = ''

# Charset -> (encoding in headers, encoding in bodies, charset to convert to)
CHARSETS = {
    **{f'iso-8859-{_part}': (QP, QP, None) for _part in (1, 2, 3, 4, 9, 10, 13, 14, 15, 16)},
    'windows-1252': (QP, QP, None),
    'viscii': (QP, QP, None),
    'us-ascii': (None, None, None),
    **dict.fromkeys(('big5', 'gb2312', 'koi8-r'), (BASE64, BASE64, None)),
    **dict.fromkeys(('euc-jp', 'shift_jis'), (BASE64, None, 'iso-2022-jp')),
    'iso-2022-jp': (BASE64, None, None),
    'utf-8': (SHORTEST, BASE64, 'utf-8'),
}

# Other names
ALIASES = {f'latin{_sign}{_number}': f'iso-8859-{_part}' for _number, _part in enumerate(
    (1, 2, 3, 4, 9, 10, 13, 14, 15, 16), 1) for _sign in '_-'}
ALIASES.update({'cp949': 'ks_c_5601-1987', 'euc_jp': 'euc-jp', 'euc_kr': 'euc-kr', 'ascii': 'us-ascii'})

# Python's codecs, where they have another name; None: nothing to convert
CODEC_MAP = {'gb2312': 'eucgb2312_cn', 'big5': 'big5_tw', 'us-ascii': None}


def add_charset(charset, header_enc=None, body_enc=None, output_charset=None):
    """Say how a charset is to be written: encodings QP, BASE64, None, or SHORTEST in headers; what to convert to."""
    if body_enc == SHORTEST:
        raise ValueError('SHORTEST not allowed for body_enc')
    CHARSETS[charset] = header_enc, body_enc, output_charset


def add_alias(alias, canonical):
    """Add another name of a charset."""
    ALIASES[alias] = canonical


def add_codec(charset, codecname):
    """Say which of Python's codecs a charset is."""
    CODEC_MAP[charset] = codecname


def _encode(string, codec):
    return string.encode('ascii', 'surrogateescape') if codec == UNKNOWN8BIT else string.encode(codec)


class Charset:
    """A charset and what follows from it.

    input_charset, output_charset  names: of the text, and of what is written
    header_encoding, body_encoding QP, BASE64, SHORTEST or None
    input_codec, output_codec      names of Python's codecs
    """

    def __init__(self, input_charset=DEFAULT_CHARSET):
        try:
            if isinstance(input_charset, str):
                input_charset.encode('ascii')
            else:
                input_charset = str(input_charset, 'ascii')
        except UnicodeError:
            raise errors.CharsetError(input_charset)
        lowered = input_charset.lower()
        self.input_charset = ALIASES.get(lowered, lowered)
        header, body, converted = CHARSETS.get(self.input_charset, (SHORTEST, BASE64, None))
        self.header_encoding, self.body_encoding = header, body
        converted = converted or self.input_charset
        self.output_charset = ALIASES.get(converted, converted)
        self.input_codec = CODEC_MAP.get(self.input_charset, self.input_charset)
        self.output_codec = CODEC_MAP.get(self.output_charset, self.output_charset)

    def __repr__(self):
        return self.input_charset.lower()

    def __eq__(self, other):
        return str(self) == str(other).lower()

    def get_body_encoding(self):
        """Return 'quoted-printable', 'base64', or a function that encodes a message and sets its header."""
        assert self.body_encoding != SHORTEST
        return {QP: 'quoted-printable', BASE64: 'base64'}.get(self.body_encoding, encode_7or8bit)

    def get_output_charset(self):
        """Return the charset that is written."""
        return self.output_charset or self.input_charset

    def header_encode(self, string):
        """Return text as an encoded word, or as it is if it needs none."""
        encoded = _encode(string, self.output_codec or 'us-ascii')
        module = self._get_encoder(encoded)
        return string if module is None else module.header_encode(encoded, self.output_codec)

    def header_encode_lines(self, string, maxlengths):
        """Return text as a list of encoded words, the longest that fit into lines of the lengths that maxlengths gives.

        None in it says that nothing fits into the line.
        """
        codec = self.output_codec or 'us-ascii'
        module = self._get_encoder(_encode(string, codec))
        write = partial(module.header_encode, charset=codec)
        chrome = len(self.get_output_charset()) + RFC2047_CHROME_LEN
        lines = []
        current = ''
        room = next(maxlengths) - chrome
        for character in string:
            grown = current + character
            if module.header_length(_encode(grown, self.get_output_charset())) <= room:
                current = grown
                continue
            lines.append(write(_encode(current, codec)) if lines or current else None)
            current = character
            room = next(maxlengths) - chrome
        lines.append(write(_encode(current, codec)))
        return lines

    def _get_encoder(self, header_bytes):
        """Return the module that writes headers."""
        if self.header_encoding == SHORTEST:
            base64, quopri = (module.header_length(header_bytes) for module in (email.base64mime, email.quoprimime))
            return email.base64mime if base64 < quopri else email.quoprimime
        return {BASE64: email.base64mime, QP: email.quoprimime}.get(self.header_encoding)

    def body_encode(self, string):
        """Return text encoded for a body."""
        if not string:
            return string
        if self.body_encoding == BASE64:
            return email.base64mime.body_encode(string.encode(self.output_charset) if isinstance(string, str) else string)
        if self.body_encoding == QP:
            # Characters up to 255 stand for the bytes.
            if isinstance(string, str):
                string = string.encode(self.output_charset)
            return email.quoprimime.body_encode(string.decode('latin1'))
        if isinstance(string, str):
            string = string.encode(self.output_charset).decode('ascii')
        return string
