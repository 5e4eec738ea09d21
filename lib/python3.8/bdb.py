# SPDX-License-Identifier: MIT
"""The engine of a debugger: stepping and breakpoints.  Talking to the user is left to a subclass, such as pdb.Pdb.

Stepping is decided by three fields: the debugger stops in `stopframe` (anywhere, if that is None) at or behind line
`stoplineno` (never, if that is -1), and when `returnframe` returns.  `botframe` is the frame below which nothing concerns
the debugger.  `breaks` maps file names to lists of line numbers; the Breakpoint objects are kept by their class.
"""

import fnmatch
import os
import sys
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR

__all__ = ['BdbQuit', 'Bdb', 'Breakpoint']

GENERATOR_AND_COROUTINE_FLAGS = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR


class BdbQuit(Exception):
    """The user wants to leave the debugger."""


def _resumes(frame):
    """Does the frame belong to a function whose calls and returns may be resumptions and yields?"""
    return frame.f_code.co_flags & GENERATOR_AND_COROUTINE_FLAGS


class Bdb:
    """Traces execution, and calls the user_* methods, which a subclass defines, where the user wants to stop.

    skip: patterns for the names of modules in which it never stops.
    """

    def __init__(self, skip=None):
        self.skip = set(skip) if skip else None
        self.breaks = {}
        self.fncache = {}
        self.frame_returning = None

    def canonic(self, filename):
        """Return the form of a file name under which breakpoints are kept."""
        if filename[:1] == '<' and filename[-1:] == '>':
            return filename
        try:
            return self.fncache[filename]
        except KeyError:
            found = self.fncache[filename] = os.path.normcase(os.path.abspath(filename))
            return found

    def reset(self):
        """Make ready to debug something: stop at the first chance."""
        import linecache
        linecache.checkcache()
        self.botframe = None
        self._set_stopinfo(None, None)

    # Events

    def trace_dispatch(self, frame, event, arg):
        """The trace function: passes an event on, returns the trace function for the frame."""
        if self.quitting:
            return None
        if event == 'line':
            return self.dispatch_line(frame)
        if event in ('call', 'return', 'exception'):
            return getattr(self, 'dispatch_' + event)(frame, arg)
        if event not in ('c_call', 'c_exception', 'c_return'):
            print('bdb.Bdb.dispatch: unknown debugging event:', repr(event))
        return self.trace_dispatch

    def _go_on(self):
        """The end of an event at which the user was asked."""
        if self.quitting:
            raise BdbQuit
        return self.trace_dispatch

    def dispatch_line(self, frame):
        """A line is about to run."""
        if self.stop_here(frame) or self.break_here(frame):
            self.user_line(frame)
            return self._go_on()
        return self.trace_dispatch

    def dispatch_call(self, frame, arg):
        """A function is about to run.  Frames in which there is no reason to stop are not traced."""
        if self.botframe is None:           # the first call after reset()
            self.botframe = frame.f_back
            return self.trace_dispatch
        if not (self.stop_here(frame) or self.break_anywhere(frame)):
            return None
        if self.stopframe and _resumes(frame):
            return self.trace_dispatch
        self.user_call(frame, arg)
        return self._go_on()

    def dispatch_return(self, frame, arg):
        """A function returns or yields."""
        if not (self.stop_here(frame) or frame == self.returnframe):
            return self.trace_dispatch
        if self.stopframe and _resumes(frame):
            return self.trace_dispatch
        self.frame_returning = frame
        try:
            self.user_return(frame, arg)
        finally:
            self.frame_returning = None
        self._go_on()
        if self.stopframe is frame and self.stoplineno != -1:
            self._set_stopinfo(None, None)          # `next` or `until` goes on in the caller
        return self.trace_dispatch

    def dispatch_exception(self, frame, arg):
        """An exception is raised or passes through."""
        kind, _, tb = arg
        if self.stop_here(frame):
            # The StopIteration by which a loop sees the end of a generator is of no interest.
            wanted = not (_resumes(frame) and kind is StopIteration and tb is None)
        else:
            # While `next` in a generator's frame waits for it, the end of the generator shows elsewhere.
            wanted = (self.stopframe and frame is not self.stopframe and _resumes(self.stopframe)
                      and kind in (StopIteration, GeneratorExit))
        if wanted:
            self.user_exception(frame, arg)
            return self._go_on()
        return self.trace_dispatch

    # Stop?

    def is_skipped_module(self, module_name):
        """Does one of the skip patterns match?"""
        return module_name is not None and any(fnmatch.fnmatch(module_name, pattern) for pattern in self.skip)

    def stop_here(self, frame):
        """Does stepping end in this frame?"""
        if self.skip and self.is_skipped_module(frame.f_globals.get('__name__')):
            return False
        if frame is self.stopframe:
            return self.stoplineno != -1 and frame.f_lineno >= self.stoplineno
        return not self.stopframe

    def break_here(self, frame):
        """Is there a breakpoint to stop at?  Temporary ones are deleted then."""
        filename = self.canonic(frame.f_code.co_filename)
        lines = self.breaks.get(filename, ())
        lineno = frame.f_lineno
        if lineno not in lines:
            lineno = frame.f_code.co_firstlineno        # one set on a function by its name
            if lineno not in lines:
                return False
        found, may_delete = effective(filename, lineno, frame)
        if found is None:
            return False
        self.currentbp = found.number
        if may_delete and found.temporary:
            self.do_clear(str(found.number))
        return True

    def do_clear(self, arg):
        """Delete a temporary breakpoint, given by its number as a string.  Subclasses must define it."""
        raise NotImplementedError('subclass of bdb must implement do_clear()')

    def break_anywhere(self, frame):
        """Has the frame's file any breakpoints?"""
        return self.canonic(frame.f_code.co_filename) in self.breaks

    # What subclasses define

    def user_call(self, frame, argument_list):
        """Called when a function is called in which to stop."""

    def user_line(self, frame):
        """Called when a line is reached at which to stop."""

    def user_return(self, frame, return_value):
        """Called when a function returns at which to stop."""

    def user_exception(self, frame, exc_info):
        """Called when an exception is raised where to stop."""

    # Stepping

    def _set_stopinfo(self, stopframe, returnframe, stoplineno=0):
        self.stopframe, self.returnframe, self.stoplineno = stopframe, returnframe, stoplineno
        self.quitting = False

    def set_until(self, frame, lineno=None):
        """Stop at a line behind the present one, or at lineno or behind it, or when the frame returns."""
        self._set_stopinfo(frame, frame, frame.f_lineno + 1 if lineno is None else lineno)

    def set_step(self):
        """Stop at the next line, wherever it is."""
        # At a return the next line is the caller's, which is perhaps not traced.
        if self.frame_returning:
            caller = self.frame_returning.f_back
            if caller and not caller.f_trace:
                caller.f_trace = self.trace_dispatch
        self._set_stopinfo(None, None)

    def set_next(self, frame):
        """Stop at the next line in this frame or below it."""
        self._set_stopinfo(frame, None)

    def set_return(self, frame):
        """Stop when this frame returns."""
        if _resumes(frame):
            self._set_stopinfo(frame, None, -1)
        else:
            self._set_stopinfo(frame.f_back, frame)

    def set_trace(self, frame=None):
        """Start debugging at a frame, the caller's if not given."""
        if frame is None:
            frame = sys._getframe(1)
        tracer = self.trace_dispatch
        self.reset()
        for self.botframe in self._callers(frame):
            self.botframe.f_trace = tracer
        self.set_step()
        sys.settrace(tracer)

    @staticmethod
    def _callers(frame):
        """Generate a frame and those below it."""
        while frame is not None:
            yield frame
            frame = frame.f_back

    def set_continue(self):
        """Stop at breakpoints only.  If there are none, the program runs at full speed."""
        self._set_stopinfo(self.botframe, None, -1)
        if self.breaks:
            return
        sys.settrace(None)
        for frame in self._callers(sys._getframe(1)):
            if frame is self.botframe:
                break
            del frame.f_trace

    def set_quit(self):
        """Leave the debugger: BdbQuit is raised at the end of the event."""
        self._set_stopinfo(self.botframe, None)
        self.quitting = True
        sys.settrace(None)

    # Breakpoints; these return None, or a text that says what is wrong

    def set_break(self, filename, lineno, temporary=False, cond=None, funcname=None):
        """Make a breakpoint.

        temporary: delete it when it is reached.  cond: an expression that must be true.  funcname: the function it
        belongs to, in which it stops at the first line.
        """
        import linecache
        filename = self.canonic(filename)
        if not linecache.getline(filename, lineno):
            return 'Line %s:%d does not exist' % (filename, lineno)
        lines = self.breaks.setdefault(filename, [])
        if lineno not in lines:
            lines.append(lineno)
        Breakpoint(filename, lineno, temporary, cond, funcname)
        return None

    def _prune_breaks(self, filename, lineno):
        """Forget a line that has no breakpoints any more."""
        if (filename, lineno) in Breakpoint.bplist:
            return
        lines = self.breaks[filename]
        lines.remove(lineno)
        if not lines:
            del self.breaks[filename]

    def clear_break(self, filename, lineno):
        """Delete the breakpoints of a line."""
        filename = self.canonic(filename)
        lines = self.breaks.get(filename)
        if lines is None:
            return 'There are no breakpoints in %s' % filename
        if lineno not in lines:
            return 'There is no breakpoint at %s:%d' % (filename, lineno)
        for one in Breakpoint.bplist[filename, lineno][:]:
            one.deleteMe()
        self._prune_breaks(filename, lineno)
        return None

    def clear_bpbynumber(self, arg):
        """Delete a breakpoint by its number."""
        try:
            found = self.get_bpbynumber(arg)
        except ValueError as why:
            return str(why)
        found.deleteMe()
        self._prune_breaks(found.file, found.line)
        return None

    def clear_all_file_breaks(self, filename):
        """Delete the breakpoints of a file."""
        filename = self.canonic(filename)
        if filename not in self.breaks:
            return 'There are no breakpoints in %s' % filename
        for lineno in self.breaks.pop(filename):
            for one in Breakpoint.bplist[filename, lineno][:]:
                one.deleteMe()
        return None

    def clear_all_breaks(self):
        """Delete all breakpoints."""
        if not self.breaks:
            return 'There are no breakpoints'
        for one in filter(None, Breakpoint.bpbynumber):
            one.deleteMe()
        self.breaks = {}
        return None

    def get_bpbynumber(self, arg):
        """Return a breakpoint by its number, which may be a string.  ValueError if there is none."""
        if not arg:
            raise ValueError('Breakpoint number expected')
        try:
            number = int(arg)
        except ValueError:
            raise ValueError('Non-numeric breakpoint number %s' % arg) from None
        try:
            found = Breakpoint.bpbynumber[number]
        except IndexError:
            raise ValueError('Breakpoint number %d out of range' % number) from None
        if found is None:
            raise ValueError('Breakpoint %d already deleted' % number)
        return found

    def get_break(self, filename, lineno):
        """Is there a breakpoint at this line?"""
        return lineno in self.breaks.get(self.canonic(filename), ())

    def get_breaks(self, filename, lineno):
        """Return the list of a line's breakpoints."""
        filename = self.canonic(filename)
        return Breakpoint.bplist[filename, lineno] if self.get_break(filename, lineno) else []

    def get_file_breaks(self, filename):
        """Return the list of a file's lines that have breakpoints."""
        return self.breaks.get(self.canonic(filename), [])

    def get_all_breaks(self):
        """Return a dict from file names to such lists."""
        return self.breaks

    # The stack

    def get_stack(self, f, t):
        """Return the (frame, line number) pairs of frame f's callers, itself and traceback t, and the index of f."""
        if t and t.tb_frame is f:
            t = t.tb_next
        stack = []
        while f is not None:
            stack.insert(0, (f, f.f_lineno))
            if f is self.botframe:
                break
            f = f.f_back
        current = len(stack) - 1
        while t is not None:
            stack.append((t.tb_frame, t.tb_lineno))
            t = t.tb_next
        if f is None:
            current = len(stack) - 1
        return stack, max(0, current)

    def format_stack_entry(self, frame_lineno, lprefix=': '):
        """Return an entry of the stack as text: file(line)function()->value: source."""
        import linecache
        import reprlib
        frame, lineno = frame_lineno
        filename = self.canonic(frame.f_code.co_filename)
        text = '%s(%r)%s()' % (filename, lineno, frame.f_code.co_name or '<lambda>')
        if '__return__' in frame.f_locals:
            text += '->' + reprlib.repr(frame.f_locals['__return__'])
        line = linecache.getline(filename, lineno, frame.f_globals)
        return text + lprefix + line.strip() if line else text

    # Running something

    def run(self, cmd, globals=None, locals=None):
        """Debug a statement, given as a string or code object; in the namespace of __main__ if none is given."""
        if isinstance(cmd, str):
            cmd = compile(cmd, '<string>', 'exec')
        globals, locals = self._begin(globals, locals)
        sys.settrace(self.trace_dispatch)
        try:
            exec(cmd, globals, locals)
        except BdbQuit:
            pass
        finally:
            self.quitting = True
            sys.settrace(None)

    def runeval(self, expr, globals=None, locals=None):
        """Debug an expression and return its value."""
        globals, locals = self._begin(globals, locals)
        sys.settrace(self.trace_dispatch)
        try:
            return eval(expr, globals, locals)
        except BdbQuit:
            return None
        finally:
            self.quitting = True
            sys.settrace(None)

    def _begin(self, globals, locals):
        """Make ready; the namespaces to use."""
        if globals is None:
            import __main__
            globals = __main__.__dict__
        self.reset()
        return globals, globals if locals is None else locals

    def runctx(self, cmd, globals, locals):
        """The same as run()."""
        self.run(cmd, globals, locals)

    def runcall(*args, **kwds):
        """Debug a call of a function and return its result."""
        if not args:
            raise TypeError("descriptor 'runcall' of 'Bdb' object needs an argument")
        self, *args = args
        if args:
            func, *args = args
        elif 'func' in kwds:
            func = kwds.pop('func')
            import warnings
            warnings.warn("Passing 'func' as keyword argument is deprecated", DeprecationWarning, stacklevel=2)
        else:
            raise TypeError('runcall expected at least 1 positional argument, got 0')
        self.reset()
        sys.settrace(self.trace_dispatch)
        try:
            return func(*args, **kwds)
        except BdbQuit:
            return None
        finally:
            self.quitting = True
            sys.settrace(None)
    runcall.__text_signature__ = '($self, func, /, *args, **kwds)'


