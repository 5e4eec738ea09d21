# SPDX-License-Identifier: MIT
"""Small things that several parts of distutils need."""

import importlib.util
import os
import re
import string
import sys

from distutils import log
from distutils.dep_util import newer
from distutils.errors import DistutilsByteCompileError, DistutilsPlatformError
from distutils.spawn import spawn


def get_host_platform():
    """Return text that names the system and machine this runs on, e.g. linux-x86_64."""
    import sysconfig
    if sys.platform == 'darwin' and os.name == 'posix' and '_PYTHON_HOST_PLATFORM' not in os.environ:
        import _osx_support
        from distutils.sysconfig import get_config_vars
        system, _, release, _, machine = os.uname()
        return '-'.join(_osx_support.get_platform_osx(get_config_vars(), system.lower(), release, machine))
    return sysconfig.get_platform()


def get_platform():
    """Return text that names the system and machine that is built for."""
    if os.name == 'nt':
        targets = {'x86': 'win32', 'x64': 'win-amd64', 'arm': 'win-arm32'}
        return targets.get(os.environ.get('VSCMD_ARG_TGT_ARCH')) or get_host_platform()
    return get_host_platform()


def convert_path(pathname):
    """Return a path given with slashes as the system writes it.  Raises ValueError if it is absolute."""
    if os.sep == '/' or not pathname:
        return pathname
    for wrong, problem in ((pathname[0] == '/', 'be absolute'), (pathname[-1] == '/', "end with '/'")):
        if wrong:
            raise ValueError("path '%s' cannot %s" % (pathname, problem))
    parts = [part for part in pathname.split('/') if part != '.']
    return os.path.join(*parts) if parts else os.curdir


def change_root(new_root, pathname):
    """Return the path that pathname has if new_root stands for the root."""
    if os.name == 'posix':
        inner = pathname[1:] if os.path.isabs(pathname) else pathname
    elif os.name == 'nt':
        _, inner = os.path.splitdrive(pathname)
        if inner[0] == '\\':
            inner = inner[1:]
    else:
        raise DistutilsPlatformError("nothing known about platform '%s'" % os.name)
    return os.path.join(new_root, inner)


_environ_checked = 0


def check_environ():
    """Set HOME and PLAT in the environment if they are missing: configuration files may use them."""
    global _environ_checked
    if _environ_checked:
        return
    if os.name == 'posix' and 'HOME' not in os.environ:
        try:
            import pwd
            os.environ['HOME'] = pwd.getpwuid(os.getuid())[5]
        except (ImportError, KeyError):
            # A user without an entry.
            pass
    os.environ.setdefault('PLAT', get_platform())
    _environ_checked = 1


def subst_vars(s, local_vars):
    """Return text with $name replaced from a dict or the environment.  Raises ValueError."""
    check_environ()

    def value(match):
        name = match[1]
        if name in local_vars:
            return str(local_vars[name])
        if name in os.environ:
            return os.environ[name]
        # With quotes in the quotes, as everybody knows it.
        raise ValueError("invalid variable '$%r'" % name)

    return re.sub(r'\$([a-zA-Z_][a-zA-Z_0-9]*)', value, s)


def grok_environment_error(exc, prefix='error: '):
    """Return an OSError as text."""
    return prefix + str(exc)


def split_quoted(s):
    """Split text at blanks, as a shell does: quotes and backslashes keep what they protect together."""
    words, word, started = [], [], False
    characters = iter(s.strip())
    for character in characters:
        if character == '\\':
            word.append(next(characters, ''))
            started = True
        elif character in '\'"':
            inner = []
            for each in characters:
                if each == character:
                    break
                if each == '\\':
                    # Backslashes inside stay.
                    each += next(characters, '')
                inner.append(each)
            else:
                raise ValueError('bad string (mismatched %s quotes?)' % character)
            word += inner
            started = True
        elif character in string.whitespace:
            if started:
                words.append(''.join(word))
            word, started = [], False
        else:
            word.append(character)
            started = True
    if started:
        words.append(''.join(word))
    return words


