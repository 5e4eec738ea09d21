# SPDX-License-Identifier: MIT
"""urllib.request: opening URLs of a server on this machine, of files and of data; redirections, passwords, proxies."""
import base64
import http.server
import os
import tempfile
import threading
import unittest
import urllib.error
import urllib.request
from unittest import mock


class Server(http.server.BaseHTTPRequestHandler):
    """Answers by the path."""

    def log_message(self, *args):
        pass

    def answer(self, status, body=b'', **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace('_', '-'), value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        login = base64.b64encode(b'me:secret').decode()
        if self.path == '/redirect':
            self.answer(302, Location='/there')
        elif self.path == '/round':
            self.answer(302, Location='/round')
        elif self.path == '/away':
            self.answer(302, Location='file:///etc/passwd')
        elif self.path == '/private' and self.headers['Authorization'] != 'Basic ' + login:
            self.answer(401, WWW_Authenticate='Basic realm="home"')
        elif self.path == '/missing':
            self.answer(404, b'no such page')
        elif self.path == '/headers':
            self.answer(200, str(self.headers).encode())
        elif self.path == '/short':
            self.send_response(200)
            self.send_header('Content-Length', '100')
            self.end_headers()
            self.wfile.write(b'less')
        else:
            self.answer(200, self.path.encode())

    def do_POST(self):
        self.answer(200, self.rfile.read(int(self.headers['Content-Length'])) + self.headers['Content-Type'].encode())


class ServerTest(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Server)
        cls.server.daemon_threads = True
        threading.Thread(target=cls.server.serve_forever, args=(0.01,), daemon=True).start()
        cls.base = 'http://127.0.0.1:%d' % cls.server.server_address[1]

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def setUp(self):
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def open(self, path, data=None):
        return self.opener.open(self.base + path, data, 10)

    def test_get(self):
        with self.open('/page?x=1#part') as response:
            self.assertEqual(response.read(), b'/page?x=1')
            self.assertEqual((response.status, response.geturl()), (200, self.base + '/page?x=1#part'))

    def test_headers(self):
        request = urllib.request.Request(self.base + '/headers', headers={'X-OWN': 'yes'})
        text = self.opener.open(request, timeout=10).read().decode()
        self.assertIn('X-Own: yes\n', text)
        self.assertIn('User-Agent: Python-urllib/3.8\n', text)
        self.assertIn('Connection: close\n', text)

    def test_post(self):
        self.assertEqual(self.open('/', b'a=1').read(), b'a=1application/x-www-form-urlencoded')
        with self.assertRaises(TypeError):
            self.open('/', 'text')

    def test_redirection(self):
        with self.open('/redirect') as response:
            self.assertEqual((response.read(), response.geturl()), (b'/there', self.base + '/there'))
        for path, message in ('/round', 'infinite loop'), ('/away', 'not allowed'):
            with self.assertRaisesRegex(urllib.error.HTTPError, message) as caught:
                self.open(path)
            caught.exception.close()

    def test_status(self):
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.open('/missing')
        with caught.exception as error:
            self.assertEqual((error.code, error.reason, error.read()), (404, 'Not Found', b'no such page'))

    def test_password(self):
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.open('/private')
        caught.exception.close()
        handler = urllib.request.HTTPBasicAuthHandler()
        handler.add_password('home', self.base, 'me', 'secret')
        self.opener.add_handler(handler)
        self.assertEqual(self.open('/private').read(), b'/private')

    def test_proxy(self):
        proxied = urllib.request.build_opener(urllib.request.ProxyHandler({'http': self.base}))
        self.assertEqual(proxied.open('http://nowhere.invalid/x', timeout=10).read(), b'http://nowhere.invalid/x')

    def test_retrieve(self):
        reports = []
        with mock.patch('urllib.request._opener', self.opener):
            name, headers = urllib.request.urlretrieve(self.base + '/page', reporthook=lambda *args: reports.append(args))
            with open(name, 'rb') as file:
                self.assertEqual(file.read(), b'/page')
            self.assertEqual((headers['Content-Length'], reports), ('5', [(0, 8192, 5), (1, 8192, 5)]))
            with self.assertRaises(urllib.error.ContentTooShortError):
                urllib.request.urlretrieve(self.base + '/short')
            urllib.request.urlcleanup()
        self.assertFalse(os.path.exists(name))


class LocalTest(unittest.TestCase):

    def test_data(self):
        with urllib.request.urlopen('data:text/html;base64,PGI+') as response:
            self.assertEqual((response.read(), response.headers.get_content_type()), (b'<b>', 'text/html'))

    def test_file(self):
        with tempfile.NamedTemporaryFile(suffix='.txt') as file:
            file.write(b'text')
            file.flush()
            with urllib.request.urlopen('file://' + urllib.request.pathname2url(file.name)) as response:
                self.assertEqual((response.read(), response.info()['Content-Type']), (b'text', 'text/plain'))
        with self.assertRaises(urllib.error.URLError):
            urllib.request.urlopen('file://' + file.name)

    def test_unknown(self):
        for url, expected in ('x-nothing://x', urllib.error.URLError), ('no scheme', ValueError):
            with self.assertRaises(expected):
                urllib.request.urlopen(url)

    def test_password_places(self):
        known = urllib.request.HTTPPasswordMgr()
        known.add_password('r', 'http://h/a/', 'u', 'p')
        find = known.find_user_password
        self.assertEqual(find('r', 'http://h:80/a/b'), ('u', 'p'))
        self.assertEqual((find('r', 'http://h/ab'), find('s', 'http://h/a/')), ((None, None),) * 2)

    def test_bypass(self):
        bypass = urllib.request.proxy_bypass_environment
        self.assertEqual([bypass(host, {'no': 'a.b, .c:80'}) for host in ('a.b:1', 'x.a.b', 'xa.b', 'y.c:80', 'y.c')],
                         [True, True, False, True, False])


if __name__ == '__main__':
    unittest.main()
