# SPDX-License-Identifier: MIT
"""Built-in exceptions: arguments, chaining, the kinds with fields of their own."""
import copy
import errno
import pickle
import unittest
import weakref


class Base(unittest.TestCase):
    def test_args_and_text(self):
        self.assertEqual(str(Exception()), "")
        self.assertEqual(str(Exception(1)), "1")
        self.assertEqual(str(Exception(1, "a")), "(1, 'a')")
        self.assertEqual(repr(Exception("a")), "Exception('a')")
        self.assertEqual(repr(Exception(1, 2)), "Exception(1, 2)")
        self.assertEqual(repr(Exception()), "Exception()")
        e = ValueError(1)
        e.args = [1, 2]
        self.assertEqual(e.args, (1, 2))
        with self.assertRaisesRegex(TypeError, "args may not be deleted"):
            del e.args

    def test_no_keywords(self):
        with self.assertRaisesRegex(TypeError, r"ValueError\(\) takes no keyword arguments"):
            ValueError(a=1)

    def test_subclass_with_keywords_in_new(self):
        class E(Exception):
            def __init__(self, *args, extra=None):
                super().__init__(*args)
                self.extra = extra
        e = E(1, extra=2)
        self.assertEqual((e.args, e.extra), ((1,), 2))

    def test_chain_attributes(self):
        e = Exception()
        for name, text in (("__cause__", "exception cause must be None or derive from BaseException"),
                           ("__context__", "exception context must be None or derive from BaseException"),
                           ("__traceback__", "__traceback__ must be a traceback or None")):
            with self.assertRaisesRegex(TypeError, text):
                setattr(e, name, 1)
            with self.assertRaisesRegex(TypeError, name + " may not be deleted"):
                delattr(e, name)
        self.assertIs(e.__suppress_context__, False)
        e.__cause__ = None
        self.assertIs(e.__suppress_context__, True)

    def test_implicit_context(self):
        try:
            try:
                raise ValueError
            except ValueError as first:
                one = first
                raise KeyError
        except KeyError as second:
            self.assertIs(second.__context__, one)
            self.assertIsNone(one.__context__)

    def test_context_cycle_is_cut(self):
        a, b = ValueError("a"), ValueError("b")
        try:
            try:
                try:
                    raise a
                except ValueError:
                    raise b
            except ValueError:
                raise a
        except ValueError as e:
            self.assertIs(e, a)
            self.assertIs(a.__context__, b)
            self.assertIsNone(b.__context__)

    def test_long_context_chain_dies_quietly(self):
        top = Exception()
        for _ in range(200000):
            e = Exception()
            e.__context__ = top
            top = e
        del top, e

    def test_with_traceback(self):
        try:
            raise ValueError
        except ValueError as e:
            tb = e.__traceback__
        e = KeyError().with_traceback(tb)
        self.assertIs(e.__traceback__, tb)
        self.assertIsNone(e.with_traceback(None).__traceback__)

    def test_pickle(self):
        e = ValueError(1, 2)
        e.note = "x"
        for copied in (copy.copy(e), pickle.loads(pickle.dumps(e))):
            self.assertEqual((copied.args, copied.note), ((1, 2), "x"))
        with self.assertRaisesRegex(TypeError, "state is not a dictionary"):
            e.__setstate__(1)

    def test_weak_references_to_subclass(self):
        class E(Exception):
            pass
        e = E()
        ref = weakref.ref(e)
        del e
        self.assertIsNone(ref())


