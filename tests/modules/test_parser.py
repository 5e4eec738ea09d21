# SPDX-License-Identifier: MIT
"""The module parser, and with it concrete syntax trees (src/frontend/concrete.c)."""
import copy
import os
import parser
import pickle
import symbol
import sys
import token
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))


def tokens_of(tree):
    """The tokens of a tree in tuple form, from left to right."""
    if tree[0] < 256:
        return [tree]
    return [each for child in tree[1:] if isinstance(child, tuple) for each in tokens_of(child)]


def names_of(tree):
    """A tree with names instead of numbers, and without the rules that have one child only."""
    if tree[0] < 256:
        return tree[1]
    children = [names_of(child) for child in tree[1:]]
    return children[0] if len(children) == 1 else (symbol.sym_name[tree[0]], *children)


class Trees(unittest.TestCase):
    def test_shape(self):
        self.assertEqual(names_of(parser.expr('a + b * -c').totuple()),
                         ('eval_input', ('arith_expr', 'a', '+', ('term', 'b', '*', ('factor', '-', 'c'))), '', ''))
        self.assertEqual(names_of(parser.suite('def f(a, /, *, b=1): pass\n').totuple())[1],
                         ('funcdef', 'def', 'f', ('parameters', '(', ('typedargslist', 'a', ',', '/', ',', '*', ',', 'b', '=', '1'), ')'), ':',
                          ('simple_stmt', 'pass', '')))
        self.assertEqual(parser.suite('').totuple(True, True), (257, (0, '', 1, -1)))

    def test_places(self):
        found = tokens_of(parser.suite("if x:\n  y = '''a\nb'''  # c\n").totuple(line_info=True, col_info=True))
        self.assertEqual(found, [(1, 'if', 1, 0), (1, 'x', 1, 3), (11, ':', 1, 4), (4, '', 1, 5), (5, '', 2, -1), (1, 'y', 2, 2),
                                 (22, '=', 2, 4), (3, "'''a\nb'''", 2, 6), (4, '# c', 3, 6), (6, '', 3, -1), (4, '', 3, -1), (0, '', 3, -1)])
        tree = parser.suite('x')
        self.assertEqual(tokens_of(tree.totuple(1)), [(1, 'x', 1), (4, '', 1), (4, '', 1), (0, '', 1)])
        self.assertEqual(tokens_of(tree.totuple(col_info=1))[0], (1, 'x', 0))

    def test_functions_of_old_async(self):
        self.assertEqual([t[0] for t in tokens_of(parser.suite('async def f(): await x\n').totuple())][:3], [token.ASYNC, 1, 1])

    def test_encoding(self):
        tree = parser.suite('# coding: latin-1\nx\n').totuple()
        self.assertEqual((tree[0], tree[1][0], tree[2]), (symbol.encoding_decl, 257, 'iso-8859-1'))
        self.assertEqual(parser.sequence2st(tree), parser.suite('# coding: latin-1\nx\n'))
        self.assertEqual(parser.suite('\ufeffx').totuple()[-1], 'utf-8')

    def test_kinds(self):
        self.assertEqual([f(st) for f in (parser.isexpr, parser.issuite) for st in (parser.expr('1'), parser.suite('1'))],
                         [True, False, False, True])
        self.assertTrue(parser.expr('1').isexpr())
        self.assertRaisesRegex(TypeError, r"cannot create 'parser.st' instances", parser.STType)
        self.assertRaisesRegex(TypeError, 'isexpr\\(\\) argument 1 must be parser.st, not int', parser.isexpr, 1)
        self.assertRaisesRegex(TypeError, "unhashable type: 'parser.st'", hash, parser.expr('1'))

    def test_errors(self):
        for source, kind, message, place in (
                ('x y', SyntaxError, 'invalid syntax', (1, 3)), ('f(', SyntaxError, 'unexpected EOF while parsing', (1, 3)),
                (' x', IndentationError, 'unexpected indent', (1, 1)), ("'a", SyntaxError, 'EOL while scanning string literal', (1, 3)),
                ('if x:\ny', IndentationError, 'expected an indented block', (2, 1)), ('{x := 1}', SyntaxError, 'invalid syntax', (1, 4)),
                ('1 <> 2', SyntaxError, 'invalid syntax', (1, 4))):
            with self.subTest(source), self.assertRaises(kind) as caught:
                parser.suite(source)
            self.assertEqual((caught.exception.msg, (caught.exception.lineno, caught.exception.offset)), (message, place))
        self.assertRaises(ValueError, parser.suite, 'x\0')
        self.assertRaises(UnicodeEncodeError, parser.suite, "'\ud800'")
        self.assertIsInstance(parser.suite('1 = x'), parser.STType)  # it is the compiler that minds

    def test_compile(self):
        scope = {}
        exec(parser.suite('def f(x, *, y=2):\n    return f"{x}{y}"\n').compile(), scope)
        self.assertEqual(scope['f'](1), '12')
        self.assertEqual(eval(parser.expr('[i for i in range(3) if i]').compile('name')), [1, 2])
        self.assertEqual(parser.compilest(parser.expr('1'), filename='n').co_filename, 'n')
        self.assertEqual(parser.expr('1').compile().co_filename, '<syntax-tree>')
        with self.assertRaisesRegex(SyntaxError, 'cannot assign to literal'):
            parser.suite('1 = x').compile()

    def test_same_code_as_from_source(self):
        with open(os.path.join(HERE, 'test_parser.py'), encoding='utf-8') as file:
            source = file.read()
        tree = parser.suite(source)
        self.assertEqual(tree.compile('n').co_code, compile(source, 'n', 'exec').co_code)
        self.assertEqual(tree.compile('n'), compile(source, 'n', 'exec'))
        again = parser.sequence2st(tree.totuple(line_info=True))
        self.assertEqual(again, tree)
        self.assertEqual(again.compile('n'), compile(source, 'n', 'exec'))

    def test_order(self):
        a, b = parser.suite('a = 1'), parser.suite('b = 1')
        self.assertEqual((a == b, a != b, a < b, a >= b, a == parser.suite('a=1')), (False, True, True, False, True))
        self.assertNotEqual(parser.expr('a'), parser.suite('a'))
        self.assertRaises(TypeError, lambda: a < 1)

    def test_copies(self):
        tree = parser.suite('x = [1]\n')
        self.assertEqual(copy.deepcopy(tree), tree)
        self.assertEqual(pickle.loads(pickle.dumps(tree)), tree)
        self.assertGreater(tree.__sizeof__(), parser.suite('').__sizeof__())

    def test_too_deep(self):
        self.assertRaises(MemoryError, parser.suite, '-' * 2000 + '1')


