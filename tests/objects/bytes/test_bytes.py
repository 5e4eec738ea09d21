# SPDX-License-Identifier: MIT
"""bytes and bytearray: construction, methods against plain Python, formatting, escapes, buffers that are held."""
import operator
import sys
import unittest

KINDS = (bytes, bytearray)
DATA = [b'', b'a', b'abcab', b' \t x\n', b'\x00\xff' * 5, bytes(range(256)), b'ab' * 300 + b'c', b'AbC dEf']


def plain_find(hay, needle):
    for i in range(len(hay) - len(needle) + 1):
        if hay[i:i + len(needle)] == needle:
            return i
    return -1


class Both(unittest.TestCase):
    def test_search(self):
        needles = [b'', b'a', b'b', b'ab', b'bc', b'c', b'\xff', b'\x00\xff\x00', b'ab' * 20 + b'c', b'zz']
        for kind in KINDS:
            for hay in DATA:
                h = kind(hay)
                for needle in needles:
                    want = plain_find(hay, needle)
                    back = plain_find(hay[::-1], needle[::-1])
                    self.assertEqual(h.find(needle), want)
                    self.assertEqual(h.rfind(needle), -1 if back < 0 else len(hay) - len(needle) - back)
                    self.assertEqual(needle in h, want >= 0)
                    if needle:
                        self.assertEqual(h.count(needle), len(h.split(needle)) - 1)
                        self.assertEqual(bytes(needle.join(h.split(needle))), hay)
                        self.assertEqual(b''.join(h.partition(needle)), hay)
                        self.assertEqual(b''.join(h.rpartition(needle)), hay)
                        self.assertEqual(h.replace(needle, b'<>').count(b'<>'), h.count(needle))

    def test_bounds(self):
        b = b'abcabc'
        self.assertEqual([b.find(b'b', 2), b.find(b'b', -2), b.find(98, None, 2), b.rfind(b'a', 0, 3), b.count(b'', 2, 4), b.find(b'', 7), b.startswith(b'bc', 1), b.endswith((b'x', b'ab'), 0, -1)],
                         [4, 4, 1, 0, 3, -1, True, True])

    def test_split(self):
        for kind in KINDS:
            self.assertEqual(kind(b' a  b c ').split(), [b'a', b'b', b'c'])
            self.assertEqual(kind(b' a  b c ').split(None, 1), [b'a', b'b c '])
            self.assertEqual(kind(b' a  b c ').rsplit(None, 1), [b' a  b', b'c'])
            self.assertEqual(kind(b'a,b,,c').split(b',', 2), [b'a', b'b', b',c'])
            self.assertEqual(kind(b'a,b,,c').rsplit(b',', 1), [b'a,b,', b'c'])
            self.assertEqual(kind(b'a\nb\r\nc\rd').splitlines(), [b'a', b'b', b'c', b'd'])
            self.assertEqual(kind(b'a\nb\r\n').splitlines(True), [b'a\n', b'b\r\n'])
            self.assertIs(type(kind(b'a b').split()[0]), kind)

    def test_shapes(self):
        for kind in KINDS:
            b = kind(b'Ab\tc-1')
            self.assertEqual([b.upper(), b.lower(), b.swapcase(), b.title(), b.capitalize(), b.expandtabs(4), b.center(9, b'*'), b.zfill(8)],
                             [b'AB\tC-1', b'ab\tc-1', b'aB\tC-1', b'Ab\tC-1', b'Ab\tc-1', b'Ab  c-1', b'**Ab\tc-1*', b'00Ab\tc-1'])
            self.assertEqual([kind(b'-5').zfill(4), kind(b'xxaxx').strip(b'x'), kind(b' a ').lstrip(), kind(b'abc').translate(None, b'b'), kind(b'abc').translate(bytes.maketrans(b'a', b'z'))],
                             [b'-005', b'a', b'a ', b'ac', b'zbc'])
            self.assertEqual([kind(b'a1').isalnum(), kind(b'').isalpha(), kind(b'').isascii(), kind(b'Ab Cd').istitle(), kind(b'A1').isupper(), kind(b'1').islower()], [True, False, True, True, True, False])

    def test_identity_of_unchanged_bytes(self):
        b = bytes([1, 2, 3, 200])
        for same in (b.strip(), b.replace(b'x', b'y'), b[:], b * 1, b + b'', b.ljust(2), bytes(b), b''.join([b]), b.split(b'x')[0]):
            self.assertIs(same, b)

    def test_slices(self):
        for kind in KINDS:
            b = kind(range(20))
            for s in (slice(None), slice(2, 9), slice(None, None, -1), slice(15, 3, -4), slice(5, 5), slice(-3, None), slice(0, 20, 3)):
                self.assertEqual(list(b[s]), list(range(20))[s])
        with self.assertRaisesRegex(TypeError, 'byte indices must be integers or slices, not str'):
            operator.getitem(b'', 'a')
        with self.assertRaisesRegex(IndexError, '^index out of range$'):
            b''[0]

    def test_hex(self):
        for kind in KINDS:
            self.assertEqual([kind(b'\x01\xab\xff').hex(), kind(b'abcde').hex('-', 2), kind(b'abcde').hex(':', -2), kind(b'').hex('x')], ['01abff', '61-6263-6465', '6162:6364:65', ''])
            self.assertEqual(kind.fromhex(' 0a\tFF 1b'), b'\n\xff\x1b')
        for text, at in (('1', 1), ('0g', 1), ('zz', 0), ('00 1', 4), ('\xe9', 0)):
            with self.assertRaisesRegex(ValueError, 'non-hexadecimal number found in fromhex\\(\\) arg at position %d' % at):
                bytes.fromhex(text)

    def test_repr(self):
        self.assertEqual([repr(b'a\'b'), repr(b'\'"'), repr(b'\n\t\\\x00\x7f\xff'), repr(bytearray(b"x'")), str(b'q')],
                         ['b"a\'b"', 'b\'\\\'"\'', "b'\\n\\t\\\\\\x00\\x7f\\xff'", 'bytearray(b"x\\\'")', "b'q'"])

    def test_construction(self):
        class Source:
            def __bytes__(self):
                return b'made'
        self.assertEqual([bytes(3), bytes([1, 255]), bytes('\xe9', 'latin-1'), bytes(memoryview(b'abcdef')[::2]), bytes(Source()), bytes(iter([7])), bytes()], [b'\0\0\0', b'\x01\xff', b'\xe9', b'ace', b'made', b'\x07', b''])
        self.assertEqual([bytearray(2), bytearray('a', 'ascii'), bytearray([5]), bytearray(b'x')], [b'\0\0', b'a', b'\x05', b'x'])
        for args, kind, text in (((-1,), ValueError, 'negative count'), (([256],), ValueError, 'bytes must be in range(0, 256)'), (('a',), TypeError, 'string argument without an encoding'),
                                 ((1.0,), TypeError, "cannot convert 'float' object to bytes"), ((5, 'a'), TypeError, 'encoding without a string argument')):
            with self.assertRaises(kind) as caught:
                bytes(*args)
            self.assertEqual(str(caught.exception), text)

    def test_percent(self):
        for kind in KINDS:
            self.assertEqual([kind(b'%d|%5x|%-4o|%+d|%#X') % (5, 255, 8, 3, 171), kind(b'%s %b %r %a') % (b'x', bytearray(b'y'), 'z\xe9', 1), kind(b'%c%c%%') % (65, b'B'), kind(b'%.2f %e') % (2.5, 1.0), kind(b'%(k)s') % {b'k': b'v'}, kind(b'%*d') % (4, 7)],
                             [b'5|   ff|10  |+3|0XAB', b"x y 'z\\xe9' 1", b'AB%', b'2.50 1.000000e+00', b'v', b'   7'])
        for spec, args, kind, text in ((b'%d', 'a', TypeError, '%d format: a number is required, not str'), (b'%s', 1, TypeError, "%b requires a bytes-like object, or an object that implements __bytes__, not 'int'"),
                                       (b'%c', 300, OverflowError, '%c arg not in range(256)'), (b'%z', 1, ValueError, "unsupported format character 'z' (0x7a) at index 1"), (b'%', 1, ValueError, 'incomplete format'),
                                       (b'%d', (1, 2), TypeError, 'not all arguments converted during bytes formatting'), (b'%s', (), TypeError, 'not enough arguments for format string')):
            with self.assertRaises(kind) as caught:
                spec % args
            self.assertEqual(str(caught.exception), text)

    def test_compare_and_hash(self):
        self.assertTrue(b'a' < b'b' and b'' < b'a' and b'a' == bytearray(b'a') and bytearray(b'b') > b'a' and b'a' != 'a')
        self.assertEqual(hash(bytes([97, 98])), hash(b'ab'))
        self.assertRaises(TypeError, hash, bytearray())
        self.assertRaises(TypeError, lambda: b'a' < 'a')

    def test_join_messages(self):
        with self.assertRaisesRegex(TypeError, 'sequence item 1: expected a bytes-like object, str found'):
            b''.join([b'', ''])
        with self.assertRaisesRegex(TypeError, 'can only join an iterable'):
            b''.join(5)


