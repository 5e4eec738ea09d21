# SPDX-License-Identifier: MIT
"""Sockets of transports, as programs may see them: to be asked and set, but not to be read and written."""

import socket
import warnings


class TransportSocket:
    """A look at the socket of a transport.  Methods that would interfere with it warn: they are going to go."""

    __slots__ = ('_sock',)

    def __init__(self, sock: socket.socket):
        self._sock = sock

    def _na(self, what):
        warnings.warn(f"Using {what} on sockets returned from get_extra_info('socket') will be prohibited in asyncio "
                      f"version 3.9. Please report your use case to bugs.python.org.", DeprecationWarning,
                      source=self)

    family = property(lambda self: self._sock.family, doc='The family of addresses.')
    type = property(lambda self: self._sock.type, doc='The kind of the socket.')
    proto = property(lambda self: self._sock.proto, doc='The protocol.')

    def __repr__(self):
        parts = [f'fd={self.fileno()}', f'family={self.family!s}', f'type={self.type!s}', f'proto={self.proto}']
        if self.fileno() != -1:
            for name, ask in ('laddr', self.getsockname), ('raddr', self.getpeername):
                try:
                    address = ask()
                except socket.error:
                    continue
                if address:
                    parts.append(f'{name}={address}')
        return '<asyncio.TransportSocket ' + ', '.join(parts) + '>'

    def __getstate__(self):
        raise TypeError("Cannot serialize asyncio.TransportSocket object")

    def fileno(self):
        """Return the descriptor."""
        return self._sock.fileno()

    def dup(self):
        """Return a socket for a copy of the descriptor."""
        return self._sock.dup()

    def get_inheritable(self):
        """Return whether child processes inherit it."""
        return self._sock.get_inheritable()

    def shutdown(self, how):
        """Shut down a direction; asyncio does not see that, so it is for experts."""
        self._sock.shutdown(how)

    def getsockopt(self, *args, **kwargs):
        """Ask for an option."""
        return self._sock.getsockopt(*args, **kwargs)

    def setsockopt(self, *args, **kwargs):
        """Set an option."""
        self._sock.setsockopt(*args, **kwargs)

    def getpeername(self):
        """Return the address of the other side."""
        return self._sock.getpeername()

    def getsockname(self):
        """Return the address of this side."""
        return self._sock.getsockname()

    def getsockbyname(self):
        """Not a method of sockets; here by mistake, for ever."""
        return self._sock.getsockbyname()

    # What is still possible, with a warning:

    def accept(self):
        """The accept() of the socket; deprecated."""
        self._na('accept() method')
        return self._sock.accept()

    def makefile(self):
        """The makefile() of the socket; deprecated."""
        self._na('makefile() method')
        return self._sock.makefile()

    def close(self):
        """The close() of the socket; deprecated."""
        self._na('close() method')
        return self._sock.close()

    def detach(self):
        """The detach() of the socket; deprecated."""
        self._na('detach() method')
        return self._sock.detach()

    def share(self, process_id):
        """The share() of the socket; deprecated."""
        self._na('share() method')
        return self._sock.share(process_id)

    def settimeout(self, value):
        """Accept the only timeout that transports can live with, 0."""
        if value != 0:
            raise ValueError('settimeout(): only 0 timeout is allowed on transport sockets')

    def gettimeout(self):
        """Return 0."""
        return 0

    def setblocking(self, flag):
        """Accept that the socket does not wait."""
        if flag:
            raise ValueError('setblocking(): transport sockets cannot be blocking')

    def __enter__(self):
        """The __enter__() of the socket; deprecated."""
        self._na('context manager protocol')
        return self._sock.__enter__()

    def __exit__(self, *err):
        """The __exit__() of the socket; deprecated."""
        self._na('context manager protocol')
        return self._sock.__exit__(*err)


def _warned(name):
    def method(self, *args, **kwargs):
        """The method() of the socket; deprecated."""
        self._na(name + '() method')
        return getattr(self._sock, name)(*args, **kwargs)
    method.__name__ = name
    method.__qualname__ = 'TransportSocket.' + name
    return method


for _name in ('connect', 'connect_ex', 'bind', 'ioctl', 'listen', 'sendfile', 'sendmsg_afalg', 'sendmsg', 'sendto',
              'send', 'sendall', 'set_inheritable', 'recv_into', 'recvfrom_into', 'recvmsg_into', 'recvmsg',
              'recvfrom', 'recv'):
    setattr(TransportSocket, _name, _warned(_name))
del _name
