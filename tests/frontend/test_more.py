# SPDX-License-Identifier: MIT
"""Sources in encodings, scopes, annotations as text, warnings as errors, depth, shared constants."""
import ast
import symtable
import unittest
import warnings


def error_of(source, mode='exec'):
    try:
        compile(source, '<s>', mode)
    except SyntaxError as e:
        return e.msg, e.lineno, e.offset
    return None


def value_of(source):
    scope = {}
    exec(compile(source, '<s>', 'exec'), scope)
    return scope['x']


class TreeTests(unittest.TestCase):
    def test_names_that_no_source_can_have(self):
        tree = ast.parse('def f(a, *b, **c):\n    d = a, b, c\n    return d\n')
        for node in ast.walk(tree):     # each name is a string of its own
            if isinstance(node, ast.Name):
                node.id = ''.join(['.', node.id])
            elif isinstance(node, ast.arg):
                node.arg = ''.join(['.', node.arg])
        scope = {}
        exec(compile(tree, '<s>', 'exec'), scope)
        self.assertEqual(scope['f'](1, 2, x=3), (1, (2,), {'x': 3}))
        self.assertEqual(scope['f'].__code__.co_varnames, ('.a', '.b', '.c', '.d'))


class SourceTests(unittest.TestCase):
    def test_encodings(self):
        self.assertEqual(value_of(b'# coding: latin-1\nx = "\xe9"'), 'é')
        self.assertEqual(value_of(b'#!z\n# vim: fileencoding=iso_8859_1 :\nx = "\xe9"'), 'é')
        self.assertEqual(value_of(b'\xef\xbb\xbfx = "\xc3\xa9"'), 'é')
        self.assertEqual(value_of('# coding: latin-1\nx = "é"'), 'é')
        self.assertEqual(value_of(b'y = 1\n# coding: latin-1\nx = "\xc3\xa9"'), 'é')
        self.assertEqual(value_of(b'# \xff\nx = 1'), 1)

    def test_bad_encodings(self):
        self.assertEqual(error_of(b'# coding: foo\nx'), ('unknown encoding: foo', 0, 0))
        self.assertEqual(error_of(b'\xef\xbb\xbf# coding: latin-1\nx'), ('encoding problem: iso-8859-1 with BOM', 0, 0))
        self.assertEqual(error_of(b'\xff'), ('invalid character in identifier', 1, 1))

    def test_newlines(self):
        self.assertEqual(value_of('x = 1\r\ny = 2\rz = """a\r\nb"""\rx = z'), 'a\nb')

    def test_identifiers_are_normalized(self):
        self.assertEqual(value_of('\ufb01 = 3\nx = fi'), 3)

    def test_file_ends(self):
        for source in 'x = 1', 'x = 1\n', 'x = 1 # c', 'x = 1\n  ', 'x = 1\n  # c':
            with self.subTest(source):
                self.assertEqual(value_of(source), 1)


class ScopeTests(unittest.TestCase):
    def test_kinds(self):
        table = symtable.symtable('''
g = 1
def outer(a, *args, **kw):
    global g
    b = a
    def inner():
        nonlocal b
        b = g
        return [c for c in args]
    class K:
        def m(self): return super().m(__x)
''', 's', 'exec')
        outer = table.get_children()[0]
        self.assertEqual(outer.get_parameters(), ('a', 'args', 'kw'))
        self.assertEqual(outer.get_locals(), ('a', 'args', 'kw', 'b', 'inner', 'K'))
        self.assertEqual(outer.get_globals(), ('g',))
        inner, k = outer.get_children()
        self.assertEqual(sorted(inner.get_frees()), ['args', 'b'])
        self.assertTrue(inner.is_nested())
        method = k.get_children()[0]
        self.assertEqual(sorted(method.get_identifiers()), ['_K__x', '__class__', 'self', 'super'])
        self.assertEqual(method.get_frees(), ('__class__',))
        self.assertEqual((k.get_type(), k.get_lineno(), k.get_name()), ('class', 10, 'K'))
        self.assertEqual(repr(table._table)[:20], '<symtable entry top(')

    def test_modes(self):
        for mode in 'exec', 'eval', 'single':
            self.assertEqual(list(symtable.symtable('x', 's', mode).get_identifiers()), ['x'])
        with self.assertRaisesRegex(ValueError, "symtable.. arg 3 must be 'exec' or 'eval' or 'single'"):
            symtable.symtable('x', 's', 'other')

    def test_class_cell_passes_through_classes(self):
        scope = {}
        exec('class D:\n def m(self):\n  class C:\n   k = __class__\n  return C.k\n', scope)
        self.assertIs(scope['D']().m(), scope['D'])


