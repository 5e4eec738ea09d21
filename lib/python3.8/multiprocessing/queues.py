# SPDX-License-Identifier: MIT
"""Queues between processes.

put() appends to a buffer, from which a thread sends through a pipe: so it does not wait for the pipe.
"""

__all__ = ['Queue', 'SimpleQueue', 'JoinableQueue']

import collections
import os
import sys
import threading
import time
import weakref
import errno
from queue import Empty, Full

import _multiprocessing  # noqa: without it there are no locks

from . import connection, context
from .util import Finalize, debug, info, is_exiting, register_after_fork

_ForkingPickler = context.reduction.ForkingPickler


class Queue:
    """A queue.  maxsize: how many items it holds, 0 for as many as the system allows."""

    def __init__(self, maxsize=0, *, ctx):
        if maxsize <= 0:
            from .synchronize import SEM_VALUE_MAX as maxsize
        self._maxsize = maxsize
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._rlock = ctx.Lock()
        self._opid = os.getpid()
        self._wlock = None if sys.platform == 'win32' else ctx.Lock()
        self._sem = ctx.BoundedSemaphore(maxsize)       # places that are free
        self._ignore_epipe = False      # for concurrent.futures
        self._after_fork()
        if sys.platform != 'win32':
            register_after_fork(self, Queue._after_fork)

    def __getstate__(self):
        context.assert_spawning(self)
        return (self._ignore_epipe, self._maxsize, self._reader, self._writer, self._rlock, self._wlock, self._sem,
                self._opid)

    def __setstate__(self, state):
        (self._ignore_epipe, self._maxsize, self._reader, self._writer, self._rlock, self._wlock, self._sem,
         self._opid) = state
        self._after_fork()

    def _after_fork(self):
        debug('Queue._after_fork()')
        self._notempty = threading.Condition(threading.Lock())
        self._buffer = collections.deque()
        self._thread = self._jointhread = None
        self._joincancelled = self._closed = False
        self._close = None
        self._send_bytes = self._writer.send_bytes
        self._poll, self._recv_bytes = self._reader.poll, self._reader.recv_bytes

    def _check_open(self):
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")

    def put(self, obj, block=True, timeout=None):
        """Put an item in; Full if there is no room and block is false, or none within timeout seconds."""
        self._check_open()
        if not self._sem.acquire(block, timeout):
            raise Full
        with self._notempty:
            self._append(obj)

    def _append(self, obj):
        if self._thread is None:
            self._start_thread()
        self._buffer.append(obj)
        self._notempty.notify()

    def get(self, block=True, timeout=None):
        """Take an item out; Empty if there is none and block is false, or none within timeout seconds."""
        self._check_open()
        if block and timeout is None:
            with self._rlock:
                data = self._recv_bytes()
            self._sem.release()
        else:
            deadline = time.monotonic() + timeout if block else None
            if not self._rlock.acquire(block, timeout):
                raise Empty
            try:
                if not self._poll(deadline - time.monotonic() if block else 0):
                    raise Empty
                data = self._recv_bytes()
                self._sem.release()
            finally:
                self._rlock.release()
        # Not under the lock.
        return _ForkingPickler.loads(data)

    def qsize(self):
        """Return about how many items there are; NotImplementedError on macOS."""
        return self._maxsize - self._sem._semlock._get_value()

    def empty(self):
        """Return whether there is nothing to take out now."""
        return not self._poll()

    def full(self):
        """Return whether there is no room now."""
        return self._sem._semlock._is_zero()

    def get_nowait(self):
        """get() without waiting."""
        return self.get(False)

    def put_nowait(self, obj):
        """put() without waiting."""
        return self.put(obj, False)

    def close(self):
        """Put nothing more in, from this process; the thread ends when it has sent everything."""
        self._closed = True
        try:
            self._reader.close()
        finally:
            close, self._close = self._close, None
            if close:
                close()

    def join_thread(self):
        """Wait until everything is sent; only after close()."""
        debug('Queue.join_thread()')
        assert self._closed, "Queue {0!r} not closed".format(self)
        if self._jointhread:
            self._jointhread()

    def cancel_join_thread(self):
        """Do not wait for the thread at the end of the process; what is not sent then is lost."""
        debug('Queue.cancel_join_thread()')
        self._joincancelled = True
        try:
            self._jointhread.cancel()
        except AttributeError:
            pass

    def _start_thread(self):
        debug('Queue._start_thread()')
        self._buffer.clear()        # what the parent had put in
        self._thread = threading.Thread(
            target=Queue._feed, name='QueueFeederThread', daemon=True,
            args=(self._buffer, self._notempty, self._send_bytes, self._wlock, self._writer.close,
                  self._ignore_epipe, self._on_queue_feeder_error, self._sem))
        debug('doing self._thread.start()')
        self._thread.start()
        debug('... done self._thread.start()')
        if not self._joincancelled:
            self._jointhread = Finalize(self._thread, Queue._finalize_join, [weakref.ref(self._thread)],
                                        exitpriority=-5)
        # At the end of the process: before the join.
        self._close = Finalize(self, Queue._finalize_close, [self._buffer, self._notempty], exitpriority=10)

    @staticmethod
    def _finalize_join(twr):
        debug('joining queue thread')
        thread = twr()
        if thread is None:
            debug('... queue thread already dead')
        else:
            thread.join()
            debug('... queue thread joined')

    @staticmethod
    def _finalize_close(buffer, notempty):
        debug('telling queue thread to quit')
        with notempty:
            buffer.append(_sentinel)
            notempty.notify()

    @staticmethod
    def _feed(buffer, notempty, send_bytes, writelock, close, ignore_epipe, onerror, queue_sem):
        """What the thread does."""
        debug('starting thread to feed data to pipe')
        popleft = buffer.popleft
        while True:
            obj = None
            try:
                with notempty:
                    while not buffer:
                        notempty.wait()
                while buffer:
                    obj = popleft()
                    if obj is _sentinel:
                        debug('feeder thread got sentinel -- exiting')
                        close()
                        return
                    # Here rather than in put(), which would have to wait for it.
                    item = obj
                    data = _ForkingPickler.dumps(obj)
                    obj = None      # free it before waiting
                    if writelock is None:
                        send_bytes(data)
                    else:
                        with writelock:
                            send_bytes(data)
                    item = None
            except Exception as failure:
                if ignore_epipe and getattr(failure, 'errno', 0) == errno.EPIPE:
                    return
                if is_exiting():
                    # Others are being taken apart as well.
                    info('error in queue thread: %s', failure)
                    return
                # The item is not in the pipe: its place is free.
                queue_sem.release()
                onerror(failure, item)
                item = None

    @staticmethod
    def _on_queue_feeder_error(e, obj):
        """Called, in the thread, for an item that cannot be sent; for subclasses."""
        import traceback
        traceback.print_exc()


