# SPDX-License-Identifier: MIT
"""A client for XML-RPC: calls of procedures as XML, sent by HTTP.

    with ServerProxy('http://localhost:8000/') as server:
        print(server.system.listMethods())
        print(server.add(1, 2))

Layers, from the top: ServerProxy and MultiCall turn attributes into names of methods; Transport speaks HTTP; Marshaller
and Unmarshaller translate values, dumps() and loads() whole messages.

    XML-RPC             Python
    boolean             bool
    int, i1 i2 i4 i8    int, of 32 bits when it is sent (biginteger: any, only read)
    double, float       float (bigdecimal: decimal.Decimal, only read)
    string              str
    array               list, tuple; read as list
    struct              dict with str for keys, and instances: their __dict__
    dateTime.iso8601    DateTime, datetime.datetime
    base64              Binary, bytes, bytearray
    nil                 None, if that is allowed
"""

import base64
import errno
import gzip
import http.client
import sys
import time
import urllib.parse
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from xml.parsers import expat

__version__ = '%d.%d' % sys.version_info[:2]

MAXINT = 2 ** 31 - 1
MININT = -2 ** 31

# Codes of faults, as http://xmlrpc-epi.sourceforge.net/specs/rfc.fault_codes.php has them: ranges, and single errors.
PARSE_ERROR, SERVER_ERROR, APPLICATION_ERROR, SYSTEM_ERROR, TRANSPORT_ERROR = range(-32700, -32299, 100)
NOT_WELLFORMED_ERROR, UNSUPPORTED_ENCODING, INVALID_ENCODING_CHAR = -32700, -32701, -32702
INVALID_XMLRPC, METHOD_NOT_FOUND, INVALID_METHOD_PARAMS, INTERNAL_ERROR = -32600, -32601, -32602, -32603


def escape(s):
    """Return s with the three signs that mean something in XML escaped."""
    return s.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')


# ---- exceptions ----

class Error(Exception):
    """The base of the module's exceptions."""

    __str__ = object.__str__


class ProtocolError(Error):
    """HTTP went wrong: url, errcode, errmsg and headers say what the server answered."""

    def __init__(self, url, errcode, errmsg, headers):
        Error.__init__(self)
        self.url = url
        self.errcode, self.errmsg, self.headers = errcode, errmsg, headers

    def __repr__(self):
        return f'<{self.__class__.__name__} for {self.url}: {self.errcode} {self.errmsg}>'


class ResponseError(Error):
    """An answer is well-formed XML, but no XML-RPC."""


class Fault(Error):
    """The server reports an error: faultCode, an int, and faultString."""

    def __init__(self, faultCode, faultString, **extra):
        Error.__init__(self)
        self.faultCode, self.faultString = faultCode, faultString

    def __repr__(self):
        return f'<{self.__class__.__name__} {self.faultCode}: {self.faultString!r}>'


# ---- special values ----

boolean = Boolean = bool


def _iso8601_format(value):
    return value.strftime('%Y%m%dT%H:%M:%S').rjust(17, '0')       # some systems write the year 1 as '1'


def _strftime(value):
    """Return 'YYYYMMDDTHH:MM:SS' for a datetime, a time tuple, or seconds since the epoch; 0 is now."""
    if isinstance(value, datetime):
        return _iso8601_format(value)
    if not isinstance(value, (tuple, time.struct_time)):
        value = time.localtime(time.time() if value == 0 else value)
    return '%04d%02d%02dT%02d:%02d:%02d' % value[:6]


