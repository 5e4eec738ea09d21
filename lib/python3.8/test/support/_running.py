# SPDX-License-Identifier: MIT
"""Running suites and doctests, and choosing among tests by name."""
import fnmatch
import functools
import os
import re
import sys
import sysconfig
import unittest

from test.support.testresult import get_test_runner


def _settings():
    from test import support
    return support


class Error(Exception):
    """Something is wrong with tests."""


class TestFailed(Error):
    """Tests have failed."""


class TestDidNotRun(Error):
    """No test has run."""


class BasicTestRunner:
    """Runs a test and returns its result, without any output."""

    def run(self, test):
        """Run a test or a suite; return a unittest.TestResult."""
        result = unittest.TestResult()
        test(result)
        return result


# Choice.

_accepts = None             # a function of a test's id, or None for all
_patterns = ((), ())


def match_test(test):
    """Tell whether a test is chosen; all are, until set_match_tests() is called."""
    return _accepts is None or _accepts(test.id())


def _names_one(pattern):
    """Whether a pattern is all of a test's id, with the names of module, class and method."""
    return '.' in pattern and not re.search(r'[?*\[\]]', pattern)


def _compiled(patterns):
    """A function that tells whether an id fits one of several patterns, or None if there are none."""
    if not patterns:
        return None
    if all(map(_names_one, patterns)):
        return set(patterns).__contains__
    matches = re.compile('|'.join(map(fnmatch.translate, patterns))).match

    @functools.lru_cache(None)
    def fits(test_id):
        # The whole id, or one of its parts.
        return bool(matches(test_id)) or any(map(matches, test_id.split('.')))
    return fits


def set_match_tests(accept_patterns=None, ignore_patterns=None):
    """Choose tests.

    accept_patterns: those to run, ids or patterns as of fnmatch for an id or a part of it; all if empty.
    ignore_patterns: those of them not to run.
    """
    global _accepts, _patterns
    patterns = tuple(accept_patterns or ()), tuple(ignore_patterns or ())
    if patterns == _patterns:
        return
    wanted, unwanted = map(_compiled, patterns)
    if wanted and unwanted:
        _accepts = lambda test_id: wanted(test_id) and not unwanted(test_id)
    elif unwanted:
        _accepts = lambda test_id: not unwanted(test_id)
    else:
        _accepts = wanted
    _patterns = patterns


def _filter_suite(suite, pred):
    """Leave in a suite the tests of which a function says so."""
    kept = []
    for test in suite._tests:
        if isinstance(test, unittest.TestSuite):
            _filter_suite(test, pred)
            kept.append(test)
        elif pred(test):
            kept.append(test)
    suite._tests = kept


# Running.

def _run_suite(suite):
    """Run a suite; raise TestFailed or TestDidNotRun if there is reason."""
    support = _settings()
    runner = get_test_runner(sys.stdout, verbosity=support.verbose, capture_output=support.junit_xml_list is not None)
    result = runner.run(suite)
    if support.junit_xml_list is not None:
        support.junit_xml_list.append(result.get_xml_element())
    if not result.testsRun and not result.skipped:
        raise TestDidNotRun
    if result.wasSuccessful():
        return
    failed = result.errors + result.failures
    text = failed[0][1] if len(failed) == 1 else 'multiple errors occurred'
    if len(failed) > 1 and not support.verbose:
        text += '; run in verbose mode for details'
    raise TestFailed(text)


def run_unittest(*classes):
    """Run tests: classes, suites, and names of modules that have been imported."""
    suite = unittest.TestSuite()
    load = unittest.TestLoader()
    for entry in classes:
        if isinstance(entry, str):
            if entry not in sys.modules:
                raise ValueError('str arguments must be keys in sys.modules')
            suite.addTest(load.loadTestsFromModule(sys.modules[entry]))
        elif isinstance(entry, (unittest.TestSuite, unittest.TestCase)):
            suite.addTest(entry)
        else:
            suite.addTest(unittest.makeSuite(entry))
    _filter_suite(suite, match_test)
    _run_suite(suite)


def run_doctest(module, verbosity=None, optionflags=0):
    """Run the examples of a module; return the numbers of failures and of examples, or raise TestFailed."""
    import doctest
    support = _settings()
    verbosity = support.verbose if verbosity is None else None
    failures, examples = doctest.testmod(module, verbose=verbosity, optionflags=optionflags)
    if failures:
        raise TestFailed('%d of %d doctests failed' % (failures, examples))
    if support.verbose:
        print('doctest (%s) ... %d tests with zero failures' % (module.__name__, examples))
    return failures, examples


def load_package_tests(pkg_dir, loader, standard_tests, pattern):
    """What load_tests() of a package can do: add the tests of all its modules.

    pkg_dir: the package's folder; the others are the arguments of load_tests().
    """
    top = os.path.dirname(os.path.dirname(pkg_dir)) if os.path.basename(os.path.dirname(pkg_dir)) == 'test' else None
    if top is None:
        from test.support._files import TEST_HOME_DIR
        top = os.path.dirname(TEST_HOME_DIR)
    standard_tests.addTests(loader.discover(start_dir=pkg_dir, top_level_dir=top, pattern=pattern or 'test*'))
    return standard_tests


def anticipate_failure(condition):
    """A decorator: expect the test to fail if the condition is true."""
    return unittest.expectedFailure if condition else lambda test: test


# What tests assert.