class Mutable(unittest.TestCase):
    def test_against_list(self):
        a, model = bytearray(range(10)), list(range(10))
        steps = [lambda s: s.append(7), lambda s: s.insert(3, 9), lambda s: s.pop(), lambda s: s.pop(0), lambda s: s.extend([1, 2, 3]), lambda s: s.reverse(), lambda s: s.remove(9),
                 lambda s: s.__setitem__(slice(2, 5), type(s)([50, 51, 52, 53, 54])), lambda s: s.__setitem__(slice(0, 6, 2), type(s)([1, 2, 3])), lambda s: s.__delitem__(slice(1, 7, 3)),
                 lambda s: s.__delitem__(slice(0, 3)), lambda s: s.__delitem__(-1), lambda s: s.__imul__(3), lambda s: s.__delitem__(slice(None, None, -2)), lambda s: s.__setitem__(slice(4, 2), type(s)([8])), lambda s: s.clear()]
        for step in steps:
            step(a)
            step(model)
            self.assertEqual(list(a), model)

    def test_held_buffer_forbids_resizing(self):
        a = bytearray(b'abc')
        with memoryview(a):
            for f in (lambda: a.append(1), lambda: a.pop(), lambda: a.extend(b'x'), lambda: a.clear(), lambda: a.__delitem__(0), lambda: a.insert(0, 1)):
                with self.assertRaisesRegex(BufferError, 'Existing exports of data: object cannot be re-sized'):
                    f()
            a[0] = 120
        a.append(1)
        self.assertEqual(a, b'xbc\x01')

    def test_itself_as_argument(self):
        a = bytearray(b'ab')
        self.assertRaises(BufferError, a.__iadd__, a)
        a.extend(a)
        a[1:3] = a
        self.assertEqual(a, b'aababb')

    def test_queue(self):
        a = bytearray()
        for i in range(2000):
            a += bytes([i % 256]) * 3
            del a[:2]
        self.assertEqual((len(a), a[-1]), (2000, 1999 % 256))

    @unittest.skipUnless(hasattr(sys, '_taipan'), 'CPython 3.8 writes behind the end here')
    def test_index_that_shrinks(self):
        a = bytearray(b'abcdef')

        class Nasty:
            def __index__(self):
                a.clear()
                return 5
        with self.assertRaises(IndexError):
            a[3] = Nasty()
        a = bytearray(b'abc')
        self.assertRaises(IndexError, lambda: a[Nasty()])
        a = bytearray(b'abc')
        self.assertEqual(a.find(b'c', Nasty()), -1)

    def test_messages(self):
        for f, kind, text in ((lambda: bytearray().pop(), IndexError, 'pop from empty bytearray'), (lambda: bytearray(1).pop(5), IndexError, 'pop index out of range'), (lambda: bytearray().remove(5), ValueError, 'value not found in bytearray'),
                              (lambda: bytearray().append(300), ValueError, 'byte must be in range(0, 256)'), (lambda: bytearray().extend(5), TypeError, "can't extend bytearray with int"),
                              (lambda: bytearray(3).__setitem__(slice(0, 3, 2), b'abc'), ValueError, 'attempt to assign bytes of size 3 to extended slice of size 2'),
                              (lambda: bytearray(3).__setitem__(slice(0, 1), 5), TypeError, 'can assign only bytes, buffers, or iterables of ints in range(0, 256)')):
            with self.assertRaises(kind) as caught:
                f()
            self.assertEqual(str(caught.exception), text)

    def test_iterators(self):
        for kind in KINDS:
            it = iter(kind(b'abc'))
            next(it)
            self.assertEqual(it.__length_hint__(), 2)
            self.assertEqual(it.__reduce__()[2], 1)
            it.__setstate__(2)
            self.assertEqual(list(it), [99])


if __name__ == '__main__':
    unittest.main()
