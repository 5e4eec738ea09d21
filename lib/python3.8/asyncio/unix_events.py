# SPDX-License-Identifier: MIT
"""The loop of Unix systems: a selector loop with signals, Unix sockets, pipes and child processes.

Child processes are waited for by a watcher, of which there are several kinds; the policy has one.
"""

import errno
import io
import itertools
import os
import selectors
import signal
import socket
import stat
import subprocess
import sys
import threading
import warnings

from . import (base_events, base_subprocess, constants, coroutines, events, exceptions, futures, selector_events, tasks,
               transports)
from .log import logger

__all__ = ('SelectorEventLoop', 'AbstractChildWatcher', 'SafeChildWatcher', 'FastChildWatcher',
           'MultiLoopChildWatcher', 'ThreadedChildWatcher', 'DefaultEventLoopPolicy')

if sys.platform == 'win32':
    raise ImportError('Signals are not really supported on Windows')


def _sighandler_noop(signum, frame):
    """A handler that does nothing: the number of the signal, written to a descriptor, wakes the loop."""


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    """A selector loop with what Unix offers."""

    def __init__(self, selector=None):
        super().__init__(selector)
        self._signal_handlers = {}

    def close(self):
        super().close()
        if not sys.is_finalizing():
            for number in list(self._signal_handlers):
                self.remove_signal_handler(number)
        elif self._signal_handlers:
            warnings.warn(f"Closing the loop {self!r} on interpreter shutdown stage, skipping signal handlers "
                          f"removal", ResourceWarning, source=self)
            self._signal_handlers.clear()
    close.__doc__ = events.AbstractEventLoop.close.__doc__

    # Signals

    def _process_self_data(self, data):
        for number in data:
            if number:      # 0 just wakes
                self._handle_signal(number)

    def add_signal_handler(self, sig, callback, *args):
        """Have callback(*args) called when a signal comes; only in the main thread.

        ValueError is raised for a number that is no signal or cannot be caught, RuntimeError if the system refuses.
        """
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        self._check_signal(sig)
        self._check_closed()
        try:
            # Fails outside the main thread.
            signal.set_wakeup_fd(self._csock.fileno())
        except (ValueError, OSError) as failure:
            raise RuntimeError(str(failure))
        self._signal_handlers[sig] = events.Handle(callback, args, self, None)
        try:
            signal.signal(sig, _sighandler_noop)
            signal.siginterrupt(sig, False)
        except OSError as failure:
            del self._signal_handlers[sig]
            if not self._signal_handlers:
                self._drop_wakeup_fd()
            if failure.errno == errno.EINVAL:
                raise RuntimeError(f'sig {sig} cannot be caught')
            raise

    @staticmethod
    def _drop_wakeup_fd():
        try:
            signal.set_wakeup_fd(-1)
        except (ValueError, OSError) as failure:
            logger.info('set_wakeup_fd(-1) failed: %s', failure)

    def _handle_signal(self, sig):
        handle = self._signal_handlers.get(sig)
        if handle is None:
            return      # removed meanwhile
        if handle._cancelled:
            self.remove_signal_handler(sig)
        else:
            self._add_callback_signalsafe(handle)

    def remove_signal_handler(self, sig):
        """Undo add_signal_handler(); return whether there was anything to undo."""
        self._check_signal(sig)
        if sig not in self._signal_handlers:
            return False
        del self._signal_handlers[sig]
        default = signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL
        try:
            signal.signal(sig, default)
        except OSError as failure:
            if failure.errno == errno.EINVAL:
                raise RuntimeError(f'sig {sig} cannot be caught')
            raise
        if not self._signal_handlers:
            self._drop_wakeup_fd()
        return True

    def _check_signal(self, sig):
        if not isinstance(sig, int):
            raise TypeError(f'sig must be an int, not {sig!r}')
        if sig not in signal.valid_signals():
            raise ValueError(f'invalid signal number {sig}')

    # Transports

    def _make_read_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
        return _UnixReadPipeTransport(self, pipe, protocol, waiter, extra)

    def _make_write_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
        return _UnixWritePipeTransport(self, pipe, protocol, waiter, extra)

    async def _make_subprocess_transport(self, protocol, args, shell, stdin, stdout, stderr, bufsize, extra=None,
                                         **kwargs):
        with events.get_child_watcher() as watcher:
            if not watcher.is_active():
                # Before the child is there: nobody would wait for it.
                raise RuntimeError("asyncio.get_child_watcher() is not activated, subprocess support is not "
                                   "installed.")
            waiter = self.create_future()
            transport = _UnixSubprocessTransport(self, protocol, args, shell, stdin, stdout, stderr, bufsize,
                                                 waiter=waiter, extra=extra, **kwargs)
            watcher.add_child_handler(transport.get_pid(), self._child_watcher_callback, transport)
            try:
                await waiter
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException:
                transport.close()
                await transport._wait()
                raise
        return transport

    def _child_watcher_callback(self, pid, returncode, transp):
        # In any thread.
        self.call_soon_threadsafe(transp._process_exited, returncode)

    # Unix sockets

    async def create_unix_connection(self, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None,
                                     ssl_handshake_timeout=None):
        """create_connection() for a Unix socket."""
        assert server_hostname is None or isinstance(server_hostname, str)
        if ssl:
            if server_hostname is None:
                raise ValueError('you have to pass server_hostname when using ssl')
        else:
            if server_hostname is not None:
                raise ValueError('server_hostname is only meaningful with ssl')
            if ssl_handshake_timeout is not None:
                raise ValueError('ssl_handshake_timeout is only meaningful with ssl')
        if path is not None:
            if sock is not None:
                raise ValueError('path and sock can not be specified at the same time')
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0)
            try:
                sock.setblocking(False)
                await self.sock_connect(sock, os.fspath(path))
            except:
                sock.close()
                raise
        else:
            self._check_unix_socket(sock, 'no path and sock were specified')
            sock.setblocking(False)
        return await self._create_connection_transport(sock, protocol_factory, ssl, server_hostname,
                                                       ssl_handshake_timeout=ssl_handshake_timeout)

    @staticmethod
    def _check_unix_socket(sock, if_none):
        if sock is None:
            raise ValueError(if_none)
        if sock.family != socket.AF_UNIX or sock.type != socket.SOCK_STREAM:
            raise ValueError(f'A UNIX Domain Stream Socket was expected, got {sock!r}')

    async def create_unix_server(self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None,
                                 ssl_handshake_timeout=None, start_serving=True):
        """create_server() for a Unix socket."""
        if isinstance(ssl, bool):
            raise TypeError('ssl argument must be an SSLContext or None')
        if ssl_handshake_timeout is not None and not ssl:
            raise ValueError('ssl_handshake_timeout is only meaningful with ssl')
        if path is not None:
            if sock is not None:
                raise ValueError('path and sock can not be specified at the same time')
            sock = self._bound_unix_socket(os.fspath(path))
        else:
            self._check_unix_socket(sock, 'path was not specified, and no sock specified')
        sock.setblocking(False)
        server = base_events.Server(self, [sock], protocol_factory, ssl, backlog, ssl_handshake_timeout)
        if start_serving:
            server._start_serving()
            await tasks.sleep(0, loop=self)
        return server

    @staticmethod
    def _bound_unix_socket(path):
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        # A socket that an earlier server left behind; abstract names have no file.
        if path[0] not in (0, '\x00'):
            try:
                if stat.S_ISSOCK(os.stat(path).st_mode):
                    os.remove(path)
            except FileNotFoundError:
                pass
            except OSError as failure:
                logger.error('Unable to check or remove stale UNIX socket %r: %r', path, failure)
        try:
            sock.bind(path)
        except OSError as failure:
            sock.close()
            if failure.errno == errno.EADDRINUSE:
                # More than the system says.
                raise OSError(errno.EADDRINUSE, f'Address {path!r} is already in use') from None
            raise
        except:
            sock.close()
            raise
        return sock

    # Files through sockets

    async def _sock_sendfile_native(self, sock, file, offset, count):
        if not hasattr(os, 'sendfile'):
            raise exceptions.SendfileNotAvailableError("os.sendfile() is not available")
        try:
            fileno = file.fileno()
        except (AttributeError, io.UnsupportedOperation):
            raise exceptions.SendfileNotAvailableError("not a regular file")
        try:
            size = os.fstat(fileno).st_size
        except OSError:
            raise exceptions.SendfileNotAvailableError("not a regular file")
        blocksize = count or size
        if not blocksize:
            return 0
        fut = self.create_future()
        self._sock_sendfile_native_impl(fut, None, sock, fileno, offset, count, blocksize, 0)
        return await fut

    def _sock_sendfile_native_impl(self, fut, registered_fd, sock, fileno, offset, count, blocksize, total_sent):
        """Send a block; have this called again when more can be sent."""
        fd = sock.fileno()
        if registered_fd is not None:
            # Not by fd: the socket may have been closed.
            self.remove_writer(registered_fd)
        complete = False
        if count:
            blocksize = count - total_sent
            complete = blocksize <= 0
        if complete or fut.cancelled():
            self._sock_sendfile_update_filepos(fileno, offset, total_sent)
            if not fut.cancelled():
                fut.set_result(total_sent)
            return
        try:
            sent = os.sendfile(fd, fileno, offset, blocksize)
        except (BlockingIOError, InterruptedError):
            if registered_fd is None:
                self._sock_add_cancellation_callback(fut, sock)
            self.add_writer(fd, self._sock_sendfile_native_impl, fut, fd, sock, fileno, offset, count, blocksize,
                            total_sent)
            return
        except OSError as failure:
            if registered_fd is not None and failure.errno == errno.ENOTCONN and type(failure) is not ConnectionError:
                # The socket was closed in between; that is what other operations say then.
                cause = failure
                failure = ConnectionError("socket is not connected", errno.ENOTCONN)
                failure.__cause__ = cause
            if total_sent == 0:
                # Perhaps the file cannot be sent like this.
                reason = exceptions.SendfileNotAvailableError("os.sendfile call failed")
                reason.__cause__ = failure
                failure = reason
            self._sock_sendfile_update_filepos(fileno, offset, total_sent)
            fut.set_exception(failure)
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            self._sock_sendfile_update_filepos(fileno, offset, total_sent)
            fut.set_exception(failure)
            return
        if sent == 0:
            self._sock_sendfile_update_filepos(fileno, offset, total_sent)
            fut.set_result(total_sent)
            return
        if registered_fd is None:
            self._sock_add_cancellation_callback(fut, sock)
        self.add_writer(fd, self._sock_sendfile_native_impl, fut, fd, sock, fileno, offset + sent, count, blocksize,
                        total_sent + sent)

    def _sock_sendfile_update_filepos(self, fileno, offset, total_sent):
        if total_sent > 0:
            os.lseek(fileno, offset, os.SEEK_SET)

    def _sock_add_cancellation_callback(self, fut, sock):
        def stop_waiting(fut):
            # A closed socket has no writer, and no number to ask for it.
            if fut.cancelled() and sock.fileno() != -1:
                self.remove_writer(sock.fileno())
        fut.add_done_callback(stop_waiting)


