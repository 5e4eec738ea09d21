#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""capi_sweep TAIPAN REFERENCE [--only NAME,...] [--limit N] [--seed N] [--out FOLDER]: the C API, function by function, on two interpreters.

Every function of include/ whose parameters this program can make up is called through ctypes with objects of all kinds, good and bad,
NULL among them; each call in a process that may die. What came of it (the value, or the exception with its text; the arguments afterwards;
what happened to the reference counts of arguments and result) must be the same. A call that kills only TAIPAN is reported first.

What the reference answers by reading memory that is not its own tells nothing. It runs twice, the second time with the debug allocator:
calls that kill either run, or whose answers differ between them, are left out. What it answers the same way both times, but only because it does not
look at the type of an argument, stands in capi_facts.py, with the references that functions take over. Functions with variable
arguments are called by capi_variadic.py, with good and bad formats.

Prints the differences, some for each function, and their number; exit status 1 if there are any. The lines of all calls stay in FOLDER.

    capi_sweep --worker OUT     (what the two interpreters run)
"""
import argparse
import ctypes
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import capi_facts as facts  # noqa: E402
import capi_variadic  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
SECONDS = 10  # for the calls of one function
DEATHS = 80  # of one function, after which it is given up

# Prototypes are read from our headers, which declare what CPython's do.
PROTOTYPE = re.compile(r"PyAPI_FUNC\(([^()]*(?:\([^()]*\))?[^()]*)\)\s*(\w+)\s*\(([^;{]*?)\)\s*(?:Py_\w+(?:\([^)]*\))?\s*|__attribute__\S*\s*)*;", re.S)

def prototypes():
    """[(name, result type, [parameter types])] of all functions that the headers declare."""
    seen = {}
    for folder, _, files in sorted(os.walk(os.path.join(ROOT, "include"))):
        for file in sorted(files):
            with open(os.path.join(folder, file)) as f:
                text = re.sub(r"/\*.*?\*/", " ", f.read(), flags=re.S)
            for result, name, params in PROTOTYPE.findall(text):
                types = []
                for param in (p.strip() for p in params.split(",")):
                    param = re.sub(r"\s+", " ", param)
                    param = re.sub(r"\s*\b(?!void$|int$|char$|long$|double$|size_t$|unsigned$)[a-z_]\w*(?:\[\])?$", "", param) if re.search(
                        r"[\w*]\s*[ *][a-z_]\w*(\[\])?$", param) else param
                    types.append(param.replace(" *", "*").replace("struct _object", "PyObject"))
                seen.setdefault(name, (name, result.strip().replace(" *", "*"), [] if types == ["void"] else types))
    return sorted(seen.values())


# ---- what is passed --------------------------------------------------------------------------------------------------------------


class Instance:
    def __init__(self, n=1):
        self.n = n

    def method(self, *args, **kw):
        return args, kw

    def __repr__(self):
        return "Instance"


class Number:
    def __index__(self):
        return 3

    def __int__(self):
        return 4

    def __float__(self):
        return 0.5

    def __add__(self, other):
        return "added"

    def __bool__(self):
        return False

    def __repr__(self):
        return "Number"


class Bad:
    """Every special method raises."""

    def _raise(self, *args):
        raise LookupError("bad")

    __len__ = __iter__ = __next__ = __getitem__ = __setitem__ = __delitem__ = __contains__ = __index__ = __float__ = _raise
    __bool__ = __call__ = __add__ = __radd__ = __hash__ = __eq__ = __lt__ = __getattr__ = __setattr__ = __format__ = __bytes__ = _raise
    __str__ = __enter__ = __await__ = __instancecheck__ = __subclasscheck__ = __length_hint__ = __reduce__ = __copy__ = __int__ = _raise

    def __repr__(self):
        return "Bad"


class Wrong:
    """Every special method answers with something that is not right."""

    def __len__(self):
        return -1

    def _none(self, *args):
        return None

    __iter__ = __index__ = __float__ = __bool__ = __hash__ = __str__ = __bytes__ = __format__ = __length_hint__ = __int__ = __dir__ = _none
    __getitem__ = __contains__ = __call__ = __complex__ = __trunc__ = __fspath__ = __await__ = __aiter__ = _none

    def __repr__(self):
        return "Wrong"


class Sequence:
    def __len__(self):
        return 3

    def __getitem__(self, key):
        if isinstance(key, int) and key >= 3:
            raise IndexError(key)
        return key

    def __repr__(self):
        return "Sequence"


class Mapping(Sequence):
    def keys(self):
        return ["x", "y"]

    def __setitem__(self, key, value):
        pass

    __delitem__ = Sequence.__getitem__


def generator():
    yield 1
    yield 2


async def coroutine():
    return 1


def a_function():
    def function(a, b=[2][0], *, c=3):
        return a
    return function


function = a_function()


class Int(int):
    pass


class Str(str):
    pass


class List(list):
    pass


class Dict(dict):
    def __missing__(self, key):
        return "missing"


class Tuple(tuple):
    pass


class Translate(UnicodeTranslateError):
    pass


class Slots:
    __slots__ = ("n", "__weakref__")


class Meta(type):
    def __instancecheck__(cls, o):
        return True


class WithMeta(metaclass=Meta):
    __slots__ = ("a",)


def a_coroutine():
    c = coroutine()
    c.close()
    return c


def a_frame():
    def of_nobody():
        return sys._getframe()
    return of_nobody()


def a_traceback():
    try:
        raise ValueError("x")
    except ValueError as e:
        return e.__traceback__


def a_cell():
    x = [1]
    return (lambda: x).__closure__[0]


def an_error():
    return ValueError("a", 1)


def a_ref():
    import weakref
    global kept
    kept = Instance()
    return weakref.ref(kept)


def an_iterator():
    it = iter([1, 2, 3])
    next(it)
    return it


MAKERS = [
    lambda: None, lambda: True, lambda: 0, lambda: 1, lambda: -1, lambda: 2**40, lambda: -2**100, lambda: Int(7), lambda: 1.5, lambda: float("nan"),
    lambda: 1e300, lambda: 1 + 2j, lambda: "", lambda: "abc", lambda: "n", lambda: "\xe9\u20ac", lambda: "\U0001f600x", lambda: "\udc80", lambda: "12",
    lambda: Str("sub"), lambda: b"", lambda: b"abc", lambda: bytearray(b"xyz"), lambda: memoryview(b"view"), lambda: (), lambda: (1, 2), lambda: ("a", [1]),
    lambda: Tuple((1,)), lambda: [], lambda: [1, 2, 3], lambda: ["b", "a"], lambda: List([1]), lambda: {}, lambda: {"a": 1, "b": [2]}, lambda: {1: 2},
    lambda: Dict(a=1), lambda: {1, 2}, lambda: set(), lambda: frozenset("a"), lambda: range(5), lambda: slice(1, None, 2), lambda: Ellipsis,
    lambda: NotImplemented, an_iterator, generator, a_coroutine, a_function, lambda: len, lambda: [].append, lambda: Instance().method,
    lambda: int, lambda: Instance, lambda: ValueError, lambda: type, lambda: WithMeta, Instance, Number, Bad, Wrong, Sequence, Mapping, an_error,
    lambda: OSError(2, "no", "file"), lambda: UnicodeDecodeError("utf-8", b"ab\xff", 1, 2, "why"), lambda: UnicodeEncodeError("ascii", "a\xe9", 1, 2, "why"),
    a_ref, a_cell, a_traceback, a_frame, lambda: function.__code__, lambda: property(len), lambda: classmethod(len), lambda: str.join,
    lambda: Instance.__dict__, lambda: {}.keys(), lambda: {1: 2}.items(), lambda: sys, lambda: type(sys)("made"), lambda: iter({1}), lambda: map(len, [""]),
    lambda: __import__("collections").deque([1]), lambda: __import__("datetime").date(2020, 1, 2),
    lambda: __import__("array").array("i", [1, 2]), lambda: __import__("io").StringIO("text\nmore"), lambda: __import__("io").BytesIO(b"text\nmore"),
    lambda: __import__("collections").OrderedDict(a=1), lambda: {1: 2}.values(), lambda: UnicodeTranslateError("a\xe9", 1, 2, "why"), lambda: ("c",),
    lambda: {"c": 4}, lambda: ("x", 1), lambda: (a_cell(),), lambda: __import__("time").gmtime(0), lambda: type(__import__("time").gmtime(0)),
    lambda: __import__("weakref").proxy(kept), Slots, lambda: Instance.__dict__["method"], lambda: list.append, lambda: int.__add__, lambda: (1).__add__,
    lambda: type.__dict__["__doc__"], lambda: staticmethod(len), lambda: super(Mapping, Mapping()), lambda: zip([1], [2]), lambda: object(), lambda: "a b\tc\n",
    lambda: "\xdf\u0130\u01c6", lambda: "%s %d", lambda: "{}", lambda: b"%d\n", lambda: "x" * 70, lambda: "os.path", lambda: 2**62, lambda: -(2**63), lambda: 2**35,
    lambda: 0.1, lambda: float("-inf"), lambda: 1e22, lambda: StopIteration(3), lambda: KeyError("k"), lambda: SystemExit(2), lambda: OSError, lambda: UserWarning,
    lambda: __import__("_thread").allocate_lock(), lambda: enumerate("ab"), lambda: reversed([1]), lambda: compile("1", "f", "eval"), lambda: bytearray(),
    lambda: memoryview(bytearray(b"changing")), lambda: memoryview(b"abcd").cast("H"), lambda: memoryview(b"abcdef")[::2], lambda: b"\x80\xff", lambda: b" 12 ",
    lambda: __import__("functools").partial(len), lambda: __import__("contextvars").ContextVar("v"), lambda: __import__("contextvars").copy_context(),
]
BY_TYPE = {"PyTypeObject*": "type", "struct _typeobject*": "type", "PyCodeObject*": "code", "PyFrameObject*": "frame", "struct _frame*": "frame",
           "PyDictObject*": "dict", "PyGenObject*": "generator"}


def of(*types):
    return lambda obj: isinstance(obj, types)


# What the words of capi_facts mean.
KINDS = {"type": of(type), "code": of(type(function.__code__)), "frame": of(type(a_frame())), "any": of(object),
         "dict": lambda obj: isinstance(obj, dict) and type(obj).__name__ != "OrderedDict", "str": of(str), "int": of(int), "list": of(list),
         "tuple": of(tuple), "bytes": of(bytes), "bytearray": of(bytearray), "exc": of(BaseException), "function": of(type(function)), "cfunction": of(type(len)),
         "module": of(type(sys)), "slice": of(slice), "set": of(set, frozenset), "generator": of(type(generator())), "coroutine": of(type(a_coroutine())),
         "decode": of(UnicodeDecodeError), "encode": of(UnicodeEncodeError), "translate": of(UnicodeTranslateError), "view": of(type({}.keys()), type({}.items())),
         "odict": of(__import__("collections").OrderedDict), "time": of(type(__import__("time").gmtime(0))), "weakref": of(type(a_ref())),
         "instance": of(Instance), "descriptor": of(type(str.join), type(int.__add__)), "method": of(type(Instance().method)), "cell": of(type(a_cell())),
         "float": of(float), "complex": of(complex), "memoryview": of(memoryview), "number": of(int, float, Number), "file": of(__import__("io").StringIO),
         "sequence": of(list, tuple, str, Sequence), "mapping": of(dict, Mapping), "object": of(type, Instance), "error": of(BaseException, type),
         "struct": lambda obj: isinstance(obj, type) and obj.__name__ == "struct_time", "cells": lambda obj: type(obj) is tuple and [type(o) for o in obj] == [type(a_cell())],
         "keywords": lambda obj: type(obj) is tuple and all(isinstance(o, str) for o in obj), "context": of(type(__import__("contextvars").copy_context())),
         "variable": of(type(__import__("contextvars").ContextVar("v")))}
# What functions of these families work on.
FAMILIES = {"PyDict": "dict", "PyList": "list", "PyTuple": "tuple", "PyUnicode": "str", "PyLong": "int", "PyFloat": "float", "PyBytes": "bytes", "PySet": "set",
            "PyByteArray": "bytearray", "PyModule": "module", "PyFunction": "function", "PyMethod": "method", "PyCFunction": "cfunction", "PyCell": "cell", "PyCode": "code",
            "PyFrame": "frame", "PyException": "exc", "PyType": "type", "PyWeakref": "weakref", "PySlice": "slice", "PyMemoryView": "memoryview", "PyComplex": "complex",
            "PyNumber": "number", "PyFile": "file", "PyUnicodeEncodeError": "encode", "PyUnicodeDecodeError": "decode", "PyObject": "object", "PySequence": "sequence",
            "PyMapping": "mapping", "PyImport": "str", "PySys": "str", "PyErr": "error", "PyODict": "odict", "PyContext": "context", "PyContextVar": "variable"}
NUMBERS = {"int": (-1, 0, 1, 2, 3, 5, 100, 0x10ffff, 2**31 - 1, -2**31), "Py_ssize_t": (-1, 0, 1, 2, 3, 10, -3, 2**40, 2**63 - 1, -2**63),
           "long": (0, 1, -1, 2**40, 2**63 - 1, -2**63), "size_t": (0, 1, 2, 3, 2**40, 2**63), "Py_UCS4": (0, 65, 0xe9, 0x20ac, 0x1f600, 0x110000, 0x30, 0x130),
           "unsigned long": (0, 1, 2**64 - 1), "long long": (0, -1, 2**63 - 1), "unsigned long long": (0, 2**64 - 1), "double": (0.0, -1.5, 1e300, float("inf"), float("nan")),
           "Py_hash_t": (0, 1, -1), "char": (65, 0, 97), "unsigned int": (0, 1, 2**32 - 1), "uint32_t": (0, 1, 2**32 - 1), "const Py_ssize_t": (0, 1, 2)}
TEXTS = (b"abc", b"", b"a", b"n", b"method", b"utf-8", b"latin-1", b"ascii", b"strict", b"replace", b"surrogateescape", b"12", b" 0x1f ", b"1.5e3", b"\xff\xfe\x80",
         b"os.path", b"made.attr", b"r", b"made", b"nonsense", b"+AGE-x", b"\\u0041\\x", b"1 + 1", b"__name__", b"x = 1\n", b"if", b"ignore",
         b"backslashreplace", b"utf-16", b"append", b"keys", b"caf\xc3\xa9")
WIDE = ("abc", "", "\xe9 12", "\U0001f600")
TEXT_TYPES = ("const char*", "const unsigned char*", "const wchar_t*", "const Py_UNICODE*", "const void*")
VECTORS = ("PyObject*const*", "PyObject* const*")


class Complex(ctypes.Structure):
    _fields_ = [("real", ctypes.c_double), ("imag", ctypes.c_double)]

    def __repr__(self):
        return "complex %r %r" % (self.real, self.imag)


class Buffer(ctypes.Structure):
    _fields_ = [("buf", ctypes.c_void_p), ("obj", ctypes.c_void_p), ("len", ctypes.c_ssize_t), ("itemsize", ctypes.c_ssize_t), ("readonly", ctypes.c_int),
                ("ndim", ctypes.c_int), ("format", ctypes.c_char_p), ("shape", ctypes.POINTER(ctypes.c_ssize_t)), ("strides", ctypes.POINTER(ctypes.c_ssize_t)),
                ("suboffsets", ctypes.POINTER(ctypes.c_ssize_t)), ("internal", ctypes.c_void_p)]

    def __repr__(self):
        text = ["buffer", self.obj and "of " + show(ctypes.cast(self.obj, ctypes.py_object).value), self.len, self.itemsize, self.readonly, self.ndim, self.format]
        for pointer in self.shape, self.strides, self.suboffsets:
            text.append(pointer and self.ndim > 0 and pointer[:min(self.ndim, 4)])
        return " ".join(map(str, text))


class Identifier(ctypes.Structure):
    _fields_ = [("next", ctypes.c_void_p), ("string", ctypes.c_char_p), ("object", ctypes.c_void_p)]


class Flags(ctypes.Structure):
    _fields_ = [("flags", ctypes.c_int), ("feature", ctypes.c_int)]


POINTERS = ("unsigned long*", "unsigned int*", "double*", "Py_ssize_t*", "int*", "size_t*", "long*", "PyObject**", "char**", "const char**", "Py_UCS4*", "Py_hash_t*")
READABLE = {"void*": ctypes.c_void_p, "int64_t": ctypes.c_int64, "Py_complex": Complex, "int": ctypes.c_int, "Py_ssize_t": ctypes.c_ssize_t, "const Py_ssize_t": ctypes.c_ssize_t, "long": ctypes.c_long, "size_t": ctypes.c_size_t,
         "Py_UCS4": ctypes.c_uint32, "unsigned long": ctypes.c_ulong, "long long": ctypes.c_longlong, "unsigned long long": ctypes.c_ulonglong,
         "double": ctypes.c_double, "Py_hash_t": ctypes.c_ssize_t, "char": ctypes.c_char, "unsigned int": ctypes.c_uint, "uint32_t": ctypes.c_uint32,
         "void": None, "const char*": ctypes.c_void_p, "char*": ctypes.c_void_p, "wchar_t*": ctypes.c_void_p, "Py_UNICODE*": ctypes.c_void_p}
COUNTED = (list, dict, set, tuple, bytearray, Instance, Number, Bad, Wrong, Sequence, ValueError)


LIBC = ctypes.CDLL(None)
LIBC.tmpfile.restype = ctypes.c_void_p
for name in "fread", "fwrite", "rewind", "ftell":
    getattr(LIBC, name).argtypes = {"f": [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_void_p]}.get(name[0] if name != "ftell" else "", [ctypes.c_void_p])
IDENTIFIERS = {}  # they stay: the interpreter links them into a list


def is_object(ctype):
    return ctype in ("PyObject*", "const PyObject*", "PyVarObject*") or ctype in BY_TYPE


def can_make(ctype):
    return is_object(ctype) or ctype in NUMBERS or ctype in POINTERS or ctype in TEXT_TYPES or ctype in VECTORS or ctype in (
        "void*", "Py_buffer*", "const Py_buffer*", "struct _Py_Identifier*", "_Py_Identifier*", "Py_complex", "PyCompilerFlags*", "unsigned char*", "FILE*")


def can_read(ctype):
    return is_object(ctype) or ctype in READABLE


def functions():
    return [(name, result, params) for name, result, params in prototypes()
            if not facts.LEFT_OUT.search(name) and can_read(result) and all(map(can_make, params))] + [
        (name, "int" if capi_variadic.INTEGER_RESULT.match(name) else "PyObject*", ["..."]) for name in capi_variadic.FUNCTIONS]


def fitting(word):
    """The makers of what a word of capi_facts asks for."""
    if word not in FITTING:
        fits = [KINDS[w] for w in word.split("|") if w in KINDS]
        FITTING[word] = [m for m in MAKERS if any(fit(m()) for fit in fits)]
    return FITTING[word]


FITTING = {}


class Call:
    """One call: what is passed, made anew from the choices (indices), and what has to stay alive."""

    def __init__(self, params, pick, family, words=(), steals=()):
        self.values, self.objects, self.slots, self.family, self.keep = [], [], [], family, []
        self.text, self.length, self.stolen = [], None, 0
        for k, ctype in enumerate(params):
            word = words[k] if k < len(words) else "."
            self.add(ctype, word, pick)
            if k in steals and self.values[-1].value:
                ctypes.pythonapi.Py_IncRef(ctypes.py_object(self.objects[-1]))

    def add_object(self, ctype, word, pick):
        right, null = word.rstrip("?*"), word == "." or word.endswith("?")
        if right not in (".", "") and fitting(right):
            if null and pick(3) == 0:
                self.text.append("NULL")
                return None
            obj = self.one_of(right, pick)
        elif pick(40) == 0:
            self.text.append("NULL")
            return None
        elif ctype in BY_TYPE:
            obj = self.one_of(BY_TYPE[ctype], pick)
        elif self.family and pick(4) < (1 if self.objects else 3):
            obj = self.one_of(self.family, pick)
        elif self.objects and pick(30) == 0:
            obj = self.objects[0]
        else:
            obj = MAKERS[pick(len(MAKERS))]()
        self.objects.append(obj)
        self.text.append(show(obj))
        return id(obj)

    def one_of(self, word, pick):
        fit = fitting(word)
        return fit[pick(len(fit))]()

    def number(self, ctype, word, pick):
        if ".." in word:
            low, high = map(int, word.split(".."))
            return low + pick(high - low + 1)
        if word[0].isdigit() or word[0] == "-":
            choices = word.split(",")
            return int(choices[pick(len(choices))])
        if self.length is not None and ctype in ("Py_ssize_t", "const Py_ssize_t", "size_t", "int"):  # the size of the text before: our buffers have room behind
            sizes = (self.length, self.length, self.length, 0, min(self.length, 1), self.length + 3, -1, -3)
            size = sizes[pick(6 if word == "size" or ctype == "size_t" else 8)]
            self.length = None
            return size
        numbers = NUMBERS[ctype]
        value = numbers[pick(len(numbers))]
        return abs(value) % 100 if word == "size" else value

    def text_value(self, ctype, word, pick):
        """A string in a buffer with room behind it."""
        wide = ctype in ("const wchar_t*", "const Py_UNICODE*")
        if pick(30) == 0 and word != "text":
            self.text.append("None")
            self.values.append(ctypes.c_void_p(None))
            self.length = 0
            return
        texts = WIDE if wide else TEXTS
        value = texts[pick(len(texts))]
        self.text.append(ascii(value))
        self.keep.append((ctypes.create_unicode_buffer if wide else ctypes.create_string_buffer)(value, 64))
        self.values.append(ctypes.c_void_p(ctypes.addressof(self.keep[-1])))
        self.length = len(value)

    def vector(self, pick):
        room = (ctypes.c_void_p * 9)()
        for k in range(8):
            room[k] = self.add_object("PyObject*", ".", pick) or id(None)
        self.values.append(room)

    def slot(self, ctype, word, pick):
        room = (ctypes.c_void_p * 4)()
        if ctype == "PyObject**" and pick(2):
            room[0] = self.add_object("PyObject*", word, pick)
            if room[0]:
                ctypes.pythonapi.Py_IncRef(ctypes.py_object(self.objects[-1]))
        else:
            self.text.append("&")
        self.slots.append((ctype, room))
        self.values.append(room)

    def buffer(self, pick):
        room = Buffer()
        if pick(4):
            obj = (b"bytes", bytearray(b"array"), memoryview(b"abcdef")[::2], memoryview(b"abcdefgh").cast("H", [2, 2]), memoryview(b"x"))[pick(5)]
            ctypes.pythonapi.PyObject_GetBuffer(ctypes.py_object(obj), ctypes.byref(room), 0x11c)
            self.keep.append(obj)
        self.text.append(repr(room))
        self.slots.append(("Py_buffer*", room))
        self.values.append(ctypes.pointer(room))

    def file(self, content):
        stream = LIBC.tmpfile()
        LIBC.fwrite(content, 1, len(content), stream)
        LIBC.rewind(stream)
        self.text.append("file of %r" % content)
        self.slots.append(("FILE*", stream))
        self.values.append(ctypes.c_void_p(stream))

    def other(self, ctype, word, pick):
        if ctype == "void*":
            if word == "obj&":
                self.slot("PyObject**", ".", pick)
            else:
                room = (ctypes.c_void_p * 16)(*[0x6162636465666768] * 16)
                self.slots.append(("void*", room))
                self.values.append(None if pick(3) == 0 else room)
                self.text.append("buffer" if self.values[-1] else "NULL")
        elif ctype == "unsigned char*":
            self.slots.append(("void*", (ctypes.c_void_p * 16)()))
            self.values.append(self.slots[-1][1])
            self.text.append("&")
        elif ctype in ("Py_buffer*", "const Py_buffer*"):
            self.buffer(pick)
        elif ctype == "FILE*":
            self.file((b"", b"text\nmore\n", b"\xe9\x01\x00\x00\x00[", b"i\x05\x00\x00\x00N", b"(\x02\x00\x00\x00Nc")[pick(5)])
        elif ctype == "Py_complex":
            value = Complex(*((0.0, 1.0, -2.5, 1e300, float("nan"), float("inf"))[pick(6)] for _ in range(2)))
            self.text.append(repr(value))
            self.values.append(value)
        elif ctype == "PyCompilerFlags*":
            flags = (None, Flags(0, 8), Flags(0x0400, 8), Flags(0x20000, 8), Flags(0x100, 8), Flags(0x0200, 8))[pick(6)]
            self.text.append("flags %s" % (flags and flags.flags))
            self.values.append(flags and ctypes.pointer(flags))
        else:
            text = (b"n", b"method", b"append", b"__len__", b"none such", b"keys", b"\xff")[pick(7)]
            identifier = IDENTIFIERS.setdefault(text, Identifier(None, text, None))
            self.text.append(ascii(text))
            self.values.append(ctypes.pointer(identifier))

    def add(self, ctype, word, pick):
        if is_object(ctype):
            self.values.append(ctypes.c_void_p(self.add_object(ctype, word, pick)))
        elif ctype in NUMBERS:
            value = self.number(ctype, word, pick)
            self.text.append(repr(value))
            self.values.append(READABLE[ctype](value))
        elif ctype in TEXT_TYPES:
            self.text_value(ctype, word, pick)
        elif ctype in POINTERS:
            self.slot(ctype, word, pick)
        elif ctype in VECTORS:
            self.vector(pick)
        else:
            self.other(ctype, word, pick)


ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")


HOMES = sorted({os.path.realpath(sys.prefix), sys.prefix, os.path.realpath(sys.executable), sys.exec_prefix}, key=len, reverse=True)


def show(obj):
    try:
        if type(obj) is dict and "__doc__" in obj:
            return "dict of " + str(obj.get("__name__"))
        if isinstance(obj, dict) and "__builtins__" in obj:
            obj = {k: v for k, v in obj.items() if k != "__builtins__"}
        text = "{%s}" % ", ".join(sorted(map(repr, obj))) if type(obj) in (set, frozenset) else repr(obj)
    except Exception as e:
        text = "repr: " + type(e).__name__
    text = ADDRESS.sub("0x", "%s %s" % (type(obj).__name__, text))
    for home in HOMES + [ROOT]:
        text = text.replace(home, "HOME")
    return ascii(text)[1:-1][:200]


def bytes_at(address, wide=False):
    if not address:
        return "NULL"
    return ascii(ctypes.wstring_at(address)[:80] if wide else ctypes.string_at(address)[:80])


def family_of(name):
    found = re.match(r"_?(Py[A-Z][a-z]*(?:Encode|Decode)?[A-Z]?[a-z]*(?:Error)?)", name)
    words = re.findall(r"^_?(Py[A-Za-z]+)", name)
    return FAMILIES.get(found.group(1) if found and found.group(1) in FAMILIES else words[0] if words else None)


def file_content(stream):
    room = ctypes.create_string_buffer(100)
    LIBC.rewind(stream)
    count = LIBC.fread(room, 1, 100, stream)
    return room.raw[:count]


def describe(address, call):
    if not address:
        return "NULL"
    obj = ctypes.cast(address, ctypes.py_object).value
    for k, arg in enumerate(call.objects):
        if obj is arg and not isinstance(obj, (int, float, complex, str, bytes, tuple)):
            return "argument %d" % k
    count = " refs %d" % sys.getrefcount(obj) if type(obj) in COUNTED and type(obj) is not tuple and not (type(obj) is dict and "__doc__" in obj) else ""
    return show(obj) + count


def outcome(function, result, params, call, written=None):
    """The call's line."""
    before = [sys.getrefcount(o) for o in call.objects]
    try:
        value = function(*call.values)
    except BaseException as e:
        said = "%s: %s" % (type(e).__name__, show(e))
        e.__traceback__ = e.__context__ = e.__cause__ = None
        e = None
    else:
        if is_object(result):
            said = describe(value, call)
        elif result in ("const char*", "char*"):
            said = bytes_at(value)
        elif result in ("wchar_t*", "Py_UNICODE*"):
            said = bytes_at(value, True)
        else:
            said = repr(value)
    said += " |"
    if written:
        said += " " + written()
    for ctype, room in call.slots:
        if ctype == "PyObject**":
            said += " *" + describe(room[0], call)
        elif ctype == "Py_buffer*":
            said += " *%r" % room
        elif ctype == "FILE*":
            said += " at %d: %r" % (LIBC.ftell(room), file_content(room))
        elif ctype == "void*":
            said += " *%s" % bytes(room).hex()
        elif ctype in ("char**", "const char**"):
            said += " *" + bytes_at(room[0])
        else:
            said += " *%s" % room[0]
    for o, was in zip(call.objects, before):
        now = sys.getrefcount(o)
        if now != was and type(o) in COUNTED and type(o) is not tuple:
            said += " %+d" % (now - was)
    changed = [show(o) for o in call.objects if isinstance(o, (list, dict, set, bytearray, BaseException, Instance, type(iter([]))))]
    return said + " | " + "; ".join(changed)


