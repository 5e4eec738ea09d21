# SPDX-License-Identifier: MIT
"""smtplib and ftplib against servers that are lists of answers."""
import email.message
import ftplib
import smtplib
import socket
import threading
import unittest


class Server:
    """Sends a welcome and then an answer for each line, by the first word of the line; notes the lines."""

    def __init__(self, test, welcome, answers):
        self.lines = []
        self.answers = answers
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, args=(welcome,))
        self.thread.start()
        test.addCleanup(self.thread.join)

    def serve(self, welcome):
        with self.listener, self.listener.accept()[0] as connection, connection.makefile('rwb') as f:
            self.send(f, welcome)
            for line in f:
                line = line.rstrip(b'\r\n').decode()
                self.lines.append(line)
                answer = self.answers.get(line.split(' ')[0].lower())
                if answer:
                    self.send(f, answer)

    @staticmethod
    def send(f, text):
        f.write(text.replace('\n', '\r\n').encode() + b'\r\n')
        f.flush()


class SmtpTest(unittest.TestCase):
    def connect(self, **answers):
        base = {'ehlo': '250-host\n250-SIZE 1000\n250 AUTH LOGIN PLAIN', 'mail': '250 ok', 'rcpt': '250 ok', 'data': '354 go',
                '.': '250 sent', 'quit': '221 bye', 'rset': '250 ok', 'auth': '235 yes'}
        self.server = Server(self, '220 hi', {**base, **answers})
        return smtplib.SMTP('127.0.0.1', self.server.port, local_hostname='me.org', timeout=10)

    def test_mail(self):
        with self.connect() as client:
            self.assertEqual(client.sendmail('A <a@b>', ['c@d', 'e@f'], 'Subject: x\n\n.dot\n'), {})
            self.assertEqual(client.esmtp_features, {'size': '1000', 'auth': ' LOGIN PLAIN'})
        self.assertEqual(self.server.lines, ['ehlo me.org', 'mail FROM:<a@b> size=20', 'rcpt TO:<c@d>', 'rcpt TO:<e@f>',
                                             'data', 'Subject: x', '', '..dot', '.', 'QUIT'])

    def test_message(self):
        message = email.message.Message()
        message['From'], message['To'], message['Bcc'] = 'a@b', 'C <c@d>, e@f', 'g@h'
        message.set_payload('text\n')
        with self.connect() as client:
            client.send_message(message)
        self.assertIn('rcpt TO:<g@h>', self.server.lines)
        self.assertNotIn('Bcc: g@h', self.server.lines)

    def test_login(self):
        with self.connect() as client:
            self.assertEqual(client.login('u', 'p'), (235, b'yes'))
        self.assertIn('AUTH PLAIN AHUAcA==', self.server.lines)

    def test_refused(self):
        with self.connect(rcpt='550 no') as client, self.assertRaises(smtplib.SMTPRecipientsRefused) as caught:
            client.sendmail('a@b', 'c@d', 'x')
        self.assertEqual(caught.exception.recipients, {'c@d': (550, b'no')})
        with self.connect() as client:
            client.ehlo()
            self.assertRaises(ValueError, client.mail, 'a@b', ['x\r\ny'])
            self.assertRaises(smtplib.SMTPNotSupportedError, client.starttls)

    def test_text(self):
        self.assertEqual(smtplib.quotedata('a\n.b\r\rc'), 'a\r\n..b\r\n\r\nc')
        self.assertEqual([smtplib.quoteaddr(text) for text in ('A B <a@b>', 'a@b', '<x>', '')], ['<a@b>', '<a@b>', '<x>', '<>'])


class FtpTest(unittest.TestCase):
    def test_commands(self):
        server = Server(self, '220-hi\n220 there', {'user': '331 more', 'pass': '230 in', 'cwd': '250 ok', 'pwd': '257 "/a""b"',
                                                    'size': '213 77', 'dele': '550 no', 'quit': '221 bye', 'noop': '450 later'})
        with ftplib.FTP(timeout=10) as ftp:
            ftp.connect('127.0.0.1', server.port)
            self.assertEqual(ftp.getwelcome(), '220-hi\n220 there')
            ftp.login()
            ftp.cwd('')
            self.assertEqual((ftp.pwd(), ftp.size('f')), ('/a"b', 77))
            self.assertRaises(ftplib.error_perm, ftp.delete, 'f')
            self.assertRaises(ftplib.error_temp, ftp.sendcmd, 'NOOP')
            self.assertRaises(ValueError, ftp.sendcmd, 'NOOP\r\nQUIT')
        self.assertEqual(server.lines[:3], ['USER anonymous', 'PASS anonymous@', 'CWD .'])

    def test_answers(self):
        self.assertEqual(ftplib.parse227('227 ok (127,0,0,1,2,1)'), ('127.0.0.1', 513))
        self.assertEqual(ftplib.parse229('229 ok (|||99|)', ('h', 1)), ('h', 99))
        self.assertEqual(ftplib.parse150('150 x (5 bytes)'), 5)
        self.assertRaises(ftplib.error_proto, ftplib.parse229, '229 ok (|||99)', ('h', 1))
        self.assertEqual(ftplib.FTP().sanitize('PASS secret\r\n'), repr('PASS ******\r\n'))


if __name__ == '__main__':
    unittest.main()
