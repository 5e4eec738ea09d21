# SPDX-License-Identifier: MIT
"""The client's side of HTTP.

    connection = http.client.HTTPSConnection('www.python.org')
    connection.request('GET', '/')
    response = connection.getresponse()
    print(response.status, response.reason)
    data = response.read()

A connection is idle; putrequest() starts a request, putheader() and endheaders()
go on, request() does all of it; getresponse() reads the response's headers.  The
next request can be sent when the response is read to its end.  urllib.request is
easier to use.
"""
import collections.abc
import email.message
import email.parser
import http
import io
import re
import socket
from urllib.parse import urlsplit

# HTTPMessage, parse_headers() and the numbers of statuses are used by others, but are no part of the interface.
__all__ = ['HTTPResponse', 'HTTPConnection', 'HTTPException', 'NotConnected', 'UnknownProtocol',
           'UnknownTransferEncoding', 'UnimplementedFileMode', 'IncompleteRead', 'InvalidURL',
           'ImproperConnectionState', 'CannotSendRequest', 'CannotSendHeader', 'ResponseNotReady', 'BadStatusLine',
           'LineTooLong', 'RemoteDisconnected', 'error', 'responses']

HTTP_PORT, HTTPS_PORT = 80, 443

_UNKNOWN = 'UNKNOWN'
_CS_IDLE, _CS_REQ_STARTED, _CS_REQ_SENT = 'Idle', 'Request-started', 'Request-sent'     # states of a connection

globals().update(http.HTTPStatus.__members__)
responses = {status: status.phrase for status in http.HTTPStatus.__members__.values()}

_MAXLINE = 65536        # the longest line
_MAXHEADERS = 100       # the most headers

# What names and values of headers may be; no line of a request may contain another one.
_is_legal_header_name = re.compile(rb'[^:\s][^:\r\n]*').fullmatch
_is_illegal_header_value = re.compile(rb'\n(?![ \t])|\r(?![ \t\n])').search
_contains_disallowed_url_pchar_re = re.compile('[\x00-\x20\x7f]')
_contains_disallowed_method_pchar_re = re.compile('[\x00-\x1f]')

_METHODS_EXPECTING_BODY = {'PATCH', 'POST', 'PUT'}


def _encode(data, name='data'):
    """Return text in Latin-1; the error says what name is to be encoded otherwise."""
    try:
        return data.encode('latin-1')
    except UnicodeEncodeError as error:
        bad = data[error.start:error.end]
        raise UnicodeEncodeError(error.encoding, error.object, error.start, error.end,
                                 f'{name.title()} ({bad!r:.20}) is not valid Latin-1. Use {name}.encode(\'utf-8\') '
                                 f'if you want to send it encoded in UTF-8.') from None


class HTTPMessage(email.message.Message):
    """Headers."""

    def getallmatchingheaders(self, name):
        """Return the lines of all headers of a name, with their continuations."""
        start = name.lower() + ':'
        lines = []
        hit = False
        for line in self.keys():
            if line[:len(start)].lower() == start:
                hit = True
            elif not line[:1].isspace():
                hit = False
            if hit:
                lines.append(line)
        return lines


def _read_line(fp, what):
    line = fp.readline(_MAXLINE + 1)
    if len(line) > _MAXLINE:
        raise LineTooLong(what)
    return line


def _read_headers(fp):
    """Read lines up to an empty one; LineTooLong, HTTPException for too much of them."""
    lines = []
    while True:
        line = _read_line(fp, 'header line')
        lines.append(line)
        if len(lines) > _MAXHEADERS:
            raise HTTPException(f'got more than {_MAXHEADERS} headers')
        if line in (b'\r\n', b'\n', b''):
            return lines


def parse_headers(fp, _class=HTTPMessage):
    """Read headers from a binary file; return them as a message."""
    text = b''.join(_read_headers(fp)).decode('iso-8859-1')
    return email.parser.Parser(_class=_class).parsestr(text)


