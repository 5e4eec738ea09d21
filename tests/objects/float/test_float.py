# SPDX-License-Identifier: MIT
"""float: shortest text, exact rounding, formats, comparisons with ints, hex, arithmetic at the edges."""
import math
import unittest


class Text(unittest.TestCase):
    def test_shortest(self):
        for text in ('0.0', '-0.0', '1.0', '0.1', '1e+16', '1e-05', '0.0001', '1234567890123456.0', '1.2345678901234568e+16', '5e-324',
                     '2.2250738585072014e-308', '1.7976931348623157e+308', '5.684341886080802e-14', '9007199254740993.0'.replace('3', '2'),
                     '1e+23', '9.5367431640625e-07', '3.141592653589793', '2e-323', '4.35', '1e+22', '123456789.12345679'):
            self.assertEqual(repr(float(text)), text)

    def test_powers_round_trip(self):
        for e in range(-1074, 1024):
            x = math.ldexp(1.0, e)
            for y in (x, x * 1.5, -x):
                self.assertEqual(float(repr(y)), y)

    def test_reading_rounds_to_even(self):
        for text, value in (('9007199254740993', 9007199254740992.0), ('9007199254740993.' + '0' * 400 + '1', 9007199254740994.0),
                            ('1' + '0' * 400 + 'e-400', 1.0), ('2.4703282292062327e-324', 0.0), ('2.4703282292062328e-324', 5e-324),
                            ('0.' + '0' * 330 + '1e331', 1.0), ('1.7976931348623158e308', 1.7976931348623157e308),
                            ('1.7976931348623159e308', math.inf), ('1e-400', 0.0), ('1e99999999999999999999', math.inf),
                            ('6929495644600919.5', 6929495644600920.0), ('3.7455744005952583e15', 3745574400595258.5)):
            self.assertEqual(float(text), value)

    def test_accepted_and_refused(self):
        for text, value in ((' 1_0.5_0 ', 10.5), ('.5', 0.5), ('5.', 5.0), ('+1e2', 100.0), ('InFiNiTy', math.inf), ('-iNf', -math.inf),
                            ('\u0661.5', 1.5), (b'2.5', 2.5), (bytearray(b'1e1'), 10.0)):
            self.assertEqual(float(text), value)
        for text in ('', '.', 'e5', '1e', '1e+', '1__0', '_1', '1_', '1._5', 'infi', '0x10', '1 2', '1\0', b'x'):
            with self.assertRaises(ValueError) as caught:
                float(text)
            self.assertEqual(str(caught.exception), 'could not convert string to float: %r' % (text,))

    def test_percent(self):
        for spec, value, text in (('%.0f', 0.5, '0'), ('%.0f', 1.5, '2'), ('%.2f', 2.675, '2.67'), ('%.1f', 0.25, '0.2'), ('%.0f', -0.4, '-0'),
                                  ('%.3e', 123456.0, '1.235e+05'), ('%.10g', 1e10, '1e+10'), ('%#.3g', 1.0, '1.00'), ('%g', 1e-5, '1e-05'),
                                  ('%.20f', 0.1, '0.10000000000000000555'), ('%.3f', 1e22, '10000000000000000000000.000'),
                                  ('%.6g', 1488505.0, '1.48850e+06'), ('%08.2f', -3.14159, '-0003.14'), ('%e', 0.0, '0.000000e+00')):
            self.assertEqual(spec % value, text)

    def test_digits_are_exact(self):
        self.assertEqual('%.60f' % 2 ** -40, '0.000000000000909494701772928237915039062500000000000000000000'[:62])
        self.assertEqual(len('%.1100f' % 5e-324), 1102)
        self.assertTrue(('%.1074f' % 5e-324).endswith('625'))
        self.assertEqual('%.0f' % 1e300, str(int(1e300)))


class Rounding(unittest.TestCase):
    def test_round(self):
        for args, value in (((2.675, 2), 2.67), ((0.5,), 0), ((1.5,), 2), ((2.5,), 2), ((-0.5,), 0), ((1e16 + 2,), 10000000000000002),
                            ((123.456, -1), 120.0), ((5e15 + 0.5, 0), 5e15), ((1.005, 2), 1.0), ((25.0, -1), 20.0), ((1e308, -308), 1e308),
                            ((5.5, 400), 5.5), ((5.5, -400), 0.0), ((562949953421312.5, 1), 562949953421312.5)):
            self.assertEqual(round(*args), value)
        self.assertEqual(str(round(-0.04, 1)), '-0.0')
        self.assertIs(type(round(1.2, None)), int)
        self.assertRaises(OverflowError, round, math.inf)
        self.assertRaises(ValueError, round, math.nan)
        with self.assertRaisesRegex(OverflowError, 'rounded value too large to represent'):
            round(1.7e308, -308)


