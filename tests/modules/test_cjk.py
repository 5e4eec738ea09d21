# SPDX-License-Identifier: MIT
"""The multi-byte codecs: values seen on CPython 3.8."""
import codecs
import io
import unittest

SAMPLES = [
    ("gb2312", "\u4e2d\u6587", b"\xd6\xd0\xce\xc4"),
    ("gbk", "\u4e02", b"\x81@"),
    ("gb18030", "\u20ac\U00010000\xe9", b"\xa2\xe3\x900\x810\xa8\xa6"),
    ("hz", "a~\u4e2d\n", b"a~~~{VP~}\n"),
    ("big5", "\u4e2d", b"\xa4\xa4"),
    ("cp950", "\u20ac", b"\xa3\xe1"),
    ("big5hkscs", "\xca\u0304\xca", b"\x88b\x88f"),
    ("euc_jp", "\u3042\uff71\u4e02", b"\xa4\xa2\x8e\xb1\x8f\xb0\xa1"),
    ("shift_jis", "\u3042\uff71", b"\x82\xa0\xb1"),
    ("cp932", "\u2460\ue000", b"\x87@\xf0@"),
    ("euc_jis_2004", "\u304b\u309a\u304b", b"\xa4\xf7\xa4\xab"),
    ("shift_jis_2004", "\U0002000b", b"\x87\xa0"),
    ("euc_kr", "\uac00\uac02", b"\xb0\xa1\xa4\xd4\xa4\xa1\xa4\xbf\xa4\xa2"),
    ("cp949", "\uac02", b"\x81A"),
    ("johab", "\uac00", b"\x88a"),
    ("iso2022_jp", "a\u3042\nb", b"a\x1b$B$\"\x1b(B\nb"),
    ("iso2022_kr", "a\uac00b", b"a\x1b$)C\x0e0!\x0fb"),
    ("iso2022_jp_2", "\u4e2d\uac00", b"\x1b$BCf\x1b$(C0!\x1b(B"),
]


class Codecs(unittest.TestCase):
    def test_samples(self):
        for name, text, data in SAMPLES:
            with self.subTest(name):
                self.assertEqual(text.encode(name), data)
                self.assertEqual(data.decode(name), text)
                decoder = codecs.getincrementaldecoder(name)()
                pieces = [decoder.decode(data[i:i + 1]) for i in range(len(data))]
                self.assertEqual("".join(pieces) + decoder.decode(b"", True), text)
                self.assertEqual(codecs.getreader(name)(io.BytesIO(data)).read(), text)

    def test_errors(self):
        with self.assertRaisesRegex(UnicodeEncodeError, "'euc_kr' codec can't encode character '.u1234' in position 1: illegal multibyte sequence"):
            "a\u1234".encode("euc_kr")
        with self.assertRaisesRegex(UnicodeDecodeError, "'big5' codec can't decode byte 0xa4 in position 1: incomplete multibyte sequence"):
            b"a\xa4".decode("big5")
        self.assertEqual(b"a\x80\x80\xa4\xa4".decode("big5", "replace"), "a\ufffd\ufffd\u4e2d")
        self.assertEqual("\u1234\u4e2d".encode("big5", "xmlcharrefreplace"), b"&#4660;\xa4\xa4")

    def test_states(self):
        encoder = codecs.getincrementalencoder("euc_jis_2004")()
        self.assertEqual(encoder.encode("\u304b"), b"")
        state = encoder.getstate()
        self.assertEqual(encoder.encode("\u309a"), b"\xa4\xf7")
        encoder.setstate(state)
        self.assertEqual(encoder.encode("", True), b"\xa4\xab")
        decoder = codecs.getincrementaldecoder("iso2022_jp")()
        decoder.decode(b"\x1b$B$")
        self.assertEqual(decoder.getstate(), (b"$", 4342466))


if __name__ == "__main__":
    unittest.main()
