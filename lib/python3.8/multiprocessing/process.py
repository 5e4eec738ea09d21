# SPDX-License-Identifier: MIT
"""Process objects, with the interface of threads; and which process this is."""

__all__ = ['BaseProcess', 'current_process', 'active_children', 'parent_process']

import itertools
import os
import signal
import sys
import threading
from _weakrefset import WeakSet

try:
    ORIGINAL_DIR = os.path.abspath(os.getcwd())
except OSError:
    ORIGINAL_DIR = None


def current_process():
    """Return the object for this process."""
    return _current_process


def active_children():
    """Return the list of child processes that have not ended; those that have are done with by this."""
    _cleanup()
    return list(_children)


def parent_process():
    """Return an object for the process that started this one, None in the main process."""
    return _parent_process


def _cleanup():
    for child in list(_children):
        if child._popen.poll() is not None:
            _children.discard(child)


class BaseProcess:
    """A process: start() makes it call run(), which calls target(*args, **kwargs).

    Arguments are given by name; group must be None.  daemon (by default what this process is): whether it is ended
    with this process and must have no children.
    """

    def _Popen(self):
        raise NotImplementedError

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        assert group is None, 'group argument must be None for now'
        count = next(_process_counter)
        self._identity = _current_process._identity + (count,)
        self._config = _current_process._config.copy()
        self._parent_pid, self._parent_name = os.getpid(), _current_process.name
        self._popen = None
        self._closed = False
        self._target, self._args, self._kwargs = target, tuple(args), dict(kwargs)
        self._name = name or type(self).__name__ + '-' + ':'.join(map(str, self._identity))
        if daemon is not None:
            self.daemon = daemon
        _dangling.add(self)

    def _check_closed(self):
        if self._closed:
            raise ValueError("process object is closed")

    def run(self):
        """What the process does; override it or give a target."""
        if self._target:
            self._target(*self._args, **self._kwargs)

    def start(self):
        """Start the process, once."""
        self._check_closed()
        assert self._popen is None, 'cannot start a process twice'
        assert self._parent_pid == os.getpid(), 'can only start a process object created by current process'
        assert not _current_process._config.get('daemon'), 'daemonic processes are not allowed to have children'
        _cleanup()
        self._popen = self._Popen(self)
        self._sentinel = self._popen.sentinel
        # They may refer to the process object, and are not needed any more.
        del self._target, self._args, self._kwargs
        _children.add(self)

    def terminate(self):
        """End the process by SIGTERM."""
        self._check_closed()
        self._popen.terminate()

    def kill(self):
        """End the process by SIGKILL."""
        self._check_closed()
        self._popen.kill()

    def join(self, timeout=None):
        """Wait until the process has ended, or for so many seconds."""
        self._check_closed()
        assert self._parent_pid == os.getpid(), 'can only join a child process'
        assert self._popen is not None, 'can only join a started process'
        if self._popen.wait(timeout) is not None:
            _children.discard(self)

    def is_alive(self):
        """Return whether the process runs."""
        self._check_closed()
        if self is _current_process:
            return True
        assert self._parent_pid == os.getpid(), 'can only test a child process'
        if self._popen is None:
            return False
        if self._popen.poll() is None:
            return True
        _children.discard(self)
        return False

    def close(self):
        """Let go of everything; ValueError if the process still runs."""
        if self._popen is not None:
            if self._popen.poll() is None:
                raise ValueError("Cannot close a process while it is still running. You should first call join() or "
                                 "terminate().")
            self._popen.close()
            self._popen = None
            del self._sentinel
            _children.discard(self)
        self._closed = True

    @property
    def name(self):
        """A name for people."""
        return self._name

    @name.setter
    def name(self, name):
        assert isinstance(name, str), 'name must be a string'
        self._name = name

    @property
    def daemon(self):
        """Whether the process is ended with this one; to be set before start()."""
        return self._config.get('daemon', False)

    @daemon.setter
    def daemon(self, daemonic):
        assert self._popen is None, 'process has already started'
        self._config['daemon'] = daemonic

    @property
    def authkey(self):
        """The key by which processes recognise each other, bytes."""
        return self._config['authkey']

    @authkey.setter
    def authkey(self, authkey):
        self._config['authkey'] = AuthenticationString(authkey)

    @property
    def exitcode(self):
        """The exit status: None before the end, -N for death by signal N."""
        self._check_closed()
        return self._popen if self is _current_process or self._popen is None else self._popen.poll()

    @property
    def ident(self):
        """The number of the process, None before start()."""
        self._check_closed()
        if self is _current_process:
            return os.getpid()
        return self._popen and self._popen.pid

    pid = ident

    @property
    def sentinel(self):
        """Something to wait for the end of the process with, by connection.wait()."""
        self._check_closed()
        try:
            return self._sentinel
        except AttributeError:
            raise ValueError("process not started") from None

    def _status(self):
        """What it does, and its exit status if it has one; for repr()."""
        if self is _current_process:
            return 'started', None
        if self._closed:
            return 'closed', None
        if self._parent_pid != os.getpid():
            return 'unknown', None
        if self._popen is None:
            return 'initial', None
        exitcode = self._popen.poll()
        return 'started' if exitcode is None else 'stopped', exitcode

    def __repr__(self):
        status, exitcode = self._status()
        words = [type(self).__name__, 'name=%r' % self._name]
        if self._popen is not None:
            words.append('pid=%s' % self._popen.pid)
        words += ['parent=%s' % self._parent_pid, status]
        if exitcode is not None:
            words.append('exitcode=%s' % _exitcode_to_name.get(exitcode, exitcode))
        if self.daemon:
            words.append('daemon')
        return '<%s>' % ' '.join(words)

    def _bootstrap(self, parent_sentinel=None):
        """What the child does; the result is its exit status."""
        from . import context, util
        global _children, _current_process, _parent_process, _process_counter
        exitcode = 1
        try:
            if self._start_method is not None:
                context._force_start_method(self._start_method)
            # It has no children yet.
            _children, _process_counter = set(), itertools.count(1)
            util._close_stdin()
            # The former object must stay until finalizers that refer to it are gone.
            before, _current_process = _current_process, self
            _parent_process = _ParentProcess(self._parent_name, self._parent_pid, parent_sentinel)
            if threading._HAVE_THREAD_NATIVE_ID:
                threading.main_thread()._set_native_id()
            try:
                util._finalizer_registry.clear()
                util._run_after_forkers()
            finally:
                del before
            util.info('child process calling self.run()')
            try:
                self.run()
                exitcode = 0
            finally:
                util._exit_function()
        except SystemExit as end:
            exitcode = self._status_of(end)
        except:
            exitcode = 1
            from traceback import format_exc
            sys.stderr.write('Process %s:\n%s' % (self.name, format_exc()))
        finally:
            threading._shutdown()
            util.info('process exiting with exitcode %d' % exitcode)
            util._flush_std_streams()
        return exitcode

    @staticmethod
    def _status_of(end):
        if not end.args:
            return 1
        if isinstance(end.args[0], int):
            return end.args[0]
        sys.stderr.write(str(end.args[0]) + '\n')
        return 1


