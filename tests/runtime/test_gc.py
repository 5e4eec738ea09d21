# SPDX-License-Identifier: MIT
"""The cycle collector: what it finds, in which order it acts, what the gc module shows."""
import gc
import unittest
import weakref


class Node:
    pass


class CollectTests(unittest.TestCase):
    def setUp(self):
        gc.collect()
        gc.disable()
        self.addCleanup(gc.enable)

    def test_cycle_through_attribute(self):
        a = Node()
        a.self = a
        ref = weakref.ref(a)
        del a
        self.assertGreaterEqual(gc.collect(), 1)
        self.assertIsNone(ref())

    def test_long_chain_needs_no_recursion(self):
        head = []
        tail = head
        for i in range(200000):
            tail = [tail]
        head.append(tail)
        del head, tail
        self.assertGreaterEqual(gc.collect(), 200000)

    def test_finalizer_runs_once_and_may_resurrect(self):
        saved = []

        class Phoenix:
            calls = 0

            def __del__(self):
                Phoenix.calls += 1
                saved.append(self)
        p = Phoenix()
        p.me = p
        del p
        gc.collect()
        self.assertEqual((Phoenix.calls, len(saved)), (1, 1))
        saved.clear()
        gc.collect()
        self.assertEqual(Phoenix.calls, 1)

    def test_callback_of_unreachable_weakref_is_not_called(self):
        called = []
        a = Node()
        a.ref = weakref.ref(a, called.append)
        outer = weakref.ref(a, lambda r: called.append('outer'))
        a.me = a
        del a
        gc.collect()
        self.assertEqual(called, ['outer'])
        self.assertIsNone(outer())

    def test_simple_containers_leave(self):
        t = (1, 2, 'x')
        d = {'a': 1}
        nested = ([],)
        gc.collect()
        self.assertFalse(gc.is_tracked(t))
        self.assertFalse(gc.is_tracked(d))
        self.assertTrue(gc.is_tracked(nested))
        self.assertFalse(gc.is_tracked(1))

    def test_callbacks(self):
        seen = []
        callback = lambda phase, info: seen.append((phase, info['generation'], sorted(info)))
        gc.callbacks.append(callback)
        gc.collect(1)
        gc.callbacks.remove(callback)
        names = ['collected', 'generation', 'uncollectable']
        self.assertEqual(seen, [('start', 1, names), ('stop', 1, names)])

    def test_saveall(self):
        gc.set_debug(gc.DEBUG_SAVEALL)
        try:
            a = Node()
            a.me = a
            del a
            gc.collect()
        finally:
            gc.set_debug(0)
        self.assertTrue(any(isinstance(o, Node) for o in gc.garbage))
        gc.garbage.clear()

    def test_exception_in_finalizer_is_reported(self):
        import io, sys

        class Bad:
            def __del__(self):
                raise ValueError('in finalizer')
        b = Bad()
        b.me = b
        del b
        err, sys.stderr = sys.stderr, io.StringIO()
        try:
            gc.collect()
            text = sys.stderr.getvalue()
        finally:
            sys.stderr = err
        self.assertIn('ValueError: in finalizer', text)


class ViewTests(unittest.TestCase):
    def test_referrers_and_referents(self):
        a = []
        b = [a]
        self.assertTrue(any(r is b for r in gc.get_referrers(a)))
        self.assertEqual(gc.get_referents(b, 1), [a])

    def test_freeze(self):
        gc.freeze()
        self.assertGreater(gc.get_freeze_count(), 0)
        gc.unfreeze()
        self.assertEqual(gc.get_freeze_count(), 0)

    def test_arguments(self):
        self.assertRaisesRegex(ValueError, 'invalid generation', gc.collect, 3)
        self.assertRaisesRegex(ValueError, 'cannot be negative', gc.get_objects, -2)
        self.assertRaisesRegex(TypeError, 'should be integer or None', gc.get_objects, 'a')
        self.assertEqual(len(gc.get_stats()), 3)
        old = gc.get_threshold()
        gc.set_threshold(10)
        self.assertEqual(gc.get_threshold(), (10,) + old[1:])
        gc.set_threshold(*old)


class AutomaticTests(unittest.TestCase):
    """Collections that nobody asks for happen in every kind of loop and call."""

    def setUp(self):
        threshold = gc.get_threshold()
        self.addCleanup(gc.set_threshold, *threshold)
        gc.collect()
        gc.set_threshold(50)

    def check(self, make):
        dead = []

        def node(*args):
            a = Node()
            a.me = a
            if not dead:
                watch.append(weakref.ref(a, dead.append))
            return 0
        watch = []
        make(node)
        self.assertTrue(dead)

    def test_places(self):
        def loop(node):
            for i in range(1000):
                node()

        def while_loop(node):
            i = 0
            while i < 1000:
                node()
                i += 1

        def recursion(node, n=400):
            node()
            if n:
                recursion(node, n - 1)

        def generator(node):
            for x in (node() for i in range(1000)):
                pass

        def constructor(node):
            class C:
                def __init__(self):
                    self.me = self
            node()
            for i in range(1000):
                C()
        for make in (loop, while_loop, recursion, generator, constructor, lambda node: [node() for i in range(1000)],
                     lambda node: list(map(node, range(1000))), lambda node: sorted(range(1000), key=node),
                     lambda node: sum(node() for i in range(1000)), lambda node: exec("for i in range(1000): node()", {"node": node})):
            self.check(make)

    def test_making_an_instance_collects_before_the_next_step(self):
        # A finalizer then does not come between two C calls of one expression.
        steps, order = iter(range(10 ** 6)), []

        class Circle:
            def __init__(self):
                self.me = self

            def __del__(self):
                order.append(next(steps))
        for i in range(1000):
            Circle()
            order.append(next(steps))
        self.assertEqual(order, sorted(order))
        self.assertGreater(len(order), 1500)

    def test_threshold_of_zero(self):
        gc.set_threshold(0)
        with self.assertRaises(AssertionError):
            self.check(lambda node: [node() for i in range(1000)])


if __name__ == '__main__':
    unittest.main()
