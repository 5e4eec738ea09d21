# SPDX-License-Identifier: MIT
"""super and pickling support of object."""
import copy
import pickle
import unittest


class A:
    def f(self): return 'A'
    @classmethod
    def c(cls): return ('A.c', cls)
    @staticmethod
    def s(): return 'A.s'
    @property
    def p(self): return 'A.p'
    x = 'A.x'


class B(A):
    def f(self): return 'B' + super().f()
    @classmethod
    def c(cls): return super().c()
    @property
    def p(self): return super().p
    x = 'B.x'


def outside(x):
    return super()


class Super(unittest.TestCase):
    def test_zero_argument(self):
        b = B()
        self.assertEqual((b.f(), b.c(), B.c(), b.p), ('BA', ('A.c', B), ('A.c', B), 'A.p'))

    def test_first_argument_in_cell(self):
        class C(A):
            def f(self):
                def inner(): return self
                return (super().f(), inner())
        c = C()
        self.assertEqual(c.f(), ('A', c))

    def test_errors(self):
        class C(A):
            def no_args(): return super()
            def deleted(self):
                del self
                return super()
        self.assertRaisesRegex(RuntimeError, r'super\(\): no arguments', C.no_args)
        self.assertRaisesRegex(RuntimeError, r'super\(\): arg\[0\] deleted', C().deleted)
        self.assertRaisesRegex(RuntimeError, r'super\(\): __class__ cell not found', outside, 1)
        class M(type):
            def __new__(meta, name, bases, ns):
                cls = super().__new__(meta, name, bases, ns)
                return cls
        class D(metaclass=M): pass
        self.assertRaises(AttributeError, getattr, super(B, B()), 'nothing')

    def test_forms(self):
        b = B()
        s = super(B, b)
        self.assertEqual((s.f(), s.x, s.s(), s.c()), ('A', 'A.x', 'A.s', ('A.c', B)))
        self.assertEqual(super(B, B).f(b), 'A')
        self.assertIs(s.__class__, super)
        self.assertEqual((s.__self__, s.__thisclass__, s.__self_class__), (b, B, B))
        unbound = super(B)
        self.assertIsNone(unbound.__self__)
        self.assertEqual(unbound.__get__(b).f(), 'A')
        self.assertEqual(repr(s), "<super: <class 'B'>, <B object>>")
        self.assertEqual(repr(unbound), "<super: <class 'B'>, NULL>")
        class Sub(super): pass
        self.assertEqual(Sub(B, b).f(), 'A')

    def test_diamond(self):
        class L(A):
            def f(self): return 'L' + super().f()
        class R(A):
            def f(self): return 'R' + super().f()
        class D(L, R):
            def f(self): return 'D' + super().f()
        self.assertEqual(D().f(), 'DLRA')

    def test_proxy_class(self):
        class Proxy:
            def __init__(self, o): self.o = o
            __class__ = property(lambda self: self.o.__class__)
        self.assertEqual(super(B, Proxy(B())).x, 'A.x')


class State:
    def __init__(self): self.a = 1


class Slots:
    __slots__ = ('p', 'q')


class Args(tuple):
    def __new__(cls, *a, k=0): return super().__new__(cls, a)
    def __getnewargs_ex__(self): return tuple(self), {'k': 1}


class Reduce(unittest.TestCase):
    def test_round_trips(self):
        s = State()
        t = Slots()
        t.p = 5
        for protocol in range(2, 6):
            self.assertEqual(pickle.loads(pickle.dumps(s, protocol)).__dict__, {'a': 1})
            u = pickle.loads(pickle.dumps(t, protocol))
            self.assertEqual((u.p, hasattr(u, 'q')), (5, False))
            self.assertEqual(pickle.loads(pickle.dumps(Args(1, 2), protocol)), (1, 2))
        self.assertRaises(TypeError, pickle.dumps, t, 0)
        self.assertEqual(copy.copy(s).__dict__, {'a': 1})
        self.assertEqual(copy.deepcopy([s])[0].__dict__, {'a': 1})

    def test_shape(self):
        import copyreg
        s = State()
        self.assertEqual(s.__reduce_ex__(2), (copyreg.__newobj__, (State,), {'a': 1}, None, None))
        self.assertEqual(s.__reduce_ex__(0)[0], copyreg._reconstructor)
        self.assertEqual(Args(1).__reduce_ex__(4)[:2], (copyreg.__newobj_ex__, (Args, (1,), {'k': 1})))
        class L(list): pass
        self.assertEqual(list(L([1]).__reduce_ex__(2)[3]), [1])
        class D(dict): pass
        self.assertEqual(list(D(a=1).__reduce_ex__(2)[4]), [('a', 1)])

    def test_overrides(self):
        class R:
            def __reduce__(self): return 'mine'
        self.assertEqual(R().__reduce_ex__(2), 'mine')
        class G:
            def __getnewargs__(self): return 1
        self.assertRaisesRegex(TypeError, "__getnewargs__ should return a tuple, not 'int'", G().__reduce_ex__, 2)
        class S:
            def __getstate__(self): return 'state'
        self.assertEqual(S().__reduce_ex__(2)[2], 'state')


if __name__ == '__main__':
    unittest.main()