class DateTime:
    """A date and a time without zone: value is a str 'YYYYMMDDTHH:MM:SS'.

    It is made from such a str, a datetime, a time tuple, or seconds since the epoch (0 for now), and can be compared
    with str, datetime and what has a timetuple().
    """

    def __init__(self, value=0):
        self.value = value if isinstance(value, str) else _strftime(value)

    def make_comparable(self, other):
        """Return what is compared for self and other, two str or two tuples; TypeError if there is no sense in it."""
        if isinstance(other, DateTime):
            return self.value, other.value
        if isinstance(other, datetime):
            return self.value, _iso8601_format(other)
        if isinstance(other, str):
            return self.value, other
        if hasattr(other, 'timetuple'):
            return self.timetuple(), other.timetuple()
        kind = other.__class__.__name__ if hasattr(other, '__class__') else type(other)
        raise TypeError("Can't compare %s and %s" % (self.__class__.__name__, kind))

    def __lt__(self, other):
        mine, its = self.make_comparable(other)
        return mine < its

    def __le__(self, other):
        mine, its = self.make_comparable(other)
        return mine <= its

    def __gt__(self, other):
        mine, its = self.make_comparable(other)
        return mine > its

    def __ge__(self, other):
        mine, its = self.make_comparable(other)
        return mine >= its

    def __eq__(self, other):
        mine, its = self.make_comparable(other)
        return mine == its

    def timetuple(self):
        """Return a time tuple."""
        return time.strptime(self.value, '%Y%m%dT%H:%M:%S')

    def __str__(self):
        return self.value

    def __repr__(self):
        return f'<{self.__class__.__name__} {self.value!r} at {id(self):#x}>'

    def decode(self, data):
        """Take the value from text."""
        self.value = str(data).strip()

    def encode(self, out):
        """Write the value as XML to a file."""
        out.write(f'<value><dateTime.iso8601>{self.value}</dateTime.iso8601></value>\n')


def _datetime(data):
    value = DateTime()
    value.decode(data)
    return value


def _datetime_type(data):
    return datetime.strptime(data, '%Y%m%dT%H:%M:%S')


class Binary:
    """Bytes: data."""

    def __init__(self, data=None):
        if data is None:
            data = b''
        elif not isinstance(data, (bytes, bytearray)):
            raise TypeError('expected bytes or bytearray, not %s' % data.__class__.__name__)
        self.data = bytes(data)

    def __str__(self):
        return self.data.decode('latin-1')

    def __eq__(self, other):
        return self.data == (other.data if isinstance(other, Binary) else other)

    def decode(self, data):
        """Take the bytes from base64."""
        self.data = base64.decodebytes(data)

    def encode(self, out):
        """Write the bytes as XML to a file."""
        out.write('<value><base64>\n%s</base64></value>\n' % base64.encodebytes(self.data).decode('ascii'))


def _binary(data):
    value = Binary()
    value.decode(data)
    return value


WRAPPERS = (DateTime, Binary)


# ---- values to XML ----

