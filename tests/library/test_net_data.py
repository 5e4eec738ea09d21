# SPDX-License-Identifier: MIT
"""base64, quopri, uu, binhex, hashlib, hmac, secrets, uuid, ipaddress, urllib.parse, mimetypes: what programs rely on."""
import base64
import binascii
import hashlib
import hmac
import io
import ipaddress
import mimetypes
import pickle
import quopri
import secrets
import unittest
import uu
import uuid
from urllib import parse


class Encodings(unittest.TestCase):
    def test_base_n(self):
        data = bytes(range(256))
        for encode, decode in ((base64.b64encode, base64.b64decode), (base64.b32encode, base64.b32decode),
                               (base64.b16encode, base64.b16decode), (base64.b85encode, base64.b85decode),
                               (base64.a85encode, base64.a85decode), (base64.urlsafe_b64encode, base64.urlsafe_b64decode),
                               (base64.encodebytes, base64.decodebytes)):
            for size in 0, 1, 2, 3, 4, 5, 6, 7, 8, 255, 256:
                self.assertEqual(decode(encode(data[:size])), data[:size])
        self.assertEqual(base64.b32encode(b'foobar'), b'MZXW6YTBOI======')
        self.assertEqual(base64.b32decode('mzxw6ytboi======', casefold=True), b'foobar')
        self.assertEqual(base64.a85encode(bytes(4) + b'    x', foldspaces=True, adobe=True), b'<~zyGQ~>')
        self.assertEqual(base64.b85encode(b'hello'), b'Xk~0{Zv')
        with self.assertRaisesRegex(binascii.Error, 'Incorrect padding'):
            base64.b32decode('A')

    def test_quopri(self):
        text = b'a = b\xff \t\n' + b'x' * 100 + b'\n.\n'
        self.assertEqual(quopri.decodestring(quopri.encodestring(text)), text)
        kept = quopri.a2b_qp, quopri.b2a_qp
        quopri.a2b_qp = quopri.b2a_qp = None
        try:
            self.assertEqual(quopri.decodestring(quopri.encodestring(text)), text)
            self.assertEqual(quopri.encodestring(b'a b_', header=True), b'a_b=5F')
        finally:
            quopri.a2b_qp, quopri.b2a_qp = kept

    def test_uu(self):
        target, back = io.BytesIO(), io.BytesIO()
        uu.encode(io.BytesIO(b'data' * 30), target, 'n\nx', 0o640)
        self.assertTrue(target.getvalue().startswith(b'begin 640 n\\nx\nM9&%T'))
        uu.decode(io.BytesIO(b'junk\n' + target.getvalue()), back)
        self.assertEqual(back.getvalue(), b'data' * 30)


class Hashes(unittest.TestCase):
    def test_known_values(self):
        for name, digest in (('md5', '900150983cd24fb0d6963f7d28e17f72'), ('sha1', 'a9993e364706816aba3e25717850c26c9cd0d89d'),
                             ('sha256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'),
                             ('sha3_224', 'e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf')):
            self.assertEqual(hashlib.new(name, b'abc').hexdigest(), digest)
            self.assertEqual(getattr(hashlib, name)(b'abc').hexdigest(), digest)
        self.assertEqual(hashlib.blake2b(b'abc', digest_size=4).hexdigest(), '63906248')
        self.assertEqual(hashlib.shake_128(b'abc').hexdigest(4), '5881092d')
        with self.assertRaisesRegex(ValueError, 'unsupported hash type'):
            hashlib.new('nothing')
        self.assertEqual(hashlib.pbkdf2_hmac('sha1', b'password', b'salt', 2, 6).hex(), 'ea6c014dc72d')

    def test_hmac(self):
        expected = '9294727a3638bb1c13f48ef8158bfc9d'
        self.assertEqual(hmac.new(b'\x0b' * 16, b'Hi There', 'md5').hexdigest(), expected)
        self.assertEqual(hmac.digest(b'\x0b' * 16, b'Hi There', 'md5').hex(), expected)
        self.assertEqual(hmac.new(b'\x0b' * 16, b'Hi There', hashlib.md5).copy().hexdigest(), expected)
        self.assertTrue(hmac.compare_digest('a', 'a'))
        with self.assertRaisesRegex(TypeError, "Missing required parameter 'digestmod'"):
            hmac.new(b'')

    def test_secrets(self):
        self.assertEqual((len(secrets.token_bytes(5)), len(secrets.token_hex(5)), len(secrets.token_urlsafe(6))), (5, 10, 8))
        self.assertIn(secrets.randbelow(3), range(3))
        with self.assertRaisesRegex(ValueError, 'Upper bound must be positive'):
            secrets.randbelow(0)


