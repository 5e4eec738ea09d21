# SPDX-License-Identifier: MIT
"""Fetching what a URL names.

    with urlopen('https://example.com/') as response:       # or urlopen(Request(url, data, headers))
        page = response.read()

urlopen() asks an OpenerDirector, that asks its handlers, in the order of their handler_order, by the names of their
methods:

    <scheme>_request(request)           prepare: return the request to go on with
    <scheme>_open(request)              fetch: return a response, or None for "not me"; also default_open, unknown_open
    <scheme>_response(request, resp)    finish: return the response to go on with
    http_error_<code>(request, fp, code, message, headers)      deal with an error; also http_error_default

build_opener() makes one with the usual handlers and those given; install_opener() makes it the one of urlopen().
The second half of the module is the older interface: URLopener, FancyURLopener.  For what can go wrong, see
urllib.error.
"""

import base64
import bisect
import contextlib
import email
import hashlib
import http.client
import io
import os
import posixpath
import re
import socket
import string
import sys
import tempfile
import time
import warnings

from urllib.error import URLError, HTTPError, ContentTooShortError
from urllib.parse import (urlparse, urlsplit, urljoin, unwrap, quote, unquote, _splittype, _splithost, _splitport,
                          _splituser, _splitpasswd, _splitattr, _splitquery, _splitvalue, _splittag, _to_bytes,
                          unquote_to_bytes, urlunparse)
from urllib.response import addinfourl, addclosehook

try:
    import ssl
except ImportError:
    _have_ssl = False
else:
    _have_ssl = True

__all__ = [
    'Request', 'OpenerDirector', 'BaseHandler', 'HTTPDefaultErrorHandler', 'HTTPRedirectHandler',
    'HTTPCookieProcessor', 'ProxyHandler', 'HTTPPasswordMgr', 'HTTPPasswordMgrWithDefaultRealm',
    'HTTPPasswordMgrWithPriorAuth', 'AbstractBasicAuthHandler', 'HTTPBasicAuthHandler', 'ProxyBasicAuthHandler',
    'AbstractDigestAuthHandler', 'HTTPDigestAuthHandler', 'ProxyDigestAuthHandler', 'HTTPHandler', 'FileHandler',
    'FTPHandler', 'CacheFTPHandler', 'DataHandler', 'UnknownHandler', 'HTTPErrorProcessor',
    'urlopen', 'install_opener', 'build_opener', 'pathname2url', 'url2pathname', 'getproxies',
    'urlretrieve', 'urlcleanup', 'URLopener', 'FancyURLopener',
]

__version__ = '%d.%d' % sys.version_info[:2]

_opener = None              # what urlopen() uses; made when it is first needed
_url_tempfiles = []         # the files of urlretrieve() that urlcleanup() removes
_randombytes = os.urandom
_cut_port_re = re.compile(r':\d+$', re.ASCII)
_REDIRECT_SCHEMES = 'http', 'https', 'ftp', ''


# ---- functions for everybody ----

def urlopen(url, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, *, cafile=None, capath=None, cadefault=False,
            context=None):
    """Fetch url, a str or a Request, and return a response: a binary file with url, headers and status.

    data, bytes, a binary file or an iterable of bytes, is sent with POST.  timeout is in seconds.  context is an
    ssl.SSLContext; cafile, capath and cadefault are the older way to say whom to trust.  URLError if it fails.
    """
    global _opener
    if cafile or capath or cadefault:
        warnings.warn('cafile, capath and cadefault are deprecated, use a custom context instead.',
                      DeprecationWarning, 2)
        if context is not None:
            raise ValueError("You can't pass both context and any of cafile, capath, and cadefault")
        if not _have_ssl:
            raise ValueError('SSL support not available')
        context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=cafile, capath=capath)
    if context:
        opener = build_opener(HTTPSHandler(context=context))
    else:
        if _opener is None:
            _opener = build_opener()
        opener = _opener
    return opener.open(url, data, timeout)


def install_opener(opener):
    """Make opener the one that urlopen() uses."""
    global _opener
    _opener = opener


def build_opener(*handlers):
    """Return an OpenerDirector with the usual handlers and those given, instances or classes.

    One that is given takes the place of the usual one it is derived from.
    """
    usual = [ProxyHandler, UnknownHandler, HTTPHandler, HTTPDefaultErrorHandler, HTTPRedirectHandler, FTPHandler,
             FileHandler, HTTPErrorProcessor, DataHandler]
    if hasattr(http.client, 'HTTPSConnection'):
        usual.append(HTTPSHandler)
    director = OpenerDirector()
    given = [handler if isinstance(handler, type) else type(handler) for handler in handlers]
    for kind in usual:
        if not any(issubclass(other, kind) for other in given):
            director.add_handler(kind())
    for handler in handlers:
        director.add_handler(handler() if isinstance(handler, type) else handler)
    return director


def _copy(source, target, size, reporthook):
    """Copy one file to another and return the number of bytes; reporthook(blocks, bytes of a block, size) is told."""
    block = 8192
    count = done = 0
    if reporthook:
        reporthook(0, block, size)
    while True:
        piece = source.read(block)
        if not piece:
            return done
        done += len(piece)
        target.write(piece)
        count += 1
        if reporthook:
            reporthook(count, block, size)


def _announced_size(headers):
    return int(headers['Content-Length']) if 'content-length' in headers else -1


def _check_complete(done, size, result):
    if done < size:
        raise ContentTooShortError('retrieval incomplete: got only %i out of %i bytes' % (done, size), result)


