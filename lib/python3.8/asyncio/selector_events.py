# SPDX-License-Identifier: MIT
"""A loop that waits by a selector, and transports for its sockets.

The data of a file in the selector is a pair of handles (reader, writer), either of which may be None.  A socketpair
wakes the loop for other threads.
"""

__all__ = 'BaseSelectorEventLoop',

import collections
import errno
import functools
import selectors
import socket
import warnings
import weakref

try:
    import ssl
except ImportError:
    ssl = None

from . import base_events, constants, events, futures, protocols, sslproto, transports, trsock
from .log import logger


def _test_selector_event(selector, fd, event):
    """Whether a selector waits for an event of a file."""
    try:
        key = selector.get_key(fd)
    except KeyError:
        return False
    return bool(key.events & event)


def _check_ssl_socket(sock):
    if ssl is not None and isinstance(sock, ssl.SSLSocket):
        raise TypeError("Socket cannot be of type SSLSocket")


_NOT_NOW = (BlockingIOError, InterruptedError)


class BaseSelectorEventLoop(base_events.BaseEventLoop):
    """A loop on top of a selector, by default the best there is."""

    def __init__(self, selector=None):
        super().__init__()
        self._transports = weakref.WeakValueDictionary()        # descriptor -> transport
        self._selector = selectors.DefaultSelector() if selector is None else selector
        logger.debug('Using selector: %s', type(self._selector).__name__)
        self._make_self_pipe()

    def _make_socket_transport(self, sock, protocol, waiter=None, *, extra=None, server=None):
        return _SelectorSocketTransport(self, sock, protocol, waiter, extra, server)

    def _make_ssl_transport(self, rawsock, protocol, sslcontext, waiter=None, *, server_side=False,
                            server_hostname=None, extra=None, server=None,
                            ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT):
        ssl_protocol = sslproto.SSLProtocol(self, protocol, sslcontext, waiter, server_side, server_hostname,
                                            ssl_handshake_timeout=ssl_handshake_timeout)
        _SelectorSocketTransport(self, rawsock, ssl_protocol, extra=extra, server=server)
        return ssl_protocol._app_transport

    def _make_datagram_transport(self, sock, protocol, address=None, waiter=None, extra=None):
        return _SelectorDatagramTransport(self, sock, protocol, address, waiter, extra)

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if not self.is_closed():
            self._close_self_pipe()
            super().close()
            selector, self._selector = self._selector, None
            if selector is not None:
                selector.close()
    close.__doc__ = events.AbstractEventLoop.close.__doc__

    # Waking the loop

    def _close_self_pipe(self):
        self._remove_reader(self._ssock.fileno())
        for end in self._ssock, self._csock:
            end.close()
        self._ssock = self._csock = None
        self._internal_fds -= 1

    def _make_self_pipe(self):
        self._ssock, self._csock = socket.socketpair()
        for end in self._ssock, self._csock:
            end.setblocking(False)
        self._internal_fds += 1
        self._add_reader(self._ssock.fileno(), self._read_from_self)

    def _process_self_data(self, data):
        """Told the bytes that woke the loop; those of signals are their numbers."""

    def _read_from_self(self):
        while True:
            try:
                data = self._ssock.recv(4096)
            except InterruptedError:
                continue
            except BlockingIOError:
                return
            if not data:
                return
            self._process_self_data(data)

    def _write_to_self(self):
        # In any thread, and perhaps when the loop is being closed.
        end = self._csock
        if end is not None:
            try:
                end.send(b'\0')
            except OSError:
                # If it is full, the loop wakes anyway.
                if self._debug:
                    logger.debug("Fail to write a null byte into the self-pipe socket", exc_info=True)

    # Servers

    def _start_serving(self, protocol_factory, sock, sslcontext=None, server=None, backlog=100,
                       ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT):
        self._add_reader(sock.fileno(), self._accept_connection, protocol_factory, sock, sslcontext, server, backlog,
                         ssl_handshake_timeout)

    def _accept_connection(self, protocol_factory, sock, sslcontext=None, server=None, backlog=100,
                           ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT):
        """There is a connection to accept, or several."""
        for _ in range(backlog):
            try:
                connection, address = sock.accept()
                if self._debug:
                    logger.debug("%r got a new connection from %r: %r", server, address, connection)
                connection.setblocking(False)
            except _NOT_NOW + (ConnectionAbortedError,):
                return      # no more
            except OSError as failure:
                if failure.errno not in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                    raise   # to be logged
                # There are no descriptors or no memory left.  Trying again at once would only burn time.
                self.call_exception_handler({'message': 'socket.accept() out of system resource',
                                             'exception': failure, 'socket': trsock.TransportSocket(sock)})
                self._remove_reader(sock.fileno())
                self.call_later(constants.ACCEPT_RETRY_DELAY, self._start_serving, protocol_factory, sock, sslcontext,
                                server, backlog, ssl_handshake_timeout)
            else:
                self.create_task(self._accept_connection2(protocol_factory, connection, {'peername': address},
                                                          sslcontext, server, ssl_handshake_timeout))

    async def _accept_connection2(self, protocol_factory, conn, extra, sslcontext=None, server=None,
                                  ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT):
        """Make transport and protocol for an accepted connection."""
        protocol = transport = None
        try:
            protocol = protocol_factory()
            waiter = self.create_future()
            if sslcontext:
                transport = self._make_ssl_transport(conn, protocol, sslcontext, waiter=waiter, server_side=True,
                                                     extra=extra, server=server,
                                                     ssl_handshake_timeout=ssl_handshake_timeout)
            else:
                transport = self._make_socket_transport(conn, protocol, waiter=waiter, extra=extra, server=server)
            try:
                await waiter
            except BaseException:
                transport.close()
                raise
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            # Otherwise failed handshakes of strangers would fill the log.
            if self._debug:
                context = {'message': 'Error on transport creation for incoming connection', 'exception': failure}
                made = {'protocol': protocol, 'transport': transport}
                context.update((name, value) for name, value in made.items() if value is not None)
                self.call_exception_handler(context)

    def _stop_serving(self, sock):
        self._remove_reader(sock.fileno())
        sock.close()

    # Files

    def _ensure_fd_no_transport(self, fd):
        fileno = fd
        if not isinstance(fileno, int):
            try:
                fileno = int(fileno.fileno())
            except (AttributeError, TypeError, ValueError):
                raise ValueError(f"Invalid file object: {fd!r}") from None
        transport = self._transports.get(fileno)
        if transport is not None and not transport.is_closing():
            raise RuntimeError(f'File descriptor {fd!r} is used by transport {transport!r}')

    def _watch(self, fd, event, callback, args):
        """Have a callback called for an event, in place of the one before."""
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        place = 0 if event == selectors.EVENT_READ else 1
        try:
            key = self._selector.get_key(fd)
        except KeyError:
            self._selector.register(fd, event, (handle, None) if place == 0 else (None, handle))
        else:
            handles = list(key.data)
            before, handles[place] = handles[place], handle
            self._selector.modify(fd, key.events | event, tuple(handles))
            if before is not None:
                before.cancel()

    def _unwatch(self, fd, event):
        """Undo _watch(); return whether there was anything to undo."""
        if self.is_closed():
            return False
        try:
            key = self._selector.get_key(fd)
        except KeyError:
            return False
        place = 0 if event == selectors.EVENT_READ else 1
        handles = list(key.data)
        before, handles[place] = handles[place], None
        remaining = key.events & ~event
        if remaining:
            self._selector.modify(fd, remaining, tuple(handles))
        else:
            self._selector.unregister(fd)
        if before is None:
            return False
        before.cancel()
        return True

    def _add_reader(self, fd, callback, *args):
        self._watch(fd, selectors.EVENT_READ, callback, args)

    def _remove_reader(self, fd):
        return self._unwatch(fd, selectors.EVENT_READ)

    def _add_writer(self, fd, callback, *args):
        self._watch(fd, selectors.EVENT_WRITE, callback, args)

    def _remove_writer(self, fd):
        return self._unwatch(fd, selectors.EVENT_WRITE)

    def add_reader(self, fd, callback, *args):
        self._ensure_fd_no_transport(fd)
        self._add_reader(fd, callback, *args)

    def remove_reader(self, fd):
        self._ensure_fd_no_transport(fd)
        return self._remove_reader(fd)

    def add_writer(self, fd, callback, *args):
        self._ensure_fd_no_transport(fd)
        self._add_writer(fd, callback, *args)

    def remove_writer(self, fd):
        self._ensure_fd_no_transport(fd)
        return self._remove_writer(fd)

    def _process_events(self, event_list):
        for key, mask in event_list:
            reader, writer = key.data
            if mask & selectors.EVENT_READ and reader is not None:
                if reader._cancelled:
                    self._remove_reader(key.fileobj)
                else:
                    self._add_callback(reader)
            if mask & selectors.EVENT_WRITE and writer is not None:
                if writer._cancelled:
                    self._remove_writer(key.fileobj)
                else:
                    self._add_callback(writer)

    # Sockets

    def _check_sock(self, sock):
        _check_ssl_socket(sock)
        if self._debug and sock.gettimeout() != 0:
            raise ValueError("the socket must be non-blocking")

    def _sock_read_done(self, fd, fut):
        self.remove_reader(fd)

    def _sock_write_done(self, fd, fut):
        self.remove_writer(fd)

    def _settle(self, fut, operation):
        """Do something with a socket that may be ready; its outcome is that of a future."""
        if fut.done():
            return
        try:
            result = operation()
        except _NOT_NOW:
            pass        # not ready after all: the watch goes on
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            fut.set_exception(failure)
        else:
            fut.set_result(result)

    async def sock_recv(self, sock, n):
        self._check_sock(sock)
        try:
            return sock.recv(n)
        except _NOT_NOW:
            pass
        fut = self.create_future()
        fd = sock.fileno()
        self._ensure_fd_no_transport(fd)
        self.add_reader(fd, self._sock_recv, fut, sock, n)
        fut.add_done_callback(functools.partial(self._sock_read_done, fd))
        return await fut

    def _sock_recv(self, fut, sock, n):
        self._settle(fut, functools.partial(sock.recv, n))

    async def sock_recv_into(self, sock, buf):
        self._check_sock(sock)
        try:
            return sock.recv_into(buf)
        except _NOT_NOW:
            pass
        fut = self.create_future()
        fd = sock.fileno()
        self._ensure_fd_no_transport(fd)
        self.add_reader(fd, self._sock_recv_into, fut, sock, buf)
        fut.add_done_callback(functools.partial(self._sock_read_done, fd))
        return await fut

    def _sock_recv_into(self, fut, sock, buf):
        self._settle(fut, functools.partial(sock.recv_into, buf))

    async def sock_sendall(self, sock, data):
        self._check_sock(sock)
        try:
            sent = sock.send(data)
        except _NOT_NOW:
            sent = 0
        if sent == len(data):
            return
        fut = self.create_future()
        fd = sock.fileno()
        self._ensure_fd_no_transport(fd)
        # The list holds the position.
        self.add_writer(fd, self._sock_sendall, fut, sock, memoryview(data), [sent])
        fut.add_done_callback(functools.partial(self._sock_write_done, fd))
        return await fut

    def _sock_sendall(self, fut, sock, view, pos):
        if fut.done():
            return
        start = pos[0]
        try:
            sent = sock.send(view[start:])
        except _NOT_NOW:
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            fut.set_exception(failure)
            return
        pos[0] = start + sent
        if pos[0] == len(view):
            fut.set_result(None)

    async def sock_connect(self, sock, address):
        self._check_sock(sock)
        if not hasattr(socket, 'AF_UNIX') or sock.family != socket.AF_UNIX:
            resolved = await self._ensure_resolved(address, family=sock.family, proto=sock.proto, loop=self)
            address = resolved[0][4]
        connected = self.create_future()
        self._sock_connect(connected, sock, address)
        return await connected

    def _sock_connect(self, fut, sock, address):
        try:
            sock.connect(address)
        except _NOT_NOW:
            # An interrupted connect() goes on in the background, too.
            fd = sock.fileno()
            self._ensure_fd_no_transport(fd)
            fut.add_done_callback(functools.partial(self._sock_write_done, fd))
            self.add_writer(fd, self._sock_connect_cb, fut, sock, address)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            fut.set_exception(failure)
        else:
            fut.set_result(None)

    def _sock_connect_cb(self, fut, sock, address):
        def outcome():
            failure = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if failure != 0:
                raise OSError(failure, f'Connect call failed {address}')
        self._settle(fut, outcome)

    async def sock_accept(self, sock):
        self._check_sock(sock)
        accepted = self.create_future()
        self._sock_accept(accepted, False, sock)
        return await accepted

    def _sock_accept(self, fut, registered, sock):
        fd = sock.fileno()
        if registered:
            # Either it is done, or it waits anew.
            self.remove_reader(fd)
        if fut.done():
            return
        try:
            connection, address = sock.accept()
            connection.setblocking(False)
        except _NOT_NOW:
            self.add_reader(fd, self._sock_accept, fut, True, sock)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            fut.set_exception(failure)
        else:
            fut.set_result((connection, address))

    async def _sendfile_native(self, transp, file, offset, count):
        del self._transports[transp._sock_fd]       # for a while the socket is ours
        resume_reading = transp.is_reading()
        transp.pause_reading()
        await transp._make_empty_waiter()
        try:
            return await self.sock_sendfile(transp._sock, file, offset, count, fallback=False)
        finally:
            transp._reset_empty_waiter()
            if resume_reading:
                transp.resume_reading()
            self._transports[transp._sock_fd] = transp


