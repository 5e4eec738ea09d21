# SPDX-License-Identifier: MIT
"""Running modules and files by name, as scripts are run: `python -m` is made of this.

The caller gets the globals of what ran.  While code runs, sys.modules and sys.argv[0] say what they would say to a
script; afterwards they are put back.  That is not safe while other threads do the same.
"""

import importlib.machinery
import importlib.util
import io
import os
import sys
import types
from pkgutil import read_code, get_importer

__all__ = ['run_module', 'run_path']


class _TempModule:
    """Makes an empty module stand in sys.modules for a time; `module` is it."""

    def __init__(self, mod_name):
        self.mod_name = mod_name
        self.module = types.ModuleType(mod_name)
        self._saved_module = []

    def __enter__(self):
        modules = sys.modules
        if self.mod_name in modules:
            self._saved_module.append(modules[self.mod_name])
        modules[self.mod_name] = self.module
        return self

    def __exit__(self, *args):
        if self._saved_module:
            sys.modules[self.mod_name] = self._saved_module.pop()
        else:
            del sys.modules[self.mod_name]


class _ModifiedArgv0:
    """Sets sys.argv[0] for a time."""

    def __init__(self, value):
        self.value = value
        self._saved_value = self._sentinel = object()

    def __enter__(self):
        if self._saved_value is not self._sentinel:
            raise RuntimeError('Already preserving saved value')
        self._saved_value, sys.argv[0] = sys.argv[0], self.value

    def __exit__(self, *args):
        sys.argv[0], self.value = self._saved_value, self._sentinel


# --- Running code objects -------------------------------------------------------------------------

def _run_code(code, run_globals, init_globals=None, mod_name=None, mod_spec=None, pkg_name=None, script_name=None):
    """Execute code in run_globals, with the names set there that modules have; return run_globals."""
    if init_globals is not None:
        run_globals.update(init_globals)
    if mod_spec is None:
        file, cached, loader = script_name, None, None
    else:
        file, cached, loader = mod_spec.origin, mod_spec.cached, mod_spec.loader
        if pkg_name is None:
            pkg_name = mod_spec.parent
    run_globals.update(__name__=mod_name, __file__=file, __cached__=cached, __doc__=None, __loader__=loader,
                       __package__=pkg_name, __spec__=mod_spec)
    exec(code, run_globals)
    return run_globals


def _run_module_code(code, init_globals=None, mod_name=None, mod_spec=None, pkg_name=None, script_name=None):
    """Execute code in a new module that stands in sys.modules meanwhile; return a copy of its globals."""
    argv0 = script_name if mod_spec is None else mod_spec.origin
    with _TempModule(mod_name) as temporary, _ModifiedArgv0(argv0):
        # A copy, since the module's own may be cleared when it goes away.
        return _run_code(code, temporary.module.__dict__, init_globals, mod_name, mod_spec, pkg_name,
                         script_name).copy()


# --- Modules by name ------------------------------------------------------------------------------

def _import_parent(mod_name, pkg_name):
    """Import the package of a module and warn if that imported the module, too."""
    try:
        __import__(pkg_name)
    except ImportError as problem:
        # That the package is missing will be told better; what is missing inside it must be seen.
        missing = problem.name
        if missing is None or not (pkg_name + '.').startswith(missing + '.'):
            raise
    present = sys.modules.get(mod_name)
    if present is not None and not hasattr(present, '__path__'):
        from warnings import warn
        warn(RuntimeWarning(
            '{mod_name!r} found in sys.modules after import of package {pkg_name!r}, but prior to execution of '
            '{mod_name!r}; this may result in unpredictable behaviour'.format(mod_name=mod_name, pkg_name=pkg_name)))


def _get_module_details(mod_name, error=ImportError):
    """Return (name, spec, code) of a module; for a package those of its __main__.  Raises `error`."""
    if mod_name.startswith('.'):
        raise error('Relative module names not supported')
    pkg_name = mod_name.rpartition('.')[0]
    if pkg_name:
        _import_parent(mod_name, pkg_name)

    try:
        spec = importlib.util.find_spec(mod_name)
    except (ImportError, AttributeError, TypeError, ValueError) as problem:
        raise error('Error while finding module specification for {!r} ({}: {})'.format(
            mod_name, type(problem).__name__, problem)) from problem
    if spec is None:
        raise error('No module named %s' % mod_name)
    if spec.submodule_search_locations is not None:
        return _get_package_details(mod_name, error)
    if spec.loader is None:
        raise error('%r is a namespace package and cannot be executed' % mod_name)
    try:
        code = spec.loader.get_code(mod_name)
    except ImportError as problem:
        raise error(format(problem)) from problem
    if code is None:
        raise error('No code object available for %s' % mod_name)
    return mod_name, spec, code


