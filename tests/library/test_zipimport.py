# SPDX-License-Identifier: MIT
"""zipimport: modules in zip files."""
import importlib.util
import marshal
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile
import zipimport


class ZipImport(unittest.TestCase):
    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = os.path.join(self.folder, 'a.zip')
        before = sys.path[:], set(sys.modules)

        def restore():
            sys.path[:] = before[0]
            for name in set(sys.modules) - before[1]:
                del sys.modules[name]
            zipimport._zip_directory_cache.clear()
            sys.path_importer_cache.clear()
        self.addCleanup(restore)

    def make(self, files, method=zipfile.ZIP_DEFLATED, before=b'', comment=b''):
        with zipfile.ZipFile(self.path, 'w', method) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
            archive.comment = comment
        if before:
            with open(self.path, 'rb') as f:
                data = f.read()
            with open(self.path, 'wb') as f:
                f.write(before + data)

    FILES = {'zi_mod.py': 'VALUE = 5\ndef f():\n    return 1 / 0\n', 'zi_pkg/__init__.py': '"""doc"""\nfrom . import inner\n', 'zi_pkg/inner.py': 'X = __name__\n',
             'zi_pkg/data.txt': 'some data', 'zi_space/': '', 'zi_space/deep.py': 'Y = 1\n'}

    def test_import(self):
        for method in zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED:
            with self.subTest(method=method):
                self.make(self.FILES, method)
                sys.path.insert(0, self.path)
                import zi_mod
                import zi_pkg
                import zi_space.deep
                self.assertEqual((zi_mod.VALUE, zi_pkg.inner.X, zi_pkg.__doc__, zi_space.deep.Y), (5, 'zi_pkg.inner', 'doc', 1))
                self.assertEqual(zi_mod.__file__, os.path.join(self.path, 'zi_mod.py'))
                self.assertEqual(zi_pkg.__path__, [os.path.join(self.path, 'zi_pkg')])
                self.assertIsInstance(zi_mod.__loader__, zipimport.zipimporter)
                self.doCleanups()
                self.setUp()

    def test_importer(self):
        self.make(self.FILES)
        importer = zipimport.zipimporter(self.path)
        self.assertEqual((importer.archive, importer.prefix, repr(importer)), (self.path, '', '<zipimporter object "%s/">' % self.path))
        self.assertEqual([importer.is_package('zi_pkg'), importer.is_package('zi_mod')], [True, False])
        self.assertEqual(importer.get_source('zi_mod'), self.FILES['zi_mod.py'])
        self.assertEqual(importer.get_filename('zi_pkg'), os.path.join(self.path, 'zi_pkg', '__init__.py'))
        self.assertEqual(importer.get_data('zi_pkg/data.txt'), b'some data')
        self.assertEqual(importer.get_data(os.path.join(self.path, 'zi_pkg', 'data.txt')), b'some data')
        self.assertEqual(importer.get_code('zi_mod').co_filename, os.path.join(self.path, 'zi_mod.py'))
        self.assertIs(importer.find_module('zi_mod'), importer)
        self.assertIsNone(importer.find_module('none'))
        self.assertIsNone(importer.find_loader('none')[0])
        for wrong in importer.is_package, importer.get_source, importer.get_filename, importer.get_code, importer.load_module:
            self.assertRaises(zipimport.ZipImportError, wrong, 'none')
        self.assertRaises(OSError, importer.get_data, 'none')

    def test_below(self):
        self.make(self.FILES)
        importer = zipimport.zipimporter(os.path.join(self.path, 'zi_pkg'))
        self.assertEqual((importer.archive, importer.prefix), (self.path, 'zi_pkg' + os.sep))
        self.assertEqual(importer.load_module('inner').X, 'inner')

    def test_compiled(self):
        code = marshal.dumps(compile('VALUE = "compiled"', 'x', 'exec'))
        self.make({'zi_mod.pyc': importlib.util.MAGIC_NUMBER + struct.pack('<3L', 0, 0, 0) + code,
                   'zi_bad.pyc': b'xxxx' + bytes(12) + code, 'zi_short.pyc': importlib.util.MAGIC_NUMBER})
        importer = zipimport.zipimporter(self.path)
        self.assertEqual(importer.load_module('zi_mod').VALUE, 'compiled')
        self.assertIsNone(importer.get_source('zi_mod'))
        for name in 'zi_bad', 'zi_short':
            self.assertRaises((ImportError, EOFError), importer.load_module, name)

    def test_resources(self):
        self.make(self.FILES)
        importer = zipimport.zipimporter(self.path)
        reader = importer.get_resource_reader('zi_pkg')
        self.assertTrue(reader.is_resource('data.txt'))
        self.assertEqual(sorted(reader.contents()), ['__init__.py', 'data.txt', 'inner.py'])
        with reader.open_resource('data.txt') as f:
            self.assertEqual(f.read(), b'some data')
        self.assertRaises(FileNotFoundError, reader.open_resource, 'none')
        self.assertIsNone(importer.get_resource_reader('zi_mod'))

    def test_something_in_front_and_behind(self):
        self.make(self.FILES, before=b'#!/bin/sh\n' * 10, comment=b'about it')
        self.assertEqual(zipimport.zipimporter(self.path).load_module('zi_mod').VALUE, 5)

    def test_traceback(self):
        self.make(self.FILES)
        sys.path.insert(0, self.path)
        import traceback
        import zi_mod
        try:
            zi_mod.f()
        except ZeroDivisionError:
            self.assertIn('return 1 / 0', traceback.format_exc())

    def test_damage(self):
        self.make(self.FILES)
        with open(self.path, 'rb') as f:
            good = f.read()
        for data in b'', b'x', good[:-1], good[:30], bytes(22), b'PK\5\6' + b'\xff' * 18:
            zipimport._zip_directory_cache.clear()
            with open(self.path, 'wb') as f:
                f.write(data)
            with self.subTest(data[:40]):
                self.assertRaises(zipimport.ZipImportError, zipimport.zipimporter, self.path)
        for wrong in '', self.folder, os.path.join(self.folder, 'none'):
            self.assertRaises(zipimport.ZipImportError, zipimport.zipimporter, wrong)
        self.assertRaises(TypeError, zipimport.zipimporter, None)

    def test_run(self):
        self.make({'__main__.py': 'import sys, zi_mod; print(zi_mod.VALUE, sys.argv[1:])', 'zi_mod.py': 'VALUE = 6'})
        done = subprocess.run([sys.executable, self.path, 'a'], stdout=subprocess.PIPE, universal_newlines=True)
        self.assertEqual((done.stdout, done.returncode), ("6 ['a']\n", 0))


if __name__ == '__main__':
    unittest.main()
