# SPDX-License-Identifier: MIT
"""zlib and gzip: compressing and decompressing, in one piece and by parts.

group: library
"""
import gzip
import sys
import zlib

DEFAULT = 30


def work(amount):
    text = b''.join(b'line %d of the text, value %d\n' % (n, n * n % 97) for n in range(20000))
    total = 0
    for n in range(amount):
        total += len(zlib.decompress(zlib.compress(text, 6)))
        engine = zlib.decompressobj()
        packed = zlib.compress(text, 1)
        total += sum(len(engine.decompress(packed[k:k + 1000])) for k in range(0, len(packed), 1000))
        total += len(gzip.decompress(gzip.compress(text, 3)))
    return total


print('lib_zlib', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
