# SPDX-License-Identifier: MIT
"""Code that runs in the middle of a call or an allocation and changes what it is about."""
import gc
import sys
import types
import unittest


class Bomb:
    """Garbage in a cycle: runs an action when it is collected."""

    def __init__(self, action):
        self.action = action
        self.me = self

    def __del__(self):
        self.action()


class Keyword(str):
    """A keyword that runs an action when it is compared."""
    action = staticmethod(lambda: None)

    def __eq__(self, other):
        self.action()
        return False
    __hash__ = str.__hash__


class CallTests(unittest.TestCase):
    def test_values_of_keywords_are_held(self):
        keywords = {}

        class Key:
            def __call__(self, x):
                keywords.clear()
                self.junk = [object() for _ in range(50)]
                return x
        for call in (lambda **k: sorted([3, 1, 2], **k), lambda **k: sorted([3, 1, 2], **keywords),
                     lambda **k: [3, 1].sort(**keywords), lambda **k: min([3, 1, 2], **k)):
            keywords["key"] = Key()
            call(**keywords)
        keywords["key"] = Key()
        self.assertEqual(sorted([3, 1, 2], **keywords), [1, 2, 3])

        class File:
            def write(self, text):
                keywords.clear()
        keywords["file"] = File()
        print(1, 2, 3, **keywords)
        self.assertEqual(keywords, {})

    @unittest.skipUnless(hasattr(sys, "_taipan"), "may crash CPython 3.8")
    def test_defaults_changed_while_binding(self):
        def f(a, b=[1], *c, k={1: 2}, **kw):
            return a, b, k

        def change():
            f.__defaults__ = f.__kwdefaults__ = None
            junk.append([[object()] * 3 for _ in range(50)])
        junk = []
        name = Keyword("zz")
        Keyword.action = staticmethod(change)
        for i in range(40):
            f.__defaults__ = ([i] * 3,)
            f.__kwdefaults__ = {"k": {i: i}}
            self.assertEqual(f(1, **{name: 3}), (1, [i] * 3, {i: i}))

    def test_keywords_that_are_no_strings(self):
        class C:
            def m(self, **k):
                pass
        for call, message in ((C.m, "m() keywords must be strings"), (C().m, "m() keywords must be strings"),
                              (len, "len() takes no keyword arguments"), ([].append, "append() takes no keyword arguments")):
            with self.assertRaises(TypeError) as caught:
                call(*[1] if call is C.m else (), **{1: 2})
            self.assertEqual(str(caught.exception), message)

    def test_mapping_whose_keys_is_no_method(self):
        class Odd:
            keys = 5
        for action in (lambda: dict(**Odd()), lambda: {}.update(Odd()), lambda: (lambda **k: k)(**Odd())):
            with self.assertRaisesRegex(TypeError, "attribute of type 'int' is not callable"):
                action()

    def test_globals_with_odd_keys(self):
        def f():
            return 5

        def change():
            f.__code__ = (lambda: 6).__code__
        Keyword.action = staticmethod(change)
        odd = Keyword("__builtins__")
        g = types.FunctionType(f.__code__, {odd: 1})
        self.assertEqual(g(), 5)


class CollectionTests(unittest.TestCase):
    def setUp(self):
        threshold = gc.get_threshold()
        self.addCleanup(lambda: gc.set_threshold(*threshold))
        gc.collect()

    def explode(self, action, function, *args):
        """Call function; action runs at a collection that is due at any allocation."""
        gc.disable()
        hold = [[{} for _ in range(100)], [() for _ in range(9)], [tuple([i]) for i in range(50)]]
        Bomb(action)
        gc.set_threshold(1)
        gc.enable()
        try:
            return function(*args)
        finally:
            gc.set_threshold(700)
            del hold

    @unittest.skipUnless(hasattr(sys, "_taipan"), "may crash CPython 3.8")
    def test_slices_and_copies(self):
        for make in (lambda x: x[1:], list, tuple, lambda x: x * 2, lambda x: x + x, lambda x: x.copy(), lambda x: [*x],
                     lambda x: (*x, 1)):
            x = [bytearray(100) for _ in range(50)]
            self.explode(x.clear, make, x)
        for make in (dict, dict.copy, list, lambda d: list(d.items()), lambda d: {**d}, lambda d: list(d.values())):
            d = {i: bytearray(100) for i in range(50)}
            self.explode(d.clear, make, d)
        for make in (set, frozenset, set.copy, lambda s: s | {1}, lambda s: s & s, lambda s: s ^ {1}):
            s = {bytes(100 + i) for i in range(50)}
            self.explode(s.clear, make, s)

    @unittest.skipUnless(hasattr(sys, "_taipan"), "CPython 3.8 loses it")
    def test_attribute_set_by_a_finalizer_is_kept(self):
        class A:
            pass

        def change(a):
            a.early = 5

        def store(a):
            a.x = 1
        for i in range(60):
            a = A()
            self.explode(lambda: change(a), store, a)
            gc.collect()
            self.assertEqual(sorted(a.__dict__), ["early", "x"])

    def test_init_replaced_while_the_instance_is_made(self):
        class C:
            def __init__(self, x):
                self.x = x

        def replace():
            names = {}
            exec("def g(self, x):\n    self.z = x\n", names)
            C.__init__ = names["g"]
        for i in range(60):
            c = self.explode(replace, C, i)
            self.assertIn(list(c.__dict__.values()), ([i], []))

    def test_tracer_removed_by_a_finalizer(self):
        def tracer(frame, event, arg):
            return tracer

        def fail():
            raise ValueError
        for i in range(40):
            sys.settrace(tracer)
            try:
                with self.assertRaises(ValueError):
                    self.explode(lambda: sys.settrace(None), fail)
            finally:
                sys.settrace(None)


