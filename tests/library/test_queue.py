# SPDX-License-Identifier: MIT
"""queue and sched."""

import queue
import sched
import threading
import traceback
import unittest


class Queues(unittest.TestCase):
    def test_orders(self):
        for kind, expected in ((queue.Queue, [3, 1, 2]), (queue.LifoQueue, [2, 1, 3]), (queue.PriorityQueue, [1, 2, 3]),
                               (queue.SimpleQueue, [3, 1, 2]), (queue._PySimpleQueue, [3, 1, 2])):
            q = kind()
            for item in (3, 1, 2):
                q.put(item)
            self.assertEqual((q.qsize(), [q.get() for _ in range(3)], q.empty()), (3, expected, True))

    def test_limits(self):
        q = queue.Queue(1)
        q.put(1)
        self.assertTrue(q.full())
        self.assertRaises(queue.Full, q.put_nowait, 2)
        self.assertRaises(queue.Full, q.put, 2, timeout=0.01)
        q.get()
        self.assertRaises(queue.Empty, q.get, False)
        self.assertRaises(queue.Empty, q.get, timeout=0.01)
        with self.assertRaisesRegex(ValueError, "'timeout' must be a non-negative number"):
            q.get(timeout=-1)

    def test_errors_come_from_the_method(self):
        def path(function, *args):
            try:
                function(*args)
            except (queue.Empty, queue.Full) as e:
                return [entry.name for entry in traceback.extract_tb(e.__traceback__)]
        q = queue.Queue(1)
        self.assertEqual(path(q.get, True, 0.001), ['path', 'get'])
        q.put(1)
        self.assertEqual(path(q.put_nowait, 1), ['path', 'put_nowait', 'put'])

    def test_tasks(self):
        q, done = queue.Queue(2), []

        def work():
            while True:
                item = q.get()
                if item is not None:
                    done.append(item)
                q.task_done()
                if item is None:
                    return
        thread = threading.Thread(target=work)
        thread.start()
        for item in range(10):
            q.put(item)
        q.join()
        self.assertEqual(done, list(range(10)))
        q.put(None)
        thread.join()
        with self.assertRaisesRegex(ValueError, r'task_done\(\) called too many times'):
            q.task_done()


class Scheduler(unittest.TestCase):
    def setUp(self):
        self.now, self.log = 0, []
        self.s = sched.scheduler(lambda: self.now, self.wait)

    def wait(self, delay):
        self.now += delay

    def test_order(self):
        for delay, priority, name in ((3, 1, 'c'), (1, 2, 'b'), (1, 1, 'a')):
            self.s.enter(delay, priority, lambda *args: self.log.append((self.now, *args)), (name,))
        self.assertEqual([event.argument for event in self.s.queue], [('a',), ('b',), ('c',)])
        self.s.run()
        self.assertEqual((self.log, self.s.empty()), ([(1, 'a'), (1, 'b'), (3, 'c')], True))

    def test_not_blocking(self):
        self.s.enterabs(0, 1, self.log.append, (1,))
        self.s.enterabs(5, 1, self.log.append, (2,))
        self.assertEqual((self.s.run(blocking=False), self.log), (5, [1]))

    def test_cancel(self):
        event = self.s.enter(1, 1, print)
        self.s.cancel(event)
        self.assertTrue(self.s.empty())
        self.assertRaises(ValueError, self.s.cancel, event)


if __name__ == '__main__':
    unittest.main()
