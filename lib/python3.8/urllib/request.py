# SPDX-License-Identifier: MIT
"""Opening URLs.

urlopen(url or Request) asks the installed OpenerDirector, which has handlers: for each scheme one that opens
(<scheme>_open), some that change requests (<scheme>_request) and responses (<scheme>_response), and some that do
something about statuses of HTTP (http_error_<status>): redirect, log in, raise HTTPError.  build_opener() makes a
director with the usual handlers and your own.

Passwords and logging in are in urllib._auth, proxies of the surroundings in urllib._proxies, the older URLopener in
urllib._opener.
"""

import base64
import bisect
import contextlib
import email
import http.client
import io
import os
import re
import socket
import string
import sys
import tempfile
import time
import warnings

from urllib.error import ContentTooShortError, HTTPError, URLError
from urllib.parse import (_splitattr, _splithost, _splitpasswd, _splitport, _splittag, _splittype, _splituser,
                          _splitvalue, quote, unquote, unquote_to_bytes, unwrap, urljoin, urlparse, urlsplit,
                          urlunparse)
from urllib.response import addclosehook, addinfourl
from urllib._auth import (AbstractBasicAuthHandler, AbstractDigestAuthHandler, HTTPPasswordMgr,
                          HTTPPasswordMgrWithDefaultRealm, HTTPPasswordMgrWithPriorAuth, parse_http_list,
                          parse_keqv_list)
from urllib._opener import FancyURLopener, URLopener
from urllib._proxies import (_parse_proxy, _proxy_bypass_macosx_sysconf, getproxies, getproxies_environment,
                             proxy_bypass, proxy_bypass_environment)

try:
    import ssl
except ImportError:
    ssl = None

__all__ = ['Request', 'OpenerDirector', 'BaseHandler', 'HTTPDefaultErrorHandler', 'HTTPRedirectHandler',
           'HTTPCookieProcessor', 'ProxyHandler', 'HTTPPasswordMgr', 'HTTPPasswordMgrWithDefaultRealm',
           'HTTPPasswordMgrWithPriorAuth', 'AbstractBasicAuthHandler', 'HTTPBasicAuthHandler',
           'ProxyBasicAuthHandler', 'AbstractDigestAuthHandler', 'HTTPDigestAuthHandler', 'ProxyDigestAuthHandler',
           'HTTPHandler', 'FileHandler', 'FTPHandler', 'CacheFTPHandler', 'DataHandler', 'UnknownHandler',
           'HTTPErrorProcessor', 'urlopen', 'install_opener', 'build_opener', 'pathname2url', 'url2pathname',
           'getproxies', 'urlretrieve', 'urlcleanup', 'URLopener', 'FancyURLopener']

__version__ = '%d.%d' % sys.version_info[:2]

_opener = None          # what install_opener() has installed
_url_tempfiles = []     # what urlretrieve() has made

if os.name == 'nt':
    from nturl2path import pathname2url, url2pathname
else:
    def url2pathname(pathname):
        """Return the path of the file that the path of a file: URL means."""
        return unquote(pathname)

    def pathname2url(pathname):
        """Return a path as the path of a file: URL."""
        return quote(pathname)


# Short ways

def urlopen(url, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, *, cafile=None, capath=None, cadefault=False,
            context=None):
    """Open an URL, a str or a Request; return the response, a binary file with info(), geturl() and getcode().

    data: bytes, an iterable of bytes or a file, to be posted.  timeout: in seconds.  context: an ssl.SSLContext.
    cafile, capath, cadefault: deprecated ways to say which authorities are trusted.  URLError if something is wrong.
    """
    global _opener
    if cafile or capath or cadefault:
        warnings.warn('cafile, capath and cadefault are deprecated, use a custom context instead.', DeprecationWarning, 2)
        if context is not None:
            raise ValueError("You can't pass both context and any of cafile, capath, and cadefault")
        if ssl is None:
            raise ValueError('SSL support not available')
        context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=cafile, capath=capath)
    if context is not None:
        opener = build_opener(HTTPSHandler(context=context))
    else:
        if _opener is None:
            _opener = build_opener()
        opener = _opener
    return opener.open(url, data, timeout)


def install_opener(opener):
    """Make an OpenerDirector the one that urlopen() uses."""
    global _opener
    _opener = opener


