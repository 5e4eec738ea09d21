# SPDX-License-Identifier: MIT
"""string, textwrap, pprint, shlex, difflib."""

import difflib
import io
import pprint
import shlex
import string
import textwrap
import unittest
from collections import Counter, OrderedDict, deque


class String(unittest.TestCase):
    def test_template(self):
        t = string.Template('$a ${b}c $$ $x')
        self.assertEqual(t.safe_substitute({'a': 1}, b=2), '1 2c $ $x')
        with self.assertRaises(KeyError):
            t.substitute(a=1, b=2)
        with self.assertRaisesRegex(ValueError, 'Invalid placeholder in string: line 2, col 3'):
            string.Template('a\nb $').substitute()

    def test_template_subclass(self):
        class Percent(string.Template):
            delimiter = '%'
            idpattern = '[a-z]+'
        self.assertEqual(Percent('%a $b %%').substitute(a=1), '1 $b %')

    def test_formatter(self):
        class Upper(string.Formatter):
            def convert_field(self, value, conversion):
                return value.upper() if conversion == 'u' else super().convert_field(value, conversion)
        self.assertEqual(Upper().format('{0!u:>4}{x[1]}', 'ab', x=[1, 2]), '  AB2')
        with self.assertRaisesRegex(ValueError, 'cannot switch from manual field specification'):
            string.Formatter().format('{0}{}', 1, 2)

    def test_capwords(self):
        self.assertEqual(string.capwords('  the  Quick '), 'The Quick')
        self.assertEqual(len(string.printable), 100)


class Textwrap(unittest.TestCase):
    text = 'Well-known words, and supercalifragilistic ones -- broken.'

    def test_wrap(self):
        self.assertEqual(textwrap.wrap(self.text, 12), ['Well-known', 'words, and s', 'upercalifrag', 'ilistic ones',
                                                        '-- broken.'])
        self.assertEqual(textwrap.wrap(self.text, 12, break_long_words=False, break_on_hyphens=False),
                         ['Well-known', 'words, and', 'supercalifragilistic', 'ones --', 'broken.'])
        self.assertEqual(textwrap.fill('a b c d', 5, initial_indent='* ', subsequent_indent='  '), '* a b\n  c d')

    def test_limits(self):
        self.assertEqual(textwrap.wrap(self.text, 23, max_lines=1), ['Well-known words, [...]'])
        self.assertEqual(textwrap.shorten('Hello  world!', 11), 'Hello [...]')
        with self.assertRaisesRegex(ValueError, r'invalid width 0 \(must be > 0\)'):
            textwrap.wrap('a', 0)
        with self.assertRaisesRegex(ValueError, 'placeholder too large for max width'):
            textwrap.wrap('a', 3, max_lines=1)

    def test_indentation(self):
        self.assertEqual(textwrap.dedent('\n    a\n      b\n   \n    c\n'), '\na\n  b\n\nc\n')
        self.assertEqual(textwrap.dedent('\ta\n  b'), '\ta\n  b')
        self.assertEqual(textwrap.indent('a\n\nb', '> '), '> a\n\n> b')


class Pprint(unittest.TestCase):
    def test_short(self):
        self.assertEqual(pprint.pformat({'b': 1, 'a': (2,)}), "{'a': (2,), 'b': 1}")
        self.assertEqual(pprint.pformat({'b': 1, 'a': 2}, sort_dicts=False), "{'b': 1, 'a': 2}")

    def test_long(self):
        self.assertEqual(pprint.pformat([{'key': list(range(5)), 'other': 'text text'}], width=20),
                         "[{'key': [0,\n          1,\n          2,\n          3,\n          4],\n  'other': 'text '\n"
                         "           'text'}]")
        self.assertEqual(pprint.pformat(list(range(8)), width=12, compact=True), '[0, 1, 2, 3,\n 4, 5, 6,\n 7]')
        self.assertEqual(pprint.pformat([[[1]]], depth=2), '[[[...]]]')

    def test_classes(self):
        self.assertEqual(pprint.pformat(OrderedDict([('a', 1), ('b', 2)]), width=20),
                         "OrderedDict([('a',\n              1),\n             ('b',\n              2)])")
        self.assertEqual(pprint.pformat(deque('ab', 3), width=10), "deque(['a',\n       'b'],\n      maxlen=3)")
        self.assertEqual(pprint.pformat(Counter('abb'), width=10), "Counter({'b': 2,\n         'a': 1})")

    def test_recursion(self):
        a = []
        a.append(a)
        self.assertEqual(pprint.saferepr(a), '[<Recursion on list with id=%d>]' % id(a))
        self.assertTrue(pprint.isrecursive(a) and not pprint.isreadable(a) and pprint.isreadable([1]))


