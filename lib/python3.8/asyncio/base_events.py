# SPDX-License-Identifier: MIT
"""What all event loops do: calls in their order and at their time, tasks, connections, servers, subprocesses.

A round (_run_once) waits, until a call is due or something happens, in the selector of the subclass; what happened
adds handles to _ready; then timers that are due move from the heap _scheduled to _ready; then all handles that were
in _ready at that moment are run.
"""

import collections
import collections.abc
import concurrent.futures
import functools
import heapq
import itertools
import os
import socket
import stat
import subprocess
import sys
import threading
import time
import traceback
import warnings
import weakref

try:
    import ssl
except ImportError:
    ssl = None

from . import constants, coroutines, events, exceptions, futures, protocols, sslproto, staggered, tasks, transports, trsock
from .log import logger

__all__ = 'BaseEventLoop',

# Cancelled timers are thrown out of the heap when there are so many and they are so much of it.
_MIN_SCHEDULED_TIMER_HANDLES = 100
_MIN_CANCELLED_TIMER_HANDLES_FRACTION = 0.5

_HAS_IPv6 = hasattr(socket, 'AF_INET6')

MAXIMUM_SELECT_TIMEOUT = 24 * 3600      # seconds; some systems take no more

_unset = object()       # an argument that was not given


def _format_handle(handle):
    callback = handle._callback
    if isinstance(getattr(callback, '__self__', None), tasks.Task):
        return repr(callback.__self__)      # the task says more than its method
    return str(handle)


def _hide_caller(handle):
    """A new handle, in whose traceback the innermost function does not count; to be called by that function."""
    if handle._source_traceback:
        del handle._source_traceback[-1]
    return handle


def _format_pipe(fd):
    return {subprocess.PIPE: '<pipe>', subprocess.STDOUT: '<stdout>'}.get(fd) or repr(fd)


def _set_reuseport(sock):
    if not hasattr(socket, 'SO_REUSEPORT'):
        raise ValueError('reuse_port not supported by socket module')
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    except OSError:
        raise ValueError('reuse_port not supported by socket module, SO_REUSEPORT defined but not implemented.')


def _port_number(port):
    """The number of a port given as number, digits or nothing; None if it is something else."""
    if port is None or port == b'' or port == '':
        return 0
    try:
        return int(port)
    except (TypeError, ValueError):
        return None


def _ipaddr_info(host, port, family, type, proto, flowinfo=0, scopeid=0):
    """What getaddrinfo() would say of a numeric address, None for other hosts: looking up names takes a thread."""
    if not hasattr(socket, 'inet_pton') or host is None or proto not in (0, socket.IPPROTO_TCP, socket.IPPROTO_UDP):
        return None
    proto = {socket.SOCK_STREAM: socket.IPPROTO_TCP, socket.SOCK_DGRAM: socket.IPPROTO_UDP}.get(type)
    port = _port_number(port)
    if proto is None or port is None:
        return None
    if isinstance(host, bytes):
        host = host.decode('idna')
    if '%' in host:
        return None     # a zone is for the system to understand
    if family != socket.AF_UNSPEC:
        families = [family]
    else:
        families = [socket.AF_INET] + [socket.AF_INET6] * _HAS_IPv6
    for candidate in families:
        try:
            socket.inet_pton(candidate, host)
        except OSError:
            continue
        address = (host, port)
        if _HAS_IPv6 and candidate == socket.AF_INET6:
            address += flowinfo, scopeid
        return candidate, type, proto, '', address
    return None


def _interleave_addrinfos(addrinfos, first_address_family_count=1):
    """Addresses with their families taking turns; of the first one so many come first."""
    by_family = collections.OrderedDict()
    for info in addrinfos:
        by_family.setdefault(info[0], []).append(info)
    lists = list(by_family.values())
    ordered = []
    if first_address_family_count > 1:
        ahead = first_address_family_count - 1
        ordered += lists[0][:ahead]
        del lists[0][:ahead]
    ordered += [info for group in itertools.zip_longest(*lists) for info in group if info is not None]
    return ordered


def _run_until_complete_cb(fut):
    if not fut.cancelled() and isinstance(fut.exception(), (SystemExit, KeyboardInterrupt)):
        return      # these have ended the loop already
    futures._get_loop(fut).stop()


if hasattr(socket, 'TCP_NODELAY'):
    def _set_nodelay(sock):
        if (sock.family in {socket.AF_INET, socket.AF_INET6} and sock.type == socket.SOCK_STREAM
                and sock.proto == socket.IPPROTO_TCP):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
else:
    def _set_nodelay(sock):
        pass


class _SendfileFallbackProtocol(protocols.Protocol):
    """Stands in for a transport's protocol while a file is sent through it."""

    def __init__(self, transp):
        if not isinstance(transp, transports._FlowControlMixin):
            raise TypeError("transport should be _FlowControlMixin instance")
        self._transport, self._proto = transp, transp.get_protocol()
        self._should_resume_reading, self._should_resume_writing = transp.is_reading(), transp._protocol_paused
        transp.pause_reading()
        transp.set_protocol(self)
        self._write_ready_fut = self._transport._loop.create_future() if self._should_resume_writing else None

    async def drain(self):
        """Wait until there is room to write."""
        if self._transport.is_closing():
            raise ConnectionError("Connection closed by peer")
        if self._write_ready_fut is not None:
            await self._write_ready_fut

    def connection_made(self, transport):
        raise RuntimeError("Invalid state: connection should have been established already.")

    def connection_lost(self, exc):
        if self._write_ready_fut is not None:
            # The fate of what was written is unknown if the connection ends in peace, too.
            self._write_ready_fut.set_exception(
                ConnectionError("Connection is closed by peer") if exc is None else exc)
        self._proto.connection_lost(exc)

    def pause_writing(self):
        if self._write_ready_fut is None:
            self._write_ready_fut = self._transport._loop.create_future()

    def resume_writing(self):
        if self._write_ready_fut is not None:
            self._write_ready_fut.set_result(False)
            self._write_ready_fut = None

    def data_received(self, data):
        raise RuntimeError("Invalid state: reading should be paused")

    def eof_received(self):
        raise RuntimeError("Invalid state: reading should be paused")

    async def restore(self):
        """Put the protocol back."""
        self._transport.set_protocol(self._proto)
        if self._should_resume_reading:
            self._transport.resume_reading()
        if self._write_ready_fut is not None:
            # Nobody waits for it any more.
            self._write_ready_fut.cancel()
        if self._should_resume_writing:
            self._proto.resume_writing()


