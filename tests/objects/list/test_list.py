# SPDX-License-Identifier: MIT
"""list: slices against a model, mutation while code runs, messages."""
import random
import unittest


class Slices(unittest.TestCase):
    def test_against_strings(self):
        # A list of one-character strings must do what slicing of the joined text says.
        rng = random.Random(2)
        bound = [None] + list(range(-7, 8))
        for _ in range(2000):
            n = rng.randrange(7)
            items = [chr(97 + i) for i in range(n)]
            i, j, k = rng.choice(bound), rng.choice(bound), rng.choice([None, 1, 2, 3, -1, -2, -3])
            picked = items[i:j:k]
            self.assertEqual("".join(picked), "".join(items)[i:j:k])
            left = items[:]
            del left[i:j:k]
            self.assertEqual(left, [c for c in items if c not in picked])
            new = items[:]
            new[i:j:k] = [c.upper() for c in picked]
            self.assertEqual("".join(new).lower(), "".join(items))
            self.assertEqual([c.lower() for c in new if c.isupper()], sorted(picked))

    def test_replace(self):
        rng = random.Random(3)
        items, model = [], ""
        for _ in range(500):
            i, j = sorted(rng.randrange(len(items) + 1) for _ in "ab")
            new = "".join(rng.choice("xyz") for _ in range(rng.choice([0, 1, 2, 30])))
            items[i:j] = new
            model = model[:i] + new + model[j:]
            self.assertEqual("".join(items), model)
            if len(items) > 200:
                del items[:150]
                model = model[150:]

    def test_itself(self):
        a = [1, 2, 3]
        a[1:1] = a
        self.assertEqual(a, [1, 1, 2, 3, 2, 3])
        a[::-1] = a
        self.assertEqual(a, [3, 2, 3, 2, 1, 1])
        a += a
        a.extend(a)
        self.assertEqual(len(a), 24)

    def test_errors(self):
        with self.assertRaisesRegex(ValueError, "attempt to assign sequence of size 1 to extended slice of size 2"):
            [1, 2, 3][::2] = [1]
        with self.assertRaisesRegex(TypeError, "can only assign an iterable"):
            [1][:] = 1
        with self.assertRaisesRegex(TypeError, "must assign iterable to extended slice"):
            [1][::2] = 1
        with self.assertRaisesRegex(TypeError, "list indices must be integers or slices, not str"):
            [1]["a"]
        with self.assertRaisesRegex(IndexError, "list assignment index out of range"):
            [1][5] = 1


class Mutation(unittest.TestCase):
    def test_eq_clears(self):
        class Clear:
            def __eq__(self, other):
                items.clear()
                return False
        for operation in (lambda: items.count(1), lambda: 1 in items, lambda: items == [1, 2, 3, 4],
                          lambda: items < [1, 2, 3, 4]):
            items = [Clear(), 2, 3, 4]
            operation()
        items = [Clear(), 2]
        self.assertRaises(ValueError, items.remove, 7)
        items = [Clear(), 2]
        self.assertRaises(ValueError, items.index, 7)

    def test_finalizer_sees_whole_list(self):
        seen = []

        class Last:
            def __del__(self):
                seen.append(len(items))
        items = [Last(), 1, 2]
        items[0:1] = []
        items = [1, Last(), 2]
        del items[1]
        items = [Last()]
        items.clear()
        self.assertEqual(seen, [2, 2, 0])

    def test_extend_grows_source(self):
        items = [1]

        def grow():
            for i in range(3):
                items.append(0)
                yield i
        items.extend(grow())
        self.assertEqual(items, [1, 0, 0, 0, 1, 0, 2])

    def test_repr_drops_items(self):
        class R:
            def __repr__(self):
                items.clear()
                return "R"
        items = [R(), 1]
        self.assertEqual(repr(items), "[R]")


class Methods(unittest.TestCase):
    def test_insert_pop(self):
        a = []
        for i, where in enumerate((0, 5, -9, 1, -1)):
            a.insert(where, i)
        self.assertEqual(a, [2, 3, 0, 4, 1])
        self.assertEqual((a.pop(), a.pop(0), a.pop(-2), a), (1, 2, 0, [3, 4]))
        self.assertRaisesRegex(IndexError, "pop from empty list", [].pop)
        self.assertRaisesRegex(IndexError, "pop index out of range", [1].pop, 3)
        self.assertRaisesRegex(TypeError, "integer argument expected, got float", [1].pop, 1.5)

    def test_repeat(self):
        self.assertEqual([1, 2] * 3, [1, 2, 1, 2, 1, 2])
        self.assertEqual([1] * -1, [])
        a = [0]
        a *= 5
        self.assertEqual(a, [0] * 5)
        a *= 0
        self.assertEqual(a, [])
        self.assertRaises(MemoryError, lambda: [1, 2] * (2 ** 62))

    def test_index(self):
        a = [1, 2, 1]
        self.assertEqual((a.index(1, 1), a.index(1, -1), a.index(2, -9, 99)), (2, 2, 1))
        self.assertRaisesRegex(ValueError, "9 is not in list", a.index, 9)
        self.assertRaisesRegex(ValueError, r"list.remove\(x\): x not in list", a.remove, 9)

    def test_identity_before_equality(self):
        nan = float("nan")
        self.assertTrue(nan in [nan] and [nan] == [nan] and [nan].index(nan) == 0)

    def test_compare(self):
        self.assertTrue([1, 2] < [1, 3] < [1, 3, 0] and [] < [0] and [2] >= [1, 9])
        self.assertRaises(TypeError, lambda: [1] < ["a"])
        self.assertNotEqual([1], (1,))

    def test_concatenation_message(self):
        with self.assertRaisesRegex(TypeError, r'can only concatenate list \(not "tuple"\) to list'):
            [] + ()

    def test_deep_nesting(self):
        a = b = []
        for _ in range(100000):
            a, b = [a], [b]
        self.assertRaises(RecursionError, repr, a)
        self.assertRaises(RecursionError, lambda: a == b)

    def test_iterators(self):
        a = [1, 2, 3]
        it = iter(a)
        next(it)
        a.extend([4, 5])
        self.assertEqual((it.__length_hint__(), list(it)), (4, [2, 3, 4, 5]))
        a.append(6)
        self.assertEqual(list(it), [])
        r = reversed(a)
        next(r)
        del a[2:]
        self.assertEqual(list(r), [])


if __name__ == "__main__":
    unittest.main()
