# SPDX-License-Identifier: MIT
"""TestProgram, also called main: a program that loads and runs tests as its command line says."""

import os
import sys

from . import loader, runner
from .signals import installHandler

__unittest = True


def _examples(*rows):
    """The end of the help text; rows: (arguments, what it does)."""
    return 'Examples:\n' + ''.join('  %%(prog)s %-25s - %s\n' % row for row in rows)


MAIN_EXAMPLES = _examples(('test_module', 'run tests from test_module'),
                          ('module.TestClass', 'run tests from module.TestClass'),
                          ('module.Class.test_method', 'run specified test method'),
                          ('path/to/test_file.py', 'run tests from test_file.py'))

MODULE_EXAMPLES = _examples(('', 'run default set of tests'),
                            ('MyTestSuite', "run suite 'MyTestSuite'"),
                            ('MyTestCase.testSomething', 'run MyTestCase.testSomething'),
                            ('MyTestCase', "run all 'test*' test methods\n" + 39 * ' ' + 'in MyTestCase'))


def _convert_name(name):
    """Make a module's name of a file's; anything else is returned as it is."""
    if not (os.path.isfile(name) and name.lower().endswith('.py')):
        return name
    path = name
    if os.path.isabs(path):
        path = os.path.relpath(path, os.getcwd())
        if os.path.isabs(path) or path.startswith(os.pardir):
            return name                 # not below this folder
    return path[:-3].replace('\\', '.').replace('/', '.')


def _convert_names(names):
    return list(map(_convert_name, names))


def _convert_select_pattern(pattern):
    """-k abc means *abc*."""
    return pattern if '*' in pattern else '*%s*' % pattern


