# SPDX-License-Identifier: MIT
"""inspect: signatures, sources, members, frames."""

import builtins
import collections.abc
import functools
import inspect
import linecache
import pickle
import types
import unittest
from unittest import mock


def sample(a, /, b, c=3, *args, d, e: int = 4, **kw) -> str:
    """A function."""


# A comment
# of two lines
class Base:
    """The base."""

    def method(self, x):
        """A method."""

        # inside
        return x
        # behind

    prop = property(lambda self: 1)
    static = staticmethod(lambda: 2)
    klass = classmethod(lambda cls: 3)
    data = 4


class Derived(Base):
    def method(self, x):
        pass


def generator():
    x = 1
    yield x


class Signatures(unittest.TestCase):

    def sig(self, f):
        return str(inspect.signature(f))

    def test_text(self):
        self.assertEqual(self.sig(sample), '(a, /, b, c=3, *args, d, e: int = 4, **kw) -> str')
        self.assertEqual(self.sig(Base().method), '(x)')
        self.assertEqual(self.sig(Base), '()')
        self.assertEqual(self.sig(len), '(obj, /)')
        self.assertEqual(self.sig(list), '(iterable=(), /)')
        self.assertRaises(ValueError, inspect.signature, print)
        self.assertRaises(TypeError, inspect.signature, 3)

    def test_partial(self):
        self.assertEqual(self.sig(functools.partial(sample, 1, c=5)),
                         '(b, *, c=5, d, e: int = 4, **kw) -> str')

    def test_wrapped(self):
        @functools.wraps(sample)
        def wrapper(*args):
            pass
        self.assertEqual(self.sig(wrapper), self.sig(sample))
        self.assertEqual(str(inspect.signature(wrapper, follow_wrapped=False)), '(*args) -> str')

    def test_bind(self):
        bound = inspect.signature(sample).bind(1, 2, d=3, z=9)
        self.assertEqual(list(bound.arguments.items()), [('a', 1), ('b', 2), ('d', 3), ('kw', {'z': 9})])
        bound.apply_defaults()
        self.assertEqual(bound.args, (1, 2, 3))
        self.assertEqual(bound.kwargs, {'d': 3, 'e': 4, 'z': 9})
        for message, args, kw in (("missing a required argument: 'a'", (), {}),
                                  ("'a' parameter is positional only, but was passed as a keyword", (), {'a': 1}),
                                  ("multiple values for argument 'b'", (1, 2), {'b': 3, 'd': 4})):
            with self.assertRaises(TypeError) as caught:
                inspect.signature(sample).bind(*args, **kw)
            self.assertEqual(str(caught.exception), message)

    def test_values(self):
        one, other = inspect.signature(lambda *, a, b: 0), inspect.signature(lambda *, b, a: 0)
        self.assertEqual((one, hash(one)), (other, hash(other)))
        self.assertEqual(pickle.loads(pickle.dumps(one)), one)
        with self.assertRaisesRegex(ValueError, 'wrong parameter order'):
            inspect.Signature([inspect.Parameter('a', 3), inspect.Parameter('b', 1)])

    def test_older(self):
        spec = inspect.getfullargspec(sample)
        self.assertEqual(spec[:6], (['a', 'b', 'c'], 'args', 'kw', (3,), ['d', 'e'], {'e': 4}))
        self.assertEqual(inspect.getcallargs(lambda a, b=2, *c: 0, 1), {'a': 1, 'b': 2, 'c': ()})
        with self.assertRaisesRegex(TypeError, 'takes from 1 to 2 positional arguments but 3 were given'):
            inspect.getcallargs(lambda a, b=2: 0, 1, 2, 3)


