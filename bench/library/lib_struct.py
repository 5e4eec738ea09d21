# SPDX-License-Identifier: MIT
"""struct: packing and unpacking records of several formats.

group: library
"""
import struct
import sys

DEFAULT = 840


def work(amount):
    record = struct.Struct('<IhBq8sd')
    total = 0
    for n in range(amount):
        packed = b''.join([record.pack(k, k % 30000, k & 255, -k, b'name', k / 3) for k in range(1000)])
        total += sum(row[0] + row[3] for row in record.iter_unpack(packed))
        for k in range(500):
            total += struct.unpack_from('>HH', packed, k)[0] + len(struct.pack('!3i', k, n, 5))
    return total


print('lib_struct', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
