# SPDX-License-Identifier: MIT
"""Sockets: the network interface of the operating system.

`_socket` has the functions and the bare socket type; here sockets get file objects, and numbers names: address
families are AddressFamily, kinds of sockets SocketKind, flags MsgFlag and AddressInfo.
"""

import _socket
import errno
import io
import os
import sys
from _socket import *
from enum import IntEnum, IntFlag

__all__ = ["fromfd", "getfqdn", "create_connection", "create_server", "has_dualstack_ipv6", "AddressFamily",
           "SocketKind"]
__all__ += [name for name in sorted(dir(_socket)) if not name.startswith('_')]

for _class, _name, _prefix in ((IntEnum, 'AddressFamily', 'AF_'), (IntEnum, 'SocketKind', 'SOCK_'),
                               (IntFlag, 'MsgFlag', 'MSG_'), (IntFlag, 'AddressInfo', 'AI_')):
    _class._convert_(_name, __name__, lambda name: name.isupper() and name.startswith(_prefix))
del _class, _name, _prefix

_LOCALHOST = '127.0.0.1'
_LOCALHOST_V6 = '::1'

EBADF, EAGAIN, EWOULDBLOCK = errno.EBADF, errno.EAGAIN, errno.EWOULDBLOCK

# What a socket that must not wait says.
_blocking_errnos = {EAGAIN, EWOULDBLOCK}

_GLOBAL_DEFAULT_TIMEOUT = object()


def _intenum_converter(value, enum_klass):
    """The member of an enumeration with a value, or the value if there is none."""
    try:
        return enum_klass(value)
    except ValueError:
        return value


class _GiveupOnSendfile(Exception):
    """os.sendfile() cannot be used and nothing was sent."""