class _UnixPipeTransport:
    """What both ends of pipes share."""

    def _describe(self, extra):
        words = [self.__class__.__name__]
        if self._pipe is None:
            words.append('closed')
        elif self._closing:
            words.append('closing')
        words.append(f'fd={self._fileno}')
        selector = getattr(self._loop, '_selector', None)
        if self._pipe is not None and selector is not None:
            words += extra(selector)
        elif self._pipe is not None:
            words.append('open')
        else:
            words.append('closed')
        return '<{}>'.format(' '.join(words))

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    def is_closing(self):
        return self._closing

    def __del__(self, _warn=warnings.warn):
        if self._pipe is not None:
            _warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._pipe.close()

    def _report(self, exc, message, expected):
        """Tell of an error, quietly if it is one that is to be expected."""
        if expected:
            if self._loop.get_debug():
                logger.debug("%r: %s", self, message, exc_info=True)
        else:
            self._loop.call_exception_handler({'message': message, 'exception': exc, 'transport': self,
                                               'protocol': self._protocol})

    def _call_connection_lost(self, exc):
        try:
            self._protocol.connection_lost(exc)
        finally:
            self._pipe.close()
            self._pipe = self._protocol = self._loop = None


class _UnixReadPipeTransport(_UnixPipeTransport, transports.ReadTransport):
    """The end of a pipe, socket or terminal to read from."""

    max_size = 256 * 1024       # of one read()

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        super().__init__(extra)
        self._extra['pipe'] = pipe
        self._loop = loop
        self._pipe = pipe
        self._fileno = pipe.fileno()
        self._protocol = protocol
        self._closing = self._paused = False
        mode = os.fstat(self._fileno).st_mode
        if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stat.S_ISCHR(mode)):
            self._pipe = self._fileno = self._protocol = None
            raise ValueError("Pipe transport is for pipes/sockets only.")
        os.set_blocking(self._fileno, False)
        self._loop.call_soon(self._protocol.connection_made, self)
        self._loop.call_soon(self._loop._add_reader, self._fileno, self._read_ready)
        if waiter is not None:
            self._loop.call_soon(futures._set_result_unless_cancelled, waiter, None)

    def __repr__(self):
        def polling(selector):
            reading = selector_events._test_selector_event(selector, self._fileno, selectors.EVENT_READ)
            return ['polling' if reading else 'idle']
        return self._describe(polling)

    def _read_ready(self):
        try:
            data = os.read(self._fileno, self.max_size)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as failure:
            self._fatal_error(failure, 'Fatal read error on pipe transport')
            return
        if data:
            self._protocol.data_received(data)
            return
        if self._loop.get_debug():
            logger.info("%r was closed by peer", self)
        self._loop.call_soon(self._protocol.eof_received)
        self._close(None)

    def _log_reading(self, what):
        if self._loop.get_debug():
            logger.debug("%r " + what + " reading", self)

    def pause_reading(self):
        if not (self._closing or self._paused):
            self._paused = True
            self._loop._remove_reader(self._fileno)
            self._log_reading('pauses')

    def resume_reading(self):
        if self._paused and not self._closing:
            self._paused = False
            self._loop._add_reader(self._fileno, self._read_ready)
            self._log_reading('resumes')

    def close(self):
        if not self._closing:
            self._close(None)

    def _fatal_error(self, exc, message='Fatal error on pipe transport'):
        # EIO is how a terminal ends.
        self._report(exc, message, isinstance(exc, OSError) and exc.errno == errno.EIO)
        self._close(exc)

    def _close(self, exc):
        self._closing = True
        self._loop._remove_reader(self._fileno)
        self._loop.call_soon(self._call_connection_lost, exc)


