# SPDX-License-Identifier: MIT
"""Running a WSGI application: run() of a handler calls it and sends what it returns.

    BaseHandler         everything but reading and writing
    SimpleHandler       with streams and an environment, for servers
    BaseCGIHandler      the same, for what works like CGI
    CGIHandler          for CGI: CGIHandler().run(application)
    IISCGIHandler       for the server of Microsoft, that gets the path wrong
"""

import os
import sys
import time

from .headers import Headers
from .util import FileWrapper, guess_scheme, is_hop_by_hop

__all__ = ['BaseHandler', 'SimpleHandler', 'BaseCGIHandler', 'CGIHandler', 'IISCGIHandler', 'read_environ']

_weekdayname = 'Mon Tue Wed Thu Fri Sat Sun'.split()
_monthname = [None, *'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()]     # not those of the locale


def format_date_time(timestamp):
    """Return a time, seconds since the epoch, as HTTP has it."""
    year, month, day, hour, minute, second, weekday = time.gmtime(timestamp)[:7]
    return '%s, %02d %3s %4d %02d:%02d:%02d GMT' % (_weekdayname[weekday], day, _monthname[month], year, hour, minute,
                                                    second)


_is_request = {'SCRIPT_NAME', 'PATH_INFO', 'QUERY_STRING', 'REQUEST_METHOD', 'AUTH_TYPE', 'CONTENT_TYPE',
               'CONTENT_LENGTH', 'HTTPS', 'REMOTE_USER', 'REMOTE_IDENT'}.__contains__


def _needs_transcode(k):
    """Return whether a variable comes from the request."""
    return _is_request(k) or k.startswith(('HTTP_', 'SSL_')) or k.startswith('REDIRECT_') and _needs_transcode(k[9:])


def read_environ():
    """Return os.environ with the variables of the request as WSGI wants them: bytes, decoded as Latin-1."""
    encoding = sys.getfilesystemencoding()
    environ = dict(os.environ)
    for name in filter(_needs_transcode, environ):
        try:
            environ[name] = environ[name].encode(encoding, 'surrogateescape').decode('iso-8859-1')
        except UnicodeError:                # the encoding of the system does not take it back
            environ[name] = environ[name].encode('utf-8', 'replace').decode('iso-8859-1')
    return environ


class BaseHandler:
    """Runs one request.  Derived classes say how to read and write: _write(), _flush(), get_stdin(), get_stderr(),
    add_cgi_vars().

    Attributes to set: wsgi_* and os_environ (the environment), origin_server (whether the status line and the headers
    of a server are sent), http_version, server_software, wsgi_file_wrapper, headers_class, and error_status,
    error_headers, error_body, traceback_limit for what is sent and logged after an error.
    """

    wsgi_version = (1, 0)
    wsgi_multithread = True
    wsgi_multiprocess = True
    wsgi_run_once = False

    origin_server = True
    http_version = '1.0'
    server_software = None

    os_environ = read_environ()
    wsgi_file_wrapper = FileWrapper
    headers_class = Headers

    traceback_limit = None
    error_status = '500 Internal Server Error'
    error_headers = [('Content-Type', 'text/plain')]
    error_body = b'A server error occurred.  Please contact the administrator.'

    # the request
    status = result = headers = None
    headers_sent = False
    bytes_sent = 0

    def run(self, application):
        """Call an application and send what it returns."""
        try:
            self.setup_environ()
            self.result = application(self.environ, self.start_response)
            self.finish_response()
        except (ConnectionAbortedError, BrokenPipeError, ConnectionResetError):
            return                          # the client does not want it any more
        except:
            try:
                self.handle_error()
            except:                         # in the report too: close what there is, and let it out
                self.close()
                raise

    def setup_environ(self):
        """Make the environment of the request."""
        env = self.environ = self.os_environ.copy()
        self.add_cgi_vars()
        env.update({'wsgi.input': self.get_stdin(), 'wsgi.errors': self.get_stderr(),
                    'wsgi.version': self.wsgi_version, 'wsgi.run_once': self.wsgi_run_once,
                    'wsgi.url_scheme': self.get_scheme(), 'wsgi.multithread': self.wsgi_multithread,
                    'wsgi.multiprocess': self.wsgi_multiprocess})
        if self.wsgi_file_wrapper is not None:
            env['wsgi.file_wrapper'] = self.wsgi_file_wrapper
        if self.origin_server and self.server_software:
            env.setdefault('SERVER_SOFTWARE', self.server_software)

    def finish_response(self):
        """Send the result and close it."""
        try:
            if not self.result_is_file() or not self.sendfile():
                for data in self.result:
                    self.write(data)
                self.finish_content()
        except:
            if hasattr(self.result, 'close'):
                self.result.close()
            raise
        self.close()

    def get_scheme(self):
        """Return the scheme of the URL."""
        return guess_scheme(self.environ)

    def set_content_length(self):
        """Set the header Content-Length if it can be known."""
        try:
            blocks = len(self.result)
        except (TypeError, AttributeError, NotImplementedError):
            return
        if blocks == 1:
            self.headers['Content-Length'] = str(self.bytes_sent)

    def cleanup_headers(self):
        """Complete the headers before they are sent."""
        if 'Content-Length' not in self.headers:
            self.set_content_length()

    def start_response(self, status, headers, exc_info=None):
        """Take status and headers from the application; with exc_info, the exception, once more."""
        if exc_info:
            try:
                if self.headers_sent:
                    raise exc_info[0](exc_info[1]).with_traceback(exc_info[2])
            finally:
                exc_info = None             # no reference to the frame
        elif self.headers is not None:
            raise AssertionError('Headers already set!')
        self.status, self.headers = status, self.headers_class(headers)
        status = self._convert_string_type(status, 'Status')
        assert len(status) >= 4, 'Status must be at least 4 characters'
        assert status[:3].isdigit(), 'Status message must begin w/3-digit code'
        assert status[3] == ' ', 'Status message must have a space after code'
        if __debug__:
            for name, value in headers:
                self._convert_string_type(name, 'Header name')
                self._convert_string_type(value, 'Header value')
                assert not is_hop_by_hop(name), f"Hop-by-hop header, '{name}: {value}', not allowed"
        return self.write

    def _convert_string_type(self, value, title):
        """Return value, a str, or raise AssertionError."""
        if type(value) is str:
            return value
        raise AssertionError('{0} must be of type str (got {1})'.format(title, repr(value)))

    def send_preamble(self):
        """Send the status line, and the headers of a server."""
        if not self.origin_server:
            self._write(f'Status: {self.status}\r\n'.encode('iso-8859-1'))
        elif self.client_is_modern():
            lines = [f'HTTP/{self.http_version} {self.status}']
            if 'Date' not in self.headers:
                lines.append('Date: ' + format_date_time(time.time()))
            if self.server_software and 'Server' not in self.headers:
                lines.append('Server: ' + self.server_software)
            for line in lines:
                self._write((line + '\r\n').encode('iso-8859-1'))

    def write(self, data):
        """Send bytes, after the headers."""
        assert type(data) is bytes, 'write() argument must be a bytes instance'
        if not self.status:
            raise AssertionError('write() before start_response()')
        self.bytes_sent += len(data)        # set_content_length() wants to know it
        if not self.headers_sent:
            self.send_headers()
        self._write(data)
        self._flush()

    def sendfile(self):
        """Send a file in a way the system may have for that; return whether that has been done."""
        return False

    def finish_content(self):
        """Send the headers if nothing else has been sent."""
        if not self.headers_sent:
            self.headers.setdefault('Content-Length', '0')
            self.send_headers()

    def close(self):
        """Close the result and forget the request."""
        try:
            if hasattr(self.result, 'close'):
                self.result.close()
        finally:
            self.result = self.headers = self.status = self.environ = None
            self.bytes_sent = 0
            self.headers_sent = False

    def send_headers(self):
        """Send the headers."""
        self.cleanup_headers()
        self.headers_sent = True
        if not self.origin_server or self.client_is_modern():
            self.send_preamble()
            self._write(bytes(self.headers))

    def result_is_file(self):
        """Return whether the result is a file in the wrapper."""
        wrapper = self.wsgi_file_wrapper
        return wrapper is not None and isinstance(self.result, wrapper)

    def client_is_modern(self):
        """Return whether the client knows status and headers."""
        return self.environ['SERVER_PROTOCOL'].upper() != 'HTTP/0.9'

    def log_exception(self, exc_info):
        """Write an exception to the log of errors."""
        from traceback import print_exception
        try:
            print_exception(*exc_info, self.traceback_limit, self.get_stderr())
        finally:
            exc_info = None

    def handle_error(self):
        """Log the exception being handled, and send a page about it if nothing has been sent."""
        self.log_exception(sys.exc_info())
        if not self.headers_sent:
            self.result = self.error_output(self.environ, self.start_response)
            self.finish_response()

    def error_output(self, environ, start_response):
        """An application that returns the page about an error."""
        start_response(self.error_status, self.error_headers[:], sys.exc_info())
        return [self.error_body]

    # -- for derived classes --

    def _write(self, data):
        """Send bytes, perhaps later."""
        raise NotImplementedError

    def _flush(self):
        """Send what is held back."""
        raise NotImplementedError

    def get_stdin(self):
        """Return the stream for wsgi.input."""
        raise NotImplementedError

    def get_stderr(self):
        """Return the stream for wsgi.errors."""
        raise NotImplementedError

    def add_cgi_vars(self):
        """Add the variables of the request to self.environ."""
        raise NotImplementedError


class SimpleHandler(BaseHandler):
    """Runs a request with three streams and an environment; multithread and multiprocess say how the server works."""

    def __init__(self, stdin, stdout, stderr, environ, multithread=True, multiprocess=False):
        self.stdin, self.stdout, self.stderr = stdin, stdout, stderr
        self.base_env = environ
        self.wsgi_multithread, self.wsgi_multiprocess = multithread, multiprocess

    def get_stdin(self):
        return self.stdin

    def get_stderr(self):
        return self.stderr

    def add_cgi_vars(self):
        self.environ.update(self.base_env)

    def _write(self, data):
        count = self.stdout.write(data)
        if count is None or count == len(data):
            return
        from warnings import warn
        warn('SimpleHandler.stdout.write() should not do partial writes', DeprecationWarning)
        while count < len(data):
            count += self.stdout.write(data[count:])

    def _flush(self):
        self.stdout.flush()
        self._flush = self.stdout.flush     # the next call goes there at once


class BaseCGIHandler(SimpleHandler):
    """As SimpleHandler, behind a server that sends the status line: it gets a header Status."""

    origin_server = False


class CGIHandler(BaseCGIHandler):
    """Runs a request with stdin, stdout, stderr and os.environ."""

    wsgi_run_once = True
    os_environ = {}                 # it comes with the request

    def __init__(self):
        super().__init__(sys.stdin.buffer, sys.stdout.buffer, sys.stderr, read_environ(), multithread=False,
                         multiprocess=True)


class IISCGIHandler(BaseCGIHandler):
    """As CGIHandler, for a server that puts SCRIPT_NAME before PATH_INFO (Microsoft's, without allowPathInfo)."""

    wsgi_run_once = True
    os_environ = {}

    def __init__(self):
        environ = read_environ()
        path = environ.get('PATH_INFO', '')
        script = environ.get('SCRIPT_NAME', '')
        if (path + '/').startswith(script + '/'):
            environ['PATH_INFO'] = path[len(script):]
        super().__init__(sys.stdin.buffer, sys.stdout.buffer, sys.stderr, environ, multithread=False,
                         multiprocess=True)
