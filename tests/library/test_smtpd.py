# SPDX-License-Identifier: MIT
"""smtpd: conversations, and what the server gets of them."""
import asyncore
import contextlib
import io
import socket
import threading
import unittest
import warnings

with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    import smtpd


class Keeping(smtpd.SMTPServer):
    """Keeps messages."""

    def process_message(self, peer, mailfrom, rcpttos, data, **kwargs):
        self.kept.append((mailfrom, rcpttos, data, kwargs))
        return '250 Kept' if data == b'keep' else None


class ConversationTest(unittest.TestCase):

    def talk(self, *lines, server_class=Keeping, **options):
        """Send lines to a server; return (what the server kept, answers)."""
        sockets = {}
        server = server_class(('127.0.0.1', 0), None, map=sockets, **options)
        server.kept = []
        client = socket.create_connection(server.socket.getsockname())
        client.settimeout(10)
        client.sendall(b''.join(line + b'\r\n' for line in (*lines, b'QUIT')))
        answers = []
        reader = threading.Thread(target=lambda: answers.extend(client.makefile('rb')))
        reader.start()
        while reader.is_alive():
            asyncore.loop(0.01, map=sockets, count=1)
        reader.join()
        client.close()
        server.close()
        return server.kept, [line.rstrip().decode() for line in answers[1:-1]]

    def test_message(self):
        kept, answers = self.talk(b'EHLO me', b'MAIL FROM:<a@b> SIZE=9', b'RCPT TO:<c@d>', b'RCPT TO: "e f"@g', b'DATA',
                                  b'Subject: x', b'', b'..dots', b'.')
        self.assertEqual(kept, [('a@b', ['c@d', '"e f"@g'], b'Subject: x\n\n.dots',
                                 {'mail_options': ['SIZE=9'], 'rcpt_options': []})])
        self.assertEqual(answers[1:4], ['250-SIZE 33554432', '250-8BITMIME', '250 HELP'])
        self.assertEqual(answers[4:], ['250 OK'] * 3 + ['354 End data with <CR><LF>.<CR><LF>', '250 OK'])

    def test_answer_of_the_server(self):
        kept, answers = self.talk(b'HELO me', b'MAIL FROM:a@b', b'RCPT TO:c@d', b'DATA', b'keep', b'.')
        self.assertEqual(answers[-1], '250 Kept')

    def test_order(self):
        self.assertEqual(self.talk(b'MAIL FROM:<a@b>', b'HELO me', b'DATA', b'RCPT TO:<a@b>', b'HELO me')[1][::2],
                         ['503 Error: send HELO first', '503 Error: need RCPT command', '503 Duplicate HELO/EHLO'])

    def test_syntax(self):
        self.assertEqual(self.talk(b'NONSENSE', b'', b'NOOP x', b'HELO', b'VRFY')[1], [
            '500 Error: command "NONSENSE" not recognized', '500 Error: bad syntax', '501 Syntax: NOOP',
            '501 Syntax: HELO hostname', '501 Syntax: VRFY <address>'])

    def test_limits(self):
        lines = b'HELO me', b'MAIL FROM:<%s@b>' % (b'a' * 600), b'MAIL FROM:<a@b>', b'RCPT TO:<c@d>', b'DATA', b'x' * 30, b'.'
        # It waits for a shorter message then.
        kept, answers = self.talk(*lines, b'RSET', b'.', data_size_limit=20)
        self.assertEqual([message[2] for message in kept], [b'RSET'])
        self.assertEqual((answers[1], answers[-2:]), ('500 Error: line too long', ['552 Error: Too much mail data', '250 OK']))

    def test_debugging_server(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            self.talk(b'HELO me', b'MAIL FROM:<a@b>', b'RCPT TO:<c@d>', b'DATA', b'To: c', b'', b'text', b'.',
                      server_class=smtpd.DebuggingServer, decode_data=True)
        self.assertEqual(out.getvalue(), '---------- MESSAGE FOLLOWS ----------\nTo: c\nX-Peer: 127.0.0.1\n\ntext\n'
                                         '------------ END MESSAGE ------------\n')

    def test_contradiction(self):
        with self.assertRaises(ValueError):
            smtpd.SMTPServer(('127.0.0.1', 0), None, enable_SMTPUTF8=True, decode_data=True)


if __name__ == '__main__':
    unittest.main()
