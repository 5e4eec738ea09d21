# SPDX-License-Identifier: MIT
"""Futures, waiting for them, and what executors have in common.

A Future goes from PENDING to RUNNING and FINISHED, or from PENDING to CANCELLED and, when the executor has seen
that, CANCELLED_AND_NOTIFIED.  Its state changes under its _condition; then _waiters, made by wait() and
as_completed(), are told.
"""

import collections
import logging
import threading
import time

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = 'FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED'
_AS_COMPLETED = '_AS_COMPLETED'

PENDING, RUNNING, CANCELLED = 'PENDING', 'RUNNING', 'CANCELLED'
CANCELLED_AND_NOTIFIED, FINISHED = 'CANCELLED_AND_NOTIFIED', 'FINISHED'

_FUTURE_STATES = [PENDING, RUNNING, CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED]

_STATE_TO_DESCRIPTION_MAP = {PENDING: "pending", RUNNING: "running", CANCELLED: "cancelled",
                             CANCELLED_AND_NOTIFIED: "cancelled", FINISHED: "finished"}

_OVER = (CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED)
_REPORTED = (CANCELLED_AND_NOTIFIED, FINISHED)      # waiters have been told

LOGGER = logging.getLogger("concurrent.futures")


class Error(Exception):
    """What the exceptions of futures are."""


class CancelledError(Error):
    """The future was cancelled."""


class TimeoutError(Error):
    """Time was up first."""


class InvalidStateError(Error):
    """The future has a result already."""


class BrokenExecutor(RuntimeError):
    """An executor has become unusable."""


class _Waiter:
    """Told by futures when they are over; `event` is set when it is time for the one who waits to look."""

    def __init__(self):
        self.event = threading.Event()
        self.finished_futures = []

    def _note(self, future, failed):
        self.finished_futures.append(future)

    def add_result(self, future):
        self._note(future, False)

    def add_exception(self, future):
        self._note(future, True)

    def add_cancelled(self, future):
        self._note(future, False)


class _AsCompletedWaiter(_Waiter):
    """For as_completed(): every future counts."""

    def __init__(self):
        super().__init__()
        self.lock = threading.Lock()

    def _note(self, future, failed):
        with self.lock:
            super()._note(future, failed)
            self.event.set()


class _FirstCompletedWaiter(_Waiter):
    """The first future is enough."""

    def _note(self, future, failed):
        super()._note(future, failed)
        self.event.set()


class _AllCompletedWaiter(_Waiter):
    """All must be over, or one must fail if that counts."""

    def __init__(self, num_pending_calls, stop_on_exception):
        super().__init__()
        self.num_pending_calls, self.stop_on_exception = num_pending_calls, stop_on_exception
        self.lock = threading.Lock()

    def _note(self, future, failed):
        super()._note(future, failed)
        with self.lock:
            self.num_pending_calls -= 1
            if not self.num_pending_calls or failed and self.stop_on_exception:
                self.event.set()


class _AcquireFutures:
    """Holds the conditions of several futures, taken in the same order by everybody."""

    def __init__(self, futures):
        self.held = [future._condition for future in sorted(futures, key=id)]

    def __enter__(self):
        for condition in self.held:
            condition.acquire()

    def __exit__(self, *args):
        for condition in self.held:
            condition.release()


def _create_and_install_waiters(fs, return_when):
    """A waiter for futures, whose conditions the caller holds."""
    if return_when == _AS_COMPLETED:
        waiter = _AsCompletedWaiter()
    elif return_when == FIRST_COMPLETED:
        waiter = _FirstCompletedWaiter()
    elif return_when in (FIRST_EXCEPTION, ALL_COMPLETED):
        pending = sum(future._state not in _REPORTED for future in fs)
        waiter = _AllCompletedWaiter(pending, stop_on_exception=return_when == FIRST_EXCEPTION)
    else:
        raise ValueError("Invalid return condition: %r" % return_when)
    for future in fs:
        future._waiters.append(waiter)
    return waiter


def _remove_waiter(fs, waiter):
    for future in fs:
        with future._condition:
            future._waiters.remove(waiter)


def _yield_finished_futures(fs, waiter, ref_collect):
    """Generate the futures of a list, the last first, and forget each before it is given away."""
    while fs:
        future = fs[-1]
        for futures in ref_collect:
            futures.remove(future)
        with future._condition:
            future._waiters.remove(waiter)
        del future
        yield fs.pop()


