# SPDX-License-Identifier: MIT
"""URLopener and FancyURLopener of urllib.request: the way of opening URLs that was there first, now deprecated."""

import base64
import contextlib
import email
import io
import os
import socket
import tempfile
import time
import warnings
from urllib.error import HTTPError, URLError
from urllib.parse import (_splitattr, _splithost, _splitpasswd, _splitport, _splitquery, _splittype, _splituser, _to_bytes,
                          quote, unquote, unwrap, urljoin,
                          urlparse)
from urllib.response import addinfourl

_DEFAULT_VERSION = 'Python-urllib/3.8'


def _request():
    """The module urllib.request, which imports this one; its names may be replaced by programs."""
    import urllib.request
    return urllib.request


class URLopener:
    """Opens URLs.  proxies: a dict from schemes to proxies, by default as the surroundings say.

    Keyword arguments: key_file and cert_file for https.  The method open_<scheme> opens an URL.
    """

    version = _DEFAULT_VERSION

    def __init__(self, proxies=None, **x509):
        # For __del__().
        self._tempfiles = []
        warnings.warn('%s style of invoking requests is deprecated. Use newer urlopen functions/methods'
                      % self.__class__.__name__, DeprecationWarning, stacklevel=3)
        self.proxies = _request().getproxies() if proxies is None else proxies
        assert hasattr(self.proxies, 'keys'), 'proxies must be a mapping'
        self.key_file, self.cert_file = x509.get('key_file'), x509.get('cert_file')
        self.addheaders = [('User-Agent', self.version), ('Accept', '*/*')]
        self.tempcache = None           # URL -> what retrieve() returned; off unless a program sets it
        self.ftpcache = _request().ftpcache

    def __del__(self):
        self.close()

    def close(self):
        """Remove what was retrieved into temporary files."""
        self.cleanup()

    def cleanup(self):
        """Remove what was retrieved into temporary files."""
        for name in self._tempfiles:
            with contextlib.suppress(OSError):
                os.unlink(name)
        del self._tempfiles[:]
        if getattr(self, 'tempcache', None):
            self.tempcache.clear()

    def addheader(self, *args):
        """Send another header, (name, value), from now on."""
        self.addheaders.append(args)

    def open(self, fullurl, data=None):
        """Open an URL; return a file with info().  data: to be posted."""
        fullurl = quote(unwrap(_to_bytes(fullurl)), safe="%/:=&?~#+!$,;'@()*[]|")
        if self.tempcache and fullurl in self.tempcache:
            filename, headers = self.tempcache[fullurl]
            return addinfourl(open(filename, 'rb'), headers, fullurl)
        scheme, url = _splittype(fullurl)
        scheme = scheme or 'file'
        proxy = self.proxies.get(scheme)
        if proxy:
            proxy_scheme, proxy_host = _splittype(proxy)
            url = _splithost(proxy_host)[0], fullurl        # a tuple means: there is a proxy
            scheme = proxy_scheme
        self.type = scheme
        scheme = scheme.replace('-', '_')
        method = getattr(self, 'open_' + scheme, None)
        # Only http's and the like are open to everyone: a local file is not what an URL from elsewhere should name.
        if method is None or scheme == 'local_file':
            if proxy:
                return self.open_unknown_proxy(proxy, fullurl, data)
            return self.open_unknown(fullurl, data)
        try:
            return method(url) if data is None else method(url, data)
        except (HTTPError, URLError):
            raise
        except OSError as error:
            raise OSError('socket error', error) from error

    def open_unknown(self, fullurl, data=None):
        """Fail for a scheme that is not known."""
        raise OSError('url error', 'unknown url type', _splittype(fullurl)[0])

    def open_unknown_proxy(self, proxy, fullurl, data=None):
        """Fail for a scheme of a proxy that is not known."""
        raise OSError('url error', 'invalid proxy for %s' % _splittype(fullurl)[0], proxy)

    def retrieve(self, url, filename=None, reporthook=None, data=None):
        """Get an URL into a file; return (file name, headers).

        Without a name a temporary file is made, except for local files.  reporthook(number of blocks, size of a
        block, size of all) is called now and then.  ContentTooShortError if less comes than was announced.
        """
        url = unwrap(_to_bytes(url))
        if self.tempcache and url in self.tempcache:
            return self.tempcache[url]
        scheme, place = _splittype(url)
        if filename is None and (not scheme or scheme == 'file'):
            with contextlib.suppress(OSError), self.open_local_file(place) as local:
                headers = local.info()
                return _request().url2pathname(_splithost(place)[1]), headers
        with contextlib.closing(self.open(url, data)) as source:
            headers = source.info()
            with self._target(filename, url, place) as target:
                result = target.name, headers
                if self.tempcache is not None:
                    self.tempcache[url] = result
                _request()._copy_blocks(source, target, headers, reporthook, result)
        return result

    def _target(self, filename, url, place):
        """The file to write to."""
        if filename:
            return open(filename, 'wb')
        host, path = _splithost(place)
        path = _splitattr(_splitquery(_splithost(path or '')[1] or '')[0] or '')[0]
        handle, filename = tempfile.mkstemp(os.path.splitext(path or '')[1])
        self._tempfiles.append(filename)
        return _NamedFile(handle, filename)

    # Schemes

    def _where(self, url):
        """Take a place //host/path, or a tuple if there is a proxy, to pieces: (host to connect to, its credentials,
        value of the header Host, credentials for the server, what to ask for)."""
        if isinstance(url, str):
            host, selector = _splithost(url)
            credentials = None
            if host:
                credentials, host = _splituser(host)
                host = unquote(host)
            return host, None, host, credentials, selector
        host, selector = url
        proxy_credentials, host = _splituser(host)
        scheme, rest = _splittype(selector)
        real_host, credentials = host, None
        if scheme.lower() == 'http':
            real_host, path = _splithost(rest)
            if real_host:
                credentials, real_host = _splituser(real_host)
                if credentials:
                    selector = '%s://%s%s' % (scheme, real_host, path)
                if _request().proxy_bypass(real_host):
                    host = real_host
        return host, proxy_credentials, real_host, credentials, selector

    def _open_generic_http(self, connection_factory, url, data):
        """Ask a server; connection_factory(host) makes a connection of http.client."""
        import http.client
        host, proxy_credentials, real_host, credentials, selector = self._where(url)
        if not host:
            raise OSError('http error', 'no host given')
        headers = {}
        for name, given in (('Proxy-Authorization', proxy_credentials), ('Authorization', credentials)):
            if given:
                headers[name] = 'Basic ' + base64.b64encode(unquote(given).encode()).decode('ascii')
        if real_host:
            headers['Host'] = real_host
        headers['Connection'] = 'close'
        headers.update(self.addheaders)
        connection = connection_factory(host)
        try:
            if data is None:
                connection.request('GET', selector, headers=headers)
            else:
                headers['Content-Type'] = 'application/x-www-form-urlencoded'
                connection.request('POST', selector, data, headers)
            response = connection.getresponse()
        except http.client.BadStatusLine:
            raise URLError('http protocol error: bad status line')
        if 200 <= response.status < 300:
            return addinfourl(response, response.msg, self.type + ':' + (url if isinstance(url, str) else url[1]),
                              response.status)
        return self.http_error(url, response.fp, response.status, response.reason, response.msg, data)

    def open_http(self, url, data=None):
        """Open by HTTP."""
        import http.client
        return self._open_generic_http(http.client.HTTPConnection, url, data)

    def open_https(self, url, data=None):
        """Open by HTTPS."""
        import http.client
        return self._open_generic_http(
            lambda host: http.client.HTTPSConnection(host, key_file=self.key_file, cert_file=self.cert_file), url, data)

    def http_error(self, url, fp, errcode, errmsg, headers, data=None):
        """Do something about a status that is no success: http_error_<number>(), else http_error_default()."""
        method = getattr(self, 'http_error_%d' % errcode, None)
        if method is not None:
            arguments = (url, fp, errcode, errmsg, headers) + (() if data is None else (data,))
            result = method(*arguments)
            if result:
                return result
        return self.http_error_default(url, fp, errcode, errmsg, headers)

    def http_error_default(self, url, fp, errcode, errmsg, headers):
        """Raise HTTPError."""
        fp.close()
        raise HTTPError(url, errcode, errmsg, headers, None)

    def open_file(self, url):
        """Open a file of this machine, //localhost/path."""
        if not isinstance(url, str):
            raise URLError('file error: proxy support for file protocol currently not implemented')
        if url[:2] == '//' and url[2:3] != '/' and url[2:12].lower() != 'localhost/':
            raise ValueError('file:// scheme is supported only on localhost')
        return self.open_local_file(url)

    def open_local_file(self, url):
        """Open a file of this machine."""
        request = _request()
        host, path = _splithost(url)
        localname = request.url2pathname(path)
        try:
            headers = request._file_headers(localname)
        except OSError as error:
            raise URLError(error.strerror, error.filename)
        if host:
            name, port = _splitport(host)
            if port or socket.gethostbyname(name) not in (request.localhost(),) + request.thishost():
                raise URLError('local file error: not on local host')
        return addinfourl(open(localname, 'rb'), headers, 'file://' + path if path[:1] == '/' else path)

    def open_ftp(self, url):
        """Open by FTP."""
        if not isinstance(url, str):
            raise URLError('ftp error: proxy support for ftp protocol currently not implemented')
        import ftplib
        request = _request()
        host, path = _splithost(url)
        if not host:
            raise URLError('ftp error: no host given')
        host, port = _splitport(host)
        credentials, host = _splituser(host)
        user, password = _splitpasswd(credentials) if credentials else (None, None)
        host, user, password = unquote(host), unquote(user or ''), unquote(password or '')
        path, attributes = _splitattr(path)
        *dirs, file = unquote(path).split('/')
        if dirs and not dirs[0]:
            del dirs[0]
        kind = request._ftp_type(attributes, file)
        key = user, socket.gethostbyname(host), int(port or ftplib.FTP_PORT), '/'.join(dirs)
        while len(self.ftpcache) > request.MAXFTPCACHE:
            old = next(one for one in self.ftpcache if one != key)
            self.ftpcache.pop(old).close()
        try:
            if key not in self.ftpcache:
                self.ftpcache[key] = request.ftpwrapper(user, password, key[1], key[2], dirs)
            source, length = self.ftpcache[key].retrfile(file, kind)
            return addinfourl(source, request._ftp_headers('ftp:' + url, length), 'ftp:' + url)
        except request.ftperrors() as error:
            raise URLError('ftp error %r' % error) from error

    def open_data(self, url, data=None):
        """Open what stands in the URL itself (RFC 2397)."""
        if not isinstance(url, str):
            raise URLError('data error: proxy support for data protocol currently not implemented')
        kind, comma, data = url.partition(',')
        if not comma:
            raise OSError('data error', 'bad data URL')
        parameter = kind.rpartition(';')[2]
        encoding = ''
        if ';' in kind and '=' not in parameter:
            kind, encoding = kind.rpartition(';')[0], parameter
        if encoding == 'base64':
            text = base64.decodebytes(data.encode('ascii')).decode('latin-1')
        else:
            text = unquote(data)
        date = time.strftime('%a, %d %b %Y %H:%M:%S GMT', time.gmtime(time.time()))
        headers = email.message_from_string('Date: %s\nContent-type: %s\nContent-Length: %d\n' % (
            date, kind or 'text/plain;charset=US-ASCII', len(text)))
        return addinfourl(io.StringIO(text), headers, url)


