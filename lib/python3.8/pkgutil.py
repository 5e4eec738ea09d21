# SPDX-License-Identifier: MIT
"""Looking through packages: which modules there are, who loads them, what data lies beside them."""

from collections import namedtuple
from functools import singledispatch as simplegeneric
import importlib
import importlib.util
import importlib.machinery
import os
import sys
from types import ModuleType
import warnings

__all__ = ['get_importer', 'iter_importers', 'get_loader', 'find_loader', 'walk_packages', 'iter_modules', 'get_data',
           'ImpImporter', 'ImpLoader', 'read_code', 'extend_path', 'ModuleInfo']

ModuleInfo = namedtuple('ModuleInfo', 'module_finder name ispkg')
ModuleInfo.__doc__ = 'What iter_modules() tells of a module: the finder that found it, its name, whether a package.'


def _get_spec(finder, name):
    """The spec that a finder finds, of the old kind or the new; None if it finds nothing."""
    if hasattr(finder, 'find_spec'):
        return finder.find_spec(name)
    loader = finder.find_module(name)
    return None if loader is None else importlib.util.spec_from_loader(name, loader)


def read_code(stream):
    """Return the code object in an open .pyc file; None if it was written by another version."""
    import marshal
    if stream.read(4) != importlib.util.MAGIC_NUMBER:
        return None
    # Flags, and time and size of the source or its hash.
    stream.read(12)
    return marshal.load(stream)


# --- Lists of modules -----------------------------------------------------------------------------

def walk_packages(path=None, prefix='', onerror=None):
    """Yield a ModuleInfo for every module below the folders of `path`, packages being imported on the way.

    path: a list of folders, None for sys.path and everything else that finders know.
    prefix: written before the names.
    onerror: called with a package's name if its import fails; without it ImportError is passed over, other errors
    are raised.
    """
    return _walk(path, prefix, onerror, set())


def _walk(path, prefix, onerror, visited):
    for info in iter_modules(path, prefix):
        yield info
        if not info.ispkg:
            continue
        try:
            __import__(info.name)
        except Exception as problem:
            if onerror is not None:
                onerror(info.name)
            elif not isinstance(problem, ImportError):
                raise
            continue
        inside = []
        for folder in getattr(sys.modules[info.name], '__path__', None) or ():
            if folder not in visited:
                visited.add(folder)
                inside.append(folder)
        yield from _walk(inside, info.name + '.', onerror, set(visited))


def iter_modules(path=None, prefix=''):
    """Yield a ModuleInfo for each module directly in the folders of `path` (None: all that can be imported by name).

    prefix: written before the names.  Raises ValueError if path is a str.
    """
    if isinstance(path, str):
        raise ValueError('path must be None or list of paths to look for modules in')
    finders = iter_importers() if path is None else map(get_importer, path)
    seen = set()
    for finder in finders:
        for name, ispkg in iter_importer_modules(finder, prefix):
            if name not in seen:
                seen.add(name)
                yield ModuleInfo(finder, name, ispkg)


@simplegeneric
def iter_importer_modules(importer, prefix=''):
    """Return (name, is a package) of the modules that a finder knows; other finders register how they list theirs."""
    return importer.iter_modules(prefix) if hasattr(importer, 'iter_modules') else []


def _module_name(filename):
    """The name of the module in a file, None if it is no module."""
    # The longest ending counts: .so ends other endings.
    for ending in sorted(importlib.machinery.all_suffixes(), key=len, reverse=True):
        if filename.endswith(ending):
            return filename[:-len(ending)]
    return None


def _names_in(folder):
    try:
        return os.listdir(folder)
    except OSError:
        # Not to be read.
        return []


def _iter_file_finder_modules(importer, prefix=''):
    if importer.path is None or not os.path.isdir(importer.path):
        return
    seen = {'__init__'}
    # Sorted, so that a package comes before the modules with its name.
    for filename in sorted(_names_in(importer.path)):
        name = _module_name(filename)
        ispkg = False
        if name in seen:
            continue
        if not name and '.' not in filename:
            folder = os.path.join(importer.path, filename)
            if os.path.isdir(folder):
                name = filename
                ispkg = any(_module_name(inner) == '__init__' for inner in _names_in(folder))
                if not ispkg:
                    continue
        if name and '.' not in name:
            seen.add(name)
            yield prefix + name, ispkg


iter_importer_modules.register(importlib.machinery.FileFinder, _iter_file_finder_modules)

