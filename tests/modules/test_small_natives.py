# SPDX-License-Identifier: MIT
"""_struct, array, binascii, _random, _bisect, _heapq, _statistics, math, cmath and the hashes: what is known beforehand."""
import unittest

import _bisect
import _heapq
import _random
import _statistics
import _struct
import array
import binascii
import cmath
import math


class Struct(unittest.TestCase):
    def test_values(self):
        self.assertEqual(_struct.pack('<bBhHiIqQ', -1, 255, -2, 65535, -3, 2 ** 32 - 1, -4, 2 ** 64 - 1).hex(),
                         'ffff' 'feff' 'ffff' 'fdffffff' 'ffffffff' 'fcffffffffffffff' 'ffffffffffffffff')
        self.assertEqual(_struct.unpack('>hIq', b'\xff\xfe\0\0\0\5' + b'\xff' * 8), (-2, 5, -1))
        self.assertEqual((_struct.calcsize('bi'), _struct.calcsize('=bi'), _struct.calcsize('i0q'), _struct.calcsize('3s2p')), (8, 5, 8, 5))
        self.assertEqual(_struct.pack('5sx3p?', b'abcdefg', b'wxyz', []), b'abcde\0\2wx\0')
        self.assertEqual([_struct.pack('>e', x).hex() for x in (1.0, 65504.0, 5.960464477539063e-08, 2.9e-08, float('inf'), -0.0)], ['3c00', '7bff', '0001', '0000', '7c00', '8000'])

    def test_errors(self):
        for f, text in ((lambda: _struct.pack('b', 128), 'byte format requires -128 <= number <= 127'), (lambda: _struct.pack('<h', 40000), 'short format requires (-0x7fff - 1) <= number <= 0x7fff'), (lambda: _struct.pack('i'), 'pack expected 1 items for packing (got 0)'),
                        (lambda: _struct.unpack('i', b''), 'unpack requires a buffer of 4 bytes'), (lambda: _struct.calcsize('3'), 'repeat count given without format specifier'), (lambda: _struct.calcsize('<P'), 'bad char in struct format'),
                        (lambda: _struct.pack('i', 'x'), 'required argument is not an integer'), (lambda: _struct.calcsize('9' * 30 + 'q'), 'total struct size too long')):
            with self.assertRaises(_struct.error) as caught:
                f()
            self.assertEqual(str(caught.exception), text)

    def test_into_and_iter(self):
        buffer = bytearray(8)
        _struct.pack_into('<H', buffer, -2, 258)
        self.assertEqual((buffer[6:], list(_struct.iter_unpack('<I', buffer))), (b'\2\1', [(0,), (16908288,)]))


class Array(unittest.TestCase):
    def test_kinds(self):
        for code, size, low, high in (('b', 1, -128, 127), ('B', 1, 0, 255), ('h', 2, -32768, 32767), ('H', 2, 0, 65535), ('i', 4, -2 ** 31, 2 ** 31 - 1), ('I', 4, 0, 2 ** 32 - 1), ('q', 8, -2 ** 63, 2 ** 63 - 1), ('Q', 8, 0, 2 ** 64 - 1)):
            a = array.array(code, [low, high])
            self.assertEqual((a.itemsize, list(a), a.tobytes()), (size, [low, high], low.to_bytes(size, 'little', signed=low < 0) + high.to_bytes(size, 'little', signed=low < 0)))
            self.assertRaises(OverflowError, a.append, high + 1)
            self.assertRaises(OverflowError, a.append, low - 1)

    def test_against_list(self):
        a, model = array.array('i', range(12)), list(range(12))
        for step in (lambda s: s.insert(-3, 99), lambda s: s.pop(2), lambda s: s.remove(99), lambda s: s.reverse(), lambda s: s.__delitem__(slice(1, 9, 3)), lambda s: s.__imul__(2), lambda s: s.__delitem__(slice(0, 2))):
            step(a)
            step(model)
            self.assertEqual(a.tolist(), model)
        a[1:3] = array.array('i', [5, 6, 7])
        self.assertEqual((a[1:4].tolist(), a == array.array('l', a), a.index(6), repr(a[:1])), ([5, 6, 7], True, 2, "array('i', [%d])" % a[0]))

    def test_held_buffer(self):
        a = array.array('d', [1, 2])
        with memoryview(a) as m:
            self.assertEqual((m.format, m.itemsize, m[1]), ('d', 8, 2.0))
            self.assertRaises(BufferError, a.append, 3)


