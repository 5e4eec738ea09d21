# SPDX-License-Identifier: MIT
"""formatting: %, str.format, f-strings, Template, textwrap.

group: library
"""
import string
import sys
import textwrap

DEFAULT = 400


def work(amount):
    template = string.Template('$name has ${count} items')
    text, total = 'some words of different lengths in a paragraph ' * 30, 0
    for n in range(amount):
        for k in range(500):
            total += len('%s %5d %-8.3f|%x' % ('name', k, k / 7, k))
            total += len('{0!r:>10} {1:,} {name:^9}'.format(k, k * 1000, name='x'))
            total += len(f'{k:08b} {k / 3:.2e} {"s":*<5} {k=}')
        for k in range(60):
            total += len(template.substitute(name='n', count=k))
        total += len(textwrap.fill(text, 60)) + len(textwrap.dedent('   a\n    b\n   c\n'))
    return total


print('lib_formatting', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
