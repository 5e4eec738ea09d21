# SPDX-License-Identifier: MIT
"""TLS between a transport and a protocol.

    transport <-> SSLProtocol (_SSLPipe: an SSLObject with two memory BIOs) <-> _SSLProtocolTransport <-> protocol
"""

import collections
import warnings

try:
    import ssl
except ImportError:
    ssl = None

from . import constants, protocols, transports
from .log import logger


def _create_transport_context(server_side, server_hostname):
    if server_side:
        raise ValueError('Server side SSL needs a valid SSLContext')
    context = ssl.create_default_context()
    if not server_hostname:
        context.check_hostname = False      # there is nothing to check
    return context


# States of a pipe
_UNWRAPPED, _DO_HANDSHAKE, _WRAPPED, _SHUTDOWN = "UNWRAPPED", "DO_HANDSHAKE", "WRAPPED", "SHUTDOWN"


class _SSLPipe:
    """TLS without a network: goes from UNWRAPPED through DO_HANDSHAKE, WRAPPED and SHUTDOWN back to UNWRAPPED.

    Methods take bytes of one side and return lists of bytes to send (TLS) and of bytes for the program; an empty
    piece for the program means the end.
    """

    max_size = 256 * 1024       # of one read

    def __init__(self, context, server_side, server_hostname=None):
        self._context, self._server_side, self._server_hostname = context, server_side, server_hostname
        self._state = _UNWRAPPED
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._sslobj = None
        self._need_ssldata = False
        self._handshake_cb = self._shutdown_cb = None

    context = property(lambda self: self._context, doc="The SSL context.")
    ssl_object = property(lambda self: self._sslobj, doc="The ssl.SSLObject; None while there is no TLS.")
    need_ssldata = property(lambda self: self._need_ssldata,
                            doc="Whether more must come from the network to finish what was begun.")
    wrapped = property(lambda self: self._state == _WRAPPED, doc="Whether data of the program can be sent.")

    def do_handshake(self, callback=None):
        """Begin the handshake; callback(None or exception) at its end.  Return what to send."""
        if self._state != _UNWRAPPED:
            raise RuntimeError('handshake in progress or completed')
        self._sslobj = self._context.wrap_bio(self._incoming, self._outgoing, server_side=self._server_side,
                                              server_hostname=self._server_hostname)
        self._state = _DO_HANDSHAKE
        self._handshake_cb = callback
        to_send, for_program = self.feed_ssldata(b'', only_handshake=True)
        assert len(for_program) == 0
        return to_send

    def shutdown(self, callback=None):
        """Begin to end TLS; callback() when it is over.  Return what to send."""
        if self._state not in (_WRAPPED, _DO_HANDSHAKE):
            raise RuntimeError('shutdown in progress' if self._state == _SHUTDOWN else 'no security layer present')
        self._state, self._shutdown_cb = _SHUTDOWN, callback
        to_send, for_program = self.feed_ssldata(b'')
        assert for_program == [] or for_program == [b'']
        return to_send

    def feed_eof(self):
        """The other side has ended the connection; without a proper end of TLS an error is raised."""
        self._incoming.write_eof()
        _, for_program = self.feed_ssldata(b'')
        assert for_program == [] or for_program == [b'']

    def _ssl_error(self, failure):
        """Note what an SSL error says; return whether it is a real one."""
        number = getattr(failure, 'errno', None)
        self._need_ssldata = number == ssl.SSL_ERROR_WANT_READ
        return number not in (ssl.SSL_ERROR_WANT_READ, ssl.SSL_ERROR_WANT_WRITE, ssl.SSL_ERROR_SYSCALL)

    def feed_ssldata(self, data, only_handshake=False):
        """Take bytes from the network; return (to send, for the program)."""
        if self._state == _UNWRAPPED:
            return [], [data] if data else []
        self._need_ssldata = False
        if data:
            self._incoming.write(data)
        to_send, for_program = [], []
        try:
            if self._state == _DO_HANDSHAKE:
                self._sslobj.do_handshake()
                self._state = _WRAPPED
                if self._handshake_cb:
                    self._handshake_cb(None)
                if only_handshake:
                    return to_send, for_program
            if self._state == _WRAPPED:
                piece = None
                while piece is None or piece:
                    piece = self._sslobj.read(self.max_size)
                    for_program.append(piece)
            elif self._state == _SHUTDOWN:
                self._sslobj = self._sslobj.unwrap() and None
                self._state = _UNWRAPPED
                if self._shutdown_cb:
                    self._shutdown_cb()
            if self._state == _UNWRAPPED:
                # What comes after TLS has ended.
                for_program.append(self._incoming.read())
        except (ssl.SSLError, ssl.CertificateError) as failure:
            if self._ssl_error(failure):
                if self._state == _DO_HANDSHAKE and self._handshake_cb:
                    self._handshake_cb(failure)
                raise
        # Also after an error: an alert goes out.
        if self._outgoing.pending:
            to_send.append(self._outgoing.read())
        return to_send, for_program

    def feed_appdata(self, data, offset=0):
        """Take bytes of the program from an offset on; return (to send, the offset up to which they were taken)."""
        assert 0 <= offset <= len(data)
        if self._state == _UNWRAPPED:
            return ([data[offset:]] if offset < len(data) else []), len(data)
        to_send = []
        view = memoryview(data)
        while True:
            self._need_ssldata = False
            try:
                if offset < len(view):
                    offset += self._sslobj.write(view[offset:])
            except ssl.SSLError as failure:
                # It may be a different buffer the next time, which is fine here.
                if failure.reason == 'PROTOCOL_IS_SHUTDOWN':
                    failure.errno = ssl.SSL_ERROR_WANT_READ
                if self._ssl_error(failure):
                    raise
            if self._outgoing.pending:
                to_send.append(self._outgoing.read())
            if offset == len(view) or self._need_ssldata:
                return to_send, offset


