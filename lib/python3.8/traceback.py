# SPDX-License-Identifier: MIT
"""Tracebacks and call stacks as text.

Three classes hold what will be printed, cut loose from the frames it came from: a FrameSummary is one entry, a
StackSummary a list of them, a TracebackException an exception with its stack and the exceptions chained to it.  The
functions are short ways to make one of them and format or print it.  The text is what the interpreter itself prints for
an uncaught exception.
"""

import linecache
import sys
from itertools import islice

__all__ = ['extract_stack', 'extract_tb', 'format_exception', 'format_exception_only', 'format_list', 'format_stack',
           'format_tb', 'print_exc', 'format_exc', 'print_exception', 'print_last', 'print_stack', 'print_tb',
           'clear_frames', 'FrameSummary', 'StackSummary', 'TracebackException', 'walk_stack', 'walk_tb']

_RECURSIVE_CUTOFF = 3       # equal entries in a row that are still printed

_cause_message = '\nThe above exception was the direct cause of the following exception:\n\n'
_context_message = '\nDuring handling of the above exception, another exception occurred:\n\n'


# Entries and stacks

class FrameSummary:
    """One entry of a stack: filename, lineno, name of the code, line of source, and locals.

    It also behaves as the tuple (filename, lineno, name, line).  locals is None or a dict from names to reprs.
    """

    __slots__ = ('filename', 'lineno', 'name', '_line', 'locals')

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None):
        """line is the source line if it is known; else it is looked up now or, without lookup_line, when needed.

        locals is a mapping of local variables, of which the reprs are kept.
        """
        self.filename, self.lineno, self.name = filename, lineno, name
        self._line = line
        self.locals = {key: repr(value) for key, value in locals.items()} if locals else None
        if lookup_line:
            self.line

    @property
    def line(self):
        """The source line without the space around it."""
        if self._line is None:
            self._line = linecache.getline(self.filename, self.lineno).strip()
        return self._line

    def _as_tuple(self):
        return self.filename, self.lineno, self.name, self.line

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return self._as_tuple() == other._as_tuple() and self.locals == other.locals
        if isinstance(other, tuple):
            return self._as_tuple() == other
        return NotImplemented

    def __getitem__(self, pos):
        return self._as_tuple()[pos]

    def __iter__(self):
        return iter(self._as_tuple())

    def __len__(self):
        return 4

    def __repr__(self):
        return '<FrameSummary file %s, line %s in %s>' % (self.filename, self.lineno, self.name)


class StackSummary(list):
    """A list of FrameSummary objects, oldest call first."""

    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """Make a summary from an iterable of (frame, line number) pairs, such as walk_stack() gives.

        limit: keep the first so many entries, or the last ones if it is negative; None means sys.tracebacklimit, or
        all.  lookup_lines: read the source lines at once.  capture_locals: keep the reprs of local variables.
        """
        if limit is None:
            limit = getattr(sys, 'tracebacklimit', None)
            if limit is not None and limit < 0:
                limit = 0
        if limit is None:
            pairs = frame_gen
        elif limit >= 0:
            pairs = islice(frame_gen, limit)
        else:
            pairs = list(frame_gen)[limit:]

        result = klass()
        files = set()
        for frame, lineno in pairs:
            code = frame.f_code
            filename = code.co_filename
            files.add(filename)
            linecache.lazycache(filename, frame.f_globals)
            result.append(FrameSummary(filename, lineno, code.co_name, lookup_line=False,
                                       locals=frame.f_locals if capture_locals else None))
        for filename in files:
            linecache.checkcache(filename)
        if lookup_lines:
            for entry in result:
                entry.line
        return result

    @classmethod
    def from_list(klass, a_list):
        """Make a summary from a list of FrameSummary objects or (filename, lineno, name, line) tuples."""
        result = klass()
        for entry in a_list:
            if not isinstance(entry, FrameSummary):
                filename, lineno, name, line = entry
                entry = FrameSummary(filename, lineno, name, line=line)
            result.append(entry)
        return result

    def format(self):
        """Return a list of strings, one an entry, each ending in a newline and perhaps holding more of them.

        Of many equal entries in a row (a deep recursion) only the first few are given, then their number.
        """
        result = []
        place, repeats = None, 0
        for entry in self:
            here = entry.filename, entry.lineno, entry.name
            if place is None or None in here or here != place:
                self._tell_repeats(result, repeats)
                place, repeats = here, 0
            repeats += 1
            if repeats <= _RECURSIVE_CUTOFF:
                result.append(self._entry_text(entry))
        self._tell_repeats(result, repeats)
        return result

    @staticmethod
    def _tell_repeats(result, repeats):
        hidden = repeats - _RECURSIVE_CUTOFF
        if hidden > 0:
            result.append('  [Previous line repeated %d more time%s]\n' % (hidden, 's' if hidden > 1 else ''))

    @staticmethod
    def _entry_text(entry):
        text = ['  File "{}", line {}, in {}\n'.format(entry.filename, entry.lineno, entry.name)]
        if entry.line:
            text.append('    {}\n'.format(entry.line.strip()))
        if entry.locals:
            text.extend('    {} = {}\n'.format(*item) for item in sorted(entry.locals.items()))
        return ''.join(text)


