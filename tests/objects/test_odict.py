# SPDX-License-Identifier: MIT
"""collections.OrderedDict."""
import pickle
import random
import unittest
from _collections import OrderedDict


class Order(unittest.TestCase):
    def test_model(self):
        rng = random.Random(4)
        od, model = OrderedDict(), []
        for step in range(3000):
            key, op = rng.randrange(30), rng.randrange(8)
            known = key in [k for k, v in model]
            if op < 3:
                od[key] = step
                model = [(k, step if k == key else v) for k, v in model] + ([] if known else [(key, step)])
            elif op < 5 and known:
                last = op == 3
                od.move_to_end(key, last)
                pair = [p for p in model if p[0] == key]
                rest = [p for p in model if p[0] != key]
                model = rest + pair if last else pair + rest
            elif op == 5 and known:
                self.assertEqual(od.pop(key), dict(model)[key])
                model = [p for p in model if p[0] != key]
            elif op == 6 and model:
                last = rng.random() < 0.5
                self.assertEqual(od.popitem(last), model.pop(-1 if last else 0))
            self.assertEqual(len(od), len(model))
            if step % 7 == 0:
                self.assertEqual(list(od.items()), model)
                self.assertEqual(list(reversed(od)), [k for k, v in model][::-1])
                self.assertEqual(list(od.copy()), [k for k, v in model])

    def test_equality(self):
        a, b = OrderedDict([(1, 1), (2, 2)]), OrderedDict([(2, 2), (1, 1)])
        self.assertNotEqual(a, b)
        self.assertEqual(a, dict(b))
        self.assertEqual(dict(a), b)
        b.move_to_end(2)
        self.assertEqual(a, b)

    def test_mutation_during_iteration(self):
        for change in (lambda od: od.move_to_end(1), lambda od: od.update({9: 9}), lambda od: od.pop(1),
                       lambda od: od.clear(), lambda od: od.setdefault(7)):
            od = OrderedDict.fromkeys([1, 2, 3])
            with self.assertRaises(RuntimeError):
                for key in od:
                    change(od)
        od = OrderedDict.fromkeys([1, 2])
        for key in od:
            od[key] = key
        self.assertEqual(list(od.values()), [1, 2])

    def test_mutation_behind_the_last_key(self):
        for change in (lambda od: od.pop(1), lambda od: od.__setitem__(9, 9), lambda od: od.move_to_end(1), OrderedDict.clear):
            for view in (iter, reversed, lambda od: iter(od.items())):
                od = OrderedDict.fromkeys([1, 2])
                it = view(od)
                next(it), next(it)
                change(od)
                self.assertEqual(list(it), [])
        od = OrderedDict()
        it = iter(od)
        od[1] = 1
        self.assertEqual(list(it), [])

    def test_which_complaint(self):
        od = OrderedDict.fromkeys([1, 2])
        it = iter(od)
        next(it)
        od.clear()
        for i in range(2):
            with self.assertRaisesRegex(RuntimeError, "changed size"):
                next(it)
        od = OrderedDict.fromkeys([1, 2])
        it = iter(od)
        next(it)
        del od[2]
        with self.assertRaisesRegex(RuntimeError, "mutated"):
            next(it)
        self.assertEqual(list(it), [])

    def test_unhashable_keys_of_an_empty_one(self):
        with self.assertRaises(KeyError):
            OrderedDict().move_to_end({})
        with self.assertRaises(TypeError):
            OrderedDict().pop({}, 1)

    def test_lru_pattern(self):
        od = OrderedDict.fromkeys(range(100))
        for i in range(20000):
            od.move_to_end(i % 100)
            od.popitem(last=False)
            od[i % 100 + 1000] = None
            od.pop(i % 100 + 1000)
            od[(i + 1) % 100] = None
        self.assertEqual(len(od), 100)


class Methods(unittest.TestCase):
    def test_repr(self):
        class S(OrderedDict):
            pass
        od = OrderedDict(a=1)
        self.assertEqual(repr(od), "OrderedDict([('a', 1)])")
        self.assertEqual((repr(OrderedDict()), repr(S(b=2))), ("OrderedDict()", "S([('b', 2)])"))
        od["self"] = od
        self.assertEqual(repr(od), "OrderedDict([('a', 1), ('self', ...)])")

    def test_pickle(self):
        od = OrderedDict([("b", 1), ("a", 2)])
        self.assertEqual(list(pickle.loads(pickle.dumps(od)).items()), list(od.items()))
        it = iter(od.items())
        next(it)
        self.assertEqual(list(pickle.loads(pickle.dumps(it))), [("a", 2)])

    def test_overridden_methods_are_used(self):
        class D(OrderedDict):
            def __getitem__(self, key):
                return "got"

            def __setitem__(self, key, value):
                super().__setitem__(key, value + 1)
        d = D(a=1)
        self.assertEqual(d.setdefault("b", 5), 5)
        self.assertEqual(list(d.values()), [2, 6])
        self.assertEqual((d.pop("a"), d.popitem()), ("got", ("b", "got")))

    def test_messages(self):
        with self.assertRaisesRegex(TypeError, "expected at most 1 arguments, got 2"):
            OrderedDict(1, 2)
        with self.assertRaisesRegex(TypeError, r"update\(\) takes at most 1 positional argument \(2 given\)"):
            OrderedDict().update(1, 2)
        with self.assertRaisesRegex(ValueError, r"too many values to unpack \(expected 2\)"):
            OrderedDict([(1, 2, 3)])
        with self.assertRaisesRegex(ValueError, "need more than 1 value to unpack"):
            OrderedDict([(1,)])
        self.assertRaisesRegex(KeyError, "dictionary is empty", OrderedDict().popitem)
        self.assertRaises(KeyError, OrderedDict().move_to_end, 1)

    def test_views(self):
        od = OrderedDict([(1, "a"), (2, "b")])
        self.assertEqual((list(reversed(od.items())), list(reversed(od.values()))), ([(2, "b"), (1, "a")], ["b", "a"]))
        self.assertEqual(od.keys() & {1, 5}, {1})

    def test_attributes(self):
        od = OrderedDict()
        od.x = 1
        self.assertEqual(od.__dict__, {"x": 1})


if __name__ == "__main__":
    unittest.main()
