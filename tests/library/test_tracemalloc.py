# SPDX-License-Identifier: MIT
"""tracemalloc: snapshots, filters, statistics and their text."""
import tracemalloc
import unittest

TRACES = [(0, 10, (('a.py', 2), ('b.py', 4))),
          (0, 10, (('a.py', 2), ('b.py', 4))),
          (1, 66, (('b.py', 1),))]


class Snapshots(unittest.TestCase):
    def setUp(self):
        self.snapshot = tracemalloc.Snapshot(list(TRACES), 5)

    def lines(self, *args):
        return [str(each) for each in self.snapshot.statistics(*args)]

    def test_statistics(self):
        self.assertEqual(self.lines('lineno'), [
            'b.py:1: size=66 B, count=1, average=66 B',
            'a.py:2: size=20 B, count=2, average=10 B'])
        self.assertEqual(self.lines('filename', True), [
            'b.py:0: size=86 B, count=3, average=29 B',
            'a.py:0: size=20 B, count=2, average=10 B'])
        self.assertRaises(ValueError, self.lines, 'traceback', True)
        self.assertRaises(ValueError, self.lines, 'line')

    def test_compare(self):
        newer = tracemalloc.Snapshot(TRACES[:1] + [(0, 3 << 20, (('c.py', 1),))], 5)
        self.assertEqual([str(d) for d in newer.compare_to(self.snapshot, 'lineno')], [
            'c.py:1: size=3072 KiB (+3072 KiB), count=1 (+1), average=3072 KiB',
            'b.py:1: size=0 B (-66 B), count=0 (-1)',
            'a.py:2: size=10 B (-10 B), count=1 (-1), average=10 B'])

    def test_filters(self):
        def kept(*filters):
            return [t.size for t in self.snapshot.filter_traces(filters).traces]
        Filter = tracemalloc.Filter
        self.assertEqual(kept(), [10, 10, 66])
        self.assertEqual(kept(Filter(True, 'a*')), [10, 10])
        self.assertEqual(kept(Filter(False, 'b.pyc', all_frames=True)), [])
        self.assertEqual(kept(Filter(False, 'b.py', 1)), [10, 10])
        self.assertEqual(kept(tracemalloc.DomainFilter(True, 1)), [66])
        self.assertEqual(kept(Filter(True, '*', domain=1)), [66])
        self.assertRaises(TypeError, self.snapshot.filter_traces, Filter(True, 'a'))

    def test_views(self):
        trace = self.snapshot.traces[0]
        self.assertEqual(str(trace), 'b.py:4: 10 B')
        self.assertEqual(repr(trace.traceback[1]), "<Frame filename='a.py' lineno=2>")
        self.assertEqual(trace.traceback.format(1), ['  File "a.py", line 2'])
        self.assertEqual(trace.traceback.format(most_recent_first=True),
                         ['  File "a.py", line 2', '  File "b.py", line 4'])
        self.assertIn(trace, self.snapshot.traces)


class Tracing(unittest.TestCase):
    def test_live(self):
        self.assertRaises(RuntimeError, tracemalloc.take_snapshot)
        tracemalloc.start(3)
        try:
            block = bytearray(123456)
            where = tracemalloc.get_object_traceback(block)
            snapshot = tracemalloc.take_snapshot()
        finally:
            tracemalloc.stop()
        self.assertEqual(where[-1].filename, __file__)
        biggest = snapshot.statistics('lineno')[0]
        self.assertEqual(biggest.traceback[0].filename, __file__)
        self.assertGreaterEqual(biggest.size, 123456)


if __name__ == '__main__':
    unittest.main()
