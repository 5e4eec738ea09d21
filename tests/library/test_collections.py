# SPDX-License-Identifier: MIT
"""collections, with the native OrderedDict and that in Python; heapq and bisect; keyword."""

import bisect
import collections
import copy
import heapq
import keyword
import pickle
import sys
import unittest
from collections import ChainMap, Counter, UserDict, UserList, UserString, namedtuple

Point = namedtuple('Point', 'x y', defaults=[5])


def without_native():
    kept = {key: sys.modules.pop(key, None) for key in ('collections', '_collections')}
    sys.modules['_collections'] = None
    try:
        import collections
        return collections
    finally:
        sys.modules.update(kept)


class NamedTuple(unittest.TestCase):
    def test_fields(self):
        p = Point(1)
        self.assertEqual((p.x, p.y, p[1], p), (1, 5, 5, (1, 5)))
        self.assertEqual(repr(p), 'Point(x=1, y=5)')
        self.assertEqual((Point._fields, Point._field_defaults), (('x', 'y'), {'y': 5}))
        self.assertEqual(p._replace(x=9)._asdict(), {'x': 9, 'y': 5})
        self.assertEqual(pickle.loads(pickle.dumps(p)), p)

    def test_errors(self):
        for args, message in ((('T', 'a class'), "keyword: 'class'"), (('T', 'a a'), "duplicate field name: 'a'"),
                              (('T', '_a'), "underscore: '_a'"), (('9', 'a'), "identifiers: '9'")):
            with self.assertRaisesRegex(ValueError, message):
                namedtuple(*args)
        with self.assertRaisesRegex(ValueError, r"Got unexpected field names: \['z'\]"):
            Point(1)._replace(z=1)
        with self.assertRaisesRegex(TypeError, 'Expected 2 arguments, got 1'):
            Point._make([1])

    def test_rename(self):
        self.assertEqual(namedtuple('T', 'a for a _b', rename=True)._fields, ('a', '_1', '_2', '_3'))


class Counters(unittest.TestCase):
    def test_counts(self):
        c = Counter('abracadabra')
        self.assertEqual((c['a'], c['z'], c.most_common(2)), (5, 0, [('a', 5), ('b', 2)]))
        self.assertEqual(repr(Counter(a=1, b=2)), "Counter({'b': 2, 'a': 1})")

    def test_operators(self):
        c, d = Counter(a=3, b=1), Counter(a=1, b=2)
        self.assertEqual([c + d, c - d, c & d, c | d, +Counter(a=-1), -Counter(a=-1)],
                         [Counter(a=4, b=3), Counter(a=2), Counter(a=1, b=1), Counter(a=3, b=2), Counter(),
                          Counter(a=1)])
        c -= d
        self.assertEqual(c, {'a': 2})
        with self.assertRaisesRegex(NotImplementedError, 'Counter.fromkeys'):
            Counter.fromkeys('ab')


class Ordered:
    def test_moves(self):
        d = self.cls.fromkeys('abc')
        d.move_to_end('a')
        d.move_to_end('c', last=False)
        self.assertEqual(''.join(d), 'cba')
        self.assertEqual((d.popitem(), d.popitem(last=False)), (('a', None), ('c', None)))
        with self.assertRaises(KeyError):
            d.move_to_end('x')

    def test_equality(self):
        a, b = self.cls([(1, 2), (3, 4)]), self.cls([(3, 4), (1, 2)])
        self.assertNotEqual(a, b)
        self.assertEqual(a, dict(b))
        self.assertEqual(list(reversed(a.items())), [(3, 4), (1, 2)])

    def test_repr_and_copy(self):
        d = self.cls(a=1)
        d['d'] = d
        self.assertEqual(repr(d), "OrderedDict([('a', 1), ('d', ...)])")
        self.assertEqual(copy.copy(self.cls(a=1)), self.cls(a=1))


class NativeOrdered(Ordered, unittest.TestCase):
    cls = collections.OrderedDict


class PythonOrdered(Ordered, unittest.TestCase):
    cls = without_native().OrderedDict


class Others(unittest.TestCase):
    def test_chain_map(self):
        m = ChainMap({'a': 1}, {'a': 2, 'b': 3})
        self.assertEqual((m['a'], dict(m), len(m), list(m)), (1, {'a': 1, 'b': 3}, 2, ['a', 'b']))
        m['b'] = 9
        self.assertEqual((m.maps[0], m.parents['b'], m.new_child()['b']), ({'a': 1, 'b': 9}, 3, 9))
        with self.assertRaisesRegex(KeyError, 'Key not found in the first mapping'):
            del m.parents['x']

    def test_user_classes(self):
        class D(UserDict):
            def __missing__(self, key):
                return 'missing'
        d = D({'a': 1}, b=2)
        self.assertEqual((d['x'], d.get('y'), 'x' in d, len(d.copy())), ('missing', 'missing', False, 2))
        self.assertEqual(UserList([1]) + (2,), UserList([1, 2]))
        self.assertIsInstance(UserList('abc')[1:], UserList)
        self.assertEqual(UserString('ab') + 'c', 'abc')
        self.assertEqual('%s!' % UserString('x'), 'x!')

    def test_abstract_classes_warn(self):
        with self.assertWarnsRegex(DeprecationWarning, 'deprecated since Python 3.3, and in 3.10'):
            collections.__getattr__('Mapping')

    def test_heapq(self):
        self.assertEqual(heapq.nsmallest(2, 'hello', key=ord), ['e', 'h'])
        self.assertEqual(heapq.nlargest(3, [1, 5, 2, 5]), [5, 5, 2])
        self.assertEqual(list(heapq.merge([3, 1], [4, 2], reverse=True)), [4, 3, 2, 1])
        heap = [5, 1, 4]
        heapq.heapify(heap)
        self.assertEqual((heapq.heappushpop(heap, 0), heapq.heappop(heap), heap), (0, 1, [4, 5]))

    def test_bisect(self):
        self.assertEqual((bisect.bisect([1, 2, 2, 3], 2), bisect.bisect_left([1, 2, 2, 3], 2)), (3, 1))
        with self.assertRaisesRegex(ValueError, 'lo must be non-negative'):
            bisect.insort([], 1, -1)

    def test_keyword(self):
        self.assertTrue(keyword.iskeyword('async') and not keyword.iskeyword('print'))
        self.assertEqual(len(keyword.kwlist), 35)


if __name__ == '__main__':
    unittest.main()
