# SPDX-License-Identifier: MIT
"""An executor with a pool of processes.

    submit() -> _pending_work_items, _work_ids -> (management thread) -> _call_queue -> a process
    future <- (management thread) <- _result_queue <-------------------------------------'

The call queue is short, so that calls can be cancelled until late.  The management thread, a _Manager, is told by
_ThreadWakeup that there is something to do; it also watches the processes: if one ends unexpectedly, the pool is
broken and all calls fail.
"""

__author__ = 'taipan'

import atexit
import itertools
import multiprocessing as mp
import os
import queue
import sys
import threading
import traceback
import weakref
from concurrent.futures import _base
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.queues import Queue

_threads_wakeups = weakref.WeakKeyDictionary()      # management thread -> its _ThreadWakeup
_global_shutdown = False                            # the program is ending


class _ThreadWakeup:
    """Makes the management thread look."""

    def __init__(self):
        self._closed = False
        self._reader, self._writer = mp.Pipe(duplex=False)

    def close(self):
        if not self._closed:
            self._closed = True
            self._writer.close()
            self._reader.close()

    def wakeup(self):
        if not self._closed:
            self._writer.send_bytes(b"")

    def clear(self):
        if not self._closed:
            while self._reader.poll():
                self._reader.recv_bytes()


def _python_exit():
    """At the end of the program: let all pools finish what was submitted."""
    global _global_shutdown
    _global_shutdown = True
    items = list(_threads_wakeups.items())
    for _, thread_wakeup in items:
        try:
            thread_wakeup.wakeup()
        except OSError:
            pass        # closed already
    for thread, _ in items:
        thread.join()


atexit.register(_python_exit)

# How many calls beyond the number of processes the call queue holds: each process finds one when it has done one.
EXTRA_QUEUED_CALLS = 1

_MAX_WINDOWS_WORKERS = 63 - 2       # Windows waits for no more


