# SPDX-License-Identifier: MIT
"""list.sort: every way of comparing, stability, and comparisons that fail or change the list."""
import random
import unittest


def kinds(rng, n):
    """Lists of n keys, one for each specialisation and its edges."""
    yield [rng.randrange(1000) for _ in range(n)]
    yield [rng.randrange(-2 ** 61, 2 ** 61) for _ in range(n)]
    yield [rng.randrange(-2 ** 80, 2 ** 80) for _ in range(n)]
    yield [rng.uniform(-1, 1) for _ in range(n)]
    yield [rng.choice([0.0, -0.0, 1, -1, float("inf"), -2.5]) for _ in range(n)]
    yield [rng.choice([2 ** 53, 2 ** 53 + 1, float(2 ** 53), 5.5]) for _ in range(n)]
    yield [str(rng.randrange(10 ** rng.randrange(1, 12))) for _ in range(n)]
    yield ["prefix-eight" + "\0" * rng.randrange(3) + rng.choice("ab\xe9") for _ in range(n)]
    yield [chr(rng.randrange(0x60, 0x140)) for _ in range(n)]
    yield [(rng.randrange(3), rng.random()) for _ in range(n)]
    yield [(rng.choice(["a", "a\0", "ab"]), str(rng.random())) for _ in range(n)]
    yield [rng.choice([True, 0, 2]) for _ in range(n)]
    yield [bytes([rng.randrange(9)]) for _ in range(n)]
    yield list(range(n))
    yield list(range(n, 0, -1))
    yield list(range(n // 2)) * 2
    yield [i ^ 1 for i in range(n)]


def merged(items, key):
    """A plain stable merge sort."""
    if len(items) < 2:
        return items
    half = len(items) // 2
    a, b, out = merged(items[:half], key), merged(items[half:], key), []
    while a and b:
        out.append(b.pop(0) if key(b[0]) < key(a[0]) else a.pop(0))
    return out + a + b


class Sort(unittest.TestCase):
    def test_all_kinds(self):
        rng = random.Random(1)
        for n in (0, 1, 2, 3, 33, 64, 65, 200):
            for keys in kinds(rng, n):
                pairs = list(enumerate(keys))
                expected = merged(pairs, lambda pair: pair[1])
                got = pairs[:]
                got.sort(key=lambda pair: pair[1])
                self.assertEqual(got, expected)
                plain = keys[:]
                plain.sort()
                self.assertEqual([repr(k) for k in plain], [repr(k) for i, k in expected])
                down = pairs[:]
                down.sort(key=lambda pair: pair[1], reverse=True)
                self.assertEqual(down[::-1], merged(pairs[::-1], lambda pair: pair[1]))

    def test_galloping(self):
        rng = random.Random(7)
        for n in (500, 3000):
            a = sorted(rng.random() for _ in range(n))
            for blocks in ([a, a], [a, a[: n // 3], a[n // 2:]], [a[n // 2:], a[: n // 2]], [a[::-1], a]):
                items = [x for block in blocks for x in block]
                objects = [Value(x) for x in items]
                objects.sort()
                self.assertEqual([o.value for o in objects], sorted(items))

    def test_failing_comparison_loses_nothing(self):
        for limit in range(0, 900, 13):
            Failing.left = limit
            items = [Failing(random.random()) for _ in range(150)]
            kept = set(items)
            try:
                items.sort()
            except ZeroDivisionError:
                pass
            self.assertEqual((set(items), len(items)), (kept, 150))

    def test_mutation(self):
        items = [3, 1, 2]
        with self.assertRaisesRegex(ValueError, "list modified during sort"):
            items.sort(key=lambda x: items.append(x) or x)
        self.assertEqual(sorted(items), [1, 2, 3])
        seen = []
        items.sort(key=lambda x: seen.append(len(items)) or x)
        self.assertEqual(seen, [0, 0, 0])

    def test_key_error(self):
        items = [1, "a", 2]
        self.assertRaises(TypeError, items.sort)
        self.assertRaises(ZeroDivisionError, [1].sort, key=lambda x: 1 / 0)
        self.assertRaises(TypeError, [].sort, None)

    def test_mixed_types(self):
        self.assertEqual(sorted([3, 1.5, True, 2 ** 70]), [True, 1.5, 3, 2 ** 70])
        self.assertEqual(sorted([(1, "b"), (1, "a"), (0,)]), [(0,), (1, "a"), (1, "b")])
        self.assertEqual(sorted([(), (1,), ()]), [(), (), (1,)])

    def test_sort_keeps_identity(self):
        a, b = 10 ** 12, 10 ** 12 + 0
        items = [b, a]
        items.sort()
        self.assertIs(items[0], b)


class Value:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        return self.value < other.value


class Failing(Value):
    left = 0

    def __lt__(self, other):
        Failing.left -= 1
        if Failing.left < 0:
            raise ZeroDivisionError
        return self.value < other.value


if __name__ == "__main__":
    unittest.main()
