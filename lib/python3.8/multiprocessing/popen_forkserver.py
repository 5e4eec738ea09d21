# SPDX-License-Identifier: MIT
"""Starting a process by the fork server: descriptors go there over a Unix socket, the rest through a pipe."""

import io
import os

from .context import reduction, set_spawning_popen

if not reduction.HAVE_SEND_HANDLE:
    raise ImportError('No support for sending fds between processes')

from . import forkserver, popen_fork, spawn, util

__all__ = ['Popen']


class _DupFd:
    """A descriptor by its place among those that were sent along."""

    def __init__(self, ind):
        self.ind = ind

    def detach(self):
        return forkserver.get_inherited_fds()[self.ind]


class Popen(popen_fork.Popen):
    """A child process of the fork server."""

    method = 'forkserver'
    DupFd = _DupFd

    def __init__(self, process_obj):
        self._fds = []      # that go along
        super().__init__(process_obj)

    def duplicate_for_child(self, fd):
        place = len(self._fds)
        self._fds.append(fd)
        return place

    def _launch(self, process_obj):
        data = io.BytesIO()
        preparation = spawn.get_preparation_data(process_obj._name)
        set_spawning_popen(self)
        try:
            reduction.dump(preparation, data)
            reduction.dump(process_obj, data)
        finally:
            set_spawning_popen(None)
        self.sentinel, writer = forkserver.connect_to_new_process(self._fds)
        # A copy stays open as long as we live: so the child sees our end.
        alive = os.dup(writer)
        self.finalizer = util.Finalize(self, util.close_fds, (alive, self.sentinel))
        with open(writer, 'wb', closefd=True) as pipe:
            pipe.write(data.getbuffer())
        self.pid = forkserver.read_signed(self.sentinel)

    def poll(self, flag=os.WNOHANG):
        if self.returncode is None:
            from .connection import wait
            if not wait([self.sentinel], 0 if flag == os.WNOHANG else None):
                return None
            try:
                self.returncode = forkserver.read_signed(self.sentinel)
            except (OSError, EOFError):
                # The server itself is gone.
                self.returncode = 255
        return self.returncode