def as_completed(fs, timeout=None):
    """Generate futures as they are over; those given twice come once.

    TimeoutError is raised if some are not within timeout seconds from the call.
    """
    deadline = None if timeout is None else timeout + time.monotonic()
    fs = set(fs)
    total = len(fs)
    with _AcquireFutures(fs):
        finished = {future for future in fs if future._state in _REPORTED}
        pending = fs - finished
        waiter = _create_and_install_waiters(fs, _AS_COMPLETED)
    finished = list(finished)
    try:
        yield from _yield_finished_futures(finished, waiter, ref_collect=(fs,))
        while pending:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left < 0:
                raise TimeoutError('%d (of %d) futures unfinished' % (len(pending), total))
            waiter.event.wait(left)
            with waiter.lock:
                finished = waiter.finished_futures
                waiter.finished_futures = []
                waiter.event.clear()
            finished.reverse()      # as they are taken from the end
            yield from _yield_finished_futures(finished, waiter, ref_collect=(fs, pending))
    finally:
        _remove_waiter(fs, waiter)


DoneAndNotDoneFutures = collections.namedtuple('DoneAndNotDoneFutures', 'done not_done')


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """Wait for futures; return a named tuple of two sets, done and not_done.

    timeout: at most so many seconds; return_when: ALL_COMPLETED, FIRST_COMPLETED, or FIRST_EXCEPTION, which is as
    ALL_COMPLETED if none fails.
    """
    with _AcquireFutures(fs):
        done = {future for future in fs if future._state in _REPORTED}
        others = set(fs) - done
        if done and return_when == FIRST_COMPLETED or not others:
            return DoneAndNotDoneFutures(done, others)
        if return_when == FIRST_EXCEPTION and any(
                not future.cancelled() and future._exception is not None for future in done):
            return DoneAndNotDoneFutures(done, others)
        waiter = _create_and_install_waiters(fs, return_when)
    waiter.event.wait(timeout)
    _remove_waiter(fs, waiter)
    done.update(waiter.finished_futures)
    return DoneAndNotDoneFutures(done, set(fs) - done)


class Future:
    """The result of a call that is made elsewhere; executors make these."""

    def __init__(self):
        self._condition = threading.Condition()
        self._state = PENDING
        self._result = self._exception = None
        self._waiters = []
        self._done_callbacks = []

    def _invoke_callbacks(self):
        for callback in self._done_callbacks:
            self._call_back(callback)

    def _call_back(self, callback):
        try:
            callback(self)
        except Exception:
            LOGGER.exception('exception calling callback for %r', self)

    def __repr__(self):
        with self._condition:
            text = '<%s at %#x state=%s' % (self.__class__.__name__, id(self), _STATE_TO_DESCRIPTION_MAP[self._state])
            if self._state != FINISHED:
                return text + '>'
            if self._exception:
                return '%s raised %s>' % (text, self._exception.__class__.__name__)
            return '%s returned %s>' % (text, self._result.__class__.__name__)

    def cancel(self):
        """Cancel the call and return True, or return False if it is being made or over."""
        with self._condition:
            if self._state in (RUNNING, FINISHED):
                return False
            if self._state == PENDING:
                self._state = CANCELLED
                self._condition.notify_all()
            elif self._state in (CANCELLED, CANCELLED_AND_NOTIFIED):
                return True
        self._invoke_callbacks()
        return True

    def cancelled(self):
        """Return whether the call was cancelled."""
        with self._condition:
            return self._state in (CANCELLED, CANCELLED_AND_NOTIFIED)

    def running(self):
        """Return whether the call is being made."""
        with self._condition:
            return self._state == RUNNING

    def done(self):
        """Return whether the call is over or cancelled."""
        with self._condition:
            return self._state in _OVER

    def __get_result(self):
        if not self._exception:
            return self._result
        try:
            raise self._exception
        finally:
            self = None         # else the traceback would refer to the exception

    def add_done_callback(self, fn):
        """Have fn(future) called when it is over, now if it is."""
        with self._condition:
            if self._state not in _OVER:
                self._done_callbacks.append(fn)
                return
        self._call_back(fn)

    def _wait_until_over(self, timeout):
        """With the condition held: wait if need be; raise if there is no result."""
        if self._state not in _OVER:
            self._condition.wait(timeout)
        if self._state in (CANCELLED, CANCELLED_AND_NOTIFIED):
            raise CancelledError()
        if self._state != FINISHED:
            raise TimeoutError()

    def result(self, timeout=None):
        """Wait and return the result, or raise the exception of the call.

        CancelledError is raised if it was cancelled, TimeoutError after timeout seconds.
        """
        try:
            with self._condition:
                self._wait_until_over(timeout)
                return self.__get_result()
        finally:
            self = None

    def exception(self, timeout=None):
        """Wait and return the exception of the call, None if there was none; errors as of result()."""
        with self._condition:
            self._wait_until_over(timeout)
            return self._exception

    # For executors

    def set_running_or_notify_cancel(self):
        """Called before the call is made: return True if it is to be made, False if it was cancelled."""
        with self._condition:
            if self._state == PENDING:
                self._state = RUNNING
                return True
            if self._state == CANCELLED:
                self._state = CANCELLED_AND_NOTIFIED
                for waiter in self._waiters:
                    waiter.add_cancelled(self)
                # Those in result() have been told by cancel().
                return False
            LOGGER.critical('Future %s in unexpected state: %s', id(self), self._state)
            raise RuntimeError('Future in unexpected state')

    def _finish(self, attribute, value, report):
        with self._condition:
            if self._state in _OVER:
                raise InvalidStateError('{}: {!r}'.format(self._state, self))
            setattr(self, attribute, value)
            self._state = FINISHED
            for waiter in self._waiters:
                report(waiter, self)
            self._condition.notify_all()
        self._invoke_callbacks()

    def set_result(self, result):
        """Set what the call returned; InvalidStateError if the future is over."""
        self._finish('_result', result, lambda waiter, future: waiter.add_result(future))

    def set_exception(self, exception):
        """Set what the call raised; InvalidStateError if the future is over."""
        self._finish('_exception', exception, lambda waiter, future: waiter.add_exception(future))


