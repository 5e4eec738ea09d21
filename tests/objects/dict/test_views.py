# SPDX-License-Identifier: MIT
"""dict: views and iterators."""
import pickle
import unittest


class Iterators(unittest.TestCase):
    def test_changed_size(self):
        for start in (iter, reversed, lambda d: iter(d.values()), lambda d: reversed(d.items())):
            d = {i: i for i in range(5)}
            it = start(d)
            next(it)
            d[9] = 9
            for _ in range(2):
                self.assertRaisesRegex(RuntimeError, "changed size during iteration", next, it)
            self.assertEqual(it.__length_hint__(), 0)

    def test_changed_keys(self):
        d = {i: i for i in range(3)}
        with self.assertRaisesRegex(RuntimeError, "dictionary keys changed during iteration"):
            for key in d:
                if key == 0:
                    del d[0]
                    d[10] = 0

    def test_values_may_change(self):
        d = {i: i for i in range(5)}
        for key in d:
            d[key] = -key
        self.assertEqual(list(d.values()), [0, -1, -2, -3, -4])

    def test_pairs_are_not_shared(self):
        d = {i: i for i in range(4)}
        kept = []
        for pair in d.items():
            kept.append(pair)
        self.assertEqual(kept, [(0, 0), (1, 1), (2, 2), (3, 3)])

    def test_pickle(self):
        d = dict(a=1, b=2, c=3)
        for make in (iter, lambda d: iter(d.items()), lambda d: iter(d.values()), reversed):
            it = make(d)
            first = next(it)
            rest = list(pickle.loads(pickle.dumps(it)))
            self.assertEqual([first] + rest, list(make(d)))
            self.assertEqual(list(it), rest)

    def test_exhausted(self):
        d = {1: 1}
        it = iter(d)
        next(it)
        self.assertRaises(StopIteration, next, it)
        d[2] = 2
        self.assertRaises(StopIteration, next, it)


class Views(unittest.TestCase):
    def test_set_operations(self):
        d, e = {1: "a", 2: "b"}, {2: "b", 3: "c"}
        self.assertEqual(d.keys() & e.keys(), {2})
        self.assertEqual(d.keys() | [5], {1, 2, 5})
        self.assertEqual(d.keys() - e, {1})
        self.assertEqual(d.items() ^ e.items(), {(1, "a"), (3, "c")})
        self.assertEqual([2, 7] & d.keys(), {2})
        self.assertTrue(d.keys().isdisjoint([7]))
        self.assertFalse(d.items().isdisjoint(e.items()))
        with self.assertRaises(TypeError):
            d.values() & {1}

    def test_reflected(self):
        d = {1: 1, 2: 2}
        self.assertEqual([1, 9] - d.keys(), {9})
        self.assertEqual([1, 9] ^ d.keys(), {2, 9})

    def test_comparison(self):
        d = {1: 1, 2: 2}
        self.assertTrue(d.keys() == {1, 2} and d.keys() <= {1, 2, 3} and d.keys() > {1})
        self.assertTrue(d.items() == {(1, 1), (2, 2)} and d.items() != {(1, 1)})
        self.assertNotEqual(d.values(), d.values())

    def test_contains(self):
        d = {1: "a"}
        self.assertIn((1, "a"), d.items())
        self.assertNotIn((1, "b"), d.items())
        self.assertNotIn(1, d.items())
        self.assertNotIn((1, 2, 3), d.items())

    def test_repr(self):
        self.assertEqual(repr({1: 2}.items()), "dict_items([(1, 2)])")
        d = {}
        d["v"] = d.values()
        self.assertIn("...", repr(d))

    def test_live(self):
        d = {}
        keys = d.keys()
        d[1] = 1
        self.assertEqual((len(keys), list(keys)), (1, [1]))


if __name__ == "__main__":
    unittest.main()
