# SPDX-License-Identifier: MIT
"""Contexts: everything the package offers, for one way to start processes.

"fork" copies this process; "spawn" starts a new interpreter; "forkserver" has a process forked that was made early.
"""

import os
import sys
import threading

from . import process, reduction

__all__ = ()


class ProcessError(Exception):
    """What the exceptions of the package are."""


class BufferTooShort(ProcessError):
    """A message is longer than the buffer for it; the argument is the message."""


class TimeoutError(ProcessError):
    """Time was up first."""


class AuthenticationError(ProcessError):
    """The other side does not know the key."""


class BaseContext:
    """The package for one start method.  Most methods return new objects: see their classes."""

    ProcessError = ProcessError
    BufferTooShort = BufferTooShort
    TimeoutError = TimeoutError
    AuthenticationError = AuthenticationError

    current_process = staticmethod(process.current_process)
    parent_process = staticmethod(process.parent_process)
    active_children = staticmethod(process.active_children)

    def cpu_count(self):
        """Return the number of processors; NotImplementedError if unknown."""
        number = os.cpu_count()
        if number is None:
            raise NotImplementedError('cannot determine number of cpus')
        return number

    def Manager(self):
        """Start a process that holds shared objects; return its SyncManager."""
        from .managers import SyncManager
        manager = SyncManager(ctx=self.get_context())
        manager.start()
        return manager

    def Pipe(self, duplex=True):
        """Return two connections, ends of a pipe; without duplex the first only receives, the second only sends."""
        from .connection import Pipe
        return Pipe(duplex)

    def Lock(self):
        """Return a lock."""
        from .synchronize import Lock
        return Lock(ctx=self.get_context())

    def RLock(self):
        """Return a lock that its owner may acquire again."""
        from .synchronize import RLock
        return RLock(ctx=self.get_context())

    def Condition(self, lock=None):
        """Return a condition."""
        from .synchronize import Condition
        return Condition(lock, ctx=self.get_context())

    def Semaphore(self, value=1):
        """Return a semaphore."""
        from .synchronize import Semaphore
        return Semaphore(value, ctx=self.get_context())

    def BoundedSemaphore(self, value=1):
        """Return a semaphore that never gets more than it had at first."""
        from .synchronize import BoundedSemaphore
        return BoundedSemaphore(value, ctx=self.get_context())

    def Event(self):
        """Return an event."""
        from .synchronize import Event
        return Event(ctx=self.get_context())

    def Barrier(self, parties, action=None, timeout=None):
        """Return a barrier."""
        from .synchronize import Barrier
        return Barrier(parties, action, timeout, ctx=self.get_context())

    def Queue(self, maxsize=0):
        """Return a queue."""
        from .queues import Queue
        return Queue(maxsize, ctx=self.get_context())

    def JoinableQueue(self, maxsize=0):
        """Return a queue that counts what is done."""
        from .queues import JoinableQueue
        return JoinableQueue(maxsize, ctx=self.get_context())

    def SimpleQueue(self):
        """Return a queue that is just a pipe with locks."""
        from .queues import SimpleQueue
        return SimpleQueue(ctx=self.get_context())

    def Pool(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None):
        """Return a pool of processes."""
        from .pool import Pool
        return Pool(processes, initializer, initargs, maxtasksperchild, context=self.get_context())

    def RawValue(self, typecode_or_type, *args):
        """Return a shared ctypes object."""
        from .sharedctypes import RawValue
        return RawValue(typecode_or_type, *args)

    def RawArray(self, typecode_or_type, size_or_initializer):
        """Return a shared ctypes array."""
        from .sharedctypes import RawArray
        return RawArray(typecode_or_type, size_or_initializer)

    def Value(self, typecode_or_type, *args, lock=True):
        """Return a shared ctypes object with a lock."""
        from .sharedctypes import Value
        return Value(typecode_or_type, *args, lock=lock, ctx=self.get_context())

    def Array(self, typecode_or_type, size_or_initializer, *, lock=True):
        """Return a shared ctypes array with a lock."""
        from .sharedctypes import Array
        return Array(typecode_or_type, size_or_initializer, lock=lock, ctx=self.get_context())

    def freeze_support(self):
        """Be a child process, if this is one of a program made into an executable of Windows."""
        if sys.platform == 'win32' and getattr(sys, 'frozen', False):
            from .spawn import freeze_support
            freeze_support()

    def get_logger(self):
        """Return the logger of the package."""
        from .util import get_logger
        return get_logger()

    def log_to_stderr(self, level=None):
        """Have the package log to sys.stderr; return its logger."""
        from .util import log_to_stderr
        return log_to_stderr(level)

    def allow_connection_pickling(self):
        """Make it possible to send connections and sockets to other processes."""
        from . import connection  # noqa: importing it does that

    def set_executable(self, executable):
        """Set the interpreter for new processes."""
        from .spawn import set_executable
        set_executable(executable)

    def set_forkserver_preload(self, module_names):
        """Set modules for the fork server to import."""
        from .forkserver import set_forkserver_preload
        set_forkserver_preload(module_names)

    def get_context(self, method=None):
        """Return the context of a start method, by default this one; ValueError if unknown."""
        if method is None:
            return self
        context = _concrete_contexts.get(method)
        if context is None:
            raise ValueError('cannot find context for %r' % method) from None
        context._check_available()
        return context

    def get_start_method(self, allow_none=False):
        """Return the name of the start method."""
        return self._name

    def set_start_method(self, method, force=False):
        """Only the default context can be told."""
        raise ValueError('cannot set start method of concrete context')

    @property
    def reducer(self):
        """What pickles for other processes: a module or object like reduction."""
        return globals().get('reduction')

    @reducer.setter
    def reducer(self, reduction):
        globals()['reduction'] = reduction

    def _check_available(self):
        pass


