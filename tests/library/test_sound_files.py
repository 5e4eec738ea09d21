# SPDX-License-Identifier: MIT
"""aifc and sunau: what is written is read again, byte for byte as CPython's modules have it."""
import aifc
import io
import sunau
import unittest


class Kept(io.BytesIO):
    """A file in memory that outlives close()."""

    def close(self):
        self.content = self.getvalue()


class AifcTest(unittest.TestCase):
    def test_bytes(self):
        f = Kept()
        w = aifc.open(f, 'w')
        w.setparams((2, 2, 8000, 0, b'NONE', b'not compressed'))
        w.setmark(1, 2, b'ab')
        w.writeframes(b'12345678abcd')
        w.close()
        self.assertEqual(f.content, b'FORM\0\0\0nAIFCFVER\0\0\0\x04\xa2\x80Q@COMM\0\0\0&\0\x02\0\0\0\x03\0\x10@\x0b\xfa'
                         b'\0\0\0\0\0\0\0NONE\x0enot compressed\0SSND\0\0\0\x14\0\0\0\0\0\0\0\x0012345678abcdMARK\0\0\0\x0c'
                         b'\0\x01\0\x01\0\0\0\x02\x02ab\0')
        r = aifc.open(io.BytesIO(f.content))
        self.assertEqual(r.getparams(), (2, 2, 8000, 3, b'NONE', b'not compressed'))
        self.assertEqual(r.getmark(1), (1, 2, b'ab'))
        r.setpos(1)
        self.assertEqual(r.readframes(5), b'5678abcd')

    def test_adpcm(self):
        f = Kept()
        with aifc.open(f, 'w') as w:
            w.setparams((1, 2, 8000, 0, b'G722', b''))
            w.writeframes(b'12345678abcd')
        self.assertEqual(aifc.open(io.BytesIO(f.content)).readframes(9),
                         b'\x0b\x00)\x00h\x00\xf0\x00\x15\x02\x8c\x04\xe6\x048\x05')

    def test_errors(self):
        for data in b'RIFF\0\0\0\4AIFF', b'FORM\0\0\0\4JUNK', b'FORM\0\0\0\4AIFF':
            self.assertRaises(aifc.Error, aifc.open, io.BytesIO(data))
        w = aifc.open(Kept(), 'w')
        self.assertRaises(aifc.Error, w.getparams)
        self.assertRaises(aifc.Error, w.close)


class SunauTest(unittest.TestCase):
    def test_bytes(self):
        f = io.BytesIO()
        with sunau.open(f, 'w') as w:
            w.setparams((1, 2, 8000, 1, 'ULAW', ''))
            w.writeframes(b'abcd')
        self.assertEqual(f.getvalue(), b'.snd\0\0\0 \0\0\0\2\0\0\0\1\0\0\x1f@\0\0\0\1' + b'\0' * 8 + b'\x87\x86')
        f.seek(0)
        self.assertEqual(sunau.open(f).getparams(), (1, 2, 8000, 2, 'ULAW', 'CCITT G.711 u-law'))

    def test_errors(self):
        self.assertRaises(EOFError, sunau.open, io.BytesIO())
        self.assertRaises(sunau.Error, sunau.open, io.BytesIO(b'.snx' + b'\0' * 30))
        self.assertRaises(sunau.Error, sunau.open, io.BytesIO(), 'q')


if __name__ == '__main__':
    unittest.main()
