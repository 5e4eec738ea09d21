# SPDX-License-Identifier: MIT
"""Checks that a WSGI application and its server keep to the rules of PEP 3333.

    application = validator(application)

What breaks a rule raises AssertionError; what is only suspicious warns with WSGIWarning.
"""

import re
import sys
import warnings

__all__ = ['validator']

header_re = re.compile(r'^[a-zA-Z][a-zA-Z0-9\-_]*$')
bad_header_value_re = re.compile(r'[\000-\037]')


class WSGIWarning(Warning):
    """Something is allowed, but suspicious."""


def assert_(cond, *args):
    """Raise AssertionError(*args) unless cond is true."""
    if not cond:
        raise AssertionError(*args)


def check_string_type(value, title):
    """Return value, a str, or raise AssertionError."""
    if type(value) is str:
        return value
    raise AssertionError('{0} must be of type str (got {1})'.format(title, repr(value)))


def validator(application):
    """Return an application that calls another one and watches both sides."""
    def lint_app(*args, **kw):
        assert_(len(args) == 2, 'Two arguments required')
        assert_(not kw, 'No keyword arguments allowed')
        environ, start_response = args
        check_environ(environ)
        started = []

        def start_response_wrapper(*args, **kw):
            assert_(len(args) in (2, 3), 'Invalid number of arguments: %s' % (args,))
            assert_(not kw, 'No keyword arguments allowed')
            status, headers, exc_info = (*args, None)[:3]
            check_status(status)
            check_headers(headers)
            check_content_type(status, headers)
            check_exc_info(exc_info)
            started.append(None)
            return WriteWrapper(start_response(*args))

        environ['wsgi.input'] = InputWrapper(environ['wsgi.input'])
        environ['wsgi.errors'] = ErrorWrapper(environ['wsgi.errors'])
        iterator = application(environ, start_response_wrapper)
        assert_(iterator is not None and iterator is not False, 'The application must return an iterator, if only an empty list')
        check_iterator(iterator)
        return IteratorWrapper(iterator, started)
    return lint_app


class InputWrapper:
    """wsgi.input, watched."""

    def __init__(self, wsgi_input):
        self.input = wsgi_input

    def _bytes(self, data):
        assert_(type(data) is bytes)
        return data

    def read(self, *args):
        assert_(len(args) == 1)
        return self._bytes(self.input.read(*args))

    def readline(self, *args):
        assert_(len(args) <= 1)
        return self._bytes(self.input.readline(*args))

    def readlines(self, *args):
        assert_(len(args) <= 1)
        lines = self.input.readlines(*args)
        assert_(type(lines) is list)
        return [self._bytes(line) for line in lines]

    def __iter__(self):
        return iter(self.readline, b'')

    def close(self):
        assert_(0, 'input.close() must not be called')


class ErrorWrapper:
    """wsgi.errors, watched."""

    def __init__(self, wsgi_errors):
        self.errors = wsgi_errors

    def flush(self):
        self.errors.flush()

    def write(self, s):
        assert_(type(s) is str)
        self.errors.write(s)

    def writelines(self, seq):
        for text in seq:
            self.write(text)

    def close(self):
        assert_(0, 'errors.close() must not be called')


class WriteWrapper:
    """What start_response() returns, watched."""

    def __init__(self, wsgi_writer):
        self.writer = wsgi_writer

    def __call__(self, s):
        assert_(type(s) is bytes)
        self.writer(s)


class PartialIteratorWrapper:
    """An iterable of which only iter() may be called."""

    def __init__(self, wsgi_iterator):
        self.iterator = wsgi_iterator

    def __iter__(self):
        return IteratorWrapper(self.iterator, None)     # the right one


class IteratorWrapper:
    """The result of an application, watched."""

    def __init__(self, wsgi_iterator, check_start_response):
        self.original_iterator = wsgi_iterator
        self.iterator = iter(wsgi_iterator)
        self.closed = False
        self.check_start_response = check_start_response

    def __iter__(self):
        return self

    def __next__(self):
        assert_(not self.closed, 'Iterator read after closed')
        data = next(self.iterator)
        if type(data) is not bytes:
            assert_(False, 'Iterator yielded non-bytestring (%r)' % (data,))
        if self.check_start_response is not None:
            assert_(self.check_start_response, "The application returns and we started iterating over its body, "
                    "but start_response has not yet been called")
            self.check_start_response = None
        return data

    def close(self):
        self.closed = True
        if hasattr(self.original_iterator, 'close'):
            self.original_iterator.close()

    def __del__(self):
        if not self.closed:
            sys.stderr.write('Iterator garbage collected without being closed')
        assert_(self.closed, 'Iterator garbage collected without being closed')


_REQUIRED = ('REQUEST_METHOD', 'SERVER_NAME', 'SERVER_PORT', 'wsgi.version', 'wsgi.input', 'wsgi.errors',
             'wsgi.multithread', 'wsgi.multiprocess', 'wsgi.run_once')
_METHODS = 'GET HEAD POST OPTIONS PATCH PUT DELETE TRACE'.split()