try:
    import zipimport
    from zipimport import zipimporter

    def iter_zipimport_modules(importer, prefix=''):
        """Yield (name, is a package) of the modules in a zip file."""
        inside = importer.prefix
        seen = {'__init__'}
        for path in sorted(zipimport._zip_directory_cache[importer.archive]):
            if not path.startswith(inside):
                continue
            first, *rest = path[len(inside):].split(os.sep)
            if not rest:
                name, ispkg = _module_name(first), False
            elif len(rest) == 1 and rest[0].startswith('__init__.py'):
                name, ispkg = first, True
            else:
                continue
            if name and '.' not in name and name not in seen:
                seen.add(name)
                yield prefix + name, ispkg

    iter_importer_modules.register(zipimporter, iter_zipimport_modules)
except ImportError:
    pass


# --- Finders and loaders of files, as they were before 3.3 ----------------------------------------

def _import_imp():
    """Import imp without its warning."""
    global imp
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', DeprecationWarning)
        imp = importlib.import_module('imp')


def _warn_emulation():
    warnings.warn("This emulation is deprecated, use 'importlib' instead", DeprecationWarning, stacklevel=3)
    _import_imp()


class ImpImporter:
    """A finder for one folder, or for what is built in and on sys.path (None), that works through imp.  Deprecated."""

    def __init__(self, path=None):
        _warn_emulation()
        self.path = path

    def find_module(self, fullname, path=None):
        """Return a loader or None; `path` is not used."""
        name = fullname.rpartition('.')[2]
        if name != fullname and self.path is None:
            return None
        places = None if self.path is None else [os.path.realpath(self.path)]
        try:
            return ImpLoader(fullname, *imp.find_module(name, places))
        except ImportError:
            return None

    def iter_modules(self, prefix=''):
        """Yield (name, is a package) of the modules in the folder."""
        return _iter_file_finder_modules(self, prefix)


class ImpLoader:
    """A loader for what imp.find_module() found.  Deprecated."""

    # Filled when they are asked for.
    code = source = None

    def __init__(self, fullname, file, filename, etc):
        _warn_emulation()
        self.fullname, self.file, self.filename, self.etc = fullname, file, filename, etc

    def load_module(self, fullname):
        """Load the module and return it."""
        self._reopen()
        try:
            return imp.load_module(fullname, self.file, self.filename, self.etc)
        finally:
            # __loader__ is not set: the import system does so.
            if self.file:
                self.file.close()

    def get_data(self, pathname):
        """Return the bytes of a file."""
        with open(pathname, 'rb') as file:
            return file.read()

    def _kind(self):
        return self.etc[2]

    def _reopen(self):
        if self.file and self.file.closed:
            mode = {imp.PY_SOURCE: 'r', imp.PY_COMPILED: 'rb', imp.C_EXTENSION: 'rb'}.get(self._kind())
            if mode:
                self.file = open(self.filename, mode)

    def _fix_name(self, fullname):
        """The name asked for, if it is the one of this loader; None stands for that.  Raises ImportError."""
        if fullname is None or fullname == self.fullname:
            return self.fullname
        raise ImportError('Loader for module %s cannot handle module %s' % (self.fullname, fullname))

    def is_package(self, fullname):
        """Whether the module is a package."""
        self._fix_name(fullname)
        return self._kind() == imp.PKG_DIRECTORY

    def get_code(self, fullname=None):
        """Return the code object, None for modules that have none."""
        name = self._fix_name(fullname)
        if self.code is None:
            kind = self._kind()
            if kind == imp.PY_SOURCE:
                self.code = compile(self.get_source(name), self.filename, 'exec')
            elif kind == imp.PY_COMPILED:
                self._reopen()
                with self.file as file:
                    self.code = read_code(file)
            elif kind == imp.PKG_DIRECTORY:
                self.code = self._get_delegate().get_code()
        return self.code

    def get_source(self, fullname=None):
        """Return the source, None if there is none."""
        self._fix_name(fullname)
        if self.source is None:
            kind = self._kind()
            if kind == imp.PY_SOURCE:
                self._reopen()
                with self.file as file:
                    self.source = file.read()
            elif kind == imp.PY_COMPILED and os.path.exists(self.filename[:-1]):
                with open(self.filename[:-1]) as file:
                    self.source = file.read()
            elif kind == imp.PKG_DIRECTORY:
                self.source = self._get_delegate().get_source()
        return self.source

    def _get_delegate(self):
        """The loader of a package's __init__."""
        return _get_spec(ImpImporter(self.filename), '__init__').loader

    def get_filename(self, fullname=None):
        """Return the path of the file, None if there is none."""
        self._fix_name(fullname)
        kind = self._kind()
        if kind == imp.PKG_DIRECTORY:
            return self._get_delegate().get_filename()
        if kind in (imp.PY_SOURCE, imp.PY_COMPILED, imp.C_EXTENSION):
            return self.filename
        return None