class Marshaller:
    """Writes values as XML.  dispatch maps types to functions (marshaller, value, write)."""

    dispatch = {}

    def __init__(self, encoding=None, allow_none=False):
        self.memo = {}              # the containers being written
        self.data = None
        self.encoding, self.allow_none = encoding, allow_none

    def dumps(self, values):
        """Return the XML of a tuple of parameters, or of a Fault."""
        pieces = []
        write = pieces.append
        dump = self.__dump
        if isinstance(values, Fault):
            write('<fault>\n')
            dump({'faultCode': values.faultCode, 'faultString': values.faultString}, write)
            write('</fault>\n')
        else:
            write('<params>\n')
            for value in values:
                write('<param>\n')
                dump(value, write)
                write('</param>\n')
            write('</params>\n')
        return ''.join(pieces)

    def __dump(self, value, write):
        function = self.dispatch.get(type(value))
        if function is None:
            if not hasattr(value, '__dict__') or any(base in self.dispatch for base in type(value).__mro__):
                # A subclass of a type that is known may mean more than its base.
                raise TypeError('cannot marshal %s objects' % type(value))
            function = self.dispatch['_arbitrary_instance']
        function(self, value, write)

    def dump_nil(self, value, write):
        """Write None."""
        if not self.allow_none:
            raise TypeError('cannot marshal None unless allow_none is enabled')
        write('<value><nil/></value>')
    dispatch[type(None)] = dump_nil

    def dump_bool(self, value, write):
        """Write a boolean."""
        write('<value><boolean>%d</boolean></value>\n' % bool(value))
    dispatch[bool] = dump_bool

    def dump_long(self, value, write):
        """Write an integer."""
        if not MININT <= value <= MAXINT:
            raise OverflowError('int exceeds XML-RPC limits')
        write('<value><int>%d</int></value>\n' % value)
    dispatch[int] = dump_long

    dump_int = dump_long

    def dump_double(self, value, write):
        """Write a float."""
        write('<value><double>%r</double></value>\n' % value)
    dispatch[float] = dump_double

    def dump_unicode(self, value, write, escape=escape):
        """Write a string."""
        write('<value><string>%s</string></value>\n' % escape(value))
    dispatch[str] = dump_unicode

    def dump_bytes(self, value, write):
        """Write bytes."""
        write('<value><base64>\n%s</base64></value>\n' % base64.encodebytes(value).decode('ascii'))
    dispatch[bytes] = dispatch[bytearray] = dump_bytes

    def dump_array(self, value, write):
        """Write a list or tuple."""
        if id(value) in self.memo:
            raise TypeError('cannot marshal recursive sequences')
        self.memo[id(value)] = None
        write('<value><array><data>\n')
        for item in value:
            self.__dump(item, write)
        write('</data></array></value>\n')
        del self.memo[id(value)]
    dispatch[tuple] = dispatch[list] = dump_array

    def dump_struct(self, value, write, escape=escape):
        """Write a dict."""
        if id(value) in self.memo:
            raise TypeError('cannot marshal recursive dictionaries')
        self.memo[id(value)] = None
        write('<value><struct>\n')
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError('dictionary key must be string')
            write('<member>\n<name>%s</name>\n' % escape(key))
            self.__dump(item, write)
            write('</member>\n')
        write('</struct></value>\n')
        del self.memo[id(value)]
    dispatch[dict] = dump_struct

    def dump_datetime(self, value, write):
        """Write a date."""
        write('<value><dateTime.iso8601>%s</dateTime.iso8601></value>\n' % _strftime(value))
    dispatch[datetime] = dump_datetime

    def dump_instance(self, value, write):
        """Write an object: its attributes."""
        if value.__class__ in WRAPPERS:
            self.write = write              # encode() wants a file
            value.encode(self)
            del self.write
        else:
            self.dump_struct(value.__dict__, write)
    dispatch[DateTime] = dispatch[Binary] = dump_instance
    dispatch['_arbitrary_instance'] = dump_instance


# ---- XML to values ----

