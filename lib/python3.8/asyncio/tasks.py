# SPDX-License-Identifier: MIT
"""Tasks: coroutines that a loop runs; and ways to wait for several of them."""

__all__ = ('Task', 'create_task', 'FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED', 'wait', 'wait_for',
           'as_completed', 'sleep', 'gather', 'shield', 'ensure_future', 'run_coroutine_threadsafe', 'current_task',
           'all_tasks', '_register_task', '_unregister_task', '_enter_task', '_leave_task')

import concurrent.futures
import contextvars
import functools
import inspect
import itertools
import types
import warnings
import weakref

from . import base_tasks, coroutines, events, exceptions, futures
from .coroutines import _is_coroutine

_task_name_counter = itertools.count(1).__next__


def current_task(loop=None):
    """Return the task that runs now in a loop (by default the running one), None if there is none."""
    return _current_tasks.get(events.get_running_loop() if loop is None else loop)


def _living_tasks():
    """A list of all tasks; other threads may change the set meanwhile."""
    for attempt in range(1000):
        try:
            return list(_all_tasks)
        except RuntimeError:
            if attempt == 999:
                raise


def all_tasks(loop=None):
    """Return the set of tasks of a loop (by default the running one) that are not done."""
    if loop is None:
        loop = events.get_running_loop()
    return {task for task in _living_tasks() if futures._get_loop(task) is loop and not task.done()}


def _all_tasks_compat(loop=None):
    """all_tasks() as it was: with those that are done, and without a loop that runs."""
    if loop is None:
        loop = events.get_event_loop()
    return {task for task in _living_tasks() if futures._get_loop(task) is loop}


def _set_task_name(task, name):
    if name is not None:
        # Tasks of others may have no names.
        try:
            set_name = task.set_name
        except AttributeError:
            pass
        else:
            set_name(name)