def urlretrieve(url, filename=None, reporthook=None, data=None):
    """Fetch url into a file and return (name of the file, headers).

    filename: without one a temporary file is made, or, for a file: URL, the file itself named.
    reporthook: called as reporthook(number of blocks, bytes of a block, size or -1) while it goes on.
    ContentTooShortError if there are fewer bytes than announced.
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
            filename = target.name
            _url_tempfiles.append(filename)
        result = filename, headers
        size = _announced_size(headers)
        with target:
            done = _copy(source, target, size, reporthook)
    _check_complete(done, size, result)
    return result


def urlcleanup():
    """Remove the temporary files of urlretrieve() and forget the opener of urlopen()."""
    global _opener
    for path in _url_tempfiles:
        try:
            os.unlink(path)
        except OSError:
            pass
    _url_tempfiles.clear()
    _opener = None


if os.name == 'nt':
    from nturl2path import url2pathname, pathname2url
else:
    def url2pathname(pathname):
        """Return the path of a file for the path of a file: URL."""
        return unquote(pathname)

    def pathname2url(pathname):
        """Return the path of a file: URL for the path of a file."""
        return quote(pathname)


# ---- requests ----

def request_host(request):
    """Return the host of a request in lower case, without the port: as RFC 2965 wants it for cookies."""
    host = urlparse(request.full_url)[1] or request.get_header('Host', '')
    return _cut_port_re.sub('', host, 1).lower()


class Request:
    """What urlopen() is asked for.

    headers: a dict.  origin_req_host: the host of the page that asked for this one, and unverifiable whether the user
    had no say in it; cookies depend on them.  method: GET by default, or POST if there is data.
    Attributes: full_url, type (the scheme), host, selector (the path or, with a proxy, the URL), fragment, data,
    headers, unredirected_hdrs (headers that are not sent on after a redirection).
    """

    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.headers = {}
        self.unredirected_hdrs = {}
        self._data = None
        self.data = data
        self._tunnel_host = None
        for name, value in headers.items():
            self.add_header(name, value)
        self.origin_req_host = request_host(self) if origin_req_host is None else origin_req_host
        self.unverifiable = unverifiable
        if method:
            self.method = method

    @property
    def full_url(self):
        """The URL, with its fragment."""
        return f'{self._full_url}#{self.fragment}' if self.fragment else self._full_url

    @full_url.setter
    def full_url(self, url):
        self._full_url, self.fragment = _splittag(unwrap(url))
        self._parse()

    @full_url.deleter
    def full_url(self):
        self._full_url = self.fragment = None
        self.selector = ''

    @property
    def data(self):
        """What is sent with the request, or None.  A new one makes the header Content-length invalid."""
        return self._data

    @data.setter
    def data(self, data):
        if data != self._data:
            self._data = data
            self.remove_header('Content-length')

    @data.deleter
    def data(self):
        self.data = None

    def _parse(self):
        self.type, rest = _splittype(self._full_url)
        if self.type is None:
            raise ValueError('unknown url type: %r' % self.full_url)
        self.host, self.selector = _splithost(rest)
        if self.host:
            self.host = unquote(self.host)

    def get_method(self):
        """Return the name of the HTTP method."""
        return getattr(self, 'method', 'GET' if self.data is None else 'POST')

    def get_full_url(self):
        """Return the URL."""
        return self.full_url

    def set_proxy(self, host, type):
        """Send the request to a proxy of the scheme type; for https a tunnel is made through it."""
        if self.type == 'https' and not self._tunnel_host:
            self._tunnel_host = self.host
        else:
            self.type = type
            self.selector = self.full_url
        self.host = host

    def has_proxy(self):
        """Return whether a proxy gets the request."""
        return self.selector == self.full_url

    # Headers are kept with a capital first letter only.

    def add_header(self, key, val):
        """Set a header."""
        self.headers[key.capitalize()] = val

    def add_unredirected_header(self, key, val):
        """Set a header that is not sent on after a redirection."""
        self.unredirected_hdrs[key.capitalize()] = val

    def has_header(self, header_name):
        """Return whether a header, written like 'User-agent', is set."""
        return header_name in self.headers or header_name in self.unredirected_hdrs

    def get_header(self, header_name, default=None):
        """Return the value of a header, written like 'User-agent'."""
        return self.headers.get(header_name, self.unredirected_hdrs.get(header_name, default))

    def remove_header(self, header_name):
        """Remove a header, written like 'User-agent'."""
        for headers in (self.headers, self.unredirected_hdrs):
            headers.pop(header_name, None)

    def header_items(self):
        """Return the headers as a list of pairs."""
        return list({**self.unredirected_hdrs, **self.headers}.items())


# ---- the director and its handlers ----

_NO_HANDLER_METHODS = 'redirect_request', 'do_open', 'proxy_open'


class OpenerDirector:
    """Asks handlers; see the head of the module.  addheaders is a list of headers for every request."""

    def __init__(self):
        self.addheaders = [('User-agent', 'Python-urllib/%s' % __version__)]
        self.handlers = []
        self.handle_open = {}           # scheme -> handlers
        self.handle_error = {}          # scheme -> code, or what follows 'error_' -> handlers
        self.process_response = {}
        self.process_request = {}

    def add_handler(self, handler):
        """Add a handler for everything its methods are named for."""
        if not hasattr(handler, 'add_parent'):
            raise TypeError('expected BaseHandler instance, got %r' % type(handler))
        added = False
        for name in dir(handler):
            if name in _NO_HANDLER_METHODS:
                continue
            scheme, _, what = name.partition('_')
            key = scheme
            if what.startswith('error'):
                table = self.handle_error.setdefault(scheme, {})
                key = what.partition('_')[2]
                if key.isdigit():
                    key = int(key)
            elif what in ('open', 'response', 'request'):
                table = self.handle_open if what == 'open' else getattr(self, 'process_' + what)
            else:
                continue
            bisect.insort(table.setdefault(key, []), handler)
            added = True
        if added:
            bisect.insort(self.handlers, handler)
            handler.add_parent(self)

    def close(self):
        """Does nothing; there for those that have something to close."""

    def _call_chain(self, chain, kind, meth_name, *args):
        """Ask the handlers chain[kind] and return the first result that is not None."""
        for handler in chain.get(kind, ()):
            result = getattr(handler, meth_name)(*args)
            if result is not None:
                return result
        return None

    def open(self, fullurl, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        """Fetch a URL or Request and return the response."""
        req = Request(fullurl, data) if isinstance(fullurl, str) else fullurl
        if req is fullurl and data is not None:
            req.data = data
        req.timeout = timeout
        scheme = req.type
        for handler in self.process_request.get(scheme, ()):
            req = getattr(handler, scheme + '_request')(req)
        sys.audit('urllib.Request', req.full_url, req.data, req.headers, req.get_method())
        response = self._open(req, data)
        for handler in self.process_response.get(scheme, ()):
            response = getattr(handler, scheme + '_response')(req, response)
        return response

    def _open(self, req, data=None):
        for kind in ('default', req.type, 'unknown'):
            result = self._call_chain(self.handle_open, kind, kind + '_open', req)
            if result:
                break
        return result

    def error(self, proto, *args):
        """Deal with an error of a scheme: for HTTP, args are request, file, code, message and headers."""
        if proto not in ('http', 'https'):
            return self._call_chain(self.handle_error, proto, proto + '_error', *args)
        chain, code = self.handle_error['http'], args[2]
        result = self._call_chain(chain, code, 'http_error_%s' % code, *args)
        if result:
            return result
        return self._call_chain(chain, 'default', 'http_error_default', *args)


class BaseHandler:
    """The base of handlers.  Those with the lowest handler_order are asked first."""

    handler_order = 500

    def add_parent(self, parent):
        """Note the director as parent."""
        self.parent = parent

    def close(self):
        """Does nothing; there for those that expect it."""

    def __lt__(self, other):
        order = getattr(other, 'handler_order', None)
        return True if order is None else self.handler_order < order


class UnknownHandler(BaseHandler):
    """Raises URLError for schemes that nobody knows."""

    def unknown_open(self, req):
        raise URLError('unknown url type: %s' % req.type)


# ---- HTTP: errors and redirections ----

class HTTPErrorProcessor(BaseHandler):
    """Hands responses whose code is not 2xx to the handlers of errors."""

    handler_order = 1000                # after all others

    def http_response(self, request, response):
        code = response.code
        if 200 <= code < 300:
            return response
        return self.parent.error('http', request, response, code, response.msg, response.info())

    https_response = http_response


class HTTPDefaultErrorHandler(BaseHandler):
    """Raises HTTPError."""

    def http_error_default(self, req, fp, code, msg, hdrs):
        raise HTTPError(req.full_url, code, msg, hdrs, fp)


class HTTPRedirectHandler(BaseHandler):
    """Follows redirections: each URL at most max_repeats times, and at most max_redirections URLs."""

    max_repeats = 4                     # cookies may make a second visit useful
    max_redirections = 10
    inf_msg = ('The HTTP server returned a redirect error that would lead to an infinite loop.\n'
               'The last 30x error message was:\n')

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        """Return the request to go on with, None to let others try; raise HTTPError if it is not to be followed.

        GET and HEAD are followed, and POST, as everybody does it, with a GET.
        """
        method = req.get_method()
        followed = {'GET': (301, 302, 303, 307), 'HEAD': (301, 302, 303, 307), 'POST': (301, 302, 303)}
        if code not in followed.get(method, ()):
            raise HTTPError(req.full_url, code, msg, headers, fp)
        kept = {name: value for name, value in req.headers.items()
                if name.lower() not in ('content-length', 'content-type')}
        return Request(newurl.replace(' ', '%20'), headers=kept, origin_req_host=req.origin_req_host,
                       unverifiable=True)

    def http_error_302(self, req, fp, code, msg, headers):
        for name in ('location', 'uri'):
            if name in headers:
                target = headers[name]
                break
        else:
            return None
        parts = urlparse(target)
        if parts.scheme not in _REDIRECT_SCHEMES:
            raise HTTPError(target, code, "%s - Redirection to url '%s' is not allowed" % (msg, target), headers, fp)
        if parts.netloc and not parts.path:
            parts = parts._replace(path='/')
        # What is not ASCII came as bytes in Latin-1.  Signs stay: the URL is taken for a quoted one.
        target = quote(urlunparse(parts), encoding='iso-8859-1', safe=string.punctuation)
        target = urljoin(req.full_url, target)
        new = self.redirect_request(req, fp, code, msg, headers, target)
        if new is None:
            return None
        if not hasattr(req, 'redirect_dict'):
            req.redirect_dict = {}
        visits = new.redirect_dict = req.redirect_dict
        if visits.get(target, 0) >= self.max_repeats or len(visits) >= self.max_redirections:
            raise HTTPError(req.full_url, code, self.inf_msg + msg, headers, fp)
        visits[target] = visits.get(target, 0) + 1
        fp.read()                       # else the connection cannot be closed in order
        fp.close()
        return self.parent.open(new, timeout=req.timeout)

    http_error_301 = http_error_303 = http_error_307 = http_error_302


# ---- proxies ----

def _parse_proxy(proxy):
    """Return (scheme, user, password, host and port) of a proxy, a URL or 'user:password@host:port'."""
    scheme, rest = _splittype(proxy)
    if not rest.startswith('/'):
        scheme, authority = None, proxy
    elif not rest.startswith('//'):
        raise ValueError('proxy URL with no authority: %r' % proxy)
    else:
        # A slash may stand in a password, so the search for the end begins behind '@'.
        end = rest.find('/', max(rest.find('@'), 2))
        authority = rest[2:end] if end >= 0 else rest[2:]
    userinfo, hostport = _splituser(authority)
    user, password = _splitpasswd(userinfo) if userinfo else (None, None)
    return scheme, user, password, hostport


def _basic(user, password):
    """Return the value of an Authorization header."""
    return 'Basic ' + base64.b64encode(f'{user}:{password}'.encode()).decode('ascii')


class ProxyHandler(BaseHandler):
    """Sends requests to proxies: a mapping of schemes to URLs, by default that of the environment."""

    handler_order = 100                 # before all others

    def __init__(self, proxies=None):
        if proxies is None:
            proxies = getproxies()
        assert hasattr(proxies, 'keys'), 'proxies must be a mapping'
        self.proxies = proxies
        for scheme, url in proxies.items():
            self._serve(scheme.lower(), url)

    def _serve(self, scheme, url):
        setattr(self, scheme + '_open', lambda req: self.proxy_open(req, url, scheme))

    def proxy_open(self, req, proxy, type):
        scheme, user, password, hostport = _parse_proxy(proxy)
        wanted = req.type
        scheme = scheme or wanted
        if req.host and proxy_bypass(req.host):
            return None
        if user and password:
            req.add_header('Proxy-authorization', _basic(unquote(user), unquote(password)))
        req.set_proxy(unquote(hostport), scheme)
        if wanted in (scheme, 'https'):
            return None                 # the handler of the scheme goes on
        return self.parent.open(req, timeout=req.timeout)


# ---- passwords ----

class HTTPPasswordMgr:
    """Knows users and passwords for realms and URLs."""

    def __init__(self):
        self.passwd = {}

    def add_password(self, realm, uri, user, passwd):
        """Note user and password for a realm and a URL, or several, and all below."""
        uris = [uri] if isinstance(uri, str) else uri
        known = self.passwd.setdefault(realm, {})
        for default_port in (True, False):
            known[tuple([self.reduce_uri(each, default_port) for each in uris])] = user, passwd

    def find_user_password(self, realm, authuri):
        """Return (user, password), (None, None) if they are not known."""
        known = self.passwd.get(realm, {})
        for default_port in (True, False):
            wanted = self.reduce_uri(authuri, default_port)
            for uris, pair in known.items():
                if any(self.is_suburi(uri, wanted) for uri in uris):
                    return pair
        return None, None

    def reduce_uri(self, uri, default_port=True):
        """Return (host with port, path) of a URL or of 'host:port'; default_port: add the port of the scheme."""
        parts = urlsplit(uri)
        if parts.netloc:
            authority, path, port = parts.netloc, parts.path or '/', {'http': 80, 'https': 443}.get(parts.scheme)
        else:
            authority, path, port = uri, '/', None
        if default_port and port is not None and _splitport(authority)[1] is None:
            authority = f'{authority}:{port}'
        return authority, path

    def is_suburi(self, base, test):
        """Return whether test is base or below it, both from reduce_uri()."""
        if base == test:
            return True
        above = base[1] if base[1].endswith('/') else base[1] + '/'
        return base[0] == test[0] and test[1].startswith(above)


class HTTPPasswordMgrWithDefaultRealm(HTTPPasswordMgr):
    """What is noted for the realm None holds for all."""

    def find_user_password(self, realm, authuri):
        """Return (user, password), (None, None) if they are not known."""
        found = super().find_user_password(realm, authuri)
        return found if found[0] is not None else super().find_user_password(None, authuri)


class HTTPPasswordMgrWithPriorAuth(HTTPPasswordMgrWithDefaultRealm):
    """Knows also for which URLs a password is to be sent before the server asks for it."""

    def __init__(self, *args, **kwargs):
        self.authenticated = {}
        super().__init__(*args, **kwargs)

    def add_password(self, realm, uri, user, passwd, is_authenticated=False):
        """Note user and password; is_authenticated: send them unasked."""
        self.update_authenticated(uri, is_authenticated)
        for each in {realm, None}:
            super().add_password(each, uri, user, passwd)

    def update_authenticated(self, uri, is_authenticated=False):
        """Note whether passwords are sent unasked to a URL, or several, and all below."""
        for each in [uri] if isinstance(uri, str) else uri:
            for default_port in (True, False):
                self.authenticated[self.reduce_uri(each, default_port)] = is_authenticated

    def is_authenticated(self, authuri):
        """Return whether the password is sent unasked; None if nothing is known."""
        for default_port in (True, False):
            wanted = self.reduce_uri(authuri, default_port)
            for uri, answer in self.authenticated.items():
                if self.is_suburi(uri, wanted):
                    return answer
        return None


# ---- authentication: Basic ----

class AbstractBasicAuthHandler:
    """Answers to a demand for Basic authentication."""

    # A scheme, white space, realm= and the realm, quoted or not; a demand may name several schemes.
    rx = re.compile('(?:^|,)[ \t]*([^ \t,]+)[ \t]+realm=(["\']?)([^"\']*)\\2', re.I)

    def __init__(self, password_mgr=None):
        self.passwd = HTTPPasswordMgr() if password_mgr is None else password_mgr
        self.add_password = self.passwd.add_password

    def _parse_realm(self, header):
        """Yield pairs of a scheme and its realm; the realm is None if there is none."""
        found = False
        for match in self.rx.finditer(header):
            found = True
            scheme, mark, realm = match.groups()
            if not mark:
                warnings.warn('Basic Auth Realm was unquoted', UserWarning, 3)
            yield scheme, realm
        if not found:
            yield header.split(None, 1)[0] if header.strip() else '', None

    def http_error_auth_reqed(self, authreq, host, req, headers):
        """Try again with a password if the header authreq asks for one in a way that is known."""
        unknown = None
        for header in headers.get_all(authreq) or ():
            for scheme, realm in self._parse_realm(header):
                if scheme.lower() != 'basic':
                    unknown = scheme
                elif realm is not None:
                    return self.retry_http_basic_auth(host, req, realm)
        if unknown is not None:
            raise ValueError('AbstractBasicAuthHandler does not support the following scheme: %r' % (unknown,))

    def retry_http_basic_auth(self, host, req, realm):
        """Try again with a password; None if there is none, or it has failed already."""
        user, password = self.passwd.find_user_password(realm, host)
        if password is None:
            return None
        value = _basic(user, password)
        if req.get_header(self.auth_header, None) == value:
            return None
        req.add_unredirected_header(self.auth_header, value)
        return self.parent.open(req, timeout=req.timeout)

    def http_request(self, req):
        known = getattr(self.passwd, 'is_authenticated', None)
        if known is not None and known(req.full_url) and not req.has_header('Authorization'):
            req.add_unredirected_header('Authorization', _basic(*self.passwd.find_user_password(None, req.full_url)))
        return req

    def http_response(self, req, response):
        if hasattr(self.passwd, 'is_authenticated'):
            self.passwd.update_authenticated(req.full_url, 200 <= response.code < 300)
        return response

    https_request = http_request
    https_response = http_response


class HTTPBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    """Basic authentication by servers."""

    auth_header = 'Authorization'

    def http_error_401(self, req, fp, code, msg, headers):
        return self.http_error_auth_reqed('www-authenticate', req.full_url, req, headers)


class ProxyBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    """Basic authentication by proxies."""

    auth_header = 'Proxy-authorization'

    def http_error_407(self, req, fp, code, msg, headers):
        # The proxy's host stands in the request by now.
        return self.http_error_auth_reqed('proxy-authenticate', req.host, req, headers)


# ---- authentication: Digest (RFC 2069, and 2617 with qop=auth) ----

class AbstractDigestAuthHandler:
    """Answers to a demand for Digest authentication."""

    def __init__(self, passwd=None):
        self.passwd = HTTPPasswordMgr() if passwd is None else passwd
        self.add_password = self.passwd.add_password
        self.retried = self.nonce_count = 0
        self.last_nonce = None

    def reset_retry_count(self):
        """Begin to count attempts anew."""
        self.retried = 0

    def http_error_auth_reqed(self, auth_header, host, req, headers):
        """Try again with a digest if the header asks for one; HTTPError after five attempts."""
        demand = headers.get(auth_header, None)
        if self.retried > 5:
            raise HTTPError(req.full_url, 401, 'digest auth failed', headers, None)
        self.retried += 1
        if not demand:
            return None
        scheme = demand.split()[0]
        if scheme.lower() == 'digest':
            return self.retry_http_digest_auth(req, demand)
        if scheme.lower() != 'basic':
            raise ValueError("AbstractDigestAuthHandler does not support the following scheme: '%s'" % scheme)

    def retry_http_digest_auth(self, req, auth):
        """Try again with a digest; None if there is no password, or it has failed already."""
        challenge = parse_keqv_list(filter(None, parse_http_list(auth.partition(' ')[2])))
        answer = self.get_authorization(req, challenge)
        if not answer:
            return None
        value = 'Digest ' + answer
        if req.headers.get(self.auth_header, None) == value:
            return None
        req.add_unredirected_header(self.auth_header, value)
        return self.parent.open(req, timeout=req.timeout)

    def get_cnonce(self, nonce):
        """Return a number used once, made by the client."""
        seed = '%s:%s:%s:' % (self.nonce_count, nonce, time.ctime())
        return hashlib.sha1(seed.encode('ascii') + _randombytes(8)).hexdigest()[:16]

    def get_authorization(self, req, chal):
        """Return the answer to a challenge, a dict; None if it cannot be given."""
        if 'realm' not in chal or 'nonce' not in chal:
            return None
        realm, nonce, qop = chal['realm'], chal['nonce'], chal.get('qop')
        algorithm = chal.get('algorithm', 'MD5')
        H, KD = self.get_algorithm_impls(algorithm)
        if H is None:
            return None
        user, password = self.passwd.find_user_password(realm, req.full_url)
        if user is None:
            return None
        entity = None if req.data is None else self.get_entity_digest(req.data, chal)
        secret = H(f'{user}:{realm}:{password}')
        subject = H(f'{req.get_method()}:{req.selector}')
        extra = ''
        if qop is None:
            response = KD(secret, f'{nonce}:{subject}')
        elif 'auth' in qop.split(','):
            self.nonce_count = self.nonce_count + 1 if nonce == self.last_nonce else 1
            self.last_nonce = nonce
            count, cnonce = f'{self.nonce_count:08x}', self.get_cnonce(nonce)
            response = KD(secret, f'{nonce}:{count}:{cnonce}:auth:{subject}')
            extra = f', qop=auth, nc={count}, cnonce="{cnonce}"'
        else:
            raise URLError("qop '%s' is not supported." % qop)
        fields = [('username', user), ('realm', realm), ('nonce', nonce), ('uri', req.selector),
                  ('response', response), ('opaque', chal.get('opaque')), ('digest', entity)]
        answer = ', '.join([f'{name}="{value}"' for name, value in fields[:5]])
        answer += ''.join([f', {name}="{value}"' for name, value in fields[5:] if value])
        return f'{answer}, algorithm="{algorithm}"{extra}'

    def get_algorithm_impls(self, algorithm):
        """Return (H, KD): the digest of a str, and of a secret and a str; ValueError for an unknown algorithm."""
        try:
            digest = {'MD5': hashlib.md5, 'SHA': hashlib.sha1}[algorithm]
        except KeyError:
            raise ValueError('Unsupported digest authentication algorithm %r' % algorithm) from None

        def H(text):
            return digest(text.encode('ascii')).hexdigest()
        return H, lambda secret, text: H(f'{secret}:{text}')

    def get_entity_digest(self, data, chal):
        """Return None: data are not digested."""
        return None


class HTTPDigestAuthHandler(BaseHandler, AbstractDigestAuthHandler):
    """Digest authentication by servers."""

    auth_header = 'Authorization'
    handler_order = 490                 # before Basic

    def http_error_401(self, req, fp, code, msg, headers):
        result = self.http_error_auth_reqed('www-authenticate', urlparse(req.full_url)[1], req, headers)
        self.reset_retry_count()
        return result


class ProxyDigestAuthHandler(BaseHandler, AbstractDigestAuthHandler):
    """Digest authentication by proxies."""

    auth_header = 'Proxy-Authorization'
    handler_order = 490

    def http_error_407(self, req, fp, code, msg, headers):
        result = self.http_error_auth_reqed('proxy-authenticate', req.host, req, headers)
        self.reset_retry_count()
        return result


def parse_keqv_list(l):
    """Return a dict of strings 'key=value' or 'key="value"'."""
    pairs = {}
    for item in l:
        name, value = item.split('=', 1)
        if value[:1] == value[-1:] == '"':
            value = value[1:-1]
        pairs[name] = value
    return pairs


# An item: whole quoted strings, in which a backslash takes the meaning from the next character, and other characters.
_ITEM = re.compile(r'((?:"(?:\\.|[^"\\])*(?:"|\\?$)|[^,"])*)(?:,|$)', re.DOTALL)


def parse_http_list(s):
    """Return the items of a list with commas, RFC 2068 section 2: quotes stay, backslashes in them go."""
    def unescape(quoted):
        return re.sub(r'\\(.?)', r'\1', quoted[0], flags=re.DOTALL)
    return [re.sub(r'"(?:\\.|[^"\\])*(?:"|\\?$)', unescape, item, flags=re.DOTALL).strip()
            for item in _ITEM.findall(s)[:-1]]      # the last is the empty one at the end of s


# ---- HTTP: fetching ----

class AbstractHTTPHandler(BaseHandler):
    """What HTTP and HTTPS share."""

    def __init__(self, debuglevel=0):
        self._debuglevel = debuglevel

    def set_http_debuglevel(self, level):
        """Print the conversation if level is not 0."""
        self._debuglevel = level

    def _get_content_length(self, request):
        return http.client.HTTPConnection._get_content_length(request.data, request.get_method())

    def do_request_(self, request):
        """Add the headers a request should have."""
        host = request.host
        if not host:
            raise URLError('no host given')

        def default(name, value):
            if not request.has_header(name):
                request.add_unredirected_header(name, value)
        if request.data is not None:
            if isinstance(request.data, str):
                raise TypeError('POST data should be bytes, an iterable of bytes, or a file object. '
                                'It cannot be of type str.')
            default('Content-type', 'application/x-www-form-urlencoded')
            if not request.has_header('Content-length') and not request.has_header('Transfer-encoding'):
                length = self._get_content_length(request)
                if length is None:
                    default('Transfer-encoding', 'chunked')
                else:
                    default('Content-length', str(length))
        if request.has_proxy():
            host = _splithost(_splittype(request.selector)[1])[0] or host
        default('Host', host)
        for name, value in self.parent.addheaders:
            default(name.capitalize(), value)
        return request

    def do_open(self, http_class, req, **http_conn_args):
        """Send the request over http_class(host, timeout=..., **http_conn_args) and return the response.

        http_class is http.client.HTTPConnection or works like it.
        """
        host = req.host
        if not host:
            raise URLError('no host given')
        connection = http_class(host, timeout=req.timeout, **http_conn_args)
        connection.set_debuglevel(self._debuglevel)
        headers = {**req.unredirected_hdrs}
        for name, value in req.headers.items():
            headers.setdefault(name, value)
        headers['Connection'] = 'close'         # this module does not keep connections
        headers = {name.title(): value for name, value in headers.items()}
        if req._tunnel_host:
            for_proxy = {}
            name = 'Proxy-Authorization'        # not for the server
            if name in headers:
                for_proxy[name] = headers.pop(name)
            connection.set_tunnel(req._tunnel_host, headers=for_proxy)
        try:
            try:
                connection.request(req.get_method(), req.selector, req.data, headers,
                                   encode_chunked=req.has_header('Transfer-encoding'))
            except OSError as error:
                raise URLError(error)
            response = connection.getresponse()
        except:
            connection.close()
            raise
        if connection.sock:                     # the response has a file of its own
            connection.sock.close()
            connection.sock = None
        response.url = req.get_full_url()
        response.msg = response.reason          # as handlers of errors expect it
        return response


class HTTPHandler(AbstractHTTPHandler):
    """Fetches http: URLs."""

    def http_open(self, req):
        return self.do_open(http.client.HTTPConnection, req)

    http_request = AbstractHTTPHandler.do_request_


if hasattr(http.client, 'HTTPSConnection'):
    class HTTPSHandler(AbstractHTTPHandler):
        """Fetches https: URLs; context is an ssl.SSLContext."""

        def __init__(self, debuglevel=0, context=None, check_hostname=None):
            AbstractHTTPHandler.__init__(self, debuglevel)
            self._context = context
            self._check_hostname = check_hostname

        def https_open(self, req):
            return self.do_open(http.client.HTTPSConnection, req, context=self._context,
                                check_hostname=self._check_hostname)

        https_request = AbstractHTTPHandler.do_request_

    __all__.append('HTTPSHandler')


class HTTPCookieProcessor(BaseHandler):
    """Adds cookies to requests and takes them from responses; cookiejar is a http.cookiejar.CookieJar."""

    def __init__(self, cookiejar=None):
        import http.cookiejar
        self.cookiejar = http.cookiejar.CookieJar() if cookiejar is None else cookiejar

    def http_request(self, request):
        self.cookiejar.add_cookie_header(request)
        return request

    def http_response(self, request, response):
        self.cookiejar.extract_cookies(response, request)
        return response

    https_request = http_request
    https_response = http_response


# ---- files and data ----

def _safe_gethostbyname(host):
    try:
        return socket.gethostbyname(host)
    except socket.gaierror:
        return None


def _headers(**fields):
    """Return a message with headers; in names '_' stands for '-'."""
    return email.message_from_string(''.join([f'{name.replace("_", "-")}: {value}\n'
                                              for name, value in fields.items() if value is not None]))


def _file_headers(path, name):
    import email.utils
    import mimetypes
    status = os.stat(path)
    return _headers(Content_type=mimetypes.guess_type(name)[0] or 'text/plain', Content_length=status.st_size,
                    Last_modified=email.utils.formatdate(status.st_mtime, usegmt=True))


class FileHandler(BaseHandler):
    """Opens file: URLs, those of this machine only."""

    names = None            # the addresses of this machine

    def file_open(self, req):
        url = req.selector
        if url[:2] == '//' and url[2:3] != '/' and req.host and req.host != 'localhost':
            if req.host not in self.get_names():
                raise URLError('file:// scheme is supported only on localhost')
            return None
        return self.open_local_file(req)

    def get_names(self):
        """Return the addresses of this machine."""
        if FileHandler.names is None:
            try:
                FileHandler.names = tuple(socket.gethostbyname_ex('localhost')[2] +
                                          socket.gethostbyname_ex(socket.gethostname())[2])
            except socket.gaierror:
                FileHandler.names = (socket.gethostbyname('localhost'),)
        return FileHandler.names

    def open_local_file(self, req):
        """Open the file a request names."""
        host, name = req.host, req.selector
        path = url2pathname(name)
        try:
            headers = _file_headers(path, name)
            port = None
            if host:
                host, port = _splitport(host)
            if not host or not port and _safe_gethostbyname(host) in self.get_names():
                return addinfourl(open(path, 'rb'), headers, f'file://{host or ""}{name}')
        except OSError as error:
            raise URLError(error)
        raise URLError('file not on local host')


class DataHandler(BaseHandler):
    """Opens data: URLs, that are their own content."""

    def data_open(self, req):
        url = req.full_url
        kind, data = url.split(':', 1)[1].split(',', 1)
        content = unquote_to_bytes(data)
        if kind.endswith(';base64'):
            content = base64.decodebytes(content)
            kind = kind[:-len(';base64')]
        headers = _headers(Content_type=kind or 'text/plain;charset=US-ASCII', Content_length=len(content))
        return addinfourl(io.BytesIO(content), headers, url)


# ---- FTP ----

def _split_ftp_path(path):
    """Return (folders, file, type or None) of the part of an ftp: URL behind the host."""
    path, attributes = _splitattr(path)
    *folders, name = map(unquote, path.split('/'))
    if folders and not folders[0]:
        del folders[0]
    kind = None
    for attribute in attributes:
        key, value = _splitvalue(attribute)
        if key.lower() == 'type' and value in ('a', 'A', 'i', 'I', 'd', 'D'):
            kind = value.upper()
    return folders, name, kind


class FTPHandler(BaseHandler):
    """Fetches ftp: URLs."""

    def ftp_open(self, req):
        import ftplib
        import mimetypes
        if not req.host:
            raise URLError('ftp error: no host given')
        host, port = _splitport(req.host)
        port = ftplib.FTP_PORT if port is None else int(port)
        user, host = _splituser(host)
        user, password = _splitpasswd(user) if user else (None, None)
        try:
            host = socket.gethostbyname(unquote(host))
        except OSError as error:
            raise URLError(error)
        folders, name, kind = _split_ftp_path(req.selector)
        try:
            server = self.connect_ftp(user or '', password or '', host, port, folders, req.timeout)
            fp, length = server.retrfile(name, kind or ('I' if name else 'D'))
            if length is not None and length < 0:
                length = None
            headers = _headers(Content_type=mimetypes.guess_type(req.full_url)[0], Content_length=length)
            return addinfourl(fp, headers, req.full_url)
        except ftplib.all_errors as error:
            raise URLError('ftp error: %r' % error) from error

    def connect_ftp(self, user, passwd, host, port, dirs, timeout):
        """Return a connection, an ftpwrapper."""
        return ftpwrapper(user, passwd, host, port, dirs, timeout, persistent=False)


class CacheFTPHandler(FTPHandler):
    """Keeps connections for a while and uses them again."""

    def __init__(self):
        self.cache = {}             # key -> connection
        self.timeout = {}           # key -> when it is closed
        self.soonest = 0            # the least of these
        self.delay = 60
        self.max_conns = 16

    def setTimeout(self, t):
        """Keep connections for t seconds."""
        self.delay = t

    def setMaxConns(self, m):
        """Keep at most m connections."""
        self.max_conns = m

    def connect_ftp(self, user, passwd, host, port, dirs, timeout):
        key = user, host, port, '/'.join(dirs), timeout
        if key not in self.cache:
            self.cache[key] = ftpwrapper(user, passwd, host, port, dirs, timeout)
        self.timeout[key] = time.time() + self.delay
        self.check_cache()
        return self.cache[key]

    def _close(self, key):
        self.cache.pop(key).close()
        del self.timeout[key]

    def check_cache(self):
        """Close connections whose time has come, and the one due next if there are too many."""
        now = time.time()
        if self.soonest <= now:
            for key in [key for key, due in self.timeout.items() if due < now]:
                self._close(key)
        if len(self.cache) == self.max_conns:
            self._close(min(self.timeout, key=self.timeout.get))
        self.soonest = min(self.timeout.values(), default=0)

    def clear_cache(self):
        """Close all connections."""
        for key in list(self.cache):
            self._close(key)


class ftpwrapper:
    """A connection to an FTP server, in the folder dirs; it is closed when its last file is, unless persistent."""

    def __init__(self, user, passwd, host, port, dirs, timeout=None, persistent=True):
        self.user, self.passwd = user, passwd
        self.host, self.port = host, port
        self.dirs = dirs
        self.timeout = timeout
        self.refcount = 0           # open files
        self.keepalive = persistent
        try:
            self.init()
        except:
            self.close()
            raise

    def init(self):
        """Connect, log in, change the folder."""
        import ftplib
        self.busy = 0
        self.ftp = ftplib.FTP()
        self.ftp.connect(self.host, self.port, self.timeout)
        self.ftp.login(self.user, self.passwd)
        self.ftp.cwd('/'.join(self.dirs))

    def retrfile(self, file, type):
        """Return (binary file, size or None) for a file, or for a listing if type is 'D' or it is a folder."""
        import ftplib
        self.endtransfer()
        listing = type in ('d', 'D')
        command = 'TYPE ' + ('A' if listing else type)
        try:
            self.ftp.voidcmd(command)
        except ftplib.all_errors:           # it may have waited too long
            self.init()
            self.ftp.voidcmd(command)
        connection = None
        if file and not listing:
            try:
                connection, size = self.ftp.ntransfercmd('RETR ' + file)
            except ftplib.error_perm as reason:
                if not str(reason).startswith('550'):       # else it may be a folder
                    raise URLError('ftp error: %r' % reason) from reason
        if not connection:
            connection, size = self._list(file)
        self.busy = 1
        fp = addclosehook(connection.makefile('rb'), self.file_close)
        self.refcount += 1
        connection.close()                  # the file keeps it open
        return fp, size

    def _list(self, folder):
        import ftplib
        self.ftp.voidcmd('TYPE A')
        if not folder:
            return self.ftp.ntransfercmd('LIST')
        before = self.ftp.pwd()             # LIST of what is not there gives nothing on some servers, CWD an error
        try:
            self.ftp.cwd(folder)
        except ftplib.error_perm as reason:
            raise URLError('ftp error: %r' % reason) from reason
        finally:
            self.ftp.cwd(before)
        return self.ftp.ntransfercmd('LIST ' + folder)

    def endtransfer(self):
        """Note that the transfer is over."""
        self.busy = 0

    def close(self):
        """Close the connection as soon as no file is open."""
        self.keepalive = False
        if self.refcount <= 0:
            self.real_close()

    def file_close(self):
        """Note that a file has been closed."""
        self.endtransfer()
        self.refcount -= 1
        if self.refcount <= 0 and not self.keepalive:
            self.real_close()

    def real_close(self):
        """Close the connection."""
        self.endtransfer()
        try:
            self.ftp.close()
        except ftperrors():
            pass


# ---- proxies of the system ----

def getproxies_environment():
    """Return the proxies of the variables <scheme>_proxy: a dict of schemes.

    Names in lower case win.  In a CGI script HTTP_PROXY is the client's header Proxy, and is not used.
    """
    proxies = {}
    found = [(name, value) for name, value in os.environ.items() if name.lower().endswith('_proxy')]
    for name, value in found:
        if value:
            proxies[name[:-6].lower()] = value
    if 'REQUEST_METHOD' in os.environ:
        proxies.pop('http', None)
    for name, value in found:
        if name.endswith('_proxy'):
            scheme = name[:-6].lower()
            if value:
                proxies[scheme] = value
            else:
                proxies.pop(scheme, None)
    return proxies


def proxy_bypass_environment(host, proxies=None):
    """Return whether no_proxy, a list of domains or '*', says that there is no proxy for host.

    proxies is a dict with 'no' for the list, by default from the environment.
    """
    if proxies is None:
        proxies = getproxies_environment()
    exceptions = proxies.get('no')
    if exceptions is None:
        return False
    if exceptions == '*':
        return True
    host = host.lower()
    candidates = _splitport(host)[0], host
    for name in exceptions.split(','):
        name = name.strip().lstrip('.').lower()
        if name and any(each == name or each.endswith('.' + name) for each in candidates):
            return True
    return False


def _proxy_bypass_macosx_sysconf(host, proxy_settings):
    """Return whether settings, in the form that macOS has them, say that there is no proxy for host.

    {'exclude_simple': whether names without a dot have none, 'exceptions': patterns and networks like '10.0/16'}
    """
    from fnmatch import fnmatch
    host = _splitport(host)[0]

    def number(address):
        parts = (address.split('.') + ['0'] * 3)[:4]
        return int.from_bytes(bytes([int(part) for part in parts]), 'big')
    if '.' not in host and proxy_settings['exclude_simple']:
        return True
    address = None
    for pattern in proxy_settings.get('exceptions', ()):
        if not pattern:
            continue
        network = re.match(r'(\d+(?:\.\d+)*)(?:/(\d+))?$', pattern)
        if network is None:
            if fnmatch(host, pattern):
                return True
            continue
        if address is None:
            try:
                address = number(socket.gethostbyname(host))
            except OSError:
                continue
        start, bits = network.groups()
        bits = int(bits) if bits else 8 * (start.count('.') + 1)
        if 0 <= bits <= 32 and address >> 32 - bits == number(start) >> 32 - bits:
            return True
    return False


def getproxies():
    """Return the proxies of the environment."""
    return getproxies_environment()


def proxy_bypass(host, proxies=None):
    """Return whether there is no proxy for host, by the environment."""
    return proxy_bypass_environment(host, proxies)


# ---- the older interface ----

_localhost = _thishost = _ftperrors = _noheaders = None
ftpcache = {}
MAXFTPCACHE = 10            # connections


def localhost():
    """Return the address of 'localhost'."""
    global _localhost
    if _localhost is None:
        _localhost = socket.gethostbyname('localhost')
    return _localhost


def thishost():
    """Return the addresses of this machine's name."""
    global _thishost
    if _thishost is None:
        try:
            found = socket.gethostbyname_ex(socket.gethostname())
        except socket.gaierror:
            found = socket.gethostbyname_ex('localhost')
        _thishost = tuple(found[2])
    return _thishost


