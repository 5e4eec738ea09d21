# SPDX-License-Identifier: MIT
"""How long does a small piece of code take?

usage: python -m timeit [-n N] [-r N] [-u U] [-s S] [-p] [-v] [-h] [--] [statement]

  -n, --number N    run the statement N times in each trial; by default a number from the row 1, 2, 5, 10, 20, 50...
                    for which a trial takes 0.2 seconds or more
  -r, --repeat N    number of trials (default 5)
  -s, --setup S     a statement that is run once before each trial and not timed (default: pass)
  -p, --process     measure processor time (time.process_time) and not wall-clock time (time.perf_counter)
  -u, --unit U      unit of the results: nsec, usec, msec or sec
  -v, --verbose     print the time of each trial too; given more than once, with more digits
  -h, --help        print this text

Several statements, or options -s, are the lines of one.  The best trial counts: slower ones show what else the machine
was doing.  The loop itself takes time too; timing `pass` shows how much.

From Python: timeit() runs one trial, repeat() several; Timer is the class behind them.
"""

import gc
import itertools
import sys
import time

__all__ = ['Timer', 'timeit', 'repeat', 'default_timer']

dummy_src_name = '<timeit-src>'
default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter

_globals = globals

# The function that is timed.  A callable is passed as a default argument, which makes it a local variable.
template = '''
def inner(_it, _timer{init}):
    {setup}
    _begin = _timer()
    for _i in _it:
        {stmt}
        pass
    return _timer() - _begin
'''


def reindent(src, indent):
    """Return src with `indent` spaces put before all lines but the first."""
    return src.replace('\n', '\n' + indent * ' ')


