# SPDX-License-Identifier: MIT
"""pickle: plain data and objects, every protocol from 2.

group: library
"""
import pickle
import sys

DEFAULT = 300


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


def work(amount):
    data = [{'n': n, 's': 'item %d' % n, 't': (n, n * 2.5, None), 'b': b'x' * (n % 50)} for n in range(400)]
    points = [Point(n, -n) for n in range(400)]
    total = 0
    for n in range(amount):
        for protocol in (2, 4, 5):
            first, second = pickle.dumps(data, protocol), pickle.dumps(points, protocol)
            total += len(first) + len(second) + len(pickle.loads(first)) + sum(p.x for p in pickle.loads(second))
    return total


print('lib_pickle', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
