# SPDX-License-Identifier: MIT
"""_functools, _operator, _collections (defaultdict, counting), _queue, _csv, _abc, binascii.crc32: edges that CPython's tests leave out."""
import _abc
import _operator
import binascii
import pickle
import unittest
from _collections import _count_elements, defaultdict
from _csv import reader, writer, Error
from _functools import cmp_to_key, partial, reduce, _lru_cache_wrapper
from _queue import Empty, SimpleQueue


def record(*args, **kwds):
    return args, kwds


class Partial(unittest.TestCase):
    def test_merging(self):
        p = partial(record, 1, a=1, b=2)
        self.assertEqual(p(2, b=3, c=4), ((1, 2), {"a": 1, "b": 3, "c": 4}))
        self.assertEqual(partial(p, 5, a=9)(), ((1, 5), {"a": 9, "b": 2}))
        self.assertEqual(partial(record)(*range(30), **{str(i): i for i in range(30)}),
                         (tuple(range(30)), {str(i): i for i in range(30)}))
        self.assertEqual(p(*[], **{}), ((1,), {"a": 1, "b": 2}))

    def test_subclass(self):
        class P(partial):
            pass
        self.assertEqual(P(record, 1, x=2)(3), ((1, 3), {"x": 2}))
        self.assertRaises(TypeError, partial)
        self.assertRaisesRegex(TypeError, "the first argument must be callable", partial, 1)

    def test_replaced_while_called(self):
        def f(*args):
            p.__setstate__((record, (7,), {}, None))
            return args
        p = partial(f, 1)
        self.assertEqual((p(2), p(2)), ((1, 2), ((7, 2), {})))


class Cache(unittest.TestCase):
    def make(self, fn, maxsize, typed=False):
        return _lru_cache_wrapper(fn, maxsize, typed, lambda *counts: counts)

    def test_order_of_leaving(self):
        calls = []
        f = self.make(lambda x: calls.append(x) or x, 2)
        for x in (1, 2, 1, 3, 1, 2):
            f(x)
        self.assertEqual((calls, f.cache_info()), ([1, 2, 3, 2], (2, 4, 2, 2)))
        f.cache_clear()
        self.assertEqual(f.cache_info(), (0, 0, 2, 0))

    def test_keys(self):
        f = self.make(record, None)
        f(1), f(1.0), f((1,)), f(a=1), f("a"), f("a", 1)
        self.assertEqual(f.cache_info()[:2], (0, 6))
        g = self.make(record, None, True)
        g(1), g(1.0), g(a=1), g(a=1.0)
        self.assertEqual(g.cache_info()[:2], (0, 4))

    def test_function_calls_itself(self):
        f = self.make(lambda n: n if n < 2 else f(n - 1) + f(n - 2), 3)
        self.assertEqual(f(30), 832040)
        g = self.make(lambda n: g.cache_clear() or n, 1)
        self.assertEqual([g(1), g(2), g(1)], [1, 2, 1])

    def test_hash_that_calls(self):
        class K:
            def __hash__(self):
                f.cache_clear()
                return 1

            def __eq__(self, other):
                f.cache_clear()
                return self is other
        f = self.make(lambda k: 1, 2)
        for k in [K() for _ in range(20)] * 2:
            f(k)


class Reduce(unittest.TestCase):
    def test_reduce(self):
        self.assertEqual((reduce(lambda a, b: a * b, [1, 2, 3]), reduce(None, [], 5), reduce(None, [7])), (6, 5, 7))
        self.assertRaisesRegex(TypeError, "of empty sequence with no initial value", reduce, max, [])
        self.assertRaisesRegex(TypeError, r"reduce\(\) arg 2 must support iteration", reduce, max, 1)

    def test_cmp_to_key(self):
        key = cmp_to_key(lambda a, b: b - a)
        self.assertEqual(sorted([1, 3, 2], key=key), [3, 2, 1])
        self.assertRaisesRegex(TypeError, "other argument must be K instance", lambda: key(1) < 2)
        self.assertRaises(TypeError, hash, key(1))


