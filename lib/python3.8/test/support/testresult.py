# SPDX-License-Identifier: MIT
"""A test runner whose result can be had as XML in the form of JUnit."""
import functools
import time
import traceback
import unittest
from datetime import datetime


class RegressionTestResult(unittest.TextTestResult):
    """A result that keeps an XML element for each test."""

    separator1 = '=' * 70 + '\n'
    separator2 = '-' * 70 + '\n'

    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream=stream, descriptions=descriptions, verbosity=0)
        self.buffer = True
        import xml.etree.ElementTree as ElementTree
        self._trees = ElementTree
        self._suite = ElementTree.Element('testsuite')
        self._suite.set('start', datetime.utcnow().isoformat(' '))
        self._element = None
        self._begun = None
        self._results = []
        self._verbose = bool(verbosity)

    @classmethod
    def _name(cls, test):
        try:
            return test.id()
        except AttributeError:
            return str(test)

    def startTest(self, test):
        """A test begins."""
        super().startTest(test)
        self._element = self._trees.SubElement(self._suite, 'testcase')
        self._begun = time.perf_counter()
        if self._verbose:
            self.stream.write(f'{self.getDescription(test)} ... ')
            self.stream.flush()

    def _done(self, test, capture=True, **parts):
        """Fill the element: each part is an element below with a text, or a dict of attributes and ''."""
        element, self._element = self._element, None
        if element is None:
            return
        element.set('name', self._name(test))
        element.set('status', parts.pop('status', 'run'))
        element.set('result', parts.pop('result', 'completed'))
        if self._begun:
            element.set('time', f'{time.perf_counter() - self._begun:0.6f}')
        if capture:
            for tag, stream in ('system-out', self._stdout_buffer), ('system-err', self._stderr_buffer):
                text = stream.getvalue().rstrip() if stream is not None else ''
                if text:
                    self._trees.SubElement(element, tag).text = text
        for tag, value in parts.items():
            below = self._trees.SubElement(element, tag)
            if isinstance(value, dict):
                for name, text in value.items():
                    if name:
                        below.set(name, str(text))
                    else:
                        below.text = str(text)
            else:
                below.text = str(value)

    def _write(self, letter, word):
        if self._verbose:
            self.stream.write(f'{word}\n')

    @staticmethod
    def _described(kind, error):
        if isinstance(kind, type):
            kind = kind.__name__ if kind.__module__ == 'builtins' else f'{kind.__module__}.{kind.__name__}'
        return {'type': kind, 'message': ''.join(traceback.format_exception_only(error[0], error[1])),
                '': ''.join(traceback.format_exception(*error))}

    def addError(self, test, err):
        """A test had an error."""
        self._done(test, error=self._described(err[0], err))
        super().addError(test, err)
        self._write('E', 'ERROR')

    def addExpectedFailure(self, test, err):
        """A test failed, as it should."""
        self._done(test, output=self._described(err[0], err))
        super().addExpectedFailure(test, err)
        self._write('x', 'expected failure')

    def addFailure(self, test, err):
        """A test failed."""
        self._done(test, failure=self._described(err[0], err))
        super().addFailure(test, err)
        self._write('F', 'FAIL')

    def addSkip(self, test, reason):
        """A test was skipped."""
        self._done(test, skipped=reason)
        super().addSkip(test, reason)
        self._write('S', f'skipped {reason!r}')

    def addSuccess(self, test):
        """A test succeeded."""
        self._done(test)
        super().addSuccess(test)
        self._write('.', 'ok')

    def addUnexpectedSuccess(self, test):
        """A test succeeded, and should not."""
        self._done(test, outcome='UNEXPECTED_SUCCESS')
        super().addUnexpectedSuccess(test)
        self._write('u', 'unexpected success')

    def printErrors(self):
        """Print errors and failures."""
        if self._verbose:
            self.stream.write('\n')
        self.printErrorList('ERROR', self.errors)
        self.printErrorList('FAIL', self.failures)

    def printErrorList(self, flavor, errors):
        """Print a list of them."""
        for test, text in errors:
            self.stream.write(f'{self.separator1}{flavor}: {self.getDescription(test)}\n{self.separator2}%s\n' % text)

    def get_xml_element(self):
        """The element of all tests."""
        suite = self._suite
        suite.set('tests', str(self.testsRun))
        suite.set('errors', str(len(self.errors)))
        suite.set('failures', str(len(self.failures)))
        return suite


class QuietRegressionTestRunner:
    """A runner that prints nothing but errors."""

    def __init__(self, stream, buffer=False):
        self.result = RegressionTestResult(stream, None, 0)
        self.result.buffer = buffer

    def run(self, test):
        """Run a test or a suite; return the result."""
        test(self.result)
        return self.result


def get_test_runner_class(verbosity, buffer=False):
    """The class, or a function like one, that makes a runner for a stream."""
    if verbosity:
        return functools.partial(unittest.TextTestRunner, resultclass=RegressionTestResult, buffer=buffer, verbosity=verbosity)
    return functools.partial(QuietRegressionTestRunner, buffer=buffer)


def get_test_runner(stream, verbosity, capture_output=False):
    """A runner.

    stream: what it writes to; verbosity: 0 for errors only; capture_output: whether to keep what tests print.
    """
    return get_test_runner_class(verbosity, capture_output)(stream)
