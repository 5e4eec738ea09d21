# SPDX-License-Identifier: MIT
"""Queues between threads: first in first out, last in first out, or smallest first, of limited or unlimited size."""

import threading
from collections import deque
from heapq import heappush, heappop
from time import monotonic as time

try:
    from _queue import SimpleQueue
except ImportError:
    SimpleQueue = None
try:
    from _queue import Empty
except ImportError:
    class Empty(Exception):
        """There is nothing in the queue."""

__all__ = ['Empty', 'Full', 'Queue', 'PriorityQueue', 'LifoQueue', 'SimpleQueue']


class Full(Exception):
    """There is no room in the queue."""


def _wait(condition, blocked, block, timeout):
    """Wait on condition while blocked() is true.  Return whether it no longer is: False if waiting is not allowed or took too long.

    block: whether to wait.  timeout: for how many seconds, None for ever.
    """
    if not block:
        return not blocked()
    if timeout is None:
        while blocked():
            condition.wait()
        return True
    if timeout < 0:
        raise ValueError("'timeout' must be a non-negative number")
    deadline = time() + timeout
    while blocked():
        left = deadline - time()
        if left <= 0.0:
            return False
        condition.wait(left)
    return True


class Queue:
    """A queue, first in first out.  maxsize: its capacity, unlimited if 0 or less.

    Subclasses define _init(), _qsize(), _put() and _get(), which are called with the lock held.
    """

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._init(maxsize)
        self.unfinished_tasks = 0       # put, but not reported by task_done()
        # All conditions have the same lock, which is held whenever the queue changes.
        self.mutex = lock = threading.Lock()
        self.not_empty = threading.Condition(lock)
        self.not_full = threading.Condition(lock)
        self.all_tasks_done = threading.Condition(lock)

    def task_done(self):
        """Report that one item that get() has returned is dealt with.  ValueError if there were not so many."""
        with self.all_tasks_done:
            if self.unfinished_tasks <= 0:
                raise ValueError('task_done() called too many times')
            self.unfinished_tasks -= 1
            if not self.unfinished_tasks:
                self.all_tasks_done.notify_all()

    def join(self):
        """Wait until all items that have been put are dealt with."""
        with self.all_tasks_done:
            self.all_tasks_done.wait_for(lambda: not self.unfinished_tasks)

    def qsize(self):
        """Return the number of items, at this moment."""
        with self.mutex:
            return self._qsize()

    def empty(self):
        """Return whether it is empty at this moment."""
        return not self.qsize()

    def _is_full(self):
        return 0 < self.maxsize <= self._qsize()

    def full(self):
        """Return whether it is full at this moment."""
        with self.mutex:
            return self._is_full()

    def put(self, item, block=True, timeout=None):
        """Add item; if the queue is full wait for room, for timeout seconds at most.

        Full is raised after that, or at once if block is false.
        """
        with self.not_full:
            if self.maxsize > 0 and not _wait(self.not_full, self._is_full, block, timeout):
                raise Full
            self._put(item)
            self.unfinished_tasks += 1
            self.not_empty.notify()

    def get(self, block=True, timeout=None):
        """Remove the next item and return it; if the queue is empty wait for one, for timeout seconds at most.

        Empty is raised after that, or at once if block is false.
        """
        with self.not_empty:
            if not _wait(self.not_empty, lambda: not self._qsize(), block, timeout):
                raise Empty
            item = self._get()
            self.not_full.notify()
            return item

    def put_nowait(self, item):
        """put() without waiting."""
        return self.put(item, block=False)

    def get_nowait(self):
        """get() without waiting."""
        return self.get(block=False)

    def _init(self, maxsize):
        self.queue = deque()

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.popleft()


class PriorityQueue(Queue):
    """A queue that gives the smallest item first."""

    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        heappush(self.queue, item)

    def _get(self):
        return heappop(self.queue)

    def _qsize(self):
        return len(self.queue)


class LifoQueue(Queue):
    """A queue that gives the last item first."""

    def _init(self, maxsize):
        self.queue = []

    def _get(self):
        return self.queue.pop()

    def _put(self, item):
        self.queue.append(item)

    def _qsize(self):
        return len(self.queue)


class _PySimpleQueue:
    """SimpleQueue in Python: a queue without limit, whose put() can be called again while it runs."""

    def __init__(self):
        self._queue = deque()
        self._count = threading.Semaphore(0)    # of items that nobody has claimed

    def put(self, item, block=True, timeout=None):
        """Add item.  The other arguments are there to be like Queue.put()."""
        self._queue.append(item)
        self._count.release()

    def get(self, block=True, timeout=None):
        """Remove the first item and return it; wait for one as Queue.get() does."""
        if timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if self._count.acquire(block, timeout):
            return self._queue.popleft()
        raise Empty

    def put_nowait(self, item):
        """Add item."""
        return self.put(item, block=False)

    def get_nowait(self):
        """get() without waiting."""
        return self.get(block=False)

    def empty(self):
        """Return whether it is empty at this moment."""
        return not self._queue

    def qsize(self):
        """Return the number of items, at this moment."""
        return len(self._queue)


SimpleQueue = SimpleQueue or _PySimpleQueue