class socket(_socket.socket):
    """An end of a connection, or of several.

    family, type, proto: AF_INET, SOCK_STREAM and 0 by default; fileno: the descriptor of a socket there is already.
    In `with` it is closed at the end.
    """

    __slots__ = ["__weakref__", "_io_refs", "_closed"]

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        # With a descriptor, -1 means: ask the system.
        if fileno is None:
            family = AF_INET if family == -1 else family
            type = SOCK_STREAM if type == -1 else type
            proto = 0 if proto == -1 else proto
        super().__init__(family, type, proto, fileno)
        self._io_refs = 0       # file objects that need the socket
        self._closed = False

    def __enter__(self):
        return self

    def __exit__(self, *args):
        if not self._closed:
            self.close()

    def __repr__(self):
        parts = ['fd=%i' % self.fileno(), 'family=%s' % self.family, 'type=%s' % self.type, 'proto=%i' % self.proto]
        if not getattr(self, '_closed', False):
            for name, ask in ('laddr', self.getsockname), ('raddr', self.getpeername):
                try:
                    address = ask()
                except error:
                    continue
                if address:
                    parts.append('%s=%s' % (name, address))
        return "<%s.%s%s %s>" % (self.__class__.__module__, self.__class__.__qualname__,
                                 " [closed]" if getattr(self, '_closed', False) else "", ', '.join(parts))

    def __getstate__(self):
        raise TypeError("cannot pickle %r object" % self.__class__.__name__)

    def dup(self):
        """Return a new socket object for a copy of the descriptor, which child processes do not inherit."""
        copy = self.__class__(self.family, self.type, self.proto, fileno=dup(self.fileno()))
        copy.settimeout(self.gettimeout())
        return copy

    def accept(self):
        """Wait for a connection; return a socket for it and the address of the other side."""
        fd, address = self._accept()
        connection = socket(self.family, self.type, self.proto, fileno=fd)
        # Systems differ in whether it inherits that the listening socket does not wait.
        if getdefaulttimeout() is None and self.gettimeout():
            connection.setblocking(True)
        return connection, address

    def makefile(self, mode="r", buffering=None, *, encoding=None, errors=None, newline=None):
        """Return a file object for the connection; the arguments are those of open(), the mode of r, w and b."""
        if not set(mode) <= {"r", "w", "b"}:
            raise ValueError("invalid mode %r (only r, w, b allowed)" % (mode,))
        writing = "w" in mode
        reading = "r" in mode or not writing
        raw = SocketIO(self, "r" * reading + "w" * writing)
        self._io_refs += 1
        if buffering is None or buffering < 0:
            buffering = io.DEFAULT_BUFFER_SIZE
        if buffering == 0:
            if "b" not in mode:
                raise ValueError("unbuffered streams must be binary")
            return raw
        if reading and writing:
            buffer = io.BufferedRWPair(raw, raw, buffering)
        else:
            buffer = (io.BufferedReader if reading else io.BufferedWriter)(raw, buffering)
        if "b" in mode:
            return buffer
        text = io.TextIOWrapper(buffer, encoding, errors, newline)
        text.mode = mode
        return text

    def _sendfile_use_sendfile(self, file, offset=0, count=None):
        """sendfile() within the kernel."""
        if not hasattr(os, 'sendfile'):
            raise _GiveupOnSendfile("os.sendfile() not available on this platform")
        self._check_sendfile_params(file, offset, count)
        try:
            source = file.fileno()
            size = os.fstat(source).st_size
        except (AttributeError, io.UnsupportedOperation, OSError) as reason:
            raise _GiveupOnSendfile(reason)     # not a file of the system
        if not size:
            return 0
        patience = self.gettimeout()
        if patience == 0:
            raise ValueError("non-blocking sockets are not supported")
        import select
        poll = select.poll()
        poll.register(self.fileno(), select.POLLOUT)
        step = min(count or size, 1 << 30)
        total = 0
        try:
            while True:
                if patience and not poll.poll(patience * 1000):
                    raise timeout('timed out')
                if count:
                    step = count - total
                    if step <= 0:
                        return total
                try:
                    sent = os.sendfile(self.fileno(), source, offset, step)
                except BlockingIOError:
                    if not patience:
                        poll.poll()
                    continue
                except OSError as failure:
                    if total == 0:
                        # The file may be of a kind that it cannot send.
                        raise _GiveupOnSendfile(failure)
                    raise failure from None
                if sent == 0:
                    return total
                offset += sent
                total += sent
        finally:
            if total > 0 and hasattr(file, 'seek'):
                file.seek(offset)

    def _sendfile_use_send(self, file, offset=0, count=None):
        """sendfile() by reading and sending."""
        self._check_sendfile_params(file, offset, count)
        total = 0
        if offset and self.gettimeout() != 0:
            file.seek(offset)
        elif self.gettimeout() == 0:
            raise ValueError("non-blocking sockets are not supported")
        try:
            while True:
                step = min(count - total, 8192) if count else 8192
                data = memoryview(file.read(step)) if step > 0 else b''
                if not data:
                    return total
                while data:
                    try:
                        sent = self.send(data)
                    except BlockingIOError:
                        continue
                    total += sent
                    data = data[sent:]
        finally:
            if total > 0 and hasattr(file, 'seek'):
                file.seek(offset + total)

    def _check_sendfile_params(self, file, offset, count):
        if 'b' not in getattr(file, 'mode', 'b'):
            raise ValueError("file should be opened in binary mode")
        if not self.type & SOCK_STREAM:
            raise ValueError("only SOCK_STREAM type sockets are supported")
        is_int = isinstance(count, int)
        if not (count is None or is_int and count > 0):
            kind = ValueError if is_int else TypeError
            raise kind("count must be a positive integer (got {!r})".format(count))

    def sendfile(self, file, offset=0, count=None):
        """Send a binary file from an offset on, all of it or count bytes; return how many bytes were sent.

        os.sendfile() is used if possible.  The position in the file is moved behind what was sent.  The socket must
        be one of SOCK_STREAM that waits.
        """
        try:
            return self._sendfile_use_sendfile(file, offset, count)
        except _GiveupOnSendfile:
            return self._sendfile_use_send(file, offset, count)

    def _decref_socketios(self):
        self._io_refs = max(self._io_refs - 1, 0)
        if self._closed:
            self.close()

    def _real_close(self, _ss=_socket.socket):
        # An argument, as the module may be gone when this is called.
        _ss.close(self)

    def close(self):
        """Close the socket, when all file objects made of it are closed too."""
        self._closed = True
        if self._io_refs <= 0:
            self._real_close()

    def detach(self):
        """Return the descriptor, which is the caller's from now on; the object is as closed."""
        self._closed = True
        return super().detach()

    @property
    def family(self):
        """The address family."""
        return _intenum_converter(super().family, AddressFamily)

    @property
    def type(self):
        """The kind of socket."""
        return _intenum_converter(super().type, SocketKind)

    def get_inheritable(self):
        """Return whether child processes inherit the socket."""
        ask = os.get_handle_inheritable if os.name == 'nt' else os.get_inheritable
        return ask(self.fileno())

    def set_inheritable(self, inheritable):
        """Set whether child processes inherit the socket."""
        change = os.set_handle_inheritable if os.name == 'nt' else os.set_inheritable
        change(self.fileno(), inheritable)


def fromfd(fd, family, type, proto=0):
    """Return a socket object for a copy of a descriptor."""
    return socket(family, type, proto, dup(fd))


if hasattr(_socket.socket, "share"):
    def fromshare(info):
        """Return a socket object for what socket.share() returned in another process."""
        return socket(0, 0, 0, info)
    __all__.append("fromshare")

if hasattr(_socket, "socketpair"):
    def socketpair(family=None, type=SOCK_STREAM, proto=0):
        """Return two sockets connected to each other; the family is AF_UNIX by default, where there is such."""
        if family is None:
            family = globals().get('AF_UNIX', AF_INET)
        return tuple([socket(family, type, proto, end.detach())
                      for end in _socket.socketpair(family, type, proto)])