class _SSLProtocolTransport(transports._FlowControlMixin, transports.Transport):
    """What the program's protocol has for a transport."""

    _sendfile_compatible = constants._SendfileMode.FALLBACK

    def __init__(self, loop, ssl_protocol):
        self._loop = loop
        self._ssl_protocol = ssl_protocol
        self._closed = False

    def get_extra_info(self, name, default=None):
        return self._ssl_protocol._get_extra_info(name, default)

    def set_protocol(self, protocol):
        self._ssl_protocol._set_app_protocol(protocol)

    def get_protocol(self):
        return self._ssl_protocol._app_protocol

    def is_closing(self):
        return self._closed

    def close(self):
        self._closed = True
        self._ssl_protocol._start_shutdown()

    def __del__(self, _warn=warnings.warn):
        if not self._closed:
            _warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self.close()

    def is_reading(self):
        transport = self._ssl_protocol._transport
        if transport is None:
            raise RuntimeError('SSL transport has not been initialized yet')
        return transport.is_reading()

    def pause_reading(self):
        self._ssl_protocol._transport.pause_reading()

    def resume_reading(self):
        self._ssl_protocol._transport.resume_reading()

    def set_write_buffer_limits(self, high=None, low=None):
        self._ssl_protocol._transport.set_write_buffer_limits(high, low)

    def get_write_buffer_size(self):
        return self._ssl_protocol._transport.get_write_buffer_size()

    @property
    def _protocol_paused(self):
        return self._ssl_protocol._transport._protocol_paused

    def write(self, data):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data: expecting a bytes-like instance, got {type(data).__name__}")
        if data:
            self._ssl_protocol._write_appdata(data)

    def can_write_eof(self):
        return False        # TLS has no such thing

    def abort(self):
        self._closed = True
        self._ssl_protocol._abort()


