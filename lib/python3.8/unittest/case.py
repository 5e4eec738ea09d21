# SPDX-License-Identifier: MIT
"""TestCase: a test, its fixtures and the assert methods.

How a test runs: `run` makes an _Outcome and runs each part (setUp, method, tearDown, cleanups) inside of
`outcome.testPartExecutor(...)`, a context that takes exceptions and notes what they mean.  When all parts are done the
notes are passed to the result.  Frames of modules that define `__unittest` do not show in tracebacks.
"""

import collections
import functools
import re
import sys
import types
import warnings

from . import result
from .util import (_common_shorten_repr, _count_diff_all_purpose, _count_diff_hashable, safe_repr, strclass)

__unittest = True

DIFF_OMITTED = '\nDiff is %s characters long. Set self.maxDiff to None to see it.'

_subtest_msg_sentinel = object()


class SkipTest(Exception):
    """Raised in a test, or in a fixture, to skip it; the text is the reason."""


class _ShouldStop(Exception):
    """Ends a test after a failed subtest."""


class _UnexpectedSuccess(Exception):
    """The test passed but was expected to fail."""


# Running a part of a test

class _Outcome:
    """What has come of the parts of a test so far."""

    def __init__(self, result=None):
        self.result = result
        self.result_supports_subtests = hasattr(result, 'addSubTest')
        self.expecting_failure = False
        self.expectedFailure = None
        self.success = True
        self.skipped = []
        self.errors = []

    def testPartExecutor(self, test_case, isTest=False):
        """Return a context for a part of test_case."""
        return _Part(self, test_case, isTest)


class _Part:
    """A context that swallows exceptions and notes them in an outcome."""

    __slots__ = ('outcome', 'test_case', 'is_test', 'before')

    def __init__(self, outcome, test_case, is_test):
        self.outcome, self.test_case, self.is_test = outcome, test_case, is_test

    def __enter__(self):
        self.before = self.outcome.success
        self.outcome.success = True

    def __exit__(self, kind, value, tb):
        outcome = self.outcome
        if kind is None:
            if self.is_test and outcome.result_supports_subtests and outcome.success:
                outcome.errors.append((self.test_case, None))
        elif issubclass(kind, KeyboardInterrupt):
            outcome.success = outcome.success and self.before
            return False
        elif issubclass(kind, SkipTest):
            outcome.success = False
            outcome.skipped.append((self.test_case, str(value)))
        elif issubclass(kind, _ShouldStop):
            pass
        elif outcome.expecting_failure:
            outcome.expectedFailure = kind, value, tb
        else:
            outcome.success = False
            outcome.errors.append((self.test_case, (kind, value, tb)))
        outcome.success = outcome.success and self.before
        return True


class _SubTestBlock:
    """The context that TestCase.subTest() returns."""

    __slots__ = ('test_case', 'message', 'params', 'parent', 'part')

    def __init__(self, test_case, message, params):
        self.test_case, self.message, self.params = test_case, message, params
        self.part = None

    def __enter__(self):
        test_case = self.test_case
        outcome = test_case._outcome
        if outcome is None or not outcome.result_supports_subtests:
            return
        self.parent = parent = test_case._subtest
        params = _OrderedChainMap(self.params) if parent is None else parent.params.new_child(self.params)
        test_case._subtest = _SubTest(test_case, self.message, params)
        self.part = outcome.testPartExecutor(test_case._subtest, isTest=True)
        self.part.__enter__()

    def __exit__(self, *exc_info):
        if self.part is None:
            return False
        self.test_case._subtest = self.parent
        if not self.part.__exit__(*exc_info):
            return False
        outcome = self.test_case._outcome
        if not outcome.success:
            if outcome.result is not None and outcome.result.failfast:
                raise _ShouldStop
        elif outcome.expectedFailure:
            raise _ShouldStop       # the test has failed as expected
        return True


# Cleanups

def _taken(stack):
    """Take items off a list, the last one first; those that are added meanwhile too."""
    while stack:
        yield stack.pop()


_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    """Have a function called after tearDownModule(), or if setUpModule() fails; the last one first."""
    _module_cleanups.append((function, args, kwargs))


def doModuleCleanups():
    """Call the cleanup functions of the module.  The first exception is raised when all were called."""
    failures = []
    for function, args, kwargs in _taken(_module_cleanups):
        try:
            function(*args, **kwargs)
        except Exception as exc:
            failures.append(exc)
    if failures:
        raise failures[0]


# Decorators

def _id(obj):
    return obj


