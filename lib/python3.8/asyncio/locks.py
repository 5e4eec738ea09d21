# SPDX-License-Identifier: MIT
"""Locks, events, conditions and semaphores for tasks of one loop."""

__all__ = ('Lock', 'Event', 'Condition', 'Semaphore', 'BoundedSemaphore')

import collections
import types
import warnings

from . import coroutines, events, exceptions


class _ContextManager:
    """What `with (yield from lock)` gets: releases the lock at the end."""

    def __init__(self, lock):
        self._lock = lock

    def __enter__(self):
        return None     # the lock is no use as a variable

    def __exit__(self, *args):
        try:
            self._lock.release()
        finally:
            self._lock = None


class _ContextManagerMixin:
    """`async with`, and the ways it used to be written."""

    def __enter__(self):
        raise RuntimeError('"yield from" should be used as context manager expression')

    def __exit__(self, *args):
        # Only there for the message above.
        pass

    @types.coroutine
    def __iter__(self):
        warnings.warn("'with (yield from lock)' is deprecated use 'async with lock' instead", DeprecationWarning,
                      stacklevel=2)
        yield from self.acquire()
        return _ContextManager(self)

    # So that it is a coroutine function also to those who ask.
    __iter__._is_coroutine = coroutines._is_coroutine

    async def __acquire_ctx(self):
        await self.acquire()
        return _ContextManager(self)

    def __await__(self):
        warnings.warn("'with await lock' is deprecated use 'async with lock' instead", DeprecationWarning,
                      stacklevel=2)
        return self.__acquire_ctx().__await__()

    async def __aenter__(self):
        await self.acquire()
        return None

    async def __aexit__(self, exc_type, exc, tb):
        self.release()


def _check_loop(loop):
    if loop is None:
        return events.get_event_loop()
    warnings.warn("The loop argument is deprecated since Python 3.8, and scheduled for removal in Python 3.10.",
                  DeprecationWarning, stacklevel=3)
    return loop


def _describe(self, state):
    """The text of repr()."""
    if self._waiters:
        state = f'{state}, waiters:{len(self._waiters)}'
    return f'<{object.__repr__(self)[1:-1]} [{state}]>'


class Lock(_ContextManagerMixin):
    """A lock for tasks; they get it in the order in which they ask.  Use `async with`."""

    def __init__(self, *, loop=None):
        self._waiters = None
        self._locked = False
        self._loop = _check_loop(loop)

    def __repr__(self):
        return _describe(self, 'locked' if self._locked else 'unlocked')

    def locked(self):
        """Return whether it is taken."""
        return self._locked

    async def acquire(self):
        """Wait until it is free, take it, and return True."""
        if not self._locked and (self._waiters is None or all(waiter.cancelled() for waiter in self._waiters)):
            self._locked = True
            return True
        if self._waiters is None:
            self._waiters = collections.deque()
        waiter = self._loop.create_future()
        self._waiters.append(waiter)
        # The waiter goes before the next is woken: _wake_up_first() looks at the first only.
        try:
            try:
                await waiter
            finally:
                self._waiters.remove(waiter)
        except exceptions.CancelledError:
            if not self._locked:
                self._wake_up_first()
            raise
        self._locked = True
        return True

    def release(self):
        """Free it; RuntimeError if it is not taken."""
        if not self._locked:
            raise RuntimeError('Lock is not acquired.')
        self._locked = False
        self._wake_up_first()

    def _wake_up_first(self):
        # One that was woken and has not run yet takes the lock: no other is woken then.
        if self._waiters:
            first = self._waiters[0]
            if not first.done():
                first.set_result(True)


class Event:
    """A flag, false at first, that tasks can wait for."""

    def __init__(self, *, loop=None):
        self._waiters = collections.deque()
        self._value = False
        self._loop = _check_loop(loop)

    def __repr__(self):
        return _describe(self, 'set' if self._value else 'unset')

    def is_set(self):
        """Return whether the flag is true."""
        return self._value

    def set(self):
        """Make the flag true and wake all who wait for it."""
        if not self._value:
            self._value = True
            for waiter in self._waiters:
                if not waiter.done():
                    waiter.set_result(True)

    def clear(self):
        """Make the flag false."""
        self._value = False

    async def wait(self):
        """Wait until the flag is true, and return True."""
        if self._value:
            return True
        waiter = self._loop.create_future()
        self._waiters.append(waiter)
        try:
            await waiter
            return True
        finally:
            self._waiters.remove(waiter)