# --- Finders and loaders as the import system has them --------------------------------------------

def get_importer(path_item):
    """Return the finder for an entry of sys.path, None if no hook wants it."""
    path_item = os.fsdecode(path_item)
    cache = sys.path_importer_cache
    if path_item in cache:
        return cache[path_item]
    for hook in sys.path_hooks:
        try:
            finder = hook(path_item)
        except ImportError:
            continue
        cache.setdefault(path_item, finder)
        return finder
    return None


def _refuse_relative(name):
    if name.startswith('.'):
        raise ImportError('Relative module name {!r} not supported'.format(name))


def iter_importers(fullname=''):
    """Yield the finders for a module: those of its package, or all of them for a name without dots."""
    _refuse_relative(fullname)
    parent = fullname.rpartition('.')[0]
    if parent:
        places = getattr(importlib.import_module(parent), '__path__', ())
    else:
        yield from sys.meta_path
        places = sys.path
    yield from map(get_importer, places or ())


def get_loader(module_or_name):
    """Return the loader of a module, given itself or by name; None if there is none.  Superseded by find_spec()."""
    if module_or_name in sys.modules:
        module_or_name = sys.modules[module_or_name]
        if module_or_name is None:
            return None
    if not isinstance(module_or_name, ModuleType):
        return find_loader(module_or_name)
    loader = getattr(module_or_name, '__loader__', None)
    if loader is not None:
        return loader
    if getattr(module_or_name, '__spec__', None) is None:
        return None
    return find_loader(module_or_name.__name__)


def find_loader(fullname):
    """Return the loader of a module or None, with whatever goes wrong raised as ImportError.  Superseded."""
    _refuse_relative(fullname)
    try:
        spec = importlib.util.find_spec(fullname)
    except (ImportError, AttributeError, TypeError, ValueError) as problem:
        # find_spec() lets errors of parent packages through.
        raise ImportError('Error while finding loader for {!r} ({}: {})'.format(
            fullname, type(problem), problem)) from problem
    return getattr(spec, 'loader', None)


# --- Packages over several folders, and their data ------------------------------------------------

def _portions(finder, name):
    """The folders that a finder has for a package of that name."""
    if hasattr(finder, 'find_spec'):
        spec = finder.find_spec(name)
        return (spec.submodule_search_locations or ()) if spec is not None else ()
    if hasattr(finder, 'find_loader'):
        return finder.find_loader(name)[1]
    return ()


def _lines_of_pkg_file(path):
    try:
        file = open(path)
    except OSError as problem:
        sys.stderr.write("Can't open %s: %s\n" % (path, problem))
        return
    with file:
        for line in file:
            line = line.rstrip('\n')
            if line and not line.startswith('#'):
                yield line


def extend_path(path, name):
    """Return a package's __path__ with the folders of that name from all of sys.path added.

    For a package's __init__: __path__ = extend_path(__path__, __name__).  Lines of NAME.pkg files are added, too.
    A path that is no list is returned as it is.
    """
    if not isinstance(path, list):
        return path
    result = path[:]
    parent, _, last = name.rpartition('.')
    places = sys.path
    if parent:
        try:
            places = sys.modules[parent].__path__
        except (KeyError, AttributeError):
            return result
    for folder in places:
        if not isinstance(folder, str):
            continue
        finder = get_importer(folder)
        if finder is not None:
            for portion in _portions(finder, last):
                if portion not in result:
                    result.append(portion)
        listed = os.path.join(folder, name + '.pkg')
        if os.path.isfile(listed):
            result.extend(_lines_of_pkg_file(listed))
    return result


def get_data(package, resource):
    """Return the bytes of a file in a package, None if the package cannot be found or its loader reads no data.

    resource: a relative path with slashes.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not hasattr(spec.loader, 'get_data'):
        return None
    module = sys.modules.get(package) or importlib._bootstrap._load(spec)
    if not hasattr(module, '__file__'):
        return None
    return spec.loader.get_data(os.path.join(os.path.dirname(module.__file__), *resource.split('/')))
