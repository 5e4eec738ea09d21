# SPDX-License-Identifier: MIT
"""isinstance and issubclass, conversions, length hints, comparison, repr of recursive things, dir, calls."""
import operator
import sys
import unittest
import warnings


class Kinds(unittest.TestCase):
    def test_isinstance(self):
        class A: pass
        class B(A): pass
        self.assertTrue(isinstance(B(), A) and isinstance(B(), (int, (str, A))) and not isinstance(A(), B))
        class Claims:
            __class__ = int
        self.assertTrue(isinstance(Claims(), int))
        class Bases:
            __bases__ = ()
        class Fake:
            __bases__ = (Bases,)
        b = Bases()
        class Inst:
            __class__ = b
        self.assertTrue(isinstance(Inst(), b))
        class M(type):
            def __instancecheck__(cls, o): return o == 5
            def __subclasscheck__(cls, c): return c is int
        class H(metaclass=M): pass
        self.assertEqual((isinstance(5, H), isinstance(6, H), issubclass(int, H), issubclass(str, H), isinstance(H(), H)),
                         (True, False, True, False, True))

    def test_recursion(self):
        t = (int,)
        for _ in range(sys.getrecursionlimit() + 100):
            t = (t,)
        self.assertRaises(RecursionError, isinstance, 'a', t)
        self.assertRaises(RecursionError, issubclass, str, t)

    @unittest.skipUnless('taipan' in sys.version, 'crashes CPython 3.8')
    def test_bases_without_end(self):
        class X:
            @property
            def __bases__(self): return (X(), X())
        self.assertRaises(RecursionError, issubclass, X(), int)

    def test_compare_order(self):
        log = []
        class A:
            def __lt__(self, o): log.append('A.lt'); return NotImplemented
            def __gt__(self, o): log.append('A.gt'); return NotImplemented
        class B(A):
            def __gt__(self, o): log.append('B.gt'); return NotImplemented
        self.assertRaises(TypeError, operator.lt, A(), B())
        self.assertEqual(log, ['B.gt', 'A.lt'])
        self.assertTrue(object() != object())
        self.assertFalse(object() == object())

    def test_recursive_text(self):
        x = []
        x.append(x)
        self.assertEqual(repr(x), '[[...]]')
        class R:
            def __repr__(self): return repr(self)
        self.assertRaises(RecursionError, repr, R())
        class E:
            def __eq__(self, o): return self == o
        self.assertRaises(RecursionError, operator.eq, E(), E())


class Conversion(unittest.TestCase):
    def test_int(self):
        class I(int): pass
        class A:
            def __init__(self, v): self.v = v
            def __int__(self): return self.v
        class T:
            def __trunc__(self): return 7
        class X:
            def __index__(self): return 9
        self.assertEqual((int(A(3)), int(T()), int(X()), float(X())), (3, 7, 9, 9.0))
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            self.assertIs(type(int(A(I(3)))), int)
        self.assertRaisesRegex(TypeError, r'__int__ returned non-int \(type str\)', int, A('x'))
        self.assertEqual((int(b'12'), int(bytearray(b'13')), int(memoryview(b'14')), int(' 15 ')), (12, 13, 14, 15))

    def test_index(self):
        class I(int): pass
        class X:
            v = 3
            def __index__(self): return self.v
        x = X()
        self.assertEqual((operator.index(x), operator.index(I(4)), bin(x), [1, 2, 3, 4][x], range(x)),
                         (3, 4, '0b11', 4, range(3)))
        x.v = 'a'
        self.assertRaisesRegex(TypeError, r'__index__ returned non-int \(type str\)', operator.index, x)
        x.v = I(5)
        with self.assertWarns(DeprecationWarning):
            self.assertEqual(operator.index(x), 5)
        x.v = 1 << 100
        self.assertRaisesRegex(IndexError, "cannot fit 'X' into an index-sized integer", lambda: [][x])
        self.assertRaisesRegex(OverflowError, "cannot fit 'X' into an index-sized integer", lambda: [1] * x)
        self.assertEqual([1, 2][:x], [1, 2])

    def test_float(self):
        class F(float): pass
        class A:
            def __float__(self): return self.v
        a = A()
        a.v = 2.5
        self.assertEqual(float(a), 2.5)
        a.v = 'x'
        self.assertRaisesRegex(TypeError, r'A.__float__ returned non-float \(type str\)', float, a)

    def test_length_hint(self):
        class H:
            def __length_hint__(self): return self.v
        h = H()
        for v, want in ((5, 5), (NotImplemented, 42)):
            h.v = v
            self.assertEqual(operator.length_hint(h, 42), want)
        h.v = -1
        self.assertRaisesRegex(ValueError, r'__length_hint__\(\) should return >= 0', operator.length_hint, h)
        h.v = 'a'
        self.assertRaisesRegex(TypeError, '__length_hint__ must be an integer, not str', operator.length_hint, h)
        self.assertEqual((operator.length_hint([1, 2]), operator.length_hint(object(), 7)), (2, 7))

    def test_tuple_and_list(self):
        class G:
            def __init__(self, n, hint): self.n, self.hint = n, hint
            def __iter__(self): return iter(range(self.n))
            def __length_hint__(self): return self.hint
        for n, hint in ((0, 5), (5, 0), (100, 3), (3, 100)):
            self.assertEqual(tuple(G(n, hint)), tuple(range(n)))
            self.assertEqual(list(G(n, hint)), list(range(n)))


class Calls(unittest.TestCase):
    def test_argument_forms(self):
        def f(*a, **k): return a, k
        class C:
            def __call__(self, *a, **k): return a, k
        class M:
            def m(self, *a, **k): return a, k
        many = list(range(20))
        for g in (f, C(), M().m):
            self.assertEqual(g(), ((), {}))
            self.assertEqual(g(1, x=2), ((1,), {'x': 2}))
            self.assertEqual(g(*many, **{'k%d' % i: i for i in many}), (tuple(many), {'k%d' % i: i for i in many}))
        self.assertRaisesRegex(TypeError, 'keywords must be strings', lambda: f(**{1: 2}))
        self.assertRaisesRegex(TypeError, "got multiple values for keyword argument 'x'", lambda: f(x=1, **{'x': 2}))

    def test_class_calls(self):
        self.assertEqual((int('5', base=8), str(b'a', 'ascii'), dict(a=1), type(5), list('ab'), tuple([1])),
                         (5, 'a', {'a': 1}, int, ['a', 'b'], (1,)))
        self.assertRaises(TypeError, type, 1, 2)
        self.assertEqual(type.__call__(dict, a=1), {'a': 1})


if __name__ == '__main__':
    unittest.main()
