# SPDX-License-Identifier: MIT
"""function, method, builtin_function_or_method, classmethod, staticmethod, cell."""
import pickle
import types
import unittest


def plain(a, b=2, *, c=3):
    """doc"""
    return a, b, c


def closed(x):
    def inner():
        return x
    return inner


class Functions(unittest.TestCase):
    def test_attributes(self):
        self.assertEqual((plain.__name__, plain.__qualname__, plain.__doc__, plain.__module__, plain.__defaults__,
                          plain.__kwdefaults__, plain.__closure__),
                         ("plain", "plain", "doc", __name__, (2,), {"c": 3}, None))
        self.assertIs(plain.__globals__, globals())
        self.assertRegex(repr(closed(1)), r"^<function closed.<locals>.inner at 0x[0-9a-f]+>$")
        f = closed(1)
        self.assertEqual(f.__annotations__, {})
        self.assertIs(f.__annotations__, f.__annotations__)
        f.attribute = 1
        self.assertEqual(f.__dict__, {"attribute": 1})

    def test_checks(self):
        f = closed(1)
        for name, value, text in (("__code__", 1, "__code__ must be set to a code object"),
                                  ("__name__", 1, "__name__ must be set to a string object"),
                                  ("__qualname__", 1, "__qualname__ must be set to a string object"),
                                  ("__defaults__", 1, "__defaults__ must be set to a tuple object"),
                                  ("__kwdefaults__", 1, "__kwdefaults__ must be set to a dict object"),
                                  ("__annotations__", 1, "__annotations__ must be set to a dict object")):
            with self.assertRaisesRegex(TypeError, text):
                setattr(f, name, value)
        with self.assertRaisesRegex(ValueError, r"inner\(\) requires a code object with 1 free vars, not 0"):
            f.__code__ = plain.__code__
        for name in ("__closure__", "__globals__"):
            with self.assertRaisesRegex(AttributeError, "readonly attribute"):
                setattr(f, name, None)
        del f.__defaults__
        self.assertIsNone(f.__defaults__)

    def test_new(self):
        code = closed(1).__code__
        make = types.FunctionType
        self.assertEqual(make(plain.__code__, {}, "n", (5, 6))(c=1), (5, 6, 1))
        self.assertEqual(make(code, {}, closure=(types.CellType(4),))(), 4)
        for args, text in (((code, {}), r"arg 5 \(closure\) must be tuple"),
                           ((code, {}, 1), r"arg 3 \(name\) must be None or string"),
                           ((code, {}, None, 1), r"arg 4 \(defaults\) must be None or tuple"),
                           ((plain.__code__, {}, None, None, 1), r"arg 5 \(closure\) must be None or tuple"),
                           ((code, {}, None, None, (1,)), r"arg 5 \(closure\) expected cell, found int")):
            with self.assertRaisesRegex(TypeError, text):
                make(*args)
        with self.assertRaisesRegex(ValueError, "inner requires closure of length 1, not 0"):
            make(code, {}, None, None, ())

    def test_changed_defaults_are_used(self):
        def f(a=1, *, b=2):
            return a, b
        f.__defaults__ = (5,)
        f.__kwdefaults__ = {"b": 6}
        self.assertEqual(f(), (5, 6))


class Methods(unittest.TestCase):
    def test_bound(self):
        class C:
            def m(self, *args, **kwargs):
                "d"
                return self, args, kwargs
        c = C()
        m = c.m
        self.assertEqual(m(1, k=2), (c, (1,), {"k": 2}))
        self.assertEqual(m(*range(20))[1], tuple(range(20)))
        self.assertEqual((m.__self__, m.__func__, m.__doc__, m.__name__), (c, C.m, "d", "m"))
        self.assertEqual(m, c.m)
        self.assertNotEqual(m, C().m)
        self.assertEqual(hash(m), hash(c.m))
        self.assertTrue(repr(m).startswith("<bound method Methods.test_bound.<locals>.C.m of <"))
        with self.assertRaises(AttributeError):
            m.x = 1
        C.m.x = 3
        self.assertEqual(m.x, 3)

    def test_new(self):
        with self.assertRaisesRegex(TypeError, "first argument must be callable"):
            types.MethodType(1, 2)
        with self.assertRaisesRegex(TypeError, "self must not be None"):
            types.MethodType(len, None)
        with self.assertRaisesRegex(TypeError, "method expected 2 arguments, got 1"):
            types.MethodType(len)
        self.assertEqual(types.MethodType(len, "abc")(), 3)

    def test_pickle(self):
        self.assertEqual(pickle.loads(pickle.dumps("abc".upper))(), "ABC")

    def test_class_and_static(self):
        class C:
            @classmethod
            def c(cls):
                return cls

            @staticmethod
            def s(x):
                return x
        self.assertIs(C.c(), C)
        self.assertIs(C().c(), C)
        self.assertEqual(C().s(4), 4)
        self.assertIs(C.__dict__["s"].__func__, C.s)
        with self.assertRaisesRegex(TypeError, "classmethod expected 1 argument, got 0"):
            classmethod()
        with self.assertRaisesRegex(RuntimeError, "uninitialized staticmethod object"):
            staticmethod.__new__(staticmethod).__get__(1)


class Builtins(unittest.TestCase):
    def test_messages(self):
        for call, text in ((lambda: len(), r"len\(\) takes exactly one argument \(0 given\)"),
                           (lambda: len(1, 2), r"len\(\) takes exactly one argument \(2 given\)"),
                           (lambda: len(obj=1), r"len\(\) takes no keyword arguments"),
                           (lambda: globals(1), r"globals\(\) takes no arguments \(1 given\)"),
                           (lambda: [].append(), r"append\(\) takes exactly one argument \(0 given\)"),
                           (lambda: [].append(x=1), r"append\(\) takes no keyword arguments"),
                           (lambda: isinstance(1), r"isinstance expected 2 arguments, got 1")):
            with self.assertRaisesRegex(TypeError, "^(list\\.)?" + text):
                call()

    def test_attributes(self):
        self.assertEqual((len.__name__, len.__qualname__, len.__module__), ("len", "len", "builtins"))
        self.assertEqual([].append.__qualname__, "list.append")
        self.assertEqual(dict.fromkeys.__qualname__, "dict.fromkeys")
        self.assertEqual(repr(len), "<built-in function len>")
        self.assertRegex(repr([].append), "^<built-in method append of list object at 0x[0-9a-f]+>$")
        a = []
        self.assertEqual(a.append, a.append)
        self.assertNotEqual([].append, [].append)
        self.assertEqual(hash(a.append), hash(a.append))
        self.assertIs(pickle.loads(pickle.dumps(len)), len)


class Cells(unittest.TestCase):
    def test_cell(self):
        cell = closed(5).__closure__[0]
        self.assertEqual(cell.cell_contents, 5)
        cell.cell_contents = 6
        self.assertEqual(cell.cell_contents, 6)
        del cell.cell_contents
        with self.assertRaisesRegex(ValueError, "Cell is empty"):
            cell.cell_contents
        self.assertRegex(repr(cell), "^<cell at 0x[0-9a-f]+: empty>$")
        self.assertTrue(types.CellType() < types.CellType(1))
        self.assertTrue(types.CellType(1) < types.CellType(2))
        self.assertTrue(types.CellType() == types.CellType())
        with self.assertRaises(TypeError):
            types.CellType(a=1)


if __name__ == "__main__":
    unittest.main()
