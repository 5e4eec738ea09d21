# SPDX-License-Identifier: MIT
"""property, C descriptors and mappingproxy."""
import types
import unittest


class Property(unittest.TestCase):
    def test_three_functions(self):
        class A:
            @property
            def x(self):
                "getter doc"
                return self._x
            @x.setter
            def x(self, v): self._x = v
            @x.deleter
            def x(self): del self._x
        a = A()
        a.x = 5
        self.assertEqual((a.x, A.x.__doc__), (5, 'getter doc'))
        del a.x
        self.assertRaises(AttributeError, lambda: a.x)
        self.assertIs(A.x, A.__dict__['x'])
        self.assertEqual(A.x.fget.__name__, 'x')

    def test_copies_and_docs(self):
        def f(self): "F"
        def g(self): "G"
        p = property(f)
        self.assertEqual((p.__doc__, p.getter(g).__doc__, p.setter(g).fget), ('F', 'G', f))
        q = property(f, doc='own')
        self.assertEqual((q.__doc__, q.getter(g).__doc__), ('own', 'own'))
        self.assertIsNone(property(None, None, None, None).__doc__)
        p.__doc__ = 'changed'
        self.assertEqual(p.__doc__, 'changed')
        class Sub(property): "class doc"
        self.assertEqual(Sub(f).__doc__, 'F')
        self.assertEqual(type(Sub(f).getter(g)), Sub)

    def test_abstract(self):
        def f(self): pass
        f.__isabstractmethod__ = True
        self.assertTrue(property(f).__isabstractmethod__)
        self.assertTrue(property(None, f).__isabstractmethod__)
        self.assertFalse(property().__isabstractmethod__)
        class Odd:
            def __bool__(self): raise KeyError
        f.__isabstractmethod__ = Odd()
        self.assertRaises(KeyError, lambda: property(f).__isabstractmethod__)


class Descriptors(unittest.TestCase):
    def test_kinds(self):
        self.assertEqual([type(d).__name__ for d in (list.append, dict.__dict__['fromkeys'], int.real, slice.start, int.__add__,
                                                       (1).__add__)],
                         ['method_descriptor', 'classmethod_descriptor', 'getset_descriptor', 'member_descriptor',
                          'wrapper_descriptor', 'method-wrapper'])
        self.assertEqual([repr(d) for d in (list.append, int.real, slice.start, int.__add__)],
                         ["<method 'append' of 'list' objects>", "<attribute 'real' of 'int' objects>",
                          "<member 'start' of 'slice' objects>", "<slot wrapper '__add__' of 'int' objects>"])

    def test_attributes(self):
        for d, name, cls in ((list.append, 'append', list), (int.real, 'real', int), (slice.start, 'start', slice),
                             (int.__add__, '__add__', int)):
            self.assertEqual((d.__name__, d.__objclass__, d.__qualname__), (name, cls, cls.__name__ + '.' + name))
        self.assertEqual(list.append.__text_signature__, '($self, object, /)')
        self.assertEqual(int.__add__.__text_signature__, '($self, value, /)')
        self.assertEqual((1).__add__.__self__, 1)
        self.assertEqual(list.append.__reduce__(), (getattr, (list, 'append')))
        self.assertEqual((5).__add__.__reduce__(), (getattr, (5, '__add__')))

    def test_calls(self):
        x = []
        list.append(x, 1)
        self.assertEqual(x, [1])
        self.assertEqual(str.split('a b', sep=' '), ['a', 'b'])
        self.assertEqual(dict.__dict__['fromkeys'](dict, 'ab'), {'a': None, 'b': None})
        self.assertEqual(dict.__dict__['fromkeys'].__get__(None, dict)('a'), {'a': None})
        self.assertEqual(list.append.__get__([1]).__self__, [1])
        self.assertIs(int.real.__get__(None, int), int.real)
        self.assertEqual(list.sort.__get__([2, 1])(key=lambda v: v), None)
        self.assertEqual(sorted([1, 2], reverse=True), [2, 1])
        self.assertRaises(TypeError, list.append, x)
        self.assertRaises(TypeError, list.append, x, x=1)

    def test_method_wrapper_identity(self):
        a, b = [], []
        self.assertEqual(a.__len__, a.__len__)
        self.assertNotEqual(a.__len__, b.__len__)
        self.assertEqual(hash(a.__len__), hash(a.__len__))
        self.assertRaises(TypeError, lambda: a.__len__ < b.__len__)


class MappingProxy(unittest.TestCase):
    def test_view(self):
        d = {'a': 1}
        m = types.MappingProxyType(d)
        d['b'] = 2
        self.assertEqual((m['b'], len(m), 'a' in m, list(m), m.get('q', 9), m.copy(), m == d, repr(m)),
                         (2, 2, True, ['a', 'b'], 9, d, True, "mappingproxy({'a': 1, 'b': 2})"))
        self.assertEqual((list(m.keys()), list(m.values()), list(m.items())), (['a', 'b'], [1, 2], [('a', 1), ('b', 2)]))
        with self.assertRaises(TypeError):
            m['a'] = 2
        self.assertRaises(TypeError, types.MappingProxyType, 1)
        self.assertRaises(AttributeError, lambda: m.clear)


if __name__ == '__main__':
    unittest.main()
