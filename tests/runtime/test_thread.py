# SPDX-License-Identifier: MIT
"""Locks, thread-local objects, the GIL, signals."""
import _thread
import os
import signal
import subprocess
import sys
import threading
import time
import unittest


class LockTests(unittest.TestCase):
    def test_states(self):
        lock = _thread.allocate_lock()
        self.assertTrue(lock.acquire())
        self.assertFalse(lock.acquire(False))
        self.assertFalse(lock.acquire(timeout=0.01))
        self.assertTrue(lock.locked())
        lock.release()
        self.assertRaisesRegex(RuntimeError, 'release unlocked lock', lock.release)

    def test_arguments(self):
        lock = _thread.allocate_lock()
        self.assertRaisesRegex(ValueError, "can't specify a timeout for a non-blocking call", lock.acquire, False, 1)
        self.assertRaisesRegex(ValueError, 'timeout value must be positive', lock.acquire, True, -2)
        self.assertRaises(OverflowError, lock.acquire, True, 1e100)

    def test_reentrant(self):
        lock = _thread.RLock()
        lock.acquire()
        lock.acquire()
        lock.release()
        self.assertTrue(lock._is_owned())
        lock.release()
        self.assertRaisesRegex(RuntimeError, 'cannot release un-acquired lock', lock.release)

    def test_exclusion(self):
        lock = _thread.allocate_lock()
        total = 0

        def work():
            nonlocal total
            for i in range(2000):
                with lock:
                    seen = total
                    total = seen + 1
        threads = [threading.Thread(target=work) for i in range(4)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual(total, 8000)


class SwitchTests(unittest.TestCase):
    def test_busy_loop_gives_way(self):
        stop = []

        def spin():
            while not stop:
                pass
        t = threading.Thread(target=spin)
        t.start()
        start = time.monotonic()
        for i in range(10):
            time.sleep(0.001)
        elapsed = time.monotonic() - start
        stop.append(1)
        t.join()
        self.assertLess(elapsed, 5)

    def test_local(self):
        local = threading.local()
        local.x = 'main'
        seen = []

        def work():
            seen.append(hasattr(local, 'x'))
            local.x = 'other'
        t = threading.Thread(target=work)
        t.start()
        t.join()
        self.assertEqual((seen, local.x), ([False], 'main'))
        with self.assertRaisesRegex(AttributeError, "attribute '__dict__' is read-only"):
            local.__dict__ = {}

    def test_exception_goes_to_the_hook(self):
        seen = []
        old, threading.excepthook = threading.excepthook, lambda args: seen.append(args.exc_type)
        try:
            t = threading.Thread(target=lambda: 1 / 0)
            t.start()
            t.join()
        finally:
            threading.excepthook = old
        self.assertEqual(seen, [ZeroDivisionError])


class SignalTests(unittest.TestCase):
    def test_handler(self):
        seen = []
        old = signal.signal(signal.SIGUSR1, lambda n, frame: seen.append((n, frame is not None)))
        try:
            signal.raise_signal(signal.SIGUSR1)
        finally:
            signal.signal(signal.SIGUSR1, old)
        self.assertEqual(seen, [(signal.SIGUSR1, True)])

    def test_interrupts_a_loop_that_jumps_to_itself(self):
        def handler(*args):
            raise KeyError
        old = signal.signal(signal.SIGALRM, handler)
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.05)
            with self.assertRaises(KeyError):
                while True:
                    pass
        finally:
            signal.signal(signal.SIGALRM, old)

    def test_only_main_thread_sets(self):
        errors = []

        def work():
            try:
                signal.signal(signal.SIGUSR1, signal.SIG_DFL)
            except ValueError as e:
                errors.append(str(e))
        t = threading.Thread(target=work)
        t.start()
        t.join()
        self.assertEqual(errors, ['signal only works in main thread'])

    @unittest.skipUnless(hasattr(sys, '_taipan'), 'CPython passes any number on')
    def test_ids_of_no_thread(self):
        for call in (time.pthread_getcpuclockid, lambda ident: signal.pthread_kill(ident, 0)):
            self.assertRaises(ProcessLookupError, call, 256)
            call(threading.get_ident())


class DebugAllocatorTests(unittest.TestCase):
    def test_end_of_a_thread(self):
        """The debug allocators want the GIL's holder to be known until the thread has freed its last object."""
        code = 'import threading\nt = threading.Thread(target=int); t.start(); t.join(); print("ended")'
        for options in (['-X', 'dev'], []):
            done = subprocess.run([sys.executable] + options + ['-c', code], env=dict(os.environ, PYTHONMALLOC='debug'), stdout=-1, stderr=-1)
            self.assertEqual((done.returncode, done.stdout), (0, b'ended\n'), done.stderr)


if __name__ == '__main__':
    unittest.main()
