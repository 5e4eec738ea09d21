# SPDX-License-Identifier: MIT
"""ctypes: libraries, prototypes, simple types, memory, byte order, names."""
import ctypes
import ctypes.util
import unittest
from ctypes import wintypes


class Libraries(unittest.TestCase):
    def test_call(self):
        libc = ctypes.CDLL('libc.so.6')
        self.assertEqual(libc.abs(-7), 7)
        self.assertIs(libc.abs, libc.abs)
        self.assertIsNot(libc['abs'], libc['abs'])
        self.assertIs(ctypes.cdll['libc.so.6'], ctypes.cdll['libc.so.6'])
        self.assertRegex(repr(libc), r"^<CDLL 'libc.so.6', handle [0-9a-f]+ at 0x")

    def test_missing(self):
        with self.assertRaisesRegex(AttributeError, 'undefined symbol: no_such_thing'):
            ctypes.CDLL(None).no_such_thing
        with self.assertRaises(OSError):
            ctypes.CDLL('libnothing.so')

    def test_python_api(self):
        function = ctypes.pythonapi.PyLong_AsLong
        function.argtypes, function.restype = [ctypes.py_object], ctypes.c_long
        self.assertEqual(function(5), 5)
        with self.assertRaises(OverflowError):
            function(1 << 80)

    def test_find_library(self):
        self.assertEqual(ctypes.util.find_library('c'), 'libc.so.6')
        self.assertIsNone(ctypes.util.find_library('no; such'))


class Prototypes(unittest.TestCase):
    def test_kept(self):
        make = ctypes.CFUNCTYPE
        self.assertIs(make(ctypes.c_int, ctypes.c_int), make(ctypes.c_int, ctypes.c_int))
        self.assertEqual(make(None, use_errno=True)._flags_, 9)
        with self.assertRaisesRegex(ValueError, r"keyword argument\(s\) dict_keys"):
            make(None, other=1)

    def test_callback(self):
        order = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.POINTER(ctypes.c_int)] * 2)
        numbers = (ctypes.c_int * 4)(3, 1, 4, 2)
        ctypes.CDLL(None).qsort(numbers, ctypes.c_size_t(4), ctypes.c_size_t(4),
                                order(lambda a, b: a[0] - b[0]))
        self.assertEqual(numbers[:], [1, 2, 3, 4])


class Data(unittest.TestCase):
    def test_sizes(self):
        for bits in 8, 16, 32, 64:
            for kind in 'c_int%d', 'c_uint%d':
                typ = getattr(ctypes, kind % bits)
                self.assertEqual(ctypes.sizeof(typ), bits // 8)
        self.assertIs(ctypes.c_longlong, ctypes.c_long)

    def test_text(self):
        self.assertEqual(repr(ctypes.py_object()), 'py_object(<NULL>)')
        self.assertEqual(repr(ctypes.c_char_p()), 'c_char_p(None)')
        self.assertEqual(repr(ctypes.c_int(3)), 'c_int(3)')

    def test_buffers(self):
        self.assertEqual(ctypes.create_string_buffer(b'ab', 4).raw, b'ab\0\0')
        self.assertEqual(len(ctypes.create_unicode_buffer('ab')), 3)
        self.assertRaises(TypeError, ctypes.create_string_buffer, 'ab')

    def test_memory(self):
        target = ctypes.create_string_buffer(4)
        ctypes.memmove(target, b'abc', 3)
        self.assertEqual(ctypes.string_at(target), b'abc')
        ctypes.memset(target, 120, 2)
        self.assertEqual(ctypes.string_at(target, 3), b'xxc')
        pointer = ctypes.cast(target, ctypes.POINTER(ctypes.c_ubyte))
        self.assertEqual(pointer[0], 120)

    def test_pointer_type(self):
        cell = ctypes.POINTER('cell of this test')
        class Cell(ctypes.Structure):
            _fields_ = [('next', cell), ('value', ctypes.c_int)]
        ctypes.SetPointerType(cell, Cell)
        one = Cell(None, 1)
        self.assertEqual(Cell(ctypes.pointer(one), 2).next.contents.value, 1)
        self.assertRaises(RuntimeError, ctypes.SetPointerType, cell, Cell)

    def test_byte_order(self):
        class Big(ctypes.BigEndianStructure):
            _fields_ = [('a', ctypes.c_int), ('b', ctypes.c_short * 2)]
        big = Big(1)
        big.b[0] = 2
        self.assertEqual(bytes(big), b'\0\0\0\1\0\2\0\0')
        with self.assertRaisesRegex(TypeError, 'does not support other endian'):
            class Wrong(ctypes.BigEndianStructure):
                _fields_ = [('a', ctypes.c_char_p)]

    def test_windows_names(self):
        self.assertIs(wintypes.LPDWORD, ctypes.POINTER(ctypes.c_ulong))
        self.assertEqual(ctypes.sizeof(wintypes.RECT), 4 * ctypes.sizeof(ctypes.c_long))
        self.assertEqual(repr(wintypes.VARIANT_BOOL(3)), 'VARIANT_BOOL(True)')
        self.assertEqual(wintypes.RGB(1, 2, 3), 0x030201)


if __name__ == '__main__':
    unittest.main()