class AnnotationTests(unittest.TestCase):
    def test_text(self):
        for source in ('a + b * c', '(a + b) * c', '-a ** (-b)', '(-a) ** b', 'a ** b ** c', '(a ** b) ** c', 'not a or b and (c or d)',
                       'lambda a, /, b=1, *c, d, e=2, **f: g', 'lambda: (yield)', 'a if b else (c if d else e) if f else g',
                       '{a: b, **c}', '{a, *b}', '[a, *b]', '()', '(a,)', '(a, b)', '[x async for x, y in z if a if b]',
                       '{k: v for k, v in z}', '(x for x in y)', 'f(x for x in y)', 'f(a, *b, c=d, **e)', 'a.b[c:d, e:f:g, ...]',
                       '1 .real', '1e+309', "f'{a!r:>{w}}{{}}'", "f'{ {1}}'", 'a[b, c]', 'a[(b, *c)]', '(x:=1)', "u'a'",
                       'a < b <= c is not d not in e', 'await x', '(yield from a)', '...'):
            with self.subTest(source):
                scope = {}
                code = 'from __future__ import annotations\nx: %s\n' % source
                if 'await' in source or 'async' in source or 'yield' in source:
                    code = 'from __future__ import annotations\nasync def f():\n def g(x: %s): pass\n return g' % source
                    continue
                exec(code, scope)
                self.assertEqual(scope['__annotations__']['x'], {'1e+309': 'inf', "u'a'": "'a'"}.get(source, source))


class WarningTests(unittest.TestCase):
    def test_errors_by_filter(self):
        with warnings.catch_warnings():
            warnings.simplefilter('error')
            self.assertEqual(error_of('x = 1\ny = "\\d"'), ('invalid escape sequence \\d', 2, 5))
            self.assertEqual(error_of('\nx is 1'), ('"is" with a literal. Did you mean "=="?', 2, 1))

    def test_no_warning_before_a_syntax_error(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter('always')
            self.assertEqual(error_of('"\\d" = = 1')[0], 'invalid syntax')
        self.assertEqual(caught, [])


class LimitTests(unittest.TestCase):
    def test_parser_stack(self):
        self.assertIsNone(error_of('(' * 98 + '1' + ')' * 98))
        for source in '(' * 99 + '1' + ')' * 99, '-' * 1680 + '1', 'not ' * 5000 + '1':
            with self.assertRaises(MemoryError):
                compile(source, '<s>', 'exec')

    def test_deep_trees(self):
        for source in '+'.join(['a'] * 100000), 'a' + '.b' * 100000, 'a' + '()' * 100000, 'if a: b\n' + 'elif c: d\n' * 100000:
            with self.assertRaises(RecursionError):
                compile(source, '<s>', 'exec')

    def test_many_digits(self):
        self.assertIn('Exceeds the limit (4300)', error_of('x = ' + '1' * 5000)[0])
        compile('0x' + '1' * 5000, '<s>', 'eval')

    def test_wide_operands(self):
        names = ['v%d' % i for i in range(70000)]
        scope = {}
        exec(compile('\n'.join('%s = %d' % (n, i) for i, n in enumerate(names)) + '\nx = v69999', '<s>', 'exec'), scope)
        self.assertEqual(scope['x'], 69999)

    def test_far_jumps(self):
        body = '\n  '.join('y = (y + %d) %% 7' % i for i in range(9000))
        scope = {}
        exec(compile('x = y = 0\nwhile x < 3:\n  if x == 1:\n    x = 2\n    continue\n  x += 1\n  ' + body, '<s>', 'exec'), scope)
        self.assertEqual(scope['x'], 3)


class ConstantTests(unittest.TestCase):
    def test_types_are_kept_apart(self):
        self.assertEqual(repr(eval('[1, 1.0, True, 0.0, -0.0, 0j, -0j, (1,), (1.0,), (True,), (0.0,), (-0.0,)]')),
                         '[1, 1.0, True, 0.0, -0.0, 0j, (-0-0j), (1,), (1.0,), (True,), (0.0,), (-0.0,)]')

    def test_equal_ones_are_shared(self):
        code = compile('def f(): return (1, "ab c", 2.5)\ndef g(): return (1, "ab c", 2.5)', '<s>', 'exec')
        f, g = [c for c in code.co_consts if hasattr(c, 'co_code')]
        self.assertIs(f.co_consts[1], g.co_consts[1])
        self.assertIs(f.co_names, g.co_names)

    def test_same_lambdas_on_a_line(self):
        code = compile('a = [lambda: 1, lambda: 1, lambda: 2]', '<s>', 'exec')
        self.assertEqual(len([c for c in code.co_consts if hasattr(c, 'co_code')]), 2)


if __name__ == '__main__':
    unittest.main()