class Task(futures._PyFuture):
    """A coroutine that runs in a loop, as a Future for its result.

    It runs from one await of something unfinished to the next, each step in a call that the loop makes.
    """

    _log_destroy_pending = True     # whether to complain if it goes away unfinished

    @classmethod
    def current_task(cls, loop=None):
        """The old name of asyncio.current_task()."""
        warnings.warn("Task.current_task() is deprecated since Python 3.7, use asyncio.current_task() instead",
                      DeprecationWarning, stacklevel=2)
        return current_task(events.get_event_loop() if loop is None else loop)

    @classmethod
    def all_tasks(cls, loop=None):
        """The old name of asyncio.all_tasks()."""
        warnings.warn("Task.all_tasks() is deprecated since Python 3.7, use asyncio.all_tasks() instead",
                      DeprecationWarning, stacklevel=2)
        return _all_tasks_compat(loop)

    def __init__(self, coro, *, loop=None, name=None):
        super().__init__(loop=loop)
        made_at = self._source_traceback
        if made_at:
            del made_at[-1]     # this method
        if not coroutines.iscoroutine(coro):
            self._log_destroy_pending = False       # nothing was lost
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        self._name = f'Task-{_task_name_counter()}' if name is None else str(name)
        self._must_cancel = False
        self._fut_waiter = None         # what it waits for
        self._coro = coro
        self._context = contextvars.copy_context()
        self._loop.call_soon(self.__step, context=self._context)
        _register_task(self)

    def __del__(self):
        if self._state == futures._PENDING and self._log_destroy_pending:
            context = {'task': self, 'message': 'Task was destroyed but it is pending!'}
            made_at = self._source_traceback
            if made_at:
                context['source_traceback'] = made_at
            self._loop.call_exception_handler(context)
        super().__del__()

    def _repr_info(self):
        return base_tasks._task_repr_info(self)

    def get_coro(self):
        """Return the coroutine."""
        return self._coro

    def get_name(self):
        """Return the name."""
        return self._name

    def set_name(self, value):
        """Set the name."""
        self._name = str(value)

    def set_result(self, result):
        """Not possible: the coroutine makes the result."""
        raise RuntimeError('Task does not support set_result operation')

    def set_exception(self, exception):
        """Not possible: the coroutine raises exceptions."""
        raise RuntimeError('Task does not support set_exception operation')

    def get_stack(self, *, limit=None):
        """Return a list of frames: where the coroutine is suspended, or where an exception ended it.

        limit: the newest so many, of a traceback the oldest; a suspended coroutine has one only.
        """
        return base_tasks._task_get_stack(self, limit)

    def print_stack(self, *, limit=None, file=None):
        """Print what get_stack() tells, to a file (sys.stderr)."""
        return base_tasks._task_print_stack(self, limit, file)

    def cancel(self):
        """Have CancelledError raised in the coroutine when it next runs; return False if it is done.

        The coroutine may catch that and go on.
        """
        self._log_traceback = False
        if self.done():
            return False
        # What it waits for wakes it, if that can be cancelled.
        if self._fut_waiter is None or not self._fut_waiter.cancel():
            self._must_cancel = True
        return True

    def __step(self, exc=None):
        """Run the coroutine up to its next pause, or throw an exception into it."""
        if self.done():
            raise exceptions.InvalidStateError(f'_step(): already done: {self!r}, {exc!r}')
        if self._must_cancel:
            if not isinstance(exc, exceptions.CancelledError):
                exc = exceptions.CancelledError()
            self._must_cancel = False
        coro = self._coro
        self._fut_waiter = None
        loop = self._loop
        _enter_task(loop, self)
        try:
            # Not next(): awaitables without __next__ are welcome.
            result = coro.send(None) if exc is None else coro.throw(exc)
        except StopIteration as end:
            if self._must_cancel:
                # It was cancelled while it did its last step.
                self._must_cancel = False
                super().cancel()
            else:
                super().set_result(end.value)
        except exceptions.CancelledError:
            super().cancel()
        except (KeyboardInterrupt, SystemExit) as failure:
            super().set_exception(failure)
            raise
        except BaseException as failure:
            super().set_exception(failure)
        else:
            self.__pause(result)
        finally:
            _leave_task(loop, self)
            self = None     # tracebacks may refer to this frame

    def __pause(self, result):
        """The coroutine gave out something: normally the future to wait for."""
        blocking = getattr(result, '_asyncio_future_blocking', None)
        if blocking is not None:
            if futures._get_loop(result) is not self._loop:
                problem = f'Task {self!r} got Future {result!r} attached to a different loop'
            elif not blocking:
                problem = f'yield was used instead of yield from in task {self!r} with {result!r}'
            elif result is self:
                problem = f'Task cannot await on itself: {self!r}'
            else:
                result._asyncio_future_blocking = False
                result.add_done_callback(self.__wakeup, context=self._context)
                self._fut_waiter = result
                if self._must_cancel and result.cancel():
                    self._must_cancel = False
                return
        elif result is None:
            # A bare yield: go on in the next round.
            self._loop.call_soon(self.__step, context=self._context)
            return
        elif inspect.isgenerator(result):
            problem = f'yield was used instead of yield from for generator in task {self!r} with {result!r}'
        else:
            problem = f'Task got bad yield: {result!r}'
        self._loop.call_soon(self.__step, RuntimeError(problem), context=self._context)

    def __wakeup(self, future):
        """The future it waited for is done."""
        try:
            future.result()
        except BaseException as failure:
            self.__step(failure)
        else:
            # The coroutine takes the result out itself.
            self.__step()
        self = None


_PyTask = Task

try:
    import _asyncio
except ImportError:
    pass
else:
    Task = _CTask = _asyncio.Task


def create_task(coro, *, name=None):
    """Have a coroutine run in the running loop; return a Task."""
    task = events.get_running_loop().create_task(coro)
    _set_task_name(task, name)
    return task


FIRST_COMPLETED = concurrent.futures.FIRST_COMPLETED
FIRST_EXCEPTION = concurrent.futures.FIRST_EXCEPTION
ALL_COMPLETED = concurrent.futures.ALL_COMPLETED