def _copy_blocks(source, target, headers, reporthook, result):
    """Write a response to a file, and report; ContentTooShortError with the result if less comes than announced."""
    block = 8192
    announced = int(headers['Content-Length']) if 'content-length' in headers else -1
    count = size = 0
    if reporthook:
        reporthook(0, block, announced)
    while True:
        piece = source.read(block)
        if not piece:
            break
        size += len(piece)
        target.write(piece)
        count += 1
        if reporthook:
            reporthook(count, block, announced)
    if 0 <= size < announced:
        raise ContentTooShortError('retrieval incomplete: got only %i out of %i bytes' % (size, announced), result)


def urlretrieve(url, filename=None, reporthook=None, data=None):
    """Get an URL into a file; return (file name, headers).

    Without a name a temporary file is made (see urlcleanup()), except that the file itself is named for a file: URL.
    reporthook(number of blocks, size of a block, size of all) is called at the start and after each block; the size
    is -1 if it is not known.  ContentTooShortError if less comes than was announced.
    """
    scheme, path = _splittype(url)
    with contextlib.closing(urlopen(url, data)) as source:
        headers = source.info()
        if scheme == 'file' and not filename:
            return os.path.normpath(path), headers
        if filename:
            target = open(filename, 'wb')
        else:
            target = tempfile.NamedTemporaryFile(delete=False)
            _url_tempfiles.append(target.name)
        with target:
            result = target.name, headers
            _copy_blocks(source, target, headers, reporthook, result)
    return result


def urlcleanup():
    """Remove the temporary files of urlretrieve(), and forget the installed opener."""
    global _opener
    for name in _url_tempfiles:
        with contextlib.suppress(OSError):
            os.unlink(name)
    del _url_tempfiles[:]
    _opener = None


# Requests

def request_host(request):
    """Return the host that a request is for, in small letters and without a port."""
    host = urlparse(request.full_url).netloc or request.get_header('Host', '')
    return re.sub(r':\d+\Z', '', host).lower()


class Request:
    """What is to be asked for.

    url, data, headers (a dict) and method are what they say; the method is by default POST if there are data, else
    GET.  origin_req_host, unverifiable: for cookies (RFC 2965): the host of the page that this is a part of, and
    whether the user could not approve of it.  Attributes: full_url, type (the scheme), host, selector, fragment.
    """

    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.headers, self.unredirected_hdrs = {}, {}
        self._data = self._tunnel_host = None
        self.data = data
        for name, value in headers.items():
            self.add_header(name, value)
        self.origin_req_host = request_host(self) if origin_req_host is None else origin_req_host
        self.unverifiable = unverifiable
        if method:
            self.method = method

    @property
    def full_url(self):
        """The URL, with the fragment."""
        return '%s#%s' % (self._full_url, self.fragment) if self.fragment else self._full_url

    @full_url.setter
    def full_url(self, url):
        self._full_url, self.fragment = _splittag(unwrap(url))
        self.type, rest = _splittype(self._full_url)
        if self.type is None:
            raise ValueError('unknown url type: %r' % self.full_url)
        self.host, self.selector = _splithost(rest)
        if self.host:
            self.host = unquote(self.host)

    @full_url.deleter
    def full_url(self):
        self._full_url = self.fragment = None
        self.selector = ''

    @property
    def data(self):
        """What is posted, or None."""
        return self._data

    @data.setter
    def data(self, data):
        if data != self._data:
            self._data = data
            # The length was that of the old data.
            self.remove_header('Content-length')

    @data.deleter
    def data(self):
        self.data = None

    def get_method(self):
        """Return the method."""
        return getattr(self, 'method', 'GET' if self.data is None else 'POST')

    def get_full_url(self):
        """Return the URL, with the fragment."""
        return self.full_url

    def set_proxy(self, host, type):
        """Ask a proxy; type: the scheme to talk to it by."""
        if self.type == 'https' and not self._tunnel_host:
            self._tunnel_host = self.host
        else:
            self.type, self.selector = type, self.full_url
        self.host = host

    def has_proxy(self):
        """Return whether a proxy is asked, other than through a tunnel."""
        return self.selector == self.full_url

    def add_header(self, key, val):
        """Add a header, which stays if the request is redirected."""
        self.headers[key.capitalize()] = val

    def add_unredirected_header(self, key, val):
        """Add a header that goes if the request is redirected."""
        self.unredirected_hdrs[key.capitalize()] = val

    def has_header(self, header_name):
        """Return whether there is a header; the name has only its first letter capital."""
        return any(header_name in headers for headers in (self.headers, self.unredirected_hdrs))

    def get_header(self, header_name, default=None):
        """Return the value of a header; the name has only its first letter capital."""
        return self.headers.get(header_name, self.unredirected_hdrs.get(header_name, default))

    def remove_header(self, header_name):
        """Remove a header, if it is there."""
        for headers in (self.headers, self.unredirected_hdrs):
            headers.pop(header_name, None)

    def header_items(self):
        """Return a list of all headers, (name, value)."""
        return list({**self.unredirected_hdrs, **self.headers}.items())