def set_trace():
    """Start debugging at the caller, with a debugger that only traces."""
    Bdb().set_trace()


class Breakpoint:
    """A breakpoint: where it is, whether it counts, and how often it was reached.

    The class keeps them all: bpbynumber, a list with None in place of deleted ones, and bplist, a dict from (file, line)
    to lists.  To be used through Bdb's methods, which keep their own record.
    """

    next = 1
    bplist = {}
    bpbynumber = [None]

    def __init__(self, file, line, temporary=False, cond=None, funcname=None):
        self.file, self.line = file, line
        self.funcname = funcname
        self.func_first_executable_line = None      # known when the function is entered
        self.temporary, self.cond = temporary, cond
        self.enabled = True
        self.ignore = self.hits = 0
        self.number = Breakpoint.next
        Breakpoint.next += 1
        self.bpbynumber.append(self)
        self.bplist.setdefault((file, line), []).append(self)

    def deleteMe(self):
        """Take the breakpoint out of the class's records."""
        place = self.file, self.line
        self.bpbynumber[self.number] = None
        self.bplist[place].remove(self)
        if not self.bplist[place]:
            del self.bplist[place]

    def enable(self):
        """Make it count."""
        self.enabled = True

    def disable(self):
        """Make it not count."""
        self.enabled = False

    def bpprint(self, out=None):
        """Print what bpformat() returns to out, or sys.stdout."""
        print(self.bpformat(), file=out)

    def bpformat(self):
        """Return a line about the breakpoint, and further ones for its condition and counts."""
        text = '%-4dbreakpoint   %s%s at %s:%d' % (
            self.number, 'del  ' if self.temporary else 'keep ', 'yes  ' if self.enabled else 'no   ', self.file,
            self.line)
        if self.cond:
            text += '\n\tstop only if %s' % (self.cond,)
        if self.ignore:
            text += '\n\tignore next %d hits' % (self.ignore,)
        if self.hits:
            text += '\n\tbreakpoint already hit %d time%s' % (self.hits, 's' if self.hits > 1 else '')
        return text

    def __str__(self):
        return 'breakpoint %s at %s:%s' % (self.number, self.file, self.line)


def checkfuncname(b, frame):
    """Is the frame where the breakpoint means: at its line, or, for one on a function, at the function's first?"""
    if not b.funcname:
        return b.line == frame.f_lineno
    if frame.f_code.co_name != b.funcname:
        return False
    if not b.func_first_executable_line:
        b.func_first_executable_line = frame.f_lineno
    return b.func_first_executable_line == frame.f_lineno


def effective(file, line, frame):
    """Return the breakpoint to stop at, and whether it may be deleted if temporary; (None, None) if there is none.

    Breakpoints that are reached count their hits; one whose condition fails with an exception stops and is kept.
    """
    for one in Breakpoint.bplist[file, line]:
        if not one.enabled or not checkfuncname(one, frame):
            continue
        one.hits += 1
        if one.cond:
            try:
                wanted = eval(one.cond, frame.f_globals, frame.f_locals)
            except:
                return one, False
            if not wanted:
                continue
        if one.ignore > 0:
            one.ignore -= 1
            continue
        return one, True
    return None, None
