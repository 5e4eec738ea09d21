# SPDX-License-Identifier: MIT
"""CPython's own extension modules, as built for CPython, load here and do a little. tools/foreign_binaries runs their test files."""
import glob
import os
import subprocess
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
HOOK = os.path.join(ROOT, "tests", "support", "foreign")
try:
    REFERENCE = subprocess.run([os.path.join(ROOT, "tools", "find-reference")], stdout=-1, stderr=-3, check=True).stdout.decode().strip()
except (OSError, subprocess.CalledProcessError):
    REFERENCE = ""
FOLDER = os.path.join(REFERENCE, "lib", "python3.8", "lib-dynload")

USES = {
    "math": "m.floor(2.5) == 2 and m.fsum([.1] * 10) == 1", "_json": "m.make_encoder and m.scanstring('a\"', 0) == ('a', 2)",
    "_struct": "m.pack('<hb', 1, 2) == b'\\1\\0\\2'", "_pickle": "m.loads(m.dumps({1: [2]}, 5)) == {1: [2]}",
    "_datetime": "str(m.datetime(2020, 2, 29) + m.timedelta(1)) == '2020-03-01 00:00:00'", "array": "m.array('i', [1, 2]).tolist() == [1, 2]",
    "_heapq": "m.heappushpop([2, 3], 1) == 1", "zlib": "m.decompress(m.compress(b'x' * 99)) == b'x' * 99", "grp": "m.getgrgid(0)[2] == 0",
    "_csv": "list(m.reader(['a,\"b,c\"'])) == [['a', 'b,c']]", "_random": "m.Random(1).getrandbits(8) == 87", "unicodedata": "m.name('a')",
    "_asyncio": "m.Future", "_elementtree": "m.XMLParser", "_decimal": "str(m.Decimal(1) / 7)[:6] == '0.1428'", "_ssl": "m.OPENSSL_VERSION",
    "_sqlite3": "m.connect(':memory:').execute('select 6 * 7').fetchone() == (42,)", "_ctypes": "m.Array and m.Structure",
    "select": "m.select([], [], [], 0) == ([], [], [])", "binascii": "m.hexlify(b'ab') == b'6162'", "_testcapi": "m.INT_MAX == 2 ** 31 - 1",
    "parser": "eval(m.sequence2st(m.expr('6 * 7').totuple()).compile()) == 42",
}
NEEDS = {"_curses_panel": "_curses,"}


@unittest.skipUnless(os.path.isdir(FOLDER), "no CPython 3.8 to take binaries from")
class Binaries(unittest.TestCase):
    def test_each_loads(self):
        names = sorted(os.path.basename(path).split(".")[0] for path in glob.glob(os.path.join(FOLDER, "*.cpython-38-*.so")))
        self.assertGreater(len(names), 30)
        for name in names:
            env = dict(os.environ, PYTHONPATH=HOOK, TAIPAN_FOREIGN=NEEDS.get(name, "") + name, TAIPAN_FOREIGN_FOLDER=FOLDER)
            script = "import sys, %s as m; assert m.__file__.startswith(%r); assert %s" % (name, FOLDER, USES.get(name, "m.__name__"))
            done = subprocess.run([sys.executable, "-c", script], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            with self.subTest(module=name):
                self.assertEqual(done.returncode, 0, done.stdout.decode("utf-8", "replace"))


if __name__ == "__main__":
    unittest.main()
