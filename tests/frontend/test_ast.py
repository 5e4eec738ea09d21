# SPDX-License-Identifier: MIT
"""The classes of _ast, trees made by hand, positions of nodes, options of ast.parse."""
import ast
import copy
import pickle
import unittest


def compile_error(tree, mode='exec'):
    try:
        compile(tree, '<tree>', mode)
    except Exception as e:
        return type(e).__name__, str(e)
    return None


def expression(node):
    return ast.fix_missing_locations(ast.Expression(node))


def module(*body):
    return ast.fix_missing_locations(ast.Module(list(body), []))


X = ast.Name('x', ast.Load())


class ClassTests(unittest.TestCase):
    def test_fields(self):
        self.assertEqual(ast.BinOp._fields, ('left', 'op', 'right'))
        self.assertEqual(ast.expr._attributes, ('lineno', 'col_offset', 'end_lineno', 'end_col_offset'))
        self.assertEqual(ast.Load.__mro__, (ast.Load, ast.expr_context, ast.AST, object))
        self.assertEqual(ast.AST.__name__, 'AST')
        self.assertEqual(ast.arg._attributes, ast.expr._attributes)
        self.assertEqual(ast.keyword._attributes, ())

    def test_arguments(self):
        self.assertEqual(ast.Name('x', ast.Load()).id, 'x')
        self.assertEqual(ast.AST(x=3).x, 3)
        with self.assertRaisesRegex(TypeError, 'BinOp constructor takes at most 3 positional arguments'):
            ast.BinOp(1, 2, 3, 4)
        with self.assertRaisesRegex(TypeError, "Name got multiple values for argument 'id'"):
            ast.Name('x', id='y')

    def test_copies(self):
        tree = ast.parse('def f(a, *, b=1): return a + b')
        for other in copy.deepcopy(tree), pickle.loads(pickle.dumps(tree)):
            self.assertEqual(ast.dump(other), ast.dump(tree))

    def test_contexts_are_shared(self):
        self.assertIs(ast.parse('x').body[0].value.ctx, ast.parse('y').body[0].value.ctx)

    def test_subclass_is_accepted(self):
        class Mine(ast.Name):
            pass
        self.assertEqual(eval(compile(expression(Mine('x', ast.Load())), '', 'eval'), {'x': 7}), 7)


class ReadingTests(unittest.TestCase):
    def check(self, tree, kind, message, mode='exec'):
        self.assertEqual(compile_error(tree, mode), (kind, message))

    def test_missing(self):
        self.check(ast.Module([]), 'TypeError', 'required field "type_ignores" missing from Module')
        self.check(ast.Module([ast.Expr(X)], []), 'TypeError', 'required field "lineno" missing from stmt')
        self.check(ast.Module(3, []), 'TypeError', 'Module field "body" must be a list, not a int')
        self.check(module(ast.Expr(None)), 'ValueError', 'field value is required for Expr')

    def test_wrong_types(self):
        self.check(ast.Name('x'), 'TypeError', 'expected Module node, got Name')
        self.check(expression(ast.Name(3, ast.Load())), 'TypeError', 'AST identifier must be of type str', 'eval')
        self.check(expression(ast.Name('x', 3)), 'TypeError', 'expected some sort of expr_context, but got 3', 'eval')
        self.check(expression(ast.Constant([3], None)), 'TypeError', 'got an invalid type in Constant: list', 'eval')
        tree = ast.parse('x')
        tree.body[0].lineno = '3'
        self.check(tree, 'ValueError', "invalid integer value: '3'")

    def test_optional_positions(self):
        tree = ast.parse('x')
        del tree.body[0].end_lineno
        self.assertIsNone(compile_error(tree))

    def test_recursion(self):
        e = ast.UnaryOp(op=ast.Not(), lineno=0, col_offset=0)
        e.operand = e
        with self.assertRaises(RecursionError):
            compile(ast.Expression(e), '', 'eval')

    def test_validation(self):
        store = ast.Name('x', ast.Store())
        no_args = ast.arguments([], [], None, [], [], None, [])
        for node, message in [
                (ast.Delete([]), 'empty targets on Delete'),
                (ast.Assign([], X), 'empty targets on Assign'),
                (ast.Assign([X], X), 'expression must have Store context but has Load instead'),
                (ast.Expr(store), 'expression must have Load context but has Store instead'),
                (ast.For(ast.Constant(1), X, [ast.Pass()], []), "expression which can't be assigned to in Store context"),
                (ast.If(X, [], []), 'empty body on If'),
                (ast.With([], [ast.Pass()]), 'empty items on With'),
                (ast.Raise(None, X), 'Raise with cause but no exception'),
                (ast.Try([ast.Pass()], [], [], []), 'Try has neither except handlers nor finalbody'),
                (ast.Try([ast.Pass()], [], [ast.Pass()], [ast.Pass()]), 'Try has orelse but no except handlers'),
                (ast.Import([]), 'empty names on Import'),
                (ast.ImportFrom('m', [ast.alias('a', None)], -1), 'Negative ImportFrom level'),
                (ast.Global([]), 'empty names on Global'),
                (ast.FunctionDef('f', no_args, [], [], None), 'empty body on FunctionDef'),
                (ast.Expr(ast.BoolOp(ast.And(), [X])), 'BoolOp with less than 2 values'),
                (ast.Expr(ast.Compare(X, [ast.In()], [])), 'Compare with no comparators'),
                (ast.Expr(ast.Compare(X, [], [X])), 'Compare has a different number of comparators and operands'),
                (ast.Expr(ast.Dict([], [X])), "Dict doesn't have the same number of keys as values"),
                (ast.Expr(ast.ListComp(X, [])), 'comprehension with no generators'),
                (ast.Expr(ast.Name('None', ast.Load())), "Name node can't be used with 'None' constant")]:
            with self.subTest(message):
                self.check(module(node), 'ValueError', message)