# Exceptions

class TracebackException:
    """What is printed about an exception: its stack, its type and text, and the exceptions it came from.

    Attributes: exc_type, stack (a StackSummary), __cause__ and __context__ (None or a TracebackException),
    __suppress_context__; for a SyntaxError also filename, lineno, text, offset and msg.
    """

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 _seen=None):
        """limit, lookup_lines and capture_locals are those of StackSummary.extract()."""
        how = {'limit': limit, 'lookup_lines': False, 'capture_locals': capture_locals}
        self._summarise(exc_type, exc_value, exc_traceback, how)
        if exc_value:
            self._follow_chain(exc_value, how, set() if _seen is None else _seen)
        if lookup_lines:
            self._load_lines()

    def _summarise(self, exc_type, exc_value, exc_traceback, how):
        """Take what belongs to this exception alone."""
        self.stack = StackSummary.extract(walk_tb(exc_traceback), **how)
        self.exc_type = exc_type
        self._str = _some_str(exc_value)
        self.__cause__ = self.__context__ = None
        self.__suppress_context__ = exc_value.__suppress_context__ if exc_value else False
        if exc_type and issubclass(exc_type, SyntaxError):
            self.filename = exc_value.filename
            self.lineno = None if exc_value.lineno is None else str(exc_value.lineno)
            self.text = exc_value.text
            self.offset = exc_value.offset
            self.msg = exc_value.msg

    def _follow_chain(self, exc_value, how, seen):
        """Summarise what exc_value was raised from, each exception once: causes and all behind them first.

        seen: the ids of exceptions that are in the chain already.
        """
        seen.add(id(exc_value))
        waiting = [(self, '__context__', exc_value.__context__), (self, '__cause__', exc_value.__cause__)]
        while waiting:
            owner, attribute, exc = waiting.pop()
            if exc is None or id(exc) in seen:
                continue
            seen.add(id(exc))
            summary = TracebackException.__new__(TracebackException)
            summary._summarise(type(exc), exc, exc.__traceback__, how)
            setattr(owner, attribute, summary)
            waiting.append((summary, '__context__', exc.__context__))
            waiting.append((summary, '__cause__', exc.__cause__))

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """Make one from an exception object alone."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def _load_lines(self):
        """Read the source lines of all stacks while the files are as they were."""
        waiting = [self]
        while waiting:
            summary = waiting.pop()
            for entry in summary.stack:
                entry.line
            waiting += [linked for linked in (summary.__context__, summary.__cause__) if linked]

    def __eq__(self, other):
        if isinstance(other, TracebackException):
            return self.__dict__ == other.__dict__
        return NotImplemented

    def __str__(self):
        return self._str

    def format_exception_only(self):
        """Generate the strings that tell the type and the text, each ending in a newline.

        There is one string, except for a SyntaxError, which first shows the place.
        """
        if self.exc_type is None:
            yield _format_final_exc_line(None, self._str)
            return
        name = self.exc_type.__qualname__
        module = self.exc_type.__module__
        if module not in ('__main__', 'builtins'):
            name = module + '.' + name
        if not issubclass(self.exc_type, SyntaxError):
            yield _format_final_exc_line(name, self._str)
            return

        where = ''
        if self.lineno is not None:
            yield '  File "{}", line {}\n'.format(self.filename or '<string>', self.lineno)
        elif self.filename is not None:
            where = ' ({})'.format(self.filename)
        if self.text is not None:
            yield '    {}\n'.format(self.text.strip())
            if self.offset is not None:
                yield '    {}^\n'.format(self._caret_indent())
        yield '{}: {}{}\n'.format(name, self.msg or '<no detail available>', where)

    def _caret_indent(self):
        """White space up to the place of the error in the stripped line; tabs stay tabs."""
        line = self.text.rstrip('\n')
        before = line[:min(len(line), self.offset) - 1].lstrip()
        return ''.join(char if char.isspace() else ' ' for char in before)

    def format(self, *, chain=True):
        """Generate the strings of the whole text, the oldest exception first; only this one without chain."""
        links = [(self, '')]
        if chain:
            exc = self
            while True:
                if exc.__cause__ is not None:
                    exc, message = exc.__cause__, _cause_message
                elif exc.__context__ is not None and not exc.__suppress_context__:
                    exc, message = exc.__context__, _context_message
                else:
                    break
                links.append((exc, message))
        for exc, message in reversed(links):
            if exc.stack:
                yield 'Traceback (most recent call last):\n'
            yield from exc.stack.format()
            yield from exc.format_exception_only()
            if message:
                yield message


def _format_final_exc_line(etype, value):
    text = _some_str(value)
    return '%s\n' % etype if value is None or not text else '%s: %s\n' % (etype, text)


def _some_str(value):
    try:
        return str(value)
    except:
        return '<unprintable %s object>' % type(value).__name__


# Where frames come from

def walk_stack(f):
    """Generate (frame, line number) for a frame and its callers, innermost first.

    With None start at whoever called the function that consumes this (StackSummary.extract()).
    """
    frame = sys._getframe(2) if f is None else f
    while frame is not None:
        yield frame, frame.f_lineno
        frame = frame.f_back


def walk_tb(tb):
    """Generate (frame, line number) for a traceback and those that follow it."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def extract_tb(tb, limit=None):
    """Return the StackSummary of a traceback."""
    return StackSummary.extract(walk_tb(tb), limit=limit)


