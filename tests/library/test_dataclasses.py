# SPDX-License-Identifier: MIT
"""dataclasses: what is made of annotated fields."""
import copy
import dataclasses
import operator
import pickle
import typing
import unittest
from dataclasses import FrozenInstanceError, InitVar, dataclass, field, fields


@dataclass(order=True)
class Point:
    x: int
    y: int = 0


class Making(unittest.TestCase):
    def test_init_repr_eq_order(self):
        self.assertEqual(repr(Point(1)), 'Point(x=1, y=0)')
        self.assertEqual(Point(1, 2), Point(y=2, x=1))
        self.assertNotEqual(Point(1), (1, 0))
        self.assertTrue(Point(1, 2) < Point(2) and Point(1) <= Point(1) and Point(2) > Point(1, 5) and Point(3) >= Point(3))
        self.assertIs(Point(1).__lt__((1, 0)), NotImplemented)
        self.assertIsNone(Point.__hash__)
        self.assertEqual(Point.__doc__, 'Point(x: int, y: int = 0)')

    def test_defaults(self):
        @dataclass
        class C:
            items: list = field(default_factory=list)
            hidden: int = field(default=1, repr=False, compare=False)
            later: int = field(init=False, default=7)
        one, other = C(), C([], 2)
        self.assertIsNot(one.items, other.items)
        self.assertEqual(one, other)
        self.assertEqual(repr(other), '%s(items=[], later=7)' % C.__qualname__)
        self.assertRaises(TypeError, C, later=1)
        self.assertFalse(hasattr(C, 'items'))
        with self.assertRaisesRegex(ValueError, "mutable default <class 'list'> for field a is not allowed: use default_factory"):
            dataclasses.make_dataclass('D', [('a', list, [])])
        with self.assertRaisesRegex(ValueError, 'cannot specify both default and default_factory'):
            field(default=1, default_factory=int)
        with self.assertRaisesRegex(TypeError, "non-default argument 'b' follows default argument"):
            dataclasses.make_dataclass('D', [('a', int, 1), 'b'])

    def test_inheritance(self):
        @dataclass
        class Derived(Point):
            z: int = 5
            x: float = 1.5
        self.assertEqual([each.name for each in fields(Derived)], ['x', 'y', 'z'])
        self.assertEqual(Derived(), Derived(1.5, 0, 5))

    def test_frozen(self):
        @dataclass(frozen=True)
        class C:
            a: int
        c = C(1)
        with self.assertRaisesRegex(FrozenInstanceError, "cannot assign to field 'a'"):
            c.a = 2
        with self.assertRaisesRegex(FrozenInstanceError, "cannot delete field 'a'"):
            del c.a
        self.assertEqual(hash(c), hash(C(1)))
        with self.assertRaisesRegex(TypeError, 'cannot inherit non-frozen dataclass from a frozen one'):
            dataclass(type('D', (C,), {}))
        with self.assertRaisesRegex(TypeError, 'cannot inherit frozen dataclass from a non-frozen one'):
            dataclass(frozen=True)(type('D', (Point,), {}))

    def test_init_variables(self):
        @dataclass
        class C:
            a: int
            factor: InitVar[int]
            count: typing.ClassVar[int] = 3
            product: int = field(init=False)

            def __post_init__(self, factor):
                self.product = self.a * factor
        self.assertEqual(C(2, 5).product, 10)
        self.assertEqual([each.name for each in fields(C)], ['a', 'product'])
        with self.assertRaisesRegex(ValueError, "InitVar 'factor' must be specified with replace()"):
            dataclasses.replace(C(2, 5), a=3)

    def test_given_methods_stay(self):
        @dataclass
        class C:
            a: int

            def __repr__(self):
                return 'own'

            def __eq__(self, other):
                return True
        self.assertEqual((repr(C(1)), C(1) == 5), ('own', True))
        with self.assertRaisesRegex(TypeError, 'Cannot overwrite attribute __lt__ in class'):
            dataclass(order=True)(type('D', (), {'__lt__': None}))
        with self.assertRaisesRegex(ValueError, 'eq must be true if order is true'):
            dataclass(eq=False, order=True)(type('D', (), {}))

    def test_hash(self):
        for options, expected in (({}, None), ({'eq': False}, object.__hash__), ({'unsafe_hash': True}, 'own'), ({'frozen': True}, 'own')):
            made = dataclass(**options)(type('D', (), {'__annotations__': {'a': int}}))
            with self.subTest(options):
                if expected == 'own':
                    self.assertEqual(hash(made(5)), hash((5,)))
                else:
                    self.assertIs(made.__hash__, expected)

    def test_text_annotations(self):
        made = dataclass(type('D', (), {'__annotations__': {'a': 'typing.ClassVar[int]', 'b': 'int'}, '__module__': __name__}))
        self.assertEqual([each.name for each in fields(made)], ['b'])


class Using(unittest.TestCase):
    def test_fields(self):
        one, two = fields(Point)
        self.assertEqual((one.name, one.type, one.default is dataclasses.MISSING, two.default), ('x', int, True, 0))
        self.assertEqual(fields(Point(1)), (one, two))
        self.assertRaises(TypeError, fields, 5)
        self.assertTrue(dataclasses.is_dataclass(Point) and dataclasses.is_dataclass(Point(1)) and not dataclasses.is_dataclass(5))
        self.assertEqual(field(metadata={'a': 1}).metadata['a'], 1)
        self.assertRaises(TypeError, operator.setitem, fields(Point)[0].metadata, 'a', 1)

    def test_as_containers(self):
        value = dataclasses.make_dataclass('C', ['p', ('l', list), ('d', dict)])(Point(1), [Point(2)], {'k': (Point(3), 4)})
        self.assertEqual(dataclasses.asdict(value), {'p': {'x': 1, 'y': 0}, 'l': [{'x': 2, 'y': 0}], 'd': {'k': ({'x': 3, 'y': 0}, 4)}})
        self.assertEqual(dataclasses.astuple(value), ((1, 0), [(2, 0)], {'k': ((3, 0), 4)}))
        self.assertEqual(dataclasses.asdict(Point(1), dict_factory=list), [('x', 1), ('y', 0)])
        self.assertRaises(TypeError, dataclasses.asdict, Point)

    def test_replace(self):
        self.assertEqual(dataclasses.replace(Point(1, 2), y=5), Point(1, 5))
        self.assertRaises(TypeError, dataclasses.replace, Point(1), z=1)

    def test_make(self):
        C = dataclasses.make_dataclass('C', [('b', int, 1), ('c', int, field(default=3))], bases=(Point,), namespace={'m': lambda self: self.c})
        self.assertEqual(([each.name for each in fields(C)], C(1).m(), C.__module__), (['x', 'y', 'b', 'c'], 3, 'types'))
        self.assertEqual(fields(dataclasses.make_dataclass('C', ['a']))[0].type, 'typing.Any')
        for wrong in ['1a'], ['class'], ['a', 'a']:
            self.assertRaises(TypeError, dataclasses.make_dataclass, 'C', wrong)
        self.assertTrue(issubclass(C, Point))

    def test_copies(self):
        for copied in copy.copy(Point(1)), copy.deepcopy(Point(1)), pickle.loads(pickle.dumps(Point(1))):
            self.assertEqual(copied, Point(1))

    def test_repr_of_itself(self):
        C = dataclasses.make_dataclass('C', ['a'])
        c = C(1)
        c.a = c
        self.assertEqual(repr(c), 'C(a=...)')


if __name__ == '__main__':
    unittest.main()
