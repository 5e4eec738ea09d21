# SPDX-License-Identifier: MIT
"""Special methods of Python classes: found on the class, called with the right arguments, followed when they change."""
import operator
import unittest


class Dispatch(unittest.TestCase):
    def test_binary(self):
        log = []
        def make(name):
            def method(self, *args):
                log.append((name, len(args)))
                return NotImplemented if name in self.refuse else name
            return method
        names = 'add sub mul mod divmod lshift rshift and xor or floordiv truediv matmul'.split()
        ns = {'__%s%s__' % (p, n): make('__%s%s__' % (p, n)) for n in names for p in ('', 'r', 'i')}
        ns['refuse'] = ()
        A = type('A', (), ns)
        a = A()
        for n in names:
            op = divmod if n == 'divmod' else getattr(operator, n, None) or getattr(operator, n + '_')
            self.assertEqual(op(a, 1), '__%s__' % n)
            self.assertEqual(op(1, a), '__r%s__' % n)
            if n != 'divmod':
                iop = getattr(operator, 'i' + n)
                self.assertEqual(iop(a, 1), '__i%s__' % n)
        a.refuse = {'__iadd__'}
        self.assertEqual(operator.iadd(a, 1), '__add__')
        a.refuse = {'__add__', '__radd__'}
        self.assertRaises(TypeError, operator.add, a, 1)
        self.assertRaises(TypeError, operator.add, 1, a)

    def test_reflected_priority(self):
        class A:
            def __add__(self, o): return 'A.add'
            def __radd__(self, o): return 'A.radd'
        class B(A): pass
        class C(A):
            def __radd__(self, o): return 'C.radd'
        self.assertEqual(A() + B(), 'A.add')        # same method: no reason to prefer it
        self.assertEqual(A() + C(), 'C.radd')
        self.assertEqual(C() + A(), 'A.add')

    def test_power(self):
        class A:
            def __pow__(self, o, m=None): return ('pow', o, m)
            def __rpow__(self, o): return ('rpow', o)
            def __ipow__(self, o): return ('ipow', o)
        a = A()
        self.assertEqual((a ** 2, 2 ** a, pow(a, 2, 3)), (('pow', 2, None), ('rpow', 2), ('pow', 2, 3)))
        b = a
        b **= 5
        self.assertEqual(b, ('ipow', 5))
        self.assertRaises(TypeError, pow, 2, a, 3)

    def test_unary_and_conversion(self):
        class A:
            def __neg__(self): return 'neg'
            def __pos__(self): return 'pos'
            def __abs__(self): return 'abs'
            def __invert__(self): return 'inv'
            def __int__(self): return 5
            def __float__(self): return 2.5
            def __index__(self): return 3
            def __bool__(self): return False
        a = A()
        self.assertEqual((-a, +a, abs(a), ~a, int(a), float(a), operator.index(a), bool(a), [0, 1, 2, 9][a]),
                         ('neg', 'pos', 'abs', 'inv', 5, 2.5, 3, False, 9))

    def test_truth_and_length(self):
        class A:
            n = 0
            def __len__(self): return self.n
        a = A()
        self.assertFalse(a)
        a.n = 2
        self.assertTrue(a)
        a.n = -1
        self.assertRaisesRegex(ValueError, r'__len__\(\) should return >= 0', len, a)
        a.n = 1.5
        self.assertRaises(TypeError, len, a)
        a.n = 1 << 100
        self.assertRaises(OverflowError, len, a)
        A.__bool__ = lambda self: 1
        self.assertRaisesRegex(TypeError, '__bool__ should return bool, returned int', bool, a)

    def test_containers(self):
        class A:
            def __getitem__(self, k): return ('get', k)
            def __setitem__(self, k, v): self.last = (k, v)
            def __delitem__(self, k): self.last = k
            def __contains__(self, k): return k == 1
        a = A()
        self.assertEqual(a[1:2], ('get', slice(1, 2)))
        a['k'] = 4
        self.assertEqual(a.last, ('k', 4))
        del a['q']
        self.assertEqual((a.last, 1 in a, 2 in a), ('q', True, False))
        class S:
            def __getitem__(self, i):
                if i > 2: raise IndexError
                return i * 10
        self.assertEqual((list(S()), 20 in S(), 25 in S()), ([0, 10, 20], True, False))
        class N:
            __iter__ = None
            __contains__ = None
            def __getitem__(self, i): return 1
        self.assertRaisesRegex(TypeError, "'N' object is not iterable", iter, N())
        self.assertRaisesRegex(TypeError, "'N' object is not a container", operator.contains, N(), 1)

    def test_iteration(self):
        class I:
            def __init__(self): self.n = 0
            def __iter__(self): return self
            def __next__(self):
                self.n += 1
                if self.n > 3: raise StopIteration
                return self.n
        self.assertEqual(list(I()), [1, 2, 3])
        class Bad:
            def __iter__(self): return 1
        self.assertRaisesRegex(TypeError, "iter\\(\\) returned non-iterator of type 'int'", iter, Bad())
        class NoNext: pass
        self.assertRaises(TypeError, next, NoNext())

    def test_comparison_and_hash(self):
        class A:
            def __eq__(self, o): return 'eq'
            def __lt__(self, o): return NotImplemented
            def __gt__(self, o): return 'gt'
        a = A()
        self.assertEqual((a == 1, a != 1, a > 1, a < a), ('eq', False, 'gt', 'gt'))
        self.assertIsNone(A.__hash__)
        self.assertRaisesRegex(TypeError, "unhashable type: 'A'", hash, a)
        class H:
            v = 5
            def __hash__(self): return self.v
        h = H()
        for v, want in ((5, 5), (-1, -2), (1 << 61, 1 << 61), (1 << 80, hash(1 << 80)), (True, 1)):
            h.v = v
            self.assertEqual(hash(h), want)
        h.v = 'x'
        self.assertRaisesRegex(TypeError, '__hash__ method should return an integer', hash, h)
        class K(H):
            def __eq__(self, o): return True
            __hash__ = H.__hash__
        self.assertEqual(hash(K()), 5)

    def test_text(self):
        class A:
            def __repr__(self): return 'R'
        self.assertEqual((repr(A()), str(A()), '%s' % A()), ('R', 'R', 'R'))
        A.__str__ = lambda self: 'S'
        self.assertEqual((repr(A()), str(A())), ('R', 'S'))
        A.__repr__ = lambda self: 1
        self.assertRaisesRegex(TypeError, r'__repr__ returned non-string \(type int\)', repr, A())
        class B:
            def __bytes__(self): return b'x'
            def __format__(self, spec): return 'F' + spec
        self.assertEqual((bytes(B()), format(B(), 'q')), (b'x', 'Fq'))

    def test_attributes(self):
        class A:
            x = 1
            def __getattr__(self, name): return 'missing ' + name
        a = A()
        self.assertEqual((a.x, a.y), (1, 'missing y'))
        class B:
            def __getattribute__(self, name):
                if name == 'boom': raise AttributeError(name)
                return 'all ' + name
        b = B()
        self.assertEqual(b.anything, 'all anything')
        self.assertRaises(AttributeError, getattr, b, 'boom')
        B.__getattr__ = lambda self, name: 'fallback ' + name
        self.assertEqual(b.boom, 'fallback boom')
        class C:
            def __setattr__(self, n, v): object.__setattr__(self, n, v * 2)
            def __delattr__(self, n): object.__setattr__(self, n, 'gone')
        c = C()
        c.q = 2
        self.assertEqual(c.q, 4)
        del c.q
        self.assertEqual(c.q, 'gone')
        self.assertRaises(TypeError, object.__setattr__, C, 'x', 1)
        class P:
            @property
            def v(self): raise AttributeError('inner')
            def __getattr__(self, name): return 'hook'
        self.assertEqual(P().v, 'hook')

    def test_descriptors(self):
        class D:
            def __get__(self, obj, cls): return ('get', obj, cls)
            def __set__(self, obj, v): obj.__dict__['log'] = ('set', v)
            def __delete__(self, obj): obj.__dict__['log'] = 'del'
        class N:
            def __get__(self, obj, cls=None): return 'non-data'
        class A:
            d, n = D(), N()
        a = A()
        self.assertEqual(a.d, ('get', a, A))
        self.assertEqual(A.d, ('get', None, A))
        a.d = 1
        self.assertEqual(a.log, ('set', 1))
        del a.d
        self.assertEqual(a.log, 'del')
        a.__dict__['d'] = a.__dict__['n'] = 'inst'
        self.assertEqual((a.d[0], a.n), ('get', 'inst'))

    def test_call(self):
        class A:
            def __call__(self, *a, **k): return a, k
        self.assertEqual(A()(1, x=2), ((1,), {'x': 2}))
        self.assertTrue(callable(A()))
        class B: pass
        b = B()
        b.__call__ = lambda: 1
        self.assertFalse(callable(b))
        self.assertRaises(TypeError, b)
        B.__call__ = lambda self: 2
        self.assertEqual(b(), 2)
        del B.__call__
        self.assertFalse(callable(b))

    def test_late_changes_reach_subclasses(self):
        class A: pass
        class B(A): pass
        class C(B): pass
        self.assertRaises(TypeError, len, C())
        A.__len__ = lambda self: 1
        self.assertEqual(len(C()), 1)
        B.__len__ = lambda self: 2
        self.assertEqual((len(A()), len(C())), (1, 2))
        del B.__len__
        self.assertEqual(len(C()), 1)
        del A.__len__
        self.assertRaises(TypeError, len, C())

    def test_c_slots_kept(self):
        class L(list): pass
        class M(L):
            def __len__(self): return 99
        m = M([1, 2])
        self.assertEqual((len(L([1])), len(m), m[0], m + [3], m == [1, 2]), (1, 99, 1, [1, 2, 3], True))
        del M.__len__
        self.assertEqual(len(m), 2)
        class D(dict):
            def __missing__(self, k): return k * 2
        self.assertEqual(D()['a'], 'aa')
        class I(int):
            __add__ = int.__sub__
        self.assertEqual(I(5) + 3, 2)
        class X:
            __hash__ = int.__hash__
        self.assertRaises(TypeError, hash, X())

    def test_multiple_inheritance(self):
        class A:
            def __add__(self, o): return 'A'
        class B:
            def __add__(self, o): return 'B'
            def __sub__(self, o): return 'B'
            def __call__(self): return 'B'
        class C(A, B): pass
        c = C()
        self.assertEqual((c + 1, c - 1, c()), ('A', 'B', 'B'))
        class S(str, B): pass
        self.assertEqual((S('a') + 'b', S('a') - 1), ('ab', 'B'))

    def test_async_names(self):
        class A:
            def __await__(self): return iter(())
            def __aiter__(self): return self
            async def __anext__(self): raise StopAsyncIteration
        async def f():
            await A()
            return [x async for x in A()]
        with self.assertRaises(StopIteration) as caught:
            f().send(None)
        self.assertEqual(caught.exception.value, [])

    def test_builtin_wrappers(self):
        self.assertEqual(int.__add__(1, 2), 3)
        self.assertEqual(int.__radd__(1, 2), 3)
        self.assertEqual((1).__rsub__(5), 4)
        self.assertEqual(pow.__call__(2, 3), 8)
        self.assertEqual([1, 2, 3].__getitem__(-1), 3)
        self.assertEqual('abc'.__contains__('b'), True)
        self.assertEqual(int.__neg__(4), -4)
        self.assertEqual(list.__len__([1]), 1)
        self.assertIs(object.__eq__(1, 2), NotImplemented)
        self.assertEqual(iter([7]).__next__(), 7)
        self.assertRaises(StopIteration, iter([]).__next__)
        x = [1]
        self.assertIsNone(x.__init__([2, 3]))
        self.assertEqual(x, [2, 3])
        self.assertEqual([1].__mul__(2), [1, 1])

