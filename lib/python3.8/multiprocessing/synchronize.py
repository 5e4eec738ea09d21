# SPDX-License-Identifier: MIT
"""Locks, semaphores, conditions, events and barriers for processes; all stand on semaphores of the system."""

__all__ = ['Lock', 'RLock', 'Semaphore', 'BoundedSemaphore', 'Condition', 'Event']

import sys
import tempfile
import threading
import time
import _multiprocessing

from . import context, process, util

try:
    from _multiprocessing import sem_unlink
    _multiprocessing.SemLock
except (ImportError, AttributeError):
    raise ImportError("This platform lacks a functioning sem_open implementation, therefore, the required "
                      "synchronization primitives needed will not function, see issue 3770.")

RECURSIVE_MUTEX, SEMAPHORE = range(2)       # kinds
SEM_VALUE_MAX = _multiprocessing.SemLock.SEM_VALUE_MAX


class SemLock:
    """A semaphore, or a mutex that its owner may take again."""

    _rand = tempfile._RandomNameSequence()

    def __init__(self, kind, value, maxvalue, *, ctx):
        if ctx is None:
            ctx = context._default_context.get_context()
        method = ctx.get_start_method()
        # A forked child inherits it; others find it by its name, so that has to stay.
        unlink_now = sys.platform == 'win32' or method == 'fork'
        for _ in range(100):
            try:
                semaphore = _multiprocessing.SemLock(kind, value, maxvalue, self._make_name(), unlink_now)
                break
            except FileExistsError:
                pass
        else:
            raise FileExistsError('cannot find name for semaphore')
        self._semlock = semaphore
        util.debug('created semlock with handle %s' % semaphore.handle)
        self._make_methods()
        if sys.platform != 'win32':
            util.register_after_fork(self, lambda obj: obj._semlock._after_fork())
        if semaphore.name is not None:
            # Removed by us at the end, or by the tracker if we do not come to that.
            from .resource_tracker import register
            register(semaphore.name, "semaphore")
            util.Finalize(self, SemLock._cleanup, (semaphore.name,), exitpriority=0)

    @staticmethod
    def _cleanup(name):
        from .resource_tracker import unregister
        sem_unlink(name)
        unregister(name, "semaphore")

    def _make_methods(self):
        self.acquire, self.release = self._semlock.acquire, self._semlock.release

    def __enter__(self):
        return self._semlock.__enter__()

    def __exit__(self, *args):
        return self._semlock.__exit__(*args)

    def __getstate__(self):
        context.assert_spawning(self)
        semaphore = self._semlock
        handle = semaphore.handle
        if sys.platform == 'win32':
            handle = context.get_spawning_popen().duplicate_for_child(handle)
        return handle, semaphore.kind, semaphore.maxvalue, semaphore.name

    def __setstate__(self, state):
        self._semlock = _multiprocessing.SemLock._rebuild(*state)
        util.debug('recreated blocker with handle %r' % state[0])
        self._make_methods()

    @staticmethod
    def _make_name():
        return '%s-%s' % (process.current_process()._config['semprefix'], next(SemLock._rand))

    def _owner(self):
        """Who has it, for repr()."""
        semaphore = self._semlock
        if semaphore._is_mine():
            thread = threading.current_thread().name
            return process.current_process().name + ('' if thread == 'MainThread' else '|' + thread)
        if semaphore._get_value() == 1:
            return 'None'
        return 'SomeOtherThread' if semaphore._count() > 0 else 'SomeOtherProcess'


class Semaphore(SemLock):
    """A semaphore."""

    def __init__(self, value=1, *, ctx):
        SemLock.__init__(self, SEMAPHORE, value, SEM_VALUE_MAX, ctx=ctx)

    def get_value(self):
        """Return how many are to be had."""
        return self._semlock._get_value()

    def _shown_value(self):
        try:
            return self._semlock._get_value()
        except Exception:
            return 'unknown'

    def __repr__(self):
        return '<%s(value=%s)>' % (self.__class__.__name__, self._shown_value())


class BoundedSemaphore(Semaphore):
    """A semaphore that never gets more than it had at first."""

    def __init__(self, value=1, *, ctx):
        SemLock.__init__(self, SEMAPHORE, value, value, ctx=ctx)

    def __repr__(self):
        return '<%s(value=%s, maxvalue=%s)>' % (self.__class__.__name__, self._shown_value(),
                                                self._semlock.maxvalue)


class Lock(SemLock):
    """A lock; anybody may release it."""

    def __init__(self, *, ctx):
        SemLock.__init__(self, SEMAPHORE, 1, 1, ctx=ctx)

    def __repr__(self):
        try:
            owner = self._owner()
        except Exception:
            owner = 'unknown'
        return '<%s(owner=%s)>' % (self.__class__.__name__, owner)


