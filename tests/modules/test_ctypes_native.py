# SPDX-License-Identifier: MIT
"""_ctypes: layout, conversions, calls and callbacks, what is kept alive."""
import unittest

try:
    import _ctypes
except ImportError:
    raise unittest.SkipTest("no libffi")
from ctypes import (CDLL, CFUNCTYPE, POINTER, ArgumentError, BigEndianStructure, Structure, Union, byref, c_char, c_char_p, c_double, c_int,
                    c_long, c_short, c_ubyte, c_void_p, cast, create_string_buffer, pointer, py_object, sizeof, string_at)


class Layout(unittest.TestCase):
    def test_structures(self):
        class S(Structure):
            _fields_ = [("a", c_ubyte), ("b", c_int, 3), ("c", c_int, 7), ("d", c_double), ("e", c_char * 3)]
        self.assertEqual((sizeof(S), S.b.offset, S.c.size, S.d.offset, S.e.offset), (24, 4, 7 << 16 | 3, 8, 16))
        s = S(1, -2, 33, 0.5, b"xy")
        self.assertEqual((s.a, s.b, s.c, s.d, s.e), (1, -2, 33, 0.5, b"xy"))

    def test_packed_and_swapped(self):
        class P(BigEndianStructure):
            _pack_ = 1
            _fields_ = [("x", c_ubyte), ("y", c_short)]
        self.assertEqual(bytes(P(1, 0x203)), b"\1\2\3")

    def test_unions(self):
        class U(Union):
            _fields_ = [("i", c_int), ("b", c_ubyte * 4)]
        u = U(0x01020304)
        self.assertEqual(list(u.b), [4, 3, 2, 1])

    def test_final(self):
        class S(Structure):
            pass
        sizeof(S)
        S()
        with self.assertRaisesRegex(AttributeError, "_fields_ is final"):
            S._fields_ = []


class Calls(unittest.TestCase):
    def setUp(self):
        self.c = CDLL(None)

    def test_calls(self):
        f = self.c.strchr
        f.restype, f.argtypes = c_char_p, [c_char_p, c_char]
        self.assertEqual(f(b"hello", b"l"), b"llo")
        self.assertIsNone(f(b"hello", b"x"))
        self.assertRaisesRegex(ArgumentError, "argument 1: <class 'TypeError'>: wrong type", f, 3.5, b"x")
        with self.assertRaisesRegex(TypeError, "at least 2 arguments"):
            f(b"x")
        buffer = create_string_buffer(b"x" * 20)
        self.assertEqual(self.c.sprintf(buffer, b"%d-%s", 42, b"end"), 6)
        self.assertEqual(buffer.value, b"42-end")

    def test_callbacks(self):
        compare = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))(lambda a, b: b[0] - a[0])
        numbers = (c_int * 5)(3, 1, 4, 1, 5)
        self.c.qsort(numbers, len(numbers), sizeof(c_int), compare)
        self.assertEqual(numbers[:], [5, 4, 3, 1, 1])

    def test_callbacks_in_structures(self):
        F = CFUNCTYPE(c_int, c_int)

        class S(Structure):
            _fields_ = [("f", F)]
        s = S()
        s.f = F(lambda x: x + 1)  # the structure keeps it alive
        self.assertEqual(s.f(4), 5)

    def test_structures_by_value(self):
        class Div(Structure):
            _fields_ = [("quot", c_long), ("rem", c_long)]
        f = self.c.ldiv
        f.restype, f.argtypes = Div, [c_long, c_long]
        self.assertEqual((f(17, 5).quot, f(17, 5).rem), (3, 2))


class Pointers(unittest.TestCase):
    def test_contents(self):
        i = c_int(7)
        p = pointer(i)
        p.contents.value = 8
        p[0] += 1
        self.assertEqual(i.value, 9)
        self.assertRaisesRegex(ValueError, "NULL pointer access", lambda: POINTER(c_int)().contents)
        self.assertEqual(cast(p, c_void_p).value, cast(byref(i), c_void_p).value)
        self.assertEqual(string_at(b"hello", 4), b"hell")

    def test_kept_alive(self):
        a = (c_char_p * 2)(b"ab" * 100, b"cd")
        self.assertEqual(sorted(a._objects), ["0", "1"])
        self.assertIs(py_object(self).value, self)


if __name__ == "__main__":
    unittest.main()
