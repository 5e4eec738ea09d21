# SPDX-License-Identifier: MIT
"""Pools of processes, or of threads, that make calls.

Three threads serve a pool: one keeps the number of workers, one hands out tasks, one takes in results.

    apply_async() -> _taskqueue -> (task handler) -> _inqueue -> a worker
    result._set() <- (result handler) <- _outqueue <-------------'

A task is (job, index, function, args, kwargs), a result (job, index, (whether it went well, value)); _cache has the
result objects by job.
"""

__all__ = ['Pool', 'ThreadPool']

import collections
import itertools
import os
import queue
import threading
import time
import traceback
import warnings
from queue import Empty

from . import TimeoutError, get_context, util
from .connection import wait

INIT, RUN, CLOSE, TERMINATE = "INIT", "RUN", "CLOSE", "TERMINATE"

job_counter = itertools.count()


def mapstar(args):
    return list(map(*args))


def starmapstar(args):
    return list(itertools.starmap(args[0], args[1]))


class RemoteTraceback(Exception):
    """The text of a traceback in another process."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class ExceptionWithTraceback:
    """An exception on its way here; what arrives has the text of its traceback for a cause."""

    def __init__(self, exc, tb):
        text = ''.join(traceback.format_exception(type(exc), exc, tb))
        self.exc, self.tb = exc, '\n"""\n%s"""' % text

    def __reduce__(self):
        return rebuild_exc, (self.exc, self.tb)


def rebuild_exc(exc, tb):
    exc.__cause__ = RemoteTraceback(tb)
    return exc


class MaybeEncodingError(Exception):
    """A result could not be sent: exc says why, value is what it was."""

    def __init__(self, exc, value):
        self.exc, self.value = repr(exc), repr(value)
        super().__init__(self.exc, self.value)

    def __str__(self):
        return "Error sending result: '%s'. Reason: '%s'" % (self.value, self.exc)

    def __repr__(self):
        return "<%s: %s>" % (self.__class__.__name__, self)


def worker(inqueue, outqueue, initializer=None, initargs=(), maxtasks=None, wrap_exception=False):
    """What a process of a pool does: make calls until None comes, or so many."""
    if maxtasks is not None and not (isinstance(maxtasks, int) and maxtasks >= 1):
        raise AssertionError("Maxtasks {!r} is not valid".format(maxtasks))
    put, get = outqueue.put, inqueue.get
    # Only as many ends of pipes as needed, so that the others notice when we are gone.
    if hasattr(inqueue, '_writer'):
        for unused in inqueue._writer, outqueue._reader:
            unused.close()
    if initializer is not None:
        initializer(*initargs)
    completed = 0
    while maxtasks is None or completed < maxtasks:
        try:
            task = get()
        except (EOFError, OSError):
            util.debug('worker got EOFError or OSError -- exiting')
            break
        if task is None:
            util.debug('worker got sentinel -- exiting')
            break
        job, index, func, args, kwds = task
        try:
            result = True, func(*args, **kwds)
        except Exception as failure:
            # Errors of the pool itself have no traceback worth sending.
            if wrap_exception and func is not _helper_reraises_exception:
                failure = ExceptionWithTraceback(failure, failure.__traceback__)
            result = False, failure
        try:
            put((job, index, result))
        except Exception as failure:
            wrapped = MaybeEncodingError(failure, result[1])
            util.debug("Possible encoding error while sending result: %s" % wrapped)
            put((job, index, (False, wrapped)))
        task = job = result = func = args = kwds = None
        completed += 1
    util.debug('worker exiting after %d tasks' % completed)


def _helper_reraises_exception(ex):
    """A task that fails: what iterating over the arguments raised."""
    raise ex


class _PoolCache(dict):
    """Results by job; tells a queue when it becomes empty."""

    def __init__(self, /, *args, notifier=None, **kwds):
        self.notifier = notifier
        super().__init__(*args, **kwds)

    def __delitem__(self, item):
        super().__delitem__(item)
        if not self:
            self.notifier.put(None)


class Pool:
    """A pool of processes.

    processes: how many, by default as many as processors; initializer(*initargs) is called in each first;
    maxtasksperchild: how many tasks each makes before another takes its place.  In `with` it is terminated at the
    end.
    """

    _wrap_exception = True

    @staticmethod
    def Process(ctx, *args, **kwds):
        """Return a new process."""
        return ctx.Process(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
        # For __del__ and __repr__, in case this fails.
        self._pool = []
        self._state = INIT
        self._ctx = context or get_context()
        self._setup_queues()
        self._taskqueue = queue.SimpleQueue()
        # The worker handler looks at workers when something is in here.
        self._change_notifier = self._ctx.SimpleQueue()
        self._cache = _PoolCache(notifier=self._change_notifier)
        self._maxtasksperchild = maxtasksperchild
        self._initializer, self._initargs = initializer, initargs
        self._processes = (os.cpu_count() or 1) if processes is None else processes
        if self._processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if not (initializer is None or callable(initializer)):
            raise TypeError('initializer must be a callable')
        try:
            self._repopulate_pool()
        except Exception:
            for process in self._pool:
                if process.exitcode is None:
                    process.terminate()
            for process in self._pool:
                process.join()
            raise
        # The threads must not keep the pool alive, so they get what they need and not the pool.
        self._worker_handler = self._start_thread(
            Pool._handle_workers, self._cache, self._taskqueue, self._ctx, self.Process, self._processes, self._pool,
            self._inqueue, self._outqueue, self._initializer, self._initargs, self._maxtasksperchild,
            self._wrap_exception, self._get_sentinels(), self._change_notifier)
        self._task_handler = self._start_thread(Pool._handle_tasks, self._taskqueue, self._quick_put, self._outqueue,
                                                self._pool, self._cache)
        self._result_handler = self._start_thread(Pool._handle_results, self._outqueue, self._quick_get, self._cache)
        self._terminate = util.Finalize(
            self, self._terminate_pool,
            args=(self._taskqueue, self._inqueue, self._outqueue, self._pool, self._change_notifier,
                  self._worker_handler, self._task_handler, self._result_handler, self._cache),
            exitpriority=15)
        self._state = RUN

    @staticmethod
    def _start_thread(target, *args):
        thread = threading.Thread(target=target, args=args)
        thread.daemon = True
        thread._state = RUN
        thread.start()
        return thread

    def __del__(self, _warn=warnings.warn, RUN=RUN):
        if self._state == RUN:
            _warn(f"unclosed running multiprocessing pool {self!r}", ResourceWarning, source=self)
            if getattr(self, '_change_notifier', None) is not None:
                self._change_notifier.put(None)

    def __repr__(self):
        cls = self.__class__
        return f'<{cls.__module__}.{cls.__qualname__} state={self._state} pool_size={len(self._pool)}>'

    # Workers

    def _get_sentinels(self):
        return [self._change_notifier._reader]

    @staticmethod
    def _get_worker_sentinels(workers):
        return [process.sentinel for process in workers if hasattr(process, "sentinel")]

    @staticmethod
    def _join_exited_workers(pool):
        """Take workers out that have ended; return whether there were any."""
        ended = False
        for process in pool[::-1]:
            if process.exitcode is not None:
                util.debug('cleaning up worker %s' % process.name)
                process.join()
                ended = True
                pool.remove(process)
        return ended

    def _repopulate_pool(self):
        return self._repopulate_pool_static(self._ctx, self.Process, self._processes, self._pool, self._inqueue,
                                            self._outqueue, self._initializer, self._initargs, self._maxtasksperchild,
                                            self._wrap_exception)

    @staticmethod
    def _repopulate_pool_static(ctx, Process, processes, pool, inqueue, outqueue, initializer, initargs,
                                maxtasksperchild, wrap_exception):
        """Start workers until there are enough."""
        for _ in range(processes - len(pool)):
            process = Process(ctx, target=worker, args=(inqueue, outqueue, initializer, initargs, maxtasksperchild,
                                                        wrap_exception))
            process.name = process.name.replace('Process', 'PoolWorker')
            process.daemon = True
            process.start()
            pool.append(process)
            util.debug('added worker')

    @staticmethod
    def _maintain_pool(ctx, Process, processes, pool, inqueue, outqueue, initializer, initargs, maxtasksperchild,
                       wrap_exception):
        if Pool._join_exited_workers(pool):
            Pool._repopulate_pool_static(ctx, Process, processes, pool, inqueue, outqueue, initializer, initargs,
                                         maxtasksperchild, wrap_exception)

    @staticmethod
    def _wait_for_updates(sentinels, change_notifier, timeout=None):
        wait(sentinels, timeout=timeout)
        while not change_notifier.empty():
            change_notifier.get()

    @classmethod
    def _handle_workers(cls, cache, taskqueue, ctx, Process, processes, pool, inqueue, outqueue, initializer, initargs,
                        maxtasksperchild, wrap_exception, sentinels, change_notifier):
        """The thread that keeps the number of workers."""
        thread = threading.current_thread()
        # When closed: until all results are there.
        while thread._state == RUN or (cache and thread._state != TERMINATE):
            cls._maintain_pool(ctx, Process, processes, pool, inqueue, outqueue, initializer, initargs,
                               maxtasksperchild, wrap_exception)
            cls._wait_for_updates([*cls._get_worker_sentinels(pool), *sentinels], change_notifier)
        taskqueue.put(None)     # the end for the task handler
        util.debug('worker handler exiting')

    # Queues

    def _setup_queues(self):
        self._inqueue, self._outqueue = self._ctx.SimpleQueue(), self._ctx.SimpleQueue()
        # Only one thread uses these ends: no locks.
        self._quick_put, self._quick_get = self._inqueue._writer.send, self._outqueue._reader.recv

    @staticmethod
    def _handle_tasks(taskqueue, put, outqueue, pool, cache):
        """The thread that hands out tasks."""
        thread = threading.current_thread()
        for sequence, set_length in iter(taskqueue.get, None):
            task = None
            try:
                for task in sequence:
                    if thread._state != RUN:
                        util.debug('task handler found thread._state != RUN')
                        break
                    try:
                        put(task)
                    except Exception as failure:
                        job, index = task[:2]
                        try:
                            cache[job]._set(index, (False, failure))
                        except KeyError:
                            pass
                else:
                    if set_length:
                        util.debug('doing set_length()')
                        set_length(task[1] + 1 if task else 0)
                    continue
                break
            finally:
                task = sequence = job = None
        else:
            util.debug('task handler got sentinel')
        try:
            util.debug('task handler sending sentinel to result handler')
            outqueue.put(None)
            util.debug('task handler sending sentinel to workers')
            for _ in pool:
                put(None)
        except OSError:
            util.debug('task handler got OSError when sending sentinels')
        util.debug('task handler exiting')

    @staticmethod
    def _handle_results(outqueue, get, cache):
        """The thread that takes in results."""
        thread = threading.current_thread()

        def receive():
            try:
                return get()
            except (OSError, EOFError):
                util.debug('result handler got EOFError/OSError -- exiting')
                return _FAILED

        def pass_on(task):
            job, index, outcome = task
            try:
                cache[job]._set(index, outcome)
            except KeyError:
                pass

        while True:
            task = receive()
            if task is _FAILED:
                return
            state = thread._state
            if state != RUN or task is None:
                assert state in (RUN, TERMINATE), "Thread not in TERMINATE"
                util.debug('result handler got sentinel' if state == RUN
                           else 'result handler found thread._state=TERMINATE')
                break
            pass_on(task)
            task = None
        # What is still to come.
        while cache and thread._state != TERMINATE:
            task = receive()
            if task is _FAILED:
                return
            if task is None:
                util.debug('result handler ignoring extra sentinel')
                continue
            pass_on(task)
            task = None
        if hasattr(outqueue, '_reader'):
            util.debug('ensuring that outqueue is not full')
            # Workers that wait for room could not be told to end.
            try:
                for _ in range(10):
                    if not outqueue._reader.poll():
                        break
                    get()
            except (OSError, EOFError):
                pass
        util.debug('result handler exiting: len(cache)=%s, thread._state=%s', len(cache), thread._state)

    @staticmethod
    def _get_tasks(func, it, size):
        it = iter(it)
        while True:
            chunk = tuple(itertools.islice(it, size))
            if not chunk:
                return
            yield func, chunk

    # Calls

    def _check_running(self):
        if self._state != RUN:
            raise ValueError("Pool not running")

    def apply(self, func, args=(), kwds={}):
        """Make a call and return its result."""
        return self.apply_async(func, args, kwds).get()

    def map(self, func, iterable, chunksize=None):
        """Return the list of results of a function for all items; chunksize items go to a process together."""
        return self._map_async(func, iterable, mapstar, chunksize).get()

    def starmap(self, func, iterable, chunksize=None):
        """map() for items that are sequences of arguments."""
        return self._map_async(func, iterable, starmapstar, chunksize).get()

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """starmap() that does not wait; return a result object."""
        return self._map_async(func, iterable, starmapstar, chunksize, callback, error_callback)

    def _guarded_task_generation(self, result_job, func, iterable):
        """Tasks for items; if iterating fails, that is the last."""
        number = -1
        try:
            for number, item in enumerate(iterable):
                yield result_job, number, func, (item,), {}
        except Exception as failure:
            yield result_job, number + 1, _helper_reraises_exception, (failure,), {}

    def _iterate(self, kind, func, iterable, chunksize):
        self._check_running()
        result = kind(self)
        if chunksize == 1:
            tasks = self._guarded_task_generation(result._job, func, iterable)
        else:
            if chunksize < 1:
                raise ValueError("Chunksize must be 1+, not {0:n}".format(chunksize))
            tasks = self._guarded_task_generation(result._job, mapstar, Pool._get_tasks(func, iterable, chunksize))
        self._taskqueue.put((tasks, result._set_length))
        return result if chunksize == 1 else (item for chunk in result for item in chunk)

    def imap(self, func, iterable, chunksize=1):
        """Return an iterator over the results of a function for all items, in their order."""
        return self._iterate(IMapIterator, func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        """Return an iterator over the results of a function for all items, in the order in which they come."""
        return self._iterate(IMapUnorderedIterator, func, iterable, chunksize)

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        """Make a call; return a result object.  One of the callbacks gets the result or exception."""
        self._check_running()
        result = ApplyResult(self, callback, error_callback)
        self._taskqueue.put(([(result._job, 0, func, args, kwds)], None))
        return result

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """map() that does not wait; return a result object."""
        return self._map_async(func, iterable, mapstar, chunksize, callback, error_callback)

    def _map_async(self, func, iterable, mapper, chunksize=None, callback=None, error_callback=None):
        self._check_running()
        if not hasattr(iterable, '__len__'):
            iterable = list(iterable)
        if chunksize is None:
            # Four chunks for each worker.
            chunksize, extra = divmod(len(iterable), len(self._pool) * 4)
            if extra:
                chunksize += 1
        if len(iterable) == 0:
            chunksize = 0
        tasks = Pool._get_tasks(func, iterable, chunksize)
        result = MapResult(self, chunksize, len(iterable), callback, error_callback=error_callback)
        self._taskqueue.put((self._guarded_task_generation(result._job, mapper, tasks), None))
        return result

    # The end

    def __reduce__(self):
        raise NotImplementedError('pool objects cannot be passed between processes or pickled')

    def close(self):
        """Take no more calls; the workers end when all are done."""
        util.debug('closing pool')
        if self._state == RUN:
            self._state = CLOSE
            self._worker_handler._state = CLOSE
            self._change_notifier.put(None)

    def terminate(self):
        """End the workers at once."""
        util.debug('terminating pool')
        self._state = TERMINATE
        self._terminate()

    def join(self):
        """Wait for the end, after close() or terminate()."""
        util.debug('joining pool')
        if self._state == RUN:
            raise ValueError("Pool is still running")
        if self._state not in (CLOSE, TERMINATE):
            raise ValueError("In unknown state")
        for thread in self._worker_handler, self._task_handler, self._result_handler:
            thread.join()
        for process in self._pool:
            process.join()

    @staticmethod
    def _help_stuff_finish(inqueue, task_handler, size):
        # The task handler may wait for room in the queue: take things out for the workers.
        util.debug('removing tasks from inqueue until task handler finished')
        inqueue._rlock.acquire()
        source = inqueue._reader
        while task_handler.is_alive() and source.poll():
            source.recv()
            time.sleep(0)

    @classmethod
    def _terminate_pool(cls, taskqueue, inqueue, outqueue, pool, change_notifier, worker_handler, task_handler,
                        result_handler, cache):
        util.debug('finalizing pool')
        # The worker handler first: no new workers.
        task_handler._state = worker_handler._state = TERMINATE
        change_notifier.put(None)
        util.debug('helping task handler/workers to finish')
        cls._help_stuff_finish(inqueue, task_handler, len(pool))
        if not result_handler.is_alive() and len(cache) != 0:
            raise AssertionError("Cannot have cache with result_hander not alive")
        result_handler._state = TERMINATE
        change_notifier.put(None)
        outqueue.put(None)
        here = threading.current_thread()
        util.debug('joining worker handler')
        if here is not worker_handler:
            worker_handler.join()
        processes = bool(pool) and hasattr(pool[0], 'terminate')
        if processes:
            util.debug('terminating workers')
            for process in pool:
                if process.exitcode is None:
                    process.terminate()
        for name, thread in ('task', task_handler), ('result', result_handler):
            util.debug('joining %s handler' % name)
            if here is not thread:
                thread.join()
        if processes:
            util.debug('joining pool workers')
            for process in pool:
                if process.is_alive():
                    util.debug('cleaning up worker %d' % process.pid)
                    process.join()

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()


_FAILED = object()      # nothing can be received any more


class ApplyResult:
    """The result of apply_async()."""

    def __init__(self, pool, callback, error_callback):
        self._pool = pool
        self._event = threading.Event()
        self._job = next(job_counter)
        self._cache = pool._cache
        self._callback, self._error_callback = callback, error_callback
        self._cache[self._job] = self

    def ready(self):
        """Return whether the result is there."""
        return self._event.is_set()

    def successful(self):
        """Return whether the call went well; ValueError if the result is not there."""
        if not self.ready():
            raise ValueError("{0!r} not ready".format(self))
        return self._success

    def wait(self, timeout=None):
        """Wait for the result, or for so many seconds."""
        self._event.wait(timeout)

    def get(self, timeout=None):
        """Wait and return the result or raise the exception; TimeoutError after so many seconds."""
        self.wait(timeout)
        if self.ready():
            if self._success:
                return self._value
            raise self._value
        raise TimeoutError

    def _finish(self):
        """All is there: call back, wake who waits."""
        callback = self._callback if self._success else self._error_callback
        if callback:
            callback(self._value)
        self._event.set()
        del self._cache[self._job]
        self._pool = None

    def _set(self, i, obj):
        self._success, self._value = obj
        self._finish()


AsyncResult = ApplyResult       # the name in the documentation


class MapResult(ApplyResult):
    """The result of map_async()."""

    def __init__(self, pool, chunksize, length, callback, error_callback):
        ApplyResult.__init__(self, pool, callback, error_callback=error_callback)
        self._success = True
        self._value = [None] * length
        self._chunksize = chunksize
        if chunksize <= 0:
            self._number_left = 0
            self._event.set()
            del self._cache[self._job]
        else:
            self._number_left = -(-length // chunksize)

    def _set(self, i, success_result):
        self._number_left -= 1
        success, result = success_result
        if success and self._success:
            self._value[i * self._chunksize:(i + 1) * self._chunksize] = result
        elif not success and self._success:
            # Only the first exception counts; all chunks are waited for.
            self._success, self._value = False, result
        if self._number_left == 0:
            self._finish()


class IMapIterator:
    """The iterator of imap()."""

    def __init__(self, pool):
        self._pool = pool
        self._cond = threading.Condition(threading.Lock())
        self._job = next(job_counter)
        self._cache = pool._cache
        self._items = collections.deque()
        self._index = 0         # of the next item to give out
        self._length = None     # as soon as known
        self._unsorted = {}     # items that came early
        self._cache[self._job] = self

    def __iter__(self):
        return self

    def next(self, timeout=None):
        """Return the next result or raise its exception; TimeoutError after so many seconds."""
        with self._cond:
            if not self._items:
                if self._index != self._length:
                    self._cond.wait(timeout)
                if not self._items:
                    if self._index == self._length:
                        self._pool = None
                        raise StopIteration from None
                    raise TimeoutError from None
            success, value = self._items.popleft()
        if success:
            return value
        raise value

    __next__ = next

    def _arrived(self, obj):
        self._items.append(obj)
        self._index += 1

    def _end_if_complete(self):
        if self._index == self._length:
            del self._cache[self._job]
            self._pool = None

    def _set(self, i, obj):
        with self._cond:
            if self._index == i:
                self._arrived(obj)
                while self._index in self._unsorted:
                    self._arrived(self._unsorted.pop(self._index))
                self._cond.notify()
            else:
                self._unsorted[i] = obj
            self._end_if_complete()

    def _set_length(self, length):
        with self._cond:
            self._length = length
            if self._index == length:
                self._cond.notify()
                self._end_if_complete()


class IMapUnorderedIterator(IMapIterator):
    """The iterator of imap_unordered()."""

    def _set(self, i, obj):
        with self._cond:
            self._arrived(obj)
            self._cond.notify()
            self._end_if_complete()


class ThreadPool(Pool):
    """A pool of threads."""

    _wrap_exception = False

    @staticmethod
    def Process(ctx, *args, **kwds):
        """Return a new thread."""
        from .dummy import Process
        return Process(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=()):
        Pool.__init__(self, processes, initializer, initargs)

    def _setup_queues(self):
        self._inqueue, self._outqueue = queue.SimpleQueue(), queue.SimpleQueue()
        self._quick_put, self._quick_get = self._inqueue.put, self._outqueue.get

    def _get_sentinels(self):
        return [self._change_notifier._reader]

    @staticmethod
    def _get_worker_sentinels(workers):
        return []

    @staticmethod
    def _help_stuff_finish(inqueue, task_handler, size):
        # Put what ends the workers before what there is.
        try:
            while True:
                inqueue.get(block=False)
        except Empty:
            pass
        for _ in range(size):
            inqueue.put(None)

    def _wait_for_updates(self, sentinels, change_notifier, timeout):
        pass
