# SPDX-License-Identifier: MIT
"""The end of the process: finalizers run and streams are flushed, whether or not the interpreter is taken down.

Runs under taipan and under the reference: python3.8 -m unittest tests/program/test_exit.py
"""
import os
import subprocess
import sys
import tempfile
import unittest


def run(code, *options, **keywords):
    done = subprocess.run([sys.executable, '-E', *options, '-c', code], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=60, **keywords)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Finalizers(unittest.TestCase):
    def expect(self, code, output, *options, status=0):
        self.assertEqual(run(code, *options), (status, output, ''))

    def test_nothing_to_do(self):
        self.expect('x = [1]; x.append(x); print("out")', 'out\n')

    def test_del(self):
        self.expect('class C:\n def __del__(self): print("gone")\nkeep = C()', 'gone\n')
        self.expect('class C(int):\n __slots__ = ()\n def __del__(self): print("gone")\nkeep = C(3)', 'gone\n')
        self.expect('class C(OSError):\n def __del__(self): print("gone")\nkeep = C()\nkeep.me = keep', 'gone\n')

    def test_suspended_generator(self):
        self.expect('def g():\n try: yield\n finally: print("closed")\nkeep = g(); next(keep)', 'closed\n')

    def test_weakref_callback(self):
        self.expect('import weakref\nclass C: pass\nc = C()\nr = weakref.ref(c, lambda r: print("dead"))\n'
                    'import sys; sys.modules["c"] = c; del c', 'dead\n')

    def test_weakref_finalize(self):
        self.expect('import weakref\nclass C: pass\nc = C()\nweakref.finalize(c, print, "dead")', 'dead\n')

    def test_atexit_order(self):
        self.expect('import atexit\nclass C:\n def __del__(self): print("gone")\nkeep = C()\n'
                    'atexit.register(print, 1); atexit.register(print, 2)', '2\n1\ngone\n')

    def test_thread_is_joined(self):
        self.expect('import threading, time\ndef f():\n time.sleep(.1); print("done")\nthreading.Thread(target=f).start()',
                    'done\n')

    def test_file_is_flushed(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'f')
            self.expect('f = open(%r, "w"); f.write("text")' % path, '')
            with open(path) as f:
                self.assertEqual(f.read(), 'text')

    def test_replaced_stdout(self):
        self.expect('import sys, io\nkeep = sys.stdout\nkeep.write("a"); sys.stdout = io.StringIO()', 'a')

    def test_gc_callback(self):
        self.assertIn('start', run('import gc; gc.callbacks.append(lambda *a: print(a[0]))')[1])

    def test_exit_status(self):
        self.expect('print(1); raise SystemExit(3)', '1\n', status=3)
        self.expect('import sys; sys.exit(4)', '', status=4)

    def test_unclosed_socket_warns(self):
        status, out, err = run('import _socket; keep = _socket.socket()', '-W', 'always')
        self.assertIn('ResourceWarning: unclosed', err)

    def test_unclosed_scandir_warns(self):
        status, out, err = run('import os; keep = os.scandir("/"); next(keep)', '-W', 'always')
        self.assertIn('ResourceWarning: unclosed scandir', err)

    def test_coroutine_never_awaited(self):
        status, out, err = run('async def f(): pass\nkeep = f()')
        self.assertIn('never awaited', err)

    def test_order_of_modules(self):
        """Modules that are still alive are wiped in the reverse order of their import."""
        err = run('', '-v')[2]
        wiped = [line.split()[-1] for line in err.splitlines() if line.startswith('# cleanup[3] wiping ')]
        some = [name for name in wiped if name in ('codecs', '_io', '_imp', '_frozen_importlib', 'sys', 'builtins')]
        self.assertEqual(some, ['codecs', '_io', '_imp', '_frozen_importlib', 'sys', 'builtins'])

    def test_failing_flush(self):
        status, out, err = run('import os, sys; sys.stdout.write("x"); os.close(1)')
        self.assertEqual(status, 120)


if __name__ == '__main__':
    unittest.main()
