# SPDX-License-Identifier: MIT
"""What programs behind a web server (CGI) need: the fields of forms.

    form = FieldStorage()                       # from the environment and stdin
    name = form.getfirst('name', '')
    if 'upload' in form:
        content = form['upload'].file.read()    # form['upload'].filename is what the client calls it

For requests to test a server with: test().
"""

import html
import locale
import os
import re
import sys
import tempfile
import urllib.parse
from collections.abc import Mapping
from email.message import Message
from email.parser import FeedParser
from io import StringIO, BytesIO, TextIOWrapper

__all__ = ['MiniFieldStorage', 'FieldStorage', 'parse', 'parse_multipart', 'parse_header', 'test', 'print_exception',
           'print_environ', 'print_form', 'print_directory', 'print_arguments', 'print_environ_usage']

__version__ = '2.6'

maxlen = 0                      # of a request's body in bytes; 0 for no limit
_LINE = 1 << 16                 # at most so many bytes are read at once


# ---- logging ----

logfile = ''                    # the name of a file to log to
logfp = None                    # or the file


def initlog(*allargs):
    """Log a message, and choose for the time after whether log() does so: not, if there is no file."""
    global log, logfile, logfp
    if logfile and not logfp:
        try:
            logfp = open(logfile, 'a')
        except OSError:
            pass
    log = dolog if logfp else nolog
    log(*allargs)


def dolog(fmt, *args):
    """Write a message: fmt % args."""
    logfp.write(fmt % args + '\n')


def nolog(*allargs):
    """Write nothing."""


def closelog():
    """Close the file; log() begins anew."""
    global log, logfile, logfp
    logfile = ''
    if logfp:
        logfp.close()
        logfp = None
    log = initlog


log = initlog


# ---- functions ----

def parse(fp=None, environ=os.environ, keep_blank_values=0, strict_parsing=0, separator='&'):
    """Return the fields of a request as a dict of lists.

    fp: the body, a binary file or one with a buffer (default: stdin).  keep_blank_values: keep fields without value.
    strict_parsing: ValueError for errors, that are else passed over.  separator: of fields.
    """
    if fp is None:
        fp = sys.stdin
    encoding = getattr(fp, 'encoding', 'latin-1')
    if isinstance(fp, TextIOWrapper):
        fp = fp.buffer
    environ.setdefault('REQUEST_METHOD', 'GET')         # started by hand
    if environ['REQUEST_METHOD'] == 'POST':
        kind, options = parse_header(environ['CONTENT_TYPE'])
        if kind == 'multipart/form-data':
            return parse_multipart(fp, options, separator=separator)
        query = ''
        if kind == 'application/x-www-form-urlencoded':
            length = int(environ['CONTENT_LENGTH'])
            if maxlen and length > maxlen:
                raise ValueError('Maximum content length exceeded')
            query = fp.read(length).decode(encoding)
        more = environ.get('QUERY_STRING') or (sys.argv[1] if sys.argv[1:] else '')
        query = '&'.join([part for part in (query, more) if part])
    elif 'QUERY_STRING' in environ:
        query = environ['QUERY_STRING']
    else:
        query = sys.argv[1] if sys.argv[1:] else ''
        environ['QUERY_STRING'] = query
    return urllib.parse.parse_qs(query, keep_blank_values, strict_parsing, encoding=encoding, separator=separator)


def parse_multipart(fp, pdict, encoding='utf-8', errors='replace', separator='&'):
    """Return the fields of a body multipart/form-data as a dict of lists; files are bytes.

    pdict: the parameters of the header Content-Type, with 'boundary' as bytes, and perhaps 'CONTENT-LENGTH'.
    """
    boundary = pdict['boundary'] if isinstance(pdict['boundary'], str) else pdict['boundary'].decode('ascii')
    headers = Message()
    headers.set_type(f'multipart/form-data; boundary={boundary}')
    if 'CONTENT-LENGTH' in pdict:
        headers['Content-Length'] = pdict['CONTENT-LENGTH']
    form = FieldStorage(fp, headers=headers, encoding=encoding, errors=errors, environ={'REQUEST_METHOD': 'POST'},
                        separator=separator)
    return {name: form.getlist(name) for name in form}


