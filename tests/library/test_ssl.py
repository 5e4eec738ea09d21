# SPDX-License-Identifier: MIT
"""ssl: names, contexts, host names, conversions, sockets before the handshake."""
import socket
import ssl
import unittest


class Names(unittest.TestCase):
    def test_enumerations(self):
        self.assertIs(ssl.PROTOCOL_SSLv23, ssl.PROTOCOL_TLS)
        self.assertEqual(str(ssl.CERT_REQUIRED), 'VerifyMode.CERT_REQUIRED')
        self.assertEqual(ssl.get_protocol_name(2), 'PROTOCOL_TLS')
        self.assertEqual(ssl.get_protocol_name(99), '<unknown>')
        self.assertEqual(ssl.Purpose.SERVER_AUTH.shortname, 'serverAuth')
        self.assertEqual(ssl._TLSMessageType.FINISHED, 20)
        self.assertIs(ssl.CertificateError, ssl.SSLCertVerificationError)


class Hosts(unittest.TestCase):
    def test_names(self):
        match = ssl._dnsname_match
        self.assertTrue(match('*.b.c', 'X.B.c'))
        self.assertFalse(match('*.b.c', 'b.c'))
        for wrong in '*', 'a*.b', '*.*.c', 'a.*.c':
            self.assertRaises(ssl.CertificateError, match, wrong, 'a.b.c')

    def test_match_hostname(self):
        cert = {'subjectAltName': (('DNS', 'a.org'), ('IP Address', '1.2.3.4'))}
        ssl.match_hostname(cert, 'A.org')
        ssl.match_hostname(cert, '1.2.3.4')
        with self.assertRaisesRegex(ssl.CertificateError,
                                    "hostname 'b.org' doesn't match either of 'a.org', "):
            ssl.match_hostname(cert, 'b.org')
        self.assertRaises(ValueError, ssl.match_hostname, {}, 'a.org')


class Conversions(unittest.TestCase):
    def test_pem(self):
        raw = bytes(range(100))
        text = ssl.DER_cert_to_PEM_cert(raw)
        self.assertTrue(text.startswith(ssl.PEM_HEADER + '\n'))
        self.assertEqual(ssl.PEM_cert_to_DER_cert(text), raw)
        self.assertRaises(ValueError, ssl.PEM_cert_to_DER_cert, 'x')

    def test_time(self):
        seconds = ssl.cert_time_to_seconds
        self.assertEqual(seconds('Jan  5 09:34:43 2018 GMT'), 1515144883)
        self.assertRaises(ValueError, seconds, 'Jan  5 09:34:43 2018')
        self.assertRaises(ValueError, seconds, 'Jax  5 09:34:43 2018 GMT')


class Contexts(unittest.TestCase):
    def test_default(self):
        context = ssl.create_default_context()
        self.assertIs(context.verify_mode, ssl.CERT_REQUIRED)
        self.assertTrue(context.check_hostname)
        self.assertRaises(TypeError, ssl.create_default_context, 3)
        with self.assertRaisesRegex(ValueError, 'requires server_hostname'):
            with socket.socket() as sock:
                context.wrap_socket(sock)

    def test_settings(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        self.assertIs(context.maximum_version, ssl.TLSVersion.TLSv1_2)
        context.hostname_checks_common_name = False
        self.assertFalse(context.hostname_checks_common_name)
        self.assertRaises(ssl.SSLError, context.set_alpn_protocols, [''])
        self.assertRaises(TypeError, context.set_servername_callback, 3)
        self.assertIn(ssl.OP_NO_SSLv3, context.options)


class Sockets(unittest.TestCase):
    def test_unconnected(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        with context.wrap_socket(socket.socket(), server_hostname='a.org') as sock:
            self.assertEqual(sock.server_hostname, 'a.org')
            self.assertIsNone(sock.version())
            self.assertRaises(ValueError, sock.read)
            self.assertRaises(ValueError, sock.unwrap)
            self.assertRaises(NotImplementedError, sock.dup)
            self.assertRaises(NotImplementedError, sock.sendmsg, [b''])
        self.assertRaises(TypeError, ssl.SSLSocket)

    def test_memory(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        sent = ssl.MemoryBIO()
        client = context.wrap_bio(ssl.MemoryBIO(), sent, server_hostname='a.org')
        self.assertRaises(ssl.SSLWantReadError, client.do_handshake)
        self.assertEqual(sent.read(1), b'\x16')     # a handshake record
        self.assertIs(client.context, context)


if __name__ == '__main__':
    unittest.main()