class Binascii(unittest.TestCase):
    def test_known(self):
        self.assertEqual([binascii.b2a_base64(b'hello'), binascii.a2b_base64(b'aGVs\nbG8='), binascii.hexlify(b'\1\xff', '-'), binascii.unhexlify('01FF'), binascii.b2a_uu(b'cat'), binascii.a2b_uu('#8V%T\n'), binascii.b2a_qp(b'a=b \n'), binascii.a2b_qp(b'a=3Db=20\n')],
                         [b'aGVsbG8=\n', b'hello', b'01-ff', b'\1\xff', b'#8V%T\n', b'cat', b'a=3Db=20\n', b'a=b \n'])
        self.assertEqual([binascii.crc32(b'123456789'), binascii.crc_hqx(b'123456789', 0), binascii.crc32(b'6789', binascii.crc32(b'12345')), binascii.crc32(bytes(range(256)) * 5)], [0xcbf43926, 0x31c3, 0xcbf43926, 511339812])
        for n in range(40):
            data = bytes(range(n))
            self.assertEqual(binascii.a2b_base64(binascii.b2a_base64(data)), data)
            self.assertEqual(binascii.rledecode_hqx(binascii.rlecode_hqx(data * 3)), data * 3)

    def test_errors(self):
        for f, text in ((lambda: binascii.a2b_base64(b'abc'), 'Incorrect padding'), (lambda: binascii.a2b_hex('1'), 'Odd-length string'), (lambda: binascii.a2b_hex('zz'), 'Non-hexadecimal digit found'),
                        (lambda: binascii.a2b_base64(b'abcde'), 'Invalid base64-encoded string: number of data characters (5) cannot be 1 more than a multiple of 4'), (lambda: binascii.b2a_uu(bytes(46)), 'At most 45 bytes at once')):
            with self.assertRaises(binascii.Error) as caught:
                f()
            self.assertEqual(str(caught.exception), text)


class Small(unittest.TestCase):
    def test_random(self):
        r = _random.Random(12345)
        self.assertEqual([r.random(), r.getrandbits(40), r.getrandbits(7)], [0.9804449199019187, 847695244627, 98])
        state = r.getstate()
        first = r.random()
        r.setstate(state)
        self.assertEqual((r.random(), len(state)), (first, 625))
        self.assertRaises(ValueError, r.getrandbits, 0)

    def test_bisect(self):
        l = [1, 2, 2, 2, 3]
        self.assertEqual([_bisect.bisect_left(l, 2), _bisect.bisect_right(l, 2), _bisect.bisect_right(l, 2, 0, 3), _bisect.bisect_left(l, 9), _bisect.bisect_left(l, 2.5)], [1, 4, 3, 5, 4])
        _bisect.insort_right(l, 2)
        self.assertEqual(l, [1, 2, 2, 2, 2, 3])
        self.assertRaises(ValueError, _bisect.bisect_left, l, 1, -1)

    def test_heap(self):
        items = [(i * 7919) % 101 for i in range(60)]
        heap = []
        for x in items:
            _heapq.heappush(heap, x)
        self.assertEqual([_heapq.heappop(heap) for _ in items], sorted(items))
        heap = items[:]
        _heapq.heapify(heap)
        self.assertEqual((_heapq.heappushpop(heap, -1), _heapq.heapreplace(heap, 500), max(heap)), (-1, min(items), 500))
        heap = [1, 2.5, 0, 7, -3.5]
        _heapq._heapify_max(heap)
        self.assertEqual([_heapq._heappop_max(heap) for _ in range(5)], [7, 2.5, 1, 0, -3.5])
        self.assertRaises(IndexError, _heapq.heappop, [])
        self.assertRaises(TypeError, _heapq.heappop, ())

    def test_heap_changed_by_comparison(self):
        class Evil:
            def __lt__(self, other):
                heap.clear()
                return True
        heap = [Evil() for _ in range(6)]
        self.assertRaises((RuntimeError, IndexError), _heapq.heapify, heap)

    def test_inv_cdf(self):
        self.assertEqual([round(_statistics._normal_dist_inv_cdf(p, 0.0, 1.0), 12) for p in (0.5, 0.975, 1e-10, 0.999999)], [0.0, 1.95996398454, -6.361340902404, 4.753424308817])


