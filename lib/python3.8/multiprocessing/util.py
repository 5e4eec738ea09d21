# SPDX-License-Identifier: MIT
"""Logging, temporary folders, what to do after a fork, and finalizers that also run at the end of the process."""

import atexit
import itertools
import os
import sys
import threading
import weakref
from subprocess import _args_from_interpreter_flags

from . import process

__all__ = ['sub_debug', 'debug', 'info', 'sub_warning', 'get_logger', 'log_to_stderr', 'get_temp_dir',
           'register_after_fork', 'is_exiting', 'Finalize', 'ForkAwareThreadLock', 'ForkAwareLocal',
           'close_all_fds_except', 'SUBDEBUG', 'SUBWARNING']

# Logging

NOTSET, SUBDEBUG, DEBUG, INFO, SUBWARNING = 0, 5, 10, 20, 25

LOGGER_NAME = 'multiprocessing'
DEFAULT_LOGGING_FORMAT = '[%(levelname)s/%(processName)s] %(message)s'

_logger = None              # nothing is logged, and logging not imported, before somebody asks for it
_log_to_stderr = False


def sub_debug(msg, *args):
    """Log a message of level SUBDEBUG."""
    if _logger:
        _logger.log(SUBDEBUG, msg, *args)


def debug(msg, *args):
    """Log a message of level DEBUG."""
    if _logger:
        _logger.log(DEBUG, msg, *args)


def info(msg, *args):
    """Log a message of level INFO."""
    if _logger:
        _logger.log(INFO, msg, *args)


def sub_warning(msg, *args):
    """Log a message of level SUBWARNING."""
    if _logger:
        _logger.log(SUBWARNING, msg, *args)


def get_logger():
    """Return the logger of the package."""
    global _logger
    import logging
    with logging._lock:
        if not _logger:
            _logger = logging.getLogger(LOGGER_NAME)
            _logger.propagate = 0
            # Messages at the end of the process come before logging is shut down.
            atexit.unregister(_exit_function)
            atexit.register(_exit_function)
    return _logger


def log_to_stderr(level=None):
    """Have the package log to sys.stderr, from a level on; return its logger."""
    global _log_to_stderr
    import logging
    logger = get_logger()
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(DEFAULT_LOGGING_FORMAT))
    logger.addHandler(handler)
    if level:
        logger.setLevel(level)
    _log_to_stderr = True
    return _logger


# Names of sockets

def _platform_supports_abstract_sockets():
    return sys.platform == 'linux' or hasattr(sys, 'getandroidapilevel')


def is_abstract_socket_namespace(address):
    """Return whether the address of a Unix socket is not a file."""
    if not address:
        return False
    if isinstance(address, bytes):
        return address[0] == 0
    if isinstance(address, str):
        return address[0] == '\0'
    raise TypeError('address type of {address!r} unrecognized')


abstract_sockets_supported = _platform_supports_abstract_sockets()


# A temporary folder for the process and its children

def _remove_temp_dir(rmtree, tempdir):
    rmtree(tempdir)
    here = process.current_process()
    # Not there any more: others would be told of it.
    if here is not None:
        here._config['tempdir'] = None


def get_temp_dir():
    """Return the path of a folder that is removed at the end of the process that made it."""
    config = process.current_process()._config
    if config.get('tempdir') is None:
        import shutil
        import tempfile
        folder = tempfile.mkdtemp(prefix='pymp-')
        info('created temp directory %s', folder)
        Finalize(None, _remove_temp_dir, args=(shutil.rmtree, folder), exitpriority=-100)
        config['tempdir'] = folder
    return config['tempdir']


# After a fork

_afterfork_registry = weakref.WeakValueDictionary()     # (number, id, function) -> object
_afterfork_counter = itertools.count()


def _run_after_forkers():
    for (_, _, function), obj in sorted(_afterfork_registry.items(), key=lambda item: item[0][0]):
        try:
            function(obj)
        except Exception as failure:
            info('after forker raised exception %s', failure)


def register_after_fork(obj, func):
    """Have func(obj) called in children that are forked, as long as the object lives."""
    _afterfork_registry[(next(_afterfork_counter), id(obj), func)] = obj


# Finalizers

_finalizer_registry = {}        # (priority, number) -> Finalize
_finalizer_counter = itertools.count()


class Finalize:
    """A call that is made once: when an object goes away, at the end of the process, or when this is called.

    obj may be None; callback, args, kwargs: the call; exitpriority: None if it is not to be made at the end, else
    those of higher numbers come first.
    """

    def __init__(self, obj, callback, args=(), kwargs=None, exitpriority=None):
        if exitpriority is not None and not isinstance(exitpriority, int):
            raise TypeError("Exitpriority ({0!r}) must be None or int, not {1!s}".format(exitpriority,
                                                                                       type(exitpriority)))
        if obj is None and exitpriority is None:
            raise ValueError("Without object, exitpriority cannot be None")
        self._weakref = None if obj is None else weakref.ref(obj, self)
        self._callback, self._args, self._kwargs = callback, args, kwargs or {}
        self._key = exitpriority, next(_finalizer_counter)
        self._pid = os.getpid()
        _finalizer_registry[self._key] = self

    def __call__(self, wr=None, _finalizer_registry=_finalizer_registry, sub_debug=sub_debug, getpid=os.getpid):
        """Make the call, unless that was done; return its result."""
        # What is needed are arguments: modules may be gone.
        if _finalizer_registry.pop(self._key, None) is None:
            sub_debug('finalizer no longer registered')
            return None
        result = None
        if self._pid != getpid():
            sub_debug('finalizer ignored because different process')
        else:
            sub_debug('finalizer calling %s with args %s and kwargs %s', self._callback, self._args, self._kwargs)
            result = self._callback(*self._args, **self._kwargs)
        self._forget()
        return result

    def _forget(self):
        self._weakref = self._callback = self._args = self._kwargs = self._key = None

    def cancel(self):
        """Have the call not made."""
        if _finalizer_registry.pop(self._key, None) is not None:
            self._forget()

    def still_active(self):
        """Return whether the call is still to be made."""
        return self._key in _finalizer_registry

    def __repr__(self):
        name = type(self).__name__
        obj = self._weakref and self._weakref()
        if self._weakref is not None and obj is None or self._key is None:
            return '<%s object, dead>' % name
        text = '<%s object, callback=%s' % (name, getattr(self._callback, '__name__', self._callback))
        if self._args:
            text += ', args=' + str(self._args)
        if self._kwargs:
            text += ', kwargs=' + str(self._kwargs)
        if self._key[0] is not None:
            text += ', exitpriority=' + str(self._key[0])
        return text + '>'


