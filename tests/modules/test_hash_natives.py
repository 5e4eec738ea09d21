# SPDX-License-Identifier: MIT
"""_md5, _sha1, _sha256, _sha512, _sha3, _blake2: known digests, pieces, copies, and threads that share an object."""
import _blake2
import _md5
import _sha1
import _sha256
import _sha3
import _sha512
import threading
import time
import unittest

MAKERS = [_md5.md5, _sha1.sha1, _sha256.sha224, _sha256.sha256, _sha512.sha384, _sha512.sha512, _sha3.sha3_224, _sha3.sha3_256,
          _sha3.sha3_384, _sha3.sha3_512, _blake2.blake2b, _blake2.blake2s]


class Digests(unittest.TestCase):
    def test_known(self):
        self.assertEqual(_md5.md5(b"abc").hexdigest(), "900150983cd24fb0d6963f7d28e17f72")
        self.assertEqual(_sha1.sha1(b"abc").hexdigest(), "a9993e364706816aba3e25717850c26c9cd0d89d")
        self.assertEqual(_sha256.sha256(b"").hexdigest(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        self.assertEqual(_sha512.sha512(b"").hexdigest()[:32], "cf83e1357eefb8bdf1542850d66d8007")
        self.assertEqual(_sha3.sha3_256(b"").hexdigest()[:32], "a7ffc6f8bf1ed76651c14756a061d662")
        self.assertEqual(_sha3.shake_128(b"").hexdigest(16), "7f9c2ba4e88f827d616045507605853e")
        self.assertEqual(_blake2.blake2b(b"abc").hexdigest()[:32], "ba80a53f981c4d0d6a2797b69f12f6e9")
        self.assertEqual(_blake2.blake2s(b"abc", digest_size=4).hexdigest(), "df7101d3")

    def test_pieces(self):
        data = bytes(range(256)) * 40
        for make in MAKERS:
            whole, pieces = make(data).digest(), make()
            at = 0
            for size in (1, 63, 64, 65, 127, 128, 129, 3000, 2048, 2047):
                pieces.update(data[at:at + size])
                at += size
            middle = pieces.copy()
            pieces.update(data[at:])
            middle.update(memoryview(data)[at:])
            self.assertEqual((pieces.digest(), middle.digest(), pieces.digest()), (whole,) * 3)

    def test_what_is_no_data(self):
        for make in MAKERS:
            self.assertRaises(TypeError, make().update, "text")
            self.assertRaises(TypeError, make().update, 5)
            self.assertRaises(TypeError, make, "text")
            self.assertRaises(BufferError, make().update, memoryview(bytes(10_000))[::2])


class Threads(unittest.TestCase):
    def test_shared_object(self):
        """Everything that came in counts once, whoever brought it: equal pieces, so that their order does not matter."""
        piece, n = b"x" * 100_000, 8
        for make in MAKERS + [_sha3.shake_256]:
            shared = make()
            digest = (lambda h: h.digest(20)) if make is _sha3.shake_256 else (lambda h: h.digest())

            def work():
                for _ in range(n):
                    shared.update(piece)
                    shared.update(piece[:100])
                    digest(shared.copy())
            threads = [threading.Thread(target=work) for _ in range(3)]
            for t in threads:
                t.start()
            for t in threads:
                t.join()
            alone = make(b"x" * (3 * n * 100_100))
            self.assertEqual(digest(shared), digest(alone), make)

    def test_others_run_meanwhile(self):
        for make in (_sha3.sha3_512, _blake2.blake2s):
            data, ticks, done = bytes(40_000_000), [], []

            def work():
                make(data)
                done.append(True)
            t = threading.Thread(target=work)
            t.start()
            while not done:
                ticks.append(None)
                time.sleep(0.001)
            t.join()
            self.assertGreater(len(ticks), 3)


if __name__ == "__main__":
    unittest.main()
