# SPDX-License-Identifier: MIT
"""Compression with bzip2."""

import bz2
import codecs
from encodings._bytes_codec import make_codec


def bz2_encode(input, errors='strict'):
    """Compress bytes; return (bytes, length of the input)."""
    assert errors == 'strict'
    return bz2.compress(input), len(input)


def bz2_decode(input, errors='strict'):
    """Decompress bytes; return (bytes, length of the input)."""
    assert errors == 'strict'
    return bz2.decompress(input), len(input)


class IncrementalEncoder(codecs.IncrementalEncoder):
    """Compresses piece by piece."""

    def __init__(self, errors='strict'):
        assert errors == 'strict'
        self.errors = errors
        self.reset()

    def encode(self, input, final=False):
        data = self.compressobj.compress(input)
        return data + self.compressobj.flush() if final else data

    def reset(self):
        self.compressobj = bz2.BZ2Compressor()


class IncrementalDecoder(codecs.IncrementalDecoder):
    """Decompresses piece by piece; behind the end of the data there is nothing more."""

    def __init__(self, errors='strict'):
        assert errors == 'strict'
        self.errors = errors
        self.reset()

    def decode(self, input, final=False):
        try:
            return self.decompressobj.decompress(input)
        except EOFError:
            return ''

    def reset(self):
        self.decompressobj = bz2.BZ2Decompressor()


make_codec(globals(), 'bz2', bz2_encode, bz2_decode, (IncrementalEncoder, IncrementalDecoder))
