# SPDX-License-Identifier: MIT
"""Argument parsing: the format units and the messages, through ctypes.pythonapi."""
import ctypes
import unittest

api = ctypes.pythonapi
c = ctypes


def parse(args, fmt, *targets):
    """PyArg_ParseTuple; the targets are ctypes objects."""
    function = api._PyArg_ParseTuple_SizeT
    function.restype = c.c_int
    return function(c.py_object(args), fmt.encode(), *[c.byref(t) if isinstance(t, c._SimpleCData) and not isinstance(t, c.py_object) else t
                                                            for t in targets])


def parse_keywords(args, kwargs, fmt, names, *targets):
    array = (c.c_char_p * (len(names) + 1))(*[n.encode() for n in names], None)
    function = api._PyArg_ParseTupleAndKeywords_SizeT
    function.restype = c.c_int
    return function(c.py_object(args), c.py_object(kwargs), fmt.encode(), array, *[c.byref(t) for t in targets])


class Units(unittest.TestCase):
    def value(self, fmt, kind, arg):
        target = kind()
        parse((arg,), fmt, target)
        return target.value

    def test_integers(self):
        self.assertEqual(self.value("i", c.c_int, -5), -5)
        self.assertEqual(self.value("b", c.c_ubyte, 255), 255)
        self.assertEqual(self.value("B", c.c_ubyte, 257), 1)
        self.assertEqual(self.value("h", c.c_short, -32768), -32768)
        self.assertEqual(self.value("H", c.c_ushort, 65537), 1)
        self.assertEqual(self.value("I", c.c_uint, -1), 2 ** 32 - 1)
        self.assertEqual(self.value("l", c.c_long, -2 ** 63), -2 ** 63)
        self.assertEqual(self.value("k", c.c_ulong, -1), 2 ** 64 - 1)
        self.assertEqual(self.value("L", c.c_longlong, 2 ** 62), 2 ** 62)
        self.assertEqual(self.value("K", c.c_ulonglong, 2 ** 64 + 1), 1)
        self.assertEqual(self.value("n", c.c_ssize_t, True), 1)
        for fmt, arg, text in (("i", 2 ** 31, "signed integer is greater than maximum"),
                               ("i", -2 ** 31 - 1, "signed integer is less than minimum"),
                               ("b", 256, "unsigned byte integer is greater than maximum"),
                               ("b", -1, "unsigned byte integer is less than minimum"),
                               ("h", 2 ** 15, "signed short integer is greater than maximum")):
            with self.assertRaisesRegex(OverflowError, text):
                self.value(fmt, c.c_longlong, arg)
        for fmt in "bBhHiIlLn":
            with self.assertRaisesRegex(TypeError, "integer argument expected, got float"):
                self.value(fmt, c.c_longlong, 1.0)
        with self.assertRaisesRegex(TypeError, "argument 1 must be int, not float"):
            self.value("k", c.c_ulong, 1.0)

    def test_reals_and_characters(self):
        self.assertEqual(self.value("d", c.c_double, 1), 1.0)
        self.assertEqual(self.value("f", c.c_float, 0.5), 0.5)
        self.assertEqual(self.value("c", c.c_char, b"x"), b"x")
        self.assertEqual(self.value("C", c.c_int, "€"), 0x20ac)
        self.assertEqual(self.value("p", c.c_int, []), 0)
        with self.assertRaisesRegex(TypeError, "argument 1 must be a byte string of length 1, not bytes"):
            self.value("c", c.c_char, b"xy")
        with self.assertRaisesRegex(TypeError, "argument 1 must be a unicode character, not str"):
            self.value("C", c.c_int, "xy")

    def test_strings(self):
        self.assertEqual(self.value("s", c.c_char_p, "ä"), "ä".encode())
        self.assertIsNone(self.value("z", c.c_char_p, None))
        self.assertEqual(self.value("y", c.c_char_p, b"abc"), b"abc")
        size, text = c.c_ssize_t(), c.c_char_p()
        parse((b"a\0b",), "y#", text, size)
        self.assertEqual(size.value, 3)
        parse(("a\0b",), "s#", text, size)
        self.assertEqual(size.value, 3)
        for fmt, arg, error, message in (
                ("s", "a\0", ValueError, "embedded null character"), ("y", b"\0", ValueError, "embedded null byte"),
                ("s", None, TypeError, "argument 1 must be str, not None"),
                ("z", 1, TypeError, "argument 1 must be str or None, not int"),
                ("y", "a", TypeError, "a bytes-like object is required, not 'str'"),
                ("y", bytearray(), TypeError, "argument 1 must be read-only bytes-like object, not bytearray"),
                ("s", b"a", TypeError, "argument 1 must be str, not bytes")):
            with self.assertRaisesRegex(error, message):
                self.value(fmt, c.c_char_p, arg)

    def test_encoded(self):
        target = c.c_char_p()
        parse(("ä",), "es", b"latin-1", target)
        self.assertEqual(target.value, b"\xe4")
        with self.assertRaisesRegex(TypeError, r"argument 1 must be str, not bytes"):
            parse((b"x",), "es", b"latin-1", target)
        parse((b"x\xff",), "et", b"ascii", target)
        self.assertEqual(target.value, b"x\xff")
        with self.assertRaises(UnicodeEncodeError):
            parse(("ä",), "es", b"ascii", target)
        room, size = c.create_string_buffer(4), c.c_ssize_t(4)
        pointer = c.c_char_p(c.addressof(room))
        parse(("abc",), "es#", b"ascii", pointer, size)
        self.assertEqual((room.raw, size.value), (b"abc\0", 3))
        size.value = 3
        with self.assertRaisesRegex(ValueError, r"encoded string too long \(3, maximum length 2\)"):
            parse(("abc",), "es#", b"ascii", pointer, size)

    def test_objects(self):
        for fmt, arg, message in (("S", "a", "bytes, not str"), ("Y", b"", "bytearray, not bytes"), ("U", b"", "str, not bytes")):
            with self.assertRaisesRegex(TypeError, "argument 1 must be " + message):
                self.value(fmt, c.c_void_p, arg)
        target = c.c_void_p()
        with self.assertRaisesRegex(TypeError, "argument 1 must be dict, not list"):
            parse(([],), "O!", c.py_object(dict), target)

    def test_nested(self):
        a, b = c.c_int(), c.c_int()
        self.assertTrue(parse((1, (2, 3)), "i(ii)", c.c_int(), a, b))
        self.assertEqual((a.value, b.value), (2, 3))
        with self.assertRaisesRegex(TypeError, "argument 2 must be 2-item sequence, not int"):
            parse((1, 2), "i(ii)", a, a, b)
        with self.assertRaisesRegex(TypeError, "argument 2 must be sequence of length 2, not 1"):
            parse((1, [2]), "i(ii)", a, a, b)
        with self.assertRaisesRegex(TypeError, r"f\(\) argument 1, item 1 must be str, not int"):
            parse(([1, 2],), "(is):f", a, b)


