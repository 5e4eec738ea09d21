# SPDX-License-Identifier: MIT
"""Which lines, and which functions, does a program run?

Trace runs something and prints or counts lines, or notes functions or who calls them; CoverageResults writes what came of
it.  `python -m trace --help` tells the same about the command line.
"""

__all__ = ['Trace', 'CoverageResults']

import linecache
import os
import sys
import threading
from time import monotonic as _time

PRAGMA_NOCOVER = '#pragma NO COVER'     # a line with this is not reported as missing


class _Ignore:
    """Which modules are of no interest."""

    def __init__(self, modules=None, dirs=None):
        self._mods = set(modules or ())
        self._dirs = [os.path.normpath(folder) for folder in dirs or ()]
        self._ignore = {'<string>': True}       # answers, by the name of the module

    def names(self, filename, modulename):
        """Is this module to be ignored?  Without a file name it is one of C."""
        answer = self._ignore.get(modulename)
        if answer is None:
            parts = modulename.split('.')
            answer = (any('.'.join(parts[:i]) in self._mods for i in range(1, len(parts) + 1))
                      or filename is None
                      or any(filename.startswith(folder + os.sep) for folder in self._dirs))
            self._ignore[modulename] = answer
        return answer


def _modname(path):
    """The last part of the module's name that belongs to a file."""
    return os.path.splitext(os.path.basename(path))[0]


def _fullmodname(path):
    """The whole name of the module that belongs to a file: what is left below the longest fitting folder of sys.path."""
    compared = os.path.normcase(path)
    longest = ''
    for folder in sys.path:
        folder = os.path.normcase(folder)
        if compared.startswith(folder) and compared[len(folder):len(folder) + 1] == os.sep \
                and len(folder) > len(longest):
            longest = folder
    name = path[len(longest) + 1:] if longest else path
    name = os.path.splitdrive(name)[1].replace(os.sep, '.')
    if os.altsep:
        name = name.replace(os.altsep, '.')
    return os.path.splitext(name)[0].lstrip('.')


