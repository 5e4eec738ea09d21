# SPDX-License-Identifier: MIT
"""Examples in documentation, run as tests.

    >>> 1 + 2
    3

Text that looks like an interactive session is taken apart by a DocTestParser into Examples, which make up a DocTest; a
DocTestFinder makes one of each docstring of a module; a DocTestRunner runs the examples and lets an OutputChecker compare
what they print with what stands below them.  testmod() and testfile() do all this; DocTestSuite() and DocFileSuite() make
unittest tests.  Flags, for everything or in a comment `# doctest: +ELLIPSIS` for one example, change the comparison.
"""

import __future__
import inspect
import linecache
import os
import re
import sys
import traceback
import unittest
from collections import namedtuple
from io import StringIO

__all__ = ['register_optionflag', 'DONT_ACCEPT_TRUE_FOR_1', 'DONT_ACCEPT_BLANKLINE', 'NORMALIZE_WHITESPACE',
           'ELLIPSIS', 'SKIP', 'IGNORE_EXCEPTION_DETAIL', 'COMPARISON_FLAGS', 'REPORT_UDIFF', 'REPORT_CDIFF',
           'REPORT_NDIFF', 'REPORT_ONLY_FIRST_FAILURE', 'REPORTING_FLAGS', 'FAIL_FAST', 'Example', 'DocTest',
           'DocTestParser', 'DocTestFinder', 'DocTestRunner', 'OutputChecker', 'DocTestFailure',
           'UnexpectedException', 'DebugRunner', 'testmod', 'testfile', 'run_docstring_examples', 'DocTestSuite',
           'DocFileSuite', 'set_unittest_reportflags', 'script_from_examples', 'testsource', 'debug_src', 'debug']

TestResults = namedtuple('TestResults', 'failed attempted')


# Flags

OPTIONFLAGS_BY_NAME = {}


def register_optionflag(name):
    """Return the flag with this name, a new one if there is none yet."""
    return OPTIONFLAGS_BY_NAME.setdefault(name, 1 << len(OPTIONFLAGS_BY_NAME))


# How outputs are compared
(DONT_ACCEPT_TRUE_FOR_1, DONT_ACCEPT_BLANKLINE, NORMALIZE_WHITESPACE, ELLIPSIS, SKIP,
 IGNORE_EXCEPTION_DETAIL) = map(register_optionflag, (
     'DONT_ACCEPT_TRUE_FOR_1', 'DONT_ACCEPT_BLANKLINE', 'NORMALIZE_WHITESPACE', 'ELLIPSIS', 'SKIP',
     'IGNORE_EXCEPTION_DETAIL'))
COMPARISON_FLAGS = sum(OPTIONFLAGS_BY_NAME.values())

# How faults are reported
(REPORT_UDIFF, REPORT_CDIFF, REPORT_NDIFF, REPORT_ONLY_FIRST_FAILURE, FAIL_FAST) = map(register_optionflag, (
    'REPORT_UDIFF', 'REPORT_CDIFF', 'REPORT_NDIFF', 'REPORT_ONLY_FIRST_FAILURE', 'FAIL_FAST'))
REPORTING_FLAGS = sum(OPTIONFLAGS_BY_NAME.values()) - COMPARISON_FLAGS

BLANKLINE_MARKER = '<BLANKLINE>'            # stands for an empty line, which would end the expected output
ELLIPSIS_MARKER = '...'


# Helpers

def _extract_future_flags(globs):
    """The compiler flags of the __future__ features in a namespace."""
    flags = 0
    for name in __future__.all_feature_names:
        feature = getattr(__future__, name)
        if globs.get(name) is feature:
            flags |= feature.compiler_flag
    return flags


def _normalize_module(module, depth=2):
    """A module, given as such, by its name, or as None: that of the caller `depth` frames up."""
    if inspect.ismodule(module):
        return module
    if module is None:
        return sys.modules[sys._getframe(depth).f_globals['__name__']]
    if isinstance(module, str):
        return __import__(module, globals(), locals(), ['*'])
    raise TypeError('Expected a module, string, or None')


def _newline_convert(data):
    return data.replace('\r\n', '\n').replace('\r', '\n')


def _load_testfile(filename, package, module_relative, encoding):
    """The text of a file and its name."""
    if module_relative:
        package = _normalize_module(package, 3)
        filename = _module_relative_path(package, filename)
        loader = getattr(package, '__loader__', None)
        if loader is None:
            loader = getattr(getattr(package, '__spec__', None), 'loader', None)
        if hasattr(loader, 'get_data'):
            text = loader.get_data(filename).decode(encoding)
            return _newline_convert(text), filename
    with open(filename, encoding=encoding) as file:
        return file.read(), filename


def _module_relative_path(module, test_path):
    """The path of a file that is given relative to a module."""
    if not inspect.ismodule(module):
        raise TypeError('Expected a module: %r' % module)
    if test_path.startswith('/'):
        raise ValueError('Module-relative files may not have absolute paths')
    test_path = os.path.join(*test_path.split('/'))
    if getattr(module, '__file__', None):
        folder = os.path.dirname(module.__file__)
    elif module.__name__ == '__main__':
        folder = os.path.dirname(sys.argv[0]) if sys.argv and sys.argv[0] else os.curdir
    else:
        for folder in getattr(module, '__path__', ()):          # a namespace package
            path = os.path.join(folder, test_path)
            if os.path.exists(path):
                return path
        raise ValueError("Can't resolve paths relative to the module %r (it has no __file__)" % module.__name__)
    return os.path.join(folder, test_path)


def _indent(s, indent=4):
    """The text with its lines, but for empty ones, indented."""
    return re.sub('(?m)^(?!$)', indent * ' ', s)


def _exception_traceback(exc_info):
    return ''.join(traceback.format_exception(*exc_info))


class _SpoofOut(StringIO):
    """Takes what an example prints."""

    def getvalue(self):
        """What was printed; a newline is added if the last line has none, since none could be expected."""
        text = StringIO.getvalue(self)
        return text + '\n' if text and not text.endswith('\n') else text

    def truncate(self, size=None):
        self.seek(size)
        StringIO.truncate(self)