class Math(unittest.TestCase):
    def test_integers(self):
        self.assertEqual([math.gcd(12, -18), math.gcd(3 ** 90, 3 ** 40 * 2), math.factorial(25), math.isqrt(10 ** 40 + 5), math.isqrt(15), math.comb(60, 30), math.perm(10, 3), math.perm(4), math.comb(3, 5), math.prod([2, 3.0, 4]), math.prod([10 ** 20, 10], start=2)],
                         [6, 3 ** 40, 15511210043330985984000000, 10 ** 20, 3, 118264581564861424, 720, 24, 0, 24.0, 2 * 10 ** 21])
        for n in list(range(200)) + [2 ** 60 - 1, 2 ** 60, 2 ** 61 + 3, 10 ** 50]:
            r = math.isqrt(n)
            self.assertTrue(r * r <= n < (r + 1) ** 2)

    def test_sums(self):
        self.assertEqual([math.fsum([0.1] * 10), math.fsum([1e100, 1.0, -1e100]), math.fsum([]), math.fsum([2.0 ** 53, 1.0, 1e-100]), math.hypot(3, 4), math.hypot(), math.dist((1, 2, 3), [4, 6, 3])], [1.0, 1.0, 0.0, 2.0 ** 53 + 2, 5.0, 0.0, 5.0])
        self.assertRaises(OverflowError, math.fsum, [1e308, 1e308])

    def test_large_logs(self):
        self.assertEqual((math.log2(2 ** 5000), math.log10(10 ** 400), round(math.log(10 ** 400), 9), math.log(8, 2)), (5000.0, 400.0, 921.034037198, 3.0))
        for f in (lambda: math.log(0), lambda: math.sqrt(-1), lambda: math.acos(2), lambda: math.gamma(-1), lambda: math.fmod(1, 0), lambda: math.sin(math.inf)):
            with self.assertRaisesRegex(ValueError, 'math domain error'):
                f()
        for f in (lambda: math.exp(1000), lambda: math.gamma(200), lambda: math.ldexp(1.0, 2000), lambda: math.pow(10, 400), lambda: math.cosh(1000)):
            with self.assertRaisesRegex(OverflowError, 'math range error'):
                f()

    def test_complex_functions(self):
        for f, g in ((cmath.sin, cmath.asin), (cmath.cos, cmath.acos), (cmath.tan, cmath.atan), (cmath.sinh, cmath.asinh), (cmath.exp, cmath.log)):
            self.assertTrue(cmath.isclose(f(g(0.3 + 0.4j)), 0.3 + 0.4j))
        self.assertEqual((cmath.sqrt(-4), cmath.phase(-1j), cmath.polar(3 + 4j)[0], cmath.rect(2, 0)), (2j, -math.pi / 2, 5.0, 2))
        self.assertRaises(ValueError, cmath.log, 0)
        self.assertRaises(OverflowError, cmath.exp, 800)


class Hashes(unittest.TestCase):
    def test_known(self):
        import _blake2
        import _md5
        import _sha1
        import _sha256
        import _sha3
        import _sha512
        for make, start in ((_md5.md5, '900150983cd24fb0'), (_sha1.sha1, 'a9993e364706816a'), (_sha256.sha256, 'ba7816bf8f01cfea'), (_sha256.sha224, '23097d223405d822'), (_sha512.sha512, 'ddaf35a193617aba'), (_sha512.sha384, 'cb00753f45a35e8b'),
                            (_sha3.sha3_256, '3a985da74fe225b2'), (_sha3.sha3_512, 'b751850b1a57168a'), (_blake2.blake2b, 'ba80a53f981c4d0d'), (_blake2.blake2s, '508c5e8c327c14e2')):
            self.assertTrue(make(b'abc').hexdigest().startswith(start), make)
            for n in (0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 135, 136, 300):
                data = bytes(i % 251 for i in range(n))
                whole, pieces = make(data), make()
                for i in range(0, n, 7):
                    pieces.update(data[i:i + 7])
                self.assertEqual(whole.digest(), pieces.copy().digest())
        self.assertEqual(_sha3.shake_128(b'abc').hexdigest(10), '5881092dd818bf5cf8a3')
        self.assertEqual(_blake2.blake2b(b'abc', digest_size=8, key=b'k', salt=b's', person=b'p').hexdigest(), '59713f77d940b04c')
        self.assertRaises(TypeError, _md5.md5, 'abc')
        self.assertRaises(ValueError, _blake2.blake2s, digest_size=33)


if __name__ == '__main__':
    unittest.main()