class CoverageResults:
    """What a Trace has counted.

    counts: (file, line) -> number.  calledfuncs: (file, module, function) -> 1.  callers: (such a key, another) -> 1.
    infile: a file with earlier results, which are added.  outfile: where to keep the sum.
    """

    def __init__(self, counts=None, calledfuncs=None, infile=None, callers=None, outfile=None):
        self.counts = counts if counts is not None else {}
        self.counter = self.counts.copy()
        self.calledfuncs = (calledfuncs if calledfuncs is not None else {}).copy()
        self.callers = (callers if callers is not None else {}).copy()
        self.infile = infile
        self.outfile = outfile
        if infile:
            import pickle
            try:
                with open(infile, 'rb') as file:
                    counts, calledfuncs, callers = pickle.load(file)
                self.update(type(self)(counts, calledfuncs, callers=callers))
            except (OSError, EOFError, ValueError) as why:
                print('Skipping counts file %r: %s' % (infile, why), file=sys.stderr)

    def is_ignored_filename(self, filename):
        """Is this no file, but <string> or the like?"""
        return filename.startswith('<') and filename.endswith('>')

    def update(self, other):
        """Add other results to these."""
        for key, count in other.counts.items():
            self.counts[key] = self.counts.get(key, 0) + count
        self.calledfuncs.update(dict.fromkeys(other.calledfuncs, 1))
        self.callers.update(dict.fromkeys(other.callers, 1))

    def write_results(self, show_missing=True, summary=False, coverdir=None):
        """Print functions and callers, and write a file NAME.cover for each module with counts.

        show_missing: mark lines that did not run.  summary: print a line a module.  coverdir: the folder for the files,
        that of each module if not given.
        """
        if self.calledfuncs:
            print()
            print('functions called:')
            for key in sorted(self.calledfuncs):
                print('filename: %s, modulename: %s, funcname: %s' % key)
        if self.callers:
            self._print_callers()

        by_file = {}
        for (filename, lineno), count in self.counts.items():
            by_file.setdefault(filename, {})[lineno] = count
        sums = {}
        for filename, lines in by_file.items():
            if not self.is_ignored_filename(filename):
                row = self._write_file(filename, lines, show_missing, coverdir)
                if row:
                    sums[row[2]] = row
        if summary and sums:
            print('lines   cov%   module   (path)')
            for name in sorted(sums):
                print('%5d   %3d%%   %s   (%s)' % sums[name])
        if self.outfile:
            self._save()

    def _print_callers(self):
        print()
        print('calling relationships:')
        last_file = last_called_file = ''
        for (file, module, func), (called_file, called_module, called_func) in sorted(self.callers):
            if file != last_file:
                print()
                print('***', file, '***')
                last_file, last_called_file = file, ''
            if called_file != file and called_file != last_called_file:
                print('  -->', called_file)
                last_called_file = called_file
            print('    %s.%s -> %s.%s' % (module, func, called_module, called_func))

    def _write_file(self, filename, hits, show_missing, coverdir):
        """Write the report of one file; its line of the summary, or None if it has no lines."""
        import tokenize
        if filename.endswith('.pyc'):
            filename = filename[:-1]
        if coverdir is None:
            folder, name = os.path.dirname(os.path.abspath(filename)), _modname(filename)
        else:
            folder, name = coverdir, _fullmodname(filename)
            os.makedirs(folder, exist_ok=True)
        executable = _find_executable_linenos(filename) if show_missing else {}
        source = linecache.getlines(filename)
        try:
            with open(filename, 'rb') as file:
                encoding = tokenize.detect_encoding(file.readline)[0]
        except OSError:
            encoding = None
        n_hits, n_lines = self.write_results_file(os.path.join(folder, name + '.cover'), source, executable, hits,
                                                  encoding)
        return (n_lines, int(100 * n_hits / n_lines), name, filename) if n_lines else None

    def _save(self):
        import pickle
        try:
            with open(self.outfile, 'wb') as file:
                pickle.dump((self.counts, self.calledfuncs, self.callers), file, 1)
        except OSError as why:
            print("Can't save counts files because %s" % why, file=sys.stderr)

    def write_results_file(self, path, lines, lnotab, lines_hit, encoding=None):
        """Write the lines of a source to a file, each with its count before it.

        lnotab: the numbers of the lines that can run.  Returns how many lines ran, and how many there are.
        """
        try:
            out = open(path, 'w', encoding=encoding)
        except OSError as why:
            print('trace: Could not open %r for writing: %s - skipping' % (path, why), file=sys.stderr)
            return 0, 0
        n_hits = n_lines = 0
        with out:
            for lineno, line in enumerate(lines, 1):
                mark = '       '
                if lineno in lines_hit:
                    mark = '%5d: ' % lines_hit[lineno]
                    n_hits += 1
                    n_lines += 1
                elif line.strip() and lineno in lnotab and PRAGMA_NOCOVER not in line:
                    mark = '>>>>>> '
                    n_lines += 1
                out.write(mark + line.expandtabs(8))
        return n_hits, n_lines


# Which lines can run?

def _find_lines_from_code(code, strs):
    """The lines of a code object, as keys of a dict, without those in strs."""
    import dis
    return {lineno: 1 for _, lineno in dis.findlinestarts(code) if lineno not in strs}


def _find_lines(code, strs):
    """The same with the code objects within."""
    found = _find_lines_from_code(code, strs)
    for constant in code.co_consts:
        if hasattr(constant, 'co_code'):
            found.update(_find_lines(constant, strs))
    return found


def _find_strings(filename, encoding=None):
    """The lines of docstrings, which have a line in the code that never runs, as keys of a dict."""
    import tokenize
    found = {}
    before = tokenize.INDENT            # the module's own docstring
    with open(filename, encoding=encoding) as file:
        for kind, _, (first, _), (last, _), _ in tokenize.generate_tokens(file.readline):
            if kind == tokenize.STRING and before == tokenize.INDENT:
                found.update(dict.fromkeys(range(first, last + 1), 1))
            before = kind
    return found


