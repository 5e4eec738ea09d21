# SPDX-License-Identifier: MIT
"""Skipping tests: by resource, system, version, module, memory, and details of one implementation."""
import functools
import os
import platform
import re
import sys
import sysconfig
import unittest

MAX_Py_ssize_t = sys.maxsize
_1M = 1 << 20
_1G = 1 << 30
_2G = 2 * _1G
_4G = 4 * _1G

is_jython = sys.platform.startswith('java')
is_android = hasattr(sys, 'getandroidapilevel')
unix_shell = None if sys.platform == 'win32' else '/system/bin/sh' if is_android else '/bin/sh'


def _settings():
    from test import support
    return support


# Resources: what a test needs that not everybody wants to give: 'network', 'cpu', 'gui', 'largefile' and so on.

class ResourceDenied(unittest.SkipTest):
    """A test is skipped because it needs a resource that was not given."""


def _gui_problem():
    """Why no window can be opened, or None."""
    try:
        from tkinter import Tk
        root = Tk()
        root.withdraw()
        root.update()
        root.destroy()
    except Exception as error:
        text = str(error)
        return 'Tk unavailable due to {}: {}'.format(type(error).__name__, text if len(text) < 51 else text[:50] + ' [...]')


def _is_gui_available():
    """Tell whether a window can be opened; the reason why not is the attribute `reason`."""
    if not hasattr(_is_gui_available, 'result'):
        _is_gui_available.reason = _gui_problem()
        _is_gui_available.result = not _is_gui_available.reason
    return _is_gui_available.result


def is_resource_enabled(resource):
    """Tell whether a resource was given; without a test runner, which sets `use_resources`, all are."""
    given = _settings().use_resources
    return given is None or resource in given


def requires(resource, msg=None):
    """Raise ResourceDenied if a resource was not given, or is not there."""
    if not is_resource_enabled(resource):
        raise ResourceDenied(msg or 'Use of the %r resource not enabled' % resource)
    if resource == 'gui' and not _is_gui_available():
        raise ResourceDenied(_is_gui_available.reason)


def _as_is(obj):
    return obj


def requires_resource(resource):
    """A decorator: skip the test if a resource was not given."""
    if resource == 'gui' and not _is_gui_available():
        return unittest.skip(_is_gui_available.reason)
    if is_resource_enabled(resource):
        return _as_is
    return unittest.skip('resource {0!r} is not enabled'.format(resource))


# Systems, modules.

def _version(text):
    """The numbers of a version, or None."""
    try:
        return tuple(map(int, text.split('.')))
    except ValueError:
        return None


def _requires_unix_version(sysname, min_version):
    """A decorator of functions and classes: skip on a system in an older version."""
    release = platform.release().split('-', 1)[0]
    version = _version(release)
    too_old = platform.system() == sysname and version is not None and version < min_version
    return unittest.skipIf(too_old, f'{sysname} version {".".join(map(str, min_version))} or higher required, not {release}')


def requires_freebsd_version(*min_version):
    """A decorator: skip the test on a FreeBSD before a version."""
    return _requires_unix_version('FreeBSD', min_version)


def requires_linux_version(*min_version):
    """A decorator: skip the test on a Linux before a version."""
    return _requires_unix_version('Linux', min_version)


def requires_mac_ver(*min_version):
    """A decorator: skip the test on a macOS before a version."""
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            if sys.platform == 'darwin':
                text = platform.mac_ver()[0]
                version = _version(text)
                if version is not None and version < min_version:
                    raise unittest.SkipTest('Mac OS X %s or higher required, not %s' % ('.'.join(map(str, min_version)), text))
            return function(*args, **kwargs)
        wrapper.min_version = min_version
        return wrapper
    return decorate


def requires_hashdigest(digestname, openssl=None):
    """A decorator: skip the test if a hash function is not there, or forbidden.

    openssl: True for OpenSSL's, else whatever hashlib has.
    """
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            import hashlib
            try:
                if openssl:
                    import _hashlib
                    _hashlib.new(digestname)
                else:
                    hashlib.new(digestname)
            except (ValueError, ImportError):
                raise unittest.SkipTest(f"hash digest '{digestname}' is not available.")
            return function(*args, **kwargs)
        return wrapper
    return decorate


def _has(name):
    try:
        __import__(name)
    except ImportError:
        return False
    return True


