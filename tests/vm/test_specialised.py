# SPDX-License-Identifier: MIT
"""Specialised instructions give what the plain ones give: warm functions against cold copies of their code."""
import types
import unittest

VALUES = [0, 1, -1, 5, 256, 257, -5, -6, 2**29, 2**30, -2**30, 2**59, 2**60 - 1, -2**60, 2**62, 2**63, 2**64, 3.5, -0.0,
          1e308, float("inf"), float("nan"), True, False, "ab", "c", (1,), [2], None, 10**40]
WARM = [(3, 4), (2.5, 1.5), ("ab", "cd"), (3, 2.5), (2**40, 3)]


def cold(function):
    """A copy with a code object of its own, which has never run."""
    return types.FunctionType(function.__code__.replace(), function.__globals__)


def outcome(function, *args):
    try:
        return repr(function(*args))
    except Exception as error:
        return repr(error)


def add(a, b): return a + b
def sub(a, b): return a - b
def div(a, b): return a / b
def floordiv(a, b): return a // b
def mod(a, b): return a % b
def bit_and(a, b): return a & b
def bit_or(a, b): return a | b
def bit_xor(a, b): return a ^ b
def right(a, b): return a >> b
def in_place(a, b): a += b; a -= b; return a
def constants(a, b): return a + 1, 1 + b, a - 3, 3 - b
def temporaries(a, b): return (a + 1000) * (b + 2000) - (a + 7) + (b - 3)


def multiply(a, b):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return a * b


def left(a, b):
    if isinstance(b, int) and b < 200:
        return a << b


def compare(a, b):
    x = a <= b
    if a == b:
        y = 1
    else:
        y = 2
    while a > b:
        x = "greater"
        break
    if not a < 1:
        x = x, 6
    return x, y, a != b, a is b


def compare_constants(a, b):
    if a == "ab":
        return 1
    if b != 5:
        return 2
    if a is None or b is not None:
        return 3


def contains(a, b):
    if a in (1, 2.5, "ab", None):
        return "in"
    if b not in [1, "c"]:
        return "not in"


def truth(a, b):
    if a:
        x = 1
    else:
        x = 2
    if not b:
        return x
    return x, a and b, a or b


OPERATIONS = [add, sub, div, floordiv, mod, bit_and, bit_or, bit_xor, right, in_place, constants, temporaries, multiply, left,
              compare, compare_constants, contains, truth]


class Plain:
    cv = 10

    def __init__(self, v):
        self.v = v
        self.w = v + 1

    def method(self, k=1):
        return self.v + k

    @property
    def prop(self):
        return self.w

    @classmethod
    def make(cls):
        return cls.__name__

    @staticmethod
    def static(x):
        return x

    def __getitem__(self, i):
        return self.v * i


class Derived(Plain):
    cv = 20

    def method(self, k=2):
        return -super().method(k)


class Slots:
    __slots__ = ("v", "w")
    cv, prop = 30, 99
    make = staticmethod(lambda: "made")

    def __init__(self, v):
        self.v = v
        self.w = v + 1

    def method(self, k=3):
        return self.v * k

    static = staticmethod(abs)


class Hook(Plain):
    def __getattr__(self, name):
        return "hook", name


class Override(Plain):
    def __getattribute__(self, name):
        return object.__getattribute__(self, name)


def attributes(o):
    o.v = o.v + 1
    return o.v, o.w, o.cv, o.prop, o.method(), o.method(5), o.make(), o.static(3)


def item(container):
    return container[1]


def slices(s, i, j):
    return s[i:j], s[:j], s[i:], s[:]


def loop(iterable):
    out = []
    for v in iterable:
        out.append(v)
    return out


