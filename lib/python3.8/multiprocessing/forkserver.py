# SPDX-License-Identifier: MIT
"""A process that forks others: made early, while it has no threads and little memory.

A client connects to its Unix socket and sends descriptors: one to read what to do from, one to write the number of
the new process and in the end its exit status to, one that must stay open, the resource tracker's, and any others.
"""

import errno
import os
import selectors
import signal
import socket
import struct
import sys
import threading
import warnings

from . import connection, process, resource_tracker, spawn, util
from .context import reduction

__all__ = ['ensure_running', 'get_inherited_fds', 'connect_to_new_process', 'set_forkserver_preload']

MAXFDS_TO_SEND = 256
SIGNED_STRUCT = struct.Struct('q')      # of numbers on their way


class ForkServer:
    """The server, as its clients see it."""

    def __init__(self):
        self._forkserver_address = self._forkserver_alive_fd = self._forkserver_pid = None
        self._inherited_fds = None
        self._lock = threading.Lock()
        self._preload_modules = ['__main__']

    def _stop(self):
        with self._lock:
            self._stop_unlocked()

    def _stop_unlocked(self):
        if self._forkserver_pid is None:
            return
        # That ends it.
        os.close(self._forkserver_alive_fd)
        os.waitpid(self._forkserver_pid, 0)
        if not util.is_abstract_socket_namespace(self._forkserver_address):
            os.unlink(self._forkserver_address)
        self._forkserver_address = self._forkserver_alive_fd = self._forkserver_pid = None

    def set_forkserver_preload(self, modules_names):
        """Set the names of modules that the server imports when it starts; '__main__' is the main module."""
        if not all(type(name) is str for name in self._preload_modules):
            raise TypeError('module_names must be a list of strings')
        self._preload_modules = modules_names

    def get_inherited_fds(self):
        """Return the descriptors that came with this process, None if it is not one of the server's."""
        return self._inherited_fds

    def connect_to_new_process(self, fds):
        """Have a process forked with some descriptors; return (to read its number from, to write what to do to)."""
        if len(fds) + 4 >= MAXFDS_TO_SEND:
            raise ValueError('too many fds')
        self.ensure_running()
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(self._forkserver_address)
            parent_r, parent_w, child_r, child_w = util.two_pipes()
            sent = [child_r, child_w, self._forkserver_alive_fd, resource_tracker.getfd(), *fds]
            try:
                reduction.sendfds(client, sent)
                return parent_r, parent_w
            except:
                util.close_fds(parent_r, parent_w)
                raise
            finally:
                util.close_fds(child_r, child_w)

    def ensure_running(self):
        """Start the server unless it runs.  Children of it use the same."""
        with self._lock:
            resource_tracker.ensure_running()
            if self._forkserver_pid is not None:
                pid, _ = os.waitpid(self._forkserver_pid, os.WNOHANG)
                if not pid:
                    return
                # It died.
                os.close(self._forkserver_alive_fd)
                self._forkserver_address = self._forkserver_alive_fd = self._forkserver_pid = None
            self._start()

    def _start(self):
        preload, options = self._preload_modules, {}
        if preload:
            wanted = {'main_path', 'sys_path'}
            data = spawn.get_preparation_data('ignore')
            options = {name: value for name, value in data.items() if name in wanted}
        address = connection.arbitrary_address('AF_UNIX')
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(address)
            # Only for ourselves, if it is a file.
            if not util.is_abstract_socket_namespace(address):
                os.chmod(address, 0o600)
            listener.listen()
            # Every client has a copy of the writing end: when all are closed, the server ends.
            alive_r, alive_w = os.pipe()
            try:
                inherited = [listener.fileno(), alive_r]
                program = ('from multiprocessing.forkserver import main; main(%d, %d, %r, **%r)'
                           % (listener.fileno(), alive_r, preload, options))
                executable = spawn.get_executable()
                pid = util.spawnv_passfds(executable,
                                          [executable, *util._args_from_interpreter_flags(), '-c', program], inherited)
            except:
                os.close(alive_w)
                raise
            finally:
                os.close(alive_r)
            self._forkserver_address, self._forkserver_alive_fd, self._forkserver_pid = address, alive_w, pid


def _import_preloaded(preload, main_path, sys_path):
    if '__main__' in preload and main_path is not None:
        process.current_process()._inheriting = True
        try:
            spawn.import_main_path(main_path)
        finally:
            del process.current_process()._inheriting
    for name in preload:
        try:
            __import__(name)
        except ImportError:
            pass
    util._close_stdin()