def _run_finalizers(minpriority=None):
    """Run finalizers with a priority (of at least so much), the highest first and then the newest."""
    if _finalizer_registry is None:
        return      # the module is gone
    keys = [key for key in list(_finalizer_registry)
            if key[0] is not None and (minpriority is None or key[0] >= minpriority)]
    for key in sorted(keys, reverse=True):
        to_call = _finalizer_registry.get(key)
        if to_call is not None:     # another finalizer may have seen to it
            sub_debug('calling %s', to_call)
            try:
                to_call()
            except Exception:
                from traceback import print_exc
                print_exc()
    if minpriority is None:
        _finalizer_registry.clear()


def is_exiting():
    """Return whether the process is ending."""
    return _exiting or _exiting is None


_exiting = False


def _exit_function(info=info, debug=debug, _run_finalizers=_run_finalizers, active_children=process.active_children,
                   current_process=process.current_process):
    """At the end of the process: run finalizers, end daemons, wait for other children."""
    global _exiting
    if _exiting:
        return
    _exiting = True
    info('process shutting down')
    debug('running all "atexit" finalizers with priority >= 0')
    _run_finalizers(0)
    if current_process() is not None:
        # (None when modules are being taken apart: then there is nothing to be done for children.)
        for child in active_children():
            if child.daemon:
                info('calling terminate() for daemon %s', child.name)
                child._popen.terminate()
        for child in active_children():
            info('calling join() for process %s', child.name)
            child.join()
    debug('running the remaining "atexit" finalizers')
    _run_finalizers()


atexit.register(_exit_function)


# Things that are new after a fork

class ForkAwareThreadLock:
    """A lock of threading that is free in children."""

    def __init__(self):
        self._reset()
        register_after_fork(self, ForkAwareThreadLock._reset)

    def _reset(self):
        self._lock = threading.Lock()
        self.acquire, self.release = self._lock.acquire, self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)


class ForkAwareLocal(threading.local):
    """A threading.local that is empty in children."""

    def __init__(self):
        register_after_fork(self, lambda obj: obj.__dict__.clear())

    def __reduce__(self):
        return type(self), ()


# Files

try:
    MAXFD = os.sysconf("SC_OPEN_MAX")
except Exception:
    MAXFD = 256


def close_all_fds_except(fds):
    """Close all descriptors but the given ones."""
    kept = sorted([-1, *fds, MAXFD])
    assert kept[-1] == MAXFD, 'fd too large'
    for low, high in zip(kept, kept[1:]):
        os.closerange(low + 1, high)


def _open_nothing():
    """Make sys.stdin an empty file."""
    number = os.open(os.devnull, os.O_RDONLY)
    try:
        sys.stdin = open(number, closefd=False)
    except:
        os.close(number)
        raise


def _close_stdin():
    """Make sys.stdin one without input: several readers would get parts."""
    if sys.stdin is not None:
        for step in sys.stdin.close, _open_nothing:
            try:
                step()
            except (OSError, ValueError):
                pass


def two_pipes():
    """Make a pipe for each direction; return the ends (here to read, here to write, there to read, there to write)."""
    from_there, to_here = os.pipe()
    from_here, to_there = os.pipe()
    return from_there, to_there, from_here, to_here


def _flush_std_streams():
    for stream in sys.stdout, sys.stderr:
        try:
            stream.flush()
        except (AttributeError, ValueError):
            pass        # none, or closed


def spawnv_passfds(path, args, passfds):
    """Start a program with some descriptors only; return its number."""
    import _posixsubprocess
    report_read, report_write = os.pipe()
    try:
        return _posixsubprocess.fork_exec(args, [os.fsencode(path)], True, tuple(sorted(map(int, passfds))), None,
                                          None, -1, -1, -1, -1, -1, -1, report_read, report_write, False, False,
                                          None)
    finally:
        os.close(report_read)
        os.close(report_write)


def close_fds(*fds):
    """Close descriptors."""
    for fd in fds:
        os.close(fd)


def _cleanup_tests():
    """For tests: end the processes that the package itself started, so that none seems to be left over."""
    from test import support
    from . import forkserver, resource_tracker
    forkserver._forkserver._stop()
    resource_tracker._resource_tracker._stop()
    _run_finalizers()
    support.gc_collect()
    support.reap_children()
