# SPDX-License-Identifier: MIT
"""What the codecs of 8-bit character sets have in common: each is a table of 256 characters."""

import codecs
from encodings import _publish

# The first half of most tables.
ASCII = ''.join(map(chr, range(128)))
# For bytes that stand for no character.
UNDEFINED = '\ufffe'


def make_codec(namespace, name, decoding_table, maps=False):
    """Make the names of a codec module.

    decoding_table: the characters of bytes 0 to 255.  maps: with the table as dicts, too, as some modules had it.
    """
    encoding_table = codecs.charmap_build(decoding_table)
    charmap_encode, charmap_decode = codecs.charmap_encode, codecs.charmap_decode

    class Codec(codecs.Codec):
        """Encodes and decodes complete input."""

        def encode(self, input, errors='strict'):
            return charmap_encode(input, errors, encoding_table)

        def decode(self, input, errors='strict'):
            return charmap_decode(input, errors, decoding_table)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        """Encodes piece by piece."""

        def encode(self, input, final=False):
            return charmap_encode(input, self.errors, encoding_table)[0]

    class IncrementalDecoder(codecs.IncrementalDecoder):
        """Decodes piece by piece."""

        def decode(self, input, final=False):
            return charmap_decode(input, self.errors, decoding_table)[0]

    class StreamWriter(Codec, codecs.StreamWriter):
        """Encodes what is written."""

    class StreamReader(Codec, codecs.StreamReader):
        """Decodes what is read."""

    namespace['decoding_table'] = decoding_table
    if maps:
        pairs = [(byte, ord(character)) for byte, character in enumerate(decoding_table) if character != UNDEFINED]
        namespace['decoding_map'] = {**dict.fromkeys(range(256)), **dict(pairs)}
        namespace['encoding_map'] = {number: byte for byte, number in pairs}
    else:
        namespace['encoding_table'] = encoding_table
    whole = Codec()
    _publish(namespace, name, whole.encode, whole.decode, Codec, IncrementalEncoder, IncrementalDecoder, StreamWriter,
             StreamReader)
