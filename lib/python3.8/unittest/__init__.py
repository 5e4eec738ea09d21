# SPDX-License-Identifier: MIT
"""Unit tests.

A TestCase is one test: a method of a class that checks things with the assert methods.  A TestSuite is a row of tests, a
TestLoader finds them, a TextTestRunner runs them and tells a TestResult, main() is a program made of these.

    import unittest

    class TestNumbers(unittest.TestCase):
        def test_add(self):
            self.assertEqual(1 + 2, 3)

    if __name__ == '__main__':
        unittest.main()

Reading order: case, result, suite, loader, runner, main; signals (Ctrl-C), async_case, util; mock stands alone.
"""

__all__ = ['TestResult', 'TestCase', 'IsolatedAsyncioTestCase', 'TestSuite', 'TextTestRunner', 'TestLoader',
           'FunctionTestCase', 'main', 'defaultTestLoader', 'SkipTest', 'skip', 'skipIf', 'skipUnless',
           'expectedFailure', 'TextTestResult', 'installHandler', 'registerResult', 'removeResult', 'removeHandler',
           'addModuleCleanup', 'getTestCaseNames', 'makeSuite', 'findTestCases']

__unittest = True

from .result import TestResult
from .case import (addModuleCleanup, TestCase, FunctionTestCase, SkipTest, skip, skipIf, skipUnless,
                   expectedFailure)
from .suite import BaseTestSuite, TestSuite
from .loader import TestLoader, defaultTestLoader, makeSuite, getTestCaseNames, findTestCases
from .main import TestProgram, main
from .runner import TextTestRunner, TextTestResult
from .signals import installHandler, registerResult, removeResult, removeHandler

_TextTestResult = TextTestResult


def __getattr__(name):
    # asyncio is large: it is imported when somebody asks for the class that needs it.
    if name in ('IsolatedAsyncioTestCase', 'async_case'):
        from .async_case import IsolatedAsyncioTestCase         # which makes the module an attribute too
        globals()['IsolatedAsyncioTestCase'] = IsolatedAsyncioTestCase
        return globals()[name]
    raise AttributeError('module %r has no attribute %r' % (__name__, name))


def __dir__():
    return sorted(set(globals()) | {'IsolatedAsyncioTestCase', 'async_case'})


def load_tests(loader, tests, pattern):
    """Keep `python -m unittest discover` out of this package's own modules."""
    import os.path
    return loader.discover(start_dir=os.path.dirname(__file__), pattern=pattern)