class SequenceOperatorTests(unittest.TestCase):
    """+ and * of sequences when a class overrides one of the methods, in the class and in those below it."""

    def test_reflected_method_leaves_inplace_alone(self):
        class Reflected(list):
            def __radd__(self, other):
                return "radd"

            def __rmul__(self, other):
                return "rmul"

        class Later(list):
            pass
        Later.__add__ = lambda self, other: NotImplemented
        del Later.__add__
        for cls in Reflected, Later:
            value = cls()
            value += (1, 2)
            self.assertEqual((type(value), value), (cls, [1, 2]))
            value *= 2
            self.assertEqual(value, [1, 2, 1, 2])
        self.assertEqual(((1,) + Reflected(), 3 * Reflected()), ("radd", "rmul"))

    def test_method_that_gives_up_hides_the_sequence_below_too(self):
        for base in list, tuple, str, bytes, bytearray:
            class Parent(base):
                def __add__(self, other):
                    return NotImplemented

                def __mul__(self, other):
                    return NotImplemented

            class Child(Parent):
                def __repr__(self):
                    return "child"

            class GrandChild(Child):
                def __getitem__(self, index):
                    return 5
            for cls in Parent, Child, GrandChild:
                for action in (lambda: cls() + base(), lambda: cls() * 2, lambda: cls() + cls()):
                    with self.assertRaisesRegex(TypeError, r"unsupported operand type\(s\)|can't multiply sequence"):
                        action()


if __name__ == '__main__':
    unittest.main()
