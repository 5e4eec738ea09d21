# SPDX-License-Identifier: MIT
"""email and http: what programs rely on."""
import email
import io
import os
import tempfile
import threading
import unittest
from email import charset, encoders, generator, header, utils
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from http import HTTPStatus, client, cookies, server


class Mail(unittest.TestCase):
    def test_reading(self):
        message = email.message_from_bytes(b'From: a\nX: 1\n 2\nContent-Type: multipart/mixed; boundary="=b"\n\npre\n--=b\n\none\n'
                                           b'--=b\nContent-Type: text/plain; charset=latin-1\nContent-Transfer-Encoding: base64\n\n6Q==\n'
                                           b'--=b--\nepi\n')
        self.assertTrue(message.is_multipart())
        one, two = message.get_payload()
        self.assertEqual((one.get_payload(), two.get_payload(decode=True), two.get_content_charset()), ('one', b'\xe9', 'latin-1'))
        self.assertEqual((message.preamble, message.epilogue, message['x'], message['none']), ('pre', 'epi\n', '1\n 2', None))
        self.assertEqual(email.message_from_string('no header\n').get_payload(), 'no header\n')
        broken = email.message_from_string('Content-Type: multipart/mixed; boundary=x\n\n--x\n\na\n')
        self.assertEqual([type(defect).__name__ for defect in broken.defects], ['CloseBoundaryNotFoundDefect'])

    def test_writing(self):
        message = MIMEMultipart(boundary='B')
        message['Subject'] = header.Header('gr\xfc\xdfe', 'utf-8')
        message.attach(MIMEText('plain'))
        message.attach(MIMEText('\u20ac'))
        text = message.as_string()
        self.assertIn('Subject: =?utf-8?b?Z3LDvMOfZQ==?=\n', text)
        self.assertIn('\n4oKs\n', text)
        self.assertEqual(email.message_from_string(text).get_payload()[1].get_payload(decode=True).decode(), '\u20ac')
        target = io.BytesIO()
        generator.BytesGenerator(target).flatten(email.message_from_bytes(b'A: b\n\nFrom \xff\n'))
        self.assertEqual(target.getvalue(), b'A: b\n\n>From \xff\n')

    def test_utils(self):
        self.assertEqual(utils.parseaddr('"A, B" (c) <a@b.c>'), ('A, B (c)', 'a@b.c'))
        self.assertEqual(utils.formataddr(('A, "B"', 'a@b')), '"A, \\"B\\"" <a@b>')
        self.assertEqual(utils.getaddresses(['a@b, G: c@d, e@f;']), [('', 'a@b'), ('', 'c@d'), ('', 'e@f')])
        self.assertEqual(utils.mktime_tz(utils.parsedate_tz('Fri, 09 Nov 2001 01:08:47 -0500')), 1005286127)
        self.assertEqual(utils.formatdate(0, usegmt=True), 'Thu, 01 Jan 1970 00:00:00 GMT')
        self.assertIsNone(utils.parsedate('x'))
        self.assertEqual(header.decode_header('=?utf-8?q?=C3=A9?= x =?utf-8?b?w6k=?= =?utf-8?b?w6k=?='),
                         [(b'\xc3\xa9', 'utf-8'), (b' x ', None), (b'\xc3\xa9\xc3\xa9', 'utf-8')])
        message = email.message_from_string("Content-Type: a/b; name*0*=utf-8''%e2; name*1*=%82%ac; x=\"y;z\"\n\n")
        self.assertEqual((message.get_filename(), message.get_param('x')), ('\u20ac', 'y;z'))


class Http(unittest.TestCase):
    def test_cookies(self):
        jar = cookies.SimpleCookie('a=b; c="d\\054e"; Path=/x')
        self.assertEqual({key: morsel.value for key, morsel in jar.items()}, {'a': 'b', 'c': 'd,e'})
        jar['a']['httponly'] = True
        self.assertEqual(jar['a'].OutputString(), 'a=b; HttpOnly')
        self.assertEqual(jar['c'].OutputString(), 'c="d\\054e"; Path=/x')
        with self.assertRaisesRegex(cookies.CookieError, 'Illegal key'):
            jar['b;'] = 1

    def test_client_parsing(self):
        class Socket:
            def __init__(self, data): self.data = data
            def makefile(self, mode): return io.BytesIO(self.data)
        response = client.HTTPResponse(Socket(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n'))
        response.begin()
        self.assertEqual((response.status, response.reason, response.read(4), response.read()), (200, 'OK', b'abcd', b'e'))
        response = client.HTTPResponse(Socket(b'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc'))
        response.begin()
        with self.assertRaises(client.IncompleteRead) as caught:
            response.read()
        self.assertEqual(repr(caught.exception), 'IncompleteRead(3 bytes read, 6 more expected)')
        for data, error in ((b'', client.RemoteDisconnected), (b'x\r\n', client.BadStatusLine), (b'HTTP/1.1 x\r\n', client.BadStatusLine),
                            (b'HTTP/1.1 200\r\n' + b'a' * 70000, client.LineTooLong), (b'HTTP/2.0 200\r\n\r\n', client.UnknownProtocol),
                            (b'HTTP/1.1 200\r\n' + b'a:b\r\n' * 101, client.HTTPException)):
            with self.assertRaises(error):
                client.HTTPResponse(Socket(data)).begin()

    def test_requests_cannot_be_split(self):
        connection = client.HTTPConnection('localhost')
        with self.assertRaises(client.InvalidURL):
            connection.putrequest('GET', '/x\r\ny')
        connection.close()
        with self.assertRaises(ValueError):
            connection.putrequest('GE\nT', '/')
        with self.assertRaises(client.InvalidURL):
            client.HTTPConnection('a\nb')

    def test_server_and_client(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, 'f.txt'), 'w') as f:
                f.write('contents')

            class Handler(server.SimpleHTTPRequestHandler):
                def __init__(self, *args): super().__init__(*args, directory=folder)
                def log_message(self, *args): pass
            with server.HTTPServer(('127.0.0.1', 0), Handler) as running:
                thread = threading.Thread(target=running.serve_forever, kwargs={'poll_interval': 0.01})
                thread.start()
                try:
                    connection = client.HTTPConnection('127.0.0.1', running.server_port, timeout=10)
                    found = []
                    for method, path in (('GET', '/f.txt'), ('HEAD', '/f.txt'), ('GET', '/none'), ('PUT', '/'), ('GET', '/../../etc/passwd'),
                                         ('GET', '/')):
                        connection.request(method, path)
                        response = connection.getresponse()
                        found.append((response.status, response.read()))
                    connection.close()
                finally:
                    running.shutdown()
                    thread.join()
        self.assertEqual([status for status, _ in found], [200, 200, 404, HTTPStatus.NOT_IMPLEMENTED, 404, 200])
        self.assertEqual((found[0][1], found[1][1]), (b'contents', b''))
        self.assertIn(b'<li><a href="f.txt">f.txt</a></li>', found[5][1])


if __name__ == '__main__':
    unittest.main()
