# SPDX-License-Identifier: MIT
"""TestLoader: finds tests in classes, modules, by name and in folders.

What cannot be loaded does not end the search: it becomes a test that fails with the reason, and the reason is added to
the loader's `errors`.
"""

import os
import re
import sys
import types
from fnmatch import fnmatch, fnmatchcase

from . import case, suite, util

__unittest = True

VALID_MODULE_NAME = re.compile(r'[_a-z]\w*\.py$', re.IGNORECASE)


class _FailedTest(case.TestCase):
    """A test that raises the exception that stopped the loading."""

    _testMethodName = None

    def __init__(self, method_name, exception):
        self._exception = exception
        super().__init__(method_name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            return super(_FailedTest, self).__getattr__(name)

        def testFailure():
            raise self._exception
        return testFailure


def _make_failed_test(methodname, exception, suiteClass, message):
    """A suite with one failing test, and the message."""
    return suiteClass((_FailedTest(methodname, exception),)), message


def _make_failed_import_test(name, suiteClass):
    message = 'Failed to import test module: %s\n%s' % (name, _traceback_text())
    return _make_failed_test(name, ImportError(message), suiteClass, message)


def _make_failed_load_tests(name, exception, suiteClass):
    message = 'Failed to call load_tests:\n%s' % _traceback_text()
    return _make_failed_test(name, exception, suiteClass, message)


def _make_skipped_test(methodname, exception, suiteClass):
    """A suite with one skipped test, for a module that raises SkipTest."""
    @case.skip(str(exception))
    def testSkipped(self):
        pass
    cls = type('ModuleSkipped', (case.TestCase,), {methodname: testSkipped})
    return suiteClass((cls(methodname),))


def _traceback_text():
    import traceback
    return traceback.format_exc()


def _jython_aware_splitext(path):
    """The path without .py (or Jython's name for a compiled module)."""
    if path.lower().endswith('$py.class'):
        return path[:-9]
    return os.path.splitext(path)[0]


class TestLoader:
    """Finds tests and puts them into suites.

    Attributes that change what is found: testMethodPrefix, sortTestMethodsUsing (a three-way comparison or None),
    testNamePatterns (None or fnmatch patterns for full names), suiteClass.  errors: texts of what went wrong.
    """

    testMethodPrefix = 'test'
    sortTestMethodsUsing = staticmethod(util.three_way_cmp)
    testNamePatterns = None
    suiteClass = suite.TestSuite
    _top_level_dir = None

    def __init__(self):
        super().__init__()
        self.errors = []
        self._loading_packages = set()      # those whose load_tests is running: it may call discover() itself

    def _failed(self, pair):
        """Note the message of a _make_failed_* function and return its suite."""
        failing, message = pair
        self.errors.append(message)
        return failing

    # Classes and modules

    def getTestCaseNames(self, testCaseClass):
        """Return the names of a class's test methods, sorted."""
        def wanted(name):
            if not name.startswith(self.testMethodPrefix) or not callable(getattr(testCaseClass, name)):
                return False
            if self.testNamePatterns is None:
                return True
            full = '%s.%s.%s' % (testCaseClass.__module__, testCaseClass.__qualname__, name)
            return any(fnmatchcase(full, pattern) for pattern in self.testNamePatterns)

        names = [name for name in dir(testCaseClass) if wanted(name)]
        if self.sortTestMethodsUsing:
            import functools
            names.sort(key=functools.cmp_to_key(self.sortTestMethodsUsing))
        return names

    def loadTestsFromTestCase(self, testCaseClass):
        """Return a suite of a class's tests.  TypeError for a TestSuite class."""
        if issubclass(testCaseClass, suite.TestSuite):
            raise TypeError('Test cases should not be derived from TestSuite. '
                            'Maybe you meant to derive from TestCase?')
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, 'runTest'):
            names.append('runTest')
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *args, pattern=None, **kws):
        """Return a suite of all tests of a module.

        If the module has a function load_tests it is called with this loader, the suite and pattern, and returns the
        suite to use.
        """
        if args or 'use_load_tests' in kws:
            import warnings
            warnings.warn('use_load_tests is deprecated and ignored', DeprecationWarning)
            kws.pop('use_load_tests', None)
        if len(args) > 1:
            raise TypeError('loadTestsFromModule() takes 1 positional argument but {} were given'
                            .format(len(args) + 1))
        if kws:
            raise TypeError("loadTestsFromModule() got an unexpected keyword argument '{}'".format(min(kws)))

        found = []
        for name in dir(module):
            thing = getattr(module, name)
            if isinstance(thing, type) and issubclass(thing, case.TestCase):
                found.append(self.loadTestsFromTestCase(thing))
        found = self.suiteClass(found)
        load_tests = getattr(module, 'load_tests', None)
        if load_tests is None:
            return found
        try:
            return load_tests(self, found, pattern)
        except Exception as exc:
            return self._failed(_make_failed_load_tests(module.__name__, exc, self.suiteClass))

    # Names

    def loadTestsFromNames(self, names, module=None):
        """Return a suite of what loadTestsFromName() finds for each name."""
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def loadTestsFromName(self, name, module=None):
        """Return a suite for a dotted name of a module, class, method, suite, or function that makes a test.

        The name is looked up in module, if that is given.  TypeError if it stands for something else.
        """
        parts = name.split('.')
        import_error = None
        if module is None:
            module, import_error = self._import_front(parts)
            if module is None:
                return self._failed(import_error)
            parts = parts[1:]

        parent, thing = None, module
        for part in parts:
            try:
                parent, thing = thing, getattr(thing, part)
            except AttributeError as exc:
                # A part of a package that is missing: the failed import says more than the missing attribute.
                if import_error is not None and getattr(thing, '__path__', None) is not None:
                    return self._failed(import_error)
                message = 'Failed to access attribute:\n%s' % _traceback_text()
                return self._failed(_make_failed_test(part, exc, self.suiteClass, message))
        return self._tests_of(thing, parent, parts[-1] if parts else None)

    def _import_front(self, parts):
        """Import as many leading parts as can be: the top module or None, and the last failure or None."""
        failure = None
        for count in range(len(parts), 0, -1):
            try:
                return __import__('.'.join(parts[:count])), failure
            except ImportError:
                failure = _make_failed_import_test(parts[count - 1], self.suiteClass)
        return None, failure

    def _tests_of(self, thing, parent, name):
        """Make tests of an object called name that was found in parent."""
        if isinstance(thing, types.ModuleType):
            return self.loadTestsFromModule(thing)
        if isinstance(thing, type) and issubclass(thing, case.TestCase):
            return self.loadTestsFromTestCase(thing)
        if isinstance(thing, types.FunctionType) and isinstance(parent, type) and issubclass(parent, case.TestCase):
            test = parent(name)
            if not isinstance(getattr(test, name), types.FunctionType):     # not a static method
                return self.suiteClass([test])
        elif isinstance(thing, suite.TestSuite):
            return thing
        if not callable(thing):
            raise TypeError("don't know how to make test from: %s" % thing)
        made = thing()
        if isinstance(made, suite.TestSuite):
            return made
        if isinstance(made, case.TestCase):
            return self.suiteClass([made])
        raise TypeError('calling %s returned %s, not a test' % (thing, made))

    # Folders

    def discover(self, start_dir, pattern='test*.py', top_level_dir=None):
        """Return a suite of the tests in the modules below a folder or package whose file names match pattern.

        top_level_dir: the folder that the modules' names are relative to, start_dir if not given; it is put on
        sys.path.  ImportError if start_dir cannot be imported from.
        """
        top_given = True
        if top_level_dir is None:
            top_level_dir = self._top_level_dir
            if top_level_dir is None:
                top_given = False
                top_level_dir = start_dir
        top = os.path.abspath(top_level_dir)
        if top not in sys.path:
            sys.path.insert(0, top)         # first, so that no other module of the same name is found
        self._top_level_dir = top

        if os.path.isdir(os.path.abspath(start_dir)):
            folder = os.path.abspath(start_dir)
            importable = folder == top or os.path.isfile(os.path.join(folder, '__init__.py'))
        else:
            try:
                __import__(start_dir)
            except ImportError:
                importable = False
            else:
                importable = True
                package = sys.modules[start_dir]
                if getattr(package, '__file__', None) is None:
                    return self._discover_namespace(package, pattern, top, top_given)
                folder = os.path.abspath(os.path.dirname(package.__file__))
                if not top_given:
                    self._top_level_dir = self._get_directory_containing_module(start_dir.split('.')[0])
                    sys.path.remove(top)
        if not importable:
            raise ImportError('Start directory is not importable: %r' % start_dir)
        return self.suiteClass(list(self._find_tests(folder, pattern)))

    def _discover_namespace(self, package, pattern, top, top_given):
        """The same for a package without a file, which may lie in several folders."""
        spec = getattr(package, '__spec__', None)
        if spec is None or spec.loader is not None and getattr(spec, 'submodule_search_locations', None) is None:
            if package.__name__ in sys.builtin_module_names:
                raise TypeError('Can not use builtin modules as dotted module names') from None
            raise TypeError("don't know how to discover from {!r}".format(package)) from None
        found = []
        for folder in package.__path__:
            if top_given and not folder.startswith(top):
                continue
            self._top_level_dir = folder.split(package.__name__.replace('.', os.path.sep))[0]
            found.extend(self._find_tests(folder, pattern, namespace=True))
        if not top_given:
            sys.path.remove(top)
        return self.suiteClass(found)

    def _get_directory_containing_module(self, module_name):
        path = os.path.realpath(sys.modules[module_name].__file__)
        folder, file = os.path.split(path)
        return os.path.dirname(folder) if file.lower().startswith('__init__.py') else folder

    def _get_name_from_path(self, path):
        """The dotted name of a file or folder below the top one, '.' for that one itself."""
        if path == self._top_level_dir:
            return '.'
        path = _jython_aware_splitext(os.path.normpath(path))
        relative = os.path.relpath(path, self._top_level_dir)
        assert not os.path.isabs(relative), 'Path must be within the project'
        assert not relative.startswith('..'), 'Path must be within the project'
        return relative.replace(os.path.sep, '.')

    def _get_module_from_name(self, name):
        __import__(name)
        return sys.modules[name]

    def _match_path(self, path, full_path, pattern):
        """Is this file to be loaded?  Subclasses may look at the whole path."""
        return fnmatch(path, pattern)

    def _find_tests(self, start_dir, pattern, namespace=False):
        """Generate the suites of a folder and those below."""
        name = self._get_name_from_path(start_dir)
        if name != '.' and name not in self._loading_packages:
            # A package may give its tests itself.
            found, deeper = self._find_test_path(start_dir, pattern, namespace)
            if found is not None:
                yield found
            if not deeper:
                return
        for entry in sorted(os.listdir(start_dir)):
            path = os.path.join(start_dir, entry)
            found, deeper = self._find_test_path(path, pattern, namespace)
            if found is not None:
                yield found
            if deeper:
                name = self._get_name_from_path(path)
                self._loading_packages.add(name)
                try:
                    yield from self._find_tests(path, pattern, namespace)
                finally:
                    self._loading_packages.discard(name)

    def _find_test_path(self, full_path, pattern, namespace=False):
        """What is at a path: a suite or None, and whether it is a folder to look into."""
        if os.path.isfile(full_path):
            entry = os.path.basename(full_path)
            if VALID_MODULE_NAME.match(entry) and self._match_path(entry, full_path, pattern):
                return self._load_file(full_path, pattern), False
        elif os.path.isdir(full_path):
            if namespace or os.path.isfile(os.path.join(full_path, '__init__.py')):
                return self._load_package(full_path, pattern)
        return None, False

    def _import_path(self, full_path):
        """The name and the module at a path; in place of the module a suite if it fails or wants to be skipped."""
        name = self._get_name_from_path(full_path)
        try:
            return name, self._get_module_from_name(name), None
        except case.SkipTest as exc:
            return name, None, _make_skipped_test(name, exc, self.suiteClass)
        except:
            return name, None, self._failed(_make_failed_import_test(name, self.suiteClass))

    def _load_file(self, full_path, pattern):
        _, module, instead = self._import_path(full_path)
        if module is None:
            return instead
        found = os.path.abspath(getattr(module, '__file__', full_path))
        found = _jython_aware_splitext(os.path.realpath(found))
        expected = _jython_aware_splitext(os.path.realpath(full_path))
        if found.lower() != expected.lower():
            raise ImportError(
                '%r module incorrectly imported from %r. Expected %r. Is this module globally installed?'
                % (_jython_aware_splitext(os.path.basename(full_path)), os.path.dirname(found),
                   os.path.dirname(full_path)))
        return self.loadTestsFromModule(module, pattern=pattern)

    def _load_package(self, full_path, pattern):
        name, package, instead = self._import_path(full_path)
        if package is None:
            return instead, False
        decides = getattr(package, 'load_tests', None) is not None
        self._loading_packages.add(name)
        try:
            return self.loadTestsFromModule(package, pattern=pattern), not decides
        finally:
            self._loading_packages.discard(name)


defaultTestLoader = TestLoader()


# Older ways to call a loader

def _makeLoader(prefix, sortUsing, suiteClass=None, testNamePatterns=None):
    loader = TestLoader()
    loader.testMethodPrefix = prefix
    loader.sortTestMethodsUsing = sortUsing
    loader.testNamePatterns = testNamePatterns
    if suiteClass:
        loader.suiteClass = suiteClass
    return loader


def getTestCaseNames(testCaseClass, prefix, sortUsing=util.three_way_cmp, testNamePatterns=None):
    """Return the names of a class's test methods that begin with prefix."""
    return _makeLoader(prefix, sortUsing, testNamePatterns=testNamePatterns).getTestCaseNames(testCaseClass)


def makeSuite(testCaseClass, prefix='test', sortUsing=util.three_way_cmp, suiteClass=suite.TestSuite):
    """Return a suite of a class's tests."""
    return _makeLoader(prefix, sortUsing, suiteClass).loadTestsFromTestCase(testCaseClass)


def findTestCases(module, prefix='test', sortUsing=util.three_way_cmp, suiteClass=suite.TestSuite):
    """Return a suite of a module's tests."""
    return _makeLoader(prefix, sortUsing, suiteClass).loadTestsFromModule(module)