def skip(reason):
    """Decorate a test method or class to skip it.  reason is the text shown."""
    def decorator(item):
        if isinstance(item, type):
            marked = item
        else:
            @functools.wraps(item)
            def marked(*args, **kwargs):
                raise SkipTest(reason)
        marked.__unittest_skip__, marked.__unittest_skip_why__ = True, reason
        return marked

    if isinstance(reason, types.FunctionType):      # used without a reason
        undecorated, reason = reason, ''
        return decorator(undecorated)
    return decorator


def skipIf(condition, reason):
    """Decorate a test to skip it if the condition is true."""
    return skip(reason) if condition else _id


def skipUnless(condition, reason):
    """Decorate a test to skip it unless the condition is true."""
    return _id if condition else skip(reason)


def expectedFailure(test_item):
    """Decorate a test that is expected to fail: if it passes, that is a fault."""
    test_item.__unittest_expecting_failure__ = True
    return test_item


def _is_subtype(expected, basetype):
    if isinstance(expected, tuple):
        return all(_is_subtype(one, basetype) for one in expected)
    return isinstance(expected, type) and issubclass(expected, basetype)


# Contexts of assert methods

class _BaseTestCaseContext:

    def __init__(self, test_case):
        self.test_case = test_case

    def _raiseFailure(self, standardMsg):
        raise self.test_case.failureException(self.test_case._formatMessage(self.msg, standardMsg))


class _AssertRaisesBaseContext(_BaseTestCaseContext):
    """Common to exceptions and warnings: subclasses give _base_type and _base_type_str."""

    def __init__(self, expected, test_case, expected_regex=None):
        super().__init__(test_case)
        self.expected = expected
        self.expected_regex = None if expected_regex is None else re.compile(expected_regex)
        self.obj_name = self.msg = None

    def handle(self, name, args, kwargs):
        """Do what the assert method called name was asked for: call args[0], or return this context."""
        try:
            if not _is_subtype(self.expected, self._base_type):
                raise TypeError('%s() arg 1 must be %s' % (name, self._base_type_str))
            if not args:
                self.msg = kwargs.pop('msg', None)
                if kwargs:
                    raise TypeError('%r is an invalid keyword argument for this function' % next(iter(kwargs)))
                return self
            function, *args = args
            self.obj_name = getattr(function, '__name__', None) or str(function)
            with self:
                function(*args, **kwargs)
        finally:
            self = None         # an exception's traceback holds this frame

    def _name(self):
        return getattr(self.expected, '__name__', None) or str(self.expected)

    def _complain(self, what):
        """Fail because nothing of the expected kind came."""
        if self.obj_name:
            what += ' by ' + self.obj_name
        self._raiseFailure('{} not {}'.format(self._name(), what))

    def _check_text(self, text):
        return self.expected_regex is None or self.expected_regex.search(text) is not None

    def _complain_about_text(self, text):
        self._raiseFailure('"{}" does not match "{}"'.format(self.expected_regex.pattern, text))


class _AssertRaisesContext(_AssertRaisesBaseContext):
    """Expects an exception, which is left in the attribute `exception`."""

    _base_type = BaseException
    _base_type_str = 'an exception type or tuple of exception types'

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, tb):
        if exc_type is None:
            self._complain('raised')
        _clear_frames(tb)
        if not issubclass(exc_type, self.expected):
            return False
        self.exception = exc_value.with_traceback(None)
        text = str(exc_value) if self.expected_regex is not None else ''
        if not self._check_text(text):
            self._complain_about_text(text)
        return True


