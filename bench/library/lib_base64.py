# SPDX-License-Identifier: MIT
"""base64 and binascii: the encodings both ways.

group: library
"""
import base64
import binascii
import sys

DEFAULT = 600


def work(amount):
    data, total = bytes(range(256)) * 100, 0
    for n in range(amount):
        total += len(base64.b64decode(base64.b64encode(data))) + len(base64.urlsafe_b64encode(data))
        total += len(base64.b32encode(data[:2000])) + len(base64.b85decode(base64.b85encode(data[:2000])))
        total += len(binascii.unhexlify(binascii.hexlify(data)))
        for k in range(300):
            total += len(base64.b64encode(data[k:k + 20]))
    return total


print('lib_base64', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
