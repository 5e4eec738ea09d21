# SPDX-License-Identifier: MIT
"""functools, operator and reprlib, native and in Python."""

import functools
import pickle
import reprlib
import sys
import unittest
from abc import ABC


def fresh(name, without):
    """Import a module anew, with the native module it rests on missing."""
    kept = {key: sys.modules.pop(key, None) for key in (name, without)}
    sys.modules[without] = None
    try:
        return __import__(name)
    finally:
        for key, module in kept.items():
            sys.modules.pop(key, None)
            if module is not None:
                sys.modules[key] = module


class Wrappers(unittest.TestCase):
    def test_wraps(self):
        def f(x: int):
            """doc"""
        f.mark = 1

        @functools.wraps(f)
        def g():
            pass
        self.assertEqual((g.__name__, g.__doc__, g.mark, g.__wrapped__), ('f', 'doc', 1, f))

    def test_total_ordering(self):
        @functools.total_ordering
        class C:
            def __init__(self, n):
                self.n = n

            def __eq__(self, other):
                return self.n == other.n

            def __lt__(self, other):
                return self.n < other.n if isinstance(other, C) else NotImplemented
        self.assertTrue(C(1) <= C(1) and C(2) > C(1) and C(2) >= C(2) and not C(1) > C(1))
        with self.assertRaises(TypeError):
            C(1) >= 1
        with self.assertRaisesRegex(ValueError, 'must define at least one ordering operation: < > <= >='):
            functools.total_ordering(type('D', (), {}))

    def test_singledispatch(self):
        @functools.singledispatch
        def f(x):
            return 'object'

        class Abstract(ABC):
            pass
        f.register(int, lambda x: 'int')
        f.register(Abstract, lambda x: 'abstract')

        @f.register
        def _(x: str):
            return 'str'
        Abstract.register(bytes)
        self.assertEqual([f(x) for x in (1, True, 'a', b'', 1.0)], ['int', 'int', 'str', 'abstract', 'object'])
        self.assertIs(f.dispatch(bool), f.registry[int])
        with self.assertRaisesRegex(TypeError, 'f requires at least 1 positional argument'):
            f()

    def test_singledispatchmethod(self):
        class C:
            @functools.singledispatchmethod
            def f(self, x):
                return 'object'

            @f.register
            def _(self, x: int):
                return 'int'
        self.assertEqual((C().f(1), C().f('')), ('int', 'object'))

    def test_cached_property(self):
        class C:
            calls = 0

            @functools.cached_property
            def p(self):
                self.calls += 1
                return 7
        c = C()
        self.assertEqual((c.p, c.p, c.calls, vars(c)['p']), (7, 7, 1, 7))


class Both:
    """Tests for the native functions and for those in Python."""

    def test_partial(self):
        p = self.f.partial(self.f.partial(int, base=2))
        self.assertEqual((p('101'), p.func, p.keywords), (5, int, {'base': 2}))
        self.assertEqual(repr(self.f.partial(len, 1, a=2)), 'functools.partial(<built-in function len>, 1, a=2)')

    def test_reduce(self):
        self.assertEqual(self.f.reduce(lambda a, b: a * 10 + b, [1, 2, 3]), 123)
        self.assertEqual(self.f.reduce(max, [], 5), 5)
        with self.assertRaisesRegex(TypeError, r'reduce\(\) of empty sequence with no initial value'):
            self.f.reduce(max, [])

    def test_cmp_to_key(self):
        self.assertEqual(sorted([1, 3, 2], key=self.f.cmp_to_key(lambda a, b: b - a)), [3, 2, 1])

    def test_lru_cache(self):
        @self.f.lru_cache(maxsize=2)
        def f(x):
            return [x]
        first = f(1)
        f(2)
        self.assertIs(f(1), first)
        f(3)                            # 2 has to go
        self.assertIs(f(1), first)
        f(2)
        self.assertEqual(tuple(f.cache_info()), (2, 4, 2, 2))
        f.cache_clear()
        self.assertEqual(tuple(f.cache_info()), (0, 0, 2, 0))

    def test_partialmethod(self):
        class C:
            def f(self, *args, **kw):
                return args, kw
            g = self.f.partialmethod(f, 1, a=2)
        self.assertEqual(C().g(3, b=4), ((1, 3), {'a': 2, 'b': 4}))


class Native(Both, unittest.TestCase):
    f = functools

    def test_pickle(self):
        p = pickle.loads(pickle.dumps(functools.partial(int, base=3)))
        self.assertEqual(p('12'), 5)


class Python(Both, unittest.TestCase):
    f = fresh('functools', '_functools')


class Operator(unittest.TestCase):
    def test_python_version(self):
        operator = fresh('operator', '_operator')
        self.assertEqual(operator.itemgetter(1, 0)('ab'), ('b', 'a'))
        self.assertEqual(operator.attrgetter('real', 'imag')(3), (3, 0))
        self.assertEqual(operator.methodcaller('split', ',')('a,b'), ['a', 'b'])
        self.assertEqual((operator.iadd([1], [2]), operator.not_(0), operator.indexOf('abc', 'c')), ([1, 2], True, 2))
        self.assertEqual(repr(operator.methodcaller('x', 1, k=2)), "operator.methodcaller('x', 1, k=2)")


class Reprlib(unittest.TestCase):
    def test_limits(self):
        self.assertEqual(reprlib.repr(list(range(20))), '[0, 1, 2, 3, 4, 5, ...]')
        self.assertEqual(reprlib.repr('x' * 100), "'xxxxxxxxxxxx...xxxxxxxxxxxxx'")
        self.assertEqual(reprlib.repr({k: k for k in 'edcba'}), "{'a': 'a', 'b': 'b', 'c': 'c', 'd': 'd', ...}")
        self.assertEqual(reprlib.repr((((((((1,),),),),),),)), '(((((((...),),),),),),)')

    def test_endless(self):
        """Wherever the depth is reached, it is that which is told."""
        p = functools.partial(int)
        p.__setstate__((p, (), {}, {}))
        limit = sys.getrecursionlimit()
        try:
            for depth in range(200, 220):
                sys.setrecursionlimit(depth)
                self.assertRaises(RecursionError, pickle.dumps, p)
        finally:
            sys.setrecursionlimit(limit)
            p.__setstate__((int, (), {}, {}))

    def test_recursive_repr(self):
        class C(list):
            @reprlib.recursive_repr('<again>')
            def __repr__(self):
                return 'C' + ''.join(map(repr, self))
        c = C()
        c.append(c)
        self.assertEqual(repr(c), 'C<again>')


if __name__ == '__main__':
    unittest.main()