# The director

class OpenerDirector:
    """Opens URLs with the help of its handlers.  addheaders: a list of headers for all requests of HTTP."""

    def __init__(self):
        self.addheaders = [('User-agent', 'Python-urllib/' + __version__)]
        self.handlers = []
        # By scheme the handlers in their order; for errors by scheme and status.
        self.handle_open, self.handle_error = {}, {}
        self.process_request, self.process_response = {}, {}

    def add_handler(self, handler):
        """Add a handler; its methods say what for."""
        if not hasattr(handler, 'add_parent'):
            raise TypeError('expected BaseHandler instance, got %r' % type(handler))
        tables = {'open': self.handle_open, 'request': self.process_request, 'response': self.process_response}
        added = False
        for name in dir(handler):
            scheme, _, kind = name.partition('_')
            if name in ('redirect_request', 'do_open', 'proxy_open') or not scheme:
                continue
            if kind.startswith('error'):
                status = kind.partition('_')[2]
                table = self.handle_error.setdefault(scheme, {})
                chain = table.setdefault(int(status) if status.isdigit() else status, [])
            elif kind in tables:
                chain = tables[kind].setdefault(scheme, [])
            else:
                continue
            bisect.insort(chain, handler)
            added = True
        if added:
            bisect.insort(self.handlers, handler)
            handler.add_parent(self)

    def close(self):
        """Do nothing; handlers may be used by others."""

    @staticmethod
    def _first(chain, name, *args):
        """The first result that is not None of a method of handlers."""
        for handler in chain:
            result = getattr(handler, name)(*args)
            if result is not None:
                return result
        return None

    def open(self, fullurl, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        """Open an URL, a str or a Request; return the response."""
        if isinstance(fullurl, str):
            request = Request(fullurl, data)
        else:
            request = fullurl
            if data is not None:
                request.data = data
        request.timeout = timeout
        scheme = request.type
        for handler in self.process_request.get(scheme, ()):
            request = getattr(handler, scheme + '_request')(request)
        sys.audit('urllib.Request', request.full_url, request.data, request.headers, request.get_method())
        response = self._open(request, data)
        for handler in self.process_response.get(scheme, ()):
            response = getattr(handler, scheme + '_response')(request, response)
        return response

    def _open(self, req, data=None):
        """The response of the first handler that has one."""
        for scheme, name in ('default', 'default_open'), (req.type, req.type + '_open'), ('unknown', 'unknown_open'):
            result = self._first(self.handle_open.get(scheme, ()), name, req)
            if result:
                return result
        return None

    def error(self, proto, *args):
        """Let handlers do something about an error: for http and https args are request, response, status, reason,
        headers.  Return the response."""
        if proto not in ('http', 'https'):
            return self._first(self.handle_error.get(proto, {}).get('', ()), proto + '_error', *args)
        table = self.handle_error.get('http', {})
        status = args[2]
        result = self._first(table.get(status, ()), 'http_error_%s' % status, *args)
        return result or self._first(table.get('default', ()), 'http_error_default', *args)


def build_opener(*handlers):
    """Return an OpenerDirector with the usual handlers and others, objects or classes.

    A class or an object of one takes the place of the usual handler that it is derived from.
    """
    given = [handler if isinstance(handler, type) else type(handler) for handler in handlers]
    usual = [ProxyHandler, UnknownHandler, HTTPHandler, HTTPDefaultErrorHandler, HTTPRedirectHandler, FTPHandler,
             FileHandler, HTTPErrorProcessor, DataHandler]
    if hasattr(http.client, 'HTTPSConnection'):
        usual.append(HTTPSHandler)
    opener = OpenerDirector()
    for one in [base for base in usual if not any(issubclass(kind, base) for kind in given)] + list(handlers):
        opener.add_handler(one() if isinstance(one, type) else one)
    return opener


# Handlers

class BaseHandler:
    """The base of handlers.  parent: the director.  handler_order: those with small numbers are asked first."""

    handler_order = 500

    def add_parent(self, parent):
        """Remember the director."""
        self.parent = parent

    def close(self):
        """Do nothing."""

    def __lt__(self, other):
        """Whether this one is asked before another, also one that is no BaseHandler."""
        order = getattr(other, 'handler_order', None)
        return order is None or self.handler_order < order


class HTTPErrorProcessor(BaseHandler):
    """Gives responses that tell of no success to the handlers of errors."""

    handler_order = 1000

    def http_response(self, request, response):
        """Return the response, or what the handlers of errors make of it."""
        if 200 <= response.code < 300:
            return response
        return self.parent.error('http', request, response, response.code, response.msg, response.info())

    https_response = http_response


class HTTPDefaultErrorHandler(BaseHandler):
    """Raises HTTPError."""

    def http_error_default(self, req, fp, code, msg, hdrs):
        """Raise HTTPError."""
        raise HTTPError(req.full_url, code, msg, hdrs, fp)


class HTTPRedirectHandler(BaseHandler):
    """Follows redirections."""

    max_repeats = 4             # to one place
    max_redirections = 10
    inf_msg = ('The HTTP server returned a redirect error that would lead to an infinite loop.\n'
               'The last 30x error message was:\n')

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        """Return the Request for the new place, or None; HTTPError if the method may not be redirected."""
        method = req.get_method()
        if not (method in ('GET', 'HEAD') and code in (301, 302, 303, 307)
                or method == 'POST' and code in (301, 302, 303)):
            raise HTTPError(req.full_url, code, msg, headers, fp)
        # There is no body any more.
        kept = {name: value for name, value in req.headers.items()
                if name.lower() not in ('content-length', 'content-type')}
        return Request(newurl.replace(' ', '%20'), headers=kept, origin_req_host=req.origin_req_host, unverifiable=True)

    def _target(self, code, msg, headers, fp):
        """The place that the headers name, quoted; None if they name none."""
        target = headers.get('location', headers.get('uri'))
        if target is None:
            return None
        parts = urlparse(target)
        if parts.scheme not in ('http', 'https', 'ftp', ''):
            raise HTTPError(target, code, "%s - Redirection to url '%s' is not allowed" % (msg, target), headers, fp)
        if parts.netloc and not parts.path:
            target = urlunparse(parts._replace(path='/'))
        # Servers send what is no ASCII as it is, too.
        return quote(target, encoding='iso-8859-1', safe=string.punctuation)

    def http_error_302(self, req, fp, code, msg, headers):
        """Open the place that the headers name; None if there is none.  HTTPError if it goes round and round."""
        target = self._target(code, msg, headers, fp)
        if target is None:
            return None
        target = urljoin(req.full_url, target)
        new = self.redirect_request(req, fp, code, msg, headers, target)
        if new is None:
            return None
        visited = getattr(req, 'redirect_dict', {})
        if visited.get(target, 0) >= self.max_repeats or len(visited) >= self.max_redirections:
            raise HTTPError(req.full_url, code, self.inf_msg + msg, headers, fp)
        visited[target] = visited.get(target, 0) + 1
        new.redirect_dict = req.redirect_dict = visited
        # The connection may be used again.
        fp.read()
        fp.close()
        return self.parent.open(new, timeout=req.timeout)

    http_error_301 = http_error_303 = http_error_307 = http_error_302


class ProxyHandler(BaseHandler):
    """Sends requests to proxies.  proxies: a dict from schemes to proxies, by default as the surroundings say."""

    handler_order = 100         # before the requests are sent

    def __init__(self, proxies=None):
        self.proxies = getproxies() if proxies is None else proxies
        assert hasattr(self.proxies, 'keys'), 'proxies must be a mapping'
        for scheme, proxy in self.proxies.items():
            scheme = scheme.lower()
            setattr(self, scheme + '_open',
                    lambda request, proxy=proxy, scheme=scheme: self.proxy_open(request, proxy, scheme))

    def proxy_open(self, req, proxy, type):
        """Have a request go to a proxy; None if the other handlers can go on with it."""
        scheme = req.type
        proxy_scheme, user, password, hostport = _parse_proxy(proxy)
        proxy_scheme = proxy_scheme or scheme
        if req.host and proxy_bypass(req.host):
            return None
        if user and password:
            pair = '%s:%s' % (unquote(user), unquote(password))
            req.add_header('Proxy-authorization', 'Basic ' + base64.b64encode(pair.encode()).decode('ascii'))
        req.set_proxy(unquote(hostport), proxy_scheme)
        if scheme in (proxy_scheme, 'https'):
            return None
        # Handlers of another scheme have to go on.
        return self.parent.open(req, timeout=req.timeout)


class HTTPBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    """Logs in to servers with name and password as they are."""

    auth_header = 'Authorization'

    def http_error_401(self, req, fp, code, msg, headers):
        """Try again with a password."""
        return self.http_error_auth_reqed('www-authenticate', req.full_url, req, headers)


class ProxyBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    """Logs in to proxies with name and password as they are."""

    auth_header = 'Proxy-authorization'

    def http_error_407(self, req, fp, code, msg, headers):
        """Try again with a password; the host is what it is for."""
        return self.http_error_auth_reqed('proxy-authenticate', req.host, req, headers)


class HTTPDigestAuthHandler(BaseHandler, AbstractDigestAuthHandler):
    """Logs in to servers with a hash of name and password."""

    auth_header = 'Authorization'
    handler_order = 490         # before the basic way

    def http_error_401(self, req, fp, code, msg, headers):
        """Try again with a password."""
        result = self.http_error_auth_reqed('www-authenticate', urlparse(req.full_url).netloc, req, headers)
        self.reset_retry_count()
        return result


class ProxyDigestAuthHandler(BaseHandler, AbstractDigestAuthHandler):
    """Logs in to proxies with a hash of name and password."""

    auth_header = 'Proxy-Authorization'
    handler_order = 490

    def http_error_407(self, req, fp, code, msg, headers):
        """Try again with a password."""
        result = self.http_error_auth_reqed('proxy-authenticate', req.host, req, headers)
        self.reset_retry_count()
        return result


class AbstractHTTPHandler(BaseHandler):
    """What HTTP and HTTPS have in common."""

    def __init__(self, debuglevel=0):
        self._debuglevel = debuglevel

    def set_http_debuglevel(self, level):
        """Set how much connections print."""
        self._debuglevel = level

    def _get_content_length(self, request):
        return http.client.HTTPConnection._get_content_length(request.data, request.get_method())

    def _describe_body(self, request):
        """Add the headers that a body needs."""
        if isinstance(request.data, str):
            raise TypeError('POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type '
                            'str.')
        add = request.add_unredirected_header
        if not request.has_header('Content-type'):
            add('Content-type', 'application/x-www-form-urlencoded')
        if not request.has_header('Content-length') and not request.has_header('Transfer-encoding'):
            length = self._get_content_length(request)
            if length is None:
                add('Transfer-encoding', 'chunked')
            else:
                add('Content-length', str(length))

    def do_request_(self, request):
        """Add the headers that a request needs: for http_request() and https_request()."""
        host = request.host
        if not host:
            raise URLError('no host given')
        if request.data is not None:
            self._describe_body(request)
        if request.has_proxy():
            host = _splithost(_splittype(request.selector)[1])[0]
        for name, value in [('Host', host)] + self.parent.addheaders:
            if not request.has_header(name.capitalize()):
                request.add_unredirected_header(name, value)
        return request

    def do_open(self, http_class, req, **http_conn_args):
        """Send a request and return the response.

        http_class: http.client.HTTPConnection or the like; http_conn_args: arguments for it.  URLError if it cannot
        be sent.
        """
        if not req.host:
            raise URLError('no host given')
        connection = http_class(req.host, timeout=req.timeout, **http_conn_args)
        connection.set_debuglevel(self._debuglevel)
        headers = {**req.headers, **req.unredirected_hdrs, 'Connection': 'close'}
        headers = {name.title(): value for name, value in headers.items()}
        if req._tunnel_host:
            # The proxy's password is none of the server's business.
            for_proxy = 'Proxy-Authorization'
            connection.set_tunnel(req._tunnel_host, headers={for_proxy: headers.pop(for_proxy)}
                                  if for_proxy in headers else {})
        try:
            try:
                connection.request(req.get_method(), req.selector, req.data, headers,
                                   encode_chunked=req.has_header('Transfer-encoding'))
            except OSError as error:
                raise URLError(error)
            response = connection.getresponse()
        except BaseException:
            connection.close()
            raise
        # The response holds the socket by a file of its own.
        if connection.sock:
            connection.sock.close()
            connection.sock = None
        response.url, response.msg = req.get_full_url(), response.reason
        return response


class HTTPHandler(AbstractHTTPHandler):
    """Opens http: URLs."""

    def http_open(self, req):
        """Send a request and return the response."""
        return self.do_open(http.client.HTTPConnection, req)

    http_request = AbstractHTTPHandler.do_request_


if hasattr(http.client, 'HTTPSConnection'):
    class HTTPSHandler(AbstractHTTPHandler):
        """Opens https: URLs.  context: an ssl.SSLContext; check_hostname: whether the certificate must be the host's."""

        def __init__(self, debuglevel=0, context=None, check_hostname=None):
            super().__init__(debuglevel)
            self._context, self._check_hostname = context, check_hostname

        def https_open(self, req):
            """Send a request and return the response."""
            return self.do_open(http.client.HTTPSConnection, req, context=self._context,
                                check_hostname=self._check_hostname)

        https_request = AbstractHTTPHandler.do_request_

    __all__.append('HTTPSHandler')


class HTTPCookieProcessor(BaseHandler):
    """Keeps cookies, in an http.cookiejar.CookieJar."""

    def __init__(self, cookiejar=None):
        if cookiejar is None:
            from http.cookiejar import CookieJar
            cookiejar = CookieJar()
        self.cookiejar = cookiejar

    def http_request(self, request):
        """Add the cookies that are meant for a request."""
        self.cookiejar.add_cookie_header(request)
        return request

    def http_response(self, request, response):
        """Keep the cookies of a response."""
        self.cookiejar.extract_cookies(response, request)
        return response

    https_request, https_response = http_request, http_response


class UnknownHandler(BaseHandler):
    """Raises URLError for schemes that nobody knows."""

    def unknown_open(self, req):
        """Raise URLError."""
        raise URLError('unknown url type: %s' % req.type)


def _safe_gethostbyname(host):
    """The address of a host; None if there is none."""
    with contextlib.suppress(socket.gaierror):
        return socket.gethostbyname(host)


def _file_headers(path):
    """The headers for a file of this machine."""
    from email.utils import formatdate
    from mimetypes import guess_type
    about = os.stat(path)
    return email.message_from_string('Content-type: %s\nContent-length: %d\nLast-modified: %s\n' % (
        guess_type(path)[0] or 'text/plain', about.st_size, formatdate(about.st_mtime, usegmt=True)))


class FileHandler(BaseHandler):
    """Opens file: URLs, of this machine."""

    names = None                # the addresses of this machine, once they are known

    def get_names(self):
        """Return the addresses of this machine, a tuple."""
        if FileHandler.names is None:
            try:
                FileHandler.names = tuple([address for name in ('localhost', socket.gethostname())
                                           for address in socket.gethostbyname_ex(name)[2]])
            except socket.gaierror:
                FileHandler.names = socket.gethostbyname('localhost'),
        return FileHandler.names

    def file_open(self, req):
        """Open a file; URLError if it belongs to another machine."""
        remote = req.selector[:2] == '//' and req.selector[2:3] != '/' and req.host and req.host != 'localhost'
        if not remote:
            return self.open_local_file(req)
        if req.host not in self.get_names():
            raise URLError('file:// scheme is supported only on localhost')
        return None

    def open_local_file(self, req):
        """Open a file; URLError if it belongs to another machine or cannot be read."""
        host, path = req.host, url2pathname(req.selector)
        try:
            headers = _file_headers(path)
            port = None
            if host:
                host, port = _splitport(host)
            if not host or not port and _safe_gethostbyname(host) in self.get_names():
                return addinfourl(open(path, 'rb'), headers, 'file://' + (host or '') + req.selector)
        except OSError as error:
            raise URLError(error)
        raise URLError('file not on local host')


class DataHandler(BaseHandler):
    """Opens data: URLs (RFC 2397), which hold what they stand for."""

    def data_open(self, req):
        """Return a response with the contents of the URL."""
        kind, data = req.full_url.partition(':')[2].split(',', 1)
        data = unquote_to_bytes(data)
        if kind.endswith(';base64'):
            kind, data = kind[:-len(';base64')], base64.decodebytes(data)
        headers = email.message_from_string('Content-type: %s\nContent-length: %d\n' % (
            kind or 'text/plain;charset=US-ASCII', len(data)))
        return addinfourl(io.BytesIO(data), headers, req.full_url)


# FTP

_localhost = _thishost = _noheaders = _ftperrors = None


def localhost():
    """Return the address of localhost."""
    global _localhost
    if _localhost is None:
        _localhost = socket.gethostbyname('localhost')
    return _localhost


def thishost():
    """Return the addresses of this machine, a tuple."""
    global _thishost
    for name in () if _thishost else (socket.gethostname(), 'localhost'):
        with contextlib.suppress(socket.gaierror):
            _thishost = tuple(socket.gethostbyname_ex(name)[2])
            break
    return _thishost


def noheaders():
    """Return a message without headers."""
    global _noheaders
    if _noheaders is None:
        _noheaders = email.message_from_string('')
    return _noheaders


def ftperrors():
    """Return the exceptions of ftplib, a tuple."""
    global _ftperrors
    if _ftperrors is None:
        import ftplib
        _ftperrors = ftplib.all_errors
    return _ftperrors


def _ftp_type(attributes, file):
    """The type of a transfer, A, I or D: as the URL says (;type=a), else I for files, D for folders."""
    kind = 'I' if file else 'D'
    for attribute in attributes:
        name, value = _splitvalue(attribute)
        if name.lower() == 'type' and value in ('a', 'A', 'i', 'I', 'd', 'D'):
            kind = value.upper()
    return kind


def _ftp_headers(url, length):
    """The headers for what came from url by FTP."""
    from mimetypes import guess_type
    kind = guess_type(url)[0]
    text = 'Content-type: %s\n' % kind if kind else ''
    if length is not None and length >= 0:
        text += 'Content-length: %d\n' % length
    return email.message_from_string(text)


class ftpwrapper:
    """A connection by FTP, at a folder.  persistent: it stays after a file was closed."""

    def __init__(self, user, passwd, host, port, dirs, timeout=None, persistent=True):
        self.user, self.passwd, self.host, self.port, self.dirs = user, passwd, host, port, dirs
        self.timeout = timeout
        self.refcount = 0               # of files open
        self.keepalive = persistent
        try:
            self.init()
        except BaseException:
            self.close()
            raise

    def init(self):
        """Connect, log in, change to the folder."""
        import ftplib
        self.busy = 0
        self.ftp = ftplib.FTP()
        self.ftp.connect(self.host, self.port, self.timeout)
        self.ftp.login(self.user, self.passwd)
        self.ftp.cwd('/'.join(self.dirs))

    def _set_type(self, kind):
        """Set the type of transfers; the connection is made anew if it has gone."""
        try:
            self.ftp.voidcmd('TYPE ' + kind)
        except ftperrors():
            self.init()
            self.ftp.voidcmd('TYPE ' + kind)

    def _list(self, file):
        """The connection and length of a list of the folder, or of one in it; URLError if that is not there."""
        import ftplib
        self.ftp.voidcmd('TYPE A')
        if not file:
            return self.ftp.ntransfercmd('LIST')
        here = self.ftp.pwd()
        try:
            self.ftp.cwd(file)
        except ftplib.error_perm as error:
            raise URLError('ftp error: %r' % error) from error
        finally:
            self.ftp.cwd(here)
        return self.ftp.ntransfercmd('LIST ' + file)

    def retrfile(self, file, type):
        """Return (file, length or None) of a file, or with type D of a list of the folder."""
        import ftplib
        self.endtransfer()
        folder = type in ('d', 'D')
        self._set_type('A' if folder else type)
        connection = None
        if file and not folder:
            try:
                connection, length = self.ftp.ntransfercmd('RETR ' + file)
            except ftplib.error_perm as error:
                # 550: it may be a folder.
                if str(error)[:3] != '550':
                    raise URLError('ftp error: %r' % error).with_traceback(sys.exc_info()[2])
        if connection is None:
            connection, length = self._list(file)
        self.busy = 1
        opened = addclosehook(connection.makefile('rb'), self.file_close)
        self.refcount += 1
        connection.close()
        return opened, length

    def endtransfer(self):
        """A transfer is over."""
        self.busy = 0

    def file_close(self):
        """A file was closed."""
        self.endtransfer()
        self.refcount -= 1
        if self.refcount <= 0 and not self.keepalive:
            self.real_close()

    def close(self):
        """Disconnect as soon as no file is open."""
        self.keepalive = False
        if self.refcount <= 0:
            self.real_close()

    def real_close(self):
        """Disconnect."""
        self.endtransfer()
        with contextlib.suppress(*ftperrors()):
            self.ftp.close()


class FTPHandler(BaseHandler):
    """Opens ftp: URLs."""

    def ftp_open(self, req):
        """Return a response with a file or the list of a folder."""
        import ftplib
        if not req.host:
            raise URLError('ftp error: no host given')
        host, port = _splitport(req.host)
        credentials, host = _splituser(host)
        user, password = _splitpasswd(credentials) if credentials else (None, None)
        try:
            host = socket.gethostbyname(unquote(host))
        except OSError as error:
            raise URLError(error)
        path, attributes = _splitattr(req.selector)
        *dirs, file = map(unquote, path.split('/'))
        if dirs and not dirs[0]:
            del dirs[0]
        try:
            connection = self.connect_ftp(user or '', password or '', host,
                                          ftplib.FTP_PORT if port is None else int(port), dirs, req.timeout)
            source, length = connection.retrfile(file, _ftp_type(attributes, file))
            return addinfourl(source, _ftp_headers(req.full_url, length), req.full_url)
        except ftperrors() as error:
            raise URLError('ftp error: %r' % error).with_traceback(sys.exc_info()[2])

    def connect_ftp(self, user, passwd, host, port, dirs, timeout):
        """Return an ftpwrapper."""
        return ftpwrapper(user, passwd, host, port, dirs, timeout, persistent=False)


class CacheFTPHandler(FTPHandler):
    """Opens ftp: URLs, and keeps connections for a time: at most max_conns, for delay seconds."""

    def __init__(self):
        self.cache, self.timeout = {}, {}       # key -> ftpwrapper, key -> when it ends
        self.soonest = 0                        # the first end
        self.delay, self.max_conns = 60, 16

    def setTimeout(self, t):
        """Set for how many seconds connections are kept."""
        self.delay = t

    def setMaxConns(self, m):
        """Set how many connections are kept."""
        self.max_conns = m

    def connect_ftp(self, user, passwd, host, port, dirs, timeout):
        """Return an ftpwrapper, one that was kept if there is one."""
        key = user, host, port, '/'.join(dirs), timeout
        if key not in self.cache:
            self.cache[key] = ftpwrapper(user, passwd, host, port, dirs, timeout)
        self.timeout[key] = time.time() + self.delay
        self.check_cache()
        return self.cache[key]

    def _drop(self, key):
        """Let go of a connection."""
        self.cache.pop(key).close()
        del self.timeout[key]

    def check_cache(self):
        """Let go of connections whose time is over, and of the oldest if there are too many."""
        now = time.time()
        if self.soonest <= now:
            for key in [key for key, end in self.timeout.items() if end < now]:
                self._drop(key)
        if len(self.cache) >= self.max_conns:
            self._drop(min(self.timeout, key=self.timeout.get))
        self.soonest = min(self.timeout.values(), default=0)

    def clear_cache(self):
        """Let go of all connections."""
        for connection in self.cache.values():
            connection.close()
        self.cache.clear()
        self.timeout.clear()


# Wherever they were written, this is where they belong.
for _one in [globals()[name] for name in __all__] + [parse_http_list, parse_keqv_list, getproxies_environment,
                                                       proxy_bypass_environment]:
    _one.__module__ = __name__
del _one

MAXFTPCACHE = 10        # of URLopener
ftpcache = {}           # of URLopener: (user, host, port, path) -> ftpwrapper
