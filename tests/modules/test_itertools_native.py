# SPDX-License-Identifier: MIT
"""itertools: arrangements against plain definitions, results that are kept, pickling in the middle."""
import copy
import itertools as it
import pickle
import unittest


def subsets(pool, r):
    if r == 0:
        return [()]
    return [(x,) + rest for i, x in enumerate(pool) for rest in subsets(pool[i + 1:], r - 1)]


def arrangements(pool, r):
    if r == 0:
        return [()]
    return [(x,) + rest for i, x in enumerate(pool) for rest in arrangements(pool[:i] + pool[i + 1:], r - 1)]


def choices(pools):
    out = [()]
    for pool in pools:
        out = [x + (y,) for x in out for y in pool]
    return out


class Arrangements(unittest.TestCase):
    def test_definitions(self):
        for n in range(6):
            pool = list(range(n))
            for r in range(7):
                self.assertEqual(list(it.combinations(pool, r)), subsets(pool, r))
                self.assertEqual(list(it.permutations(pool, r)), arrangements(pool, r))
                self.assertEqual(list(it.combinations_with_replacement(pool, r)),
                                 [c for c in choices([pool] * r) if list(c) == sorted(c)])
        for pools in ([], ["ab"], ["ab", [1, 2, 3]], ["a", [], "b"], [[1, 2]] * 4):
            self.assertEqual(list(it.product(*pools)), choices(pools))
        self.assertEqual(list(it.product("ab", repeat=2)), choices(["ab", "ab"]))

    def test_not_kept(self):
        self.assertEqual([sum(x) for x in it.combinations(range(5), 2)], [sum(x) for x in subsets(list(range(5)), 2)])
        self.assertEqual(len(set(map(id, list(it.product("ab", repeat=3))))), 8)

    def test_pickle_at_every_step(self):
        for make in (lambda: it.combinations("abcd", 2), lambda: it.permutations("abc", 2), lambda: it.product("ab", "cd"),
                     lambda: it.combinations_with_replacement("abc", 2), lambda: it.count(3, 2), lambda: it.repeat(7, 3),
                     lambda: it.cycle("abc"), lambda: it.chain("ab", "cd"), lambda: it.islice("abcdefg", 1, 6, 2),
                     lambda: it.accumulate([1, 2, 3]), lambda: it.accumulate([1, 2], initial=5), lambda: it.zip_longest("ab", "c"),
                     lambda: it.compress("abc", [1, 0, 1]), lambda: it.filterfalse(None, [0, 1, 0])):
            for steps in range(5):
                a = make()
                for _ in it.islice(a, steps):
                    pass
                for twin in (pickle.loads(pickle.dumps(a)), copy.deepcopy(a)):
                    self.assertEqual(list(it.islice(twin, 6)), list(it.islice(copy.deepcopy(a), 6)))


class Streams(unittest.TestCase):
    def test_tee(self):
        a, b, c = it.tee(iter(range(500)), 3)
        self.assertEqual((list(a), next(b), list(it.islice(b, 99, 102))), (list(range(500)), 0, [100, 101, 102]))
        d = copy.copy(b)
        self.assertEqual((list(b), list(d), list(c)), (list(range(103, 500)), list(range(103, 500)), list(range(500))))
        self.assertEqual(it.tee("a", 0), ())
        self.assertRaises(ValueError, it.tee, [], -1)

    def test_long_tee_chain_is_released(self):
        a, b = it.tee(iter(range(300000)))
        for _ in a:
            pass
        del a, b

    def test_tee_reentry(self):
        def g():
            yield 1
            yield next(b)
        a, b = it.tee(g())
        next(a)
        next(b)
        self.assertRaises((RuntimeError, ValueError), next, a)

    def test_groupby(self):
        self.assertEqual([(k, list(g)) for k, g in it.groupby("aabbbc")],
                         [("a", ["a", "a"]), ("b", ["b", "b", "b"]), ("c", ["c"])])
        groups = [g for k, g in it.groupby("aab")]
        self.assertEqual([list(g) for g in groups], [[], []])
        self.assertEqual([k for k, g in it.groupby([1, 3, 2, 4], lambda x: x % 2)], [1, 0])

    def test_islice(self):
        for args in ((3,), (1, 4), (1, None), (0, 9, 3), (2, 2), (None, 3, None)):
            self.assertEqual(list(it.islice(range(6), *args)), list(range(6))[slice(*args)])
        source = iter(range(10))
        self.assertEqual((list(it.islice(source, 2)), next(source)), ([0, 1], 2))
        self.assertRaisesRegex(ValueError, r"Stop argument for islice\(\) must be None or an integer", it.islice, [], -1)
        self.assertRaisesRegex(ValueError, r"Indices for islice\(\) must be", it.islice, [], "a", 1)
        self.assertRaisesRegex(ValueError, r"Step for islice\(\) must be a positive", it.islice, [], 0, 1, 0)

    def test_count(self):
        import sys
        c = it.count(sys.maxsize - 1)
        self.assertEqual([next(c) for _ in range(3)], [sys.maxsize - 1, sys.maxsize, sys.maxsize + 1])
        self.assertEqual([repr(it.count(*a)) for a in ((), (5,), (1.5,), (1, 2))], ["count(0)", "count(5)", "count(1.5)", "count(1, 2)"])
        self.assertRaisesRegex(TypeError, "a number is required", it.count, "a")

    def test_accumulate(self):
        self.assertEqual(list(it.accumulate([3, 1, 4], max)), [3, 3, 4])
        self.assertEqual(list(it.accumulate([], initial=1)), [1])
        self.assertEqual(list(it.accumulate("abc")), ["a", "ab", "abc"])

    def test_zip_longest(self):
        self.assertEqual(list(it.zip_longest("abc", "d", fillvalue=0)), [("a", "d"), ("b", 0), ("c", 0)])
        self.assertEqual(list(it.zip_longest()), [])
        with self.assertRaisesRegex(TypeError, r"zip_longest\(\) got an unexpected keyword argument"):
            it.zip_longest("a", fill=1)

    def test_errors_end_iteration_properly(self):
        def bad():
            yield 1
            raise ZeroDivisionError
        for make in (lambda: it.chain(bad()), lambda: it.islice(bad(), 5), lambda: it.accumulate(bad()), lambda: it.cycle(bad()),
                     lambda: it.starmap(max, ([x, 2] for x in bad())), lambda: it.takewhile(bool, bad()), lambda: it.zip_longest(bad(), "abc")):
            iterator = make()
            next(iterator)
            self.assertRaises(ZeroDivisionError, next, iterator)


if __name__ == "__main__":
    unittest.main()
