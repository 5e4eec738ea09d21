# SPDX-License-Identifier: MIT
"""Ports and sockets for tests, and hosts that may not answer."""
import contextlib
import errno
import os
import socket
import sys
import unittest
import urllib.error

from test.support._skips import requires

HOST = 'localhost'
HOSTv4 = '127.0.0.1'
HOSTv6 = '::1'
TEST_HTTP_URL = 'http://www.pythontest.net'

# More than the buffers of pipes, and of sockets, can hold.
PIPE_MAX_SIZE = (4 << 20) + 1
SOCK_MAX_SIZE = (16 << 20) + 1


def find_unused_port(family=socket.AF_INET, socktype=socket.SOCK_STREAM):
    """A number of a port that nobody uses just now.  bind_port() is better where it can be used."""
    with socket.socket(family, socktype) as sock:
        return bind_port(sock)


def bind_port(sock, host=HOST):
    """Bind a socket to a port of its own, and return that.  A socket that shares its port is refused."""
    from test.support import TestFailed
    if sock.family == socket.AF_INET and sock.type == socket.SOCK_STREAM:
        for option, shared in ('SO_REUSEADDR', 'SO_REUSEADDR'), ('SO_REUSEPORT', 'SO_REUSEPORT'):
            with contextlib.suppress(AttributeError, OSError):
                if sock.getsockopt(socket.SOL_SOCKET, getattr(socket, option)) == 1:
                    raise TestFailed('tests should never set the %s socket option on TCP/IP sockets!' % shared)
        if hasattr(socket, 'SO_EXCLUSIVEADDRUSE'):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    sock.bind((host, 0))
    return sock.getsockname()[1]


def bind_unix_socket(sock, addr):
    """Bind a Unix socket; where that is not allowed skip the test."""
    assert sock.family == socket.AF_UNIX
    try:
        sock.bind(addr)
    except PermissionError:
        sock.close()
        raise unittest.SkipTest('cannot bind AF_UNIX sockets')


_unix = {}      # why Unix sockets cannot be bound, or None


def skip_unless_bind_unix_socket(test):
    """Skip a test where Unix sockets cannot be bound."""
    if not hasattr(socket, 'AF_UNIX'):
        return unittest.skip('No UNIX Sockets')(test)
    if 'error' not in _unix:
        from test.support._files import TESTFN, unlink
        path = TESTFN + 'can_bind_unix_socket'
        with socket.socket(socket.AF_UNIX) as sock:
            try:
                sock.bind(path)
                _unix['error'] = None
            except OSError as error:
                _unix['error'] = error
            finally:
                unlink(path)
    if _unix['error']:
        return unittest.skip('Requires a functional unix bind(): %s' % _unix['error'])(test)
    return test


def _is_ipv6_enabled():
    """Tell whether a socket can be bound to this machine's address of IPv6."""
    if socket.has_ipv6:
        try:
            with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as sock:
                sock.bind((HOSTv6, 0))
            return True
        except OSError:
            pass
    return False


IPV6_ENABLED = _is_ipv6_enabled()


class TransientResource:
    """Make ResourceDenied, which skips the test, of an exception of a kind with certain attributes."""

    def __init__(self, exc, **kwargs):
        self.exc = exc
        self.attrs = kwargs

    def __enter__(self):
        return self

    def __exit__(self, type_=None, value=None, traceback=None):
        from test.support import ResourceDenied
        if type_ is not None and issubclass(self.exc, type_) and all(
                hasattr(value, name) and getattr(value, name) == wanted for name, wanted in self.attrs.items()):
            raise ResourceDenied('an optional resource is not available')


time_out = TransientResource(OSError, errno=errno.ETIMEDOUT)
socket_peer_reset = TransientResource(OSError, errno=errno.ECONNRESET)
ioerror_peer_reset = TransientResource(OSError, errno=errno.ECONNRESET)


