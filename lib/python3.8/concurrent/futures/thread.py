# SPDX-License-Identifier: MIT
"""An executor with a pool of threads.

Threads are started as calls come in while none is idle.  They get None from the queue when it is time to look
whether to stop, and pass it on.
"""

__author__ = 'taipan'

import atexit
import itertools
import os
import queue
import threading
import weakref
from concurrent.futures import _base

_threads_queues = weakref.WeakKeyDictionary()       # thread -> the queue it takes calls from
_shutdown = False                                   # the program is ending


def _python_exit():
    """At the end of the program: let all threads finish what was submitted."""
    global _shutdown
    _shutdown = True
    items = list(_threads_queues.items())
    for _, calls in items:
        calls.put(None)
    for thread, _ in items:
        thread.join()


atexit.register(_python_exit)


class _WorkItem:
    """A call and its future."""

    def __init__(self, future, fn, args, kwargs):
        self.future, self.fn, self.args, self.kwargs = future, fn, args, kwargs

    def run(self):
        """Make the call, unless it was cancelled."""
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = self.fn(*self.args, **self.kwargs)
        except BaseException as failure:
            self.future.set_exception(failure)
            self = None         # the traceback refers to this frame
        else:
            self.future.set_result(result)


def _initialized(executor_reference, initializer, initargs):
    """Call the initializer, if there is one; return whether the thread can go on."""
    try:
        if initializer is not None:
            initializer(*initargs)
    except BaseException:
        _base.LOGGER.critical('Exception in initializer:', exc_info=True)
        pool = executor_reference()
        if pool is not None:
            pool._initializer_failed()
        return False
    return True


def _worker(executor_reference, work_queue, initializer, initargs):
    """What a thread of the pool does."""
    if not _initialized(executor_reference, initializer, initargs):
        return
    try:
        while True:
            item = work_queue.get(block=True)
            if item is not None:
                item.run()
            woken = item is None
            item = None         # it may refer to much, and so may the pool
            pool = executor_reference()
            if not woken:
                if pool is not None:
                    pool._idle_semaphore.release()
            elif pool is None or pool._shutdown or _shutdown:
                # Nothing more comes; so says None to the next thread too.
                if pool is not None:
                    pool._shutdown = True
                work_queue.put(None)
                return
            pool = None
    except BaseException:
        _base.LOGGER.critical('Exception in worker', exc_info=True)


class BrokenThreadPool(_base.BrokenExecutor):
    """The initializer of a thread failed."""


class ThreadPoolExecutor(_base.Executor):
    """An executor that makes calls in threads.

    max_workers: how many at most; thread_name_prefix: for their names; initializer, initargs: called in each first.
    """

    _counter = itertools.count().__next__       # for the names of pools

    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        if max_workers is None:
            # Calls often wait for something, so a few more than processors; not too many on big machines.
            max_workers = min(32, (os.cpu_count() or 1) + 4)
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if not (initializer is None or callable(initializer)):
            raise TypeError("initializer must be a callable")
        self._max_workers, self._threads = max_workers, set()
        self._idle_semaphore = threading.Semaphore(0)
        self._work_queue = queue.SimpleQueue()
        self._broken = False        # or why
        self._shutdown = False
        self._shutdown_lock = threading.Lock()
        self._thread_name_prefix = thread_name_prefix or "ThreadPoolExecutor-%d" % self._counter()
        self._initializer, self._initargs = initializer, initargs

    def submit(*args, **kwargs):
        self, fn, args = _base._split_submit_args(args, kwargs, 'ThreadPoolExecutor')
        with self._shutdown_lock:
            _base._check_submission(self._broken, BrokenThreadPool, self._shutdown, _shutdown)
            future = _base.Future()
            self._work_queue.put(_WorkItem(future, fn, args, kwargs))
            self._adjust_thread_count()
            return future
    submit.__text_signature__ = _base._SUBMIT_SIGNATURE
    submit.__doc__ = _base.Executor.submit.__doc__

    def _adjust_thread_count(self):
        """Start a thread for a new call if none is idle and there may be more."""
        if self._idle_semaphore.acquire(timeout=0):
            return
        number = len(self._threads)
        if number >= self._max_workers:
            return

        def wake_up(_, calls=self._work_queue):
            calls.put(None)

        # The threads must not keep the executor alive; they are woken when it goes away.
        thread = threading.Thread(name='%s_%d' % (self._thread_name_prefix or self, number), target=_worker,
                                  args=(weakref.ref(self, wake_up), self._work_queue, self._initializer,
                                        self._initargs))
        thread.daemon = True
        thread.start()
        self._threads.add(thread)
        _threads_queues[thread] = self._work_queue

    def _initializer_failed(self):
        with self._shutdown_lock:
            self._broken = 'A thread initializer failed, the thread pool is not usable anymore'
            # Calls that wait will never be made.
            while True:
                try:
                    item = self._work_queue.get_nowait()
                except queue.Empty:
                    break
                if item is not None:
                    item.future.set_exception(BrokenThreadPool(self._broken))

    def shutdown(self, wait=True):
        with self._shutdown_lock:
            self._shutdown = True
            self._work_queue.put(None)
        if wait:
            for thread in self._threads:
                thread.join()
    shutdown.__doc__ = _base.Executor.shutdown.__doc__
