# SPDX-License-Identifier: MIT
"""memoryview: elements, slices, casts, release."""
import struct
import sys
import unittest


class Elements(unittest.TestCase):
    def test_formats(self):
        for f in "bBhHiIlLqQnN":
            size = struct.calcsize(f)
            low, high = (0, 2 ** (8 * size) - 1) if f.isupper() else (-2 ** (8 * size - 1), 2 ** (8 * size - 1) - 1)
            m = memoryview(bytearray(4 * size)).cast(f)
            m[1], m[2] = low, high
            self.assertEqual(m.tolist(), [0, low, high, 0])
            self.assertEqual((m.itemsize, m.format, m.shape, m.nbytes), (size, f, (4,), 4 * size))
            for bad in (low - 1, high + 1):
                with self.assertRaisesRegex(ValueError, "memoryview: invalid value for format '%s'" % f):
                    m[0] = bad
            with self.assertRaisesRegex(TypeError, "memoryview: invalid type for format '%s'" % f):
                m[0] = 1.5
        m = memoryview(bytearray(8)).cast("d")
        m[0] = 2
        self.assertEqual(m[0], 2.0)
        m = memoryview(bytearray(2)).cast("c")
        m[0] = b"x"
        self.assertEqual(m.tolist(), [b"x", b"\0"])
        m = memoryview(bytearray(b"\2\0")).cast("?")
        self.assertEqual(m.tolist(), [True, False])

    def test_slices(self):
        data = bytearray(range(20))
        for i in (None, 0, 3, -4, 30):
            for j in (None, 0, 9, -2):
                for k in (None, 1, 3, -1, -2):
                    m = memoryview(data)[i:j:k]
                    self.assertEqual((m.tobytes(), list(m), len(m)), (bytes(data[i:j:k]), list(data[i:j:k]), len(data[i:j:k])))
        self.assertEqual(memoryview(data)[2:12][::3][1:].tolist(), [5, 8, 11])

    def test_assignment(self):
        data = bytearray(b"abcdefgh")
        m = memoryview(data)
        m[1:3] = b"XY"
        m[::2] = b"1234"
        m[2:6] = m[0:4]
        self.assertEqual(data, b"1X1X2d4h")
        m[::-1] = bytes(range(8))
        self.assertEqual(list(data), [7, 6, 5, 4, 3, 2, 1, 0])
        with self.assertRaisesRegex(ValueError, "lvalue and rvalue have different structures"):
            m[0:2] = b"abc"
        with self.assertRaisesRegex(TypeError, "cannot modify read-only memory"):
            memoryview(b"a")[0] = 1
        with self.assertRaisesRegex(TypeError, "cannot delete memory"):
            del m[0]

    def test_index_errors(self):
        m = memoryview(b"abc")
        with self.assertRaisesRegex(IndexError, "index out of bounds on dimension 1"):
            m[3]
        with self.assertRaisesRegex(TypeError, "memoryview: invalid slice key"):
            m["a"]


class Shapes(unittest.TestCase):
    def test_two_dimensions(self):
        m = memoryview(bytearray(range(12))).cast("B", [3, 4])
        self.assertEqual((m[1, 2], m[-1, -1], m.strides, m.ndim), (6, 11, (4, 1), 2))
        m[1, 2] = 99
        self.assertEqual(m.tolist(), [[0, 1, 2, 3], [4, 5, 99, 7], [8, 9, 10, 11]])
        self.assertEqual(m[::2].tolist(), [[0, 1, 2, 3], [8, 9, 10, 11]])
        self.assertEqual(m[::-1].tobytes()[:4], bytes([8, 9, 10, 11]))
        self.assertEqual(m.tobytes("F")[:3], bytes([0, 4, 8]))
        self.assertRaises(NotImplementedError, lambda: m[0])
        self.assertRaises(IndexError, lambda: m[0, 9])
        self.assertEqual(m.cast("B").tolist(), list(m.tobytes()))

    def test_no_dimension(self):
        m = memoryview(bytearray(b"a")).cast("B", ())
        self.assertEqual((m[()], m.shape, m.ndim, m.tolist(), len(m)), (97, (), 0, 97, 1))
        m[()] = 98
        self.assertEqual(m[...].tobytes(), b"b")

    def test_cast_errors(self):
        m = memoryview(bytes(8))
        for args, error in ((("i", [3]), TypeError), (("x",), ValueError), (("<i",), ValueError), ((1,), TypeError),
                            (("B", [0]), ValueError), (("B", ["a"]), TypeError), (("B", 3), TypeError), (("B", [1] * 65), ValueError)):
            self.assertRaises(error, m.cast, *args)
        self.assertRaises(TypeError, m.cast("i").cast, "f")
        self.assertRaises(TypeError, m[::2].cast, "B")


class Equality(unittest.TestCase):
    def test_values_count(self):
        a = memoryview(struct.pack("3i", 1, 2, 3)).cast("i")
        self.assertEqual(a, memoryview(struct.pack("3q", 1, 2, 3)).cast("q"))
        self.assertNotEqual(a, memoryview(struct.pack("3i", 1, 2, 4)).cast("i"))
        self.assertEqual(memoryview(b"abc"), b"abc")
        self.assertNotEqual(memoryview(b"abc"), "abc")
        self.assertEqual(memoryview(b"abcd")[::2], b"ac")

    def test_nan(self):
        a = memoryview(struct.pack("d", float("nan"))).cast("d")
        self.assertNotEqual(a, a)

    def test_hash(self):
        self.assertEqual(hash(memoryview(b"abc")), hash(b"abc"))
        self.assertEqual(hash(memoryview(b"aXbXcX")[::2]), hash(b"abc"))
        self.assertRaises(ValueError, hash, memoryview(bytearray(1)))
        self.assertRaises(ValueError, hash, memoryview(bytes(4)).cast("i"))


class Release(unittest.TestCase):
    def test_release(self):
        data = bytearray(b"abc")
        m = memoryview(data)
        self.assertRaises(BufferError, data.append, 1)
        with m:
            part = m[1:]
        self.assertRaises(ValueError, len, m)
        self.assertRaises(BufferError, data.append, 1)
        self.assertEqual(part.tobytes(), b"bc")
        part.release()
        data.append(1)
        self.assertTrue(repr(m).startswith("<released memory at"))
        self.assertEqual(m, m)
        m.release()

    @unittest.skipUnless("taipan" in sys.version, "CPython 3.8 may crash here")
    def test_release_while_indexing(self):
        m = memoryview(bytearray(b"abc"))

        class I:
            def __index__(self):
                m.release()
                return 1

        def assign():
            m[0] = I()
        self.assertRaises(ValueError, lambda: m[I()])
        m = memoryview(bytearray(b"abc"))
        self.assertRaises(ValueError, assign)

    def test_toreadonly(self):
        m = memoryview(bytearray(2)).toreadonly()
        self.assertTrue(m.readonly)
        self.assertEqual(m.hex(), "0000")


if __name__ == "__main__":
    unittest.main()
