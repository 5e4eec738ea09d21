# SPDX-License-Identifier: MIT
"""tokenize and token: what is found, and back to source."""

import io
import token
import tokenize
import unittest


def tokens(text):
    return [(token.tok_name[t.exact_type], t.string) for t in tokenize.generate_tokens(io.StringIO(text).readline)]


class Tokens(unittest.TestCase):
    def test_numbers_of_tokens(self):
        self.assertEqual((token.OP, token.N_TOKENS, token.EXACT_TOKEN_TYPES[':=']), (54, 63, token.COLONEQUAL))
        self.assertTrue(token.ISEOF(0) and token.ISNONTERMINAL(256) and token.ISTERMINAL(255))

    def test_operators_are_exact(self):
        self.assertEqual(tokens('a**=b->c\n')[1:4:2], [('DOUBLESTAREQUAL', '**='), ('RARROW', '->')])

    def test_indentation(self):
        self.assertEqual([name for name, _ in tokens('if a:\n\tb\n  \nc')],
                         ['NAME', 'NAME', 'COLON', 'NEWLINE', 'INDENT', 'NAME', 'NEWLINE', 'NL', 'DEDENT', 'NAME',
                          'NEWLINE', 'ENDMARKER'])

    def test_strings_over_lines(self):
        self.assertEqual(tokens('rb"""a\nb""" \'c\\\nd\'\n')[:2], [('STRING', 'rb"""a\nb"""'), ('STRING', "'c\\\nd'")])

    def test_lines_of_a_token(self):
        t = list(tokenize.generate_tokens(io.StringIO('x = """a\nb"""+1\n').readline))[2]
        self.assertEqual((t.start, t.end, t.line), ((1, 4), (2, 4), 'x = """a\nb"""+1\n'))

    def test_numbers(self):
        for text in ('1_000', '0xF_f', '1e-5j', '.5', '0b1'):
            self.assertEqual(tokens(text)[0], ('NUMBER', text))

    def test_no_python(self):
        self.assertEqual(tokens("?a'b\n")[0:3:2], [('ERRORTOKEN', '?'), ('ERRORTOKEN', "'")])

    def test_unfinished(self):
        with self.assertRaises(tokenize.TokenError) as raised:
            tokens('(a,\n')
        self.assertEqual(raised.exception.args, ('EOF in multi-line statement', (2, 0)))
        self.assertRaises(IndentationError, tokens, 'if a:\n    b\n  c\n')

    def test_repr(self):
        self.assertEqual(repr(next(tokenize.generate_tokens(io.StringIO('a').readline))),
                         "TokenInfo(type=1 (NAME), string='a', start=(1, 0), end=(1, 1), line='a')")


class Encoding(unittest.TestCase):
    def detect(self, data):
        return tokenize.detect_encoding(io.BytesIO(data).readline)

    def test_found(self):
        self.assertEqual(self.detect(b''), ('utf-8', []))
        self.assertEqual(self.detect(b'\xef\xbb\xbfx'), ('utf-8-sig', [b'x']))
        self.assertEqual(self.detect(b'#!\n# -*- coding: latin-1 -*-\n')[0], 'iso-8859-1')
        self.assertEqual(self.detect(b'x\n# coding: ascii\n')[0], 'utf-8')

    def test_bad(self):
        for data, message in ((b'# coding: no-such\n', 'unknown encoding: no-such'),
                              (b'\xef\xbb\xbf# coding: ascii\n', 'encoding problem: utf-8'),
                              (b'\xff', 'invalid or missing encoding declaration')):
            with self.assertRaisesRegex(SyntaxError, message):
                self.detect(data)


class Untokenize(unittest.TestCase):
    SOURCE = b"def f(a):\n\tif a :\n\t\treturn 'b' 'c' # d\n\treturn (1,\n\t 2)\n"

    def test_exact(self):
        found = list(tokenize.tokenize(io.BytesIO(self.SOURCE).readline))
        self.assertEqual(tokenize.untokenize(found), self.SOURCE)

    def test_pairs(self):
        found = [t[:2] for t in tokenize.tokenize(io.BytesIO(self.SOURCE).readline)]
        again = [t[:2] for t in tokenize.tokenize(io.BytesIO(tokenize.untokenize(found)).readline)]
        self.assertEqual(again, found)

    def test_order(self):
        with self.assertRaisesRegex(ValueError, r'start \(1,3\) precedes previous end \(2,2\)'):
            u = tokenize.Untokenizer()
            u.prev_row, u.prev_col = 2, 2
            u.add_whitespace((1, 3))


if __name__ == '__main__':
    unittest.main()
