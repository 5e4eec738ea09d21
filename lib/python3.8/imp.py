# SPDX-License-Identifier: MIT
"""The import system's interface from before Python 3.4, built on importlib.  Deprecated: use importlib."""

# The native half of the interface; some builds cannot load extension modules.
from _imp import (lock_held, acquire_lock, release_lock, get_frozen_object, is_frozen_package, init_frozen,
                  is_builtin, is_frozen, _fix_co_filename)
try:
    from _imp import create_dynamic
except ImportError:
    create_dynamic = None

from importlib._bootstrap import _ERR_MSG, _exec, _load, _builtin_from_name
from importlib._bootstrap_external import SourcelessFileLoader

from importlib import machinery
from importlib import util
import importlib
import os
import sys
import tokenize
import types
import warnings

warnings.warn("the imp module is deprecated in favour of importlib; see the module's documentation for alternative "
              "uses", DeprecationWarning, stacklevel=2)

# What find_module() says a module is.
(SEARCH_ERROR, PY_SOURCE, PY_COMPILED, C_EXTENSION, PY_RESOURCE, PKG_DIRECTORY, C_BUILTIN, PY_FROZEN, PY_CODERESOURCE,
 IMP_HOOK) = range(10)


def new_module(name):
    """Return a new, empty module; it is not entered in sys.modules."""
    return types.ModuleType(name)


def get_magic():
    """Return the number that .pyc files begin with."""
    return util.MAGIC_NUMBER


def get_tag():
    """Return the tag in the names of .pyc files."""
    return sys.implementation.cache_tag


def cache_from_source(path, debug_override=None):
    """Return the path of the .pyc file for a source file; debug_override as __debug__ would choose it."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        return util.cache_from_source(path, debug_override)


def source_from_cache(path):
    """Return the path of the source for a .pyc file.  Raises ValueError if the path does not look like one."""
    return util.source_from_cache(path)


def get_suffixes():
    """Return (ending, mode for opening, type) of all files that can be imported."""
    return ([(ending, 'rb', C_EXTENSION) for ending in machinery.EXTENSION_SUFFIXES]
            + [(ending, 'r', PY_SOURCE) for ending in machinery.SOURCE_SUFFIXES]
            + [(ending, 'rb', PY_COMPILED) for ending in machinery.BYTECODE_SUFFIXES])


class NullImporter:
    """A finder that finds nothing, for paths that are no folders.  Raises ImportError for those that are."""

    def __init__(self, path):
        if path == '':
            raise ImportError('empty pathname', path='')
        if os.path.isdir(path):
            raise ImportError('existing directory', path=path)

    def find_module(self, fullname):
        """Always None."""
        return None


class _HackedGetData:
    """A loader that takes the file's bytes from a file object that somebody opened."""

    def __init__(self, fullname, path, file=None):
        super().__init__(fullname, path)
        self.file = file

    def get_data(self, path):
        if not self.file or path != self.path:
            return super().get_data(path)
        # It may have been closed, or opened for text: then its own bytes are read.
        if self.file.closed or not isinstance(self.file.mode, str) or 'b' not in self.file.mode:
            self.file.close()
            self.file = open(self.path, 'rb')
        with self.file as file:
            return file.read()


class _LoadSourceCompatibility(_HackedGetData, machinery.SourceFileLoader):
    """A loader of source for load_source()."""


class _LoadCompiledCompatibility(_HackedGetData, SourcelessFileLoader):
    """A loader of code for load_compiled()."""


def _load_spec(spec):
    """Load a module, or execute it again if it is there."""
    if spec.name in sys.modules:
        return _exec(spec, sys.modules[spec.name])
    return _load(spec)


def _load_from(helper, loader_class, name, pathname, file):
    spec = util.spec_from_file_location(name, pathname, loader=helper(name, pathname, file))
    module = _load_spec(spec)
    # The open file must not stay with the module; reload() will open the path.
    module.__loader__ = module.__spec__.loader = loader_class(name, pathname)
    return module


def load_source(name, pathname, file=None):
    """Load the module `name` from a source file, open already or not; return it."""
    return _load_from(_LoadSourceCompatibility, machinery.SourceFileLoader, name, pathname, file)


