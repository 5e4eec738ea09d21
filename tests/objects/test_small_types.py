# SPDX-License-Identifier: MIT
"""slice, Ellipsis, enumerate, reversed, iter(), struct sequences, SimpleNamespace, modules, PickleBuffer."""
import copy
import pickle
import sys
import time
import types
import unittest


class Slices(unittest.TestCase):
    def test_make(self):
        self.assertEqual(repr(slice(1)), "slice(None, 1, None)")
        self.assertEqual(repr(slice(1, 2, 3)), "slice(1, 2, 3)")
        with self.assertRaisesRegex(TypeError, "slice expected at least 1 argument, got 0"):
            slice()
        with self.assertRaisesRegex(TypeError, "unhashable type: 'slice'"):
            hash(slice(1))
        self.assertTrue(slice(1, 2) == slice(1, 2) and slice(1, 2) < slice(1, 3) and slice(1) != 1)
        s = slice(1, 2)
        self.assertTrue(s <= s and not s < s)
        self.assertEqual(pickle.loads(pickle.dumps(slice(1, "a"))), slice(1, "a"))

    def test_indices(self):
        whole = list(range(10))
        for start in (None, -12, -10, -3, 0, 4, 9, 10, 12):
            for stop in (None, -12, -10, -3, 0, 4, 9, 10, 12):
                for step in (None, -11, -3, -1, 1, 2, 11):
                    s = slice(start, stop, step)
                    self.assertEqual(whole[s], [whole[i] for i in range(*s.indices(10))])
        big = 1 << 100
        self.assertEqual(slice(None, None, -1).indices(big), (big - 1, -1, -1))
        self.assertEqual(slice(-big, big).indices(5), (0, 5, 1))
        self.assertEqual("abc"[-big:big:big], "a")
        with self.assertRaisesRegex(ValueError, "length should not be negative"):
            slice(1).indices(-1)
        with self.assertRaisesRegex(ValueError, "slice step cannot be zero"):
            slice(1, 2, 0).indices(5)
        with self.assertRaisesRegex(TypeError, "slice indices must be integers or None or have an __index__ method"):
            slice("a").indices(5)

    def test_ellipsis(self):
        self.assertEqual(repr(...), "Ellipsis")
        self.assertIs(copy.copy(...), ...)
        self.assertIs(type(...)(), ...)
        with self.assertRaisesRegex(TypeError, "EllipsisType takes no arguments"):
            type(...)(1)


class Iterators(unittest.TestCase):
    def test_enumerate(self):
        self.assertEqual(list(enumerate("ab", 5)), [(5, "a"), (6, "b")])
        self.assertEqual(list(enumerate(start=1, iterable="a")), [(1, "a")])
        big = sys.maxsize
        self.assertEqual([i for i, _ in enumerate("abc", big - 1)], [big - 1, big, big + 1])
        kept = [pair for pair in enumerate("abc")]
        self.assertEqual(kept, [(0, "a"), (1, "b"), (2, "c")])
        self.assertEqual(list(copy.copy(enumerate([7, 8], 3))), [(3, 7), (4, 8)])
        for args, text in (((), r"enumerate\(\) missing required argument 'iterable' \(pos 1\)"),
                           ((1,), "'int' object is not iterable"),
                           (([], 1, 2), r"enumerate\(\) takes at most 2 arguments \(3 given\)")):
            with self.assertRaisesRegex(TypeError, text):
                enumerate(*args)

    def test_reversed(self):
        class S:
            def __len__(self):
                return 3

            def __getitem__(self, i):
                return i * 10
        r = reversed(S())
        self.assertEqual(r.__length_hint__(), 3)
        self.assertEqual(next(r), 20)
        self.assertEqual(list(r), [10, 0])
        self.assertEqual(r.__reduce__(), (reversed, ((),)))
        with self.assertRaisesRegex(TypeError, "'set' object is not reversible"):
            reversed(set())
        with self.assertRaisesRegex(TypeError, "reversed expected 1 argument, got 2"):
            reversed(1, 2)

        class No(S):
            __reversed__ = None
        with self.assertRaisesRegex(TypeError, "'No' object is not reversible"):
            reversed(No())

    def test_sequence_iterator(self):
        class S:
            def __getitem__(self, i):
                if i > 2:
                    raise IndexError
                return i
        it = iter(S())
        self.assertEqual(next(it), 0)
        it.__setstate__(-5)
        self.assertEqual(list(it), [0, 1, 2])
        self.assertEqual(it.__reduce__(), (iter, ((),)))
        it.__setstate__(0)
        self.assertEqual(list(it), [])

    def test_call_iterator(self):
        values = [1, 2, 0, 3]
        it = iter(lambda: values.pop(0), 0)
        self.assertEqual(list(it), [1, 2])
        self.assertEqual(values, [3])
        self.assertEqual(list(it), [])

        def recursive():
            list(it2)
            return 1
        count = [0]

        def stop_soon():
            count[0] += 1
            if count[0] == 2:
                raise StopIteration
            return count[0]
        it2 = iter(stop_soon, None)
        self.assertEqual(list(it2), [1])


