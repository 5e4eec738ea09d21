# SPDX-License-Identifier: MIT
"""Threads, and what lets them work together: locks, conditions, semaphores, events, barriers.

`_thread` starts threads of the operating system and has the locks; the rest is here.

Life of a Thread: made -> (start) in _limbo -> (its own first steps) in _active -> (its end) in neither.  While it
runs, the lock _tstate_lock is held; the interpreter lets go of it after the thread's very last Python code, so
whoever acquires it knows that the thread is over.  The locks of threads that are not daemons also stand in
_shutdown_locks, on which the interpreter waits at its end.
"""

import sys as _sys
import _thread
from itertools import count as _count
from time import monotonic as _time
from _weakrefset import WeakSet
try:
    from _collections import deque as _deque
except ImportError:
    from collections import deque as _deque

__all__ = ['get_ident', 'active_count', 'Condition', 'current_thread', 'enumerate', 'main_thread', 'TIMEOUT_MAX',
           'Event', 'Lock', 'RLock', 'Semaphore', 'BoundedSemaphore', 'Thread', 'Barrier', 'BrokenBarrierError',
           'Timer', 'ThreadError', 'setprofile', 'settrace', 'local', 'stack_size', 'excepthook', 'ExceptHookArgs']

_start_new_thread = _thread.start_new_thread
_allocate_lock = _thread.allocate_lock
_set_sentinel = _thread._set_sentinel
get_ident = _thread.get_ident
ThreadError = _thread.error
TIMEOUT_MAX = _thread.TIMEOUT_MAX
_CRLock = getattr(_thread, 'RLock', None)
if _thread.__name__ != '_thread':
    _CRLock = None      # the stand-in without threads
_HAVE_THREAD_NATIVE_ID = hasattr(_thread, 'get_native_id')
if _HAVE_THREAD_NATIVE_ID:
    get_native_id = _thread.get_native_id
    __all__.append('get_native_id')
stack_size = _thread.stack_size

_profile_hook = None
_trace_hook = None


def setprofile(func):
    """Have sys.setprofile(func) called in every thread that is started from now on, before its run()."""
    global _profile_hook
    _profile_hook = func


def settrace(func):
    """Have sys.settrace(func) called in every thread that is started from now on, before its run()."""
    global _trace_hook
    _trace_hook = func


# Locks

Lock = _allocate_lock


def RLock(*args, **kwargs):
    """Return a new lock that its owner may acquire again, and has to release as often."""
    return (_PyRLock if _CRLock is None else _CRLock)(*args, **kwargs)


class _RLock:
    """The reentrant lock in Python."""

    def __init__(self):
        self._block = _allocate_lock()
        self._owner = None
        self._count = 0

    def __repr__(self):
        owner = self._owner
        if owner in _active:
            owner = _active[owner].name
        return "<{} {}.{} object owner={!r} count={} at {:#x}>".format(
            "locked" if self._block.locked() else "unlocked", self.__class__.__module__,
            self.__class__.__qualname__, owner, self._count, id(self))

    def acquire(self, blocking=True, timeout=-1):
        """Take the lock, once more if this thread has it, and return True.

        False if that would mean to wait and blocking is false, or to wait longer than the timeout in seconds.
        """
        me = get_ident()
        if self._owner != me:
            if not self._block.acquire(blocking, timeout):
                return False
            self._owner = me
            self._count = 0
        self._count += 1
        return True

    __enter__ = acquire

    def release(self):
        """Undo one acquire(); RuntimeError if this thread does not have the lock."""
        if self._owner != get_ident():
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if not self._count:
            self._owner = None
            self._block.release()

    def __exit__(self, t, v, tb):
        self.release()

    # For Condition:

    def _acquire_restore(self, state):
        self._block.acquire()
        self._count, self._owner = state

    def _release_save(self):
        if self._count == 0:
            raise RuntimeError("cannot release un-acquired lock")
        state = self._count, self._owner
        self._count, self._owner = 0, None
        self._block.release()
        return state

    def _is_owned(self):
        return self._owner == get_ident()