def load_compiled(name, pathname, file=None):
    """Load the module `name` from a .pyc file; return it.  Deprecated."""
    return _load_from(_LoadCompiledCompatibility, SourcelessFileLoader, name, pathname, file)


def load_package(name, path):
    """Load the package `name` from a folder or from the path of its __init__; return it.  Deprecated."""
    if os.path.isdir(path):
        for ending in machinery.SOURCE_SUFFIXES + machinery.BYTECODE_SUFFIXES:
            candidate = os.path.join(path, '__init__' + ending)
            if os.path.exists(candidate):
                path = candidate
                break
        else:
            raise ValueError('{!r} is not a package'.format(path))
    return _load_spec(util.spec_from_file_location(name, path, submodule_search_locations=[]))


def load_module(name, file, filename, details):
    """Load what find_module() found; return the module.  Deprecated.

    The file stays open.  Raises ImportError, ValueError for a bad mode or a missing file.
    """
    suffix, mode, kind = details
    if mode and (not mode.startswith(('r', 'U')) or '+' in mode):
        raise ValueError('invalid file open mode {!r}'.format(mode))
    if file is None and kind in (PY_SOURCE, PY_COMPILED):
        raise ValueError('file object required for import (type code {})'.format(kind))
    if kind == PY_SOURCE:
        return load_source(name, filename, file)
    if kind == PY_COMPILED:
        return load_compiled(name, filename, file)
    if kind == C_EXTENSION and load_dynamic is not None:
        if file is not None:
            return load_dynamic(name, filename, file)
        with open(filename, 'rb') as opened:
            return load_dynamic(name, filename, opened)
    if kind == PKG_DIRECTORY:
        return load_package(name, filename)
    if kind == C_BUILTIN:
        return init_builtin(name)
    if kind == PY_FROZEN:
        return init_frozen(name)
    raise ImportError("Don't know how to import {} (type code {})".format(name, kind), name=name)


def _find_on(folder, name):
    """Return (path, details) of a module in a folder, or None."""
    package = os.path.join(folder, name)
    for ending in ('.py', machinery.BYTECODE_SUFFIXES[0]):
        if os.path.isfile(os.path.join(package, '__init__' + ending)):
            return package, ('', '', PKG_DIRECTORY)
    for details in get_suffixes():
        path = package + details[0]
        if os.path.isfile(path):
            return path, details
    return None


def find_module(name, path=None):
    """Look for a module in the folders of `path` (None: built in, frozen, sys.path).  Deprecated.

    Return (file or None, path, (ending, mode, type)); the caller closes the file.  Raises ImportError.
    """
    if not isinstance(name, str):
        raise TypeError("'name' must be a str, not {}".format(type(name)))
    if path is None:
        if is_builtin(name):
            return None, None, ('', '', C_BUILTIN)
        if is_frozen(name):
            return None, None, ('', '', PY_FROZEN)
        path = sys.path
    elif not isinstance(path, list):
        raise RuntimeError("'path' must be None or a list, not {}".format(type(path)))

    for folder in path:
        found = _find_on(folder, name)
        if found is not None:
            break
    else:
        raise ImportError(_ERR_MSG.format(name), name=name)
    found_path, details = found
    if details[2] == PKG_DIRECTORY:
        return None, found_path, details
    encoding = None
    if 'b' not in details[1]:
        with open(found_path, 'rb') as file:
            encoding, _ = tokenize.detect_encoding(file.readline)
    return open(found_path, details[1], encoding=encoding), found_path, details


def reload(module):
    """Execute a module's code again; return the module.  Deprecated: use importlib.reload()."""
    return importlib.reload(module)


def init_builtin(name):
    """Load a built-in module and return it; None if there is no such module.  Deprecated."""
    try:
        return _builtin_from_name(name)
    except ImportError:
        return None


if create_dynamic:
    def load_dynamic(name, path, file=None):
        """Load an extension module from a path; return it.  `file` is not used.  Deprecated."""
        loader = machinery.ExtensionFileLoader(name, path)
        # A spec by hand: the name may not fit the file.
        return _load(machinery.ModuleSpec(name=name, loader=loader, origin=path))
else:
    load_dynamic = None