class Server(events.AbstractServer):
    """A server: sockets that listen, and a count of the connections they brought."""

    def __init__(self, loop, sockets, protocol_factory, ssl_context, backlog, ssl_handshake_timeout):
        self._loop = loop
        self._sockets = sockets
        self._active_count = 0
        self._waiters = []
        self._protocol_factory = protocol_factory
        self._backlog = backlog
        self._ssl_context = ssl_context
        self._ssl_handshake_timeout = ssl_handshake_timeout
        self._serving = False
        self._serving_forever_fut = None

    def __repr__(self):
        return f'<{self.__class__.__name__} sockets={self.sockets!r}>'

    def _attach(self):
        """A connection has come."""
        assert self._sockets is not None
        self._active_count += 1

    def _detach(self):
        """A connection is over."""
        assert self._active_count > 0
        self._active_count -= 1
        if not self._active_count and self._sockets is None:
            self._wakeup()

    def _wakeup(self):
        waiters, self._waiters = self._waiters, None
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    def _start_serving(self):
        serving, self._serving = self._serving, True
        for sock in () if serving else self._sockets:
            sock.listen(self._backlog)
            self._loop._start_serving(self._protocol_factory, sock, self._ssl_context, self, self._backlog,
                                      self._ssl_handshake_timeout)

    def get_loop(self):
        return self._loop

    def is_serving(self):
        return self._serving

    @property
    def sockets(self):
        """The tuple of sockets that listen."""
        return () if self._sockets is None else tuple(map(trsock.TransportSocket, self._sockets))

    def close(self):
        sockets, self._sockets = self._sockets, None
        if sockets is None:
            return
        for sock in sockets:
            self._loop._stop_serving(sock)
        self._serving = False
        future = self._serving_forever_fut
        if future is not None and not future.done():
            future.cancel()
            self._serving_forever_fut = None
        if not self._active_count:
            self._wakeup()

    async def start_serving(self):
        self._start_serving()
        # Connections that wait shall find the server running.
        await tasks.sleep(0, loop=self._loop)

    async def serve_forever(self):
        if self._serving_forever_fut is not None:
            raise RuntimeError(f'server {self!r} is already being awaited on serve_forever()')
        if self._sockets is None:
            raise RuntimeError(f'server {self!r} is closed')
        forever = self._serving_forever_fut = self._loop.create_future()
        try:
            self._start_serving()
            await forever
        except exceptions.CancelledError:
            # Whatever happens while closing, this goes on.
            try:
                self.close()
                await self.wait_closed()
            finally:
                raise
        finally:
            self._serving_forever_fut = None

    async def wait_closed(self):
        if self._sockets is not None and self._waiters is not None:
            self._waiters.append(self._loop.create_future())
            await self._waiters[-1]


