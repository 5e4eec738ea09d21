# SPDX-License-Identifier: MIT
"""Headers as objects, and the contents of EmailMessage."""
import email
import email.policy
import unittest
from email.headerregistry import Address, Group, HeaderRegistry
from email.message import EmailMessage

make = HeaderRegistry()


def fold(name, value, **settings):
    return make(name, value).fold(policy=email.policy.default.clone(**settings))


class HeaderTest(unittest.TestCase):
    def test_addresses(self):
        header = make('To', 'Fred <f@x.org>, "A, B" <"a b"@y.org>, group: c@z.org, D. E. <d@z.org>;, =?utf-8?q?=C3=89?= <e@f>')
        self.assertEqual([str(address) for address in header.addresses],
                         ['Fred <f@x.org>', '"A, B" <"a b"@y.org>', 'c@z.org', '"D. E." <d@z.org>', '\xc9 <e@f>'])
        self.assertEqual([group.display_name for group in header.groups], [None, None, 'group', None])
        self.assertEqual(header.addresses[1].username, 'a b')

    def test_set_addresses(self):
        header = make('to', [Address('A B', 'a', 'b.org'), Group('G', [Address(addr_spec='c@d')])])
        self.assertEqual(header, 'A B <a@b.org>, G: c@d;')
        for arguments in ({'display_name': 'a\n'}, {'addr_spec': 'a b@c'}, {'addr_spec': 'a@b@c'}):
            with self.assertRaises(Exception):
                Address(**arguments)

    def test_damaged_addresses_stay(self):
        for value in ('x <y', 'a b c <d@e> f', 'a b c', '"a'):
            self.assertEqual(fold('To', value).replace('\n', '').rstrip('">; '), ('To: ' + value).rstrip('">; '))

    def test_parameters(self):
        header = make('Content-Type', 'Text/Plain; Charset=utf-8 (c); name*0*=utf-8\'en\'%C3%A9; name*1="b c"')
        self.assertEqual((header.content_type, dict(header.params)), ('text/plain', {'charset': 'utf-8', 'name': '\xe9b c'}))
        self.assertEqual(make('Content-Type', 'nonsense').content_type, 'text/plain')
        self.assertEqual(make('Content-Disposition', 'attachment; filename="a;b"').params['filename'], 'a;b')

    def test_folding(self):
        self.assertEqual(fold('Subject', 'one two three four five', max_line_length=20), 'Subject: one two\n three four five\n')
        self.assertEqual(fold('Subject', 'the caf\xe9 and na\xefve'), 'Subject: the =?utf-8?q?caf=C3=A9_and_na=C3=AFve?=\n')
        self.assertEqual(fold('Subject', 'caf\xe9', utf8=True), 'Subject: caf\xe9\n')
        self.assertEqual(fold('To', 'Caf\xe9 X <a@b>, ' + 'x' * 60 + '@d'),
                         'To: =?utf-8?q?Caf=C3=A9?= X <a@b>,\n ' + 'x' * 60 + '@d\n')
        self.assertEqual(fold('Content-Disposition', 'attachment; filename="' + 'n' * 80 + '"').count('filename*'), 2)

    def test_defects(self):
        for name, value, kind in (('Date', '', 'HeaderMissingRequiredValue'), ('MIME-Version', 'x', 'InvalidHeaderDefect'),
                                  ('To', 'John X. Doe <a@b>', 'ObsoleteHeaderDefect'), ('To', 'a@b <c', 'InvalidHeaderDefect')):
            self.assertIn(kind, [type(defect).__name__ for defect in make(name, value).defects])


class MessageTest(unittest.TestCase):
    def test_whole(self):
        message = EmailMessage()
        message['Subject'] = 'Gr\xfc\xdfe'
        message['To'] = Address('M\xfcller', 'm', 'x.org')
        message.set_content('Hallo\n\xe4\n')
        message.add_alternative('<p>\xe4</p>', subtype='html')
        message.add_attachment(b'\0\1', maintype='application', subtype='x', filename='\xe9.bin')
        again = email.message_from_bytes(bytes(message), policy=email.policy.default)
        self.assertEqual((again['subject'], again['to'].addresses[0].display_name), ('Gr\xfc\xdfe', 'M\xfcller'))
        self.assertEqual(again.get_body(('plain',)).get_content(), 'Hallo\n\xe4\n')
        attachment, = again.iter_attachments()
        self.assertEqual((attachment.get_filename(), attachment.get_content()), ('\xe9.bin', b'\0\1'))

    def test_encodings(self):
        for text, expected in (('plain\n', '7bit'), ('\xe4' * 50, 'base64'), ('mostly plain \xe4\n', '8bit'),
                               ('x' * 100 + '\n', 'quoted-printable')):
            message = EmailMessage()
            message.set_content(text)
            self.assertEqual(message['Content-Transfer-Encoding'], expected)
            self.assertEqual(message.get_content().rstrip('\n'), text.rstrip('\n'))


if __name__ == '__main__':
    unittest.main()