class TestProgram:
    """Load tests, run them, exit."""

    module = None
    verbosity = 1
    failfast = catchbreak = buffer = progName = warnings = testNamePatterns = None
    _discovery_parser = None

    def __init__(self, module='__main__', defaultTest=None, argv=None, testRunner=None,
                 testLoader=loader.defaultTestLoader, exit=True, verbosity=1, failfast=None, catchbreak=None,
                 buffer=None, warnings=None, *, tb_locals=False):
        """module: where the tests are, an object or a name; None to take names or discover tests.

        defaultTest: a name or names, used if the command line has none.  argv: sys.argv if None.  testRunner: a class
        or object.  exit: end with sys.exit().  verbosity, failfast, catchbreak, buffer: as the options of that kind.
        warnings: a filter's action, 'default' if the interpreter got no -W.  Afterwards `result` holds the result.
        """
        if isinstance(module, str):
            __import__(module)
            module = sys.modules[module]
        self.module = module
        argv = sys.argv if argv is None else argv
        self.warnings = 'default' if warnings is None and not sys.warnoptions else warnings
        self.exit = exit
        self.verbosity = verbosity
        self.failfast, self.catchbreak, self.buffer = failfast, catchbreak, buffer
        self.tb_locals = tb_locals
        self.defaultTest = defaultTest
        self.testRunner, self.testLoader = testRunner, testLoader
        self.progName = os.path.basename(argv[0])
        self.parseArgs(argv)
        self.runTests()

    # The command line

    def usageExit(self, msg=None):
        """Print a message and the help, and exit."""
        if self._discovery_parser is None:
            self._initArgParsers()
        if msg:
            print(msg)
        self._print_help()
        sys.exit(2)

    def _print_help(self, *args, **kwargs):
        print(self._main_parser.format_help())
        if self.module is None:
            print(MAIN_EXAMPLES % {'prog': self.progName})
            self._discovery_parser.print_help()
        else:
            print(MODULE_EXAMPLES % {'prog': self.progName})

    def parseArgs(self, argv):
        """Read the command line into attributes and load the tests it asks for."""
        self._initArgParsers()
        if self.module is None and len(argv) > 1 and argv[1].lower() == 'discover':
            self._do_discovery(argv[2:])
            return
        self._main_parser.parse_args(argv[1:], self)
        if self.tests:
            self.testNames = _convert_names(self.tests)
            if __name__ == '__main__':
                self.module = None
        elif self.module is None:
            self._do_discovery([])
            return
        elif self.defaultTest is None:
            self.testNames = None
        elif isinstance(self.defaultTest, str):
            self.testNames = (self.defaultTest,)
        else:
            self.testNames = list(self.defaultTest)
        self.createTests()

    def createTests(self, from_discovery=False, Loader=None):
        """Load the tests into the attribute `test`."""
        if self.testNamePatterns:
            self.testLoader.testNamePatterns = self.testNamePatterns
        if from_discovery:
            finder = Loader() if Loader is not None else self.testLoader
            self.test = finder.discover(self.start, self.pattern, self.top)
        elif self.testNames is None:
            self.test = self.testLoader.loadTestsFromModule(self.module)
        else:
            self.test = self.testLoader.loadTestsFromNames(self.testNames, self.module)

    def _initArgParsers(self):
        common = self._getParentArgParser()
        self._main_parser = self._getMainArgParser(common)
        self._discovery_parser = self._getDiscoveryArgParser(common)

    def _getParentArgParser(self):
        """The options that both ways of calling have."""
        import argparse
        parser = argparse.ArgumentParser(add_help=False)
        option = parser.add_argument
        option('-v', '--verbose', dest='verbosity', action='store_const', const=2, help='Verbose output')
        option('-q', '--quiet', dest='verbosity', action='store_const', const=0, help='Quiet output')
        option('--locals', dest='tb_locals', action='store_true', help='Show local variables in tracebacks')
        # What the program's author has set is not up to the user.
        for attribute, short, long, text in (
                ('failfast', '-f', '--failfast', 'Stop on first fail or error'),
                ('catchbreak', '-c', '--catch', 'Catch Ctrl-C and display results so far'),
                ('buffer', '-b', '--buffer', 'Buffer stdout and stderr during tests')):
            if getattr(self, attribute) is None:
                option(short, long, dest=attribute, action='store_true', help=text)
                setattr(self, attribute, False)
        if self.testNamePatterns is None:
            option('-k', dest='testNamePatterns', action='append', type=_convert_select_pattern,
                   help='Only run tests which match the given substring')
            self.testNamePatterns = []
        return parser

    def _getMainArgParser(self, parent):
        import argparse
        parser = argparse.ArgumentParser(prog=self.progName, parents=[parent])
        parser.print_help = self._print_help
        parser.add_argument('tests', nargs='*',
                            help='a list of any number of test modules, classes and test methods.')
        return parser

    def _getDiscoveryArgParser(self, parent):
        import argparse
        parser = argparse.ArgumentParser(
            prog='%s discover' % self.progName, parents=[parent],
            epilog='For test discovery all test modules must be importable from the top level directory of the '
                   'project.')
        for short, long, name, text in (
                ('-s', '--start-directory', 'start', "Directory to start discovery ('.' default)"),
                ('-p', '--pattern', 'pattern', "Pattern to match tests ('test*.py' default)"),
                ('-t', '--top-level-directory', 'top',
                 'Top level directory of project (defaults to start directory)')):
            parser.add_argument(short, long, dest=name, help=text)
            parser.add_argument(name, nargs='?', default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        return parser

    def _do_discovery(self, argv, Loader=None):
        self.start, self.pattern, self.top = '.', 'test*.py', None
        if argv is not None:
            if self._discovery_parser is None:      # a subclass with a parser of its own
                self._initArgParsers()
            self._discovery_parser.parse_args(argv, self)
        self.createTests(from_discovery=True, Loader=Loader)

    def runTests(self):
        """Run the tests and, unless told otherwise, exit: with 0 if they passed."""
        if self.catchbreak:
            installHandler()
        if self.testRunner is None:
            self.testRunner = runner.TextTestRunner
        testRunner = self.testRunner
        if isinstance(testRunner, type):
            testRunner = self._make_runner(testRunner)
        self.result = testRunner.run(self.test)
        if self.exit:
            sys.exit(not self.result.wasSuccessful())

    def _make_runner(self, cls):
        """A runner that takes as many of the options as its class knows."""
        options = {'verbosity': self.verbosity, 'failfast': self.failfast, 'buffer': self.buffer,
                   'warnings': self.warnings}
        for attempt in (dict(options, tb_locals=self.tb_locals), options):
            try:
                return cls(**attempt)
            except TypeError:
                pass
        return cls()


main = TestProgram
