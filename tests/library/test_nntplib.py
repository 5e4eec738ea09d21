# SPDX-License-Identifier: MIT
"""nntplib against a server that is a list of answers."""
import datetime
import io
import nntplib
import unittest


class Server(io.RawIOBase):
    """Answers each command with the next item; the first is the welcome."""

    def __init__(self, answers):
        self.answers = list(answers)
        self.commands = []
        self.pending = b''
        self.answer()

    def answer(self):
        if self.answers:
            self.pending += self.answers.pop(0).replace('\n', '\r\n').encode()

    def readable(self):
        return True

    writable = readable

    def write(self, data):
        self.commands.append(bytes(data))
        self.answer()
        return len(data)

    def readinto(self, space):
        piece, self.pending = self.pending[:len(space)], self.pending[len(space):]
        space[:len(piece)] = piece
        return len(piece)


class NntpTest(unittest.TestCase):
    def connect(self, *answers):
        self.raw = Server(['200 hello\n', '101 list\nVERSION 1 2\nOVER\n.\n', *answers])
        return nntplib._NNTPBase(io.BufferedRWPair(self.raw, self.raw), 'host')

    def test_start(self):
        news = self.connect()
        self.assertEqual(news.getwelcome(), '200 hello')
        self.assertEqual(news.getcapabilities(), {'VERSION': ['1', '2'], 'OVER': []})
        self.assertEqual(news.nntp_version, 2)

    def test_article(self):
        news = self.connect('220 7 <a@b>\nSubject: x\n\n..dot\n.\n')
        response, article = news.article('<a@b>')
        self.assertEqual((response, article.number, article.lines), ('220 7 <a@b>', 7, [b'Subject: x', b'', b'.dot']))
        self.assertEqual(self.raw.commands[-1], b'ARTICLE <a@b>\r\n')

    def test_over(self):
        news = self.connect('224 ok\n5\tsub\tfrom\tdate\t<i>\t\t10\t2\tXref: x:5\n.\n',
                            '215 order\nSubject:\nFrom:\nDate:\nMessage-ID:\nReferences:\nBytes:\nLines:\nXref:full\n.\n')
        _, [(number, fields)] = news.over((5, None))
        self.assertEqual((number, fields['subject'], fields[':bytes'], fields['xref']), (5, 'sub', '10', 'x:5'))
        self.assertEqual(self.raw.commands[1], b'OVER 5-\r\n')

    def test_errors(self):
        for answer, kind in (('430 no\n', nntplib.NNTPTemporaryError), ('500 no\n', nntplib.NNTPPermanentError),
                             ('what\n', nntplib.NNTPProtocolError), ('111 no\n', nntplib.NNTPReplyError),
                             ('2' * 3000 + '\n', nntplib.NNTPDataError)):
            with self.assertRaises(kind):
                self.connect(answer).stat('<x>')

    def test_dates_are_no_text(self):
        self.assertRaises(TypeError, self.connect().newnews, 'group', 'yesterday')

    def test_dates(self):
        self.assertEqual(nntplib._parse_datetime('690102030405').year, 2069)
        self.assertEqual(nntplib._unparse_datetime(datetime.date(2001, 2, 3), True), ('010203', '000000'))


if __name__ == '__main__':
    unittest.main()
