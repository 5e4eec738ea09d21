# SPDX-License-Identifier: MIT
"""mmap, termios, syslog, _posixshmem, _multiprocessing, _lsprof, _xxsubinterpreters: edges beside CPython's own tests."""
import mmap
import os
import pty
import sys
import syslog
import termios
import unittest

import _lsprof
import _multiprocessing
import _posixshmem
import _xxsubinterpreters as interpreters


class Mmap(unittest.TestCase):
    def test_closed_while_converting(self):
        m = mmap.mmap(-1, 100)

        class Closer:
            def __index__(self):
                m.close()
                return 5
        self.assertRaises(ValueError, lambda: m[Closer()])

    def test_slices(self):
        m = mmap.mmap(-1, 10)
        m[:] = bytes(range(10))
        self.assertEqual(m[8:0:-3], bytes([8, 5, 2]))
        m[::2] = b"abcde"
        self.assertEqual(m[:], b"a\1b\3c\5d\7e\t")
        with self.assertRaisesRegex(IndexError, "mmap slice assignment is wrong size"):
            m[:3] = b"x"
        with self.assertRaisesRegex(TypeError, "mmap object doesn't support slice deletion"):
            del m[:3]
        self.assertEqual((m.find(b""), m.rfind(b"e"), m.find(b"e", -1)), (0, 8, -1))

    def test_exports(self):
        m = mmap.mmap(-1, 10)
        with memoryview(m):
            self.assertRaisesRegex(BufferError, "cannot close exported pointers exist", m.close)
            self.assertRaises(BufferError, m.resize, 20)
        m.close()
        self.assertTrue(m.closed)

    def test_arguments(self):
        self.assertRaisesRegex(OverflowError, "memory mapped length must be positive", mmap.mmap, -1, -1)
        self.assertRaisesRegex(ValueError, "mmap invalid access parameter.", mmap.mmap, -1, 1, access=7)


class Termios(unittest.TestCase):
    def test_attributes(self):
        try:
            a, b = pty.openpty()
        except OSError:
            self.skipTest('no pseudo terminals here')
        try:
            mode = termios.tcgetattr(b)
            self.assertEqual([type(x) for x in mode], [int] * 6 + [list])
            self.assertEqual(len(mode[6]), termios.NCCS)
            mode[3] &= ~(termios.ICANON | termios.ECHO)
            termios.tcsetattr(b, termios.TCSANOW, mode)
            mode = termios.tcgetattr(b)
            self.assertIs(type(mode[6][termios.VMIN]), int)
            self.assertRaisesRegex(TypeError, "must be 7 element list", termios.tcsetattr, b, 0, mode[:6])
            self.assertRaisesRegex(TypeError, "must be 32 element list", termios.tcsetattr, b, 0, mode[:6] + [[]])
            self.assertIsNone(termios.tcflush(b, termios.TCIOFLUSH))
            self.assertIsNone(termios.tcdrain(b))
        finally:
            os.close(a)
            os.close(b)
        self.assertRaises(termios.error, termios.tcgetattr, b)


class Others(unittest.TestCase):
    def test_syslog(self):
        self.assertEqual(syslog.LOG_UPTO(3), 15)
        self.assertRaises(TypeError, syslog.syslog, 1)
        old = syslog.setlogmask(syslog.LOG_UPTO(syslog.LOG_ERR))
        self.assertEqual(syslog.setlogmask(old), 15)

    def test_shared_memory(self):
        name = "/taipan-test-%d" % os.getpid()
        os.close(_posixshmem.shm_open(name, os.O_CREAT | os.O_RDWR | os.O_EXCL, mode=0o600))
        _posixshmem.shm_unlink(name)
        with self.assertRaises(FileNotFoundError) as caught:
            _posixshmem.shm_unlink(path=name)
        self.assertEqual(caught.exception.filename, name)

    def test_semlock(self):
        name = "/taipan-sem-%d" % os.getpid()
        lock = _multiprocessing.SemLock(0, 1, 1, name, True)
        with lock, lock:
            self.assertEqual((lock._count(), lock._is_mine(), lock._is_zero()), (2, True, True))
        self.assertRaisesRegex(AssertionError, "not owned by thread", lock.release)
        sem = _multiprocessing.SemLock(1, 1, 1, name, True)
        self.assertTrue(sem.acquire())
        self.assertFalse(sem.acquire(True, 0.01))
        self.assertFalse(sem.acquire(False))
        sem.release()
        self.assertRaisesRegex(ValueError, "released too many times", sem.release)

    def test_profiler(self):
        def f(n):
            return n and f(n - 1)
        ticks = iter(range(0, 10000, 10))
        p = _lsprof.Profiler(lambda: next(ticks), 0.5)
        p.enable()
        f(3)
        p.disable()
        row, = [r for r in p.getstats() if r.code is f.__code__]
        self.assertEqual((row.callcount, row.reccallcount), (4, 3))
        self.assertGreater(row.totaltime, row.inlinetime / 10)
        self.assertEqual(row.totaltime % 0.5, 0.0)
        self.assertEqual([(c.code, c.callcount) for c in row.calls], [(f.__code__, 3)])
        p.clear()
        self.assertEqual(p.getstats(), [])

    def test_interpreters(self):
        cid = interpreters.channel_create()
        there = interpreters.create()
        interpreters.run_string(there, "import _xxsubinterpreters as i; i.channel_send(c, n * 2)", {"c": cid, "n": 21})
        self.assertEqual(interpreters.channel_recv(cid), 42)
        with self.assertRaisesRegex(interpreters.RunFailedError, "ZeroDivisionError.*division by zero"):
            interpreters.run_string(there, "1/0")
        interpreters.destroy(there)
        interpreters.channel_destroy(cid)
        self.assertRaises(interpreters.ChannelNotFoundError, interpreters.channel_recv, cid)


if __name__ == "__main__":
    unittest.main()
