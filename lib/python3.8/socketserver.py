# SPDX-License-Identifier: MIT
"""Servers: for TCP, UDP and Unix sockets, that serve one request after the other, or each in a thread or process.

A server is made of a class for the kind of socket, maybe with ThreadingMixIn or ForkingMixIn before it, and of a
handler class, a subclass of BaseRequestHandler whose handle() serves one request.
"""

import os
import selectors
import socket
import sys
import threading
from io import BufferedIOBase
from time import monotonic as time

__all__ = ["BaseServer", "TCPServer", "UDPServer", "ThreadingUDPServer", "ThreadingTCPServer", "BaseRequestHandler",
           "StreamRequestHandler", "DatagramRequestHandler", "ThreadingMixIn"]
if hasattr(os, "fork"):
    __all__ += ["ForkingUDPServer", "ForkingTCPServer", "ForkingMixIn"]
if hasattr(socket, "AF_UNIX"):
    __all__ += ["UnixStreamServer", "UnixDatagramServer", "ThreadingUnixStreamServer",
                "ThreadingUnixDatagramServer"]

_ServerSelector = getattr(selectors, 'PollSelector', selectors.SelectSelector)


class BaseServer:
    """What every server does: wait for requests and have handlers serve them.

    A subclass has fileno(), get_request() and what belongs to its sockets; any method may be overridden.
    timeout: seconds after which handle_request() gives up (None: never).
    """

    timeout = None

    def __init__(self, server_address, RequestHandlerClass):
        self.server_address, self.RequestHandlerClass = server_address, RequestHandlerClass
        self.__shutdown_request = False
        self.__is_shut_down = threading.Event()     # set unless serve_forever() runs

    def server_activate(self):
        """Make the server ready; called once."""

    def serve_forever(self, poll_interval=0.5):
        """Serve requests until shutdown(), which is noticed within so many seconds."""
        self.__is_shut_down.clear()
        try:
            # A selector and not a timeout of the socket, which would be inherited by connections.
            with _ServerSelector() as selector:
                selector.register(self, selectors.EVENT_READ)
                while not self.__shutdown_request:
                    somebody_calls = selector.select(poll_interval)
                    # shutdown() may have come meanwhile.
                    if not self.__shutdown_request:
                        if somebody_calls:
                            self._handle_request_noblock()
                        self.service_actions()
        finally:
            self.__shutdown_request = False
            self.__is_shut_down.set()

    def shutdown(self):
        """Stop serve_forever() and wait until it has; to be called in another thread."""
        self.__shutdown_request = True
        self.__is_shut_down.wait()

    def service_actions(self):
        """Called by serve_forever() after each round; for subclasses."""

    def handle_request(self):
        """Serve one request, or call handle_timeout() if none comes in time."""
        limits = [limit for limit in (self.socket.gettimeout(), self.timeout) if limit is not None]
        patience = min(limits) if limits else None
        deadline = None if patience is None else time() + patience
        with _ServerSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            while True:
                if selector.select(patience):
                    return self._handle_request_noblock()
                if deadline is not None:
                    patience = deadline - time()
                    if patience < 0:
                        return self.handle_timeout()

    def _handle_request_noblock(self):
        """Serve a request that is there."""
        try:
            request, client_address = self.get_request()
        except OSError:
            return
        try:
            if self.verify_request(request, client_address):
                self.process_request(request, client_address)
            else:
                self.shutdown_request(request)
        except BaseException as failure:
            if isinstance(failure, Exception):
                self.handle_error(request, client_address)
            self.shutdown_request(request)
            if not isinstance(failure, Exception):
                raise

    def handle_timeout(self):
        """Called when no request came in time; for subclasses."""

    def verify_request(self, request, client_address):
        """Return whether to serve a request; for subclasses."""
        return True

    def process_request(self, request, client_address):
        """Have a request served, here: at once."""
        self.finish_request(request, client_address)
        self.shutdown_request(request)

    def server_close(self):
        """Let go of what the server uses."""

    def finish_request(self, request, client_address):
        """Make the handler for a request, which serves it."""
        self.RequestHandlerClass(request, client_address, self)

    def shutdown_request(self, request):
        """Called when a request has been served."""
        self.close_request(request)

    def close_request(self, request):
        """Let go of a request."""

    def handle_error(self, request, client_address):
        """Called for an exception in a handler: print it and go on."""
        import traceback
        line = '-' * 40
        print(line, file=sys.stderr)
        print('Exception happened during processing of request from', client_address, file=sys.stderr)
        traceback.print_exc()
        print(line, file=sys.stderr)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.server_close()