def run_function(entry, limit, seed, out, start):
    """Make the calls from number start on; the parent sees in out how far we came."""
    name, result, params = entry
    function = getattr(ctypes.PyDLL(None), name)
    function.restype = ctypes.c_void_p if is_object(result) else READABLE[result]
    objects = sum(is_object(p) or p.startswith("PyObject") for p in params)
    count = 5 * limit if params == ["..."] else min(limit, 1 if not params else 200 * len(params) if objects < 2 else limit)
    words, steals, family = facts.unchecked(name), facts.STEALS.get(name, ()), family_of(name)
    for k in range(start, count):
        choose = random.Random("%s/%d/%d" % (name, seed, k))
        pick, of_family = choose.randrange, family
        if len(params) == 1 and params != ["..."] and k < len(MAKERS):  # every object once

            def pick(n, k=k):
                return k if n == len(MAKERS) else min(n - 1, 1)
            of_family = None
        written = None
        if params == ["..."]:
            call = Call([], pick, None)
            variadic = capi_variadic.Variadic(sys.modules[__name__], call, pick)
            getattr(variadic, name)()
            written = variadic.results
        else:
            call = Call(params, pick, of_family, words, steals)
        os.write(out, ("%s#%d(%s)\t" % (name, k, ", ".join(call.text))).encode())
        os.write(out, (outcome(function, result, params, call, written) + "\n").encode())
    os._exit(0)


