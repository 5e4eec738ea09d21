# SPDX-License-Identifier: MIT
"""Decompressors give at most what they are asked for, whatever the size, and lose nothing."""
import unittest

makers = []
try:
    import zlib
    makers.append(("zlib", zlib.compress, zlib.decompressobj))
except ImportError:
    zlib = None
try:
    import bz2
    makers.append(("bz2", bz2.compress, bz2.BZ2Decompressor))
except ImportError:
    pass
try:
    import lzma
    makers.append(("lzma", lzma.compress, lzma.LZMADecompressor))
except ImportError:
    pass

DATA = b"".join(b"%d squared is %d. " % (n, n * n) for n in range(20000))


@unittest.skipUnless(makers, "needs a compressor")
class Limits(unittest.TestCase):
    def test_max_length(self):
        for name, compress, maker in makers:
            packed = compress(DATA)
            for limit in 1000, 8191, 8192, 8193, 20000, 32768, 40000, 65535, 65536, 65537, 100000, 131073, 200000, 10 ** 7:
                with self.subTest(name=name, limit=limit):
                    d, parts, data = maker(), [], packed
                    while not d.eof:
                        part = d.decompress(data, limit)
                        self.assertLessEqual(len(part), limit)
                        self.assertTrue(part or not data)
                        parts.append(part)
                        data = d.unconsumed_tail if name == "zlib" else b""
                    self.assertEqual(b"".join(parts), DATA)

    def test_no_limit(self):
        for name, compress, maker in makers:
            with self.subTest(name=name):
                self.assertEqual(maker().decompress(compress(DATA)), DATA)


if __name__ == "__main__":
    unittest.main()