class Timer:
    """Times a statement.

    stmt, setup: source, or a callable without arguments; setup runs once in each trial.  timer: a function that tells
    the time.  globals: the names that the statements see, this module's if not given.
    """

    def __init__(self, stmt='pass', setup='pass', timer=default_timer, globals=None):
        """ValueError if stmt or setup is neither a string nor callable, SyntaxError if it cannot be compiled."""
        self.timer = timer
        scope, made = _globals() if globals is None else globals, {}
        setup_text, init = self._part('setup', setup, '', scope, made, 4)
        before = '' if callable(setup) else setup + '\n'
        stmt_text, more = self._part('stmt', stmt, before, scope, made, 8)
        source = template.format(init=init + more, setup=setup_text, stmt=stmt_text)
        self.src = source
        exec(compile(source, dummy_src_name, 'exec'), scope, made)
        self.inner = made['inner']

    @staticmethod
    def _part(what, code, before, scope, made, indent):
        """The text of a part of the template, and the argument it needs."""
        if isinstance(code, str):
            compile(before + code, dummy_src_name, 'exec')      # it must be a statement by itself
            return reindent(code, indent), ''
        if not callable(code):
            raise ValueError('%s is neither a string nor callable' % what)
        made['_' + what] = code
        return '_%s()' % what, ', _%s=_%s' % (what, what)

    def print_exc(self, file=None):
        """Print the exception in hand, with the lines of the timed statement."""
        import linecache
        import traceback
        if self.src is not None:
            linecache.cache[dummy_src_name] = len(self.src), None, self.src.split('\n'), dummy_src_name
        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        """Run the statement `number` times; return the seconds it took.  Garbage collection is off meanwhile."""
        collecting = gc.isenabled()
        gc.disable()
        try:
            return self.inner(itertools.repeat(None, number), self.timer)
        finally:
            if collecting:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        """Call timeit(number) `repeat` times; return the list of results."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """Find a number of loops that takes 0.2 seconds or more; return (number, seconds).

        callback(number, seconds) is called after each attempt.
        """
        scale = 1
        while True:
            for digit in (1, 2, 5):
                number = digit * scale
                taken = self.timeit(number)
                if callback:
                    callback(number, taken)
                if taken >= 0.2:
                    return number, taken
            scale *= 10


def timeit(stmt='pass', setup='pass', timer=default_timer, number=default_number, globals=None):
    """Return Timer(stmt, setup, timer, globals).timeit(number)."""
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt='pass', setup='pass', timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    """Return Timer(stmt, setup, timer, globals).repeat(repeat, number)."""
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


_units = {'nsec': 1e-9, 'usec': 1e-6, 'msec': 1e-3, 'sec': 1.0}


def _format_time(seconds, unit, digits):
    """A time in the given unit, or the largest in which it is 1 or more."""
    if unit is None:
        unit = next((name for name in reversed(list(_units)) if seconds >= _units[name]), 'nsec')
    return '%.*g %s' % (digits, seconds / _units[unit], unit)


def _parse_args(args):
    """The options as a dict, or the exit status."""
    import getopt
    try:
        options, args = getopt.getopt(args, 'n:u:s:r:tcpvh', ['number=', 'setup=', 'repeat=', 'process', 'verbose',
                                                              'unit=', 'help'])
    except getopt.error as why:
        print(why)
        print('use -h/--help for command line help')
        return 2
    found = {'timer': default_timer, 'stmt': '\n'.join(args) or 'pass', 'number': 0, 'repeat': default_repeat,
             'unit': None, 'verbose': 0, 'digits': 3}
    setup = []
    for option, value in options:
        if option in ('-n', '--number'):
            found['number'] = int(value)
        elif option in ('-s', '--setup'):
            setup.append(value)
        elif option in ('-u', '--unit'):
            if value not in _units:
                print('Unrecognized unit. Please select nsec, usec, msec, or sec.', file=sys.stderr)
                return 2
            found['unit'] = value
        elif option in ('-r', '--repeat'):
            found['repeat'] = max(int(value), 1)
        elif option in ('-p', '--process'):
            found['timer'] = time.process_time
        elif option in ('-v', '--verbose'):
            found['digits'] += 1 if found['verbose'] else 0
            found['verbose'] += 1
        elif option in ('-h', '--help'):
            print(__doc__, end=' ')
            return 0
    found['setup'] = '\n'.join(setup) or 'pass'
    return found


def main(args=None, *, _wrap_timer=None):
    """The command line.  Returns the exit status; args are sys.argv[1:] if not given."""
    options = _parse_args(sys.argv[1:] if args is None else args)
    if not isinstance(options, dict):
        return options
    import os
    sys.path.insert(0, os.curdir)           # modules in the current folder can be timed
    timer = options['timer'] if _wrap_timer is None else _wrap_timer(options['timer'])
    watch = Timer(options['stmt'], options['setup'], timer)
    digits = options['digits']
    try:
        number = options['number'] or _choose_number(watch, options)
        trials = watch.repeat(options['repeat'], number)
    except:
        watch.print_exc()
        return 1

    def shown(seconds):
        return _format_time(seconds, options['unit'], digits)

    if options['verbose']:
        print('raw times: %s' % ', '.join(map(shown, trials)))
        print()
    each = [taken / number for taken in trials]
    best, worst = min(each), max(each)
    print('%d loop%s, best of %d: %s per loop' % (number, '' if number == 1 else 's', options['repeat'], shown(best)))
    if worst >= best * 4:
        import warnings
        warnings.warn_explicit(
            'The test results are likely unreliable. The worst time (%s) was more than four times slower than the '
            'best time (%s).' % (shown(worst), shown(best)), UserWarning, '', 0)
    return None


def _choose_number(watch, options):
    """The number of loops when none was asked for; with -v the attempts are printed."""
    def tell(number, taken):
        print('%d loop%s -> %.*g secs' % (number, '' if number == 1 else 's', options['digits'], taken))

    number = watch.autorange(tell if options['verbose'] else None)[0]
    if options['verbose']:
        print()
    return number


if __name__ == '__main__':
    sys.exit(main())
