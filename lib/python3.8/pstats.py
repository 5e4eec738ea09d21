# SPDX-License-Identifier: MIT
"""What a profiler has measured: joined, sorted and printed.

Stats.stats is a dict: (file, line, name) -> (primitive calls, calls, own time, whole time, callers).  `callers` is a dict
from such keys to a number of calls (profile) or to a tuple of four figures (cProfile).  C functions are ('~', 0, name).
"""

import os
import re
import sys
import time
from enum import Enum
from functools import cmp_to_key

__all__ = ['Stats', 'SortKey']


class SortKey(str, Enum):
    """What to sort by.  Some have a second name."""

    # the figures
    CALLS = 'calls', 'ncalls'
    PCALLS = 'pcalls',
    TIME = 'time', 'tottime'
    CUMULATIVE = 'cumulative', 'cumtime'
    # the place
    FILENAME = 'filename', 'module'
    LINE = 'line',
    NAME = 'name',
    NFL = 'nfl',
    STDNAME = 'stdname',

    def __new__(cls, *values):
        self = str.__new__(cls, values[0])
        self._value_ = values[0]
        for other in values[1:]:
            cls._value2member_map_[other] = self
        return self


class Stats:
    """The figures of one or more profiles.

    args: names of files that profilers have written, profilers, or other Stats.  stream: where to print, sys.stdout if
    not given.  Methods return the object, so that they can be chained:
    Stats('out').strip_dirs().sort_stats('time').print_stats(10).
    """

    # name -> (rows of (index, direction), description); the indices are those of the tuples that sort_stats() makes
    sort_arg_dict_default = {
        'calls': (((1, -1),), 'call count'),
        'ncalls': (((1, -1),), 'call count'),
        'cumtime': (((3, -1),), 'cumulative time'),
        'cumulative': (((3, -1),), 'cumulative time'),
        'filename': (((4, 1),), 'file name'),
        'line': (((5, 1),), 'line number'),
        'module': (((4, 1),), 'file name'),
        'name': (((6, 1),), 'function name'),
        'nfl': (((6, 1), (4, 1), (5, 1)), 'name/file/line'),
        'pcalls': (((0, -1),), 'primitive call count'),
        'stdname': (((7, 1),), 'standard name'),
        'time': (((2, -1),), 'internal time'),
        'tottime': (((2, -1),), 'internal time'),
    }

    def __init__(self, *args, stream=None):
        self.stream = sys.stdout if stream is None else stream
        self.init(args[0] if args else None)
        self.add(*args[1:])

    def init(self, arg):
        """Begin anew with one file, profiler, or None."""
        self.files, self.stats, self.sort_arg_dict = [], {}, {}
        self.top_level = set()
        self.fcn_list = None            # the sorted keys
        self.all_callees = None         # made when asked for
        self.total_calls = self.prim_calls = self.total_tt = self.max_name_len = 0
        self.load_stats(arg)
        try:
            self.get_top_level_stats()
        except Exception:
            print('Invalid timing data %s' % (self.files[-1] if self.files else ''), file=self.stream)
            raise

    def load_stats(self, arg):
        """Get the dict from a file or profiler.  TypeError if there is none in it."""
        if arg is None:
            self.stats = {}
            return
        if isinstance(arg, str):
            import marshal
            with open(arg, 'rb') as file:
                self.stats = marshal.load(file)
            try:
                arg = '%s    %s' % (time.ctime(os.stat(arg).st_mtime), arg)
            except OSError:
                pass
            self.files = [arg]
        elif hasattr(arg, 'create_stats'):
            arg.create_stats()
            self.stats, arg.stats = arg.stats, {}
        if not self.stats:
            raise TypeError('Cannot create or construct a %r object from %r' % (self.__class__, arg))

    def get_top_level_stats(self):
        """Make the totals."""
        for func, (primitive, calls, own, _, callers) in self.stats.items():
            self.total_calls += calls
            self.prim_calls += primitive
            self.total_tt += own
            if ('jprofile', 0, 'profiler') in callers:
                self.top_level.add(func)
            self.max_name_len = max(self.max_name_len, len(func_std_string(func)))

    def add(self, *arg_list):
        """Add the figures of files, profilers or other Stats."""
        for item in reversed(arg_list):
            if type(item) is not type(self):
                item = Stats(item)
            self.files += item.files
            self.top_level |= item.top_level
            for name in ('total_calls', 'prim_calls', 'total_tt'):
                setattr(self, name, getattr(self, name) + getattr(item, name))
            self.max_name_len = max(self.max_name_len, item.max_name_len)
            self.fcn_list = None
            for func, figures in item.stats.items():
                self.stats[func] = add_func_stats(self.stats.get(func, (0, 0, 0, 0, {})), figures)
        return self

    def dump_stats(self, filename):
        """Write the figures to a file."""
        import marshal
        with open(filename, 'wb') as file:
            marshal.dump(self.stats, file)

    # Sorting

    def get_sort_arg_defs(self):
        """Return sort_arg_dict_default with all abbreviations that mean one thing only."""
        if not self.sort_arg_dict:
            meanings = {}
            for word, definition in self.sort_arg_dict_default.items():
                for end in range(1, len(word) + 1):
                    meanings.setdefault(word[:end], []).append(definition)
            self.sort_arg_dict = {short: found[0] for short, found in meanings.items()
                                  if len(found) == 1 or short in self.sort_arg_dict_default}
            self.sort_arg_dict.update(self.sort_arg_dict_default)
        return self.sort_arg_dict

    def sort_stats(self, *field):
        """Sort by SortKeys, or by names or abbreviations of them, or by one of the old numbers -1, 0, 1, 2.

        TypeError if they are of several types, KeyError if one is not known.  Without arguments the order is undone.
        """
        if not field:
            self.fcn_list = 0
            return self
        if len(field) == 1 and isinstance(field[0], int):
            field = [{-1: 'stdname', 0: 'calls', 1: 'time', 2: 'cumulative'}[field[0]]]
        elif any(type(key) is not type(field[0]) for key in field[1:]):
            raise TypeError("Can't have mixed argument type")
        known = self.get_sort_arg_defs()
        rows, words = (), []
        for key in field:
            row, word = known[key.value if isinstance(key, SortKey) else key]
            rows += row
            words.append(word)
        self.sort_type = ', '.join(words)
        table = [figures[:4] + func + (func_std_string(func), func) for func, figures in self.stats.items()]
        table.sort(key=cmp_to_key(TupleComp(rows).compare))
        self.fcn_list = [row[-1] for row in table]
        return self

    def reverse_order(self):
        """Turn the order round."""
        if self.fcn_list:
            self.fcn_list.reverse()
        return self

    def strip_dirs(self):
        """Leave only the last part of file names.  Functions that then have the same key are joined."""
        before, self.stats = self.stats, {}
        self.max_name_len = 0
        for func, (primitive, calls, own, whole, callers) in before.items():
            short = func_strip_path(func)
            self.max_name_len = max(self.max_name_len, len(func_std_string(short)))
            short_callers = {}
            for caller, figures in callers.items():
                short_callers = add_callers(short_callers, {func_strip_path(caller): figures})
            figures = primitive, calls, own, whole, short_callers
            if short in self.stats:
                figures = add_func_stats(self.stats[short], figures)
            self.stats[short] = figures
        self.top_level = set(map(func_strip_path, self.top_level))
        self.fcn_list = None
        self.all_callees = None
        return self

    def calc_callees(self):
        """Make the dict all_callees: for each function, what it calls."""
        if self.all_callees:
            return
        self.all_callees = {func: {} for func in self.stats}
        for func, figures in self.stats.items():
            for caller, calls in figures[4].items():
                self.all_callees.setdefault(caller, {})[func] = calls

    # Printing

    def eval_print_amount(self, sel, list, msg):
        """Choose from a list by a pattern, a share (a float below 1) or a number; the list, and a text about it."""
        chosen, count = list, len(list)
        if isinstance(sel, str):
            try:
                pattern = re.compile(sel)
            except re.error:
                return list, msg + '   <Invalid regular expression %r>\n' % sel
            chosen = [func for func in list if pattern.search(func_std_string(func))]
        elif isinstance(sel, float) and 0.0 <= sel < 1.0:
            chosen = list[:int(count * sel + .5)]
        elif isinstance(sel, int) and 0 <= sel < count:
            chosen = list[:sel]
        if len(chosen) != count:
            msg += '   List reduced from %r to %r due to restriction <%r>\n' % (count, len(chosen), sel)
        return chosen, msg

    def get_print_list(self, sel_list):
        """Choose what to print; the width of the names, and the keys."""
        if self.fcn_list:
            chosen, text = self.fcn_list[:], '   Ordered by: ' + self.sort_type + '\n'
        else:
            chosen, text = list(self.stats), '   Random listing order was used\n'
        for restriction in sel_list:
            chosen, text = self.eval_print_amount(restriction, chosen, text)
        if not chosen:
            return 0, chosen
        print(text, file=self.stream)
        width = self.max_name_len
        if len(chosen) < len(self.stats):
            width = max(len(func_std_string(func)) for func in chosen)
        return width + 2, chosen

    def print_stats(self, *amount):
        """Print the table, restricted by the arguments: a pattern, a share (a float below 1) or a number each."""
        if self.files:
            print(*self.files, '', sep='\n', file=self.stream)
        indent = ' ' * 8
        for top in map(func_get_function_name, self.top_level):
            print(indent, top, file=self.stream)
        recursive = ' (%d primitive calls)' % self.prim_calls if self.total_calls != self.prim_calls else ''
        print('%s %s function calls%s in %.3f seconds' % (indent, self.total_calls, recursive, self.total_tt),
              file=self.stream)
        print(file=self.stream)
        _, chosen = self.get_print_list(amount)
        if chosen:
            self.print_title()
            for func in chosen:
                self.print_line(func)
            print(file=self.stream)
            print(file=self.stream)
        return self

    def print_callees(self, *amount):
        """Print what each function calls.  The arguments are those of print_stats()."""
        width, chosen = self.get_print_list(amount)
        if chosen:
            self.calc_callees()
            self._print_links(width, chosen, 'called...', self.all_callees, '->')
        return self

    def print_callers(self, *amount):
        """Print by what each function is called.  The arguments are those of print_stats()."""
        width, chosen = self.get_print_list(amount)
        if chosen:
            callers = {func: self.stats[func][4] for func in chosen}
            self._print_links(width, chosen, 'was called by...', callers, '<-')
        return self

    def _print_links(self, width, chosen, title, links, arrow):
        self.print_call_heading(width, title)
        for func in chosen:
            self.print_call_line(width, func, links.get(func, {}), arrow)
        print(file=self.stream)
        print(file=self.stream)

    def print_call_heading(self, name_size, column_title):
        """Print the title of a list of callers or callees."""
        print('Function '.ljust(name_size) + column_title, file=self.stream)
        for figures in self.stats.values():
            callers = figures[4]
            if callers:
                if isinstance(next(iter(callers.values())), tuple):
                    print(' ' * name_size + '    ncalls  tottime  cumtime', file=self.stream)
                break

    def print_call_line(self, name_size, source, call_dict, arrow='->'):
        """Print a function's callers or callees."""
        print(func_std_string(source).ljust(name_size) + arrow, end=' ', file=self.stream)
        if not call_dict:
            print(file=self.stream)
            return
        indent = ''
        for func in sorted(call_dict):
            name, value = func_std_string(func), call_dict[func]
            if isinstance(value, tuple):
                calls, primitive, own, whole = value
                count = '%d/%d' % (calls, primitive) if calls != primitive else '%d' % calls
                text = '%s %s %s  %s' % (count.rjust(7 + 2 * len(indent)), f8(own), f8(whole), name)
                left = name_size + 1
            else:
                text = '%s(%r) %s' % (name, value, f8(self.stats[func][3]))
                left = name_size + 3
            print(indent * left + text, file=self.stream)
            indent = ' '

    def print_title(self):
        """Print the title of the table."""
        print('   ncalls  tottime  percall  cumtime  percall', end=' ', file=self.stream)
        print('filename:lineno(function)', file=self.stream)

    def print_line(self, func):
        """Print a line of the table."""
        primitive, calls, own, whole, _ = self.stats[func]
        count = str(calls) if calls == primitive else '%s/%s' % (calls, primitive)
        blank = ' ' * 8
        print(count.rjust(9), f8(own), f8(own / calls) if calls else blank, f8(whole),
              f8(whole / primitive) if primitive else blank, func_std_string(func), file=self.stream)


