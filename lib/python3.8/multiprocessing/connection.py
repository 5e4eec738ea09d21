# SPDX-License-Identifier: MIT
"""Connections that carry objects or bytes as messages: pipes, and sockets with listeners.

On the wire a message is its length, four bytes with a sign, the highest first, and its bytes; the length -1 is
followed by another of eight bytes.
"""

__all__ = ['Client', 'Listener', 'Pipe', 'wait']

import io
import itertools
import os
import selectors
import socket
import struct
import sys
import tempfile
import time

from . import util
from .context import AuthenticationError, BufferTooShort, reduction

_ForkingPickler = reduction.ForkingPickler

try:
    import _winapi
except ImportError:
    _winapi = None

BUFSIZE = 8192
CONNECTION_TIMEOUT = 20.        # seconds

_mmap_counter = itertools.count()

families = [each for each in ('AF_INET', 'AF_UNIX') if hasattr(socket, each)]
default_family = families[-1]


def _init_timeout(timeout=CONNECTION_TIMEOUT):
    return time.monotonic() + timeout


def _check_timeout(t):
    return time.monotonic() > t


def arbitrary_address(family):
    """Return an address of a family that nobody uses."""
    if family == 'AF_INET':
        return 'localhost', 0
    if family == 'AF_UNIX':
        # An abstract name would not do for spawned processes of other systems.
        return tempfile.mktemp(prefix='listener-', dir=util.get_temp_dir())
    raise ValueError('unrecognized family')


def _validate_family(family):
    if family == 'AF_PIPE' and sys.platform != 'win32' or \
            family in ('AF_UNIX', 'AF_INET6') and not hasattr(socket, family):
        raise ValueError('Family %s is not recognized.' % family)


def address_type(address):
    """Return the family of an address."""
    if type(address) is tuple:
        return 'AF_INET'
    if type(address) is str and address.startswith('\\\\'):
        return 'AF_PIPE'
    if type(address) is str or util.is_abstract_socket_namespace(address):
        return 'AF_UNIX'
    raise ValueError('address type of %r unrecognized' % address)