class BaseEventLoop(events.AbstractEventLoop):
    """A loop but for what a subclass knows about the system."""

    def __init__(self):
        self._timer_cancelled_count = 0
        self._closed = False
        self._stopping = False
        self._ready = collections.deque()
        self._scheduled = []
        self._default_executor = None
        self._internal_fds = 0
        # Which thread runs the loop, None if it does not run.
        self._thread_id = None
        self._clock_resolution = time.get_clock_info('monotonic').resolution
        self._exception_handler = None
        self.set_debug(coroutines._is_debug_mode())
        # In debug mode, calls that take longer are logged.
        self.slow_callback_duration = 0.1
        self._current_handle = None
        self._task_factory = None
        self._coroutine_origin_tracking_enabled = False
        self._coroutine_origin_tracking_saved_depth = None
        self._asyncgens = weakref.WeakSet()
        self._asyncgens_shutdown_called = False

    def __repr__(self):
        return (f'<{self.__class__.__name__} running={self.is_running()} closed={self.is_closed()} '
                f'debug={self.get_debug()}>')

    def create_future(self):
        return futures.Future(loop=self)

    def create_task(self, coro, *, name=None):
        self._check_closed()
        if self._task_factory is not None:
            task = self._task_factory(self, coro)
            tasks._set_task_name(task, name)
            return task
        task = tasks.Task(coro, loop=self, name=name)
        if task._source_traceback:
            del task._source_traceback[-1]
        return task

    def set_task_factory(self, factory):
        if factory is not None and not callable(factory):
            raise TypeError('task factory must be a callable or None')
        self._task_factory = factory

    def get_task_factory(self):
        return self._task_factory

    # For subclasses

    def _make_socket_transport(self, sock, protocol, waiter=None, *, extra=None, server=None):
        """Make a transport for a stream."""
        raise NotImplementedError

    def _make_ssl_transport(self, rawsock, protocol, sslcontext, waiter=None, *, server_side=False,
                            server_hostname=None, extra=None, server=None, ssl_handshake_timeout=None,
                            call_connection_made=True):
        """Make a transport for a stream with TLS."""
        raise NotImplementedError

    def _make_datagram_transport(self, sock, protocol, address=None, waiter=None, extra=None):
        """Make a transport for datagrams."""
        raise NotImplementedError

    def _make_read_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
        """Make a transport for a pipe to read."""
        raise NotImplementedError

    def _make_write_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
        """Make a transport for a pipe to write."""
        raise NotImplementedError

    async def _make_subprocess_transport(self, protocol, args, shell, stdin, stdout, stderr, bufsize, extra=None,
                                         **kwargs):
        """Make a transport for a child process."""
        raise NotImplementedError

    def _write_to_self(self):
        """Wake the loop; called in any thread."""
        raise NotImplementedError

    def _process_events(self, event_list):
        """Add handles for what the selector found."""
        raise NotImplementedError

    # Running

    def _check_closed(self):
        if self._closed:
            raise RuntimeError('Event loop is closed')

    def _check_running(self):
        if self.is_running():
            raise RuntimeError('This event loop is already running')
        if events._get_running_loop() is not None:
            raise RuntimeError('Cannot run the event loop while another loop is running')

    def _asyncgen_finalizer_hook(self, agen):
        # Called by the garbage collector, in any thread.
        self._asyncgens.discard(agen)
        if not self.is_closed():
            self.call_soon_threadsafe(self.create_task, agen.aclose())

    def _asyncgen_firstiter_hook(self, agen):
        if self._asyncgens_shutdown_called:
            warnings.warn(f"asynchronous generator {agen!r} was scheduled after loop.shutdown_asyncgens() call",
                          ResourceWarning, source=self)
        self._asyncgens.add(agen)

    async def shutdown_asyncgens(self):
        self._asyncgens_shutdown_called = True
        closing = list(self._asyncgens)
        if not closing:
            return
        self._asyncgens.clear()
        results = await tasks.gather(*[agen.aclose() for agen in closing], return_exceptions=True, loop=self)
        for agen, result in zip(closing, results):
            if isinstance(result, Exception):
                self.call_exception_handler({
                    'message': f'an error occurred during closing of asynchronous generator {agen!r}',
                    'exception': result, 'asyncgen': agen})

    def run_forever(self):
        self._check_closed()
        self._check_running()
        self._set_coroutine_origin_tracking(self._debug)
        self._thread_id = threading.get_ident()
        hooks = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook)
        try:
            events._set_running_loop(self)
            self._run_once()
            while not self._stopping:
                self._run_once()
        finally:
            events._set_running_loop(None)
            self._thread_id, self._stopping = None, False
            self._set_coroutine_origin_tracking(False)
            sys.set_asyncgen_hooks(*hooks)

    def run_until_complete(self, future):
        self._check_closed()
        self._check_running()
        is_mine = not futures.isfuture(future)
        future = tasks.ensure_future(future, loop=self)
        if is_mine:
            # Who stops the loop early has been told already.
            future._log_destroy_pending = False
        future.add_done_callback(_run_until_complete_cb)
        try:
            self.run_forever()
        except:
            if is_mine and future.done() and not future.cancelled():
                # The exception is on its way; the future need not complain.
                future.exception()
            raise
        finally:
            future.remove_done_callback(_run_until_complete_cb)
        if future.done():
            return future.result()
        raise RuntimeError('Event loop stopped before Future completed.')

    def stop(self):
        self._stopping = True

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        was_closed, self._closed = self._closed, True
        if was_closed:
            return
        for pending in self._ready, self._scheduled:
            pending.clear()
        if self._debug:
            logger.debug("Close %r", self)
        executor, self._default_executor = self._default_executor, None
        if executor is not None:
            executor.shutdown(wait=False)

    def is_closed(self):
        return self._closed

    def __del__(self, _warn=warnings.warn):
        if self.is_closed():
            return
        _warn(f"unclosed event loop {self!r}", ResourceWarning, source=self)
        if not self.is_running():
            self.close()

    def is_running(self):
        return self._thread_id is not None

    def time(self):
        return time.monotonic()

    # Calls

    def call_later(self, delay, callback, *args, context=None):
        return _hide_caller(self.call_at(self.time() + delay, callback, *args, context=context))

    def call_at(self, when, callback, *args, context=None):
        self._check_closed()
        if self._debug:
            self._check_thread()
            self._check_callback(callback, 'call_at')
        timer = _hide_caller(events.TimerHandle(when, callback, args, self, context))
        timer._scheduled = True
        heapq.heappush(self._scheduled, timer)
        return timer

    def call_soon(self, callback, *args, context=None):
        self._check_closed()
        if self._debug:
            self._check_thread()
            self._check_callback(callback, 'call_soon')
        return _hide_caller(self._call_soon(callback, args, context))

    def _check_callback(self, callback, method):
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError(f"coroutines cannot be used with {method}()")
        if not callable(callback):
            raise TypeError(f'a callable object was expected by {method}(), got {callback!r}')

    def _call_soon(self, callback, args, context):
        handle = _hide_caller(events.Handle(callback, args, self, context))
        self._ready.append(handle)
        return handle

    def _check_thread(self):
        """In debug mode: calls from other threads that do not use call_soon_threadsafe() are errors."""
        if self._thread_id is not None and self._thread_id != threading.get_ident():
            raise RuntimeError("Non-thread-safe operation invoked on an event loop other than the current one")

    def call_soon_threadsafe(self, callback, *args, context=None):
        self._check_closed()
        if self._debug:
            self._check_callback(callback, 'call_soon_threadsafe')
        scheduled = _hide_caller(self._call_soon(callback, args, context))
        self._write_to_self()       # the loop may be waiting
        return scheduled

    def run_in_executor(self, executor, func, *args):
        self._check_closed()
        if self._debug:
            self._check_callback(func, 'run_in_executor')
        if executor is None and self._default_executor is None:
            self._default_executor = concurrent.futures.ThreadPoolExecutor()
        submit = (self._default_executor if executor is None else executor).submit
        return futures.wrap_future(submit(func, *args), loop=self)

    def set_default_executor(self, executor):
        if not isinstance(executor, concurrent.futures.ThreadPoolExecutor):
            warnings.warn('Using the default executor that is not an instance of ThreadPoolExecutor is deprecated '
                          'and will be prohibited in Python 3.9', DeprecationWarning, 2)
        self._default_executor = executor

    # Names and addresses

    def _getaddrinfo_debug(self, host, port, family, type, proto, flags):
        words = [f"{host}:{port!r}"]
        words += [f'{name}={value!r}' for name, value in (('family', family), ('type', type), ('proto', proto),
                                                         ('flags', flags)) if value]
        question = ', '.join(words)
        logger.debug('Get address info %s', question)
        start = self.time()
        found = socket.getaddrinfo(host, port, family, type, proto, flags)
        took = self.time() - start
        text = f'Getting address info {question} took {took * 1e3:.3f}ms: {found!r}'
        if took >= self.slow_callback_duration:
            logger.info(text)
        else:
            logger.debug(text)
        return found

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        ask = self._getaddrinfo_debug if self._debug else socket.getaddrinfo
        return await self.run_in_executor(None, ask, host, port, family, type, proto, flags)

    async def getnameinfo(self, sockaddr, flags=0):
        return await self.run_in_executor(None, socket.getnameinfo, sockaddr, flags)

    async def _ensure_resolved(self, address, *, family=0, type=socket.SOCK_STREAM, proto=0, flags=0, loop):
        host, port = address[:2]
        info = _ipaddr_info(host, port, family, type, proto, *address[2:])
        if info is not None:
            return [info]
        return await loop.getaddrinfo(host, port, family=family, type=type, proto=proto, flags=flags)

    # Files through sockets

    def _check_sendfile_params(self, sock, file, offset, count):
        if sock.type != socket.SOCK_STREAM:
            raise ValueError("only SOCK_STREAM type sockets are supported")
        if 'b' not in getattr(file, 'mode', 'b'):
            raise ValueError("file should be opened in binary mode")
        for name, value, what, least in (('count', count, 'positive', 1), ('offset', offset, 'non-negative', 0)):
            if name == 'count' and value is None:
                continue
            if not isinstance(value, int) or value < least:
                kind = ValueError if isinstance(value, int) else TypeError
                raise kind("{} must be a {} integer (got {!r})".format(name, what, value))

    async def sock_sendfile(self, sock, file, offset=0, count=None, *, fallback=True):
        if self._debug and sock.gettimeout() != 0:
            raise ValueError("the socket must be non-blocking")
        self._check_sendfile_params(sock, file, offset, count)
        try:
            return await self._sock_sendfile_native(sock, file, offset, count)
        except exceptions.SendfileNotAvailableError:
            if not fallback:
                raise
        return await self._sock_sendfile_fallback(sock, file, offset, count)

    async def _sock_sendfile_native(self, sock, file, offset, count):
        # A file that is not one of the system is a reason too; subclasses may know better.
        raise exceptions.SendfileNotAvailableError(
            f"syscall sendfile is not available for socket {sock!r} and file {{file!r}} combination")

    async def _read_and_send(self, file, offset, count, send):
        """Read a file piece by piece and send each by a coroutine; return how many bytes, and set the position."""
        if offset:
            file.seek(offset)
        size = constants.SENDFILE_FALLBACK_READBUFFER_SIZE
        buffer = bytearray(min(count, size) if count else size)
        total = 0
        try:
            while True:
                if count:
                    wanted = min(count - total, len(buffer))
                    if wanted <= 0:
                        return total
                else:
                    wanted = len(buffer)
                view = memoryview(buffer)[:wanted]
                got = await self.run_in_executor(None, file.readinto, view)
                if not got:
                    return total
                await send(view[:got])
                total += got
        finally:
            if total > 0 and hasattr(file, 'seek'):
                file.seek(offset + total)

    async def _sock_sendfile_fallback(self, sock, file, offset, count):
        return await self._read_and_send(file, offset, count, functools.partial(self.sock_sendall, sock))

    async def sendfile(self, transport, file, offset=0, count=None, *, fallback=True):
        if transport.is_closing():
            raise RuntimeError("Transport is closing")
        mode = getattr(transport, '_sendfile_compatible', constants._SendfileMode.UNSUPPORTED)
        if mode is constants._SendfileMode.UNSUPPORTED:
            raise RuntimeError(f"sendfile is not supported for transport {transport!r}")
        if mode is constants._SendfileMode.TRY_NATIVE:
            try:
                return await self._sendfile_native(transport, file, offset, count)
            except exceptions.SendfileNotAvailableError:
                if not fallback:
                    raise
        if not fallback:
            raise RuntimeError(f"fallback is disabled and native sendfile is not supported for transport "
                               f"{transport!r}")
        return await self._sendfile_fallback(transport, file, offset, count)

    async def _sendfile_native(self, transp, file, offset, count):
        raise exceptions.SendfileNotAvailableError("sendfile syscall is not supported")

    async def _sendfile_fallback(self, transp, file, offset, count):
        protocol = _SendfileFallbackProtocol(transp)

        async def send(view):
            await protocol.drain()
            transp.write(bytes(view))

        try:
            return await self._read_and_send(file, offset, count, send)
        finally:
            await protocol.restore()

    # Connections

    async def _connect_sock(self, exceptions, addr_info, local_addr_infos=None):
        """Make a socket, bind it, connect it; errors are added to a list of their own in a list."""
        own_failures = []
        exceptions.append(own_failures)
        family, kind, proto, _, address = addr_info
        sock = None
        try:
            sock = socket.socket(family=family, type=kind, proto=proto)
            sock.setblocking(False)
            if local_addr_infos is not None:
                for _, _, _, _, local in local_addr_infos:
                    try:
                        sock.bind(local)
                        break
                    except OSError as failure:
                        own_failures.append(OSError(
                            failure.errno, f'error while attempting to bind on address {local!r}: '
                                           f'{failure.strerror.lower()}'))
                else:
                    raise own_failures.pop()
            await self.sock_connect(sock, address)
            return sock
        except OSError as failure:
            own_failures.append(failure)
            if sock is not None:
                sock.close()
            raise
        except:
            if sock is not None:
                sock.close()
            raise

    async def _connect_any(self, infos, local_infos, delay):
        """A socket connected to one of several addresses."""
        failures = []
        sock = None
        if delay is None:
            # One after the other.
            for info in infos:
                try:
                    sock = await self._connect_sock(failures, info, local_infos)
                    break
                except OSError:
                    continue
        else:
            sock, _, _ = await staggered.staggered_race(
                (functools.partial(self._connect_sock, failures, info, local_infos) for info in infos), delay,
                loop=self)
        if sock is not None:
            return sock
        failures = [failure for own in failures for failure in own]
        # If all say the same, that says it.
        texts = {str(failure) for failure in failures}
        if len(texts) == 1:
            raise failures[0]
        raise OSError('Multiple exceptions: {}'.format(', '.join(map(str, failures))))

    async def create_connection(self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0,
                                sock=None, local_addr=None, server_hostname=None, ssl_handshake_timeout=None,
                                happy_eyeballs_delay=None, interleave=None):
        if server_hostname is not None and not ssl:
            raise ValueError('server_hostname is only meaningful with ssl')
        if server_hostname is None and ssl:
            # The certificate must be for the host, if there is one.
            if not host:
                raise ValueError('You must set server_hostname when using ssl without a host')
            server_hostname = host
        if ssl_handshake_timeout is not None and not ssl:
            raise ValueError('ssl_handshake_timeout is only meaningful with ssl')
        if happy_eyeballs_delay is not None and interleave is None:
            interleave = 1
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError('host/port and sock can not be specified at the same time')
            infos = await self._ensure_resolved((host, port), family=family, type=socket.SOCK_STREAM, proto=proto,
                                                flags=flags, loop=self)
            if not infos:
                raise OSError('getaddrinfo() returned empty list')
            local_infos = None
            if local_addr is not None:
                local_infos = await self._ensure_resolved(local_addr, family=family, type=socket.SOCK_STREAM,
                                                          proto=proto, flags=flags, loop=self)
                if not local_infos:
                    raise OSError('getaddrinfo() returned empty list')
            if interleave:
                infos = _interleave_addrinfos(infos, interleave)
            sock = await self._connect_any(infos, local_infos, happy_eyeballs_delay)
        else:
            if sock is None:
                raise ValueError('host and port was not specified and no sock specified')
            if sock.type != socket.SOCK_STREAM:
                raise ValueError(f'A Stream Socket was expected, got {sock!r}')
        transport, protocol = await self._create_connection_transport(
            sock, protocol_factory, ssl, server_hostname, ssl_handshake_timeout=ssl_handshake_timeout)
        if self._debug:
            # Not the same object: that one may warn.
            logger.debug("%r connected to %s:%r: (%r, %r)", transport.get_extra_info('socket'), host, port, transport,
                         protocol)
        return transport, protocol

    async def _create_connection_transport(self, sock, protocol_factory, ssl, server_hostname, server_side=False,
                                           ssl_handshake_timeout=None):
        waiter = self.create_future()
        sock.setblocking(False)
        protocol = protocol_factory()
        if ssl:
            transport = self._make_ssl_transport(sock, protocol, None if isinstance(ssl, bool) else ssl, waiter,
                                                 server_side=server_side, server_hostname=server_hostname,
                                                 ssl_handshake_timeout=ssl_handshake_timeout)
        else:
            transport = self._make_socket_transport(sock, protocol, waiter)
        return await self._ready_or_closed(waiter, transport, protocol)

    async def _ready_or_closed(self, waiter, transport, protocol):
        """Wait until a new transport is ready; close it if that fails."""
        try:
            await waiter
        except:
            transport.close()
            raise
        return transport, protocol

    async def start_tls(self, transport, protocol, sslcontext, *, server_side=False, server_hostname=None,
                        ssl_handshake_timeout=None):
        if ssl is None:
            raise RuntimeError('Python ssl module is not available')
        if not isinstance(sslcontext, ssl.SSLContext):
            raise TypeError(f'sslcontext is expected to be an instance of ssl.SSLContext, got {sslcontext!r}')
        if not getattr(transport, '_start_tls_compatible', False):
            raise TypeError(f'transport {transport!r} is not supported by start_tls()')
        waiter = self.create_future()
        ssl_protocol = sslproto.SSLProtocol(self, protocol, sslcontext, waiter, server_side, server_hostname,
                                            ssl_handshake_timeout=ssl_handshake_timeout, call_connection_made=False)
        # No data of the handshake must go to the old protocol.
        transport.pause_reading()
        transport.set_protocol(ssl_protocol)
        begin = self.call_soon(ssl_protocol.connection_made, transport)
        resume = self.call_soon(transport.resume_reading)
        try:
            await waiter
        except BaseException:
            transport.close()
            begin.cancel()
            resume.cancel()
            raise
        return ssl_protocol._app_transport

    # Datagrams

    async def _datagram_addresses(self, local_addr, remote_addr, family, proto, flags):
        """The combinations of family, protocol, local and remote address to try."""
        if not (local_addr or remote_addr):
            if family == 0:
                raise ValueError('unexpected address family')
            return [((family, proto), (None, None))]
        if hasattr(socket, 'AF_UNIX') and family == socket.AF_UNIX:
            for address in local_addr, remote_addr:
                if address is not None and not isinstance(address, str):
                    raise TypeError('string is expected')
            if local_addr and local_addr[0] not in (0, '\x00'):
                self._remove_stale_socket(local_addr)
            return [((family, proto), (local_addr, remote_addr))]
        found = {}      # (family, protocol) -> [local, remote]
        for place, address in enumerate((local_addr, remote_addr)):
            if address is None:
                continue
            assert isinstance(address, tuple) and len(address) == 2, '2-tuple is expected'
            infos = await self._ensure_resolved(address, family=family, type=socket.SOCK_DGRAM, proto=proto,
                                                flags=flags, loop=self)
            if not infos:
                raise OSError('getaddrinfo() returned empty list')
            for its_family, _, its_proto, _, resolved in infos:
                found.setdefault((its_family, its_proto), [None, None])[place] = resolved
        # Both, if both were given.
        usable = [(key, tuple(pair)) for key, pair in found.items()
                  if not (local_addr and pair[0] is None or remote_addr and pair[1] is None)]
        if not usable:
            raise ValueError('can not get address information')
        return usable

    @staticmethod
    def _remove_stale_socket(path):
        try:
            if stat.S_ISSOCK(os.stat(path).st_mode):
                os.remove(path)
        except FileNotFoundError:
            pass
        except OSError as failure:
            # bind() will say more.
            logger.error('Unable to check or remove stale UNIX socket %r: %r', path, failure)

    async def _datagram_socket(self, choices, remote_given, reuse_port, allow_broadcast):
        """A socket for the first combination of addresses that works, and the remote address."""
        failures = []
        for (family, proto), (local, remote) in choices:
            sock = None
            try:
                sock = socket.socket(family=family, type=socket.SOCK_DGRAM, proto=proto)
                if reuse_port:
                    _set_reuseport(sock)
                if allow_broadcast:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
                sock.setblocking(False)
                if local:
                    sock.bind(local)
                if remote_given:
                    if not allow_broadcast:
                        await self.sock_connect(sock, remote)
                return sock, remote if remote_given else None
            except OSError as failure:
                if sock is not None:
                    sock.close()
                failures.append(failure)
            except:
                if sock is not None:
                    sock.close()
                raise
        raise failures[0]

    async def create_datagram_endpoint(self, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0,
                                       flags=0, reuse_address=_unset, reuse_port=None, allow_broadcast=None,
                                       sock=None):
        if sock is not None:
            if sock.type != socket.SOCK_DGRAM:
                raise ValueError(f'A UDP Socket was expected, got {sock!r}')
            options = dict(local_addr=local_addr, remote_addr=remote_addr, family=family, proto=proto, flags=flags,
                           reuse_address=None if reuse_address is _unset else reuse_address, reuse_port=reuse_port,
                           allow_broadcast=allow_broadcast)
            given = ', '.join(f'{name}={value}' for name, value in options.items() if value)
            if given:
                raise ValueError(f'socket modifier keyword arguments can not be used when sock is specified. '
                                 f'({given})')
            sock.setblocking(False)
            remote = None
        else:
            choices = await self._datagram_addresses(local_addr, remote_addr, family, proto, flags)
            if reuse_address is not _unset:
                if reuse_address:
                    raise ValueError("Passing `reuse_address=True` is no longer supported, as the usage of "
                                     "SO_REUSEPORT in UDP poses a significant security concern.")
                warnings.warn("The *reuse_address* parameter has been deprecated as of 3.5.10 and is scheduled for "
                              "removal in 3.11.", DeprecationWarning, stacklevel=2)
            sock, remote = await self._datagram_socket(choices, bool(remote_addr), reuse_port, allow_broadcast)
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = self._make_datagram_transport(sock, protocol, remote, waiter)
        if self._debug:
            if local_addr:
                logger.info("Datagram endpoint local_addr=%r remote_addr=%r created: (%r, %r)", local_addr,
                            remote_addr, transport, protocol)
            else:
                logger.debug("Datagram endpoint remote_addr=%r created: (%r, %r)", remote_addr, transport, protocol)
        return await self._ready_or_closed(waiter, transport, protocol)

    # Servers

    async def _create_server_getaddrinfo(self, host, port, family, flags):
        infos = await self._ensure_resolved((host, port), family=family, type=socket.SOCK_STREAM, flags=flags,
                                            loop=self)
        if not infos:
            raise OSError(f'getaddrinfo({host!r}) returned empty list')
        return infos

    def _listening_sockets(self, infos, reuse_address, reuse_port):
        """Bound sockets for addresses."""
        sockets = []
        try:
            for family, kind, proto, _, address in infos:
                try:
                    sock = socket.socket(family, kind, proto)
                except socket.error:
                    # The system knows the family but does not use it.
                    if self._debug:
                        logger.warning('create_server() failed to create socket.socket(%r, %r, %r)', family, kind,
                                       proto, exc_info=True)
                    continue
                sockets.append(sock)
                if reuse_address:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
                if reuse_port:
                    _set_reuseport(sock)
                # So that IPv4 can have the port as well.
                if _HAS_IPv6 and family == socket.AF_INET6 and hasattr(socket, 'IPPROTO_IPV6'):
                    sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, True)
                try:
                    sock.bind(address)
                except OSError as failure:
                    raise OSError(failure.errno, 'error while attempting to bind on address %r: %s'
                                  % (address, failure.strerror.lower())) from None
        except BaseException:
            for sock in sockets:
                sock.close()
            raise
        return sockets

    async def create_server(self, protocol_factory, host=None, port=None, *, family=socket.AF_UNSPEC,
                            flags=socket.AI_PASSIVE, sock=None, backlog=100, ssl=None, reuse_address=None,
                            reuse_port=None, ssl_handshake_timeout=None, start_serving=True):
        if isinstance(ssl, bool):
            raise TypeError('ssl argument must be an SSLContext or None')
        if ssl_handshake_timeout is not None and ssl is None:
            raise ValueError('ssl_handshake_timeout is only meaningful with ssl')
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError('host/port and sock can not be specified at the same time')
            if reuse_address is None:
                reuse_address = os.name == 'posix' and sys.platform != 'cygwin'
            if host == '':
                hosts = [None]
            elif isinstance(host, str) or not isinstance(host, collections.abc.Iterable):
                hosts = [host]
            else:
                hosts = host
            found = await tasks.gather(*[self._create_server_getaddrinfo(each, port, family=family, flags=flags)
                                         for each in hosts], loop=self)
            infos = set(itertools.chain.from_iterable(found))
            sockets = self._listening_sockets(infos, reuse_address, reuse_port)
        else:
            sockets = [sock]
            if sock is None:
                raise ValueError('Neither host/port nor sock were specified')
            if sock.type != socket.SOCK_STREAM:
                raise ValueError(f'A Stream Socket was expected, got {sock!r}')
        for each in sockets:
            each.setblocking(False)
        server = Server(self, sockets, protocol_factory, ssl, backlog, ssl_handshake_timeout)
        if start_serving:
            server._start_serving()
            # Connections that wait shall find the server running.
            await tasks.sleep(0, loop=self)
        if self._debug:
            logger.info("%r is serving", server)
        return server

    async def connect_accepted_socket(self, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None):
        """Serve a connection that was accepted elsewhere; return (transport, protocol)."""
        if sock.type != socket.SOCK_STREAM:
            raise ValueError(f'A Stream Socket was expected, got {sock!r}')
        if ssl_handshake_timeout is not None and not ssl:
            raise ValueError('ssl_handshake_timeout is only meaningful with ssl')
        transport, protocol = await self._create_connection_transport(
            sock, protocol_factory, ssl, '', server_side=True, ssl_handshake_timeout=ssl_handshake_timeout)
        if self._debug:
            logger.debug("%r handled: (%r, %r)", transport.get_extra_info('socket'), transport, protocol)
        return transport, protocol

    # Pipes and subprocesses

    async def connect_read_pipe(self, protocol_factory, pipe):
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = self._make_read_pipe_transport(pipe, protocol, waiter)
        pair = await self._ready_or_closed(waiter, transport, protocol)
        if self._debug:
            logger.debug('Read pipe %r connected: (%r, %r)', pipe.fileno(), transport, protocol)
        return pair

    async def connect_write_pipe(self, protocol_factory, pipe):
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = self._make_write_pipe_transport(pipe, protocol, waiter)
        pair = await self._ready_or_closed(waiter, transport, protocol)
        if self._debug:
            logger.debug('Write pipe %r connected: (%r, %r)', pipe.fileno(), transport, protocol)
        return pair

    def _log_subprocess(self, msg, stdin, stdout, stderr):
        words = [msg]
        if stdin is not None:
            words.append(f'stdin={_format_pipe(stdin)}')
        if stdout is not None and stderr == subprocess.STDOUT:
            words.append(f'stdout=stderr={_format_pipe(stdout)}')
        else:
            if stdout is not None:
                words.append(f'stdout={_format_pipe(stdout)}')
            if stderr is not None:
                words.append(f'stderr={_format_pipe(stderr)}')
        logger.debug(' '.join(words))

    async def _subprocess(self, protocol_factory, args, shell, what, streams, options, kwargs):
        """subprocess_shell() and subprocess_exec() after their checks."""
        universal_newlines, bufsize, encoding, errors, text = options
        # Only bytes, as they come.
        for name, wrong, right in (('universal_newlines', universal_newlines, False), ('bufsize', bufsize != 0, 0),
                                   ('text', text, False), ('encoding', encoding is not None, None),
                                   ('errors', errors is not None, None)):
            if wrong:
                raise ValueError(f'{name} must be {right}')
        message = None
        protocol = protocol_factory()
        if self._debug:
            # Arguments may be secrets.
            message = what
            self._log_subprocess(message, *streams)
        transport = await self._make_subprocess_transport(protocol, args, shell, *streams, bufsize, **kwargs)
        if self._debug and message is not None:
            logger.info('%s: %r', message, transport)
        return transport, protocol

    async def subprocess_shell(self, protocol_factory, cmd, *, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, universal_newlines=False, shell=True, bufsize=0, encoding=None,
                               errors=None, text=None, **kwargs):
        if not isinstance(cmd, (bytes, str)):
            raise ValueError("cmd must be a string")
        if not shell:
            raise ValueError("shell must be True")
        return await self._subprocess(protocol_factory, cmd, True, 'run shell command %r' % cmd,
                                      (stdin, stdout, stderr), (universal_newlines, bufsize, encoding, errors, text),
                                      kwargs)

    async def subprocess_exec(self, protocol_factory, program, *args, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, universal_newlines=False, shell=False, bufsize=0, encoding=None,
                              errors=None, text=None, **kwargs):
        if shell:
            raise ValueError("shell must be False")
        return await self._subprocess(protocol_factory, (program,) + args, False, f'execute program {program!r}',
                                      (stdin, stdout, stderr), (universal_newlines, bufsize, encoding, errors, text),
                                      kwargs)

    # Exceptions that nobody caught

    def get_exception_handler(self):
        return self._exception_handler

    def set_exception_handler(self, handler):
        if handler is not None and not callable(handler):
            raise TypeError(f'A callable object or None is expected, got {handler!r}')
        self._exception_handler = handler

    def default_exception_handler(self, context):
        message = context.get('message') or 'Unhandled exception in event loop'
        failure = context.get('exception')
        exc_info = False if failure is None else (type(failure), failure, failure.__traceback__)
        if 'source_traceback' not in context and self._current_handle is not None \
                and self._current_handle._source_traceback:
            context['handle_traceback'] = self._current_handle._source_traceback
        lines = [message]
        for key in sorted(context):
            if key in ('message', 'exception'):
                continue
            value = context[key]
            if key in ('source_traceback', 'handle_traceback'):
                what = 'Object' if key == 'source_traceback' else 'Handle'
                value = f'{what} created at (most recent call last):\n' + ''.join(traceback.format_list(value)).rstrip()
            else:
                value = repr(value)
            lines.append(f'{key}: {value}')
        logger.error('\n'.join(lines), exc_info=exc_info)

    def call_exception_handler(self, context):
        """Call the handler with a dictionary: 'message', maybe 'exception', 'future', 'task', 'handle', ..."""
        complaint = 'Exception in default exception handler'
        if self._exception_handler is not None:
            try:
                self._exception_handler(self, context)
                return
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as failure:
                # The handler is to blame; say that in the usual way.
                context = {'message': 'Unhandled error in exception handler', 'exception': failure,
                           'context': context}
                complaint += ' while handling an unexpected error in custom exception handler'
        try:
            self.default_exception_handler(context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            logger.error(complaint, exc_info=True)

    # The round

    def _add_callback(self, handle):
        """Have a handle run in this round."""
        assert isinstance(handle, events.Handle), 'A Handle is required here'
        if not handle._cancelled:
            assert not isinstance(handle, events.TimerHandle)
            self._ready.append(handle)

    def _add_callback_signalsafe(self, handle):
        """_add_callback() for signal handlers."""
        self._add_callback(handle)
        self._write_to_self()

    def _timer_handle_cancelled(self, handle):
        if handle._scheduled:
            self._timer_cancelled_count += 1

    def _drop_cancelled_timers(self):
        heap = self._scheduled
        if (len(heap) > _MIN_SCHEDULED_TIMER_HANDLES
                and self._timer_cancelled_count / len(heap) > _MIN_CANCELLED_TIMER_HANDLES_FRACTION):
            kept = []
            for timer in heap:
                if timer._cancelled:
                    timer._scheduled = False
                else:
                    kept.append(timer)
            heapq.heapify(kept)
            self._scheduled = kept
            self._timer_cancelled_count = 0
            return
        while heap and heap[0]._cancelled:
            self._timer_cancelled_count -= 1
            heapq.heappop(heap)._scheduled = False

    def _run_once(self):
        """One round."""
        if self._scheduled:
            self._drop_cancelled_timers()
        ready = self._ready
        timeout = None
        if ready or self._stopping:
            timeout = 0
        elif self._scheduled:
            timeout = min(max(0, self._scheduled[0]._when - self.time()), MAXIMUM_SELECT_TIMEOUT)
        self._process_events(self._selector.select(timeout))
        heap = self._scheduled
        if heap:
            limit = self.time() + self._clock_resolution
            while heap and heap[0]._when < limit:
                timer = heapq.heappop(heap)
                timer._scheduled = False
                ready.append(timer)
        # What these add is for the next round.
        for _ in range(len(ready)):
            handle = ready.popleft()
            if handle._cancelled:
                continue
            if self._debug:
                self._run_watched(handle)
            else:
                handle._run()
        handle = None       # it must not live until the end of the next wait

    def _run_watched(self, handle):
        try:
            self._current_handle = handle
            start = self.time()
            handle._run()
            took = self.time() - start
            if took >= self.slow_callback_duration:
                logger.warning('Executing %s took %.3f seconds', _format_handle(handle), took)
        finally:
            self._current_handle = None

    # Debug mode

    def _set_coroutine_origin_tracking(self, enabled):
        if bool(enabled) == bool(self._coroutine_origin_tracking_enabled):
            return
        if enabled:
            self._coroutine_origin_tracking_saved_depth = sys.get_coroutine_origin_tracking_depth()
            sys.set_coroutine_origin_tracking_depth(constants.DEBUG_STACK_DEPTH)
        else:
            sys.set_coroutine_origin_tracking_depth(self._coroutine_origin_tracking_saved_depth)
        self._coroutine_origin_tracking_enabled = enabled

    def get_debug(self):
        return self._debug

    def set_debug(self, enabled):
        self._debug = enabled
        if self.is_running():
            self.call_soon_threadsafe(self._set_coroutine_origin_tracking, enabled)


# Documentation is that of the interface.
for _class in Server, BaseEventLoop:
    for _name, _method in vars(_class).items():
        if callable(_method) and getattr(_method, '__doc__', '') is None and not _name.startswith('_'):
            _method.__doc__ = getattr(getattr(_class.__mro__[1], _name, None), '__doc__', None)
del _class, _name, _method
