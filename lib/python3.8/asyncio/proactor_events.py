# SPDX-License-Identifier: MIT
"""A loop that waits by a proactor, and its transports: operations are begun and bring their results as futures.

Only Windows has proactors; this part does not depend on that.  A proactor has recv, recv_into, send, sendto,
recvfrom, sendfile, accept and connect, which return futures.
"""

__all__ = 'BaseProactorEventLoop',

import collections
import io
import os
import signal
import socket
import threading
import warnings

from . import base_events, constants, exceptions, futures, protocols, sslproto, transports, trsock
from .log import logger


def _set_socket_extra(transport, sock):
    extra = transport._extra
    extra['socket'] = trsock.TransportSocket(sock)
    debug = transport._loop.get_debug()
    try:
        extra['sockname'] = sock.getsockname()
    except socket.error:
        if debug:
            logger.warning("getsockname() failed on %r", sock, exc_info=True)
    if 'peername' not in extra:
        try:
            extra['peername'] = sock.getpeername()
        except socket.error:
            extra['peername'] = None    # it may not be connected


class _ProactorBasePipeTransport(transports._FlowControlMixin, transports.BaseTransport):
    """What all transports here share."""

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        super().__init__(extra, loop)
        self._set_extra(sock)
        self._sock = sock
        self.set_protocol(protocol)
        self._server = server
        self._buffer = None             # what waits to be written
        self._read_fut = self._write_fut = None     # operations that were begun
        self._pending_write = 0         # bytes in _write_fut
        self._conn_lost = 0
        self._closing = False
        self._eof_written = False
        if self._server is not None:
            self._server._attach()
        self._loop.call_soon(self._protocol.connection_made, self)
        if waiter is not None:
            self._loop.call_soon(futures._set_result_unless_cancelled, waiter, None)

    def __repr__(self):
        words = [self.__class__.__name__]
        if self._sock is None:
            words.append('closed')
        elif self._closing:
            words.append('closing')
        if self._sock is not None:
            words.append(f'fd={self._sock.fileno()}')
        for name, future in ('read', self._read_fut), ('write', self._write_fut):
            if future is not None:
                words.append(f'{name}={future!r}')
        if self._buffer:
            words.append(f'write_bufsize={len(self._buffer)}')
        if self._eof_written:
            words.append('EOF written')
        return '<{}>'.format(' '.join(words))

    def _set_extra(self, sock):
        self._extra['pipe'] = sock

    def get_protocol(self):
        return self._protocol

    def set_protocol(self, protocol):
        self._protocol = protocol

    def is_closing(self):
        return self._closing

    def _write_is_lost(self, warning):
        """Return whether the connection is gone; count the attempts to write, and warn of the later ones."""
        lost = self._conn_lost
        if lost:
            self._conn_lost = lost + 1
            if lost >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
                logger.warning(warning)
        return lost > 0

    def _cancel_operation(self, name):
        """Cancel a read or write that was begun, if any."""
        future = getattr(self, name)
        if future is not None:
            future.cancel()
            setattr(self, name, None)

    def close(self):
        if not self._closing:
            self._conn_lost += 1
            self._closing = True
            writing = self._buffer or self._write_fut is not None
            if not writing:
                self._loop.call_soon(self._call_connection_lost, None)
            self._cancel_operation('_read_fut')

    def __del__(self, _warn=warnings.warn):
        if self._sock is not None:
            _warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self.close()

    def _fatal_error(self, exc, message='Fatal error on pipe transport'):
        try:
            if not isinstance(exc, OSError):
                self._loop.call_exception_handler({'message': message, 'exception': exc, 'transport': self,
                                                   'protocol': self._protocol})
            elif self._loop.get_debug():
                logger.debug("%r: %s", self, message, exc_info=True)
        finally:
            self._force_close(exc)

    def _force_close(self, exc):
        waiter = getattr(self, '_empty_waiter', None)
        if waiter is not None and not waiter.done():
            if exc is None:
                waiter.set_result(None)
            else:
                waiter.set_exception(exc)
        if self._closing:
            return
        self._closing = True
        self._conn_lost += 1
        self._cancel_operation('_write_fut')
        self._cancel_operation('_read_fut')
        self._pending_write = 0
        self._buffer = None
        self._loop.call_soon(self._call_connection_lost, exc)

    def _call_connection_lost(self, exc):
        try:
            self._protocol.connection_lost(exc)
        finally:
            # Operations that are still going on fail; on Windows that takes shutdown().
            if hasattr(self._sock, 'shutdown') and self._sock.fileno() != -1:
                self._sock.shutdown(socket.SHUT_RDWR)
            self._sock.close()
            self._sock = None
            server, self._server = self._server, None
            if server is not None:
                server._detach()

    def get_write_buffer_size(self):
        return self._pending_write + (0 if self._buffer is None else len(self._buffer))