class _UnixWritePipeTransport(_UnixPipeTransport, transports._FlowControlMixin, transports.WriteTransport):
    """The end of a pipe, socket or device to write to."""

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        super().__init__(extra, loop)
        self._extra['pipe'] = pipe
        self._pipe = pipe
        self._fileno = pipe.fileno()
        self._protocol = protocol
        self._buffer = bytearray()
        self._conn_lost = 0
        self._closing = False       # or going to be, when the buffer is empty
        mode = os.fstat(self._fileno).st_mode
        is_char, is_fifo, is_socket = stat.S_ISCHR(mode), stat.S_ISFIFO(mode), stat.S_ISSOCK(mode)
        if not (is_char or is_fifo or is_socket):
            self._pipe = self._fileno = self._protocol = None
            raise ValueError("Pipe transport is only for pipes, sockets and character devices")
        os.set_blocking(self._fileno, False)
        self._loop.call_soon(self._protocol.connection_made, self)
        # That becomes readable when the other side closes; AIX says so all the time.
        if is_socket or is_fifo and not sys.platform.startswith("aix"):
            self._loop.call_soon(self._loop._add_reader, self._fileno, self._read_ready)
        if waiter is not None:
            self._loop.call_soon(futures._set_result_unless_cancelled, waiter, None)

    def __repr__(self):
        def polling(selector):
            writing = selector_events._test_selector_event(selector, self._fileno, selectors.EVENT_WRITE)
            return ['polling' if writing else 'idle', f'bufsize={self.get_write_buffer_size()}']
        return self._describe(polling)

    def get_write_buffer_size(self):
        return len(self._buffer)

    def _read_ready(self):
        """The other side has closed."""
        if self._loop.get_debug():
            logger.info("%r was closed by peer", self)
        self._close(BrokenPipeError() if self._buffer else None)

    def write(self, data):
        assert isinstance(data, (bytes, bytearray, memoryview)), repr(data)
        if not data:
            return
        if isinstance(data, bytearray):
            data = memoryview(data)     # parts of it without copies
        if self._conn_lost or self._closing:
            if self._conn_lost >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
                logger.warning('pipe closed by peer or os.write(pipe, data) raised exception.')
            self._conn_lost += 1
            return
        if not self._buffer:
            try:
                written = os.write(self._fileno, data)
            except (BlockingIOError, InterruptedError):
                written = 0
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as failure:
                self._conn_lost += 1
                self._fatal_error(failure, 'Fatal write error on pipe transport')
                return
            if written == len(data):
                return
            if written > 0:
                data = memoryview(data)[written:]
            self._loop._add_writer(self._fileno, self._write_ready)
        self._buffer += data
        self._maybe_pause_protocol()

    def _write_ready(self):
        assert self._buffer, 'Data should not be empty'
        try:
            written = os.write(self._fileno, self._buffer)
        except (BlockingIOError, InterruptedError):
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            self._buffer.clear()
            self._conn_lost += 1
            # _fatal_error() leaves the writer alone as the buffer is empty.
            self._loop._remove_writer(self._fileno)
            self._fatal_error(failure, 'Fatal write error on pipe transport')
            return
        if written == len(self._buffer):
            self._buffer.clear()
            self._loop._remove_writer(self._fileno)
            self._maybe_resume_protocol()       # which may write more
            if self._closing:
                self._loop._remove_reader(self._fileno)
                self._call_connection_lost(None)
        elif written > 0:
            del self._buffer[:written]

    def can_write_eof(self):
        return True

    def write_eof(self):
        if not self._closing:
            assert self._pipe
            if self._buffer:
                self._closing = True
            else:
                self._close(None)

    def close(self):
        if self._pipe is not None and not self._closing:
            self.write_eof()

    def abort(self):
        self._close(None)

    def _fatal_error(self, exc, message='Fatal error on pipe transport'):
        self._report(exc, message, isinstance(exc, OSError))
        self._close(exc)

    def _close(self, exc=None):
        loop, number = self._loop, self._fileno
        self._closing = True
        loop._remove_reader(number)
        if self._buffer:
            self._buffer.clear()
            loop._remove_writer(number)
        loop.call_soon(self._call_connection_lost, exc)