class HTTPResponse(io.BufferedIOBase):
    """A response: version, status, reason, headers; its body is read like a file, and is closed when it is read.

    msg is another name of headers.
    """

    def __init__(self, sock, debuglevel=0, method=None, url=None):
        # A file of its own: the socket may be closed before all is read.
        self.fp = sock.makefile('rb')
        self.debuglevel = debuglevel
        self._method = method
        self.headers = self.msg = None
        self.version = self.status = self.reason = _UNKNOWN
        self.chunked = _UNKNOWN         # is the body sent in chunks?
        self.chunk_left = _UNKNOWN      # bytes left of this chunk
        self.length = _UNKNOWN          # bytes left of the body; None: up to the end
        self.will_close = _UNKNOWN      # does the connection end with the response?

    def _read_status(self):
        """Read the first line; return (version, status, reason)."""
        line = str(_read_line(self.fp, 'status line'), 'iso-8859-1')
        if self.debuglevel > 0:
            print('reply:', repr(line))
        if not line:
            raise RemoteDisconnected('Remote end closed connection without response')
        words = line.split(None, 2)
        version = words[0] if words else ''
        status = words[1] if len(words) > 1 else ''
        reason = words[2] if len(words) > 2 else ''
        if not version.startswith('HTTP/'):
            self._close_conn()
            raise BadStatusLine(line)
        try:
            number = int(status)
        except ValueError:
            raise BadStatusLine(line)
        if not 100 <= number <= 999:
            raise BadStatusLine(line)
        return version, number, reason

    def begin(self):
        """Read the headers."""
        if self.headers is not None:
            return
        while True:
            version, status, reason = self._read_status()
            if status != http.HTTPStatus.CONTINUE:
                break
            skipped = _read_headers(self.fp)
            if self.debuglevel > 0:
                print('headers:', skipped)
        self.code = self.status = status
        self.reason = reason.strip()
        if version in ('HTTP/1.0', 'HTTP/0.9'):
            self.version = 10
        elif version.startswith('HTTP/1.'):
            self.version = 11
        else:
            raise UnknownProtocol(version)
        self.headers = self.msg = parse_headers(self.fp)
        if self.debuglevel > 0:
            for name, value in self.headers.items():
                print('header:', name + ':', value)
        coding = self.headers.get('transfer-encoding')
        self.chunked = bool(coding and coding.lower() == 'chunked')
        self.chunk_left = None
        self.will_close = self._check_close()
        self.length = self._body_length(status)
        if not self.will_close and not self.chunked and self.length is None:
            self.will_close = True      # else nobody knew where it ends

    def _body_length(self, status):
        """How long the body is, if that can be known."""
        if status in (http.HTTPStatus.NO_CONTENT, http.HTTPStatus.NOT_MODIFIED) or 100 <= status < 200 \
                or self._method == 'HEAD':
            return 0
        text = self.headers.get('content-length')
        if not text or self.chunked:
            return None
        try:
            length = int(text)
        except ValueError:
            return None
        return length if length >= 0 else None

    def _check_close(self):
        """Does the server close the connection behind the response?"""
        connection = (self.headers.get('connection') or '').lower()
        if self.version == 11:
            return 'close' in connection
        # Before 1.1 it does, unless it says otherwise, in one of several ways.
        if self.headers.get('keep-alive') or 'keep-alive' in connection:
            return False
        proxy = self.headers.get('proxy-connection')
        return not (proxy and 'keep-alive' in proxy.lower())

    def _close_conn(self):
        fp, self.fp = self.fp, None
        fp.close()

    def close(self):
        try:
            super().close()
        finally:
            if self.fp:
                self._close_conn()

    # Of io.IOBase

    def flush(self):
        super().flush()
        if self.fp:
            self.fp.flush()

    def readable(self):
        """It can be read."""
        return True

    def isclosed(self):
        """Say whether the body is read to its end."""
        return self.fp is None

    def read(self, amt=None):
        """Return up to amt bytes of the body, by default all; IncompleteRead if there are fewer than was said."""
        if self.fp is None:
            return b''
        if self._method == 'HEAD':
            self._close_conn()
            return b''
        if amt is not None:
            if not self.chunked and self.length is not None:
                amt = min(amt, self.length)
            buffer = bytearray(amt)
            count = self.readinto(buffer)
            return memoryview(buffer)[:count].tobytes()
        if self.chunked:
            return self._readall_chunked()
        if self.length is None:
            data = self.fp.read()
        else:
            try:
                data = self._safe_read(self.length)
            except IncompleteRead:
                self._close_conn()
                raise
            self.length = 0
        self._close_conn()
        return data

    def readinto(self, b):
        """Fill b, a writable buffer, with the body; return how many bytes."""
        if self.fp is None:
            return 0
        if self._method == 'HEAD':
            self._close_conn()
            return 0
        if self.chunked:
            return self._readinto_chunked(b)
        if self.length is not None and len(b) > self.length:
            b = memoryview(b)[:self.length]
        # Fewer bytes than were said end the body; IncompleteRead was never raised here.
        count = self.fp.readinto(b)
        if not count and b:
            self._close_conn()
        elif self.length is not None:
            self.length -= count
            if not self.length:
                self._close_conn()
        return count

    # Chunks: a line with the size in hexadecimal digits, the data, an empty line.  The last one is empty.

    def _read_next_chunk_size(self):
        line = _read_line(self.fp, 'chunk size')
        try:
            return int(line.partition(b';')[0], 16)
        except ValueError:
            self._close_conn()      # nobody knows where the next one starts
            raise

    def _read_and_discard_trailer(self):
        while _read_line(self.fp, 'trailer line') not in (b'\r\n', b'\n', b''):
            pass

    def _get_chunk_left(self):
        """Return how much is left of this chunk, or of the next one; None at the end."""
        left = self.chunk_left
        if not left:
            if left is not None:
                self._safe_read(2)      # the line end behind a chunk
            try:
                left = self._read_next_chunk_size()
            except ValueError:
                raise IncompleteRead(b'')
            if left == 0:
                self._read_and_discard_trailer()
                self._close_conn()
                left = None
            self.chunk_left = left
        return left

    def _readall_chunked(self):
        assert self.chunked != _UNKNOWN
        parts = []
        try:
            while True:
                left = self._get_chunk_left()
                if left is None:
                    return b''.join(parts)
                parts.append(self._safe_read(left))
                self.chunk_left = 0
        except IncompleteRead:
            raise IncompleteRead(b''.join(parts))

    def _readinto_chunked(self, b):
        assert self.chunked != _UNKNOWN
        total = 0
        view = memoryview(b)
        try:
            while True:
                left = self._get_chunk_left()
                if left is None:
                    return total
                if len(view) <= left:
                    count = self._safe_readinto(view)
                    self.chunk_left = left - count
                    return total + count
                count = self._safe_readinto(view[:left])
                view = view[count:]
                total += count
                self.chunk_left = 0
        except IncompleteRead:
            raise IncompleteRead(bytes(b[0:total]))

    def _safe_read(self, amt):
        """Read that many bytes; IncompleteRead if there are fewer."""
        data = self.fp.read(amt)
        if len(data) < amt:
            raise IncompleteRead(data, amt - len(data))
        return data

    def _safe_readinto(self, b):
        """Fill a buffer; IncompleteRead if there is less."""
        wanted = len(b)
        count = self.fp.readinto(b)
        if count < wanted:
            raise IncompleteRead(bytes(b[:count]), wanted - count)
        return count

    def read1(self, n=-1):
        """Return up to n bytes, with at most one read from the socket."""
        if self.fp is None or self._method == 'HEAD':
            return b''
        if self.chunked:
            return self._read1_chunked(n)
        if self.length is not None and (n < 0 or n > self.length):
            n = self.length
        data = self.fp.read1(n)
        if not data and n:
            self._close_conn()
        elif self.length is not None:
            self.length -= len(data)
        return data

    def peek(self, n=-1):
        """Return some of the bytes ahead, and stay in place."""
        if self.fp is None or self._method == 'HEAD':
            return b''
        return self._peek_chunked(n) if self.chunked else self.fp.peek(n)

    def readline(self, limit=-1):
        """Return a line, its end included, of at most limit bytes."""
        if self.fp is None or self._method == 'HEAD':
            return b''
        if self.chunked:
            return super().readline(limit)      # by peek() and read()
        if self.length is not None and (limit < 0 or limit > self.length):
            limit = self.length
        line = self.fp.readline(limit)
        if not line and limit:
            self._close_conn()
        elif self.length is not None:
            self.length -= len(line)
        return line

    def _read1_chunked(self, n):
        left = self._get_chunk_left()
        if left is None or n == 0:
            return b''
        data = self.fp.read1(n if 0 <= n <= left else left)
        self.chunk_left -= len(data)
        if not data:
            raise IncompleteRead(b'')
        return data

    def _peek_chunked(self, n):
        try:
            left = self._get_chunk_left()
        except IncompleteRead:
            return b''                          # peek() raises nothing
        return b'' if left is None else self.fp.peek(left)[:left]

    def fileno(self):
        return self.fp.fileno()

    def getheader(self, name, default=None):
        """Return the value of a header, of several ones joined with commas; default, which may be a list, if none."""
        if self.headers is None:
            raise ResponseNotReady()
        found = self.headers.get_all(name) or default
        if isinstance(found, str) or not hasattr(found, '__iter__'):
            return found
        return ', '.join(found)

    def getheaders(self):
        """Return all headers, as (name, value)."""
        if self.headers is None:
            raise ResponseNotReady()
        return list(self.headers.items())

    def __iter__(self):
        return self

    # As urllib.request has it

    def info(self):
        """Return the headers."""
        return self.headers

    def geturl(self):
        """Return the URL that was asked for."""
        return self.url

    def getcode(self):
        """Return the status."""
        return self.status


