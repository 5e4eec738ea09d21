# SPDX-License-Identifier: MIT
"""TestResult: what came of the tests.

A test calls startTest(), then one or more of the add methods, then stopTest().  With `buffer` set, what a test prints is
kept back between the first and the last call and shown only if the test does not pass.
"""

import io
import sys
import traceback
from functools import wraps

from . import util

__unittest = True

STDOUT_LINE = '\nStdout:\n%s'
STDERR_LINE = '\nStderr:\n%s'


def failfast(method):
    """Make an add method stop the run, if the result's failfast is set."""
    @wraps(method)
    def adding(self, *args, **kwargs):
        if getattr(self, 'failfast', False):
            self.stop()
        return method(self, *args, **kwargs)
    return adding


class TestResult:
    """Collects results.

    Attributes: errors, failures, skipped and expectedFailures are lists of (test, text), unexpectedSuccesses one of
    tests; testsRun a number; shouldStop tells suites to end; failfast, buffer and tb_locals are set by the runner.
    """

    _previousTestClass = None       # these three are the suite's notes
    _testRunEntered = False
    _moduleSetUpFailed = False

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        """The arguments are for subclasses that print."""
        self.testsRun = 0
        self.errors, self.failures, self.skipped = [], [], []
        self.expectedFailures, self.unexpectedSuccesses = [], []
        self.shouldStop = self.failfast = self.buffer = self.tb_locals = False
        self._original_stdout, self._original_stderr = sys.stdout, sys.stderr
        self._stdout_buffer = self._stderr_buffer = None
        self._mirrorOutput = False

    def __repr__(self):
        return '<%s run=%i errors=%i failures=%i>' % (
            util.strclass(type(self)), self.testsRun, len(self.errors), len(self.failures))

    def printErrors(self):
        """Called by the runner at the end; subclasses print here."""

    def startTestRun(self):
        """Called once before the first test."""

    def stopTestRun(self):
        """Called once after the last test."""

    def startTest(self, test):
        """A test begins."""
        self.testsRun += 1
        self._mirrorOutput = False
        self._setupStdout()

    def stopTest(self, test):
        """A test has ended."""
        self._restoreStdout()
        self._mirrorOutput = False

    def addSuccess(self, test):
        """The test passed."""

    @failfast
    def addError(self, test, err):
        """The test raised something unexpected.  err is what sys.exc_info() returns."""
        self._keep(self.errors, test, err)

    @failfast
    def addFailure(self, test, err):
        """The test found a fault."""
        self._keep(self.failures, test, err)

    def addSubTest(self, test, subtest, err):
        """A part of a test has ended; err is None if it passed."""
        if err is None:
            return
        if getattr(self, 'failfast', False):
            self.stop()
        failed = issubclass(err[0], test.failureException)
        self._keep(self.failures if failed else self.errors, subtest, err, test)

    def _keep(self, entries, test, err, owner=None):
        entries.append((test, self._exc_info_to_string(err, owner or test)))
        self._mirrorOutput = True

    def addSkip(self, test, reason):
        """The test was skipped."""
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        """The test failed, and was expected to."""
        self.expectedFailures.append((test, self._exc_info_to_string(err, test)))

    @failfast
    def addUnexpectedSuccess(self, test):
        """The test passed, but was expected to fail."""
        self.unexpectedSuccesses.append(test)

    def wasSuccessful(self):
        """Has no test failed so far?"""
        return not (self.failures or self.errors or getattr(self, 'unexpectedSuccesses', ()))

    def stop(self):
        """Ask for the run to end after the present test."""
        self.shouldStop = True

    # Output that is kept back

    def _setupStdout(self):
        if self.buffer:
            if self._stderr_buffer is None:
                self._stdout_buffer = io.StringIO()
                self._stderr_buffer = io.StringIO()
            sys.stdout, sys.stderr = self._stdout_buffer, self._stderr_buffer

    def _restoreStdout(self):
        if not self.buffer:
            return
        if self._mirrorOutput:
            self._mirror(sys.stdout, self._original_stdout, STDOUT_LINE)
            self._mirror(sys.stderr, self._original_stderr, STDERR_LINE)
        sys.stdout, sys.stderr = self._original_stdout, self._original_stderr
        for stream in (self._stdout_buffer, self._stderr_buffer):
            stream.seek(0)
            stream.truncate()

    @staticmethod
    def _kept_back(stream):
        text = stream.getvalue()
        return text + '\n' if text and not text.endswith('\n') else text

    def _mirror(self, stream, target, form):
        text = self._kept_back(stream)
        if text:
            target.write(form % text)

    # Tracebacks

    def _exc_info_to_string(self, err, test):
        """The text of an exception, without the calls inside of unittest, with the output that was kept back."""
        kind, value, tb = err
        while tb is not None and self._is_relevant_tb_level(tb):
            tb = tb.tb_next
        limit = self._count_relevant_tb_levels(tb) if kind is test.failureException else None
        summary = traceback.TracebackException(kind, value, tb, limit=limit, capture_locals=self.tb_locals)
        text = list(summary.format())
        if self.buffer:
            for stream, form in ((sys.stdout, STDOUT_LINE), (sys.stderr, STDERR_LINE)):
                output = self._kept_back(stream)
                if output:
                    text.append(form % output)
        return ''.join(text)

    def _is_relevant_tb_level(self, tb):
        """Does this entry belong to unittest?  (The name is an old one.)"""
        return '__unittest' in tb.tb_frame.f_globals

    def _count_relevant_tb_levels(self, tb):
        """How many entries there are before those of the assert methods."""
        count = 0
        while tb is not None and not self._is_relevant_tb_level(tb):
            tb = tb.tb_next
            count += 1
        return count
