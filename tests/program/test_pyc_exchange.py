# SPDX-License-Identifier: MIT
"""Compiled files are exchanged with CPython 3.8: what either writes with compileall, the other runs without the sources.

The other interpreter: TAIPAN_OTHER (a path), or the reference that tools/find-reference finds. Skipped without one.
"""
import marshal
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
SOURCES = {
    "main.py": '''
import parts, parts.inner
from parts.inner import Shape, table
results = [parts.NAME, table[-1], Shape(3, "w").area(), [*parts.inner.numbers(4)]]
results.append(parts.inner.catch(lambda: 1 // 0))
results.append(f"{2 ** 70:>25,} {1e300 * 1e10} {-0.0!r} {3 - 4j} {chr(8364)!a}" "\\u20ac\\U0001f600")
results.append((b"\\x00\\xff", frozenset({1, 2}), ..., None, True, "abc" * 3, (1, (2, (3,)))))
try:
    parts.inner.fails()
except ValueError as error:
    trace = error.__traceback__.tb_next
    results.append((trace.tb_lineno, trace.tb_frame.f_code.co_name, str(error)))
print(ascii(results))
''',
    "parts/__init__.py": "NAME = __name__ + '!'\n",
    "parts/inner.py": '''
"""Docstring."""
from dataclasses import dataclass
import asyncio
table = {i: i * i for i in range(10)}; table[-1] = sum(table.values())

@dataclass
class Shape:
    size: int = 1
    tag: str = "x"
    def area(self, *, scale=2):
        global last
        last = [self.size * scale for _ in (1,)]
        return last[0]

def numbers(n, /, start=0):
    while n := n - 1:
        yield from (start, n)

def catch(f):
    try:
        f()
    except (ZeroDivisionError, KeyError) as e:
        return type(e).__name__
    else:
        return None
    finally:
        numbers.seen = True

async def coroutine():
    async with asyncio.Lock() as lock:
        return [x async for x in agen()]

async def agen():
    yield await asyncio.sleep(0, result=5)


def fails():
    raise ValueError(
        "line %d" % len(asyncio.run(coroutine())))
''',
}


def other_interpreter():
    path = os.environ.get("TAIPAN_OTHER")
    if path:
        return path
    try:
        prefix = subprocess.run([os.path.join(ROOT, "tools", "find-reference")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                universal_newlines=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
    return os.path.join(prefix, "bin", "python3.8")


OTHER = other_interpreter()


@unittest.skipUnless(OTHER and os.path.exists(OTHER), "no reference interpreter")
class Exchange(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        for name, text in SOURCES.items():
            path = os.path.join(self.folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as file:
                file.write(text)

    def run_with(self, interpreter, *words):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} if interpreter == OTHER else None
        return subprocess.run([interpreter, *words], cwd=self.folder, env=environment, stdout=subprocess.PIPE,
                              universal_newlines=True, check=True).stdout

    def compiled(self):
        found = {}
        for folder, _, files in os.walk(self.folder):
            for name in files:
                if name.endswith(".pyc"):
                    with open(os.path.join(folder, name), "rb") as file:
                        found[name] = file.read()
        return found

    def exchange(self, writer, reader, *options):
        self.run_with(writer, "-m", "compileall", "-q", *options, ".")
        expected = self.run_with(writer, "main.py")
        for name in SOURCES:  # only the compiled files are left, where imports look for files without sources
            path = os.path.join(self.folder, name)
            folder, base = os.path.split(path)
            os.remove(path)
            os.rename(os.path.join(folder, "__pycache__", base[:-3] + ".cpython-38.pyc"), path + "c")
        self.assertEqual(self.run_with(reader, "main.pyc"), expected)
        self.assertIn("'parts!'", expected)

    def test_ours_there(self):
        self.exchange(sys.executable, OTHER)

    def test_theirs_here(self):
        self.exchange(OTHER, sys.executable)

    def test_cached_files_are_taken_over(self):
        """Neither writes a cache anew that the other has written, be it by time or by hash."""
        for mode in ("timestamp", "checked-hash", "unchecked-hash"):
            for writer, reader in ((sys.executable, OTHER), (OTHER, sys.executable)):
                with self.subTest(mode=mode, writer=writer):
                    self.run_with(writer, "-m", "compileall", "-q", "-f", "--invalidation-mode", mode, ".")
                    before = self.compiled()
                    self.assertEqual(len(before), 3)
                    self.run_with(reader, "-c", "import main")
                    self.assertEqual(self.compiled(), before)

    def test_same_code(self):
        found = []
        for writer in (sys.executable, OTHER):
            self.run_with(writer, "-m", "compileall", "-q", "-f", ".")
            found.append(self.compiled())
        self.assertEqual(found[0].keys(), found[1].keys())
        for name in found[0]:
            ours, theirs = found[0][name], found[1][name]
            self.assertEqual(ours[:16], theirs[:16])
            self.assertEqual(marshal.loads(ours[16:]), marshal.loads(theirs[16:]))


if __name__ == "__main__":
    unittest.main()
