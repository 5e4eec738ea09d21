# SPDX-License-Identifier: MIT
"""Sources whose code objects, errors and warnings are known: cases.json, made from cases.txt by record_cases.py."""
import json
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import record_cases  # noqa: E402


class CaseTests(unittest.TestCase):
    maxDiff = None

    def test_cases(self):
        with open(os.path.join(HERE, 'cases.json')) as f:
            cases = json.load(f)
        self.assertGreater(len(cases), 200)
        for mode, source, expected in cases:
            with self.subTest(mode=mode, source=source):
                self.assertEqual(record_cases.outcome(source, mode), expected)

    def test_every_case_is_recorded(self):
        with open(os.path.join(HERE, 'cases.json')) as f:
            recorded = [(mode, source) for mode, source, _ in json.load(f)]
        self.assertEqual(recorded, list(record_cases.read_cases()))


if __name__ == '__main__':
    unittest.main()
