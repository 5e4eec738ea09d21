# SPDX-License-Identifier: MIT
"""Errors on a terminal are coloured and point at the failing expression; elsewhere they read as 3.8's."""
import os
import re
import select
import subprocess
import sys
import tempfile
import time
import unittest

try:
    import pty
    os.close(os.openpty()[0])
except (ImportError, OSError):
    pty = None

SEQUENCE = re.compile(r"\x1b\[[0-9;]*m")


def on_terminal(arguments, typed=(), **environment):
    """Run the interpreter on a pseudo terminal; what it shows, with newlines as \\n."""
    pid, fd = pty.fork()
    if pid == 0:
        for name in ("NO_COLOR", "PYTHON_COLORS", "PYTHONSTARTUP"):
            os.environ.pop(name, None)
        os.environ.update({"TERM": "xterm", "HOME": tempfile.gettempdir(), **environment})
        os.execv(sys.executable, [sys.executable, *arguments])
    shown = b""
    pending = [line.encode() for line in typed]
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        if pending and shown.rstrip(b" ").endswith((b">>>", b"...")):
            shown += b"\n"
            os.write(fd, pending.pop(0))
        if not select.select([fd], [], [], 0.2)[0]:
            continue
        try:
            data = os.read(fd, 65536)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.close(fd)
    os.waitpid(pid, 0)
    return shown.decode("utf-8", "replace").replace("\r\n", "\n")


@unittest.skipUnless(pty, "needs pseudo terminals")
@unittest.skipUnless("taipan" in sys.version, "CPython 3.8 has no colours")
class TerminalTests(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def script(self, text, **environment):
        path = os.path.join(self.folder.name, "script.py")
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return on_terminal([path], **environment)

    def marks(self, text):
        """The lines of signs that point at something."""
        return [line for line in SEQUENCE.sub("", self.script(text)).splitlines() if line.strip() and not line.strip(" ^~")]

    def test_subscript(self):
        shown = self.script("d = {}\nx = 1 + d['key'] + 2\n")
        self.assertIn("\x1b[1;31md['key']\x1b[0m", shown)
        plain = SEQUENCE.sub("", shown).splitlines()
        self.assertEqual(plain[-3:], ["    x = 1 + d['key'] + 2", "            ~^^^^^^^", "KeyError: 'key'"])

    def test_operator(self):
        self.assertEqual(self.marks("a = 1\nb = 2 * (a + None)\n"), ["             ~~^~~~~~"])
        self.assertEqual(self.marks("print(2 ** 'x' * 3)\n"), ["          ~~^^~~~~"])

    def test_attribute_and_wide_text(self):
        self.assertEqual(self.marks("x = 'é', ''.nothing, 3\n"), ["             ^^^^^^^^^^"])

    def test_nested_functions(self):
        text = "def f(n):\n    return g(n) + 1\ndef g(n):\n    return [k for k in range(n) if k / 0]\nf(3)\n"
        self.assertEqual(self.marks(text), ["    ~^^^", "           ~^^^", " " * 11 + "^" * 30, " " * 35 + "~~^~~"])

    def test_whole_statement_is_not_marked(self):
        self.assertEqual(self.marks("raise ValueError\n"), [])

    def test_two_equal_functions_on_a_line(self):
        self.assertEqual(self.marks("p = [lambda: None.x, lambda: None.x]\np[1]()\n"), ["    ~~~~^^"])

    def test_changed_source(self):
        text = "import sys\nopen(sys.argv[0], 'w').write('\\n\\n1 / 0 + 3\\n')\nx = 1 / 0 + 3\n"
        self.assertEqual(self.marks(text), [])

    def test_warnings_are_not_repeated(self):
        shown = self.script("x = 1 is 1\ny = x / 0 + 1\n")
        self.assertEqual(shown.count("SyntaxWarning"), 1)
        self.assertIn("~~^~~", shown)

    def test_opting_out(self):
        for name, value in ("NO_COLOR", "1"), ("PYTHON_COLORS", "0"), ("TERM", "dumb"):
            shown = self.script("1 / 0 + 3\n", **{name: value})
            self.assertNotIn("\x1b", shown, name)
            self.assertTrue(shown.endswith('line 1, in <module>\n    1 / 0 + 3\nZeroDivisionError: division by zero\n'), shown)

    def test_interactive(self):
        shown = on_terminal(["-q", "-i"], ["def f(a):\n", "  return a[0] + a[9]\n", "\n", "f([1])\n", "1 +\n", "exit()\n"])
        plain = SEQUENCE.sub("", shown)
        self.assertIn("    return a[0] + a[9]\n                  ~^^^\nIndexError: list index out of range\n", plain)
        self.assertIn("SyntaxError: invalid syntax", plain)


class PipeTests(unittest.TestCase):
    def test_no_colour_in_a_pipe(self):
        done = subprocess.run([sys.executable, "-c", "1 / 0 + 3"], stderr=subprocess.PIPE, env={**os.environ, "TERM": "xterm"})
        self.assertEqual(done.stderr.decode().splitlines()[1:],
                         ['  File "<string>", line 1, in <module>', "ZeroDivisionError: division by zero"])


if __name__ == "__main__":
    unittest.main()
