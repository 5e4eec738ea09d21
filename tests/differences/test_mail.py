# SPDX-License-Identifier: MIT
"""Where email's headers knowingly differ from CPython 3.8's, each with its reason. Every test here fails on CPython."""
import sys
import unittest
from email import _header_value_parser as parser
from email import policy
from email.headerregistry import HeaderRegistry

header = HeaderRegistry()


@unittest.skipUnless(hasattr(sys, "_taipan"), "the other side of these differences")
class Differences(unittest.TestCase):
    def test_odd_addresses_are_read(self):
        """3.8 raises IndexError, AttributeError or TypeError for these instead of noting a defect."""
        for text in "a@", "<", "a@[b", "(x) . y <a@b>", "g: a@b; c", ".. <a@b>", ":":
            value = header("To", text)
            self.assertTrue(value.defects, text)
            value.fold(policy=policy.default)
        self.assertEqual([str(one) for one in header("To", "g: a@b; c, d@e").addresses], ["a@b", "d@e"])
        self.assertEqual(type(header("Message-ID", "<")._parse_tree).__name__, "InvalidMessageID")

    def test_encoded_words_bring_no_structure(self):
        """3.8 reads a local part anew from its decoded text if something follows it: the @ of an encoded word becomes that of the
        address, and mail goes to a domain that the header does not name."""
        spec = parser.get_addr_spec("=?utf-8?q?a=40evil=2Eorg?= b@good.org")[0]
        self.assertEqual(spec.domain, "good.org")

    def test_separators_stay(self):
        """3.8 encodes a comma for which there is no room on the line, which makes one address of two."""
        text = "%s@example.com, Ren\xe9e <r@d.fr>" % ("a" * 70)
        self.assertNotIn("=2C", header("To", text).fold(policy=policy.default))

    def test_folding_ends(self):
        """3.8 never comes back if a character does not fit on a line as an encoded word."""
        lines = header("Subject", "\U0001f40d").fold(policy=policy.default.clone(max_line_length=16))
        self.assertIn("=?utf-8?q?=F0=9F=90=8D?=", lines)

    def test_comments_may_be_nested(self):
        """3.8 runs out of stack."""
        text = "(" * 5000 + ")" * 5000 + " a@b"
        value = header("To", text)
        self.assertEqual((str(value), value.defects), ("a@b", ()))
        self.assertIn(text[:60], value.fold(policy=policy.default))

    def test_defects_of_parameters_are_noted_once(self):
        """3.8 notes them whenever the parameters are asked for."""
        value = parser.parse_content_type_header("a/b; c=1; c=2")
        self.assertEqual(list(value.params), list(value.params))
        self.assertEqual(len(value.all_defects), 1)


if __name__ == "__main__":
    unittest.main()
