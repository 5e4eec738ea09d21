# SPDX-License-Identifier: MIT
"""venv: what is made, and what the interpreter in it thinks."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import venv


class Venv(unittest.TestCase):
    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.env = os.path.join(self.folder, 'my env')

    def path(self, *parts):
        return os.path.join(self.env, *parts)

    def test_files(self):
        venv.create(self.env, symlinks=True, prompt='hello')
        with open(self.path('pyvenv.cfg')) as file:
            self.assertEqual(file.read(), 'home = %s\ninclude-system-site-packages = false\nversion = 3.8.18\n'
                             "prompt = 'hello'\n" % os.path.dirname(os.path.abspath(sys._base_executable)))
        self.assertTrue(os.path.isdir(self.path('lib', 'python3.8', 'site-packages')))
        self.assertEqual(os.path.realpath(self.path('bin', 'python')), os.path.realpath(sys._base_executable))

    def test_run(self):
        venv.create(self.env, symlinks=True)
        script = 'cd "%s"; . bin/activate; command -v python; echo $VIRTUAL_ENV; deactivate; echo "[$VIRTUAL_ENV]"' % self.env
        output = subprocess.run(['/bin/sh', '-c', script], stdout=subprocess.PIPE, universal_newlines=True).stdout
        self.assertEqual(output.splitlines(), [self.path('bin', 'python'), self.env, '[]'])

    def test_existing(self):
        os.makedirs(self.path('lib'))
        with open(self.path('old'), 'w'):
            pass
        venv.EnvBuilder(symlinks=True).create(self.env)
        self.assertTrue(os.path.exists(self.path('old')))
        venv.EnvBuilder(symlinks=True, clear=True).create(self.env)
        self.assertFalse(os.path.exists(self.path('old')))

    def test_refused(self):
        with open(self.env, 'w'):
            pass
        with self.assertRaisesRegex(ValueError, 'Unable to create directory'):
            venv.create(self.env)


if __name__ == '__main__':
    unittest.main()
