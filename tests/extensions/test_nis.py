# SPDX-License-Identifier: MIT
"""nis: arguments, and what is told where no service answers; where this machine has a domain, its maps."""
import unittest

try:
    import nis
except ImportError:
    raise unittest.SkipTest('no NIS library')


class Arguments(unittest.TestCase):
    def test_refused(self):
        for call, kind, message in [
                (lambda: nis.match(), TypeError, "match() missing required argument 'key' (pos 1)"),
                (lambda: nis.match('k'), TypeError, "match() missing required argument 'map' (pos 2)"),
                (lambda: nis.match(b'k', 'm'), TypeError, 'match() argument 1 must be str, not bytes'),
                (lambda: nis.match('k', b'm'), TypeError, 'match() argument 2 must be str, not bytes'),
                (lambda: nis.match('k', 'm', 'd', 'e'), TypeError, 'match() takes at most 3 arguments (4 given)'),
                (lambda: nis.cat(1), TypeError, 'cat() argument 1 must be str, not int'),
                (lambda: nis.cat('a\0b'), ValueError, 'embedded null character'),
                (lambda: nis.maps(other=1), TypeError, "'other' is an invalid keyword argument for maps()"),
                (lambda: nis.get_default_domain(1), TypeError, 'get_default_domain() takes no arguments (1 given)')]:
            with self.subTest(message=message):
                with self.assertRaises(kind) as caught:
                    call()
                self.assertEqual(str(caught.exception), message)

    def test_error(self):
        self.assertEqual((nis.error.__mro__[1], nis.error.__module__), (Exception, 'nis'))


class Service(unittest.TestCase):
    def test_no_such_domain(self):
        domain = 'no-such-domain.example'
        for call in (lambda: nis.match('k', 'passwd', domain), lambda: nis.cat('passwd', domain), lambda: nis.maps(domain)):
            with self.assertRaises(nis.error):
                call()

    def test_maps(self):
        try:
            maps = nis.maps(nis.get_default_domain())
        except nis.error as e:
            self.skipTest(e)
        for name in set(maps) - {'mail.aliases'}:  # its keys may or may not count a null byte
            for key, value in list(nis.cat(name).items())[:5]:
                if key:
                    self.assertEqual(nis.match(key, name), value)


if __name__ == '__main__':
    unittest.main()
