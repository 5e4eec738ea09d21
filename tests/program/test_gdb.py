# SPDX-License-Identifier: MIT
"""The gdb commands (tools/gdb/taipan_gdb.py): a program that aborts, looked at by gdb."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tools', 'gdb', 'taipan_gdb.py')

PROGRAM = '''\
import os
class Point:
    kind = 'point'
    def __init__(self, x):
        self.x = x
        self.label = 'n\\xe9\\u20ac\\U0001d4b3'
def inner(p, n, *rest, **kw):
    table = {'a': [1, 2.5, None], 'b': (True, b'x\\0', {3})}
    big = -2 ** 100
    loop = []
    loop.append(loop)
    bad = ValueError('why', 2)
    def closure():
        return p
    os.abort()
def outer(k):
    words = ['w%d' % i for i in range(k)]
    yield inner(Point(k), words, 1, 2, z=frozenset())
next(outer(3))
'''


def gdb_works():
    """Whether there is a gdb with Python that can run programs here."""
    if not hasattr(sys, '_taipan') or shutil.which('gdb') is None:
        return False
    try:
        done = subprocess.run(['gdb', '-q', '-batch', '-nx', '-ex', 'python print(6 * 7)', '-ex', 'run', '--args', '/bin/true'],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b'42' in done.stdout and b'exited normally' in done.stdout


class Lone(unittest.TestCase):
    def test_script_compiles(self):
        with open(SCRIPT, encoding='utf-8') as file:
            compile(file.read(), SCRIPT, 'exec')


@unittest.skipUnless(gdb_works(), 'no gdb, or not taipan')
class Gdb(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.program = os.path.join(cls.folder, 'program.py')
        with open(cls.program, 'w') as file:
            file.write(PROGRAM)

    def gdb(self, *commands):
        """What gdb prints after each of the commands, when the program has aborted."""
        line = ['gdb', '-q', '-batch', '-nx', '-ex', 'set confirm off', '-ex', 'set debuginfod enabled off', '-ex', 'source ' + SCRIPT,
                '-ex', 'run']
        for command in commands:
            line += ['-ex', 'echo \\n=====\\n', '-ex', command]
        environment = dict(os.environ, PYTHONHASHSEED='0')
        done = subprocess.run(line + ['--args', sys.executable, '-S', self.program], stdin=subprocess.DEVNULL, env=environment,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        text = done.stdout.decode('utf-8', 'replace')
        if 'SIGABRT' not in text:
            self.skipTest('gdb does not get so far: ' + text[-300:])
        return [part.strip() for part in text.split('\n=====\n')[1:]]

    def test_backtrace(self):
        stack, = self.gdb('py-bt')
        self.assertEqual(stack.splitlines(), [
            'Python stack (most recent call first):',
            '#0   File "%s", line 15, in inner' % self.program, '        os.abort()',
            '#1   File "%s", line 18, in outer' % self.program, '        yield inner(Point(k), words, 1, 2, z=frozenset())',
            '#2   File "%s", line 19, in <module>' % self.program, '        next(outer(3))'])

    def test_locals(self):
        shown = self.gdb('py-locals')[0]
        self.assertRegex(shown, r"p = <Point at 0x[0-9a-f]+: x=3, label='n")
        for line in ("n = ['w0', 'w1', 'w2']", 'rest = (1, 2)', "kw = {'z': frozenset()}",
                     "table = {'a': [1, 2.5, None], 'b': (True, b'x\\x00', {3})}", 'big = -%d' % 2 ** 100, 'loop = [...]',
                     "bad = ValueError('why', 2)"):
            self.assertIn(line, shown.splitlines())
        self.assertIn('closure = <function inner.<locals>.closure at 0x', shown)

    def test_print(self):
        parts = self.gdb('py-print p.x', 'py-print p.kind', 'py-print len', 'py-print os.sep', 'py-print Point', 'py-print nothing',
                         'py-print p.nothing', 'py-print 0x10')
        self.assertEqual(parts[0], 'p.x = 3')
        self.assertEqual(parts[1], "p.kind = 'point'")
        self.assertEqual(parts[2], 'len = <built-in len>')
        self.assertEqual(parts[3], "os.sep = '/'")
        self.assertEqual(parts[4], "Point = <class 'Point'>")
        self.assertIn('no variable', parts[5])
        self.assertIn("p has no 'nothing'", parts[6])
        self.assertIn('damaged object', parts[7])

    def test_moving(self):
        parts = self.gdb('py-up', 'py-locals', 'py-list', 'py-up', 'py-up', 'py-down 2', 'py-frame 1', 'py-list 1, 2', 'py-threads')
        self.assertTrue(parts[0].startswith('#1   File'), parts[0])
        self.assertEqual(parts[1].splitlines(), ['k = 3', "words = ['w0', 'w1', 'w2']"])
        self.assertIn('   18 >     yield inner', parts[2])
        self.assertIn('in <module>', parts[3])
        self.assertIn('no such frame', parts[4])
        self.assertTrue(parts[5].startswith('#0 '), parts[5])
        self.assertTrue(parts[6].startswith('#1 '), parts[6])
        self.assertEqual(parts[7].splitlines(), ['1   import os', '    2   class Point:'])
        self.assertRegex(parts[8], r'^\* Thread 0x[0-9a-f]+: File .* in inner$')


if __name__ == '__main__':
    unittest.main()
