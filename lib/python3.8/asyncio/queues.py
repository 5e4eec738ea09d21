# SPDX-License-Identifier: MIT
"""Queues for tasks of one loop."""

__all__ = ('Queue', 'PriorityQueue', 'LifoQueue', 'QueueFull', 'QueueEmpty')

import collections
import heapq
import warnings

from . import events, locks


class QueueEmpty(Exception):
    """There is nothing to get now."""


class QueueFull(Exception):
    """There is no room to put something now."""


class Queue:
    """First in, first out.  maxsize: how many items it holds, 0 or less for no limit."""

    def __init__(self, maxsize=0, *, loop=None):
        if loop is None:
            self._loop = events.get_event_loop()
        else:
            self._loop = loop
            warnings.warn("The loop argument is deprecated since Python 3.8, and scheduled for removal in Python "
                          "3.10.", DeprecationWarning, stacklevel=2)
        self._maxsize = maxsize
        self._getters = collections.deque()     # futures of tasks that wait
        self._putters = collections.deque()
        self._unfinished_tasks = 0
        self._finished = locks.Event(loop=loop)
        self._finished.set()
        self._init(maxsize)

    # These three are for subclasses.

    def _init(self, maxsize):
        self._queue = collections.deque()

    def _get(self):
        return self._queue.popleft()

    def _put(self, item):
        self._queue.append(item)

    def _wakeup_next(self, waiters):
        """Wake the first that waits and has not been cancelled."""
        while waiters:
            waiter = waiters.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return

    def __str__(self):
        return f'<{type(self).__name__} {self._format()}>'

    def __repr__(self):
        return f'<{type(self).__name__} at {id(self):#x} {self._format()}>'

    def _format(self):
        words = [f'maxsize={self._maxsize!r}']
        if getattr(self, '_queue', None):
            words.append(f'_queue={list(self._queue)!r}')
        for name in '_getters', '_putters':
            if getattr(self, name):
                words.append(f'{name}[{len(getattr(self, name))}]')
        if self._unfinished_tasks:
            words.append(f'tasks={self._unfinished_tasks}')
        return ' '.join(words)

    def qsize(self):
        """Return how many items there are."""
        return len(self._queue)

    @property
    def maxsize(self):
        """How many items it holds."""
        return self._maxsize

    def empty(self):
        """Return whether there are no items."""
        return not self._queue

    def full(self):
        """Return whether there is no room."""
        return 0 < self._maxsize <= self.qsize()

    async def _until(self, blocked, waiters):
        """Wait while a condition holds."""
        while blocked():
            waiter = self._loop.create_future()
            waiters.append(waiter)
            try:
                await waiter
            except:
                waiter.cancel()
                try:
                    waiters.remove(waiter)
                except ValueError:
                    pass        # it has been woken
                if not blocked() and not waiter.cancelled():
                    # Woken and cancelled at the same time: let another have the turn.
                    self._wakeup_next(waiters)
                raise

    async def put(self, item):
        """Wait until there is room and put an item in."""
        await self._until(self.full, self._putters)
        return self.put_nowait(item)

    def put_nowait(self, item):
        """Put an item in; QueueFull if there is no room."""
        if self.full():
            raise QueueFull
        self._put(item)
        self._finished.clear()
        self._unfinished_tasks += 1
        self._wakeup_next(self._getters)

    async def get(self):
        """Wait until there is an item and take it out."""
        await self._until(self.empty, self._getters)
        return self.get_nowait()

    def get_nowait(self):
        """Take an item out; QueueEmpty if there is none."""
        if not self.empty():
            item = self._get()
            # There is room for another.
            self._wakeup_next(self._putters)
            return item
        raise QueueEmpty

    def task_done(self):
        """Say that an item that was taken out is done with; ValueError if said too often."""
        if self._unfinished_tasks <= 0:
            raise ValueError('task_done() called too many times')
        self._unfinished_tasks -= 1
        if not self._unfinished_tasks:
            self._finished.set()

    async def join(self):
        """Wait until all items that were put in are done with."""
        if self._unfinished_tasks > 0:
            await self._finished.wait()


class PriorityQueue(Queue):
    """The smallest item first."""

    def _init(self, maxsize):
        self._queue = []

    def _put(self, item, heappush=heapq.heappush):
        heappush(self._queue, item)

    def _get(self, heappop=heapq.heappop):
        return heappop(self._queue)


class LifoQueue(Queue):
    """The newest item first."""

    def _init(self, maxsize):
        self._queue = []

    def _put(self, item):
        self._queue.append(item)

    def _get(self):
        return self._queue.pop()
