# SPDX-License-Identifier: MIT
"""The modules of modules.txt have the names, attributes, signatures and constants of CPython 3.8's."""
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))


def listed():
    """The module names and patterns of modules.txt."""
    with open(os.path.join(HERE, 'modules.txt'), encoding='utf-8') as file:
        return [name for line in file for name in line.partition('#')[0].split()]


@unittest.skipIf(importlib.util.find_spec('_pydecimal_format') is None, 'the library is not ours')
class InterfaceTest(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'found.json')
            command = [sys.executable, os.path.join(HERE, 'check'), '--python', sys.executable, '--quiet', '-j2',
                       '--module', ','.join(listed()), '--json', path]
            for name in ('PYTHONHOME', 'PYTHONPATH'):
                if name in os.environ:
                    command += ['--env', '%s=%s' % (name, os.environ[name])]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            with open(path, encoding='utf-8') as file:
                cls.modules = json.load(file)['modules']

    def test_every_pattern_names_a_module(self):
        import fnmatch
        for pattern in listed():
            self.assertTrue(fnmatch.filter(self.modules, pattern), pattern)

    def test_nothing_is_missing_or_different(self):
        for name, about in self.modules.items():
            with self.subTest(name):
                self.assertEqual(about['findings'], [])


if __name__ == '__main__':
    unittest.main()
