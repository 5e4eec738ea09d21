# SPDX-License-Identifier: MIT
"""Connections between threads: a pair of queues."""

__all__ = ['Client', 'Listener', 'Pipe']

from queue import Queue

families = [None]


class Listener:
    """A place where connections can be made to; its address is a queue."""

    def __init__(self, address=None, family=None, backlog=1):
        self._backlog_queue = Queue(backlog)

    def accept(self):
        """Wait for a connection and return it."""
        return Connection(*self._backlog_queue.get())

    def close(self):
        """Take no more connections."""
        self._backlog_queue = None

    @property
    def address(self):
        """What Client() takes."""
        return self._backlog_queue

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        self.close()


def Client(address):
    """Connect to a listener and return the connection."""
    there, here = Queue(), Queue()
    address.put((there, here))
    return Connection(here, there)


def Pipe(duplex=True):
    """Return two connections, ends of a pipe."""
    one, other = Queue(), Queue()
    return Connection(one, other), Connection(other, one)


class Connection:
    """An end: a queue to receive from and one to send to."""

    def __init__(self, _in, _out):
        self._in, self._out = _in, _out
        self.send = self.send_bytes = _out.put
        self.recv = self.recv_bytes = _in.get

    def poll(self, timeout=0.0):
        """Return whether there is something to receive, waiting for it for some seconds."""
        source = self._in
        if timeout > 0.0 and not source.qsize():
            with source.not_empty:
                source.not_empty.wait(timeout)
        return source.qsize() > 0

    def close(self):
        """Do nothing."""

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        self.close()
