# SPDX-License-Identifier: MIT
"""The program in bad surroundings: closed, full or missing streams, files that cannot be read, odd options, signals.

What is expected (status, and a part of what is said on standard error) was seen with CPython 3.8.
"""
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SHELL = '/bin/sh'


def shell(line, stdin='', timeout=60, **env):
    """Run a line in which $0 is the interpreter: status, output, errors."""
    process = subprocess.run([SHELL, '-c', line, sys.executable], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             universal_newlines=True, errors='replace', env={**os.environ, 'PYTHONUNBUFFERED': '1', **env}, timeout=timeout)
    return process.returncode, process.stdout, process.stderr


class Table(unittest.TestCase):
    def check(self, rows, **env):
        for line, status, out, err in rows:
            with self.subTest(line=line):
                got = shell(line, **env)
                self.assertEqual((got[0], got[1]), (status, out), got[2])
                if err:
                    self.assertIn(err, got[2])
                else:
                    self.assertEqual(got[2], '')


class StreamTests(Table):
    def test_closed(self):
        self.check([
            ('"$0" -c "print(1)" >&-', 0, '', ''),
            ('"$0" -c "import sys; print(sys.stdin, sys.stdout)" <&-', 0,
             "None <_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>\n", ''),
            ('"$0" -c "import sys; sys.stdin.read()" <&-', 1, '', "AttributeError: 'NoneType' object has no attribute 'read'"),
            ('"$0" -c "input()" <&-', 1, '', 'RuntimeError: input(): lost sys.stdin'),
            ('"$0" -c "1/0" 2>&-', 1, '', ''),
            ('"$0" -c "import sys; print(sys.stderr)" 2>&-', 0, 'None\n', ''),
            ('"$0" -c "raise SystemExit(\'x\')" 2>&-', 1, '', ''),
            ('"$0" -c "import sys; sys.exit(3)" <&- >&- 2>&-', 3, '', ''),
            ('"$0" -c "f = open(\'/dev/null\'); print(f.fileno())" <&-', 0, '0\n', ''),
            ('"$0" - <&-', 0, '', ''),
            ('"$0" -c "import os; os.close(1); print(1)"', 1, '', 'OSError: [Errno 9] Bad file descriptor'),
            ('"$0" -c "import os; os.close(2); 1/0"', 1, '', ''),
            ('"$0" -c "import sys; sys.stdout.close()"', 0, '', ''),
            ('"$0" -c "import sys; sys.stdout.close(); print(1)"', 1, '', 'ValueError: I/O operation on closed file.'),
            ('"$0" -c "import sys; sys.stdout = None; print(1)"', 0, '', ''),
            ('"$0" -c "import sys; del sys.stdout; print(1)"', 1, '', 'RuntimeError: lost sys.stdout'),
            ('"$0" -c "import sys; sys.stdout = 5; print(1)"', 120, '', "AttributeError: 'int' object has no attribute 'write'"),
            ('"$0" -c "import sys; del sys.stderr; 1/0"', 1, '', 'lost sys.stderr'),
            ('"$0" -c "import sys; sys.stderr = 5; 1/0"', 120, '', ''),
            ('"$0" -c "import sys; sys.excepthook = 5; 1/0"', 1, '', "TypeError: 'int' object is not callable"),
            ('"$0" -c "import sys; del sys.excepthook; 1/0"', 1, '', 'sys.excepthook is missing'),
        ], PYTHONIOENCODING='utf-8')

    def test_full(self):
        if os.path.exists('/dev/full'):
            self.check([
                ('"$0" -c "print(1)" >/dev/full', 120, '', 'OSError: [Errno 28] No space left on device'),
                ('"$0" -u -c "print(1)" >/dev/full', 1, '', 'OSError: [Errno 28] No space left on device'),
                ('"$0" -c "1/0" 2>/dev/full', 120, '', ''),
                ('"$0" -c "f = open(\'/dev/full\', \'w\'); f.write(\'a\'); f.close()"', 1, '', 'No space left on device'),
                ('"$0" -c "f = open(\'/dev/full\', \'w\'); f.write(\'a\'); del f"', 0, '', ''),
            ], PYTHONUNBUFFERED='')

    def test_broken_pipe(self):
        self.assertEqual(shell('"$0" -c "for i in range(100000): print(i)" | head -n 1')[1], '0\n')
        self.assertIn('BrokenPipeError', shell('"$0" -c "for i in range(100000): print(i)" | head -n 1')[2])
        line = '"$0" -c "import signal; signal.signal(signal.SIGPIPE, signal.SIG_DFL)\nfor i in range(100000): print(i)" | head -n 1'
        self.assertEqual(shell(line)[1:], ('0\n', ''))

    def test_bytes_that_are_no_text(self):
        with tempfile.TemporaryDirectory() as folder:
            def put(name, data):
                path = os.path.join(folder, name)
                with open(path, 'wb') as file:
                    file.write(data)
                return path
            rows = [
                (b'\xff\xfe\x00', 1, 'SyntaxError'), (b'x = "\xff"', 1, 'Non-UTF-8 code starting with'),
                (b'\x00\x00', 0, ''), (b'\xef\xbb\xbfprint(1)', 0, ''),
                (b'# coding: no-such\n', 1, 'SyntaxError: encoding problem: no-such'), (b'# coding: rot13\n', 1, 'SyntaxError'),
                (b'\xef\xbb\xbf# coding: latin-1\n', 1, 'SyntaxError'), (b'\r\r\r', 0, ''), (b'', 0, ''), (b'\\', 1, 'SyntaxError'),
                (b'"""', 1, 'SyntaxError: EOF while scanning triple-quoted string literal'), (b'if 1:', 1, 'SyntaxError'),
                (b'\x1a', 1, 'SyntaxError'), (b'\x0c\x0cpass', 0, ''), (b' pass', 1, 'IndentationError: unexpected indent'),
                (b'# coding: utf-7\n+AGE-', 1, 'Error'), (b'# coding: hex\n', 1, 'SyntaxError'),
                (b'pass\n\tpass', 1, 'IndentationError'), (b'if 1:\n\tpass\n        pass', 1, 'TabError'),
            ]
            for data, status, err in rows:
                with self.subTest(data=data):
                    got = shell('"$0" "$FILE"', FILE=put('source.py', data))
                    self.assertEqual(got[0], status, got)
                    self.assertIn(err, got[2])
            self.assertEqual(shell('"$0" "$FILE"', FILE=folder)[0], 1)
            self.assertIn("can't find '__main__' module", shell('"$0" "$FILE"', FILE=folder)[2])
            for data in (b'', b'\x42', b'U\r\r\n', b'U\r\r\n' + bytes(12), b'U\r\r\n' + bytes(12) + b'\xe3', b'U\r\r\n' + bytes(12) + b'N'):
                with self.subTest(pyc=data):
                    got = shell('"$0" "$FILE"', FILE=put('x.pyc', data))
                    self.assertEqual(got[0], 1, got)
            for data in (b'', b'PK\x03\x04', b'PK\x05\x06' + bytes(18), b'PK\x05\x06' + b'\xff' * 18):
                got = shell('"$0" "$FILE"', FILE=put('x.zip', data))
                self.assertIn(got[0], (0, 1), got)


