# SPDX-License-Identifier: MIT
"""Compression with zlib."""

import codecs
import zlib
from encodings._bytes_codec import make_codec


def zlib_encode(input, errors='strict'):
    """Compress bytes; return (bytes, length of the input)."""
    assert errors == 'strict'
    return zlib.compress(input), len(input)


def zlib_decode(input, errors='strict'):
    """Decompress bytes; return (bytes, length of the input)."""
    assert errors == 'strict'
    return zlib.decompress(input), len(input)


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
        self.compressobj = zlib.compressobj()


class IncrementalDecoder(codecs.IncrementalDecoder):
    """Decompresses piece by piece."""

    def __init__(self, errors='strict'):
        assert errors == 'strict'
        self.errors = errors
        self.reset()

    def decode(self, input, final=False):
        data = self.decompressobj.decompress(input)
        return data + self.decompressobj.flush() if final else data

    def reset(self):
        self.decompressobj = zlib.decompressobj()


make_codec(globals(), 'zlib', zlib_encode, zlib_decode, (IncrementalEncoder, IncrementalDecoder))
