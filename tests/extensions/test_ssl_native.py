# SPDX-License-Identifier: MIT
"""_ssl: contexts, MemoryBIO, a handshake that cannot succeed; the rest is CPython's test_ssl."""
import unittest

try:
    import _ssl
except ImportError:
    raise unittest.SkipTest("no OpenSSL")


class Bio(unittest.TestCase):
    def test_bio(self):
        b = _ssl.MemoryBIO()
        self.assertEqual((b.read(), b.pending, b.eof), (b"", 0, False))
        self.assertEqual((b.write(b"hello"), b.read(2), b.pending), (5, b"he", 3))
        b.write_eof()
        self.assertFalse(b.eof)
        self.assertEqual((b.read(), b.eof), (b"llo", True))
        self.assertRaisesRegex(_ssl.SSLError, "write_eof", b.write, b"x")


class Contexts(unittest.TestCase):
    def test_settings(self):
        c = _ssl._SSLContext(_ssl.PROTOCOL_TLS_CLIENT)
        self.assertEqual((c.verify_mode, c.check_hostname, c.protocol), (_ssl.CERT_REQUIRED, True, _ssl.PROTOCOL_TLS_CLIENT))
        with self.assertRaisesRegex(ValueError, "Cannot set verify_mode to CERT_NONE when check_hostname is enabled."):
            c.verify_mode = _ssl.CERT_NONE
        self.assertRaisesRegex(_ssl.SSLError, "No cipher can be selected.", c.set_ciphers, "nothing")
        c.minimum_version = _ssl.PROTO_TLSv1_2
        self.assertEqual(c.minimum_version, _ssl.PROTO_TLSv1_2)
        self.assertRaisesRegex(ValueError, "invalid or unsupported protocol version", _ssl._SSLContext, 99)
        self.assertRaises(FileNotFoundError, c.load_verify_locations, "/no/such/file")

    def test_handshake(self):
        server, client = _ssl._SSLContext(_ssl.PROTOCOL_TLS_SERVER), _ssl._SSLContext(_ssl.PROTOCOL_TLS_CLIENT)
        pipes = _ssl.MemoryBIO(), _ssl.MemoryBIO()
        s = server._wrap_bio(pipes[0], pipes[1], True)
        c = client._wrap_bio(pipes[1], pipes[0], False, server_hostname="localhost")
        self.assertRaises(_ssl.SSLWantReadError, c.do_handshake)
        with self.assertRaises(_ssl.SSLError) as caught:
            s.do_handshake()
        self.assertEqual((caught.exception.library, caught.exception.reason), ("SSL", "NO_SHARED_CIPHER"))
        self.assertRaisesRegex(_ssl.SSLError, "ALERT_HANDSHAKE_FAILURE", c.do_handshake)

    def test_write_takes_all(self):
        """As many records as it needs, not one (anonymous ciphers, so no certificate)."""
        sides = []
        pipes = _ssl.MemoryBIO(), _ssl.MemoryBIO()
        for protocol in (_ssl.PROTOCOL_TLS_SERVER, _ssl.PROTOCOL_TLS_CLIENT):
            context = _ssl._SSLContext(protocol)
            context.check_hostname = False
            context.verify_mode = _ssl.CERT_NONE
            context.maximum_version = _ssl.PROTO_TLSv1_2
            context.set_ciphers("AECDH:@SECLEVEL=0")
            server = protocol == _ssl.PROTOCOL_TLS_SERVER
            sides.append(context._wrap_bio(pipes[not server], pipes[server], server))
        for side in sides[::-1] * 3:
            try:
                side.do_handshake()
            except _ssl.SSLWantReadError:
                pass
        self.assertEqual(sides[1].write(b"x" * 1000000), 1000000)
        got = 0
        while got < 1000000:
            got += len(sides[0].read(1 << 20))
        self.assertEqual(got, 1000000)

    def test_names(self):
        self.assertEqual(_ssl.nid2obj(129), (129, "serverAuth", "TLS Web Server Authentication", "1.3.6.1.5.5.7.3.1"))
        self.assertRaises(ValueError, _ssl.txt2obj, "serverAuth")
        self.assertEqual(len(_ssl.RAND_bytes(16)), 16)


if __name__ == "__main__":
    unittest.main()
