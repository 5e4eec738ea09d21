# SPDX-License-Identifier: MIT
"""Starting a process by a fork."""

import os
import signal

from . import util

__all__ = ['Popen']


class Popen:
    """A child process: `pid`, `returncode`, `sentinel` (a descriptor that is readable when it has ended)."""

    method = 'fork'

    def __init__(self, process_obj):
        # What is buffered would be written by both.
        util._flush_std_streams()
        self.returncode = self.finalizer = None
        self._launch(process_obj)

    def duplicate_for_child(self, fd):
        """Return the number a descriptor has in the child."""
        return fd

    def poll(self, flag=os.WNOHANG):
        """Return the exit status, None if there is none yet."""
        if self.returncode is None:
            try:
                pid, status = os.waitpid(self.pid, flag)
            except OSError:
                # Not our child, or somebody else has waited.
                return None
            if pid == self.pid:
                if os.WIFSIGNALED(status):
                    self.returncode = -os.WTERMSIG(status)
                else:
                    assert os.WIFEXITED(status), "Status is {:n}".format(status)
                    self.returncode = os.WEXITSTATUS(status)
        return self.returncode

    def wait(self, timeout=None):
        """Wait for the end, for so many seconds at most; return the exit status or None."""
        if self.returncode is not None:
            return self.returncode
        if timeout is not None:
            from .connection import wait
            if not wait([self.sentinel], timeout):
                return None
        # It is not over yet when the descriptor is closed, but will be at once.
        return self.poll(os.WNOHANG if timeout == 0.0 else 0)

    def _send_signal(self, sig):
        if self.returncode is None:
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                pass
            except OSError:
                if self.wait(timeout=0.1) is None:
                    raise

    def terminate(self):
        """Send SIGTERM."""
        self._send_signal(signal.SIGTERM)

    def kill(self):
        """Send SIGKILL."""
        self._send_signal(signal.SIGKILL)

    def _launch(self, process_obj):
        # Two pipes nobody writes to: each side sees by one that the other has ended.
        *ours, child_r, child_w = util.two_pipes()
        self.pid = os.fork()
        if not self.pid:
            status = 1
            try:
                util.close_fds(*ours)
                status = process_obj._bootstrap(parent_sentinel=child_r)
            finally:
                os._exit(status)
        util.close_fds(child_r, child_w)
        self.sentinel = ours[0]
        self.finalizer = util.Finalize(self, util.close_fds, ours)

    def close(self):
        """Close the descriptors."""
        if self.finalizer is not None:
            self.finalizer()
