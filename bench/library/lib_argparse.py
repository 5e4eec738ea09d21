# SPDX-License-Identifier: MIT
"""argparse: a parser of some size made and used.

group: library
"""
import argparse
import sys

DEFAULT = 250


def work(amount):
    total = 0
    for n in range(amount):
        parser = argparse.ArgumentParser(prog='p', description='text ' * 20)
        for k in range(20):
            parser.add_argument('--option-%d' % k, '-' + 'abcdefgijklmnopqrstuv'[k], type=int, default=k, help='help %d' % k)
        parser.add_argument('files', nargs='*')
        for k in range(10):
            found = parser.parse_args(['--option-%d' % k, '5', '-b', str(k), 'x', 'y'])
            total += found.option_3 + len(found.files)
        total += len(parser.format_help()) > 0
    return total


print('lib_argparse', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
