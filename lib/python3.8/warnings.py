# SPDX-License-Identifier: MIT
"""Warnings: telling the user about something that is not an error.

warn() looks for the first of `filters` that fits and does what it says.  A filter is a tuple

    (action, message, category, module, lineno)

message and module are None or compiled patterns that must match at the start, category a class, lineno a number or 0 for
any; action is one of 'error', 'ignore', 'always', 'default', 'module', 'once'.  What was shown before is noted in the
__warningregistry__ of the module that is warned about; whoever changes the filters says so by _filters_mutated(), which
makes all these notes invalid.  The C module _warnings does the filtering; the functions of the same name here take over
where it is missing.
"""

import sys

__all__ = ['warn', 'warn_explicit', 'showwarning', 'formatwarning', 'filterwarnings', 'simplefilter',
           'resetwarnings', 'catch_warnings']

_ACTIONS = ('error', 'ignore', 'always', 'default', 'module', 'once')


# Showing

class WarningMessage:
    """A warning on its way to the user.  The attributes are the arguments."""

    _WARNING_DETAILS = ('message', 'category', 'filename', 'lineno', 'file', 'line', 'source')

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return '{message : %r, category : %r, filename : %r, lineno : %s, line : %r}' % (
            self.message, self._category_name, self.filename, self.lineno, self.line)


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Write a warning to file, or sys.stderr.  Programs may put their own function in this one's place."""
    _showwarnmsg_impl(WarningMessage(message, category, filename, lineno, file, line))


def formatwarning(message, category, filename, lineno, line=None):
    """Return the text of a warning.  Programs may put their own function in this one's place."""
    return _formatwarnmsg_impl(WarningMessage(message, category, filename, lineno, None, line))


_showwarning_orig = showwarning
_formatwarning_orig = formatwarning


def _showwarnmsg(msg):
    """Show a warning the way the program wants it: by its own showwarning(), if it has one."""
    show = globals().get('showwarning', _showwarning_orig)
    if show is _showwarning_orig:
        _showwarnmsg_impl(msg)
    elif callable(show):
        show(msg.message, msg.category, msg.filename, msg.lineno, msg.file, msg.line)
    else:
        raise TypeError('warnings.showwarning() must be set to a function or method')


def _showwarnmsg_impl(msg):
    file = sys.stderr if msg.file is None else msg.file
    if file is None:            # there is nobody to tell
        return
    text = _formatwarnmsg(msg)
    try:
        file.write(text)
    except OSError:
        pass


def _formatwarnmsg(msg):
    form = globals().get('formatwarning', _formatwarning_orig)
    if form is _formatwarning_orig:
        return _formatwarnmsg_impl(msg)
    return form(msg.message, msg.category, msg.filename, msg.lineno, msg.line)


def _formatwarnmsg_impl(msg):
    category = msg.category.__name__
    text = '%s:%s: %s: %s\n' % (msg.filename, msg.lineno, category, msg.message)
    line = _source_line(msg.filename, msg.lineno) if msg.line is None else msg.line
    if line:
        text += '  %s\n' % line.strip()
    if msg.source is not None:
        text += _allocation_text(msg.source, category)
    return text


def _source_line(filename, lineno):
    """A line of source, or None; also while the interpreter stops and imports fail."""
    try:
        import linecache
        return linecache.getline(filename, lineno)
    except Exception:
        return None


def _allocation_text(source, category):
    """Where the object that is warned about was made, if tracemalloc knows; else a hint to start it."""
    try:
        import tracemalloc
        tracing = tracemalloc.is_tracing()
        trace = tracemalloc.get_object_traceback(source)
    except Exception:
        return ''
    if trace is None:
        return '' if tracing else '%s: Enable tracemalloc to get the object allocation traceback\n' % category
    text = 'Object allocated at (most recent call last):\n'
    for frame in trace:
        text += '  File "%s", lineno %s\n' % (frame.filename, frame.lineno)
        line = _source_line(frame.filename, frame.lineno)
        if line:
            text += '    %s\n' % line.strip()
    return text


# Filters