def check_environ(environ):
    """Check an environment."""
    assert_(type(environ) is dict, 'Environment is not of the right type: %r (environment: %r)' % (type(environ), environ))
    for name in _REQUIRED:
        assert_(name in environ, 'Environment missing required key: %r' % (name,))
    for name, instead in (('HTTP_CONTENT_TYPE', 'CONTENT_TYPE'), ('HTTP_CONTENT_LENGTH', 'CONTENT_LENGTH')):
        assert_(name not in environ, 'Environment should not have the key: %s (use %s instead)' % (name, instead))
    if 'QUERY_STRING' not in environ:
        warnings.warn('QUERY_STRING is not in the WSGI environment; the cgi module will use sys.argv when this variable '
                      'is missing, so application errors are more likely', WSGIWarning)
    for name, value in environ.items():
        if '.' not in name:                     # not an extension
            assert_(type(value) is str, 'Environmental variable %s is not a string: %r (value: %r)'
                    % (name, type(value), value))
    assert_(type(environ['wsgi.version']) is tuple, 'wsgi.version should be a tuple (%r)' % (environ['wsgi.version'],))
    scheme = environ['wsgi.url_scheme']
    assert_(scheme in ('http', 'https'), 'wsgi.url_scheme unknown: %r' % scheme)
    check_input(environ['wsgi.input'])
    check_errors(environ['wsgi.errors'])
    method = environ['REQUEST_METHOD']
    if method not in _METHODS:
        warnings.warn('Unknown REQUEST_METHOD: %r' % method, WSGIWarning)
    for name in ('SCRIPT_NAME', 'PATH_INFO'):
        value = environ.get(name)
        assert_(not value or value.startswith('/'), "%s doesn't start with /: %r" % (name, value))
    length = environ.get('CONTENT_LENGTH')
    if length:
        assert_(int(length) >= 0, 'Invalid CONTENT_LENGTH: %r' % length)
    if not environ.get('SCRIPT_NAME'):
        assert_('PATH_INFO' in environ, "One of SCRIPT_NAME or PATH_INFO are required (PATH_INFO should at least be '/' "
                'if SCRIPT_NAME is empty)')
    assert_(environ.get('SCRIPT_NAME') != '/', "SCRIPT_NAME cannot be '/'; it should instead be '', and PATH_INFO should "
            "be '/'")


def _check_methods(thing, title, names):
    for name in names:
        assert_(hasattr(thing, name), "%s (%r) doesn't have the attribute %s" % (title, thing, name))


def check_input(wsgi_input):
    """Check wsgi.input."""
    _check_methods(wsgi_input, 'wsgi.input', ('read', 'readline', 'readlines', '__iter__'))


def check_errors(wsgi_errors):
    """Check wsgi.errors."""
    _check_methods(wsgi_errors, 'wsgi.errors', ('flush', 'write', 'writelines'))


def check_status(status):
    """Check a status."""
    status = check_string_type(status, 'Status')
    code = status.split(None, 1)[0]
    assert_(len(code) == 3, 'Status codes must be three characters: %r' % code)
    assert_(int(code) >= 100, 'Status code is invalid: %r' % int(code))
    if len(status) < 4 or status[3] != ' ':
        warnings.warn('The status string (%r) should be a three-digit integer followed by a single space and a status '
                      'explanation' % status, WSGIWarning)


def check_headers(headers):
    """Check response headers."""
    assert_(type(headers) is list, 'Headers (%r) must be of type list: %r' % (headers, type(headers)))
    for item in headers:
        assert_(type(item) is tuple, 'Individual headers (%r) must be of type tuple: %r' % (item, type(item)))
        assert_(len(item) == 2)
        name, value = item
        name = check_string_type(name, 'Header name')
        value = check_string_type(value, 'Header value')
        assert_(name.lower() != 'status', 'The Status header cannot be used; it conflicts with CGI script, and HTTP status '
                'is not given through headers (value: %r).' % value)
        assert_('\n' not in name and ':' not in name, "Header names may not contain ':' or '\\n': %r" % name)
        assert_(header_re.search(name), 'Bad header name: %r' % name)
        assert_(not name.endswith('-') and not name.endswith('_'), "Names may not end in '-' or '_': %r" % name)
        bad = bad_header_value_re.search(value)
        if bad:
            assert_(0, 'Bad header value: %r (bad char: %r)' % (value, bad[0]))


def check_content_type(status, headers):
    """Check that there is a header Content-Type, unless the response has no body."""
    status = check_string_type(status, 'Status')
    code = int(status.split(None, 1)[0])
    without = code in (204, 304)
    for name, value in headers:
        if check_string_type(name, 'Header name').lower() == 'content-type':
            if not without:
                return
            assert_(0, 'Content-Type header found in a %s response, which must not return content.' % code)
    if not without:
        assert_(0, 'No Content-Type header found in headers (%s)' % headers)


def check_exc_info(exc_info):
    """Check the third argument of start_response()."""
    assert_(exc_info is None or type(exc_info) is tuple, 'exc_info (%r) is not a tuple: %r' % (exc_info, type(exc_info)))


def check_iterator(iterator):
    """Check the result of an application."""
    # A text or bytes would be sent byte by byte.
    assert_(not isinstance(iterator, (str, bytes)), 'You should not return a string as your application iterator, '
            'instead return a single-item list containing a bytestring.')
