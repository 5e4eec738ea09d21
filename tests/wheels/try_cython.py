# SPDX-License-Identifier: MIT
"""Cython 0.29 and 3.0: translate sample.pyx, build it with distutils and our headers, and use what comes out."""
import array
import asyncio
import cProfile
import os
import pickle
import pstats
import shutil
import subprocess
import sys
import tempfile
import traceback

if not (shutil.which("cc") or shutil.which("gcc")):
    sys.exit(0)
HERE = os.path.dirname(os.path.abspath(__file__))
folder = tempfile.mkdtemp()
shutil.copy(os.path.join(HERE, "sample.pyx"), folder)
with open(os.path.join(folder, "setup.py"), "w") as f:
    f.write("""from distutils.core import setup
from distutils.extension import Extension
from Cython.Build import cythonize
setup(name="sample", ext_modules=cythonize([Extension("sample", ["sample.pyx"], extra_compile_args=["-O1", "-w"])]))
""")
build = subprocess.run([sys.executable, "setup.py", "-q", "build_ext", "--inplace"], cwd=folder, stdout=-1, stderr=subprocess.STDOUT)
assert build.returncode == 0, build.stdout.decode()
sys.path.insert(0, folder)
import sample as s  # noqa: E402
shutil.rmtree(folder)

assert s.largest(array.array("i", [3, 9, 4])) == 9 and s.largest(array.array("d", [2.5, -1])) == 2.5
assert s.largest["double"](array.array("d", [7])) == 7
grid = memoryview(bytearray(array.array("d", range(6)).tobytes())).cast("d", (2, 3))
assert s.scale(grid, 10) == 30.0 and grid[1, 2] == 50.0
for _ in range(3):
    nodes = [s.Node(i, weight=i) for i in range(10)]
    del nodes
assert s.freed == 30
n = s.Node("ab", s.Node("c"), 9)
assert (n.value, len(n), n[1], n.root, n.twice(), n == s.Node("ab"), n != s.Node("x")) == ("ab", 2, "b", 3.0, 18.0, True, True)
assert (n + n).value == ("ab", "ab") and s.Heavier(1, None, 4).twice() == 108 and pickle.loads(pickle.dumps(n)) == n
for wrong in (lambda: n + 1, lambda: setattr(n, "next", None), lambda: s.Node(1, 2), lambda: n < n):
    try:
        wrong()
    except (TypeError, AttributeError):
        pass
    else:
        raise AssertionError
p = s.Plain.made()
assert (p.args, p.key, p.rest, p.method(1), p.method(1, c=0), s.Plain.still("ab")) == ((1,), "k", {"z": 26}, 6, 3, ["aa", "bb"])
assert s.Plain.__doc__ == "An ordinary class." and s.Plain.method.__name__ == "method"


class Derived(s.Plain):
    def method(self, a, **kw):
        return super().method(a, **kw) * 10


assert Derived().method(1, b=0) == 40
g = s.counter(5)
assert [next(g), g.send(10), g.send(5), g.throw(ValueError("x"))] == [0, 10, 15, "caught x"] and not list(g)
assert list(s.delegating()) == [0, 0, 1, "result 3"] and s.log == ["closed"] * 2
g = s.counter(2)
next(g)
del g
assert s.log.count("closed") == 3
add, get, each = s.closures(5)
assert (add(3), get(), [f() for f in each]) == (8, 8, [0, 1])
assert s.exceptions(4) == 4 and s.exceptions(-4) == ("ValueError", "negative: -4") and s.log[-2:] == ["finally"] * 2
assert sys.exc_info() == (None, None, None)
try:
    s.unhandled(-1)
except ValueError as e:
    names = [entry.name for entry in traceback.extract_tb(e.__traceback__)]
    assert names[0] == "<module>" and names[-2:] == ["sample.unhandled", "sample.fails"] or names[-2:] == ["unhandled", "fails"], names
assert asyncio.run(s.waits(asyncio.sleep, 3)) == ([0, 1, 4], "entered") and s.log[-1] == "left"
assert s.strings("x", b"A", {"k": 1}) == "   'x'|65k1" and s.big(-7, 3) == (-21, -3, -1)
assert s.calls(lambda *a, **k: (a, k), 1, b=2) == (((1,), {"b": 2}), ((1,), {}))
assert s.sorting([1, 3, 2]) == ([(0, 3), (1, 2), (2, 1)], {0: 3, 1: 2, 2: 1}, {1, 2, 3}, (1, 2, 3))
profile = cProfile.Profile()
profile.runcall(s.unhandled, 3)
assert any(name[2] in ("unhandled", "sample.unhandled") for name in pstats.Stats(profile).stats)
seen = []
sys.setprofile(lambda frame, event, arg: seen.append((event, frame.f_code.co_name)))
s.sorting([1])
sys.setprofile(None)
assert ("call", "sorting") in seen and ("return", "sorting") in seen
