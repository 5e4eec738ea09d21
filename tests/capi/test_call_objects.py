# SPDX-License-Identifier: MIT
"""METH_VARARGS | METH_KEYWORDS: whether there is a dict, and which objects arrive."""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.append(os.path.join(os.path.dirname(HERE), "support"))
import build_extension  # noqa: E402


class Objects(unittest.TestCase):
    def test_given(self):
        given = build_extension.load(os.path.join(HERE, "call_objects.c")).given
        args, empty = (1, 2), {}
        self.assertEqual(given(), ((), None))
        self.assertEqual(given(1, k=2), ((1,), {"k": 2}))
        self.assertIs(given(*args)[0], args)
        self.assertIsNone(given(*args)[1])
        self.assertEqual(given(*args, **empty), (args, {}))  # numpy.set_numeric_ops depends on it
        self.assertEqual(given(*args, **{"k": 1}), (args, {"k": 1}))


if __name__ == "__main__":
    unittest.main()
