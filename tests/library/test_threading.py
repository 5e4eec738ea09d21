# SPDX-License-Identifier: MIT
"""threading, _threading_local, _dummy_thread, dummy_threading: essential behaviour."""
import threading
import unittest


class Threads(unittest.TestCase):
    def test_life(self):
        seen = []
        t = threading.Thread(target=lambda *a, **k: seen.append((a, k)), args=(1,), kwargs={'b': 2}, name='worker')
        self.assertEqual(repr(t), '<Thread(worker, initial)>')
        t.start()
        t.join()
        self.assertEqual(seen, [((1,), {'b': 2})])
        self.assertEqual(repr(t), '<Thread(worker, stopped %d)>' % t.ident)
        self.assertFalse(t.is_alive())

    def test_misuse(self):
        t = threading.Thread()
        with self.assertRaisesRegex(RuntimeError, '^cannot join thread before it is started$'):
            t.join()
        t.start()
        t.join()
        with self.assertRaisesRegex(RuntimeError, '^threads can only be started once$'):
            t.start()
        with self.assertRaisesRegex(RuntimeError, '^cannot set daemon status of active thread$'):
            t.daemon = True
        with self.assertRaisesRegex(RuntimeError, '^cannot join current thread$'):
            threading.current_thread().join()

    def test_excepthook(self):
        got = []
        self.addCleanup(setattr, threading, 'excepthook', threading.excepthook)
        threading.excepthook = lambda args: got.append((args.exc_type, args.thread.name))
        t = threading.Thread(target=lambda: 1 / 0, name='T')
        t.start()
        t.join()
        self.assertEqual(got, [(ZeroDivisionError, 'T')])

    def test_names(self):
        self.assertIs(threading.current_thread(), threading.main_thread())
        self.assertEqual(threading.main_thread().name, 'MainThread')
        self.assertIn(threading.main_thread(), threading.enumerate())


class Helpers(unittest.TestCase):
    def test_condition(self):
        c = threading.Condition()
        with self.assertRaisesRegex(RuntimeError, '^cannot notify on un-acquired lock$'):
            c.notify()
        with self.assertRaisesRegex(RuntimeError, '^cannot wait on un-acquired lock$'):
            c.wait()
        with c:
            self.assertFalse(c.wait(0.001))
            self.assertEqual(c.wait_for(lambda: 0, 0.001), 0)
            self.assertEqual(c.wait_for(lambda: 7), 7)

    def test_semaphore(self):
        s = threading.BoundedSemaphore(1)
        self.assertTrue(s.acquire())
        self.assertFalse(s.acquire(False))
        self.assertFalse(s.acquire(timeout=0.001))
        s.release()
        with self.assertRaisesRegex(ValueError, '^Semaphore released too many times$'):
            s.release()
        with self.assertRaisesRegex(ValueError, "^semaphore initial value must be >= 0$"):
            threading.Semaphore(-1)

    def test_event_and_timer(self):
        e = threading.Event()
        self.assertFalse(e.wait(0.001))
        t = threading.Timer(0.001, e.set)
        t.start()
        self.assertTrue(e.wait(5))
        t.join()

    def test_barrier(self):
        calls = []
        b = threading.Barrier(2, lambda: calls.append(1))
        places = []
        t = threading.Thread(target=lambda: places.append(b.wait()))
        t.start()
        places.append(b.wait(5))
        t.join()
        self.assertEqual((sorted(places), calls), ([0, 1], [1]))
        b.abort()
        self.assertTrue(b.broken)
        with self.assertRaises(threading.BrokenBarrierError):
            b.wait()
        b.reset()
        self.assertFalse(b.broken)

    def test_python_rlock(self):
        lock = threading._PyRLock()
        with lock:
            self.assertTrue(lock.acquire())
            self.assertIn('owner=\'MainThread\' count=2', repr(lock))
            lock.release()
        with self.assertRaisesRegex(RuntimeError, '^cannot release un-acquired lock$'):
            lock.release()

    def test_local(self):
        import _threading_local
        for kind in threading.local, _threading_local.local:
            mine = kind()
            mine.x = 1
            found = []
            t = threading.Thread(target=lambda: found.append(hasattr(mine, 'x')))
            t.start()
            t.join()
            self.assertEqual((found, mine.x), ([False], 1))


class Dummy(unittest.TestCase):
    def test_runs_at_once(self):
        import dummy_threading
        seen = []
        t = dummy_threading.Thread(target=seen.append, args=(1,))
        t.start()
        self.assertEqual(seen, [1])
        self.assertIsNot(dummy_threading.Thread, threading.Thread)

    def test_lock(self):
        import _dummy_thread
        lock = _dummy_thread.allocate_lock()
        self.assertTrue(lock.acquire())
        self.assertFalse(lock.acquire(False))
        lock.release()
        self.assertRaises(RuntimeError, lock.release)


if __name__ == '__main__':
    unittest.main()
