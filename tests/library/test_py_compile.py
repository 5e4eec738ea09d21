# SPDX-License-Identifier: MIT
"""py_compile, compileall and imp: .pyc files made beforehand."""

import compileall
import contextlib
import importlib.util
import io
import os
import py_compile
import shutil
import tempfile
import unittest
import warnings

with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    import imp


class Compile(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.good = self.write('good.py', 'a = 1\n')
        self.bad = self.write('bad.py', 'a =\n')

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, 'w') as file:
            file.write(text)
        return path

    def test_modes(self):
        for mode, flag in ((py_compile.PycInvalidationMode.TIMESTAMP, 0),
                           (py_compile.PycInvalidationMode.UNCHECKED_HASH, 1),
                           (py_compile.PycInvalidationMode.CHECKED_HASH, 3)):
            written = py_compile.compile(self.good, invalidation_mode=mode)
            self.assertEqual(written, importlib.util.cache_from_source(self.good))
            with open(written, 'rb') as file:
                self.assertEqual(file.read(8), importlib.util.MAGIC_NUMBER + bytes([flag, 0, 0, 0]))

    def test_error(self):
        with self.assertRaises(py_compile.PyCompileError) as raised:
            py_compile.compile(self.bad, dfile='shown', doraise=True)
        self.assertEqual(str(raised.exception),
                         '  File "shown", line 1\n    a =\n      ^\nSyntaxError: invalid syntax\n')
        self.assertIsNone(py_compile.compile(self.bad, quiet=2))

    def test_special_target(self):
        with self.assertRaisesRegex(FileExistsError, 'is a non-regular file and will be changed into a regular one'):
            py_compile.compile(self.good, self.folder)

    def test_folder(self):
        output = io.StringIO()
        output_encoding = type('Output', (io.StringIO,), {'encoding': 'utf-8'})()
        with contextlib.redirect_stdout(output_encoding):
            self.assertFalse(compileall.compile_dir(self.folder))
        shown = output_encoding.getvalue()
        self.assertIn('Listing %r...\nCompiling %r...\n***   File' % (self.folder, self.bad), shown)
        with contextlib.redirect_stdout(output):
            self.assertTrue(compileall.compile_file(self.good))
        self.assertEqual(output.getvalue(), '')

    def test_imp(self):
        file, path, details = imp.find_module('good', [self.folder])
        self.assertEqual((path, details), (self.good, ('.py', 'r', imp.PY_SOURCE)))
        self.assertEqual(imp.load_module('lp_imp_good', file, path, details).a, 1)
        with self.assertRaisesRegex(ImportError, "No module named 'nothing'"):
            imp.find_module('nothing', [self.folder])
        self.assertEqual(imp.find_module('sys'), (None, None, ('', '', imp.C_BUILTIN)))
        self.assertRaises(ImportError, imp.NullImporter, self.folder)


if __name__ == '__main__':
    unittest.main()
