# SPDX-License-Identifier: MIT
"""multiprocessing and concurrent.futures: essential behaviour."""
import concurrent.futures
import multiprocessing
import unittest
from multiprocessing import shared_memory


def square(n):
    return n * n


def fail(n):
    raise ValueError(n)


def put(queue, value):
    queue.put(value)


class Processes(unittest.TestCase):
    def test_queue_and_exit(self):
        queue = multiprocessing.Queue()
        process = multiprocessing.Process(target=put, args=(queue, [1]), name='P')
        self.assertIsNone(process.exitcode)
        process.start()
        self.assertEqual(queue.get(timeout=10), [1])
        process.join()
        self.assertEqual(process.exitcode, 0)
        self.assertRegex(repr(process), r"^<Process name='P' pid=\d+ parent=\d+ stopped exitcode=0>$")

    def test_pipe(self):
        one, other = multiprocessing.Pipe()
        one.send_bytes(b'abcd')
        buffer = bytearray(2)
        with self.assertRaises(multiprocessing.BufferTooShort):
            other.recv_bytes_into(buffer)
        other.send({'x': 1})
        self.assertEqual(one.recv(), {'x': 1})
        other.close()
        self.assertRaises(EOFError, one.recv)

    def test_pool(self):
        with multiprocessing.Pool(2) as pool:
            self.assertEqual(pool.map(square, range(5)), [0, 1, 4, 9, 16])
            self.assertEqual(sorted(pool.imap_unordered(square, range(4), 2)), [0, 1, 4, 9])
            with self.assertRaisesRegex(ValueError, '^3$'):
                pool.apply(fail, (3,))

    def test_manager(self):
        with multiprocessing.Manager() as manager:
            shared = manager.dict(a=1)
            shared['b'] = 2
            self.assertEqual(dict(shared), {'a': 1, 'b': 2})
            self.assertEqual(str(manager.list([1, 2])), '[1, 2]')

    def test_synchronisation(self):
        lock = multiprocessing.Lock()
        with lock:
            self.assertFalse(lock.acquire(False))
        self.assertEqual(repr(lock), '<Lock(owner=None)>')
        event = multiprocessing.Event()
        self.assertFalse(event.wait(0.001))
        event.set()
        self.assertTrue(event.is_set())

    def test_shared_memory(self):
        shared = shared_memory.ShareableList(['a', 1.5, None, True, 9])
        try:
            other = shared_memory.ShareableList(name=shared.shm.name)
            self.assertEqual(list(other), ['a', 1.5, None, True, 9])
            other[4] = 10
            self.assertEqual(shared[4], 10)
            other.shm.close()
        finally:
            shared.shm.close()
            shared.shm.unlink()


class Executors(unittest.TestCase):
    def test_both(self):
        for kind in concurrent.futures.ThreadPoolExecutor, concurrent.futures.ProcessPoolExecutor:
            with kind(max_workers=2) as executor:
                self.assertEqual(list(executor.map(square, range(4))), [0, 1, 4, 9])
                self.assertIsInstance(executor.submit(fail, 1).exception(timeout=10), ValueError)
            with self.assertRaisesRegex(RuntimeError, '^cannot schedule new futures after shutdown$'):
                executor.submit(square, 1)

    def test_wait(self):
        first, second = concurrent.futures.Future(), concurrent.futures.Future()
        first.set_result(1)
        done, pending = concurrent.futures.wait([first, second], return_when='FIRST_COMPLETED')
        self.assertEqual((done, pending), ({first}, {second}))
        with self.assertRaises(concurrent.futures.TimeoutError):
            list(concurrent.futures.as_completed([second], timeout=0.01))
        self.assertTrue(second.cancel())


if __name__ == '__main__':
    unittest.main()
