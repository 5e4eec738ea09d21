# SPDX-License-Identifier: MIT
"""symtable: what is said about names."""

import symtable
import unittest

TOP = symtable.symtable('''
import os
glob: int = 1
def spam(a, b=glob, *c):
    global bar
    bar = a
    def inner():
        nonlocal a
        a = b
    return inner
class Mine:
    def one(self): pass
    def two(self): return glob
''', '?', 'exec')
SPAM, MINE = TOP.get_children()
INNER = SPAM.get_children()[0]


class Tables(unittest.TestCase):
    def test_tables(self):
        self.assertEqual([repr(t) for t in (TOP, SPAM, MINE)], [
            '<SymbolTable for module ?>', '<Function SymbolTable for spam in ?>', '<Class SymbolTable for Mine in ?>'])
        self.assertEqual([t.get_type() for t in (TOP, SPAM, MINE)], ['module', 'function', 'class'])
        self.assertEqual((SPAM.get_lineno(), SPAM.is_nested(), INNER.is_nested(), INNER.has_children()),
                         (4, False, True, False))

    def test_kinds(self):
        self.assertEqual(SPAM.get_parameters(), ('a', 'b', 'c'))
        self.assertEqual(SPAM.get_globals(), ('bar',))
        self.assertEqual(sorted(SPAM.get_locals()), ['a', 'b', 'c', 'inner'])
        self.assertEqual((INNER.get_nonlocals(), sorted(INNER.get_frees())), (('a',), ['a', 'b']))
        self.assertEqual(MINE.get_methods(), ('one', 'two'))

    def test_symbols(self):
        self.assertTrue(TOP.lookup('os').is_imported())
        self.assertTrue(TOP.lookup('glob').is_annotated() and TOP.lookup('glob').is_local())
        self.assertTrue(SPAM.lookup('bar').is_declared_global() and not SPAM.lookup('bar').is_local())
        self.assertEqual(TOP.lookup('spam').get_namespace().get_name(), 'spam')
        self.assertEqual(repr(TOP.lookup('os')), "<symbol 'os'>")
        self.assertRaises(KeyError, TOP.lookup, 'nothing')
        with self.assertRaisesRegex(ValueError, 'name is bound to multiple namespaces'):
            TOP.lookup('os').get_namespace()


if __name__ == '__main__':
    unittest.main()