class Kinds(unittest.TestCase):
    def test_stop_iteration(self):
        self.assertIsNone(StopIteration().value)
        self.assertEqual(StopIteration(1, 2).value, 1)

    def test_system_exit(self):
        self.assertIsNone(SystemExit().code)
        self.assertEqual(SystemExit(3).code, 3)
        self.assertEqual(SystemExit(1, 2).code, (1, 2))

    def test_key_error(self):
        self.assertEqual(str(KeyError("")), "''")
        self.assertEqual(str(KeyError(1, 2)), "(1, 2)")

    def test_import_error(self):
        e = ImportError("m", name="n", path="p")
        self.assertEqual((str(e), e.msg, e.name, e.path), ("m", "m", "n", "p"))
        e = pickle.loads(pickle.dumps(e))
        self.assertEqual((str(e), e.msg, e.name, e.path), ("m", "m", "n", "p"))
        self.assertIsNone(ImportError("a", "b").msg)
        with self.assertRaisesRegex(TypeError, "'x' is an invalid keyword argument for ImportError"):
            ImportError("m", x=1)

    def test_os_error(self):
        self.assertIs(type(OSError(errno.ENOENT, "x")), FileNotFoundError)
        self.assertIs(type(OSError(errno.ENOENT)), OSError)
        e = OSError(errno.EPERM, "text", "a", None, "b")
        self.assertEqual((type(e), e.args, e.filename, e.filename2), (PermissionError, (1, "text"), "a", "b"))
        self.assertEqual(str(e), "[Errno 1] text: 'a' -> 'b'")
        self.assertEqual(str(OSError(1, "t")), "[Errno 1] t")
        self.assertEqual(str(OSError(99999, "t", "f")), "[Errno 99999] t: 'f'")
        f = pickle.loads(pickle.dumps(e))
        self.assertEqual((type(f), f.args, f.filename, f.filename2), (type(e), e.args, "a", "b"))
        self.assertIs(EnvironmentError, OSError)
        self.assertIs(IOError, OSError)

    def test_os_error_subclasses(self):
        class OwnInit(OSError):
            def __init__(self, a, b):
                super().__init__(errno.ENOENT, a + b)
        e = OwnInit("x", "y")
        self.assertEqual((type(e), e.errno, e.strerror), (OwnInit, errno.ENOENT, "xy"))

        class OwnNew(OSError):
            def __new__(cls, a, b):
                return super().__new__(cls, 1, a + b)
        self.assertEqual(OwnNew("x", "y").args, (1, "xy"))

    def test_characters_written(self):
        e = BlockingIOError("a", "b", 3)
        self.assertEqual((e.characters_written, e.args, e.filename), (3, ("a", "b", 3), None))
        e = BlockingIOError()
        with self.assertRaises(AttributeError):
            e.characters_written
        e.characters_written = 5
        self.assertEqual(e.characters_written, 5)

    def test_syntax_error(self):
        e = SyntaxError("m", ("dir/f.py", 3, 4, "text"))
        self.assertEqual((str(e), e.filename, e.lineno, e.offset, e.text), ("m (f.py, line 3)", "dir/f.py", 3, 4, "text"))
        self.assertEqual(str(SyntaxError("m", ("f", None, 1, ""))), "m (f)")
        self.assertEqual(str(SyntaxError("m", (None, 5, 1, ""))), "m (line 5)")
        self.assertEqual(str(SyntaxError()), "None")
        with self.assertRaisesRegex(IndexError, "tuple index out of range"):
            SyntaxError("m", (1, 2))

    def test_old_statements(self):
        def message(text, cls=SyntaxError):
            return cls("invalid syntax", ("f", 1, 1, text)).msg
        self.assertEqual(message("print a\n"), "Missing parentheses in call to 'print'. Did you mean print(a)?")
        self.assertEqual(message("  print a, b,; x"),
                         "Missing parentheses in call to 'print'. Did you mean print(a, b, end=\" \")?")
        self.assertEqual(message("if x: print 1"), "Missing parentheses in call to 'print'. Did you mean print(1)?")
        self.assertEqual(message("exec x"), "Missing parentheses in call to 'exec'")
        self.assertEqual(message("print (a)"), "invalid syntax")
        self.assertEqual(message("print a", IndentationError), "invalid syntax")

    def test_unicode_errors(self):
        self.assertEqual(str(UnicodeEncodeError("ascii", "aäb", 1, 2, "bad")),
                         "'ascii' codec can't encode character '\\xe4' in position 1: bad")
        self.assertEqual(str(UnicodeEncodeError("ascii", "a\U0001f600b", 1, 2, "bad")),
                         "'ascii' codec can't encode character '\\U0001f600' in position 1: bad")
        self.assertEqual(str(UnicodeEncodeError("ascii", "aäb", 0, 3, "bad")),
                         "'ascii' codec can't encode characters in position 0-2: bad")
        self.assertEqual(str(UnicodeDecodeError("ascii", bytearray(b"a\xff"), 1, 2, "bad")),
                         "'ascii' codec can't decode byte 0xff in position 1: bad")
        self.assertEqual(str(UnicodeDecodeError("ascii", b"abc", 0, 2, "bad")),
                         "'ascii' codec can't decode bytes in position 0-1: bad")
        self.assertEqual(str(UnicodeTranslateError("aŁ", 1, 2, "bad")), "can't translate character '\\u0141' in position 1: bad")
        self.assertIs(type(UnicodeDecodeError("a", bytearray(b"x"), 0, 1, "r").object), bytes)

    def test_broken_unicode_errors(self):
        for e in (UnicodeEncodeError("a", "b", 0, 1, "c"), UnicodeDecodeError("a", b"b", 0, 1, "c"),
                  UnicodeTranslateError("b", 0, 1, "c")):
            e.object = None
            e.start, e.end = -5, 10 ** 6
            str(e)
            e.reason = e.encoding = 3
            str(e)
        self.assertEqual(str(UnicodeEncodeError.__new__(UnicodeEncodeError)), "")
        with self.assertRaises(TypeError):
            UnicodeEncodeError("ascii", b"x", 0, 1, "r")

    def test_hierarchy(self):
        self.assertIs(RecursionError.__base__, RuntimeError)
        self.assertIs(TabError.__base__, IndentationError)
        self.assertIs(ConnectionResetError.__base__, ConnectionError)
        self.assertIs(GeneratorExit.__base__, BaseException)
        self.assertIs(ResourceWarning.__base__, Warning)


class Normalising(unittest.TestCase):
    def test_constructor_that_fails(self):
        class E(Exception):
            def __init__(self):
                raise KeyError("inner")
        with self.assertRaises(KeyError):
            raise E

    def test_not_an_exception(self):
        class E(Exception):
            def __new__(cls):
                return 1
        with self.assertRaisesRegex(TypeError, "calling .* should have returned an instance of BaseException"):
            raise E


if __name__ == "__main__":
    unittest.main()
