# SPDX-License-Identifier: MIT
"""enum."""

import pickle
import unittest
from enum import Enum, Flag, IntEnum, IntFlag, auto, unique


class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


class Bits(IntFlag):
    A = 1
    B = 2


class Enums(unittest.TestCase):
    def test_members(self):
        self.assertEqual(list(Color), [Color.RED, Color.GREEN])
        self.assertIs(Color.CRIMSON, Color.RED)
        self.assertIs(Color(2), Color['GREEN'])
        self.assertEqual((repr(Color.RED), str(Color.RED), Color.RED.name, Color.RED.value),
                         ('<Color.RED: 1>', 'Color.RED', 'RED', 1))
        self.assertEqual(list(Color.__members__), ['RED', 'GREEN', 'CRIMSON'])
        self.assertIs(pickle.loads(pickle.dumps(Color.GREEN)), Color.GREEN)

    def test_lookups_fail(self):
        with self.assertRaisesRegex(ValueError, '^3 is not a valid Color$'):
            Color(3)
        with self.assertRaisesRegex(AttributeError, 'Cannot reassign members.'):
            Color.RED = 3
        with self.assertRaisesRegex(TypeError, "cannot extend enumeration 'Color'"):
            type(Color)('More', (Color,), type(Color).__prepare__('More', (Color,)))
        with self.assertRaises(TypeError):
            1 in Color

    def test_class_body(self):
        with self.assertRaisesRegex(TypeError, "Attempted to reuse key: 'A'"):
            class Twice(Enum):
                A = 1
                A = 2
        with self.assertRaisesRegex(ValueError, r"duplicate values found in <enum 'E'>: B -> A"):
            @unique
            class E(Enum):
                A = B = 1

        class Methods(Enum):
            _ignore_ = 'x'
            A = 1, 'one'
            x = 5

            def __init__(self, number, text):
                self.text = text
        self.assertEqual((Methods.A.text, hasattr(Methods, 'x')), ('one', False))

    def test_functional(self):
        Animal = Enum('Animal', 'ANT BEE', module=__name__, start=5)
        self.assertEqual([(a.name, a.value) for a in Animal], [('ANT', 5), ('BEE', 6)])
        self.assertEqual(Animal.__module__, __name__)

    def test_mixed_in(self):
        class N(IntEnum):
            ONE = 1
        self.assertEqual((N.ONE + 1, '%d' % N.ONE, format(N.ONE, '03'), [10, 20][N.ONE]), (2, '1', '001', 20))

        class S(str, Enum):
            A = 'a'
        self.assertEqual((S.A.upper(), str(S.A), '{:>3}'.format(S.A)), ('A', 'S.A', '  a'))

    def test_missing(self):
        class E(Enum):
            A = 'a'

            @classmethod
            def _missing_(cls, value):
                return cls.A if value == 'x' else 3
        self.assertIs(E('x'), E.A)
        with self.assertRaisesRegex(TypeError, 'returned 3 instead of None or a valid member'):
            E('y')


class Flags(unittest.TestCase):
    def test_combinations(self):
        self.assertEqual(str(Perm.R | Perm.X), 'Perm.X|R')
        self.assertIs(Perm.R | Perm.W, Perm.RW)
        self.assertEqual((~Perm.RW, Perm.RW & Perm.R, Perm.RW ^ Perm.R), (Perm.X, Perm.R, Perm.W))
        self.assertTrue(Perm.R in Perm.RW and not Perm(0))
        self.assertEqual(repr(Perm(0)), '<Perm.0: 0>')
        with self.assertRaisesRegex(ValueError, '8 is not a valid Perm'):
            Perm(8)

    def test_int_flags(self):
        self.assertEqual(repr(Bits.A | 12), '<Bits.8|4|A: 13>')
        self.assertEqual((Bits.A | Bits.B, ~Bits.A, Bits(5) & 1), (3, -2, 1))
        self.assertEqual(str(~Bits.A), 'Bits.B')


if __name__ == '__main__':
    unittest.main()