class Sources(unittest.TestCase):

    def test_source(self):
        self.assertTrue(inspect.getsource(sample).startswith('def sample(a, /'))
        lines, start = inspect.getsourcelines(Base.method)
        self.assertEqual((lines[0], lines[-1]), ('    def method(self, x):\n', '        # behind\n'))
        self.assertEqual(inspect.getcomments(Base), '# A comment\n# of two lines\n')
        self.assertRaises(TypeError, inspect.getsource, int)
        import unittest.mock  # whose classes stand in several files
        self.assertTrue(inspect.getsource(unittest.mock.Mock).startswith('class Mock('))

    def test_doc(self):
        self.assertEqual(inspect.getdoc(Derived), 'The base.')
        self.assertEqual(inspect.getdoc(Derived().method), 'A method.')
        self.assertEqual(inspect.cleandoc('\n  a\n    b\n\n'), 'a\n  b')

    def test_file(self):
        self.assertEqual(inspect.getfile(sample), sample.__code__.co_filename)
        self.assertIs(inspect.getmodule(sample).__dict__, globals())
        self.assertEqual(inspect.getmodulename('/a/b.py'), 'b')


class Members(unittest.TestCase):

    def test_kinds(self):
        kinds = {attr.name: (attr.kind, attr.defining_class) for attr in inspect.classify_class_attrs(Derived)}
        self.assertEqual([kinds[name] for name in ('method', 'prop', 'static', 'klass', 'data')],
                         [('method', Derived), ('property', Base), ('static method', Base), ('class method', Base),
                          ('data', Base)])

    def test_members(self):
        self.assertEqual([name for name, _ in inspect.getmembers(Derived, inspect.isfunction)],
                         ['method', 'static'])

    def test_static(self):
        self.assertIsInstance(inspect.getattr_static(Base(), 'prop'), property)
        self.assertEqual(inspect.getattr_static(Base(), 'nothing', 5), 5)
        self.assertRaises(AttributeError, inspect.getattr_static, Base, 'nothing')

    def test_predicates(self):
        self.assertTrue(inspect.isroutine(len) and inspect.isbuiltin(len) and not inspect.isfunction(len))
        self.assertTrue(inspect.isdatadescriptor(Base.prop) and inspect.ismethoddescriptor(str.split))
        self.assertTrue(inspect.isabstract(collections.abc.Sized) and not inspect.isabstract(Base))
        self.assertTrue(inspect.isgeneratorfunction(functools.partial(generator)))

    def test_unwrap(self):
        f = lambda: 0
        f.__wrapped__ = f
        self.assertRaises(ValueError, inspect.unwrap, f)


class Frames(unittest.TestCase):

    def test_frame(self):
        frame = inspect.currentframe()
        info = inspect.getframeinfo(frame)
        self.assertEqual((info.function, info.code_context[info.index].strip()),
                         ('test_frame', 'info = inspect.getframeinfo(frame)'))
        self.assertEqual(inspect.stack()[0].function, 'test_frame')

    def test_generator(self):
        g = generator()
        self.assertEqual(inspect.getgeneratorstate(g), 'GEN_CREATED')
        next(g)
        self.assertEqual((inspect.getgeneratorstate(g), inspect.getgeneratorlocals(g)), ('GEN_SUSPENDED', {'x': 1}))
        g.close()
        self.assertEqual(inspect.getgeneratorstate(g), 'GEN_CLOSED')

    def test_closure(self):
        outer = 1

        def f():
            return outer, len, types, nowhere
        found = inspect.getclosurevars(f)
        self.assertEqual((found.nonlocals, found.unbound), ({'outer': 1}, {'nowhere'}))
        self.assertEqual((found.globals, found.builtins), ({'types': types}, {'len': len}))


class ReplacedParts(unittest.TestCase):
    """What binding generators (shiboken) replace when they are imported."""

    def test_formatannotation(self):
        def probe(a: int) -> str: pass
        with mock.patch('inspect.formatannotation', lambda annotation, base=None: '<%s>' % annotation.__name__):
            self.assertEqual(str(inspect.signature(probe)), '(a: <int>) -> <str>')
        self.assertEqual(str(inspect.signature(probe)), '(a: int) -> str')

    def test_import_hook_that_reads_source(self):
        genuine, seen = builtins.__import__, []

        def hook(*args, **kwargs):
            module = genuine(*args, **kwargs)
            seen.append(args[0])
            if len(seen) < 50:
                linecache.cache.pop(inspect.__file__, None)
                inspect.getsource(inspect.getdoc)
            return module
        with mock.patch('builtins.__import__', hook):
            import json
        self.assertLess(len(seen), 50)


if __name__ == '__main__':
    unittest.main()
