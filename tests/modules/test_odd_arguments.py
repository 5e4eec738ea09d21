# SPDX-License-Identifier: MIT
"""What calls with arguments of the wrong number or kind say; all texts were seen on CPython 3.8."""
import unittest

NAMES = {}
exec("import _symtable, bisect, collections, io, itertools, math, operator, pickle, select, sys\n"
     "class BadIndex:\n    __index__ = lambda self: 'x'\n"
     "class NoLength:\n    def __len__(self): raise RuntimeError('len')\n    def __iter__(self): raise RuntimeError('iter')\n"
     "od = collections.OrderedDict(); deque = collections.deque()", NAMES)
BOUNDS = "argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
CASES = [
    ("(1).__round__(1, 2)", "TypeError: function takes at most 1 argument (2 given)"),
    ("[].sort(1)", "TypeError: sort() takes no positional arguments"),
    ("'a'.find(1, 'x')", "TypeError: slice indices must be integers or None or have an __index__ method"),
    ("'a'.count(1)", "TypeError: must be str, not int"),
    ("BadIndex() in bytearray()", "TypeError: a bytes-like object is required, not 'BadIndex'"),
    ("300 in bytearray()", "ValueError: byte must be in range(0, 256)"),
    ("list(NoLength())", "RuntimeError: len"),
    ("float(b' ')", "ValueError: could not convert string to float: ''"),
    ("float('x ')", "ValueError: could not convert string to float: 'x '"),
    ("float.__set_format__('x', 1)", "TypeError: __set_format__() argument 2 must be str, not int"),
    ("'a'.split('a', 2 ** 70)", "OverflowError: Python int too large to convert to C ssize_t"),
    ("'a'.ljust(2 ** 70)", "OverflowError: Python int too large to convert to C ssize_t"),
    ("memoryview(b'').hex(':', 2 ** 70)", "OverflowError: Python int too large to convert to C int"),
    ("UnicodeEncodeError.__new__()", "TypeError: UnicodeEncodeError.__new__(): not enough arguments"),
    ("itertools.islice([], -1)", "ValueError: Stop " + BOUNDS),
    ("itertools.islice([], -5)", "ValueError: Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."),
    ("itertools.islice([], 0, 'x')", "ValueError: Stop " + BOUNDS),
    ("itertools.tee()", "TypeError: tee expected at least 1 argument, got 0"),
    ("operator.itemgetter()", "TypeError: itemgetter expected 1 argument, got 0"),
    ("math.log()", "TypeError: math.log requires 1 to 2 arguments"),
    ("deque.rotate(1, 2)", "TypeError: rotate() takes at most 1 argument (2 given)"),
    ("deque.index()", "TypeError: index() takes at least 1 argument (0 given)"),
    ("io.BufferedRWPair()", "TypeError: BufferedRWPair expected at least 2 arguments, got 0"),
    ("io.FileIO('x', 5)", "TypeError: FileIO() argument 'mode' must be str, not int"),
    ("io.TextIOWrapper(io.BytesIO(), 5)", "TypeError: TextIOWrapper() argument 'encoding' must be str or None, not int"),
    ("io.TextIOWrapper(io.BytesIO(), 'a\\0')", "ValueError: embedded null character"),
    ("io.open_code(5)", "TypeError: open_code() argument 'path' must be str, not int"),
    ("_symtable.symtable()", "TypeError: symtable expected 3 arguments, got 0"),
    ("select.epoll().register('x', 'y')", "TypeError: argument must be an int, or have a fileno() method."),
    ("pickle.loads(b'', 1)", "TypeError: loads() takes exactly 1 positional argument (2 given)"),
    ("pickle.dumps(io.BufferedReader(io.BytesIO()))", "TypeError: cannot pickle '_io.BufferedReader' object"),
]


class OddArguments(unittest.TestCase):
    def test_messages(self):
        for source, expected in CASES:
            with self.subTest(source):
                try:
                    eval(source, NAMES)
                except Exception as error:
                    self.assertEqual("%s: %s" % (type(error).__name__, error), expected)
                else:
                    self.fail("no exception")

    def test_key_errors_of_ordered_dicts(self):
        od = NAMES["od"]
        for key, args in ((None, ()), ((1, 2), (1, 2)), ("a", ("a",))):
            for method in (od.pop, od.move_to_end):
                with self.assertRaises(KeyError) as caught:
                    method(key)
                self.assertEqual(caught.exception.args, args)
        self.assertIs(od.pop("a", None), None)
        od["self"] = od
        self.assertIs(od.pop("self"), od)


if __name__ == "__main__":
    unittest.main()
