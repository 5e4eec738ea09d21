# SPDX-License-Identifier: MIT
"""What API functions answer to NULL, wrong types, odd sizes and bad formats, called through ctypes. Values as seen on CPython
(tools/fuzz/capi_sweep.py found them by calling everything)."""
import collections
import ctypes
import io
import unittest
import warnings
import weakref

api, obj, size, pointer = ctypes.pythonapi, ctypes.py_object, ctypes.c_ssize_t, ctypes.c_void_p
RESULTS = {"o": obj, "n": size, "i": ctypes.c_int, "p": pointer}
PARAMETERS = dict(RESULTS, s=ctypes.c_char_p, N=pointer, w=ctypes.c_wchar_p)


def function(name, shape):
    """API function; shape "result:parameters": o object (N: or NULL), s text, n size, i int, p pointer."""
    result, _, parameters = shape.partition(":")
    made = ctypes.PYFUNCTYPE(RESULTS[result], *(PARAMETERS[p] for p in parameters))
    return made((name, api))


class Case(unittest.TestCase):
    def check(self, error, message, name, shape, *arguments):
        with self.assertRaises(error) as caught:
            function(name, shape)(*arguments)
        self.assertRegex(str(caught.exception), message)

    def bad_call(self, name, shape, *arguments):
        self.check(SystemError, r"^(src|Objects)/[\w./]+:\d+: bad argument to internal function$", name, shape, *arguments)