def execute(func, args, msg=None, verbose=0, dry_run=0):
    """Call a function that changes something outside: told before, and not done with dry_run."""
    if msg is None:
        msg = '%s%r' % (func.__name__, args)
        if msg.endswith(',)'):
            msg = msg[:-2] + ')'
    log.info(msg)
    if not dry_run:
        func(*args)


def strtobool(val):
    """Return 1 for y, yes, t, true, on and 1, 0 for n, no, f, false, off and 0.  Raises ValueError."""
    word = val.lower()
    for result, words in ((1, ('y', 'yes', 't', 'true', 'on', '1')), (0, ('n', 'no', 'f', 'false', 'off', '0'))):
        if word in words:
            return result
    raise ValueError('invalid truth value %r' % (word,))


def byte_compile(py_files, optimize=0, force=0, prefix=None, base_dir=None, verbose=1, dry_run=0, direct=None):
    """Compile Python files to .pyc files; names that do not end in .py are passed over.

    optimize: 0, 1 or 2 as the options -O, -OO.  force: also if the .pyc is newer.  prefix, base_dir: taken off, and
    then set before, the names that tracebacks show.  Raises DistutilsByteCompileError, ValueError.
    `direct` is not needed: the level of optimisation does not depend on the interpreter's.
    """
    from py_compile import compile
    if sys.dont_write_bytecode:
        raise DistutilsByteCompileError('byte-compiling is disabled.')
    for file in py_files:
        if not file.endswith('.py'):
            continue
        if optimize >= 0:
            target = importlib.util.cache_from_source(file, optimization=optimize or '')
        else:
            target = importlib.util.cache_from_source(file)
        shown = file
        if prefix:
            if not file.startswith(prefix):
                raise ValueError("invalid prefix: filename %r doesn't start with %r" % (file, prefix))
            shown = shown[len(prefix):]
        if base_dir:
            shown = os.path.join(base_dir, shown)
        name = os.path.basename(target)
        if not force and not newer(file, target):
            log.debug('skipping byte-compilation of %s to %s', file, name)
            continue
        log.info('byte-compiling %s to %s', file, name)
        if not dry_run:
            compile(file, target, shown, optimize=optimize)


def rfc822_escape(header):
    """Return text of several lines as the value of one header: further lines are indented."""
    return header.replace('\n', '\n' + ' ' * 8)


# --- From Python 2 to 3 -----------------------------------------------------------------------------

def run_2to3(files, fixer_names=None, options=None, explicit=None):
    """Convert files with lib2to3, in place."""
    if not files:
        return
    from lib2to3.refactor import RefactoringTool, get_fixers_from_package
    if fixer_names is None:
        fixer_names = get_fixers_from_package('lib2to3.fixes')
    RefactoringTool(fixer_names, options=options, explicit=explicit).refactor(files, write=True)


def copydir_run_2to3(src, dest, template=None, fixer_names=None, options=None, explicit=None):
    """Copy a folder, convert the Python files that are new; return their list.  template: lines of MANIFEST.in."""
    from distutils.dir_util import mkpath
    from distutils.file_util import copy_file
    from distutils.filelist import FileList
    here = os.getcwd()
    os.chdir(src)
    try:
        files = FileList()
        files.findall()
    finally:
        os.chdir(here)
    files.files[:] = files.allfiles
    for line in (template or '').splitlines():
        if line.strip():
            files.process_template_line(line.strip())
    copied = []
    for name in files.files:
        target = os.path.join(dest, name)
        mkpath(os.path.dirname(target))
        if copy_file(os.path.join(src, name), target, update=1)[1]:
            copied.append(target)
    run_2to3([name for name in copied if name.lower().endswith('.py')], fixer_names=fixer_names, options=options,
             explicit=explicit)
    return copied


class Mixin2to3:
    """For commands that convert what they build."""

    fixer_names = options = explicit = None

    def run_2to3(self, files):
        """Convert files."""
        return run_2to3(files, self.fixer_names, self.options, self.explicit)
