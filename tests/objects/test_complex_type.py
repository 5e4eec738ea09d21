# SPDX-License-Identifier: MIT
"""complex: text both ways, arithmetic, messages."""
import unittest


class Complex(unittest.TestCase):
    def test_text(self):
        for z, text in ((1 + 2j, '(1+2j)'), (2j, '2j'), (complex(-0.0, 2), '(-0+2j)'), (complex(0, -0.0), '-0j'), (complex('nan+infj'), '(nan+infj)'), (1e20 - 1.5j, '(1e+20-1.5j)')):
            self.assertEqual(repr(z), text)
            self.assertEqual(repr(complex(text)), text)

    def test_parse(self):
        for text, z in (('1', 1), (' j ', 1j), ('-j', -1j), ('1-j', 1 - 1j), ('( 1_0+2J )', 10 + 2j), ('1e5+1e-5j', 1e5 + 1e-5j), ('.5j', 0.5j)):
            self.assertEqual(complex(text), z)
        for text in ('', '1+', '1 + 2j', '1+2', '(1+2j', '1+2j)', '1j2', '--j', '1_j_'):
            with self.assertRaises(ValueError):
                complex(text)

    def test_arithmetic(self):
        a, b = 1 + 2j, 3 - 4j
        self.assertEqual([a + b, a - b, a * b, a / b, -a, a ** 2, a ** -1, abs(b), a.conjugate(), bool(0j)], [4 - 2j, -2 + 6j, 11 + 2j, -0.2 + 0.4j, -1 - 2j, -3 + 4j, 0.2 - 0.4j, 5.0, 1 - 2j, False])
        self.assertEqual((1 + 0j == 1, 1j == 1, 2 ** 53 + 0j == 2 ** 53 + 1, hash(3 + 0j) == hash(3)), (True, False, False, True))

    def test_messages(self):
        for f, kind, text in ((lambda: 1j / 0, ZeroDivisionError, 'complex division by zero'), (lambda: 0j ** -1, ZeroDivisionError, '0.0 to a negative or complex power'), (lambda: 1j % 1, TypeError, "can't mod complex numbers."),
                              (lambda: int(1j), TypeError, "can't convert complex to int"), (lambda: pow(1j, 2, 3), ValueError, 'complex modulo'), (lambda: complex('1', 2), TypeError, "complex() can't take second arg if first is a string"),
                              (lambda: complex([]), TypeError, "complex() first argument must be a string or a number, not 'list'"), (lambda: (1e200 + 1j) ** 50.5, OverflowError, 'complex exponentiation')):
            with self.assertRaises(kind) as caught:
                f()
            self.assertEqual(str(caught.exception), text)

    def test_from_parts(self):
        class Z:
            def __complex__(self):
                return 5j
        self.assertEqual([complex(1j, 1j), complex(Z()), complex(real=1, imag=2), complex()], [-1 + 1j, 5j, 1 + 2j, 0j])


if __name__ == '__main__':
    unittest.main()