class TCPServer(BaseServer):
    """A server for TCP connections.

    Class attributes: address_family, socket_type, request_queue_size (connections that may wait),
    allow_reuse_address.  bind_and_activate: listen at once.
    """

    address_family = socket.AF_INET
    socket_type = socket.SOCK_STREAM
    request_queue_size = 5
    allow_reuse_address = False

    def __init__(self, server_address, RequestHandlerClass, bind_and_activate=True):
        BaseServer.__init__(self, server_address, RequestHandlerClass)
        self.socket = socket.socket(self.address_family, self.socket_type)
        if bind_and_activate:
            try:
                self.server_bind()
                self.server_activate()
            except:
                self.server_close()
                raise

    def server_bind(self):
        """Give the socket its address."""
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def server_activate(self):
        """Listen."""
        self.socket.listen(self.request_queue_size)

    def server_close(self):
        """Close the socket."""
        self.socket.close()

    def fileno(self):
        """Return the descriptor of the socket."""
        return self.socket.fileno()

    def get_request(self):
        """Return the socket of a new connection and the address of the other side."""
        return self.socket.accept()

    def shutdown_request(self, request):
        """End a connection so that what was sent arrives, and close it."""
        try:
            request.shutdown(socket.SHUT_WR)
        except OSError:
            pass        # the other side was faster
        self.close_request(request)

    def close_request(self, request):
        """Close a connection."""
        request.close()


class UDPServer(TCPServer):
    """A server for datagrams; a request is a pair of the bytes and the socket.  max_packet_size: in bytes."""

    allow_reuse_address = False
    socket_type = socket.SOCK_DGRAM
    max_packet_size = 8192

    def get_request(self):
        """Return the next datagram, as ((bytes, socket), address)."""
        data, address = self.socket.recvfrom(self.max_packet_size)
        return (data, self.socket), address

    def server_activate(self):
        """There is no listening."""

    def shutdown_request(self, request):
        """There is no connection."""
        self.close_request(request)

    def close_request(self, request):
        """There is no connection."""


if hasattr(os, "fork"):
    class ForkingMixIn:
        """Serves each request in a process of its own, at most max_children at a time.

        block_on_close: wait for them in server_close().
        """

        timeout = 300
        active_children = None
        max_children = 40
        block_on_close = True

        def collect_children(self, *, blocking=False):
            """Take note of processes that have ended; wait, if there are too many or if told so."""
            children = self.active_children
            if children is None:
                return
            while len(children) >= self.max_children:
                try:
                    children.discard(os.waitpid(-1, 0)[0])
                except ChildProcessError:
                    children.clear()    # somebody else collected them
                except OSError:
                    break
            for pid in children.copy():
                try:
                    # 0 if it has not ended.
                    children.discard(os.waitpid(pid, 0 if blocking else os.WNOHANG)[0])
                except ChildProcessError:
                    children.discard(pid)
                except OSError:
                    pass

        def handle_timeout(self):
            """Take note of processes that have ended."""
            self.collect_children()

        def service_actions(self):
            """Take note of processes that have ended."""
            self.collect_children()

        def process_request(self, request, client_address):
            """Serve a request in a new process."""
            pid = os.fork()
            if pid:
                if self.active_children is None:
                    self.active_children = set()
                self.active_children.add(pid)
                self.close_request(request)
                return
            # The child must not come back from here.
            status = 1
            try:
                self.finish_request(request, client_address)
                status = 0
            except Exception:
                self.handle_error(request, client_address)
            finally:
                try:
                    self.shutdown_request(request)
                finally:
                    os._exit(status)

        def server_close(self):
            """Close the socket, and wait for the processes if block_on_close."""
            super().server_close()
            self.collect_children(blocking=self.block_on_close)


class _Threads(list):
    """Threads to wait for."""

    def append(self, thread):
        """Add a thread, unless nobody waits for it; forget those that are over."""
        self.reap()
        if not thread.daemon:
            super().append(thread)

    def pop_all(self):
        """Take all out and return them."""
        taken, self[:] = self[:], []
        return taken

    def join(self):
        """Wait for all."""
        for thread in self.pop_all():
            thread.join()

    def reap(self):
        """Forget those that are over."""
        self[:] = [thread for thread in self if thread.is_alive()]


class _NoThreads:
    """Forgets threads at once."""

    def append(self, thread):
        pass

    def join(self):
        pass


