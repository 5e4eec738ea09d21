# SPDX-License-Identifier: MIT
"""Inputs that once made a native read what it must not; found by tools/fuzz."""
import codecs
import io
import unittest
import warnings


class FoundByFuzzing(unittest.TestCase):
    def test_handler_replaces_the_input(self):
        """The first unknown escape may lie in bytes that die with the exception."""
        def handler(error):
            error.object = bytes([92, 69]) * 20
            return '', 0
        codecs.register_error('bad_input.replaces', handler)
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            self.assertEqual(codecs.decode(b'abc\\x1', 'unicode-escape', 'bad_input.replaces'), 'abc' + '\\E' * 20)

    def test_position_far_behind_the_end(self):
        s = io.StringIO('abc')
        s.seek(2 ** 61)
        self.assertEqual((s.read(), s.read(1), s.readline()), ('', '', ''))

    def test_dotted_name(self):
        name = '.'.join(['a'] * 50000)
        self.assertIn(name, compile('import ' + name, 'x', 'exec').co_names)


if __name__ == '__main__':
    unittest.main()