def _find_executable_linenos(filename):
    """The lines of a file that can run, as keys of a dict."""
    import tokenize
    try:
        with tokenize.open(filename) as file:
            source = file.read()
            encoding = file.encoding
    except OSError as why:
        print('Not printing coverage data for %r: %s' % (filename, why), file=sys.stderr)
        return {}
    return _find_lines(compile(source, filename, 'exec'), _find_strings(filename, encoding))


# Tracing

class Trace:
    """Runs something and takes notes.

    count: count lines.  trace: print lines.  countfuncs: note the functions.  countcallers: note who calls whom.
    ignoremods, ignoredirs: names of modules and folders of no interest.  infile, outfile: as for CoverageResults.
    timing: print the time since the start before each line.
    """

    def __init__(self, count=1, trace=1, countfuncs=0, countcallers=0, ignoremods=(), ignoredirs=(), infile=None,
                 outfile=None, timing=False):
        self.infile, self.outfile = infile, outfile
        self.ignore = _Ignore(ignoremods, ignoredirs)
        self.counts = {}
        self.pathtobasename = {}
        self.donothing = 0
        self.trace = trace
        self._calledfuncs, self._callers = {}, {}
        self._caller_cache = {}
        self.start_time = _time() if timing else None
        if countcallers:
            self.globaltrace = self.globaltrace_trackcallers
        elif countfuncs:
            self.globaltrace = self.globaltrace_countfuncs
        elif trace or count:
            self.globaltrace = self.globaltrace_lt
            if trace and count:
                self.localtrace = self.localtrace_trace_and_count
            else:
                self.localtrace = self.localtrace_trace if trace else self.localtrace_count
        else:
            self.donothing = 1

    def run(self, cmd):
        """Run a statement in the namespace of __main__."""
        import __main__
        names = __main__.__dict__
        self.runctx(cmd, names, names)

    def runctx(self, cmd, globals=None, locals=None):
        """Run a statement in the given namespaces, empty ones if not given."""
        globals = {} if globals is None else globals
        locals = {} if locals is None else locals
        if self.donothing:
            exec(cmd, globals, locals)
            return
        threading.settrace(self.globaltrace)
        sys.settrace(self.globaltrace)
        try:
            exec(cmd, globals, locals)
        finally:
            sys.settrace(None)
            threading.settrace(None)

    def runfunc(*args, **kw):
        """Call a function with the other arguments and return its result."""
        if not args:
            raise TypeError("descriptor 'runfunc' of 'Trace' object needs an argument")
        self, *args = args
        if args:
            func, *args = args
        elif 'func' in kw:
            import warnings
            func = kw.pop('func')
            warnings.warn("Passing 'func' as keyword argument is deprecated", DeprecationWarning, stacklevel=2)
        else:
            raise TypeError('runfunc expected at least 1 positional argument, got 0')
        if not self.donothing:
            sys.settrace(self.globaltrace)
        try:
            return func(*args, **kw)
        finally:
            if not self.donothing:
                sys.settrace(None)
    runfunc.__text_signature__ = '($self, func, /, *args, **kw)'

    def file_module_function_of(self, frame):
        """Return (file, module, function) of a frame, the function with its class if that can be found out."""
        code = frame.f_code
        name = code.co_name
        if code in self._caller_cache:
            owner = self._caller_cache[code]
        else:
            owner = self._caller_cache[code] = _class_name_of(code)
        if owner is not None:
            name = '%s.%s' % (owner, name)
        filename = code.co_filename
        return filename, _modname(filename) if filename else None, name

    def globaltrace_trackcallers(self, frame, why, arg):
        """Notes who calls whom."""
        if why == 'call':
            this, caller = self.file_module_function_of(frame), self.file_module_function_of(frame.f_back)
            self._callers[caller, this] = 1

    def globaltrace_countfuncs(self, frame, why, arg):
        """Notes which functions run."""
        if why == 'call':
            self._calledfuncs[self.file_module_function_of(frame)] = 1

    def globaltrace_lt(self, frame, why, arg):
        """Chooses the functions whose lines are traced."""
        if why != 'call':
            return None
        filename = frame.f_globals.get('__file__', None)
        if not filename:
            return None
        name = _modname(filename)
        if name is None or self.ignore.names(filename, name):
            return None
        if self.trace:
            print(' --- modulename: %s, funcname: %s' % (name, frame.f_code.co_name))
        return self.localtrace

    def _print_line(self, frame):
        filename, lineno = frame.f_code.co_filename, frame.f_lineno
        if self.start_time:
            print('%.2f' % (_time() - self.start_time), end=' ')
        print('%s(%d): %s' % (os.path.basename(filename), lineno, linecache.getline(filename, lineno)), end='')

    def localtrace_trace_and_count(self, frame, why, arg):
        """Prints and counts lines."""
        if why == 'line':
            key = frame.f_code.co_filename, frame.f_lineno
            self.counts[key] = self.counts.get(key, 0) + 1
            self._print_line(frame)
        return self.localtrace

    def localtrace_trace(self, frame, why, arg):
        """Prints lines."""
        if why == 'line':
            self._print_line(frame)
        return self.localtrace

    def localtrace_count(self, frame, why, arg):
        """Counts lines."""
        if why == 'line':
            key = frame.f_code.co_filename, frame.f_lineno
            self.counts[key] = self.counts.get(key, 0) + 1
        return self.localtrace

    def results(self):
        """Return what was counted, as CoverageResults."""
        return CoverageResults(self.counts, infile=self.infile, outfile=self.outfile, calledfuncs=self._calledfuncs,
                               callers=self._callers)