class _UnixSubprocessTransport(base_subprocess.BaseSubprocessTransport):
    """A child process."""

    def _start(self, args, shell, stdin, stdout, stderr, bufsize, **kwargs):
        ours = None
        if stdin == subprocess.PIPE:
            # A socketpair: some systems do not tell when the reader of a pipe is gone.
            stdin, ours = socket.socketpair()
        try:
            self._proc = subprocess.Popen(args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr,
                                          universal_newlines=False, bufsize=bufsize, **kwargs)
            if ours is not None:
                stdin.close()
                self._proc.stdin = open(ours.detach(), 'wb', buffering=bufsize)
                ours = None
        finally:
            if ours is not None:
                stdin.close()
                ours.close()


# Watchers

class AbstractChildWatcher:
    """Waits for child processes and calls back when one has ended.

    It is to be used in `with`: a child that is started inside is not missed.
    """

    def add_child_handler(self, pid, callback, *args):
        """Have callback(pid, returncode, *args) called when a child has ended; it may be called in any thread."""
        raise NotImplementedError()

    def remove_child_handler(self, pid):
        """Undo add_child_handler(); return whether there was anything to undo."""
        raise NotImplementedError()

    def attach_loop(self, loop):
        """Use a loop; None lets go of it."""
        raise NotImplementedError()

    def close(self):
        """Let go of everything."""
        raise NotImplementedError()

    def is_active(self):
        """Return whether the ends of children will be noticed."""
        raise NotImplementedError()

    def __enter__(self):
        """Begin to start children; return the watcher."""
        raise NotImplementedError()

    def __exit__(self, a, b, c):
        """From now on children that have ended may be waited for."""
        raise NotImplementedError()