def worker(path, only, limit, seed):
    import collections, datetime, array, io, functools, contextvars, weakref, warnings, _thread, time, abc, posixpath  # noqa: the children find them loaded
    os.chdir(tempfile.mkdtemp())  # some of them make files
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (2**32, 2**32))
    for word in KINDS:
        fitting(word)
    sys.path_importer_cache.clear()
    out = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
    for entry in functions():
        if only and entry[0] not in only:
            continue
        if not hasattr(ctypes.PyDLL(None), entry[0]):
            os.write(out, ("%s\tnot there\n" % entry[0]).encode())
            continue
        start, deaths = 0, 0
        while deaths < DEATHS:
            before = os.lseek(out, 0, os.SEEK_END)
            child = os.fork()
            if child == 0:
                null = os.open(os.devnull, os.O_RDWR)
                for fd in (0, 1, 2):
                    os.dup2(null, fd)
                signal.alarm(SECONDS)
                try:
                    run_function(entry, limit, seed, out, start)
                finally:
                    os._exit(77)
            status = os.waitpid(child, 0)[1]
            if status == 0:
                break
            with open(path, "rb") as f:
                f.seek(before)
                tail = f.read().decode(errors="replace")
            deaths += 1
            if not tail or tail.endswith("\n"):
                os.write(out, ("%s#%d died between calls\t%s\n" % (entry[0], start, status)).encode())
                break
            start = int(re.match(r"\w+#(\d+)", tail.split("\n")[-1]).group(1)) + 1
            os.write(out, ("DIED %d\n" % status).encode())
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
                break


