# SPDX-License-Identifier: MIT
"""imaplib against a small server, and formatter."""
import datetime
import imaplib
import io
import socket
import threading
import unittest
import warnings


class Server:
    """Answers by command: lines without a tag, then OK."""

    answers = {'CAPABILITY': [b'* CAPABILITY IMAP4rev1 AUTH=PLAIN'], 'SELECT': [b'* 2 EXISTS', b'* OK [UIDVALIDITY 7] x'],
               'SEARCH': [b'* SEARCH 1 2'], 'FETCH': [b'* 1 FETCH (BODY[] {5}\r\nab\r\nc FLAGS (\\Seen))'],
               'LOGOUT': [b'* BYE so long'], 'LIST': [b'* LIST () "/" INBOX', b'* LIST () "/" "a b"']}

    def __init__(self, test):
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.lines = []
        thread = threading.Thread(target=self.serve)
        thread.start()
        test.addCleanup(thread.join)

    def serve(self):
        with self.listener, self.listener.accept()[0] as connection, connection.makefile('rwb') as f:
            f.write(b'* OK hello\r\n')
            f.flush()
            for line in f:
                tag, command, *_ = line.split()
                self.lines.append(line.split(b' ', 1)[1].rstrip())
                if line.endswith(b'}\r\n'):
                    f.write(b'+ go on\r\n')
                    f.flush()
                    self.lines.append(f.read(int(line.split(b'{')[1].split(b'}')[0]) + 2))
                for answer in self.answers.get(command.decode(), ()):
                    f.write(answer + b'\r\n')
                f.write(tag + (b' NO wrong\r\n' if b'bad' in line else b' OK done\r\n'))
                f.flush()


class ImapTest(unittest.TestCase):
    def test_session(self):
        server = Server(self)
        with imaplib.IMAP4('127.0.0.1', server.port) as mail:
            self.assertEqual((mail.state, mail.capabilities), ('NONAUTH', ('IMAP4REV1', 'AUTH=PLAIN')))
            self.assertRaisesRegex(mail.error, 'command SELECT illegal in state NONAUTH', mail.select)
            self.assertRaises(mail.error, mail.login, 'bad', 'x')
            mail.login('me', 'a"b')
            self.assertEqual(mail.select(), ('OK', [b'2']))
            self.assertEqual(mail.response('UIDVALIDITY'), ('UIDVALIDITY', [b'7']))
            self.assertEqual(mail.search(None, 'ALL'), ('OK', [b'1 2']))
            self.assertEqual(mail.fetch('1', '(BODY[])'), ('OK', [(b'1 (BODY[] {5}', b'ab\r\nc'), b' FLAGS (\\Seen))']))
            self.assertEqual(mail.list()[1], [b'() "/" INBOX', b'() "/" "a b"'])
            mail.append('box', r'\Seen', None, b'x\ny')
            self.assertEqual(mail.noop(), ('OK', [b'done']))
            self.assertRaises(AttributeError, lambda: mail.nothing)
        self.assertIn(b'LOGIN me "a\\"b"', server.lines)
        self.assertEqual(server.lines[-4:-2], [b'APPEND box (\\Seen) {4}', b'x\r\ny\r\n'])

    def test_helpers(self):
        self.assertEqual(imaplib.Int2AP(4711), b'BCGH')
        self.assertEqual(imaplib.ParseFlags(b'1 (FLAGS (\\Seen a))'), (b'\\Seen', b'a'))
        zone = datetime.timezone(datetime.timedelta(hours=-7))
        moment = datetime.datetime(2001, 9, 23, 20, 10, 55, tzinfo=zone)
        text = imaplib.Time2Internaldate(moment)
        self.assertEqual(text, '"23-Sep-2001 20:10:55 -0700"')
        found = imaplib.Internaldate2tuple(b'1 (INTERNALDATE ' + text.encode() + b')')
        self.assertEqual(datetime.datetime(*found[:6]).astimezone(), moment)
        self.assertRaises(ValueError, imaplib.Time2Internaldate, '01-Jan-2000')


class FormatterTest(unittest.TestCase):
    def test_text(self):
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            import formatter
        out = io.StringIO()
        f = formatter.AbstractFormatter(formatter.DumbWriter(out, 16))
        f.add_flowing_data('  several   words that ')
        f.add_flowing_data('flow')
        f.end_paragraph(1)
        f.add_literal_data('as  is\n')
        self.assertEqual(out.getvalue(), 'several words\nthat flow\n\nas  is\n')
        self.assertEqual(f.format_counter('1.a.I', 29), '29.ac.XXIX')


if __name__ == '__main__':
    unittest.main()
