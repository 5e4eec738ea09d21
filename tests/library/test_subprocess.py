# SPDX-License-Identifier: MIT
"""subprocess and _posixsubprocess: essential behaviour."""
import errno
import os
import subprocess
import sys
import tempfile
import unittest

PYTHON = [sys.executable, '-S', '-c']


class Run(unittest.TestCase):
    def test_output(self):
        done = subprocess.run(['cat'], input='a\u00e9', capture_output=True, encoding='utf-8')
        self.assertEqual(repr(done), "CompletedProcess(args=['cat'], returncode=0, stdout='a\u00e9', stderr='')")
        self.assertEqual(subprocess.check_output('echo $X; exit 0', shell=True, env={'X': '7'}), b'7\n')
        self.assertEqual(subprocess.getstatusoutput('echo a; exit 3'), (3, 'a'))

    def test_failures(self):
        with self.assertRaises(subprocess.CalledProcessError) as caught:
            subprocess.check_call(PYTHON + ['import sys; sys.exit(4)'])
        self.assertEqual(caught.exception.returncode, 4)
        self.assertEqual(str(subprocess.CalledProcessError(-9, 'x')), "Command 'x' died with <Signals.SIGKILL: 9>.")
        with self.assertRaises(FileNotFoundError) as caught:
            subprocess.Popen(['/no/such/program'])
        self.assertEqual(caught.exception.filename, '/no/such/program')
        with self.assertRaises(FileNotFoundError) as caught:
            subprocess.Popen(['true'], cwd='/no/such/folder')
        self.assertEqual(caught.exception.filename, '/no/such/folder')

    def test_timeout(self):
        with self.assertRaises(subprocess.TimeoutExpired) as caught:
            subprocess.run(['sh', '-c', 'echo hi; exec sleep 9'], timeout=0.2, stdout=subprocess.PIPE)
        self.assertEqual(caught.exception.output, b'hi\n')
        self.assertIn("timed out after 0.2 seconds", str(caught.exception))

    def test_files(self):
        with tempfile.TemporaryFile() as file:
            subprocess.call(['echo', 'into'], stdout=file)
            file.seek(0)
            self.assertEqual(file.read(), b'into\n')
        r, w = os.pipe()
        self.addCleanup(os.close, r)
        self.addCleanup(os.close, w)
        code = 'import os; os.write(%d, b"passed")' % w
        # A descriptor may be passed under its own number and as an output as well.
        self.assertEqual(subprocess.call(PYTHON + [code], stdout=w, pass_fds=(w,)), 0)
        self.assertEqual(os.read(r, 99), b'passed')

    def test_closed_descriptors(self):
        for stream in 'stdin', 'stdout', 'stderr':
            with self.assertRaises(OSError) as caught:
                subprocess.Popen(['true'], **{stream: 10000})
            self.assertEqual(caught.exception.errno, errno.EBADF)

    def test_quoting(self):
        self.assertEqual(subprocess.list2cmdline(['a b', 'c\\"d', '', 'x\\ y\\', 'z\\']),
                         '"a b" c\\\\\\"d "" "x\\ y\\\\" z\\')

    def test_arguments(self):
        for options, error in (({'bufsize': 'x'}, TypeError), ({'startupinfo': 1}, ValueError),
                               ({'text': True, 'universal_newlines': False}, subprocess.SubprocessError),
                               ({'env': {'a=b': 'c'}}, ValueError)):
            with self.assertRaises(error, msg=options):
                subprocess.Popen(['true'], **options)

    def test_preexec(self):
        with self.assertRaisesRegex(subprocess.SubprocessError, r'^Exception occurred in preexec_fn\.$'):
            subprocess.Popen(['true'], preexec_fn=lambda: 1 / 0)


if __name__ == '__main__':
    unittest.main()
