# SPDX-License-Identifier: MIT
"""str: case, predicates, padding, repr, comparison, concatenation, subclasses, conversion."""
import sys
import unittest


class Case(unittest.TestCase):
    def test_special_mappings(self):
        for method, text, expected in (
                ("upper", "stra\xdfe \ufb01", "STRASSE FI"), ("lower", "\u0130", "i\u0307"), ("casefold", "\xdf\u1e9e\u03c2", "ssss\u03c3"),
                ("title", "they're \u01c6 \u0345a", "They'Re \u01c5 \u0399a"), ("capitalize", "\u01c6ABC", "\u01c5abc"),
                ("swapcase", "aB\xdf\u01c5", "AbSS\u01c5"), ("lower", "A\u03a3 \u03a3 A\u03a3b", "a\u03c2 \u03c3 a\u03c3b"),
                ("upper", "\u0149", "\u02bcN")):
            self.assertEqual(getattr(text, method)(), expected, (method, ascii(text)))

    def test_result_is_canonical(self):
        self.assertTrue("\u017f".upper().isascii())
        self.assertEqual(hash("\u212a".lower()), hash("k"))

    def test_predicates(self):
        for method, yes, no in (("isalpha", "a\xe9\u4e2d", "a1"), ("isdigit", "1\xb2", "\xbd"), ("isdecimal", "1\u0661", "\xb2"),
                                ("isnumeric", "\xbd\u4e00", "a"), ("isspace", " \x1c\u2028", "\u200b"), ("isupper", "A1", "A\u01c5"),
                                ("islower", "a1\xaa", "1"), ("istitle", "A Bc \u01c5", "aB"), ("isidentifier", "_\xe9\u2118", "1a"),
                                ("isprintable", "a\xe9 ", "\u2003"), ("isalnum", "a1\u0661", "a "), ("isascii", "\x7f", "\x80")):
            self.assertTrue(getattr(yes, method)(), method)
            self.assertFalse(getattr(no, method)(), method)
        self.assertTrue("".isprintable() and "".isascii())


class Padding(unittest.TestCase):
    def test_values(self):
        self.assertEqual(("ab".center(5), "abc".center(6), "ab".center(5, "\u0100")), ("  ab ", " abc  ", "\u0100\u0100ab\u0100"))
        self.assertEqual(("-5".zfill(5), "+".zfill(3), "\u0661".zfill(3)), ("-0005", "+00", "00\u0661"))
        self.assertEqual("a\tbc\td\n\te".expandtabs(4), "a   bc  d\n    e")
        self.assertEqual("a\tb".expandtabs(0), "ab")
        self.assertRaises(OverflowError, "\ta\n\tb".expandtabs, sys.maxsize if sys.maxsize < 2 ** 31 else 2 ** 31)
        self.assertRaisesRegex(TypeError, "exactly one character long", "a".center, 5, "xx")


class Basics(unittest.TestCase):
    def test_repr(self):
        self.assertEqual(repr("a'\"\\\n\x00\x7f\xa0\u2028\ud800\U000e0001"),
                         "'a\\'\"\\\\\\n\\x00\\x7f\\xa0\\u2028\\ud800\\U000e0001'")
        self.assertEqual(repr("it's"), '"it\'s"')
        self.assertEqual(ascii("\xe9\u0100\U00010000"), "'\\xe9\\u0100\\U00010000'")

    def test_order(self):
        self.assertTrue("a" < "b" < "\u0100" < "\uffff" < "\U00010000")
        self.assertTrue("ab" > "a" and "" < "a" and not "a" < "a")
        self.assertIs("a".__lt__(1), NotImplemented)
        self.assertFalse("a" == 1)

    def test_concatenation(self):
        self.assertEqual("a" + "\u0100" + "\U00010000", "a\u0100\U00010000")
        text = ""
        for i in range(300):
            text += chr(i)
        self.assertEqual(text, "".join(map(chr, range(300))))
        other = text
        text += "x"
        self.assertEqual((len(other), len(text)), (300, 301))
        self.assertRaisesRegex(TypeError, r'can only concatenate str \(not "int"\) to str', lambda: "a" + 1)
        self.assertEqual("ab" * 3 + "\u0100" * 2 + 2 * "" + "x" * -1, "ababab\u0100\u0100")

    def test_append_to_itself(self):
        text = "".join(["ab", "cd"])
        text += text
        self.assertEqual(text, "abcdabcd")

    def test_join(self):
        self.assertEqual("-".join(["a", "\u0100", "\U00010000"]), "a-\u0100-\U00010000")
        self.assertEqual("".join(c for c in "abc"), "abc")
        self.assertRaisesRegex(TypeError, "sequence item 1: expected str instance, int found", "".join, ["a", 1])
        self.assertRaisesRegex(TypeError, "can only join an iterable", "".join, 1)

    def test_index_and_slice(self):
        text = "ab\xe9\u0100\U00010000"
        self.assertEqual((text[-1], text[1:3], text[::-1], text[::2]), ("\U00010000", "b\xe9", "\U00010000\u0100\xe9ba", "a\xe9\U00010000"))
        self.assertTrue(text[:2].isascii() and text[0:3:2] == "a\xe9")
        self.assertRaisesRegex(TypeError, "string indices must be integers", lambda: text["a"])
        self.assertRaisesRegex(IndexError, "string index out of range", lambda: text[9])

    def test_hash(self):
        self.assertEqual(hash(""), 0)
        self.assertEqual(hash("abc"), hash(b"abc"))
        self.assertEqual(len({"a\u0100"[:1], "a"}), 1)

    def test_new(self):
        class S(str):
            def __str__(self):
                return "S!"
        self.assertEqual((str(S("x")), S("x"), type(S("x") + "y")), ("S!", "x", str))
        self.assertEqual(str(b"\xc3\xa9", "utf-8"), "\xe9")
        self.assertEqual(str(object=5), "5")
        self.assertRaisesRegex(TypeError, "decoding str is not supported", str, "a", "ascii")
        self.assertEqual(S("a\u0100").__getnewargs__(), ("a\u0100",))

    def test_iterator(self):
        it = iter("ab\u0100")
        self.assertEqual(it.__length_hint__(), 3)
        next(it)
        self.assertEqual(it.__reduce__(), (iter, ("ab\u0100",), 1))
        it.__setstate__(2)
        self.assertEqual(list(it), ["\u0100"])

    def test_interning(self):
        a, b = "".join(["some ", "text"]), "".join(["some ", "text"])
        self.assertIs(sys.intern(a), sys.intern(b))
        self.assertRaises(TypeError, sys.intern, b"a")
        for i in range(20000):
            sys.intern("temporary %d" % i)

    def test_translate(self):
        table = str.maketrans("abc", "x\u0100z", "d")
        self.assertEqual("abcde".translate(table), "x\u0100ze")
        self.assertEqual("ab".translate({97: "long", 98: None}), "long")
        self.assertEqual("ab\xe9".translate([None] * 97 + ["y"]), "yb\xe9")
        self.assertRaisesRegex(ValueError, r"character mapping must be in range\(0x110000\)", "a".translate, {97: 0x110000})
        self.assertRaisesRegex(TypeError, "must return integer, None or str", "a".translate, {97: 1.5})
        self.assertRaisesRegex(ValueError, "must have equal length", str.maketrans, "a", "bc")


if __name__ == "__main__":
    unittest.main()
