# SPDX-License-Identifier: MIT
"""Many sockets in one thread: loop() waits for all and calls the handlers of those where something happens.

A program subclasses dispatcher, a socket with methods handle_read(), handle_write() and so on.  asyncio is what new
programs use.
"""

import os
import select
import socket
import sys
import time
import warnings
from errno import (EAGAIN, EALREADY, EBADF, ECONNABORTED, ECONNRESET, EINPROGRESS, EINVAL, EISCONN, ENOTCONN, EPIPE,
                   ESHUTDOWN, EWOULDBLOCK, errorcode)

# What reads and writes say when the other side is gone.
_DISCONNECTED = frozenset({ECONNRESET, ENOTCONN, ESHUTDOWN, ECONNABORTED, EPIPE, EBADF})

try:
    socket_map
except NameError:       # it survives a reload
    socket_map = {}     # descriptor -> dispatcher


def _strerror(err):
    try:
        return os.strerror(err)
    except (ValueError, OverflowError, NameError):
        return errorcode.get(err, "Unknown error %s" % err)


class ExitNow(Exception):
    """Ends the loop when a handler raises it."""


_reraised_exceptions = ExitNow, KeyboardInterrupt, SystemExit


def _guarded(obj, method):
    """Call a handler; its errors are for handle_error()."""
    try:
        getattr(obj, method)()
    except _reraised_exceptions:
        raise
    except:
        obj.handle_error()


def read(obj):
    """Tell a dispatcher that it can read."""
    _guarded(obj, 'handle_read_event')


def write(obj):
    """Tell a dispatcher that it can write."""
    _guarded(obj, 'handle_write_event')


def _exception(obj):
    _guarded(obj, 'handle_expt_event')


def readwrite(obj, flags):
    """Tell a dispatcher what poll() found."""
    try:
        for mask, method in ((select.POLLIN, 'handle_read_event'), (select.POLLOUT, 'handle_write_event'),
                             (select.POLLPRI, 'handle_expt_event'),
                             (select.POLLHUP | select.POLLERR | select.POLLNVAL, 'handle_close')):
            if flags & mask:
                getattr(obj, method)()
    except OSError as error:
        if error.args[0] in _DISCONNECTED:
            obj.handle_close()
        else:
            obj.handle_error()
    except _reraised_exceptions:
        raise
    except:
        obj.handle_error()


def _wishes(obj):
    """Whether a dispatcher wants to read and to write; one that accepts does not write."""
    readable = obj.readable()
    return readable, obj.writable() and not obj.accepting


def poll(timeout=0.0, map=None):
    """Wait once for all dispatchers of a map, by select(), and call their handlers."""
    map = socket_map if map is None else map
    if not map:
        return
    readers, writers, others = [], [], []
    for fd, obj in list(map.items()):
        readable, writable = _wishes(obj)
        if readable:
            readers.append(fd)
        if writable:
            writers.append(fd)
        if readable or writable:
            others.append(fd)
    if not others:
        time.sleep(timeout)
        return
    for ready, tell in zip(select.select(readers, writers, others, timeout), (read, write, _exception)):
        for fd in ready:
            obj = map.get(fd)
            if obj is not None:     # no handler has closed it
                tell(obj)


def poll2(timeout=0.0, map=None):
    """Wait once for all dispatchers of a map, by poll(), and call their handlers."""
    map = socket_map if map is None else map
    if timeout is not None:
        timeout = int(timeout * 1000)
    poller = select.poll()
    if not map:
        return
    for fd, obj in list(map.items()):
        readable, writable = _wishes(obj)
        flags = (select.POLLIN | select.POLLPRI if readable else 0) | (select.POLLOUT if writable else 0)
        if flags:
            poller.register(fd, flags)
    for fd, flags in poller.poll(timeout):
        obj = map.get(fd)
        if obj is not None:
            readwrite(obj, flags)


poll3 = poll2       # an old name


def loop(timeout=30.0, use_poll=False, map=None, count=None):
    """Serve the dispatchers of a map until there are none, or count times.

    timeout: of each wait in seconds; use_poll: use poll() and not select().
    """
    map = socket_map if map is None else map
    wait = poll2 if use_poll and hasattr(select, 'poll') else poll
    rounds = 0
    while map and (count is None or rounds < count):
        wait(timeout, map)
        rounds += 1