class SpecialisedTest(unittest.TestCase):
    def test_operators(self):
        for x, y in WARM:
            for function in OPERATIONS:
                warm = cold(function)
                for _ in range(60):
                    outcome(warm, x, y)
                for a in VALUES:
                    for b in VALUES:
                        self.assertEqual(outcome(warm, a, b), outcome(cold(function), a, b), (function.__name__, a, b))

    def test_reuse_does_not_alias(self):
        x, f, seen = 1000, 1.5, []
        for i in range(60):
            y = x
            x += i
            z = x * 3
            w = z
            z -= 1
            g = f
            f += 0.25
            seen.append((x - y, w - z, f - g))
        self.assertEqual(seen, [(i, 1, 0.25) for i in range(60)])
        for k in range(300, 330):
            kept = k
            k += 100000
            self.assertEqual(k - kept, 100000)

    def test_attributes(self):
        kinds = [Plain, Derived, Slots, Hook, Override]
        for kind in kinds:
            warm = cold(attributes)
            for _ in range(60):
                warm(kind(1))
            for other in kinds:
                self.assertEqual(warm(other(7)), cold(attributes)(other(7)))
        warm = cold(attributes)
        for _ in range(200):
            for kind in kinds:
                self.assertEqual(warm(kind(3)), cold(attributes)(kind(3)))

    def test_changes_are_seen(self):
        class C(Plain):
            pass
        warm, o = cold(attributes), C(1)
        for _ in range(60):
            warm(o)
        o.method = lambda k=0: ("instance", k)
        self.assertEqual(warm(o)[4], ("instance", 0))
        del o.method
        C.cv = "changed"
        C.method = lambda self, k=0: "new"
        C.prop = 5
        self.assertEqual(warm(o)[2:6], ("changed", 5, "new", "new"))
        del o.w
        with self.assertRaises(AttributeError):
            warm(o)

    def test_items(self):
        containers = [[1, 2, 3], (1, 2, 3), "abc", {1: 2}, Plain(3), range(9), b"abc", [1], {}, 5]
        for container in containers:
            warm = cold(item)
            for _ in range(60):
                outcome(warm, container)
            for other in containers:
                self.assertEqual(outcome(warm, other), outcome(cold(item), other))

    def test_slices(self):
        for s in [[1, 2, 3, 4], (1, 2, 3, 4), "abcd", b"abcd"]:
            warm = cold(slices)
            for _ in range(60):
                warm(s, 1, 3)
            for i in (-9, -1, 0, 2, 9, None, 10**30, True):
                for j in (-9, -1, 0, 2, 9, None, -10**30):
                    self.assertEqual(warm(s, i, j), cold(slices)(s, i, j))

    def test_loops(self):
        makers = [lambda: [1, 2], lambda: (3, 4), lambda: range(5), lambda: (i for i in range(3)), lambda: "ab",
                  lambda: {1: 2}, lambda: iter([1]), lambda: range(2**62, 2**62 + 2), lambda: range(10, 0, -3)]
        for make in makers:
            warm = cold(loop)
            for _ in range(60):
                warm(make())
            for other in makers:
                self.assertEqual(warm(other()), list(other()))

    def test_globals(self):
        space = {"value": 1}
        exec("def get():\n    return value, len\n"
             "def put(x):\n    global value\n    value = x\n", space)
        get, put = space["get"], space["put"]
        for i in range(60):
            put(i)
            self.assertEqual(get(), (i, len))
        space["len"] = 5
        self.assertEqual(get(), (59, 5))
        del space["len"]
        self.assertEqual(get(), (59, len))
        del space["value"]
        self.assertRaises(NameError, get)

    def test_generators_in_loops(self):
        def numbers(n):
            for i in range(n):
                yield i

        def broken():
            yield 1
            raise KeyError("x")

        def delegate(n):
            yield n
            return (yield from delegate(n - 1)) + 1 if n else 100

        def first(n, stop):
            out = []
            for v in numbers(n):
                out.append(v)
                if v == stop:
                    break
            return out

        def failing():
            out = []
            try:
                for v in broken():
                    out.append(v)
            except KeyError as error:
                out.append(error.__traceback__.tb_next.tb_frame.f_code.co_name)
            return out

        def result():
            value = yield from delegate(20)
            yield value

        for i in range(60):
            self.assertEqual(first(i % 6, 3), list(range(min(i % 6, 4))))
            self.assertEqual(failing(), [1, "broken"])
            self.assertEqual(list(result())[-1], 120)


class BuiltinsOfGlobals(unittest.TestCase):
    """The builtins of a dict of globals are remembered by the dict's version."""

    def test_they_change(self):
        scope = {}
        exec('def put(v):\n global __builtins__\n __builtins__ = v\ndef f(): return len("abc")', scope)
        self.assertEqual([scope['f']() for i in range(3)], [3] * 3)
        for i in range(300):
            scope['__builtins__'] = {'len': lambda x, i=i: i}
            self.assertEqual(scope['f'](), i)
            scope['put']({'len': lambda x, i=i: -i})
            self.assertEqual(scope['f'](), -i)
        del scope['__builtins__']
        self.assertRaises(NameError, scope['f'])
        scope['__builtins__'] = __builtins__
        self.assertEqual(scope['f'](), 3)

    def test_many_dicts(self):
        found = []
        for i in range(2000):
            scope = {'__builtins__': {'len': lambda x, i=i: i}}
            exec('def f(): return len(1)', scope)
            found.append(scope['f']())
            found.append(scope['f']())
        self.assertEqual(found, [i for i in range(2000) for k in range(2)])


if __name__ == "__main__":
    unittest.main()