class TupleComp:
    """Compares tuples by rows of (index, direction)."""

    def __init__(self, comp_select_list):
        self.comp_select_list = comp_select_list

    def compare(self, left, right):
        """Return -1, 0 or 1."""
        for index, direction in self.comp_select_list:
            one, other = left[index], right[index]
            if one != other:
                return -direction if one < other else direction
        return 0


def func_strip_path(func_name):
    """Return the key with the last part of the file's name only."""
    filename, line, name = func_name
    return os.path.basename(filename), line, name


def func_get_function_name(func):
    """Return the name in a key."""
    return func[2]


def func_std_string(func_name):
    """Return a key as it is printed: file:line(name), or {name} for C functions."""
    if func_name[:2] != ('~', 0):
        return '%s:%d(%s)' % func_name
    name = func_name[2]
    return '{%s}' % name[1:-1] if name.startswith('<') and name.endswith('>') else name


def add_func_stats(target, source):
    """Return the sum of two rows of figures."""
    return tuple(a + b for a, b in zip(source[:4], target[:4])) + (add_callers(target[4], source[4]),)


def add_callers(target, source):
    """Return the sum of two dicts of callers."""
    joined = dict(target)
    for func, calls in source.items():
        if func in joined:
            before = joined[func]
            calls = tuple(a + b for a, b in zip(calls, before)) if isinstance(calls, tuple) else calls + before
        joined[func] = calls
    return joined