def _get_package_details(name, error):
    if name.rpartition('.')[2] == '__main__':
        raise error('Cannot use package as __main__ module')
    try:
        return _get_module_details(name + '.__main__', error)
    except error as problem:
        if name not in sys.modules:
            # The package itself could not be imported.
            raise
        raise error('%s; %r is a package and cannot be directly executed' % (problem, name))


class _Error(Exception):
    """Trouble to be shown by `python -m` without a traceback."""


def _run_module_as_main(mod_name, alter_argv=True):
    """Run a module as __main__, in the real one: what `python -m` does.

    alter_argv: set sys.argv[0] to the module's file; without it mod_name may be "__main__" of sys.path[0].
    """
    try:
        if alter_argv or mod_name != '__main__':
            mod_name, mod_spec, code = _get_module_details(mod_name, _Error)
        else:
            mod_name, mod_spec, code = _get_main_module_details(_Error)
    except _Error as problem:
        sys.exit('%s: %s' % (sys.executable, problem))
    if alter_argv:
        sys.argv[0] = mod_spec.origin
    return _run_code(code, sys.modules['__main__'].__dict__, None, '__main__', mod_spec)


def run_module(mod_name, init_globals=None, run_name=None, alter_sys=False):
    """Execute a module, or a package's __main__, and return its globals as a dict.

    init_globals: names to set before.  run_name: what __name__ is, the module's name by default.
    alter_sys: set sys.argv[0] and an entry of sys.modules meanwhile.  Raises ImportError.
    """
    mod_name, spec, code = _get_module_details(mod_name)
    name = mod_name if run_name is None else run_name
    if alter_sys:
        return _run_module_code(code, init_globals, name, spec)
    return _run_code(code, {}, init_globals, name, spec)


# --- Files and folders ----------------------------------------------------------------------------

def _get_main_module_details(error=ImportError):
    """Details of the module __main__ that the import system finds, the running one put aside meanwhile."""
    running = sys.modules.pop('__main__')
    try:
        return _get_module_details('__main__')
    except ImportError as problem:
        if '__main__' not in str(problem):
            raise
        raise error("can't find %r module in %r" % ('__main__', sys.path[0])) from problem
    finally:
        sys.modules['__main__'] = running


def _get_code_from_file(run_name, fname):
    """Return (code, fname) of a file that holds source or is a .pyc."""
    path = os.path.abspath(os.fsdecode(fname))
    with io.open_code(path) as file:
        code = read_code(file)
    if code is None:
        with io.open_code(path) as file:
            code = compile(file.read(), fname, 'exec')
    return code, fname


def run_path(path_name, init_globals=None, run_name=None):
    """Execute a file of source or code, or the __main__ of a folder or zip file; return its globals as a dict.

    init_globals: names to set before.  run_name: what __name__ is, "<run_path>" by default.
    """
    if run_name is None:
        run_name = '<run_path>'
    pkg_name = run_name.rpartition('.')[0]
    finder = get_importer(path_name)
    # imp is not imported to ask for its NullImporter: it would warn.
    kind = type(finder)
    if finder is None or (kind.__module__, kind.__name__) == ('imp', 'NullImporter'):
        code, fname = _get_code_from_file(run_name, path_name)
        return _run_module_code(code, init_globals, run_name, pkg_name=pkg_name, script_name=fname)

    # Something that can be imported from: its __main__ is looked for first.
    sys.path.insert(0, path_name)
    try:
        _, mod_spec, code = _get_main_module_details()
        with _TempModule(run_name) as temporary, _ModifiedArgv0(path_name):
            return _run_code(code, temporary.module.__dict__, init_globals, run_name, mod_spec, pkg_name).copy()
    finally:
        if path_name in sys.path:
            sys.path.remove(path_name)


if __name__ == '__main__':
    if len(sys.argv) < 2:
        print('No module specified for execution', file=sys.stderr)
    else:
        del sys.argv[0]
        _run_module_as_main(sys.argv[0])