class Unmarshaller:
    """Makes values of the events of an XML parser.  dispatch maps names of elements to functions (self, text).

    use_datetime: make datetime in place of DateTime; use_builtin_types: also bytes in place of Binary.
    """

    dispatch = {}

    def __init__(self, use_datetime=False, use_builtin_types=False):
        self._type = None           # 'params', 'fault' or 'methodName', whichever ended last
        self._stack = []            # values
        self._marks = []            # where on the stack open containers begin
        self._data = []             # text of the element
        self._value = False         # whether the element is a value without a type so far
        self._methodname = None
        self._encoding = 'utf-8'
        self.append = self._stack.append
        self._use_bytes = use_builtin_types
        self._use_datetime = use_builtin_types or use_datetime

    def close(self):
        """Return the parameters, a tuple; raise the Fault if it was one."""
        if self._type is None or self._marks:
            raise ResponseError()
        if self._type == 'fault':
            raise Fault(**self._stack[0])
        return tuple(self._stack)

    def getmethodname(self):
        """Return the name of the method that is called, or None."""
        return self._methodname

    def xml(self, encoding, standalone):
        """Take note of the declaration of the XML."""
        self._encoding = encoding

    def start(self, tag, attrs):
        """Take the start of an element."""
        tag = tag.rpartition(':')[2]        # 'ex:nil' is known too
        if tag in ('array', 'struct'):
            self._marks.append(len(self._stack))
        self._data = []
        if self._value and tag not in self.dispatch:
            raise ResponseError('unknown tag %r' % tag)
        self._value = tag == 'value'

    def data(self, text):
        """Take text."""
        self._data.append(text)

    def end(self, tag):
        """Take the end of an element."""
        self.end_dispatch(tag, self._data)

    def end_dispatch(self, tag, data):
        """Take the end of an element with its text, pieces in a list."""
        function = self.dispatch.get(tag)
        if function is None:
            if ':' not in tag:
                return None                 # an element without meaning of its own
            function = self.dispatch.get(tag.rpartition(':')[2])
            if function is None:
                return None
        return function(self, ''.join(data))

    def end_nil(self, data):
        """Take None."""
        self.append(None)
        self._value = False
    dispatch['nil'] = end_nil

    def end_boolean(self, data):
        """Take a boolean."""
        if data not in ('0', '1'):
            raise TypeError('bad boolean value')
        self.append(data == '1')
        self._value = False
    dispatch['boolean'] = end_boolean

    def end_int(self, data):
        """Take an integer."""
        self.append(int(data))
        self._value = False
    for _name in 'i1 i2 i4 i8 int biginteger'.split():
        dispatch[_name] = end_int

    def end_double(self, data):
        """Take a float."""
        self.append(float(data))
        self._value = False
    dispatch['double'] = dispatch['float'] = end_double

    def end_bigdecimal(self, data):
        """Take a Decimal."""
        self.append(Decimal(data))
        self._value = False
    dispatch['bigdecimal'] = end_bigdecimal

    def end_string(self, data):
        """Take a string."""
        if self._encoding and isinstance(data, bytes):
            data = data.decode(self._encoding)
        self.append(data)
        self._value = False
    dispatch['string'] = dispatch['name'] = end_string          # 'name' is a key of a struct

    def end_array(self, data):
        """Take a list."""
        mark = self._marks.pop()
        self._stack[mark:] = [self._stack[mark:]]
        self._value = False
    dispatch['array'] = end_array

    def end_struct(self, data):
        """Take a dict."""
        mark = self._marks.pop()
        flat = self._stack[mark:]
        self._stack[mark:] = [dict(zip(flat[::2], flat[1::2]))]
        self._value = False
    dispatch['struct'] = end_struct

    def end_base64(self, data):
        """Take bytes."""
        value = Binary()
        value.decode(data.encode('ascii'))
        self.append(value.data if self._use_bytes else value)
        self._value = False
    dispatch['base64'] = end_base64

    def end_dateTime(self, data):
        """Take a date."""
        self.append(_datetime_type(data) if self._use_datetime else _datetime(data))
        self._value = False
    dispatch['dateTime.iso8601'] = end_dateTime

    def end_value(self, data):
        """Take a value."""
        if self._value:                     # without a type it is a string
            self.end_string(data)
    dispatch['value'] = end_value

    def end_params(self, data):
        """Take the parameters."""
        self._type = 'params'
    dispatch['params'] = end_params

    def end_fault(self, data):
        """Take a fault."""
        self._type = 'fault'
    dispatch['fault'] = end_fault

    def end_methodName(self, data):
        """Take the name of the method."""
        if self._encoding and isinstance(data, bytes):
            data = data.decode(self._encoding)
        self._methodname = data
        self._type = 'methodName'
    dispatch['methodName'] = end_methodName

    del _name


class ExpatParser:
    """Feeds the events of expat to a target with start(), end(), data() and xml()."""

    def __init__(self, target):
        self._target = target
        self._parser = parser = expat.ParserCreate(None, None)
        parser.StartElementHandler, parser.EndElementHandler = target.start, target.end
        parser.CharacterDataHandler = target.data
        target.xml(None, None)

    def feed(self, data):
        """Parse a piece of text or bytes."""
        self._parser.Parse(data, False)

    def close(self):
        """Say that all has been fed."""
        try:
            parser = self._parser
        except AttributeError:
            return
        del self._target, self._parser      # they refer to each other
        parser.Parse(b'', True)


FastMarshaller = FastParser = FastUnmarshaller = None      # put here by faster implementations


