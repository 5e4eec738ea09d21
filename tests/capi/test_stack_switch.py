# SPDX-License-Identifier: MIT
"""Native code that switches C stacks and swaps frame, recursion depth and exception state of the thread state (as greenlet)."""
import os
import random
import sys
import threading
import traceback
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.append(os.path.join(os.path.dirname(HERE), "support"))
import build_extension  # noqa: E402


def names():
    return [entry.name for entry in traceback.extract_stack()]


class Switch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.Coroutine = build_extension.load(os.path.join(HERE, "stackswitch.c")).Coroutine

    def test_values_go_both_ways(self):
        def body(c):
            got = []
            for i in range(3):
                got.append(c.leave(i))
            return got
        c = self.Coroutine(body)
        self.assertEqual([c.enter(None), c.enter("a"), c.enter("b"), c.enter("c")], [0, 1, 2, ["a", "b", "c"]])
        with self.assertRaises(RuntimeError):
            c.enter(None)

    def test_frames(self):
        def inner(c):
            c.leave(names())

        def body(c):
            inner(c)
            return sys._getframe().f_back
        c = self.Coroutine(body)
        self.assertEqual(c.enter(None), ["body", "inner", "names"])
        self.assertEqual((c.frame().f_code.co_name, c.frame().f_back.f_code.co_name, c.frame().f_back.f_back), ("inner", "body", None))
        self.assertEqual(names()[-1], "names")
        self.assertIn("test_frames", names())
        self.assertIsNone(c.enter(None))

    def test_deep_stacks_interleaved(self):
        def dig(c, n, sign):
            local = [n] * 3
            if n:
                result = dig(c, n - 1, sign) + sign
            else:
                result = c.leave("bottom")
            self.assertEqual(local, [n] * 3)
            if n % 10 == 0:
                result += c.leave(n)
            return result
        pick = random.Random(3)
        running = {i: self.Coroutine(lambda c, i=i: dig(c, 10 * i, 1)) for i in range(1, 12)}
        for c in running.values():
            self.assertEqual(c.enter(None), "bottom")
        results = {}
        while running:
            i = pick.choice(list(running))
            got = running[i].enter(1000)
            if running[i].frame() is None or got >= 1000:
                results[i] = got
                del running[i]
        self.assertEqual(results, {i: 1000 * (i + 2) + 10 * i for i in results})

    def test_generators_and_native_callers(self):
        def numbers(c):
            for i in range(4):
                c.leave(i)
                yield i * i

        def body(c):
            return sorted(numbers(c), key=lambda v: c.leave(v) or -v)
        c, seen = self.Coroutine(body), []
        while not seen or not isinstance(seen[-1], list):
            seen.append(c.enter(None))
        self.assertEqual(seen, [0, 1, 2, 3, 0, 1, 4, 9, [9, 4, 1, 0]])

    def test_exceptions(self):
        def body(c):
            try:
                raise KeyError("inside")
            except KeyError as e:
                c.leave(sys.exc_info()[0])
                self.assertIs(sys.exc_info()[1], e)
            self.assertEqual(sys.exc_info()[0], None)
            raise ValueError("out")
        c = self.Coroutine(body)
        try:
            raise IndexError
        except IndexError:
            self.assertIs(c.enter(None), KeyError)
            self.assertIs(sys.exc_info()[0], IndexError)
            try:
                c.enter(None)
            except ValueError as e:
                path = [entry.name for entry in traceback.extract_tb(e.__traceback__)]
            self.assertIs(sys.exc_info()[0], IndexError)
        self.assertEqual(path, ["test_exceptions", "body"])

    def test_ends_of_frames_after_a_switch(self):
        def fail(c):
            c.leave("begun")
            raise ValueError("out")

        def step(c):            # ends by the exception, while the data stack is still the other one's
            return c.enter_within(None)

        def after(*args, n=5):
            return after(*args, n=n - 1) + sum(args) if n else 0

        def linger(c):
            deep = [list(range(9)) for _ in range(3)]
            c.leave(deep)
            return after(1, 2) + len(deep[2])
        lasting = [self.Coroutine(linger) for _ in range(3)]
        for c in lasting:
            self.assertEqual(step(c)[0][8], 8)
        for _ in range(20):
            c = self.Coroutine(fail)
            self.assertEqual(step(c), "begun")
            self.assertRaises(ValueError, step, c)
            self.assertEqual(after(3, 4), 35)
        self.assertEqual([step(c) for c in lasting], [24] * 3)
        generator = (c.enter_within(None) for c in [self.Coroutine(fail) for _ in range(3)])
        self.assertEqual([after(1), list(generator), after(2)], [5, ["begun"] * 3, 10])

    def test_native_body_and_threads(self):
        c = self.Coroutine(dir)
        self.assertIn("leave", c.enter(None))

        def work():
            all_of_it = [self.Coroutine(lambda c, i=i: [c.leave(k) for k in range(i)]) for i in range(50)]
            for turn in range(50):
                for i, c in enumerate(all_of_it):
                    if turn <= i:
                        out.append(c.enter(None) == (turn if turn < i else [None] * i))
        out = []
        threads = [threading.Thread(target=work) for _ in range(3)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual((len(out), all(out)), (3 * 1275, True))

    def test_recursion_limit(self):
        def endless(n):
            return endless(n + 1)
        c = self.Coroutine(lambda c: endless(c.leave(0)))
        c.enter(None)
        self.assertRaises(RecursionError, c.enter, 0)
        self.assertRaises(RecursionError, endless, 0)


if __name__ == "__main__":
    unittest.main()
