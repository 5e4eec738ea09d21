# SPDX-License-Identifier: MIT
"""contextvars, and through contexts the persistent mapping they stand on."""
import contextvars
import gc
import unittest
import weakref
from contextvars import Context, ContextVar, Token, copy_context


class Vars(unittest.TestCase):
    def test_get_set_reset(self):
        v = ContextVar("v", default=1)
        w = ContextVar("w")
        self.assertEqual((v.name, v.get(), v.get(5)), ("v", 1, 5))
        with self.assertRaises(LookupError) as caught:
            w.get()
        self.assertEqual(caught.exception.args, (w,))
        t = v.set(2)
        self.assertEqual((v.get(), t.var, t.old_value), (2, v, Token.MISSING))
        u = v.set(3)
        self.assertEqual(u.old_value, 2)
        v.reset(u)
        v.reset(t)
        self.assertEqual(v.get(), 1)
        with self.assertRaisesRegex(RuntimeError, "has already been used once"):
            v.reset(t)
        with self.assertRaisesRegex(ValueError, "was created by a different ContextVar"):
            w.reset(v.set(1))
        token = v.set(1)
        with self.assertRaisesRegex(ValueError, "was created in a different Context"):
            copy_context().run(v.reset, token)
        with self.assertRaisesRegex(TypeError, "expected an instance of Token, got 1"):
            v.reset(1)
        self.assertRegex(repr(v), "^<ContextVar name='v' default=1 at 0x[0-9a-f]+>$")
        self.assertRegex(repr(t), "^<Token used var=<ContextVar .*> at 0x[0-9a-f]+>$")
        self.assertEqual(repr(Token.MISSING), "<Token.MISSING>")
        self.assertIs(ContextVar[int], ContextVar)

    def test_construction(self):
        with self.assertRaisesRegex(TypeError, "context variable name must be a str"):
            ContextVar(1)
        with self.assertRaisesRegex(TypeError, r"ContextVar\(\) takes exactly 1 positional argument \(0 given\)"):
            ContextVar()
        with self.assertRaisesRegex(TypeError, r"ContextVar\(\) takes at most 1 positional argument \(2 given\)"):
            ContextVar("a", 1)
        with self.assertRaisesRegex(RuntimeError, "Tokens can only be created by ContextVars"):
            Token()
        for base in Context, ContextVar, Token:
            with self.assertRaisesRegex(TypeError, "is not an acceptable base type"):
                type("X", (base,), {})


class Contexts(unittest.TestCase):
    def test_run(self):
        v = ContextVar("v")
        c = Context()

        def f(a, *, b):
            v.set(a + b)
            with self.assertRaisesRegex(RuntimeError, "cannot enter context: <.*> is already entered"):
                c.run(f)
            return v.get()
        self.assertEqual(c.run(f, 1, b=2), 3)
        self.assertEqual((c[v], v in c, len(c), list(c), c.get(v)), (3, True, 1, [v], 3))
        self.assertIsNone(v.get(None))
        with self.assertRaises(ZeroDivisionError):
            c.run(lambda: 1 / 0)
        with self.assertRaisesRegex(TypeError, r"run\(\) missing 1 required positional argument"):
            c.run()
        with self.assertRaisesRegex(TypeError, r"Context\(\) does not accept any arguments"):
            Context(1)

    def test_mapping(self):
        v = ContextVar("v")
        c = Context()
        with self.assertRaises(KeyError):
            c[v]
        self.assertEqual((c.get(v), c.get(v, 1), v in c), (None, 1, False))
        for call in (lambda: c[1], lambda: 1 in c, lambda: c.get("a")):
            with self.assertRaisesRegex(TypeError, "a ContextVar key was expected, got"):
                call()
        c.run(v.set, 1)
        d = c.copy()
        self.assertEqual(c, d)
        d.run(v.set, 2)
        self.assertNotEqual(c, d)
        self.assertEqual((list(c.items()), list(c.keys()), list(c.values())), ([(v, 1)], [v], [1]))
        with self.assertRaisesRegex(TypeError, "unhashable type: 'Context'"):
            hash(c)

    def test_many_variables(self):
        variables = [ContextVar(str(i)) for i in range(2000)]
        c = Context()

        def fill():
            return [v.set(i) for i, v in enumerate(variables)]
        tokens = c.run(fill)
        full = c.copy()
        self.assertEqual(len(c), 2000)
        self.assertEqual({v: i for v, i in c.items()}, {v: i for i, v in enumerate(variables)})

        def undo():
            for i, v in enumerate(variables):
                if i % 3:
                    v.reset(tokens[i])
        c.run(undo)
        self.assertEqual(dict(c.items()), {v: i for i, v in enumerate(variables) if i % 3 == 0})
        self.assertEqual(len(full), 2000)
        self.assertTrue(all(full[v] == i for i, v in enumerate(variables)))
        c.run(lambda: [v.reset(tokens[i]) for i, v in enumerate(variables) if i % 3 == 0])
        self.assertEqual((len(c), list(c), c == Context()), (0, [], True))

    def test_cycle_is_collected(self):
        class C:
            pass
        v = ContextVar("v")
        o = C()
        o.context = Context()
        o.context.run(v.set, o)
        ref = weakref.ref(o)
        del o
        gc.collect()
        self.assertIsNone(ref())

    def test_cache_follows_the_context(self):
        v = ContextVar("v", default=0)
        v.set(1)
        self.assertEqual(v.get(), 1)
        self.assertEqual(contextvars.Context().run(v.get), 0)
        self.assertEqual(v.get(), 1)


if __name__ == "__main__":
    unittest.main()
