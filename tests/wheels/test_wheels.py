# SPDX-License-Identifier: MIT
"""Run each try_NAME.py here with the installed wheels that TAIPAN_WHEELS names (folders, separated like PATH); see README.md.

A script is skipped if what it imports first is not installed there. Cython is tried once for each folder that has it.
"""
import glob
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))
FOLDERS = [f for f in os.environ.get("TAIPAN_WHEELS", "").split(os.pathsep) if f]
MODULES = {"cython": "Cython", "pillow": "PIL", "yaml": "yaml"}
# For the compilers that cffi and Cython start: an interpreter in its build folder has no installed headers; where there are, they come first.
HEADERS = os.path.join(os.path.dirname(os.path.dirname(HERE)), "include")


def has(folder, module):
    return bool(glob.glob(os.path.join(folder, module)) or glob.glob(os.path.join(folder, module + ".*")))


@unittest.skipUnless(FOLDERS, "TAIPAN_WHEELS names no folder of installed wheels")
class Wheels(unittest.TestCase):
    def attempt(self, script, folders):
        env = dict(os.environ, PYTHONPATH=os.pathsep.join(folders), PYTHONDONTWRITEBYTECODE="1", MPLCONFIGDIR="/tmp/taipan-matplotlib", CPATH=HEADERS)
        done = subprocess.run([sys.executable, script], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout.decode("utf-8", "replace")[-3000:])


def add(script):
    name = os.path.basename(script)[4:-3]
    module = MODULES.get(name, name)

    def test(self):
        having = [f for f in FOLDERS if has(f, module)]
        if not having:
            self.skipTest("%s is not installed" % module)
        for first in having if name == "cython" else having[:1]:
            with self.subTest(folder=first):
                self.attempt(script, [first] + [f for f in FOLDERS if f != first])
    setattr(Wheels, "test_" + name, test)


for path in sorted(glob.glob(os.path.join(HERE, "try_*.py"))):
    add(path)

if __name__ == "__main__":
    unittest.main()