class DescriptorTests(unittest.TestCase):
    """A value on a class begins to act otherwise when warm code gets it."""
    ROUNDS = 300

    def warm(self, step, change):
        """Results of step, each once and in order, with a change in the middle."""
        seen = []
        for i in range(self.ROUNDS):
            value = step()
            if value not in seen:
                seen.append(value)
            if i == self.ROUNDS // 2:
                change()
        return seen

    def test_property_gets_another_function(self):
        class C:
            @property
            def p(self):
                return 1
        c = C()
        self.assertEqual(self.warm(lambda: c.p, lambda: C.p.__init__(lambda self: [2][0])), [1, 2])

    def test_property_changed_by_the_doc_of_its_getter(self):
        class Getter:
            @property
            def __doc__(self):
                p.__init__(None)
                return "text"
        p = property(None)
        p.__init__(Getter())
        self.assertEqual((p.fget, p.__doc__), (None, "text"))

    def test_wrappers_get_another_function(self):
        class Base:
            @staticmethod
            def s():
                return 1

            @classmethod
            def c(cls):
                return 1

        class C(Base):
            def s_of_super(self):
                return super().s()

            @classmethod
            def c_of_super(cls):
                return super().c()
        instance = C()
        for name in "s", "c":
            for step in (lambda: instance.s(), lambda: C.s(), instance.s_of_super) if name == "s" else (
                    lambda: instance.c(), lambda: C.c(), C.c_of_super):
                wrapper = Base.__dict__[name]
                wrapper.__init__(lambda *a: [1][0])
                self.assertEqual(self.warm(step, lambda: wrapper.__init__(lambda *a: [2][0])), [1, 2])

    def test_value_of_a_class_becomes_a_descriptor(self):
        class Getter:
            def __get__(self, instance, owner):
                return "got"

        class Setter(Getter):
            def __set__(self, instance, value):
                pass

        def add_get(value):
            type(value).__get__ = Getter.__get__

        def add_set(value):
            add_get(value)
            type(value).__set__ = Setter.__set__
        for make in (add_get, lambda v: setattr(v, "__class__", Getter), lambda v: setattr(type(v), "__bases__", (Getter,))):
            class Empty:
                pass

            class Plain(Empty):
                pass

            class C:
                x = Plain()
            c, value = C(), C.x
            self.assertEqual(self.warm(lambda: (c.x, C.x), lambda: make(value)), [(value, value), ("got", "got")])
        for make in (add_set, lambda v: setattr(v, "__class__", Setter), lambda v: setattr(type(v), "__bases__", (Setter,))):
            class Empty:
                pass

            class Plain(Empty):
                pass

            class C:
                x = Plain()
            c = C()
            c.x = 5

            def store_and_load():
                c.x = 6 if c.x == 5 else 5
                return c.x in (5, 6) or c.x
            value = C.x
            self.assertEqual(self.warm(store_and_load, lambda: make(value)), [True, "got"])

    def test_module_without_a_dict(self):
        empty, full = types.ModuleType.__new__(types.ModuleType), types.ModuleType("full")
        full.x = lambda: 1

        def load(module):
            return module.x

        def call(module):
            return module.x()
        for i in range(self.ROUNDS):
            load(full), call(full)
        for f in load, call:
            with self.assertRaises(AttributeError):
                f(empty)


class TracerTests(unittest.TestCase):
    def test_removed_by_the_constructor_of_the_exception(self):
        class Error(Exception):
            def __init__(self, *args):
                sys.settrace(None)

        def fail():
            int.from_bytes(b"", Source())

        class Source:
            pass

        def tracer(frame, event, arg):
            return tracer

        def raise_class():
            raise Error
        for function in (raise_class, fail):
            sys.settrace(tracer)
            try:
                function()
            except (Error, TypeError):
                pass
            finally:
                sys.settrace(None)


if __name__ == "__main__":
    unittest.main()