# ---- comparison ------------------------------------------------------------------------------------------------------------------


PLACE = re.compile(r"[\w./]+\.[ch]:\d+: bad argument")


def lines(path):
    found = {}
    with open(path, errors="replace") as f:
        for line in f:  # a DIED stands in the line of the call
            key, _, said = line.rstrip("\n").partition("\t")
            said, died, status = PLACE.sub("FILE: bad argument", said).partition("DIED")
            found[key] = died + status if died else re.sub(r"^.*?(?= \|)", "varies", said) if facts.VARYING.match(key) else said
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("taipan", nargs="?")
    parser.add_argument("reference", nargs="?")
    parser.add_argument("--worker")
    parser.add_argument("--only", default="")
    parser.add_argument("--limit", type=int, default=800)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=3, help="differences listed for a function")
    parser.add_argument("--out")
    options = parser.parse_args()
    only = [name for name in options.only.split(",") if name]
    if options.worker:
        return worker(options.worker, only, options.limit, options.seed)
    folder = options.out or tempfile.mkdtemp()
    os.makedirs(folder, exist_ok=True)
    runs = []
    for name, python, more in ("taipan", options.taipan, {}), ("reference", options.reference, {}), ("again", options.reference, {"PYTHONMALLOC": "debug"}):
        path = os.path.join(folder, name)
        command = [python, os.path.realpath(__file__), "--worker", os.path.realpath(path), "--only", options.only, "--limit", str(options.limit), "--seed", str(options.seed)]
        runs.append((path, subprocess.Popen(command, env=dict(os.environ, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1", **more))))
    for _, run in runs:
        run.wait()
    ours, theirs, again = (lines(path) for path, _ in runs)
    differences, reasons = {}, {}
    for key, said in theirs.items():
        if said.startswith("DIED") or "died between" in key or key not in ours or again.get(key) != said:
            continue
        if ours[key] != said:
            name = re.match(r"\w+", key).group()
            why = facts.known(name, key + said, ours[key])
            if why:
                reasons[why] = reasons.get(why, 0) + 1
            else:
                differences.setdefault(name, []).append((not ours[key].startswith("DIED"), key, said, ours[key]))
    for name, found in sorted(differences.items(), key=lambda item: (min(item[1])[0], item[0])):
        print("%s: %d of %d calls" % (name, len(found), sum(key.startswith(name + "#") for key in theirs)))
        for _, key, said, our in sorted(found)[:options.show]:
            print("    %s\n        %s\n        %s" % (key, said, our))
    for why, count in sorted(reasons.items()):
        print("%d calls differ as they are known to: %s" % (count, why))
    print("%d functions called, %d calls, %d functions differ" % (len({key.partition("#")[0] for key in theirs}), len(theirs), len(differences)))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
