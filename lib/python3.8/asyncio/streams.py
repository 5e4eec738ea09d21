# SPDX-License-Identifier: MIT
"""Streams: connections to be read and written by coroutines."""

__all__ = ('StreamReader', 'StreamWriter', 'StreamReaderProtocol', 'open_connection', 'start_server')

import socket
import sys
import warnings
import weakref

if hasattr(socket, 'AF_UNIX'):
    __all__ += ('open_unix_connection', 'start_unix_server')

from . import coroutines, events, exceptions, format_helpers, protocols
from .log import logger
from .tasks import sleep

_DEFAULT_LIMIT = 2 ** 16        # bytes: of lines, and half of what is buffered


def _loop_of(loop):
    if loop is None:
        return events.get_event_loop()
    warnings.warn("The loop argument is deprecated since Python 3.8, and scheduled for removal in Python 3.10.",
                  DeprecationWarning, stacklevel=3)
    return loop


def _server_factory(client_connected_cb, limit, loop):
    def factory():
        reader = StreamReader(limit=limit, loop=loop)
        return StreamReaderProtocol(reader, client_connected_cb, loop=loop)
    return factory


async def open_connection(host=None, port=None, *, loop=None, limit=_DEFAULT_LIMIT, **kwds):
    """Connect to a TCP server; return (reader, writer).

    limit is of the reader's buffer; the rest as for loop.create_connection().
    """
    loop = _loop_of(loop)
    reader = StreamReader(limit=limit, loop=loop)
    protocol = StreamReaderProtocol(reader, loop=loop)
    transport, _ = await loop.create_connection(lambda: protocol, host, port, **kwds)
    return reader, StreamWriter(transport, protocol, reader, loop)


async def start_server(client_connected_cb, host=None, port=None, *, loop=None, limit=_DEFAULT_LIMIT, **kwds):
    """Make a TCP server; return a Server.

    client_connected_cb(reader, writer) is called for each connection, in a task if it is a coroutine function.
    limit is of the readers' buffers; the rest as for loop.create_server().
    """
    loop = _loop_of(loop)
    return await loop.create_server(_server_factory(client_connected_cb, limit, loop), host, port, **kwds)


if hasattr(socket, 'AF_UNIX'):
    async def open_unix_connection(path=None, *, loop=None, limit=_DEFAULT_LIMIT, **kwds):
        """open_connection() for a Unix socket."""
        loop = _loop_of(loop)
        reader = StreamReader(limit=limit, loop=loop)
        protocol = StreamReaderProtocol(reader, loop=loop)
        transport, _ = await loop.create_unix_connection(lambda: protocol, path, **kwds)
        return reader, StreamWriter(transport, protocol, reader, loop)

    async def start_unix_server(client_connected_cb, path=None, *, loop=None, limit=_DEFAULT_LIMIT, **kwds):
        """start_server() for a Unix socket."""
        loop = _loop_of(loop)
        return await loop.create_unix_server(_server_factory(client_connected_cb, limit, loop), path, **kwds)


class FlowControlMixin(protocols.Protocol):
    """A protocol whose writers can wait until the transport wants more; a subclass says when it is closed."""

    def __init__(self, loop=None):
        self._loop = events.get_event_loop() if loop is None else loop
        self._paused = False
        self._drain_waiter = None
        self._connection_lost = False

    def pause_writing(self):
        assert not self._paused
        self._paused = True
        if self._loop.get_debug():
            logger.debug("%r pauses writing", self)

    def _release(self, exc=None):
        waiter, self._drain_waiter = self._drain_waiter, None
        if waiter is not None and not waiter.done():
            if exc is None:
                waiter.set_result(None)
            else:
                waiter.set_exception(exc)

    def resume_writing(self):
        assert self._paused
        self._paused = False
        if self._loop.get_debug():
            logger.debug("%r resumes writing", self)
        self._release()

    def connection_lost(self, exc):
        self._connection_lost = True
        if self._paused:
            self._release(exc)

    async def _drain_helper(self):
        if self._connection_lost:
            raise ConnectionResetError('Connection lost')
        if not self._paused:
            return
        assert self._drain_waiter is None or self._drain_waiter.cancelled()
        waiter = self._drain_waiter = self._loop.create_future()
        await waiter

    def _get_close_waiter(self, stream):
        raise NotImplementedError


