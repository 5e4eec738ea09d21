# SPDX-License-Identifier: MIT
"""A process that cleans up behind others: it removes semaphores and shared memory that they left.

It reads lines "COMMAND:name:type" from a pipe, until all who could write to it have ended; then it removes what was
registered and not unregistered.
"""

import os
import signal
import sys
import threading
import warnings

from . import spawn, util

__all__ = ['ensure_running', 'register', 'unregister']

_HAVE_SIGMASK = hasattr(signal, 'pthread_sigmask')
_IGNORED_SIGNALS = (signal.SIGINT, signal.SIGTERM)

_CLEANUP_FUNCS = {'noop': lambda: None}     # type -> function that removes a thing of that name

if os.name == 'posix':
    import _multiprocessing
    import _posixshmem
    _CLEANUP_FUNCS.update(semaphore=_multiprocessing.sem_unlink, shared_memory=_posixshmem.shm_unlink)


class ResourceTracker:
    """The tracker, as those see it who use it."""

    def __init__(self):
        self._lock = threading.Lock()
        self._fd = self._pid = None

    def _stop(self):
        with self._lock:
            if self._fd is None:
                return
            # That ends it.
            os.close(self._fd)
            os.waitpid(self._pid, 0)
            self._fd = self._pid = None

    def getfd(self):
        """Return the descriptor to write to."""
        self.ensure_running()
        return self._fd

    def ensure_running(self):
        """Start the tracker unless it runs.  Children of this process use the same."""
        with self._lock:
            if self._fd is not None:
                if self._check_alive():
                    return
                os.close(self._fd)
                # In a child of ours the number is unknown.
                try:
                    if self._pid is not None:
                        os.waitpid(self._pid, 0)
                except ChildProcessError:
                    pass
                self._fd = self._pid = None
                warnings.warn('resource_tracker: process died unexpectedly, relaunching.  Some resources might leak.')
            self._start()

    def _start(self):
        inherited = []
        try:
            inherited.append(sys.stderr.fileno())
        except Exception:
            pass
        reader, writer = os.pipe()
        try:
            inherited.append(reader)
            executable = spawn.get_executable()
            command = [executable] + util._args_from_interpreter_flags()
            command += ['-c', 'from multiprocessing.resource_tracker import main;main(%d)' % reader]
            # It begins with the signals blocked that it ignores, lest one comes too early.
            try:
                if _HAVE_SIGMASK:
                    signal.pthread_sigmask(signal.SIG_BLOCK, _IGNORED_SIGNALS)
                pid = util.spawnv_passfds(executable, command, inherited)
            finally:
                if _HAVE_SIGMASK:
                    signal.pthread_sigmask(signal.SIG_UNBLOCK, _IGNORED_SIGNALS)
        except:
            os.close(writer)
            raise
        else:
            self._fd, self._pid = writer, pid
        finally:
            os.close(reader)

    def _check_alive(self):
        try:
            os.write(self._fd, b'PROBE:0:noop\n')
        except OSError:
            return False
        return True

    def register(self, name, rtype):
        """Have a thing of a type removed, if nobody unregisters it."""
        self._send('REGISTER', name, rtype)

    def unregister(self, name, rtype):
        """Undo register()."""
        self._send('UNREGISTER', name, rtype)

    def _send(self, cmd, name, rtype):
        self.ensure_running()
        line = '{0}:{1}:{2}\n'.format(cmd, name, rtype).encode('ascii')
        # Longer writes to a pipe may be mixed with others.
        if len(name) > 512:
            raise ValueError('name too long')
        written = os.write(self._fd, line)
        assert written == len(line), "nbytes {0:n} but len(msg) {1:n}".format(written, len(line))


_resource_tracker = ResourceTracker()
# Functions for the one that there is.
getfd, ensure_running = _resource_tracker.getfd, _resource_tracker.ensure_running
register, unregister = _resource_tracker.register, _resource_tracker.unregister


def _track(pipe, known):
    """Do what the lines say."""
    for line in pipe:
        try:
            command, name, rtype = line.strip().decode('ascii').split(':')
            if _CLEANUP_FUNCS.get(rtype) is None:
                raise ValueError(f'Cannot register {name} for automatic cleanup: unknown resource type {rtype}')
            if command == 'REGISTER':
                known[rtype].add(name)
            elif command == 'UNREGISTER':
                known[rtype].remove(name)
            elif command != 'PROBE':
                raise RuntimeError('unrecognized command %r' % command)
        except Exception:
            try:
                sys.excepthook(*sys.exc_info())
            except:
                pass


def main(fd):
    """What the tracker's process runs."""
    for number in _IGNORED_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    if _HAVE_SIGMASK:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _IGNORED_SIGNALS)
    # Whoever waits for the end of our parent's output must not wait for us.
    for stream in sys.stdin, sys.stdout:
        try:
            stream.close()
        except Exception:
            pass
    known = {rtype: set() for rtype in _CLEANUP_FUNCS}
    try:
        with open(fd, 'rb') as pipe:
            _track(pipe, known)
    finally:
        for rtype, names in known.items():
            if names:
                try:
                    warnings.warn('resource_tracker: There appear to be %d leaked %s objects to clean up at shutdown'
                                  % (len(names), rtype))
                except Exception:
                    pass
            for name in names:
                # Perhaps somebody else removed it.
                try:
                    _CLEANUP_FUNCS[rtype](name)
                except Exception as failure:
                    warnings.warn('resource_tracker: %r: %s' % (name, failure))
