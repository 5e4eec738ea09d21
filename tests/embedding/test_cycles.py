# SPDX-License-Identifier: MIT
"""Py_Initialize and Py_FinalizeEx again and again keep memory flat."""
import os
import subprocess
import sys
import unittest

FOLDER = os.path.dirname(os.path.realpath(sys.executable))
LIVES = 100
COMMANDS = {
    "nothing": "pass",
    "modules": "import _csv, _datetime, _json, _locale, _pickle, _struct, binascii, itertools, time",
    "cycles": "class A: pass\nfor i in range(50):\n    a = A(); a.me = a; a.f = lambda: a\nlen([isinstance(x, int) for x in range(99)])",
    "errors": "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    kept = e",
    "thread": "import _thread, time\nlock = _thread.allocate_lock()\nlock.acquire()\n_thread.start_new_thread(lock.release, ())\nlock.acquire()\ntime.sleep(0.001)",
}


def run(program, *words):
    path = os.path.join(FOLDER, "tests", "embedding", program)
    if not os.path.exists(path):
        raise unittest.SkipTest("no %s in the build" % program)
    environment = dict(os.environ, PYTHONHOME=sys.prefix)
    return subprocess.run([path, *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)


class Embedding(unittest.TestCase):
    def test_flat(self):
        for name, command in COMMANDS.items():
            with self.subTest(name):
                done = run("cycles", str(LIVES), command)
                self.assertEqual(done.returncode, 0, done.stdout)
                self.assertTrue(done.stdout.endswith(b"\nok\n"), done.stdout)

    def test_three_starts_and_a_configured_one(self):
        done = run("embed")
        self.assertEqual((done.returncode, done.stdout), (0, b"ok\n"))


if __name__ == "__main__":
    unittest.main()