def _loop_argument(loop):
    """The loop to use; an explicit one is deprecated."""
    if loop is None:
        return events.get_running_loop()
    warnings.warn("The loop argument is deprecated since Python 3.8, and scheduled for removal in Python 3.10.",
                  DeprecationWarning, stacklevel=3)
    return loop


async def wait(fs, *, loop=None, timeout=None, return_when=ALL_COMPLETED):
    """Wait for futures and coroutines; return (done, pending), two sets of futures.

    timeout: at most so many seconds; return_when: FIRST_COMPLETED, FIRST_EXCEPTION or ALL_COMPLETED.  Nothing is
    cancelled, no exception of theirs raised.
    """
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError('Set of coroutines/Futures is empty.')
    conditions = FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED
    if return_when not in conditions:
        raise ValueError(f'Invalid return_when value: {return_when}')
    loop = _loop_argument(loop)
    if any(map(coroutines.iscoroutine, set(fs))):
        warnings.warn("The explicit passing of coroutine objects to asyncio.wait() is deprecated since Python 3.8, "
                      "and scheduled for removal in Python 3.11.", DeprecationWarning, stacklevel=2)
    fs = {ensure_future(one, loop=loop) for one in set(fs)}
    return await _wait(fs, timeout, return_when, loop)


def _release_waiter(waiter, *args):
    if not waiter.done():
        waiter.set_result(None)


async def _result_now(fut, loop):
    """Return the result that a future has; cancel it if it has none, and raise TimeoutError."""
    if not fut.done():
        await _cancel_and_wait(fut, loop=loop)
        try:
            fut.result()
        except exceptions.CancelledError as cause:
            raise exceptions.TimeoutError() from cause
        raise exceptions.TimeoutError()
    return fut.result()


async def wait_for(fut, timeout, *, loop=None):
    """Wait for a future or coroutine for some seconds (None: for ever) and return its result.

    When time is up it is cancelled and TimeoutError raised; if this is cancelled, so is it.
    """
    loop = _loop_argument(loop)
    if timeout is None:
        return await fut
    if timeout <= 0:
        return await _result_now(ensure_future(fut, loop=loop), loop)
    waiter = loop.create_future()
    timer = loop.call_later(timeout, _release_waiter, waiter)
    release = functools.partial(_release_waiter, waiter)
    fut = ensure_future(fut, loop=loop)
    fut.add_done_callback(release)
    try:
        try:
            await waiter
        except exceptions.CancelledError:
            if fut.done():
                return fut.result()
            fut.remove_done_callback(release)
            # It may take its time to end; this must not go on before.
            await _cancel_and_wait(fut, loop=loop)
            raise
        if fut.done():
            return fut.result()
        fut.remove_done_callback(release)
        await _cancel_and_wait(fut, loop=loop)
        # It may have finished all the same, or failed.
        try:
            fut.result()
        except exceptions.CancelledError as cause:
            raise exceptions.TimeoutError() from cause
        else:
            raise exceptions.TimeoutError()
    finally:
        timer.cancel()


async def _wait(fs, timeout, return_when, loop):
    """wait() for a set of futures."""
    assert fs, 'Set of Futures is empty.'
    waiter = loop.create_future()
    timer = None if timeout is None else loop.call_later(timeout, _release_waiter, waiter)
    unfinished = len(fs)

    def one_done(future):
        nonlocal unfinished
        unfinished -= 1
        if unfinished <= 0 or return_when == FIRST_COMPLETED or (
                return_when == FIRST_EXCEPTION and not future.cancelled() and future.exception() is not None):
            if timer is not None:
                timer.cancel()
            if not waiter.done():
                waiter.set_result(None)

    for future in fs:
        future.add_done_callback(one_done)
    try:
        await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for future in fs:
            future.remove_done_callback(one_done)
    done = {future for future in fs if future.done()}
    return done, fs - done


async def _cancel_and_wait(fut, loop):
    """Cancel a future and wait until it is done; its result or exception does not matter."""
    waiter = loop.create_future()
    release = functools.partial(_release_waiter, waiter)
    fut.add_done_callback(release)
    try:
        fut.cancel()
        # Not await fut: that could not tell its cancellation from ours.
        await waiter
    finally:
        fut.remove_done_callback(release)


