# SPDX-License-Identifier: MIT
"""Classes and attributes under hostile code: whatever happens, it is an exception or a result, never a crash."""
import gc
import random
import sys
import unittest
import weakref


class Hostile(unittest.TestCase):
    def test_odd_keys_in_namespace(self):
        class S(str):
            def __eq__(self, other):
                nonlocal armed
                if armed and holder:
                    armed = False
                    holder[0].fresh = object()
                    holder[0].__bases__ = (Other,)
                    armed = True
                return str.__eq__(self, other)
            __hash__ = str.__hash__
        class Other: pass
        class Base: pass
        holder, armed = [], False
        C = type('C', (Base,), {S('attr'): 1, 5: 6, S('__len__'): lambda self: 3})
        holder.append(C)
        armed = True
        for _ in range(3):
            getattr(C(), 'attr', None)
            getattr(C, 'missing', None)
            try:
                len(C())
            except TypeError:
                pass
        armed = False

    def test_descriptor_deletes_itself(self):
        class D:
            def __get__(self, obj, cls):
                try:
                    del C.d
                except AttributeError:
                    pass
                return obj
            def __set__(self, obj, v):
                del C.d
        class C: d = D()
        c = C()
        self.assertIs(c.d, c)
        C.d = D()
        c.d = 1
        C.__len__ = lambda self: (delattr(C, '__len__'), 5)[1]
        self.assertEqual(len(c), 5)
        C.__add__ = lambda self, o: (delattr(C, '__add__'), NotImplemented)[1]
        self.assertRaises(TypeError, lambda: c + c)
        C.__call__ = lambda self: delattr(C, '__call__')
        c()
        C.__init__ = lambda self: delattr(C, '__init__')
        C()

    def test_mro_that_changes_things(self):
        class M(type):
            depth = 0
            def mro(cls):
                order = type.mro(cls)
                if M.depth < 3 and '__bases__' in M.flags:
                    M.depth += 1
                    try:
                        cls.__bases__ = (B,)
                    except Exception:
                        pass
                    M.depth -= 1
                return order
            flags = ()
        class A(metaclass=M): pass
        class B(metaclass=M): pass
        class C(A): pass
        M.flags = ('__bases__',)
        try:
            C.__bases__ = (A, B)
        except TypeError:
            pass
        M.flags = ()
        C()
        class N(type):
            def mro(cls): return [cls] + list(seq)
        for seq in ([], [object], [int, object], [object, int], 5, [None]):
            try:
                type.__call__(N, 'X', (), {})().x
            except (TypeError, AttributeError):
                pass

    def test_half_made_classes(self):
        seen = []
        class M(type):
            def mro(cls):
                try:
                    cls.x, cls(), repr(cls), dir(cls), cls.__dict__, cls.__subclasses__()
                except Exception as e:
                    seen.append(e)
                return type.mro(cls)
        class A(metaclass=M): x = 1
        class D:
            def __set_name__(self, owner, name):
                owner.__bases__ = (Base,)
                owner.__class__ = M
                del owner.__slots__
                raise KeyError
        class Base: pass
        with self.assertRaises(RuntimeError):
            type('B', (Base,), {'d': D(), '__slots__': ()})
        c = A.__new__(A)
        self.assertEqual(c.x, 1)

    def test_finalizers_that_reclass(self):
        class A:
            def __del__(self):
                self.__class__ = B
                self.extra = self
        class B: pass
        class S:
            __slots__ = ('a', '__weakref__')
            def __del__(self):
                gc.collect()
                refs.append(weakref.ref(self))
                del S.__del__
        refs = []
        for _ in range(5):
            A()
            try:
                S()
            except AttributeError:
                pass
        gc.collect()

    def test_dict_replaced_while_used(self):
        class K(str):
            def __eq__(self, o):
                obj.__dict__ = {}
                return False
            def __hash__(self): return hash('name')
        class A: pass
        obj = A()
        obj.__dict__[K('x')] = 1
        self.assertRaises(AttributeError, getattr, obj, 'name')
        obj.__dict__[K('x')] = 1
        obj.name = 2
        obj.__dict__[K('x')] = 1
        try:
            del obj.name
        except AttributeError:
            pass

    def test_huge_and_deep(self):
        cls = object
        for i in range(400):
            cls = type('C%d' % i, (cls,), {})
        self.assertEqual(len(cls.__mro__), 401)
        cls().x = 1
        self.assertRaises(AttributeError, getattr, cls(), 'y')
        wide = type('W', tuple(type('B%d' % i, (), {'m': lambda self: 1}) for i in range(300)), {})
        self.assertEqual(wide().m(), 1)
        slots = type('S', (), {'__slots__': ['a%d' % i for i in range(2000)]})()
        slots.a1999 = 5
        self.assertEqual(slots.a1999, 5)
        class G:
            def __getattr__(self, name): return getattr(self, name + 'x')
        self.assertRaises(RecursionError, getattr, G(), 'a')
        class R:
            def __get__(self, o, c): return c.r
        R.r = R()
        self.assertRaises(RecursionError, lambda: R.r)
        p = property(lambda self: self.p)
        X = type('X', (), {'p': p})
        self.assertRaises(RecursionError, lambda: X().p)

    def test_random_surgery(self):
        rnd = random.Random(12345)
        names = ['__len__', '__call__', '__add__', '__radd__', '__getattr__', '__eq__', '__hash__', '__iter__', '__next__',
                 '__init__', '__new__', '__getitem__', '__bool__', 'x', 'y', '__getattribute__', '__setattr__', '__del__',
                 '__repr__', '__get__', '__set__', '__index__', '__contains__', '__init_subclass__', '__class_getitem__']
        def value(name):
            kind = rnd.randrange(6)
            if kind == 0: return None
            if kind == 1: return rnd.choice(classes)
            if kind == 2: return 5
            if kind == 3: return staticmethod(lambda *a, **k: 1)
            if kind == 4: return getattr(rnd.choice((int, list, dict, object, str)), name, None)
            return lambda *a, **k: rnd.choice((NotImplemented, 1, a, None, 'x'))
        classes = [type('K%d' % i, (rnd.choice((object, int, list, dict, Exception)),), {}) for i in range(8)]
        actions = [len, repr, str, hash, bool, iter, next, dir, lambda o: o + 1, lambda o: 1 + o, lambda o: o[0], lambda o: o(),
                   lambda o: o.x, lambda o: setattr(o, 'x', 1), lambda o: 1 in o, lambda o: o == 1, lambda o: o < 1,
                   lambda o: type(o)(), lambda o: isinstance(o, type(o)), lambda o: o.__class__, lambda o: vars(o),
                   lambda o: o.__reduce_ex__(2), lambda o: range(10)[o], lambda o: type(o)[1], lambda o: format(o)]
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(250)
        hook, sys.unraisablehook = sys.unraisablehook, lambda *a: None
        try:
            for _ in range(4000):
                try:
                    step = rnd.randrange(7)
                    cls = rnd.choice(classes)
                    if step == 0:
                        name = rnd.choice(names)
                        setattr(cls, name, value(name))
                    elif step == 1:
                        delattr(cls, rnd.choice(names))
                    elif step == 2:
                        classes[rnd.randrange(8)] = type('K', tuple(rnd.sample(classes, rnd.randrange(1, 3))), {})
                    elif step == 3:
                        cls.__bases__ = tuple(rnd.sample(classes, rnd.randrange(1, 3)))
                    elif step == 4:
                        obj = cls()
                        obj.__class__ = rnd.choice(classes)
                        rnd.choice(actions)(obj)
                    else:
                        rnd.choice(actions)(cls.__new__(cls))
                except Exception:
                    pass
        finally:
            sys.setrecursionlimit(limit)
            sys.unraisablehook = hook
        classes.clear()
        gc.collect()


if __name__ == '__main__':
    unittest.main()