_PyRLock = _RLock


class Condition:
    """A lock with a queue of threads that wait until they are notified.

    lock is a Lock or RLock to use; by default a new RLock.
    """

    def __init__(self, lock=None):
        if lock is None:
            lock = RLock()
        self._lock = lock
        self._waiters = _deque()    # a lock per waiting thread, which holds it
        self.acquire = lock.acquire
        self.release = lock.release
        # How the lock can be given up whatever its depth, if it has such ways.
        for way in '_release_save', '_acquire_restore', '_is_owned':
            method = getattr(lock, way, None)
            if method is not None:
                setattr(self, way, method)

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        return "<Condition(%s, %d)>" % (self._lock, len(self._waiters))

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, x):
        self._lock.acquire()

    def _is_owned(self):
        # A plain lock does not know its owner: if it is taken, then by us.
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True

    def wait(self, timeout=None):
        """Give up the lock, wait to be notified, and take the lock again.

        The result is True, or False if the timeout (in seconds) came first.  RuntimeError if this thread does not
        have the lock.
        """
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        notified = False
        waiter = _allocate_lock()
        waiter.acquire()        # notify() lets go of it
        self._waiters.append(waiter)
        state = self._release_save()
        try:
            # An exception in here (KeyboardInterrupt) must restore the lock as well.
            if timeout is None:
                waiter.acquire()
                notified = True
            else:
                notified = waiter.acquire(True, timeout) if timeout > 0 else waiter.acquire(False)
            return notified
        finally:
            self._acquire_restore(state)
            if not notified:
                try:
                    self._waiters.remove(waiter)
                except ValueError:
                    pass

    def wait_for(self, predicate, timeout=None):
        """Wait until predicate() is true and return its result.

        The last result is returned, true or not, when the timeout (in seconds) is over.
        """
        deadline = None
        outcome = predicate()
        while not outcome:
            left = timeout
            if timeout is not None:
                now = _time()
                if deadline is None:
                    deadline = now + timeout
                else:
                    left = deadline - now
                    if left <= 0:
                        break
            self.wait(left)
            outcome = predicate()
        return outcome

    def notify(self, n=1):
        """Wake up to n of the waiting threads; they go on when the lock is free.

        RuntimeError if this thread does not have the lock.
        """
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        waiters = self._waiters
        while waiters and n > 0:
            waiters.popleft().release()
            n -= 1

    def notify_all(self):
        """Wake all waiting threads; RuntimeError if this thread does not have the lock."""
        self.notify(len(self._waiters))

    notifyAll = notify_all


class Semaphore:
    """A counter of things to be had: acquire() takes one and waits if there is none, release() gives one back."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._cond = Condition(Lock())
        self._value = value

    def acquire(self, blocking=True, timeout=None):
        """Take one of the semaphore and return True.

        False if there is none and blocking is false, or if none was given back within the timeout (in seconds).
        """
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        deadline = None
        with self._cond:
            while not self._value:
                if not blocking:
                    return False
                left = timeout
                if timeout is not None:
                    if deadline is None:
                        deadline = _time() + timeout
                    else:
                        left = deadline - _time()
                        if left <= 0:
                            return False
                self._cond.wait(left)
            self._value -= 1
            return True

    __enter__ = acquire

    def release(self):
        """Give one back and wake a thread that waits for it."""
        with self._cond:
            self._value += 1
            self._cond.notify()

    def __exit__(self, t, v, tb):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore that never gets more than it had at first."""

    def __init__(self, value=1):
        Semaphore.__init__(self, value)
        self._initial_value = value

    def release(self):
        """Give one back and wake a thread that waits for it; ValueError if all are there already."""
        with self._cond:
            if self._initial_value <= self._value:
                raise ValueError("Semaphore released too many times")
            self._value += 1
            self._cond.notify()