def as_completed(fs, *, loop=None, timeout=None):
    """Return an iterator over coroutines, each of which waits for the next of the futures and coroutines to be done.

    TimeoutError is raised by those that are not within timeout seconds.
    """
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if loop is not None:
        warnings.warn("The loop argument is deprecated since Python 3.8, and scheduled for removal in Python 3.10.",
                      DeprecationWarning, stacklevel=2)
    from .queues import Queue       # which needs this module
    finished = Queue(loop=loop)
    loop = events.get_event_loop() if loop is None else loop
    pending = {ensure_future(one, loop=loop) for one in set(fs)}
    timer = None

    def time_is_up():
        for future in pending:
            future.remove_done_callback(one_done)
            finished.put_nowait(None)
        pending.clear()

    def one_done(future):
        if not pending:
            return      # time was up
        pending.remove(future)
        finished.put_nowait(future)
        if not pending and timer is not None:
            timer.cancel()

    async def next_one():
        future = await finished.get()
        if future is None:
            raise exceptions.TimeoutError
        return future.result()

    for future in pending:
        future.add_done_callback(one_done)
    if pending and timeout is not None:
        timer = loop.call_later(timeout, time_is_up)
    for _ in range(len(pending)):
        yield next_one()


@types.coroutine
def __sleep0():
    """Let the others have a turn."""
    yield


async def sleep(delay, result=None, *, loop=None):
    """Wait for a delay in seconds and return the result; 0 just lets the others have a turn."""
    if delay <= 0:
        await __sleep0()
        return result
    loop = _loop_argument(loop)
    future = loop.create_future()
    timer = loop.call_later(delay, futures._set_result_unless_cancelled, future, result)
    try:
        return await future
    finally:
        timer.cancel()


def ensure_future(coro_or_future, *, loop=None):
    """Return a future: a coroutine or other awaitable is made a Task, a future comes back as it is."""
    if coroutines.iscoroutine(coro_or_future):
        task = (events.get_event_loop() if loop is None else loop).create_task(coro_or_future)
        if task._source_traceback:
            del task._source_traceback[-1]
        return task
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not futures._get_loop(coro_or_future):
            raise ValueError('The future belongs to a different loop than the one specified as the loop argument')
        return coro_or_future
    if inspect.isawaitable(coro_or_future):
        return ensure_future(_wrap_awaitable(coro_or_future), loop=loop)
    raise TypeError('An asyncio.Future, a coroutine or an awaitable is required')


@types.coroutine
def _wrap_awaitable(awaitable):
    """A coroutine for any awaitable."""
    return (yield from awaitable.__await__())


_wrap_awaitable._is_coroutine = _is_coroutine


class _GatheringFuture(futures.Future):
    """What gather() returns: cancelling it cancels those it waits for."""

    def __init__(self, children, *, loop=None):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self):
        """Cancel all that are not done."""
        if self.done():
            return False
        any_cancelled = False
        for child in self._children:
            if child.cancel():
                any_cancelled = True
        if any_cancelled:
            # It ends when they do.
            self._cancel_requested = True
        return any_cancelled