def _parseparam(s):
    """Yield the parts of ';a=b;c="d;e"'."""
    while s[:1] == ';':
        s = s[1:]
        end = s.find(';')
        while end > 0 and (s.count('"', 0, end) - s.count('\\"', 0, end)) % 2:     # within quotes
            end = s.find(';', end + 1)
        if end < 0:
            end = len(s)
        yield s[:end].strip()
        s = s[end:]


def parse_header(line):
    """Return (main value, dict of parameters) of a header like Content-Type.

    >>> parse_header('text/html; charset="utf-8"')
    ('text/html', {'charset': 'utf-8'})
    """
    parts = _parseparam(';' + line)
    main = next(parts)
    options = {}
    for part in parts:
        name, equal, value = part.partition('=')
        if not equal:
            continue
        value = value.strip()
        if len(value) >= 2 and value[0] == value[-1] == '"':
            value = value[1:-1].replace('\\\\', '\\').replace('\\"', '"')
        options[name.strip().lower()] = value
    return main, options


def valid_boundary(s):
    """Return whether s, str or bytes, can be a boundary."""
    pattern = '[ -~]{0,200}[!-~]$'
    return re.match(pattern.encode() if isinstance(s, bytes) else pattern, s)


# ---- fields ----

class MiniFieldStorage:
    """A field with name and value, of a form that was sent urlencoded; as FieldStorage."""

    filename = list = type = file = disposition = None
    type_options = {}
    disposition_options = {}
    headers = {}

    def __init__(self, name, value):
        self.name, self.value = name, value

    def __repr__(self):
        return 'MiniFieldStorage(%r, %r)' % (self.name, self.value)