def getparser(use_datetime=False, use_builtin_types=False):
    """Return (parser, Unmarshaller that it feeds)."""
    if FastParser and FastUnmarshaller:
        bytes_maker = bytes if use_builtin_types else _binary
        date_maker = _datetime_type if use_builtin_types or use_datetime else _datetime
        target = FastUnmarshaller(True, False, bytes_maker, date_maker, Fault)
        return FastParser(target), target
    target = Unmarshaller(use_datetime=use_datetime, use_builtin_types=use_builtin_types)
    return (FastParser or ExpatParser)(target), target


def dumps(params, methodname=None, methodresponse=None, encoding=None, allow_none=False):
    """Return a message as text.

    params: a tuple of values, or a Fault.  methodname: of the method that is called.  methodresponse: true for an
    answer, that has one value.  Without both only the parameters are written.  encoding: what the text will be encoded
    to, 'utf-8' by default.  allow_none: write None as nil, an extension.
    """
    assert isinstance(params, (tuple, Fault)), 'argument must be tuple or Fault instance'
    fault = isinstance(params, Fault)
    if not fault and methodresponse:
        assert len(params) == 1, 'response tuple must be a singleton'
    encoding = encoding or 'utf-8'
    marshaller = FastMarshaller(encoding) if FastMarshaller else Marshaller(encoding, allow_none)
    body = marshaller.dumps(params)
    head = "<?xml version='1.0'?>\n" if encoding == 'utf-8' else "<?xml version='1.0' encoding='%s'?>\n" % encoding
    if methodname and not fault:
        return f'{head}<methodCall>\n<methodName>{escape(methodname)}</methodName>\n{body}</methodCall>\n'
    if methodresponse or fault and methodname is not None:
        return f'{head}<methodResponse>\n{body}</methodResponse>\n'
    return body


def loads(data, use_datetime=False, use_builtin_types=False):
    """Return (tuple of values, name of the method or None) of a message; raise the Fault if it is one.

    use_datetime: make datetime in place of DateTime; use_builtin_types: also bytes in place of Binary.
    """
    parser, target = getparser(use_datetime=use_datetime, use_builtin_types=use_builtin_types)
    parser.feed(data)
    parser.close()
    return target.close(), target.getmethodname()


# ---- gzip ----

def gzip_encode(data):
    """Return bytes compressed by gzip."""
    out = BytesIO()
    with gzip.GzipFile(mode='wb', fileobj=out, compresslevel=1) as f:
        f.write(data)
    return out.getvalue()


def gzip_decode(data, max_decode=20971520):
    """Return bytes decompressed; ValueError if they are damaged, or more than max_decode (-1 for no limit)."""
    with gzip.GzipFile(mode='rb', fileobj=BytesIO(data)) as f:
        try:
            content = f.read() if max_decode < 0 else f.read(max_decode + 1)
        except OSError:
            raise ValueError('invalid data')
    if 0 <= max_decode < len(content):
        raise ValueError('max gzipped payload length exceeded')
    return content


class GzipDecodedResponse(gzip.GzipFile):
    """The content of a response that was compressed by gzip."""

    def __init__(self, response):
        self.io = BytesIO(response.read())      # GzipFile wants to seek
        gzip.GzipFile.__init__(self, mode='rb', fileobj=self.io)

    def close(self):
        try:
            gzip.GzipFile.close(self)
        finally:
            self.io.close()


# ---- HTTP ----

class _Method:
    """A method of a server; attributes are methods with a dot in their names."""

    def __init__(self, send, name):
        self.__send, self.__name = send, name

    def __getattr__(self, name):
        return _Method(self.__send, f'{self.__name}.{name}')

    def __call__(self, *args):
        return self.__send(self.__name, args)