def count_calls(callers):
    """Return the number of calls in a dict of callers of the old kind."""
    return sum(callers.values())


def f8(x):
    """Return a number as it is printed."""
    return '%8.3f' % x


def _browse():
    """python -m pstats [file]: look at figures interactively."""
    import cmd

    class ProfileBrowser(cmd.Cmd):

        def __init__(self, profile=None):
            cmd.Cmd.__init__(self)
            self.prompt = '% '
            self.stats = None
            self.stream = sys.stdout
            if profile is not None:
                self.do_read(profile)

        def generic(self, fn, line):
            """Call a method of the stats with the restrictions that stand in a line."""
            restrictions = []
            for term in line.split():
                for kind in (int, float, str):
                    try:
                        restrictions.append(kind(term))
                        break
                    except ValueError:
                        pass
            if self.stats:
                getattr(self.stats, fn)(*restrictions)
            else:
                print('No statistics object is loaded.', file=self.stream)

        def generic_help(self):
            print('Arguments may be:', file=self.stream)
            print('* An integer maximum number of entries to print.', file=self.stream)
            print('* A decimal fractional number between 0 and 1, controlling', file=self.stream)
            print('  what fraction of selected entries to print.', file=self.stream)
            print('* A regular expression; only entries with function names', file=self.stream)
            print('  that match it are printed.', file=self.stream)

        def do_add(self, line):
            if not self.stats:
                print('No statistics object is loaded.', file=self.stream)
                return
            try:
                self.stats.add(line)
            except OSError as why:
                print('Failed to load statistics for %s: %s' % (line, why), file=self.stream)

        def help_add(self):
            print('Add profile info from given file to current statistics object.', file=self.stream)

        def do_callees(self, line):
            self.generic('print_callees', line)

        def help_callees(self):
            print('Print callees statistics from the current stat object.', file=self.stream)
            self.generic_help()

        def do_callers(self, line):
            self.generic('print_callers', line)

        def help_callers(self):
            print('Print callers statistics from the current stat object.', file=self.stream)
            self.generic_help()

        def do_stats(self, line):
            self.generic('print_stats', line)

        def help_stats(self):
            print('Print statistics from the current stat object.', file=self.stream)
            self.generic_help()

        def do_EOF(self, line):
            print(file=self.stream)
            return 1

        def help_EOF(self):
            print('Leave the profile browser.', file=self.stream)

        def do_quit(self, line):
            return 1

        def help_quit(self):
            print('Leave the profile browser.', file=self.stream)

        def do_read(self, line):
            if not line:
                if len(self.prompt) > 2:
                    self.do_read(self.prompt[:-2])
                else:
                    print('No statistics object is current -- cannot reload.', file=self.stream)
                return
            try:
                self.stats = Stats(line)
            except OSError as why:
                print(why.args[1], file=self.stream)
            except Exception as why:
                print(why.__class__.__name__ + ':', why, file=self.stream)
            else:
                self.prompt = line + '% '

        def help_read(self):
            print('Read in profile data from a specified file.', file=self.stream)
            print('Without argument, reload the current file.', file=self.stream)

        def do_reverse(self, line):
            if self.stats:
                self.stats.reverse_order()
            else:
                print('No statistics object is loaded.', file=self.stream)

        def help_reverse(self):
            print('Reverse the sort order of the profiling report.', file=self.stream)

        def do_sort(self, line):
            if not self.stats:
                print('No statistics object is loaded.', file=self.stream)
                return
            known = self.stats.get_sort_arg_defs()
            if line and all(word in known for word in line.split()):
                self.stats.sort_stats(*line.split())
                return
            print('Valid sort keys (unique prefixes are accepted):', file=self.stream)
            for name, (_, words) in Stats.sort_arg_dict_default.items():
                print('%s -- %s' % (name, words), file=self.stream)

        def help_sort(self):
            print('Sort profile data according to specified keys.', file=self.stream)
            print("(Typing `sort' without arguments lists valid keys.)", file=self.stream)

        def complete_sort(self, text, *args):
            return [name for name in Stats.sort_arg_dict_default if name.startswith(text)]

        def do_strip(self, line):
            if self.stats:
                self.stats.strip_dirs()
            else:
                print('No statistics object is loaded.', file=self.stream)

        def help_strip(self):
            print('Strip leading path information from filenames in the report.', file=self.stream)

        def help_help(self):
            print('Show help for a given command.', file=self.stream)

        def postcmd(self, stop, line):
            return stop or None

    first = sys.argv[1] if len(sys.argv) > 1 else None
    browser = ProfileBrowser(first)
    for other in sys.argv[2:]:
        browser.do_add(other)
    try:
        print('Welcome to the profile statistics browser.', file=browser.stream)
        browser.cmdloop()
        print('Goodbye.', file=browser.stream)
    except KeyboardInterrupt:
        pass


if __name__ == '__main__':
    _browse()
