# SPDX-License-Identifier: MIT
"""TextTestRunner: runs tests and writes what comes of them to a stream."""

import sys
import time
import warnings

from . import result
from .signals import registerResult

__unittest = True


class _WritelnDecorator:
    """A stream with one method more."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, attr):
        if attr in ('stream', '__getstate__'):      # copies have no stream yet
            raise AttributeError(attr)
        return getattr(self.stream, attr)

    def writeln(self, arg=None):
        if arg:
            self.write(arg)
        self.write('\n')


class TextTestResult(result.TestResult):
    """A result that prints each test: a letter, or a line with verbosity 2."""

    separator1 = '=' * 70
    separator2 = '-' * 70

    def __init__(self, stream, descriptions, verbosity):
        """descriptions: print the first lines of the tests' docstrings too."""
        super().__init__(stream, descriptions, verbosity)
        self.stream = stream
        self.descriptions = descriptions
        self.showAll = verbosity > 1
        self.dots = verbosity == 1

    def getDescription(self, test):
        """Return the name of a test and the first line of its docstring."""
        line = test.shortDescription() if self.descriptions else None
        return '%s\n%s' % (test, line) if line else str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self.stream.write(self.getDescription(test) + ' ... ')
            self.stream.flush()

    def _tell(self, word, letter):
        if self.showAll:
            self.stream.writeln(word)
        elif self.dots:
            self.stream.write(letter)
            self.stream.flush()

    def addSuccess(self, test):
        super().addSuccess(test)
        self._tell('ok', '.')

    def addError(self, test, err):
        super().addError(test, err)
        self._tell('ERROR', 'E')

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._tell('FAIL', 'F')

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._tell('skipped {0!r}'.format(reason), 's')

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._tell('expected failure', 'x')

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._tell('unexpected success', 'u')

    def printErrors(self):
        """Print the tracebacks."""
        if self.showAll or self.dots:
            self.stream.writeln()
        self.printErrorList('ERROR', self.errors)
        self.printErrorList('FAIL', self.failures)

    def printErrorList(self, flavour, errors):
        """Print a list of (test, text)."""
        for test, text in errors:
            for line in (self.separator1, '%s: %s' % (flavour, self.getDescription(test)), self.separator2, text):
                self.stream.writeln(line)


class TextTestRunner:
    """Runs a test or suite, prints progress, errors and a summary."""

    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None,
                 warnings=None, *, tb_locals=False):
        """stream: where to print, sys.stderr if None.  verbosity: 0 quiet, 1 a letter a test, 2 a line.

        failfast: stop at the first fault.  buffer: show output of failing tests only.  resultclass: called with stream,
        descriptions and verbosity.  warnings: a filter's action.  tb_locals: show local variables in tracebacks.
        """
        self.stream = _WritelnDecorator(sys.stderr if stream is None else stream)
        self.descriptions = descriptions
        self.verbosity = verbosity
        self.failfast = failfast
        self.buffer = buffer
        self.tb_locals = tb_locals
        self.warnings = warnings
        if resultclass is not None:
            self.resultclass = resultclass

    def _makeResult(self):
        return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def run(self, test):
        """Run a test or suite.  Return the result."""
        outcome = self._makeResult()
        registerResult(outcome)
        outcome.failfast, outcome.buffer, outcome.tb_locals = self.failfast, self.buffer, self.tb_locals
        with warnings.catch_warnings():
            self._filter_warnings()
            begin = time.perf_counter()
            _optional(outcome, 'startTestRun')
            try:
                test(outcome)
            finally:
                _optional(outcome, 'stopTestRun')
            taken = time.perf_counter() - begin
        outcome.printErrors()
        self._summarise(outcome, taken)
        return outcome

    def _filter_warnings(self):
        if self.warnings:
            warnings.simplefilter(self.warnings)
            if self.warnings in ('default', 'always'):
                # Once a module is enough for the old names of the assert methods.
                warnings.filterwarnings('module', category=DeprecationWarning,
                                        message=r'Please use assert\w+ instead.')

    def _summarise(self, outcome, taken):
        write, writeln = self.stream.write, self.stream.writeln
        if hasattr(outcome, 'separator2'):
            writeln(outcome.separator2)
        ran = outcome.testsRun
        writeln('Ran %d test%s in %.3fs' % (ran, '' if ran == 1 else 's', taken))
        writeln()

        good = outcome.wasSuccessful()
        counts = []
        if not good:
            counts += [('failures', len(outcome.failures)), ('errors', len(outcome.errors))]
        for name, attribute in (('skipped', 'skipped'), ('expected failures', 'expectedFailures'),
                                ('unexpected successes', 'unexpectedSuccesses')):
            counts.append((name, len(getattr(outcome, attribute, ()))))
        write('OK' if good else 'FAILED')
        told = ', '.join('%s=%d' % count for count in counts if count[1])
        if told:
            writeln(' (%s)' % told)
        else:
            write('\n')


def _optional(outcome, name):
    method = getattr(outcome, name, None)
    if method is not None:
        method()