class Event:
    """A flag, false at first, that threads can wait for."""

    def __init__(self):
        self._cond = Condition(Lock())
        self._flag = False

    def _reset_internal_locks(self):
        self._cond.__init__(Lock())

    def is_set(self):
        """Return whether the flag is true."""
        return self._flag

    isSet = is_set

    def set(self):
        """Make the flag true and wake all threads that wait for it."""
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        """Make the flag false."""
        with self._cond:
            self._flag = False

    def wait(self, timeout=None):
        """Wait until the flag is true or the timeout (in seconds) is over; return whether it is true."""
        with self._cond:
            return self._flag or self._cond.wait(timeout)


class BrokenBarrierError(RuntimeError):
    """A barrier was broken or reset while somebody waited."""


class Barrier:
    """A place where `parties` threads wait for each other and then go on together.

    action is called by one of them before any goes on; timeout is the default of wait(), in seconds.
    """

    # States: threads come in; threads go out; threads go out with an error, to come in again; nobody comes in.
    _FILLING, _DRAINING, _RESETTING, _BROKEN = 0, 1, -1, -2

    def __init__(self, parties, action=None, timeout=None):
        self._cond = Condition(Lock())
        self._parties = parties
        self._action = action
        self._timeout = timeout
        self._count = 0     # threads inside
        self._state = self._FILLING

    def wait(self, timeout=None):
        """Wait for the other parties; return a different number from 0 to parties-1 in each thread.

        BrokenBarrierError is raised in all if the barrier is broken, reset, or if the timeout passes in one of them.
        """
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            self._enter()
            place = self._count
            self._count += 1
            try:
                if self._count < self._parties:
                    self._wait(timeout)
                else:
                    self._release()
                return place
            finally:
                self._count -= 1
                self._exit()

    def _enter(self):
        # Those of the round before must be out first.
        self._cond.wait_for(lambda: self._state not in (self._DRAINING, self._RESETTING))
        if self._state < 0:
            raise BrokenBarrierError

    def _release(self):
        """Let all go: the last has come."""
        try:
            if self._action:
                self._action()
        except:
            self._break()
            raise
        self._state = self._DRAINING
        self._cond.notify_all()

    def _wait(self, timeout):
        if not self._cond.wait_for(lambda: self._state != self._FILLING, timeout):
            self._break()
            raise BrokenBarrierError
        if self._state < 0:
            raise BrokenBarrierError

    def _exit(self):
        """The last to leave opens the barrier again."""
        if not self._count and self._state in (self._DRAINING, self._RESETTING):
            self._state = self._FILLING
            self._cond.notify_all()

    def reset(self):
        """Make the barrier empty; threads that wait get BrokenBarrierError."""
        with self._cond:
            if not self._count:
                self._state = self._FILLING
            elif self._state in (self._FILLING, self._BROKEN):
                self._state = self._RESETTING
            self._cond.notify_all()

    def abort(self):
        """Break the barrier: waiting threads, and all who come before a reset(), get BrokenBarrierError."""
        with self._cond:
            self._break()

    def _break(self):
        self._state = self._BROKEN
        self._cond.notify_all()

    @property
    def parties(self):
        """How many threads pass together."""
        return self._parties

    @property
    def n_waiting(self):
        """How many threads wait now."""
        return self._count if self._state == self._FILLING else 0

    @property
    def broken(self):
        """Whether the barrier is broken."""
        return self._state == self._BROKEN


# Threads

_counter = _count(1).__next__


def _newname(template="Thread-%d"):
    return template % _counter()


_active_limbo_lock = _allocate_lock()
_active = {}                # ident -> Thread
_limbo = {}                 # Thread -> Thread: started, not yet running
_dangling = WeakSet()       # all threads there are, for the benefit of tests
_shutdown_locks_lock = _allocate_lock()
_shutdown_locks = set()