def _ellipsis_match(want, got):
    """Does got consist of the pieces of want, with anything where the ellipses are?

    >>> [_ellipsis_match('one ... three', text) for text in ('one two three', 'one three', 'one two')]
    [True, False, False]
    """
    if ELLIPSIS_MARKER not in want:
        return want == got
    first, *middle, last = want.split(ELLIPSIS_MARKER)
    if not got.startswith(first) or not got.endswith(last) or len(first) + len(last) > len(got):
        return False
    place, end = len(first), len(got) - len(last)
    for piece in middle:                # the leftmost match leaves most for the others
        place = got.find(piece, place, end)
        if place < 0:
            return False
        place += len(piece)
    return True


def _comment_line(line):
    """A line as a comment."""
    line = line.rstrip()
    return '# ' + line if line else '#'


def _strip_exception_details(msg):
    """The bare name of an exception: without its module, and all behind it."""
    line = msg.partition('\n')[0]
    return line.partition(':')[0].rpartition('.')[2]


def _OutputRedirectingPdb(out):
    """Make a debugger that talks to `out`, whatever sys.stdout is at the time."""
    import pdb

    class OutputRedirectingPdb(pdb.Pdb):

        def __init__(self):
            pdb.Pdb.__init__(self, stdout=out, nosigint=True)
            self.use_rawinput = 1           # although stdout is given
            self.used = False

        def set_trace(self, frame=None):
            self.used = True
            pdb.Pdb.set_trace(self, sys._getframe(1) if frame is None else frame)

        def set_continue(self):
            if self.used:                   # else the trace function of others would be lost
                pdb.Pdb.set_continue(self)

        def trace_dispatch(self, *args):
            before, sys.stdout = sys.stdout, out
            try:
                return pdb.Pdb.trace_dispatch(self, *args)
            finally:
                sys.stdout = before

    return OutputRedirectingPdb()


# What tests are made of

class Example:
    """A statement and what it should print.

    source and want end in newlines (want may be empty); exc_msg: the last part of the expected traceback, or None;
    lineno: line in the docstring, from 0; indent: column of the prompt; options: flag -> whether it is on or off here.
    """

    def __init__(self, source, want, exc_msg=None, lineno=0, indent=0, options=None):
        def ended(text):
            return text if text.endswith('\n') else text + '\n'
        self.source = ended(source)
        self.want = ended(want) if want else want
        self.exc_msg = None if exc_msg is None else ended(exc_msg)
        self.lineno = lineno
        self.indent = indent
        self.options = {} if options is None else options

    def _key(self):
        return self.source, self.want, self.lineno, self.indent, self.exc_msg

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._key() == other._key() and self.options == other.options

    def __hash__(self):
        return hash(self._key())


class DocTest:
    """Examples that run one after the other in one namespace.

    examples: a list; globs: the namespace, of which a copy is kept; name, filename; lineno: where the docstring begins,
    from 0, or None; docstring: the whole text.
    """

    def __init__(self, examples, globs, name, filename, lineno, docstring):
        assert not isinstance(examples, str), 'DocTest no longer accepts str; use DocTestParser instead'
        self.examples = examples
        self.docstring = docstring
        self.globs = globs.copy()
        self.name = name
        self.filename = filename
        self.lineno = lineno

    def __repr__(self):
        count = len(self.examples)
        told = {0: 'no examples', 1: '1 example'}.get(count, '%d examples' % count)
        return '<%s %s from %s:%s (%s)>' % (type(self).__name__, self.name, self.filename, self.lineno, told)

    def _key(self):
        return self.docstring, self.name, self.filename, self.lineno

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._key() == other._key() and self.examples == other.examples and self.globs == other.globs

    def __hash__(self):
        return hash(self._key())

    def __lt__(self, other):
        if not isinstance(other, DocTest):
            return NotImplemented
        return (self.name, self.filename or '', self.lineno or -1, id(self)) \
            < (other.name, other.filename or '', other.lineno or -1, id(other))


class DocTestParser:
    """Takes text apart into examples."""

    # A line with >>>, lines with ..., then lines up to an empty one or the next >>>
    _EXAMPLE_RE = re.compile(r'''
        (?P<source> ^(?P<indent>\ *) >>> .*  (?: \n \ * \.\.\. .* )* )
        \n?
        (?P<want> (?: (?!\ *$) (?!\ *>>>) .+$ \n? )* )
        ''', re.MULTILINE | re.VERBOSE)

    # Traceback (most recent call last):, indented lines, then the message
    _EXCEPTION_RE = re.compile(r'''
        ^(?P<hdr> Traceback\ \( (?: most\ recent\ call\ last | innermost\ last ) \): ) \s* $
        (?P<stack> .*? )
        ^(?P<msg> \w+ .* )
        ''', re.VERBOSE | re.MULTILINE | re.DOTALL)

    _IS_BLANK_OR_COMMENT = re.compile(r'[ ]*(#.*)?$').match
    _OPTION_DIRECTIVE_RE = re.compile(r'#\s*doctest:\s*([^\n\'"]*)$', re.MULTILINE)
    _INDENT_RE = re.compile(r'^ *(?=\S)', re.MULTILINE)

    def parse(self, string, name='<string>'):
        """Return a list in which Examples and the text between them, as strings, take turns.

        name: for error messages.  ValueError if prompts or indentation are wrong.
        """
        string = string.expandtabs()
        margin = self._min_indent(string)
        if margin:
            string = '\n'.join(line[margin:] for line in string.split('\n'))
        pieces = []
        end = lineno = 0
        for found in self._EXAMPLE_RE.finditer(string):
            between = string[end:found.start()]
            pieces.append(between)
            lineno += between.count('\n')
            source, options, want, exc_msg = self._parse_example(found, name, lineno)
            if not self._IS_BLANK_OR_COMMENT(source):
                pieces.append(Example(source, want, exc_msg, lineno=lineno, indent=margin + len(found['indent']),
                                      options=options))
            lineno += found[0].count('\n')
            end = found.end()
        pieces.append(string[end:])
        return pieces

    def get_doctest(self, string, globs, name, filename, lineno):
        """Return a DocTest of all examples in the text."""
        return DocTest(self.get_examples(string, name), globs, name, filename, lineno, string)

    def get_examples(self, string, name='<string>'):
        """Return the list of Examples in the text.  name: for error messages."""
        return [piece for piece in self.parse(string, name) if isinstance(piece, Example)]

    def _parse_example(self, m, name, lineno):
        """The source, options, expected output and exception message of a match."""
        indent = len(m['indent'])
        lines = m['source'].split('\n')
        self._check_prompt_blank(lines, indent, name, lineno)
        self._check_prefix(lines[1:], ' ' * indent + '.', name, lineno)
        source = '\n'.join(line[indent + 4:] for line in lines)

        want_lines = m['want'].split('\n')
        if len(want_lines) > 1 and not want_lines[-1].strip(' '):
            want_lines.pop()                # behind the last newline
        self._check_prefix(want_lines, ' ' * indent, name, lineno + len(lines))
        want = '\n'.join(line[indent:] for line in want_lines)
        raises = self._EXCEPTION_RE.match(want)
        return source, self._find_options(source, name, lineno), want, raises['msg'] if raises else None

    def _find_options(self, source, name, lineno):
        """The flags that comments in the source turn on or off."""
        options = {}
        for found in self._OPTION_DIRECTIVE_RE.finditer(source):
            for option in found[1].replace(',', ' ').split():
                if option[0] not in '+-' or option[1:] not in OPTIONFLAGS_BY_NAME:
                    raise ValueError('line %r of the doctest for %s has an invalid option: %r'
                                     % (lineno + 1, name, option))
                options[OPTIONFLAGS_BY_NAME[option[1:]]] = option[0] == '+'
        if options and self._IS_BLANK_OR_COMMENT(source):
            raise ValueError('line %r of the doctest for %s has an option directive on a line with no example: %r'
                             % (lineno, name, source))
        return options

    def _min_indent(self, s):
        """The least indentation of all lines that are not empty."""
        return min(map(len, self._INDENT_RE.findall(s)), default=0)

    def _check_prompt_blank(self, lines, indent, name, lineno):
        """A prompt is followed by a blank, or by nothing."""
        for i, line in enumerate(lines, lineno + 1):
            if line[indent + 3:indent + 4] not in ('', ' '):
                raise ValueError('line %r of the docstring for %s lacks blank after %s: %r'
                                 % (i, name, line[indent:indent + 3], line))

    def _check_prefix(self, lines, prefix, name, lineno):
        """Lines are indented as the prompt is."""
        for i, line in enumerate(lines, lineno + 1):
            if line and not line.startswith(prefix):
                raise ValueError('line %r of the docstring for %s has inconsistent leading whitespace: %r'
                                 % (i, name, line))