class StructSequences(unittest.TestCase):
    def test_struct_time(self):
        t = time.struct_time(range(9))
        self.assertEqual(t.tm_year, 0)
        self.assertIsNone(t.tm_zone)
        self.assertEqual((len(t), t.n_fields, t.n_sequence_fields, t.n_unnamed_fields), (9, 11, 9, 0))
        self.assertEqual(repr(t), "time.struct_time(tm_year=0, tm_mon=1, tm_mday=2, tm_hour=3, tm_min=4, tm_sec=5, "
                                  "tm_wday=6, tm_yday=7, tm_isdst=8)")
        self.assertEqual(t, tuple(range(9)))
        u = time.struct_time(range(9), {"tm_zone": "x"})
        self.assertEqual(u.tm_zone, "x")
        self.assertEqual(pickle.loads(pickle.dumps(u)).tm_zone, "x")
        with self.assertRaisesRegex(TypeError, r"time.struct_time\(\) takes an at least 9-sequence \(2-sequence given\)"):
            time.struct_time((1, 2))
        with self.assertRaisesRegex(TypeError, r"takes an at most 11-sequence \(12-sequence given\)"):
            time.struct_time(range(12))
        with self.assertRaisesRegex(TypeError, "constructor requires a sequence"):
            time.struct_time(1)
        with self.assertRaisesRegex(TypeError, r"time.struct_time\(\) takes a dict as second arg, if any"):
            time.struct_time(range(9), 1)
        with self.assertRaises(AttributeError):
            t.tm_year = 1


class Namespaces(unittest.TestCase):
    def test_namespace(self):
        n = types.SimpleNamespace(b=1, a=2)
        self.assertEqual(repr(n), "namespace(a=2, b=1)")
        n.c = n
        self.assertEqual(repr(n), "namespace(a=2, b=1, c=namespace(...))")
        del n.c
        self.assertEqual(n, types.SimpleNamespace(a=2, b=1))
        self.assertEqual(vars(n), {"b": 1, "a": 2})
        self.assertEqual(copy.copy(n), n)
        with self.assertRaisesRegex(TypeError, "no positional arguments expected"):
            types.SimpleNamespace(1)
        with self.assertRaisesRegex(TypeError, "keywords must be strings"):
            types.SimpleNamespace(**{1: 2})


class Modules(unittest.TestCase):
    def test_module(self):
        m = types.ModuleType("m", "d")
        self.assertEqual(vars(m), {"__name__": "m", "__doc__": "d", "__package__": None, "__loader__": None, "__spec__": None})
        self.assertEqual(repr(m), "<module 'm'>")
        with self.assertRaisesRegex(AttributeError, "^module 'm' has no attribute 'x'$"):
            m.x
        m.__getattr__ = lambda name: name * 2
        m.__dir__ = lambda: ["z"]
        self.assertEqual(m.x, "xx")
        self.assertEqual(dir(m), ["z"])
        with self.assertRaisesRegex(AttributeError, "readonly attribute"):
            m.__dict__ = {}
        bare = types.ModuleType.__new__(types.ModuleType)
        self.assertIsNone(bare.__dict__)
        with self.assertRaisesRegex(AttributeError, "module has no attribute 'x'"):
            bare.x
        with self.assertRaisesRegex(TypeError, r"module\(\) argument 'name' must be str, not int"):
            types.ModuleType(1)


class PickleBuffers(unittest.TestCase):
    def test_buffer(self):
        b = pickle.PickleBuffer(bytearray(b"abc"))
        self.assertEqual(bytes(b), b"abc")
        m = memoryview(b"abcdef").cast("H")
        self.assertEqual(pickle.PickleBuffer(m).raw().format, "B")
        self.assertEqual(pickle.PickleBuffer(m).raw().tobytes(), b"abcdef")
        with self.assertRaisesRegex(BufferError, "cannot extract raw buffer from non-contiguous buffer"):
            pickle.PickleBuffer(memoryview(b"abcd")[::2]).raw()
        b.release()
        with self.assertRaisesRegex(ValueError, "operation forbidden on released PickleBuffer object"):
            b.raw()
        with self.assertRaisesRegex(TypeError, "a bytes-like object is required, not 'int'"):
            pickle.PickleBuffer(1)


if __name__ == "__main__":
    unittest.main()