class Ids(unittest.TestCase):
    def test_uuid(self):
        x = uuid.UUID('{12345678-1234-5678-1234-567812345678}')
        for twin in (uuid.UUID(bytes=x.bytes), uuid.UUID(bytes_le=x.bytes_le), uuid.UUID(fields=x.fields), uuid.UUID(int=x.int),
                     uuid.UUID(x.urn), pickle.loads(pickle.dumps(x))):
            self.assertEqual(twin, x)
        self.assertEqual(str(uuid.uuid3(uuid.NAMESPACE_DNS, 'python.org')), '6fa459ea-ee8a-3ca4-894e-db77e160355e')
        self.assertEqual(str(uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org')), '886313e1-3b8a-5372-9b90-0c9aee199e5d')
        self.assertEqual((uuid.uuid4().version, uuid.uuid1(5, 3).node, uuid.uuid1(5, 3).clock_seq), (4, 5, 3))
        with self.assertRaisesRegex(ValueError, 'badly formed hexadecimal UUID string'):
            uuid.UUID('x')
        with self.assertRaises(TypeError):
            x.int = 5


class Addresses(unittest.TestCase):
    def test_addresses(self):
        for text, short in (('1.2.3.4', '1.2.3.4'), ('2001:0db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'), ('::', '::'),
                            ('1:0:0:2::', '1:0:0:2::'), ('::ffff:1.2.3.4', '::ffff:102:304')):
            address = ipaddress.ip_address(text)
            self.assertEqual((str(address), pickle.loads(pickle.dumps(address))), (short, address))
        with self.assertRaisesRegex(ValueError, r"Leading zeros are not permitted in '01' in '1.2.3.01'"):
            ipaddress.IPv4Address('1.2.3.01')
        self.assertEqual(ipaddress.ip_address('1.2.3.4') + 300, ipaddress.ip_address('1.2.4.48'))
        self.assertTrue(ipaddress.ip_address('10.0.0.1').is_private)

    def test_networks(self):
        network = ipaddress.ip_network('192.0.2.0/29')
        self.assertEqual((network.num_addresses, str(network.broadcast_address), str(network.hostmask)), (8, '192.0.2.7', '0.0.0.7'))
        self.assertEqual(len(list(network.hosts())), 6)
        self.assertEqual([str(each) for each in network.subnets(new_prefix=30)], ['192.0.2.0/30', '192.0.2.4/30'])
        self.assertEqual(str(network.supernet(5)), '192.0.2.0/24')
        self.assertEqual(list(ipaddress.collapse_addresses(network.subnets(2))), [network])
        rest = list(network.address_exclude(ipaddress.ip_network('192.0.2.1/32')))
        self.assertEqual(sum(each.num_addresses for each in rest), 7)
        with self.assertRaisesRegex(ValueError, '192.0.2.1/29 has host bits set'):
            ipaddress.ip_network('192.0.2.1/29')
        self.assertEqual(ipaddress.ip_interface('192.0.2.1/255.255.255.0').with_prefixlen, '192.0.2.1/24')


class Urls(unittest.TestCase):
    def test_split_and_join(self):
        url = 'http://User:pw@Host:80/p/a;x?q=1#f'
        parts = parse.urlparse(url)
        self.assertEqual(tuple(parts), ('http', 'User:pw@Host:80', '/p/a', 'x', 'q=1', 'f'))
        self.assertEqual((parts.username, parts.password, parts.hostname, parts.port, parts.geturl()), ('User', 'pw', 'host', 80, url))
        self.assertEqual(parse.urlsplit(b'//a/b').netloc, b'a')
        for relative, absolute in (('g', 'http://a/b/c/g'), ('../g', 'http://a/b/g'), ('//g', 'http://g'), ('?y', 'http://a/b/c/d;p?y'),
                                   ('', 'http://a/b/c/d;p?q'), ('../../../g', 'http://a/g'), ('./', 'http://a/b/c/'), ('h:g', 'h:g')):
            self.assertEqual(parse.urljoin('http://a/b/c/d;p?q', relative), absolute)
        self.assertEqual(tuple(parse.urldefrag('a#b')), ('a', 'b'))
        with self.assertRaisesRegex(TypeError, 'Cannot mix str and non-str arguments'):
            parse.urljoin('a', b'b')

    def test_quoting(self):
        self.assertEqual(parse.quote('a b/\u20ac~'), 'a%20b/%E2%82%AC~')
        self.assertEqual(parse.quote_plus('a b/&'), 'a+b%2F%26')
        self.assertEqual(parse.unquote('%E2%82%AC%zz%4'), '\u20ac%zz%4')
        self.assertEqual(parse.unquote_to_bytes('a%ff'), b'a\xff')
        self.assertEqual(parse.urlencode({'a': [1, 'x y'], 'b': b'\xff'}, doseq=True), 'a=1&a=x+y&b=%FF')
        self.assertEqual(parse.parse_qs('a=1&a=2;b&c=&d=%20+'), {'a': ['1', '2;b'], 'd': ['  ']})
        self.assertEqual(parse.parse_qsl('a=1;b=', keep_blank_values=True, separator=';'), [('a', '1'), ('b', '')])

    def test_mimetypes(self):
        self.assertEqual(mimetypes.guess_type('a.tgz'), ('application/x-tar', 'gzip'))
        self.assertEqual(mimetypes.guess_type('data:,x'), ('text/plain', None))
        self.assertEqual(mimetypes.guess_extension('text/html') in ('.html', '.htm'), True)


if __name__ == '__main__':
    unittest.main()
