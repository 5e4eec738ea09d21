# SPDX-License-Identifier: MIT
"""Every field of PyConfig and PyPreConfig does what it says: tests/embedding/programs/configure.c starts with it, a command looks.

A row: kind of configuration, fields, what is printed (and the status, where it is not 0). All seen with CPython 3.8.18's library.
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.join(os.path.dirname(os.path.realpath(sys.executable)), "tests", "embedding", "configure")
FLAGS = ("import sys; f = sys.flags; print(f.debug, f.inspect, f.interactive, f.optimize, f.dont_write_bytecode, f.no_user_site, f.no_site,"
         " f.ignore_environment, f.verbose, f.bytes_warning, f.quiet, f.hash_randomization, f.isolated, int(f.dev_mode), f.utf8_mode)")
#                    debug inspect interactive optimize dont_write no_user_site no_site ignore verbose bytes quiet hash isolated dev utf8
FLAG_ROWS = [
    ("compat", [], "0 0 0 0 0 0 0 0 0 0 0 1 0 0 0"),
    ("python", [], "0 0 0 0 0 0 0 0 0 0 0 1 0 0 0"),
    ("isolated", [], "0 0 0 0 0 1 0 1 0 0 0 1 1 0 0"),
    ("python", ["isolated=1"], "0 0 0 0 0 1 0 1 0 0 0 1 1 0 0"),
    ("python", ["use_environment=0"], "0 0 0 0 0 0 0 1 0 0 0 1 0 0 0"),
    ("python", ["dev_mode=1"], "0 0 0 0 0 0 0 0 0 0 0 1 0 1 0"),
    ("python", ["bytes_warning=2"], "0 0 0 0 0 0 0 0 0 2 0 1 0 0 0"),
    ("python", ["optimization_level=2", "write_bytecode=0"], "0 0 0 2 1 0 0 0 0 0 0 1 0 0 0"),
    ("python", ["quiet=1", "parser_debug=1"], "1 0 0 0 0 0 0 0 0 0 1 1 0 0 0"),
    ("python", ["user_site_directory=0"], "0 0 0 0 0 1 0 0 0 0 0 1 0 0 0"),
    ("python", ["site_import=0"], "0 0 0 0 0 0 1 0 0 0 0 1 0 0 0"),
    ("python", ["use_hash_seed=1", "hash_seed=0"], "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"),
    ("python", ["pre.utf8_mode=1"], "0 0 0 0 0 0 0 0 0 0 0 1 0 0 1"),
    ("python", ["pre.isolated=1"], "0 0 0 0 0 0 0 0 0 0 0 1 0 0 0"),
    ("compat", ["pre.isolated=1"], "0 0 0 0 0 1 0 1 0 0 0 1 1 0 0"),
    ("compat", ["pre.use_environment=0"], "0 0 0 0 0 0 0 1 0 0 0 1 0 0 0"),
    ("python", ["pre.dev_mode=1"], "0 0 0 0 0 0 0 0 0 0 0 1 0 1 0"),
    ("isolated", ["pre.dev_mode=1"], "0 0 0 0 0 1 0 1 0 0 0 1 1 0 0"),
    ("python", ["xoptions=dev"], "0 0 0 0 0 0 0 0 0 0 0 1 0 0 0"),
    ("python", ["argv=p", "argv=-bOsqS", "argv=-I", "argv=-X", "argv=dev"], "0 0 0 1 0 1 1 1 0 1 1 1 1 0 0"),
    ("python", ["argv=p", "argv=-E"], "0 0 0 0 0 0 0 1 0 0 0 1 0 0 0"),
    ("isolated", ["argv=p", "argv=-b"], "0 0 0 0 0 1 0 1 0 0 0 1 1 0 0"),
]
STREAMS = "import sys; print(*[(s.encoding, s.errors) for s in (sys.stdin, sys.stdout, sys.stderr)])"
PREFIXES = "import sys; print(sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)"
ROWS = [
    (["run_command=print(hash('abc'))", "use_hash_seed=1", "hash_seed=42"], "-4501618152524544106"),
    (["run_command=import faulthandler; print(faulthandler.is_enabled())", "faulthandler=1"], "True"),
    (["run_command=import tracemalloc as t; print(t.is_tracing(), t.get_traceback_limit())", "tracemalloc=7"], "True 7"),
    (["run_command=import signal; print(signal.getsignal(signal.SIGPIPE))", "install_signal_handlers=0"], "Handlers.SIG_DFL"),
    (["run_command=import signal; print(signal.getsignal(signal.SIGPIPE))", "install_signal_handlers=1"], "Handlers.SIG_IGN"),
    (["run_command=import imported as i; print(i.__cached__)", "pycache_prefix=TMP/cache", "pythonpath_env=TMP"], "TMP/cacheTMP/imported.cpython-38.pyc"),
    (["run_command=import sys; print(sys.getfilesystemencoding(), sys.getfilesystemencodeerrors())", "filesystem_encoding=latin-1"],
     "iso8859-1 surrogateescape"),
    (["run_command=import sys; print(sys.getfilesystemencodeerrors())", "filesystem_errors=strict"], "strict"),
    (["run_command=" + STREAMS, "stdio_encoding=ascii", "stdio_errors=replace"], "('ascii', 'replace') ('ascii', 'replace') ('ascii', 'backslashreplace')"),
    (["run_command=import sys; print(sys.stdout.line_buffering, sys.stdout.write_through)", "buffered_stdio=0"], "False True"),
    (["argv=prog", "argv=-c", "argv=print(__import__('sys').argv)", "argv=x"], "['-c', 'x']"),
    (["argv=prog", "argv=TMP/m.py", "argv=y"], "m __main__ ['TMP/m.py', 'y']"),
    (["argv=prog", "argv=-m", "argv=m", "argv=y", "pythonpath_env=TMP"], "m __main__ ['TMP/m.py', 'y']"),
    (["run_filename=TMP/m.py", "argv=zz", "parse_argv=0"], "m __main__ ['zz']"),
    (["run_module=m", "pythonpath_env=TMP"], "m __main__ ['TMP/m.py']"),
    (["run_filename=TMP/skip.py", "skip_source_first_line=1"], "skipped"),
    (["run_command=import sys; print(sys.executable, sys._base_executable)", "executable=/x/y"], "/x/y /x/y"),
    (["run_command=import sys; print(sys.executable, sys._base_executable)", "executable=/x/y", "base_executable=/b"], "/x/y /b"),
    (["run_command=" + PREFIXES, "prefix=/p", "exec_prefix=/e"], "/p /p /e /e"),
    (["run_command=" + PREFIXES, "prefix=/p", "exec_prefix=/e", "base_prefix=/bp", "base_exec_prefix=/be"], "/p /bp /e /be"),
    (["run_command=import sys; print(sys.executable)", "program_name=/abs/prog"], "/abs/prog"),
    (["run_command=import sys; print(repr(sys.executable))", "program_name=nonesuchprog"], "''"),
    (["run_command=import sys; print(sys.path[1:3])", "pythonpath_env=/a:/b"], "['/a', '/b']"),
    (["run_command=import sys; print('site' in sys.modules)", "site_import=0"], "False"),
    (["run_command=assert 0; print(__debug__)", "optimization_level=1"], "False"),
    (["run_command=import warnings; print([f[0] for f in warnings.filters][:2])", "warnoptions=error", "warnoptions=ignore"], "['ignore', 'error']"),
    (["run_command=import sys; print(sys._xoptions)", "xoptions=a", "xoptions=b=2"], "{'a': True, 'b': '2'}"),
    (["run_command=import _imp; print(_imp.check_hash_based_pycs)", "check_hash_pycs_mode=never"], "never"),
    (["run_command=import sys; print(sys.argv)", "argv=", "argv=a", "parse_argv=0"], "['', 'a']"),
    (["run_command=print(1)", "_install_importlib=1", "read=1"], "1"),
    (["run_command=raise SystemExit(5)"], 5),
    (["run_command=raise ValueError"], 1),
    (["run_filename=TMP/none.py"], 2),
    (["run_command=1", "pre.allocator=99"], "error: Unknown PYTHONMALLOC allocator"),
    (["run_command=1", "filesystem_encoding=nonsense"], "error: failed to get the Python codec of the filesystem encoding"),
    (["run_command=1", "stdio_encoding=nonsense"], "error: failed to get the Python codec name of the stdio encoding"),
    (["argv=p", "argv=-X", "argv=tracemalloc=x", "argv=-c", "argv=1"], "error: -X tracemalloc=NFRAME: invalid number of frames"),
    (["argv=p", "argv=-X", "argv=utf8=5", "argv=-c", "argv=1"], "error: invalid -X utf8 option value"),
    (["argv=p", "argv=-Z"], "exit 2"),
]


class Fields(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not os.path.exists(PROGRAM):
            raise unittest.SkipTest("no embedding programs in this build")
        cls.scratch = tempfile.TemporaryDirectory()
        cls.tmp = os.path.realpath(cls.scratch.name)
        for name, text in (("m.py", "import sys; print('m', __name__, sys.argv)\n"), ("imported.py", ""),
                           ("skip.py", "#! no python (\nprint('skipped')\n")):
            with open(os.path.join(cls.tmp, name), "w") as file:
                file.write(text)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def run_it(self, *words):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": self.tmp, "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
        done = subprocess.run([PROGRAM, *[word.replace("TMP", self.tmp) for word in words]], env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True, timeout=60)
        return done.returncode, done.stdout.replace(self.tmp, "TMP").strip(), done.stderr

    def test_flags(self):
        for kind, fields, expected in FLAG_ROWS:
            with self.subTest(kind=kind, fields=fields):
                code, out, err = self.run_it(kind, "run_command=" + FLAGS, *fields)
                self.assertEqual((code, out), (0, expected), err)

    def test_rows(self):
        for fields, expected in ROWS:
            with self.subTest(fields=fields):
                code, out, err = self.run_it("python", *fields)
                if isinstance(expected, int):
                    self.assertEqual(code, expected, err)
                else:
                    status = 3 if expected.startswith("error: ") else 4 if expected.startswith("exit ") else 0
                    self.assertEqual((code, out), (status, expected), err)

    def test_lost_library(self):
        """Where the library is not found, stderr tells where it was looked for."""
        code, out, err = self.run_it("python", "home=/nonexistent", "run_command=1")
        self.assertEqual((code, out), (3, "error: failed to get the Python codec of the filesystem encoding"))
        for line in ("Python path configuration:", "  PYTHONHOME = '/nonexistent'", "  PYTHONPATH = (not set)", "  program name = 'python3'",
                     "  isolated = 0", "  environment = 1", "  user site = 1", "  import site = 1", "  sys.prefix = '/nonexistent'", "  sys.path = [",
                     "    '/nonexistent/lib/python38.zip',"):
            self.assertIn(line, err.splitlines())

    def test_import_time(self):
        err = self.run_it("python", "import_time=1", "run_command=1")[2]
        self.assertRegex(err, r"import time: self \[us\] \| cumulative \| imported package\n")

    def test_malloc_stats(self):
        self.assertNotEqual(self.run_it("python", "malloc_stats=1", "run_command=1")[2], "")


if __name__ == "__main__":
    unittest.main()