requires_IEEE_754 = unittest.skipUnless(float.__getformat__('double').startswith('IEEE'), 'test requires IEEE 754 doubles')
requires_zlib = unittest.skipUnless(_has('zlib'), 'requires zlib')
requires_gzip = unittest.skipUnless(_has('zlib'), 'requires gzip')
requires_bz2 = unittest.skipUnless(_has('_bz2'), 'requires bz2')
requires_lzma = unittest.skipUnless(_has('_lzma'), 'requires lzma')
requires_type_collecting = unittest.skipIf(hasattr(sys, 'getcounts'), 'types are immortal if COUNT_ALLOCS is used')


def skip_if_buggy_ucrt_strfptime(test):
    """Skip a test on a Windows whose strptime() mixes up time zones."""
    if sys.platform == 'win32' and not hasattr(skip_if_buggy_ucrt_strfptime, 'buggy'):
        import locale
        import time
        locale.setlocale(locale.LC_ALL, '')
        skip_if_buggy_ucrt_strfptime.buggy = (
            locale.localeconv()['decimal_point'] != '.' and time.tzname[0] == '' or time.strftime('%Z') == '')
    if getattr(skip_if_buggy_ucrt_strfptime, 'buggy', False):
        return unittest.skip('buggy MSVC UCRT strptime/strftime')(test)
    return test


def skip_if_pgo_task(test):
    """Skip a test while a profile is made."""
    if _settings().PGO and not _settings().PGO_EXTENDED:
        return unittest.skip('Not run for (non-extended) PGO task')(test)
    return test


def skip_if_broken_multiprocessing_synchronize():
    """Skip where there are no semaphores that processes share."""
    from test.support._modules import import_module
    import_module('_multiprocessing')
    synchronize = import_module('multiprocessing.synchronize')
    if sys.platform == 'linux':
        try:
            synchronize.Lock(ctx=None)
        except OSError as error:
            raise unittest.SkipTest(f'broken multiprocessing SemLock: {error!r}')


def missing_compiler_executable(cmd_names=[]):
    """The first program that is missing to build extension modules, or None.

    cmd_names: the names of the compiler's commands that are needed, like 'linker_so'; all if empty.
    """
    from distutils import ccompiler, errors, spawn
    compiler = ccompiler.new_compiler()
    from distutils import sysconfig as settings
    settings.customize_compiler(compiler)
    if compiler.compiler_type == 'msvc':
        try:
            compiler.initialize()
        except errors.DistutilsPlatformError:
            return 'msvc'
    for name, command in compiler.executables.items() if hasattr(compiler, 'executables') else ():
        if cmd_names and name not in cmd_names:
            continue
        command = getattr(compiler, name)
        if cmd_names:
            assert command is not None, 'the %r executable is not configured' % name
        elif not command:
            continue
        if spawn.find_executable(command[0]) is None:
            return command[0]


# One implementation's details.

def _guards(guards):
    """Which implementations are meant, and what counts for those that are not named."""
    if not guards:
        return {'cpython': True}, False
    wanted = next(iter(guards.values()))
    assert all(value == wanted for value in guards.values())    # all true or all false
    return guards, not wanted


def check_impl_detail(**guards):
    """Tell whether this implementation is meant: named as true, or not named among those that are false.

    Without arguments CPython is, and what has its name.
    """
    named, others = _guards(guards)
    return named.get(sys.implementation.name, others)


def impl_detail(msg=None, **guards):
    """A decorator: skip the test if check_impl_detail() is false."""
    if check_impl_detail(**guards):
        return _as_is
    if msg is None:
        named, others = _guards(guards)
        names = ' or '.join(sorted(named))
        msg = ('implementation detail not available on {0}' if others else 'implementation detail specific to {0}').format(names)
    return unittest.skip(msg)


def cpython_only(test):
    """A decorator: skip the test if it is about CPython and this is something else."""
    return impl_detail(cpython=True)(test)


MISSING_C_DOCSTRINGS = (check_impl_detail() and sys.platform != 'win32' and
                        not sysconfig.get_config_var('WITH_DOC_STRINGS'))
HAVE_DOCSTRINGS = check_impl_detail.__doc__ is not None         # they are left out by -OO
requires_docstrings = unittest.skipUnless(HAVE_DOCSTRINGS, 'test requires docstrings')


def python_is_optimized():
    """Tell whether the interpreter was compiled with optimisation, as far as its settings say."""
    flags = sysconfig.get_config_var('PY_CFLAGS') or ''
    level = ''
    for option in flags.split():
        if option.startswith('-O'):
            level = option
    return level not in ('', '-O0', '-Og')