def _compute_returncode(status):
    """The exit status of what waitpid() returns, negative for a signal."""
    if os.WIFSIGNALED(status):
        return -os.WTERMSIG(status)
    # What is neither cannot be, but who knows.
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else status


def _wait_for(pid, flags):
    """(pid, returncode) of waitpid() for one child; pid 0 if it runs, returncode 255 if somebody else has waited."""
    try:
        found, status = os.waitpid(pid, flags)
    except ChildProcessError:
        logger.warning("Unknown child process pid %d, will report returncode 255", pid)
        return pid, 255
    return found, _compute_returncode(status) if found else None


class BaseChildWatcher(AbstractChildWatcher):
    """A watcher that learns from SIGCHLD, by a loop in the main thread."""

    def __init__(self):
        self._loop = None
        self._callbacks = {}        # pid -> (callback, args)

    def close(self):
        self.attach_loop(None)

    def is_active(self):
        return self._loop is not None and self._loop.is_running()

    def _do_waitpid(self, expected_pid):
        raise NotImplementedError()

    def _do_waitpid_all(self):
        raise NotImplementedError()

    def attach_loop(self, loop):
        assert loop is None or isinstance(loop, events.AbstractEventLoop)
        if self._loop is not None and loop is None and self._callbacks:
            warnings.warn('A loop is being detached from a child watcher with pending handlers', RuntimeWarning)
        if self._loop is not None:
            self._loop.remove_signal_handler(signal.SIGCHLD)
        self._loop = loop
        if loop is not None:
            loop.add_signal_handler(signal.SIGCHLD, self._sig_chld)
            # Those that have ended before.
            self._do_waitpid_all()

    def _sig_chld(self):
        try:
            self._do_waitpid_all()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            # The loop must not remove the handler.
            self._loop.call_exception_handler({'message': 'Unknown exception in SIGCHLD handler',
                                               'exception': failure})

    def _log_exit(self, pid, returncode):
        if self._loop.get_debug():
            logger.debug('process %s exited with returncode %s', pid, returncode)


