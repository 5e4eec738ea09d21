# SPDX-License-Identifier: MIT
"""Messages whose headers are objects (email.policy.default): headers, folding, contents."""
import datetime
import email
import unittest
from email import errors, policy
from email.headerregistry import Address, Group, HeaderRegistry
from email.message import EmailMessage


def header(name, value):
    return HeaderRegistry()(name, value)


def kinds(value):
    return [type(defect).__name__ for defect in value.defects]


class HeaderTest(unittest.TestCase):

    def test_text(self):
        found = header('Subject', '=?utf-8?q?=C3=89ric?= =?utf-8?q?_x?= and')
        self.assertEqual((found, found.defects), ('Éric x and', ()))
        self.assertEqual(header('Subject', 'a=?utf-8?q?b?=c'), 'abc')

    def test_addresses(self):
        found = header('To', 'Fred <f@x.org>, team: "A, B" <a@b.com>, c@d.com;, "odd name"@e.net (note)')
        self.assertEqual(found.addresses, (Address('Fred', 'f', 'x.org'), Address('A, B', 'a', 'b.com'),
                                           Address('', 'c', 'd.com'), Address('', 'odd name', 'e.net')))
        self.assertEqual([group.display_name for group in found.groups], [None, 'team', None])
        self.assertEqual(found, 'Fred <f@x.org>, team: "A, B" <a@b.com>, c@d.com;, "odd name"@e.net')
        self.assertEqual(kinds(header('To', 'J. Doe <j@x.org>')), ['ObsoleteHeaderDefect'])

    def test_address_objects(self):
        self.assertEqual(str(Address('Sara J.', 'bad name', 'x.org')), '"Sara J." <"bad name"@x.org>')
        self.assertEqual(str(Group('g', [Address(addr_spec='a@b')])), 'g: a@b;')
        for bad in {'addr_spec': 'a b@c'}, {'display_name': 'a\n'}, {'addr_spec': 'a@b c'}:
            with self.assertRaises(ValueError):
                Address(**bad)

    def test_parameters(self):
        found = header('Content-Type', 'Text/HTML; (x) Charset=utf-8; name*0*=utf-8\'\'a%C3%A9; name*1="b c"; name*2=d')
        self.assertEqual((found.content_type, dict(found.params)), ('text/html', {'charset': 'utf-8', 'name': 'aéb cd'}))
        self.assertEqual(kinds(header('Content-Type', 'nonsense; x')), ['InvalidHeaderDefect'] * 2)
        self.assertEqual(header('Content-Disposition', 'Attachment; filename="a;b"').params['filename'], 'a;b')

    def test_others(self):
        found = header('Date', datetime.datetime(2001, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc))
        self.assertEqual(found, 'Sat, 03 Feb 2001 04:05:06 +0000')
        self.assertEqual(header('MIME-Version', '1 (x) .0').version, '1.0')
        self.assertEqual(header('Content-Transfer-Encoding', 'BASE64').cte, 'base64')
        self.assertEqual(kinds(header('Date', '')), ['HeaderMissingRequiredValue'])


class FoldTest(unittest.TestCase):

    def fold(self, name, value, **changes):
        return header(name, value).fold(policy=policy.default.clone(**changes))

    def test_words(self):
        self.assertEqual(self.fold('Subject', 'one two three four', max_line_length=15), 'Subject: one\n two three four\n')
        self.assertEqual(self.fold('Subject', 'the Éric ü end'), 'Subject: the =?utf-8?q?=C3=89ric_=C3=BC?= end\n')
        self.assertEqual(self.fold('Subject', 'Éric', utf8=True), 'Subject: Éric\n')

    def test_addresses(self):
        self.assertEqual(self.fold('To', 'Foo <f@x.org>, "Bar, B" <b@x.org>', max_line_length=24),
                         'To: Foo <f@x.org>,\n "Bar, B" <b@x.org>\n')
        text = self.fold('To', 'Bär <a@b.org>, c@d.org, Föö <e@f.org>')
        self.assertEqual(text, 'To: =?utf-8?q?B=C3=A4r?= <a@b.org>, c@d.org, =?utf-8?b?RsO2w7Y=?= <e@f.org>\n')

    def test_parameters(self):
        self.assertEqual(self.fold('Content-Disposition', 'attachment; filename="é"'),
                         "Content-Disposition: attachment; filename*=utf-8''%C3%A9\n")

    def test_no_line_is_empty(self):
        text = self.fold('To', ', '.join('N %d <%s@%s.org>' % (n, 'x' * n, 'é' * (n % 3) + 'y' * n) for n in range(1, 30)),
                         max_line_length=30)
        self.assertNotIn('\n\n', text)


class MessageTest(unittest.TestCase):

    def test_contents(self):
        message = EmailMessage()
        message['Subject'], message['To'] = 'Grüße', [Address('Ä', 'a', 'b.org')]
        message.set_content('täxt\n')
        message.add_alternative('<b>täxt</b>', subtype='html')
        message.add_attachment(b'\0\1', maintype='application', subtype='octet-stream', filename='ü.bin')
        again = email.message_from_bytes(bytes(message), policy=policy.default)
        self.assertEqual((again['subject'], again['to'].addresses[0].display_name), ('Grüße', 'Ä'))
        self.assertEqual(again.get_body(('plain',)).get_content(), 'täxt\n')
        self.assertEqual(again.get_body().get_content_type(), 'text/html')
        [attachment] = again.iter_attachments()
        self.assertEqual((attachment.get_filename(), attachment.get_content()), ('ü.bin', b'\0\1'))

    def test_encodings(self):
        for text, cte in ('plain', '7bit'), ('ü', '8bit'), ('x' * 100, 'quoted-printable'), ('ü' * 100, 'base64'):
            message = EmailMessage()
            message.set_content(text)
            self.assertEqual((message['content-transfer-encoding'], message.get_content()), (cte, text + '\n'))

    def test_limits(self):
        message = EmailMessage()
        message['Subject'] = 'x'
        with self.assertRaises(ValueError):
            message['Subject'] = 'y'
        with self.assertRaises(ValueError):
            message['X'] = 'a\nb'
        with self.assertRaises(errors.HeaderParseError):
            header('Subject', 'é').fold(policy=policy.default.clone(max_line_length=10))


if __name__ == '__main__':
    unittest.main()