class _NamedFile(io.FileIO):
    """A file of a descriptor that knows its name."""

    def __init__(self, handle, name):
        super().__init__(handle, 'wb')
        self.name = name


class FancyURLopener(URLopener):
    """Follows redirections, and logs in with a password that it asks for at the terminal."""

    def __init__(self, *args, **kwargs):
        URLopener.__init__(self, *args, **kwargs)
        self.auth_cache = {}            # realm@host -> (user, password)
        self.tries, self.maxtries = 0, 10

    def http_error_default(self, url, fp, errcode, errmsg, headers):
        """Return the page that came with the error."""
        return addinfourl(fp, headers, 'http:' + url, errcode)

    def http_error_302(self, url, fp, errcode, errmsg, headers, data=None):
        """Go to another place."""
        self.tries += 1
        try:
            if self.maxtries and self.tries >= self.maxtries:
                fail = getattr(self, 'http_error_500', self.http_error_default)
                return fail(url, fp, 500, 'Internal Server Error: Redirect Recursion', headers)
            return self.redirect_internal(url, fp, errcode, errmsg, headers, data)
        finally:
            self.tries = 0

    def redirect_internal(self, url, fp, errcode, errmsg, headers, data):
        """Open the place that the headers name; None if there is none.  HTTPError if it is no http(s) or ftp URL."""
        target = headers.get('location') or headers.get('uri')
        if not target:
            return None
        fp.close()
        target = urljoin(self.type + ':' + url, target)
        scheme = urlparse(target).scheme
        if scheme not in ('http', 'https', 'ftp', ''):
            raise HTTPError(target, errcode, "%s Redirection to url '%s' is not allowed." % (errmsg, target), headers, fp)
        return self.open(target)

    def http_error_301(self, url, fp, errcode, errmsg, headers, data=None):
        """Go to another place."""
        return self.http_error_302(url, fp, errcode, errmsg, headers, data)

    http_error_303 = http_error_301

    def http_error_307(self, url, fp, errcode, errmsg, headers, data=None):
        """Go to another place, unless something was posted."""
        if data is not None:
            return self.http_error_default(url, fp, errcode, errmsg, headers)
        return self.http_error_302(url, fp, errcode, errmsg, headers, data)

    def _log_in(self, header, prefix, url, fp, errcode, errmsg, headers, data, retry):
        """Try again with a password; what http_error_401 and _407 have in common."""
        import re
        fail = URLopener.http_error_default
        challenge = re.match('[ \t]*([^ \t]+)[ \t]+realm="([^"]*)"', headers.get(header, ''))
        if challenge is None or challenge[1].lower() != 'basic' or not retry:
            return fail(self, url, fp, errcode, errmsg, headers)
        method = getattr(self, 'retry_%s%s_basic_auth' % (prefix, self.type))
        return method(url, challenge[2]) if data is None else method(url, challenge[2], data)

    def http_error_401(self, url, fp, errcode, errmsg, headers, data=None, retry=False):
        """The server wants a password."""
        return self._log_in('www-authenticate', '', url, fp, errcode, errmsg, headers, data, retry)

    def http_error_407(self, url, fp, errcode, errmsg, headers, data=None, retry=False):
        """The proxy wants a password."""
        return self._log_in('proxy-authenticate', 'proxy_', url, fp, errcode, errmsg, headers, data, retry)

    def _with_password(self, place, realm):
        """The place host/path with user and password; None if there are none."""
        host, path = _splithost(place)
        cut = host.find('@') + 1
        host = host[cut:]
        user, password = self.get_user_passwd(host, realm, cut)
        if not (user or password):
            return None
        return '%s:%s@%s' % (quote(user, safe=''), quote(password, safe=''), host), path

    def _open_again(self, url, data):
        return self.open(url) if data is None else self.open(url, data)

    def _retry(self, scheme, url, realm, data):
        """Open an URL anew with a password."""
        found = self._with_password(url, realm)
        return None if found is None else self._open_again('%s://%s%s' % ((scheme,) + found), data)

    def _retry_proxy(self, scheme, url, realm, data):
        """Open an URL anew with a password for the proxy, which is kept."""
        proxy_scheme, place = _splittype(self.proxies[scheme])
        found = self._with_password(place, realm)
        if found is None:
            return None
        self.proxies[scheme] = '%s://%s%s' % ((proxy_scheme,) + found)
        host, path = _splithost(url)
        return self._open_again('%s://%s%s' % (scheme, host, path), data)

    def retry_http_basic_auth(self, url, realm, data=None):
        """Open an URL anew with a password; None if there is none."""
        return self._retry('http', url, realm, data)

    def retry_https_basic_auth(self, url, realm, data=None):
        """Open an URL anew with a password; None if there is none."""
        return self._retry('https', url, realm, data)

    def retry_proxy_http_basic_auth(self, url, realm, data=None):
        """Open an URL anew with a password for the proxy; None if there is none."""
        return self._retry_proxy('http', url, realm, data)

    def retry_proxy_https_basic_auth(self, url, realm, data=None):
        """Open an URL anew with a password for the proxy; None if there is none."""
        return self._retry_proxy('https', url, realm, data)

    def get_user_passwd(self, host, realm, clear_cache=0):
        """Return (user, password), which are remembered; clear_cache: they were wrong, ask again."""
        key = realm + '@' + host.lower()
        if clear_cache:
            self.auth_cache.pop(key, None)
        if key not in self.auth_cache:
            user, password = self.prompt_user_passwd(host, realm)
            if user or password:
                self.auth_cache[key] = user, password
            return user, password
        return self.auth_cache[key]

    def prompt_user_passwd(self, host, realm):
        """Ask for user and password; return them, or (None, None) if that was interrupted."""
        import getpass
        try:
            user = input('Enter username for %s at %s: ' % (realm, host))
            return user, getpass.getpass('Enter password for %s in %s at %s: ' % (user, realm, host))
        except KeyboardInterrupt:
            print()
            return None, None
