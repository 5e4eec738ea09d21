# SPDX-License-Identifier: MIT
"""fnmatch and glob: essential behaviour."""
import fnmatch
import glob
import os
import tempfile
import unittest


class Names(unittest.TestCase):
    def test_translate(self):
        for pattern, expression in (('*', r'(?s:.*)\Z'), ('?a.b', r'(?s:.a\.b)\Z'), ('[!x]', r'(?s:[^x])\Z'),
                                    ('[^x]', r'(?s:[\^x])\Z'), ('[x', r'(?s:\[x)\Z'), ('[]x]', r'(?s:[]x])\Z'),
                                    ('[a--c]', r'(?s:[a-\-c])\Z'), ('[&~|]', r'(?s:[\&\~\|])\Z'),
                                    ('[\\]', r'(?s:[\\])\Z'), ('[a-]', r'(?s:[a-])\Z'), ('[--a]', r'(?s:[\--a])\Z')):
            self.assertEqual(fnmatch.translate(pattern), expression, pattern)

    def test_match(self):
        self.assertTrue(fnmatch.fnmatch('a\nb', 'a*'))
        self.assertFalse(fnmatch.fnmatchcase('A', 'a'))
        self.assertTrue(fnmatch.fnmatch(b'x.py', b'*.p[xy]'))
        self.assertEqual(fnmatch.filter(iter(['a.c', 'b.h', 'd.c']), '*.c'), ['a.c', 'd.c'])


class Paths(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name
        for name in ('a/b/c.py', 'a/d.py', '.h/x.py', 'e.py', '[q].py'):
            path = os.path.join(self.root, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            open(path, 'w').close()

    def find(self, pattern, **options):
        return sorted(os.path.relpath(p, self.root) for p in glob.glob(os.path.join(self.root, pattern), **options))

    def test_find(self):
        self.assertEqual(self.find('*.py'), ['[q].py', 'e.py'])
        self.assertEqual(self.find('*/*.py'), ['a/d.py'])
        self.assertEqual(self.find('.*/*.py'), ['.h/x.py'])
        self.assertEqual(self.find('a/'), ['a'])
        self.assertEqual(self.find('a/none'), [])
        self.assertEqual(self.find('**/*.py', recursive=True), ['[q].py', 'a/b/c.py', 'a/d.py', 'e.py'])
        self.assertEqual(self.find('a/**', recursive=True), ['a', 'a/b', 'a/b/c.py', 'a/d.py'])

    def test_escape(self):
        self.assertEqual(glob.escape('a[*?'), 'a[[][*][?]')
        self.assertEqual(self.find(glob.escape('[q].py')), ['[q].py'])
        self.assertTrue(glob.has_magic(b'a?'))


if __name__ == '__main__':
    unittest.main()