class _SelectorTransport(transports._FlowControlMixin, transports.Transport):
    """What transports for streams and datagrams share."""

    max_size = 256 * 1024       # of one recv()
    _buffer_factory = bytearray
    _sock = None                # for __del__, in case __init__ fails

    def __init__(self, loop, sock, protocol, extra=None, server=None):
        super().__init__(extra, loop)
        self._sock, self._sock_fd = sock, sock.fileno()
        self._describe_socket(sock)
        self._closing = self._protocol_connected = False
        self._conn_lost = 0         # more than 0: no more writes
        self._buffer = self._buffer_factory()
        self.set_protocol(protocol)
        self._server = server
        if server is not None:
            server._attach()
        loop._transports[self._sock_fd] = self

    def _describe_socket(self, sock):
        """What get_extra_info() tells."""
        info = self._extra
        info['socket'] = trsock.TransportSocket(sock)
        for name, ask in ('sockname', sock.getsockname), ('peername', sock.getpeername):
            if name == 'peername' and name in info:
                continue        # the server knows
            try:
                info[name] = ask()
            except OSError:
                info[name] = None

    def __repr__(self):
        words = [self.__class__.__name__]
        if self._sock is None:
            words.append('closed')
        elif self._closing:
            words.append('closing')
        words.append(f'fd={self._sock_fd}')
        if self._loop is not None and not self._loop.is_closed():
            selector = self._loop._selector
            reading = _test_selector_event(selector, self._sock_fd, selectors.EVENT_READ)
            writing = _test_selector_event(selector, self._sock_fd, selectors.EVENT_WRITE)
            words.append('read=polling' if reading else 'read=idle')
            words.append(f'write=<{"polling" if writing else "idle"}, bufsize={self.get_write_buffer_size()}>')
        return '<{}>'.format(' '.join(words))

    def get_protocol(self):
        return self._protocol

    def set_protocol(self, protocol):
        self._protocol_connected = True
        self._protocol = protocol

    def is_closing(self):
        return self._closing

    def _stop_reading(self):
        """Read no more; return whether that is new."""
        if self._closing:
            return False
        self._closing = True
        self._loop._remove_reader(self._sock_fd)
        return True

    def _schedule_lost(self, exc):
        """Write no more; the protocol hears of the end in the next round."""
        self._conn_lost += 1
        self._loop.call_soon(self._call_connection_lost, exc)

    def close(self):
        if self._stop_reading() and not self._buffer:
            self._loop._remove_writer(self._sock_fd)
            self._schedule_lost(None)

    def abort(self):
        self._force_close(None)

    def __del__(self, _warn=warnings.warn):
        if self._sock is not None:
            _warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._sock.close()

    def _fatal_error(self, exc, message='Fatal error on transport'):
        # What the network does is no error of the program.
        if isinstance(exc, OSError):
            if self._loop.get_debug():
                logger.debug("%r: %s", self, message, exc_info=True)
        else:
            self._loop.call_exception_handler({'message': message, 'exception': exc, 'transport': self,
                                               'protocol': self._protocol})
        self._force_close(exc)

    def _force_close(self, exc):
        if self._conn_lost:
            return
        if self._buffer:
            self._loop._remove_writer(self._sock_fd)
            self._buffer.clear()
        self._stop_reading()
        self._schedule_lost(exc)

    def _call_connection_lost(self, exc):
        try:
            if self._protocol_connected:
                self._protocol.connection_lost(exc)
        finally:
            self._sock.close()
            self._sock = self._protocol = self._loop = None
            server, self._server = self._server, None
            if server is not None:
                server._detach()

    def get_write_buffer_size(self):
        return len(self._buffer)

    def _add_reader(self, fd, callback, *args):
        if not self._closing:
            self._loop._add_reader(fd, callback, *args)

    def _check_data(self, data):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f'data argument must be a bytes-like object, not {type(data).__name__!r}')

    def _lost_already(self):
        """Whether writes are in vain; the program hears of it when it goes on writing."""
        if not self._conn_lost:
            return False
        if self._conn_lost >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
            logger.warning('socket.send() raised exception.')
        self._conn_lost += 1
        return True