class SafeChildWatcher(BaseChildWatcher):
    """A watcher that asks for each of its children at every SIGCHLD; others are left alone."""

    def close(self):
        self._callbacks.clear()
        super().close()

    def __enter__(self):
        return self

    def __exit__(self, a, b, c):
        pass

    def add_child_handler(self, pid, callback, *args):
        self._callbacks[pid] = callback, args
        self._do_waitpid(pid)       # it may have ended

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def _do_waitpid_all(self):
        for pid in list(self._callbacks):
            self._do_waitpid(pid)

    def _do_waitpid(self, expected_pid):
        assert expected_pid > 0
        pid, returncode = _wait_for(expected_pid, os.WNOHANG)
        if pid == 0:
            return
        self._log_exit(expected_pid, returncode)
        try:
            callback, args = self._callbacks.pop(pid)
        except KeyError:
            # Removed by a callback meanwhile.
            if self._loop.get_debug():
                logger.warning("Child watcher got an unexpected pid: %r", pid, exc_info=True)
        else:
            callback(pid, returncode, *args)


class FastChildWatcher(BaseChildWatcher):
    """A watcher that takes any child that has ended, also those that others wait for."""

    def __init__(self):
        super().__init__()
        self._lock = threading.Lock()
        self._zombies = {}          # pid -> returncode, of unknown children while somebody is in `with`
        self._forks = 0             # how many are

    def close(self):
        for known in self._callbacks, self._zombies:
            known.clear()
        super().close()

    def __enter__(self):
        with self._lock:
            self._forks += 1
        return self

    def __exit__(self, a, b, c):
        unknown = ''
        with self._lock:
            self._forks -= 1
            # The last one to leave: nobody will ask for the others.
            if self._zombies and not self._forks:
                unknown = str(self._zombies)
                self._zombies.clear()
        if unknown:
            logger.warning("Caught subprocesses termination from unknown pids: %s", unknown)

    def add_child_handler(self, pid, callback, *args):
        assert self._forks, "Must use the context manager"
        with self._lock:
            try:
                returncode = self._zombies.pop(pid)
            except KeyError:
                self._callbacks[pid] = callback, args
                return
        # It has ended already.
        callback(pid, returncode, *args)

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def _do_waitpid_all(self):
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return      # no children
            if pid == 0:
                return      # none that has ended
            self._ended(pid, _compute_returncode(status))

    def _ended(self, pid, returncode):
        with self._lock:
            callback, args = self._callbacks.pop(pid, (None, None))
            if callback is None and self._forks:
                # It may be added in a moment.
                self._zombies[pid] = returncode
                if self._loop.get_debug():
                    logger.debug('unknown process %s exited with returncode %s', pid, returncode)
                return
            if callback is not None:
                self._log_exit(pid, returncode)
        if callback is None:
            logger.warning("Caught subprocess termination from unknown pid: %d -> %d", pid, returncode)
        else:
            callback(pid, returncode, *args)


