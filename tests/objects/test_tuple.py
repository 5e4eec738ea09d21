# SPDX-License-Identifier: MIT
"""tuple: hashes, sharing, comparison, subclasses."""
import gc
import unittest


class Tuple(unittest.TestCase):
    def test_hash_values(self):
        # Numbers of 3.8: they decide the order in sets.
        self.assertEqual(hash(()), 5740354900026072187)
        self.assertEqual(hash((0,)), -8753497827991233192)
        self.assertEqual(hash((0, 0)), -8458139203682520985)
        self.assertEqual(hash((0.5,)), -408149959306781352)
        self.assertEqual(hash((0.5, (), (-2, 3, (4, 6)))), -1845940830829704396)

    def test_same_object(self):
        t = (1, 2)
        self.assertIs(tuple(t), t)
        self.assertIs(t[:], t)
        self.assertIs(t + (), t)
        self.assertIs(() + t, t)
        self.assertIs(t * 1, t)
        self.assertIs(tuple([]), ())
        self.assertIs((1, 2)[2:], ())

    def test_subclass(self):
        class T(tuple):
            pass
        t = T([1, 2])
        self.assertIs(type(t), T)
        self.assertIs(type(t[:]), tuple)
        self.assertIs(type(t * 1), tuple)
        self.assertIs(type(tuple(t)), tuple)
        self.assertEqual(t, (1, 2))
        self.assertEqual(t.__getnewargs__(), ((1, 2),))
        self.assertIsNot(T(), T())
        with self.assertRaisesRegex(TypeError, r"tuple\(\) takes no keyword arguments"):
            tuple(a=1)

    def test_compare(self):
        nan = float("nan")
        self.assertTrue((nan,) == (nan,) and (1, 2) < (1, 3) and (1,) < (1, 0) and (2,) > (1, 9) and () < (0,))
        self.assertFalse((1,) == [1])
        self.assertRaises(TypeError, lambda: (1,) < ("a",))

    def test_methods(self):
        t = (1, 2, 1, 3)
        self.assertEqual((t.count(1), t.index(1, 1), t.index(3, -1), t[-1], t[::-2], t[5:]), (2, 2, 3, 3, (3, 2), ()))
        with self.assertRaisesRegex(ValueError, r"tuple.index\(x\): x not in tuple"):
            t.index(9)
        with self.assertRaisesRegex(IndexError, "tuple index out of range"):
            t[4]
        with self.assertRaisesRegex(TypeError, "tuple indices must be integers or slices, not float"):
            t[1.0]
        with self.assertRaisesRegex(TypeError, r'can only concatenate tuple \(not "list"\) to tuple'):
            t + []

    def test_repr(self):
        self.assertEqual((repr(()), repr((1,)), repr((1, 2))), ("()", "(1,)", "(1, 2)"))
        holder = []
        t = (holder,)
        holder.append(t)
        self.assertEqual(repr(t), "([(...)],)")

    def test_repeat(self):
        self.assertEqual((1, 2) * 3, (1, 2, 1, 2, 1, 2))
        self.assertRaises(MemoryError, lambda: (1, 2) * (2 ** 62))

    def test_collector_lets_go(self):
        t = tuple([1, "a", None])
        nested = tuple([t, 2])
        with_list = tuple([[]])
        gc.collect()
        gc.collect()
        self.assertEqual([gc.is_tracked(x) for x in (t, nested, with_list)], [False, False, True])

    def test_many_sizes(self):
        for n in list(range(25)) * 3:
            t = tuple(range(n))
            self.assertEqual((len(t), sum(t)), (n, n * (n - 1) // 2))

    def test_iterator(self):
        it = iter((1, 2, 3))
        next(it)
        self.assertEqual(it.__length_hint__(), 2)
        it.__setstate__(0)
        self.assertEqual(list(it), [1, 2, 3])

    def test_deep_nesting(self):
        t = ()
        for _ in range(100000):
            t = (t,)
        self.assertRaises(RecursionError, repr, t)
        try:
            hash(t)
        except RecursionError: # the stack is what limits it
            pass


if __name__ == "__main__":
    unittest.main()
