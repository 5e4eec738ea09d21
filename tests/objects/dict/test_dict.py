# SPDX-License-Identifier: MIT
"""dict: order, tables that grow and lose entries, shared keys of instances, keys that run code."""
import random
import sys
import unittest


class Model:
    """A mapping that keeps pairs in a list: what dict must agree with."""

    def __init__(self):
        self.pairs = []

    def find(self, key):
        for i, (k, v) in enumerate(self.pairs):
            if k == key:
                return i
        return -1

    def set(self, key, value):
        i = self.find(key)
        if i < 0:
            self.pairs.append((key, value))
        else:
            self.pairs[i] = (self.pairs[i][0], value)

    def delete(self, key):
        i = self.find(key)
        if i < 0:
            raise KeyError(key)
        return self.pairs.pop(i)[1]


class Order(unittest.TestCase):
    def run_model(self, seed, keys, d):
        rng, model = random.Random(seed), Model()
        for step in range(300):
            key, op = rng.choice(keys), rng.randrange(8)
            if op < 4:
                d[key] = step
                model.set(key, step)
            elif op == 4:
                try:
                    expected = model.delete(key)
                except KeyError:
                    self.assertRaises(KeyError, d.__delitem__, key)
                else:
                    self.assertEqual(d.pop(key), expected)
            elif op == 5 and model.pairs and rng.random() < 0.3:
                self.assertEqual(d.popitem(), model.pairs.pop())
            elif op == 6:
                i = model.find(key)
                self.assertEqual(d.get(key, -1), model.pairs[i][1] if i >= 0 else -1)
            else:
                if model.find(key) < 0:
                    model.set(key, step)
                d.setdefault(key, step)
            if step % 11 == 0:
                self.assertEqual(list(d.items()), model.pairs)
                self.assertEqual(list(reversed(d)), [k for k, v in reversed(model.pairs)])
                self.assertEqual(d.copy(), dict(model.pairs))
                self.assertEqual(len(d), len(model.pairs))

    def test_str_keys(self):
        for seed, n in enumerate((3, 6, 12, 100)):
            self.run_model(seed, ["k%d" % i for i in range(n)], {})

    def test_mixed_keys(self):
        keys = [1, 1.0, True, -1, -2, 2 ** 70, (1, 2), "a", "\u20ac", b"a", None, 0.5, frozenset([1])]
        for seed in range(4):
            self.run_model(seed, keys, {})

    def test_instance_dict(self):
        class C:
            pass
        for seed, n in enumerate((3, 6, 12, 40)):
            for _ in range(3):
                self.run_model(seed, ["a%d" % i for i in range(n)], C().__dict__)

    def test_first_key_replaced(self):
        d = {1: "int"}
        d[1.0] = "float"
        self.assertEqual(repr(d), "{1: 'float'}")

    def test_queue(self):
        d = dict.fromkeys(range(50))
        for i in range(5000):
            self.assertEqual(next(iter(d)), i)
            del d[i]
            d[i + 50] = None
        self.assertEqual(list(d), list(range(5000, 5050)))
        while d:
            d.popitem()
        d["x"] = 1
        self.assertEqual(list(d), ["x"])


class Instances(unittest.TestCase):
    """Attributes in shared keys: order belongs to each instance."""

    def test_different_orders(self):
        class C:
            pass
        a, b = C(), C()
        a.x, a.y, a.z = 1, 2, 3
        b.z, b.x = 30, 10
        self.assertEqual(list(a.__dict__.items()), [("x", 1), ("y", 2), ("z", 3)])
        self.assertEqual(list(b.__dict__.items()), [("z", 30), ("x", 10)])
        self.assertFalse(hasattr(b, "y"))
        b.y = 20
        self.assertEqual(list(b.__dict__), ["z", "x", "y"])

    def test_many_attributes(self):
        class C:
            pass
        objects = [C() for _ in range(4)]
        for i in range(100):
            for o in objects:
                setattr(o, "a%d" % i, i)
        for o in objects:
            self.assertEqual(o.__dict__, {"a%d" % i: i for i in range(100)})

    def test_old_instance_new_attribute(self):
        class C:
            pass
        old = C()
        old.a = 1
        for i in range(12):
            setattr(C(), "n%d" % i, i)
        old.n11 = 5
        self.assertEqual(old.__dict__, {"a": 1, "n11": 5})
        del old.a
        old.a = 2
        self.assertEqual(list(old.__dict__), ["n11", "a"])

    def test_str_subclass_and_other_keys(self):
        class S(str):
            pass

        class C:
            pass
        o = C()
        o.a = 1
        o.__dict__[S("b")] = 2
        o.__dict__[3] = 4
        self.assertEqual(o.b, 2)
        self.assertEqual(o.__dict__, {"a": 1, "b": 2, 3: 4})

    def test_clear_and_update(self):
        class C:
            pass
        o = C()
        o.a = o.b = 1
        o.__dict__.clear()
        self.assertFalse(hasattr(o, "a"))
        o.__dict__.update(b=2, c=3)
        self.assertEqual((o.b, o.c, len(o.__dict__)), (2, 3, 2))


