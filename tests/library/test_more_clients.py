# SPDX-License-Identifier: MIT
"""poplib, telnetlib, mailcap."""
import io
import mailcap
import poplib
import socket
import telnetlib
import threading
import unittest
import warnings


class Lines:
    """A server that sends a welcome, then an answer for each line, by its first word."""

    def __init__(self, test, welcome, answers):
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.lines = []
        thread = threading.Thread(target=self.serve, args=(welcome, answers))
        thread.start()
        test.addCleanup(thread.join)

    def serve(self, welcome, answers):
        with self.listener, self.listener.accept()[0] as connection, connection.makefile('rwb') as f:
            f.write(welcome)
            f.flush()
            for line in f:
                self.lines.append(line)
                f.write(answers.get(line.split()[0], b''))
                f.flush()


class PopTest(unittest.TestCase):
    def test_mail(self):
        server = Lines(self, b'+OK <1@x>\r\n', {
            b'USER': b'+OK\r\n', b'PASS': b'-ERR no\r\n', b'APOP': b'+OK\r\n', b'STAT': b'+OK 2 300\r\n',
            b'RETR': b'+OK\r\na\r\n..b\r\n.\r\n', b'CAPA': b'+OK\r\nUIDL\r\nSASL PLAIN X\r\n.\r\n', b'QUIT': b'+OK bye\r\n'})
        box = poplib.POP3('127.0.0.1', server.port, timeout=10)
        self.assertRaises(poplib.error_proto, box.pass_, 'x')
        box.apop('me', 'pw')
        self.assertEqual(box.stat(), (2, 300))
        self.assertEqual(box.retr(1), (b'+OK', [b'a', b'.b'], 7))
        self.assertEqual(box.capa(), {'UIDL': [], 'SASL': ['PLAIN', 'X']})
        self.assertRaises(poplib.error_proto, box.stls)
        self.assertEqual(box.quit(), b'+OK bye')


class TelnetTest(unittest.TestCase):
    def test_conversation(self):
        server = Lines(self, telnetlib.IAC + telnetlib.DO + telnetlib.ECHO + b'login: ', {b'\xff\xfc\x01': b'a\xff\xffb 42\r\nrest'})
        with telnetlib.Telnet('127.0.0.1', server.port) as tn:
            self.assertEqual(tn.read_until(b': ', 10), b'login: ')
            tn.write(b' me\n')
            index, match, text = tn.expect([b'nothing', rb'(\d+)\r'], 10)
            self.assertEqual((index, match[1], text), (1, b'42', b'a\xffb 42\r'))


class MailcapTest(unittest.TestCase):
    def test_entries(self):
        caps, _ = mailcap._readmailcapfile(io.StringIO('# comment\ntext/plain; show %s; edit=ed %s \\; x\nvideo/*; play \\\n %s -t %t; '
                                                       'needsterminal\n'), 0)
        self.assertEqual(caps['text/plain'], [{'view': 'show %s', 'edit': 'ed %s \\; x', 'lineno': 0}])
        self.assertEqual(mailcap.findmatch(caps, 'video/mpeg', filename='f.mpg')[0], 'play  f.mpg -t video/mpeg')
        self.assertEqual(mailcap.findmatch(caps, 'a/b'), (None, None))

    def test_unsafe(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter('always')
            self.assertEqual(mailcap.findmatch({'a/b': [{'view': 'x %s'}]}, 'a/b', filename='f; rm'), (None, None))
            self.assertIsNone(mailcap.subst('x %{n}', 'a/b', 'f', ['n=$(rm)']))
        self.assertEqual([item.category for item in caught], [mailcap.UnsafeMailcapInput] * 2)


if __name__ == '__main__':
    unittest.main()