def get_socket_conn_refused_errs():
    """The numbers of errors that say that nobody answers at an address."""
    names = ['ECONNREFUSED', 'EADDRNOTAVAIL', 'ENETUNREACH', 'EHOSTUNREACH']
    numbers = [getattr(errno, name) for name in names if hasattr(errno, name)]
    if not IPV6_ENABLED:
        numbers.append(errno.EAFNOSUPPORT)
    return numbers


_OUTAGES = {'ECONNREFUSED': 111, 'ECONNRESET': 104, 'EHOSTUNREACH': 113, 'ENETUNREACH': 101, 'ETIMEDOUT': 110,
            'EADDRNOTAVAIL': 99}
_NO_NAME = {'EAI_AGAIN': -3, 'EAI_FAIL': -4, 'EAI_NONAME': -2, 'EAI_NODATA': -5, 'WSANO_DATA': 11004}


def _root_cause(error):
    """The OSError within urllib's exceptions."""
    while True:
        arguments = error.args
        if len(arguments) >= 1 and isinstance(arguments[0], OSError):
            error = arguments[0]
        elif len(arguments) >= 2 and isinstance(arguments[1], OSError):
            error = arguments[1]
        else:
            return error


@contextlib.contextmanager
def transient_internet(resource_name, *, timeout=30.0, errnos=()):
    """Skip the test if the block fails because the network, or the host it wants, does not answer.

    resource_name: what is said to be missing; timeout: of new sockets, in seconds; errnos: numbers of the errors that
    count as such, instead of the usual ones.
    """
    from test.support import ResourceDenied
    denied = 'Resource %r is not available' % resource_name
    numbers, names = list(errnos), []
    if not errnos:
        numbers = [getattr(errno, name, number) for name, number in _OUTAGES.items()]
        names = [getattr(socket, name, number) for name, number in _NO_NAME.items()]

    def is_outage(error):
        number = getattr(error, 'errno', None)
        if isinstance(error, socket.timeout) or isinstance(error, socket.gaierror) and number in names:
            return True
        if isinstance(error, urllib.error.HTTPError) and 500 <= error.code <= 599:
            return True
        if isinstance(error, urllib.error.URLError) and ('ConnectionRefusedError' in str(error.reason) or
                                                         'TimeoutError' in str(error.reason) or 'EOFError' in str(error.reason)):
            return True
        return number in numbers

    before = socket.getdefaulttimeout()
    try:
        if timeout is not None:
            socket.setdefaulttimeout(timeout)
        yield
    except OSError as error:
        if not is_outage(error) and not is_outage(_root_cause(error)):
            raise
        from test import support
        if support.verbose:
            sys.stderr.write(denied + '\n')
        raise ResourceDenied(denied) from error
    finally:
        socket.setdefaulttimeout(before)


def open_urlresource(url, *args, **kw):
    """Open a file from the network, kept in the folder of data; the resource 'urlfetch' is required.

    args and kw are those of open() behind the name, and check, a function that tells whether the open file is good.
    """
    import urllib.parse
    import urllib.request
    from test.support import TEST_DATA_DIR, TestFailed, unlink, verbose
    check = kw.pop('check', None)
    path = os.path.join(TEST_DATA_DIR, urllib.parse.urlparse(url)[2].split('/')[-1])

    def opened():
        file = open(path, *args, **kw)
        if check is None or check(file):
            file.seek(0)
            return file
        file.close()

    if os.path.exists(path):
        file = opened()
        if file is not None:
            return file
        unlink(path)
    requires('urlfetch')
    if verbose:
        print('\tfetching %s ...' % url, file=sys.__stdout__)
    opener = urllib.request.build_opener()
    opener.addheaders.append(('Accept-Encoding', 'gzip'))
    with opener.open(url, timeout=15) as source:
        content = source.read()
        if source.headers.get('Content-Encoding') == 'gzip':
            import gzip
            content = gzip.decompress(content)
    os.makedirs(TEST_DATA_DIR, exist_ok=True)
    with open(path, 'wb') as out:
        out.write(content)
    file = opened()
    if file is None:
        raise TestFailed('invalid resource %r' % path)
    return file
