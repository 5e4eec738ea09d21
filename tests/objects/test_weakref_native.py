# SPDX-License-Identifier: MIT
"""Weak references and proxies."""
import gc
import unittest
import weakref


class C:
    def __init__(self, value=0):
        self.value = value

    def __eq__(self, other):
        return isinstance(other, C) and self.value == other.value

    def __hash__(self):
        return hash(self.value)


class Refs(unittest.TestCase):
    def test_life(self):
        c = C()
        r = weakref.ref(c)
        self.assertIs(r(), c)
        self.assertIs(weakref.ref(c), r)
        self.assertEqual(weakref.getweakrefcount(c), 1)
        self.assertRegex(repr(r), "^<weakref at 0x[0-9a-f]+; to 'C' at 0x[0-9a-f]+>$")
        del c
        self.assertIsNone(r())
        self.assertRegex(repr(r), "^<weakref at 0x[0-9a-f]+; dead>$")

    def test_callbacks(self):
        seen = []
        c = C()
        refs = [weakref.ref(c, lambda r, i=i: seen.append((i, r(), len(seen)))) for i in range(3)]
        del c
        self.assertEqual(seen, [(2, None, 0), (1, None, 1), (0, None, 2)])
        self.assertIsNone(refs[0].__callback__)

    def test_dropped_callback_does_not_run(self):
        seen = []
        c = C()
        weakref.ref(c, seen.append)
        del c
        self.assertEqual(seen, [])

    def test_callback_drops_other_reference(self):
        seen = []
        c = C()
        refs = {}
        refs[1] = weakref.ref(c, lambda r: seen.append(1))
        refs[2] = weakref.ref(c, lambda r: (refs.clear(), gc.collect(), seen.append(2)))
        del c
        self.assertEqual(seen, [2, 1])

    def test_hash_and_comparison(self):
        a, b = C(1), C(1)
        x, y = weakref.ref(a), weakref.ref(b)
        self.assertEqual(x, y)
        self.assertEqual(hash(x), hash(1))
        del a
        self.assertNotEqual(x, y)
        self.assertEqual(x, x)
        self.assertEqual(hash(x), hash(1))
        dead = weakref.ref(C(2))
        with self.assertRaisesRegex(TypeError, "weak object has gone away"):
            hash(dead)

    def test_messages(self):
        with self.assertRaisesRegex(TypeError, "cannot create weak reference to 'int' object"):
            weakref.ref(1)
        with self.assertRaisesRegex(TypeError, "__new__ expected at least 1 argument, got 0"):
            weakref.ref()
        c = C()
        with self.assertRaisesRegex(TypeError, r"ref\(\) takes no keyword arguments"):
            weakref.ref(c, callback=1)
        with self.assertRaises(TypeError):
            weakref.ref(c)(1)

    def test_subclass(self):
        class R(weakref.ref):
            __slots__ = "key",
        c = C()
        a, b = R(c), R(c)
        self.assertIsNot(a, b)
        a.key = 1
        self.assertEqual(weakref.getweakrefs(c), [a, b][::-1] if weakref.getweakrefs(c)[0] is b else [a, b])
        del c
        self.assertIsNone(a())


class Proxies(unittest.TestCase):
    def test_operations(self):
        class N:
            def __init__(self):
                self.items = [1, 2, 3]

            def __add__(self, other):
                return ("add", other)

            def __getitem__(self, i):
                return self.items[i]

            def __len__(self):
                return 3

            def __call__(self, x):
                return x

            def __iter__(self):
                return iter(self.items)

            def __contains__(self, x):
                return x == 9

            def __str__(self):
                return "N!"
        n = N()
        p = weakref.proxy(n)
        self.assertIs(type(p), weakref.CallableProxyType)
        self.assertEqual((p + 1, p[1], len(p), p(5), list(p), 9 in p, 8 in p, str(p)),
                         (("add", 1), 2, 3, 5, [1, 2, 3], True, False, "N!"))
        p.items = [4]
        self.assertEqual(n.items, [4])
        self.assertEqual(p, n)
        self.assertRegex(repr(p), "^<weakproxy at 0x[0-9a-f]+ to N at 0x[0-9a-f]+>$")
        with self.assertRaisesRegex(TypeError, "unhashable type"):
            hash(p)
        del n
        for call in (lambda: p + 1, lambda: p[0], lambda: p.items, lambda: str(p), lambda: len(p), lambda: bool(p)):
            with self.assertRaisesRegex(ReferenceError, "weakly-referenced object no longer exists"):
                call()

    def test_bytes(self):
        class B:
            def __bytes__(self):
                return b"B"
        b = B()
        self.assertEqual(bytes(weakref.proxy(b)), b"B")

    def test_shared(self):
        c = C()
        p = weakref.proxy(c)
        self.assertIs(weakref.proxy(c), p)
        self.assertIs(type(p), weakref.ProxyType)

    def test_weak_dictionaries(self):
        d = weakref.WeakValueDictionary()
        k = weakref.WeakKeyDictionary()
        c = C(1)
        d["a"] = c
        k[c] = 1
        self.assertEqual((len(d), len(k)), (1, 1))
        del c
        self.assertEqual((len(d), len(k)), (0, 0))


if __name__ == "__main__":
    unittest.main()
