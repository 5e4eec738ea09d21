# SPDX-License-Identifier: MIT
"""The program: options, ways to run, exit statuses, environment."""
import os
import subprocess
import sys
import tempfile
import unittest


def run(*args, stdin='', env=None, **kw):
    p = subprocess.run([sys.executable, *args], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                       universal_newlines=True, env=dict(os.environ, **(env or {})), timeout=60, **kw)
    return p.returncode, p.stdout, p.stderr


class WaysTests(unittest.TestCase):
    def test_command(self):
        self.assertEqual(run('-c', 'import sys; print(sys.argv, sys.path[0])', 'x', '-y')[:2], (0, "['-c', 'x', '-y'] \n"))
        self.assertEqual(run('-cprint(1)')[:2], (0, '1\n'))

    def test_stdin(self):
        self.assertEqual(run(stdin='print(5)')[:2], (0, '5\n'))
        self.assertEqual(run('-', 'a', stdin='import sys; print(sys.argv)')[:2], (0, "['-', 'a']\n"))

    def test_file_and_directory(self):
        with tempfile.TemporaryDirectory() as d:
            path = os.path.join(d, '__main__.py')
            with open(path, 'w') as f:
                f.write('import sys; print(__name__, __file__ == sys.argv[1], sys.path[0])')
            self.assertEqual(run(path, path)[:2], (0, '__main__ True %s\n' % os.path.realpath(d)))
            self.assertEqual(run(d, path)[:2], (0, '__main__ True %s\n' % d))

    def test_module(self):
        self.assertEqual(run('-m', 'json.tool', stdin='{"a":1}')[:2], (0, '{\n    "a": 1\n}\n'))
        self.assertIn('No module named no_such_module', run('-m', 'no_such_module')[2])

    def test_interactive(self):
        status, out, err = run('-i', '-q', stdin='1+1\nfor i in range(2):\n  i\n\n1/0\n"x"\n')
        self.assertEqual((status, out), (0, "2\n0\n1\n'x'\n"))
        self.assertIn('ZeroDivisionError', err)
        self.assertEqual(run('-i', '-c', 'x = 3', stdin='print(x)\n')[1], '3\n')


class StatusTests(unittest.TestCase):
    def test_statuses(self):
        for code, status in [('pass', 0), ('raise SystemExit(7)', 7), ('raise SystemExit', 0), ('raise SystemExit("text")', 1),
                             ('1/0', 1), ('import os; os._exit(9)', 9), ('(', 1)]:
            self.assertEqual(run('-c', code)[0], status, code)
        self.assertEqual(run('-c', 'raise SystemExit("text")')[2], 'text\n')
        self.assertEqual(run('no_such_file.py')[0], 2)
        self.assertEqual(run('--no-such-option')[0], 2)
        self.assertEqual(run('-c', 'raise KeyboardInterrupt')[0], -2)

    def test_output_that_cannot_be_flushed(self):
        if os.path.exists('/dev/full'):
            with open('/dev/full', 'w') as full:
                p = subprocess.run([sys.executable, '-c', 'print(1)'], stdout=full, stderr=subprocess.PIPE,
                                   env=dict(os.environ, PYTHONUNBUFFERED=''))
            self.assertEqual(p.returncode, 120)

    def test_exit_order(self):
        code = 'import atexit, threading, time\natexit.register(print, "atexit")\n' \
               'threading.Thread(target=lambda: (time.sleep(.05), print("thread"))).start()\nprint("main")'
        self.assertEqual(run('-c', code)[1], 'main\nthread\natexit\n')

    def test_module_globals_die(self):
        code = 'class A:\n  def __del__(self, print=print): print("del")\na = A()\nb = A(); b.me = b'
        self.assertEqual(run('-c', code)[1], 'del\ndel\n')


class OptionTests(unittest.TestCase):
    def flag(self, name, *args, env=None):
        return run(*args, '-c', 'import sys; print(sys.flags.%s)' % name, env=env)[1].strip()

    def test_flags(self):
        for name, args, value in [('optimize', ('-OO',), '2'), ('verbose', (), '0'), ('no_site', ('-S',), '1'),
                                  ('isolated', ('-I',), '1'), ('ignore_environment', ('-I',), '1'), ('dont_write_bytecode', ('-B',), '1'),
                                  ('bytes_warning', ('-bb',), '2'), ('dev_mode', ('-X', 'dev'), 'True'), ('utf8_mode', ('-X', 'utf8'), '1'),
                                  ('int_max_str_digits', ('-X', 'int_max_str_digits=1000'), '1000')]:
            self.assertEqual(self.flag(name, *args), value, name)

    def test_environment(self):
        self.assertEqual(self.flag('optimize', env={'PYTHONOPTIMIZE': '2'}), '2')
        self.assertEqual(self.flag('optimize', '-E', env={'PYTHONOPTIMIZE': '2'}), '0')
        self.assertEqual(self.flag('hash_randomization', env={'PYTHONHASHSEED': '0'}), '0')
        status, out, err = run('-c', '1', env={'PYTHONHASHSEED': 'x'})
        self.assertEqual(status, 1)
        self.assertIn('PYTHONHASHSEED must be "random" or an integer in range [0; 4294967295]', err)

    def test_hash_seed_is_cpythons(self):
        self.assertEqual(run('-c', 'print(hash("abc"), hash(b""))', env={'PYTHONHASHSEED': '42'})[1], '-4501618152524544106 0\n')

    def test_version(self):
        self.assertEqual(run('-V')[1], 'Python 3.8.18\n')
        self.assertTrue(run('-VV')[1].startswith('Python 3.8.18 ('))

    def test_warnings(self):
        code = 'import sys; print(sys.warnoptions)'
        self.assertEqual(run('-X', 'dev', '-W', 'error', '-b', '-c', code, env={'PYTHONWARNINGS': 'once,ignore'})[1],
                         "['default', 'once', 'ignore', 'error', 'default::BytesWarning']\n")

    def test_stdio_encoding(self):
        code = 'import sys; print(sys.stdout.encoding, sys.stdout.errors, sys.stderr.errors)'
        self.assertEqual(run('-c', code, env={'PYTHONIOENCODING': 'latin1:replace'})[1], 'iso8859-1 replace backslashreplace\n')
        self.assertEqual(run('-c', code, env={'PYTHONIOENCODING': '', 'LC_ALL': 'C', 'PYTHONUTF8': '0'})[1],
                         'ascii surrogateescape backslashreplace\n')


if __name__ == '__main__':
    unittest.main()
