# SPDX-License-Identifier: MIT
"""re: searching a log, splitting, substituting with a function, compiling new patterns.

group: library
"""
import re
import sys

DEFAULT = 80
LINE = re.compile(r'(?P<ip>[0-9]+(?:\.[0-9]+){3}) - (?P<user>\S+) "(?P<verb>[A-Z]+) (?P<path>[^ "]*)" (?P<code>\d{3})')


def work(amount):
    log = '\n'.join('10.0.%d.%d - user%d "GET /a/%d?x=%d" %d' % (n % 250, n % 97, n, n, n * 7, 200 + n % 5) for n in range(1500))
    total = 0
    for n in range(amount):
        total += sum(int(m.group('code')) + len(m['path']) for m in LINE.finditer(log))
        total += len(re.sub(r'\d+', lambda m: str(len(m.group())), log))
        total += len(re.split(r'[\s"]+', log))
        total += len(re.compile(r'(a|b%d)*c{%d,}?(?=d)' % (n, n % 7)).pattern)
    return total


print('lib_re', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
