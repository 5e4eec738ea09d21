# SPDX-License-Identifier: MIT
"""PEP 523: a hook set by native code sees every Python frame, from the next call on, and can be taken away."""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.append(os.path.join(os.path.dirname(HERE), "support"))
import build_extension  # noqa: E402


class Hook(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.module = build_extension.load(os.path.join(HERE, "evalhook.c"))

    def test_calls(self):
        def inner():
            return 1

        def outer():
            return inner() + inner()

        def numbers():
            yield 1
            yield 2

        class Thing:
            def __init__(self):
                self.value = 3

            @property
            def double(self):
                return self.value * 2
        for _ in range(50):  # warm: calls are pushed directly
            outer()
            Thing().double
            list(numbers())
        self.module.start()
        try:
            outer()
            total = sum(numbers())
            for n in numbers():
                pass
            Thing().double
            names = self.module.stop()
        finally:
            self.module.stop()
        self.assertEqual(names, ["outer", "inner", "inner"] + ["numbers"] * 6 + ["__init__", "double"])
        self.assertEqual(total, 3)
        outer()
        self.assertEqual(self.module.stop(), [])

    def test_errors_pass(self):
        def fails():
            raise KeyError("x")
        self.module.start()
        try:
            with self.assertRaises(KeyError):
                fails()
        finally:
            names = self.module.stop()
        self.assertIn("fails", names)


if __name__ == "__main__":
    unittest.main()
