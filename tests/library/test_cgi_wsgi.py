# SPDX-License-Identifier: MIT
"""cgi and wsgiref."""
import cgi
import io
import unittest
import wsgiref.handlers
import wsgiref.headers
import wsgiref.util
import wsgiref.validate


class CgiTest(unittest.TestCase):
    def form(self, body, kind, **more):
        environ = {'REQUEST_METHOD': 'POST', 'CONTENT_TYPE': kind, 'CONTENT_LENGTH': str(len(body)), **more}
        return cgi.FieldStorage(io.BytesIO(body), environ=environ)

    def test_urlencoded(self):
        form = self.form(b'a=1&b=%C3%A9&a=2', 'application/x-www-form-urlencoded', QUERY_STRING='c=3')
        self.assertEqual((form.getlist('a'), form.getfirst('b'), form.getvalue('c'), form.getvalue('d', 0)),
                         (['1', '2'], '\xe9', '3', 0))
        self.assertEqual(sorted(form), ['a', 'b', 'c'])

    def test_parts(self):
        body = (b'--B\r\nContent-Disposition: form-data; name="t"\r\n\r\nline\r\nline\r\n'
                b'--B\r\nContent-Disposition: form-data; name="f"; filename="x.bin"\r\n\r\n\xff\r\n\r\r\n--B--\r\n')
        form = self.form(body, 'multipart/form-data; boundary=B')
        self.assertEqual(form['t'].value, 'line\r\nline')
        self.assertEqual((form['f'].filename, form['f'].value), ('x.bin', b'\xff\r\n\r'))

    def test_header(self):
        self.assertEqual(cgi.parse_header('a/b; x="1;\\"2"; Y=z; w'), ('a/b', {'x': '1;"2', 'y': 'z'}))


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [wsgiref.util.request_uri(environ).encode()]


class WsgiTest(unittest.TestCase):
    def run_application(self, app, **environ):
        wsgiref.util.setup_testing_defaults(environ)
        out, err = io.BytesIO(), io.StringIO()
        handler = wsgiref.handlers.SimpleHandler(io.BytesIO(), out, err, environ)
        handler.os_environ = {}
        handler.origin_server = False
        handler.run(app)
        return out.getvalue(), err.getvalue()

    def test_response(self):
        out, err = self.run_application(application, QUERY_STRING='q=1', PATH_INFO='/a b')
        self.assertEqual((out, err), (b'Status: 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 26\r\n\r\n'
                                      b'http://127.0.0.1/a%20b?q=1', ''))

    def test_error(self):
        out, err = self.run_application(lambda environ, start_response: 1 / 0)
        self.assertTrue(out.startswith(b'Status: 500 Internal Server Error\r\n'))
        self.assertIn('ZeroDivisionError', err)

    def test_validator(self):
        out, err = self.run_application(wsgiref.validate.validator(application), QUERY_STRING='')
        self.assertEqual(err, '')

        def wrong(environ, start_response):
            start_response('200', [])
            return 'text'
        self.assertIn('AssertionError', self.run_application(wsgiref.validate.validator(wrong), QUERY_STRING='')[1])

    def test_headers(self):
        headers = wsgiref.headers.Headers([('A', '1'), ('a', '2')])
        self.assertEqual((headers['a'], headers.get_all('A'), headers['x']), ('1', ['1', '2'], None))
        headers.add_header('C', 'x', file_name='a"b', y=None)
        self.assertEqual(bytes(headers), b'A: 1\r\na: 2\r\nC: x; file-name="a\\"b"; y\r\n\r\n')
        self.assertRaises(TypeError, wsgiref.headers.Headers, ())

    def test_shift(self):
        environ = {'SCRIPT_NAME': '/a', 'PATH_INFO': '//b/./c/'}
        self.assertEqual([wsgiref.util.shift_path_info(environ) for _ in range(4)], ['b', 'c', '', None])


if __name__ == '__main__':
    unittest.main()