class _RemoteTraceback(Exception):
    """The text of a traceback in another process."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class _ExceptionWithTraceback:
    """An exception on its way here; what arrives has the text of its traceback for a cause."""

    def __init__(self, exc, tb):
        text = ''.join(traceback.format_exception(type(exc), exc, tb))
        self.exc, self.tb = exc, '\n"""\n%s"""' % text

    def __reduce__(self):
        return _rebuild_exc, (self.exc, self.tb)


def _rebuild_exc(exc, tb):
    exc.__cause__ = _RemoteTraceback(tb)
    return exc


class _WorkItem:
    """A call and its future."""

    def __init__(self, future, fn, args, kwargs):
        self.future, self.fn, self.args, self.kwargs = future, fn, args, kwargs


class _ResultItem:
    """What came of a call."""

    def __init__(self, work_id, exception=None, result=None):
        self.work_id, self.exception, self.result = work_id, exception, result


class _CallItem:
    """A call on its way to a process."""

    def __init__(self, work_id, fn, args, kwargs):
        self.work_id, self.fn, self.args, self.kwargs = work_id, fn, args, kwargs


class _SafeQueue(Queue):
    """A queue that makes a call fail if it cannot be sent."""

    def __init__(self, max_size=0, *, ctx, pending_work_items):
        self.pending_work_items = pending_work_items
        super().__init__(max_size, ctx=ctx)

    def _on_queue_feeder_error(self, e, obj):
        if not isinstance(obj, _CallItem):
            super()._on_queue_feeder_error(e, obj)
            return
        text = ''.join(traceback.format_exception(type(e), e, e.__traceback__))
        e.__cause__ = _RemoteTraceback('\n"""\n{}"""'.format(text))
        item = self.pending_work_items.pop(obj.work_id, None)
        # It is gone if the pool broke meanwhile.
        if item is not None:
            item.future.set_exception(e)


def _get_chunks(*iterables, chunksize):
    """Generate tuples of up to chunksize tuples of arguments."""
    arguments = zip(*iterables)
    while True:
        chunk = tuple(itertools.islice(arguments, chunksize))
        if not chunk:
            return
        yield chunk


def _process_chunk(fn, chunk):
    """The list of results for a tuple of tuples of arguments."""
    return [fn(*args) for args in chunk]


def _sendback_result(result_queue, work_id, result=None, exception=None):
    """Send what came of a call; or why it cannot be sent."""
    try:
        result_queue.put(_ResultItem(work_id, result=result, exception=exception))
    except BaseException as failure:
        wrapped = _ExceptionWithTraceback(failure, failure.__traceback__)
        result_queue.put(_ResultItem(work_id, exception=wrapped))


def _process_worker(call_queue, result_queue, initializer, initargs):
    """What a process of the pool does."""
    if initializer is not None:
        try:
            initializer(*initargs)
        except BaseException:
            _base.LOGGER.critical('Exception in initializer:', exc_info=True)
            return      # the parent sees that the process has ended
    while True:
        call = call_queue.get(block=True)
        if call is None:
            result_queue.put(os.getpid())
            return
        try:
            result = call.fn(*call.args, **call.kwargs)
        except BaseException as failure:
            wrapped = _ExceptionWithTraceback(failure, failure.__traceback__)
            _sendback_result(result_queue, call.work_id, exception=wrapped)
        else:
            _sendback_result(result_queue, call.work_id, result=result)
            del result
        # Free what belongs to the call before waiting for the next.
        del call


class _Manager:
    """The management thread; it does not keep the executor alive."""

    def __init__(self, executor):
        self.wakeup = executor._queue_management_thread_wakeup

        def executor_gone(_, wakeup=self.wakeup):
            mp.util.debug('Executor collected: triggering callback for QueueManager wakeup')
            wakeup.wakeup()

        self.executor = weakref.ref(executor, executor_gone)
        self.processes = executor._processes
        self.pending = executor._pending_work_items
        self.work_ids = executor._work_ids
        self.calls = executor._call_queue
        self.results = executor._result_queue

    def run(self):
        while True:
            self.send_calls()
            result, broken, cause = self.wait()
            if broken:
                self.break_pool(cause)
                return
            if isinstance(result, int):
                # A process has ended as it was told to.
                assert self.is_shutting_down()
                self.processes.pop(result).join()
                if not self.processes:
                    self.stop_processes()
                    return
            elif result is not None:
                self.pass_on(result)
                result = None       # it may be big
            if self.is_shutting_down():
                executor = self.executor()
                if executor is not None:
                    executor._shutdown_thread = True
                del executor
                if not self.pending:
                    self.stop_processes()
                    return

    def send_calls(self):
        """Fill the call queue."""
        while not self.calls.full():
            try:
                work_id = self.work_ids.get(block=False)
            except queue.Empty:
                return
            item = self.pending[work_id]
            if item.future.set_running_or_notify_cancel():
                self.calls.put(_CallItem(work_id, item.fn, item.args, item.kwargs), block=True)
            else:
                del self.pending[work_id]

    def wait(self):
        """Wait for something; return (result, whether the pool is broken, text of the cause)."""
        reader, wakeup = self.results._reader, self.wakeup._reader
        ready = wait([reader, wakeup] + [process.sentinel for process in self.processes.values()])
        result, broken, cause = None, True, None
        if reader in ready:
            try:
                result, broken = reader.recv(), False
            except BaseException as failure:
                cause = traceback.format_exception(type(failure), failure, failure.__traceback__)
        elif wakeup in ready:
            broken = False
        self.wakeup.clear()
        return result, broken, cause

    def pass_on(self, result):
        """Give a result to its future."""
        item = self.pending.pop(result.work_id, None)
        if item is not None:
            if result.exception:
                item.future.set_exception(result.exception)
            else:
                item.future.set_result(result.result)

    def is_shutting_down(self):
        executor = self.executor()
        return _global_shutdown or executor is None or executor._shutdown_thread

    def break_pool(self, cause):
        """A process has ended: let all calls fail and end the other processes."""
        executor = self.executor()
        if executor is not None:
            executor._broken = 'A child process terminated abruptly, the process pool is not usable anymore'
            executor._shutdown_thread = True
            executor = None
        failure = BrokenProcessPool("A process in the process pool was terminated abruptly while the future was "
                                    "running or pending.")
        if cause is not None:
            failure.__cause__ = _RemoteTraceback(f"\n'''\n{''.join(cause)}'''")
        for item in self.pending.values():
            item.future.set_exception(failure)
            item = None
        self.pending.clear()
        # Locks that they share may be in any state.
        for process in self.processes.values():
            process.terminate()
        self.stop_processes()

    def stop_processes(self):
        """Tell all processes to end, and wait for them."""
        def alive():
            return sum(process.is_alive() for process in self.processes.values())

        told, wanted = 0, alive()
        while told < wanted and alive() > 0:
            try:
                self.calls.put_nowait(None)
                told += 1
            except queue.Full:
                # They may have to be given time to take something out.
                threading.Event().wait(0.001)
        self.calls.close()
        for process in self.processes.values():
            process.join()


_system_limits_checked = False
_system_limited = None


def _check_system_limits():
    """Raise NotImplementedError if the system allows too few semaphores."""
    global _system_limits_checked, _system_limited
    if _system_limits_checked and not _system_limited:
        return
    if not _system_limits_checked:
        _system_limits_checked = True
        try:
            limit = os.sysconf("SC_SEM_NSEMS_MAX")
        except (AttributeError, ValueError):
            return
        # -1 means unlimited.
        if limit != -1 and limit < 256:
            _system_limited = "system provides too few semaphores (%d available, 256 necessary)" % limit
    if _system_limited:
        raise NotImplementedError(_system_limited)


def _chain_from_iterable_of_lists(iterable):
    """Generate the items of lists; nothing refers to an item that was given away."""
    for items in iterable:
        items.reverse()
        while items:
            yield items.pop()


class BrokenProcessPool(_base.BrokenExecutor):
    """A process of the pool ended unexpectedly."""


class ProcessPoolExecutor(_base.Executor):
    """An executor that makes calls in other processes; functions, arguments and results must be picklable.

    max_workers: how many processes, by default as many as processors; mp_context: of multiprocessing;
    initializer, initargs: called in each process first.
    """

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=()):
        _check_system_limits()
        on_windows = sys.platform == 'win32'
        if max_workers is None:
            self._max_workers = os.cpu_count() or 1
            if on_windows:
                self._max_workers = min(_MAX_WINDOWS_WORKERS, self._max_workers)
        else:
            if max_workers <= 0:
                raise ValueError("max_workers must be greater than 0")
            if on_windows and max_workers > _MAX_WINDOWS_WORKERS:
                raise ValueError(f"max_workers must be <= {_MAX_WINDOWS_WORKERS}")
            self._max_workers = max_workers
        self._mp_context = mp.get_context() if mp_context is None else mp_context
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._initializer, self._initargs = initializer, initargs
        self._queue_management_thread = None
        self._processes = {}            # pid -> process
        self._shutdown_thread = False
        self._shutdown_lock = threading.Lock()
        self._broken = False            # or why
        self._queue_count = 0           # the number of the next call
        self._pending_work_items = {}   # number -> _WorkItem
        self._call_queue = _SafeQueue(self._max_workers + EXTRA_QUEUED_CALLS, ctx=self._mp_context,
                                      pending_work_items=self._pending_work_items)
        # A process that ends takes no calls: no reason to print errors.
        self._call_queue._ignore_epipe = True
        self._result_queue = self._mp_context.SimpleQueue()
        self._work_ids = queue.Queue()
        self._queue_management_thread_wakeup = _ThreadWakeup()

    def _start_queue_management_thread(self):
        if self._queue_management_thread is not None:
            return
        # First, so that the thread knows what to watch.
        self._adjust_process_count()
        thread = self._queue_management_thread = threading.Thread(target=_Manager(self).run,
                                                                  name="QueueManagerThread")
        thread.daemon = True
        thread.start()
        _threads_wakeups[thread] = self._queue_management_thread_wakeup

    def _adjust_process_count(self):
        for _ in range(len(self._processes), self._max_workers):
            process = self._mp_context.Process(target=_process_worker,
                                               args=(self._call_queue, self._result_queue, self._initializer,
                                                     self._initargs))
            process.start()
            self._processes[process.pid] = process

    def submit(*args, **kwargs):
        self, fn, args = _base._split_submit_args(args, kwargs, 'ProcessPoolExecutor')
        with self._shutdown_lock:
            _base._check_submission(self._broken, BrokenProcessPool, self._shutdown_thread, _global_shutdown)
            future = _base.Future()
            self._pending_work_items[self._queue_count] = _WorkItem(future, fn, args, kwargs)
            self._work_ids.put(self._queue_count)
            self._queue_count += 1
            self._queue_management_thread_wakeup.wakeup()
            self._start_queue_management_thread()
            return future
    submit.__text_signature__ = _base._SUBMIT_SIGNATURE
    submit.__doc__ = _base.Executor.submit.__doc__

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1.")
        chunks = _get_chunks(*iterables, chunksize=chunksize)
        return _chain_from_iterable_of_lists(super().map(partial(_process_chunk, fn), chunks, timeout=timeout))
    map.__doc__ = _base.Executor.map.__doc__

    def shutdown(self, wait=True):
        with self._shutdown_lock:
            self._shutdown_thread = True
        thread = self._queue_management_thread
        if thread:
            self._queue_management_thread_wakeup.wakeup()
            if wait:
                thread.join()
        # Let go of what needs files.
        self._queue_management_thread = None
        if self._call_queue is not None:
            self._call_queue.close()
            if wait:
                self._call_queue.join_thread()
            self._call_queue = None
        self._result_queue = self._processes = None
        if self._queue_management_thread_wakeup:
            if wait or not thread:
                self._queue_management_thread_wakeup.close()
            self._queue_management_thread_wakeup = None
    shutdown.__doc__ = _base.Executor.shutdown.__doc__
