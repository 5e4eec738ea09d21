# SPDX-License-Identifier: MIT
"""Help for those who write finders and loaders, or look for modules without importing them."""

from . import abc
from ._bootstrap import _find_spec, _resolve_name, module_from_spec, spec_from_loader
from ._bootstrap_external import (MAGIC_NUMBER, _RAW_MAGIC_NUMBER, cache_from_source, decode_source,
                                  source_from_cache, spec_from_file_location)

from contextlib import contextmanager
import _imp
import functools
import sys
import types
import warnings


def source_hash(source_bytes):
    """Return the 8 bytes that a hash-based .pyc file keeps of its source."""
    return _imp.source_hash(_RAW_MAGIC_NUMBER, source_bytes)


def resolve_name(name, package):
    """Return the absolute name of a module; leading dots count from `package`.  Raises ValueError."""
    relative = name.lstrip('.')
    level = len(name) - len(relative)
    if not level:
        return name
    if not package:
        raise ValueError(f'no package specified for {name!r} (required for relative module names)')
    return _resolve_name(relative, package, level)


_UNSET = object()


def _known_spec(name):
    """The spec of a module in sys.modules, None if there is None.  Raises ValueError if it has no spec."""
    module = sys.modules[name]
    spec = getattr(module, '__spec__', _UNSET)
    if module is None:
        return None
    if spec is None or spec is _UNSET:
        raise ValueError('%s.__spec__ is %s' % (name, 'not set' if spec is _UNSET else None))
    return spec


def _find_spec_from_path(name, path=None):
    """Return the spec of a module, or None; the name stands as it is, and no parent is imported."""
    return _known_spec(name) if name in sys.modules else _find_spec(name, path)


def find_spec(name, package=None):
    """Return the spec of a module, or None if there is no such module.

    A module that is imported already tells its own.  The parents of a submodule are imported.
    Raises ValueError if the module's __spec__ is missing, ModuleNotFoundError if the parent is no package.
    """
    fullname = resolve_name(name, package) if name.startswith('.') else name
    if fullname in sys.modules:
        return _known_spec(fullname)
    parent_name = fullname.rpartition('.')[0]
    places = None
    if parent_name:
        parent = __import__(parent_name, fromlist=['__path__'])
        try:
            places = parent.__path__
        except AttributeError as problem:
            raise ModuleNotFoundError(
                f'__path__ attribute not found on {parent_name!r} while trying to find {fullname!r}',
                name=fullname) from problem
    return _find_spec(fullname, places)


# --- Decorators for load_module(), from before the import system did what they do -----------------

_NEEDLESS = 'The import system now takes care of this automatically.'


@contextmanager
def _module_to_load(name):
    """The module of that name, made and entered in sys.modules if need be; it leaves again after an error."""
    module = sys.modules.get(name)
    fresh = name not in sys.modules
    if fresh:
        module = types.ModuleType(name)
        # Set before the module can be seen by others.
        module.__initializing__ = True
        sys.modules[name] = module
    try:
        yield module
    except Exception:
        if fresh:
            sys.modules.pop(name, None)
    finally:
        module.__initializing__ = False


def set_package(fxn):
    """Decorator: set __package__ on the module returned."""
    @functools.wraps(fxn)
    def set_package_wrapper(*args, **kwargs):
        warnings.warn(_NEEDLESS, DeprecationWarning, stacklevel=2)
        module = fxn(*args, **kwargs)
        if getattr(module, '__package__', None) is None:
            name = module.__name__
            module.__package__ = name if hasattr(module, '__path__') else name.rpartition('.')[0]
        return module
    return set_package_wrapper


def set_loader(fxn):
    """Decorator for a method: set __loader__ on the module returned."""
    @functools.wraps(fxn)
    def set_loader_wrapper(self, *args, **kwargs):
        warnings.warn(_NEEDLESS, DeprecationWarning, stacklevel=2)
        loaded = fxn(self, *args, **kwargs)
        if getattr(loaded, '__loader__', None) is None:
            loaded.__loader__ = self
        return loaded
    return set_loader_wrapper


def module_for_loader(fxn):
    """Decorator for load_module(self, module): callers pass a name, the method gets the module to fill.

    A new module is entered in sys.modules before and removed if the method fails.
    """
    warnings.warn(_NEEDLESS, DeprecationWarning, stacklevel=2)

    @functools.wraps(fxn)
    def module_for_loader_wrapper(self, fullname, *args, **kwargs):
        with _module_to_load(fullname) as module:
            module.__loader__ = self
            try:
                package = self.is_package(fullname)
            except (ImportError, AttributeError):
                pass
            else:
                module.__package__ = fullname if package else fullname.rpartition('.')[0]
            return fxn(self, module, *args, **kwargs)
    return module_for_loader_wrapper


# --- Modules that load when they are used ---------------------------------------------------------

class _LazyModule(types.ModuleType):
    """Class of a module that waits: the first attribute asked for loads it and makes it an ordinary one."""

    def __getattribute__(self, attr):
        # From here on it must not come back.
        self.__class__ = types.ModuleType
        spec = self.__spec__
        name = spec.name
        before = spec.loader_state['__dict__']
        at_creation = self.__dict__
        # What was set in the meantime wins over what loading sets.
        updates = {key: value for key, value in at_creation.items()
                   if key not in before or id(at_creation[key]) != id(before[key])}
        spec.loader.exec_module(self)
        if name in sys.modules and sys.modules[name] is not self:
            raise ValueError(f'module object for {name!r} substituted in sys.modules during a lazy load')
        self.__dict__.update(updates)
        return getattr(self, attr)

    def __delattr__(self, attr):
        # Load, so that there is something to delete.
        self.__getattribute__(attr)
        delattr(self, attr)


class LazyLoader(abc.Loader):
    """A loader that lets another one do its work when the first attribute of the module is used."""

    @staticmethod
    def __check_eager_loader(loader):
        if not hasattr(loader, 'exec_module'):
            raise TypeError('loader must define exec_module()')

    @classmethod
    def factory(cls, loader):
        """Return a callable that makes lazy loaders around those of the class `loader`."""
        cls.__check_eager_loader(loader)
        return lambda *args, **kwargs: cls(loader(*args, **kwargs))

    def __init__(self, loader):
        self.__check_eager_loader(loader)
        self.loader = loader

    def create_module(self, spec):
        """Let the other loader make the module."""
        return self.loader.create_module(spec)

    def exec_module(self, module):
        """Make the module wait."""
        module.__spec__.loader = module.__loader__ = self.loader
        # __class__ is kept too: loading may find it changed.
        module.__spec__.loader_state = {'__dict__': module.__dict__.copy(), '__class__': module.__class__}
        module.__class__ = _LazyModule
