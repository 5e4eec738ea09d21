# SPDX-License-Identifier: MIT
"""Native code that makes, reads and changes frames, thread states and code objects through the structs of the 3.8 headers."""
import os
import sys
import threading
import time
import traceback
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.append(os.path.join(os.path.dirname(HERE), "support"))
import build_extension  # noqa: E402


def setUpModule():
    global native
    native = build_extension.load(os.path.join(HERE, "frames.c"), "-pthread")


def add(a, b, c=10):
    total = a + b
    total += c
    return total


def fails(a):
    x = a
    raise KeyError(x)


class Frames(unittest.TestCase):
    def test_run(self):
        for _ in range(100):
            self.assertEqual(native.run(add, 1, 2, 3), 6)
        with self.assertRaises(UnboundLocalError):
            native.run(add, 1, 2)
        try:
            native.run(fails, 1)
        except KeyError as e:
            self.assertEqual([e.name for e in traceback.extract_tb(e.__traceback__)], ["test_run", "fails"])
        else:
            self.fail("nothing raised")

    def test_run_module(self):
        locals = {}
        code = compile("x = 1\nfor i in range(3): x += i\ny = [k for k in range(x)]", "<made>", "exec")
        self.assertIsNone(native.run_module(code, {"__builtins__": __builtins__}, locals))
        self.assertEqual(locals, {"x": 4, "i": 2, "y": [0, 1, 2, 3]})

    def test_stack(self):
        def inner():
            return native.stack()

        def outer(n):
            return outer(n - 1) if n else inner()
        stack = outer(2)
        self.assertEqual([name for name, line, lasti in stack[:5]], ["inner", "outer", "outer", "outer", "test_stack"])
        first = inner.__code__.co_firstlineno
        self.assertEqual([line - first for name, line, lasti in stack[:5]], [1, 4, 4, 4, 5])
        self.assertEqual(stack[-1][0], "<module>")
        self.assertTrue(all(lasti >= 0 for name, line, lasti in stack))

        def generate():
            yield native.stack()
        self.assertEqual([e[0] for e in next(generate())[:2]], ["generate", "test_stack"])

    def test_values(self):
        def inner(a):
            return native.first_values()

        def outer(x):
            x = x + x
            values = inner("in")
            x = x + x
            return values + inner("again")
        values = outer("o")
        half = values.index("again")
        self.assertEqual(values[:3], ["in", "oo", self])
        self.assertEqual(values[half:half + 3], ["again", "oooo", self])

    def test_locals(self):
        def f(a):
            b = 1
            native.set_local("b", a * 2)
            return b, (lambda: a)()
        self.assertEqual(f(4), (8, 4))
        g, l, b = native.environment()
        self.assertIs(g, globals())
        self.assertIs(l["self"], self)
        self.assertIs(b["len"], len)

    def test_generator(self):
        def numbers(n):
            for i in range(n):
                yield i, native.generator_state(made[0])[0]
        made = []

        def plain(n):
            for i in range(n):
                yield i
        g = native.generator(plain, 3)
        made.append(g)
        running, frame, code = native.generator_state(g)
        self.assertEqual((running, code), (0, plain.__code__))
        self.assertEqual(frame.f_lasti, -1)
        self.assertEqual(list(g), [0, 1, 2])
        self.assertIsNone(native.generator_state(g)[1])
        g = numbers(1)
        made[0] = g
        self.assertEqual(list(g), [(0, 1)])


class Errors(unittest.TestCase):
    def test_set_and_taken(self):
        with self.assertRaisesRegex(ValueError, "direct"):
            native.fail(ValueError, "direct")
        e = KeyError(3)
        self.assertIs(native.catch(lambda: native.fail(KeyError, e)), e)
        self.assertIsInstance(native.catch(lambda: 1 / 0), ZeroDivisionError)
        self.assertIsNone(native.catch(lambda: 1))
        self.assertEqual(sys.exc_info(), (None, None, None))

    def test_handling(self):
        e = OSError("outer")

        def inner():
            try:
                self.assertIs(sys.exc_info()[1], e)
                self.assertIs(native.handled(), e)
                raise KeyError
            except KeyError as k:
                self.assertIs(k.__context__, e)
                self.assertIs(native.handled(), k)
            self.assertIs(native.handled(), e)
            raise ValueError
        with self.assertRaises(ValueError) as caught:
            native.handling(e, inner)
        self.assertIs(caught.exception.__context__, e)
        self.assertIsNone(native.handled())

    def test_handling_in_generator(self):
        def g():
            try:
                yield 1
            finally:
                seen.append(native.handled())
        seen = []
        it = g()
        next(it)
        try:
            raise TypeError("x")
        except TypeError as e:
            it.close()
            self.assertIs(native.handled(), e)
        self.assertIsInstance(seen[0], GeneratorExit)

    def test_entry(self):
        try:
            native.trace_entry("machine.pyx", "compute", 77)
        except RuntimeError as e:
            tb = e.__traceback__
        last = traceback.extract_tb(tb)[-1]
        self.assertEqual((last.filename, last.name, last.lineno), ("machine.pyx", "compute", 77))
        self.assertEqual(tb.tb_next.tb_frame.f_code.co_firstlineno, 77)