class AuthenticationString(bytes):
    """A key; it cannot be pickled but for a child process."""

    def __reduce__(self):
        from .context import get_spawning_popen
        if get_spawning_popen() is None:
            raise TypeError('Pickling an AuthenticationString object is disallowed for security reasons')
        return AuthenticationString, (bytes(self),)


class _ParentProcess(BaseProcess):
    """Stands for the process that started this one."""

    def __init__(self, name, pid, sentinel):
        self._identity = ()
        self._name, self._pid = name, pid
        self._parent_pid = self._popen = None
        self._closed = False
        self._sentinel = sentinel
        self._config = {}

    def is_alive(self):
        from .connection import wait
        return not wait([self._sentinel], timeout=0)

    @property
    def ident(self):
        return self._pid

    def join(self, timeout=None):
        """Wait until it has ended, or for so many seconds."""
        from .connection import wait
        wait([self._sentinel], timeout=timeout)

    pid = ident


class _MainProcess(BaseProcess):
    """Stands for the process in which all began."""

    def __init__(self):
        self._identity = ()
        self._name = 'MainProcess'
        self._parent_pid = self._popen = None
        self._closed = False
        # Names of semaphores of macOS must be short.
        self._config = {'authkey': AuthenticationString(os.urandom(32)), 'semprefix': '/mp'}

    def close(self):
        """Nothing to let go of."""


_parent_process = None
_current_process = _MainProcess()
_process_counter = itertools.count(1)
_children = set()
del _MainProcess

_exitcode_to_name = {-number: '-' + name for name, number in signal.__dict__.items()
                     if name[:3] == 'SIG' and '_' not in name}

_dangling = WeakSet()       # all process objects, for the benefit of tests