def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    """Put a filter before all others, or behind them with append.

    message and module are regular expressions that the text and the module's name must match at their start, the former
    whatever its case.  lineno 0 fits any line.  AssertionError if an argument is wrong.
    """
    assert action in _ACTIONS, 'invalid action: %r' % (action,)
    assert isinstance(message, str), 'message must be a string'
    assert isinstance(category, type), 'category must be a class'
    assert issubclass(category, Warning), 'category must be a Warning subclass'
    assert isinstance(module, str), 'module must be a string'
    assert isinstance(lineno, int) and lineno >= 0, 'lineno must be an int >= 0'
    if message or module:
        import re
    text_pattern = re.compile(message, re.I) if message else None
    module_pattern = re.compile(module) if module else None
    _add_filter(action, text_pattern, category, module_pattern, lineno, append=append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Put a filter that fits any text and module before all others, or behind them with append."""
    assert action in _ACTIONS, 'invalid action: %r' % (action,)
    assert isinstance(lineno, int) and lineno >= 0, 'lineno must be an int >= 0'
    _add_filter(action, None, category, None, lineno, append=append)


def _add_filter(*item, append):
    known = item in filters
    if append:
        if not known:
            filters.append(item)
    else:
        if known:               # it moves to the front
            filters.remove(item)
        filters.insert(0, item)
    _filters_mutated()


def resetwarnings():
    """Drop all filters, those of the command line too."""
    del filters[:]
    _filters_mutated()


class catch_warnings:
    """A context that puts the filters and the way of showing back at its end.

    With record the with-statement gives a list to which the warnings are added as WarningMessage objects, instead of
    being shown.  module: the module to work on, if not this one.  RuntimeError if it is entered twice or left first.
    """

    def __init__(self, *, record=False, module=None):
        self._record = record
        self._module = sys.modules['warnings'] if module is None else module
        self._entered = False

    def __repr__(self):
        shown = []
        if self._record:
            shown.append('record=True')
        if self._module is not sys.modules['warnings']:
            shown.append('module=%r' % self._module)
        return '%s(%s)' % (type(self).__name__, ', '.join(shown))

    def __enter__(self):
        if self._entered:
            raise RuntimeError('Cannot enter %r twice' % self)
        self._entered = True
        module = self._module
        self._filters = module.filters
        self._showwarning = module.showwarning
        self._showwarnmsg_impl = module._showwarnmsg_impl
        module.filters = list(self._filters)
        module._filters_mutated()
        if not self._record:
            return None
        caught = []
        module._showwarnmsg_impl = caught.append
        module.showwarning = module._showwarning_orig
        return caught

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError('Cannot exit %r without entering first' % self)
        module = self._module
        module.filters = self._filters
        module._filters_mutated()
        module.showwarning = self._showwarning
        module._showwarnmsg_impl = self._showwarnmsg_impl


# The command line: -W action:message:category:module:lineno

class _OptionError(Exception):
    """A -W option makes no sense."""


def _processoptions(args):
    for arg in args:
        try:
            _setoption(arg)
        except _OptionError as why:
            print('Invalid -W option ignored:', why, file=sys.stderr)


def _setoption(arg):
    fields = [field.strip() for field in arg.split(':')]
    if len(fields) > 5:
        raise _OptionError('too many fields (max 5): %r' % (arg,))
    fields += [''] * (5 - len(fields))
    action, message, category, module, line = fields
    action = _getaction(action)
    category = _getcategory(category)
    if message or module:
        import re
        message = re.escape(message)
        module = re.escape(module) + r'\Z' if module else ''
    lineno = 0
    if line:
        try:
            lineno = int(line)
        except ValueError:
            lineno = -1
        if lineno < 0:
            raise _OptionError('invalid lineno %r' % (line,)) from None
    filterwarnings(action, message, category, module, lineno)


def _getaction(action):
    """The action that a name, perhaps shortened, stands for."""
    if not action:
        return 'default'
    if action == 'all':
        return 'always'
    for known in ('default', 'always', 'ignore', 'module', 'once', 'error'):
        if known.startswith(action):
            return known
    raise _OptionError('invalid action: %r' % (action,))


def _getcategory(category):
    """The class that a name, with its module if it is not a built-in one, stands for."""
    if not category:
        return Warning
    module, _, name = category.rpartition('.')
    try:
        place = __import__(module or 'builtins', None, None, [name])
    except ImportError:
        raise _OptionError('invalid module name: %r' % (module,)) from None
    try:
        found = getattr(place, name)
    except AttributeError:
        raise _OptionError('unknown warning category: %r' % (category,)) from None
    if not issubclass(found, Warning):
        raise _OptionError('invalid warning category: %r' % (category,))
    return found


# Warning, without _warnings

def _is_internal_frame(frame):
    """Does the frame belong to the import system, which nobody wants to be warned about?"""
    filename = frame.f_code.co_filename
    return 'importlib' in filename and '_bootstrap' in filename


def _next_external_frame(frame):
    """The next caller outside of the import system."""
    frame = frame.f_back
    while frame is not None and _is_internal_frame(frame):
        frame = frame.f_back
    return frame


def _warned_frame(stacklevel):
    """The frame stacklevel calls above warn(), or None if the stack is not that deep."""
    try:
        frame = sys._getframe(2)
        if stacklevel <= 1 or _is_internal_frame(frame):
            return sys._getframe(stacklevel + 1)
    except ValueError:
        return None
    for _ in range(stacklevel - 1):
        if frame is None:
            break
        frame = _next_external_frame(frame)
    return frame


def warn(message, category=None, stacklevel=1, source=None):
    """Warn about the code stacklevel calls up, or do what the filters say instead.

    message: a text, or a Warning object whose class is the category.  category: UserWarning if not given.  source: the
    object that has to do with it.  TypeError if the category is no Warning class.
    """
    if isinstance(message, Warning):
        category = type(message)
    elif category is None:
        category = UserWarning
    if not isinstance(category, type) or not issubclass(category, Warning):
        raise TypeError("category must be a Warning subclass, not '%s'" % type(category).__name__)
    frame = _warned_frame(stacklevel)
    if frame is None:
        names, filename, lineno = sys.__dict__, 'sys', 1
    else:
        names, filename, lineno = frame.f_globals, frame.f_code.co_filename, frame.f_lineno
    registry = names.setdefault('__warningregistry__', {})
    warn_explicit(message, category, filename, lineno, names.get('__name__') or '<string>', registry, names, source)


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    """Warn about a given place.

    module: its name, made from the file's if not given.  registry: where to note what was shown.  module_globals: helps
    to find the line of source.  RuntimeError if a filter has an unknown action.
    """
    lineno = int(lineno)
    if module is None:
        module = filename or '<unknown>'
        if module[-3:].lower() == '.py':
            module = module[:-3]
    registry = {} if registry is None else registry
    if _filters_version != registry.get('version', 0):
        registry.clear()
        registry['version'] = _filters_version
    if isinstance(message, Warning):
        text, category = str(message), type(message)
    else:
        text, message = message, category(message)
    key = text, category, lineno
    if registry.get(key):
        return

    action, item = _action_for(text, category, module, lineno)
    if action == 'ignore':
        return
    if module_globals is not None:
        if not isinstance(module_globals, dict):
            raise TypeError('module_globals must be a dict, not %r' % type(module_globals).__name__)
        import linecache
        linecache.getlines(filename, module_globals)    # while the loader is at hand
    if action == 'error':
        raise message
    if action == 'once':
        seen_in, seen = onceregistry, (text, category)
    elif action == 'module':
        seen_in, seen = registry, (text, category, 0)
    elif action in ('always', 'default'):
        seen_in, seen = {}, key
    else:
        raise RuntimeError('Unrecognized action (%r) in warnings.filters:\n %s' % (action, item))
    if action != 'always':
        registry[key] = 1
    if seen_in.get(seen):
        return
    seen_in[seen] = 1
    _showwarnmsg(WarningMessage(message, category, filename, lineno, source=source))


def _action_for(text, category, module, lineno):
    """What the first filter that fits says, and that filter."""
    for item in filters:
        action, text_pattern, base, module_pattern, line = item
        if ((text_pattern is None or text_pattern.match(text)) and issubclass(category, base)
                and (module_pattern is None or module_pattern.match(module)) and line in (0, lineno)):
            return action, item
    return defaultaction, None


def _warn_unawaited_coroutine(coro):
    """Called by the interpreter when a coroutine dies that never ran."""
    text = ["coroutine '%s' was never awaited\n" % coro.__qualname__]
    if coro.cr_origin is not None:
        import linecache
        import traceback
        text.append('Coroutine created at (most recent call last)\n')
        text += traceback.format_list([(filename, lineno, name, linecache.getline(filename, lineno).strip())
                                       for filename, lineno, name in reversed(coro.cr_origin)])
    warn(''.join(text).rstrip('\n'), category=RuntimeWarning, stacklevel=2, source=coro)


def _set_own_filters():
    """Add the filters that a start without _warnings begins with."""
    if hasattr(sys, 'gettotalrefcount'):
        return
    filterwarnings('default', category=DeprecationWarning, module='__main__', append=True)
    for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        simplefilter('ignore', category=category, append=True)


try:
    from _warnings import (_defaultaction, _filters_mutated, _onceregistry, filters, warn, warn_explicit)
    defaultaction = _defaultaction
    onceregistry = _onceregistry
    _warnings_defaults = True
except ImportError:
    filters = []
    defaultaction = 'default'
    onceregistry = {}
    _filters_version = 1
    _warnings_defaults = False

    def _filters_mutated():
        global _filters_version
        _filters_version += 1

_processoptions(sys.warnoptions)
if not _warnings_defaults:
    _set_own_filters()
del _warnings_defaults