def main(listener_fd, alive_r, preload, main_path=None, sys_path=None):
    """What the server's process runs."""
    if preload:
        _import_preloaded(preload, main_path, sys_path)
    # SIGCHLD wakes the loop; SIGINT is for others.
    signal_r, signal_w = os.pipe()
    os.set_blocking(signal_r, False)
    os.set_blocking(signal_w, False)
    handlers = {signal.SIGCHLD: lambda *_: None, signal.SIGINT: signal.SIG_IGN}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    signal.set_wakeup_fd(signal_w)
    clients = {}        # pid -> descriptor to write the exit status to
    with socket.socket(socket.AF_UNIX, fileno=listener_fd) as listener, selectors.DefaultSelector() as selector:
        _forkserver._forkserver_address = listener.getsockname()
        for source in listener, alive_r, signal_r:
            selector.register(source, selectors.EVENT_READ)
        while True:
            try:
                ready = set()
                while not ready:
                    ready = {key.fileobj for key, _ in selector.select()}
                if alive_r in ready:
                    # All clients have ended.
                    assert os.read(alive_r, 1) == b'', "Not at EOF?"
                    raise SystemExit
                if signal_r in ready:
                    os.read(signal_r, 65536)
                    _collect(clients)
                if listener in ready:
                    _accept(listener, clients, [alive_r, signal_r, signal_w], before, selector)
            except OSError as failure:
                if failure.errno != errno.ECONNABORTED:
                    raise


def _collect(clients):
    """Report the exit statuses of children that have ended."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        client = clients.pop(pid, None)
        if client is None:
            warnings.warn('forkserver: waitpid returned unexpected pid %d' % pid)
            continue
        if os.WIFSIGNALED(status):
            returncode = -os.WTERMSIG(status)
        else:
            assert os.WIFEXITED(status), "Child {0:n} status is {1:n}".format(pid, status)
            returncode = os.WEXITSTATUS(status)
        try:
            write_signed(client, returncode)
        except BrokenPipeError:
            pass        # the client is gone
        os.close(client)


def _accept(listener, clients, own_fds, handlers, selector):
    """Fork a process for a client."""
    with listener.accept()[0] as sock:
        fds = reduction.recvfds(sock, MAXFDS_TO_SEND + 1)
        if len(fds) > MAXFDS_TO_SEND:
            raise RuntimeError("Too many ({0:n}) fds to send".format(len(fds)))
        child_r, child_w, *fds = fds
        sock.close()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                listener.close()
                selector.close()
                code = _serve_one(child_r, fds, own_fds + [child_w] + list(clients.values()), handlers)
            except Exception:
                sys.excepthook(*sys.exc_info())
                sys.stderr.flush()
            finally:
                os._exit(code)
        try:
            write_signed(child_w, pid)
        except BrokenPipeError:
            pass
        clients[pid] = child_w
        os.close(child_r)
        for fd in fds:
            os.close(fd)


def _serve_one(child_r, fds, unused_fds, handlers):
    """What a new process runs; the result is its exit status."""
    signal.set_wakeup_fd(-1)
    for number, handler in handlers.items():
        signal.signal(number, handler)
    for fd in unused_fds:
        os.close(fd)
    (_forkserver._forkserver_alive_fd, resource_tracker._resource_tracker._fd, *_forkserver._inherited_fds) = fds
    return spawn._main(child_r, os.dup(child_r))


def read_signed(fd):
    """Read a number from a descriptor."""
    data = b''
    while len(data) < SIGNED_STRUCT.size:
        part = os.read(fd, SIGNED_STRUCT.size - len(data))
        if not part:
            raise EOFError('unexpected EOF')
        data += part
    return SIGNED_STRUCT.unpack(data)[0]


def write_signed(fd, n):
    """Write a number to a descriptor."""
    data = SIGNED_STRUCT.pack(n)
    while data:
        written = os.write(fd, data)
        if not written:
            raise RuntimeError('should not get here')
        data = data[written:]


_forkserver = ForkServer()
(ensure_running, get_inherited_fds, connect_to_new_process, set_forkserver_preload) = (
    _forkserver.ensure_running, _forkserver.get_inherited_fds, _forkserver.connect_to_new_process,
    _forkserver.set_forkserver_preload)
