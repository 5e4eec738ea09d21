# SPDX-License-Identifier: MIT
"""Letters moved by half the alphabet; also a filter: python -m encodings.rot_13 < file"""

import codecs
from encodings import _publish

rot13_map = codecs.make_identity_dict(range(256))
for _first in (ord('A'), ord('a')):
    rot13_map.update((_first + _place, _first + (_place + 13) % 26) for _place in range(26))
del _first


class Codec(codecs.Codec):
    """Encodes and decodes text: both are the same."""

    def encode(self, input, errors='strict'):
        return str.translate(input, rot13_map), len(input)

    def decode(self, input, errors='strict'):
        return str.translate(input, rot13_map), len(input)


class IncrementalEncoder(codecs.IncrementalEncoder):
    """Encodes piece by piece."""

    def encode(self, input, final=False):
        return str.translate(input, rot13_map)


class IncrementalDecoder(codecs.IncrementalDecoder):
    """Decodes piece by piece."""

    def decode(self, input, final=False):
        return str.translate(input, rot13_map)


class StreamWriter(Codec, codecs.StreamWriter):
    """Encodes what is written."""


class StreamReader(Codec, codecs.StreamReader):
    """Decodes what is read."""


_publish(globals(), 'rot-13', Codec().encode, Codec().decode, _is_text_encoding=False)


def rot13(infile, outfile):
    """Write the text of one file to another, encoded."""
    outfile.write(codecs.encode(infile.read(), 'rot-13'))


if __name__ == '__main__':
    import sys
    rot13(sys.stdin, sys.stdout)
