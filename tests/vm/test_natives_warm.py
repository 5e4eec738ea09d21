# SPDX-License-Identifier: MIT
"""Warm code over C types: their iterators, getsets, members and methods, and code that changes its mind about types."""
import array
import itertools
import sys
import types
import unittest
from fractions import Fraction

ROUNDS = 400


def again(function):
    return types.FunctionType(function.__code__.replace(), function.__globals__)


class Loops(unittest.TestCase):
    @staticmethod
    def total(it):
        n = 0
        for x in it:
            n += x
        return n

    @staticmethod
    def pairs(it):
        out = []
        for a, b in it:
            out.append((b, a))
        return out

    def test_every_iterator(self):
        total = again(self.total)
        kinds = [lambda: itertools.repeat(2, 5), lambda: [4, 6], lambda: (10,), lambda: range(5), lambda: {7: 1, 3: 2},
                 lambda: {7: 1, 3: 2}.values(), lambda: (i for i in (1, 9)), lambda: map(int, "55"), lambda: b"\x05\x05",
                 lambda: array.array("i", [10]), lambda: iter([2, 8].pop, 2), lambda: reversed([4, 6]), lambda: {10}]
        expected = [10, 10, 10, 10, 10, 3, 10, 10, 10, 10, 8, 10, 10]
        for _ in range(60):  # one after the other, and many of a kind in a row
            self.assertEqual([total(kind()) for kind in kinds], expected)
        for kind, value in zip(kinds, expected):
            self.assertEqual({total(kind()) for _ in range(60)}, {value})

    def test_pairs(self):
        pairs = again(self.pairs)
        for _ in range(60):
            self.assertEqual(pairs({1: 2, 3: 4}.items()), [(2, 1), (4, 3)])
            self.assertEqual(pairs(enumerate("ab")), [("a", 0), ("b", 1)])
            self.assertEqual(pairs(zip([1], [2])), [(2, 1)])
            self.assertEqual(pairs(["xy"]), [("y", "x")])

    def test_errors(self):
        total = again(self.total)
        for _ in range(60):
            d = {1: 1}
            with self.assertRaisesRegex(ZeroDivisionError, "^division by zero$"):
                total(map((1).__truediv__, [0]))
            with self.assertRaisesRegex(RuntimeError, "^dictionary changed size during iteration$"):
                for key in d:
                    d[key + 1] = 0

    def test_iterator_that_loses_next(self):
        class Numbers:
            def __iter__(self): return self
            def __next__(self): return 1
        seen = []
        for i, x in zip(range(100), Numbers()):
            seen.append(x)
        self.assertEqual(len(seen), 100)

    def test_traced_from_within(self):
        lines = []

        def begin(n):
            if n == 50:
                sys.settrace(lambda frame, event, arg: None)
                sys._getframe(1).f_trace = lambda frame, event, arg: lines.append(frame.f_lineno)
            return n

        def loop():
            for x in map(begin, range(52)):
                y = x
            sys.settrace(None)
            return y
        first = loop.__code__.co_firstlineno
        self.assertEqual(loop(), 51)
        self.assertIn(first + 2, lines)


class Attributes(unittest.TestCase):
    def test_getset_and_member(self):
        def read(o):
            return o.real, o.imag

        def local(x):
            return [(x.real, s.start, s.stop) for s in [slice(1, x)]][0]
        for _ in range(100):
            self.assertEqual(read(3), (3, 0))
            self.assertEqual(local(4), (4, 1, 4))
        for _ in range(100):
            self.assertEqual((read(2.5), read(True), read(1j)), ((2.5, 0.0), (1, 0), (0.0, 1.0)))
        with self.assertRaises(AttributeError):
            read("text")

    def test_getset_that_fails(self):
        def read(f):
            return f.__defaults__

        def write(f, v):
            f.__defaults__ = v
        for i in range(100):
            def f(a=i): return a
            self.assertEqual(read(f), (i,))
            write(f, (i + 1,))
            self.assertEqual(f(), i + 1)
            with self.assertRaisesRegex(TypeError, "__defaults__ must be set to a tuple object"):
                write(f, 5)
            with self.assertRaises(AttributeError):
                write(3, ())

    def test_class_changes(self):
        class C(int):
            pass

        def read(o):
            return o.numerator
        c = C(7)
        self.assertEqual({read(c) for _ in range(100)}, {7})
        C.numerator = 8
        self.assertEqual({read(c) for _ in range(100)}, {8})
        del C.numerator
        self.assertEqual({read(c) for _ in range(100)}, {7})

    def test_getattr_hooks(self):
        class Hook:
            x = 1
            def __getattr__(self, name): return name

        class Plain:
            x = 2
            def method(self): return 3

        def read(o): return o.x

        def call(o): return o.method()
        Hook.method = lambda self: 4
        for kind, value, result in ((Hook, 1, 4), (Plain, 2, 3), (Hook, 1, 4), (Plain, 2, 3)):
            self.assertEqual({(read(kind()), call(kind())) for _ in range(ROUNDS)}, {(value, result)})