class Observing(unittest.TestCase):
    def watched(self):
        def inner(x):
            return x + 1

        def outer():
            a = inner(1)
            return len([a])
        return outer

    def test_trace(self):
        active, after, events = native.observe(self.watched(), 0)
        self.assertEqual((active, after), (1, 0))
        self.assertEqual(events, [("call", "outer", 0), ("line", "outer", 1), ("call", "inner", 0), ("line", "inner", 1),
                                  ("return", "inner", 1), ("line", "outer", 2), ("return", "outer", 2)])

    def test_profile(self):
        active, after, events = native.observe(self.watched(), 1)
        self.assertEqual((active, after), (1, 0))
        self.assertEqual(events, [("call", "outer", 0), ("call", "inner", 0), ("return", "inner", 1), ("c_call", "outer", 2),
                                  ("c_return", "outer", 2), ("return", "outer", 2)])

    def test_values(self):
        def shown(a):
            return a

        def caller(x):
            shown(x + "1")
            x = x + x
            shown(x + "2")
        for profile in 0, 1:
            events = native.observe(lambda: caller("x"), profile)[2]
            self.assertEqual([e for e in events if isinstance(e, tuple) and len(e) == 2], [("x1", "x"), ("xx2", "xx")])

    def test_exceptions(self):
        def f():
            try:
                int("x")
            except ValueError:
                pass
            raise KeyError
        for profile, expected in ((0, [("exception", "f", 2), ("exception", "f", 5)]), (1, [])):
            events = native.observe(f, profile)[2]
            self.assertEqual([e for e in events if e[0] == "exception"], expected)
            self.assertEqual(events[-1], ("return", "f", 5))

    def test_generator_resumed(self):
        """A tracer tells a start from a resumption by f_lasti; f_back of a generator is who resumed it, and ends with that."""
        def numbers():
            yield 1
            yield 2
        it = numbers()
        resumed = native.observe(lambda: list(it), 0)[2]
        self.assertEqual([e[0] for e in resumed if e[1] == "numbers"], ["call", "line", "return", "call", "line", "return", "call", "return"])

        def seen():
            yield native.stack()[1][0]
            yield native.stack()[1][0]
        it = seen()

        def a():
            return next(it)

        def b():
            return next(it)
        self.assertEqual((a(), it.gi_frame.f_back, b(), it.gi_frame.f_back), ("a", None, "b", None))

    def test_observed_callback(self):
        self.assertEqual([e[:2] for e in native.observe(lambda: native.run(add, 1, 2, 3), 0)[2]],
                         [("call", "<lambda>"), ("line", "<lambda>"), ("call", "add"), ("line", "add"), ("line", "add"), ("line", "add"),
                          ("return", "add"), ("return", "<lambda>")])


class Threads(unittest.TestCase):
    def test_calls_from_foreign_threads(self):
        seen = set()
        local = threading.local()

        def called():
            local.n = getattr(local, "n", 0) + 1
            seen.add(threading.get_ident())
            return [x for x in range(50)]
        self.assertEqual(native.call_from_threads(called, 8, 50), 0)
        self.assertGreaterEqual(len(seen), 1)
        self.assertEqual(native.call_from_threads(lambda: 1 / 0, 2, 3), 6)

    def test_pending_calls(self):
        self.assertEqual(native.pend(None), 0)
        limit = time.monotonic() + 30
        n = 0
        while n < 5 and time.monotonic() < limit:
            n += native.pended()
        self.assertEqual(n, 5)
        with self.assertRaisesRegex(OverflowError, "pending"):
            native.pend("pending")
            while time.monotonic() < limit:
                pass
        native.pended()

    def test_interrupt(self):
        class Stop(Exception):
            pass
        state = []

        def work():
            state.append("begun")
            try:
                while True:
                    sum(range(3))
            except Stop:
                state.append("stopped")
        t = threading.Thread(target=work)
        t.start()
        while not state:
            time.sleep(0.001)
        self.assertEqual(native.interrupt(t.ident, Stop), 1)
        t.join(30)
        self.assertEqual(state, ["begun", "stopped"])
        self.assertEqual(native.interrupt(123, Stop), 0)

    def test_other_state(self):
        ids = []

        def called():
            ids.append(len(native.stack()))
            return "done"
        self.assertEqual(native.in_other_state(called), "done")
        self.assertEqual(ids, [1])
        self.assertIsNone(native.in_other_state(lambda: 1 / 0))

    def test_interpreters(self):
        sys.shared_by_accident = 1
        try:
            source = "import sys, json\nresult = json.loads('41') + (not hasattr(sys, 'shared_by_accident'))\n"
            for _ in range(5):
                self.assertEqual(native.in_new_interpreter(source), 42)
        finally:
            del sys.shared_by_accident


class Codes(unittest.TestCase):
    def test_extra(self):
        code = compile("1", "<x>", "eval")
        index = native.set_extra(code, "one")
        self.assertEqual(native.get_extra(code)[0], "one")
        freed = native.get_extra(code)[1]
        self.assertEqual(native.set_extra(code, "two"), index)
        self.assertEqual(native.get_extra(code)[0], "two")
        other = compile("2", "<x>", "eval")
        native.set_extra(other, "three")
        before = native.get_extra(code)[1]
        del other
        self.assertEqual(native.get_extra(code)[1], before + 1)
        self.assertGreaterEqual(before, freed)

    def test_new(self):
        code = native.new_code(add.__code__, 2)
        self.assertEqual((code.co_posonlyargcount, code.co_argcount, code.co_code), (2, 3, add.__code__.co_code))
        made = type(add)(code, globals(), "made", (5,))
        self.assertEqual(made(1, 2), 8)
        with self.assertRaises(TypeError):
            made(a=1, b=2)
        self.assertEqual(native.new_code(add.__code__, 0), add.__code__)

    def test_recursion(self):
        before = native.depth()
        with self.assertRaises(RecursionError):
            native.deepen(native.deepen)
        self.assertEqual(native.depth(), before)

        def both(f):
            return native.deepen(f)
        with self.assertRaises(RecursionError):
            both(both)
        self.assertEqual(native.depth(), before)


if __name__ == "__main__":
    unittest.main()
