# SPDX-License-Identifier: MIT
"""doctest: parsing, comparing, reports."""

import doctest
import io
import sys
import types
import unittest

TEXT = '''
Some words.

    >>> x = 3
    >>> for i in range(2):
    ...     print(i)
    0
    1
    >>> x / 0
    Traceback (most recent call last):
    ZeroDivisionError: division by zero
'''


def run(text, flags=0):
    test = doctest.DocTestParser().get_doctest(text, {}, 'name', 'file', 0)
    out = io.StringIO()
    return doctest.DocTestRunner(verbose=False, optionflags=flags).run(test, out=out.write), out.getvalue()


class Parsing(unittest.TestCase):

    def test_examples(self):
        first, second, third = doctest.DocTestParser().get_examples(TEXT)
        self.assertEqual((first.source, first.want, first.lineno, first.indent), ('x = 3\n', '', 3, 4))
        self.assertEqual((second.source, second.want), ('for i in range(2):\n    print(i)\n', '0\n1\n'))
        self.assertEqual(third.exc_msg, 'ZeroDivisionError: division by zero\n')

    def test_errors(self):
        for text, words in (('>>>x', 'lacks blank after >>>'), ('  >>> 1\n 1', 'inconsistent leading whitespace'),
                            ('>>> 1 # doctest: +NONSENSE', 'has an invalid option')):
            self.assertRaisesRegex(ValueError, words, doctest.DocTestParser().parse, text)

    def test_script(self):
        self.assertEqual(doctest.script_from_examples('words\n>>> 1\n1\n'), '# words\n1\n# Expected:\n## 1\n')


class Running(unittest.TestCase):

    def test_good(self):
        self.assertEqual(run(TEXT), ((0, 3), ''))

    def test_bad(self):
        results, report = run('>>> 1 + 1\n3\n')
        self.assertEqual(results, (1, 1))
        self.assertEqual(report, '*' * 70 + '\nFile "file", line 1, in name\nFailed example:\n    1 + 1\n'
                         'Expected:\n    3\nGot:\n    2\n')

    def test_flags(self):
        for text, flags in (('>>> print("a  b")\na b\n', doctest.NORMALIZE_WHITESPACE),
                            ('>>> list(range(9))\n[0, ..., 8]\n', doctest.ELLIPSIS),
                            ('>>> 1/0\nTraceback (most recent call last):\nZeroDivisionError: other\n',
                             doctest.IGNORE_EXCEPTION_DETAIL)):
            self.assertEqual(run(text)[0].failed, 1, text)
            self.assertEqual(run(text, flags)[0].failed, 0, text)
        self.assertEqual(run('>>> 1/0 # doctest: +SKIP\n')[0], (0, 0))
        self.assertEqual(run('>>> print("a\\n\\nb")\na\n<BLANKLINE>\nb\n')[0].failed, 0)

    def test_unexpected(self):
        self.assertIn('Exception raised:\n    Traceback', run('>>> 1/0\n')[1])

    def test_module(self):
        module = types.ModuleType('m', '>>> f()\n1\n')
        module.f = lambda: 1
        module.__test__ = {'more': '>>> 2\n2\n'}
        self.assertEqual(doctest.testmod(module), (0, 2))
        names = [test.name for test in doctest.DocTestFinder().find(module)]
        self.assertEqual(names, ['m', 'm.__test__.more'])

    def test_suite(self):
        module = types.ModuleType('m', '>>> 1\n2\n')
        module.__file__ = 'm.py'
        result = unittest.TestResult()
        doctest.DocTestSuite(module).run(result)
        self.assertIn('Failed doctest test for m', result.failures[0][1])

    def test_frame(self):
        """What packages that exchange the checker while a test runs look for (lxml.usedoctest)."""
        found = []

        def look():
            frame = sys._getframe(1)
            while 'BOOM' not in frame.f_locals:
                frame = frame.f_back
            found.append((frame.f_locals['self'], frame.f_locals['check']))
        test = doctest.DocTestParser().get_doctest('>>> look()\n', {'look': look}, 'n', 'f', 0)
        runner = doctest.DocTestRunner()
        runner.run(test)
        self.assertEqual(found, [(runner, runner._checker.check_output)])

    def test_debug_runner(self):
        test = doctest.DocTestParser().get_doctest('>>> 1/0\n', {}, 'n', 'f', 0)
        self.assertRaises(doctest.UnexpectedException, doctest.DebugRunner(verbose=False).run, test)


if __name__ == '__main__':
    unittest.main()
