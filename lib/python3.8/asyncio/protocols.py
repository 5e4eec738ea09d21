# SPDX-License-Identifier: MIT
"""Protocols: what the program does with what a transport brings.  Subclasses override some of the methods."""

__all__ = ('BaseProtocol', 'Protocol', 'DatagramProtocol', 'SubprocessProtocol', 'BufferedProtocol')


class BaseProtocol:
    """What is the same for all protocols."""

    __slots__ = ()

    def connection_made(self, transport):
        """The connection is there; transport is what to write to."""

    def connection_lost(self, exc):
        """The connection has ended: by an exception, or (None) in peace."""

    def pause_writing(self):
        """So much waits to be written that it is better to stop; see set_write_buffer_limits()."""

    def resume_writing(self):
        """There is room again."""


class Protocol(BaseProtocol):
    """A protocol for streams: connection_made, data_received any number of times, maybe eof_received, and
    connection_lost."""

    __slots__ = ()

    def data_received(self, data):
        """Some bytes have come, at least one."""

    def eof_received(self):
        """The other side writes no more.  If the result is false, the transport closes; else that is left to us."""


class BufferedProtocol(BaseProtocol):
    """A protocol for streams that supplies the buffers: get_buffer and buffer_updated in place of data_received."""

    __slots__ = ()

    def get_buffer(self, sizehint):
        """Return a buffer for what comes, of any length but 0; sizehint (-1: none) is a recommendation."""

    def buffer_updated(self, nbytes):
        """So many bytes have been written to the buffer."""

    def eof_received(self):
        """The other side writes no more.  If the result is false, the transport closes; else that is left to us."""


class DatagramProtocol(BaseProtocol):
    """A protocol for datagrams."""

    __slots__ = ()

    def datagram_received(self, data, addr):
        """A datagram has come from an address."""

    def error_received(self, exc):
        """A datagram could not be sent or received (OSError)."""


class SubprocessProtocol(BaseProtocol):
    """A protocol for the pipes of a child process."""

    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """The child has written bytes to a descriptor: 1 or 2."""

    def pipe_connection_lost(self, fd, exc):
        """A pipe has ended: by an exception, or (None) in peace."""

    def process_exited(self):
        """The child has ended."""


def _feed_data_to_buffered_proto(proto, data):
    """Hand bytes to a BufferedProtocol."""
    while data:
        buffer = proto.get_buffer(len(data))
        room = len(buffer)
        if not room:
            raise RuntimeError('get_buffer() returned an empty buffer')
        count = min(room, len(data))
        buffer[:count] = data[:count]
        proto.buffer_updated(count)
        data = data[count:]
