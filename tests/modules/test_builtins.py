# SPDX-License-Identifier: MIT
"""Built-in functions: results, and the words of their errors."""
import io
import unittest


class MessageTests(unittest.TestCase):
    def check(self, error, message, function, *args, **kwargs):
        with self.assertRaises(error) as caught:
            function(*args, **kwargs)
        self.assertEqual(str(caught.exception), message)

    def test_messages(self):
        c = self.check
        c(TypeError, "bad operand type for abs(): 'str'", abs, 'a')
        c(ValueError, 'chr() arg not in range(0x110000)', chr, -1)
        c(TypeError, 'integer argument expected, got float', chr, 1.5)
        c(TypeError, 'ord() expected a character, but string of length 2 found', ord, 'ab')
        c(TypeError, 'ord() expected string of length 1, but int found', ord, 1)
        c(TypeError, "compile() missing required argument 'filename' (pos 2)", compile, 1)
        c(ValueError, "compile() mode must be 'exec', 'eval' or 'single'", compile, '1', 'f', 'x')
        c(TypeError, 'compile() arg 1 must be a string, bytes or AST object', compile, 1, 'f', 'exec')
        c(ValueError, 'source code string cannot contain null bytes', compile, 'a\0', 'f', 'exec')
        c(TypeError, 'globals must be a dict', eval, '1', 1)
        c(TypeError, 'exec() globals must be a dict, not int', exec, '1', 1)
        c(TypeError, 'getattr expected at least 2 arguments, got 1', getattr, 1)
        c(TypeError, 'getattr(): attribute name must be string', getattr, 1, 2)
        c(TypeError, 'iter(v, w): v must be callable', iter, 1, 2)
        c(TypeError, "'int' object is not an iterator", next, 1)
        c(TypeError, 'max expected 1 argument, got 0', max)
        c(ValueError, 'max() arg is an empty sequence', max, [])
        c(TypeError, 'Cannot specify a default for min() with multiple positional arguments', min, 1, 2, default=3)
        c(TypeError, "'foo' is an invalid keyword argument for max()", max, 1, 2, foo=3)
        c(TypeError, "pow() missing required argument 'exp' (pos 2)", pow, 1)
        c(TypeError, "'foo' is an invalid keyword argument for print()", print, 1, foo=1)
        c(TypeError, 'sep must be None or a string, not int', print, 1, sep=1)
        c(TypeError, "type str doesn't define __round__ method", round, 'a')
        c(TypeError, 'sorted expected 1 argument, got 2', sorted, [], 1)
        c(TypeError, "sum() can't sum strings [use ''.join(seq) instead]", sum, [], '')
        c(TypeError, 'sum() takes at least 1 positional argument (0 given)', sum)
        c(TypeError, 'vars() argument must have __dict__ attribute', vars, 1)
        c(TypeError, 'map() must have at least two arguments.', map, 1)
        c(TypeError, 'filter expected 2 arguments, got 1', filter, 1)
        c(TypeError, 'zip() takes no keyword arguments', zip, a=1)
        c(ValueError, 'Empty module name', __import__, '')
        c(ValueError, 'level must be >= 0', __import__, 'sys', level=-1)
        c(TypeError, '__build_class__: not enough arguments', __build_class__)


class SumTests(unittest.TestCase):
    def test_kinds(self):
        self.assertEqual(sum([]), 0)
        self.assertEqual(sum([2**62, 2**62, 2**62]), 3 * 2**62)
        self.assertEqual(sum([1, 2.5, True]), 4.5)
        self.assertEqual(sum([1.5, 2**70]), 1.5 + 2**70)
        self.assertEqual(sum([[1], [2]], []), [1, 2])
        self.assertEqual(sum(iter(range(5)), start=10), 20)
        self.assertIs(type(sum([True])), int)

    def test_order_and_errors(self):
        class N:
            def __radd__(self, other):
                return ('r', other)
        self.assertEqual(sum([1, N()]), ('r', 1))
        self.assertRaises(TypeError, sum, ['a'])

        def gen():
            yield 1
            raise KeyError
        self.assertRaises(KeyError, sum, gen())

    def test_list_that_shrinks(self):
        items = [1, 2, 3]

        class N(int):
            def __radd__(self, other):
                items.clear()
                return 7
        items.append(N())
        self.assertEqual(sum(items), 7)