class OptionTests(Table):
    def test_bad_options(self):
        self.check([
            ('"$0" -Q', 2, '', 'Unknown option: -Q'), ('"$0" --nothing', 2, '', 'unknown option --nothing'),
            ('"$0" -c', 2, '', 'Argument expected for the -c option'), ('"$0" -m', 2, '', 'Argument expected for the -m option'),
            ('"$0" -W', 2, '', 'Argument expected for the -W option'), ('"$0" -X', 2, '', 'Argument expected for the -X option'),
            ('"$0" -X int_max_str_digits=5 -c 1', 1, '', 'int_max_str_digits'),
            ('"$0" -X tracemalloc=x -c 1', 1, '', '-X tracemalloc=NFRAME: invalid number of frames'),
            ('"$0" -X utf8=5 -c 1', 1, '', 'invalid -X utf8 option value'), ('"$0" -W nonsense -c 1', 0, '', 'Invalid -W option ignored'),
            ('"$0" --check-hash-based-pycs sometimes -c 1', 2, '', '--check-hash-based-pycs must be one of'),
            ('"$0" -m no.such', 1, '', 'Error while finding module specification'),
            ('"$0" -m sys', 1, '', 'No code object available for sys'),
            ('"$0" /no/such/file', 2, '', "can't open file '/no/such/file': [Errno 2] No such file or directory"),
            ('"$0" ""', 1, '', "can't find '__main__' module in ''"),
            ('"$0" -c "$(printf "\\377")"', 1, '', 'Error'), ('"$0" -c "\'"', 1, '', 'SyntaxError: EOL while scanning string literal'),
        ])

    def test_bad_environment(self):
        for name, value, status, err in [
                ('PYTHONHASHSEED', 'x', 1, 'PYTHONHASHSEED must be "random" or an integer in range [0; 4294967295]'),
                ('PYTHONHASHSEED', '4294967296', 1, 'PYTHONHASHSEED must be'), ('PYTHONHASHSEED', '-1', 1, 'PYTHONHASHSEED must be'),
                ('PYTHONMALLOC', 'x', 1, 'PYTHONMALLOC: unknown allocator'),
                ('PYTHONTRACEMALLOC', '-1', 1, 'PYTHONTRACEMALLOC: invalid number of frames'),
                ('PYTHONUTF8', '2', 1, 'invalid PYTHONUTF8 environment variable value'), ('PYTHONINTMAXSTRDIGITS', '6', 1, 'must be >= 640'),
                ('PYTHONIOENCODING', 'no-such', 1, 'LookupError: unknown encoding: no-such'), ('PYTHONWARNINGS', ',,,,,,', 0, ''),
                ('PYTHONPATH', '/no\xff:::x', 0, ''), ('PYTHONSTARTUP', '/no/such', 0, ''), ('PYTHONBREAKPOINT', '.', 0, ''),
                ('PYTHONOPTIMIZE', 'x', 0, ''), ('PYTHONVERBOSE', '-5', 0, None), ('LC_ALL', 'xx_YY.ZZZ', 0, ''), ('PYTHONCOERCECLOCALE', 'q', 0, ''),
                ('PYTHONPYCACHEPREFIX', '/no/such', 0, ''), ('PYTHONDEVMODE', 'x', 0, ''), ('PATH', '', 0, ''), ('HOME', '\xff', 0, '')]:
            with self.subTest(name=name, value=value):
                got = subprocess.run([sys.executable, '-c', '1'], env=dict(os.environ, **{name: value}), stderr=subprocess.PIPE,
                                     timeout=60)
                self.assertEqual(got.returncode, status, got.stderr)
                self.assertIn((err or '').encode(), got.stderr)

    def test_bad_breakpoint_hooks(self):
        for value in ('.', '..', 'no.such', 'len.', '5', '\xff', 'sys.'):
            got = subprocess.run([sys.executable, '-W', 'ignore', '-c', 'breakpoint()'], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, env=dict(os.environ, PYTHONBREAKPOINT=value), timeout=60)
            self.assertIn(got.returncode, (0, 1), (value, got.stderr))