class FieldStorage:
    """A form: a mapping of names to fields, or to lists of fields; and a field of a form in several parts.

    fp: the body, a binary file or one with a buffer (default: stdin; not read for GET and HEAD).
    headers: of the body, by default made from environ.  outerboundary: what ends the body, for parts.
    keep_blank_values: keep fields without value.  strict_parsing: ValueError for errors, that are else passed over.
    limit: bytes to read.  encoding, errors: of text.  max_num_fields: ValueError if there are more.
    separator: of fields in a query.

    Attributes: name; filename (or None); value (text; bytes for files; a list for several parts); file; list (of
    parts or fields, or None); type and type_options (Content-Type), disposition and disposition_options
    (Content-Disposition); headers; length (or -1).
    """

    bufsize = 8 * 1024
    FieldStorageClass = None            # for the parts; None for the same class

    def __init__(self, fp=None, headers=None, outerboundary=b'', environ=os.environ, keep_blank_values=0,
                 strict_parsing=0, limit=None, encoding='utf-8', errors='replace', max_num_fields=None, separator='&'):
        if headers is not None and not isinstance(headers, (Mapping, Message)):
            raise TypeError('headers must be mapping or an instance of email.message.Message')
        if not isinstance(outerboundary, bytes):
            raise TypeError('outerboundary must be bytes, not %s' % type(outerboundary).__name__)
        self.keep_blank_values, self.strict_parsing = keep_blank_values, strict_parsing
        self.max_num_fields, self.separator = max_num_fields, separator
        self.encoding, self.errors = encoding, errors
        self.outerboundary = outerboundary
        self.qs_on_post = None
        method = environ['REQUEST_METHOD'].upper() if 'REQUEST_METHOD' in environ else 'GET'
        if method in ('GET', 'HEAD'):
            query = environ.get('QUERY_STRING', sys.argv[1] if sys.argv[1:] else '')
            fp = BytesIO(query.encode(locale.getpreferredencoding(), 'surrogateescape'))
            if headers is None:
                headers = {'content-type': 'application/x-www-form-urlencoded'}
        if headers is None:
            headers = self._headers_of(method, environ)
        self.headers = headers
        self.fp = self._binary(fp)
        self._take_headers()
        self.limit = limit
        self.length = self._content_length()
        if limit is None and self.length >= 0:
            self.limit = self.length
        self.list = self.file = None
        self.bytes_read = self.done = 0
        if self.type == 'application/x-www-form-urlencoded':
            self.read_urlencoded()
        elif self.type[:10] == 'multipart/':
            self.read_multi(environ, keep_blank_values, strict_parsing)
        else:
            self.read_single()

    def _headers_of(self, method, environ):
        headers = {}
        if method == 'POST':
            headers['content-type'] = 'application/x-www-form-urlencoded'
        for variable, name in (('CONTENT_TYPE', 'content-type'), ('CONTENT_LENGTH', 'content-length')):
            if variable in environ:
                headers[name] = environ[variable]
        self.qs_on_post = environ.get('QUERY_STRING')
        return headers

    @staticmethod
    def _binary(fp):
        if fp is None:
            return sys.stdin.buffer
        if isinstance(fp, TextIOWrapper):
            return fp.buffer
        if not (hasattr(fp, 'read') and hasattr(fp, 'readline')):
            raise TypeError('fp must be file pointer')
        return fp

    def _take_headers(self):
        self.disposition, self.disposition_options = '', {}
        if 'content-disposition' in self.headers:
            self.disposition, self.disposition_options = parse_header(self.headers['content-disposition'])
        self.name = self.disposition_options.get('name')
        self.filename = self.disposition_options.get('filename')
        self._binary_file = self.filename is not None
        self.type, self.type_options = 'text/plain', {}
        if 'content-type' in self.headers:
            self.type, self.type_options = parse_header(self.headers['content-type'])
        self.innerboundary = self.type_options.get('boundary', '').encode(self.encoding, self.errors)

    def _content_length(self):
        try:
            length = int(self.headers['content-length'])
        except (KeyError, TypeError, ValueError):
            return -1
        if maxlen and length > maxlen:
            raise ValueError('Maximum content length exceeded')
        return length

    def __del__(self):
        try:
            self.file.close()
        except AttributeError:
            pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.file.close()

    def __repr__(self):
        return 'FieldStorage(%r, %r, %r)' % (self.name, self.filename, self.value)

    # -- the mapping --

    def __getattr__(self, name):
        if name != 'value':
            raise AttributeError(name)
        file = self.file
        if not file:
            return self.list
        file.seek(0)
        try:
            return file.read()
        finally:
            file.seek(0)

    def _fields(self):
        if self.list is None:
            raise TypeError('not indexable')
        return self.list

    def __iter__(self):
        return iter(self.keys())

    def __getitem__(self, key):
        found = [field for field in self._fields() if field.name == key]
        if not found:
            raise KeyError(key)
        return found[0] if len(found) == 1 else found

    def getvalue(self, key, default=None):
        """Return the value of a field, or a list if there are several."""
        if key not in self:
            return default
        found = self[key]
        return [field.value for field in found] if isinstance(found, list) else found.value

    def getfirst(self, key, default=None):
        """Return the value of the first field of a name."""
        values = self.getlist(key)
        return values[0] if values else default

    def getlist(self, key):
        """Return the values of the fields of a name, a list."""
        if key not in self:
            return []
        value = self.getvalue(key)
        return value if isinstance(self[key], list) else [value]

    def keys(self):
        """Return the names, each once."""
        return list({field.name for field in self._fields()})

    def __contains__(self, key):
        return any(field.name == key for field in self._fields())

    def __len__(self):
        return len(self.keys())

    def __bool__(self):
        if self.list is None:
            raise TypeError('Cannot be converted to bool.')
        return bool(self.list)

    # -- reading --

    def _query_fields(self, query):
        pairs = urllib.parse.parse_qsl(query, self.keep_blank_values, self.strict_parsing, encoding=self.encoding,
                                       errors=self.errors, max_num_fields=self.max_num_fields,
                                       separator=self.separator)
        return [MiniFieldStorage(name, value) for name, value in pairs]

    def read_urlencoded(self):
        """Read a body 'a=b&c=d'."""
        data = self.fp.read(self.length)
        if not isinstance(data, bytes):
            raise ValueError('%s should return bytes, got %s' % (self.fp, type(data).__name__))
        query = data.decode(self.encoding, self.errors)
        if self.qs_on_post:
            query += self.separator + self.qs_on_post
        self.list = self._query_fields(query)
        self.skip_lines()

    def read_multi(self, environ, keep_blank_values, strict_parsing):
        """Read a body in several parts."""
        boundary = self.innerboundary
        if not valid_boundary(boundary):
            raise ValueError('Invalid boundary in multipart form: %r' % (boundary,))
        self.list = self._query_fields(self.qs_on_post) if self.qs_on_post else []
        line = self._first_line()
        self.bytes_read += len(line)
        while line.strip() != b'--' + boundary and line:    # some begin with an empty line
            line = self.fp.readline()
            self.bytes_read += len(line)
        left = self.max_num_fields
        if left is not None:
            left -= len(self.list)
        while True:
            part = self._read_part(environ, keep_blank_values, strict_parsing, left)
            if part is None:
                break
            self.list.append(part)
            if left is not None:
                left -= 1 + len(part.list or ())
                if left < 0:
                    raise ValueError('Max number of fields exceeded')
            self.bytes_read += part.bytes_read
            if part.done or 0 < self.length <= self.bytes_read:
                break
        self.skip_lines()

    def _first_line(self):
        line = self.fp.readline()
        if not isinstance(line, bytes):
            raise ValueError('%s should return bytes, got %s' % (self.fp, type(line).__name__))
        return line

    def _read_part(self, environ, keep_blank_values, strict_parsing, left):
        parser = FeedParser()
        head = b''
        while True:
            line = self.fp.readline()
            head += line
            if not line.strip():
                break
        if not head:                            # the end, without the boundary that should be there
            return None
        self.bytes_read += len(head)
        parser.feed(head.decode(self.encoding, self.errors))
        headers = parser.close()
        del headers['content-length']           # the boundary ends a part, whatever length it claims
        limit = None if self.limit is None else self.limit - self.bytes_read
        return (self.FieldStorageClass or self.__class__)(
            self.fp, headers, self.innerboundary, environ, keep_blank_values, strict_parsing, limit, self.encoding,
            self.errors, left, self.separator)

    def read_single(self):
        """Read one field."""
        if self.length < 0:
            self.read_lines()
        else:
            self.read_binary()
            self.skip_lines()
        self.file.seek(0)

    def read_binary(self):
        """Read a field whose length is known."""
        self.file = self.make_file()
        left = self.length
        while left > 0:
            data = self.fp.read(min(left, self.bufsize))
            if not isinstance(data, bytes):
                raise ValueError('%s should return bytes, got %s' % (self.fp, type(data).__name__))
            self.bytes_read += len(data)
            if not data:
                self.done = -1
                break
            self.file.write(data)
            left -= len(data)

    def read_lines(self):
        """Read a field up to the boundary, or the end."""
        self.file = self.__file = BytesIO() if self._binary_file else StringIO()
        if self.outerboundary:
            self.read_lines_to_outerboundary()
        else:
            self.read_lines_to_eof()

    def __write(self, line):
        """Write a line; what gets long goes to a file."""
        if self.__file is not None and self.__file.tell() + len(line) > 1000:
            content = self.__file.getvalue()
            self.file, self.__file = self.make_file(), None
            self.file.write(content)
        self.file.write(line if self._binary_file else line.decode(self.encoding, self.errors))

    def read_lines_to_eof(self):
        """Read lines up to the end."""
        while True:
            line = self.fp.readline(_LINE)
            self.bytes_read += len(line)
            if not line:
                self.done = -1
                break
            self.__write(line)

    def _boundary_lines(self):
        """Yield lines up to the boundary; done is set to what ended them: 1 for the last boundary, -1 for the end."""
        between, last = b'--' + self.outerboundary, b'--' + self.outerboundary + b'--'
        at_start = True                 # whether the line begins behind a line end
        read = 0
        while self.limit is None or read < self.limit:
            line = self.fp.readline(_LINE)
            self.bytes_read += len(line)
            read += len(line)
            if not line:
                self.done = -1
                return
            if at_start and line.startswith(b'--'):
                mark = line.rstrip()
                if mark == between:
                    return
                if mark == last:
                    self.done = 1
                    return
            yield line
            at_start = line.endswith(b'\n')

    def read_lines_to_outerboundary(self):
        """Read lines up to the boundary; the line end before that belongs to it."""
        held = b''                      # a line end, or half of one, that may be the boundary's
        for line in self._boundary_lines():
            line = held + line
            for end in (b'\r\n', b'\n', b'\r'):
                if line.endswith(end):
                    held = end
                    break
            else:
                held = b''
            self.__write(line[:len(line) - len(held)])

    def skip_lines(self):
        """Read lines up to the boundary and drop them."""
        if self.outerboundary and not self.done:
            for _ in self._boundary_lines():
                pass

    def make_file(self):
        """Return a new temporary file for a field that is long, binary for files, else text."""
        if self._binary_file:
            return tempfile.TemporaryFile('wb+')
        return tempfile.TemporaryFile('w+', encoding=self.encoding, newline='\n')


