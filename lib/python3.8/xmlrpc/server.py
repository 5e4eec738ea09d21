# SPDX-License-Identifier: MIT
"""Servers for XML-RPC, by HTTP or as a CGI program, that can document themselves.

    with SimpleXMLRPCServer(('localhost', 8000)) as server:
        server.register_function(pow)
        server.register_instance(something)         # its public methods, or its _dispatch(name, params)
        server.register_introspection_functions()   # system.listMethods and others
        server.serve_forever()

SimpleXMLRPCDispatcher finds and calls what was registered; the rest is HTTP.  DocXMLRPCServer answers GET with a page
about its methods.
"""

import html
import http.server
import os
import pydoc
import re
import socketserver
import sys
import traceback
from functools import partial
from http.server import BaseHTTPRequestHandler
from inspect import signature
from xmlrpc.client import Fault, dumps, loads, gzip_encode, gzip_decode

try:
    import fcntl
except ImportError:
    fcntl = None


def resolve_dotted_attribute(obj, attr, allow_dotted_names=True):
    """Return the attribute 'a.b.c' of obj; AttributeError if a part begins with '_'.

    With allow_dotted_names false, dots have no meaning.
    """
    for name in attr.split('.') if allow_dotted_names else [attr]:
        if name.startswith('_'):
            raise AttributeError('attempt to access private attribute "%s"' % name)
        obj = getattr(obj, name)
    return obj


def list_public_methods(obj):
    """Return the names of what can be called in obj and does not begin with '_'."""
    return [name for name in dir(obj) if not name.startswith('_') and callable(getattr(obj, name))]


class SimpleXMLRPCDispatcher:
    """Finds functions by name and calls them.

    allow_none and use_builtin_types: see xmlrpc.client.  encoding: of answers.
    """

    def __init__(self, allow_none=False, encoding=None, use_builtin_types=False):
        self.funcs = {}
        self.instance = None
        self.allow_none = allow_none
        self.encoding = encoding or 'utf-8'
        self.use_builtin_types = use_builtin_types

    def register_instance(self, instance, allow_dotted_names=False):
        """Serve the public methods of an object, or what its _dispatch(name, params) returns.

        allow_dotted_names: serve also the methods of its attributes.  That opens the program to whoever can call it,
        since attributes lead far: only for networks that can be trusted.
        """
        self.instance = instance
        self.allow_dotted_names = allow_dotted_names

    def register_function(self, function=None, name=None):
        """Serve a function, under its own name unless one is given.  Can be a decorator, with or without a name."""
        if function is None:
            return partial(self.register_function, name=name)
        self.funcs[function.__name__ if name is None else name] = function
        return function

    def register_introspection_functions(self):
        """Serve system.listMethods, system.methodHelp and system.methodSignature."""
        for name in ('listMethods', 'methodSignature', 'methodHelp'):
            self.funcs['system.' + name] = getattr(self, 'system_' + name)

    def register_multicall_functions(self):
        """Serve system.multicall: several calls in one."""
        self.funcs['system.multicall'] = self.system_multicall

    def _marshaled_dispatch(self, data, dispatch_method=None, path=None):
        """Answer a message, bytes, with one; exceptions become faults.

        dispatch_method(name, params) is called in place of _dispatch(), if there is one.
        """
        try:
            params, method = loads(data, use_builtin_types=self.use_builtin_types)
            result = (dispatch_method or self._dispatch)(method, params)
            answer = dumps((result,), methodresponse=True, allow_none=self.allow_none, encoding=self.encoding)
        except Fault as fault:
            answer = _fault_message(fault, self)
        except:
            answer = _fault_message(_current_fault(), self)
        return answer.encode(self.encoding, 'xmlcharrefreplace')

    def system_listMethods(self):
        """system.listMethods() => ['add', 'subtract', 'multiple']

        Returns the names of the methods that the server has, in order."""
        names = set(self.funcs)
        if self.instance is not None:
            if hasattr(self.instance, '_listMethods'):
                names.update(self.instance._listMethods())
            elif not hasattr(self.instance, '_dispatch'):
                names.update(list_public_methods(self.instance))
        return sorted(names)

    def system_methodSignature(self, method_name):
        """system.methodSignature('add') => [double, int, int]

        Returns a list describing the signature of the method. In the\n        above example, the add method takes two \
integers as arguments\n        and returns a double result.

        This server does NOT support system.methodSignature."""
        return 'signatures not supported'

    def system_methodHelp(self, method_name):
        """system.methodHelp('add') => "Adds two integers together"

        Returns a string containing documentation for the specified method."""
        method = self.funcs.get(method_name)
        if method is None and self.instance is not None:
            if hasattr(self.instance, '_methodHelp'):
                return self.instance._methodHelp(method_name)
            if not hasattr(self.instance, '_dispatch'):
                try:
                    method = resolve_dotted_attribute(self.instance, method_name, self.allow_dotted_names)
                except AttributeError:
                    pass
        return '' if method is None else pydoc.getdoc(method)

    def system_multicall(self, call_list):
        """system.multicall([{'methodName': 'add', 'params': [2, 2]}, ...]) => [[4], ...]

        Returns a list with a list of one result, or a struct with faultCode and faultString, for each call."""
        results = []
        for call in call_list:
            try:
                results.append([self._dispatch(call['methodName'], call['params'])])
            except Fault as fault:
                results.append({'faultCode': fault.faultCode, 'faultString': fault.faultString})
            except:
                fault = _current_fault()
                results.append({'faultCode': fault.faultCode, 'faultString': fault.faultString})
        return results

    def _dispatch(self, method, params):
        """Call the function registered as method, else the method of the instance; Exception if there is none."""
        if method in self.funcs:
            function = self.funcs[method]
        elif self.instance is None:
            function = None
        elif hasattr(self.instance, '_dispatch'):
            return self.instance._dispatch(method, params)
        else:
            try:
                function = resolve_dotted_attribute(self.instance, method, self.allow_dotted_names)
            except AttributeError:
                function = None
        if function is None:
            raise Exception('method "%s" is not supported' % method)
        return function(*params)