class _SelectorSocketTransport(_SelectorTransport):
    """A transport for a stream."""

    _start_tls_compatible = True
    _sendfile_compatible = constants._SendfileMode.TRY_NATIVE

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        self._read_ready_cb = None
        super().__init__(loop, sock, protocol, extra, server)
        self._eof = False
        self._paused = False
        self._empty_waiter = None
        # Small pieces are sent at once: the program knows why it writes them.
        base_events._set_nodelay(self._sock)
        self._loop.call_soon(self._protocol.connection_made, self)
        # Not before connection_made().
        self._loop.call_soon(self._add_reader, self._sock_fd, self._read_ready)
        if waiter is not None:
            self._loop.call_soon(futures._set_result_unless_cancelled, waiter, None)

    def set_protocol(self, protocol):
        buffered = isinstance(protocol, protocols.BufferedProtocol)
        self._read_ready_cb = self._read_ready__get_buffer if buffered else self._read_ready__data_received
        super().set_protocol(protocol)

    def is_reading(self):
        return not (self._paused or self._closing)

    def _log_reading(self, what):
        if self._loop.get_debug():
            logger.debug("%r " + what + " reading", self)

    def pause_reading(self):
        if self.is_reading():
            self._paused = True
            self._loop._remove_reader(self._sock_fd)
            self._log_reading('pauses')

    def resume_reading(self):
        if self._paused and not self._closing:
            self._paused = False
            self._add_reader(self._sock_fd, self._read_ready)
            self._log_reading('resumes')

    def _read_ready(self):
        self._read_ready_cb()

    def _guard(self, message, function, *args):
        """Call something; a failure closes the connection.  Return (whether it went well, result)."""
        try:
            return True, function(*args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            self._fatal_error(failure, message)
            return False, None

    def _receive(self, function, *args):
        """Call recv() or recv_into(); None means that there is nothing after all, or an error."""
        try:
            return function(*args)
        except _NOT_NOW:
            return None
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            self._fatal_error(failure, 'Fatal read error on socket transport')
            return None

    def _read_ready__get_buffer(self):
        if self._conn_lost:
            return

        def get_buffer():
            buffer = self._protocol.get_buffer(-1)
            if not len(buffer):
                raise RuntimeError('get_buffer() returned an empty buffer')
            return buffer

        fine, buffer = self._guard('Fatal error: protocol.get_buffer() call failed.', get_buffer)
        if not fine:
            return
        count = self._receive(self._sock.recv_into, buffer)
        if count is None:
            return
        if not count:
            self._read_ready__on_eof()
            return
        self._guard('Fatal error: protocol.buffer_updated() call failed.', self._protocol.buffer_updated, count)

    def _read_ready__data_received(self):
        if self._conn_lost:
            return
        data = self._receive(self._sock.recv, self.max_size)
        if data is None:
            return
        if not data:
            self._read_ready__on_eof()
            return
        self._guard('Fatal error: protocol.data_received() call failed.', self._protocol.data_received, data)

    def _read_ready__on_eof(self):
        if self._loop.get_debug():
            logger.debug("%r received EOF", self)
        fine, keep_open = self._guard('Fatal error: protocol.eof_received() call failed.',
                                      self._protocol.eof_received)
        if not fine:
            return
        if keep_open:
            # The protocol may still write; there is nothing more to read.
            self._loop._remove_reader(self._sock_fd)
        else:
            self.close()

    def write(self, data):
        self._check_data(data)
        if self._eof:
            raise RuntimeError('Cannot call write() after write_eof()')
        if self._empty_waiter is not None:
            raise RuntimeError('unable to write; sendfile is in progress')
        if not data or self._lost_already():
            return
        if not self._buffer:
            # Most of the time it can be sent at once.
            try:
                sent = self._sock.send(data)
            except _NOT_NOW:
                pass
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as failure:
                self._fatal_error(failure, 'Fatal write error on socket transport')
                return
            else:
                data = data[sent:]
                if not data:
                    return
            self._loop._add_writer(self._sock_fd, self._write_ready)
        self._buffer.extend(data)
        self._maybe_pause_protocol()

    def _write_ready(self):
        assert self._buffer, 'Data should not be empty'
        if self._conn_lost:
            return
        try:
            sent = self._sock.send(self._buffer)
        except _NOT_NOW:
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            self._loop._remove_writer(self._sock_fd)
            self._buffer.clear()
            self._fatal_error(failure, 'Fatal write error on socket transport')
            if self._empty_waiter is not None:
                self._empty_waiter.set_exception(failure)
            return
        if sent:
            del self._buffer[:sent]
        self._maybe_resume_protocol()       # which may write more
        if self._buffer:
            return
        self._loop._remove_writer(self._sock_fd)
        waiter = self._empty_waiter
        if waiter is not None:
            waiter.set_result(None)
        if self._closing:
            self._call_connection_lost(None)
        elif self._eof:
            self._end_writing()

    def _end_writing(self):
        self._sock.shutdown(socket.SHUT_WR)

    def write_eof(self):
        if not (self._closing or self._eof):
            self._eof = True
            if not self._buffer:
                self._end_writing()

    def can_write_eof(self):
        return True

    def _call_connection_lost(self, exc):
        super()._call_connection_lost(exc)
        if self._empty_waiter is not None:
            self._empty_waiter.set_exception(ConnectionError("Connection is closed by peer"))

    def _make_empty_waiter(self):
        """A future for the time when nothing waits to be written; until it is reset no writes are possible."""
        if self._empty_waiter is not None:
            raise RuntimeError("Empty waiter is already set")
        waiter = self._empty_waiter = self._loop.create_future()
        if not self._buffer:
            waiter.set_result(None)
        return waiter

    def _reset_empty_waiter(self):
        self._empty_waiter = None


class _SelectorDatagramTransport(_SelectorTransport):
    """A transport for datagrams; _buffer holds pairs (data, address)."""

    _buffer_factory = collections.deque

    def __init__(self, loop, sock, protocol, address=None, waiter=None, extra=None):
        super().__init__(loop, sock, protocol, extra)
        self._address = address
        self._loop.call_soon(self._protocol.connection_made, self)
        self._loop.call_soon(self._add_reader, self._sock_fd, self._read_ready)
        if waiter is not None:
            self._loop.call_soon(futures._set_result_unless_cancelled, waiter, None)

    def get_write_buffer_size(self):
        return sum(len(data) for data, _ in self._buffer)

    def _read_ready(self):
        if self._conn_lost:
            return
        try:
            data, address = self._sock.recvfrom(self.max_size)
        except _NOT_NOW:
            pass
        except OSError as failure:
            self._protocol.error_received(failure)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            self._fatal_error(failure, 'Fatal read error on datagram transport')
        else:
            self._protocol.datagram_received(data, address)

    def _send(self, data, addr):
        """Send a datagram; return whether that is over, be it by an error."""
        try:
            if self._extra['peername']:
                self._sock.send(data)
            else:
                self._sock.sendto(data, addr)
        except _NOT_NOW:
            return False
        except OSError as failure:
            self._protocol.error_received(failure)
            return None
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            self._fatal_error(failure, 'Fatal write error on datagram transport')
            return None
        return True

    def sendto(self, data, addr=None):
        self._check_data(data)
        if not data:
            return
        if self._address:
            if addr not in (None, self._address):
                raise ValueError(f'Invalid address: must be None or {self._address}')
            addr = self._address
        if self._conn_lost and self._address and self._lost_already():
            return
        if not self._buffer:
            if self._send(data, addr) is not False:
                return
            self._loop._add_writer(self._sock_fd, self._sendto_ready)
        # A copy, as the data may change meanwhile.
        self._buffer.append((bytes(data), addr))
        self._maybe_pause_protocol()

    def _sendto_ready(self):
        while self._buffer:
            data, addr = self._buffer.popleft()
            outcome = self._send(data, addr)
            if outcome is False:
                self._buffer.appendleft((data, addr))
                break
            if outcome is None:
                return
        self._maybe_resume_protocol()
        if not self._buffer:
            self._loop._remove_writer(self._sock_fd)
            if self._closing:
                self._call_connection_lost(None)