def extract_stack(f=None, limit=None):
    """Return the StackSummary of a frame, or of the caller's, oldest call first."""
    stack = StackSummary.extract(walk_stack(f or sys._getframe(1)), limit=limit)
    stack.reverse()
    return stack


def clear_frames(tb):
    """Clear the local variables of all frames of a traceback; frames that still run are left alone."""
    for frame, _ in walk_tb(tb):
        try:
            frame.clear()
        except RuntimeError:
            pass


# Formatting and printing

def format_list(extracted_list):
    """Return the strings for a list of FrameSummary objects or tuples, one an entry."""
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    """Print such a list to file, or sys.stderr."""
    _write(format_list(extracted_list), file)


def format_tb(tb, limit=None):
    """Return the strings for the entries of a traceback."""
    return extract_tb(tb, limit).format()


def print_tb(tb, limit=None, file=None):
    """Print the entries of a traceback to file, or sys.stderr."""
    print_list(extract_tb(tb, limit), file)


def format_stack(f=None, limit=None):
    """Return the strings for the entries of the stack that ends at frame f, or at the caller."""
    return extract_stack(f or sys._getframe(1), limit).format()


def print_stack(f=None, limit=None, file=None):
    """Print the stack that ends at frame f, or at the caller, to file, or sys.stderr."""
    print_list(extract_stack(f or sys._getframe(1), limit), file)


def format_exception_only(etype, value):
    """Return the strings that tell the exception's type and text, without its stack."""
    return list(TracebackException(etype, value, None).format_exception_only())


def format_exception(etype, value, tb, limit=None, chain=True):
    """Return the strings of the whole text.  etype is not looked at: the type is the value's."""
    return list(TracebackException(type(value), value, tb, limit=limit).format(chain=chain))


def print_exception(etype, value, tb, limit=None, file=None, chain=True):
    """Print an exception to file, or sys.stderr, as the interpreter does."""
    if file is None:
        file = sys.stderr
    _write(TracebackException(type(value), value, tb, limit=limit).format(chain=chain), file, end='')


def format_exc(limit=None, chain=True):
    """Return the text of the exception that is being handled."""
    return ''.join(format_exception(*sys.exc_info(), limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    """Print the exception that is being handled."""
    print_exception(*sys.exc_info(), limit=limit, file=file, chain=chain)


def print_last(limit=None, file=None, chain=True):
    """Print the last uncaught exception of an interactive session.  ValueError if there was none."""
    if not hasattr(sys, 'last_type'):
        raise ValueError('no last exception')
    print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)


def _write(strings, file, end=''):
    if file is None:
        file = sys.stderr
    for text in strings:
        print(text, file=file, end=end)