# ---- pages for tests ----

def test(environ=os.environ):
    """Write a page with all that is known about a request."""
    print('Content-type: text/html')
    print()
    sys.stderr = sys.stdout
    try:
        form = FieldStorage()
        for show in (print_directory, print_arguments):
            show()
        print_form(form)
        print_environ(environ)
        print_environ_usage()
    except:
        print_exception()


def print_exception(type=None, value=None, tb=None, limit=None):
    """Write an exception, by default the one being handled, as HTML."""
    import traceback
    if type is None:
        type, value, tb = sys.exc_info()
    *lines, last = traceback.format_tb(tb, limit) + traceback.format_exception_only(type, value)
    print()
    print('<H3>Traceback (most recent call last):</H3>')
    print('<PRE>%s<B>%s</B></PRE>' % (html.escape(''.join(lines)), html.escape(last)))
    del tb


def _print_list(title, pairs):
    print()
    print('<H3>%s</H3>' % title)
    print('<DL>')
    for name, value in pairs:
        print('<DT>', html.escape(name), '<DD>', value)
    print('</DL>')
    print()


def print_environ(environ=os.environ):
    """Write the environment as HTML."""
    _print_list('Shell Environment:', [(name, html.escape(environ[name])) for name in sorted(environ)])


def print_form(form):
    """Write a form as HTML."""
    if not form:
        print()
        print('<H3>Form Contents:</H3>')
        print('<P>No form fields.')
        return
    _print_list('Form Contents:', [('%s:' % name, '<i>%s</i>\n<DD>%s' % (html.escape(repr(type(form[name]))),
                                                                       html.escape(repr(form[name]))))
                                   for name in sorted(form.keys())])


