# SPDX-License-Identifier: MIT
"""Context managers that watch what happens in a block, or undo it: streams, warnings, the environment, threads,
processes, signals, exceptions that nobody catches, attributes and items."""
import collections.abc
import contextlib
import functools
import gc
import io
import logging.handlers
import os
import re
import sys
import time
import unittest
import warnings


def _settings():
    from test import support
    return support


# Streams.

@contextlib.contextmanager
def captured_output(stream_name):
    """Put an io.StringIO in the place of one of sys's streams, and yield it."""
    before = getattr(sys, stream_name)
    setattr(sys, stream_name, io.StringIO())
    try:
        yield getattr(sys, stream_name)
    finally:
        setattr(sys, stream_name, before)


def captured_stdout():
    """Capture what is written to sys.stdout."""
    return captured_output('stdout')


def captured_stderr():
    """Capture what is written to sys.stderr."""
    return captured_output('stderr')


def captured_stdin():
    """Let sys.stdin read what is written to the yielded stream; go to its beginning before."""
    return captured_output('stdin')


def strip_python_stderr(stderr):
    """Bytes that an interpreter wrote to its stderr, without the references a debug build counts at the end."""
    return re.sub(br'\[\d+ refs, \d+ blocks\]\r?\n?', b'', stderr).strip()


def print_warning(msg):
    """Write a warning to the stderr that the process began with, each line marked."""
    for line in msg.splitlines():
        print(f'Warning -- {line}', file=sys.__stderr__, flush=True)


# Warnings.

class WarningsRecorder:
    """The warnings that check_warnings() has seen, in `warnings`; attributes are those of the last one, or None."""

    def __init__(self, warnings_list):
        self._warnings = warnings_list
        self._last = 0

    def __getattr__(self, attr):
        if len(self._warnings) > self._last:
            return getattr(self._warnings[-1], attr)
        if attr in warnings.WarningMessage._WARNING_DETAILS:
            return None
        raise AttributeError('%r has no attribute %r' % (self, attr))

    @property
    def warnings(self):
        """Those since the last reset."""
        return self._warnings[self._last:]

    def reset(self):
        """Begin anew."""
        self._last = len(self._warnings)


@contextlib.contextmanager
def _filterwarnings(filters, quiet=False):
    # Modules of the caller have to forget what they have warned of.
    sys._getframe(2).f_globals.get('__warningregistry__', {}).clear()
    with warnings.catch_warnings(record=True) as seen:
        sys.modules['warnings'].simplefilter('always')
        yield WarningsRecorder(seen)
    left = list(seen)
    missing = []
    for text, category in filters:
        fitting = [one for one in left
                   if re.match(text, str(one.message), re.I) and issubclass(one.message.__class__, category)]
        left = [one for one in left if one not in fitting]
        if not fitting and not quiet:
            missing.append((text, category.__name__))
    if left:
        raise AssertionError('unhandled warning %s' % left[0])
    if missing:
        raise AssertionError('filter (%r, %s) did not catch any warning' % missing[0])


def check_warnings(*filters, **kwargs):
    """Assert that the block warns as the filters say, and of nothing else; yield a WarningsRecorder.

    filters: pairs of a regular expression for the beginning of the message and a category; without any, all
    warnings are all right.
    quiet: whether a filter may be of no use; True if there are no filters.
    """
    quiet = kwargs.get('quiet')
    if not filters:
        filters = ('', Warning),
        if quiet is None:
            quiet = True
    return _filterwarnings(filters, quiet)


@contextlib.contextmanager
def check_no_warnings(testcase, message='', category=Warning, force_gc=False):
    """Assert that the block gives no such warning.

    message: a regular expression for its beginning; force_gc: whether to collect garbage before the end.
    """
    with warnings.catch_warnings(record=True) as seen:
        warnings.filterwarnings('always', message=message, category=category)
        yield
        if force_gc:
            gc_collect()
    testcase.assertEqual(seen, [])


@contextlib.contextmanager
def check_no_resource_warning(testcase):
    """Assert that the block leaves nothing open."""
    with check_no_warnings(testcase, category=ResourceWarning, force_gc=True):
        yield


def ignore_warnings(*, category):
    """A decorator: ignore a category of warnings while the test runs."""
    def decorate(test):
        @functools.wraps(test)
        def wrapper(self, *args, **kwargs):
            with warnings.catch_warnings():
                warnings.simplefilter('ignore', category=category)
                return test(self, *args, **kwargs)
        return wrapper
    return decorate