class Sequences(unittest.TestCase):
    """sequence2st() lets nothing through that the grammar does not know."""

    def refused(self, tree, *args):
        with self.assertRaises(parser.ParserError) as caught:
            parser.sequence2st(tree)
        self.assertEqual(caught.exception.args, args)

    def test_refused(self):
        leaf = (4, ''), (0, '')
        self.refused((), (), 'Illegal syntax-tree; cannot start with terminal symbol.')
        self.refused((1, 'x'), (1, 'x'), 'Illegal syntax-tree; cannot start with terminal symbol.')
        self.refused((257, 'x'), 'x', 'Illegal node construct.')
        self.refused((257, (4, '')), 'Illegal number of children for file_input node.')
        self.refused((257, (269, (1, 'x')), *leaf), 'Expected compound_stmt, got NAME.')
        self.refused((257, (99, ''), (0, '')), 'Unrecognized node type 99.')
        self.refused((258, (332, (900, (1, 'x'))), *leaf), 'Unrecognized node type 900.')
        self.refused((305, (306,)), 'parse tree does not use a valid start symbol')
        self.refused((341, (257, *leaf)), 'missed encoding')
        for item, message in (((1, 'passx'), "Illegal terminal: expected 'pass'."),
                              ((1, 3), 'second item in terminal node must be a string, found int'),
                              ((1, 'pass', 'x'), 'third item in terminal node must be an integer, found str'),
                              ((1, 'pass', 1, 2), 'terminal nodes must have 2 or 3 entries')):
            self.refused((257, (269, (270, (271, (277, item)), (4, ''))), (0, '')), message)
        self.assertRaisesRegex(ValueError, 'requires a single sequence argument', parser.sequence2st, 3)

    def test_lines(self):
        tree = parser.sequence2st([257, [269, [270, [271, [277, [1, 'pass', 7]]], [4, '']]], [0, '']])
        self.assertEqual(tokens_of(tree.totuple(1)), [(1, 'pass', 7), (4, '', 7), (0, '', 8)])

    def test_tokens_that_are_none(self):
        def module_of(item):
            tree = parser.suite('x\n').tolist()
            node = tree
            while isinstance(node[1], list):
                parent, node = node, node[1]
            parent[1] = item
            return parser.sequence2st(tree)

        self.assertEqual(eval(compile('x', '', 'eval'), {'x': 1}), 1)
        for item in ([3, 'abc'], [3, "'abc"], [3, "'a' 'b'"], [2, 'x'], [2, '1 2'], [1, '1x'], [1, 'x y'], [1, ''], [3, ''], [1, 'é x']):
            with self.subTest(item):
                tree = module_of(item)
                self.assertRaises((SystemError, SyntaxError, UnicodeError, ValueError), tree.compile)

    def test_sequences_that_change(self):
        class Shrinks(list):
            def __getitem__(self, i):
                item = list.__getitem__(self, i)
                if i == 1:
                    del self[2:]
                return item
        self.assertRaises((parser.ParserError, IndexError), parser.sequence2st, Shrinks([257, [4, ''], [4, ''], [0, '']]))

    @unittest.skipUnless(hasattr(sys, '_taipan'), 'ends the process elsewhere')
    def test_deep_sequences(self):
        tree = [4, '']
        for i in range(100000):
            tree = [257, tree]
        self.assertRaises((RecursionError, parser.ParserError), parser.sequence2st, tree)
        while len(tree) > 1 and isinstance(tree[1], list):  # taken apart here: a list this deep is hard to free in one go
            tree = tree.pop()


if __name__ == '__main__':
    unittest.main()
