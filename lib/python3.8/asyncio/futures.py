# SPDX-License-Identifier: MIT
"""Future: a result that is still to come; and ties to those of concurrent.futures.

A task that awaits a future gets the future itself from `yield`, with _asyncio_future_blocking true; it makes that
false and asks to be called back.
"""

__all__ = ('Future', 'wrap_future', 'isfuture')

import concurrent.futures
import contextvars
import logging
import sys

from . import base_futures, events, exceptions, format_helpers

isfuture = base_futures.isfuture

_PENDING = base_futures._PENDING
_CANCELLED = base_futures._CANCELLED
_FINISHED = base_futures._FINISHED

STACK_DEBUG = logging.DEBUG - 1     # a level for very noisy messages


class Future:
    """A result that is still to come.

    Unlike one of concurrent.futures it belongs to a loop and to one thread, does not wait in result(), and makes
    its callbacks with call_soon().
    """

    # Defaults of the class, so that making one is cheap.
    _state = _PENDING
    _result = _exception = _loop = _source_traceback = None
    _asyncio_future_blocking = False
    __log_traceback = False     # whether somebody still has to hear of the exception

    def __init__(self, *, loop=None):
        loop = self._loop = events.get_event_loop() if loop is None else loop
        self._callbacks = []
        if loop.get_debug():
            self._source_traceback = format_helpers.extract_stack(sys._getframe(1))

    _repr_info = base_futures._future_repr_info

    def __repr__(self):
        return '<{} {}>'.format(self.__class__.__name__, ' '.join(self._repr_info()))

    def __del__(self):
        if not self.__log_traceback:
            return      # no exception, or it was seen
        context = {'message': f'{self.__class__.__name__} exception was never retrieved',
                   'exception': self._exception, 'future': self}
        made_at = self._source_traceback
        if made_at:
            context['source_traceback'] = made_at
        self._loop.call_exception_handler(context)

    @property
    def _log_traceback(self):
        return self.__log_traceback

    @_log_traceback.setter
    def _log_traceback(self, val):
        if bool(val):
            raise ValueError('_log_traceback can only be set to False')
        self.__log_traceback = False

    def get_loop(self):
        """Return the loop the future belongs to."""
        loop = self._loop
        if loop is None:
            raise RuntimeError("Future object is not initialized.")
        return loop

    def cancel(self):
        """Cancel and return True, or return False if it is done already."""
        self.__log_traceback = False
        if self._state != _PENDING:
            return False
        self._state = _CANCELLED
        self.__schedule_callbacks()
        return True

    def __schedule_callbacks(self):
        callbacks = self._callbacks
        if callbacks:
            self._callbacks = []
            for callback, context in callbacks:
                self._loop.call_soon(callback, self, context=context)

    def cancelled(self):
        """Return whether it was cancelled."""
        return self._state == _CANCELLED

    def done(self):
        """Return whether there is a result or exception, or it was cancelled."""
        return self._state != _PENDING

    def result(self):
        """Return the result or raise the exception; CancelledError, or InvalidStateError if it is not done."""
        self._check_finished('Result is not ready.')
        if self._exception is not None:
            raise self._exception
        return self._result

    def _check_finished(self, complaint):
        if self._state == _CANCELLED:
            raise exceptions.CancelledError
        if self._state != _FINISHED:
            raise exceptions.InvalidStateError(complaint)
        self.__log_traceback = False

    def exception(self):
        """Return the exception, None if there was none; errors as of result()."""
        self._check_finished('Exception is not set.')
        return self._exception

    def add_done_callback(self, fn, *, context=None):
        """Have fn(future) called by the loop when it is done, soon if it is."""
        if context is None:
            context = contextvars.copy_context()
        if self._state != _PENDING:
            self._loop.call_soon(fn, self, context=context)
        else:
            self._callbacks.append((fn, context))

    def remove_done_callback(self, fn):
        """Undo add_done_callback(); return how often it was."""
        kept = [pair for pair in self._callbacks if pair[0] != fn]
        removed = len(self._callbacks) - len(kept)
        if removed:
            self._callbacks[:] = kept
        return removed

    def set_result(self, result):
        """Make it done with a result; InvalidStateError if it is already."""
        if self._state != _PENDING:
            raise exceptions.InvalidStateError(f'{self._state}: {self!r}')
        self._result = result
        self._state = _FINISHED
        self.__schedule_callbacks()

    def set_exception(self, exception):
        """Make it done with an exception; InvalidStateError if it is already."""
        if self._state != _PENDING:
            raise exceptions.InvalidStateError(f'{self._state}: {self!r}')
        exception = exception() if isinstance(exception, type) else exception
        if type(exception) is StopIteration:
            raise TypeError("StopIteration interacts badly with generators and cannot be raised into a Future")
        self._exception = exception
        self._state = _FINISHED
        self.__schedule_callbacks()
        self.__log_traceback = True

    def __await__(self):
        if self._state == _PENDING:
            self._asyncio_future_blocking = True
            yield self      # so a task learns what to wait for
        if self._state == _PENDING:
            raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__        # for `yield from`