class ArgumentTests(Case):
    def test_no_object(self):
        for name in "PyDict_Keys", "PyDict_Values", "PyDict_Items":
            self.bad_call(name, "o:N", None)
        self.bad_call("PyDict_Size", "n:N", None)
        self.bad_call("PyObject_RichCompareBool", "i:Noi", None, 1, 2)
        self.bad_call("PyUnicode_FromEncodedObject", "o:Nss", None, b"ascii", None)
        for container in (1,), [1]:
            self.bad_call("PySequence_Contains", "i:oN", container, None)
        for name in "PyEval_CallMethod", "PyObject_CallMethod":
            self.check(SystemError, "null argument to internal routine", name, "o:Nss", None, b"x", b"")

    def test_nothing_shows(self):
        self.assertEqual(repr(function("PyList_New", "o:n")(2)), "[<NULL>, <NULL>]")
        out = io.StringIO()
        self.assertEqual(function("PyFile_WriteObject", "i:Noi")(None, out, 0), 0)
        self.assertEqual(out.getvalue(), "<NULL>")

    def test_globals_are_a_dict(self):
        code = compile("1", "f", "eval")
        self.bad_call("PyEval_EvalCode", "o:ooo", code, [], {})
        self.check(SystemError, "PyEval_EvalCodeEx: NULL globals", "PyEval_EvalCode", "o:oNo", code, None, {})
        self.bad_call("PyRun_String", "o:sioo", b"1", 258, 5, {})
        self.bad_call("_PyObject_GenericGetAttrWithDict", "o:oooi", object(), "x", [], 0)

    def test_negative_sizes(self):
        for name in "DecodeUTF8", "DecodeASCII", "DecodeUnicodeEscape", "DecodeRawUnicodeEscape":
            self.check(SystemError, "Negative size passed to PyUnicode_New", "PyUnicode_" + name, "o:sns", b"text", -3, None)
        self.check(SystemError, "Negative size passed to PyUnicode_New", "PyUnicode_DecodeCharmap", "o:snos", b"text", -1, "ab", None)
        self.check(SystemError, "Negative size passed to PyUnicode_New", "_PyUnicode_FromASCII", "o:sn", b"text", -1)
        self.check(SystemError, "Negative size passed to PyUnicode_New", "_Py_strhex", "o:sn", b"text", -1)
        self.check(MemoryError, "^$", "_Py_strhex_bytes", "o:sn", b"text", -1)
        self.bad_call("PyUnicode_FromUnicode", "o:wn", "text", -1)
        made = function("PyUnicodeDecodeError_Create", "o:ssnnns")(b"ascii", b"text", -1, 1, 2, b"why")
        self.assertEqual(made.args, ("ascii", b"text", 1, 2, "why"))  # a size below 0: as much as there is

    def test_nothing_to_decode(self):
        self.check(LookupError, "unknown encoding: nonsense", "PyUnicode_Decode", "o:snss", b"", 0, b"nonsense", None)
        self.assertEqual(function("PyUnicode_FromEncodedObject", "o:oss")(b"", b"nonsense", None), "")

    def test_texts_that_are_none(self):
        bad = b"\xff"
        self.check(ValueError, "^$", "PyErr_SetString", "o:os", ValueError, bad)  # the exception goes without
        self.check(SystemError, "exception <class 'int'> not a BaseException subclass", "PyErr_SetString", "o:os", int, bad)
        self.check(ImportError, 'PyCapsule_Import could not import module "\ufffd"', "PyCapsule_Import", "p:si", bad, 0)
        self.check(KeyError, "^$", "PyErr_Format", "o:oso", KeyError, b"%S", Unprintable())

    def test_mappings_of_python_classes(self):
        """They can be read as sequences, the built-in ones cannot."""
        class Sub(dict):
            pass
        length, item = function("PySequence_Size", "n:o"), function("PySequence_GetItem", "o:on")
        sub = Sub({1: "one"})
        self.assertEqual((length(sub), item(sub, 1), length(collections.Counter("a"))), (1, "one", 1))
        self.check(KeyError, "0", "PySequence_GetItem", "o:on", sub, -1)
        self.check(TypeError, "Sub is not a sequence", "PySequence_SetItem", "i:ono", sub, 1, 2)
        self.check(TypeError, "^dict is not a sequence", "PySequence_Size", "n:o", {})

    def test_small_ones(self):
        resize, kind = function("_PyBytes_Resize", "i:pn"), "_PyUnicode_AsKind"
        room = pointer(id(b"kept by others"))
        api.Py_IncRef(obj(b"kept by others"))
        with self.assertRaises(SystemError):
            resize(ctypes.addressof(room), 0)
        self.check(SystemError, "invalid widening attempt", kind, "p:oi", "a", 1)
        self.check(SystemError, "invalid kind", kind, "p:oi", "a", 3)
        self.check(TypeError, "'str' object cannot be interpreted as an integer", "_PyUnicode_FormatLong", "o:oiii", "x", 0, 0, 100)
        self.check(ValueError, "with null pointer", "PyCapsule_SetPointer", "i:op", 5, None)
        identifier = Identifier(None, b"\xff", None)
        self.check(UnicodeDecodeError, "invalid start byte", "_PyObject_HasAttrId", "i:oN", 5, ctypes.addressof(identifier))
        self.assertIsNone(function("PyType_GetSlot", "p:oi")(ArgumentTests, 1000))
        self.assertIsNone(function("PyFile_NewStdPrinter", "p:i")(0))
        self.assertEqual(function("PyUnicode_Join", "o:oo")(5, ["one"]), "one")
        self.assertEqual(repr(function("PyInstanceMethod_New", "o:o")(self.check.__func__))[:24], "<instancemethod check at")
        self.check(ValueError, "unmarshallable object", "PyMarshal_WriteObjectToString", "o:oi", memoryview(b"abcd")[::2], 4)
        self.check(EOFError, "EOF read where object expected", "PyMarshal_ReadObjectFromString", "o:sn", b"x", 1)
        self.check(ValueError, "with base 10: ''", "PyLong_FromString", "o:spi", b"", None, 0)

    def test_targets_after_failure(self):
        room = pointer(77)
        self.check(TypeError, "an instance of ContextVar was expected", "PyContextVar_Get", "i:oNp", 5, None, ctypes.addressof(room))
        self.assertEqual(room.value, 77)
        self.check(ValueError, "invalid literal", "PyLong_FromString", "o:spi", b"12 3", ctypes.addressof(room), 10)
        order = ctypes.c_int(0)
        self.check(LookupError, "unknown error handler name 'none'", "PyUnicode_DecodeUTF16", "o:snsp", b"\xff\xfe\x80", 3, b"none", ctypes.addressof(order))
        self.assertEqual(order.value, -1)
        for form in b"y", b"s#", b"z#":  # the last two without PY_SSIZE_T_CLEAN: a warning
            room = pointer(77)
            warnings.simplefilter("ignore")
            self.check(TypeError, "a bytes-like object is required, not 'int'", "PyArg_ParseTuple", "i:ospp", (1,), form, ctypes.addressof(room), None)
            self.assertIsNone(room.value)