class HTTPConnection:
    """A connection to a server.

    host, port       where to; the port may be part of the host
    timeout          in seconds, for each operation
    source_address   (host, port) to connect from
    blocksize        how much of a file is sent at a time
    """

    _http_vsn = 11
    _http_vsn_str = 'HTTP/1.1'

    response_class = HTTPResponse
    default_port = HTTP_PORT
    auto_open = 1               # connect when something is sent
    debuglevel = 0

    @staticmethod
    def _is_textIO(stream):
        return isinstance(stream, io.TextIOBase)

    @staticmethod
    def _get_content_length(body, method):
        """Return how long a body is; None if that is not known, or nothing is to be said."""
        if body is None:
            return 0 if method.upper() in _METHODS_EXPECTING_BODY else None
        if hasattr(body, 'read'):
            return None
        try:
            return memoryview(body).nbytes
        except TypeError:
            return len(body) if isinstance(body, str) else None

    def __init__(self, host, port=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, blocksize=8192):
        self.timeout = timeout
        self.source_address = source_address
        self.blocksize = blocksize
        self.sock = None
        self._buffer = []               # lines of the request
        self.__response = None
        self.__state = _CS_IDLE
        self._method = None
        self._tunnel_host = self._tunnel_port = None
        self._tunnel_headers = {}
        self.host, self.port = self._get_hostport(host, port)
        self._validate_host(self.host)
        # For tests, to give it another socket.
        self._create_connection = socket.create_connection

    def set_tunnel(self, host, port=None, headers=None):
        """Connect to another server through the one that was given, a proxy; headers are for that."""
        if self.sock:
            raise RuntimeError("Can't set up tunnel for established connection")
        self._tunnel_host, self._tunnel_port = self._get_hostport(host, port)
        self._tunnel_headers = headers if headers else {}

    def _get_hostport(self, host, port):
        if port is None:
            colon = host.rfind(':')
            if colon > host.rfind(']'):         # those in brackets are part of an address
                text = host[colon + 1:]
                try:
                    port = int(text)
                except ValueError:
                    if text:
                        raise InvalidURL(f"nonnumeric port: '{text}'")
                    port = self.default_port
                host = host[:colon]
            else:
                port = self.default_port
            if host and host[0] == '[' and host[-1] == ']':
                host = host[1:-1]
        return host, port

    def set_debuglevel(self, level):
        """Print what goes on, with a level above 0."""
        self.debuglevel = level

    def _tunnel(self):
        """Ask the proxy for the tunnel."""
        lines = [f'CONNECT {self._tunnel_host}:{self._tunnel_port} HTTP/1.0\r\n'.encode('ascii')]
        lines += [f'{name}: {value}\r\n'.encode('latin-1') for name, value in self._tunnel_headers.items()]
        lines.append(b'\r\n')
        self.send(b''.join(lines))
        response = self.response_class(self.sock, method=self._method)
        version, code, message = response._read_status()
        if code != http.HTTPStatus.OK:
            self.close()
            raise OSError(f'Tunnel connection failed: {code} {message.strip()}')
        for line in _read_headers(response.fp):
            if self.debuglevel > 0 and line.strip():
                print('header:', line.decode())

    def connect(self):
        """Connect; done of itself when a request is sent."""
        self.sock = self._create_connection((self.host, self.port), self.timeout, self.source_address)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tunnel_host:
            self._tunnel()

    def close(self):
        """Close the connection."""
        self.__state = _CS_IDLE
        try:
            sock, self.sock = self.sock, None
            if sock:
                sock.close()        # responses have files of their own
        finally:
            response, self.__response = self.__response, None
            if response:
                response.close()

    def send(self, data):
        """Send bytes, the contents of a file, or each of an iterable of bytes."""
        if self.sock is None:
            if not self.auto_open:
                raise NotConnected()
            self.connect()
        if self.debuglevel > 0:
            print('send:', repr(data))
        if hasattr(data, 'read'):
            for block in self._read_readable(data):
                self.sock.sendall(block)
            return
        try:
            self.sock.sendall(data)
        except TypeError:
            if not isinstance(data, collections.abc.Iterable):
                raise TypeError(f'data should be a bytes-like object or an iterable, got {type(data)!r}')
            for each in data:
                self.sock.sendall(each)

    def _output(self, s):
        self._buffer.append(s)

    def _read_readable(self, readable):
        """Yield the contents of a file in blocks; text is sent as Latin-1."""
        if self.debuglevel > 0:
            print('sendIng a read()able')
        text = self._is_textIO(readable)
        if text and self.debuglevel > 0:
            print('encoding file using iso-8859-1')
        while True:
            block = readable.read(self.blocksize)
            if not block:
                return
            yield block.encode('iso-8859-1') if text else block

    def _send_output(self, message_body=None, encode_chunked=False):
        """Send what is in the buffer, and the body."""
        lines = b'\r\n'.join([*self._buffer, b'', b''])
        del self._buffer[:]
        self.send(lines)
        if message_body is None:
            return
        if hasattr(message_body, 'read'):
            blocks = self._read_readable(message_body)
        else:
            try:
                memoryview(message_body)
            except TypeError:
                try:
                    blocks = iter(message_body)
                except TypeError:
                    raise TypeError('message_body should be a bytes-like object or an iterable, '
                                    f'got {type(message_body)!r}')
            else:
                blocks = (message_body,)
        for block in blocks:
            if not block:
                # An empty chunk would be the end.
                if self.debuglevel > 0:
                    print('Zero length chunk ignored')
                continue
            if encode_chunked and self._http_vsn == 11:
                block = f'{len(block):X}\r\n'.encode('ascii') + block + b'\r\n'
            self.send(block)
        if encode_chunked and self._http_vsn == 11:
            self.send(b'0\r\n\r\n')

    def putrequest(self, method, url, skip_host=False, skip_accept_encoding=False):
        """Start a request; skip_ leave out the headers Host and Accept-Encoding, which are sent otherwise."""
        if self.__response and self.__response.isclosed():
            self.__response = None
        if self.__state != _CS_IDLE:
            raise CannotSendRequest(self.__state)
        self.__state = _CS_REQ_STARTED
        self._validate_method(method)
        self._method = method
        url = url or '/'
        self._validate_path(url)
        self._output(self._encode_request(f'{method} {url} {self._http_vsn_str}'))
        if self._http_vsn != 11:
            return
        if not skip_host:
            self._put_host(url)
        if not skip_accept_encoding:
            # Nothing is decompressed here.
            self.putheader('Accept-Encoding', 'identity')

    def _put_host(self, url):
        # A URL is sent whole to proxies: it says which host.
        netloc = urlsplit(url)[1] if url.startswith('http') else ''
        if netloc:
            try:
                self.putheader('Host', netloc.encode('ascii'))
            except UnicodeEncodeError:
                self.putheader('Host', netloc.encode('idna'))
            return
        host, port = (self._tunnel_host, self._tunnel_port) if self._tunnel_host else (self.host, self.port)
        try:
            host = host.encode('ascii')
        except UnicodeEncodeError:
            host = host.encode('idna')
        if b':' in host:
            host = b'[' + host + b']'           # an IPv6 address
        if port != self.default_port:
            host = host + b':%d' % port
        self.putheader('Host', host)

    def _encode_request(self, request):
        return request.encode('ascii')

    def _validate_method(self, method):
        found = _contains_disallowed_method_pchar_re.search(method)
        if found:
            raise ValueError(f"method can't contain control characters. {method!r} (found at least {found.group()!r})")

    def _validate_path(self, url):
        found = _contains_disallowed_url_pchar_re.search(url)
        if found:
            raise InvalidURL(f"URL can't contain control characters. {url!r} (found at least {found.group()!r})")

    def _validate_host(self, host):
        found = _contains_disallowed_url_pchar_re.search(host)
        if found:
            raise InvalidURL(f"URL can't contain control characters. {host!r} (found at least {found.group()!r})")

    def putheader(self, header, *values):
        """Send a header; several values become its lines. ValueError for what would be more than a header."""
        if self.__state != _CS_REQ_STARTED:
            raise CannotSendHeader()
        header = header.encode('ascii') if hasattr(header, 'encode') else header
        if not _is_legal_header_name(header):
            raise ValueError(f'Invalid header name {header!r}')
        lines = []
        for value in values:
            if hasattr(value, 'encode'):
                value = value.encode('latin-1')
            elif isinstance(value, int):
                value = str(value).encode('ascii')
            if _is_illegal_header_value(value):
                raise ValueError(f'Invalid header value {value!r}')
            lines.append(value)
        self._output(header + b': ' + b'\r\n\t'.join(lines))

    def endheaders(self, message_body=None, *, encode_chunked=False):
        """End the headers, and send the request with its body, in chunks if that is said."""
        if self.__state != _CS_REQ_STARTED:
            raise CannotSendHeader()
        self.__state = _CS_REQ_SENT
        self._send_output(message_body, encode_chunked=encode_chunked)

    def request(self, method, url, body=None, headers={}, *, encode_chunked=False):
        """Send a request.

        body is bytes, str (sent in Latin-1), a file, or an iterable of bytes.  The
        header Content-Length is added where it is known, else the body is sent in
        chunks; encode_chunked sends it so if a header Transfer-Encoding is given.
        """
        self._send_request(method, url, body, headers, encode_chunked)

    def _send_request(self, method, url, body, headers, encode_chunked):
        given = frozenset(name.lower() for name in headers)
        self.putrequest(method, url, skip_host='host' in given, skip_accept_encoding='accept-encoding' in given)
        if 'content-length' in given:
            encode_chunked = False
        elif 'transfer-encoding' not in given:      # else encode_chunked is as it was given
            encode_chunked = False
            length = self._get_content_length(body, method)
            if length is not None:
                self.putheader('Content-Length', str(length))
            elif body is not None:
                if self.debuglevel > 0:
                    print(f'Unable to determine size of {body!r}')
                encode_chunked = True
                self.putheader('Transfer-Encoding', 'chunked')
        for name, value in headers.items():
            self.putheader(name, value)
        if isinstance(body, str):
            body = _encode(body, 'body')
        self.endheaders(body, encode_chunked=encode_chunked)

    def getresponse(self):
        """Return the response to the request, with its headers read."""
        if self.__response and self.__response.isclosed():
            self.__response = None
        if self.__state != _CS_REQ_SENT or self.__response:
            raise ResponseNotReady(self.__state)
        options = (self.debuglevel,) if self.debuglevel > 0 else ()
        response = self.response_class(self.sock, *options, method=self._method)
        try:
            try:
                response.begin()
            except ConnectionError:
                self.close()
                raise
            assert response.will_close != _UNKNOWN
            self.__state = _CS_IDLE
            if response.will_close:
                self.close()            # the response has the socket's file
            else:
                self.__response = response
            return response
        except:
            response.close()
            raise