def _class_name_of(code):
    """The name of the class of a method, found by way of what refers to the code; None if there is any doubt."""
    import gc
    import inspect
    functions = [one for one in gc.get_referrers(code) if inspect.isfunction(one)]
    if len(functions) != 1:
        return None
    dicts = [one for one in gc.get_referrers(functions[0]) if isinstance(one, dict)]
    if len(dicts) != 1:
        return None
    classes = [one for one in gc.get_referrers(dicts[0]) if hasattr(one, '__bases__')]
    return classes[0].__name__ if len(classes) == 1 else None


# The command line

def _parser():
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument('--version', action='version', version='trace 2.0')

    group = parser.add_argument_group('Main options', 'One of these (or --report) must be given')
    flag = {'action': 'store_true'}
    group.add_argument('-c', '--count', **flag, help='Count how often each line is executed. The counts are written '
                       "to a file <module>.cover for each module, in the module's directory. See also --coverdir, "
                       '--file, --no-report below.')
    group.add_argument('-t', '--trace', **flag, help='Print each line to sys.stdout before it is executed')
    group.add_argument('-l', '--listfuncs', **flag, help='Write the functions that were executed to sys.stdout after '
                       'the program exits. Cannot be used with --trace or --count.')
    group.add_argument('-T', '--trackcalls', **flag, help='Write the pairs of functions that called each other to '
                       'sys.stdout after the program exits.')

    group = parser.add_argument_group('Modifiers')
    choice = group.add_mutually_exclusive_group()
    choice.add_argument('-r', '--report', **flag, help='Write a report from a file of counts and execute nothing. '
                        '--file must name the file, made in an earlier run with --count --file=FILE')
    choice.add_argument('-R', '--no-report', **flag, help='Write no report files. For counts of several runs')
    group.add_argument('-f', '--file', help='File to accumulate counts over several runs')
    group.add_argument('-C', '--coverdir', help='Directory for the report files: the report for <package>.<module> '
                       'is <dir>/<package>.<module>.cover')
    group.add_argument('-m', '--missing', **flag, help='Mark executable lines that were not executed with ">>>>>> "')
    group.add_argument('-s', '--summary', **flag, help='Write a line about each file to sys.stdout. Only with '
                       '--count or --report')
    group.add_argument('-g', '--timing', **flag, help='Put the time since the program started before each line. Only '
                       'while tracing')

    group = parser.add_argument_group('Filters', 'Can be specified multiple times')
    group.add_argument('--ignore-module', action='append', default=[], help='Ignore the module, and if it is a '
                       'package the modules in it. Accepts several names with commas.')
    group.add_argument('--ignore-dir', action='append', default=[], help='Ignore files in the directory (several can '
                       'be joined by os.pathsep).')

    parser.add_argument('--module', **flag, default=False, help='Trace a module. ')
    parser.add_argument('progname', nargs='?', help='file to run as main program')
    parser.add_argument('arguments', nargs=argparse.REMAINDER, help='arguments to the program')
    return parser