class FormatTests(Case):
    def test_parsing(self):
        room = (pointer * 8)()
        rooms = [ctypes.addressof(room) + 8 * k for k in range(4)]

        def bad(error, message, name, given, form):
            self.check(error, message, name, "i:ospppp", given, form, *rooms)
        bad(TypeError, "^argument 2 must be str, not int$", "PyArg_Parse", ("a", 5), b"(ss)")
        bad(TypeError, "sequence of length 3, not 2$", "PyArg_Parse", ("a", 5), b"(iet)")
        bad(SystemError, "bad format string: i%", "PyArg_ParseTuple", (1,), b"i%")
        bad(SystemError, r"impossible<bad format char>", "PyArg_Parse", 5, b"|i|")
        bad(ValueError, "__len__\\(\\) should return >= 0", "PyArg_ParseTuple", (Negative(),), b"(ii)")
        self.assertEqual(function("PyArg_ParseTuple", "i:os")((), b"e"), 1)
        names = (ctypes.c_char_p * 4)(b"", b"a", b"b")
        for form, message in (b"I((hz#)", r"Unmatched left paren in format string: '\(\(hz#\)'"), (b"|IU)", r"Unmatched right paren in format string: '\)'"):
            self.check(SystemError, message, "PyArg_ParseTupleAndKeywords", "i:oospppp", (), {"x": 1}, form, ctypes.addressof(names), *rooms[:3])

    def test_building(self):
        self.assertEqual(function("Py_BuildValue", "o:si")(b"H", 2**31 - 1), 2**31 - 1)
        for form in b"s ", b"(s),", b"s}":
            self.check(SystemError, "Unmatched paren in format", "PyObject_CallFunction", "o:oss", len, form, b"abc")
        self.check(SystemError, "Unmatched paren in format", "Py_BuildValue", "o:sss", b"s{s:}s}", b"a", b"b")
        self.assertEqual(function("PyEval_CallFunction", "o:os")(dict, b""), {})
        self.assertEqual(function("PyEval_CallFunction", "o:osi")(str, b"i", 5), "5")

    def test_text(self):
        self.assertEqual(function("PyUnicode_FromFormat", "o:si")(b"a %lx %d", 1), "a %lx %d")  # unknown: all that follows stands for itself
        self.assertEqual(function("PyBytes_FromFormat", "o:sii")(b"%-5x|%+i|%q", 255, 7), b"ff|7|%q")
        self.assertEqual(function("PyBytes_FromFormat", "o:ss")(b"%10.s", b"whole"), b"whole")

    def test_iterating_a_proxy(self):
        thing = Unprintable()
        with self.assertRaisesRegex(TypeError, "'Unprintable' object is not iterable"):
            next(weakref.proxy(thing))

    def test_views_meet(self):
        self.assertIs(type({}.keys() & frozenset("a")), set)
        for other in [[]], ([],):
            with self.assertRaises(TypeError):
                {1: 2}.items() & other

    def test_open(self):
        for argument, expected in ("mode", "str"), ("encoding", "str or None"), ("errors", "str or None"), ("newline", "str or None"):
            with self.assertRaisesRegex(TypeError, r"open\(\) argument '%s' must be %s, not int" % (argument, expected)):
                open("x", **{argument: 5})

    def test_static_types(self):
        with self.assertRaisesRegex(TypeError, "can't set attributes of built-in/extension type 'time.struct_time'"):
            __import__("time").struct_time.x = 1


class Unprintable:
    def __str__(self):
        raise LookupError


class Negative:
    def __len__(self):
        return -1

    def __getitem__(self, i):
        return i


class Identifier(ctypes.Structure):
    _fields_ = [("next", pointer), ("string", ctypes.c_char_p), ("object", pointer)]


if __name__ == "__main__":
    unittest.main()
