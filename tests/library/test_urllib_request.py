# SPDX-License-Identifier: MIT
"""urllib.request: openers, handlers, proxies and passwords, without a network."""
import http.server
import os
import tempfile
import threading
import unittest
import urllib.error
import urllib.request as request


class Server(http.server.BaseHTTPRequestHandler):
    """/moved leads to /; /secret wants a password; everything else answers what it was asked."""

    def do_GET(self):
        if self.path == '/moved':
            self.answer(302, b'', Location='/?there')
        elif self.path == '/secret' and not self.headers.get('Authorization'):
            self.answer(401, b'', **{'WWW-Authenticate': 'Basic realm="r"'})
        else:
            size = int(self.headers.get('Content-Length', 0))
            text = f'{self.command} {self.path} {self.headers.get("Authorization")} '
            self.answer(200, text.encode() + self.rfile.read(size))

    do_POST = do_GET

    def answer(self, code, body, **headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class FetchTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = http.server.HTTPServer(('127.0.0.1', 0), Server)
        cls.thread = threading.Thread(target=cls.server.serve_forever, kwargs={'poll_interval': 0.01})
        cls.thread.start()
        cls.url = 'http://127.0.0.1:%d' % cls.server.server_port
        cls.opener = request.build_opener(request.ProxyHandler({}))

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.thread.join()
        cls.server.server_close()

    def fetch(self, path, data=None, opener=None):
        with (opener or self.opener).open(self.url + path, data, timeout=10) as response:
            return response.status, response.geturl(), response.read()

    def test_get_and_post(self):
        self.assertEqual(self.fetch('/x')[2], b'GET /x None ')
        self.assertEqual(self.fetch('/x', b'data')[2], b'POST /x None data')

    def test_redirection(self):
        self.assertEqual(self.fetch('/moved'), (200, self.url + '/?there', b'GET /?there None '))

    def test_password(self):
        manager = request.HTTPPasswordMgrWithDefaultRealm()
        manager.add_password(None, self.url, 'me', 'pw')
        opener = request.build_opener(request.ProxyHandler({}), request.HTTPBasicAuthHandler(manager))
        self.assertEqual(self.fetch('/secret', opener=opener)[2], b'GET /secret Basic bWU6cHc= ')
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.fetch('/secret')
        self.assertEqual(caught.exception.code, 401)
        caught.exception.close()

    def test_retrieve(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'x')
            told = []
            self.addCleanup(request.install_opener, None)
            request.install_opener(self.opener)
            request.urlretrieve(self.url + '/y', path, lambda *args: told.append(args))
            with open(path, 'rb') as f:
                self.assertEqual(f.read(), b'GET /y None ')
            self.assertEqual(told, [(0, 8192, 12), (1, 8192, 12)])


class NoNetworkTest(unittest.TestCase):
    def test_data(self):
        with request.urlopen('data:text/x;base64,aGk=') as response:
            self.assertEqual((response.read(), response.headers['Content-Type']), (b'hi', 'text/x'))

    def test_file(self):
        with request.urlopen('file://' + request.pathname2url(os.path.abspath(__file__))) as response:
            self.assertIn(b'SPDX', response.readline())
        with self.assertRaises(urllib.error.URLError):
            request.urlopen('file:///no/such/file')

    def test_unknown_scheme(self):
        with self.assertRaisesRegex(urllib.error.URLError, 'unknown url type: gopher'):
            request.urlopen('gopher://x')
        with self.assertRaisesRegex(ValueError, "unknown url type: 'x'"):
            request.Request('x')

    def test_request(self):
        r = request.Request('http://www.example.com:8080/a?b#c', b'x', {'uSER-aGENT': 'u'})
        self.assertEqual((r.host, r.selector, r.fragment, r.get_method(), r.origin_req_host),
                         ('www.example.com:8080', '/a?b', 'c', 'POST', 'www.example.com'))
        self.assertEqual(r.header_items(), [('User-agent', 'u')])
        r.set_proxy('proxy:1', 'http')
        self.assertTrue(r.has_proxy())

    def test_lists(self):
        self.assertEqual(request.parse_http_list('a, "b, c" ,d="x\\"y,z", '), ['a', '"b, c"', 'd="x"y,z"', ''])
        self.assertEqual(request.parse_http_list('a,,b,'), ['a', '', 'b'])
        self.assertEqual(request.parse_keqv_list(['a=1', 'b="2=3"']), {'a': '1', 'b': '2=3'})

    def test_proxies(self):
        bypass = request.proxy_bypass_environment
        for host, expected in (('localhost', True), ('a.example.com:80', True), ('example.com.org', False), ('x', False)):
            self.assertEqual(bool(bypass(host, {'no': 'localhost, .example.com'})), expected, host)
        self.assertEqual(request._parse_proxy('http://u:p@h:1/x'), ('http', 'u', 'p', 'h:1'))
        self.assertEqual(request._parse_proxy('h:1'), (None, None, None, 'h:1'))

    def test_digest(self):
        handler = request.HTTPDigestAuthHandler()
        handler.add_password('r', 'http://h/', 'u', 'p')
        answer = handler.get_authorization(request.Request('http://h/x'), {'realm': 'r', 'nonce': 'n', 'opaque': 'o'})
        self.assertEqual(answer, 'username="u", realm="r", nonce="n", uri="/x", '
                         'response="3042aef13752cb1d63f6787a080ffdfc", opaque="o", algorithm="MD5"')


if __name__ == '__main__':
    unittest.main()
