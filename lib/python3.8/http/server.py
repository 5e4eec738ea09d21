# SPDX-License-Identifier: MIT
"""HTTP servers: BaseHTTPRequestHandler calls do_GET() and so on of subclasses; SimpleHTTPRequestHandler serves files.

    python -m http.server 8000

These are for development: there is no more security in them than that no file
outside the folder is served.
"""
__version__ = '0.6'
__all__ = ['HTTPServer', 'ThreadingHTTPServer', 'BaseHTTPRequestHandler', 'SimpleHTTPRequestHandler',
           'CGIHTTPRequestHandler']

import copy
import datetime
import email.utils
import html
import http.client
import io
import mimetypes
import os
import posixpath
import select
import shutil
import socket
import socketserver
import sys
import time
import urllib.parse
from functools import partial
from http import HTTPStatus

DEFAULT_ERROR_MESSAGE = '\n'.join((
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN"',
    '        "http://www.w3.org/TR/html4/strict.dtd">',
    '<html>',
    '    <head>',
    '        <meta http-equiv="Content-Type" content="text/html;charset=utf-8">',
    '        <title>Error response</title>',
    '    </head>',
    '    <body>',
    '        <h1>Error response</h1>',
    '        <p>Error code: %(code)d</p>',
    '        <p>Message: %(message)s.</p>',
    '        <p>Error code explanation: %(code)s - %(explain)s.</p>',
    '    </body>',
    '</html>',
    ''))

DEFAULT_ERROR_CONTENT_TYPE = 'text/html;charset=utf-8'


class HTTPServer(socketserver.TCPServer):
    """A TCP server that knows its own name: server_name, server_port."""

    allow_reuse_address = 1

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)
        host, self.server_port = self.server_address[:2]
        self.server_name = socket.getfqdn(host)


class ThreadingHTTPServer(socketserver.ThreadingMixIn, HTTPServer):
    """An HTTPServer that handles each request in a thread of its own."""

    daemon_threads = True


