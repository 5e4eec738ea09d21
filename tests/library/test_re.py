# SPDX-License-Identifier: MIT
"""re, sre_parse, sre_compile: what the Python part does; the engine has its own tests."""

import contextlib
import io
import pickle
import re
import sre_compile
import sre_parse
import unittest


class Errors(unittest.TestCase):
    def test_messages_and_positions(self):
        for pattern, message, position in (
                ('(', 'missing ), unterminated subpattern', 0), ('a)', 'unbalanced parenthesis', 1),
                ('a**', 'multiple repeat', 2), ('*', 'nothing to repeat', 0), ('[a', 'unterminated character set', 0),
                ('[b-a]', 'bad character range b-a', 1), (r'\q', r'bad escape \q', 0),
                ('(?P<1>a)', "bad character in group name '1'", 4), ('(?P=a)', "unknown group name 'a'", 4),
                (r'(a)\2', 'invalid group reference 2', 4), ('(?i', 'missing -, : or )', 3),
                ('a{3,2}', 'min repeat greater than max repeat', 2), ('(?<=a+)', 'look-behind requires fixed-width'
                                                                      ' pattern', None),
                (r'\N{nonsense}', "undefined character name 'nonsense'", 0), (r'\400', r'octal escape value \400 outside'
                                                                              ' of range 0-0o377', 0),
                ('(?P<a>)(?P<a>)', "redefinition of group name 'a' as group 2; was group 1", 11)):
            with self.subTest(pattern=pattern), self.assertRaises(re.error) as caught:
                re.compile(pattern)
            self.assertEqual((caught.exception.msg, caught.exception.pos), (message, position))

    def test_lines(self):
        with self.assertRaises(re.error) as caught:
            re.compile('a\n(b\n')
        self.assertEqual(str(caught.exception), 'missing ), unterminated subpattern at position 2 (line 2, column 1)')

    def test_others(self):
        for args, kind, message in (((3,), TypeError, 'first argument must be string or compiled pattern'),
                                    (('a', re.L), ValueError, 'cannot use LOCALE flag with a str pattern'),
                                    ((re.compile('a'), re.I), ValueError, 'cannot process flags argument')):
            with self.assertRaisesRegex(kind, message):
                re.compile(*args)

    def test_warnings(self):
        with self.assertWarnsRegex(FutureWarning, 'Possible nested set at position 1') as caught:
            re.compile('[[a]')
        self.assertEqual(caught.filename, __file__)
        with self.assertWarnsRegex(DeprecationWarning, 'Flags not at the start'):
            re.compile('a(?i)b')


class Parser(unittest.TestCase):
    def test_trees(self):
        for pattern, tree in (('abc|abd', '[(LITERAL, 97), (LITERAL, 98), (IN, [(LITERAL, 99), (LITERAL, 100)])]'),
                              ('a{2,}?', '[(MIN_REPEAT, (2, MAXREPEAT, [(LITERAL, 97)]))]'),
                              ('[^a-c]$', '[(IN, [(NEGATE, None), (RANGE, (97, 99))]), (AT, AT_END)]'),
                              ('(?i:x)(?=y)', '[(SUBPATTERN, (None, 2, 0, [(LITERAL, 120)])), '
                                              '(ASSERT, (1, [(LITERAL, 121)]))]')):
            self.assertEqual(repr(sre_parse.parse(pattern)), tree)
        self.assertEqual(sre_parse.parse('a(bc)?d+').getwidth(), (2, sre_parse.MAXREPEAT))

    def test_dump(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            re.compile('a|bc', re.DEBUG)
        self.assertTrue(out.getvalue().startswith('BRANCH\n  LITERAL 97\nOR\n  LITERAL 98\n  LITERAL 99\n\n 0. INFO'))

    def test_overlap_table(self):
        self.assertEqual(sre_compile._generate_overlap_table('abab'), [0, 0, 1, 2])


class Functions(unittest.TestCase):
    def test_sub_templates(self):
        self.assertEqual(re.sub('(a)(?P<n>b)', r'\2\g<n>\1\g<0>\n\x'[:-2], 'ab'), 'bbaab\n')
        with self.assertRaisesRegex(re.error, 'invalid group reference 3 at position 1'):
            re.sub('(a)', r'\3', 'a')
        with self.assertRaisesRegex(IndexError, "unknown group name 'm'"):
            re.sub('(a)', r'\g<m>', 'a')
        self.assertEqual(re.sub(b'a', rb'\101', b'a'), b'A')

    def test_escape(self):
        self.assertEqual(re.escape('a.b c'), r'a\.b\ c')
        self.assertEqual(re.escape(b'[x]'), rb'\[x\]')

    def test_case(self):
        for pattern, text in (('[a-z]', '\u212a'), ('\u017f', 'S'), ('\u0130', '\u0130'), ('[^x]', 'K'), ('k', '\u212a')):
            self.assertTrue(re.fullmatch(pattern, text, re.I), (pattern, text))
        self.assertFalse(re.match('[^s]', '\u017f', re.I))

    def test_big_sets(self):
        pattern = re.compile('[' + ''.join(chr(c) for c in range(300, 4000, 7)) + '\U0001f600-\U0001f610]+')
        self.assertEqual(pattern.findall('\u012c\u0133\u0134\U0001f605'), ['\u012c\u0133', '\U0001f605'])

    def test_flags(self):
        self.assertEqual(repr(re.I | re.M), 're.IGNORECASE|re.MULTILINE')
        self.assertEqual(repr(~re.I), '~re.IGNORECASE')
        self.assertEqual(re.compile('(?x) a # b').flags, re.X | re.U)

    def test_pickle(self):
        pattern = re.compile('a(?P<n>b)', re.I)
        self.assertEqual(pickle.loads(pickle.dumps(pattern)), pattern)

    def test_scanner(self):
        scanner = re.Scanner([(r'\d+', lambda s, t: int(t)), (r'\w+', 'word'), (r'\s+', None)])
        self.assertEqual(scanner.scan('12 ab 3!'), ([12, 'word', 3], '!'))


if __name__ == '__main__':
    unittest.main()