class Thread:
    """A thread of control: start() makes it call run(), which calls target(*args, **kwargs).

    Arguments are given by name.  group is reserved and must be None; name is made up ("Thread-N") if not given;
    daemon says whether the program may end without waiting for the thread, by default what the current thread is.
    A subclass overrides __init__ and run() only, and calls Thread.__init__ first.
    """

    _initialized = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, "group argument must be None for now"
        self._target = target
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        self._name = str(name or _newname())
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._ident = None
        if _HAVE_THREAD_NATIVE_ID:
            self._native_id = None
        self._tstate_lock = None
        self._started = Event()
        self._is_stopped = False
        self._initialized = True
        # For messages of last resort, when sys may be gone.
        self._stderr = _sys.stderr
        self._invoke_excepthook = _make_invoke_excepthook()
        _dangling.add(self)

    def _reset_internal_locks(self, is_alive):
        """In the child of a fork: nobody holds the locks there."""
        self._started._reset_internal_locks()
        if not is_alive:
            self._is_stopped = True
            self._tstate_lock = None
        elif self._tstate_lock is not None:
            self._set_tstate_lock()

    def __repr__(self):
        assert self._initialized, "Thread.__init__() was not called"
        self.is_alive()     # which notices the end
        words = ["stopped" if self._is_stopped else "started" if self._started.is_set() else "initial"]
        if self._daemonic:
            words.append("daemon")
        if self._ident is not None:
            words.append(str(self._ident))
        return "<%s(%s, %s)>" % (self.__class__.__name__, self._name, ' '.join(words))

    def start(self):
        """Begin the thread; RuntimeError if that was done before."""
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        started = self._started
        if started.is_set():
            raise RuntimeError("threads can only be started once")
        self._launch()
        started.wait()

    def _launch(self):
        """Start the thread of the system; until it has entered itself it is in _limbo."""
        with _active_limbo_lock:
            _limbo[self] = self
        launched = False
        try:
            _start_new_thread(self._bootstrap, ())
            launched = True
        finally:
            if not launched:
                with _active_limbo_lock:
                    del _limbo[self]

    def _require_init(self):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")

    def run(self):
        """What the thread does; override it or give a target."""
        try:
            if self._target:
                self._target(*self._args, **self._kwargs)
        finally:
            # They may refer to the thread.
            del self._target, self._args, self._kwargs

    def _bootstrap(self):
        """The first function in the new thread."""
        try:
            self._bootstrap_inner()
        except:
            # A daemon may wake while the interpreter goes down, with no module around it any more.
            if not self._daemonic or _sys is not None:
                raise

    def _bootstrap_inner(self):
        try:
            self._enter()
            for install, hook in (_sys.settrace, _trace_hook), (_sys.setprofile, _profile_hook):
                if hook:
                    install(hook)
            try:
                self.run()
            except:
                self._invoke_excepthook(self)
        finally:
            with _active_limbo_lock:
                try:
                    # Not by _delete(), which would take the lock again.
                    del _active[get_ident()]
                except:
                    pass

    def _enter(self):
        """Enter the running thread among the active ones, and tell start()."""
        self._set_ident()
        if _HAVE_THREAD_NATIVE_ID:
            self._set_native_id()
        self._set_tstate_lock()
        self._started.set()
        with _active_limbo_lock:
            del _limbo[self]
            _active[self._ident] = self

    def _set_ident(self):
        self._ident = get_ident()

    if _HAVE_THREAD_NATIVE_ID:
        def _set_native_id(self):
            self._native_id = get_native_id()

    def _set_tstate_lock(self):
        """Make the lock that the interpreter releases at the end of the running thread."""
        lock = self._tstate_lock = _set_sentinel()
        lock.acquire()
        if not self.daemon:
            with _shutdown_locks_lock:
                _shutdown_locks.add(lock)

    def _stop(self):
        """Note that the thread is over; its lock must be free."""
        lock, self._tstate_lock = self._tstate_lock, None
        assert lock is None or not lock.locked()
        self._is_stopped = True
        if self.daemon:
            return
        with _shutdown_locks_lock:
            _shutdown_locks.discard(lock)

    def _delete(self):
        with _active_limbo_lock:
            del _active[get_ident()]

    def join(self, timeout=None):
        """Wait until the thread is over, or for so many seconds: is_alive() tells which.

        RuntimeError if it was not started or is the current one.
        """
        self._require_init()
        if not self._started.is_set():
            raise RuntimeError("cannot join thread before it is started")
        if current_thread() is self:
            raise RuntimeError("cannot join current thread")
        patience = -1 if timeout is None else max(timeout, 0)
        self._wait_for_tstate_lock(timeout=patience)

    def _wait_for_tstate_lock(self, block=True, timeout=-1):
        lock = self._tstate_lock
        if lock is None:
            assert self._is_stopped
        elif lock.acquire(block, timeout):
            lock.release()
            self._stop()

    @property
    def name(self):
        """A name for people; several threads may have the same."""
        assert self._initialized, "Thread.__init__() not called"
        return self._name

    @name.setter
    def name(self, name):
        assert self._initialized, "Thread.__init__() not called"
        self._name = str(name)

    @property
    def ident(self):
        """The number get_ident() has in the thread, None before it starts; it may be used again later."""
        assert self._initialized, "Thread.__init__() not called"
        return self._ident

    if _HAVE_THREAD_NATIVE_ID:
        @property
        def native_id(self):
            """The number the operating system gave the thread, None before it starts."""
            assert self._initialized, "Thread.__init__() not called"
            return self._native_id

    def is_alive(self):
        """Return whether the thread was started and is not over."""
        assert self._initialized, "Thread.__init__() not called"
        if self._is_stopped or not self._started.is_set():
            return False
        self._wait_for_tstate_lock(False)
        return not self._is_stopped

    def isAlive(self):
        """The old name of is_alive(); warns."""
        import warnings
        warnings.warn('isAlive() is deprecated, use is_alive() instead', DeprecationWarning, stacklevel=2)
        return self.is_alive()

    @property
    def daemon(self):
        """Whether the program ends without waiting for the thread; to be set before start()."""
        assert self._initialized, "Thread.__init__() not called"
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        self._require_init()
        if self._started.is_set():
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def isDaemon(self):
        """The old way to read `daemon`."""
        return self.daemon

    def setDaemon(self, daemonic):
        """The old way to set `daemon`."""
        self.daemon = daemonic

    def getName(self):
        """The old way to read `name`."""
        return self.name

    def setName(self, name):
        """The old way to set `name`."""
        self.name = name


