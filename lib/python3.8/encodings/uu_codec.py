# SPDX-License-Identifier: MIT
"""Uuencoding, with the lines "begin" and "end" around the data."""

import binascii
from io import BytesIO
from encodings._bytes_codec import make_codec


def uu_encode(input, errors='strict', filename='<data>', mode=0o666):
    """Encode bytes; return (bytes, length of the input).  filename, mode: for the first line."""
    assert errors == 'strict'
    # The name must stay in its line.
    filename = filename.replace('\n', '\\n').replace('\r', '\\r')
    lines = [('begin %o %s\n' % (mode & 0o777, filename)).encode('ascii')]
    data = bytes(input)
    lines += [binascii.b2a_uu(data[start:start + 45]) for start in range(0, len(data), 45)]
    lines.append(b' \nend\n')
    return b''.join(lines), len(input)


def uu_decode(input, errors='strict'):
    """Decode bytes; return (bytes, length of the input).  Raises ValueError if lines are missing."""
    assert errors == 'strict'
    lines = BytesIO(input)
    if not any(line.startswith(b'begin') for line in iter(lines.readline, b'')):
        raise ValueError('Missing "begin" line in input data')
    parts = []
    for line in iter(lines.readline, b''):
        if line == b'end\n':
            return b''.join(parts), len(input)
        try:
            parts.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some encoders add to the line; the first character says how much of it counts.
            length = ((line[0] - 32 & 63) * 4 + 5) // 3
            parts.append(binascii.a2b_uu(line[:length]))
    raise ValueError('Truncated input data')


make_codec(globals(), 'uu', uu_encode, uu_decode)
