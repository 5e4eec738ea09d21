# SPDX-License-Identifier: MIT
"""nturl2path: Windows paths and file URLs."""
import unittest
from nturl2path import pathname2url, url2pathname


class TestUrlToPath(unittest.TestCase):
    def test_drive(self):
        self.assertEqual(url2pathname('///C:/a%20b'), 'C:\\a b')
        self.assertEqual(url2pathname('///c|/'), 'C:\\')

    def test_share(self):
        self.assertEqual(url2pathname('////srv/s/x'), '\\\\srv\\s\\x')

    def test_bad(self):
        for url in ('///1:/x', 'a:b:c'):
            with self.assertRaisesRegex(OSError, 'Bad URL: '):
                url2pathname(url)


class TestPathToUrl(unittest.TestCase):
    def test_drive(self):
        self.assertEqual(pathname2url('c:\\a b'), '///C:/a%20b')

    def test_share(self):
        self.assertEqual(pathname2url('\\\\srv\\s'), '////srv/s')

    def test_bad(self):
        for path in ('CC:\\x', 'a:b:c'):
            with self.assertRaisesRegex(OSError, 'Bad path: '):
                pathname2url(path)


if __name__ == '__main__':
    unittest.main()
