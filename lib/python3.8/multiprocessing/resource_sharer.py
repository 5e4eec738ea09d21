# SPDX-License-Identifier: MIT
"""Handing out descriptors to processes that ask for them: a thread waits at a socket.

What is pickled is the address and a number; the other process connects and sends the number.
"""

import os
import signal
import sys
import threading

from . import process, util
from .context import reduction

__all__ = ['stop', 'DupFd']


class DupFd:
    """A descriptor that can be sent to another process, once."""

    def __init__(self, fd):
        copy = os.dup(fd)
        self._id = _resource_sharer.register(lambda conn, pid: reduction.send_handle(conn, copy, pid),
                                             lambda: os.close(copy))

    def detach(self):
        """Return the descriptor, in the other process."""
        with _resource_sharer.get_connection(self._id) as connection:
            return reduction.recv_handle(connection)


class _ResourceSharer:
    """What waits to be asked for, and the thread that hands it out."""

    def __init__(self):
        self._key = 0
        self._cache = {}            # number -> (send, close)
        self._lock = threading.Lock()
        self._listener = self._address = self._thread = None
        util.register_after_fork(self, _ResourceSharer._afterfork)

    def register(self, send, close):
        """Keep two functions, to send something and to let go of it; return what identifies them."""
        with self._lock:
            if self._address is None:
                self._start()
            self._key += 1
            self._cache[self._key] = send, close
            return self._address, self._key

    @staticmethod
    def get_connection(ident):
        """Return a connection over which the thing comes."""
        from .connection import Client
        address, key = ident
        connection = Client(address, authkey=process.current_process().authkey)
        connection.send((key, os.getpid()))
        return connection

    def stop(self, timeout=None):
        """End the thread and let go of everything."""
        from .connection import Client
        with self._lock:
            if self._address is None:
                return
            connection = Client(self._address, authkey=process.current_process().authkey)
            connection.send(None)
            connection.close()
            self._thread.join(timeout)
            if self._thread.is_alive():
                util.sub_warning('_ResourceSharer thread did not stop when asked')
            self._listener.close()
            self._forget()

    def _forget(self):
        for _, close in self._cache.values():
            close()
        self._cache.clear()
        self._listener = self._address = self._thread = None

    def _afterfork(self):
        # Everything belongs to the parent.
        for _, close in self._cache.values():
            close()
        self._cache.clear()
        self._lock = threading.Lock()
        if self._listener is not None:
            self._listener.close()
        self._listener = self._address = self._thread = None

    def _start(self):
        from .connection import Listener
        assert self._listener is None, "Already have Listener"
        util.debug('starting listener and thread for sending handles')
        self._listener = Listener(authkey=process.current_process().authkey)
        self._address = self._listener.address
        thread = self._thread = threading.Thread(target=self._serve)
        thread.daemon = True
        thread.start()

    def _serve(self):
        # Signals are for the main thread.
        if hasattr(signal, 'pthread_sigmask'):
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        while True:
            try:
                with self._listener.accept() as connection:
                    request = connection.recv()
                    if request is None:
                        return
                    self._hand_over(connection, *request)
            except:
                if not util.is_exiting():
                    sys.excepthook(*sys.exc_info())

    def _hand_over(self, connection, key, destination_pid):
        send, close = self._cache.pop(key)
        try:
            send(connection, destination_pid)
        finally:
            close()


_resource_sharer = _ResourceSharer()
stop = _resource_sharer.stop