def _clear_frames(tb):
    """Let go of the local variables of finished frames, as traceback.clear_frames() does."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass
        tb = tb.tb_next


class _AssertWarnsContext(_AssertRaisesBaseContext):
    """Expects a warning, which is left in `warning`, with its place in `filename` and `lineno`."""

    _base_type = Warning
    _base_type_str = 'a warning type or tuple of warning types'

    def __enter__(self):
        for module in list(sys.modules.values()):       # what was shown before must show again
            if getattr(module, '__warningregistry__', None):
                module.__warningregistry__ = {}
        self.warnings_manager = warnings.catch_warnings(record=True)
        self.warnings = self.warnings_manager.__enter__()
        warnings.simplefilter('always', self.expected)
        return self

    def __exit__(self, exc_type, exc_value, tb):
        self.warnings_manager.__exit__(exc_type, exc_value, tb)
        if exc_type is not None:
            return                  # let it go on
        right_kind = [caught for caught in self.warnings if isinstance(caught.message, self.expected)]
        if not right_kind:
            self._complain('triggered')
        for caught in right_kind:
            if self._check_text(str(caught.message)):
                self.warning = caught.message
                self.filename, self.lineno = caught.filename, caught.lineno
                return
        self.warning = right_kind[0].message
        self.filename, self.lineno = right_kind[0].filename, right_kind[0].lineno
        self._complain_about_text(str(right_kind[0].message))


class _OrderedChainMap(collections.ChainMap):
    """A ChainMap whose keys come in the order in which inner mappings have them first."""

    def __iter__(self):
        return iter(dict.fromkeys(key for mapping in self.maps for key in mapping))


def __getattr__(name):
    # The context of assertLogs() lives in a module of its own, which imports logging.
    if name in ('_AssertLogsContext', '_CapturingHandler', '_LoggingWatcher'):
        from . import _log
        return getattr(_log, name)
    raise AttributeError('module %r has no attribute %r' % (__name__, name))


# The class

class TestCase:
    """A test: one method of a subclass, with fixtures.

    Attributes that subclasses may set: failureException, the exception that assert methods raise; longMessage, whether
    a message given to an assert method is added to the usual one or replaces it; maxDiff, how long a diff in a message
    may be, None for no limit.
    """

    failureException = AssertionError
    longMessage = True
    maxDiff = 80 * 8
    _diffThreshold = 2 ** 16        # strings longer than this are not compared line by line
    _classSetupFailed = False
    _class_cleanups = []

    _type_asserts = {dict: 'assertDictEqual', list: 'assertListEqual', tuple: 'assertTupleEqual',
                     set: 'assertSetEqual', frozenset: 'assertSetEqual', str: 'assertMultiLineEqual'}

    def __init__(self, methodName='runTest'):
        """Make a test of the method with this name.  ValueError if there is none."""
        self._testMethodName = methodName
        method = getattr(self, methodName, None)
        if method is not None:
            self._testMethodDoc = method.__doc__
        elif methodName == 'runTest':
            self._testMethodDoc = 'No test'     # such an object is of use for its assert methods
        else:
            raise ValueError('no such test method in %s: %s' % (self.__class__, methodName))
        self._outcome = None
        self._subtest = None
        self._cleanups = []
        self._type_equality_funcs = self._type_asserts.copy()

    # What a test is

    def countTestCases(self):
        """Return 1."""
        return 1

    def defaultTestResult(self):
        """Return a result for a run that was not given one."""
        return result.TestResult()

    def shortDescription(self):
        """Return the first line of the test method's docstring, or None."""
        doc = self._testMethodDoc
        return doc.strip().split('\n')[0].strip() if doc else None

    def id(self):
        """Return the full name of the test."""
        return '%s.%s' % (strclass(self.__class__), self._testMethodName)

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._testMethodName == other._testMethodName

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    def __str__(self):
        return '%s (%s)' % (self._testMethodName, strclass(self.__class__))

    def __repr__(self):
        return '<%s testMethod=%s>' % (strclass(self.__class__), self._testMethodName)

    # Fixtures

    def setUp(self):
        """Called before the test method."""

    def tearDown(self):
        """Called after the test method, also if that failed, but not if setUp() did."""

    @classmethod
    def setUpClass(cls):
        """Called before the first test of the class."""

    @classmethod
    def tearDownClass(cls):
        """Called after the last test of the class."""

    def addCleanup(*args, **kwargs):
        """Have a function called with the arguments when the test has ended; the last one added first."""
        if not args:
            raise TypeError("descriptor 'addCleanup' of 'TestCase' object needs an argument")
        self, *args = args
        if args:
            function, *args = args
        elif 'function' in kwargs:
            function = kwargs.pop('function')
            warnings.warn("Passing 'function' as keyword argument is deprecated", DeprecationWarning, stacklevel=2)
        else:
            raise TypeError('addCleanup expected at least 1 positional argument, got 0')
        self._cleanups.append((function, tuple(args), kwargs))
    addCleanup.__text_signature__ = '($self, function, /, *args, **kwargs)'

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        """Have a function called with the arguments after tearDownClass(), or if setUpClass() fails."""
        cls._class_cleanups.append((function, args, kwargs))

    def doCleanups(self):
        """Call the cleanup functions.  Return whether all went well."""
        outcome = self._outcome or _Outcome()
        for function, args, kwargs in _taken(self._cleanups):
            with outcome.testPartExecutor(self):
                self._callCleanup(function, *args, **kwargs)
        return outcome.success

    @classmethod
    def doClassCleanups(cls):
        """Call the class's cleanup functions.  The exceptions are left in tearDown_exceptions."""
        cls.tearDown_exceptions = failures = []
        for function, args, kwargs in _taken(cls._class_cleanups):
            try:
                function(*args, **kwargs)
            except Exception:
                failures.append(sys.exc_info())

    # Running

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def run(self, result=None):
        """Run the test and tell the result, which is returned."""
        given = result
        if given is None:
            result = self.defaultTestResult()
            start = getattr(result, 'startTestRun', None)
            if start is not None:
                start()
        result.startTest(self)
        outcome = None
        try:
            method = getattr(self, self._testMethodName)
            cls = self.__class__
            if getattr(cls, '__unittest_skip__', False) or getattr(method, '__unittest_skip__', False):
                reason = getattr(cls, '__unittest_skip_why__', '') or getattr(method, '__unittest_skip_why__', '')
                self._addSkip(result, self, reason)
                return None
            self._outcome = outcome = _Outcome(result)
            expecting = (getattr(cls, '__unittest_expecting_failure__', False)
                         or getattr(method, '__unittest_expecting_failure__', False))
            self._run_parts(outcome, method, expecting)
            self._report(result, outcome, expecting)
            return result
        finally:
            result.stopTest(self)
            if outcome is not None:
                if given is None:           # 3.8 leaves it out for skipped tests
                    stop = getattr(result, 'stopTestRun', None)
                    if stop is not None:
                        stop()
                # tracebacks hold this frame
                outcome.errors.clear()
                outcome.expectedFailure = None
            self._outcome = None

    def _run_parts(self, outcome, method, expecting):
        part = outcome.testPartExecutor
        with part(self):
            self._callSetUp()
        if outcome.success:
            outcome.expecting_failure = expecting
            with part(self, isTest=True):
                self._callTestMethod(method)
            outcome.expecting_failure = False
            with part(self):
                self._callTearDown()
        self.doCleanups()

    def _report(self, result, outcome, expecting):
        for skipped in outcome.skipped:
            self._addSkip(result, *skipped)
        self._feedErrorsToResult(result, outcome.errors)
        if outcome.success:
            if not expecting:
                result.addSuccess(self)
            elif outcome.expectedFailure:
                self._addExpectedFailure(result, outcome.expectedFailure)
            else:
                self._addUnexpectedSuccess(result)

    def _callSetUp(self):
        self.setUp()

    def _callTestMethod(self, method):
        method()

    def _callTearDown(self):
        self.tearDown()

    def _callCleanup(self, function, /, *args, **kwargs):
        function(*args, **kwargs)

    def debug(self):
        """Run the test without a result: exceptions come out."""
        self.setUp()
        getattr(self, self._testMethodName)()
        self.tearDown()
        for function, args, kwargs in _taken(self._cleanups):
            function(*args, **kwargs)

    def subTest(self, msg=_subtest_msg_sentinel, **params):
        """Return a context for a part of the test that may fail without ending the test.

        msg and params are shown if it fails.
        """
        return _SubTestBlock(self, msg, params)

    # Telling the result; old ones lack some methods

    def _feedErrorsToResult(self, result, errors):
        for test, exc_info in errors:
            if isinstance(test, _SubTest):
                result.addSubTest(test.test_case, test, exc_info)
            elif exc_info is not None:
                add = result.addFailure if issubclass(exc_info[0], self.failureException) else result.addError
                add(test, exc_info)

    def _addSkip(self, result, test_case, reason):
        add = getattr(result, 'addSkip', None)
        if add is not None:
            add(test_case, reason)
        else:
            warnings.warn('TestResult has no addSkip method, skips not reported', RuntimeWarning, 2)
            result.addSuccess(test_case)

    def _addExpectedFailure(self, result, exc_info):
        add = getattr(result, 'addExpectedFailure', None)
        if add is not None:
            add(self, exc_info)
        else:
            warnings.warn('TestResult has no addExpectedFailure method, reporting as passes', RuntimeWarning)
            result.addSuccess(self)

    def _addUnexpectedSuccess(self, result):
        add = getattr(result, 'addUnexpectedSuccess', None)
        if add is not None:
            add(self)
            return
        warnings.warn('TestResult has no addUnexpectedSuccess method, reporting as failure', RuntimeWarning)
        try:
            raise _UnexpectedSuccess from None
        except _UnexpectedSuccess:
            result.addFailure(self, sys.exc_info())

    # Messages

    def skipTest(self, reason):
        """Skip this test."""
        raise SkipTest(reason)

    def fail(self, msg=None):
        """Fail, with the message."""
        raise self.failureException(msg)

    def _formatMessage(self, msg, standardMsg):
        """Join the caller's message and the usual one, as longMessage says."""
        if not self.longMessage:
            return msg or standardMsg
        if msg is None:
            return standardMsg
        try:
            return '%s : %s' % (standardMsg, msg)
        except UnicodeDecodeError:
            return '%s : %s' % (safe_repr(standardMsg), safe_repr(msg))

    def _truncateMessage(self, message, diff):
        if self.maxDiff is not None and len(diff) > self.maxDiff:
            diff = DIFF_OMITTED % len(diff)
        return message + diff

    def _fail_with(self, msg, standardMsg):
        self.fail(self._formatMessage(msg, standardMsg))

    @staticmethod
    def _diff(first, second):
        """A diff of the pretty-printed objects, on lines of its own."""
        import difflib
        import pprint
        return '\n' + '\n'.join(difflib.ndiff(pprint.pformat(first).splitlines(),
                                              pprint.pformat(second).splitlines()))

    # Truth, identity, membership, type

    def assertFalse(self, expr, msg=None):
        """Check that the expression is false."""
        if expr:
            raise self.failureException(self._formatMessage(msg, '%s is not false' % safe_repr(expr)))

    def assertTrue(self, expr, msg=None):
        """Check that the expression is true."""
        if not expr:
            raise self.failureException(self._formatMessage(msg, '%s is not true' % safe_repr(expr)))

    def assertIs(self, expr1, expr2, msg=None):
        """Check that both are the same object."""
        if expr1 is not expr2:
            self._fail_with(msg, '%s is not %s' % (safe_repr(expr1), safe_repr(expr2)))

    def assertIsNot(self, expr1, expr2, msg=None):
        """Check that they are two objects."""
        if expr1 is expr2:
            self._fail_with(msg, 'unexpectedly identical: %s' % (safe_repr(expr1),))

    def assertIsNone(self, obj, msg=None):
        """Check that obj is None."""
        if obj is not None:
            self._fail_with(msg, '%s is not None' % (safe_repr(obj),))

    def assertIsNotNone(self, obj, msg=None):
        """Check that obj is not None."""
        if obj is None:
            self._fail_with(msg, 'unexpectedly None')

    def assertIn(self, member, container, msg=None):
        """Check that the container holds the member."""
        if member not in container:
            self._fail_with(msg, '%s not found in %s' % (safe_repr(member), safe_repr(container)))

    def assertNotIn(self, member, container, msg=None):
        """Check that the container does not hold the member."""
        if member in container:
            self._fail_with(msg, '%s unexpectedly found in %s' % (safe_repr(member), safe_repr(container)))

    def assertIsInstance(self, obj, cls, msg=None):
        """Check isinstance(obj, cls)."""
        if not isinstance(obj, cls):
            self._fail_with(msg, '%s is not an instance of %r' % (safe_repr(obj), cls))

    def assertNotIsInstance(self, obj, cls, msg=None):
        """Check not isinstance(obj, cls)."""
        if isinstance(obj, cls):
            self._fail_with(msg, '%s is an instance of %r' % (safe_repr(obj), cls))

    # Order

    def assertLess(self, a, b, msg=None):
        """Check a < b."""
        if not a < b:
            self._fail_with(msg, '%s not less than %s' % (safe_repr(a), safe_repr(b)))

    def assertLessEqual(self, a, b, msg=None):
        """Check a <= b."""
        if not a <= b:
            self._fail_with(msg, '%s not less than or equal to %s' % (safe_repr(a), safe_repr(b)))

    def assertGreater(self, a, b, msg=None):
        """Check a > b."""
        if not a > b:
            self._fail_with(msg, '%s not greater than %s' % (safe_repr(a), safe_repr(b)))

    def assertGreaterEqual(self, a, b, msg=None):
        """Check a >= b."""
        if not a >= b:
            self._fail_with(msg, '%s not greater than or equal to %s' % (safe_repr(a), safe_repr(b)))

    # Equality

    def addTypeEqualityFunc(self, typeobj, function):
        """Have assertEqual() call function(first, second, msg=...) for two objects of exactly this type.

        function: a callable that raises failureException if they differ, or the name of a method.
        """
        self._type_equality_funcs[typeobj] = function

    def _getAssertEqualityFunc(self, first, second):
        if type(first) is type(second):
            function = self._type_equality_funcs.get(type(first))
            if function is not None:
                return getattr(self, function) if isinstance(function, str) else function
        return self._baseAssertEqual

    def _baseAssertEqual(self, first, second, msg=None):
        if not first == second:
            raise self.failureException(self._formatMessage(msg, '%s != %s' % _common_shorten_repr(first, second)))

    def assertEqual(self, first, second, msg=None):
        """Check first == second.  Differences between containers and strings are shown in detail."""
        self._getAssertEqualityFunc(first, second)(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        """Check first != second."""
        if not first != second:
            text = '%s == %s' % (safe_repr(first), safe_repr(second))
            raise self.failureException(self._formatMessage(msg, text))

    def _distance(self, first, second, places, delta):
        """How far apart two numbers are, whether that counts as equal, and the words for the limit."""
        if delta is not None and places is not None:
            raise TypeError('specify delta or places not both')
        difference = abs(first - second)
        if delta is not None:
            return difference, difference <= delta, '%s delta' % safe_repr(delta)
        if places is None:
            places = 7
        return difference, round(difference, places) == 0, '%r places' % places

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """Check that two numbers differ by less than the given decimal places (7), or by at most delta."""
        if first == second:
            return
        difference, close, limit = self._distance(first, second, places, delta)
        if not close:
            text = '%s != %s within %s (%s difference)' % (safe_repr(first), safe_repr(second), limit,
                                                           safe_repr(difference))
            raise self.failureException(self._formatMessage(msg, text))

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """Check that two numbers differ in the given decimal places (7), or by more than delta."""
        difference, close, limit = self._distance(first, second, places, delta)
        if first == second or close:
            text = '%s == %s within %s' % (safe_repr(first), safe_repr(second), limit)
            if delta is not None:
                text += ' (%s difference)' % safe_repr(difference)
            raise self.failureException(self._formatMessage(msg, text))

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        """Check that two sequences hold the same items, whatever their types, or that both are a seq_type too."""
        kind = 'sequence'
        if seq_type is not None:
            kind = seq_type.__name__
            for which, sequence in (('First', seq1), ('Second', seq2)):
                if not isinstance(sequence, seq_type):
                    raise self.failureException('%s sequence is not a %s: %s' % (which, kind, safe_repr(sequence)))
        text = None
        for which, sequence in (('First', seq1), ('Second', seq2)):
            try:
                len(sequence)
            except (TypeError, NotImplementedError):
                text = '%s %s has no length.    Non-sequence?' % (which, kind)
                break
        if text is None:
            if seq1 == seq2:
                return
            text = self._sequence_difference(seq1, seq2, kind, seq_type)
            if text is None:
                return
        self._fail_with(msg, self._truncateMessage(text, self._diff(seq1, seq2)))

    def _sequence_difference(self, seq1, seq2, kind, seq_type):
        """Words for the first place where sequences differ, None if they do not."""
        text = '%ss differ: %s != %s\n' % ((kind.capitalize(),) + _common_shorten_repr(seq1, seq2))
        sides = ('first', seq1), ('second', seq2)
        len1, len2 = len(seq1), len(seq2)
        for i in range(min(len1, len2)):
            pair = []
            for which, sequence in sides:
                try:
                    pair.append(sequence[i])
                except (TypeError, IndexError, NotImplementedError):
                    text += '\nUnable to index element %d of %s %s\n' % (i, which, kind)
                    break
            if len(pair) < 2:
                break
            if pair[0] != pair[1]:
                text += '\nFirst differing element %d:\n%s\n%s\n' % ((i,) + _common_shorten_repr(*pair))
                break
        else:
            if len1 == len2 and seq_type is None and type(seq1) is not type(seq2):
                return None         # the same items in sequences of two types
        if len1 == len2:
            return text
        which, longer, extra = ('First', seq1, len2) if len1 > len2 else ('Second', seq2, len1)
        text += '\n%s %s contains %d additional elements.\n' % (which, kind, abs(len1 - len2))
        try:
            return text + 'First extra element %d:\n%s\n' % (extra, safe_repr(longer[extra]))
        except (TypeError, IndexError, NotImplementedError):
            return text + 'Unable to index element %d of %s %s\n' % (extra, which.lower(), kind)

    def assertListEqual(self, list1, list2, msg=None):
        """Check that two lists are equal."""
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        """Check that two tuples are equal."""
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        """Check that two sets, or objects with a method difference(), are equal."""
        extras = []
        for which, one, other in (('first', set1, set2), ('second', set2, set1)):
            try:
                extras.append((which, one.difference(other)))
            except TypeError as exc:
                self.fail('invalid type when attempting set difference: %s' % exc)
            except AttributeError as exc:
                self.fail('%s argument does not support set difference: %s' % (which, exc))
        lines = []
        for (which, extra), (other, _) in zip(extras, reversed(extras)):
            if extra:
                lines.append('Items in the %s set but not the %s:' % (which, other))
                lines.extend(map(repr, extra))
        if lines:
            self._fail_with(msg, '\n'.join(lines))

    def assertDictEqual(self, d1, d2, msg=None):
        """Check that two dicts are equal."""
        self.assertIsInstance(d1, dict, 'First argument is not a dictionary')
        self.assertIsInstance(d2, dict, 'Second argument is not a dictionary')
        if d1 != d2:
            text = '%s != %s' % _common_shorten_repr(d1, d2)
            self._fail_with(msg, self._truncateMessage(text, self._diff(d1, d2)))

    def assertDictContainsSubset(self, subset, dictionary, msg=None):
        """Check that a dict holds all items of another.  Deprecated."""
        warnings.warn('assertDictContainsSubset is deprecated', DeprecationWarning)
        missing, different = [], []
        for key, value in subset.items():
            if key not in dictionary:
                missing.append(safe_repr(key))
            elif value != dictionary[key]:
                different.append('%s, expected: %s, actual: %s' % (safe_repr(key), safe_repr(value),
                                                                   safe_repr(dictionary[key])))
        faults = []
        if missing:
            faults.append('Missing: ' + ','.join(missing))
        if different:
            faults.append('Mismatched values: ' + ','.join(different))
        if faults:
            self._fail_with(msg, '; '.join(faults))

    def assertCountEqual(self, first, second, msg=None):
        """Check that two iterables hold the same items equally often, in any order."""
        items1, items2 = list(first), list(second)
        try:
            counts1, counts2 = collections.Counter(items1), collections.Counter(items2)
        except TypeError:               # items without a hash
            differences = _count_diff_all_purpose(items1, items2)
        else:
            if counts1 == counts2:
                return
            differences = _count_diff_hashable(items1, items2)
        if differences:
            lines = '\n'.join('First has %d, Second has %d:  %r' % difference for difference in differences)
            self._fail_with(msg, self._truncateMessage('Element counts were not equal:\n', lines))

    def assertMultiLineEqual(self, first, second, msg=None):
        """Check that two strings are equal; differences are shown line by line."""
        self.assertIsInstance(first, str, 'First argument is not a string')
        self.assertIsInstance(second, str, 'Second argument is not a string')
        if first == second:
            return
        if max(len(first), len(second)) > self._diffThreshold:      # the diff would take too long
            self._baseAssertEqual(first, second, msg)
        import difflib
        lines1, lines2 = first.splitlines(keepends=True), second.splitlines(keepends=True)
        if len(lines1) == 1 and first.strip('\r\n') == first:
            lines1, lines2 = [first + '\n'], [second + '\n']
        text = '%s != %s' % _common_shorten_repr(first, second)
        diff = '\n' + ''.join(difflib.ndiff(lines1, lines2))
        self._fail_with(msg, self._truncateMessage(text, diff))

    # Patterns

    def assertRegex(self, text, expected_regex, msg=None):
        """Check that a regular expression is found in the text."""
        if isinstance(expected_regex, (str, bytes)):
            assert expected_regex, 'expected_regex must not be empty.'
            expected_regex = re.compile(expected_regex)
        if not expected_regex.search(text):
            text = "Regex didn't match: %r not found in %r" % (expected_regex.pattern, text)
            raise self.failureException(self._formatMessage(msg, text))

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        """Check that a regular expression is not found in the text."""
        if isinstance(unexpected_regex, (str, bytes)):
            unexpected_regex = re.compile(unexpected_regex)
        found = unexpected_regex.search(text)
        if found:
            text = 'Regex matched: %r matches %r in %r' % (found.group(), unexpected_regex.pattern, text)
            raise self.failureException(self._formatMessage(msg, text))

    # Exceptions, warnings, logs

    def assertRaises(self, expected_exception, *args, **kwargs):
        """Check that calling args[0] with the other arguments raises an exception of this class.

        Without a callable, return a context that does the same for its body; msg=... is then allowed, and the exception
        is left in the context's attribute `exception`.
        """
        context = _AssertRaisesContext(expected_exception, self)
        try:
            return context.handle('assertRaises', args, kwargs)
        finally:
            context = None          # as in handle()

    def assertWarns(self, expected_warning, *args, **kwargs):
        """The same for a warning; the context gets the attributes `warning`, `filename` and `lineno`."""
        context = _AssertWarnsContext(expected_warning, self)
        return context.handle('assertWarns', args, kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        """assertRaises() for an exception in whose text the regular expression is found."""
        context = _AssertRaisesContext(expected_exception, self, expected_regex)
        return context.handle('assertRaisesRegex', args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        """assertWarns() for a warning in whose text the regular expression is found."""
        context = _AssertWarnsContext(expected_warning, self, expected_regex)
        return context.handle('assertWarnsRegex', args, kwargs)

    def assertLogs(self, logger=None, level=None):
        """Return a context whose body must log something, of INFO or the given level or higher.

        logger: a logger or its name, the root logger if not given.  The context gives an object with the lists
        `records` and `output` (the texts).
        """
        from ._log import _AssertLogsContext
        return _AssertLogsContext(self, logger, level)


# Old names of the assert methods: new -> old

_old_names = {
    'assertEqual': ('assertEquals', 'failUnlessEqual'),
    'assertNotEqual': ('assertNotEquals', 'failIfEqual'),
    'assertAlmostEqual': ('assertAlmostEquals', 'failUnlessAlmostEqual'),
    'assertNotAlmostEqual': ('assertNotAlmostEquals', 'failIfAlmostEqual'),
    'assertTrue': ('assert_', 'failUnless'),
    'assertFalse': ('failIf',),
    'assertRaises': ('failUnlessRaises',),
    'assertRaisesRegex': ('assertRaisesRegexp',),
    'assertRegex': ('assertRegexpMatches',),
    'assertNotRegex': ('assertNotRegexpMatches',),
}


def _deprecate(method):
    """The method, with a warning that it should be called by its new name."""
    def deprecated_func(*args, **kwargs):
        warnings.warn('Please use {0} instead.'.format(method.__name__), DeprecationWarning, 2)
        return method(*args, **kwargs)

    deprecated_func.__doc__ = 'The old name of %s().' % method.__name__
    return deprecated_func


for _new, _olds in _old_names.items():
    for _old in _olds:
        setattr(TestCase, _old, _deprecate(getattr(TestCase, _new)))
del _new, _olds, _old


class FunctionTestCase(TestCase):
    """A test made of plain functions."""

    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        """testFunc, setUp, tearDown: functions without arguments.  description: used in place of the docstring."""
        super().__init__()
        self._testFunc, self._setUpFunc, self._tearDownFunc = testFunc, setUp, tearDown
        self._description = description

    def runTest(self):
        """Call the function."""
        self._testFunc()

    def setUp(self):
        fixture = self._setUpFunc
        if fixture is not None:
            fixture()

    def tearDown(self):
        fixture = self._tearDownFunc
        if fixture is not None:
            fixture()

    def id(self):
        return self._testFunc.__name__

    def shortDescription(self):
        if self._description is not None:
            return self._description
        doc = self._testFunc.__doc__
        return doc.split('\n')[0].strip() if doc else None

    def _key(self):
        return self._setUpFunc, self._tearDownFunc, self._testFunc, self._description

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, self.__class__) else NotImplemented

    def __hash__(self):
        return hash((type(self),) + self._key())

    def __str__(self):
        return '%s (%s)' % (strclass(self.__class__), self._testFunc.__name__)

    def __repr__(self):
        return '<%s tec=%s>' % (strclass(self.__class__), self._testFunc)


class _SubTest(TestCase):
    """Stands for one subTest() block in results."""

    def __init__(self, test_case, message, params):
        super().__init__()
        self.test_case = test_case
        self.params = params
        self._message = message
        self.failureException = test_case.failureException

    def runTest(self):
        raise NotImplementedError('subtests cannot be run directly')

    def _subDescription(self):
        parts = []
        if self._message is not _subtest_msg_sentinel:
            parts.append('[{}]'.format(self._message))
        if self.params:
            parts.append('(%s)' % ', '.join('{}={!r}'.format(*item) for item in self.params.items()))
        return ' '.join(parts) or '(<subtest>)'

    def id(self):
        return '{} {}'.format(self.test_case.id(), self._subDescription())

    def shortDescription(self):
        return self.test_case.shortDescription()

    def __str__(self):
        return '{} {}'.format(self.test_case, self._subDescription())