class _ProactorReadPipeTransport(_ProactorBasePipeTransport, transports.ReadTransport):
    """A transport to read from."""

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        self._pending_data = None       # that came while reading was paused
        self._paused = True             # until reading begins
        super().__init__(loop, sock, protocol, waiter, extra, server)
        self._loop.call_soon(self._loop_reading)
        self._paused = False

    def is_reading(self):
        return not self._paused and not self._closing

    def _log(self, what):
        if self._loop.get_debug():
            logger.debug("%r " + what, self)

    def pause_reading(self):
        if not (self._closing or self._paused):
            # What has begun goes on: its data is kept until reading is resumed.
            self._paused = True
            self._log("pauses reading")

    def resume_reading(self):
        if self._closing or not self._paused:
            return
        data, self._pending_data = self._pending_data, None
        self._paused = False
        if self._read_fut is None:
            self._loop.call_soon(self._loop_reading, None)
        if data is not None:
            # In a round of its own: the protocol may not expect it now.
            self._loop.call_soon(self._data_received, data)
        self._log("resumes reading")

    def _eof_received(self):
        self._log("received EOF")
        try:
            keep_open = self._protocol.eof_received()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            self._fatal_error(failure, 'Fatal error: protocol.eof_received() call failed.')
            return
        if not keep_open:
            self.close()

    def _data_received(self, data):
        if self._paused:
            assert self._pending_data is None
            self._pending_data = data
        elif not data:
            self._eof_received()
        elif isinstance(self._protocol, protocols.BufferedProtocol):
            try:
                protocols._feed_data_to_buffered_proto(self._protocol, data)
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as failure:
                self._fatal_error(failure, 'Fatal error: protocol.buffer_updated() call failed.')
        else:
            self._protocol.data_received(data)

    def _loop_reading(self, fut=None):
        """Take the result of a read and begin the next."""
        arrived = []        # at most one piece; b'' is the end
        try:
            self._read_step(fut, arrived)
        except OSError as failure:
            self._read_failed(failure)
        except exceptions.CancelledError:
            if not self._closing:
                raise
        finally:
            for data in arrived:
                self._data_received(data)

    def _read_step(self, fut, arrived):
        """Add what a read gave to arrived (it may have failed), and begin the next."""
        if fut is not None:
            assert self._read_fut is fut or (self._read_fut is None and self._closing)
            self._read_fut = None
            if not fut.done():
                fut.cancel()
            else:
                arrived.append(fut.result())
        if self._closing:
            arrived.clear()     # nobody wants it
        elif not self._paused and b'' not in arrived:
            self._read_fut = self._loop._proactor.recv(self._sock, 32768)
            self._read_fut.add_done_callback(self._loop_reading)

    def _read_failed(self, failure):
        if isinstance(failure, ConnectionResetError):
            self._force_close(failure)
        elif not self._closing or not isinstance(failure, ConnectionAbortedError):
            self._fatal_error(failure, 'Fatal read error on pipe transport')
        elif self._loop.get_debug():
            logger.debug("Read error on pipe transport while closing", exc_info=True)


