# SPDX-License-Identifier: MIT
"""_sre: what the matcher must keep right: backtracking, groups, empty matches, depth, hostile code."""
import _sre
import re
import time
import unittest


class Matching(unittest.TestCase):
    def test_groups_are_taken_back(self):
        for pattern, text, groups in (
                (r"(?:(a)|b)*", "ab", ("a",)), (r"(a)?b|ac", "ac", (None,)), (r"(?:(a)b|ac)", "ac", (None,)),
                (r"((a)|b)*?c", "abc", ("b", "a")), (r"(?:(\w)(\d))*x?", "a1b", ("a", "1")), (r"(a*)*", "aa", ("",)),
                (r"(a*)+", "aa", ("",)), (r"(?=(a+))a*b\1", "baaabac"[1:], None), (r"(x)?(?(1)y|z)", "xy", ("x",)),
                (r"(x)?(?(1)y|z)", "z", (None,)), (r"(\w+?)\1", "abab", ("ab",)), (r"(?i)(\xe9)\1", "\xe9\xc9", ("\xe9",))):
            m = re.match(pattern, text)
            self.assertEqual(m and m.groups(), groups, pattern)

    def test_runs(self):
        for pattern, text, span in (
                (r"a{2,3}a", "aaaa", (0, 4)), (r"a{2,3}?a", "aaaa", (0, 3)), (r"[ab]*b", "abab", (0, 4)), (r"[^b]*a", "aab", (0, 2)),
                (r".*x", "ab\nx", None), (r"(?s).*x", "ab\nx", (0, 4)), (r"\d{1,3}1", "1111", (0, 4)), (r"(?:ab){2,}?c", "ababc", (0, 5)),
                (r"(?:a|ab)(?:c|bcd)", "abcd", (0, 4)), (r"\w*\d", "abc1", (0, 4)), (r"x*$", "xx\n", (0, 2)), (r"[\u0100-\u0200]+", "\u0100\u0150a", (0, 2))):
            m = re.match(pattern, text)
            self.assertEqual(m and m.span(), span, pattern)

    def test_looking_around(self):
        self.assertEqual(re.findall(r"(?<=a)b|(?<!a)c(?!d)", "abcacdcc"), ["b", "c", "c", "c"])
        self.assertEqual(re.search(r"(?<=(\d)(\d))x", "12x").groups(), ("1", "2"))
        self.assertEqual(re.search(r"^b", "ab", 0), None)
        self.assertEqual(re.compile(r"(?<=a)b").search("ab", 1).span(), (1, 2))
        self.assertIsNone(re.compile(r"^b").search("ab", 1))

    def test_empty_matches(self):
        self.assertEqual(re.sub("x*", "-", "axb"), "-a--b-")
        self.assertEqual(re.split(r"\b", "a b"), ["", "a", " ", "b", ""])
        self.assertEqual([m.span() for m in re.finditer(r"\b|a", "ab")], [(0, 0), (0, 1), (2, 2)])
        self.assertEqual(re.findall("(a)|(b)", "ab"), [("a", ""), ("", "b")])

    def test_positions(self):
        self.assertEqual(re.compile("b").search("abcb", 2, 4).span(), (3, 4))
        self.assertIsNone(re.compile("b").search("abcb", 2, 3))
        self.assertIsNone(re.compile("a*").search("abc", 5, 1))
        self.assertEqual(re.compile("").match("abc", 5, 1).span(), (3, 3))
        self.assertEqual(re.compile("c$").search("abc\n", 0, 3).pos, 0)
        self.assertEqual(re.fullmatch("a|ab", "ab").span(), (0, 2))
        self.assertEqual(re.fullmatch("a*?", "aa").span(), (0, 2))

    def test_deep(self):
        text = "ab" * 100_000
        self.assertEqual(re.match(r"(?:a|b)*", text).end(), len(text))
        self.assertEqual(re.match(r"(?:(a)|(b))*c|", text).end(), 0)
        self.assertEqual(re.match(r"(?:ab?)+?$", text).end(), len(text))

    def test_fast_where_backtracking_cannot_help(self):
        start = time.perf_counter()
        self.assertIsNone(re.search(r"\d+\.", "1" * 3000))
        self.assertIsNone(re.search(r"[a-z]+@", "a" * 3000))
        self.assertLess(time.perf_counter() - start, 5)

    def test_templates(self):
        self.assertEqual(re.sub(r"(\w)(\d)?", r"<\2|\g<1>\g<0>>", "a1b"), "<1|aa1><|bb>")
        self.assertEqual(re.subn(b"(a)", rb"\1\1", b"bab"), (b"baab", 1))
        self.assertEqual(re.sub("a", lambda m: None, "bab"), "bb")
        self.assertRaises(re.error, re.sub, "a", r"\1", "a")

    def test_objects(self):
        p = re.compile(r"(?P<x>a)(b)?", re.I)
        m = p.search("zA")
        self.assertEqual(repr(p), "re.compile('(?P<x>a)(b)?', re.IGNORECASE)")
        self.assertEqual(repr(m), "<re.Match object; span=(1, 2), match='A'>")
        self.assertEqual((m["x"], m[2], m.groupdict(), m.lastgroup, m.lastindex, m.regs),
                         ("A", None, {"x": "A"}, "x", 1, ((1, 2), (1, 2), (-1, -1))))
        self.assertRaisesRegex(IndexError, "no such group", m.group, 3)
        self.assertEqual((p, hash(p)), (re.compile(r"(?P<x>a)(b)?", re.I), hash(p)))
        self.assertRaisesRegex(TypeError, "cannot use a string pattern on a bytes-like object", p.match, b"a")
        self.assertRaisesRegex(TypeError, "expected string or bytes-like object", p.match, 1)
        self.assertEqual(re.search(b"b", bytearray(b"abc")).group(), b"b")

    def test_bad_code(self):
        for code in ([], [99], [17], [27, 4, 0, 1], [7, 3, 1], [14, 3, 10, 1, 1], [24, 6, 0, 5, 18, 0, 20, 1],
                     [25, 6, 5, 1, 2, 1, 1], [4, 3, 0, 1], [13, 0, 2, 1]):
            self.assertRaisesRegex(RuntimeError, "invalid SRE code", _sre.compile, "x", 0, code, 0, {}, ())
        self.assertRaises(OverflowError, _sre.compile, "x", 0, [1 << 32], 0, {}, ())


if __name__ == "__main__":
    unittest.main()