class ThreadingMixIn:
    """Serves each request in a thread of its own.

    daemon_threads: whether the program may end without waiting for them; block_on_close: wait for them in
    server_close().
    """

    daemon_threads = False
    block_on_close = True
    _threads = _NoThreads()

    def process_request_thread(self, request, client_address):
        """Serve a request; what the thread does."""
        try:
            self.finish_request(request, client_address)
        except Exception:
            self.handle_error(request, client_address)
        finally:
            self.shutdown_request(request)

    def process_request(self, request, client_address):
        """Serve a request in a new thread."""
        if self.block_on_close and '_threads' not in vars(self):
            self._threads = _Threads()
        thread = threading.Thread(target=self.process_request_thread, args=(request, client_address),
                                  daemon=self.daemon_threads)
        self._threads.append(thread)
        thread.start()

    def server_close(self):
        """Close the socket, and wait for the threads if block_on_close."""
        super().server_close()
        self._threads.join()


if hasattr(os, "fork"):
    class ForkingUDPServer(ForkingMixIn, UDPServer):
        """A UDPServer with a process for each request."""

    class ForkingTCPServer(ForkingMixIn, TCPServer):
        """A TCPServer with a process for each request."""


class ThreadingUDPServer(ThreadingMixIn, UDPServer):
    """A UDPServer with a thread for each request."""


class ThreadingTCPServer(ThreadingMixIn, TCPServer):
    """A TCPServer with a thread for each request."""


if hasattr(socket, 'AF_UNIX'):
    class UnixStreamServer(TCPServer):
        """A server for connections over Unix sockets."""

        address_family = socket.AF_UNIX

    class UnixDatagramServer(UDPServer):
        """A server for datagrams over Unix sockets."""

        address_family = socket.AF_UNIX

    class ThreadingUnixStreamServer(ThreadingMixIn, UnixStreamServer):
        """A UnixStreamServer with a thread for each request."""

    class ThreadingUnixDatagramServer(ThreadingMixIn, UnixDatagramServer):
        """A UnixDatagramServer with a thread for each request."""


class BaseRequestHandler:
    """Serves one request, as soon as it is made: setup(), handle(), finish().

    Attributes: request, client_address, server.
    """

    def __init__(self, request, client_address, server):
        self.request, self.client_address, self.server = request, client_address, server
        self.setup()
        try:
            self.handle()
        finally:
            self.finish()

    def setup(self):
        """Called before handle()."""

    def handle(self):
        """Serve the request; to be overridden."""

    def finish(self):
        """Called after handle(), whatever happened there."""


class StreamRequestHandler(BaseRequestHandler):
    """A handler for connections with files rfile and wfile to read from and write to.

    rbufsize, wbufsize: sizes of their buffers (0: none); timeout: of the connection in seconds;
    disable_nagle_algorithm: send small pieces at once.
    """

    rbufsize = -1
    wbufsize = 0
    timeout = None
    disable_nagle_algorithm = False

    def setup(self):
        """Make the files."""
        self.connection = self.request
        if self.timeout is not None:
            self.connection.settimeout(self.timeout)
        if self.disable_nagle_algorithm:
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        self.rfile = self.connection.makefile('rb', self.rbufsize)
        # Without a buffer a raw file may write only part: all is to be written.
        self.wfile = self.connection.makefile('wb', self.wbufsize) if self.wbufsize else _SocketWriter(self.connection)

    def finish(self):
        """Close the files."""
        if not self.wfile.closed:
            try:
                self.wfile.flush()
            except socket.error:
                pass        # the other side is gone
        self.wfile.close()
        self.rfile.close()


class _SocketWriter(BufferedIOBase):
    """A file that sends at once all that is written."""

    def __init__(self, sock):
        self._sock = sock

    def writable(self):
        return True

    def write(self, b):
        self._sock.sendall(b)
        with memoryview(b) as view:
            return view.nbytes

    def fileno(self):
        return self._sock.fileno()


class DatagramRequestHandler(BaseRequestHandler):
    """A handler for datagrams: rfile has the bytes, and what is written to wfile goes back as one datagram."""

    def setup(self):
        """Make the files."""
        from io import BytesIO
        self.packet, self.socket = self.request
        self.rfile, self.wfile = BytesIO(self.packet), BytesIO()

    def finish(self):
        """Send the answer."""
        self.socket.sendto(self.wfile.getvalue(), self.client_address)
