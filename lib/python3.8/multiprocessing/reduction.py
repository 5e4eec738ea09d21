# SPDX-License-Identifier: MIT
"""Pickling for other processes, and handing them descriptors."""

import array
import copyreg
import functools
import io
import pickle
import socket
import sys
from abc import ABCMeta
from collections import ChainMap

from . import context

__all__ = ['send_handle', 'recv_handle', 'ForkingPickler', 'register', 'dump']

HAVE_SEND_HANDLE = sys.platform == 'win32' or (
    hasattr(socket, 'CMSG_LEN') and hasattr(socket, 'SCM_RIGHTS') and hasattr(socket.socket, 'sendmsg'))


class ForkingPickler(pickle.Pickler):
    """A pickler that knows a few more types, and those that register() is told."""

    _extra_reducers = {}
    _copyreg_dispatch_table = ChainMap(copyreg.dispatch_table)

    def __init__(self, *args):
        super().__init__(*args)
        self.dispatch_table = self._copyreg_dispatch_table.new_child(self._extra_reducers)

    @classmethod
    def register(cls, type, reduce):
        """Have objects of a type pickled by a function that returns what __reduce__ would."""
        cls._extra_reducers[type] = reduce

    @classmethod
    def dumps(cls, obj, protocol=None):
        """Return the pickle of an object, a buffer."""
        buffer = io.BytesIO()
        cls(buffer, protocol).dump(obj)
        return buffer.getbuffer()

    loads = pickle.loads


register = ForkingPickler.register


def dump(obj, file, protocol=None):
    """Write the pickle of an object to a file."""
    ForkingPickler(file, protocol).dump(obj)


# Descriptors, over Unix sockets

__all__ += ['DupFd', 'sendfds', 'recvfds']

# macOS may lose what is on its way when the sender closes.
ACKNOWLEDGE = sys.platform == 'darwin'


def sendfds(sock, fds):
    """Send descriptors over a Unix socket."""
    packed = array.array('i', fds)
    sock.sendmsg([bytes([len(packed) % 256])], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, packed)])
    if ACKNOWLEDGE and sock.recv(1) != b'A':
        raise RuntimeError('did not receive acknowledgement of fd')


def recvfds(sock, size):
    """Receive so many descriptors over a Unix socket; return the list."""
    packed = array.array('i')
    message, ancillary, _, _ = sock.recvmsg(1, socket.CMSG_SPACE(packed.itemsize * size))
    if not message and not ancillary:
        raise EOFError
    try:
        if ACKNOWLEDGE:
            sock.send(b'A')
        if len(ancillary) != 1:
            raise RuntimeError('received %d items of ancdata' % len(ancillary))
        level, kind, data = ancillary[0]
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            if len(data) % packed.itemsize != 0:
                raise ValueError
            packed.frombytes(data)
            if len(packed) % 256 != message[0]:
                raise AssertionError("Len is {0:n} but msg[0] is {1!r}".format(len(packed), message[0]))
            return list(packed)
    except (ValueError, IndexError):
        pass
    raise RuntimeError('Invalid data received')


def _as_socket(conn):
    return socket.fromfd(conn.fileno(), socket.AF_UNIX, socket.SOCK_STREAM)


def send_handle(conn, handle, destination_pid):
    """Send a descriptor over a connection that is a Unix socket."""
    with _as_socket(conn) as sock:
        sendfds(sock, [handle])


def recv_handle(conn):
    """Receive a descriptor over a connection that is a Unix socket."""
    with _as_socket(conn) as sock:
        return recvfds(sock, 1)[0]


def DupFd(fd):
    """Return something that can be pickled, and whose detach() in the other process returns the descriptor there."""
    popen = context.get_spawning_popen()
    if popen is not None:
        return popen.DupFd(popen.duplicate_for_child(fd))
    if HAVE_SEND_HANDLE:
        from . import resource_sharer
        return resource_sharer.DupFd(fd)
    raise ValueError('SCM_RIGHTS appears not to be available')


# More types

def _reduce_method(m):
    # A method of a class has the class itself for __self__.
    return getattr, (m.__self__ if m.__self__ is not None else m.__class__, m.__func__.__name__)


class _C:
    def f(self):
        pass


register(type(_C().f), _reduce_method)


def _reduce_method_descriptor(m):
    return getattr, (m.__objclass__, m.__name__)


for _kind in {type(list.append), type(int.__add__)}:
    register(_kind, _reduce_method_descriptor)
del _kind


def _rebuild_partial(func, args, keywords):
    return functools.partial(func, *args, **keywords)


def _reduce_partial(p):
    parts = p.func, p.args, p.keywords or {}
    return _rebuild_partial, parts


register(functools.partial, _reduce_partial)


def _reduce_socket(s):
    return _rebuild_socket, (DupFd(s.fileno()), s.family, s.type, s.proto)


def _rebuild_socket(df, family, type, proto):
    return socket.socket(family, type, proto, fileno=df.detach())


register(socket.socket, _reduce_socket)


class AbstractReducer(metaclass=ABCMeta):
    """What a replacement of this module, for a context's reducer, is derived from."""

    ForkingPickler = ForkingPickler
    register = register
    dump = dump
    send_handle = send_handle
    recv_handle = recv_handle
    sendfds = sendfds
    recvfds = recvfds
    DupFd = DupFd

    _reduce_method = _reduce_method
    _reduce_method_descriptor = _reduce_method_descriptor
    _rebuild_partial = _rebuild_partial
    _reduce_socket = _reduce_socket
    _rebuild_socket = _rebuild_socket

    def __init__(self, *args):
        for kind, reduce in ((type(_C().f), _reduce_method), (type(list.append), _reduce_method_descriptor),
                             (type(int.__add__), _reduce_method_descriptor), (functools.partial, _reduce_partial),
                             (socket.socket, _reduce_socket)):
            register(kind, reduce)