try:
    from _thread import _ExceptHookArgs as ExceptHookArgs, _excepthook as excepthook
except ImportError:
    from collections import namedtuple as _namedtuple

    _ExceptHookFields = _namedtuple('ExceptHookArgs', 'exc_type exc_value exc_traceback thread')

    def ExceptHookArgs(args):
        """Make the argument of excepthook() from a sequence of its four fields."""
        return _ExceptHookFields(*args)

    def excepthook(args, /):
        """Print the exception that ended a thread, except SystemExit."""
        import traceback
        if args.exc_type is SystemExit:
            return
        stream = _sys.stderr if _sys is not None else None
        if stream is None:
            stream = args.thread._stderr if args.thread is not None else None
            if stream is None:
                return
        name = args.thread.name if args.thread is not None else get_ident()
        print("Exception in thread %s:" % name, file=stream, flush=True)
        traceback.print_exception(args.exc_type, args.exc_value, args.exc_traceback, file=stream)
        stream.flush()


def _make_invoke_excepthook():
    """A function that hands the current exception to excepthook, whatever is left of the modules by then."""
    first_hook = excepthook
    first_sys_hook = _sys.excepthook
    if first_hook is None or first_sys_hook is None:
        raise RuntimeError("threading.excepthook or sys.excepthook is None")
    exc_info, make_args, say, sys_module = _sys.exc_info, ExceptHookArgs, print, _sys

    def invoke_excepthook(thread):
        hook = excepthook or first_hook
        args = None
        try:
            args = make_args([*exc_info(), thread])
            hook(args)
        except Exception as failure:
            failure.__suppress_context__ = True
            stream = sys_module.stderr if sys_module is not None and sys_module.stderr is not None else thread._stderr
            say("Exception in threading.excepthook:", file=stream, flush=True)
            show = first_sys_hook
            if sys_module is not None and sys_module.excepthook is not None:
                show = sys_module.excepthook
            show(*exc_info())
        finally:
            args = None     # or the exception would live in this frame

    return invoke_excepthook