class StreamReaderProtocol(FlowControlMixin, protocols.Protocol):
    """Ties a StreamReader to a transport; for a server it calls the callback for a new connection.

    A server's protocol keeps its reader alive until the callback has it; else the reader is the program's to keep.
    """

    _source_traceback = None

    def __init__(self, stream_reader, client_connected_cb=None, loop=None):
        super().__init__(loop=loop)
        self._stream_reader_wr = self._source_traceback = None
        if stream_reader is not None:
            self._stream_reader_wr = weakref.ref(stream_reader)
            self._source_traceback = stream_reader._source_traceback
        self._strong_reader = None if client_connected_cb is None else stream_reader
        self._reject_connection = False
        self._stream_writer = None
        self._transport = None
        self._client_connected_cb = client_connected_cb
        self._over_ssl = False
        self._closed = self._loop.create_future()

    @property
    def _stream_reader(self):
        return None if self._stream_reader_wr is None else self._stream_reader_wr()

    def connection_made(self, transport):
        if self._reject_connection:
            # Nobody holds the reader any more.
            where = {'source_traceback': self._source_traceback} if self._source_traceback else {}
            self._loop.call_exception_handler({
                'message': 'An open stream was garbage collected prior to establishing network connection; '
                           'call "stream.close()" explicitly.', **where})
            transport.abort()
            return
        self._over_ssl = transport.get_extra_info('sslcontext') is not None
        self._transport = transport
        if (reader := self._stream_reader) is not None:
            reader.set_transport(transport)
        if self._client_connected_cb is not None:
            self._stream_writer = StreamWriter(transport, self, reader, self._loop)
            outcome = self._client_connected_cb(reader, self._stream_writer)
            if coroutines.iscoroutine(outcome):
                self._loop.create_task(outcome)
            self._strong_reader = None

    def connection_lost(self, exc):
        reader, closed = self._stream_reader, self._closed
        if exc is None:
            if reader is not None:
                reader.feed_eof()
            if not closed.done():
                closed.set_result(None)
        else:
            if reader is not None:
                reader.set_exception(exc)
            if not closed.done():
                closed.set_exception(exc)
        super().connection_lost(exc)
        self._stream_reader_wr = self._stream_writer = self._transport = None

    def data_received(self, data):
        if (reader := self._stream_reader) is not None:
            reader.feed_data(data)

    def eof_received(self):
        if (reader := self._stream_reader) is not None:
            reader.feed_eof()
        # With TLS half a connection cannot stay open (asking for that would only warn).
        return not self._over_ssl

    def _get_close_waiter(self, stream):
        return self._closed

    def __del__(self):
        # The exception counts as seen.  There is no future if __init__ failed.
        closed = self.__dict__.get('_closed')
        if closed is not None and closed.done() and not closed.cancelled():
            closed.exception()


class StreamWriter:
    """The end of a connection to write to."""

    def __init__(self, transport, protocol, reader, loop):
        self._transport, self._protocol = transport, protocol
        assert reader is None or isinstance(reader, StreamReader)
        self._reader, self._loop = reader, loop
        self._complete_fut = self._loop.create_future()
        self._complete_fut.set_result(None)

    def __repr__(self):
        words = [self.__class__.__name__, f'transport={self._transport!r}']
        if self._reader is not None:
            words.append(f'reader={self._reader!r}')
        return '<{}>'.format(' '.join(words))

    @property
    def transport(self):
        """The transport."""
        return self._transport

    def write(self, data):
        """Write bytes, now or later; use drain() now and then."""
        self._transport.write(data)

    def writelines(self, data):
        """Write all bytes of an iterable."""
        self._transport.writelines(data)

    def write_eof(self):
        """Tell the other side that nothing more comes."""
        return self._transport.write_eof()

    def can_write_eof(self):
        """Return whether write_eof() is possible."""
        return self._transport.can_write_eof()

    def close(self):
        """Close, after everything is written."""
        return self._transport.close()

    def is_closing(self):
        """Return whether it is closed or going to be."""
        return self._transport.is_closing()

    async def wait_closed(self):
        """Wait until it is closed."""
        await self._protocol._get_close_waiter(self)

    def get_extra_info(self, name, default=None):
        """Return what is known about the connection; see transports."""
        return self._transport.get_extra_info(name, default)

    async def drain(self):
        """Wait until there is room to write; raise what happened to the connection."""
        if self._reader is not None:
            failure = self._reader.exception()
            if failure is not None:
                raise failure
        if self._transport.is_closing():
            # Without a wait the program might never hear that the connection is lost.
            await sleep(0)
        await self._protocol._drain_helper()