class Operator(unittest.TestCase):
    def test_getters(self):
        class C:
            pass
        c = C()
        c.a = C()
        c.a.b = 5
        self.assertEqual((_operator.attrgetter("a.b")(c), _operator.attrgetter("a.b", "a")(c)), (5, (5, c.a)))
        self.assertEqual((_operator.itemgetter(1)("ab"), _operator.itemgetter(1, 0)([5, 6]), _operator.itemgetter(-1)((1, 2))), ("b", (6, 5), 2))
        self.assertEqual(_operator.methodcaller("split", "b", maxsplit=1)("abcbd"), ["a", "cbd"])
        for g in (_operator.itemgetter(1, "a"), _operator.attrgetter("x.y"), _operator.methodcaller("m", 1, k=2), _operator.methodcaller("m")):
            self.assertEqual(repr(pickle.loads(pickle.dumps(g))), repr(g))
        self.assertRaisesRegex(TypeError, "attribute name must be a string", _operator.attrgetter, 1)
        self.assertRaisesRegex(TypeError, "itemgetter expected 1 argument, got 2", _operator.itemgetter(1), 1, 2)

    def test_functions(self):
        self.assertEqual((_operator.add(1, 2), _operator.contains([1], 1), _operator.countOf([1, 1], 1), _operator.indexOf("ab", "b")), (3, True, 2, 1))
        self.assertRaisesRegex(TypeError, "add expected 2 arguments, got 1", _operator.add, 1)
        self.assertTrue(_operator._compare_digest("abc", "abc") and not _operator._compare_digest(b"abc", b"abd"))
        self.assertFalse(_operator._compare_digest(b"abc", b"ab"))
        self.assertRaises(TypeError, _operator._compare_digest, "\xe9", "a")


class Checksum(unittest.TestCase):
    def test_long_data_is_summed_as_short_data(self):
        # Long data goes another way than short; both must agree, whatever the length, the place and the start.
        data = bytes(i * i % 251 for i in range(700))
        for start in 0, 1, 0xFFFFFFFF, 0x12345678:
            for first in 0, 3:
                expected = start
                for n in range(first + 1, 700):
                    expected = binascii.crc32(data[n - 1:n], expected)
                    self.assertEqual(binascii.crc32(memoryview(data)[first:n], start), expected, (start, first, n))
        self.assertEqual(binascii.crc32(b'123456789' * 1000), 0x407589CF)


class Others(unittest.TestCase):
    def test_defaultdict(self):
        d = defaultdict(list, a=1)
        d["b"].append(2)
        self.assertEqual((repr(d), d.copy(), pickle.loads(pickle.dumps(d))), ("defaultdict(<class 'list'>, {'a': 1, 'b': [2]})", d, d))
        self.assertRaises(KeyError, lambda: defaultdict()[1])
        self.assertRaisesRegex(TypeError, "first argument must be callable or None", defaultdict, 1)

    def test_counting(self):
        class D(dict):
            def get(self, key, default):
                return 10
        d, e = {}, D()
        _count_elements(d, "abca")
        _count_elements(e, "aa")
        self.assertEqual((d, e), ({"a": 2, "b": 1, "c": 1}, {"a": 11}))

    def test_queue(self):
        q = SimpleQueue()
        for i in range(100):
            q.put(i)
        self.assertEqual(([q.get() for i in range(100)], q.empty(), q.qsize()), (list(range(100)), True, 0))
        self.assertRaises(Empty, q.get_nowait)
        self.assertRaises(Empty, q.get, timeout=0.01)
        self.assertRaisesRegex(ValueError, "'timeout' must be a non-negative number", q.get, timeout=-1)

    def test_csv(self):
        lines = []

        class File:
            write = lines.append
        rows = [["a", "b,c", 'd"e', "f\ng", "", "\u20ac;", " x"], [""], ["1", "2.5", ""]]
        w = writer(File())
        w.writerows(rows)
        self.assertEqual(list(reader("".join(lines).splitlines(True))), rows)
        self.assertEqual(list(reader(["a,'b''c', d", ",,"], quotechar="'", skipinitialspace=True)), [["a", "b'c", "d"], ["", "", ""]])
        self.assertEqual(list(reader(['1,"a",2'], quoting=2)), [[1.0, "a", 2.0]])
        self.assertRaisesRegex(Error, "line contains NUL", list, reader(["a\0b"]))
        self.assertRaisesRegex(Error, "unexpected end of data", list, reader(['"a'], strict=True))

    def test_abc(self):
        class Meta(type):
            __subclasscheck__ = lambda cls, sub: _abc._abc_subclasscheck(cls, sub)
            __instancecheck__ = lambda cls, obj: _abc._abc_instancecheck(cls, obj)
            __init__ = lambda cls, *args: _abc._abc_init(cls)

        class A(metaclass=Meta):
            pass

        class B:
            pass
        self.assertFalse(isinstance(B(), A))
        token = _abc.get_cache_token()
        _abc._abc_register(A, B)
        self.assertNotEqual(_abc.get_cache_token(), token)
        self.assertTrue(isinstance(B(), A) and issubclass(B, A))
        with self.assertRaisesRegex(TypeError, r"issubclass\(\) arg 1 must be a class"):
            issubclass(1, A)
        A._abc_impl = 1
        self.assertRaisesRegex(TypeError, "_abc_impl is set to a wrong type", issubclass, B, A)


if __name__ == "__main__":
    unittest.main()
