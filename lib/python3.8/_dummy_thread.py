# SPDX-License-Identifier: MIT
"""The interface of `_thread` without threads: a function to be run in a thread is run at once, to its end.

For programs that can do without concurrency; code that waits for another thread would wait for ever.
"""

__all__ = ['error', 'start_new_thread', 'exit', 'get_ident', 'allocate_lock', 'interrupt_main', 'LockType', 'RLock']

TIMEOUT_MAX = 2 ** 31

error = RuntimeError

_interrupt = False      # an interruption that arrived while a "thread" ran
_main = True            # no "thread" is running


def start_new_thread(function, args, kwargs={}):
    """Call the function and return when it does.

    args must be a tuple and kwargs a dictionary.  SystemExit ends the function silently, other exceptions are
    printed; interrupt_main() called inside takes effect here.
    """
    global _interrupt, _main
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if not isinstance(kwargs, dict):
        raise TypeError("3rd arg must be a dict")
    _main = False
    try:
        function(*args, **kwargs)
    except SystemExit:
        pass
    except:
        from traceback import print_exc
        print_exc()
    _main = True
    interrupted, _interrupt = _interrupt, False
    if interrupted:
        raise KeyboardInterrupt


def exit():
    """Raise SystemExit, which ends a thread."""
    raise SystemExit


def get_ident():
    """Return the id of the only thread, 1."""
    return 1


def allocate_lock():
    """Return a new lock, not acquired."""
    return LockType()


def stack_size(size=None):
    """Return 0; error is raised if a size is given."""
    if size is not None:
        raise error("setting thread stack size not supported")
    return 0


def _set_sentinel():
    return LockType()


class LockType:
    """A lock that never waits: acquiring it just notes that it is taken."""

    def __init__(self):
        self.locked_status = False

    def acquire(self, waitflag=None, timeout=-1):
        """Take the lock and return True.

        If waitflag is given and false, or a timeout is, a lock already taken makes the result False (after the
        timeout).
        """
        if not self.locked_status or waitflag is None or waitflag:
            # Nobody else could let go of it: waiting for a lock that is taken would never end.
            self.locked_status = True
            return True
        if timeout > 0:
            from time import sleep
            sleep(timeout)
        return False

    __enter__ = acquire

    def __exit__(self, typ, val, tb):
        self.release()

    def release(self):
        """Let go of the lock and return True; error if it is not taken."""
        if not self.locked_status:
            raise error
        self.locked_status = False
        return True

    def locked(self):
        """Return whether the lock is taken."""
        return self.locked_status

    def __repr__(self):
        return "<%s %s.%s object at %s>" % ("locked" if self.locked_status else "unlocked", self.__class__.__module__,
                                            self.__class__.__qualname__, hex(id(self)))


class RLock(LockType):
    """A lock that may be acquired several times and is free when released as often."""

    def __init__(self):
        super().__init__()
        self._levels = 0

    def acquire(self, waitflag=None, timeout=-1):
        """Take the lock once more; the result is that of LockType.acquire()."""
        taken = super().acquire(waitflag, timeout)
        if taken:
            self._levels += 1
        return taken

    def release(self):
        """Let go of the lock once; error if it is not taken."""
        if self._levels == 0:
            raise error
        self._levels -= 1
        if self._levels == 0:
            super().release()


def interrupt_main():
    """Raise KeyboardInterrupt in the main thread, that is here, or when the running "thread" has ended."""
    global _interrupt
    if _main:
        raise KeyboardInterrupt
    _interrupt = True