class Process(process.BaseProcess):
    """A process, started in the way that is the default then."""

    _start_method = None

    @staticmethod
    def _Popen(process_obj):
        return _default_context.get_context().Process._Popen(process_obj)


class DefaultContext(BaseContext):
    """The context whose start method can be set, once."""

    Process = Process

    def __init__(self, context):
        self._default_context = context
        self._actual_context = None

    def get_context(self, method=None):
        """Return the context of a start method, by default of the one that was set."""
        if method is not None:
            return super().get_context(method)
        if self._actual_context is None:
            self._actual_context = self._default_context
        return self._actual_context

    def set_start_method(self, method, force=False):
        """Set the start method; RuntimeError if it is set (or was used) already, unless forced."""
        if self._actual_context is not None and not force:
            raise RuntimeError('context has already been set')
        self._actual_context = None if method is None and force else self.get_context(method)

    def get_start_method(self, allow_none=False):
        """Return the start method; None if it is not set and that is allowed."""
        if self._actual_context is None:
            if allow_none:
                return None
            self._actual_context = self._default_context
        return self._actual_context._name

    def get_all_start_methods(self):
        """Return the list of start methods, the default first."""
        if sys.platform == 'win32':
            return ['spawn']
        methods = ['spawn', 'fork'] if sys.platform == 'darwin' else ['fork', 'spawn']
        return methods + ['forkserver'] * reduction.HAVE_SEND_HANDLE


class SpawnProcess(process.BaseProcess):
    """A process in a new interpreter."""

    _start_method = 'spawn'

    @staticmethod
    def _Popen(process_obj):
        if sys.platform == 'win32':
            from .popen_spawn_win32 import Popen
        else:
            from .popen_spawn_posix import Popen
        return Popen(process_obj)


class SpawnContext(BaseContext):
    """New interpreters."""

    _name = 'spawn'
    Process = SpawnProcess


if sys.platform == 'win32':
    _concrete_contexts = {'spawn': SpawnContext()}
    _default_context = DefaultContext(_concrete_contexts['spawn'])
else:
    class ForkProcess(process.BaseProcess):
        """A process that is a copy of this one."""

        _start_method = 'fork'

        @staticmethod
        def _Popen(process_obj):
            from .popen_fork import Popen
            return Popen(process_obj)

    class ForkServerProcess(process.BaseProcess):
        """A process that the fork server forks."""

        _start_method = 'forkserver'

        @staticmethod
        def _Popen(process_obj):
            from .popen_forkserver import Popen
            return Popen(process_obj)

    class ForkContext(BaseContext):
        """Copies of this process."""

        _name = 'fork'
        Process = ForkProcess

    class ForkServerContext(BaseContext):
        """Children of the fork server."""

        _name = 'forkserver'
        Process = ForkServerProcess

        def _check_available(self):
            if not reduction.HAVE_SEND_HANDLE:
                raise ValueError('forkserver start method not available')

    _concrete_contexts = {'fork': ForkContext(), 'spawn': SpawnContext(), 'forkserver': ForkServerContext()}
    # System libraries of macOS do not survive a fork.
    _default_context = DefaultContext(_concrete_contexts['spawn' if sys.platform == 'darwin' else 'fork'])


def _force_start_method(method):
    """Set the start method in a child."""
    _default_context._actual_context = _concrete_contexts[method]


# While a process object is pickled for its child, the Popen it is pickled for.

_tls = threading.local()


def get_spawning_popen():
    return getattr(_tls, 'spawning_popen', None)


def set_spawning_popen(popen):
    _tls.spawning_popen = popen


def assert_spawning(obj):
    """Raise RuntimeError unless the object is being pickled for a child."""
    if get_spawning_popen() is None:
        raise RuntimeError('%s objects should only be shared between processes through inheritance'
                           % type(obj).__name__)
