# SPDX-License-Identifier: MIT
"""Base64, as in e-mails: bytes to bytes in lines of 76 characters."""

import base64
from encodings._bytes_codec import make_codec


def base64_encode(input, errors='strict'):
    """Encode bytes; return (bytes, length of the input)."""
    assert errors == 'strict'
    return base64.encodebytes(input), len(input)


def base64_decode(input, errors='strict'):
    """Decode bytes; return (bytes, length of the input)."""
    assert errors == 'strict'
    return base64.decodebytes(input), len(input)


make_codec(globals(), 'base64', base64_encode, base64_decode)