class Transport:
    """Sends messages by HTTP.  headers: a list of pairs, for every request.

    Attributes: user_agent; accept_gzip_encoding (ask for compressed answers); encode_threshold (compress what is sent
    if it has more bytes; None for never).
    """

    user_agent = 'Python-xmlrpc/%s' % __version__
    accept_gzip_encoding = True
    encode_threshold = None

    def __init__(self, use_datetime=False, use_builtin_types=False, *, headers=()):
        self._use_datetime, self._use_builtin_types = use_datetime, use_builtin_types
        self._connection = None, None           # host, connection
        self._headers = list(headers)
        self._extra_headers = []                # from the URL

    def request(self, host, handler, request_body, verbose=False):
        """Send a message to host and return the answer; once more if a kept connection turns out to be closed."""
        try:
            return self.single_request(host, handler, request_body, verbose)
        except http.client.RemoteDisconnected:
            pass
        except OSError as error:
            if error.errno not in (errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE):
                raise
        return self.single_request(host, handler, request_body, verbose)

    def single_request(self, host, handler, request_body, verbose=False):
        """Send a message to host and return the answer."""
        try:
            connection = self.send_request(host, handler, request_body, verbose)
            response = connection.getresponse()
            if response.status == 200:
                self.verbose = verbose
                return self.parse_response(response)
        except Fault:
            raise
        except Exception:
            self.close()
            raise
        if response.getheader('content-length', ''):
            response.read()                     # so that the connection can be kept
        raise ProtocolError(host + handler, response.status, response.reason, dict(response.getheaders()))

    def getparser(self):
        """Return (parser, target), as the function getparser()."""
        return getparser(use_datetime=self._use_datetime, use_builtin_types=self._use_builtin_types)

    def get_host_info(self, host):
        """Return (host, headers, arguments for the connection) of 'user:password@host', or of (that, arguments)."""
        arguments = {}
        if isinstance(host, tuple):
            host, arguments = host
        login, host = urllib.parse._splituser(host)
        headers = []
        if login:
            token = base64.encodebytes(urllib.parse.unquote_to_bytes(login)).decode('utf-8')
            headers = [('Authorization', 'Basic ' + ''.join(token.split()))]
        return host, headers, arguments

    def make_connection(self, host):
        """Return an http.client.HTTPConnection, the one kept if it is for the same host."""
        if self._connection and host == self._connection[0]:
            return self._connection[1]
        name, self._extra_headers, arguments = self.get_host_info(host)
        self._connection = host, http.client.HTTPConnection(name)
        return self._connection[1]

    def close(self):
        """Close the connection that is kept."""
        host, connection = self._connection
        if connection:
            self._connection = None, None
            connection.close()

    def send_request(self, host, handler, request_body, debug):
        """Send a message; return the connection."""
        connection = self.make_connection(host)
        if debug:
            connection.set_debuglevel(1)
        headers = self._headers + self._extra_headers
        compress = self.accept_gzip_encoding and gzip
        if compress:
            connection.putrequest('POST', handler, skip_accept_encoding=True)
            headers.append(('Accept-Encoding', 'gzip'))
        else:
            connection.putrequest('POST', handler)
        headers += [('Content-Type', 'text/xml'), ('User-Agent', self.user_agent)]
        self.send_headers(connection, headers)
        self.send_content(connection, request_body)
        return connection

    def send_headers(self, connection, headers):
        """Send headers, pairs."""
        for name, value in headers:
            connection.putheader(name, value)

    def send_content(self, connection, request_body):
        """Send the body, bytes, compressed if it is long enough."""
        limit = self.encode_threshold
        if limit is not None and gzip and limit < len(request_body):
            connection.putheader('Content-Encoding', 'gzip')
            request_body = gzip_encode(request_body)
        connection.putheader('Content-Length', str(len(request_body)))
        connection.endheaders(request_body)

    def parse_response(self, response):
        """Return the values of an answer, a file or an http.client.HTTPResponse."""
        stream = response
        if hasattr(response, 'getheader') and response.getheader('Content-Encoding', '') == 'gzip':
            stream = GzipDecodedResponse(response)
        parser, target = self.getparser()
        while True:
            piece = stream.read(1024)
            if not piece:
                break
            if self.verbose:
                print('body:', repr(piece))
            parser.feed(piece)
        if stream is not response:
            stream.close()
        parser.close()
        return target.close()