try:
    import ssl
except ImportError:
    pass
else:
    class HTTPSConnection(HTTPConnection):
        """A connection to a server by TLS.

        context is an ssl.SSLContext; by default one that checks certificates.  The
        other arguments are those of HTTPConnection; key_file, cert_file and
        check_hostname are deprecated.
        """

        default_port = HTTPS_PORT

        def __init__(self, host, port=None, key_file=None, cert_file=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT,
                     source_address=None, *, context=None, check_hostname=None, blocksize=8192):
            super().__init__(host, port, timeout, source_address, blocksize=blocksize)
            if key_file is not None or cert_file is not None or check_hostname is not None:
                import warnings
                warnings.warn('key_file, cert_file and check_hostname are deprecated, use a custom context instead.',
                              DeprecationWarning, 2)
            self.key_file, self.cert_file = key_file, cert_file
            if context is None:
                context = ssl._create_default_https_context()
                # A client may prove who it is behind the headers.
                if context.post_handshake_auth is not None:
                    context.post_handshake_auth = True
            wanted = context.check_hostname if check_hostname is None else check_hostname
            if wanted and context.verify_mode == ssl.CERT_NONE:
                raise ValueError('check_hostname needs a SSL context with either CERT_OPTIONAL or CERT_REQUIRED')
            if key_file or cert_file:
                context.load_cert_chain(cert_file, key_file)
                if context.post_handshake_auth is not None:
                    context.post_handshake_auth = True
            self._context = context
            if wanted is not None:
                context.check_hostname = wanted

        def connect(self):
            """Connect, and agree on keys."""
            super().connect()
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self._tunnel_host or self.host)

    __all__.append('HTTPSConnection')


