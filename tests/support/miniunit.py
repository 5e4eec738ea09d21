# SPDX-License-Identifier: MIT
"""The part of unittest that the project's tests use, in plain Python without imports of the library.

It stands in for unittest as long as the library has none of its own, so that a broken library cannot hide a broken
interpreter.  TestCase, the usual assertions, subTest, skipping, expectedFailure, fixtures, main().
"""
import sys


class SkipTest(Exception):
    """Raised to skip a test."""


def _mark(attribute, reason):
    def decorate(item):
        setattr(item, attribute, reason)
        return item
    return decorate


def skip(reason):
    return _mark('__unittest_skip_why__', reason)


def skipIf(condition, reason):
    return skip(reason) if condition else lambda item: item


def skipUnless(condition, reason):
    return skipIf(not condition, reason)


def expectedFailure(item):
    item.__unittest_expecting_failure__ = True
    return item


class _Raises:
    def __init__(self, case, expected, regex=None):
        self.case, self.expected, self.regex = case, expected, regex

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is None:
            names = self.expected if isinstance(self.expected, tuple) else (self.expected,)
            raise self.case.failureException(' or '.join(n.__name__ for n in names) + ' not raised')
        if not issubclass(kind, self.expected):
            return False
        self.exception = error.with_traceback(None)
        if self.regex is not None:
            import re
            if not re.search(self.regex, str(error)):
                raise self.case.failureException('%r does not match %r' % (self.regex, str(error)))
        return True


class _Warns:
    def __init__(self, case, expected, regex=None):
        self.case, self.expected, self.regex = case, expected, regex

    def __enter__(self):
        import warnings
        for module in list(sys.modules.values()):
            if getattr(module, '__warningregistry__', None):
                module.__warningregistry__ = {}
        self.context = warnings.catch_warnings(record=True)
        self.caught = self.context.__enter__()
        warnings.simplefilter('always')
        return self

    def __exit__(self, kind, error, traceback):
        self.context.__exit__(kind, error, traceback)
        if kind is not None:
            return False
        for record in self.caught:
            if issubclass(record.category, self.expected):
                if self.regex is not None:
                    import re
                    if not re.search(self.regex, str(record.message)):
                        continue
                self.warning = record.message
                return True
        raise self.case.failureException('%s not triggered' % (self.expected,))


class _SubTest:
    def __init__(self, case, label):
        self.case, self.label = case, label

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is None or issubclass(kind, (SkipTest, KeyboardInterrupt)):
            return False
        self.case._sub_failures.append((self.label, error))
        return True


class TestCase:
    failureException = AssertionError
    maxDiff = None

    def __init__(self, methodName='runTest'):
        self._testMethodName = methodName
        self._cleanups = []
        self._sub_failures = []

    def id(self):
        return '%s.%s' % (type(self).__qualname__, self._testMethodName)

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def addCleanup(self, function, *args, **kwargs):
        self._cleanups.append((function, args, kwargs))

    def skipTest(self, reason):
        raise SkipTest(reason)

    def subTest(self, msg='', **parameters):
        return _SubTest(self, '%s %s' % (msg, parameters))

    def fail(self, msg=None):
        raise self.failureException(msg)

    def _check(self, truth, standard, msg):
        if not truth:
            raise self.failureException(standard if msg is None else '%s : %s' % (standard, msg))

    def assertTrue(self, value, msg=None):
        self._check(value, '%r is not true' % (value,), msg)

    def assertFalse(self, value, msg=None):
        self._check(not value, '%r is not false' % (value,), msg)

    def assertEqual(self, first, second, msg=None):
        self._check(first == second, '%r != %r' % (first, second), msg)

    assertListEqual = assertTupleEqual = assertDictEqual = assertSetEqual = assertMultiLineEqual = \
        assertSequenceEqual = assertEqual

    def assertNotEqual(self, first, second, msg=None):
        self._check(first != second, '%r == %r' % (first, second), msg)

    def assertIs(self, first, second, msg=None):
        self._check(first is second, '%r is not %r' % (first, second), msg)

    def assertIsNot(self, first, second, msg=None):
        self._check(first is not second, 'unexpectedly identical: %r' % (first,), msg)

    def assertIsNone(self, value, msg=None):
        self._check(value is None, '%r is not None' % (value,), msg)

    def assertIsNotNone(self, value, msg=None):
        self._check(value is not None, 'unexpectedly None', msg)

    def assertIn(self, member, container, msg=None):
        self._check(member in container, '%r not found in %r' % (member, container), msg)

    def assertNotIn(self, member, container, msg=None):
        self._check(member not in container, '%r unexpectedly found in %r' % (member, container), msg)

    def assertIsInstance(self, value, kind, msg=None):
        self._check(isinstance(value, kind), '%r is not an instance of %r' % (value, kind), msg)

    def assertNotIsInstance(self, value, kind, msg=None):
        self._check(not isinstance(value, kind), '%r is an instance of %r' % (value, kind), msg)

    def assertGreater(self, a, b, msg=None):
        self._check(a > b, '%r not greater than %r' % (a, b), msg)

    def assertGreaterEqual(self, a, b, msg=None):
        self._check(a >= b, '%r not greater than or equal to %r' % (a, b), msg)

    def assertLess(self, a, b, msg=None):
        self._check(a < b, '%r not less than %r' % (a, b), msg)

    def assertLessEqual(self, a, b, msg=None):
        self._check(a <= b, '%r not less than or equal to %r' % (a, b), msg)

    def assertAlmostEqual(self, a, b, places=7, msg=None, delta=None):
        near = a == b or (abs(a - b) <= delta if delta is not None else round(abs(a - b), places) == 0)
        self._check(near, '%r != %r' % (a, b), msg)

    def assertCountEqual(self, first, second, msg=None):
        rest = list(second)
        for item in first:
            self._check(item in rest, '%r not in %r' % (item, second), msg)
            rest.remove(item)
        self._check(not rest, 'missing: %r' % (rest,), msg)

    def assertRegex(self, text, pattern, msg=None):
        import re
        self._check(re.search(pattern, text), '%r not found in %r' % (pattern, text), msg)

    def assertNotRegex(self, text, pattern, msg=None):
        import re
        self._check(not re.search(pattern, text), '%r found in %r' % (pattern, text), msg)

    def assertRaises(self, expected, function=None, *args, **kwargs):
        context = _Raises(self, expected)
        if function is None:
            return context
        with context:
            function(*args, **kwargs)

    def assertRaisesRegex(self, expected, regex, function=None, *args, **kwargs):
        context = _Raises(self, expected, regex)
        if function is None:
            return context
        with context:
            function(*args, **kwargs)

    def assertWarns(self, expected, function=None, *args, **kwargs):
        context = _Warns(self, expected)
        if function is None:
            return context
        with context:
            function(*args, **kwargs)

    def assertWarnsRegex(self, expected, regex, function=None, *args, **kwargs):
        context = _Warns(self, expected, regex)
        if function is None:
            return context
        with context:
            function(*args, **kwargs)