@contextlib.contextmanager
def save_restore_warnings_filters():
    """Have the filters afterwards as they were, also for threads that run meanwhile."""
    before = warnings.filters[:]
    try:
        yield
    finally:
        warnings.filters[:] = before


# The environment, the locale, the time zone.

class EnvironmentVarGuard(collections.abc.MutableMapping):
    """os.environ as a mapping that undoes its changes at the end of the block."""

    def __init__(self):
        self._environ = os.environ
        self._changed = {}

    def __getitem__(self, envvar):
        return self._environ[envvar]

    def __setitem__(self, envvar, value):
        self._changed.setdefault(envvar, self._environ.get(envvar))
        self._environ[envvar] = value

    def __delitem__(self, envvar):
        self._changed.setdefault(envvar, self._environ.get(envvar))
        self._environ.pop(envvar, None)

    def keys(self):
        """The names of all variables."""
        return self._environ.keys()

    def __iter__(self):
        return iter(self._environ)

    def __len__(self):
        return len(self._environ)

    def set(self, envvar, value):
        """Set a variable."""
        self[envvar] = value

    def unset(self, envvar):
        """Remove a variable, if it is there."""
        del self[envvar]

    def __enter__(self):
        return self

    def __exit__(self, *ignore_exc):
        for name, value in self._changed.items():
            if value is None:
                self._environ.pop(name, None)
            else:
                self._environ[name] = value
        os.environ = self._environ


def run_with_locale(catstr, *locales):
    """A decorator: run the test in the first of several locales that there is, or in the one that is set.

    catstr: the name of a category, like 'LC_ALL'.
    """
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            import locale
            category = getattr(locale, catstr)
            before = None
            try:
                before = locale.setlocale(category)
                for name in locales:
                    with contextlib.suppress(locale.Error):
                        locale.setlocale(category, name)
                        break
            except locale.Error:
                pass
            try:
                return function(*args, **kwargs)
            finally:
                if before is not None:
                    locale.setlocale(category, before)
        return wrapper
    return decorate


def run_with_tz(tz):
    """A decorator: run the test in a time zone, as TZ names it."""
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            try:
                tzset = time.tzset
            except AttributeError:
                raise unittest.SkipTest('tzset required')
            with EnvironmentVarGuard() as environment:
                environment['TZ'] = tz
                tzset()
                try:
                    return function(*args, **kwargs)
                finally:
                    environment.__exit__()
                    tzset()
        return wrapper
    return decorate


# Attributes and items.

_NOTHING = object()


@contextlib.contextmanager
def swap_attr(obj, attr, new_val):
    """Give an attribute another value for the time of the block; yield the old one, None if there was none."""
    before = getattr(obj, attr, _NOTHING)
    setattr(obj, attr, new_val)
    try:
        yield None if before is _NOTHING else before
    finally:
        if before is not _NOTHING:
            setattr(obj, attr, before)
        elif hasattr(obj, attr):
            delattr(obj, attr)


@contextlib.contextmanager
def swap_item(obj, item, new_val):
    """Give an item of a container another value for the time of the block; yield the old one, None if there was none."""
    before = obj[item] if item in obj else _NOTHING
    obj[item] = new_val
    try:
        yield None if before is _NOTHING else before
    finally:
        if before is not _NOTHING:
            obj[item] = before
        elif item in obj:
            del obj[item]


def patch(test_instance, object_to_patch, attr_name, new_value):
    """Give an attribute another value until the end of a test; without such an attribute AttributeError is raised."""
    before = getattr(object_to_patch, attr_name)
    is_own = attr_name in getattr(object_to_patch, '__dict__', {attr_name: None})

    def undo():
        if is_own:
            setattr(object_to_patch, attr_name, before)
        else:
            delattr(object_to_patch, attr_name)
    test_instance.addCleanup(undo)
    setattr(object_to_patch, attr_name, new_value)


# Garbage, interpreter settings.

def gc_collect():
    """Collect as much garbage as possible: finalizers may make more."""
    for _ in range(3):
        gc.collect()