class Wild(unittest.TestCase):
    """Keys whose comparison changes the dict."""

    def test_eq_clears(self):
        class K:
            def __init__(self, d):
                self.d = d

            def __hash__(self):
                return 1

            def __eq__(self, other):
                self.d.clear()
                return True
        for operation in (lambda d, k: d.get(k), lambda d, k: d.pop(k, 0), lambda d, k: d.setdefault(k, 2),
                          lambda d, k: d.__setitem__(k, 3), lambda d, k: k in d):
            d = {}
            for i in range(1, 40):
                d[i] = i
            operation(d, K(d))

    def test_eq_grows(self):
        d = {}

        class K:
            def __hash__(self):
                return 1

            def __eq__(self, other):
                for i in range(100, 200):
                    d[i] = i
                return False
        d[1] = "one"
        d[K()] = "k"
        self.assertEqual(d[1], "one")
        self.assertEqual(len(d), 102)

    def test_errors_pass(self):
        class K:
            def __hash__(self):
                return 1

            def __eq__(self, other):
                raise ZeroDivisionError
        d = {1: 1}
        for operation in (lambda: d[K()], lambda: d.get(K()), lambda: K() in d, lambda: d.pop(K(), 0),
                          lambda: d.update({K(): 1}), lambda: d.setdefault(K())):
            self.assertRaises(ZeroDivisionError, operation)
        self.assertRaises(TypeError, lambda: d[[]])

    def test_update_from_itself_changing(self):
        other = {i: i for i in range(20)}

        class K:
            def __hash__(self):
                return 0

            def __eq__(self, o):
                other.clear()
                return False
        d = {K(): 0}
        self.assertRaisesRegex(RuntimeError, "dict mutated during update", d.update, other)


class Methods(unittest.TestCase):
    def test_construction(self):
        self.assertEqual(dict([("a", 1)], b=2), {"a": 1, "b": 2})
        self.assertEqual(dict(dict(a=1), a=2), {"a": 2})
        with self.assertRaisesRegex(TypeError, r"dict expected at most 1 argument, got 2"):
            dict(1, 2)
        with self.assertRaisesRegex(ValueError, "element #1 has length 3; 2 is required"):
            dict([(1, 2), (1, 2, 3)])
        with self.assertRaisesRegex(TypeError, "cannot convert dictionary update sequence element #0 to a sequence"):
            dict([1])

    def test_missing(self):
        class D(dict):
            def __missing__(self, key):
                return key * 2
        self.assertEqual(D()[4], 8)
        self.assertIsNone(D().get(4))
        with self.assertRaises(KeyError) as caught:
            {}[(1,)]
        self.assertEqual(caught.exception.args, ((1,),))

    def test_merge_of_mapping(self):
        class M:
            def keys(self):
                return "ab"

            def __getitem__(self, key):
                return key.upper()
        self.assertEqual(dict(M()), {"a": "A", "b": "B"})
        with self.assertRaises(TypeError):
            (lambda **k: 0)(**{"a": 1}, **{"a": 2})

    def test_fromkeys(self):
        self.assertEqual(dict.fromkeys("ab", 1), {"a": 1, "b": 1})
        self.assertEqual(list(dict.fromkeys({3, 1, 2})), list({3, 1, 2}))

        class D(dict):
            pass
        self.assertIs(type(D.fromkeys("a")), D)

    def test_equality(self):
        self.assertEqual({1: 2, 3: 4}, {3: 4, 1: 2})
        self.assertNotEqual({1: 2}, {1: 3})
        self.assertNotEqual({1: 2}, {2: 2})
        with self.assertRaises(TypeError):
            {} < {}

    def test_repr_of_itself(self):
        d = {}
        d["d"] = d
        self.assertEqual(repr(d), "{'d': {...}}")

    def test_deep_nesting(self):
        d = {}
        for _ in range(100000):
            d = {1: d}
        self.assertRaises(RecursionError, repr, d)

    def test_popitem(self):
        with self.assertRaisesRegex(KeyError, r"popitem\(\): dictionary is empty"):
            {}.popitem()

    def test_sizes(self):
        self.assertEqual(sys.getsizeof({}), 64)
        self.assertEqual(sys.getsizeof({"a": 1}), 232)


if __name__ == "__main__":
    unittest.main()
