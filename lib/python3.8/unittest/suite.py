# SPDX-License-Identifier: MIT
"""TestSuite: a row of tests, and the fixtures that many tests share.

The tests of a class, and those of a module, stand side by side in a suite.  Whenever the class or module changes from
one test to the next, the old one's tearDown and the new one's setUp function is called; the result remembers where it
was (`_previousTestClass`), because suites are nested.
"""

import sys

from . import case, util

__unittest = True


def _call_if_exists(parent, attr):
    getattr(parent, attr, lambda: None)()


def _isnotsuite(test):
    """A test, or anything else that cannot be iterated over."""
    try:
        iter(test)
    except TypeError:
        return True
    return False


class BaseTestSuite:
    """A row of tests and suites without shared fixtures."""

    _cleanup = True     # forget tests that have run

    def __init__(self, tests=()):
        """tests: an iterable of tests."""
        self._tests = []
        self._removed_tests = 0
        self.addTests(tests)

    def __repr__(self):
        return '<%s tests=%s>' % (util.strclass(type(self)), list(self))

    def __eq__(self, other):
        return list(self) == list(other) if isinstance(other, type(self)) else NotImplemented

    def __iter__(self):
        return iter(self._tests)

    def countTestCases(self):
        """Return the number of tests, those that have run and are gone too."""
        return self._removed_tests + sum(test.countTestCases() for test in self if test)

    def addTest(self, test):
        """Add a test or suite.  TypeError if it cannot be called, or is a class."""
        if not callable(test):
            raise TypeError('{} is not callable'.format(repr(test)))
        if isinstance(test, type) and issubclass(test, (case.TestCase, TestSuite)):
            raise TypeError('TestCases and TestSuites must be instantiated before passing them to addTest()')
        self._tests.append(test)

    def addTests(self, tests):
        """Add all tests of an iterable."""
        if isinstance(tests, str):
            raise TypeError('tests must be an iterable of tests, not a string')
        for test in tests:
            self.addTest(test)

    def run(self, result):
        """Run the tests until the result says stop.  Return the result."""
        for i, test in enumerate(self):
            if result.shouldStop:
                break
            test(result)
            if self._cleanup:
                self._removeTestAtIndex(i)
        return result

    def _removeTestAtIndex(self, index):
        """Let go of a test, so that what it holds is freed."""
        try:
            test = self._tests[index]
        except TypeError:           # a subclass whose _tests is no list
            return
        if hasattr(test, 'countTestCases'):
            self._removed_tests += test.countTestCases()
        self._tests[index] = None

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Run the tests without a result: exceptions come out."""
        for test in self:
            test.debug()


class TestSuite(BaseTestSuite):
    """A row of tests and suites, run with the fixtures of their classes and modules."""

    def run(self, result, debug=False):
        """Run the tests until the result says stop.  Return the result."""
        outermost = not getattr(result, '_testRunEntered', False)
        if outermost:
            result._testRunEntered = True
        for i, test in enumerate(self):
            if result.shouldStop:
                break
            if not _isnotsuite(test) or self._enter(test, result):
                if debug:
                    test.debug()
                else:
                    test(result)
                if self._cleanup:
                    self._removeTestAtIndex(i)
        if outermost:
            self._tearDownPreviousClass(None, result)
            self._handleModuleTearDown(result)
            result._testRunEntered = False
        return result

    def debug(self):
        """Run the tests without a result: exceptions come out."""
        self.run(_DebugResult(), True)

    def _enter(self, test, result):
        """Bring the fixtures to where the test needs them.  False if they failed and it cannot run."""
        self._tearDownPreviousClass(test, result)
        self._handleModuleFixture(test, result)
        self._handleClassSetUp(test, result)
        result._previousTestClass = type(test)
        return not (getattr(type(test), '_classSetupFailed', False)
                    or getattr(result, '_moduleSetUpFailed', False))

    # Classes

    def _handleClassSetUp(self, test, result):
        cls = type(test)
        if (cls is getattr(result, '_previousTestClass', None) or result._moduleSetUpFailed
                or getattr(cls, '__unittest_skip__', False)):
            return
        try:
            cls._classSetupFailed = False
        except TypeError:               # a test of a built-in class
            pass
        set_up = getattr(cls, 'setUpClass', None)
        if set_up is None:
            return
        _call_if_exists(result, '_setupStdout')
        try:
            try:
                set_up()
            except Exception as exc:
                if isinstance(result, _DebugResult):
                    raise
                cls._classSetupFailed = True
                self._createClassOrModuleLevelException(result, exc, 'setUpClass', util.strclass(cls))
            if cls._classSetupFailed is True:
                self._clean_class_up(cls, result, 'setUpClass')
        finally:
            _call_if_exists(result, '_restoreStdout')

    def _tearDownPreviousClass(self, test, result):
        cls = getattr(result, '_previousTestClass', None)
        if (type(test) is cls or getattr(cls, '_classSetupFailed', False)
                or getattr(result, '_moduleSetUpFailed', False) or getattr(cls, '__unittest_skip__', False)):
            return
        tear_down = getattr(cls, 'tearDownClass', None)
        if tear_down is None:
            return
        _call_if_exists(result, '_setupStdout')
        try:
            try:
                tear_down()
            except Exception as exc:
                if isinstance(result, _DebugResult):
                    raise
                self._createClassOrModuleLevelException(result, exc, 'tearDownClass', util.strclass(cls))
            self._clean_class_up(cls, result, 'tearDownClass')
        finally:
            _call_if_exists(result, '_restoreStdout')

    def _clean_class_up(self, cls, result, where):
        if not hasattr(cls, 'doClassCleanups'):
            return
        cls.doClassCleanups()
        for info in cls.tearDown_exceptions:
            self._createClassOrModuleLevelException(result, info[1], where, util.strclass(cls), info=info)

    # Modules

    def _get_previous_module(self, result):
        cls = getattr(result, '_previousTestClass', None)
        return None if cls is None else cls.__module__

    def _handleModuleFixture(self, test, result):
        name = type(test).__module__
        if name == self._get_previous_module(result):
            return
        self._handleModuleTearDown(result)
        result._moduleSetUpFailed = False
        set_up = getattr(sys.modules.get(name), 'setUpModule', None)
        if set_up is None:
            return
        _call_if_exists(result, '_setupStdout')
        try:
            set_up()
        except Exception as exc:
            self._clean_module_up(result, 'setUpModule', name)
            if isinstance(result, _DebugResult):
                raise
            result._moduleSetUpFailed = True
            self._createClassOrModuleLevelException(result, exc, 'setUpModule', name)
        finally:
            _call_if_exists(result, '_restoreStdout')

    def _handleModuleTearDown(self, result):
        name = self._get_previous_module(result)
        if name not in sys.modules or result._moduleSetUpFailed:
            return
        tear_down = getattr(sys.modules[name], 'tearDownModule', None)
        _call_if_exists(result, '_setupStdout')
        try:
            if tear_down is not None:
                try:
                    tear_down()
                except Exception as exc:
                    if isinstance(result, _DebugResult):
                        raise
                    self._createClassOrModuleLevelException(result, exc, 'tearDownModule', name)
            self._clean_module_up(result, 'tearDownModule', name)
        finally:
            _call_if_exists(result, '_restoreStdout')

    def _clean_module_up(self, result, where, name):
        try:
            case.doModuleCleanups()
        except Exception as exc:
            self._createClassOrModuleLevelException(result, exc, where, name)

    # Errors that belong to no test

    def _createClassOrModuleLevelException(self, result, exc, method_name, parent, info=None):
        self._addClassOrModuleLevelException(result, exc, '%s (%s)' % (method_name, parent), info)

    def _addClassOrModuleLevelException(self, result, exception, errorName, info=None):
        holder = _ErrorHolder(errorName)
        skip = getattr(result, 'addSkip', None)
        if skip is not None and isinstance(exception, case.SkipTest):
            skip(holder, str(exception))
        else:
            result.addError(holder, info or sys.exc_info())


class _ErrorHolder:
    """Stands in for a test where a fixture failed: results want something with an id."""

    failureException = None

    def __init__(self, description):
        self.description = description

    def __repr__(self):
        return '<ErrorHolder description=%r>' % (self.description,)

    def __str__(self):
        return self.id()

    def id(self):
        return self.description

    def shortDescription(self):
        return None

    def countTestCases(self):
        return 0

    def run(self, result):
        """There is nothing to run."""

    def __call__(self, result):
        return self.run(result)


class _DebugResult:
    """Just enough of a result for the fixtures."""

    _previousTestClass = None
    _moduleSetUpFailed = False
    shouldStop = False