def _split_submit_args(args, kwargs, kind):
    """The self, function and arguments of submit(*args, **kwargs), which may all be keywords for the function."""
    if len(args) >= 2:
        owner, fn, *args = args
        return owner, fn, tuple(args)
    if not args:
        raise TypeError("descriptor 'submit' of %r object needs an argument" % kind)
    if 'fn' not in kwargs:
        raise TypeError('submit expected at least 1 positional argument, got %d' % (len(args) - 1))
    import warnings
    warnings.warn("Passing 'fn' as keyword argument is deprecated", DeprecationWarning, stacklevel=3)
    return args[0], kwargs.pop('fn'), ()


def _check_submission(broken, error, ended, at_exit):
    """Raise what submit() must when there are no more calls: error(broken), or RuntimeError.

    ended: the executor was shut down; at_exit: all were, as the interpreter ends.
    """
    if broken:
        raise error(broken)
    if ended or at_exit:
        raise RuntimeError('cannot schedule new futures after %sshutdown' % ('' if ended else 'interpreter '))


_SUBMIT_SIGNATURE = '($self, fn, /, *args, **kwargs)'


class Executor:
    """What makes calls elsewhere; in `with` it is shut down at the end."""

    def submit(*args, **kwargs):
        """Have fn(*args, **kwargs) called and return a Future for it."""
        _split_submit_args(args, kwargs, 'Executor')
        raise NotImplementedError()
    submit.__text_signature__ = _SUBMIT_SIGNATURE

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """Return an iterator over the results of fn for all items of the iterables, as map() does, in their order.

        All calls are submitted at once.  timeout: TimeoutError is raised so many seconds after the call; chunksize:
        how many items go to a process together.  An exception of a call is raised when its turn comes.
        """
        deadline = None if timeout is None else timeout + time.monotonic()
        futures = [self.submit(fn, *args) for args in zip(*iterables)]

        # A function of its own, so that the calls are submitted now.
        def results():
            try:
                futures.reverse()
                while futures:
                    # Nothing here must refer to the future while the result is with the caller.
                    if deadline is None:
                        yield futures.pop().result()
                    else:
                        yield futures.pop().result(deadline - time.monotonic())
            finally:
                for future in futures:
                    future.cancel()
        return results()

    def shutdown(self, wait=True):
        """Take no more calls; wait for those submitted if told so.  May be called again."""

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown(wait=True)
        return False
