# SPDX-License-Identifier: MIT
"""posixpath, genericpath and ntpath: paths as text, and what they ask the system."""
import genericpath
import ntpath
import os
import posixpath
import tempfile
import unittest


class Text(unittest.TestCase):
    def check(self, function, *cases):
        for *arguments, expected in cases:
            with self.subTest(arguments):
                self.assertEqual(function(*arguments), expected)

    def test_join(self):
        self.check(posixpath.join, ('a', 'b', 'a/b'), ('a/', 'b', 'a/b'), ('a', '/b', '/b'), ('a', '', 'a/'), ('', 'b', 'b'), (b'a', b'b', b'a/b'))
        with self.assertRaisesRegex(TypeError, "Can't mix strings and bytes in path components"):
            posixpath.join('a', b'b')
        with self.assertRaisesRegex(TypeError, 'expected str, bytes or os.PathLike object, not int'):
            posixpath.join(1, 'a')
        with self.assertRaisesRegex(TypeError, "join.. argument must be str, bytes, or os.PathLike object, not 'int'"):
            posixpath.join('a', 1)

    def test_split(self):
        self.check(posixpath.split, ('/a/b', ('/a', 'b')), ('/a/b/', ('/a/b', '')), ('a', ('', 'a')), ('//a', ('//', 'a')), ('/', ('/', '')))
        self.check(posixpath.splitext, ('a.b.c', ('a.b', '.c')), ('.a', ('.a', '')), ('..a.b', ('..a', '.b')), ('a.d/b', ('a.d/b', '')),
                   ('...', ('...', '')), (b'a.b', (b'a', b'.b')))
        self.check(posixpath.basename, ('/a/b', 'b'), ('/a/', ''))
        self.check(posixpath.dirname, ('/a/b', '/a'), ('///a', '///'), ('a', ''))

    def test_normpath(self):
        self.check(posixpath.normpath, ('', '.'), ('/', '/'), ('//', '//'), ('///', '/'), ('a//b/./c/../d', 'a/b/d'), ('../a/..', '..'),
                   ('/../..', '/'), ('a/..', '.'), (b'a/./b', b'a/b'))

    def test_relpath_and_commonpath(self):
        self.check(posixpath.relpath, ('/a/b', '/a', 'b'), ('/a', '/a', '.'), ('/a', '/b/c', '../../a'), (b'/a', b'/', b'a'))
        self.assertRaises(ValueError, posixpath.relpath, '')
        self.check(posixpath.commonpath, (['/a/b', '/a/c'], '/a'), (['a/b', 'a/b/c'], 'a/b'), (['a', 'b'], ''), (['/a//b/', '/a/b'], '/a/b'))
        self.assertRaises(ValueError, posixpath.commonpath, [])
        self.assertRaises(ValueError, posixpath.commonpath, ['/a', 'a'])
        self.check(genericpath.commonprefix, (['abc', 'abd'], 'ab'), ([], ''), ([['a', 'b'], ['a', 'c']], ['a']))

    def test_expand(self):
        before = dict(os.environ)
        self.addCleanup(lambda: (os.environ.clear(), os.environ.update(before)))
        os.environ.update(HOME='/home/me/', WORD='spam', NESTED='$WORD')
        self.check(posixpath.expanduser, ('~', '/home/me'), ('~/a', '/home/me/a'), ('a~', 'a~'), ('~no_such_user_/a', '~no_such_user_/a'),
                   (b'~/a', b'/home/me/a'))
        self.check(posixpath.expandvars, ('$WORD', 'spam'), ('${WORD}s', 'spams'), ('$WORDS', '$WORDS'), ('$NESTED', '$WORD'), ('$', '$'),
                   ('${', '${'), (b'$WORD$WORD', b'spamspam'))
        os.environ['HOME'] = '/'
        self.check(posixpath.expanduser, ('~', '/'), ('~/a', '/a'))

    def test_of_windows(self):
        self.check(ntpath.join, ('c:', 'a', 'c:a'), ('c:\\a', 'd:b', 'd:b'), ('c:\\a', 'C:b', 'C:\\a\\b'), ('a', '/b', '/b'), ('\\\\h\\s', 'a', '\\\\h\\s\\a'))
        self.check(ntpath.splitdrive, ('c:a', ('c:', 'a')), ('\\\\h\\s\\a', ('\\\\h\\s', '\\a')), ('//h/s/a', ('//h/s', '/a')), ('\\\\\\a', ('', '\\\\\\a')))
        self.check(ntpath.split, ('c:\\a\\b', ('c:\\a', 'b')), ('c:/', ('c:/', '')))
        self.check(ntpath.normpath, ('A//B/../b', 'A\\b'), ('C:\\..\\a', 'C:\\a'), ('c:..', 'c:..'), ('', '.'), ('\\\\?\\a/b', '\\\\?\\a/b'))
        self.check(ntpath.normcase, ('A/B', 'a\\b'), (b'A/', b'a\\'))
        self.check(ntpath.isabs, ('c:\\', True), ('c:a', False), ('\\a', True), ('//h/s/', True))
        self.check(ntpath.commonpath, (['C:\\a\\b', 'c:/A/c'], 'C:\\a'))
        self.check(ntpath.relpath, ('c:\\a\\b', 'C:\\A', 'b'))
        self.assertRaises(ValueError, ntpath.relpath, 'c:\\a', 'd:\\')


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)
        self.file = self.folder + '/file'
        with open(self.file, 'w') as f:
            f.write('abc')

    def link(self, target, name):
        os.symlink(target, self.folder + '/' + name)
        return self.folder + '/' + name

    def test_questions(self):
        broken = self.link('nowhere', 'broken')
        self.assertEqual([posixpath.exists(broken), posixpath.lexists(broken), posixpath.islink(broken), posixpath.isfile(self.file),
                          posixpath.isdir(self.folder), posixpath.isfile(self.folder), posixpath.getsize(self.file)],
                         [False, True, True, True, True, False, 3])
        self.assertFalse(posixpath.exists('a\0b') or posixpath.isdir('\ud800') or posixpath.islink('a\0'))
        self.assertTrue(posixpath.ismount('/') and not posixpath.ismount(self.folder))
        self.assertAlmostEqual(posixpath.getmtime(self.file), os.stat(self.file).st_mtime)
        self.assertTrue(posixpath.samefile(self.file, self.link('file', 'same')))
        with open(self.file) as f, open(self.file) as g:
            self.assertTrue(posixpath.sameopenfile(f.fileno(), g.fileno()))

    def test_realpath(self):
        self.link('b', 'a')
        self.link('file', 'b')
        self.assertEqual(posixpath.realpath(self.folder + '/a'), self.file)
        self.assertEqual(posixpath.realpath(self.folder + '/a/../x'), self.folder + '/x')
        loop = self.link('loop', 'loop')
        self.assertEqual(posixpath.realpath(loop), loop)
        self.assertEqual(posixpath.realpath(loop + '/c'), loop + '/c')
        self.assertEqual(posixpath.realpath(os.fsencode(self.link('.', 'here') + '/file')), os.fsencode(self.file))

    def test_abspath(self):
        before = os.getcwd()
        self.addCleanup(os.chdir, before)
        os.chdir(self.folder)
        self.assertEqual(posixpath.abspath('x/../y'), self.folder + '/y')
        self.assertEqual(posixpath.abspath(b''), os.fsencode(self.folder))


if __name__ == '__main__':
    unittest.main()
