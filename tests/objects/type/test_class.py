# SPDX-License-Identifier: MIT
"""Making and changing classes."""
import gc
import sys
import unittest
import weakref


class ClassStatement(unittest.TestCase):
    def test_slots_and_layout(self):
        class A:
            __slots__ = 'x'
        class B(A):
            __slots__ = ('y', '__dict__')
        class C(A):
            __slots__ = ['__weakref__', '__z']
        self.assertEqual(B.__dict__['y'].__get__(None, B), B.y)
        b = B()
        b.x, b.y, b.z = 1, 2, 3
        self.assertEqual((b.x, b.y, b.__dict__), (1, 2, {'z': 3}))
        del b.x
        self.assertRaises(AttributeError, getattr, b, 'x')
        c = C()
        self.assertRaises(AttributeError, setattr, c, 'q', 1)
        self.assertIn('_C__z', C.__dict__)
        self.assertEqual(C.__slots__, ['__weakref__', '__z'])
        self.assertIs(weakref.ref(c)(), c)
        self.assertRaises(TypeError, weakref.ref, A())
        self.assertEqual(A.__dictoffset__, 0)
        self.assertEqual(A.__basicsize__ - object.__basicsize__, 8)

    def test_set_name_and_init_subclass(self):
        log = []
        class D:
            def __set_name__(self, owner, name):
                log.append((owner.__name__, name))
        class Base:
            def __init_subclass__(cls, tag=None, **kw):
                log.append((cls.__name__, tag))
                super().__init_subclass__(**kw)
        class Sub(Base, tag=5):
            d = D()
        self.assertEqual(log, [('Sub', 'd'), ('Sub', 5)])
        self.assertRaises(TypeError, type, 'X', (Base,), {}, other=1)
        class Bad:
            def __set_name__(self, owner, name):
                1 / 0
        with self.assertRaises(RuntimeError) as caught:
            type('X', (), {'f': Bad()})
        self.assertIsInstance(caught.exception.__cause__, ZeroDivisionError)
        self.assertEqual(str(caught.exception), "Error calling __set_name__ on 'Bad' instance 'f' in 'X'")

    def test_implicit_wrappers(self):
        class A:
            def __new__(cls): return super().__new__(cls)
            def __class_getitem__(cls, item): return (cls, item)
            def __init_subclass__(cls): pass
        self.assertIsInstance(A.__dict__['__new__'], staticmethod)
        self.assertIsInstance(A.__dict__['__class_getitem__'], classmethod)
        self.assertIsInstance(A.__dict__['__init_subclass__'], classmethod)
        self.assertEqual(A[3], (A, 3))

    def test_names(self):
        class A:
            "doc"
        self.assertEqual(A.__qualname__, 'ClassStatement.test_names.<locals>.A')
        self.assertNotIn('__qualname__', A.__dict__)
        self.assertEqual((A.__module__, A.__doc__, A.__name__), (__name__, 'doc', 'A'))
        A.__name__, A.__qualname__, A.__module__, A.__doc__ = 'N', 'Q', 'm', 'd'
        self.assertEqual(repr(A), "<class 'm.Q'>")
        self.assertRegex(repr(A()), r'<m\.Q object at 0x')
        self.assertEqual((A.__name__, A.__doc__), ('N', 'd'))
        self.assertEqual(repr(int), "<class 'int'>")

    def test_metaclass(self):
        class M(type):
            def __prepare__(name, bases, **kw): return {'prepared': kw}
            def __new__(m, name, bases, ns, **kw): return super().__new__(m, name, bases, ns)
            def __init__(cls, name, bases, ns, **kw): cls.kw = kw
            def __call__(cls, *args): return 'called', super().__call__(*args)
        class A(metaclass=M, k=1):
            def __init__(self, *args): self.args = args
        class B(A): pass
        self.assertEqual((A.kw, A.prepared, type(B)), ({'k': 1}, {'k': 1}, M))
        tag, b = B(1, 2)
        self.assertEqual((tag, type(b), b.args), ('called', B, (1, 2)))
        class N(type): pass
        self.assertRaises(TypeError, N, 'X', (A,), {})
        self.assertIs(type(type('Y', (B,), {})), M)

    def test_mro(self):
        class X: pass
        class Y: pass
        class A(X, Y): pass
        class B(Y, X): pass
        with self.assertRaises(TypeError):
            type('C', (A, B), {})
        class D(A): pass
        class E(A): pass
        class F(D, E): pass
        self.assertEqual([c.__name__ for c in F.__mro__], ['F', 'D', 'E', 'A', 'X', 'Y', 'object'])
        class M(type):
            def mro(cls): return [cls, X, object] if cls.__name__ == 'G' else super().mro()
        class G(metaclass=M): pass
        X.attr = 1
        self.assertEqual(G().attr, 1)
        X.attr = 2
        self.assertEqual(G().attr, 2)
        class Bad(type):
            def mro(cls): return [1]
        self.assertRaises(TypeError, Bad, 'Z', (), {})

    def test_subclasses(self):
        class A: pass
        class B(A): pass
        class C(A): pass
        self.assertEqual(A.__subclasses__(), [B, C])
        del B
        gc.collect()
        self.assertEqual(A.__subclasses__(), [C])

    def test_abstract(self):
        class A: pass
        A.__abstractmethods__ = frozenset(['b', 'a'])
        with self.assertRaisesRegex(TypeError, "Can't instantiate abstract class A with abstract methods a, b"):
            A()
        A.__abstractmethods__ = ()
        A()
        del A.__abstractmethods__
        self.assertRaises(AttributeError, getattr, A, '__abstractmethods__')

    def test_cell(self):
        class A:
            def f(self): return __class__
        self.assertIs(A().f(), A)
        self.assertNotIn('__classcell__', A.__dict__)