# Finding them

class DocTestFinder:
    """Finds the docstrings of an object and of what it contains.

    verbose: print the names of objects.  parser: makes the tests.  recurse: look into modules and classes.
    exclude_empty: leave out objects without a docstring.
    """

    def __init__(self, verbose=False, parser=DocTestParser(), recurse=True, exclude_empty=True):
        self._parser = parser
        self._verbose = verbose
        self._recurse = recurse
        self._exclude_empty = exclude_empty

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        """Return a sorted list of DocTests.

        name: that of the object, its __name__ if not given.  module: the one it is in, found out if not given; what
        comes from other modules is left out; False: there is none.  globs: the namespace, that of the module if not
        given; extraglobs: more for it.  ValueError if the object has no name.
        """
        if name is None:
            name = getattr(obj, '__name__', None)
            if name is None:
                raise ValueError("DocTestFinder.find: name must be given when obj.__name__ doesn't exist: %r"
                                 % (type(obj),))
        if module is False:
            module = None
        elif module is None:
            module = inspect.getmodule(obj)
        if globs is None:
            globs = {} if module is None else module.__dict__
        globs = dict(globs)
        globs.update(extraglobs or ())
        globs.setdefault('__name__', '__main__')
        tests = []
        self._find(tests, obj, name, module, self._source_of(obj, module), globs, {})
        tests.sort()
        return tests

    @staticmethod
    def _source_of(obj, module):
        """The lines of the object's file, or None."""
        try:
            file = inspect.getsourcefile(obj)
        except TypeError:
            return None
        if not file:
            file = inspect.getfile(obj)
            if file[0] + file[-2:] != '<]>':        # not an example's own
                return None
        lines = linecache.getlines(file) if module is None else linecache.getlines(file, module.__dict__)
        return lines or None

    def _from_module(self, module, object):
        """Was the object written in this module?"""
        if module is None:
            return True
        home = inspect.getmodule(object)
        if home is not None:
            return module is home
        if inspect.isfunction(object):
            return module.__dict__ is object.__globals__
        if inspect.ismethoddescriptor(object):
            owner = getattr(object, '__objclass__', object)
            return module.__name__ == getattr(owner, '__module__', module.__name__)
        if inspect.isclass(object) or hasattr(object, '__module__'):
            return module.__name__ == object.__module__
        if isinstance(object, property):
            return True                     # there is no way to know
        raise ValueError('object must be a class or function')

    def _find(self, tests, obj, name, module, source_lines, globs, seen):
        """Add the tests of the object, and of what is in it."""
        if self._verbose:
            print('Finding tests in %s' % name)
        if id(obj) in seen:
            return
        seen[id(obj)] = 1
        test = self._get_test(obj, name, module, globs, source_lines)
        if test is not None:
            tests.append(test)
        if not self._recurse:
            return
        if inspect.ismodule(obj):
            members = self._module_members(obj, module)
        elif inspect.isclass(obj):
            members = self._class_members(obj, module)
        else:
            return
        for suffix, value in members:
            self._find(tests, value, '%s.%s' % (name, suffix), module, source_lines, globs, seen)

    def _module_members(self, obj, module):
        for name, value in obj.__dict__.items():
            if (inspect.isclass(value) or self._is_routine(value)) and self._from_module(module, value):
                yield name, value
        for name, value in getattr(obj, '__test__', {}).items():
            if not isinstance(name, str):
                raise ValueError('DocTestFinder.find: __test__ keys must be strings: %r' % (type(name),))
            if not (isinstance(value, str) or inspect.isclass(value) or inspect.ismodule(value)
                    or self._is_routine(value)):
                raise ValueError('DocTestFinder.find: __test__ values must be strings, functions, methods, classes, '
                                 'or modules: %r' % (type(value),))
            yield '__test__.' + name, value

    def _class_members(self, obj, module):
        for name, value in obj.__dict__.items():
            if isinstance(value, staticmethod):
                value = getattr(obj, name)
            elif isinstance(value, classmethod):
                value = getattr(obj, name).__func__
            if ((inspect.isroutine(value) or inspect.isclass(value) or isinstance(value, property))
                    and self._from_module(module, value)):
                yield name, value

    @staticmethod
    def _is_routine(value):
        try:
            value = inspect.unwrap(value)
        except ValueError:
            pass
        return inspect.isroutine(value)

    def _get_test(self, obj, name, module, globs, source_lines):
        """The test of one object, None if it has no docstring."""
        text = obj
        if not isinstance(obj, str):
            text = getattr(obj, '__doc__', None)
            text = '' if text is None else str(text)
        lineno = self._find_lineno(obj, source_lines)
        if self._exclude_empty and not text:
            return None
        filename = None
        if module is not None:
            filename = getattr(module, '__file__', None) or module.__name__
            if filename.endswith('.pyc'):
                filename = filename[:-1]
        return self._parser.get_doctest(text, globs, name, filename, lineno)

    def _find_lineno(self, obj, source_lines):
        """The line in which the docstring begins, from 0, as far as that can be found out."""
        lineno = None
        if inspect.ismodule(obj):
            lineno = 0
        elif inspect.isclass(obj):
            if source_lines is None:
                return None
            pattern = re.compile(r'^\s*class\s*%s\b' % getattr(obj, '__name__', '-'))
            lineno = next((i for i, line in enumerate(source_lines) if pattern.match(line)), None)
        else:
            if inspect.ismethod(obj):
                obj = obj.__func__
            if inspect.isfunction(obj) and getattr(obj, '__doc__', None):
                obj = obj.__code__
            if inspect.istraceback(obj):
                obj = obj.tb_frame
            if inspect.isframe(obj):
                obj = obj.f_code
            if inspect.iscode(obj):
                lineno = getattr(obj, 'co_firstlineno', None) - 1
        if lineno is None:
            return None
        if source_lines is None:
            return lineno + 1
        quote = re.compile(r'(?:|.*:)\s*\w*["\']')      # the first string, also behind a one-line def
        return next((i for i in range(lineno, len(source_lines)) if quote.match(source_lines[i])), None)