def ftperrors():
    """Return the exceptions of ftplib."""
    global _ftperrors
    if _ftperrors is None:
        import ftplib
        _ftperrors = ftplib.all_errors
    return _ftperrors


def noheaders():
    """Return a message without headers."""
    global _noheaders
    if _noheaders is None:
        _noheaders = email.message_from_string('')
    return _noheaders


class URLopener:
    """Opens URLs by open_<scheme>() and has http_error_<code>() for what servers complain of; deprecated.

    proxies: a dict of schemes, by default from the environment.  key_file and cert_file: for https.
    """

    __tempfiles = None
    version = 'Python-urllib/%s' % __version__

    def __init__(self, proxies=None, **x509):
        warnings.warn('%(class)s style of invoking requests is deprecated. Use newer urlopen functions/methods'
                      % {'class': self.__class__.__name__}, DeprecationWarning, stacklevel=3)
        if proxies is None:
            proxies = getproxies()
        assert hasattr(proxies, 'keys'), 'proxies must be a mapping'
        self.proxies = proxies
        self.key_file, self.cert_file = x509.get('key_file'), x509.get('cert_file')
        self.addheaders = [('User-Agent', self.version), ('Accept', '*/*')]
        self.__tempfiles = []
        self.__unlink = os.unlink           # needed when the interpreter ends
        self.tempcache = None               # URL -> what retrieve() returned, if it is made a dict
        self.ftpcache = ftpcache

    def __del__(self):
        self.close()

    def close(self):
        """Remove temporary files."""
        self.cleanup()

    def cleanup(self):
        """Remove temporary files."""
        if self.__tempfiles:
            for path in self.__tempfiles:
                try:
                    self.__unlink(path)
                except OSError:
                    pass
            self.__tempfiles.clear()
        if self.tempcache:
            self.tempcache.clear()

    def addheader(self, *args):
        """Add a header, (name, value), for every request."""
        self.addheaders.append(args)

    def open(self, fullurl, data=None):
        """Open a URL and return a response."""
        fullurl = quote(unwrap(_to_bytes(fullurl)), safe="%/:=&?~#+!$,;'@()*[]|")
        if self.tempcache and fullurl in self.tempcache:
            path, headers = self.tempcache[fullurl]
            return addinfourl(open(path, 'rb'), headers, fullurl)
        scheme, url = _splittype(fullurl)
        scheme = scheme or 'file'
        proxy = self.proxies.get(scheme)
        if scheme in self.proxies:
            scheme, rest = _splittype(proxy)
            url = _splithost(rest)[0], fullurl
        self.type = scheme
        name = 'open_' + scheme.replace('-', '_')
        if name == 'open_local_file' or not hasattr(self, name):
            return self.open_unknown_proxy(proxy, fullurl, data) if proxy else self.open_unknown(fullurl, data)
        try:
            return getattr(self, name)(url) if data is None else getattr(self, name)(url, data)
        except URLError:
            raise
        except OSError as error:
            raise OSError('socket error', error) from error

    def open_unknown(self, fullurl, data=None):
        """Called for an unknown scheme."""
        raise OSError('url error', 'unknown url type', _splittype(fullurl)[0])

    def open_unknown_proxy(self, proxy, fullurl, data=None):
        """Called for an unknown scheme of a proxy."""
        raise OSError('url error', 'invalid proxy for %s' % _splittype(fullurl)[0], proxy)

    def retrieve(self, url, filename=None, reporthook=None, data=None):
        """Fetch a URL into a file and return (name of the file, headers); as urlretrieve()."""
        url = unwrap(_to_bytes(url))
        if self.tempcache and url in self.tempcache:
            return self.tempcache[url]
        scheme, rest = _splittype(url)
        if filename is None and (not scheme or scheme == 'file'):
            try:
                source = self.open_local_file(rest)
                headers = source.info()
                source.close()
                return url2pathname(_splithost(rest)[1]), headers
            except OSError:
                pass
        with contextlib.closing(self.open(url, data)) as source:
            headers = source.info()
            if filename:
                target = open(filename, 'wb')
            else:
                filename = self._temporary_file(rest)
                target = open(filename, 'wb')
            with target:
                result = filename, headers
                if self.tempcache is not None:
                    self.tempcache[url] = result
                size = _announced_size(headers)
                done = _copy(source, target, size, reporthook)
        _check_complete(done, size, result)
        return result

    def _temporary_file(self, rest):
        """Make a temporary file with the suffix of a URL without its scheme."""
        path = _splithost(rest or '')[1] or ''
        suffix = os.path.splitext(_splitattr(_splitquery(path)[0] or '')[0])[1]
        fd, name = tempfile.mkstemp(suffix)
        os.close(fd)
        self.__tempfiles.append(name)
        return name

    # -- HTTP --

    def _open_generic_http(self, connection_factory, url, data):
        """Fetch url, or (host of the proxy, URL), over connection_factory(host)."""
        login = proxy_login = None
        if isinstance(url, str):
            host, selector = _splithost(url)
            if host:
                login, host = _splituser(host)
                host = unquote(host)
            server = host
        else:
            host, selector = url
            proxy_login, host = _splituser(host)
            scheme, url = _splittype(selector)
            server = None
            if scheme.lower() == 'http':
                server, rest = _splithost(url)
                if server:
                    login, server = _splituser(server)
                if login:
                    selector = f'{scheme}://{server}{rest}'
                if proxy_bypass(server):
                    host = server
        if not host:
            raise OSError('http error', 'no host given')
        headers = {}
        for name, pair in (('Proxy-Authorization', proxy_login), ('Authorization', login)):
            if pair:
                headers[name] = _basic(*unquote(pair).partition(':')[::2])
        if server:
            headers['Host'] = server
        headers['Connection'] = 'close'
        headers.update(self.addheaders)
        connection = connection_factory(host)
        if data is None:
            connection.request('GET', selector, headers=headers)
        else:
            headers['Content-Type'] = 'application/x-www-form-urlencoded'
            connection.request('POST', selector, data, headers)
        try:
            response = connection.getresponse()
        except http.client.BadStatusLine:
            raise URLError('http protocol error: bad status line')
        if 200 <= response.status < 300:
            return addinfourl(response, response.msg, 'http:' + url, response.status)
        return self.http_error(url, response.fp, response.status, response.reason, response.msg, data)

    def open_http(self, url, data=None):
        """Fetch by HTTP."""
        return self._open_generic_http(http.client.HTTPConnection, url, data)

    def http_error(self, url, fp, errcode, errmsg, headers, data=None):
        """Hand an error to http_error_<code>(), or else to http_error_default()."""
        method = getattr(self, 'http_error_%d' % errcode, None)
        if method is not None:
            given = (url, fp, errcode, errmsg, headers)
            result = method(*given) if data is None else method(*given, data)
            if result:
                return result
        return self.http_error_default(url, fp, errcode, errmsg, headers)

    def http_error_default(self, url, fp, errcode, errmsg, headers):
        """Raise HTTPError."""
        fp.close()
        raise HTTPError(url, errcode, errmsg, headers, None)

    if _have_ssl:
        def _https_connection(self, host):
            return http.client.HTTPSConnection(host, key_file=self.key_file, cert_file=self.cert_file)

        def open_https(self, url, data=None):
            """Fetch by HTTPS."""
            return self._open_generic_http(self._https_connection, url, data)

    # -- files, FTP, data --

    def open_file(self, url):
        """Open a file: URL."""
        if not isinstance(url, str):
            raise URLError('file error: proxy support for file protocol currently not implemented')
        if url[:2] == '//' and url[2:3] != '/' and url[2:12].lower() != 'localhost/':
            raise ValueError('file:// scheme is supported only on localhost')
        return self.open_local_file(url)

    def open_local_file(self, url):
        """Open a file of this machine."""
        host, name = _splithost(url)
        path = url2pathname(name)
        try:
            headers = _file_headers(path, url)
        except OSError as error:
            raise URLError(error.strerror, error.filename)
        port = None
        if host:
            host, port = _splitport(host)
            if port or socket.gethostbyname(host) not in (localhost(), *thishost()):
                raise URLError('local file error: not on local host')
            if name[:2] == './':
                raise ValueError('local file url may start with / or file:. Unknown url of type: %s' % url)
        return addinfourl(open(path, 'rb'), headers, 'file://' + name if name[:1] == '/' else name)

    def open_ftp(self, url):
        """Fetch by FTP."""
        if not isinstance(url, str):
            raise URLError('ftp error: proxy support for ftp protocol currently not implemented')
        import mimetypes
        host, path = _splithost(url)
        if not host:
            raise URLError('ftp error: no host given')
        host, port = _splitport(host)
        user, host = _splituser(host)
        user, password = _splitpasswd(user) if user else (None, None)
        host = socket.gethostbyname(unquote(host))
        if port is None:
            import ftplib
            port = ftplib.FTP_PORT
        user, password, port = unquote(user or ''), unquote(password or ''), int(port)
        folders, name, kind = _split_ftp_path(path)
        if folders and not folders[0]:
            folders[0] = '/'
        key = user, host, port, '/'.join(folders)
        if len(self.ftpcache) > MAXFTPCACHE:
            for other in [other for other in self.ftpcache if other != key]:
                self.ftpcache.pop(other).close()
        try:
            if key not in self.ftpcache:
                self.ftpcache[key] = ftpwrapper(user, password, host, port, folders)
            fp, length = self.ftpcache[key].retrfile(name, kind or ('I' if name else 'D'))
            if length is not None and length < 0:
                length = None
            headers = _headers(Content_Type=mimetypes.guess_type('ftp:' + url)[0], Content_Length=length)
            return addinfourl(fp, headers, 'ftp:' + url)
        except ftperrors() as error:
            raise URLError('ftp error %r' % error) from error

    def open_data(self, url, data=None):
        """Open a data: URL."""
        if not isinstance(url, str):
            raise URLError('data error: proxy support for data protocol currently not implemented')
        kind, comma, content = url.partition(',')
        if not comma:
            raise OSError('data error', 'bad data URL')
        kind, semicolon, encoding = (kind or 'text/plain;charset=US-ASCII').rpartition(';')
        if not semicolon:
            kind, encoding = encoding, ''
        elif '=' in encoding:               # a parameter
            kind, encoding = f'{kind};{encoding}', ''
        if encoding == 'base64':
            content = base64.decodebytes(content.encode('ascii')).decode('latin-1')
        else:
            content = unquote(content)
        date = time.strftime('%a, %d %b %Y %H:%M:%S GMT', time.gmtime(time.time()))
        headers = _headers(Date=date, Content_type=kind, Content_Length=len(content))
        return addinfourl(io.StringIO(content), headers, url)


