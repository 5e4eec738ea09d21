# SPDX-License-Identifier: MIT
"""A profiler written in Python.  cProfile does the same with far less overhead; this one can be changed by subclassing.

For each function that runs there is an entry on a stack.  Every event (call, return, exception, and the same of C
functions) gets the time since the event before; a call charges it to the caller, a return to the function that returns,
whose whole time then goes to the entry below.
"""

import sys
import time

__all__ = ['run', 'runctx', 'Profile']


class _Utils:
    """run() and runctx() for a class of profilers."""

    def __init__(self, profiler):
        self.profiler = profiler

    def run(self, statement, filename, sort):
        profiler = self.profiler()
        self._guarded(profiler, filename, sort, profiler.run, statement)

    def runctx(self, statement, globals, locals, filename, sort):
        profiler = self.profiler()
        self._guarded(profiler, filename, sort, profiler.runctx, statement, globals, locals)

    def _guarded(self, profiler, filename, sort, function, *args):
        try:
            function(*args)
        except SystemExit:
            pass
        finally:
            self._show(profiler, filename, sort)

    def _show(self, prof, filename, sort):
        if filename is None:
            prof.print_stats(sort)
        else:
            prof.dump_stats(filename)


def run(statement, filename=None, sort=-1):
    """Profile a statement in the namespace of __main__, and print the figures or write them to a file."""
    return _Utils(Profile).run(statement, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    """The same in the given namespaces."""
    return _Utils(Profile).runctx(statement, globals, locals, filename, sort)


def _runcall_arguments(args, kw):
    """Take self and the function from the arguments of runcall(); `func` by name is an old way to give it."""
    if not args:
        raise TypeError("descriptor 'runcall' of 'Profile' object needs an argument")
    self, *args = args
    if args:
        func, *args = args
    elif 'func' in kw:
        import warnings
        func = kw.pop('func')
        warnings.warn("Passing 'func' as keyword argument is deprecated", DeprecationWarning, stacklevel=3)
    else:
        raise TypeError('runcall expected at least 1 positional argument, got 0')
    return self, func, args


class _Entry:
    """A function that is running."""

    __slots__ = ('caller_time', 'own', 'below', 'key', 'frame', 'under')

    def __init__(self, caller_time, key, frame, under):
        self.caller_time = caller_time      # spent in the caller before the call: charged to it at the return
        self.own = self.below = 0           # time in the function itself, and in what it has called
        self.key = key
        self.frame = frame
        self.under = under                  # the caller's entry


class Profile:
    """A profiler.

    timer: returns the time, as a number or as a row of numbers to be added; processor time if not given.  bias: the time
    an event takes the profiler itself, see calibrate(); that of the class if not given.
    """

    bias = 0

    def __init__(self, timer=None, bias=None):
        self.timings = {}           # key -> [primitive calls, active, own time, whole time, callers]
        self.cur = None
        self.c_func_name = ''
        self.cmd = ''
        if bias is None:
            bias = self.bias
        self.bias = bias
        self.timer = self.get_time = time.process_time if timer is None else timer
        self.dispatcher = self.trace_dispatch_i
        if timer is None:
            self.dispatcher = self.trace_dispatch
        else:
            sample = timer()
            try:
                parts = len(sample)
            except TypeError:
                pass
            else:
                self.dispatcher = self.trace_dispatch if parts == 2 else self.trace_dispatch_l
                self.get_time = lambda: sum(timer())
        self.t = self.get_time()
        self.simulate_call('profiler')

    # Events

    def trace_dispatch(self, frame, event, arg):
        """The profile function."""
        now = self.get_time()
        taken = now - self.t - self.bias
        if event == 'c_call':
            self.c_func_name = arg.__name__
        if self.dispatch[event](self, frame, taken):
            self.t = self.get_time()
        else:
            self.t = now - taken            # nothing was charged

    # The same for timers that return a number, count in sixtieths of a second, or return several numbers
    trace_dispatch_i = trace_dispatch_mac = trace_dispatch_l = trace_dispatch

    def _push(self, key, frame, taken):
        self.cur = _Entry(taken, key, frame, self.cur)
        figures = self.timings.get(key)
        if figures is None:
            self.timings[key] = 0, 0, 0, 0, {}
        else:
            primitive, active, own, whole, callers = figures
            self.timings[key] = primitive, active + 1, own, whole, callers
        return 1

    def trace_dispatch_exception(self, frame, t):
        """An exception is raised in a frame."""
        entry = self.cur
        if entry.frame is not frame and entry.under:
            return self.trace_dispatch_return(entry.frame, t)
        entry.own += t
        return 1

    def trace_dispatch_call(self, frame, t):
        """A Python function is called."""
        entry = self.cur
        if entry and frame.f_back is not entry.frame and not isinstance(entry.frame, Profile.fake_frame):
            # A function has ended without telling.
            assert entry.frame.f_back is frame.f_back, ('Bad call', entry.key)
            self.trace_dispatch_return(entry.frame, 0)
            assert self.cur is None or frame.f_back is self.cur.frame, ('Bad call', self.cur.key)
        code = frame.f_code
        return self._push((code.co_filename, code.co_firstlineno, code.co_name), frame, t)

    def trace_dispatch_c_call(self, frame, t):
        """A C function is called."""
        return self._push(('', 0, self.c_func_name), frame, t)

    def trace_dispatch_return(self, frame, t):
        """A function returns, or is left by an exception."""
        if frame is not self.cur.frame:
            assert frame is self.cur.frame.f_back, ('Bad return', self.cur.key)
            self.trace_dispatch_return(self.cur.frame, 0)
        entry = self.cur
        caller = entry.under
        own = entry.own + t
        total = own + entry.below
        caller.own += entry.caller_time
        caller.below += total
        self.cur = caller

        primitive, active, own_before, whole, callers = self.timings[entry.key]
        if not active:                      # the outermost call of a recursion
            whole += total
            primitive += 1
        callers[caller.key] = callers.get(caller.key, 0) + 1
        self.timings[entry.key] = primitive, active - 1, own_before + own, whole, callers
        return 1

    dispatch = {
        'call': trace_dispatch_call,
        'exception': trace_dispatch_exception,
        'return': trace_dispatch_return,
        'c_call': trace_dispatch_c_call,
        'c_exception': trace_dispatch_return,       # the C function is left in both cases
        'c_return': trace_dispatch_return,
    }

    # Made-up calls, below the first real one

    class fake_code:
        """What a made-up function has in place of a code object."""

        def __init__(self, filename, line, name):
            self.co_filename = filename
            self.co_line = line
            self.co_name = name
            self.co_firstlineno = 0

        def __repr__(self):
            return repr((self.co_filename, self.co_line, self.co_name))

    class fake_frame:
        """What a made-up function has in place of a frame."""

        def __init__(self, code, prior):
            self.f_code = code
            self.f_back = prior

    def simulate_call(self, name):
        """Make an entry for something that is no function."""
        under = self.cur.frame if self.cur else None
        frame = self.fake_frame(self.fake_code('profile', 0, name), under)
        self.dispatch['call'](self, frame, 0)

    def simulate_cmd_complete(self):
        """Return from everything that was still running."""
        taken = self.get_time() - self.t
        while self.cur.under:
            self.dispatch['return'](self, self.cur.frame, taken)
            taken = 0
        self.t = self.get_time() - taken

    def set_cmd(self, cmd):
        """Name the statement that is profiled."""
        if self.cur.under is None:          # not within another one
            self.cmd = cmd
            self.simulate_call(cmd)

    # Results

    def print_stats(self, sort=-1):
        """Print the figures, sorted by a key of pstats."""
        import pstats
        pstats.Stats(self).strip_dirs().sort_stats(sort).print_stats()

    def dump_stats(self, file):
        """Write the figures to a file that pstats can read."""
        import marshal
        with open(file, 'wb') as out:
            self.create_stats()
            marshal.dump(self.stats, out)

    def create_stats(self):
        """End what is running and make the dict `stats`."""
        self.simulate_cmd_complete()
        self.snapshot_stats()

    def snapshot_stats(self):
        """Make the dict `stats`: (file, line, name) -> (primitive calls, calls, own time, whole time, callers)."""
        self.stats = {}
        for key, (primitive, _, own, whole, callers) in self.timings.items():
            self.stats[key] = primitive, sum(callers.values()), own, whole, callers.copy()

    # Running

    def run(self, cmd):
        """Profile a statement in the namespace of __main__.  Returns the profiler."""
        import __main__
        names = __main__.__dict__
        return self.runctx(cmd, names, names)

    def runctx(self, cmd, globals, locals):
        """Profile a statement in the given namespaces.  Returns the profiler."""
        self._watch(cmd, exec, cmd, globals, locals)
        return self

    def _watch(self, title, function, /, *args, **kw):
        """Profile a call under a title and return its result."""
        self.set_cmd(title)
        sys.setprofile(self.dispatcher)
        try:
            return function(*args, **kw)
        finally:
            sys.setprofile(None)

    def runcall(*args, **kw):
        """Profile a call of a function and return its result."""
        self, func, args = _runcall_arguments(args, kw)
        return self._watch(repr(func), func, *args, **kw)
    runcall.__text_signature__ = '($self, func, /, *args, **kw)'

    def calibrate(self, m, verbose=0):
        """Return how long an event takes the profiler itself on this machine: to be assigned to Profile.bias.

        m: how many loops to measure.  TypeError in a subclass.
        """
        if self.__class__ is not Profile:
            raise TypeError('Subclasses must override .calibrate().')
        before, self.bias = self.bias, 0
        try:
            return self._calibrate_inner(m, verbose)
        finally:
            self.bias = before

    def _calibrate_inner(self, m, verbose):
        get_time = self.get_time

        def callee(n):
            for _ in range(n):
                x = 1

        def caller(m, leaf=callee):
            for _ in range(m):
                leaf(100)

        caller(m)
        start = get_time()
        caller(m)
        plain = get_time() - start
        profiler = Profile()
        start = get_time()
        profiler.runctx('caller(m)', globals(), locals())
        profiled = get_time() - start
        profiler.create_stats()

        calls = reported = 0.0
        for (_, _, name), (_, count, own, _, _) in profiler.stats.items():
            if name in ('caller', 'callee'):
                calls += count
                reported += own
        if verbose:
            print('elapsed time without profiling =', plain)
            print('elapsed time with profiling =', profiled)
            print("'CPU seconds' profiler reported =", reported)
            print('total # calls =', calls)
        if calls != m + 1:
            raise ValueError('internal error: total calls = %d' % calls)
        # Each call is two events.
        mean = (reported - plain) / 2.0 / calls
        if verbose:
            print('mean stopwatch overhead per profile event =', mean)
        return mean


# The command line, of cProfile too

def _command_line(runner, program, order):
    """Read options, profile a script or module."""
    import os
    from optparse import OptionParser
    parser = OptionParser(usage='%s [-o output_file_path] [-s sort] [-m module | scriptfile] [arg] ...' % program)
    parser.allow_interspersed_args = False
    parser.add_option('-o', '--outfile', dest='outfile', help='Save stats to <outfile>', default=None)
    full_stop = ''
    for option in order:
        if option == '-m':
            parser.add_option('-m', dest='module', action='store_true', default=False,
                              help='Profile a library module' + full_stop)
        else:
            keys = {}
            if program == 'cProfile.py':
                import pstats
                keys = {'type': 'choice', 'choices': sorted(pstats.Stats.sort_arg_dict_default),
                        'metavar': 'SORT'}
            parser.add_option('-s', '--sort', dest='sort', default=-1,
                              help='Sort order when printing to stdout, based on pstats.Stats class', **keys)
    if not sys.argv[1:]:
        parser.print_usage()
        sys.exit(2)
    options, args = parser.parse_args()
    sys.argv[:] = args
    if options.outfile is not None:         # the script may change the working directory
        options.outfile = os.path.abspath(options.outfile)
    if not args:
        parser.print_usage()
        return parser
    if options.module:
        import runpy
        code = "run_module(modname, run_name='__main__')"
        scope = {'run_module': runpy.run_module, 'modname': args[0]}
    else:
        import io
        name = args[0]
        sys.path.insert(0, os.path.dirname(name))
        with io.open_code(name) as file:
            code = compile(file.read(), name, 'exec')
        scope = {'__file__': name, '__name__': '__main__', '__package__': None, '__cached__': None}
    try:
        runner(code, scope, None, options.outfile, options.sort)
    except BrokenPipeError as exc:
        sys.stdout = None                   # so that nothing more is written at the end
        sys.exit(exc.errno)
    return parser


def main():
    """The command line."""
    return _command_line(runctx, 'profile.py', ('-m', '-s'))


if __name__ == '__main__':
    main()
