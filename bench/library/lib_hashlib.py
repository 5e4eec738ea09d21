# SPDX-License-Identifier: MIT
"""hashlib: digests of short and long data.

group: library
"""
import hashlib
import sys
import zlib

DEFAULT = 1200


def work(amount):
    block, total = bytes(range(256)) * 64, 0
    for n in range(amount):
        for name in ('md5', 'sha1', 'sha256', 'sha512', 'blake2b', 'sha3_256'):
            total ^= int(hashlib.new(name, block + b'%d' % n).hexdigest()[:12], 16)
        for k in range(300):
            total ^= int(hashlib.md5(b'%d' % k).hexdigest()[:8], 16)
        total ^= zlib.crc32(block, n)
    return total


print('lib_hashlib', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