def gather(*coros_or_futures, loop=None, return_exceptions=False):
    """Return a future for the list of the results of futures and coroutines, in their order.

    The first exception is that of the future, though the others go on; with return_exceptions exceptions stand in
    the list like results.  Cancelling the future cancels all.
    """
    if not coros_or_futures:
        if loop is None:
            loop = events.get_event_loop()
        else:
            warnings.warn("The loop argument is deprecated since Python 3.8, and scheduled for removal in Python "
                          "3.10.", DeprecationWarning, stacklevel=2)
        outer = loop.create_future()
        outer.set_result([])
        return outer

    finished = 0

    def one_done(future):
        nonlocal finished
        finished += 1
        if outer.done():
            if not future.cancelled():
                future.exception()      # it counts as seen
            return
        if not return_exceptions:
            if future.cancelled():
                # To be cancelled is to fail; the outer future is not cancelled by that.
                outer.set_exception(exceptions.CancelledError())
                return
            failure = future.exception()
            if failure is not None:
                outer.set_exception(failure)
                return
        if finished < len(by_argument):
            return
        results = []
        for each in futures_by_place:
            if each.cancelled():
                results.append(exceptions.CancelledError())
            else:
                failure = each.exception()
                results.append(each.result() if failure is None else failure)
        if outer._cancel_requested:
            # Even if all exceptions were to be returned.
            outer.set_exception(exceptions.CancelledError())
        else:
            outer.set_result(results)

    by_argument = {}
    futures_by_place = []
    for argument in coros_or_futures:
        future = by_argument.get(argument)
        if future is None:
            future = ensure_future(argument, loop=loop)
            if loop is None:
                loop = futures._get_loop(future)
            if future is not argument:
                # Nobody else can wait for it: no complaints if it goes away.
                future._log_destroy_pending = False
            by_argument[argument] = future
        futures_by_place.append(future)
    outer = _GatheringFuture(futures_by_place, loop=loop)
    for future in by_argument.values():
        future.add_done_callback(one_done)
    return outer


def shield(arg, *, loop=None):
    """Return a future for another, or for a coroutine, that can be cancelled without cancelling it."""
    if loop is not None:
        warnings.warn("The loop argument is deprecated since Python 3.8, and scheduled for removal in Python 3.10.",
                      DeprecationWarning, stacklevel=2)
    inner = ensure_future(arg, loop=loop)
    if inner.done():
        return inner
    outer = futures._get_loop(inner).create_future()

    def inner_done(inner):
        if outer.cancelled():
            if not inner.cancelled():
                inner.exception()       # it counts as seen
        elif inner.cancelled():
            outer.cancel()
        elif inner.exception() is not None:
            outer.set_exception(inner.exception())
        else:
            outer.set_result(inner.result())

    def outer_done(outer):
        if not inner.done():
            inner.remove_done_callback(inner_done)

    inner.add_done_callback(inner_done)
    outer.add_done_callback(outer_done)
    return outer


def run_coroutine_threadsafe(coro, loop):
    """Have a coroutine run in a loop of another thread; return a concurrent.futures.Future."""
    if coroutines.iscoroutine(coro):
        future = concurrent.futures.Future()
        loop.call_soon_threadsafe(_start_and_chain, coro, loop, future)
        return future
    raise TypeError('A coroutine object is required')


def _start_and_chain(coro, loop, future):
    """Begin a coroutine, whose outcome future gets, also if it cannot begin."""
    try:
        futures._chain_future(ensure_future(coro, loop=loop), future)
    except BaseException as failure:
        if not isinstance(failure, (SystemExit, KeyboardInterrupt)) and future.set_running_or_notify_cancel():
            future.set_exception(failure)
        raise


# Which tasks there are, and which run: loops and tasks of others use these as well.

_all_tasks = weakref.WeakSet()
_current_tasks = {}     # loop -> task


def _register_task(task):
    """Note that there is a task."""
    _all_tasks.add(task)


def _enter_task(loop, task):
    """Note that a task begins a step."""
    running = _current_tasks.get(loop)
    if running is not None:
        raise RuntimeError(f"Cannot enter into task {task!r} while another task {running!r} is being executed.")
    _current_tasks[loop] = task


def _leave_task(loop, task):
    """Note that a task has done a step."""
    running = _current_tasks.get(loop)
    if running is not task:
        raise RuntimeError(f"Leaving task {task!r} does not match the current task {running!r}.")
    del _current_tasks[loop]


def _unregister_task(task):
    """Note that a task is gone."""
    _all_tasks.discard(task)


_py_register_task, _py_unregister_task = _register_task, _unregister_task
_py_enter_task, _py_leave_task = _enter_task, _leave_task

try:
    from _asyncio import (_register_task, _unregister_task, _enter_task, _leave_task, _all_tasks, _current_tasks)
except ImportError:
    pass
else:
    _c_register_task, _c_unregister_task = _register_task, _unregister_task
    _c_enter_task, _c_leave_task = _enter_task, _leave_task
