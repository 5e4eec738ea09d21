# SPDX-License-Identifier: MIT
"""Starting interpreters, and writing what they run: scripts, packages, archives."""
import collections
import importlib
import os
import os.path
import subprocess
import sys
import zipfile
from importlib.util import source_from_cache

from test.support import make_legacy_pyc, strip_python_stderr

__cached_interp_requires_environment = None


def interpreter_requires_environment():
    """Tell whether the interpreter does not start without its environment, as when PYTHONHOME shows the library."""
    global __cached_interp_requires_environment
    if __cached_interp_requires_environment is None:
        if 'PYTHONHOME' in os.environ:
            __cached_interp_requires_environment = True
        else:
            try:
                subprocess.check_call([sys.executable, '-X', 'faulthandler', '-E', '-c', 'import sys; sys.exit(0)'],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                __cached_interp_requires_environment = False
            except subprocess.CalledProcessError:
                __cached_interp_requires_environment = True
    return __cached_interp_requires_environment


class _PythonRunResult(collections.namedtuple('_PythonRunResult', 'rc out err')):
    """The status of an interpreter, and what it wrote."""

    def fail(self, cmd_line):
        """Raise AssertionError, with all that there is to know."""
        def shown(text):
            limit = 80 * 100
            text = text[-limit:] if len(text) <= limit else b'(... truncated stdout/stderr ...)' + text[-limit:]
            return text.decode('ascii', 'replace').rstrip()

        status = -self.rc if self.rc < 0 else self.rc
        raise AssertionError('Process return code is %d\ncommand line: %r\n\nstdout:\n---\n%s\n---\n\nstderr:\n---\n%s\n---' % (
            self.rc if self.rc >= 0 else -status, cmd_line, shown(self.out), shown(self.err)))


def _prepare(args, settings):
    """The command line and the environment for arguments and settings as in assert_python_ok()."""
    cwd = settings.pop('__cwd', None)
    ours = not settings and not interpreter_requires_environment()      # nobody sets variables
    isolated = settings.pop('__isolated', ours)
    clean = settings.pop('__cleanenv', None)
    command = [sys.executable, '-X', 'faulthandler']
    if isolated:
        command.append('-I')
    elif not settings and not clean and not interpreter_requires_environment():
        command.append('-E')
    environment = {} if clean else os.environ.copy()
    if clean and sys.platform == 'win32':
        environment['SYSTEMROOT'] = os.environ['SYSTEMROOT']
    if 'TERM' not in settings:
        environment['TERM'] = ''        # no escape sequences from readline
    environment.update(settings)
    return command + list(args), environment, cwd


def run_python_until_end(*args, **env_vars):
    """Run an interpreter; return (a tuple with rc, out and err, the command line).

    args, env_vars: as in assert_python_ok().
    """
    command, environment, cwd = _prepare(args, env_vars)
    done = subprocess.run(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=cwd)
    return _PythonRunResult(done.returncode, done.stdout, strip_python_stderr(done.stderr)), command


def _assert_python(expected_success, *args, **env_vars):
    result, command = run_python_until_end(*args, **env_vars)
    if (result.rc == 0) != bool(expected_success):
        result.fail(command)
    return result


def assert_python_ok(*args, **env_vars):
    """Assert that an interpreter succeeds.

    args: its arguments.
    env_vars: variables of the environment; without any it runs isolated (-I), if it can.  Of another kind are
    __isolated (whether it is), __cleanenv (whether it gets these variables only) and __cwd (where it runs).
    Returns a tuple: its status rc, what it wrote to stdout (out) and to stderr (err), as bytes.
    """
    return _assert_python(True, *args, **env_vars)


def assert_python_failure(*args, **env_vars):
    """Assert that an interpreter fails; arguments and result are those of assert_python_ok()."""
    return _assert_python(False, *args, **env_vars)


def spawn_python(*args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **kw):
    """Start an interpreter with a pipe to it and one from it; kw are those of subprocess.Popen, whose object is returned."""
    command = [sys.executable]
    if not interpreter_requires_environment():
        command.append('-E')
    environment = dict(kw.pop('env', None) or os.environ)
    environment['TERM'] = 'vt100'       # no escape sequences from readline
    return subprocess.Popen(command + list(args), stdin=subprocess.PIPE, stdout=stdout, stderr=stderr, env=environment, **kw)


def kill_python(p):
    """Close the pipe to an interpreter, wait for it, and return what it wrote."""
    p.stdin.close()
    data = p.stdout.read()
    p.stdout.close()
    p.wait()
    subprocess._cleanup()
    return data


def make_script(script_dir, script_basename, source, omit_suffix=False):
    """Write a script, as UTF-8; return its path.  omit_suffix: whether the name is complete without '.py'."""
    name = script_basename if omit_suffix else script_basename + os.extsep + 'py'
    path = os.path.join(script_dir, name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(source)
    importlib.invalidate_caches()
    return path


def make_zip_script(zip_dir, zip_basename, script_name, name_in_zip=None):
    """Put a script into a new archive.

    name_in_zip: its path there; None for its name.  A compiled file from a cache is put there as if beside its source.
    Returns the paths of the archive, and of the script through it.
    """
    archive_path = os.path.join(zip_dir, zip_basename + os.extsep + 'zip')
    with zipfile.ZipFile(archive_path, 'w') as archive:
        if name_in_zip is None:
            if os.path.basename(os.path.dirname(script_name)) == '__pycache__':
                script_name = make_legacy_pyc(source_from_cache(script_name))
            name_in_zip = os.path.basename(script_name)
        archive.write(script_name, name_in_zip)
    return archive_path, os.path.join(archive_path, name_in_zip)


def make_pkg(pkg_dir, init_source=''):
    """Make a package."""
    os.mkdir(pkg_dir)
    make_script(pkg_dir, '__init__', init_source)


def make_zip_pkg(zip_dir, zip_basename, pkg_name, script_basename, source, depth=1, compiled=False):
    """Make an archive with a script in a package.

    depth: how many packages, of the same name, are within one another.
    compiled: whether compiled files are put in.
    Returns the paths of the archive, and of the script through it.
    """
    import py_compile
    made = [make_script(zip_dir, '__init__', '')]
    init_path = made[0]
    init_name = os.path.basename(init_path)
    script_path = make_script(zip_dir, script_basename, source)
    made.append(script_path)
    if compiled:
        init_path = py_compile.compile(init_path, doraise=True)
        script_path = py_compile.compile(script_path, doraise=True)
        made += init_path, script_path
        init_name += 'c'
    packages = [os.sep.join([pkg_name] * level) for level in range(1, depth + 1)]
    script_in_zip = os.path.join(packages[-1], script_basename + os.extsep + ('pyc' if compiled else 'py'))
    archive_path = os.path.join(zip_dir, zip_basename + os.extsep + 'zip')
    with zipfile.ZipFile(archive_path, 'w') as archive:
        for package in packages:
            archive.write(init_path, os.path.join(package, init_name))
        archive.write(script_path, script_in_zip)
    for path in made:
        os.unlink(path)
    return archive_path, os.path.join(archive_path, script_in_zip)