def _current_fault():
    """Return the Fault for the exception being handled."""
    kind, value, _ = sys.exc_info()
    return Fault(1, f'{kind}:{value}')


def _fault_message(fault, dispatcher):
    return dumps(fault, methodresponse=True, allow_none=dispatcher.allow_none, encoding=dispatcher.encoding)


# ---- HTTP ----

class SimpleXMLRPCRequestHandler(BaseHTTPRequestHandler):
    """Answers POST with the answer of the server; the path has to be one of rpc_paths, unless that is empty."""

    rpc_paths = '/', '/RPC2'
    encode_threshold = 1400         # compress longer answers, if the client understands that; None for never
    wbufsize = -1                   # buffered, so that headers and body go in one packet
    disable_nagle_algorithm = True

    # A coding, and perhaps ';q=' with its weight.
    aepattern = re.compile(r'\s*([^\s;]+)\s*(;\s*q\s*=\s*([0-9.]+))?', re.IGNORECASE)

    def accept_encodings(self):
        """Return the codings that the client understands: a dict of weights."""
        weights = {}
        for item in self.headers.get('Accept-Encoding', '').split(','):
            match = self.aepattern.match(item)
            if match:
                weights[match[1]] = float(match[3]) if match[3] else 1.0
        return weights

    def is_rpc_path_valid(self):
        """Return whether the path is one of those that are served."""
        return not self.rpc_paths or self.path in self.rpc_paths

    def _receive(self):
        """Return the body of the request; it is read in pieces, as some systems cannot read much at once."""
        left = int(self.headers['content-length'])
        pieces = []
        while left:
            piece = self.rfile.read(min(left, 10 * 1024 * 1024))
            if not piece:
                break
            pieces.append(piece)
            left -= len(piece)
        return b''.join(pieces)

    def do_POST(self):
        """Answer a call."""
        if not self.is_rpc_path_valid():
            self.report_404()
            return
        try:
            data = self.decode_request_content(self._receive())
            if data is None:                # an answer has been sent
                return
            # A method _dispatch of this class comes first: so it was once documented.
            answer = self.server._marshaled_dispatch(data, getattr(self, '_dispatch', None), self.path)
        except Exception as error:          # not in the function called, but here
            self._report_500(error)
            return
        self.send_response(200)
        self.send_header('Content-type', 'text/xml')
        if self.encode_threshold is not None and len(answer) > self.encode_threshold:
            if self.accept_encodings().get('gzip', 0):
                try:
                    answer = gzip_encode(answer)
                    self.send_header('Content-Encoding', 'gzip')
                except NotImplementedError:
                    pass
        self.send_header('Content-length', str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _report_500(self, error):
        self.send_response(500)
        if getattr(self.server, '_send_traceback_header', False):
            self.send_header('X-exception', str(error))
            trace = traceback.format_exc().encode('ASCII', 'backslashreplace').decode('ASCII')
            self.send_header('X-traceback', trace)
        self.send_header('Content-length', '0')
        self.end_headers()

    def decode_request_content(self, data):
        """Return the body decompressed; None if that failed and the client has been told."""
        coding = self.headers.get('content-encoding', 'identity').lower()
        if coding == 'identity':
            return data
        if coding != 'gzip':
            code, what = 501, 'encoding %r not supported' % coding
        else:
            try:
                return gzip_decode(data)
            except NotImplementedError:
                code, what = 501, 'encoding %r not supported' % coding
            except ValueError:
                code, what = 400, 'error decoding gzip content'
        self.send_response(code, what)
        self.send_header('Content-length', '0')
        self.end_headers()

    def _send_page(self, code, kind, page):
        self.send_response(code)
        self.send_header('Content-type', kind)
        self.send_header('Content-length', str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def report_404(self):
        """Answer that there is no such page."""
        self._send_page(404, 'text/plain', b'No such page')

    def log_request(self, code='-', size='-'):
        """Log a request, if the server wants that."""
        if self.server.logRequests:
            BaseHTTPRequestHandler.log_request(self, code, size)


class SimpleXMLRPCServer(socketserver.TCPServer, SimpleXMLRPCDispatcher):
    """A server at an address (host, port), for functions and one instance.

    logRequests: write a line about each request to stderr.  For the rest see SimpleXMLRPCDispatcher and TCPServer.
    """

    allow_reuse_address = True
    _send_traceback_header = False      # tracebacks tell strangers much; for debugging only

    def __init__(self, addr, requestHandler=SimpleXMLRPCRequestHandler, logRequests=True, allow_none=False,
                 encoding=None, bind_and_activate=True, use_builtin_types=False):
        self.logRequests = logRequests
        SimpleXMLRPCDispatcher.__init__(self, allow_none, encoding, use_builtin_types)
        socketserver.TCPServer.__init__(self, addr, requestHandler, bind_and_activate)


class MultiPathXMLRPCServer(SimpleXMLRPCServer):
    """A server with a dispatcher for each path; the handler's rpc_paths has to be empty."""

    def __init__(self, addr, requestHandler=SimpleXMLRPCRequestHandler, logRequests=True, allow_none=False,
                 encoding=None, bind_and_activate=True, use_builtin_types=False):
        super().__init__(addr, requestHandler, logRequests, allow_none, encoding, bind_and_activate, use_builtin_types)
        self.dispatchers = {}

    def add_dispatcher(self, path, dispatcher):
        """Use a dispatcher for a path; return it."""
        self.dispatchers[path] = dispatcher
        return dispatcher

    def get_dispatcher(self, path):
        """Return the dispatcher of a path."""
        return self.dispatchers[path]

    def _marshaled_dispatch(self, data, dispatch_method=None, path=None):
        try:
            return self.dispatchers[path]._marshaled_dispatch(data, dispatch_method, path)
        except:                             # a dispatcher of another kind
            return _fault_message(_current_fault(), self).encode(self.encoding, 'xmlcharrefreplace')


class CGIXMLRPCRequestHandler(SimpleXMLRPCDispatcher):
    """Answers one call as a CGI program: handle_request()."""

    def __init__(self, allow_none=False, encoding=None, use_builtin_types=False):
        SimpleXMLRPCDispatcher.__init__(self, allow_none, encoding, use_builtin_types)

    @staticmethod
    def _write(head, body):
        for line in head:
            print(line)
        print('Content-Length: %d' % len(body))
        print()
        sys.stdout.flush()
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()

    def handle_xmlrpc(self, request_text):
        """Answer a call."""
        self._write(['Content-Type: text/xml'], self._marshaled_dispatch(request_text))

    def handle_get(self):
        """Answer GET: a bad request."""
        code = 400
        message, explain = BaseHTTPRequestHandler.responses[code]
        page = http.server.DEFAULT_ERROR_MESSAGE % {'code': code, 'message': message, 'explain': explain}
        self._write(['Status: %d %s' % (code, message), 'Content-Type: %s' % http.server.DEFAULT_ERROR_CONTENT_TYPE],
                    page.encode('utf-8'))

    def handle_request(self, request_text=None):
        """Answer the request of the environment, with its body from stdin unless it is given."""
        if request_text is None and os.environ.get('REQUEST_METHOD') == 'GET':
            self.handle_get()
            return
        if request_text is None:
            try:
                length = int(os.environ.get('CONTENT_LENGTH', None))
            except (ValueError, TypeError):
                length = -1
            request_text = sys.stdin.read(length)
        self.handle_xmlrpc(request_text)


# ---- documentation ----

class ServerHTMLDoc(pydoc.HTMLDoc):
    """Makes a page about a server."""

    # An address, an RFC, a PEP, or a name, that something may be known about; 'self.' before it makes it bold.
    _LINKED = re.compile(r'\b((http|https|ftp)://\S+[\w/]|RFC[- ]?(\d+)|PEP[- ]?(\d+)|(self\.)?((?:\w|\.)+))\b')

    def markup(self, text, escape=None, funcs={}, classes={}, methods={}):
        """Return text as HTML, with links to addresses, RFCs, PEPs and the methods of the server."""
        escape = escape or self.escape
        pieces, at = [], 0
        for match in self._LINKED.finditer(text):
            whole, scheme, rfc, pep, own, name = match.groups()
            if scheme:
                shown = escape(whole).replace('"', '&quot;')
                link = f'<a href="{shown}">{shown}</a>'
            elif rfc:
                link = f'<a href="http://www.rfc-editor.org/rfc/rfc{int(rfc)}.txt">{escape(whole)}</a>'
            elif pep:
                link = f'<a href="http://www.python.org/dev/peps/pep-{int(pep):04}/">{escape(whole)}</a>'
            elif text[match.end():match.end() + 1] == '(':
                link = self.namelink(name, methods, funcs, classes)
                if own:
                    link = own + link
            elif own:
                link = f'self.<strong>{name}</strong>'
            else:
                link = self.namelink(name, classes)
            pieces += [escape(text[at:match.start()]), link]
            at = match.end()
        return ''.join([*pieces, escape(text[at:])])

    def docroutine(self, object, name, mod=None, funcs={}, classes={}, methods={}, cl=None):
        """Return HTML about a function, or about a pair (arguments, docstring)."""
        anchor = (cl.__name__ if cl else '') + '-' + name
        if isinstance(object, tuple):
            arguments, text = object[0] or '(...)', object[1] or ''
        else:
            arguments = str(signature(object)) if callable(object) else '(...)'
            text = pydoc.getdoc(object)
        text = self.markup(text, self.preformat, funcs, classes, methods)
        text = text and f'<dd><tt>{text}</tt></dd>'
        title = f'<a name="{self.escape(anchor)}"><strong>{self.escape(name)}</strong></a>'
        return f'<dl><dt>{title}{self.escape(arguments)}</dt>{text}</dl>\n'

    def docserver(self, server_name, package_documentation, methods):
        """Return HTML about a server and its methods, a dict."""
        links = {}
        for name, method in methods.items():
            links[name] = links[method] = '#-' + name
        title = f'<big><big><strong>{self.escape(server_name)}</strong></big></big>'
        text = self.markup(package_documentation, self.preformat, links)
        page = self.heading(title, '#ffffff', '#7799ee') + '<p>%s</p>\n' % (text and f'<tt>{text}</tt>')
        contents = ''.join([self.docroutine(method, name, funcs=links) for name, method in sorted(methods.items())])
        return page + self.bigsection('Methods', '#ffffff', '#eeaa77', contents)


class XMLRPCDocGenerator:
    """Makes the page of a server; to be mixed in with a SimpleXMLRPCDispatcher."""

    def __init__(self):
        self.server_name = self.server_title = 'XML-RPC Server Documentation'
        self.server_documentation = 'This server exports the following methods through the XML-RPC protocol.'

    def set_server_title(self, server_title):
        """Set the title of the page."""
        self.server_title = server_title

    def set_server_name(self, server_name):
        """Set the heading of the page."""
        self.server_name = server_name

    def set_server_documentation(self, server_documentation):
        """Set the text before the methods."""
        self.server_documentation = server_documentation

    def _described(self, name):
        """Return the method called name, or what is known about it: (arguments, docstring)."""
        instance = self.instance
        if name in self.funcs:
            return self.funcs[name]
        assert instance is not None, 'Could not find method in self.functions and no instance installed'
        known = [None, None]
        if hasattr(instance, '_get_method_argstring'):
            known[0] = instance._get_method_argstring(name)
        if hasattr(instance, '_methodHelp'):
            known[1] = instance._methodHelp(name)
        if known != [None, None]:
            return tuple(known)
        if not hasattr(instance, '_dispatch'):
            try:
                return resolve_dotted_attribute(instance, name)
            except AttributeError:
                pass
        return tuple(known)

    def generate_html_documentation(self):
        """Return the page, text."""
        documenter = ServerHTMLDoc()
        methods = {name: self._described(name) for name in self.system_listMethods()}
        page = documenter.docserver(self.server_name, self.server_documentation, methods)
        return documenter.page(html.escape(self.server_title), page)


class DocXMLRPCRequestHandler(SimpleXMLRPCRequestHandler):
    """Answers GET with the page of the server."""

    def do_GET(self):
        """Send the page."""
        if not self.is_rpc_path_valid():
            self.report_404()
            return
        self._send_page(200, 'text/html', self.server.generate_html_documentation().encode('utf-8'))


class DocXMLRPCServer(SimpleXMLRPCServer, XMLRPCDocGenerator):
    """A server that documents itself."""

    def __init__(self, addr, requestHandler=DocXMLRPCRequestHandler, logRequests=True, allow_none=False,
                 encoding=None, bind_and_activate=True, use_builtin_types=False):
        SimpleXMLRPCServer.__init__(self, addr, requestHandler, logRequests, allow_none, encoding, bind_and_activate,
                                    use_builtin_types)
        XMLRPCDocGenerator.__init__(self)


class DocCGIXMLRPCRequestHandler(CGIXMLRPCRequestHandler, XMLRPCDocGenerator):
    """Answers one call, or a request for the page, as a CGI program."""

    def __init__(self):
        CGIXMLRPCRequestHandler.__init__(self)
        XMLRPCDocGenerator.__init__(self)

    def handle_get(self):
        """Write the page."""
        self._write(['Content-Type: text/html'], self.generate_html_documentation().encode('utf-8'))


if __name__ == '__main__':
    import datetime

    class _Example:
        def getData(self):
            return '42'

        class currentTime:
            @staticmethod
            def getCurrentTime():
                return datetime.datetime.now()

    with SimpleXMLRPCServer(('localhost', 8000)) as _server:
        _server.register_function(pow)
        _server.register_function(lambda x, y: x + y, 'add')
        _server.register_instance(_Example(), allow_dotted_names=True)
        _server.register_multicall_functions()
        print('Serving XML-RPC on localhost port 8000')
        print('Only for networks that can be trusted: the names of attributes are open to everybody.')
        try:
            _server.serve_forever()
        except KeyboardInterrupt:
            print('\nKeyboard interrupt received, exiting.')
            sys.exit(0)
