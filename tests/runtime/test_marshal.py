# SPDX-License-Identifier: MIT
"""The marshal format: exact bytes, all versions, sharing, and data that is damaged."""
import gc
import io
import marshal
import random
import sys
import unittest

VALUES = [None, True, False, Ellipsis, StopIteration, 0, 1, -1, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**200, -3**150, 1.5,
          -0.0, 2j, b'', b'ab', '', 'a', 'x' * 300, '\xe9', '\u20ac' * 100, '\udc80', (), (1,), tuple(range(300)), [], [1, [2]],
          {}, {1: 'a', 'b': (2,)}, set(), {1, 2}, frozenset(), frozenset({'q'})]


class FormatTests(unittest.TestCase):
    def test_round_trip(self):
        for version in range(5):
            for v in VALUES:
                got = marshal.loads(marshal.dumps(v, version))
                self.assertEqual(got, v)
                self.assertIs(type(got), type(v))

    def test_bytes(self):
        for value, version, expected in [
                (None, 4, b'N'), (3, 2, b'i\x03\0\0\0'), (2**31, 2, b'l\x03\0\0\0\0\0\0\0\x02\0'), (1.5, 0, b'f\x031.5'),
                (1.5, 2, b'g\0\0\0\0\0\0\xf8?'), ('ab', 2, b'u\x02\0\0\0ab'), ((), 2, b'(\0\0\0\0'), ([None], 2, b'[\x01\0\0\0N'),
                ({}, 2, b'{0'), (b'x', 2, b's\x01\0\0\0x'), (-2**15, 2, b'i\0\x80\xff\xff')]:
            self.assertEqual(marshal.dumps(value, version), expected)

    def test_code(self):
        def f(a, *, b=1):
            return [a for i in range(b)]
        g = marshal.loads(marshal.dumps(f.__code__))
        self.assertEqual(g, f.__code__)
        self.assertEqual(g.co_lnotab, f.__code__.co_lnotab)

    def test_sharing(self):
        inner = [1]
        got = marshal.loads(marshal.dumps([inner, inner]))
        self.assertIs(got[0], got[1])
        cycle = []
        cycle.append(cycle)
        got = marshal.loads(marshal.dumps(cycle))
        self.assertIs(got[0], got)

    def test_depth(self):
        deep = None
        for i in range(3000):
            deep = [deep]
        self.assertRaisesRegex(ValueError, 'too deeply nested', marshal.dumps, deep)
        self.assertRaises(ValueError, marshal.loads, b'(\x01\0\0\0' * 5000)

    def test_unsupported(self):
        self.assertRaisesRegex(ValueError, 'unmarshallable object', marshal.dumps, object())
        self.assertRaisesRegex(ValueError, 'unmarshallable object', marshal.dumps, [len])


class DamageTests(unittest.TestCase):
    def test_messages(self):
        for data, error, message in [
                (b'', EOFError, 'EOF read where object expected'), (b'i\0', EOFError, 'marshal data too short'),
                (b'?', ValueError, 'unknown type code'), (b'r\0\0\0\0', ValueError, 'invalid reference'),
                (b'(\xff\xff\xff\xff', ValueError, 'tuple size out of range'), (b'0', TypeError, 'NULL object in marshal data for object'),
                (b'(\x01\0\0\x000', TypeError, 'NULL object in marshal data for tuple'),
                (b'l\x01\0\0\0\0\x80', ValueError, 'digit out of range'), (b'l\x01\0\0\0\0\0', ValueError, 'unnormalized long data')]:
            self.assertRaisesRegex(error, message, marshal.loads, data)

    @unittest.skipUnless(hasattr(sys, '_taipan'), 'CPython trusts its input')
    def test_files_that_keep_what_they_fill(self):
        class File(io.BytesIO):
            views = []

            def readinto(self, view):
                self.views.append(view)
                for old in self.views[:-1]:
                    old[:] = bytes(len(old))
                return super().readinto(view)
        value = [1, 'text', (2.5, b'x' * 3000), ['y' * 5000]]
        self.assertEqual(marshal.load(File(marshal.dumps(value))), value)

    @unittest.skipUnless(hasattr(sys, '_taipan'), 'CPython trusts its input')
    def test_files_that_find_the_list(self):
        class File(io.BytesIO):
            def readinto(self, view):
                if self.tell() > 5:
                    for found in gc.get_objects():
                        if type(found) is list and len(found) == 977:
                            found.clear()
                return super().readinto(view)
        self.assertRaises(IndexError, marshal.load, File(marshal.dumps([7] * 977)))

    @unittest.skipUnless(hasattr(sys, '_taipan'), 'CPython trusts its input')
    def test_noise_never_crashes(self):
        rng = random.Random(5)
        code = compile('def f(x, y=2):\n  return {x: [y, (1, 2.5, "s")]}', 'f', 'exec')
        good = marshal.dumps([VALUES[:20], code])
        for i in range(3000):
            data = bytearray(good[:rng.randrange(len(good))] if i % 3 == 0 else good)
            for k in range(rng.randrange(1, 4)):
                if data:
                    data[rng.randrange(len(data))] = rng.randrange(256)
            try:
                marshal.loads(bytes(data))
            except (ValueError, EOFError, TypeError, MemoryError, SystemError, UnicodeDecodeError):
                pass


if __name__ == '__main__':
    unittest.main()