class Changes(unittest.TestCase):
    def test_class_assignment(self):
        class A:
            def f(self): return 'A'
        class B:
            def f(self): return 'B'
        a = A()
        a.x = 1
        a.__class__ = B
        self.assertEqual((a.f(), a.x, type(a)), ('B', 1, B))
        class S:
            __slots__ = ('p',)
        class T:
            __slots__ = ('p',)
        s = S()
        s.p = 4
        s.__class__ = T
        self.assertEqual(s.p, 4)
        self.assertRaises(TypeError, setattr, s, '__class__', A)

    def test_bases_assignment(self):
        class A: x = 'A'
        class B:
            x = 'B'
            def __len__(self): return 7
        class C(A): pass
        class D(C): pass
        d = D()
        self.assertEqual(d.x, 'A')
        C.__bases__ = (B,)
        self.assertEqual((d.x, len(d), D.__mro__), ('B', 7, (D, C, B, object)))
        self.assertEqual((A.__subclasses__(), B.__subclasses__()), ([], [C]))
        self.assertRaises(TypeError, setattr, C, '__bases__', (D,))
        self.assertEqual(C.__bases__, (B,))

    def test_cache_is_dropped(self):
        class A: x = 1
        class B(A): pass
        class C(B): pass
        c = C()
        for cls, value in ((A, 2), (B, 3), (A, 4), (C, 5)):
            cls.x = value
            self.assertEqual(c.x, C.__dict__.get('x', B.__dict__.get('x', A.x)))
        del C.x, B.x
        self.assertEqual(c.x, 4)
        del A.x
        self.assertRaises(AttributeError, getattr, c, 'x')

    def test_finalizer_during_assignment(self):
        seen = []
        class Old:
            def __del__(self): seen.append(A.x)
        class A: x = Old()
        A.x
        A.x = 'new'
        gc.collect()
        self.assertEqual(len(seen), 1)      # 3.8 may show it the old value, from its cache


class Instances(unittest.TestCase):
    def test_calls(self):
        class A:
            def __init__(self, a, b=2, *, c=3): self.v = (a, b, c)
        self.assertEqual(A(1).v, (1, 2, 3))
        self.assertEqual(A(1, c=4, b=5).v, (1, 5, 4))
        self.assertEqual(A(*[1], **{'c': 9}).v, (1, 2, 9))
        self.assertRaises(TypeError, A)
        class B:
            def __init__(self): return 1
        with self.assertRaisesRegex(TypeError, r"__init__\(\) should return None, not 'int'"):
            B()
        class C:
            def __new__(cls, *args): return args if args else super().__new__(cls)
            def __init__(self, *args): self.done = True
        self.assertEqual(C(1), (1,))
        self.assertTrue(C().done)
        class T(tuple):
            def __new__(cls, x, y): return tuple.__new__(cls, (x, y))
        self.assertEqual(T(1, y=2), (1, 2))
        class E:
            pass
        with self.assertRaisesRegex(TypeError, r'^E\(\) takes no arguments$'):
            E(1)

    def test_init_found_late(self):
        class A: pass
        A()
        A.__init__ = lambda self, x: setattr(self, 'x', x)
        self.assertEqual(A(3).x, 3)
        del A.__init__
        A()
        A.__new__ = staticmethod(lambda cls: 'made')
        self.assertEqual(A(), 'made')

    def test_dict(self):
        class A: pass
        a = A()
        self.assertEqual(a.__dict__, {})
        a.x = 1
        a.__dict__['y'] = 2
        self.assertEqual((a.x, a.y, vars(a)), (1, 2, {'x': 1, 'y': 2}))
        a.__dict__ = {'z': 3}
        self.assertEqual(a.z, 3)
        self.assertRaises(AttributeError, getattr, a, 'x')
        del a.__dict__
        self.assertEqual(a.__dict__, {})
        class E(Exception): pass
        e = E()
        e.q = 1
        self.assertEqual(E.__dict__['__weakref__'].__get__(e), None)
        self.assertEqual(e.__dict__, {'q': 1})

    def test_del_and_resurrection(self):
        log = []
        class A:
            def __del__(self):
                log.append(1)
                keep.append(self)
        keep = []
        A()
        self.assertEqual((len(keep), log), (1, [1]))
        keep.clear()
        self.assertEqual(log, [1])          # PEP 442: once
        self.assertEqual(len(keep), 0)

    def test_deep_chain_dies(self):
        class Node:
            def __init__(self, next): self.next = next
        class Slotted:
            __slots__ = 'next'
            def __init__(self, next): self.next = next
        for cls in Node, Slotted:
            node = None
            for _ in range(100000):
                node = cls(node)
            del node

    def test_cycles_with_classes_are_collected(self):
        class A: pass
        A.me = A
        A.instance = A()
        ref = weakref.ref(A)
        del A
        gc.collect()
        self.assertIsNone(ref())

    def test_sizes(self):
        class A: pass
        self.assertEqual(object().__sizeof__(), 16)
        self.assertEqual(A().__sizeof__(), 32)
        self.assertEqual(sys.getsizeof(A()), 48)

    def test_dir(self):
        class A:
            x = 1
        class B(A):
            def __init__(self): self.y = 2
        self.assertLessEqual({'x', 'y', '__init__', '__class__'}, set(dir(B())))
        self.assertNotIn('mro', dir(B))
        class C:
            def __dir__(self): return ['b', 'a']
        self.assertEqual(dir(C()), ['a', 'b'])


if __name__ == '__main__':
    unittest.main()