class Shlex(unittest.TestCase):
    def test_split(self):
        self.assertEqual(shlex.split('a "b c" d\\ e \'f"\' # g'), ['a', 'b c', 'd e', 'f"', '#', 'g'])
        self.assertEqual(shlex.split('a # b', comments=True), ['a'])
        self.assertEqual(shlex.split('"a"b', posix=False), ['"a"', 'b'])
        with self.assertRaisesRegex(ValueError, 'No closing quotation'):
            shlex.split('"a')
        with self.assertRaisesRegex(ValueError, 'No escaped character'):
            shlex.split('a\\')

    def test_punctuation(self):
        self.assertEqual(list(shlex.shlex('a&&b | c~/x;d', punctuation_chars=True)),
                         ['a', '&&', 'b', '|', 'c~/x', ';', 'd'])
        self.assertEqual(list(shlex.shlex(io.StringIO('a+b "c'[:3]))), ['a', '+', 'b'])

    def test_quote(self):
        self.assertEqual(shlex.join(['a', 'b c', "d'e", '']), "a 'b c' 'd'\"'\"'e' ''")


class Difflib(unittest.TestCase):
    a = ['one\n', 'two\n', 'three\n']
    b = ['ore\n', 'tree\n', 'emu\n']

    def test_matcher(self):
        s = difflib.SequenceMatcher(None, 'qabxcd', 'abycdf')
        self.assertEqual([tuple(block) for block in s.get_matching_blocks()], [(1, 0, 2), (4, 3, 2), (6, 6, 0)])
        self.assertEqual([code[0] for code in s.get_opcodes()], ['delete', 'equal', 'replace', 'equal', 'insert'])
        self.assertLessEqual(s.ratio(), s.quick_ratio())
        self.assertEqual(difflib.SequenceMatcher(None, 'a' * 300, 'a' * 300 + 'b').bpopular, {'a'})

    def test_ndiff(self):
        delta = list(difflib.ndiff(self.a, self.b))
        self.assertEqual(delta, ['- one\n', '?  ^\n', '+ ore\n', '?  ^\n', '- two\n', '- three\n', '?  -\n', '+ tree\n',
                                 '+ emu\n'])
        self.assertEqual([list(difflib.restore(delta, which)) for which in (1, 2)], [self.a, self.b])

    def test_unified(self):
        self.assertEqual(list(difflib.unified_diff(['a', 'b'], ['a'], 'x', 'y', '', 'date', lineterm='')),
                         ['--- x', '+++ y\tdate', '@@ -1,2 +1 @@', ' a', '-b'])
        with self.assertRaisesRegex(TypeError, 'lines to compare must be str, not bytes'):
            list(difflib.unified_diff([b'a'], ['b']))
        self.assertEqual(list(difflib.diff_bytes(difflib.unified_diff, [b'\xff'], [], lineterm=b''))[-1], b'-\xff')

    def test_close_matches(self):
        self.assertEqual(difflib.get_close_matches('appel', ['ape', 'apple', 'peach']), ['apple', 'ape'])
        with self.assertRaisesRegex(ValueError, r'cutoff must be in \[0.0, 1.0\]: 2'):
            difflib.get_close_matches('a', [], cutoff=2)

    def test_html(self):
        table = difflib.HtmlDiff().make_table(['a\n', 'b\n'], ['a\n', 'c\n'])
        self.assertIn('<span class="diff_sub">b</span>', table)
        self.assertIn('<td class="diff_header" id="to', table)


if __name__ == '__main__':
    unittest.main()
