# SPDX-License-Identifier: MIT
"""_ctypes: layout, conversions, calls and callbacks, what is kept alive."""
import gc
import sys
import unittest

try:
    import _ctypes
except ImportError:
    raise unittest.SkipTest("no libffi")
from ctypes import (CDLL, CFUNCTYPE, POINTER, ArgumentError, BigEndianStructure, Structure, Union, byref, c_char, c_char_p, c_double, c_int,
                    c_long, c_short, c_ubyte, c_void_p, cast, create_string_buffer, pointer, py_object, resize, sizeof, string_at)


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


class Parameters(unittest.TestCase):
    def test_attribute_is_converted_as_any_type_is(self):
        class Has:
            def __init__(self, v):
                self._as_parameter_ = v
        with self.assertRaises(TypeError):
            POINTER(c_int).from_param(Has(None))
        self.assertIsNone(c_void_p.from_param(Has(None)))

    def test_arrays_take_references_to_items(self):
        for wrong in (b"ab", byref(c_int())):
            with self.assertRaises(TypeError):
                (c_char * 3).from_param(wrong)
        item = byref(c_char())
        self.assertIs((c_char * 3).from_param(item), item)


@unittest.skipUnless(hasattr(sys, "_taipan"), "crashes CPython 3.8")
class Hostile(unittest.TestCase):
    """Code that runs in the middle of an operation and pulls the ground away."""

    def test_resize_while_a_part_is_in_use(self):
        class S(Structure):
            _fields_ = [("x", c_int * 100), ("y", c_int)]
        s = S()
        resize(s, 10_000)
        part, view = s.x, memoryview(s)

        s.y = 3
        a = (c_int * 100)()
        resize(a, 5_000)

        class Grows:
            def __index__(self):
                resize(a, 1_000_000)
                return 7
        a[Grows()] = 7
        resize(s, 2_000_000)
        part[99] = 1
        self.assertEqual((len(view.tobytes()), s.y), (10_000, 3))

    def test_types_of_a_call_change(self):
        function = CDLL(None)["abs"]

        class Changes:
            @classmethod
            def from_param(cls, v):
                function.argtypes, function.restype, function.errcheck = [c_long], c_short, str
                gc.collect()
                return c_int(v)

        class Result(c_int):
            def _check_retval_(self):
                return self.value
        function.argtypes, function.restype, function.errcheck = [Changes], Result, lambda r, f, a: (r, a)
        self.assertEqual(function(-3), (3, (-3,)))

    def test_paramflags_that_do_not_fit_any_more(self):
        type_ = type("F", (_ctypes.CFuncPtr,), {"_flags_": 1, "_restype_": c_int})
        for flags in (5, ((1,),), ((1, "x"), 7)):
            f = type_(("abs", CDLL(None)), flags)
            with self.assertRaises((TypeError, ValueError)):
                f.argtypes = [c_int, c_int]
        many = type("F", (_ctypes.CFuncPtr,), {"_flags_": 1, "_restype_": c_int, "_argtypes_": (POINTER(c_int),) * 70})
        with self.assertRaises(ValueError):
            many(("abs", CDLL(None)), ((2,),) * 70)

    def test_members_of_other_classes(self):
        class Big(Structure):
            _fields_ = [("pad", c_char * 10_000), ("x", c_int)]
        with self.assertRaises(TypeError):
            Big.x.__get__(c_ubyte())
        with self.assertRaises(TypeError):
            Big.x.__set__(c_ubyte(), 5)

    def test_types_of_members_stay(self):
        def make():
            class Fields(list):
                def __getitem__(self, i):
                    return ("x", type("T", (Structure,), {"_fields_": [("i", type("I", (c_int,), {}))]}))
            return type("S", (Structure,), {"_fields_": Fields([1, 2])})
        s = make()
        del s.x
        gc.collect()
        f = CFUNCTYPE(c_int, s)(lambda v: 5)
        self.assertEqual(f(s()), 5)

    def test_sizes_beyond_all_memory(self):
        huge = c_char * (1 << 62)
        with self.assertRaises(OverflowError):
            type("S", (Structure,), {"_fields_": [("a", huge), ("b", huge)]})
        self.assertEqual(sizeof(type("U", (Union,), {"_fields_": [("a", huge), ("b", huge)]})), 1 << 62)
        with self.assertRaises(MemoryError):
            huge()
        nothing = type("N", (Structure,), {"_fields_": []})
        self.assertEqual(sizeof(type("S", (Structure,), {"_fields_": [("a", nothing * (1 << 60)), ("b", c_int)]})), 4)

    def test_pointers_to_nothing_said(self):
        incomplete = POINTER("incomplete")
        p = incomplete.from_buffer_copy(b"12345678")
        for use in (lambda: p[0], lambda: p.contents, lambda: p[0:2], lambda: p.__setitem__(0, 1), lambda: setattr(p, "contents", c_int())):
            with self.assertRaises(TypeError):
                use()
        with self.assertRaises(TypeError):
            type(incomplete).set_type(_ctypes._Pointer, c_int)

    def test_buffers_stay(self):
        memory = bytearray(8)
        x = c_char_p.from_buffer(memory)
        x.value = b"text"
        with self.assertRaises(BufferError):
            memory.extend(b"x" * 100_000)
        self.assertEqual(x.value, b"text")

    def test_callback_that_ends_itself(self):
        holder = []

        def callback(n):
            holder.clear()
            gc.collect()
            return n + 1
        holder.append(CFUNCTYPE(c_int, c_int)(callback))
        call = CFUNCTYPE(c_int, c_int)(cast(holder[0], c_void_p).value)
        self.assertEqual(call(4), 5)

    def test_instances_that_are_none(self):
        class Small(Structure):
            _fields_ = [("x", c_int * 1000)]

            def __new__(cls):
                return c_ubyte()
        with self.assertRaises(TypeError):
            cast(0, type("P", (c_void_p,), {"__new__": lambda cls: 5}))
        seen = []
        CFUNCTYPE(None, Small)(seen.append)

        class Meta(type(Structure)):
            def __instancecheck__(cls, o):
                return True
        big = Meta("Big", (Structure,), {"_fields_": [("x", c_int * 1000)]})
        outer = type("Outer", (Structure,), {"_fields_": [("big", big)]})()
        with self.assertRaises(TypeError):
            outer.big = c_ubyte()
        with self.assertRaises(TypeError):
            POINTER(big)(5)

    def test_large_results(self):
        large = type("L", (Structure,), {"_fields_": [("x", c_char * 50_000_000)]})
        self.assertEqual(sizeof(CFUNCTYPE(large)), 8)
        f = CFUNCTYPE(large)(cast(CDLL(None).abs, c_void_p).value)
        self.assertEqual(f().x, b"")

    def test_shapes(self):
        type_ = c_int
        for _ in range(8):
            type_ = type_ * 1_000_000 if _ < 2 else type_ * 1
        s = type("S", (Structure,), {"_fields_": [("x", POINTER(type_))]})
        self.assertIn(b"&(1,1,1,1,1,1,1000000,1000000)<i".decode(), _ctypes.buffer_info(s)[0])


if __name__ == "__main__":
    unittest.main()
