# SPDX-License-Identifier: MIT
"""audioop: values seen on CPython 3.8."""
import audioop
import unittest

DATA = bytes((i * 37 + i * i * 11) % 256 for i in range(24))


class Audioop(unittest.TestCase):
    def test_measures(self):
        measured = [[getattr(audioop, f)(DATA, w) for f in ("max", "minmax", "avg", "rms", "avgpp", "maxpp", "cross")] for w in (1, 2, 3, 4)]
        self.assertEqual(measured, MEASURED)

    def test_telephone(self):
        self.assertEqual(audioop.lin2ulaw(DATA, 2).hex(), ULAW)
        self.assertEqual(audioop.lin2alaw(DATA, 2).hex(), ALAW)
        every = bytes(range(256))
        self.assertEqual(audioop.lin2ulaw(audioop.ulaw2lin(every, 4), 4)[:127], every[:127])
        self.assertEqual(audioop.lin2alaw(audioop.alaw2lin(every, 2), 2), every)

    def test_adpcm(self):
        self.assertEqual(audioop.lin2adpcm(DATA, 2, None), ADPCM)
        self.assertRaisesRegex(ValueError, "bad state", audioop.adpcm2lin, DATA, 2, (0, 89))

    def test_rates(self):
        self.assertEqual(audioop.ratecv(DATA, 2, 2, 3, 2, None, 2, 1), RATE)
        self.assertRaisesRegex(audioop.error, "not a whole number of frames", audioop.ratecv, DATA[1:], 2, 2, 3, 2, None)

    def test_clipping(self):
        self.assertEqual(audioop.mul(b"\x7f\x80\x01", 1, 2), b"\x7f\x80\x02")
        self.assertEqual(audioop.add(b"\xff\xff\xff\x7f", b"\x01\0\0\0", 4), b"\xff\xff\xff\x7f")
        self.assertEqual(audioop.bias(b"\xff\x7f", 2, 1), b"\0\x80")


MEASURED = [
    [122, (-122, 118), 7, 62, 149, 202, 12],
    [17030, (-14104, 17030), -1834, 11112, 22044, 27668, 8],
    [7745536, (-3490104, 7745536), 876713, 4317328, 5536416, 10970660, 4],
    [1116135504, (-893466392, 1116135504), -79475777, 756898336, 1706691938, 2009601896, 3],
]
ULAW = '971815a114159d1a1f8f4eb1'
ALAW = 'bd333c8b3e3fb7310aa57a98'
ADPCM = (b'\x7f\xf7\xff\x7f\xe7\x91', (2791, 76))
RATE = (b'\x00 \xa4\xe1\xc0\xdd\x04\xf5\xb9\t\x97\xd9\xc5\xf2\x05\x1a', (-2, ((-300035135, -143877141), (529249318, 343926455))))

if __name__ == "__main__":
    unittest.main()