class RLock(SemLock):
    """A lock that its owner may acquire again, and has to release as often."""

    def __init__(self, *, ctx):
        SemLock.__init__(self, RECURSIVE_MUTEX, 1, 1, ctx=ctx)

    def __repr__(self):
        try:
            owner = self._owner()
            if self._semlock._is_mine():
                count = self._semlock._count()
            else:
                count = 0 if owner == 'None' else 'nonzero'
        except Exception:
            owner = count = 'unknown'
        return '<%s(%s, %s)>' % (self.__class__.__name__, owner, count)


class Condition:
    """A condition; lock is one of this module, by default a new RLock.

    _sleeping_count counts those that went to sleep, _woken_count those that woke up: the difference sleeps now.
    """

    def __init__(self, lock=None, *, ctx):
        self._lock = lock or ctx.RLock()
        self._sleeping_count, self._woken_count, self._wait_semaphore = (ctx.Semaphore(0) for _ in range(3))
        self._make_methods()

    def __getstate__(self):
        context.assert_spawning(self)
        return self._lock, self._sleeping_count, self._woken_count, self._wait_semaphore

    def __setstate__(self, state):
        self._lock, self._sleeping_count, self._woken_count, self._wait_semaphore = state
        self._make_methods()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def _make_methods(self):
        self.acquire, self.release = self._lock.acquire, self._lock.release

    def __repr__(self):
        try:
            waiters = self._sleeping_count._semlock._get_value() - self._woken_count._semlock._get_value()
        except Exception:
            waiters = 'unknown'
        return '<%s(%s, %s)>' % (self.__class__.__name__, self._lock, waiters)

    def wait(self, timeout=None):
        """Give up the lock, wait to be notified, take the lock again; return False if the timeout came first."""
        assert self._lock._semlock._is_mine(), 'must acquire() condition before using wait()'
        self._sleeping_count.release()
        depth = self._lock._semlock._count()
        for _ in range(depth):
            self._lock.release()
        try:
            return self._wait_semaphore.acquire(True, timeout)
        finally:
            self._woken_count.release()
            for _ in range(depth):
                self._lock.acquire()

    def notify(self, n=1):
        """Wake up to n of those that wait."""
        assert self._lock._semlock._is_mine(), 'lock is not owned'
        assert not self._wait_semaphore.acquire(False), ('notify: Should not have been able to acquire '
                                                         '_wait_semaphore')
        # Those whose timeout came since the last time do not sleep any more.
        while self._woken_count.acquire(False):
            asleep = self._sleeping_count.acquire(False)
            assert asleep, 'notify: Bug in sleeping_count.acquire- res should not be False'
        woken = 0
        while woken < n and self._sleeping_count.acquire(False):
            self._wait_semaphore.release()
            woken += 1
        if woken:
            for _ in range(woken):
                self._woken_count.acquire()     # wait until they have woken
            # Some may have had their timeout first, and left a wake-up behind.
            while self._wait_semaphore.acquire(False):
                pass

    def notify_all(self):
        """Wake all that wait."""
        self.notify(n=sys.maxsize)

    def wait_for(self, predicate, timeout=None):
        """Wait until predicate() is true, or for so many seconds; return its result."""
        outcome = predicate()
        if outcome:
            return outcome
        deadline = None if timeout is None else time.monotonic() + timeout
        left = timeout
        while not outcome:
            if deadline is not None:
                left = deadline - time.monotonic()
                if left <= 0:
                    break
            self.wait(left)
            outcome = predicate()
        return outcome


class Event:
    """A flag, false at first, that processes can wait for."""

    def __init__(self, *, ctx):
        self._cond = ctx.Condition(ctx.Lock())
        self._flag = ctx.Semaphore(0)

    def _look(self):
        if self._flag.acquire(False):
            self._flag.release()
            return True
        return False

    def is_set(self):
        """Return whether the flag is true."""
        with self._cond:
            return self._look()

    def set(self):
        """Make the flag true and wake all who wait for it."""
        with self._cond:
            self._flag.acquire(False)
            self._flag.release()
            self._cond.notify_all()

    def clear(self):
        """Make the flag false."""
        with self._cond:
            self._flag.acquire(False)

    def wait(self, timeout=None):
        """Wait until the flag is true or the timeout (in seconds) is over; return whether it is true."""
        with self._cond:
            if not self._look():
                self._cond.wait(timeout)
            return self._look()


class Barrier(threading.Barrier):
    """A barrier of threading whose state is in shared memory."""

    def __init__(self, parties, action=None, timeout=None, *, ctx):
        import struct
        from .heap import BufferWrapper
        wrapper = BufferWrapper(struct.calcsize('i') * 2)
        self.__setstate__((parties, action, timeout, ctx.Condition(), wrapper))
        self._state = self._count = 0

    def __setstate__(self, state):
        self._parties, self._action, self._timeout, self._cond, self._wrapper = state
        self._array = self._wrapper.create_memoryview().cast('i')

    def __getstate__(self):
        return self._parties, self._action, self._timeout, self._cond, self._wrapper

    @property
    def _state(self):
        return self._array[0]

    @_state.setter
    def _state(self, value):
        self._array[0] = value

    @property
    def _count(self):
        return self._array[1]

    @_count.setter
    def _count(self, value):
        self._array[1] = value