class dispatcher:
    """A socket whose methods handle_...() are called by the loop.

    sock: the socket, or None to make one by create_socket(); map: where the loop finds it.
    """

    debug = False
    connected = accepting = connecting = closing = False
    addr = None
    ignore_log_types = frozenset({'warning'})

    def __init__(self, sock=None, map=None):
        self._map = socket_map if map is None else map
        self._fileno = None
        if not sock:
            self.socket = None
            return
        # It may be of another kind than those made here.
        sock.setblocking(0)
        self.set_socket(sock, map)
        self.connected = True
        try:
            self.addr = sock.getpeername()
        except OSError as error:
            if error.args[0] not in (ENOTCONN, EINVAL):
                # The other side is gone, or it is no socket at all.
                self.del_channel(map)
                raise
            self.connected = False      # one that listens, or is not connected yet

    def __repr__(self):
        words = [self.__class__.__module__ + "." + self.__class__.__qualname__]
        if self.accepting and self.addr:
            words.append('listening')
        elif self.connected:
            words.append('connected')
        if self.addr is not None:
            try:
                words.append('%s:%d' % self.addr)
            except TypeError:
                words.append(repr(self.addr))
        return '<%s at %#x>' % (' '.join(words), id(self))

    def add_channel(self, map=None):
        """Enter the dispatcher into a map."""
        (self._map if map is None else map)[self._fileno] = self

    def del_channel(self, map=None):
        """Take the dispatcher out of a map."""
        (self._map if map is None else map).pop(self._fileno, None)
        self._fileno = None

    def create_socket(self, family=socket.AF_INET, type=socket.SOCK_STREAM):
        """Make a socket."""
        self.family_and_type = family, type
        made = socket.socket(family, type)
        made.setblocking(0)
        self.set_socket(made)

    def set_socket(self, sock, map=None):
        """Use a socket and enter it into a map."""
        self.socket = sock
        self._fileno = sock.fileno()
        self.add_channel(map)

    def set_reuse_addr(self):
        """Let the address be used again at once, if the system can."""
        try:
            option = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, option | 1)
        except OSError:
            pass

    def readable(self):
        """Return whether the loop is to wait until there is something to read."""
        return True

    def writable(self):
        """Return whether the loop is to wait until something can be written."""
        return True

    # The socket's methods

    def listen(self, num):
        """Listen for connections."""
        self.accepting = True
        return self.socket.listen(5 if os.name == 'nt' and num > 5 else num)

    def bind(self, addr):
        """Give the socket an address."""
        self.addr = addr
        return self.socket.bind(addr)

    def connect(self, address):
        """Begin to connect."""
        self.connected, self.connecting = False, True
        result = self.socket.connect_ex(address)
        if result in (EINPROGRESS, EALREADY, EWOULDBLOCK) or result == EINVAL and os.name == 'nt':
            self.addr = address
        elif result in (0, EISCONN):
            self.addr = address
            self.handle_connect_event()
        else:
            raise OSError(result, errorcode[result])

    def accept(self):
        """Return (socket, address) of a new connection, or None if there is none after all."""
        try:
            return self.socket.accept()
        except TypeError:
            return None
        except OSError as error:
            if error.args[0] not in (EWOULDBLOCK, ECONNABORTED, EAGAIN):
                raise
            return None

    def send(self, data):
        """Send some of the data and return how much."""
        try:
            return self.socket.send(data)
        except OSError as error:
            if error.args[0] in _DISCONNECTED:
                self.handle_close()
            elif error.args[0] != EWOULDBLOCK:
                raise
            return 0

    def recv(self, buffer_size):
        """Return what was received; nothing if the connection has ended, which handle_close() is told."""
        try:
            data = self.socket.recv(buffer_size)
        except OSError as error:
            if error.args[0] not in _DISCONNECTED:
                raise
            data = b''
        if not data:
            self.handle_close()
            return b''
        return data

    def close(self):
        """Close the socket and leave the loop."""
        self.connected = self.accepting = self.connecting = False
        self.del_channel()
        if self.socket is not None:
            try:
                self.socket.close()
            except OSError as error:
                if error.args[0] not in (ENOTCONN, EBADF):
                    raise

    def log(self, message):
        """Write a message to sys.stderr."""
        sys.stderr.write('log: %s\n' % str(message))

    def log_info(self, message, type='info'):
        """Print a message of a type, unless such are ignored."""
        if type not in self.ignore_log_types:
            print('%s: %s' % (type, message))

    # What the loop calls

    def handle_read_event(self):
        """There is something to read, or to accept."""
        if self.accepting:
            self.handle_accept()
            return
        if not self.connected and self.connecting:
            self.handle_connect_event()
        self.handle_read()

    def handle_connect_event(self):
        """The attempt to connect has come to an end."""
        failure = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if failure:
            raise OSError(failure, _strerror(failure))
        self.handle_connect()
        self.connected, self.connecting = True, False

    def handle_write_event(self):
        """Something can be written."""
        if self.accepting:
            return
        if not self.connected and self.connecting:
            self.handle_connect_event()
        self.handle_write()

    def handle_expt_event(self):
        """There is urgent data, or an error."""
        failure = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if failure:
            self.handle_close()
        else:
            self.handle_expt()

    def handle_error(self):
        """A handler raised an exception: say so and close."""
        _, kind, value, trace = compact_traceback()
        try:
            shown = repr(self)
        except:
            shown = '<__repr__(self) failed for object at %0x>' % id(self)
        self.log_info('uncaptured python exception, closing channel %s (%s:%s %s)' % (shown, kind, value, trace),
                      'error')
        self.handle_close()

    # What subclasses override

    def handle_expt(self):
        """There is urgent data."""
        self.log_info('unhandled incoming priority event', 'warning')

    def handle_read(self):
        """There is something to read."""
        self.log_info('unhandled read event', 'warning')

    def handle_write(self):
        """Something can be written."""
        self.log_info('unhandled write event', 'warning')

    def handle_connect(self):
        """The socket is connected."""
        self.log_info('unhandled connect event', 'warning')

    def handle_accept(self):
        """There is a connection to accept."""
        pair = self.accept()
        if pair is not None:
            self.handle_accepted(*pair)

    def handle_accepted(self, sock, addr):
        """A connection was accepted."""
        sock.close()
        self.log_info('unhandled accepted event', 'warning')

    def handle_close(self):
        """The connection has ended."""
        self.log_info('unhandled close event', 'warning')
        self.close()


