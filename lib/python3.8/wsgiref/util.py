# SPDX-License-Identifier: MIT
"""Helpers for the environment of WSGI."""

import posixpath

__all__ = ['FileWrapper', 'guess_scheme', 'application_uri', 'request_uri', 'shift_path_info', 'setup_testing_defaults']


class FileWrapper:
    """An iterable over the blocks of a file, blksize bytes each; it closes the file if that can be closed."""

    def __init__(self, filelike, blksize=8192):
        self.filelike, self.blksize = filelike, blksize
        if hasattr(filelike, 'close'):
            self.close = filelike.close

    def __getitem__(self, key):
        import warnings
        warnings.warn("FileWrapper's __getitem__ method ignores 'key' parameter. Use iterator protocol instead.",
                      DeprecationWarning, stacklevel=2)
        block = self.filelike.read(self.blksize)
        if not block:
            raise IndexError
        return block

    def __iter__(self):
        return self

    def __next__(self):
        block = self.filelike.read(self.blksize)
        if not block:
            raise StopIteration
        return block


def guess_scheme(environ):
    """Return 'https' if the variable HTTPS says so, else 'http'."""
    return 'https' if environ.get('HTTPS') in ('yes', 'on', '1') else 'http'


def application_uri(environ):
    """Return the URI of the application, without query and the path below it."""
    from urllib.parse import quote
    scheme = environ['wsgi.url_scheme']
    host = environ.get('HTTP_HOST')
    if not host:
        host, port = environ['SERVER_NAME'], environ['SERVER_PORT']
        if port != {'https': '443'}.get(scheme, '80'):
            host += ':' + port
    return f'{scheme}://{host}{quote(environ.get("SCRIPT_NAME") or "/", encoding="latin1")}'


def request_uri(environ, include_query=True):
    """Return the URI of the request, without query if include_query is false."""
    from urllib.parse import quote
    uri = application_uri(environ)
    path = quote(environ.get('PATH_INFO', ''), safe='/;=,', encoding='latin1')
    uri += path if environ.get('SCRIPT_NAME') else path[1:]
    query = environ.get('QUERY_STRING') if include_query else None
    return f'{uri}?{query}' if query else uri


def shift_path_info(environ):
    """Move the first part of PATH_INFO to the end of SCRIPT_NAME and return it; None if there is none.

    Parts that are empty or '.' go; '..' takes a part off SCRIPT_NAME.  A slash at the end gives '' at last.
    """
    path = environ.get('PATH_INFO', '')
    if not path:
        return None
    parts = path.split('/')
    parts[1:-1] = [part for part in parts[1:-1] if part and part != '.']
    name, rest = parts[1], parts[2:]
    script = posixpath.normpath(environ.get('SCRIPT_NAME', '') + '/' + name)
    if script.endswith('/'):
        script = script[:-1]
    if not name and not script.endswith('/'):
        script += '/'
    environ['SCRIPT_NAME'] = script
    environ['PATH_INFO'] = '/'.join(['', *rest]) if rest else ''
    return None if name == '.' else name


def setup_testing_defaults(environ):
    """Fill an environment with what a test needs, where it is missing."""
    from io import BytesIO, StringIO

    def default(name, value):
        environ.setdefault(name, value)
    default('SERVER_NAME', '127.0.0.1')
    default('SERVER_PROTOCOL', 'HTTP/1.0')
    default('HTTP_HOST', environ['SERVER_NAME'])
    default('REQUEST_METHOD', 'GET')
    if 'SCRIPT_NAME' not in environ and 'PATH_INFO' not in environ:
        default('PATH_INFO', '/')
    default('SCRIPT_NAME', '')
    default('PATH_INFO', '')
    default('wsgi.version', (1, 0))
    for name in ('run_once', 'multithread', 'multiprocess'):
        default('wsgi.' + name, 0)
    default('wsgi.input', BytesIO())
    default('wsgi.errors', StringIO())
    default('wsgi.url_scheme', guess_scheme(environ))
    default('SERVER_PORT', {'http': '80', 'https': '443'}.get(environ['wsgi.url_scheme'], '80'))


# The headers that are about one connection only, RFC 2616 section 13.5.1.
_hoppish = {'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailers',
            'transfer-encoding', 'upgrade'}.__contains__


def is_hop_by_hop(header_name):
    """Return whether a header is about one connection only."""
    return _hoppish(header_name.lower())