# Running them

class DocTestRunner:
    r"""Runs tests and reports what does not come out as expected.

    checker: compares outputs.  verbose: report everything; if None, as the command line's -v says.  optionflags: the
    flags for all examples.  Subclasses may override the report methods, which get a function `out` to write with.
    Attributes: tries, failures.

    >>> parser, runner = DocTestParser(), DocTestRunner(verbose=False)
    >>> runner.run(parser.get_doctest('>>> 2 * 3\n6\n', {}, 'right', None, 0))
    TestResults(failed=0, attempted=1)
    >>> report = []
    >>> runner.run(parser.get_doctest('>>> 2 * 3\n7\n', {}, 'wrong', 'sums.txt', 0), out=report.append)
    TestResults(failed=1, attempted=1)
    >>> print(''.join(report))
    **********************************************************************
    File "sums.txt", line 1, in wrong
    Failed example:
        2 * 3
    Expected:
        7
    Got:
        6
    <BLANKLINE>
    >>> runner.tries, runner.failures
    (2, 1)
    >>> runner.summarize()
    **********************************************************************
    1 items had failures:
       1 of   1 in wrong
    ***Test Failed*** 1 failures.
    TestResults(failed=1, attempted=2)
    """

    DIVIDER = '*' * 70

    def __init__(self, checker=None, verbose=None, optionflags=0):
        self._checker = checker or OutputChecker()
        self._verbose = '-v' in sys.argv if verbose is None else verbose
        self.optionflags = self.original_optionflags = optionflags
        self.tries = self.failures = 0
        self._name2ft = {}              # name -> (failures, tries)
        self._fakeout = _SpoofOut()

    # Reports

    def report_start(self, out, test, example):
        """An example is about to run."""
        if self._verbose:
            expected = 'Expecting:\n' + _indent(example.want) if example.want else 'Expecting nothing\n'
            out('Trying:\n' + _indent(example.source) + expected)

    def report_success(self, out, test, example, got):
        """An example came out as expected."""
        if self._verbose:
            out('ok\n')

    def report_failure(self, out, test, example, got):
        """An example printed something else."""
        out(self._failure_header(test, example)
            + self._checker.output_difference(example, got, self.optionflags))

    def report_unexpected_exception(self, out, test, example, exc_info):
        """An example raised an exception that was not expected."""
        out(self._failure_header(test, example) + 'Exception raised:\n' + _indent(_exception_traceback(exc_info)))

    def _failure_header(self, test, example):
        if test.filename:
            known = test.lineno is not None and example.lineno is not None
            place = 'File "%s", line %s, in %s' % (
                test.filename, test.lineno + example.lineno + 1 if known else '?', test.name)
        else:
            place = 'Line %s, in %s' % (example.lineno + 1, test.name)
        return '\n'.join([self.DIVIDER, place, 'Failed example:', _indent(example.source)])

    # Running

    def __run(self, test, compileflags, out):
        failures = tries = 0
        usual = self.optionflags
        # One checker's method to the end.  Packages (lxml.usedoctest) know this frame by the name BOOM, and the method by `check`.
        BOOM = check = self._checker.check_output
        for number, example in enumerate(test.examples):
            quiet = self.optionflags & REPORT_ONLY_FIRST_FAILURE and failures > 0
            self.optionflags = usual
            for flag, on in example.options.items():
                self.optionflags = self.optionflags | flag if on else self.optionflags & ~flag
            if self.optionflags & SKIP:
                continue
            tries += 1
            if not quiet:
                self.report_start(out, test, example)
            good, got, exc_info = self.__try(test, number, example, compileflags, check)
            if good:
                if not quiet:
                    self.report_success(out, test, example, got)
                continue
            failures += 1
            if not quiet:
                if exc_info is not None and example.exc_msg is None:
                    self.report_unexpected_exception(out, test, example, exc_info)
                else:
                    if exc_info is not None:
                        got += _exception_traceback(exc_info)
                    self.report_failure(out, test, example, got)
            if self.optionflags & FAIL_FAST:
                break
        self.optionflags = usual
        self.__record_outcome(test, failures, tries)
        return TestResults(failures, tries)

    def __try(self, test, number, example, compileflags, check):
        """Run an example: whether it came out as expected, what it printed, and the exception or None."""
        filename = '<doctest %s[%d]>' % (test.name, number)
        try:
            exec(compile(example.source, filename, "single",
                         compileflags, True), test.globs)
            exc_info = None
        except KeyboardInterrupt:
            raise
        except:
            exc_info = sys.exc_info()
        self.debugger.set_continue()        # if the example has called it
        got = self._fakeout.getvalue()
        self._fakeout.truncate(0)

        flags = self.optionflags
        if exc_info is None:
            return check(example.want, got, flags), got, None
        expected = example.exc_msg
        if expected is None:
            return False, got, exc_info
        message = traceback.format_exception_only(*exc_info[:2])[-1]
        good = check(expected, message, flags)
        if not good and flags & IGNORE_EXCEPTION_DETAIL:
            good = check(_strip_exception_details(expected), _strip_exception_details(message), flags)
        if good:
            got += _exception_traceback(exc_info)
        return good, got, exc_info

    def __record_outcome(self, test, f, t):
        before = self._name2ft.get(test.name, (0, 0))
        self._name2ft[test.name] = f + before[0], t + before[1]
        self.failures += f
        self.tries += t

    __LINECACHE_FILENAME_RE = re.compile(r'<doctest (?P<name>.+)\[(?P<examplenum>\d+)\]>$')

    def __patched_linecache_getlines(self, filename, module_globals=None):
        """linecache.getlines() that knows the examples of this test too."""
        found = self.__LINECACHE_FILENAME_RE.match(filename)
        if found and found['name'] == self.test.name:
            return self.test.examples[int(found['examplenum'])].source.splitlines(keepends=True)
        return self.save_linecache_getlines(filename, module_globals)

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        """Run a test, return TestResults(failed, attempted).

        compileflags: those of __future__ features, found in the namespace if not given.  out: writes reports, to
        sys.stdout if not given.  clear_globs: empty the namespace afterwards.
        """
        import pdb
        self.test = test
        if compileflags is None:
            compileflags = _extract_future_flags(test.globs)
        real = sys.stdout
        if out is None:
            out = self._writer(real)
        trace, set_trace, displayhook = sys.gettrace(), pdb.set_trace, sys.displayhook
        self.save_linecache_getlines = linecache.getlines
        sys.stdout = self._fakeout
        self.debugger = _OutputRedirectingPdb(real)
        self.debugger.reset()
        pdb.set_trace = self.debugger.set_trace
        linecache.getlines = self.__patched_linecache_getlines
        sys.displayhook = sys.__displayhook__
        try:
            return self.__run(test, compileflags, out)
        finally:
            sys.stdout = real
            pdb.set_trace = set_trace
            sys.settrace(trace)
            linecache.getlines = self.save_linecache_getlines
            sys.displayhook = displayhook
            if clear_globs:
                test.globs.clear()
                import builtins
                builtins._ = None

    @staticmethod
    def _writer(stream):
        """A function that writes, with escapes for what the stream cannot encode."""
        encoding = getattr(stream, 'encoding', None)
        if encoding is None or encoding.lower() == 'utf-8':
            return stream.write
        return lambda text: stream.write(str(text.encode(encoding, 'backslashreplace'), encoding))

    def summarize(self, verbose=None):
        """Print what has come of all tests that were run; return TestResults.  verbose: as for the class."""
        if verbose is None:
            verbose = self._verbose
        empty, passed, failed = [], [], []
        for name, (failures, tries) in sorted(self._name2ft.items()):
            (failed if failures else passed if tries else empty).append((name, failures, tries))
        failures = sum(row[1] for row in failed)
        tries = sum(row[2] for row in passed + failed)
        if verbose:
            if empty:
                print(len(empty), 'items had no tests:')
                for name, _, _ in empty:
                    print('   ', name)
            if passed:
                print(len(passed), 'items passed all tests:')
                for name, _, count in passed:
                    print(' %3d tests in %s' % (count, name))
        if failed:
            print(self.DIVIDER)
            print(len(failed), 'items had failures:')
            for name, bad, count in failed:
                print(' %3d of %3d in %s' % (bad, count, name))
        if verbose:
            print(tries, 'tests in', len(self._name2ft), 'items.')
            print(tries - failures, 'passed and', failures, 'failed.')
        if failures:
            print('***Test Failed***', failures, 'failures.')
        elif verbose:
            print('Test passed.')
        return TestResults(failures, tries)

    def merge(self, other):
        """Add the counts of another runner."""
        for name, (failures, tries) in other._name2ft.items():
            before = self._name2ft.get(name, (0, 0))
            self._name2ft[name] = failures + before[0], tries + before[1]


