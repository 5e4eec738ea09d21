#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""capi_sweep TAIPAN REFERENCE [--only NAME,...] [--limit N] [--seed N] [--out FOLDER]: the C API, function by function, on two interpreters.

Every function of include/ whose parameters this program can make up is called through ctypes with objects of all kinds, good and bad,
NULL among them; each call in a process that may die. What came of it (the value, or the exception with its text; the arguments afterwards;
what happened to the reference counts of arguments and result) must be the same. Calls that kill the reference are not
compared; one that kills only TAIPAN is reported first.

Prints the differences, some for each function, and their number; exit status 1 if there are any. The lines of all calls stay in FOLDER.

    capi_sweep --worker OUT     (what the two interpreters run)
"""
import argparse
import ctypes
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
SECONDS = 20  # for the calls of one function

# Prototypes are read from our headers, which declare what CPython's do.
PROTOTYPE = re.compile(r"PyAPI_FUNC\(([^()]*(?:\([^()]*\))?[^()]*)\)\s*(\w+)\s*\(([^;{]*?)\)\s*(?:Py_\w+(?:\([^)]*\))?\s*|__attribute__\S*\s*)*;", re.S)

# They end or replace the process, wait for somebody, or take no objects that a caller could spoil.
LEFT_OUT = re.compile(r"Finalize|Py_Exit|FatalError|Fatal|_Main$|BytesMain|RunMain|Interactive|Readline|PyThread|PyGILState|EvalFrame|"
                      r"PyInterpreterState|_PyThreadState|AcquireThread|ReleaseThread|AcquireLock|ReleaseLock|RestoreThread|SaveThread|Fork|"
                      r"ThreadState|PyMem_|Malloc|Calloc|Realloc|_Free$|_Del$|PyOS_|Dump|_Py_DumpDecimal|_Dealloc|NewInterpreter|EndInterpreter|"
                      r"RefTotal|Arena|Urandom|MainLoop|_Untrack|_UnTrack|_Track|SetInterrupt|PyAST|_PyTime|Clear(FreeList|Type)|GC_(Re|New|Var)|"
                      r"_Py_NewReference|_Py_Forget|DebugMallocStats|PyTraceMalloc|_PyTraceback|Py_ReprEnter|Py_ReprLeave|PyPickleBuffer_Release|"
                      r"SetProfile|SetTrace|SetLocals|_PyErr_StackItem|ImportInittab|Inittab|SetPath|SetArgv|SetProgramName|SetPythonHome|Gid|Uid|"
                      r"PreInitialize|Initialize|InitModule|TrashcanSub|_PyTrash|fatal|_Py_Dealloc|GET_WEAKREFS|_PyMain|_Py_path_config|Hashing")


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

    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        pass

    __delitem__ = Sequence.__getitem__


def generator():
    yield 1
    yield 2


async def coroutine():
    return 1


def function(a, b=2, *, c=3):
    return a


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
    return sys._getframe()


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
    lambda: NotImplemented, an_iterator, generator, a_coroutine, lambda: function, lambda: len, lambda: [].append, lambda: Instance().method,
    lambda: int, lambda: Instance, lambda: ValueError, lambda: type, lambda: WithMeta, Instance, Number, Bad, Wrong, Sequence, Mapping, an_error,
    lambda: OSError(2, "no", "file"), lambda: UnicodeDecodeError("utf-8", b"ab\xff", 1, 2, "why"), lambda: UnicodeEncodeError("ascii", "a\xe9", 1, 2, "why"),
    a_ref, a_cell, a_traceback, a_frame, lambda: function.__code__, lambda: property(len), lambda: classmethod(len), lambda: str.join,
    lambda: Instance.__dict__, lambda: {}.keys(), lambda: {1: 2}.items(), lambda: sys, lambda: type(sys)("made"), lambda: iter({1}), lambda: map(len, [""]),
    lambda: __import__("collections").deque([1]), lambda: __import__("datetime").date(2020, 1, 2),
    lambda: __import__("array").array("i", [1, 2]), lambda: __import__("io").StringIO("text\nmore"), lambda: __import__("io").BytesIO(b"text\nmore"),
    lambda: __import__("functools").partial(len), lambda: __import__("contextvars").ContextVar("v"), lambda: __import__("contextvars").copy_context(),
]
BY_TYPE = {"PyTypeObject*": type, "struct _typeobject*": type, "PyCodeObject*": type(function.__code__), "PyFrameObject*": type(a_frame()),
           "struct _frame*": type(a_frame()), "PyDictObject*": dict}
# What functions of these families work on.
FAMILIES = {"PyDict": dict, "PyList": list, "PyTuple": tuple, "PyUnicode": str, "PyLong": int, "PyFloat": float, "PyBytes": bytes, "PySet": (set, frozenset),
            "PyByteArray": bytearray, "PyModule": type(sys), "PyFunction": type(function), "PyMethod": type(Instance().method), "PyCFunction": type(len),
            "PyCell": type(a_cell()), "PyCode": type(function.__code__), "PyFrame": type(a_frame()), "PyException": BaseException, "PyType": type,
            "PyWeakref": type(a_ref()), "PySlice": slice, "PyMemoryView": memoryview, "PyComplex": complex, "PyNumber": (int, float, Number), "PyFile": type(
                __import__("io").StringIO()), "PyUnicodeEncodeError": UnicodeEncodeError, "PyUnicodeDecodeError": UnicodeDecodeError, "PyObject": (type, Instance),
            "PySequence": (list, tuple, str, Sequence), "PyMapping": (dict, Mapping), "PyImport": str, "PySys": str, "PyErr": (BaseException, type)}
NUMBERS = {"int": (-1, 0, 1, 2, 3, 5, 100, 0x10ffff, 2**31 - 1, -2**31), "Py_ssize_t": (-1, 0, 1, 2, 3, 10, -3, 2**31, 2**63 - 1, -2**63),
           "long": (0, 1, -1, 2**40, 2**63 - 1, -2**63), "size_t": (0, 1, 2, 3, 2**32, 2**63), "Py_UCS4": (0, 65, 0xe9, 0x20ac, 0x1f600, 0x110000, 0x30, 0x130),
           "unsigned long": (0, 1, 2**64 - 1), "long long": (0, -1, 2**63 - 1), "unsigned long long": (0, 2**64 - 1), "double": (0.0, -1.5, 1e300, float("inf"), float("nan")),
           "Py_hash_t": (0, 1, -1), "char": (65, 0, 97), "unsigned int": (0, 1, 2**32 - 1), "uint32_t": (0, 1, 2**32 - 1), "const Py_ssize_t": (0, 1, 2)}
TEXTS = (b"abc", b"", b"a", b"n", b"method", b"utf-8", b"latin-1", b"ascii", b"strict", b"replace", b"surrogateescape", b"12", b" 0x1f ", b"1.5e3", b"\xff\xfe\x80",
         b"os.path", b"made.attr", b"r", b"made", b"nonsense", b"+AGE-x", b"\\u0041\\x", b"1 + 1", b"__doc__")
WIDE = ("abc", "", "\xe9 12", "\U0001f600")
POINTERS = ("Py_ssize_t*", "int*", "size_t*", "long*", "PyObject**", "char**", "const char**", "Py_UCS4*", "Py_hash_t*")
KINDS = {"int": ctypes.c_int, "Py_ssize_t": ctypes.c_ssize_t, "const Py_ssize_t": ctypes.c_ssize_t, "long": ctypes.c_long, "size_t": ctypes.c_size_t,
         "Py_UCS4": ctypes.c_uint32, "unsigned long": ctypes.c_ulong, "long long": ctypes.c_longlong, "unsigned long long": ctypes.c_ulonglong,
         "double": ctypes.c_double, "Py_hash_t": ctypes.c_ssize_t, "char": ctypes.c_char, "unsigned int": ctypes.c_uint, "uint32_t": ctypes.c_uint32,
         "void": None, "const char*": ctypes.c_void_p, "char*": ctypes.c_void_p, "wchar_t*": ctypes.c_void_p, "Py_UNICODE*": ctypes.c_void_p}
COUNTED = (list, dict, set, tuple, bytearray, Instance, Number, Bad, Wrong, Sequence, ValueError)


def is_object(ctype):
    return ctype in ("PyObject*", "const PyObject*", "PyVarObject*") or ctype in BY_TYPE


def can_make(ctype):
    return is_object(ctype) or ctype in NUMBERS or ctype in POINTERS or ctype in ("const char*", "const wchar_t*", "PyObject*const*", "PyObject* const*",
                                                                                   "const Py_UNICODE*", "const unsigned char*")


def can_read(ctype):
    return is_object(ctype) or ctype in KINDS


def functions():
    return [(name, result, params) for name, result, params in prototypes()
            if not LEFT_OUT.search(name) and can_read(result) and all(map(can_make, params))]


class Call:
    """One call: what is passed, made anew from the choices (indices), and what has to stay alive."""

    def __init__(self, params, pick, family):
        self.values, self.objects, self.slots, self.family = [], [], [], family
        self.text = []
        for ctype in params:
            self.add(ctype, pick)

    def add_object(self, ctype, pick):
        if pick(40) == 0:
            self.text.append("NULL")
            return None
        if ctype in BY_TYPE and pick(20):
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

    def one_of(self, types, pick):
        fit = [m for m in MAKERS if isinstance(m(), types)]
        return fit[pick(len(fit))]()

    def add(self, ctype, pick):
        if is_object(ctype):
            self.values.append(ctypes.c_void_p(self.add_object(ctype, pick)))
        elif ctype in NUMBERS:
            value = NUMBERS[ctype][pick(len(NUMBERS[ctype]))]
            self.text.append(repr(value))
            self.values.append(KINDS[ctype](value))
        elif ctype in ("const wchar_t*", "const Py_UNICODE*"):
            value = WIDE[pick(len(WIDE))]
            self.text.append(ascii(value))
            self.values.append(ctypes.c_wchar_p(value))
        elif ctype in ("const char*", "const unsigned char*"):
            value = None if pick(30) == 0 else TEXTS[pick(len(TEXTS))]
            self.text.append(ascii(value))
            self.values.append(ctypes.c_char_p(value))
        elif ctype in POINTERS:
            room = (ctypes.c_void_p * 4)()
            if ctype == "PyObject**" and pick(2):
                room[0] = self.add_object("PyObject*", pick)
                if room[0]:
                    ctypes.pythonapi.Py_IncRef(ctypes.py_object(self.objects[-1]))
            else:
                self.text.append("&")
            self.slots.append((ctype, room))
            self.values.append(room)
        else:  # a vector of objects
            room = (ctypes.c_void_p * 8)()
            for k in range(4):
                room[k] = self.add_object("PyObject*", pick) or id(None)
            self.values.append(room)


ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")


def show(obj):
    try:
        text = repr(obj)
    except Exception as e:
        text = "repr: " + type(e).__name__
    return ascii(ADDRESS.sub("0x", "%s %s" % (type(obj).__name__, text)))[1:161]


def bytes_at(address, wide=False):
    if not address:
        return "NULL"
    return ascii(ctypes.wstring_at(address)[:80] if wide else ctypes.string_at(address)[:80])


def family_of(name):
    found = re.match(r"_?(Py[A-Z][a-z]*(?:Encode|Decode)?[A-Z]?[a-z]*(?:Error)?)", name)
    words = re.findall(r"^_?(Py[A-Za-z]+)", name)
    return FAMILIES.get(found.group(1) if found and found.group(1) in FAMILIES else words[0] if words else None)


def describe(address, call):
    if not address:
        return "NULL"
    obj = ctypes.cast(address, ctypes.py_object).value
    for k, arg in enumerate(call.objects):
        if obj is arg:
            return "argument %d" % k
    count = " refs %d" % sys.getrefcount(obj) if type(obj) in COUNTED and obj != () else ""
    return show(obj) + count


def outcome(function, result, params, call):
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
    for ctype, room in call.slots:
        if ctype == "PyObject**":
            said += " *" + describe(room[0], call)
        elif ctype in ("char**", "const char**"):
            said += " *" + bytes_at(room[0])
        else:
            said += " *%s" % room[0]
    for o, was in zip(call.objects, before):
        now = sys.getrefcount(o)
        if now != was and type(o) in COUNTED:
            said += " %+d" % (now - was)
    changed = [show(o) for o in call.objects if isinstance(o, (list, dict, set, bytearray, BaseException, Instance, type(iter([]))))]
    return said + " | " + "; ".join(changed)


def run_function(entry, limit, seed, out, start):
    """Make the calls from number start on; the parent sees in out how far we came."""
    name, result, params = entry
    function = getattr(ctypes.PyDLL(None), name)
    function.restype = ctypes.c_void_p if is_object(result) else KINDS[result]
    objects = sum(is_object(p) or p.startswith("PyObject") for p in params)
    count = min(limit, 1 if not params else 200 * len(params) if objects < 2 else limit)
    for k in range(start, count):
        choose = random.Random("%s/%d/%d" % (name, seed, k))
        first = [k % len(MAKERS)] if len(params) == 1 and is_object(params[0]) and k < len(MAKERS) else None

        def pick(n):
            if first and n == len(MAKERS):
                return first[0]
            return choose.randrange(n) if not first else 1 if n > 1 else 0
        call = Call(params, pick, None if first else family_of(name))
        os.write(out, ("%s#%d(%s)\t" % (name, k, ", ".join(call.text))).encode())
        os.write(out, (outcome(function, result, params, call) + "\n").encode())
    os._exit(0)


def worker(path, only, limit, seed):
    import collections, datetime, array, io, functools, contextvars, weakref, warnings  # noqa: the children find them loaded
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    sys.path_importer_cache.clear()
    out = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
    for entry in functions():
        if only and entry[0] not in only:
            continue
        if not hasattr(ctypes.PyDLL(None), entry[0]):
            os.write(out, ("%s\tnot there\n" % entry[0]).encode())
            continue
        start, deaths = 0, 0
        while deaths < 25:
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
            found[key] = PLACE.sub("FILE: bad argument", said)
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
    for name, python in ("taipan", options.taipan), ("reference", options.reference):
        path = os.path.join(folder, name)
        command = [python, os.path.realpath(__file__), "--worker", path, "--only", options.only, "--limit", str(options.limit), "--seed", str(options.seed)]
        runs.append((path, subprocess.Popen(command, env=dict(os.environ, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1"))))
    for _, run in runs:
        run.wait()
    ours, theirs = (lines(path) for path, _ in runs)
    differences = {}
    for key, said in theirs.items():
        if said.startswith("DIED") or "died between" in key or key not in ours:
            continue
        if ours[key] != said:
            differences.setdefault(re.match(r"\w+", key).group(), []).append((not ours[key].startswith("DIED"), key, said, ours[key]))
    for name, found in sorted(differences.items(), key=lambda item: (min(item[1])[0], item[0])):
        print("%s: %d of %d calls" % (name, len(found), sum(key.startswith(name + "#") for key in theirs)))
        for _, key, said, our in sorted(found)[:options.show]:
            print("    %s\n        %s\n        %s" % (key, said, our))
    print("%d functions called, %d calls, %d functions differ" % (len({key.partition("#")[0] for key in theirs}), len(theirs), len(differences)))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
