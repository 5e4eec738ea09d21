# SPDX-License-Identifier: MIT
"""str: built-in codecs, their error positions and handlers, and the registry."""
import _codecs
import codecs
import unittest

HANDLERS = ("ignore", "replace", "backslashreplace", "surrogateescape")


class Decode(unittest.TestCase):
    def fault(self, data, encoding, start, end, reason):
        with self.assertRaises(UnicodeDecodeError) as caught:
            data.decode(encoding)
        e = caught.exception
        self.assertEqual((e.start, e.end, e.reason, e.object), (start, end, reason, data))

    def test_utf8(self):
        for c in (0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff):
            self.assertEqual(chr(c).encode().decode(), chr(c))
        for data, *where in ((b"a\xff", 1, 2, "invalid start byte"), (b"\xc0\x80", 0, 1, "invalid start byte"),
                             (b"\xe1\x80", 0, 2, "unexpected end of data"), (b"\xe1\x80a", 0, 2, "invalid continuation byte"),
                             (b"\xe0\x80\x80", 0, 1, "invalid continuation byte"), (b"\xed\xa0\x80", 0, 1, "invalid continuation byte"),
                             (b"\xf4\x90\x80\x80", 0, 1, "invalid continuation byte"), (b"\xf0\x90\x80", 0, 3, "unexpected end of data")):
            self.fault(data, "utf-8", *where)

    def test_utf16_utf32(self):
        for encoding, data, *where in (
                ("utf-16", b"\x80", 0, 1, "truncated data"), ("utf-16", b"\x00\xd8", 0, 2, "unexpected end of data"),
                ("utf-16", b"\x00\xd8a\x00", 0, 2, "illegal UTF-16 surrogate"), ("utf-16-le", b"\x00\xdca\x00", 0, 2, "illegal encoding"),
                ("utf-32", b"\x00\xdca", 0, 3, "truncated data"), ("utf-32", b"\x00\xd8\xff\0", 0, 4, "code point not in range(0x110000)"),
                ("utf-32", b"\x00\xd8\0\0", 0, 4, "code point in surrogate code point range(0xd800, 0xe000)")):
            self.fault(data, encoding, *where)
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7", "utf-8-sig"):
            for text in ("", "abc" * 9, "a\xe9\u0100\U00010000\ufeff"):
                self.assertEqual(text.encode(encoding).decode(encoding), text, encoding)

    def test_utf7(self):
        self.assertEqual("a~b\\c+d\u20ac!\U00010000-x".encode("utf-7"), b"a+AH4-b+AFw-c+-d+IKw!+2ADcAA--x")
        for data, *where in ((b"+a", 0, 2, "unterminated shift sequence"), (b"+a-", 0, 3, "partial character in shift sequence"),
                             (b"+!", 0, 2, "ill-formed sequence"), (b"\xff", 0, 1, "unexpected special character"),
                             (b"+ABx-", 0, 5, "non-zero padding bits in shift sequence")):
            self.fault(data, "utf-7", *where)
        self.assertEqual(_codecs.utf_7_decode(b"x+AGE", None, False), ("x", 1))

    def test_escapes(self):
        self.assertEqual(b"\\x41\\u0100\\U00010000\\101\\n\\\n\\q".decode("unicode_escape"), "A\u0100\U00010000A\n\\q")
        self.assertEqual(b"\\N{BULLET}\\N{latin small letter a}".decode("unicode_escape"), "\u2022a")
        for data, *where in ((b"\\", 0, 1, "\\ at end of string"), (b"\\x1", 0, 3, "truncated \\xXX escape"),
                             (b"\\Uffffffff", 0, 10, "illegal Unicode character"), (b"\\N{zz}", 0, 6, "unknown Unicode character name"),
                             (b"\\N{}", 0, 3, "malformed \\N character escape")):
            self.fault(data, "unicode_escape", *where)
        self.assertEqual("\t\\\x80\u0100\U00010000'".encode("unicode_escape"), b"\\t\\\\\\x80\\u0100\\U00010000'")
        self.assertEqual("\t\\\x80\u0100".encode("raw_unicode_escape"), b"\t\\\x80\\u0100")

    def test_handlers(self):
        self.assertEqual([b"a\xffb".decode("utf-8", h) for h in HANDLERS], ["ab", "a\ufffdb", "a\\xffb", "a\udcffb"])
        self.assertEqual(["a\u0100b".encode("ascii", h) for h in ("ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace")],
                         [b"ab", b"a?b", b"a\\u0100b", b"a&#256;b", b"a\\N{LATIN CAPITAL LETTER A WITH MACRON}b"])
        self.assertEqual("\udcff".encode("utf-8", "surrogateescape"), b"\xff")
        for encoding in ("utf-8", "utf-16-le", "utf-32-be"):
            data = "a\ud800b".encode(encoding, "surrogatepass")
            self.assertEqual(data.decode(encoding, "surrogatepass"), "a\ud800b")

    def test_own_handlers(self):
        def handler(e):
            return ("[%d]" % e.start, e.end) if isinstance(e, UnicodeError) else None
        codecs.register_error("tests.str", handler)
        self.assertEqual(b"a\xff\xfe".decode("utf-8", "tests.str"), "a[1][2]")
        self.assertEqual("a\u0100\u0101b".encode("latin-1", "tests.str"), b"a[1]b")
        codecs.register_error("tests.str", lambda e: 1)
        self.assertRaisesRegex(TypeError, r"decoding error handler must return \(str, int\) tuple", b"\xff".decode, "ascii", "tests.str")
        self.assertRaisesRegex(TypeError, r"encoding error handler must return \(str/bytes, int\) tuple", "\xff".encode, "ascii", "tests.str")
        codecs.register_error("tests.str", lambda e: ("", 99))
        self.assertRaisesRegex(IndexError, "position 99 from error handler out of bounds", b"\xff".decode, "ascii", "tests.str")
        self.assertRaisesRegex(LookupError, "unknown error handler name 'none such'", b"\xff".decode, "ascii", "none such")

    def test_charmap(self):
        self.assertEqual(_codecs.charmap_decode(b"ab", None, {97: "xx", 98: 0x100}), ("xx\u0100", 2))
        self.assertEqual(_codecs.charmap_encode("a\u0100", "replace", {97: 98, 63: b"??"}), (b"b??", 2))
        table = "".join(map(chr, range(255))) + "\u20ac"
        self.assertEqual(_codecs.charmap_encode("a\u20ac", None, _codecs.charmap_build(table)), (b"a\xff", 2))
        self.assertRaisesRegex(TypeError, "must return integer, bytes or None, not str", _codecs.charmap_encode, "a", None, {97: "x"})

    def test_registry(self):
        self.assertRaisesRegex(LookupError, "unknown encoding: none", "a".encode, "none")
        self.assertRaisesRegex(LookupError, "'hex' is not a text encoding; use codecs.encode", "a".encode, "hex")
        self.assertEqual(codecs.encode(b"a", "hex"), b"61")
        self.assertEqual("a".encode("UTF 8"), b"a")
        self.assertRaisesRegex(TypeError, "argument must be callable", codecs.register, 1)
        self.assertRaisesRegex(TypeError, "handler must be callable", codecs.register_error, "x", 1)


if __name__ == "__main__":
    unittest.main()
