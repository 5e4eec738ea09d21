# SPDX-License-Identifier: MIT
"""The profiler: which functions take the time?  (The measuring is done in C, by _lsprof; see also profile, pstats.)"""

import _lsprof
import profile as _pyprofile

__all__ = ['run', 'runctx', 'Profile']


def run(statement, filename=None, sort=-1):
    """Profile a statement in the namespace of __main__, and print the figures or write them to a file."""
    return _pyprofile._Utils(Profile).run(statement, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    """The same in the given namespaces."""
    return _pyprofile._Utils(Profile).runctx(statement, globals, locals, filename, sort)


class Profile(_lsprof.Profiler):
    """A profiler.

    Profile(timer=None, timeunit=None, subcalls=True, builtins=True): timer returns the time as an int, in units of
    timeunit seconds, or a float.  To be used by enable() and disable(), as a context, or by the run methods.
    """

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
        """Stop measuring and make the dict `stats`."""
        self.disable()
        self.snapshot_stats()

    def snapshot_stats(self):
        """Make the dict `stats`: (file, line, name) -> (primitive calls, calls, own time, whole time, callers)."""
        entries = self.getstats()
        self.stats = {}
        callers_of = {}             # by the code's id: C functions with equal names are told apart
        for entry in entries:
            callers = callers_of[id(entry.code)] = {}
            self.stats[label(entry.code)] = (entry.callcount - entry.reccallcount, entry.callcount, entry.inlinetime,
                                             entry.totaltime, callers)
        for entry in entries:
            caller = label(entry.code)
            for sub in entry.calls or ():
                callers = callers_of.get(id(sub.code))
                if callers is None:
                    continue
                figures = sub.callcount, sub.callcount - sub.reccallcount, sub.inlinetime, sub.totaltime
                if caller in callers:
                    figures = tuple(a + b for a, b in zip(figures, callers[caller]))
                callers[caller] = figures

    def run(self, cmd):
        """Profile a statement in the namespace of __main__.  Returns the profiler."""
        import __main__
        names = __main__.__dict__
        return self.runctx(cmd, names, names)

    def runctx(self, cmd, globals, locals):
        """Profile a statement in the given namespaces.  Returns the profiler."""
        self.enable()
        try:
            exec(cmd, globals, locals)
        finally:
            self.disable()
        return self

    def runcall(*args, **kw):
        """Profile a call of a function and return its result."""
        self, func, args = _pyprofile._runcall_arguments(args, kw)
        with self:
            return func(*args, **kw)
    runcall.__text_signature__ = '($self, func, /, *args, **kw)'

    def __enter__(self):
        self.enable()
        return self

    def __exit__(self, *exc_info):
        self.disable()


def label(code):
    """Return the key under which a code object, or the name of a C function, appears in `stats`."""
    if isinstance(code, str):
        return '~', 0, code
    return code.co_filename, code.co_firstlineno, code.co_name


def main():
    """The command line."""
    return _pyprofile._command_line(runctx, 'cProfile.py', ('-m', '-s'))


if __name__ == '__main__':
    main()