class StaysPlain(unittest.TestCase):
    """Instructions that gave specialising up, and take it up again."""
    def test_operators(self):
        def add(a, b): return a + b
        def mul(a, b): return a * b
        def less(a, b): return a < b
        def item(a, b): return a[b]
        def both(a, b): return 1 if a == b else 2
        f = Fraction(1, 2)
        for a, b in [(f, f), (2, 3), (f, 2), (2.5, 1.5), (f, f), (2**70, 5)]:
            for _ in range(ROUNDS):
                self.assertEqual((add(a, b), mul(a, b), less(a, b), both(a, b)),
                                 (a.__class__.__add__(a, b), a.__class__.__mul__(a, b), a.__class__.__lt__(a, b), 1 if a is b else 2))
        for o in (b"ab", [97, 98], "ab", (1, 2), {1: 5}, bytearray(b"ab"), type("T", (), {"__getitem__": lambda s, k: k})()):
            self.assertEqual(len({item(o, 1) for _ in range(ROUNDS)}), 1)

    def test_operands_come_in_order(self):
        def f(a, b): return a - b
        def g(a): return a % 3
        self.assertEqual({f({1, 2}, {2}) == {1} for _ in range(ROUNDS)}, {True})
        self.assertEqual({f(5, 3) for _ in range(ROUNDS)}, {2})
        self.assertEqual({f(5.0, 3) for _ in range(ROUNDS)}, {2.0})
        self.assertEqual({g("%d") for _ in range(ROUNDS)}, {"3"})
        self.assertEqual({g(7) for _ in range(ROUNDS)}, {1})
        with self.assertRaises(UnboundLocalError):
            def unbound(a):
                if a:
                    b = {1}
                return b - {2}
            for i in range(ROUNDS, -1, -1):
                unbound(i)

    def test_calls(self):
        def call(f): return f()
        def method(o): return o.f()

        class C:
            def __init__(self, f): self.f = f
            def bound(self): return 1
        makers = [C(0).bound, int, lambda: 2, [].copy, C(0).bound, lambda: 3, dict]
        for f in makers:
            self.assertEqual({repr(call(f)) for _ in range(ROUNDS)}, {repr(f())})
            self.assertEqual({repr(method(C(f))) for _ in range(ROUNDS)}, {repr(f())})

    def test_unpack_and_delegate(self):
        def two(v):
            a, b = v
            return b, a

        def three(v):
            a, b, c = v
            return c, b, a

        def delegate(it):
            return (yield from it)
        for v in ([1, 2], (1, 2), "12", (1, 2), [1, 2]):
            self.assertEqual({two(v) for _ in range(ROUNDS)}, {(v[1], v[0])})
            self.assertEqual({three((*v, 3)) for _ in range(ROUNDS)}, {(3, v[1], v[0])})
        for v in ([1, 2], (i for i in (1, 2)), [1, 2]):
            v = list(v)
            for _ in range(ROUNDS):
                self.assertEqual(list(delegate(v)), [1, 2])
                self.assertEqual(list(delegate(i for i in v)), [1, 2])

    def test_not(self):
        before = sys.getrefcount(True), sys.getrefcount(False)
        for _ in range(1000):
            not True
            not None
            not False
            not (0,)
        after = sys.getrefcount(True), sys.getrefcount(False)
        self.assertLess(abs(after[0] - before[0]) + abs(after[1] - before[1]), 50)


if __name__ == "__main__":
    unittest.main()
