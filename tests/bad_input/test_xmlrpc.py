# SPDX-License-Identifier: MIT
"""xmlrpc.client under bad input: an exception of XML or of values, soon."""
import random
import unittest
import xmlrpc.client
from xml.parsers.expat import ExpatError

ANSWER = (b'<?xml version="1.0"?><methodResponse><params><param><value><struct><member><name>a</name><value><array><data>'
          b'<value><int>1</int></value><value><double>2.5</double></value><value><base64>YQ==</base64></value></data>'
          b'</array></value></member></struct></value></param></params></methodResponse>')
ERRORS = ExpatError, ValueError, LookupError, TypeError, AttributeError, xmlrpc.client.Error


class BadInput(unittest.TestCase):
    def take(self, data):
        try:
            xmlrpc.client.loads(data)
        except ERRORS:
            pass

    def test_prefixes_and_changes(self):
        self.assertEqual(xmlrpc.client.loads(ANSWER)[0], ({'a': [1, 2.5, xmlrpc.client.Binary(b'a')]},))
        rng = random.Random(1)
        for end in range(len(ANSWER)):
            self.take(ANSWER[:end])
            changed = bytearray(ANSWER)
            changed[rng.randrange(len(changed))] = rng.randrange(256)
            self.take(bytes(changed))

    def test_bad_values(self):
        for value in '<int>x</int>', '<int>1', '<boolean>2</boolean>', '<double>x</double>', '<dateTime.iso8601>x', '<none/>' * 9:
            with self.subTest(value):
                text = '<methodResponse><params><param><value>%s</value></param></params></methodResponse>' % value
                if value.startswith('<dateTime') or value.startswith('<none'):
                    self.take(text.encode())
                else:
                    self.assertRaises(ERRORS, xmlrpc.client.loads, text.encode())

    def test_deep(self):
        for deep in b'<value><array><data>', b'<value><struct><member>':
            self.take(b'<methodResponse><params><param>' + deep * 3000)


if __name__ == '__main__':
    unittest.main()
