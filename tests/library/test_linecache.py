# SPDX-License-Identifier: MIT
"""linecache: lines, promises of loaders, changes of files."""

import linecache
import os
import tempfile
import unittest


class Lines(unittest.TestCase):

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.addCleanup(linecache.clearcache)
        self.path = os.path.join(self.folder.name, 'x.py')

    def write(self, text):
        with open(self.path, 'wb') as file:
            file.write(text)

    def test_lines(self):
        self.write(b'a\nb')
        self.assertEqual(linecache.getlines(self.path), ['a\n', 'b\n'])
        self.assertEqual([linecache.getline(self.path, n) for n in (-1, 0, 1, 2, 3)], ['', '', 'a\n', 'b\n', ''])

    def test_cookie(self):
        self.write(b'# coding: latin-1\n\xe4\n')
        self.assertEqual(linecache.getline(self.path, 2), '\xe4\n')

    def test_no_file(self):
        self.assertEqual(linecache.getlines(self.path), [])
        self.assertEqual(linecache.getline('<stdin>', 1), '')

    def test_checkcache(self):
        self.write(b'a\n')
        linecache.getlines(self.path)
        self.write(b'bcd\n')
        self.assertEqual(linecache.getline(self.path, 1), 'a\n')
        linecache.checkcache(self.path)
        self.assertEqual(linecache.getline(self.path, 1), 'bcd\n')

    def test_lazycache(self):
        class Loader:
            def get_source(self, name):
                return 'source of ' + name
        names = {'__name__': 'm', '__loader__': Loader()}
        self.assertTrue(linecache.lazycache('no/such/m.py', names))
        self.assertEqual(len(linecache.cache['no/such/m.py']), 1)
        self.assertEqual(linecache.getline('no/such/m.py', 1), 'source of m\n')
        self.assertFalse(linecache.lazycache('<x>', names))
        self.assertFalse(linecache.lazycache('other.py', None))


if __name__ == '__main__':
    unittest.main()
