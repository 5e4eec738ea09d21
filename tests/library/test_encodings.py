# SPDX-License-Identifier: MIT
"""The codecs of the package encodings: found, complete, piece by piece."""

import codecs
import encodings.aliases
import unittest

TABLES = ('cp037 cp1006 cp1026 cp1125 cp1140 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp273 cp424 '
          'cp437 cp500 cp720 cp737 cp775 cp850 cp852 cp855 cp856 cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865 cp866 '
          'cp869 cp874 cp875 hp_roman8 iso8859_1 iso8859_10 iso8859_11 iso8859_13 iso8859_14 iso8859_15 iso8859_16 '
          'iso8859_2 iso8859_3 iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_9 koi8_r koi8_t koi8_u kz1048 '
          'mac_arabic mac_centeuro mac_croatian mac_cyrillic mac_farsi mac_greek mac_iceland mac_latin2 mac_roman '
          'mac_romanian mac_turkish palmos ptcp154 tis_620').split()


class Tables(unittest.TestCase):
    def test_samples(self):
        for name, data, text in (('cp437', b'\xe1\x9b', 'ß¢'), ('cp1252', b'\x80\xe9', '€é'), ('koi8_r', b'\xf0', 'П'),
                                 ('cp037', b'\xc1\x4a', 'A¢'), ('mac_roman', b'\xf0', '\uf8ff'),
                                 ('iso8859_15', b'\xa4', '€'), ('tis_620', b'\xa1', 'ก'), ('cp864', b'\x25', '٪')):
            self.assertEqual((data.decode(name), text.encode(name)), (text, data))

    def test_round_trip(self):
        for name in TABLES:
            text = bytes(range(256)).decode(name, 'ignore')
            self.assertGreater(len(text), 180)
            self.assertEqual(text.encode(name).decode(name), text)
            self.assertEqual(codecs.lookup(name).name.replace('-', '_'), name)

    def test_undefined_bytes(self):
        with self.assertRaisesRegex(UnicodeDecodeError, 'character maps to <undefined>'):
            b'\x81'.decode('cp1252')
        with self.assertRaisesRegex(UnicodeEncodeError, 'character maps to <undefined>'):
            '€'.encode('cp437')

    def test_maps(self):
        import encodings.cp437
        import encodings.cp1252
        self.assertEqual((encodings.cp437.decoding_map[0x9b], encodings.cp437.encoding_map[0xa2]), (0xa2, 0x9b))
        self.assertEqual(encodings.cp1252.decoding_table[0x80:0x82], '€\ufffe')


class Unicode(unittest.TestCase):
    def pieces(self, name, data):
        decoder = codecs.getincrementaldecoder(name)()
        return ''.join([decoder.decode(bytes([byte])) for byte in data]) + decoder.decode(b'', True)

    def test_pieces(self):
        text = 'aé€\U0001f600'
        for name in ('utf-8', 'utf-8-sig', 'utf-7', 'utf-16', 'utf-16-le', 'utf-16-be', 'utf-32', 'utf-32-le',
                     'utf-32-be'):
            encoder = codecs.getincrementalencoder(name)()
            data = b''.join(map(encoder.encode, text)) + encoder.encode('', True)
            self.assertEqual(self.pieces(name, data), text, name)
            self.assertEqual(data.decode(name), text, name)

    def test_marks(self):
        for name, width in (('utf-16', 2), ('utf-32', 4)):
            encoder = codecs.getincrementalencoder(name)()
            self.assertEqual(len(encoder.encode('a')), 2 * width)
            self.assertEqual((len(encoder.encode('a')), encoder.getstate()), (width, 0))
            encoder.reset()
            self.assertEqual(encoder.getstate(), 2)
            decoder = codecs.getincrementaldecoder(name)()
            with self.assertRaisesRegex(UnicodeError, 'stream does not start with BOM'):
                decoder.decode(b'a\0\0\0')

    def test_names(self):
        self.assertEqual(encodings.normalize_encoding(' UTF--8 '), 'UTF_8')
        self.assertEqual(codecs.lookup('Latin 1').name, 'iso8859-1')
        self.assertEqual(encodings.aliases.aliases['l2'], 'iso8859_2')
        self.assertRaises(LookupError, codecs.lookup, 'no such codec')


class Others(unittest.TestCase):
    def test_bytes(self):
        data = bytes(range(256)) * 3
        for name in ('base64', 'hex', 'quopri', 'uu'):
            self.assertEqual(codecs.decode(codecs.encode(data, name), name), data)
            with self.assertRaisesRegex(LookupError, 'is not a text encoding'):
                ''.encode(name)
        self.assertEqual(codecs.encode(b'a=\t', 'quopri'), b'a=3D=09')
        self.assertEqual(codecs.encode(b'abc', 'uu'), b'begin 666 <data>\n#86)C\n \nend\n')

    def test_compression(self):
        for name in ('zlib', 'bz2'):
            try:
                codecs.lookup(name)
            except LookupError:
                continue
            encoder, decoder = codecs.getincrementalencoder(name)(), codecs.getincrementaldecoder(name)()
            data = encoder.encode(b'a' * 50) + encoder.encode(b'b', True)
            self.assertEqual(decoder.decode(data[:5]) + decoder.decode(data[5:], True), b'a' * 50 + b'b')

    def test_rot13(self):
        self.assertEqual(codecs.encode('Hello, é', 'rot13'), 'Uryyb, é')

    def test_punycode(self):
        for text, data in (('pythön', b'pythn-mua'), ('é', b'9ca'), ('abc', b'abc-'), ('', b''),
                           ('他们为什么不说中文', b'ihqwcrb4cv8a8dqg056pqjye')):
            self.assertEqual((text.encode('punycode'), data.decode('punycode')), (data, text))
        with self.assertRaisesRegex(UnicodeError, 'incomplete punicode string'):
            b'abc-z'.decode('punycode')

    def test_idna(self):
        for text, data in (('pythön.org.', b'xn--pythn-mua.org.'), ('a.b', b'a.b'), ('', b'')):
            self.assertEqual((text.encode('idna'), data.decode('idna')), (data, text))
        self.assertEqual('faß\u3002DE'.encode('idna'), b'fass.DE')
        for text, message in (('é..b', 'label empty or too long'), ('xn--é', 'Label starts with ACE prefix'),
                              ('\u05d0a', 'Violation of BIDI requirement 2')):
            with self.assertRaisesRegex(UnicodeError, message):
                text.encode('idna')

    def test_undefined(self):
        self.assertRaises(UnicodeError, 'a'.encode, 'undefined')


if __name__ == '__main__':
    unittest.main()