class MultiLoopChildWatcher(AbstractChildWatcher):
    """A watcher with a handler for SIGCHLD, that works for loops in any thread."""

    def __init__(self):
        self._callbacks = {}            # pid -> (loop, callback, args)
        self._saved_sighandler = None   # what handled SIGCHLD before

    def is_active(self):
        return self._saved_sighandler is not None

    def close(self):
        self._callbacks.clear()
        if self._saved_sighandler is None:
            return
        if signal.getsignal(signal.SIGCHLD) == self._sig_chld:
            signal.signal(signal.SIGCHLD, self._saved_sighandler)
        else:
            logger.warning("SIGCHLD handler was changed by outside code")
        self._saved_sighandler = None

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        pass

    def add_child_handler(self, pid, callback, *args):
        self._callbacks[pid] = events.get_running_loop(), callback, args
        self._do_waitpid(pid)

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def attach_loop(self, loop):
        # The loop does not matter, but the thread does: it must be the main one.
        if self._saved_sighandler is not None:
            return
        self._saved_sighandler = signal.signal(signal.SIGCHLD, self._sig_chld)
        if self._saved_sighandler is None:
            logger.warning("Previous SIGCHLD handler was set by non-Python code, restore to default handler on "
                           "watcher close.")
            self._saved_sighandler = signal.SIG_DFL
        signal.siginterrupt(signal.SIGCHLD, False)

    def _do_waitpid_all(self):
        # A child that has ended leaves the table.
        for expected in tuple(self._callbacks):
            self._do_waitpid(expected)

    def _do_waitpid(self, expected_pid):
        known = True
        assert expected_pid > 0
        try:
            pid, status = os.waitpid(expected_pid, os.WNOHANG)
        except ChildProcessError:
            # Somebody else has waited for it.
            pid, known, returncode = expected_pid, False, 255
            logger.warning("Unknown child process pid %d, will report returncode 255", pid)
        else:
            if not pid:
                return
            returncode = _compute_returncode(status)
        try:
            loop, callback, args = self._callbacks.pop(pid)
        except KeyError:
            logger.warning("Child watcher got an unexpected pid: %r", pid, exc_info=True)
            return
        if loop.is_closed():
            logger.warning("Loop %r that handles pid %r is closed", loop, pid)
        else:
            if known and loop.get_debug():
                logger.debug('process %s exited with returncode %s', expected_pid, returncode)
            loop.call_soon_threadsafe(callback, pid, returncode, *args)

    def _sig_chld(self, signum, frame):
        try:
            self._do_waitpid_all()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            logger.warning('Unknown exception in SIGCHLD handler', exc_info=True)