_sentinel = object()        # ends the thread


class JoinableQueue(Queue):
    """A queue that counts the items that are not done with."""

    def __init__(self, maxsize=0, *, ctx):
        super().__init__(maxsize, ctx=ctx)
        self._cond = ctx.Condition()
        self._unfinished_tasks = ctx.Semaphore(0)

    def __getstate__(self):
        return (*super().__getstate__(), self._cond, self._unfinished_tasks)

    def __setstate__(self, state):
        *state, self._cond, self._unfinished_tasks = state
        super().__setstate__(state)

    def put(self, obj, block=True, timeout=None):
        """Put an item in; Full if there is no room and block is false, or none within timeout seconds."""
        self._check_open()
        if not self._sem.acquire(block, timeout):
            raise Full
        with self._notempty, self._cond:
            self._unfinished_tasks.release()
            self._append(obj)

    def task_done(self):
        """Say that an item is done with; ValueError if said too often."""
        with self._cond:
            one_more = self._unfinished_tasks.acquire(False)
            if not one_more:
                raise ValueError('task_done() called too many times')
            if self._unfinished_tasks._semlock._is_zero():
                self._cond.notify_all()     # whoever joins

    def join(self):
        """Wait until all items are done with."""
        with self._cond:
            if not self._unfinished_tasks._semlock._is_zero():
                self._cond.wait()


class SimpleQueue:
    """A pipe with locks: put() waits if it is full."""

    def __init__(self, *, ctx):
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._rlock = ctx.Lock()
        self._poll = self._reader.poll
        self._wlock = None if sys.platform == 'win32' else ctx.Lock()

    def empty(self):
        """Return whether there is nothing to take out now."""
        return not self._poll()

    def __getstate__(self):
        context.assert_spawning(self)
        return self._reader, self._writer, self._rlock, self._wlock

    def __setstate__(self, state):
        self._reader, self._writer, self._rlock, self._wlock = state
        self._poll = self._reader.poll

    def get(self):
        """Wait for an item and take it out."""
        with self._rlock:
            data = self._reader.recv_bytes()
        return _ForkingPickler.loads(data)

    def put(self, obj):
        """Put an item in."""
        data = _ForkingPickler.dumps(obj)
        if self._wlock is None:
            # Writes of messages are in one piece there.
            self._writer.send_bytes(data)
        else:
            with self._wlock:
                self._writer.send_bytes(data)
