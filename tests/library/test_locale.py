# SPDX-License-Identifier: MIT
"""locale, gettext, stringprep."""

import gettext
import io
import locale
import stringprep
import struct
import unittest


class Names(unittest.TestCase):
    def test_normalize(self):
        for name, expected in (('de', 'de_DE.ISO8859-1'), ('de_DE.utf8', 'de_DE.UTF-8'), ('DE@euro', 'de_DE.ISO8859-15'),
                               ('en_US.latin1', 'en_US.ISO8859-1'), ('sr@latin', 'sr_RS.UTF-8@latin'), ('c', 'C'),
                               ('xx_YY.foo', 'xx_YY.foo'), ('ca_ES.utf-8@valencia', 'ca_ES.UTF-8@valencia')):
            self.assertEqual(locale.normalize(name), expected)

    def test_pairs(self):
        self.assertEqual(locale._parse_localename('C'), (None, None))
        self.assertEqual(locale._build_localename(('de_DE', 'UTF-8')), 'de_DE.UTF-8')
        with self.assertRaisesRegex(ValueError, 'unknown locale: xx'):
            locale._parse_localename('xx')
        self.assertEqual(locale.setlocale(locale.LC_NUMERIC, ('C', None)), 'C')


class Numbers(unittest.TestCase):
    conventions = dict(decimal_point=',', thousands_sep='.', grouping=[3, 0], mon_decimal_point=',',
                       mon_thousands_sep='.', mon_grouping=[3, 0], currency_symbol='\u20ac', int_curr_symbol='EUR ',
                       frac_digits=2, int_frac_digits=2, negative_sign='-', positive_sign='', n_cs_precedes=0,
                       p_cs_precedes=0, n_sep_by_space=1, p_sep_by_space=1, n_sign_posn=1, p_sign_posn=1)

    def setUp(self):
        locale._override_localeconv.update(self.conventions)
        self.addCleanup(locale._override_localeconv.clear)

    def test_format(self):
        self.assertEqual(locale.format_string('%.2f %d %%', (1234567.891, -9876), grouping=True),
                         '1.234.567,89 -9.876 %')
        self.assertEqual(locale.format_string('%(a)10d|', {'a': 12345}, grouping=True), '    12.345|')
        self.assertEqual(locale.str(1.5), '1,5')

    def test_currency(self):
        self.assertEqual(locale.currency(-1234.5, grouping=True), '-1.234,50 \u20ac')
        self.assertEqual(locale.currency(5, symbol=False), '5,00')

    def test_read(self):
        self.assertEqual((locale.atof('1.234,5'), locale.atoi('1.234')), (1234.5, 1234))


def catalog(messages):
    """Return the bytes of a .mo file."""
    keys = sorted(messages)
    originals, translations, data = [], [], b''
    start = 28 + 16 * len(keys)
    for key in keys:
        for table, text in ((originals, key), (translations, messages[key])):
            table.append(struct.pack('<II', len(text), start + len(data)))
            data += text + b'\0'
    head = struct.pack('<7I', 0x950412de, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0)
    return head + b''.join(originals) + b''.join(translations) + data


class Gettext(unittest.TestCase):
    def setUp(self):
        self.t = gettext.GNUTranslations(io.BytesIO(catalog({
            b'': b'Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\nX: y\n',
            b'yes': 'j\xe4'.encode(), b'file\0files': b'Datei\0Dateien', b'menu\x04open': b'auf'})))

    def test_lookup(self):
        t = self.t
        self.assertEqual((t.gettext('yes'), t.gettext('no'), t.ngettext('file', 'files', 1), t.ngettext('file', 'files', 2),
                          t.pgettext('menu', 'open'), t.pgettext('x', 'open'), t.ngettext('a', 'b', 2)),
                         ('j\xe4', 'no', 'Datei', 'Dateien', 'auf', 'open', 'b'))
        self.assertEqual((t.charset(), t.info()['x']), ('UTF-8', 'y'))

    def test_fallback(self):
        other = gettext.GNUTranslations(io.BytesIO(catalog({b'no': b'nein'})))
        self.t.add_fallback(other)
        self.assertEqual(self.t.gettext('no'), 'nein')

    def test_errors(self):
        with self.assertRaisesRegex(OSError, 'Bad magic number'):
            gettext.GNUTranslations(io.BytesIO(b'nonsense' * 4))
        with self.assertRaisesRegex(FileNotFoundError, 'No translation file found for domain'):
            gettext.translation('no-such-domain')

    def test_plural(self):
        polish = gettext.c2py('n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2')
        self.assertEqual([polish(n) for n in (0, 1, 2, 5, 12, 22, 112)], [2, 0, 1, 2, 2, 1, 2])
        self.assertEqual(gettext.c2py('n == n == n')(1), 1)
        for plural, message in (('n n', "unexpected token in plural form: n"), ('n +', 'unexpected end of plural form'),
                                ('(n', 'unbalanced parenthesis in plural form'), ('x', 'invalid token in plural form: x'),
                                ('n' * 1001, 'too long')):
            with self.assertRaisesRegex(ValueError, message):
                gettext.c2py(plural)


class Stringprep(unittest.TestCase):
    def test_tables(self):
        s = stringprep
        self.assertTrue(s.in_table_a1('\u0221') and s.in_table_b1('\xad') and s.in_table_c12('\xa0')
                        and s.in_table_c22('\x80') and s.in_table_c3('\ue000') and s.in_table_c4('\ufffe')
                        and s.in_table_c5('\ud800') and s.in_table_d1('\u05d0') and s.in_table_d2('a'))
        self.assertEqual((s.map_table_b2('\u2122'), s.map_table_b3('\xdf'), s.map_table_b3('A')), ('tm', 'ss', 'a'))


if __name__ == '__main__':
    unittest.main()