def _ignored_dirs(options):
    """The folders of --ignore-dir, with $prefix and $exec_prefix replaced."""
    import sysconfig
    version = {'platbase': sys.base_exec_prefix, 'base': sys.base_prefix}
    prefix = sysconfig.get_path('stdlib', vars=version)
    exec_prefix = sysconfig.get_path('platstdlib', vars=version)
    folders = []
    for value in options.ignore_dir:
        for folder in value.split(os.pathsep):
            folder = os.path.expanduser(os.path.expandvars(folder))
            folder = folder.replace('$prefix', prefix).replace('$exec_prefix', exec_prefix)
            folders.append(os.path.normpath(folder))
    return folders


def main():
    """The command line."""
    parser = _parser()
    options = parser.parse_args()
    if not any((options.trace, options.count, options.report, options.listfuncs, options.trackcalls)):
        parser.error('must specify one of --trace, --count, --report, --listfuncs, or --trackcalls')
    if options.listfuncs and (options.count or options.trace):
        parser.error('cannot specify both --listfuncs and (--trace or --count)')
    if options.summary and not (options.count or options.report):
        parser.error('--summary can only be used with --count or --report')
    if options.report:
        if not options.file:
            parser.error('-r/--report requires -f/--file')
        results = CoverageResults(infile=options.file, outfile=options.file)
        return results.write_results(options.missing, options.summary, options.coverdir)
    if options.progname is None:
        parser.error('progname is missing: required with the main options')

    modules = [name.strip() for value in options.ignore_module for name in value.split(',')]
    tracer = Trace(options.count, options.trace, countfuncs=options.listfuncs, countcallers=options.trackcalls,
                   ignoremods=modules, ignoredirs=_ignored_dirs(options), infile=options.file, outfile=options.file,
                   timing=options.timing)
    code, scope = _program(options)
    try:
        tracer.runctx(code, scope, scope)
    except OSError as why:
        sys.exit('Cannot run file %r because: %s' % (sys.argv[0], why))
    except SystemExit:
        pass
    results = tracer.results()
    if not options.no_report:
        results.write_results(options.missing, options.summary, options.coverdir)
    return None


def _program(options):
    """The code of the program and its namespace."""
    if options.module:
        import runpy
        name, spec, code = runpy._get_module_details(options.progname)
        sys.argv = [code.co_filename, *options.arguments]
        return code, {'__name__': '__main__', '__file__': code.co_filename, '__package__': spec.parent,
                      '__loader__': spec.loader, '__spec__': spec, '__cached__': None}
    sys.argv = [options.progname, *options.arguments]
    sys.path[0] = os.path.dirname(options.progname)
    import io
    try:
        with io.open_code(options.progname) as file:
            code = compile(file.read(), options.progname, 'exec')
    except OSError as why:
        sys.exit('Cannot run file %r because: %s' % (sys.argv[0], why))
    return code, {'__file__': options.progname, '__name__': '__main__', '__package__': None, '__cached__': None}


if __name__ == '__main__':
    main()