class PositionTests(unittest.TestCase):
    """(line, column, end line, end column) of nodes."""

    def where(self, source, path, mode='exec'):
        node = ast.parse(source, mode=mode)
        for step in path:
            node = node[step] if isinstance(step, int) else getattr(node, step)
        return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset

    def test_parentheses(self):
        self.assertEqual(self.where('(a) + b', ['body', 0, 'value']), (1, 0, 1, 7))
        self.assertEqual(self.where('(a) + b', ['body', 0, 'value', 'left']), (1, 1, 1, 2))
        self.assertEqual(self.where('(a, b)', ['body', 0, 'value']), (1, 0, 1, 6))
        self.assertEqual(self.where('f(x for x in y)', ['body', 0, 'value', 'args', 0]), (1, 1, 1, 15))
        self.assertEqual(self.where('f(*(a))', ['body', 0, 'value', 'args', 0]), (1, 2, 1, 5))

    def test_columns_are_bytes(self):
        self.assertEqual(self.where('é + ü', ['body', 0, 'value', 'right']), (1, 5, 1, 7))

    def test_statements(self):
        self.assertEqual(self.where('if a:\n  b\nelif c:\n  d\n', ['body', 0, 'orelse', 0]), (3, 0, 4, 3))
        self.assertEqual(self.where('@d\ndef f():\n  pass\n\n', ['body', 0]), (2, 0, 3, 6))
        self.assertEqual(self.where('async def f(): pass', ['body', 0]), (1, 0, 1, 19))
        self.assertEqual(self.where('def f(*, a: int): pass', ['body', 0, 'args', 'kwonlyargs', 0]), (1, 9, 1, 10))

    def test_strings(self):
        self.assertEqual(self.where('x = """a\nb"""', ['body', 0, 'value']), (1, 4, 2, 4))
        self.assertEqual(self.where('f"a{b}"', ['body', 0, 'value', 'values', 1, 'value']), (1, 4, 1, 5))
        self.assertEqual(self.where('f"a{b!r}"', ['body', 0, 'value', 'values', 1, 'value']), (1, 1, 1, 2))


class OptionTests(unittest.TestCase):
    def test_type_comments(self):
        source = 'x = 1 # type: int\ndef f(a,  # type: str\n      b):\n  # type: (...) -> None\n  pass\ny # type: ignore[z]\n'
        tree = ast.parse(source, type_comments=True)
        self.assertEqual(tree.body[0].type_comment, 'int')
        self.assertEqual(tree.body[1].type_comment, '(...) -> None')
        self.assertEqual(tree.body[1].args.args[0].type_comment, 'str')
        self.assertEqual([(i.lineno, i.tag) for i in tree.type_ignores], [(6, '[z]')])
        self.assertIsNone(ast.parse(source).body[0].type_comment)

    def test_func_type(self):
        tree = ast.parse('(int, *str, **Any) -> float', mode='func_type')
        self.assertEqual([e.id for e in tree.argtypes], ['int', 'str', 'Any'])
        self.assertEqual(tree.returns.id, 'float')

    def test_feature_version(self):
        self.assertEqual(ast.parse('async = 1', feature_version=(3, 6)).body[0].targets[0].id, 'async')
        for source, version in [('f"{x}"', 5), ('x: int', 5), ('1_0', 5), ('async def f(): pass', 4), ('a @ b', 4), ('f"{x=}"', 7)]:
            with self.subTest(source):
                ast.parse(source, feature_version=(3, version + 1))
                with self.assertRaises(SyntaxError):
                    ast.parse(source, feature_version=(3, version))

    def test_kind(self):
        self.assertEqual(ast.parse('u"a"').body[0].value.kind, 'u')
        self.assertIsNone(ast.parse('"a" u"b"').body[0].value.kind)


if __name__ == '__main__':
    unittest.main()