class dispatcher_with_send(dispatcher):
    """A dispatcher whose send() keeps what cannot be sent yet."""

    def __init__(self, sock=None, map=None):
        dispatcher.__init__(self, sock, map)
        self.out_buffer = b''

    def initiate_send(self):
        """Send some of what is kept."""
        sent = dispatcher.send(self, self.out_buffer[:65536])
        self.out_buffer = self.out_buffer[sent:]

    def handle_write(self):
        """Send some more."""
        self.initiate_send()

    def writable(self):
        """Return whether there is anything to send, or the connection to be made."""
        return not self.connected or len(self.out_buffer)

    def send(self, data):
        """Send data, now or later."""
        if self.debug:
            self.log_info('sending %s' % repr(data))
        self.out_buffer += data
        self.initiate_send()


def compact_traceback():
    """Return ((file, function, line), type, value, text) of the current exception, where the text is of one line."""
    kind, value, tb = sys.exc_info()
    if not tb:
        raise AssertionError("traceback does not exist")
    places = []
    while tb:
        code = tb.tb_frame.f_code
        places.append((code.co_filename, code.co_name, str(tb.tb_lineno)))
        tb = tb.tb_next
    return places[-1], kind, value, ' '.join(['[%s|%s|%s]' % place for place in places])


def close_all(map=None, ignore_all=False):
    """Close all dispatchers of a map; errors (but OSErrors of closed ones) go on unless ignore_all."""
    map = socket_map if map is None else map
    for obj in list(map.values()):
        try:
            obj.close()
        except _reraised_exceptions:
            if not ignore_all:
                raise
        except Exception as error:
            if not (ignore_all or isinstance(error, OSError) and error.args[0] == EBADF):
                raise
    map.clear()


if os.name == 'posix':
    class file_wrapper:
        """A file, by its descriptor, that looks enough like a socket to asyncore."""

        def __init__(self, fd):
            self.fd = os.dup(fd)

        def __del__(self):
            if self.fd >= 0:
                warnings.warn("unclosed file %r" % self, ResourceWarning, source=self)
            self.close()

        def recv(self, *args):
            """Read."""
            return os.read(self.fd, *args)

        def send(self, *args):
            """Write."""
            return os.write(self.fd, *args)

        def getsockopt(self, level, optname, buflen=None):
            """Say that there is no error; other questions cannot be answered."""
            if level == socket.SOL_SOCKET and optname == socket.SO_ERROR and not buflen:
                return 0
            raise NotImplementedError("Only asyncore specific behaviour implemented.")

        read = recv
        write = send

        def close(self):
            """Close the file."""
            fd, self.fd = self.fd, -1
            if fd >= 0:
                os.close(fd)

        def fileno(self):
            """Return the descriptor."""
            return self.fd

    class file_dispatcher(dispatcher):
        """A dispatcher for a file: a pipe, say."""

        def __init__(self, fd, map=None):
            dispatcher.__init__(self, None, map)
            self.connected = True
            try:
                fd = fd.fileno()
            except AttributeError:
                pass
            self.set_file(fd)
            os.set_blocking(fd, False)

        def set_file(self, fd):
            """Use a descriptor, or rather a copy of it."""
            self.socket = file_wrapper(fd)
            self._fileno = self.socket.fileno()
            self.add_channel()