class HTTPException(Exception):
    """What the errors of this module derive from."""


class NotConnected(HTTPException):
    """There is no connection, and auto_open is off."""


class InvalidURL(HTTPException):
    """A host, port or path cannot be that."""


class UnknownProtocol(HTTPException):
    """The server speaks another version."""

    def __init__(self, version):
        self.args = (version,)
        self.version = version


class UnknownTransferEncoding(HTTPException):
    """Not used any more."""


class UnimplementedFileMode(HTTPException):
    """Not used any more."""


class IncompleteRead(HTTPException):
    """A body ends too early; partial is what there is, expected how many bytes are missing, or None."""

    def __init__(self, partial, expected=None):
        self.args = (partial,)
        self.partial, self.expected = partial, expected

    def __repr__(self):
        missing = '' if self.expected is None else f', {self.expected} more expected'
        return f'{self.__class__.__name__}({len(self.partial)} bytes read{missing})'

    __str__ = object.__str__


class ImproperConnectionState(HTTPException):
    """A method is called out of order."""


class CannotSendRequest(ImproperConnectionState):
    """The response before is not read, or a request is under way."""


class CannotSendHeader(ImproperConnectionState):
    """No request is under way."""


class ResponseNotReady(ImproperConnectionState):
    """No request was sent, or its response was fetched."""


class BadStatusLine(HTTPException):
    """A response does not start as one has to."""

    def __init__(self, line):
        if not line:
            line = repr(line)
        self.args = (line,)
        self.line = line


class LineTooLong(HTTPException):
    """A line is longer than any should be."""

    def __init__(self, line_type):
        HTTPException.__init__(self, f'got more than {_MAXLINE} bytes when reading {line_type}')


class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    """The server closed the connection instead of sending a response."""

    def __init__(self, *pos, **kw):
        BadStatusLine.__init__(self, '')
        ConnectionResetError.__init__(self, *pos, **kw)


error = HTTPException       # a name of old
