# SPDX-License-Identifier: MIT
"""_bz2, _lzma, _hashlib, pyexpat, readline: what their users in the library rely on."""
import unittest


def optional(name):
    try:
        return __import__(name)
    except ImportError:
        return None


_bz2, _lzma, _hashlib, pyexpat, readline = map(optional, ("_bz2", "_lzma", "_hashlib", "pyexpat", "readline"))


@unittest.skipUnless(_bz2, "no libbz2")
class Bz2(unittest.TestCase):
    def test_limit(self):
        c = _bz2.BZ2Compressor(1)
        packed = c.compress(b"a" * 100000) + c.flush()
        self.assertRaisesRegex(ValueError, "Repeated call to flush", c.flush)
        d = _bz2.BZ2Decompressor()
        self.assertEqual(d.decompress(packed + b"rest", max_length=10), b"a" * 10)
        self.assertFalse(d.needs_input)
        self.assertEqual(len(d.decompress(b"")), 99990)
        self.assertEqual((d.eof, d.unused_data), (True, b"rest"))
        self.assertRaisesRegex(EOFError, "End of stream already reached", d.decompress, b"")
        self.assertRaisesRegex(OSError, "Invalid data stream", _bz2.BZ2Decompressor().decompress, b"x" * 20)

    def test_byte_by_byte(self):
        c = _bz2.BZ2Compressor()
        packed = c.compress(bytes(range(256)) * 50) + c.flush()
        d = _bz2.BZ2Decompressor()
        self.assertEqual(b"".join(d.decompress(packed[i:i + 1]) for i in range(len(packed))), bytes(range(256)) * 50)


@unittest.skipUnless(_lzma, "no liblzma")
class Lzma(unittest.TestCase):
    def test_filters(self):
        f = {"id": _lzma.FILTER_LZMA1, "dict_size": 4096, "lc": 2}
        props = _lzma._encode_filter_properties(f)
        self.assertEqual(_lzma._decode_filter_properties(_lzma.FILTER_LZMA1, props),
                         {"id": _lzma.FILTER_LZMA1, "dict_size": 4096, "lc": 2, "lp": 0, "pb": 2})
        self.assertRaisesRegex(ValueError, "Invalid filter specifier for delta filter", _lzma._encode_filter_properties,
                               {"id": _lzma.FILTER_DELTA, "lc": 1})
        self.assertRaisesRegex(ValueError, 'must have an "id" entry', _lzma._encode_filter_properties, {})

    def test_formats(self):
        raw = [{"id": _lzma.FILTER_DELTA, "dist": 3}, {"id": _lzma.FILTER_LZMA2, "preset": 1}]
        for keywords in ({"format": 1, "check": _lzma.CHECK_SHA256}, {"format": 2}, {"format": 3, "filters": raw}):
            c = _lzma.LZMACompressor(**keywords)
            packed = c.compress(b"hello " * 1000) + c.flush()
            keywords.pop("check", None)
            d = _lzma.LZMADecompressor(**keywords)
            self.assertEqual(d.decompress(packed), b"hello " * 1000)
        c = _lzma.LZMACompressor()
        packed = c.compress(b"x") + c.flush()
        self.assertRaisesRegex(_lzma.LZMAError, "Memory usage limit exceeded", _lzma.LZMADecompressor(memlimit=1).decompress, packed)


@unittest.skipUnless(_hashlib, "no OpenSSL")
class Hashlib(unittest.TestCase):
    def test_digests(self):
        h = _hashlib.new("sha256", b"a" * 5000)
        twin = h.copy()
        h.update(b"b" * 5000)
        self.assertEqual(twin.digest(), _hashlib.openssl_sha256(b"a" * 5000).digest())
        self.assertEqual((h.name, h.digest_size, h.block_size), ("sha256", 32, 64))
        self.assertEqual(_hashlib.openssl_md5().hexdigest(), "d41d8cd98f00b204e9800998ecf8427e")
        self.assertIn("sha3_256", _hashlib.openssl_md_meth_names)
        self.assertRaisesRegex(ValueError, "unsupported hash type", _hashlib.new, "no such")

    def test_keys(self):
        self.assertEqual(_hashlib.pbkdf2_hmac("sha1", b"password", b"salt", 2).hex(), "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957")
        self.assertEqual(_hashlib.scrypt(b"", salt=b"", n=16, r=1, p=1, dklen=8).hex(), "77d6576238657b20")
        self.assertEqual(_hashlib.hmac_digest(b"k", b"m", "md5").hex(), "ed7e724d3a91554aaa2043041d9c5305")


@unittest.skipUnless(pyexpat, "no Expat")
class Expat(unittest.TestCase):
    def test_events(self):
        events = []
        p = pyexpat.ParserCreate(None, "}")
        p.ordered_attributes = p.buffer_text = True
        p.StartElementHandler = lambda *args: events.append(args)
        p.EndElementHandler = lambda *args: events.append(args)
        p.CharacterDataHandler = events.append
        self.assertEqual(p.Parse("<a xmlns='u' x='1'>t&amp;\n<b/></a>", True), 1)
        self.assertEqual(events, [("u}a", ["x", "1"]), "t&\n", ("u}b", []), ("u}b",), ("u}a",)])

    def test_errors(self):
        p = pyexpat.ParserCreate()
        with self.assertRaisesRegex(pyexpat.ExpatError, "mismatched tag: line 1, column 5") as caught:
            p.Parse(b"<a></b>", True)
        self.assertEqual((caught.exception.code, caught.exception.offset, caught.exception.lineno), (7, 5, 1))
        p = pyexpat.ParserCreate()
        p.StartElementHandler = lambda *args: 1 / 0
        self.assertRaises(ZeroDivisionError, p.Parse, b"<a><b/></a>")


@unittest.skipUnless(readline, "no Readline")
class Readline(unittest.TestCase):
    def test_history(self):
        readline.clear_history()
        readline.add_history("first")
        readline.add_history("second")
        readline.replace_history_item(0, "changed")
        self.assertEqual([readline.get_history_item(i) for i in (1, 2, 3)], ["changed", "second", None])
        readline.remove_history_item(1)
        self.assertEqual(readline.get_current_history_length(), 1)
        self.assertRaisesRegex(ValueError, "No history item at position 7", readline.remove_history_item, 7)
        self.assertRaisesRegex(TypeError, "argument not callable", readline.set_completer, 3)
        readline.set_completer_delims(" ;")
        self.assertEqual(readline.get_completer_delims(), " ;")


if __name__ == "__main__":
    unittest.main()
