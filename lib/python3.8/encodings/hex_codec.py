# SPDX-License-Identifier: MIT
"""Bytes as hexadecimal digits."""

import binascii
from encodings._bytes_codec import make_codec


def hex_encode(input, errors='strict'):
    """Encode bytes; return (bytes, length of the input)."""
    assert errors == 'strict'
    return binascii.b2a_hex(input), len(input)


def hex_decode(input, errors='strict'):
    """Decode digits; return (bytes, length of the input)."""
    assert errors == 'strict'
    return binascii.a2b_hex(input), len(input)


make_codec(globals(), 'hex', hex_encode, hex_decode)