class FancyURLopener(URLopener):
    """Follows redirections and asks for passwords on the terminal; deprecated."""

    def __init__(self, *args, **kwargs):
        URLopener.__init__(self, *args, **kwargs)
        self.auth_cache = {}
        self.tries = 0
        self.maxtries = 10

    def http_error_default(self, url, fp, errcode, errmsg, headers):
        """Return the page with the error."""
        return addinfourl(fp, headers, 'http:' + url, errcode)

    def http_error_302(self, url, fp, errcode, errmsg, headers, data=None):
        """Follow a redirection."""
        self.tries += 1
        try:
            if self.maxtries and self.tries >= self.maxtries:
                method = getattr(self, 'http_error_500', self.http_error_default)
                return method(url, fp, 500, 'Internal Server Error: Redirect Recursion', headers)
            return self.redirect_internal(url, fp, errcode, errmsg, headers, data)
        finally:
            self.tries = 0

    def redirect_internal(self, url, fp, errcode, errmsg, headers, data):
        """Open the URL that the headers name."""
        target = headers.get('location', headers.get('uri'))
        if target is None:
            return None
        fp.close()
        target = urljoin(f'{self.type}:{url}', target)
        # Anything else, file: above all, is not for a server to decide.
        if urlparse(target).scheme not in _REDIRECT_SCHEMES:
            raise HTTPError(target, errcode, errmsg + " Redirection to url '%s' is not allowed." % target, headers, fp)
        return self.open(target)

    def http_error_301(self, url, fp, errcode, errmsg, headers, data=None):
        """Follow a redirection."""
        return self.http_error_302(url, fp, errcode, errmsg, headers, data)

    def http_error_303(self, url, fp, errcode, errmsg, headers, data=None):
        """Follow a redirection."""
        return self.http_error_302(url, fp, errcode, errmsg, headers, data)

    def http_error_307(self, url, fp, errcode, errmsg, headers, data=None):
        """Follow a redirection, unless data would have to be sent again."""
        if data is None:
            return self.http_error_302(url, fp, errcode, errmsg, headers, data)
        return self.http_error_default(url, fp, errcode, errmsg, headers)

    def _authenticate(self, demand, who, url, fp, errcode, errmsg, headers, data, retry):
        """Try again with a password if the header named demand asks for one by the scheme Basic."""
        wanted = re.match('[ \t]*([^ \t]+)[ \t]+realm="([^"]*)"', headers.get(demand, ''))
        if not wanted or wanted[1].lower() != 'basic' or not retry:
            URLopener.http_error_default(self, url, fp, errcode, errmsg, headers)
        method = getattr(self, f'retry_{who}{self.type}_basic_auth')
        return method(url, wanted[2]) if data is None else method(url, wanted[2], data)

    def http_error_401(self, url, fp, errcode, errmsg, headers, data=None, retry=False):
        """Try again with a password for the server."""
        return self._authenticate('www-authenticate', '', url, fp, errcode, errmsg, headers, data, retry)

    def http_error_407(self, url, fp, errcode, errmsg, headers, data=None, retry=False):
        """Try again with a password for the proxy."""
        return self._authenticate('proxy-authenticate', 'proxy_', url, fp, errcode, errmsg, headers, data, retry)

    def _with_login(self, host, realm):
        """Return host with user and password before it; None if there are none."""
        marks = host.find('@') + 1
        host = host[marks:]
        user, password = self.get_user_passwd(host, realm, marks)
        if not (user or password):
            return None
        return f'{quote(user, safe="")}:{quote(password, safe="")}@{host}'

    def _retry_proxy(self, scheme, url, realm, data):
        host, selector = _splithost(url)
        kind, rest = _splittype(self.proxies[scheme])
        proxy, path = _splithost(rest)
        proxy = self._with_login(proxy, realm)
        if proxy is None:
            return None
        self.proxies[scheme] = f'{scheme}://{proxy}{path}'
        url = f'{scheme}://{host}{selector}'
        return self.open(url) if data is None else self.open(url, data)

    def retry_proxy_http_basic_auth(self, url, realm, data=None):
        """Try again with a password for the proxy."""
        return self._retry_proxy('http', url, realm, data)

    def retry_proxy_https_basic_auth(self, url, realm, data=None):
        """Try again with a password for the proxy."""
        return self._retry_proxy('https', url, realm, data)

    def _retry(self, scheme, url, realm, data):
        host, selector = _splithost(url)
        host = self._with_login(host, realm)
        if host is None:
            return None
        url = f'{scheme}://{host}{selector}'
        return self.open(url) if data is None else self.open(url, data)

    def retry_http_basic_auth(self, url, realm, data=None):
        """Try again with a password for the server."""
        return self._retry('http', url, realm, data)

    def retry_https_basic_auth(self, url, realm, data=None):
        """Try again with a password for the server."""
        return self._retry('https', url, realm, data)

    def get_user_passwd(self, host, realm, clear_cache=0):
        """Return user and password, those given before or, with clear_cache, new ones."""
        key = f'{realm}@{host.lower()}'
        if clear_cache:
            self.auth_cache.pop(key, None)
        elif key in self.auth_cache:
            return self.auth_cache[key]
        pair = self.prompt_user_passwd(host, realm)
        if pair[0] or pair[1]:
            self.auth_cache[key] = pair
        return pair

    def prompt_user_passwd(self, host, realm):
        """Ask for user and password on the terminal; meant to be overridden."""
        import getpass
        try:
            user = input('Enter username for %s at %s: ' % (realm, host))
            return user, getpass.getpass('Enter password for %s in %s at %s: ' % (user, realm, host))
        except KeyboardInterrupt:
            print()
            return None, None