class IterationTests(unittest.TestCase):
    def test_min_max(self):
        self.assertEqual(max(1, 2.5), 2.5)
        self.assertEqual(min([3, 1, 2], key=lambda v: -v), 3)
        self.assertEqual(max([], default='d'), 'd')
        self.assertEqual(max('a', 'b', key=ord), 'b')
        first, second = [1], [1]
        self.assertIs(max(first, second), first)
        self.assertIs(min([first, second]), first)
        nan = float('nan')
        self.assertIs(max(nan, 1.0), nan)

    def test_any_all(self):
        self.assertEqual((any([]), all([]), any([0, 'a']), all([1, ''])), (False, True, True, False))

        class Bad:
            def __bool__(self):
                raise ValueError
        self.assertRaises(ValueError, any, [Bad()])

    def test_zip_reuses_only_its_own(self):
        kept = [t for t in zip('ab', [1, 2])]
        self.assertEqual(kept, [('a', 1), ('b', 2)])
        self.assertEqual(list(zip()), [])
        it = zip([1, 2, 3], iter([9]))
        self.assertEqual(list(it), [(1, 9)])

    def test_map_filter(self):
        self.assertEqual(list(map(lambda *a: a, 'ab', [1], (None,))), [('a', 1, None)])
        self.assertEqual(list(map(max, *[range(3)] * 8)), [0, 1, 2])
        self.assertEqual(list(filter(None, [0, 1, '', 'x'])), [1, 'x'])
        self.assertEqual(list(filter(lambda v: v > 1, [1, 2, 3])), [2, 3])

    def test_pickle(self):
        import pickle
        for it in map(abs, [-1, 2]), filter(None, [0, 1]), zip([1], [2]):
            copy = pickle.loads(pickle.dumps(it))
            self.assertEqual(list(copy), list(it))


class ClassTests(unittest.TestCase):
    def test_mro_entries(self):
        class Hook:
            def __mro_entries__(self, bases):
                return (dict, )
        hook = Hook()

        class C(hook):
            pass
        self.assertEqual(C.__bases__, (dict,))
        self.assertEqual(C.__orig_bases__, (hook,))

    def test_prepare(self):
        class Meta(type):
            @classmethod
            def __prepare__(meta, name, bases, **kwargs):
                return {'given': kwargs}

            def __new__(meta, name, bases, ns, **kwargs):
                return super().__new__(meta, name, bases, ns)

            def __init__(cls, name, bases, ns, **kwargs):
                pass

        class C(metaclass=Meta, option=1):
            pass
        self.assertEqual(C.given, {'option': 1})

    def test_bad_prepare(self):
        class Meta(type):
            @classmethod
            def __prepare__(*args):
                return 5
        with self.assertRaisesRegex(TypeError, r'Meta.__prepare__\(\) must return a mapping, not int'):
            class C(metaclass=Meta):
                pass

    def test_lost_class_cell(self):
        class Meta(type):
            def __new__(meta, name, bases, ns):
                ns.pop('__classcell__', None)
                return type.__new__(meta, name, bases, ns)
        with self.assertRaisesRegex(RuntimeError, '__class__ not set defining'):
            class C(metaclass=Meta):
                def f(self):
                    return __class__


class PrintTests(unittest.TestCase):
    def test_print(self):
        out = io.StringIO()
        print(1, 'a', None, sep='-', end='!', file=out)
        print(file=out)
        self.assertEqual(out.getvalue(), '1-a-None!\n')

    def test_calls_of_write_and_flush(self):
        class File:
            calls = []

            def write(self, text):
                self.calls.append(text)

            def flush(self):
                self.calls.append('flush')
        print(1, 2, file=File(), flush=True)
        self.assertEqual(File.calls, ['1', ' ', '2', '\n', 'flush'])


class CodeTests(unittest.TestCase):
    def test_eval_exec(self):
        self.assertEqual(eval(' \t1+1'), 2)
        self.assertEqual(eval(b'2'), 2)
        ns = {}
        exec('x = 5', ns)
        self.assertEqual(ns['x'], 5)
        self.assertIn('__builtins__', ns)

        def f():
            y = 1
            return (lambda: y).__code__
        self.assertRaisesRegex(TypeError, r'code object passed to exec\(\) may not contain free variables', exec, f())

    def test_locals_mapping(self):
        class M(dict):
            def __missing__(self, key):
                return key.upper()
        self.assertEqual(eval('abc', {}, M()), 'ABC')


if __name__ == '__main__':
    unittest.main()