class Counts(unittest.TestCase):
    def test_positional(self):
        t = [c.c_int() for _ in range(3)]
        for args, fmt, text in (((), "i:f", r"f\(\) takes exactly 1 argument \(0 given\)"),
                                ((), "i|i:f", r"f\(\) takes at least 1 argument \(0 given\)"),
                                ((1, 2, 3), "i|i:f", r"f\(\) takes at most 2 arguments \(3 given\)"),
                                ((1,), "", r"function takes exactly 0 arguments \(1 given\)"),
                                ((1,), ";own words", "^own words$")):
            with self.assertRaisesRegex(TypeError, text):
                parse(args, fmt, *t)
        with self.assertRaisesRegex(TypeError, "^own words$"):
            parse((b"",), "U;own words", c.c_void_p())

    def test_named(self):
        t = [c.c_int(-1) for _ in range(3)]
        parse_keywords((1,), {"b": 2}, "i|ii:f", ["a", "b", "c"], *t)
        self.assertEqual([x.value for x in t], [1, 2, -1])
        for args, kwargs, fmt, names, text in (
                ((), {}, "i|ii:f", "abc", r"f\(\) missing required argument 'a' \(pos 1\)"),
                ((1,), {"a": 1}, "i|ii:f", "abc", r"argument for f\(\) given by name \('a'\) and position \(1\)"),
                ((1,), {"x": 1}, "i|ii:f", "abc", r"'x' is an invalid keyword argument for f\(\)"),
                ((1, 2, 3), {"x": 1}, "i|ii:f", "abc", r"f\(\) takes at most 3 arguments \(4 given\)"),
                ((1, 2), {}, "i|$ii:f", "abc", r"f\(\) takes at most 1 positional argument \(2 given\)"),
                ((1, 2), {}, "i$ii:f", "abc", r"f\(\) takes exactly 1 positional argument \(2 given\)"),
                ((), {}, "i$ii:f", ["", "b", "c"], r"f\(\) takes exactly 1 positional argument \(0 given\)"),
                ((), {}, "i|ii:f", ["", "b", "c"], r"f\(\) takes at least 1 positional argument \(0 given\)"),
                ((1,), {1: 2}, "i|ii:f", "abc", "keywords must be strings")):
            with self.assertRaisesRegex(TypeError, text):
                parse_keywords(args, kwargs, fmt, list(names), *t)
        for fmt, names, text in (("i", "ab", r"More keyword list entries \(2\) than format specifiers \(1\)"),
                                 ("ii", "a", r"more argument specifiers than keyword list entries \(remaining format:'i'\)"),
                                 ("i|i|i", "abc", r"Invalid format string \(\| specified twice\)")):
            with self.assertRaisesRegex(SystemError, text):
                parse_keywords((1,), {"q": 1} if fmt == "i|i|i" else {}, fmt, list(names), *t)

    def test_builtins(self):
        for call, text in ((lambda: sorted(), "sorted expected 1 argument, got 0"),
                           (lambda: sorted([], bad=1), r"'bad' is an invalid keyword argument for sort\(\)"),
                           (lambda: "a".split(x=1), r"'x' is an invalid keyword argument for split\(\)"),
                           (lambda: "a".split(" ", sep=1), r"argument for split\(\) given by name \('sep'\) and position \(1\)"),
                           (lambda: "a".split(1, 2, 3), r"split\(\) takes at most 2 arguments \(3 given\)"),
                           (lambda: compile("a"), r"compile\(\) missing required argument 'filename' \(pos 2\)"),
                           (lambda: b"".decode(1), r"decode\(\) argument 'encoding' must be str, not int"),
                           (lambda: print(1, q=2), r"'q' is an invalid keyword argument for print\(\)")):
            with self.assertRaisesRegex(TypeError, text):
                call()


