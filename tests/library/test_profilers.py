# SPDX-License-Identifier: MIT
"""timeit, profile, cProfile, pstats, trace."""

import contextlib
import cProfile
import io
import os
import profile
import pstats
import sys
import tempfile
import timeit
import trace
import unittest


class Clock:
    now = 0

    def __call__(self):
        return self.now


def leaf(clock):
    clock.now += 2


def root(clock, n=2):
    clock.now += 1
    for _ in range(n):
        leaf(clock)


class Timing(unittest.TestCase):

    def test_timer(self):
        clock = Clock()
        self.assertEqual(timeit.timeit('tick()', timer=clock, number=5, globals={'tick': lambda: leaf(clock)}), 10)
        self.assertEqual(timeit.repeat(lambda: leaf(clock), timer=clock, repeat=2, number=1), [2, 2])
        self.assertRaisesRegex(ValueError, 'stmt is neither a string nor callable', timeit.Timer, 3)
        self.assertRaises(SyntaxError, timeit.Timer, 'return')

    def test_autorange(self):
        clock = Clock()

        def tick():
            clock.now += 1 / 64
        self.assertEqual(timeit.Timer(tick, timer=clock).autorange(), (20, 0.3125))

    def test_main(self):
        out = io.StringIO()
        clock = Clock()

        def timer():
            clock.now += 1
            return clock.now
        with contextlib.redirect_stdout(out):
            timeit.main(['-n', '1', '-r', '3', 'pass'], _wrap_timer=lambda original: timer)
        self.assertEqual(out.getvalue(), '1 loop, best of 3: 1 sec per loop\n')


class Profiling(unittest.TestCase):

    def figures(self, profiler):
        profiler.create_stats()
        return {key[2]: row[:4] for key, row in profiler.stats.items()}

    def test_profile(self):
        clock = Clock()
        profiler = profile.Profile(clock, bias=0)
        profiler.runcall(root, clock)
        found = self.figures(profiler)
        self.assertEqual(found['root'], (1, 1, 1, 5))
        self.assertEqual(found['leaf'], (2, 2, 4, 4))

    def test_cprofile(self):
        clock = Clock()
        profiler = cProfile.Profile(clock, 1.0)
        self.assertIsNone(profiler.runcall(root, clock))
        found = self.figures(profiler)
        self.assertEqual(found['root'], (1, 1, 1, 5))
        self.assertEqual(found['leaf'], (2, 2, 4, 4))

    def test_pstats(self):
        clock = Clock()
        profiler = cProfile.Profile(clock, 1.0)
        profiler.runcall(root, clock)
        out = io.StringIO()
        stats = pstats.Stats(profiler, stream=out).strip_dirs().sort_stats('cumulative')
        stats.print_stats('leaf|root', 1)
        text = out.getvalue()
        self.assertIn('   Ordered by: cumulative time\n', text)
        self.assertRegex(text, r'\n        1    1\.000    1\.000    5\.000    5\.000 test_profilers\.py:\d+\(root\)\n')
        self.assertNotIn('(leaf)', text)
        self.assertEqual(pstats.SortKey('cumtime'), pstats.SortKey.CUMULATIVE)
        self.assertRaises(TypeError, stats.sort_stats, 'name', pstats.SortKey.TIME)


class Tracing(unittest.TestCase):

    def setUp(self):
        self.addCleanup(sys.settrace, sys.gettrace())

    def test_counts(self):
        tracer = trace.Trace(count=1, trace=0)
        tracer.runfunc(root, Clock(), 3)
        first = leaf.__code__.co_firstlineno
        counts = {line: count for (_, line), count in tracer.results().counts.items()}
        self.assertEqual(counts[first + 1], 3)

    def test_functions(self):
        tracer = trace.Trace(count=0, trace=0, countfuncs=1)
        tracer.runfunc(root, Clock())
        self.assertEqual(sorted(name for _, _, name in tracer.results().calledfuncs), ['leaf', 'root'])

    def test_report(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'm.py')
            with open(path, 'w') as file:
                file.write('x = 1\nif not x:\n    y = 2\n')
            tracer = trace.Trace(count=1, trace=0)
            with open(path) as file:
                program = compile(file.read(), path, 'exec')
            tracer.runctx(program, {'__file__': path}, {})
            tracer.results().write_results(show_missing=True, coverdir=folder)
            reports = [name for name in os.listdir(folder) if name.endswith('m.cover')]
            with open(os.path.join(folder, reports[0])) as file:
                self.assertEqual(file.read(), '    1: x = 1\n    1: if not x:\n>>>>>>     y = 2\n')


if __name__ == '__main__':
    unittest.main()
