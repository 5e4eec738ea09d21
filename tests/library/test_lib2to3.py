# SPDX-License-Identifier: MIT
"""lib2to3: trees that keep every character, patterns, and what some fixers do."""
import os
import tempfile
import textwrap
import unittest

from lib2to3 import fixer_base, fixer_util, patcomp, pygram, pytree, refactor
from lib2to3.pgen2 import driver, parse, token, tokenize

FIXERS = refactor.get_fixers_from_package('lib2to3.fixes')


def parsed(text, grammar=pygram.python_grammar):
    return driver.Driver(grammar, convert=pytree.convert).parse_string(textwrap.dedent(text))


class TreeTest(unittest.TestCase):

    def test_every_character_is_kept(self):
        for text in ('', '# only a comment\n', 'if x:  # a\n    # b\n\ty = """1\n2"""\n\n# c\nelse: pass\n', 'a = \\\n  (1,\n # x\n 2)\n',
                     'async def f():\n    await x\n    async with y: pass\n', 'print >>f, `x`, 0777L\n', 'def f(a, (b, c)=1, /, *, d): exec "x" in y\n',
                     'if (n := 1) <> 2: raise E, "x", t\n', 'try: a\nexcept (B, C), e: x\n', '\x0cx = u"\u20ac"\r\ny\r\n'):
            self.assertEqual(str(parsed(text)), text)

    def test_shape(self):
        tree = parsed('a.b(c)  # d\n')
        statement = tree.children[0].children[0]
        self.assertEqual(pytree.type_repr(statement.type), 'power')
        self.assertEqual([str(leaf) for leaf in statement.leaves()], ['a', '.', 'b', '(', 'c', ')'])
        self.assertEqual(tree.children[0].children[1].prefix, '  # d')
        statement.children[0].replace(fixer_util.Name('x'))
        self.assertEqual((str(tree), tree.was_changed), ('x.b(c)  # d\n', True))

    def test_errors(self):
        for text in ('a b\n', 'f(\n', '0o8\n', 'await x\n', 'yield from\n'):
            with self.assertRaises((parse.ParseError, tokenize.TokenError), msg=text):
                parsed(text)
        with self.assertRaises(parse.ParseError):
            parsed('print 1\n', pygram.python_grammar_no_print_statement)
        with self.assertRaises(IndentationError):
            parsed('if x:\n        a\n    b\n')

    def test_numbers_of_tokens_and_symbols(self):
        self.assertEqual((token.ENDMARKER, token.COLONEQUAL, token.tok_name[token.AWAIT]), (0, 59, 'AWAIT'))
        self.assertEqual((pygram.python_symbols.file_input, pygram.python_symbols.and_expr), (256, 257))

    def test_deep_patterns_need_no_stack(self):
        pattern = patcomp.compile_pattern('arglist< any (any)* >')
        node = parsed('f(' + 'a, ' * 3000 + 'b)\n').children[0].children[0].children[1].children[1]
        self.assertTrue(pattern.match(node))


class PatternTest(unittest.TestCase):

    def test_parts(self):
        pattern = patcomp.compile_pattern("power< head=any+ trailer< '.' name=('a' | 'b') > tail=any* >")
        found = {}
        self.assertTrue(pattern.match(parsed('x.y.a(1)\n').children[0].children[0], found))
        self.assertEqual(''.join(map(str, found['head'])), 'x.y')
        self.assertEqual((str(found['name'][0]), ''.join(map(str, found['tail']))), ('a', '(1)'))
        self.assertFalse(pattern.match(parsed('x.c\n').children[0].children[0]))

    def test_wrong_patterns(self):
        for text in ('power<', 'no_such_symbol', 'NOTOKEN', "NAME< 'a' >"):
            self.assertRaises(patcomp.PatternSyntaxError, patcomp.compile_pattern, text)


class FixerTest(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.tool = refactor.RefactoringTool(FIXERS)

    def fixed(self, text):
        return str(self.tool.refactor_string(text, '<test>'))

    def test_all_together(self):
        for before, after in (
                ('print "a", b,\n', 'print("a", b, end=\' \')\n'),
                ('d.has_key(x) and not d.has_key(y)\n', 'x in d and y not in d\n'),
                ('for k in d.iterkeys(): pass\n', 'for k in d.keys(): pass\n'),
                ('x = map(f, a), zip(a, b), d.items()\n', 'x = list(map(f, a)), list(zip(a, b)), list(d.items())\n'),
                ('try: a\nexcept E, e: b\n', 'try: a\nexcept E as e: b\n'),
                ('raise E, "x", t\n', 'raise E("x").with_traceback(t)\n'),
                ('import urllib2, cPickle\nurllib2.urlopen(x)\n',
                 'import urllib.request, urllib.error, urllib.parse, pickle\nurllib.request.urlopen(x)\n'),
                ('class C(B):\n    __metaclass__ = M\n', 'class C(B, metaclass=M):\n    pass\n'),
                ('def f((a, b), c): return a\n', 'def f(xxx_todo_changeme, c): (a, b) = xxx_todo_changeme; return a\n'),
                ('f = lambda (x, y): x + y\n', 'f = lambda x_y: x_y[0] + x_y[1]\n'),
                ('u"a", 0777, 1L, `x`, a <> b\n', '"a", 0o777, 1, repr(x), a != b\n'),
                ('exec code in ns; it.next(); raw_input()\n', 'exec(code, ns); next(it); input()\n'),
                ('reduce(f, x)\n', 'from functools import reduce\nreduce(f, x)\n'),
                ('for i in xrange(3): range(i)\n', 'for i in range(3): list(range(i))\n'),
                ('x = 1\n', 'x = 1\n')):
            self.assertEqual(self.fixed(before), after)

    def test_warnings(self):
        self.tool.fixer_log.clear()
        self.fixed('raise "x"\n')
        self.assertIn('Line 1: could not convert: raise "x"', self.tool.fixer_log)

    def test_doctests(self):
        text = 'Text\n    >>> print 1\n    1\n    >>> if x:\n    ...     print 2\n'
        self.assertEqual(self.tool.refactor_docstring(text, '<test>'), text.replace('print 1', 'print(1)').replace('print 2', 'print(2)'))

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'a.py')
            with open(path, 'wb') as file:
                file.write(b'# coding: latin-1\r\nprint "\xe9"')
            self.tool.refactor([folder], write=True)
            with open(path, 'rb') as file:
                self.assertEqual(file.read(), b'# coding: latin-1\r\nprint("\xe9")')

    def test_new_names(self):
        fixer = fixer_base.BaseFix({}, [])
        fixer.used_names = {'a', 'b'}
        self.assertEqual(fixer.new_name('c'), 'c')
        self.assertNotEqual(fixer.new_name('c'), 'c')


if __name__ == '__main__':
    unittest.main()
