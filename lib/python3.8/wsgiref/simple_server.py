# SPDX-License-Identifier: MIT
"""A web server for one WSGI application, for trying things out.

    with make_server('', 8000, application) as server:
        server.serve_forever()
"""

import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, HTTPServer
from platform import python_implementation
from wsgiref.handlers import SimpleHandler

__version__ = '0.2'
__all__ = ['WSGIServer', 'WSGIRequestHandler', 'demo_app', 'make_server']

server_version = 'WSGIServer/' + __version__
sys_version = f'{python_implementation()}/{sys.version.split()[0]}'
software_version = f'{server_version} {sys_version}'


class ServerHandler(SimpleHandler):
    """Runs a request and logs it."""

    server_software = software_version

    def close(self):
        try:
            self.request_handler.log_request(self.status.split(' ', 1)[0], self.bytes_sent)
        finally:
            SimpleHandler.close(self)


class WSGIServer(HTTPServer):
    """An HTTP server with an application."""

    application = None

    def server_bind(self):
        """Bind the socket and make the environment that all requests share."""
        HTTPServer.server_bind(self)
        self.setup_environ()

    def setup_environ(self):
        """Make the environment that all requests share."""
        self.base_environ = {'SERVER_NAME': self.server_name, 'GATEWAY_INTERFACE': 'CGI/1.1',
                             'SERVER_PORT': str(self.server_port), 'REMOTE_HOST': '', 'CONTENT_LENGTH': '',
                             'SCRIPT_NAME': ''}

    def get_app(self):
        """Return the application."""
        return self.application

    def set_app(self, application):
        """Set the application."""
        self.application = application


class WSGIRequestHandler(BaseHTTPRequestHandler):
    """Makes a WSGI request of an HTTP one."""

    server_version = 'WSGIServer/' + __version__

    def get_environ(self):
        """Return the environment of the request."""
        path, _, query = self.path.partition('?')
        env = {**self.server.base_environ, 'SERVER_PROTOCOL': self.request_version,
               'SERVER_SOFTWARE': self.server_version, 'REQUEST_METHOD': self.command, 'QUERY_STRING': query,
               'PATH_INFO': urllib.parse.unquote(path, 'iso-8859-1'), 'REMOTE_ADDR': self.client_address[0]}
        host = self.address_string()
        if host != self.client_address[0]:
            env['REMOTE_HOST'] = host
        kind = self.headers.get('content-type')
        env['CONTENT_TYPE'] = self.headers.get_content_type() if kind is None else kind
        length = self.headers.get('content-length')
        if length:
            env['CONTENT_LENGTH'] = length
        for name, value in self.headers.items():
            name = name.replace('-', '_').upper()
            if name in env:                     # has a place of its own
                continue
            name = 'HTTP_' + name
            value = value.strip()
            env[name] = f'{env[name]},{value}' if name in env else value
        return env

    def get_stderr(self):
        """Return the stream for errors."""
        return sys.stderr

    def handle(self):
        """Run a request."""
        self.raw_requestline = self.rfile.readline(65537)
        if len(self.raw_requestline) > 65536:
            self.requestline = self.request_version = self.command = ''
            self.send_error(414)
        elif self.parse_request():              # else an error has been sent
            handler = ServerHandler(self.rfile, self.wfile, self.get_stderr(), self.get_environ(), multithread=False)
            handler.request_handler = self      # for the log
            handler.run(self.server.get_app())


def demo_app(environ, start_response):
    """An application that shows the environment."""
    lines = ['Hello world!', '', *[f'{name} = {value!r}' for name, value in sorted(environ.items())]]
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [''.join([line + '\n' for line in lines]).encode('utf-8')]


def make_server(host, port, app, server_class=WSGIServer, handler_class=WSGIRequestHandler):
    """Return a server for an application."""
    server = server_class((host, port), handler_class)
    server.set_app(app)
    return server


if __name__ == '__main__':
    with make_server('', 8000, demo_app) as _server:
        print('Serving HTTP on', _server.socket.getsockname()[0], 'port', _server.socket.getsockname()[1], '...')
        import webbrowser
        webbrowser.open('http://localhost:8000/xyz?abc')
        _server.handle_request()        # one request, then end
