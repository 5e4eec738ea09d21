# SPDX-License-Identifier: MIT
"""sorting and order: keys, mixed runs, heapq, bisect.

group: library
"""
import bisect
import heapq
import operator
import sys

DEFAULT = 24


def work(amount):
    total, seed = 0, 12345
    for n in range(amount):
        values = []
        for k in range(12000):
            seed = (seed * 1103515245 + 12345) % 2147483648
            values.append(seed)
        rows = [(v % 100, str(v)) for v in values]
        total += sorted(values)[500] + sorted(rows, key=operator.itemgetter(1))[700][0]
        rows.sort(key=lambda row: (-row[0], row[1]))
        total += rows[9][0] + sum(heapq.nsmallest(50, values)) + bisect.bisect(sorted(values), 10 ** 9)
        total += sum(1 for _ in heapq.merge(values[:500], values[500:1000]))
    return total


print('lib_sorting', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
