# SPDX-License-Identifier: MIT
"""csv: writing and reading rows with quoting, dictionaries.

group: library
"""
import csv
import io
import sys

DEFAULT = 100


def work(amount):
    total = 0
    rows = [[n, 'text, with comma', 'quote "%d"' % n, n * 1.5, ''] for n in range(2000)]
    for n in range(amount):
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        out.seek(0)
        total += sum(len(row) + len(row[2]) for row in csv.reader(out))
        out.seek(0)
        total += sum(len(row['b']) for row in csv.DictReader(out, fieldnames='abcde'))
    return total


print('lib_csv', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