class OutputChecker:
    """Compares what an example has printed with what was expected."""

    def _toAscii(self, s):
        return str(s.encode('ASCII', 'backslashreplace'), 'ASCII')

    def check_output(self, want, got, optionflags):
        """Is `got` what was wanted, as the flags say?"""
        want, got = self._toAscii(want), self._toAscii(got)
        if got == want:
            return True
        if not optionflags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (('True\n', '1\n'), ('False\n', '0\n')):
            return True
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            want = re.sub(r'(?m)^%s\s*?$' % re.escape(BLANKLINE_MARKER), '', want)
            got = re.sub(r'(?m)^[^\S\n]+$', '', got)
            if got == want:
                return True
        if optionflags & NORMALIZE_WHITESPACE:
            want, got = ' '.join(want.split()), ' '.join(got.split())
            if got == want:
                return True
        return bool(optionflags & ELLIPSIS and _ellipsis_match(want, got))

    def _do_a_fancy_diff(self, want, got, optionflags):
        """Is a diff asked for, and of use?"""
        if optionflags & REPORT_NDIFF:
            return True             # it shows changes within lines too
        return bool(optionflags & (REPORT_UDIFF | REPORT_CDIFF)) and min(want.count('\n'), got.count('\n')) > 2

    def output_difference(self, example, got, optionflags):
        """Return text about the difference between what was expected and `got`."""
        want = example.want
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            got = re.sub('(?m)^[ ]*(?=\n)', BLANKLINE_MARKER, got)
        if self._do_a_fancy_diff(want, got, optionflags):
            return self._diff_text(want.splitlines(keepends=True), got.splitlines(keepends=True), optionflags)
        expected = 'Expected:\n' + _indent(want) if want else 'Expected nothing\n'
        return expected + ('Got:\n' + _indent(got) if got else 'Got nothing\n')

    @staticmethod
    def _diff_text(want, got, optionflags):
        import difflib
        if optionflags & REPORT_UDIFF:
            kind, diff = 'unified diff with -expected +actual', list(difflib.unified_diff(want, got, n=2))[2:]
        elif optionflags & REPORT_CDIFF:
            kind = 'context diff with expected followed by actual'
            diff = list(difflib.context_diff(want, got, n=2))[2:]
        else:
            kind = 'ndiff with -expected +actual'
            diff = difflib.Differ(charjunk=difflib.IS_CHARACTER_JUNK).compare(want, got)
        return 'Differences (%s):\n' % kind + _indent(''.join(diff))