class SSLProtocol(protocols.Protocol):
    """The protocol of the network's transport."""

    def __init__(self, loop, app_protocol, sslcontext, waiter, server_side=False, server_hostname=None,
                 call_connection_made=True, ssl_handshake_timeout=None):
        if ssl is None:
            raise RuntimeError('stdlib ssl module not available')
        limit = constants.SSL_HANDSHAKE_TIMEOUT if ssl_handshake_timeout is None else ssl_handshake_timeout
        if not limit > 0:
            raise ValueError(f"ssl_handshake_timeout should be a positive number, got {limit}")
        self._ssl_handshake_timeout = limit
        self._sslcontext = sslcontext or _create_transport_context(server_side, server_hostname)
        self._server_side = server_side
        self._server_hostname = None if server_side else server_hostname or None
        self._extra = dict(sslcontext=self._sslcontext)
        self._write_backlog = collections.deque()       # (bytes, how many were taken); b'': handshake or shutdown
        self._write_buffer_size = 0
        self._waiter = waiter
        self._loop = loop
        self._set_app_protocol(app_protocol)
        self._app_transport = _SSLProtocolTransport(loop, self)
        self._sslpipe = None
        self._session_established = False
        self._in_handshake = self._in_shutdown = False
        self._transport = None
        self._call_connection_made = call_connection_made

    def _set_app_protocol(self, app_protocol):
        self._app_protocol = app_protocol
        self._app_protocol_is_buffer = isinstance(app_protocol, protocols.BufferedProtocol)

    def _wakeup_waiter(self, exc=None):
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            if exc is None:
                waiter.set_result(None)
            else:
                waiter.set_exception(exc)

    def connection_made(self, transport):
        self._transport = transport
        self._sslpipe = _SSLPipe(self._sslcontext, self._server_side, self._server_hostname)
        self._start_handshake()

    def connection_lost(self, exc):
        if self._session_established:
            self._session_established = False
            self._loop.call_soon(self._app_protocol.connection_lost, exc)
        elif self._app_transport is not None:
            # Lost in the handshake: the program's protocol never heard of it.
            self._app_transport._closed = True
        self._transport = self._app_transport = None
        if getattr(self, '_handshake_timeout_handle', None):
            self._handshake_timeout_handle.cancel()
        self._wakeup_waiter(exc)
        self._app_protocol = self._sslpipe = None

    def pause_writing(self):
        self._app_protocol.pause_writing()

    def resume_writing(self):
        self._app_protocol.resume_writing()

    def data_received(self, data):
        if self._sslpipe is None:
            return      # lost already
        try:
            to_send, for_program = self._sslpipe.feed_ssldata(data)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            self._fatal_error(failure, 'SSL error in data received')
            return
        for piece in to_send:
            self._transport.write(piece)
        for piece in for_program:
            if not piece:
                self._start_shutdown()
                break
            try:
                if self._app_protocol_is_buffer:
                    protocols._feed_data_to_buffered_proto(self._app_protocol, piece)
                else:
                    self._app_protocol.data_received(piece)
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as failure:
                self._fatal_error(failure, 'application protocol failed to receive SSL data')
                return

    def eof_received(self):
        try:
            if self._loop.get_debug():
                logger.debug("%r received EOF", self)
            self._wakeup_waiter(ConnectionResetError)
            if not self._in_handshake:
                if self._app_protocol.eof_received():
                    logger.warning('returning true from eof_received() has no effect when using ssl')
        finally:
            self._transport.close()

    def _get_extra_info(self, name, default=None):
        if name in self._extra:
            return self._extra[name]
        return default if self._transport is None else self._transport.get_extra_info(name, default)

    def _start_shutdown(self):
        if self._in_handshake and not self._in_shutdown:
            self._abort()
        elif not self._in_shutdown:
            self._in_shutdown = True
            self._write_appdata(b'')

    def _write_appdata(self, data):
        self._write_buffer_size += len(data)
        self._write_backlog.append((data, 0))
        self._process_write_backlog()

    def _start_handshake(self):
        if self._loop.get_debug():
            logger.debug("%r starts SSL handshake", self)
            self._handshake_start_time = self._loop.time()
        else:
            self._handshake_start_time = None
        self._in_handshake = True
        self._write_backlog.append((b'', 1))
        self._handshake_timeout_handle = self._loop.call_later(self._ssl_handshake_timeout,
                                                               self._check_handshake_timeout)
        self._process_write_backlog()

    def _check_handshake_timeout(self):
        if self._in_handshake is True:
            self._fatal_error(ConnectionAbortedError(
                f"SSL handshake is taking longer than {self._ssl_handshake_timeout} seconds: "
                f"aborting the connection"))

    def _on_handshake_complete(self, handshake_exc):
        self._handshake_timeout_handle.cancel()
        self._in_handshake = False
        try:
            if handshake_exc is not None:
                raise handshake_exc
            sslobj = self._sslpipe.ssl_object
            peercert = sslobj.getpeercert()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            if isinstance(failure, ssl.CertificateError):
                message = 'SSL handshake failed on verifying the certificate'
            else:
                message = 'SSL handshake failed'
            self._fatal_error(failure, message)
            return
        if self._loop.get_debug():
            took = self._loop.time() - self._handshake_start_time
            logger.debug("%r: SSL handshake took %.1f ms", self, took * 1e3)
        self._extra.update(peercert=peercert, cipher=sslobj.cipher(), compression=sslobj.compression(),
                           ssl_object=sslobj)
        if self._call_connection_made:
            self._app_protocol.connection_made(self._app_transport)
        self._wakeup_waiter()
        self._session_established = True
        # Data that came with the handshake and what was written meanwhile: in a round of its own.
        self._loop.call_soon(self._process_write_backlog)

    def _process_write_backlog(self):
        """Hand what waits to the pipe, as far as that takes it."""
        if self._transport is None or self._sslpipe is None:
            return
        try:
            for _ in range(len(self._write_backlog)):
                data, offset = self._write_backlog[0]
                if data:
                    to_send, offset = self._sslpipe.feed_appdata(data, offset)
                elif offset:
                    to_send = self._sslpipe.do_handshake(self._on_handshake_complete)
                    offset = 1
                else:
                    to_send = self._sslpipe.shutdown(self._finalize)
                    offset = 1
                for piece in to_send:
                    self._transport.write(piece)
                if offset < len(data):
                    self._write_backlog[0] = data, offset
                    # The rest after something has come from the network.
                    assert self._sslpipe.need_ssldata
                    if self._transport._paused:
                        self._transport.resume_reading()
                    break
                # The entry is done with.
                del self._write_backlog[0]
                self._write_buffer_size -= len(data)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            if self._in_handshake:
                self._on_handshake_complete(failure)
            else:
                self._fatal_error(failure, 'Fatal error on SSL transport')

    def _fatal_error(self, exc, message='Fatal error on transport'):
        if isinstance(exc, OSError):
            if self._loop.get_debug():
                logger.debug("%r: %s", self, message, exc_info=True)
        else:
            self._loop.call_exception_handler({'message': message, 'exception': exc, 'transport': self._transport,
                                               'protocol': self})
        if self._transport:
            self._transport._force_close(exc)

    def _abort(self):
        try:
            if self._transport is not None:
                self._transport.abort()
        finally:
            self._finalize()

    def _finalize(self):
        self._sslpipe = None
        if self._transport is not None:
            self._transport.close()
