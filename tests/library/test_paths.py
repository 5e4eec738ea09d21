# SPDX-License-Identifier: MIT
"""pathlib, shutil, tempfile, ntpath, filecmp, fileinput: essential behaviour."""
import filecmp
import fileinput
import io
import ntpath
import os
import pathlib
import shutil
import tempfile
import unittest


class Pure(unittest.TestCase):
    def test_parts(self):
        p = pathlib.PurePosixPath('/a/./b//c.tar.gz')
        self.assertEqual((p.parts, p.name, p.stem, p.suffixes), (('/', 'a', 'b', 'c.tar.gz'), 'c.tar.gz', 'c.tar',
                                                                ['.tar', '.gz']))
        self.assertEqual(str(p.relative_to('/a')), 'b/c.tar.gz')
        self.assertEqual(str(p.with_suffix('')), '/a/b/c.tar')
        self.assertTrue(p.match('b/*.gz'))
        with self.assertRaisesRegex(ValueError, r"^'/a' does not start with '/b'$"):
            pathlib.PurePosixPath('/a').relative_to('/b')

    def test_windows(self):
        p = pathlib.PureWindowsPath('C:/x', 'y')
        self.assertEqual((str(p), p.drive, p.anchor), ('C:\\x\\y', 'C:', 'C:\\'))
        self.assertEqual(p, pathlib.PureWindowsPath('c:\\X\\Y'))
        self.assertEqual(p.as_uri(), 'file:///C:/x/y')
        self.assertEqual(ntpath.join('c:/a', 'd:b'), 'd:b')
        self.assertEqual(ntpath.normpath('c:/a/../b/.'), 'c:\\b')
        self.assertEqual(ntpath.splitdrive('//host/share/x'), ('//host/share', '/x'))


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def test_tree(self):
        (self.root / 'a' / 'b').mkdir(parents=True)
        (self.root / 'a' / 'b' / 'f.txt').write_text('hi')
        (self.root / 'link').symlink_to('a')
        self.assertEqual([p.name for p in self.root.glob('**/*.txt')], ['f.txt'])
        self.assertEqual((self.root / 'link' / 'b').resolve(), (self.root / 'a' / 'b').resolve())
        shutil.copytree(self.root / 'a', self.root / 'c')
        self.assertTrue(filecmp.cmp(self.root / 'a/b/f.txt', self.root / 'c/b/f.txt', shallow=False))
        with self.assertRaisesRegex(shutil.Error, 'into itself'):
            shutil.move(str(self.root / 'c'), str(self.root / 'c' / 'b'))
        with self.assertRaisesRegex(OSError, '^Cannot call rmtree on a symbolic link$'):
            shutil.rmtree(self.root / 'link')
        shutil.rmtree(self.root / 'c')
        self.assertFalse((self.root / 'c').exists())

    def test_selector(self):
        """Packages of path-like classes search by the object behind glob()."""
        with tempfile.TemporaryDirectory() as folder:
            for name in ('a/b.py', 'a/b.txt', 'c.py'):
                path = pathlib.Path(folder, name)
                path.parent.mkdir(exist_ok=True)
                path.touch()
            found = pathlib._make_selector(('**', '*.py'), pathlib._posix_flavour).select_from(pathlib.Path(folder))
            self.assertEqual({path.relative_to(folder).as_posix() for path in found}, {'a/b.py', 'c.py'})

    def test_same_file(self):
        path = self.root / 'x'
        path.touch()
        with self.assertRaises(shutil.SameFileError):
            shutil.copyfile(path, path)
        with self.assertRaises(FileExistsError):
            path.touch(exist_ok=False)
        self.assertEqual(shutil.which('sh', path='/bin'), '/bin/sh')

    def test_temporary(self):
        with tempfile.NamedTemporaryFile('w+', dir=str(self.root), suffix='.q') as file:
            self.assertTrue(os.path.exists(file.name) and file.name.endswith('.q'))
        self.assertFalse(os.path.exists(file.name))
        with tempfile.SpooledTemporaryFile(max_size=4) as file:
            file.write(b'abc')
            self.assertIsNone(file.name)
            file.write(b'de')
            self.assertTrue(file._rolled)
            file.seek(0)
            self.assertEqual(file.read(), b'abcde')
        with self.assertRaisesRegex(TypeError, "Can't mix bytes and non-bytes"):
            tempfile.mkstemp('a', b'b')

    def test_in_place(self):
        path = self.root / 'lines'
        path.write_text('a\nb\n')
        with fileinput.input(str(path), inplace=True) as lines:
            for line in lines:
                print(lines.filelineno(), line, end='')
        self.assertEqual(path.read_text(), '1 a\n2 b\n')
        out = io.StringIO()
        shutil.copyfileobj(io.StringIO('xyz'), out, 2)
        self.assertEqual(out.getvalue(), 'xyz')


if __name__ == '__main__':
    unittest.main()