class BaseHTTPRequestHandler(socketserver.StreamRequestHandler):
    """Reads requests, and calls the method do_ + the request's for each.

    command, path, request_version, headers are those of the request; rfile is where
    its body can be read, wfile where the response is written, behind what
    send_response(), send_header() and end_headers() write.
    """

    sys_version = 'Python/' + sys.version.split()[0]
    server_version = 'BaseHTTP/' + __version__
    error_message_format = DEFAULT_ERROR_MESSAGE
    error_content_type = DEFAULT_ERROR_CONTENT_TYPE
    default_request_version = 'HTTP/0.9'        # of requests that do not say
    protocol_version = 'HTTP/1.0'               # with 1.1 connections are kept; then lengths have to be sent
    MessageClass = http.client.HTTPMessage
    responses = {status: (status.phrase, status.description) for status in HTTPStatus.__members__.values()}
    weekdayname = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
    monthname = [None, 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

    @staticmethod
    def _version_numbers(version):
        """Return 'HTTP/1.1' as (1, 1); ValueError if it is nothing of the kind."""
        protocol, slash, numbers = version.partition('/')
        if protocol != 'HTTP' or not slash:
            raise ValueError(version)
        # RFC 2145: major and minor are numbers of their own; zeros in front do not count.
        major, minor = numbers.split('.')
        return int(major), int(minor)

    def parse_request(self):
        """Read the request, whose first line is in raw_requestline; False if it is wrong, and an error was sent."""
        self.command = None
        self.request_version = version = self.default_request_version
        self.close_connection = True
        self.requestline = line = str(self.raw_requestline, 'iso-8859-1').rstrip('\r\n')
        words = line.split()
        if not words:
            return False
        if len(words) >= 3:
            version = words[-1]
            try:
                numbers = self._version_numbers(version)
            except ValueError:
                self.send_error(HTTPStatus.BAD_REQUEST, f'Bad request version ({version!r})')
                return False
            if numbers >= (1, 1) and self.protocol_version >= 'HTTP/1.1':
                self.close_connection = False
            if numbers >= (2, 0):
                self.send_error(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED,
                                f"Invalid HTTP version ({version.split('/', 1)[1]})")
                return False
            self.request_version = version
        if not 2 <= len(words) <= 3:
            self.send_error(HTTPStatus.BAD_REQUEST, f'Bad request syntax ({line!r})')
            return False
        command, path = words[:2]
        if len(words) == 2:
            self.close_connection = True
            if command != 'GET':
                self.send_error(HTTPStatus.BAD_REQUEST, f'Bad HTTP/0.9 request type ({command!r})')
                return False
        # '//host/' would be a link to another server, where it is written into a page or a redirection.
        self.command, self.path = command, '/' + path.lstrip('/') if path.startswith('//') else path
        return self._parse_headers()

    def _parse_headers(self):
        too_large = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        try:
            self.headers = http.client.parse_headers(self.rfile, _class=self.MessageClass)
        except http.client.LineTooLong as problem:
            self.send_error(too_large, 'Line too long', str(problem))
            return False
        except http.client.HTTPException as problem:
            self.send_error(too_large, 'Too many headers', str(problem))
            return False
        connection = self.headers.get('Connection', '').lower()
        recent = self.protocol_version >= 'HTTP/1.1'
        if connection == 'close':
            self.close_connection = True
        elif connection == 'keep-alive' and recent:
            self.close_connection = False
        if self.headers.get('Expect', '').lower() == '100-continue' and recent and self.request_version >= 'HTTP/1.1':
            return bool(self.handle_expect_100())
        return True

    def handle_expect_100(self):
        """The client asks whether to send the body: say yes. Subclasses may send an error and return False."""
        self.send_response_only(HTTPStatus.CONTINUE)
        self.end_headers()
        return True

    def handle_one_request(self):
        """Read and answer one request."""
        try:
            self.raw_requestline = self.rfile.readline(65537)
            if len(self.raw_requestline) > 65536:
                self.requestline = self.request_version = self.command = ''
                self.send_error(HTTPStatus.REQUEST_URI_TOO_LONG)
                return
            if not self.raw_requestline:
                self.close_connection = True
                return
            if not self.parse_request():
                return
            method = getattr(self, 'do_' + self.command, None)
            if method is None:
                self.send_error(HTTPStatus.NOT_IMPLEMENTED, f'Unsupported method ({self.command!r})')
                return
            method()
            self.wfile.flush()
        except socket.timeout as problem:
            # No more of the request comes, or nobody reads the response.
            self.log_error('Request timed out: %r', problem)
            self.close_connection = True

    def handle(self):
        """Answer requests, as long as the connection is kept."""
        self.close_connection = True
        self.handle_one_request()
        while not self.close_connection:
            self.handle_one_request()

    def send_error(self, code, message=None, explain=None):
        """Send an error, with a page: message is the text of the first line, explain a sentence about it."""
        phrase, description = self.responses.get(code, ('???', '???'))
        message = phrase if message is None else message
        explain = description if explain is None else explain
        self.log_error('code %d, message %s', code, message)
        self.send_response(code, message)
        self.send_header('Connection', 'close')
        body = None
        if code >= 200 and code not in (HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT, HTTPStatus.NOT_MODIFIED):
            # Parts of the request may be in the texts.
            page = self.error_message_format % {'code': code, 'message': html.escape(message, quote=False),
                                                'explain': html.escape(explain, quote=False)}
            body = page.encode('UTF-8', 'replace')
            self.send_header('Content-Type', self.error_content_type)
            self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        if body and self.command != 'HEAD':
            self.wfile.write(body)

    def send_response(self, code, message=None):
        """Start a response: its first line, and the headers Server and Date. It is logged."""
        self.log_request(code)
        self.send_response_only(code, message)
        self.send_header('Server', self.version_string())
        self.send_header('Date', self.date_time_string())

    def _buffer(self, text):
        self.__dict__.setdefault('_headers_buffer', []).append(text.encode('latin-1', 'strict'))

    def send_response_only(self, code, message=None):
        """Start a response: only its first line."""
        if self.request_version != 'HTTP/0.9':
            if message is None:
                message = self.responses[code][0] if code in self.responses else ''
            self._buffer('%s %d %s\r\n' % (self.protocol_version, code, message))

    def send_header(self, keyword, value):
        """Add a header."""
        if self.request_version != 'HTTP/0.9':
            self._buffer(f'{keyword}: {value}\r\n')
        if keyword.lower() == 'connection' and value.lower() in ('close', 'keep-alive'):
            self.close_connection = value.lower() == 'close'

    def end_headers(self):
        """End the headers, and send them."""
        if self.request_version != 'HTTP/0.9':
            self._buffer('\r\n')
            self.flush_headers()

    def flush_headers(self):
        """Send the headers that are waiting."""
        if hasattr(self, '_headers_buffer'):
            self.wfile.write(b''.join(self._headers_buffer))
            self._headers_buffer = []

    def log_request(self, code='-', size='-'):
        """Log that a request was accepted; called by send_response()."""
        code = code.value if isinstance(code, HTTPStatus) else code
        self.log_message('"%s" %s %s', self.requestline, str(code), str(size))

    def log_error(self, format, *args):
        """Log that a request cannot be answered; arguments as for log_message()."""
        self.log_message(format, *args)

    # Control characters must not reach the terminal.
    _control_char_table = str.maketrans({code: fr'\x{code:02x}' for code in [*range(0x20), *range(0x7f, 0xa0)]})
    _control_char_table[ord('\\')] = r'\\'

    def log_message(self, format, *args):
        """Log a message, format % args; to stderr, with the client's address and the time."""
        text = (format % args).translate(self._control_char_table)
        sys.stderr.write(f'{self.address_string()} - - [{self.log_date_time_string()}] {text}\n')

    def version_string(self):
        """Return what is sent as the header Server."""
        return self.server_version + ' ' + self.sys_version

    def date_time_string(self, timestamp=None):
        """Return a time, by default now, as headers have it."""
        return email.utils.formatdate(time.time() if timestamp is None else timestamp, usegmt=True)

    def log_date_time_string(self):
        """Return the time as the log has it."""
        year, month, day, hour, minute, second = time.localtime(time.time())[:6]
        return '%02d/%3s/%04d %02d:%02d:%02d' % (day, self.monthname[month], year, hour, minute, second)

    def address_string(self):
        """Return the client's address."""
        return self.client_address[0]


class SimpleHTTPRequestHandler(BaseHTTPRequestHandler):
    """Answers GET and HEAD with the files in a folder, by default the current one, and lists of folders."""

    server_version = 'SimpleHTTP/' + __version__
    if not mimetypes.inited:
        mimetypes.init()
    extensions_map = mimetypes.types_map.copy()
    extensions_map.update({'': 'application/octet-stream', '.py': 'text/plain', '.c': 'text/plain', '.h': 'text/plain'})

    def __init__(self, *args, directory=None, **kwargs):
        self.directory = os.getcwd() if directory is None else directory
        super().__init__(*args, **kwargs)

    def do_GET(self):
        """Send a file."""
        f = self.send_head()
        if f:
            try:
                self.copyfile(f, self.wfile)
            finally:
                f.close()

    def do_HEAD(self):
        """Send a file's headers."""
        f = self.send_head()
        if f:
            f.close()

    def send_head(self):
        """Send the headers; return the file to be sent, or None if there is nothing more to send."""
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            parts = urllib.parse.urlsplit(self.path)
            if not parts.path.endswith('/'):
                # Links in the page would be relative to the wrong folder.
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header('Location', urllib.parse.urlunsplit(parts[:2] + (parts.path + '/',) + parts[3:]))
                self.end_headers()
                return None
            for index in 'index.html', 'index.htm':
                if os.path.exists(os.path.join(path, index)):
                    path = os.path.join(path, index)
                    break
            else:
                return self.list_directory(path)
        kind = self.guess_type(path)
        try:
            if path.endswith('/'):
                raise OSError           # some systems would open the file of that name
            f = open(path, 'rb')
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, 'File not found')
            return None
        try:
            found = os.fstat(f.fileno())
            if self._not_modified(found.st_mtime):
                self.send_response(HTTPStatus.NOT_MODIFIED)
                self.end_headers()
                f.close()
                return None
            self.send_response(HTTPStatus.OK)
            self.send_header('Content-type', kind)
            self.send_header('Content-Length', str(found[6]))
            self.send_header('Last-Modified', self.date_time_string(found.st_mtime))
            self.end_headers()
            return f
        except:
            f.close()
            raise

    def _not_modified(self, mtime):
        """Does the client have the file as it is? The header If-None-Match goes before that of the time."""
        if 'If-Modified-Since' not in self.headers or 'If-None-Match' in self.headers:
            return False
        try:
            since = email.utils.parsedate_to_datetime(self.headers['If-Modified-Since'])
        except (TypeError, IndexError, OverflowError, ValueError):
            return False
        if since.tzinfo is None:
            since = since.replace(tzinfo=datetime.timezone.utc)
        if since.tzinfo is not datetime.timezone.utc:
            return False
        changed = datetime.datetime.fromtimestamp(mtime, datetime.timezone.utc)
        return changed.replace(microsecond=0) <= since

    def list_directory(self, path):
        """Send the headers of a page that lists a folder; return the page as a file, or None after an error."""
        try:
            names = os.listdir(path)
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, 'No permission to list directory')
            return None
        names.sort(key=str.lower)
        try:
            shown = urllib.parse.unquote(self.path, errors='surrogatepass')
        except UnicodeDecodeError:
            shown = urllib.parse.unquote(self.path)
        encoding = sys.getfilesystemencoding()
        title = 'Directory listing for ' + html.escape(shown, quote=False)
        lines = ['<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">', '<html>\n<head>',
                 f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">',
                 f'<title>{title}</title>\n</head>', f'<body>\n<h1>{title}</h1>', '<hr>\n<ul>']
        for name in names:
            full = os.path.join(path, name)
            mark = '/' if os.path.isdir(full) else ''
            link = urllib.parse.quote(name + mark, errors='surrogatepass')
            # Links are shown with an @, but not followed by the browser as folders.
            text = name + ('@' if os.path.islink(full) else mark)
            lines.append(f'<li><a href="{link}">{html.escape(text, quote=False)}</a></li>')
        lines.append('</ul>\n<hr>\n</body>\n</html>\n')
        page = '\n'.join(lines).encode(encoding, 'surrogateescape')
        self.send_response(HTTPStatus.OK)
        self.send_header('Content-type', f'text/html; charset={encoding}')
        self.send_header('Content-Length', str(len(page)))
        self.end_headers()
        return io.BytesIO(page)

    def translate_path(self, path):
        """Return the file that a URL's path means; parts that would lead out of the folder are left out."""
        path = path.split('?', 1)[0].split('#', 1)[0]
        folder = path.rstrip().endswith('/')
        try:
            path = urllib.parse.unquote(path, errors='surrogatepass')
        except UnicodeDecodeError:
            path = urllib.parse.unquote(path)
        result = self.directory
        for step in filter(None, posixpath.normpath(path).split('/')):
            if os.path.dirname(step) or step in (os.curdir, os.pardir):
                continue
            result = os.path.join(result, step)
        return result + '/' if folder else result

    def copyfile(self, source, outputfile):
        """Send a file."""
        shutil.copyfileobj(source, outputfile)

    def guess_type(self, path):
        """Return the type of a file, by its suffix."""
        suffix = posixpath.splitext(path)[1]
        for spelling in suffix, suffix.lower():
            if spelling in self.extensions_map:
                return self.extensions_map[spelling]
        return self.extensions_map['']


