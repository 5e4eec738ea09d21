# SPDX-License-Identifier: MIT
"""fractions.Fraction: making, reckoning, comparing, writing."""
import copy
import decimal
import math
import numbers
import operator
import pickle
import re
import unittest
from decimal import Decimal
from fractions import Fraction as F


class Making(unittest.TestCase):
    def test_arguments(self):
        for made, pair in ((F(), (0, 1)), (F(6, -4), (-3, 2)), (F(F(1, 2), F(3, 4)), (2, 3)), (F(0.5), (1, 2)), (F(Decimal('1.25')), (5, 4)),
                           (F(' -3/6\n'), (-1, 2)), (F('1.5e2'), (150, 1)), (F('.25'), (1, 4)), (F('7.'), (7, 1)), (F(True), (1, 1))):
            self.assertEqual((made.numerator, made.denominator), pair)

    def test_errors(self):
        for wrong in '', 'x', '1/', '/2', '1/-2', '1 /2', '1.5/2', '1e', '++1', '3a2':
            with self.subTest(wrong), self.assertRaisesRegex(ValueError, re.escape('Invalid literal for Fraction: %r' % wrong)):
                F(wrong)
        with self.assertRaisesRegex(ZeroDivisionError, r'Fraction\(1, 0\)'):
            F(1, 0)
        self.assertRaises(TypeError, F, 1.5, 2)
        self.assertRaises(TypeError, F, None)
        self.assertRaises(OverflowError, F, float('inf'))
        self.assertRaises(ValueError, F, float('nan'))

    def test_from(self):
        self.assertEqual(F.from_float(0.1), F(3602879701896397, 36028797018963968))
        self.assertEqual(F.from_decimal(Decimal('0.1')), F(1, 10))
        self.assertRaises(TypeError, F.from_float, '1')
        self.assertRaises(TypeError, F.from_decimal, 1.5)
        self.assertEqual(F(math.pi).limit_denominator(1000), F(355, 113))
        self.assertEqual(F(5, 3).limit_denominator(), F(5, 3))
        self.assertRaises(ValueError, F(1).limit_denominator, 0)
        self.assertEqual(F(-3, 4).as_integer_ratio(), (-3, 4))

    def test_new_attributes_are_refused(self):
        with self.assertRaises(AttributeError):
            F(1).numerator = 2
        with self.assertRaises(AttributeError):
            F(1).other = 2


class Reckoning(unittest.TestCase):
    def test_operators(self):
        a, b = F(1, 2), F(-2, 3)
        for operation, expected in ((operator.add, F(-1, 6)), (operator.sub, F(7, 6)), (operator.mul, F(-1, 3)), (operator.truediv, F(-3, 4)),
                                    (operator.floordiv, -1), (operator.mod, F(-1, 6)), (divmod, (-1, F(-1, 6)))):
            with self.subTest(operation):
                self.assertEqual(operation(a, b), expected)
        self.assertEqual([-a, +b, abs(b)], [F(-1, 2), b, F(2, 3)])

    def test_with_other_numbers(self):
        self.assertEqual([1 + F(1, 2), F(1, 2) - 1, 3 * F(1, 6), 1 / F(2), 7 // F(2), 7 % F(2)], [F(3, 2), F(-1, 2), F(1, 2), F(1, 2), 3, 1])
        self.assertEqual([type(F(1, 2) + 0.5), type(1j * F(1, 2)), type(F(1, 2) ** 2)], [float, complex, F])
        self.assertRaises(TypeError, operator.add, F(1), Decimal(1))
        self.assertRaises(ZeroDivisionError, operator.truediv, F(1), 0)
        self.assertRaises(ZeroDivisionError, operator.mod, F(1), F(0))

    def test_powers(self):
        self.assertEqual([F(2, 3) ** 3, F(2, 3) ** -2, F(-2) ** -3, F(2, 3) ** 0, 2 ** F(3)], [F(8, 27), F(9, 4), F(-1, 8), 1, 8])
        self.assertEqual(F(4) ** F(1, 2), 2.0)
        self.assertAlmostEqual((F(-4) ** F(1, 2)).imag, 2)
        self.assertEqual(4.0 ** F(1, 2), 2.0)
        self.assertRaises(ZeroDivisionError, operator.pow, F(0), -1)

    def test_rounding(self):
        self.assertEqual([round(F(n, 2)) for n in (-5, -3, -1, 1, 3, 5)], [-2, -2, 0, 0, 2, 2])
        self.assertEqual([math.floor(F(-7, 2)), math.ceil(F(-7, 2)), math.trunc(F(-7, 2)), int(F(7, 2))], [-4, -3, -3, 3])
        self.assertEqual([round(F(-15, 100), 1), round(F(25, 1), -1), type(round(F(1), 0))], [F(-1, 5), F(20), F])
        self.assertEqual([float(F(1, 3)), bool(F(0)), complex(F(1, 2))], [1 / 3, False, 0.5 + 0j])


class Comparing(unittest.TestCase):
    def test_equality_and_hash(self):
        self.assertTrue(F(1, 2) == 0.5 == F(2, 4) and F(3) == 3 and F(1, 2) == 0.5 + 0j and F(1, 3) != 1 / 3)
        for value in F(3), F(1, 2), F(-7, 5), F(1, 2 ** 61 - 1), F(10 ** 50, 3):
            if value.denominator in (1, 2):
                self.assertEqual(hash(value), hash(float(value)))
            self.assertEqual(hash(value), hash(F(str(value))))
        self.assertEqual(hash(F(1, 2 ** 61 - 1)), 314159)

    def test_order(self):
        self.assertTrue(F(1, 3) < F(1, 2) < 0.75 < 1 <= F(1) and F(5, 2) > 2 and F(1) >= F(1))
        self.assertTrue(F(1) < float('inf') and not F(1) < float('nan'))
        self.assertRaises(TypeError, operator.lt, F(1), 'a')
        self.assertRaises(TypeError, operator.lt, F(1), 1j)
        self.assertIsInstance(F(1), numbers.Rational)

    def test_text_and_copies(self):
        self.assertEqual((str(F(3)), str(F(-3, 4)), repr(F(-3, 4))), ('3', '-3/4', 'Fraction(-3, 4)'))
        value = F(1, 3)
        self.assertEqual(pickle.loads(pickle.dumps(value)), value)
        self.assertIs(copy.copy(value), value)
        self.assertIs(copy.deepcopy(value), value)

        class Own(F):
            pass
        self.assertIs(type(copy.copy(Own(1, 2))), Own)
        self.assertIs(type(Own(1) + 1), F)
        with decimal.localcontext():
            self.assertRaises(TypeError, lambda: F(1, 2) * Decimal(2))


if __name__ == '__main__':
    unittest.main()