class DocTestFailure(Exception):
    """Raised by DebugRunner when an example prints something else.  Attributes: test, example, got."""

    def __init__(self, test, example, got):
        self.test = test
        self.example = example
        self.got = got

    def __str__(self):
        return str(self.test)


class UnexpectedException(Exception):
    """Raised by DebugRunner when an example raises an exception.  Attributes: test, example, exc_info."""

    def __init__(self, test, example, exc_info):
        self.test = test
        self.example = example
        self.exc_info = exc_info

    def __str__(self):
        return str(self.test)


class DebugRunner(DocTestRunner):
    r"""A runner that raises an exception at the first fault; the namespace is then left as it is.

    >>> def prepare(text, **names):
    ...     return DocTestParser().get_doctest(text, names, 'sums', 'sums.txt', 0), DebugRunner(verbose=False)

    Without a fault it works like its base class, and clears the namespace.

    >>> test, runner = prepare('>>> x = 1\n>>> x + 1\n2\n')
    >>> runner.run(test)
    TestResults(failed=0, attempted=2)
    >>> test.globs
    {}

    A wrong output makes a DocTestFailure, which has the test, the example and what came out.

    >>> test, runner = prepare('>>> x = 1\n>>> x + 1\n3\n')
    >>> try:
    ...     runner.run(test)
    ... except DocTestFailure as error:
    ...     fault = error
    >>> fault.test is test
    True
    >>> fault.example.source
    'x + 1\n'
    >>> fault.example.want
    '3\n'
    >>> fault.got
    '2\n'
    >>> test.globs['x']
    1

    Any exception that the example does not announce makes an UnexpectedException, which has its exc_info.

    >>> test, runner = prepare('>>> {}[key]\n', key='k')
    >>> try:
    ...     runner.run(test)
    ... except UnexpectedException as error:
    ...     fault = error
    >>> fault.test is test
    True
    >>> fault.example.source
    '{}[key]\n'
    >>> fault.exc_info[0]
    <class 'KeyError'>
    >>> fault.exc_info[1].args
    ('k',)
    >>> test.globs['key']
    'k'

    The namespace can be kept after success, too.

    >>> test, runner = prepare('>>> x = 1\n')
    >>> runner.run(test, clear_globs=False)
    TestResults(failed=0, attempted=1)
    >>> test.globs['x']
    1
    """

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        """Run a test, return TestResults; DocTestFailure or UnexpectedException at a fault."""
        results = DocTestRunner.run(self, test, compileflags, out, False)
        if clear_globs:
            test.globs.clear()
        return results

    def report_unexpected_exception(self, out, test, example, exc_info):
        raise UnexpectedException(test, example, exc_info)

    def report_failure(self, out, test, example, got):
        raise DocTestFailure(test, example, got)


# Short ways

master = None           # a runner with the counts of all calls of testmod() and testfile()


def _finish(runner, report):
    """The end of testmod() and testfile()."""
    global master
    if report:
        runner.summarize()
    if master is not None:
        master.merge(runner)
    else:
        master = runner
    return TestResults(runner.failures, runner.tries)


def testmod(m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None,
            raise_on_error=False, exclude_empty=False):
    """Run the examples in a module's docstrings, return TestResults.

    m: the module, __main__ if not given.  name: its name.  globs, extraglobs: the namespace, the module's if not given,
    and more for it.  verbose, optionflags: see DocTestRunner.  report: print a summary.  raise_on_error: raise an
    exception at the first fault.  exclude_empty: leave out objects without a docstring.  TypeError for other objects.
    """
    if m is None:
        m = sys.modules.get('__main__')
    if not inspect.ismodule(m):
        raise TypeError('testmod: module required; %r' % (m,))
    runner = (DebugRunner if raise_on_error else DocTestRunner)(verbose=verbose, optionflags=optionflags)
    finder = DocTestFinder(exclude_empty=exclude_empty)
    for test in finder.find(m, m.__name__ if name is None else name, globs=globs, extraglobs=extraglobs):
        runner.run(test)
    return _finish(runner, report)


def testfile(filename, module_relative=True, name=None, package=None, globs=None, verbose=None, report=True,
             optionflags=0, extraglobs=None, raise_on_error=False, parser=DocTestParser(), encoding=None):
    """Run the examples in a file, return TestResults.

    module_relative: filename is relative to the package, or to the caller's module, with / as separator.  encoding:
    that of the file, utf-8 if not given.  The others are those of testmod().
    """
    if package and not module_relative:
        raise ValueError('Package may only be specified for module-relative paths.')
    text, filename = _load_testfile(filename, package, module_relative, encoding or 'utf-8')
    globs = {} if globs is None else globs.copy()
    globs.update(extraglobs or ())
    globs.setdefault('__name__', '__main__')
    runner = (DebugRunner if raise_on_error else DocTestRunner)(verbose=verbose, optionflags=optionflags)
    runner.run(parser.get_doctest(text, globs, os.path.basename(filename) if name is None else name, filename, 0))
    return _finish(runner, report)


def run_docstring_examples(f, globs, verbose=False, name='NoName', compileflags=None, optionflags=0):
    """Run the examples in the docstring of one object.  name: used in reports.  The others: see DocTestRunner."""
    finder = DocTestFinder(verbose=verbose, recurse=False)
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in finder.find(f, name, globs=globs):
        runner.run(test, compileflags=compileflags)


# unittest

_unittest_reportflags = 0