class _ProactorBaseWritePipeTransport(_ProactorBasePipeTransport, transports.WriteTransport):
    """A transport to write to: one write at a time goes on, the rest is in the buffer."""

    _start_tls_compatible = True

    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        self._empty_waiter = None

    def write(self, data):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__}")
        obstacle = ('write_eof() already called' if self._eof_written
                    else 'unable to write; sendfile is in progress' if self._empty_waiter is not None else None)
        if obstacle:
            raise RuntimeError(obstacle)
        if data and not self._write_is_lost('socket.send() raised exception.'):
            if self._write_fut is not None:
                if self._buffer is None:
                    self._buffer = bytearray()
                self._buffer += data
                self._maybe_pause_protocol()
            else:
                assert self._buffer is None
                # A copy, as the caller may change the data.
                self._loop_writing(data=bytes(data))

    def _loop_writing(self, f=None, data=None):
        """Take the result of a write and begin the next."""
        try:
            if f is not None and self._write_fut is None and self._closing:
                return      # closed by force
            assert f is self._write_fut
            self._write_fut = None
            self._pending_write = 0
            if f:
                f.result()
            if data is None:
                data, self._buffer = self._buffer, None
            if data:
                self._send(data)
            else:
                self._all_written()
        except ConnectionResetError as failure:
            self._force_close(failure)
        except OSError as failure:
            self._fatal_error(failure, 'Fatal write error on pipe transport')

    def _send(self, data):
        """Begin to write data; while that goes on, its bytes count as waiting."""
        assert self._pending_write == 0
        going_on = self._write_fut = self._loop._proactor.send(self._sock, data)
        if not going_on.done():
            self._pending_write = len(data)
        going_on.add_done_callback(self._loop_writing)
        if self._pending_write:
            self._maybe_pause_protocol()

    def _all_written(self):
        if self._closing:
            self._loop.call_soon(self._call_connection_lost, None)
        if self._eof_written:
            self._sock.shutdown(socket.SHUT_WR)
        # Not while anything is left; the protocol may write again.
        self._maybe_resume_protocol()
        if self._empty_waiter is not None and self._write_fut is None:
            self._empty_waiter.set_result(None)

    def can_write_eof(self):
        return True

    def write_eof(self):
        self.close()

    def abort(self):
        self._force_close(None)

    def _make_empty_waiter(self):
        if self._empty_waiter is not None:
            raise RuntimeError("Empty waiter is already set")
        waiter = self._empty_waiter = self._loop.create_future()
        if self._write_fut is None:
            waiter.set_result(None)
        return waiter

    def _reset_empty_waiter(self):
        self._empty_waiter = None


class _ProactorWritePipeTransport(_ProactorBaseWritePipeTransport):
    """A pipe to write to; a read that ends tells that it is closed."""

    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        self._read_fut = self._loop._proactor.recv(self._sock, 16)
        self._read_fut.add_done_callback(self._pipe_closed)

    def _pipe_closed(self, fut):
        if fut.cancelled():
            return      # by close()
        assert fut.result() == b''
        expected = None if self._closing else fut
        assert self._read_fut is expected, (fut, self._read_fut)
        self._read_fut = None
        if expected is None:
            return
        if self._write_fut is None:
            self.close()
        else:
            self._force_close(BrokenPipeError())


class _ProactorDatagramTransport(_ProactorBasePipeTransport):
    """A transport for datagrams; _buffer holds pairs (data, address)."""

    max_size = 256 * 1024

    def __init__(self, loop, sock, protocol, address=None, waiter=None, extra=None):
        self._address = address
        self._empty_waiter = None
        # No waiter yet: reading must have begun.
        super().__init__(loop, sock, protocol, waiter=waiter, extra=extra)
        self._buffer = collections.deque()
        self._loop.call_soon(self._loop_reading)

    def abort(self):
        self._force_close(None)

    def get_write_buffer_size(self):
        return sum(len(data) for data, _ in self._buffer)

    def _set_extra(self, sock):
        _set_socket_extra(self, sock)

    def sendto(self, data, addr=None):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError('data argument must be bytes-like object (%r)', type(data))
        if not data:
            return
        if self._address is not None and addr not in (None, self._address):
            raise ValueError(f'Invalid address: must be None or {self._address}')
        if self._address and self._write_is_lost('socket.sendto() raised exception.'):
            return
        self._buffer.append((bytes(data), addr))
        if self._write_fut is None:
            self._loop_writing()
        self._maybe_pause_protocol()

    def _loop_writing(self, fut=None):
        try:
            going_on = None if self._conn_lost else self._write_step(fut)
        except OSError as failure:
            self._protocol.error_received(failure)
        except Exception as failure:
            self._fatal_error(failure, 'Fatal write error on datagram transport')
        else:
            if going_on is not None:
                going_on.add_done_callback(self._loop_writing)
                self._maybe_resume_protocol()

    def _write_step(self, fut):
        """Take the result of a write; return the future of the next, None if nothing waits."""
        assert fut is self._write_fut
        if fut is not None:
            self._write_fut = None
            fut.result()
        if self._buffer:
            data, addr = self._buffer.popleft()
            proactor = self._loop._proactor
            if self._address is None:
                self._write_fut = proactor.sendto(self._sock, data, addr=addr)
            else:
                self._write_fut = proactor.send(self._sock, data)
        elif self._closing:
            self._loop.call_soon(self._call_connection_lost, None)
        return self._write_fut

    def _loop_reading(self, fut=None):
        arrived = []        # at most one datagram and where it came from
        try:
            if not self._conn_lost:
                self._read_step(fut, arrived)
        except exceptions.CancelledError:
            if not self._closing:
                raise
        except OSError as failure:
            self._protocol.error_received(failure)
        finally:
            for data, addr in arrived:
                self._protocol.datagram_received(data, addr)

    def _read_step(self, fut, arrived):
        """Add what a read gave to arrived, and begin the next."""
        assert self._read_fut is fut or (self._read_fut is None and self._closing)
        self._read_fut = None
        bound = self._address is not None
        if fut is not None:
            data, addr = (fut.result(), self._address) if bound else fut.result()
            if self._closing:
                return
            if data:
                arrived.append((data, addr))
        proactor = self._loop._proactor
        self._read_fut = (proactor.recv if bound else proactor.recvfrom)(self._sock, self.max_size)
        if self._read_fut is not None:
            self._read_fut.add_done_callback(self._loop_reading)