@contextlib.contextmanager
def disable_gc():
    """Switch the collector off for the time of the block."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@contextlib.contextmanager
def disable_faulthandler():
    """Switch faulthandler off for the time of the block; sys.__stderr__ has to be a file."""
    import faulthandler
    number = sys.__stderr__.fileno()
    before = faulthandler.is_enabled()
    try:
        faulthandler.disable()
        yield
    finally:
        if before:
            faulthandler.enable(file=number, all_threads=True)


def setswitchinterval(interval):
    """sys.setswitchinterval(), but not shorter than an emulated phone can bear."""
    shortest = 1e-5
    if interval < shortest and hasattr(sys, 'getandroidapilevel'):
        import subprocess
        answer = subprocess.run(['getprop', 'ro.kernel.qemu'], stdout=subprocess.PIPE).stdout
        interval = shortest if answer.strip() == b'1' else interval
    return sys.setswitchinterval(interval)


@contextlib.contextmanager
def adjust_int_max_str_digits(max_digits):
    """Set the number of digits that numbers may have as text, for the time of the block."""
    before = sys.get_int_max_str_digits()
    try:
        sys.set_int_max_str_digits(max_digits)
        yield
    finally:
        sys.set_int_max_str_digits(before)


def suppress_msvcrt_asserts(verbose=False):
    """Let Windows's C library not open windows when it finds something wrong."""
    try:
        import msvcrt
    except ImportError:
        return
    msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOALIGNMENTFAULTEXCEPT |
                        msvcrt.SEM_NOGPFAULTERRORBOX | msvcrt.SEM_NOOPENFILEERRORBOX)
    if hasattr(msvcrt, 'CrtSetReportMode'):
        for report in msvcrt.CRT_WARN, msvcrt.CRT_ERROR, msvcrt.CRT_ASSERT:
            msvcrt.CrtSetReportMode(report, msvcrt.CRTDBG_MODE_FILE if verbose else 0)
            if verbose:
                msvcrt.CrtSetReportFile(report, msvcrt.CRTDBG_FILE_STDERR)


class SuppressCrashReport:
    """Let a process that is to crash within the block leave neither a window nor a core file."""

    old_value = None
    old_modes = None

    def __enter__(self):
        if sys.platform.startswith('win'):
            import msvcrt
            self.old_value = msvcrt.SetErrorMode(msvcrt.SEM_NOGPFAULTERRORBOX)
            msvcrt.SetErrorMode(self.old_value | msvcrt.SEM_NOGPFAULTERRORBOX)
            return self
        try:
            import resource
        except ImportError:
            return self
        with contextlib.suppress(ValueError, OSError):
            self.old_value = resource.getrlimit(resource.RLIMIT_CORE)
            resource.setrlimit(resource.RLIMIT_CORE, (0, self.old_value[1]))
        return self

    def __exit__(self, *ignore_exc):
        if self.old_value is None:
            return
        if sys.platform.startswith('win'):
            import msvcrt
            msvcrt.SetErrorMode(self.old_value)
        else:
            import resource
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_CORE, self.old_value)


class SaveSignals:
    """The handlers of all signals, which can be set again."""

    def __init__(self):
        import signal
        self.signal = signal
        self.signals = signal.valid_signals() - {getattr(signal, name, None) for name in ('SIGKILL', 'SIGSTOP')}
        self.handlers = {}

    def save(self):
        """Remember them; not those that were set by C."""
        for number in self.signals:
            handler = self.signal.getsignal(number)
            if handler is not None:
                self.handlers[number] = handler

    def restore(self):
        """Set them again."""
        for number, handler in self.handlers.items():
            self.signal.signal(number, handler)


# Threads and processes.

def threading_setup():
    """What threading_cleanup() wants to have."""
    import _thread
    import threading
    return _thread._count(), threading._dangling.copy()


def threading_cleanup(*original_values):
    """Wait for the threads that have been started since threading_setup(), and tell if some stay."""
    import _thread
    import threading
    for attempt in range(100):
        now = _thread._count(), threading._dangling
        if now == original_values:
            return
        if not attempt:
            _settings().environment_altered = True
            print_warning('threading_cleanup() failed to cleanup %s threads (count: %s, dangling: %s)' % (
                now[0] - original_values[0], now[0], len(now[1])))
            for thread in now[1]:
                print_warning(f'Dangling thread: {thread!r}')
        now = None
        time.sleep(0.01)
        gc_collect()


def reap_threads(func):
    """A decorator: wait for the threads that the test starts."""
    @functools.wraps(func)
    def decorator(*args):
        before = threading_setup()
        try:
            return func(*args)
        finally:
            threading_cleanup(*before)
    return decorator