class InterruptTests(unittest.TestCase):
    def interrupt(self, code, delay=0.2, number=signal.SIGINT):
        process = subprocess.Popen([sys.executable, '-c', 'print("on", flush=True)\n' + code], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, stdin=subprocess.PIPE, universal_newlines=True)
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(number)
        try:
            out, err = process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            self.fail('not interrupted: ' + code)
        return process.returncode, out, err

    def test_interrupts(self):
        for code in ['while True: pass', 'import time\ntime.sleep(60)', 'input()', 'import sys\nsys.stdin.read()',
                     'import re\nre.match("(a*)*b", "a" * 60)', 'import threading\nthreading.Event().wait()',
                     'import threading\nl = threading.Lock()\nl.acquire()\nl.acquire()', 'import itertools\nfor i in itertools.count(): pass',
                     'import select\nselect.select([], [], [])', 'import os\nr, w = os.pipe()\nos.read(r, 1)', 'import signal\nsignal.pause()',
                     'def f():\n  while True: yield\nfor x in f(): pass', 'x = []\nwhile True:\n  try: x[1]\n  except IndexError: pass',
                     'while True:\n  try:\n    try: 1/0\n    except ValueError: pass\n  except ZeroDivisionError: pass',
                     'import subprocess, sys\nsubprocess.run([sys.executable, "-c", "import time; time.sleep(20)"])']:
            with self.subTest(code=code):
                status, out, err = self.interrupt(code)
                if 'ModuleNotFoundError' in err:
                    continue
                self.assertEqual(status, -signal.SIGINT, err)
                self.assertIn('KeyboardInterrupt', err)

    def test_handled(self):
        self.assertEqual(self.interrupt('try:\n  while True: pass\nexcept KeyboardInterrupt: print("caught")')[:2], (0, 'caught\n'))
        code = 'import signal\ndef h(*a): raise ValueError("h")\nsignal.signal(signal.SIGTERM, h)\nwhile True: pass'
        status, out, err = self.interrupt(code, number=signal.SIGTERM)
        self.assertEqual((status, 'ValueError: h' in err), (1, True))
        code = 'import signal\nsignal.signal(signal.SIGINT, lambda *a: None)\nimport time\ntime.sleep(1)\nprint("slept")'
        self.assertEqual(self.interrupt(code)[:2], (0, 'slept\n'))
        self.assertEqual(self.interrupt('while True: pass', number=signal.SIGTERM)[0], -signal.SIGTERM)


if __name__ == '__main__':
    unittest.main()