class _ProactorDuplexPipeTransport(_ProactorReadPipeTransport, _ProactorBaseWritePipeTransport,
                                   transports.Transport):
    """A pipe for both ways."""

    def can_write_eof(self):
        return False

    def write_eof(self):
        raise NotImplementedError


class _ProactorSocketTransport(_ProactorReadPipeTransport, _ProactorBaseWritePipeTransport, transports.Transport):
    """A connected socket."""

    _sendfile_compatible = constants._SendfileMode.TRY_NATIVE

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        super().__init__(loop, sock, protocol, waiter, extra, server)
        base_events._set_nodelay(sock)

    def _set_extra(self, sock):
        _set_socket_extra(self, sock)

    def write_eof(self):
        if not (self._closing or self._eof_written):
            self._eof_written = True
            if self._write_fut is None:
                self._sock.shutdown(socket.SHUT_WR)

    def can_write_eof(self):
        return True


class BaseProactorEventLoop(base_events.BaseEventLoop):
    """A loop on top of a proactor."""

    def __init__(self, proactor):
        super().__init__()
        logger.debug('Using proactor: %s', proactor.__class__.__name__)
        self._proactor = self._selector = proactor      # both names are used
        self._self_reading_future = None
        self._accept_futures = {}       # descriptor of a listening socket -> future
        proactor.set_loop(self)
        self._make_self_pipe()
        if threading.current_thread() is threading.main_thread():
            # Signals wake the loop.
            signal.set_wakeup_fd(self._csock.fileno())

    def _make_socket_transport(self, sock, protocol, waiter=None, extra=None, server=None):
        return _ProactorSocketTransport(self, sock, protocol, waiter, extra, server)

    def _make_ssl_transport(self, rawsock, protocol, sslcontext, waiter=None, *, server_side=False,
                            server_hostname=None, extra=None, server=None, ssl_handshake_timeout=None):
        ssl_protocol = sslproto.SSLProtocol(self, protocol, sslcontext, waiter, server_side, server_hostname,
                                            ssl_handshake_timeout=ssl_handshake_timeout)
        _ProactorSocketTransport(self, rawsock, ssl_protocol, extra=extra, server=server)
        return ssl_protocol._app_transport

    def _make_datagram_transport(self, sock, protocol, address=None, waiter=None, extra=None):
        return _ProactorDatagramTransport(self, sock, protocol, address, waiter, extra)

    def _make_duplex_pipe_transport(self, sock, protocol, waiter=None, extra=None):
        return _ProactorDuplexPipeTransport(self, sock, protocol, waiter, extra)

    def _make_read_pipe_transport(self, sock, protocol, waiter=None, extra=None):
        return _ProactorReadPipeTransport(self, sock, protocol, waiter, extra)

    def _make_write_pipe_transport(self, sock, protocol, waiter=None, extra=None):
        return _ProactorWritePipeTransport(self, sock, protocol, waiter, extra)

    def close(self):
        if self.is_closed():
            return
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if threading.current_thread() is threading.main_thread():
            signal.set_wakeup_fd(-1)
        # Before the proactor, which they need.
        self._stop_accept_futures()
        self._close_self_pipe()
        self._proactor.close()
        self._proactor = self._selector = None
        super().close()

    # Operations on sockets are the proactor's own.

    async def sock_connect(self, sock, address):
        return await self._proactor.connect(sock, address)

    async def sock_accept(self, sock):
        return await self._proactor.accept(sock)

    async def sock_sendall(self, sock, data):
        return await self._proactor.send(sock, data)

    async def sock_recv(self, sock, n):
        return await self._proactor.recv(sock, n)

    async def sock_recv_into(self, sock, buf):
        return await self._proactor.recv_into(sock, buf)

    async def _sock_sendfile_native(self, sock, file, offset, count):
        try:
            size = os.fstat(file.fileno()).st_size
        except (AttributeError, io.UnsupportedOperation, OSError):
            raise exceptions.SendfileNotAvailableError("not a regular file")
        blocksize = count or size
        if not blocksize:
            return 0
        blocksize = min(blocksize, 0xffff_ffff)
        end = min(offset + count, size) if count else size
        start = offset
        total = 0
        try:
            while True:
                blocksize = min(end - offset, blocksize)
                if blocksize <= 0:
                    return total
                await self._proactor.sendfile(sock, file, offset, blocksize)
                offset += blocksize
                total += blocksize
        finally:
            if total > 0:
                file.seek(start + total)

    async def _sendfile_native(self, transp, file, offset, count):
        resume = transp.is_reading()
        transp.pause_reading()
        await transp._make_empty_waiter()
        try:
            return await self.sock_sendfile(transp._sock, file, offset, count, fallback=False)
        finally:
            transp._reset_empty_waiter()
            if resume:
                transp.resume_reading()

    def _close_self_pipe(self):
        if self._self_reading_future is not None:
            self._self_reading_future.cancel()
            self._self_reading_future = None
        for end in self._ssock, self._csock:
            end.close()
        self._ssock = self._csock = None
        self._internal_fds -= 1

    def _make_self_pipe(self):
        self._ssock, self._csock = socket.socketpair()
        for end in self._ssock, self._csock:
            end.setblocking(False)
        self._internal_fds += 1

    def _loop_self_reading(self, f=None):
        try:
            if f is not None:
                f.result()      # it may have failed
            if self._self_reading_future is not f:
                # Another call has begun to read; this one was too late.
                return
            reading = self._proactor.recv(self._ssock, 4096)
        except exceptions.CancelledError:
            return      # the loop is being closed
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            self.call_exception_handler({'message': 'Error on reading from the event loop self pipe',
                                         'exception': failure, 'loop': self})
        else:
            self._self_reading_future = reading
            reading.add_done_callback(self._loop_self_reading)

    def run_forever(self):
        try:
            assert self._self_reading_future is None
            self.call_soon(self._loop_self_reading)
            super().run_forever()
        finally:
            if self._self_reading_future is not None:
                self._self_reading_future.cancel()
                self._self_reading_future = None

    def _write_to_self(self):
        # In any thread, and perhaps when the loop is being closed.
        end = self._csock
        if end is not None:
            try:
                end.send(b'\0')
            except OSError:
                if self._debug:
                    logger.debug("Fail to write a null byte into the self-pipe socket", exc_info=True)

    def _start_serving(self, protocol_factory, sock, sslcontext=None, server=None, backlog=100,
                       ssl_handshake_timeout=None):
        def accepted(f=None):
            """Take the result of an accept and begin the next."""
            try:
                if f is not None:
                    connection, address = f.result()
                    if self._debug:
                        logger.debug("%r got a new connection from %r: %r", server, address, connection)
                    protocol = protocol_factory()
                    extra = {'peername': address}
                    if sslcontext is not None:
                        self._make_ssl_transport(connection, protocol, sslcontext, server_side=True, extra=extra,
                                                 server=server, ssl_handshake_timeout=ssl_handshake_timeout)
                    else:
                        self._make_socket_transport(connection, protocol, extra=extra, server=server)
                if self.is_closed():
                    return
                f = self._proactor.accept(sock)
            except OSError as failure:
                if sock.fileno() != -1:
                    self.call_exception_handler({'message': 'Accept failed on a socket', 'exception': failure,
                                                 'socket': trsock.TransportSocket(sock)})
                    sock.close()
                elif self._debug:
                    logger.debug("Accept failed on socket %r", sock, exc_info=True)
            except exceptions.CancelledError:
                sock.close()
            else:
                self._accept_futures[sock.fileno()] = f
                f.add_done_callback(accepted)

        self.call_soon(accepted)

    def _process_events(self, event_list):
        # The proactor has set the results of futures itself.
        pass

    def _stop_accept_futures(self):
        while self._accept_futures:
            self._accept_futures.popitem()[1].cancel()

    def _stop_serving(self, sock):
        accepting = self._accept_futures.pop(sock.fileno(), None)
        if accepting is not None:
            accepting.cancel()
        self._proactor._stop_serving(sock)
        sock.close()
