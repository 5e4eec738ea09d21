# SPDX-License-Identifier: MIT
"""str: the % operator, format(), format specifications, and the _string module."""
import _string
import unittest


class Percent(unittest.TestCase):
    def test_values(self):
        for format, args, expected in (
                ("%.3d|%5.3d|%-5.3d|%05.3d|%+d|% d", (1, 2, 3, 4, 5, 6), "001|  002|003  |00004|+5| 6"),
                ("%#x|%#o|%#X|%#.5x|%08x|%#08x|%-#8x|", (255, 8, 255, 255, -255, -255, 255),
                 "0xff|0o10|0XFF|0x000ff|-00000ff|-0x000ff|0xff    |"),
                ("%5s|%-5s|%.2s|%05s|%c|%5c|%r|%a|%%", ("a", "b", "abc", "q", "w", 65, "\xe9", "\xe9"),
                 "    a|b    |ab|    q|w|    A|'\xe9'|'\\xe9'|%"),
                ("%10.3f|%-10.2g|%+f|%010.2f|%#g|%F", (2.25, 3.0, 4.0, -5.5, 6.0, float("inf")),
                 "     2.250|3         |+4.000000|-000005.50|6.00000|INF"),
                ("%*d|%-*d|%.*f", (5, 1, 5, 2, 1, 2.25), "    1|2    |2.2"), ("%d %i %u", (1.9, True, -1), "1 1 -1"),
                ("%((a))s%()s", {"(a)": 1, "": 2}, "12"), ("%s", {"a": 1}, "{'a': 1}"), ("abc", {}, "abc"),
                ("\u0100%s\U00010000", "x", "\u0100x\U00010000"), ("%d", 10 ** 40, "1" + "0" * 40)):
            self.assertEqual(format % args, expected, format)

    def test_errors(self):
        for format, args, error, message in (
                ("%", (), ValueError, "incomplete format"), ("%d", "a", TypeError, "%d format: a number is required, not str"),
                ("%x", 1.5, TypeError, "%x format: an integer is required, not float"), ("%c", "aa", TypeError, "%c requires int or char"),
                ("%c", 0x110000, OverflowError, r"%c arg not in range\(0x110000\)"), ("%(a", {}, ValueError, "incomplete format key"),
                ("%(a)s", 1, TypeError, "format requires a mapping"), ("%*d", ("a", 1), TypeError, r"\* wants int"),
                ("%s %s", 1, TypeError, "not enough arguments for format string"), ("%s", (1, 2), TypeError, "not all arguments converted"),
                ("%y", 1, ValueError, r"unsupported format character 'y' \(0x79\) at index 1"),
                ("%5%", (), TypeError, "not enough arguments"), ("%99999999999999999999d", 1, ValueError, "width too big"),
                ("%.99999999999999999999d", 1, ValueError, "precision too big"), ("%.2147483647d", 1, OverflowError, "precision too large")):
            self.assertRaisesRegex(error, message, lambda: format % args)


class Format(unittest.TestCase):
    def test_values(self):
        self.assertEqual("{}{a}{{}}{!r}".format(1, "x", a=2), "12{}'x'")
        self.assertEqual("{0.real}{1[a]}{2[0]}{a[b c]}".format(1, {"a": 2}, [3], a={"b c": 4}), "1234")
        self.assertEqual("{:>{w}.{p}}|{:^7}|{:*<4}".format("abc", "ab", "\u0100", w=5, p=2), "   ab|  ab   |\u0100***")
        self.assertEqual("{0[-1]}{0[1x]}".format({"-1": 1, "1x": 2}), "12")
        self.assertEqual("{x}".format_map({"x": 5}), "5")

    def test_errors(self):
        for format, error, message in (
                ("{}", IndexError, "Replacement index 0 out of range for positional args tuple"), ("{a}", KeyError, "'a'"),
                ("{0}{}", ValueError, "manual field specification to automatic"), ("{}{0}", ValueError, "automatic field numbering to manual"),
                ("{", ValueError, "Single '{' encountered"), ("}", ValueError, "Single '}' encountered"),
                ("{!}", ValueError, "unmatched '{' in format spec"), ("{0!", ValueError, "end of string while looking for conversion"),
                ("{0[}", ValueError, "expected '}' before end of string"), ("{0.}", ValueError, "Empty attribute"),
                ("{a{}", ValueError, "unexpected '{' in field name"), ("{99999999999999999999}", ValueError, "Too many decimal digits")):
            self.assertRaisesRegex(error, message, format.format, *[1] if "0" in format or "!" in format else [])
        self.assertRaisesRegex(ValueError, "Max string recursion exceeded", "{:{:{}}}".format, 1, 2, 3)
        self.assertRaisesRegex(ValueError, "Unknown conversion specifier x", "{!x}".format, 1)
        self.assertRaisesRegex(ValueError, "Only '.' or '\\[' may follow", "{0[a]b}".format, {"a": 1})

    def test_specification(self):
        for spec, message in (("d", "Unknown format code 'd' for object of type 'str'"), (",", "Cannot specify ',' with 's'."),
                              ("+", "Sign not allowed in string format specifier"), ("=5", "'=' alignment not allowed"),
                              ("#", r"Alternate form \(#\) not allowed"), (".", "Format specifier missing precision"),
                              ("ss", "Invalid format specifier"), (",_", "Cannot specify both ',' and '_'.")):
            self.assertRaisesRegex(ValueError, message, format, "a", spec)

    def test_parser(self):
        self.assertEqual(list(_string.formatter_parser("a{b!r:c{d}}e{{x}}{f}")),
                         [("a", "b", "c{d}", "r"), ("e{", None, None, None), ("x}", None, None, None), ("", "f", "", None)])
        first, rest = _string.formatter_field_name_split("0.a[1].b[c]")
        self.assertEqual((first, list(rest)), (0, [(True, "a"), (False, 1), (True, "b"), (False, "c")]))
        self.assertRaisesRegex(TypeError, "expected str, got int", _string.formatter_parser, 1)


if __name__ == "__main__":
    unittest.main()
