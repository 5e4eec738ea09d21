# SPDX-License-Identifier: MIT
"""The format specification mini-language, for str, int, float and complex."""
import unittest

GOOD = [
    (5, '', '5'), (5, 'd', '5'), (-5, '08,d', '-000,005'), (1234567, ',', '1,234,567'), (1234, '010,', '00,001,234'), (1234, '08,', '0,001,234'),
    (255, '#x', '0xff'), (255, '#X', '0XFF'), (-255, '#010b', '-0b11111111'), (2 ** 40, '_x', '100_0000_0000'), (65, 'c', 'A'), (65, '>3c', '  A'),
    (5, '+', '+5'), (5, ' ', ' 5'), (-5, '*^7', '**-5***'), (-5, '=7', '-     5'), (5, 'e', '5.000000e+00'), (1, '%', '100.000000%'), (3, '.2f', '3.00'),
    (True, 'd', '1'), (0, ',', '0'), (10 ** 30, '_d', '1_000_000_000_000_000_000_000_000_000_000'), (1, '_o', '1'),
    (3.14159, '.2f', '3.14'), (3.14159, '10.3e', ' 3.142e+00'), (1e15, ',', '1,000,000,000,000,000.0'), (1234.5, ',.3f', '1,234.500'), (0.5, '%', '50.000000%'),
    (-0.0, '.1f', '-0.0'), (1.0, '', '1.0'), (1.5, 'g', '1.5'), (1e16, '', '1e+16'), (1e16, '.3', '1e+16'), (12.0, '.1', '1e+01'), (1.0, '#g', '1.00000'),
    (float('inf'), '010', '0000000inf'), (float('nan'), 'F', 'NAN'), (float('-inf'), '=+8', '-    inf'), (1e15, '#.0f', '1000000000000000.'), (1234.5, '012,.1f', '00,001,234.5'),
    (1e-7, '_.10f', '0.0000001000'), (123456.0, 'n', '123456'), (1e15, '#', '1000000000000000.0'),
    (1 + 2j, '', '(1+2j)'), (1 + 2j, '.1f', '1.0+2.0j'), (2j, '>8', '      2j'), (complex(1.5, -0.0), 'e', '1.500000e+00-0.000000e+00j'), (3j, '+', '+3j'), (1234 + 1j, ',.0f', '1,234+1j'),
    ('abc', '', 'abc'), ('abc', '5', 'abc  '), ('abc', '>5.2', '   ab'), ('abc', '\u20ac^6', '\u20acabc\u20ac\u20ac'), ('abc', '<010', 'abc0000000'), ('', '3', '   '), ('x', '.0s', ''),
]
BAD = [
    (1, '.2d', 'Precision not allowed in integer format specifier'), (1, '+c', "Sign not allowed with integer format specifier 'c'"),
    (1, '#c', "Alternate form (#) not allowed with integer format specifier 'c'"), (1, ',x', "Cannot specify ',' with 'x'."), (1, ',_', "Cannot specify both ',' and '_'."),
    (1, ',,', "Cannot specify both ',' and '_'."), (1, '__', "Cannot specify '_' with '_'."), (1, '_c', "Cannot specify '_' with 'c'."), (1, ',\xe9', "Cannot specify ',' with '\\xe9'."), (1, 's', "Unknown format code 's' for object of type 'int'"),
    (1, '\xe9', "Unknown format code '\\xe9' for object of type 'int'"), (1, 'dd', 'Invalid format specifier'), (1, '.', 'Format specifier missing precision'),
    (1, '99999999999999999999', 'Too many decimal digits in format string'), (1.0, 'd', "Unknown format code 'd' for object of type 'float'"),
    (1j, '010', 'Zero padding is not allowed in complex format specifier'), (1j, '=10', "'=' alignment flag is not allowed in complex format specifier"), (1j, '%', "Unknown format code '%' for object of type 'complex'"),
    ('a', '+', 'Sign not allowed in string format specifier'), ('a', '#', 'Alternate form (#) not allowed in string format specifier'), ('a', '010', "'=' alignment not allowed in string format specifier"),
    ('a', ',', "Cannot specify ',' with 's'."), ('a', 'd', "Unknown format code 'd' for object of type 'str'"),
]


class FormatSpec(unittest.TestCase):
    def test_good(self):
        for value, spec, text in GOOD:
            self.assertEqual(format(value, spec), text, (value, spec))
            self.assertEqual(('<{:' + spec + '}>').format(value), '<' + text + '>')

    def test_bad(self):
        for value, spec, text in BAD:
            with self.assertRaises(ValueError) as caught:
                format(value, spec)
            self.assertEqual(str(caught.exception), text, (value, spec))

    def test_char_range(self):
        with self.assertRaisesRegex(OverflowError, r'%c arg not in range\(0x110000\)'):
            format(-1, 'c')

    def test_same_object(self):
        text = 'some text'
        for spec in ('', 's', '3', '.20', '9'):
            self.assertIs(format(text, spec), text)

    def test_spec_must_be_text(self):
        for value in (1, 1.0, 'a'):
            self.assertRaises(TypeError, format, value, b'')


if __name__ == '__main__':
    unittest.main()
