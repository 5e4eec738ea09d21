# SPDX-License-Identifier: MIT
"""collections.deque against a list; limits, mutation, pickling."""
import pickle
import random
import unittest
from _collections import deque


class Model(unittest.TestCase):
    def test_random(self):
        for maxlen in (None, 0, 1, 5, 40):
            rng = random.Random(maxlen)
            d, m = deque(maxlen=maxlen), []
            for step in range(4000):
                op, n = rng.randrange(11), len(m)
                if op < 3:
                    d.append(step)
                    m.append(step)
                    m = m[-maxlen:] if maxlen else m if maxlen is None else []
                elif op == 3:
                    d.appendleft(step)
                    m = [step] + m
                    m = m[:maxlen] if maxlen is not None else m
                elif op == 4 and m:
                    self.assertEqual(d.pop(), m.pop())
                elif op == 5 and m:
                    self.assertEqual(d.popleft(), m.pop(0))
                elif op == 6:
                    k = rng.randrange(-60, 60)
                    d.rotate(k)
                    if m:
                        k %= n
                        m = m[-k:] + m[:-k] if k else m
                elif op == 7 and m:
                    i = rng.randrange(-n, n)
                    d[i] = step
                    m[i] = step
                    self.assertEqual(d[i - 1 if i > -n else i], m[i - 1 if i > -n else i])
                elif op == 8 and m:
                    i = rng.randrange(-n, n)
                    del d[i]
                    del m[i]
                elif op == 9 and (maxlen is None or n < maxlen):
                    i = rng.randrange(-n - 3, n + 3)
                    d.insert(i, step)
                    m.insert(i, step)
                elif op == 10 and rng.random() < 0.1:
                    d.reverse()
                    m.reverse()
                self.assertEqual(len(d), len(m))
                if step % 50 == 0:
                    self.assertEqual((list(d), list(reversed(d)), list(d.copy())), (m, m[::-1], m))


class Behaviour(unittest.TestCase):
    def test_errors(self):
        self.assertRaisesRegex(IndexError, "pop from an empty deque", deque().pop)
        self.assertRaisesRegex(IndexError, "deque index out of range", lambda: deque()[0])
        self.assertRaisesRegex(ValueError, r"deque.remove\(x\): x not in deque", deque().remove, 1)
        self.assertRaisesRegex(ValueError, "1 is not in deque", deque().index, 1)
        self.assertRaisesRegex(IndexError, "deque already at its maximum size", deque([1], 1).insert, 0, 1)
        self.assertRaisesRegex(ValueError, "maxlen must be non-negative", deque, [], -1)
        with self.assertRaisesRegex(TypeError, r'can only concatenate deque \(not "list"\) to deque'):
            deque() + []

    def test_mutation(self):
        class Grow:
            def __eq__(self, other):
                d.append(1)
                return False
        for operation in (lambda: 5 in d, lambda: d.count(5), lambda: d.index(5)):
            d = deque([Grow(), 2])
            self.assertRaisesRegex(RuntimeError, "deque mutated during iteration", operation)
        d = deque([Grow(), 2])
        self.assertRaises(IndexError, d.remove, 5)
        d = deque([1, 2])
        it = iter(d)
        d.append(3)
        self.assertRaises(RuntimeError, next, it)

    def test_extend_itself(self):
        d = deque([1, 2])
        d.extend(d)
        d.extendleft(d)
        self.assertEqual(list(d), [2, 1, 2, 1, 1, 2, 1, 2])

    def test_arithmetic(self):
        self.assertEqual(deque([1]) + deque([2]), deque([1, 2]))
        self.assertEqual(deque([1, 2]) * 2, deque([1, 2, 1, 2]))
        d = deque([1, 2], 3)
        d *= 10 ** 12
        self.assertEqual(list(d), [2, 1, 2])
        self.assertTrue(deque([1, 2]) < deque([1, 3]) and deque() != [])

    def test_repr_and_pickle(self):
        d = deque([1], 5)
        self.assertEqual(repr(d), "deque([1], maxlen=5)")
        e = pickle.loads(pickle.dumps(d))
        self.assertEqual((e, e.maxlen), (d, 5))
        it = iter(deque("abc"))
        next(it)
        self.assertEqual(list(pickle.loads(pickle.dumps(it))), ["b", "c"])
        d.append(d)
        self.assertEqual(repr(d), "deque([1, [...]], maxlen=5)")


if __name__ == "__main__":
    unittest.main()
