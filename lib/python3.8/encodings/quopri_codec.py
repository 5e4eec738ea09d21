# SPDX-License-Identifier: MIT
"""Quoted-printable, as in e-mails, with blanks quoted, too."""

import binascii
from io import BytesIO
from encodings._bytes_codec import make_codec


def quopri_encode(input, errors='strict'):
    """Encode bytes; return (bytes, length of the input)."""
    assert errors == 'strict'
    return binascii.b2a_qp(input, quotetabs=True), len(input)


def quopri_decode(input, errors='strict'):
    """Decode bytes; return (bytes, length of the input)."""
    assert errors == 'strict'
    return binascii.a2b_qp(input), len(input)


make_codec(globals(), 'quopri', quopri_encode, quopri_decode)