def _run(case, method):
    """Run one test; return (outcome, error)."""
    reason = getattr(method, '__unittest_skip_why__', None) or getattr(type(case), '__unittest_skip_why__', None)
    if reason:
        return 'skipped', reason
    outcome, error = 'passed', None
    try:
        case.setUp()
        try:
            method()
        finally:
            case.tearDown()
    except SkipTest as skipped:
        outcome, error = 'skipped', skipped
    except ModuleNotFoundError as missing:
        # The library has not all modules yet: such a test runs with the reference library (see tools/ratchet).
        outcome, error = 'skipped', missing
    except Exception as failure:
        outcome, error = 'failed', failure
    for function, args, kwargs in reversed(case._cleanups):
        try:
            function(*args, **kwargs)
        except Exception as failure:
            outcome, error = 'failed', failure
    if outcome == 'passed' and case._sub_failures:
        outcome, error = 'failed', case._sub_failures[0][1]
    if getattr(method, '__unittest_expecting_failure__', False):
        outcome = 'passed' if outcome == 'failed' else 'failed'
    return outcome, error


def _show(name, error, sub_failures):
    print('FAIL:', name)
    for label, failure in sub_failures:
        print('  in', label, '->', type(failure).__name__, failure)
    if error is not None:
        sys.excepthook(type(error), error, getattr(error, '__traceback__', None))


def main(module='__main__', argv=None, exit=True, **unused):
    """Run the TestCase classes of a module; names in argv[1:] choose Class or Class.method."""
    if isinstance(module, str):
        module = sys.modules[module]
    chosen = [a for a in (argv if argv is not None else sys.argv)[1:] if not a.startswith('-')]
    counts = {'passed': 0, 'failed': 0, 'skipped': 0}
    setup = getattr(module, 'setUpModule', None)
    if setup is not None:
        setup()
    for kind in list(vars(module).values()):
        if not (isinstance(kind, type) and issubclass(kind, TestCase) and kind is not TestCase):
            continue
        names = [n for n in dir(kind) if n.startswith('test') and callable(getattr(kind, n))]
        if chosen:
            names = [n for n in names if kind.__name__ in chosen or '%s.%s' % (kind.__name__, n) in chosen]
        if not names:
            continue
        try:
            kind.setUpClass()
        except SkipTest:
            counts['skipped'] += len(names)
            continue
        for name in names:
            case = kind(name)
            outcome, error = _run(case, getattr(case, name))
            counts[outcome] += 1
            if outcome == 'failed':
                _show(case.id(), error, case._sub_failures)
        kind.tearDownClass()
    teardown = getattr(module, 'tearDownModule', None)
    if teardown is not None:
        teardown()
    print('%(passed)d passed, %(failed)d failed, %(skipped)d skipped' % counts)
    if exit:
        sys.exit(1 if counts['failed'] else 0)
