# SPDX-License-Identifier: MIT
"""Expressions of many modules, with what CPython 3.8.18 answered.

answers.txt has three lines for each: the module, the expression, and its value or its exception, as ascii() shows them.
It is made under CPython by `test_answers.py --record < expressions`, lines of a module and an expression.
"""
import importlib
import os
import re
import sys
import unittest
import warnings

PATH = os.path.join(os.path.dirname(os.path.realpath(__file__)), 'answers.txt')
ADDRESS = re.compile(' at 0x[0-9a-f]+')


def answer(module, expression):
    """What an expression gives, as text."""
    importlib.import_module(module)
    top = module.partition('.')[0]
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        try:
            return ADDRESS.sub(' at 0x', ascii(eval(expression, {top: sys.modules[top]})))
        except Exception as error:
            return '%s: %s' % (type(error).__name__, ADDRESS.sub(' at 0x', ascii(str(error))[1:-1]))


def record():
    print('# What CPython 3.8.18 answers: module, expression, answer.  Made by test_answers.py --record.')
    for line in sys.stdin:
        module, expression = line.rstrip('\n').split(' ', 1)
        print(module, expression, answer(module, expression), sep='\n')


def entries():
    with open(PATH, encoding='utf-8') as f:
        lines = [line.rstrip('\n') for line in f][1:]
    return zip(lines[::3], lines[1::3], lines[2::3])


class Answers(unittest.TestCase):
    maxDiff = 2000

    def test_answers(self):
        for module, expression, expected in entries():
            with self.subTest(module=module, expression=expression):
                try:
                    found = answer(module, expression)
                except ModuleNotFoundError as error:
                    if error.name != module.partition('.')[0]:
                        raise
                    self.skipTest('no module %s' % module)      # not built here
                self.assertEqual(found, expected)


if __name__ == '__main__':
    if sys.argv[1:] == ['--record']:
        record()
    else:
        unittest.main()
