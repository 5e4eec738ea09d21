# SPDX-License-Identifier: MIT
"""int: arithmetic across the sizes where the code changes its method, text, conversions, messages."""
import operator
import sys
import unittest

EDGES = sorted({s * (1 << b) + d for b in (0, 8, 29, 30, 31, 59, 60, 61, 63, 64, 90, 120, 299, 300, 301, 640, 2000)
                for d in (-1, 0, 1) for s in (1, -1)} | {0, 10 ** 9, -10 ** 18, 10 ** 40, 256, 257, -5, -6})


class Arithmetic(unittest.TestCase):
    def test_add_sub_inverse(self):
        for a in EDGES:
            for b in EDGES:
                self.assertEqual(a + b - b, a)
                self.assertEqual(a - b + b, a)

    def test_mul_by_shifted_sums(self):
        def slow(a, b):
            total, n = 0, abs(b)
            while n:
                if n & 1:
                    total += a
                a += a
                n >>= 1
            return -total if b < 0 else total
        for a in EDGES[::3]:
            for b in EDGES[::5]:
                self.assertEqual(a * b, slow(a, b))

    def test_divmod_identity(self):
        for a in EDGES:
            for b in EDGES:
                if b:
                    q, r = divmod(a, b)
                    self.assertEqual(q * b + r, a)
                    self.assertTrue(0 <= r < b or b < r <= 0)
                    self.assertEqual((a // b, a % b), (q, r))

    def test_pow(self):
        for a in (0, 1, -1, 2, -2, 3, -7, 10, 2 ** 31, -2 ** 61, 3 ** 50):
            power = 1
            for e in range(12):
                self.assertEqual(a ** e, power)
                power *= a
        self.assertEqual((-2) ** 101, -(1 << 101))
        self.assertEqual(2 ** -2, 0.25)
        self.assertRaises(ZeroDivisionError, pow, 0, -1)

    def test_pow_modulus(self):
        for a in (0, 1, 5, -7, 10 ** 20, -3 ** 60):
            for m in (1, -1, 2, 7, -7, 10 ** 9 + 7, 2 ** 61, -(10 ** 30) - 57):
                for e in (0, 1, 2, 10):
                    self.assertEqual(pow(a, e, m), a ** e % m)
        self.assertEqual(pow(38, -1, 97), 23)
        self.assertEqual(pow(3, -2, 10 ** 20 + 39) * 9 % (10 ** 20 + 39), 1)
        with self.assertRaisesRegex(ValueError, 'base is not invertible for the given modulus'):
            pow(2, -1, 4)
        with self.assertRaisesRegex(ValueError, 'pow\\(\\) 3rd argument cannot be 0'):
            pow(2, 3, 0)

    def test_true_division_rounds_once(self):
        self.assertEqual((2 ** 1100 + 1) / 2 ** 1100, 1.0)
        self.assertEqual((2 ** 54 + 1) / 2 ** 54, 1.0)
        self.assertEqual((2 ** 53 * 3 + 2) / 3, 2.0 ** 53)
        self.assertEqual(10 ** 400 / 10 ** 399, 10.0)
        self.assertEqual(1 / 2 ** 1074, 5e-324)
        self.assertEqual(1 / 2 ** 1076, 0.0)
        self.assertEqual(3 / 2 ** 1075, 1e-323)
        self.assertEqual(str(0 / -3), '-0.0')
        with self.assertRaisesRegex(OverflowError, 'integer division result too large for a float'):
            2 ** 1024 / 1
        with self.assertRaisesRegex(ZeroDivisionError, '^division by zero$'):
            1 / 0
        with self.assertRaisesRegex(ZeroDivisionError, 'integer division or modulo by zero'):
            1 // 0

    def test_logic_is_twos_complement(self):
        width = 1 << 2100
        for a in EDGES[::2]:
            for b in EDGES[::3]:
                for op in (operator.and_, operator.or_, operator.xor):
                    r = op(a, b)
                    self.assertEqual(r % width, op(a % width, b % width))
                    self.assertEqual(~(~a), a)

    def test_shifts(self):
        for a in EDGES:
            for n in (0, 1, 29, 30, 31, 60, 61, 64, 200):
                self.assertEqual(a << n, a * 2 ** n)
                self.assertEqual(a >> n, a // 2 ** n)
        self.assertEqual((5 >> 10 ** 30, -5 >> 10 ** 30, 0 << 10 ** 30), (0, -1, 0))
        with self.assertRaisesRegex(ValueError, 'negative shift count'):
            1 << -1
        with self.assertRaisesRegex(OverflowError, 'too many digits in integer'):
            1 << 2 ** 70

    def test_compare_and_hash(self):
        for i, a in enumerate(EDGES):
            for j, b in enumerate(EDGES):
                self.assertEqual((a < b, a == b, a >= b), (i < j, i == j, i >= j))
        modulus = sys.hash_info.modulus
        for a in EDGES:
            h = abs(a) % modulus * (1 if a >= 0 else -1)
            self.assertEqual(hash(a), -2 if h == -1 else h)

    def test_round(self):
        self.assertEqual([round(n, -1) for n in (15, 25, -15, -25, 24, 26)], [20, 20, -20, -20, 20, 30])
        self.assertEqual(round(12345678901234567890123, -20), 12300000000000000000000)
        self.assertEqual((round(5, 3), round(5), round(5, -2)), (5, 5, 0))
        self.assertRaises(TypeError, round, 5, 1.0)


class Text(unittest.TestCase):
    def test_round_trip(self):
        for a in EDGES:
            self.assertEqual(int(str(a)), a)
            self.assertEqual(int(hex(a), 16), a)
            self.assertEqual(int(bin(a), 0), a)
            self.assertEqual(int(oct(a).replace('0o', ''), 8), a)

    def test_bases(self):
        for base in range(2, 37):
            n, digits = 3 ** 80, ''
            while n:
                n, d = divmod(n, base)
                digits = '0123456789abcdefghijklmnopqrstuvwxyz'[d] + digits
            self.assertEqual(int(digits, base), 3 ** 80)
            self.assertEqual(int(digits.upper(), base), 3 ** 80)

    def test_literals(self):
        self.assertEqual((int(' 1_000 '), int('-0x_ff', 16), int('0b1', 0), int('\u0664\u0662'), int(b'12'), int(bytearray(b'7'))),
                         (1000, -255, 1, 42, 12, 7))
        for text, base in (('', 10), ('-', 10), ('1__0', 10), ('_1', 10), ('1_', 10), ('0x', 16), ('010', 0), ('2', 2), ('1 2', 10), ('1\x00', 10)):
            with self.assertRaises(ValueError) as caught:
                int(text, base)
            self.assertEqual(str(caught.exception), 'invalid literal for int() with base %d: %r' % (base, text))
        self.assertEqual(int('0_0', 0), 0)

    def test_constructor_messages(self):
        for args, kwargs, text in (((5, 10), {}, "int() can't convert non-string with explicit base"),
                                   ((), {'base': 2}, 'int() missing string argument'),
                                   (([],), {}, "int() argument must be a string, a bytes-like object or a number, not 'list'")):
            with self.assertRaises(TypeError) as caught:
                int(*args, **kwargs)
            self.assertEqual(str(caught.exception), text)
        with self.assertRaisesRegex(ValueError, r'int\(\) base must be >= 2 and <= 36, or 0'):
            int('1', 1)

    def test_length_limit(self):
        with self.assertRaisesRegex(ValueError, 'Exceeds the limit \\(4300\\) for integer string conversion: value has 5000 digits'):
            int('1' * 5000)
        with self.assertRaisesRegex(ValueError, 'Exceeds the limit \\(4300\\) for integer string conversion; use'):
            str(10 ** 5000)
        self.assertEqual(int('1' * 4300) % 10, 1)
        self.assertEqual(len(hex(10 ** 5000)), 4155)
        old = sys.get_int_max_str_digits()
        try:
            sys.set_int_max_str_digits(0)
            self.assertEqual(int(str(7 ** 9000)), 7 ** 9000)
            sys.set_int_max_str_digits(640)
            self.assertRaises(ValueError, str, 10 ** 640)
            self.assertEqual(len(str(10 ** 639)), 640)
        finally:
            sys.set_int_max_str_digits(old)


class Bytes(unittest.TestCase):
    def test_round_trip(self):
        for a in EDGES:
            n = a.bit_length() // 8 + 1
            for order in ('little', 'big'):
                self.assertEqual(int.from_bytes(a.to_bytes(n, order, signed=True), order, signed=True), a)
                if a >= 0:
                    self.assertEqual(int.from_bytes(a.to_bytes(n + 3, order), order), a)

    def test_limits(self):
        self.assertEqual((-128).to_bytes(1, 'big', signed=True), b'\x80')
        self.assertRaises(OverflowError, (128).to_bytes, 1, 'big', signed=True)
        self.assertRaises(OverflowError, (-129).to_bytes, 1, 'big', signed=True)
        self.assertRaises(OverflowError, (256).to_bytes, 1, 'big')
        self.assertRaises(OverflowError, (-1).to_bytes, 1, 'big')
        self.assertEqual((0).to_bytes(0, 'big'), b'')
        self.assertEqual(int.from_bytes([255, 0, 0, 192], 'little', signed=True), -1073741569)
        self.assertRaises(ValueError, (1).to_bytes, -1, 'big')
        self.assertRaises(ValueError, int.from_bytes, b'', 'middle')


class Kinds(unittest.TestCase):
    def test_subclass(self):
        class Number(int):
            pass
        for a in (0, 1, -3, 2 ** 40, 3 ** 100):
            n = Number(a)
            n.note = 'kept'
            self.assertEqual((n, n.note, n + 1, type(n + 1), -n, hash(n)), (a, 'kept', a + 1, int, -a, hash(a)))
            self.assertIs(type(+n), int)
        self.assertIs(type(Number.from_bytes(b'1', 'big')), Number)

    def test_conversion_methods(self):
        class Odd:
            def __index__(self):
                return 300
        self.assertEqual((5).as_integer_ratio(), (5, 1))
        self.assertEqual((True + True, True & 1, type(True & True), repr(False)), (2, 1, bool, 'False'))
        self.assertEqual(bytes([Odd() and 3]), b'\x03')
        self.assertEqual([hex(Odd()), 'x' * 3 if Odd() else ''], ['0x12c', 'xxx'])
        self.assertEqual(((-7).bit_length(), (0).bit_length(), (2 ** 60).bit_length()), (3, 0, 61))

    def test_sizes(self):
        self.assertEqual([n.__sizeof__() for n in (0, 1, 2 ** 30, 2 ** 60)], [24, 28, 32, 36])


class WordSizedDivisors(unittest.TestCase):
    """Long numbers by short ones, and under short masks: done in machine words."""

    def test_division(self):
        longs = [(1 << n) + d for n in (60, 61, 64, 89, 90, 91, 119, 120, 121) for d in (-1, 0, 1, 12345)]
        shorts = [1, 2, 7, (1 << 30) - 1, 1 << 30, (1 << 31) + 3, (1 << 60) - 1, (1 << 60) - (1 << 30)]
        for a in longs + [-a for a in longs]:
            for b in shorts + [-b for b in shorts]:
                q, r = divmod(a, b)
                self.assertEqual((q * b + r, a // b, a % b), (a, q, r))
                self.assertTrue(0 <= r < b or b < r <= 0, (a, b))
        self.assertEqual(divmod((1 << 119) + 99, (1 << 60) - 1), ((1 << 59), (1 << 59) + 99))
        self.assertEqual(divmod(-(1 << 64), 10), (-1844674407370955162, 4))

    def test_masks(self):
        self.assertEqual((1 << 100 | 0xABC) & 0xFFF, 0xABC)
        self.assertEqual(0xFFF & -(1 << 100), 0)
        for mask in (0, 1, 0xFF, (1 << 30) - 1, 1 << 30, (1 << 60) - 1, 1 << 59):
            for n in (60, 61, 90, 95, 120, 500):
                for a in ((1 << n) + 0x123456789ABCDEF, (1 << n) - 1):
                    self.assertEqual((a & mask, mask & a), (a % (1 << 60) & mask,) * 2)
                    self.assertEqual((-a & mask, mask & -a), (-a % (1 << 60) & mask,) * 2)


if __name__ == '__main__':
    unittest.main()