class SafeTransport(Transport):
    """Sends messages by HTTPS; context is an ssl.SSLContext."""

    def __init__(self, use_datetime=False, use_builtin_types=False, *, headers=(), context=None):
        super().__init__(use_datetime=use_datetime, use_builtin_types=use_builtin_types, headers=headers)
        self.context = context

    def make_connection(self, host):
        if self._connection and host == self._connection[0]:
            return self._connection[1]
        if not hasattr(http.client, 'HTTPSConnection'):
            raise NotImplementedError("your version of http.client doesn't support HTTPS")
        name, self._extra_headers, arguments = self.get_host_info(host)
        self._connection = host, http.client.HTTPSConnection(name, None, context=self.context, **(arguments or {}))
        return self._connection[1]


# ---- servers ----

class ServerProxy:
    """A server at a URL; its attributes are the methods of the server.

    transport: a Transport in place of the usual one.  encoding: of requests.  verbose: print the conversation.
    allow_none, use_datetime, use_builtin_types: see dumps() and loads().  headers: pairs, for every request.
    context: an ssl.SSLContext.  For what is not a method: proxy('close')(), proxy('transport').
    """

    def __init__(self, uri, transport=None, encoding=None, verbose=False, allow_none=False, use_datetime=False,
                 use_builtin_types=False, *, headers=(), context=None):
        scheme, rest = urllib.parse._splittype(uri)
        if scheme not in ('http', 'https'):
            raise OSError('unsupported XML-RPC protocol')
        self.__host, handler = urllib.parse._splithost(rest)
        self.__handler = handler or '/RPC2'
        if transport is None:
            options = {'context': context} if scheme == 'https' else {}
            transport = (SafeTransport if options else Transport)(
                use_datetime=use_datetime, use_builtin_types=use_builtin_types, headers=headers, **options)
        self.__transport = transport
        self.__encoding = encoding or 'utf-8'
        self.__verbose, self.__allow_none = verbose, allow_none

    def __close(self):
        self.__transport.close()

    def __request(self, methodname, params):
        """Call a method; return its result, or a tuple of results if there is another number than one."""
        message = dumps(params, methodname, encoding=self.__encoding, allow_none=self.__allow_none)
        answer = self.__transport.request(self.__host, self.__handler,
                                          message.encode(self.__encoding, 'xmlcharrefreplace'), verbose=self.__verbose)
        return answer[0] if len(answer) == 1 else answer

    def __repr__(self):
        return f'<{self.__class__.__name__} for {self.__host}{self.__handler}>'

    def __getattr__(self, name):
        return _Method(self.__request, name)

    def __call__(self, attr):
        """Return close() or the transport: their names may be names of methods."""
        if attr == 'close':
            return self.__close
        if attr == 'transport':
            return self.__transport
        raise AttributeError('Attribute %r not found' % (attr,))

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.__close()


Server = ServerProxy            # the older name


class _MultiCallMethod:
    """A method of a MultiCall: calls are noted."""

    def __init__(self, call_list, name):
        self.__call_list, self.__name = call_list, name

    def __getattr__(self, name):
        return _MultiCallMethod(self.__call_list, f'{self.__name}.{name}')

    def __call__(self, *args):
        self.__call_list.append((self.__name, args))


class MultiCallIterator:
    """The results of a MultiCall; a fault is raised when its turn comes."""

    def __init__(self, results):
        self.results = results

    def __getitem__(self, i):
        result = self.results[i]
        if isinstance(result, dict):
            raise Fault(result['faultCode'], result['faultString'])
        if not isinstance(result, list):
            raise ValueError('unexpected type in multicall result')
        return result[0]


class MultiCall:
    """Several calls in one message.

        calls = MultiCall(server)
        calls.add(1, 2)
        calls.get_name(5)
        first, second = calls()
    """

    def __init__(self, server):
        self.__server = server
        self.__call_list = []

    def __repr__(self):
        return f'<{self.__class__.__name__} at {id(self):#x}>'

    def __getattr__(self, name):
        return _MultiCallMethod(self.__call_list, name)

    def __call__(self):
        calls = [{'methodName': name, 'params': params} for name, params in self.__call_list]
        return MultiCallIterator(self.__server.system.multicall(calls))