class Condition(_ContextManagerMixin):
    """A lock with a queue of tasks that wait until they are notified; lock is one to use, by default a new one."""

    def __init__(self, lock=None, *, loop=None):
        self._loop = _check_loop(loop)
        if lock is None:
            lock = Lock(loop=loop)
        elif lock._loop is not self._loop:
            raise ValueError("loop argument must agree with lock")
        self._lock = lock
        self.locked, self.acquire, self.release = lock.locked, lock.acquire, lock.release
        self._waiters = collections.deque()

    def __repr__(self):
        return _describe(self, 'locked' if self.locked() else 'unlocked')

    async def wait(self):
        """Give up the lock, wait to be notified, take the lock again, and return True.

        RuntimeError if the lock is not taken.
        """
        if not self.locked():
            raise RuntimeError('cannot wait on un-acquired lock')
        self.release()
        try:
            waiter = self._loop.create_future()
            self._waiters.append(waiter)
            try:
                await waiter
                return True
            finally:
                self._waiters.remove(waiter)
        finally:
            # The lock is ours again even if we are cancelled meanwhile.
            cancelled = False
            while True:
                try:
                    await self.acquire()
                    break
                except exceptions.CancelledError:
                    cancelled = True
            if cancelled:
                raise exceptions.CancelledError

    async def wait_for(self, predicate):
        """Wait until predicate() is true and return its result."""
        outcome = predicate()
        while not outcome:
            await self.wait()
            outcome = predicate()
        return outcome

    def notify(self, n=1):
        """Wake up to n of the tasks that wait; RuntimeError if the lock is not taken."""
        if not self.locked():
            raise RuntimeError('cannot notify on un-acquired lock')
        for waiter in self._waiters:
            if n <= 0:
                break
            if not waiter.done():
                n -= 1
                waiter.set_result(False)

    def notify_all(self):
        """Wake all tasks that wait."""
        self.notify(len(self._waiters))


class Semaphore(_ContextManagerMixin):
    """A counter of things to be had: acquire() takes one and waits if there is none, release() gives one back."""

    def __init__(self, value=1, *, loop=None):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        self._value = value
        self._waiters = collections.deque()
        self._loop = _check_loop(loop)
        self._wakeup_scheduled = False

    def __repr__(self):
        return _describe(self, 'locked' if self.locked() else f'unlocked, value:{self._value}')

    def _wake_up_next(self):
        while self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_result(None)
                self._wakeup_scheduled = True
                return

    def locked(self):
        """Return whether there is none to be had."""
        return self._value == 0

    async def acquire(self):
        """Wait until there is one, take it, and return True."""
        # One that was woken comes before us.
        while self._wakeup_scheduled or self._value <= 0:
            waiter = self._loop.create_future()
            self._waiters.append(waiter)
            try:
                await waiter
                # From here nobody else can come between.
                self._wakeup_scheduled = False
            except exceptions.CancelledError:
                self._wake_up_next()
                raise
        self._value -= 1
        return True

    def release(self):
        """Give one back and wake a task that waits for it."""
        self._value += 1
        self._wake_up_next()


class BoundedSemaphore(Semaphore):
    """A semaphore that never gets more than it had at first."""

    def __init__(self, value=1, *, loop=None):
        if loop:
            warnings.warn("The loop argument is deprecated since Python 3.8, and scheduled for removal in Python "
                          "3.10.", DeprecationWarning, stacklevel=2)
        self._bound_value = value
        super().__init__(value, loop=loop)

    def release(self):
        """Give one back and wake a task that waits for it; ValueError if all are there already."""
        if self._value >= self._bound_value:
            raise ValueError('BoundedSemaphore released too many times')
        super().release()
