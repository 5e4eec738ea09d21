# SPDX-License-Identifier: MIT
"""tokenize: the tokens of a source text of some length.

group: library
"""
import io
import sys
import tokenize

DEFAULT = 48


SOURCE = '''
def function(argument, *rest, key=None, **others):
    """A text."""
    if argument > 10 and not rest:  # a comment
        return [x ** 2 for x in range(argument) if x % 3 == 0x1F]
    value = {'name': 'text %d' % argument, "other": 1.5e10}
    return value["name"][1:-1]
'''


def work(amount):
    total = 0
    for n in range(amount):
        for token in tokenize.generate_tokens(io.StringIO(SOURCE * 60).readline):
            total += token.type + len(token.string)
    return total


print('lib_tokenize', work(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