class StreamReader:
    """The end of a connection to read from.  limit: how much of the buffer one readuntil() may need, in bytes."""

    _source_traceback = None

    def __init__(self, limit=_DEFAULT_LIMIT, loop=None):
        if limit <= 0:
            raise ValueError('Limit cannot be <= 0')
        self._limit = limit
        self._loop = events.get_event_loop() if loop is None else loop
        self._buffer = bytearray()
        self._eof = False
        self._waiter = None         # of the one who reads
        self._exception = None
        self._transport = None
        self._paused = False
        if self._loop.get_debug():
            self._source_traceback = format_helpers.extract_stack(sys._getframe(1))

    def __repr__(self):
        words = ['StreamReader']
        if self._buffer:
            words.append(f'{len(self._buffer)} bytes')
        if self._eof:
            words.append('eof')
        if self._limit != _DEFAULT_LIMIT:
            words.append(f'limit={self._limit}')
        for name, value in (('waiter', self._waiter), ('exception', self._exception), ('transport', self._transport)):
            if value:
                words.append(f'{name}={value!r}')
        if self._paused:
            words.append('paused')
        return '<{}>'.format(' '.join(words))

    # For the protocol

    def exception(self):
        """Return what happened to the connection, None if nothing did."""
        return self._exception

    def set_exception(self, exc):
        """Something happened to the connection: reading raises that."""
        self._exception = exc
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            waiter.set_exception(exc)

    def _wakeup_waiter(self):
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            waiter.set_result(None)

    def set_transport(self, transport):
        """Say where the data comes from."""
        assert self._transport is None, 'Transport already set'
        self._transport = transport

    def _maybe_resume_transport(self):
        if self._paused and len(self._buffer) <= self._limit:
            self._paused = False
            self._transport.resume_reading()

    def feed_eof(self):
        """Nothing more comes."""
        self._eof = True
        self._wakeup_waiter()

    def at_eof(self):
        """Return whether everything has been read."""
        return self._eof and not self._buffer

    def feed_data(self, data):
        """Data has come."""
        assert not self._eof, 'feed_data after feed_eof'
        if not data:
            return
        self._buffer.extend(data)
        self._wakeup_waiter()
        if self._transport is not None and not self._paused and len(self._buffer) > 2 * self._limit:
            try:
                self._transport.pause_reading()
            except NotImplementedError:
                self._transport = None      # it cannot be told to stop
            else:
                self._paused = True

    # For the program

    async def _wait_for_data(self, func_name):
        """Wait for data or the end."""
        if self._waiter is not None:
            raise RuntimeError(f'{func_name}() called while another coroutine is already waiting for incoming data')
        assert not self._eof, '_wait_for_data after EOF'
        if self._paused:
            # No data would come.
            self._paused = False
            self._transport.resume_reading()
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _check(self):
        if self._exception is not None:
            raise self._exception

    def _take(self, count):
        """The first bytes of the buffer, taken out."""
        data = bytes(memoryview(self._buffer)[:count])
        del self._buffer[:count]
        self._maybe_resume_transport()
        return data

    async def readline(self):
        """Read up to and with the next b'\\n', or what is left at the end; nothing if that is nothing.

        ValueError is raised for a line longer than the limit.
        """
        try:
            return await self.readuntil(b'\n')
        except exceptions.IncompleteReadError as failure:
            return failure.partial
        except exceptions.LimitOverrunError as failure:
            # Take out what was too long.
            if self._buffer.startswith(b'\n', failure.consumed):
                del self._buffer[:failure.consumed + 1]
            else:
                self._buffer.clear()
            self._maybe_resume_transport()
            raise ValueError(failure.args[0])

    async def readuntil(self, separator=b'\n'):
        """Read up to and with a separator.

        IncompleteReadError is raised at the end, with what is left; LimitOverrunError if more than the limit would
        have to be read, which stays in the buffer then.
        """
        length = len(separator)
        if length == 0:
            raise ValueError('Separator should be at least one-byte string')
        self._check()
        searched = 0        # the separator does not begin before
        while True:
            available = len(self._buffer)
            if available - searched >= length:
                found = self._buffer.find(separator, searched)
                if found != -1:
                    break
                searched = available + 1 - length
                if searched > self._limit:
                    raise exceptions.LimitOverrunError('Separator is not found, and chunk exceed the limit', searched)
            if self._eof:
                rest = bytes(self._buffer)
                self._buffer.clear()
                raise exceptions.IncompleteReadError(rest, None)
            await self._wait_for_data('readuntil')
        if found > self._limit:
            raise exceptions.LimitOverrunError('Separator is found, but chunk is longer than limit', found)
        return self._take(found + length)

    async def read(self, n=-1):
        """Read up to n bytes, as soon as there are any; a negative n means all up to the end."""
        self._check()
        if n == 0:
            return b''
        if n < 0:
            # Not just feeding the buffer until the end: that would stop at the limit.
            blocks = []
            while True:
                block = await self.read(self._limit)
                if not block:
                    return b''.join(blocks)
                blocks.append(block)
        if not self._buffer and not self._eof:
            await self._wait_for_data('read')
        return self._take(n)

    async def readexactly(self, n):
        """Read n bytes; IncompleteReadError, with what is left, if there are fewer."""
        if n < 0:
            raise ValueError('readexactly size can not be less than zero')
        self._check()
        if n == 0:
            return b''
        while len(self._buffer) < n:
            if self._eof:
                rest = bytes(self._buffer)
                self._buffer.clear()
                raise exceptions.IncompleteReadError(rest, n)
            await self._wait_for_data('readexactly')
        return self._take(n)

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if line == b'':
            raise StopAsyncIteration
        return line
