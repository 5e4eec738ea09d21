# SPDX-License-Identifier: MIT
# cython: language_level=3, profile=True, binding=True
"""Compiled by try_cython.py: one of each of the things for which Cython looks into objects, frames and thread states."""
cimport cython
from cpython.ref cimport PyObject
from libc.math cimport sqrt

ctypedef fused number:
    int
    double


def largest(number[:] values):
    cdef Py_ssize_t i
    cdef number best = values[0]
    for i in range(1, values.shape[0]):
        if values[i] > best:
            best = values[i]
    return best


def scale(double[:, ::1] table, double by):
    cdef Py_ssize_t i, j
    for i in range(table.shape[0]):
        for j in range(table.shape[1]):
            table[i, j] *= by
    return table.T[0, 1]


@cython.freelist(4)
cdef class Node:
    cdef public object value
    cdef readonly Node next
    cdef double weight

    def __cinit__(self, value, Node next=None, double weight=1):
        self.value = value
        self.next = next
        self.weight = weight

    def __dealloc__(self):
        global freed
        freed += 1

    def __add__(a, b):
        if isinstance(a, Node) and isinstance(b, Node):
            return Node((a.value, b.value))
        return NotImplemented

    def __richcmp__(self, other, int op):
        if op == 2:
            return isinstance(other, Node) and self.value == (<Node>other).value
        return NotImplemented

    def __hash__(self):
        return hash(self.value)

    def __len__(self):
        cdef int n = 0
        cdef Node at = self
        while at is not None:
            n += 1
            at = at.next
        return n

    def __getitem__(self, i):
        return self.value[i]

    @property
    def root(self):
        return sqrt(self.weight)

    cpdef double twice(self):
        return 2 * self.weight

    def __reduce__(self):
        return Node, (self.value,)


freed = 0


cdef class Heavier(Node):
    cpdef double twice(self):
        return 100 + Node.twice(self)


class Plain:
    """An ordinary class."""
    kind = "plain"

    def __init__(self, *args, key=None, **rest):
        self.args, self.key, self.rest = args, key, rest

    def method(self, int a, b=2, *, c: int = 3) -> int:
        return a + b + c

    @staticmethod
    def still(x):
        return [y * 2 for y in x]

    @classmethod
    def made(cls):
        return cls(1, key="k", z=26)


def counter(n):
    """A generator that can be sent values."""
    total = 0
    try:
        for i in range(n):
            got = yield total
            total += got or i
    except ValueError as e:
        yield "caught %s" % e
    finally:
        log.append("closed")
    return total


log = []


def delegating():
    result = yield from counter(3)
    yield "result %d" % result


def closures(n):
    def add(x):
        nonlocal n
        n += x
        return n
    return add, lambda: n, [lambda i=i: i for i in range(2)]


cdef int fails(int x) except? -1:
    if x < 0:
        raise ValueError("negative: %d" % x)
    return x


def exceptions(x):
    try:
        return fails(x)
    except ValueError as e:
        try:
            raise KeyError("second")
        except KeyError as inner:
            return type(inner.__context__).__name__, str(e)
    finally:
        log.append("finally")


def unhandled(x):
    return fails(x) + 1


async def waits(awaitable, n):
    async with Context() as c:
        for i in range(n):
            await awaitable(0)
    return [v async for v in agen(n)], c


class Context:
    async def __aenter__(self):
        return "entered"

    async def __aexit__(self, *args):
        log.append("left")


async def agen(n):
    for i in range(n):
        yield i * i


def strings(s, bytes b, dict d):
    cdef str name = f"{s!r:>6}|{b[0]}"
    for k, v in d.items():
        name += k + str(v)
    return name


def big(long long a, unsigned char c):
    return a * c, <object>(a // c), a % -c if a < 0 else a % c


def calls(f, *args, **kwargs):
    return f(*args, **kwargs), f(args[0])


def sorting(list items):
    items.sort(key=lambda x: -x)
    cdef list out = []
    for i, x in enumerate(items):
        out.append((i, x))
    return out, {k: v for k, v in out}, {x for _, x in out}, tuple(reversed(items))
