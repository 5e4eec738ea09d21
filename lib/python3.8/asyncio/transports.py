# SPDX-License-Identifier: MIT
"""Transports: connections as protocols see them."""

__all__ = ('BaseTransport', 'ReadTransport', 'WriteTransport', 'Transport', 'DatagramTransport',
           'SubprocessTransport')


class BaseTransport:
    """What is the same for all transports."""

    __slots__ = ('_extra',)

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        """Return what is known about the connection under a name, such as 'socket' or 'peername'."""
        return self._extra.get(name, default)

    def is_closing(self):
        """Return whether the transport is closed, or going to be."""
        raise NotImplementedError

    def close(self):
        """Close, after what waits to be written is; then the protocol's connection_lost(None) is called."""
        raise NotImplementedError

    def set_protocol(self, protocol):
        """Use another protocol."""
        raise NotImplementedError

    def get_protocol(self):
        """Return the protocol."""
        raise NotImplementedError


class ReadTransport(BaseTransport):
    """A transport that brings data."""

    __slots__ = ()

    def is_reading(self):
        """Return whether data is received."""
        raise NotImplementedError

    def pause_reading(self):
        """Let no data come until resume_reading()."""
        raise NotImplementedError

    def resume_reading(self):
        """Let data come again."""
        raise NotImplementedError


class WriteTransport(BaseTransport):
    """A transport that takes data."""

    __slots__ = ()

    def set_write_buffer_limits(self, high=None, low=None):
        """Set when to call pause_writing() and resume_writing(): when more than high, at most low, bytes wait.

        By default low is a quarter of high; 0 for both keeps writing and sending in step.
        """
        raise NotImplementedError

    def get_write_buffer_size(self):
        """Return how many bytes wait to be written."""
        raise NotImplementedError

    def write(self, data):
        """Write bytes, now or later; this does not wait."""
        raise NotImplementedError

    def writelines(self, list_of_data):
        """Write all bytes of an iterable."""
        self.write(b''.join(list_of_data))

    def write_eof(self):
        """Tell the other side, after what waits to be written, that nothing more comes."""
        raise NotImplementedError

    def can_write_eof(self):
        """Return whether write_eof() is possible."""
        raise NotImplementedError

    def abort(self):
        """Close at once; what waits to be written is lost."""
        raise NotImplementedError


class Transport(ReadTransport, WriteTransport):
    """A transport for both ways, such as a socket."""

    __slots__ = ()


class DatagramTransport(BaseTransport):
    """A transport for datagrams."""

    __slots__ = ()

    def sendto(self, data, addr=None):
        """Send a datagram, now or later, to an address or to the one that was given at first."""
        raise NotImplementedError

    def abort(self):
        """Close at once; what waits to be sent is lost."""
        raise NotImplementedError


class SubprocessTransport(BaseTransport):
    """A child process; see subprocess.Popen."""

    __slots__ = ()

    def get_pid(self):
        """Return the number of the process."""
        raise NotImplementedError

    def get_returncode(self):
        """Return the exit status, None if there is none yet."""
        raise NotImplementedError

    def get_pipe_transport(self, fd):
        """Return the transport of a pipe: 0, 1 or 2."""
        raise NotImplementedError

    def send_signal(self, signal):
        """Send a signal."""
        raise NotImplementedError

    def terminate(self):
        """Ask the process to end (SIGTERM)."""
        raise NotImplementedError

    def kill(self):
        """Make the process end (SIGKILL)."""
        raise NotImplementedError


class _FlowControlMixin(Transport):
    """Calls pause_writing() and resume_writing() of the protocol, as get_write_buffer_size() changes.

    A subclass calls _maybe_pause_protocol() when the buffer has grown, _maybe_resume_protocol() when it has shrunk.
    """

    __slots__ = ('_loop', '_protocol_paused', '_high_water', '_low_water')

    def __init__(self, extra=None, loop=None):
        super().__init__(extra)
        assert loop is not None
        self._loop = loop
        self._protocol_paused = False
        self._set_write_buffer_limits()

    def _tell(self, method):
        try:
            getattr(self._protocol, method)()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            self._loop.call_exception_handler({'message': f'protocol.{method}() failed', 'exception': failure,
                                               'transport': self, 'protocol': self._protocol})

    def _maybe_pause_protocol(self):
        if not self._protocol_paused and self.get_write_buffer_size() > self._high_water:
            self._protocol_paused = True
            self._tell('pause_writing')

    def _maybe_resume_protocol(self):
        if self._protocol_paused and self.get_write_buffer_size() <= self._low_water:
            self._protocol_paused = False
            self._tell('resume_writing')

    def get_write_buffer_limits(self):
        """Return (low, high)."""
        return self._low_water, self._high_water

    def _set_write_buffer_limits(self, high=None, low=None):
        if high is None:
            high = 64 * 1024 if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f'high ({high!r}) must be >= low ({low!r}) must be >= 0')
        self._high_water, self._low_water = high, low

    def set_write_buffer_limits(self, high=None, low=None):
        self._set_write_buffer_limits(high=high, low=low)
        self._maybe_pause_protocol()

    def get_write_buffer_size(self):
        raise NotImplementedError
