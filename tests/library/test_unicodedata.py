# SPDX-License-Identifier: MIT
"""unicodedata: properties, names, normalization, and the database of Unicode 3.2."""
import hashlib
import unicodedata as u
import unittest


class Database(unittest.TestCase):
    def test_properties(self):
        self.assertEqual((u.category("a"), u.category("\u0378"), u.bidirectional("\u05d0"), u.combining("\u0301"), u.mirrored("("),
                          u.east_asian_width("\u4e2d"), u.decomposition("\xbd")), ("Ll", "Cn", "R", 230, 1, "W", "<fraction> 0031 2044 0032"))
        self.assertEqual((u.decimal("\u0661"), u.digit("\xb2"), u.numeric("\xbd"), u.numeric("a", None)), (1, 2, 0.5, None))
        self.assertRaisesRegex(ValueError, "not a decimal", u.decimal, "a")
        self.assertRaisesRegex(TypeError, r"category\(\) argument must be a unicode character, not str", u.category, "ab")

    def test_all_characters(self):
        digest = hashlib.md5()
        for c in map(chr, range(0x110000)):
            digest.update(u.category(c).encode())
        self.assertEqual(digest.hexdigest(), "8473ab3308c331f80d472a5d331a83f6")

    def test_names(self):
        for c in "a\u0e01\u4e00\uac01\U0001f40d\u00e9\ufffd":
            self.assertEqual(u.lookup(u.name(c)), c)
            self.assertEqual(u.lookup(u.name(c).lower()) if c not in "\u4e00\uac01" else c, c)
        self.assertEqual((u.lookup("NULL"), u.lookup("KEYCAP DIGIT ONE"), u.lookup("BELL")), ("\0", "1\ufe0f\u20e3", "\U0001f514"))
        self.assertEqual(u.name("\0", "none"), "none")
        for name in ("foo", "hangul syllable gag", "CJK UNIFIED IDEOGRAPH-FFFF", "HANGUL SYLLABLE "):
            self.assertRaises(KeyError, u.lookup, name)

    def test_normalization(self):
        for form, text, expected in (("NFC", "e\u0301", "\xe9"), ("NFD", "\xe9", "e\u0301"), ("NFKC", "\ufb01\xb2", "fi2"), ("NFKD", "\u1e9b\u0323", "s\u0323\u0307"),
                                     ("NFC", "\u1100\u1161\u11a8", "\uac01"), ("NFD", "\uac01", "\u1100\u1161\u11a8"), ("NFD", "a\u0301\u0323", "a\u0323\u0301"),
                                     ("NFC", "a\u0315\u0300\u05ae\u0300b", "\xe0\u05ae\u0300\u0315b"), ("NFC", "\u0958", "\u0915\u093c"), ("NFC", "", "")):
            self.assertEqual(u.normalize(form, text), expected)
            self.assertTrue(u.is_normalized(form, expected))
        self.assertFalse(u.is_normalized("NFD", "\xe9"))
        marks = "".join(chr(0x300 + i * 7 % 64) for i in range(500))
        self.assertEqual(u.normalize("NFD", u.normalize("NFD", "a" + marks)), u.normalize("NFD", "a" + marks))
        self.assertRaisesRegex(ValueError, "invalid normalization form", u.normalize, "x", "a")

    def test_old(self):
        old = u.ucd_3_2_0
        self.assertEqual((old.unidata_version, u.unidata_version), ("3.2.0", "12.1.0"))
        self.assertEqual((old.category("\u0221"), u.category("\u0221")), ("Cn", "Ll"))
        self.assertRaises(ValueError, old.name, "\u0221")
        self.assertEqual((old.normalize("NFD", "\U0002f868"), u.normalize("NFD", "\U0002f868")), ("\U0002136a", "\u36fc"))


if __name__ == "__main__":
    unittest.main()
