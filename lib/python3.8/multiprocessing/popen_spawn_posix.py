# SPDX-License-Identifier: MIT
"""Starting a process in a new interpreter: it gets what it needs, pickled, through a pipe."""

import io
import os

from . import popen_fork, reduction, spawn, util
from .context import set_spawning_popen

__all__ = ['Popen']


class _DupFd:
    """A descriptor that the child gets under the same number."""

    def __init__(self, fd):
        self.fd = fd

    def detach(self):
        return self.fd


class Popen(popen_fork.Popen):
    """A child process in a new interpreter."""

    method = 'spawn'
    DupFd = _DupFd

    def __init__(self, process_obj):
        self._fds = []      # that the child is to have
        super().__init__(process_obj)

    def duplicate_for_child(self, fd):
        self._fds.append(fd)
        return fd

    def _launch(self, process_obj):
        from . import resource_tracker
        tracker_fd = self.duplicate_for_child(resource_tracker.getfd())
        data = io.BytesIO()
        set_spawning_popen(self)
        try:
            reduction.dump(spawn.get_preparation_data(process_obj._name), data)
            reduction.dump(process_obj, data)
        finally:
            set_spawning_popen(None)
        ours, childs = [], []
        try:
            parent_r, child_w = os.pipe()
            ours.append(parent_r)
            childs.append(child_w)
            child_r, parent_w = os.pipe()
            ours.append(parent_w)
            childs.append(child_r)
            self._fds += childs
            command = spawn.get_command_line(tracker_fd=tracker_fd, pipe_handle=child_r)
            self.pid = util.spawnv_passfds(spawn.get_executable(), command, self._fds)
            self.sentinel = parent_r
            with open(parent_w, 'wb', closefd=False) as pipe:
                pipe.write(data.getbuffer())
        finally:
            self.finalizer = util.Finalize(self, util.close_fds, tuple(ours))
            util.close_fds(*childs)
