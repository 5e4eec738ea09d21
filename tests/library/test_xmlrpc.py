# SPDX-License-Identifier: MIT
"""xmlrpc.client and xmlrpc.server."""
import datetime
import threading
import unittest
import xmlrpc.client as client
import xmlrpc.server as server


class MessageTest(unittest.TestCase):
    def test_round_trip(self):
        values = (1, 'a<&>b\u20ac', 2.5, True, None, [1, [2, []]], {'k': b'bytes'}, client.DateTime('20200102T03:04:05'),
                  client.Binary(b'\0\xff' * 60), datetime.datetime(1, 2, 3))
        text = client.dumps(values, 'm', allow_none=True)
        found, name = client.loads(text)
        self.assertEqual((found, name), (values[:9] + (client.DateTime('00010203T00:00:00'),), 'm'))
        self.assertEqual(client.loads(text, use_builtin_types=True)[0][7], datetime.datetime(2020, 1, 2, 3, 4, 5))

    def test_text(self):
        self.assertEqual(client.dumps((1, None), allow_none=True), '<params>\n<param>\n<value><int>1</int></value>\n'
                         '</param>\n<param>\n<value><nil/></value></param>\n</params>\n')
        self.assertEqual(client.loads('<params><param><value>a</value></param><param><value><i8>5</i8></value></param>'
                                      '<param><value><ex:nil/></value></param></params>'), (('a', 5, None), None))

    def test_errors(self):
        loop = []
        loop.append(loop)
        for value, kind, text in ((None, TypeError, 'cannot marshal None unless allow_none is enabled'),
                                  (2 ** 31, OverflowError, 'int exceeds XML-RPC limits'),
                                  ({1: 2}, TypeError, 'dictionary key must be string'),
                                  (loop, TypeError, 'cannot marshal recursive sequences'),
                                  (object(), TypeError, "cannot marshal <class 'object'> objects")):
            with self.assertRaises(kind) as caught:
                client.dumps((value,))
            self.assertEqual(str(caught.exception), text)
        with self.assertRaises(client.Fault) as caught:
            client.loads(client.dumps(client.Fault(4, 'no'), methodresponse=True))
        self.assertEqual(repr(caught.exception), "<Fault 4: 'no'>")
        self.assertRaises(client.ResponseError, client.loads, '<a/>')

    def test_gzip_bomb(self):
        packed = client.gzip_encode(b'a' * 1000)
        self.assertEqual(client.gzip_decode(packed, 1000), b'a' * 1000)
        self.assertRaises(ValueError, client.gzip_decode, packed, 999)


class Service:
    _secret = 1

    def double(self, x):
        """Twice x."""
        return 2 * x


class ServerTest(unittest.TestCase):
    def setUp(self):
        self.server = server.DocXMLRPCServer(('127.0.0.1', 0), logRequests=False, allow_none=True)
        self.server.register_function(pow)
        self.server.register_instance(Service())
        self.server.register_introspection_functions()
        self.server.register_multicall_functions()
        thread = threading.Thread(target=self.server.serve_forever, kwargs={'poll_interval': 0.01})
        thread.start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(thread.join)
        self.addCleanup(self.server.shutdown)
        self.url = 'http://127.0.0.1:%d' % self.server.server_address[1]

    def test_calls(self):
        with client.ServerProxy(self.url, allow_none=True) as proxy:
            self.assertEqual(proxy.pow(2, 10), 1024)
            self.assertEqual(proxy.double('ab' * 1000), 'ab' * 2000)       # compressed
            self.assertEqual(proxy.system.methodHelp('double'), 'Twice x.')
            self.assertIn('double', proxy.system.listMethods())
            self.assertRaisesRegex(client.Fault, "TypeError", proxy.double)
            for name in ('nothing', '_secret'):
                self.assertRaisesRegex(client.Fault, 'is not supported', getattr(proxy.x, name))
            calls = client.MultiCall(proxy)
            calls.pow(2, 3)
            calls.nothing()
            results = calls()
            self.assertEqual(results[0], 8)
            self.assertRaises(client.Fault, lambda: results[1])

    def test_wrong_path(self):
        with client.ServerProxy(self.url + '/other') as proxy, self.assertRaises(client.ProtocolError) as caught:
            proxy.pow(1, 2)
        self.assertEqual((caught.exception.errcode, caught.exception.errmsg), (404, 'Not Found'))

    def test_page(self):
        self.server.set_server_title('<b>')
        page = self.server.generate_html_documentation()
        self.assertIn('<title>Python: &lt;b&gt;</title>', page)
        self.assertIn('<a name="-double"><strong>double</strong></a>(x)</dt><dd><tt>Twice&nbsp;x.</tt></dd>', page)


if __name__ == '__main__':
    unittest.main()
