# SPDX-License-Identifier: MIT
"""The transport of a child process, but for starting it; and the protocols of its pipes."""

import collections
import subprocess
import warnings

from . import protocols, transports
from .log import logger


class BaseSubprocessTransport(transports.SubprocessTransport):
    """A child process and its pipes; a subclass starts it in _start()."""

    def __init__(self, loop, protocol, args, shell, stdin, stdout, stderr, bufsize, waiter=None, extra=None, **kwargs):
        super().__init__(extra)
        self._closed = False
        self._protocol = protocol
        self._loop = loop
        self._proc = self._pid = self._returncode = None
        self._exit_waiters = []
        self._pending_calls = collections.deque()       # of the protocol, until the pipes are connected
        self._pipes = {fd: None for fd, what in enumerate((stdin, stdout, stderr)) if what == subprocess.PIPE}
        self._finished = False
        try:
            self._start(args=args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr, bufsize=bufsize, **kwargs)
        except:
            self.close()
            raise
        self._pid = self._proc.pid
        self._extra['subprocess'] = self._proc
        if self._loop.get_debug():
            program = args if isinstance(args, (bytes, str)) else args[0]
            logger.debug('process %r created: pid %s', program, self._pid)
        self._loop.create_task(self._connect_pipes(waiter))

    def __repr__(self):
        words = [self.__class__.__name__]
        if self._closed:
            words.append('closed')
        if self._pid is not None:
            words.append(f'pid={self._pid}')
        if self._returncode is not None:
            words.append(f'returncode={self._returncode}')
        elif self._pid is not None:
            words.append('running')
        else:
            words.append('not started')
        if 0 in self._pipes:
            words.append(f'stdin={self._pipes[0].pipe}')
        if 1 in self._pipes and 2 in self._pipes and self._pipes[1] is self._pipes[2]:
            words.append(f'stdout=stderr={self._pipes[1].pipe}')
        else:
            words += [f'{name}={self._pipes[fd].pipe}' for fd, name in ((1, 'stdout'), (2, 'stderr'))
                      if fd in self._pipes]
        return '<{}>'.format(' '.join(words))

    def _start(self, args, shell, stdin, stdout, stderr, bufsize, **kwargs):
        raise NotImplementedError

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    def is_closing(self):
        return self._closed

    def close(self):
        if self._closed:
            return
        self._closed = True
        for proto in self._pipes.values():
            if proto is not None:
                proto.pipe.close()
        # poll() rather than what the watcher may not have told yet: the number might be another process's by now.
        if self._proc is not None and self._returncode is None and self._proc.poll() is None:
            if self._loop.get_debug():
                logger.warning('Close running child process: kill %r', self)
            try:
                self._proc.kill()
            except ProcessLookupError:
                pass
            # The watcher still waits for it.

    def __del__(self, _warn=warnings.warn):
        if not self._closed:
            _warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self.close()

    def get_pid(self):
        return self._pid

    def get_returncode(self):
        return self._returncode

    def get_pipe_transport(self, fd):
        return self._pipes[fd].pipe if fd in self._pipes else None

    def _check_proc(self):
        process = self._proc
        if process is None:
            raise ProcessLookupError()
        return process

    def send_signal(self, signal):
        self._check_proc().send_signal(signal)

    def kill(self):
        self._check_proc().kill()

    def terminate(self):
        self._check_proc().terminate()

    async def _connect_pipes(self, waiter):
        """Make transports of the pipes; then the protocol hears of everything."""
        try:
            process, loop = self._proc, self._loop
            if process.stdin is not None:
                _, proto = await loop.connect_write_pipe(lambda: WriteSubprocessPipeProto(self, 0), process.stdin)
                self._pipes[0] = proto
            for fd, pipe in (1, process.stdout), (2, process.stderr):
                if pipe is not None:
                    _, proto = await loop.connect_read_pipe(lambda fd=fd: ReadSubprocessPipeProto(self, fd), pipe)
                    self._pipes[fd] = proto
            loop.call_soon(self._protocol.connection_made, self)
            pending, self._pending_calls = self._pending_calls, None
            for callback, data in pending:
                loop.call_soon(callback, *data)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            if waiter is not None and not waiter.cancelled():
                waiter.set_exception(failure)
        else:
            if waiter is not None and not waiter.cancelled():
                waiter.set_result(None)

    def _call(self, cb, *data):
        if self._pending_calls is None:
            self._loop.call_soon(cb, *data)
        else:
            self._pending_calls.append((cb, data))

    def _pipe_data_received(self, fd, data):
        self._call(self._protocol.pipe_data_received, fd, data)

    def _pipe_connection_lost(self, fd, exc):
        self._call(self._protocol.pipe_connection_lost, fd, exc)
        self._try_finish()

    def _process_exited(self, returncode):
        """The child has ended; called by the watcher."""
        assert (returncode is None, self._returncode) == (False, None), (returncode, self._returncode)
        if self._loop.get_debug():
            logger.info('%r exited with return code %r', self, returncode)
        self._returncode = returncode
        if self._proc.returncode is None:
            # Popen did not see it itself, and must not warn.
            self._proc.returncode = returncode
        self._call(self._protocol.process_exited)
        self._try_finish()
        for waiter in self._exit_waiters:
            if not waiter.cancelled():
                waiter.set_result(returncode)
        self._exit_waiters = None

    async def _wait(self):
        """Wait for the end of the child and return its exit status."""
        if self._returncode is not None:
            return self._returncode
        waiter = self._loop.create_future()
        self._exit_waiters.append(waiter)
        return await waiter

    def _try_finish(self):
        """If the child and all its pipes have ended, so has the connection."""
        assert not self._finished
        if self._returncode is None:
            return
        if all(proto is not None and proto.disconnected for proto in self._pipes.values()):
            self._finished = True
            self._call(self._call_connection_lost, None)

    def _call_connection_lost(self, exc):
        try:
            self._protocol.connection_lost(exc)
        finally:
            self._loop = self._proc = self._protocol = None


class WriteSubprocessPipeProto(protocols.BaseProtocol):
    """The protocol of the pipe to the child's standard input."""

    def __init__(self, proc, fd):
        self.proc, self.fd = proc, fd
        self.pipe = None
        self.disconnected = False

    def connection_made(self, transport):
        self.pipe = transport

    def __repr__(self):
        return f'<{self.__class__.__name__} fd={self.fd} pipe={self.pipe!r}>'

    def connection_lost(self, exc):
        self.disconnected = True
        self.proc._pipe_connection_lost(self.fd, exc)
        self.proc = None

    def pause_writing(self):
        self.proc._protocol.pause_writing()

    def resume_writing(self):
        self.proc._protocol.resume_writing()


class ReadSubprocessPipeProto(WriteSubprocessPipeProto, protocols.Protocol):
    """The protocol of a pipe from the child."""

    def data_received(self, data):
        self.proc._pipe_data_received(self.fd, data)