class _ConnectionBase:
    """What all connections can do; subclasses know how to move bytes."""

    _handle = None

    def __init__(self, handle, readable=True, writable=True):
        handle = handle.__index__()
        if handle < 0:
            raise ValueError("invalid handle")
        if not readable and not writable:
            raise ValueError("at least one of `readable` and `writable` must be True")
        self._handle, self._readable, self._writable = handle, readable, writable

    def __del__(self):
        if self._handle is not None:
            self._close()

    def _check_closed(self):
        if self._handle is None:
            raise OSError("handle is closed")

    def _check_readable(self):
        self._check_closed()
        if not self._readable:
            raise OSError("connection is write-only")

    def _check_writable(self):
        self._check_closed()
        if not self._writable:
            raise OSError("connection is read-only")

    def _bad_message_length(self):
        # The stream is at an unknown place.
        if self._writable:
            self._readable = False
        else:
            self.close()
        raise OSError("bad message length")

    @property
    def closed(self):
        """Whether the connection is closed."""
        return self._handle is None

    @property
    def readable(self):
        """Whether messages can be received."""
        return self._readable

    @property
    def writable(self):
        """Whether messages can be sent."""
        return self._writable

    def fileno(self):
        """Return the descriptor."""
        self._check_closed()
        return self._handle

    def close(self):
        """Close the connection."""
        if self._handle is not None:
            try:
                self._close()
            finally:
                self._handle = None

    def send_bytes(self, buf, offset=0, size=None):
        """Send bytes of a buffer, from an offset and of a size, as one message."""
        self._check_writable()
        view = memoryview(buf)
        if view.itemsize > 1:
            view = memoryview(bytes(view))      # in bytes
        length = len(view)
        if offset < 0:
            raise ValueError("offset is negative")
        if length < offset:
            raise ValueError("buffer length < offset")
        if size is None:
            size = length - offset
        elif size < 0:
            raise ValueError("size is negative")
        elif offset + size > length:
            raise ValueError("buffer length < offset + size")
        self._send_bytes(view[offset:offset + size])

    def send(self, obj):
        """Send an object, pickled."""
        self._check_writable()
        self._send_bytes(_ForkingPickler.dumps(obj))

    def recv_bytes(self, maxlength=None):
        """Receive a message as bytes; OSError, and no more messages, if it is longer than maxlength."""
        self._check_readable()
        if maxlength is not None and maxlength < 0:
            raise ValueError("negative maxlength")
        message = self._recv_bytes(maxlength)
        if message is None:
            self._bad_message_length()
        return message.getvalue()

    def recv_bytes_into(self, buf, offset=0):
        """Receive a message into a buffer, from an offset on; return its length; BufferTooShort if it is longer."""
        self._check_readable()
        with memoryview(buf) as view:
            bytesize = view.itemsize * len(view)
            if offset < 0:
                raise ValueError("negative offset")
            if offset > bytesize:
                raise ValueError("offset too large")
            message = self._recv_bytes()
            size = message.tell()
            if bytesize < offset + size:
                raise BufferTooShort(message.getvalue())
            message.seek(0)
            # Whole items only, as far as the view has such.
            message.readinto(view[offset // view.itemsize:(offset + size) // view.itemsize])
            return size

    def recv(self):
        """Receive an object; EOFError if the other end is closed and nothing is left."""
        self._check_readable()
        return _ForkingPickler.loads(self._recv_bytes().getbuffer())

    def poll(self, timeout=0.0):
        """Return whether there is something to receive, waiting for it for some seconds (None: for ever)."""
        self._check_closed()
        self._check_readable()
        return self._poll(timeout)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        self.close()


class Connection(_ConnectionBase):
    """A connection over a descriptor: a pipe or a stream socket."""

    def _close(self, _close=os.close):
        _close(self._handle)

    _write = os.write
    _read = os.read

    def _send(self, buf, write=_write):
        while True:
            written = write(self._handle, buf)
            if written == len(buf):
                return
            buf = buf[written:]

    def _recv(self, size, read=_read):
        """So many bytes, as a BytesIO whose position is at the end."""
        buffer = io.BytesIO()
        missing = size
        while missing > 0:
            part = read(self._handle, missing)
            if not part:
                if missing == size:
                    raise EOFError
                raise OSError("got end of file during message")
            buffer.write(part)
            missing -= len(part)
        return buffer

    def _send_bytes(self, buf):
        length = len(buf)
        if length > 0x7fffffff:
            self._send(struct.pack("!i", -1) + struct.pack("!Q", length))
            self._send(buf)
            return
        header = struct.pack("!i", length)
        if length > 16384:
            # Copying would cost more than a second call.
            self._send(header)
            self._send(buf)
        else:
            # In one piece, also for the sake of those who look at packets; and a pipe takes it at once.
            self._send(header + buf)

    def _recv_bytes(self, maxsize=None):
        size, = struct.unpack("!i", self._recv(4).getvalue())
        if size == -1:
            size, = struct.unpack("!Q", self._recv(8).getvalue())
        if maxsize is not None and size > maxsize:
            return None
        return self._recv(size)

    def _poll(self, timeout):
        return bool(wait([self], timeout))


class Listener:
    """A place where connections can be made to.

    address: (host, port), or the path of a Unix socket; by default any of a family.  backlog: how many may wait;
    authkey: bytes that the other side must know.
    """

    def __init__(self, address=None, family=None, backlog=1, authkey=None):
        family = family or (address and address_type(address)) or default_family
        address = address or arbitrary_address(family)
        _validate_family(family)
        self._listener = SocketListener(address, family, backlog)
        if authkey is not None and not isinstance(authkey, bytes):
            raise TypeError('authkey should be a byte string')
        self._authkey = authkey

    def accept(self):
        """Wait for a connection and return it; AuthenticationError if the other side does not know the key."""
        if self._listener is None:
            raise OSError('listener is closed')
        connection = self._listener.accept()
        if self._authkey:
            deliver_challenge(connection, self._authkey)
            answer_challenge(connection, self._authkey)
        return connection

    def close(self):
        """Take no more connections."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()

    @property
    def address(self):
        """The address."""
        return self._listener._address

    @property
    def last_accepted(self):
        """The address of the newest connection's other side, None if unknown."""
        return self._listener._last_accepted

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        self.close()


def Client(address, family=None, authkey=None):
    """Connect to a listener and return the connection; authkey is what the listener wants."""
    family = family or address_type(address)
    _validate_family(family)
    connection = SocketClient(address)
    if authkey is not None and not isinstance(authkey, bytes):
        raise TypeError('authkey should be a byte string')
    if authkey is not None:
        answer_challenge(connection, authkey)
        deliver_challenge(connection, authkey)
    return connection


def Pipe(duplex=True):
    """Return two connections, ends of a pipe; without duplex the first only receives and the second only sends."""
    if not duplex:
        reader, writer = os.pipe()
        return Connection(reader, writable=False), Connection(writer, readable=False)
    ends = socket.socketpair()
    for end in ends:
        end.setblocking(True)
    return tuple([Connection(end.detach()) for end in ends])


class SocketListener:
    """A listening socket."""

    def __init__(self, address, family, backlog=1):
        self._socket = socket.socket(getattr(socket, family))
        try:
            # On Windows that would allow two listeners at one address.
            if os.name == 'posix':
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.setblocking(True)
            self._socket.bind(address)
            self._socket.listen(backlog)
            where = self._socket.getsockname()
        except OSError:
            self._socket.close()
            raise
        self._family, self._address = family, where
        self._unlink = self._last_accepted = None
        if family == 'AF_UNIX' and not util.is_abstract_socket_namespace(address):
            self._unlink = util.Finalize(self, os.unlink, args=(address,), exitpriority=0)

    def accept(self):
        """Wait for a connection and return it."""
        sock, self._last_accepted = self._socket.accept()
        sock.setblocking(True)
        return Connection(sock.detach())

    def close(self):
        """Close the socket and remove its file."""
        try:
            self._socket.close()
        finally:
            unlink, self._unlink = self._unlink, None
            if unlink is not None:
                unlink()


def SocketClient(address):
    """Return a connection to the socket at an address."""
    with socket.socket(getattr(socket, address_type(address))) as sock:
        sock.setblocking(True)
        sock.connect(address)
        return Connection(sock.detach())


# Keys: each side sends random bytes and gets them back digested with the key.

MESSAGE_LENGTH = 20

CHALLENGE, WELCOME, FAILURE = b'#CHALLENGE#', b'#WELCOME#', b'#FAILURE#'


def _digest(authkey, message):
    import hmac
    if not isinstance(authkey, bytes):
        raise ValueError("Authkey must be bytes, not {0!s}".format(type(authkey)))
    return hmac.new(authkey, message, 'md5').digest()


def deliver_challenge(connection, authkey):
    """Make the other side prove that it knows the key; AuthenticationError if it does not."""
    message = os.urandom(MESSAGE_LENGTH)
    expected = _digest(authkey, message)
    connection.send_bytes(CHALLENGE + message)
    if connection.recv_bytes(256) != expected:
        connection.send_bytes(FAILURE)
        raise AuthenticationError('digest received was wrong')
    connection.send_bytes(WELCOME)


def answer_challenge(connection, authkey):
    """Prove that we know the key; AuthenticationError if the other side thinks we do not."""
    if not isinstance(authkey, bytes):
        raise ValueError("Authkey must be bytes, not {0!s}".format(type(authkey)))
    message = connection.recv_bytes(256)
    assert message[:len(CHALLENGE)] == CHALLENGE, 'message = %r' % message
    connection.send_bytes(_digest(authkey, message[len(CHALLENGE):]))
    if connection.recv_bytes(256) != WELCOME:
        raise AuthenticationError('digest sent was rejected')


# Objects as XML, for those who do not trust pickles

class ConnectionWrapper:
    """A connection that turns objects into bytes by functions of the caller's."""

    def __init__(self, conn, dumps, loads):
        self._conn, self._dumps, self._loads = conn, dumps, loads
        for name in 'fileno', 'close', 'poll', 'recv_bytes', 'send_bytes':
            setattr(self, name, getattr(conn, name))

    def send(self, obj):
        """Send an object."""
        self._conn.send_bytes(self._dumps(obj))

    def recv(self):
        """Receive an object."""
        return self._loads(self._conn.recv_bytes())


def _xml_dumps(obj):
    return xmlrpclib.dumps((obj,), None, None, None, 1).encode('utf-8')


def _xml_loads(s):
    (obj,), _ = xmlrpclib.loads(s.decode('utf-8'))
    return obj


class XmlListener(Listener):
    """A listener for connections that carry objects as XML."""

    def accept(self):
        global xmlrpclib
        import xmlrpc.client as xmlrpclib
        return ConnectionWrapper(Listener.accept(self), _xml_dumps, _xml_loads)


def XmlClient(*args, **kwds):
    """Client() for an XmlListener."""
    global xmlrpclib
    import xmlrpc.client as xmlrpclib
    return ConnectionWrapper(Client(*args, **kwds), _xml_dumps, _xml_loads)


# poll() has no limit on descriptors and needs none of its own.
_WaitSelector = getattr(selectors, 'PollSelector', selectors.SelectSelector)


def wait(object_list, timeout=None):
    """Wait for connections, sockets, sentinels or descriptors; return the list of those that are ready.

    timeout: at most so many seconds; then the list may be empty.
    """
    with _WaitSelector() as selector:
        for obj in object_list:
            selector.register(obj, selectors.EVENT_READ)
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            ready = selector.select(timeout)
            if ready:
                return [key.fileobj for key, _ in ready]
            if timeout is not None:
                timeout = deadline - time.monotonic()
                if timeout < 0:
                    return []


def reduce_connection(conn):
    return rebuild_connection, (reduction.DupFd(conn.fileno()), conn.readable, conn.writable)


def rebuild_connection(df, readable, writable):
    return Connection(df.detach(), readable, writable)


reduction.register(Connection, reduce_connection)
