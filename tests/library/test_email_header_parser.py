# SPDX-License-Identifier: MIT
"""email._header_value_parser: the tokens of header values, and their lines."""

import unittest
from email import _header_value_parser as parser
from email import errors, policy


def names(defects):
    return [type(defect).__name__ for defect in defects]


class Rules(unittest.TestCase):
    def test_mailbox(self):
        box, rest = parser.get_mailbox('"Roy, A." (x) <roy@example.com>, next')
        self.assertEqual((box.display_name, box.local_part, box.domain, box.addr_spec, box.route, rest),
                         ('Roy, A.', 'roy', 'example.com', 'roy@example.com', None, ', next'))
        self.assertEqual((box.token_type, box.all_defects, box.comments), ('mailbox', [], ['x']))

    def test_addr_spec(self):
        spec, rest = parser.get_addr_spec('(a) "x y" . z @ (b) ex . org')
        self.assertEqual((spec.local_part, spec.domain, spec.addr_spec, rest), ('x y.z', 'ex.org', '"x y.z"@ex.org', ''))
        self.assertEqual(names(spec.all_defects), ['ObsoleteHeaderDefect'] * 2)
        spec, rest = parser.get_addr_spec('nobody')
        self.assertEqual((spec.domain, names(spec.defects)), (None, ['InvalidHeaderDefect']))

    def test_mismatch(self):
        for get, text, message in [
                (parser.get_atext, '@x', "expected atext but found '@x'"),
                (parser.get_word, '(a', "Expected 'atom' or 'quoted-string' but found nothing."),
                (parser.get_mailbox, ',', "expected mailbox but found ','"),
                (parser.get_domain, 'a@b', 'Invalid Domain'),
                (parser.get_parameter, 'a*0', 'Incomplete parameter')]:
            with self.assertRaises(errors.HeaderParseError) as caught:
                get(text)
            self.assertEqual(str(caught.exception), message)
            self.assertIs(type(caught.exception), errors.HeaderParseError)

    def test_encoded_word(self):
        word, rest = parser.get_encoded_word('=?utf-8*en?q?=C3=89ric_x?= y')
        self.assertEqual((str(word), word.charset, word.lang, rest), ('\xc9ric x', 'utf-8', 'en', ' y'))
        with self.assertRaises(parser._InvalidEwError):
            parser.get_encoded_word('=?utf-8?X?a?=')

    def test_address_list(self):
        tokens, rest = parser.get_address_list('a@b, g: <c@d>, e;, , x y z')
        self.assertEqual([address.display_name for address in tokens.addresses], [None, 'g', None])
        self.assertEqual([box.addr_spec for box in tokens.mailboxes], ['a@b', 'c@d'])
        self.assertEqual([box.local_part for box in tokens.all_mailboxes], ['a', 'c', 'e', 'x y z'])
        self.assertEqual(rest, '')

    def test_tree(self):
        tokens = parser.get_atom('(c) a\x01 ')[0]
        self.assertEqual(repr(tokens), "Atom([CFWSList([Comment([WhiteSpaceTerminal('c')]), WhiteSpaceTerminal(' ')]), "
                                       "ValueTerminal('a\\x01'), CFWSList([WhiteSpaceTerminal(' ')])])")
        self.assertEqual(tokens.ppstr().splitlines()[-5:], [
            "    ValueTerminal/atext('a\\x01') [NonPrintableDefect(['\\x01'])]", '    CFWSList/cfws(',
            "        WhiteSpaceTerminal/fws(' ')", '    )', ')'])
        self.assertEqual((str(tokens), tokens.value, tokens.comments), ('(c) a\x01 ', ' a\x01 ', ['c']))


class Values(unittest.TestCase):
    def test_parameters(self):
        value = parser.parse_content_disposition_header(
            "Attachment; filename*0*=utf-8''%E2%82%AC; filename*1=\" rates\"; x")
        self.assertEqual((value.content_disposition, list(value.params)),
                         ('attachment', [('filename', '\u20ac rates'), ('x', '')]))
        self.assertEqual(str(value), 'Attachment; filename="\u20ac rates"; x')

    def test_content_type(self):
        value = parser.parse_content_type_header('TEXT / html (x); charset=q')
        self.assertEqual((value.maintype, value.subtype, list(value.params)), ('text', 'html', [('charset', 'q')]))
        value = parser.parse_content_type_header('a/b c; d=e')
        self.assertEqual((value.maintype, value.subtype, names(value.defects)), ('text', 'plain', ['InvalidHeaderDefect']))

    def test_message_id(self):
        self.assertEqual(parser.parse_message_id(' <a@b>').token_type, 'message-id')
        value = parser.parse_message_id('a@b')
        self.assertEqual((value.token_type, str(value)), ('invalid-message-id', 'a@b'))


class Folding(unittest.TestCase):
    def test_addresses(self):
        tokens = parser.get_address_list('Ren\xe9e <r@example.com>, "A very long name, as it happens" <a@example.com>')[0]
        self.assertEqual(tokens.fold(policy=policy.default),
                         '=?utf-8?q?Ren=C3=A9e?= <r@example.com>,\n "A very long name, as it happens" <a@example.com>\n')

    def test_words(self):
        tokens = parser.get_unstructured('\xe4 ' * 3 + 'plain ' * 4)
        self.assertEqual(tokens.fold(policy=policy.default.clone(max_line_length=30)),
                         '=?utf-8?b?w6Qgw6Qgw6Q=?= plain\n plain plain plain \n')

    def test_there_and_back(self):
        text = '\xe9 x "y" \xe9\xe9 z.a=?\xe4' * 90
        for limit in 0, 20, 78, 998:
            folded = parser.get_unstructured(text).fold(policy=policy.default.clone(max_line_length=limit))
            self.assertTrue(all(not limit or len(line) <= limit for line in folded.splitlines()))
            self.assertEqual(str(parser.get_unstructured(folded.replace('\n', ''))), text)

    def test_parameters(self):
        value = parser.parse_content_type_header('a/b; name="%s"' % ('x' * 80))
        self.assertEqual(value.fold(policy=policy.default),
                         "a/b;\n name*0*=us-ascii''%s;\n name*1*=%s\n" % ('x' * 58, 'x' * 22))


if __name__ == '__main__':
    unittest.main()