def _url_collapse_path(path):
    """Return a URL's path without '.', '..' and empty parts, with a slash in front; IndexError if it leads outside.

    A query behind '?' is left as it is.

    >>> _url_collapse_path('/a/./b/../c?x/../y')
    '/a/c?x/../y'
    """
    path, mark, query = path.partition('?')
    path = urllib.parse.unquote(path)
    *folders, last = path.split('/')
    kept = []
    for step in folders:
        if step == '..':
            kept.pop()          # IndexError
        elif step and step != '.':
            kept.append(step)
    if last in ('.', '..'):
        if last == '..':
            kept.pop()
        last = ''
    if mark:
        last = f'{last}?{query}'
    return '/' + '/'.join(kept) + ('/' if kept else '') + last


nobody = None


def nobody_uid():
    """Return the number of the user nobody; of one that there is not, if there is none of that name."""
    global nobody
    if not nobody:
        try:
            import pwd
        except ImportError:
            return -1
        try:
            nobody = pwd.getpwnam('nobody').pw_uid
        except KeyError:
            nobody = 1 + max(entry.pw_uid for entry in pwd.getpwall())
    return nobody


def executable(path):
    """Say whether a file can be run."""
    return os.access(path, os.X_OK)


class CGIHTTPRequestHandler(SimpleHTTPRequestHandler):
    """Also runs the programs in cgi_directories, for GET, HEAD and POST."""

    have_fork = hasattr(os, 'fork')
    rbufsize = 0            # the program reads the body itself
    cgi_directories = ['/cgi-bin', '/htbin']

    def do_POST(self):
        """Run a program."""
        if self.is_cgi():
            self.run_cgi()
        else:
            self.send_error(HTTPStatus.NOT_IMPLEMENTED, 'Can only POST to CGI scripts')

    def send_head(self):
        """Run a program, or do as for a file."""
        return self.run_cgi() if self.is_cgi() else SimpleHTTPRequestHandler.send_head(self)

    def is_cgi(self):
        """Say whether the path is that of a program; then cgi_info is (folder, what follows)."""
        path = _url_collapse_path(self.path)
        end = path.find('/', 1)
        while end > 0 and path[:end] not in self.cgi_directories:
            end = path.find('/', end + 1)
        if end <= 0:
            return False
        self.cgi_info = path[:end], path[end + 1:]
        return True

    def is_executable(self, path):
        """Say whether a file can be run."""
        return executable(path)

    def is_python(self, path):
        """Say whether a file is a program in Python."""
        return os.path.splitext(path)[1].lower() in ('.py', '.pyw')

    def _find_script(self):
        """Return (folder, script, what follows it in the path, query)."""
        folder, rest = self.cgi_info
        # Folders in the folder
        slash = rest.find('/')
        while slash >= 0 and os.path.isdir(self.translate_path(f'{folder}/{rest[:slash]}')):
            folder, rest = f'{folder}/{rest[:slash]}', rest[slash + 1:]
            slash = rest.find('/')
        rest, _, query = rest.partition('?')
        script, slash, extra = rest.partition('/')
        return folder, script, slash + extra, query

    def run_cgi(self):
        """Run the program that the path means."""
        folder, script, rest, query = self._find_script()
        name = f'{folder}/{script}'
        path = self.translate_path(name)
        if not os.path.exists(path):
            self.send_error(HTTPStatus.NOT_FOUND, f'No such CGI script ({name!r})')
            return
        if not os.path.isfile(path):
            self.send_error(HTTPStatus.FORBIDDEN, f'CGI script is not a plain file ({name!r})')
            return
        python = self.is_python(name)
        if (self.have_fork or not python) and not self.is_executable(path):
            self.send_error(HTTPStatus.FORBIDDEN, f'CGI script is not executable ({name!r})')
            return
        environment = self._environment(name, rest, query)
        self.send_response(HTTPStatus.OK, 'Script output follows')
        self.flush_headers()
        words = query.replace('+', ' ')
        if self.have_fork:
            self._run_by_fork(path, script, words, environment)
        else:
            self._run_by_subprocess(path, python, words, environment)

    def _environment(self, name, rest, query):
        """Return what the program learns of the request."""
        environment = copy.deepcopy(os.environ)
        environment.update({'SERVER_SOFTWARE': self.version_string(), 'SERVER_NAME': self.server.server_name,
                            'GATEWAY_INTERFACE': 'CGI/1.1', 'SERVER_PROTOCOL': self.protocol_version,
                            'SERVER_PORT': str(self.server.server_port), 'REQUEST_METHOD': self.command,
                            'SCRIPT_NAME': name, 'REMOTE_ADDR': self.client_address[0]})
        plain = urllib.parse.unquote(rest)
        environment['PATH_INFO'] = plain
        environment['PATH_TRANSLATED'] = self.translate_path(plain)
        if query:
            environment['QUERY_STRING'] = query
        words = self.headers.get('authorization', '').split()
        if len(words) == 2:
            import base64
            import binascii
            environment['AUTH_TYPE'] = words[0]
            if words[0].lower() == 'basic':
                try:
                    user = base64.decodebytes(words[1].encode('ascii')).decode('ascii').split(':')
                    if len(user) == 2:
                        environment['REMOTE_USER'] = user[0]
                except (binascii.Error, UnicodeError):
                    pass
        kind = self.headers.get('content-type')
        environment['CONTENT_TYPE'] = self.headers.get_content_type() if kind is None else kind
        for variable, header in (('CONTENT_LENGTH', 'content-length'), ('HTTP_REFERER', 'referer'),
                                 ('HTTP_USER_AGENT', 'user-agent')):
            value = self.headers.get(header)
            if value:
                environment[variable] = value
        environment['HTTP_ACCEPT'] = ','.join(self.headers.get_all('accept', ()))
        cookies = ', '.join(filter(None, self.headers.get_all('cookie', [])))
        if cookies:
            environment['HTTP_COOKIE'] = cookies
        # So that none of this server's own are taken for those of the request.
        for variable in ('QUERY_STRING', 'REMOTE_HOST', 'CONTENT_LENGTH', 'HTTP_USER_AGENT', 'HTTP_COOKIE',
                         'HTTP_REFERER'):
            environment.setdefault(variable, '')
        return environment

    def _skip_input(self, readable):
        """Throw away what the program has not read of the body, as far as it is there."""
        while readable():
            pass

    def _run_by_fork(self, path, script, query, environment):
        arguments = [script] + ([query] if '=' not in query else [])
        user = nobody_uid()
        self.wfile.flush()
        pid = os.fork()
        if pid:
            _, status = os.waitpid(pid, 0)
            self._skip_input(lambda: select.select([self.rfile], [], [], 0)[0] and self.rfile.read(1))
            if status:
                self.log_error('CGI script exit status %#x', status)
            return
        try:
            try:
                os.setuid(user)
            except OSError:
                pass
            os.dup2(self.rfile.fileno(), 0)
            os.dup2(self.wfile.fileno(), 1)
            os.execve(path, arguments, environment)
        except:
            self.server.handle_error(self.request, self.client_address)
            os._exit(127)

    def _run_by_subprocess(self, path, python, query, environment):
        import subprocess
        command = [path]
        if python:
            interpreter = sys.executable
            if interpreter.lower().endswith('w.exe'):
                interpreter = interpreter[:-5] + interpreter[-4:]       # the one with a console
            command = [interpreter, '-u'] + command
        if '=' not in query:
            command.append(query)
        self.log_message('command: %s', subprocess.list2cmdline(command))
        try:
            size = int(environment['CONTENT_LENGTH'])
        except (TypeError, ValueError):
            size = 0
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=environment)
        body = self.rfile.read(size) if self.command.lower() == 'post' and size > 0 else None
        self._skip_input(lambda: select.select([self.rfile._sock], [], [], 0)[0] and self.rfile._sock.recv(1))
        output, errors = process.communicate(body)
        self.wfile.write(output)
        if errors:
            self.log_error('%s', errors)
        process.stderr.close()
        process.stdout.close()
        if process.returncode:
            self.log_error('CGI script exit status %#x', process.returncode)
        else:
            self.log_message('CGI script exited OK')


