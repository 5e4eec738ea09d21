# SPDX-License-Identifier: MIT
"""The library carried in the executable (src/runtime/carried.h)."""
import _imp
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

LIBRARY = os.path.dirname(os.__file__)
HAS_CARRIED = getattr(_imp, '_carried_relative', lambda name: None)('os') is not None


@unittest.skipUnless(HAS_CARRIED, 'a build that carries no library')
class Carried(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp() if hasattr(tempfile, 'mkdtemp') else None
        self.addCleanup(shutil.rmtree, self.folder)

    def test_lookup(self):
        self.assertEqual(_imp._carried_relative('os'), 'os.py')
        self.assertEqual(_imp._carried_relative('encodings'), 'encodings/__init__.py')
        self.assertIsNone(_imp._carried_relative('no_such_module'))
        self.assertIsNone(_imp._find_carried('os', self.folder))
        self.assertIsNone(_imp._find_carried('o\0s', self.folder))
        self.assertIsNone(_imp._carried_code('os', self.folder + '/os.py'))

    def test_only_the_file_that_was_compiled(self):
        copy = os.path.join(self.folder, 'genericpath.py')
        shutil.copy2(os.path.join(LIBRARY, 'genericpath.py'), copy)
        if _imp._find_carried('genericpath', LIBRARY) is None:
            self.skipTest('another library')
        self.assertEqual(_imp._find_carried('genericpath', self.folder), copy)
        code = _imp._carried_code('genericpath', copy)
        self.assertEqual(code.co_filename, copy)
        with open(copy, 'a') as file:
            file.write('# changed\n')
        self.assertIsNone(_imp._find_carried('genericpath', self.folder))
        self.assertIsNone(_imp._carried_code('genericpath', copy))

    def test_alone(self):
        program = os.path.join(self.folder, 'taipan')
        shutil.copy(sys.executable, program)
        script = 'import os, sys, encodings.latin_1; print(os.__file__, sys.path[-1])'
        done = subprocess.run([program, '-I', '-S', '-c', script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env={}, cwd=self.folder, universal_newlines=True)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertTrue(done.stdout.startswith(program + '/os.py '), done.stdout)

    def test_not_under_optimisation(self):
        done = subprocess.run([sys.executable, '-O', '-c', 'import _imp, os; print(_imp._carried_relative("os"))'],
                              stdout=subprocess.PIPE, universal_newlines=True)
        self.assertEqual(done.stdout.strip(), 'None')


if __name__ == '__main__':
    unittest.main()
