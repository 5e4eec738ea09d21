# SPDX-License-Identifier: MIT
"""What the codecs from bytes to bytes have in common: base64, bz2, hex, quopri, uu and zlib."""

import codecs
from encodings import _publish


def make_codec(namespace, name, encode, decode, incremental=()):
    """Make the names of a codec module; both functions return (bytes, length of the input).

    incremental: classes that encode and decode piece by piece, where complete input is not always at hand.
    """
    class Codec(codecs.Codec):
        """Encodes and decodes complete input."""

        def encode(self, input, errors='strict'):
            return encode(input, errors)

        def decode(self, input, errors='strict'):
            return decode(input, errors)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        """Encodes pieces, each by itself."""

        def encode(self, input, final=False):
            assert self.errors == 'strict'
            return encode(input, self.errors)[0]

    class IncrementalDecoder(codecs.IncrementalDecoder):
        """Decodes pieces, each by itself."""

        def decode(self, input, final=False):
            assert self.errors == 'strict'
            return decode(input, self.errors)[0]

    class StreamWriter(Codec, codecs.StreamWriter):
        """Encodes the bytes written."""
        charbuffertype = bytes

    class StreamReader(Codec, codecs.StreamReader):
        """Decodes the bytes read."""
        charbuffertype = bytes

    _publish(namespace, name, encode, decode, Codec, *(incremental or (IncrementalEncoder, IncrementalDecoder)),
             StreamWriter, StreamReader, _is_text_encoding=False)