@contextlib.contextmanager
def wait_threads_exit(timeout=60.0):
    """Wait at the end until the threads that the block started have ended, those of _thread as well.

    AssertionError is raised when that takes longer than timeout, in seconds.
    """
    import _thread
    before = _thread._count()
    try:
        yield
    finally:
        start = time.monotonic()
        while _thread._count() > before:
            took = time.monotonic() - start
            if took > timeout:
                raise AssertionError(f'wait_threads() failed to cleanup {_thread._count() - before} threads after {took:.1f} '
                                     f'seconds (count: {_thread._count()}, old count: {before})')
            time.sleep(0.01)
            gc_collect()


def join_thread(thread, timeout=30.0):
    """Wait for a thread; AssertionError is raised if it runs longer than timeout, in seconds."""
    thread.join(timeout)
    if thread.is_alive():
        raise AssertionError(f'failed to join the thread in {timeout:.1f} seconds')


@contextlib.contextmanager
def start_threads(threads, unlock=None):
    """Start threads, and wait for them at the end.

    unlock: a function that is called before, to let them end.
    """
    import faulthandler
    threads = list(threads)
    started = []
    try:
        try:
            for thread in threads:
                thread.start()
                started.append(thread)
        except BaseException:
            if _settings().verbose:
                print("Can't start %d threads, only %d threads started" % (len(threads), len(started)))
            raise
        yield
    finally:
        try:
            if unlock:
                unlock()
            end = start = time.monotonic()
            for minutes in range(1, 16):
                end += 60
                for thread in started:
                    thread.join(max(end - time.monotonic(), 0.01))
                started = [thread for thread in started if thread.is_alive()]
                if not started:
                    break
                if _settings().verbose:
                    print('Unable to join %d threads during a period of %d minutes' % (len(started), minutes))
        finally:
            started = [thread for thread in started if thread.is_alive()]
            if started:
                faulthandler.dump_traceback(sys.stdout)
                raise AssertionError('Unable to join %d threads' % len(started))


def reap_children():
    """Take notice of all processes that were started here and have ended, and warn of them."""
    if not (hasattr(os, 'waitpid') and hasattr(os, 'WNOHANG')):
        return
    while True:
        try:
            process, status = os.waitpid(-1, os.WNOHANG)
        except OSError:
            return
        if process == 0:
            return
        print_warning(f'reap_children() reaped child process {process}')
        _settings().environment_altered = True


# Exceptions that nobody catches.

class catch_unraisable_exception:
    """Keep what sys.unraisablehook is called with within the block in `unraisable`; it is gone at the end."""

    def __init__(self):
        self.unraisable = None
        self._old_hook = None

    def _hook(self, unraisable):
        self.unraisable = unraisable

    def __enter__(self):
        self._old_hook, sys.unraisablehook = sys.unraisablehook, self._hook
        return self

    def __exit__(self, *exc_info):
        sys.unraisablehook = self._old_hook
        del self.unraisable


class catch_threading_exception:
    """Keep what threading.excepthook is called with within the block in `exc_type`, `exc_value`, `exc_traceback` and
    `thread`; these are gone at the end."""

    def __init__(self):
        self.exc_type = self.exc_value = self.exc_traceback = self.thread = None
        self._old_hook = None

    def _hook(self, args):
        self.exc_type, self.exc_value, self.exc_traceback, self.thread = args

    def __enter__(self):
        import threading
        self._old_hook, threading.excepthook = threading.excepthook, self._hook
        return self

    def __exit__(self, *exc_info):
        import threading
        threading.excepthook = self._old_hook
        del self.exc_type, self.exc_value, self.exc_traceback, self.thread


# Logs.

class TestHandler(logging.handlers.BufferingHandler):
    """A handler that keeps all records, as dicts in `buffer`, for a Matcher."""

    def __init__(self, matcher):
        logging.handlers.BufferingHandler.__init__(self, 0)
        self.matcher = matcher

    def shouldFlush(self):
        """Never."""
        return False

    def emit(self, record):
        """Keep a record."""
        self.format(record)
        self.buffer.append(record.__dict__)

    def matches(self, **kwargs):
        """Tell whether there is a record with such values."""
        return any(self.matcher.matches(record, **kwargs) for record in self.buffer)


class Matcher:
    """Compares dicts with values that are looked for; for some keys, _partial_matches, it is enough to contain the text."""

    _partial_matches = 'msg', 'message'

    def matches(self, d, **kwargs):
        """Tell whether a dict has such values."""
        return all(self.match_value(key, d.get(key), value) for key, value in kwargs.items())

    def match_value(self, k, dv, v):
        """Tell whether the value dv, of the key k, is v or contains it."""
        if type(v) is not type(dv):
            return False
        if type(dv) is str and k in self._partial_matches:
            return v in dv
        return v == dv