class Building(unittest.TestCase):
    def build(self, fmt, *args):
        function = api._Py_BuildValue_SizeT
        function.restype = c.py_object
        return function(fmt.encode(), *args)

    def test_values(self):
        self.assertIsNone(self.build(""))
        self.assertEqual(self.build("i", 5), 5)
        self.assertEqual(self.build("ii", 1, 2), (1, 2))
        self.assertEqual(self.build("(i)", 1), (1,))
        self.assertEqual(self.build("()"), ())
        self.assertEqual(self.build("[i,i]", 1, 2), [1, 2])
        self.assertEqual(self.build("{s:i, s:(ii)}", b"a", 1, b"b", 2, 3), {"a": 1, "b": (2, 3)})
        self.assertEqual(self.build("y#", b"ab\0", c.c_ssize_t(3)), b"ab\0")
        self.assertEqual(self.build("szU", b"x", None, b"y"), ("x", None, "y"))
        self.assertEqual(self.build("cC", 97, 0x20ac), (b"a", "€"))
        self.assertEqual(self.build("O", c.py_object("o")), "o")
        for fmt in "(i", "{i}", "?":
            with self.assertRaises(SystemError):
                self.build(fmt, 1)
        with self.assertRaisesRegex(SystemError, "NULL object passed to Py_BuildValue"):
            self.build("O", None)


if __name__ == "__main__":
    unittest.main()