def check_syntax_error(testcase, statement, errtext='', *, lineno=None, offset=None):
    """Assert that source is refused.

    errtext: a regular expression in the message; lineno, offset: where the error is, if they matter.
    """
    with testcase.assertRaisesRegex(SyntaxError, errtext) as caught:
        compile(statement, '<test string>', 'exec')
    error = caught.exception
    testcase.assertIsNotNone(error.lineno)
    if lineno is not None:
        testcase.assertEqual(error.lineno, lineno)
    testcase.assertIsNotNone(error.offset)
    if offset is not None:
        testcase.assertEqual(error.offset, offset)


def check_syntax_warning(testcase, statement, errtext='', *, lineno=1, offset=None):
    """Assert that source is warned of, once, and that this can be made an error; the arguments are the same."""
    import warnings
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('always', SyntaxWarning)
        compile(statement, '<testcase>', 'exec')
    testcase.assertEqual(len(seen), 1, seen)
    warning, = seen
    testcase.assertTrue(issubclass(warning.category, SyntaxWarning), warning.category)
    if errtext:
        testcase.assertRegex(str(warning.message), errtext)
    testcase.assertEqual(warning.filename, '<testcase>')
    testcase.assertIsNotNone(warning.lineno)
    if lineno is not None:
        testcase.assertEqual(warning.lineno, lineno)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('error', SyntaxWarning)
        check_syntax_error(testcase, statement, errtext, lineno=lineno, offset=offset)
    testcase.assertEqual(seen, [])


def check_free_after_iterating(test, iter, cls, args=()):
    """Assert that an iterator lets go of what it goes over at its end, while it is being asked for the next item."""
    class Watched(cls):
        def __del__(self):
            nonlocal gone
            gone = True
            with test.subTest(cls=cls):     # the iterator is exhausted by now
                next(iterator, None)

    gone = False
    iterator = iter(Watched(*args))
    test.assertRaises(StopIteration, next, iterator)
    from test.support._watching import gc_collect
    gc_collect()
    test.assertTrue(gone)


_header = 'nP'
_align = '0n'
_vheader = 'nPn'


def calcobjsize(fmt):
    """The size of an object whose fields behind the head are those of a format of struct."""
    import struct
    return struct.calcsize(_header + fmt + _align)


def calcvobjsize(fmt):
    """The same for an object of variable size."""
    import struct
    return struct.calcsize(_vheader + fmt + _align)


_TPFLAGS_HAVE_GC = 1 << 14
_TPFLAGS_HEAPTYPE = 1 << 9


def check_sizeof(test, o, size):
    """Assert the size of an object, without what the collector puts before it."""
    import _testcapi
    flags = o.__flags__ if type(o) is type else type(o).__flags__
    if type(o) is type and flags & _TPFLAGS_HEAPTYPE or type(o) is not type and flags & _TPFLAGS_HAVE_GC:
        size += _testcapi.SIZEOF_PYGC_HEAD
    found = sys.getsizeof(o)
    test.assertEqual(found, size, 'wrong size for %s: got %d, expected %d' % (type(o), found, size))


def sortdict(dict):
    """A dict's repr with its items sorted."""
    return '{%s}' % ', '.join('%r: %r' % item for item in sorted(dict.items()))


def run_in_subinterp(code):
    """Run source in another interpreter of this process; return 0, or what PyRun_SimpleString() returns for errors."""
    import tracemalloc
    import _testcapi
    if tracemalloc.is_tracing():
        raise unittest.SkipTest('run_in_subinterp() cannot be used if tracemalloc module is tracing memory allocations')
    return _testcapi.run_in_subinterp(code)


def args_from_interpreter_flags():
    """The options for another interpreter that shall be like this one."""
    import subprocess
    return subprocess._args_from_interpreter_flags()


def optim_args_from_interpreter_flags():
    """Those of them that are about optimisation."""
    import subprocess
    return subprocess._optim_args_from_interpreter_flags()


NHASHBITS = sys.hash_info.width


def collision_stats(nbins, nballs):
    """The mean and the standard deviation of the collisions when balls are thrown into bins at random."""
    n, k = nbins, nballs
    empty = n * (1 - 1 / n) ** k                    # of the bins, expected
    mean = k - n + empty
    variance = empty + n * (n - 1) * (1 - 2 / n) ** k - empty * empty
    if n > 10 ** 6 or variance <= 0:                # too large for floats
        import decimal
        with decimal.localcontext() as context:
            context.prec = n.bit_length() * 2 + 30
            one, two, bins = decimal.Decimal(1), decimal.Decimal(2), decimal.Decimal(n)
            empty = bins * (one - one / bins) ** k
            mean = float(k - bins + empty)
            variance = float(empty + bins * (bins - 1) * (one - two / bins) ** k - empty * empty)
    return float(mean), max(variance, 0) ** 0.5


# Objects that compare in one way with everything.

@functools.total_ordering
class _LARGEST:
    """Greater than anything but itself."""

    def __eq__(self, other):
        return isinstance(other, _LARGEST)

    def __lt__(self, other):
        return False


@functools.total_ordering
class _SMALLEST:
    """Less than anything but itself."""

    def __eq__(self, other):
        return isinstance(other, _SMALLEST)

    def __gt__(self, other):
        return False


class _ALWAYS_EQ:
    """Equal to anything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


ALWAYS_EQ, LARGEST, SMALLEST = _ALWAYS_EQ(), _LARGEST(), _SMALLEST()


def maybe_get_event_loop_policy():
    """asyncio's policy, if one has been set or made."""
    import asyncio.events
    return asyncio.events._event_loop_policy