def with_pymalloc():
    """Tell whether the interpreter has an allocator for small objects of its own."""
    import _testcapi
    return _testcapi.WITH_PYMALLOC


def no_tracing(func):
    """A decorator: do not trace while the test runs."""
    if not hasattr(sys, 'gettrace'):
        return func

    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        tracer = sys.gettrace()
        try:
            sys.settrace(None)
            return func(*args, **kwargs)
        finally:
            sys.settrace(tracer)
    return wrapper


def refcount_test(test):
    """A decorator for tests that count references: for CPython only, and without tracing, which holds some."""
    return no_tracing(cpython_only(test))


def system_must_validate_cert(f):
    """A decorator: skip the test if the certificate of a server cannot be checked for want of what the system should know."""
    @functools.wraps(f)
    def decorated(*args, **kwargs):
        try:
            f(*args, **kwargs)
        except OSError as error:
            if 'CERTIFICATE_VERIFY_FAILED' in str(error):
                raise unittest.SkipTest('system does not contain necessary certificates')
            raise
    return decorated


# Memory.

def set_memlimit(limit):
    """Set how much memory large tests may use, as a text like '2.5g' or '600m'."""
    units = {'k': 1024, 'm': _1M, 'g': _1G, 't': 1024 * _1G}
    found = re.match(r'(\d+(?:\.\d+)?) ?(K|M|G|T)b?$', limit, re.I)
    if found is None:
        raise ValueError('Invalid memory limit %r' % (limit,))
    memory = int(float(found[1]) * units[found[2].lower()])
    support = _settings()
    support.real_max_memuse = memory
    memory = min(memory, MAX_Py_ssize_t)
    if memory < _2G - 1:
        raise ValueError('Memory limit %r too low to be useful' % (limit,))
    support.max_memuse = memory


class _MemoryWatchdog:
    """A process beside a large test that prints how much memory it uses."""

    def __init__(self):
        self.procfile = '/proc/{pid}/statm'.format(pid=os.getpid())
        self.started = False

    def start(self):
        """Start it, if there is such a file."""
        import subprocess
        import warnings
        try:
            file = open(self.procfile, 'r')
        except OSError as error:
            warnings.warn('/proc not available for stats: {}'.format(error), RuntimeWarning)
            sys.stderr.flush()
            return
        from test.support._files import findfile
        with file:
            self.mem_watchdog = subprocess.Popen([sys.executable, findfile('memory_watchdog.py')], stdin=file,
                                                 stderr=subprocess.DEVNULL)
        self.started = True

    def stop(self):
        """End it."""
        if self.started:
            self.mem_watchdog.terminate()
            self.mem_watchdog.wait()


def bigmemtest(size, memuse, dry_run=True):
    """A decorator for tests with a second argument, a size: it is small unless there is a limit of memory.

    size: the size that is wanted; memuse: bytes for each unit of it.
    dry_run: whether to run with a size of 5147 if no limit was set; else the test is skipped then.
    The wrapper's attributes size and memuse may be changed.
    """
    def decorate(function):
        def wrapper(self):
            support = _settings()
            size, memuse = wrapper.size, wrapper.memuse
            chosen = size if support.real_max_memuse else 5147
            if (support.real_max_memuse or not dry_run) and support.real_max_memuse < chosen * memuse:
                raise unittest.SkipTest('not enough memory: %.1fG minimum needed' % (size * memuse / (1024 ** 3)))
            watchdog = None
            if support.real_max_memuse and support.verbose:
                print()
                print(' ... expected peak memory use: {peak:.1f}G'.format(peak=size * memuse / (1024 ** 3)))
                watchdog = _MemoryWatchdog()
                watchdog.start()
            try:
                return function(self, chosen)
            finally:
                if watchdog:
                    watchdog.stop()
        wrapper.size = size
        wrapper.memuse = memuse
        return wrapper
    return decorate


def bigaddrspacetest(f):
    """A decorator for tests that fill all addresses there are: they need them, and a limit as large."""
    def wrapper(self):
        if _settings().max_memuse < MAX_Py_ssize_t:
            if MAX_Py_ssize_t >= 2 ** 63 - 1 and _settings().max_memuse >= 2 ** 31:
                raise unittest.SkipTest('not enough memory: try a 32-bit build instead')
            raise unittest.SkipTest('not enough memory: %.1fG minimum needed' % (MAX_Py_ssize_t / (1024 ** 3)))
        return f(self)
    return wrapper