class ThreadedChildWatcher(AbstractChildWatcher):
    """A watcher that waits for each child in a thread of its own; it needs no signals."""

    def __init__(self):
        self._pid_counter = itertools.count(0)
        self._threads = {}      # pid -> thread

    def is_active(self):
        return True

    def close(self):
        self._join_threads()

    def _join_threads(self):
        """Wait for all threads that are not daemons."""
        for thread in list(self._threads.values()):
            if thread.is_alive() and not thread.daemon:
                thread.join()

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        pass

    def __del__(self, _warn=warnings.warn):
        if [thread for thread in list(self._threads.values()) if thread.is_alive()]:
            _warn(f"{self.__class__} has registered but not finished child processes", ResourceWarning, source=self)

    def add_child_handler(self, pid, callback, *args):
        loop = events.get_running_loop()
        thread = threading.Thread(target=self._do_waitpid, name=f"waitpid-{next(self._pid_counter)}",
                                  args=(loop, pid, callback, args), daemon=True)
        self._threads[pid] = thread
        thread.start()

    def remove_child_handler(self, pid):
        # A thread that waits cannot be stopped; and nobody has to know that it goes on.
        return True

    def attach_loop(self, loop):
        pass

    def _do_waitpid(self, loop, expected_pid, callback, args):
        """What a thread does."""
        assert expected_pid > 0
        pid, returncode = _wait_for(expected_pid, 0)
        if loop.get_debug():
            logger.debug('process %s exited with returncode %s', expected_pid, returncode)
        if loop.is_closed():
            logger.warning("Loop %r that handles pid %r is closed", loop, pid)
        else:
            loop.call_soon_threadsafe(callback, pid, returncode, *args)
        self._threads.pop(expected_pid)


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    """The policy of Unix systems: with a watcher for child processes."""

    _loop_factory = _UnixSelectorEventLoop

    def __init__(self):
        super().__init__()
        self._watcher = None

    def _init_watcher(self):
        with events._lock:
            if self._watcher is None:
                self._watcher = ThreadedChildWatcher()
                if threading.current_thread() is threading.main_thread():
                    self._watcher.attach_loop(self._local._loop)

    def set_event_loop(self, loop):
        """Set the loop of the thread; in the main thread the watcher uses it too."""
        super().set_event_loop(loop)
        if self._watcher is not None and threading.current_thread() is threading.main_thread():
            self._watcher.attach_loop(loop)

    def get_child_watcher(self):
        """Return the watcher; one is made if there is none."""
        if self._watcher is None:
            self._init_watcher()
        return self._watcher

    def set_child_watcher(self, watcher):
        """Set the watcher."""
        assert watcher is None or isinstance(watcher, AbstractChildWatcher)
        if self._watcher is not None:
            self._watcher.close()
        self._watcher = watcher


SelectorEventLoop = _UnixSelectorEventLoop
DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
