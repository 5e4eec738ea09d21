# SPDX-License-Identifier: MIT
"""Strings that native code made by PyUnicode_FromUnicode(NULL, n) and nobody has made ready yet."""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.append(os.path.join(os.path.dirname(HERE), "support"))
import build_extension  # noqa: E402


class Legacy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.make = staticmethod(build_extension.load(os.path.join(HERE, "legacy_str.c")).make)

    def test_every_first_use(self):
        for text in ("plain", "caf\xe9", "\u20ac5", "\U0001f600"):
            for use in (lambda s: s in ("x", text), lambda s: s in ["x", text], lambda s: s in {text}, lambda s: {text: 1}[s] == 1,
                        lambda s: ("x", text).index(s) == 1, lambda s: [text].count(s) == 1, lambda s: s == text, lambda s: text == s,
                        lambda s: not s != text, lambda s: s <= text, lambda s: hash(s) == hash(text), lambda s: len(s) == len(text),
                        lambda s: s + "" == text, lambda s: s.encode() == text.encode(), lambda s: repr(s) == repr(text),
                        lambda s: s[0] == text[0], lambda s: list(s) == list(text), lambda s: s.find(text) == 0,
                        lambda s: text.find(s) == 0, lambda s: s in text, lambda s: text in s, lambda s: "".join([s, s]) == text * 2,
                        lambda s: f"{s}" == text, lambda s: "%s" % s == text, lambda s: s.upper() == text.upper(),
                        lambda s: text.startswith(s), lambda s: s.isidentifier() == text.isidentifier(), lambda s: s[::-1] == text[::-1],
                        lambda s: (s,) == (text,), lambda s: [s] == [text], lambda s: sorted([s, "a"]) == sorted([text, "a"]),
                        lambda s: s * 2 == text * 2, lambda s: max(s) == max(text), lambda s: sys.intern(s) == text,
                        lambda s: str(s) == text, lambda s: type("T", (), {s: 3}).__dict__[text] == 3,
                        lambda s: getattr(type("T", (), {text: 3}), s) == 3, lambda s: text.replace(s, "") == ""):
                self.assertTrue(use(self.make(text)))

    def test_numbers(self):
        self.assertEqual((int(self.make("12")), float(self.make("1.5")), complex(self.make("1j"))), (12, 1.5, 1j))
        self.assertEqual(eval(self.make("1 + 1")), 2)


if __name__ == "__main__":
    unittest.main()
