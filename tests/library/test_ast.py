# SPDX-License-Identifier: MIT
"""ast: literals, walking, changing, positions, former classes."""

import ast
import unittest


class Literals(unittest.TestCase):
    def test_values(self):
        for text in ("[1, -2.5, (3+4j)]", "{'a': (b'b', None), ...: {True}}", '-1-2j', '()'):
            self.assertEqual(ast.literal_eval(text), eval(text))

    def test_refused(self):
        for text in ('a', 'f()', '1+1', '-True', '{**{}}', "f'{1}'", '1j+1'):
            with self.assertRaisesRegex(ValueError, 'malformed node or string: '):
                ast.literal_eval(text)


class Trees(unittest.TestCase):
    def test_dump(self):
        tree = ast.parse('a', mode='eval')
        self.assertEqual(ast.dump(tree), "Expression(body=Name(id='a', ctx=Load()))")
        self.assertEqual(ast.dump(tree, False), "Expression(Name('a', Load()))")
        self.assertEqual(ast.dump(ast.Name(ctx=ast.Load()), False), 'Name(ctx=Load())')
        self.assertIn('lineno=1, col_offset=0, end_lineno=1, end_col_offset=1', ast.dump(tree, True, True))

    def test_walk(self):
        names = [type(node).__name__ for node in ast.walk(ast.parse('a = b, 1'))]
        self.assertEqual(names, ['Module', 'Assign', 'Name', 'Tuple', 'Store', 'Name', 'Constant', 'Load', 'Load'])

    def test_source_segment(self):
        source = 'x = (\x0cé +\n   b)\r\ny'
        value = ast.parse(source).body[0].value
        self.assertEqual(ast.get_source_segment(source, value.right), 'b')
        self.assertEqual(ast.get_source_segment(source, value), 'é +\n   b')
        self.assertEqual(ast.get_source_segment(source, value, padded=True), '     \x0cé +\n   b')

    def test_docstring(self):
        tree = ast.parse('def f():\n  """a\n     b"""')
        self.assertEqual(ast.get_docstring(tree.body[0]), 'a\nb')
        self.assertIsNone(ast.get_docstring(tree))
        with self.assertRaisesRegex(TypeError, "'Name' can't have docstrings"):
            ast.get_docstring(ast.Name())

    def test_positions(self):
        tree = ast.parse('a\nb')
        ast.increment_lineno(tree, 3)
        self.assertEqual([node.lineno for node in tree.body], [4, 5])
        tree.body.append(ast.fix_missing_locations(ast.Expr(ast.Name('c', ast.Load()))))
        self.assertEqual(tree.body[2].value.end_col_offset, 0)
        compile(tree, '?', 'exec')

    def test_transformer(self):
        class Change(ast.NodeTransformer):
            def visit_Pass(self, node):
                return None

            def visit_Name(self, node):
                return ast.copy_location(ast.Constant(node.id), node)

            def visit_Delete(self, node):
                return [ast.Break(), ast.Continue()]

        tree = Change().visit(ast.parse('while a:\n  pass\n  del b\n'))
        self.assertEqual([type(node).__name__ for node in tree.body[0].body], ['Break', 'Continue'])
        self.assertEqual(tree.body[0].test.value, 'a')

    def test_feature_version(self):
        self.assertRaises(SyntaxError, ast.parse, 'a: int', feature_version=(3, 5))
        self.assertEqual(ast.parse('a = 1 # type: int', type_comments=True).body[0].type_comment, 'int')


class FormerClasses(unittest.TestCase):
    def test_instances(self):
        self.assertIsInstance(ast.Num(3), ast.Constant)
        self.assertIsInstance(ast.Constant(b''), ast.Bytes)
        self.assertNotIsInstance(ast.Constant(True), ast.Num)
        self.assertIsInstance(ast.Ellipsis(), ast.Ellipsis)
        self.assertEqual((ast.Num(n=3).n, ast.Str('a').s), (3, 'a'))

    def test_visitor(self):
        class Visitor(ast.NodeVisitor):
            def visit_Num(self, node):
                return node.n

        with self.assertWarns(PendingDeprecationWarning):
            self.assertEqual(Visitor().visit(ast.Constant(5)), 5)


if __name__ == '__main__':
    unittest.main()
