# SPDX-License-Identifier: MIT
"""What extension modules take from Python.h alone: pyconfig.h's macros, the headers of the system that come with it."""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.append(os.path.join(os.path.dirname(HERE), "support"))
import build_extension  # noqa: E402


class Platform(unittest.TestCase):
    def test_compiles_and_runs(self):
        native = build_extension.load(os.path.join(HERE, "platform_macros.c"), "-pthread")
        self.assertEqual(native.next_char("\U00012345"), "\U00012346")
        self.assertRaises(ValueError, native.next_char, "ab")


if __name__ == "__main__":
    unittest.main()
