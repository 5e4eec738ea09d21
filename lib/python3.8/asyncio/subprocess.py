# SPDX-License-Identifier: MIT
"""Child processes with streams for their pipes."""

__all__ = 'create_subprocess_exec', 'create_subprocess_shell'

import subprocess
import warnings

from . import events, protocols, streams, tasks
from .log import logger

PIPE = subprocess.PIPE
STDOUT = subprocess.STDOUT
DEVNULL = subprocess.DEVNULL


class SubprocessStreamProtocol(streams.FlowControlMixin, protocols.SubprocessProtocol):
    """Makes streams of the pipes of a child process."""

    def __init__(self, limit, loop):
        super().__init__(loop=loop)
        self._limit = limit
        self.stdin = self.stdout = self.stderr = None
        self._transport = None
        self._process_exited = False
        self._pipe_fds = []         # of the pipes that are still open to read
        self._stdin_closed = self._loop.create_future()

    def __repr__(self):
        words = [self.__class__.__name__]
        words += [f'{name}={getattr(self, name)!r}' for name in ('stdin', 'stdout', 'stderr')
                  if getattr(self, name) is not None]
        return '<{}>'.format(' '.join(words))

    def connection_made(self, transport):
        self._transport = transport
        for fd, name in (1, 'stdout'), (2, 'stderr'):
            pipe = transport.get_pipe_transport(fd)
            if pipe is not None:
                reader = streams.StreamReader(limit=self._limit, loop=self._loop)
                reader.set_transport(pipe)
                setattr(self, name, reader)
                self._pipe_fds.append(fd)
        pipe = transport.get_pipe_transport(0)
        if pipe is not None:
            self.stdin = streams.StreamWriter(pipe, protocol=self, reader=None, loop=self._loop)

    def _reader(self, fd):
        return {1: self.stdout, 2: self.stderr}.get(fd)

    def pipe_data_received(self, fd, data):
        reader = self._reader(fd)
        if reader is not None:
            reader.feed_data(data)

    def pipe_connection_lost(self, fd, exc):
        if fd == 0:
            if self.stdin is not None:
                self.stdin.close()
            self.connection_lost(exc)
            if exc is None:
                self._stdin_closed.set_result(None)
            else:
                self._stdin_closed.set_exception(exc)
            return
        if (reader := self._reader(fd)) is None:
            pass
        elif exc is not None:
            reader.set_exception(exc)
        else:
            reader.feed_eof()
        self._pipe_fds = [other for other in self._pipe_fds if other != fd]
        self._maybe_close_transport()

    def process_exited(self):
        self._process_exited = True
        self._maybe_close_transport()

    def _maybe_close_transport(self):
        # Not before everything is read.
        if not self._pipe_fds and self._process_exited:
            self._transport.close()
            self._transport = None

    def _get_close_waiter(self, stream):
        if stream is self.stdin:
            return self._stdin_closed


class Process:
    """A child process.  Attributes: stdin (a StreamWriter), stdout, stderr (StreamReaders), each or None; pid."""

    def __init__(self, transport, protocol, loop):
        self._transport, self._protocol, self._loop = transport, protocol, loop
        self.stdin, self.stdout, self.stderr = protocol.stdin, protocol.stdout, protocol.stderr
        self.pid = transport.get_pid()

    def __repr__(self):
        return f'<{self.__class__.__name__} {self.pid}>'

    @property
    def returncode(self):
        """The exit status, -N if it died of signal N, None as long as it runs."""
        return self._transport.get_returncode()

    async def wait(self):
        """Wait for the end and return the exit status."""
        return await self._transport._wait()

    def send_signal(self, signal):
        """Send a signal."""
        self._transport.send_signal(signal)

    def terminate(self):
        """Ask the process to end (SIGTERM)."""
        self._transport.terminate()

    def kill(self):
        """Make the process end (SIGKILL)."""
        self._transport.kill()

    async def _feed_stdin(self, input):
        debug = self._loop.get_debug()
        self.stdin.write(input)
        if debug:
            logger.debug('%r communicate: feed stdin (%s bytes)', self, len(input))
        try:
            await self.stdin.drain()
        except (BrokenPipeError, ConnectionResetError) as failure:
            # The child does not want it; as with Popen, that is no error.
            if debug:
                logger.debug('%r communicate: stdin got %r', self, failure)
        if debug:
            logger.debug('%r communicate: close stdin', self)
        self.stdin.close()

    async def _noop(self):
        return None

    async def _read_stream(self, fd):
        assert fd in (1, 2)
        transport = self._transport.get_pipe_transport(fd)
        stream, name = (self.stdout, 'stdout') if fd == 1 else (self.stderr, 'stderr')
        debug = self._loop.get_debug()
        if debug:
            logger.debug('%r communicate: read %s', self, name)
        output = await stream.read()
        if debug:
            logger.debug('%r communicate: close %s', self, name)
        transport.close()
        return output

    async def communicate(self, input=None):
        """Write input, read all that the process writes, wait for it; return (stdout, stderr), each bytes or None."""
        jobs = [self._noop() if input is None else self._feed_stdin(input),
                self._noop() if self.stdout is None else self._read_stream(1),
                self._noop() if self.stderr is None else self._read_stream(2)]
        _, out, err = await tasks.gather(*jobs, loop=self._loop)
        await self.wait()
        return out, err


def _loop_of(loop):
    if loop is None:
        return events.get_event_loop()
    warnings.warn("The loop argument is deprecated since Python 3.8 and scheduled for removal in Python 3.10.",
                  DeprecationWarning, stacklevel=3)
    return loop


async def create_subprocess_shell(cmd, stdin=None, stdout=None, stderr=None, loop=None, limit=streams._DEFAULT_LIMIT,
                                  **kwds):
    """Run a shell command and return a Process; limit is of the buffers, the rest as for subprocess.Popen."""
    loop = _loop_of(loop)
    transport, protocol = await loop.subprocess_shell(lambda: SubprocessStreamProtocol(limit=limit, loop=loop), cmd,
                                                      stdin=stdin, stdout=stdout, stderr=stderr, **kwds)
    return Process(transport, protocol, loop)


async def create_subprocess_exec(program, *args, stdin=None, stdout=None, stderr=None, loop=None,
                                 limit=streams._DEFAULT_LIMIT, **kwds):
    """Run a program and return a Process; limit is of the buffers, the rest as for subprocess.Popen."""
    loop = _loop_of(loop)
    transport, protocol = await loop.subprocess_exec(lambda: SubprocessStreamProtocol(limit=limit, loop=loop),
                                                     program, *args, stdin=stdin, stdout=stdout, stderr=stderr,
                                                     **kwds)
    return Process(transport, protocol, loop)
