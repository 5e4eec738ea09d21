# SPDX-License-Identifier: MIT
"""Encoded words, =?charset*language?encoding?text?= (RFC 2047, RFC 2231), to text and back."""
__all__ = ['decode_q', 'encode_q', 'decode_b', 'encode_b', 'len_q', 'len_b', 'decode', 'encode']

import base64
import binascii
import functools
import re
from string import ascii_letters, digits
from email import errors

_q_byte_subber = functools.partial(re.compile(rb'=([a-fA-F0-9]{2})').sub, lambda found: bytes.fromhex(found.group(1).decode()))


def decode_q(encoded):
    """Return (bytes, defects) of text in the encoding q, given as bytes."""
    return _q_byte_subber(encoded.replace(b'_', b' ')), []


class _QByteMap(dict):
    """Bytes -> as they are written in q; filled as it is used."""

    safe = b'-!*+/' + ascii_letters.encode('ascii') + digits.encode('ascii')

    def __missing__(self, key):
        self[key] = text = chr(key) if key in self.safe else '={:02X}'.format(key)
        return text


_q_byte_map = _QByteMap({ord(' '): '_'})


def encode_q(bstring):
    """Return bytes in the encoding q."""
    return ''.join(map(_q_byte_map.__getitem__, bstring))


def len_q(bstring):
    """Return how long bytes are in the encoding q."""
    return sum(len(_q_byte_map[byte]) for byte in bstring)


def decode_b(encoded):
    """Return (bytes, defects) of text in Base64, given as bytes: as much of it as can be read."""
    missing = -len(encoded) % 4
    try:
        value = base64.b64decode(encoded + b'=' * missing, validate=True)
        return value, [errors.InvalidBase64PaddingDefect()] if missing else []
    except binascii.Error:
        pass
    # There are other characters, or the padding is wrong: leave out the former, then add to the latter.
    defects = [errors.InvalidBase64CharactersDefect()]
    for padding in b'', b'==':
        try:
            value = base64.b64decode(encoded + padding, validate=False)
        except binascii.Error:
            continue
        if padding:
            defects.append(errors.InvalidBase64PaddingDefect())
        return value, defects
    # One character more than four: it means nothing.
    return encoded, [errors.InvalidBase64LengthDefect()]


def encode_b(bstring):
    """Return bytes in Base64."""
    return base64.b64encode(bstring).decode('ascii')


def len_b(bstring):
    """Return how long bytes are in Base64."""
    return -(-len(bstring) // 3) * 4


_cte_decoders = {'q': decode_q, 'b': decode_b}


def decode(ew):
    """Return (text, charset, language, defects) of an encoded word.

    ValueError if it is none, KeyError for an unknown encoding.  Bytes that the
    charset does not know become surrogates.
    """
    _, charset, cte, text, _ = ew.split('?')
    charset, _, language = charset.partition('*')
    cte = cte.lower()
    raw = text.encode('ascii', 'surrogateescape')
    raw, defects = _cte_decoders[cte](raw)
    try:
        string = raw.decode(charset)
    except UnicodeError:
        defects.append(errors.UndecodableBytesDefect(f'Encoded word contains bytes not decodable using {charset} charset'))
        string = raw.decode(charset, 'surrogateescape')
    except LookupError:
        string = raw.decode('ascii', 'surrogateescape')
        if charset.lower() != 'unknown-8bit':
            defects.append(errors.CharsetError(f'Unknown charset {charset} in encoded word; decoded as unknown bytes'))
    return string, charset, language, defects


_cte_encoders = {'q': encode_q, 'b': encode_b}
_cte_encode_length = {'q': len_q, 'b': len_b}


def encode(string, charset='utf-8', encoding=None, lang=''):
    """Return text as an encoded word; the encoding is by default the shorter one, q if there is little between them."""
    if charset == 'unknown-8bit':
        raw = string.encode('ascii', 'surrogateescape')
    else:
        raw = string.encode(charset)
    if encoding is None:
        q, b = (_cte_encode_length[cte](raw) for cte in 'qb')
        encoding = 'q' if q - b < 5 else 'b'        # it can be read
    if lang:
        lang = '*' + lang
    return f'=?{charset}{lang}?{encoding}?{_cte_encoders[encoding](raw)}?='