def _get_best_family(*address):
    infos = socket.getaddrinfo(*address, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, _, _, found = next(iter(infos))
    return family, found


def test(HandlerClass=BaseHTTPRequestHandler, ServerClass=ThreadingHTTPServer, protocol='HTTP/1.0', port=8000,
         bind=None):
    """Run a server, until it is interrupted."""
    ServerClass.address_family, address = _get_best_family(bind, port)
    HandlerClass.protocol_version = protocol
    with ServerClass(address, HandlerClass) as server:
        host, port = server.socket.getsockname()[:2]
        url_host = f'[{host}]' if ':' in host else host
        print(f'Serving HTTP on {host} port {port} (http://{url_host}:{port}/) ...')
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print('\nKeyboard interrupt received, exiting.')
            sys.exit(0)


def _main():
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument('--cgi', action='store_true', help='Run as CGI Server')
    parser.add_argument('--bind', '-b', metavar='ADDRESS',
                        help='Specify alternate bind address [default: all interfaces]')
    parser.add_argument('--directory', '-d', default=os.getcwd(),
                        help='Specify alternative directory [default:current directory]')
    parser.add_argument('port', action='store', default=8000, type=int, nargs='?',
                        help='Specify alternate port [default: 8000]')
    options = parser.parse_args()
    handler = CGIHTTPRequestHandler if options.cgi else partial(SimpleHTTPRequestHandler, directory=options.directory)
    import contextlib

    class DualStackServer(ThreadingHTTPServer):
        def server_bind(self):
            # One socket for both versions of IP, where that is possible.
            with contextlib.suppress(Exception):
                self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            return super().server_bind()

    test(HandlerClass=handler, ServerClass=DualStackServer, port=options.port, bind=options.bind)


if __name__ == '__main__':
    _main()
