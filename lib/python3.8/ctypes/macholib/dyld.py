# SPDX-License-Identifier: MIT
"""The search of macOS's dynamic linker, step by step.

Places are tried in this order: what DYLD_FRAMEWORK_PATH and DYLD_LIBRARY_PATH name, the folder of the executable for
names that begin with @executable_path/, the name itself, and what DYLD_FALLBACK_FRAMEWORK_PATH and
DYLD_FALLBACK_LIBRARY_PATH name, or usual places instead.  With DYLD_IMAGE_SUFFIX each of them is first tried with
the suffix in its name.

In all functions env is a mapping that stands for os.environ, and the variables' value is read when the function is
called; functions named ..._search return iterators over paths.
"""
import os
from itertools import chain

from ctypes.macholib.dylib import dylib_info
from ctypes.macholib.framework import framework_info

try:
    from _ctypes import _dyld_shared_cache_contains_path
except ImportError:
    def _dyld_shared_cache_contains_path(*args):
        raise NotImplementedError

__all__ = ['dyld_find', 'framework_find', 'framework_info', 'dylib_info']

_HOME = os.path.expanduser('~')
DEFAULT_FRAMEWORK_FALLBACK = [root + '/Library/Frameworks' for root in (_HOME, '', '/Network', '/System')]
DEFAULT_LIBRARY_FALLBACK = [_HOME + '/lib', '/usr/local/lib', '/lib', '/usr/lib']

_EXECUTABLE = '@executable_path/'


def dyld_env(env, var):
    """The folders that a variable lists, separated by colons; [] if it is empty or not set."""
    value = (os.environ if env is None else env).get(var)
    return value.split(':') if value else []


def dyld_image_suffix(env=None):
    """The suffix that is preferred in names of libraries, or None."""
    return (os.environ if env is None else env).get('DYLD_IMAGE_SUFFIX')


def dyld_framework_path(env=None):
    """The folders where frameworks are looked for first."""
    return dyld_env(env, 'DYLD_FRAMEWORK_PATH')


def dyld_library_path(env=None):
    """The folders where libraries are looked for first."""
    return dyld_env(env, 'DYLD_LIBRARY_PATH')


def dyld_fallback_framework_path(env=None):
    """The folders where frameworks are looked for last, as the variable says; [] for the usual ones."""
    return dyld_env(env, 'DYLD_FALLBACK_FRAMEWORK_PATH')


def dyld_fallback_library_path(env=None):
    """The folders where libraries are looked for last, as the variable says; [] for the usual ones."""
    return dyld_env(env, 'DYLD_FALLBACK_LIBRARY_PATH')


def dyld_image_suffix_search(iterator, env=None):
    """The paths of an iterator, each after the same with the preferred suffix if there is one.

    The suffix stands before '.dylib', else at the end.
    """
    suffix = dyld_image_suffix(env)
    for path in iterator:
        if suffix is not None:
            stem, ending = (path[:-6], '.dylib') if path.endswith('.dylib') else (path, '')
            yield stem + suffix + ending
        yield path


def _in_folders(name, frameworks, libraries):
    """A library's path in each folder: as part of its framework, if it has one, then alone."""
    framework = framework_info(name)
    if framework is not None:
        for folder in frameworks:
            yield os.path.join(folder, framework['name'])
    for folder in libraries:
        yield os.path.join(folder, os.path.basename(name))


def dyld_override_search(name, env=None):
    """The paths in places that come before the name itself."""
    return _in_folders(name, dyld_framework_path(env), dyld_library_path(env))


def dyld_executable_path_search(name, executable_path=None):
    """The path beside the executable, if the name asks for it and the executable's folder is known."""
    if executable_path is not None and name.startswith(_EXECUTABLE):
        yield os.path.join(executable_path, name[len(_EXECUTABLE):])


def dyld_default_search(name, env=None):
    """The name itself, then the paths in places that come after it."""
    yield name
    yield from _in_folders(name, dyld_fallback_framework_path(env) or DEFAULT_FRAMEWORK_FALLBACK,
                           dyld_fallback_library_path(env) or DEFAULT_LIBRARY_FALLBACK)


def _is_there(path):
    """Whether a library can be loaded from a path: newer systems have libraries that are no files, in a cache."""
    if os.path.isfile(path):
        return True
    try:
        return _dyld_shared_cache_contains_path(path)
    except NotImplementedError:
        return False


def dyld_find(name, executable_path=None, env=None):
    """The path of a library.

    name: a path or a file name, or '@executable_path/' and a path.
    executable_path: the folder of the executable.
    Raises ValueError if there is no such library in any of the places.
    """
    places = chain(dyld_override_search(name, env), dyld_executable_path_search(name, executable_path),
                   dyld_default_search(name, env))
    for path in dyld_image_suffix_search(places, env):
        if _is_there(path):
            return path
    raise ValueError('dylib %s could not be found' % (name,))


def framework_find(fn, executable_path=None, env=None):
    """The path of a framework's library.

    fn: a path that dyld_find() would find, or one of a framework's folder, also without '.framework', like 'Tcl'.
    Raises ValueError, with the text for the name as it was given, if there is no such framework.
    """
    try:
        return dyld_find(fn, executable_path=executable_path, env=env)
    except ValueError as error:
        first = error
    try:
        end = fn.rfind('.framework')
        if end < 0:
            end = len(fn)
            fn += '.framework'
        return dyld_find(os.path.join(fn, os.path.basename(fn[:end])), executable_path=executable_path, env=env)
    except ValueError:
        raise first from None
    finally:
        first = None