def set_unittest_reportflags(flags):
    """Set the reporting flags for doctests that are run by unittest and have none; return the old ones.

    ValueError if there are other flags among them.

    >>> before = set_unittest_reportflags(REPORT_NDIFF | REPORT_ONLY_FIRST_FAILURE)
    >>> set_unittest_reportflags(REPORT_UDIFF) == REPORT_NDIFF | REPORT_ONLY_FIRST_FAILURE
    True
    >>> try:
    ...     set_unittest_reportflags(REPORT_CDIFF | ELLIPSIS)
    ... except ValueError as error:
    ...     print(error.args[0])
    Only reporting flags allowed
    >>> flags = set_unittest_reportflags(before)
    >>> flags == REPORT_UDIFF
    True
    >>> set_unittest_reportflags(before) == before
    True
    """
    global _unittest_reportflags
    if flags & ~REPORTING_FLAGS:
        raise ValueError('Only reporting flags allowed', flags)
    before, _unittest_reportflags = _unittest_reportflags, flags
    return before


class DocTestCase(unittest.TestCase):
    """A DocTest as a unittest test.  setUp and tearDown are functions that get the DocTest."""

    def __init__(self, test, optionflags=0, setUp=None, tearDown=None, checker=None):
        unittest.TestCase.__init__(self)
        self._dt_optionflags = optionflags
        self._dt_checker = checker
        self._dt_test = test
        self._dt_setUp, self._dt_tearDown = setUp, tearDown

    def setUp(self):
        if self._dt_setUp is not None:
            self._dt_setUp(self._dt_test)

    def tearDown(self):
        if self._dt_tearDown is not None:
            self._dt_tearDown(self._dt_test)
        self._dt_test.globs.clear()

    def runTest(self):
        flags = self._dt_optionflags
        if not flags & REPORTING_FLAGS:
            flags |= _unittest_reportflags
        runner = DocTestRunner(optionflags=flags, checker=self._dt_checker, verbose=False)
        runner.DIVIDER = '-' * 70
        real, report = sys.stdout, StringIO()
        try:
            failures, _ = runner.run(self._dt_test, out=report.write, clear_globs=False)
        finally:
            sys.stdout = real
        if failures:
            raise self.failureException(self.format_failure(report.getvalue()))

    def format_failure(self, err):
        test = self._dt_test
        lineno = 'unknown line number' if test.lineno is None else '%s' % test.lineno
        return 'Failed doctest test for %s\n  File "%s", line %s, in %s\n\n%s' % (
            test.name, test.filename, lineno, test.name.rpartition('.')[2], err)

    def debug(self):
        r"""Run the test; an exception comes out at the first fault, as DebugRunner raises it.

        >>> def case(text, **options):
        ...     return DocTestCase(DocTestParser().get_doctest(text, {}, 'sums', None, 0), **options)
        >>> case('>>> 1 + 1\n2\n').debug()

        >>> try:
        ...     case('>>> 1 + 1\n3\n').debug()
        ... except DocTestFailure as error:
        ...     fault = error
        >>> fault.test.name
        'sums'
        >>> fault.example.want
        '3\n'
        >>> fault.got
        '2\n'

        >>> try:
        ...     case('>>> nothing\n').debug()
        ... except UnexpectedException as error:
        ...     fault = error
        >>> fault.exc_info[0]
        <class 'NameError'>
        >>> str(fault.exc_info[1])
        "name 'nothing' is not defined"

        Options of the case hold here, too.

        >>> case('>>> list(range(20))\n[0, 1, ..., 19]\n', optionflags=ELLIPSIS).debug()
        >>> def begin(test):
        ...     test.globs['x'] = 5
        >>> def end(test):
        ...     print('end of', test.name)
        >>> case('>>> x\n5\n', setUp=begin, tearDown=end).debug()
        end of sums
        """
        self.setUp()
        runner = DebugRunner(optionflags=self._dt_optionflags, checker=self._dt_checker, verbose=False)
        runner.run(self._dt_test, clear_globs=False)
        self.tearDown()

    def id(self):
        return self._dt_test.name

    def _key(self):
        return self._dt_optionflags, self._dt_setUp, self._dt_tearDown, self._dt_checker

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._dt_test == other._dt_test and self._key() == other._key()

    def __hash__(self):
        return hash(self._key())

    def __repr__(self):
        place, _, last = self._dt_test.name.rpartition('.')
        return '%s (%s)' % (last, place)

    __str__ = object.__str__

    def shortDescription(self):
        return 'Doctest: ' + self._dt_test.name


class SkipDocTestCase(DocTestCase):
    """Takes the place of a module's tests when docstrings are stripped."""

    def __init__(self, module):
        self.module = module
        DocTestCase.__init__(self, None)

    def setUp(self):
        self.skipTest('DocTestSuite will not work with -O2 and above')

    def test_skip(self):
        pass

    def shortDescription(self):
        return 'Skipping tests from %s' % self.module.__name__

    __str__ = shortDescription


class _DocTestSuite(unittest.TestSuite):

    def _removeTestAtIndex(self, index):
        """Tests are kept: they hold no state of a run."""


def DocTestSuite(module=None, globs=None, extraglobs=None, test_finder=None, **options):
    """Return a unittest suite of the docstrings of a module: an object, a name, or None for the caller's.

    globs, extraglobs: the namespace, the module's if not given, and more for it.  test_finder: a DocTestFinder.
    options: setUp, tearDown, optionflags, checker of DocTestCase.
    """
    finder = DocTestFinder() if test_finder is None else test_finder
    module = _normalize_module(module)
    tests = sorted(finder.find(module, globs=globs, extraglobs=extraglobs))
    suite = _DocTestSuite()
    if not tests and sys.flags.optimize >= 2:
        suite.addTest(SkipDocTestCase(module))
        return suite
    for test in tests:
        if not test.examples:
            continue
        if not test.filename:
            file = module.__file__
            test.filename = file[:-1] if file.endswith('.pyc') else file
        suite.addTest(DocTestCase(test, **options))
    return suite


class DocFileCase(DocTestCase):
    """The examples of a file as a unittest test."""

    def id(self):
        return self._dt_test.name.replace('.', '_')

    def __repr__(self):
        return self._dt_test.filename

    def format_failure(self, err):
        return 'Failed doctest test for %s\n  File "%s", line 0\n\n%s' % (
            self._dt_test.name, self._dt_test.filename, err)


