# SPDX-License-Identifier: MIT
"""Interfaces of event loops and of policies, the objects for scheduled calls, and which loop is the current one."""

__all__ = ('AbstractEventLoopPolicy', 'AbstractEventLoop', 'AbstractServer', 'Handle', 'TimerHandle',
           'get_event_loop_policy', 'set_event_loop_policy', 'get_event_loop', 'set_event_loop', 'new_event_loop',
           'get_child_watcher', 'set_child_watcher', '_set_running_loop', 'get_running_loop', '_get_running_loop')

import contextvars
import os
import socket
import subprocess
import sys
import threading

from . import format_helpers


class Handle:
    """A call that a loop is to make; returned by call_soon() and the like."""

    __slots__ = ('_callback', '_args', '_cancelled', '_loop', '_source_traceback', '_repr', '__weakref__', '_context')

    def __init__(self, callback, args, loop, context=None):
        self._context = contextvars.copy_context() if context is None else context
        self._loop = loop
        self._callback = callback
        self._args = args
        self._cancelled = False
        self._repr = None
        self._source_traceback = format_helpers.extract_stack(sys._getframe(1)) if loop.get_debug() else None

    def _repr_info(self):
        words = [self.__class__.__name__]
        if self._cancelled:
            words.append('cancelled')
        if self._callback is not None:
            words.append(format_helpers._format_callback_source(self._callback, self._args))
        if self._source_traceback:
            made = self._source_traceback[-1]
            words.append(f'created at {made[0]}:{made[1]}')
        return words

    def __repr__(self):
        return self._repr or '<{}>'.format(' '.join(self._repr_info()))

    def cancel(self):
        """Have the call not made."""
        if self._cancelled:
            return
        self._cancelled = True
        if self._loop.get_debug():
            # What is forgotten below may still be wanted in a log.
            self._repr = repr(self)
        self._callback = self._args = None

    def cancelled(self):
        """Return whether the call was cancelled."""
        return self._cancelled

    def _run(self):
        try:
            self._context.run(self._callback, *self._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            call = format_helpers._format_callback_source(self._callback, self._args)
            context = {'message': f'Exception in callback {call}', 'exception': failure, 'handle': self}
            if self._source_traceback:
                context['source_traceback'] = self._source_traceback
            self._loop.call_exception_handler(context)
        self = None     # a traceback may refer to this frame


class TimerHandle(Handle):
    """A call that a loop is to make at a time; returned by call_later() and call_at()."""

    __slots__ = ['_scheduled', '_when']

    def __init__(self, when, callback, args, loop, context=None):
        assert when is not None
        super().__init__(callback, args, loop, context)
        if self._source_traceback:
            del self._source_traceback[-1]      # this method
        self._when = when
        self._scheduled = False

    def _repr_info(self):
        words = super()._repr_info()
        words.insert(2 if self._cancelled else 1, f'when={self._when}')
        return words

    def __hash__(self):
        return hash(self._when)

    def __lt__(self, other):
        return self._when < other._when

    def __le__(self, other):
        return self._when < other._when or self.__eq__(other)

    def __gt__(self, other):
        return self._when > other._when

    def __ge__(self, other):
        return self._when > other._when or self.__eq__(other)

    def __eq__(self, other):
        if not isinstance(other, TimerHandle):
            return NotImplemented
        return (self._when, self._callback, self._args, self._cancelled) == (
            other._when, other._callback, other._args, other._cancelled)

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    def cancel(self):
        if not self._cancelled:
            self._loop._timer_handle_cancelled(self)
        super().cancel()
    cancel.__doc__ = Handle.cancel.__doc__

    def when(self):
        """Return the time of the call, as loop.time() tells it."""
        return self._when


class AbstractServer:
    """A server, as returned by create_server()."""

    def close(self):
        """Take no more connections; those that are there go on."""
        raise NotImplementedError

    def get_loop(self):
        """Return the loop."""
        raise NotImplementedError

    def is_serving(self):
        """Return whether connections are taken."""
        raise NotImplementedError

    async def start_serving(self):
        """Begin to take connections, unless that was done."""
        raise NotImplementedError

    async def serve_forever(self):
        """Take connections until cancelled, and close then."""
        raise NotImplementedError

    async def wait_closed(self):
        """Wait until all is over after close()."""
        raise NotImplementedError

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


class AbstractEventLoop:
    """What every loop offers.  A loop makes calls, one at a time, when it is time or something happens."""

    # Running

    def run_forever(self):
        """Run until stop()."""
        raise NotImplementedError

    def run_until_complete(self, future):
        """Run until a future, or a coroutine made a task, is done; return its result or raise its exception."""
        raise NotImplementedError

    def stop(self):
        """Stop as soon as possible; calls that are due are still made."""
        raise NotImplementedError

    def is_running(self):
        """Return whether the loop runs."""
        raise NotImplementedError

    def is_closed(self):
        """Return whether the loop was closed."""
        raise NotImplementedError

    def close(self):
        """Let go of everything; the loop must not run, and cannot be used any more."""
        raise NotImplementedError

    async def shutdown_asyncgens(self):
        """Close all asynchronous generators that are not finished."""
        raise NotImplementedError

    # Calls

    def _timer_handle_cancelled(self, handle):
        """Told by a TimerHandle."""
        raise NotImplementedError

    def call_soon(self, callback, *args):
        """Have callback(*args) called in the next round; return a Handle."""
        return self.call_later(0, callback, *args)

    def call_later(self, delay, callback, *args):
        """Have callback(*args) called after a delay in seconds; return a TimerHandle."""
        raise NotImplementedError

    def call_at(self, when, callback, *args):
        """Have callback(*args) called at a time of the loop's clock; return a TimerHandle."""
        raise NotImplementedError

    def time(self):
        """Return the time of the loop's clock, in seconds since whenever."""
        raise NotImplementedError

    def create_future(self):
        """Return a new Future of this loop."""
        raise NotImplementedError

    # Coroutines

    def create_task(self, coro, *, name=None):
        """Have a coroutine run; return a Task."""
        raise NotImplementedError

    # Threads

    def call_soon_threadsafe(self, callback, *args):
        """call_soon() for other threads."""
        raise NotImplementedError

    async def run_in_executor(self, executor, func, *args):
        """Have func(*args) called by an executor (None: a pool of threads); return a future for its result."""
        raise NotImplementedError

    def set_default_executor(self, executor):
        """Set the executor for None."""
        raise NotImplementedError

    # Network

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        """socket.getaddrinfo() without blocking the loop."""
        raise NotImplementedError

    async def getnameinfo(self, sockaddr, flags=0):
        """socket.getnameinfo() without blocking the loop."""
        raise NotImplementedError

    async def create_connection(self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0,
                                sock=None, local_addr=None, server_hostname=None, ssl_handshake_timeout=None,
                                happy_eyeballs_delay=None, interleave=None):
        """Connect to a TCP server; return (transport, protocol), the latter made by protocol_factory().

        ssl: an SSL context, or True for a default one; sock: a connected socket to use; local_addr: where to connect
        from; server_hostname: what the certificate must be for; happy_eyeballs_delay: seconds after which another
        address is tried at the same time; interleave: how many addresses of one family to try before the other's.
        """
        raise NotImplementedError

    async def create_server(self, protocol_factory, host=None, port=None, *, family=socket.AF_UNSPEC,
                            flags=socket.AI_PASSIVE, sock=None, backlog=100, ssl=None, reuse_address=None,
                            reuse_port=None, ssl_handshake_timeout=None, start_serving=True):
        """Make a TCP server at one or several hosts (None: everywhere) and a port; return a Server.

        Each connection gets a protocol from protocol_factory().  start_serving: take connections at once.
        """
        raise NotImplementedError

    async def sendfile(self, transport, file, offset=0, count=None, *, fallback=True):
        """Send a binary file through a transport and return how many bytes were sent.

        fallback: read and write if the system cannot do it by itself, else raise SendfileNotAvailableError.
        """
        raise NotImplementedError

    async def start_tls(self, transport, protocol, sslcontext, *, server_side=False, server_hostname=None,
                        ssl_handshake_timeout=None):
        """Make a connection one of TLS; return its new transport, for the protocol to use from then on."""
        raise NotImplementedError

    async def create_unix_connection(self, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None,
                                     ssl_handshake_timeout=None):
        """create_connection() for a Unix socket."""
        raise NotImplementedError

    async def create_unix_server(self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None,
                                 ssl_handshake_timeout=None, start_serving=True):
        """create_server() for a Unix socket."""
        raise NotImplementedError

    async def create_datagram_endpoint(self, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0,
                                       flags=0, reuse_address=None, reuse_port=None, allow_broadcast=None, sock=None):
        """Make a socket for datagrams; return (transport, protocol), the latter made by protocol_factory().

        local_addr: where they come to; remote_addr: where they go to if not said otherwise.
        """
        raise NotImplementedError

    # Pipes and subprocesses

    async def connect_read_pipe(self, protocol_factory, pipe):
        """Read from a pipe (a file object); return (transport, protocol)."""
        raise NotImplementedError

    async def connect_write_pipe(self, protocol_factory, pipe):
        """Write to a pipe (a file object); return (transport, protocol)."""
        raise NotImplementedError

    async def subprocess_shell(self, protocol_factory, cmd, *, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, **kwargs):
        """Run a shell command; return (transport, protocol)."""
        raise NotImplementedError

    async def subprocess_exec(self, protocol_factory, *args, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, **kwargs):
        """Run a program; return (transport, protocol)."""
        raise NotImplementedError

    # Files

    def add_reader(self, fd, callback, *args):
        """Have callback(*args) called whenever there is something to read."""
        raise NotImplementedError

    def remove_reader(self, fd):
        """Undo add_reader()."""
        raise NotImplementedError

    def add_writer(self, fd, callback, *args):
        """Have callback(*args) called whenever something can be written."""
        raise NotImplementedError

    def remove_writer(self, fd):
        """Undo add_writer()."""
        raise NotImplementedError

    # Sockets

    async def sock_recv(self, sock, nbytes):
        """Receive up to so many bytes."""
        raise NotImplementedError

    async def sock_recv_into(self, sock, buf):
        """Receive into a buffer; return how many bytes."""
        raise NotImplementedError

    async def sock_sendall(self, sock, data):
        """Send all of the data."""
        raise NotImplementedError

    async def sock_connect(self, sock, address):
        """Connect."""
        raise NotImplementedError

    async def sock_accept(self, sock):
        """Accept a connection; return (socket, address)."""
        raise NotImplementedError

    async def sock_sendfile(self, sock, file, offset=0, count=None, *, fallback=None):
        """Send a binary file; return how many bytes were sent."""
        raise NotImplementedError

    # Signals

    def add_signal_handler(self, sig, callback, *args):
        """Have callback(*args) called when a signal comes."""
        raise NotImplementedError

    def remove_signal_handler(self, sig):
        """Undo add_signal_handler()."""
        raise NotImplementedError

    # Settings

    def set_task_factory(self, factory):
        """Set what makes tasks, factory(loop, coro), or None for the usual way."""
        raise NotImplementedError

    def get_task_factory(self):
        """Return what makes tasks, None for the usual way."""
        raise NotImplementedError

    def get_exception_handler(self):
        """Return the handler of exceptions that nobody caught, None for the usual one."""
        raise NotImplementedError

    def set_exception_handler(self, handler):
        """Set the handler of exceptions that nobody caught, handler(loop, context); None for the usual one."""
        raise NotImplementedError

    def default_exception_handler(self, context):
        """Log what a dictionary tells about an exception."""
        raise NotImplementedError

    def call_exception_handler(self, context):
        """Call the handler with a dictionary that tells about an exception."""
        raise NotImplementedError

    def get_debug(self):
        """Return whether debug mode is on."""
        raise NotImplementedError

    def set_debug(self, enabled):
        """Turn debug mode on or off."""
        raise NotImplementedError


class AbstractEventLoopPolicy:
    """Says which loop is the current one, and what loops are made."""

    def get_event_loop(self):
        """Return the loop of the current context; never None."""
        raise NotImplementedError

    def set_event_loop(self, loop):
        """Set the loop of the current context."""
        raise NotImplementedError

    def new_event_loop(self):
        """Return a new loop."""
        raise NotImplementedError

    # On Unix:

    def get_child_watcher(self):
        """Return what waits for child processes."""
        raise NotImplementedError

    def set_child_watcher(self, watcher):
        """Set what waits for child processes."""
        raise NotImplementedError


class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """A loop for each thread; the main thread gets one when it asks."""

    _loop_factory = None

    class _Local(threading.local):
        _loop = None
        _set_called = False

    def __init__(self):
        self._local = self._Local()

    def get_event_loop(self):
        """Return the loop of the thread; RuntimeError if there is none."""
        local = self._local
        if local._loop is None and not local._set_called and \
                threading.current_thread() is threading.main_thread():
            self.set_event_loop(self.new_event_loop())
        if local._loop is None:
            raise RuntimeError('There is no current event loop in thread %r.' % threading.current_thread().name)
        return local._loop

    def set_event_loop(self, loop):
        """Set the loop of the thread."""
        self._local._set_called = True
        assert loop is None or isinstance(loop, AbstractEventLoop)
        self._local._loop = loop

    def new_event_loop(self):
        """Return a new loop; it does not become the current one."""
        return self._loop_factory()


_event_loop_policy = None       # made when needed first
_lock = threading.Lock()        # for that


class _RunningLoop(threading.local):
    """The loop that runs in a thread, and the process in which it does (a fork leaves it behind)."""

    loop_pid = (None, None)


_running_loop = _RunningLoop()


def get_running_loop():
    """Return the loop that runs in this thread; RuntimeError if there is none."""
    loop = _get_running_loop()
    if loop is None:
        raise RuntimeError('no running event loop')
    return loop


def _get_running_loop():
    """The loop that runs in this thread, or None."""
    loop, pid = _running_loop.loop_pid
    return loop if loop is not None and pid == os.getpid() else None


def _set_running_loop(loop):
    """Called by loops when they begin and end to run."""
    _running_loop.loop_pid = loop, os.getpid()


def _init_event_loop_policy():
    global _event_loop_policy
    with _lock:
        if _event_loop_policy is None:
            from . import DefaultEventLoopPolicy
            _event_loop_policy = DefaultEventLoopPolicy()


def get_event_loop_policy():
    """Return the policy."""
    if _event_loop_policy is None:
        _init_event_loop_policy()
    return _event_loop_policy


def set_event_loop_policy(policy):
    """Set the policy; None for the usual one."""
    global _event_loop_policy
    assert policy is None or isinstance(policy, AbstractEventLoopPolicy)
    _event_loop_policy = policy


def get_event_loop():
    """Return the loop that runs in this thread, or else the one that the policy says."""
    loop = _get_running_loop()
    return get_event_loop_policy().get_event_loop() if loop is None else loop


def set_event_loop(loop):
    """Set the current loop, as the policy understands that."""
    get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    """Return a new loop, as the policy makes them."""
    return get_event_loop_policy().new_event_loop()


def get_child_watcher():
    """Return what waits for child processes, as the policy says."""
    return get_event_loop_policy().get_child_watcher()


def set_child_watcher(watcher):
    """Set what waits for child processes."""
    return get_event_loop_policy().set_child_watcher(watcher)


# The four above in Python, also where there is something faster.
_py__get_running_loop, _py__set_running_loop = _get_running_loop, _set_running_loop
_py_get_running_loop, _py_get_event_loop = get_running_loop, get_event_loop

try:
    from _asyncio import _get_running_loop, _set_running_loop, get_running_loop, get_event_loop
except ImportError:
    pass
else:
    _c__get_running_loop, _c__set_running_loop = _get_running_loop, _set_running_loop
    _c_get_running_loop, _c_get_event_loop = get_running_loop, get_event_loop
