# SPDX-License-Identifier: MIT
"""What programs do with an embedded interpreter: each scenario of tests/embedding/programs/scenarios.c in a process of its own."""
import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.join(os.path.dirname(os.path.realpath(sys.executable)), "tests", "embedding", "scenarios")


def run(*words):
    if not os.path.exists(PROGRAM):
        raise unittest.SkipTest("no embedding programs in this build")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([PROGRAM, *words], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=120, universal_newlines=True)
    return done.returncode, done.stdout


class Scenarios(unittest.TestCase):
    def test_all(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "own_module.py"), "w") as file:
                file.write("value = 42\n")
            for name in run()[1].split():
                with self.subTest(name):
                    code, out = run(name, folder)
                    self.assertEqual((code, out.splitlines()[-1:]), (0, ["ok"]), out)


if __name__ == "__main__":
    unittest.main()