def DocFileTest(path, module_relative=True, package=None, globs=None, parser=DocTestParser(), encoding=None,
                **options):
    """Return a unittest test of a file.  The arguments are those of testfile(); options those of DocTestCase."""
    globs = {} if globs is None else globs.copy()
    if package and not module_relative:
        raise ValueError('Package may only be specified for module-relative paths.')
    text, path = _load_testfile(path, package, module_relative, encoding or 'utf-8')
    globs.setdefault('__file__', path)
    test = parser.get_doctest(text, globs, os.path.basename(path), path, 0)
    return DocFileCase(test, **options)


def DocFileSuite(*paths, **kw):
    """Return a unittest suite of files.  The keyword arguments are those of DocFileTest()."""
    suite = _DocTestSuite()
    if kw.get('module_relative', True):
        # Here, since "the caller" means the one who calls this function.
        kw['package'] = _normalize_module(kw.get('package'))
    for path in paths:
        suite.addTest(DocFileTest(path, **kw))
    return suite


# Debugging

def script_from_examples(s):
    r"""Return the examples in a text as a script, with all else as comments.

    >>> text = 'Sums:\n\n    >>> 1 + 1\n    2\n    >>> x = 1\n\nThat is all.\n'
    >>> print(script_from_examples(text), end='')
    # Sums:
    #
    1 + 1
    # Expected:
    ## 2
    x = 1
    #
    # That is all.
    """
    lines = []
    for piece in DocTestParser().parse(s):
        if isinstance(piece, Example):
            lines.append(piece.source[:-1])
            if piece.want:
                lines.append('# Expected:')
                lines += ['## ' + line for line in piece.want.split('\n')[:-1]]
        else:
            lines += [_comment_line(line) for line in piece.split('\n')[:-1]]
    while lines and lines[-1] == '#':
        lines.pop()
    while lines and lines[0] == '#':
        lines.pop(0)
    return '\n'.join(lines) + '\n'


def testsource(module, name):
    """Return the examples of a docstring as a script.

    module: the module, or its name; name: the whole name of the object.  ValueError if it is not found.
    """
    module = _normalize_module(module)
    for test in DocTestFinder().find(module):
        if test.name == name:
            return script_from_examples(test.docstring)
    raise ValueError(name, 'not found in tests')


def debug_src(src, pm=False, globs=None):
    """Debug the examples in a docstring.  pm: only after an exception.  globs: the namespace."""
    debug_script(script_from_examples(src), pm, globs)


def debug_script(src, pm=False, globs=None):
    """Debug a script.  The other arguments are those of debug_src()."""
    import pdb
    globs = globs.copy() if globs else {}
    debugger = pdb.Pdb(nosigint=True)
    if not pm:
        debugger.run('exec(%r)' % src, globs, globs)
        return
    try:
        exec(src, globs, globs)
    except:
        print(sys.exc_info()[1])
        debugger.reset()
        debugger.interaction(None, sys.exc_info()[2])


def debug(module, name, pm=False):
    """Debug the examples of one docstring in a module, given as for testsource()."""
    module = _normalize_module(module)
    debug_script(testsource(module, name), pm, module.__dict__)


# The command line

# On these doctest tries itself: doctest.testmod(doctest)

class _TestClass:
    """A number that knows its square.

    >>> _TestClass(12).get()
    12
    >>> hex(_TestClass(12).square().get())
    '0x90'
    """

    def __init__(self, val):
        """Keep a number.

        >>> number = _TestClass(-7)
        >>> vars(number)
        {'val': -7}
        """
        self.val = val

    def square(self):
        """Square the number; return the object.

        >>> _TestClass(-7).square().val
        49
        """
        self.val *= self.val
        return self

    def get(self):
        """Return the number.

        >>> number = _TestClass(3)
        >>> number.square().get() - number.get()
        0
        """
        return self.val


__test__ = {
    '_TestClass': _TestClass,
    'string': r"""
        Examples may stand in a string of __test__.
        >>> len('abc')
        3
        >>> sorted({3, 1, 2})
        [1, 2, 3]
        """,
    'bool-int equivalence': r"""
        The output 1 is good for True, and 0 for False, unless DONT_ACCEPT_TRUE_FOR_1 is set.
        >>> 1 < 2
        1
        >>> 2 < 1
        0
        >>> 1 < 2       # doctest: +DONT_ACCEPT_TRUE_FOR_1
        True
        >>> 2 < 1       # doctest: +DONT_ACCEPT_TRUE_FOR_1
        False
        """,
    'blank lines': r"""
        A line with a mark stands for an empty line.
        >>> print('a', '', 'b', sep='\n')
        a
        <BLANKLINE>
        b
        """,
    'ellipsis': r"""
        Three dots stand for anything.
        >>> print('one', object(), 'three')     # doctest: +ELLIPSIS
        one <object object at 0x...> three
        """,
    'whitespace normalization': r"""
        Any blanks and line ends stand for any others.
        >>> print(list(range(12)))      # doctest: +NORMALIZE_WHITESPACE
        [0, 1, 2,  3,  4,  5,
         6, 7, 8,  9, 10, 11]
        """,
}


def _test():
    import argparse
    parser = argparse.ArgumentParser(description='doctest runner')
    parser.add_argument('-v', '--verbose', action='store_true', default=False,
                        help='print very verbose output for all tests')
    parser.add_argument('-o', '--option', action='append', choices=OPTIONFLAGS_BY_NAME.keys(), default=[],
                        help='specify a doctest option flag to apply to the test run; may be specified more than '
                             'once to apply multiple options')
    parser.add_argument('-f', '--fail-fast', action='store_true',
                        help='stop running tests after first failure (this is a shorthand for -o FAIL_FAST, and is '
                             'in addition to any other -o options)')
    parser.add_argument('file', nargs='+', help='file containing the tests to run')
    args = parser.parse_args()
    flags = FAIL_FAST if args.fail_fast else 0
    for name in args.option:
        flags |= OPTIONFLAGS_BY_NAME[name]
    for file in args.file:
        if file.endswith('.py'):
            folder, name = os.path.split(file)
            sys.path.insert(0, folder)
            module = __import__(name[:-3])
            del sys.path[0]
            failures, _ = testmod(module, verbose=args.verbose, optionflags=flags)
        else:
            failures, _ = testfile(file, module_relative=False, verbose=args.verbose, optionflags=flags)
        if failures:
            return 1
    return 0


if __name__ == '__main__':
    sys.exit(_test())