_PyFuture = Future


def _get_loop(fut):
    # A future of others may lack the method.
    try:
        ask = fut.get_loop
    except AttributeError:
        return fut._loop
    return ask()


def _set_result_unless_cancelled(fut, result):
    if not fut.cancelled():
        fut.set_result(result)


# A future of concurrent.futures has exceptions of its own.
_COUNTERPARTS = {
    concurrent.futures.CancelledError: exceptions.CancelledError,
    concurrent.futures.TimeoutError: exceptions.TimeoutError,
    concurrent.futures.InvalidStateError: exceptions.InvalidStateError,
}


def _convert_future_exc(exc):
    kind = _COUNTERPARTS.get(type(exc))
    return exc if kind is None else kind(*exc.args)


def _set_concurrent_future_state(concurrent, source):
    """Give a future of concurrent.futures the state of one that is done."""
    assert source.done()
    if source.cancelled():
        concurrent.cancel()
    if not concurrent.set_running_or_notify_cancel():
        return
    failure = source.exception()
    if failure is None:
        concurrent.set_result(source.result())
    else:
        concurrent.set_exception(_convert_future_exc(failure))


def _copy_future_state(source, dest):
    """Give a future of ours the state of any that is done."""
    assert source.done()
    if dest.cancelled():
        return
    assert not dest.done()
    if source.cancelled():
        # (As a result of its own, without an exception to carry over.)
        dest.cancel()
        return
    failure = source.exception()
    if failure is None:
        dest.set_result(source.result())
    else:
        dest.set_exception(_convert_future_exc(failure))


def _chain_future(source, destination):
    """Make the destination done when the source is, and cancel the source if the destination is cancelled.

    Each may be of either kind; each is touched only in its own loop.
    """
    for what, future in ('source', source), ('destination', destination):
        if not isfuture(future) and not isinstance(future, concurrent.futures.Future):
            raise TypeError(f'A future is required for {what} argument')
    source_loop, dest_loop = [_get_loop(future) if isfuture(future) else None for future in (source, destination)]

    def set_state(future, other):
        if not isfuture(future):
            _set_concurrent_future_state(future, other)
        else:
            _copy_future_state(other, future)

    def destination_done(destination):
        if not destination.cancelled():
            return
        if source_loop is None or source_loop is dest_loop:
            source.cancel()
        else:
            source_loop.call_soon_threadsafe(source.cancel)

    def source_done(source):
        if destination.cancelled() and dest_loop is not None and dest_loop.is_closed():
            return
        if dest_loop is None or dest_loop is source_loop:
            set_state(destination, source)
        else:
            dest_loop.call_soon_threadsafe(set_state, destination, source)

    destination.add_done_callback(destination_done)
    source.add_done_callback(source_done)


def wrap_future(future, *, loop=None):
    """Return a Future of a loop for one of concurrent.futures; one of ours comes back as it is."""
    if isfuture(future):
        return future
    assert isinstance(future, concurrent.futures.Future), f'concurrent.futures.Future is expected, got {future!r}'
    made = (events.get_event_loop() if loop is None else loop).create_future()
    _chain_future(future, made)
    return made


try:
    import _asyncio
except ImportError:
    pass
else:
    Future = _CFuture = _asyncio.Future