class SocketIO(io.RawIOBase):
    """What socket.makefile() stands on: a raw file for a socket and a mode of r, w and b."""

    def __init__(self, sock, mode):
        if mode not in ("r", "w", "rw", "rb", "wb", "rwb"):
            raise ValueError("invalid mode: %r" % mode)
        super().__init__()
        self._sock = sock
        self._mode = mode if "b" in mode else mode + "b"
        self._reading, self._writing = "r" in mode, "w" in mode
        self._timeout_occurred = False

    def readinto(self, b):
        """Read what there is, at most as much as a buffer holds, and return how much; None if one would wait.

        After a timeout no more can be read, since nobody knows what got lost.
        """
        self._checkClosed()
        self._checkReadable()
        if self._timeout_occurred:
            raise OSError("cannot read from timed out object")
        try:
            return self._sock.recv_into(b)
        except timeout:
            self._timeout_occurred = True
            raise
        except error as failure:
            if failure.args[0] in _blocking_errnos:
                return None
            raise

    def write(self, b):
        """Write some of the bytes and return how many; None if one would wait."""
        self._checkClosed()
        self._checkWritable()
        try:
            return self._sock.send(b)
        except error as failure:
            if failure.args[0] in _blocking_errnos:
                return None
            raise

    def _answer(self, answer):
        if self.closed:
            raise ValueError("I/O operation on closed socket.")
        return answer

    def readable(self):
        """Return whether the mode allows to read."""
        return self._answer(self._reading)

    def writable(self):
        """Return whether the mode allows to write."""
        return self._answer(self._writing)

    def seekable(self):
        """Return False."""
        return self._answer(False)

    def fileno(self):
        """Return the descriptor."""
        self._checkClosed()
        return self._sock.fileno()

    @property
    def name(self):
        """The descriptor, -1 if closed."""
        return -1 if self.closed else self.fileno()

    @property
    def mode(self):
        """The mode, with a b."""
        return self._mode

    def close(self):
        """Close the file; the socket too, if it was closed and nothing else needs it."""
        if not self.closed:
            super().close()
            self._sock._decref_socketios()
            self._sock = None


def getfqdn(name=''):
    """Return the name of a host (by default of this one) with its domain, if that can be found."""
    name = name.strip()
    if not name or name == '0.0.0.0':
        name = gethostname()
    try:
        official, aliases, _ = gethostbyaddr(name)
    except error:
        return name
    for candidate in [official, *aliases]:
        if '.' in candidate:
            return candidate
    return official


def create_connection(address, timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None):
    """Connect to (host, port) and return the socket; all addresses of the host are tried.

    timeout: of the socket, in seconds; source_address: (host, port) to connect from.
    """
    host, port = address
    failure = None
    try:
        for family, kind, protocol, _, where in getaddrinfo(host, port, 0, SOCK_STREAM):
            connection = None
            try:
                connection = socket(family, kind, protocol)
                if timeout is not _GLOBAL_DEFAULT_TIMEOUT:
                    connection.settimeout(timeout)
                if source_address:
                    connection.bind(source_address)
                connection.connect(where)
                return connection
            except error as reason:
                failure = reason
                if connection is not None:
                    connection.close()
        raise error("getaddrinfo returns an empty list") if failure is None else failure
    finally:
        failure = None      # which refers to this frame


def has_dualstack_ipv6():
    """Return whether one socket can serve both IPv4 and IPv6."""
    if not (has_ipv6 and hasattr(_socket, 'IPPROTO_IPV6') and hasattr(_socket, 'IPV6_V6ONLY')):
        return False
    try:
        with socket(AF_INET6, SOCK_STREAM) as probe:
            probe.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
    except error:
        return False
    return True


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    """Return a TCP socket that listens at (host, port).

    family: AF_INET or AF_INET6; backlog: how many connections may wait; reuse_port: let other sockets have the same
    port; dualstack_ipv6: serve IPv4 too.  ValueError is raised where the system cannot do that.
    """
    if reuse_port and not hasattr(_socket, "SO_REUSEPORT"):
        raise ValueError("SO_REUSEPORT not supported on this platform")
    if dualstack_ipv6 and not has_dualstack_ipv6():
        raise ValueError("dualstack_ipv6 not supported on this platform")
    if dualstack_ipv6 and family != AF_INET6:
        raise ValueError("dualstack_ipv6 requires AF_INET6 family")
    server = socket(family, SOCK_STREAM)
    try:
        # On Windows it would allow two servers at one port.
        if os.name not in ('nt', 'cygwin') and hasattr(_socket, 'SO_REUSEADDR'):
            try:
                server.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
            except error:
                pass
        if reuse_port:
            server.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        if has_ipv6 and family == AF_INET6:
            if dualstack_ipv6:
                server.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
            elif hasattr(_socket, "IPV6_V6ONLY") and hasattr(_socket, "IPPROTO_IPV6"):
                server.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1)
        try:
            server.bind(address)
        except error as failure:
            raise error(failure.errno, '%s (while attempting to bind on address %r)'
                        % (failure.strerror, address)) from None
        server.listen(*() if backlog is None else (backlog,))
        return server
    except error:
        server.close()
        raise


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """Return what sockets to use for a host and a port or service: a list of (family, type, proto, canonname, address).

    family, type, proto and flags restrict the answer; host None stands for this one.
    """
    return [(_intenum_converter(its_family, AddressFamily), _intenum_converter(its_type, SocketKind), *rest)
            for its_family, its_type, *rest in _socket.getaddrinfo(host, port, family, type, proto, flags)]