def print_directory():
    """Write the current folder as HTML."""
    print()
    print('<H3>Current Working Directory:</H3>')
    try:
        print(html.escape(os.getcwd()))
    except OSError as error:
        print('OSError:', html.escape(str(error)))
    print()


def print_arguments():
    """Write the arguments of the program as HTML."""
    print()
    print('<H3>Command Line Arguments:</H3>')
    print()
    print(sys.argv)
    print()


def print_environ_usage():
    """Write the names of the variables that a server sets, as HTML."""
    names = '''AUTH_TYPE CONTENT_LENGTH CONTENT_TYPE GATEWAY_INTERFACE PATH_INFO PATH_TRANSLATED QUERY_STRING
               REMOTE_ADDR REMOTE_HOST REMOTE_IDENT REMOTE_USER REQUEST_METHOD SCRIPT_NAME SERVER_NAME SERVER_PORT
               SERVER_PROTOCOL SERVER_ROOT SERVER_SOFTWARE HTTP_ACCEPT HTTP_CONNECTION HTTP_HOST HTTP_PRAGMA
               HTTP_REFERER HTTP_USER_AGENT'''.split()
    print('\n<H3>Variables that a server may set:</H3>\n<UL>')
    for name in names:
        print('<LI>' + name)
    print('</UL>')


if __name__ == '__main__':
    test()