class Timer(Thread):
    """A thread that calls function(*args, **kwargs) after an interval in seconds, unless cancelled before."""

    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval, self.function = interval, function
        self.args = [] if args is None else args
        self.kwargs = {} if kwargs is None else kwargs
        self.finished = Event()

    def cancel(self):
        """Have the function not called, if it is not too late."""
        self.finished.set()

    def run(self):
        """Wait, then call the function."""
        if not self.finished.wait(self.interval):
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _MainThread(Thread):
    """The thread that the interpreter itself began in."""

    def __init__(self):
        Thread.__init__(self, name="MainThread", daemon=False)
        self._set_tstate_lock()
        _adopt(self)


class _DummyThread(Thread):
    """Stands for a running thread that was not started from here; it cannot be joined and never seems to end."""

    def __init__(self):
        Thread.__init__(self, name=_newname("Dummy-%d"), daemon=True)
        _adopt(self)

    def _stop(self):
        pass

    def is_alive(self):
        """Return True; only in the child of a fork such a thread may be known to be over."""
        assert not self._is_stopped and self._started.is_set()
        return True

    def join(self, timeout=None):
        """Not possible."""
        assert False, "cannot join a dummy thread"


def _adopt(thread):
    """Enter a Thread object for the thread that runs now."""
    thread._started.set()
    thread._set_ident()
    if _HAVE_THREAD_NATIVE_ID:
        thread._set_native_id()
    with _active_limbo_lock:
        _active[thread._ident] = thread


def current_thread():
    """Return the Thread object of the calling thread; one is made up if it was not started from here."""
    try:
        return _active[get_ident()]
    except KeyError:
        return _DummyThread()


currentThread = current_thread


def active_count():
    """Return how many threads are alive, that is the length of enumerate()."""
    with _active_limbo_lock:
        return len(_active) + len(_limbo)


activeCount = active_count


def _enumerate():
    """enumerate() for callers that hold the lock."""
    return [*_active.values(), *_limbo.values()]


def enumerate():
    """Return the list of all threads that are alive, the main thread and daemons included."""
    with _active_limbo_lock:
        return _enumerate()


def main_thread():
    """Return the Thread object of the main thread: normally that in which the interpreter began."""
    return _main_thread


def _shutdown():
    """Wait for all threads that are not daemons; the interpreter calls this at its end."""
    if _main_thread._is_stopped:
        return      # a second time
    lock = _main_thread._tstate_lock
    assert lock is not None
    assert lock.locked()
    lock.release()
    _main_thread._stop()
    while True:
        with _shutdown_locks_lock:
            pending = list(_shutdown_locks)
            _shutdown_locks.clear()
        if not pending:
            return
        # Threads may start others meanwhile, hence the next round.
        for lock in pending:
            lock.acquire()
            lock.release()


def _after_fork():
    """In the child of a fork: the thread that called fork() is the only one and the main one."""
    global _active_limbo_lock, _main_thread, _shutdown_locks_lock, _shutdown_locks
    _active_limbo_lock = _allocate_lock()
    _shutdown_locks_lock = _allocate_lock()
    _shutdown_locks = set()
    ident = get_ident()
    current = _active.get(ident)
    if current is None:
        current = _MainThread()     # fork() was called by a thread we did not know
    _main_thread = current
    with _active_limbo_lock:
        known = set(_enumerate())
        known.update(_dangling)
        for thread in known:
            mine = thread is current
            thread._reset_internal_locks(mine)
            if mine:
                thread._ident = ident
            else:
                thread._stop()
        _limbo.clear()
        _active.clear()
        _active[ident] = current


try:
    from _thread import _local as local
except ImportError:
    from _threading_local import local

_main_thread = _MainThread()

if _thread.__name__ == '_thread':
    from os import register_at_fork as _register_at_fork
    _register_at_fork(after_in_child=_after_fork)
