# SPDX-License-Identifier: MIT
"""range: against computed elements, for machine integers and for big ones."""
import pickle
import sys
import unittest

BIG = 2 ** 70
EDGES = (-BIG, -sys.maxsize - 1, -3, 0, 2, 7, sys.maxsize, BIG)


def elements(start, stop, step, limit=6):
    out = []
    while (start < stop if step > 0 else start > stop) and len(out) < limit:
        out.append(start)
        start += step
    return out


class Range(unittest.TestCase):
    def test_elements(self):
        for start in EDGES:
            for stop in EDGES:
                for step in (1, 3, -1, -4, sys.maxsize, -sys.maxsize - 1, BIG, -BIG):
                    r = range(start, stop, step)
                    first = elements(start, stop, step)
                    it = iter(r)
                    self.assertEqual([next(it) for _ in first], first)
                    n = max(0, (stop - start + step - (1 if step > 0 else -1)) // step)
                    self.assertEqual(bool(r), n > 0)
                    if n:
                        last = start + (n - 1) * step
                        self.assertEqual((r[0], r[-1], next(reversed(r))), (start, last, last))
                        self.assertTrue(start in r and last in r and last + step not in r)
                        self.assertEqual((r.index(last), r.count(last)), (n - 1, 1))
                        self.assertRaises(IndexError, lambda: r[n])
                    if n < 6:
                        self.assertEqual(list(reversed(r)), first[::-1])
                    if n <= sys.maxsize:
                        self.assertEqual(len(r), n)
                    else:
                        self.assertRaises(OverflowError, len, r)

    def test_slices(self):
        r, items = range(3, 40, 4), list(range(3, 40, 4))
        for i in (None, 0, 2, -3, 50, -50):
            for j in (None, 0, 5, -1, 99):
                for k in (None, 1, 2, -1, -3):
                    self.assertEqual(list(r[i:j:k]), items[i:j:k])
        self.assertEqual(range(BIG)[BIG - 2:], range(BIG - 2, BIG))

    def test_equality_is_of_elements(self):
        self.assertEqual(range(0, 3, 2), range(0, 4, 2))
        self.assertEqual(hash(range(0, 3, 2)), hash(range(0, 4, 2)))
        self.assertEqual(range(5, 5), range(0))
        self.assertEqual(range(1, 2, 7), range(1, 2))
        self.assertNotEqual(range(3), range(4))
        self.assertNotEqual(range(3), [0, 1, 2])

    def test_contains_other_types(self):
        self.assertTrue(2.0 in range(5) and True in range(5))
        self.assertFalse(2.5 in range(5) or "2" in range(5))
        self.assertRaisesRegex(ValueError, "7 is not in range", range(5).index, 7)

    def test_arguments(self):
        with self.assertRaisesRegex(ValueError, r"range\(\) arg 3 must not be zero"):
            range(1, 2, 0)
        with self.assertRaisesRegex(TypeError, "'float' object cannot be interpreted as an integer"):
            range(1.0)
        with self.assertRaisesRegex(TypeError, "range expected 1 argument, got 0"):
            range()
        with self.assertRaisesRegex(TypeError, "range expected at most 3 arguments, got 4"):
            range(1, 2, 3, 4)

    def test_repr(self):
        self.assertEqual((repr(range(3)), repr(range(1, BIG, 2))), ("range(0, 3)", "range(1, %d, 2)" % BIG))

    def test_pickle(self):
        for r in (range(5), range(BIG, BIG + 5)):
            self.assertEqual(pickle.loads(pickle.dumps(r)), r)
            it = iter(r)
            next(it)
            next(it)
            self.assertEqual(list(pickle.loads(pickle.dumps(it))), list(r)[2:])
            self.assertEqual(it.__length_hint__(), 3)
            it.__setstate__(4)
            self.assertEqual(list(it), list(r)[4:])


if __name__ == "__main__":
    unittest.main()
