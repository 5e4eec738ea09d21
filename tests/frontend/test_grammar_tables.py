# SPDX-License-Identifier: MIT
"""The tables of the concrete syntax are those that tools/make_grammar makes of src/defs/grammar.txt; the module symbol agrees."""
import os
import re
import subprocess
import symbol
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))


class Tables(unittest.TestCase):
    def test_up_to_date(self):
        sources = [os.path.join(ROOT, *name.split('/')) for name in ('src/defs/grammar.txt', 'include/graminit.h', 'src/defs/token.def')]
        made = subprocess.run([sys.executable, os.path.join(ROOT, 'tools', 'make_grammar'), *sources], stdout=subprocess.PIPE, check=True)
        with open(os.path.join(ROOT, 'src', 'frontend', 'grammar_tables.c'), 'rb') as file:
            self.assertEqual(made.stdout, file.read(), 'run tools/make_grammar')

    def test_numbers(self):
        with open(os.path.join(ROOT, 'include', 'graminit.h')) as file:
            numbers = {name: int(number) for name, number in re.findall(r'#define (\w+) (\d+)', file.read())}
        self.assertEqual({name: getattr(symbol, name) for name in numbers}, numbers)


if __name__ == '__main__':
    unittest.main()