class Arithmetic(unittest.TestCase):
    def test_mod_and_floor(self):
        self.assertEqual([str(x) for x in (5.5 % -2, -5.5 % 2, -0.0 % 3, 0.0 % -3, 1e-20 % -1, -1e-20 % 1.0)],
                         ['-0.5', '0.5', '0.0', '-0.0', '-1.0', '1.0'])
        self.assertEqual([str(x) for x in (7.0 // -2, -7.0 // 2, 0.0 // -1, 1.0 // 0.1)], ['-4.0', '-4.0', '-0.0', '9.0'])
        self.assertEqual(divmod(-7.5, 2), (-4.0, 0.5))

    def test_messages(self):
        for f, kind, text in ((lambda: 1.0 / 0, ZeroDivisionError, 'float division by zero'), (lambda: 1.0 % 0, ZeroDivisionError, 'float modulo'),
                              (lambda: 1.0 // 0, ZeroDivisionError, 'float divmod()'),
                              (lambda: 0.0 ** -1, ZeroDivisionError, '0.0 cannot be raised to a negative power'),
                              (lambda: pow(2.0, 1, 3), TypeError, 'pow() 3rd argument not allowed unless all arguments are integers'),
                              (lambda: 1.0 + 10 ** 400, OverflowError, 'int too large to convert to float'),
                              (lambda: int(math.inf), OverflowError, 'cannot convert float infinity to integer'),
                              (lambda: int(math.nan), ValueError, 'cannot convert float NaN to integer'),
                              (lambda: float([]), TypeError, "float() argument must be a string or a number, not 'list'")):
            with self.assertRaises(kind) as caught:
                f()
            self.assertEqual(str(caught.exception), text)
        with self.assertRaises(OverflowError) as caught:
            2.0 ** 10000
        self.assertEqual(caught.exception.args, (34, 'Numerical result out of range'))

    def test_powers(self):
        self.assertEqual((math.nan ** 0, 1.0 ** math.nan, (-1.0) ** math.inf, math.inf ** -1, (-8.0) ** 3), (1.0, 1.0, 1.0, 0.0, -512.0))
        z = (-8.0) ** (1 / 3)
        self.assertIs(type(z), complex)
        self.assertAlmostEqual(z, 1 + 3 ** 0.5 * 1j)

    def test_compare_with_ints_is_exact(self):
        big = 2 ** 53
        self.assertTrue(float(big) < big + 1)
        self.assertTrue(float(big) == big)
        self.assertTrue(1e308 < 10 ** 400 and -1e308 > -10 ** 400 and math.inf > 10 ** 400)
        self.assertTrue(0.5 > 0 and -0.5 < 0 and 2.0 ** 64 == 2 ** 64 and 2.0 ** 64 != 2 ** 64 + 1)
        self.assertFalse(math.nan == 5 or math.nan < 10 ** 400 or math.nan > 10 ** 400)
        self.assertTrue(1e16 + 2 > 10 ** 16 + 1)

    def test_hash_agrees_with_int(self):
        for n in (0, 1, -1, 2 ** 53, -2 ** 60, 2 ** 61, 2 ** 100, 2 ** 1000):
            self.assertEqual(hash(float(n)), hash(n))
        self.assertEqual((hash(math.inf), hash(-math.inf), hash(0.5)), (314159, -314159, 1 << 60))


class Exact(unittest.TestCase):
    def test_ratio(self):
        self.assertEqual([x.as_integer_ratio() for x in (0.0, -0.25, 1e300, 0.1)],
                         [(0, 1), (-1, 4), (int(1e300), 1), (3602879701896397, 36028797018963968)])
        self.assertRaises(OverflowError, math.inf.as_integer_ratio)
        self.assertRaises(ValueError, math.nan.as_integer_ratio)

    def test_hex(self):
        for x, text in ((0.0, '0x0.0p+0'), (-0.0, '-0x0.0p+0'), (1.0, '0x1.0000000000000p+0'), (5e-324, '0x0.0000000000001p-1022'), (math.inf, 'inf')):
            self.assertEqual(x.hex(), text)
            self.assertEqual(float.fromhex(text).hex(), text)
        for text, value in (('0x.8', 0.5), ('1.8p1', 3.0), ('  -0X1P-1 ', -0.5), ('0x1.00000000000008p0', 1.0), ('0x1.00000000000018p0', 1.0000000000000004),
                            ('0x1p-1075', 0.0), ('0x1.8p-1075', 5e-324), ('nan', math.nan), ('0x' + '1' * 400 + 'p-1600', float.fromhex('0x0.1' + '1' * 30))):
            self.assertEqual(repr(float.fromhex(text)), repr(value))
        for text in ('', '0x', 'p1', '0x1p', '0x1.0.0', '1x', 'infinit'):
            with self.assertRaisesRegex(ValueError, 'invalid hexadecimal floating-point string'):
                float.fromhex(text)
        with self.assertRaisesRegex(OverflowError, 'hexadecimal value too large to represent as a float'):
            float.fromhex('0x1p1024')


if __name__ == '__main__':
    unittest.main()
