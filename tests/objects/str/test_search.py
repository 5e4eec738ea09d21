# SPDX-License-Identifier: MIT
"""str: find and its kin, replace, split, strip, in all character widths."""
import time
import unittest

WIDTHS = ("a", "\xe9", "\u0100", "\U00010000")


def naive_find(hay, needle, start=0):
    for i in range(start, len(hay) - len(needle) + 1):
        if all(hay[i + k] == needle[k] for k in range(len(needle))):
            return i
    return -1


class Find(unittest.TestCase):
    def test_all_places(self):
        for wide in WIDTHS:
            hay = "abcabd" * 5 + wide + "abcx" + wide
            for needle in ("a", "abd", "bca", "abcx", wide, wide + "abcx", "x" + wide, "zz", "abcabdabcabd"):
                self.assertEqual(hay.find(needle), naive_find(hay, needle), (hay, needle))
                last = max([i for i in range(len(hay)) if hay[i:i + len(needle)] == needle], default=-1)
                self.assertEqual(hay.rfind(needle), last)
                self.assertEqual(needle in hay, last >= 0)

    def test_needle_wider_than_haystack(self):
        self.assertEqual("abc".find("\u0100"), -1)
        self.assertEqual("abc".rfind("b\U00010000"), -1)
        self.assertEqual("abc".count("\u0100"), 0)
        self.assertEqual("abc".replace("\u0100", "x"), "abc")

    def test_ranges(self):
        self.assertEqual("abcabc".find("c", -3, -1), -1)
        self.assertEqual("abcabc".find("c", -4), 2)
        self.assertEqual("abc".find("", 3), 3)
        self.assertEqual("abc".find("", 4), -1)
        self.assertEqual("abc".rfind("", 0, 10 ** 30), 3)
        self.assertEqual("abc".count("", 1), 3)
        self.assertRaisesRegex(ValueError, "substring not found", "abc".index, "x")

    def test_linear(self):
        n = 100_000
        for needle in ("a" * 2000 + "b" + "a" * 2000, "b" + "a" * 4000, "a" * 4000 + "b"):
            for wide in ("", "\u0100"):
                hay = "a" * n + wide
                start = time.perf_counter()
                self.assertEqual((hay.find(needle), hay.rfind(needle), hay.count(needle)), (-1, -1, 0))
                self.assertLess(time.perf_counter() - start, 5)

    def test_messages(self):
        for call, message in ((lambda: "a".find(), r"find\(\) takes at least 1 argument \(0 given\)"),
                              (lambda: "a".count(1, 2, 3, 4), r"count\(\) takes at most 3 arguments \(4 given\)"),
                              (lambda: "a".find(1), "must be str, not int"),
                              (lambda: 1 in "a", "'in <string>' requires string as left operand, not int"),
                              (lambda: "a".startswith(1), "startswith first arg must be str or a tuple of str, not int"),
                              (lambda: "a".endswith(("b", 1)), "tuple for endswith must only contain str, not int")):
            self.assertRaisesRegex(TypeError, message, call)


class Replace(unittest.TestCase):
    def test_values(self):
        for args, expected in ((("aXbXc", "X", "--"), "a--b--c"), (("aaa", "a", "b", 2), "bba"), (("abc", "", "-"), "-a-b-c-"),
                               (("abc", "", "-", 2), "-a-bc"), (("", "", "x"), "x"), (("", "", "x", 1), ""),
                               (("a\u0100", "\u0100", "b"), "ab"), (("ab", "b", "\U00010000"), "a\U00010000"),
                               (("aaaa", "aa", ""), ""), (("abab" * 40, "ab", "c"), "cc" * 40)):
            self.assertEqual(args[0].replace(*args[1:]), expected, args)

    def test_result_is_canonical(self):
        self.assertEqual("a\u0100".replace("\u0100", "b"), "ab")
        self.assertEqual(hash("a\u0100".replace("\u0100", "b")), hash("ab"))
        self.assertTrue("a\xe9".replace("\xe9", "").isascii())

    def test_subclass(self):
        class S(str):
            pass
        self.assertIs(type(S("abc").replace("x", "y")), str)
        self.assertIs(type(S("abc").split("x")[0]), str)
        self.assertIs(type(S("abc").partition("x")[0]), S)


class Split(unittest.TestCase):
    def test_space(self):
        self.assertEqual("  a\tb\x1c c\u2003 d  ".split(), ["a", "b", "c", "d"])
        self.assertEqual("  a  b  c  ".split(None, 1), ["a", "b  c  "])
        self.assertEqual("  a  b  c  ".rsplit(None, 1), ["  a  b", "c"])
        self.assertEqual("".split(), [])

    def test_separators(self):
        for wide in WIDTHS:
            text = ("x" + wide) * 40
            self.assertEqual(text.split(wide), ["x"] * 40 + [""])
            self.assertEqual(text.rsplit(wide, 1), [("x" + wide) * 39 + "x", ""])
            self.assertEqual(text.split("x" + wide, 2), ["", "", ("x" + wide) * 38])
        self.assertEqual("a,b,,c".split(",", -1), ["a", "b", "", "c"])
        self.assertEqual("a,b".split(sep=",", maxsplit=0), ["a,b"])
        self.assertRaisesRegex(ValueError, "empty separator", "a".split, "")
        self.assertRaisesRegex(TypeError, "must be str or None, not int", "a".split, 1)

    def test_lines(self):
        text = "a\nb\r\nc\rd\x0be\x0cf\x1cg\x1dh\x1ei\x85j\u2028k\u2029l"
        self.assertEqual(text.splitlines(), list("abcdefghijkl"))
        self.assertEqual("".join(text.splitlines(True)), text)
        self.assertEqual("a\n\n".splitlines(keepends=True), ["a\n", "\n"])

    def test_partition(self):
        self.assertEqual("a.b.c".partition("."), ("a", ".", "b.c"))
        self.assertEqual("a.b.c".rpartition("."), ("a.b", ".", "c"))
        self.assertEqual("abc".rpartition("."), ("", "", "abc"))

    def test_strip(self):
        self.assertEqual("\u2003 ab \x1f".strip(), "ab")
        self.assertEqual("xyabyx".lstrip("xy"), "abyx")
        self.assertEqual("\u0100a\u0100".rstrip("\u0100"), "\u0100a")
        self.assertRaisesRegex(TypeError, "strip arg must be None or str", "a".strip, 1)


if __name__ == "__main__":
    unittest.main()
