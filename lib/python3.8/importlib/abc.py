# SPDX-License-Identifier: MIT
"""Abstract base classes of finders, loaders and resource readers.

The import system's own classes (importlib.machinery) are registered with them below.
"""

import abc
import warnings

from . import _bootstrap
from . import _bootstrap_external
from . import machinery

try:
    import _frozen_importlib
    import _frozen_importlib_external
except ImportError:
    _frozen_importlib = _frozen_importlib_external = None


def _register(abstract_cls, *classes):
    """Register classes, and their frozen twins where the import system runs from both."""
    for cls in classes:
        abstract_cls.register(cls)
        for frozen in (_frozen_importlib, _frozen_importlib_external):
            twin = getattr(frozen, cls.__name__, cls)
            if twin is not cls:
                abstract_cls.register(twin)


def _warn_old(name, instead):
    warnings.warn(f'{name} is deprecated since Python 3.4 in favor of {instead} (available since 3.4)',
                  DeprecationWarning, stacklevel=3)


class Finder(metaclass=abc.ABCMeta):
    """What finders of both kinds had in common before 3.3."""

    @abc.abstractmethod
    def find_module(self, fullname, path=None):
        """Return a loader for the module, or None."""


class MetaPathFinder(Finder):
    """A finder for sys.meta_path.  Subclasses define find_spec(fullname, path, target=None)."""

    def find_module(self, fullname, path):
        """Return the loader that find_spec() finds, or None.  Superseded by find_spec()."""
        _warn_old('MetaPathFinder.find_module()', 'MetaPathFinder.find_spec()')
        spec = self.find_spec(fullname, path) if hasattr(self, 'find_spec') else None
        return None if spec is None else spec.loader

    def invalidate_caches(self):
        """Forget what was remembered; importlib.invalidate_caches() calls it."""


_register(MetaPathFinder, machinery.BuiltinImporter, machinery.FrozenImporter, machinery.PathFinder,
          machinery.WindowsRegistryFinder)


class PathEntryFinder(Finder):
    """A finder for one entry of sys.path.  Subclasses define find_spec(fullname, target=None)."""

    def find_loader(self, fullname):
        """Return (loader or None, places of a namespace package).  Superseded by find_spec()."""
        _warn_old('PathEntryFinder.find_loader()', 'PathEntryFinder.find_spec()')
        spec = self.find_spec(fullname) if hasattr(self, 'find_spec') else None
        if spec is None:
            return None, []
        return spec.loader, spec.submodule_search_locations or []

    find_module = _bootstrap_external._find_module_shim

    def invalidate_caches(self):
        """Forget what was remembered; PathFinder.invalidate_caches() calls it."""


_register(PathEntryFinder, machinery.FileFinder)


class Loader(metaclass=abc.ABCMeta):
    """A loader.  Subclasses define exec_module(module), and create_module() to make the module themselves."""

    def create_module(self, spec):
        """Return the module for a spec, or None to have an ordinary one made."""
        return None

    def load_module(self, fullname):
        """Load the module and return it.  Superseded by exec_module().  Raises ImportError."""
        if hasattr(self, 'exec_module'):
            return _bootstrap._load_module_shim(self, fullname)
        raise ImportError

    def module_repr(self, module):
        """Return the repr() of a module.  Superseded by the module's spec."""
        raise NotImplementedError


class ResourceLoader(Loader):
    """A loader that can read data from the place where it finds modules."""

    @abc.abstractmethod
    def get_data(self, path):
        """Return the bytes at a path.  Raises OSError."""
        raise OSError


class InspectLoader(Loader):
    """A loader that can tell about modules without loading them."""

    def is_package(self, fullname):
        """Whether the module is a package.  Raises ImportError if it is not there."""
        raise ImportError

    def get_code(self, fullname):
        """Return the module's code object, None if it has none.  Raises ImportError."""
        source = self.get_source(fullname)
        return source if source is None else self.source_to_code(source)

    @abc.abstractmethod
    def get_source(self, fullname):
        """Return the module's source, None if it has none.  Raises ImportError."""
        raise ImportError

    @staticmethod
    def source_to_code(data, path='<string>'):
        """Compile source (text or bytes) that comes from `path`."""
        return compile(data, path, 'exec', dont_inherit=True)

    load_module = _bootstrap_external._LoaderBasics.load_module
    exec_module = _bootstrap_external._LoaderBasics.exec_module


_register(InspectLoader, machinery.BuiltinImporter, machinery.FrozenImporter)


class ExecutionLoader(InspectLoader):
    """A loader whose modules can be run as scripts."""

    @abc.abstractmethod
    def get_filename(self, fullname):
        """Return what __file__ is set to.  Raises ImportError."""
        raise ImportError

    def get_code(self, fullname):
        """Return the module's code object, compiled under its file name if it has one."""
        source = self.get_source(fullname)
        if source is None:
            return None
        names = []
        try:
            names.append(self.get_filename(fullname))
        except ImportError:
            pass
        return self.source_to_code(source, *names)


_register(ExecutionLoader, machinery.ExtensionFileLoader)


class FileLoader(_bootstrap_external.FileLoader, ResourceLoader, ExecutionLoader):
    """A loader of one file; its attributes are name and path."""


_register(FileLoader, machinery.SourceFileLoader, machinery.SourcelessFileLoader)


class SourceLoader(_bootstrap_external.SourceLoader, ResourceLoader, ExecutionLoader):
    """A loader of source that may keep the compiled code.

    Subclasses define get_data() and get_filename(); with path_stats() (or the older path_mtime()) and set_data() code
    is kept, too.
    """

    def _overrides(self, name):
        return getattr(self, name).__func__ is not getattr(SourceLoader, name)

    def path_mtime(self, path):
        """Return when the source was changed, as an int.  Raises OSError."""
        if not self._overrides('path_stats'):
            raise OSError
        return int(self.path_stats(path)['mtime'])

    def path_stats(self, path):
        """Return a dict about the source: 'mtime' and, if it is known, 'size'.  Raises OSError."""
        if not self._overrides('path_mtime'):
            raise OSError
        return {'mtime': self.path_mtime(path)}

    def set_data(self, path, data):
        """Write bytes to a path; where that is not possible, nothing happens."""


_register(SourceLoader, machinery.SourceFileLoader)


class ResourceReader(metaclass=abc.ABCMeta):
    """What a loader's get_resource_reader() returns: access to the files of one package."""

    @abc.abstractmethod
    def open_resource(self, resource):
        """Return a file object, open for reading bytes.  Raises FileNotFoundError."""
        raise FileNotFoundError

    @abc.abstractmethod
    def resource_path(self, resource):
        """Return the path of the resource.  Raises FileNotFoundError if it is no file of the system."""
        raise FileNotFoundError

    @abc.abstractmethod
    def is_resource(self, name):
        """Whether the name is that of a resource: folders are none.  Raises FileNotFoundError."""
        raise FileNotFoundError

    @abc.abstractmethod
    def contents(self):
        """Return the names of everything in the package."""
        return []


_register(ResourceReader, machinery.SourceFileLoader)
