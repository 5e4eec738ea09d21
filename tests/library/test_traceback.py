# SPDX-License-Identifier: MIT
"""traceback: texts of stacks and exceptions."""

import io
import linecache
import sys
import traceback
import unittest


def deep(n):
    return deep(n - 1) if n else 1 / 0


def caught(function, *args):
    try:
        function(*args)
    except BaseException as exc:
        return exc


class Texts(unittest.TestCase):

    def test_exception_only(self):
        only = traceback.format_exception_only
        self.assertEqual(only(ValueError, ValueError('x')), ['ValueError: x\n'])
        self.assertEqual(only(KeyError, KeyError()), ['KeyError\n'])
        self.assertEqual(only(None, None), ['None: None\n'])
        error = SyntaxError('bad', ('f.py', 3, 5, '  a b\n'))
        self.assertEqual(only(SyntaxError, error), ['  File "f.py", line 3\n', '    a b\n', '      ^\n',
                                                    'SyntaxError: bad\n'])

    def test_unprintable(self):
        class Bad(Exception):
            def __str__(self):
                1 / 0
        self.assertEqual(traceback.format_exception_only(Bad, Bad())[0].split(': ')[1],
                         '<unprintable Bad object>\n')

    def test_recursion_is_cut(self):
        text = ''.join(traceback.format_exception(None, exc := caught(deep, 9), exc.__traceback__))
        self.assertIn('  [Previous line repeated 7 more times]\n', text)
        self.assertTrue(text.startswith('Traceback (most recent call last):\n'))
        self.assertTrue(text.endswith('ZeroDivisionError: division by zero\n'))

    def test_chain(self):
        def cause():
            try:
                1 / 0
            except ZeroDivisionError as exc:
                raise KeyError('k') from exc

        def context():
            try:
                1 / 0
            except ZeroDivisionError:
                raise KeyError('k')
        for function, words in ((cause, 'was the direct cause of'), (context, 'During handling of')):
            text = ''.join(traceback.TracebackException.from_exception(caught(function)).format())
            self.assertIn(words, text)
            self.assertLess(text.index('division'), text.index('KeyError'))

    def test_long_chain(self):
        first = exc = ValueError(0)
        for n in range(1, 100):
            exc.__context__ = exc = ValueError(n)
        text = ''.join(traceback.format_exception(None, first, None))
        self.assertEqual(text.count('During handling'), 99)

    def test_circle(self):
        a, b = ValueError('a'), ValueError('b')
        a.__context__, b.__context__ = b, a
        self.assertEqual(len(traceback.format_exception(None, a, None)), 3)


class Stacks(unittest.TestCase):

    def test_limit(self):
        tb = caught(deep, 5).__traceback__
        self.assertEqual(len(traceback.extract_tb(tb)), 7)
        self.assertEqual(traceback.extract_tb(tb, 1)[0].name, 'caught')
        self.assertEqual([entry.name for entry in traceback.extract_tb(tb, -2)], ['deep', 'deep'])
        self.assertEqual(traceback.format_tb(tb, 0), [])

    def test_summary(self):
        linecache.cache['made up'] = 4, None, ['one\n', ' two \n'], 'made up'
        entry = traceback.FrameSummary('made up', 2, 'f', locals={'x': 1})
        self.assertEqual(entry, ('made up', 2, 'f', 'two'))
        self.assertEqual(repr(entry), '<FrameSummary file made up, line 2 in f>')
        self.assertEqual(traceback.StackSummary.from_list([entry]).format(),
                         ['  File "made up", line 2, in f\n    two\n    x = 1\n'])

    def test_stack(self):
        self.assertEqual(traceback.extract_stack()[-1].name, 'test_stack')
        out = io.StringIO()
        traceback.print_stack(limit=1, file=out)
        self.assertIn('File', out.getvalue())

    def test_clear_frames(self):
        tb = caught(deep, 1).__traceback__
        traceback.clear_frames(tb)
        self.assertEqual(tb.tb_next.tb_frame.f_locals, {})

    def test_print_last(self):
        had = sys.__dict__.pop('last_type', None)
        with self.assertRaisesRegex(ValueError, 'no last exception'):
            traceback.print_last()
        if had:
            sys.last_type = had


if __name__ == '__main__':
    unittest.main()
